package core

// Aliases: the names, such as Vector, under which types are printed.

import (
	"sort"
	"strings"
	"unsafe"
)

// alias is a constant of a module whose value is a type of another name.
type alias struct {
	mod  *Module
	name *Symbol
	t    Value
}

// aliasIndex lists aliases by the TypeName of the type below their wheres.
type aliasIndex struct {
	size int                   // bindings of the module when it was made
	by   map[*TypeName][]alias // those of unions under nil
}

// baseAliases lists Base's aliases by the name of their type, since they may be
// still to be loaded.
func baseAliases(name string) []string {
	switch name {
	case "Array":
		return []string{"Vector", "Matrix"}
	case "AbstractArray":
		return []string{"AbstractVector", "AbstractMatrix"}
	case "DenseArray":
		return []string{"DenseVector", "DenseMatrix"}
	case "Complex":
		return []string{"ComplexF16", "ComplexF32", "ComplexF64"}
	case "BitArray":
		return []string{"BitVector", "BitMatrix"}
	case "Fix":
		return []string{"Fix1", "Fix2"}
	case "Slices":
		return []string{"RowSlices", "ColumnSlices"}
	case "GenericIOBuffer":
		return []string{"IOBuffer"}
	}
	return nil
}

// aliasesOf returns the aliases that module m has for types named n.
func (r *Runtime) aliasesOf(m *Module, n *TypeName) []alias {
	if m == r.Base && m.Pending != nil {
		for _, a := range baseAliases(n.Name.Name) {
			m.Lookup(Sym(a))
		}
	}
	return r.aliasesIn(m)[n]
}

// aliasesIn returns the aliases that module m has now.
func (r *Runtime) aliasesIn(m *Module) map[*TypeName][]alias {
	x := r.aliases[m]
	if x == nil || x.size != len(m.Bindings)+len(m.Public) {
		x = &aliasIndex{size: len(m.Bindings) + len(m.Public), by: map[*TypeName][]alias{}}
		for name, bind := range m.Bindings {
			if bind.Flags&BindConst == 0 || bind.Value.P == nil || bind.Owner != m || !IsType(bind.Value) || m != r.Main && !m.Public[name] {
				continue
			}
			if TypeOf(unwrap(bind.Value)) == UnionType {
				x.by[nil] = append(x.by[nil], alias{m, name, bind.Value})
				continue
			}
			d, ok := IsDataType(unwrap(bind.Value))
			if !ok || d.Name.Wrapper == bind.Value {
				continue
			}
			if d.Name == ArrayName && d.Params[0].P == unsafe.Pointer(Bool) {
				continue // BitVector and its like are made of plain Bools; they name no other array
			}
			x.by[d.Name] = append(x.by[d.Name], alias{m, name, bind.Value})
		}
		for _, l := range x.by {
			sort.Slice(l, func(i, j int) bool { return l[i].name.Name < l[j].name.Name })
		}
		if r.aliases == nil {
			r.aliases = map[*Module]*aliasIndex{}
		}
		r.aliases[m] = x
	}
	return x.by
}

// showAlias writes v through the alias that names it best, if there is one.
func (p *Printer) showAlias(b *strings.Builder, v Value) bool {
	if TypeOf(unwrap(v)) == UnionType {
		return p.showUnionAlias(b, v)
	}
	d, ok := IsDataType(unwrap(v))
	if !ok || p.RT == nil || d.Name == TupleName || d == Any {
		return false
	}
	var best *alias
	var bestEnv []Value
	mods := p.modulesOf(v, nil)
	for _, m := range mods {
		for _, a := range p.RT.aliasesOf(m, d.Name) {
			env, ok := matchAlias(v, a.t)
			if ok && !p.bindsIn(v, env) && (best == nil || len(env) < len(bestEnv)) {
				best, bestEnv = &a, env
			}
		}
	}
	if best == nil {
		return false
	}
	p.writeAlias(b, v, best, bestEnv)
	return true
}

// writeAlias writes v as alias a with the parameters in env.
func (p *Printer) writeAlias(b *strings.Builder, v Value, a *alias, env []Value) {
	var wheres []*TypeVar
	q := *p
	for u := v; TypeOf(u) == UnionAllType; u = (*UnionAll)(u.P).Body {
		wheres = append(wheres, (*UnionAll)(u.P).Var)
	}
	q.env = append(q.env[:len(q.env):len(q.env)], wheres...)
	if !p.Compact && (p.From == nil || !p.visible(a.name, a.mod)) {
		b.WriteString(a.mod.Path())
		b.WriteByte('.')
	}
	b.WriteString(quoteName(a.name.Name))
	var orig []Value
	for u := a.t; TypeOf(u) == UnionAllType; u = (*UnionAll)(u.P).Body {
		orig = append(orig, (*UnionAll)(u.P).Var.Value())
	}
	p.wheres(b, q.params(b, env, orig, wheres))
}

// bindsIn reports whether a parameter is made of variables that stand around
// v: Array{Vector{T}, 1} where T is not written as an alias of vectors.
func (p *Printer) bindsIn(v Value, env []Value) bool {
	vars := p.env
	for u := v; TypeOf(u) == UnionAllType; u = (*UnionAll)(u.P).Body {
		vars = append(vars[:len(vars):len(vars)], (*UnionAll)(u.P).Var)
	}
	for _, e := range env {
		if TypeOf(e) == TypeVarType {
			continue
		}
		for _, w := range vars {
			if occursFree(e, w) {
				return true
			}
		}
	}
	return false
}

// modulesOf lists the modules whose names may say v: those of the type and of the members
// of a union, not of parameters; Base for Core.
func (p *Printer) modulesOf(v Value, ms []*Module) []*Module {
	if v.P == nil {
		return ms
	}
	switch TypeOf(v) {
	case UnionAllType:
		return p.modulesOf((*UnionAll)(v.P).Body, ms)
	case UnionType:
		u := (*Union)(v.P)
		return p.modulesOf(u.B, p.modulesOf(u.A, ms))
	case DataTypeType:
		d := (*DataType)(v.P)
		m := d.Name.Module
		if m == nil || m.Name == p.RT.Core.Name {
			m = p.RT.Base
		}
		known := false
		for _, o := range ms {
			known = known || o == m
		}
		if !known {
			ms = append(ms, m)
		}
	}
	return ms
}

// matchAlias finds the parameters with which alias a makes exactly v.
func matchAlias(v, a Value) ([]Value, bool) {
	if TypeOf(a) != UnionAllType {
		return nil, sameParam(v, a)
	}
	var vars []*TypeVar
	body := a
	for TypeOf(body) == UnionAllType {
		vars = append(vars, (*UnionAll)(body.P).Var)
		body = (*UnionAll)(body.P).Body
	}
	env := make([]Value, len(vars))
	if !unify(unwrap(v), body, vars, env) {
		return nil, false
	}
	return env, fitsBounds(a, vars, env) && sameParam(unwrap(v), Subst(body, vars, env))
}

// fitsBounds reports whether all variables of alias a have a value that it may have.
func fitsBounds(a Value, vars []*TypeVar, env []Value) bool {
	for i := range env {
		if env[i].P == nil {
			return false
		}
		if TypeOf(env[i]) != TypeVarType && checkBound(a, vars[i], env[i]) != nil {
			return false
		}
		if TypeOf(env[i]) == TypeVarType && !HasFree(vars[i].Upper) && !Subtype((*TypeVar)(env[i].P).Upper, vars[i].Upper) {
			return false
		}
	}
	return true
}

// unify fills env so that pattern, with vars replaced, is v.
func unify(v, pattern Value, vars []*TypeVar, env []Value) bool {
	if TypeOf(pattern) == TypeVarType {
		if i := indexVar(vars, (*TypeVar)(pattern.P)); i >= 0 {
			if env[i].P != nil {
				return sameParam(env[i], v)
			}
			env[i] = v
			return true
		}
	}
	if d, ok := IsDataType(pattern); ok && d.Has(FlagHasFree) {
		e, ok := IsDataType(v)
		if !ok || e.Name != d.Name || len(e.Params) != len(d.Params) {
			return false
		}
		for i := range d.Params {
			if !unify(e.Params[i], d.Params[i], vars, env) {
				return false
			}
		}
		return true
	}
	return sameParam(v, pattern)
}
