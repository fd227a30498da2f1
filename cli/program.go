package cli

// This file runs programs: from a file, from the command line, from standard
// input.

import (
	"context"
	"io"
	"os"
	"os/signal"
	"slices"
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

// newProgram makes an interpreter whose tasks write to the streams.
func newProgram(s Streams, file string, args []string) (*program, error) {
	p := &program{s: s, quit: make(chan int, 1)}
	var once sync.Once
	o := s.engine.options()
	o.Args, o.Program, o.Plain, o.Color = args, file, true, color(s.Err)
	o.Exit = func(code int) { once.Do(func() { p.quit <- code }) }
	in, err := interp.New(o)
	if err != nil {
		return nil, err
	}
	p.in = in
	p.out = newTerminalOutput(s, newLineReader(s.In))
	return p, nil
}

// run runs sources one after the other, until one fails or the program ends,
// and gives the exit code.
func (p *program) run(show bool, sources ...interp.Source) int {
	return p.attend(func(ctx context.Context) int {
		for _, src := range sources {
			if code := p.in.Run(ctx, src, p.out, show); code != exitOK {
				return code
			}
		}
		return exitOK
	})
}

// attend has all run, which gives an exit code, and passes signals on to it.
func (p *program) attend(all func(context.Context) int) int {
	defer p.out.Flush()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	defer signal.Stop(signals)
	ran := make(chan int, 1)
	go func() { ran <- p.in.Finish(ctx, p.out, all(ctx)) }()
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
			if !p.in.Interrupt() {
				return 130 // as a shell tells of SIGINT
			}
			signal.Stop(signals) // a second Ctrl-C ends this process
		}
	}
}

// Options takes the flags off that stand before a program and say how it is run;
// not ok: the command line is wrong, and the program ends with that code.
func (s Streams) Options(args []string) (with Streams, rest []string, code int, ok bool) {
	args = withoutJuliaFlags(args)
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
			if os.Setenv("JULIA_PROJECT", value) != nil {
				break
			}
			args = args[1:]
			continue
		}
		if !(slices.Contains(juliaFlags, name) && hasValue || args[0] == "-q" || args[0] == "--quiet") {
			break
		}
		args = args[1:]
	}
	return args
}

// juliaFlags are those that take a value after "=".
var juliaFlags = []string{"--startup-file", "--history-file", "--color", "--banner", "--threads", "--optimize", "--check-bounds",
	"--depwarn", "--inline", "--compile", "--compiled-modules", "--warn-overwrite"}

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
	p, err := newProgram(s, name, args)
	if err != nil {
		return s.fail("", err)
	}
	return p.run(false, interp.Source{Name: name, Text: text})
}

// Evaluate evaluates code from the command line.
func Evaluate(s Streams, args []string) int {
	var sources []interp.Source
	show := false
	for len(args) > 0 {
		a := args[0]
		if a == "--" {
			args = args[1:]
			break
		}
		if a == "-h" || a == "--help" {
			return Help(s, []string{"-e"})
		}
		if a != "-e" && a != "-E" {
			if len(a) > 1 && a[0] == '-' && len(sources) == 0 {
				return s.misuse("", "unknown option %s", a)
			}
			break
		}
		if len(args) == 1 {
			return s.misuse("", "%s: expected code after it", a)
		}
		show = show || a == "-E"
		sources = append(sources, interp.Source{Name: "none", Text: args[1]})
		args = args[2:]
	}
	if len(sources) == 0 {
		return s.misuse("", "expected -e CODE or -E CODE")
	}
	p, err := newProgram(s, "", args)
	if err != nil {
		return s.fail("", err)
	}
	return p.run(show, sources...)
}
