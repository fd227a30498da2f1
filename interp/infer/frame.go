package infer

// This file follows a frame's code from block to block.

import (
	"slices"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
)

// manyMerges is how often a block's state may grow before what still grows becomes Any.
const manyMerges = 12

// opAt is the instruction at word i.
func opAt(fn *code.Func, i int) code.Op { return code.Op(fn.Code[i] & 0xffff) }

// slots are operands a, b and c of the instruction word w, as numbers of slots.
func slots(w uint64) (a, b, c int) {
	return int(w >> 16 & 0xffff / 16), int(w >> 32 & 0xffff / 16), int(w >> 48 / 16)
}

// pointer is what word i stands for.
func pointer(fn *code.Func, i int) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&fn.Code[i]))
}

// jumps reports whether op has a displacement in its second word.
func jumps(op code.Op) bool {
	switch op {
	case code.Jump, code.Loop, code.JumpFalse, code.JumpTrue, code.JumpDef, code.JumpNothing, code.LoopTrue,
		code.JumpSome, code.LoopSome, code.JumpEgal, code.JumpNotEgal, code.AddIf, code.IterUnpack, code.IterBack, code.Once, code.GetCached:
		return true
	}
	return false
}

// target is the word that the jump at word i leads to.
func target(fn *code.Func, i int) int { return i + int(int64(fn.Code[i+1]))/8 }

// findStarts finds where blocks begin; it reports whether the code can be read.
func (f *frame) findStarts() bool {
	f.starts, f.flags = map[int]bool{0: true}, map[int]bool{}
	for i := 0; i < len(f.fn.Code); {
		op := opAt(f.fn, i)
		n := op.Words()
		if n == 0 {
			return false
		}
		if op == code.JumpEgal || op == code.JumpNotEgal {
			a, _, _ := slots(f.fn.Code[i])
			f.flags[a] = true
		}
		switch {
		case jumps(op):
			f.starts[target(f.fn, i)] = true
			f.starts[i+n] = true
		case op == code.ForInt:
			d := f.fn.Code[i+1] // two displacements
			f.starts[i+int(int32(d))/8] = true
			f.starts[i+int(int32(d>>32))/8] = true
			f.starts[i+n] = true
		}
		i += n
	}
	for _, h := range f.fn.Handlers {
		f.starts[h.Target/8] = true
	}
	return true
}

// place is where a block begins, and what its state is kept apart by: see [frame.variant].
type place struct{ at, variant int }

// flow follows the code until the states of all blocks stay as they are; the result is
// what the frame returns.
func (f *frame) flow() Elem {
	f.result, f.none = bottom, true
	f.states, f.merges, f.work = map[place][]Elem{}, map[place]int{}, nil
	f.variants, f.pinned = map[int]int{}, nil
	if f.starts == nil && !f.findStarts() {
		return anyElem
	}
	st := make([]Elem, f.fn.NSlots+2)
	for i := range st {
		st[i] = bottom
	}
	for i, a := range f.args {
		st[i] = a.plain()
		st[i].id = i + 1
	}
	f.unroll = slices.ContainsFunc(f.args, fewItems)
	f.reach(0, st)
	for len(f.work) > 0 {
		k := 0
		for i := range f.work {
			if f.work[i].at < f.work[k].at {
				k = i
			}
		}
		p := f.work[k]
		f.work = slices.Delete(f.work, k, k+1)
		f.block(p.at, slices.Clone(f.states[p]))
		if f.in.spent() {
			return anyElem
		}
	}
	return f.result
}

// Limits of variants of one block.
const (
	maxVariants = 24
	maxItems    = 16 // of a tuple whose items are followed one by one
)

// fewItems reports whether an element is a tuple whose items can be followed one by one.
func fewItems(e Elem) bool {
	d, ok := core.IsDataType(e.T)
	if ok && d == core.SimpleVectorType {
		return e.C.P != nil && len(core.As[core.SimpleVector](e.C).Elems) <= maxItems
	}
	return ok && d.Has(core.FlagTuple) && !d.Has(core.FlagVarargTup) && len(d.Params) <= maxItems
}

// variant tells states of a block apart that are not joined: a variable that is known to be
// true, or false, often says of what type others are, and so does the number by which a
// finally knows how it was come to; loops over the items of a tuple are followed item by item.
func (f *frame) variant(at int, st []Elem) int {
	h := 0
	for i, name := range f.fn.Names {
		if i >= len(st) || i <= len(f.args) && i < f.fn.NArgs {
			continue
		}
		c := st[i].C
		switch {
		case c.P == nil:
		case name != "" && c.Is(core.Bool):
			h = h*1000003 + 4*i + 1 + int(c.N)
		case (f.pinned[i] || f.flags[i] || name != "" && f.unroll) && c.Is(core.Int64):
			h = h*1000003 + 4*i + 3 + int(c.N)*8191
		}
	}
	if h == 0 {
		return 0
	}
	if _, ok := f.states[place{at, h}]; ok {
		return h
	}
	if f.variants[at] >= maxVariants {
		return 0
	}
	f.variants[at]++
	return h
}

// block follows a block from its state.
func (f *frame) block(at int, st []Elem) {
	for {
		op := opAt(f.fn, at)
		n := op.Words()
		if n == 0 {
			f.result = f.in.unknown()
			return
		}
		f.in.steps++
		if f.in.spent() {
			return
		}
		if len(f.fn.Handlers) > 0 {
			f.mayThrow(at, st)
		}
		next := f.step(at, op, st)
		if next < 0 {
			return
		}
		at = next
		if f.starts[at] {
			f.reach(at, st)
			return
		}
		if at >= len(f.fn.Code) {
			return
		}
	}
}

// mayThrow brings the state to the handler of the instruction.
func (f *frame) mayThrow(at int, st []Elem) {
	for _, h := range f.fn.Handlers {
		if h.Lo <= 8*at && 8*at < h.Hi {
			f.reach(h.Target/8, st)
			return
		}
	}
}

// reach joins a state into the one that a block begins with, and has the block followed
// again if that has grown.
func (f *frame) reach(at int, st []Elem) {
	p := place{at, f.variant(at, st)}
	have := f.states[p]
	if have == nil {
		f.states[p] = slices.Clone(st)
		f.work = append(f.work, p)
		return
	}
	grown := false
	f.merges[p]++
	for i := range have {
		a, b := have[i], st[i]
		if b.none() {
			if a.id != 0 && a.id != b.id && !a.none() {
				have[i].id = f.mergeID(at, i)
			}
			continue
		}
		j := join(a.plainCond(), b.plainCond())
		if same(j, a) && a.cond == j.cond {
			if a.id != b.id {
				if id := f.mergeID(at, i); a.id != id {
					have[i].id = id
					grown = true
				}
			}
			continue
		}
		if f.merges[p] > manyMerges {
			j = Elem{T: j.T}
			if f.merges[p] > 2*manyMerges {
				j = anyElem
			}
		}
		j.id = a.id
		if a.id != b.id || a.none() {
			j.id = f.mergeID(at, i)
		}
		have[i] = j
		grown = true
	}
	if grown && !slices.Contains(f.work, p) {
		f.work = append(f.work, p)
	}
}

// plainCond drops the number.
func (e Elem) plainCond() Elem {
	e.id = 0
	return e
}

// mergeID is the number of a value that a block begins with in a slot.
func (f *frame) mergeID(at, slot int) int { return -(at*(f.fn.NSlots+2) + slot) - 1 }

// set puts a new value into a slot.
func (f *frame) set(at, slot int, st []Elem, e Elem) {
	id := at + len(f.args) + 1
	for i := range st {
		if st[i].id == id {
			st[i].id = 0
		}
		if st[i].cond != nil && st[i].cond.id == id {
			st[i].cond = nil
		}
	}
	e.id = id
	st[slot] = e
}

// know narrows all copies of the value with the number id; it reports whether there can be one.
func know(st []Elem, id int, e Elem) bool {
	if e.none() {
		return false
	}
	if id == 0 {
		return true
	}
	for i := range st {
		if st[i].id == id {
			c := st[i].cond
			st[i] = e
			st[i].id, st[i].cond = id, c
		}
	}
	return true
}

// branch is the state of a way on which the Bool in a slot is yes; nil if it cannot be.
func branch(st []Elem, slot int, yes bool) []Elem {
	e := st[slot]
	if e.C.P != nil && e.C.Is(core.Bool) && e.C.IsTrue() != yes {
		return nil
	}
	if !core.Subtype(core.Bool.Value(), e.T) && core.TypeIntersect(e.T, core.Bool.Value()) == core.Bottom {
		return nil
	}
	out := slices.Clone(st)
	if c := e.cond; c != nil {
		way := c.no
		if yes {
			way = c.yes
		}
		if !know(out, c.id, way) {
			return nil
		}
	}
	b := ofConst(core.MakeBool(yes))
	b.id, b.cond = e.id, e.cond
	out[slot] = b
	return out
}
