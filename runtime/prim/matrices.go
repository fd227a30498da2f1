package prim

// This file: sums and products of arrays of machine numbers.

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

var matrixTable = []entry{
	{"array_sum_int", 1, 1, "wrapping sum of a Vector{Int64}", func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("sum", v[0])
		if err != nil {
			return core.Value{}, err
		}
		if a.Type.Params[0].P != core.Int64.Value().P {
			return core.Value{}, unexpected("array_sum_int", core.VectorU8, v[0])
		}
		s, w := uint64(0), a.Words()
		err = inParts(t, len(w), func(lo, hi int) {
			for _, x := range w[lo:hi] {
				s += x
			}
		})
		return core.Int(int64(s)), err
	}},
	{"array_count", 1, 1, "how many items of an Array{Bool} are true", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		if a.Type.Params[0].P != core.Bool.Value().P {
			return core.Value{}, unexpected("array_count", core.VectorU8, v[0])
		}
		n, b := 0, a.Bytes()
		for ; len(b) >= 8; b = b[8:] {
			n += bits.OnesCount64(binary.LittleEndian.Uint64(b))
		}
		for _, x := range b {
			n += int(x)
		}
		return core.Int(int64(n)), nil
	})},
	{"array_sum_float", 1, 1, "pairwise sum of a Vector{Float64}", func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("sum", v[0])
		if err != nil {
			return core.Value{}, err
		}
		if a.Type.Params[0].P != core.Float64.Value().P {
			return core.Value{}, unexpected("array_sum_float", core.VectorU8, v[0])
		}
		s, err := longSum(t, a.Floats())
		return core.Float(s), err
	}},
	{"array_sum_columns", 1, 1, "the sums of the columns of a Matrix{Float64}, as a matrix of one row", onArray(sumColumns)},
	{"array_matmul", 2, 2, "matrix product of two arrays of Float64, Float32, complex numbers of these, or Int64; nothing for others", arrayMatmul},
	{"array_dot", 2, 2, "the sum of conj(x) * y for the items of two arrays of Float64 or ComplexF64 of one length, in order; nothing for others", arrayDot},
	{"array_abs2", 1, 1, "the sum of the squared absolute values of machine floats, or of complex numbers of these, as a Float64; nothing for others", onArray(arrayAbs2)},
	{"array_approx", 2, 2, "whether two arrays of one size, of Float64 and Int64, of Float32, or of ComplexF64, are equal but for half of the digits; nothing for others, and where the distance is not finite", onArray(arrayApprox)},
	{"array_half", 4, 4, "array_half(a, upper, zero, one): a copy of a square matrix in which the other half is zero and, unless one is nothing, the diagonal one", onArray(arrayHalf)},
	{"array_mirrored", 3, 3, "array_mirrored(a, upper, b): a copy of a square matrix whose other half is taken from b, mirrored", onArray(arrayMirrored)},
	{"array_permute2", 2, 2, "array_permute2(T, a): the transposed matrix, of type T", func(by *task.Task, v []core.Value) (core.Value, error) {
		t, err := typeArg("transpose", v[0])
		if err != nil {
			return core.Value{}, err
		}
		a, err := arrayArg("transpose", v[1])
		if err != nil {
			return core.Value{}, err
		}
		m, n := arrayDim(a, 1), arrayDim(a, 2)
		b := core.NewArray(t, a.Len, []int{n, m})
		return b.Value(), transpose(by, b, a, m, n)
	}},
}

// transposeBlock is how many columns and rows are transposed at a time, so that the memory
// they are in is at hand.
const transposeBlock = 32

// transpose stores the m x n matrix a in b with rows and columns exchanged.
func transpose(t *task.Task, b, a *core.Array, m, n int) error {
	p := pace{t: t}
	words := a.Kind == core.ElemW64 && b.Tag == a.Tag
	for j := 0; j < n; j += transposeBlock {
		for i := 0; i < m; i += transposeBlock {
			if err := p.stop(transposeBlock * transposeBlock); err != nil {
				return err
			}
			for l := j; l < min(j+transposeBlock, n); l++ {
				last := min(i+transposeBlock, m)
				if words {
					to := b.Words()
					for k, w := range a.Words()[l*m+i : l*m+last] {
						to[(i+k)*n+l] = w
					}
					continue
				}
				for k := i; k < last; k++ {
					b.Set(k*n+l, a.Get(l*m+k))
				}
			}
		}
	}
	return nil
}

// arrayDot adds products of items up.
func arrayDot(t *task.Task, v []core.Value) (core.Value, error) {
	a, b, err := twoArrays("dot", v)
	if err != nil {
		return core.Value{}, err
	}
	d, ok := core.IsDataType(a.ElemType())
	if !ok || a.ElemType() != b.ElemType() || a.Len != b.Len {
		return nothing, nil
	}
	if d == core.Float64 {
		s, x, y := 0.0, a.Floats(), b.Floats()
		err := inParts(t, a.Len, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				s += float64(x[i] * y[i])
			}
		})
		return core.Float(s), err
	}
	if !isPair(d) || d.Params[0].P != unsafe.Pointer(core.Float64) {
		return nothing, nil
	}
	re, im := 0.0, 0.0
	for i := range a.Len {
		x, y := a.Get(i), b.Get(i)
		if x.P == nil || y.P == nil {
			return nothing, nil
		}
		p, q, r, s := x.Field(0).Float64(), x.Field(1).Float64(), y.Field(0).Float64(), y.Field(1).Float64()
		re += float64(p*r) + float64(q*s)
		im += float64(p*s) - float64(q*r)
	}
	return core.NewFloatPair(d, re, im), nil
}

// arrayAbs2 adds squares up.
func arrayAbs2(a *core.Array, _ []core.Value) (core.Value, error) {
	d, ok := core.IsDataType(a.ElemType())
	if !ok {
		return nothing, nil
	}
	s := 0.0
	switch {
	case d == core.Float64:
		for _, x := range a.Floats() {
			s += float64(x * x)
		}
	case d == core.Float32:
		for _, x := range singles(a) {
			s += float64(float64(x) * float64(x))
		}
	case isPair(d):
		for _, x := range a.Values() {
			if x.P == nil {
				return nothing, nil
			}
			p, q := x.Field(0), x.Field(1)
			if d.Params[0].P == unsafe.Pointer(core.Float64) {
				s += float64(p.Float64()*p.Float64()) + float64(q.Float64()*q.Float64())
			} else {
				f, g := float64(math.Float32frombits(uint32(p.N))), float64(math.Float32frombits(uint32(q.N)))
				s += float64(f*f) + float64(g*g)
			}
		}
	default:
		return nothing, nil
	}
	return core.Float(s), nil
}

// arrayApprox compares the 2-norm of the difference with those of the arrays.
func arrayApprox(a *core.Array, v []core.Value) (core.Value, error) {
	b, err := arrayArg("isapprox", v[1])
	if err != nil {
		return core.Value{}, err
	}
	d, ok := core.IsDataType(a.ElemType())
	e, ok2 := core.IsDataType(b.ElemType())
	if !ok || !ok2 || a.Len != b.Len {
		return nothing, nil
	}
	var apart, p, q float64 // squares
	add := func(x, y float64) {
		apart += float64((x - y) * (x - y))
		p += float64(x * x)
		q += float64(y * y)
	}
	digits := 0x1p-26 // sqrt(eps(Float64))
	switch {
	case d == core.Float64 && e == d:
		ys := b.Floats()
		for i, x := range a.Floats() {
			add(x, ys[i])
		}
	case d == core.Float64 && e == core.Int64:
		ys := b.Words()
		for i, x := range a.Floats() {
			add(x, float64(int64(ys[i])))
		}
	case d == core.Int64 && e == core.Float64:
		ys := b.Floats()
		for i, x := range a.Words() {
			add(float64(int64(x)), ys[i])
		}
	case d == core.Int64 && e == d:
		return core.MakeBool(slices.Equal(a.Words(), b.Words())), nil
	case d != e:
		return nothing, nil
	case d == core.Float32:
		digits = float64(float32(math.Sqrt(0x1p-23)))
		ys := singles(b)
		for i, x := range singles(a) {
			add(float64(x), float64(ys[i]))
		}
	case isPair(d) && d.Params[0].P == unsafe.Pointer(core.Float64):
		ys := b.Values()
		for i, x := range a.Values() {
			y := ys[i]
			if x.P == nil || y.P == nil {
				return nothing, nil
			}
			add(x.Field(0).Float64(), y.Field(0).Float64())
			add(x.Field(1).Float64(), y.Field(1).Float64())
		}
	default:
		return nothing, nil
	}
	apart = math.Sqrt(apart)
	if math.IsInf(apart, 0) || math.IsNaN(apart) {
		return nothing, nil
	}
	return core.MakeBool(apart <= digits*math.Sqrt(max(p, q))), nil
}

// arrayHalf copies one half of a matrix, with its diagonal.
func arrayHalf(a *core.Array, v []core.Value) (core.Value, error) {
	n, out, err := squareCopy(a, v[0])
	if err != nil {
		return core.Value{}, err
	}
	for _, x := range v[2:] {
		if x == nothing {
			continue
		}
		if err := checkElem(a, x); err != nil {
			return core.Value{}, err
		}
	}
	eachMirrored(n, v[1], func(at, _ int) { out.Set(at, v[2]) })
	if v[3] != nothing {
		for i := range n {
			out.Set(i*n+i, v[3])
		}
	}
	return out.Value(), nil
}

// arrayMirrored copies a matrix, one half from the other side of a second one.
func arrayMirrored(a *core.Array, v []core.Value) (core.Value, error) {
	n, out, err := squareCopy(a, v[0])
	if err != nil {
		return core.Value{}, err
	}
	b, err := arrayArg("array_mirrored", v[2])
	if err != nil {
		return core.Value{}, err
	}
	if b.Type != a.Type || b.Len != a.Len {
		return core.Value{}, unexpected("array_mirrored", a.Type, v[2])
	}
	eachMirrored(n, v[1], func(at, from int) { out.Set(at, b.Get(from)) })
	return out.Value(), nil
}

// squareCopy is the order of a square matrix, and a copy of it.
func squareCopy(a *core.Array, v core.Value) (int, *core.Array, error) {
	n := arrayDim(a, 1)
	if a.NDims() != 2 || n != arrayDim(a, 2) {
		return 0, nil, unexpected("square matrix", a.Type, v)
	}
	return n, a.Copy(), nil
}

// eachMirrored goes through the places of the half of a matrix of order n that is not
// asked for, and the places that mirror them.
func eachMirrored(n int, upper core.Value, visit func(at, from int)) {
	for j := range n {
		lo, hi := 0, j
		if upper.N != 0 {
			lo, hi = j+1, n
		}
		for i := lo; i < hi; i++ {
			visit(j*n+i, i*n+j)
		}
	}
}

// pairwise adds in the order in which Julia does: halves down to blocks of 1024, and
// these in sixteen sums side by side, as its compiler arranges the loop.
func pairwise(x []float64) float64 {
	if len(x) > 1024 {
		m := (len(x) + 1) / 2
		return pairwise(x[:m]) + pairwise(x[m:])
	}
	if len(x) < 18 {
		return inOrder(0, x)
	}
	sums := [16]float64{}
	sums[0] = x[0] + x[1]
	rest := x[2:]
	for ; len(rest) >= 16; rest = rest[16:] {
		for l := range sums {
			sums[l] += rest[l]
		}
	}
	var w [4]float64
	for l := range w {
		w[l] = ((sums[l+4] + sums[l]) + sums[l+8]) + sums[l+12]
	}
	return inOrder((w[0]+w[2])+(w[1]+w[3]), rest)
}

// longSum is pairwise as far as t is not to stop.
func longSum(t *task.Task, x []float64) (float64, error) {
	if len(x) <= longWork/8 {
		return pairwise(x), nil
	}
	m := (len(x) + 1) / 2
	s, err := longSum(t, x[:m])
	if err == nil {
		err = t.Sched.TakeStop(t)
	}
	if err != nil {
		return 0, err
	}
	rest, err := longSum(t, x[m:])
	return s + rest, err
}

// inOrder adds x to s one after the other; s 0 stands for nothing yet.
func inOrder(s float64, x []float64) float64 {
	for i, f := range x {
		if i == 0 && s == 0 {
			s = f
		} else {
			s += f
		}
	}
	return s
}

// components are the real and the imaginary parts of the elements of a; false if one is missing.
func components[T float64 | float32](a *core.Array, from func(uint64) T) (re, im []T, ok bool) {
	re, im = make([]T, a.Len), make([]T, a.Len)
	for i, v := range a.Values() {
		if v.P == nil {
			return nil, nil, false
		}
		re[i], im[i] = from(v.Field(0).N), from(v.Field(1).N)
	}
	return re, im, true
}

// sumColumns is the sum of each column of a matrix of Float64, as a matrix of one row.
func sumColumns(a *core.Array, v []core.Value) (core.Value, error) {
	if a.Type.Params[0].P != core.Float64.Value().P || a.NDims() != 2 {
		return core.Value{}, unexpected("array_sum_columns", core.VectorU8, v[0])
	}
	m, n := arrayDim(a, 1), arrayDim(a, 2)
	out := core.NewArray(a.Type, n, []int{1, n})
	for j, x := 0, a.Floats(); j < n; j++ {
		if col := x[j*m : j*m+m]; m > 16 {
			out.Floats()[j] = pairwise(col)
		} else {
			out.Floats()[j] = inOrder(0, col)
		}
	}
	return out.Value(), nil
}
