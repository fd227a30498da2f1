package syntax

// This file parses import, using, export and public.

// export parses the names after export or public.
func (p *parser) export() {
	m := p.mark()
	k := KExport
	if p.next().kind == tPublic {
		k = KPublic
	}
	p.commaSeparated(func() { p.importName(false) })
	p.emit(m, k, 0)
}

func (p *parser) commaSeparated(one func()) {
	for {
		one()
		if p.peek() != tComma {
			return
		}
		p.next()
	}
}

// importName parses a name, a macro's name or an interpolation.
func (p *parser) importName(quotes bool) {
	p.skipNewline()
	m := p.mark()
	if p.peek() == tAt {
		p.next()
		p.macroName()
		p.emit(m, KMacroName, 0)
		return
	}
	t := p.peekTok()
	quoted := t.kind == tColon && !p.closes(p.peekAt(1).kind)
	if quotes && quoted {
		p.warn(t.start, t.end, "quoting with `:` is not required here")
	}
	p.unaryPrefix(false)
	n := p.top()
	parens := p.nodes[n].kind == KParens
	n = p.strip(n)
	if quotes && p.nodes[n].kind == KQuote && p.nodes[n].n == 1 {
		n = p.kids[p.nodes[n].first]
		parens = parens || p.nodes[n].kind == KParens
		n = p.strip(n)
	}
	if parens && p.Text(n) != ".." {
		p.warn(m.start, p.last, "parentheses are not required here")
	}
	switch p.nodes[n].kind {
	case KIdent, KVar, KDollar, KError:
	default:
		p.errorNode(m, "expected identifier")
	}
}

// imports parses import and using.
//
//	import A.B, C  ==>  (import (importpath A B) (importpath C))
//	using A: x, y  ==>  (using (: (importpath A) (importpath x) (importpath y)))
func (p *parser) imports() {
	m := p.mark()
	k := KImport
	if p.next().kind == tUsing {
		k = KUsing
	}
	fm := p.mark()
	renamed := p.importItem(k, false)
	from, more := false, false
	if t := p.peekTok(); t.kind == tColon && !t.space() {
		from = true
		p.next()
		if renamed {
			p.errorGap(fm, "`as` before `:` in import/using")
		}
	} else if t.kind == tComma {
		more = true
		p.next()
	}
	if from || more {
		p.commaSeparated(func() { p.importItem(k, from) })
		if p.peek() == tColon {
			em := p.mark()
			p.next()
			p.commaSeparated(func() { p.importItem(k, from) })
			p.errorNode(em, "`:` can only be used when importing a single module. Split imports into multiple lines")
		}
	}
	if from {
		p.emit(fm, KColon, 0)
	}
	p.emit(m, k, 0)
}

// importItem parses a path, perhaps with a new name after as.
func (p *parser) importItem(k Kind, from bool) bool {
	p.skipNewline()
	m := p.mark()
	p.importPath()
	if p.peek() != tAs {
		return false
	}
	p.next()
	p.importName(false)
	p.emit(m, KAs, 0)
	if k == KUsing && !from {
		p.errorGap(m, "`using` with `as` renaming requires a `:` and context module")
	}
	return true
}

const spacedDots = "space between dots in import path"

// importPath parses dots and names with dots between them.
//
//	..A.B  ==>  (importpath . . A B)
func (p *parser) importPath() {
	m := p.mark()
	for first := true; ; first = false {
		t := p.peekTok()
		n := uint32(0)
		switch t.kind {
		case tDot:
			n = 1
		case tDotDot:
			n = 2
		case tEllipsis:
			n = 3
		}
		if n == 0 && t.dot() {
			p.splitDot(t)
			p.leaf(KIdent, t.start-1, t.start)
			break
		}
		if n == 0 {
			break
		}
		if !first && t.space() {
			p.warn(p.here(), t.start, spacedDots)
		}
		p.next()
		for i := range n {
			p.leaf(KIdent, t.start+i, t.start+i+1)
		}
	}
	p.importName(false)
	for {
		t := p.peekTok()
		switch {
		case t.kind == tDot:
			if p.peekAt(1).kind.isOperator() {
				if t.space() {
					p.warn(p.here(), t.start, spacedDots)
				}
			} else {
				p.noSpace()
			}
			p.next()
			p.importName(true)
			continue
		case t.dot():
			if t.space() {
				p.warn(p.here(), t.start, spacedDots)
			}
			p.splitDot(t)
			p.importName(true)
			continue
		case t.kind == tEllipsis:
			p.next()
			p.leaf(KIdent, t.start+1, t.end)
			continue
		}
		break
	}
	p.emit(m, KImportPath, 0)
}

// splitDot makes of a dotted operator, the next token, one without its dot:
// the dot has been passed.
func (p *parser) splitDot(t *token) {
	t.flags &^= fDot | fSpace
	t.start++
	p.last = t.start
}
