package vm

// This file assembles programs by hand for the tests of the loop.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
)

// asm collects instructions; operands are slot numbers.
type asm struct {
	f *code.Func
}

func newAsm(name string, nargs, nslots int) *asm {
	return &asm{&code.Func{Name: name, NArgs: nargs, NSlots: nslots}}
}

func (a *asm) raw(op code.Op, x, y, z int) int {
	at := len(a.f.Code) * 8
	a.f.Code = append(a.f.Code, uint64(op)|uint64(uint16(x))<<16|uint64(uint16(y))<<32|uint64(uint16(z))<<48)
	return at
}

// op emits a one-word instruction on slots.
func (a *asm) op(op code.Op, x, y, z int) int { return a.raw(op, x*16, y*16, z*16) }

// imm emits an instruction whose c is an immediate.
func (a *asm) imm(op code.Op, x, y, z int) int { return a.raw(op, x*16, y*16, z) }

func (a *asm) word(w uint64) { a.f.Code = append(a.f.Code, w) }

func (a *asm) ptr(p unsafe.Pointer, keep any) {
	a.f.Refs = append(a.f.Refs, keep)
	a.word(uint64(uintptr(p)))
}

// ic emits an inline cache for calls of f.
func (a *asm) ic(f core.Value, nargs int) *code.CallIC {
	ic := &code.CallIC{Min: ^uint64(0), Site: &code.CallSite{Callee: f, NArgs: nargs}}
	a.ptr(unsafe.Pointer(ic), ic)
	return ic
}

// lit emits the loading of a constant.
func (a *asm) lit(slot int, v core.Value) {
	k := &v
	a.f.Consts = append(a.f.Consts, k)
	a.op(code.LoadK, slot, 0, 0)
	a.ptr(unsafe.Pointer(k), k)
}

// jump emits a jump whose target is set by patch.
func (a *asm) jump(op code.Op, x int) int {
	at := a.op(op, x, 0, 0)
	a.word(0)
	return at
}

func (a *asm) here() int { return len(a.f.Code) * 8 }

// patch makes the jump at byte offset at (its displacement in word w) go to target.
func (a *asm) patch(at, w, target int) { a.f.Code[at/8+w] = uint64(int64(target - at)) }

func (a *asm) done() *code.Func {
	a.word(uint64(code.Halt))
	return a.f
}
