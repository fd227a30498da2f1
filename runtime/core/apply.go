package core

import (
	"cmp"
	"slices"
	"unsafe"
)

// Apply returns the interned instance of the type with the given parameters.
// It checks only their number (see Instantiate for bounds).
func (n *TypeName) Apply(params []Value) *DataType {
	h := hashParams(n, params)
	if n.Primary != nil && !n.Partial && anyFree(params) {
		// Open types come and go by the thousand in searches, and nobody holds one
		// against another by its address.
		if sameValues(params, n.Primary.Params) {
			return n.Primary
		}
		return n.instance(params, h)
	}
	n.mu.Lock()
	known := n.cache[h]
	n.mu.Unlock()
	// A bucket only grows: what was seen of it stays as it is.
	if t := findParams(known, params); t != nil {
		return t
	}
	t := n.instance(params, h)
	for seen := len(known); ; {
		n.mu.Lock()
		known = n.cache[h]
		if len(known) == seen {
			if n.cache == nil {
				n.cache = map[uint64][]*DataType{}
			}
			n.cache[h] = append(known, t)
			n.mu.Unlock()
			return t
		}
		n.mu.Unlock()
		if u := findParams(known[seen:], params); u != nil {
			return u
		}
		seen = len(known)
	}
}

// instance makes a new instance.
// Instances lists the types that have been made of n so far.
func (n *TypeName) Instances() []Value {
	n.mu.Lock()
	defer n.mu.Unlock()
	var out []*DataType
	for _, ts := range n.cache {
		for _, t := range ts {
			if t != n.Primary && !t.Has(FlagHasFree) {
				out = append(out, t)
			}
		}
	}
	slices.SortFunc(out, func(a, b *DataType) int { return cmp.Compare(a.ID, b.ID) })
	vs := make([]Value, len(out))
	for i, t := range out {
		vs[i] = t.Value()
	}
	return vs
}

func (n *TypeName) instance(params []Value, h uint64) *DataType {
	t := &DataType{Type: DataTypeType, Name: n, Params: append([]Value(nil), params...), Hash: h, ID: nextTypeID.Add(1)}
	t.Tag = t
	n.fill(t)
	return t
}

func anyFree(params []Value) bool {
	for _, p := range params {
		if HasFree(p) {
			return true
		}
	}
	return false
}

func sameValues(a, b []Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func findParams(ts []*DataType, params []Value) *DataType {
	for _, t := range ts {
		if sameParams(t.Params, params) {
			return t
		}
	}
	return nil
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
		if i := slices.Index(vars, u.Var); i >= 0 { // u's own, another one than that outside
			vars, vals = slices.Delete(slices.Clone(vars), i, i+1), slices.Delete(slices.Clone(vals), i, i+1)
		}
		if lo != u.Var.Lower || up != u.Var.Upper {
			nv = &TypeVar{TypeVarType, u.Var.Name, lo, up}
			body = Subst(body, []*TypeVar{u.Var}, []Value{nv.Value()})
		}
		body = Subst(body, vars, vals)
		if nv == u.Var && body == u.Body {
			return v
		}
		if !occursFree(body, nv) {
			return body
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
		if a.N.P == nil && a.T == Bottom { // of which there is none
			ps = ps[: n-1 : n-1]
		} else if a.N.P != nil && TypeOf(a.N) == Int64 && a.N.Int64() >= 0 {
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
	case UnionAllType, UnionType:
		return hashOpen(p, nil)
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

// boundVar is a variable bound around what is hashed.
type boundVar struct {
	v    *TypeVar
	prev *boundVar
}

// hashOpen hashes a type such that the names of its bound variables and the
// order of a union's members do not count.
func hashOpen(p Value, env *boundVar) uint64 {
	if p.P == nil {
		return 1
	}
	switch TypeOf(p) {
	case UnionAllType:
		u := (*UnionAll)(p.P)
		return hashOpen(u.Var.Upper, env)*3 + hashOpen(u.Var.Lower, env)*5 + hashOpen(u.Body, &boundVar{u.Var, env})*7 + 11
	case UnionType:
		h := uint64(13)
		for _, m := range UnionMembers(p) {
			h += hashOpen(m, env) * 0x9e3779b97f4a7c15
		}
		return h
	case TypeVarType:
		i := uint64(1)
		for e := env; e != nil; e = e.prev {
			if unsafe.Pointer(e.v) == p.P {
				return i * 0x100000001b3
			}
			i++
		}
	case VarargType:
		a := (*Vararg)(p.P)
		return hashOpen(a.T, env)*31 + hashOpen(a.N, env) + 7
	case DataTypeType:
		d := (*DataType)(p.P)
		if !d.Has(FlagHasFree) {
			return d.Hash
		}
		h := d.Name.Name.Hash
		for _, q := range d.Params {
			h = (h ^ hashOpen(q, env)) * 0x100000001b3
			h ^= h >> 29
		}
		return h
	}
	return hashParam(p)
}

func sameParams(a, b []Value) bool { return samePairs(a, b, nil) }

// sameParam is identity of type parameters, structural where values are not
// interned.
func sameParam(a, b Value) bool { return samePair(a, b, nil) }

// varPair says that two bound variables correspond.
type varPair struct {
	a, b *TypeVar
	prev *varPair
}

func samePairs(a, b []Value, env *varPair) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !samePair(a[i], b[i], env) {
			return false
		}
	}
	return true
}

func samePair(a, b Value, env *varPair) bool {
	if a == b && env == nil {
		return true
	}
	if a.P == nil || b.P == nil || TypeOf(a) != TypeOf(b) {
		return a == b
	}
	switch TypeOf(a) {
	case VarargType:
		x, y := (*Vararg)(a.P), (*Vararg)(b.P)
		return samePair(x.T, y.T, env) && samePair(x.N, y.N, env)
	case UnionType:
		return sameUnion(a, b, env)
	case UnionAllType:
		x, y := (*UnionAll)(a.P), (*UnionAll)(b.P)
		return samePair(x.Var.Lower, y.Var.Lower, env) && samePair(x.Var.Upper, y.Var.Upper, env) &&
			samePair(x.Body, y.Body, &varPair{x.Var, y.Var, env})
	case TypeVarType:
		x, y := (*TypeVar)(a.P), (*TypeVar)(b.P)
		for ; env != nil; env = env.prev {
			if env.a == x || env.b == y {
				return env.a == x && env.b == y
			}
		}
		return x == y
	case DataTypeType:
		x, y := (*DataType)(a.P), (*DataType)(b.P)
		if x == y && env == nil || x.Name != y.Name || x.Flags&y.Flags&FlagHasFree == 0 {
			return x == y
		}
		return samePairs(x.Params, y.Params, env)
	case SymbolType:
		return a == b
	case Int128, UInt128:
		x, y := (*Int128Box)(a.P), (*Int128Box)(b.P)
		return x.Lo == y.Lo && x.Hi == y.Hi
	}
	if t := TypeOf(a); t.Kind == KindObject && !t.Has(FlagMutable) {
		n := NFields(a)
		return samePairs(a.Fields(n), b.Fields(n), nil)
	}
	return a == b
}

// sameUnion compares two unions as sets.
func sameUnion(a, b Value, env *varPair) bool {
	x, y := UnionMembers(a), UnionMembers(b)
	if len(x) != len(y) {
		return false
	}
	for _, p := range x {
		found := false
		for _, q := range y {
			found = found || samePair(p, q, env)
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
