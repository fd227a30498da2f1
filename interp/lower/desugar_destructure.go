package lower

// This file desugars assignments to several targets: by position, with a slurp, and by
// the names of properties.

import (
	"slices"

	"weft/runtime/core"
)

// lowerTupleAssign lowers (a, b, ...) = rhs.
func (d *desugarer) lowerTupleAssign(l *core.Expr, rhs core.Value, want bool) *Form {
	lhs := args(l)
	if r := exprHead(rhs, "tuple"); r != nil && !hasSplat(lhs) && !hasSplat(args(r)) && r.Args.Len == len(lhs) && len(lhs) > 0 {
		return d.assignEach(lhs, args(r), want)
	}
	var pre []*Form
	v := d.temp(d.expr(rhs), &pre)
	pre = append(pre, d.destructure(lhs, dup(v))...)
	if !want {
		return d.form(Block, append(pre, d.nothing())...)
	}
	return d.form(Block, append(pre, dup(v))...)
}

// assignEach lowers (a, b) = (c, d). A value that is no more than a name or a constant
// is assigned to its variable at once, if neither has to do with the rest; the others
// are all computed before they are assigned.
func (d *desugarer) assignEach(lhs, rhs []core.Value, want bool) *Form {
	var pre []*Form
	vals := make([]*Form, len(lhs))
	var later []int
	for i, v := range rhs {
		vals[i] = d.expr(v)
		switch {
		case assignedAtOnce(lhs, rhs, i):
			pre = append(pre, drop(d.assignTo(lhs[i], dup(vals[i]), false)))
			continue
		case i == len(rhs)-1 && !want && distinctNames(lhs): // needs no temporary if it is assigned first
			pre = append(pre, drop(d.assignTo(lhs[i], vals[i], false)))
			continue
		}
		vals[i] = d.temp(vals[i], &pre)
		later = append(later, i)
	}
	for _, i := range later {
		pre = append(pre, drop(d.assignTo(lhs[i], dup(vals[i]), false)))
	}
	if !want {
		return d.form(Block, append(pre, d.nothing())...)
	}
	for i := range vals {
		vals[i] = dup(vals[i])
	}
	return d.form(Block, append(pre, d.core("tuple", vals...))...)
}

// assignedAtOnce reports whether rhs[i] is assigned to lhs[i] before the values behind
// it are computed.
func assignedAtOnce(lhs, rhs []core.Value, i int) bool {
	to := symOf(lhs[i])
	if to == nil {
		return false
	}
	if e := exprOf(rhs[i]); e != nil && e.Head.Name != "quote" && e.Head.Name != "inert" {
		return false
	}
	from := symOf(rhs[i])
	return !slices.ContainsFunc(rhs[i+1:], func(v core.Value) bool { return mentions(v, to) }) &&
		(from == nil || !slices.Contains(lhs, rhs[i]))
}

// distinctNames reports whether vs are different identifiers.
func distinctNames(vs []core.Value) bool {
	for i, v := range vs {
		if symOf(v) == nil || isUnderscores(symOf(v).Name) {
			return false
		}
		for _, w := range vs[:i] {
			if v == w {
				return false
			}
		}
	}
	return true
}

func hasSplat(vs []core.Value) bool {
	for _, v := range vs {
		if e := exprOf(v); e != nil && (e.Head.Name == "..." || e.Head.Name == "parameters" || e.Head.Name == "=" || e.Head.Name == "kw") {
			return true
		}
	}
	return false
}

// destructure assigns the parts of the simple form v to lhs.
func (d *desugarer) destructure(lhs []core.Value, v *Form) []*Form {
	if len(lhs) == 0 {
		return nil
	}
	if p := exprHead(lhs[0], "parameters"); p != nil {
		if len(lhs) > 1 {
			d.fail("invalid assignment location \"" + describe(makeExpr("tuple", lhs...)) + "\"")
		}
		return d.destructureProps(args(p), v)
	}
	slurp := -1
	for i, x := range lhs {
		if e := exprHead(x, "..."); e != nil {
			if slurp >= 0 {
				d.fail("multiple \"...\" on lhs of assignment")
			}
			slurp = i
		}
	}
	var out []*Form
	targets := make([]*Form, len(lhs))
	for i := range lhs {
		targets[i] = tempForm(newTemp(), d.line)
	}
	if slurp >= 0 && slurp < len(lhs)-1 {
		return d.destructureMiddle(lhs, slurp, v, targets)
	}
	take := d.form(Destructure, append([]*Form{v}, targets...)...)
	take.Index = slurp
	out = append(out, drop(take))
	return d.assignTargets(out, lhs, slurp, targets)
}

// assignTargets appends to out the assignments of targets to lhs, whose part slurp slurps.
func (d *desugarer) assignTargets(out []*Form, lhs []core.Value, slurp int, targets []*Form) []*Form {
	for i, x := range lhs {
		if i == slurp {
			x = d.arg(exprOf(x), 0)
		}
		out = append(out, drop(d.assignTo(x, dup(targets[i]), false)))
	}
	return out
}

// destructureMiddle takes apart with something behind the part that slurps.
func (d *desugarer) destructureMiddle(lhs []core.Value, slurp int, v *Form, targets []*Form) []*Form {
	after := len(lhs) - 1 - slurp
	rest, tail := tempForm(newTemp(), d.line), tempForm(newTemp(), d.line)
	var out []*Form
	first := d.form(Destructure, append(append([]*Form{v}, targets[:slurp]...), rest)...)
	first.Index = slurp
	out = append(out, drop(first))
	split := d.form(Destructure, d.base("split_rest", dup(rest), d.integer(after)), targets[slurp], tail)
	split.Index = -1
	out = append(out, drop(split))
	last := d.form(Destructure, append([]*Form{dup(tail)}, targets[slurp+1:]...)...)
	last.Index = -1
	out = append(out, drop(last))
	return d.assignTargets(out, lhs, slurp, targets)
}

// destructureProps lowers (; a, b) = v.
func (d *desugarer) destructureProps(names []core.Value, v *Form) []*Form {
	var out []*Form
	for _, n := range names {
		key := n
		if t := exprHead(n, "::"); t != nil && t.Args.Len == 2 {
			key = t.Args.Get(0)
		}
		s := nameOf(key)
		if s == nil {
			d.fail("invalid assignment location \"" + describe(n) + "\"")
		}
		out = append(out, drop(d.assignTo(n, d.base("getproperty", dup(v), d.sym(s)), false)))
	}
	return out
}

// patternNames adds the variables that the pattern lhs assigns.
func (d *desugarer) patternNames(lhs core.Value, out []core.Value) []core.Value {
	if s := nameOf(lhs); s != nil {
		if isUnderscores(s.Name) {
			return out
		}
		return append(out, lhs)
	}
	e := exprOf(lhs)
	if e == nil {
		return out
	}
	switch e.Head.Name {
	case "::", "...", "curly", "kw":
		if e.Args.Len > 0 && !(e.Head.Name == "::" && e.Args.Len == 1) {
			return d.patternNames(e.Args.Get(0), out)
		}
	case "tuple", "parameters":
		for _, v := range args(e) {
			out = d.patternNames(v, out)
		}
	}
	return out
}
