package infer

// This file has what primitives on tuples and named tuples return.

import (
	"weft/runtime/core"
)

// namedFields are the fields and names of a named tuple whose type is known.
func namedFields(e Elem) (fields []Elem, names []core.Value, ok bool) {
	d, isData := core.IsDataType(e.T)
	if !isData || d.Name != core.NamedTupleName || core.HasFree(e.T) || core.TypeOf(d.Params[0]) == core.TypeVarType {
		return nil, nil, false
	}
	if t, isTuple := core.IsDataType(d.Params[1]); !isTuple || !t.Has(core.FlagTuple) {
		return nil, nil, false
	}
	names = tupleItems(d.Params[0])
	if len(names) == 0 {
		return nil, nil, true
	}
	return e.parts(d), names, true
}

func mergeRule(name string) rule {
	return func(_ *Inferrer, a []Elem) (Elem, bool) {
		wide := Elem{T: core.NamedTupleName.Wrapper}
		fs, ns, ok := namedFields(a[0])
		if !ok {
			return wide, true
		}
		var fields []Elem
		var names []core.Value
		if name == "kw_rest" {
			known, ok := a[1].value()
			if !ok {
				return wide, true
			}
			for i, n := range ns {
				if !contains(tupleItems(known), n) {
					fields, names = append(fields, fs[i]), append(names, n)
				}
			}
		} else {
			gs, ms, ok := namedFields(a[1])
			if !ok {
				return wide, true
			}
			fields, names = append(fields, fs...), append(names, ns...)
		next:
			for i, m := range ms {
				for k, n := range names {
					if n == m {
						fields[k] = gs[i]
						continue next
					}
				}
				fields, names = append(fields, gs[i]), append(names, m)
			}
		}
		es := make([]Elem, len(names))
		for i, n := range names {
			es[i] = ofConst(n)
		}
		return namedTuple(tupleOf(es, nil), fields), true
	}
}

func namedPairsRule(_ *Inferrer, a []Elem) (Elem, bool) {
	fs, _, ok := namedFields(a[1])
	if !ok || a[0].C.P == nil {
		return anyElem, true
	}
	el := core.Bottom
	for i := range fs {
		t := fs[i].fieldType()
		if i > 0 && t != el {
			return nothing, true
		}
		el = t
	}
	t, err := core.ApplyType(a[0].C, []core.Value{core.SymbolType.Value(), el, core.NothingType.Value(), a[1].T})
	if err != nil {
		return anyElem, true
	}
	if d, ok := core.IsDataType(t); ok {
		return object(d, []Elem{a[1], nothing}), true
	}
	return ofType(t), true
}

// tupleElems are the elements of a tuple of known length.
func tupleElems(e Elem) ([]Elem, bool) {
	d, ok := core.IsDataType(e.T)
	if !ok || !d.Has(core.FlagTuple) || d.Has(core.FlagVarargTup) {
		return nil, false
	}
	if len(d.Params) == 0 {
		return nil, true
	}
	return e.parts(d), true
}

func tupleRule(name string) rule {
	return func(_ *Inferrer, a []Elem) (Elem, bool) {
		wide := Elem{T: core.TupleType.Value()}
		var out []Elem
		switch name {
		case "tuple_join":
			for _, e := range a {
				es, ok := tupleElems(e)
				if !ok {
					return wide, true
				}
				out = append(out, es...)
			}
			return tupleOf(out, nil), true
		case "tuple_concat":
			es, ok := tupleElems(a[0])
			for i := 0; ok && i < len(es); i++ {
				var part []Elem
				part, ok = tupleElems(es[i])
				out = append(out, part...)
			}
			if ok {
				return tupleOf(out, nil), true
			}
			return wide, true
		case "tuple_part":
			es, ok := tupleElems(a[0])
			if ok && a[1].C.P != nil && a[2].C.P != nil && a[1].C.Is(core.Int64) && a[2].C.Is(core.Int64) {
				i, j := int(a[1].C.Int64()), int(a[2].C.Int64())
				if j < i {
					return tupleOf(nil, nil), true
				}
				if i < 1 || j > len(es) {
					return bottom, true
				}
				return tupleOf(es[i-1:j], nil), true
			}
			if d, isData := core.IsDataType(a[0].T); isData && d.Has(core.FlagTuple) {
				// Some of the elements: their number is not known.
				el := bottom
				for _, p := range d.Params {
					if core.TypeOf(p) == core.VarargType {
						p = core.As[core.Vararg](p).T
					}
					el = join(el, ofType(p))
				}
				if el.none() {
					return tupleOf(nil, nil), true
				}
				return Elem{T: core.TupleOf(core.ToValue(&core.Vararg{Type: core.VarargType, T: el.T})).Value()}, true
			}
			return wide, true
		}
		es, ok := tupleElems(a[0])
		if !ok {
			return wide, true
		}
		if a[2].C.P != nil && a[2].C.Is(core.Int64) {
			i := int(a[2].C.Int64())
			if i < 1 || i > len(es) {
				return bottom, true
			}
			out = append(out, es...)
			out[i-1] = a[1]
			return tupleOf(out, nil), true
		}
		for i := range es {
			out = append(out, Elem{T: join(es[i].plain(), a[1].plain()).T})
		}
		return tupleOf(out, nil), true
	}
}
