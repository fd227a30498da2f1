package core

// Specificity: which of two signatures is preferred where both match. Where
// neither is a subtype of the other it is a judgement element by element.

import "unsafe"

// MoreSpecific reports whether signature a is more specific than b.
func MoreSpecific(a, b Value) bool {
	if a == b || farApart(a, b) || HasFree(a) || HasFree(b) || Subtype(b, a) {
		return false
	}
	if Subtype(a, b) {
		return true
	}
	c, r := specCompare{a, b}, specCompare{b, a}
	return c.more(a, b, false, nil) && !r.more(b, a, false, nil)
}

// farApart finds cheap evidence that neither of a and b can be said to be more specific. Tuples of different
// lengths can: what is more specific than a third one has to be so by way of them, too.
func farApart(a, b Value) bool {
	if a == b || a.P == unsafe.Pointer(Any) || b.P == unsafe.Pointer(Any) || a.P == unsafe.Pointer(BottomType) {
		return false
	}
	x, ok1 := IsDataType(unwrap(a))
	y, ok2 := IsDataType(unwrap(b))
	if !ok1 || !ok2 {
		return a == Bottom || b == Bottom
	}
	if x.Name != y.Name {
		return !belowName(x, y.Name) && !belowName(y, x.Name)
	}
	xf, yf := x.Params, y.Params
	if x.Name == TupleName {
		xf, _ = splitTuple(x)
		yf, _ = splitTuple(y)
	}
	for i := range min(len(xf), len(yf)) {
		p, q := xf[i], yf[i]
		if TypeOf(p) == TypeVarType || TypeOf(q) == TypeVarType {
			continue
		}
		pt, qt := IsType(p), IsType(q)
		switch {
		case pt && qt:
			if !(x.Name == TupleName && (p == Bottom || q == Bottom)) && farApart(p, q) {
				return true
			}
		case pt:
			if p.P != unsafe.Pointer(Any) {
				return true
			}
		case qt:
			if q.P != unsafe.Pointer(Any) {
				return true
			}
		case !sameParam(p, q):
			return true
		}
	}
	return false
}

// disjoint finds cheap evidence that a and b share no instance; within a
// parameter that they are not equal.
func disjoint(a, b Value) bool {
	if a == b || a.P == unsafe.Pointer(Any) || b.P == unsafe.Pointer(Any) {
		return false
	}
	a, b = unwrap(a), unwrap(b)
	if TypeOf(a) == TypeVarType {
		return disjoint((*TypeVar)(a.P).Upper, b)
	}
	if TypeOf(b) == TypeVarType {
		return disjoint(a, (*TypeVar)(b.P).Upper)
	}
	if TypeOf(a) == UnionType {
		u := (*Union)(a.P)
		return disjoint(u.A, b) && disjoint(u.B, b)
	}
	if TypeOf(b) == UnionType {
		u := (*Union)(b.P)
		return disjoint(a, u.A) && disjoint(a, u.B)
	}
	x, ok1 := IsDataType(a)
	y, ok2 := IsDataType(b)
	if !ok1 || !ok2 {
		return false
	}
	if x.Name != y.Name {
		if x.Name == TypeTypeName && isKind(y) || y.Name == TypeTypeName && isKind(x) {
			return false
		}
		return !belowName(x, y.Name) && !belowName(y, x.Name)
	}
	if x.Name == TupleName {
		xf, xv := splitTuple(x)
		yf, yv := splitTuple(y)
		if xv == nil && len(xf) < len(yf) || yv == nil && len(yf) < len(xf) {
			return true
		}
		for i := 0; i < max(len(xf), len(yf)); i++ {
			e, f := elemAt(xf, xv, i), elemAt(yf, yv, i)
			if e.P != nil && f.P != nil && disjoint(e, f) {
				return true
			}
		}
		return false
	}
	for i := range x.Params {
		if i < len(y.Params) && differ(x.Params[i], y.Params[i]) {
			return true
		}
	}
	return false
}

func elemAt(fixed []Value, va *Vararg, i int) Value {
	if i < len(fixed) {
		return fixed[i]
	}
	if va != nil {
		return va.T
	}
	return Value{}
}

func belowName(t *DataType, n *TypeName) bool {
	for ; ; t = t.Super {
		if t.Name == n {
			return true
		}
		if t == Any {
			return false
		}
	}
}

// differ finds cheap evidence that two invariant parameters are not equal.
func differ(a, b Value) bool {
	if a == b {
		return false
	}
	if !isTypeOrVar(a) || !isTypeOrVar(b) {
		return TypeOf(a) != TypeVarType && TypeOf(b) != TypeVarType && !sameParam(a, b)
	}
	x, ok1 := IsDataType(a)
	y, ok2 := IsDataType(b)
	if ok1 && ok2 {
		if x.Name != y.Name {
			return x.Name != TypeTypeName && y.Name != TypeTypeName
		}
		if x.Name == TupleName {
			return false
		}
		for i := range x.Params {
			if i < len(y.Params) && differ(x.Params[i], y.Params[i]) {
				return true
			}
		}
	}
	return false
}

// specCompare is one comparison: the whole signatures.
type specCompare struct{ a0, b0 Value }

// countedVar counts how often a variable occurs.
type countedVar struct {
	v     *TypeVar
	count int
	prev  *countedVar
}

func (c *countedVar) of(v *TypeVar) int {
	for ; c != nil; c = c.prev {
		if c.v == v {
			return c.count
		}
	}
	return 0
}

// equalOpen compares types with free variables, whose whereabouts are the two
// signatures: as the signatures' types where they are all the type there is.
func (s *specCompare) equalOpen(a, b Value, env *countedVar) bool {
	if !isTypeOrVar(a) || !isTypeOrVar(b) {
		return sameParam(a, b)
	}
	return TypeEqual(closeOver(a, env, s.a0), closeOver(b, env, s.b0))
}

// belowOpen is Subtype for types with free variables.
func (s *specCompare) belowOpen(a, b Value, env *countedVar) bool {
	if TypeOf(a) == TypeVarType && isTypeOrVar(b) {
		return Subtype(closeOver((*TypeVar)(a.P).Upper, env, s.a0), closeOver(b, env, s.b0))
	}
	if !isTypeOrVar(a) || !isTypeOrVar(b) {
		return sameParam(a, b)
	}
	return Subtype(closeOver(a, env, s.a0), closeOver(b, env, s.b0))
}

// closeOver binds the free variables of t.
func closeOver(t Value, env *countedVar, sig Value) Value {
	for e := env; e != nil; e = e.prev {
		t = MakeUnionAll(e.v, t)
	}
	var vars []*TypeVar
	for u := sig; TypeOf(u) == UnionAllType; u = (*UnionAll)(u.P).Body {
		vars = append(vars, (*UnionAll)(u.P).Var)
	}
	for i := len(vars) - 1; i >= 0; i-- {
		if HasFree(t) {
			t = MakeUnionAll(vars[i], t)
		}
	}
	return t
}

// more is the judgement itself. inv says that a and b are parameters.
func (s *specCompare) more(a, b Value, inv bool, env *countedVar) bool {
	if a == b {
		return false
	}
	x, aData := IsDataType(a)
	y, bData := IsDataType(b)
	if aData && bData && x.Has(FlagTuple) && y.Has(FlagTuple) {
		xf, xv := splitTuple(x)
		yf, yv := splitTuple(y)
		// A length that occurs elsewhere is fixed by the other side's.
		if openCount(xv, s.a0) && yv == nil && len(yf) > len(xf) {
			return s.more(fixCount(x, len(yf)-len(xf)), b, inv, env)
		}
		if openCount(yv, s.b0) && xv == nil && len(xf) > len(yf) {
			return s.more(a, fixCount(y, len(xf)-len(yf)), inv, env)
		}
		return s.tuples(x, y, env)
	}
	if !inv {
		switch {
		case a.P == unsafe.Pointer(Any) || b == Bottom:
			return false
		case a == Bottom || b.P == unsafe.Pointer(Any) && TypeOf(a) != TypeVarType:
			return true
		}
	}
	if TypeOf(a) == UnionType {
		for TypeOf(b) == UnionAllType {
			u := (*UnionAll)(b.P)
			env = &countedVar{u.Var, 0, env}
			b = u.Body
		}
		if s.belowOpen2(b, a, env) {
			return false
		}
		u := (*Union)(a.P)
		r := specCompare{s.b0, s.a0}
		return s.more(u.A, b, inv, env) && !r.more(b, u.B, inv, env) || s.more(u.B, b, inv, env) && !r.more(b, u.A, inv, env)
	}
	if aData && x.Name == TypeTypeName && !inv {
		p := x.Params[0]
		if TypeOf(p) == TypeVarType {
			if bData && isKind(y) && !Subtype(Any.Value(), (*TypeVar)(p.P).Upper) {
				return true
			}
		} else if bData && isKind(y) {
			return true
		}
	}
	if TypeOf(b) == UnionType {
		for TypeOf(a) == UnionAllType {
			u := (*UnionAll)(a.P)
			env = &countedVar{u.Var, 0, env}
			a = u.Body
		}
		u := (*Union)(b.P)
		return s.more(a, u.A, inv, env) || s.more(a, u.B, inv, env)
	}
	if aData && bData {
		return s.data(x, y, inv, env)
	}
	if TypeOf(a) == TypeVarType {
		v := (*TypeVar)(a.P)
		if TypeOf(b) == TypeVarType {
			w := (*TypeVar)(b.P)
			return s.more(v.Upper, w.Upper, false, env) && (v.Lower == Bottom || !s.more(v.Lower, w.Lower, false, env)) ||
				s.more(w.Lower, v.Lower, false, env) && !s.more(w.Upper, v.Upper, false, env)
		}
		if !IsType(b) {
			return false
		}
		if inv {
			if occursFree(b, v) {
				return true
			}
			if !HasFree(b) {
				return false
			}
			if s.equalOpen(v.Upper, b, env) {
				return env.of(v) >= 2
			}
		} else if b.P == unsafe.Pointer(Any) && v.Upper.P == unsafe.Pointer(Any) && env.of(v) >= 2 {
			// {T,T} is more specific than {Any,Any}.
			return true
		}
		return s.more(v.Upper, b, false, env)
	}
	if TypeOf(b) == TypeVarType {
		w := (*TypeVar)(b.P)
		if !IsType(a) {
			return true
		}
		if inv {
			if occursFree(a, w) {
				return false
			}
			if HasFree(a) && s.equalOpen(a, w.Upper, env) {
				return env.of(w) < 2
			}
			if countVar(s.b0, w) < 2 && s.belowOpen(a, w.Upper, env) {
				return true
			}
		} else if a.P == unsafe.Pointer(Any) && w.Upper.P == unsafe.Pointer(Any) && env.of(w) >= 2 {
			return false
		}
		return s.more(a, w.Upper, false, env)
	}
	if TypeOf(a) == UnionAllType {
		u := (*UnionAll)(a.P)
		env = &countedVar{u.Var, countVar(u.Body, u.Var), env}
		if TypeOf(b) == UnionAllType {
			w := (*UnionAll)(b.P)
			env = &countedVar{w.Var, countVar(w.Body, w.Var), env}
			return s.more(u.Body, w.Body, inv, env)
		}
		return s.more(u.Body, b, inv, env)
	}
	if TypeOf(b) == UnionAllType {
		w := (*UnionAll)(b.P)
		env = &countedVar{w.Var, countVar(w.Body, w.Var), env}
		return s.more(a, w.Body, inv, env)
	}
	return false
}

// belowOpen2 is belowOpen with the roles of the signatures exchanged.
func (s *specCompare) belowOpen2(a, b Value, env *countedVar) bool {
	r := specCompare{s.b0, s.a0}
	return r.belowOpen(a, b, env)
}

// openCount reports whether v has a count that occurs elsewhere in sig, too.
func openCount(v *Vararg, sig Value) bool {
	return v != nil && v.N.P != nil && TypeOf(v.N) == TypeVarType && countVar(sig, (*TypeVar)(v.N.P)) > 1
}

// fixCount replaces the count of t's Vararg by n, wherever it occurs in t.
func fixCount(t *DataType, n int) Value {
	_, va := splitTuple(t)
	return Subst(t.Value(), []*TypeVar{(*TypeVar)(va.N.P)}, []Value{Int(int64(n))})
}

// countVar counts the occurrences of v in t.
func countVar(t Value, v *TypeVar) int {
	if t.P == nil {
		return 0
	}
	switch TypeOf(t) {
	case TypeVarType:
		if t.P == unsafe.Pointer(v) {
			return 1
		}
	case DataTypeType:
		n := 0
		if d := (*DataType)(t.P); d.Has(FlagHasFree) {
			for _, p := range d.Params {
				n += countVar(p, v)
			}
		}
		return n
	case UnionType:
		u := (*Union)(t.P)
		return max(countVar(u.A, v), countVar(u.B, v))
	case UnionAllType:
		u := (*UnionAll)(t.P)
		if u.Var == v {
			return countVar(u.Body, v)
		}
		return countVar(u.Var.Lower, v) + countVar(u.Var.Upper, v) + countVar(u.Body, v)
	case VarargType:
		a := (*Vararg)(t.P)
		return countVar(a.T, v) + countVar(a.N, v)
	}
	return 0
}

// data compares two DataTypes that are not both tuples.
func (s *specCompare) data(x, y *DataType, inv bool, env *countedVar) bool {
	if x == BottomType && (isKind(y) || y.Name == TypeTypeName) {
		return true
	}
	super := false
	for t := x; t != Any; t = t.Super {
		if t.Name != y.Name {
			if inv {
				return false
			}
			super = true
			continue
		}
		if super {
			if t.Name != TypeTypeName {
				return true
			}
			v, ok := asVar(y.Params[0])
			return !isKind(x) || ok && Subtype(Any.Value(), v.Upper)
		}
		if t.Has(FlagTuple) {
			return s.tuples(t, y, env)
		}
		return s.params(t, y, env)
	}
	return !inv && y == Any
}

// params compares instances of one parametric type.
func (s *specCompare) params(x, y *DataType, env *countedVar) bool {
	score := [2]int{}
	bare := [2]bool{}
	diag := [2]bool{}
	for i := range x.Params {
		if i >= len(y.Params) {
			break
		}
		p, q := x.Params[i], y.Params[i]
		pf, qf := HasFree(p), HasFree(q)
		if !pf && !qf && !TypeEqual(p, q) {
			return false
		}
		pv, qv := TypeOf(p) == TypeVarType, TypeOf(q) == TypeVarType
		r := specCompare{s.b0, s.a0}
		switch {
		case s.more(p, q, true, env) && (pv || !pf || qf):
			score[0]++
		case r.more(q, p, true, env) && (qv || !qf || pf):
			score[1]++
		case s.equalOpen(p, q, env):
			if !pf && qf {
				score[0]++
			} else if pf && !qf {
				score[1]++
			}
		}
		if qv && !isTypeOrVar(p) {
			bare[0] = true
		} else if pv && !isTypeOrVar(q) {
			bare[1] = true
		}
		for j := i + 1; j < len(x.Params); j++ {
			diag[0] = diag[0] || pv && occursFree(x.Params[j], (*TypeVar)(p.P))
			diag[1] = diag[1] || qv && j < len(y.Params) && occursFree(y.Params[j], (*TypeVar)(q.P))
		}
	}
	switch {
	case diag[0] && !diag[1] && score[0]+1 >= score[1]:
		return true
	case diag[1] && !diag[0] && score[1] >= score[0]:
		return false
	}
	return score[0] > score[1] || bare[0] && !bare[1]
}

// tuples compares two Tuple types element by element.
func (s *specCompare) tuples(x, y *DataType, env *countedVar) bool {
	if len(y.Params) == 0 {
		return false
	}
	if len(x.Params) == 0 {
		return true
	}
	xf, xv := splitTuple(x)
	yf, yv := splitTuple(y)
	xn, yn := len(x.Params), len(y.Params)
	some, xdiag, ydiag := false, false, false
	i := 0
	for ; i < max(xn, yn) && (i < xn || xv != nil) && (i < yn || yv != nil); i++ {
		xseq, yseq := xv != nil && i >= len(xf), yv != nil && i >= len(yf)
		e, f := elemAt(xf, xv, i), elemAt(yf, yv, i)
		if s.more(e, f, false, env) {
			some = true
		} else if e.P == unsafe.Pointer(Any) && hasDiagonal(f, env) {
			return false
		} else if !s.equalOpen(e, f, env) && !s.belowOpen(e, f, env) {
			if xseq && yseq && TypeIntersect(closeOver(e, env, s.a0), closeOver(f, env, s.b0)) == Bottom {
				return some // only where both tails are empty do they meet
			}
			return false
		}
		// A last T is not more specific than a tail of a diagonal variable.
		if !xseq && yseq && i == xn-1 && xn == yn && s.equalOpen(e, f, env) {
			v, ok1 := asVar(e)
			w, ok2 := asVar(f)
			if ok1 && ok2 && env.of(v) < 2 && env.of(w) > 1 {
				return false
			}
		}
		if v, ok := asVar(e); ok && env.of(v) > 1 {
			xdiag = true
		}
		if w, ok := asVar(f); ok && env.of(w) > 1 {
			ydiag = true
		}
	}
	switch {
	case some || xv == nil && yv != nil:
		return true
	case xv == nil && yv == nil && xn == yn && xdiag && !ydiag:
		return true
	case xv != nil && yv != nil:
		return xn > yn && (!ydiag || xdiag) || xdiag && !ydiag
	}
	return xv == nil && xn < yn // the shorter one
}

func asVar(v Value) (*TypeVar, bool) {
	if v.P != nil && TypeOf(v) == TypeVarType {
		return (*TypeVar)(v.P), true
	}
	return nil, false
}

// hasDiagonal reports whether f is, or is a union with, a variable without bound
// that occurs elsewhere too.
func hasDiagonal(f Value, env *countedVar) bool {
	if w, ok := asVar(f); ok {
		return env.of(w) > 1 && w.Upper.P == unsafe.Pointer(Any)
	}
	if TypeOf(f) == UnionType {
		u := (*Union)(f.P)
		return hasDiagonal(u.A, env) || hasDiagonal(u.B, env)
	}
	return false
}
