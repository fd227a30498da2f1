package interp

// This file makes an interpreter: runtime, scheduler, engine and Base.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"weft/interp/boot"
	"weft/interp/vm"
	"weft/runtime/core"
	"weft/runtime/prim"
	"weft/runtime/task"
)

// Options configure an interpreter.
type Options struct {
	// Args is ARGS.
	Args []string
	// Program is PROGRAM_FILE.
	Program string
	// Interactive says that a prompt comes after the programs that are run.
	Interactive bool
	// VirtualTime makes sleeps and timers jump when all tasks are blocked.
	VirtualTime bool
	// Seed, if not nil, seeds the random numbers.
	Seed *uint64
	// ScheduleSeed, if not nil, chooses the order of ready tasks; else they run in
	// the order in which they became ready.
	ScheduleSeed *uint64
	// Plain says that front ends show only text (terminals and files).
	Plain bool
	// Color allows ANSI colours in text and errors.
	Color bool
	// WholeBase loads all of Base at start instead of each part when it is needed.
	WholeBase bool
	// Notices has failures of tasks that nobody waits for told in their cells.
	Notices bool
	// Exit is called, off the baton, when the language asks to end the process.
	Exit func(code int)
}

// Interp is an Interpreter with a scheduler of its own.
type Interp struct {
	rt    *core.Runtime
	sched *task.Scheduler
	eng   *vm.Engine
	opts  Options

	packages *core.Module // what `using` has loaded

	foreground   atomic.Int32 // foreground tasks
	reruns       reruns
	watching     watching
	bootFailures int // parts of Base that failed to load
	ended        chan struct{}
}

var _ Interpreter = (*Interp)(nil)

// New makes an interpreter with Base loaded and starts its scheduler.
func New(opts Options) (*Interp, error) {
	in := &Interp{rt: core.NewRuntime(), opts: opts, ended: make(chan struct{})}
	var clock task.Clock = task.NewRealClock()
	if opts.VirtualTime {
		// From a whole second on, so that differences of times are the same in each run.
		clock = task.NewVirtualClock(time.Now().Truncate(time.Second))
	}
	in.sched = task.NewScheduler(in.rt, clock)
	in.sched.Beside = !opts.Plain || opts.Interactive || opts.VirtualTime
	prim.Install(in.rt)
	for _, m := range []*core.Module{in.rt.Core, in.rt.Base, in.rt.Main} {
		in.rt.Core.SetConst(m.Name.Name, m.Value())
		in.rt.Core.Exported[m.Name] = true
	}
	in.rt.Base.Use(in.rt.Core)
	in.rt.Main.Use(in.rt.Core)
	in.rt.Main.Use(in.rt.Base)
	in.addPrims()
	if opts.Notices {
		in.sched.Lost = in.failed
	}
	in.eng = vm.New(in.rt, in.sched)
	in.packages = core.NewModule(core.Sym("Packages"), nil)
	in.packages.Packages = true
	in.packages.Use(in.rt.Core)
	in.packages.Use(in.rt.Base)
	in.rt.Base.SetConst("__toplevel__", in.packages.Value())
	in.eng.Require = in.require
	if err := in.loadBase(); err != nil {
		return nil, err
	}
	in.eng.Warn = in.warn
	if err := in.eng.DefineEval(in.rt.Main); err != nil {
		return nil, err
	}
	if opts.Seed != nil {
		sym := func(s string) core.Value { return core.Sym(s).Value() }
		random := core.MakeExpr(core.Sym("."), in.rt.Base.Value(), core.ToValue(&core.QuoteNode{Type: core.QuoteNodeType, V: sym("Random")}))
		seed := core.MakeExpr(core.Sym("."), random, core.ToValue(&core.QuoteNode{Type: core.QuoteNodeType, V: sym("seed!")}))
		if _, err := in.eng.EvalSync(in.rt.Main, core.MakeExpr(core.Sym("call"), seed, core.Uint(*opts.Seed))); err != nil {
			return nil, fmt.Errorf("seed: %s", in.errorText(err))
		}
	}
	in.rt.Base.SetConst("ARGS", stringVector(opts.Args))
	in.rt.Base.SetConst("PROGRAM_FILE", core.MakeString(opts.Program))
	if opts.ScheduleSeed != nil {
		in.sched.SetChoice(task.NewChoice(*opts.ScheduleSeed, false))
	}
	go func() {
		defer close(in.ended)
		in.sched.Run(func() bool { return false })
	}()
	return in, nil
}

func stringVector(ss []string) core.Value {
	a := core.NewArray(core.VectorOf(core.StringType.Value()), len(ss), nil)
	for i, s := range ss {
		a.Set(i, core.MakeString(s))
	}
	return a.Value()
}

// loadBase puts Base into the runtime.
func (in *Interp) loadBase() error {
	err := boot.Load(in.rt, func(m *core.Module, ex core.Value, file string, line int) error {
		_, err := in.eng.EvalApart(m, ex, vm.Position{File: file, Line: line, Lazy: true})
		return err
	}, in.opts.WholeBase, func(err error) {
		in.bootFailures++
		fmt.Fprintln(os.Stderr, "weft: internal error: Base:", in.bootError(err))
	})
	if err != nil {
		return in.bootError(err)
	}
	return nil
}

// bootError describes the failure of a statement of Base.
func (in *Interp) bootError(err error) error {
	var e *boot.Error
	if errors.As(err, &e) {
		return fmt.Errorf("%s:%d: %s", e.File, e.Line, in.errorText(e.Err))
	}
	return err
}

// Close ends the scheduler. Tasks that wait are dropped.
func (in *Interp) Close() error {
	in.sched.Stop()
	<-in.ended
	in.rt.Release()
	return nil
}

// Interrupt throws an InterruptException into the foreground task.
func (in *Interp) Interrupt() bool {
	if in.foreground.Load() == 0 {
		return false
	}
	in.sched.Interrupt()
	return true
}

// Interrupting reports whether an interrupt was asked for that has not been thrown yet.
func (in *Interp) Interrupting() bool { return in.sched.Interrupted() }

// CancelBackground ends all tasks but the foreground's.
func (in *Interp) CancelBackground() int {
	n := 0
	in.onBaton(context.Background(), func() { n = in.sched.CancelAll(func(*task.Task) bool { return true }) })
	return n
}

// onBaton runs f with the baton held and waits for it; false if ctx ended first.
func (in *Interp) onBaton(ctx context.Context, f func()) bool {
	done := make(chan struct{})
	in.sched.Post(func() {
		defer close(done)
		f()
	})
	select {
	case <-done:
		return true
	case <-ctx.Done():
	case <-in.ended:
	}
	return false
}

// Drain waits until nothing will happen by itself any more: every task has ended
// or waits for something that no task, timer or outside operation brings. When ctx
// ends before that it writes to out what is still running.
func (in *Interp) Drain(ctx context.Context, out Output) error {
	for {
		quiet := false
		if !in.onBaton(ctx, func() { quiet = in.sched.Quiet() && in.watching.settled() }) {
			return in.listLeft(ctx, out)
		}
		if quiet {
			return nil
		}
		select {
		case <-time.After(2 * time.Millisecond):
		case <-ctx.Done():
			return in.listLeft(ctx, out)
		case <-in.ended:
			return nil
		}
	}
}

// listLimit is how many tasks are listed at the end of a drain.
const listLimit = 20

// listLeft writes which tasks were still running when ctx ended, if that was by its
// deadline, and returns why it ended.
func (in *Interp) listLeft(ctx context.Context, out Output) error {
	cause := context.Cause(ctx)
	if !errors.Is(cause, context.DeadlineExceeded) {
		return cause
	}
	soon, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	var lines []string
	if in.onBaton(soon, func() { lines = in.sched.Report() }) && len(lines) > 0 {
		if n := len(lines); n > listLimit {
			lines = append(lines[:listLimit], fmt.Sprintf("and %d more", n-listLimit))
		}
		_ = out.Write(Stderr, []byte("Still running:\n  "+strings.Join(lines, "\n  ")+"\n")) // the error tells too
	}
	return cause
}
