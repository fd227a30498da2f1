package core

// Method lookup: from the types of a call's arguments to the method that runs,
// with the values of its static parameters.

import (
	"math"
	"path/filepath"
)

// LookupError says that a call has no method, or (Ambiguous not empty) several
// of which none is the most specific.
type LookupError struct {
	Types     []*DataType
	Exact     []Value
	World     uint64
	Ambiguous []*Method
}

// Error describes the failure for Go; users see Julia's MethodError.
func (e *LookupError) Error() string {
	if len(e.Ambiguous) > 0 {
		return "ambiguous call of " + e.Ambiguous[0].Name.Name
	}
	return "no method matches"
}

// Forever is the To of what is still valid.
const Forever = math.MaxUint64

// Table returns the method table of a type name, making it if needed.
func (r *Runtime) Table(tn *TypeName) *MethodTable {
	t := r.Tables[tn]
	if t == nil {
		name := tn.FuncName
		if name == nil {
			name = tn.Name
		}
		t = &MethodTable{Name: name, Module: tn.Module, Shared: tn.Abstract || tn == DataTypeType.Name}
		r.Tables[tn] = t
	}
	return t
}

// Known returns the method table of a type name with all its methods loaded, or
// nil if it has none.
func (r *Runtime) Known(tn *TypeName) *MethodTable {
	r.awaken(tn, true)
	return r.Tables[tn]
}

// Callable is Known without methods that cannot be called yet, since values of a type
// of Base that has not been loaded would have to be given.
func (r *Runtime) Callable(tn *TypeName) *MethodTable {
	r.awaken(tn, false)
	return r.Tables[tn]
}

// awaken loads the methods of tn's table that are still to be loaded, all or those
// that can be called now.
func (r *Runtime) awaken(tn *TypeName, all bool) {
	if r.PendingMethods == nil || tn.Module == nil || !r.OfBase(tn.Module) {
		return
	}
	name := tn.FuncName
	if name == nil {
		name = tn.Name
	}
	r.PendingMethods(name, all)
}

// OfBase reports whether m is Core, Base or a module in Base; nil, the module of
// what the engine adds, counts as one.
func (r *Runtime) OfBase(m *Module) bool {
	if m == nil {
		return true
	}
	for m != r.Core && m != r.Base {
		if m.Parent == nil || m.Parent == m {
			return false
		}
		m = m.Parent
	}
	return true
}

// OfSystem reports whether m is OfBase or of the standard library, whose files have no
// absolute names.
func (r *Runtime) OfSystem(m *Module) bool {
	for o := m; o != nil && o.Parent != nil && o.Parent != o; o = o.Parent {
		if o.Parent.Packages {
			return !filepath.IsAbs(o.File)
		}
	}
	return r.OfBase(m)
}

// unwrap removes the UnionAlls around a type.
func unwrap(v Value) Value {
	for TypeOf(v) == UnionAllType {
		v = (*UnionAll)(v.P).Body
	}
	return v
}

// Unwrap removes the UnionAlls around a type.
func Unwrap(v Value) Value { return unwrap(v) }

// calleeNames returns the TypeNames whose tables hold the methods of callees of type t,
// the first parameter of a signature: more than one of a Union of types of objects.
func (r *Runtime) calleeNames(t Value) ([]*TypeName, error) {
	t = unwrap(t)
	if TypeOf(t) == TypeVarType {
		t = unwrap((*TypeVar)(t.P).Upper)
	}
	refuse := Errorf("Method dispatch is unimplemented currently for this method signature")
	if TypeOf(t) == UnionType {
		var names []*TypeName
		for _, m := range UnionMembers(t) {
			d, ok := IsDataType(unwrap(m))
			if !ok || d.Name == TypeTypeName || d.Name.FuncName != nil || isKind(d) || d == NothingType {
				return nil, refuse
			}
			ns, err := r.calleeNames(m)
			if err != nil {
				return nil, err
			}
			names = append(names, ns...)
		}
		return names, nil
	}
	d, ok := IsDataType(t)
	if !ok {
		return nil, refuse
	}
	if r.Booting == 0 && (d == Any || d == FunctionType || d == BuiltinType || r.isBuiltin(d)) {
		name := d.Name.Name
		if d.Name.FuncName != nil {
			name = d.Name.FuncName
		}
		return nil, Errorf("cannot add methods to builtin function `%s`", name.Name)
	}
	if d.Name != TypeTypeName {
		return []*TypeName{d.Name}, nil
	}
	if p, ok := IsDataType(unwrap(d.Params[0])); ok {
		return []*TypeName{p.Name}, nil
	}
	return []*TypeName{TypeTypeName}, nil
}

// isBuiltin reports whether d is the type of a function that Core has.
func (r *Runtime) isBuiltin(d *DataType) bool {
	if d.Name.Prim == nil {
		return false
	}
	b := r.Core.Bindings[Sym(d.Name.Prim.Name)]
	return b != nil && b.Owner == r.Core && b.Value.P != nil && TypeOf(b.Value) == d
}

// AddMethod makes m a method of the running system, in the table that its
// signature says. It returns the method with an equal signature that m replaces,
// or nil. It advances the world and empties the caches that could be stale.
func (r *Runtime) AddMethod(m *Method) (*Method, error) { return r.addMethod(m, r.Booting == 0) }

// AddClosure makes m a method of a function that is made inside of another. It has
// been there as long as the function around it, so the world stays the same.
func (r *Runtime) AddClosure(m *Method) error {
	_, err := r.addMethod(m, false)
	m.From = 0
	return err
}

func (r *Runtime) addMethod(m *Method, advance bool) (*Method, error) {
	if err := m.prepare(); err != nil {
		return nil, err
	}
	names, err := r.calleeNames(m.SigTup.Params[0])
	if err != nil {
		return nil, err
	}
	m.From = 1
	if r.Booting == 0 {
		m.From = r.World
	}
	if advance {
		r.World++
		m.From = r.World
	}
	m.To = Forever
	if f := m.SigTup.Params[0]; r.Booting == 0 && m.NArgs > 3 {
		if d, ok := IsDataType(f); ok && d.Name.FuncName != nil {
			if r.Nary == nil {
				r.Nary = map[*Symbol]bool{}
			}
			r.Nary[d.Name.FuncName] = true
		}
	}
	var old *Method
	for _, tn := range names {
		t := r.Table(tn)
		for _, o := range t.Methods {
			if o.To != Forever || len(o.filter) != len(m.filter) || o.Vararg != m.Vararg || !sameSig(o, m) {
				continue
			}
			if o.From > m.From { // a method of Base that is loaded after it has been replaced
				m.To = min(m.To, o.From-1)
				continue
			}
			o.To = m.From - 1
			old = o
		}
		t.Methods = append(t.Methods, m)
		t.MaxWorld = r.World
		r.flush(t)
	}
	return old, nil
}

// DeleteMethod takes m out of the running system. If it is in force, the method that it
// had replaced is there again, as a copy that begins now.
func (r *Runtime) DeleteMethod(m *Method) error {
	names, err := r.calleeNames(m.SigTup.Params[0])
	if err != nil {
		return err
	}
	if m.deleted {
		return Errorf("Method of %s already disabled", m.Name.Name)
	}
	m.deleted = true
	r.World++
	if m.To != Forever {
		return nil
	}
	m.To = r.World - 1
	for _, tn := range names {
		t := r.Table(tn)
		var last *Method
		for _, o := range t.Methods {
			if o != m && !o.deleted && o.To < m.From && len(o.filter) == len(m.filter) && o.Vararg == m.Vararg && sameSig(o, m) &&
				(last == nil || o.From >= last.From) {
				last = o
			}
		}
		if last != nil {
			again := *last
			again.From, again.To = r.World, Forever
			last.deleted = true
			t.Methods = append(t.Methods, &again)
		}
		t.MaxWorld = r.World
		r.flush(t)
	}
	return nil
}

func sameSig(a, b *Method) bool {
	if a.Sig == b.Sig {
		return true
	}
	for i := range a.filter {
		x, y := &a.filter[i], &b.filter[i]
		if x.kind == y.kind && (x.t != y.t || x.name != y.name) {
			return false
		}
	}
	return TypeEqual(a.Sig, b.Sig)
}

// flush forgets what was cached about a table. A table of an abstract type has
// a say in the calls of all callables below it.
func (r *Runtime) flush(t *MethodTable) {
	if t.Shared {
		for _, o := range r.Tables {
			o.flush()
		}
		return
	}
	t.flush()
}

func (t *MethodTable) flush() {
	t.cache = lookupCache{}
	for _, f := range t.Flush {
		f()
	}
}

// prepare fills in what follows from the signature.
func (m *Method) prepare() error {
	d, ok := IsDataType(unwrap(m.Sig))
	if !ok || !d.Has(FlagTuple) || len(d.Params) == 0 {
		return Errorf("method signature must be a Tuple type")
	}
	m.SigTup = d
	if m.SParams == nil {
		for v := m.Sig; TypeOf(v) == UnionAllType; v = (*UnionAll)(v.P).Body {
			m.SParams = append(m.SParams, (*UnionAll)(v.P).Var)
		}
	}
	fixed, va := splitTuple(d)
	m.filter = make([]argFilter, len(fixed))
	m.simple = m.Sig == d.Value()
	for i, p := range fixed {
		m.filter[i] = makeFilter(p)
		k := m.filter[i].kind
		m.simple = m.simple && m.filter[i].exhaustive && k != filterOther
	}
	m.varFilter = argFilter{}
	m.anyLength, m.exactLength = va != nil, -1
	if va != nil {
		m.varFilter = makeFilter(va.T)
		m.simple = m.simple && va.N.P == nil && m.varFilter.exhaustive
		if va.N.P != nil && TypeOf(va.N) == Int64 {
			m.exactLength = len(fixed) + int(va.N.Int64())
		}
	}
	return nil
}

// call is the argument types of one lookup.
type call struct {
	types []*DataType // never nil: of a type argument, its kind
	exact []Value
	tuple Value // as a Tuple type, made when needed
}

func newCall(types []*DataType, exact []Value) *call {
	c := &call{types: types, exact: exact}
	for i, t := range types {
		if t == nil {
			c.types = append([]*DataType(nil), types...)
			for j := i; j < len(types); j++ {
				if c.types[j] == nil {
					c.types[j] = TypeOf(exact[j])
				}
			}
			break
		}
	}
	return c
}

func (c *call) exactAt(i int) Value {
	if i < len(c.exact) {
		return c.exact[i]
	}
	return Value{}
}

// tupleType is the call's type: Tuple{typeof(f), ...}, of types Type{T}. It is
// not interned.
func (c *call) tupleType() Value {
	if c.tuple.P == nil {
		c.tuple = callTuple(c.types, c.exact).Value()
	}
	return c.tuple
}

func callTuple(types []*DataType, exact []Value) *DataType {
	ps := make([]Value, len(types))
	for i, t := range types {
		if i < len(exact) && exact[i].P != nil {
			ps[i] = TypeTypeName.Apply([]Value{exact[i]}).Value()
		} else {
			ps[i] = t.Value()
		}
	}
	d := &DataType{Type: DataTypeType, Name: TupleName, Super: Any, Params: ps, FieldTypes: ps, Kind: KindObject, Flags: FlagTuple | FlagLaidOut}
	d.Tag = d
	return d
}

// match reports whether m accepts the call, and with which static parameters.
func (m *Method) match(c *call) ([]Value, bool) {
	n := len(c.types)
	if n < len(m.filter) || n > len(m.filter) && !m.anyLength || m.exactLength >= 0 && n != m.exactLength {
		return nil, false
	}
	for i := range m.filter {
		if !m.filter[i].pass(c.types[i], c.exactAt(i)) {
			return nil, false
		}
	}
	if m.anyLength {
		for i := len(m.filter); i < n; i++ {
			if !m.varFilter.pass(c.types[i], c.exactAt(i)) {
				return nil, false
			}
		}
	}
	if m.simple && len(c.exact) == 0 {
		return nil, true
	}
	return subtypeEnv(c.tupleType(), m.Sig, len(m.SParams))
}

// tables calls f with every table that has a say in calls of a callee of type
// t, which is the type exact if that is defined. With all, they hold methods too that
// cannot be called yet.
func (r *Runtime) tables(t *DataType, exact Value, all bool, f func(*MethodTable)) {
	if exact.P != nil {
		if d, ok := IsDataType(unwrap(exact)); ok {
			r.awaken(d.Name, all)
			if mt := r.Tables[d.Name]; mt != nil {
				f(mt)
			}
			if d.Name == TypeTypeName || d.Name == DataTypeType.Name {
				exact = Value{}
			}
			if d.Name == Any.Name {
				return
			}
		}
		t = TypeTypeName.Primary
		if exact.P != nil {
			t = TypeOf(exact)
		}
	}
	for ; ; t = t.Super {
		r.awaken(t.Name, all)
		if mt := r.Tables[t.Name]; mt != nil {
			f(mt)
		}
		if t == Any {
			return
		}
	}
}

// Lookup finds the method for a call with arguments of the given types, the
// callee first. Where an argument is itself a type, exact holds it (and types
// its kind or nil); exact may be nil or shorter when there is none. The answer
// is remembered. The error is a *LookupError.
func (r *Runtime) Lookup(types []*DataType, exact []Value, world uint64) (*CacheEntry, error) {
	if e := r.Cached(types, exact, world); e != nil {
		return e, nil
	}
	return r.Search(types, exact, world)
}

// Search is Lookup for a call that Cached does not know.
func (r *Runtime) Search(types []*DataType, exact []Value, world uint64) (*CacheEntry, error) {
	return r.search(r.primaryTable(types, exact), hashCall(types, exact), types, exact, world)
}

// Cached is the answer that Lookup has remembered, or nil. It keeps hold of neither
// of the slices.
func (r *Runtime) Cached(types []*DataType, exact []Value, world uint64) *CacheEntry {
	return r.primaryTable(types, exact).cache.get(hashCall(types, exact), types, exact, world)
}

// primaryTable is the table that caches the calls of a callee.
func (r *Runtime) primaryTable(types []*DataType, exact []Value) *MethodTable {
	tn := TypeTypeName
	if len(exact) > 0 && exact[0].P != nil {
		if d, ok := IsDataType(unwrap(exact[0])); ok {
			tn = d.Name
		}
	} else {
		tn = types[0].Name
	}
	if t := r.Tables[tn]; t != nil {
		return t
	}
	return r.Table(tn)
}

func (r *Runtime) search(t *MethodTable, h uint64, types []*DataType, exact []Value, world uint64) (*CacheEntry, error) {
	exact = trimExact(exact)
	if r.PendingMethods != nil && len(types) > 2 && types[0] != nil && types[0].Name.FuncName == Sym("kwcall") {
		// The methods of kwcall come with those of the function it calls.
		if len(exact) > 2 && exact[2].P != nil {
			if d, ok := IsDataType(unwrap(exact[2])); ok {
				r.awaken(d.Name, false)
			}
		} else if types[2] != nil {
			r.awaken(types[2].Name, false)
		}
	}
	c := newCall(types, exact)
	e := &CacheEntry{From: 0, To: Forever, hash: h}
	type found struct {
		m  *Method
		sp []Value
	}
	var ms []found
	r.tables(c.types[0], c.exactAt(0), false, func(mt *MethodTable) {
		for _, m := range mt.Methods {
			if m.From > world {
				e.To = min(e.To, m.From-1)
				continue
			}
			if m.To < world {
				e.From = max(e.From, m.To+1)
				continue
			}
			e.From = max(e.From, m.From)
			e.To = min(e.To, m.To)
			if sp, ok := m.match(c); ok {
				ms = append(ms, found{m, sp})
			}
		}
	})
	if len(ms) == 0 {
		return nil, &LookupError{Types: c.types, Exact: exact, World: world}
	}
	best := 0
	for i := 1; i < len(ms); i++ {
		if r.moreSpecific(ms[i].m, ms[best].m) {
			best = i
		}
	}
	for i := range ms {
		if i != best && !r.moreSpecific(ms[best].m, ms[i].m) {
			amb := []*Method{ms[best].m}
			for j := range ms {
				if j != best && !r.moreSpecific(ms[best].m, ms[j].m) {
					amb = append(amb, ms[j].m)
				}
			}
			return nil, &LookupError{Types: c.types, Exact: exact, World: world, Ambiguous: amb}
		}
	}
	e.Types = append([]*DataType(nil), types...)
	e.Exact = append([]Value(nil), exact...)
	e.Method, e.SParams = ms[best].m, ms[best].sp
	t.cache.put(e)
	return e, nil
}

func trimExact(exact []Value) []Value {
	for _, v := range exact {
		if v.P != nil {
			return exact
		}
	}
	return nil
}

// moreSpecific remembers comparisons of methods.
func (r *Runtime) moreSpecific(a, b *Method) bool {
	k := [2]*Method{a, b}
	v, ok := r.specific[k]
	if !ok {
		v = MoreSpecific(a.Sig, b.Sig)
		if r.specific == nil {
			r.specific = map[[2]*Method]bool{}
		}
		r.specific[k] = v
	}
	return v
}
