package core

// Intersection of types: what two types have in common. Where the answer has no
// simple form it may be larger than it must be, but it is empty only if there is
// nothing in common.

import "unsafe"

// TypeIntersect returns a type that covers what a and b have in common, Union{}
// if that is nothing.
func TypeIntersect(a, b Value) Value {
	if disjoint(a, b, false) {
		return Bottom
	}
	if Subtype(a, b) {
		return a
	}
	if Subtype(b, a) {
		return b
	}
	if TypeOf(a) == UnionType {
		u := (*Union)(a.P)
		return NewUnion(TypeIntersect(u.A, b), TypeIntersect(u.B, b))
	}
	if TypeOf(b) == UnionType {
		u := (*Union)(b.P)
		return NewUnion(TypeIntersect(a, u.A), TypeIntersect(a, u.B))
	}
	m := meeter{}
	x, y := m.open(a), m.open(b)
	r, ok := m.meet(x, y)
	if !ok {
		return Bottom
	}
	return m.close(r)
}

// meetVar is a variable of one of the two sides.
type meetVar struct {
	v     *TypeVar
	lb    Value
	ub    Value
	fixed Value   // what it equals, if that is known
	exact bool    // stands for itself somewhere, not only for types below it
	elems []Value // what elements of its type have to be
}

// meeter holds the variables of an intersection.
type meeter struct {
	vars  []*meetVar
	depth int
}

func (m *meeter) open(t Value) Value {
	for TypeOf(t) == UnionAllType {
		u := renameVar((*UnionAll)(t.P))
		m.vars = append(m.vars, &meetVar{v: u.Var, lb: u.Var.Lower, ub: u.Var.Upper, exact: occursInvariant(u.Body, u.Var)})
		t = u.Body
	}
	return t
}

// occursInvariant reports whether v occurs as a parameter, or in a bound, rather
// than only as an element of tuples.
func occursInvariant(t Value, v *TypeVar) bool {
	switch TypeOf(t) {
	case DataTypeType:
		d := (*DataType)(t.P)
		if !d.Has(FlagTuple) {
			return occursFree(t, v)
		}
		for _, p := range d.Params {
			if occursInvariant(p, v) {
				return true
			}
		}
	case UnionAllType:
		u := (*UnionAll)(t.P)
		return occursFree(u.Var.Lower, v) || occursFree(u.Var.Upper, v) || occursInvariant(u.Body, v)
	case UnionType:
		u := (*Union)(t.P)
		return occursInvariant(u.A, v) || occursInvariant(u.B, v)
	case VarargType:
		a := (*Vararg)(t.P)
		return occursInvariant(a.T, v) || a.N.P != nil && occursFree(a.N, v)
	}
	return false
}

func (m *meeter) find(t Value) *meetVar {
	for {
		if TypeOf(t) != TypeVarType {
			return nil
		}
		var q *meetVar
		for _, o := range m.vars {
			if o.v == (*TypeVar)(t.P) {
				q = o
			}
		}
		if q == nil || q.fixed.P == nil || TypeOf(q.fixed) != TypeVarType {
			return q
		}
		t = q.fixed
	}
}

// meet intersects two types in covariant position.
func (m *meeter) meet(x, y Value) (Value, bool) {
	if m.depth++; m.depth > maxNesting {
		m.depth--
		return x, true
	}
	defer func() { m.depth-- }()
	if x == y || y.P == unsafe.Pointer(Any) {
		return x, true
	}
	if x.P == unsafe.Pointer(Any) {
		return y, true
	}
	if TypeOf(x) == TypeVarType {
		return m.meetVarWith(x, y)
	}
	if TypeOf(y) == TypeVarType {
		return m.meetVarWith(y, x)
	}
	if TypeOf(x) == UnionType || TypeOf(y) == UnionType {
		return m.meetUnion(x, y)
	}
	if m.depth > 1 && !HasFree(x) && !HasFree(y) {
		r := TypeIntersect(x, y)
		return r, r != Bottom
	}
	x, y = m.open(x), m.open(y)
	if TypeOf(x) == UnionType || TypeOf(y) == UnionType {
		return m.meetUnion(x, y)
	}
	a, ok1 := IsDataType(x)
	b, ok2 := IsDataType(y)
	if !ok1 || !ok2 {
		return Bottom, false
	}
	return m.meetData(a, b)
}

// meetUnion collects what each member has in common with the other side. The
// bounds found for one member do not count for the others.
func (m *meeter) meetUnion(x, y Value) (Value, bool) {
	var out []Value
	save := make([]meetVar, len(m.vars))
	for i, v := range m.vars {
		save[i] = *v
	}
	reset := func() {
		for i := range save {
			*m.vars[i] = save[i]
		}
	}
	one := len(UnionMembers(x)) * len(UnionMembers(y))
	for _, a := range UnionMembers(x) {
		for _, b := range UnionMembers(y) {
			r, ok := m.meet(a, b)
			if ok {
				out = append(out, r)
			}
			if one > 1 {
				reset()
			}
		}
	}
	if len(out) == 0 {
		return Bottom, false
	}
	return MakeUnion(out...), true
}

// meetVarWith intersects the variable x with t.
func (m *meeter) meetVarWith(x, t Value) (Value, bool) {
	q := m.find(x)
	if q == nil {
		return m.meet((*TypeVar)(x.P).Upper, t)
	}
	if q.fixed.P != nil {
		return m.meet(q.fixed, t)
	}
	if o := m.find(t); o != nil {
		if o == q {
			return x, true
		}
		if o.fixed.P != nil {
			return m.meet(x, o.fixed)
		}
		up, ok := m.meet(q.ub, o.ub)
		if !ok {
			return Bottom, false
		}
		switch {
		case q.exact && o.exact:
			return up, true
		case o.exact:
			q, o = o, q
		}
		o.ub = up
		if !q.exact {
			q.ub = up
		}
		return q.v.Value(), true
	}
	r, ok := m.meet(q.ub, t)
	if !ok {
		return Bottom, false
	}
	if q.exact {
		if !HasFree(q.ub) && !HasFree(t) && Subtype(q.ub, t) {
			return q.v.Value(), true
		}
		q.elems = append(q.elems[:len(q.elems):len(q.elems)], r)
		return r, true
	}
	if !HasFree(r) && !HasFree(q.lb) && q.lb != Bottom && !Subtype(q.lb, r) {
		// Instances of the lower bound are in the variable's type whatever it is.
		return r, true
	}
	if !occursFree(r, q.v) {
		q.ub = r
	}
	return q.v.Value(), true
}

func (m *meeter) meetData(a, b *DataType) (Value, bool) {
	if a.Name == b.Name {
		if a.Name == TupleName {
			return m.meetTuple(a, b)
		}
		ps := make([]Value, len(a.Params))
		for i := range ps {
			if i >= len(b.Params) {
				return Bottom, false
			}
			r, ok := m.same(a.Params[i], b.Params[i])
			if !ok {
				return Bottom, false
			}
			ps[i] = r
		}
		return a.Name.Apply(ps).Value(), true
	}
	if a.Name == TypeTypeName && isKind(b) || b.Name == TypeTypeName && isKind(a) {
		if b.Name == TypeTypeName {
			a, b = b, a
		}
		p := a.Params[0]
		if q := m.find(p); q != nil {
			if q.fixed.P == nil {
				return a.Value(), true
			}
			p = q.fixed
		}
		if TypeOf(p) == b || TypeOf(p) == UnionType && HasFree(p) {
			return a.Value(), true
		}
		return Bottom, false
	}
	for s := a; ; s = s.Super {
		if s.Name == b.Name {
			_, ok := m.meetData(s, b)
			return a.Value(), ok
		}
		if s == Any {
			break
		}
	}
	for s := b; ; s = s.Super {
		if s.Name == a.Name {
			_, ok := m.meetData(a, s)
			return b.Value(), ok
		}
		if s == Any {
			return Bottom, false
		}
	}
}

// same makes two invariant parameters equal.
func (m *meeter) same(x, y Value) (Value, bool) {
	if m.depth++; m.depth > maxNesting {
		m.depth--
		return x, true
	}
	defer func() { m.depth-- }()
	if x == y {
		return x, true
	}
	qx, qy := m.find(x), m.find(y)
	switch {
	case qx != nil && qx == qy:
		return x, true
	case qx != nil && qx.fixed.P != nil:
		return m.same(qx.fixed, y)
	case qy != nil && qy.fixed.P != nil:
		return m.same(x, qy.fixed)
	case qx != nil && qy != nil:
		up, ok := m.meet(qx.ub, qy.ub)
		if !ok {
			up = Bottom
		}
		lo := NewUnion(qx.lb, qy.lb)
		if !HasFree(lo) && !HasFree(up) && !Subtype(lo, up) {
			return Bottom, false
		}
		qy.ub, qy.lb = up, lo
		qx.fixed = qy.v.Value()
		return qy.v.Value(), true
	case qx != nil:
		return m.fix(qx, y)
	case qy != nil:
		return m.fix(qy, x)
	}
	if !isTypeOrVar(x) || !isTypeOrVar(y) {
		return x, sameParam(x, y)
	}
	if m.depth > 1 && !HasFree(x) && !HasFree(y) {
		return x, TypeEqual(x, y)
	}
	if TypeOf(x) == UnionAllType || TypeOf(y) == UnionAllType || TypeOf(x) == UnionType || TypeOf(y) == UnionType {
		if TypeOf(x) == UnionAllType && TypeOf(y) == DataTypeType || TypeOf(x) == DataTypeType && TypeOf(y) == UnionAllType {
			return Bottom, false
		}
		if !HasFree(x) {
			return x, m.canEqual(x, y)
		}
		if !HasFree(y) {
			return y, m.canEqual(y, x)
		}
		return x, !differ(x, y)
	}
	if x == Bottom || y == Bottom {
		return x, x == y
	}
	a, ok1 := IsDataType(x)
	b, ok2 := IsDataType(y)
	if !ok1 || !ok2 {
		return x, true
	}
	if a.Name != b.Name {
		return Bottom, false
	}
	if len(a.Params) != len(b.Params) || a.Has(FlagVarargTup) || b.Has(FlagVarargTup) {
		if a.Has(FlagTuple) {
			r, ok := m.meetTuple(a, b)
			return r, ok
		}
		return Bottom, false
	}
	ps := make([]Value, len(a.Params))
	for i := range ps {
		r, ok := m.same(a.Params[i], b.Params[i])
		if !ok {
			return Bottom, false
		}
		ps[i] = r
	}
	return a.Name.Apply(ps).Value(), true
}

// canEqual reports whether the open type t is equal to the closed type x for
// some values of its variables.
func (m *meeter) canEqual(x, t Value) bool {
	p := TypeTypeName.Apply([]Value{t}).Value()
	for i := len(m.vars) - 1; i >= 0; i-- {
		p = MakeUnionAll(m.vars[i].v, p)
	}
	return HasFree(p) || Subtype(TypeTypeName.Apply([]Value{x}).Value(), p)
}

// fix makes the variable q equal to t, if its bounds allow that.
func (m *meeter) fix(q *meetVar, t Value) (Value, bool) {
	if !isTypeOrVar(t) {
		if q.ub.P != unsafe.Pointer(Any) || q.lb != Bottom {
			return Bottom, false
		}
		q.fixed = t
		return t, true
	}
	if occursFree(t, q.v) {
		return Bottom, false
	}
	if q.ub.P != unsafe.Pointer(Any) {
		if !HasFree(t) && !HasFree(q.ub) {
			if !Subtype(t, q.ub) {
				return Bottom, false
			}
		} else if t != Bottom {
			if _, ok := m.meet(t, q.ub); !ok {
				return Bottom, false
			}
		}
	}
	if q.lb != Bottom && !HasFree(t) && !HasFree(q.lb) && !Subtype(q.lb, t) {
		return Bottom, false
	}
	q.fixed = t
	for _, e := range q.elems {
		if _, ok := m.meet(t, e); !ok {
			return Bottom, false
		}
	}
	return t, true
}

func (m *meeter) meetTuple(a, b *DataType) (Value, bool) {
	af, av := splitTuple(a)
	bf, bv := splitTuple(b)
	n := max(len(af), len(bf))
	if av == nil && n > len(af) || bv == nil && n > len(bf) {
		return Bottom, false
	}
	ps := make([]Value, 0, n+1)
	for i := range n {
		r, ok := m.meet(elemAt(af, av, i), elemAt(bf, bv, i))
		if !ok {
			return Bottom, false
		}
		ps = append(ps, r)
	}
	length := func(v *Vararg, fixed int) bool {
		if v == nil || v.N.P == nil {
			return true
		}
		_, ok := m.same(v.N, Int(int64(n-fixed)))
		return ok
	}
	if av == nil || bv == nil {
		if !length(av, len(af)) || !length(bv, len(bf)) {
			return Bottom, false
		}
		return TupleName.Apply(ps).Value(), true
	}
	var count Value
	switch {
	case av.N.P != nil && bv.N.P != nil && len(af) == len(bf):
		r, ok := m.same(av.N, bv.N)
		if !ok {
			return Bottom, false
		}
		count = r
	case av.N.P != nil && n == len(af):
		count = av.N
	case bv.N.P != nil && n == len(bf):
		count = bv.N
	}
	r, ok := m.meet(av.T, bv.T)
	if !ok {
		// Only tuples that end here are in both.
		if !length(av, len(af)) || !length(bv, len(bf)) {
			return Bottom, false
		}
		return TupleName.Apply(ps).Value(), true
	}
	ps = append(ps, ToValue(&Vararg{VarargType, r, count}))
	return TupleName.Apply(ps).Value(), true
}

// close replaces the variables in r by what is known of them, and binds the rest.
func (m *meeter) close(r Value) Value {
	for range m.vars {
		changed := false
		for _, q := range m.vars {
			if q.fixed.P != nil && occursFree(r, q.v) {
				r = Subst(r, []*TypeVar{q.v}, []Value{q.fixed})
				changed = true
			}
		}
		if !changed {
			break
		}
	}
	// Binding one variable may bring another one in, by its bounds.
	for range 4 {
		for i := len(m.vars) - 1; i >= 0; i-- {
			if q := m.vars[i]; occursFree(r, q.v) {
				r = m.bind(q, r)
			}
		}
	}
	return r
}

// bind closes r over the variable q, with what is known of its bounds.
func (m *meeter) bind(q *meetVar, r Value) Value {
	up, lo := q.ub, q.lb
	for _, o := range m.vars {
		if o.fixed.P != nil && !occursFree(o.fixed, o.v) {
			up = Subst(up, []*TypeVar{o.v}, []Value{o.fixed})
			lo = Subst(lo, []*TypeVar{o.v}, []Value{o.fixed})
		}
	}
	if occursFree(up, q.v) {
		up = Any.Value()
	}
	if countVar(r, q.v) == 1 && isElement(r, q.v) && lo == Bottom {
		return Subst(r, []*TypeVar{q.v}, []Value{up})
	}
	nv := &TypeVar{TypeVarType, q.v.Name, lo, up}
	return makeUnionAllRaw(nv, Subst(r, []*TypeVar{q.v}, []Value{nv.Value()}))
}

// isElement reports whether v stands as an element of the tuple t.
func isElement(t Value, v *TypeVar) bool {
	d, ok := IsDataType(unwrap(t))
	if !ok || !d.Has(FlagTuple) {
		return false
	}
	for _, p := range d.Params {
		if p.P == unsafe.Pointer(v) {
			return true
		}
	}
	return false
}
