package syntax

// This file parses atoms: names, literals, quotes, and what begins with a
// bracket.

import "strings"

// atom parses the smallest expression. If check, a name may not be an operator
// that is syntax nor a word that closes a block; unary means that a prefix
// operator stands before it.
func (p *parser) atom(check, unary bool) {
	p.skipNewline()
	t := p.peekTok()
	k := t.kind
	switch {
	case k == tIdent:
		p.ident()
	case k.isNumber():
		p.next()
		p.numberAt(t)
	case k.isString():
		p.str()
	case k == tLParen:
		p.paren(check, unary)
	case k == tLBracket:
		m := p.mark()
		p.next()
		p.emitCat(m, p.cat(tRBracket, p.ctx&cEndSym != 0))
	case k == tLBrace:
		m := p.mark()
		p.next()
		p.emitBraces(m, p.cat(tRBrace, p.ctx&cEndSym != 0))
	case k == tAt:
		m := p.mark()
		p.next()
		p.macroName()
		p.callChain(m, true)
	case k == tColon:
		p.colonQuote()
	case k == tChar:
		p.next()
		p.charLiteral(t)
	case k.isCmd():
		p.str()
	case k == tError, k == tBadOp, k == tBadPow:
		p.next()
		p.leaf(KError, t.start, t.end)
	case k == tVar && p.varAhead():
		p.varName()
	case k.isWordOp():
		p.ident()
	case k.isOperator():
		p.operatorName(check, t)
	case check && p.closes(k) && k.isContinuation():
		p.unexpected(t)
	case k.isKeyword():
		p.ident()
	case p.closes(k):
		p.unexpected(t)
	case k == tNewline:
		p.errorAt(t, "unexpected line break")
		p.leaf(KError, p.last, p.last)
	default:
		p.next()
		p.errorAt(t, "invalid syntax atom")
		p.leaf(KError, t.start, t.end)
	}
}

// unexpected reports a closing token where an expression should be and leaves
// it for the construct it may close.
func (p *parser) unexpected(t *token) {
	msg := "premature end of input"
	if t.kind != tEOF {
		msg = "unexpected `" + p.text1(t) + "`"
	}
	p.errorAt(t, msg)
	p.leaf(KError, p.last, p.last)
}

// operatorName parses an operator that stands for itself.
//
//   - ==>  +
//     .+  ==>  (. +)
func (p *parser) operatorName(check bool, t *token) {
	m := p.mark()
	p.next()
	switch {
	case check && t.kind == tEq && !t.dot():
		p.errorAt(t, "unexpected `=`")
		p.leaf(KError, t.start, t.end)
		return
	case t.dot() && t.kind.isSyntactic():
		p.leaf(KIdent, t.start, t.end)
	case t.dot():
		p.leaf(KIdent, t.start+1, t.end)
		p.emit(m, KDot, nDotted)
	default:
		p.leaf(KIdent, t.start, t.end)
	}
	if check && (t.kind.isSyntactic() || t.kind == tQuestion) {
		p.errorNode(m, "invalid identifier")
	}
}

// colonQuote parses a quoted symbol or expression, or a colon by itself.
//
//	:foo    ==>  (quote foo)
//	:(a+b)  ==>  (quote (call + a b))
func (p *parser) colonQuote() {
	t := p.peekAt(1)
	if p.closes(t.kind) && (!t.kind.isKeyword() || t.space()) {
		p.ident()
		return
	}
	m := p.mark()
	p.next()
	p.noSpaceMsg("whitespace not allowed after `:` used for quoting")
	if p.enter() {
		saved := p.ctx
		p.ctx &^= cEndSym
		p.atom(false, false)
		p.ctx = saved
	}
	p.leave()
	p.emit(m, KQuote, nMark)
}

func (p *parser) varAhead() bool {
	t := p.peekAt(1)
	return t.kind == tStr && !t.space()
}

// varName parses var"name".
func (p *parser) varName() {
	m := p.mark()
	p.next()
	p.next()
	if t := p.peekTok(); t.kind == tChunk {
		p.next()
		p.leaf(KText, t.start, t.end)
		p.nodes[p.top()].flags = nRaw
	}
	if p.peek() == tStrClose {
		p.next()
	} else {
		p.reportTag(p.here(), p.here(), "unterminated `var\"\"` identifier", "string")
	}
	p.emit(m, KVar, nRaw)
	t := p.peekTok()
	switch k := t.kind; {
	case t.space(), k.isOperator():
	case k.isIdent(), k.isKeyword(), k.isNumber():
		p.next()
		p.errorAt(t, "suffix not allowed after `var\"...\"` syntax")
	case k.isString(), k.isCmd():
		p.errorHere("`var\"...\"` syntax not supported as string macro name")
	}
}

// number passes a number and pushes it.
func (p *parser) number() { p.numberAt(p.next()) }

func (p *parser) numberAt(t *token) {
	k := KBool + Kind(t.kind-tBool)
	n := p.leaf(k, t.start, t.end)
	if k != KFloat && k != KFloat32 {
		return
	}
	s := p.text1(t)
	if len(s) < 30 && !strings.ContainsAny(s, "eEfpP") {
		return
	}
	switch _, st := floatValue(s, k == KFloat32); st {
	case floatOverflow:
		p.errorAt(t, "overflow in floating point literal")
		p.nodes[n].kind = KError
	case floatUnderflow:
		p.warn(t.start, t.end, "underflow to zero in floating point literal")
	}
}

// charLiteral pushes the character t, with its quotes, and checks it.
func (p *parser) charLiteral(t *token) {
	n := p.leaf(KChar, t.start, t.end)
	s := p.text1(t)
	closed := len(s) >= 2 && s[len(s)-1] == '\'' && (s != `'\'`)
	body := s[1:]
	if closed {
		body = s[1 : len(s)-1]
	}
	bad := false
	switch {
	case body == "" && closed:
		p.report(t.start+1, t.start+1, "empty character literal")
		bad = true
	case body == "":
	default:
		bad = p.checkEscapes(t.start+1, body, false)
		if !bad && strings.HasPrefix(body, "\\") || len(body) > 1 && !bad {
			if _, one := charValue(body); !one {
				p.report(t.start+1, t.start+1+uint32(len(body)), "character literal contains multiple characters")
				bad = true
			}
		}
	}
	if !closed {
		p.reportTag(t.end, t.end, "unterminated character literal", "char")
		bad = true
	}
	if bad {
		p.nodes[n].kind = KError
	}
}

// checkEscapes reports the escapes in s, at byte offset at, that are wrong; but
// not, if open, one that the end of the text cuts off.
func (p *parser) checkEscapes(at uint32, s string, open bool) bool {
	bad := false
	unescape(nil, s, func(start, end int, msg string) {
		if open && end == len(s) {
			return
		}
		p.report(at+uint32(start), at+uint32(end), msg)
		bad = true
	})
	return bad
}

// str parses a string or command literal.
//
//	"a $b $(c+d)"  ==>  (string "a " b " " (call + c d))
func (p *parser) str() {
	m := p.mark()
	open := p.next()
	k, tag := KString, "string"
	flags := uint8(0)
	if open.kind.isCmd() {
		k, tag = KCmd, "cmd"
	}
	if open.flags&fRaw != 0 {
		flags |= nRaw
	}
	if open.kind == tStr3 || open.kind == tCmd3 {
		flags |= nTriple
	}
	for {
		t := &p.toks[p.pos]
		switch t.kind {
		case tChunk:
			p.next()
			p.leaf(KText, t.start, t.end)
			if flags&nRaw == 0 && t.flags&fEscape != 0 {
				p.checkEscapes(t.start, p.text1(t), p.toks[p.pos].kind == tEOF)
			}
			continue
		case tInterp:
			p.next()
			p.interpolation()
			continue
		case tStrClose:
			p.next()
		default:
			p.reportTag(p.here(), p.here(), "unterminated string literal", tag)
		}
		break
	}
	p.emit(m, k, flags)
}

// interpolation parses what follows $ in a string.
func (p *parser) interpolation() {
	t := &p.toks[p.pos]
	switch k := t.kind; {
	case k == tLParen:
		m := p.mark()
		p.next()
		if !p.enter() {
			p.leave()
			return
		}
		l := p.list(tRParen, true)
		bad := l.commas || l.semis > 0 || l.exprs != 1 || p.nodes[p.top()].kind == KGenerator
		bad = bad && p.peek() != tEOF
		p.endList(&l, tRParen, false)
		p.leave()
		if bad {
			p.errorNode(m, "invalid interpolation syntax")
		}
		p.emit(m, KParens, 0)
	case k.isIdent(), k.isKeyword(), k.isWordOp():
		p.pos++
		p.last = t.end
		p.leaf(KIdent, t.start, t.end)
	default:
		p.errorHere("identifier or parenthesized expression expected after $ in string")
		p.leaf(KError, p.last, p.last)
	}
}

// paren parses what begins with a parenthesis: a tuple, a block, or one
// expression.
//
//	(x,)      ==>  (tuple x)
//	(a; b)    ==>  (block a b)
//	(; a=1)   ==>  (tuple (parameters a=1))
//	(x)       ==>  x
func (p *parser) paren(check, unary bool) {
	m := p.mark()
	p.next()
	if !p.enter() {
		p.leave()
		return
	}
	defer p.leave()
	saved := p.ctx
	p.ctx = p.ctx&^cSpaces | cRange | cWhere | cNewline
	t := p.peekTok()
	switch k := t.kind; {
	case k == tRParen:
		p.next()
		p.ctx = saved
		p.emit(m, KTuple, nParens)
		return
	case k.isSyntactic():
		p.atom(check, false)
		p.closer(tRParen, "")
		p.ctx = saved
		p.emit(m, KParens, 0)
		return
	case !check && k == tDecl && p.peekAt(1).kind == tRParen:
		p.ident()
		p.next()
		p.ctx = saved
		p.emit(m, KParens, 0)
		return
	}
	l := p.list(tRParen, true)
	arrow := p.peek() == tRParen && p.peekAt(1).kind == tRightArrow &&
		!unary && (len(p.stack) == m.base || p.topKind() != KWhere)
	tuple := l.commas || l.splat && l.semis > 0 || l.semiFirst && (l.semis == 1 || l.exprs > 0) || arrow
	l.saved = saved
	p.endList(&l, tRParen, tuple)
	switch {
	case tuple:
		p.emitArgs(m, 0, KTuple, nParens|l.flags())
	case l.semis > 0:
		p.emit(m, KBlock, nParens)
	default:
		p.emit(m, KParens, 0)
	}
}
