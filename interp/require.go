package interp

// This file finds the packages that `using` names: the standard library, and what
// stands in Base.

import (
	"fmt"

	"weft/interp/lower"
	"weft/interp/syntax"
	"weft/interp/vm"
	"weft/runtime/core"
	"weft/runtime/stdlib"
)

// require returns the module of a package, loading it on first use; nil if there
// is none.
func (in *Interp) require(name string) (*core.Module, error) {
	s := core.Sym(name)
	if b := in.packages.Own(s); b != nil && b.Value.P != nil {
		return core.As[core.Module](b.Value), nil
	}
	path, text, ok := stdlib.Source(name)
	if !ok {
		if b := in.rt.Base.Own(s); b != nil && b.Value.P != nil && b.Value.Is(core.ModuleType) {
			return core.As[core.Module](b.Value), nil
		}
		return nil, nil
	}
	tree := syntax.Parse(syntax.NewFile(path, text, 1))
	if tree.HasErrors() {
		return nil, fmt.Errorf("%s", syntax.RenderError(tree.File, tree.Diagnostics))
	}
	b := lower.SystemExprs{RT: in.rt}
	for _, n := range tree.Statements() {
		where := vm.Position{File: path, Line: tree.File.Line(tree.Span(n).Start), Lazy: true}
		if _, err := in.eng.EvalApart(in.packages, syntax.ToExpr[core.Value](b, tree, n), where); err != nil {
			return nil, err
		}
	}
	m := in.packages.Own(s)
	if m == nil || !m.Value.Is(core.ModuleType) {
		return nil, core.Errorf("%s does not define the module %s", path, name)
	}
	core.As[core.Module](m.Value).Root = true
	return core.As[core.Module](m.Value), nil
}
