package syntax

// This file is the parser's entry points and its machinery: reading tokens,
// building nodes, reporting errors and going on after them.

import "sort"

// A Dialect is a version of the grammar.
type Dialect uint8

// Julia112 is the language; Julia15 gives the Expr forms of version 1.5 where
// they have changed since, to be compared with it.
const (
	Julia112 Dialect = iota
	Julia15
)

// Parse reads the whole text of f. The root of the tree is of kind KToplevel
// and its children are the statements.
func Parse(f *File) *Tree { return ParseDialect(f, Julia112) }

// ParseDialect is Parse for a given version of the grammar.
func ParseDialect(f *File, d Dialect) *Tree {
	p := newParser(f, 0, d)
	m := mark{}
	for p.peekLine() != tEOF {
		p.skipNewline()
		p.stmts()
	}
	p.skipNewline()
	root := p.emit(m, KToplevel, 0)
	p.nodes[root].start, p.nodes[root].end = 0, uint32(len(f.Text))
	return p.tree(root)
}

// ParseOne reads one expression that begins at a byte offset of the text: a
// whole statement if greedy, else an atom. It returns the offset where the
// next expression may begin. The root of the tree is the expression, or NoNode
// if nothing but blanks is left.
func ParseOne(f *File, offset int, greedy bool) (t *Tree, next int) {
	p := newParser(f, offset, Julia112)
	p.skipNewline()
	if p.peek() == tEOF {
		t = p.tree(NoNode)
		t.Diagnostics = p.lexed(len(p.toks))
		return t, len(f.Text)
	}
	if greedy {
		p.stmts()
	} else {
		p.atom(true, false)
	}
	root := p.stack[0]
	if len(p.stack) > 1 {
		root = p.emit(mark{start: p.nodes[root].start}, KBlock, 0)
	}
	next = int(p.here())
	switch {
	case p.toks[p.pos].kind == tEOF:
		next = len(f.Text)
	case greedy:
		next = afterLine(f.Text, next)
	}
	return p.tree(root), next
}

// afterLine returns the offset after the line break that follows, and the
// blanks that begin the next line.
func afterLine(text string, i int) int {
	l := lexer{text: text, pos: i}
	for l.pos < len(text) && text[l.pos] != '\n' {
		switch text[l.pos] {
		case '#':
			l.comment()
		default:
			l.pos++
		}
	}
	l.pos = min(l.pos+1, len(text))
	for l.pos < len(text) && (text[l.pos] == ' ' || text[l.pos] == '\t') {
		l.pos++
	}
	return l.pos
}

// maxDepth limits the nesting of expressions, maxRun that of operators which
// group to the left.
const (
	maxDepth = 3000
	maxRun   = 30_000
)

type ctx uint8

// The context of an expression.
const (
	cRange   ctx = 1 << iota // a colon makes a range
	cSpaces                  // blanks separate expressions, as in [a -b]
	cGen                     // for makes a generator
	cEndSym                  // begin and end are ends of an array
	cNewline                 // a line break is a blank
	cWhere                   // where may follow

	cNormal = cRange | cWhere
)

type parser struct {
	Tree
	text  string
	toks  []token
	lex   []lexDiag
	diags []Diagnostic
	pos   int // index of the next token
	from  uint32
	last  uint32 // end of the last token that was no line break
	ctx   ctx
	stack []Node
	parts []part // sections after semicolons of the brackets being read
	depth int
	level int  // open constructs
	over  bool // nested too deeply: the rest is not read
}

// A part is a section of a bracketed list that begins with a semicolon.
type part struct {
	base  int
	start uint32
}

func newParser(f *File, from int, d Dialect) *parser {
	p := &parser{text: f.Text, ctx: cNormal, from: uint32(from), last: uint32(from)}
	p.File, p.dialect, p.Root = f, d, NoNode
	p.toks, p.lex = lex(f.Text, from)
	p.nodes = make([]nodeData, 0, len(p.toks)+len(p.toks)/4+4)
	p.kids = make([]Node, 0, len(p.toks)+len(p.toks)/4+4)
	return p
}

// tree finishes the parse.
func (p *parser) tree(root Node) *Tree {
	t := p.Tree
	t.Root = root
	t.Diagnostics = append(p.lexed(p.pos), p.diags...)
	sort.SliceStable(t.Diagnostics, func(i, j int) bool {
		return t.Diagnostics[i].Span.Start < t.Diagnostics[j].Span.Start
	})
	return &t
}

// lexed returns the lexer's diagnostics about tokens before index n.
func (p *parser) lexed(n int) (ds []Diagnostic) {
	if n < len(p.toks) && p.toks[n].kind == tEOF {
		n = len(p.toks)
	}
	for i := range p.lex {
		if p.lex[i].tok < n {
			ds = append(ds, p.lex[i].d)
		}
	}
	return ds
}

// at returns the index of the next token that matters.
func (p *parser) at() int {
	if p.ctx&cNewline != 0 && p.toks[p.pos].kind == tNewline {
		return p.pos + 1
	}
	return p.pos
}

func (p *parser) peek() tok       { return p.toks[p.at()].kind }
func (p *parser) peekTok() *token { return &p.toks[p.at()] }

// peekAt returns the n-th token after the next one.
func (p *parser) peekAt(n int) *token {
	i := p.at()
	for ; n > 0 && p.toks[i].kind != tEOF; n-- {
		i++
		if p.ctx&cNewline != 0 && p.toks[i].kind == tNewline {
			i++
		}
	}
	return &p.toks[i]
}

// peekLine returns the next token after a line break, if there is one.
func (p *parser) peekLine() tok { return p.peekLineTok().kind }

func (p *parser) peekLineTok() *token {
	if p.toks[p.pos].kind == tNewline {
		return &p.toks[p.pos+1]
	}
	return &p.toks[p.pos]
}

// next passes the next token and returns it.
func (p *parser) next() *token {
	i := p.at()
	t := &p.toks[i]
	if t.kind != tEOF {
		p.pos = i + 1
		if t.kind != tNewline {
			p.last = t.end
		}
	}
	return t
}

func (p *parser) skipNewline() {
	if p.toks[p.pos].kind == tNewline {
		p.pos++
	}
}

// here returns the end of what has been read, blanks not included.
func (p *parser) here() uint32 {
	if p.pos == 0 {
		return p.from
	}
	return p.toks[p.pos-1].end
}

// A mark is where a node begins: its first byte, and its first child's place
// on the stack. The blanks before it begin at gap.
type mark struct {
	base  int
	start uint32
	gap   uint32
}

func (p *parser) mark() mark { return mark{len(p.stack), p.peekLineTok().start, p.here()} }

// markHere is a mark for a node that may turn out to be empty.
func (p *parser) markHere() mark { return mark{len(p.stack), p.last, p.last} }

func (p *parser) text1(t *token) string { return p.text[t.start:t.end] }

// leaf pushes a node without children.
func (p *parser) leaf(k Kind, start, end uint32) Node {
	n := Node(len(p.nodes))
	p.nodes = append(p.nodes, nodeData{kind: k, start: start, end: end})
	p.stack = append(p.stack, n)
	return n
}

// ident pushes the token as a name and passes it.
func (p *parser) ident() {
	t := p.next()
	p.leaf(KIdent, t.start, t.end)
}

// emit replaces the nodes pushed since m by one whose children they are.
func (p *parser) emit(m mark, k Kind, flags uint8) Node {
	first := len(p.kids)
	start, end := m.start, max(p.last, m.start)
	if len(p.diags) > 0 {
		for _, k := range p.stack[m.base:] { // what is missing may lie outside
			start, end = min(start, p.nodes[k].start), max(end, p.nodes[k].end)
		}
	}
	p.kids = append(p.kids, p.stack[m.base:]...)
	n := Node(len(p.nodes))
	p.nodes = append(p.nodes, nodeData{kind: k, flags: flags, start: start, end: end,
		first: uint32(first), n: uint32(len(p.stack) - m.base)})
	p.stack = append(p.stack[:m.base], n)
	return n
}

// emitInfix makes a call of operand, operator, operand: the operator first.
func (p *parser) emitInfix(m mark, t *token) {
	s := p.stack[m.base:]
	s[0], s[1] = s[1], s[0]
	flags := uint8(nInfix)
	if t.dot() {
		flags |= nDotted
	}
	p.emit(m, KCall, flags)
}

// top returns the node on top of the stack.
func (p *parser) top() Node { return p.stack[len(p.stack)-1] }

// topKind returns the kind of the node on top, parentheses aside.
func (p *parser) topKind() Kind {
	if len(p.stack) == 0 {
		return KNone
	}
	return p.nodes[p.strip(p.top())].kind
}

// enter counts a level of nesting. It is false where that is too deep: then an
// error node is pushed and the rest of the text is passed.
func (p *parser) enter() bool {
	p.depth++
	if p.depth <= maxDepth {
		return true
	}
	p.giveUp()
	p.leaf(KError, p.last, p.last)
	return false
}

// giveUp reports too deep nesting and passes the rest of the text.
func (p *parser) giveUp() {
	if !p.over {
		p.errorAt(p.peekTok(), "expression is nested too deeply")
		p.over = true
	}
	p.pos = len(p.toks) - 1
}

// more counts the operators or suffixes of a run, each of which nests what is
// before it. It is false where there are too many.
func (p *parser) more(n *int) bool {
	*n++
	if *n > maxRun {
		p.giveUp()
	}
	return *n <= maxRun
}

func (p *parser) leave() { p.depth-- }

// closes reports whether the token ends a list or block that holds it.
func (p *parser) closes(k tok) bool {
	switch k {
	case tElse, tElseif, tCatch, tFinally, tComma, tRParen, tRBracket, tRBrace, tSemi, tEOF:
		return true
	case tStrClose, tChunk, tInterp:
		return true
	case tEnd:
		return p.ctx&cEndSym == 0
	}
	return false
}

// begins reports whether the reserved word begins an expression here.
func (p *parser) begins(k tok) bool {
	return tBaremodule <= k && k <= tWhile && (k != tBegin || p.ctx&cEndSym == 0)
}

// ---- errors ----

// report records an error of the given span. After the last token it means that
// the text is incomplete.
func (p *parser) report(start, end uint32, msg string) { p.reportTag(start, end, msg, "other") }

func (p *parser) reportTag(start, end uint32, msg, tag string) {
	if p.over {
		return
	}
	d := Diagnostic{Span: Span{int(start), int(end)}, Msg: msg}
	if start >= p.last && p.peekLine() == tEOF {
		p.incomplete(&d, tag)
	}
	p.diags = append(p.diags, d)
}

// incomplete makes d the error of a text that ends too early.
func (p *parser) incomplete(d *Diagnostic, tag string) {
	d.Incomplete, d.Tag = true, tag
	if p.open == 0 {
		p.open = p.level
	}
}

func (p *parser) warn(start, end uint32, msg string) {
	p.diags = append(p.diags, Diagnostic{Span: Span{int(start), int(end)}, Msg: msg, Warning: true})
}

// errorHere reports an error between what has been read and what follows, and
// pushes nothing.
func (p *parser) errorHere(msg string) { p.report(p.here(), p.here(), msg) }

// errorAt reports an error about a token.
func (p *parser) errorAt(t *token, msg string) { p.report(t.start, t.end, msg) }

// errorNode wraps the nodes since m in an error.
func (p *parser) errorNode(m mark, msg string) {
	p.report(m.start, max(p.last, m.start), msg)
	p.emit(m, KError, 0)
}

// errorGap is errorNode with a span that holds the blanks before.
func (p *parser) errorGap(m mark, msg string) {
	p.report(m.gap, max(p.last, m.start), msg)
	p.emit(m, KError, 0)
}

// noSpace refuses blanks before the next token.
func (p *parser) noSpace() { p.noSpaceMsg("whitespace is not allowed here") }

func (p *parser) noSpaceMsg(msg string) {
	if t := &p.toks[p.pos]; t.space() {
		if t.kind == tNewline {
			p.report(p.here(), t.end, msg)
			p.pos++
			return
		}
		p.report(p.here(), t.start, msg)
	}
}

// closer passes the closing token k. If it is missing, that is reported and
// tokens are passed up to one that ends something.
func (p *parser) closer(k tok, hint string) {
	if p.peekLine() == k {
		p.skipNewline()
		p.next()
		return
	}
	if k == tEnd {
		p.level++
		p.reportTag(p.here(), p.here(), "Expected `end`", "block")
		p.level--
	} else {
		p.errorHere("Expected `" + tokText[k] + "`" + hint)
	}
	p.recover(func(k tok) bool { return p.closes(k) && k != tComma && k != tSemi })
	if p.peek() == k {
		p.next()
	}
}

// tokText has the text of the closing tokens.
var tokText = map[tok]string{tRParen: ")", tRBracket: "]", tRBrace: "}", tEnd: "end"}

// recover passes tokens up to one for which stop holds, or the end.
func (p *parser) recover(stop func(tok) bool) {
	for k := p.peek(); k != tEOF && !stop(k); k = p.peek() {
		p.next()
	}
}
