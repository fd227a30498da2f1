package core

import (
	"fmt"
	"strings"
	"testing"
)

// testStruct defines a struct in Main: fields "name::Type" each.
func testStruct(t *testing.T, rt *Runtime, p *typeParser, name string, mutable bool, vars string, fields ...string) (*TypeName, Value, error) {
	t.Helper()
	spec := &TypeSpec{Name: Sym(name), Module: rt.Main, Mutable: mutable, NInit: len(fields)}
	var types []string
	for _, f := range fields {
		n, ty, _ := strings.Cut(f, "::")
		spec.Fields = append(spec.Fields, Sym(n))
		types = append(types, ty)
	}
	q := &typeParser{t: t, scope: map[string]Value{}}
	for k, v := range p.scope {
		q.scope[k] = v
	}
	for _, v := range strings.Fields(vars) {
		tv := NewVar(v, Value{}, Value{})
		spec.Vars = append(spec.Vars, tv)
		q.scope[v] = tv.Value()
	}
	n, err := BeginType(spec)
	if err != nil {
		return nil, Value{}, err
	}
	q.scope[name] = n.Wrapper
	if err := n.SetSuper(Any.Value()); err != nil {
		return nil, Value{}, err
	}
	var ts []Value
	for _, s := range types {
		ts = append(ts, q.read(s))
	}
	if err := n.SetFields(ts); err != nil {
		return nil, Value{}, err
	}
	v, err := rt.EndType(n)
	p.scope[name] = v
	return n, v, err
}

func TestLayout(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	def := func(name string, mutable bool, vars string, fields ...string) {
		if _, _, err := testStruct(t, rt, p, name, mutable, vars, fields...); err != nil {
			t.Fatal(err)
		}
	}
	def("A", false, "", "a::Int8", "b::Int64", "c::Int8")
	def("B", false, "", "a::A", "b::Bool")
	def("C", false, "", "x::Union{Int64,Nothing}")
	def("D", false, "", "x::Union{Int8,Float32}", "y::Int16")
	def("E", false, "", "s::String", "x::Int32")
	def("F", true, "", "a::Int16", "b::Any")
	def("G", false, "T", "x::T", "y::T")
	def("H", false, "", "g::G{Int32}", "t::Tuple{Int8,Int16}")
	def("I", false, "")
	def("J", false, "", "i::I", "x::Int8")
	def("K", false, "", "x::Union{Nothing,K}", "y::Vector{K}")
	def("L", false, "", "x::Char", "y::Union{Missing,Int16,Bool}", "z::Ptr{Nothing}")
	def("M", false, "", "e::E", "x::Int8")
	// size, alignment, isbits, offsets
	for _, c := range [][2]string{
		{"A", "24 8 true [0 8 16]"},
		{"B", "32 8 true [0 24]"},
		{"C", "16 8 false [0]"},
		{"D", "8 4 false [0 6]"},
		{"E", "16 8 false [0 8]"},
		{"F", "16 8 false [0 8]"},
		{"G{Int8}", "2 1 true [0 1]"},
		{"G{String}", "16 8 false [0 8]"},
		{"H", "12 4 true [0 8]"},
		{"I", "0 1 true []"},
		{"J", "1 1 true [0 0]"},
		{"K", "16 8 false [0 8]"},
		{"L", "16 8 false [0 4 8]"},
		{"M", "24 8 false [0 16]"},
		{"Tuple{Int8,Int64}", "16 8 true [0 8]"},
		{"Tuple{}", "0 1 true []"},
		{"NamedTuple{(:a,),Tuple{Int16}}", "2 2 true [0]"},
	} {
		d := (*DataType)(p.read(c[0]).P)
		l, ok := LayoutOf(d)
		if !ok {
			t.Errorf("%s has no layout", c[0])
			continue
		}
		if got := fmt.Sprint(l.Size, l.Align, d.IsBits(), l.Offsets); got != c[1] {
			t.Errorf("%s: %s, want %s", c[0], got, c[1])
		}
	}
}

func TestRedefinition(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	_, a, err := testStruct(t, rt, p, "S", false, "T", "x::T", "next::Union{Nothing,S{T}}", "all::Vector{S}")
	if err != nil {
		t.Fatal(err)
	}
	_, b, err := testStruct(t, rt, p, "S", false, "T", "x::T", "next::Union{Nothing,S{T}}", "all::Vector{S}")
	if err != nil || b != a {
		t.Errorf("the same definition makes another type (%v)", err)
	}
	world := rt.World
	_, c, err := testStruct(t, rt, p, "S", false, "T", "x::T", "next::Union{Nothing,S{T}}")
	if err != nil || c == a {
		t.Errorf("another definition keeps the old type (%v)", err)
	}
	if rt.Main.Own(Sym("S")).Value != c || rt.World == world {
		t.Error("the name does not mean the new type in a new world")
	}
	for _, d := range []struct {
		mutable bool
		vars    string
		fields  []string
	}{{true, "T", []string{"x::T"}}, {false, "U", []string{"x::U"}}, {false, "T", []string{"y::T"}}, {false, "T", []string{"x::Any"}}, {false, "T U", []string{"x::T"}}} {
		_, e, err := testStruct(t, rt, p, "R", false, "T", "x::T")
		if err != nil {
			t.Fatal(err)
		}
		_, g, err := testStruct(t, rt, p, "R", d.mutable, d.vars, d.fields...)
		if err != nil || g == e {
			t.Errorf("%v is taken for the same (%v)", d, err)
		}
	}
}

func TestDefinitionErrors(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	for _, c := range [][2]string{
		{"Int64", "invalid subtyping in definition of S: can only subtype abstract types."},
		{"Tuple{Int64}", "invalid subtyping in definition of S: cannot subtype a tuple type."},
		{"Union{Int64,String}", "invalid subtyping in definition of S: can only subtype data types."},
		{"Type{Int64}", "invalid subtyping in definition of S: cannot add subtypes to Type."},
	} {
		n, err := BeginType(&TypeSpec{Name: Sym("S"), Module: rt.Main})
		if err != nil {
			t.Fatal(err)
		}
		err = n.SetSuper(p.read(c[0]))
		if e, ok := err.(*NamedError); !ok || e.Args[0].Str() != c[1] {
			t.Errorf("below %s: %v, want %s", c[0], err, c[1])
		}
	}
	if _, _, err := testStruct(t, rt, p, "Twice", false, "", "x::Int64", "x::Int64"); err == nil {
		t.Error("a field name may stand twice")
	}
}

func TestApplyTypeErrors(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	bounded := NewVar("T", Value{}, Real.Value())
	n, err := BeginType(&TypeSpec{Name: Sym("P"), Module: rt.Main, Vars: []*TypeVar{bounded}})
	if err != nil {
		t.Fatal(err)
	}
	if err := n.SetFields(nil); err != nil {
		t.Fatal(err)
	}
	if _, err := ApplyType(n.Wrapper, []Value{Int64.Value()}); err != nil {
		t.Errorf("P{Int64}: %v", err)
	}
	text := func(err error) string {
		e, ok := err.(*NamedError)
		if !ok {
			return ""
		}
		s := e.Name
		for _, a := range e.Args {
			s += " " + rt.TypeString(a)
		}
		return s
	}
	sym := func(names ...string) Value {
		var vs, ts []Value
		for _, n := range names {
			vs, ts = append(vs, Sym(n).Value()), append(ts, SymbolType.Value())
		}
		return NewStruct(TupleOf(ts...), vs...)
	}
	vararg := ToValue(&Vararg{VarargType, Int64.Value(), Value{}})
	for _, c := range []struct {
		t    Value
		ps   []Value
		want string
	}{
		{n.Wrapper, []Value{StringType.Value()}, `TypeError :P "T" T<:Real String`},
		{n.Wrapper, []Value{Int(1)}, `TypeError :P "T" T<:Real 1`},
		{n.Wrapper, []Value{Int64.Value(), Int64.Value()}, `ErrorException "too many parameters for type P"`},
		{Int64.Value(), []Value{Int64.Value()}, `TypeError Symbol("Type{...} expression") "" UnionAll Int64`},
		{p.read("Vector"), []Value{MakeString("x")}, `TypeError :Type "parameter" Type "x"`},
		{p.read("Vector"), []Value{vararg}, `TypeError :Type "parameter" Type Vararg{Int64}`},
		{TupleType.Value(), []Value{vararg, Int64.Value()}, `TypeError :Tuple "non-final parameter" Type Vararg{Int64}`},
		{UnionType.Value(), []Value{Int(1)}, `TypeError :Union "" Type 1`},
		{p.read("NTuple"), []Value{Int(-1)}, `ErrorException "Vararg length is negative: -1"`},
		{NamedTupleName.Wrapper, []Value{NewStruct(TupleOf(Int64.Value()), Int(1)), p.read("Tuple{Int64}")}, `TypeError :NamedTuple "name" Symbol 1`},
		{NamedTupleName.Wrapper, []Value{sym("a"), p.read("Tuple{Int64,Int64}")}, `ErrorException "NamedTuple names and field types must have matching lengths"`},
		{NamedTupleName.Wrapper, []Value{sym("a", "a"), p.read("Tuple{Int64,Int64}")}, `ErrorException "duplicate field name in NamedTuple: \"a\" is not unique"`},
		{NamedTupleName.Wrapper, []Value{sym("a"), Int64.Value()}, `TypeError :NamedTuple "T" T<:Tuple Int64`},
	} {
		if _, err := ApplyType(c.t, c.ps); text(err) != c.want {
			t.Errorf("%s: %s, want %s", rt.TypeString(c.t), text(err), c.want)
		}
	}
	v, err := ApplyType(ArrayName.Wrapper, []Value{Int64.Value()})
	if err != nil || rt.TypeString(v) != "Array{Int64}" {
		t.Errorf("Array{Int64}: %v", err)
	}
}

func TestEndlessTypes(t *testing.T) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	if _, _, err := testStruct(t, rt, p, "W", false, "T", "x::Tuple{W{W{T}}}"); err != nil {
		t.Fatal(err)
	}
	if d := (*DataType)(p.read("W{Int64}").P); d.IsBits() {
		t.Error("a type that holds itself is plain data")
	}
}
