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
	return s.env, true
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
