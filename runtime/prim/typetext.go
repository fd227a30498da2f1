package prim

// The text of types in which something stands that a program has its own way to show.

import "weft/runtime/core"

// typeMarked returns the text of the type v, seen from the module from; where parameters in it
// are for the methods of show, a tuple of the text with a zero byte for each, and of these.
func typeMarked(rt *core.Runtime, v, from core.Value) (core.Value, error) {
	p := rt.NewPrinter()
	p.From = nil
	if from.Is(core.ModuleType) {
		p.From = core.As[core.Module](from)
	}
	out := []core.Value{{}}
	mark := Marking(rt)(func(q core.Value) { out = append(out, q) })
	p.Mark = func(q core.Value) (string, bool) {
		if q == v { // its own method may be what asks
			return "", false
		}
		return mark(q)
	}
	text := core.MakeString(p.Type(v))
	if len(out) == 1 {
		return text, nil
	}
	out[0] = text
	return makeTuple(out...), nil
}

// Marking finds all that programs have their own way to show.
func Marking(rt *core.Runtime) core.Marking {
	shows := typeShows(rt)
	return func(found func(core.Value)) func(core.Value) (string, bool) {
		return func(q core.Value) (string, bool) {
			switch core.TypeOf(q) {
			case core.DataTypeType, core.UnionAllType:
				if !shownByMethod(shows, q) {
					return "", false
				}
			case core.TypeVarType, core.VarargType, core.UnionType, core.BottomType:
				return "", false
			default:
				if core.KnowsParam(q) {
					return "", false
				}
			}
			found(q)
			return "\x00", true
		}
	}
}

// typeShows returns the signatures of the methods of show that programs have for types.
func typeShows(rt *core.Runtime) []core.Value {
	b := rt.Base.Own(core.Sym("show"))
	if b == nil || b.Value.P == nil {
		return nil
	}
	var sigs []core.Value
	for _, m := range rt.Table(core.TypeOf(b.Value).Name).Methods {
		if m.To < core.Forever || m.Module == rt.Base || m.Module == rt.Core || len(m.SigTup.Params) != 3 {
			continue
		}
		if d, ok := core.IsDataType(core.Unwrap(m.SigTup.Params[2])); ok && d.Name == core.TypeTypeName {
			sigs = append(sigs, m.Sig)
		}
	}
	return sigs
}

func shownByMethod(sigs []core.Value, t core.Value) bool {
	if len(sigs) == 0 || core.HasFree(t) {
		return false
	}
	for _, sig := range sigs {
		d := sig
		for core.TypeOf(d) == core.UnionAllType {
			d = core.As[core.UnionAll](d).Body
		}
		tup, _ := core.IsDataType(d)
		of, err := core.ApplyType(core.TypeTypeName.Wrapper, []core.Value{t})
		if err == nil && core.Subtype(core.TupleOf(tup.Params[0], tup.Params[1], of).Value(), sig) {
			return true
		}
	}
	return false
}
