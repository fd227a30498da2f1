package cli

// This file is where a program's tasks write and read: the process's own
// standard streams.

import (
	"bufio"
	"context"
	"io"
	"strings"
	"sync"
	"time"

	"weft/interp"
)

// Text waits this long for more of it, and no more than this much of it.
const (
	flushEvery = 10 * time.Millisecond
	flushBytes = 64 << 10
)

// terminalOutput is the Output of programs. Text to stdout goes out at once
// after a pause, and otherwise in pieces.
type terminalOutput struct {
	s     Streams
	lines *lineReader

	mu    sync.Mutex
	text  []byte
	armed bool
	timer *time.Timer
	err   error
}

var _ interp.Output = (*terminalOutput)(nil)

func newTerminalOutput(s Streams, lines *lineReader) *terminalOutput {
	o := &terminalOutput{s: s, lines: lines}
	o.timer = time.AfterFunc(time.Hour, o.tick)
	o.timer.Stop()
	return o
}

// Write writes to stdout or stderr, in the order of the calls.
func (o *terminalOutput) Write(stream interp.Stream, p []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if stream == interp.Stderr {
		o.flush()
		if _, err := o.s.Err.Write(p); err != nil {
			return interp.ErrClosed
		}
		return nil
	}
	o.text = append(o.text, p...)
	if !o.armed {
		o.flush()
		o.armed = true
		o.timer.Reset(flushEvery)
	} else if len(o.text) >= flushBytes {
		o.flush()
	}
	return o.err
}

// tick writes what came since the last time, and stops the timer when
// nothing did.
func (o *terminalOutput) tick() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.text) == 0 {
		o.armed = false
		return
	}
	o.flush()
	o.timer.Reset(flushEvery)
}

// flush writes the text. The lock is held.
func (o *terminalOutput) flush() {
	if len(o.text) == 0 {
		return
	}
	if _, err := o.s.Out.Write(o.text); err != nil {
		o.err = interp.ErrClosed
	}
	o.text = o.text[:0]
}

// Flush writes what is buffered.
func (o *terminalOutput) Flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flush()
}

// Display shows a value as text.
func (o *terminalOutput) Display(d interp.Display) error {
	text, ok := d.Data["text/plain"].(string)
	if !ok {
		for _, mime := range []string{"text/markdown", "text/latex", "text/html", "image/svg+xml"} {
			if text, ok = d.Data[mime].(string); ok {
				break
			}
		}
	}
	return o.Write(interp.Stdout, []byte(text+"\n"))
}

// ClearOutput does nothing: what a terminal shows is shown.
func (o *terminalOutput) ClearOutput(bool) error { return nil }

// ReadLine reads a line of standard input.
func (o *terminalOutput) ReadLine(ctx context.Context, prompt string, _ bool) (string, error) {
	if err := o.Write(interp.Stdout, []byte(prompt)); err != nil {
		return "", err
	}
	o.Flush()
	return o.lines.read(ctx)
}

// Size is the size of the terminal; a file has the standard one.
func (o *terminalOutput) Size() (rows, cols int) { return 24, width(o.s.Out) }

// lineReader reads lines for whoever asks; an asker may stop waiting, then
// the line is the next one's.
type lineReader struct {
	in    io.Reader
	start sync.Once
	asked chan struct{}
	lines chan line
}

type line struct {
	text string
	err  error
}

func newLineReader(in io.Reader) *lineReader {
	return &lineReader{in: in, asked: make(chan struct{}, 1), lines: make(chan line, 1)}
}

func (r *lineReader) read(ctx context.Context) (string, error) {
	r.start.Do(func() { go r.run() })
	select { // a line that nobody took before
	case l := <-r.lines:
		return l.text, l.err
	default:
	}
	select {
	case r.asked <- struct{}{}:
	default: // an asker who went away has asked
	}
	select {
	case l := <-r.lines:
		return l.text, l.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// run reads one line each time it is asked.
func (r *lineReader) run() {
	b := bufio.NewReader(r.in)
	for range r.asked {
		text, err := b.ReadString('\n')
		if err != nil && text != "" {
			err = nil // the last line may lack its newline
		}
		r.lines <- line{strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r"), err}
	}
}
