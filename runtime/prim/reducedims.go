package prim

// This file: reductions of arrays of machine numbers along some of their dimensions.

import (
	"weft/runtime/core"
	"weft/runtime/task"
)

var reduceTable = []entry{
	{"array_reduce_dims", 3, 3, "array_reduce_dims(op, a, dims): the items of an array of Float64, Int64 or Bool that is not empty, combined along the dimensions dims by add_sum, mul_prod, +, *, max, min, | or &; nothing for other arrays and functions", arrayReduceDims},
}

func arrayReduceDims(t *task.Task, v []core.Value) (core.Value, error) {
	f := core.TypeOf(v[0]).Name
	if f.FuncName == nil || f.Module != t.Sched.RT.Base || core.TypeOf(v[1]).Kind != core.KindArray {
		return nothing, nil
	}
	a := core.As[core.Array](v[1])
	dims := shape(a)
	if a.Len == 0 || len(dims) == 0 {
		return nothing, nil
	}
	along := make([]bool, len(dims))
	out := append([]int(nil), dims...)
	n := a.Len
	for _, d := range tupleFields(v[2]) {
		if k := int(d.N) - 1; k >= 0 && k < len(dims) && !along[k] {
			along[k], out[k] = true, 1
			n /= dims[k]
		}
	}
	make1 := func(el *core.DataType) *core.Array {
		var ds []int
		if a.Dims != nil {
			ds = out
		}
		return core.NewArray(core.ArrayName.Apply([]core.Value{el.Value(), a.Type.Params[1]}), n, ds)
	}
	name := f.FuncName.Name
	switch a.ElemType() {
	case core.Float64.Value():
		op := floatFold(name)
		if op == nil {
			return nothing, nil
		}
		r := make1(core.Float64)
		err := foldAlong(t, r.Floats(), a.Floats(), dims, along, op)
		if name == "add_sum" || name == "+" {
			for i := range r.Floats() {
				r.Floats()[i] += 0 // no sum is -0.0: they begin at zero
			}
		}
		return r.Value(), err
	case core.Int64.Value():
		op := intFold(name)
		if op == nil {
			return nothing, nil
		}
		r := make1(core.Int64)
		return r.Value(), foldAlong(t, r.Words(), a.Words(), dims, along, op)
	case core.Bool.Value():
		bytes := a.Bytes()[:a.Len]
		if name == "add_sum" || name == "+" {
			words := make([]uint64, len(bytes))
			for i, b := range bytes {
				words[i] = uint64(b)
			}
			r := make1(core.Int64)
			return r.Value(), foldAlong(t, r.Words(), words, dims, along, intFold("+"))
		}
		op := boolFold(name)
		if op == nil {
			return nothing, nil
		}
		r := make1(core.Bool)
		return r.Value(), foldAlong(t, r.Bytes(), bytes, dims, along, op)
	}
	return nothing, nil
}

func floatFold(name string) func(x, y float64) float64 {
	switch name {
	case "add_sum", "+":
		return func(x, y float64) float64 { return x + y }
	case "mul_prod", "*":
		return func(x, y float64) float64 { return x * y }
	case "max":
		return func(x, y float64) float64 { return max(x, y) } // NaN if one is
	case "min":
		return func(x, y float64) float64 { return min(x, y) }
	}
	return nil
}

func intFold(name string) func(x, y uint64) uint64 {
	switch name {
	case "add_sum", "+":
		return func(x, y uint64) uint64 { return x + y }
	case "mul_prod", "*":
		return func(x, y uint64) uint64 { return x * y }
	case "max":
		return func(x, y uint64) uint64 { return uint64(max(int64(x), int64(y))) }
	case "min":
		return func(x, y uint64) uint64 { return uint64(min(int64(x), int64(y))) }
	case "|":
		return func(x, y uint64) uint64 { return x | y }
	case "&":
		return func(x, y uint64) uint64 { return x & y }
	}
	return nil
}

func boolFold(name string) func(x, y byte) byte {
	switch name {
	case "max", "|":
		return func(x, y byte) byte { return x | y }
	case "min", "&":
		return func(x, y byte) byte { return x & y }
	}
	return nil
}

// foldAlong combines the items of a, which has the sizes dims, along some dimensions
// into r, in the order in which they lie, as far as t is not to stop.
func foldAlong[T any](t *task.Task, r, a []T, dims []int, along []bool, op func(x, y T) T) error {
	strides := make([]int, len(dims)) // in r
	m := 1
	for d, n := range dims {
		if !along[d] {
			strides[d] = m
			m *= n
		}
	}
	at := make([]int, len(dims)) // of the column
	n, p := dims[0], pace{t: t}
	for k := 0; k < len(a); k += n {
		if err := p.stop(n); err != nil {
			return err
		}
		base, first := 0, true
		for d := 1; d < len(dims); d++ {
			base += at[d] * strides[d]
			first = first && (!along[d] || at[d] == 0)
		}
		col := a[k : k+n]
		switch {
		case along[0]:
			x := col[0]
			if !first {
				x = op(r[base], x)
			}
			err := inParts(t, n-1, func(lo, hi int) {
				for _, y := range col[1+lo : 1+hi] {
					x = op(x, y)
				}
			})
			if err != nil {
				return err
			}
			r[base] = x
		case first:
			copy(r[base:], col)
		default:
			for i, y := range col {
				r[base+i] = op(r[base+i], y)
			}
		}
		for d := 1; d < len(dims); d++ {
			if at[d]++; at[d] < dims[d] {
				break
			}
			at[d] = 0
		}
	}
	return nil
}
