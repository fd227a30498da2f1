package cli

// This file runs programs: from a file, from the command line, from standard
// input.

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"weft/interp"
)

// program is an interpreter that runs sources, and how it ends.
type program struct {
	s   Streams
	in  *interp.Interp
	out *terminalOutput

	quit chan int // the code of a call of exit
}

// newProgram makes an interpreter whose tasks write to the streams. interactive says that a
// prompt will come.
func newProgram(s Streams, file string, args []string, interactive bool) (*program, error) {
	p := &program{s: s, quit: make(chan int, 1)}
	var once sync.Once
	o := s.engine.options()
	o.Args, o.Program, o.Plain, o.Color, o.Interactive = args, file, true, color(s.Err), interactive
	o.Exit = func(code int) { once.Do(func() { p.quit <- code }) }
	in, err := interp.New(o)
	if err != nil {
		return nil, err
	}
	p.in = in
	p.out = newTerminalOutput(s, newLineReader(s.In))
	return p, nil
}

// step is something that a program does: it runs a source and may show its value.
type step struct {
	interp.Source
	show bool
}

// run takes steps one after the other, until one fails or the program ends, and gives the exit
// code.
func (p *program) run(ctx context.Context, steps []step) int {
	for _, s := range steps {
		if code := p.in.Run(ctx, s.Source, p.out, s.show); code != exitOK {
			return code
		}
	}
	return exitOK
}

// attend has all run, which gives an exit code, passes signals on to it, and runs what was asked
// for at the end.
func (p *program) attend(all func(context.Context) int) int {
	return p.until(func(ctx context.Context) int { return p.in.Finish(ctx, p.out, all(ctx)) })
}

// until is attend without an end.
func (p *program) until(all func(context.Context) int) int {
	defer p.out.Flush()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	defer signal.Stop(signals)
	ran := make(chan int, 1)
	// Nothing cancels what runs: after exit() the process ends, and a task that was told so
	// might still print.
	go func() { ran <- all(context.Background()) }()
	for {
		select {
		case code := <-ran:
			select {
			case code = <-p.quit:
			default:
			}
			return code
		case code := <-p.quit:
			return code
		case <-signals:
			// A second Ctrl-C ends the process if the first could not be thrown yet.
			if p.in.Interrupting() || !p.in.Interrupt() {
				return 130 // as a shell tells of SIGINT
			}
		}
	}
}

// Options takes the flags off that stand before a program and say how it is run;
// not ok: the command line is wrong, and the program ends with that code.
func (s Streams) Options(args []string) (with Streams, rest []string, code int, ok bool) {
	if p := os.Getenv("JULIA_PROJECT"); p != absoluteProject(p) {
		if err := os.Setenv("JULIA_PROJECT", absoluteProject(p)); err != nil {
			return s, nil, exitUsage, false
		}
	}
	args = asWorker(withoutJuliaFlags(args))
	n := 0
	for n < len(args) && slices.Contains(runFlags, strings.SplitN(args[n], "=", 2)[0]) {
		if n++; args[n-1] != "--virtual-time" && !strings.Contains(args[n-1], "=") {
			n++
		}
	}
	n = min(n, len(args))
	f := flags("")
	s.engine.defineRun(f)
	if err := f.Parse(args[:n]); err != nil {
		return s, nil, s.misuse("", "%v", err), false
	}
	return s, args[n:], exitOK, true
}

// asWorker replaces the flags --worker[=COOKIE], and --bind-to before it, by the program
// that a process of a cluster runs: see the library Distributed.
func asWorker(args []string) []string {
	rest := args
	if len(rest) > 1 && rest[0] == "--bind-to" {
		rest = rest[2:]
	}
	if len(rest) == 0 {
		return args
	}
	name, cookie, given := strings.Cut(rest[0], "=")
	if name != "--worker" {
		if len(rest) < len(args) {
			return rest
		}
		return args
	}
	program := []string{"-e", "using Distributed; start_worker(ARGS...)"}
	if given {
		program = append(program, cookie)
	}
	return append(program, rest[1:]...)
}

// absoluteProject is the folder or file of a project as it is from wherever the program goes later;
// names of environments and what is empty stay.
func absoluteProject(p string) string {
	if p == "" || p[0] == '@' || p[0] == '~' {
		return p
	}
	if abs, err := filepath.Abs(p); err == nil {
		return abs
	}
	return p
}

// withoutJuliaFlags takes off flags of julia that are of no concern here: how it
// starts, compiles and checks. Scripts pass them on. The project goes into the
// environment, where the program and those that it starts find it.
func withoutJuliaFlags(args []string) []string {
	for len(args) > 0 {
		name, value, hasValue := strings.Cut(args[0], "=")
		if name == "--project" {
			if !hasValue {
				value = "@."
			}
			if os.Setenv("JULIA_PROJECT", absoluteProject(value)) != nil {
				break
			}
			args = args[1:]
			continue
		}
		taken := 1
		switch {
		case slices.Contains(juliaFlags, name):
			if !hasValue && name != "--optimize" && name != "--debug-info" {
				taken = 2
			}
		case args[0] == "-q" || args[0] == "--quiet" || strings.HasPrefix(args[0], "-O") || strings.HasPrefix(args[0], "-g"):
		case strings.HasPrefix(args[0], "-t"):
			if args[0] == "-t" {
				taken = 2
			}
		default:
			return args
		}
		args = args[min(taken, len(args)):]
	}
	return args
}

// juliaFlags are those that take a value, after "=" or in the next word.
var juliaFlags = []string{"--startup-file", "--history-file", "--color", "--banner", "--threads", "--optimize", "--check-bounds",
	"--depwarn", "--inline", "--compile", "--compiled-modules", "--warn-overwrite", "--warn-scope", "--gcthreads", "--heap-size-hint",
	"--pkgimages", "--math-mode", "--min-optlevel", "--debug-info", "--handle-signals", "--sysimage-native-code", "--cpu-target", "-C"}

// runFlags are those flags.
var runFlags = []string{"--virtual-time", "--seed", "--schedule-seed"}

// Program runs the program in a file; "-" is standard input.
func Program(s Streams, args []string) int {
	if args[0] == "--" {
		args = args[1:]
		if len(args) == 0 {
			return Interactive(s)
		}
	}
	name := args[0]
	var text []byte
	var err error
	if name == "-" {
		name = "stdin"
		text, err = io.ReadAll(s.In)
	} else {
		text, err = os.ReadFile(name)
	}
	if os.IsNotExist(err) {
		return s.misuse("", "%s is neither a command nor a file", name)
	}
	if err != nil {
		return s.fail("", err)
	}
	return s.runProgram(name, string(text), args[1:])
}

func (s Streams) runProgram(name, text string, args []string) int {
	return s.runSteps(name, args, []step{{Source: fileSource(name, text)}}, false)
}

// fileSource is the source of a program, which knows its file by the whole path.
func fileSource(name, text string) interp.Source {
	if path, err := filepath.Abs(name); err == nil && name != "stdin" {
		name = path
	}
	return interp.Source{Name: name, Text: text}
}

// runSteps runs a program, and with prompt what is entered after it.
func (s Streams) runSteps(name string, args []string, steps []step, prompt bool) int {
	p, err := newProgram(s, name, args, prompt)
	if err != nil {
		return s.fail("", err)
	}
	if !prompt {
		return p.attend(func(ctx context.Context) int { return p.run(ctx, steps) })
	}
	code := p.until(func(ctx context.Context) int {
		if code := p.run(ctx, steps); code != exitOK {
			return p.in.Finish(ctx, p.out, code)
		}
		return goOn
	})
	if code != goOn {
		return code
	}
	if terminal(s.In) {
		return p.converse()
	}
	return p.attend(p.input)
}

// goOn is the code of what has run and is not the end.
const goOn = -1

// evaluation is what the flags of julia ask for.
type evaluation struct {
	steps  []step
	code   bool // there is code among the steps, so that no file follows
	prompt bool // -i
	module bool // -m, after whose module all is an argument
}

// flag takes a flag of julia off: what is left, or an error when it is none.
func (e *evaluation) flag(args []string) ([]string, error) {
	name, value, has := strings.Cut(args[0], "=")
	switch name {
	case "-i":
		e.prompt = true
		return args[1:], nil
	case "-e", "-E", "-L", "-m", "--eval", "--print", "--load", "--module":
	default:
		return nil, fmt.Errorf("unknown option %s", args[0])
	}
	args = args[1:]
	if !has || name[1] != '-' {
		if len(args) == 0 {
			return nil, fmt.Errorf("%s: expected code after it", name)
		}
		value, args = args[0], args[1:]
	}
	if name == "-L" || name == "--load" {
		value = fmt.Sprintf("Base.include(Main, abspath(%s)); nothing", strings.ReplaceAll(strconv.Quote(value), "$", `\$`))
	} else {
		e.code = true
	}
	if name == "-m" || name == "--module" {
		value, e.module = "import "+value+".main", true
	}
	e.steps = append(e.steps, step{interp.Source{Name: "none", Text: value}, name == "-E" || name == "--print"})
	return args, nil
}

// Evaluate does what flags of julia ask for: evaluates code, loads files, goes on with a prompt.
func Evaluate(s Streams, args []string) int {
	var e evaluation
	for len(args) > 0 {
		a := args[0]
		if a == "-h" || a == "--help" {
			return Help(s, []string{"-e"})
		}
		if a == "--" {
			args = args[1:]
			break
		}
		if len(a) < 2 || a[0] != '-' {
			break
		}
		rest, err := e.flag(args)
		if err != nil {
			if len(e.steps) > 0 && strings.HasPrefix(err.Error(), "unknown") {
				break // an argument of the code
			}
			return s.misuse("", "%v", err)
		}
		args = rest
		if e.module {
			break
		}
		if more := withoutJuliaFlags(args); len(more) < len(args) {
			args = more
		}
	}
	if e.code || len(args) == 0 {
		if len(e.steps) == 0 && !e.prompt {
			return s.misuse("", "expected -e CODE or -E CODE")
		}
		return s.runSteps("", args, e.steps, e.prompt || !e.code)
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return s.fail("", err)
	}
	return s.runSteps(args[0], args[1:], append(e.steps, step{Source: fileSource(args[0], string(text))}), e.prompt)
}
