package syntax

// This file reads ASCII punctuation and operators.

import "unicode/utf8"

// ascii reads a token that begins with the ASCII byte c, neither a letter nor
// a digit.
func (l *lexer) ascii(c byte, flags uint8) {
	start := l.pos
	switch c {
	case '(':
		l.paren(1)
		l.punct(tLParen, flags)
	case ')':
		l.paren(-1)
		l.punct(tRParen, flags)
	case '[':
		l.punct(tLBracket, flags)
	case ']':
		l.punct(tRBracket, flags)
	case '{':
		l.punct(tLBrace, flags)
	case '}':
		l.punct(tRBrace, flags)
	case ',':
		l.punct(tComma, flags)
	case ';':
		l.punct(tSemi, flags)
	case '@':
		l.punct(tAt, flags)
	case '"', '`':
		l.openString(c, flags)
	case '\'':
		l.prime(flags)
	case '.':
		l.dot(flags)
	default:
		if !l.operator(start, flags) {
			l.pos++
			l.bad(flags, start, "unknown unicode character "+quoteChar(rune(c)))
		}
	}
}

func quoteChar(r rune) string {
	q := quoteJulia(string(r))
	return "'" + q[1:len(q)-1] + "'"
}

func (l *lexer) punct(k tok, flags uint8) {
	l.pos++
	l.add(k, pNone, flags, l.pos-1)
}

// paren counts a parenthesis of the interpolation being read, if any.
func (l *lexer) paren(d int) {
	if n := len(l.modes); n > 0 {
		l.modes[n-1].depth += d
	}
}

// dot reads what begins with a dot: a number, dots, or a dotted operator.
func (l *lexer) dot(flags uint8) {
	start := l.pos
	afterAt := flags&fSpace == 0 && l.last() == tAt
	switch {
	case isDigit(l.byteAt(start + 1)):
		l.number(flags, true)
	case l.byteAt(start+1) == '.' && l.byteAt(start+2) == '.':
		l.pos += 3
		if afterAt {
			l.add(tIdent, pNone, flags, start)
		} else {
			l.add(tEllipsis, pNone, flags, start)
		}
	case l.byteAt(start+1) == '.':
		l.pos += 2
		switch {
		case beginsDottable(l.text, l.pos):
			_, n := utf8.DecodeRuneInString(l.text[l.pos:])
			l.pos += n
			l.report(start, l.pos, "invalid operator", "")
			l.add(tBadOp, pNone, flags, start)
		case afterAt:
			l.add(tIdent, pNone, flags, start)
		default:
			l.add(tDotDot, pColon, flags, start)
		}
	case afterAt:
		l.punct(tIdent, flags)
	case beginsDottable(l.text, start+1):
		l.dotted(flags, start)
	default:
		l.punct(tDot, flags)
	}
}

// dotted reads an operator with a leading dot.
func (l *lexer) dotted(flags uint8, start int) {
	l.pos++
	flags |= fDot
	if l.text[l.pos] < utf8.RuneSelf {
		l.operator(start, flags)
		return
	}
	r, n := utf8.DecodeRuneInString(l.text[l.pos:])
	l.pos += n
	l.unicodeOp(r, unicodeOps[r], flags, start)
}

// operator reads the ASCII operator at the current position; the token begins
// at start, where there may be a dot before it.
func (l *lexer) operator(start int, flags uint8) bool {
	c, c1, c2, c3 := l.text[l.pos], l.byteAt(l.pos+1), l.byteAt(l.pos+2), l.byteAt(l.pos+3)
	eq := func(k tok, p prec) {
		if c1 == '=' {
			l.op(tOpEq, pAssign, flags, start, 2)
		} else {
			l.op(k, p, flags, start, 1)
		}
	}
	switch c {
	case '=':
		switch {
		case c1 == '=' && c2 == '=':
			l.op(tCompareOp, pCompare, flags, start, 3)
		case c1 == '=':
			l.op(tCompareOp, pCompare, flags, start, 2)
		case c1 == '>':
			l.op(tPairOp, pPair, flags, start, 2)
		default:
			l.op(tEq, pAssign, flags, start, 1)
		}
	case '+':
		if c1 == '+' {
			l.op(tPlusPlus, pPlus, flags, start, 2)
		} else {
			eq(tPlus, pPlus)
		}
	case '-':
		switch {
		case c1 == '-' && c2 == '>':
			l.op(tLongArrow, pArrow, flags, start, 3)
		case c1 == '-':
			l.badOp(tBadOp, "invalid operator", flags, start, 2)
		case c1 == '>' && flags&fDot == 0:
			l.op(tRightArrow, pNone, flags, start, 2)
		default:
			eq(tMinus, pPlus)
		}
	case '*':
		if c1 == '*' {
			l.badOp(tBadPow, "use `x^y` instead of `x**y` for exponentiation, and `x...` instead of `**x` for splatting", flags, start, 2)
		} else {
			eq(tStar, pTimes)
		}
	case '/':
		switch {
		case c1 == '/' && c2 == '=':
			l.op(tOpEq, pAssign, flags, start, 3)
		case c1 == '/':
			l.op(tRational, pRational, flags, start, 2)
		default:
			eq(tTimesOp, pTimes)
		}
	case '\\', '%':
		eq(tTimesOp, pTimes)
	case '^':
		eq(tPower, pPower)
	case '&':
		if c1 == '&' {
			l.op(tAndAnd, pAnd, flags, start, 2)
		} else {
			eq(tAmp, pTimes)
		}
	case '|':
		switch c1 {
		case '|':
			l.op(tOrOr, pOr, flags, start, 2)
		case '>':
			l.op(tPipeRight, pPipeRight, flags, start, 2)
		default:
			eq(tPlusOp, pPlus)
		}
	case '<':
		l.less(c1, c2, c3, flags, start)
	case '>':
		l.greater(c1, c2, c3, flags, start)
	case '!':
		switch {
		case c1 == '=' && c2 == '=':
			l.op(tCompareOp, pCompare, flags, start, 3)
		case c1 == '=':
			l.op(tCompareOp, pCompare, flags, start, 2)
		default:
			l.op(tBang, pNone, flags, start, 1)
		}
	case '~':
		l.op(tTilde, pAssign, flags, start, 1)
	case ':':
		switch c1 {
		case ':':
			l.op(tDecl, pDecl, flags, start, 2)
		case '=':
			l.op(tColonEq, pAssign, flags, start, 2)
		default:
			l.op(tColon, pColon, flags, start, 1)
		}
	case '?':
		l.op(tQuestion, pCond, flags, start, 1)
	case '$':
		eq(tDollar, pPlus)
	default:
		return false
	}
	return true
}

func (l *lexer) badOp(k tok, msg string, flags uint8, start, n int) {
	l.pos += n
	l.report(start, l.pos, msg, "")
	l.add(k, pNone, flags, start)
}

func (l *lexer) less(c1, c2, c3 byte, flags uint8, start int) {
	switch {
	case c1 == '<' && c2 == '=':
		l.op(tOpEq, pAssign, flags, start, 3)
	case c1 == '<':
		l.op(tShift, pShift, flags, start, 2)
	case c1 == '=':
		l.op(tCompareOp, pCompare, flags, start, 2)
	case c1 == ':':
		l.op(tSubtype, pCompare, flags, start, 2)
	case c1 == '|':
		l.op(tPipeLeft, pPipeLeft, flags, start, 2)
	case c1 == '-' && c2 == '-' && c3 == '-':
		l.badOp(tBadOp, "invalid operator", flags, start, 4)
	case c1 == '-' && c2 == '-' && c3 == '>':
		l.op(tArrowOp, pArrow, flags, start, 4)
	case c1 == '-' && c2 == '-':
		l.op(tArrowOp, pArrow, flags, start, 3)
	default:
		l.op(tLess, pCompare, flags, start, 1)
	}
}

func (l *lexer) greater(c1, c2, c3 byte, flags uint8, start int) {
	switch {
	case c1 == '>' && c2 == '>' && c3 == '=':
		l.op(tOpEq, pAssign, flags, start, 4)
	case c1 == '>' && c2 == '>':
		l.op(tShift, pShift, flags, start, 3)
	case c1 == '>' && c2 == '=':
		l.op(tOpEq, pAssign, flags, start, 3)
	case c1 == '>':
		l.op(tShift, pShift, flags, start, 2)
	case c1 == '=':
		l.op(tCompareOp, pCompare, flags, start, 2)
	case c1 == ':':
		l.op(tSupertype, pCompare, flags, start, 2)
	default:
		l.op(tGreater, pCompare, flags, start, 1)
	}
}
