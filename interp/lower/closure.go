package lower

import (
	"fmt"

	"weft/runtime/core"
)

// This file is the closure pass: which variables inner functions capture, what
// closure types are called, and which variables live in boxes.

// captures computes the variables of enclosing functions that fn needs, and of
// all functions inside it.
func captures(fn *Function) []*Var {
	in := fn.info
	if in == nil || in.free {
		return fn.Captures
	}
	in.free = true
	seen := map[*Var]bool{}
	add := func(v *Var) {
		if v.Owner == fn || seen[v] || in.self(v) {
			return
		}
		seen[v] = true
		v.Captured = true
		fn.Captures = append(fn.Captures, v)
	}
	for _, v := range in.uses {
		add(v)
	}
	for _, g := range in.inner {
		for _, v := range g.captured() {
			if v.Owner == fn {
				if _, ok := in.used[v]; !ok {
					in.uses = append(in.uses, v)
				}
				in.count(v, 1)
			}
			add(v)
		}
	}
	return fn.Captures
}

// self reports whether v is the name of the closure that the function belongs
// to: it then reads it from its own argument slot.
func (in *fnInfo) self(v *Var) bool {
	return in.group != nil && in.group.v == v && in.group.pure()
}

// captured computes the variables that the closure of g holds.
func (g *group) captured() []*Var {
	if g.done {
		return g.captures
	}
	g.done = true
	seen := map[*Var]bool{}
	for _, m := range g.methods {
		for _, v := range captures(m.Fn) {
			if !seen[v] {
				seen[v] = true
				g.captures = append(g.captures, v)
			}
		}
	}
	return g.captures
}

// field returns the number of v among the captured values of g.
func (g *group) field(v *Var) int {
	for i, c := range g.captures {
		if c == v {
			return i
		}
	}
	return -1
}

// boxes decides which captured variables of fn and the functions in it need a
// box on account of their assignments; the flow analysis adds those that are
// captured before they are assigned.
func boxes(fn *Function) {
	for _, v := range fn.info.vars {
		n := v.Assigned
		if v.Arg >= 0 {
			n++
		}
		if v.Group != nil {
			n += v.groups
		}
		if v.Captured && v.SP == 0 && (n > 1 || fn.info.labels != nil && v.Arg < 0) {
			v.Boxed = true
		}
	}
	for _, g := range fn.info.inner {
		for _, m := range g.methods {
			if m.Fn != nil && m.Fn.info != nil {
				boxes(m.Fn)
			}
		}
	}
}

// counter gives the next number for closure names in module m, counted within
// the top-level function outer when there is one.
func counter(m *core.Module, outer string) int {
	if m.Gensym == nil {
		m.Gensym = map[string]int{}
	}
	if outer == "" {
		m.Gensym[outer]++
		return m.Gensym[outer]
	}
	n := m.Gensym[outer]
	m.Gensym[outer]++
	return n
}

// closureName makes a name "#base#N", at top level, or "#base#outer##N".
func closureName(m *core.Module, outer, base string) string {
	n := counter(m, outer)
	if len(base) > 0 && base[0] != '#' {
		base = "#" + base
	}
	if outer == "" {
		return fmt.Sprintf("%s#%d", base, n)
	}
	return fmt.Sprintf("%s#%s##%d", base, outer, n)
}

// closureType makes the type of the closure g in module m.
func (g *group) closureType(m *core.Module, outer string) *core.DataType {
	if g.typ != nil {
		return g.typ
	}
	fname := ""
	if g.v != nil && g.v.Sym != nil {
		fname = g.v.Sym.Name
	} else if n := g.methods[0].Fn.Name; n != nil {
		fname = n.Name
	}
	if fname == "" {
		fname = closureName(m, outer, "")
	}
	tname := closureName(m, outer, fname)
	t := core.NewOpaque(tname, core.FunctionType, false)
	t.Name.Module = m
	t.Name.FuncName = core.Sym(fname)
	t.Flags = core.FlagConcrete | core.FlagClosure | core.FlagLaidOut
	for _, v := range g.captures {
		t.Name.FieldNames = append(t.Name.FieldNames, varSym(v))
		ft := core.Any.Value()
		if v.Boxed {
			ft = core.BoxType.Value()
		}
		t.Name.FieldDecl = append(t.Name.FieldDecl, ft)
		t.Name.ConstFields = append(t.Name.ConstFields, v.SP > 0)
	}
	t.FieldTypes = t.Name.FieldDecl
	t.Name.NInit = len(g.captures)
	t.Size = uint32(8 * len(g.captures))
	if len(g.captures) == 0 {
		t.Kind = core.KindSingleton
		t.Flags |= core.FlagIsBits
		t.Size, t.Align = 0, 1
		t.Instance = core.Bits(t, 0)
		g.inst = t.Instance
	} else {
		t.Kind = core.KindObject
	}
	g.typ = t
	return t
}

// varSym is the name of v for messages and field names.
func varSym(v *Var) *core.Symbol {
	if v.Sym == nil {
		return core.Sym("#temp#")
	}
	return v.Sym
}
