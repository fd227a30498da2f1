package lower

// Tests of the linear pass: the instructions that forms become.

import (
	"math"
	"strings"
	"testing"

	"weft/interp/code"
	"weft/interp/syntax"
	"weft/runtime/core"
	"weft/runtime/prim"
)

// testBase makes a runtime whose Base has the functions that operators name,
// without methods, and whose Main uses them.
func testBase(t testing.TB) *core.Runtime {
	t.Helper()
	rt := core.NewRuntime()
	prim.Install(rt)
	for _, n := range strings.Fields("+ - * / < <= > >= == != ! ~ & | : getindex setindex! getproperty setproperty! iterate length rem div mod rest convert") {
		ft := core.FunctionTypeOf(rt.Base, core.Sym(n), core.FunctionType)
		rt.Base.SetConst(n, core.Bits(ft, 0))
		rt.Base.Exported[core.Sym(n)] = true
	}
	rt.Main.Use(rt.Base)
	rt.Main.Use(rt.Core)
	rt.Base.Use(rt.Core)
	return rt
}

// parse reads one statement.
func parse(t testing.TB, rt *core.Runtime, src string) core.Value {
	t.Helper()
	v, _, tree := ParseOne(rt, syntax.NewFile("test", src, 1), 0, true)
	if tree.HasErrors() {
		t.Fatalf("parse %q: %s", src, syntax.RenderDiagnostics(tree.File, tree.Diagnostics))
	}
	return v
}

// functions compiles src and every method body in it, and returns them all: the
// thunk first.
func functions(t testing.TB, rt *core.Runtime, src string, opts *Options) []*code.Func {
	t.Helper()
	f, err := Thunk(rt, rt.Main, parse(t, rt, src), opts)
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	out := []*code.Func{f}
	for i := 0; i < len(out); i++ {
		if err := code.Verify(out[i]); err != nil {
			t.Fatalf("%q: %v\n%s", src, err, code.Disassemble(out[i]))
		}
		for _, r := range out[i].Refs {
			site, ok := r.(*code.ExecSite)
			if !ok {
				continue
			}
			if def, ok := site.Data.(*code.MethodDef); ok && def.Compile != nil {
				g, err := def.Compile(core.Value{})
				if err != nil {
					t.Fatalf("%q: %v", src, err)
				}
				out = append(out, g)
			}
		}
	}
	return out
}

// ops lists the names of the instructions of f, without the padding Nop.
func ops(f *code.Func) string {
	var out []string
	for i := 0; i < len(f.Code)-1; {
		op := code.Op(f.Code[i] & 0xffff)
		out = append(out, op.String())
		i += op.Words()
	}
	return strings.Join(out, " ")
}

// last compiles src and returns the last function it defines, or the thunk.
func last(t *testing.T, rt *core.Runtime, src string) *code.Func {
	t.Helper()
	fs := functions(t, rt, src, &Options{File: "test", Line: 1, SoftScope: true})
	return fs[len(fs)-1]
}

func TestInstructions(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		// A comparison and its jump are one; operands go straight to where the call wants them.
		{"fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)",
			"JLtI JumpFalse Return GetGlobal SubI Call GetGlobal SubI Call AddReturn Return"},
		{"f(x) = getfield(x, 2)", "GetField Return"},
		{"f(x) = x.a.b", "GetProp GetProp Return"},
		{"f(x) = (x, 1)", "Move LoadInt Tuple Return"},
		{"f(x, y) = (x, y)", "Tuple Return"},
		{"f(x) = x === nothing", "LoadNothing Egal Return"},
		{"f(x) = x === nothing ? 1 : 2", "JumpSome LoadInt Return LoadInt Return"},
		{"f(x) = x isa Int", "GetGlobal Isa Return"},
		{"f(x) = x::Int", "GetGlobal TypeAssert Return"},
		{"f(x) = throw(x)", "Throw"},
		{"f(x) = -x", "Neg Return"},
		{"f(x, y, z) = x + y + z", "Add AddReturn Return"},
		{"f(a, i) = a[i]", "GetIndex Return"},
		{"f(a, i, j) = a[i, j]", "GetIndex2 Ext Return"},
		{"f(a) = a[1]", "GetIndexI Return"},
		{"f(a, i) = (a[i] = 1; nothing)", "LoadInt SetIndex LoadNothing Return"},
		{"f(a) = (a.x = 1; nothing)", "LoadInt SetProp LoadNothing Return"},
		{"f(x) = Base.length(x)", "Length Return"},
		{"f(x) = add_int(x, x)", "AddInt Return"},
		{"f(x, y) = x && y", "JumpFalse Return LoadK Return"},
		{"f(x, y) = x < 1 && y > 2 || x == y ? 1 : 2",
			"JLtI JumpFalse JGtI JumpFalse Jump JEq JumpFalse LoadInt Return LoadInt Return"},
		{"f(x, n) = (x && (n += 1); n)", "AddIf AddI Return"},
		{"f(x, n) = (x < n && (n += 1); n)", "JLt JumpFalse AddI Return"},
		{"f(x, n, m) = (x && (n = m + 1); n)", "JumpFalse AddI Return"},
		{"f(x, n) = (x && (n += 1; n += 2); n)", "JumpFalse AddI AddI Return"},
		{"f(x) = Int", "GetGlobal Return"},
		{"f(x...) = x", "Return"},
		{"f(g, x) = g(x...)", "Move Move Apply Return"},
		{"f(x) = Vector{Int}", "GetCached CallPrim SetCached Return"},
	} {
		rt := testBase(t)
		rt.Main.Use(core.As[core.Module](rt.Core.Own(core.Sym("Prims")).Value))
		rt.Core.SetConst("Vector", core.ArrayName.Wrapper)
		rt.Core.Exported[core.Sym("Vector")] = true
		f := last(t, rt, c.src)
		got := ops(f)
		if strings.HasPrefix(c.src, "f(x) = Vector") {
			got = strings.ReplaceAll(got, "GetGlobal LoadInt ", "")
			got = strings.ReplaceAll(got, "GetGlobal GetGlobal ", "")
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s\n%s", c.src, got, c.want, code.Disassemble(f))
		}
	}
}

// TestBaseCase reads the base case off functions, and asks it about numbers around its ends.
func TestBaseCase(t *testing.T) {
	for _, c := range []struct {
		src  string
		want func(n int64) (int64, bool)
	}{
		{"f(n) = n < 2 ? n : f(n - 1)", func(n int64) (int64, bool) { return n, n < 2 }},
		{"f(n) = n <= 1 ? 1 : f(n - 1)", func(n int64) (int64, bool) { return 1, n <= 1 }},
		{"f(n) = n == 0 ? -5 : f(n - 1)", func(n int64) (int64, bool) { return -5, n == 0 }},
		{"f(n) = n > 2 ? n : f(n + 1)", func(n int64) (int64, bool) { return n, n > 2 }},
		{"f(n) = n >= -1 ? 0 : f(n + 1)", func(n int64) (int64, bool) { return 0, n >= -1 }},
		{"f(n) = (n < 2 && return n; f(n - 1))", func(n int64) (int64, bool) { return n, n < 2 }},
		{"f(n) = n < 2 ? g(n) : f(n - 1)", nil},
		{"f(n) = n < 2 ? 0.5 : f(n - 1)", nil},
		{"f(n) = n != 2 ? n : f(n - 1)", nil},
		{"f(n, m) = n < 2 ? n : f(n - 1, m)", nil},
		{"f(n...) = n < 2 ? n : f(n - 1)", nil},
		{"f(n) = (f(); n < 2 ? n : f(n - 1))", nil},
	} {
		b := last(t, testBase(t), c.src).Base
		if c.want == nil {
			if b != (code.BaseCase{}) {
				t.Errorf("%s: base case %+v, want none", c.src, b)
			}
			continue
		}
		for _, n := range []int64{math.MinInt64, -6, -2, -1, 0, 1, 2, 3, math.MaxInt64} {
			got, in := int64(uint64(n)&b.Mask|b.Or), uint64(n)-b.Lo < b.Span
			if want, ends := c.want(n); in != ends || in && got != want {
				t.Errorf("%s: for %d: %d, %t; want %d, %t", c.src, n, got, in, want, ends)
			}
		}
	}
}

// inner returns what stands in the first loop of f: the instructions between
// the target of its backward jump and the jump itself.
func inner(t *testing.T, f *code.Func) string {
	t.Helper()
	for i := 0; i < len(f.Code)-1; {
		op := code.Op(f.Code[i] & 0xffff)
		back := op == code.Loop || op == code.LoopTrue || op == code.IterBack || op == code.LoopSome
		if back {
			from := i + int(int64(f.Code[i+1]))/8
			g := *f
			g.Code = append(append([]uint64{}, f.Code[from:i+2]...), uint64(code.Nop))
			return ops(&g)
		}
		i += op.Words()
	}
	t.Fatalf("no loop in\n%s", code.Disassemble(f))
	return ""
}

func TestLoops(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"function f(n)\n s = 1\n for i in 1:n\n s = (s * 31 + i) & s\n end\n s\nend", "MulI Add BitAnd IterNext IterBack"},
		{"function f(n)\n i = 0\n while i < n\n i += 1\n end\nend", "AddI LLt LoopTrue"},
		{"function f(n)\n while n !== nothing\n n = n.next\n end\nend", "GetProp JumpSome"},
		{"function f(v)\n s = 0.0\n for x in v\n s += x * 2.5\n end\n s\nend", "Mul Add IterNext IterBack"},
		{"function f(n)\n while true\n n += 1\n n > 5 && break\n end\nend", "AddI JGtI JumpFalse Jump Loop"},
		{"function f(v)\n for x in v\n x == 3 && continue\n g(x)\n end\nend", "JEqI JumpFalse Jump GetGlobal Move Call IterNext IterBack"},
		{"for i in 1:10\n global s += i\nend", "GetGlobal Add SetGlobal IterNext IterBack"},
	} {
		want := strings.ReplaceAll(c.want, "GetProp JumpSome", "GetProp LoopSome")
		f := last(t, testBase(t), c.src)
		if got := inner(t, f); got != want {
			t.Errorf("%s:\n got %s\nwant %s\n%s", c.src, got, want, code.Disassemble(f))
		}
	}
}

// TestClosures checks what inner functions capture, and how.
func TestClosures(t *testing.T) {
	for _, c := range []struct{ src, outer, in string }{
		// By value: assigned once, before the capture.
		{"f(x) = () -> x", "Once LoadNothing LoadK Exec Exec Move NewClosure Return", "GetCap Return"},
		// In a box: assigned in the closure.
		{"function f(x)\n () -> (x += 1)\nend", "NewBox Once LoadNothing LoadK Exec Exec Move NewClosure Return",
			"GetCap GetBox AddI SetBox Return"},
		// Nothing captured: the closure is a constant.
		{"f() = x -> x", "Once LoadNothing LoadK LoadK Exec Exec LoadK Return", "Return"},
		// It calls itself through its own slot.
		{"function f()\n g(n) = g(n)\n g\nend", "Once LoadNothing LoadK LoadK Exec Exec LoadK Move Return", "Move Move Call Return"},
	} {
		rt := testBase(t)
		fs := functions(t, rt, c.src, &Options{})
		if len(fs) != 3 {
			t.Fatalf("%s: %d functions, want thunk, outer and inner", c.src, len(fs))
		}
		if got := ops(fs[1]); got != c.outer {
			t.Errorf("%s: outer\n got %s\nwant %s\n%s", c.src, got, c.outer, code.Disassemble(fs[1]))
		}
		if got := ops(fs[2]); got != c.in {
			t.Errorf("%s: inner\n got %s\nwant %s\n%s", c.src, got, c.in, code.Disassemble(fs[2]))
		}
	}
}

func TestTypeNames(t *testing.T) {
	rt := testBase(t)
	names := func(src string) string {
		var out []string
		for _, f := range functions(t, rt, src, &Options{}) {
			for _, r := range f.Refs {
				if d, ok := r.(*core.DataType); ok && d.Has(core.FlagClosure) {
					out = append(out, d.Name.Name.Name)
				}
			}
		}
		return strings.Join(out, " ")
	}
	// Numbered by module at top level, by function inside one, as Julia 1.12 does.
	if got := names("let a = 1\n x -> x + a\nend"); got != "#1#2" {
		t.Errorf("at top level: %s", got)
	}
	if got := names("function foo(a)\n x -> x + a\nend"); got != "#foo##0#foo##1" {
		t.Errorf("in foo: %s", got)
	}
	if got := names("function bar(a)\n g() = a\n g\nend"); got != "#g#bar##0" {
		t.Errorf("named, in bar: %s", got)
	}
}

// TestBig checks that very large literals and calls fit into frames.
func TestBig(t *testing.T) {
	many := func(n int, s string) string { return strings.Repeat(s+", ", n) }
	for _, src := range []string{
		"f(" + many(5000, "1") + ")",
		"f(" + many(5000, "g(1)") + ")",
		"f(" + many(3000, "x...") + ")",
		"(" + many(2500, "2") + ")",
		strings.Repeat("1 + ", 5000) + "1",
	} {
		for _, f := range functions(t, testBase(t), src, &Options{}) {
			if f.NSlots > 4095 {
				t.Errorf("%.20s...: %d slots", src, f.NSlots)
			}
		}
	}
	var b strings.Builder
	b.WriteString("function f(x)\n")
	for i := range 5000 {
		b.WriteString("v" + strings.Repeat("a", i%7) + string(rune('a'+i%26)) + strings.Repeat("b", i/182) + " = x\n")
	}
	b.WriteString("end")
	rt := testBase(t)
	f, err := Thunk(rt, rt.Main, parse(t, rt, b.String()), &Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range f.Refs {
		if site, ok := r.(*code.ExecSite); ok {
			if def, ok := site.Data.(*code.MethodDef); ok {
				if _, err := def.Compile(core.Value{}); err == nil || !strings.Contains(err.Error(), "too large") {
					t.Errorf("5000 local variables: %v, want an error that says so", err)
				}
			}
		}
	}
}

func TestLines(t *testing.T) {
	f := last(t, testBase(t), "function f(x)\n    g(x)\n    x = 1\n    h(x)\nend")
	var got []int
	for i := 0; i < len(f.Code)-1; {
		op := code.Op(f.Code[i] & 0xffff)
		if op == code.Call {
			_, line := f.LineAt(8 * i)
			got = append(got, line)
		}
		i += op.Words()
	}
	if len(got) != 2 || got[0] != 2 || got[1] != 4 {
		t.Errorf("calls at lines %v, want [2 4]", got)
	}
}

// countBefore is the number of instructions before word w.
func countBefore(f *code.Func, w int) int {
	n := 0
	for i := 0; i < w; n++ {
		i += code.Op(f.Code[i] & 0xffff).Words()
	}
	return n
}
