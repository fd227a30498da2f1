package core

import (
	"math/rand/v2"
	"testing"
)

// randomType makes a type of bounded depth with the given variables in scope.
func randomType(r *rand.Rand, leaves []Value, vars []*TypeVar, depth int) Value {
	sub := func() Value { return randomType(r, leaves, vars, depth-1) }
	if depth <= 0 {
		if len(vars) > 0 && r.IntN(2) == 0 {
			return vars[r.IntN(len(vars))].Value()
		}
		return leaves[r.IntN(len(leaves))]
	}
	switch r.IntN(8) {
	case 0:
		return VectorOf(sub()).Value()
	case 1:
		return NewUnion(sub(), sub())
	case 2:
		return TupleOf(sub(), sub()).Value()
	case 3:
		return TupleOf(sub(), ToValue(&Vararg{VarargType, sub(), Value{}})).Value()
	case 4:
		return TypeTypeName.Apply([]Value{sub()}).Value()
	case 5, 6:
		v := NewVar("T", Value{}, Value{})
		if r.IntN(3) == 0 {
			v.Upper = sub()
		}
		return MakeUnionAll(v, randomType(r, leaves, append(vars[:len(vars):len(vars)], v), depth-1))
	}
	return sub()
}

// TestRandomTypes checks laws of the relations on types that nobody chose.
func TestRandomTypes(t *testing.T) {
	rt := newTestRuntime(t)
	r := rand.New(rand.NewPCG(1, 2))
	leaves := []Value{Int64.Value(), StringType.Value(), Real.Value(), Integer.Value(), Any.Value(), Bottom, makeVector(), NothingType.Value()}
	text := rt.TypeString
	for range 4000 {
		a, b := randomType(r, leaves, nil, 4), randomType(r, leaves, nil, 4)
		if !Subtype(a, a) {
			t.Errorf("%s is not below itself", text(a))
		}
		if !Subtype(Bottom, a) || !Subtype(a, Any.Value()) {
			t.Errorf("%s does not stand between Union{} and Any", text(a))
		}
		u := NewUnion(a, b)
		if !Subtype(a, u) || !Subtype(b, u) {
			t.Errorf("%s or %s is not below their union", text(a), text(b))
		}
		if MoreSpecific(a, b) && Subtype(b, a) {
			t.Errorf("%s is more specific than its subtype %s", text(a), text(b))
		}
		x := TypeIntersect(a, b)
		if Subtype(a, b) && !Subtype(a, x) {
			t.Errorf("%s below %s is not in their intersection %s", text(a), text(b), text(x))
		}
		if HasFree(x) {
			t.Errorf("%s and %s meet in the open type %s", text(a), text(b), text(x))
		}
	}
}
