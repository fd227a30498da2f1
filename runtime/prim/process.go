package prim

// This file runs other programs. A process runs beside the tasks; tasks wait for
// its end; what it writes to pipes is read from those.

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"weft/runtime/core"
	"weft/runtime/task"
)

var processTable = []entry{
	{"process_start", 8, 8, "process_start(args, dir, env, in, out, err, detach, more): starts a program; in, out and err are :cell, :null, a FileHandle or a StreamCore; so are the descriptors from 3 on in the Vector{Any} more.", processStart},
	{"process_wait", 1, 1, "process_wait(p): waits until p has ended.", processWait},
	{"process_code", 1, 1, "process_code(p): (exit code, signal), or nothing while it runs.", processCode},
	{"process_kill", 2, 2, "process_kill(p, signal): sends a signal.", processKill},
	{"process_pid", 1, 1, "process_pid(p): its number.", processPid},
}

// processType is the type of a process's core.
var processType = core.NewOpaque("ProcessCore", core.Any, true)

// process is a program that was started.
type process struct {
	typ     *core.DataType
	cmd     *exec.Cmd
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

// ends are a program's three streams and what is to be closed once it runs.
type ends struct {
	task  *task.Task
	close []*os.File
}

// file is the file that a value stands for, or nil.
func (e *ends) file(v core.Value) (*os.File, error) {
	switch {
	case v.Is(FileType):
		return core.As[file](v).f, nil
	case v.Is(streamType):
		f, duplicate, err := core.As[stream](v).osFile()
		if duplicate {
			e.close = append(e.close, f)
		}
		return f, err
	}
	return nil, core.ArgErrorf("a process reads and writes files, pipes and connections")
}

func (e *ends) output(v core.Value, number int) (io.Writer, error) {
	switch v {
	case core.Sym("null").Value():
		return nil, nil
	case core.Sym("cell").Value():
		return taskWriter{e.task.Teller(), number}, nil
	}
	return e.file(v)
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
		if p.cmd.Env, err = stringsOf(a[2]); err != nil {
			return core.Value{}, err
		}
		if p.cmd.Env == nil {
			p.cmd.Env = []string{}
		}
	}
	e := &ends{task: t}
	defer func() {
		for _, f := range e.close {
			_ = f.Close() // the program has its own
		}
	}()
	if a[3] != core.Sym("null").Value() && a[3] != core.Sym("cell").Value() {
		if p.cmd.Stdin, err = e.file(a[3]); err != nil {
			return core.Value{}, err
		}
	}
	if p.cmd.Stdout, err = e.output(a[4], 1); err != nil {
		return core.Value{}, err
	}
	if p.cmd.Stderr, err = e.output(a[5], 2); err != nil {
		return core.Value{}, err
	}
	if a[6].IsTrue() {
		detach(p.cmd)
	}
	if core.TypeOf(a[7]).Kind == core.KindArray {
		more := core.As[core.Array](a[7])
		for i := range more.Len {
			var f *os.File
			if v := more.Get(i); v != core.Sym("null").Value() {
				if f, err = e.file(v); err != nil {
					return core.Value{}, err
				}
			}
			p.cmd.ExtraFiles = append(p.cmd.ExtraFiles, f)
		}
	}
	if err := p.cmd.Start(); err != nil {
		return core.Value{}, spawnError(args, err)
	}
	end := t.Sched.Begin()
	s := t.Sched
	go func() {
		_ = p.cmd.Wait() // ProcessState says how it ended
		end(func() {
			p.finish()
			for w := p.waiters.Head; w != nil; w = p.waiters.Head {
				s.Wake(w, core.Nothing())
			}
		})
	}()
	return core.ToValue(p), nil
}

// spawnError is the IOError for a program that could not be started; it shows the
// command as commands are shown.
func spawnError(args []string, err error) error {
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) {
		err = syscall.ENOENT
	}
	return ioError("could not spawn `"+strings.Join(args, " ")+"`", err)
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
		if err := t.CheckCancel(); err != nil {
			return core.Value{}, err
		}
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

	processKill = onProcess(func(p *process, _ *task.Task, a []core.Value) (core.Value, error) {
		if p.ended {
			return core.Nothing(), nil
		}
		n := a[1].Int64()
		if n < 0 || n > 64 {
			return core.Value{}, ioError("kill", syscall.EINVAL)
		}
		if err := p.cmd.Process.Signal(syscall.Signal(n)); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return core.Value{}, ioError("kill", err)
		}
		return core.Nothing(), nil
	})

	processPid = onProcess(func(p *process, _ *task.Task, _ []core.Value) (core.Value, error) {
		if p.ended {
			return core.Value{}, ioError("getpid", syscall.ESRCH)
		}
		return core.Int(int64(p.cmd.Process.Pid)), nil
	})
)
