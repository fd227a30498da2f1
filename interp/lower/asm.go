package lower

import (
	"fmt"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
)

// This file is the assembler: instructions, labels, constants, line table.

// label is a place in the code that jumps go to.
type label int

// fixup is a displacement to fill in when its label's place is known.
type fixup struct {
	word  int // where the displacement stands
	from  int // word of the instruction it counts from
	to    label
	shift uint // 0: the whole word; 1: low half, 2: high half
}

// asm builds the code of one function.
type asm struct {
	words    []uint64
	labels   []int
	used     []bool
	fixes    []fixup
	refs     []any
	consts   []*core.Value
	constIdx map[core.Value]*core.Value
	lines    []code.LineEntry
	handlers []handlerSpan
	last     int    // word of the instruction written last
	before   [2]int // words of the two before it
	dead     bool   // what comes next is not reached
	line     int
	file     string
	lastLine int
	lastFile string
	err      error
}

// emptied is an assembler with the memory of a; what it pointed to it lets go.
func (a *asm) emptied() asm {
	clear(a.refs)
	clear(a.consts)
	clear(a.lines)
	return asm{words: a.words[:0], labels: a.labels[:0], used: a.used[:0], fixes: a.fixes[:0], refs: a.refs[:0],
		consts: a.consts[:0], lines: a.lines[:0], handlers: a.handlers[:0]}
}

type handlerSpan struct{ lo, hi, target label }

const maxSlot = 4095

func (a *asm) newLabel() label {
	a.labels = append(a.labels, -1)
	a.used = append(a.used, false)
	return label(len(a.labels) - 1)
}

// place puts l here. If nothing that was reached jumps to it and it is not
// kept, code after it stays dead.
func (a *asm) place(l label) {
	a.labels[l] = len(a.words)
	a.count(l)
	if a.used[l] {
		a.dead = false
	}
}

// keep says that l is reached in ways the assembler does not see.
func (a *asm) keep(l label) { a.used[l] = true }

func (a *asm) fix(word, from int, to label, shift uint) {
	a.used[to] = true
	a.fixes = append(a.fixes, fixup{word, from, to, shift})
}

func (a *asm) slot(s int) uint64 {
	if s < 0 || s > maxSlot {
		if a.err == nil {
			a.err = &LowerError{Msg: fmt.Sprintf("function too large: it needs more than %d slots", maxSlot), File: a.file, Line: a.line}
		}
		return 0
	}
	return uint64(s) * 16
}

// mark notes the line of the instruction that comes next.
func (a *asm) mark() {
	if a.line != a.lastLine && a.line > 0 || a.file != a.lastFile {
		a.lines = append(a.lines, code.LineEntry{PC: 8 * len(a.words), Line: a.line, File: a.file})
		a.lastLine, a.lastFile = a.line, a.file
	}
}

// raw writes an instruction word with ready operands.
func (a *asm) raw(op code.Op, x, y, z uint64) {
	if a.dead {
		return
	}
	a.mark()
	a.fuse(op, x, y, z)
	a.before = [2]int{a.last, a.before[0]}
	a.last = len(a.words)
	a.words = append(a.words, uint64(op)|x<<16|y<<32|z<<48)
}

// fuse has the instruction written last do the work of the next one too, where there
// is an instruction for the pair.
func (a *asm) fuse(op code.Op, x, y, z uint64) {
	if len(a.words) == 0 {
		return
	}
	w := &a.words[a.last]
	prev := code.Op(*w & 0xffff)
	if a.last+prev.Words() != len(a.words) {
		return
	}
	dst, pair := *w>>16&0xffff, prev
	switch {
	case op == code.CallF && z == 1 && dst == y+16 && prev == code.SubI:
		pair = code.SubICall
	case op == code.CallF && z == 1 && dst == y+16 && prev == code.Move:
		pair = code.MoveCall
	case op == code.Return && dst == x && prev == code.Add:
		pair = code.AddReturn
	}
	*w += uint64(pair - prev)
}

// count makes one instruction of `x && (n += 1)`, when l, which x jumps to when it is
// false, comes right behind.
func (a *asm) count(l label) {
	test := a.before[0]
	if len(a.fixes) == 0 || len(a.words) != a.last+code.AddI.Words() || a.last != test+code.JumpFalse.Words() {
		return
	}
	add, of := a.words[a.last], code.Op(a.words[a.before[1]]&0xffff)
	if code.Op(add&0xffff) != code.AddI || add>>16&0xffff != add>>32&0xffff || code.Op(a.words[test]&0xffff) != code.JumpFalse ||
		a.fixes[len(a.fixes)-1] != (fixup{test + 1, test, l, 0}) {
		return
	}
	if of >= code.JLt && of <= code.JNeI || of == code.JNot {
		return // the comparison in front of it jumps by itself
	}
	a.words[test] += uint64(code.AddIf - code.JumpFalse)
}

// abc writes an instruction with three slots.
func (a *asm) abc(op code.Op, x, y, z int) { a.raw(op, a.slot(x), a.slot(y), a.slot(z)) }

// abi writes an instruction with two slots and an immediate.
func (a *asm) abi(op code.Op, x, y int, imm int64) {
	a.raw(op, a.slot(x), a.slot(y), uint64(uint16(imm)))
}

func (a *asm) word(w uint64) {
	if !a.dead {
		a.words = append(a.words, w)
	}
}

// ptr writes the address of an object, which it keeps alive.
func ptr[T any](a *asm, p *T) {
	if a.dead {
		return
	}
	a.refs = append(a.refs, p)
	a.words = append(a.words, uint64(uintptr(unsafe.Pointer(p))))
}

// jump writes a one-slot jump.
func (a *asm) jump(op code.Op, x int, to label) {
	if a.dead {
		return
	}
	a.abc(op, x, 0, 0)
	a.word(0)
	a.fix(len(a.words)-1, len(a.words)-2, to, 0)
}

// goTo writes an unconditional jump; what follows is dead.
func (a *asm) goTo(to label) {
	a.jump(code.Jump, 0, to)
	a.dead = true
}

// jump2 writes a two-slot jump.
func (a *asm) jump2(op code.Op, x, y int, to label) {
	if a.dead {
		return
	}
	a.abc(op, x, y, 0)
	a.word(0)
	a.fix(len(a.words)-1, len(a.words)-2, to, 0)
}

// tailJump writes the second half of a fused instruction: [op x y][disp].
func (a *asm) tailJump(op code.Op, x, y int, to label) { a.jump2(op, x, y, to) }

// konst writes LoadK.
func (a *asm) konst(dst int, v core.Value) {
	if a.dead {
		return
	}
	a.abc(code.LoadK, dst, 0, 0)
	a.word(uint64(uintptr(unsafe.Pointer(a.pool(v)))))
}

// fewConsts is how many constants are looked through one by one.
const fewConsts = 16

// pool gives the place of a constant, which it makes at first.
func (a *asm) pool(v core.Value) *core.Value {
	if len(a.consts) <= fewConsts {
		for _, p := range a.consts {
			if *p == v {
				return p
			}
		}
	} else if p := a.constIdx[v]; p != nil {
		return p
	}
	p := &core.Value{P: v.P, N: v.N}
	a.consts = append(a.consts, p)
	if len(a.consts) > fewConsts {
		if a.constIdx == nil {
			a.constIdx = map[core.Value]*core.Value{}
			for _, p := range a.consts {
				a.constIdx[*p] = p
			}
		}
		a.constIdx[v] = p
	}
	return p
}

// load puts the value v into dst by the shortest instruction.
func (a *asm) load(dst int, v core.Value) {
	switch {
	case v.IsUndef():
		a.abc(code.LoadUndef, dst, 0, 0)
	case v.IsNothing():
		a.abc(code.LoadNothing, dst, 0, 0)
	case v.Is(core.Int64) && v.Int64() == int64(int32(v.Int64())):
		n := uint64(uint32(int32(v.Int64())))
		a.raw(code.LoadInt, a.slot(dst), n&0xffff, n>>16)
	default:
		a.konst(dst, v)
	}
}

// finish resolves the labels.
func (a *asm) finish() error {
	if a.err != nil {
		return a.err
	}
	// Handlers and jumps may point behind the last instruction.
	a.words = append(a.words, uint64(code.Nop))
	for _, f := range a.fixes {
		pos := a.labels[f.to]
		if pos < 0 {
			return fmt.Errorf("lower: a label was never placed (word %d)", f.word)
		}
		d := uint64(8 * (pos - f.from))
		switch f.shift {
		case 0:
			a.words[f.word] = d
		case 1:
			a.words[f.word] |= d & 0xffffffff
		case 2:
			a.words[f.word] |= d << 32
		}
	}
	return nil
}
