package prim

// This file: tuples and named tuples.

import (
	"weft/runtime/core"
	"weft/runtime/task"
)

var tupleTable = []entry{
	{"named_pairs", 2, 2, "named_pairs(Pairs, t): the Pairs of a named tuple whose fields have one type; else nothing", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if err := namedTupleArgs("pairs", a[1:]); err != nil {
			return core.Value{}, err
		}
		el := core.Bottom
		for i, f := range tupleParams(core.TypeOf(a[1]).Params[1]) {
			if i > 0 && f != el {
				return core.Nothing(), nil
			}
			el = f
		}
		t, err := core.ApplyType(a[0], []core.Value{core.SymbolType.Value(), el, core.TypeOf(core.Nothing()).Value(), core.TypeOf(a[1]).Value()})
		if err != nil {
			return core.Value{}, err
		}
		return core.NewStruct(core.As[core.DataType](t), a[1], core.Nothing()), nil
	}},
	{"named_tuple", 1, -1, "named_tuple(names, values...)", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return namedTuple(a[0], a[1:])
	}},
	{"named_tuple_as", 2, 2, "named_tuple_as(T, t): the NamedTuple of type T with the values of a tuple, which have its types", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := typeArg("NamedTuple", a[0])
		if err != nil {
			return core.Value{}, err
		}
		return makeNamedTuple(t, tupleFields(a[1])), nil
	}},
	{"kw_known", 2, 2, "whether all keys of a NamedTuple are among the names", func(_ *task.Task, a []core.Value) (core.Value, error) {
		names := tupleFields(a[1])
		for _, k := range keysOf(a[0]) {
			if !hasValue(names, k) {
				return core.MakeBool(false), nil
			}
		}
		return core.MakeBool(true), nil
	}},
	{"kw_rest", 2, 2, "a NamedTuple without the names", func(_ *task.Task, a []core.Value) (core.Value, error) {
		names := tupleFields(a[1])
		var ks, vs []core.Value
		for i, k := range keysOf(a[0]) {
			if !hasValue(names, k) {
				ks = append(ks, k)
				vs = append(vs, a[0].Field(i))
			}
		}
		return namedTuple(makeTuple(ks...), vs)
	}},
	{"namedtuple_values", 1, 1, "the values of a NamedTuple as a tuple", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if err := namedTupleArgs("values", a); err != nil {
			return core.Value{}, err
		}
		return makeTuple(a[0].Fields(fieldCount(a[0]))...), nil
	}},
	{"namedtuple_merge", 2, 2, "two NamedTuples; the second wins", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if err := namedTupleArgs("merge", a); err != nil {
			return core.Value{}, err
		}
		ks := append([]core.Value(nil), keysOf(a[0])...)
		vs := append([]core.Value(nil), a[0].Fields(fieldCount(a[0]))...)
		ts := append([]core.Value(nil), typesIn(a[0])...)
		types := typesIn(a[1])
	next:
		for i, k := range keysOf(a[1]) {
			for j := range ks {
				if ks[j] == k {
					vs[j], ts[j] = a[1].Field(i), types[i]
					continue next
				}
			}
			ks, vs, ts = append(ks, k), append(vs, a[1].Field(i)), append(ts, types[i])
		}
		return makeNamedTuple(core.NamedTupleName.Apply([]core.Value{makeTuple(ks...), core.TupleOf(ts...).Value()}), vs), nil
	}},
	{"tuple_part", 3, 3, "elements i to j of a tuple", func(_ *task.Task, a []core.Value) (core.Value, error) {
		fs := tupleFields(a[0])
		i, j := int(a[1].N), int(a[2].N)
		if j < i {
			return makeTuple(), nil
		}
		if i < 1 || j > len(fs) {
			return core.Value{}, core.Err("BoundsError", a[0], makeRange(a[1], a[2]))
		}
		return makeTuple(fs[i-1 : j]...), nil
	}},
	{"tuple_join", 0, -1, "tuples joined", func(_ *task.Task, a []core.Value) (core.Value, error) {
		var vs []core.Value
		for _, t := range a {
			vs = append(vs, tupleFields(t)...)
		}
		return makeTuple(vs...), nil
	}},
	{"tuple_replace", 3, 3, "tuple_replace(t, x, i): t with x as element i", func(_ *task.Task, a []core.Value) (core.Value, error) {
		fs := append([]core.Value(nil), tupleFields(a[0])...)
		i := int(a[2].N)
		if i < 1 || i > len(fs) {
			return core.Value{}, core.Err("BoundsError", a[0], a[2])
		}
		fs[i-1] = a[1]
		return makeTuple(fs...), nil
	}},
}

func tupleFields(v core.Value) []core.Value {
	t := core.TypeOf(v)
	if t.Kind != core.KindObject || t.Has(core.FlagMutable) {
		return nil
	}
	return v.Fields(core.NFields(v))
}

// namedTupleArgs checks arguments that have to be named tuples.
func namedTupleArgs(name string, vs []core.Value) error {
	for _, v := range vs {
		if core.TypeOf(v).Name != core.NamedTupleName {
			return core.TypeErr(name, "", core.NamedTupleName.Wrapper, v)
		}
	}
	return nil
}

func keysOf(nt core.Value) []core.Value {
	t := core.TypeOf(nt)
	if t.Name != core.NamedTupleName {
		return nil
	}
	return tupleFields(t.Params[0])
}

func hasValue(vs []core.Value, v core.Value) bool {
	for _, x := range vs {
		if x == v {
			return true
		}
	}
	return false
}

func namedTuple(names core.Value, vals []core.Value) (core.Value, error) {
	ks := tupleFields(names)
	if len(ks) != len(vals) {
		return core.Value{}, core.ArgErrorf("Wrong number of arguments to named tuple constructor.")
	}
	ts := make([]core.Value, len(vals))
	for i, v := range vals {
		ts[i] = core.TypeOf(v).Value()
		if !ks[i].Is(core.SymbolType) {
			return core.Value{}, core.TypeErr("NamedTuple", "names", core.SymbolType.Value(), ks[i])
		}
		if hasValue(ks[:i], ks[i]) {
			return core.Value{}, core.Errorf("duplicate field name in NamedTuple: %q is not unique", core.As[core.Symbol](ks[i]).Name)
		}
	}
	return makeNamedTuple(core.NamedTupleName.Apply([]core.Value{names, core.TupleOf(ts...).Value()}), vals), nil
}

// makeNamedTuple makes a NamedTuple of type t.
func makeNamedTuple(t *core.DataType, vals []core.Value) core.Value {
	if t.Kind == core.KindSingleton {
		return t.Instance
	}
	return core.NewStruct(t, vals...)
}

// typesIn lists the declared types of the fields of a NamedTuple.
func typesIn(nt core.Value) []core.Value {
	if tt, ok := core.IsDataType(core.TypeOf(nt).Params[1]); ok {
		return tt.Params
	}
	return nil
}
