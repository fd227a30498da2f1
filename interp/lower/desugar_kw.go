package lower

// This file desugars definitions with keyword arguments. f(x; k = 1) becomes
//
//	#f#N(k, self, x)            the body
//	f(x)                        calls it with the defaults
//	Core.kwcall(kw, f, x)       takes the keywords out of a named tuple

import (
	"weft/runtime/core"
)

// formalKws reads keyword arguments.
func (d *desugarer) formalKws(vs []core.Value) []argument {
	var out []argument
	seen := map[*core.Symbol]bool{}
	for i, v := range vs {
		a := d.formal(v)
		if a.pattern.P != nil || a.name == nil {
			d.fail("\"" + describe(v) + "\" is not a valid keyword argument name")
		}
		if a.rest && i < len(vs)-1 {
			d.fail("invalid \"...\" on non-final keyword argument")
		}
		if a.rest && a.typ.P != nil {
			d.fail("\"" + describe(v) + "\" keyword arguments with \"...\" cannot have a type")
		}
		if seen[a.name] {
			d.fail("function argument name not unique: \"" + a.name.Name + "\"")
		}
		seen[a.name] = true
		out = append(out, a)
	}
	return out
}

// kwMethods makes the methods of a definition with keywords.
func (df *definition) kwMethods() []*Form {
	d := df.d
	for _, k := range df.kws {
		for _, a := range df.pos {
			if a.name == k.name {
				d.fail("function argument name not unique: \"" + k.name.Name + "\"")
			}
		}
	}
	df.nameArgs()
	bodyName := d.bodyName(df.ci.name)
	var out []*Form
	switch {
	case df.anon != nil:
		out = append(out, d.form(FuncDecl, d.name(df.anon)))
	case df.ci.target != nil && nameOf(*df.ci.target) != nil:
		out = append(out, d.form(FuncDecl, d.target(*df.ci.target)))
	}
	if !df.ctx.top {
		out = append(out, d.local(bodyName))
	}
	out = append(out, df.kwBody(bodyName))
	first := firstOptional(df.pos)
	if first < 0 {
		first = len(df.pos)
	}
	arities := []int{}
	for n := first; n < len(df.pos) && df.pos[n].def.P != nil; n++ {
		arities = append(arities, n)
	}
	arities = append(arities, len(df.pos))
	for _, n := range arities {
		out = append(out, df.kwSorter(bodyName, n))
	}
	for _, n := range arities {
		out = append(out, df.kwPlain(bodyName, n))
	}
	return out
}

// bodyName makes the name of the function that holds the body.
func (d *desugarer) bodyName(name *core.Symbol) *core.Symbol {
	s := ""
	if name != nil {
		s = name.Name
	}
	n := d.x.counter(d.mod)
	if s == "" {
		return core.Sym("#" + itoa(n))
	}
	return core.Sym("#" + s + "#" + itoa(n))
}

// keyword is the name of a keyword in the list of a method's keywords.
func (a argument) keyword() *core.Symbol {
	if a.rest {
		return core.Sym(a.name.Name + "...")
	}
	return a.name
}

// kwBody makes the method with the body: keywords, the function, arguments.
func (df *definition) kwBody(name *core.Symbol) *Form {
	d := df.d
	fn := &Function{Name: name, Args: []*core.Symbol{selfSym}, File: df.file, Line: df.line, NoCapture: df.lazy}
	for _, k := range df.kws {
		fn.Args = append(fn.Args, k.name)
		fn.KwNames = append(fn.KwNames, k.keyword())
	}
	fn.Types = df.typesOf(df.kws)
	fn.Args = append(fn.Args, df.ci.self)
	fn.Types = append(fn.Types, df.selfTypeForm())
	df.addArgs(fn, df.pos)
	fn.SVars = df.svars(append(append(typeExprs(df.kws), typeExprs(df.pos)...), df.ci.selfType)...)
	fn.Unused = df.unused(fn.SVars)
	fn.Generated = df.gen
	df.setBody(fn, df.bodyOf)
	f := d.form(Method, df.bodyRef(d, name))
	f.Fn = fn
	return f
}

// bodyRef is the form of the body function's name.
func (df *definition) bodyRef(d *desugarer, name *core.Symbol) *Form {
	if df.ctx.top {
		return d.global(d.mod, name)
	}
	return d.name(name)
}

// selfTypeForm is the type of the function as an argument, nil when the scope
// pass is to find it.
func (df *definition) selfTypeForm() *Form {
	d := df.d
	switch {
	case df.ci.selfType.P != nil:
		return d.expr(df.ci.selfType)
	case df.ci.target != nil && nameOf(*df.ci.target) == nil:
		return d.core("Typeof", d.expr(*df.ci.target))
	case df.ci.target != nil && refOf(*df.ci.target) != nil:
		return d.core("Typeof", d.target(*df.ci.target))
	}
	return nil
}

// pass makes the call of the body function with all arguments.
func (df *definition) pass(d *desugarer, body *core.Symbol, os []operand) *Form {
	var all []operand
	for _, k := range df.kws {
		all = append(all, operand{f: d.name(k.name)})
	}
	all = append(all, operand{f: d.name(df.ci.self)})
	return d.apply(df.bodyRef(d, body), append(all, os...))
}

// missingKw is the value of a keyword that was not given.
func (df *definition) missingKw(d *desugarer, k argument) *Form {
	if k.def.P != nil {
		return d.expr(k.def)
	}
	return d.core("throw", d.call(d.inCore("UndefKeywordError"), d.sym(k.name)))
}

// bindKws binds the keywords to their values one after the other and then does
// body: a default sees the keywords in front of it, and where it mentions its
// own name or a later one, what that means outside.
func (d *desugarer) bindKws(kws []argument, value func(k argument) *Form, body func() *Form) *Form {
	outside := false
	for i, k := range kws {
		for _, l := range kws[i:] {
			outside = outside || mentions(k.def, l.name)
		}
	}
	if outside {
		return d.bindNested(kws, value, body)
	}
	var kids []*Form
	for _, k := range kws {
		kids = append(kids, d.local(k.name), drop(d.assign(d.name(k.name), value(k))))
	}
	return d.with(kids, body())
}

// bindNested binds each in a scope of its own.
func (d *desugarer) bindNested(as []argument, value func(a argument) *Form, body func() *Form) *Form {
	if len(as) == 0 {
		return body()
	}
	var pre []*Form
	v := d.temp(value(as[0]), &pre)
	return d.with(pre, d.scope(true, d.localDef(as[0].name), drop(d.assign(d.name(as[0].name), v)), d.bindNested(as[1:], value, body)))
}

// kwPlain makes the method without keywords, of n positional arguments.
func (df *definition) kwPlain(body *core.Symbol, n int) *Form {
	fn := df.function(df.pos[:n])
	for _, k := range df.kws {
		fn.KwNames = append(fn.KwNames, k.keyword())
	}
	df.setBody(fn, func(d *desugarer) *Form {
		if n < len(df.pos) { // the function itself, with all arguments, goes on
			return df.passOn(d, n, func(os []operand) *Form { return d.apply(d.name(df.ci.self), os) })
		}
		return d.bindKws(df.kws, func(k argument) *Form {
			if k.rest {
				return d.inBase("no_keywords")
			}
			return df.missingKw(d, k)
		}, func() *Form {
			return df.passOn(d, n, func(os []operand) *Form { return df.pass(d, body, os) })
		})
	})
	return df.method(fn)
}

// kwSorter makes the method of Core.kwcall for n positional arguments.
func (df *definition) kwSorter(body *core.Symbol, n int) *Form {
	d := df.d
	kwSym := core.Sym("#kw#")
	fn := &Function{Name: core.Sym("kwcall"), Args: []*core.Symbol{selfSym, kwSym, df.ci.self}, File: df.file, Line: df.line, NoCapture: df.lazy}
	fn.Types = []*Form{d.inCore("NamedTuple"), df.selfTypeForm()}
	if fn.Types[1] == nil {
		fn.KwOf = df.anon
		if fn.KwOf == nil {
			fn.KwOf = nameOf(*df.ci.target)
		}
	}
	pos := df.pos[:n]
	df.addArgs(fn, pos)
	fn.SVars = df.svars(append(typeExprs(pos), df.ci.selfType)...)
	bound := map[*core.Symbol]bool{}
	for _, v := range fn.SVars {
		bound[v.Sym] = true
	}
	df.setBody(fn, func(d *desugarer) *Form {
		var names []core.Value
		rest := false
		for _, k := range df.kws {
			if k.rest {
				rest = true
			} else {
				names = append(names, k.name.Value())
			}
		}
		known := symbolTuple(names)
		kw := func() *Form { return d.name(kwSym) }
		if n < len(df.pos) {
			return df.passOn(d, n, func(os []operand) *Form {
				c := d.apply(d.inCore("kwcall"), append([]operand{{f: kw()}, {f: d.name(df.ci.self)}}, os...))
				c.Flags |= Gen
				return c
			})
		}
		return d.bindKws(df.kws, func(k argument) *Form {
			if k.rest {
				return d.base("pairs", d.core("kw_rest", kw(), d.constant(known)))
			}
			got := df.kwValue(d, k, d.core("getfield", kw(), d.sym(k.name)), bound)
			return d.form(If, d.core("isdefined", kw(), d.sym(k.name)), got, df.missingKw(d, k))
		}, func() *Form {
			var os []operand
			for _, a := range pos {
				os = append(os, operand{d.name(a.name), a.rest})
			}
			if rest {
				return df.pass(d, body, os)
			}
			wrong := append([]operand{{f: kw()}, {f: d.name(df.ci.self)}}, os...)
			check := d.form(If, d.core("kw_known", kw(), d.constant(known)), d.nothing(), d.apply(d.inBase("kwerr"), wrong))
			return d.form(Block, drop(check), df.pass(d, body, dupAll(os)))
		})
	})
	f := d.form(Method, d.inCore("kwcall"))
	f.Fn = fn
	return f
}

// kwValue checks the type of a keyword that was given.
func (df *definition) kwValue(d *desugarer, k argument, v *Form, bound map[*core.Symbol]bool) *Form {
	if k.typ.P == nil || nameOf(k.typ) == core.Sym("Any") {
		return v
	}
	for _, w := range df.where {
		if n := whereName(w); !bound[n] && mentions(k.typ, n) {
			return v
		}
	}
	var pre []*Form
	t := d.hold(d.expr(k.typ), &pre)
	x := d.temp(v, &pre)
	bad := d.core("throw", d.call(d.inCore("TypeError"), d.sym(core.Sym("keyword argument")), d.sym(k.name), dup(t), dup(x)))
	return d.with(pre, d.form(If, d.core("isa", x, t), dup(x), bad))
}
