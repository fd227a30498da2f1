package core

// LookupType finds the method that calls with arguments of the types in sig, a
// Tuple type with the callee's type first (or a UnionAll of one), would run: the
// most specific one whose signature covers all of sig. The answer is not
// remembered. The error is a *LookupError.
func (r *Runtime) LookupType(sig Value, world uint64) (*CacheEntry, error) {
	d, ok := IsDataType(unwrap(sig))
	if !ok || len(d.Params) == 0 {
		return nil, Errorf("method signature must be a Tuple type")
	}
	callee := unwrap(d.Params[0])
	if TypeOf(callee) == TypeVarType {
		callee = unwrap((*TypeVar)(callee.P).Upper)
	}
	var exact Value
	ct, ok := IsDataType(callee)
	if !ok {
		return nil, Errorf("method signature must begin with the type of a callee")
	}
	if ct.Name == TypeTypeName {
		exact = ct.Params[0]
		ct = DataTypeType
	}
	var best *CacheEntry
	r.tables(ct, exact, func(t *MethodTable) {
		for _, m := range t.Methods {
			if m.From > world || m.To < world {
				continue
			}
			sp, ok := subtypeEnv(sig, m.Sig, len(m.SParams))
			if ok && (best == nil || r.moreSpecific(m, best.Method)) {
				best = &CacheEntry{Method: m, SParams: sp, From: m.From, To: m.To}
			}
		}
	})
	if best == nil {
		return nil, &LookupError{World: world}
	}
	return best, nil
}
