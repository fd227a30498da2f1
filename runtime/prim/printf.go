package prim

// This file formats plain values as C's printf does; the rest is done by stdlib Printf,
// in Julia.

import (
	"math"
	"strconv"
	"strings"

	"weft/runtime/core"
	"weft/runtime/task"
)

var printfTable = []entry{
	{"printf_plain", 2, 2, "printf_plain(parts, args): the String that a format's parts (Strings and Specs) make of machine numbers, Strings and characters; nothing where it cannot be told here", printfPlain},
}

// The fields of Printf's struct Spec.
const (
	specLetter = iota
	specLeft
	specPlus
	specSpace
	specAlt
	specZero
	specWidth
	specPrecision
	specFields
)

// spec is one conversion.
type spec struct {
	letter                       byte
	left, plus, space, alt, zero bool
	width, precision             int
}

// specOf reads a Spec; ok is false if v is none or takes numbers from the arguments.
func specOf(v core.Value) (s spec, ok bool) {
	if t := core.TypeOf(v); t.Kind != core.KindObject || len(t.Fields()) != specFields {
		return s, false
	}
	num := func(i int) int { return int(int64(v.Field(i).N)) }
	is := func(i int) bool { return v.Field(i).IsTrue() }
	letter, _ := charRune(uint32(v.Field(specLetter).N))
	s = spec{byte(letter), is(specLeft), is(specPlus), is(specSpace), is(specAlt), is(specZero), num(specWidth), num(specPrecision)}
	return s, s.width != -2 && s.precision != -2
}

func printfPlain(_ *task.Task, a []core.Value) (core.Value, error) {
	parts, err := arrayArg("printf_plain", a[0])
	if err != nil {
		return core.Value{}, err
	}
	args := len(core.TypeOf(a[1]).Params)
	var room [128]byte
	b, k := room[:0], 0
	for i := range parts.Len {
		p := parts.Get(i)
		if p.Is(core.StringType) {
			b = append(b, p.Str()...)
			continue
		}
		s, ok := specOf(p)
		if !ok || k >= args {
			return nothing, nil
		}
		if b, ok = s.append(b, a[1].Field(k)); !ok {
			return nothing, nil
		}
		k++
	}
	if k != args {
		return nothing, nil
	}
	return core.MakeString(string(b)), nil
}

// append writes a plain value; ok is false where it is not known here.
func (s *spec) append(b []byte, v core.Value) (out []byte, ok bool) {
	t := core.TypeOf(v)
	var room [64]byte
	digits, neg, zeros := room[:0], false, s.zero
	prefix := ""
	switch s.letter {
	case 's':
		text, known := printText(v)
		if s.alt || s.precision >= 0 || !known || !plainASCII(text) {
			return b, false
		}
		return s.fill(b, "", "", []byte(text), false), true
	case 'c':
		c, valid := charRune(uint32(v.N))
		if t != core.Char || !valid || c >= 0x80 {
			return b, false
		}
		return s.fill(b, "", "", append(digits, byte(c)), false), true
	case 'd', 'x', 'X', 'o':
		if t.Kind != core.KindBits || t.Super != core.Signed && t.Super != core.Unsigned {
			return b, false
		}
		n := v.N
		if neg = signed(t) && int64(n) < 0; neg {
			n = -n
		}
		base := map[byte]int{'d': 10, 'o': 8}[s.letter]
		if base == 0 {
			base = 16
		}
		if digits = strconv.AppendUint(digits, n, base); len(digits) < s.precision {
			return b, false
		}
		zeros = zeros && s.precision < 0
		if s.alt {
			prefix = map[byte]string{'x': "0x", 'X': "0X", 'o': "0"}[s.letter]
		}
	case 'f', 'F', 'e', 'E':
		if t != core.Float64 && t != core.Float32 && t != core.Int64 || s.alt || s.precision > 1000 {
			return b, false
		}
		x, precision := floatOf(v), s.precision
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return b, false
		}
		if precision < 0 {
			precision = 6
		}
		neg = math.Signbit(x)
		digits = strconv.AppendFloat(digits, math.Abs(x), s.letter|0x20, precision, 64)
	default:
		return b, false
	}
	if s.letter == 'X' || s.letter == 'E' {
		digits = []byte(strings.ToUpper(string(digits)))
	}
	sign := ""
	switch {
	case neg:
		sign = "-"
	case s.plus:
		sign = "+"
	case s.space:
		sign = " "
	}
	return s.fill(b, sign, prefix, digits, zeros), true
}

// fill writes text to the width that is asked for.
func (s *spec) fill(b []byte, sign, prefix string, text []byte, zeros bool) []byte {
	n := s.width - len(sign) - len(prefix) - len(text)
	blanks := func(c byte) {
		for range max(n, 0) {
			b = append(b, c)
		}
	}
	if !s.left && !zeros {
		blanks(' ')
	}
	b = append(append(b, sign...), prefix...)
	if !s.left && zeros {
		blanks('0')
	}
	b = append(b, text...)
	if s.left {
		blanks(' ')
	}
	return b
}
