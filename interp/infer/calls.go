package infer

// This file has calls: which methods they may mean, and what those return.

import (
	"weft/interp/code"
	"weft/runtime/core"
)

// matches is a remembered answer of Runtime.Matches.
type matches struct {
	ms []core.Match
	ok bool
}

// call is what f(args...) returns, with any number of further arguments like rest if
// there is one.
func (in *Inferrer) call(f Elem, args []Elem, rest *Elem) Elem {
	if f.none() || in.spent() {
		return f
	}
	for i := range args {
		if args[i].none() {
			return bottom
		}
		args[i] = shallow(args[i], maxNested)
	}
	f = f.plain()
	if f.C.P != nil {
		if p := core.TypeOf(f.C).Name.Prim; p != nil {
			return in.prim(p, args, rest)
		}
		if r, ok := in.known(f.C, args, rest); ok {
			return r
		}
	}
	return in.split(f, args, rest)
}

// split calls f for each member of the unions among its arguments, if they are few.
func (in *Inferrer) split(f Elem, args []Elem, rest *Elem) Elem {
	const none = -2
	calls, at := 1, none
	for i := -1; i < len(args); i++ {
		e := &f
		if i >= 0 {
			e = &args[i]
		}
		if e.C.P != nil || core.TypeOf(e.T) != core.UnionType {
			continue
		}
		n := len(core.UnionMembers(e.T))
		if calls*n > maxSplit {
			continue
		}
		calls *= n
		if at == none {
			at = i
		}
	}
	if at == none {
		return in.one(f, args, rest)
	}
	e := &f
	if at >= 0 {
		e = &args[at]
	}
	out := bottom
	for _, m := range core.UnionMembers(e.T) {
		g, as := f, append([]Elem(nil), args...)
		if at >= 0 {
			as[at] = narrow(args[at], m).plain()
		} else {
			g = narrow(f, m).plain()
		}
		out = join(out, in.call(g, as, rest).plain())
	}
	return out
}

// one is call for arguments whose unions are not to be split.
func (in *Inferrer) one(f Elem, args []Elem, rest *Elem) Elem {
	if f.C.P == nil {
		d, ok := core.IsDataType(core.Unwrap(f.T))
		if !ok || d.Kind == core.KindAbstract {
			return anyElem
		}
		if d.Name.Prim != nil {
			return in.prim(d.Name.Prim, args, rest)
		}
		if isKind(d) {
			return anyElem
		}
	}
	if rest == nil && f.exactType() {
		exact := true
		for i := range args {
			if !args[i].exactType() {
				exact = false
				break
			}
		}
		if exact {
			return in.exactCall(f, args)
		}
	}
	sig := in.signature(f, args, rest)
	key := string(typeKey(nil, sig))
	ms := in.meth[key]
	if ms == nil {
		ms = &matches{}
		ms.ms, ms.ok = in.rt.Matches(sig, in.world, maxMethods)
		in.meth[key] = ms
	}
	if !ms.ok {
		if n := len(in.stack); n > 0 && in.rt.OfBase(in.stack[n-1].fn.Module) {
			in.doubt = true // Julia's own may have fewer methods
		}
		return anyElem
	}
	out := bottom
	for i := range ms.ms {
		r := in.invoke(f, &ms.ms[i], args, rest)
		if len(ms.ms) > 1 {
			r.cond = nil
		}
		out = join(out, r)
	}
	return out
}

// exactType reports whether a lookup by the element's type finds what its values do.
func (e *Elem) exactType() bool {
	if e.C.P != nil {
		return true
	}
	d, ok := core.IsDataType(e.T)
	return ok && d.Has(core.FlagConcrete) && !isKind(d)
}

// signature is the type of a call.
func (in *Inferrer) signature(f Elem, args []Elem, rest *Elem) core.Value {
	ps := make([]core.Value, 0, len(args)+2)
	ps = append(ps, f.T)
	for i := range args {
		ps = append(ps, args[i].T)
	}
	if rest != nil {
		ps = append(ps, core.ToValue(&core.Vararg{Type: core.VarargType, T: rest.T}))
	}
	return core.TupleOf(ps...).Value()
}

// exactCall is a call whose types are known.
func (in *Inferrer) exactCall(f Elem, args []Elem) Elem {
	types := make([]*core.DataType, 0, len(args)+1)
	var exact []core.Value
	add := func(e *Elem) {
		if e.C.P != nil && core.IsType(e.C) {
			for len(exact) < len(types) {
				exact = append(exact, core.Value{})
			}
			exact = append(exact, e.C)
			types = append(types, core.TypeOf(e.C))
			return
		}
		if e.C.P != nil {
			types = append(types, core.TypeOf(e.C))
			return
		}
		d, _ := core.IsDataType(e.T)
		types = append(types, d)
	}
	add(&f)
	for i := range args {
		add(&args[i])
	}
	ce, err := in.rt.Lookup(types, exact, in.world)
	if err != nil {
		return bottom
	}
	if ce.Method.Gen {
		return in.unknown()
	}
	fn, err := in.host.Code(ce)
	if err != nil {
		return in.unknown()
	}
	return in.enter(fn, ce.Method, true, ce.SParams, f, args, nil)
}

// invoke is a call of one of the methods that may be meant.
func (in *Inferrer) invoke(f Elem, m *core.Match, args []Elem, rest *Elem) Elem {
	if m.Method.Gen {
		return in.unknown()
	}
	d, ok := core.IsDataType(core.Unwrap(m.Sig))
	if !ok {
		return anyElem
	}
	as := make([]Elem, 0, len(args))
	at := func(i int) (core.Value, bool) {
		if n := len(d.Params); i < n && core.TypeOf(d.Params[i]) != core.VarargType {
			return core.Rewrap(d.Params[i], m.Sig), true
		} else if n > 0 && core.TypeOf(d.Params[n-1]) == core.VarargType {
			return core.Rewrap(core.As[core.Vararg](d.Params[n-1]).T, m.Sig), true
		}
		return core.Value{}, false
	}
	for i := range args {
		a := args[i]
		if t, ok := at(i + 1); ok && !m.Covers {
			if a = narrow(a, t).plain(); a.none() {
				a = ofType(t)
			}
		}
		as = append(as, a)
	}
	// Of further arguments those that the method has slots for.
	if rest != nil {
		n := m.Method.NArgs - 1
		if m.Method.Vararg {
			n--
		}
		for len(as) < n {
			as = append(as, *rest)
		}
		if !m.Method.Vararg {
			rest = nil
		}
	}
	fn, err := in.host.Body(m.Method)
	if err != nil {
		return in.unknown()
	}
	return in.enter(fn, m.Method, false, m.SParams, f, as, rest)
}

// enter is what a method returns for these arguments.
func (in *Inferrer) enter(fn *code.Func, m *core.Method, own bool, sp []core.Value, f Elem, args []Elem, rest *Elem) Elem {
	n := fn.NArgs - 1
	slots := make([]Elem, 0, n+1)
	slots = append(slots, f)
	if fn.Vararg {
		if len(args) < n-1 {
			return bottom
		}
		slots = append(slots, args[:n-1]...)
		slots = append(slots, tupleOf(args[n-1:], rest))
	} else {
		if len(args) != n {
			return bottom
		}
		slots = append(slots, args...)
	}
	// First without the values of numbers and strings: most results do not depend on them.
	wide, dropped := make([]Elem, len(slots)), false
	for i := range slots {
		wide[i] = slots[i]
		if i > 0 && dropsValue(slots[i]) {
			wide[i] = dropValues(slots[i])
			dropped = true
		}
	}
	r := in.run(fn, m, own, sp, wide)
	if dropped && in.folded < 4 && !in.spent() && tellsMore(r, slots[1:]) {
		in.folded++
		more := in.run(fn, m, own, sp, slots)
		in.folded--
		if !in.spent() {
			r = more
		}
	}
	if r.T == core.VectorAnyT.Value() && in.makesAny(f, args) {
		in.doubt = true
	}
	return r
}

// makesAny reports whether this is a call by which a function of Base makes a Vector{Any} for
// itself: Julia's may know better.
func (in *Inferrer) makesAny(f Elem, args []Elem) bool {
	n := len(in.stack)
	if n == 0 || !in.rt.OfBase(in.stack[n-1].fn.Module) {
		return false
	}
	if f.C.P != nil && core.IsType(f.C) {
		return true
	}
	return len(args) > 0 && args[0].C.P != nil && core.IsType(args[0].C)
}

// tellsMore reports whether a result may be known better with the values of the arguments.
func tellsMore(r Elem, args []Elem) bool {
	if !settled(r) {
		return true
	}
	d, ok := core.IsDataType(r.T)
	if !ok || r.C.P != nil {
		return false
	}
	switch d.Kind {
	case core.KindBits:
		return allKnown(args)
	case core.KindObject:
		for i := range args {
			if args[i].Parts != nil {
				return true
			}
		}
		return !d.Has(core.FlagMutable) && allKnown(args)
	}
	return false
}

// allKnown reports whether all elements are known by value.
func allKnown(es []Elem) bool {
	for i := range es {
		if es[i].C.P == nil && (es[i].Parts == nil || !allKnown(es[i].Parts)) {
			return false
		}
	}
	return true
}

// settled reports whether knowing more of the arguments would not tell more of a result.
func settled(e Elem) bool {
	if e.none() || e.C.P != nil {
		return true
	}
	d, ok := core.IsDataType(e.T)
	return ok && d.Has(core.FlagConcrete) && !isKind(d) && d != core.Bool && !holdsClosure(d, 2)
}

// holdsClosure reports whether values of a type are closures or hold some.
func holdsClosure(d *core.DataType, depth int) bool {
	if d.Has(core.FlagClosure) {
		return true
	}
	if depth == 0 || d.Kind != core.KindObject {
		return false
	}
	for _, p := range d.Params {
		if c, ok := core.IsDataType(p); ok && holdsClosure(c, depth-1) {
			return true
		}
	}
	return false
}

// dropsValue reports whether the element has a value that frames are told only when needed.
func dropsValue(e Elem) bool {
	if e.C.P != nil {
		switch d := core.TypeOf(e.C); d.Kind {
		case core.KindBits:
			return d != core.Bool
		case core.KindString, core.KindInt128:
			return true
		}
		return false
	}
	for i := range e.Parts {
		if dropsValue(e.Parts[i]) {
			return true
		}
	}
	return false
}

func dropValues(e Elem) Elem {
	if e.C.P != nil && dropsValue(e) {
		return Elem{T: e.T}
	}
	if e.Parts != nil {
		ps, more := make([]Elem, len(e.Parts)), false
		for i := range ps {
			ps[i] = dropValues(e.Parts[i])
			more = more || ps[i].C.P != nil || ps[i].Parts != nil
		}
		e.Parts = ps
		if !more {
			if d, ok := core.IsDataType(e.T); ok {
				for i, f := range d.Fields() {
					if i < len(ps) && !core.TypeEqual(f, ps[i].T) {
						more = true
					}
				}
			}
		}
		if !more {
			e.Parts = nil
		}
	}
	return e
}

// tupleOf is the tuple of elements.
func tupleOf(es []Elem, rest *Elem) Elem {
	ps := make([]core.Value, 0, len(es)+1)
	for i := range es {
		if es[i].none() {
			return bottom
		}
		ps = append(ps, es[i].fieldType())
	}
	if rest != nil {
		ps = append(ps, core.ToValue(&core.Vararg{Type: core.VarargType, T: openType(rest.T)}))
		return Elem{T: core.TupleOf(ps...).Value()}
	}
	d := core.TupleOf(ps...)
	e := object(d, es)
	if !d.Has(core.FlagConcrete) && nesting(e.T) > 12 {
		return Elem{T: core.TupleType.Value()}
	}
	return e
}

// apply is f(args..., xs...) where some operands are iterated.
func (in *Inferrer) apply(f Elem, ops []Elem, splat []bool) Elem {
	for i := range ops {
		if ops[i].none() {
			return bottom
		}
		if splat[i] && core.TypeOf(ops[i].T) == core.UnionType && ops[i].C.P == nil && len(core.UnionMembers(ops[i].T)) <= maxSplit {
			out := bottom
			for _, m := range core.UnionMembers(ops[i].T) {
				os := append([]Elem(nil), ops...)
				os[i] = narrow(ops[i], m).plain()
				out = join(out, in.apply(f, os, splat).plain())
			}
			return out
		}
	}
	var args []Elem
	var rest *Elem
	add := func(e Elem) {
		if rest != nil {
			r := join(*rest, e.plain())
			rest = &r
			return
		}
		args = append(args, e)
	}
	more := func(e Elem) {
		if e.none() {
			return
		}
		r := e.plain()
		if rest != nil {
			r = join(*rest, r)
		}
		rest = &r
	}
	for i := range ops {
		if !splat[i] {
			add(ops[i])
			continue
		}
		d, ok := core.IsDataType(ops[i].T)
		switch {
		case ok && d.Kind == core.KindObject && (d.Has(core.FlagTuple) || d.Has(core.FlagNamedTuple)) && !d.Has(core.FlagVarargTup), ok && d == core.EmptyTuple:
			for _, p := range ops[i].parts(d) {
				add(p)
			}
		case ok && d.Has(core.FlagTuple):
			for _, p := range d.Params {
				if core.TypeOf(p) == core.VarargType {
					v := core.As[core.Vararg](p)
					if v.N.P != nil && v.N.Is(core.Int64) {
						for range min(v.N.Int64(), 64) {
							add(ofType(v.T))
						}
						continue
					}
					more(ofType(v.T))
				} else {
					add(ofType(p))
				}
			}
		case ok && d.Name == core.ArrayName && core.IsType(d.Params[0]):
			more(ofType(d.Params[0]))
		case ok && d == core.SimpleVectorType:
			if ops[i].C.P == nil {
				more(anyElem)
				continue
			}
			for _, v := range core.As[core.SimpleVector](ops[i].C).Elems {
				add(ofConst(v))
			}
		default:
			more(in.items(ops[i]))
		}
	}
	if len(args) > 64 {
		r := bottom
		for _, a := range args[64:] {
			r = join(r, a.plain())
		}
		args = args[:64]
		more(r)
	}
	return in.call(f, args, rest)
}

// items is what iterating x gives.
func (in *Inferrer) items(x Elem) Elem {
	it, ok := in.base("iterate")
	if !ok {
		return anyElem
	}
	x = x.plain()
	r := in.call(it, []Elem{x}, nil).plain()
	val, state := bottom, bottom
	for range 4 {
		r = without(r, core.NothingType.Value())
		if r.none() {
			return val
		}
		v, s := join(val, in.field(r, 0).plain()), join(state, in.field(r, 1).plain())
		if same(v, val) && same(s, state) {
			return val
		}
		val, state = v, s
		r = in.call(it, []Elem{x, state}, nil).plain()
	}
	return in.unknown()
}

// base is the constant that Base calls name.
func (in *Inferrer) base(name string) (Elem, bool) {
	b := in.rt.Base.Lookup(core.Sym(name))
	if b == nil || b.Value.P == nil {
		return bottom, false
	}
	return ofConst(b.Value), true
}
