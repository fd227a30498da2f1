package prim

// This file: a[i, j, ...] and a[i, j, ...] = v by one call, where a is an Array and the
// indices are numbers, colons, ranges of Int64 and vectors of them.

import (
	"slices"
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

var partTable = []entry{
	{"array_part", 2, -1, "array_part(a, i...): a[i...], some i not a number; nothing for other indices, such out of bounds, and where something is undefined", arrayPart},
	{"array_set_part", 3, -1, "array_set_part(a, v, i...): a[i...] = v for an Array v with elements of the type of a's, and true; false for other indices, such out of bounds, and a v that does not fit", arraySetPart},
	{"array_fill_part", 3, -1, "array_fill_part(a, x, i...): a[i...] .= x for an x of the type of a's elements, and true; false for other indices, and such out of bounds", arrayFillPart},
}

// line is an index of a dimension: an arithmetic progression, or a list of numbers.
type line struct {
	progression
	list   []uint64
	number bool // one number, which makes no dimension of the result
}

// lineOf reads an index of a dimension with size items; false if it is of another kind
// or outside.
func lineOf(t *task.Task, ix core.Value, size int) (line, bool) {
	dt := core.TypeOf(ix)
	if dt == core.Int64 {
		return line{progression: progression{int(ix.N), 1, 1}, number: true}, ix.N-1 < uint64(size)
	}
	if dt.Kind == core.KindArray {
		x := core.As[core.Array](ix)
		if x.ElemType().P != unsafe.Pointer(core.Int64) || x.NDims() != 1 {
			return line{}, false
		}
		list := x.Words()
		for _, i := range list {
			if i-1 >= uint64(size) {
				return line{}, false
			}
		}
		return line{progression: progression{n: len(list)}, list: list}, true
	}
	if dt.Name.Name.Name == "Colon" && dt.Name.Module == t.Sched.RT.Base {
		return line{progression: progression{1, 1, size}}, true
	}
	p, ok := progressionOf(t, ix)
	last := p.start + (p.n-1)*p.step
	return line{progression: p}, ok && (p.n <= 0 || p.start >= 1 && p.start <= size && last >= 1 && last <= size)
}

// part is a rectangle of an Array.
type part struct {
	lines   []line
	strides []int
	sizes   []int // of the dimensions that the part has
	total   int   // items
	room    [4]line
	steps   [4]int
	dims    [4]int
}

// set reads the indices is of a.
func (p *part) set(t *task.Task, a *core.Array, is []core.Value) bool {
	p.lines, p.strides, p.sizes, p.total = p.room[:0], p.steps[:0], p.dims[:0], 1
	size, stride := a.Len, 1
	if len(is) > 1 && len(is) != len(a.Dims) {
		return false
	}
	for d, ix := range is {
		if len(is) > 1 {
			size = a.Dims[d]
		}
		l, ok := lineOf(t, ix, size)
		if !ok {
			return false
		}
		l.n = max(l.n, 0)
		p.lines, p.strides = append(p.lines, l), append(p.strides, stride)
		if !l.number {
			p.sizes = append(p.sizes, l.n)
		}
		p.total *= l.n
		stride *= size
	}
	return len(p.sizes) > 0
}

// fits reports whether v can be stored in the part: dimensions of 1 do not count, and a
// vector fits wherever it has as many items.
func (p *part) fits(v *core.Array) bool {
	if v.Len != p.total {
		return false
	}
	if v.Dims == nil || len(p.lines) == 1 {
		return true
	}
	k := 0
	for _, n := range v.Dims {
		if n == 1 {
			continue
		}
		for k < len(p.sizes) && p.sizes[k] == 1 {
			k++
		}
		if k == len(p.sizes) || p.sizes[k] != n {
			return false
		}
		k++
	}
	return true
}

// walk calls f for each stretch of items, the first index fastest: n items of the array
// from at on, step apart, which are those of the part from k on, all counted from 0.
func (p *part) walk(t *task.Task, f func(at, step, n, k int)) error {
	if p.total == 0 {
		return nil
	}
	// The stretches are along the first dimension with more than one place.
	run := max(slices.IndexFunc(p.lines, func(l line) bool { return l.n != 1 }), 0)
	along, stride := p.lines[run], p.strides[run]
	start := 0
	for d, l := range p.lines[:run] {
		start += l.at(0) * p.strides[d]
	}
	var room [4]int
	at := append(room[:0], make([]int, len(p.lines))...)
	pace := pace{t: t}
	for k := 0; k < p.total; k += along.n {
		if err := pace.stop(along.n); err != nil {
			return err
		}
		base := start
		for d := run + 1; d < len(at); d++ {
			base += p.lines[d].at(at[d]) * p.strides[d]
		}
		if along.list == nil {
			first, step := base+along.at(0)*stride, along.step*stride
			if err := inParts(t, along.n, func(lo, hi int) { f(first+lo*step, step, hi-lo, k+lo) }); err != nil {
				return err
			}
		} else {
			for i := range along.list {
				f(base+along.at(i)*stride, 1, 1, k+i)
			}
		}
		for d := run + 1; d < len(at); d++ {
			if at[d]++; at[d] < p.lines[d].n {
				break
			}
			at[d] = 0
		}
	}
	return nil
}

// at is the i-th place on the line, from 0.
func (l *line) at(i int) int {
	if l.list != nil {
		return int(l.list[i]) - 1
	}
	return l.start - 1 + i*l.step
}

func arrayPart(t *task.Task, v []core.Value) (core.Value, error) {
	a, err := arrayArg("getindex", v[0])
	if err != nil {
		return core.Value{}, err
	}
	var p part
	if !p.set(t, a, v[1:]) {
		return core.Nothing(), nil
	}
	var out *core.Array
	if len(p.sizes) == 1 {
		out = core.NewArray(core.VectorOf(a.ElemType()), p.total, nil)
	} else {
		out = core.NewArray(core.ArrayName.Apply([]core.Value{a.ElemType(), core.Int(int64(len(p.sizes)))}), p.total, append([]int(nil), p.sizes...))
	}
	if err := p.walk(t, func(at, step, n, k int) { moveSpaced(out, k, 1, a, at, step, n) }); err != nil {
		return core.Value{}, err
	}
	if out.Kind == core.ElemAny {
		for _, x := range out.Values() {
			if x.P == nil {
				return core.Nothing(), nil
			}
		}
	}
	return out.Value(), nil
}

// moveSpaced copies n items that lie some steps apart in src and in dst, both with elements
// of one type.
func moveSpaced(dst *core.Array, di, dstep int, src *core.Array, si, sstep, n int) {
	switch {
	case dstep == 1 && sstep == 1:
		moveElems(dst, di, src, si, n)
	case dst.Kind == core.ElemW64:
		to, from := dst.Words(), src.Words()
		for i := range n {
			to[di+i*dstep] = from[si+i*sstep]
		}
	default:
		for i := range n {
			moveElems(dst, di+i*dstep, src, si+i*sstep, 1)
		}
	}
}

func arraySetPart(t *task.Task, v []core.Value) (core.Value, error) {
	no := core.MakeBool(false)
	a, err := arrayArg("setindex!", v[0])
	if err != nil {
		return core.Value{}, err
	}
	src, err := arrayArg("setindex!", v[1])
	if err != nil {
		return core.Value{}, err
	}
	var p part
	if a.ElemType() != src.ElemType() || !p.set(t, a, v[2:]) || !p.fits(src) {
		return no, nil
	}
	if src.Kind == core.ElemAny {
		for _, x := range src.Values() {
			if x.P == nil {
				return no, nil
			}
		}
	}
	if sameMemory(src, a) {
		src = src.Copy()
	}
	for i := range p.lines { // an index may lie in what is written
		if l := &p.lines[i]; l.list != nil {
			l.list = append([]uint64(nil), l.list...)
		}
	}
	return core.MakeBool(true), p.walk(t, func(at, step, n, k int) { moveSpaced(a, at, step, src, k, 1, n) })
}

func arrayFillPart(t *task.Task, v []core.Value) (core.Value, error) {
	a, err := arrayArg("fill!", v[0])
	if err != nil {
		return core.Value{}, err
	}
	var p part
	if !p.set(t, a, v[2:]) {
		return core.MakeBool(false), nil
	}
	return core.MakeBool(true), p.walk(t, func(at, step, n, _ int) {
		for i := range n {
			a.Set(at+i*step, v[1])
		}
	})
}

// sameMemory reports whether two arrays have items in common.
func sameMemory(a, b *core.Array) bool {
	end := func(x *core.Array) uintptr { return uintptr(x.Data) + uintptr(x.Len*x.Kind.Bytes()) }
	return uintptr(a.Data) < end(b) && uintptr(b.Data) < end(a)
}
