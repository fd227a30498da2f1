// Package cli holds the commands of the weft program: one function per
// command, which takes the streams and the arguments and gives an exit code.
package cli

// This file has what all commands share: streams, flags, exit codes.

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/mattn/go-isatty"
)

// VersionText is the version of this program.
const VersionText = "0.1.0"

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // a program, a cell or the command itself failed
	exitUsage  = 2 // the command line is wrong
)

// Streams are where a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer

	engine engine // how programs run
}

// terminal says whether a stream is one that a person looks at.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// color says whether to write colours to a stream: only on a terminal that
// shows them, and not where the user wants none (NO_COLOR).
func color(stream any) bool {
	return terminal(stream) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// width is the number of columns of a stream.
func width(stream any) int {
	if f, ok := stream.(*os.File); ok {
		if n := columns(f); n > 0 {
			return n
		}
	}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	return 80
}

// say writes a line. Where nobody reads any more there is nothing left to do.
func say(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }

// fail reports an error of a command.
func (s Streams) fail(command string, err error) int {
	say(s.Err, "weft%s: %v", prefixed(command), err)
	return exitFailed
}

// misuse reports a wrong command line.
func (s Streams) misuse(command, format string, args ...any) int {
	say(s.Err, "weft%s: %s", prefixed(command), fmt.Sprintf(format, args...))
	say(s.Err, "(weft%s --help says how it is used)", prefixed(command))
	return exitUsage
}

func prefixed(command string) string {
	if command == "" {
		return ""
	}
	return " " + command
}

// flags makes the flags of a command.
func flags(command string) *flag.FlagSet {
	f := flag.NewFlagSet(command, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	return f
}

// parse parses flags and arguments in any order and gives the arguments.
// Not ok: the command is done, with that exit code.
func (s Streams) parse(f *flag.FlagSet, args []string) (rest []string, code int, ok bool) {
	for {
		err := f.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			return nil, Help(s, []string{f.Name()}), false
		}
		if err != nil {
			return nil, s.misuse(f.Name(), "%v", err), false
		}
		left := f.Args()
		if used := len(args) - len(left); len(left) == 0 || used > 0 && args[used-1] == "--" {
			return append(rest, left...), exitOK, true
		}
		rest = append(rest, left[0])
		args = left[1:]
	}
}

// duration is a flag that takes a duration or a number of seconds; by its
// name alone it takes a standard value.
type duration struct {
	value  *string
	parsed func(string) error
	alone  string
}

func (d duration) String() string {
	if d.value == nil {
		return ""
	}
	return *d.value
}

// Set parses the flag's value.
func (d duration) Set(text string) error {
	if text == "true" && d.alone != "" {
		text = d.alone
	}
	*d.value = text
	return d.parsed(text)
}

// IsBoolFlag says that the flag may stand alone.
func (d duration) IsBoolFlag() bool { return d.alone != "" }

// assignments is a flag K=V that may be given many times.
type assignments map[string]string

func (a assignments) String() string { return "" }

// Set takes one assignment.
func (a assignments) Set(text string) error {
	k, v, ok := strings.Cut(text, "=")
	if !ok || k == "" {
		return fmt.Errorf("expected NAME=VALUE, got %q", text)
	}
	a[k] = v
	return nil
}
