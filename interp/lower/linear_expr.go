package lower

import (
	"weft/interp/code"
	"weft/runtime/core"
)

// This file writes expressions: a value into a slot, for its effect, or as the
// operand of an instruction.

// at sets the source line for the instructions to come.
func (g *gen) at(f *Form) {
	if f.Line > 0 {
		g.a.line = f.Line
	}
}

// expr puts the value of f into slot dst. It writes dst last of all, so that f
// may read the variable that lives there.
func (g *gen) expr(f *Form, dst int) {
	if f == nil {
		g.a.load(dst, core.Nothing())
		return
	}
	if g.a.dead && !g.revives(f) {
		return
	}
	if dst < 0 {
		g.effect(f)
		return
	}
	g.at(f)
	switch f.Kind {
	case Const:
		g.a.load(dst, f.Val)
	case CopyAST:
		g.exec(dst, &code.ExecSite{Kind: code.ExecCopyAST, Module: g.mod, Data: f.Val}, 0, 0)
	case Slot:
		g.readVar(f, dst)
	case SParam:
		g.a.raw(code.GetSParam, g.a.slot(dst), uint64(f.Index), 0)
	case Global:
		if v, ok := g.constant(f); ok && (v.IsNothing() || !g.rt.OfBase(g.lookup(f.Mod, f.Sym).Owner)) { // the value is that of the function's world
			g.a.load(dst, v)
			return
		}
		g.getGlobal(f.Mod, f.Sym, dst)
	case Call:
		g.call(f, dst)
	case Apply:
		g.apply(f, dst)
	case New:
		g.newObject(f, dst)
	case NewSplat:
		g.newSplat(f, dst)
	case Assign:
		g.assign(f, dst)
	case IsDefined:
		g.isDefined(f.Kids[0], dst)
	case Block:
		g.block(f.Kids, func(last *Form) { g.expr(last, dst) })
		if len(f.Kids) == 0 {
			g.a.load(dst, core.Nothing())
		}
	case Scope:
		g.inScope(scopeVars(f), func() { g.expr(f.Kids[0], dst) })
	case If:
		g.ifValue(f, dst)
	case Try:
		g.try(f, dst)
	case TheExc:
		g.a.abc(code.GetExc, dst, 0, 0)
	case BreakBlock:
		g.effect(f)
		g.a.load(dst, core.Nothing())
	case Lambda, Method:
		g.method(f, dst)
	case FuncDecl:
		g.funcDecl(f, dst)
	case ConstDecl:
		g.constDecl(f, dst)
	case TopLevel:
		mark := g.top
		b := g.take(2)
		g.a.load(b, g.mod.Value())
		g.a.load(b+1, f.Val)
		g.exec(dst, &code.ExecSite{Kind: code.ExecEval, Module: g.mod}, b, 2)
		g.top = mark
	case Module:
		g.exec(dst, &code.ExecSite{Kind: code.ExecModule, Module: g.mod, Data: f.Def}, 0, 0)
	case Return, Break, Goto:
		g.effect(f)
	default:
		g.effect(f)
		g.a.load(dst, core.Nothing())
	}
}

// revives reports whether f may contain a label, which makes dead code live.
func (g *gen) revives(f *Form) bool {
	if g.info.labels == nil || f == nil {
		return false
	}
	if f.Kind == Label {
		return true
	}
	for _, k := range f.Kids {
		if g.revives(k) {
			return true
		}
	}
	return false
}

// effect evaluates f for its effect only.
func (g *gen) effect(f *Form) {
	if f == nil || g.a.dead && !g.revives(f) {
		return
	}
	g.at(f)
	mark := g.top
	switch f.Kind {
	case Const, CopyAST, Meta, LocalDecl:
	case LocalDef:
		if v := f.Var; v != nil && v.Owner == g.fn && v.Arg < 0 {
			g.start(v, g.slotOf(v))
		}
	case Line:
		g.a.file = f.Def.(string)
		if g.a.file == g.fn.File {
			g.a.file = ""
		}
		g.a.line = f.Line
	case Slot:
		if g.boxed(f.Var) {
			g.readVar(f, g.tmp())
		} else if f.Flags&checkUse != 0 {
			g.checkDef(g.slotOf(f.Var), f.Var)
		}
	case Assign:
		g.assign(f, -1)
	case Block:
		g.block(f.Kids, g.effect)
	case Scope:
		g.inScope(scopeVars(f), func() { g.effect(f.Kids[0]) })
	case If:
		g.ifEffect(f)
	case While:
		g.while(f)
	case For:
		g.forLoop(f)
	case BreakBlock:
		g.breakBlock(f)
	case Break:
		g.breakTo(f.Sym)
	case Return:
		g.ret(f)
	case Try:
		g.try(f, -1)
	case Label:
		l := g.labelOf(f.Sym)
		g.a.keep(l)
		g.a.place(l)
	case Goto:
		g.goTo(f)
	case Destructure:
		g.destructure(f)
	case Lambda:
		// A function that nobody gets.
	case Call:
		g.call(f, -1)
	case Method:
		g.method(f, -1)
	case FuncDecl:
		g.funcDecl(f, -1)
	case Latest:
		g.exec(g.tmp(), &code.ExecSite{Kind: code.ExecLatest, Module: g.mod}, 0, 0)
	case GlobalDecl:
		if !g.info.top || g.loop > 0 {
			break // it told the scope pass where the name belongs
		}
		g.exec(g.tmp(), &code.ExecSite{Kind: code.ExecDeclGlobal, Module: f.Mod, Name: f.Sym}, 0, 0)
	case TypedDecl:
		b := g.tmp()
		g.expr(f.Kids[1], b)
		g.exec(b, &code.ExecSite{Kind: code.ExecDeclGlobal, Module: f.Kids[0].Mod, Name: f.Kids[0].Sym, NArgs: 1}, b, 1)
	case Import:
		g.exec(g.tmp(), &code.ExecSite{Kind: code.ExecImport, Module: g.mod, Data: f.Def}, 0, 0)
	case Export:
		g.exec(g.tmp(), &code.ExecSite{Kind: code.ExecExport, Module: g.mod, Data: f.Def}, 0, 0)
	case Struct, Abstract, Primitive:
		g.typeDef(f)
	default:
		g.expr(f, g.tmp())
	}
	g.top = mark
}

// exec writes an Exec instruction.
func (g *gen) exec(dst int, site *code.ExecSite, base, n int) {
	site.NArgs = n
	g.a.raw(code.Exec, g.a.slot(dst), g.a.slot(base), uint64(n))
	ptr(&g.a, site)
}

// block evaluates all of fs for effect but the last, which last gets.
func (g *gen) block(fs []*Form, last func(*Form)) {
	n := len(fs)
	// Declarations and line notes at the end have no value.
	for i, f := range fs {
		if f == nil {
			continue
		}
		if i < n-1 {
			g.effect(f)
		} else {
			last(f)
		}
	}
}

// inScope runs body with the variables of a scope begun, and ends them.
func (g *gen) inScope(vars []*Var, body func()) {
	mark := g.top
	g.begin(vars)
	body()
	g.end(mark)
}

// end gives back the slots from mark on.
func (g *gen) end(mark int) {
	for i := mark; i < len(g.local); i++ {
		g.local[i] = false
	}
	g.top = mark
}

// assign writes an assignment; its value also goes to dst if that is not -1.
func (g *gen) assign(f *Form, dst int) {
	k, val := f.Kids[0], f.Kids[1]
	mark := g.top
	defer func() { g.top = mark }()
	if k.Kind == Slot && !g.boxed(k.Var) && k.Var.Owner == g.fn {
		s := g.slotOf(k.Var)
		if k.Var.Sym == nil && k.Var.Assigned == 1 && g.fixed(val) {
			if g.fixedVar == nil {
				g.fixedVar = map[*Var]bool{}
			}
			g.fixedVar[k.Var] = true
		}
		g.expr(val, s)
		if dst >= 0 && dst != s {
			g.a.abc(code.Move, dst, s, 0)
		}
		return
	}
	s := dst
	if s < 0 || g.isLocal(s) {
		if dst < 0 {
			s = g.operand(val, -1)
		} else {
			s = g.tmp()
			g.expr(val, s)
		}
	} else {
		g.expr(val, s)
	}
	switch k.Kind {
	case Slot:
		g.store(k.Var, s)
	case Global:
		g.at(f)
		g.setGlobal(k.Mod, k.Sym, s)
	}
	if dst >= 0 && dst != s {
		g.a.abc(code.Move, dst, s, 0)
	}
}

// plainSlot returns the slot of f if it is a variable that can be an operand as
// it stands, else -1. A variable that may be undefined is checked.
func (g *gen) plainSlot(f *Form) int {
	if f.Kind != Slot || g.boxed(f.Var) {
		return -1
	}
	s := g.slotOf(f.Var)
	if s >= 0 && f.Flags&checkUse != 0 {
		g.checkDef(s, f.Var)
	}
	return s
}

// operand returns a slot that holds the value of f: a variable's own, a hoisted
// constant's, or a temporary (prefer, if that is a temporary, else a new one).
func (g *gen) operand(f *Form, prefer int) int {
	if f != nil && !g.a.dead {
		if s := g.plainSlot(f); s >= 0 {
			return s
		}
		if len(g.hoisted) > 0 {
			if v, ok := g.constant(f); ok {
				if s, ok := g.hoisted[v]; ok {
					return s
				}
			}
		}
		if f.Kind == Assign && f.Kids[0].Kind == Slot && f.Kids[0].Var.Owner == g.fn && !g.boxed(f.Kids[0].Var) {
			g.assign(f, -1)
			return g.slotOf(f.Kids[0].Var)
		}
		if args, ok := g.assertion(f); ok {
			if s := g.plainSlot(args[0]); s >= 0 && !assigns(args[1], args[0].Var) {
				mark := g.top
				t := g.operand(args[1], -1)
				g.at(f)
				g.a.abc(code.TypeAssert, s, t, 0)
				g.a.word(0)
				g.top = mark
				return s
			}
		}
	}
	t := prefer
	if t < 0 || g.isLocal(t) {
		t = g.tmp()
	}
	g.expr(f, t)
	return t
}

// assertion recognises x::T.
func (g *gen) assertion(f *Form) ([]*Form, bool) {
	if f.Kind != Call || len(f.Kids) != 3 {
		return nil, false
	}
	v, ok := g.constant(f.Kids[0])
	if !ok {
		return nil, false
	}
	p := primOf(v)
	return f.Kids[1:], p != nil && p.Name == "typeassert"
}

// operands returns slots for two operands that are evaluated in order: the
// first is copied when evaluating the second may change it.
func (g *gen) operands(x, y *Form, prefer int) (int, int) {
	a := g.operand(x, prefer)
	if x.Kind == Slot && g.isLocal(a) && assigns(y, x.Var) {
		t := g.tmp()
		g.a.abc(code.Move, t, a, 0)
		a = t
	}
	if a == prefer {
		prefer = -1
	}
	return a, g.operand(y, prefer)
}

// assigns reports whether evaluating f may assign v.
func assigns(f *Form, v *Var) bool {
	if f == nil || v.Assigned == 0 && v.Group == nil {
		return false
	}
	switch f.Kind {
	case Const, Slot, Global, SParam, Lambda:
		return false
	case Assign, Destructure:
		for _, k := range f.Kids {
			if k.Kind == Slot && k.Var == v && k != f.Kids[len(f.Kids)-1] {
				return true
			}
		}
		if f.Kind == Destructure {
			return true
		}
	case Method, FuncDecl, Label:
		return true
	}
	for _, k := range f.Kids {
		if assigns(k, v) {
			return true
		}
	}
	return false
}

// smallInt returns the value of f if it is an Int64 literal of 16 bits.
func smallInt(f *Form) (int64, bool) {
	if f.Kind == Const && f.Val.Is(core.Int64) {
		n := f.Val.Int64()
		return n, n == int64(int16(n))
	}
	return 0, false
}

// isDefined tells whether a variable is assigned.
func (g *gen) isDefined(k *Form, dst int) {
	switch k.Kind {
	case Slot:
		v := k.Var
		if v.Owner == g.fn && !v.Boxed && !v.MaybeUndef || v.Owner != g.fn && !v.Boxed {
			g.a.load(dst, core.MakeBool(true))
			return
		}
		mark := g.top
		yes, end := g.a.newLabel(), g.a.newLabel()
		s := g.holder(v)
		if g.boxed(v) {
			g.exec(dst, &code.ExecSite{Kind: code.ExecIsDefBox, Module: g.mod}, s, 1)
			g.top = mark
			return
		}
		g.a.jump(code.JumpDef, s, yes)
		g.a.load(dst, core.MakeBool(false))
		g.a.goTo(end)
		g.a.place(yes)
		g.a.load(dst, core.MakeBool(true))
		g.a.place(end)
		g.top = mark
	case Global:
		g.exec(dst, &code.ExecSite{Kind: code.ExecIsDefGlobal, Module: k.Mod, Name: k.Sym}, 0, 0)
	case SParam:
		g.exec(dst, &code.ExecSite{Kind: code.ExecIsDefSParam, Data: k.Index}, 0, 0)
	default:
		g.a.load(dst, core.MakeBool(true))
	}
}

// constDecl writes `const x = v`.
func (g *gen) constDecl(f *Form, dst int) {
	mark := g.top
	t := dst
	if t < 0 || g.isLocal(t) {
		t = g.tmp()
	}
	g.expr(f.Kids[1], t)
	g.claim(f.Kids[0].Mod, f.Kids[0].Sym)
	g.at(f)
	g.exec(g.tmp(), &code.ExecSite{Kind: code.ExecConst, Module: f.Kids[0].Mod, Name: f.Kids[0].Sym}, t, 1)
	if dst >= 0 && t != dst {
		g.a.abc(code.Move, dst, t, 0)
	}
	g.top = mark
}
