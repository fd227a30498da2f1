package prim

// This file: sorting of arrays of machine types and strings.

import (
	"cmp"
	"slices"

	"weft/runtime/core"
	"weft/runtime/task"
)

var sortTable = []entry{
	{"array_sort", 2, 2, "array_sort(v, rev): sorts a vector of a machine type or of Strings by isless in place; false if it is another", arraySort},
	{"array_sortperm", 2, 2, "array_sortperm(v, rev): stable permutation that sorts a vector of a machine type or of Strings; nothing if it is another", arraySortperm},
}

// order compares two elements by isless; nil when the element type has none here.
func order(el core.Value) func(x, y core.Value) int {
	t, ok := core.IsDataType(el)
	if !ok {
		return nil
	}
	switch {
	case isFloat(t):
		return func(x, y core.Value) int {
			a, b := floatOf(x), floatOf(y)
			switch {
			case floatLess(a, b):
				return -1
			case floatLess(b, a):
				return 1
			}
			return 0
		}
	case t == core.StringType:
		return func(x, y core.Value) int { return cmp.Compare(x.Str(), y.Str()) }
	case t.Super == core.Signed && t.Kind == core.KindBits:
		return func(x, y core.Value) int { return cmp.Compare(int64(x.N), int64(y.N)) }
	case t.Super == core.Unsigned && t.Kind == core.KindBits || t == core.Char || t == core.Bool:
		return func(x, y core.Value) int { return cmp.Compare(x.N, y.N) }
	}
	return nil
}

func arraySort(_ *task.Task, v []core.Value) (core.Value, error) {
	a, err := arrayArg("sort!", v[0])
	if err != nil {
		return core.Value{}, err
	}
	f := order(a.ElemType())
	if f == nil {
		return core.MakeBool(false), nil
	}
	rev := v[1].IsTrue()
	if a.ElemType().P == core.Int64.Value().P {
		w := a.Words()
		if rev {
			slices.SortFunc(w, func(x, y uint64) int { return cmp.Compare(int64(y), int64(x)) })
		} else {
			slices.SortFunc(w, func(x, y uint64) int { return cmp.Compare(int64(x), int64(y)) })
		}
		return core.MakeBool(true), nil
	}
	vs := make([]core.Value, a.Len)
	for i := range vs {
		if vs[i] = a.Get(i); vs[i].P == nil {
			return core.Value{}, core.Err("UndefRefError")
		}
	}
	if rev {
		slices.SortStableFunc(vs, func(x, y core.Value) int { return f(y, x) })
	} else {
		slices.SortStableFunc(vs, f)
	}
	for i, x := range vs {
		a.Set(i, x)
	}
	return core.MakeBool(true), nil
}

func arraySortperm(_ *task.Task, v []core.Value) (core.Value, error) {
	a, err := arrayArg("sortperm", v[0])
	if err != nil {
		return core.Value{}, err
	}
	f := order(a.ElemType())
	if f == nil {
		return nothing, nil
	}
	p := core.NewArray(core.VectorOf(core.Int64.Value()), a.Len, nil)
	w := p.Words()
	for i := range w {
		w[i] = uint64(i + 1)
		if a.Get(i).P == nil {
			return core.Value{}, core.Err("UndefRefError")
		}
	}
	rev := v[1].IsTrue()
	slices.SortStableFunc(w, func(i, j uint64) int {
		x, y := a.Get(int(i)-1), a.Get(int(j)-1)
		if rev {
			return f(y, x)
		}
		return f(x, y)
	})
	return p.Value(), nil
}
