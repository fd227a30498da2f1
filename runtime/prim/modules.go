package prim

// This file: modules and bindings as data.

import (
	"sort"
	"strings"

	"weft/runtime/core"
	"weft/runtime/task"
)

var moduleTable = []entry{
	{"boot_depth", 1, 1, "boot_depth(d): while the sum of all d is not 0, methods that are defined count as having been there from the beginning", func(t *task.Task, a []core.Value) (core.Value, error) {
		d, err := intArg(a[0])
		t.Sched.RT.Booting += d
		return nothing, err
	}},
	{"module_name", 1, 1, "the name of a module", onModule(func(m *core.Module, _ []core.Value) (core.Value, error) { return m.Name.Value(), nil })},
	{"module_parent", 1, 1, "the module that a module stands in", onModule(func(m *core.Module, _ []core.Value) (core.Value, error) {
		if m.Root {
			return m.Value(), nil
		}
		return m.Parent.Value(), nil
	})},
	{"module_stands_alone", 1, 1, "names a module without the one that it stands in, as a package", onModule(func(m *core.Module, _ []core.Value) (core.Value, error) {
		m.Root = true
		return m.Value(), nil
	})},
	{"module_names", 4, 4, "module_names(m, all, imported, usings): sorted names as a Vector{Symbol}", onModule(moduleNames)},
	{"module_isexported", 2, 2, "whether a module exports a name", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("isexported", a[1])
		return core.MakeBool(m.Exported[core.Sym(s)]), err
	})},
	{"module_ispublic", 2, 2, "whether a name is public in a module", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("ispublic", a[1])
		return core.MakeBool(m.Exported[core.Sym(s)] || m.Public[core.Sym(s)]), err
	})},
	{"module_owner", 2, 2, "the module whose binding a name means in m, or nothing", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("which", a[1])
		if err != nil {
			return core.Value{}, err
		}
		if b := m.Lookup(core.Sym(s)); b != nil && b.Owner != nil {
			return b.Owner.Value(), nil
		}
		return nothing, nil
	})},
	{"module_ambiguous", 2, 2, "whether modules that a module uses export different things under a name", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("module_ambiguous", a[1])
		return core.MakeBool(err == nil && m.Conflict(core.Sym(s)) != nil), err
	})},
	{"module_binding", 2, 2, "the binding that a name means in m", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("module_binding", a[1])
		if err != nil {
			return core.Value{}, err
		}
		m.Own(core.Sym(s))
		return core.ToValue(m.Define(core.Sym(s))), nil
	})},
	{"module_declares", 2, 2, "whether a module declares a global that has no value", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("module_declares", a[1])
		b := m.Bindings[core.Sym(s)]
		return core.MakeBool(err == nil && b != nil && b.Owner == m && b.Value.P == nil && b.Flags&(core.BindDeclared|core.BindTyped) != 0), err
	})},
	{"binding_parts", 1, 1, "binding_parts(b): its module and name, and what it meant when, newest first: (first world, last world, kind, value) of each", bindingParts},
	{"module_isconst", 2, 2, "whether a global is constant", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("isconst", a[1])
		b := m.Lookup(core.Sym(s))
		return core.MakeBool(b != nil && b.Flags&core.BindConst != 0), err
	})},
	{"module_global_type", 2, 2, "the type that a global is declared to have", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("get_binding_type", a[1])
		if b := m.Lookup(core.Sym(s)); b != nil && b.Flags&core.BindTyped != 0 {
			return b.Decl, err
		}
		return core.Any.Value(), err
	})},
	{"module_set_const", 3, 3, "module_set_const(m, name, v): defines a constant", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("const", a[1])
		if err != nil {
			return core.Value{}, err
		}
		m.SetConst(s, a[2])
		return a[2], nil
	})},
	{"module_fresh", 3, 3, "module_fresh(name, std, names): a module in Main that uses Core and Base (std), or Core, and knows its own name (names)", func(t *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("Module", a[0])
		if err != nil {
			return core.Value{}, err
		}
		rt := t.Sched.RT
		m := core.NewModule(core.Sym(s), rt.Main)
		if a[2].IsTrue() {
			m.Use(rt.Core)
			m.SetConst(s, m.Value())
			m.Export(m.Name, false)
		}
		if a[1].IsTrue() {
			m.Use(rt.Base)
		}
		return m.Value(), nil
	}},
	{"module_new", 2, 2, "module_new(name, parent): an empty module", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("Module", a[0])
		if err != nil {
			return core.Value{}, err
		}
		var parent *core.Module
		if a[1].Is(core.ModuleType) {
			parent = core.As[core.Module](a[1])
		}
		return core.NewModule(core.Sym(s), parent).Value(), nil
	}},
	{"primitive_doc", 1, 1, "what a primitive does, or nothing", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if p := core.TypeOf(a[0]).Name.Prim; p != nil {
			return core.MakeString(p.Doc), nil
		}
		return nothing, nil
	}},
}

func onModule(f func(m *core.Module, a []core.Value) (core.Value, error)) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(core.ModuleType) {
			return core.Value{}, unexpected("module operation", core.ModuleType, a[0])
		}
		return f(core.As[core.Module](a[0]), a)
	}
}

// isGuest reports whether v is a module that m has loaded: not one of its own.
func isGuest(m *core.Module, v core.Value) bool {
	if !v.Is(core.ModuleType) {
		return false
	}
	o := core.As[core.Module](v)
	return o != m && o.Parent != m
}

func moduleNames(m *core.Module, a []core.Value) (core.Value, error) {
	all, imported, usings := a[1].IsTrue(), a[2].IsTrue(), a[3].IsTrue()
	set := map[string]bool{}
	for s, b := range m.Bindings {
		switch {
		case b.Value.P == nil && b.Flags&core.BindDeclared == 0:
			continue
		case m.Exported[s] || m.Public[s]:
		case m.Parent == m && m.Name.Name == "Main" && s.Name != "eval" && s.Name != "include" && b.Owner == m && !isGuest(m, b.Value): // Main exports all that is defined in it
		case !all && !usings && !(imported && (b.Owner != m || isGuest(m, b.Value))):
			continue
		case (b.Owner != m || isGuest(m, b.Value)) && !imported:
			continue
		}
		set[s.Name] = true
		if d := core.TypeOf(b.Value); all && b.Value.P != nil && s.Name != "eval" && s.Name != "include" && d.Name.Module == m && d.Name.FuncName == s && d.Has(core.FlagFunction) {
			set[d.Name.Name.Name] = true // its type stands there too
		}
	}
	if all && m.PendingNames != nil {
		for _, s := range m.PendingNames() {
			set[s.Name] = true
		}
	}
	for s := range m.Exported {
		set[s.Name] = true
	}
	for s := range m.Public {
		set[s.Name] = true
	}
	if usings {
		for _, u := range m.Usings {
			for s := range u.Exported {
				set[s.Name] = true
			}
		}
	}
	names := make([]string, 0, len(set))
	for s := range set {
		if all || !strings.HasPrefix(s, "#") {
			names = append(names, s)
		}
	}
	sort.Strings(names)
	v := core.NewArray(core.VectorOf(core.SymbolType.Value()), len(names), nil)
	for i, s := range names {
		v.Set(i, core.Sym(s).Value())
	}
	return v.Value(), nil
}

// bindingParts serves binding_parts. A kind is a word: const, backdated, global (with its
// type), declared, implicit (with its value, or owner), ambiguous or guard.
func bindingParts(t *task.Task, a []core.Value) (core.Value, error) {
	if !a[0].Is(core.BindingType) {
		return core.Value{}, unexpected("binding_parts", core.BindingType, a[0])
	}
	b := core.As[core.Binding](a[0])
	var parts []core.Value
	add := func(since, until uint64, kind string, v core.Value) {
		parts = append(parts, makeTuple(core.Uint(since), core.Uint(until), core.Sym(kind).Value(), v))
	}
	m, s := b.Owner, b.Name
	switch found := m.Lookup(s); {
	case b.Value.P != nil && b.Flags&core.BindConst != 0:
		add(b.Since, core.Forever, "const", b.Value)
		first, v := b.Since, b.Value
		for i := len(b.Past) - 1; i >= 0; i-- {
			p := b.Past[i]
			add(p.Since, p.Until, "const", p.Value)
			first, v = p.Since, p.Value
		}
		if first > 0 {
			add(0, first-1, "backdated", v)
		}
	case b.Value.P != nil || b.Flags&core.BindTyped != 0:
		decl := b.Decl
		if decl.P == nil {
			decl = core.Any.Value()
		}
		add(0, core.Forever, "global", decl)
	case b.Flags&core.BindDeclared != 0:
		add(0, core.Forever, "declared", nothing)
	case found != nil && found != b && found.Flags&core.BindConst != 0:
		add(0, core.Forever, "implicit", found.Value)
	case found != nil && found != b:
		add(0, core.Forever, "implicit_global", core.ToValue(found))
	case m.Conflict(s) != nil:
		add(0, core.Forever, "ambiguous", nothing)
	default:
		add(0, core.Forever, "guard", nothing)
	}
	return makeTuple(m.Value(), s.Value(), makeTuple(parts...)), nil
}
