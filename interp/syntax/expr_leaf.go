package syntax

// This file converts leaves: names, numbers, characters and strings.

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// name returns the name that a leaf, or an operator with a dot, stands for.
func (t *Tree) name(n Node) string {
	d := &t.nodes[n]
	s := t.File.Text[d.start:d.end]
	if d.kind == KVar {
		s = ""
		if d.n > 0 {
			text := t.nodes[t.kids[d.first]]
			s = string(unescapeRaw(nil, t.File.Text[text.start:text.end], '"'))
		}
	}
	return normalize(s)
}

// normalize returns a name in its normal form, in which characters that look
// the same are the same.
func normalize(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return norm.NFC.String(strings.Map(lookalike, norm.NFC.String(s)))
		}
	}
	return s
}

func lookalike(r rune) rune {
	switch r {
	case 'ɛ':
		return 'ε'
	case 'µ':
		return 'μ'
	case 0xb7, 0x387: // middle dot, ano teleia
		return '⋅'
	case '−':
		return '-'
	case 'ℏ':
		return 'ħ'
	}
	return r
}

func (c *converter[V]) leaf(n Node) V {
	t := c.t
	d := &t.nodes[n]
	switch d.kind {
	case KIdent:
		if t.dialect == Julia15 {
			return c.Symbol(normalize15(t.Text(n)))
		}
		return c.Symbol(t.name(n))
	case KBool:
		return c.Bool(t.Text(n) == "true")
	case KInteger, KBinInt, KOctInt, KHexInt:
		return c.integer(n)
	case KFloat, KFloat32:
		v, _ := floatValue(t.Text(n), d.kind == KFloat32)
		if d.kind == KFloat32 {
			return c.Float32(float32(v))
		}
		return c.Float64(v)
	case KChar:
		s := t.Text(n)
		v, _ := charValue(s[1 : len(s)-1])
		return c.Char(v)
	case KMissing:
		return c.Bool(false)
	}
	return c.String(t.Text(n))
}

// normalize15 is normalize without what has been added since version 1.5.
func normalize15(s string) string {
	if strings.Contains(s, "−") || strings.Contains(s, "ℏ") {
		return norm.NFC.String(s)
	}
	return normalize(s)
}

// Digits up to which an integer of base 16, 2 or 8 is of 8, 16, 32, 64 and
// 128 bits.
var uintDigits = [3][5]int{{2, 4, 8, 16, 32}, {8, 16, 32, 64, 128}, {3, 6, 11, 22, 43}}

// uintWidth returns the bits of an unsigned literal, 0 if it is a BigInt.
func uintWidth(k Kind, digits string) int {
	row := 0
	switch k {
	case KBinInt:
		row = 1
	case KOctInt:
		row = 2
	}
	for i, n := range uintDigits[row] {
		if len(digits) > n {
			continue
		}
		width := 8 << i
		if k != KOctInt || octalFits(digits, width) {
			return width
		}
	}
	return 0
}

// octalFits reports whether an octal number fits into width bits.
func octalFits(digits string, width int) bool {
	d := strings.TrimLeft(digits, "0")
	if d == "" {
		return true
	}
	n := 3 * (len(d) - 1)
	for v := d[0] - '0'; v > 0; v >>= 1 {
		n++
	}
	return n <= width
}

// isBig reports whether an integer does not fit into 64 bits.
func (t *Tree) isBig(n Node) bool {
	d := &t.nodes[n]
	s := t.Text(n)
	if len(s) < 17 {
		return false
	}
	s = integerText(s)
	if d.kind == KInteger {
		_, err := strconv.ParseInt(s, 10, 64)
		return err != nil
	}
	w := uintWidth(d.kind, strings.TrimPrefix(s, "+")[2:])
	return w == 0 || w == 128
}

// integerText returns the digits of a literal with its sign and prefix.
func integerText(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "_", ""), minus, "-")
}

// int128Max has the digits of 2^127.
const int128Min = "170141183460469231731687303715884105728"

// integer converts an integer; one of more than 64 bits is a macro call with
// its digits.
func (c *converter[V]) integer(n Node) V {
	d := &c.t.nodes[n]
	s := integerText(c.t.Text(n))
	if d.kind == KInteger {
		v, err := strconv.ParseInt(s, 10, 64)
		if err == nil {
			return c.Int64(v)
		}
		digits := strings.TrimLeft(strings.TrimLeft(s, "+-"), "0")
		limit := len(int128Min)
		fits := len(digits) < limit || len(digits) == limit &&
			(digits < int128Min || digits == int128Min && s[0] == '-')
		if fits {
			return c.literalMacro("@int128_str", n)
		}
		return c.literalMacro("@big_str", n)
	}
	s = strings.TrimPrefix(s, "+")
	base := 16
	switch d.kind {
	case KBinInt:
		base = 2
	case KOctInt:
		base = 8
	}
	switch w := uintWidth(d.kind, s[2:]); w {
	case 0:
		return c.literalMacro("@big_str", n)
	case 128:
		return c.literalMacro("@uint128_str", n)
	default:
		v, _ := strconv.ParseUint(s[2:], base, 64)
		return c.UInt(w, v)
	}
}

func (c *converter[V]) literalMacro(name string, n Node) V {
	base := len(c.stack)
	c.push(c.GlobalRef("Core", name))
	c.push(c.Nothing())
	c.push(c.String(strings.ReplaceAll(c.t.Text(n), "_", "")))
	return c.pop(KMacrocall, base)
}

// str converts a string: without interpolations a String, else Expr(:string).
func (c *converter[V]) str(n Node) V {
	t := c.t
	d := &t.nodes[n]
	kids := t.Kids(n)
	raw := d.flags&nRaw != 0
	delim := byte('"')
	if d.kind == KCmd {
		delim = '`'
	}
	var in dedenter
	if d.flags&nTriple != 0 {
		in = t.indentation(kids, raw)
	}
	base := len(c.stack)
	text := c.buf[:0]
	expr := false
	flush := func() {
		if len(text) > 0 {
			c.push(c.String(string(text)))
			text = text[:0]
		}
	}
	out := dedenter{indent: in.indent, first: true}
	for _, k := range kids {
		if t.nodes[k].kind == KText {
			s := t.Text(k)
			if d.flags&nTriple != 0 {
				s = string(out.strip(nil, s, raw))
			}
			if raw {
				text = unescapeRaw(text, s, delim)
			} else {
				text = unescape(text, s, func(int, int, string) {})
			}
			continue
		}
		c.buf = nil
		flush()
		expr = true
		out.interpolated()
		v := c.conv(k)
		if t.nodes[k].kind == KParens && t.dialect != Julia15 {
			if in := t.strip(k); t.nodes[in].kind == KString && !t.interpolates(in) {
				inner := len(c.stack)
				c.push(v)
				v = c.pop(KString, inner)
			}
		}
		c.push(v)
	}
	if !expr {
		v := c.String(string(text))
		c.buf = text[:0]
		return v
	}
	flush()
	return c.pop(KString, base)
}

// indentation returns the indentation that the lines of a triple-quoted string
// share.
func (t *Tree) indentation(kids []Node, raw bool) dedenter {
	d := dedenter{first: true}
	for _, k := range kids {
		if t.nodes[k].kind == KText {
			d.scan(t.Text(k), raw)
		} else {
			d.interpolated()
		}
	}
	if d.newline {
		d.indent = ""
	}
	return d
}
