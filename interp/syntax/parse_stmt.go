package syntax

// This file parses sequences of statements and what may stand as a statement:
// docstrings and assignments.

// A stmtRule is what a block's statements are.
type stmtRule uint8

const (
	ruleEq     stmtRule = iota // expressions and assignments
	ruleDoc                    // these, with docstrings
	rulePublic                 // these, and public
	ruleField                  // fields of a struct, with docstrings
)

func (p *parser) stmt(r stmtRule) {
	switch r {
	case ruleEq:
		p.eq()
	case ruleDoc, ruleField:
		p.docstring(r)
	case rulePublic:
		p.publicStmt()
	}
}

// stmts parses the statements of one line at top level. More than one, or a
// semicolon, makes a toplevel node.
//
//	a;b;c   ==>  (toplevel a b c)
//	a;;;b;; ==>  (toplevel a b)
func (p *parser) stmts() {
	m := p.mark()
	semis := false
	if p.peek() != tSemi {
		p.publicStmt()
	}
	for p.peek() == tSemi {
		semis = true
		p.next()
		if k := p.peek(); k != tSemi && k != tNewline && k != tEOF {
			p.publicStmt()
		}
	}
	if k := p.peek(); k != tEOF && k != tNewline {
		start, gap := p.peekTok().start, p.here()
		p.recover(func(k tok) bool { return k == tNewline })
		p.report(gap, p.last, "extra tokens after end of expression")
		p.leaf(KError, start, p.last)
		if !semis {
			p.emit(m, KError, 0)
		}
	}
	if semis {
		p.emit(m, KToplevel, nMark)
	}
}

// publicStmt parses a statement of a file or module.
func (p *parser) publicStmt() {
	if p.peek() == tPublic {
		switch p.peekAt(1).kind {
		case tLParen, tLBracket, tEq:
			t := p.peekTok()
			p.warn(t.start, t.end, "using public as an identifier is deprecated")
		default:
			if p.dialect != Julia15 {
				p.reservedWord()
				return
			}
		}
	}
	p.docstring(ruleDoc)
}

// docstring parses a statement, and, if it is a string that is followed by
// another in the same line or the next, both as documentation.
//
//	"doc" \n foo ==> (doc "doc" foo)
func (p *parser) docstring(r stmtRule) {
	m := p.mark()
	down := p.eq
	if r == ruleField {
		down = p.structField
	}
	down()
	if p.topKind() != KString {
		return
	}
	t := p.peekTok()
	switch {
	case p.closes(t.kind):
		return
	case t.kind == tNewline:
		if t.flags&fMulti != 0 || p.closes(p.peekAt(1).kind) {
			return
		}
		p.next()
	}
	down()
	p.emit(m, KDoc, 0)
}

// block parses statements up to a word that closes or continues a block.
//
//	a \n b ; c  ==>  (block a b c)
func (p *parser) block(r stmtRule) {
	m := p.markHere()
	p.level++
	p.blockBody(r)
	p.level--
	if len(p.stack) > m.base {
		m.start = p.nodes[p.stack[m.base]].start
	}
	p.emitBlock(m)
}

// emitBlock makes a block that ends with its last statement.
func (p *parser) emitBlock(m mark) {
	last := p.last
	if len(p.stack) > m.base {
		p.last = p.nodes[p.top()].end
	} else {
		p.last = m.start
	}
	p.emit(m, KBlock, 0)
	p.last = last
}

func (p *parser) blockBody(r stmtRule) {
	for {
		switch k := p.peek(); {
		case k == tNewline || k == tSemi:
			p.next()
			continue
		case k == tEOF, k.isContinuation() && (k != tEnd || p.ctx&cEndSym == 0):
			return
		}
		p.stmt(r)
		if k := p.peek(); k != tNewline && k != tSemi {
			return
		}
	}
}

// eq parses an expression or assignment in which commas make tuples.
func (p *parser) eq() { p.assignment(true) }

// eqStar parses an expression or assignment that a comma ends.
func (p *parser) eqStar() {
	if p.peek() == tIdent || p.peek() == tInteger {
		switch p.peekAt(1).kind {
		case tComma, tRParen, tRBracket, tRBrace:
			p.atom(true, false)
			return
		}
	}
	p.assignment(false)
}

// assignment parses an assignment, or what may stand to the left of one.
//
//	a = b         ==>  (= a b)
//	a, b = c, d   ==>  (= (tuple a b) (tuple c d))
//	f(x) = y      ==>  (= (call f x) y), a short function definition
func (p *parser) assignment(commas bool) {
	if p.enter() {
		m := p.mark()
		if commas {
			p.comma(true)
		} else {
			p.pair()
		}
		p.assignRest(m, commas)
	}
	p.leave()
}

// assignRest parses an assignment whose left side has been read.
func (p *parser) assignRest(m mark, commas bool) {
	t := p.peekTok()
	if t.prec != pAssign {
		return
	}
	if t.kind == tTilde {
		if p.ctx&cSpaces != 0 && t.space() && !p.peekAt(1).space() {
			return
		}
		p.ident()
		p.skipNewline()
		p.assignment(commas)
		p.emitInfix(m, t)
		return
	}
	k, flags := p.assignKind(t), uint8(0)
	if k == KAssign && p.eventuallyCall(p.top()) {
		flags = nMark
	}
	p.next()
	p.skipNewline()
	p.assignment(commas)
	p.emit(m, k, flags)
}

// assignKind returns the kind of node the assignment operator t makes.
func (p *parser) assignKind(t *token) Kind {
	switch t.kind {
	case tEq:
		if t.dot() {
			return KDotAssign
		}
		return KAssign
	case tColonEq:
		return KColonEq
	case tOpEq:
		return updateKind(p.text1(t))
	}
	switch p.text1(t) {
	case "≔":
		return KAssignColonEq
	case "⩴":
		return KAssignDouble
	}
	return KAssignEqColon
}

// updateKind returns the kind of the updating assignment op.
func updateKind(op string) Kind {
	first := kUpdate
	if op[0] == '.' {
		op, first = op[1:], kDotUpdate
	}
	if op == "−=" {
		op = "-="
	}
	for i, s := range updateOps {
		if s == op {
			return first + Kind(i)
		}
	}
	return KError
}

// eventuallyCall reports whether n is a call, perhaps with a return type,
// where clauses or parentheses around it.
func (p *parser) eventuallyCall(n Node) bool {
	for {
		d := &p.nodes[n]
		switch d.kind {
		case KCall:
			return d.flags&nDotted == 0
		case KPrime:
			return p.dialect != Julia15
		case KWhere, KParens:
		case KDecl:
			if d.n < 2 {
				return false
			}
		default:
			return false
		}
		if d.n == 0 {
			return false
		}
		n = p.kids[d.first]
	}
}

// comma parses a list without brackets and returns the number of commas.
//
//	x, y  ==>  (tuple x y)
func (p *parser) comma(tuple bool) int {
	m := p.mark()
	p.pair()
	n := 0
	for p.peek() == tComma {
		p.next()
		n++
		if t := p.peekTok(); t.kind == tEq && !t.dot() {
			continue
		}
		p.pair()
	}
	if tuple && n > 0 {
		p.emit(m, KTuple, 0)
	}
	return n
}
