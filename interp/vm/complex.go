package vm

// This file does the arithmetic of Complex{Float64} that Base's methods would do the
// same way: a product of theirs is four calls.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/prim"
	"weft/runtime/task"
)

// complexName is the name of Base's complex numbers.
var complexName = core.Sym("Complex")

// isComplex reports whether d is Complex{Float64}.
func (e *Engine) isComplex(d *core.DataType) bool {
	if d == e.complexType {
		return true
	}
	if e.complexType == nil && d.Name.Name == complexName && d.Name.Module == e.RT.Base && d.Params[0].P == core.Float64.Value().P {
		d.Fields() // lays it out: only then it is known to be flat
		e.complexType = d
		return true
	}
	return false
}

// parts are the real and the imaginary part of a Complex{Float64}, or of a Float64 or an
// Int64, which has none; ok is false for all else.
func (e *Engine) parts(x core.Value) (re, im float64, pair, ok bool) {
	switch d := core.TypeOf(x); {
	case d == core.Float64:
		return x.Float64(), 0, false, true
	case d == core.Int64:
		return float64(x.Int64()), 0, false, true
	case e.isComplex(d):
		return x.Field(0).Float64(), x.Field(1).Float64(), true, true
	}
	return 0, 0, false, false
}

// complexPair serves a sum, difference or product of two Complex{Float64}.
func (e *Engine) complexPair(op code.Op, x, y core.Value) (v core.Value, done bool) {
	a, b, c, d := x.Field(0).Float64(), x.Field(1).Float64(), y.Field(0).Float64(), y.Field(1).Float64()
	switch op {
	case code.Add:
		a, b = a+c, b+d
	case code.Sub:
		a, b = a-c, b-d
	case code.Mul:
		// The conversions keep the products from being fused with the sums.
		a, b = float64(a*c)-float64(b*d), float64(a*d)+float64(b*c)
	default:
		return v, false
	}
	return core.NewFloatPair(e.complexType, a, b), true
}

// complexOp serves a sum, difference, product or quotient of which one operand (of a quotient
// the first) is a Complex{Float64} and the other one too, or a real number; done is false for all else.
func (e *Engine) complexOp(t *task.Task, op code.Op, x, y core.Value) (done bool) {
	a, b, cx, ok := e.parts(x)
	if !ok {
		return false
	}
	c, d, cy, ok := e.parts(y)
	if !ok || !cx && !cy {
		return false
	}
	if op != code.Add && op != code.Sub && op != code.Mul && (op != code.Div || !cx) {
		return false
	}
	var re, im float64
	switch {
	case op == code.Div && cy:
		re, im = prim.ComplexQuotient(a, b, c, d)
	case op == code.Div:
		re, im = a/c, b/c
	case op == code.Add && cx && cy:
		re, im = a+c, b+d
	case op == code.Add && cx:
		re, im = a+c, b
	case op == code.Add:
		re, im = a+c, d
	case op == code.Sub && cx && cy:
		re, im = a-c, b-d
	case op == code.Sub && cx:
		re, im = a-c, b
	case op == code.Sub:
		re, im = a-c, -d
	case cx && cy:
		// The conversions keep the products from being fused with the sums.
		re, im = float64(a*c)-float64(b*d), float64(a*d)+float64(b*c)
	case cx:
		re, im = a*c, b*c
	default:
		re, im = a*c, a*d
	}
	*slotA(t.FP, t.PC) = core.NewFloatPair(e.complexType, re, im)
	t.PC = unsafe.Add(t.PC, 16)
	return true
}
