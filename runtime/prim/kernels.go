package prim

// This file: broadcasts of Base's own functions over arrays of Float64, Int64
// and Bool in one go. What is not plain (other types, shapes that differ, a
// value outside of a function's domain) is left to Base's loop.

import (
	"math"
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

var kernelTable = []entry{
	{"array_broadcast", 2, 3, "array_broadcast(f, x[, y]): f of the elements side by side, x and y arrays of one shape or numbers; nothing if that has to be done element by element", arrayBroadcast},
	{"array_stretch", 2, 2, "array_stretch(a, dims): an array of these sizes, along which a repeats itself where it has but one element", arrayStretch},
}

// operand is an array or a number in a broadcast.
type operand struct {
	arr    *core.Array
	typ    *core.DataType
	word   uint64 // of a number
	words  []uint64
	floats []float64
}

func operandOf(v core.Value) (operand, bool) {
	t := core.TypeOf(v)
	if t.Kind == core.KindArray {
		a := core.As[core.Array](v)
		el := a.ElemType()
		switch el.P {
		case unsafe.Pointer(core.Float64):
			return operand{arr: a, typ: core.Float64, floats: a.Floats()}, true
		case unsafe.Pointer(core.Int64):
			return operand{arr: a, typ: core.Int64, words: a.Words()}, true
		case unsafe.Pointer(core.Bool):
			return operand{arr: a, typ: core.Bool}, true
		}
		return operand{}, false
	}
	if t == core.Float64 || t == core.Int64 {
		return operand{typ: t, word: v.N}, true
	}
	return operand{}, false
}

// exact reports whether o is an integer, not an array, that a float can be.
func (o *operand) exact() bool {
	return o.arr == nil && o.typ == core.Int64 && int64(o.word)<<10>>10 == int64(o.word)
}

// asFloats is the operand's elements as floats, for n elements.
func (o *operand) asFloats(n int) []float64 {
	if o.floats != nil {
		return o.floats
	}
	out := make([]float64, n)
	switch {
	case o.arr != nil:
		for i, w := range o.words {
			out[i] = float64(int64(w))
		}
	case o.typ == core.Float64:
		f := math.Float64frombits(o.word)
		for i := range out {
			out[i] = f
		}
	default:
		f := float64(int64(o.word))
		for i := range out {
			out[i] = f
		}
	}
	return out
}

func (o *operand) asInts(n int) []uint64 {
	if o.words != nil {
		return o.words
	}
	out := make([]uint64, n)
	for i := range out {
		out[i] = o.word
	}
	return out
}

func arrayBroadcast(t *task.Task, a []core.Value) (core.Value, error) {
	n := core.TypeOf(a[0]).Name
	if n.FuncName == nil || n.Module != t.Sched.RT.Base {
		return nothing, nil
	}
	x, ok := operandOf(a[1])
	if !ok {
		return nothing, nil
	}
	if len(a) == 2 {
		if x.arr == nil {
			return nothing, nil
		}
		return unaryKernel(n.FuncName.Name, x), nil
	}
	y, ok := operandOf(a[2])
	if !ok || x.arr == nil && y.arr == nil {
		return nothing, nil
	}
	if !sameShape(x.arr, y.arr) {
		dims, ok := commonShape(x.arr, y.arr)
		if !ok {
			return nothing, nil
		}
		x, _ = operandOf(stretch(x.arr, dims).Value())
		y, _ = operandOf(stretch(y.arr, dims).Value())
	}
	return binaryKernel(n.FuncName.Name, x, y), nil
}

func sameShape(a, b *core.Array) bool {
	if a == nil || b == nil {
		return true
	}
	if a.Len != b.Len || len(a.Dims) != len(b.Dims) {
		return false
	}
	for i := range a.Dims {
		if a.Dims[i] != b.Dims[i] {
			return false
		}
	}
	return true
}

// shape gives the sizes of a.
func shape(a *core.Array) []int {
	if a.Dims == nil {
		return []int{a.Len}
	}
	return a.Dims
}

// commonShape is the shape of a broadcast of two arrays; false if there is none.
func commonShape(a, b *core.Array) ([]int, bool) {
	x, y := shape(a), shape(b)
	if len(x) < len(y) {
		x, y = y, x
	}
	dims := append([]int(nil), x...)
	for d, n := range y {
		switch {
		case dims[d] == 1:
			dims[d] = n
		case n != 1 && n != dims[d]:
			return nil, false
		}
	}
	return dims, len(dims) > 0
}

// stretch repeats a along the dimensions where it has one element, to the sizes dims.
func stretch(a *core.Array, dims []int) *core.Array {
	from := shape(a)
	n := 1
	steps, m := make([]int, len(dims)), 1
	for d, size := range dims {
		n *= size
		if d < len(from) {
			if from[d] != 1 {
				steps[d] = m
			}
			m *= from[d]
		}
	}
	kept := dims
	if len(dims) == 1 {
		kept = nil
	}
	out := core.NewArray(core.ArrayName.Apply([]core.Value{a.ElemType(), core.Int(int64(len(dims)))}), n, kept)
	is := make([]int, len(dims))
	at := 0
	for k := range n {
		out.Set(k, a.Get(at))
		for d := range dims {
			is[d]++
			at += steps[d]
			if is[d] < dims[d] {
				break
			}
			at -= steps[d] * dims[d]
			is[d] = 0
		}
	}
	return out
}

func arrayStretch(_ *task.Task, a []core.Value) (core.Value, error) {
	arr, err := arrayArg("broadcast", a[0])
	if err != nil {
		return core.Value{}, err
	}
	var dims []int
	for _, n := range tupleFields(a[1]) {
		dims = append(dims, int(n.N))
	}
	from := shape(arr)
	for d, n := range from {
		if n != 1 && (d >= len(dims) || n != dims[d]) {
			return core.Value{}, core.Err("DimensionMismatch", core.MakeString("array could not be broadcast to match destination"))
		}
	}
	return stretch(arr, dims).Value(), nil
}

// like allocates an array of element type el with the shape of a.
func like(el *core.DataType, a *core.Array) *core.Array {
	return core.NewArray(core.ArrayName.Apply([]core.Value{el.Value(), a.Type.Params[1]}), a.Len, a.Dims)
}

// unary lists the functions that map floats to floats; a NaN out of a number is
// a DomainError, which Base's loop throws.
var unary = map[string]func(float64) float64{
	"sin": sin64, "cos": cos64, "tan": tan64, "asin": asin64, "acos": acos64, "atan": atan64, "sinh": sinh64, "cosh": cosh64,
	"tanh": tanh64, "exp": mExp, "log": mLog, "log2": mLog2, "log10": mLog10, "sqrt": math.Sqrt, "cbrt": cbrt64,
	"abs": math.Abs, "floor": math.Floor, "ceil": math.Ceil, "round": math.RoundToEven, "trunc": math.Trunc,
	"-": func(x float64) float64 { return -x }, "+": func(x float64) float64 { return x },
	"abs2": func(x float64) float64 { return x * x }, "inv": func(x float64) float64 { return 1 / x },
}

func unaryKernel(f string, x operand) core.Value {
	switch {
	case x.typ == core.Bool:
		if f != "!" && f != "~" {
			return nothing
		}
		out := like(core.Bool, x.arr)
		o := out.Bytes()
		for i, b := range x.arr.Bytes() {
			o[i] = 1 - b
		}
		return out.Value()
	case x.typ == core.Int64:
		switch f {
		case "abs", "-", "abs2", "+":
			out := like(core.Int64, x.arr)
			o := out.Words()
			for i, w := range x.words {
				switch {
				case f == "abs2":
					w *= w
				case f == "-" || f == "abs" && int64(w) < 0:
					w = -w
				}
				o[i] = w
			}
			return out.Value()
		case "floor", "ceil", "round", "trunc":
			return nothing
		}
	}
	g := unary[f]
	if g == nil {
		return nothing
	}
	out := like(core.Float64, x.arr)
	o := out.Floats()
	for i, v := range x.asFloats(x.arr.Len) {
		r := g(v)
		if r != r && v == v {
			return nothing
		}
		o[i] = r
	}
	return out.Value()
}

func binaryKernel(f string, x, y operand) core.Value {
	shape := x.arr
	if shape == nil {
		shape = y.arr
	}
	if x.typ == core.Bool || y.typ == core.Bool {
		if x.typ != y.typ || x.arr == nil || y.arr == nil {
			return nothing
		}
		return boolKernel(f, x, y, shape)
	}
	if x.typ == core.Int64 && y.typ == core.Int64 {
		if f != "/" {
			return intKernel(f, x, y, shape)
		}
	}
	n := shape.Len
	switch f {
	case "+", "-", "*", "/":
		out := like(core.Float64, shape)
		floatKernel(f, out.Floats(), x, y)
		return out.Value()
	case "<", "<=", ">", ">=", "==", "!=":
		if x.typ != y.typ && !x.exact() && !y.exact() {
			return nothing // mixed comparisons are exact: not by way of floats
		}
		out := like(core.Bool, shape)
		o, p, q := out.Bytes(), x.asFloats(n), y.asFloats(n)
		for i := range o {
			o[i] = byte(bool2int(compareBy(f, p[i], q[i])))
		}
		return out.Value()
	}
	return nothing
}

func floatKernel(f string, o []float64, x, y operand) {
	n := len(o)
	if y.arr == nil { // the second a number
		p := x.asFloats(n)
		c := y.asFloats(1)[0]
		switch f {
		case "+":
			for i, v := range p {
				o[i] = v + c
			}
		case "-":
			for i, v := range p {
				o[i] = v - c
			}
		case "*":
			for i, v := range p {
				o[i] = v * c
			}
		default:
			for i, v := range p {
				o[i] = v / c
			}
		}
		return
	}
	p, q := x.asFloats(n), y.asFloats(n)
	q = q[:len(p)]
	switch f {
	case "+":
		for i, v := range p {
			o[i] = v + q[i]
		}
	case "-":
		for i, v := range p {
			o[i] = v - q[i]
		}
	case "*":
		for i, v := range p {
			o[i] = v * q[i]
		}
	default:
		for i, v := range p {
			o[i] = v / q[i]
		}
	}
}

func compareBy[T int64 | float64](f string, a, b T) bool {
	switch f {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	case ">=":
		return a >= b
	case "==":
		return a == b
	}
	return a != b
}

func intKernel(f string, x, y operand, shape *core.Array) core.Value {
	n := shape.Len
	p, q := x.asInts(n), y.asInts(n)
	switch f {
	case "+", "-", "*", "&", "|", "xor":
		out := like(core.Int64, shape)
		o := out.Words()
		for i, v := range p {
			w := q[i]
			switch f {
			case "+":
				v += w
			case "-":
				v -= w
			case "*":
				v *= w
			case "&":
				v &= w
			case "|":
				v |= w
			default:
				v ^= w
			}
			o[i] = v
		}
		return out.Value()
	case "rem", "mod", "div":
		out := like(core.Int64, shape)
		o := out.Words()
		for i, v := range p {
			a, b := int64(v), int64(q[i])
			if b == 0 || b == -1 {
				return nothing
			}
			r := a % b
			switch {
			case f == "div":
				r = a / b
			case f == "mod" && r != 0 && (r < 0) != (b < 0):
				r += b
			}
			o[i] = uint64(r)
		}
		return out.Value()
	case "<", "<=", ">", ">=", "==", "!=":
		out := like(core.Bool, shape)
		o := out.Bytes()
		for i, v := range p {
			o[i] = byte(bool2int(compareBy(f, int64(v), int64(q[i]))))
		}
		return out.Value()
	}
	return nothing
}

func boolKernel(f string, x, y operand, shape *core.Array) core.Value {
	switch f {
	case "&", "|", "xor", "!=", "==":
	default:
		return nothing
	}
	p, q := x.arr.Bytes(), y.arr.Bytes()
	out := like(core.Bool, shape)
	o := out.Bytes()
	for i, v := range p {
		switch f {
		case "&":
			o[i] = v & q[i]
		case "|":
			o[i] = v | q[i]
		case "xor", "!=":
			o[i] = v ^ q[i]
		case "==":
			o[i] = 1 ^ v ^ q[i]
		}
	}
	return out.Value()
}
