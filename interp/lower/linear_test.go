package lower

// Tests of the linear pass: the instructions that forms become.

import (
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
				g, err := def.Compile()
				if err != nil {
					t.Fatalf("%q: %v", src, err)
				}
				out = append(out, g)
			}
		}
	}
	return out
}
