package lower

// This file lowers calls of generators of generated functions, and what they give.

import (
	"fmt"

	"weft/interp/code"
	"weft/runtime/core"
)

// GeneratedBody compiles the expression that the generator of method m gave
// for the types of a call: the body of a function with m's arguments.
func GeneratedBody(rt *core.Runtime, m *core.Method, body core.Value, o *Options) (fn *code.Func, err error) {
	defer func() {
		if l, ok := err.(*LowerError); ok {
			l.Flow = true // no place in the source is to blame
		}
	}()
	defer catch(&err)
	for _, s := range assignedGlobals(body) {
		if !m.Module.Declares(s) {
			return nil, m.Module.Undeclared(s)
		}
	}
	file := o.File
	if m.File != nil {
		file = m.File.Name
	}
	x := &Expander{RT: rt, Call: o.Expand}
	d := &desugarer{x: x, rt: rt, mod: m.Module, file: file, line: m.Line, at: file, emit: file}
	d.ctx = context{fn: true}
	f := &Function{Name: m.Name, Args: append([]*core.Symbol(nil), m.Args...), Vararg: m.Vararg, File: file, Line: m.Line, NoCapture: true}
	for _, v := range m.SParams {
		f.SVars = append(f.SVars, SVar{Sym: v.Name})
	}
	f.Body = d.expr(x.expandIn(m.Module, body, file, m.Line))
	u := &unit{rt: rt, mod: m.Module, opts: o}
	if fn, err = u.compileMethod(f, core.Value{}); err != nil {
		return nil, err
	}
	if f.info != nil && len(f.info.inner) > 0 {
		return nil, core.Errorf("The function body AST defined by this @generated function is not pure. This likely means it contains a closure, a comprehension or a generator.")
	}
	return fn, nil
}

// generator makes the body call gen, of Expr(:meta, :generated, gen).
func (df *definition) generator(gen core.Value) {
	base := func(name string) core.Value {
		return makeExpr(".", df.d.rt.Base.Value(), quoteNode(core.Sym(name).Value()))
	}
	self := makeExpr("call", base("callee_type"), selfSym.Value())
	sig, call := []core.Value{core.Sym("Tuple").Value(), self}, []core.Value{self}
	for i := range df.pos {
		a := &df.pos[i]
		if a.name == unusedSym {
			a.name = core.Sym(fmt.Sprintf("#%d#type", i))
		}
		call = append(call, a.name.Value())
		if a.rest {
			sig = append(sig, makeExpr("...", a.name.Value()))
		} else {
			sig = append(sig, a.name.Value())
		}
	}
	vars := []core.Value{}
	for _, w := range df.where {
		if n := whereName(w); n != nil {
			vars = append(vars, n.Value())
		}
	}
	df.body = makeExpr("block", makeExpr("call", append([]core.Value{base("generated_code"), gen,
		makeExpr("curly", sig...), makeExpr("tuple", vars...)}, call...)...))
}
