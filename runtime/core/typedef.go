package core

// Defining types: struct, abstract type, primitive type.

import "unsafe"

// TypeForm says what kind of definition makes a type.
type TypeForm uint8

// The forms.
const (
	StructForm TypeForm = iota
	AbstractForm
	PrimitiveForm
)

// TypeSpec is what a type definition says before its supertype and field types
// are known (they may mention the type itself).
type TypeSpec struct {
	Form    TypeForm
	Name    *Symbol
	Module  *Module
	Vars    []*TypeVar
	Fields  []*Symbol
	Const   []bool // per field of a mutable struct; nil: none
	Atomic  []bool
	Mutable bool
	NInit   int
	Inner   bool // has inner constructors
}

// BeginType makes a new type of unknown supertype and fields. Its Wrapper is
// what its name will mean; EndType makes it so.
func BeginType(s *TypeSpec) (*TypeName, error) {
	for i, f := range s.Fields {
		for _, g := range s.Fields[:i] {
			if f == g {
				return nil, Errorf("duplicate field name: %q is not unique", f.Name)
			}
		}
	}
	n := &TypeName{Type: TypeNameType, Name: s.Name, Module: s.Module, Vars: s.Vars,
		FieldNames: s.Fields, ConstFields: s.Const, AtomicFields: s.Atomic, NInit: s.NInit,
		Abstract: s.Form == AbstractForm, Mutable: s.Mutable, CtorIsUser: s.Inner, Partial: true}
	params := make([]Value, len(s.Vars))
	for i, v := range s.Vars {
		params[i] = v.Value()
	}
	t := &DataType{Type: DataTypeType, Name: n, Params: params, Super: Any, ID: nextTypeID.Add(1)}
	t.Tag = t
	switch s.Form {
	case StructForm:
		t.Kind = KindObject
		if len(s.Fields) == 0 && !s.Mutable {
			t.Kind = KindSingleton
		}
	case PrimitiveForm:
		t.Kind, t.Flags = KindBits, FlagIsBits|FlagPrimitive
	}
	if s.Mutable {
		t.Flags |= FlagMutable
	}
	switch {
	case len(s.Vars) > 0:
		t.Flags |= FlagHasFree
	case s.Form != AbstractForm:
		t.Flags |= FlagConcrete
		if t.Kind == KindSingleton {
			t.Instance = Value{P: unsafe.Pointer(&t.Tag)}
		}
	}
	t.Hash = hashParams(n, params) ^ t.ID*0x9e3779b97f4a7c15
	n.Primary = t
	n.cache = map[uint64][]*DataType{hashParams(n, params): {t}}
	w := t.Value()
	for i := len(s.Vars) - 1; i >= 0; i-- {
		w = makeUnionAllRaw(s.Vars[i], w)
	}
	n.Wrapper = w
	return n, nil
}

// SetSuper gives a type that is being defined its supertype, in terms of its
// variables.
func (n *TypeName) SetSuper(super Value) error {
	d, ok := IsDataType(super)
	why := ""
	switch {
	case !ok:
		why = "can only subtype data types"
	case d.Name == n:
		why = "a type cannot subtype itself"
	case d.Has(FlagTuple):
		why = "cannot subtype a tuple type"
	case d.Name == NamedTupleName:
		why = "cannot subtype a named tuple type"
	case d.Name == TypeTypeName:
		why = "cannot add subtypes to Type"
	case Subtype(super, BuiltinType.Value()):
		why = "cannot add subtypes to Core.Builtin"
	case !d.Name.Abstract:
		why = "can only subtype abstract types"
	}
	if why != "" {
		return Errorf("invalid subtyping in definition of %s: %s.", n.Name.Name, why)
	}
	n.Primary.Super = d
	n.refill()
	return nil
}

// SetFields gives a struct that is being defined the types of its fields, in
// terms of its variables, and ends its definition.
func (n *TypeName) SetFields(types []Value) error {
	for i, f := range types {
		if !isTypeOrVar(f) {
			return TypeErr(n.Name.Name, "type definition", TypeType.Value(), f)
		}
		_ = i
	}
	n.FieldDecl = append([]Value{}, types...)
	n.Partial = false
	n.refill()
	return nil
}

// SetBits gives a primitive type that is being defined its size.
func (n *TypeName) SetBits(bits int64) error {
	if bits < 1 || bits >= 1<<23 || bits%8 != 0 {
		return Errorf("invalid number of bits in primitive type %s", n.Name.Name)
	}
	if bits > 128 {
		return Errorf("primitive type %s is too large: at most 128 bits are supported", n.Name.Name)
	}
	n.PrimBits = int(bits)
	p := n.Primary
	p.Size, p.Align = uint32(bits/8), 1
	for p.Align < p.Size {
		p.Align *= 2
	}
	switch {
	case p.Size == 1:
		p.ElemKind = ElemU8
	case p.Size == 2:
		p.ElemKind = ElemU16
	case p.Size <= 4:
		p.ElemKind = ElemU32
	case p.Size <= 8:
		p.ElemKind = ElemW64
	default:
		p.Kind = KindInt128
	}
	if p.Kind == KindInt128 {
		p.ElemKind = ElemAny
	}
	n.Partial = false
	n.refill()
	return nil
}

// refill brings the instances made during the definition up to date.
func (n *TypeName) refill() {
	n.mu.Lock()
	var ts []*DataType
	for _, l := range n.cache {
		ts = append(ts, l...)
	}
	n.mu.Unlock()
	for _, t := range ts {
		if t != n.Primary {
			n.fill(t)
		}
	}
}

// EndType ends the definition of n: a type of the same definition that its name
// already means is kept, and n forgotten; otherwise the name becomes n. It
// returns what the name means.
func (r *Runtime) EndType(n *TypeName) (Value, error) {
	n.Partial = false
	r.types = append(r.types, n)
	m := n.Module
	if b := m.Own(n.Name); b != nil && b.Flags&BindConst != 0 && b.Value.P != nil && b.Flags&BindImported == 0 {
		if d, ok := IsDataType(unwrap(b.Value)); ok && d.Name.Wrapper == b.Value && d.Name.Module == m && sameDefinition(d.Name, n) {
			return b.Value, nil
		}
	}
	if err := r.AssignConst(m, n.Name, n.Wrapper); err != nil {
		return Value{}, err
	}
	return n.Wrapper, nil
}

// sameDefinition reports whether two type definitions say the same.
func sameDefinition(a, b *TypeName) bool {
	if a.Name != b.Name || len(a.Vars) != len(b.Vars) || a.Abstract != b.Abstract || a.Mutable != b.Mutable ||
		a.PrimBits != b.PrimBits || a.NInit != b.NInit || len(a.FieldDecl) != len(b.FieldDecl) ||
		len(a.FieldNames) != len(b.FieldNames) || !sameBools(a.ConstFields, b.ConstFields) || !sameBools(a.AtomicFields, b.AtomicFields) {
		return false
	}
	for i := range a.FieldNames {
		if a.FieldNames[i] != b.FieldNames[i] {
			return false
		}
	}
	vals := make([]Value, len(a.Vars))
	for i, v := range b.Vars {
		if v.Name != a.Vars[i].Name {
			return false
		}
		vals[i] = a.Vars[i].Value()
	}
	same := func(x, y Value) bool { // y in terms of b
		y = Subst(retarget(y, b, a), b.Vars, vals)
		return sameParam(x, y)
	}
	for i := range a.Vars {
		if !same(a.Vars[i].Lower, b.Vars[i].Lower) || !same(a.Vars[i].Upper, b.Vars[i].Upper) {
			return false
		}
	}
	if !same(a.Primary.Super.Value(), b.Primary.Super.Value()) {
		return false
	}
	for i := range a.FieldDecl {
		if !same(a.FieldDecl[i], b.FieldDecl[i]) {
			return false
		}
	}
	return true
}

func sameBools(a, b []bool) bool {
	for i := range max(len(a), len(b)) {
		if (i < len(a) && a[i]) != (i < len(b) && b[i]) {
			return false
		}
	}
	return true
}

// retarget replaces the type name from by to within t.
func retarget(t Value, from, to *TypeName) Value {
	switch TypeOf(t) {
	case DataTypeType:
		d := (*DataType)(t.P)
		n := d.Name
		if n == from {
			n = to
			if len(d.Params) == 0 {
				return to.Primary.Value()
			}
		} else if len(d.Params) == 0 {
			return t
		}
		ps := make([]Value, len(d.Params))
		for i, p := range d.Params {
			ps[i] = retarget(p, from, to)
		}
		return n.Apply(ps).Value()
	case UnionAllType:
		u := (*UnionAll)(t.P)
		if t == from.Wrapper {
			return to.Wrapper
		}
		return makeUnionAllRaw(u.Var, retarget(u.Body, from, to))
	case UnionType:
		u := (*Union)(t.P)
		return ToValue(&Union{UnionType, retarget(u.A, from, to), retarget(u.B, from, to)})
	case VarargType:
		a := (*Vararg)(t.P)
		return ToValue(&Vararg{VarargType, retarget(a.T, from, to), a.N})
	}
	return t
}

// FunctionTypeOf makes the type of a new generic function: a singleton below
// super (Function or Builtin).
func FunctionTypeOf(m *Module, name *Symbol, super *DataType) *DataType {
	t := newBoot("#" + name.Name)
	t.Type = DataTypeType
	t.Super, t.Kind, t.Flags = super, KindSingleton, FlagConcrete|FlagIsBits|FlagLaidOut|FlagFunction
	t.Instance = Value{P: unsafe.Pointer(&t.Tag)}
	t.Name.Type, t.Name.Name, t.Name.FuncName, t.Name.Module = TypeNameType, Sym("#"+name.Name), name, m
	return t
}

// FieldIndex returns the index (from 0) of the field named f, or -1.
func (t *DataType) FieldIndex(f *Symbol) int {
	if t.Name == NamedTupleName {
		if len(t.Params) == 2 && TypeOf(t.Params[0]).Has(FlagTuple) {
			for i, n := range t.Params[0].Fields(len(TypeOf(t.Params[0]).Params)) {
				if n.P == unsafe.Pointer(f) {
					return i
				}
			}
		}
		return -1
	}
	for i, n := range t.Name.FieldNames {
		if n == f {
			return i
		}
	}
	return -1
}
