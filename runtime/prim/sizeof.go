package prim

// The sizes of values and types in bytes.

import (
	"slices"

	"weft/runtime/core"
	"weft/runtime/task"
)

// sizeOf is sizeof of a value or a type.
func sizeOf(_ *task.Task, a []core.Value) (core.Value, error) {
	v := a[0]
	t := core.TypeOf(v)
	switch t.Kind {
	case core.KindString:
		return core.Int(int64(len(v.Str()))), nil
	case core.KindSymbol:
		return core.Int(int64(len(core.As[core.Symbol](v).Name))), nil
	case core.KindArray:
		x := core.As[core.Array](v)
		n := x.Kind.Bytes()
		if x.Kind == core.ElemAny {
			n = 8
			if d, ok := core.IsDataType(x.ElemType()); ok && d.IsBits() {
				if l, ok := core.LayoutOf(d); ok {
					n = int(l.Size)
				}
			}
		}
		return core.Int(int64(n * x.Len)), nil
	}
	if d, ok := core.IsDataType(v); ok {
		t = d
		if t.Name.Abstract || t.Has(core.FlagHasFree) || t.Has(core.FlagTuple) && !t.Has(core.FlagConcrete) || t == core.SimpleVectorType {
			return core.Value{}, core.Errorf("Abstract type %s does not have a definite size.", t.Name.Name.Name)
		}
		switch t.Kind {
		case core.KindString, core.KindArray, core.KindSymbol:
			return core.Value{}, core.Errorf("Type %s does not have a definite size.", t.Name.Name.Name)
		}
	} else if core.IsType(v) {
		return sizeOfIncomplete(v)
	}
	if l, ok := core.LayoutOf(t); ok {
		return core.Int(int64(l.Size)), nil
	}
	return core.Int(int64(t.Size)), nil
}

// sizeOfIncomplete is sizeof of a union, or of a type with parameters that are not given.
func sizeOfIncomplete(t core.Value) (core.Value, error) {
	if core.TypeOf(t) == core.UnionType {
		u := core.As[core.Union](t)
		size := int64(0)
		for _, part := range []core.Value{u.A, u.B} {
			if d, ok := core.IsDataType(part); ok && !d.IsBits() || !ok && core.TypeOf(part) != core.UnionType {
				return core.Value{}, core.Errorf("Argument is an abstract type and does not have a definite size.")
			}
			n, err := sizeOf(nil, []core.Value{part})
			if err != nil {
				return core.Value{}, err
			}
			size = max(size, n.Int64())
		}
		return core.Int(size), nil
	}
	for core.TypeOf(t) == core.UnionAllType {
		t = core.As[core.UnionAll](t).Body
	}
	d, ok := core.IsDataType(t)
	switch {
	case ok && d.Name.PrimBits > 0:
		return core.Int(int64(d.Name.PrimBits / 8)), nil
	case ok && d.Name.Abstract:
		return core.Value{}, core.Errorf("Abstract type %s does not have a definite size.", d.Name.Name.Name)
	case ok && !slices.ContainsFunc(d.Fields(), core.HasFree):
		if l, ok := core.LayoutOf(d); ok {
			return core.Int(int64(l.Size)), nil
		}
		fallthrough
	case ok:
		return core.Value{}, core.Errorf("Argument is an incomplete %s type and does not have a definite size.", d.Name.Name.Name)
	}
	return core.Value{}, core.Errorf("Argument is an abstract type and does not have a definite size.")
}
