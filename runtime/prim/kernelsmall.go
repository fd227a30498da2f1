package prim

// This file: broadcasts over arrays of Float32 and of integers other than Int64, whose
// results have the type that such numbers are promoted to.

import "weft/runtime/core"

// isSmall reports whether d is Float32 or an integer of at most 32 bits.
func isSmall(d *core.DataType) bool {
	switch d {
	case core.Float32, core.UInt8, core.Int32, core.UInt32, core.Int16, core.UInt16, core.Int8:
		return true
	}
	return false
}

// asSingles is the elements of a part as Float32, for n elements.
func (o *operand) asSingles(n int) []float32 {
	if o.arr != nil && o.typ == core.Float32 {
		return singles(o.arr)[o.from : o.from+n]
	}
	out := make([]float32, n)
	k, _ := NumKindOf(o.typ)
	for i := range out {
		w := o.wordAt(i)
		if k.Signed {
			out[i] = float32(int64(w)) // rounded once
		} else {
			out[i] = float32(k.ToFloat(w))
		}
	}
	return out
}

// wordAt is element i of a part as a word.
func (o *operand) wordAt(i int) uint64 {
	if o.arr == nil {
		return o.word
	}
	return o.arr.Get(o.from + i).N
}

// promoted is the type of the sum of numbers of the types a and b, of which one is small; nil if
// that is not told here.
func promoted(a, b *core.DataType) *core.DataType {
	switch {
	case a == b:
		return a
	case a == core.Bool || b == core.Bool:
		return nil
	case a == core.Float64 || b == core.Float64:
		return core.Float64
	case a == core.Float32 || b == core.Float32:
		return core.Float32
	case a == core.Int64 || b == core.Int64:
		return core.Int64
	}
	return nil
}

// smallUnary is f of elements of the small type d.
func smallUnary(f string, d *core.DataType) kernel {
	if d == core.Float32 {
		switch f {
		case "abs", "-", "abs2", "+", "floor", "ceil", "round", "trunc", "sqrt", "inv":
			// Rounded to Float64 and then to Float32 they are what they have to be.
			return kernel{d, func(out, x, _ operand) bool {
				wide := make([]float64, out.n)
				ok := mapFloats(unary[f], wide, x)
				o := out.asSingles(out.n)
				for i, v := range wide {
					o[i] = float32(v)
				}
				return ok
			}}
		}
		return kernel{}
	}
	switch f {
	case "abs", "-", "abs2", "+":
		k, _ := NumKindOf(d)
		return kernel{d, func(out, x, _ operand) bool {
			for i := range out.n {
				w := x.wordAt(i)
				switch {
				case f == "abs2":
					w *= w
				case f == "-" || f == "abs" && k.Signed && int64(w) < 0:
					w = -w
				}
				out.arr.Set(out.from+i, core.Value{N: w})
			}
			return true
		}}
	case "floor", "ceil", "round", "trunc":
		return kernel{}
	}
	return mapKernel(f)
}

// smallBinary is f of elements of x and y side by side, of which one kind is small.
func smallBinary(f string, x, y operand) kernel {
	to := promoted(x.typ, y.typ)
	if to == nil {
		return kernel{}
	}
	integers := to != core.Float64 && to != core.Float32
	if f == "/" && integers {
		to, integers = core.Float64, false
	}
	switch f {
	case "+", "-", "*", "/", "max", "min":
		switch to {
		case core.Float64:
			return kernel{to, func(out, x, y operand) bool {
				floatKernel(f, out.floats, x.asFloats(out.n), y.asFloats(out.n))
				return true
			}}
		case core.Float32:
			return kernel{to, func(out, x, y operand) bool {
				floatKernel(f, out.asSingles(out.n), x.asSingles(out.n), y.asSingles(out.n))
				return true
			}}
		}
	case "<", "<=", ">", ">=", "==", "!=":
		// All of these but large integers are exact in Float64.
		if x.typ == core.Int64 && !x.exact() || y.typ == core.Int64 && !y.exact() {
			return kernel{}
		}
		return compareKernel(f)
	case "&", "|", "xor":
		if !integers {
			return kernel{}
		}
	default:
		return kernel{}
	}
	return kernel{to, func(out, x, y operand) bool {
		for i := range out.n {
			out.arr.Set(out.from+i, core.Value{N: combined(f, x.wordAt(i), y.wordAt(i))})
		}
		return true
	}}
}
