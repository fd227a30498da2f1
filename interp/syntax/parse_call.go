package syntax

// This file parses what is applied to an operand: arguments, indices, type
// parameters, fields, adjoints, macro and string macro names.

// A list is what is known of a bracketed list while it is read.
type list struct {
	commas    bool // at least one comma
	splat     bool // the first expression is a splat
	semiFirst bool // a semicolon comes first
	trailing  bool // a comma comes last
	semis     int
	exprs     int
	parts     int // index in parser.parts of the first section
	saved     ctx
}

func (l *list) flags() uint8 {
	if l.trailing {
		return nComma
	}
	return 0
}

// list parses the expressions of a bracketed list up to its closing token,
// which endList passes. Semicolons begin sections.
func (p *parser) list(closer tok, generatorLast bool) list {
	l := list{parts: len(p.parts), saved: p.ctx}
	p.ctx = p.ctx&^cSpaces | cRange | cWhere | cNewline
	l.semiFirst = p.peek() == tSemi
	p.level++
	for {
		k := p.peek()
		if k == tSemi {
			p.parts = append(p.parts, part{len(p.stack), p.peekTok().start})
			l.semis++
			p.next()
			continue
		}
		if k == closer || p.closes(k) {
			if k != closer {
				l.trailing = false
			}
			return l
		}
		m := p.mark()
		p.eqStar()
		l.trailing = false
		l.exprs++
		if l.exprs == 1 {
			l.splat = p.topKind() == KSplat
		}
		if p.peek() == tFor {
			p.generator(m)
			if generatorLast {
				return l
			}
		}
		switch k := p.peek(); k {
		case tComma:
			l.commas, l.trailing = true, true
			p.next()
		case tSemi, closer:
		default:
			return l
		}
	}
}

// endList passes the closing token. If params, the sections become nested
// parameters, on top of the stack.
func (p *parser) endList(l *list, closer tok, params bool) {
	if params {
		for i := len(p.parts) - 1; i >= l.parts; i-- {
			s := p.parts[i]
			if s.base < len(p.stack) && i+1 < len(p.parts) {
				p.rotate(s.base)
			}
			p.emit(mark{s.base, s.start, s.start}, KParameters, 0)
		}
	}
	p.parts = p.parts[:l.parts]
	p.closer(closer, " or `,`")
	p.level--
	p.ctx = l.saved
}

// rotate moves the top of the stack down to index i.
func (p *parser) rotate(i int) {
	top := p.top()
	copy(p.stack[i+1:], p.stack[i:len(p.stack)-1])
	p.stack[i] = top
}

// emitArgs makes a node with arguments; parameters on top of the stack move to
// the child index at.
func (p *parser) emitArgs(m mark, at int, k Kind, flags uint8) {
	if len(p.stack) > m.base+at && p.nodes[p.top()].kind == KParameters {
		p.rotate(m.base + at)
	}
	p.emit(m, k, flags)
}

// args parses the arguments of a call, after the opening token.
func (p *parser) args(closer tok) list {
	saved := p.ctx
	p.ctx |= cGen
	l := p.list(closer, false)
	l.saved = saved
	p.endList(&l, closer, true)
	return l
}

// A chain is the state of parsing what is applied to an operand.
type chain struct {
	mark
	macro  bool // a macro's name has been read, its arguments have not
	naming bool // the name after @ is not finished
	at     Span // the part of a macro's name that has its @, if not the first
	strmac bool // a string literal may follow as a string macro's
	name   Node // the last component of the name
}

// callChain parses all that follows an operand that begins at m; macro if the
// operand is the name of a macro after @.
func (p *parser) callChain(m mark, macro bool) {
	if p.topKind().isNumber() && p.peek() == tLParen {
		return
	}
	c := chain{mark: m, macro: macro, naming: macro, strmac: true, name: p.top()}
	for run := 0; ; {
		t := p.peekTok()
		k := t.kind
		if opensMacroArgs(k) && !p.more(&run) {
			return
		}
		strmac := c.strmac
		c.strmac = false
		switch {
		case !c.macro && p.ctx&cSpaces != 0 && t.space() && opensOperand(k):
			return
		case c.macro && (t.space() || !opensMacroArgs(k)):
			p.endName(&c)
			p.macroArgs(&c)
			return
		case k == tLParen:
			p.endName(&c)
			p.noSpace()
			p.next()
			l := p.args(tRParen)
			if c.macro {
				p.emitArgs(c.mark, 1, KMacrocall, nParens|l.flags())
				c.macro, c.at = false, Span{}
			} else {
				p.emitArgs(c.mark, 1, KCall, l.flags())
			}
			if p.peek() == tDo {
				p.do(c.mark)
			}
		case k == tLBracket:
			p.endName(&c)
			p.index(&c)
		case k == tLBrace:
			p.endName(&c)
			p.curly(&c)
		case k == tDot:
			p.field(&c)
		case k == tPrime && !t.space():
			p.prime(c.mark)
		case (k.isString() || k.isCmd()) && !t.space() && t.flags&fRaw != 0 && strmac &&
			p.toks[p.at()-1].kind != tBool:
			p.stringMacro(c.mark)
		default:
			return
		}
	}
}

func opensOperand(k tok) bool {
	return k == tLParen || k == tLBracket || k == tLBrace || k.isString() || k.isCmd()
}

func opensMacroArgs(k tok) bool {
	return k == tLParen || k == tLBracket || k == tLBrace || k == tPrime || k == tDot
}

// endName finishes a macro's name that began with @.
func (p *parser) endName(c *chain) {
	if c.naming {
		c.naming = false
		p.emit(c.mark, KMacroName, 0)
	}
}

// macroArgs parses the arguments of a macro call that blanks separate.
//
//	@m a b      ==>  (macrocall @m a b)
//	@doc x \n y ==>  (macrocall @doc x y)
func (p *parser) macroArgs(c *chain) {
	saved := p.ctx
	p.ctx = p.ctx&^cNewline | cSpaces
	if n := p.spaced(); n == 1 && p.Text(c.name) == "doc" {
		if t := p.peekTok(); t.kind == tNewline && t.flags&fMulti == 0 && !p.closes(p.peekAt(1).kind) {
			p.next()
			p.eq()
		}
	}
	p.ctx = saved
	p.emit(c.mark, KMacrocall, 0)
}

// spaced parses expressions that blanks separate and returns their number.
func (p *parser) spaced() int {
	n := 0
	for {
		k := p.peek()
		if p.closes(k) || k == tNewline || k == tFor && p.ctx&cGen != 0 {
			return n
		}
		before := p.pos
		p.eq()
		n++
		if p.pos == before {
			return n
		}
	}
}

// index parses indices, or the elements of a typed array.
//
//	a[i]     ==>  (ref a i)
//	T[x; y]  ==>  (typed_vcat T x y)
//	@m[a b]  ==>  (macrocall @m (hcat a b))
func (p *parser) index(c *chain) {
	outer := p.ctx&cEndSym != 0
	saved := p.ctx
	p.ctx |= cEndSym
	p.noSpace()
	bm := p.mark()
	p.next()
	r := p.cat(tRBracket, outer)
	p.ctx = saved
	if c.macro {
		p.emitCat(bm, r)
		p.emit(c.mark, KMacrocall, 0)
		c.macro, c.at = false, Span{}
		return
	}
	k := KRef
	switch r.kind {
	case KHcat:
		k = KTypedHcat
	case KVcat:
		k = KTypedVcat
	case KNcat:
		k = KTypedNcat
	case KComprehension:
		k = KTypedComprehension
	}
	p.emitArgs(c.mark, 1, k, r.flags)
	p.nodes[p.top()].dim = r.dim
}

// curly parses type parameters.
func (p *parser) curly(c *chain) {
	p.noSpace()
	bm := p.mark()
	p.next()
	l := p.args(tRBrace)
	if c.macro {
		p.emitArgs(bm, 0, KBraces, l.flags())
		p.emit(c.mark, KMacrocall, 0)
		c.macro, c.at = false, Span{}
		return
	}
	p.emitArgs(c.mark, 1, KCurly, l.flags())
}

// field parses what follows a dot.
//
//	x.y      ==>  (. x y)
//	f.(a)    ==>  (dotcall f a)
//	x.:y     ==>  (. x (quote y))
//	x.$y     ==>  (. x ($ y))
//	A.@m a   ==>  (macrocall (. A @m) a)
func (p *parser) field(c *chain) {
	p.noSpace()
	dot := p.next()
	if c.at.End > 0 {
		p.report(uint32(c.at.Start), uint32(c.at.End), "`@` must appear on first or last macro name component")
		p.report(dot.start, dot.end, "Unexpected `.` after macro name")
		c.naming = true
	}
	m := p.mark()
	switch t := p.peekTok(); t.kind {
	case tLParen:
		if c.macro {
			p.endName(c)
			p.report(c.start, p.last, "dot call syntax not supported for macros")
		}
		p.noSpace()
		p.next()
		l := p.args(tRParen)
		p.emitArgs(c.mark, 1, KDotCall, l.flags())
		if p.peek() == tDo {
			p.do(c.mark)
		}
		c.macro = false
	case tColon:
		p.next()
		p.noSpace()
		p.atom(false, false)
		p.emit(m, KQuote, nMark)
		p.emit(c.mark, KDot, 0)
	case tDollar:
		p.next()
		p.atom(true, false)
		if c.macro {
			p.errorNode(m, "invalid macro name")
		} else {
			p.emit(m, KDollar, 0)
		}
		c.name = p.top()
		p.emit(c.mark, KDot, 0)
	case tAt:
		if c.macro {
			p.report(t.start, t.end, "repeated `@` in macro module path")
		}
		p.next()
		p.macroName()
		c.name = p.top()
		if !c.macro {
			p.emit(m, KMacroName, 0)
		}
		c.at = Span{int(m.start), int(p.last)}
		c.macro = true
		p.emit(c.mark, KDot, 0)
	case tPrime:
		p.next()
		p.leaf(KIdent, t.start, t.end)
		p.errorNode(mark{m.base, dot.start, dot.start}, "the .' operator for transpose is discontinued")
		p.emit(c.mark, KCall, nDotted)
	default:
		p.atom(false, false)
		c.name = p.top()
		c.strmac = true
		p.emit(c.mark, KDot, 0)
	}
}

// prime parses the adjoint operator.
//
//	x'   ==>  (' x)
//	x'ᵀ  ==>  (call 'ᵀ x)
func (p *parser) prime(m mark) {
	t := p.next()
	if t.suffix() {
		p.leaf(KIdent, t.start, t.end)
		p.rotate(m.base)
		p.emit(m, KCall, nInfix)
		return
	}
	p.emit(m, KPrime, 0)
}

// stringMacro parses the literal after a string macro's name, with its flags.
//
//	r"a"i  ==>  (macrocall @r_str "a" "i")
func (p *parser) stringMacro(m mark) {
	k := KStrMacroName
	if p.peek().isCmd() {
		k = KCmdMacroName
	}
	p.emit(m, k, 0)
	p.str()
	t := p.peekTok()
	if !t.space() && (t.kind.isIdent() || t.kind.isKeyword() || t.kind.isWordOp() || t.kind.isNumber()) {
		p.next()
		if t.kind.isNumber() {
			p.numberAt(t)
		} else {
			p.leaf(KSuffix, t.start, t.end)
		}
	}
	p.emit(m, KMacrocall, 0)
}

// macroName parses the name after @.
func (p *parser) macroName() {
	p.noSpace()
	m := p.mark()
	p.atom(false, false)
	switch n := p.top(); p.nodes[n].kind {
	case KIdent, KVar:
	case KParens:
		p.warn(m.start, p.last, "parenthesizing macro names is unnecessary")
	case KError:
	default:
		p.errorNode(m, "invalid macro name")
	}
}

// do parses a do block after the call that begins at m.
//
//	f(x) do y \n z end  ==>  (do (call f x) (-> (tuple y) (block z)))
func (p *parser) do(m mark) {
	lm := p.mark()
	p.next()
	saved := p.ctx
	p.ctx = cNormal
	tm := p.markHere()
	if k := p.peek(); k == tNewline || k == tSemi {
		p.next()
	} else {
		tm = p.mark()
		for {
			p.rangeExpr()
			if p.peek() != tComma {
				break
			}
			p.next()
		}
	}
	p.emit(tm, KTuple, 0)
	p.block(ruleEq)
	p.closer(tEnd, "")
	p.ctx = saved
	p.emit(lm, KArrow, nMark)
	p.emit(m, KDo, 0)
}
