package prim

// Docstrings: lowering and Docs.doc! put them away, Base.Docs asks for them.

import (
	"maps"
	"slices"
	"strings"

	"weft/runtime/core"
	"weft/runtime/task"
)

var docTable = []entry{
	{"set_doc", 7, 7, "set_doc(from, owner, name, text, sig, fields, line): module from documents a name of owner", func(t *task.Task, a []core.Value) (core.Value, error) {
		for _, m := range a[:2] {
			if !m.Is(core.ModuleType) {
				return core.Value{}, unexpected("@doc", core.ModuleType, m)
			}
		}
		s, err := textArg("@doc", a[2])
		if err != nil {
			return core.Value{}, err
		}
		name, owner := core.Sym(s), core.As[core.Module](a[1])
		from := core.As[core.Module](a[0])
		if b := owner.Bindings[name]; b != nil && b.Owner != nil {
			owner = b.Owner
			if m := b.Submodule(); m != nil && m.Parent == from { // it speaks of itself
				from, owner = m, m
			}
		}
		if owner == t.Sched.RT.Base && owner.Bindings[name] == nil {
			for _, u := range owner.Usings {
				if b := u.Bindings[name]; b != nil && b.Value.P != nil {
					owner = b.Owner
				}
			}
		}
		d := &core.Doc{From: from, Text: a[3], Sig: a[4], Fields: a[5], Line: a[6]}
		d.Taken = core.IsType(d.Sig)
		t.Sched.RT.AddDoc(owner, name, d)
		return nothing, nil
	}},
	{"get_doc", 2, 2, "the text of the documentation of a name in m, or nothing", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("@doc", a[1])
		if err != nil {
			return core.Value{}, err
		}
		if text := m.DocText(core.Sym(s)); text != "" {
			return core.MakeString(text), nil
		}
		return nothing, nil
	})},
	{"take_docs", 2, 2, "take_docs(owner, name): docstrings that were not taken yet, each (from, text, sig, fields, line)", onModule(func(m *core.Module, a []core.Value) (core.Value, error) {
		s, err := textArg("@doc", a[1])
		if err != nil {
			return core.Value{}, err
		}
		var all []core.Value
		for _, d := range m.Docs[core.Sym(s)] {
			if !d.Taken {
				d.Taken = true
				all = append(all, core.Svec(d.From.Value(), d.Text, d.Sig, d.Fields, d.Line))
			}
		}
		return core.Svec(all...), nil
	})},
	{"doc_names", 1, 1, "the names of m that are documented", onModule(func(m *core.Module, _ []core.Value) (core.Value, error) {
		names := slices.SortedFunc(maps.Keys(m.Docs), func(a, b *core.Symbol) int { return strings.Compare(a.Name, b.Name) })
		all := make([]core.Value, len(names))
		for i, s := range names {
			all[i] = s.Value()
		}
		return core.Svec(all...), nil
	})},
	{"doc_modules", 0, 0, "the modules that own documented names", func(t *task.Task, _ []core.Value) (core.Value, error) {
		var all []core.Value
		for _, m := range t.Sched.RT.Documented {
			all = append(all, m.Value())
		}
		return core.Svec(all...), nil
	}},
}
