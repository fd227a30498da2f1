package vm

// This file finds the place in a user's code that a primitive was called from.

import (
	"unsafe"

	"weft/runtime/task"
)

// hereFrames is how far Here looks for code that is not Base's.
const hereFrames = 6

// Here returns the function and the offset of the instruction in the user's code
// that led to the primitive t is running; nil if there is none near.
func (e *Engine) Here(t *task.Task) (unsafe.Pointer, uint32) {
	if t.FP == nil {
		return nil, 0
	}
	fp, pc := t.FP, t.PC
	for range hereFrames {
		fn := funcAt(fp)
		if !e.RT.OfBase(fn.Module) {
			return unsafe.Pointer(fn), uint32(uintptr(pc) - uintptr(fn.Entry()))
		}
		if isBottom(fp) {
			break
		}
		fp, pc = caller(fp)
		pc = unsafe.Add(pc, -16)
	}
	return nil, 0
}
