package lower

import "weft/runtime/core"

// This file holds what a caller tells the passes about a statement.

// Options say where a top-level statement comes from and how it is lowered.
type Options struct {
	File string
	Line int
	// SoftScope gives top-level loops the soft scope of notebooks and the REPL.
	SoftScope bool
	// Warn receives the warnings of the scope pass; nil drops them.
	Warn func(msg, file string, line int)
	// Expand calls a macro: its function and the arguments, the first two being
	// __source__ and __module__.
	Expand func(macro core.Value, args []core.Value) (core.Value, error)
	// Lazy leaves the bodies of top-level functions as they are until they are
	// called first (for code that is known to be right: Base's).
	Lazy bool
	// Work, if not nil, is used again by each compilation.
	Work *Workspace
}
