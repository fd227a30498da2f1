package lower

// This file desugars quotation: an Expr that is copied, or one that is put
// together from what is interpolated.

import "weft/runtime/core"

// hasInterpolation reports whether $ occurs in v at quotation depth.
func hasInterpolation(v core.Value, depth int) bool {
	if v.Is(core.QuoteNodeType) {
		return hasInterpolation(core.As[core.QuoteNode](v).V, depth)
	}
	e := exprOf(v)
	if e == nil {
		return false
	}
	switch e.Head.Name {
	case "$":
		if depth == 1 {
			return true
		}
		depth--
	case "quote":
		depth++
	}
	for _, a := range args(e) {
		if hasInterpolation(a, depth) {
			return true
		}
	}
	return false
}

// lowerQuote lowers Expr(:quote, v).
func (d *desugarer) lowerQuote(v core.Value) *Form {
	if e := exprHead(v, "$"); e != nil && e.Args.Len == 1 {
		if exprHead(e.Args.Get(0), "...") != nil {
			d.fail("\"...\" expression outside call")
		}
		return d.expr(e.Args.Get(0))
	}
	return d.quoteAt(v, 1)
}

// quoteConst quotes what has no interpolation: Exprs are copied.
func (d *desugarer) quoteConst(v core.Value) *Form {
	if exprOf(v) == nil {
		return d.constant(v)
	}
	f := d.form(CopyAST)
	f.Val = v
	return f
}

// quoteAt makes the form that builds v, quoted depth times.
func (d *desugarer) quoteAt(v core.Value, depth int) *Form {
	if !hasInterpolation(v, depth) {
		return d.quoteConst(v)
	}
	if v.Is(core.QuoteNodeType) {
		return d.core("quote_node", d.quoteAt(core.As[core.QuoteNode](v).V, depth))
	}
	e := exprOf(v)
	switch e.Head.Name {
	case "$":
		if depth == 1 {
			if e.Args.Len != 1 {
				d.fail("more than one expression in interpolation")
			}
			return d.expr(e.Args.Get(0))
		}
		depth--
	case "quote":
		depth++
	}
	os := []operand{{f: d.sym(e.Head)}}
	for _, a := range args(e) {
		if x := exprHead(a, "$"); x != nil && depth == 1 {
			for _, y := range args(x) {
				if s := exprHead(y, "..."); s != nil {
					os = append(os, operand{d.expr(d.arg(s, 0)), true})
				} else {
					os = append(os, operand{f: d.expr(y)})
				}
			}
			continue
		}
		os = append(os, operand{f: d.quoteAt(a, depth)})
	}
	f := d.apply(d.inCore("_expr"), os)
	f.Flags |= Gen
	return f
}
