package syntax

// This file writes expressions as S-expressions, for tests and for reading.

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Sexpr is a Builder of text in the form of Meta.show_sexpr: (:call, :+, 1, :x).
// LineNumberNodes are left out unless Lines.
type Sexpr struct{ Lines bool }

var _ Builder[string] = Sexpr{}

// Symbol returns :name, or Symbol("name") if that is no plain name.
func (Sexpr) Symbol(name string) string {
	for _, r := range name {
		if r >= 0x80 || byteClass[r]&cIdent == 0 {
			return "Symbol(" + quoteString(name) + ")"
		}
	}
	if name == "" || byteClass[name[0]]&cDigit != 0 {
		return "Symbol(" + quoteString(name) + ")"
	}
	return ":" + name
}

// Expr returns (head, args...).
func (s Sexpr) Expr(head Kind, args []string) string {
	var b strings.Builder
	b.WriteString("(" + s.Symbol(head.String()))
	for _, a := range args {
		if a != "" {
			b.WriteString(", " + a)
		}
	}
	b.WriteByte(')')
	return b.String()
}

// Line returns the line as a comment, or nothing.
func (s Sexpr) Line(line int, file string) string {
	if !s.Lines {
		return ""
	}
	return fmt.Sprintf("#%d", line)
}

// Quote returns QuoteNode(v).
func (Sexpr) Quote(v string) string { return "QuoteNode(" + v + ")" }

// GlobalRef returns GlobalRef(module, name).
func (s Sexpr) GlobalRef(module, name string) string {
	return "GlobalRef(" + module + ", " + s.Symbol(name) + ")"
}

// Nothing returns nothing.
func (Sexpr) Nothing() string { return "nothing" }

// Bool returns true or false.
func (Sexpr) Bool(v bool) string { return strconv.FormatBool(v) }

// Int64 returns the digits of v.
func (Sexpr) Int64(v int64) string { return strconv.FormatInt(v, 10) }

// UInt returns v in as many hexadecimal digits as its type has.
func (Sexpr) UInt(width int, v uint64) string { return fmt.Sprintf("0x%0*x", width/4, v) }

// Float64 returns the bits of v.
func (Sexpr) Float64(v float64) string { return fmt.Sprintf("f64:%016x", math.Float64bits(v)) }

// Float32 returns the bits of v.
func (Sexpr) Float32(v float32) string { return fmt.Sprintf("f32:%08x", math.Float32bits(v)) }

// Char returns the bits of the character.
func (Sexpr) Char(bits uint32) string { return fmt.Sprintf("char:%08x", bits) }

// String returns s between quotes, bytes outside printable ASCII in hexadecimal.
func (Sexpr) String(s string) string { return quoteString(s) }

func quoteString(s string) string {
	b := make([]byte, 0, len(s)+2)
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < 0x20 || c >= 0x7f:
			b = append(b, '\\', 'x', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}
