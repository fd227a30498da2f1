package core

// The search's steps for DataTypes, parameters and tuples.

import (
	"slices"
	"unsafe"
)

// isKind reports whether t is one of the four types of types.
func isKind(t *DataType) bool {
	return t == DataTypeType || t == UnionAllType || t == UnionType || t == BottomType
}

// mayCollapse reports whether t is a union that is one type for some values of its variables.
func mayCollapse(t Value) bool {
	return HasFree(t) && TypeOf(unwrap(t)) == UnionType
}

// subData decides x <: y for two DataTypes.
func (s *solver) subData(x, y *DataType, pos int) bool {
	if x == y || y == Any {
		return true
	}
	if x.Name == TypeTypeName && y.Name != TypeTypeName {
		p := x.Params[0]
		return TypeOf(p) != TypeVarType && IsType(p) && TypeOf(p) == y && !mayCollapse(p)
	}
	if y.Name == TypeTypeName && x.Name != TypeTypeName {
		if !isKind(x) {
			return false
		}
		p := y.Params[0]
		if x == BottomType {
			return s.equal(Bottom, p)
		}
		if TypeOf(p) != TypeVarType {
			return false
		}
		s.depth++
		ok := s.equal(TypeTypeName.Primary.Params[0], p)
		s.depth--
		return ok
	}
	for x.Name != y.Name {
		if x == Any {
			return false
		}
		x = x.Super
	}
	if x == y {
		return true
	}
	if x.Name == TupleName {
		if pos == outside {
			pos = covariant
		}
		return s.subTuple(x, y, pos)
	}
	if len(x.Params) != len(y.Params) {
		return false
	}
	s.depth++
	ok := true
	for i := range x.Params {
		if !s.equal(x.Params[i], y.Params[i]) {
			ok = false
			break
		}
	}
	s.depth--
	return ok
}

// equal decides that two parameters are the same.
func (s *solver) equal(x, y Value) bool {
	xt, yt := TypeOf(x), TypeOf(y)
	if xt != TypeVarType && yt != TypeVarType {
		if x == y {
			return true
		}
		if !IsType(x) || !IsType(y) {
			return sameParam(x, y)
		}
		if xt == DataTypeType && yt == DataTypeType {
			a, b := (*DataType)(x.P), (*DataType)(y.P)
			if a.Name != b.Name && a.Name != TypeTypeName && b.Name != TypeTypeName {
				return false
			}
		}
	}
	if xt == UnionType && yt == UnionType {
		if v, rest, ok := s.open(x, y); v != nil {
			return ok && (rest == Bottom || s.varAbove(v, rest, invariant)) && s.varBelow(v, x, outside)
		}
		if v, rest, ok := s.open(y, x); v != nil {
			return ok && (rest == Bottom || s.varAbove(v, rest, invariant)) && s.varBelow(v, y, outside)
		}
	}
	return s.apart(x, y, invariant) && s.sub(y, x, outside)
}

// open looks at a union y of types and one variable that may be chosen, which is to equal x,
// a union without variables: the variable, what it has to cover of x, and whether the types
// are in x. Going through the choices would take long for large unions.
func (s *solver) open(x, y Value) (v *TypeVar, rest Value, ok bool) {
	if HasFree(x) {
		return nil, Bottom, false
	}
	var fixed []Value
	for _, m := range UnionMembers(y) {
		switch {
		case TypeOf(m) == TypeVarType && v == nil:
			v = (*TypeVar)(m.P)
			if q := s.lookup(v); q == nil || !q.right {
				return nil, Bottom, false
			}
		case HasFree(m):
			return nil, Bottom, false
		default:
			fixed = append(fixed, m)
		}
	}
	if v == nil {
		return nil, Bottom, false
	}
	var left []Value
	for _, m := range UnionMembers(x) {
		if !slices.ContainsFunc(fixed, func(f Value) bool { return f == m || Subtype(m, f) }) {
			left = append(left, m)
		}
	}
	for _, f := range fixed {
		if !Subtype(f, x) {
			return v, Bottom, false
		}
	}
	return v, MakeUnion(left...), true
}

// splitTuple returns the fixed elements and the Vararg at the end, if any.
func splitTuple(t *DataType) ([]Value, *Vararg) {
	if n := len(t.Params); n > 0 && t.Has(FlagVarargTup) {
		return t.Params[:n-1], (*Vararg)(t.Params[n-1].P)
	}
	return t.Params, nil
}

// subTuple decides x <: y for two Tuple types.
func (s *solver) subTuple(x, y *DataType, pos int) bool {
	xf, xv := splitTuple(x)
	yf, yv := splitTuple(y)
	if xv != nil && xv.N.P != nil {
		xf, xv = splitTuple(s.counted(x))
	}
	if yv != nil && yv.N.P != nil {
		yf, yv = splitTuple(s.counted(y))
	}
	if xv == nil && yv == nil {
		if len(xf) != len(yf) {
			return false
		}
		for i := range xf {
			if !s.sub(xf[i], yf[i], pos) {
				return false
			}
		}
		return true
	}
	if xv == nil {
		extra := len(xf) - len(yf)
		if extra < 0 {
			return false
		}
		for i := range yf {
			if !s.sub(xf[i], yf[i], pos) {
				return false
			}
		}
		same := 0
		for i, e := range xf[len(yf):] {
			// More than two of the same say nothing new.
			if i > 0 && e == xf[len(yf)+i-1] {
				if same++; same > 1 {
					continue
				}
			} else {
				same = 0
			}
			if !s.sub(e, yv.T, pos) {
				return false
			}
		}
		return yv.N.P == nil || s.equalLength(Int(int64(extra)), yv.N)
	}
	if yv == nil {
		// Only a length still to be chosen can make them fit.
		extra := len(yf) - len(xf)
		if extra < 0 || xv.N.P == nil || !s.openLength(xv.N) {
			return false
		}
		for i := range yf {
			e := xv.T
			if i < len(xf) {
				e = xf[i]
			}
			if !s.sub(e, yf[i], pos) {
				return false
			}
		}
		return s.equalLength(xv.N, Int(int64(extra)))
	}
	if n := len(yf) - len(xf); n > 0 {
		if xf, xv = s.unfold(xf, xv, n); xv == nil {
			return false
		}
	}
	if n := len(xf) - len(yf); n > 0 && xv.N.P != nil && yv.N.P != nil {
		if f, v := s.unfold(yf, yv, n); v != nil {
			yf, yv = f, v
		}
	}
	for i := range xf {
		e := yv.T
		if i < len(yf) {
			e = yf[i]
		}
		if !s.sub(xf[i], e, pos) {
			return false
		}
	}
	for range 2 { // any number of elements: a variable counts as occurring twice
		if !s.sub(xv.T, yv.T, pos) {
			return false
		}
	}
	switch {
	case yv.N.P == nil:
		return true
	case xv.N.P == nil || len(xf) != len(yf):
		// Some length, with no name of its own.
		if TypeOf(yv.N) != TypeVarType {
			return false
		}
		q := s.lookup((*TypeVar)(yv.N.P))
		if q == nil || !q.right || q.anyInt || xv.N.P == nil && s.depth != q.depth0 || q.lb != Bottom || q.ub.P != unsafe.Pointer(Any) {
			return false
		}
		q.anyInt = true
		if n, ok := asVar(xv.N); ok {
			if o := s.lookup(n); o != nil {
				q.addCount(o, len(xf)-len(yf))
			}
		}
		q.lb = NewVar("N", Value{}, Value{}).Value()
		q.ub = q.lb
		return true
	}
	return s.equalLength(xv.N, yv.N)
}

// unfold writes n more elements of the tail v out, where it is known what counts those that
// remain; else the tail it returns is nil.
func (s *solver) unfold(fixed []Value, v *Vararg, n int) ([]Value, *Vararg) {
	count, ok := asVar(v.N)
	if !ok {
		return fixed, nil
	}
	if q := s.lookup(count); q != nil {
		for c := q.counts(); c != nil; c = c.next {
			if c.less != n {
				continue
			}
			out := append([]Value(nil), fixed...)
			for range n {
				out = append(out, v.T)
			}
			return out, &Vararg{VarargType, v.T, c.q.v.Value()}
		}
	}
	return fixed, nil
}

func (s *solver) equalLength(a, b Value) bool {
	s.depth++
	ok := s.equal(a, b)
	s.depth--
	return ok
}

// openLength reports whether n is a length that the right side may choose.
func (s *solver) openLength(n Value) bool {
	if TypeOf(n) != TypeVarType {
		return false
	}
	q := s.lookup((*TypeVar)(n.P))
	return q != nil && (q.right || q.lb == q.ub && TypeOf(q.lb) == Int64)
}
