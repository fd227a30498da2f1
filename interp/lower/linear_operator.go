package lower

import (
	"slices"

	"weft/interp/code"
	"weft/runtime/core"
)

// This file writes the instructions that stand for functions of Base: operators,
// indexing, properties.

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

// generic recognises a call of one of Base's operators: its name and function.
func (g *gen) generic(f *Form) (string, core.Value) {
	v, ok := g.constant(f.Kids[0])
	if !ok {
		return "", core.Value{}
	}
	return g.baseName(v), v
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
		if slices.ContainsFunc(args, func(a *Form) bool { return a.Kind == Const && core.TypeOf(a.Val).Kind != core.KindBits }) {
			return false // strings, or regexes, are joined at once
		}
		if g.rt.Nary[core.Sym(name)] {
			return false
		}
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
