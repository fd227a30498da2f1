package interp

// This file connects a cell's Output with the tasks that write to it.

import (
	"context"

	"weft/runtime/task"
)

// host is the task.Output of a cell.
type host struct {
	out   Output
	color bool
	rich  bool
	// notebook says that the front end named the cell: its outputs have a place.
	notebook bool
}

var _ task.Output = (*host)(nil)

// Write takes text for stdout (1) or stderr (2).
func (h *host) Write(stream int, p []byte) error {
	s := Stdout
	if stream == 2 {
		s = Stderr
	}
	return h.out.Write(s, p)
}

// Display shows data or updates a display.
func (h *host) Display(data, metadata map[string]any, id string, update bool) error {
	return h.out.Display(Display{Data: data, Metadata: metadata, ID: id, Update: update})
}

// ClearOutput empties the cell's output.
func (h *host) ClearOutput(wait bool) error { return h.out.ClearOutput(wait) }

// ReadLine asks for a line off the baton.
func (h *host) ReadLine(prompt string, password bool, done func(string, error)) (cancel func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		line, err := h.out.ReadLine(ctx, prompt, password)
		done(line, err)
	}()
	return cancel
}

// Flush sends what is buffered.
func (h *host) Flush() { h.out.Flush() }

// Size is the number of rows and columns of the display.
func (h *host) Size() (rows, cols int) { return h.out.Size() }

// Color reports whether ANSI colours may be used.
func (h *host) Color() bool { return h.color }

// Rich reports whether the front end shows other than text.
func (h *host) Rich() bool { return h.rich }
