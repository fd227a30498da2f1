package lower

// This file desugars struct, abstract type and primitive type, inner
// constructors with new, and the default constructors.

import (
	"slices"
	"strings"

	"weft/runtime/core"
)

// ctorContext is the struct that an inner constructor's new makes.
type ctorContext struct {
	name    *core.Symbol
	params  int
	fields  []core.Value // declared types; undefined: Any
	vars    []*core.Symbol
	curly   bool // the constructor is of Name{Params...}: new makes that type
	convert bool // arguments of new are converted to the field types
}

// typeSpec reads Name, Name{T}, Name{T} <: Super.
func (d *desugarer) typeSpec(v core.Value) (def *TypeDef, vars []core.Value) {
	def = &TypeDef{}
	if e := exprHead(v, "<:"); e != nil && e.Args.Len == 2 {
		def.Super = d.superType(e)
		v = e.Args.Get(0)
	}
	if e := exprHead(v, "curly"); e != nil && e.Args.Len > 0 {
		vars = args(e)[1:]
		v = e.Args.Get(0)
	}
	if def.Sym = nameOf(v); def.Sym == nil {
		d.fail("invalid type signature")
	}
	for _, x := range vars {
		def.Vars = append(def.Vars, d.typeVar(x))
	}
	return def, vars
}

func (d *desugarer) superType(e *core.Expr) *Form { return d.expr(e.Args.Get(1)) }

// lowerDefinition handles types, modules and what belongs to them; nil for
// other heads.
func (d *desugarer) lowerDefinition(e *core.Expr, h string, v core.Value) *Form {
	switch h {
	case "struct", "abstract", "primitive", "module":
		if d.ctx.fn || h == "module" && !d.ctx.top {
			name := map[string]string{"abstract": "abstract type", "primitive": "primitive type"}[h]
			if name == "" {
				name = h
			}
			d.fail("\"" + name + "\" expression not at top level")
		}
	}
	f := d.form(Struct)
	switch h {
	case "struct":
		return d.lowerStruct(e)
	case "abstract":
		f.Kind = Abstract
		f.Def, _ = d.typeSpec(d.arg(e, 0))
		return f
	case "primitive":
		def, _ := d.typeSpec(d.arg(e, 0))
		def.Bits = d.expr(d.arg(e, 1))
		f.Kind, f.Def = Primitive, def
		return f
	case "module":
		return d.lowerModule(e)
	case "import", "using":
		return d.lowerImport(e, h)
	case "export", "public":
		return d.lowerExport(e, h)
	case "toplevel":
		if d.ctx.fn {
			d.fail("\"toplevel\" expression not at top level")
		}
		f.Kind, f.Val = TopLevel, v
		var pre []*Form
		t := d.temp(f, &pre)
		return d.form(Block, append(pre, d.form(Latest), t)...)
	}
	return nil
}

// structBody is what the body of a struct says.
type structBody struct {
	fields []*core.Symbol
	types  []core.Value
	consts []bool
	atomic []bool
	inner  []core.Value
}

func (d *desugarer) lowerStruct(e *core.Expr) *Form {
	mutable := d.arg(e, 0).IsTrue()
	def, vars := d.typeSpec(d.arg(e, 1))
	def.Mutable = mutable
	var b structBody
	d.structField(&b, d.arg(e, 2), mutable)
	seen := map[*core.Symbol]bool{}
	for i, s := range b.fields {
		if seen[s] {
			d.fail("duplicate field name: \"" + s.Name + "\" is not unique")
		}
		seen[s] = true
		var t *Form
		if b.types[i].P != nil {
			t = d.expr(b.types[i])
		}
		def.FieldTypes = append(def.FieldTypes, t)
	}
	def.Fields, def.Const, def.Atomic = b.fields, b.consts, b.atomic
	saved := d.ctx
	d.ctx.typeDef = true
	ctor := &ctorContext{name: def.Sym, params: len(vars), fields: b.types, convert: true}
	for _, v := range def.Vars {
		ctor.vars = append(ctor.vars, v.Sym)
	}
	d.ctx.ctor = ctor
	def.NInit = len(b.fields)
	hasCtor := false
	for _, v := range b.inner {
		if functionName(v).P != nil && isDefinition(v) {
			hasCtor = true
			def.NInit = min(def.NInit, minNew(v, len(b.fields)))
		}
	}
	if !hasCtor {
		line, at := d.line, d.at
		if i := slices.IndexFunc(b.inner, isLine); i >= 0 { // they stand where the fields begin
			d.setLine(b.inner[i])
		}
		def.Inner = d.defaultCtors(def, vars, &b)
		d.line, d.at = line, at
	}
	for _, v := range b.inner {
		d.setLine(v)
		if !isLine(v) {
			def.Inner = append(def.Inner, d.stmt(v))
		}
	}
	d.ctx = saved
	f := d.form(Struct)
	f.Def = def
	return f
}

// isDefinition reports whether v defines a function.
func isDefinition(v core.Value) bool {
	e := exprOf(v)
	return e != nil && e.Args.Len > 0 && (e.Head.Name == "function" || e.Head.Name == "=" && isFunctionHead(e.Args.Get(0)))
}

// minNew finds how few arguments a call of new in v has, at most most.
func minNew(v core.Value, most int) int {
	e := exprOf(v)
	if e == nil || e.Head.Name == "quote" {
		return most
	}
	if e.Head.Name == "call" && e.Args.Len > 0 {
		c := e.Args.Get(0)
		if x := exprHead(c, "curly"); x != nil && x.Args.Len > 0 {
			c = x.Args.Get(0)
		}
		if symOf(c) == core.Sym("new") {
			most = min(most, e.Args.Len-1)
		}
	}
	for _, a := range args(e) {
		most = minNew(a, most)
	}
	return most
}

// structField reads one statement of a struct's body.
func (d *desugarer) structField(b *structBody, v core.Value, mutable bool) {
	if isLine(v) {
		b.inner = append(b.inner, v)
		return
	}
	add := func(s *core.Symbol, t core.Value) {
		if s == nil {
			d.fail("invalid field \"" + describe(v) + "\" in struct")
		}
		b.fields, b.types = append(b.fields, s), append(b.types, t)
		b.consts, b.atomic = append(b.consts, false), append(b.atomic, false)
	}
	if s := nameOf(v); s != nil {
		add(s, core.Value{})
		return
	}
	e := exprOf(v)
	if e == nil {
		return // a string: documentation of what follows
	}
	switch {
	case e.Head.Name == "block":
		for _, x := range args(e) {
			d.structField(b, x, mutable)
		}
	case isDocObject(e): // documentation of what follows
	case e.Head.Name == "::" && e.Args.Len == 2:
		add(nameOf(e.Args.Get(0)), e.Args.Get(1))
	case (e.Head.Name == "const" || e.Head.Name == "atomic") && e.Args.Len == 1 && !isDefinition(e.Args.Get(0)) && exprHead(e.Args.Get(0), "=") == nil:
		n := len(b.fields)
		if e.Head.Name == "const" && !mutable {
			d.fail("invalid field attribute \"const\" for immutable struct")
		}
		if e.Head.Name == "atomic" && !mutable {
			d.fail("invalid field attribute \"atomic\" for immutable struct")
		}
		d.structField(b, e.Args.Get(0), mutable)
		if len(b.fields) == n {
			d.fail("invalid field attribute \"" + e.Head.Name + "\"")
		}
		if e.Head.Name == "const" {
			b.consts[n] = true
		} else {
			b.atomic[n] = true
		}
	case e.Head.Name == "macrocall":
		if doc, ok := docCall(e); ok {
			d.structField(b, doc.what, mutable)
			return
		}
		d.structField(b, d.x.expandIn(d.mod, v, d.at, d.line), mutable)
	case e.Head.Name == "=" && !isFunctionHead(e.Args.Get(0)):
		d.fail("\"" + describe(v) + "\" inside type definition is reserved")
	case e.Head.Name == "string":
	default:
		b.inner = append(b.inner, v)
	}
}

// defaultCtors makes the constructors of a struct that defines none.
func (d *desugarer) defaultCtors(def *TypeDef, vars []core.Value, b *structBody) []*Form {
	name := def.Sym.Value()
	self := name
	if len(vars) > 0 {
		self = core.MakeExpr(core.Sym("curly"), append([]core.Value{name}, varNames(def)...)...)
	}
	plain := make([]core.Value, len(b.fields))
	typed := make([]core.Value, len(b.fields))
	anyType := true
	for i, s := range b.fields {
		if s == def.Sym || isUnderscores(s.Name) || isVar(def.Vars, s) {
			s = core.Sym("#arg" + itoa(i+1))
		}
		plain[i] = s.Value()
		typed[i] = plain[i]
		if b.types[i].P != nil {
			t := b.types[i]
			if does(t) { // once is enough
				t = makeExpr("call", core.ToValue(&core.GlobalRef{Type: core.GlobalRefType, Mod: d.rt.Core, Name: core.Sym("fieldtype")}), self, core.Int(int64(i+1)))
			}
			typed[i] = makeExpr("::", plain[i], t)
			anyType = anyType && nameOf(b.types[i]) == core.Sym("Any")
		}
	}
	where := func(sig core.Value) core.Value {
		if len(vars) == 0 {
			return sig
		}
		return core.MakeExpr(core.Sym("where"), append([]core.Value{sig}, vars...)...)
	}
	call := func(f core.Value, as []core.Value) core.Value {
		return core.MakeExpr(core.Sym("call"), append([]core.Value{f}, as...)...)
	}
	var out []*Form
	add := func(sig, body core.Value, convert bool) {
		d.ctx.ctor.convert = convert
		out = append(out, drop(d.lower(makeExpr("=", where(sig), body), false)))
		d.ctx.ctor.convert = true
	}
	newSym := symValue("new")
	if len(vars) == 0 {
		add(call(name, typed), call(newSym, plain), false)
		if !anyType {
			add(call(name, plain), call(newSym, plain), true)
		}
		return out
	}
	curly := func(f core.Value) core.Value {
		return core.MakeExpr(core.Sym("curly"), append([]core.Value{f}, varNames(def)...)...)
	}
	add(call(self, plain), call(newSym, plain), true)
	if determined(def.Vars, vars, b.types) {
		add(call(name, typed), call(curly(newSym), plain), false)
	}
	return out
}

// determined reports whether the types of the fields determine all variables: each is in
// one of them, or in the bound, as written in vars, of a variable that is.
func determined(names []SVar, vars, types []core.Value) bool {
	from := slices.Clone(types)
	found := make([]bool, len(names))
	for more := true; more; {
		more = false
		for i, v := range names {
			if !found[i] && slices.ContainsFunc(from, func(t core.Value) bool { return mentions(t, v.Sym) }) {
				found[i], more = true, true
				from = append(from, vars[i])
			}
		}
	}
	return !slices.Contains(found, false)
}

func varNames(def *TypeDef) []core.Value {
	names := make([]core.Value, len(def.Vars))
	for i, v := range def.Vars {
		names[i] = v.Sym.Value()
	}
	return names
}

// does reports whether a type is written with statements.
func does(t core.Value) bool {
	e := exprOf(t)
	if e == nil {
		return false
	}
	return e.Head.Name == "block" || strings.HasSuffix(e.Head.Name, "=") && e.Head.Name != "<=" || slices.ContainsFunc(args(e), does)
}

func isVar(vars []SVar, s *core.Symbol) bool {
	for _, v := range vars {
		if v.Sym == s {
			return true
		}
	}
	return false
}

// lowerNew lowers new(args...) or new{T}(args...); nil outside of a struct.
func (d *desugarer) lowerNew(callee core.Value, as []core.Value) *Form {
	c := d.ctx.ctor
	if c == nil {
		return nil
	}
	self := d.global(d.mod, c.name)
	typ := self
	splat := false // among the type parameters: how many there are is seen when it runs
	if e := exprOf(callee); e != nil {
		n := e.Args.Len - 1
		for _, v := range args(e) {
			splat = splat || exprHead(v, "...") != nil
		}
		if !splat && n < c.params {
			d.fail("too few type parameters specified in \"new{...}\"")
		}
		if !splat && n > c.params {
			d.fail("too many type parameters specified in \"new{...}\"")
		}
		typ = d.apply(d.inCore("apply_type"), append([]operand{{f: self}}, d.operands(args(e)[1:])...))
		typ.Flags |= Gen
	} else if c.params > 0 {
		if !c.curly {
			d.fail("too few type parameters specified in \"new{...}\"")
		}
		typ = d.name(ctorSelf)
	}
	for _, v := range as {
		if e := exprOf(v); e != nil && (e.Head.Name == "kw" || e.Head.Name == "parameters") {
			d.fail("\"new\" does not accept keyword arguments")
		}
	}
	os := d.operands(as)
	for _, o := range os {
		if o.splat {
			return d.newSplat(c, typ, os, splat)
		}
	}
	var pre []*Form
	typ = d.holdType(c, typ, &pre)
	kids := []*Form{typ}
	for i, o := range os {
		kids = append(kids, d.fieldValue(c, typ, i, o.f))
	}
	return d.with(pre, d.form(New, kids...))
}

// holdType makes typ usable for the types of fields, if those are needed.
func (d *desugarer) holdType(c *ctorContext, typ *Form, pre *[]*Form) *Form {
	for i := range c.fields {
		if c.convert && d.fieldNeedsType(c, i) {
			return d.hold(typ, pre)
		}
	}
	return typ
}

// fieldNeedsType reports whether field i's type has to be asked of the type.
func (d *desugarer) fieldNeedsType(c *ctorContext, i int) bool {
	t := c.fields[i]
	if t.P == nil {
		return false
	}
	s := nameOf(t)
	if s == nil {
		return true
	}
	if b := d.mod.Lookup(s); b != nil && b.Value.P != nil && b.Flags&core.BindConst == 0 { // it may mean another type later
		return true
	}
	for _, v := range c.vars {
		if v == s {
			return true
		}
	}
	return false
}

// fieldValue converts the value of field i.
func (d *desugarer) fieldValue(c *ctorContext, typ *Form, i int, v *Form) *Form {
	if i >= len(c.fields) { // too many: New refuses
		return v
	}
	t := c.fields[i]
	if !c.convert || t.P == nil || nameOf(t) == core.Sym("Any") {
		return v
	}
	if d.fieldNeedsType(c, i) {
		return d.convert(v, d.core("fieldtype", dup(typ), d.integer(i+1)))
	}
	if s := symOf(t); s != nil {
		return d.convert(v, d.global(d.mod, s))
	}
	return d.convert(v, d.expr(t))
}

// newSplat lowers new(args...) with splatted arguments: there must be exactly
// as many as fields. The type may lack parameters if it is open.
func (d *desugarer) newSplat(c *ctorContext, typ *Form, os []operand, open bool) *Form {
	var pre []*Form
	all := d.apply(d.inCore("tuple"), os)
	all.Flags |= Gen
	all = d.temp(all, &pre)
	typ = d.hold(typ, &pre)
	if open {
		err := d.core("TypeError", d.sym(core.Sym("new")), d.constant(core.MakeString("")), d.inCore("DataType"), dup(typ))
		pre = append(pre, drop(d.form(If, d.core("isa", dup(typ), d.inCore("DataType")), d.nothing(), d.core("throw", err))))
	}
	n := len(c.fields)
	refuse := func(how string) *Form {
		return d.core("throw", d.base("ArgumentError", d.constant(core.MakeString("new: too "+how+" arguments (expected "+itoa(n)+")"))))
	}
	short, long := refuse("few"), refuse("many")
	count := func() *Form { return d.core("nfields", dup(all)) }
	pre = append(pre,
		drop(d.form(If, d.core("slt_int", count(), d.integer(n)), short, d.form(If, d.core("slt_int", d.integer(n), count()), long, d.nothing()))))
	kids := []*Form{typ}
	for i := range n {
		kids = append(kids, d.fieldValue(c, typ, i, d.core("getfield", dup(all), d.integer(i+1))))
	}
	return d.with(pre, d.form(New, kids...))
}

// lowerNewForm lowers Expr(:new, T, fields...), which converts nothing.
func (d *desugarer) lowerNewForm(e *core.Expr) *Form {
	d.arg(e, 0)
	return d.form(New, d.exprs(args(e))...)
}
