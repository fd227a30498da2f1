package vm

// This file has the frames: growing the stack, reading headers, and the return
// of values.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

const (
	ownStack = 24      // slots beyond its frames of a stack that a task keeps
	maxStack = 4 << 20 // slots: 64 MB
	spare    = 24      // slots beyond what a frame asks for
)

// Kinds of return that the hot loop leaves to the engine: bits at the top of a
// header word.
const (
	retPlain uint64 = 0
	retDrop  uint64 = 1 // the value is not wanted
	retWorld uint64 = 2 // the world age stands below the header and is restored
	retSplat uint64 = 4 // the value replaces an operand of the Apply to be run again
	retEnd   uint64 = 8 // the value is the task's: this is its first frame

	// The value is what a function called with a loop's item gives.
	retItem = retSplat | retDrop
)

// header is the header word pair of the frame at fp.
func header(fp unsafe.Pointer) *core.Value { return (*core.Value)(unsafe.Add(fp, -16)) }

// funcAt is the function that runs in the frame at fp.
func funcAt(fp unsafe.Pointer) *code.Func { return (*code.Func)(header(fp).P) }

// at is the slot at byte offset off of the frame at fp.
func at(fp unsafe.Pointer, off uintptr) *core.Value { return (*core.Value)(unsafe.Add(fp, off)) }

// slot is slot i of t's running frame.
func (e *Engine) slot(t *task.Task, i int) core.Value { return *at(t.FP, uintptr(i)*16) }

// offset is the byte offset of t's PC in its function.
func (e *Engine) offset(t *task.Task) int {
	return int(uintptr(t.PC) - uintptr(funcAt(t.FP).Entry()))
}

// caller is the frame below the one at fp, and the return address there.
func caller(fp unsafe.Pointer) (unsafe.Pointer, unsafe.Pointer) {
	n := header(fp).N
	down := unsafe.Add(fp, -int(n>>deltaShift&deltaMask)*16)
	entry := funcAt(down).Entry()
	return down, unsafe.Add(entry, int(n&addrMask)-int(uintptr(entry)))
}

// kindOf is the kind of return of the frame at fp.
func kindOf(fp unsafe.Pointer) uint64 { return header(fp).N >> returnShift }

// isBottom reports whether the frame at fp is a task's first.
func isBottom(fp unsafe.Pointer) bool { return header(fp).N == 0 || kindOf(fp)&retEnd != 0 }

// stackLen is the number of slots of t's stack.
func stackLen(t *task.Task) int { return (int(uintptr(t.Limit)-uintptr(t.Base)) + 16) / 16 }

// stackOf is t's stack.
func stackOf(t *task.Task) []core.Value { return unsafe.Slice((*core.Value)(t.Base), stackLen(t)) }

// setStack gives t a stack, in which its frames stand already, with its FP at
// byte offset fp.
func setStack(t *task.Task, s []core.Value, fp uintptr) {
	t.Base = unsafe.Pointer(unsafe.SliceData(s))
	t.Limit = unsafe.Pointer(&s[len(s)-1])
	t.FP = unsafe.Add(t.Base, fp)
}

// ensure makes room for n bytes from t's FP on. It fails when the stack would
// become larger than it may.
func (e *Engine) ensure(t *task.Task, n uintptr) error {
	if uintptr(t.FP)+n <= uintptr(t.Limit) {
		return nil
	}
	at := uintptr(t.FP) - uintptr(t.Base)
	need := int(at+n)/16 + spare
	if need > maxStack {
		return core.Err("StackOverflowError")
	}
	if e.desk.user == t && need <= len(e.desk.slots) {
		e.desk.extend(t)
		return nil
	}
	size := 2 * stackLen(t)
	for size < need {
		size *= 2
	}
	e.restack(t, size)
	return nil
}

// restack moves t's frames to a stack of n slots.
func (e *Engine) restack(t *task.Task, n int) {
	fp := uintptr(t.FP) - uintptr(t.Base)
	s := make([]core.Value, n)
	copy(s, stackOf(t))
	setStack(t, s, fp)
	e.desk.clear(t)
}

// near is how many slots above its frames are looked at when a task waits.
const near = 24

// tidy forgets the values that the last calls have left above t's frames.
func (e *Engine) tidy(t *task.Task) {
	if e.desk.user == t {
		return
	}
	used := inUse(t) + 16
	s := stackOf(t)
	if used >= len(s) {
		return
	}
	if len(s) > 1<<15 {
		e.Tidy(t)
		return
	}
	s = s[used:min(len(s), used+near)]
	for len(s) >= 4 {
		if s[0].P != nil || s[1].P != nil || s[2].P != nil || s[3].P != nil {
			break
		}
		s = s[4:]
	}
	if len(s) > 0 {
		clear(s)
	}
}

// Tidy forgets all stale values above t's frames, and memory that a deep
// recursion has left. t must have begun.
func (e *Engine) Tidy(t *task.Task) {
	if t.Base == nil {
		return
	}
	s := stackOf(t)
	used := inUse(t) + 16
	if used >= len(s) {
		return
	}
	if n := len(s); n > 1<<15 && used < n/8 {
		clear(s[used:])
		t.Limit = unsafe.Pointer(&s[n/4-1])
		e.restack(t, n/4)
		return
	}
	clear(s[used:])
}

// inUse is the number of slots up to the end of t's running frame.
func inUse(t *task.Task) int {
	return int(uintptr(t.FP)-uintptr(t.Base))/16 + funcAt(t.FP).NSlots
}

// Slots visits the values that t's frames hold, or only those of functions outside
// Core and Base: what top-level code has held before may still stand in its frame.
func (e *Engine) Slots(t *task.Task, outside bool, visit func(core.Value)) {
	if t.FP == nil || t.Base == nil {
		return
	}
	end := uintptr(t.Limit) + 16
	for fp := t.FP; ; {
		fn := funcAt(fp)
		n := uintptr(fn.NSlots)
		if outside && (fn.TopLevel || e.RT.OfBase(fn.Module)) {
			n = 0
		}
		for i := uintptr(0); i < n && uintptr(fp)+i*16 < end; i++ {
			if v := *at(fp, i*16); v.P != nil {
				visit(v)
			}
		}
		if isBottom(fp) {
			return
		}
		end = uintptr(fp) - 16 // the callee's header
		if kindOf(fp)&retWorld != 0 {
			end -= 16
		}
		fp, _ = caller(fp)
	}
}

// deliver gives the value v to the frame at t.FP, whose call ends at ret.
func (e *Engine) deliver(t *task.Task, v core.Value, ret unsafe.Pointer, kind uint64) outcome {
	if kind&retItem == retItem {
		return e.stageDone(t, v, ret)
	}
	if kind&retSplat != 0 {
		t.PC = unsafe.Add(ret, -16)
		return e.splatted(t, v)
	}
	if kind&retDrop == 0 {
		*slotA(t.FP, unsafe.Add(ret, -16)) = v
	}
	t.PC = ret
	return running
}

// returnSpecial serves a Return of v from a frame with a special kind of return.
func (e *Engine) returnSpecial(t *task.Task, v core.Value) outcome {
	kind := kindOf(t.FP)
	if kind&retEnd != 0 {
		t.Result = v
		return halted
	}
	if kind&retWorld != 0 {
		t.World = savedWorld(t.FP).N
	}
	fp, ret := caller(t.FP)
	t.FP = fp
	return e.deliver(t, v, ret, kind)
}

// savedWorld is where the frame at fp, of kind retWorld, keeps the world age.
func savedWorld(fp unsafe.Pointer) *core.Value { return (*core.Value)(unsafe.Add(fp, -32)) }

// push makes the frame of fn at byte offset base of t's frame, where callee and
// arguments stand already.
func (e *Engine) push(t *task.Task, fn *code.Func, base uintptr, ret unsafe.Pointer, kind uint64) error {
	if uintptr(t.FP)+base+frameBytes(fn) > uintptr(t.Limit) {
		if err := e.ensure(t, base+frameBytes(fn)); err != nil {
			return err
		}
	}
	fp := unsafe.Add(t.FP, base)
	h := header(fp)
	h.P = unsafe.Pointer(fn)
	h.N = uint64(uintptr(ret)) | uint64(base)<<(deltaShift-4) | kind<<returnShift
	t.FP, t.PC = fp, fn.Entry()
	t.Budget--
	return nil
}

// frameBytes is what a frame of fn needs from its FP on: its slots and the
// header and operands of a generic call.
func frameBytes(fn *code.Func) uintptr { return uintptr(fn.NSlots+8) * 16 }
