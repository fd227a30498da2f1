package lower

// This file is the expander: it calls macros and puts what they return in
// their place, with hygiene.

import (
	"weft/runtime/core"
)

// Expander expands macros.
type Expander struct {
	RT *core.Runtime
	// Call calls a macro: its function and the arguments, __source__ and
	// __module__ first.
	Call func(f core.Value, args []core.Value) (core.Value, error)
	// Lazy leaves bodies of top-level functions for their first call.
	Lazy bool
	// Plain leaves what macros throw as it is; else it is wrapped in a LoadError, which
	// tells where the call stands.
	Plain bool
}

// site is where an expression stands for the expander: the module that its
// macros are looked up in, and the sites that `esc` leads out to.
type site struct {
	mod  *core.Module
	up   *site
	file string
	line int
	lazy bool // bodies of functions are left alone here
	once bool // only the outermost macro call
}

// MacroExpand expands ex as macroexpand does: all macro calls in it, or only
// the outermost.
func (x *Expander) MacroExpand(mod *core.Module, ex core.Value, recursive bool) (v core.Value, err error) {
	defer catch(&err)
	s := &site{mod: mod, once: !recursive}
	return x.resolveTop(x.expand(ex, s)), nil
}

// expandTop expands a top-level statement.
func (x *Expander) expandTop(mod *core.Module, ex core.Value, file string, line int) core.Value {
	return x.resolveTop(x.expand(ex, &site{mod: mod, file: file, line: line, lazy: x.Lazy}))
}

// expandIn expands all of an expression.
func (x *Expander) expandIn(mod *core.Module, ex core.Value, file string, line int) core.Value {
	return x.resolveTop(x.expand(ex, &site{mod: mod, file: file, line: line}))
}

// counter gives the next number for generated names.
func (x *Expander) counter(m *core.Module) int { return counter(m, "") }

// expand expands the macro calls in v. What hygiene has to rename stays
// wrapped in hygienic-scope and escape.
func (x *Expander) expand(v core.Value, s *site) core.Value {
	e := exprOf(v)
	if e == nil {
		return v
	}
	switch e.Head.Name {
	case "inert", "module", "toplevel", "meta", "line", "using", "import", "export", "public":
		return v
	case "quote":
		return x.expandQuote(v, s, 0)
	case "macrocall":
		return x.macroCall(e, v, s)
	case "hygienic-scope":
		return x.expandScope(e, s)
	case "escape":
		if e.Args.Len != 1 {
			return v
		}
		up := s.up
		if up == nil {
			up = s
		}
		in := *up
		in.file, in.line = s.file, s.line
		return x.withArgs(e, v, []core.Value{x.expand(e.Args.Get(0), &in)})
	case "do":
		if e.Args.Len == 2 {
			if m := exprHead(e.Args.Get(0), "macrocall"); m != nil && m.Args.Len >= 2 {
				as := append([]core.Value{}, args(m)[:2]...)
				as = append(append(as, e.Args.Get(1)), args(m)[2:]...)
				return x.expand(core.MakeExpr(m.Head, as...), s)
			}
		}
	case "function":
		if s.lazy && e.Args.Len == 2 {
			return x.expandLazy(e, v, s)
		}
	case "=":
		if s.lazy && e.Args.Len == 2 && isFunctionHead(e.Args.Get(0)) {
			return x.expandLazy(e, v, s)
		}
	case "macro":
		if s.lazy && e.Args.Len == 2 {
			return x.expandLazy(e, v, s)
		}
	case "block":
		return x.expandBlock(e, v, s)
	}
	if s.lazy && e.Head.Name != "struct" && e.Head.Name != "const" && e.Head.Name != "global" && e.Head.Name != "if" {
		in := *s
		in.lazy = false
		s = &in
	}
	return x.expandArgs(e, v, s)
}

// expandLazy expands the head of a function and leaves its body.
func (x *Expander) expandLazy(e *core.Expr, v core.Value, s *site) core.Value {
	in := *s
	in.lazy = false
	head := x.expand(e.Args.Get(0), &in)
	return x.withArgs(e, v, []core.Value{head, e.Args.Get(1)})
}

// expandBlock expands a block, taking note of its lines.
func (x *Expander) expandBlock(e *core.Expr, v core.Value, s *site) core.Value {
	in := *s
	out := args(e)
	changed := false
	for i, a := range args(e) {
		if line, file, ok := lineOf(a); ok {
			in.line = line
			if file != "" {
				in.file = file
			}
			continue
		}
		n := x.expand(a, &in)
		if n != a && !changed {
			out = append([]core.Value(nil), out...)
			changed = true
		}
		if changed {
			out[i] = n
		}
	}
	if !changed {
		return v
	}
	return core.MakeExpr(e.Head, out...)
}

func (x *Expander) expandArgs(e *core.Expr, v core.Value, s *site) core.Value {
	out := args(e)
	changed := false
	for i, a := range args(e) {
		n := x.expand(a, s)
		if n != a && !changed {
			out = append([]core.Value(nil), out...)
			changed = true
		}
		if changed {
			out[i] = n
		}
	}
	if !changed {
		return v
	}
	return core.MakeExpr(e.Head, out...)
}

// withArgs gives e with other arguments, v itself if they are the same.
func (x *Expander) withArgs(e *core.Expr, v core.Value, as []core.Value) core.Value {
	same := len(as) == e.Args.Len
	for i := 0; same && i < len(as); i++ {
		same = as[i] == e.Args.Get(i)
	}
	if same {
		return v
	}
	return core.MakeExpr(e.Head, as...)
}

// expandQuote expands only in the interpolations of a quote.
func (x *Expander) expandQuote(v core.Value, s *site, depth int) core.Value {
	return x.inQuote(v, depth, func(e *core.Expr, v core.Value) core.Value { return x.expandArgs(e, v, s) })
}

// inQuote gives v, which stands in so many quotes, with splice(e, e as a value) for each e
// that is an interpolation of the outermost.
func (x *Expander) inQuote(v core.Value, depth int, splice func(e *core.Expr, v core.Value) core.Value) core.Value {
	if v.Is(core.QuoteNodeType) {
		q := core.As[core.QuoteNode](v).V
		if n := x.inQuote(q, depth, splice); n != q {
			return quoteNode(n)
		}
		return v
	}
	e := exprOf(v)
	if e == nil {
		return v
	}
	switch e.Head.Name {
	case "$":
		if depth == 1 {
			return splice(e, v)
		}
		depth--
	case "quote":
		depth++
	case "inert":
		if depth == 0 {
			return v
		}
	}
	out := make([]core.Value, e.Args.Len)
	for i, a := range args(e) {
		out[i] = x.inQuote(a, depth, splice)
	}
	return x.withArgs(e, v, out)
}

// expandScope expands in a hygienic-scope: (hygienic-scope body module ...).
func (x *Expander) expandScope(e *core.Expr, s *site) core.Value {
	if e.Args.Len < 2 || !e.Args.Get(1).Is(core.ModuleType) {
		panic(thrown{&LowerError{Msg: "malformed \"hygienic-scope\"", File: s.file, Line: s.line}})
	}
	in := &site{mod: core.As[core.Module](e.Args.Get(1)), up: s, file: s.file, line: s.line}
	as := append([]core.Value(nil), args(e)...)
	as[0] = x.expand(as[0], in)
	return core.MakeExpr(e.Head, as...)
}

// macroCall calls a macro and expands what it returns.
func (x *Expander) macroCall(e *core.Expr, v core.Value, s *site) core.Value {
	if e.Args.Len < 2 {
		panic(thrown{&LowerError{Msg: "malformed macro call", File: s.file, Line: s.line}})
	}
	source := e.Args.Get(1)
	in := *s
	if line, file, ok := lineOf(source); ok {
		in.line = line
		if file != "" {
			in.file = file
		}
	} else {
		source = lineNode(s.line, s.file)
	}
	s = &in
	if doc, ok := docCall(e); ok {
		if s.once {
			return v
		}
		flat := *s
		flat.lazy = false
		what := x.expand(doc.what, s)
		if m := exprHead(doc.what, "macrocall"); m != nil {
			if _, nested := docCall(m); !nested {
				if refusal := undocumentable(x.RT, m, what); refusal.P != nil {
					return refusal
				}
			}
		}
		return x.withArgs(e, v, []core.Value{e.Args.Get(0), e.Args.Get(1), x.expand(doc.text, &flat), what})
	}
	f, native, home := x.macroOf(e.Args.Get(0), s)
	if native != nil {
		r, ok := native(x, s, source, args(e)[2:])
		if ok {
			if s.once {
				return r
			}
			return x.expand(r, s)
		}
		if f.P == nil {
			panic(thrown{undefVar(e.Args.Get(0), s)})
		}
	}
	as := append([]core.Value{source, s.mod.Value()}, args(e)[2:]...)
	r, err := x.Call(f, as)
	if err != nil {
		panic(thrown{x.loadError(err, s)})
	}
	re := exprOf(r)
	if re == nil && symOf(r) == nil {
		return r
	}
	if m := x.methodFor(f, as); m != nil && m.Module != nil {
		home = m.Module // of a method that another module added
	}
	if re != nil && re.Head.Name == "escape" && re.Args.Len == 1 {
		if s.once {
			return re.Args.Get(0)
		}
		return x.expand(re.Args.Get(0), s)
	}
	hs := makeExpr("hygienic-scope", r, home.Value())
	if s.once {
		return hs
	}
	return x.expandScope(exprOf(hs), s)
}

// methodFor is the method of a macro that a call takes, nil if that is not known.
func (x *Expander) methodFor(f core.Value, as []core.Value) *core.Method {
	types, exact := make([]*core.DataType, len(as)+1), make([]core.Value, len(as)+1)
	for i, v := range append([]core.Value{f}, as...) {
		types[i] = core.TypeOf(v)
		if core.IsType(v) {
			exact[i] = v
		}
	}
	if ce, err := x.RT.Lookup(types, exact, x.RT.World); err == nil {
		return ce.Method
	}
	return nil
}

// macroOf is findMacro; what it throws becomes a LoadError.
func (x *Expander) macroOf(name core.Value, s *site) (f core.Value, n native, home *core.Module) {
	var err error
	func() {
		defer catch(&err)
		f, n, home = x.findMacro(name, s)
	}()
	if err != nil {
		panic(thrown{x.loadError(err, s)})
	}
	return f, n, home
}

// loadError wraps what a macro throws.
func (x *Expander) loadError(err error, s *site) error {
	if _, ok := err.(*LowerError); ok || x.Plain {
		return err
	}
	v := x.RT.ExceptionOf(err)
	if n := core.TypeOf(v).Name.Name.Name; n == "InterruptException" || n == "LoadError" {
		return err
	}
	return core.Err("LoadError", core.MakeString(s.file), core.Int(int64(s.line)), v)
}

func undefVar(name core.Value, s *site) error {
	n := nameOf(name)
	if n == nil {
		return &LowerError{Msg: "invalid macro name \"" + describe(name) + "\"", File: s.file, Line: s.line}
	}
	return core.Err("UndefVarError", n.Value(), core.Uint(0), s.mod.Value())
}

// findMacro finds the macro that name means: its function, or a native one of
// Base's, and the module that it comes from.
func (x *Expander) findMacro(name core.Value, s *site) (f core.Value, n native, home *core.Module) {
	if exprHead(name, "hygienic-scope") != nil || exprHead(name, "escape") != nil {
		up := s
		for {
			e := exprOf(name)
			if e == nil || e.Args.Len == 0 || e.Head.Name != "escape" && e.Head.Name != "hygienic-scope" {
				break
			}
			if e.Head.Name == "escape" && up.up != nil {
				up = up.up
			} else if e.Head.Name == "hygienic-scope" && e.Args.Len > 1 && e.Args.Get(1).Is(core.ModuleType) {
				up = &site{mod: core.As[core.Module](e.Args.Get(1)), up: up, file: s.file, line: s.line}
			}
			name = e.Args.Get(0)
		}
		s = up
	}
	mod, sym := s.mod, nameOf(name)
	switch {
	case refOf(name) != nil:
		mod = refOf(name).Mod
	case sym == nil:
		if name.Is(core.QuoteNodeType) || exprOf(name) == nil {
			// The function itself, as in Expr(:macrocall, f, ...).
			if name.P != nil && !name.Is(core.QuoteNodeType) {
				return name, nil, s.mod
			}
			panic(thrown{undefVar(name, s)})
		}
		mod, sym = x.macroPath(name, s)
	}
	b := mod.Lookup(sym)
	home = mod
	if b != nil && b.Owner != nil {
		home = b.Owner
	}
	// Names in the result mean what they mean where the macro was defined, also
	// when it is reached by another name.
	if b != nil && b.Value.P != nil {
		if n := core.TypeOf(b.Value).Name; n.FuncName != nil && n.Module != nil {
			home = n.Module
		}
	}
	if b == nil || b.Value.P == nil || home == x.RT.Base || home == x.RT.Core {
		if n := natives[sym.Name]; n != nil {
			v := core.Value{}
			if b != nil {
				v = b.Value
			}
			return v, n, home
		}
	}
	if b == nil || b.Value.P == nil {
		panic(thrown{core.Err("UndefVarError", sym.Value(), core.Uint(0), mod.Value())})
	}
	return b.Value, nil, home
}

// macroPath resolves A.B.@name.
func (x *Expander) macroPath(v core.Value, s *site) (*core.Module, *core.Symbol) {
	e := exprHead(v, ".")
	q := core.Value{}
	if e != nil && e.Args.Len == 2 {
		q, _ = quoted(e.Args.Get(1))
	}
	if symOf(q) == nil {
		panic(thrown{&LowerError{Msg: "invalid macro name \"" + describe(v) + "\"", File: s.file, Line: s.line}})
	}
	return x.modulePath(e.Args.Get(0), s), symOf(q)
}

// modulePath evaluates a path of modules.
func (x *Expander) modulePath(v core.Value, s *site) *core.Module {
	if v.Is(core.ModuleType) {
		return core.As[core.Module](v)
	}
	mod, sym := s.mod, symOf(v)
	if r := refOf(v); r != nil {
		mod, sym = r.Mod, r.Name
	}
	if e := exprHead(v, "."); e != nil && e.Args.Len == 2 {
		q, _ := quoted(e.Args.Get(1))
		mod, sym = x.modulePath(e.Args.Get(0), s), symOf(q)
	}
	if sym == nil {
		panic(thrown{&LowerError{Msg: "invalid macro name \"" + describe(v) + "\"", File: s.file, Line: s.line}})
	}
	b := mod.Lookup(sym)
	if b == nil || b.Value.P == nil {
		panic(thrown{core.Err("UndefVarError", sym.Value(), core.Uint(0), mod.Value())})
	}
	if !b.Value.Is(core.ModuleType) {
		panic(thrown{core.TypeErr("getproperty", "", core.ModuleType.Value(), b.Value)})
	}
	return core.As[core.Module](b.Value)
}
