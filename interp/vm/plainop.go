package vm

// This file does operators on plain values (machine numbers, characters, strings) as
// Base's methods would: a call of one costs several times as much.

import (
	"strings"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/prim"
	"weft/runtime/task"
)

// comparison is the plain form of an operator that compares and jumps, or op itself.
func comparison(op code.Op) code.Op {
	switch op {
	case code.JLt, code.LLt, code.JLtI, code.LLtI, code.LtI:
		return code.Lt
	case code.JLe, code.LLe, code.JLeI, code.LLeI:
		return code.Le
	case code.JGt, code.LGt, code.JGtI, code.LGtI:
		return code.Gt
	case code.JGe, code.LGe, code.JGeI, code.LGeI:
		return code.Ge
	case code.JEq, code.LEq, code.JEqI, code.LEqI, code.EqI:
		return code.Eq
	case code.JNe, code.LNe, code.JNeI, code.LNeI:
		return code.Ne
	}
	return op
}

// plainOp serves an operator on two plain values; done is false when it is not known here.
func (e *Engine) plainOp(t *task.Task, op code.Op, x, y core.Value) (done bool) {
	if x.P == nil || y.P == nil {
		return false
	}
	d := core.TypeOf(x)
	if d.Kind == core.KindObject || core.TypeOf(y).Kind == core.KindObject {
		if d == e.complexType {
			if core.TypeOf(y) == d {
				if v, done := e.complexPair(op, x, y); done {
					*slotA(t.FP, t.PC) = v
					t.PC = unsafe.Add(t.PC, 16)
					return true
				}
			}
			if e.complexOp(t, op, x, y) {
				return true
			}
		}
		return e.rationalOp(t, op, x, y) || e.complexOp(t, op, x, y) || e.mixedComplexOp(t, op, x, y)
	}
	var v core.Value
	switch f := core.TypeOf(y); {
	case d == core.StringType && f == d:
		v, done = textOp(comparison(op), x.Str(), y.Str())
	case d == core.Char && f == d:
		if v, done = bitsOp(comparison(op), d, x.N, y.N); !done && op == code.Sub && ascii(x) && ascii(y) {
			v, done = core.Int(int64(x.N>>24)-int64(y.N>>24)), true
		}
	case d == core.Char || f == core.Char:
		v, done = charOp(op, x, y)
	case d == core.Bool || f == core.Bool:
		v, done = boolOp(comparison(op), d, f, x, y)
	default:
		if op = comparison(op); f == d && d.Kind == core.KindBits && (d.Super == core.Signed || d.Super == core.Unsigned) {
			v, done = bitsOp(op, d, x.N, y.N)
		}
		if !done {
			v, done = numberOp(op, d, f, x, y)
		}
	}
	if done {
		*slotA(t.FP, t.PC) = v
		t.PC = unsafe.Add(t.PC, 16)
	}
	return done
}

// boolOp is an operator on two numbers of the types d and f, one of them a Bool at least;
// beside an integer it counts as 0 or 1.
func boolOp(op code.Op, d, f *core.DataType, x, y core.Value) (core.Value, bool) {
	switch {
	case d == f: // arithmetic of two is done with integers
		switch op {
		case code.Add, code.Sub:
			d = core.Int64
		case code.Mul, code.BitAnd:
			return core.MakeBool(x.N&y.N != 0), true
		case code.BitOr, code.BitXor, code.Lt, code.Le, code.Gt, code.Ge, code.Eq, code.Ne:
		default:
			return core.Value{}, false
		}
	case d == core.Bool:
		d = f
		fallthrough
	default:
		if k, ok := prim.NumKindOf(d); !ok || k.Float {
			return core.Value{}, false
		}
	}
	return bitsOp(op, d, x.N, y.N)
}

// negated serves -x or ~x of a machine number.
func (e *Engine) negated(t *task.Task, op code.Op, x core.Value) (done bool) {
	if x.P == nil {
		return false
	}
	d := core.TypeOf(x)
	k, ok := prim.NumKindOf(d)
	var v core.Value
	switch {
	case !ok:
		return false
	case k.Float:
		if op == code.BitNot {
			return false
		}
		v = core.Bits(d, x.N^1<<(k.Bits-1))
	case op == code.BitNot:
		v = narrowed(d, k.Signed, ^x.N)
	default:
		v = narrowed(d, k.Signed, -x.N)
	}
	*slotA(t.FP, t.PC) = v
	t.PC = unsafe.Add(t.PC, 16)
	return true
}

// ascii reports whether the character c is one of ASCII: its one byte stands at the top.
func ascii(c core.Value) bool { return c.N&^(0x7f<<24) == 0 }

// charOp moves an ASCII character by a number of places, within ASCII.
func charOp(op code.Op, x, y core.Value) (core.Value, bool) {
	if op == code.Add && core.TypeOf(y) == core.Char {
		x, y = y, x
	}
	if core.TypeOf(x) != core.Char || core.TypeOf(y) != core.Int64 || !ascii(x) {
		return core.Value{}, false
	}
	n := y.Int64()
	switch op {
	case code.Add:
	case code.Sub:
		n = -n
	default:
		return core.Value{}, false
	}
	if n += int64(x.N >> 24); n < 0 || n > 0x7f {
		return core.Value{}, false
	}
	return core.MakeChar(uint32(n) << 24), true
}

func textOp(op code.Op, x, y string) (core.Value, bool) {
	switch op {
	case code.Eq:
		return core.MakeBool(x == y), true
	case code.Ne:
		return core.MakeBool(x != y), true
	case code.Lt:
		return core.MakeBool(strings.Compare(x, y) < 0), true
	case code.Gt:
		return core.MakeBool(strings.Compare(x, y) > 0), true
	case code.Mul:
		return core.MakeString(x + y), true
	}
	return core.Value{}, false
}

// bitsOp is an operator on two integers of type d (or characters) with the bits x and y.
func bitsOp(op code.Op, d *core.DataType, x, y uint64) (core.Value, bool) {
	less, equal := x < y, x == y
	if d.Super == core.Signed {
		less = int64(x) < int64(y)
	}
	switch op {
	case code.Lt:
		return core.MakeBool(less), true
	case code.Le:
		return core.MakeBool(less || equal), true
	case code.Gt:
		return core.MakeBool(!less && !equal), true
	case code.Ge:
		return core.MakeBool(!less), true
	case code.Eq:
		return core.MakeBool(equal), true
	case code.Ne:
		return core.MakeBool(!equal), true
	}
	if d == core.Char {
		return core.Value{}, false
	}
	switch op {
	case code.Add:
		x += y
	case code.Sub:
		x -= y
	case code.Mul:
		x *= y
	case code.BitAnd:
		x &= y
	case code.BitOr:
		x |= y
	case code.BitXor:
		x ^= y
	default:
		return core.Value{}, false
	}
	return narrowed(d, d.Super == core.Signed, x), true
}

// storeFloat does a[i...] = v for an array of Float64 and an Int64, which is converted;
// false for all else.
func storeFloat(a, v core.Value, i ...core.Value) bool {
	if core.TypeOf(v) != core.Int64 || core.TypeOf(a).Kind != core.KindArray {
		return false
	}
	arr := core.As[core.Array](a)
	if arr.ElemType().P != core.Float64.Value().P || len(i) > 1 && len(arr.Dims) != len(i) {
		return false
	}
	at, stride := uint64(0), uint64(1)
	for d, x := range i {
		n := uint64(arr.Len)
		if len(i) > 1 {
			n = uint64(arr.Dims[d])
		}
		if core.TypeOf(x) != core.Int64 || x.N-1 >= n {
			return false
		}
		at += (x.N - 1) * stride
		stride *= n
	}
	arr.Floats()[at] = float64(v.Int64())
	return true
}
