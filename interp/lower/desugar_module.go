package lower

// This file desugars modules, import, using, export, public, and docstrings.

import (
	"strings"

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
func (d *desugarer) importPath(h string, v core.Value) []string {
	e := exprHead(v, ".")
	if e == nil || e.Args.Len == 0 {
		d.fail("malformed \"" + h + "\" statement")
	}
	var path []string
	for _, p := range args(e) {
		s := symOf(p)
		if q, ok := quoted(p); ok {
			s = symOf(q)
		}
		if s == nil {
			d.fail("malformed \"" + h + "\" statement")
		}
		path = append(path, s.Name)
	}
	if last := path[len(path)-1]; last[0] == '.' && strings.Trim(last, ".") == "" {
		d.fail("invalid module path")
	}
	return path
}

// importName reads what may end in `as`.
func (d *desugarer) importName(h string, v core.Value) (path []string, as string) {
	if e := exprHead(v, "as"); e != nil && e.Args.Len == 2 {
		s := symOf(e.Args.Get(1))
		if s == nil {
			d.fail("malformed \"" + h + "\" statement")
		}
		return d.importPath(h, e.Args.Get(0)), s.Name
	}
	return d.importPath(h, v), ""
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
			def := &code.ImportDef{Using: h == "using", Path: d.importPath(h, c.Args.Get(0)), Names: []code.ImportName{}}
			for _, n := range args(c)[1:] {
				path, as := d.importName(h, n)
				if len(path) != 1 {
					d.fail("malformed import: only one name may follow the colon")
				}
				def.Names = append(def.Names, code.ImportName{Name: path[0], As: as})
			}
			add(def)
			continue
		}
		path, as := d.importName(h, v)
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
