package lower

// This file desugars calls (splatting, keywords, do blocks), tuples, named
// tuples, comparisons and type applications.

import (
	"weft/runtime/core"
)

// operand is an argument, perhaps splatted.
type operand struct {
	f     *Form
	splat bool
}

func (d *desugarer) operands(vs []core.Value) []operand {
	os := make([]operand, len(vs))
	for i, v := range vs {
		if e := exprHead(v, "..."); e != nil {
			os[i] = operand{d.splatted(d.arg(e, 0)), true}
		} else {
			os[i] = operand{d.expr(v), false}
		}
	}
	return os
}

// splatted is what x... splats: in (v...)... the items of v's items.
func (d *desugarer) splatted(x core.Value) *Form {
	if e := exprHead(x, "..."); e != nil {
		return d.base("flattened", d.splatted(d.arg(e, 0)))
	}
	return d.expr(x)
}

// apply makes the call of a function with operands.
func (d *desugarer) apply(callee *Form, os []operand) *Form {
	splat := false
	kids := make([]*Form, 1, len(os)+1)
	kids[0] = callee
	for _, o := range os {
		kids = append(kids, o.f)
		splat = splat || o.splat
	}
	if !splat {
		return d.form(Call, kids...)
	}
	f := d.form(Apply, kids...)
	splats := make([]bool, len(os))
	for i, o := range os {
		splats[i] = o.splat
	}
	f.Def = splats
	return f
}

func (d *desugarer) callSplat(callee *Form, vs []core.Value) *Form {
	return d.apply(callee, d.operands(vs))
}

func (d *desugarer) baseSplat(name string, vs []core.Value) *Form {
	f := d.callSplat(d.inBase(name), vs)
	f.Flags |= Gen
	return f
}

// splitArgs separates positional arguments and keywords of a call.
func (d *desugarer) splitArgs(vs []core.Value) (pos, kws []core.Value) {
	var later []core.Value
	plain := true
	for _, v := range vs {
		if e := exprOf(v); e != nil && (e.Head.Name == "parameters" || e.Head.Name == "kw") {
			plain = false
		}
	}
	if plain {
		return vs, nil
	}
	for i, v := range vs {
		e := exprOf(v)
		switch {
		case e != nil && e.Head.Name == "parameters":
			if i > 0 && len(later) > 0 {
				d.fail("more than one semicolon in argument list")
			}
			for _, p := range args(e) {
				if exprHead(p, "parameters") != nil {
					d.fail("more than one semicolon in argument list")
				}
				later = append(later, p)
			}
		case e != nil && e.Head.Name == "kw":
			kws = append(kws, v)
		default:
			pos = append(pos, v)
		}
	}
	return pos, append(kws, later...)
}

func (d *desugarer) lowerCall(e *core.Expr) *Form {
	callee := d.arg(e, 0)
	as := args(e)[1:]
	if s := symOf(callee); s != nil {
		switch s.Name {
		case "ccall", "cglobal":
			return d.lowerCcall(as)
		case "new":
			if f := d.lowerNew(callee, as); f != nil {
				return f
			}
		}
	}
	if nameOf(callee) == core.Sym("^") {
		if f := d.literalPow(callee, as, false); f != nil {
			return f
		}
	}
	if _, ok := dotOperator(callee); ok {
		return d.lowerBroadcast(core.ToValue(e), true)
	}
	if c := exprHead(callee, "curly"); c != nil && c.Args.Len > 0 && symOf(c.Args.Get(0)) == core.Sym("new") {
		if f := d.lowerNew(callee, as); f != nil {
			return f
		}
	}
	f := d.expr(callee)
	var pre []*Form
	if keywordFirst(as) {
		f = d.temp2(f, &pre)
		as = d.inOrder(as, &pre)
	}
	pos, kws := d.splitArgs(as)
	os := d.operands(pos)
	if len(kws) == 0 {
		return d.with(pre, d.apply(f, os))
	}
	return d.with(pre, d.kwCall(f, os, kws, describe(callee)))
}

// keywordFirst reports whether a positional argument stands behind a keyword.
func keywordFirst(as []core.Value) bool {
	seen := false
	for _, v := range as {
		if exprHead(v, "kw") != nil {
			seen = true
		} else if seen && exprHead(v, "parameters") == nil {
			return true
		}
	}
	return false
}

// inOrder evaluates the arguments of a call one after the other, but for those behind a
// semicolon; what it returns names their values.
func (d *desugarer) inOrder(as []core.Value, pre *[]*Form) []core.Value {
	keep := func(v core.Value) core.Value {
		if exprOf(v) == nil {
			return v
		}
		name := &core.Symbol{Type: core.SymbolType, Name: "#argument"}
		*pre = append(*pre, d.localDef(name), drop(d.assign(d.name(name), d.expr(v))))
		return name.Value()
	}
	out := make([]core.Value, len(as))
	for i, v := range as {
		e := exprOf(v)
		switch {
		case e != nil && e.Head.Name == "parameters":
			out[i] = v
		case e != nil && e.Head.Name == "kw" && e.Args.Len == 2:
			out[i] = core.MakeExpr(e.Head, e.Args.Get(0), keep(e.Args.Get(1)))
		case e != nil && e.Head.Name == "...":
			out[i] = core.MakeExpr(e.Head, keep(d.arg(e, 0)))
		default:
			out[i] = keep(v)
		}
	}
	return out
}

// lowerCcall is a call of a function of C: of what stands in its place in Base, or a
// refusal when it is run.
func (d *desugarer) lowerCcall(as []core.Value) *Form {
	name, library := core.Nothing(), []core.Value(nil)
	if len(as) > 0 {
		name = as[0]
		if t := exprHead(name, "tuple"); t != nil && t.Args.Len > 0 {
			name, library = t.Args.Get(0), args(t)[1:]
		}
		if q, ok := quoted(name); ok {
			name = q
		} else if name.Is(core.StringType) {
			name = symValue(name.Str())
		}
	}
	fn := d.constant(name)
	if symOf(name) == nil {
		fn = d.nothing()
	}
	if len(as) > 0 && symOf(as[0]) != nil || exprHead(name, "$") != nil || exprHead(name, "call") != nil {
		fn = d.expr(as[0]) // a pointer
	}
	var rest []core.Value
	if len(as) > 3 {
		rest = as[3:]
	}
	return d.callSplat(d.base("c_function", append([]*Form{fn}, d.exprs(library)...)...), rest)
}

// kwCall makes Core.kwcall((k = v, ...), f, args...). Callee and arguments are
// evaluated before the keywords.
func (d *desugarer) kwCall(f *Form, os []operand, kws []core.Value, callee string) *Form {
	nt, static := d.namedTuple(kws, pairTexts{"keyword argument \"%s\" repeated in call to \"" + callee + "\"",
		"invalid keyword argument name", "invalid keyword argument syntax", "keyword argument value"})
	var pre []*Form
	if !allFixed(nt) {
		f = d.temp2(f, &pre)
		for i := range os {
			os[i].f = d.temp2(os[i].f, &pre)
		}
	}
	if !static {
		nt = d.temp(nt, &pre)
		f = d.hold(f, &pre)
		for i := range os {
			os[i].f = d.hold(os[i].f, &pre)
		}
	}
	kos := append([]operand{{f: nt}, {f: f}}, os...)
	call := d.apply(d.inCore("kwcall"), kos)
	call.Flags |= Gen
	if static {
		return d.with(pre, call)
	}
	plain := make([]operand, len(os))
	for i, o := range os {
		plain[i] = operand{dup(o.f), o.splat}
	}
	return d.with(pre, d.form(If, d.base("isempty", dup(nt)), d.apply(dup(f), plain), call))
}

// temp2 is temp for what may be evaluated again but not reordered; names that
// stand for functions and locals are taken as they are.
func (d *desugarer) temp2(f *Form, pre *[]*Form) *Form {
	if simple(f) {
		return f
	}
	return d.temp(f, pre)
}

// allFixed reports whether f is a call whose arguments are all constants.
func allFixed(f *Form) bool {
	for _, k := range f.Kids[1:] {
		if !simple(k) {
			return false
		}
	}
	return f.Kind == Call
}

// pairTexts are what is said of keyword arguments, or elements of a named tuple,
// that are wrong: of a name that is written twice, of a bad name, of anything else.
type pairTexts struct{ repeated, name, element, splat string }

var tupleTexts = pairTexts{"field name \"%s\" repeated in named tuple", "invalid named tuple field name", "invalid named tuple element", "named tuple field value"}

// namedTuple makes a NamedTuple of keyword-like expressions. static says that
// at least one name is written out, so that it cannot be empty.
func (d *desugarer) namedTuple(kws []core.Value, texts pairTexts) (nt *Form, static bool) {
	var names, vals []*Form
	seen := map[*core.Symbol]bool{}
	flush := func() {
		if len(names) == 0 {
			return
		}
		part := d.core("named_tuple", append([]*Form{d.namesTuple(names)}, vals...)...)
		if nt == nil {
			nt = part
		} else {
			nt = d.base("merge", nt, part)
		}
		names, vals = nil, nil
	}
	add := func(s *core.Symbol, v *Form) {
		if seen[s] {
			d.fail(replaceOnce(texts.repeated, s.Name))
		}
		seen[s] = true
		static = true
		names, vals = append(names, d.sym(s)), append(vals, v)
	}
	for _, v := range kws {
		if s := nameOf(v); s != nil {
			add(s, d.expr(v))
			continue
		}
		e := exprOf(v)
		if e == nil {
			d.fail(texts.element + " \"" + describe(v) + "\"")
		}
		switch {
		case (e.Head.Name == "kw" || e.Head.Name == "=") && e.Args.Len == 2:
			s := nameOf(e.Args.Get(0))
			if s == nil {
				if t := exprHead(e.Args.Get(0), "::"); t != nil && t.Args.Len == 2 && nameOf(t.Args.Get(0)) != nil {
					s = nameOf(t.Args.Get(0))
				} else {
					d.fail(texts.name + " \"" + describe(e.Args.Get(0)) + "\"")
				}
			}
			if exprHead(e.Args.Get(1), "...") != nil {
				d.fail("\"...\" expression cannot be used as " + texts.splat)
			}
			add(s, d.expr(e.Args.Get(1)))
		case e.Head.Name == "..." && e.Args.Len == 1:
			flush()
			if nt == nil {
				nt = d.core("named_tuple", d.namesTuple(nil))
			}
			nt = d.base("merge", nt, d.expr(e.Args.Get(0)))
		case e.Head.Name == "." && e.Args.Len == 2:
			q, _ := quoted(e.Args.Get(1))
			s := symOf(q)
			if s == nil {
				d.fail(texts.element + " \"" + describe(v) + "\"")
			}
			add(s, d.expr(v))
		case e.Head.Name == "call" && e.Args.Len == 3 && nameOf(e.Args.Get(0)) == core.Sym("=>"):
			k := d.expr(e.Args.Get(1))
			static = true
			names, vals = append(names, k), append(vals, d.expr(e.Args.Get(2)))
		default:
			d.fail(texts.element + " \"" + describe(v) + "\"")
		}
	}
	flush()
	if nt == nil {
		nt = d.core("named_tuple", d.namesTuple(nil))
	}
	return nt, static
}

func replaceOnce(format, s string) string {
	for i := 0; i+1 < len(format); i++ {
		if format[i] == '%' && format[i+1] == 's' {
			return format[:i] + s + format[i+2:]
		}
	}
	return format
}

// namesTuple makes the tuple of names, a constant if they all are.
func (d *desugarer) namesTuple(names []*Form) *Form {
	vs := make([]core.Value, len(names))
	for i, n := range names {
		if n.Kind != Const {
			return d.core("tuple", names...)
		}
		vs[i] = n.Val
	}
	return d.constant(symbolTuple(vs))
}

// symbolTuple makes a Tuple of Symbols.
func symbolTuple(vs []core.Value) core.Value {
	ts := make([]core.Value, len(vs))
	for i := range vs {
		ts[i] = core.TypeOf(vs[i]).Value()
	}
	t := core.TupleOf(ts...)
	if len(vs) == 0 {
		return t.Instance
	}
	return core.NewStruct(t, vs...)
}

func (d *desugarer) lowerTuple(e *core.Expr) *Form {
	as := args(e)
	if len(as) == 0 {
		return d.core("tuple")
	}
	if p := exprHead(as[0], "parameters"); p != nil {
		if len(as) > 1 {
			d.fail("unexpected semicolon in tuple")
		}
		nt, _ := d.namedTuple(args(p), tupleTexts)
		return nt
	}
	named := false
	for _, v := range as {
		named = named || exprHead(v, "=") != nil
	}
	if named {
		nt, _ := d.namedTuple(as, tupleTexts)
		return nt
	}
	f := d.callSplat(d.inCore("tuple"), as)
	f.Flags |= Gen
	return f
}

// lowerDo lowers f(args...) do x ... end.
func (d *desugarer) lowerDo(e *core.Expr) *Form {
	call := exprHead(d.arg(e, 0), "call")
	lambda := d.arg(e, 1)
	if call == nil {
		if dot := exprHead(d.arg(e, 0), "."); dot != nil && dot.Args.Len == 2 && exprHead(dot.Args.Get(1), "tuple") != nil {
			t := append([]core.Value{}, args(exprOf(dot.Args.Get(1)))...)
			return d.expr(makeExpr(".", dot.Args.Get(0), makeExpr("tuple", insertArg(t, 0, lambda)...)))
		}
		d.fail("invalid \"do\" expression")
	}
	return d.lowerCall(exprOf(core.MakeExpr(call.Head, insertArg(args(call), 1, lambda)...)))
}

// insertArg inserts v at i, after the parameters that may stand there.
func insertArg(as []core.Value, i int, v core.Value) []core.Value {
	if i < len(as) && exprHead(as[i], "parameters") != nil {
		i++
	}
	out := make([]core.Value, 0, len(as)+1)
	out = append(out, as[:min(i, len(as))]...)
	out = append(out, v)
	return append(out, as[min(i, len(as)):]...)
}

// lowerComparison lowers a < b <= c: each operand is evaluated once, and the
// rest not at all after a false.
func (d *desugarer) lowerComparison(e *core.Expr, v core.Value) *Form {
	as := args(e)
	if len(as) < 3 || len(as)%2 == 0 {
		d.fail("malformed comparison")
	}
	for i := 1; i < len(as); i += 2 {
		if _, ok := dotOperator(as[i]); ok {
			return d.lowerBroadcast(v, true)
		}
	}
	return d.compareChain(d.expr(as[0]), as[1:])
}

// compareChain lowers a chain from left on. As in Julia an operand that two
// comparisons share is evaluated before the one on its left.
func (d *desugarer) compareChain(left *Form, rest []core.Value) *Form {
	op := d.expr(rest[0])
	if len(rest) == 2 {
		return d.call(op, left, d.expr(rest[1]))
	}
	var pre []*Form
	right := d.hold(d.expr(rest[1]), &pre)
	return d.with(pre, d.form(If, d.call(op, left, right), d.compareChain(dup(right), rest[2:]), d.constant(core.MakeBool(false))))
}

// literalPow lowers x^n with a literal n to Base.literal_pow(^, x, Val(n)).
func (d *desugarer) literalPow(op core.Value, as []core.Value, dotted bool) *Form {
	if len(as) != 2 || !as[1].Is(core.Int64) || exprHead(as[0], "...") != nil || exprHead(as[0], "parameters") != nil {
		return nil
	}
	if dotted {
		return d.base("broadcasted", d.inBase("literal_pow"), d.expr(op), d.bcArg(as[0]), d.valOf(as[1]))
	}
	return d.base("literal_pow", d.expr(op), d.expr(as[0]), d.valOf(as[1]))
}

// valOf makes Val{n}(), a constant once Val exists.
func (d *desugarer) valOf(n core.Value) *Form {
	if b := d.rt.Base.Lookup(core.Sym("Val")); b != nil && b.Value.Is(core.UnionAllType) {
		if t, ok := core.IsDataType(core.As[core.UnionAll](b.Value).Body); ok && len(t.Params) == 1 {
			if i := t.Name.Apply([]core.Value{n}); i.Kind == core.KindSingleton {
				return d.constant(core.Bits(i, 0))
			}
		}
	}
	return d.call(d.core("apply_type", d.inBase("Val"), d.constant(n)))
}
