package lower

// This file desugars assignments: to variables, fields and elements, by
// destructuring, with an operator, and broadcasting ones.

import (
	"strings"

	"weft/runtime/core"
)

// updateOperator splits += into +, and .+= into a dotted +.
func updateOperator(h string) (op *core.Symbol, dotted, ok bool) {
	n := len(h)
	if n < 2 || h[n-1] != '=' || strings.HasSuffix(h, "==") || h == "<=" || h == ">=" || h == "!=" || h == ".=" || h == ":=" {
		return nil, false, false
	}
	h = h[:n-1]
	if h[0] == '.' {
		return core.Sym(h[1:]), true, len(h) > 1
	}
	return core.Sym(h), false, true
}

// lowerAssign lowers (= lhs rhs).
func (d *desugarer) lowerAssign(e *core.Expr, want bool) *Form {
	lhs := d.arg(e, 0)
	if isFunctionHead(lhs) {
		return d.lowerFunction(e, want, core.Value{})
	}
	if e.Args.Len != 2 {
		d.fail("malformed assignment")
	}
	rhs := e.Args.Get(1)
	// a = b = c: the value is computed first and assigned to b, then to a.
	if l := exprOf(lhs); l != nil {
		switch l.Head.Name {
		case "tuple":
			return d.lowerTupleAssign(l, rhs, want)
		case "curly":
			return d.lowerAlias(l, rhs, true)
		case "ref":
			var pre []*Form
			v := d.hold(d.expr(rhs), &pre)
			ix := d.index(l)
			pre = append(pre, ix.pre...)
			set := d.setIndex(ix.arr, dup(v), ix.idx)
			return d.result(pre, set, v, want)
		case ".":
			if l.Args.Len == 2 && exprHead(l.Args.Get(1), "tuple") == nil {
				var pre []*Form
				obj := d.expr(l.Args.Get(0))
				if want {
					obj = d.hold(obj, &pre)
				}
				v := d.expr(rhs)
				if want {
					v = d.hold(v, &pre)
				}
				set := d.base("setproperty!", obj, d.fieldName(l.Args.Get(0), l.Args.Get(1)), v)
				return d.result(pre, set, v, want)
			}
		}
	}
	v := d.expr(rhs)
	return d.assignTo(lhs, v, want)
}

// result makes pre; set; v, the value of an assignment.
func (d *desugarer) result(pre []*Form, set, v *Form, want bool) *Form {
	if !want {
		return d.with(pre, set)
	}
	return d.form(Block, append(pre, drop(set), dup(v))...)
}

func (d *desugarer) setIndex(arr, v *Form, idx []operand) *Form {
	f := d.apply(d.inBase("setindex!"), append([]operand{{f: arr}, {f: v}}, idx...))
	f.Flags |= Gen
	return f
}

// assignTo assigns the form v to lhs.
func (d *desugarer) assignTo(lhs core.Value, v *Form, want bool) *Form {
	if s := symOf(lhs); s != nil {
		return d.assignSym(s, v, want)
	}
	if refOf(lhs) != nil {
		var pre []*Form
		v = d.hold(v, &pre)
		return d.result(pre, d.assign(d.target(lhs), v), v, want)
	}
	e := exprOf(lhs)
	if e == nil {
		d.fail("invalid assignment location \"" + describe(lhs) + "\"")
	}
	var pre []*Form
	if isFunctionHead(lhs) && e.Head.Name != "::" { // (f(), x) = ...: a function that returns the value
		name := &core.Symbol{Type: core.SymbolType, Name: "#value"}
		def := d.lower(makeExpr("=", lhs, makeExpr("block", name.Value())), false)
		return d.form(Block, d.localDef(name), drop(d.assign(d.name(name), v)), def)
	}
	switch e.Head.Name {
	case "ref":
		v = d.hold(v, &pre)
		ix := d.index(e)
		return d.result(append(pre, ix.pre...), d.setIndex(ix.arr, dup(v), ix.idx), v, want)
	case ".":
		if e.Args.Len == 2 && exprHead(e.Args.Get(1), "tuple") == nil {
			v = d.hold(v, &pre)
			return d.result(pre, d.base("setproperty!", d.expr(e.Args.Get(0)), d.fieldName(e.Args.Get(0), e.Args.Get(1)), dup(v)), v, want)
		}
	case "tuple":
		v = d.hold(v, &pre)
		return d.result(append(pre, d.destructure(args(e), dup(v))...), d.nothing(), v, want)
	case "::":
		return d.assignTyped(e, v, want)
	case "curly":
		d.fail("invalid assignment location \"" + describe(lhs) + "\"")
	case "vect", "vcat", "hcat":
		d.fail("use \"(a, b) = ...\" to assign multiple values")
	case "typed_hcat", "typed_vcat":
		d.fail("invalid spacing in left side of indexed assignment")
	case "parameters":
		d.fail("unexpected semicolon in left side of indexed assignment")
	case "hygienic-scope", "escape", "macrocall":
		return d.assignTo(d.x.expandIn(d.mod, lhs, d.at, d.line), v, want)
	case "global", "local", "const":
		if e.Args.Len == 1 {
			decl := d.lowerDecl(e, e.Head.Name, false)
			return d.form(Block, decl, d.assignTo(e.Args.Get(0), v, want))
		}
	}
	d.fail("invalid assignment location \"" + describe(lhs) + "\"")
	return nil
}

func (d *desugarer) assignSym(s *core.Symbol, v *Form, want bool) *Form {
	if isUnderscores(s.Name) {
		return v
	}
	switch s.Name {
	case "end", "begin":
		if d.ctx.ref != nil {
			d.fail("invalid assignment location \"" + s.Name + "\"")
		}
	case "ccall", "cglobal":
		d.fail("invalid assignment location \"" + s.Name + "\"")
	}
	if want {
		// The value is the right side, not what a typed variable makes of it.
		var pre []*Form
		t := d.hold(v, &pre)
		return d.form(Block, append(pre, drop(d.assign(d.name(s), t)), dup(t))...)
	}
	return d.assign(d.name(s), v)
}

// assignTyped lowers x::T = v.
func (d *desugarer) assignTyped(e *core.Expr, v *Form, want bool) *Form {
	if e.Args.Len == 1 {
		d.fail("invalid assignment location \"" + describe(core.ToValue(e)) + "\"")
	}
	if e.Args.Len != 2 {
		d.fail("invalid \"::\" syntax")
	}
	x, t := e.Args.Get(0), e.Args.Get(1)
	if isFunctionHead(x) {
		d.fail("invalid assignment location \"" + describe(core.ToValue(e)) + "\"")
	}
	if nameOf(x) == nil {
		var pre []*Form
		v = d.hold(v, &pre)
		pre = append(pre, drop(d.core("typeassert", d.expr(x), d.expr(t))))
		return d.with(pre, d.assignTo(x, v, want))
	}
	decl := d.form(TypedDecl, d.target(x), d.expr(t))
	if want && v.Kind == Name && v.Sym == nameOf(x) { // the value is what x was
		var pre []*Form
		was := tempForm(newTemp(), d.line)
		pre = append(pre, drop(d.assign(was, v)))
		return d.with(pre, d.form(Block, decl, d.assignTo(x, dup(was), want)))
	}
	return d.form(Block, decl, d.assignTo(x, v, want))
}

// lowerUpdate lowers lhs op= rhs.
func (d *desugarer) lowerUpdate(e *core.Expr, op *core.Symbol, dotted, want bool) *Form {
	lhs, rhs := d.arg(e, 0), d.arg(e, 1)
	if dotted {
		return d.lowerDotUpdate(lhs, op, rhs)
	}
	l := exprOf(lhs)
	if l == nil {
		if nameOf(lhs) == nil {
			d.fail("invalid assignment location \"" + describe(lhs) + "\"")
		}
		return d.assignTo(lhs, d.updated(op, d.expr(lhs), rhs), want)
	}
	var pre []*Form
	switch l.Head.Name {
	case "ref":
		ix := d.holdIndex(l, &pre)
		get := d.apply(d.inBase("getindex"), append([]operand{{f: ix.arr}}, ix.idx...))
		get.Flags |= Gen
		v := d.hold(d.updated(op, get, rhs), &pre)
		return d.result(pre, d.setIndex(dup(ix.arr), dup(v), dupAll(ix.idx)), v, want)
	case ".":
		if l.Args.Len != 2 || exprHead(l.Args.Get(1), "tuple") != nil {
			break
		}
		obj := d.hold(d.expr(l.Args.Get(0)), &pre)
		name := d.hold(d.fieldName(l.Args.Get(0), l.Args.Get(1)), &pre)
		v := d.hold(d.updated(op, d.base("getproperty", obj, name), rhs), &pre)
		return d.result(pre, d.base("setproperty!", dup(obj), dup(name), dup(v)), v, want)
	case "::":
		cur := d.core("typeassert", d.expr(d.arg(l, 0)), d.expr(d.arg(l, 1)))
		return d.assignTo(lhs, d.updated(op, cur, rhs), want)
	case "tuple":
		for _, v := range args(l) {
			if x := exprOf(v); x != nil && (x.Head.Name == "ref" || x.Head.Name == ".") || x == nil && nameOf(v) != nil {
				continue
			}
			d.fail("invalid multiple assignment location \"" + describe(v) + "\"")
		}
		d.fail("invalid multiple assignment location \"" + describe(lhs) + "\"")
	case "hygienic-scope", "escape", "macrocall":
		return d.lowerUpdate(exprOf(core.MakeExpr(e.Head, d.x.expandIn(d.mod, lhs, d.at, d.line), rhs)), op, dotted, want)
	}
	d.fail("invalid assignment location \"" + describe(lhs) + "\"")
	return nil
}

func (d *desugarer) updated(op *core.Symbol, cur *Form, rhs core.Value) *Form {
	return d.call(d.name(op), cur, d.expr(rhs))
}

// holdIndex takes a[i] apart so that its parts can be used twice.
func (d *desugarer) holdIndex(e *core.Expr, pre *[]*Form) indexing {
	ix := d.index(e)
	*pre = append(*pre, ix.pre...)
	ix.arr = d.hold(ix.arr, pre)
	for i := range ix.idx {
		ix.idx[i].f = d.hold(ix.idx[i].f, pre)
	}
	return ix
}

func dupAll(os []operand) []operand {
	out := make([]operand, len(os))
	for i, o := range os {
		out[i] = operand{dup(o.f), o.splat}
	}
	return out
}

// lowerDotUpdate lowers lhs .op= rhs, that is lhs .= lhs .op rhs.
func (d *desugarer) lowerDotUpdate(lhs core.Value, op *core.Symbol, rhs core.Value) *Form {
	var pre []*Form
	var dest, cur *Form
	l := exprOf(lhs)
	switch {
	case l != nil && l.Head.Name == "ref":
		ix := d.holdIndex(l, &pre)
		dest = d.apply(d.inBase("dotview"), append([]operand{{f: ix.arr}}, ix.idx...))
		dest.Flags |= Gen
		dest = d.temp(dest, &pre)
		cur = d.apply(d.inBase("getindex"), append([]operand{{f: dup(ix.arr)}}, dupAll(ix.idx)...))
		cur.Flags |= Gen
	case l != nil && l.Head.Name == "." && l.Args.Len == 2 && exprHead(l.Args.Get(1), "tuple") == nil:
		obj := d.hold(d.expr(l.Args.Get(0)), &pre)
		name := d.hold(d.fieldName(l.Args.Get(0), l.Args.Get(1)), &pre)
		dest = d.temp(d.base("dotgetproperty", obj, name), &pre)
		cur = d.base("getproperty", dup(obj), dup(name))
	default:
		dest = d.hold(d.dotTarget(lhs), &pre)
		cur = dup(dest)
	}
	bc := d.base("broadcasted", d.name(op), cur, d.bcArg(rhs))
	switch op.Name {
	case "&&":
		bc.Kids[0+1] = d.inBase("andand")
	case "||":
		bc.Kids[0+1] = d.inBase("oror")
	}
	return d.with(pre, d.base("materialize!", dest, bc))
}

// lowerAlias lowers the type alias A{T} = X to const A = X where T.
func (d *desugarer) lowerAlias(l *core.Expr, rhs core.Value, isConst bool) *Form {
	name := d.arg(l, 0)
	if nameOf(name) == nil {
		d.fail("invalid type alias \"" + describe(core.ToValue(l)) + "\"")
	}
	var vars []SVar
	for _, v := range args(l)[1:] {
		if whereName(v) == nil {
			if b := exprOf(v); b != nil && b.Args.Len > 0 {
				v = b.Args.Get(0)
			}
			d.fail("invalid type parameter name \"" + describe(v) + "\"")
		}
		vars = append(vars, d.typeVar(v))
	}
	t := d.unionAll2(rhs, vars)
	if !isConst {
		return d.assign(d.target(name), t)
	}
	f := d.form(ConstDecl, d.target(name), t)
	f.Flags |= Outer
	return f
}

// lowerDecl handles local, global and const; nil for other heads.
func (d *desugarer) lowerDecl(e *core.Expr, h string, want bool) *Form {
	switch h {
	case "const":
		return d.lowerConst(d.arg(e, 0), want, false)
	case "local", "global":
	default:
		return nil
	}
	var kids []*Form
	for i, v := range args(e) {
		kids = append(kids, d.declare(h, v, want && i == e.Args.Len-1)...)
	}
	if len(kids) == 0 {
		return d.nothing()
	}
	if last := kids[len(kids)-1]; last.Kind == GlobalDecl && want && core.ToValue(e) != d.statement {
		last.Flags |= Misplaced
	}
	if k := kids[len(kids)-1].Kind; k == LocalDecl || k == GlobalDecl || k == TypedDecl {
		kids = append(kids, d.nothing())
	}
	return d.form(Block, kids...)
}

// declare lowers one part of a local or global declaration.
func (d *desugarer) declare(h string, v core.Value, want bool) []*Form {
	one := func(v core.Value) *Form {
		s := nameOf(v)
		if s == nil {
			d.fail("invalid syntax in \"" + h + "\" declaration")
		}
		f := d.form(LocalDecl)
		f.Sym = s
		if h == "global" {
			f.Kind = GlobalDecl
			if r := refOf(v); r != nil {
				f.Mod = r.Mod
			}
		}
		return f
	}
	e := exprOf(v)
	if e == nil {
		return []*Form{one(v)}
	}
	switch {
	case e.Head.Name == "::" && e.Args.Len == 2:
		return []*Form{one(e.Args.Get(0)), d.form(TypedDecl, d.target(e.Args.Get(0)), d.expr(e.Args.Get(1)))}
	case e.Head.Name == "tuple":
		var out []*Form
		for _, x := range args(e) {
			out = append(out, d.declare(h, x, false)...)
		}
		return out
	case e.Head.Name == "const":
		if h == "local" {
			d.fail("unsupported `const` declaration on local variable")
		}
		return []*Form{d.lower(makeExpr("const", makeExpr(h, args(e)...)), want)}
	case e.Head.Name == "function" || e.Head.Name == "macro":
		if n := functionName(v); n.P != nil && nameOf(n) != nil {
			return []*Form{one(n), d.lower(v, want)}
		}
	case e.Head.Name == "hygienic-scope" || e.Head.Name == "escape" || e.Head.Name == "macrocall":
		return d.declare(h, d.x.expandIn(d.mod, v, d.at, d.line), want)
	case e.Args.Len == 2:
		_, _, update := updateOperator(e.Head.Name)
		if e.Head.Name != "=" && !update && e.Head.Name != ".=" {
			break
		}
		lhs := e.Args.Get(0)
		if isFunctionHead(lhs) {
			n := functionName(v)
			if nameOf(n) == nil {
				return []*Form{d.lower(v, want)}
			}
			return []*Form{one(n), d.lower(v, want)}
		}
		var out []*Form
		for _, n := range d.patternNames(lhs, nil) {
			out = append(out, one(n))
		}
		return append(out, d.lower(v, want))
	}
	d.fail("invalid syntax in \"" + h + "\" declaration")
	return nil
}

// lowerConst lowers const x = v and its kin; global tells that it says so.
func (d *desugarer) lowerConst(v core.Value, want, global bool) *Form {
	e := exprOf(v)
	if e == nil {
		if nameOf(v) == nil || d.ctx.fn || global {
			d.fail("expected assignment after \"const\"")
		}
		f := d.form(GlobalDecl) // a constant that has no value yet
		f.Sym = nameOf(v)
		return d.form(Block, f, d.nothing())
	}
	switch e.Head.Name {
	case "hygienic-scope", "escape", "macrocall":
		return d.lowerConst(d.x.expandIn(d.mod, v, d.at, d.line), want, global)
	case "local":
		d.fail("unsupported `const` declaration on local variable")
	case "global":
		if e.Args.Len != 1 {
			d.fail("expected assignment after \"const\"")
		}
		var decls []*Form
		if a := exprHead(e.Args.Get(0), "="); a != nil && a.Args.Len == 2 {
			for _, n := range d.patternNames(a.Args.Get(0), nil) {
				f := d.form(GlobalDecl)
				f.Sym = nameOf(n)
				decls = append(decls, f)
			}
		}
		return d.with(decls, d.lowerConst(e.Args.Get(0), want, true))
	}
	if e.Head.Name != "=" || e.Args.Len != 2 {
		d.fail("expected assignment after \"const\"")
	}
	if d.ctx.fn {
		if global {
			d.fail("`global const` declaration not allowed inside function")
		}
		d.fail("unsupported `const` declaration on local variable")
	}
	lhs, rhs := e.Args.Get(0), e.Args.Get(1)
	l := exprOf(lhs)
	switch {
	case l == nil && nameOf(lhs) != nil && isUnderscores(nameOf(lhs).Name):
		return d.expr(rhs)
	case l == nil:
		return d.form(ConstDecl, d.target(lhs), d.expr(rhs))
	case l.Head.Name == "::" && l.Args.Len == 2 && nameOf(l.Args.Get(0)) != nil:
		if isUnderscores(nameOf(l.Args.Get(0)).Name) {
			return d.expr(rhs)
		}
		return d.form(ConstDecl, d.target(l.Args.Get(0)), d.convert(d.expr(rhs), d.expr(l.Args.Get(1))))
	case l.Head.Name == "curly":
		return d.lowerAlias(l, rhs, true)
	case l.Head.Name == "tuple":
		// The parts are taken into temporaries that are then declared.
		var pre []*Form
		val := d.temp(d.expr(rhs), &pre)
		if props := args(l); len(props) == 1 && exprHead(props[0], "parameters") != nil {
			for _, n := range d.patternNames(lhs, nil) {
				if nameOf(n) == nil {
					d.fail("unsupported `const` declaration \"" + describe(v) + "\"")
				}
				pre = append(pre, drop(d.form(ConstDecl, d.target(n), d.base("getproperty", dup(val), d.sym(nameOf(n))))))
			}
			return d.form(Block, append(pre, dup(val))...)
		}
		names := d.patternNames(lhs, nil)
		targets := make([]*Form, len(args(l)))
		take := d.form(Destructure, dup(val))
		take.Index = -1
		if len(names) != len(targets) {
			d.fail("unsupported `const` declaration \"" + describe(v) + "\"")
		}
		for i, x := range args(l) {
			targets[i] = tempForm(newTemp(), d.line)
			take.Kids = append(take.Kids, targets[i])
			if exprHead(x, "...") != nil {
				take.Index = i
			}
		}
		pre = append(pre, drop(take))
		for i, n := range names {
			pre = append(pre, drop(d.form(ConstDecl, d.target(n), dup(targets[i]))))
		}
		return d.form(Block, append(pre, dup(val))...)
	case isFunctionHead(lhs):
		return d.lowerFunction(e, want, core.Value{})
	}
	d.fail("cannot declare \"" + describe(lhs) + "\" `const`")
	return nil
}
