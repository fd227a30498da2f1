package task

import (
	"slices"
	"unsafe"

	"weft/runtime/core"
)

// This file finds out what code can get at by name: the part of reachability that tells
// whether other tasks can wake one that waits.
//
// A task's code is that of its frames, of the functions and callable objects that it holds,
// and of what these name. Only code of programs counts; functions of Base and the standard library work on
// what they are given, except for those in reflective. What cannot be told counts as reaching
// everything.

// reflective are names that give code a hold of what it neither names nor is given.
var reflective = map[string]bool{
	"eval": true, "include": true, "include_string": true, "evalfile": true, "getglobal": true, "setglobal!": true,
	"parentmodule": true, "moduleroot": true, "active_module": true, "loaded_modules": true, "require": true,
	"roottask": true, "deserialize": true, "module": true, "code": true,
	"tasks": true, "channels": true, "stuck": true, "cancel": true, // of Weft
}

// codeLimit bounds the functions looked at: some of them have to be compiled for it.
const codeLimit = 2000

// named is what a walker knows about code.
type named struct {
	codes  map[unsafe.Pointer]bool
	types  map[*core.DataType]bool
	tables map[*core.TypeName]bool
	mods   map[*core.Module]bool
	added  []extension
	free   bool // something was found that may reach everything
}

// extension is a method by which a program extends a function of Base. It can be called
// when there may be objects of the program's types that its signature names.
type extension struct {
	method *core.Method
	needs  []*core.TypeName
}

func newNamed() *named {
	return &named{codes: map[unsafe.Pointer]bool{}, types: map[*core.DataType]bool{}, tables: map[*core.TypeName]bool{}, mods: map[*core.Module]bool{}}
}

// code follows what a function of a program names.
func (w *walker) code(c unsafe.Pointer) {
	n := w.names
	if c == nil || n.free || n.codes[c] {
		return
	}
	n.codes[c] = true
	if len(n.codes) > codeLimit || !w.s.Engine.Uses(c, w.constant, w.global) {
		n.free = true
	}
}

// constant follows a value that stands in code.
func (w *walker) constant(v core.Value) {
	if v.P != nil && v.Is(core.SymbolType) && reflective[core.As[core.Symbol](v).Name] {
		w.names.free = true // Main.eval, getfield(m, :eval)
	}
	w.add(v)
}

// global follows a global variable that code names.
func (w *walker) global(b *core.Binding) {
	if reflective[b.Name.Name] {
		w.names.free = true
	}
	w.add(b.Value)
}

// called follows the methods that a value has if it is called, or makes objects.
func (w *walker) called(v core.Value, t *core.DataType) {
	n := w.names
	switch {
	case t == core.ModuleType:
		w.module(core.As[core.Module](v))
	case t == core.GlobalRefType || t == core.BindingType:
		n.free = true
	}
	w.typ(t.Value())
	if core.IsType(v) {
		w.typ(v)
	}
}

// typ notes a type that is at hand, with its parameters and the types of its fields.
func (w *walker) typ(v core.Value) {
	if v.P == nil {
		return
	}
	d, ok := core.IsDataType(v)
	switch {
	case v.Is(core.UnionAllType):
		w.typ(core.As[core.UnionAll](v).Body)
	case v.Is(core.UnionType):
		w.typ(core.As[core.Union](v).A)
		w.typ(core.As[core.Union](v).B)
	case ok && !w.names.types[d]:
		w.names.types[d] = true
		w.table(d.Name)
		for _, p := range d.Params {
			w.typ(p)
		}
		if d.Kind == core.KindObject || d.Kind == core.KindBits {
			for _, f := range d.Fields() {
				w.typ(f)
			}
		}
	}
}

// module follows the variables of a program's module: one that is at hand can be asked for any.
func (w *walker) module(m *core.Module) {
	n := w.names
	if n.mods[m] || w.s.RT.OfSystem(m) {
		return
	}
	n.mods[m] = true
	for _, b := range m.Bindings {
		w.add(b.Value)
	}
}

// table follows the methods of programs in the table of a type's objects, of which there
// may be some.
func (w *walker) table(tn *core.TypeName) {
	n := w.names
	if tn == nil || n.tables[tn] {
		return
	}
	n.tables[tn] = true
	if tn.Primary != nil && tn.Primary.Super != nil {
		w.table(tn.Primary.Super.Name)
	}
	if mt := w.s.RT.Tables[tn]; mt != nil && !w.s.RT.OfSystem(tn.Module) {
		for _, m := range mt.Methods {
			w.method(m)
		}
	}
}

func (w *walker) method(m *core.Method) {
	if w.names.free || w.s.RT.OfSystem(m.Module) {
		return
	}
	if c := w.s.Engine.Body(m); c != nil {
		w.code(c)
	} else {
		w.names.free = true
	}
}

// extend follows the extensions that can be called by now. It reports whether there was one.
func (w *walker) extend() bool {
	n, some := w.names, false
	n.added = slices.DeleteFunc(n.added, func(x extension) bool {
		if slices.ContainsFunc(x.needs, func(tn *core.TypeName) bool { return !n.tables[tn] }) {
			return false
		}
		w.method(x.method)
		some = true
		return true
	})
	return some
}

// needs adds the types of programs that an argument's type names.
func (w *walker) needs(out []*core.TypeName, t core.Value) []*core.TypeName {
	switch d, ok := core.IsDataType(t); {
	case ok && !w.s.RT.OfSystem(d.Name.Module):
		return append(out, d.Name)
	case ok && d.Name == core.TypeTypeName && len(d.Params) == 1:
		return w.needs(out, d.Params[0])
	case t.Is(core.UnionAllType):
		return w.needs(out, core.As[core.UnionAll](t).Body)
	case t.Is(core.TypeVarType):
		return w.needs(out, core.As[core.TypeVar](t).Upper)
	}
	return out
}

// hidden follows what is in an object of the system.
func (w *walker) hidden(v core.Value, t *core.DataType) {
	switch t {
	case core.TaskType:
		o := core.As[Task](v)
		if !o.Started {
			w.frames(o) // who has hold of it may start it
		}
		w.add(o.Result)
		if o.Ext != nil {
			w.add(o.Ext.Storage)
		}
	case core.SimpleVectorType:
		for _, x := range (*core.SimpleVector)(v.P).Elems {
			w.add(x)
		}
	}
}

// shared adds what all code of Base may have to do with: the objects that its global
// variables hold, and the methods by which programs extend its functions.
func (w *walker) shared() {
	seen := map[*core.Module]bool{}
	var visit func(m *core.Module)
	visit = func(m *core.Module) {
		if seen[m] {
			return
		}
		seen[m] = true
		for _, b := range m.Bindings {
			switch v := b.Value; {
			case v.P == nil || b.Owner != m:
			case v.Is(core.ModuleType):
				if o := core.As[core.Module](v); w.s.RT.OfSystem(o) {
					visit(o)
				}
			case v.Is(core.TaskType): // the root task, which is no variable of anybody's
			default:
				if k := core.TypeOf(v).Kind; k == core.KindObject || k == core.KindArray {
					w.add(v)
				}
			}
		}
	}
	visit(w.s.RT.Base)
	if b := w.s.RT.Base.Own(core.Sym("__toplevel__")); b != nil { // what the standard library's modules stand in
		visit(core.As[core.Module](b.Value))
	}
	for tn, mt := range w.s.RT.Tables {
		if !w.s.RT.OfSystem(tn.Module) {
			continue
		}
		for _, m := range mt.Methods {
			if !w.s.RT.OfSystem(m.Module) {
				x := extension{method: m}
				for _, p := range m.SigTup.Params {
					x.needs = w.needs(x.needs, p)
				}
				w.names.added = append(w.names.added, x)
			}
		}
	}
}
