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

// operand is an array or a number in a broadcast, or a part of an array.
type operand struct {
	arr    *core.Array
	typ    *core.DataType
	word   uint64 // of a number
	words  []uint64
	floats []float64
	bools  []byte
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
		}
		return o, o.typ != nil
	}
	if t == core.Float64 || t == core.Int64 {
		return operand{typ: t, word: v.N}, true
	}
	return operand{}, false
}

// part is elements lo to hi-1 of an array; a number is the same everywhere.
func (o operand) part(lo, hi int) operand {
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
	switch {
	case o.words != nil:
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
	g := unary[f]
	if g == nil {
		return kernel{}
	}
	return kernel{core.Float64, func(out, x, _ operand) bool {
		for i, v := range x.asFloats(len(out.floats)) {
			r := g(v)
			if r != r && v == v {
				return false
			}
			out.floats[i] = r
		}
		return true
	}}
}

func binaryKernel(f string, x, y operand) kernel {
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
	case "+", "-", "*", "/":
		return kernel{core.Float64, func(out, x, y operand) bool {
			floatKernel(f, out.floats, x, y)
			return true
		}}
	case "<", "<=", ">", ">=", "==", "!=":
		if x.typ != y.typ && !x.exact() && !y.exact() {
			return kernel{} // mixed comparisons are exact: not by way of floats
		}
		return kernel{core.Bool, func(out, x, y operand) bool {
			o := out.bools
			p, q := x.asFloats(len(o)), y.asFloats(len(o))
			for i := range o {
				o[i] = byte(bool2int(compareBy(f, p[i], q[i])))
			}
			return true
		}}
	}
	return kernel{}
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

func intKernel(f string) kernel {
	switch f {
	case "+", "-", "*", "&", "|", "xor":
		return kernel{core.Int64, func(out, x, y operand) bool {
			o := out.words
			p, q := x.asInts(len(o)), y.asInts(len(o))
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
