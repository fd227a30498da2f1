package prim

// This file: decompositions of Float64 matrices, by gonum's port of LAPACK. Its
// matrices go by rows and ours by columns, so each is transposed on the way in
// and out.

import (
	"math"
	"slices"
	"unsafe"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"
	"gonum.org/v1/gonum/lapack/lapack64"

	"weft/runtime/core"
	"weft/runtime/task"
)

var lapackTable = []entry{
	{"lapack_lu", 1, 1, "(factors, pivot rows) of a matrix, by rows exchanged", onFloats(lapackLU)},
	{"lapack_inverse", 1, 1, "the inverse of a matrix that is not singular", onFloats(lapackInverse)},
	{"lapack_qr", 2, 2, "lapack_qr(a, pivot): (reflectors with R above, their factors, column order)", onFloats(lapackQR)},
	{"lapack_cholesky", 1, 1, "(upper factor, 0, or the order of the minor that is not positive)", onFloats(lapackCholesky)},
	{"lapack_symeig", 2, 2, "lapack_symeig(a, vectors): (values, vectors) of a symmetric matrix", onFloats(lapackSymEig)},
	{"lapack_eig", 2, 2, "lapack_eig(a, vectors): (real parts, imaginary parts, vectors as LAPACK packs them)", onFloats(lapackEig)},
	{"lapack_svd", 3, 3, "lapack_svd(a, vectors, full): (U, values, V')", onFloats(lapackSVD)},
	{"lapack_hessenberg", 1, 1, "(H, Q) with a = Q*H*Q'", onFloats(lapackHessenberg)},
	{"lapack_schur", 1, 1, "(T, Z, real parts, imaginary parts) with a = Z*T*Z'", onFloats(lapackSchur)},
}

// results makes values of what a decomposition has computed. It is called with the baton
// held, which the computing need not be.
type results func() []core.Value

// onFloats makes a primitive of a function of a copy, by rows, of a Matrix{Float64}.
func onFloats(f func(m blas64.General, v []core.Value) (results, error)) task.Fn {
	return func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("lapack", v[0])
		if err != nil {
			return core.Value{}, err
		}
		if a.ElemType().P != unsafe.Pointer(core.Float64) || a.NDims() != 2 {
			return core.Value{}, unexpected("lapack", core.VectorU8, v[0])
		}
		m, v := rows(a.Floats(), arrayDim(a, 1), arrayDim(a, 2)), slices.Clone(v)
		var out results
		if stop := long(t, a.Len*min(m.Rows, m.Cols), func() { out, err = f(m, v) }); stop != nil {
			return core.Value{}, stop
		}
		if err != nil {
			return core.Value{}, err
		}
		return makeTuple(out()...), nil
	}
}

// general is an r×c matrix of zeros.
func general(r, c int) blas64.General {
	return blas64.General{Rows: r, Cols: c, Stride: max(c, 1), Data: make([]float64, max(r*c, 1))}
}

// rows copies an r×c matrix that goes by columns.
func rows(x []float64, r, c int) blas64.General {
	m := general(r, c)
	for j := range c {
		for i, v := range x[j*r : j*r+r] {
			m.Data[i*m.Stride+j] = v
		}
	}
	return m
}

// matrixOf makes a Matrix{Float64} of m.
func matrixOf(m blas64.General) core.Value {
	a := core.NewArray(core.ArrayName.Apply([]core.Value{core.Float64.Value(), core.Int(2)}), m.Rows*m.Cols, []int{m.Rows, m.Cols})
	x := a.Floats()
	for i := range m.Rows {
		for j := range m.Cols {
			x[j*m.Rows+i] = m.Data[i*m.Stride+j]
		}
	}
	return a.Value()
}

// floatsOf makes a Vector{Float64} of x.
func floatsOf(x []float64) core.Value {
	a := core.NewArray(core.VectorOf(core.Float64.Value()), len(x), nil)
	copy(a.Floats(), x)
	return a.Value()
}

// intsOf makes a Vector{Int64} of indices that begin at 0.
func intsOf(x []int) core.Value {
	a := core.NewArray(core.VectorOf(core.Int64.Value()), len(x), nil)
	for i, v := range x {
		a.Words()[i] = uint64(v + 1)
	}
	return a.Value()
}

func lapackLU(m blas64.General, _ []core.Value) (results, error) {
	pivots := factorLU(m)
	return func() []core.Value { return []core.Value{matrixOf(m), intsOf(pivots)} }, nil
}

// factorLU leaves the factors in m and returns the rows that were exchanged. It goes by columns and subtracts whole scalar products, as optimized
// libraries do: the last digits of their results are what users know.
func factorLU(m blas64.General) []int {
	pivots := make([]int, min(m.Rows, m.Cols))
	row := func(i int) []float64 { return m.Data[i*m.Stride : i*m.Stride+m.Cols] }
	col := make([]float64, m.Rows)
	for j := range m.Cols {
		for i := range col {
			s := 0.0
			for k, x := range row(i)[:min(i, j)] {
				s += float64(x * col[k])
			}
			col[i] = row(i)[j] - s
		}
		if j < len(pivots) {
			p := j
			for i := j + 1; i < m.Rows; i++ {
				if math.Abs(col[i]) > math.Abs(col[p]) {
					p = i
				}
			}
			pivots[j] = p
			if p != j {
				col[p], col[j] = col[j], col[p]
				other := row(j)
				for k, x := range row(p) {
					row(p)[k], other[k] = other[k], x
				}
			}
			if d := col[j]; d != 0 {
				for i := j + 1; i < m.Rows; i++ {
					col[i] /= d
				}
			}
		}
		for i, x := range col {
			row(i)[j] = x
		}
	}
	return pivots
}

// lapackInverse inverts U, and from that on the right by L, as LAPACK does.
func lapackInverse(m blas64.General, _ []core.Value) (results, error) {
	n := m.Rows
	pivots := factorLU(m)
	if n > 0 {
		var impl gonum.Implementation
		work := make([]float64, 1)
		impl.Dgetri(n, m.Data, m.Stride, pivots, work, -1)
		work = make([]float64, int(work[0]))
		if !impl.Dgetri(n, m.Data, m.Stride, pivots, work, len(work)) {
			return nil, core.Errorf("the matrix is singular")
		}
	}
	return func() []core.Value { return []core.Value{matrixOf(m)} }, nil
}

func lapackQR(m blas64.General, v []core.Value) (results, error) {
	n := min(m.Rows, m.Cols)
	tau, order := make([]float64, n), make([]int, m.Cols)
	for i := range order {
		order[i] = -1
	}
	work := make([]float64, 1)
	var impl gonum.Implementation
	switch {
	case n == 0:
		for i := range order {
			order[i] = i
		}
	case v[1].N != 0:
		impl.Dgeqp3(m.Rows, m.Cols, m.Data, m.Stride, order, tau, work, -1)
		work = make([]float64, int(work[0]))
		impl.Dgeqp3(m.Rows, m.Cols, m.Data, m.Stride, order, tau, work, len(work))
	default:
		lapack64.Geqrf(m, tau, work, -1)
		work = make([]float64, int(work[0]))
		lapack64.Geqrf(m, tau, work, len(work))
	}
	return func() []core.Value { return []core.Value{matrixOf(m), floatsOf(tau), intsOf(order)} }, nil
}

func lapackCholesky(m blas64.General, _ []core.Value) (results, error) {
	if m.Rows == 0 {
		return func() []core.Value { return []core.Value{matrixOf(m), core.Int(0)} }, nil
	}
	// Row by row, so that the order of the first minor that fails is known.
	for k := range m.Rows {
		for i := range k {
			s := m.Data[i*m.Stride+k]
			for l := range i {
				s -= float64(m.Data[l*m.Stride+i] * m.Data[l*m.Stride+k])
			}
			m.Data[i*m.Stride+k] = s / m.Data[i*m.Stride+i]
		}
		d := m.Data[k*m.Stride+k]
		for l := range k {
			x := m.Data[l*m.Stride+k]
			d -= float64(x * x)
		}
		if !(d > 0) {
			return func() []core.Value { return []core.Value{matrixOf(m), core.Int(int64(k + 1))} }, nil
		}
		m.Data[k*m.Stride+k] = math.Sqrt(d)
		for j := range k {
			m.Data[k*m.Stride+j] = 0
		}
	}
	return func() []core.Value { return []core.Value{matrixOf(m), core.Int(0)} }, nil
}

func lapackSymEig(m blas64.General, v []core.Value) (results, error) {
	w := make([]float64, m.Rows)
	job := lapack.EVNone
	if v[1].N != 0 {
		job = lapack.EVCompute
	}
	if m.Rows > 0 {
		s := blas64.Symmetric{Uplo: blas.Upper, N: m.Rows, Stride: m.Stride, Data: m.Data}
		work := make([]float64, 1)
		lapack64.Syev(job, s, w, work, -1)
		work = make([]float64, int(work[0]))
		if !lapack64.Syev(job, s, w, work, len(work)) {
			return nil, core.Errorf("the eigenvalues do not converge")
		}
	}
	return func() []core.Value { return []core.Value{floatsOf(w), matrixOf(m)} }, nil
}

func lapackEig(m blas64.General, v []core.Value) (results, error) {
	n := m.Rows
	wr, wi := make([]float64, n), make([]float64, n)
	vl, vr := blas64.General{Stride: max(n, 1)}, general(n, n)
	job := lapack.RightEVNone
	if v[1].N != 0 {
		job = lapack.RightEVCompute
	}
	if n > 0 {
		work := make([]float64, 1)
		lapack64.Geev(lapack.LeftEVNone, job, m, wr, wi, vl, vr, work, -1)
		work = make([]float64, int(work[0]))
		if lapack64.Geev(lapack.LeftEVNone, job, m, wr, wi, vl, vr, work, len(work)) > 0 {
			return nil, core.Errorf("the eigenvalues do not converge")
		}
	}
	return func() []core.Value { return []core.Value{floatsOf(wr), floatsOf(wi), matrixOf(vr)} }, nil
}

func lapackSVD(m blas64.General, v []core.Value) (results, error) {
	k := min(m.Rows, m.Cols)
	s := make([]float64, k)
	uc, vr, job := k, k, lapack.SVDStore
	if v[2].N != 0 {
		uc, vr, job = m.Rows, m.Cols, lapack.SVDAll
	}
	if v[1].N == 0 {
		job = lapack.SVDNone
	}
	u, vt := general(m.Rows, uc), general(vr, m.Cols)
	if k > 0 {
		work := make([]float64, 1)
		lapack64.Gesvd(job, job, m, u, vt, s, work, -1)
		work = make([]float64, int(work[0]))
		if !lapack64.Gesvd(job, job, m, u, vt, s, work, len(work)) {
			return nil, core.Errorf("the singular values do not converge")
		}
	}
	return func() []core.Value { return []core.Value{matrixOf(u), floatsOf(s), matrixOf(vt)} }, nil
}

// hessenberg reduces m in place and returns the orthogonal matrix.
func hessenberg(m blas64.General) blas64.General {
	n := m.Rows
	q := general(n, n)
	if n == 0 {
		return q
	}
	var impl gonum.Implementation
	tau, work := make([]float64, max(n-1, 1)), make([]float64, 1)
	impl.Dgehrd(n, 0, n-1, m.Data, m.Stride, tau[:n-1], work, -1)
	work = make([]float64, int(work[0]))
	impl.Dgehrd(n, 0, n-1, m.Data, m.Stride, tau[:n-1], work, len(work))
	copy(q.Data, m.Data)
	impl.Dorghr(n, 0, n-1, q.Data, q.Stride, tau[:n-1], work[:1], -1)
	work = make([]float64, max(int(work[0]), len(work)))
	impl.Dorghr(n, 0, n-1, q.Data, q.Stride, tau[:n-1], work, len(work))
	for i := 2; i < n; i++ {
		for j := range i - 1 {
			m.Data[i*m.Stride+j] = 0
		}
	}
	return q
}

func lapackHessenberg(m blas64.General, _ []core.Value) (results, error) {
	q := hessenberg(m)
	return func() []core.Value { return []core.Value{matrixOf(m), matrixOf(q)} }, nil
}

func lapackSchur(m blas64.General, _ []core.Value) (results, error) {
	n := m.Rows
	z := hessenberg(m)
	wr, wi := make([]float64, n), make([]float64, n)
	if n > 0 {
		var impl gonum.Implementation
		work := make([]float64, 1)
		impl.Dhseqr(lapack.EigenvaluesAndSchur, lapack.SchurOrig, n, 0, n-1, m.Data, m.Stride, wr, wi, z.Data, z.Stride, work, -1)
		work = make([]float64, int(work[0]))
		if impl.Dhseqr(lapack.EigenvaluesAndSchur, lapack.SchurOrig, n, 0, n-1, m.Data, m.Stride, wr, wi, z.Data, z.Stride, work, len(work)) > 0 {
			return nil, core.Errorf("the eigenvalues do not converge")
		}
	}
	return func() []core.Value { return []core.Value{matrixOf(m), matrixOf(z), floatsOf(wr), floatsOf(wi)} }, nil
}
