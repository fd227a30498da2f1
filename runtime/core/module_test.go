package core

import (
	"strings"
	"testing"
)

func TestUsing(t *testing.T) {
	rt := NewRuntime()
	a, b, m := NewModule(Sym("A"), rt.Main), NewModule(Sym("B"), rt.Main), NewModule(Sym("M"), rt.Main)
	x, y, z := Sym("x"), Sym("y"), Sym("z")
	a.SetConst("x", Int(1))
	a.SetConst("y", Int(2))
	a.Export(x, false)
	m.Use(a)
	if l := m.Lookup(x); l == nil || l.Value != Int(1) || m.How(x) != ViaUsing {
		t.Error("an exported name is not visible")
	}
	if m.Lookup(y) != nil {
		t.Error("a name that is not exported is visible")
	}
	// Code that mentions a name before it exists gets it later.
	guard := m.Resolve(z)
	if guard.Value.P != nil {
		t.Fatal("z has a value")
	}
	a.SetConst("z", Int(3))
	a.Export(z, false)
	if l := m.Lookup(z); l == nil || l.Value != Int(3) {
		t.Error("a name exported later is not visible")
	}
	// Two modules that export different things.
	b.SetConst("x", Int(9))
	b.Export(x, false)
	m.Use(b)
	if l := m.Lookup(x); l != nil && l.Value.P != nil {
		t.Error("a conflict has a value")
	}
	if c := m.Conflict(x); len(c) != 2 {
		t.Error("the conflict is not told")
	}
	if w, err := m.Import(b, x, nil, ViaUsingName); err != nil || w != "" {
		t.Error(w, err)
	}
	if l := m.Lookup(x); l == nil || l.Value != Int(9) {
		t.Error("an explicit using does not settle the conflict")
	}
	// The same thing from two modules is no conflict.
	c := NewModule(Sym("C"), rt.Main)
	if _, err := c.Import(a, z, nil, ViaUsingName); err != nil {
		t.Fatal(err)
	}
	c.Export(z, false)
	m.Use(c)
	if l := m.Lookup(z); l == nil || l.Value != Int(3) {
		t.Error("a name exported twice is lost")
	}
	// Modules that use each other.
	a.Use(m)
	if a.Lookup(Sym("nowhere")) != nil {
		t.Error("found nowhere")
	}
}

func TestAssignment(t *testing.T) {
	rt := NewRuntime()
	a, m := NewModule(Sym("A"), rt.Main), NewModule(Sym("M"), rt.Main)
	rt.Main.SetConst("A", a.Value())
	rt.Main.SetConst("M", m.Value())
	x := Sym("x")
	a.SetConst("x", Int(1))
	a.Export(x, false)
	text := func(err error) string {
		if e, ok := err.(*NamedError); ok && len(e.Args) > 0 {
			return e.Args[0].Str()
		}
		return ""
	}
	if _, err := m.Import(a, x, nil, ViaImportName); err != nil {
		t.Fatal(err)
	}
	if _, err := m.CheckAssign(x); text(err) != "cannot assign a value to imported variable A.x from module M" {
		t.Errorf("imported: %v", err)
	}
	if _, err := a.CheckAssign(x); text(err) != "invalid assignment to constant Main.A.x. This redefinition may be permitted using the `const` keyword." {
		t.Errorf("constant: %v", err)
	}
	if err := rt.AssignConst(m, x, Int(2)); text(err) != "cannot declare M.x constant; it was already declared as an import" {
		t.Errorf("const over import: %v", err)
	}
	changed := 0
	b := a.Own(x)
	b.Changed = append(b.Changed, func() { changed++ })
	world := rt.World
	if err := rt.AssignConst(a, x, Int(1)); err != nil || changed != 0 || rt.World != world {
		t.Error("the same constant again changes something")
	}
	if err := rt.AssignConst(a, x, Int(2)); err != nil || changed != 1 || rt.World == world || b.Value != Int(2) {
		t.Error("a constant does not get its new value")
	}
	// A name that came by using may be given a global of its own.
	u := NewModule(Sym("U"), rt.Main)
	u.Use(a)
	own, err := u.CheckAssign(x)
	if err != nil || own.Owner != u {
		t.Fatalf("%v %v", own, err)
	}
	own.Value = Int(5)
	if u.Lookup(x) != own {
		t.Error("the used name hides the module's own")
	}
	if err := u.DeclareType(x, Int64.Value()); err == nil {
		t.Error("a global that has a value gets a declared type")
	}
	own.Value = Value{}
	if err := u.DeclareType(x, Int64.Value()); err != nil || own.Flags&BindTyped == 0 {
		t.Errorf("declared type: %v", err)
	}
	if err := u.DeclareType(x, Real.Value()); err == nil {
		t.Error("a declared type changes")
	}
}

func TestMethodTarget(t *testing.T) {
	rt := NewRuntime()
	a, m := NewModule(Sym("A"), rt.Main), NewModule(Sym("M"), rt.Main)
	rt.Main.SetConst("A", a.Value())
	rt.Main.SetConst("M", m.Value())
	m.Use(a)
	for _, n := range []string{"f", "g", "h"} {
		ft := FunctionTypeOf(a, Sym(n), FunctionType)
		a.SetConst(n, ft.Instance)
		a.Export(Sym(n), false)
	}
	a.SetConst("T", Int64.Value())
	a.Export(Sym("T"), false)
	if v, w, err := m.MethodTarget(Sym("f")); v.P != nil || w != "" || err != nil {
		t.Error("a used function is extended")
	}
	if _, err := m.Import(a, Sym("g"), nil, ViaUsingName); err != nil {
		t.Fatal(err)
	}
	if _, _, err := m.MethodTarget(Sym("g")); err == nil || !strings.Contains(err.Error(), "function A.g must be explicitly imported to be extended") {
		t.Errorf("using A: g: %v", err)
	}
	if _, err := m.Import(a, Sym("h"), nil, ViaImportName); err != nil {
		t.Fatal(err)
	}
	if v, _, err := m.MethodTarget(Sym("h")); err != nil || v != a.Own(Sym("h")).Value {
		t.Errorf("import A: h: %v", err)
	}
	if v, w, err := m.MethodTarget(Sym("T")); err != nil || v != Int64.Value() || !strings.HasPrefix(w, "WARNING: Constructor for type \"T\" was extended") {
		t.Errorf("a used type: %q %v", w, err)
	}
	a.SetConst("U", Int64.Value())
	if _, err := m.Import(a, Sym("U"), nil, ViaUsingName); err != nil {
		t.Fatal(err)
	}
	if v, w, err := m.MethodTarget(Sym("U")); err != nil || v != Int64.Value() || !strings.HasPrefix(w, "WARNING: Constructor for type \"U\" was extended") {
		t.Errorf("a type used by name: %q %v", w, err)
	}
	m.Define(Sym("v")).Value = Int(1)
	if _, _, err := m.MethodTarget(Sym("v")); err == nil {
		t.Error("a variable gets a method")
	}
	if v, _, err := m.MethodTarget(Sym("new")); err != nil || v.P != nil {
		t.Error("a new name is not free")
	}
}
