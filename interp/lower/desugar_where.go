package lower

// This file desugars type applications and where clauses.

import "weft/runtime/core"

// lowerCurly lowers T{A, <:B}.
func (d *desugarer) lowerCurly(e *core.Expr) *Form {
	as := args(e)
	d.arg(e, 0)
	var vars []SVar
	vs := append([]core.Value(nil), as...)
	for i, v := range vs[1:] {
		b := exprOf(v)
		if b != nil && (b.Head.Name == "<:" || b.Head.Name == ">:") && b.Args.Len == 1 {
			s := &core.Symbol{Type: core.SymbolType, Name: "#s"}
			sv := SVar{Sym: s}
			if b.Head.Name == "<:" {
				sv.Upper = d.expr(b.Args.Get(0))
			} else {
				sv.Lower = d.expr(b.Args.Get(0))
			}
			vars = append(vars, sv)
			vs[i+1] = s.Value()
		}
		if b != nil && (b.Head.Name == "parameters" || b.Head.Name == "kw") {
			d.fail("invalid type parameter \"" + describe(v) + "\"")
		}
		if b != nil && b.Head.Name == "=" {
			d.fail("misplaced assignment statement in \"" + describe(core.ToValue(e)) + "\"")
		}
	}
	f := d.callSplat(d.inCore("apply_type"), vs)
	f.Flags |= Gen
	return d.unionAll(f, vars)
}

// lowerWhere lowers T where {A, B<:C}.
func (d *desugarer) lowerWhere(e *core.Expr) *Form {
	saved := d.ctx.blank
	defer func() { d.ctx.blank = saved }()
	vars := make([]SVar, 0, 2)
	for _, v := range whereVars(args(e)[1:]) {
		d.blankVars([]core.Value{v})
		vars = append(vars, d.typeVar(v))
	}
	return d.unionAll2(d.arg(e, 0), vars)
}

// blankVars takes note of where-variables with a name of underscores, the only
// such names that can be read.
func (d *desugarer) blankVars(vs []core.Value) {
	for _, v := range vs {
		if n := whereName(v); n != nil && isUnderscores(n.Name) {
			d.ctx.blank = true
		}
	}
}

// whereVars lists the variables of a where, which may stand in braces.
func whereVars(vs []core.Value) []core.Value {
	var out []core.Value
	for _, v := range vs {
		if b := exprHead(v, "braces"); b != nil {
			out = append(out, args(b)...)
		} else {
			out = append(out, v)
		}
	}
	return out
}

// typeVar reads T, T<:U, T>:L or L<:T<:U.
func (d *desugarer) typeVar(v core.Value) SVar {
	name := func(v core.Value) *core.Symbol {
		s := nameOf(v)
		if s == nil {
			d.fail("invalid variable name \"" + describe(v) + "\" in \"where\"")
		}
		return s
	}
	e := exprOf(v)
	switch {
	case e == nil:
		return SVar{Sym: name(v)}
	case e.Head.Name == "<:" && e.Args.Len == 2:
		return SVar{Sym: name(e.Args.Get(0)), Upper: d.expr(e.Args.Get(1))}
	case e.Head.Name == ">:" && e.Args.Len == 2:
		return SVar{Sym: name(e.Args.Get(0)), Lower: d.expr(e.Args.Get(1))}
	case e.Head.Name == "comparison" && e.Args.Len == 5:
		a, b := e.Args.Get(0), e.Args.Get(4)
		if nameOf(e.Args.Get(1)) == core.Sym(">:") {
			a, b = b, a
		}
		return SVar{Sym: name(e.Args.Get(2)), Lower: d.expr(a), Upper: d.expr(b)}
	}
	d.fail("invalid bounds in \"where\": \"" + describe(v) + "\"")
	return SVar{}
}

// unionAll wraps the type f, which mentions vars, in UnionAlls.
func (d *desugarer) unionAll(f *Form, vars []SVar) *Form {
	if len(vars) == 0 {
		return f
	}
	var kids []*Form
	for _, v := range vars {
		lo, up := v.Lower, v.Upper
		if lo == nil {
			lo = d.constant(core.Bottom)
		}
		if up == nil {
			up = d.inCore("Any")
		}
		kids = append(kids, d.localDef(v.Sym), drop(d.assign(d.name(v.Sym), d.core("_typevar", d.sym(core.Sym(v.Sym.Name)), lo, up))))
	}
	for i := len(vars) - 1; i >= 0; i-- {
		f = d.core("type_unionall", d.name(vars[i].Sym), f)
	}
	return d.scope(true, append(kids, f)...)
}

func (d *desugarer) unionAll2(body core.Value, vars []SVar) *Form {
	return d.unionAll(d.expr(body), vars)
}
