package core

// Layout: field types of instances, and sizes, alignment and offsets of fields
// as Julia counts them.

import "unsafe"

// Fields returns the declared field types of t with its parameters in place,
// laying t out on first use.
func (t *DataType) Fields() []Value {
	if t.Flags&FlagLaidOut == 0 {
		n := t.Name
		if n.FieldDecl == nil {
			if !n.Partial {
				t.Flags |= FlagLaidOut
			}
			return nil
		}
		fs := make([]Value, len(n.FieldDecl))
		for i, f := range n.FieldDecl {
			fs[i] = Subst(f, n.Vars, t.Params)
		}
		t.FieldTypes = fs
		t.Flags |= FlagLaidOut
		t.flatten()
	}
	return t.FieldTypes
}

// flatten notes whether t is flat. Closures are not: their types may go.
func (t *DataType) flatten() {
	if t.Kind != KindObject || !t.Has(FlagConcrete) || t.Flags&(FlagMutable|FlagClosure|FlagFunction) != 0 || len(t.FieldTypes) == 0 {
		return
	}
	for _, f := range t.FieldTypes {
		if d, ok := IsDataType(f); !ok || d.Kind != KindBits || !d.Has(FlagConcrete) {
			return
		}
	}
	t.Flags |= FlagFlat
}

// maxNesting bounds how deep types are followed into the types of their fields.
const maxNesting = 64

// IsBits reports whether instances of t are plain data.
func (t *DataType) IsBits() bool { return t.isBits(0) }

func (t *DataType) isBits(depth int) bool {
	if t.Flags&(FlagBitsKnown|FlagIsBits) == 0 {
		if !t.Has(FlagConcrete) || t.Has(FlagMutable) || depth > maxNesting {
			return false
		}
		switch t.Kind {
		case KindObject:
			ok := true
			for _, f := range t.Fields() {
				if TypeOf(f) != DataTypeType || !bitsField(f, depth+1) {
					ok = false
					break
				}
			}
			if t.Flags&FlagLaidOut == 0 {
				return false // still being defined
			}
			if ok {
				t.Flags |= FlagIsBits
			}
		case KindSingleton:
			t.Flags |= FlagIsBits
		}
		t.Flags |= FlagBitsKnown
	}
	return t.Has(FlagIsBits | FlagConcrete)
}

// bitsField reports whether a field of type f holds plain data in place: an
// isbits type or a union of them. (A struct with such a union is no isbits type.)
func bitsField(f Value, depth int) bool {
	switch TypeOf(f) {
	case DataTypeType:
		return (*DataType)(f.P).isBits(depth)
	case UnionType:
		u := (*Union)(f.P)
		return bitsField(u.A, depth) && bitsField(u.B, depth)
	}
	return false
}

// Layout is how Julia lays out instances of a type in memory.
type Layout struct {
	Size    int
	Align   int
	Offsets []int
	Sizes   []int
	IsPtr   []bool // held by reference
}

// LayoutOf computes the layout of a concrete type; ok is false for types whose
// instances have no fixed size.
func LayoutOf(t *DataType) (l Layout, ok bool) { return layoutOf(t, 0) }

func layoutOf(t *DataType, depth int) (Layout, bool) {
	switch t.Kind {
	case KindBits, KindInt128:
		return Layout{Size: int(t.Size), Align: int(t.Align)}, true
	case KindSingleton:
		return Layout{Align: 1}, true
	case KindObject:
		if !t.Has(FlagConcrete) && !t.Has(FlagTuple) {
			return Layout{}, false
		}
	default:
		return Layout{Size: int(t.Size), Align: int(t.Align)}, t.Has(FlagConcrete) && t.Size > 0
	}
	fs := t.Fields()
	l := Layout{Align: 1}
	var size, align int
	var ptr bool
	for i, f := range fs {
		if TypeOf(f) == VarargType {
			return Layout{}, false
		}
		if i == 0 || f != fs[i-1] { // the fields of an NTuple are alike
			size, align, ptr = fieldLayout(f, depth)
			align = max(align, 1)
		}
		if r := l.Size % align; r != 0 {
			l.Size += align - r
		}
		l.Offsets = append(l.Offsets, l.Size)
		l.Sizes = append(l.Sizes, size)
		l.IsPtr = append(l.IsPtr, ptr)
		l.Size += size
		l.Align = max(l.Align, align)
	}
	if r := l.Size % l.Align; r != 0 {
		l.Size += l.Align - r
	}
	return l, true
}

// fieldLayout says how a field of type f is stored.
func fieldLayout(f Value, depth int) (size, align int, ptr bool) {
	if depth > maxNesting {
		return 8, 8, true
	}
	if TypeOf(f) == UnionType && bitsField(f, depth) {
		align = 1
		for _, m := range UnionMembers(f) {
			if l, ok := layoutOf((*DataType)(m.P), depth+1); ok {
				size, align = max(size, l.Size), max(align, l.Align)
			}
		}
		return size + 1, align, false
	}
	d, ok := IsDataType(f)
	if !ok || !d.Has(FlagConcrete) || d.Has(FlagMutable) || d.Name.Partial {
		return 8, 8, true
	}
	switch d.Kind {
	case KindBits, KindInt128, KindSingleton:
	case KindObject:
		if !d.isBits(depth) && holdsItself(d) {
			return 8, 8, true
		}
	default:
		return 8, 8, true
	}
	l, ok := layoutOf(d, depth+1)
	if !ok {
		return 8, 8, true
	}
	return l.Size, l.Align, false
}

// holdsItself reports whether an instance of t would have to contain another
// one in place.
func holdsItself(t *DataType) bool {
	var visit func(d *DataType, depth int) bool
	visit = func(d *DataType, depth int) bool {
		for _, f := range d.Fields() {
			e, ok := IsDataType(f)
			if !ok || e.Kind != KindObject || e.Has(FlagMutable) || !e.Has(FlagConcrete) {
				continue
			}
			if e == t || depth > maxNesting || visit(e, depth+1) {
				return true
			}
		}
		return false
	}
	return visit(t, 0)
}

// fill computes what follows from the name and the parameters of t.
func (n *TypeName) fill(t *DataType) {
	free := false
	for _, p := range t.Params {
		free = free || HasFree(p)
	}
	if n == TupleName {
		fillTuple(t, free)
		return
	}
	p := n.Primary
	t.Kind = p.Kind
	t.Flags = t.Flags&FlagLaidOut | p.Flags&^(FlagHasFree|FlagConcrete|FlagLaidOut|FlagBitsKnown|FlagFlat)
	if t.Kind == KindObject || t.Kind == KindSingleton {
		t.Flags &^= FlagIsBits
	}
	if free {
		t.Flags |= FlagHasFree
	} else if !n.Abstract {
		t.Flags |= FlagConcrete
	}
	if t.Kind == KindSingleton {
		t.Instance = Value{P: unsafe.Pointer(&t.Tag)}
	}
	t.Size, t.Align, t.ElemKind = p.Size, p.Align, p.ElemKind
	t.Super = p.Super
	if p.Super != nil && p.Super.Has(FlagHasFree) {
		t.Super = (*DataType)(Subst(p.Super.Value(), n.Vars, t.Params).P)
	}
	if n == NamedTupleName && !free {
		fillNamedTuple(t)
	}
}

func fillTuple(t *DataType, free bool) {
	t.Super, t.Kind, t.Flags = Any, KindObject, FlagTuple|FlagLaidOut
	t.FieldTypes = t.Params
	concrete := true
	for _, p := range t.Params {
		if TypeOf(p) == VarargType {
			t.Flags |= FlagVarargTup
			concrete = false
		} else if d, ok := IsDataType(p); !ok || !d.Has(FlagConcrete) {
			// Type{X} is not concrete: a tuple that holds types has DataType there.
			concrete = false
		}
	}
	if free {
		t.Flags |= FlagHasFree
	} else if concrete {
		t.Flags |= FlagConcrete
	}
	if len(t.Params) == 0 {
		t.Kind, t.Instance = KindSingleton, Value{P: unsafe.Pointer(&t.Tag)}
		t.Flags |= FlagIsBits
	}
	t.flatten()
}

// fillNamedTuple lays out NamedTuple{names,T} when both are known.
func fillNamedTuple(t *DataType) {
	tt, ok := IsDataType(t.Params[1])
	if !ok || !tt.Has(FlagTuple) {
		t.Flags &^= FlagConcrete
		return
	}
	t.FieldTypes = tt.Params
	t.Flags |= FlagLaidOut | FlagNamedTuple
	if !tt.Has(FlagConcrete) {
		t.Flags &^= FlagConcrete
	}
	if len(tt.Params) == 0 {
		t.Kind, t.Instance = KindSingleton, Value{P: unsafe.Pointer(&t.Tag)}
	} else {
		t.Kind = KindObject
	}
	t.flatten()
}
