package core

// Calls whose argument types are not known exactly: which methods they may mean.

// Match is a method that a call may mean.
type Match struct {
	Method *Method
	// SParams are the values of the static parameters; a TypeVar stands for one of which
	// only an upper bound is known, and undefined for one of which nothing is.
	SParams []Value
	Sig     Value // what the call and the method's signature have in common
	Covers  bool  // the method takes all that the call may be
}

// Matches lists the methods that a call with arguments of the types in sig may mean in
// a world, a Tuple type (or a UnionAll of one) with the callee's type first; the more specific
// come first. ok is false when there are more than most.
func (r *Runtime) Matches(sig Value, world uint64, most int) (ms []Match, ok bool) {
	d, isData := IsDataType(unwrap(sig))
	if !isData || !d.Has(FlagTuple) || len(d.Params) == 0 {
		return nil, false
	}
	c := certain(d)
	var methods []*Method
	found := map[*Method]*Match{}
	r.visit(Rewrap(d.Params[0], sig), world, false, func(m *Method) {
		if found[m] != nil || !m.mayMatch(d, c) {
			return
		}
		if env, ok := subtypeEnv(sig, m.Sig, len(m.SParams)); ok {
			found[m] = &Match{Method: m, SParams: m.open(sig, env), Sig: sig, Covers: true}
			methods = append(methods, m)
			return
		}
		both := TypeIntersect(sig, m.Sig)
		if both == Bottom || onlyBottom(both) {
			return
		}
		env, ok := subtypeEnv(both, m.Sig, len(m.SParams))
		if !ok {
			env = make([]Value, len(m.SParams))
		}
		found[m] = &Match{Method: m, SParams: m.open(both, env), Sig: both}
		methods = append(methods, m)
	})
	var covering []*Method
	for _, m := range methods {
		if found[m].Covers {
			covering = append(covering, m)
		}
	}
	kept := methods[:0]
next:
	for _, m := range methods {
		for _, c := range covering {
			if c != m && r.moreSpecific(c, m) {
				continue next
			}
		}
		kept = append(kept, m)
	}
	if len(kept) > most {
		return nil, false
	}
	for _, m := range r.sortMethods(kept) {
		ms = append(ms, *found[m])
	}
	return ms, true
}

// certain are the parameters of a call's type that are exact types, for the filters.
func certain(d *DataType) []bool {
	out := make([]bool, len(d.Params))
	for i, p := range d.Params {
		t, ok := IsDataType(p)
		out[i] = ok && (t.Has(FlagConcrete) && !isKind(t) || t.Name == TypeTypeName && IsType(t.Params[0]) && !HasFree(p))
	}
	return out
}

// mayMatch is a quick test of the number and of the exact types of arguments.
func (m *Method) mayMatch(d *DataType, certain []bool) bool {
	n, more := len(d.Params), d.Has(FlagVarargTup)
	if more {
		n--
	}
	if !more && n < len(m.filter) || n > len(m.filter) && !m.anyLength {
		return false
	}
	for i := range n {
		if !certain[i] {
			continue
		}
		f := &m.varFilter
		if i < len(m.filter) {
			f = &m.filter[i]
		}
		t, exact := (*DataType)(d.Params[i].P), Value{}
		if t.Name == TypeTypeName {
			exact = t.Params[0]
			t = TypeOf(exact)
		}
		if !f.pass(t, exact) {
			return false
		}
	}
	return true
}

// open is env for a call of which only types are known: where a variable stands for
// the type of an argument that may be of a subtype, it is a bound.
func (m *Method) open(sig Value, env []Value) []Value {
	u := m.Sig
	for i, v := range env {
		w := (*UnionAll)(u.P)
		u = w.Body
		if v.P == nil || !IsType(v) || invariantIn(w.Body, w.Var, false) && !HasFree(v) {
			continue
		}
		if d, ok := IsDataType(v); ok && d.Has(FlagConcrete) && !isKind(d) {
			continue
		}
		env[i] = NewVar(w.Var.Name.Name, Value{}, v).Value()
	}
	return env
}
