package infer

// This file has what primitives return: by rules of their own, or as their table says.

import (
	"weft/runtime/core"
)

// rule is what a primitive returns for some arguments; false where the table is to be asked.
type rule func(in *Inferrer, a []Elem) (Elem, bool)

// rules are the primitives whose return types follow from more than types.
func rules(name string) rule {
	switch name {
	case "typeof":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			if a[0].C.P != nil {
				return ofConst(core.TypeOf(a[0].C).Value()), true
			}
			return typeOfElem(a[0]), true
		}
	case "Typeof":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			if a[0].C.P != nil {
				return ofConst(core.CalleeType(a[0].C)), true
			}
			return typeOfElem(a[0]), true
		}
	case "===":
		return func(in *Inferrer, a []Elem) (Elem, bool) { return in.egal(a[0], a[1]), true }
	case "!==":
		return func(in *Inferrer, a []Elem) (Elem, bool) { return not(in.egal(a[0], a[1])), true }
	case "isa":
		return func(in *Inferrer, a []Elem) (Elem, bool) { return in.isa(a[0], a[1]), true }
	case "<:":
		return subtypeRule
	case "typeassert":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			if a[1].C.P != nil && core.IsType(a[1].C) {
				return narrow(a[0], a[1].C), true
			}
			if t := instance(a[1]); t.T != core.Any.Value() {
				return narrow(a[0], t.T), true
			}
			return a[0], true
		}
	case "tuple":
		return func(_ *Inferrer, a []Elem) (Elem, bool) { return tupleOf(a, nil), true }
	case "throw", "rethrow", "throw_with_trace", "task_abandon":
		return func(*Inferrer, []Elem) (Elem, bool) { return bottom, true }
	case "ifelse":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			if c := a[0].C; c.P != nil && c.Is(core.Bool) {
				if c.IsTrue() {
					return a[1], true
				}
				return a[2], true
			}
			return join(a[1], a[2]), true
		}
	case "apply_type":
		return applyTypeRule
	case "getfield":
		return getfieldRule
	case "setfield!":
		return func(_ *Inferrer, a []Elem) (Elem, bool) { return a[2], true }
	case "fieldtype":
		return fieldtypeRule
	case "nfields":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			d, ok := core.IsDataType(a[0].T)
			if ok && (d.Has(core.FlagConcrete) && d.Kind == core.KindObject || d.Has(core.FlagTuple) && !d.Has(core.FlagVarargTup)) {
				return ofConst(core.Int(int64(len(d.Fields())))), true
			}
			return intElem, true
		}
	case "isdefined":
		return func(_ *Inferrer, a []Elem) (Elem, bool) { return boolElem, true }
	case "getglobal":
		return func(in *Inferrer, a []Elem) (Elem, bool) {
			if a[0].C.P != nil && a[1].C.P != nil && core.TypeOf(a[0].C) == core.ModuleType && a[1].C.Is(core.SymbolType) {
				return in.fieldNamed(a[0], core.As[core.Symbol](a[1].C)), true
			}
			return anyElem, true
		}
	case "invoke":
		return invokeRule
	case "new_object":
		return func(_ *Inferrer, a []Elem) (Elem, bool) { return newOf(a[0], a[1:]), true }
	case "named_tuple":
		return func(_ *Inferrer, a []Elem) (Elem, bool) { return namedTuple(a[0], a[1:]), true }
	case "named_tuple_as":
		return func(_ *Inferrer, a []Elem) (Elem, bool) { return newSplat(a[0], a[1]), true }
	case "namedtuple_values":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			if fs, _, ok := namedFields(a[0]); ok {
				return tupleOf(fs, nil), true
			}
			return Elem{T: core.TupleType.Value()}, true
		}
	case "namedtuple_merge", "kw_rest":
		return mergeRule(name)
	case "kw_known":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			_, names, ok := namedFields(a[0])
			if known, got := a[1].value(); ok && got {
				for _, n := range names {
					if !contains(tupleItems(known), n) {
						return ofConst(core.MakeBool(false)), true
					}
				}
				return ofConst(core.MakeBool(true)), true
			}
			return boolElem, true
		}
	case "named_pairs":
		return namedPairsRule
	case "tuple_part", "tuple_join", "tuple_replace", "tuple_concat":
		return tupleRule(name)
	case "array_broadcast":
		return broadcastRule
	case "array_dims":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			if n, ok := dimsOf(a[0]); ok {
				return intTuple(n), true
			}
			return Elem{T: core.TupleOf(core.ToValue(&core.Vararg{Type: core.VarargType, T: core.Int64.Value()})).Value()}, true
		}
	case "dims_axes":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			es, ok := tupleElems(a[1])
			if !ok {
				return Elem{T: core.TupleOf(core.ToValue(&core.Vararg{Type: core.VarargType, T: instance(a[0]).T})).Value()}, true
			}
			out := make([]Elem, len(es))
			for i := range out {
				out[i] = instance(a[0])
			}
			return tupleOf(out, nil), true
		}
	case "view_layout":
		return viewLayoutRule
	case "array_matmul":
		return matmulRule
	case "array_part":
		return arrayPartRule
	case "view_indices":
		return viewIndicesRule
	case "hash_plain":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			d, ok := core.IsDataType(a[0].T)
			if ok && (d.Kind == core.KindBits && d.Has(core.FlagPrimitive) || d == core.StringType || d == core.SymbolType || d == core.NothingType || d.Name.Name.Name == "BigInt") && d.Super != nil && d.Super.Name != core.RefName {
				return Elem{T: core.UInt64.Value()}, true
			}
			return Elem{}, false
		}
	case "parse_int":
		return func(_ *Inferrer, a []Elem) (Elem, bool) {
			if a[3].C.P != nil && a[3].C.IsTrue() {
				return instance(a[0]), true
			}
			return Elem{}, false
		}
	}
	return nil
}

// prim is what a call of a primitive returns.
func (in *Inferrer) prim(p *core.Prim, args []Elem, rest *Elem) Elem {
	for i := range args {
		if args[i].none() {
			return bottom
		}
	}
	switch p.Name {
	case "_apply_iterate":
		if rest == nil && len(args) >= 2 {
			splat := make([]bool, len(args)-2)
			for i := range splat {
				splat[i] = true
			}
			return in.apply(args[1], args[2:], splat).plain()
		}
		return anyElem
	case "_call_latest", "_call_in_world", "eval":
		return anyElem
	}
	if rest != nil {
		if p.Name == "tuple" {
			return tupleOf(args, rest)
		}
		if p.Max < 0 || len(args) < p.Max {
			if n := p.Min - len(args); n > 0 {
				for range n {
					args = append(args, *rest)
				}
			}
			if p.Max != p.Min {
				return in.tabled(p, args)
			}
		}
	}
	if len(args) < p.Min || p.Max >= 0 && len(args) > p.Max {
		return bottom
	}
	if r := rules(p.Name); r != nil {
		if e, ok := r(in, args); ok {
			return e
		}
		return in.tabled(p, args)
	}
	if e, ok := in.fold(p, args); ok {
		return e
	}
	return in.tabled(p, args)
}

// fold calls a pure primitive on constants.
func (in *Inferrer) fold(p *core.Prim, args []Elem) (Elem, bool) {
	vs := make([]core.Value, len(args))
	for i := range args {
		v, ok := args[i].value()
		if !ok {
			return Elem{}, false
		}
		vs[i] = v
	}
	v, ok := in.host.Pure(p, vs)
	if !ok {
		return Elem{}, false
	}
	return ofConst(v), true
}

// typeOfElem is the type of a value of which only a type is known.
func typeOfElem(e Elem) Elem {
	d, ok := core.IsDataType(e.T)
	if ok && d.Has(core.FlagConcrete) && !isKind(d) {
		return ofConst(e.T)
	}
	if core.TypeOf(e.T) == core.UnionType {
		out := bottom
		for _, m := range core.UnionMembers(e.T) {
			out = join(out, typeOfElem(Elem{T: m}))
		}
		return out
	}
	if core.Subtype(e.T, core.TypeType.Value()) || core.TypeIntersect(e.T, core.TypeType.Value()) != core.Bottom && e.T != core.Any.Value() {
		return Elem{T: core.DataTypeType.Value()}
	}
	if e.T == core.Any.Value() {
		return Elem{T: core.DataTypeType.Value()}
	}
	v := core.NewVar("T", core.Value{}, e.T)
	return Elem{T: core.MakeUnionAll(v, core.TypeTypeName.Apply([]core.Value{v.Value()}).Value())}
}

func subtypeRule(_ *Inferrer, a []Elem) (Elem, bool) {
	if a[0].C.P != nil && a[1].C.P != nil && core.IsType(a[0].C) && core.IsType(a[1].C) {
		return ofConst(core.MakeBool(core.Subtype(a[0].C, a[1].C))), true
	}
	if b := a[1].C; b.P != nil && core.IsType(b) { // T <: B where T is only known to be below something
		if up := instance(a[0]); up.T != core.Any.Value() && core.Subtype(up.T, b) {
			return ofConst(core.MakeBool(true)), true
		}
	}
	return boolElem, true
}

func applyTypeRule(_ *Inferrer, a []Elem) (Elem, bool) {
	vs := make([]core.Value, len(a))
	for i := range a {
		v, ok := a[i].value()
		if !ok || core.TypeOf(v) == core.TypeVarType {
			return applyOpen(a), true
		}
		vs[i] = v
	}
	t, err := core.ApplyType(vs[0], vs[1:])
	if err != nil {
		return bottom, true
	}
	return ofConst(t), true
}

// applyOpen is t{params...} where not all parameters are known: Type{<:...}.
func applyOpen(a []Elem) Elem {
	typ := Elem{T: core.TypeType.Value()}
	t := a[0].C
	if t.P == nil || core.TypeOf(t) != core.UnionAllType {
		if t.P != nil && t.P == core.TupleType.Value().P {
			return Elem{T: core.DataTypeType.Value()}
		}
		if t.P != nil && core.TypeOf(t) == core.VarargType {
			return anyElem
		}
		return typ
	}
	var vars []*core.TypeVar
	var ps []core.Value
	for i, e := range a[1:] {
		if v, ok := e.value(); ok && core.TypeOf(v) != core.TypeVarType {
			ps = append(ps, v)
			continue
		}
		u := t
		for range i {
			if core.TypeOf(u) == core.UnionAllType {
				u = core.As[core.UnionAll](u).Body
			}
		}
		if core.TypeOf(u) != core.UnionAllType || core.Subtype(core.TypeVarType.Value(), e.T) {
			return typ
		}
		v := core.NewVar(core.As[core.UnionAll](u).Var.Name.Name, core.Value{}, core.Value{})
		if up := instance(e); core.Subtype(e.T, core.TypeType.Value()) && !core.HasFree(up.T) {
			v.Upper = up.T
		}
		vars = append(vars, v)
		ps = append(ps, v.Value())
	}
	r, err := core.ApplyType(t, ps)
	if err != nil || !core.IsType(r) {
		return typ
	}
	if core.TypeOf(r) == core.UnionAllType {
		return typ
	}
	// Type{T{v...}} where v...: what is returned is some type of this form.
	r = core.TypeTypeName.Apply([]core.Value{r}).Value()
	for i := len(vars) - 1; i >= 0; i-- {
		r = core.MakeUnionAll(vars[i], r)
	}
	return Elem{T: r}
}

func getfieldRule(in *Inferrer, a []Elem) (Elem, bool) {
	if a[1].C.P == nil {
		if d, ok := core.IsDataType(a[0].T); ok && d.Has(core.FlagConcrete) && d.Kind == core.KindObject {
			out := bottom
			for i := range d.Fields() {
				out = join(out, in.field(a[0], i).plain())
			}
			return out, true
		} else if ok && d.Has(core.FlagTuple) {
			out := bottom
			for i := range d.Params {
				out = join(out, in.field(a[0], i).plain())
			}
			return out, true
		}
		return anyElem, true
	}
	switch core.TypeOf(a[1].C) {
	case core.Int64:
		d, ok := core.IsDataType(core.Unwrap(a[0].T))
		if ok && d.Kind == core.KindOpaque {
			return anyElem, true
		}
		return in.field(a[0], int(a[1].C.Int64())-1), true
	case core.SymbolType:
		return in.fieldNamed(a[0], core.As[core.Symbol](a[1].C)), true
	}
	return bottom, true
}

func fieldtypeRule(_ *Inferrer, a []Elem) (Elem, bool) {
	d, ok := core.DataTypeType, false
	if a[0].C.P != nil {
		d, ok = core.IsDataType(a[0].C)
	}
	if !ok || a[1].C.P == nil {
		return Elem{T: core.TypeType.Value()}, true
	}
	i := -1
	switch core.TypeOf(a[1].C) {
	case core.Int64:
		i = int(a[1].C.Int64()) - 1
	case core.SymbolType:
		d.Fields()
		i = d.FieldIndex(core.As[core.Symbol](a[1].C))
	}
	fs := d.Fields()
	if i < 0 || i >= len(fs) || !core.IsType(fs[i]) || core.HasFree(fs[i]) {
		return Elem{T: core.TypeType.Value()}, true
	}
	return ofConst(fs[i]), true
}

// invokeRule is invoke(f, types, args...).
func invokeRule(in *Inferrer, a []Elem) (Elem, bool) {
	if a[1].C.P == nil || !core.IsType(a[1].C) {
		return anyElem, true
	}
	d, ok := core.IsDataType(core.Unwrap(a[1].C))
	if !ok || !d.Has(core.FlagTuple) {
		return anyElem, true
	}
	ps := append([]core.Value{a[0].T}, d.Params...)
	ce, err := in.rt.LookupType(core.Rewrap(core.TupleOf(ps...).Value(), a[1].C), in.world)
	if err != nil {
		return bottom, true
	}
	args := a[2:]
	if ce.Method.Gen {
		return anyElem, true
	}
	fn, err := in.host.Body(ce.Method)
	if err != nil {
		return anyElem, true
	}
	sig := in.signature(a[0], args, nil)
	sp, ok := ce.Method.Env(sig)
	if !ok {
		sp = make([]core.Value, len(ce.Method.SParams))
	}
	as := make([]Elem, len(args))
	for i := range args {
		as[i] = args[i].plain()
	}
	return in.enter(fn, ce.Method, false, sp, a[0].plain(), as, nil).plain(), true
}

// matmulRule is array_matmul(a, b): an array like b for machine numbers of one type, else nothing.
func matmulRule(_ *Inferrer, a []Elem) (Elem, bool) {
	x, ok := core.IsDataType(a[0].T)
	y, ok2 := core.IsDataType(a[1].T)
	if !ok || !ok2 || x.Name != core.ArrayName || y.Name != core.ArrayName || x.Params[0] != y.Params[0] {
		return nothing, true
	}
	return join(Elem{T: y.Value()}, nothing), true
}

// broadcastRule is array_broadcast(f, x[, y]): an array of what f returns, or nothing.
func broadcastRule(in *Inferrer, a []Elem) (Elem, bool) {
	var args []Elem
	dims := core.Value{}
	for _, x := range a[1:] {
		d, ok := core.IsDataType(x.T)
		if !ok {
			return anyElem, true
		}
		if d.Name == core.ArrayName {
			args = append(args, ofType(d.Params[0]))
			dims = d.Params[1]
			continue
		}
		args = append(args, Elem{T: x.T})
	}
	if dims.P == nil {
		return nothing, true
	}
	r := in.call(a[0], args, nil)
	d, ok := core.IsDataType(r.T)
	if !ok || !d.Has(core.FlagConcrete) || d.Kind != core.KindBits {
		return nothing, true
	}
	t := core.ArrayName.Apply([]core.Value{r.T, dims}).Value()
	return join(Elem{T: t}, nothing), true
}
