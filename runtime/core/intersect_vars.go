package core

// The steps of an intersection for variables: their bounds, and what is left of them in the result.

import "unsafe"

// How an intersection treats a variable. At first it is only watched; what its occurrences are says
// how it is treated then.
const (
	watched  = iota
	elements // it stands only as an element of tuples: it is narrowed there, and stays
	settled  // it stands as a parameter, too, and keeps what was found out there
)

// meetVars intersects two variables.
func (s *solver) meetVars(x, y *TypeVar, pos int) Value {
	qx, qy := s.lookup(x), s.lookup(y)
	if pos != invariant {
		s.occurs(qx, pos)
		s.occurs(qy, pos)
		if qx != nil && qy != nil && qx.concrete && !qy.concrete {
			return s.meetVar(x, y.Value(), false, pos)
		}
		return s.meetVar(y, x.Value(), true, pos)
	}
	for _, q := range [2]*quant{qx, qy} {
		if q != nil && s.depth > q.depth0 { // once is enough to say so: it is equal from now on
			q.occInv = max(q.occInv, 1)
		}
	}
	switch {
	case qx == nil && qy == nil:
		return Bottom
	case qx != nil && (qy == nil || s.isOutside(y, x)):
		return s.equate(qx, y, qy)
	}
	return s.equate(qy, x, qx)
}

// equate makes the variable of q equal to v, whose own bounds are in o, if it has some. v was there
// first, so that its scope is around all places where the two occur.
func (s *solver) equate(q *quant, v *TypeVar, o *quant) Value {
	if q.lb == q.ub && q.lb != Bottom {
		if q.lb == v.Value() {
			return q.lb
		}
		return s.meet(q.lb, v.Value(), invariant)
	}
	if o != nil && o.lb == o.ub && o.lb != Bottom {
		return s.meet(q.v.Value(), o.lb, invariant)
	}
	lb, ub := v.Lower, v.Upper
	if o != nil {
		lb, ub = o.lb, o.ub
	}
	if !s.reaches(q.lb, v, true) {
		lb = simpleJoin(lb, q.lb)
	}
	if !s.reaches(q.ub, v, true) {
		depth := q.depth0
		ub = s.aside(q.ub, ub, depth)
	}
	if lb != Bottom && !HasFree(lb) && isTypeOrVar(ub) && !s.existential(lb, ub, outside) {
		return Bottom
	}
	if o != nil && !s.reaches(q.v.Value(), v, true) {
		if !inUnion(lb, v.Value()) && !inUnion(lb, q.v.Value()) {
			o.lb = lb
		}
		if !inUnion(ub, v.Value()) && !inUnion(ub, q.v.Value()) {
			o.ub = ub
		}
	}
	q.lb, q.ub = v.Value(), v.Value()
	return v.Value()
}

// meetVar intersects variable b with a, which is on the right of it unless right says that b is.
func (s *solver) meetVar(b *TypeVar, a Value, right bool, pos int) Value {
	q := s.lookup(b)
	turn := func(ub Value, depth int16) Value {
		if right {
			return s.aside(a, ub, depth)
		}
		return s.aside(ub, a, depth)
	}
	if q == nil {
		return turn(b.Upper, s.depth)
	}
	if inUnion(q.lb, b.Value()) || inUnion(q.ub, b.Value()) {
		return a
	}
	if q.lb == q.ub && TypeOf(q.lb) == TypeVarType {
		return s.turned(a, q.lb, right, pos)
	}
	if !isTypeOrVar(a) {
		return s.meetConst(q, a)
	}
	if q.meet.count && IsType(a) {
		return Bottom
	}
	if pos == invariant {
		return s.meetExactly(q, a, turn)
	}
	ub := turn(q.ub, q.depth0)
	_, aVar := asVar(a)
	switch {
	case ub == Bottom:
		return Bottom
	case s.triangular == 0 && s.unsatisfiable(ub, b):
		return ub // no bound of the variable, which stands in it
	case q.meet.mode == elements || s.triangular > 0:
		if s.triangular > 0 && s.unsatisfiable(ub, b) {
			return Bottom
		}
		s.setUpper(q, ub)
		return b.Value()
	case q.meet.mode == watched:
		if TypeOf(q.ub) != TypeVarType && !aVar {
			saved := s.save()
			if s.existential(q.ub, a, outside) {
				return b.Value()
			}
			s.restore(saved)
		}
		return ub
	case !aVar:
		if q.ub != q.lb && !HasFree(a) && !HasFree(q.ub) && isTypeOrVar(q.ub) && Subtype(q.ub, a) {
			return b.Value()
		}
		if ub == a && q.lb != Bottom || q.lb == q.ub {
			return ub
		}
		s.setUpper(q, ub)
	}
	return b.Value()
}

// meetConst makes the variable of q the value a, which is no type.
func (s *solver) meetConst(q *quant, a Value) Value {
	switch {
	case q.meet.count && TypeOf(a) != Int64:
		return Bottom
	case q.lb == Bottom && q.ub.P == unsafe.Pointer(Any):
		q.lb, q.ub = a, a
		return a
	case sameParam(q.lb, a):
		return a
	}
	return Bottom
}

// meetExactly makes the variable of q equal to a.
func (s *solver) meetExactly(q *quant, a Value, turn func(ub Value, depth int16) Value) Value {
	ub := a
	if !HasFree(a) {
		saved := s.save()
		ok := s.existential(q.lb, a, outside)
		if !HasFree(q.lb) {
			s.restore(saved)
		}
		if !ok {
			return Bottom
		}
		saved = s.save()
		ok = s.existential(a, q.ub, outside)
		if !HasFree(q.ub) {
			s.restore(saved)
		}
		if !ok {
			return Bottom
		}
	} else {
		s.triangular++
		ub = turn(q.ub, q.depth0)
		s.triangular--
		saved := s.save()
		ok := s.existential(q.lb, ub, outside)
		s.restore(saved)
		if !ok {
			return Bottom
		}
	}
	if ub == q.v.Value() {
		return ub
	}
	if HasFree(ub) && s.unsatisfiable(ub, q.v) {
		return Bottom
	}
	if TypeOf(ub) == UnionType && TypeOf(a) != UnionType {
		q.ub = ub // it is one of them, for some values of the variables in a
		return q.v.Value()
	}
	q.lb, q.ub = ub, ub
	return ub
}

// unsatisfiable reports whether v would be equal to or within a type that v itself stands in.
func (s *solver) unsatisfiable(t Value, v *TypeVar) bool {
	if TypeOf(t) == TypeVarType {
		return false
	}
	if standsWithin(t, v) {
		return true
	}
	for q := s.vars; q != nil; q = q.prev {
		if q.lb == v.Value() && q.ub == v.Value() && standsWithin(t, q.v) {
			return true
		}
	}
	return false
}

// standsWithin reports whether v occurs inside of a type in t, rather than being a member of it.
func standsWithin(t Value, v *TypeVar) bool {
	for _, m := range UnionMembers(t) {
		if m.P != unsafe.Pointer(v) && occursFree(m, v) {
			return true
		}
	}
	return false
}

// setUpper makes ub the upper bound of q unless they would bound each other in a circle.
func (s *solver) setUpper(q *quant, ub Value) {
	v := q.v.Value()
	if inUnion(ub, v) {
		return
	}
	for o := s.vars; o != nil; o = o.prev {
		if (o.lb == v || o.ub == v) && inUnion(ub, o.v.Value()) {
			return
		}
	}
	q.ub = ub
}

// meetTwoUnionAlls intersects two UnionAlls. Which is opened first can make the result wider than
// need be, where its variables depend on each other.
func (s *solver) meetTwoUnionAlls(x, y *UnionAll, pos int) Value {
	saved, r := s.save(), s.r
	a := s.meetUnionAll(y.Value(), x, false, pos)
	if TypeOf(a) != UnionAllType {
		return a
	}
	outer := (*UnionAll)(a.P)
	if TypeOf(outer.Body) != UnionAllType {
		return a
	}
	if w := (*UnionAll)(outer.Body.P).Var; !occursFree(w.Upper, outer.Var) && !occursFree(w.Lower, outer.Var) {
		return a
	}
	first, firstR := s.save(), s.r
	s.restore(saved)
	s.r = r
	b := s.meetUnionAll(x.Value(), y, true, pos)
	if b != Bottom && !HasFree(a) && !HasFree(b) && Subtype(b, a) {
		return b
	}
	s.restore(first)
	s.r = firstR
	return a
}

// maxAgain limits how often one variable's occurrences are gone through again within those of another.
const maxAgain = 6

// meetUnionAll intersects t with u, which stands on the right or on the left.
func (s *solver) meetUnionAll(t Value, u *UnionAll, right bool, pos int) Value {
	if lb := u.Var.Lower; lb == u.Var.Upper && !HasFree(lb) {
		return s.turned(t, Subst(u.Body, []*TypeVar{u.Var}, []Value{lb}), right, pos)
	}
	if s.lookup(u.Var) != nil || occursFree(t, u.Var) || s.boundMentions(u.Var) {
		u = renameVar(u)
	}
	q := &quant{v: u.Var, lb: u.Var.Lower, ub: u.Var.Upper, right: right, depth0: s.depth, meet: &meetInfo{body: u.Body}}
	saved, depth, more := s.save(), s.r.depth, s.r.more
	res := s.meetBody(t, u, q, right, pos)
	again := res != Bottom && s.again < maxAgain
	switch {
	case q.concrete && !invariantIn(u.Body, u.Var, false):
		q.meet.mode = elements
	case q.occInv > 1 || q.occInv > 0 && q.occCov > 0 || u.Var.Lower != Bottom:
		q.meet.mode = settled
	case q.occCov > 0 && !invariantIn(u.Body, u.Var, false):
		q.meet.mode = elements
	default:
		again = false
	}
	if again {
		added := s.count() != len(saved)
		s.restore(saved)
		s.r.depth, s.r.more = depth, more
		if q.meet.mode == elements || added || TypeOf(q.ub) == TypeVarType {
			q.lb, q.ub = u.Var.Lower, u.Var.Upper
		}
		q.occInv, q.occCov, q.meet.counts = 0, 0, nil
		s.again++
		res = s.meetBody(t, u, q, right, pos)
		s.again--
	}
	if res == Bottom {
		return res
	}
	res = s.finish(res, u.Body, q)
	for s.vars != nil && s.vars.meet.added && !holds(saved, s.vars) && res != Bottom {
		w := s.vars
		s.vars = w.prev
		res = s.finish(res, res, w)
	}
	return res
}

// count is how many variables are in scope.
func (s *solver) count() int {
	n := 0
	for q := s.vars; q != nil; q = q.prev {
		n++
	}
	return n
}

// holds reports whether q was there when the state sv was saved.
func holds(sv []savedVar, q *quant) bool {
	for i := range sv {
		if sv[i].q == q {
			return true
		}
	}
	return false
}

// meetBody intersects t with the body of u, whose variable is in q.
func (s *solver) meetBody(t Value, u *UnionAll, q *quant, right bool, pos int) Value {
	q.prev = s.vars
	s.vars = q
	res := s.turned(t, u.Body, right, pos)
	s.vars = q.prev // with what was added for it
	q.concrete = q.concrete || q.occCov > 1 && isLeafBound(u.Var.Lower) && !occursInvariant(u.Body, u.Var)
	if res == Bottom || !q.concrete {
		return res
	}
	if w, ok := asVar(q.ub); ok {
		if o := s.lookup(w); o != nil && q.meet.mode == elements {
			o.concrete = true
		}
	}
	if TypeOf(q.lb) != TypeVarType && !isLeafBound(q.lb) {
		return Bottom
	}
	return res
}

// finish binds in res what is left of the variable of q, which goes out of scope. Its occurrences were in body.
func (s *solver) finish(res, body Value, q *quant) Value {
	if !q.settleCounts() || q.meet.count && (q.lb != Bottom || q.ub.P != unsafe.Pointer(Any)) && isTypeOrVar(q.lb) && TypeOf(q.lb) != TypeVarType {
		return Bottom
	}
	if occursFree(q.lb, q.v) {
		q.lb = q.v.Lower
	}
	if occursFree(q.ub, q.v) {
		q.ub = q.v.Upper
	}
	var value Value
	switch {
	case q.anyInt && TypeOf(q.ub) == Int64:
		value = q.ub
	case q.lb == q.ub || sameParam(q.lb, q.ub):
		value = q.ub
	case isLeafBound(q.ub) && isTypeOrVar(q.ub) && q.ub != Bottom && !invariantIn(body, q.v, false):
		value = q.ub
	case q.concrete:
		if o := s.lookupValue(q.ub); o != nil && o.meet.body.P != nil && !invariantIn(o.meet.body, o.v, false) {
			value = q.ub // one concrete type below another is the same
		}
	case countElements(res, q.v) > 1 && !invariantIn(res, q.v, false):
		value = q.ub // what is left of it must not stand for a concrete type
	}
	nv := q.v
	if value.P == nil && (q.lb != q.v.Lower || q.ub != q.v.Upper) && isTypeOrVar(q.ub) && isTypeOrVar(q.lb) {
		nv = &TypeVar{TypeVarType, q.v.Name, q.lb, q.ub}
	}
	with := func(t Value) Value {
		if value.P != nil {
			return Subst(t, []*TypeVar{q.v}, []Value{value})
		}
		if nv != q.v {
			return Subst(t, []*TypeVar{q.v}, []Value{nv.Value()})
		}
		return t
	}
	var around *quant // the outermost variable that depends on this one
	for o := s.vars; o != nil; o = o.prev {
		low, up := occursFree(o.lb, q.v), occursFree(o.ub, q.v)
		if !low && !up {
			continue
		}
		if low && q.lb == o.v.Value() || value.P != nil && occursFree(value, o.v) && value != o.v.Value() {
			return Bottom
		}
		switch {
		case value.P != nil:
			o.lb, o.ub = with(o.lb), with(o.ub)
		case low && up && o.depth0 == q.depth0 && !occursFree(q.lb, o.v) && !occursFree(q.ub, o.v):
			around = o
		default:
			o.lb = outOfScope(o.lb, q, q.lb, nv)
			o.ub = outOfScope(o.ub, q, q.ub, nv)
		}
		if occursFree(o.ub, o.v) {
			o.ub = o.v.Upper
		}
		if occursFree(o.lb, o.v) {
			o.lb = o.v.Lower
		}
	}
	if around != nil { // it stays in scope until that one goes out of it
		q.meet.added, q.prev = true, around.prev
		around.prev = q
		return res
	}
	if res = with(res); value.P == nil && occursFree(res, nv) {
		res = makeUnionAllRaw(nv, res)
	}
	return res
}

func (s *solver) lookupValue(t Value) *quant {
	if v, ok := asVar(t); ok {
		return s.lookup(v)
	}
	return nil
}

// countElements counts the occurrences of v in t; one in a tail is as good as two.
func countElements(t Value, v *TypeVar) int {
	if d, ok := IsDataType(t); ok && d.Has(FlagVarargTup) && d.Has(FlagHasFree) {
		f, va := splitTuple(d)
		n := 2 * countVar(va.T, v)
		for _, p := range f {
			n += countElements(p, v)
		}
		return n
	}
	if u := t; TypeOf(u) == UnionAllType {
		return countElements((*UnionAll)(u.P).Body, v)
	}
	return countVar(t, v)
}

// settleCounts makes what is known of a count known of the counts of tails that depend on it, and the
// other way round.
func (q *quant) settleCounts() bool {
	for c := q.meet.counts; c != nil; c = c.next {
		rest, all := c.q, q
		switch {
		case all.isInt():
			n := all.lb.Int64() - int64(c.less)
			if n < 0 || rest.isInt() && rest.lb.Int64() != n {
				return false
			}
			rest.lb, rest.ub = Int(n), Int(n)
		case rest.isInt():
			all.lb = Int(rest.lb.Int64() + int64(c.less))
			all.ub = all.lb
		}
	}
	return true
}

func (q *quant) isInt() bool { return q.lb == q.ub && q.lb.P != nil && TypeOf(q.lb) == Int64 }

// outOfScope is bound t without the variable of q, which itself is bounded by b and continues as nv.
func outOfScope(t Value, q *quant, b Value, nv *TypeVar) Value {
	if t == q.v.Value() {
		return b
	}
	if occursFree(t, q.v) {
		return MakeUnionAll(nv, Subst(t, []*TypeVar{q.v}, []Value{nv.Value()}))
	}
	return t
}
