package cli

// This file reads, evaluates and prints on a terminal, line by line.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"weft/interp"
)

// Interactive is the REPL on a terminal; otherwise it evaluates and prints what comes by
// standard input.
func Interactive(s Streams) int {
	if terminal(s.In) {
		return s.repl()
	}
	p, err := newProgram(s, "", nil, false)
	if err != nil {
		return s.fail("", err)
	}
	return p.attend(p.input)
}

// input runs what standard input says.
func (p *program) input(ctx context.Context) int { return p.in.RunInput(ctx, p.out) }

const (
	prompt   = "julia> "
	goesOn   = "       "
	greeting = "weft " + VersionText + ": Julia, with tasks that live on. ?name shows help, Ctrl-C interrupts, Ctrl-D ends."
)

// errInterrupted ends the reading of a line.
var errInterrupted = errors.New("interrupted")

// session is a run of the REPL.
type session struct {
	*program
	color   bool
	count   int
	signals chan os.Signal
}

func (s Streams) repl() int {
	p, err := newProgram(s, "", nil, true)
	if err != nil {
		return s.fail("", err)
	}
	say(s.Out, "%s\n", greeting)
	return p.converse()
}

// converse evaluates what is typed until that ends, and gives the exit code.
func (p *program) converse() int {
	s := p.s
	r := &session{program: p, color: color(s.Out), signals: make(chan os.Signal, 1)}
	signal.Notify(r.signals, os.Interrupt)
	defer signal.Stop(r.signals)
	for {
		text, err := r.readCell()
		switch {
		case errors.Is(err, errInterrupted):
			say(s.Out, "")
			continue
		case err != nil:
			say(s.Out, "")
			code := r.in.Finish(context.Background(), r.out, exitOK)
			r.out.Flush()
			return code
		case strings.TrimSpace(text) == "":
			continue
		}
		if name, ok := strings.CutPrefix(strings.TrimSpace(text), "?"); ok {
			r.help(strings.TrimSpace(name))
			continue
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			r.eval(text)
		}()
		if code, quit := r.await(done); quit {
			r.out.Flush()
			return code
		}
	}
}

// await waits for an evaluation; Ctrl-C interrupts it.
func (r *session) await(done <-chan struct{}) (code int, quit bool) {
	for {
		select {
		case <-done:
			return 0, false
		case code := <-r.quit:
			return code, true
		case <-r.signals:
			r.in.Interrupt()
		}
	}
}

// readCell reads lines until they can be run.
func (r *session) readCell() (string, error) {
	text := ""
	ask := r.paint("1;32", prompt)
	for {
		l, err := r.readLine(ask)
		if err != nil {
			return "", err
		}
		text += l + "\n"
		if strings.HasPrefix(text, "?") {
			return text, nil
		}
		if status, _ := r.in.IsComplete(text); status != "incomplete" {
			return text, nil
		}
		ask = goesOn
	}
}

func (r *session) readLine(ask string) (string, error) {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-r.signals:
			cancel(errInterrupted)
		case <-ctx.Done():
		}
	}()
	text, err := r.out.ReadLine(ctx, ask, false)
	cancel(nil)
	<-watched
	return text, err
}

// eval evaluates a cell and shows its value or its error.
func (r *session) eval(text string) {
	r.count++
	res := r.in.Eval(context.Background(), interp.Source{Name: fmt.Sprintf("REPL[%d]", r.count), Text: text}, r.out,
		interp.EvalOptions{StoreHistory: true, SoftScope: true, Count: r.count})
	r.out.Flush()
	switch {
	case res.Err != nil:
		say(r.s.Err, "%s\n", strings.Join(res.Err.Traceback, "\n"))
	case res.HasValue:
		value, _ := res.Bundle["text/plain"].(string)
		say(r.s.Out, "%s\n", value)
	default:
		say(r.s.Out, "")
	}
}

func (r *session) help(name string) {
	bundle, ok := r.in.Inspect(name, len([]rune(name)), 0)
	text, isText := bundle["text/plain"].(string)
	if !ok || !isText {
		text = "No documentation found for " + name + "."
	}
	say(r.s.Out, "%s\n", text)
}

func (r *session) paint(code, text string) string {
	if !r.color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
