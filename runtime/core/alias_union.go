package core

// Aliases of unions, such as VecOrMat, in the text of types.

import (
	"slices"
	"strings"
)

// unionAlias is an alias that says some members of a union.
type unionAlias struct {
	alias
	env     []Value
	members []int
}

// showUnionAlias writes v, a union perhaps below wheres, as the alias that
// means all of it, if there is one.
func (p *Printer) showUnionAlias(b *strings.Builder, v Value) bool {
	members := UnionMembers(unwrap(v))
	for _, a := range p.unionAliases(v, members) {
		if len(a.members) == len(members) {
			p.writeAlias(b, v, &a.alias, a.env)
			return true
		}
	}
	return false
}

// aliasesCover reports whether v is a union all of whose members are written
// by aliases.
func (p *Printer) aliasesCover(v Value) bool {
	members := UnionMembers(unwrap(v))
	if len(members) < 2 {
		return false
	}
	covered := covers(p.unionAliases(v, members))
	for i, m := range members {
		if !covered[i] && (printsBare(m) || !p.showAlias(new(strings.Builder), m)) {
			return false
		}
	}
	return true
}

// union writes Union{...}: the members that no alias of a union says, then
// those aliases, then variables.
func (p *Printer) union(b *strings.Builder, v Value) {
	members := UnionMembers(v)
	var found []unionAlias
	if !p.NoAlias {
		found = p.unionAliases(v, members)
	}
	covered := covers(found)
	sep := "Union{"
	next := func() {
		b.WriteString(sep)
		sep = ", "
	}
	each := func(vars bool) {
		for i, m := range members {
			if !covered[i] && (TypeOf(m) == TypeVarType) == vars {
				next()
				p.show(b, m)
			}
		}
	}
	each(false)
	for _, a := range found {
		next()
		p.writeAlias(b, v, &a.alias, a.env)
	}
	each(true)
	b.WriteByte('}')
}

// covers is the set of the members that aliases say.
func covers(found []unionAlias) map[int]bool {
	s := map[int]bool{}
	for _, a := range found {
		for _, i := range a.members {
			s[i] = true
		}
	}
	return s
}

// unionAliases finds the aliases of unions with which to write v, whose members
// are given: first those of most members, then those of fewest parameters.
func (p *Printer) unionAliases(v Value, members []Value) []unionAlias {
	if p.RT == nil {
		return nil
	}
	var all []unionAlias
	for _, m := range p.modulesOf(v, nil) {
		if m == p.RT.Base {
			p.RT.loadUnionAliases(members)
		}
		for _, a := range p.RT.aliasesIn(m)[nil] {
			if u, ok := matchUnionAlias(members, a); ok && !p.bindsIn(v, u.env) {
				all = append(all, u)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b unionAlias) int {
		if c := len(b.members) - len(a.members); c != 0 {
			return c
		}
		return len(a.env) - len(b.env)
	})
	var found []unionAlias
	for _, a := range all {
		covered := covers(found)
		if slices.ContainsFunc(a.members, func(i int) bool { return !covered[i] }) {
			found = append(found, a)
		}
	}
	return found
}

// loadUnionAliases loads Base's aliases that could say members.
func (r *Runtime) loadUnionAliases(members []Value) {
	if r.Base.Pending == nil {
		return
	}
	for _, m := range members {
		if d, ok := IsDataType(unwrap(m)); ok {
			switch d.Name.Name.Name {
			case "Array":
				r.Base.Lookup(Sym("VecOrMat"))
			case "AbstractArray":
				r.Base.Lookup(Sym("AbstractVecOrMat"))
			case "DenseArray":
				r.Base.Lookup(Sym("DenseVecOrMat"))
			}
		}
	}
}

// matchUnionAlias finds members of a union that are together what a means with
// some parameters.
func matchUnionAlias(members []Value, a alias) (unionAlias, bool) {
	var vars []*TypeVar
	body := a.t
	for TypeOf(body) == UnionAllType {
		vars = append(vars, (*UnionAll)(body.P).Var)
		body = (*UnionAll)(body.P).Body
	}
	patterns := UnionMembers(body)
	env, chosen, ok := chooseMembers(members, patterns, vars, make([]Value, len(vars)), nil)
	if !ok || !fitsBounds(a.t, vars, env) {
		return unionAlias{}, false
	}
	return unionAlias{a, env, chosen}, true
}

// chooseMembers picks a member for each pattern, none of them twice, and fills
// env so that they are the same.
func chooseMembers(members, patterns []Value, vars []*TypeVar, env []Value, chosen []int) ([]Value, []int, bool) {
	if len(patterns) == 0 {
		return env, chosen, true
	}
	for i, m := range members {
		if slices.Contains(chosen, i) {
			continue
		}
		tried := slices.Clone(env)
		if !unify(m, patterns[0], vars, tried) {
			continue
		}
		if e, c, ok := chooseMembers(members, patterns[1:], vars, tried, append(slices.Clone(chosen), i)); ok {
			return e, c, true
		}
	}
	return nil, nil, false
}
