package core

// Questions about methods: which a function has, which fit a signature, which
// come nearest to a call that has none.

import (
	"sort"
	"strings"
	"unsafe"
)

// CalleeType is the type of f in signatures: typeof(f), or Type{f} of a type.
func CalleeType(f Value) Value {
	if IsType(f) {
		return TypeTypeName.Apply([]Value{f}).Value()
	}
	return TypeOf(f).Value()
}

// CallTuple returns the Tuple type of a call of f with args, callee first.
func CallTuple(f Value, args []Value) Value {
	ps := make([]Value, 0, len(args)+1)
	for _, v := range append([]Value{f}, args...) {
		ps = append(ps, CalleeType(v))
	}
	return TupleName.Apply(ps).Value()
}

// visit calls f with each method valid in world of the tables that have a say
// in calls of callees of type callee; with all, those too that cannot be called yet.
func (r *Runtime) visit(callee Value, world uint64, all bool, f func(*Method)) {
	t, exact := DataTypeType, Value{}
	c := unwrap(callee)
	if TypeOf(c) == TypeVarType {
		c = unwrap((*TypeVar)(c.P).Upper)
	}
	if TypeOf(c) == UnionType {
		for _, m := range UnionMembers(c) {
			r.visit(m, world, all, f)
		}
		return
	}
	d, ok := IsDataType(c)
	if !ok {
		return
	}
	if d.Name == TypeTypeName {
		exact = d.Params[0]
		if TypeOf(exact) == TypeVarType {
			exact = (*TypeVar)(exact.P).Upper
		}
	} else {
		t = d
	}
	r.tables(t, exact, all, func(mt *MethodTable) {
		for _, m := range mt.Methods {
			if m.From <= world && world <= m.To {
				f(m)
			}
		}
	})
}

// MethodsOf lists the methods of f, more specific ones first and newer ones
// before older ones.
func (r *Runtime) MethodsOf(f Value, world uint64) []*Method {
	return r.MethodsFor(CalleeType(f), Value{}, world)
}

// MethodsFor lists the methods whose signatures have something in common with
// sig (a Tuple type, callee first), or, if that is undefined, that callees of
// the given type have.
func (r *Runtime) MethodsFor(callee, sig Value, world uint64) []*Method {
	var ms []*Method
	r.visit(callee, world, true, func(m *Method) {
		if sig.P == nil {
			if TypeIntersect(callee, Rewrap(m.SigTup.Params[0], m.Sig)) == Bottom {
				return
			}
		} else if TypeIntersect(sig, m.Sig) == Bottom {
			return
		}
		ms = append(ms, m)
	})
	return r.sortMethods(ms)
}

// Rewrap binds the variables of sig in a part of it.
func Rewrap(part, sig Value) Value {
	if TypeOf(sig) != UnionAllType {
		return part
	}
	u := (*UnionAll)(sig.P)
	return MakeUnionAll(u.Var, Rewrap(part, u.Body))
}

// sortMethods puts each method before those it is more specific than, newer ones
// first otherwise.
func (r *Runtime) sortMethods(ms []*Method) []*Method {
	sort.SliceStable(ms, func(i, j int) bool { return ms[i].From > ms[j].From })
	out := make([]*Method, 0, len(ms))
	done := make([]bool, len(ms))
	for len(out) < len(ms) {
		before := len(out)
		for i := range ms {
			if !done[i] && r.isFirst(ms, done, i) {
				out, done[i] = append(out, ms[i]), true
			}
		}
		if len(out) > before {
			continue
		}
		for i := range ms { // a circle: as they come
			if !done[i] {
				out, done[i] = append(out, ms[i]), true
			}
		}
	}
	return out
}

func (r *Runtime) isFirst(ms []*Method, done []bool, i int) bool {
	for j := range ms {
		if j != i && !done[j] && r.moreSpecific(ms[j], ms[i]) {
			return false
		}
	}
	return true
}

// LookupType finds the method that calls with arguments of the types in sig, a
// Tuple type with the callee's type first (or a UnionAll of one), would run: the
// most specific one whose signature covers all of sig. The answer is not
// remembered. The error is a *LookupError.
func (r *Runtime) LookupType(sig Value, world uint64) (*CacheEntry, error) {
	d, ok := IsDataType(unwrap(sig))
	if !ok || !d.Has(FlagTuple) || len(d.Params) == 0 {
		return nil, Errorf("method signature must be a Tuple type")
	}
	var fits []*CacheEntry
	r.visit(Rewrap(d.Params[0], sig), world, false, func(m *Method) {
		if sp, ok := subtypeEnv(sig, m.Sig, len(m.SParams)); ok {
			fits = append(fits, &CacheEntry{Method: m, SParams: sp, From: m.From, To: m.To})
		}
	})
	if len(fits) == 0 {
		return nil, &LookupError{World: world}
	}
	best := fits[0]
	for _, e := range fits[1:] {
		if r.moreSpecific(e.Method, best.Method) {
			best = e
		}
	}
	var amb []*Method
	for _, e := range fits {
		if e != best && !r.moreSpecific(best.Method, e.Method) {
			amb = append(amb, e.Method)
		}
	}
	if amb != nil {
		return nil, &LookupError{World: world, Ambiguous: append([]*Method{best.Method}, amb...)}
	}
	return best, nil
}

// Ambiguities lists the pairs of methods among ms of which neither is preferred
// for some call that no third method settles.
func (r *Runtime) Ambiguities(ms []*Method) [][2]*Method {
	var out [][2]*Method
	for i, a := range ms {
	next:
		for _, b := range ms[i+1:] {
			if r.moreSpecific(a, b) || r.moreSpecific(b, a) {
				continue
			}
			both := TypeIntersect(a.Sig, b.Sig)
			if both == Bottom || onlyBottom(both) {
				continue
			}
			if !Subtype(both, a.Sig) || !Subtype(both, b.Sig) { // too wide: the other way round it may be exact
				if o := TypeIntersect(b.Sig, a.Sig); Subtype(o, a.Sig) && Subtype(o, b.Sig) {
					both = o
				}
			}
			for _, c := range ms {
				if c != a && c != b && Subtype(both, c.Sig) && r.moreSpecific(c, a) && r.moreSpecific(c, b) {
					continue next
				}
			}
			out = append(out, [2]*Method{a, b})
		}
	}
	return out
}

// onlyBottom reports whether a signature fits only calls with the type Union{},
// for which no method is written.
func onlyBottom(sig Value) bool {
	d, ok := IsDataType(unwrap(sig))
	if !ok {
		return false
	}
	for _, p := range d.Params {
		for TypeOf(p) == UnionAllType {
			p = (*UnionAll)(p.P).Body
		}
		t, ok := IsDataType(p)
		if !ok || t.Name != TypeTypeName {
			continue
		}
		if v, ok := asVar(t.Params[0]); t.Params[0] == Bottom || ok && v.Upper == Bottom {
			return true
		}
	}
	return false
}

// AmbiguityFix is the signature of the method that would settle a call for which
// ms are ambiguous: "f(::Int64, ::Int64)"; empty if there is no simple one.
func (r *Runtime) AmbiguityFix(ms []*Method) string {
	both := Any.Value()
	for _, m := range ms {
		both = TypeIntersect(both, m.Sig)
	}
	d, ok := IsDataType(unwrap(both))
	if !ok || !d.Has(FlagTuple) || len(d.Params) == 0 {
		return ""
	}
	p := r.NewPrinter()
	return p.typesSignature(both)
}

// typesSignature writes a signature by its types alone.
func (p *Printer) typesSignature(sig Value) string {
	q := *p
	var vars []*TypeVar
	for TypeOf(sig) == UnionAllType {
		u := (*UnionAll)(sig.P)
		vars = append(vars, u.Var)
		q.env = append(q.env[:len(q.env):len(q.env)], u.Var)
		sig = u.Body
	}
	d := (*DataType)(sig.P)
	var b strings.Builder
	q.callee(&b, d.Params[0], "")
	b.WriteByte('(')
	for i, t := range d.Params[1:] {
		if i > 0 {
			b.WriteString(", ")
		}
		q.argument(&b, "", t, true)
	}
	b.WriteByte(')')
	p.wheres(&b, vars)
	return b.String()
}

// callee writes the function part of a signature whose first type is t; name is
// the argument's name.
func (p *Printer) callee(b *strings.Builder, t Value, name string) {
	if d, ok := IsDataType(t); ok {
		if d.Has(FlagFunction) && d.Name.FuncName != nil {
			b.WriteString(quoteName(d.Name.FuncName.Name))
			return
		}
		if d.Name == TypeTypeName && TypeOf(d.Params[0]) != TypeVarType {
			f := d.Params[0]
			if TypeOf(f) == UnionAllType && !printsBare(f) {
				b.WriteByte('(')
				p.show(b, f)
				b.WriteByte(')')
				return
			}
			p.show(b, f)
			return
		}
	}
	b.WriteByte('(')
	b.WriteString(name)
	b.WriteString("::")
	p.show(b, t)
	b.WriteByte(')')
}

// argument writes `x::T`, `x`, `::T`, `x::T...`.
func (p *Printer) argument(b *strings.Builder, name string, t Value, always bool) {
	dots := ""
	if TypeOf(t) == VarargType {
		a := (*Vararg)(t.P)
		if a.N.P != nil {
			b.WriteString(name + "::")
			p.show(b, t)
			return
		}
		t, dots = a.T, "..."
	}
	b.WriteString(name)
	if always || name == "" || t.P != unsafe.Pointer(Any) {
		b.WriteString("::")
		p.show(b, t)
	}
	b.WriteString(dots)
}

// Method writes the signature of m: `f(x::Vector{T}, y; k) where T`.
func (p *Printer) Method(m *Method) string {
	q := *p
	q.env = append(q.env[:len(q.env):len(q.env)], m.SParams...)
	var b strings.Builder
	q.callee(&b, m.SigTup.Params[0], argName(m, 0))
	b.WriteByte('(')
	for i, t := range m.SigTup.Params[1:] {
		if i > 0 {
			b.WriteString(", ")
		}
		q.argument(&b, argName(m, i+1), t, false)
	}
	p.keywords(&b, m)
	b.WriteByte(')')
	p.wheres(&b, m.SParams)
	return b.String()
}

func (p *Printer) keywords(b *strings.Builder, m *Method) {
	for i, k := range m.KwNames {
		if i == 0 {
			b.WriteString("; ")
		} else {
			b.WriteString(", ")
		}
		if s := strings.TrimSuffix(k.Name, "..."); s != k.Name {
			b.WriteString(quoteName(s) + "...")
		} else {
			b.WriteString(quoteName(s))
		}
	}
}

func argName(m *Method, i int) string {
	if i >= len(m.Args) || m.Args[i] == nil {
		return ""
	}
	switch s := m.Args[i].Name; s {
	case "#self#", "#unused#", "":
		return ""
	default:
		return quoteName(s)
	}
}

// Candidate is a method that comes near to a call without a method.
type Candidate struct {
	Method *Method
	Text   string  // signature by types; what does not fit stands between Unfit and Fits
	Score  int     // arguments that fit
	Marked []Value // what stands for the zero bytes in Text
}

// Marking makes a Printer's Mark that writes a zero byte for all that methods of show write, which
// it hands to found.
type Marking func(found func(Value)) func(Value) (string, bool)

// Unfit and Fits enclose the arguments in a candidate's text that do not fit.
const Unfit, Fits = "\x01", "\x02"

// ClosestCandidates lists the methods of f that come nearest to a call with
// arguments of the types given, the nearest first. special functions (convert, getindex, setindex!)
// count only if their first argument fits. A mark leaves some types out.
func (r *Runtime) ClosestCandidates(f Value, given []Value, world uint64, special bool, mark Marking) []Candidate {
	var out []Candidate
	for _, m := range r.MethodsOf(f, r.World) {
		if c, ok := r.candidate(m, given, special, mark); ok {
			if m.From > world {
				c.Text += " (method too new to be called from this world context.)"
			}
			out = append(out, c)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Score > out[j].Score })
	return out
}

func (r *Runtime) candidate(m *Method, given []Value, special bool, mark Marking) (Candidate, bool) {
	p := r.NewPrinter()
	var marked []Value
	if mark != nil {
		p.Mark = mark(func(v Value) { marked = append(marked, v) })
	}
	p.env = m.SParams
	var b strings.Builder
	p.callee(&b, m.SigTup.Params[0], "")
	b.WriteByte('(')
	sig := m.SigTup.Params[1:]
	t := append([]Value(nil), given...)
	right := 0
	argument := func(v Value, unfit bool) {
		if unfit {
			b.WriteString(Unfit)
			defer b.WriteString(Fits)
		}
		p.argument(&b, "", v, true)
	}
	wrap := func(ts []Value) Value { return Rewrap(tupleOf(append([]Value(nil), ts...)).Value(), m.Sig) }
	for i := range min(len(t), len(sig)) {
		if i > 0 {
			b.WriteString(", ")
		}
		j, unfit := i+1, false
		if TypeOf(sig[i]) == VarargType {
			j = len(t)
		}
		if TypeIntersect(wrap(sig[:i+1]), wrap(t[:j])) == Bottom {
			if special && i == 0 {
				return Candidate{}, false
			}
			unfit = true
			if TypeOf(sig[i]) == VarargType {
				t[i] = (*Vararg)(sig[i].P).T
			} else {
				t[i] = sig[i]
			}
		} else if j == i+1 {
			right++
		}
		argument(sig[i], unfit)
	}
	if n := len(sig); n > 0 && len(t) > n && TypeOf(sig[n-1]) == VarargType {
		el := Rewrap((*Vararg)(sig[n-1].P).T, m.Sig)
		for _, a := range given[n-1:] {
			if Subtype(a, el) {
				right++
			}
		}
	}
	if right == 0 && len(given) > 1 { // nothing is as the method would have it
		return Candidate{}, false
	}
	for k := len(t); k < len(sig); k++ {
		if k > 0 {
			b.WriteString(", ")
		}
		argument(sig[k], k != len(t) || TypeOf(sig[k]) != VarargType)
	}
	p.keywords(&b, m)
	b.WriteByte(')')
	q := r.NewPrinter()
	q.wheres(&b, m.SParams)
	score := right * 2
	if len(given) < 2 {
		score++
	}
	return Candidate{m, b.String(), score, marked}, true
}
