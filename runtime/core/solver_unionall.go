package core

// This file has what the search does with a UnionAll: its variable, opened on one side
// or the other, and the bound that is left of it.

import "unsafe"

// unionAll opens u: on the right (t <: u, there is a value of the variable) or
// on the left (u <: t, for all its values).
func (s *solver) unionAll(t Value, u *UnionAll, right bool, pos int) bool {
	if lb := u.Var.Lower; lb == u.Var.Upper && !HasFree(lb) { // the variable can only be that
		body := Subst(u.Body, []*TypeVar{u.Var}, []Value{lb})
		if !right {
			return s.sub(body, t, pos)
		}
		slot := s.envPos
		if slot < len(s.env) {
			s.envPos++
		}
		ok := s.sub(t, body, pos)
		if ok && slot < len(s.env) {
			s.env[slot] = lb
		}
		return ok
	}
	if s.lookup(u.Var) != nil || occursFree(t, u.Var) || s.boundMentions(u.Var) {
		u = renameVar(u)
	}
	q := &quant{v: u.Var, lb: u.Var.Lower, ub: u.Var.Upper, right: right, depth0: s.depth, prev: s.vars}
	if s.meeting {
		q.meet = &meetInfo{body: u.Body}
	}
	s.vars = q
	slot := -1
	var ok bool
	if right {
		if s.envPos < len(s.env) {
			slot = s.envPos
			s.envPos++
		}
		ok = s.sub(t, u.Body, pos)
	} else {
		ok = s.sub(u.Body, t, pos)
	}
	if right && q.occInv == 0 { // as an element of a tuple, a type is of its kind
		q.lb = kindOf(q.lb)
	}
	diagonal := q.occCov > 1 && !occursInvariant(u.Body, u.Var)
	if ok && (q.concrete || diagonal && isLeafBound(u.Var.Lower)) {
		if q.concrete && !diagonal && !isLeafBound(q.ub) {
			ok = false
		} else if TypeOf(q.lb) == TypeVarType {
			// Out of scope it was a diagonal variable of the left side itself.
			if ql := s.lookup((*TypeVar)(q.lb.P)); ql != nil {
				ql.concrete = true
			}
		} else if !isLeafBound(q.lb) {
			ok = false
		}
	}
	s.vars = q.prev
	if !ok {
		return false
	}
	if slot >= 0 {
		s.env[slot] = q.value()
	}
	for o := s.vars; o != nil; o = o.prev {
		// What is chosen outside cannot depend on a variable further inside.
		if o.depth0 != q.depth0 && (leaks(o.ub, o.v.Upper, q.v) || leaks(o.lb, o.v.Lower, q.v)) {
			return false
		}
		if !right {
			// A variable of the left side that is out of scope stands for any type.
			continue
		}
		if occursFree(o.lb, u.Var) {
			o.lb = closeBound(o.lb, q)
		}
		if occursFree(o.ub, u.Var) {
			o.ub = closeBound(o.ub, q)
		}
	}
	return true
}

// leaks reports whether v stands within a parameter of bound b, which was declared as decl.
func leaks(b, decl Value, v *TypeVar) bool {
	return b != decl && b.P != unsafe.Pointer(v) && occursFree(b, v) && occursInvariant(b, v)
}

// closeBound removes the variable of q, which goes out of scope, from a bound.
func closeBound(b Value, q *quant) Value {
	if b.P == unsafe.Pointer(q.v) {
		if q.lb != Bottom {
			return q.lb
		}
		return q.ub
	}
	if TypeOf(b) == UnionType {
		u := (*Union)(b.P)
		return MakeUnion(closeBound(u.A, q), closeBound(u.B, q))
	}
	if q.lb != Bottom && (q.lb == q.ub || !isTypeOrVar(q.lb)) {
		return Subst(b, []*TypeVar{q.v}, []Value{q.lb})
	}
	return makeUnionAllRaw(q.v, b)
}

// value is what a variable of a method means for a call, undefined when the
// call does not determine it.
func (q *quant) value() Value {
	lb := q.lb
	if q.occInv > 0 && HasFree(lb) && !HasFree(q.ub) {
		lb = q.ub // equal to it, as an invariant variable is
	}
	switch {
	case q.anyInt || TypeOf(lb) == TypeVarType:
		return Value{}
	case lb == Bottom && q.ub != Bottom:
		// Bounds alone do not make a value, but for an exact Union{}.
		return Value{}
	case q.occInv == 0 && !isLeafBound(lb):
		return Value{}
	}
	return lb
}

// isLeafBound reports whether a lower bound admits only one concrete type.
func isLeafBound(v Value) bool {
	if v == Bottom {
		return true
	}
	if d, ok := IsDataType(v); ok {
		if d.Name.Abstract {
			return d.Name == TypeTypeName
		}
		return d.Has(FlagConcrete) || d.Has(FlagTuple) && leafTuple(d)
	}
	return !isTypeOrVar(v)
}

// leafTuple accepts the argument tuples of calls, whose elements may be Type{T}.
func leafTuple(d *DataType) bool {
	for _, p := range d.Params {
		if TypeOf(p) == VarargType || !isLeafBound(p) {
			return false
		}
	}
	return true
}

// occursFree reports whether v occurs free in t.
func occursFree(t Value, v *TypeVar) bool {
	if t.P == nil {
		return false
	}
	switch TypeOf(t) {
	case TypeVarType:
		return t.P == unsafe.Pointer(v)
	case DataTypeType:
		d := (*DataType)(t.P)
		if !d.Has(FlagHasFree) {
			return false
		}
		for _, p := range d.Params {
			if occursFree(p, v) {
				return true
			}
		}
	case UnionAllType:
		u := (*UnionAll)(t.P)
		return occursFree(u.Var.Lower, v) || occursFree(u.Var.Upper, v) || u.Var != v && occursFree(u.Body, v)
	case UnionType:
		u := (*Union)(t.P)
		return occursFree(u.A, v) || occursFree(u.B, v)
	case VarargType:
		a := (*Vararg)(t.P)
		return occursFree(a.T, v) || occursFree(a.N, v)
	}
	return false
}

// boundMentions reports whether a bound of a variable in scope contains v.
func (s *solver) boundMentions(v *TypeVar) bool {
	for q := s.vars; q != nil; q = q.prev {
		if occursFree(q.lb, v) || occursFree(q.ub, v) {
			return true
		}
	}
	return false
}

// renameVar returns u with a fresh variable.
func renameVar(u *UnionAll) *UnionAll {
	nv := &TypeVar{TypeVarType, u.Var.Name, u.Var.Lower, u.Var.Upper}
	return &UnionAll{UnionAllType, nv, Subst(u.Body, []*TypeVar{u.Var}, []Value{nv.Value()})}
}
