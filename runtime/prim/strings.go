package prim

// This file: strings as bytes with UTF-8 in them. Indices are Julia's: byte
// positions from 1; a String may hold any bytes.

import (
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

var stringTable = []entry{
	{"string_sizeof", 1, 1, "number of bytes", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("ncodeunits", a[0])
		return core.Int(int64(len(s))), err
	}},
	{"string_byte", 2, 2, "byte number i", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("codeunit", a[0])
		if err != nil {
			return core.Value{}, err
		}
		i := int(a[1].N)
		if i < 1 || i > len(s) {
			return core.Value{}, core.Err("BoundsError", a[0], a[1])
		}
		return core.Bits(core.UInt8, uint64(s[i-1])), nil
	}},
	{"string_iterate", 2, 2, "(character at index i, next index), or nothing past the end", stringIterate},
	{"string_char", 2, 2, "character at index i; BoundsError, StringIndexError", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("getindex", a[0])
		if err != nil {
			return core.Value{}, err
		}
		i := int(a[1].N)
		if i < 1 || i > len(s) {
			return core.Value{}, core.Err("BoundsError", a[0], a[1])
		}
		if thisChar(s, i) != i {
			return core.Value{}, core.Err("StringIndexError", a[0], core.Int(int64(i)))
		}
		u, _ := nextChar(s, i-1)
		return core.MakeChar(u), nil
	}},
	{"string_length", 1, 1, "number of characters", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("length", a[0])
		return core.Int(int64(charsOf(s))), err
	}},
	{"string_isvalid_index", 2, 2, "a character starts at i", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("isvalid", a[0])
		i := int(a[1].N)
		return core.MakeBool(i >= 1 && i <= len(s) && thisChar(s, i) == i), err
	}},
	{"string_thisind", 2, 2, "start of the character that byte i belongs to", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("thisind", a[0])
		if err != nil {
			return core.Value{}, err
		}
		i := int(a[1].N)
		if i == 0 || i == len(s)+1 {
			return a[1], nil
		}
		if i < 0 || i > len(s)+1 {
			return core.Value{}, core.Err("BoundsError", a[0], a[1])
		}
		return core.Int(int64(thisChar(s, i))), nil
	}},
	{"string_nextind", 3, 3, "index of the nth character after i", stringNextind},
	{"string_prevind", 3, 3, "index of the nth character before i", stringPrevind},
	{"string_range", 3, 3, "from the character at i to the one at j, as a String", stringRange},
	{"string_concat", 0, -1, "strings, symbols and characters joined", stringConcat},
	{"string_repeat", 2, 2, "n times", func(t *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("repeat", a[0])
		if err != nil {
			return core.Value{}, err
		}
		n := int(a[1].N)
		if n < 0 {
			return core.Value{}, core.ArgErrorf("can't repeat a string %d times", n)
		}
		if !roomFor(n, len(s)) {
			return core.Value{}, core.Err("OutOfMemoryError")
		}
		out, err := repeatParts(t, s, n)
		return core.MakeString(out), err
	}},
	{"string_cmp", 2, 2, "-1, 0, 1 by bytes", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x, err := textArg("cmp", a[0])
		if err != nil {
			return core.Value{}, err
		}
		y, err := textArg("cmp", a[1])
		return core.Int(int64(strings.Compare(x, y))), err
	}},
	{"string_eq", 2, 2, "same bytes", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x, err := textArg("==", a[0])
		if err != nil {
			return core.Value{}, err
		}
		y, err := textArg("==", a[1])
		return core.MakeBool(x == y), err
	}},
	{"string_lt", 2, 2, "before, by bytes", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x, err := textArg("isless", a[0])
		if err != nil {
			return core.Value{}, err
		}
		y, err := textArg("isless", a[1])
		return core.MakeBool(x < y), err
	}},
	{"string_make", 1, 1, "a SubString or Symbol as String", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if core.TypeOf(a[0]) == core.StringType {
			return a[0], nil
		}
		s, err := textArg("String", a[0])
		return core.MakeString(s), err
	}},
	{"string_from_bytes", 3, 3, "bytes i to j of a one-byte array as a String", func(_ *task.Task, a []core.Value) (core.Value, error) {
		b, err := bytesArg("String", a[0])
		if err != nil {
			return core.Value{}, err
		}
		i, j := int(a[1].N), int(a[2].N)
		if j < i {
			return core.MakeString(""), nil
		}
		if i < 1 || j > len(b) {
			return core.Value{}, core.Err("BoundsError", a[0], a[2])
		}
		return core.MakeString(string(b[i-1 : j])), nil
	}},
	{"string_undef", 1, 1, "a String of n bytes, whatever they are", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n := int(a[0].N)
		if n <= 0 {
			return core.MakeString(""), nil
		}
		if !roomFor(n, 1) {
			return core.Value{}, core.Err("OutOfMemoryError")
		}
		var b strings.Builder
		b.Grow(n) // does not fill it with zeros, which takes seconds for gigabytes
		b.WriteByte(0)
		return core.MakeString(unsafe.String(unsafe.StringData(b.String()), n)), nil
	}},
	{"string_bytes", 1, 1, "the bytes as a new Vector{UInt8}", func(t *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("codeunits", a[0])
		if err != nil {
			return core.Value{}, err
		}
		b := make([]byte, len(s))
		err = inParts(t, len(s), func(lo, hi int) { copy(b[lo:hi], s[lo:hi]) })
		return core.BytesVector(b).Value(), err
	}},
	{"string_chars", 1, 1, "the characters as a Vector{Char}", func(t *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("collect", a[0])
		if err != nil {
			return core.Value{}, err
		}
		v := core.NewArray(core.VectorOf(core.Char.Value()), charsOf(s), nil)
		i := 0
		return v.Value(), inParts(t, v.Len, func(lo, hi int) {
			for k := lo; k < hi; k++ {
				var u uint32
				u, i = nextChar(s, i)
				v.Set(k, core.MakeChar(u))
			}
		})
	}},
	{"string_from_chars", 1, 1, "a Vector{Char} as a String", func(_ *task.Task, a []core.Value) (core.Value, error) {
		v, err := arrayArg("String", a[0])
		if err != nil {
			return core.Value{}, err
		}
		var b strings.Builder
		for i := range v.Len {
			if c := v.Get(i); c.Is(core.Char) {
				b.WriteString(charText(uint32(c.N)))
			}
		}
		return core.MakeString(b.String()), nil
	}},
	{"string_reverse", 1, 1, "characters in reverse", func(t *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("reverse", a[0])
		if err != nil {
			return core.Value{}, err
		}
		var out string
		err = long(t, len(s), func() {
			b := make([]byte, len(s))
			for i := 0; i < len(s); {
				_, j := nextChar(s, i)
				copy(b[len(s)-j:], s[i:j])
				i = j
			}
			out = string(b)
		})
		return core.MakeString(out), err
	}},
	{"string_isvalid", 1, 1, "is valid UTF-8", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("isvalid", a[0])
		return core.MakeBool(utf8.ValidString(s)), err
	}},
	{"string_isascii", 1, 1, "has only ASCII", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("isascii", a[0])
		for i := 0; i < len(s); i++ {
			if s[i] >= 0x80 {
				return core.MakeBool(false), err
			}
		}
		return core.MakeBool(true), err
	}},
	{"string_upper", 1, 1, "upper case", stringMap(upper)},
	{"string_lower", 1, 1, "lower case", stringMap(unicode.ToLower)},
	{"string_width", 1, 1, "columns on a terminal", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("textwidth", a[0])
		n := 0
		for i := 0; i < len(s); {
			if c := s[i]; c >= 0x20 && c < 0x7f {
				n++
				i++
				continue
			}
			var u uint32
			u, i = nextChar(s, i)
			n += charWidth(u)
		}
		return core.Int(int64(n)), err
	}},
	{"string_escape", 2, 2, "escaped for a literal; also escape the characters of the second string", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("escape_string", a[0])
		if err != nil {
			return core.Value{}, err
		}
		x, err := textArg("escape_string", a[1])
		return core.MakeString(escapeText(s, x)), err
	}},
	{"string_unescape", 2, 2, "escapes read; those of characters of the second string are kept", stringUnescape},
	{"char_string", 1, 1, "the character as a String", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeString(charText(uint32(a[0].N))), nil
	}},
	{"char_escape", 2, 2, "a character as it stands in a literal", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x, err := textArg("char_escape", a[1])
		return core.MakeString(escapeText(charText(uint32(a[0].N)), x)), err
	}},
}

// thisChar is the index of the character that byte i (in range) belongs to.
func thisChar(s string, i int) int {
	if s[i-1]&0xc0 != 0x80 {
		return i
	}
	for k := 1; k <= 3 && i-k >= 1; k++ {
		b := s[i-k-1]
		if b&0xc0 == 0x80 {
			continue
		}
		if b < 0xc0 || b > 0xf7 {
			return i
		}
		if _, next := nextChar(s, i-k-1); next >= i {
			return i - k
		}
		return i
	}
	return i
}

func bytesArg(name string, v core.Value) ([]byte, error) {
	a, err := arrayArg(name, v)
	if err != nil {
		return nil, err
	}
	if a.Kind.Bytes() != 1 {
		return nil, core.TypeErr(name, "", core.VectorU8.Value(), v)
	}
	return a.Bytes(), nil
}

func stringIterate(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := textArg("iterate", a[0])
	if err != nil {
		return core.Value{}, err
	}
	i := int(a[1].N)
	if i < 1 {
		return core.Value{}, core.Err("BoundsError", a[0], a[1])
	}
	if i > len(s) {
		if i > len(s)+1 && core.TypeOf(a[0]) != core.StringType {
			return core.Value{}, core.Err("BoundsError", a[0], a[1])
		}
		return nothing, nil
	}
	u, next := nextChar(s, i-1)
	return core.NewStruct(charInt, core.MakeChar(u), core.Int(int64(next+1))), nil
}

var charInt = core.TupleOf(core.Char.Value(), core.Int64.Value())

func stringNextind(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := textArg("nextind", a[0])
	if err != nil {
		return core.Value{}, err
	}
	i, n := int(a[1].N), int(a[2].N)
	if n < 0 {
		return core.Value{}, core.ArgErrorf("n cannot be negative: %d", n)
	}
	if i < 0 || i > len(s) {
		return core.Value{}, core.Err("BoundsError", a[0], a[1])
	}
	if n == 0 {
		if i >= 1 && thisChar(s, i) != i {
			return core.Value{}, core.Err("StringIndexError", a[0], a[1])
		}
		return a[1], nil
	}
	for ; n > 0; n-- {
		switch {
		case i == 0:
			i = 1
		case i > len(s):
			i++
		default:
			_, i = nextChar(s, thisChar(s, i)-1)
			i++
		}
	}
	return core.Int(int64(i)), nil
}

func stringPrevind(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := textArg("prevind", a[0])
	if err != nil {
		return core.Value{}, err
	}
	i, n := int(a[1].N), int(a[2].N)
	if n < 0 {
		return core.Value{}, core.ArgErrorf("n cannot be negative: %d", n)
	}
	if i < 1 || i > len(s)+1 {
		return core.Value{}, core.Err("BoundsError", a[0], a[1])
	}
	if n == 0 && i <= len(s) && thisChar(s, i) != i {
		return core.Value{}, core.Err("StringIndexError", a[0], a[1])
	}
	for ; n > 0; n-- {
		i--
		if i > 0 && i <= len(s) {
			i = thisChar(s, i)
		}
	}
	return core.Int(int64(i)), nil
}

// stringBounds checks the range a[1]:a[2] of s and gives the bytes [lo, hi) of it.
func stringBounds(s string, a []core.Value) (lo, hi int, err error) {
	i, j := int(a[1].N), int(a[2].N)
	if j < i {
		return 0, 0, nil
	}
	if i < 1 || j > len(s) {
		return 0, 0, core.Err("BoundsError", a[0], makeRange(a[1], a[2]))
	}
	for _, k := range []int{i, j} {
		if thisChar(s, k) != k {
			return 0, 0, core.Err("StringIndexError", a[0], core.Int(int64(k)))
		}
	}
	_, hi = nextChar(s, j-1)
	return i - 1, hi, nil
}

// makeRange stands for i:j in an exception; Base makes a range of the pair.
func makeRange(i, j core.Value) core.Value { return tuple2(i, j) }

func stringRange(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := textArg("getindex", a[0])
	if err != nil {
		return core.Value{}, err
	}
	lo, hi, err := stringBounds(s, a)
	if err != nil {
		return core.Value{}, err
	}
	return core.MakeString(s[lo:hi]), nil
}

// stringMap maps the characters; bytes that are no UTF-8 stay.
func stringMap(f func(rune) rune) task.Fn {
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("case", a[0])
		if err != nil {
			return core.Value{}, err
		}
		var out string
		err = long(t, len(s), func() {
			var b strings.Builder
			b.Grow(len(s))
			for i := 0; i < len(s); {
				r, n := utf8.DecodeRuneInString(s[i:])
				if r == utf8.RuneError && n == 1 {
					b.WriteByte(s[i])
				} else {
					b.WriteRune(f(r))
				}
				i += n
			}
			out = b.String()
		})
		return core.MakeString(out), err
	}
}

// escapeText writes s as it stands between quotes; extra lists further
// characters to put a backslash before.
func escapeText(s, extra string) string {
	var b strings.Builder
	hex := func(n uint32, least int) {
		const digits = "0123456789abcdef"
		started := false
		for sh := 28; sh >= 0; sh -= 4 {
			d := n >> sh & 15
			if d != 0 || started || sh/4 < least {
				b.WriteByte(digits[d])
				started = true
			}
		}
	}
	for i := 0; i < len(s); {
		u, next := nextChar(s, i)
		r, ok := charRune(u)
		follow := byte(0)
		if next < len(s) {
			follow = s[next]
		}
		isHex := follow >= '0' && follow <= '9' || follow >= 'a' && follow <= 'f' || follow >= 'A' && follow <= 'F'
		switch {
		case !ok:
			for ; i < next; i++ {
				b.WriteString("\\x")
				hex(uint32(s[i]), 2)
			}
		case strings.ContainsRune(extra, rune(r)) && r < utf8.MaxRune:
			b.WriteByte('\\')
			b.WriteString(s[i:next])
		case r == '\\':
			b.WriteString(`\\`)
		case r == 0:
			if follow >= '0' && follow <= '7' {
				b.WriteString("\\x00")
			} else {
				b.WriteString("\\0")
			}
		case r == 27:
			b.WriteString("\\e")
		case r >= 7 && r <= 13:
			b.WriteByte('\\')
			b.WriteByte("abtnvfr"[r-7])
		case r < 0x7f && r >= 0x20:
			b.WriteByte(byte(r))
		case r < 0x80:
			b.WriteString("\\x")
			hex(r, 2)
		default:
			c := charCategory(u)
			switch {
			case c >= 1 && c <= 23:
				b.WriteString(s[i:next])
			case r < 0x100 && r >= 0x80 || r < 0x10000:
				b.WriteString("\\u")
				if isHex {
					hex(r, 4)
				} else {
					hex(r, 1)
				}
			default:
				b.WriteString("\\U")
				if isHex {
					hex(r, 8)
				} else {
					hex(r, 4)
				}
			}
		}
		i = next
	}
	return b.String()
}

func stringUnescape(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := textArg("unescape_string", a[0])
	if err != nil {
		return core.Value{}, err
	}
	keep, err := textArg("unescape_string", a[1])
	if err != nil {
		return core.Value{}, err
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			if s[i] == '\\' {
				return core.Value{}, core.ArgErrorf("invalid escape sequence %s", "\\")
			}
			b.WriteByte(s[i])
			continue
		}
		i++
		c := s[i]
		if strings.IndexByte(keep, c) >= 0 {
			b.WriteByte('\\')
			b.WriteByte(c)
			continue
		}
		if k := strings.IndexByte("abtnvfre", c); k >= 0 {
			b.WriteByte("\a\b\t\n\v\f\r\x1b"[k])
			continue
		}
		most, base := 0, 16
		switch {
		case c == 'x':
			most = 2
		case c == 'u':
			most = 4
		case c == 'U':
			most = 8
		case c >= '0' && c <= '7':
			most, base = 3, 8
			i--
		case c == '\\' || c == '"' || c == '\'' || c == '$' || c == '`':
			b.WriteByte(c)
			continue
		default:
			return core.Value{}, core.ArgErrorf("invalid escape sequence \\%c", c)
		}
		n, k := 0, 0
		for k < most && i+1 < len(s) {
			d := digitValue(rune(s[i+1]), 16)
			if d < 0 || d >= base {
				break
			}
			n = n*base + d
			i++
			k++
		}
		switch {
		case k == 0 && c == 'x':
			return core.Value{}, core.ArgErrorf(`invalid hex (\x) escape sequence`)
		case k == 0:
			return core.Value{}, core.ArgErrorf(`invalid unicode (\u) escape sequence`)
		case most <= 3 && n > 255:
			return core.Value{}, core.ArgErrorf("octal escape sequence out of range")
		case most <= 3:
			b.WriteByte(byte(n))
		default:
			if n > 0x1fffff {
				return core.Value{}, core.ArgErrorf("invalid code point")
			}
			b.WriteString(charText(charBits(uint32(n))))
		}
	}
	return core.MakeString(b.String()), nil
}
