package vm

// This file does operators on numbers of different or smaller types (UInt8 and Int64,
// Float32 and Float64, shifts of small integers) as Base's methods would: those promote
// both first, which takes several calls.

import (
	"math"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/prim"
)

// numberOp is an operator on two numbers of the types d and e.
func numberOp(op code.Op, d, e *core.DataType, x, y core.Value) (v core.Value, ok bool) {
	k, ok := prim.NumKindOf(d)
	if !ok {
		return v, false
	}
	l, ok := prim.NumKindOf(e)
	switch {
	case !ok:
		return v, false
	case k.Float || l.Float:
		return floatOp(op, k, l, x, y)
	}
	switch op {
	case code.Lt, code.Le, code.Gt, code.Ge, code.Eq, code.Ne:
		return bitsOp(op, core.Int64, uint64(compareInts(k, l, x.N, y.N)), 0)
	case code.Div:
		a, _ := asFloat(k, x.N)
		b, _ := asFloat(l, y.N)
		return core.Float(a / b), true
	case code.Shl, code.Shr, code.Ushr:
		return shifted(op, d, k, l, x.N, y.N)
	case code.IDiv, code.Rem, code.Mod:
		if d != e || y.N == 0 || k.Signed && int64(y.N) == -1 {
			return v, false
		}
		return divided(op, d, k.Signed, x.N, y.N), true
	}
	if k.Bits < l.Bits || k.Bits == l.Bits && k.Signed { // the larger one, and of two the one without a sign
		d = e
	}
	return bitsOp(op, d, x.N, y.N)
}

// compareInts is -1, 0 or 1, by the values.
func compareInts(k, l prim.NumKind, x, y uint64) int {
	switch {
	case k.Signed && int64(x) < 0:
		if !l.Signed || int64(y) >= 0 {
			return -1
		}
	case l.Signed && int64(y) < 0:
		return 1
	}
	switch { // of the same sign
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// shifted moves the bits of x, of type d; a negative number of places goes the other way.
func shifted(op code.Op, d *core.DataType, k, l prim.NumKind, x, n uint64) (core.Value, bool) {
	if l.Signed && int64(n) < 0 {
		return core.Value{}, false
	}
	width := uint64(k.Bits)
	switch {
	case op == code.Shl && n < width:
		x <<= n
	case op == code.Shr && k.Signed:
		x = uint64(int64(x) >> min(n, 63))
	case op == code.Shl || n >= width:
		x = 0
	case op == code.Ushr && k.Signed:
		x = x << (64 - width) >> (64 - width) >> n
	default:
		x >>= n
	}
	return narrowed(d, k.Signed, x), true
}

// narrowed is x as far as d has bits for it.
func narrowed(d *core.DataType, signed bool, x uint64) core.Value {
	if bits := 8 * d.Size; bits < 64 {
		if x <<= 64 - bits; signed {
			x = uint64(int64(x) >> (64 - bits))
		} else {
			x >>= 64 - bits
		}
	}
	return core.Bits(d, x)
}

// divided is the quotient or remainder of two numbers of type d; y is neither 0 nor -1.
func divided(op code.Op, d *core.DataType, signed bool, x, y uint64) core.Value {
	if !signed {
		if op == code.IDiv {
			return core.Bits(d, x/y)
		}
		return core.Bits(d, x%y)
	}
	a, b := int64(x), int64(y)
	if op == code.IDiv {
		return core.Bits(d, uint64(a/b))
	}
	r := a % b
	if op == code.Mod && r != 0 && (r < 0) != (b < 0) {
		r += b
	}
	return core.Bits(d, uint64(r))
}

// exactInts is how large integers may be that floats hold exactly, all of them.
const exactInts = 1 << 53

// floatOp is an operator on two numbers of which one is a float at least.
func floatOp(op code.Op, k, l prim.NumKind, x, y core.Value) (core.Value, bool) {
	a, exact := asFloat(k, x.N)
	b, exactToo := asFloat(l, y.N)
	var holds bool
	switch op {
	case code.Lt:
		holds = a < b
	case code.Le:
		holds = a <= b
	case code.Gt:
		holds = a > b
	case code.Ge:
		holds = a >= b
	case code.Eq:
		holds = a == b
	case code.Ne:
		holds = a != b
	default:
		return arithmetic(op, k, l, a, b, exact && exactToo)
	}
	return core.MakeBool(holds), exact && exactToo
}

// arithmetic is an operator on the values of two numbers, one of them a float at least;
// exact says that no integer was rounded to get there.
func arithmetic(op code.Op, k, l prim.NumKind, a, b float64, exact bool) (core.Value, bool) {
	width := max(floatBits(k), floatBits(l))
	if mixed := k.Float != l.Float; mixed && (width == 16 || width == 32 && !exact) {
		return core.Value{}, false // the integer is rounded to the smaller float, once
	}
	if width == 32 {
		r, ok := sum(op, float32(a), float32(b))
		return core.Bits(core.Float32, uint64(math.Float32bits(r))), ok
	}
	r, ok := sum(op, a, b)
	if width == 16 { // twice the bits and two more: rounding once more changes nothing
		return core.Bits(core.Float16, uint64(prim.ToFloat16(r))), ok
	}
	return core.Float(r), ok
}

// floatBits is the width of a float, 0 for an integer.
func floatBits(k prim.NumKind) uint8 {
	if k.Float {
		return k.Bits
	}
	return 0
}

// asFloat is a number as a float, and whether it is the same.
func asFloat(k prim.NumKind, n uint64) (float64, bool) {
	exact := true
	switch {
	case k.Float:
	case k.Signed:
		exact = -exactInts <= int64(n) && int64(n) <= exactInts
	default:
		exact = n <= exactInts
	}
	return k.ToFloat(n), exact
}

// sum is a sum, difference, product or quotient, rounded as the type has it.
func sum[F float32 | float64](op code.Op, a, b F) (F, bool) {
	switch op {
	case code.Add:
		return a + b, true
	case code.Sub:
		return a - b, true
	case code.Mul:
		return a * b, true
	case code.Div:
		return a / b, true
	}
	return 0, false
}
