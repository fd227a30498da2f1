package lower

import (
	"math"

	"weft/interp/code"
	"weft/runtime/core"
)

// This file writes calls: primitives (and the instructions they stand for), constant
// functions, the rest. linear_operator.go has the functions of Base that are instructions.

// manyArgs is how many operands a call has in slots; calls with more pass
// tuples to be splatted.
const manyArgs = 1000

// intrinsics are the primitives that are instructions on known types.
var intrinsics = map[string]struct {
	op code.Op
	n  int
}{
	"add_int": {code.AddInt, 2}, "sub_int": {code.SubInt, 2}, "mul_int": {code.MulInt, 2}, "neg_int": {code.NegInt, 1},
	"slt_int": {code.SltInt, 2}, "sle_int": {code.SleInt, 2}, "ult_int": {code.UltInt, 2}, "ule_int": {code.UleInt, 2},
	"eq_int": {code.EqInt, 2}, "ne_int": {code.NeInt, 2}, "and_int": {code.AndInt, 2}, "or_int": {code.OrInt, 2},
	"xor_int": {code.XorInt, 2}, "not_int": {code.NotInt, 1},
	"add_float": {code.AddFloat, 2}, "sub_float": {code.SubFloat, 2}, "mul_float": {code.MulFloat, 2}, "div_float": {code.DivFloat, 2},
	"neg_float": {code.NegFloat, 1}, "lt_float": {code.LtFloat, 2}, "le_float": {code.LeFloat, 2},
	"eq_float": {code.EqFloat, 2}, "ne_float": {code.NeFloat, 2},
	"===": {code.Egal, 2},
}

// pureType are the primitives on types whose value for the same types is the same.
var pureType = map[string]bool{"apply_type": true, "fieldtype": true}

// ic writes a new inline cache for calls of callee.
func (g *gen) ic(callee core.Value, nargs int, name string, drop bool) {
	ptr(&g.a, newIC(callee, nargs, name, drop))
}

func newIC(callee core.Value, nargs int, name string, drop bool) *code.CallIC {
	s := &struct { // one object for both
		ic   code.CallIC
		site code.CallSite
	}{code.CallIC{Min: math.MaxUint64}, code.CallSite{Callee: callee, NArgs: nargs, Drop: drop, Name: name}}
	s.ic.Site = &s.site
	return &s.ic
}

// call writes f(args...).
func (g *gen) call(f *Form, dst int) {
	mark := g.top
	defer func() { g.top = mark }()
	if m, s, ok := g.moduleMember(f); ok {
		if dst >= 0 {
			g.getGlobal(m, s, dst)
		}
		return
	}
	callee, known := g.constant(f.Kids[0])
	args := f.Kids[1:]
	if g.isBase(f.Kids[0], "getproperty") && len(args) == 2 && g.getProp(f, args, callee, dst) {
		return
	}
	if g.isBase(f.Kids[0], "setproperty!") && len(args) == 3 && dst < 0 && g.setProp(f, args, callee) {
		return
	}
	if n, ok := g.literalPower(f); ok {
		a := dst
		if a < 0 {
			a = g.tmp()
		}
		x := g.operand(args[1], a)
		g.at(f)
		g.a.abi(code.PowI, a, x, n)
		ic := newIC(callee, 3, "literal_pow", false)
		ic.Site.Around = &[2]core.Value{}
		ic.Site.Around[0], _ = g.constant(args[0])
		ic.Site.Around[1] = args[2].Val
		ptr(&g.a, ic)
		return
	}
	if known {
		if name := g.baseName(callee); name != "" && g.operator(f, name, callee, args, dst) {
			return
		}
		if p := primOf(callee); p != nil {
			if len(args) <= manyArgs {
				g.prim(f, p, args, dst)
				return
			}
		} else if len(args) <= manyArgs && core.TypeOf(callee).Has(core.FlagFunction) {
			g.callKnown(f, callee, args, dst)
			return
		}
	}
	if len(args) > manyArgs {
		g.manyArgs(f, dst)
		return
	}
	base, a := g.base(dst)
	g.take(1 + len(args))
	g.expr(f.Kids[0], base)
	for i, x := range args {
		g.expr(x, base+1+i)
	}
	g.need(base + 1 + len(args))
	g.at(f)
	g.a.raw(code.Call, g.a.slot(a), g.a.slot(base), uint64(len(args)))
	g.ic(core.Value{}, len(args), "", dst < 0)
}

// base finds where a call's frame begins: the slot after its header. dst itself
// is the header if it is the topmost temporary. It returns the slot for the
// result too.
func (g *gen) base(dst int) (base, a int) {
	if dst >= 0 && dst == g.top-1 && !g.isLocal(dst) {
		return g.top, dst
	}
	h := g.tmp()
	if dst < 0 {
		dst = h
	}
	return h + 1, dst
}

// callKnown writes a call of a constant generic function.
func (g *gen) callKnown(f *Form, callee core.Value, args []*Form, dst int) {
	base, a := g.base(dst)
	g.take(1 + len(args))
	for i, x := range args {
		g.expr(x, base+1+i)
	}
	g.need(base + 1 + len(args))
	g.at(f)
	done := g.a.newLabel()
	if p := g.textPrim(callee, args); p != nil {
		g.a.raw(code.CallPrim, g.a.slot(a), g.a.slot(base+1), uint64(len(args)))
		ptr(&g.a, p)
		g.a.jump(code.JumpSome, a, done)
	}
	g.a.raw(code.CallF, g.a.slot(a), g.a.slot(base), uint64(len(args)))
	g.ic(callee, len(args), calleeName(f.Kids[0]), dst < 0)
	g.a.place(done)
}

// textPrim is the primitive that makes the text of plain values, if a call of callee is
// one of string with several: what is not plain is left to string, which gets nothing
// from it.
func (g *gen) textPrim(callee core.Value, args []*Form) *core.Prim {
	if len(args) < 2 || g.baseName(callee) != "string" {
		return nil
	}
	b := g.lookup(g.rt.Base, core.Sym("simple_string"))
	if b == nil || b.Value.P == nil {
		return nil
	}
	return primOf(b.Value)
}

func calleeName(f *Form) string {
	if f.Sym != nil {
		return f.Sym.Name
	}
	return ""
}

// prim writes a call of a primitive, or the instruction it stands for.
func (g *gen) prim(f *Form, p *core.Prim, args []*Form, dst int) {
	if in, ok := intrinsics[p.Name]; ok && in.n == len(args) {
		a := dst
		if a < 0 {
			a = g.tmp()
		}
		if in.n == 1 {
			x := g.operand(args[0], a)
			g.at(f)
			g.a.abc(in.op, a, x, 0)
			return
		}
		x, y := g.operands(args[0], args[1], a)
		g.at(f)
		g.a.abc(in.op, a, x, y)
		if in.op == code.Egal {
			g.a.word(0)
		}
		return
	}
	switch {
	case p.Name == "sqrt_float" && len(args) == 1:
		g.unary1(f, code.SqrtFloat, args[0], dst)
	case p.Name == "tuple":
		base, a := g.contiguous(args, dst)
		g.at(f)
		if len(args) == 0 {
			g.a.load(a, core.Bits(core.EmptyTuple, 0))
			return
		}
		g.a.raw(code.Tuple, g.a.slot(a), g.a.slot(base), uint64(len(args)))
		ptr(&g.a, &code.TupleIC{})
	case p.Name == "named_tuple" && len(args) > 1 && g.namedTuple(f, args, dst):
	case p.Name == "isdefined" && len(args) == 2 && symbolIn(args[1]) != nil:
		g.hasField(f, args[0], &code.PropIC{Name: symbolIn(args[1])}, dst)
	case p.Name == "kw_known" && args[1].Kind == Const:
		g.hasField(f, args[0], &code.PropIC{Names: args[1].Val}, dst)
	case p.Name == "isa" && len(args) == 2:
		g.isa(f, args, dst)
	case p.Name == "typeassert" && len(args) == 2:
		g.typeAssert(f, args, dst)
	case p.Name == "throw" && len(args) == 1:
		x := g.operand(args[0], dst)
		g.at(f)
		g.a.abc(code.Throw, x, 0, 0)
		g.a.dead = true
	case p.Name == "getfield" && len(args) == 2 && (g.fieldIndex(f, args, dst) || g.getProp(f, args, core.Value{}, dst)):
	case pureType[p.Name] && g.cached(f, p, args, dst):
	default:
		g.callPrim(f, p, args, dst)
	}
}

// namedTuple writes the making of a named tuple with given names.
func (g *gen) namedTuple(f *Form, args []*Form, dst int) bool {
	names := args[0].Val
	if args[0].Kind != Const || len(core.TypeOf(names).Params) != len(args)-1 {
		return false
	}
	base, a := g.contiguous(args[1:], dst)
	g.at(f)
	g.a.raw(code.Tuple, g.a.slot(a), g.a.slot(base), uint64(len(args)-1))
	ptr(&g.a, &code.TupleIC{Names: names})
	return true
}

// symbolIn is the symbol that f is a constant of; nil if it is none.
func symbolIn(f *Form) *core.Symbol {
	if f.Kind != Const || !f.Val.Is(core.SymbolType) {
		return nil
	}
	return core.As[core.Symbol](f.Val)
}

// contiguous puts args into slots in a row and returns the first, and where the
// result goes. A row of variables that lie so already is used as it is.
func (g *gen) contiguous(args []*Form, dst int) (base, a int) {
	a = dst
	if row := g.row(args); row >= 0 {
		if a < 0 {
			a = g.tmp()
		}
		return row, a
	}
	if dst >= 0 && dst == g.top-1 && !g.isLocal(dst) && len(args) > 0 {
		base = dst
		g.take(len(args) - 1)
	} else {
		base = g.take(max(len(args), 1))
	}
	if a < 0 {
		a = base
	}
	for i, x := range args {
		g.expr(x, base+i)
	}
	return base, a
}

// row returns the first of the slots of args if they are variables in a row.
func (g *gen) row(args []*Form) int {
	first := -1
	for i, x := range args {
		if x.Kind != Slot || g.boxed(x.Var) || x.Flags&checkUse != 0 {
			return -1
		}
		s := g.slotOf(x.Var)
		if i == 0 {
			first = s
		}
		if s < 0 || s != first+i {
			return -1
		}
	}
	return first
}

// callPrim writes the call of a primitive.
func (g *gen) callPrim(f *Form, p *core.Prim, args []*Form, dst int) {
	base, a := g.contiguous(args, dst)
	g.at(f)
	g.a.raw(code.CallPrim, g.a.slot(a), g.a.slot(base), uint64(len(args)))
	ptr(&g.a, p)
}

// cached writes a function on types, apply_type say, of constants and static parameters, which is
// evaluated once per copy of the function.
func (g *gen) cached(f *Form, p *core.Prim, args []*Form, dst int) bool {
	if g.info.top && g.loop == 0 || !g.fixed(f) {
		return false
	}
	if dst < 0 {
		return true
	}
	i := g.ncache
	g.ncache++
	have := g.a.newLabel()
	if !g.a.dead {
		g.a.raw(code.GetCached, g.a.slot(dst), uint64(i), 0)
		g.a.word(0)
		g.a.fix(len(g.a.words)-1, len(g.a.words)-2, have, 0)
	}
	g.callPrim(f, p, args, dst)
	g.a.raw(code.SetCached, g.a.slot(dst), uint64(i), 0)
	g.a.place(have)
	return true
}

// fixed reports whether f depends on constants and static parameters only.
func (g *gen) fixed(f *Form) bool {
	switch f.Kind {
	case SParam:
		return true
	case Slot:
		return g.fixedVar[f.Var]
	case Call:
		if v, ok := g.constant(f.Kids[0]); ok {
			if p := primOf(v); p != nil && pureType[p.Name] {
				for _, k := range f.Kids[1:] {
					if !g.fixed(k) {
						return false
					}
				}
				return true
			}
		}
	}
	_, ok := g.constant(f)
	return ok
}

// apply writes a call with splatted arguments.
func (g *gen) apply(f *Form, dst int) {
	mark := g.top
	n := len(f.Kids) - 1
	if n > manyArgs {
		g.manyArgs(f, dst)
		return
	}
	base := g.take(1 + n)
	g.expr(f.Kids[0], base)
	for i, x := range f.Kids[1:] {
		g.expr(x, base+1+i)
	}
	g.at(f)
	g.a.raw(code.Apply, g.a.slot(dst), g.a.slot(base), uint64(n))
	ptr(&g.a, &code.ApplySite{Splat: f.Def.([]bool), Name: calleeName(f.Kids[0])})
	g.top = mark
}

// manyArgs writes a call with more arguments than fit into slots: chunks of
// them become tuples that are splatted.
func (g *gen) manyArgs(f *Form, dst int) {
	mark := g.top
	if dst < 0 {
		dst = g.tmp()
	}
	type run struct {
		args  []*Form
		splat bool
	}
	var runs []run
	for i, x := range f.Kids[1:] {
		if f.Kind == Apply && f.Def.([]bool)[i] {
			runs = append(runs, run{[]*Form{x}, true})
			continue
		}
		if n := len(runs); n > 0 && !runs[n-1].splat && len(runs[n-1].args) < 500 {
			runs[n-1].args = append(runs[n-1].args, x)
		} else {
			runs = append(runs, run{[]*Form{x}, false})
		}
	}
	if len(runs) > 3000 {
		g.a.err = &LowerError{Msg: "call with too many arguments"}
		return
	}
	base := g.take(1 + len(runs))
	g.expr(f.Kids[0], base)
	splat := make([]bool, len(runs))
	for i, r := range runs {
		splat[i] = true
		if r.splat {
			g.expr(r.args[0], base+1+i)
			continue
		}
		if v, ok := literalTuple(r.args); ok {
			g.a.load(base+1+i, v)
			continue
		}
		m := g.top
		b := g.take(len(r.args))
		for j, x := range r.args {
			g.expr(x, b+j)
		}
		g.a.raw(code.Tuple, g.a.slot(base+1+i), g.a.slot(b), uint64(len(r.args)))
		ptr(&g.a, &code.TupleIC{})
		g.top = m
	}
	g.at(f)
	g.a.raw(code.Apply, g.a.slot(dst), g.a.slot(base), uint64(len(runs)))
	ptr(&g.a, &code.ApplySite{Splat: splat, Name: calleeName(f.Kids[0])})
	g.top = mark
}

// literalTuple makes the tuple of args if all are isbits literals.
func literalTuple(args []*Form) (core.Value, bool) {
	ts := make([]core.Value, len(args))
	vs := make([]core.Value, len(args))
	for i, x := range args {
		if x.Kind != Const || x.Val.IsUndef() {
			return core.Value{}, false
		}
		t := core.TypeOf(x.Val)
		if t.Kind != core.KindBits && t.Kind != core.KindString {
			return core.Value{}, false
		}
		ts[i], vs[i] = t.Value(), x.Val
	}
	return core.NewStruct(core.TupleOf(ts...), vs...), true
}

// newObject writes new(args...) with a type that is constant or computed.
func (g *gen) newObject(f *Form, dst int) {
	mark := g.top
	args := f.Kids[1:]
	if v, ok := g.constant(f.Kids[0]); ok {
		if t, ok := core.IsDataType(v); ok && t.Has(core.FlagConcrete) {
			base, a := g.contiguous(args, dst)
			g.at(f)
			g.a.raw(code.New, g.a.slot(a), g.a.slot(base), uint64(len(args)))
			ptr(&g.a, t)
			g.top = mark
			return
		}
	}
	base, a := g.contiguous(f.Kids, dst)
	g.at(f)
	g.a.raw(code.NewDyn, g.a.slot(a), g.a.slot(base), uint64(len(args)))
	g.a.word(0)
	g.top = mark
}

// newSplat writes new(tuple...).
func (g *gen) newSplat(f *Form, dst int) {
	mark := g.top
	base, a := g.contiguous(f.Kids, dst)
	g.at(f)
	g.exec(a, &code.ExecSite{Kind: code.ExecNewSplat, Module: g.mod}, base, 2)
	g.top = mark
}
