package core

// Static parameters: the values of a signature's variables for a call.

// subtypeEnv decides tuple <: sig and, where it holds, gives the values of
// sig's outermost variables.
func subtypeEnv(tuple, sig Value, n int) ([]Value, bool) {
	s := solver{env: make([]Value, n)}
	if !s.forallExists(tuple, sig, outside) {
		return nil, false
	}
	for i, v := range s.env {
		if v.P != nil && HasFree(v) {
			s.env[i] = settle(v, sig, s.env)
		}
	}
	u := sig
	for i, v := range s.env {
		w := (*UnionAll)(u.P)
		if kind := kindOf(v); kind != v && !invariantIn(w.Body, w.Var, false) {
			s.env[i] = kind // x::T with T = Type{Int64} makes T DataType
		}
		u = w.Body
	}
	return s.env, true
}

// kindOf widens Type{X} to the type of X; what else there is stays.
func kindOf(v Value) Value {
	if v.P == nil {
		return v
	}
	if TypeOf(v) == UnionType {
		u := (*Union)(v.P)
		if a, b := kindOf(u.A), kindOf(u.B); a == b {
			return a
		}
		return v
	}
	if t, ok := IsDataType(v); ok && t.Name == TypeTypeName && IsType(t.Params[0]) {
		return TypeOf(t.Params[0]).Value()
	}
	return v
}

// invariantIn reports whether variable tv stands in t as a parameter of a type that is not a
// tuple, so that its value is that and no other. inside says that t itself is one.
func invariantIn(t Value, tv *TypeVar, inside bool) bool {
	switch TypeOf(t) {
	case TypeVarType:
		return inside && (*TypeVar)(t.P) == tv
	case UnionAllType:
		u := (*UnionAll)(t.P)
		return invariantIn(u.Var.Lower, tv, true) || invariantIn(u.Var.Upper, tv, true) || invariantIn(u.Body, tv, inside)
	case UnionType:
		u := (*Union)(t.P)
		return invariantIn(u.A, tv, inside) || invariantIn(u.B, tv, inside)
	case VarargType:
		v := (*Vararg)(t.P)
		return v.T.P != nil && invariantIn(v.T, tv, inside) || v.N.P != nil && invariantIn(v.N, tv, true)
	}
	d, ok := IsDataType(t)
	if !ok {
		return false
	}
	for _, p := range d.Params {
		if invariantIn(p, tv, inside || d.Name != TupleName) {
			return true
		}
	}
	return false
}

// Env gives the values of m's static parameters in a call, the tuple of whose types is
// given, callee first.
func (m *Method) Env(tuple Value) ([]Value, bool) { return subtypeEnv(tuple, m.Sig, len(m.SParams)) }

// MatchEnv gives what the variables around sig stand for where t <: sig; a variable
// itself where that is open.
func MatchEnv(t, sig Value) []Value {
	var vars []Value
	for u := sig; TypeOf(u) == UnionAllType; u = (*UnionAll)(u.P).Body {
		vars = append(vars, (*UnionAll)(u.P).Var.Value())
	}
	env, ok := subtypeEnv(t, sig, len(vars))
	for i := range vars {
		if ok && env[i].P != nil {
			vars[i] = env[i]
		}
	}
	return vars
}

// settle replaces the variables of sig in one's value by their own values.
func settle(v, sig Value, env []Value) Value {
	for i := 0; TypeOf(sig) == UnionAllType && i < len(env); i++ {
		u := (*UnionAll)(sig.P)
		if env[i].P != nil {
			v = Subst(v, []*TypeVar{u.Var}, []Value{env[i]})
		}
		sig = u.Body
	}
	if HasFree(v) {
		return Value{}
	}
	return v
}
