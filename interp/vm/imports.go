package vm

// This file is import and using: the modules that they name, and the packages that have to be
// loaded first.

import (
	"strings"

	"weft/interp/code"
	"weft/runtime/core"
)

// importNames serves import and using.
func (e *Engine) importNames(site *code.ExecSite) error {
	d := site.Data.(*code.ImportDef)
	from, last, err := e.importedModule(site.Module, d)
	if err != nil {
		return err
	}
	kind := core.ViaImportName
	if d.Using {
		kind = core.ViaUsingName
	}
	if len(d.Names) > 0 {
		for _, n := range d.Names {
			var as *core.Symbol
			if n.As != "" {
				as = core.Sym(n.As)
				if err := checkRename(n.Name, n.As, d.Using); err != nil {
					return err
				}
			}
			warning, err := site.Module.Import(from, core.Sym(n.Name), as, kind)
			if err != nil {
				return err
			}
			e.warn(warning)
		}
		return nil
	}
	if last != nil { // import A.b, where b may be anything
		if d.As != "" {
			if err := checkRename(last.Name, d.As, d.Using); err != nil {
				return err
			}
		}
		if b := from.Lookup(last); d.Using && (b == nil || b.Value.P == nil) {
			return e.undefVar(last, from.Value())
		}
		warning, err := site.Module.Import(from, last, importAs(d), kind)
		if err != nil {
			return err
		}
		e.warn(warning)
		if !d.Using {
			return nil
		}
		b := from.Lookup(last)
		if b == nil || b.Value.P == nil || core.TypeOf(b.Value) != core.ModuleType {
			return core.Errorf("invalid using path: \"%s\" does not name a module", last.Name)
		}
		site.Module.Use(core.As[core.Module](b.Value))
		return nil
	}
	name := from.Name
	if as := importAs(d); as != nil {
		name = as
	}
	if b := site.Module.Own(name); from != site.Module && (b == nil || b.Value.P == nil) {
		site.Module.SetConst(name.Name, from.Value())
	} else if b != nil && b.Value.P != nil && b.Value != from.Value() && site.Module != e.RT.Base {
		return core.Errorf("importing %s into %s conflicts with an existing global", name.Name, site.Module.Name.Name)
	}
	if d.Using {
		site.Module.Use(from)
	}
	return nil
}

// importAs is the name given by `import A as B`.
func importAs(d *code.ImportDef) *core.Symbol {
	if d.As == "" {
		return nil
	}
	return core.Sym(d.As)
}

// importedModule follows the path of an import: the module it names, or the last
// module on the way and the name of what is to be imported from it.
func (e *Engine) importedModule(m *core.Module, d *code.ImportDef) (*core.Module, *core.Symbol, error) {
	path := d.Path
	dots := 0
	for dots < len(path) && path[dots] == "." {
		dots++
	}
	cur := m
	rest := path[dots:]
	if dots > 0 {
		for range dots - 1 {
			cur = cur.Parent
		}
	} else {
		top, err := e.topModule(path[0])
		if err != nil {
			return nil, nil, err
		}
		cur, rest = top, path[1:]
	}
	for i, s := range rest {
		if i == len(rest)-1 && len(d.Names) == 0 {
			return cur, core.Sym(s), nil
		}
		b := cur.Lookup(core.Sym(s))
		if b == nil || b.Value.P == nil {
			return nil, nil, e.undefVar(core.Sym(s), cur.Value())
		}
		if core.TypeOf(b.Value) != core.ModuleType {
			return nil, nil, core.Errorf("invalid %s path: \"%s\" does not name a module", importVerb(d), s)
		}
		cur = core.As[core.Module](b.Value)
	}
	return cur, nil, nil
}

func importVerb(d *code.ImportDef) string {
	if d.Using {
		return "using"
	}
	return "import"
}

// topModule is the module that an import's path begins with.
func (e *Engine) topModule(name string) (*core.Module, error) {
	switch name {
	case "Core":
		return e.RT.Core, nil
	case "Base":
		return e.RT.Base, nil
	case "Main":
		return e.RT.Main, nil
	}
	if e.Require == nil {
		return nil, packageMissing(name)
	}
	m, err := e.Require(name)
	if err == nil && m == nil {
		err = packageMissing(name)
	}
	return m, err
}

func packageMissing(name string) error {
	return core.ArgErrorf("Package %s not found in current path.\n- Run `import Pkg; Pkg.add(%q)` to install the %s package.", name, name, name)
}

// packageToLoad returns, for an import of a package that is neither loaded nor part of the
// standard library, Base's import_package and its arguments: it loads the package from its
// file and imports it then.
func (e *Engine) packageToLoad(site *code.ExecSite) (f core.Value, args []core.Value) {
	d := site.Data.(*code.ImportDef)
	name := d.Path[0]
	if e.Require == nil || name == "." || name == "Core" || name == "Base" || name == "Main" {
		return core.Value{}, nil
	}
	if m, err := e.Require(name); err != nil || m != nil {
		return core.Value{}, nil
	}
	f, err := e.baseFunction("import_package")
	if err != nil {
		return core.Value{}, nil
	}
	return f, []core.Value{site.Module.Value(), core.Sym(name).Value(), importExpr(d)}
}

// importExpr is the expression of an import.
func importExpr(d *code.ImportDef) core.Value {
	symbols := func(names []string) []core.Value {
		out := make([]core.Value, len(names))
		for i, n := range names {
			out[i] = core.Sym(n).Value()
		}
		return out
	}
	as := func(ex core.Value, name string) core.Value {
		if name == "" {
			return ex
		}
		return core.MakeExpr(core.Sym("as"), ex, core.Sym(name).Value())
	}
	path := as(core.MakeExpr(core.Sym("."), symbols(d.Path)...), d.As)
	if len(d.Names) > 0 {
		args := []core.Value{path}
		for _, n := range d.Names {
			args = append(args, as(core.MakeExpr(core.Sym("."), core.Sym(n.Name).Value()), n.As))
		}
		path = core.MakeExpr(core.Sym(":"), args...)
	}
	return core.MakeExpr(core.Sym(importVerb(d)), path)
}

// checkRename refuses to call a macro by the name of something else, and the reverse.
func checkRename(name, as string, using bool) error {
	from, to := strings.HasPrefix(name, "@"), strings.HasPrefix(as, "@")
	if from == to {
		return nil
	}
	kind := map[bool]string{true: "macro", false: "non-macro"}
	keyword := "import"
	if using {
		keyword = "using"
	}
	return core.Errorf("cannot rename %s \"%s\" to %s \"%s\" in \"%s\"", kind[from], name, kind[to], as, keyword)
}
