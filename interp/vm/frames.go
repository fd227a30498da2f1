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
	firstStack = 20      // slots of a new task's stack
	maxStack   = 4 << 20 // slots: 64 MB
	spare      = 24      // slots beyond what a frame asks for
)

// Kinds of return that the hot loop leaves to the engine: bits at the top of a
// header word.
const (
	retPlain uint64 = 0
	retDrop  uint64 = 1 // the value is not wanted
	retWorld uint64 = 2 // the world age stands below the header and is restored
	retSplat uint64 = 4 // the value replaces an operand of the Apply to be run again
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

// ensure makes room for n bytes from t's FP on. It fails when the stack would
// become larger than it may.
func (e *Engine) ensure(t *task.Task, n uintptr) error {
	if uintptr(t.FP)+n <= uintptr(t.Limit) {
		return nil
	}
	base := unsafe.Pointer(unsafe.SliceData(t.Stack))
	at := uintptr(t.FP) - uintptr(base)
	need := int(at+n)/16 + spare
	if need > maxStack {
		return core.Err("StackOverflowError")
	}
	size := 2 * len(t.Stack)
	for size < need {
		size *= 2
	}
	e.restack(t, size)
	return nil
}

// restack moves t's frames to a stack of n slots.
func (e *Engine) restack(t *task.Task, n int) {
	at := uintptr(t.FP) - uintptr(unsafe.Pointer(unsafe.SliceData(t.Stack)))
	s := make([]core.Value, n)
	copy(s, t.Stack)
	t.Stack = s
	t.FP = unsafe.Add(unsafe.Pointer(unsafe.SliceData(s)), at)
	t.Limit = unsafe.Pointer(&s[n-1])
}

// tidy forgets stale values above t's frames, and memory that a deep recursion
// has left.
func (e *Engine) tidy(t *task.Task) {
	used := (int(uintptr(t.FP)-uintptr(unsafe.Pointer(unsafe.SliceData(t.Stack))))/16 + funcAt(t.FP).NSlots + 16)
	if used >= len(t.Stack) {
		return
	}
	if n := len(t.Stack); n > 1<<15 && used < n/8 {
		clear(t.Stack[used:])
		t.Stack = t.Stack[:n/4]
		e.restack(t, n/4)
		return
	}
	clear(t.Stack[used:min(len(t.Stack), used+256)])
}

// deliver gives the value v to the frame at t.FP, whose call ends at ret.
func (e *Engine) deliver(t *task.Task, v core.Value, ret unsafe.Pointer, kind uint64) outcome {
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
