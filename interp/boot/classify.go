package boot

// This file makes the index: it tells of each top-level statement of Base which
// names it defines.

import (
	"fmt"
	"strings"

	"weft/interp/lower"
	"weft/interp/syntax"
	"weft/runtime/base"
	"weft/runtime/core"
)

// Index makes the text of the index from the sources.
func Index() (string, error) {
	var b strings.Builder
	fmt.Fprintln(&b, Sum())
	rt := core.NewRuntime()
	alias := aliases(rt)
	for _, p := range base.Order() {
		fmt.Fprintf(&b, "> %c %s\n", p.Module[0], p.File)
		tree := syntax.Parse(syntax.NewFile(p.File, base.Source(p.File), 1))
		if tree.HasErrors() {
			return "", fmt.Errorf("%s: %s", p.File, syntax.RenderError(tree.File, tree.Diagnostics))
		}
		for _, n := range tree.Statements() {
			ex := syntax.ToExpr[core.Value](lower.SystemExprs{RT: rt}, tree, n)
			kind, names := classify(ex)
			span := tree.Span(n)
			fmt.Fprintf(&b, "%c %d %d %d", kind, span.Start, span.End, tree.File.Line(span.Start))
			for _, name := range names {
				if a := alias[name]; a != "" && kind == 'm' {
					name = a
				}
				b.WriteByte(' ')
				b.WriteString(name)
			}
			b.WriteByte('\n')
		}
	}
	return b.String(), nil
}

// aliases finds `const a = b` of two names: methods of a are methods of b.
func aliases(rt *core.Runtime) map[string]string {
	m := map[string]string{}
	for _, p := range base.Order() {
		tree := syntax.Parse(syntax.NewFile(p.File, base.Source(p.File), 1))
		for _, n := range tree.Statements() {
			ex := syntax.ToExpr[core.Value](lower.SystemExprs{RT: rt}, tree, n)
			if head(ex) == "const" && head(arg(ex, 0)) == "=" {
				l, r := arg(arg(ex, 0), 0), arg(arg(ex, 0), 1)
				if name(l) != "" && name(r) != "" {
					m[name(l)] = name(r)
				}
			}
		}
	}
	return m
}

func args(v core.Value) []core.Value {
	if !v.Is(core.ExprType) {
		return nil
	}
	return core.As[core.Expr](v).Args.Values()
}

func arg(v core.Value, i int) core.Value {
	if a := args(v); i < len(a) {
		return a[i]
	}
	return core.Value{}
}

func head(v core.Value) string {
	if !v.Is(core.ExprType) {
		return ""
	}
	return core.As[core.Expr](v).Head.Name
}

// name is the name of a Symbol, or "".
func name(v core.Value) string {
	if !v.Is(core.SymbolType) {
		return ""
	}
	return core.As[core.Symbol](v).Name
}

// through are the macros that leave the definition behind them as it is.
var through = map[string]bool{"@inline": true, "@noinline": true, "@propagate_inbounds": true, "@nospecialize": true, "@pure": true, "@constprop": true}

// classify tells what a statement is: e (to be evaluated at start), d (defines
// names) or m (adds methods to names).
func classify(ex core.Value) (kind byte, names []string) {
	switch head(ex) {
	case "macrocall":
		a := args(ex)
		last := a[len(a)-1]
		if a[0].Is(core.GlobalRefType) && core.As[core.GlobalRef](a[0]).Name.Name == "@doc" || through[name(a[0])] {
			if n := name(last); n != "" { // a docstring of a name
				return 'd', []string{n}
			}
			return classify(last)
		}
	case "=":
		if f, in := callee(arg(ex, 0)); f != "" {
			return method(f, in)
		}
		if n := name(arg(ex, 0)); n != "" {
			return 'd', []string{n}
		}
	case "const":
		as := arg(ex, 0)
		if head(as) == "=" && head(arg(as, 1)) != "where" {
			l := arg(as, 0)
			if n := name(l); n != "" {
				return 'd', []string{n}
			}
		}
	case "function":
		if n := name(arg(ex, 0)); n != "" {
			return 'd', []string{n}
		}
		if f, in := callee(arg(ex, 0)); f != "" {
			return method(f, in)
		}
	case "macro":
		if n := name(arg(arg(ex, 0), 0)); n != "" {
			return 'd', []string{"@" + n}
		}
	case "struct":
		return typeName(arg(ex, 1))
	case "abstract", "primitive":
		return typeName(arg(ex, 0))
	case "module":
		return 'd', []string{name(arg(ex, 1))}
	case "using", "import":
		if c := arg(ex, 0); head(c) == ":" {
			for _, a := range args(c)[1:] {
				if head(a) == "as" {
					names = append(names, name(arg(a, 1)))
				} else {
					as := args(a)
					names = append(names, name(as[len(as)-1]))
				}
			}
			return 'd', names
		}
	}
	return 'e', nil
}

func typeName(v core.Value) (byte, []string) {
	for head(v) == "<:" || head(v) == "curly" {
		v = arg(v, 0)
	}
	if n := name(v); n != "" {
		return 'd', []string{n}
	}
	return 'e', nil
}

// method tells of a method of f; one of a function of another module belongs to
// that module's definition.
func method(f, in string) (byte, []string) {
	if in != "" && in != "Base" && in != "Core" {
		return 'd', []string{in}
	}
	return 'm', []string{f}
}

// callee is the name in whose table the method with this signature stands, or ""
// if it cannot be told, and the module that qualifies it.
func callee(sig core.Value) (f, in string) {
	for head(sig) == "where" || head(sig) == "::" && len(args(sig)) == 2 && head(arg(sig, 0)) != "" {
		sig = arg(sig, 0)
	}
	if head(sig) != "call" {
		return "", ""
	}
	c := arg(sig, 0)
	switch head(c) {
	case "":
		return name(c), ""
	case ".":
		q := arg(c, 1)
		if q.Is(core.QuoteNodeType) {
			return name(core.As[core.QuoteNode](q).V), name(arg(c, 0))
		}
	case "curly":
		return name(arg(c, 0)), ""
	case "::":
		as := args(c)
		t := as[len(as)-1]
		if head(t) == "curly" && name(arg(t, 0)) == "Type" {
			p := arg(t, 1)
			for head(p) == "curly" || head(p) == "<:" && len(args(p)) == 2 {
				p = arg(p, 0)
			}
			if len(name(p)) <= 1 { // a type variable, as Base names them, or nothing
				return "Type", ""
			}
			return name(p), ""
		}
		for head(t) == "curly" || head(t) == "where" {
			t = arg(t, 0)
		}
		return name(t), ""
	}
	return "", ""
}
