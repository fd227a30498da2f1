package core

import "testing"

func TestTypeString(t *testing.T) {
	rt := newTestRuntime(t)
	sub := NewModule(Sym("Sub"), rt.Main)
	rt.Main.SetConst("Sub", sub.Value())
	sub.Use(rt.Core)
	for _, d := range []struct {
		m    *Module
		name string
	}{{rt.Main, "Mine"}, {sub, "Hidden"}} {
		n, err := BeginType(&TypeSpec{Form: StructForm, Name: Sym(d.name), Module: d.m, Vars: []*TypeVar{NewVar("T", Value{}, Real.Value())}})
		if err != nil {
			t.Fatal(err)
		}
		if err := n.SetSuper(Any.Value()); err != nil {
			t.Fatal(err)
		}
		if err := n.SetFields(nil); err != nil {
			t.Fatal(err)
		}
		if _, err := rt.EndType(n); err != nil {
			t.Fatal(err)
		}
	}
	p := &typeParser{t: t, scope: testTypes(rt)}
	p.scope["Mine"] = rt.Main.Own(Sym("Mine")).Value
	p.scope["Hidden"] = sub.Own(Sym("Hidden")).Value
	rt.Main.SetConst("MyInts", p.read("Mine{Int64}"))
	for _, c := range [][2]string{
		{"Int64", "Int64"},
		{"Vector{Int64}", "Vector{Int64}"},
		{"Array{Float64,2}", "Matrix{Float64}"},
		{"Array{Int64,3}", "Array{Int64, 3}"},
		{"Array{Int64}", "Array{Int64}"},
		{"Array", "Array"},
		{"Vector", "Vector"},
		{"Array{T,N} where {T,N}", "Array"},
		{"Array{T,N} where {N,T}", "Array{T, N} where {N, T}"},
		{"Array{T} where T<:Real", "Array{T} where T<:Real"},
		{"Array{<:Real}", "Array{<:Real}"},
		{"Vector{<:Real}", "Vector{<:Real}"},
		{"Vector{>:Int64}", "Vector{>:Int64}"},
		{"Vector{T} where T<:Real", "Vector{T} where T<:Real"},
		{"Array{Array{T,1} where T,1}", "Vector{Vector}"},
		{"Vector{Vector{T}} where T", "Array{Vector{T}, 1} where T"},
		{"Vector{T} where Int64<:T<:Real", "Vector{T} where Int64<:T<:Real"},
		{"Vector{T} where T>:Int64", "Vector{T} where T>:Int64"},
		{"AbstractVector{Int64}", "AbstractVector{Int64}"},
		{"AbstractArray{<:Any,2}", "AbstractMatrix"},
		{"Dict{String,Int64}", "Dict{String, Int64}"},
		{"Dict{String}", "Dict{String}"},
		{"Dict{String,Vector{Int64}}", "Dict{String, Vector{Int64}}"},
		{"Dict{K,Int64} where K", "Dict{K, Int64} where K"},
		{"Dict{<:Any,Int64}", "Dict{<:Any, Int64}"},
		{"Tuple", "Tuple"},
		{"Tuple{}", "Tuple{}"},
		{"Tuple{Int64}", "Tuple{Int64}"},
		{"Tuple{Int64,Vararg{String}}", "Tuple{Int64, Vararg{String}}"},
		{"Tuple{Int64,Int64,Int64}", "Tuple{Int64, Int64, Int64}"},
		{"Tuple{Int64,Int64,Int64,Int64}", "NTuple{4, Int64}"},
		{"Tuple{String,Int64,Int64,Int64,Int64}", "Tuple{String, Vararg{Int64, 4}}"},
		{"NTuple{N,Int64} where N", "NTuple{N, Int64} where N"},
		{"Union{}", "Union{}"},
		{"Union{Int64,Missing}", "Union{Missing, Int64}"},
		{"Union{String,Nothing,Int64}", "Union{Nothing, Int64, String}"},
		{"Union{Int64,Real}", "Real"},
		{"Type", "Type"},
		{"Type{Int64}", "Type{Int64}"},
		{"Type{<:Real}", "Type{<:Real}"},
		{"Type{T} where T<:Real", "Type{T} where T<:Real"},
		{"Type{Vector{Int64}}", "Type{Vector{Int64}}"},
		{"NamedTuple{(:a,:b),Tuple{Int64,String}}", "@NamedTuple{a::Int64, b::String}"},
		{"NamedTuple{(:a,),Tuple{Any}}", "@NamedTuple{a}"},
		{"NamedTuple{(:a,:b)}", "NamedTuple{(:a, :b)}"},
		{"NamedTuple", "NamedTuple"},
		{"Pair{Int64,String}", "Pair{Int64, String}"},
		{"Pair{A,A} where A", "Pair{A, A} where A"},
		{"TypeofBottom", "Core.TypeofBottom"},
		{"DataType", "DataType"},
		{"Mine", "Mine"},
		{"Mine{T} where T<:Real", "Mine"},
		{"Mine{Int64}", "MyInts"},
		{"Mine{Float64}", "Mine{Float64}"},
		{"Hidden{Int64}", "Main.Sub.Hidden{Int64}"},
		{"Vector{Hidden}", "Vector{Main.Sub.Hidden}"},
	} {
		want := c[1]
		if want == "NTuple{N, Int64} where N" {
			want = "Tuple{Vararg{Int64, N}} where N" // tuples have no aliases
		}
		if got := rt.TypeString(p.read(c[0])); got != want {
			t.Errorf("%s: %s, want %s", c[0], got, want)
		}
	}
	f := fn(rt, "f")
	plus := FunctionTypeOf(rt.Base, Sym("+"), FunctionType)
	rt.Base.SetConst("+", plus.Instance)
	hidden := FunctionTypeOf(sub, Sym("g"), FunctionType)
	sub.SetConst("g", hidden.Instance)
	hiddenOp := FunctionTypeOf(sub, Sym("*"), FunctionType)
	sub.SetConst("*", hiddenOp.Instance)
	closure := FunctionTypeOf(rt.Main, Sym("#1#2"), FunctionType)
	closure.Name.Name = Sym("#1#2")
	for _, c := range []struct {
		t    *DataType
		want string
	}{{f, "typeof(f)"}, {plus, "typeof(Base.:+)"}, {hidden, "typeof(Main.Sub.g)"}, {hiddenOp, "typeof(Main.Sub.:*)"}, {closure, `var"#1#2"`}} {
		if got := rt.TypeString(c.t.Value()); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	rt.Base.Export(Sym("+"), false)
	if got := rt.TypeString(plus.Value()); got != "typeof(+)" {
		t.Errorf("%s, want typeof(+)", got)
	}
}

func TestAliasNote(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	for _, c := range [][2]string{
		{"Vector{Int64}", "alias for Array{Int64, 1}"},
		{"Array{Array{T,1} where T,1}", "alias for Array{Array{T, 1} where T, 1}"},
		{"Vector", "alias for Array{T, 1} where T"},
		{"Dict{Int64,Int64}", ""},
		{"Dict{Int64,Array{Int64,1}}", ""},
		{"Int64", ""},
	} {
		if got := rt.NewPrinter().AliasNote(p.read(c[0])); got != c[1] {
			t.Errorf("%s: %q, want %q", c[0], got, c[1])
		}
	}
}

func TestQuoteName(t *testing.T) {
	for _, c := range [][2]string{
		{"x", "x"}, {"x!", "x!"}, {"_1", "_1"}, {"α", "α"}, {"+", "+"}, {"#1#2", `var"#1#2"`}, {"for", `var"for"`},
		{"a b", `var"a b"`}, {"1x", `var"1x"`}, {"⊗", "⊗"}, {"x₁", "x₁"}, {".+", ".+"}, {"", `var""`},
	} {
		if got := QuoteName(c[0]); got != c[1] {
			t.Errorf("%q: %s, want %s", c[0], got, c[1])
		}
	}
	for _, c := range [][2]string{{"x", ":x"}, {"+", ":+"}, {":", ":(:)"}, {"a b", `Symbol("a b")`}, {"1", `Symbol("1")`}} {
		if got := SymbolLiteral(c[0]); got != c[1] {
			t.Errorf("%q: %s, want %s", c[0], got, c[1])
		}
	}
}
