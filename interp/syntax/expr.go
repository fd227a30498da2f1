package syntax

// This file turns a tree into Expr, or into whatever a Builder makes of it.

// A Builder makes the values that code is represented by.
type Builder[V any] interface {
	Symbol(name string) V
	Expr(head Kind, args []V) V      // args is reused afterwards
	Line(line int, file string) V    // LineNumberNode
	Quote(v V) V                     // QuoteNode
	GlobalRef(module, name string) V // GlobalRef(Core, name)
	Nothing() V
	Bool(v bool) V
	Int64(v int64) V
	UInt(width int, v uint64) V // of 8, 16, 32 or 64 bits
	Float64(v float64) V
	Float32(v float32) V
	Char(bits uint32) V // Julia's Char: its UTF-8 bytes from the top byte down
	String(s string) V
}

// ToExpr returns the value of node n as Julia's parser gives it. The root of a
// file is Expr(:toplevel, line, statement, line, statement, ...), which ends
// with what ErrorExpr gives where the first error is. Elsewhere what could not
// be parsed is Expr(:error).
func ToExpr[V any](b Builder[V], t *Tree, n Node) V {
	c := &converter[V]{Builder: b, t: t}
	return c.conv(n)
}

// ErrorExpr returns what Meta.parse gives for a text with errors without
// throwing: Expr(:incomplete, message, tag) if more text could make it right, else
// Expr(:error, message).
func ErrorExpr[V any](b Builder[V], t *Tree) V {
	head := KError
	d := t.firstError()
	if d != nil && d.Incomplete {
		head = KIncomplete
	}
	args := []V{b.String(RenderError(t.File, t.Diagnostics))}
	if d != nil && d.Incomplete {
		args = append(args, b.Symbol(d.Tag))
	}
	return b.Expr(head, args)
}

// A converter holds the values of the expressions being made: those of one
// expression's arguments are the top of stack.
type converter[V any] struct {
	Builder[V]
	t     *Tree
	stack []V
	line  int // index of the line looked up last
	buf   []byte
}

func (c *converter[V]) push(v V) { c.stack = append(c.stack, v) }

// pop makes an expression of the values pushed since base.
func (c *converter[V]) pop(k Kind, base int) V {
	v := c.Expr(k, c.stack[base:])
	c.stack = c.stack[:base]
	return v
}

// lineAt returns the line node of a byte offset. Lines are mostly asked for in
// order.
func (c *converter[V]) lineAt(offset uint32) V {
	f := c.t.File
	i := c.line
	if int(offset) < int(f.starts[i]) || i+8 < len(f.starts) && int(offset) >= int(f.starts[i+8]) {
		i = f.lineIndex(int(offset))
	}
	for i+1 < len(f.starts) && int(f.starts[i+1]) <= int(offset) {
		i++
	}
	c.line = i
	if i > 0 && int(f.starts[i]) == len(f.Text) {
		i--
	}
	return c.Line(f.FirstLine+i, f.Name)
}

func (c *converter[V]) lineOf(n Node) V { return c.lineAt(c.t.nodes[n].start) }

// lineEnd returns the line node of the last byte of n.
func (c *converter[V]) lineEnd(n Node) V {
	d := &c.t.nodes[n]
	return c.lineAt(max(d.end, d.start+1) - 1)
}

func (c *converter[V]) pushAll(kids []Node) {
	for _, k := range kids {
		c.push(c.conv(k))
	}
}

// exprOf makes an expression of kind k whose arguments are the children of n.
func (c *converter[V]) exprOf(k Kind, n Node) V {
	base := len(c.stack)
	c.pushAll(c.t.Kids(n))
	return c.pop(k, base)
}

// conv returns the value of n.
func (c *converter[V]) conv(n Node) V {
	t := c.t
	d := &t.nodes[n]
	switch d.kind {
	case KIdent, KBool, KInteger, KBinInt, KOctInt, KHexInt, KFloat, KFloat32, KChar, KSuffix, KMissing, KText:
		return c.leaf(n)
	case KVar:
		return c.Symbol(c.t.name(n))
	case KParens:
		if d.n == 1 {
			return c.conv(t.kids[d.first])
		}
		return c.exprOf(KBlock, n)
	case KString:
		return c.str(n)
	case KCmd:
		base := len(c.stack)
		c.push(c.GlobalRef("Core", "@cmd"))
		c.push(c.lineOf(n))
		c.push(c.str(n))
		return c.pop(KMacrocall, base)
	case KBlock:
		return c.block(n)
	case KToplevel:
		if d.flags&nMark != 0 {
			return c.exprOf(KToplevel, n)
		}
		base := len(c.stack)
		for _, k := range t.Sound() {
			c.push(c.lineOf(k))
			c.push(c.conv(k))
		}
		if e := t.firstError(); e != nil {
			c.push(c.lineAt(uint32(e.Span.Start)))
			c.push(ErrorExpr(c.Builder, t))
		} else if len(c.stack) == base {
			c.push(c.lineOf(n))
		}
		return c.pop(KToplevel, base)
	case KCall, KRef:
		return c.call(n)
	case KDotCall:
		return c.dotCall(n)
	case KDot:
		return c.dot(n)
	case KParameters:
		return c.parameters(n, true)
	case KTuple:
		return c.exprOf(KTuple, n)
	case KVect, KCurly, KBraces:
		return c.plainParameters(n)
	case KNcat, KNrow, KTypedNcat:
		return c.ncat(n)
	case KMacrocall:
		return c.macrocall(n)
	case KMacroName, KStrMacroName, KCmdMacroName:
		return c.macroName(n)
	case KDoc:
		base := len(c.stack)
		c.push(c.GlobalRef("Core", "@doc"))
		c.push(c.lineOf(n))
		c.pushAll(t.Kids(n))
		return c.pop(KMacrocall, base)
	case KQuote:
		return c.quote(n)
	case KJuxtapose:
		base := len(c.stack)
		c.push(c.Symbol("*"))
		c.pushAll(t.Kids(n))
		return c.pop(KCall, base)
	case KComparison:
		return c.exprOf(KComparison, n)
	case KGenerator:
		return c.generator(n)
	case KComprehension, KTypedComprehension:
		return c.exprOf(d.kind, n)
	case KFor, KWhile:
		return c.loop(n)
	case KLet:
		return c.let(n)
	case KElseif:
		base := len(c.stack)
		cond := len(c.stack)
		c.push(c.lineOf(n))
		c.push(c.conv(t.Kids(n)[0]))
		c.push(c.pop(KBlock, cond))
		c.pushAll(t.Kids(n)[1:])
		return c.pop(KElseif, base)
	case KArrow:
		return c.arrow(n)
	case KAssign:
		return c.assign(n)
	case KFunction, KMacro:
		return c.function(n)
	case KStruct:
		return c.structDef(n)
	case KModule:
		return c.module(n)
	case KTry:
		return c.try(n)
	case KGlobal, KLocal:
		return c.scope(n)
	case KWhere:
		return c.where(n)
	case KReturn:
		if d.n == 0 {
			base := len(c.stack)
			c.push(c.Nothing())
			return c.pop(KReturn, base)
		}
	case KImportPath:
		return c.importPath(n)
	case KIteration, KIn:
		return c.exprOf(KBlock, n)
	case KCatch, KElse, KFinally:
		return c.exprOf(KBlock, n)
	case KError:
		return c.exprOf(KError, n)
	}
	return c.exprOf(d.kind, n)
}

// block gives each statement its line. A block in parentheses has none before
// the first.
func (c *converter[V]) block(n Node) V {
	base := len(c.stack)
	c.blockInto(n)
	return c.pop(KBlock, base)
}

// blockInto pushes the contents of a block.
func (c *converter[V]) blockInto(n Node) {
	d := &c.t.nodes[n]
	parens := d.flags&nParens != 0
	kids := c.t.Kids(n)
	for i, k := range kids {
		if i > 0 || !parens {
			c.push(c.lineOf(k))
		}
		c.push(c.conv(k))
	}
	if len(kids) == 0 && !parens {
		c.push(c.lineOf(n))
	}
}

// call converts calls and indexing, in whose arguments = means a keyword.
func (c *converter[V]) call(n Node) V {
	d := &c.t.nodes[n]
	if d.kind == KCall && d.flags&(nInfix|nPrefix) != 0 {
		return c.operatorCall(n)
	}
	base := len(c.stack)
	for i, k := range c.t.Kids(n) {
		switch {
		case i == 0:
			c.push(c.function0(k))
		case d.kind == KRef && c.t.nodes[k].kind == KParameters:
			c.push(c.parameters(k, false))
		default:
			c.push(c.arg(k))
		}
	}
	return c.pop(d.kind, base)
}

// operatorCall converts a call written with an operator. The leaf of a dotted
// operator has its dot.
func (c *converter[V]) operatorCall(n Node) V {
	base := len(c.stack)
	c.pushAll(c.t.Kids(n))
	return c.pop(KCall, base)
}

// function0 converts what is called: an operator with a dot is one symbol.
func (c *converter[V]) function0(n Node) V {
	if d := &c.t.nodes[n]; d.kind == KDot && d.flags&nDotted != 0 {
		return c.Symbol(c.t.name(n))
	}
	return c.conv(n)
}

// arg converts an argument; an assignment is a keyword argument.
func (c *converter[V]) arg(n Node) V {
	s := c.t.strip(n)
	if d := &c.t.nodes[s]; d.kind == KAssign && d.flags&nMark == 0 {
		return c.exprOf(KKw, s)
	} else if d.kind == KAssign {
		return c.shortFunction(s, KKw)
	}
	return c.conv(n)
}

// parameters converts the arguments after a semicolon.
func (c *converter[V]) parameters(n Node, kw bool) V {
	base := len(c.stack)
	for _, k := range c.t.Kids(n) {
		if kw {
			c.push(c.arg(k))
		} else if c.t.nodes[k].kind == KParameters {
			c.push(c.parameters(k, kw))
		} else {
			c.push(c.conv(k))
		}
	}
	return c.pop(KParameters, base)
}

// plainParameters converts a list in which = is an assignment even after a
// semicolon.
func (c *converter[V]) plainParameters(n Node) V {
	base := len(c.stack)
	k0 := c.t.nodes[n].kind
	for i, k := range c.t.Kids(n) {
		switch {
		case c.t.nodes[k].kind == KParameters:
			c.push(c.parameters(k, false))
		case i == 0 && k0 == KCurly:
			c.push(c.function0(k))
		default:
			c.push(c.conv(k))
		}
	}
	return c.pop(k0, base)
}

// dotCall converts f.(args).
func (c *converter[V]) dotCall(n Node) V {
	base := len(c.stack)
	kids := c.t.Kids(n)
	c.push(c.function0(kids[0]))
	args := len(c.stack)
	for _, k := range kids[1:] {
		c.push(c.arg(k))
	}
	c.push(c.pop(KTuple, args))
	return c.pop(KDot, base)
}

// dot converts x.y and an operator with a dot that stands for itself.
func (c *converter[V]) dot(n Node) V {
	kids := c.t.Kids(n)
	if len(kids) != 2 {
		if c.t.dialect == Julia15 {
			return c.Symbol(c.t.name(n))
		}
		return c.exprOf(KDot, n)
	}
	base := len(c.stack)
	c.push(c.conv(kids[0]))
	v := c.conv(kids[1])
	switch k := c.t.nodes[c.t.strip(kids[1])].kind; {
	case k == KQuote:
	case c.t.dialect == Julia15 && k != KDollar && k != KMacroName && !c.simple(kids[1]):
		inner := len(c.stack)
		c.push(v)
		v = c.pop(KQuote, inner)
	default:
		v = c.Quote(v)
	}
	c.push(v)
	return c.pop(KDot, base)
}

// ncat converts arrays with a dimension of concatenation, which comes first, or
// after the type.
func (c *converter[V]) ncat(n Node) V {
	d := &c.t.nodes[n]
	base := len(c.stack)
	kids := c.t.Kids(n)
	if d.kind == KTypedNcat {
		c.push(c.conv(kids[0]))
		kids = kids[1:]
	}
	c.push(c.Int64(int64(d.dim)))
	c.pushAll(kids)
	return c.pop(d.kind, base)
}

// quote converts a quoted expression: what is no Expr is a QuoteNode.
func (c *converter[V]) quote(n Node) V {
	t := c.t
	kid := t.Kids(n)[0]
	if d := &t.nodes[kid]; d.kind == KDot && d.flags&nDotted != 0 && t.nodes[n].flags&nMark != 0 && t.dialect != Julia15 {
		return c.Quote(c.Symbol(t.name(kid)))
	}
	v := c.conv(kid)
	if c.simple(kid) {
		return c.Quote(v)
	}
	base := len(c.stack)
	c.push(v)
	return c.pop(KQuote, base)
}

// simple reports whether the value of n is neither an Expr, a QuoteNode nor a
// Bool.
func (c *converter[V]) simple(n Node) bool {
	n = c.t.strip(n)
	switch d := &c.t.nodes[n]; d.kind {
	case KIdent, KVar, KFloat, KFloat32, KChar:
		return true
	case KDot:
		return d.flags&nDotted != 0 && c.t.dialect == Julia15
	case KInteger, KBinInt, KOctInt, KHexInt:
		return !c.t.isBig(n)
	case KString:
		return !c.t.interpolates(n)
	}
	return false
}

func (t *Tree) interpolates(n Node) bool {
	for _, k := range t.Kids(n) {
		if t.nodes[k].kind != KText {
			return true
		}
	}
	return false
}

// loop converts for and while, whose body ends with the line of the end.
func (c *converter[V]) loop(n Node) V {
	d := &c.t.nodes[n]
	kids := c.t.Kids(n)
	base := len(c.stack)
	if d.kind == KFor {
		inner := len(c.stack)
		c.iterations(kids[0])
		if len(c.stack) != inner+1 {
			c.push(c.pop(KBlock, inner))
		}
	} else {
		c.push(c.conv(kids[0]))
	}
	for _, k := range kids[1:] {
		inner := len(c.stack)
		c.blockInto(k)
		if c.t.dialect != Julia15 {
			c.push(c.lineEnd(n))
		}
		c.push(c.pop(KBlock, inner))
	}
	return c.pop(d.kind, base)
}

// iterations pushes i = r, j = s, ... or a filter of them.
func (c *converter[V]) iterations(n Node) {
	switch c.t.nodes[n].kind {
	case KIteration:
		for _, k := range c.t.Kids(n) {
			c.push(c.exprOf(KAssign, k))
		}
	case KFilter:
		base := len(c.stack)
		kids := c.t.Kids(n)
		c.pushAll(kids[1:])
		c.iterations(kids[0])
		c.push(c.pop(KFilter, base))
	default:
		c.push(c.conv(n))
	}
}

// generator nests the iterations after each further for.
func (c *converter[V]) generator(n Node) V {
	kids := c.t.Kids(n)
	v := c.conv(kids[0])
	for i := len(kids) - 1; i > 0; i-- {
		base := len(c.stack)
		c.push(v)
		c.iterations(kids[i])
		v = c.pop(KGenerator, base)
		if i < len(kids)-1 {
			c.push(v)
			v = c.pop(KFlatten, base)
		}
	}
	return v
}

// let converts let: one binding stands by itself, others are in a block.
func (c *converter[V]) let(n Node) V {
	kids := c.t.Kids(n)
	base := len(c.stack)
	bindings := c.t.Kids(kids[0])
	if len(bindings) == 1 && c.t.standsAlone(bindings[0]) {
		c.push(c.conv(bindings[0]))
	} else {
		inner := len(c.stack)
		c.pushAll(bindings)
		c.push(c.pop(KBlock, inner))
	}
	c.pushAll(kids[1:])
	return c.pop(KLet, base)
}

func (t *Tree) standsAlone(n Node) bool {
	switch t.nodes[t.strip(n)].kind {
	case KIdent, KVar, KAssign, KDecl:
		return true
	}
	return false
}
