package vm

// This file has the stack that tasks begin on.

import (
	"unsafe"

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
	used := stackOf(t)[:inUse(t)]
	first := int(uintptr(t.FP)-uintptr(t.Base))/16 + 1
	n := len(used)
	for n > first && used[n-1].P == nil {
		n--
	}
	used = used[:n]
	if t.Parked {
		n = inUse(t) + ownStack
	}
	t.Cut = !t.Parked
	t.Parked = true
	s := make([]core.Value, n)
	copy(s, used)
	fp, far := uintptr(t.FP)-uintptr(t.Base), stackLen(t)
	setStack(t, s, fp)
	e.desk.user = nil
	clear(e.desk.slots[:far])
}

// finished takes the stack of a task that has ended.
func (e *Engine) finished(t *task.Task) {
	if e.desk.user == t {
		clear(stackOf(t))
		e.desk.user = nil
	}
	t.Base, t.PC, t.FP, t.Limit = nil, nil, nil, nil
}

// unfold gives a task whose stack was cut to its frames room to run.
func (e *Engine) unfold(t *task.Task) {
	t.Cut = false
	old := stackOf(t)
	fp := uintptr(t.FP) - uintptr(t.Base)
	need := inUse(t)
	if need+8 <= deskStart && e.desk.take(t, fp) {
		copy(e.desk.slots, old)
		return
	}
	e.restack(t, need+ownStack)
}
