package lower

// This file desugars modules, import, using, export, public, and docstrings.

import (
	"weft/interp/code"
	"weft/runtime/core"
)

func (d *desugarer) lowerModule(e *core.Expr) *Form {
	i := 0
	if d.arg(e, 0).Is(core.Int64) || exprOf(d.arg(e, 0)) != nil { // a version in front
		i = 1
	}
	name := nameOf(d.arg(e, i+1))
	body := d.arg(e, i+2)
	if name == nil || exprHead(body, "block") == nil {
		d.fail("malformed \"module\"")
	}
	def := &code.ModuleDef{Name: name.Name, Bare: !d.arg(e, i).IsTrue(), Body: body, File: d.at, Line: d.line}
	for _, v := range args(exprOf(body)) {
		if line, file, ok := lineOf(v); ok {
			def.Line = line
			if file != "" {
				def.File = file
			}
			break
		}
	}
	f := d.form(Module)
	f.Def = def
	return f
}

// importPath reads (. A B); leading dots of a relative path are parts too.
func (d *desugarer) importPath(v core.Value) []string {
	e := exprHead(v, ".")
	if e == nil || e.Args.Len == 0 {
		d.fail("malformed import: expected a path, got \"" + describe(v) + "\"")
	}
	var path []string
	for _, p := range args(e) {
		s := symOf(p)
		if q, ok := quoted(p); ok {
			s = symOf(q)
		}
		if s == nil {
			d.fail("malformed import: expected a name, got \"" + describe(p) + "\"")
		}
		path = append(path, s.Name)
	}
	return path
}

// importName reads what may end in `as`.
func (d *desugarer) importName(v core.Value) (path []string, as string) {
	if e := exprHead(v, "as"); e != nil && e.Args.Len == 2 {
		s := symOf(e.Args.Get(1))
		if s == nil {
			d.fail("malformed import")
		}
		return d.importPath(e.Args.Get(0)), s.Name
	}
	return d.importPath(v), ""
}

func (d *desugarer) lowerImport(e *core.Expr, h string) *Form {
	if d.ctx.fn {
		d.fail("\"" + h + "\" expression not at top level")
	}
	var kids []*Form
	add := func(def *code.ImportDef) {
		f := d.form(Import)
		f.Def = def
		kids = append(kids, drop(f))
	}
	for _, v := range args(e) {
		if c := exprHead(v, ":"); c != nil && c.Args.Len > 0 {
			def := &code.ImportDef{Using: h == "using", Path: d.importPath(c.Args.Get(0)), Names: []code.ImportName{}}
			for _, n := range args(c)[1:] {
				path, as := d.importName(n)
				if len(path) != 1 {
					d.fail("malformed import: only one name may follow the colon")
				}
				def.Names = append(def.Names, code.ImportName{Name: path[0], As: as})
			}
			add(def)
			continue
		}
		path, as := d.importName(v)
		if as != "" && h == "using" {
			d.fail("invalid syntax \"using A as B\"")
		}
		add(&code.ImportDef{Using: h == "using", Path: path, As: as})
	}
	return d.form(Block, append(kids, d.nothing())...)
}

func (d *desugarer) lowerExport(e *core.Expr, h string) *Form {
	if d.ctx.fn {
		d.fail("\"" + h + "\" expression not at top level")
	}
	def := &code.ExportDef{Public: h == "public"}
	for _, v := range args(e) {
		s := nameOf(v)
		if s == nil {
			d.fail("malformed \"" + h + "\": expected a name, got \"" + describe(v) + "\"")
		}
		def.Names = append(def.Names, s.Name)
	}
	f := d.form(Export)
	f.Def = def
	return f
}

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

// lowerDoc lowers a documented expression: it is evaluated, and the text is
// kept by the name in the module.
func (d *desugarer) lowerDoc(e *core.Expr, doc docstring, want bool) *Form {
	d.setLine(e.Args.Get(1))
	what := doc.what
	if m := exprHead(what, "macrocall"); m != nil {
		if _, nested := docCall(m); !nested {
			what = d.x.expandIn(d.mod, what, d.at, d.line)
		}
	}
	text := d.expr(doc.text)
	mod := d.constant(d.mod.Value())
	name, isCall := documented(what)
	var set *Form
	switch dot := exprHead(name, "."); {
	case symOf(name) != nil:
		set = d.core("set_doc", mod, d.constant(name), text)
	case refOf(name) != nil:
		set = d.core("set_doc", d.constant(refOf(name).Mod.Value()), d.sym(refOf(name).Name), text)
	case dot != nil && dot.Args.Len == 2:
		set = d.core("set_doc", d.expr(dot.Args.Get(0)), d.fieldName(dot.Args.Get(1)), text)
	default:
		set = text
	}
	drop(set)
	if isCall || nameOf(what) != nil {
		return d.form(Block, set, d.nothing())
	}
	if !want || what.Is(core.NothingType) {
		return d.form(Block, d.stmt(what), set, d.nothing())
	}
	f := d.lower(what, true)
	if k := f.Kind; k == Struct || k == Abstract || k == Primitive || k == Module {
		return d.form(Block, drop(f), set, d.nothing())
	}
	var pre []*Form
	t := d.temp(f, &pre)
	return d.form(Block, append(pre, set, dup(t))...)
}

// documented finds the name that a definition defines; isCall says that it is
// only a signature, which is not to be evaluated.
func documented(v core.Value) (name core.Value, isCall bool) {
	if nameOf(v) != nil {
		return v, false
	}
	e := exprOf(v)
	if e == nil || e.Args.Len == 0 {
		return core.Value{}, false
	}
	as := args(e)
	switch e.Head.Name {
	case "function", "=", "macro":
		n := functionName(v)
		if e.Head.Name == "macro" && symOf(n) != nil {
			n = symValue("@" + symOf(n).Name)
		}
		if n.P == nil {
			return calleeType(as[0]), false
		}
		return n, false
	case "call", "where":
		return functionName(v), true
	case "const", "global", "local":
		return documented(as[0])
	case "struct":
		return specName(as[1]), false
	case "abstract", "primitive":
		return specName(as[0]), false
	case "module":
		return as[len(as)-2], false
	case ".":
		return v, true
	case "::":
		return as[0], false
	case "macrocall":
		if doc, ok := docCall(e); ok {
			return documented(doc.what)
		}
		return as[0], true
	case "block", "toplevel":
		for i := len(as) - 1; i >= 0; i-- {
			if isLine(as[i]) || nameOf(as[i]) != nil {
				continue
			}
			if n, call := documented(as[i]); n.P != nil && !call {
				return n, false
			}
		}
	}
	return core.Value{}, false
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
