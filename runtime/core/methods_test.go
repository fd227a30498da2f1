package core

import (
	"strings"
	"testing"
)

// named adds a method with argument names.
func named(t *testing.T, rt *Runtime, p *typeParser, f *DataType, sig, names string, kws ...string) *Method {
	m := method(t, rt, p, f.Value(), sig)
	m.Args = []*Symbol{Sym("#self#")}
	for _, n := range strings.Fields(names) {
		m.Args = append(m.Args, Sym(n))
	}
	for _, k := range kws {
		m.KwNames = append(m.KwNames, Sym(k))
	}
	return m
}

func TestMethodTexts(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	f := fn(rt, "f")
	for _, s := range [][3]string{
		{"Tuple{String}", "x", "f(x::String)"},
		{"Tuple{Int64}", "x", "f(x::Int64)"},
		{"Tuple{Any}", "x", "f(x)"},
		{"Tuple{Any,Any}", "x y", "f(x, y)"},
		{"Tuple{Integer}", "x", "f(x::Integer)"},
		{"Tuple{AbstractString,Any}", "x y", "f(x::AbstractString, y)"},
		{"Tuple{Vector{T}} where T", "x", "f(x::Vector{T}) where T"},
		{"Tuple{T,T,Vararg{T}} where T<:Real", "x #unused# xs", "f(x::T, ::T, xs::T...) where T<:Real"},
		{"Tuple{Type{Int64},Any,Any,Vararg{Any}}", "t a #unused# xs", "f(t::Type{Int64}, a, ::Any, xs...)"},
	} {
		m := named(t, rt, p, f, s[0], s[1])
		if got := rt.NewPrinter().Method(m); got != s[2] {
			t.Errorf("%s, want %s", got, s[2])
		}
	}
	if got := rt.NewPrinter().Method(named(t, rt, p, f, "Tuple{Any,Int64}", "a b", "k", "rest...")); got != "f(a, b::Int64; k, rest...)" {
		t.Errorf("keywords: %s", got)
	}
}

func TestMethodsOf(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	f := fn(rt, "f")
	for _, s := range []string{"Tuple{Any}", "Tuple{Int64}", "Tuple{Integer}", "Tuple{Any,Any}", "Tuple{Any,Int64}", "Tuple{Real}"} {
		method(t, rt, p, f.Value(), s)
	}
	at := map[string]int{}
	for i, m := range rt.MethodsOf(f.Instance, rt.World) {
		at[m.Name.Name] = i
	}
	if len(at) != 6 {
		t.Fatalf("%d methods, want 6", len(at))
	}
	for _, o := range [][2]string{
		{"Tuple{Int64}", "Tuple{Integer}"}, {"Tuple{Integer}", "Tuple{Real}"}, {"Tuple{Real}", "Tuple{Any}"}, {"Tuple{Any,Int64}", "Tuple{Any,Any}"},
	} {
		if at[o[0]] > at[o[1]] {
			t.Errorf("%s stands after %s", o[0], o[1])
		}
	}
	sig := TupleOf(f.Value(), Real.Value()).Value()
	if n := len(rt.MethodsFor(f.Value(), sig, rt.World)); n != 4 {
		t.Errorf("%d methods for a Real, want 4", n)
	}
	e, err := rt.LookupType(TupleOf(f.Value(), Signed.Value()).Value(), rt.World)
	if err != nil || e.Method.Name.Name != "Tuple{Integer}" {
		t.Errorf("f(::Signed): %v %v", e, err)
	}
}

func TestClosestCandidates(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	f := fn(rt, "f")
	named(t, rt, p, f, "Tuple{Any,Int64}", "a b", "k")
	named(t, rt, p, f, "Tuple{Any,Any}", "x y")
	named(t, rt, p, f, "Tuple{Int64}", "x")
	named(t, rt, p, f, "Tuple{String}", "x")
	list := rt.ClosestCandidates(f.Instance, []Value{Int64.Value(), Int64.Value(), Int64.Value()}, rt.World, false, nil)
	want := []string{"f(::Any, ::Int64; k)", "f(::Any, ::Any)", "f(::Int64)"} // nothing fits f(::String)
	if len(list) != len(want) {
		t.Fatalf("%d candidates, want %d", len(list), len(want))
	}
	for i := range want {
		if list[i].Text != want[i] {
			t.Errorf("candidate %d: %s, want %s", i, list[i].Text, want[i])
		}
	}
	g := fn(rt, "g")
	named(t, rt, p, g, "Tuple{AbstractString}", "x")
	named(t, rt, p, g, "Tuple{Vector{T},T} where T<:Real", "x y")
	texts := map[string]bool{}
	for _, c := range rt.ClosestCandidates(g.Instance, []Value{Int64.Value()}, rt.World, false, nil) {
		texts[c.Text] = true
	}
	for _, w := range []string{"g(" + Unfit + "::AbstractString" + Fits + ")", "g(" + Unfit + "::Vector{T}" + Fits + ", " + Unfit + "::T" + Fits + ") where T<:Real"} {
		if !texts[w] {
			t.Errorf("no %s in %v", w, texts)
		}
	}
}

func TestAmbiguityFix(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	h := fn(rt, "h")
	a := method(t, rt, p, h.Value(), "Tuple{Int64,Any}")
	b := method(t, rt, p, h.Value(), "Tuple{Any,Int64}")
	if got := rt.AmbiguityFix([]*Method{a, b}); got != "h(::Int64, ::Int64)" {
		t.Errorf("fix: %s", got)
	}
	if n := len(rt.Ambiguities([]*Method{a, b})); n != 1 {
		t.Errorf("%d ambiguities, want 1", n)
	}
	c := method(t, rt, p, h.Value(), "Tuple{Int64,Int64}")
	if n := len(rt.Ambiguities([]*Method{a, b, c})); n != 0 {
		t.Errorf("%d ambiguities, want none", n)
	}
}
