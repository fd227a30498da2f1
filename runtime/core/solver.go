package core

// The search behind Subtype: choices in unions, bounds of variables.

import "unsafe"

// Positions in which types are compared.
const (
	outside   = 0 // not within any constructor
	covariant = 1 // an element of a tuple
	invariant = 2 // a parameter of another type
)

// quant is a variable in scope: for all (left) or there is (right).
type quant struct {
	v              *TypeVar
	lb, ub         Value
	right          bool
	concrete       bool // found to be the bound of a diagonal variable
	anyInt         bool // a length that exists but has no name
	occInv, occCov int8
	depth0         int16 // invariant depth where it was introduced
	meet           *meetInfo
	prev           *quant
}

// meetInfo is what is known of a variable in an intersection besides.
type meetInfo struct {
	mode   int8
	count  bool // counts the elements of a tail
	added  bool // for what stands in the bounds of the next one
	counts *restCount
	body   Value // where it occurs
}

// restCount says that the variable of q counts what a tail counts too, but for so many elements.
type restCount struct {
	q    *quant
	less int
	next *restCount
}

// counts lists the counts that depend on q.
func (q *quant) counts() *restCount {
	if q.meet == nil {
		return nil
	}
	return q.meet.counts
}

// addCount notes that o counts less elements fewer than q.
func (q *quant) addCount(o *quant, less int) {
	if q.meet == nil {
		q.meet = &meetInfo{}
	}
	q.meet.counts = &restCount{o, less, q.meet.counts}
}

// choices is the path taken through the unions met on one side: bit i says
// which half was taken at the i-th union.
type choices struct {
	depth, more, used int
	bits              []bool
}

func (c *choices) begin() { c.depth, c.more = 0, 0 }

// next moves on to the next untried path; false if there is none.
func (c *choices) next() bool {
	if c.more == 0 {
		return false
	}
	c.bits[c.more-1] = true
	c.used = c.more
	c.bits = c.bits[:c.used]
	return true
}

// take returns the choice at the union met now.
func (c *choices) take() bool {
	if c.depth >= c.used {
		c.bits = append(c.bits[:c.used], false)
		c.used++
	}
	b := c.bits[c.depth]
	c.depth++
	if !b {
		c.more = c.depth
	}
	return b
}

func (c *choices) pick(u Value) Value {
	for TypeOf(u) == UnionType {
		if c.take() {
			u = (*Union)(u.P).B
		} else {
			u = (*Union)(u.P).A
		}
	}
	return u
}

// maxSteps bounds the work on one question; beyond it the answer is no.
const maxSteps = 300_000

// solver holds the state of one question.
type solver struct {
	vars  *quant
	l, r  choices
	depth int16 // of invariant constructors around
	steps int

	meeting           bool // within an intersection
	triangular, again int

	env    []Value // values of the outermost variables of the right side, if wanted
	envPos int
}

type savedVar struct {
	q                *quant
	lb, ub           Value
	concrete, anyInt bool
	occInv, occCov   int8
	counts           *restCount
}

func (s *solver) save() []savedVar {
	n := s.count()
	if n == 0 {
		return nil
	}
	out := make([]savedVar, 0, n)
	for q := s.vars; q != nil; q = q.prev {
		out = append(out, savedVar{q, q.lb, q.ub, q.concrete, q.anyInt, q.occInv, q.occCov, q.counts()})
	}
	return out
}

func (s *solver) restore(sv []savedVar) {
	s.vars = nil
	for i := len(sv) - 1; i >= 0; i-- {
		v := &sv[i]
		q := v.q
		q.lb, q.ub, q.concrete, q.anyInt, q.occInv, q.occCov = v.lb, v.ub, v.concrete, v.anyInt, v.occInv, v.occCov
		if q.meet != nil {
			q.meet.counts = v.counts
		}
		q.prev = s.vars
		s.vars = q
	}
}

func (s *solver) lookup(v *TypeVar) *quant {
	for q := s.vars; q != nil; q = q.prev {
		if q.v == v {
			return q
		}
	}
	return nil
}

// forallExists asks whether for every choice in the unions of x there is one in
// those of y that makes x <: y.
func (s *solver) forallExists(x, y Value, pos int) bool {
	s.l.used = 0
	envPos := s.envPos
	for {
		if !s.exists(x, y, pos, envPos) {
			return false
		}
		if !s.l.next() {
			return true
		}
	}
}

func (s *solver) exists(x, y Value, pos, envPos int) bool {
	s.r.used = 0
	saved := s.save()
	for {
		s.l.begin()
		s.r.begin()
		s.envPos = envPos
		if s.sub(x, y, pos) {
			return true
		}
		if s.steps > maxSteps || !s.r.next() {
			return false
		}
		s.restore(saved)
	}
}

// sub is the relation under the current choices and bounds.
func (s *solver) sub(x, y Value, pos int) bool {
	if s.steps++; s.steps > maxSteps {
		return false
	}
	xt, yt := TypeOf(x), TypeOf(y)
	if xt == UnionType {
		if x == y {
			return true
		}
		x = s.l.pick(x)
		xt = TypeOf(x)
	}
	if yt == UnionType {
		u := (*Union)(y.P)
		if x == u.A || x == u.B {
			return true
		}
		if xt == UnionAllType {
			return s.unionAll(y, (*UnionAll)(x.P), false, pos)
		}
		// A variable is first held against the whole union.
		if xt != TypeVarType || s.r.take() {
			y = s.r.pick(y)
			yt = TypeOf(y)
		}
	}
	if xt == TypeVarType {
		v := (*TypeVar)(x.P)
		if yt == TypeVarType {
			return s.varVar(v, (*TypeVar)(y.P), pos)
		}
		return s.varBelow(v, y, pos)
	}
	if yt == TypeVarType {
		return s.varAbove((*TypeVar)(y.P), x, pos)
	}
	if xt == UnionAllType {
		if x == y || yt == DataTypeType && y.P == unsafe.Pointer(Any) {
			return true
		}
		return s.unionAll(y, (*UnionAll)(x.P), false, pos)
	}
	if yt == UnionAllType {
		if x == Bottom {
			return true
		}
		return s.unionAll(x, (*UnionAll)(y.P), true, pos)
	}
	if xt == DataTypeType && yt == DataTypeType {
		return s.subData((*DataType)(x.P), (*DataType)(y.P), pos)
	}
	if x == y {
		return true
	}
	if x == Bottom {
		return IsType(y)
	}
	return y.P == unsafe.Pointer(Any) || sameParam(x, y)
}

// varVar decides X <: Y for two variables.
func (s *solver) varVar(x, y *TypeVar, pos int) bool {
	if x == y {
		return true
	}
	qx, qy := s.lookup(x), s.lookup(y)
	xr, yr := qx != nil && qx.right, qy != nil && qy.right
	if xr {
		s.occurs(qy, pos)
		if yr {
			s.occurs(qx, pos)
			return s.sub(qx.lb, qy.ub, outside)
		}
		return s.varBelow(x, y.Value(), pos)
	}
	if yr {
		s.occurs(qx, pos)
		return s.varAbove(y, x.Value(), pos)
	}
	s.occurs(qx, pos)
	s.occurs(qy, pos)
	up, lo := x.Upper, y.Lower
	if qx != nil {
		up = qx.ub
	}
	if qy != nil {
		lo = qy.lb
	}
	return s.sub(up, y.Value(), pos) || s.sub(x.Value(), lo, pos)
}

// occurs notes that q was met in the given position.
func (s *solver) occurs(q *quant, pos int) {
	if q == nil || pos == outside {
		return
	}
	if pos == invariant && s.depth > q.depth0 {
		if q.occInv < 2 {
			q.occInv++
		}
	} else if q.occCov < 2 {
		q.occCov++
	}
}

// varBelow decides v <: a.
func (s *solver) varBelow(v *TypeVar, a Value, pos int) bool {
	q := s.lookup(v)
	if q == nil {
		return s.sub(v.Upper, a, pos)
	}
	s.occurs(q, pos)
	if !q.right {
		return s.sub(q.ub, a, pos)
	}
	if q.ub == a {
		return true
	}
	if s.isEqualTo(q) {
		return s.sub(q.ub, a, pos)
	}
	isVar := TypeOf(a) == TypeVarType
	if !(q.lb == Bottom && !isVar && !IsType(a)) && !s.bounds(q.lb, a) {
		return false
	}
	if s.meeting {
		if ub := s.aside(q.ub, a, q.depth0); ub != v.Value() {
			q.ub = ub
		}
	} else if a.P != unsafe.Pointer(v) {
		q.ub = simpleMeet(q.ub, a)
	}
	if isVar {
		qa := s.lookup((*TypeVar)(a.P))
		if qa != nil && !qa.right && inUnion(q.lb, a) && qa.depth0 != q.depth0 && s.isOutside(v, qa.v) {
			return s.sub(qa.ub, qa.lb, outside)
		}
	}
	return true
}

// varAbove decides a <: v.
func (s *solver) varAbove(v *TypeVar, a Value, pos int) bool {
	q := s.lookup(v)
	if q == nil {
		return s.sub(a, v.Lower, pos)
	}
	s.occurs(q, pos)
	if !q.right {
		return s.sub(a, q.lb, pos)
	}
	if q.lb == a {
		return true
	}
	if s.isEqualTo(q) {
		return s.sub(a, q.lb, pos)
	}
	isVar := TypeOf(a) == TypeVarType
	if q.ub.P != unsafe.Pointer(Any) && !s.bounds(a, q.ub) {
		return false
	}
	if lb := simpleJoin(q.lb, a); !s.meeting || !s.reaches(lb, v, false) {
		q.lb = lb
	}
	if TypeOf(q.lb) == UnionType { // what is compared with it costs more and more
		n := len(UnionMembers(q.lb))
		s.steps += n * n / 4
	}
	if isVar {
		qa := s.lookup((*TypeVar)(a.P))
		if qa != nil && !qa.right && qa.depth0 != q.depth0 && pos == invariant && s.isOutside(v, qa.v) {
			return s.sub(qa.ub, qa.lb, outside)
		}
	}
	return true
}

// isEqualTo reports whether an intersection has made the variable of q equal to another one in scope.
func (s *solver) isEqualTo(q *quant) bool {
	if !s.meeting || q.lb != q.ub {
		return false
	}
	o := s.lookupValue(q.lb)
	return o != nil && o != q && (o.lb != o.ub || o.lb != q.v.Value())
}

// reaches reports whether x is variable v or one whose bounds, the upper ones or both, lead
// to it.
func (s *solver) reaches(x Value, v *TypeVar, both bool) bool {
	for range 32 {
		if inUnion(x, v.Value()) {
			return true
		}
		w, ok := asVar(x)
		if !ok {
			return false
		}
		q := s.lookup(w)
		if q == nil || both && (q.lb == x || q.ub == x) {
			return false
		}
		if both && q.lb != q.ub && s.reaches(q.lb, v, true) {
			return true
		}
		x = q.ub
	}
	return true
}

// bounds decides whether one bound of a variable is below another: a question of its own, for
// which the unions in it are gone through anew.
func (s *solver) bounds(x, y Value) bool {
	if x == y || y.P == unsafe.Pointer(Any) || x == Bottom && IsType(y) {
		return true
	}
	return s.apart(x, y, outside)
}

// apart asks whether x <: y without the choices made so far: those on the right stay where
// both have variables.
func (s *solver) apart(x, y Value, pos int) bool {
	l, r := s.l, s.r
	s.l = choices{}
	var ok bool
	if !HasFree(x) || !HasFree(y) {
		s.r = choices{}
		ok = s.forallExists(x, y, pos)
		s.r = r
	} else {
		ok = s.forall(x, y, pos)
	}
	s.l = l
	return ok
}

// forall asks whether x <: y for every choice in the unions of x, with one choice in those of y.
func (s *solver) forall(x, y Value, pos int) bool {
	for {
		s.l.begin()
		if !s.sub(x, y, pos) {
			return false
		}
		if !s.l.next() {
			return true
		}
	}
}

// isOutside reports whether x was introduced before y.
func (s *solver) isOutside(x, y *TypeVar) bool {
	for q := s.vars; q != nil; q = q.prev {
		if q.v == y {
			return true
		}
		if q.v == x {
			return false
		}
	}
	return false
}

func inUnion(u, m Value) bool {
	for TypeOf(u) == UnionType {
		if inUnion((*Union)(u.P).A, m) {
			return true
		}
		u = (*Union)(u.P).B
	}
	return u == m
}

// simpleJoin is an upper bound of two lower bounds.
func simpleJoin(a, b Value) Value {
	if a == Bottom || a == b || b.P == unsafe.Pointer(Any) {
		return b
	}
	if b == Bottom || a.P == unsafe.Pointer(Any) {
		return a
	}
	if !isTypeOrVar(a) || !isTypeOrVar(b) {
		if sameParam(a, b) {
			return b
		}
		return Any.Value()
	}
	if inUnion(a, b) || kindHolds(a, b) {
		return a
	}
	if inUnion(b, a) || kindHolds(b, a) {
		return b
	}
	if v, ok := asVar(a); ok && v.Lower == b {
		return a
	}
	if v, ok := asVar(b); ok && v.Lower == a {
		return b
	}
	if !HasFree(a) && !HasFree(b) {
		if Subtype(a, b) {
			return b
		}
		if Subtype(b, a) {
			return a
		}
	}
	return MakeUnion(a, b)
}

// kindHolds reports whether t is Type{X} of an X whose type is kind.
func kindHolds(kind, t Value) bool {
	d, ok := IsDataType(t)
	return ok && d.Name == TypeTypeName && TypeOf(d.Params[0]).Value() == kind && IsType(d.Params[0])
}

// simpleMeet is the narrower of two upper bounds, the newer one if neither is.
func simpleMeet(a, b Value) Value {
	if a.P == unsafe.Pointer(Any) || !isTypeOrVar(a) || !isTypeOrVar(b) {
		return b
	}
	if b.P == unsafe.Pointer(Any) {
		return a
	}
	if v, ok := asVar(a); ok && v.Upper == b {
		return a
	}
	if HasFree(a) || HasFree(b) {
		return b
	}
	if Subtype(a, b) {
		return a
	}
	return b
}

func isTypeOrVar(v Value) bool { return IsType(v) || TypeOf(v) == TypeVarType }
