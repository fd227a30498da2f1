package prim

// This file: broadcasts of Base's own functions over arrays of Float64, Int64
// and Bool in one go; kernelsmall.go has those of other numbers. What is not plain (other types, shapes that differ, a
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

// operand is an array or a number in a broadcast, or a part of an array.
type operand struct {
	arr    *core.Array
	typ    *core.DataType
	word   uint64 // of a number
	words  []uint64
	floats []float64
	bools  []byte
	from   int // where the part begins, for what has no view
	n      int // how many elements the part has
}

func operandOf(v core.Value) (operand, bool) {
	t := core.TypeOf(v)
	if t.Kind == core.KindArray {
		a := core.As[core.Array](v)
		o := operand{arr: a}
		switch el := a.ElemType(); el.P {
		case unsafe.Pointer(core.Float64):
			o.typ, o.floats = core.Float64, a.Floats()
		case unsafe.Pointer(core.Int64):
			o.typ, o.words = core.Int64, a.Words()
		case unsafe.Pointer(core.Bool):
			o.typ, o.bools = core.Bool, a.Bytes()[:a.Len]
		default:
			if d, ok := core.IsDataType(el); ok && isSmall(d) {
				o.typ = d
			}
		}
		return o, o.typ != nil
	}
	if t == core.Float64 || t == core.Int64 || isSmall(t) {
		return operand{typ: t, word: v.N}, true
	}
	return operand{}, false
}

// part is elements lo to hi-1 of an array; a number is the same everywhere.
func (o operand) part(lo, hi int) operand {
	o.from, o.n = lo, hi-lo
	switch {
	case o.floats != nil:
		o.floats = o.floats[lo:hi]
	case o.words != nil:
		o.words = o.words[lo:hi]
	case o.bools != nil:
		o.bools = o.bools[lo:hi]
	}
	return o
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
	switch k, _ := NumKindOf(o.typ); {
	case o.words != nil:
		for i, w := range o.words {
			out[i] = float64(int64(w))
		}
	case o.arr != nil:
		for i := range out {
			out[i] = k.ToFloat(o.wordAt(i))
		}
	default:
		f := k.ToFloat(o.word)
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
	var y operand
	var k kernel
	shape := x.arr
	if len(a) == 2 {
		if x.arr == nil {
			return nothing, nil
		}
		k = unaryKernel(n.FuncName.Name, x)
	} else {
		if y, ok = operandOf(a[2]); !ok || x.arr == nil && y.arr == nil {
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
		if shape = x.arr; shape == nil {
			shape = y.arr
		}
		k = binaryKernel(n.FuncName.Name, x, y)
	}
	if k.fill == nil {
		return nothing, nil
	}
	out, _ := operandOf(like(k.el, shape).Value())
	err := inParts(t, shape.Len, func(lo, hi int) {
		ok = ok && k.fill(out.part(lo, hi), x.part(lo, hi), y.part(lo, hi))
	})
	if err != nil || !ok {
		return nothing, err
	}
	return out.arr.Value(), nil
}

// kernel is a broadcast that can be done in one go: the element type of the outcome, and what
// fills a part of it. That reports false when a value is left to Base's loop. Without fill
// there is no kernel.
type kernel struct {
	el   *core.DataType
	fill func(out, x, y operand) bool
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

func unaryKernel(f string, x operand) kernel {
	if isSmall(x.typ) {
		return smallUnary(f, x.typ)
	}
	switch {
	case x.typ == core.Bool:
		if f != "!" && f != "~" {
			return kernel{}
		}
		return kernel{core.Bool, func(out, x, _ operand) bool {
			for i, b := range x.bools {
				out.bools[i] = 1 - b
			}
			return true
		}}
	case x.typ == core.Int64:
		switch f {
		case "abs", "-", "abs2", "+":
			return kernel{core.Int64, func(out, x, _ operand) bool {
				for i, w := range x.words {
					switch {
					case f == "abs2":
						w *= w
					case f == "-" || f == "abs" && int64(w) < 0:
						w = -w
					}
					out.words[i] = w
				}
				return true
			}}
		case "floor", "ceil", "round", "trunc":
			return kernel{}
		}
	}
	return mapKernel(f)
}

// mapKernel is f of numbers, as floats.
func mapKernel(f string) kernel {
	if unary[f] == nil {
		return kernel{}
	}
	return kernel{core.Float64, func(out, x, _ operand) bool { return mapFloats(unary[f], out.floats, x) }}
}

// mapFloats stores f of the items of x in o; false if one is outside of its domain.
func mapFloats(f func(float64) float64, o []float64, x operand) bool {
	for i, v := range x.asFloats(len(o)) {
		r := f(v)
		if r != r && v == v {
			return false
		}
		o[i] = r
	}
	return true
}

func binaryKernel(f string, x, y operand) kernel {
	if isSmall(x.typ) || isSmall(y.typ) {
		return smallBinary(f, x, y)
	}
	if x.typ == core.Bool || y.typ == core.Bool {
		if x.typ != y.typ || x.arr == nil || y.arr == nil {
			return kernel{}
		}
		return boolKernel(f)
	}
	if x.typ == core.Int64 && y.typ == core.Int64 {
		if f != "/" {
			return intKernel(f)
		}
	}
	switch f {
	case "+", "-", "*", "/", "max", "min":
		return kernel{core.Float64, func(out, x, y operand) bool {
			floatKernel(f, out.floats, x.asFloats(out.n), y.asFloats(out.n))
			return true
		}}
	case "<", "<=", ">", ">=", "==", "!=":
		if x.typ != y.typ && !x.exact() && !y.exact() {
			return kernel{} // mixed comparisons are exact: not by way of floats
		}
		return compareKernel(f)
	}
	return kernel{}
}

// compareKernel is the comparison f of numbers, as floats.
func compareKernel(f string) kernel {
	return kernel{core.Bool, func(out, x, y operand) bool {
		o := out.bools
		p, q := x.asFloats(len(o)), y.asFloats(len(o))
		for i := range o {
			o[i] = byte(bool2int(compareBy(f, p[i], q[i])))
		}
		return true
	}}
}

// floatKernel stores in o what f gives for the items of p and q side by side.
func floatKernel[T float32 | float64](f string, o, p, q []T) {
	q, o = q[:len(p)], o[:len(p)]
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
	case "/":
		for i, v := range p {
			o[i] = v / q[i]
		}
	case "max":
		for i, v := range p {
			o[i] = max(v, q[i])
		}
	case "min":
		for i, v := range p {
			o[i] = min(v, q[i])
		}
	}
}

// combined is a sum, difference, product, ... of the integers v and w, of Int64 or so wide.
func combined(f string, v, w uint64) uint64 {
	switch f {
	case "+":
		return v + w
	case "-":
		return v - w
	case "*":
		return v * w
	case "&":
		return v & w
	case "|":
		return v | w
	case "xor":
		return v ^ w
	case "max":
		return uint64(max(int64(v), int64(w)))
	}
	return uint64(min(int64(v), int64(w)))
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

func intKernel(f string) kernel {
	switch f {
	case "+", "-", "*", "&", "|", "xor", "max", "min":
		return kernel{core.Int64, func(out, x, y operand) bool {
			o := out.words
			p, q := x.asInts(len(o)), y.asInts(len(o))
			for i, v := range p {
				o[i] = combined(f, v, q[i])
			}
			return true
		}}
	case "rem", "mod", "div":
		return kernel{core.Int64, func(out, x, y operand) bool { return divideInts(f, out.words, x, y) }}
	case "<", "<=", ">", ">=", "==", "!=":
		return kernel{core.Bool, func(out, x, y operand) bool {
			o := out.bools
			p, q := x.asInts(len(o)), y.asInts(len(o))
			for i, v := range p {
				o[i] = byte(bool2int(compareBy(f, int64(v), int64(q[i]))))
			}
			return true
		}}
	}
	return kernel{}
}

// divideInts is the kernel of rem, mod and div, for divisors other than 0 and -1.
func divideInts(f string, o []uint64, x, y operand) bool {
	p, q := x.asInts(len(o)), y.asInts(len(o))
	for i, v := range p {
		a, b := int64(v), int64(q[i])
		if b == 0 || b == -1 {
			return false
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
	return true
}

func boolKernel(f string) kernel {
	switch f {
	case "&", "|", "xor", "!=", "==":
	default:
		return kernel{}
	}
	return kernel{core.Bool, func(out, x, y operand) bool {
		o, q := out.bools, y.bools
		for i, v := range x.bools {
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
		return true
	}}
}
