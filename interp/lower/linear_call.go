package lower

import (
	"math"

	"weft/interp/code"
	"weft/runtime/core"
)

// This file writes calls: operators and accessors of Base as instructions,
// primitives, constant functions, the rest.

// manyArgs is how many operands a call has in slots; calls with more pass
// tuples to be splatted.
const manyArgs = 1000

// binaryOps are the instructions for Base's functions of two arguments.
var binaryOps = map[string]struct{ op, imm code.Op }{
	"+": {code.Add, code.AddI}, "-": {code.Sub, code.SubI}, "*": {code.Mul, code.MulI}, "/": {code.Div, 0},
	"div": {code.IDiv, code.IDivI}, "÷": {code.IDiv, code.IDivI}, "rem": {code.Rem, code.RemI}, "%": {code.Rem, code.RemI}, "mod": {code.Mod, 0},
	"<": {code.Lt, code.LtI}, "<=": {code.Le, 0}, ">": {code.Gt, 0}, ">=": {code.Ge, 0}, "≤": {code.Le, 0}, "≥": {code.Ge, 0},
	"==": {code.Eq, code.EqI}, "!=": {code.Ne, 0}, "≠": {code.Ne, 0},
	"&": {code.BitAnd, code.BitAndI}, "|": {code.BitOr, 0}, "⊻": {code.BitXor, 0}, "xor": {code.BitXor, 0},
	"<<": {code.Shl, 0}, ">>": {code.Shr, 0}, ">>>": {code.Ushr, 0},
	"getindex": {code.GetIndex, code.GetIndexI},
}

// literalPower recognises x^2 and x^3, which the desugarer gives as
// literal_pow(^, x, Val{n}()).
func (g *gen) literalPower(f *Form) (n int64, ok bool) {
	if len(f.Kids) != 4 || !g.isBase(f.Kids[0], "literal_pow") {
		return 0, false
	}
	pow, ok := g.constant(f.Kids[1])
	k := f.Kids[3]
	if !ok || g.baseName(pow) != "^" || k.Kind != Const {
		return 0, false
	}
	t := core.TypeOf(k.Val)
	if t.Name.Name.Name != "Val" || len(t.Params) != 1 || !t.Params[0].Is(core.Int64) {
		return 0, false
	}
	n = t.Params[0].Int64()
	return n, n == 2 || n == 3
}

// unaryOps are the instructions for Base's functions of one argument.
var unaryOps = map[string]code.Op{"-": code.Neg, "!": code.Not, "~": code.BitNot, "length": code.Length}

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

// generic recognises a call of one of Base's operators: its name and function.
func (g *gen) generic(f *Form) (string, core.Value) {
	v, ok := g.constant(f.Kids[0])
	if !ok {
		return "", core.Value{}
	}
	return g.baseName(v), v
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

// hasField writes HasField.
func (g *gen) hasField(f, x *Form, ic *code.PropIC, dst int) {
	if dst < 0 {
		dst = g.tmp()
	}
	s := g.operand(x, dst)
	g.at(f)
	g.a.abc(code.HasField, dst, s, 0)
	ptr(&g.a, ic)
}

func (g *gen) unary1(f *Form, op code.Op, x *Form, dst int) {
	if dst < 0 {
		dst = g.tmp()
	}
	s := g.operand(x, dst)
	g.at(f)
	g.a.abc(op, dst, s, 0)
}

// isa writes Isa.
func (g *gen) isa(f *Form, args []*Form, dst int) {
	if dst < 0 {
		dst = g.tmp()
	}
	x, y := g.operands(args[0], args[1], dst)
	g.at(f)
	g.a.abc(code.Isa, dst, x, y)
	g.a.word(0)
}

// typeAssert writes TypeAssert, which leaves its value where it is.
func (g *gen) typeAssert(f *Form, args []*Form, dst int) {
	x, y := g.operands(args[0], args[1], dst)
	g.at(f)
	g.a.abc(code.TypeAssert, x, y, 0)
	g.a.word(0)
	if dst >= 0 && dst != x {
		g.a.abc(code.Move, dst, x, 0)
	}
}

// fieldIndex writes getfield with a literal index.
func (g *gen) fieldIndex(f *Form, args []*Form, dst int) bool {
	n, ok := smallInt(args[1])
	if !ok || n < 1 || n > 4000 {
		return false
	}
	if dst < 0 {
		dst = g.tmp()
	}
	x := g.operand(args[0], dst)
	g.at(f)
	g.a.raw(code.GetField, g.a.slot(dst), g.a.slot(x), uint64(n-1))
	return true
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

// operator writes the instruction for a call of Base's function name, if there
// is one.
func (g *gen) operator(f *Form, name string, callee core.Value, args []*Form, dst int) bool {
	switch {
	case len(args) == 2:
		ops, ok := binaryOps[name]
		if !ok {
			if name == "!==" {
				return g.notEgal(f, args, dst)
			}
			return false
		}
		a := dst
		if a < 0 {
			a = g.tmp()
		}
		if n, ok := smallInt(args[1]); ok && ops.imm != 0 {
			x := g.operand(args[0], a)
			g.at(f)
			g.a.abi(ops.imm, a, x, n)
		} else {
			x, y := g.operands(args[0], args[1], a)
			g.at(f)
			g.a.abc(ops.op, a, x, y)
		}
		g.ic(callee, 2, name, false)
		return true
	case len(args) == 1:
		op, ok := unaryOps[name]
		if !ok {
			return false
		}
		if dst < 0 {
			dst = g.tmp()
		}
		x := g.operand(args[0], dst)
		g.at(f)
		g.a.abc(op, dst, x, 0)
		g.ic(callee, 1, name, false)
		return true
	case len(args) > 2 && (name == "+" || name == "*"):
		return g.fold(f, args, dst)
	case len(args) == 3 && name == "getindex":
		return g.getIndex2(f, callee, args, dst)
	case (len(args) == 3 || len(args) == 4) && name == "setindex!" && dst < 0:
		return g.setIndex(f, callee, args)
	}
	return false
}

// fold writes a + b + c + ... as binary additions from the left.
func (g *gen) fold(f *Form, args []*Form, dst int) bool {
	if dst < 0 {
		dst = g.tmp()
	}
	left := args[0]
	for i := 1; i < len(args); i++ {
		c := &Form{Kind: Call, Line: f.Line, Kids: []*Form{f.Kids[0], left, args[i]}}
		left = c
	}
	if len(args) > 64 {
		// Deep nesting would cost stack: go step by step.
		t := g.tmp()
		g.expr(args[0], t)
		v := &Var{Owner: g.fn, Arg: -1}
		g.put(v, t)
		for _, x := range args[1:] {
			g.call(&Form{Kind: Call, Line: f.Line, Kids: []*Form{f.Kids[0], {Kind: Slot, Var: v}, x}}, t)
		}
		g.a.abc(code.Move, dst, t, 0)
		return true
	}
	g.expr(left, dst)
	return true
}

func (g *gen) notEgal(f *Form, args []*Form, dst int) bool {
	if dst < 0 {
		dst = g.tmp()
	}
	x, y := g.operands(args[0], args[1], dst)
	g.at(f)
	end := g.a.newLabel()
	no := g.a.newLabel()
	g.a.jump2(code.JumpEgal, x, y, no)
	g.a.load(dst, core.MakeBool(true))
	g.a.goTo(end)
	g.a.place(no)
	g.a.load(dst, core.MakeBool(false))
	g.a.place(end)
	return true
}

// operandList returns slots for operands evaluated in order, copying variables
// that a later one may assign.
func (g *gen) operandList(args []*Form) []int {
	out := make([]int, len(args))
	for i, x := range args {
		s := g.operand(x, -1)
		if x.Kind == Slot && g.isLocal(s) {
			for _, y := range args[i+1:] {
				if assigns(y, x.Var) {
					t := g.tmp()
					g.a.abc(code.Move, t, s, 0)
					s = t
					break
				}
			}
		}
		out[i] = s
	}
	return out
}

func (g *gen) getIndex2(f *Form, callee core.Value, args []*Form, dst int) bool {
	if dst < 0 {
		dst = g.tmp()
	}
	s := g.operandList(args)
	g.at(f)
	g.a.abc(code.GetIndex2, dst, s[0], s[1])
	g.ic(callee, 3, "getindex", false)
	g.a.abc(code.Ext, s[2], 0, 0)
	return true
}

// setIndex writes setindex!(a, v, i) or setindex!(a, v, i, j) for its effect.
func (g *gen) setIndex(f *Form, callee core.Value, args []*Form) bool {
	s := g.operandList(args)
	g.at(f)
	if len(args) == 3 {
		g.a.abc(code.SetIndex, s[0], s[2], s[1])
		g.ic(callee, 3, "setindex!", true)
		return true
	}
	g.a.abc(code.SetIndex2, s[0], s[2], s[3])
	g.ic(callee, 4, "setindex!", true)
	g.a.abc(code.Ext, s[1], 0, 0)
	return true
}

// getProp writes x.name.
func (g *gen) getProp(f *Form, args []*Form, callee core.Value, dst int) bool {
	k := args[1]
	if k.Kind != Const || !k.Val.Is(core.SymbolType) {
		return false
	}
	if dst < 0 {
		dst = g.tmp()
	}
	x := g.operand(args[0], dst)
	g.at(f)
	g.a.abc(code.GetProp, dst, x, 0)
	g.propIC(core.As[core.Symbol](k.Val), callee, 2, "getproperty", false)
	return true
}

func (g *gen) propIC(name *core.Symbol, callee core.Value, n int, fn string, drop bool) {
	if callee.P == nil { // plain getfield
		ptr(&g.a, &code.PropIC{Name: name})
		return
	}
	ic := newIC(callee, n, fn, drop)
	ptr(&g.a, &code.PropIC{Name: name, Site: ic.Site, IC: ic})
}

// setProp writes x.name = v for its effect.
func (g *gen) setProp(f *Form, args []*Form, callee core.Value) bool {
	k := args[1]
	if k.Kind != Const || !k.Val.Is(core.SymbolType) {
		return false
	}
	x, v := g.operands(args[0], args[2], -1)
	g.at(f)
	g.a.abc(code.SetProp, x, v, 0)
	g.propIC(core.As[core.Symbol](k.Val), callee, 3, "setproperty!", true)
	return true
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
