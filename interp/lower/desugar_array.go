package lower

// This file desugars indexing with begin and end, array literals and
// concatenations, comprehensions and generators.

import "weft/runtime/core"

// refContext is the indexing that begin and end belong to.
type refContext struct {
	arr    *Form // simple
	n, of  int   // which index of how many, from 1
	splats []*Form
	used   bool
}

// indexing is a[i, j] taken apart. pre comes first; arr is simple when an
// index used it.
type indexing struct {
	pre []*Form
	arr *Form
	idx []operand
}

// index lowers the parts of (ref a i...).
func (d *desugarer) index(e *core.Expr) indexing {
	var ix indexing
	vs := args(e)[1:]
	var held []*Form
	for _, v := range vs {
		if x := exprOf(v); x != nil && (x.Head.Name == "kw" || x.Head.Name == "parameters") {
			d.fail("unexpected semicolon or keyword in array expression")
		}
	}
	saved := d.ctx.ref
	arr := d.expr(d.arg(e, 0))
	ix.arr = arr
	if !simple(arr) {
		ix.arr = tempForm(newTemp(), d.line)
	}
	rc := &refContext{arr: ix.arr, of: len(vs)}
	d.ctx.ref = rc
	for i, v := range vs {
		rc.n = i + 1 - len(rc.splats)
		x := exprHead(v, "...")
		if x == nil {
			ix.idx = append(ix.idx, operand{d.expr(v), false})
			continue
		}
		f := d.expr(d.arg(x, 0))
		if usesBound(vs[i+1:]) {
			f = d.hold(f, &held)
		}
		ix.idx = append(ix.idx, operand{f, true})
		rc.splats = append(rc.splats, f)
	}
	d.ctx.ref = saved
	switch {
	case simple(arr):
	case rc.used:
		ix.pre = append(ix.pre, drop(d.assign(ix.arr, arr)))
		ix.arr = dup(ix.arr)
	default:
		ix.arr = arr
	}
	ix.pre = append(ix.pre, held...)
	return ix
}

// usesBound reports whether begin or end may occur in vs, for this indexing.
func usesBound(vs []core.Value) bool {
	for _, v := range vs {
		if s := symOf(v); s != nil && (s.Name == "end" || s.Name == "begin") {
			return true
		}
		if e := exprOf(v); e != nil && e.Head.Name != "quote" && usesBound(args(e)) {
			return true
		}
	}
	return false
}

// refBound lowers begin or end in an index.
func (d *desugarer) refBound(name string) *Form {
	rc := d.ctx.ref
	rc.used = true
	fn := "lastindex"
	if name == "begin" {
		fn = "firstindex"
	}
	if rc.of == 1 {
		return d.base(fn, dup(rc.arr))
	}
	n := d.integer(rc.n)
	for _, s := range rc.splats {
		n = d.base("+", n, d.base("length", dup(s)))
	}
	return d.base(fn, dup(rc.arr), n)
}

func (d *desugarer) lowerRef(e *core.Expr) *Form {
	ix := d.index(e)
	f := d.apply(d.inBase("getindex"), append([]operand{{f: ix.arr}}, ix.idx...))
	f.Flags |= Gen
	return d.with(ix.pre, f)
}

// lowerArray handles array syntax; nil for other heads.
func (d *desugarer) lowerArray(e *core.Expr, h string) *Form {
	as := args(e)
	switch h {
	case "vect", "vcat", "hcat", "typed_hcat", "typed_vcat":
		for _, v := range as {
			if exprHead(v, "parameters") != nil {
				d.fail("unexpected semicolon in array expression")
			}
			if x := exprHead(v, "="); x != nil {
				d.fail("misplaced assignment statement in \"" + describe(core.ToValue(e)) + "\"")
			}
		}
	}
	switch h {
	case "vect":
		return d.baseSplat("vect", as)
	case "hcat":
		return d.baseSplat("hcat", as)
	case "typed_hcat":
		d.arg(e, 0)
		return d.baseSplat("typed_hcat", as)
	case "vcat":
		return d.lowerVcat(nil, as)
	case "typed_vcat":
		d.arg(e, 0)
		return d.lowerVcat(as[:1], as[1:])
	case "ncat":
		return d.lowerNcat(nil, e, 0)
	case "typed_ncat":
		d.arg(e, 1)
		return d.lowerNcat(as[:1], e, 1)
	case "comprehension":
		return d.base("collect", d.lowerGenerator(d.generatorExpr(d.arg(e, 0)), true))
	case "typed_comprehension":
		t, x := d.expr(d.arg(e, 0)), d.generatorExpr(d.arg(e, 1))
		// without a condition this is a loop, in which what is called is evaluated for each element
		return d.base("collect", t, d.lowerGenerator(x, x.Head.Name == "flatten" || exprHead(d.arg(x, 1), "filter") != nil))
	case "generator", "flatten":
		return d.lowerGenerator(e, true)
	case "do":
		return d.lowerDo(e)
	}
	return nil
}

// lowerVcat lowers [a b; c d] to hvcat((2, 2), a, b, c, d), or to vcat when no
// row has several elements.
func (d *desugarer) lowerVcat(typ, as []core.Value) *Form {
	rows, splat := false, false
	for _, v := range as {
		splat = splat || exprHead(v, "...") != nil
		if r := exprHead(v, "row"); r != nil {
			rows = true
			for _, x := range args(r) {
				splat = splat || exprHead(x, "...") != nil
			}
		}
	}
	prefix := ""
	if typ != nil {
		prefix = "typed_"
	}
	if !rows {
		return d.baseSplat(prefix+"vcat", append(append([]core.Value(nil), typ...), as...))
	}
	os := d.operands(typ)
	if splat {
		for _, v := range as {
			row := []core.Value{v}
			if r := exprHead(v, "row"); r != nil {
				row = args(r)
			}
			t := d.callSplat(d.inCore("tuple"), row)
			t.Flags |= Gen
			os = append(os, operand{f: t})
		}
		f := d.apply(d.inBase(prefix+"hvcat_rows"), os)
		f.Flags |= Gen
		return f
	}
	var sizes []core.Value
	var elems []core.Value
	for _, v := range as {
		row := []core.Value{v}
		if r := exprHead(v, "row"); r != nil {
			row = args(r)
		}
		sizes = append(sizes, core.Int(int64(len(row))))
		elems = append(elems, row...)
	}
	os = append(os, operand{f: d.constant(symbolTuple(sizes))})
	f := d.apply(d.inBase(prefix+"hvcat"), append(os, d.operands(elems)...))
	f.Flags |= Gen
	return f
}

// lowerNcat lowers [a;; b] and its kin to hvncat.
func (d *desugarer) lowerNcat(typ []core.Value, e *core.Expr, at int) *Form {
	name := "hvncat"
	if typ != nil {
		name = "typed_hvncat"
	}
	dim, as := d.arg(e, at), args(e)[at+1:]
	if !dim.Is(core.Int64) || dim.Int64() < 1 || dim.Int64() > 64 {
		d.fail("malformed array concatenation")
	}
	os := d.operands(typ)
	flat := true
	for _, v := range as {
		flat = flat && exprHead(v, "row") == nil && exprHead(v, "nrow") == nil
	}
	if flat {
		f := d.apply(d.inBase(name), append(append(os, operand{f: d.constant(dim)}), d.operands(as)...))
		f.Flags |= Gen
		return f
	}
	shape := d.ncatShape(as, int(dim.Int64()))
	os = append(os, operand{f: d.constant(shape.dims())}, operand{f: d.constant(core.MakeBool(shape.rowFirst))})
	f := d.apply(d.inBase(name), append(os, d.operands(shape.elems)...))
	f.Flags |= Gen
	return f
}

// concatShape is the nesting of an array concatenation: at level k the counts
// of elements below each part.
type concatShape struct {
	elems    []core.Value
	counts   [][]int // per dimension, outermost last: elements in each part of it
	rowFirst bool
}

func (d *desugarer) ncatShape(as []core.Value, dim int) *concatShape {
	s := &concatShape{counts: make([][]int, max(dim, 2)), rowFirst: hasRow(as)}
	var collect func(vs []core.Value)
	collect = func(vs []core.Value) {
		for _, v := range vs {
			if _, sub := concatPart(v); sub != nil {
				collect(sub)
				continue
			}
			if exprHead(v, "...") != nil {
				d.fail("splatting ... in an `hvncat` with multiple dimensions is not supported")
			}
			s.elems = append(s.elems, v)
		}
	}
	collect(as)
	s.count(as, dim)
	return s
}

// concatPart gives the dimension along which v joins its parts, 0 for an element.
func concatPart(v core.Value) (dim int, sub []core.Value) {
	if r := exprHead(v, "row"); r != nil {
		return 2, args(r)
	}
	if r := exprHead(v, "nrow"); r != nil && r.Args.Len > 0 && r.Args.Get(0).Is(core.Int64) {
		return int(r.Args.Get(0).Int64()), args(r)[1:]
	}
	return 0, nil
}

// hasRow tells whether blanks join elements somewhere in vs: then rows come
// before columns. Two semicolons join columns, which are there by then.
func hasRow(vs []core.Value) bool {
	for _, v := range vs {
		if exprHead(v, "row") != nil {
			return true
		}
		if r := exprHead(v, "nrow"); r != nil && hasRow(args(r)) {
			return true
		}
	}
	return false
}

// count fills counts: for every dimension, in the order in which they nest,
// the number of elements in each of its parts.
func (s *concatShape) count(as []core.Value, dim int) {
	rank := func(k int) int {
		if s.rowFirst && (k == 1 || k == 2) {
			return 2 - k
		}
		return k - 1
	}
	var visit func(v core.Value, r int) int
	visit = func(v core.Value, r int) int {
		if r < 0 {
			return 1
		}
		n := 0
		if k, sub := concatPart(v); sub == nil || rank(k) < r {
			n = visit(v, r-1)
		} else {
			for _, w := range sub {
				n += visit(w, r-1)
			}
		}
		s.counts[r] = append(s.counts[r], n)
		return n
	}
	n, top := 0, rank(dim)
	for _, v := range as {
		n += visit(v, top-1)
	}
	for r := top; r < len(s.counts); r++ {
		s.counts[r] = append(s.counts[r], n)
	}
}

// dims gives the sizes when all parts of each dimension are alike, else the
// tuple of tuples of counts.
func (s *concatShape) dims() core.Value {
	even := true
	for _, c := range s.counts {
		for _, n := range c {
			even = even && n == c[0]
		}
	}
	if !even {
		ts := make([]core.Value, len(s.counts))
		for i, c := range s.counts {
			ns := make([]core.Value, len(c))
			for j, n := range c {
				ns[j] = core.Int(int64(n))
			}
			ts[i] = symbolTuple(ns)
		}
		return symbolTuple(ts)
	}
	sizes := make([]int, len(s.counts))
	prev := 1
	for i, c := range s.counts {
		sizes[i] = c[0] / prev
		prev = c[0]
	}
	if s.rowFirst {
		sizes[0], sizes[1] = sizes[1], sizes[0]
	}
	ns := make([]core.Value, len(sizes))
	for i, n := range sizes {
		ns[i] = core.Int(int64(n))
	}
	return symbolTuple(ns)
}

func (d *desugarer) generatorExpr(v core.Value) *core.Expr {
	e := exprOf(v)
	if e == nil || e.Head.Name != "generator" && e.Head.Name != "flatten" {
		d.fail("malformed comprehension")
	}
	return e
}

// lowerGenerator lowers (generator body iterations...) and (flatten generator). direct lets a
// function that is called of the variable alone be the generator's own.
func (d *desugarer) lowerGenerator(e *core.Expr, direct bool) *Form {
	if e.Head.Name == "flatten" {
		g := d.generatorExpr(d.arg(e, 0))
		var names []core.Value
		for _, r := range args(g)[1:] {
			if f := exprHead(r, "filter"); f != nil && f.Args.Len > 1 {
				r = f.Args.Get(1)
			}
			if a := exprHead(r, "="); a != nil {
				names = d.patternNames(a.Args.Get(0), names)
			}
		}
		whole := append([]core.Value{keepChanges(d.arg(g, 0), names)}, args(g)[1:]...)
		return d.base("Flatten", d.lowerGenerator(exprOf(core.MakeExpr(g.Head, whole...)), direct))
	}
	body, ranges := d.arg(e, 0), args(e)[1:]
	if len(ranges) == 0 {
		d.fail("malformed generator")
	}
	var cond core.Value
	if f := exprHead(ranges[0], "filter"); f != nil && f.Args.Len > 1 {
		cond, ranges = f.Args.Get(0), args(f)[1:]
	}
	vars := make([]core.Value, len(ranges))
	iters := make([]*Form, len(ranges))
	for i, r := range ranges {
		a := exprHead(r, "=")
		if a == nil || a.Args.Len != 2 {
			d.fail("malformed generator")
		}
		vars[i] = a.Args.Get(0)
		if exprHead(vars[i], "outer") != nil {
			d.fail("no outer local variable declaration exists for \"for outer\"")
		}
		iters[i] = d.expr(a.Args.Get(1))
	}
	pattern, iter := vars[0], iters[0]
	if len(vars) > 1 {
		pattern = makeExpr("tuple", vars...)
		iter = d.base("product", iters...)
	}
	if cond.P != nil {
		iter = d.base("Filter", d.generatorFunction(pattern, cond, direct), iter)
	}
	return d.base("Generator", d.generatorFunction(pattern, body, direct), iter)
}

// keepChanges has the innermost body of nested generators change copies of the outer ones'
// variables.
func keepChanges(body core.Value, names []core.Value) core.Value {
	if e := exprOf(body); e != nil && e.Args.Len > 0 && (e.Head.Name == "generator" || e.Head.Name == "flatten") {
		return core.MakeExpr(e.Head, append([]core.Value{keepChanges(e.Args.Get(0), names)}, args(e)[1:]...)...)
	}
	var copies []core.Value
	for _, n := range names {
		if s := symOf(n); s != nil && mayAssign(body, s) {
			copies = append(copies, makeExpr("=", n, n))
		}
	}
	if len(copies) == 0 {
		return body
	}
	return makeExpr("let", core.MakeExpr(core.Sym("block"), copies...), body)
}

// generatorFunction gives the function of a generator: with direct, f itself where all it does
// is f(x), x being the variable.
func (d *desugarer) generatorFunction(pattern, body core.Value, direct bool) *Form {
	s := symOf(pattern)
	if s == nil {
		return d.generatorLambda(pattern, body)
	}
	if symOf(body) == s {
		return d.inBase("identity")
	}
	if c := exprHead(body, "call"); c != nil && direct && c.Args.Len == 2 && symOf(c.Args.Get(1)) == s {
		f := c.Args.Get(0)
		if _, dotted := dotOperator(f); !dotted && !mentions(f, s) {
			return d.expr(f)
		}
	}
	return d.generatorLambda(pattern, body)
}

// generatorLambda makes the function of a generator: of one argument, taken
// apart by pattern.
func (d *desugarer) generatorLambda(pattern, body core.Value) *Form {
	saved := d.ctx
	d.ctx.gen = true
	defer func() { d.ctx = saved }()
	if exprHead(pattern, "::") != nil { // the type belongs to the variable, not to the argument
		item := core.Sym("#item#")
		body = makeExpr("let", makeExpr("=", pattern, core.ToValue(item)), body)
		pattern = core.ToValue(item)
	}
	f := d.anonymous([]core.Value{pattern}, nil, nil, core.Value{}, body)
	return d.from(f, makeExpr("->", makeExpr("tuple", pattern), body))
}
