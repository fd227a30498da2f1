package core

// Making types from types: T{...}, Union{...}, `where`.

import (
	"sort"
	"unsafe"
)

// NewUnion returns Union{ts...}, simplified: a member that is a subtype of
// another one is dropped. The members stand in Julia's order.
func NewUnion(ts ...Value) Value {
	var ms []Value
	for _, t := range ts {
		if TypeOf(t) == TypeVarType {
			ms = append(ms, t)
			continue
		}
		ms = append(ms, UnionMembers(t)...)
	}
	for i := range ms {
		for j := range ms {
			if i == j || ms[i].P == nil || ms[j].P == nil {
				continue
			}
			if ms[i] == ms[j] || sameParam(ms[i], ms[j]) ||
				!HasFree(ms[i]) && !HasFree(ms[j]) && Subtype(ms[i], ms[j]) {
				ms[i] = Value{}
			}
		}
	}
	kept := ms[:0:0]
	for _, m := range ms {
		if m.P != nil {
			kept = append(kept, m)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool { return unionBefore(kept[i], kept[j]) })
	if len(kept) == 0 {
		return Bottom
	}
	u := kept[len(kept)-1]
	for i := len(kept) - 2; i >= 0; i-- {
		u = ToValue(&Union{UnionType, kept[i], u})
	}
	return u
}

// unionBefore orders the members of a union: singletons, then isbits types, then
// others, by name within each group.
func unionBefore(a, b Value) bool {
	ra, rb := unionRank(a), unionRank(b)
	if ra != rb {
		return ra < rb
	}
	x, ok1 := IsDataType(unwrap(a))
	y, ok2 := IsDataType(unwrap(b))
	if !ok1 || !ok2 {
		return ok1 && !ok2
	}
	return x.Name.Name.Name < y.Name.Name.Name
}

func unionRank(v Value) int {
	d, ok := IsDataType(v)
	switch {
	case !ok:
		return 3
	case d.Has(FlagConcrete) && d.Kind == KindSingleton:
		return 0
	case d.IsBits():
		return 1
	}
	return 2
}

// MakeUnionAll returns `body where v`: body itself if v does not occur in it.
func MakeUnionAll(v *TypeVar, body Value) Value {
	if !occursFree(body, v) {
		return body
	}
	if body.P == unsafe.Pointer(v) {
		return v.Upper
	}
	if TypeOf(body) == VarargType { // the variable moves into the tuple's parameter
		va := *(*Vararg)(body.P)
		if va.N.P == unsafe.Pointer(v) {
			va.N = Value{}
		}
		va.T = MakeUnionAll(v, va.T)
		return ToValue(&va)
	}
	return makeUnionAllRaw(v, body)
}

func makeUnionAllRaw(v *TypeVar, body Value) Value {
	return ToValue(&UnionAll{UnionAllType, v, body})
}

// IsParam reports whether v may be a type parameter.
func IsParam(v Value) bool {
	if v.P == nil {
		return false
	}
	if isTypeOrVar(v) {
		return true
	}
	t := TypeOf(v)
	if t == SymbolType || t == ModuleType {
		return true
	}
	if t.Has(FlagTuple) {
		for _, f := range v.Fields(len(t.Params)) {
			if TypeOf(f) != SymbolType && !TypeOf(f).IsBits() {
				return false
			}
		}
		return true
	}
	return t.IsBits()
}

// ApplyType returns t{params...}.
func ApplyType(t Value, params []Value) (Value, error) {
	switch {
	case t.P == unsafe.Pointer(TupleType):
		return applyTuple(params)
	case TypeOf(t) == VarargType:
		return applyVararg((*Vararg)(t.P), params)
	case t.P == unsafe.Pointer(UnionType):
		for _, p := range params {
			if !isTypeOrVar(p) {
				return Value{}, TypeErr("Union", "", TypeType.Value(), p)
			}
		}
		return NewUnion(params...), nil
	}
	if n := declaredBy(t, len(params)); n != nil {
		for i, p := range params {
			if !IsParam(p) {
				return Value{}, TypeErr("Type", "parameter", TypeType.Value(), p)
			}
			if err := checkBound(t, n.Vars[i], p); err != nil {
				return Value{}, err
			}
		}
		if err := checkSuper(n, params); err != nil {
			return Value{}, err
		}
		d := n.Apply(params)
		if n == NamedTupleName {
			return d.Value(), checkNamedTuple(d)
		}
		return d.Value(), nil
	}
	cur := t
	for i := range params {
		if TypeOf(cur) != UnionAllType {
			if i == 0 {
				return Value{}, TypeErr("Type{...} expression", "", UnionAllType.Value(), t)
			}
			return Value{}, Errorf("too many parameters for type %s", nameOf(t))
		}
		cur = (*UnionAll)(cur.P).Body
	}
	cur = t
	for _, p := range params {
		if !IsParam(p) {
			return Value{}, TypeErr("Type", "parameter", TypeType.Value(), p)
		}
		if TypeOf(cur) != UnionAllType {
			break // NTuple{0} is Tuple{}: what T is does not matter any more
		}
		u := (*UnionAll)(cur.P)
		if err := checkBound(t, u.Var, p); err != nil {
			return Value{}, err
		}
		cur = Subst(u.Body, []*TypeVar{u.Var}, []Value{p})
		if TypeOf(p) != TypeVarType {
			if err := checkParts(cur, p); err != nil {
				return Value{}, err
			}
		}
	}
	d, ok := IsDataType(cur)
	if ok && d.Name == NamedTupleName {
		return cur, checkNamedTuple(d)
	}
	if ok && !d.Has(FlagTuple) && !d.Has(FlagHasFree) && len(d.Params) == len(d.Name.Vars) {
		for i, v := range d.Name.Vars { // bounds that others depend on
			if !HasFree(v.Upper) && !HasFree(v.Lower) {
				continue
			}
			b := &TypeVar{TypeVarType, v.Name, Subst(v.Lower, d.Name.Vars, d.Params), Subst(v.Upper, d.Name.Vars, d.Params)}
			if err := checkBound(d.Name.Wrapper, b, d.Params[i]); err != nil {
				return Value{}, err
			}
		}
	}
	return cur, nil
}

// declaredBy is the declared name that t denotes, if that takes n parameters whose
// bounds do not depend on each other; else nil.
func declaredBy(t Value, n int) *TypeName {
	if n == 0 || TypeOf(t) != UnionAllType {
		return nil
	}
	d, ok := IsDataType(Unwrap(t))
	if !ok || d.Name.Wrapper.P != t.P || len(d.Name.Vars) != n || d.Name.Partial || d.Has(FlagTuple) {
		return nil
	}
	for _, v := range d.Name.Vars {
		if HasFree(v.Upper) || HasFree(v.Lower) {
			return nil
		}
	}
	return d.Name
}

// checkSuper checks that the supertype of n{params...} keeps the bounds of its own parameters.
func checkSuper(n *TypeName, params []Value) error {
	if n.Primary == nil || n.Primary.Super == nil || n.Partial {
		return nil
	}
	up := n.Primary.Super
	for i, p := range up.Params {
		if i >= len(up.Name.Vars) {
			break
		}
		v := up.Name.Vars[i]
		if v.Upper.P == unsafe.Pointer(Any) && v.Lower == Bottom || TypeOf(p) == TypeVarType && (*TypeVar)(p.P).Upper == v.Upper {
			continue
		}
		if err := checkBound(up.Name.Wrapper, v, Subst(p, n.Vars, params)); err != nil {
			return err
		}
	}
	return nil
}

// checkParts checks what became of a type's body when p was put in for a variable: lengths
// of Varargs are integers from 0 on, and what is in a Union is a type.
func checkParts(t, p Value) error {
	switch t = unwrap(t); TypeOf(t) {
	case UnionType:
		for _, m := range UnionMembers(t) {
			if !isTypeOrVar(m) {
				return TypeErr("Union", "", TypeType.Value(), m)
			}
		}
	case DataTypeType:
		d := (*DataType)(t.P)
		if !d.Has(FlagTuple) && d.Name != TypeTypeName {
			return nil
		}
		for _, x := range d.Params {
			if TypeOf(x) != VarargType {
				if err := checkParts(x, p); err != nil {
					return err
				}
				continue
			}
			n := (*Vararg)(x.P).N
			if n.P == nil || TypeOf(n) == TypeVarType {
				continue
			}
			if TypeOf(n) != Int64 {
				return TypeErr("Vararg", "count", Int64.Value(), n)
			}
			if n.Int64() < 0 {
				return Errorf("Vararg length is negative: %d", n.Int64())
			}
		}
	}
	return nil
}

// checkNamedTuple checks that names and types of a NamedTuple fit.
func checkNamedTuple(d *DataType) error {
	nt := TypeOf(d.Params[0])
	if nt == TypeVarType {
		return nil
	}
	if !nt.Has(FlagTuple) {
		return TypeErr("NamedTuple", "names", TupleOf(ToValue(&Vararg{VarargType, SymbolType.Value(), Value{}})).Value(), d.Params[0])
	}
	names := d.Params[0].Fields(len(nt.Params))
	for i, n := range names {
		if TypeOf(n) != SymbolType {
			return TypeErr("NamedTuple", "name", SymbolType.Value(), n)
		}
		for _, o := range names[:i] {
			if o == n {
				return Errorf("duplicate field name in NamedTuple: %q is not unique", (*Symbol)(n.P).Name)
			}
		}
	}
	switch tt, ok := IsDataType(d.Params[1]); {
	case ok && tt.Has(FlagTuple) && (tt.Has(FlagVarargTup) || len(tt.Params) != len(names)):
		return Errorf("NamedTuple names and field types must have matching lengths")
	case !ok && TypeOf(d.Params[1]) != TypeVarType:
		return Errorf("NamedTuple field type must be a tuple type")
	}
	return nil
}

// Value returns u as a Julia value.
func (u *UnionAll) Value() Value { return ToValue(u) }

// checkBound checks that p may stand for v in an instance of t.
func checkBound(t Value, v *TypeVar, p Value) error {
	if v.Upper.P == unsafe.Pointer(Any) && v.Lower == Bottom {
		return nil
	}
	if TypeOf(p) == TypeVarType {
		// The bounds of a variable are checked when it gets its value.
		return nil
	}
	if HasFree(v.Upper) || HasFree(v.Lower) || HasFree(p) {
		return nil
	}
	if !IsType(p) || !Subtype(p, v.Upper) || !Subtype(v.Lower, p) {
		return TypeErr(nameOf(t), v.Name.Name, v.Value(), p)
	}
	return nil
}

// nameOf names a type in errors about its parameters.
func nameOf(t Value) string {
	if d, ok := IsDataType(unwrap(t)); ok {
		return d.Name.Name.Name
	}
	return "Union"
}

func applyTuple(params []Value) (Value, error) {
	ps := make([]Value, len(params))
	for i, p := range params {
		if TypeOf(p) == VarargType {
			if i != len(params)-1 {
				return Value{}, TypeErr("Tuple", "non-final parameter", TypeType.Value(), p)
			}
		} else if !IsParam(p) {
			return Value{}, TypeErr("Tuple", "parameter", TypeType.Value(), p)
		}
		ps[i] = p
	}
	return tupleOf(ps).Value(), nil
}

func applyVararg(v *Vararg, params []Value) (Value, error) {
	if v.N.P != nil || len(params) > 2 {
		return Value{}, Errorf("too many parameters for type Vararg")
	}
	out := *v
	for i, p := range params {
		if i == 0 {
			if !isTypeOrVar(p) {
				return Value{}, TypeErr("Vararg", "type", TypeType.Value(), p)
			}
			out.T = p
			continue
		}
		if TypeOf(p) != TypeVarType {
			if TypeOf(p) != Int64 {
				return Value{}, TypeErr("Vararg", "count", Int64.Value(), p)
			}
			if p.Int64() < 0 {
				return Value{}, Errorf("Vararg length is negative: %d", p.Int64())
			}
		} else if v := (*TypeVar)(p.P); v.Lower != Bottom || v.Upper.P != unsafe.Pointer(Any) {
			return Value{}, Errorf("TypeVar in Vararg length must have bounds Union{} and Any")
		}
		out.N = p
	}
	return ToValue(&out), nil
}
