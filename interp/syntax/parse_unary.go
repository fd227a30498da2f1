package syntax

// This file parses prefix operators, powers, declarations and arrows.

// unary parses a prefix operator with its operand, or calls of an operator by
// its name.
//
//	+x      ==>  (call + x)
//	-2      ==>  -2
//	+(a,b)  ==>  (call + a b)
//	+(a)^2  ==>  (call + (call ^ a 2))
func (p *parser) unary() {
	p.skipNewline()
	t := p.peekTok()
	k := t.kind
	if !k.isOperator() || k.isWordOp() || k == tColon || k == tPrime ||
		k.isSyntacticUnary() && !t.dot() || k.isSyntactic() {
		p.factor()
		return
	}
	if !p.enter() {
		p.leave()
		return
	}
	defer p.leave()
	t2 := p.peekAt(1)
	if (k == tMinus || k == tPlus) && t.flags&(fSuffix|fDot) == 0 && !t2.space() && p.signed(t, t2) {
		return
	}
	switch {
	case p.closes(t2.kind), t2.kind == tNewline, t2.kind == tEq && !t2.dot():
		p.atom(true, false)
	case t2.kind == tLBrace, t2.kind == tLParen && !t.isUnary():
		p.factor()
	case t2.kind == tLParen:
		p.unaryParen(t, t2)
	default:
		m := p.mark()
		p.ident()
		if !t.isUnary() {
			p.errorGap(m, "not a unary operator")
		}
		p.unary()
		p.emitPrefix(m, t)
	}
}

// signed parses a number after its sign t. It is false if t2 is no number.
func (p *parser) signed(t, t2 *token) bool {
	switch t2.kind {
	case tInteger, tFloat, tFloat32:
	case tBinInt, tOctInt, tHexInt:
		if t.kind != tPlus {
			return false
		}
	default:
		return false
	}
	m := p.mark()
	if t3 := p.peekAt(2); t3.prec == pPower || t3.kind == tLBracket || t3.kind == tLBrace {
		p.ident()
		p.factor()
		p.emitPrefix(m, t)
		return true
	}
	p.next()
	p.number()
	p.nodes[p.top()].start = t.start
	p.factorRest(m)
	return true
}

// emitPrefix makes a call of the operator t and its operand.
func (p *parser) emitPrefix(m mark, t *token) {
	if t.isTypeOp() {
		p.stack[m.base] = p.stack[m.base+1]
		p.stack = p.stack[:m.base+1]
		p.emit(m, typeKind(t), nPrefix)
		return
	}
	flags := uint8(nPrefix)
	if t.dot() {
		flags |= nDotted
	}
	p.emit(m, KCall, flags)
}

// unaryParen parses a prefix operator before a parenthesis, which holds either
// the arguments of a call or the operand.
func (p *parser) unaryParen(t, t2 *token) {
	m := p.mark()
	p.ident()
	blank := p.here()
	pm := p.mark()
	p.next()
	l := p.list(tRParen, true)
	call := l.commas || l.splat || l.semiFirst && (l.exprs > 0 || l.semis == 1) || l.semis == 0 && l.exprs == 0
	p.endList(&l, tRParen, call)
	if call {
		if t2.space() {
			p.report(blank, t2.start, "whitespace not allowed between prefix function call and argument list")
		}
		if t.isTypeOp() {
			copy(p.stack[m.base:], p.stack[m.base+1:])
			p.stack = p.stack[:len(p.stack)-1]
			p.emitArgs(m, 0, typeKind(t), l.flags())
		} else {
			p.emitArgs(m, 1, KCall, l.flags())
		}
		p.callChain(m, false)
		p.factorRest(m)
		return
	}
	if l.semis > 0 {
		p.emit(pm, KBlock, nParens)
	} else {
		p.emit(pm, KParens, 0)
	}
	p.callChain(pm, false)
	p.factorRest(pm)
	p.emitPrefix(m, t)
}

// factor parses a power.
func (p *parser) factor() {
	m := p.mark()
	p.call()
	p.factorRest(m)
}

func (p *parser) factorRest(m mark) {
	p.declRest(m)
	if t := p.peekTok(); t.prec == pPower {
		p.ident()
		p.powerOperand()
		p.emitInfix(m, t)
	}
}

// powerOperand parses what a power is raised to; powers group to the right.
func (p *parser) powerOperand() {
	m := p.mark()
	p.juxtapose()
	if t := p.peekTok(); t.prec == pPower {
		if p.enter() {
			p.ident()
			p.powerOperand()
			p.emitInfix(m, t)
		}
		p.leave()
	}
}

// declRest parses a type after :: and the body after ->.
//
//	a::b    ==>  (:: a b)
//	x -> y  ==>  (-> (tuple x) y)
func (p *parser) declRest(m mark) {
	run := 0
	for t := p.peekTok(); t.kind == tDecl && !t.dot() && p.more(&run); t = p.peekTok() {
		p.next()
		p.callWhere()
		p.emit(m, KDecl, nInfix)
	}
	if p.peek() != tRightArrow {
		return
	}
	if k := p.topKind(); k != KTuple && k != KWhere {
		p.emit(m, KTuple, 0)
	}
	p.next()
	p.eqStar()
	p.emit(m, KArrow, 0)
}

// callWhere parses a call with where clauses.
func (p *parser) callWhere() {
	m := p.mark()
	p.call()
	if p.ctx&cWhere != 0 && p.peek() == tWhere {
		p.whereChain(m)
	}
}

// call parses a reserved word's construct, or an atom with all that is applied
// to it.
func (p *parser) call() {
	if p.reservedAhead() {
		p.reservedWord()
		return
	}
	m := p.mark()
	p.unaryPrefix(false)
	p.callChain(m, false)
}

// unaryPrefix parses the prefix operators that are syntax.
//
//	&a   ==>  (& a)
//	::a  ==>  (:: a)
//	$a   ==>  ($ a)
func (p *parser) unaryPrefix(nested bool) {
	p.skipNewline()
	t := p.peekTok()
	if !t.kind.isSyntacticUnary() || t.dot() {
		p.atom(true, nested)
		return
	}
	if !p.enter() {
		p.leave()
		return
	}
	defer p.leave()
	m := p.mark()
	if k2 := p.peekAt(1).kind; t.kind != tDecl && (p.closes(k2) || k2 == tNewline) {
		p.ident()
		return
	}
	p.next()
	switch t.kind {
	case tDollar:
		p.unaryPrefix(true)
		p.emit(m, KDollar, 0)
	case tAmp:
		p.callWhere()
		p.emit(m, KAmp, 0)
	default:
		p.callWhere()
		p.emit(m, KDecl, nPrefix)
	}
}
