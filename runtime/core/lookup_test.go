package core

import (
	"fmt"
	"testing"
	"unsafe"
)

// fn makes a generic function for a test.
func fn(rt *Runtime, name string) *DataType {
	t := FunctionTypeOf(rt.Main, Sym(name), FunctionType)
	rt.Main.SetConst(name, Value{P: unsafe.Pointer(&t.Tag)})
	return t
}

// method adds the method with the given signature (without the callee).
func method(t testing.TB, rt *Runtime, p *typeParser, f Value, sig string) *Method {
	t.Helper()
	s := p.read(sig)
	var vars []*TypeVar
	for TypeOf(s) == UnionAllType {
		vars = append(vars, (*UnionAll)(s.P).Var)
		s = (*UnionAll)(s.P).Body
	}
	ps := append([]Value{f}, (*DataType)(s.P).Params...)
	full := TupleOf(ps...).Value()
	for i := len(vars) - 1; i >= 0; i-- {
		full = makeUnionAllRaw(vars[i], full)
	}
	m := &Method{Type: MethodType, Name: Sym(sig), Module: rt.Main, Sig: full, SParams: vars}
	if _, err := rt.AddMethod(m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestLookup(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	f := fn(rt, "f")
	for _, sig := range []string{
		"Tuple{Any}", "Tuple{Int64}", "Tuple{Number}", "Tuple{Vector{T}} where T", "Tuple{Type{Int64}}",
		"Tuple{Type{T}} where T<:Real", "Tuple{T,T} where T", "Tuple{Any,Any}", "Tuple{Vararg{Any}}",
		"Tuple{Array{T,N}} where {T,N}", "Tuple{Tuple{Vararg{T,N}}} where {T,N}",
		"Tuple{Dict{K,V},Vararg{Pair{K,V}}} where {K,V}", "Tuple{DataType,Int64}", "Tuple{Function}",
		"Tuple{AbstractArray{T,N},Vararg{Int64,N}} where {T,N}", "Tuple{AbstractArray,Vararg{Int64}}",
	} {
		method(t, rt, p, f.Value(), sig)
	}
	type spec = []string
	for _, c := range []struct {
		args   spec // types; `type X` for an argument that is the type X
		want   string
		params string
	}{
		{spec{"Int64"}, "Tuple{Int64}", "[]"},
		{spec{"Float64"}, "Tuple{Number}", "[]"},
		{spec{"String"}, "Tuple{Any}", "[]"},
		{spec{"Vector{String}"}, "Tuple{Vector{T}} where T", "[String]"},
		{spec{"Array{Int64,3}"}, "Tuple{Array{T,N}} where {T,N}", "[Int64 3]"},
		{spec{"type Int64"}, "Tuple{Type{Int64}}", "[]"},
		{spec{"type Float64"}, "Tuple{Type{T}} where T<:Real", "[Float64]"},
		{spec{"type Real"}, "Tuple{Type{T}} where T<:Real", "[Real]"},
		{spec{"type String"}, "Tuple{Any}", "[]"},
		{spec{"type Vector"}, "Tuple{Any}", "[]"},
		{spec{"type Union{}"}, "Tuple{Type{T}} where T<:Real", "[Union{}]"},
		{spec{"Int64", "Int64"}, "Tuple{T,T} where T", "[Int64]"},
		{spec{"Int64", "String"}, "Tuple{Any,Any}", "[]"},
		{spec{"Int64", "String", "Int64"}, "Tuple{Vararg{Any}}", "[]"},
		{spec{}, "Tuple{Vararg{Any}}", "[]"},
		{spec{"type String", "Int64"}, "Tuple{DataType,Int64}", "[]"},
		{spec{"type Vector", "Int64"}, "Tuple{Any,Any}", "[]"},
		{spec{"Tuple{Int64,Int64}"}, "Tuple{Tuple{Vararg{T,N}}} where {T,N}", "[Int64 2]"},
		{spec{"Tuple{Int64,String}"}, "Tuple{Any}", "[]"},
		{spec{"Dict{Int64,String}", "Pair{Int64,String}"}, "Tuple{Dict{K,V},Vararg{Pair{K,V}}} where {K,V}", "[Int64 String]"},
		{spec{"Dict{Int64,String}", "Pair{Int64,Int64}"}, "Tuple{Any,Any}", "[]"},
		{spec{"Array{Int64,2}", "Int64", "Int64"}, "Tuple{AbstractArray{T,N},Vararg{Int64,N}} where {T,N}", "[Int64 2]"},
		{spec{"Array{Int64,2}", "Int64", "Int64", "Int64"}, "Tuple{AbstractArray,Vararg{Int64}}", "[]"},
	} {
		types, exact := []*DataType{f}, []Value{{}}
		for _, a := range c.args {
			var e Value
			if len(a) > 5 && a[:5] == "type " {
				e = p.read(a[5:])
				types = append(types, TypeOf(e))
			} else {
				types = append(types, (*DataType)(p.read(a).P))
			}
			exact = append(exact, e)
		}
		e, err := rt.Lookup(types, exact, rt.World)
		if err != nil {
			t.Errorf("f(%v): %v", c.args, err)
			continue
		}
		var sp []string
		for _, v := range e.SParams {
			sp = append(sp, rt.TypeString(v))
		}
		if e.Method.Name.Name != c.want || fmt.Sprint(sp) != c.params {
			t.Errorf("f(%v): %s %v, want %s %v", c.args, e.Method.Name.Name, sp, c.want, c.params)
		}
		if again, _ := rt.Lookup(types, exact, rt.World); again != e {
			t.Errorf("f(%v) is not cached", c.args)
		}
	}
}

func TestLookupWorlds(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	f := fn(rt, "f")
	flushed := 0
	rt.Table(f.Name).Flush = append(rt.Table(f.Name).Flush, func() { flushed++ })
	w0 := rt.World
	a := method(t, rt, p, f.Value(), "Tuple{Any}")
	w1 := rt.World
	b := method(t, rt, p, f.Value(), "Tuple{Int64}")
	w2 := rt.World
	b2 := method(t, rt, p, f.Value(), "Tuple{Int64}")
	if flushed != 3 {
		t.Errorf("flushed %d times, want 3", flushed)
	}
	types := []*DataType{f, Int64}
	for i := range 2 { // again from the cache
		if _, err := rt.Lookup(types, nil, w0); err == nil {
			t.Errorf("round %d: a method before the first", i)
		}
		for _, c := range []struct {
			world uint64
			want  *Method
		}{{w1, a}, {w2, b}, {rt.World, b2}} {
			e, err := rt.Lookup(types, nil, c.world)
			if err != nil || e.Method != c.want {
				t.Errorf("round %d world %d: %v %v", i, c.world, e, err)
			}
		}
	}
	if err := rt.DeleteMethod(b2); err != nil {
		t.Error(err)
	}
	e, _ := rt.Lookup(types, nil, rt.World)
	if e == nil || e.Method == b2 || e.Method.Sig != b.Sig {
		t.Fatal("a deleted method does not give way to the one that it had replaced")
	}
	if err := rt.DeleteMethod(b2); err == nil {
		t.Error("a method can be deleted twice")
	}
	if err := rt.DeleteMethod(e.Method); err != nil {
		t.Error(err)
	}
	if e, _ := rt.Lookup(types, nil, rt.World); e == nil || e.Method != a {
		t.Error("a deleted method is still found")
	}
}

func TestLookupAmbiguous(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	f := fn(rt, "f")
	method(t, rt, p, f.Value(), "Tuple{Int64,Any}")
	method(t, rt, p, f.Value(), "Tuple{Any,Int64}")
	_, err := rt.Lookup([]*DataType{f, Int64, Int64}, nil, rt.World)
	if e, ok := err.(*LookupError); !ok || len(e.Ambiguous) != 2 {
		t.Fatalf("got %v, want an ambiguity of two", err)
	}
	m := method(t, rt, p, f.Value(), "Tuple{Int64,Int64}")
	if e, err := rt.Lookup([]*DataType{f, Int64, Int64}, nil, rt.World); err != nil || e.Method != m {
		t.Fatalf("got %v %v", e, err)
	}
}

func TestLookupConstructors(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	pair := p.read("Pair")
	ctor := method(t, rt, p, p.read("Type{Pair}"), "Tuple{Any,Any}")
	full := method(t, rt, p, p.read("Type{Pair{Int64,Int64}}"), "Tuple{Any,Any}")
	num := p.read("Type{T} where T<:Number")
	v := (*UnionAll)(num.P).Var
	conv := &Method{Type: MethodType, Name: Sym("conv"), Module: rt.Main,
		Sig: MakeUnionAll(v, TupleOf((*UnionAll)(num.P).Body, StringType.Value()).Value())}
	if _, err := rt.AddMethod(conv); err != nil {
		t.Fatal(err)
	}
	find := func(callee Value, args ...*DataType) *Method {
		e, err := rt.Lookup(append([]*DataType{TypeOf(callee)}, args...), []Value{callee}, rt.World)
		if err != nil {
			return nil
		}
		return e.Method
	}
	if m := find(pair, Int64, Int64); m != ctor {
		t.Errorf("Pair(1, 2): %v", m)
	}
	if m := find(p.read("Pair{Int64,Int64}"), Int64, Int64); m != full {
		t.Errorf("Pair{Int64,Int64}(1, 2): %v", m)
	}
	if m := find(p.read("Pair{Int64,String}"), Int64, Int64); m != nil {
		t.Errorf("Pair{Int64,String}(1, 2): %v", m)
	}
	if m := find(Float64.Value(), StringType); m != conv {
		t.Errorf("Float64(\"\"): %v", m)
	}
	if m := find(p.read("Pair"), StringType); m != nil {
		t.Errorf("Pair(\"\"): %v", m)
	}
}

// manyMethods makes a function with methods for n types of its own.
func manyMethods(t testing.TB, n int) (*Runtime, *DataType, *typeParser) {
	tt, _ := t.(*testing.T)
	rt := NewRuntime()
	p := &typeParser{t: tt, scope: testTypes(rt)}
	p.scope["Vector"] = makeVector()
	f := fn(rt, "f")
	for i := range n {
		spec := &TypeSpec{Form: StructForm, Name: Sym(fmt.Sprintf("S%d", i)), Module: rt.Main}
		tn, err := BeginType(spec)
		if err != nil {
			t.Fatal(err)
		}
		if err := tn.SetSuper(Any.Value()); err != nil {
			t.Fatal(err)
		}
		if err := tn.SetFields(nil); err != nil {
			t.Fatal(err)
		}
		if _, err := rt.EndType(tn); err != nil {
			t.Fatal(err)
		}
		p.scope[spec.Name.Name] = tn.Wrapper
		method(t, rt, p, f.Value(), fmt.Sprintf([]string{"Tuple{IO,S%d}", "Tuple{S%d,Any}", "Tuple{IO,Vector{T}} where T<:S%d"}[i%3], i))
	}
	method(t, rt, p, f.Value(), "Tuple{IO,Vector{T}} where T<:Real")
	method(t, rt, p, f.Value(), "Tuple{IO,Any}")
	return rt, f, p
}

func makeVector() Value {
	v := NewVar("T", Value{}, Value{})
	return MakeUnionAll(v, ArrayName.Apply([]Value{v.Value(), Int(1)}).Value())
}

func BenchmarkLookupCached(b *testing.B) {
	rt, f, _ := manyMethods(b, 300)
	types := []*DataType{f, IO, Int64}
	for b.Loop() {
		if _, err := rt.Lookup(types, nil, rt.World); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLookupUncached(b *testing.B) {
	rt, f, _ := manyMethods(b, 300)
	for _, c := range []struct {
		name string
		t    *DataType
	}{{"Int64", Int64}, {"Vector", VectorOf(Int64.Value())}} {
		types := []*DataType{f, IO, c.t}
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				rt.Tables[f.Name].cache = lookupCache{}
				if _, err := rt.Lookup(types, nil, rt.World); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkIsa(b *testing.B) {
	v := VectorOf(Int64.Value())
	x := NewArray(v, 0, nil).Value()
	t := makeVector()
	for b.Loop() {
		if !Isa(x, t) {
			b.Fatal("not a vector")
		}
	}
}
