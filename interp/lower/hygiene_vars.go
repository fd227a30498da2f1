package lower

// This file finds the variables that an expression of a macro introduces:
// what it declares, assigns, and takes as arguments.

import "weft/runtime/core"

// introduced collects names of variables.
type introduced struct {
	vars []*core.Symbol // to be renamed
	keep []*core.Symbol // arguments that come from the caller: they stay, unless renamed outside
	kws  []*core.Symbol // keyword arguments: they stay
}

// newEnv extends env by the variables that v introduces, if v is a function,
// let, try or the like, or the outermost expression of an expansion.
func (x *Expander) newEnv(v core.Value, env *renames, l *layer, outermost bool) *renames {
	e := exprOf(v)
	if e == nil {
		return env
	}
	var in introduced
	binder := in.binder(e)
	if !binder && !outermost {
		return env
	}
	globals := map[*core.Symbol]bool{}
	for _, s := range declared(v, "global", nil) {
		globals[s] = true
	}
	in.vars = append(declared(v, "local", nil), in.vars...)
	in.vars = append(in.vars, assignedIn(v, true, nil)...)
	names := map[*core.Symbol]core.Value{}
	for _, s := range in.keep {
		if _, ok := env.lookup(s); !ok && !globals[s] {
			names[s] = s.Value()
		}
	}
	for _, s := range in.kws {
		if v, ok := env.lookup(s); !globals[s] && (!ok || v != s.Value()) {
			names[s] = s.Value()
		}
	}
	for _, s := range in.vars {
		if globals[s] || names[s].P != nil || isUnderscores(s.Name) {
			continue
		}
		if _, ok := env.lookup(s); ok {
			continue
		}
		names[s] = x.gensym(l, s)
	}
	if len(names) == 0 {
		return env
	}
	return &renames{names: names, up: env}
}

// binder collects the variables that e binds by its form, and says whether it
// is such a form.
func (in *introduced) binder(e *core.Expr) bool {
	as := args(e)
	switch e.Head.Name {
	case "->":
		if len(as) == 2 {
			in.lambdaArgs(as[0])
		}
	case "function", "macro":
		if len(as) == 2 {
			in.head(as[0])
		}
	case "=":
		if len(as) != 2 {
			return false
		}
		if c := exprHead(as[0], "curly"); c != nil && c.Args.Len > 0 {
			in.whereVars(args(c)[1:]) // A{T} = B{T}
			return true
		}
		if !isFunctionHead(stripEscape(as[0])) {
			return false
		}
		in.head(as[0])
	case "let":
		if len(as) != 2 {
			return false
		}
		binds := []core.Value{as[0]}
		if b := exprHead(as[0], "block"); b != nil {
			binds = args(b)
		}
		for _, b := range binds {
			if a := exprHead(b, "="); a != nil && a.Args.Len == 2 {
				in.pattern(a.Args.Get(0))
			} else {
				in.pattern(b)
			}
		}
	case "try":
		if len(as) > 1 {
			in.pattern(as[1])
		}
	case "where":
		in.whereVars(as[min(1, len(as)):])
	default:
		return false
	}
	return true
}

func (in *introduced) whereVars(vs []core.Value) {
	for _, v := range whereVars(vs) {
		e := exprOf(v)
		if e != nil && (e.Head.Name == "escape" || e.Head.Name == "hygienic-scope") {
			continue
		}
		if n := whereName(v); n != nil && refOf(v) == nil {
			in.vars = append(in.vars, n)
		}
	}
}

func (in *introduced) lambdaArgs(v core.Value) {
	e := exprOf(v)
	if e != nil {
		switch e.Head.Name {
		case "where":
			in.whereVars(args(e)[min(1, e.Args.Len):])
			in.lambdaArgs(e.Args.Get(0))
			return
		case "tuple", "block":
			in.args(args(e))
			return
		case "::":
			if e.Args.Len == 2 && exprHead(e.Args.Get(0), "tuple") != nil {
				in.lambdaArgs(e.Args.Get(0))
				return
			}
		}
	}
	in.args([]core.Value{v})
}

// head collects the arguments of a function's head.
func (in *introduced) head(v core.Value) {
	e := exprOf(v)
	if e == nil || e.Args.Len == 0 {
		return
	}
	switch e.Head.Name {
	case "where":
		in.whereVars(args(e)[1:])
		in.head(e.Args.Get(0))
	case "::":
		in.head(e.Args.Get(0))
	case "call":
		if c := exprHead(e.Args.Get(0), "::"); c != nil && c.Args.Len == 2 {
			in.pattern(c.Args.Get(0))
		}
		in.args(args(e)[1:])
	case "tuple":
		in.args(args(e))
	}
}

func (in *introduced) args(vs []core.Value) {
	for _, v := range vs {
		if p := exprHead(v, "parameters"); p != nil {
			for _, k := range args(p) {
				in.keyword(k)
			}
			continue
		}
		if s := escapedName(v); s != nil {
			in.keep = append(in.keep, s)
		}
		in.pattern(v)
	}
}

// escapedName is the name of an argument that comes from the caller: the body's own uses of
// that name mean it.
func escapedName(v core.Value) *core.Symbol {
	e := exprOf(v)
	if e == nil || e.Args.Len == 0 {
		return nil
	}
	switch e.Head.Name {
	case "escape":
		return nameOf(e.Args.Get(0))
	case "::", "kw", "=", "...":
		return escapedName(e.Args.Get(0))
	}
	return nil
}

// keyword collects a keyword argument's name, which is not renamed.
func (in *introduced) keyword(v core.Value) {
	for {
		if s := symOf(v); s != nil {
			in.kws = append(in.kws, s)
			return
		}
		e := exprOf(v)
		if e == nil || e.Args.Len == 0 {
			return
		}
		if e.Head.Name == "..." {
			in.pattern(e.Args.Get(0))
			return
		}
		if e.Head.Name != "kw" && e.Head.Name != "=" && e.Head.Name != "::" && e.Head.Name != "escape" {
			return
		}
		v = e.Args.Get(0)
	}
}

// pattern collects the variables of an argument or a left side.
func (in *introduced) pattern(v core.Value) {
	if s := symOf(v); s != nil {
		in.vars = append(in.vars, s)
		return
	}
	e := exprOf(v)
	if e == nil || e.Args.Len == 0 {
		return
	}
	switch e.Head.Name {
	case "::":
		if e.Args.Len == 2 {
			in.pattern(e.Args.Get(0))
		}
	case "kw", "=", "...":
		in.pattern(e.Args.Get(0))
	case "meta":
		in.pattern(e.Args.Get(e.Args.Len - 1))
	case "tuple", "parameters":
		for _, a := range args(e) {
			in.pattern(a)
		}
	case "call", "where":
		if n := functionName(v); symOf(n) != nil {
			in.vars = append(in.vars, symOf(n))
		}
	}
}

// declVars gives the variables of a declaration or left side.
func declVars(v core.Value, out []*core.Symbol) []*core.Symbol {
	if s := symOf(v); s != nil {
		return append(out, s)
	}
	e := exprOf(v)
	if e == nil || e.Args.Len == 0 {
		return out
	}
	switch e.Head.Name {
	case "escape", "hygienic-scope", "ref", ".":
		return out
	case "::":
		if e.Args.Len == 2 {
			return declVars(e.Args.Get(0), out)
		}
		return out
	case "call", "where", "=", "kw", "curly", "...", "outer":
		return declVars(e.Args.Get(0), out)
	case "tuple", "parameters":
		for _, a := range args(e) {
			out = declVars(a, out)
		}
	}
	return out
}

// opaqueToHygiene reports heads that belong to another layer or are not code.
func opaqueToHygiene(h string) bool {
	switch h {
	case "escape", "hygienic-scope", "quote", "inert", "toplevel", "module", "meta":
		return true
	}
	return false
}

// functionDef reports whether e defines or is a function.
func functionDef(e *core.Expr) bool {
	switch e.Head.Name {
	case "function", "->", "macro":
		return true
	case "=":
		return e.Args.Len > 0 && isFunctionHead(stripEscape(e.Args.Get(0)))
	}
	return false
}

// declared finds the names declared by decl (local or global) in v, not those
// in functions inside it.
func declared(v core.Value, decl string, out []*core.Symbol) []*core.Symbol {
	return declaredIn(v, decl, true, out)
}

func declaredIn(v core.Value, decl string, outer bool, out []*core.Symbol) []*core.Symbol {
	e := exprOf(v)
	if e == nil || opaqueToHygiene(e.Head.Name) || !outer && functionDef(e) {
		return out
	}
	if e.Head.Name == decl {
		for _, a := range args(e) {
			out = declVars(a, out)
		}
		return out
	}
	for _, a := range args(e) {
		out = declaredIn(a, decl, false, out)
	}
	return out
}

// assignedIn finds the names that v assigns; of functions inside it, the name.
func assignedIn(v core.Value, outer bool, out []*core.Symbol) []*core.Symbol {
	e := exprOf(v)
	if e == nil || opaqueToHygiene(e.Head.Name) {
		return out
	}
	as := args(e)
	if functionDef(e) {
		if !outer {
			if e.Head.Name == "->" || len(as) == 0 {
				return out
			}
			if n := symOf(functionName(v)); n != nil && e.Head.Name != "macro" {
				out = append(out, n)
			}
			return out
		}
		for _, a := range as[min(1, len(as)):] {
			out = assignedIn(a, false, out)
		}
		return out
	}
	switch e.Head.Name {
	case "=":
		if len(as) == 2 {
			out = declVars(as[0], out)
			return assignedIn(as[1], false, assignedIn(as[0], false, out))
		}
	case "struct":
		return out
	case "kw": // its name is no variable
		as = as[min(1, len(as)):]
	case "tuple":
		for _, a := range as {
			if n := exprHead(a, "="); n != nil && n.Args.Len == 2 {
				out = assignedIn(n.Args.Get(1), false, out)
			} else {
				out = assignedIn(a, false, out)
			}
		}
		return out
	}
	for _, a := range as {
		out = assignedIn(a, false, out)
	}
	return out
}
