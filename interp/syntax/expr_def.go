package syntax

// This file converts definitions, functions, modules, try and macro calls.

// arrow converts x -> y and the function of a do block. The body is a block
// that begins with the function's line.
func (c *converter[V]) arrow(n Node) V {
	t := c.t
	kids := t.Kids(n)
	base := len(c.stack)
	if t.flag(n, nMark) {
		c.pushAll(kids)
		return c.pop(KArrow, base)
	}
	c.arrowArgs(kids[0])
	inner := len(c.stack)
	c.push(c.lineOf(n))
	if body := t.strip(kids[1]); t.nodes[body].kind == KBlock {
		c.blockInto(body)
	} else {
		c.push(c.conv(kids[1]))
	}
	c.push(c.pop(KBlock, inner))
	return c.pop(KArrow, base)
}

// arrowArgs pushes the arguments of a function written with an arrow. A single
// one has no tuple; one with one keyword argument makes a block.
func (c *converter[V]) arrowArgs(n Node) {
	t := c.t
	n0 := t.strip(n)
	d := &t.nodes[n0]
	kids := t.Kids(n0)
	if d.kind == KTuple {
		const both = nParens | nComma
		switch {
		case len(kids) == 1 && d.flags&both != both && t.nodes[kids[0]].kind != KParameters:
			c.push(c.conv(kids[0]))
			return
		case len(kids) == 2 && t.nodes[kids[0]].kind == KParameters && t.nodes[kids[0]].n <= 1 &&
			t.nodes[t.strip(kids[1])].kind != KSplat && !c.nested(kids[0]):
			base := len(c.stack)
			c.push(c.conv(kids[1]))
			for _, k := range t.Kids(kids[0]) {
				c.push(c.lineEnd(n0))
				c.push(c.conv(k))
			}
			c.push(c.pop(KBlock, base))
			return
		}
	}
	c.push(c.conv(n))
}

// nested reports whether parameters hold further parameters.
func (c *converter[V]) nested(n Node) bool {
	for _, k := range c.t.Kids(n) {
		if c.t.nodes[k].kind == KParameters {
			return true
		}
	}
	return false
}

// assign converts an assignment; the body of a short function is a block that
// begins with the function's line.
func (c *converter[V]) assign(n Node) V {
	if c.t.flag(n, nMark) {
		return c.shortFunction(n, KAssign)
	}
	return c.exprOf(KAssign, n)
}

func (c *converter[V]) shortFunction(n Node, k Kind) V {
	kids := c.t.Kids(n)
	base := len(c.stack)
	c.push(c.conv(kids[0]))
	inner := len(c.stack)
	c.push(c.lineOf(n))
	if body := c.t.strip(kids[1]); c.t.nodes[body].kind == KBlock {
		c.blockInto(body)
	} else {
		c.push(c.conv(kids[1]))
	}
	c.push(c.pop(KBlock, inner))
	return c.pop(k, base)
}

// function converts function and macro; the body begins with their line.
func (c *converter[V]) function(n Node) V {
	t := c.t
	kids := t.Kids(n)
	base := len(c.stack)
	sig := t.strip(kids[0])
	switch sk := t.Kids(sig); {
	case len(kids) < 2 || t.nodes[sig].kind != KTuple:
		c.push(c.conv(kids[0]))
	case len(sk) == 1 && t.nodes[t.strip(sk[0])].kind == KSplat:
		c.push(c.conv(sk[0]))
	case len(sk) == 2 && t.dialect == Julia15:
		c.arrowArgs(sig)
	default:
		c.push(c.conv(kids[0]))
	}
	if len(kids) > 1 {
		inner := len(c.stack)
		c.push(c.lineOf(n))
		c.blockInto(kids[1])
		c.push(c.pop(KBlock, inner))
	}
	return c.pop(t.nodes[n].kind, base)
}

// structDef converts struct. Docstrings of fields stand before them.
func (c *converter[V]) structDef(n Node) V {
	kids := c.t.Kids(n)
	base := len(c.stack)
	c.push(c.Bool(c.t.flag(n, nMark)))
	c.push(c.conv(kids[0]))
	inner := len(c.stack)
	fields := c.t.Kids(kids[1])
	for _, k := range fields {
		c.push(c.lineOf(k))
		if c.t.nodes[k].kind == KDoc {
			c.pushAll(c.t.Kids(k))
		} else {
			c.push(c.conv(k))
		}
	}
	if len(fields) == 0 {
		c.push(c.lineOf(kids[1]))
	}
	c.push(c.pop(KBlock, inner))
	return c.pop(KStruct, base)
}

func (c *converter[V]) module(n Node) V {
	kids := c.t.Kids(n)
	base := len(c.stack)
	c.push(c.Bool(!c.t.flag(n, nMark)))
	c.push(c.conv(kids[0]))
	inner := len(c.stack)
	c.push(c.lineOf(n))
	c.blockInto(kids[1])
	c.push(c.pop(KBlock, inner))
	return c.pop(KModule, base)
}

// try converts try to (try block variable catch [finally] [else]); false
// stands for what there is not.
func (c *converter[V]) try(n Node) V {
	t := c.t
	kids := t.Kids(n)
	var clause [3]Node // catch, else, finally
	for i := range clause {
		clause[i] = NoNode
	}
	for _, k := range kids[1:] {
		switch t.nodes[k].kind {
		case KCatch:
			clause[0] = k
		case KElse:
			clause[1] = k
		case KFinally:
			clause[2] = k
		}
	}
	base := len(c.stack)
	c.push(c.conv(kids[0]))
	if clause[0] == NoNode {
		c.push(c.Bool(false))
		c.push(c.Bool(false))
	} else {
		c.pushAll(t.Kids(clause[0]))
	}
	if clause[1] != NoNode || clause[2] != NoNode {
		c.clause(clause[2])
		if clause[1] != NoNode {
			c.clause(clause[1])
		}
	}
	return c.pop(KTry, base)
}

func (c *converter[V]) clause(n Node) {
	if n == NoNode || c.t.nodes[n].n == 0 {
		c.push(c.Bool(false))
		return
	}
	c.push(c.conv(c.t.Kids(n)[0]))
}

// scope converts global and local: const comes outside, and a tuple of names
// is a list of them.
func (c *converter[V]) scope(n Node) V {
	t := c.t
	k := t.nodes[n].kind
	kids := t.Kids(n)
	base := len(c.stack)
	if len(kids) == 1 {
		switch kid := t.strip(kids[0]); t.nodes[kid].kind {
		case KConst:
			c.push(c.exprOf(k, kid))
			return c.pop(KConst, base)
		case KTuple:
			return c.exprOf(k, kid)
		}
	}
	return c.exprOf(k, n)
}

// where converts a type and its variables, of which those in braces are
// arguments of their own.
func (c *converter[V]) where(n Node) V {
	t := c.t
	kids := t.Kids(n)
	base := len(c.stack)
	c.push(c.conv(kids[0]))
	for _, k := range kids[1:] {
		if t.nodes[k].kind == KBraces {
			for _, v := range t.Kids(k) {
				if t.nodes[v].kind == KParameters {
					c.push(c.parameters(v, false))
				} else {
					c.push(c.conv(v))
				}
			}
		} else {
			c.push(c.conv(k))
		}
	}
	return c.pop(KWhere, base)
}

// importPath converts the path of a module or name; quotes in it mean nothing.
func (c *converter[V]) importPath(n Node) V {
	base := len(c.stack)
	for _, k := range c.t.Kids(n) {
		k = c.t.strip(k)
		if d := &c.t.nodes[k]; d.kind == KQuote {
			k = c.t.strip(c.t.Kids(k)[0])
		}
		c.push(c.function0(k))
	}
	return c.pop(KDot, base)
}

// macrocall converts the call of a macro: its line comes after its name.
func (c *converter[V]) macrocall(n Node) V {
	t := c.t
	kids := t.Kids(n)
	base := len(c.stack)
	c.push(c.conv(kids[0]))
	c.push(c.lineOf(n))
	cmd := t.nodes[kids[0]].kind == KCmdMacroName
	for _, k := range kids[1:] {
		if cmd && t.nodes[k].kind == KCmd {
			c.push(c.str(k))
		} else {
			c.push(c.conv(k))
		}
	}
	return c.pop(KMacrocall, base)
}

// macroName converts the name of a macro, whose last component gets an @ and,
// before a literal, an ending.
func (c *converter[V]) macroName(n Node) V {
	kid := c.t.Kids(n)[0]
	suffix := ""
	switch c.t.nodes[n].kind {
	case KStrMacroName:
		suffix = "_str"
	case KCmdMacroName:
		suffix = "_cmd"
	}
	return c.mangle(kid, suffix)
}

func (c *converter[V]) mangle(n Node, suffix string) V {
	n = c.t.strip(n)
	d := &c.t.nodes[n]
	switch {
	case d.kind == KIdent || d.kind == KVar:
		name := c.t.name(n)
		if name == "." && suffix == "" {
			name = "__dot__"
		}
		return c.Symbol("@" + name + suffix)
	case d.kind == KDot && d.n == 2:
		kids := c.t.Kids(n)
		base := len(c.stack)
		c.push(c.conv(kids[0]))
		c.push(c.Quote(c.mangle(kids[1], suffix)))
		return c.pop(KDot, base)
	case d.kind == KDot && d.flags&nDotted != 0:
		return c.Symbol("@" + c.t.name(n) + suffix)
	}
	return c.conv(n)
}
