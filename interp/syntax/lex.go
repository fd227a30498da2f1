package syntax

// This file is the lexer's main loop: blanks, comments, names and punctuation.

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A lexer cuts a text into tokens. What it cannot read becomes a tError token
// and a diagnostic that names it.
type lexer struct {
	text  string
	pos   int
	toks  []token
	diags []lexDiag
	modes []lexMode
	check bool // the text has bytes that are not UTF-8, or bidirectional controls
}

// A lexDiag is a diagnostic about token tok.
type lexDiag struct {
	tok int
	d   Diagnostic
}

// A lexMode is a string being read; depth counts the parentheses open in an
// interpolation, 0 when the text of the string itself is next.
type lexMode struct {
	delim  byte
	triple bool
	raw    bool
	depth  int
}

// lex cuts text from byte offset from on.
func lex(text string, from int) ([]token, []lexDiag) {
	l := &lexer{text: text, pos: from}
	l.toks = make([]token, 0, (len(text)-from)/3+8)
	l.check = !utf8.ValidString(text) || strings.Contains(text, "\xe2\x80") || strings.Contains(text, "\xe2\x81")
	for l.next() {
	}
	return l.toks, l.diags
}

func (l *lexer) byteAt(i int) byte {
	if i < len(l.text) {
		return l.text[i]
	}
	return 0
}

// add appends the token that begins at start and ends at the current position.
func (l *lexer) add(k tok, p prec, flags uint8, start int) {
	l.toks = append(l.toks, token{k, p, flags, uint32(start), uint32(l.pos)})
}

// bad appends an error token and its diagnostic.
func (l *lexer) bad(flags uint8, start int, msg string) {
	l.report(start, l.pos, msg, "")
	l.add(tError, pNone, flags, start)
}

// report records a diagnostic about the token that is appended next.
func (l *lexer) report(start, end int, msg, tag string) {
	l.diags = append(l.diags, lexDiag{len(l.toks), Diagnostic{
		Span: Span{start, end}, Msg: msg, Incomplete: tag != "", Tag: tag}})
}

// next reads one token and the blanks before it. It is false at the end.
func (l *lexer) next() bool {
	if n := len(l.modes); n > 0 && l.modes[n-1].depth == 0 {
		return l.stringPart(&l.modes[n-1])
	}
	flags := l.blanks()
	start := l.pos
	if start >= len(l.text) {
		l.add(tEOF, pNone, flags, start)
		return false
	}
	c := l.text[start]
	switch {
	case byteClass[c]&cIdentStart != 0:
		l.ident(flags)
	case isDigit(c):
		l.number(flags, false)
	case c < utf8.RuneSelf:
		l.ascii(c, flags)
	default:
		l.unicode(flags)
	}
	return true
}

// blanks skips blanks and comments. A line break among them makes a tNewline.
func (l *lexer) blanks() uint8 {
	start, lines := l.pos, 0
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; {
		case c == '\n':
			lines++
			l.pos++
		case c == ' ' || '\t' <= c && c <= '\r':
			l.pos++
		case c == '#':
			l.comment()
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(l.text[l.pos:])
			if !isBlank(r) {
				return l.afterBlanks(start, lines)
			}
			l.pos += n
		default:
			return l.afterBlanks(start, lines)
		}
	}
	return l.afterBlanks(start, lines)
}

func (l *lexer) afterBlanks(start, lines int) uint8 {
	if l.pos == start {
		return 0
	}
	switch {
	case lines == 1:
		l.add(tNewline, pNone, fSpace, start)
	case lines > 1:
		l.add(tNewline, pNone, fSpace|fMulti, start)
	}
	return fSpace
}

// comment skips a comment, to the end of the line or nested in #= and =#.
func (l *lexer) comment() {
	start := l.pos
	if l.byteAt(l.pos+1) != '=' {
		end := strings.IndexByte(l.text[l.pos:], '\n')
		if end < 0 {
			end = len(l.text) - l.pos
		}
		l.pos += end
		if l.check {
			l.checkText(start, l.pos, false)
		}
		return
	}
	depth := 1
	for i := start + 2; ; i++ {
		j := strings.IndexAny(l.text[i:], "#=")
		if j < 0 || i+j+1 >= len(l.text) {
			l.pos = len(l.text)
			l.report(start, l.pos, "unterminated multi-line comment #= ... =#", "comment")
			return
		}
		i += j
		switch {
		case l.text[i] == '#' && l.text[i+1] == '=':
			depth++
			i++
		case l.text[i] == '=' && l.text[i+1] == '#':
			depth--
			i++
		}
		if depth == 0 {
			l.pos = i + 1
			if l.check {
				l.checkText(start, l.pos, true)
			}
			return
		}
	}
}

// checkText refuses bytes that are not UTF-8 and, if bidi, bidirectional
// controls that are not closed in their line.
func (l *lexer) checkText(start, end int, bidi bool) {
	s := l.text[start:end]
	if !utf8.ValidString(s) {
		l.report(start, end, "invalid UTF-8 sequence "+quoteJulia(s), "")
		return
	}
	if !bidi {
		return
	}
	embed, isolate := 0, 0
	for _, r := range s {
		switch r {
		case '\n':
			embed, isolate = 0, 0
		case 0x202a, 0x202b, 0x202d, 0x202e:
			embed++
		case 0x202c:
			embed--
		case 0x2066, 0x2067, 0x2068:
			isolate++
		case 0x2069:
			isolate--
		}
	}
	if embed != 0 || isolate != 0 {
		l.report(start, end, "unbalanced bidirectional unicode formatting "+quoteJulia(s), "")
	}
}

// quoteJulia writes s as a string literal, with escapes for what cannot be seen.
func quoteJulia(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, "\\x%02x", s[i])
		case r == '\n':
			b.WriteString("\\n")
		case r == '"' || r == '\\' || r == '$':
			b.WriteByte('\\')
			b.WriteRune(r)
		case isInvisible(r) || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069:
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
		i += n
	}
	b.WriteByte('"')
	return b.String()
}

// ident reads a name or a word.
func (l *lexer) ident(flags uint8) {
	start, text := l.pos, l.text
	i := start
	for i < len(text) {
		c := text[i]
		if byteClass[c]&cIdent != 0 {
			if c == '!' && l.byteAt(i+1) == '=' {
				break
			}
			i++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isIdentChar(r) && !l.joiner(r, i, n) {
			break
		}
		i += n
	}
	l.pos = i
	k, p := word(text[start:i])
	l.add(k, p, flags, start)
}

// joiner reports whether the zero-width joiner r at i joins two characters of
// one symbol, as in some emoji.
func (l *lexer) joiner(r rune, i, n int) bool {
	if r != 0x200d {
		return false
	}
	next, _ := utf8.DecodeRuneInString(l.text[i+n:])
	return next >= 0x2000 && isIdentChar(next)
}

// word returns the kind of a name: reserved, an operator, or none of these.
func word(s string) (tok, prec) {
	if len(s) < 2 || len(s) > 10 {
		return tIdent, pNone
	}
	switch s {
	case "abstract":
		return tAbstract, pNone
	case "as":
		return tAs, pNone
	case "baremodule":
		return tBaremodule, pNone
	case "begin":
		return tBegin, pNone
	case "break":
		return tBreak, pNone
	case "catch":
		return tCatch, pNone
	case "const":
		return tConst, pNone
	case "continue":
		return tContinue, pNone
	case "do":
		return tDo, pNone
	case "doc":
		return tDoc, pNone
	case "else":
		return tElse, pNone
	case "elseif":
		return tElseif, pNone
	case "end":
		return tEnd, pNone
	case "export":
		return tExport, pNone
	case "false", "true":
		return tBool, pNone
	case "finally":
		return tFinally, pNone
	case "for":
		return tFor, pNone
	case "function":
		return tFunction, pNone
	case "global":
		return tGlobal, pNone
	case "if":
		return tIf, pNone
	case "import":
		return tImport, pNone
	case "in":
		return tIn, pCompare
	case "isa":
		return tIsa, pCompare
	case "let":
		return tLet, pNone
	case "local":
		return tLocal, pNone
	case "macro":
		return tMacro, pNone
	case "module":
		return tModule, pNone
	case "mutable":
		return tMutable, pNone
	case "outer":
		return tOuter, pNone
	case "primitive":
		return tPrimitive, pNone
	case "public":
		return tPublic, pNone
	case "quote":
		return tQuote, pNone
	case "return":
		return tReturn, pNone
	case "struct":
		return tStruct, pNone
	case "try":
		return tTry, pNone
	case "type":
		return tType, pNone
	case "using":
		return tUsing, pNone
	case "var":
		return tVar, pNone
	case "where":
		return tWhere, pNone
	case "while":
		return tWhile, pNone
	}
	return tIdent, pNone
}

// unicode reads a token that begins outside ASCII.
func (l *lexer) unicode(flags uint8) {
	start := l.pos
	r, n := utf8.DecodeRuneInString(l.text[start:])
	if isIdentStart(r) {
		l.ident(flags)
		return
	}
	if op, ok := unicodeOps[r]; ok {
		l.pos += n
		l.unicodeOp(r, op, flags, start)
		return
	}
	l.pos += n
	switch {
	case r == utf8.RuneError && n == 1:
		l.bad(flags, start, "invalid UTF-8 sequence "+quoteJulia(l.text[start:l.pos]))
	case isInvisible(r):
		l.bad(flags, start, fmt.Sprintf("invisible character '\\u%x'", r))
	case isIdentChar(r):
		l.bad(flags, start, fmt.Sprintf("identifier cannot begin with character '%c'", r))
	default:
		l.bad(flags, start, fmt.Sprintf("unknown unicode character '%c'", r))
	}
}

// unicodeOp finishes the operator r, which has been passed; it began at start.
func (l *lexer) unicodeOp(r rune, op opInfo, flags uint8, start int) {
	if l.byteAt(l.pos) == '=' && (r == '÷' || r == '⊻' || r == '−') {
		l.pos++
		l.add(tOpEq, pAssign, flags, start)
		return
	}
	l.op(op.kind, op.prec, flags, start, 0)
}

// op passes n bytes, then a suffix if the operator takes one, and appends it.
func (l *lexer) op(k tok, p prec, flags uint8, start, n int) {
	l.pos += n
	if l.pos < len(l.text) && l.text[l.pos] >= utf8.RuneSelf && k.takesSuffix() {
		for l.pos < len(l.text) {
			r, n := utf8.DecodeRuneInString(l.text[l.pos:])
			if !isOpSuffix(r) {
				break
			}
			l.pos += n
			flags |= fSuffix
		}
	}
	l.add(k, p, flags, start)
}
