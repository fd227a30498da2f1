package core

// Intersection of types: what two types have in common. It is the search of Subtype with another
// question: variables of both sides are open, and each step narrows their bounds.

import "unsafe"

// maxMeeting bounds the work on an intersection, whose steps make ever larger types.
const maxMeeting = 20_000

// TypeIntersect returns a type that covers what a and b have in common, Union{}
// if that is nothing.
func TypeIntersect(a, b Value) Value {
	if disjoint(a, b) {
		return Bottom
	}
	if Subtype(a, b) {
		return a
	}
	if Subtype(b, a) {
		return b
	}
	s := solver{meeting: true, steps: maxSteps - maxMeeting}
	r := s.meetAll(a, b, outside)
	if s.steps > maxSteps || HasFree(r) && !HasFree(a) && !HasFree(b) {
		return a // which covers it, too
	}
	return r
}

// meetAll intersects x and y for every choice in the unions that are met, and unites the results.
// What is known of the variables afterwards holds for all of them.
func (s *solver) meetAll(x, y Value, pos int) Value {
	old := s.r
	s.r = choices{}
	saved := s.save()
	out := Bottom
	var found []savedVar
	for {
		s.r.begin()
		if r := s.meet(x, y, pos); r != Bottom {
			if out == Bottom {
				out, found = r, s.save()
			} else {
				out = NewUnion(out, r)
				s.mergeInto(found)
			}
		}
		if s.steps > maxSteps || !s.r.next() {
			break
		}
		s.restore(saved)
	}
	s.r = old
	if out != Bottom {
		s.restore(found)
	}
	return out
}

// mergeInto widens what is known in sv by what is known now.
func (s *solver) mergeInto(sv []savedVar) {
	for i := range sv {
		o := &sv[i]
		q := o.q
		if o.ub != q.ub {
			o.ub = simpleJoin(o.ub, q.ub)
		}
		if o.lb != q.lb {
			o.lb = lowerOf(o.lb, q.lb, q.v.Lower)
		}
		o.occInv, o.occCov = max(o.occInv, q.occInv), max(o.occCov, q.occCov)
		o.concrete = o.concrete && q.concrete
	}
}

// lowerOf is the smaller of two types, least if neither is.
func lowerOf(a, b, least Value) Value {
	if !HasFree(a) && !HasFree(b) && IsType(a) && IsType(b) {
		if Subtype(a, b) {
			return a
		}
		if Subtype(b, a) {
			return b
		}
	}
	return least
}

// aside intersects two bounds of a variable that was introduced at the given depth.
func (s *solver) aside(x, y Value, depth int16) Value {
	if x == y || x.P == unsafe.Pointer(Any) && TypeOf(y) != TypeVarType {
		return y
	}
	if y.P == unsafe.Pointer(Any) && TypeOf(x) != TypeVarType {
		return x
	}
	d := s.depth
	s.depth = depth
	r := s.meetAll(x, y, outside)
	s.depth = d
	return r
}

// turned intersects t with o, which stands on the right or on the left.
func (s *solver) turned(t, o Value, right bool, pos int) Value {
	if right {
		return s.meet(t, o, pos)
	}
	return s.meet(o, t, pos)
}

// meet intersects two types under the current choices and bounds.
func (s *solver) meet(x, y Value, pos int) Value {
	if s.steps++; s.steps > maxSteps {
		return x
	}
	if x == y {
		return y
	}
	xt, yt := TypeOf(x), TypeOf(y)
	if xt == TypeVarType {
		v := (*TypeVar)(x.P)
		if yt == TypeVarType {
			return s.meetVars(v, (*TypeVar)(y.P), pos)
		}
		s.occurs(s.lookup(v), pos)
		if inUnion(y, x) && pos != invariant {
			return x
		}
		return s.meetVar(v, y, false, pos)
	}
	if yt == TypeVarType {
		v := (*TypeVar)(y.P)
		s.occurs(s.lookup(v), pos)
		if inUnion(x, y) && pos != invariant {
			return y
		}
		return s.meetVar(v, x, true, pos)
	}
	open := HasFree(x) || HasFree(y)
	if !open && IsType(x) && IsType(y) {
		if Subtype(x, y) {
			return x
		}
		if Subtype(y, x) {
			return y
		}
	}
	switch {
	case y.P == unsafe.Pointer(Any):
		return x
	case x.P == unsafe.Pointer(Any):
		return y
	case xt == UnionType:
		if inUnion(x, y) {
			return y
		}
		if yt == UnionAllType && open {
			return s.meetUnionAll(x, (*UnionAll)(y.P), true, pos)
		}
		return s.meetUnion(y, (*Union)(x.P), false, pos)
	case yt == UnionType:
		if inUnion(y, x) {
			return x
		}
		if xt == UnionAllType && open {
			return s.meetUnionAll(y, (*UnionAll)(x.P), false, pos)
		}
		return s.meetUnion(x, (*Union)(y.P), true, pos)
	case xt == UnionAllType && yt == UnionAllType:
		return s.meetTwoUnionAlls((*UnionAll)(x.P), (*UnionAll)(y.P), pos)
	case xt == UnionAllType:
		return s.meetUnionAll(y, (*UnionAll)(x.P), false, pos)
	case yt == UnionAllType:
		return s.meetUnionAll(x, (*UnionAll)(y.P), true, pos)
	case xt == DataTypeType && yt == DataTypeType:
		return s.meetData((*DataType)(x.P), (*DataType)(y.P), pos)
	}
	if sameParam(x, y) {
		return x
	}
	return Bottom
}

// meetUnion intersects x with the union u, which stands on the right or on the left.
func (s *solver) meetUnion(x Value, u *Union, right bool, pos int) Value {
	if pos == invariant || !HasFree(x) && !HasFree(ToValue(u)) {
		part := func(m Value) Value {
			if right {
				return s.meetAll(x, m, pos)
			}
			return s.meetAll(m, x, pos)
		}
		return NewUnion(part(u.A), part(u.B))
	}
	return s.turned(x, s.r.pick(ToValue(u)), right, pos)
}

// meetData intersects two DataTypes.
func (s *solver) meetData(x, y *DataType, pos int) Value {
	switch xk, yk := x.Name == TypeTypeName, y.Name == TypeTypeName; {
	case xk && !yk:
		return s.meetKind(x, y)
	case yk && !xk:
		return s.meetKind(y, x)
	}
	if x.Name == y.Name {
		if x.Name == TupleName {
			if pos == outside {
				pos = covariant
			}
			return s.meetTuple(x, y, pos)
		}
		if len(x.Params) != len(y.Params) {
			return Bottom
		}
		ps := make([]Value, len(x.Params))
		for i := range ps {
			r, ok := s.meetSame(x.Params[i], y.Params[i])
			if !ok {
				return Bottom
			}
			ps[i] = r
		}
		return pickOrApply(x, y, ps)
	}
	if pos == invariant {
		return Bottom
	}
	// What a subtype has in common with its supertype narrows the variables of both.
	if t := superNamed(x, y.Name); t != nil {
		if s.meetData(t, y, pos) == Bottom {
			return Bottom
		}
		return x.Value()
	}
	if t := superNamed(y, x.Name); t != nil {
		if s.meetData(x, t, pos) == Bottom {
			return Bottom
		}
		return y.Value()
	}
	return Bottom
}

// superNamed is the supertype of t with the given name, nil if there is none.
func superNamed(t *DataType, n *TypeName) *DataType {
	for ; t.Name != n; t = t.Super {
		if t == Any {
			return nil
		}
	}
	return t
}

// pickOrApply makes the type of parameters ps: x or y where they are those of x or y.
func pickOrApply(x, y *DataType, ps []Value) Value {
	if sameValues(ps, x.Params) {
		return x.Value()
	}
	if sameValues(ps, y.Params) {
		return y.Value()
	}
	if x.Name == TupleName {
		return tupleOf(ps).Value()
	}
	return x.Name.Apply(ps).Value()
}

// meetKind intersects t, a Type{...}, with a type of types.
func (s *solver) meetKind(t, kind *DataType) Value {
	p := t.Params[0]
	v, isVar := asVar(p)
	switch {
	case !isKind(kind):
		return Bottom
	case !isVar:
		if TypeOf(p) == kind {
			return t.Value()
		}
		if TypeOf(p) == UnionType && HasFree(p) {
			return t.Value() // may be one type for some values of its variables
		}
		return Bottom
	}
	lb, ub := v.Lower, v.Upper
	if q := s.lookup(v); q != nil {
		lb, ub = q.lb, q.ub
		s.occurs(q, covariant)
		if lb == ub && lb != Bottom && TypeOf(lb) != TypeVarType {
			if TypeOf(lb) == kind {
				return t.Value()
			}
			return Bottom
		}
	}
	if kind == BottomType && lb == Bottom {
		return TypeTypeName.Apply([]Value{Bottom}).Value()
	}
	if ub.P == unsafe.Pointer(Any) {
		return kind.Value()
	}
	return t.Value()
}

// meetSame makes two parameters equal.
func (s *solver) meetSame(x, y Value) (Value, bool) {
	xFree, yFree := HasFree(x), HasFree(y)
	if !xFree && !yFree {
		return x, TypeEqual(x, y)
	}
	xVar, yVar := TypeOf(x) == TypeVarType, TypeOf(y) == TypeVarType
	s.depth++
	defer func() { s.depth-- }()
	if !xVar && !yVar && (!xFree || !yFree) {
		// The variables on one side are what makes it equal to the other.
		if !s.existential(x, y, invariant) || !s.existential(y, x, outside) {
			return Bottom, false
		}
		if xFree {
			return y, true
		}
		return x, true
	}
	r := s.meet(x, y, invariant)
	if xVar && yVar && (TypeOf(r) == TypeVarType || !IsType(r)) {
		return r, true
	}
	if r == Bottom {
		return r, isTypeOrVar(x) && isTypeOrVar(y) && s.existential(x, Bottom, outside) && s.existential(y, Bottom, outside)
	}
	saved := s.save()
	ok := s.existential(x, y, outside)
	if ok {
		s.restore(saved)
		ok = s.existential(y, x, outside)
	}
	s.restore(saved)
	return r, ok
}

// existential decides whether x <: y for some values of all the variables in scope.
func (s *solver) existential(x, y Value, pos int) bool {
	var lefts []*quant
	for q := s.vars; q != nil; q = q.prev {
		if !q.right {
			lefts = append(lefts, q)
			q.right = true
		}
	}
	l, r := s.l, s.r
	s.l, s.r = choices{}, choices{}
	ok := s.forallExists(x, y, pos)
	s.l, s.r = l, r
	for _, q := range lefts {
		q.right = false
	}
	return ok
}

// meetTuple intersects two Tuple types element by element.
func (s *solver) meetTuple(x, y *DataType, pos int) Value {
	s.noteCount(x)
	s.noteCount(y)
	x, y = s.counted(x), s.counted(y)
	xf, xv := splitTuple(x)
	yf, yv := splitTuple(y)
	n := max(len(xf), len(yf))
	if xv == nil && n > len(xf) || yv == nil && n > len(yf) {
		return Bottom
	}
	if xv == nil || yv == nil {
		if !s.meetLength(xv, n-len(xf)) || !s.meetLength(yv, n-len(yf)) {
			return Bottom
		}
	}
	ps := make([]Value, 0, n+1)
	for i := range n {
		r := s.meet(elemAt(xf, xv, i), elemAt(yf, yv, i), pos)
		if r == Bottom {
			return Bottom
		}
		ps = append(ps, r)
	}
	if xv == nil || yv == nil {
		return pickOrApply(x, y, ps)
	}
	saved := s.save()
	r := s.meet(xv.T, yv.T, pos)
	if r == Bottom {
		// Only tuples that end here are in both.
		s.restore(saved)
		if !s.meetLength(xv, n-len(xf)) || !s.meetLength(yv, n-len(yf)) {
			return Bottom
		}
		return tupleOf(ps).Value()
	}
	for _, t := range [2]Value{xv.T, yv.T} { // any number of elements: it occurs twice
		if v, ok := asVar(t); ok {
			s.occurs(s.lookup(v), pos)
		}
	}
	count, ok := s.meetCount(xv.N, n-len(xf), yv.N, n-len(yf))
	switch {
	case !ok:
		return Bottom
	case r == xv.T && count == xv.N:
		ps = append(ps, ToValue(xv))
	case r == yv.T && count == yv.N:
		ps = append(ps, ToValue(yv))
	default:
		ps = append(ps, ToValue(&Vararg{VarargType, r, count}))
	}
	return pickOrApply(x, y, ps)
}

// noteCount notes that the variable that counts the tail of t can only be a number.
func (s *solver) noteCount(t *DataType) {
	if _, va := splitTuple(t); va != nil {
		for q := s.lookupValue(va.N); q != nil && !q.meet.count; q = s.lookupValue(q.ub) {
			q.meet.count = true
		}
	}
}

// counted is t with its Vararg written out where the count is known by now.
func (s *solver) counted(t *DataType) *DataType {
	f, va := splitTuple(t)
	if va == nil {
		return t
	}
	n, ok := asVar(va.N)
	if !ok {
		return t
	}
	q := s.lookup(n)
	if q == nil || !q.isInt() {
		return t
	}
	s.occurs(q, invariant)
	return tupleOf(append(f[:len(f):len(f)], ToValue(&Vararg{VarargType, va.T, q.lb})))
}

// meetLength makes the Vararg v have n elements.
func (s *solver) meetLength(v *Vararg, n int) bool {
	if v == nil || v.N.P == nil {
		return true
	}
	_, ok := s.meetSame(v.N, Int(int64(n)))
	return ok
}

// meetCount makes the counts a and b of two tails agree, of which the first ax and bx elements stand
// before the common tail. It returns the count of that.
func (s *solver) meetCount(a Value, ax int, b Value, bx int) (Value, bool) {
	switch {
	case a.P == nil && b.P == nil:
		return Value{}, true
	case b.P == nil:
		return s.countAfter(a, ax)
	case a.P == nil:
		return s.countAfter(b, bx)
	case ax == bx:
		return s.meetSame(a, b)
	case ax == 0:
		a, ax, b = b, bx, a
	}
	r, ok := s.countAfter(a, ax)
	if ok {
		_, ok = s.meetSame(b, r)
	}
	return r, ok
}

// countAfter is the count of what follows k elements where n is the count of all.
func (s *solver) countAfter(n Value, k int) (Value, bool) {
	v, ok := asVar(n)
	if k == 0 || !ok {
		return n, true
	}
	q := s.lookup(v)
	if q == nil {
		return Value{}, false
	}
	s.occurs(q, invariant)
	rest := &TypeVar{TypeVarType, v.Name, Bottom, Any.Value()}
	o := &quant{v: rest, lb: Bottom, ub: Any.Value(), right: q.right, meet: &meetInfo{added: true}, depth0: q.depth0, prev: q.prev}
	q.prev = o
	q.addCount(o, k)
	return rest.Value(), true
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
		return u.Var != v && (occursInvariant(u.Var.Lower, v) || occursInvariant(u.Var.Upper, v) || occursInvariant(u.Body, v))
	case UnionType:
		u := (*Union)(t.P)
		return occursInvariant(u.A, v) || occursInvariant(u.B, v)
	case VarargType:
		a := (*Vararg)(t.P)
		return occursInvariant(a.T, v) || a.N.P != nil && occursFree(a.N, v)
	}
	return false
}
