package boot

// This file looks into top-level loops that define methods.

import (
	"slices"

	"weft/runtime/core"
)

// definitions are what a statement defines: the statement itself, or what the loop
//
//	for f in (:sin, :cos)
//	    @eval $f(x::T) = ...
//	end
//
// evaluates. Of other loops they are the loop itself.
func definitions(ex core.Value) []core.Value {
	if head(ex) != "for" {
		return []core.Value{ex}
	}
	if all := unroll(ex); all != nil {
		return all
	}
	return []core.Value{ex}
}

// unroll lists what a loop over written names evaluates, nil if it does more.
func unroll(ex core.Value) (all []core.Value) {
	spec := arg(ex, 0)
	if head(spec) != "=" || head(arg(spec, 1)) != "tuple" {
		return nil
	}
	for _, it := range args(arg(spec, 1)) {
		vars := map[string]core.Value{}
		if v := arg(spec, 0); head(v) == "tuple" {
			parts := args(it)
			if head(it) != "tuple" || len(parts) != len(args(v)) {
				return nil
			}
			for i, n := range args(v) {
				vars[name(n)] = quoted(parts[i])
			}
		} else {
			vars[name(v)] = quoted(it)
		}
		for _, st := range args(arg(ex, 1)) {
			if st.Is(core.LineNumberNodeType) {
				continue
			}
			if head(st) != "macrocall" || name(arg(st, 0)) != "@eval" {
				return nil
			}
			all = append(all, statementsOf(filled(arg(st, len(args(st))-1), vars))...)
		}
	}
	return all
}

// quoted is what a quoted literal stands for; other values are left as they are.
func quoted(v core.Value) core.Value {
	if v.Is(core.QuoteNodeType) {
		return core.As[core.QuoteNode](v).V
	}
	if head(v) == "quote" {
		return arg(v, 0)
	}
	return v
}

// statementsOf are the statements of a block, or a single one.
func statementsOf(v core.Value) (all []core.Value) {
	if head(v) != "block" {
		return []core.Value{v}
	}
	for _, st := range args(v) {
		if !st.Is(core.LineNumberNodeType) {
			all = append(all, st)
		}
	}
	return all
}

// filled puts the values of variables for $var.
func filled(v core.Value, vars map[string]core.Value) core.Value {
	if head(v) == "$" {
		if x, ok := vars[name(arg(v, 0))]; ok {
			return x
		}
	}
	as := args(v)
	if len(as) == 0 {
		return v
	}
	out := make([]core.Value, len(as))
	for i, a := range as {
		out[i] = filled(a, vars)
	}
	return core.MakeExpr(core.As[core.Expr](v).Head, out...)
}

// classifyLoop is classify of a loop whose rounds all add methods to functions of the
// module that it stands in.
func classifyLoop(ex core.Value) (kind byte, names []string) {
	all := unroll(ex)
	for _, d := range all {
		k, ns := classify(d)
		if k != 'm' || extends(d) {
			return 'e', nil
		}
		for _, n := range ns {
			if !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	if all == nil {
		return 'e', nil
	}
	return 'm', names
}
