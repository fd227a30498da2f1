package prim

// This file: products of matrices.

import (
	"math"
	"slices"
	"unsafe"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"weft/runtime/core"
	"weft/runtime/task"
)

func arrayMatmul(t *task.Task, v []core.Value) (core.Value, error) {
	a, b, err := twoArrays("*", v)
	if err != nil {
		return core.Value{}, err
	}
	el := a.ElemType()
	if el != b.ElemType() {
		return nothing, nil
	}
	d, ok := core.IsDataType(el)
	if !ok {
		return nothing, nil
	}
	pair := isPair(d)
	if !pair && d != core.Float64 && d != core.Float32 && d != core.Int64 {
		return nothing, nil
	}
	m, k, n := arrayDim(a, 1), arrayDim(a, 2), arrayDim(b, 2)
	if arrayDim(b, 1) != k || a.NDims() > 2 || b.NDims() > 2 {
		return nothing, nil
	}
	var c *core.Array
	if b.NDims() == 1 {
		c = core.NewArray(core.VectorOf(el), m, nil)
	} else {
		c = core.NewArray(core.ArrayName.Apply([]core.Value{el, core.Int(2)}), m*n, []int{m, n})
	}
	switch {
	case pair && d.Params[0].P == unsafe.Pointer(core.Float64):
		ok, err = complexMatmul(t, c, a, b, m, k, n, math.Float64frombits, math.Float64bits)
	case pair:
		ok, err = complexMatmul(t, c, a, b, m, k, n, func(w uint64) float32 { return math.Float32frombits(uint32(w)) },
			func(f float32) uint64 { return uint64(math.Float32bits(f)) })
	case d == core.Int64:
		err = matmul(t, c.Words(), a.Words(), b.Words(), m, k, n)
	case d == core.Float32:
		x, y, z := singles(a), singles(b), singles(c)
		err = floatMatmul(t, z, x, y, m, k, n, func(c, a, b int, m, k, n int, ldc, lda, ldb int) {
			gonum.Implementation{}.Sgemm(blas.NoTrans, blas.NoTrans, n, m, k, 1, y[b:], ldb, x[a:], lda, 1, z[c:], ldc)
		})
	default:
		x, y, z := a.Floats(), b.Floats(), c.Floats()
		err = floatMatmul(t, z, x, y, m, k, n, func(c, a, b int, m, k, n int, ldc, lda, ldb int) {
			gonum.Implementation{}.Dgemm(blas.NoTrans, blas.NoTrans, n, m, k, 1, y[b:], ldb, x[a:], lda, 1, z[c:], ldc)
		})
	}
	if err != nil {
		return core.Value{}, err
	}
	if !ok {
		return nothing, nil
	}
	return c.Value(), nil
}

// isPair reports whether d is Base's Complex{Float64} or Complex{Float32}.
func isPair(d *core.DataType) bool {
	return d.Name.Name == complexSymbol && d.Name.Module != nil && d.Name.Module.Name.Name == "Base" &&
		(d.Params[0].P == unsafe.Pointer(core.Float64) || d.Params[0].P == unsafe.Pointer(core.Float32))
}

var complexSymbol = core.Sym("Complex")

// singles views the elements of a Float32 array.
func singles(a *core.Array) []float32 { return unsafe.Slice((*float32)(a.Data), a.Len) }

func matmul[T uint64 | float64 | float32](t *task.Task, c, a, b []T, m, k, n int) error {
	p := pace{t: t}
	for j := range n {
		col := c[j*m : j*m+m]
		for l := range k {
			if err := p.stop(m); err != nil {
				return err
			}
			f := b[j*k+l]
			for i, x := range a[l*m : l*m+m] {
				col[i] += T(x * f)
			}
		}
	}
	return nil
}

// matmulBlock is how many rows, columns and inner places of matrices are multiplied
// between two looks for an interrupt.
const matmulBlock = 256

// floatMatmul is matmul of floats. Large ones are done in blocks by gemm, which adds to
// the m x n block of c from c[at] on the product of blocks of a and b. It adds up in the
// order of matmul, but leaves out factors of zero, and so is not for infinities.
func floatMatmul[T float64 | float32](t *task.Task, c, a, b []T, m, k, n int, gemm func(c, a, b int, m, k, n int, ldc, lda, ldb int)) error {
	if m < 16 || m*k*n < 1<<15 || slices.ContainsFunc(a, func(x T) bool { return x-x != 0 }) {
		return matmul(t, c, a, b, m, k, n)
	}
	for j := 0; j < n; j += matmulBlock {
		for l := 0; l < k; l += matmulBlock {
			for i := 0; i < m; i += matmulBlock {
				if err := t.Sched.TakeStop(t); err != nil {
					return err
				}
				gemm(j*m+i, l*m+i, j*k+l, min(matmulBlock, m-i), min(matmulBlock, k-l), min(matmulBlock, n-j), m, m, k)
			}
		}
	}
	return nil
}

// complexMatmul stores the product of a and b in c; false if an element is missing.
func complexMatmul[T float64 | float32](t *task.Task, c, a, b *core.Array, m, k, n int, from func(uint64) T, to func(T) uint64) (bool, error) {
	ar, ai, ok := components(a, from)
	br, bi, all := components(b, from)
	if !ok || !all {
		return false, nil
	}
	d, _ := core.IsDataType(c.ElemType())
	part, _ := core.IsDataType(d.Params[0])
	re, im := make([]T, m), make([]T, m)
	for j := range n {
		if err := t.Sched.TakeStop(t); err != nil {
			return false, err
		}
		clear(re)
		clear(im)
		for l := range k {
			f, g := br[j*k+l], bi[j*k+l]
			xs, ys := ar[l*m:l*m+m], ai[l*m:l*m+m]
			for i, x := range xs {
				y := ys[i]
				re[i] += T(x*f) - T(y*g)
				im[i] += T(x*g) + T(y*f)
			}
		}
		for i := range m {
			c.Set(j*m+i, core.NewStruct(d, core.Bits(part, to(re[i])), core.Bits(part, to(im[i]))))
		}
	}
	return true, nil
}
