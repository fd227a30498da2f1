package lower

// This file lowers docstrings: what is documented is evaluated, and the text is put
// with the name in its module. Signatures stay source until somebody asks for them.

import (
	"strings"

	"weft/runtime/core"
)

// docstring is a docstring and what it documents.
type docstring struct{ text, what core.Value }

// docCall recognises the @doc call that the parser makes of a docstring, and
// @doc written with a text.
func docCall(e *core.Expr) (docstring, bool) {
	if e.Args.Len != 4 || nameOf(e.Args.Get(0)) != core.Sym("@doc") {
		return docstring{}, false
	}
	return docstring{e.Args.Get(2), e.Args.Get(3)}, true
}

// nativeDocMark marks what @__doc__ says a docstring before the macro is for.
func nativeDocMark(_ *Expander, _ *site, _ core.Value, as []core.Value) (core.Value, bool) {
	if len(as) != 1 {
		return core.Nothing(), true
	}
	return makeExpr("block", makeExpr("meta", symValue("doc")), as[0]), true
}

// isDocMark returns what stands in a mark of @__doc__.
func isDocMark(e *core.Expr) (core.Value, bool) {
	if e.Head.Name != "block" || e.Args.Len != 2 {
		return core.Value{}, false
	}
	m := exprHead(e.Args.Get(0), "meta")
	return e.Args.Get(1), m != nil && m.Args.Len == 1 && m.Args.Get(0) == symValue("doc")
}

// markDocs puts the docstring before all that is marked in v.
func markDocs(v core.Value, doc func(core.Value) core.Value) (r core.Value, found bool) {
	e := exprOf(v)
	if e == nil || e.Head.Name == "quote" || e.Head.Name == "inert" {
		return v, false
	}
	if x, ok := isDocMark(e); ok {
		return doc(x), true
	}
	as := make([]core.Value, e.Args.Len)
	for i := range as {
		x, ok := markDocs(e.Args.Get(i), doc)
		as[i], found = x, found || ok
	}
	if !found {
		return v, false
	}
	return core.MakeExpr(e.Head, as...), true
}

// undocumentable is the call that says so in the place of what the macro call m became, ex;
// undefined when there is something in ex to document.
func undocumentable(rt *core.Runtime, m *core.Expr, ex core.Value) core.Value {
	if _, marked := markDocs(ex, func(v core.Value) core.Value { return v }); marked {
		return core.Value{}
	}
	name, _, _ := documented(ex)
	if name.P != nil && !strings.Contains(describe(name), "#") && !endsInName(ex) {
		return core.Value{}
	}
	quoted := core.ToValue(&core.QuoteNode{Type: core.QuoteNodeType, V: core.ToValue(m)})
	return makeExpr("call", globalRef(rt.Base, core.Sym("error")), core.MakeString("cannot document the following expression:\n\n"), quoted,
		core.MakeString("\n\n'"+describe(m.Args.Get(0))+"' not documentable. See 'Base.@__doc__' docs for details.\n"))
}

// endsInName reports whether the value of a block is that of a variable.
func endsInName(ex core.Value) bool {
	e := exprOf(ex)
	for e != nil && (e.Head.Name == "hygienic-scope" || e.Head.Name == "escape") && e.Args.Len > 0 {
		e = exprOf(e.Args.Get(0))
	}
	return e != nil && e.Head.Name == "block" && e.Args.Len > 0 && nameOf(e.Args.Get(e.Args.Len-1)) != nil
}

// lowerDoc lowers a documented expression.
func (d *desugarer) lowerDoc(e *core.Expr, doc docstring, want bool) *Form {
	line := e.Args.Get(1)
	d.setLine(line)
	what := doc.what
	if m := exprHead(what, "macrocall"); m != nil {
		if _, nested := docCall(m); !nested {
			what = d.x.expandIn(d.mod, what, d.at, d.line)
		}
	}
	again := func(x core.Value) core.Value { return makeExpr("macrocall", e.Args.Get(0), line, doc.text, x) }
	if v, found := markDocs(what, again); found {
		return d.lower(v, want)
	}
	if t := exprHead(what, "tuple"); t != nil && t.Args.Len > 0 {
		return d.lowerDocs(e.Args.Get(0), line, doc.text, args(t), want)
	}
	name, head, isCall := documented(what)
	if t := exprHead(name, "tuple"); t != nil && t.Args.Len > 0 { // const a, b = ...: the first of them
		name = t.Args.Get(0)
	}
	if name.P == nil {
		shown := d.constant(what)
		if what.Is(core.StringType) {
			shown = d.base("repr", shown)
		}
		return d.base("error", d.text("cannot document the following expression:\n\n"), shown, d.text("\n"))
	}
	var text *Form
	if s := exprHead(doc.text, "string"); s != nil {
		text = d.core("svec", d.exprs(args(s))...)
	} else {
		text = d.expr(doc.text)
	}
	from, fields := d.constant(d.mod.Value()), d.docFields(what)
	var owner, sym *Form
	switch dot := exprHead(name, "."); {
	case symOf(name) != nil:
		owner, sym = from, d.constant(name)
	case refOf(name) != nil:
		owner, sym = d.constant(refOf(name).Mod.Value()), d.sym(refOf(name).Name)
	case dot != nil && dot.Args.Len == 2:
		owner, sym = d.expr(dot.Args.Get(0)), d.fieldName(dot.Args.Get(0), dot.Args.Get(1))
	default:
		d.fail("cannot document the following expression:\n\n" + describe(what))
	}
	if head.P == nil {
		head = core.Nothing()
	}
	call := []*Form{from, owner, sym, text, d.constant(head), fields, d.constant(line)}
	var kids []*Form
	if !isCall && nameOf(what) == nil {
		kids = append(kids, d.stmt(what))
	}
	if !want || d.system() {
		return d.form(Block, append(kids, drop(d.core("set_doc", call...)), d.nothing())...)
	}
	if exprHead(what, "module") != nil {
		return d.form(Block, append(kids, drop(d.core("set_doc", call...)), d.expr(name))...)
	}
	return d.form(Block, append(kids, d.base("document", call...))...)
}

// system reports whether the module is Core, Base or in one of these: there
// nobody looks at the value of a definition.
func (d *desugarer) system() bool {
	m := d.mod
	for m.Parent != nil && m.Parent != m && m != d.rt.Base && m != d.rt.Core {
		m = m.Parent
	}
	return m == d.rt.Base || m == d.rt.Core
}

// lowerDocs lowers one docstring for several definitions: the others refer to the
// first.
func (d *desugarer) lowerDocs(macro, line, text core.Value, whats []core.Value, want bool) *Form {
	var kids []*Form
	for i, w := range whats {
		kids = append(kids, d.lower(makeExpr("macrocall", macro, line, text, w), want && i == len(whats)-1))
		if name, _, _ := documented(w); symOf(name) != nil {
			text = core.ToValue(&core.GlobalRef{Type: core.GlobalRefType, Mod: d.mod, Name: symOf(name)})
			text = core.ToValue(&core.QuoteNode{Type: core.QuoteNodeType, V: text})
		}
	}
	if !want {
		kids = append(kids, d.nothing())
	}
	return d.form(Block, kids...)
}

func (d *desugarer) text(s string) *Form { return d.constant(core.MakeString(s)) }

// isDocObject recognises what doc"..." and md"..." become.
func isDocObject(e *core.Expr) bool {
	return e.Head.Name == "::" && e.Args.Len == 2 && exprHead(e.Args.Get(0), "call") != nil
}

// docFields collects the docstrings of a struct's fields, as field and text in turn.
func (d *desugarer) docFields(what core.Value) *Form {
	s := exprHead(what, "struct")
	if s == nil || s.Args.Len < 3 {
		return d.nothing()
	}
	var kids []*Form
	add := func(text, field core.Value) {
		for e := exprOf(field); e != nil && e.Args.Len > 0; e = exprOf(field) {
			if isFunctionHead(e.Args.Get(0)) || e.Head.Name == "function" {
				return
			}
			field = e.Args.Get(0)
		}
		if n := nameOf(field); n != nil {
			kids = append(kids, d.sym(n), d.expr(text))
		}
	}
	var text core.Value
	for _, v := range args(exprOf(s.Args.Get(2))) {
		switch e := exprOf(v); {
		case v.Is(core.StringType) || e != nil && e.Head.Name == "string":
			text = v
		case isLine(v):
		case e != nil && isDocObject(e):
			text = v
		case e != nil && e.Head.Name == "macrocall":
			if doc, ok := docCall(e); ok {
				add(doc.text, doc.what)
			} else if text.P == nil && (nameOf(e.Args.Get(0)) == core.Sym("@doc_str")) {
				text = v
				continue
			}
			text = core.Value{}
		default:
			if text.P != nil {
				add(text, v)
			}
			text = core.Value{}
		}
	}
	if kids == nil {
		return d.nothing()
	}
	return d.core("svec", kids...)
}

// documented finds the name that a definition defines and the head that says for
// which arguments; isCall says that it is only a signature or a name, which is not to
// be evaluated.
func documented(v core.Value) (name, head core.Value, isCall bool) {
	none := core.Value{}
	if nameOf(v) != nil {
		return v, none, false
	}
	if v.Is(core.QuoteNodeType) {
		name, _, _ = documented(core.As[core.QuoteNode](v).V)
		return name, none, true
	}
	e := exprOf(v)
	if e == nil || e.Args.Len == 0 {
		return none, none, false
	}
	as := args(e)
	switch e.Head.Name {
	case "function", "=", "macro":
		n, head := functionName(v), as[0]
		if nameOf(head) != nil || e.Head.Name == "=" && !isFunctionHead(head) {
			head = none
		}
		if e.Head.Name == "macro" && symOf(n) != nil {
			n = symValue("@" + symOf(n).Name)
		}
		if n.P == nil {
			return calleeType(as[0]), head, false
		}
		return n, head, false
	case "call", "where":
		return documentedCall(v)
	case "const", "global", "local":
		return documented(as[0])
	case "struct":
		return specName(as[1]), none, false
	case "abstract", "primitive":
		return specName(as[0]), none, false
	case "module":
		return as[len(as)-2], none, false
	case ".":
		if q := exprOf(as[len(as)-1]); q != nil && q.Head.Name == "macrocall" {
			return makeExpr(".", as[0], q.Args.Get(0)), none, true
		}
		return v, none, true
	case "::":
		return as[0], none, false
	case "quote", "inert":
		name, _, _ = documented(as[0])
		return name, none, true
	case "macrocall":
		if doc, ok := docCall(e); ok {
			return documented(doc.what)
		}
		return as[0], none, true
	case "hygienic-scope", "escape":
		return documented(as[0])
	case "block", "toplevel":
		for _, a := range as { // a type, if there is one
			for x := exprOf(a); x != nil; x = exprOf(x.Args.Get(0)) {
				if h := x.Head.Name; h == "struct" || h == "abstract" || h == "primitive" {
					return documented(core.ToValue(x))
				} else if h != "hygienic-scope" && h != "escape" {
					break
				}
			}
		}
		for i := len(as) - 1; i >= 0; i-- {
			x := exprOf(as[i])
			if x == nil || x.Head.Name == "=" && !isFunctionHead(x.Args.Get(0)) && len(as) > 2 {
				continue
			}
			if n, head, call := documented(as[i]); n.P != nil && !call {
				return n, head, false
			}
		}
	}
	return none, none, false
}

// documentedCall is documented for a signature alone; one with values in the place of
// arguments is none.
func documentedCall(v core.Value) (name, head core.Value, isCall bool) {
	e := exprOf(v)
	for e != nil && e.Head.Name == "where" {
		e = exprOf(e.Args.Get(0))
	}
	if e == nil || e.Head.Name != "call" {
		return core.Value{}, core.Value{}, false
	}
	for _, a := range args(e)[1:] {
		x := exprOf(a)
		if nameOf(a) == nil && (x == nil || x.Head.Name != "::" && x.Head.Name != "kw" && x.Head.Name != "..." && x.Head.Name != "parameters" && x.Head.Name != "=" && x.Head.Name != "<:") {
			return core.Value{}, core.Value{}, false
		}
	}
	n := functionName(v)
	if n.P == nil {
		n = calleeType(v)
	}
	return n, v, true
}

// calleeType finds the type name in the head (x::T)(args).
func calleeType(v core.Value) core.Value {
	for e := exprOf(v); e != nil && e.Args.Len > 0; e = exprOf(v) {
		if e.Head.Name == "::" {
			return typeHeadName(e.Args.Get(e.Args.Len - 1)).Value()
		}
		v = e.Args.Get(0)
	}
	return core.Value{}
}

// specName finds the name in a type's head.
func specName(v core.Value) core.Value {
	for e := exprOf(v); e != nil && e.Args.Len > 0; e = exprOf(v) {
		v = e.Args.Get(0)
	}
	return v
}
