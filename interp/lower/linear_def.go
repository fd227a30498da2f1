package lower

import (
	"slices"
	"strings"

	"weft/interp/code"
	"weft/runtime/core"
)

// This file writes definitions: methods, closures, types.

// typeVars evaluates where-variables into slots from base on.
func (g *gen) typeVars(svars []SVar, vars []*Var, base int) {
	for i, sv := range svars {
		m := g.top
		b := g.take(2)
		g.bound(sv.Lower, b)
		g.bound(sv.Upper, b+1)
		g.exec(base+i, &code.ExecSite{Kind: code.ExecTypeVar, Module: g.mod, Name: sv.Sym}, b, 2)
		g.top = m
		g.bind(vars[i], base+i)
	}
}

func (g *gen) bound(f *Form, dst int) {
	if f == nil {
		g.a.abc(code.LoadUndef, dst, 0, 0)
		return
	}
	g.expr(f, dst)
}

// bind makes slot s the place of v.
func (g *gen) bind(v *Var, s int) {
	if v.Boxed {
		t := g.tmp()
		g.a.abc(code.NewBox, t, s, 0)
		s = t
	}
	g.put(v, s)
	g.named(s, v)
}

// methodDef makes the fixed part of a method definition.
func (g *gen) methodDef(f *Form) *code.MethodDef {
	fn := f.Fn
	return &code.MethodDef{Name: fn.Name, NTypes: len(fn.Args), NVars: len(fn.SVars), NArgs: len(fn.Args),
		Vararg: fn.Vararg, Args: fn.Args, File: fn.File, Line: fn.Line, KwNames: fn.KwNames, Gen: fn.Generated, Unused: fn.Unused, Doc: fn.Doc}
}

// method writes a Method or Lambda: the definition, and the function as the
// value (dst may be -1).
func (g *gen) method(f *Form, dst int) {
	mark := g.top
	ms := f.Def.(*methodScope)
	if ms.group != nil {
		g.closureMethod(f, ms, dst)
	} else {
		g.globalMethod(f, ms, dst)
	}
	g.end(mark)
}

// signature evaluates the operands of a method definition: the function, the
// types and variables. self is the callee's type where it is known.
func (g *gen) signature(f *Form, ms *methodScope, op0 func(dst int), self func(dst int)) int {
	fn := f.Fn
	nt := len(fn.Args)
	base := g.take(1 + nt + len(fn.SVars))
	for i := range 1 + nt + len(fn.SVars) {
		g.named(base+i, nil)
	}
	g.typeVars(fn.SVars, ms.svars, base+1+nt)
	op0(base)
	switch {
	case fn.SelfType != nil:
		g.expr(fn.SelfType, base+1)
	case self != nil && !ms.kw:
		self(base + 1)
	default:
		g.a.abc(code.LoadUndef, base+1, 0, 0)
	}
	for i := 1; i < nt; i++ {
		var t *Form
		if i-1 < len(fn.Types) {
			t = fn.Types[i-1]
		}
		switch {
		case ms.kw && i == 2 && self != nil:
			self(base + 1 + i)
		case t == nil:
			g.a.load(base+1+i, core.Any.Value())
		default:
			g.expr(t, base+1+i)
		}
	}
	return base
}

// globalMethod adds a method to a global function or a type.
func (g *gen) globalMethod(f *Form, ms *methodScope, dst int) {
	fn, k := f.Fn, kid(f, 0)
	def := g.methodDef(f)
	site := &code.ExecSite{Kind: code.ExecMethod, Module: g.mod, Name: fn.Name, Data: def}
	if k != nil && k.Kind == Global {
		site.Module, site.Name = k.Mod, k.Sym
		if b := k.Mod.Lookup(k.Sym); b != nil && b.Owner != k.Mod && (b.Value.P == nil || !core.IsType(b.Value)) {
			g.claim(k.Mod, k.Sym)
		}
	}
	if !g.rt.OfBase(g.mod) && fn.BodyExpr.P != nil {
		for _, s := range assignedGlobals(fn.BodyExpr) { // they are the module's from now on
			g.exec(g.tmp(), &code.ExecSite{Kind: code.ExecDeclGlobal, Module: g.mod, Name: s}, 0, 0)
		}
	}
	base := g.signature(f, ms, func(d int) {
		if k == nil || k.Kind == Global {
			g.a.abc(code.LoadUndef, d, 0, 0)
			return
		}
		g.expr(k, d)
	}, nil)
	n := 1 + len(fn.Args) + len(fn.SVars)
	u := *g.unit
	u.self = core.Value{}
	var caps []*Var
	if fn.info != nil {
		caps = captures(fn)
	}
	if len(caps) > 0 {
		b := g.take(len(caps))
		for i, v := range caps {
			g.holderInto(v, b+i)
		}
		n += len(caps)
		def.NCaps = len(caps)
		def.Bind = func(vals []core.Value) func(core.Value) (*code.Func, error) {
			m := map[*Var]core.Value{}
			for i, v := range caps {
				m[v] = vals[i]
			}
			return func(core.Value) (*code.Func, error) {
				if fn.Name != nil {
					u.outer = code.PlainName(fn.Name.Name)
				}
				return u.function(fn, m)
			}
		}
	} else {
		later := fn.withoutSignature()
		def.Compile = func(self core.Value) (*code.Func, error) { return u.compileMethod(later, self) }
	}
	if dst < 0 {
		dst = base
	}
	g.at(f)
	g.exec(dst, site, base, n)
}

// withoutSignature is what a function whose body is still to be desugared needs for
// that: most functions of Base that are loaded are never called.
func (fn *Function) withoutSignature() *Function {
	if fn.Desugar == nil || fn.info != nil {
		return fn
	}
	c := *fn
	c.Types, c.VarargLen = nil, nil
	c.SVars = make([]SVar, len(fn.SVars))
	for i, v := range fn.SVars {
		c.SVars[i].Sym = v.Sym
	}
	return &c
}

// assignedGlobals are the names that a function's body both declares global and assigns.
func assignedGlobals(body core.Value) []*core.Symbol {
	var declared, assigned, both []*core.Symbol
	var walk func(v core.Value, global bool)
	walk = func(v core.Value, global bool) {
		e := exprOf(v)
		if e == nil {
			if s := symOf(v); s != nil && global {
				declared = append(declared, s)
			}
			return
		}
		switch h := e.Head.Name; {
		case h == "quote" || h == "inert":
			return
		case h == "global":
			for _, a := range args(e) {
				if x := exprOf(a); x != nil && strings.HasSuffix(x.Head.Name, "=") && x.Args.Len == 2 {
					walk(x.Args.Get(0), true)
					walk(a, false)
				} else {
					walk(a, true)
				}
			}
			return
		case global && h != "tuple":
			return
		case strings.HasSuffix(h, "=") && e.Args.Len == 2:
			targets := []core.Value{e.Args.Get(0)}
			if t := exprHead(e.Args.Get(0), "tuple"); t != nil {
				targets = args(t)
			}
			for _, t := range targets {
				if s := symOf(t); s != nil {
					assigned = append(assigned, s)
				}
			}
		}
		for _, a := range args(e) {
			walk(a, global)
		}
	}
	walk(body, false)
	for _, s := range declared {
		if slices.Contains(assigned, s) && !slices.Contains(both, s) {
			both = append(both, s)
		}
	}
	return both
}

// closureMethod adds a method to a closure's type, once per compiled function,
// and makes the closure where it does not exist yet.
func (g *gen) closureMethod(f *Form, ms *methodScope, dst int) {
	grp, fn := ms.group, f.Fn
	grp.captured()
	once := !(g.info.top && g.loop == 0)
	u := *g.unit
	u.self = core.Value{}
	def := g.methodDef(f)
	def.Closure = true
	def.Source = fn.Source
	def.Compile = func(core.Value) (*code.Func, error) { return u.function(fn, nil) }
	site := &code.ExecSite{Kind: code.ExecMethod, Module: g.mod, Name: fn.Name, Data: def}
	if g.perStatic(grp) {
		g.staticClosure(f, ms, site, dst)
		return
	}
	t := grp.closureType(g.mod, g.outer)
	skip := g.a.newLabel()
	pos := len(g.a.words)
	mark := g.top
	if once {
		g.a.jump(code.Once, 0, skip)
	}
	g.define(f, ms, site, func(d int) { g.a.load(d, t.Value()) })
	if once {
		g.exec(g.tmp(), &code.ExecSite{Kind: code.ExecOnce, Module: g.mod, Data: &code.OnceSite{Pos: pos}}, 0, 0)
		g.a.place(skip)
	}
	g.end(mark)
	g.makeClosure(f, grp, func(d int) {
		if len(grp.captures) == 0 {
			g.a.load(d, grp.inst)
			return
		}
		b := g.captureValues(grp, d)
		g.a.raw(code.NewClosure, g.a.slot(d), g.a.slot(b), uint64(len(grp.captures)))
		ptr(&g.a, t)
	}, dst)
}

// define writes the definition of a closure's method.
func (g *gen) define(f *Form, ms *methodScope, site *code.ExecSite, self func(dst int)) {
	base := g.signature(f, ms, func(d int) {
		if ms.kw {
			g.expr(kid(f, 0), d)
			return
		}
		g.a.load(d, core.Nothing())
	}, self)
	g.at(f)
	g.exec(base, site, base, 1+len(f.Fn.Args)+len(f.Fn.SVars))
}

// captureValues puts what the closure holds into slots in a row.
func (g *gen) captureValues(grp *group, d int) int {
	b := g.take(len(grp.captures))
	for i, v := range grp.captures {
		g.holderInto(v, b+i)
	}
	return b
}

// makeClosure stores the closure that make writes: in its variable, if the form
// is where that begins, and in dst.
func (g *gen) makeClosure(f *Form, grp *group, make func(dst int), dst int) {
	mark := g.top
	defer func() { g.top = mark }()
	if grp.v == nil {
		if dst >= 0 {
			t := dst
			if g.isLocal(dst) {
				t = g.tmp()
			}
			make(t)
			if t != dst {
				g.a.abc(code.Move, dst, t, 0)
			}
		}
		return
	}
	if f.Flags&makesFn != 0 {
		t := g.tmp()
		make(t)
		g.store(grp.v, t)
		if dst >= 0 {
			g.a.abc(code.Move, dst, t, 0)
		}
		return
	}
	if dst >= 0 {
		g.readVar(&Form{Kind: Slot, Var: grp.v}, dst)
	}
}

// perStatic reports whether the signatures of a closure mention static
// parameters of the function around: its type then depends on them.
func (g *gen) perStatic(grp *group) bool {
	for _, m := range grp.methods {
		if m.Fn == nil {
			continue
		}
		for _, t := range m.Fn.Types {
			if mentionsStatic(t, g.fn) {
				return true
			}
		}
		for _, sv := range m.Fn.SVars {
			if mentionsStatic(sv.Lower, g.fn) || mentionsStatic(sv.Upper, g.fn) {
				return true
			}
		}
	}
	return false
}

func mentionsStatic(f *Form, fn *Function) bool {
	if f == nil {
		return false
	}
	if f.Kind == SParam || f.Kind == Slot && f.Var.SP > 0 {
		return true
	}
	for _, k := range f.Kids {
		if mentionsStatic(k, fn) {
			return true
		}
	}
	return false
}

// staticClosure is closureMethod for a closure whose type depends on static
// parameters: each copy of the function around has its own type.
func (g *gen) staticClosure(f *Form, ms *methodScope, site *code.ExecSite, dst int) {
	grp := ms.group
	if grp.cache == 0 {
		g.ncache++
		grp.cache = g.ncache
	}
	// One cache entry says that this method is defined, one holds the type.
	mine := g.ncache
	g.ncache++
	mark := g.top
	typ, flag := g.tmp(), g.tmp()
	g.named(typ, nil)
	g.named(flag, nil)
	m, outer := g.mod, g.outer
	g.ifCached(typ, grp.cache-1, func() {
		g.exec(typ, &code.ExecSite{Kind: code.ExecClosureType, Module: g.mod, Data: func() *core.DataType {
			c := *grp
			c.typ = nil
			return c.closureType(m, outer)
		}}, 0, 0)
	})
	g.ifCached(flag, mine, func() {
		g.define(f, ms, site, func(d int) { g.a.abc(code.Move, d, typ, 0) })
		g.a.load(flag, core.Nothing())
	})
	g.makeClosure(f, grp, func(d int) {
		b := g.take(1 + len(grp.captures))
		g.a.abc(code.Move, b, typ, 0)
		for i, v := range grp.captures {
			g.holderInto(v, b+1+i)
		}
		g.a.raw(code.NewDyn, g.a.slot(d), g.a.slot(b), uint64(len(grp.captures)))
		g.a.word(0)
	}, dst)
	g.top = mark
}

// ifCached puts cache entry i into dst, having made it first if need be.
func (g *gen) ifCached(dst, i int, make func()) {
	have := g.a.newLabel()
	if g.a.dead {
		return
	}
	g.a.raw(code.GetCached, g.a.slot(dst), uint64(i), 0)
	g.a.word(0)
	g.a.fix(len(g.a.words)-1, len(g.a.words)-2, have, 0)
	make()
	g.a.raw(code.SetCached, g.a.slot(dst), uint64(i), 0)
	g.a.place(have)
}

// funcDecl writes `function f end`.
func (g *gen) funcDecl(f *Form, dst int) {
	k := f.Kids[0]
	if ms, ok := f.Def.(*methodScope); ok && ms.group != nil {
		grp := ms.group
		grp.captured()
		grp.closureType(g.mod, g.outer)
		g.makeClosure(f, grp, func(d int) {
			if len(grp.captures) == 0 {
				g.a.load(d, grp.inst)
				return
			}
			mark := g.top
			b := g.captureValues(grp, d)
			g.a.raw(code.NewClosure, g.a.slot(d), g.a.slot(b), uint64(len(grp.captures)))
			ptr(&g.a, grp.typ)
			g.top = mark
		}, dst)
		return
	}
	if dst < 0 {
		dst = g.tmp()
	}
	g.exec(dst, &code.ExecSite{Kind: code.ExecGeneric, Module: k.Mod, Name: k.Sym}, 0, 0)
}

// typeDef writes a type definition: begin, evaluate supertype and fields with
// the new type's name bound, end, inner constructors.
func (g *gen) typeDef(f *Form) {
	mark := g.top
	ts := f.Def.(*typeScope)
	d := ts.def
	g.claim(g.mod, d.Sym)
	def := &code.StructDef{Name: d.Sym, Fields: d.Fields, Const: d.Const, Atomic: d.Atomic, Mutable: d.Mutable,
		NInit: d.NInit, Inner: len(d.Inner) > 0, Doc: d.Doc}
	switch f.Kind {
	case Abstract:
		def.Kind = code.AbstractKind
	case Primitive:
		def.Kind = code.PrimitiveKind
	}
	for _, v := range d.Vars {
		def.Vars = append(def.Vars, v.Sym)
	}
	g.begin(ts.types)
	vars := g.take(max(len(d.Vars), 1))
	for i := range max(len(d.Vars), 1) {
		g.named(vars+i, nil)
	}
	g.typeVars(d.Vars, ts.svars, vars)
	n := 2
	switch f.Kind {
	case Struct:
		n += len(d.Fields)
	case Primitive:
		n++
	}
	base := g.take(n)
	for i := range n {
		g.named(base+i, nil)
	}
	g.at(f)
	g.exec(base, &code.ExecSite{Kind: code.ExecType, Module: g.mod, Name: d.Sym, Data: def}, vars, len(d.Vars))
	g.bind(ts.self, base)
	super := d.Super
	if super == nil {
		g.a.load(base+1, core.Any.Value())
	} else {
		g.expr(super, base+1)
	}
	switch f.Kind {
	case Struct:
		for i := range d.Fields {
			if t := d.FieldTypes[i]; t != nil {
				g.expr(t, base+2+i)
			} else {
				g.a.load(base+2+i, core.Any.Value())
			}
		}
	case Primitive:
		g.expr(d.Bits, base+2)
	}
	g.at(f)
	g.exec(base, &code.ExecSite{Kind: code.ExecTypeEnd, Module: g.mod, Name: d.Sym, Data: def}, base, n)
	g.begin(ts.inner)
	for _, k := range d.Inner {
		g.effect(k)
	}
	g.end(mark)
}
