package core

// Filters: cheap conditions on arguments that rule most methods out.

import "unsafe"

// argFilter is a cheap necessary condition on one argument's type.
type argFilter struct {
	kind       filterKind
	exhaustive bool // passing it is also sufficient
	t          *DataType
	name       *TypeName
	params     []paramFilter // of the supertype called name
}

// paramFilter is a necessary condition on one parameter: to be the type is, or
// to be below a type called name.
type paramFilter struct {
	i    int
	is   *DataType
	name *TypeName
}

type filterKind uint8

const (
	filterOther    filterKind = iota // anything may match
	filterExact                      // the type is t
	filterName                       // name is among the type's supertypes
	filterTypeIs                     // the argument is the type t
	filterTypeName                   // the argument is a type; name is among its supertypes
)

func makeFilter(p Value) argFilter {
	switch TypeOf(p) {
	case TypeVarType:
		f := makeFilter((*TypeVar)(p.P).Upper)
		f.exhaustive = false
		return f
	case UnionAllType:
		whole := false
		if d, ok := IsDataType(unwrap(p)); ok {
			whole = d.Name.Wrapper.P == p.P && d.Name != TypeTypeName
		}
		f := makeFilter(unwrap(p))
		f.exhaustive = whole && f.kind == filterName
		return f
	case DataTypeType:
		d := (*DataType)(p.P)
		if d == Any {
			return argFilter{exhaustive: true, kind: filterName, name: Any.Name}
		}
		if d.Name == TypeTypeName {
			q := d.Params[0]
			if e, ok := IsDataType(q); ok && !e.Has(FlagHasFree) && simpleParams(e) {
				return argFilter{kind: filterTypeIs, t: e, exhaustive: true}
			}
			if TypeOf(q) == TypeVarType {
				if e, ok := IsDataType(unwrap((*TypeVar)(q.P).Upper)); ok && e.Name != TypeTypeName {
					return argFilter{kind: filterTypeName, name: e.Name}
				}
			} else if e, ok := IsDataType(unwrap(q)); ok {
				return argFilter{kind: filterTypeName, name: e.Name}
			}
			return argFilter{kind: filterName, name: TypeTypeName}
		}
		if d.Has(FlagConcrete) && simpleParams(d) && d.Name != TupleName {
			return argFilter{kind: filterExact, t: d, exhaustive: true}
		}
		f := argFilter{kind: filterName, name: d.Name, exhaustive: len(d.Params) == 0 && d.Name != TupleName}
		if d.Name != TupleName {
			f.params = paramFilters(d)
		}
		return f
	}
	return argFilter{}
}

func paramFilters(d *DataType) (out []paramFilter) {
	for i, p := range d.Params {
		if e, ok := IsDataType(p); ok && e.Name != TypeTypeName && !e.Has(FlagHasFree) && simpleParams(e) && e.Name != TupleName {
			out = append(out, paramFilter{i: i, is: e})
		} else if v, ok := asVar(p); ok {
			if e, ok := IsDataType(unwrap(v.Upper)); ok && e != Any && e.Name != TypeTypeName {
				out = append(out, paramFilter{i: i, name: e.Name})
			}
		}
	}
	return out
}

// pass reports whether the parameter p may fit.
func (f *paramFilter) pass(p Value) bool {
	d, ok := IsDataType(p)
	if !ok || d.Name == TypeTypeName {
		return true
	}
	if f.is != nil {
		return d == f.is || d.Name == f.is.Name && !simpleParams(d)
	}
	return belowName(d, f.name)
}

// simpleParams reports whether t can be compared by identity.
func simpleParams(t *DataType) bool {
	for _, p := range t.Params {
		if d, ok := IsDataType(p); ok {
			if !simpleParams(d) {
				return false
			}
		} else if IsType(p) && p != Bottom || TypeOf(p) == VarargType {
			return false
		}
	}
	return true
}

func (f *argFilter) pass(t *DataType, exact Value) bool {
	switch f.kind {
	case filterExact:
		return t == f.t
	case filterName:
		for ; ; t = t.Super {
			if t.Name == f.name {
				for i := range f.params {
					if f.params[i].i < len(t.Params) && !f.params[i].pass(t.Params[f.params[i].i]) {
						return false
					}
				}
				return true
			}
			if t == Any {
				return false
			}
		}
	case filterTypeIs:
		return exact.P == unsafe.Pointer(f.t) || exact.P != nil && TypeOf(exact) != DataTypeType
	case filterTypeName:
		if exact.P == nil {
			return false
		}
		d, ok := IsDataType(unwrap(exact))
		if !ok {
			return true
		}
		for ; ; d = d.Super {
			if d.Name == f.name || d.Name == TypeTypeName {
				return true
			}
			if d == Any {
				return false
			}
		}
	}
	return true
}
