package lower

// This file desugars control flow: if, loops, let, try, return and jumps.

import (
	"slices"
	"strings"

	"weft/runtime/core"
)

// Labels of the innermost loop.
var (
	loopExit = core.Sym("loop-exit")
	loopCont = core.Sym("loop-cont")
)

// lowerControl handles control flow; nil for other heads.
func (d *desugarer) lowerControl(e *core.Expr, h string, want bool) *Form {
	switch h {
	case "while":
		return d.lowerWhile(e)
	case "for":
		return d.lowerFor(e)
	case "let":
		return d.lowerLet(e, want)
	case "try":
		return d.lowerTry(e, want)
	case "tryfinally":
		return d.lowerTryFinally(e, want)
	case "break", "continue":
		if !d.ctx.loop {
			panic(thrown{&LowerError{Msg: "break or continue outside loop", File: d.at, Line: d.line, Flow: true}})
		}
		f := d.form(Break)
		f.Sym = loopCont
		if h == "break" {
			f.Sym = loopExit
			if d.ctx.breakTo != nil {
				f.Sym = d.ctx.breakTo
			}
		}
		return f
	case "symboliclabel", "symbolicgoto":
		f := d.form(Label)
		if h == "symbolicgoto" {
			f.Kind = Goto
		}
		if f.Sym = nameOf(d.arg(e, 0)); f.Sym == nil {
			d.fail("malformed label")
		}
		return f
	case "scope-block":
		saved := d.ctx
		d.ctx.top = false
		f := d.scope(true, d.lower(d.arg(e, 0), want))
		d.ctx = saved
		return f
	}
	return nil
}

// lowerCond lowers a condition, which may be (block line cond).
func (d *desugarer) lowerCond(v core.Value) *Form {
	if b := exprHead(v, "block"); b != nil {
		var last core.Value
		n := 0
		for _, x := range args(b) {
			if !isLine(x) {
				last, n = x, n+1
			} else {
				d.setLine(x)
			}
		}
		if n == 1 {
			return d.lowerCond(last)
		}
	}
	return d.expr(v)
}

func (d *desugarer) lowerIf(e *core.Expr, want bool) *Form {
	if e.Args.Len < 2 || e.Args.Len > 3 {
		d.fail("malformed \"if\"")
	}
	cond := d.lowerCond(e.Args.Get(0))
	f := d.form(If, cond, d.lower(e.Args.Get(1), want))
	if e.Args.Len == 3 {
		f.Kids = append(f.Kids, d.lower(e.Args.Get(2), want))
	} else if want {
		f.Kids = append(f.Kids, d.nothing())
	}
	return f
}

// lowerAndOr lowers && and ||, of any number of operands; without any, true and false.
func (d *desugarer) lowerAndOr(e *core.Expr, want bool) *Form {
	as := args(e)
	if len(as) == 0 {
		return d.constant(core.MakeBool(e.Head.Name == "&&"))
	}
	return d.andOr(e.Head.Name == "&&", as, want)
}

func (d *desugarer) andOr(and bool, as []core.Value, want bool) *Form {
	if len(as) == 1 {
		return d.lower(as[0], want)
	}
	c := d.expr(as[0])
	rest := d.andOr(and, as[1:], want)
	if and {
		return d.form(If, c, rest, d.constant(core.MakeBool(false)))
	}
	return d.form(If, c, d.constant(core.MakeBool(true)), rest)
}

func (d *desugarer) lowerWhile(e *core.Expr) *Form {
	if e.Args.Len != 2 {
		d.fail("malformed \"while\"")
	}
	saved := d.ctx
	d.ctx.top = false
	cond := d.lowerCond(e.Args.Get(0))
	d.ctx.loop, d.ctx.breakTo = true, nil
	body := d.scope(false, d.stmt(e.Args.Get(1)))
	d.ctx = saved
	return d.form(While, cond, body)
}

func (d *desugarer) lowerFor(e *core.Expr) *Form {
	if e.Args.Len != 2 {
		d.fail("malformed \"for\"")
	}
	ranges := []core.Value{e.Args.Get(0)}
	if b := exprHead(ranges[0], "block"); b != nil {
		ranges = nil
		for _, r := range args(b) {
			if !isLine(r) {
				ranges = append(ranges, r)
			}
		}
	}
	saved := d.ctx
	d.ctx.top = false
	d.ctx.loop, d.ctx.breakTo = true, nil
	var label *core.Symbol
	if len(ranges) > 1 {
		label = &core.Symbol{Type: core.SymbolType, Name: "loops-exit"}
		d.ctx.breakTo = label
	}
	var copied []*core.Symbol // variables of the outer loops, whose changes end with the body
	for _, r := range ranges[:len(ranges)-1] {
		if x := exprHead(r, "="); x != nil && exprHead(x.Args.Get(0), "outer") == nil {
			for _, n := range d.patternNames(x.Args.Get(0), nil) {
				if s := symOf(n); s != nil && mayAssign(e.Args.Get(1), s) {
					copied = append(copied, s)
				}
			}
		}
	}
	f := d.loops(ranges, e.Args.Get(1), copied, saved)
	d.ctx = saved
	if label != nil {
		b := d.form(BreakBlock, f)
		b.Sym = label
		return b
	}
	return f
}

// loops lowers nested loops over ranges; outside is the context of the ranges.
func (d *desugarer) loops(ranges []core.Value, body core.Value, copied []*core.Symbol, outside context) *Form {
	if len(ranges) == 0 {
		if len(copied) == 0 {
			return d.stmt(body)
		}
		var pre, kids []*Form
		for _, s := range copied {
			t := tempForm(newTemp(), d.line)
			pre = append(pre, drop(d.assign(t, d.name(s))))
			kids = append(kids, d.localDef(s), drop(d.assign(d.name(s), dup(t))))
		}
		return d.form(Block, append(pre, d.scope(false, append(kids, d.stmt(body))...))...)
	}
	r := exprOf(ranges[0])
	if r == nil || r.Head.Name != "=" || r.Args.Len != 2 {
		d.fail("malformed \"for\": expected an iteration, got \"" + describe(ranges[0]) + "\"")
	}
	inside := d.ctx
	d.ctx = outside
	d.ctx.top = false
	iter := d.expr(r.Args.Get(1))
	d.ctx = inside
	f := d.form(For, iter)
	lhs := r.Args.Get(0)
	outer := exprHead(lhs, "outer")
	if outer != nil {
		lhs = d.arg(outer, 0)
	}
	s := symOf(lhs)
	switch {
	case s != nil && !isUnderscores(s.Name):
		f.Sym = s
		if outer != nil {
			f.Flags |= Outer
		}
		f.Kids = append(f.Kids, d.scope(false, d.loops(ranges[1:], body, copied, outside)))
	default:
		f.Sym = &core.Symbol{Type: core.SymbolType, Name: "#i"}
		var kids []*Form
		if outer == nil {
			for _, n := range d.patternNames(lhs, nil) {
				if symOf(n) != nil {
					kids = append(kids, d.localDef(symOf(n)))
				}
			}
		}
		switch {
		case isFunctionHead(lhs): // for f() in ...: each item is what a function returns
			kids = append(kids, drop(d.lower(makeExpr("=", lhs, makeExpr("block", f.Sym.Value())), false)))
		case s == nil:
			kids = append(kids, drop(d.assignTo(lhs, d.name(f.Sym), false)))
		}
		f.Kids = append(f.Kids, d.scope(false, append(kids, d.loops(ranges[1:], body, copied, outside))...))
	}
	return f
}

// mayAssign reports whether body may assign to s: that it does, or a macro that it names s to.
func mayAssign(body core.Value, s *core.Symbol) bool {
	e := exprOf(body)
	if e == nil {
		return false
	}
	switch h := e.Head.Name; {
	case h == "quote" || h == "inert":
		return false
	case h == "macrocall" && mentions(body, s):
		return true
	case strings.HasSuffix(h, "=") && e.Args.Len > 0 && mentions(e.Args.Get(0), s):
		return true
	}
	return slices.ContainsFunc(args(e), func(x core.Value) bool { return mayAssign(x, s) })
}

func (d *desugarer) lowerLet(e *core.Expr, want bool) *Form {
	if e.Args.Len != 2 {
		d.fail("malformed \"let\"")
	}
	binds := []core.Value{e.Args.Get(0)}
	if b := exprHead(binds[0], "block"); b != nil {
		binds = args(b)
	}
	saved := d.ctx
	d.ctx.top = false
	f := d.letBind(binds, e.Args.Get(1), want, true)
	d.ctx = saved
	return f
}

// letBind lowers the bindings that are left, each a scope inside the one before.
func (d *desugarer) letBind(binds []core.Value, body core.Value, want, first bool) *Form {
	for len(binds) > 0 && isLine(binds[0]) {
		binds = binds[1:]
	}
	if len(binds) == 0 {
		f := d.lower(body, want)
		if first {
			return d.scope(true, f)
		}
		return f
	}
	v := binds[0]
	rest := func() *Form { return d.letBind(binds[1:], body, want, false) }
	if s := symOf(v); s != nil {
		return d.scope(true, d.localDef(s), rest())
	}
	e := exprOf(v)
	switch {
	case e != nil && e.Head.Name == "::" && e.Args.Len == 2 && symOf(e.Args.Get(0)) != nil:
		return d.scope(true, d.localDef(symOf(e.Args.Get(0))), d.form(TypedDecl, d.target(e.Args.Get(0)), d.expr(e.Args.Get(1))), rest())
	case e != nil && e.Head.Name == "=" && e.Args.Len == 2 || e != nil && e.Head.Name == "function":
		if isFunctionHead(e.Args.Get(0)) {
			n := symOf(functionName(v))
			if n == nil {
				break
			}
			return d.scope(true, d.localDef(n), drop(d.lower(v, false)), rest())
		}
		lhs := e.Args.Get(0)
		if (nameOf(lhs) == nil) && exprHead(lhs, "tuple") == nil && exprHead(lhs, "::") == nil {
			break
		}
		val := d.expr(e.Args.Get(1))
		var pre []*Form
		// What the right side assigns belongs to the let, unless the variable means another
		// one there; without that the right side stands outside of it.
		if r := e.Args.Get(1); val.Kind != Const && (len(assignedIn(r, true, nil)) == 0 || anyMentioned(r, d.patternNames(lhs, nil))) {
			val = d.temp(val, &pre)
		}
		var kids []*Form
		for _, n := range d.patternNames(lhs, nil) {
			if s := symOf(n); s != nil {
				kids = append(kids, d.localDef(s))
			}
		}
		kids = append(kids, drop(d.assignTo(lhs, val, false)), rest())
		return d.with(pre, d.scope(true, kids...))
	}
	d.fail("invalid let syntax")
	return nil
}

func (d *desugarer) lowerTry(e *core.Expr, want bool) *Form {
	if e.Args.Len < 2 || e.Args.Len > 5 {
		d.fail("malformed \"try\"")
	}
	saved := d.ctx
	d.ctx.top = false
	part := func(i int) core.Value {
		if i >= e.Args.Len || e.Args.Get(i) == core.MakeBool(false) {
			return core.Value{}
		}
		return e.Args.Get(i)
	}
	d.ctx.inTry = true
	f := d.form(Try, d.scope(false, d.lower(e.Args.Get(0), want)), nil, nil, nil)
	d.ctx.inTry = saved.inTry
	catchVar, catchBody := part(1), part(2)
	if catchBody.P != nil || e.Args.Len == 3 && e.Args.Get(2) != core.MakeBool(false) {
		var kids []*Form
		if s := symOf(catchVar); s != nil && !isUnderscores(s.Name) {
			kids = append(kids, drop(d.assign(d.name(s), d.form(TheExc))))
		} else if catchVar.P != nil && s == nil && nameOf(catchVar) == nil {
			d.fail("invalid catch variable \"" + describe(catchVar) + "\"")
		}
		kids = append(kids, d.lower(catchBody, want))
		f.Kids[1] = d.scope(false, kids...)
	}
	if v := part(4); v.P != nil {
		f.Kids[2] = d.scope(false, d.lower(v, want))
	}
	if v := part(3); v.P != nil {
		f.Kids[3] = d.scope(false, d.stmt(v))
	}
	d.ctx = saved
	if f.Kids[1] == nil && f.Kids[3] == nil {
		if f.Kids[2] != nil {
			d.fail("\"else\" without \"catch\" in \"try\"")
		}
		f.Kids[1] = d.scope(false, d.nothing())
	}
	return f
}

// lowerTryFinally is for macros: a body, what is done at its end in any case, and perhaps
// the scope (of scoped values) for the body. Unlike the parts of a try, they are no scopes
// of their own.
func (d *desugarer) lowerTryFinally(e *core.Expr, want bool) *Form {
	if e.Args.Len != 2 && e.Args.Len != 3 {
		d.fail("malformed \"tryfinally\"")
	}
	var pre []*Form
	last := d.stmt(e.Args.Get(1))
	if e.Args.Len == 3 { // the scope of the body
		outer := d.temp(d.base("enter_scope", d.expr(e.Args.Get(2))), &pre)
		last = d.form(Block, drop(d.base("leave_scope", outer)), last)
	}
	saved := d.ctx.inTry
	d.ctx.inTry = true
	f := d.form(Try, d.lower(e.Args.Get(0), want), nil, nil, last)
	d.ctx.inTry = saved
	f.Sym = openTry
	return d.with(pre, f)
}

// openTry marks a Try whose parts are no scopes of their own.
var openTry = core.Sym("open-try")

func (d *desugarer) lowerReturn(e *core.Expr) *Form {
	if d.ctx.gen {
		d.fail("\"return\" not allowed inside comprehension or generator")
	}
	v := d.nothing()
	if e.Args.Len > 0 {
		v = d.expr(e.Args.Get(0))
	}
	if l := d.ctx.late; l != nil && d.ctx.inTry && d.ctx.ret != nil {
		l.used = true
		f := d.form(Break)
		f.Sym = l.label
		return d.form(Block, drop(d.assign(d.name(l.value), v)), f)
	}
	if d.ctx.ret != nil {
		v = d.convert(v, dup(d.ctx.ret))
	}
	return d.form(Return, v)
}

// lateReturn is where a return in a try goes: its value is converted to the declared type outside of
// the try, which shall not catch what fails there.
type lateReturn struct {
	label, value *core.Symbol
	used         bool
}

func newLateReturn() *lateReturn {
	return &lateReturn{label: &core.Symbol{Type: core.SymbolType, Name: "late-return"}, value: &core.Symbol{Type: core.SymbolType, Name: "returned"}}
}

// wrap makes the body b of a function with declared type ret, whose last value is converted already.
func (l *lateReturn) wrap(d *desugarer, b, ret *Form) *Form {
	if !l.used {
		return b
	}
	if !returns(b) {
		b = d.form(Return, b)
	}
	block := d.form(BreakBlock, b)
	block.Sym = l.label
	return d.form(Block, d.local(l.value), drop(block), d.form(Return, d.convert(d.name(l.value), dup(ret))))
}

// anyMentioned reports whether one of the names occurs in v.
func anyMentioned(v core.Value, names []core.Value) bool {
	return slices.ContainsFunc(names, func(n core.Value) bool { return mentions(v, symOf(n)) })
}
