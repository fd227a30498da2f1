package vm

// This file remembers what `x isa T` was for the types asked about last: with unions and
// UnionAlls the answer takes a search.

import (
	"unsafe"

	"weft/runtime/core"
)

// isaBits is the binary logarithm of how many answers are remembered.
const isaBits = 9

// isaCache has answers at places that the two types tell. It keeps the types alive, so that
// their addresses stand for them.
type isaCache [1 << isaBits]isaAnswer

type isaAnswer struct {
	of, in unsafe.Pointer // the type of the value; the type asked for
	is     bool
}

// isa reports whether x is a T.
func (e *Engine) isa(x, T core.Value) bool {
	of := core.TypeOf(x)
	if core.IsType(x) { // told by what it is, not by its type
		return core.Isa(x, T)
	}
	if T.P == unsafe.Pointer(of) || T.P == unsafe.Pointer(core.Any) {
		return true
	}
	h := uint64(uintptr(unsafe.Pointer(of))>>4)*0x9e3779b97f4a7c15 + uint64(uintptr(T.P)>>4)*0xc2b2ae3d27d4eb4f
	a := &e.isas[h>>(64-isaBits)]
	if a.of != unsafe.Pointer(of) || a.in != T.P {
		*a = isaAnswer{unsafe.Pointer(of), T.P, core.Isa(x, T)}
	}
	return a.is
}
