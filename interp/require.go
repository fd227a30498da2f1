package interp

// This file finds the packages that `using` names: the standard library, and what
// stands in Base.

import (
	"fmt"
	"path"

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
	if b := in.packages.Own(s); b != nil && b.Value.P != nil && b.Value.Is(core.ModuleType) {
		return core.As[core.Module](b.Value), nil
	}
	file, text, ok := stdlib.Source(name)
	if !ok {
		if b := in.rt.Base.Own(s); b != nil && b.Value.P != nil && b.Value.Is(core.ModuleType) {
			return core.As[core.Module](b.Value), nil
		}
		return nil, nil
	}
	stmts, err := in.fileStatements(file, text)
	if err != nil {
		return nil, err
	}
	where := vm.Position{File: file, Line: 1, Lazy: true}
	for _, ex := range stmts {
		if ex.Is(core.LineNumberNodeType) {
			where.Line = int(core.As[core.LineNumberNode](ex).Line)
			continue
		}
		if ex, err = in.inlineFiles(path.Dir(file), ex); err != nil {
			return nil, err
		}
		if _, err := in.eng.EvalApart(in.packages, ex, where); err != nil {
			if b := in.packages.Own(s); b != nil {
				b.Value = core.Value{} // no half a library for the next one who asks
			}
			return nil, err
		}
	}
	m := in.packages.Own(s)
	if m == nil || !m.Value.Is(core.ModuleType) {
		return nil, core.Errorf("%s does not define the module %s", file, name)
	}
	core.As[core.Module](m.Value).Root = true
	return core.As[core.Module](m.Value), nil
}

// fileStatements returns the top-level statements of a library's file, a
// LineNumberNode before each.
func (in *Interp) fileStatements(file, text string) ([]core.Value, error) {
	tree := syntax.Parse(syntax.NewFile(file, text, 1))
	if tree.HasErrors() {
		return nil, fmt.Errorf("%s", syntax.RenderError(tree.File, tree.Diagnostics))
	}
	b := lower.SystemExprs{RT: in.rt}
	var out []core.Value
	for _, n := range tree.Statements() {
		out = append(out, b.Line(tree.File.Line(tree.Span(n).Start), file), syntax.ToExpr[core.Value](b, tree, n))
	}
	return out, nil
}

// inlineFiles puts the statements of a library's further files into the body of its
// module, in the place of `include("file.jl")`. So they are lowered as lazily as the
// module itself.
func (in *Interp) inlineFiles(dir string, ex core.Value) (core.Value, error) {
	if !ex.Is(core.ExprType) {
		return ex, nil
	}
	x := core.As[core.Expr](ex)
	args := append([]core.Value(nil), x.Args.Values()...)
	if n := len(args); x.Head.Name == "macrocall" && n > 0 { // a module with a docstring
		var err error
		args[n-1], err = in.inlineFiles(dir, args[n-1])
		return core.MakeExpr(x.Head, args...), err
	}
	if x.Head.Name != "module" || len(args) != 3 || !args[2].Is(core.ExprType) {
		return ex, nil
	}
	var body []core.Value
	for _, st := range core.As[core.Expr](args[2]).Args.Values() {
		name, ok := includedFile(st)
		if !ok {
			body = append(body, st)
			continue
		}
		file := path.Join(dir, name)
		text, ok := stdlib.File(file)
		if !ok {
			return ex, core.Errorf("could not open file %s", file)
		}
		more, err := in.fileStatements(file, text)
		if err != nil {
			return ex, err
		}
		body = append(body, more...)
	}
	return core.MakeExpr(x.Head, args[0], args[1], core.MakeExpr(core.Sym("block"), body...)), nil
}

// includedFile returns the name in a statement `include("name")`.
func includedFile(st core.Value) (string, bool) {
	if !st.Is(core.ExprType) {
		return "", false
	}
	x := core.As[core.Expr](st)
	if x.Head.Name != "call" || x.Args.Len != 2 || !x.Args.Get(1).Is(core.StringType) {
		return "", false
	}
	f := x.Args.Get(0)
	return x.Args.Get(1).Str(), f.Is(core.SymbolType) && core.As[core.Symbol](f).Name == "include"
}
