package syntax

// This file parses definitions: functions, macros, types and modules.

// function parses function and macro.
func (p *parser) function() {
	m := p.mark()
	k := KFunction
	if p.next().kind == tMacro {
		k = KMacro
	}
	p.skipNewline()
	if p.signature(k == KFunction) {
		p.body(m, k)
		return
	}
	p.skipNewline()
	p.next()
	p.emit(m, k, 0)
}

// signature parses the signature of a function or macro. It is false if there
// is only a name, followed by end.
//
//	f(x)::T where S  ==>  (where (:: (call f x) T) S)
//	(x, y)           ==>  (tuple x y), an anonymous function
func (p *parser) signature(function bool) bool {
	m := p.mark()
	needCall := true
	if function && p.peek() == tLParen {
		needCall = p.signatureParen(m)
	} else {
		name := p.peekTok()
		p.unaryPrefix(false)
		if p.nodes[p.top()].kind == KIdent && name.kind.isReserved() {
			what := "function"
			if !function {
				what = "macro"
			}
			p.errorNode(m, "invalid "+what+" name")
		}
	}
	if needCall {
		p.callChain(m, false)
		kind := p.topKind()
		if (kind == KIdent || kind == KVar || kind == KDollar) && p.peekLine() == tEnd {
			return false
		}
		if kind != KCall && kind != KMacrocall && kind != KError {
			what := "function"
			if !function {
				what = "macro"
			}
			p.errorNode(m, "Invalid signature in "+what+" definition")
		}
	}
	if t := p.peekTok(); function && t.kind == tDecl && !t.dot() {
		p.next()
		p.call()
		p.emit(m, KDecl, nInfix)
	}
	if p.peek() == tWhere {
		p.whereChain(m)
	}
	return true
}

// signatureParen parses a signature that begins with a parenthesis: the name
// in parentheses, the arguments of an anonymous function, or all of it. It
// reports whether the call is still to come.
func (p *parser) signatureParen(m mark) (needCall bool) {
	p.next()
	empty := p.peekLine() == tRParen
	l := p.list(tRParen, true)
	parsed := false
	if len(p.stack) > m.base {
		parsed = p.eventuallyCall(p.top())
	}
	switch p.toks[min(p.at()+1, len(p.toks)-1)].kind {
	case tLParen, tDot:
		needCall = true
	}
	anonymous := !needCall && !parsed || l.commas
	grouping := !l.commas && !l.splat && l.semis == 0 && l.exprs == 1
	p.endList(&l, tRParen, anonymous)
	switch {
	case anonymous:
		ambiguous := false
		if grouping {
			k := p.topKind()
			ambiguous = k == KMacrocall || k == KDollar
		}
		p.emitArgs(m, 0, KTuple, nParens|l.flags())
		if ambiguous {
			p.errorNode(m, "Ambiguous signature. Add a trailing comma if this is a 1-argument anonymous function; remove parentheses if this is a macro call acting as function signature.")
		}
	case empty:
		p.emit(m, KTuple, nParens)
	default:
		p.emit(m, KParens, 0)
	}
	return needCall
}

// structField parses a field of a struct, perhaps const.
func (p *parser) structField() {
	m := p.mark()
	field := p.peek() == tConst
	if field {
		p.next()
	}
	p.eq()
	if field {
		p.emit(m, KConst, 0)
	}
}

func (p *parser) structDef() {
	m := p.mark()
	flags := uint8(0)
	if p.peek() == tMutable {
		flags = nMark
		p.next()
	}
	p.next()
	p.comparison(true)
	p.block(ruleField)
	p.closer(tEnd, "")
	p.emit(m, KStruct, flags)
}

// abstract parses abstract type A <: B end.
func (p *parser) abstract() {
	m := p.mark()
	p.next()
	p.next()
	p.comparison(true)
	p.skipSemis()
	p.closer(tEnd, "")
	p.emit(m, KAbstract, 0)
}

// primitive parses primitive type A <: B 8 end.
func (p *parser) primitive() {
	m := p.mark()
	p.next()
	p.next()
	saved := p.ctx
	p.ctx |= cSpaces
	p.comparison(true)
	p.cond()
	p.ctx = saved
	p.skipSemis()
	p.closer(tEnd, "")
	p.emit(m, KPrimitive, 0)
}

func (p *parser) skipSemis() {
	for p.peek() == tSemi || p.peek() == tNewline {
		p.next()
	}
}

func (p *parser) module() {
	m := p.mark()
	flags := uint8(0)
	if p.next().kind == tBaremodule {
		flags = nMark
	}
	if t := p.peekTok(); t.kind.isReserved() {
		nm := p.mark()
		p.ident()
		p.errorGap(nm, "Invalid module name")
	} else {
		p.unaryPrefix(false)
	}
	p.block(rulePublic)
	p.closer(tEnd, "")
	p.emit(m, KModule, flags)
}
