package prim

// This file: inner loops over dense arrays of machine numbers, the order of the steps being
// that of the Julia code that they stand for. Complex numbers are taken apart into their parts.

import (
	"unsafe"

	"weft/runtime/core"
)

var denseTable = []entry{
	{"array_permute", 2, 2, "array_permute(a, perm): a with its dimensions in the order perm, a tuple", onArray(arrayPermute)},
	{"array_solve_triangle", 4, 4, "array_solve_triangle(a, x, upper, unit): the solution of a*y == x for one half of the square matrix a, all of Float64 or ComplexF64; nothing for others", onArray(arraySolveTriangle)},
	{"array_reflect", 9, 9, "array_reflect(r, c, rows, columns, v, w, re, im, right): multiplies the part of r + c*im, matrices of Float64, by the reflection I - (re + im*im)*z*z', z being v + w*im, from the left or the right", onArray(arrayReflect)},
}

func arrayPermute(a *core.Array, v []core.Value) (core.Value, error) {
	n := a.NDims()
	perm := core.TypeOf(v[1])
	if !perm.Has(core.FlagTuple) || len(perm.Params) != n || n < 2 {
		return core.Value{}, unexpected("array_permute", core.TupleType, v[1])
	}
	dims, step, at := make([]int, n), make([]int, n), make([]int, n)
	for k := range n {
		d := int(v[1].Field(k).Int64())
		if d < 1 || d > n {
			return core.Value{}, unexpected("array_permute", core.TupleType, v[1])
		}
		dims[k], step[k] = a.Dims[d-1], 1
		for _, m := range a.Dims[:d-1] {
			step[k] *= m
		}
	}
	out := core.NewArray(a.Type, a.Len, dims)
	for i, from := 0, 0; i < a.Len; i++ {
		out.Set(i, a.Get(from))
		for k := range n {
			at[k]++
			from += step[k]
			if at[k] < dims[k] {
				break
			}
			from -= at[k] * step[k]
			at[k] = 0
		}
	}
	return out.Value(), nil
}

// partsOfItems are the real and the imaginary parts of an array's items; im is nil if they
// are real, ok is false if they are neither Float64 nor ComplexF64, or one is missing.
func partsOfItems(a *core.Array) (re, im []float64, ok bool) {
	d, ok := core.IsDataType(a.ElemType())
	if !ok {
		return nil, nil, false
	}
	if d == core.Float64 {
		return a.Floats(), nil, true
	}
	if !isPair(d) || d.Params[0].P != unsafe.Pointer(core.Float64) {
		return nil, nil, false
	}
	re, im = make([]float64, a.Len), make([]float64, a.Len)
	for i, x := range a.Values() {
		if x.P == nil {
			return nil, nil, false
		}
		re[i], im[i] = x.Field(0).Float64(), x.Field(1).Float64()
	}
	return re, im, true
}

func arraySolveTriangle(a *core.Array, v []core.Value) (core.Value, error) {
	x, err := arrayArg("array_solve_triangle", v[1])
	if err != nil {
		return core.Value{}, err
	}
	n := arrayDim(a, 1)
	if a.ElemType() != x.ElemType() || a.NDims() != 2 || n != arrayDim(a, 2) || n != arrayDim(x, 1) || x.NDims() > 2 {
		return nothing, nil
	}
	out := x.Copy()
	re, im, ok := partsOfItems(a)
	if !ok {
		return nothing, nil
	}
	y, z, ok := partsOfItems(out)
	if !ok {
		return nothing, nil
	}
	upper, unit := v[2].N != 0, v[3].N != 0
	for c := 0; c < x.Len; c += n {
		for k := range n {
			i, lo, hi := k, k+1, n
			if upper {
				i = n - 1 - k
				lo, hi = 0, i
			}
			col := i * n
			if im == nil {
				if !unit {
					y[c+i] /= re[col+i]
				}
				for j, f := lo, y[c+i]; j < hi; j++ {
					y[c+j] -= float64(re[col+j] * f)
				}
				continue
			}
			if !unit {
				y[c+i], z[c+i] = ComplexQuotient(y[c+i], z[c+i], re[col+i], im[col+i])
			}
			for j, f, g := lo, y[c+i], z[c+i]; j < hi; j++ {
				p, q := re[col+j], im[col+j]
				y[c+j] -= float64(p*f) - float64(q*g)
				z[c+j] -= float64(p*g) + float64(q*f)
			}
		}
	}
	if im != nil {
		d := core.As[core.DataType](x.ElemType())
		for i := range y {
			out.Set(i, core.NewFloatPair(d, y[i], z[i]))
		}
	}
	return out.Value(), nil
}

func arrayReflect(r *core.Array, a []core.Value) (core.Value, error) {
	c, err := arrayArg("array_reflect", a[1])
	if err != nil {
		return core.Value{}, err
	}
	v, err := arrayArg("array_reflect", a[4])
	if err != nil {
		return core.Value{}, err
	}
	w, err := arrayArg("array_reflect", a[5])
	if err != nil {
		return core.Value{}, err
	}
	for _, m := range []*core.Array{r, c, v, w} {
		if m.ElemType().P != core.Float64.Value().P {
			return core.Value{}, unexpected("array_reflect", core.Float64, m.Value())
		}
	}
	m, right := arrayDim(r, 1), a[8].N != 0
	i0, i1 := int(a[2].Field(0).Int64())-1, int(a[2].Field(1).Int64())
	j0, j1 := int(a[3].Field(0).Int64())-1, int(a[3].Field(1).Int64())
	size := i1 - i0
	if right {
		size = j1 - j0
	}
	if i0 < 0 || j0 < 0 || i1 > m || j1 > arrayDim(r, 2) || c.Len != r.Len || v.Len != size || w.Len != size {
		return core.Value{}, boundsError(a[0], a[2:4])
	}
	// Line by line: a column, or a row if the reflection stands on the right.
	step, lines, first, next := 1, j1-j0, j0*m+i0, m
	if right {
		step, lines, next = m, i1-i0, 1
	}
	sign := 1.0 // the products with z are conjugated on the left
	if right {
		sign = -1
	}
	re, im := a[6].Float64(), a[7].Float64()
	x, y, f, g := r.Floats(), c.Floats(), v.Floats(), w.Floats()
	for l := range lines {
		at := first + l*next
		p, q := 0.0, 0.0
		for k := range size {
			s, t := x[at+k*step], y[at+k*step]
			p += float64(f[k]*s) + float64(sign*g[k]*t)
			q += float64(f[k]*t) - float64(sign*g[k]*s)
		}
		p, q = float64(re*p)-float64(im*q), float64(re*q)+float64(im*p)
		for k := range size {
			x[at+k*step] -= float64(f[k]*p) - float64(sign*g[k]*q)
			y[at+k*step] -= float64(f[k]*q) + float64(sign*g[k]*p)
		}
	}
	return nothing, nil
}
