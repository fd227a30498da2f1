package lower

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"weft/interp/syntax"
	"weft/runtime/core"
)

// Macros here are templates: what the macro returns, esc1 standing for its
// first argument escaped and raw1 for the argument as it is.
func expandTemplate(rt *core.Runtime) func(f core.Value, as []core.Value) (core.Value, error) {
	return func(f core.Value, as []core.Value) (core.Value, error) {
		v, _, _ := ParseOne(rt, syntax.NewFile("macro.jl", f.Str(), 1), 0, true)
		return fillTemplate(v, as[2:]), nil
	}
}

func fillTemplate(v core.Value, as []core.Value) core.Value {
	if s := symOf(v); s != nil && len(s.Name) == 4 {
		if n, err := strconv.Atoi(s.Name[3:]); err == nil && n <= len(as) {
			switch s.Name[:3] {
			case "esc":
				return makeExpr("escape", as[n-1])
			case "raw":
				return as[n-1]
			}
		}
	}
	e := exprOf(v)
	if e == nil {
		return v
	}
	out := make([]core.Value, e.Args.Len)
	for i, a := range args(e) {
		out[i] = fillTemplate(a, as)
	}
	return core.MakeExpr(e.Head, out...)
}

var gensymNumber = regexp.MustCompile(`^#\d+#`)

// sexpr writes v without lines, and generated names without their numbers.
func sexpr(v core.Value) string {
	switch {
	case v.Is(core.ExprType):
		e := exprOf(v)
		s := "(" + e.Head.Name
		for _, a := range args(e) {
			if !isLine(a) {
				s += " " + sexpr(a)
			}
		}
		return s + ")"
	case v.Is(core.SymbolType):
		return gensymNumber.ReplaceAllString(symOf(v).Name, "#")
	case v.Is(core.QuoteNodeType):
		return ":" + sexpr(core.As[core.QuoteNode](v).V)
	}
	return describe(v)
}

// The expansions are those that Julia's macroexpand gives.
func TestHygiene(t *testing.T) {
	for _, c := range []struct{ macro, call, want string }{
		{"x = y", "@m", "(= #x Main.y)"},
		{"x += 1", "@m", "(+= Main.x 1)"},
		{"f(x) = x + 1", "@m", "(= (call Main.f #x) (block (call Main.+ #x 1)))"},
		{"begin local z = esc1; h(q; k=2, w=z) = q+k; h(z; k=3); [t for t in z if t>1]; (u,v)->u+v; z.foo end", "@m b",
			"(block (local (= #z b)) (= (call #h (parameters (kw k 2) (kw w #z)) #q) (block (call Main.+ #q k))) (call #h (parameters (kw k 3)) #z) (comprehension (generator #t (filter (call Main.> #t 1) (= #t #z)))) (-> (tuple #u #v) (block (call Main.+ #u #v))) (. #z :foo))"},
		{"for i in 1:3; y = i; println(y); end", "@m",
			"(for (= #i (call Main.: 1 3)) (block (= #y #i) (call Main.println #y)))"},
		{"try f() catch e; e finally g(e) end", "@m", "(try (block (call Main.f)) #e (block #e) (block (call Main.g #e)))"},
		{"begin function foo(a, b...; c=1, d...); a + c; end; esc1 end", "@m a + c",
			"(block (function (call #foo (parameters (kw c 1) (... #d)) #a (... #b)) (block (call Main.+ #a c))) (call + a c))"},
		{"let a = 1; esc1 + a; end", "@m a", "(let (= #a 1) (block (call Main.+ a #a)))"},
		{"a.b.c + d[1] + g(; k) + (m=1, n=a).m", "@m",
			"(call Main.+ (. (. Main.a :b) :c) (ref Main.d 1) (call Main.g (parameters (kw k Main.k))) (. (tuple (= m 1) (= n Main.a)) :m))"},
		{"Vector{T} where T<:Real", "@m", "(where (curly Main.Vector #T) (<: #T Main.Real))"},
		{"(x -> (y -> x + y + z))", "@m", "(-> #x (block (-> #y (block (call Main.+ #x #y Main.z)))))"},
		{"map(x) do y; x + y; end", "@m", "(do (call Main.map Main.x) (-> (tuple #y) (block (call Main.+ Main.x #y))))"},
		{"begin a, (b, c) = f(); a + b end", "@m", "(block (= (tuple #a (tuple #b #c)) (call Main.f)) (call Main.+ #a #b))"},
		{"begin x .+ y .* 2; x .= 3; a < b < c; \"s$x\" end", "@m",
			"(block (call Main..+ Main.x (call Main..* Main.y 2)) (.= Main.x 3) (comparison Main.a Main.< Main.b Main.< Main.c) (string \"s\" Main.x))"},
		{"f(x::T, y::S=1) where {T,S<:T} = x", "@m",
			"(= (where (call Main.f (:: #x #T) (kw (:: #y #S) 1)) #T (<: #S #T)) (block #x))"},
		{"if a; b = 1; else b = 2; end", "@m", "(if Main.a (block (= #b 1)) (block (= #b 2)))"},
		{"begin v = 1; esc1; v + 2 end", "@m v", "(block (= #v 1) v (call Main.+ #v 2))"},
		{"@m2(raw1) + a", "@m q", "(call Main.+ (let (= #a 1) (block (call Main.+ Main.q #a))) Main.a)"},
		{"@m2(esc1) + a", "@m q", "(call Main.+ (let (= #a 1) (block (call Main.+ q #a))) Main.a)"},
		{":(a + $b)", "@m", "(quote (call + a ($ Main.b)))"},
		{"begin @label l; @goto l end", "@m", "(block (symboliclabel #l) (symbolicgoto #l))"},
		{"esc1", "@m @m2(c)", "(let (= #a 1) (block (call Main.+ c #a)))"},
	} {
		rt := core.NewRuntime()
		rt.Main.SetConst("@m", core.MakeString(c.macro))
		rt.Main.SetConst("@m2", core.MakeString("let a = 1; esc1 + a; end"))
		x := &Expander{RT: rt, Call: expandTemplate(rt)}
		call, _, _ := ParseOne(rt, syntax.NewFile("call.jl", c.call, 1), 0, true)
		v, err := x.MacroExpand(rt.Main, call, true)
		if err != nil {
			t.Errorf("%s: %v", c.macro, err)
		} else if got := sexpr(v); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.macro, got, c.want)
		}
	}
}

// A lazy expander leaves a function's body until it is called first.
func TestLazyBody(t *testing.T) {
	rt := core.NewRuntime()
	calls := 0
	rt.Main.SetConst("@m", core.MakeString("1 + 1"))
	rt.Main.SetConst("@wrap", core.MakeString("esc1"))
	x := &Expander{RT: rt, Lazy: true, Call: func(f core.Value, as []core.Value) (core.Value, error) {
		calls++
		return expandTemplate(rt)(f, as)
	}}
	for src, atOnce := range map[string]int{"f(x) = @m": 0, "@wrap f(x) = @m": 1, "function f(x); @m; end": 0, "f(x = @m) = @m": 1} {
		calls = 0
		call, _, _ := ParseOne(rt, syntax.NewFile("call.jl", src, 1), 0, true)
		form, err := x.Desugar(rt.Main, call, "call.jl", 1)
		if err != nil {
			t.Fatal(err)
		}
		if calls != atOnce {
			t.Errorf("%s: %d macro calls at the definition, want %d", src, calls, atOnce)
		}
		if s := form.String(); !strings.Contains(s, "(call Main.+ 1 1)") || calls != atOnce+1 {
			t.Errorf("%s: %d macro calls in all, want %d: %s", src, calls, atOnce+1, s)
		}
	}
}
