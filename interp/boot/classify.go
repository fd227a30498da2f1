package boot

// This file makes the index: it tells of each top-level statement of Base which
// names it defines.

import (
	"fmt"
	"slices"
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
	all, err := statements()
	if err != nil {
		return "", err
	}
	own := map[string]map[string]bool{} // what modules of Base define
	for _, st := range all {
		if m := st.part.Module; inBase(m) {
			if own[m] == nil {
				own[m] = map[string]bool{}
			}
			if kind, names := classify(st.ex); kind == 'd' && head(documented(st.ex)) != "using" {
				for _, n := range names {
					own[m][n] = true
				}
			}
		}
	}
	types := typesOf(all)
	extended := map[string]bool{} // functions that have methods outside of modules
	for _, st := range all {
		st.kind, st.names = classify(st.ex)
		if inBase(st.part.Module) {
			if st.kind != 'm' || !extends(st.ex) {
				continue
			}
			needsOwn := slices.ContainsFunc(types.needed(st), func(t string) bool { return strings.Contains(t, st.part.Module+".") })
			types.rename(st)
			if needsOwn || shared[st.part.Module] && !mentions(arg(documented(st.ex), 0), own[st.part.Module]) {
				st.kind = 'x'
			} else {
				st.kind, st.names = 'e', nil
			}
			continue
		}
		if st.kind != 'm' {
			continue
		}
		types.rename(st)
		for _, n := range st.names {
			extended[n] = true
		}
	}
	public := exports(all)
	for _, st := range all {
		// Aliases that types are shown by have to be there before them.
		if ex := documented(st.ex); st.kind == 'd' && head(ex) == "const" && head(arg(arg(ex, 0), 1)) == "where" && public[st.names[0]] {
			st.kind, st.names = 'e', nil
		}
	}
	file := ""
	for _, st := range all {
		if st.part.File != file {
			file = st.part.File
			fmt.Fprintf(&b, "> %s %s\n", st.part.Module, file)
		}
		kind := st.kind
		if kind == 'd' && definedType(st.ex) != "" {
			kind = 't'
		}
		fmt.Fprintf(&b, "%c %d %d %d", kind, st.span.Start, st.span.End, st.line)
		for _, n := range st.names {
			b.WriteString(" " + n)
		}
		// A function that has its methods in a module only comes with the module.
		for _, n := range imports(st.ex) {
			if !extended[n] {
				b.WriteString(" +" + n)
			}
		}
		if m := within(st.ex); m != "" {
			b.WriteString(" ~" + m)
		}
		if setInCore(st.ex) != "" {
			b.WriteString(" >Core")
		}
		if st.kind == 'm' || st.kind == 'x' {
			if need := types.needed(st); need != nil {
				b.WriteString(" ?" + strings.Join(need, ","))
			}
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// exports are the names that export statements list.
func exports(all []*statement) map[string]bool {
	names := map[string]bool{}
	for _, st := range all {
		if head(st.ex) == "export" {
			for _, n := range args(st.ex) {
				names[name(n)] = true
			}
		}
	}
	return names
}

// shared are the modules of Base that add methods to functions of Base for types
// of Base: these come with the function. All others come with the module.
var shared = map[string]bool{"LinearAlgebra": true}

// mentions reports whether one of the names stands in an expression.
func mentions(ex core.Value, names map[string]bool) bool {
	if n := name(ex); n != "" {
		return names[n]
	}
	for _, a := range args(ex) {
		if mentions(a, names) {
			return true
		}
	}
	return false
}

// statement is a top-level statement of Base.
type statement struct {
	part  base.Part
	span  syntax.Span
	line  int
	ex    core.Value
	kind  byte
	names []string
}

// statements parses all of Base.
func statements() ([]*statement, error) {
	var all []*statement
	b := lower.SystemExprs{RT: core.NewRuntime()}
	for _, p := range base.Order() {
		tree := syntax.Parse(syntax.NewFile(p.File, base.Source(p.File), 1))
		if tree.HasErrors() {
			return nil, fmt.Errorf("%s: %s", p.File, syntax.RenderError(tree.File, tree.Diagnostics))
		}
		for _, n := range tree.Statements() {
			span := tree.Span(n)
			all = append(all, &statement{part: p, span: span, line: tree.File.Line(span.Start), ex: syntax.ToExpr[core.Value](b, tree, n)})
		}
	}
	return all, nil
}

// imports lists the names that the module ex imports from Base to add methods.
func imports(ex core.Value) (names []string) {
	ex = documented(ex)
	if head(ex) != "module" {
		return nil
	}
	for _, st := range args(arg(ex, 2)) {
		if head(st) != "import" || head(arg(st, 0)) != ":" {
			continue
		}
		for _, a := range args(arg(st, 0))[1:] {
			as := args(a)
			names = append(names, name(as[len(as)-1]))
		}
	}
	return names
}

// within is the module that a statement takes its names from: M in
// `const a = M.a`, `using .M: a` and `M.f(x) = ...`.
func within(ex core.Value) string {
	ex = documented(ex)
	switch head(ex) {
	case "const":
		if r := arg(arg(ex, 0), 1); head(r) == "." {
			return name(arg(r, 0))
		}
	case "using":
		if c := arg(ex, 0); head(c) == ":" {
			as := args(arg(c, 0))
			return name(as[len(as)-1])
		}
	case "=", "function":
		if f, in := callee(arg(ex, 0)); f != "" && in != "Base" && in != "Core" {
			return in
		}
	}
	return ""
}

// documented returns what a docstring stands before, or ex itself.
func documented(ex core.Value) core.Value {
	if head(ex) == "macrocall" {
		a := args(ex)
		if a[0].Is(core.GlobalRefType) && core.As[core.GlobalRef](a[0]).Name.Name == "@doc" || through[name(a[0])] {
			return documented(a[len(a)-1])
		}
	}
	return ex
}

// aliases finds `const a = b` of two names, and `const A{...} = B{...}`: methods of
// a are methods of b.
func aliases(all []*statement) map[string]string {
	m := map[string]string{}
	for _, st := range all {
		ex := documented(st.ex)
		if head(ex) != "const" || head(arg(ex, 0)) != "=" {
			continue
		}
		l, r := arg(arg(ex, 0), 0), arg(arg(ex, 0), 1)
		for head(r) == "where" || head(r) == "curly" {
			r = arg(r, 0)
		}
		if head(l) == "curly" {
			l = arg(l, 0)
		}
		if name(l) != "" && name(r) != "" {
			m[name(l)] = name(r)
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
		if inner := documented(ex); inner != ex {
			if n := name(inner); n != "" { // a docstring of a name
				return 'd', []string{n}
			}
			return classify(inner)
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
		if head(as) == "=" {
			l := arg(as, 0)
			if head(l) == "curly" {
				l = arg(l, 0)
			}
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
	case "for":
		return classifyLoop(ex)
	case "call":
		if n := setInCore(ex); n != "" {
			return 'd', []string{n}
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

// setInCore is the name that module_set_const(Core, :name, value) defines, or "".
func setInCore(ex core.Value) string {
	if head(ex) == "call" && name(arg(ex, 0)) == "module_set_const" && name(arg(ex, 1)) == "Core" {
		return name(quoted(arg(ex, 2)))
	}
	return ""
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

// extends reports whether a method's function is named with its module.
func extends(ex core.Value) bool {
	_, in := callee(arg(documented(ex), 0))
	return in != ""
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
