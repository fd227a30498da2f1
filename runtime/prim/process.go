package prim

// This file runs other programs. A process runs beside the tasks; tasks wait for
// its end, or for all of its output.

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"

	"weft/runtime/core"
	"weft/runtime/task"
)

var processTable = []entry{
	{"process_start", 6, 6, "process_start(args, dir, env, input, out, err): starts a program; input a String, bytes or nothing; out and err :cell, :keep, :drop or a file's name.", processStart},
	{"process_wait", 1, 1, "process_wait(p): waits until p has ended and its output has been taken.", processWait},
	{"process_code", 1, 1, "process_code(p): (exit code, signal), or nothing while it runs.", processCode},
	{"process_output", 1, 1, "process_output(p): the bytes kept of its standard output.", processOutput},
	{"process_kill", 2, 2, "process_kill(p, signal): sends a signal.", processKill},
	{"process_pid", 1, 1, "process_pid(p): its number.", processPid},
}

// processType is the type of a process's core.
var processType = core.NewOpaque("ProcessCore", core.Any, true)

// process is a program that was started.
type process struct {
	typ     *core.DataType
	cmd     *exec.Cmd
	out     bytes.Buffer
	ended   bool
	code    int
	signal  int
	waiters task.Queue
}

// taskWriter hands a process's output to a cell. Outputs may be used from any
// goroutine, so a process that prints does not wait for the tasks.
type taskWriter struct {
	out    task.Output
	stream int
}

// Write passes p on.
func (w taskWriter) Write(p []byte) (int, error) {
	if w.out == nil {
		return len(p), nil
	}
	if err := w.out.Write(w.stream, p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// keeper collects output from the goroutine that copies it.
type keeper struct {
	mu sync.Mutex
	b  *bytes.Buffer
}

// Write appends p.
func (k *keeper) Write(p []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.b.Write(p)
}

func stringsOf(v core.Value) ([]string, error) {
	if v.P == nil || core.TypeOf(v).Kind != core.KindArray {
		return nil, core.TypeErr("run", "", core.VectorAnyT.Value(), v)
	}
	a := core.As[core.Array](v)
	out := make([]string, a.Len)
	for i := range out {
		x := a.Get(i)
		if !x.Is(core.StringType) {
			return nil, core.TypeErr("run", "", core.StringType.Value(), x)
		}
		out[i] = x.Str()
	}
	return out, nil
}

// target is where a stream of a process goes.
func (p *process) target(t *task.Task, v core.Value, stream int) (io.Writer, error) {
	switch {
	case v == core.Sym("cell").Value():
		return taskWriter{t.Scope.Out, stream}, nil
	case v == core.Sym("keep").Value():
		return &keeper{b: &p.out}, nil
	case v == core.Sym("drop").Value():
		return nil, nil
	case v.Is(core.StringType):
		f, err := os.Create(v.Str())
		if err != nil {
			return nil, core.Errorf("%v", err)
		}
		return f, nil
	}
	return nil, core.ArgErrorf("a process's output goes to the cell, to a String, to a file or nowhere")
}

func processStart(t *task.Task, a []core.Value) (core.Value, error) {
	args, err := stringsOf(a[0])
	if err != nil {
		return core.Value{}, err
	}
	if len(args) == 0 {
		return core.Value{}, core.ArgErrorf("cannot spawn empty command")
	}
	p := &process{typ: processType, cmd: exec.Command(args[0], args[1:]...)}
	p.waiters.Kind = task.WaitExternal
	if a[1].Is(core.StringType) {
		p.cmd.Dir = a[1].Str()
	}
	if !a[2].IsNothing() {
		env, err := stringsOf(a[2])
		if err != nil {
			return core.Value{}, err
		}
		p.cmd.Env = env
	}
	switch {
	case a[3].Is(core.StringType):
		p.cmd.Stdin = bytes.NewReader([]byte(a[3].Str()))
	case a[3].Is(core.VectorU8):
		p.cmd.Stdin = bytes.NewReader(bytes.Clone(core.As[core.Array](a[3]).Bytes()))
	}
	if p.cmd.Stdout, err = p.target(t, a[4], 1); err != nil {
		return core.Value{}, err
	}
	if p.cmd.Stderr, err = p.target(t, a[5], 2); err != nil {
		return core.Value{}, err
	}
	if err := p.cmd.Start(); err != nil {
		what := err.Error()
		if errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) {
			what = "no such file or directory (ENOENT)"
		} else if errors.Is(err, os.ErrPermission) {
			what = "permission denied (EACCES)"
		}
		return core.Value{}, core.Err("IOError", core.MakeString(fmt.Sprintf("could not spawn `%s`: %s", args[0], what)), core.Int(-2))
	}
	end := t.Sched.Begin()
	s := t.Sched
	go func() {
		_ = p.cmd.Wait() // ProcessState says how it ended
		for _, w := range []io.Writer{p.cmd.Stdout, p.cmd.Stderr} {
			if f, ok := w.(*os.File); ok {
				_ = f.Close() // what was written is there or the program was told
			}
		}
		end(func() {
			p.finish()
			for w := p.waiters.Head; w != nil; w = p.waiters.Head {
				s.Wake(w, core.Nothing())
			}
		})
	}()
	return core.ToValue(p), nil
}

// finish notes how the program ended.
func (p *process) finish() {
	p.ended = true
	st := p.cmd.ProcessState
	if st == nil {
		p.code = -1
		return
	}
	p.code = st.ExitCode()
	if ws, ok := st.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		p.code, p.signal = 0, int(ws.Signal())
	}
}

func onProcess(f func(*process, *task.Task, []core.Value) (core.Value, error)) task.Fn {
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(processType) {
			return core.Value{}, core.TypeErr("process", "", processType.Value(), a[0])
		}
		return f(core.As[process](a[0]), t, a)
	}
}

var (
	processWait = onProcess(func(p *process, t *task.Task, _ []core.Value) (core.Value, error) {
		if p.ended {
			return core.Nothing(), nil
		}
		return t.Sched.Park(t, &p.waiters)
	})

	processCode = onProcess(func(p *process, _ *task.Task, _ []core.Value) (core.Value, error) {
		if !p.ended {
			return core.Nothing(), nil
		}
		tt := core.TupleOf(core.Int64.Value(), core.Int64.Value())
		return core.NewStruct(tt, core.Int(int64(p.code)), core.Int(int64(p.signal))), nil
	})

	processOutput = onProcess(func(p *process, _ *task.Task, _ []core.Value) (core.Value, error) {
		if !p.ended {
			return core.Value{}, core.Errorf("the process has not ended")
		}
		return core.BytesVector(bytes.Clone(p.out.Bytes())).Value(), nil
	})

	processKill = onProcess(func(p *process, _ *task.Task, a []core.Value) (core.Value, error) {
		if p.ended {
			return core.Nothing(), nil
		}
		if err := p.cmd.Process.Signal(syscall.Signal(int(a[1].Int64()))); err != nil {
			return core.Value{}, core.Errorf("kill: %v", err)
		}
		return core.Nothing(), nil
	})

	processPid = onProcess(func(p *process, _ *task.Task, _ []core.Value) (core.Value, error) {
		return core.Int(int64(p.cmd.Process.Pid)), nil
	})
)
