package lower

// This file is the desugarer's frame: its state, the walk over all kinds of
// expression, and the small forms that the other desugar files build with.

import (
	"weft/runtime/core"
)

// desugarer turns one top-level statement, or one function body, into forms.
type desugarer struct {
	statement core.Value // the whole of it
	x         *Expander
	rt        *core.Runtime
	mod       *core.Module
	file      string // of the statement or function
	line      int
	at        string // the file of the line node seen last
	emit      string // the file of the Line form made last
	ctx       context
}

// context is what an expression inherits from what it stands in.
type context struct {
	top     bool         // at top level, not in a scope or function
	fn      bool         // in a function
	loop    bool         // in a loop of this function
	breakTo *core.Symbol // where break goes, when not out of the innermost loop
	ret     *Form        // the declared return type (a simple form), or nil
	late    *lateReturn  // of a function with a declared return type
	inTry   bool         // in the block of a try of this function
	gen     bool         // in a comprehension or generator: no return
	ref     *refContext  // what begin and end mean
	ctor    *ctorContext // what new means
	typeDef bool         // directly in a struct's body
	blank   bool         // a where-variable's name has only underscores
}

// desugarTop desugars one top-level statement.
func desugarTop(rt *core.Runtime, mod *core.Module, ex core.Value, o *Options) (f *Form, err error) {
	x := &Expander{RT: rt, Call: o.Expand, Lazy: o.Lazy}
	return x.Desugar(mod, ex, o.File, o.Line)
}

// Desugar expands the macros of a top-level statement and turns it into forms.
func (x *Expander) Desugar(mod *core.Module, ex core.Value, file string, line int) (f *Form, err error) {
	defer catch(&err)
	d := &desugarer{x: x, rt: x.RT, mod: mod, file: file, line: line, at: file, emit: file}
	d.ctx.top = true
	if exprHead(ex, "escape") != nil {
		d.fail("\"esc(...)\" used outside of macro expansion")
	}
	if e := exprOf(ex); e == nil || e.Head.Name != "toplevel" && e.Head.Name != "module" {
		ex = x.expandTop(mod, ex, file, line)
	}
	d.statement = ex
	return d.expr(ex), nil
}

// fail throws a LowerError.
func (d *desugarer) fail(msg string) {
	panic(thrown{&LowerError{Msg: msg, File: d.at, Line: d.line}})
}

func (d *desugarer) arg(e *core.Expr, i int) core.Value {
	if i >= e.Args.Len || e.Args.Get(i).IsUndef() {
		d.fail("malformed expression: \"" + e.Head.Name + "\" has too few arguments")
	}
	return e.Args.Get(i)
}

// Forms.

func (d *desugarer) form(k Kind, kids ...*Form) *Form {
	return &Form{Kind: k, Kids: kids, Line: d.line}
}

func (d *desugarer) constant(v core.Value) *Form {
	return &Form{Kind: Const, Val: v, Line: d.line}
}

func (d *desugarer) sym(s *core.Symbol) *Form { return d.constant(s.Value()) }

func (d *desugarer) nothing() *Form { return d.constant(core.Nothing()) }

func (d *desugarer) integer(n int) *Form { return d.constant(core.Int(int64(n))) }

func (d *desugarer) name(s *core.Symbol) *Form { return &Form{Kind: Name, Sym: s, Line: d.line} }

func (d *desugarer) local(s *core.Symbol) *Form {
	if s.Name == "ccall" || s.Name == "cglobal" {
		d.fail("invalid identifier name \"" + s.Name + "\"")
	}
	return &Form{Kind: LocalDecl, Sym: s, Line: d.line}
}

func (d *desugarer) localDef(s *core.Symbol) *Form {
	return &Form{Kind: LocalDef, Sym: s, Line: d.line}
}

func (d *desugarer) global(m *core.Module, s *core.Symbol) *Form {
	return &Form{Kind: Global, Mod: m, Sym: s, Line: d.line}
}

func (d *desugarer) inBase(name string) *Form { return d.global(d.rt.Base, core.Sym(name)) }

func (d *desugarer) inCore(name string) *Form { return d.global(d.rt.Core, core.Sym(name)) }

// base calls a function of Base, core one of Core.
func (d *desugarer) base(name string, args ...*Form) *Form {
	f := d.form(Call, append([]*Form{d.inBase(name)}, args...)...)
	f.Flags = Gen
	return f
}

func (d *desugarer) core(name string, args ...*Form) *Form {
	f := d.form(Call, append([]*Form{d.inCore(name)}, args...)...)
	f.Flags = Gen
	return f
}

func (d *desugarer) call(callee *Form, args ...*Form) *Form {
	return d.form(Call, append([]*Form{callee}, args...)...)
}

func (d *desugarer) block(kids ...*Form) *Form {
	if len(kids) == 1 {
		return kids[0]
	}
	return d.form(Block, kids...)
}

func (d *desugarer) scope(hard bool, kids ...*Form) *Form {
	f := d.form(Scope, d.block(kids...))
	if hard {
		f.Flags = Hard
	}
	return f
}

func (d *desugarer) assign(to, v *Form) *Form { return d.form(Assign, to, v) }

// drop says that the value of f is not wanted.
func drop(f *Form) *Form {
	if f != nil {
		f.Flags |= Dropped
	}
	return f
}

// newTemp makes a temporary variable.
func newTemp() *Var { return &Var{Arg: -1} }

func tempForm(v *Var, line int) *Form { return &Form{Kind: Slot, Var: v, Line: line} }

// simple reports whether evaluating f again gives the same at no cost.
func simple(f *Form) bool {
	return f.Kind == Const || f.Kind == Name || f.Kind == Global || f.Kind == Slot
}

// fixed reports whether f may be evaluated earlier or later than written.
func fixed(f *Form) bool {
	return f.Kind == Const || f.Kind == Slot
}

func dup(f *Form) *Form {
	g := *f
	return &g
}

// hold makes a form that can be used several times: f itself if simple, else
// a temporary that is assigned in pre.
func (d *desugarer) hold(f *Form, pre *[]*Form) *Form {
	if simple(f) {
		return f
	}
	return d.temp(f, pre)
}

// temp puts f into a temporary.
func (d *desugarer) temp(f *Form, pre *[]*Form) *Form {
	if fixed(f) {
		return f
	}
	t := tempForm(newTemp(), d.line)
	*pre = append(*pre, drop(d.assign(t, f)))
	return dup(t)
}

// with makes a block of pre and f.
func (d *desugarer) with(pre []*Form, f *Form) *Form {
	if len(pre) == 0 {
		return f
	}
	return d.form(Block, append(pre, f)...)
}

// ConvertTo makes the form of v converted to the type typ, as an assignment to
// a variable of declared type does.
func ConvertTo(rt *core.Runtime, v, typ *Form) *Form {
	d := &desugarer{rt: rt, line: v.Line}
	return d.convert(v, typ)
}

func (d *desugarer) isAny(typ *Form) bool {
	switch typ.Kind {
	case Const:
		return typ.Val == core.Any.Value()
	case Global:
		return typ.Mod == d.rt.Core && typ.Sym.Name == "Any"
	}
	return false
}

func (d *desugarer) convert(v, typ *Form) *Form {
	if d.isAny(typ) {
		return v
	}
	var pre []*Form
	t := d.hold(typ, &pre)
	x := d.temp(v, &pre)
	return d.with(pre, d.form(If, d.core("isa", x, t), dup(x),
		d.core("typeassert", d.base("convert", dup(t), dup(x)), dup(t))))
}

// Expressions.

func (d *desugarer) expr(v core.Value) *Form { return d.lower(v, true) }

func (d *desugarer) stmt(v core.Value) *Form { return drop(d.lower(v, false)) }

func (d *desugarer) exprs(vs []core.Value) []*Form {
	fs := make([]*Form, len(vs))
	for i, v := range vs {
		fs[i] = d.expr(v)
	}
	return fs
}

// lower turns v into a form. want says whether its value is used.
func (d *desugarer) lower(v core.Value, want bool) *Form {
	if v.IsUndef() {
		d.fail("malformed expression")
	}
	switch core.TypeOf(v) {
	case core.SymbolType:
		return d.symbol(symOf(v))
	case core.ExprType:
		return d.lowerExpr(exprOf(v), v, want)
	case core.QuoteNodeType:
		return d.constant(core.As[core.QuoteNode](v).V)
	case core.GlobalRefType:
		r := refOf(v)
		return d.global(r.Mod, r.Name)
	case core.LineNumberNodeType:
		d.setLine(v)
		return d.nothing()
	}
	if n := core.TypeOf(v).Name; n.Module == d.rt.Base && (n.Name.Name == "SSAValue" || n.Name.Name == "SlotNumber") {
		panic(thrown{&LowerError{Msg: n.Name.Name + " objects should not occur in an AST"}})
	}
	return d.constant(v)
}

func (d *desugarer) symbol(s *core.Symbol) *Form {
	if len(s.Name) > 0 && s.Name[0] == '_' && isUnderscores(s.Name) && !d.ctx.blank {
		d.fail("all-underscore identifiers are write-only and their values cannot be used in expressions")
	}
	if d.ctx.ref != nil && (s.Name == "end" || s.Name == "begin") {
		return d.refBound(s.Name)
	}
	if op, ok := dotOperator(s.Value()); ok {
		return d.base("BroadcastFunction", d.name(symOf(op)))
	}
	return d.name(s)
}

// setLine takes note of a line node.
func (d *desugarer) setLine(v core.Value) bool {
	line, file, ok := lineOf(v)
	if !ok {
		return false
	}
	if line > 0 {
		d.line = line
	}
	if file != "" {
		d.at = file
	}
	return true
}

// lineForm makes a Line form when the file has changed.
func (d *desugarer) lineForm(kids []*Form) []*Form {
	if d.at == d.emit {
		return kids
	}
	d.emit = d.at
	return append(kids, &Form{Kind: Line, Line: d.line, Def: d.at})
}

func (d *desugarer) lowerExpr(e *core.Expr, v core.Value, want bool) *Form {
	h := e.Head.Name
	switch h {
	case "call":
		return d.lowerCall(e)
	case "block":
		return d.lowerBlock(args(e), want)
	case "=":
		return d.lowerAssign(e, want)
	case ".":
		return d.lowerDot(e, v)
	case "ref":
		return d.lowerRef(e)
	case "if", "elseif":
		return d.lowerIf(e, want)
	case "&&", "||":
		return d.lowerAndOr(e, want)
	case "quote":
		return d.lowerQuote(d.arg(e, 0))
	case "inert":
		return d.constant(d.arg(e, 0))
	case "copyast":
		q, _ := quoted(d.arg(e, 0))
		return d.quoteConst(q)
	case "comparison":
		return d.lowerComparison(e, v)
	case "tuple":
		return d.lowerTuple(e)
	case "return":
		return d.lowerReturn(e)
	case "string":
		return d.baseSplat("string", args(e))
	case "curly":
		return d.lowerCurly(e)
	case "where":
		return d.lowerWhere(e)
	case "::":
		if e.Args.Len == 1 {
			d.fail("invalid \"::\" syntax")
		}
		return d.core("typeassert", d.expr(d.arg(e, 0)), d.expr(d.arg(e, 1)))
	case "<:", ">:", "-->":
		return d.callSplat(d.name(e.Head), args(e))
	case "'":
		return d.call(d.name(e.Head), d.expr(d.arg(e, 0)))
	case "&":
		d.fail("invalid syntax &" + describe(d.arg(e, 0)))
	case "->", "function", "macro":
		return d.lowerFunction(e, want, core.Value{})
	case "macrocall":
		if doc, ok := docCall(e); ok {
			return d.lowerDoc(e, doc, want)
		}
		return d.lower(d.x.expandIn(d.mod, v, d.at, d.line), want)
	case "hygienic-scope", "escape":
		return d.lower(d.x.expandIn(d.mod, v, d.at, d.line), want)
	}
	if f := d.lowerControl(e, h, want); f != nil {
		return f
	}
	if f := d.lowerArray(e, h); f != nil {
		return f
	}
	if f := d.lowerDecl(e, h, want); f != nil {
		return f
	}
	if f := d.lowerDefinition(e, h, v); f != nil {
		return f
	}
	return d.lowerRest(e, h, v, want)
}

// lowerThunk is for what Meta.lower gave: the expression that the code in it is of.
func (d *desugarer) lowerThunk(e *core.Expr) *Form {
	v := d.arg(e, 0)
	t := core.TypeOf(v)
	if t.Name.Name.Name != "CodeInfo" || t.Name.Module != d.rt.Base {
		d.fail("malformed \"thunk\" statement")
	}
	return d.core("eval", d.constant(v.Field(1)), d.constant(v.Field(2)))
}

// failedParse throws the error in an Expr(:error, e): a message or an exception. At top level
// an exception is thrown by the statement, so that a trace tells where it stands.
func (d *desugarer) failedParse(e *core.Expr, msg string) *Form {
	if e.Args.Len > 0 {
		a := e.Args.Get(0)
		if !a.Is(core.StringType) {
			if d.ctx.top {
				return d.core("throw", d.constant(a))
			}
			panic(thrown{&core.Throw{Value: a}})
		}
		msg = a.Str()
	}
	d.fail(msg)
	return nil
}

// lowerRest is for the heads that no other file knows.
func (d *desugarer) lowerRest(e *core.Expr, h string, v core.Value, want bool) *Form {
	switch h {
	case ".&&", ".||", ".=":
		return d.lowerBroadcast(v, want)
	case "line":
		d.setLine(v)
		return d.nothing()
	case "meta":
		f := d.form(Meta)
		if e.Args.Len > 0 {
			f.Sym = symOf(e.Args.Get(0))
		}
		return f
	case "inbounds", "boundscheck", "loopinfo", "simdloop", "inline", "noinline", "purity", "aliasscope", "popaliasscope", "gc_preserve_end":
		if h == "boundscheck" {
			return d.constant(core.MakeBool(true))
		}
		return d.nothing()
	case "softscope": // what follows is treated as if typed at a prompt
		f := d.form(Meta)
		if e.Args.Len == 1 && e.Args.Get(0).IsTrue() {
			f.Sym = core.Sym(h)
		}
		return d.form(Block, f, d.nothing())
	case "gc_preserve_begin":
		return d.nothing()
	case "latestworld", "latestworld_if_toplevel", "latestworld-if-toplevel":
		if !d.ctx.fn {
			return d.form(Block, d.form(Latest), d.nothing())
		}
		if h == "latestworld" {
			panic(thrown{flowErr("World age increment not at top level")})
		}
		return d.nothing()
	case "isdefined":
		return d.lowerIsDefined(d.arg(e, 0))
	case "generated": // if @generated: what is generated is not needed, the other branch does the same
		return d.constant(core.MakeBool(false))
	case "locals":
		var pre []*Form
		dict := d.temp(d.call(d.core("apply_type", d.inBase("Dict"), d.inCore("Symbol"), d.inCore("Any"))), &pre)
		return d.form(Block, append(pre, d.form(Locals, dict, d.inBase("setindex!")), dup(dict))...)
	case "islocal", "isglobal":
		f := d.form(IsLocal)
		f.Sym = nameOf(d.arg(e, 0))
		if f.Sym == nil {
			d.fail("malformed expression")
		}
		if h == "isglobal" {
			return d.base("!", f)
		}
		return f
	case "static_parameter":
		f := d.form(SParam)
		f.Index = int(d.arg(e, 0).Int64())
		return f
	case "the_exception":
		return d.form(TheExc)
	case "new_opaque_closure": // the argument types, bounds of what it gives, code, what it captures
		as := args(e)
		for i, a := range as {
			if m := exprHead(a, "opaque_closure_method"); m != nil && m.Args.Len > 0 {
				call := []core.Value{makeExpr(".", d.rt.Base.Value(), quoteNode(core.Sym("code_closure").Value()))}
				call = append(append(call, as[:min(i, 3)]...), m.Args.Get(m.Args.Len-1))
				return d.expr(makeExpr("call", append(call, as[i+1:]...)...))
			}
		}
		d.fail("invalid \"new_opaque_closure\" expression")
	case "new":
		return d.lowerNewForm(e)
	case "$":
		d.fail("\"$\" expression outside quote")
	case "...":
		d.fail("\"...\" expression outside call")
	case "kw":
		d.fail("invalid keyword argument syntax \"" + describe(v) + "\"")
	case "parameters":
		d.fail("unexpected semicolon")
	case "braces", "bracescat":
		d.fail("{ } vector syntax is discontinued")
	case "row", "nrow":
		d.fail("unexpected semicolon in array expression")
	case "error":
		return d.failedParse(e, "malformed expression")
	case "incomplete":
		return d.failedParse(e, "incomplete")
	case "thunk":
		return d.lowerThunk(e)
	case "foreigncall", "cfunction", "ccall":
		d.fail("ccall is not supported: this Julia has no C code to call")
	case "as":
		d.fail("invalid syntax: \"as\" outside of import")
	case "outer":
		d.fail("invalid syntax: \"outer\" outside of a for loop")
	case ":=", "≔", "⩴", "≕":
		d.fail("unsupported assignment operator \"" + h + "\"")
	}
	if op, dotted, ok := updateOperator(h); ok {
		return d.lowerUpdate(e, op, dotted, want)
	}
	for _, a := range args(e) {
		if a.IsUndef() {
			d.fail("undefined reference in AST")
		}
	}
	d.fail("invalid syntax \"" + h + "\"")
	return nil
}

func (d *desugarer) lowerBlock(vs []core.Value, want bool) *Form {
	last := len(vs) - 1
	for last >= 0 && isLine(vs[last]) {
		last--
	}
	kids := make([]*Form, 0, len(vs)/2+1)
	for i, v := range vs {
		if v.IsUndef() {
			d.fail("malformed expression")
		}
		if d.setLine(v) {
			continue
		}
		if exprHead(v, "module") != nil {
			d.fail("\"module\" expression not at top level")
		}
		kids = d.lineForm(kids)
		if i == last {
			kids = append(kids, d.lower(v, want))
		} else if f := d.stmt(v); f.Kind != Const {
			kids = append(kids, f)
		}
	}
	if len(kids) == 0 {
		return d.nothing()
	}
	return d.block(kids...)
}

func isLine(v core.Value) bool {
	_, _, ok := lineOf(v)
	return ok
}

// lowerDot lowers a.b, f.(x), and a dotted operator as a value.
func (d *desugarer) lowerDot(e *core.Expr, v core.Value) *Form {
	if e.Args.Len == 1 {
		return d.base("BroadcastFunction", d.expr(d.arg(e, 0)))
	}
	field := d.arg(e, 1)
	if f := exprOf(field); f != nil {
		if f.Head.Name == "tuple" {
			return d.lowerBroadcast(v, true)
		}
		if q, ok := quoted(field); ok && exprHead(q, "tuple") != nil {
			return d.lowerBroadcast(v, true)
		}
	}
	return d.base("getproperty", d.expr(d.arg(e, 0)), d.fieldName(d.arg(e, 0), field))
}

// fieldName lowers what stands after the dot in obj.v.
func (d *desugarer) fieldName(obj, v core.Value) *Form {
	if q, ok := quoted(v); ok {
		if e := exprOf(q); e != nil && hasInterpolation(q, 1) {
			return d.lowerQuote(q)
		}
		if exprOf(q) != nil {
			d.fail("invalid syntax \"" + describe(makeExpr(".", obj, v)) + "\"")
		}
		return d.constant(q)
	}
	if s := symOf(v); s != nil {
		return d.sym(s)
	}
	return d.expr(v)
}

func (d *desugarer) lowerIsDefined(v core.Value) *Form {
	if e := exprHead(v, "."); e != nil && e.Args.Len == 2 {
		return d.core("isdefined", d.expr(e.Args.Get(0)), d.fieldName(e.Args.Get(0), e.Args.Get(1)))
	}
	if nameOf(v) == nil {
		d.fail("malformed \"isdefined\" expression")
	}
	return d.form(IsDefined, d.target(v))
}

// target makes the form of a name that is assigned or declared.
func (d *desugarer) target(v core.Value) *Form {
	if r := refOf(v); r != nil {
		return d.global(r.Mod, r.Name)
	}
	s := symOf(v)
	if s == nil {
		d.fail("invalid assignment location \"" + describe(v) + "\"")
	}
	return d.name(s)
}
