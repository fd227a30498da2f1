package syntax

// This file tests Expr forms: those of testdata/expr.txt, which Julia 1.5 gave,
// and those that are new or different since.

import (
	"os"
	"strings"
	"testing"
)

// sexpr returns the statements of source as S-expressions.
func sexpr(t *testing.T, source string, d Dialect, lines bool) string {
	t.Helper()
	tree := ParseDialect(NewFile("none", source, 1), d)
	if tree.HasErrors() {
		t.Errorf("%s\n%s", source, RenderError(tree.File, tree.Diagnostics))
	}
	var out []string
	for _, n := range tree.Statements() {
		out = append(out, ToExpr(Sexpr{Lines: lines}, tree, n))
	}
	return strings.Join(out, "\n")
}

func TestExpr(t *testing.T) {
	data, err := os.ReadFile("testdata/expr.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(string(data), "-- source\n")[1:]
	if len(cases) < 400 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		source, want, ok := strings.Cut(c, "\n-- expr\n")
		if !ok {
			t.Fatalf("no expression: %s", c)
		}
		want = strings.TrimSuffix(want, "\n")
		if got := sexpr(t, source, Julia112, false); got != want {
			t.Errorf("%s\n got %s\nwant %s", source, got, want)
		}
	}
}

// newForms are the forms that have come, or changed, since version 1.5.
var newForms = []struct{ source, want string }{
	// 1.6: renaming imports, operators with dots, suffixed adjoints, arrows
	{"import A as B", "(:import, (:as, (Symbol(\".\"), :A), :B))"},
	{"using A: b as c, d", "(:using, (Symbol(\":\"), (Symbol(\".\"), :A), (:as, (Symbol(\".\"), :b), :c), (Symbol(\".\"), :d)))"},
	{".+", "(Symbol(\".\"), Symbol(\"+\"))"},
	{"f(.+)", "(:call, :f, (Symbol(\".\"), Symbol(\"+\")))"},
	{":(.+)", "(:quote, (Symbol(\".\"), Symbol(\"+\")))"},
	{"a'ᵀ", "(:call, Symbol(\"'\\xe1\\xb5\\x80\"), :a)"},
	{"a <-- b", "(:call, Symbol(\"<--\"), :a, :b)"},
	{"a <--> b", "(:call, Symbol(\"<-->\"), :a, :b)"},
	{`"$("a")"`, "(:string, (:string, \"a\"))"},
	{`"a$("b")c"`, "(:string, \"a\", (:string, \"b\"), \"c\")"},
	{"function (x; y) end", "(:function, (:tuple, (:parameters, :y), :x), (:block))"},
	// 1.7: lazy operators with dots, property destructuring, arrays of any dimension
	{"x .&& y", "(Symbol(\".&&\"), :x, :y)"},
	{"x .|| y .|| z", "(Symbol(\".||\"), :x, (Symbol(\".||\"), :y, :z))"},
	{"(; a, b) = x", "(Symbol(\"=\"), (:tuple, (:parameters, :a, :b)), :x)"},
	{"a, b... = c", "(Symbol(\"=\"), (:tuple, :a, (Symbol(\"...\"), :b)), :c)"},
	{"[1;;2]", "(:ncat, 2, 1, 2)"},
	{"[1 2;;; 3 4]", "(:ncat, 3, (:row, 1, 2), (:row, 3, 4))"},
	{"[1;2;;3;4]", "(:ncat, 2, (:nrow, 1, 1, 2), (:nrow, 1, 3, 4))"},
	{"[1;2;;3;4;;;5;6;;7;8]", "(:ncat, 3, (:nrow, 2, (:nrow, 1, 1, 2), (:nrow, 1, 3, 4)), (:nrow, 2, (:nrow, 1, 5, 6), (:nrow, 1, 7, 8)))"},
	{"T[1;;2]", "(:typed_ncat, :T, 2, 1, 2)"},
	{"[1 2 ;;\n 3 4]", "(:hcat, 1, 2, 3, 4)"},
	{"{1;;2}", "(:bracescat, (:nrow, 2, 1, 2))"},
	{"[;;]", "(:ncat, 2)"},
	{"\"a\\\n   b\"", "\"ab\""},
	{"\"\"\"\n  a\\\n  b\n  c\"\"\"", "\"ab\\x0ac\""},
	{"a − b", "(:call, Symbol(\"-\"), :a, :b)"},
	{"x −= 1", "(Symbol(\"-=\"), :x, 1)"},
	{"1√2", "(:call, Symbol(\"*\"), 1, (:call, Symbol(\"\\xe2\\x88\\x9a\"), 2))"},
	{"a·b", "(:call, Symbol(\"\\xe2\\x8b\\x85\"), :a, :b)"},
	// 1.8: const fields, typed globals, else of try
	{"struct A; const x::Int; y; end", "(:struct, false, :A, (:block, (:const, (Symbol(\"::\"), :x, :Int)), :y))"},
	{"mutable struct A\n\"doc\"\nconst x\nend", "(:struct, true, :A, (:block, \"doc\", (:const, :x)))"},
	{"global x::Int = 1", "(:global, (Symbol(\"=\"), (Symbol(\"::\"), :x, :Int), 1))"},
	{"try a catch e b else c end", "(:try, (:block, :a), :e, (:block, :b), false, (:block, :c))"},
	{"try a catch; b else c finally d end", "(:try, (:block, :a), false, (:block, :b), (:block, :d), (:block, :c))"},
	// 1.11 and 1.12: public, a macro call as signature, the letter ℏ
	{"public a, @m", "(:public, :a, Symbol(\"@m\"))"},
	{"public = 1", "(Symbol(\"=\"), :public, 1)"},
	{"function @m(x) end", "(:function, (:macrocall, Symbol(\"@m\"), :x), (:block))"},
	{"ℏ", "Symbol(\"\\xc4\\xa7\")"},
	{"'\\xff'", "char:ff000000"},
	{"return\nx", "(:return, nothing)\n:x"},
	{"\"doc\"\n\nf", "\"doc\"\n:f"},
	{"\"doc\"\n# c\nf", "\"doc\"\n:f"},
}

func TestNewForms(t *testing.T) {
	for _, c := range newForms {
		if got := sexpr(t, c.source, Julia112, false); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.source, got, c.want)
		}
	}
}

// TestLines checks where LineNumberNodes stand.
func TestLines(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"\nx\n\ny", ":x\n:y"},
		{"f(x) = x", "(Symbol(\"=\"), (:call, :f, :x), (:block, #1, :x))"},
		{"f(x) =\n x", "(Symbol(\"=\"), (:call, :f, :x), (:block, #1, :x))"},
		{"f(x) = begin\n x\nend", "(Symbol(\"=\"), (:call, :f, :x), (:block, #1, #2, :x))"},
		{"function f()\nend", "(:function, (:call, :f), (:block, #1, #1))"},
		{"function f()\n\n a\n b\nend", "(:function, (:call, :f), (:block, #1, #3, :a, #4, :b))"},
		{"macro m()\n a\nend", "(:macro, (:call, :m), (:block, #1, #2, :a))"},
		{"x ->\n y", "(Symbol(\"->\"), :x, (:block, #1, :y))"},
		{"begin\nend", "(:block, #1)"},
		{"begin\n a\n b; c\nend", "(:block, #2, :a, #3, :b, #3, :c)"},
		{"(a; b)", "(:block, :a, #1, :b)"},
		{"(a;\nb)", "(:block, :a, #2, :b)"},
		{"(;;)", "(:block)"},
		{"(x; y) -> z", "(Symbol(\"->\"), (:block, :x, #1, :y), (:block, #1, :z))"},
		{"for i = a\n b\nend", "(:for, (Symbol(\"=\"), :i, :a), (:block, #2, :b, #3))"},
		{"while a\n b\nend", "(:while, :a, (:block, #2, :b, #3))"},
		{"if a\n b\nelseif c\n d\nelse\n e\nend", "(:if, :a, (:block, #2, :b), (:elseif, (:block, #3, :c), (:block, #4, :d), (:block, #6, :e)))"},
		{"let a = 1\n b\nend", "(:let, (Symbol(\"=\"), :a, 1), (:block, #2, :b))"},
		{"let a = 1,\n b = 2\n c\nend", "(:let, (:block, (Symbol(\"=\"), :a, 1), (Symbol(\"=\"), :b, 2)), (:block, #3, :c))"},
		{"@m a\n", "(:macrocall, Symbol(\"@m\"), #1, :a)"},
		{"\n@m(\na)", "(:macrocall, Symbol(\"@m\"), #2, :a)"},
		{"r\"a\"", "(:macrocall, Symbol(\"@r_str\"), #1, \"a\")"},
		{"`a`", "(:macrocall, GlobalRef(Core, Symbol(\"@cmd\")), #1, \"a\")"},
		{"\n\"d\"\nf", "(:macrocall, GlobalRef(Core, Symbol(\"@doc\")), #2, \"d\", :f)"},
		{"struct A\n x\n \"d\"\n y\nend", "(:struct, false, :A, (:block, #2, :x, #3, \"d\", :y))"},
		{"module A\nx\nend", "(:module, true, :A, (:block, #1, #2, :x))"},
		{"f() do x\n y\nend", "(:do, (:call, :f), (Symbol(\"->\"), (:tuple, :x), (:block, #2, :y)))"},
		{"try\n a\ncatch e\n b\nfinally\n c\nend", "(:try, (:block, #2, :a), :e, (:block, #4, :b), (:block, #6, :c))"},
		{"quote\n a\nend", "(:quote, (:block, #2, :a))"},
		{"12345678901234567890", "(:macrocall, GlobalRef(Core, Symbol(\"@int128_str\")), nothing, \"12345678901234567890\")"},
	} {
		if got := sexpr(t, c.source, Julia112, true); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.source, got, c.want)
		}
	}
	tree := Parse(NewFile("f.jl", "a\n\nb; c\n", 10))
	got := ToExpr(Sexpr{Lines: true}, tree, tree.Root)
	if want := "(:toplevel, #10, :a, #12, (:toplevel, :b, :c))"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestParseOne(t *testing.T) {
	for _, c := range []struct {
		text   string
		offset int
		greedy bool
		want   string
		next   int
	}{
		{"x + 1\n(y)\n", 0, true, "(:call, Symbol(\"+\"), :x, 1)", 6},
		{"x + 1\n(y)\n", 6, true, ":y", 10},
		{" x#==#", 0, true, ":x", 6},
		{" x \n", 0, true, ":x", 4},
		{" x \n", 0, false, ":x", 2},
		{"a\nb", 0, true, ":a", 2},
		{"a # c\nb", 0, true, ":a", 6},
		{"  a  ; b", 0, true, "(:toplevel, :a, :b)", 8},
		{"(x) y", 0, false, ":x", 3},
		{"x + 1", 0, false, ":x", 1},
		{"x = 3, y = 5", 0, true, "(Symbol(\"=\"), :x, (Symbol(\"=\"), (:tuple, 3, :y), 5))", 12},
		{"x = 3, y = 5", 4, false, "3", 5},
		{"", 0, true, "", 0},
		{" #==# ", 0, true, "", 6},
		{"  ", 1, true, "", 2},
	} {
		tree, next := ParseOne(NewFile("none", c.text, 1), c.offset, c.greedy)
		got := ""
		if tree.Root != NoNode {
			got = ToExpr(Sexpr{}, tree, tree.Root)
		}
		if got != c.want || next != c.next || tree.HasErrors() {
			t.Errorf("%q from %d: got %s, %d, %v; want %s, %d", c.text, c.offset, got, next, tree.Diagnostics, c.want, c.next)
		}
	}
}
