package lower

// This file renames the variables that macros introduce, and makes their
// other names mean globals of the macro's module.

import (
	"weft/runtime/core"
)

// layer is one macro's expansion: how its names are renamed.
type layer struct {
	env    *renames
	mod    *core.Module
	up     *layer
	labels map[*core.Symbol]*core.Symbol
}

// renames is a chain of renamings, innermost first.
type renames struct {
	names map[*core.Symbol]core.Value
	up    *renames
}

func (r *renames) lookup(s *core.Symbol) (core.Value, bool) {
	for ; r != nil; r = r.up {
		if v, ok := r.names[s]; ok {
			return v, true
		}
	}
	return core.Value{}, false
}

// resolveTop resolves all hygienic scopes in v, which stands in none.
func (x *Expander) resolveTop(v core.Value) core.Value {
	e := exprOf(v)
	if e == nil {
		return v
	}
	switch e.Head.Name {
	case "hygienic-scope":
		return x.enterLayer(e, nil)
	case "escape":
		if e.Args.Len == 1 {
			return x.resolveTop(e.Args.Get(0))
		}
		return v
	case "inert", "module", "toplevel":
		return v
	}
	out := args(e)
	changed := false
	for i, a := range args(e) {
		n := x.resolveTop(a)
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

// enterLayer resolves (hygienic-scope body module).
func (x *Expander) enterLayer(e *core.Expr, up *layer) core.Value {
	body, mod := e.Args.Get(0), core.As[core.Module](e.Args.Get(1))
	l := &layer{mod: mod, up: up}
	l.env = x.newEnv(body, nil, l, true)
	return x.resolve(body, l, false)
}

func (x *Expander) gensym(l *layer, s *core.Symbol) core.Value {
	return symValue("#" + itoa(x.counter(l.mod)) + "#" + s.Name)
}

// in resolves v with the names that it introduces itself.
func (x *Expander) in(v core.Value, l *layer, inArg bool) core.Value {
	e := exprOf(v)
	if e == nil {
		return x.resolve(v, l, inArg)
	}
	if env := x.newEnv(v, l.env, l, false); env != l.env {
		m := *l
		m.env = env
		if e.Head.Name == "let" {
			return x.resolveLet(e, &m, l)
		}
		return x.resolve(v, &m, inArg)
	}
	return x.resolve(v, l, inArg)
}

// resolveLet resolves a let whose variables the layer l has, but not the layer around it,
// which is that of their first values.
func (x *Expander) resolveLet(e *core.Expr, l, around *layer) core.Value {
	bind := func(b core.Value) core.Value {
		if a := exprHead(b, "="); a != nil && a.Args.Len == 2 && !isFunctionHead(stripEscape(a.Args.Get(0))) {
			return core.MakeExpr(a.Head, x.in(a.Args.Get(0), l, false), x.in(a.Args.Get(1), around, false))
		}
		return x.in(b, l, false)
	}
	binds := e.Args.Get(0)
	if b := exprHead(binds, "block"); b != nil {
		out := append([]core.Value(nil), args(b)...)
		for i := range out {
			out[i] = bind(out[i])
		}
		binds = core.MakeExpr(b.Head, out...)
	} else {
		binds = bind(binds)
	}
	return core.MakeExpr(e.Head, binds, x.in(e.Args.Get(1), l, false))
}

// resolve renames the symbols of v.
func (x *Expander) resolve(v core.Value, l *layer, inArg bool) core.Value {
	if s := symOf(v); s != nil {
		return x.resolveSym(s, l)
	}
	e := exprOf(v)
	if e == nil {
		return v
	}
	as := args(e)
	switch e.Head.Name {
	case "escape":
		if len(as) != 1 {
			return v
		}
		if l.up == nil {
			return x.resolveTop(as[0])
		}
		return x.in(as[0], l.up, inArg)
	case "hygienic-scope":
		return x.enterLayer(e, l)
	case "inert", "line", "using", "import", "export", "public", "meta", "inbounds", "boundscheck", "loopinfo", "module":
		return unescape(v)
	case "quote":
		return x.resolveQuote(v, l)
	case "toplevel":
		out := make([]core.Value, len(as))
		for i, a := range as {
			out[i] = a
			if exprOf(a) != nil || symOf(a) != nil {
				out[i] = makeExpr("hygienic-scope", a, l.mod.Value())
			}
		}
		return core.MakeExpr(e.Head, out...)
	case "global":
		out := make([]core.Value, len(as))
		for i, a := range as {
			out[i] = x.resolveGlobal(a, l)
		}
		return core.MakeExpr(e.Head, out...)
	case "symboliclabel", "symbolicgoto":
		if len(as) == 1 && symOf(as[0]) != nil {
			return core.MakeExpr(e.Head, x.label(symOf(as[0]), l))
		}
		return unescape(v)
	case "macrocall":
		out := append([]core.Value(nil), as...)
		for i := 2; i < len(as); i++ {
			out[i] = x.in(as[i], l, false)
		}
		return core.MakeExpr(e.Head, out...)
	case ".":
		if len(as) == 2 && exprHead(as[1], "tuple") == nil {
			f := as[1]
			if q := exprHead(f, "quote"); q != nil {
				f = x.resolveQuote(f, l)
			} else if !f.Is(core.QuoteNodeType) {
				f = x.in(f, l, false)
			}
			return core.MakeExpr(e.Head, x.in(as[0], l, false), f)
		}
	case "kw":
		if len(as) == 2 {
			return x.resolveKw(e, l, inArg)
		}
	case "parameters":
		out := make([]core.Value, len(as))
		for i, a := range as {
			if s := symOf(unescape(a)); s != nil && !inArg {
				a = makeExpr("kw", s.Value(), a)
			}
			out[i] = x.in(a, l, false)
			if inArg && symOf(a) != nil {
				out[i] = a
			} else if t := exprHead(a, "::"); inArg && t != nil && t.Args.Len == 2 {
				out[i] = core.MakeExpr(t.Head, t.Args.Get(0), x.in(t.Args.Get(1), l, false))
			}
		}
		return core.MakeExpr(e.Head, out...)
	case "tuple":
		out := make([]core.Value, len(as))
		for i, a := range as {
			if n := exprHead(a, "="); n != nil && n.Args.Len == 2 && !inArg {
				out[i] = core.MakeExpr(n.Head, unescape(n.Args.Get(0)), x.in(n.Args.Get(1), l, false))
			} else {
				out[i] = x.in(a, l, inArg)
			}
		}
		return core.MakeExpr(e.Head, out...)
	case "->", "function", "macro", "=":
		if len(as) == 2 && (e.Head.Name != "=" || isFunctionHead(stripEscape(as[0]))) {
			return core.MakeExpr(e.Head, x.resolveHead(as[0], l, e.Head.Name == "->"), x.resolve(as[1], l, false))
		}
	case "struct":
		if len(as) == 3 {
			l = withTypeVars(as[1], l)
			return core.MakeExpr(e.Head, as[0], x.resolveSpec(as[1], l), x.resolveFields(as[2], l))
		}
	case "abstract", "primitive":
		if len(as) > 0 {
			l = withTypeVars(as[0], l)
			out := []core.Value{x.resolveSpec(as[0], l)}
			for _, a := range as[1:] {
				out = append(out, x.in(a, l, false))
			}
			return core.MakeExpr(e.Head, out...)
		}
	}
	out := make([]core.Value, len(as))
	for i, a := range as {
		out[i] = x.in(a, l, inArg)
	}
	return core.MakeExpr(e.Head, out...)
}

func (x *Expander) resolveSym(s *core.Symbol, l *layer) core.Value {
	switch s.Name {
	case "begin", "end", "ccall", "cglobal", "new":
		return s.Value()
	}
	if isUnderscores(s.Name) || s.Name[:min(1, len(s.Name))] == "#" {
		return s.Value()
	}
	if v, ok := l.env.lookup(s); ok {
		return v
	}
	return globalRef(l.mod, s)
}

// resolveGlobal resolves a part of a global declaration: the names stay as they are.
func (x *Expander) resolveGlobal(v core.Value, l *layer) core.Value {
	if symOf(v) != nil {
		return v
	}
	e := exprOf(v)
	if e == nil || e.Args.Len == 0 {
		return v
	}
	switch e.Head.Name {
	case "escape", "hygienic-scope":
		return x.resolve(v, l, false)
	case "=", "::":
		out := append([]core.Value(nil), args(e)...)
		out[0] = x.resolveGlobal(out[0], l)
		for i := 1; i < len(out); i++ {
			out[i] = x.in(out[i], l, false)
		}
		return core.MakeExpr(e.Head, out...)
	case "tuple", "parameters":
		out := make([]core.Value, e.Args.Len)
		for i, a := range args(e) {
			out[i] = x.resolveGlobal(a, l)
		}
		return core.MakeExpr(e.Head, out...)
	}
	return x.in(v, l, false)
}

// resolveKw resolves (kw k v): k names a keyword unless it is an argument.
func (x *Expander) resolveKw(e *core.Expr, l *layer, inArg bool) core.Value {
	k, v := e.Args.Get(0), x.in(e.Args.Get(1), l, false)
	if inArg {
		return core.MakeExpr(e.Head, x.in(k, l, true), v)
	}
	if t := exprHead(k, "::"); t != nil && t.Args.Len == 2 {
		return core.MakeExpr(e.Head, core.MakeExpr(t.Head, unescape(t.Args.Get(0)), x.in(t.Args.Get(1), l, false)), v)
	}
	return core.MakeExpr(e.Head, unescape(k), v)
}

// resolveHead resolves a function's head, l holding its arguments.
func (x *Expander) resolveHead(v core.Value, l *layer, arrow bool) core.Value {
	e := exprOf(v)
	if e == nil {
		return x.resolve(v, l, true)
	}
	as := args(e)
	out := make([]core.Value, len(as))
	switch e.Head.Name {
	case "where", "::":
		if len(as) > 1 {
			out[0] = x.resolveHead(as[0], l, arrow)
			for i := 1; i < len(as); i++ {
				out[i] = x.resolve(as[i], l, false)
			}
			return core.MakeExpr(e.Head, out...)
		}
	case "call":
		if len(as) > 0 && !arrow {
			out[0] = x.resolve(as[0], l, true)
			for i := 1; i < len(as); i++ {
				out[i] = x.resolve(as[i], l, true)
			}
			return core.MakeExpr(e.Head, out...)
		}
	case "escape":
		if len(as) == 1 && l.up != nil {
			return x.in(as[0], l.up, true)
		}
	}
	return x.resolve(v, l, true)
}

// resolveSpec resolves the head of a type definition: the name stays.
func (x *Expander) resolveSpec(v core.Value, l *layer) core.Value {
	e := exprOf(v)
	if e == nil || e.Args.Len == 0 {
		return v
	}
	switch e.Head.Name {
	case "<:", "curly":
		out := append([]core.Value(nil), args(e)...)
		out[0] = x.resolveSpec(out[0], l)
		for i := 1; i < len(out); i++ {
			if e.Head.Name == "curly" && symOf(out[i]) != nil {
				continue
			}
			if b := exprOf(out[i]); b != nil && e.Head.Name == "curly" && (b.Head.Name == "<:" || b.Head.Name == ">:" || b.Head.Name == "comparison") {
				bounds := append([]core.Value(nil), args(b)...)
				for j := range bounds {
					if s := symOf(bounds[j]); s != nil && (j == 0 && b.Head.Name != "comparison" || j == 2 && b.Head.Name == "comparison") {
						continue
					}
					bounds[j] = x.in(bounds[j], l, false)
				}
				out[i] = core.MakeExpr(b.Head, bounds...)
				continue
			}
			out[i] = x.in(out[i], l, false)
		}
		return core.MakeExpr(e.Head, out...)
	}
	return x.in(v, l, false)
}

// withTypeVars is l for a type definition, whose parameters keep their names.
func withTypeVars(spec core.Value, l *layer) *layer {
	if e := exprHead(spec, "<:"); e != nil && e.Args.Len > 0 {
		spec = e.Args.Get(0)
	}
	e := exprHead(spec, "curly")
	if e == nil {
		return l
	}
	names := map[*core.Symbol]core.Value{}
	for _, v := range whereVars(args(e)[1:]) {
		if b := exprOf(v); b != nil && (b.Head.Name == "escape" || b.Head.Name == "hygienic-scope") {
			continue
		}
		if s := whereName(v); s != nil {
			names[s] = s.Value()
		}
	}
	m := *l
	m.env = &renames{names: names, up: l.env}
	return &m
}

// resolveFields resolves a struct's body: names of fields stay.
func (x *Expander) resolveFields(v core.Value, l *layer) core.Value {
	e := exprOf(v)
	if e == nil {
		return v
	}
	switch e.Head.Name {
	case "block", "const", "atomic":
		out := make([]core.Value, e.Args.Len)
		for i, a := range args(e) {
			out[i] = x.resolveFields(a, l)
		}
		return core.MakeExpr(e.Head, out...)
	case "::":
		if e.Args.Len == 2 && symOf(e.Args.Get(0)) != nil {
			return core.MakeExpr(e.Head, e.Args.Get(0), x.in(e.Args.Get(1), l, false))
		}
	}
	return x.in(v, l, false)
}

// resolveQuote resolves only in the interpolations of a quote.
func (x *Expander) resolveQuote(v core.Value, l *layer) core.Value {
	return x.inQuote(v, 0, func(e *core.Expr, _ core.Value) core.Value {
		out := make([]core.Value, e.Args.Len)
		for i, a := range args(e) {
			out[i] = x.in(a, l, false)
		}
		return core.MakeExpr(e.Head, out...)
	})
}

// label renames a label of the expansion.
func (x *Expander) label(s *core.Symbol, l *layer) core.Value {
	if l.labels == nil {
		l.labels = map[*core.Symbol]*core.Symbol{}
	}
	r := l.labels[s]
	if r == nil {
		r = symOf(x.gensym(l, s))
		l.labels[s] = r
	}
	return r.Value()
}

// unescape removes the wrappers of hygiene from v.
func unescape(v core.Value) core.Value {
	e := exprOf(v)
	if e == nil {
		return v
	}
	if (e.Head.Name == "escape" || e.Head.Name == "hygienic-scope") && e.Args.Len > 0 {
		return unescape(e.Args.Get(0))
	}
	out := make([]core.Value, e.Args.Len)
	same := true
	for i, a := range args(e) {
		out[i] = unescape(a)
		same = same && out[i] == a
	}
	if same {
		return v
	}
	return core.MakeExpr(e.Head, out...)
}

func stripEscape(v core.Value) core.Value {
	for e := exprOf(v); e != nil && e.Args.Len > 0 && (e.Head.Name == "escape" || e.Head.Name == "hygienic-scope"); e = exprOf(v) {
		v = e.Args.Get(0)
	}
	return v
}
