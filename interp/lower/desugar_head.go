package lower

// This file reads the heads of function definitions: what is defined, and the
// arguments.

import (
	"slices"

	"weft/runtime/core"
)

// readHead takes the head of a function apart.
func (d *desugarer) readHead(sig core.Value, arrow bool) funcHead {
	var hd funcHead
	for {
		e := exprHead(sig, "where")
		if e == nil || e.Args.Len == 0 {
			break
		}
		hd.where = append(hd.where, whereVars(args(e)[1:])...)
		sig = e.Args.Get(0)
	}
	if e := exprHead(sig, "::"); e != nil && e.Args.Len == 2 {
		inner := exprOf(e.Args.Get(0))
		if inner != nil && (inner.Head.Name == "call" || inner.Head.Name == "where" || inner.Head.Name == "tuple" && !arrow) {
			hd.ret = e.Args.Get(1)
			sig = e.Args.Get(0)
		}
	}
	for {
		e := exprHead(sig, "where")
		if e == nil || e.Args.Len == 0 {
			break
		}
		hd.where = append(hd.where, whereVars(args(e)[1:])...)
		sig = e.Args.Get(0)
	}
	e := exprOf(sig)
	switch {
	case e != nil && e.Head.Name == "call" && !arrow:
		hd.callee = d.arg(e, 0)
		hd.args, hd.kws = d.splitFormals(args(e)[1:])
	case e != nil && e.Head.Name == "tuple":
		hd.args, hd.kws = d.splitFormals(args(e))
	case arrow && e != nil && e.Head.Name == "block":
		// (x; k = 1) -> ...
		first := true
		for _, v := range args(e) {
			switch {
			case isLine(v):
			case first:
				hd.args = []core.Value{v}
				first = false
			default:
				if a := exprHead(v, "="); a != nil {
					v = makeExpr("kw", args(a)...)
				}
				hd.kws = append(hd.kws, v)
			}
		}
	case arrow:
		hd.args = []core.Value{sig}
	case e != nil && (e.Head.Name == "..." || e.Head.Name == "::" || e.Head.Name == "kw" || e.Head.Name == "="):
		hd.args = []core.Value{sig} // function (x...) end
	default:
		d.fail("invalid function name \"" + describe(sig) + "\"")
	}
	return hd
}

// checkNames refuses where-variables with equal names, or with that of an argument.
func (d *desugarer) checkNames(df *definition) {
	seen := map[*core.Symbol]bool{}
	for _, w := range df.where {
		n := whereName(w)
		if n != nil && seen[n] {
			d.fail("function static parameter names not unique")
		}
		seen[n] = true
	}
	for _, a := range df.pos {
		if a.name != unusedSym && seen[a.name] {
			d.fail("function argument and static parameter names must be distinct")
		}
	}
}

// splitFormals separates positional and keyword arguments of a definition.
func (d *desugarer) splitFormals(vs []core.Value) (pos, kws []core.Value) {
	for _, v := range vs {
		p := exprHead(v, "parameters")
		if p == nil {
			pos = append(pos, v)
			continue
		}
		for _, k := range args(p) {
			if exprHead(k, "parameters") != nil {
				d.fail("more than one semicolon in argument list")
			}
			kws = append(kws, k)
		}
	}
	return pos, kws
}

// formals reads arguments.
func (d *desugarer) formals(vs []core.Value) []argument {
	out := make([]argument, 0, len(vs))
	seen := map[*core.Symbol]bool{}
	optional := false
	for i, v := range vs {
		a := d.formal(v)
		if a.variadic && i < len(vs)-1 {
			panic(thrown{core.Err("ArgumentError", core.MakeString("Vararg on non-final argument"))})
		}
		if a.rest && i < len(vs)-1 {
			d.fail("invalid \"...\" on non-final argument")
		}
		if a.def.P != nil {
			optional = true
			if i < len(vs)-1 && exprHead(a.def, "...") != nil {
				d.fail("invalid \"...\" in non-final positional argument default value")
			}
		} else if optional && !a.rest {
			d.fail("optional positional arguments must occur at end")
		}
		if a.name != nil && a.name != unusedSym && !isUnderscores(a.name.Name) {
			if seen[a.name] {
				d.fail("function argument name not unique: \"" + a.name.Name + "\"")
			}
			seen[a.name] = true
		}
		if a.name == nil {
			a.name = unusedSym
		}
		if a.pattern.P != nil {
			a.name = core.Sym("#arg" + itoa(i+1))
		}
		out = append(out, a)
	}
	return out
}

func itoa(n int) string {
	if n >= 10 {
		return itoa(n/10) + itoa(n%10)
	}
	return string(rune('0' + n))
}

func (d *desugarer) formal(v core.Value) argument {
	if s := nameOf(v); s != nil {
		return argument{name: s}
	}
	e := exprOf(v)
	if e == nil || e.Args.Len == 0 {
		d.fail("\"" + describe(v) + "\" is not a valid function argument name")
	}
	switch e.Head.Name {
	case "::":
		var a argument
		if e.Args.Len == 1 {
			a.typ = e.Args.Get(0)
		} else {
			a = d.formal(e.Args.Get(0))
			if a.typ.P != nil || a.rest {
				d.fail("\"" + describe(v) + "\" is not a valid function argument name")
			}
			a.typ = e.Args.Get(1)
		}
		d.vararg(&a)
		return a
	case "kw", "=":
		a := d.formal(e.Args.Get(0))
		a.def = d.arg(e, 1)
		if x := exprHead(a.def, "..."); x != nil && a.rest {
			a.def = d.arg(x, 0)
		}
		return a
	case "...":
		a := d.formal(e.Args.Get(0))
		a.rest = true
		return a
	case "tuple":
		if hasDecl(v) {
			d.fail("invalid argument destructuring syntax \"" + describe(v) + "\"")
		}
		return argument{pattern: v}
	case "meta":
		if e.Args.Len > 1 {
			return d.formal(e.Args.Get(e.Args.Len - 1))
		}
	case "macrocall", "escape", "hygienic-scope":
		return d.formal(d.x.expandIn(d.mod, v, d.at, d.line))
	}
	d.fail("\"" + describe(v) + "\" is not a valid function argument name")
	return argument{}
}

// hasDecl reports whether a pattern holds a type or a default value.
func hasDecl(v core.Value) bool {
	e := exprOf(v)
	if e == nil {
		return false
	}
	switch e.Head.Name {
	case "::", "=", "kw":
		return true
	}
	return slices.ContainsFunc(args(e), hasDecl)
}

// vararg recognises x::Vararg{T,N}.
func (d *desugarer) vararg(a *argument) {
	if nameOf(a.typ) == core.Sym("Vararg") {
		a.rest, a.variadic, a.typ = true, true, core.Value{}
		return
	}
	t := a.typ
	for w := exprHead(t, "where"); w != nil && w.Args.Len > 0; w = exprHead(t, "where") {
		t = w.Args.Get(0)
	}
	c := exprHead(t, "curly")
	if c == nil || nameOf(c.Args.Get(0)) != core.Sym("Vararg") {
		return
	}
	a.rest, a.variadic = true, true
	if t != a.typ { // (Vararg{T,N} where {T,N})
		if c.Args.Len > 1 {
			a.typ = rewrap(a.typ, c.Args.Get(1))
		}
		return
	}
	a.typ = core.Value{}
	if c.Args.Len > 1 {
		a.typ = c.Args.Get(1)
	}
	if c.Args.Len > 2 {
		a.restLen = c.Args.Get(2)
	}
}

// rewrap puts body where the innermost part of the where-expression v stands.
func rewrap(v, body core.Value) core.Value {
	w := exprHead(v, "where")
	if w == nil || w.Args.Len == 0 {
		return body
	}
	as := append([]core.Value(nil), args(w)...)
	as[0] = rewrap(as[0], body)
	return core.MakeExpr(w.Head, as...)
}

// callee is what a definition extends.
type calleeInfo struct {
	target   *core.Value // expression for Method.Kids[0], or nil with selfType
	name     *core.Symbol
	self     *core.Symbol // name of slot 0
	selfType core.Value   // x::T: T; F{T}: Expr Type{F{T}}; undefined otherwise
	selfAny  bool         // (x::T) given
}

func (d *desugarer) readCallee(v core.Value) calleeInfo {
	if s := nameOf(v); s != nil {
		if op, ok := dotOperator(v); ok {
			d.fail("invalid function name \"." + nameOf(op).Name + "\"")
		}
		switch s.Name {
		case "ccall", "cglobal", "=", "&&", "||":
			d.fail("invalid function name \"" + s.Name + "\"")
		}
		return calleeInfo{target: &v, name: s, self: selfSym}
	}
	e := exprOf(v)
	if e == nil || e.Args.Len == 0 {
		d.fail("invalid function name \"" + describe(v) + "\"")
	}
	switch e.Head.Name {
	case ".":
		if e.Args.Len == 2 {
			if q, ok := quoted(e.Args.Get(1)); ok && symOf(q) != nil {
				return calleeInfo{target: &v, name: symOf(q), self: selfSym}
			}
		}
	case "curly":
		name := nameOf(e.Args.Get(0))
		if name == nil {
			if q := exprHead(e.Args.Get(0), "."); q != nil && q.Args.Len == 2 {
				qv, _ := quoted(q.Args.Get(1))
				name = symOf(qv)
			}
		}
		if name == nil {
			name = core.Sym("Type")
		}
		return calleeInfo{name: name, self: ctorSelf, selfType: makeExpr("curly", globalRef(d.rt.Core, core.Sym("Type")), v)}
	case "::":
		t := e.Args.Get(e.Args.Len - 1)
		ci := calleeInfo{self: core.Sym("#obj#"), selfType: t, selfAny: true, name: typeHeadName(t)}
		if e.Args.Len == 2 {
			if ci.self = nameOf(e.Args.Get(0)); ci.self == nil {
				d.fail("invalid function name \"" + describe(v) + "\"")
			}
		}
		return ci
	case "where":
		return d.readCallee(e.Args.Get(0))
	case "$", "quote":
	}
	d.fail("invalid function name \"" + describe(v) + "\"")
	return calleeInfo{}
}

// typeHeadName finds a name to show for a type expression.
func typeHeadName(v core.Value) *core.Symbol {
	for {
		if s := nameOf(v); s != nil {
			return s
		}
		e := exprOf(v)
		if e == nil || e.Args.Len == 0 {
			return core.Sym("anonymous")
		}
		switch e.Head.Name {
		case "curly":
			if nameOf(e.Args.Get(0)) == core.Sym("Type") && e.Args.Len == 2 {
				v = e.Args.Get(1)
				if b := exprHead(v, "<:"); b != nil && b.Args.Len > 0 {
					v = b.Args.Get(0)
				}
				continue
			}
			v = e.Args.Get(0)
		case "where":
			v = e.Args.Get(0)
		case ".":
			if q, ok := quoted(e.Args.Get(e.Args.Len - 1)); ok {
				v = q
				continue
			}
			return core.Sym("anonymous")
		default:
			return core.Sym("anonymous")
		}
	}
}

// unused is the where-variables that are not among those used.
func (df *definition) unused(used []SVar) []*core.Symbol {
	var out []*core.Symbol
	for _, w := range df.where {
		if n := whereName(w); n != nil && !slices.ContainsFunc(used, func(s SVar) bool { return s.Sym == n }) {
			out = append(out, n)
		}
	}
	return out
}

// whereName is the variable that a part of a where declares.
func whereName(w core.Value) *core.Symbol {
	if s := nameOf(w); s != nil {
		return s
	}
	if e := exprOf(w); e != nil && e.Args.Len > 0 {
		if e.Head.Name == "comparison" && e.Args.Len == 5 {
			return nameOf(e.Args.Get(2))
		}
		return nameOf(e.Args.Get(0))
	}
	return nil
}
