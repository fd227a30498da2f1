package lower

import (
	"weft/interp/code"
	"weft/runtime/core"
)

// This file writes control flow: conditions, loops, blocks, returns, jumps.

// loopCtx is what a break can leave.
type loopCtx struct {
	label *core.Symbol // of a BreakBlock; nil for a loop
	exit  label
	cont  label
	depth int // len(gen.ctx) outside
}

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

// condLoop jumps back to head when f is true, and falls through otherwise.
func (g *gen) condLoop(f *Form, head label) {
	if g.a.dead && !g.revives(f) {
		return
	}
	g.at(f)
	mark := g.top
	defer func() { g.top = mark }()
	switch f.Kind {
	case Const:
		if f.Val.Is(core.Bool) {
			if f.Val.IsTrue() {
				g.a.jump(code.Loop, 0, head)
				g.a.dead = true
			}
			return
		}
	case Block:
		if len(f.Kids) > 0 && f.Kids[len(f.Kids)-1] != nil {
			g.block(f.Kids, func(last *Form) { g.condLoop(last, head) })
			return
		}
	case If:
		if len(f.Kids) == 3 && isConst(f.Kids[2], false) {
			exit := g.a.newLabel()
			g.cond(f.Kids[0], exit, false)
			g.condLoop(f.Kids[1], head)
			g.a.place(exit)
			return
		}
		if len(f.Kids) == 3 && isConst(f.Kids[1], true) {
			g.condLoop(f.Kids[0], head)
			g.condLoop(f.Kids[2], head)
			return
		}
	case Call:
		if name, v := g.compare(f); name != "" {
			g.fused(f, name, v, head, true)
			return
		}
		args, same, ok := g.egal(f)
		if ok && !same {
			if g.isNothing(args[1]) {
				s := g.operand(args[0], -1)
				g.a.jump(code.LoopSome, s, head)
				return
			}
		}
		if x, _ := g.negated(f); ok || x != nil {
			exit := g.a.newLabel()
			g.cond(f, exit, false)
			g.a.jump(code.Loop, 0, head)
			g.a.place(exit)
			return
		}
	}
	s := g.operand(f, -1)
	g.at(f)
	g.a.jump(code.LoopTrue, s, head)
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

// while writes a loop with its test at the bottom: one jump at entry, then one
// instruction per iteration for the test.
func (g *gen) while(f *Form) {
	head, cont, exit := g.a.newLabel(), g.a.newLabel(), g.a.newLabel()
	g.enterLoop(f)
	if !isTrue(f.Kids[0]) {
		g.a.jump(code.Jump, 0, cont)
	}
	g.loops = append(g.loops, loopCtx{exit: exit, cont: cont, depth: len(g.ctx)})
	g.a.keep(head)
	if !g.a.dead {
		g.a.place(head)
	} else {
		g.a.labels[head] = len(g.a.words)
	}
	g.inScope(scopeVars(f), func() { g.effect(f.Kids[1]) })
	g.a.place(cont)
	g.loops = g.loops[:len(g.loops)-1]
	g.condLoop(f.Kids[0], head)
	g.leaveLoop()
	g.a.place(exit)
}

// forLoop writes a For: the iterable, state and value in slots, the step at the
// bottom. A range given by its ends is not made.
func (g *gen) forLoop(f *Form) {
	if g.a.dead {
		return
	}
	head, cont, exit := g.a.newLabel(), g.a.newLabel(), g.a.newLabel()
	v := f.Var
	var it, state int
	rng := g.colon(f.Kids[0])
	g.enterLoop(f)
	outerTop := g.top
	if rng != nil {
		// state is the header and r-1 the callee's slot of a call of colon.
		state = g.take(4)
		it = state + 2
		g.expr(f.Kids[0].Kids[1], it)
		g.expr(f.Kids[0].Kids[2], it+1)
		g.need(g.top)
	} else {
		it = -1
		if k := f.Kids[0]; k.Kind == Slot && k.Var.Assigned == 0 && k.Var.Group == nil {
			it = g.plainSlot(k)
		}
		if it < 0 {
			it = g.tmp()
			g.expr(f.Kids[0], it)
		}
		state = g.tmp()
	}
	for i := outerTop; i < g.top; i++ {
		g.named(i, nil)
	}
	// The loop variable is the value slot itself when it lives in one.
	vars := scopeVars(f)
	mark := g.top
	var val int
	boxed := g.boxed(v)
	own := v.Owner == g.fn && !boxed
	if own && !(f.Flags&Outer != 0) {
		val = g.reserve(v)
	} else if own {
		val = g.slotOf(v)
	} else {
		val = g.tmp()
		g.named(val, nil)
	}
	iterate := g.fnOf("iterate")
	g.a.line = max(f.Line, g.a.line)
	g.at(f)
	if rng != nil {
		g.a.abc(code.ForInt, val, state, it)
		if !g.a.dead {
			g.a.word(0)
			w := len(g.a.words) - 1
			g.a.fix(w, w-1, head, 1)
			g.a.fix(w, w-1, exit, 2)
		}
		g.a.load(it-1, *rng)
		g.a.raw(code.Call, g.a.slot(it), g.a.slot(it-1), 2)
		g.ic(core.Value{}, 2, ":", false)
	}
	g.a.abc(code.Iter1, val, state, it)
	g.ic(iterate, 1, "iterate", false)
	g.a.tailJump(code.IterUnpack, val, state, exit)
	g.a.keep(head)
	g.a.place(head)
	if boxed {
		if f.Flags&Outer == 0 {
			s := g.reserve(v)
			g.a.abc(code.NewBox, s, val, 0)
		} else {
			g.store(v, val)
		}
	} else if !own {
		g.store(v, val)
	}
	g.loops = append(g.loops, loopCtx{exit: exit, cont: cont, depth: len(g.ctx)})
	rest := make([]*Var, 0, len(vars))
	for _, x := range vars {
		if x != v {
			rest = append(rest, x)
		}
	}
	g.begin(rest)
	g.effect(f.Kids[1])
	g.loops = g.loops[:len(g.loops)-1]
	g.a.place(cont)
	g.at(f)
	g.a.abc(code.IterNext, val, state, it)
	g.ic(iterate, 2, "iterate", false)
	g.a.tailJump(code.IterBack, val, state, head)
	g.a.place(exit)
	g.end(mark)
	g.leaveLoop()
	g.end(outerTop)
}

// colon returns Base's function `:` if f is a call of it with two arguments.
func (g *gen) colon(f *Form) *core.Value {
	if f.Kind != Call || len(f.Kids) != 3 {
		return nil
	}
	v, ok := g.constant(f.Kids[0])
	if b := g.rt.Base.Own(core.Sym(":")); !ok || b == nil || b.Value != v {
		return nil
	}
	return &v
}

// fnOf returns Base's function of that name, or undefined when there is none yet.
func (g *gen) fnOf(name string) core.Value {
	if b := g.rt.Base.Lookup(core.Sym(name)); b != nil {
		return b.Value
	}
	return core.Value{}
}

// enterLoop puts the constants that a loop's operators use into slots, once,
// before the outermost loop.
func (g *gen) enterLoop(f *Form) {
	g.loop++
	if g.loop > 1 || g.a.dead {
		return
	}
	g.hoisted = map[core.Value]int{}
	g.findConstants(f)
}

func (g *gen) leaveLoop() {
	g.loop--
	if g.loop > 0 || g.hoisted == nil {
		return
	}
	for _, s := range g.hoisted {
		g.local[s] = false
	}
	g.hoisted = nil
}

// hoistLimit is how many constants a loop keeps in slots.
const hoistLimit = 24

// findConstants hoists the constant operands of operators in f.
func (g *gen) findConstants(f *Form) {
	if f == nil {
		return
	}
	if f.Kind == Call && len(f.Kids) > 1 {
		if name, _ := g.generic(f); name != "" || g.propCall(f) {
			_, bin := binaryOps[name]
			_, un := unaryOps[name]
			if bin || un || name == "getindex" || name == "setindex!" || g.propCall(f) {
				for i, k := range f.Kids[1:] {
					if i > 0 && g.propCall(f) && i == 1 {
						continue
					}
					g.hoist(k, i == len(f.Kids)-2 && (bin || name == "getindex"))
				}
			}
		}
	}
	for _, k := range f.Kids {
		g.findConstants(k)
	}
}

func (g *gen) propCall(f *Form) bool {
	return g.isBase(f.Kids[0], "getproperty") || g.isBase(f.Kids[0], "setproperty!")
}

// hoist loads constant k into a slot of its own, unless it fits in the
// instruction as its last operand.
func (g *gen) hoist(k *Form, last bool) {
	if k == nil || len(g.hoisted) >= hoistLimit {
		return
	}
	v, ok := g.constant(k)
	if !ok || v.IsUndef() {
		return
	}
	if _, small := smallInt(k); small && last {
		return
	}
	if _, have := g.hoisted[v]; have {
		return
	}
	s := g.tmp()
	g.named(s, nil)
	g.hoisted[v] = s
	g.a.load(s, v)
}

func (g *gen) breakBlock(f *Form) {
	exit := g.a.newLabel()
	g.loops = append(g.loops, loopCtx{label: f.Sym, exit: exit, depth: len(g.ctx)})
	g.effect(f.Kids[0])
	g.loops = g.loops[:len(g.loops)-1]
	g.a.place(exit)
}

// breakTo leaves a loop or block, or goes to the next iteration.
func (g *gen) breakTo(sym *core.Symbol) {
	for i := len(g.loops) - 1; i >= 0; i-- {
		l := g.loops[i]
		var to label
		switch {
		case l.label == sym, l.label == nil && sym == symLoopExit:
			to = l.exit
		case l.label == nil && sym == symLoopCont:
			to = l.cont
		default:
			continue
		}
		g.leave(l.depth, func() { g.a.goTo(to) })
		return
	}
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

// destructure assigns the elements of an iterable to variables in turn.
func (g *gen) destructure(f *Form) {
	mark := g.top
	x := g.operand(f.Kids[0], -1)
	state := g.tmp()
	targets := f.Kids[1:]
	iterate := g.fnOf("iterate")
	short := make([]label, len(targets))
	end := g.a.newLabel()
	for i, k := range targets {
		g.at(f)
		if k == nil {
			k = &Form{Kind: Const}
		}
		if i == f.Index && f.Index >= 0 && f.Index < len(targets) {
			args := []*Form{g.inSlot(x)}
			if i > 0 {
				args = append(args, g.inSlot(state))
			}
			rest := &Form{Kind: Call, Line: f.Line, Kids: append([]*Form{{Kind: Global, Mod: g.rt.Base, Sym: core.Sym("rest")}}, args...)}
			g.assign(&Form{Kind: Assign, Line: f.Line, Kids: []*Form{k, rest}}, -1)
			break
		}
		short[i] = g.a.newLabel()
		m := g.top
		val := -1
		if k.Kind == Slot && k.Var.Owner == g.fn && !g.boxed(k.Var) {
			val = g.slotOf(k.Var)
		}
		direct := val >= 0
		if !direct {
			val = g.tmp()
		}
		op, n := code.Iter2, 2
		if i == 0 {
			op, n = code.Iter1, 1
		}
		g.a.abc(op, val, state, x)
		g.ic(iterate, n, "iterate", false)
		g.a.tailJump(code.IterUnpack, val, state, short[i])
		if !direct {
			g.assign(&Form{Kind: Assign, Line: f.Line, Kids: []*Form{k, g.inSlot(val)}}, -1)
		}
		g.top = m
	}
	g.a.goTo(end)
	for i := range targets {
		if short[i] == 0 && i > 0 || i == f.Index {
			break
		}
		g.a.place(short[i])
		if g.a.dead {
			continue
		}
		err := &Form{Kind: Call, Line: f.Line, Kids: []*Form{{Kind: Global, Mod: g.rt.Core, Sym: core.Sym("BoundsError")},
			g.inSlot(x), {Kind: Const, Val: core.Int(int64(i + 1))}}}
		m := g.top
		s := g.operand(err, -1)
		g.a.abc(code.Throw, s, 0, 0)
		g.a.dead = true
		g.top = m
	}
	g.a.place(end)
	g.top = mark
}

// inSlot makes a form for the value in slot s.
func (g *gen) inSlot(s int) *Form {
	v := &Var{Owner: g.fn, Arg: -1}
	g.slots[v] = s
	return &Form{Kind: Slot, Var: v}
}
