package vm

// This file does the arithmetic of complex numbers whose parts are integers or Bools, as in
// 1.0 + 2im, part by part as Base's methods would: those promote the parts of each result.

import (
	"math"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// partsOf are the parts of a complex number of Float64, Int64 or Bool, or a real number of
// the first two types and nothing; ok is false for all else.
func (e *Engine) partsOf(x core.Value) (re, im core.Value, pair, ok bool) {
	d := core.TypeOf(x)
	if d == core.Float64 || d == core.Int64 {
		return x, core.Value{}, false, true
	}
	if d.Name != e.complexName {
		if e.complexName != nil || d.Name.Name != complexName || d.Name.Module != e.RT.Base {
			return re, im, false, false
		}
		e.complexName = d.Name
	}
	switch d.Params[0].P {
	case core.Float64.Value().P, core.Int64.Value().P, core.Bool.Value().P:
		return x.Field(0), x.Field(1), true, true
	}
	return re, im, false, false
}

// mixedComplexOp serves an operator of which one operand is complex, with parts that are
// Float64, Int64 or Bool; done is false for all else.
func (e *Engine) mixedComplexOp(t *task.Task, op code.Op, x, y core.Value) (done bool) {
	a, b, cx, ok := e.partsOf(x)
	if !ok {
		return false
	}
	c, d, cy, ok := e.partsOf(y)
	if !ok || !cx && !cy {
		return false
	}
	var re, im core.Value
	switch op = comparison(op); op {
	case code.Eq, code.Ne:
		if !small(a) || !small(b) || !small(c) || !small(d) {
			return false
		}
		*slotA(t.FP, t.PC) = core.MakeBool((asPart(a) == asPart(c) && asPart(b) == asPart(d)) == (op == code.Eq))
		t.PC = unsafe.Add(t.PC, 16)
		return true
	case code.Add, code.Sub:
		re, im = partOp(op, a, c), b
		switch {
		case cx && cy:
			im = partOp(op, b, d)
		case cy && op == code.Add:
			im = d
		case cy && core.TypeOf(re) == core.Float64:
			im = core.Float(-asPart(d))
		case cy:
			im = core.Int(-int64(d.N))
		}
	case code.Mul:
		switch {
		case cx && cy:
			re = partOp(code.Sub, partOp(op, a, c), partOp(op, b, d))
			im = partOp(code.Add, partOp(op, a, d), partOp(op, b, c))
		case cx:
			re, im = partOp(op, a, c), partOp(op, b, c)
		default:
			re, im = partOp(op, a, c), partOp(op, a, d)
		}
	default:
		return false
	}
	v, ok := e.makeComplex(re, im)
	if ok {
		*slotA(t.FP, t.PC) = v
		t.PC = unsafe.Add(t.PC, 16)
	}
	return ok
}

// makeComplex is the complex number with these parts, brought to one type.
func (e *Engine) makeComplex(re, im core.Value) (core.Value, bool) {
	of := &e.complexInts
	elem := core.Int64
	if core.TypeOf(re) == core.Float64 || core.TypeOf(im) == core.Float64 {
		of, elem = &e.complexType, core.Float64
	}
	if *of == nil {
		v, err := core.ApplyType(e.complexName.Wrapper, []core.Value{elem.Value()})
		if err != nil {
			return v, false
		}
		*of = core.As[core.DataType](v)
		(*of).Fields()
	}
	switch {
	case elem == core.Float64:
		return core.NewFloatPair(*of, asPart(re), asPart(im)), true
	case core.TypeOf(re) == core.Bool && core.TypeOf(im) == core.Bool:
		return core.Value{}, false
	}
	return core.NewStruct(*of, core.Int(int64(re.N)), core.Int(int64(im.N))), true
}

// asPart is a part as a float; what is missing is 0.
func asPart(x core.Value) float64 {
	switch {
	case x.P == nil:
		return 0
	case core.TypeOf(x) == core.Float64:
		return x.Float64()
	}
	return float64(int64(x.N))
}

// small reports whether asPart keeps the value of x.
func small(x core.Value) bool {
	return x.P == nil || core.TypeOf(x) == core.Float64 || -exactInts <= int64(x.N) && int64(x.N) <= exactInts
}

// partOp is a sum, difference or product of parts. false is 0 to any sum and product, one
// with infinities too.
func partOp(op code.Op, x, y core.Value) core.Value {
	fx, fy := core.TypeOf(x) == core.Float64, core.TypeOf(y) == core.Float64
	bx, by := core.TypeOf(x) == core.Bool, core.TypeOf(y) == core.Bool
	switch {
	case bx && by && op == code.Mul:
		return core.MakeBool(x.N&y.N != 0)
	case !fx && !fy:
		switch op {
		case code.Add:
			return core.Int(int64(x.N + y.N))
		case code.Sub:
			return core.Int(int64(x.N - y.N))
		}
		return core.Int(int64(x.N * y.N))
	case op == code.Mul && bx && x.N == 0:
		return core.Float(math.Copysign(0, y.Float64()))
	case op == code.Mul && by && y.N == 0:
		return core.Float(math.Copysign(0, x.Float64()))
	case op == code.Add && bx && x.N == 0:
		return y
	case op == code.Add && by && y.N == 0:
		return x
	}
	r, _ := sum(op, asPart(x), asPart(y))
	return core.Float(r)
}
