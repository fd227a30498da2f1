package infer

// This file has the elements: what is known of a value, joined and narrowed.

import (
	"slices"

	"weft/runtime/core"
)

// Elem is what is known of a value.
type Elem struct {
	T     core.Value // a type that it has; Union{}: there is no such value
	C     core.Value // the value itself, if known
	Parts []Elem     // its fields, if more is known of them than T says
	cond  *cond
	id    int // shared by copies of the value; 0: by none
}

// cond says what a Bool tells of the value with the number id.
type cond struct {
	id      int
	yes, no Elem
}

var (
	bottom   = Elem{T: core.Bottom}
	anyElem  = Elem{T: core.Any.Value()}
	boolElem = Elem{T: core.Bool.Value()}
	intElem  = Elem{T: core.Int64.Value()}
	nothing  = ofConst(core.Nothing())
)

// none reports whether there is no such value.
func (e Elem) none() bool { return e.T == core.Bottom }

// kept reports whether a constant is worth knowing by value.
func kept(v core.Value) bool {
	d := core.TypeOf(v)
	switch d.Kind {
	case core.KindBits, core.KindSingleton, core.KindSymbol, core.KindString, core.KindInt128:
		return true
	case core.KindObject:
		return !d.Has(core.FlagMutable)
	}
	return core.IsType(v) || d == core.ModuleType || d == core.SimpleVectorType || d == core.VarargType
}

// ofConst is the element of a value.
func ofConst(v core.Value) Elem {
	if core.IsType(v) {
		return Elem{T: core.TypeTypeName.Apply([]core.Value{v}).Value(), C: v}
	}
	e := Elem{T: core.TypeOf(v).Value()}
	if kept(v) {
		e.C = v
	}
	return e
}

// ofType is the element of all values of a type.
func ofType(t core.Value) Elem {
	if core.TypeOf(t) == core.TypeVarType {
		return ofType(core.As[core.TypeVar](t).Upper)
	}
	if !core.IsType(t) {
		return anyElem
	}
	if d, ok := core.IsDataType(t); ok {
		if d.Name == core.TypeTypeName {
			if p := d.Params[0]; core.IsType(p) && !core.HasFree(p) {
				return Elem{T: t, C: p}
			}
		} else if d.Has(core.FlagConcrete) && d.Instance.P != nil {
			return Elem{T: t, C: d.Instance}
		}
	}
	return Elem{T: t}
}

func isKind(d *core.DataType) bool {
	return d == core.DataTypeType || d == core.UnionAllType || d == core.UnionType || d == core.BottomType
}

// fieldType is the type that a value has as a field of a tuple: of a type its kind.
func (e *Elem) fieldType() core.Value {
	if e.C.P != nil {
		return core.TypeOf(e.C).Value()
	}
	return openType(e.T)
}

// openType makes Type{T}, of which no value is an instance by its own type, DataType or Type.
func openType(t core.Value) core.Value {
	if d, ok := core.IsDataType(core.Unwrap(t)); ok && d.Name == core.TypeTypeName {
		if p := d.Params[0]; core.IsType(p) && core.TypeOf(t) == core.DataTypeType {
			return core.TypeOf(p).Value()
		}
		return core.TypeType.Value()
	}
	if core.TypeOf(t) == core.UnionType {
		var ts []core.Value
		for _, m := range core.UnionMembers(t) {
			ts = append(ts, openType(m))
		}
		return core.NewUnion(ts...)
	}
	return t
}

// plain drops what only the frame knows.
func (e Elem) plain() Elem {
	e.cond, e.id = nil, 0
	return e
}

// parts are the elements of the n fields of an object of type d, known or declared.
func (e *Elem) parts(d *core.DataType) []Elem {
	if e.Parts != nil {
		return e.Parts
	}
	fs := d.Fields()
	out := make([]Elem, len(fs))
	for i, f := range fs {
		if e.C.P != nil && core.TypeOf(e.C).Kind == core.KindObject {
			if v := e.C.Field(i); v.P != nil {
				out[i] = ofConst(v)
				continue
			}
		}
		out[i] = ofType(f)
	}
	return out
}

// same reports whether two elements say the same.
func same(a, b Elem) bool {
	if a.C != b.C || len(a.Parts) != len(b.Parts) || (a.cond == nil) != (b.cond == nil) {
		return false
	}
	if a.T != b.T && !core.TypeEqual(a.T, b.T) {
		return false
	}
	for i := range a.Parts {
		if !same(a.Parts[i], b.Parts[i]) {
			return false
		}
	}
	return true
}

// join is what is known of a value that is one or the other.
func join(a, b Elem) Elem {
	if a.none() {
		return b
	}
	if b.none() {
		return a
	}
	out := Elem{}
	if a.C.P != nil && b.C.P != nil && core.Egal(a.C, b.C) {
		out.C, out.T = a.C, a.T
		if a.cond != nil && a.cond == b.cond {
			out.cond = a.cond
		}
		return out
	}
	if a.cond != nil && a.cond == b.cond {
		out.cond = a.cond
	}
	out.Parts = joinParts(a, b)
	if a.T == b.T || core.TypeEqual(a.T, b.T) {
		out.T = a.T
		return out
	}
	out.T = joinTypes(a.T, b.T)
	if out.Parts != nil {
		return out
	}
	if out.T == a.T && a.C.P == nil && a.Parts == nil {
		return Elem{T: a.T, cond: out.cond}
	}
	return out
}

// something is the type that e has if it is not nothing.
func (e *Elem) something() *core.DataType {
	t := e.T
	if core.TypeOf(t) == core.UnionType {
		u := core.As[core.Union](t)
		if u.A != core.NothingType.Value() {
			return nil
		}
		t = u.B
	}
	d, _ := core.IsDataType(t)
	return d
}

// joinParts is what is known of the fields of one or the other, of one type; either may also be nothing.
func joinParts(a, b Elem) []Elem {
	x, y := a.something(), b.something()
	switch {
	case x == nil || y == nil:
		return nil
	case x == core.NothingType:
		return b.known(y)
	case y == core.NothingType:
		return a.known(x)
	case x != y || x.Kind != core.KindObject:
		return nil
	}
	ps, qs := a.known(x), b.known(y)
	if ps == nil || qs == nil || len(ps) != len(qs) {
		return nil
	}
	out := make([]Elem, len(ps))
	for i := range ps {
		out[i] = join(ps[i].plain(), qs[i].plain())
	}
	return out
}

// known are the fields of an object of type d of which more is known than d says.
func (e *Elem) known(d *core.DataType) []Elem {
	if e.Parts == nil && (e.C.P == nil || core.TypeOf(e.C).Kind != core.KindObject || d.Has(core.FlagMutable)) {
		return nil
	}
	return e.parts(d)
}

// joinTypes is a union, or something wider when that is too complicated.
func joinTypes(a, b core.Value) core.Value {
	if core.Subtype(a, b) {
		return b
	}
	if core.Subtype(b, a) {
		return a
	}
	u := core.NewUnion(a, b)
	if simple(u) {
		return u
	}
	ms := core.UnionMembers(u)
	for i := 0; i < len(ms); i++ {
		for j := i + 1; j < len(ms); j++ {
			if w, ok := mergeSameName(ms[i], ms[j]); ok {
				ms[i] = w
				ms = append(ms[:j], ms[j+1:]...)
				j = i
			}
		}
	}
	if u = core.NewUnion(ms...); simple(u) {
		return u
	}
	return core.Any.Value()
}

// mergeSameName is a type above two of one name.
func mergeSameName(a, b core.Value) (core.Value, bool) {
	x, ok := core.IsDataType(core.Unwrap(a))
	y, ok2 := core.IsDataType(core.Unwrap(b))
	if !ok || !ok2 || x.Name != y.Name || len(x.Params) == 0 {
		return core.Value{}, false
	}
	if x.Has(core.FlagTuple) {
		return mergeTuples(x, y), true
	}
	if core.TypeOf(a) != core.DataTypeType || core.TypeOf(b) != core.DataTypeType {
		return x.Name.Wrapper, true
	}
	ps := make([]core.Value, len(x.Params))
	var vars []*core.TypeVar
	for i := range ps {
		if x.Params[i] == y.Params[i] {
			ps[i] = x.Params[i]
			continue
		}
		v := core.NewVar("T", core.Value{}, core.Value{})
		vars = append(vars, v)
		ps[i] = v.Value()
	}
	if x.Name == core.TypeTypeName || len(vars) == len(ps) {
		return x.Name.Wrapper, true
	}
	t := x.Name.Apply(ps).Value()
	for i := len(vars) - 1; i >= 0; i-- {
		t = core.MakeUnionAll(vars[i], t)
	}
	return t, true
}

func mergeTuples(x, y *core.DataType) core.Value {
	if len(x.Params) == len(y.Params) && !x.Has(core.FlagVarargTup) && !y.Has(core.FlagVarargTup) && !x.Has(core.FlagHasFree) && !y.Has(core.FlagHasFree) {
		ps := make([]core.Value, len(x.Params))
		for i := range ps {
			ps[i] = joinTypes(x.Params[i], y.Params[i])
		}
		return core.TupleOf(ps...).Value()
	}
	el := core.Bottom
	for _, d := range []*core.DataType{x, y} {
		for _, p := range d.Params {
			if core.TypeOf(p) == core.VarargType {
				p = core.As[core.Vararg](p).T
			}
			if core.HasFree(p) {
				p = core.Any.Value()
			}
			el = joinTypes(el, p)
		}
	}
	return core.TupleOf(core.ToValue(&core.Vararg{Type: core.VarargType, T: el})).Value()
}

// simple reports whether a union is one that Julia keeps.
func simple(t core.Value) bool {
	return len(core.UnionMembers(t)) <= maxUnion && unionComplexity(t) <= maxUnion && nesting(t) <= 10
}

func unionComplexity(t core.Value) int {
	switch core.TypeOf(t) {
	case core.UnionType:
		u := core.As[core.Union](t)
		return unionComplexity(u.A) + unionComplexity(u.B) + 1
	case core.UnionAllType:
		u := core.As[core.UnionAll](t)
		return max(unionComplexity(u.Body), unionComplexity(u.Var.Upper))
	case core.VarargType:
		return unionComplexity(core.As[core.Vararg](t).T)
	}
	if d, ok := core.IsDataType(t); ok && d.Has(core.FlagTuple) {
		n := 0
		for _, p := range d.Params {
			n = max(n, unionComplexity(p))
		}
		return n
	}
	return 0
}

// nesting is how deep types stand in each other.
func nesting(t core.Value) int {
	n := 0
	switch core.TypeOf(t) {
	case core.UnionType:
		u := core.As[core.Union](t)
		return max(nesting(u.A), nesting(u.B))
	case core.UnionAllType:
		return nesting(core.As[core.UnionAll](t).Body)
	case core.VarargType:
		return nesting(core.As[core.Vararg](t).T)
	case core.DataTypeType:
		for _, p := range core.As[core.DataType](t).Params {
			if p.P != nil {
				n = max(n, nesting(p))
			}
		}
		return n + 1
	}
	return 0
}

// sizeOf is how much there is to the types of elements.
func sizeOf(es []Elem) int {
	n := 0
	for i := range es {
		n += typeSize(es[i].T)
	}
	return n
}

func typeSize(t core.Value) int {
	switch core.TypeOf(t) {
	case core.UnionType:
		u := core.As[core.Union](t)
		return typeSize(u.A) + typeSize(u.B)
	case core.UnionAllType:
		return 1 + typeSize(core.As[core.UnionAll](t).Body)
	case core.VarargType:
		return 1 + typeSize(core.As[core.Vararg](t).T)
	case core.DataTypeType:
		n := 1
		for _, p := range core.As[core.DataType](t).Params {
			if p.P != nil {
				n += typeSize(p)
			}
		}
		return n
	}
	return 1
}

// exact reports whether d is the type of its instances, so that none is of a type that d is not below. Of
// a tuple of types that cannot be said: (Int,) is a Tuple{Type{Int}}.
func exact(d *core.DataType) bool {
	if !d.Has(core.FlagConcrete) || isKind(d) {
		return false
	}
	if d.Has(core.FlagTuple) {
		for _, p := range d.Params {
			if q, ok := core.IsDataType(p); !ok || !exact(q) {
				return false
			}
		}
	}
	return true
}

// narrow is e where it is also of type t.
func narrow(e Elem, t core.Value) Elem {
	if e.C.P != nil {
		if core.Isa(e.C, t) {
			return e
		}
		return bottom
	}
	if core.Subtype(e.T, t) {
		return e
	}
	if d, ok := core.IsDataType(e.T); ok && exact(d) {
		return bottom
	}
	m := core.TypeIntersect(e.T, t)
	if d, ok := core.IsDataType(m); m == core.Bottom || ok && d.Has(core.FlagTuple) && slices.Contains(d.Params, core.Bottom) {
		return bottom
	}
	out := ofType(m)
	out.id = e.id
	if d, ok := core.IsDataType(m); ok && e.Parts != nil && d.Kind == core.KindObject && len(d.Fields()) == len(e.Parts) {
		if e.something() == d {
			out.Parts = e.Parts
		}
	}
	return out
}

// without is e where it is not of type t.
func without(e Elem, t core.Value) Elem {
	if e.C.P != nil {
		if core.Isa(e.C, t) {
			return bottom
		}
		return e
	}
	if core.Subtype(e.T, t) {
		return bottom
	}
	if core.TypeOf(e.T) != core.UnionType {
		return e
	}
	var left []core.Value
	for _, m := range core.UnionMembers(e.T) {
		if !core.Subtype(m, t) {
			left = append(left, m)
		}
	}
	out := ofType(core.NewUnion(left...))
	out.id = e.id
	if d, ok := core.IsDataType(out.T); ok && e.Parts != nil && e.something() == d {
		out.Parts = e.Parts
	}
	return out
}

// key appends what tells the element apart from others.
func (e *Elem) key(b []byte) []byte {
	if e.C.P != nil {
		if core.IsType(e.C) {
			return typeKey(append(b, 'k'), e.C)
		}
		return word(word(append(b, 'c'), uint64(uintptr(e.C.P))), e.C.N)
	}
	b = typeKey(b, e.T)
	if e.Parts != nil {
		b = append(b, '(')
		for i := range e.Parts {
			b = e.Parts[i].key(b)
		}
		b = append(b, ')')
	}
	return b
}

// shallow cuts parts that are nested too deep.
func shallow(e Elem, depth int) Elem {
	e.cond, e.id = nil, 0
	if e.Parts == nil {
		return e
	}
	if depth == 0 {
		e.Parts = nil
		return e
	}
	ps := make([]Elem, len(e.Parts))
	for i := range ps {
		ps[i] = shallow(e.Parts[i], depth-1)
	}
	e.Parts = ps
	return e
}

// object is the element of a new instance of d with the given fields.
func object(d *core.DataType, fields []Elem) Elem {
	e := Elem{T: d.Value()}
	if d.Has(core.FlagConcrete) && d.Instance.P != nil {
		e.C = d.Instance
		return e
	}
	if d.Has(core.FlagMutable) || d.Kind != core.KindObject {
		return e
	}
	fs := d.Fields()
	if len(fields) != len(fs) {
		return e
	}
	more := false
	for i := range fields {
		if fields[i].none() {
			return bottom
		}
		if fields[i].C.P != nil || fields[i].Parts != nil || !core.TypeEqual(fields[i].T, fs[i]) {
			more = true
		}
	}
	if more {
		e.Parts = make([]Elem, len(fields))
		for i := range fields {
			e.Parts[i] = shallow(narrow(fields[i].plain(), fs[i]), maxNested)
			if e.Parts[i].none() {
				e.Parts[i] = ofType(fs[i])
			}
		}
	}
	return e
}

// value is the value of an element, put together from its parts if need be.
func (e *Elem) value() (core.Value, bool) {
	if e.C.P != nil || e.Parts == nil {
		return e.C, e.C.P != nil
	}
	d, ok := core.IsDataType(e.T)
	if !ok || !d.Has(core.FlagConcrete|core.FlagTuple) {
		return core.Value{}, false
	}
	vs := make([]core.Value, len(e.Parts))
	for i := range vs {
		if vs[i], ok = e.Parts[i].value(); !ok {
			return vs[i], false
		}
	}
	return core.NewStruct(d, vs...), true
}
