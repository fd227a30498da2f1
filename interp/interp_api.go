// Package interp turns source into results: parser, compiler, virtual machine
// and the façade that a kernel or a terminal drives.
package interp

// This file holds the façade's types: what a front end hands in with a piece
// of source, what it gets back, and where tasks write and display.

import (
	"context"
	"errors"
)

// Stream says which of the two text streams a write goes to.
type Stream uint8

// The two text streams.
const (
	Stdout Stream = iota
	Stderr
)

// String gives the stream's name as Jupyter spells it.
func (s Stream) String() string {
	if s == Stderr {
		return "stderr"
	}
	return "stdout"
}

// ErrNoStdin is what ReadLine gives when the front end takes no input.
var ErrNoStdin = errors.New("this front end does not take input")

// ErrClosed is what an Output gives once its front end is gone.
var ErrClosed = errors.New("output is closed")

// Output receives what the tasks of one cell write and display. It travels
// with the task, so it may be used long after the cell ended and by several
// goroutines at once.
//
// Write may block while the reader is behind; it returns as soon as it has
// taken the bytes or the cell's foreground is interrupted (the bytes are kept
// either way). An error means that nobody will ever read again.
type Output interface {
	// Write takes bytes for a text stream; p is not kept. The first write of
	// a quiet stream goes out at once, so give what one print writes in one call.
	Write(stream Stream, p []byte) error
	// Display shows a value, or changes a display shown before.
	Display(d Display) error
	// ClearOutput empties the cell's output, with wait only when the next
	// output comes.
	ClearOutput(wait bool) error
	// ReadLine asks the user for a line (given without its newline). It gives
	// ErrNoStdin when no input is to be had, io.EOF at the end of input, and
	// the cause of the end of ctx when that comes first. Call it off the baton.
	ReadLine(ctx context.Context, prompt string, password bool) (string, error)
	// Flush sends what is buffered now.
	Flush()
	// Size is the number of rows and columns that fit on the display.
	Size() (rows, cols int)
}

// Bundle maps a MIME type to a representation: a string, []byte (binary), or
// json.RawMessage (for JSON types).
type Bundle map[string]any

// Display is one value shown in a cell.
type Display struct {
	Data     Bundle
	Metadata map[string]any
	// ID names the display so that it can be updated; it may be empty.
	ID string
	// Update changes every display of that ID instead of adding one.
	Update bool
}

// Source is a piece of code and where it is from.
type Source struct {
	// Name is the file shown in stack traces, for example "In[3]".
	Name string
	Text string
	// FirstLine is the number of the first line; 0 means 1.
	FirstLine int
}

// EvalOptions say how a source is evaluated.
type EvalOptions struct {
	// Silent asks for no result and no history.
	Silent bool
	// StoreHistory makes the result available as Out[Count] and ans.
	StoreHistory bool
	// SoftScope gives top level loops the soft scope of notebooks and REPL.
	SoftScope bool
	// Count is the cell's execution count.
	Count int
	// CellID is the notebook's name for the cell, empty if not known.
	CellID string
	// UserExpressions are evaluated after the source, if it did not fail.
	UserExpressions map[string]string
}

// Result is what became of a source.
type Result struct {
	// HasValue says that there is a value to show: not nothing, not hidden by
	// a trailing semicolon, and not silent.
	HasValue bool
	Bundle   Bundle
	Metadata map[string]any
	// DisplayID, if not empty, names the display that the value is shown in: it will
	// be updated.
	DisplayID string
	// Err is nil when the source ended well.
	Err *Error
	// UserExpressions has an entry for each expression asked for.
	UserExpressions map[string]UserExpression
}

// UserExpression is the value of one user expression, or why there is none.
type UserExpression struct {
	Bundle   Bundle
	Metadata map[string]any
	Err      *Error
}

// Error is an exception that reached top level, ready to be shown.
type Error struct {
	// Name is the exception's type, Value its message.
	Name, Value string
	// Traceback is the text to draw, line by line, with ANSI colours.
	Traceback []string
	// Interrupted says that the user stopped the source.
	Interrupted bool
	// SyntaxError says that the source did not parse.
	SyntaxError bool
}

// Completion lists what could stand at the cursor: each match replaces the
// code points from Start up to End.
type Completion struct {
	Matches    []Match
	Start, End int
}

// Match is one completion.
type Match struct {
	Text string
	// Type is its kind: function, type, module, macro, keyword, variable,
	// field, path, symbol; empty if not known.
	Type string
	// Signature is shown beside a function; it may be empty.
	Signature string
}

// Interpreter is what a kernel needs of an interpreter. Complete, Inspect,
// IsComplete and Interrupt may be called at any time from any goroutine, also
// while Eval runs; Eval is called by one goroutine at a time.
type Interpreter interface {
	// Eval runs a source as the foreground and returns when its foreground
	// task ended, or when ctx does. Tasks it started go on.
	Eval(ctx context.Context, src Source, out Output, opts EvalOptions) Result
	// Interrupt throws an InterruptException into the foreground task and
	// says whether there was one; without a foreground it does nothing.
	Interrupt() bool
	// CancelBackground ends all tasks but the foreground's and returns how many
	// there were.
	CancelBackground() int
	// Complete completes at a cursor counted in code points.
	Complete(text string, cursor int) Completion
	// Inspect gives the documentation of what is at the cursor (in code
	// points); detail 1 asks for more than 0. False: nothing is known.
	Inspect(text string, cursor, detail int) (Bundle, bool)
	// IsComplete says whether text can be run: "complete", "incomplete" (then
	// with the indent of the next line), "invalid" or "unknown".
	IsComplete(text string) (status, indent string)
	// Drain waits until the tasks that write to out have ended or wait for
	// something that only the outside can bring.
	Drain(ctx context.Context, out Output) error
	// Close ends all tasks and frees what the interpreter holds.
	Close() error
}
