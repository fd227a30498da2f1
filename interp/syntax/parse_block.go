package syntax

// This file parses the constructs that begin with a reserved word, except
// definitions and imports.

// reservedAhead reports whether a reserved word, or a pair of words, begins a
// construct here.
func (p *parser) reservedAhead() bool {
	k := p.peek()
	if p.begins(k) {
		return true
	}
	switch k {
	case tMutable:
		return p.toks[p.at()+1].kind == tStruct
	case tPrimitive, tAbstract:
		return p.toks[p.at()+1].kind == tType
	}
	return false
}

// reservedWord parses the construct its first word begins.
func (p *parser) reservedWord() {
	if !p.enter() {
		p.leave()
		return
	}
	saved := p.ctx
	p.ctx = cNormal
	p.skipNewline()
	switch p.peek() {
	case tBegin, tQuote:
		p.beginBlock()
	case tWhile:
		m := p.mark()
		p.next()
		p.cond()
		p.body(m, KWhile)
	case tFor:
		m := p.mark()
		p.next()
		p.iteration()
		p.body(m, KFor)
	case tLet:
		p.let()
	case tIf:
		p.ifElse(false, false)
	case tGlobal, tLocal, tConst:
		p.scope()
	case tFunction, tMacro:
		p.function()
	case tAbstract:
		p.abstract()
	case tStruct, tMutable:
		p.structDef()
	case tPrimitive:
		p.primitive()
	case tTry:
		p.try()
	case tReturn:
		m := p.mark()
		p.next()
		if k := p.peek(); k != tNewline && !p.closes(k) {
			p.eq()
		}
		p.emit(m, KReturn, 0)
	case tBreak, tContinue:
		p.breakContinue(saved)
	case tModule, tBaremodule:
		p.module()
	case tExport, tPublic:
		p.export()
	case tImport, tUsing:
		p.imports()
	case tDo:
		t := p.next()
		p.errorAt(t, "invalid `do` syntax")
		p.leaf(KError, t.start, t.end)
	}
	p.ctx = saved
	p.leave()
}

// body parses the statements and the end of a construct that begins at m.
func (p *parser) body(m mark, k Kind) {
	p.block(ruleEq)
	p.closer(tEnd, "")
	p.emit(m, k, 0)
}

// beginBlock parses begin ... end and quote ... end. The block's span is that of
// the whole, so an empty one has a line.
func (p *parser) beginBlock() {
	m := p.mark()
	quote := p.next().kind == tQuote
	p.level++
	p.blockBody(ruleDoc)
	p.level--
	p.closer(tEnd, "")
	p.emit(m, KBlock, 0)
	if quote {
		p.emit(m, KQuote, 0)
	}
}

// let parses let, its bindings and its body.
func (p *parser) let() {
	m := p.mark()
	p.next()
	bm := p.mark()
	if k := p.peek(); k != tNewline && k != tSemi && k != tEOF {
		for {
			p.eqStar()
			if p.peek() != tComma {
				break
			}
			p.next()
		}
	}
	p.emit(bm, KBlock, 0)
	switch k := p.peek(); k {
	case tNewline, tSemi:
		p.next()
	case tEnd:
	default:
		start := p.here()
		if k != tEOF {
			p.recover(func(k tok) bool { return p.closes(k) || k == tNewline })
			p.report(start, max(p.last, start), "let variables should end in `;` or newline")
		}
	}
	p.body(m, KLet)
}

// ifElse parses if, or elseif after the first condition; late if it was
// written as else if, whose words have been passed.
func (p *parser) ifElse(elseif, late bool) {
	m := p.mark()
	k, word := KIf, "if"
	if elseif {
		k, word = KElseif, "elseif"
	}
	if !late {
		p.next()
	}
	if t := p.peekTok(); t.kind == tNewline || t.kind == tEnd {
		start, end := p.here(), t.start
		if t.kind == tNewline {
			start, end = t.start, t.end
		}
		p.report(start, end, "missing condition in `"+word+"`")
		p.leaf(KError, p.last, p.last)
	} else {
		p.cond()
	}
	p.block(ruleEq)
	switch p.peek() {
	case tElseif:
		if p.enter() {
			p.ifElse(true, false)
		}
		p.leave()
	case tElse:
		t := p.next()
		if u := p.peekTok(); u.kind == tIf {
			p.next()
			p.report(t.start, u.end, "use `elseif` instead of `else if`")
			if p.enter() {
				p.ifElse(true, true)
			}
			p.leave()
		} else {
			p.block(ruleEq)
		}
	}
	if !elseif {
		p.closer(tEnd, "")
	}
	p.emit(m, k, 0)
}

// scope parses global, local and const, in either order.
//
//	global x, y      ==>  (global x y)
//	const x = 1      ==>  (const (= x 1))
//	global const x=1 ==>  (global (const (= x 1)))
func (p *parser) scope() {
	m := p.mark()
	first := p.next().kind
	second, sm := tEOF, mark{}
	if k := p.peek(); first == tConst && (k == tGlobal || k == tLocal) || first != tConst && k == tConst {
		sm = p.mark()
		second = p.next().kind
	}
	assigned := p.declared()
	if second != tEOF {
		p.emit(sm, scopeKind(second), 0)
		if second == tConst && !assigned {
			p.errorNode(m, "expected assignment after `const`")
		}
	}
	p.emit(m, scopeKind(first), 0)
	if first == tConst && !assigned {
		p.errorNode(m, "expected assignment after `const`")
	}
}

func scopeKind(k tok) Kind {
	switch k {
	case tGlobal:
		return KGlobal
	case tLocal:
		return KLocal
	}
	return KConst
}

// declared parses variables, or an assignment to them. It reports whether
// there was one.
func (p *parser) declared() bool {
	m := p.mark()
	n := p.comma(false)
	t := p.peekTok()
	if t.prec == pAssign {
		if n > 0 {
			p.emit(m, KTuple, 0)
		}
		p.assignRest(m, true)
	}
	return t.kind == tEq && !t.dot()
}

// breakContinue parses break and continue, after which nothing may stand.
func (p *parser) breakContinue(outer ctx) {
	m := p.mark()
	t := p.next()
	k := KBreak
	if t.kind == tContinue {
		k = KContinue
	}
	p.emit(m, k, 0)
	start := p.here()
	switch p.peek() {
	case tNewline, tSemi, tRParen, tColon, tEOF, tEnd:
		return
	}
	p.recover(func(k tok) bool { return p.closes(k) || k == tNewline })
	p.report(start, max(p.last, start), "unexpected token after "+p.text1(t))
}

// try parses try with its clauses.
func (p *parser) try() {
	m := p.mark()
	p.next()
	p.block(ruleEq)
	caught, finally := false, false
	if p.peek() == tCatch {
		caught = true
		p.catch()
	}
	if p.peek() == tElse {
		em := p.mark()
		p.next()
		p.block(ruleEq)
		if !caught {
			p.errorNode(em, "Expected `catch` before `else`")
		}
		p.emit(em, KElse, 0)
	}
	if p.peek() == tFinally {
		finally = true
		fm := p.mark()
		p.next()
		p.block(ruleEq)
		p.emit(fm, KFinally, 0)
	}
	if !caught && p.peek() == tCatch {
		cm := p.mark()
		p.catch()
		if p.dialect != Julia15 {
			p.warn(cm.start, p.here(), "`catch` after `finally` will execute out of order")
		}
		caught = true
	}
	at := len(p.diags)
	p.closer(tEnd, "")
	p.emit(m, KTry, 0)
	if !caught && !finally {
		d := Diagnostic{Span: Span{int(m.start), int(p.last)}, Msg: "try without catch or finally"}
		if len(p.diags) > at && p.diags[at].Incomplete {
			p.incomplete(&d, "block")
		}
		p.diags = append(p.diags, d)
	}
}

func (p *parser) catch() {
	m := p.mark()
	p.next()
	if k := p.peek(); k == tNewline || k == tSemi || p.closes(k) {
		p.leaf(KMissing, p.last, p.last)
	} else {
		vm := p.mark()
		p.eqStar()
		if k := p.topKind(); k != KIdent && k != KVar && k != KDollar && k != KError {
			p.errorGap(vm, "a variable name is expected after `catch`")
		}
	}
	p.block(ruleEq)
	p.emit(m, KCatch, 0)
}
