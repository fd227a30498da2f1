package lower

// This file collects what a scope's body declares and assigns, and makes its variables.

import (
	"cmp"

	"weft/runtime/core"
)

// assignment is an assigned name and where that stands.
type assignment struct {
	name *core.Symbol
	line int
}

// decls are the names that one scope declares or assigns.
type decls struct {
	locals, globals []*core.Symbol
	types           []*core.Symbol // of type definitions: globals, if not declared otherwise
	assigned        []assignment
	typed           []*Form // TypedDecls
}

// collect finds the declarations and assignments that belong to the scope of f,
// not those of scopes inside it.
func (d *decls) collect(f *Form) {
	if f == nil {
		return
	}
	switch f.Kind {
	case LocalDecl, LocalDef:
		d.locals = append(d.locals, f.Sym)
		return
	case TypedDecl:
		if f.Kids[0].Kind == Name {
			d.typed = append(d.typed, f)
			d.assigned = append(d.assigned, assignment{f.Kids[0].Sym, f.Line})
		}
		return
	case GlobalDecl:
		d.globals = append(d.globals, f.Sym)
		return
	case Destructure:
		for _, k := range f.Kids[1:] {
			if k.Kind == Name {
				d.assigned = append(d.assigned, assignment{k.Sym, f.Line})
			}
		}
		d.collect(f.Kids[0])
		return
	case Assign, ConstDecl:
		if f.Kids[0].Kind == Name {
			d.assigned = append(d.assigned, assignment{f.Kids[0].Sym, f.Line})
		}
		d.collect(f.Kids[1])
		return
	case Method, FuncDecl:
		if len(f.Kids) > 0 && f.Kids[0] != nil && f.Kids[0].Kind == Name {
			d.assigned = append(d.assigned, assignment{f.Kids[0].Sym, f.Line})
		}
		return
	case Struct, Abstract, Primitive:
		if def, ok := f.Def.(*TypeDef); ok {
			d.types = append(d.types, def.Sym)
		}
		return
	case Scope, Lambda:
		return
	case Try:
		if f.Sym != openTry {
			return
		}
	case For, While:
		d.collect(f.Kids[0])
		return
	}
	for _, k := range f.Kids {
		d.collect(k)
	}
}

// declare makes the variables of the scope e whose body is f.
func (s *scoper) declare(f *Form, e *env) error {
	var d decls
	d.collect(f)
	if e.top {
		d.globals = nil // at top level all are
	}
	for _, n := range d.types {
		if e.vars[n] == nil && !e.top {
			if v, _, _, _ := e.lookup(n); v == nil {
				d.globals = append(d.globals, n)
			}
		}
	}
	for _, n := range d.globals {
		if e.sparams == nil && (e.vars[n] != nil || e.up != nil && e.up.fn == e.fn && e.up.item != nil && e.up.item.Sym == n) {
			return syntaxErr("variable \"%s\" declared both local and global", n.Name)
		}
		if v, _, _, _ := e.up.lookup(n); v != nil && v.Owner == e.fn && e.fn.info.top {
			return syntaxErr("`global %s`: %s is a local variable in its enclosing scope", n.Name, n.Name)
		}
		if e.globals == nil {
			e.globals = map[*core.Symbol]bool{}
		}
		e.globals[n] = true
	}
	for _, n := range d.locals {
		if up := e.up; up != nil && up.item != nil && up.item.Sym == n && up.fn == e.fn {
			if e.vars == nil {
				e.vars = map[*core.Symbol]*Var{}
			}
			e.vars[n], e.item = up.item, up.item // `local` in a loop's body means the item
			continue
		}
		if v := e.vars[n]; v != nil {
			if v.Arg >= 0 && v.Owner == e.fn && e.sparams != nil {
				return syntaxErr("local variable name \"%s\" conflicts with an argument", n.Name)
			}
			continue
		}
		if _, ok := e.sparams[n]; ok {
			return syntaxErr("local variable name \"%s\" conflicts with a static parameter", n.Name)
		}
		if e.globals[n] && !e.top {
			return syntaxErr("variable \"%s\" declared both local and global", n.Name)
		}
		s.newVar(n, e)
	}
	for _, a := range d.assigned {
		n := a.name
		if e.vars[n] != nil || e.globals[n] {
			continue
		}
		if _, ok := e.sparams[n]; ok {
			return syntaxErr("local variable name \"%s\" conflicts with a static parameter", n.Name)
		}
		if e.top {
			if e.assigned == nil {
				e.assigned = map[*core.Symbol]bool{}
			}
			e.assigned[n] = true
			continue
		}
		v, glob, _, spFn := e.up.lookup(n)
		if spFn != nil {
			return syntaxErr("local variable name \"%s\" conflicts with a static parameter", n.Name)
		}
		if v != nil || glob {
			continue
		}
		if e.soft {
			if s.globalExists(n, e) {
				if s.opts.SoftScope || s.soft {
					continue
				}
				if s.opts.Warn != nil {
					s.opts.Warn("Assignment to `"+n.Name+"` in soft scope is ambiguous because a global variable by the same name exists: `"+
						n.Name+"` will be treated as a new local. Disambiguate by using `local "+n.Name+"` to suppress this warning or `global "+
						n.Name+"` to assign to the existing global variable.", s.file, cmp.Or(a.line, s.line))
				}
			}
		}
		s.newVar(n, e)
	}
	if e.top {
		return nil
	}
	for _, f := range d.typed {
		v, _, _, _ := e.lookup(f.Kids[0].Sym)
		if v == nil || v.Owner != e.fn {
			continue
		}
		if v.typ != nil {
			return syntaxErr("multiple type declarations for \"%s\"", v.Sym.Name)
		}
		v.typ = copyForm(f.Kids[1])
	}
	return nil
}

// copyForm copies the form of a type.
func copyForm(f *Form) *Form {
	if f == nil {
		return nil
	}
	g := *f
	g.Kids = make([]*Form, len(f.Kids))
	for i, k := range f.Kids {
		g.Kids[i] = copyForm(k)
	}
	return &g
}
