package lower

import (
	"weft/interp/code"
	"weft/runtime/core"
)

// This file writes control flow: conditions, loops, blocks, returns, jumps.

// compares are the fused jumps for Base's comparisons: with two slots, with an
// immediate, and the same at the bottom of a loop.
var compares = map[string]struct{ op, imm, loop, loopImm code.Op }{
	"<":  {code.JLt, code.JLtI, code.LLt, code.LLtI},
	"<=": {code.JLe, code.JLeI, code.LLe, code.LLeI},
	"≤":  {code.JLe, code.JLeI, code.LLe, code.LLeI},
	">":  {code.JGt, code.JGtI, code.LGt, code.LGtI},
	">=": {code.JGe, code.JGeI, code.LGe, code.LGeI},
	"≥":  {code.JGe, code.JGeI, code.LGe, code.LGeI},
	"==": {code.JEq, code.JEqI, code.LEq, code.LEqI},
	"!=": {code.JNe, code.JNeI, code.LNe, code.LNeI},
	"≠":  {code.JNe, code.JNeI, code.LNe, code.LNeI},
}

// compare recognises a comparison by one of Base's operators.
func (g *gen) compare(f *Form) (string, core.Value) {
	if f.Kind != Call || len(f.Kids) != 3 {
		return "", core.Value{}
	}
	name, v := g.generic(f)
	if _, ok := compares[name]; !ok {
		return "", core.Value{}
	}
	return name, v
}

// fused writes a comparison with a jump to l: forward when it is false, or (at
// the bottom of a loop) backward when it is true.
func (g *gen) fused(f *Form, name string, callee core.Value, l label, loop bool) {
	mark := g.top
	ops := compares[name]
	op, imm, second := ops.op, ops.imm, code.JumpFalse
	if loop {
		op, imm, second = ops.loop, ops.loopImm, code.LoopTrue
	}
	t := g.tmp()
	if n, ok := smallInt(f.Kids[2]); ok {
		x := g.operand(f.Kids[1], t)
		g.at(f)
		g.a.abi(imm, t, x, n)
	} else {
		x, y := g.operands(f.Kids[1], f.Kids[2], t)
		g.at(f)
		g.a.abc(op, t, x, y)
	}
	g.ic(callee, 2, name, false)
	g.a.tailJump(second, t, 0, l)
	g.top = mark
}

// egal recognises x === y and x !== y.
func (g *gen) egal(f *Form) (args []*Form, same, ok bool) {
	if f.Kind != Call || len(f.Kids) != 3 {
		return nil, false, false
	}
	v, known := g.constant(f.Kids[0])
	if !known {
		return nil, false, false
	}
	if p := primOf(v); p != nil && p.Name == "===" {
		return f.Kids[1:], true, true
	}
	if n := g.baseName(v); n == "!==" {
		return f.Kids[1:], false, true
	}
	return nil, false, false
}

// negated returns x of !x where ! is Base's.
func (g *gen) negated(f *Form) (*Form, core.Value) {
	if f.Kind != Call || len(f.Kids) != 2 {
		return nil, core.Value{}
	}
	if n, v := g.generic(f); n == "!" {
		return f.Kids[1], v
	}
	return nil, core.Value{}
}

// sure reports whether the value of f is certainly a Bool.
func (g *gen) sure(f *Form) bool {
	switch f.Kind {
	case IsDefined:
		return true
	case Const:
		return f.Val.Is(core.Bool)
	case Call:
		if _, _, ok := g.egal(f); ok {
			return true
		}
		if name, _ := g.compare(f); name != "" {
			return true // if it is no Bool, the jump complains as Julia does about its negation
		}
		if v, ok := g.constant(f.Kids[0]); ok {
			if p := primOf(v); p != nil && p.Name == "isa" {
				return true
			}
		}
	}
	return false
}

func isConst(f *Form, b bool) bool {
	return f != nil && f.Kind == Const && f.Val.Is(core.Bool) && f.Val.IsTrue() == b
}

// cond jumps to l when f is sense, and falls through otherwise.
func (g *gen) cond(f *Form, l label, sense bool) {
	if g.a.dead && !g.revives(f) {
		return
	}
	g.at(f)
	mark := g.top
	defer func() { g.top = mark }()
	switch f.Kind {
	case Const:
		if f.Val.Is(core.Bool) {
			if f.Val.IsTrue() == sense {
				g.a.goTo(l)
			}
			return
		}
	case Block:
		if len(f.Kids) > 0 && f.Kids[len(f.Kids)-1] != nil {
			g.block(f.Kids, func(last *Form) { g.cond(last, l, sense) })
			return
		}
	case If:
		if len(f.Kids) == 3 {
			g.condIf(f, l, sense)
			return
		}
	case IsDefined:
		if k := f.Kids[0]; k.Kind == Slot && k.Var.Owner == g.fn && !g.boxed(k.Var) && k.Var.MaybeUndef {
			s := g.slotOf(k.Var)
			if sense {
				g.a.jump(code.JumpDef, s, l)
			} else {
				yes := g.a.newLabel()
				g.a.jump(code.JumpDef, s, yes)
				g.a.goTo(l)
				g.a.place(yes)
			}
			return
		}
	case Call:
		if name, v := g.compare(f); name != "" {
			if !sense {
				g.fused(f, name, v, l, false)
				return
			}
			no := g.a.newLabel()
			g.fused(f, name, v, no, false)
			g.a.goTo(l)
			g.a.place(no)
			return
		}
		if args, same, ok := g.egal(f); ok {
			g.condEgal(args, l, same == sense)
			return
		}
		if x, v := g.negated(f); x != nil {
			if g.sure(x) {
				g.cond(x, l, !sense)
				return
			}
			if !sense {
				t := g.tmp()
				s := g.operand(x, t)
				g.at(f)
				g.a.abc(code.JNot, t, s, 0)
				g.ic(v, 1, "!", false)
				g.a.tailJump(code.JumpFalse, t, 0, l)
				return
			}
		}
	}
	s := g.operand(f, -1)
	g.at(f)
	if sense {
		g.a.jump(code.JumpTrue, s, l)
	} else {
		g.a.jump(code.JumpFalse, s, l)
	}
}

// condEgal jumps to l when x === y is same.
func (g *gen) condEgal(args []*Form, l label, same bool) {
	x, y := args[0], args[1]
	if g.isNothing(x) {
		x, y = y, x
	}
	if g.isNothing(y) {
		s := g.operand(x, -1)
		if same {
			g.a.jump(code.JumpNothing, s, l)
		} else {
			g.a.jump(code.JumpSome, s, l)
		}
		return
	}
	a, b := g.operands(x, y, -1)
	if same {
		g.a.jump2(code.JumpEgal, a, b, l)
	} else {
		g.a.jump2(code.JumpNotEgal, a, b, l)
	}
}

func (g *gen) isNothing(f *Form) bool {
	v, ok := g.constant(f)
	return ok && v.IsNothing()
}

// condIf is cond for an If with both branches: &&, || and the ternary.
func (g *gen) condIf(f *Form, l label, sense bool) {
	a, b, c := f.Kids[0], f.Kids[1], f.Kids[2]
	switch {
	case isConst(c, false): // a && b
		if !sense {
			g.cond(a, l, false)
			g.cond(b, l, false)
			return
		}
		skip := g.a.newLabel()
		g.cond(a, skip, false)
		g.cond(b, l, true)
		g.a.place(skip)
	case isConst(b, true): // a || c
		if sense {
			g.cond(a, l, true)
			g.cond(c, l, true)
			return
		}
		skip := g.a.newLabel()
		g.cond(a, skip, true)
		g.cond(c, l, false)
		g.a.place(skip)
	default:
		no, end := g.a.newLabel(), g.a.newLabel()
		g.cond(a, no, false)
		g.cond(b, l, sense)
		g.a.goTo(end)
		g.a.place(no)
		g.cond(c, l, sense)
		g.a.place(end)
	}
}

// ifValue puts the value of an If into dst.
func (g *gen) ifValue(f *Form, dst int) {
	no, end := g.a.newLabel(), g.a.newLabel()
	g.cond(f.Kids[0], no, false)
	g.expr(f.Kids[1], dst)
	g.a.goTo(end)
	g.a.place(no)
	if len(f.Kids) > 2 {
		g.expr(f.Kids[2], dst)
	} else if !g.a.dead {
		g.a.load(dst, core.Nothing())
	}
	g.a.place(end)
}

// ifEffect runs an If whose value is not wanted.
func (g *gen) ifEffect(f *Form) {
	no, end := g.a.newLabel(), g.a.newLabel()
	then := f.Kids[1]
	var other *Form
	if len(f.Kids) > 2 && f.Kids[2] != nil && !idle(f.Kids[2]) {
		other = f.Kids[2]
	}
	if idle(then) {
		if other == nil {
			g.cond(f.Kids[0], end, true)
		} else {
			g.cond(f.Kids[0], end, true)
			g.effect(other)
		}
		g.a.place(end)
		return
	}
	g.cond(f.Kids[0], no, false)
	g.effect(then)
	if other != nil {
		g.a.goTo(end)
		g.a.place(no)
		g.effect(other)
		g.a.place(end)
		return
	}
	g.a.place(no)
}

// idle reports whether f has no effect at all.
func idle(f *Form) bool {
	switch {
	case f == nil, f.Kind == Const, f.Kind == Meta:
		return true
	case f.Kind == Block:
		for _, k := range f.Kids {
			if !idle(k) {
				return false
			}
		}
		return true
	}
	return false
}

// ret writes a return.
func (g *gen) ret(f *Form) {
	mark := g.top
	var v *Form
	if len(f.Kids) > 0 {
		v = f.Kids[0]
	}
	if len(g.ctx) == 0 {
		if v == nil {
			v = &Form{Kind: Const, Val: core.Nothing()}
		}
		g.tail(v)
		g.top = mark
		return
	}
	if g.inFinally() {
		s := g.retSlot
		g.expr(v, s)
		g.leave(0, func() {
			g.a.abc(code.Return, s, 0, 0)
			g.a.dead = true
		})
		g.top = mark
		return
	}
	s := g.operand(v, -1)
	g.leave(0, func() {
		g.a.abc(code.Return, s, 0, 0)
		g.a.dead = true
	})
	g.top = mark
}

// tail returns the value of f from the function.
func (g *gen) tail(f *Form) {
	if f == nil {
		f = &Form{Kind: Const, Val: core.Nothing()}
	}
	if g.a.dead && !g.revives(f) {
		return
	}
	mark := g.top
	switch f.Kind {
	case Block:
		if len(f.Kids) > 0 {
			g.block(f.Kids, g.tail)
			g.top = mark
			return
		}
	case Scope:
		g.begin(scopeVars(f))
		g.tail(f.Kids[0])
		g.end(mark)
		return
	case If:
		no := g.a.newLabel()
		g.cond(f.Kids[0], no, false)
		g.tail(f.Kids[1])
		g.a.place(no)
		if len(f.Kids) > 2 {
			g.tail(f.Kids[2])
		} else {
			g.tail(nil)
		}
		return
	case Return:
		g.ret(f)
		return
	case Goto, Break:
		g.effect(f)
		return
	}
	s := g.operand(f, -1)
	g.top = mark
	if g.a.dead {
		return
	}
	g.a.abc(code.Return, s, 0, 0)
	g.a.dead = true
}

// labelOf returns the label for @label sym.
func (g *gen) labelOf(sym *core.Symbol) label {
	if l, ok := g.labels[sym]; ok {
		return l
	}
	if g.labels == nil {
		g.labels = map[*core.Symbol]label{}
	}
	l := g.a.newLabel()
	g.labels[sym] = l
	return l
}

// goTo writes @goto: it may leave try and catch blocks (see checkGotos).
func (g *gen) goTo(f *Form) {
	tries := g.info.labels[f.Sym]
	depth := 0
	in := map[*Form]bool{}
	for _, t := range tries {
		if whole, ok := t.Def.(*Form); ok { // the catch part
			t = whole
		}
		in[t] = true
	}
	for depth < len(g.ctx) && in[g.ctx[depth].form] {
		depth++
	}
	l := g.labelOf(f.Sym)
	g.leave(depth, func() {
		// It may be a loop: count it as one.
		g.a.jump(code.Loop, 0, l)
		g.a.dead = true
	})
}
