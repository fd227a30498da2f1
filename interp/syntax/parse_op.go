package syntax

// This file parses operators between operands, from the loosest binding to
// the tightest.

// pair parses a => b, which groups to the right.
func (p *parser) pair() {
	m := p.mark()
	p.cond()
	if t := p.peekTok(); t.prec == pPair {
		if p.enter() {
			p.ident()
			p.pair()
			p.emitInfix(m, t)
		}
		p.leave()
	}
}

// cond parses a ? b : c.
func (p *parser) cond() {
	m := p.mark()
	p.arrow()
	t := p.peekTok()
	if t.kind != tQuestion {
		return
	}
	if !p.enter() {
		p.leave()
		return
	}
	defer p.leave()
	if !t.space() {
		p.errorHere("space required before `?` operator")
	}
	p.next()
	if !p.peekTok().space() {
		p.errorHere("space required after `?` operator")
	}
	saved := p.ctx
	p.ctx &^= cRange
	p.eqStar()
	p.ctx = saved
	t = p.peekTok()
	if !t.space() {
		p.errorHere("space required before `:` in `?` expression")
	}
	if t.kind == tColon {
		p.next()
	} else {
		p.errorHere("`:` expected in `?` expression")
	}
	t = p.peekLineTok()
	if !t.space() {
		p.errorHere("space required after `:` in `?` expression")
	}
	if t.kind.isContinuation() && (t.kind != tEnd || p.ctx&cEndSym == 0) {
		p.errorHere("unexpected `" + p.text1(t) + "`")
		p.leaf(KError, p.last, p.last)
		p.emit(m, KIf, 0)
		return
	}
	p.eqStar()
	p.emit(m, KIf, 0)
}

// arrow parses a --> b and its like, which group to the right.
func (p *parser) arrow() {
	m := p.mark()
	p.or()
	t := p.peekTok()
	if t.prec != pArrow {
		return
	}
	if p.enter() {
		if t.kind == tLongArrow && !t.dot() && !t.suffix() {
			p.next()
			p.arrow()
			p.emit(m, KLongArrow, 0)
		} else {
			p.ident()
			p.arrow()
			p.emitInfix(m, t)
		}
	}
	p.leave()
}

func (p *parser) or() {
	m := p.mark()
	p.and()
	if t := p.peekTok(); t.kind == tOrOr {
		if p.enter() {
			p.next()
			p.or()
			p.emit(m, KOr+(KDotOr-KOr)*Kind(t.flags&fDot/fDot), 0)
		}
		p.leave()
	}
}

func (p *parser) and() {
	m := p.mark()
	p.comparison(false)
	if t := p.peekTok(); t.kind == tAndAnd {
		if p.enter() {
			p.next()
			p.and()
			p.emit(m, KAnd+(KDotAnd-KAnd)*Kind(t.flags&fDot/fDot), 0)
		}
		p.leave()
	}
}

// comparison parses one comparison or a chain of them.
//
//	x < y      ==>  (call < x y)
//	x < y < z  ==>  (comparison x < y < z)
//	x <: y     ==>  (<: x y)
func (p *parser) comparison(typeName bool) {
	m := p.mark()
	if typeName && p.peek().isReserved() {
		t := p.next()
		p.leaf(KIdent, t.start, t.end)
		p.errorGap(m, "Invalid type name `"+p.text1(t)+"`")
	} else {
		p.pipeLeft()
	}
	op := p.peekTok()
	n := 0
	for p.peekTok().prec == pCompare {
		n++
		p.ident()
		p.pipeLeft()
	}
	switch {
	case n == 1 && op.isTypeOp():
		s := p.stack[m.base:]
		s[1] = s[2]
		p.stack = p.stack[:m.base+2]
		p.emit(m, typeKind(op), 0)
	case n == 1:
		p.emitInfix(m, op)
	case n > 1:
		p.emit(m, KComparison, 0)
	}
}

func typeKind(t *token) Kind {
	if t.kind == tSubtype {
		return KSubtype
	}
	return KSupertype
}

func (p *parser) pipeLeft() {
	m := p.mark()
	p.pipeRight()
	if t := p.peekTok(); t.prec == pPipeLeft {
		if p.enter() {
			p.ident()
			p.pipeLeft()
			p.emitInfix(m, t)
		}
		p.leave()
	}
}

func (p *parser) pipeRight() {
	m := p.mark()
	p.rangeExpr()
	run := 0
	for t := p.peekTok(); t.prec == pPipeRight && p.more(&run); t = p.peekTok() {
		p.ident()
		p.rangeExpr()
		p.emitInfix(m, t)
	}
}

// rangeExpr parses ranges and a splat after them.
//
//	1:2    ==>  (call : 1 2)
//	1:2:3  ==>  (call : 1 2 3)
//	x...   ==>  (... x)
func (p *parser) rangeExpr() {
	m := p.mark()
	p.sum()
	switch t := p.peekTok(); {
	case t.kind == tColon:
		if p.ctx&cRange != 0 && !p.colons(m) {
			return
		}
	case t.prec == pColon:
		p.ident()
		p.sum()
		p.emitInfix(m, t)
	}
	if p.peek() == tEllipsis {
		p.next()
		p.emit(m, KSplat, 0)
	}
}

// colons parses what follows the first operand of a range. It is false after
// an error.
func (p *parser) colons(m mark) bool {
	n := 0
	var op *token
	run := 0
	for p.peek() == tColon && p.more(&run) {
		t, t2 := p.peekTok(), p.peekAt(1)
		if p.ctx&cSpaces != 0 && t.space() && !t2.space() {
			break
		}
		if (t2.kind == tLess || t2.kind == tGreater) && !t2.space() {
			s := p.text1(t2)
			em := p.mark()
			p.ident()
			p.next()
			p.errorNode(em, "Invalid `:"+s+"` found, maybe replace with `"+s+":`")
			p.sum()
			p.emitInfix(m, t)
			return true
		}
		n++
		if n == 1 {
			op = t
			p.ident()
		} else {
			p.next()
		}
		if k := p.peek(); p.closes(k) {
			p.errorHere("missing last argument in range expression")
			p.leaf(KError, p.last, p.last)
			p.emitInfix(m, op)
			p.errorAt(p.peekTok(), "found unexpected closing token")
			return false
		} else if k == tNewline {
			t := p.peekTok()
			p.report(t.start, t.end, "line break after `:` in range expression")
			p.leaf(KError, p.last, p.last)
			p.emitInfix(m, op)
			return false
		}
		p.sum()
		if n == 2 {
			p.emitInfix(m, op)
			n = 0
		}
	}
	if n > 0 {
		p.emitInfix(m, op)
	}
	return true
}

// sum parses additive operators, and after them what is no operator at all.
func (p *parser) sum() {
	m := p.mark()
	p.chain(pPlus)
	run := 0
	for t := p.peekTok(); (t.kind == tBadOp || t.kind == tBadPow) && p.more(&run); t = p.peekTok() {
		p.next()
		p.leaf(KError, t.start, t.end)
		p.chain(pPlus)
		p.emitInfix(m, t)
	}
}

// chain parses operators of precedence pPlus or pTimes; an operator that may
// take any number of operands takes all of a run.
//
//	a - b - c  ==>  (call - (call - a b) c)
//	a + b + c  ==>  (call + a b c)
func (p *parser) chain(level prec) {
	m := p.mark()
	p.chainOperand(level)
	run := 0
	for {
		t := p.peekTok()
		if t.prec != level || p.separates(t) || !p.more(&run) {
			return
		}
		p.ident()
		p.chainOperand(level)
		if (t.kind == tPlus || t.kind == tPlusPlus || t.kind == tStar) && t.flags&(fDot|fSuffix) == 0 {
			for u := p.peekTok(); u.kind == t.kind && u.flags&(fDot|fSuffix) == 0 && !p.separates(u); u = p.peekTok() {
				p.next()
				p.chainOperand(level)
			}
		}
		p.emitInfix(m, t)
	}
}

func (p *parser) chainOperand(level prec) {
	if level == pPlus {
		p.chain(pTimes)
	} else {
		p.rational()
	}
}

// separates reports whether the operator t, where blanks separate expressions,
// begins the next one.
//
//	[x +y]  ==>  (hcat x (call + y))
func (p *parser) separates(t *token) bool {
	return p.ctx&cSpaces != 0 && t.space() && t.isUnaryAndBinary() && !p.peekAt(1).space()
}

func (p *parser) rational() {
	m := p.mark()
	p.shift()
	run := 0
	for t := p.peekTok(); t.prec == pRational && p.more(&run); t = p.peekTok() {
		p.ident()
		p.shift()
		p.emitInfix(m, t)
	}
}

func (p *parser) shift() {
	m := p.mark()
	p.unarySubtype()
	run := 0
	for t := p.peekTok(); t.prec == pShift && p.more(&run); t = p.peekTok() {
		p.ident()
		p.unarySubtype()
		p.emitInfix(m, t)
	}
}

// unarySubtype parses <: A where B as <: (A where B).
func (p *parser) unarySubtype() {
	t := p.peekTok()
	if !t.isTypeOp() {
		p.where()
		return
	}
	t2 := p.peekAt(1)
	switch {
	case p.closes(t2.kind), t2.kind == tNewline, t2.kind == tEq && !t2.dot():
		p.ident()
	case t2.kind == tLBrace, t2.kind == tLParen:
		p.where()
	default:
		m := p.mark()
		p.next()
		if p.enter() {
			p.unarySubtype()
		}
		p.leave()
		p.emit(m, typeKind(t), nPrefix)
	}
}

// where parses an operand with where clauses.
func (p *parser) where() {
	m := p.mark()
	p.juxtapose()
	if p.ctx&cWhere != 0 && p.peek() == tWhere {
		p.whereChain(m)
	}
}

// whereChain parses the where clauses after an operand.
//
//	x where T      ==>  (where x T)
//	x where {T,S}  ==>  (where x (braces T S))
func (p *parser) whereChain(m mark) {
	saved := p.ctx
	p.ctx &^= cWhere
	run := 0
	for p.peek() == tWhere && p.more(&run) {
		p.next()
		p.skipNewline()
		if p.peek() == tLBrace {
			bm := p.mark()
			p.next()
			p.emitBraces(bm, p.cat(tRBrace, saved&cEndSym != 0))
		} else {
			p.comparison(false)
		}
		p.emit(m, KWhere, 0)
	}
	p.ctx = saved
}

// juxtapose parses factors written next to each other, the first a number or
// in brackets.
//
//	2x      ==>  (juxtapose 2 x)
//	(2)(3)x ==>  (juxtapose 2 3 x)
func (p *parser) juxtapose() {
	m := p.mark()
	p.unary()
	n := 1
	for p.juxtaposed() {
		if p.peek() == tRadical {
			p.unary()
		} else {
			p.factor()
		}
		n++
	}
	if n > 1 {
		p.emit(m, KJuxtapose, 0)
	}
}

func (p *parser) juxtaposed() bool {
	t := p.peekTok()
	k := t.kind
	if t.space() || k == tNewline || k.isOperator() && k != tRadical || k == tRadical && t.dot() || p.closes(k) {
		return false
	}
	prev := p.topKind()
	if !prev.isNumber() && (k.isNumber() || k == tAt || prev.refusesJuxtapose()) {
		return false
	}
	if prev == KString || k.isString() {
		p.errorHere("cannot juxtapose string literal")
		return true
	}
	return !p.begins(k)
}

// refusesJuxtapose reports whether nothing may be written next to the form.
func (k Kind) refusesJuxtapose() bool {
	switch k {
	case KBlock, KQuote, KIf, KFor, KWhile, KLet, KFunction, KMacro, KAbstract, KPrimitive, KStruct,
		KTry, KModule, KDollar, KAmp, KDecl, KReturn, KBreak, KContinue, KConst, KGlobal, KLocal,
		KUsing, KImport, KExport:
		return true
	}
	return false
}
