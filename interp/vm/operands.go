package vm

// This file is what the hot loop and its servants share: why the loop comes back,
// the words of a frame's header, and how an instruction's operands are read.

import (
	"math"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
)

// exit says why the hot loop came back. In all cases the task's PC, FP and
// Budget are up to date.
type exit uint8

const (
	exitOp     exit = iota // the instruction at PC needs the engine
	exitBudget             // the slice is over; PC is the next instruction
	exitGrow               // the call at PC needs a larger stack
	exitHalt               // the Halt at PC was reached
)

// tags holds what the loop compares with. They are loaded from memory each time:
// as constants they would be kept in registers across the whole loop and spoil
// its dispatch.
type tags struct {
	i, f, b, c, nothing unsafe.Pointer // the P of Int64, Float64, Bool, Char, nothing
	rangeInt            *core.DataType // UnitRange{Int64}
	stepInt             *core.DataType // StepRange{Int64,Int64}
	oneTo               *core.DataType // Base.OneTo{Int64}
	anyType             unsafe.Pointer
	arrayPush           unsafe.Pointer // the primitive array_push
}

// Header words: the return address, how many slots up the caller's frame the
// callee's lies, and what is special about the return.
const (
	addrMask    = 1<<48 - 1
	deltaShift  = 48
	deltaMask   = 0xfff
	returnShift = 60
)

func opAt(pc unsafe.Pointer) code.Op { return *(*code.Op)(pc) }

func slotA(fp, pc unsafe.Pointer) *core.Value {
	return (*core.Value)(unsafe.Add(fp, *(*uint16)(unsafe.Add(pc, 2))))
}

func slotB(fp, pc unsafe.Pointer) *core.Value {
	return (*core.Value)(unsafe.Add(fp, *(*uint16)(unsafe.Add(pc, 4))))
}

func slotC(fp, pc unsafe.Pointer) *core.Value {
	return (*core.Value)(unsafe.Add(fp, *(*uint16)(unsafe.Add(pc, 6))))
}

// immC is operand c as a signed immediate.
func immC(pc unsafe.Pointer) int64 { return int64(*(*int16)(unsafe.Add(pc, 6))) }

// word is the i-th word of the instruction at pc.
func word(pc unsafe.Pointer, i int) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Add(pc, 8*i)) }

// disp is the displacement in the i-th word of the instruction at pc.
func disp(pc unsafe.Pointer, i int) int { return *(*int)(unsafe.Add(pc, 8*i)) }

// typeWord is the type of the value v, which must not be undefined.
func typeWord(v *core.Value) *core.DataType { return *(**core.DataType)(v.P) }

func flt(v *core.Value) float64 { return math.Float64frombits(v.N) }

func b2u(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
