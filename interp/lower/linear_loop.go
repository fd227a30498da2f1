package lower

import (
	"weft/interp/code"
	"weft/runtime/core"
)

// This file writes loops and what leaves them, and destructuring.

// loopCtx is what a break can leave.
type loopCtx struct {
	label *core.Symbol // of a BreakBlock; nil for a loop
	exit  label
	cont  label
	depth int // len(gen.ctx) outside
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
	own := v.Owner == g.fn && !boxed && f.Flags&Outer == 0 // an outer one keeps its value at the end
	if own {
		val = g.reserve(v)
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
		args := []*Form{{Kind: Global, Mod: g.rt.Base, Sym: core.Sym("iterate")}, g.inSlot(x), g.inSlot(state)}
		switch {
		case f.Index >= 0 && f.Index < len(targets): // what is left is asked for with the state that iterate gives
			g.expr(&Form{Kind: Call, Line: f.Line, Kids: args[:min(2+i, 3)]}, val)
		case i == 0:
			g.a.abc(code.Iter1, val, state, x)
			g.ic(iterate, 1, "iterate", false)
		default:
			g.a.abc(code.Iter2, val, state, x)
			g.ic(iterate, 2, "iterate", false)
		}
		g.a.tailJump(code.IterUnpack, val, state, short[i])
		if !direct {
			g.assign(&Form{Kind: Assign, Line: f.Line, Kids: []*Form{k, g.inSlot(val)}}, -1)
		}
		g.top = m
	}
	g.a.goTo(end)
	for i := range targets {
		if i == f.Index {
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
	g.put(v, s)
	return &Form{Kind: Slot, Var: v}
}
