package cli

// This file has the commands about the kernel: kernel, install, uninstall.

import (
	"context"
	"errors"
	"flag"
	"strconv"
	"sync/atomic"
	"time"

	"weft/interp"
	"weft/kernel"
	"weft/kernelspec"
)

// drainAlone is the time that --drain without a value stands for.
const drainAlone = "30s"

// engine are the flags that choose how a kernel runs code.
type engine struct {
	virtualTime bool
	seed        string
	schedule    string
	drain       string
	drainFor    time.Duration
}

// define adds the flags to a command's.
func (e *engine) define(f *flag.FlagSet, alone string) {
	e.defineRun(f)
	e.defineDrain(f, alone)
}

// defineRun adds the flags that programs know too.
func (e *engine) defineRun(f *flag.FlagSet) {
	f.BoolVar(&e.virtualTime, "virtual-time", e.virtualTime, "")
	number := func(to *string) func(string) error {
		return func(text string) error {
			if _, err := strconv.ParseUint(text, 10, 64); err != nil {
				return errors.New("expected a whole number")
			}
			*to = text
			return nil
		}
	}
	f.Func("seed", "", number(&e.seed))
	f.Func("schedule-seed", "", number(&e.schedule))
}

func (e *engine) defineDrain(f *flag.FlagSet, alone string) {
	f.Var(duration{&e.drain, func(text string) (err error) {
		e.drainFor, err = kernel.ParseDrain(text)
		return err
	}, alone}, "drain", "")
}

// args gives the flags as arguments of weft kernel.
func (e *engine) args() []string {
	var args []string
	if e.virtualTime {
		args = append(args, "--virtual-time")
	}
	if e.seed != "" {
		args = append(args, "--seed="+e.seed)
	}
	if e.schedule != "" {
		args = append(args, "--schedule-seed="+e.schedule)
	}
	return args
}

// options gives the flags as options of an interpreter.
func (e *engine) options() interp.Options {
	o := interp.Options{VirtualTime: e.virtualTime}
	if n, err := strconv.ParseUint(e.seed, 10, 64); err == nil {
		o.Seed = &n
	}
	if n, err := strconv.ParseUint(e.schedule, 10, 64); err == nil {
		o.ScheduleSeed = &n
	}
	return o
}

// Kernel serves a front end.
func Kernel(s Streams, args []string) int {
	e := s.engine
	f := flags("kernel")
	e.define(f, drainAlone)
	rest, code, ok := s.parse(f, args)
	if !ok {
		return code
	}
	if len(rest) != 1 {
		return s.misuse("kernel", "expected one connection file, got %d arguments", len(rest))
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var exit atomic.Int64
	factory := func(context.Context) (interp.Interpreter, error) {
		o := e.options()
		o.Color, o.Notices = true, true
		o.Exit = func(code int) {
			exit.Store(int64(code))
			cancel()
		}
		in, err := interp.New(o)
		if err != nil {
			return nil, err
		}
		return in, nil
	}
	if err := kernel.Run(ctx, rest[0], factory, kernel.Options{
		Version: VersionText, Drain: e.drainFor, Idle: newTrimmer().later,
	}); err != nil && !errors.Is(err, context.Canceled) {
		return s.fail("kernel", err)
	}
	return int(exit.Load())
}

// place are the flags that say where a kernel is installed.
func place(f *flag.FlagSet, o *kernelspec.Options) {
	f.BoolVar(&o.User, "user", false, "")
	f.BoolVar(&o.SysPrefix, "sys-prefix", false, "")
	f.StringVar(&o.Prefix, "prefix", "", "")
	f.StringVar(&o.Name, "name", "", "")
}

// Install makes the kernel known to Jupyter.
func Install(s Streams, args []string) int {
	o := kernelspec.Options{Env: map[string]string{}}
	var e engine
	f := flags("install")
	place(f, &o)
	f.StringVar(&o.DisplayName, "display-name", "", "")
	f.Var(assignments(o.Env), "env", "")
	e.defineDrain(f, drainAlone)
	rest, code, ok := s.parse(f, args)
	if !ok {
		return code
	}
	if len(rest) > 0 {
		return s.misuse("install", "expected no argument, got %q", rest[0])
	}
	if e.drain != "" {
		o.Args = []string{"--drain=" + e.drain}
	}
	dir, err := kernelspec.Install(o)
	if err != nil {
		return s.fail("install", err)
	}
	say(s.Out, "installed in %s", dir)
	return exitOK
}

// Uninstall takes the kernel away again.
func Uninstall(s Streams, args []string) int {
	var o kernelspec.Options
	f := flags("uninstall")
	place(f, &o)
	rest, code, ok := s.parse(f, args)
	if !ok {
		return code
	}
	if len(rest) > 0 {
		return s.misuse("uninstall", "expected no argument, got %q", rest[0])
	}
	dir, err := kernelspec.Uninstall(o)
	if err != nil {
		return s.fail("uninstall", err)
	}
	say(s.Out, "removed %s", dir)
	return exitOK
}
