package syntax

// This file parses what is between [ ] or { }: lists, matrices, arrays of any
// dimension and comprehensions, and the iteration of generators.

import "math"

// A catResult says which form bracketed elements make. They are on the stack.
type catResult struct {
	kind  Kind
	flags uint8
	dim   uint16
}

// Binding powers of array separators: blanks bind tightest, n semicolons with
// power -n, and the end of the array is noSep.
const noSep = math.MinInt

// An arrayOrder tells whether blanks or double semicolons separate columns.
type arrayOrder uint8

const (
	orderUnknown arrayOrder = iota
	orderRows
	orderColumns
)

// cat parses up to and with the closing token; the opening one has been
// passed. end tells whether end is an index in the elements of a matrix.
func (p *parser) cat(closer tok, end bool) catResult {
	saved := p.ctx
	p.ctx = p.ctx&^cNewline | cRange | cSpaces | cWhere | cGen
	p.level++
	defer func() { p.ctx = saved; p.level-- }()
	if !p.enter() {
		p.leave()
		return catResult{kind: KVect}
	}
	defer p.leave()
	switch p.peekLine() {
	case closer:
		return p.vect(closer, false)
	case tSemi:
		order := orderUnknown
		dim, _ := p.separator(&order, closer)
		p.closer(closer, "")
		return catResult{kind: KNcat, dim: uint16(dim)}
	}
	m := p.mark()
	p.eqStar()
	k := p.peekLine()
	switch {
	case k == tComma:
		p.skipNewline()
		p.next()
		return p.vect(closer, true)
	case p.closes(k) && k != tSemi, k == closer:
		return p.vect(closer, false)
	case k == tFor:
		p.ctx = p.ctx&^(cSpaces|cEndSym) | cNewline
		p.generator(m)
		p.closer(closer, "")
		return catResult{kind: KComprehension}
	}
	if end {
		p.ctx |= cEndSym
	} else {
		p.ctx &^= cEndSym
	}
	return p.array(m, closer)
}

// vect parses the rest of a list.
func (p *parser) vect(closer tok, comma bool) catResult {
	l := p.list(closer, true)
	p.endList(&l, closer, true)
	r := catResult{kind: KVect, flags: l.flags()}
	if comma && l.exprs == 0 {
		r.flags |= nComma
	}
	return r
}

// array parses the rest of a matrix or array whose first element begins at m.
//
//	[x y; z w]  ==>  (vcat (row x y) (row z w))
//	[x; y ;; z] ==>  (ncat 2 (nrow 1 x y) z)
func (p *parser) array(m mark, closer tok) catResult {
	order := orderUnknown
	dim, power := p.separator(&order, closer)
	if power == noSep {
		p.closer(closer, "")
		return catResult{kind: KHcat}
	}
	for {
		nextDim, next := p.elements(power, &order, closer)
		if next == noSep {
			break
		}
		p.emitRow(m, dim, power)
		dim, power = nextDim, next
	}
	p.closer(closer, "")
	switch power {
	case -1:
		return catResult{kind: KVcat}
	case 0:
		return catResult{kind: KHcat}
	}
	return catResult{kind: KNcat, dim: uint16(dim)}
}

func (p *parser) emitRow(m mark, dim, power int) {
	if power == 0 {
		p.emit(m, KRow, 0)
		return
	}
	p.nodes[p.emit(m, KNrow, 0)].dim = uint16(dim)
}

// elements parses elements as long as the separators between them bind as
// tightly as power, or tighter, which makes rows of their own. It returns the
// separator that binds less.
func (p *parser) elements(power int, order *arrayOrder, closer tok) (dim, next int) {
	cur, m := power, mark{}
	dim = -1
	for {
		if cur < power {
			return dim, cur
		}
		if p.closes(p.peek()) || p.peek() == closer {
			return noSep, noSep
		}
		if cur == power {
			m = p.mark()
			p.eqStar()
			dim, cur = p.separator(order, closer)
			continue
		}
		if !p.enter() {
			p.leave()
			return noSep, noSep
		}
		nd, np := p.elements(cur, order, closer)
		p.leave()
		p.emitRow(m, dim, cur)
		dim, cur = nd, np
	}
}

// separator passes what separates elements and returns the dimension it acts
// on and its binding power.
func (p *parser) separator(order *arrayOrder, closer tok) (dim, power int) {
	const mixed = "cannot mix space and ;; separators in an array expression, except to wrap a line"
	if p.peekLine() == tSemi {
		start := p.here()
		p.skipNewline()
		n := 0
		for p.peek() == tSemi {
			if n > 0 {
				p.noSpace()
			}
			p.next()
			n++
		}
		wraps := p.peek() == tNewline || p.peek() == tEOF
		p.skipNewline()
		if n == 2 {
			switch {
			case *order != orderRows:
				*order = orderColumns
			case wraps:
				return 2, 0
			default:
				p.report(start, p.last, mixed)
			}
		}
		return n, -n
	}
	t := p.peekTok()
	switch {
	case t.kind == tNewline:
		p.next()
		if p.peek() == tRBracket || p.peek() == closer {
			return noSep, noSep
		}
		return 1, -1
	case t.kind == tComma:
		p.report(p.here(), t.end, "unexpected comma in array expression")
		p.next()
		return 1, -1
	case t.space() && !p.closes(t.kind):
		if *order == orderColumns {
			p.report(p.here(), t.start, mixed)
		} else {
			*order = orderRows
		}
		return 2, 0
	}
	return noSep, noSep
}

// emitCat makes the array node of elements between square brackets.
func (p *parser) emitCat(m mark, r catResult) {
	p.emitArgs(m, 0, r.kind, r.flags)
	p.nodes[p.top()].dim = r.dim
}

// emitBraces makes the node of elements between braces.
func (p *parser) emitBraces(m mark, r catResult) {
	switch r.kind {
	case KHcat:
		p.emit(m, KRow, 0)
	case KNcat:
		p.nodes[p.emit(m, KNrow, 0)].dim = r.dim
	}
	switch r.kind {
	case KVect, KComprehension:
		p.emitArgs(m, 0, KBraces, r.flags)
	default:
		p.emit(m, KBracescat, 0)
	}
}

// generator parses the iterations of a generator whose body begins at m.
//
//	x for i in r, j in s if c for k in t
func (p *parser) generator(m mark) {
	for p.peek() == tFor {
		if !p.peekTok().space() {
			p.errorHere("Expected space before `for` in generator")
		}
		p.next()
		im := p.mark()
		p.iteration()
		if p.peek() == tIf {
			p.next()
			p.cond()
			p.emit(im, KFilter, 0)
		}
	}
	p.emit(m, KGenerator, 0)
}

// iteration parses i = r, j in s, ...
func (p *parser) iteration() {
	m := p.mark()
	for {
		p.iterationSpec()
		if p.peek() != tComma {
			break
		}
		p.next()
	}
	p.emit(m, KIteration, 0)
}

// iterates reports whether the token is one of = in ∈.
func (p *parser) iterates() bool {
	t := p.peekTok()
	if t.kind == tNewline && p.ctx&cGen != 0 {
		t = p.peekAt(1)
	}
	return (t.kind == tEq || t.kind == tIn || t.kind == tElemOf) && t.flags&(fDot|fSuffix) == 0
}

func (p *parser) iterationSpec() {
	p.skipNewline()
	m := p.mark()
	saved := p.ctx
	first := p.peek()
	p.ctx = p.ctx&^cNewline | cSpaces
	p.pipeLeft()
	p.ctx = saved
	if first == tOuter && p.nodes[p.top()].kind == KIdent && p.nodes[p.top()].start == m.start && !p.iterates() {
		p.stack = p.stack[:m.base]
		p.pipeLeft()
		p.emit(m, KOuter, 0)
	}
	if p.iterates() {
		if p.peek() == tNewline {
			p.next()
		}
		p.next()
		p.pipeLeft()
	} else {
		em := p.mark()
		p.recover(func(k tok) bool { return k == tComma || k == tNewline || p.closes(k) })
		p.errorGap(em, "invalid iteration spec: expected one of `=` `in` or `∈`")
	}
	p.emit(m, KIn, 0)
}
