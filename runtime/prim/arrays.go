package prim

// This file: arrays: making, reading, writing, growing, copying.

import (
	"fmt"
	"math"
	"os"
	"slices"
	"sync"
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

// roomFor reports whether the computer's memory could hold n items of size bytes.
func roomFor(n, size int) bool { return n >= 0 && (size == 0 || n <= computerMemory()/size) }

// computerMemory is the computer's memory in bytes: to ask for more would end the process.
var computerMemory = sync.OnceValue(func() int {
	text, _ := os.ReadFile("/proc/meminfo")
	var kilobytes int
	if _, err := fmt.Sscanf(string(text), "MemTotal: %d kB", &kilobytes); err != nil {
		return 1 << 36
	}
	return kilobytes << 10
})

var arrayTable = []entry{
	{"array_alloc", 1, -1, "array of type Array{T,N} with the given sizes, elements zero or unassigned", arrayAlloc},
	{"array_length", 1, 1, "number of elements", onArray(func(a *core.Array, _ []core.Value) (core.Value, error) {
		return core.Int(int64(a.Len)), nil
	})},
	{"array_size", 2, 2, "size along dimension d (1 beyond the last)", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		d := int(v[1].N)
		if d < 1 {
			return core.Value{}, core.Errorf("arraysize: dimension out of range")
		}
		return core.Int(int64(arrayDim(a, d))), nil
	})},
	{"array_dims", 1, 1, "the sizes as a tuple", onArray(func(a *core.Array, _ []core.Value) (core.Value, error) {
		if a.Dims == nil {
			return core.NewStruct(int1, core.Int(int64(a.Len))), nil
		}
		vs := make([]core.Value, len(a.Dims))
		for i, d := range a.Dims {
			vs[i] = core.Int(int64(d))
		}
		return makeTuple(vs...), nil
	})},
	{"array_get", 2, -1, "element at a linear or cartesian index, checked", onArray(arrayGet)},
	{"array_set", 3, -1, "array_set(a, x, i...): stores x, already of the element type, checked", onArray(arraySet)},
	{"array_isassigned", 2, 2, "element i exists and is assigned", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		i := int(v[1].N) - 1
		return core.MakeBool(i >= 0 && i < a.Len && a.Get(i).P != nil), nil
	})},
	{"array_unset", 2, 2, "makes element i unassigned", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		i := int(v[1].N) - 1
		if i < 0 || i >= a.Len {
			return core.Value{}, core.Err("BoundsError", v[0], v[1])
		}
		if a.Kind == core.ElemAny {
			a.Set(i, core.Value{})
		}
		return v[0], nil
	})},
	{"array_push", 2, 2, "adds x, of the element type, at the end", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		if err := checkElem(a, v[1]); err != nil {
			return core.Value{}, err
		}
		a.Grow(1)
		a.Set(a.Len-1, v[1])
		return v[0], nil
	})},
	{"array_pushfirst", 2, 2, "adds x, of the element type, at the front", func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("pushfirst!", v[0])
		if err != nil {
			return core.Value{}, err
		}
		if err := checkElem(a, v[1]); err != nil {
			return core.Value{}, err
		}
		if err := growFrontParts(t, a, 1); err != nil {
			return core.Value{}, err
		}
		a.Set(0, v[1])
		return v[0], nil
	}},
	{"array_pop", 1, 1, "removes and returns the last element", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		if a.Len == 0 {
			return core.Value{}, core.ArgErrorf("array must be non-empty")
		}
		x := a.Get(a.Len - 1)
		a.Shrink(1)
		return defined(x)
	})},
	{"array_popfirst", 1, 1, "removes and returns the first element", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		if a.Len == 0 {
			return core.Value{}, core.ArgErrorf("array must be non-empty")
		}
		x := a.Get(0)
		a.ShrinkFront(1)
		return defined(x)
	})},
	{"array_grow_end", 2, 2, "n more elements at the end", func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("resize!", v[0])
		if err != nil {
			return core.Value{}, err
		}
		n := int(v[1].N)
		if n < 0 || !roomFor(a.Len+n, a.Kind.Bytes()) {
			return core.Value{}, core.Err("OutOfMemoryError")
		}
		if err := growParts(t, a, n); err != nil {
			return core.Value{}, err
		}
		zeroFill(a, a.Len-n, n)
		return v[0], nil
	}},
	{"array_insert", 3, 3, "n new elements before element i", arrayInsert},
	{"array_delete", 3, 3, "removes n elements from element i on", onArray(arrayDelete)},
	{"array_sizehint", 2, 2, "makes room for n elements", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		if n := int(v[1].N) - a.Len; n > 0 && n < 1<<30 && a.Dims == nil {
			a.Grow(n)
			a.Shrink(n)
		}
		return v[0], nil
	})},
	{"array_copy", 1, 1, "a copy", func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("copy", v[0])
		if err != nil {
			return core.Value{}, err
		}
		b := core.NewArray(a.Type, a.Len, a.Dims)
		return b.Value(), moveParts(t, b, 0, a, 0, a.Len)
	}},
	{"array_slice", 3, 3, "elements i to j as a new vector", func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("getindex", v[0])
		if err != nil {
			return core.Value{}, err
		}
		i, j := int(v[1].N), int(v[2].N)
		n := max(j-i+1, 0)
		if n > 0 && (i < 1 || j > a.Len) {
			return core.Value{}, core.Err("BoundsError", v[0], makeRange(v[1], v[2]))
		}
		b := core.NewArray(core.VectorOf(a.ElemType()), n, nil)
		return b.Value(), moveParts(t, b, 0, a, i-1, n)
	}},
	{"array_join", 1, -1, "the items of vectors of one type, one after the other, as a new vector", func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("vcat", v[0])
		if err != nil {
			return core.Value{}, err
		}
		n := 0
		for _, x := range v {
			n += core.As[core.Array](x).Len
		}
		b := core.NewArray(a.Type, n, nil)
		n = 0
		for _, x := range v {
			x := core.As[core.Array](x)
			if err := moveParts(t, b, n, x, 0, x.Len); err != nil {
				return core.Value{}, err
			}
			n += x.Len
		}
		return b.Value(), nil
	}},
	{"array_copyto", 5, 5, "array_copyto(dst, di, src, si, n): copies, converting machine numbers, if that can be done in one go, and says so", arrayCopyto},
	{"array_fill", 2, 2, "stores x, of the element type, everywhere", func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("fill!", v[0])
		if err != nil {
			return core.Value{}, err
		}
		if err := checkElem(a, v[1]); err != nil {
			return core.Value{}, err
		}
		return v[0], inParts(t, a.Len, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				a.Set(i, v[1])
			}
		})
	}},
	{"array_reshape", 2, -1, "array of type T and the given sizes with the same elements in memory", arrayReshape},
	{"array_reverse", 3, 3, "reverses elements i to j in place", func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("reverse!", v[0])
		if err != nil {
			return core.Value{}, err
		}
		i, j := int(v[1].N)-1, int(v[2].N)-1
		if i < j && (i < 0 || j >= a.Len) {
			return core.Value{}, core.Err("BoundsError", v[0], v[2])
		}
		return v[0], inParts(t, (j-i+1)/2, func(lo, hi int) { turn(a, i+lo, j-lo, hi-lo) })
	}},
	{"array_equal", 2, 2, "== of two arrays of the same machine type; nothing when that has to be found out element by element", arrayEqual(func(x, y float64) bool { return x == y })},
	{"array_isequal", 2, 2, "isequal of two arrays of the same machine type; nothing when that has to be found out element by element", arrayEqual(func(x, y float64) bool {
		return x == y && math.Signbit(x) == math.Signbit(y) || x != x && y != y
	})},
	{"array_vect", 1, -1, "array_vect(T, xs...): Vector{T} of values already of type T", func(_ *task.Task, v []core.Value) (core.Value, error) {
		a := core.NewArray(core.VectorOf(v[0]), len(v)-1, nil)
		for i, x := range v[1:] {
			if err := checkElem(a, x); err != nil {
				return core.Value{}, err
			}
			a.Set(i, x)
		}
		return a.Value(), nil
	}},
	{"array_gather", 2, 2, "the elements at the indices of a Vector{Int64}, as a new vector", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		ix, err := arrayArg("getindex", v[1])
		if err != nil {
			return core.Value{}, err
		}
		b := core.NewArray(core.VectorOf(a.ElemType()), ix.Len, nil)
		for k := range ix.Len {
			i := int(ix.Get(k).N)
			if i < 1 || i > a.Len {
				return core.Value{}, core.Err("BoundsError", v[0], core.MakeBool(false))
			}
			b.Set(k, a.Get(i-1))
		}
		return b.Value(), nil
	})},
	{"array_iota", 3, 3, "array_iota(n, start, step): a Vector{Int64}", func(t *task.Task, v []core.Value) (core.Value, error) {
		n := int(v[0].N)
		if !roomFor(n, 8) {
			return core.Value{}, core.Err("OutOfMemoryError")
		}
		a := core.NewArray(core.VectorOf(core.Int64.Value()), n, nil)
		w := a.Words()
		x, step := v[1].N, v[2].N
		return a.Value(), inParts(t, n, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				w[i] = x
				x += step
			}
		})
	}},
	{"array_address", 1, 1, "a number that stands for the place of the elements", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		return core.Uint(uint64(uintptr(a.Data))), nil
	})},
}

var int1 = core.TupleOf(core.Int64.Value())

func onArray(f func(a *core.Array, v []core.Value) (core.Value, error)) task.Fn {
	return func(_ *task.Task, v []core.Value) (core.Value, error) {
		if core.TypeOf(v[0]).Kind != core.KindArray {
			return core.Value{}, core.TypeErr("array operation", "", core.ArrayName.Wrapper, v[0])
		}
		return f(core.As[core.Array](v[0]), v)
	}
}

func defined(x core.Value) (core.Value, error) {
	if x.P == nil {
		return core.Value{}, core.Err("UndefRefError")
	}
	return x, nil
}

func arrayDim(a *core.Array, d int) int {
	switch {
	case a.Dims == nil:
		if d == 1 {
			return a.Len
		}
		return 1
	case d <= len(a.Dims):
		return a.Dims[d-1]
	}
	return 1
}

// checkElem checks that x may be stored as it is.
func checkElem(a *core.Array, x core.Value) error {
	if a.Kind != core.ElemAny {
		if x.P == a.Tag {
			return nil
		}
		return core.TypeErr("setindex!", "", a.ElemType(), x)
	}
	el := a.ElemType()
	if el.P == anyPointer || el.P == unsafe.Pointer(core.TypeOf(x)) || core.Isa(x, el) {
		return nil
	}
	return core.TypeErr("setindex!", "", el, x)
}

var anyPointer = unsafe.Pointer(core.Any)

// zeroFill gives unassigned elements of isbits types a value of zero bits.
func zeroFill(a *core.Array, from, n int) {
	if a.Kind != core.ElemAny || n == 0 {
		return
	}
	el, ok := firstOfBits(a.ElemType())
	if !ok {
		return
	}
	z, ok := zeroOf(el)
	if !ok {
		return
	}
	vs := a.Values()
	for i := from; i < from+n; i++ {
		vs[i] = z
	}
}

// firstOfBits is t where that is an isbits type, and of a union of isbits types
// the first: zero bits in an array tell an element of that one.
func firstOfBits(t core.Value) (*core.DataType, bool) {
	if core.TypeOf(t) == core.UnionType {
		u := (*core.Union)(t.P)
		if _, ok := firstOfBits(u.B); !ok {
			return nil, false
		}
		return firstOfBits(u.A)
	}
	d, ok := core.IsDataType(t)
	return d, ok && d.Has(core.FlagConcrete) && d.IsBits()
}

// zeroOf is the value of an isbits type with all bits zero.
func zeroOf(t *core.DataType) (core.Value, bool) {
	switch t.Kind {
	case core.KindBits:
		return core.Bits(t, 0), true
	case core.KindInt128:
		return core.MakeInt128(t, 0, 0), true
	case core.KindSingleton:
		return t.Instance, t.Instance.P != nil
	case core.KindObject:
		fs := t.Fields()
		vs := make([]core.Value, len(fs))
		for i, f := range fs {
			d, ok := core.IsDataType(f)
			if !ok {
				return core.Value{}, false
			}
			if vs[i], ok = zeroOf(d); !ok {
				return core.Value{}, false
			}
		}
		return core.NewStruct(t, vs...), true
	}
	return core.Value{}, false
}

// dimsOf reads sizes given as integers; nil for one.
func dimsOf(vs []core.Value) (n int, dims []int, err error) {
	n = 1
	dims = make([]int, len(vs))
	for i, v := range vs {
		d, err := intArg(v)
		if err != nil {
			return 0, nil, err
		}
		if d < 0 {
			return 0, nil, core.ArgErrorf("invalid GenericMemory size: the number of elements is either negative or too large for system address width")
		}
		dims[i] = d
	}
	if slices.Contains(dims, 0) {
		n = 0 // however large the others are
	}
	for _, d := range dims {
		if d != 0 && n > math.MaxInt/d {
			return 0, nil, core.ArgErrorf("invalid Array dimensions")
		}
		n *= d
	}
	if len(dims) == 1 {
		dims = nil
	}
	return n, dims, nil
}

func arrayAlloc(caller *task.Task, v []core.Value) (core.Value, error) {
	t, err := typeArg("Array", v[0])
	if err != nil {
		return core.Value{}, err
	}
	if t.Name != core.ArrayName || t.Has(core.FlagHasFree) || int(t.Params[1].N) != len(v)-1 {
		return core.Value{}, core.ArgErrorf("Array: type and number of sizes do not agree")
	}
	if !core.IsType(t.Params[0]) {
		return core.Value{}, core.TypeErr("GenericMemory", "element type", core.TypeType.Value(), t.Params[0])
	}
	n, dims, err := dimsOf(v[1:])
	if err != nil {
		return core.Value{}, err
	}
	if n > 1<<24 { // worth a look
		a := core.NewArray(t, 0, dims)
		if size := itemSize(a); size > 0 && n > math.MaxInt/size {
			return core.Value{}, core.ArgErrorf("invalid GenericMemory size: the number of elements is either negative or too large for system address width")
		}
		if !roomFor(n, a.Kind.Bytes()) {
			return core.Value{}, core.Err("OutOfMemoryError")
		}
	}
	var a *core.Array
	if err := long(caller, n, func() { a = core.NewArray(t, n, dims) }); err != nil {
		return core.Value{}, err
	}
	zeroFill(a, 0, n)
	return a.Value(), nil
}

// linear turns indices into a position from 0, or -1 when out of bounds.
func linear(a *core.Array, ix []core.Value) int {
	if len(ix) == 1 {
		i := int(ix[0].N) - 1
		if i < 0 || i >= a.Len {
			return -1
		}
		return i
	}
	pos, stride := 0, 1
	nd := 1
	if a.Dims != nil {
		nd = len(a.Dims)
	}
	for d, v := range ix {
		i := int(v.N) - 1
		size := arrayDim(a, d+1)
		if d == len(ix)-1 && d+1 < nd { // the last index runs over the remaining dimensions
			for k := d + 2; k <= nd; k++ {
				size *= arrayDim(a, k)
			}
		}
		if i < 0 || i >= size {
			return -1
		}
		pos += i * stride
		stride *= size
	}
	if pos >= a.Len {
		return -1
	}
	return pos
}

func boundsError(a core.Value, ix []core.Value) error {
	if len(ix) == 1 {
		return core.Err("BoundsError", a, makeTuple(ix[0]))
	}
	return core.Err("BoundsError", a, makeTuple(ix...))
}

func arrayGet(a *core.Array, v []core.Value) (core.Value, error) {
	for _, i := range v[1:] {
		if !i.Is(core.Int64) {
			return core.Value{}, unexpected("getindex", core.Int64, i)
		}
	}
	i := linear(a, v[1:])
	if i < 0 {
		return core.Value{}, boundsError(v[0], v[1:])
	}
	return defined(a.Get(i))
}

func arraySet(a *core.Array, v []core.Value) (core.Value, error) {
	for _, i := range v[2:] {
		if !i.Is(core.Int64) {
			return core.Value{}, unexpected("setindex!", core.Int64, i)
		}
	}
	i := linear(a, v[2:])
	if i < 0 {
		return core.Value{}, boundsError(v[0], v[2:])
	}
	if err := checkElem(a, v[1]); err != nil {
		return core.Value{}, err
	}
	a.Set(i, v[1])
	return v[0], nil
}

func arrayInsert(t *task.Task, v []core.Value) (core.Value, error) {
	a, err := arrayArg("insert!", v[0])
	if err != nil {
		return core.Value{}, err
	}
	i, n := int(v[1].N)-1, int(v[2].N)
	if i < 0 || i > a.Len {
		return core.Value{}, core.Err("BoundsError", v[0], v[1])
	}
	if n < 0 || !roomFor(a.Len+n, a.Kind.Bytes()) {
		return core.Value{}, core.Err("OutOfMemoryError")
	}
	if i == 0 {
		err = growFrontParts(t, a, n)
	} else {
		tail := a.Len - i
		if err = growParts(t, a, n); err == nil {
			moveElems(a, i+n, a, i, tail)
		}
	}
	if err != nil {
		return core.Value{}, err
	}
	if a.Kind == core.ElemAny {
		clear(a.Values()[i : i+n])
	}
	zeroFill(a, i, n)
	return v[0], nil
}

func arrayDelete(a *core.Array, v []core.Value) (core.Value, error) {
	i, n := int(v[1].N)-1, int(v[2].N)
	if n < 0 || i < 0 || i+n > a.Len {
		return core.Value{}, core.Err("BoundsError", v[0], makeRange(v[1], core.Int(int64(i+n))))
	}
	switch {
	case n == 0:
	case i == 0:
		a.ShrinkFront(n)
	default:
		moveElems(a, i, a, i+n, a.Len-i-n)
		a.Shrink(n)
	}
	return v[0], nil
}

func arrayReshape(_ *task.Task, v []core.Value) (core.Value, error) {
	a, err := arrayArg("reshape", v[0])
	if err != nil {
		return core.Value{}, err
	}
	t, err := typeArg("reshape", v[1])
	if err != nil {
		return core.Value{}, err
	}
	n, dims, err := dimsOf(v[2:])
	if err != nil {
		return core.Value{}, err
	}
	if n != a.Len || t.Name != core.ArrayName || int(t.Params[1].N) != len(v)-2 {
		return core.Value{}, core.Err("DimensionMismatch", core.MakeString("new dimensions must be consistent with array length"))
	}
	b := *a
	b.Type, b.Dims = t, dims
	b.Cap, b.Front = a.Len, 0
	return b.Value(), nil
}
