package lower

// This file lowers what a generated function's generator gives.

import (
	"weft/interp/code"
	"weft/runtime/core"
)

// GeneratedBody compiles the expression that the generator of method m gave
// for the types of a call: the body of a function with m's arguments.
func GeneratedBody(rt *core.Runtime, m *core.Method, body core.Value, o *Options) (fn *code.Func, err error) {
	defer catch(&err)
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
