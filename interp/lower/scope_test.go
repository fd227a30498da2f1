package lower

// Tests of the scope pass: which names are local, what is refused. The texts
// are those of Julia.

import (
	"strings"
	"testing"

	"weft/interp/code"
	"weft/runtime/core"
)

func TestScopeErrors(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"function f(a)\n local a\n a\nend", `local variable name "a" conflicts with an argument`},
		{"function f(a::T) where T\n T = 1\nend", `local variable name "T" conflicts with a static parameter`},
		{"function f(a::T) where T\n local T\nend", `local variable name "T" conflicts with a static parameter`},
		{"function f()\n global x\n local x\nend", `variable "x" declared both local and global`},
		{"function f(a)\n global a\nend", `misplaced "global" declaration`},
		{"let\n x = 1\n let\n  global x\n end\nend", "`global x`: x is a local variable in its enclosing scope"},
		{"function f()\n for i in 1:2\n  global i\n  i\n end\nend", `variable "i" declared both local and global`},
		{"function f()\n for outer i in 1:3\n end\nend", `no outer local variable declaration exists for "for outer"`},
		{"let\n const q = 1\nend", "unsupported `const` declaration on local variable"},
		{"function f()\n struct A\n end\nend", `"struct" expression not at top level`},
		{"function f(a, a)\nend", `function argument name not unique: "a"`},
		{"function f()\n break\nend", "break or continue outside loop"},
		{"function f()\n @goto zz\nend", `label "zz" referenced but not defined`},
		{"function f()\n @label z\n @label z\nend", `label "z" defined multiple times`},
		{"function f()\n @goto a\n try\n  @label a\n catch\n end\nend", "misplaced label"},
		{"function f()\n try\n  @goto a\n finally\n  1\n end\n @label a\nend", "goto from a try/finally block is not permitted"},
		{"function f()\n local x::Int = 1\n local x::Float64 = 2\nend", `multiple type declarations for "x"`},
	} {
		rt := testBase(t)
		f, err := Thunk(rt, rt.Main, parse(t, rt, c.src), &Options{})
		for i := 0; err == nil && i < len(f.Refs); i++ {
			if site, ok := f.Refs[i].(*code.ExecSite); ok {
				if def, ok := site.Data.(*code.MethodDef); ok {
					_, err = def.Compile(core.Value{})
				}
			}
		}
		if err == nil || !strings.Contains(err.Error(), "syntax: "+c.want) {
			t.Errorf("%q:\n got %v\nwant syntax: %s", c.src, err, c.want)
		}
	}
}

// globals lists the globals that src assigns, in order.
func globals(t *testing.T, rt *core.Runtime, src string, opts *Options) string {
	t.Helper()
	var out []string
	for _, f := range functions(t, rt, src, opts) {
		for i := 0; i < len(f.Code); {
			op := code.Op(f.Code[i] & 0xffff)
			if op == code.SetGlobal {
				line := strings.Split(code.Disassemble(f), "\n")[countBefore(f, i)]
				out = append(out, line[strings.LastIndex(line, ".")+1:])
			}
			i += op.Words()
		}
	}
	return strings.Join(out, " ")
}

func TestGlobals(t *testing.T) {
	for _, c := range []struct {
		src  string
		soft bool
		want string
	}{
		{"x = 1", false, "x"},
		{"begin\n x = 1\n y = 2\nend", false, "x y"},
		{"if true\n new = 1\nend", false, "new"},
		{"let\n x = 1\nend", true, ""},
		{"for i in 1:1\n x = 1\nend", false, ""},
		{"for i in 1:1\n x = 1\nend", true, "x"},
		{"for i in 1:1\n unknown = 1\nend", true, ""},
		{"while false\n x = 1\nend", true, "x"},
		{"try\n x = 1\ncatch\nend", true, "x"},
		{"let\n for i in 1:2\n x = 9\n end\nend", true, ""},
		{"for i in 1:1\n for j in 1:1\n x = 1\n end\nend", true, "x"},
		{"for i in 1:1\n local x\n x = 1\nend", true, ""},
		{"for i in 1:1\n global new = 1\nend", false, "new"},
		{"function f()\n x = 1\nend", true, ""},
		{"function f()\n global x\n for i in 1:2\n x = i\n end\nend", false, "x"},
		{"let\n global gx = 3\nend", false, "gx"},
		{"begin\n local x = 1\nend", true, ""},
		{"[x = i for i in 1:2]", true, ""},
		{"for x in 1:2\n x = 3\nend", true, ""},
		{"(x, new) = 1, 2", false, "x new"},
		{"x += 1", false, "x"},
	} {
		rt := testBase(t)
		b := rt.Main.Define(core.Sym("x"))
		b.Value = core.Int(5)
		if got := globals(t, rt, c.src, &Options{SoftScope: c.soft}); got != c.want {
			t.Errorf("%q (soft %v): assigns globals %q, want %q", c.src, c.soft, got, c.want)
		}
	}
}

func TestSoftScopeWarning(t *testing.T) {
	rt := testBase(t)
	rt.Main.Define(core.Sym("x")).Value = core.Int(5)
	var msgs []string
	opts := &Options{File: "a.jl", Warn: func(m, file string, line int) { msgs = append(msgs, m) }}
	functions(t, rt, "for i in 1:1\n x = 1\nend", opts)
	want := "Assignment to `x` in soft scope is ambiguous because a global variable by the same name exists: `x` will be treated as a new local. Disambiguate by using `local x` to suppress this warning or `global x` to assign to the existing global variable."
	if len(msgs) != 1 || msgs[0] != want {
		t.Errorf("warnings %q, want one: %s", msgs, want)
	}
	msgs = nil
	functions(t, rt, "for i in 1:1\n local x = 1\n y = 2\nend", opts)
	functions(t, rt, "let\n x = 1\nend", opts)
	functions(t, rt, "function f()\n for i in 1:1\n x = 1\n end\nend", opts)
	if len(msgs) != 0 {
		t.Errorf("warnings without need: %q", msgs)
	}
	functions(t, rt, "begin\n fresh = 0\n for i in 1:3\n  fresh += i\n end\nend", opts)
	if len(msgs) != 1 {
		t.Errorf("a global of the same statement: %d warnings, want 1", len(msgs))
	}
}

// TestDefinite checks where variables are tested for being assigned.
func TestDefinite(t *testing.T) {
	for _, c := range []struct {
		src    string
		checks int
	}{
		{"function f(x)\n if x\n  q = 1\n end\n q\nend", 1},
		{"function f(x)\n if x\n  q = 1\n else\n  q = 2\n end\n q\nend", 0},
		{"function f(x)\n if x\n  q = 1\n else\n  return 2\n end\n q\nend", 0},
		{"function f(x)\n while x\n  q = 1\n end\n q\nend", 0}, // q is the loop's own
		{"function f(x)\n local q\n while x\n  q = 1\n end\n q\nend", 1},
		{"function f(x)\n local q\n while true\n  q = 1\n  x && break\n end\n q\nend", 0},
		{"function f(x)\n for i in x\n  if i == 1\n   q = 1\n  end\n  q\n end\nend", 1},
		{"function f(x)\n local q\n try\n  q = g(x)\n catch\n end\n q\nend", 1},
		{"function f(x)\n local q\n try\n  q = g(x)\n catch\n  q = 1\n end\n q\nend", 0},
		{"function f(x)\n local q\n try\n  q = g(x)\n finally\n  h(x)\n end\n q\nend", 0},
		{"function f(x)\n y = q\n q = 1\n y + q + q\nend", 1},
		{"function f(x)\n x && (q = 1)\n q + q\nend", 1},
	} {
		f := last(t, testBase(t), c.src)
		if got := strings.Count(ops(f), "CheckDef"); got != c.checks {
			t.Errorf("%q: %d checks, want %d\n%s", c.src, got, c.checks, code.Disassemble(f))
		}
	}
}
