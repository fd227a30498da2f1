package prim

// This file: sorting of arrays of machine types and strings.

import (
	"cmp"
	"math"
	"slices"

	"weft/runtime/core"
	"weft/runtime/task"
)

var sortTable = []entry{
	{"array_sort", 2, 2, "array_sort(v, rev): sorts a vector of a machine type or of Strings by isless in place; false if it is another", arraySort},
	{"array_sortperm", 2, 2, "array_sortperm(v, rev): stable permutation that sorts a vector of a machine type or of Strings; nothing if it is another", arraySortperm},
}

// sorter gives the items of arrays keys of which the smaller is the first by isless.
type sorter struct {
	words   bool // the keys are words: see key; else the items are Strings
	key     func(core.Value) uint64
	inPlace func(uint64) uint64 // key from an item as the array holds it, 8 bytes; nil for other sizes
	back    func(uint64) uint64 // and from there back
}

// The sign bit, and the key of all NaNs, which come last.
const (
	signBit = 1 << 63
	nanKey  = math.MaxUint64
)

// floatKey is the key of a Float64: its bits as an integer, but for the sign.
func floatKey(bits uint64) uint64 {
	switch {
	case bits&^signBit > 0x7ff<<52:
		return nanKey
	case bits&signBit != 0:
		return ^bits
	}
	return bits | signBit
}

func floatFromKey(key uint64) uint64 {
	if key&signBit != 0 {
		return key &^ signBit
	}
	return ^key
}

func signedKey(n uint64) uint64 { return n ^ signBit }

func sameKey(n uint64) uint64 { return n }

// sorterOf tells how items of a type are sorted; ok is false if it is not known here.
func sorterOf(el core.Value) (s sorter, ok bool) {
	t, ok := core.IsDataType(el)
	if !ok {
		return s, false
	}
	switch {
	case isFloat(t):
		s = sorter{words: true, key: func(v core.Value) uint64 { return floatKey(math.Float64bits(floatOf(v))) }}
		if t == core.Float64 {
			s.inPlace, s.back = floatKey, floatFromKey
		}
	case t == core.StringType:
	case t.Super == core.Signed && t.Kind == core.KindBits:
		s = sorter{words: true, key: func(v core.Value) uint64 { return signedKey(v.N) }}
		if t == core.Int64 {
			s.inPlace, s.back = signedKey, signedKey
		}
	case t.Super == core.Unsigned && t.Kind == core.KindBits || t == core.Char || t == core.Bool:
		s = sorter{words: true, key: func(v core.Value) uint64 { return v.N }}
		if t == core.UInt64 {
			s.inPlace, s.back = sameKey, sameKey
		}
	default:
		return s, false
	}
	return s, true
}

// arraySort sorts in place. Items that are equal cannot be told from one another, but
// for NaNs, which stay in their order.
func arraySort(t *task.Task, v []core.Value) (core.Value, error) {
	a, err := arrayArg("sort!", v[0])
	if err != nil {
		return core.Value{}, err
	}
	s, ok := sorterOf(a.ElemType())
	if !ok {
		return core.MakeBool(false), nil
	}
	rev := v[1].IsTrue()
	if s.inPlace != nil {
		if done, err := sortWords(t, a.Words(), s, rev); done || err != nil {
			return core.MakeBool(true), err
		}
	}
	order, err := permutation(t, a, s, rev)
	if err != nil {
		return core.Value{}, err
	}
	vs := make([]core.Value, a.Len)
	for i, from := range order {
		vs[i] = a.Get(int(from))
	}
	for i, x := range vs {
		a.Set(i, x)
	}
	return core.MakeBool(true), nil
}

// longSort is how many items take so long to sort that it can be interrupted.
const longSort = 1 << 19

// sortWords sorts items of 8 bytes, unless there is a NaN among them.
func sortWords(t *task.Task, w []uint64, s sorter, rev bool) (bool, error) {
	flip := uint64(0)
	if rev {
		flip = math.MaxUint64
	}
	keys := w
	nan := false
	prepare := func() {
		if len(w) > longSort {
			keys = make([]uint64, len(w)) // an interrupt leaves w as it is
		}
		for i, x := range w {
			k := s.inPlace(x)
			if k == nanKey && s.back(k) != x {
				nan = true
				for j := 0; j < i && len(w) <= longSort; j++ {
					w[j] = s.back(keys[j] ^ flip)
				}
				return
			}
			keys[i] = k ^ flip
		}
		slices.Sort(keys)
		if len(w) > longSort {
			for i, k := range keys {
				keys[i] = s.back(k ^ flip)
			}
		}
	}
	if err := long(t, longWork/longSort*len(w), prepare); err != nil || nan {
		return false, err
	}
	if len(w) > longSort {
		copy(w, keys)
		return true, nil
	}
	for i, k := range keys {
		w[i] = s.back(k ^ flip)
	}
	return true, nil
}

// permutation gives the places of a's items in their order, from 0 on; equal items
// stay as they are.
func permutation(t *task.Task, a *core.Array, s sorter, rev bool) ([]uint64, error) {
	order := make([]uint64, a.Len)
	if s.words {
		type item struct{ key, at uint64 }
		items := make([]item, a.Len)
		for i := range items {
			k := s.key(a.Get(i))
			if rev {
				k = ^k
			}
			items[i] = item{k, uint64(i)}
		}
		err := long(t, longWork/longSort*a.Len, func() {
			slices.SortFunc(items, func(x, y item) int {
				if x.key != y.key {
					return cmp.Compare(x.key, y.key)
				}
				return cmp.Compare(x.at, y.at)
			})
		})
		if err != nil {
			return nil, err
		}
		for i, x := range items {
			order[i] = x.at
		}
		return order, nil
	}
	texts := make([]string, a.Len)
	for i := range texts {
		x := a.Get(i)
		if x.P == nil {
			return nil, core.Err("UndefRefError")
		}
		texts[i], order[i] = x.Str(), uint64(i)
	}
	err := long(t, longWork/longSort*a.Len, func() {
		slices.SortFunc(order, func(i, j uint64) int {
			c := cmp.Compare(texts[i], texts[j])
			if rev {
				c = -c
			}
			return cmp.Or(c, cmp.Compare(i, j))
		})
	})
	return order, err
}

func arraySortperm(t *task.Task, v []core.Value) (core.Value, error) {
	a, err := arrayArg("sortperm", v[0])
	if err != nil {
		return core.Value{}, err
	}
	s, ok := sorterOf(a.ElemType())
	if !ok {
		return nothing, nil
	}
	order, err := permutation(t, a, s, v[1].IsTrue())
	if err != nil {
		return core.Value{}, err
	}
	p := core.NewArray(core.VectorOf(core.Int64.Value()), a.Len, nil)
	for i, at := range order {
		p.Words()[i] = at + 1
	}
	return p.Value(), nil
}
