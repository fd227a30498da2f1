package core

// Subtyping: the relation A <: B for all of Julia's types, by a search over
// the choices that unions offer and bounds on the variables of UnionAlls.

import "unsafe"

// Subtype reports whether a <: b.
func Subtype(a, b Value) bool {
	if a == b || b.P == unsafe.Pointer(Any) || a == Bottom {
		return true
	}
	if r, known := quickSubtype(a, b); known {
		return r
	}
	s := solver{}
	return s.forallExists(a, b, 0)
}

// TypeEqual reports whether a and b are the same type, written the same way or
// not.
func TypeEqual(a, b Value) bool {
	if a == b || sameParam(a, b) {
		return true
	}
	if !IsType(a) || !IsType(b) {
		return false
	}
	if x, ok := IsDataType(a); ok && x.Has(FlagConcrete) && TypeOf(b) == DataTypeType &&
		(*DataType)(b.P).Has(FlagConcrete) && !x.Has(FlagTuple) {
		return sameNameEqual(x, (*DataType)(b.P))
	}
	return Subtype(a, b) && Subtype(b, a)
}

// sameNameEqual compares two concrete types that are not the same pointer.
func sameNameEqual(x, y *DataType) bool {
	if x.Name != y.Name || len(x.Params) != len(y.Params) {
		return false
	}
	for i := range x.Params {
		if !TypeEqual(x.Params[i], y.Params[i]) {
			return false
		}
	}
	return true
}

// quickSubtype decides the common cases without a search.
func quickSubtype(a, b Value) (result, known bool) {
	x, ok := IsDataType(a)
	if !ok {
		return false, false
	}
	y, ok := IsDataType(b)
	if !ok {
		if b == Bottom {
			return false, true
		}
		if TypeOf(b) == UnionAllType && !x.Has(FlagHasFree) {
			return quickPattern(x, (*UnionAll)(b.P))
		}
		return false, false
	}
	if x.Name == TypeTypeName || y.Name == TypeTypeName || (x.Flags|y.Flags)&FlagHasFree != 0 {
		return false, false
	}
	for s := x; ; s = s.Super {
		if s == y {
			return true, true
		}
		if s.Name == y.Name {
			return false, len(s.Params) == 0 && !s.Has(FlagTuple)
		}
		if s == Any {
			return false, true
		}
	}
}

// quickPattern decides x <: u where each variable of u is a parameter by itself,
// as in Vector{T} where T<:Real.
func quickPattern(x *DataType, u *UnionAll) (result, known bool) {
	y, ok := IsDataType(unwrap(u.Body))
	if !ok || y.Name == TypeTypeName || x.Name == TypeTypeName || isKind(x) || y.Name == TupleName {
		return false, false
	}
	for x.Name != y.Name {
		if x == Any {
			return false, true
		}
		x = x.Super
	}
	if u == (*UnionAll)(y.Name.Wrapper.P) { // of any parameters
		return true, true
	}
	if len(x.Params) != len(y.Params) {
		return false, false
	}
	for i, q := range y.Params {
		if TypeOf(q) != TypeVarType {
			if d, ok := IsDataType(q); ok && d.Has(FlagHasFree) || TypeOf(q) == UnionAllType || TypeOf(q) == UnionType {
				return false, false
			}
			continue
		}
		v := (*TypeVar)(q.P)
		for _, o := range y.Params[i+1:] {
			if occursFree(o, v) {
				return false, false
			}
		}
		if !closed(v.Upper) {
			return false, false
		}
		if v.Lower != Bottom {
			return false, false
		}
	}
	for i, q := range y.Params {
		p := x.Params[i]
		if TypeOf(q) != TypeVarType {
			if !TypeEqual(p, q) {
				return false, true
			}
		} else if up := (*TypeVar)(q.P).Upper; up.P != unsafe.Pointer(Any) && (!IsType(p) || !Subtype(p, up)) {
			return false, true
		}
	}
	return true, true
}

// closed reports whether t is a type of which it is easily seen that no variable of
// another one occurs in it.
func closed(t Value) bool {
	if d, ok := IsDataType(t); ok {
		return !d.Has(FlagHasFree)
	}
	if TypeOf(t) != UnionAllType {
		return false
	}
	d, ok := IsDataType(unwrap(t))
	return ok && d.Name.Wrapper.P == t.P
}

// Isa reports whether v is an instance of type t.
func Isa(v, t Value) bool {
	vt := TypeOf(v)
	if t.P == unsafe.Pointer(vt) || t.P == unsafe.Pointer(Any) {
		return true
	}
	if isKind(vt) {
		return Subtype(TypeTypeName.Apply([]Value{v}).Value(), t)
	}
	switch TypeOf(t) {
	case DataTypeType:
		d := (*DataType)(t.P)
		if d.Name == TypeTypeName {
			return false
		}
		if d.Has(FlagTuple) {
			return vt.Has(FlagTuple) && tupleIsa(vt, d)
		}
		if d.Has(FlagConcrete) && !d.Name.parametric() {
			return false
		}
		return Subtype(vt.Value(), t)
	case UnionType:
		u := (*Union)(t.P)
		return Isa(v, u.A) || Isa(v, u.B)
	case UnionAllType:
		return Subtype(vt.Value(), t)
	}
	return false
}

func (n *TypeName) parametric() bool { return len(n.Vars) > 0 }

// tupleIsa decides vt <: t for the type of a tuple, element by element.
func tupleIsa(vt, t *DataType) bool {
	fixed, va := splitTuple(t)
	if len(vt.Params) < len(fixed) || va == nil && len(vt.Params) > len(fixed) {
		return false
	}
	if t.Has(FlagHasFree) || va != nil && va.N.P != nil {
		return Subtype(vt.Value(), t.Value())
	}
	for i, e := range vt.Params {
		if !Subtype(e, elemAt(fixed, va, i)) {
			return false
		}
	}
	return true
}
