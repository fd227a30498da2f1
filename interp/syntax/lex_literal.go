package syntax

// This file reads numbers, characters and the parts of strings.

import (
	"strings"
	"unicode/utf8"
)

// last returns the kind of the token before, tEOF if there is none.
func (l *lexer) last() tok {
	if n := len(l.toks); n > 0 {
		return l.toks[n-1].kind
	}
	return tEOF
}

// adjacent reports whether the token before ends where the next one begins.
func (l *lexer) adjacent(flags uint8) bool { return flags&fSpace == 0 && len(l.toks) > 0 }

// digits passes digits of the class and single underscores between them.
func (l *lexer) digits(class uint8, max byte) bool {
	start := l.pos
	ok := func(i int) bool {
		c := l.byteAt(i)
		return byteClass[c]&class != 0 && (max == 0 || c <= max)
	}
	for ok(l.pos) || l.byteAt(l.pos) == '_' && ok(l.pos+1) {
		l.pos++
	}
	return l.pos > start
}

const badNumber = "invalid numeric constant"

// number reads a number; fraction if it begins with a dot.
func (l *lexer) number(flags uint8, fraction bool) {
	start := l.pos
	if l.text[start] == '0' {
		switch l.byteAt(start + 1) {
		case 'x', 'b', 'o':
			l.radix(flags, l.text[start+1])
			return
		}
	}
	kind := tInteger
	if fraction {
		l.pos++
		kind = tFloat
	}
	l.digits(cDigit, 0)
	if l.byteAt(l.pos) == '.' && l.byteAt(l.pos+1) != '.' {
		if fraction {
			l.pos++
			l.bad(flags, start, badNumber)
			return
		}
		if beginsDottable(l.text, l.pos+1) {
			l.pos++
			l.bad(flags, start, "ambiguous `.` syntax; add whitespace to clarify (eg `1.+2` might be `1.0+2` or `1 .+ 2`)")
			return
		}
		l.pos++
		kind = tFloat
		if l.byteAt(l.pos) == '_' {
			l.pos++
			l.bad(flags, start, badNumber)
			return
		}
		had := l.digits(cDigit, 0)
		if !l.exponentAhead() {
			if c := l.byteAt(l.pos); c == '.' && l.byteAt(l.pos+1) != '.' && !beginsDottable(l.text, l.pos+1) {
				l.pos++
				l.bad(flags, start, badNumber)
				return
			} else if !had && l.multiplied() {
				l.bad(flags, start, "numeric constant cannot be implicitly multiplied because it ends with `.`")
				return
			}
		}
	}
	if l.exponentAhead() {
		kind = tFloat
		if l.text[l.pos] == 'f' {
			kind = tFloat32
		}
		l.pos++
		l.sign()
		from := l.pos
		for isDigit(l.byteAt(l.pos)) {
			l.pos++
		}
		switch {
		case l.pos == from:
			l.bad(flags, start, badNumber)
			return
		case l.byteAt(l.pos) == '.' && l.byteAt(l.pos+1) != '.' && !beginsDottable(l.text, l.pos+1):
			l.pos++
			l.bad(flags, start, badNumber)
			return
		}
	}
	l.add(kind, pNone, flags, start)
}

// multiplied reports whether something follows that would multiply a number.
func (l *lexer) multiplied() bool {
	switch l.byteAt(l.pos) {
	case '(', '[', '{', '@', '`', '"':
		return true
	}
	r, _ := utf8.DecodeRuneInString(l.text[l.pos:])
	return l.pos < len(l.text) && isIdentStart(r)
}

const minus = "−" // U+2212, as good as a hyphen

// exponentAhead reports whether a decimal exponent begins here.
func (l *lexer) exponentAhead() bool {
	switch l.byteAt(l.pos) {
	case 'e', 'E', 'f':
		c := l.byteAt(l.pos + 1)
		return isDigit(c) || c == '+' || c == '-' || strings.HasPrefix(l.text[l.pos+1:], minus)
	}
	return false
}

func (l *lexer) sign() {
	switch {
	case l.byteAt(l.pos) == '+' || l.byteAt(l.pos) == '-':
		l.pos++
	case strings.HasPrefix(l.text[l.pos:], minus):
		l.pos += len(minus)
	}
}

// radix reads a number that begins with 0x, 0b or 0o.
func (l *lexer) radix(flags uint8, c byte) {
	start := l.pos
	l.pos += 2
	kind, class, max := tHexInt, uint8(cHex), byte(0)
	switch c {
	case 'b':
		kind, class, max = tBinInt, cDigit, '1'
	case 'o':
		kind, class, max = tOctInt, cDigit, '7'
	}
	had := l.digits(class, max)
	point := false
	if c == 'x' && l.byteAt(l.pos) == '.' && l.byteAt(l.pos+1) != '.' {
		l.pos++
		had = l.digits(class, max) || had
		point = true
	}
	if c == 'x' && (l.byteAt(l.pos) == 'p' || l.byteAt(l.pos) == 'P') {
		l.pos++
		l.sign()
		if !l.digits(cDigit, 0) || !had {
			l.bad(flags, start, badNumber)
			return
		}
		l.add(tFloat, pNone, flags, start)
		return
	}
	if point {
		l.bad(flags, start, "hex float literal must contain `p` or `P`")
		return
	}
	r, _ := utf8.DecodeRuneInString(l.text[l.pos:])
	if l.pos == len(l.text) {
		r = 0
	}
	if !had || '0' <= r && r <= '9' || isIdentStart(r) {
		for l.pos < len(l.text) {
			r, n := utf8.DecodeRuneInString(l.text[l.pos:])
			if !('0' <= r && r <= '9') && !isIdentStart(r) {
				break
			}
			l.pos += n
		}
		l.bad(flags, start, badNumber)
		return
	}
	l.add(kind, pNone, flags, start)
}

// prime reads a quote mark: the adjoint operator right after an operand, else
// a character.
func (l *lexer) prime(flags uint8) {
	if l.adjacent(flags) {
		switch k := l.last(); {
		case k.isIdent(), k.isWordOp(), k.isLiteral(), k == tDot, k == tRParen, k == tRBracket,
			k == tRBrace, k == tPrime, k == tEnd:
			l.op(tPrime, pNone, flags, l.pos, 1)
			return
		}
	}
	l.char(flags)
}

// char reads a character literal, from quote to quote.
func (l *lexer) char(flags uint8) {
	start := l.pos
	text := l.text
	if strings.HasPrefix(text[start:], "'''") {
		l.pos += 3
		l.add(tChar, pNone, flags, start)
		return
	}
	i := start + 1
	for i < len(text) && text[i] != '\'' {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		i++
	}
	if i >= len(text) {
		l.pos = len(text)
	} else {
		l.pos = i + 1
	}
	l.add(tChar, pNone, flags, start)
}

// openString reads an opening quote or backtick.
func (l *lexer) openString(c byte, flags uint8) {
	start := l.pos
	m := lexMode{delim: c, raw: c == '`'}
	if l.adjacent(flags) {
		if k := l.last(); k.isIdent() || k.isWordOp() {
			m.raw = true
		}
	}
	m.triple = l.byteAt(start+1) == c && l.byteAt(start+2) == c
	k, n := tStr, 1
	if m.triple {
		n = 3
	}
	switch {
	case c == '"' && m.triple:
		k = tStr3
	case c == '`' && m.triple:
		k = tCmd3
	case c == '`':
		k = tCmd
	}
	if m.raw {
		flags |= fRaw
	}
	l.pos += n
	l.add(k, pNone, flags, start)
	l.modes = append(l.modes, m)
}

// closes reports whether the string's closing quote is at i.
func (m *lexMode) closes(text string, i int) bool {
	if text[i] != m.delim {
		return false
	}
	return !m.triple || i+2 < len(text) && text[i+1] == m.delim && text[i+2] == m.delim
}

// stringPart reads the next part of a string: text, an interpolation or the
// closing quote. It is false at the end of the source.
func (l *lexer) stringPart(m *lexMode) bool {
	start, text := l.pos, l.text
	if start >= len(text) {
		l.add(tEOF, pNone, 0, start)
		return false
	}
	if l.last() == tInterp {
		if text[start] == '(' {
			m.depth = 1
			l.punct(tLParen, 0)
			return true
		}
		if r, _ := utf8.DecodeRuneInString(text[start:]); isIdentStart(r) {
			l.ident(0)
			l.afterInterp()
			return true
		}
	}
	if m.closes(text, start) {
		n := 1
		if m.triple {
			n = 3
		}
		l.pos += n
		l.add(tStrClose, pNone, 0, start)
		l.modes = l.modes[:len(l.modes)-1]
		return true
	}
	if text[start] == '$' && !m.raw {
		l.pos++
		l.add(tInterp, pNone, 0, start)
		return true
	}
	i, flags := start, uint8(0)
scan:
	for i < len(text) {
		switch c := text[i]; {
		case c == '\\':
			flags = fEscape
			i++
			if m.raw {
				for i < len(text) && text[i] == '\\' {
					i++
				}
				if i < len(text) && text[i] == m.delim && oddBackslashes(text, i) {
					i++
				}
			} else if i < len(text) {
				i++
			}
		case c == '$' && !m.raw, c == m.delim && m.closes(text, i):
			break scan
		default:
			i++
		}
	}
	l.pos = i
	if l.check {
		l.checkText(start, i, true)
	}
	l.add(tChunk, pNone, flags, start)
	return true
}

// oddBackslashes reports whether an odd number of backslashes ends before i.
func oddBackslashes(text string, i int) bool {
	n := 0
	for i-n > 0 && text[i-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}

// afterInterp refuses characters that look as if they went on the name of an
// interpolated variable but cannot.
func (l *lexer) afterInterp() {
	if l.pos >= len(l.text) || l.text[l.pos] < utf8.RuneSelf {
		return
	}
	r, n := utf8.DecodeRuneInString(l.text[l.pos:])
	if !beginsOperator(l.text, l.pos) && !isNeverIdent(r) {
		l.report(l.pos, l.pos+n, "interpolated variable ends with invalid character; use `$(...)` instead", "")
	}
}
