package lower

// This file desugars function definitions: their methods, optional arguments,
// return types and bodies.

import (
	"weft/runtime/core"
)

var (
	selfSym   = core.Sym("#self#")
	unusedSym = core.Sym("#unused#")
	ctorSelf  = core.Sym("#ctor-self#")
)

// head is a function's head taken apart.
type funcHead struct {
	callee core.Value // what is defined; undefined for anonymous functions
	args   []core.Value
	kws    []core.Value // keyword arguments
	where  []core.Value // outermost first
	ret    core.Value   // return type, or undefined
}

// argument is one positional or keyword argument.
type argument struct {
	name     *core.Symbol
	typ      core.Value // undefined: Any
	def      core.Value // default, or undefined
	rest     bool       // x...
	restLen  core.Value // N of x::Vararg{T,N}
	variadic bool       // x::Vararg, not x...
	pattern  core.Value // what it is taken apart into
}

// isFunctionHead reports whether assigning to lhs defines a function.
func isFunctionHead(lhs core.Value) bool {
	e := exprOf(lhs)
	if e == nil || e.Args.Len == 0 {
		return false
	}
	switch e.Head.Name {
	case "call":
		return true
	case "where", "::":
		return e.Args.Len > 1 && isFunctionHead(e.Args.Get(0))
	}
	return false
}

// functionName finds the name that a definition defines, in
// (function head body), (= head body) or a head alone; undefined if none.
func functionName(v core.Value) core.Value {
	e := exprOf(v)
	for e != nil && e.Args.Len > 0 {
		switch e.Head.Name {
		case "function", "=", "where", "::", "call", "curly", "macro":
			if e.Head.Name == "::" && e.Args.Len == 1 {
				return core.Value{}
			}
			v = e.Args.Get(0)
			if e.Head.Name == "call" && exprHead(v, "::") != nil {
				return core.Value{}
			}
			if nameOf(v) != nil {
				return v
			}
			e = exprOf(v)
		default:
			return v
		}
	}
	return core.Value{}
}

// lowerFunction lowers (function head body), (-> args body), (macro head body)
// and (= head body).
func (d *desugarer) lowerFunction(e *core.Expr, want bool, doc core.Value) *Form {
	h := e.Head.Name
	sig := d.arg(e, 0)
	if h == "macro" {
		return d.lowerMacro(e)
	}
	if h == "function" && e.Args.Len == 1 {
		if nameOf(sig) == nil {
			if dot := exprHead(sig, "."); dot != nil {
				return d.expr(sig)
			}
			d.fail("invalid function name \"" + describe(sig) + "\"")
		}
		return d.form(FuncDecl, d.target(sig))
	}
	body := d.arg(e, 1)
	hd := d.readHead(sig, h == "->")
	f := (*Form)(nil)
	if hd.callee.P == nil {
		f = d.anonymousHead(hd, body)
	} else {
		f = d.define(hd, body, want)
	}
	return d.from(f, core.ToValue(e))
}

// from notes of the functions that f defines that they come from the expression ex.
// Base's need not tell.
func (d *desugarer) from(f *Form, ex core.Value) *Form {
	if f == nil || d.rt.OfBase(d.mod) {
		return f
	}
	if f.Fn != nil && f.Fn.Source.P == nil {
		f.Fn.Source = ex
	}
	for _, k := range f.Kids {
		d.from(k, ex)
	}
	return f
}

// definition is all that the methods of one definition are made from.
type definition struct {
	d        *desugarer
	ci       calleeInfo
	where    []core.Value
	pos      []argument
	kws      []argument
	ret      core.Value
	body     core.Value
	lazy     bool
	gen      bool
	ctor     *ctorContext
	anon     *core.Symbol // variable of an anonymous function with several methods
	file     string
	line     int
	ctx      context
	expanded bool
	bodyForm func(d *desugarer) *Form // instead of body
}

// define lowers a named definition to its methods.
func (d *desugarer) define(hd funcHead, body core.Value, want bool) *Form {
	saved := d.ctx.blank
	defer func() { d.ctx.blank = saved }()
	d.blankVars(hd.where)
	df := d.definition(hd, body)
	df.ci = d.readCallee(hd.callee)
	if d.ctx.ctor != nil && d.ctx.typeDef && df.ci.name == d.ctx.ctor.name && !df.ci.selfAny {
		c := *d.ctx.ctor
		c.curly = df.ci.selfType.P != nil
		df.ctor = &c
	}
	kids := df.methods()
	if v := df.ci.target; want && (v == nil || exprHead(*v, ".") != nil) {
		// only the definition of a bare name has the function as its value
		kids = append(kids, d.nothing())
	}
	if len(kids) == 1 {
		return kids[0]
	}
	for _, k := range kids[:len(kids)-1] {
		drop(k)
	}
	return d.form(Block, kids...)
}

func (d *desugarer) definition(hd funcHead, body core.Value) *definition {
	df := &definition{d: d, where: hd.where, pos: d.formals(hd.args), kws: d.formalKws(hd.kws), ret: hd.ret, body: body,
		lazy: d.ctx.top, ctx: d.ctx, ctor: d.ctx.ctor, file: d.at, line: d.line}
	d.checkNames(df)
	if b := exprHead(body, "block"); b != nil {
		if vs := args(b); len(vs) > 0 {
			if line, file, ok := lineOf(vs[0]); ok {
				df.line = line
				if file != "" {
					df.file = file
				}
			}
		}
		for _, v := range args(b) {
			if m := exprHead(v, "meta"); m != nil && m.Args.Len > 0 && m.Args.Get(0) == symValue("generated") {
				df.gen = true
				if m.Args.Len > 1 {
					df.generator(m.Args.Get(1))
				}
			}
		}
	}
	return df
}

// svars lowers the where-variables that are among used.
func (df *definition) svars(exprs ...core.Value) []SVar {
	if len(df.where) == 0 {
		return nil
	}
	keep := make([]bool, len(df.where))
	for changed := true; changed; {
		changed = false
		for i, w := range df.where {
			if keep[i] {
				continue
			}
			n := whereName(w)
			used := n == nil
			for _, x := range exprs {
				used = used || mentions(x, n)
			}
			for j, o := range df.where {
				used = used || keep[j] && j != i && exprOf(o) != nil && mentions(o, n)
			}
			if used {
				keep[i], changed = true, true
			}
		}
	}
	var out []SVar
	for i, w := range df.where {
		if keep[i] {
			out = append(out, df.d.typeVar(w))
		}
	}
	return out
}

// mentions reports whether the symbol n occurs in v.
func mentions(v core.Value, n *core.Symbol) bool {
	if v.P == nil || n == nil {
		return false
	}
	if s := symOf(v); s != nil {
		return s == n
	}
	if e := exprOf(v); e != nil {
		for _, a := range args(e) {
			if mentions(a, n) {
				return true
			}
		}
	}
	return false
}

// typesOf lowers the declared types of arguments.
func (df *definition) typesOf(as []argument) []*Form {
	ts := make([]*Form, len(as))
	for i, a := range as {
		if a.typ.P != nil {
			ts[i] = df.d.expr(a.typ)
		}
	}
	return ts
}

func typeExprs(as []argument) []core.Value {
	var out []core.Value
	for _, a := range as {
		if a.typ.P != nil {
			out = append(out, a.typ)
		}
		if a.restLen.P != nil {
			out = append(out, a.restLen)
		}
	}
	return out
}

// function starts a Function with the first n positional arguments; kws stand
// in front of them when the body takes them.
func (df *definition) function(pos []argument) *Function {
	fn := &Function{Name: df.ci.name, Args: []*core.Symbol{df.ci.self}, File: df.file, Line: df.line, NoCapture: df.lazy}
	if df.ci.selfType.P != nil {
		fn.SelfType = df.d.expr(df.ci.selfType)
	}
	df.addArgs(fn, pos)
	fn.SVars = df.svars(append(typeExprs(pos), df.ci.selfType)...)
	return fn
}

func (df *definition) addArgs(fn *Function, pos []argument) {
	for _, a := range pos {
		fn.Args = append(fn.Args, a.name)
	}
	fn.Types = append(fn.Types, df.typesOf(pos)...)
	if n := len(pos); n > 0 && pos[n-1].rest {
		fn.Vararg = true
		if pos[n-1].restLen.P != nil {
			fn.VarargLen = df.d.expr(pos[n-1].restLen)
		}
	}
}

// method makes the Method form of fn, extending what the definition names.
func (df *definition) method(fn *Function) *Form {
	f := df.d.form(Method)
	f.Fn = fn
	switch {
	case df.anon != nil:
		fn.Name = nil
		f.Kids = []*Form{df.d.name(df.anon)}
	case df.ci.target != nil:
		if v := *df.ci.target; nameOf(v) != nil {
			f.Kids = []*Form{df.d.target(v)}
		} else {
			f.Kids = []*Form{df.d.expr(v)}
		}
	default:
		f.Kids = []*Form{nil}
	}
	return f
}

// methods makes all methods of the definition.
func (df *definition) methods() []*Form {
	if len(df.kws) > 0 {
		return df.kwMethods()
	}
	kids := df.forwarders()
	return append(kids, df.full())
}

// full makes the method with all positional arguments.
func (df *definition) full() *Form {
	fn := df.function(df.pos)
	fn.Unused = df.unused(fn.SVars)
	fn.Generated = df.gen
	df.setBody(fn, df.bodyOf)
	return df.method(fn)
}

// setBody gives fn its body, now or at the first call.
func (df *definition) setBody(fn *Function, build func(d *desugarer) *Form) {
	if !df.lazy {
		d := df.d
		saved, at, emit, line := d.ctx, d.at, d.emit, d.line
		d.ctx, d.emit = df.inside(), df.file
		fn.Body = build(d)
		d.ctx, d.at, d.emit, d.line = saved, at, emit, line
		return
	}
	x, rt, mod := df.d.x, df.d.rt, df.d.mod
	run := func() (f *Form, err error) {
		defer catch(&err)
		d := &desugarer{x: x, rt: rt, mod: mod, file: df.file, line: df.line, at: df.file, emit: df.file}
		d.ctx = df.inside()
		if x.Lazy && !df.expanded {
			d.expandParts(df)
		}
		defer func(old *desugarer) { df.d = old }(df.d)
		df.d = d
		return build(d), nil
	}
	fn.BodyExpr = df.body
	if x.Lazy {
		fn.Desugar = run
		return
	}
	f, err := run()
	if err != nil {
		panic(thrown{err})
	}
	fn.Body = f
}

// expandParts expands what a lazily lowered definition has not expanded yet.
func (d *desugarer) expandParts(df *definition) {
	df.expanded = true
	df.body = d.x.expandIn(d.mod, df.body, df.file, df.line)
}

// inside is the context of the function's body.
func (df *definition) inside() context {
	return context{fn: true, ctor: df.ctor}
}

// bodyOf lowers the body proper: return type, patterns of arguments, statements.
func (df *definition) bodyOf(d *desugarer) *Form {
	var kids []*Form
	if df.ret.P != nil {
		d.ctx.ret = d.hold(d.expr(df.ret), &kids)
		if d.isAny(d.ctx.ret) {
			d.ctx.ret = nil
		}
		d.ctx.late = newLateReturn()
	}
	ret, late := d.ctx.ret, d.ctx.late
	for _, a := range df.pos {
		if a.pattern.P == nil {
			continue
		}
		for _, n := range d.patternNames(a.pattern, nil) {
			if s := symOf(n); s != nil {
				kids = append(kids, d.local(s))
			}
		}
		kids = append(kids, drop(d.assignTo(a.pattern, d.name(a.name), false)))
	}
	var b *Form
	if df.bodyForm != nil {
		b = df.bodyForm(d)
	} else {
		b = d.expr(df.body)
	}
	if ret != nil && !returns(b) {
		b = d.convert(b, dup(ret))
	}
	if ret != nil {
		b = late.wrap(d, b, ret)
	}
	if len(kids) == 0 {
		return b
	}
	return d.form(Block, append(kids, b)...)
}

// returns reports whether f surely ends in a return.
func returns(f *Form) bool {
	if f.Kind == Block && len(f.Kids) > 0 {
		return returns(f.Kids[len(f.Kids)-1])
	}
	return f.Kind == Return
}

// forwarders makes the methods that supply the defaults of optional arguments.
func (df *definition) forwarders() []*Form {
	first := firstOptional(df.pos)
	if first < 0 {
		return nil
	}
	df.nameArgs()
	var out []*Form
	for n := first; n < len(df.pos) && df.pos[n].def.P != nil; n++ {
		out = append(out, df.forwarder(n))
	}
	return out
}

// firstOptional is the number of arguments in front of the first that has a
// default, or -1.
func firstOptional(as []argument) int {
	for i, a := range as {
		if a.def.P != nil {
			return i
		}
	}
	return -1
}

// nameArgs gives unnamed arguments names by which they can be passed on.
func (df *definition) nameArgs() {
	for i := range df.pos {
		if n := df.pos[i].name; n == unusedSym || isUnderscores(n.Name) {
			df.pos[i].name = core.Sym("#arg" + itoa(i+1))
		}
	}
	if df.ci.self == selfSym {
		df.ci.self = core.Sym("#f#")
	}
}

// forwarder makes the method with n arguments.
func (df *definition) forwarder(n int) *Form {
	fn := df.function(df.pos[:n])
	df.setBody(fn, func(d *desugarer) *Form {
		return df.passOn(d, n, func(os []operand) *Form { return d.apply(d.name(df.ci.self), os) })
	})
	return df.method(fn)
}

// passOn makes the operands of the full call from n given arguments and the
// defaults of the rest; defaults that mention earlier optional arguments find
// them in variables.
func (df *definition) passOn(d *desugarer, n int, call func([]operand) *Form) *Form {
	var os []operand
	for _, a := range df.pos[:n] {
		os = append(os, operand{d.name(a.name), a.rest})
	}
	missing := df.pos[n:]
	later := false
	for i, a := range missing {
		for _, b := range missing[:i] {
			later = later || mentions(a.def, b.name)
		}
	}
	var given []argument
	for _, a := range missing {
		if a.def.P != nil { // else x... without a default
			given = append(given, a)
		}
	}
	if later {
		return d.bindNested(given, func(a argument) *Form { return d.expr(a.def) }, func() *Form {
			for _, a := range given {
				os = append(os, operand{d.name(a.name), a.rest})
			}
			return call(os)
		})
	}
	for _, a := range given {
		os = append(os, operand{d.expr(a.def), a.rest})
	}
	return call(os)
}

// anonymousHead lowers a function without a name.
func (d *desugarer) anonymousHead(hd funcHead, body core.Value) *Form {
	df := d.definition(hd, body)
	return df.lambda()
}

// anonymous lowers a function of given arguments and body.
func (d *desugarer) anonymous(as, kws, where []core.Value, ret, body core.Value) *Form {
	hd := funcHead{args: as, kws: kws, where: where, ret: ret}
	gen := d.ctx.gen
	df := d.definition(hd, body)
	df.bodyForm = func(d *desugarer) *Form {
		d.ctx.gen = gen
		return d.expr(body)
	}
	return df.lambda()
}

func (df *definition) lambda() *Form {
	d := df.d
	df.lazy = false
	df.ci = calleeInfo{self: selfSym}
	if len(df.kws) == 0 && firstOptional(df.pos) < 0 {
		fn := df.function(df.pos)
		fn.Generated = df.gen
		df.setBody(fn, df.bodyOf)
		f := d.form(Lambda)
		f.Fn = fn
		return f
	}
	df.anon = &core.Symbol{Type: core.SymbolType, Name: "#anonymous"}
	saved := d.ctx
	d.ctx.top, df.ctx.top = false, false
	kids := []*Form{d.localDef(df.anon)}
	for _, m := range df.methods() {
		kids = append(kids, drop(m))
	}
	kids = append(kids, d.name(df.anon))
	f := d.scope(true, kids...)
	d.ctx = saved
	return f
}

// lowerMacro lowers (macro (call name args...) body).
func (d *desugarer) lowerMacro(e *core.Expr) *Form {
	if !d.ctx.top {
		d.fail("macro definition not allowed inside a local scope")
	}
	macroName := func(v core.Value) core.Value {
		if r := refOf(v); r != nil {
			return globalRef(r.Mod, core.Sym("@"+r.Name.Name))
		}
		if m := exprHead(v, "."); m != nil && m.Args.Len == 2 { // of another module
			if q, ok := quoted(m.Args.Get(1)); ok && symOf(q) != nil {
				return makeExpr(".", m.Args.Get(0), quoteNode(symValue("@"+symOf(q).Name)))
			}
		}
		s := symOf(v)
		if s == nil {
			d.fail("invalid macro definition")
		}
		return symValue("@" + s.Name)
	}
	if e.Args.Len == 1 {
		return d.form(FuncDecl, d.target(macroName(e.Args.Get(0))))
	}
	hd := d.readHead(d.arg(e, 0), false)
	if hd.callee.P == nil {
		d.fail("invalid macro definition")
	}
	if len(hd.kws) > 0 {
		d.fail("macros cannot accept keyword arguments")
	}
	coreRef := func(n string) core.Value { return globalRef(d.rt.Core, core.Sym(n)) }
	hd.callee = macroName(hd.callee)
	hd.args = append([]core.Value{
		makeExpr("::", symValue("__source__"), coreRef("LineNumberNode")),
		makeExpr("::", symValue("__module__"), coreRef("Module")),
	}, hd.args...)
	return d.define(hd, d.arg(e, 1), true)
}
