package core

import "testing"

func TestInterning(t *testing.T) {
	a := VectorOf(Int64.Value())
	if a != VectorOf(Int64.Value()) {
		t.Fatal("Vector{Int64} is not interned")
	}
	if a.Super.Name != DenseArray || a.Super.Super.Name != AbstractArray || a.Super.Super.Super != Any {
		t.Fatal("wrong supertypes of Vector{Int64}")
	}
	if !a.Has(FlagConcrete | FlagMutable) {
		t.Fatal("Vector{Int64} should be concrete and mutable")
	}
	tt := TupleOf(Int64.Value(), StringType.Value())
	if tt != TupleOf(Int64.Value(), StringType.Value()) || !tt.Has(FlagConcrete|FlagTuple) {
		t.Fatal("Tuple{Int64,String}")
	}
}
