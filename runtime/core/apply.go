package core

import "unsafe"

// Apply returns the interned instance of the type with the given parameters.
// It checks only their number (see Instantiate for bounds).
func (n *TypeName) Apply(params []Value) *DataType {
	h := hashParams(n, params)
	n.mu.Lock()
	for _, t := range n.cache[h] {
		if sameParams(t.Params, params) {
			n.mu.Unlock()
			return t
		}
	}
	n.mu.Unlock()
	t := &DataType{Type: DataTypeType, Name: n, Params: append([]Value(nil), params...), Hash: h, ID: nextTypeID.Add(1)}
	t.Tag = t
	n.fill(t)
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, u := range n.cache[h] {
		if sameParams(u.Params, params) {
			return u
		}
	}
	if n.cache == nil {
		n.cache = map[uint64][]*DataType{}
	}
	n.cache[h] = append(n.cache[h], t)
	return t
}

// HasFree reports whether type or parameter v contains a free TypeVar.
func HasFree(v Value) bool { return hasFree(v, nil) }

func hasFree(v Value, bound []*TypeVar) bool {
	if v.P == nil {
		return false
	}
	switch TypeOf(v) {
	case TypeVarType:
		for _, b := range bound {
			if unsafe.Pointer(b) == v.P {
				return false
			}
		}
		return true
	case DataTypeType:
		t := (*DataType)(v.P)
		if !t.Has(FlagHasFree) {
			return false
		}
		for _, p := range t.Params {
			if hasFree(p, bound) {
				return true
			}
		}
		return false
	case UnionAllType:
		u := (*UnionAll)(v.P)
		return hasFree(u.Var.Lower, bound) || hasFree(u.Var.Upper, bound) || hasFree(u.Body, append(bound, u.Var))
	case UnionType:
		u := (*Union)(v.P)
		return hasFree(u.A, bound) || hasFree(u.B, bound)
	case VarargType:
		a := (*Vararg)(v.P)
		return hasFree(a.T, bound) || hasFree(a.N, bound)
	}
	return false
}

// Subst replaces vars by vals in the type v.
func Subst(v Value, vars []*TypeVar, vals []Value) Value {
	if v.P == nil {
		return v
	}
	switch TypeOf(v) {
	case TypeVarType:
		for i, b := range vars {
			if unsafe.Pointer(b) == v.P {
				return vals[i]
			}
		}
	case DataTypeType:
		t := (*DataType)(v.P)
		if !t.Has(FlagHasFree) {
			return v
		}
		ps := make([]Value, len(t.Params))
		changed := false
		for i, p := range t.Params {
			ps[i] = Subst(p, vars, vals)
			changed = changed || ps[i] != p
		}
		if !changed {
			return v
		}
		if t.Name == TupleName {
			return tupleOf(ps).Value()
		}
		return t.Name.Apply(ps).Value()
	case UnionAllType:
		u := (*UnionAll)(v.P)
		lo, up := Subst(u.Var.Lower, vars, vals), Subst(u.Var.Upper, vars, vals)
		nv := u.Var
		body := u.Body
		if lo != u.Var.Lower || up != u.Var.Upper {
			nv = &TypeVar{TypeVarType, u.Var.Name, lo, up}
			body = Subst(body, []*TypeVar{u.Var}, []Value{nv.Value()})
		}
		body = Subst(body, vars, vals)
		if nv == u.Var && body == u.Body {
			return v
		}
		return ToValue(&UnionAll{UnionAllType, nv, body})
	case UnionType:
		u := (*Union)(v.P)
		return MakeUnion(Subst(u.A, vars, vals), Subst(u.B, vars, vals))
	case VarargType:
		a := (*Vararg)(v.P)
		return ToValue(&Vararg{VarargType, Subst(a.T, vars, vals), Subst(a.N, vars, vals)})
	}
	return v
}

// tupleOf makes a Tuple type, expanding a trailing Vararg whose count is known.
func tupleOf(ps []Value) *DataType {
	if n := len(ps); n > 0 && TypeOf(ps[n-1]) == VarargType {
		a := (*Vararg)(ps[n-1].P)
		if a.N.P != nil && TypeOf(a.N) == Int64 && a.N.Int64() >= 0 {
			out := append([]Value(nil), ps[:n-1]...)
			for range int(a.N.Int64()) {
				out = append(out, a.T)
			}
			ps = out
		}
	}
	return TupleName.Apply(ps)
}

// TupleOf returns Tuple{ps...}.
func TupleOf(ps ...Value) *DataType { return tupleOf(ps) }

// VectorOf returns Vector{el}.
func VectorOf(el Value) *DataType { return ArrayName.Apply([]Value{el, Int(1)}) }

func hashParams(n *TypeName, ps []Value) uint64 {
	h := n.Name.Hash * 0x9e3779b97f4a7c15
	for _, p := range ps {
		h = (h ^ hashParam(p)) * 0x100000001b3
		h ^= h >> 29
	}
	return h
}

func hashParam(p Value) uint64 {
	if p.P == nil {
		return 1
	}
	switch TypeOf(p) {
	case DataTypeType:
		return (*DataType)(p.P).Hash
	case VarargType:
		a := (*Vararg)(p.P)
		return hashParam(a.T)*31 + hashParam(a.N) + 7
	case UnionAllType:
		return 11 // equal up to renaming: told apart by sameParam
	case UnionType:
		return 13
	case TypeVarType:
		return uint64(uintptr(p.P))
	case SymbolType:
		return (*Symbol)(p.P).Hash
	}
	if t := TypeOf(p); t.Has(FlagTuple) {
		h := uint64(17)
		for _, f := range p.Fields(len(t.Params)) {
			h = h*31 + hashParam(f)
		}
		return h
	}
	return p.N + TypeOf(p).Hash
}

func sameParams(a, b []Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !sameParam(a[i], b[i]) {
			return false
		}
	}
	return true
}

// sameParam is identity of type parameters, structural where values are not
// interned.
func sameParam(a, b Value) bool {
	if a == b {
		return true
	}
	if a.P == nil || b.P == nil || TypeOf(a) != TypeOf(b) {
		return false
	}
	switch TypeOf(a) {
	case VarargType:
		x, y := (*Vararg)(a.P), (*Vararg)(b.P)
		return sameParam(x.T, y.T) && sameParam(x.N, y.N)
	case UnionType:
		return sameUnion(a, b)
	case UnionAllType:
		x, y := (*UnionAll)(a.P), (*UnionAll)(b.P)
		if !sameParam(x.Var.Lower, y.Var.Lower) || !sameParam(x.Var.Upper, y.Var.Upper) {
			return false
		}
		return sameParam(x.Body, Subst(y.Body, []*TypeVar{y.Var}, []Value{x.Var.Value()}))
	case DataTypeType, TypeVarType, SymbolType:
		return false
	case Int128, UInt128:
		x, y := (*Int128Box)(a.P), (*Int128Box)(b.P)
		return x.Lo == y.Lo && x.Hi == y.Hi
	}
	if t := TypeOf(a); t.Has(FlagTuple) || t.Kind == KindObject && !t.Has(FlagMutable) {
		n := len(t.FieldTypes)
		return sameParams(a.Fields(n), b.Fields(n))
	}
	return false
}

// sameUnion compares two unions as sets.
func sameUnion(a, b Value) bool {
	x, y := UnionMembers(a), UnionMembers(b)
	if len(x) != len(y) {
		return false
	}
	for _, p := range x {
		found := false
		for _, q := range y {
			found = found || sameParam(p, q)
		}
		if !found {
			return false
		}
	}
	return true
}

// UnionMembers lists the members of a union (or the one type that v is).
func UnionMembers(v Value) []Value {
	var out []Value
	for TypeOf(v) == UnionType {
		u := (*Union)(v.P)
		out = append(out, UnionMembers(u.A)...)
		v = u.B
	}
	if v == Bottom {
		return out
	}
	return append(out, v)
}

// MakeUnion returns the union of types, without duplicates; subtypes of other
// members are removed by the caller that needs it (see NewUnion).
func MakeUnion(ts ...Value) Value {
	var ms []Value
	for _, t := range ts {
	next:
		for _, m := range UnionMembers(t) {
			for _, o := range ms {
				if sameParam(o, m) {
					continue next
				}
			}
			ms = append(ms, m)
		}
	}
	if len(ms) == 0 {
		return Bottom
	}
	u := ms[len(ms)-1]
	for i := len(ms) - 2; i >= 0; i-- {
		u = ToValue(&Union{UnionType, ms[i], u})
	}
	return u
}
