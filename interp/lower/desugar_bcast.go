package lower

// This file desugars dotted calls: nested ones fuse into one
// Base.broadcasted tree, which is materialized at the outside.

import "weft/runtime/core"

// lowerBroadcast lowers a dotted call or assignment that no other dotted call
// surrounds.
func (d *desugarer) lowerBroadcast(v core.Value, want bool) *Form {
	if e := exprHead(v, ".="); e != nil {
		return d.lowerDotAssign(d.arg(e, 0), d.bcArg(d.arg(e, 1)))
	}
	if f := d.bcCall(v); f != nil {
		return d.base("materialize", f)
	}
	d.fail("malformed dotted call \"" + describe(v) + "\"")
	return nil
}

// bcArg lowers an operand of a dotted call: dotted calls in it join the tree.
func (d *desugarer) bcArg(v core.Value) *Form {
	if f := d.bcCall(v); f != nil {
		return f
	}
	return d.expr(v)
}

func (d *desugarer) bcOperands(vs []core.Value) []operand {
	os := make([]operand, len(vs))
	for i, v := range vs {
		if e := exprHead(v, "..."); e != nil {
			os[i] = operand{d.expr(d.arg(e, 0)), true}
		} else {
			os[i] = operand{d.bcArg(v), false}
		}
	}
	return os
}

func (d *desugarer) bcApply(f *Form, os []operand) *Form {
	c := d.apply(d.inBase("broadcasted"), append([]operand{{f: f}}, os...))
	c.Flags |= Gen
	return c
}

// bcCall lowers v to a broadcasted tree if it is a dotted call, else gives nil.
func (d *desugarer) bcCall(v core.Value) *Form {
	e := exprOf(v)
	if e == nil {
		return nil
	}
	switch e.Head.Name {
	case "call":
		op, ok := dotOperator(d.arg(e, 0))
		if !ok {
			return nil
		}
		as := args(e)[1:]
		if nameOf(op) == core.Sym("^") {
			if f := d.literalPow(op, as, true); f != nil {
				return f
			}
		}
		return d.bcDotted(op, as)
	case "<:", ">:":
		return nil
	case ".&&", ".||":
		name := "andand"
		if e.Head.Name == ".||" {
			name = "oror"
		}
		return d.bcApply(d.inBase(name), []operand{{f: d.bcArg(d.arg(e, 0))}, {f: d.bcArg(d.arg(e, 1))}})
	case ".":
		if e.Args.Len != 2 {
			return nil
		}
		as := exprHead(e.Args.Get(1), "tuple")
		if as == nil {
			if q, ok := quoted(e.Args.Get(1)); ok {
				as = exprHead(q, "tuple")
			}
		}
		if as == nil {
			return nil
		}
		return d.bcDotted(e.Args.Get(0), args(as))
	case "comparison":
		return d.bcComparison(args(e))
	}
	return nil
}

func (d *desugarer) bcDotted(f core.Value, as []core.Value) *Form {
	pos, kws := d.splitArgs(as)
	if len(kws) > 0 {
		os := append([]operand{{f: d.expr(f)}}, d.bcOperands(pos)...)
		return d.kwCall(d.inBase("broadcasted_kwsyntax"), os, kws, describe(f))
	}
	callee := d.expr(f)
	return d.bcApply(callee, d.bcOperands(pos))
}

// bcComparison lowers a chain with dotted comparisons to their .& .
func (d *desugarer) bcComparison(as []core.Value) *Form {
	dotted := false
	for i := 1; i < len(as); i += 2 {
		_, ok := dotOperator(as[i])
		dotted = dotted || ok
	}
	if !dotted || len(as)%2 == 0 {
		return nil
	}
	var pre []*Form
	left := d.bcArg(as[0])
	var all *Form
	for i := 1; i+1 < len(as); i += 2 {
		right := d.bcArg(as[i+1])
		if i+2 < len(as) {
			right = d.hold(right, &pre)
		}
		var one *Form
		if op, ok := dotOperator(as[i]); ok {
			one = d.base("broadcasted", d.expr(op), left, right)
		} else {
			one = d.call(d.expr(as[i]), left, right)
		}
		if all == nil {
			all = one
		} else {
			all = d.base("broadcasted", d.inBase("&"), all, one)
		}
		left = dup(right)
	}
	return d.with(pre, all)
}

// lowerDotAssign lowers lhs .= rhs, rhs being a broadcasted tree or a value.
func (d *desugarer) lowerDotAssign(lhs core.Value, rhs *Form) *Form {
	return d.base("materialize!", d.dotTarget(lhs), d.asBroadcast(rhs))
}

func (d *desugarer) asBroadcast(rhs *Form) *Form {
	f := rhs
	if f.Kind == Block && len(f.Kids) > 0 {
		f = f.Kids[len(f.Kids)-1]
	}
	if (f.Kind == Call || f.Kind == Apply) && f.Flags&Gen != 0 {
		if c := f.Kids[0]; c.Kind == Global && c.Mod == d.rt.Base && (c.Sym.Name == "broadcasted" || c.Sym.Name == "broadcasted_kwsyntax") {
			return rhs
		}
		if c := f.Kids[0]; c.Kind == Global && c.Mod == d.rt.Core && c.Sym.Name == "kwcall" && len(f.Kids) > 2 && f.Kids[2].Kind == Global && f.Kids[2].Sym.Name == "broadcasted_kwsyntax" {
			return rhs
		}
	}
	return d.base("broadcasted", d.inBase("identity"), rhs)
}

// dotTarget lowers what .= writes into: views of indexed things and fields.
func (d *desugarer) dotTarget(lhs core.Value) *Form {
	e := exprOf(lhs)
	if e == nil {
		return d.expr(lhs)
	}
	switch {
	case e.Head.Name == "ref":
		ix := d.index(e)
		c := d.apply(d.inBase("dotview"), append([]operand{{f: ix.arr}}, ix.idx...))
		c.Flags |= Gen
		return d.with(ix.pre, c)
	case e.Head.Name == "." && e.Args.Len == 2 && exprHead(e.Args.Get(1), "tuple") == nil:
		return d.base("dotgetproperty", d.expr(e.Args.Get(0)), d.fieldName(e.Args.Get(0), e.Args.Get(1)))
	}
	return d.expr(lhs)
}
