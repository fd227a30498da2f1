package vm

// This file has the stack that tasks begin on.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// Sizes of a desk: what a task finds cleared, and all that there is.
const (
	deskStart = 48
	deskSize  = 256
)

// desk is a stack that one task at a time uses, so that a task that never waits
// needs none of its own, and one that waits for the first time needs no more than
// its frames take. A task that waits again gets a stack to keep.
type desk struct {
	slots []core.Value
	user  *task.Task
}

func newDesk() desk { return desk{slots: make([]core.Value, deskSize)} }

// take gives t the desk, with its frame of the given bytes offset, if it is free.
func (d *desk) take(t *task.Task, fp uintptr) bool {
	if d.user != nil {
		return false
	}
	d.user = t
	setStack(t, d.slots[:deskStart], fp)
	return true
}

// extend gives the user all of the desk.
func (d *desk) extend(t *task.Task) { t.Limit = unsafe.Pointer(&d.slots[deskSize-1]) }

// clear takes the desk away from t, if t has it and has left its frames.
func (d *desk) clear(t *task.Task) {
	if d.user == t {
		d.user = nil
		clear(d.slots)
	}
}

// leave is called when t stops running: a task that sits at the desk gets a stack
// of its own.
func (e *Engine) leave(t *task.Task) {
	if e.desk.user != t {
		return
	}
	far := stackLen(t)
	n := inUse(t) + ownStack
	if t.Stack == task.StackNew {
		n = e.held(t)
		n -= sink(t, n)
		t.Stack = task.StackCut
	} else {
		t.Stack = task.StackKept
	}
	used := stackOf(t)[:min(n, far)]
	s := make([]core.Value, n)
	copy(s, used)
	fp := uintptr(t.FP) - uintptr(t.Base)
	setStack(t, s, fp)
	e.desk.user = nil
	clear(e.desk.slots[:far])
}

// held is the number of slots that t's frames hold anything in. Of a frame that waits
// in its last call, to return what that gives, only the callee and the arguments
// count, which a backtrace shows.
func (e *Engine) held(t *task.Task) int {
	fn := funcAt(t.FP)
	n := inUse(t)
	first := n - fn.NSlots
	if t.Budget == awaiting && opAt(t.PC) == code.Return && *(*uint16)(unsafe.Add(t.PC, 2)) == *(*uint16)(unsafe.Add(t.PC, 2-16)) {
		n = first + fn.NArgs
	}
	s := stackOf(t)
	for n > first+1 && s[n-1].P == nil { // FP points to slot 0
		n--
	}
	return n
}

// calledFrom is the caller of t's running frame, and where in its slots the call
// instruction has that frame stand; 0 if it is no plain call.
func calledFrom(t *task.Task) (fp unsafe.Pointer, base int) {
	if isBottom(t.FP) || kindOf(t.FP) != retPlain {
		return nil, 0
	}
	fp, ret := caller(t.FP)
	call := unsafe.Add(ret, -16)
	if op := opAt(call); op != code.Call && op != code.CallF {
		return nil, 0
	}
	return fp, int(*(*uint16)(unsafe.Add(call, 4))) / 16
}

// sink moves t's running frame, of which the stack's first n slots hold all, down
// to the last slot of its caller that is defined. It returns by how many slots.
func sink(t *task.Task, n int) int {
	fp, base := calledFrom(t)
	if base == 0 || unsafe.Add(fp, base*16) != t.FP {
		return 0
	}
	first := int(uintptr(fp)-uintptr(t.Base)) / 16
	s := stackOf(t)
	to := base - 1 // where the header stands, from the caller's slot 0
	for to > max(1, funcAt(fp).NArgs) && s[first+to-1].P == nil {
		to--
	}
	by := base - 1 - to
	shift(t, first+base-1, n, -by)
	return by
}

// lift undoes what sink did; t's frames hold the first n slots.
func lift(t *task.Task, n int) {
	fp, base := calledFrom(t)
	if base == 0 {
		return
	}
	at := int(uintptr(t.FP)-uintptr(fp)) / 16
	if by := base - at; by > 0 {
		shift(t, int(uintptr(t.FP)-uintptr(t.Base))/16-1, n, by)
	}
}

// shift moves t's running frame, which stands from its header in slot at to slot
// n, up by so many slots.
func shift(t *task.Task, at, n, by int) {
	if by == 0 {
		return
	}
	s := unsafe.Slice((*core.Value)(t.Base), max(stackLen(t), n+by))
	copy(s[at+by:], s[at:n])
	if by > 0 {
		clear(s[at : at+by])
	} else {
		clear(s[n+by : n])
	}
	t.FP = unsafe.Add(t.FP, by*16)
	h := header(t.FP)
	h.N = uint64(int64(h.N) + int64(by)<<deltaShift)
}

// finished takes the stack of a task that has ended, which ran code.
func (e *Engine) finished(t *task.Task, code core.Value) {
	if e.desk.user == t {
		clear(stackOf(t))
		e.desk.user = nil
	}
	t.Unstack(code)
}

// unfold gives a task whose stack was cut to its frames room to run.
func (e *Engine) unfold(t *task.Task) {
	t.Stack = task.StackKept
	old := stackOf(t)
	fp := uintptr(t.FP) - uintptr(t.Base)
	need := inUse(t)
	if _, base := calledFrom(t); base > 0 {
		need += base
	}
	if need+8 <= deskStart && e.desk.take(t, fp) {
		copy(e.desk.slots, old)
	} else {
		e.restack(t, need+ownStack)
	}
	lift(t, len(old))
}
