package prim

// This file: elements of arrays moved and compared many at a time.

import (
	"slices"
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

// moveParts is moveElems as far as t is not to stop. Where dst and src overlap, all is
// moved at once.
func moveParts(t *task.Task, dst *core.Array, di int, src *core.Array, si, n int) error {
	if sameMemory(dst, src) {
		moveElems(dst, di, src, si, n)
		return nil
	}
	return inParts(t, n, func(lo, hi int) { moveElems(dst, di+lo, src, si+lo, hi-lo) })
}

// growParts is a.Grow(n), unless t is to stop while a long array is moved.
func growParts(t *task.Task, a *core.Array, n int) error {
	if a.Len >= longWork/8 {
		if err := moveTo(t, a, a.Enlarged(n)); err != nil {
			return err
		}
	}
	a.Grow(n)
	return nil
}

// growFrontParts is a.GrowFront(n), unless t is to stop while a long array is moved.
func growFrontParts(t *task.Task, a *core.Array, n int) error {
	if a.Len >= longWork/8 {
		if err := moveTo(t, a, a.EnlargedFront(n)); err != nil {
			return err
		}
	}
	a.GrowFront(n)
	return nil
}

// moveTo gives a the memory of b, if b is not nil, with the elements of a in it.
func moveTo(t *task.Task, a, b *core.Array) error {
	if b == nil {
		return nil
	}
	err := moveParts(t, b, 0, a, 0, a.Len)
	if err == nil {
		*a = *b
	}
	return err
}

// moveElems moves n elements, of which the first is number si in src and di in dst.
func moveElems(dst *core.Array, di int, src *core.Array, si, n int) {
	if n == 0 {
		return
	}
	if dst.Kind == core.ElemAny && src.Kind == core.ElemAny {
		copy(dst.Values()[di:di+n], src.Values()[si:si+n])
		return
	}
	if dst.Kind == src.Kind && dst.Tag == src.Tag {
		b := dst.Kind.Bytes()
		copy(unsafe.Slice((*byte)(unsafe.Add(dst.Data, di*b)), n*b), unsafe.Slice((*byte)(unsafe.Add(src.Data, si*b)), n*b))
		return
	}
	for i := range n {
		dst.Set(di+i, src.Get(si+i))
	}
}

func arrayCopyto(t *task.Task, v []core.Value) (core.Value, error) {
	dst, err := arrayArg("copyto!", v[0])
	if err != nil {
		return core.Value{}, err
	}
	src, err := arrayArg("copyto!", v[2])
	if err != nil {
		return core.Value{}, err
	}
	di, si, n := int(v[1].N), int(v[3].N), int(v[4].N)
	if n < 0 {
		return core.Value{}, core.ArgErrorf("tried to copy n=%d elements, but n should be non-negative", n)
	}
	if n == 0 {
		return core.MakeBool(true), nil
	}
	if di < 1 || di+n-1 > dst.Len {
		return core.Value{}, core.Err("BoundsError", v[0], makeRange(v[1], core.Int(int64(di+n-1))))
	}
	if si < 1 || si+n-1 > src.Len {
		return core.Value{}, core.Err("BoundsError", v[2], makeRange(v[3], core.Int(int64(si+n-1))))
	}
	de, se := dst.ElemType(), src.ElemType()
	if de != se && !core.Subtype(se, de) {
		return core.MakeBool(convertElems(dst, di-1, src, si-1, n)), nil
	}
	return core.MakeBool(true), moveParts(t, dst, di-1, src, si-1, n)
}

// turn exchanges n elements from i upwards with those from j downwards.
func turn(a *core.Array, i, j, n int) {
	if a.Kind == core.ElemW64 {
		w := a.Words()
		for k := range n {
			w[i+k], w[j-k] = w[j-k], w[i+k]
		}
		return
	}
	for k := range n {
		x, y := a.Get(i+k), a.Get(j-k)
		a.Set(i+k, y)
		a.Set(j-k, x)
	}
}

// arrayEqual compares arrays, and floating-point items with same.
func arrayEqual(same func(x, y float64) bool) task.Fn {
	return func(t *task.Task, v []core.Value) (core.Value, error) {
		a, b, err := twoArrays("==", v)
		if err != nil {
			return core.Value{}, err
		}
		if a.NDims() != b.NDims() || a.Len != b.Len || !slices.Equal(a.Dims, b.Dims) {
			return core.MakeBool(false), nil
		}
		if a.Kind == core.ElemAny || a.Tag != b.Tag {
			return nothing, nil
		}
		alike := alikeBytes
		switch el := core.As[core.DataType](a.ElemType()); {
		case el == core.Float64:
			alike = func(a, b *core.Array, lo, hi int) bool {
				return slices.EqualFunc(a.Floats()[lo:hi], b.Floats()[lo:hi], same)
			}
		case isFloat(el):
			alike = func(a, b *core.Array, lo, hi int) bool {
				for i := lo; i < hi; i++ {
					if !same(floatOf(a.Get(i)), floatOf(b.Get(i))) {
						return false
					}
				}
				return true
			}
		case el.Super != core.Signed && el.Super != core.Unsigned && el != core.Bool && el != core.Char:
			return nothing, nil
		}
		equal := true
		err = inParts(t, a.Len, func(lo, hi int) { equal = equal && alike(a, b, lo, hi) })
		return core.MakeBool(equal), err
	}
}

// alikeBytes reports whether elements lo to hi-1 of two arrays of one kind are the same in
// memory.
func alikeBytes(a, b *core.Array, lo, hi int) bool {
	size := a.Kind.Bytes()
	part := func(a *core.Array) string { return unsafe.String((*byte)(unsafe.Add(a.Data, lo*size)), (hi-lo)*size) }
	return part(a) == part(b)
}
