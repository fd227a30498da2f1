package prim

// This file: where the items of a view are in its parent, and the order of Cartesian
// indices, for indices that are numbers, ranges of Int64 and vectors of them.

import (
	"weft/runtime/core"
	"weft/runtime/task"
)

var viewTable = []entry{
	{"view_place", 3, 3, "view_place(a, indices, is): the number in a, an Array or the sizes of an array, of item is, a tuple of Int64, of its view with these indices; 0 if there is none or it has to be found otherwise", viewPlace},
	{"cartesian_next", 2, 2, "cartesian_next(ranges, is): the tuple of indices after is, nothing after the last; false for ranges that are not plain", cartesianNext},
	{"view_indices", 3, 3, "view_indices(Slice{OneTo{Int64}}, a, is): the indices of a view of an Array, one for each dimension, each a number, a range of Int64 or a colon, and within its bounds, with slices for the colons; else nothing", viewIndices},
	{"view_layout", 2, 2, "view_layout(dims, indices): of a view of an Array of these sizes how many dimensions it has, whether its items are evenly spaced, the distance and where item 0 is, as a tuple; nothing for indices that are not plain", viewLayout},
	{"view_within", 2, 2, "view_within(indices, is): the indices of a view of a view with these indices, each a number or a range of Int64, by is, each a number, a colon or a range of Int64 and within its bounds; else nothing", viewWithin},
	{"view_size", 1, 1, "view_size(indices): the sizes of a view with these indices, each a number, an Array or a range of Int64; nothing for others", viewSize},
	{"view_strides", 2, 2, "view_strides(dims, indices): the strides of a view of an Array of these sizes with numbers and ranges as indices; nothing for others", viewStrides},
	{"dims_place", 2, 2, "dims_place(dims, is): which item of an array with these sizes has these indices, one for each; 0 if there is none", func(_ *task.Task, a []core.Value) (core.Value, error) {
		place, stride := uint64(1), uint64(1)
		dims := tupleFields(a[0])
		for d, i := range tupleFields(a[1]) {
			if d >= len(dims) || i.N-1 >= dims[d].N {
				return core.Int(0), nil
			}
			place += (i.N - 1) * stride
			stride *= dims[d].N
		}
		return core.Int(int64(place)), nil
	}},
	{"dims_axes", 2, 2, "dims_axes(T, dims): a tuple with a T, which is OneTo{Int64}, for each Int64 of a tuple", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := typeArg("axes", a[0])
		if err != nil {
			return core.Value{}, err
		}
		dims := tupleFields(a[1])
		var room [4]core.Value
		out := room[:0]
		for _, n := range dims {
			out = append(out, core.NewStruct(t, core.Int(max(int64(n.N), 0))))
		}
		return makeTuple(out...), nil
	}},
	{"tuple_concat", 1, 1, "tuple_concat(ts): the items of the tuples in a tuple as one tuple", func(_ *task.Task, a []core.Value) (core.Value, error) {
		var out []core.Value
		for _, t := range tupleFields(a[0]) {
			out = append(out, tupleFields(t)...)
		}
		return makeTuple(out...), nil
	}},
}

// progression is a range of Int64.
type progression struct{ start, step, n int }

// progressionOf reads a range of Base whose numbers are Int64.
func progressionOf(t *task.Task, v core.Value) (progression, bool) {
	dt := core.TypeOf(v)
	if dt.Kind != core.KindObject || dt.Name.Module != t.Sched.RT.Base || len(dt.Params) == 0 {
		return progression{}, false
	}
	fs := v.Fields(len(dt.Fields()))
	for _, f := range fs {
		if core.TypeOf(f) != core.Int64 {
			if dt.Name.Name.Name != "Slice" {
				return progression{}, false
			}
			p, ok := progressionOf(t, f)
			return p, ok && p.start == 1 && p.step == 1
		}
	}
	switch dt.Name.Name.Name {
	case "OneTo":
		return progression{1, 1, int(fs[0].N)}, true
	case "UnitRange":
		return progression{int(fs[0].N), 1, int(fs[1].N) - int(fs[0].N) + 1}, true
	case "StepRange":
		start, step, stop := int(fs[0].N), int(fs[1].N), int(fs[2].N)
		if step == 0 {
			return progression{}, false
		}
		if stop != start && (stop > start) != (step > 0) {
			return progression{start, step, 0}, true
		}
		return progression{start, step, (stop-start)/step + 1}, true
	}
	return progression{}, false
}

// viewPlace follows the indices of a view dimension by dimension; is holds one index
// for each that is not a number, or one for all.
func viewPlace(t *task.Task, a []core.Value) (core.Value, error) {
	none := core.Int(0)
	indices, is := tupleFields(a[1]), tupleFields(a[2])
	var sizes [8]int
	dims := sizes[:0]
	if core.TypeOf(a[0]).Kind == core.KindArray {
		arr := core.As[core.Array](a[0])
		if arr.Dims == nil {
			dims = append(dims, arr.Len)
		} else {
			dims = append(dims, arr.Dims...)
		}
	} else {
		for _, n := range tupleFields(a[0]) {
			dims = append(dims, int(n.N))
		}
	}
	if len(indices) == 1 && len(dims) != 1 {
		n := 1
		for _, d := range dims {
			n *= d
		}
		dims = append(dims[:0], n)
	}
	if len(indices) != len(dims) {
		return none, nil
	}
	lines := 0 // dimensions of the view
	for _, ix := range indices {
		lines += linesOf(ix)
	}
	if len(is) != lines && len(is) != 1 {
		return none, nil
	}
	if lines == 0 && len(is) == 1 && is[0].N != 1 {
		return none, nil
	}
	linear, rest := len(is) != lines, 0
	if linear {
		rest = int(is[0].N) - 1
	}
	place, stride, k := 0, 1, 0
	for d, ix := range indices {
		j, ok := int(ix.N), true
		if core.TypeOf(ix) != core.Int64 {
			var i int
			n, wide := lengthOfLine(t, ix), linesOf(ix)
			switch {
			case n <= 0:
				return none, nil
			case linear && k+wide < lines:
				i = rest % n
				rest /= n
			case linear:
				i = rest
			case wide != 1:
				i = placeOf(core.As[core.Array](ix), is[k:k+wide])
			default:
				i = int(is[k].N) - 1
			}
			k += wide
			if i < 0 || i >= n {
				return none, nil
			}
			j, ok = itemOfLine(t, ix, i)
		}
		if !ok || j < 1 || j > dims[d] {
			return none, nil
		}
		place += (j - 1) * stride
		stride *= dims[d]
	}
	return core.Int(int64(place + 1)), nil
}

// linesOf is how many dimensions of a view an index makes.
func linesOf(ix core.Value) int {
	switch dt := core.TypeOf(ix); {
	case dt == core.Int64:
		return 0
	case dt.Kind == core.KindArray:
		return core.As[core.Array](ix).NDims()
	}
	return 1
}

// placeOf is the number of the item of a with these indices, from 0; -1 if there is none.
func placeOf(a *core.Array, is []core.Value) int {
	place, stride := 0, 1
	for d, n := range a.Dims {
		i := int(is[d].N) - 1
		if i < 0 || i >= n {
			return -1
		}
		place += i * stride
		stride *= n
	}
	return place
}

func viewWithin(t *task.Task, a []core.Value) (core.Value, error) {
	indices, is := tupleFields(a[0]), tupleFields(a[1])
	var room [8]core.Value
	out, k := room[:0], 0
	for _, ix := range indices {
		if core.TypeOf(ix) != core.Int64 {
			if k == len(is) {
				return nothing, nil
			}
			var ok bool
			if ix, ok = lineWithin(t, ix, is[k]); !ok {
				return nothing, nil
			}
			k++
		}
		out = append(out, ix)
	}
	if k != len(is) {
		return nothing, nil
	}
	return makeTuple(out...), nil
}

// lineWithin is r[i] for a range r of Int64.
func lineWithin(t *task.Task, r, i core.Value) (core.Value, bool) {
	p, ok := progressionOf(t, r)
	if !ok || p.n <= 0 {
		return r, false
	}
	if core.TypeOf(i) == core.Int64 {
		return core.Int(int64(p.start) + (i.Int64()-1)*int64(p.step)), i.N-1 < uint64(p.n)
	}
	if core.TypeOf(i).Kind == core.KindSingleton {
		return r, core.TypeOf(i).Name.Name.Name == "Colon"
	}
	q, ok := progressionOf(t, i)
	last := q.start + (q.n-1)*q.step
	if !ok || q.n <= 0 || q.start < 1 || q.start > p.n || last < 1 || last > p.n {
		return r, false
	}
	start, stop := core.Int(int64(p.start+(q.start-1)*p.step)), core.Int(int64(p.start+(last-1)*p.step))
	of, by := core.TypeOf(r), core.TypeOf(i)
	switch of.Name.Name.Name + " " + by.Name.Name.Name {
	case "Slice UnitRange", "Slice StepRange":
		return i, true
	case "UnitRange UnitRange", "UnitRange OneTo":
		return core.NewStruct(of, start, stop), true
	case "UnitRange StepRange":
		of = by
	case "StepRange UnitRange", "StepRange OneTo", "StepRange StepRange":
	default:
		return r, false
	}
	return core.NewStruct(of, start, core.Int(int64(p.step*q.step)), stop), true
}

func viewSize(t *task.Task, a []core.Value) (core.Value, error) {
	var room [8]core.Value
	out := room[:0]
	for _, ix := range tupleFields(a[0]) {
		switch dt := core.TypeOf(ix); {
		case dt == core.Int64:
		case dt.Kind == core.KindArray:
			for _, n := range shape(core.As[core.Array](ix)) {
				out = append(out, core.Int(int64(n)))
			}
			if core.As[core.Array](ix).NDims() == 0 {
				return nothing, nil
			}
		default:
			p, ok := progressionOf(t, ix)
			if !ok {
				return nothing, nil
			}
			out = append(out, core.Int(int64(max(p.n, 0))))
		}
	}
	return makeTuple(out...), nil
}

func viewStrides(t *task.Task, a []core.Value) (core.Value, error) {
	dims, indices := tupleFields(a[0]), tupleFields(a[1])
	if len(dims) != len(indices) {
		return nothing, nil
	}
	var room [8]core.Value
	out, m := room[:0], 1
	for d, ix := range indices {
		if core.TypeOf(ix) != core.Int64 {
			p, ok := progressionOf(t, ix)
			if !ok {
				return nothing, nil
			}
			out = append(out, core.Int(int64(m*p.step)))
		}
		m *= int(dims[d].N)
	}
	return makeTuple(out...), nil
}

// lengthOfLine is how many items a range or an Array of Int64 has, -1 for others.
func lengthOfLine(t *task.Task, v core.Value) int {
	if core.TypeOf(v).Kind == core.KindArray {
		x := core.As[core.Array](v)
		if x.ElemType().P != core.Int64.Value().P {
			return -1
		}
		return x.Len
	}
	if p, ok := progressionOf(t, v); ok {
		return p.n
	}
	return -1
}

func itemOfLine(t *task.Task, v core.Value, i int) (int, bool) {
	if core.TypeOf(v).Kind == core.KindArray {
		return int(core.As[core.Array](v).Words()[i]), true
	}
	p, ok := progressionOf(t, v)
	return p.start + p.step*i, ok
}

func cartesianNext(t *task.Task, a []core.Value) (core.Value, error) {
	ranges, is := tupleFields(a[0]), tupleFields(a[1])
	if len(ranges) != len(is) {
		return core.MakeBool(false), nil
	}
	next := append([]core.Value(nil), is...)
	for d, r := range ranges {
		p, ok := progressionOf(t, r)
		if !ok {
			return core.MakeBool(false), nil
		}
		if int(is[d].N) != p.start+p.step*(p.n-1) {
			next[d] = core.Int(int64(int(is[d].N) + p.step))
			return core.NewStruct(core.TypeOf(a[1]), next...), nil
		}
		next[d] = core.Int(int64(p.start))
	}
	return nothing, nil
}

func viewLayout(t *task.Task, a []core.Value) (core.Value, error) {
	dims, indices := tupleFields(a[0]), tupleFields(a[1])
	if len(dims) != len(indices) || len(dims) > 16 {
		return nothing, nil
	}
	var kinds [16]byte // n a number, s a whole dimension, u and r ranges, v a vector
	lines, stride, at, m := 0, 0, 1, 1
	for d, ix := range indices {
		first, step := int(ix.N), 0
		switch {
		case core.TypeOf(ix) == core.Int64:
			kinds[d] = 'n'
		case core.TypeOf(ix).Kind == core.KindArray:
			if lengthOfLine(t, ix) < 0 || linesOf(ix) != 1 {
				return nothing, nil
			}
			kinds[d] = 'v'
		default:
			p, ok := progressionOf(t, ix)
			if !ok {
				return nothing, nil
			}
			first, step, kinds[d] = p.start, p.step, 'u'
			switch core.TypeOf(ix).Name.Name.Name {
			case "Slice":
				kinds[d] = 's'
			case "StepRange":
				kinds[d] = 'r'
			}
		}
		if kinds[d] != 'n' {
			if lines == 0 {
				stride = m * step
			}
			lines++
		}
		at += (first - 1) * m
		m *= int(dims[d].N)
	}
	if lines == 0 {
		stride = 1
	}
	if !evenlySpaced(kinds[:len(dims)]) {
		return makeTuple(core.Int(int64(lines)), core.MakeBool(false), core.Int(0), core.Int(0)), nil
	}
	return makeTuple(core.Int(int64(lines)), core.MakeBool(true), core.Int(int64(stride)), core.Int(int64(at-stride))), nil
}

// evenlySpaced tells whether indices of these kinds give evenly spaced items: numbers,
// then whole dimensions, then one range, then numbers.
func evenlySpaced(kinds []byte) bool {
	n, d := len(kinds), 0
	for d < n && kinds[d] == 'n' {
		d++
	}
	for d < n-1 && kinds[d] == 's' && kinds[d+1] == 's' {
		d++
	}
	if d == n {
		return true
	}
	if kinds[d] == 'v' {
		return false
	}
	begun := kinds[d]
	d++
	if d < n && begun == 's' && kinds[d] != 'n' {
		if kinds[d] != 'u' && kinds[d] != 's' {
			return false
		}
		d++
	}
	for d < n && kinds[d] == 'n' {
		d++
	}
	return d == n
}

func viewIndices(t *task.Task, a []core.Value) (core.Value, error) {
	slice, err := typeArg("view", a[0])
	if err != nil {
		return core.Value{}, err
	}
	arr, err := arrayArg("view", a[1])
	if err != nil {
		return core.Value{}, err
	}
	is := tupleFields(a[2])
	if len(is) != arr.NDims() || len(is) > 8 {
		return nothing, nil
	}
	var room [8]core.Value
	for d, v := range is {
		n := arrayDim(arr, d+1)
		switch dt := core.TypeOf(v); {
		case dt == core.Int64:
			if v.Int64() < 1 || v.Int64() > int64(n) {
				return nothing, nil
			}
		case dt.Kind == core.KindSingleton:
			v = core.NewStruct(slice, core.NewStruct(core.As[core.DataType](slice.Params[0]), core.Int(int64(n))))
		default:
			p, ok := progressionOf(t, v)
			if last := p.start + (p.n-1)*p.step; !ok || p.n > 0 && (p.start < 1 || p.start > n || last < 1 || last > n) {
				return nothing, nil
			}
		}
		room[d] = v
	}
	return makeTuple(room[:len(is)]...), nil
}
