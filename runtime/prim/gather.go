package prim

// This file: reading and writing parts of arrays, a[i, j, ...] where the indices
// are numbers and vectors of Int64.

import (
	"unsafe"

	"weft/runtime/core"
)

var gatherTable = []entry{
	{"array_gather_nd", 3, -1, "array_gather_nd(out, a, i...): stores a[i...] in out, each i an Int64 or a Vector{Int64}, checked before; false if that has to be done element by element", onArray(func(out *core.Array, v []core.Value) (core.Value, error) {
		a, err := arrayArg("getindex", v[1])
		if err != nil {
			return core.Value{}, err
		}
		if a.ElemType() != out.ElemType() {
			return core.MakeBool(false), nil
		}
		return walkPart(a, out, v[2:], func(at, k int) bool {
			x := a.Get(at)
			if x.P == nil {
				return false
			}
			out.Set(k, x)
			return true
		}), nil
	})},
	{"array_scatter_nd", 3, -1, "array_scatter_nd(a, x, i...): stores the elements of x in a[i...], each i an Int64 or a Vector{Int64}, checked before; false if that has to be done element by element", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		x, err := arrayArg("setindex!", v[1])
		if err != nil {
			return core.Value{}, err
		}
		if a.ElemType() != x.ElemType() {
			return core.MakeBool(false), nil
		}
		return walkPart(a, x, v[2:], func(at, k int) bool {
			y := x.Get(k)
			if y.P == nil {
				return false
			}
			a.Set(at, y)
			return true
		}), nil
	})},
}

// walkPart calls f for each place of a[is...] and its number in part, both from 0,
// the first index fastest. It gives false as soon as f does, and for indices that
// are neither numbers nor vectors of Int64.
func walkPart(a, part *core.Array, is []core.Value, f func(at, k int) bool) core.Value {
	lists := make([][]uint64, len(is))
	strides := make([]int, len(is))
	total, stride := 1, 1
	for d, i := range is {
		if core.TypeOf(i) == core.Int64 {
			lists[d] = []uint64{i.N}
		} else if core.TypeOf(i).Kind == core.KindArray {
			x := core.As[core.Array](i)
			if x.ElemType().P != unsafe.Pointer(core.Int64) || x.NDims() != 1 {
				return core.MakeBool(false)
			}
			lists[d] = x.Words()
		} else {
			return core.MakeBool(false)
		}
		total *= len(lists[d])
		strides[d] = stride
		if len(is) > 1 {
			stride *= arrayDim(a, d+1)
		}
	}
	if total != part.Len {
		return core.MakeBool(false)
	}
	at := make([]int, len(is))
	for k := 0; k < total; {
		base := 0
		for d := 1; d < len(is); d++ {
			base += (int(lists[d][at[d]]) - 1) * strides[d]
		}
		for _, i := range lists[0] {
			p := base + int(i) - 1
			if p < 0 || p >= a.Len || !f(p, k) {
				return core.MakeBool(false)
			}
			k++
		}
		for d := 1; d < len(is); d++ {
			if at[d]++; at[d] < len(lists[d]) {
				break
			}
			at[d] = 0
		}
	}
	return core.MakeBool(true)
}
