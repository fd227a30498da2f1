package vm

// This file does the arithmetic of Rational{Int64} as Base's methods would, where nothing
// overflows and nothing is infinite: they check each step by a call.

import (
	"math"
	"math/bits"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// rationalName is the name of Base's fractions.
var rationalName = core.Sym("Rational")

// ratio reads a Rational{Int64} or an Int64; ok is false for all else.
func (e *Engine) ratio(x core.Value) (num, den int64, fraction, ok bool) {
	d := core.TypeOf(x)
	if d == core.Int64 {
		return x.Int64(), 1, false, true
	}
	if d != e.rationalType {
		if e.rationalType != nil || d.Name.Name != rationalName || d.Name.Module != e.RT.Base || d.Params[0].P != core.Int64.Value().P {
			return 0, 0, false, false
		}
		e.rationalType = d
	}
	num, den = x.Field(0).Int64(), x.Field(1).Int64()
	return num, den, true, den > 0 && num != math.MinInt64
}

// rationalOp serves an operator of which one operand is a Rational{Int64} and the other one
// too, or an Int64; done is false for all else.
func (e *Engine) rationalOp(t *task.Task, op code.Op, x, y core.Value) (done bool) {
	if x.P == nil || y.P == nil {
		return false
	}
	a, b, fx, ok := e.ratio(x)
	if !ok {
		return false
	}
	c, d, fy, ok := e.ratio(y)
	if !ok || !fx && !fy {
		return false
	}
	var num, den int64
	switch op = comparison(op); op {
	case code.Add, code.Sub:
		if op == code.Sub {
			c = -c
		}
		g := gcd(b, d)
		left, ok1 := mul(a, d/g)
		right, ok2 := mul(c, b/g)
		over, ok3 := mul(b, d/g)
		num, den, ok = left+right, over, ok1 && ok2 && ok3 && (left+right > left) == (right > 0)
	case code.Mul:
		g, h := gcd(a, d), gcd(c, b)
		n, ok1 := mul(a/g, c/h)
		m, ok2 := mul(b/h, d/g)
		num, den, ok = n, m, ok1 && ok2
	case code.Lt, code.Le, code.Gt, code.Ge, code.Eq, code.Ne:
		v, _ := bitsOp(op, core.Int64, uint64(order(a, d, c, b)), 0)
		*slotA(t.FP, t.PC) = v
		t.PC = unsafe.Add(t.PC, 16)
		return true
	default:
		return false
	}
	if !ok || num == math.MinInt64 {
		return false
	}
	if g := gcd(num, den); g > 1 {
		num, den = num/g, den/g
	}
	*slotA(t.FP, t.PC) = core.NewStruct(e.rationalType, core.Int(num), core.Int(den))
	t.PC = unsafe.Add(t.PC, 16)
	return true
}

// mul is a product, and whether it is exact.
func mul(x, y int64) (int64, bool) {
	hi, lo := bits.Mul64(abs(x), abs(y))
	p := int64(lo)
	if (x < 0) != (y < 0) {
		p = -p
	}
	return p, hi == 0 && lo <= math.MaxInt64
}

// order is negative, 0 or positive as x*m is less than, equal to or greater than y*n,
// for positive m and n.
func order(x, m, y, n int64) int64 {
	switch {
	case x < 0 && y >= 0:
		return -1
	case x >= 0 && y < 0:
		return 1
	}
	hx, lx := bits.Mul64(abs(x), uint64(m))
	hy, ly := bits.Mul64(abs(y), uint64(n))
	r := int64(0)
	switch {
	case hx < hy || hx == hy && lx < ly:
		r = -1
	case hx != hy || lx != ly:
		r = 1
	}
	if x < 0 {
		r = -r
	}
	return r
}

func abs(x int64) uint64 {
	if x < 0 {
		return uint64(-x)
	}
	return uint64(x)
}

// gcd is the greatest common divisor of x and y, 1 for two zeros.
func gcd(x, y int64) int64 {
	a, b := abs(x), abs(y)
	for b != 0 {
		a, b = b, a%b
	}
	return int64(max(a, 1))
}
