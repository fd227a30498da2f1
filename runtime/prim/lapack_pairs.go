package prim

// This file: what LAPACK does with two matrices: the order of the eigenvalues of a
// Schur decomposition, and the generalized singular value decomposition.

import (
	"unsafe"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"

	"weft/runtime/core"
)

var lapackPairsTable = []entry{
	{"lapack_reorder", 3, 3, "lapack_reorder(T, Z, select): (T, Z, exchanges that failed) with the selected eigenvalues first", onFloats(lapackReorder)},
	{"lapack_gsvd", 2, 2, "lapack_gsvd(a, b): (U, V, Q, alpha, beta, k, l, R)", onFloats(lapackGSVD)},
}

// floatsArg is a copy by rows of a Matrix{Float64}.
func floatsArg(v core.Value) (blas64.General, error) {
	a, err := arrayArg("lapack", v)
	if err != nil {
		return blas64.General{}, err
	}
	if a.ElemType().P != unsafe.Pointer(core.Float64) || a.NDims() != 2 {
		return blas64.General{}, unexpected("lapack", core.VectorU8, v)
	}
	return rows(a.Floats(), arrayDim(a, 1), arrayDim(a, 2)), nil
}

func lapackReorder(t blas64.General, v []core.Value) (results, error) {
	z, err := floatsArg(v[1])
	if err != nil {
		return nil, err
	}
	a, err := arrayArg("lapack", v[2])
	if err != nil {
		return nil, err
	}
	n := t.Rows
	chosen := a.Words()
	if len(chosen) != n || z.Rows != n || z.Cols != n {
		return nil, core.Errorf("lapack_reorder: the arrays have not one order")
	}
	var impl gonum.Implementation
	failed, next := 0, 0
	work := make([]float64, max(n, 1))
	for i := 0; i < n; i++ {
		two := i+1 < n && t.Data[(i+1)*t.Stride+i] != 0
		pick := chosen[i] != 0 || two && chosen[i+1] != 0
		if pick {
			if i != next {
				if _, _, ok := impl.Dtrexc(lapack.UpdateSchur, n, t.Data, t.Stride, z.Data, z.Stride, i, next, work); !ok {
					failed++
				}
			}
			next++
			if two {
				next++
			}
		}
		if two {
			i++
		}
	}
	return func() []core.Value { return []core.Value{matrixOf(t), matrixOf(z), core.Int(int64(failed))} }, nil
}

func lapackGSVD(a blas64.General, v []core.Value) (results, error) {
	b, err := floatsArg(v[1])
	if err != nil {
		return nil, err
	}
	m, n, p := a.Rows, a.Cols, b.Rows
	if b.Cols != n {
		return nil, core.Errorf("lapack_gsvd: the matrices have %d and %d columns", n, b.Cols)
	}
	alpha, beta, order := make([]float64, n), make([]float64, n), make([]int, n)
	u, w, q := general(m, m), general(p, p), general(n, n)
	var impl gonum.Implementation
	work := make([]float64, 1)
	run := func(size int) (int, int, bool) {
		return impl.Dggsvd3(lapack.GSVDU, lapack.GSVDV, lapack.GSVDQ, m, n, p, a.Data, a.Stride, b.Data, b.Stride, alpha, beta,
			u.Data, u.Stride, w.Data, w.Stride, q.Data, q.Stride, work, size, order)
	}
	run(-1)
	work = make([]float64, max(int(work[0]), n+1))
	k, l, ok := run(len(work))
	if !ok {
		return nil, core.Errorf("the singular values do not converge")
	}
	r := general(k+l, k+l)
	for i := range k + l {
		for j := i; j < k+l; j++ {
			if i < m {
				r.Data[i*r.Stride+j] = a.Data[i*a.Stride+n-k-l+j]
			} else {
				r.Data[i*r.Stride+j] = b.Data[(i-k)*b.Stride+n-k-l+j]
			}
		}
	}
	return func() []core.Value {
		return []core.Value{matrixOf(u), matrixOf(w), matrixOf(q), floatsOf(alpha), floatsOf(beta), core.Int(int64(k)), core.Int(int64(l)), matrixOf(r)}
	}, nil
}
