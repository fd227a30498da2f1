package syntax

// This file tests diagnostics: their words and byte ranges, how they are shown,
// and what they tell about a text being complete.

import (
	"fmt"
	"strings"
	"testing"
)

// diagnostics are texts with the diagnostics they give, each as its first and
// last byte, counted from 1, and its words.
var diagnostics = []struct {
	source string
	want   []string
}{
	{"a\xf5b", []string{`2-2 invalid UTF-8 sequence "\xf5"`}},
	{"# a\xf5b", []string{`1-5 invalid UTF-8 sequence "# a\xf5b"`}},
	{"a\u200bb", []string{`2-4 invisible character '\u200b'`}},
	{"a\u00adb", []string{`2-3 invisible character '\uad'`}},
	{":⥻", []string{"2-4 unknown unicode character '⥻'"}},
	{"\"X \u202a X\"", []string{`2-8 unbalanced bidirectional unicode formatting "X \u202a X"`}},
	{"#= \u202a =#", []string{`1-9 unbalanced bidirectional unicode formatting "#= \u202a =#"`}},
	{"\"X \u202a $xx\u202c\"", []string{
		`2-7 unbalanced bidirectional unicode formatting "X \u202a "`,
		`11-13 unbalanced bidirectional unicode formatting "\u202c"`}},
	{"0x", []string{"1-2 invalid numeric constant"}},
	{"0x0.1", []string{"1-5 hex float literal must contain `p` or `P`"}},
	{"1.e", []string{"1-2 numeric constant cannot be implicitly multiplied because it ends with `.`"}},
	{"1e+", []string{"1-3 invalid numeric constant"}},
	{"1.+2", []string{"1-2 ambiguous `.` syntax; add whitespace to clarify (eg `1.+2` might be `1.0+2` or `1 .+ 2`)"}},
	{"a -- b -- c", []string{"3-4 invalid operator", "8-9 invalid operator"}},
	{"a**b", []string{"2-3 use `x^y` instead of `x**y` for exponentiation, and `x...` instead of `**x` for splatting"}},

	{"+ #==# (a,b)", []string{"2-7 whitespace not allowed between prefix function call and argument list"}},
	{"1 -+ (a=1, b=2)", []string{"5-5 whitespace not allowed between prefix function call and argument list"}},
	{"\n+ (x, y)", []string{"3-3 whitespace not allowed between prefix function call and argument list"}},
	{"A.@B.x", []string{"3-4 `@` must appear on first or last macro name component", "5-5 Unexpected `.` after macro name"}},
	{"@M.(x)", []string{"1-3 dot call syntax not supported for macros"}},
	{"try x end", []string{"1-9 try without catch or finally"}},
	{"a, , b", []string{"4-4 unexpected `,`"}},
	{")", []string{"1-1 unexpected `)`", "1-1 extra tokens after end of expression"}},
	{"if\nfalse\nend", []string{"3-3 missing condition in `if`"}},
	{"if false\nelseif\nend", []string{"16-16 missing condition in `elseif`"}},
	{"f(x::V) where {V) = x", []string{"17-16 Expected `}` or `,`", "17-21 extra tokens after end of expression"}},
	{"[1)", []string{"3-2 Expected `]` or `,`", "3-3 extra tokens after end of expression"}},
	{"a\nh{x)\nb", []string{"6-5 Expected `}` or `,`", "6-6 extra tokens after end of expression"}},
	{"sin. (1)", []string{"5-5 whitespace is not allowed here"}},
	{"x [i]", []string{"2-2 whitespace is not allowed here"}},
	{"\nf() [i]", []string{"5-5 whitespace is not allowed here"}},
	{"\nf() (i)", []string{"5-5 whitespace is not allowed here"}},
	{"\nf() .i", []string{"5-5 whitespace is not allowed here"}},
	{"\nf() {i}", []string{"5-5 whitespace is not allowed here"}},
	{"\n@ m", []string{"3-3 whitespace is not allowed here"}},
	{"\nusing a .b", []string{"9-9 whitespace is not allowed here"}},
	{"const x", []string{"1-7 expected assignment after `const`"}},
	{"global const x", []string{"1-14 expected assignment after `const`"}},
	{"(for i=1; println())", []string{"20-19 Expected `end`"}},
	{"(try i=1; println())", []string{"2-19 try without catch or finally", "20-19 Expected `end`"}},
	{`"$(x,y)"`, []string{"3-7 invalid interpolation syntax"}},
	{"x y", []string{"2-3 extra tokens after end of expression"}},
	{"foo(", []string{"5-4 Expected `)` or `,`"}},
	{"if a b else if c d end", []string{"8-14 use `elseif` instead of `else if`"}},
	{"a? b : c", []string{"2-1 space required before `?` operator"}},
	{"a ?b : c", []string{"4-3 space required after `?` operator"}},
	{"a ? b: c", []string{"6-5 space required before `:` in `?` expression"}},
	{"a ? b :c", []string{"8-7 space required after `:` in `?` expression"}},
	{"a :> b", []string{"3-4 Invalid `:>` found, maybe replace with `>:`"}},
	{"\"a\"b", []string{"4-3 cannot juxtapose string literal"}},
	{"struct try end", []string{"7-10 Invalid type name `try`"}},
	{"f.'", []string{"2-3 the .' operator for transpose is discontinued"}},
	{"function begin() end", []string{"10-14 invalid function name"}},
	{"function f body end", []string{"10-10 Invalid signature in function definition"}},
	{"try x catch e+3 y end", []string{"12-15 a variable name is expected after `catch`"}},
	{"using A as B", []string{"6-12 `using` with `as` renaming requires a `:` and context module"}},
	{"let x y end", []string{"6-7 let variables should end in `;` or newline"}},
	{"break x", []string{"6-7 unexpected token after break"}},
	{"module do \n end", []string{"7-9 Invalid module name"}},
	{"x = = 2", []string{"5-5 unexpected `=`", "6-7 extra tokens after end of expression"}},
	{"[a ;; b c]", []string{"8-8 cannot mix space and ;; separators in an array expression, except to wrap a line"}},
	{"[a; b, c]", []string{"6-6 unexpected comma in array expression"}},

	{"@(A)", []string{"2-4 warning: parenthesizing macro names is unnecessary"}},
	{"try finally catch a ; b end", []string{"13-23 warning: `catch` after `finally` will execute out of order"}},
	{"import .  .A", []string{"9-10 warning: space between dots in import path"}},
	{"import A .==", []string{"9-9 warning: space between dots in import path"}},
	{"import A.:+", []string{"10-10 warning: quoting with `:` is not required here"}},
	{"import A.:, :", nil},
	{"import A.(:+)", []string{"10-13 warning: parentheses are not required here"}},
	{"export (x)", []string{"8-10 warning: parentheses are not required here"}},
	{"export :x", []string{"8-9 expected identifier"}},
	{"public = 4", []string{"1-6 warning: using public as an identifier is deprecated"}},

	{"x = 10.0e1000;", []string{"5-13 overflow in floating point literal"}},
	{"x = 10.0f1000;", []string{"5-13 overflow in floating point literal"}},
	{"x = 10.0e-1000;", []string{"5-14 warning: underflow to zero in floating point literal"}},
	{"x = 10.0f-1000;", []string{"5-14 warning: underflow to zero in floating point literal"}},
	{"5e-324", nil},
	{"0e-400", nil},
	{"2e-324", []string{"1-6 warning: underflow to zero in floating point literal"}},
	{"x = ''", []string{"6-5 empty character literal"}},
	{"x = 'abc'", []string{"6-8 character literal contains multiple characters"}},
	{`x = '\xq'`, []string{"6-7 invalid hex escape sequence"}},
	{`x = '\uq'`, []string{"6-7 invalid unicode escape sequence"}},
	{`x = '\Uq'`, []string{"6-7 invalid unicode escape sequence"}},
	{`x = '\777'`, []string{"6-9 invalid octal escape sequence"}},
	{`x = '\k'`, []string{"6-7 invalid escape sequence"}},
	{`'\`, []string{"2-2 invalid escape sequence", "3-2 unterminated character literal"}},
	{`'\xff\xff\xff\xff'`, []string{"2-17 character literal contains multiple characters"}},
	{`'\100\42'`, []string{"2-8 character literal contains multiple characters"}},
	{`'\uff\xff'`, []string{"2-9 character literal contains multiple characters"}},
	{`'\U00002014a'`, []string{"2-12 character literal contains multiple characters"}},
	{`x = "abc\xq"`, []string{"9-10 invalid hex escape sequence"}},
	{`x = "abc\uq"`, []string{"9-10 invalid unicode escape sequence"}},
	{`x = "abc\777"`, []string{"9-12 invalid octal escape sequence"}},
	{`x = "abc\k \k"`, []string{"9-10 invalid escape sequence", "12-13 invalid escape sequence"}},
	{`"$x෴  "`, []string{"4-6 interpolated variable ends with invalid character; use `$(...)` instead"}},
}

func TestDiagnostics(t *testing.T) {
	for _, c := range diagnostics {
		var got []string
		for _, d := range Parse(NewFile("", c.source, 1)).Diagnostics {
			level := ""
			if d.Warning {
				level = "warning: "
			}
			got = append(got, fmt.Sprintf("%d-%d %s%s", d.Span.Start+1, d.Span.End, level, d.Msg))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%q\n got %q\nwant %q", c.source, got, c.want)
		}
	}
}

func TestRender(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"", "a -- b -- c", "# Error @ line 1:3\na -- b -- c\n# └┘ ── invalid operator\n" +
			"# Error @ line 1:8\na -- b -- c\n#      └┘ ── invalid operator"},
		{"none", "\"", "# Error @ none:1:2\n\"\n#└ ── unterminated string literal"},
		{"In[1]", "x = 1\ny = foo(", "# Error @ In[1]:2:9\nx = 1\ny = foo(\n#       └ ── Expected `)` or `,`"},
		{"none", "α β", "# Error @ none:1:2\nα β\n#└┘ ── extra tokens after end of expression"},
		{"none", "begin\nx\n", "# Error @ none:2:3\nbegin\nx\n#\n└ ── Expected `end`"},
		{"none", "const (x,\ny)", "# Error @ none:1:1\n┌────────\nconst (x,\ny)\n#┘ ── expected assignment after `const`"},
		{"REPL[49]", "git branch -M main", "# Error @ REPL[49]:1:4\ngit branch -M main\n#  └─────────────┘ ── extra tokens after end of expression"},
		{"none", "1 !in 2", "# Error @ none:1:2\n1 !in 2\n#└────┘ ── extra tokens after end of expression"},
	} {
		f := NewFile(c.name, c.source, 1)
		ds := Parse(f).Diagnostics
		if got := RenderDiagnostics(f, ds); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.source, got, c.want)
		}
	}
	f := NewFile("none", "public = (1, 2", 1)
	got := RenderError(f, Parse(f).Diagnostics)
	want := "ParseError:\n# Warning @ none:1:1\npublic = (1, 2\n└────┘ ── using public as an identifier is deprecated\n" +
		"# Error @ none:1:15\npublic = (1, 2\n#             └ ── Expected `)` or `,`"
	if got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// TestIncomplete checks what is missing at the end of a text, by the names that
// Base.incomplete_tag gives.
func TestIncomplete(t *testing.T) {
	for _, c := range []struct{ source, tag string }{
		{"\"", "string"}, {"\"$foo", "string"}, {"#=", "comment"}, {"'", "char"}, {"'a", "char"}, {"`", "cmd"},
		{"(", "other"}, {"[", "other"}, {"begin", "block"}, {"quote", "block"}, {"let", "block"}, {"let;", "block"},
		{"for", "other"}, {"for x=xs", "block"}, {"function", "other"}, {"function f()", "block"},
		{"macro", "other"}, {"macro f()", "block"}, {"f() do", "other"}, {"f() do x", "block"},
		{"module", "other"}, {"module X", "block"}, {"baremodule", "other"}, {"baremodule X", "block"},
		{"mutable struct", "other"}, {"mutable struct X", "block"}, {"struct", "other"}, {"struct X", "block"},
		{"if", "other"}, {"if x", "block"}, {"while", "other"}, {"while x", "block"}, {"try", "block"},
		{"try x catch", "block"}, {"using", "other"}, {"import", "other"}, {"local", "other"}, {"global", "other"},
		{"1 == 2 ?", "other"}, {"1 == 2 ? 3 :", "other"}, {"1,", "other"}, {"1, ", "other"}, {"1,\n", "other"},
		{"(x for y", "other"}, {"f(", "other"}, {"f(a,\n", "other"}, {"[1, 2", "other"}, {"x = ", "other"},
		{"a +", "other"}, {"\"a $(", "other"}, {"\"\"\"\nabc", "string"}, {"if a\n b\nelse\n c\n", "block"},
		{"", ""}, {"1", ""}, {"a;", ""}, {"function f end", ""},
		{")", "none"}, {"1))", "none"}, {"a b", "none"}, {".", "none"}, {"end", "none"}, {"\"a\\", "string"},
		{"const x", "none"}, {"f(a b", "none"}, {"x = [1, 2\ny = 2", "none"},
	} {
		got := ""
		for _, d := range Parse(NewFile("none", c.source, 1)).Diagnostics {
			if !d.Warning {
				got = "none"
				if d.Incomplete {
					got = d.Tag
				}
				break
			}
		}
		if got != c.tag {
			t.Errorf("%q: got %q, want %q", c.source, got, c.tag)
		}
		want := Invalid
		switch c.tag {
		case "":
			want = Complete
		case "none":
		default:
			want = Incomplete
		}
		if got, _ := IsComplete(c.source); got != want {
			t.Errorf("%q: got status %d, want %d", c.source, got, want)
		}
	}
}

func TestIndent(t *testing.T) {
	for _, c := range []struct {
		source string
		levels int
	}{
		{"function f()", 1}, {"function f()\n    for i in x\n", 2}, {"f(", 1}, {"f(x) do y\n    [", 2}, {"x = ", 0}, {"[1 2 ;;", 1},
		{"if a\n    b\nelse", 1}, {"struct A", 1}, {"let x = 1", 1}, {"begin\n    (1,\n", 2},
	} {
		s, indent := IsComplete(c.source)
		if s != Incomplete || indent != strings.Repeat("    ", c.levels) {
			t.Errorf("%q: got %d, %q; want %d levels", c.source, s, indent, c.levels)
		}
	}
}

func TestErrorExpr(t *testing.T) {
	for source, want := range map[string]string{
		"f(":  "(:incomplete, \"ParseError:\\x0a# Error @ none:1:3\\x0af(\\x0a# \\xe2\\x94\\x94 \\xe2\\x94\\x80\\xe2\\x94\\x80 Expected `)` or `,`\", :other)",
		"a b": "(:error, \"ParseError:\\x0a# Error @ none:1:2\\x0aa b\\x0a#\\xe2\\x94\\x94\\xe2\\x94\\x98 \\xe2\\x94\\x80\\xe2\\x94\\x80 extra tokens after end of expression\")",
	} {
		if got := ErrorExpr(Sexpr{}, Parse(NewFile("none", source, 1))); got != want {
			t.Errorf("%q: got %s", source, got)
		}
	}
}

// TestSound checks which statements stand before the first error.
func TestSound(t *testing.T) {
	for _, c := range []struct {
		source string
		want   string
	}{
		{"a\nb\n[x,\ny)", ":a :b"},
		{"a\nb\n)", ":a :b"},
		{"a\nf(", ":a"},
		{"a\nb c\nd", ":a"},
		{"f(\n", ""},
		{"a\n\"x", ":a"},
		{"a\n\"x", ":a"},
		{"a\n0x\nb", ":a"},
		{"a\n#= b", ":a"},
		{"a\nb", ":a :b"},
	} {
		tree := Parse(NewFile("none", c.source, 1))
		var got []string
		for _, n := range tree.Sound() {
			got = append(got, ToExpr(Sexpr{}, tree, n))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: got %q, want %q", c.source, got, c.want)
		}
	}
	tree := Parse(NewFile("none", "a\nb\n[x,\ny)", 1))
	got := ToExpr(Sexpr{Lines: true}, tree, tree.Root)
	if want := "(:toplevel, #1, :a, #2, :b, #4, (:error, "; !strings.HasPrefix(got, want) {
		t.Errorf("got %s, want %s...", got, want)
	}
}

// TestDepth checks that deep nesting is an error, not a crash.
func TestDepth(t *testing.T) {
	for _, unit := range []string{"(", "[", "{", "f(", "a[", "!", "-", "$", "::", "<:", "a=", "a=>", "a?b:", "a^", "x->", ":(",
		"begin ", "if a ", "if a else", "let ", "@m ", "\"$(", "a&&", "a||", "a-->", "[a;;b;;;", "quote ", "a where {", "a ? b : ",
		"a<|", "function f() ", "try ", "if a elseif b ", "x .&& ", "a ~ ", "+(", "A.@m ", "a::", "&", "{a b;", "return ", "\"$(\""} {
		tree := Parse(NewFile("none", strings.Repeat(unit, 20_000), 1))
		if !tree.HasErrors() {
			t.Errorf("%s: no error", unit)
		}
		ToExpr(Sexpr{}, Parse(NewFile("none", strings.Repeat(unit, 50), 1)), 0)
	}
	for _, unit := range []string{"-a", "|>a", "//a", "<<a", ".a", "()", "[1]", "'", "::a", " where a", ":a", "--a", "{a}"} {
		tree := Parse(NewFile("none", "a"+strings.Repeat(unit, 50_000), 1))
		if !tree.HasErrors() {
			t.Errorf("%s: no error", unit)
		}
		ToExpr(counter{}, tree, tree.Root)
	}
	for _, unit := range []string{"+a", "<a", ",a", ";a", "\na", "√a"} {
		tree := Parse(NewFile("none", "2"+strings.Repeat(unit, 50_000), 1))
		if tree.HasErrors() {
			t.Errorf("%s: %v", unit, tree.Diagnostics[0])
		}
	}
	f := NewFile("none", strings.Repeat("(", 100_000), 1)
	ds := Parse(f).Diagnostics
	if len(ds) != 1 || ds[0].Msg != "expression is nested too deeply" || ds[0].Incomplete {
		t.Errorf("got %d diagnostics, first %v", len(ds), ds[:min(len(ds), 3)])
	}
	deep := strings.Repeat("(", 1000) + "x" + strings.Repeat(")", 1000)
	if tree := Parse(NewFile("none", deep, 1)); tree.HasErrors() {
		t.Errorf("a thousand parentheses: %v", tree.Diagnostics)
	}
}
