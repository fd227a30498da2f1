package prim

// This file: Char. A Char's bits are the UTF-8 bytes of the character from the
// top byte down, so that invalid bytes of a string survive in it.

import (
	"encoding/binary"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

var charTable = []entry{
	{"char_from_codepoint", 1, 1, "Char of a code point given as UInt32", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n := zbits(a[0])
		if n > 0x1fffff {
			return core.Value{}, core.Err("CodePointError", a[0])
		}
		return core.MakeChar(charBits(uint32(n))), nil
	}},
	{"char_codepoint", 1, 1, "code point as UInt32; InvalidCharError for malformed characters", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, ok := charRune(uint32(a[0].N))
		if !ok {
			return core.Value{}, core.Err("InvalidCharError", a[0])
		}
		return core.Bits(core.UInt32, uint64(r)), nil
	}},
	{"char_ismalformed", 1, 1, "has no code point", func(_ *task.Task, a []core.Value) (core.Value, error) {
		_, ok := decodeChar(uint32(a[0].N))
		return core.MakeBool(!ok), nil
	}},
	{"char_isoverlong", 1, 1, "is encoded in more bytes than needed", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(overlong(uint32(a[0].N))), nil
	}},
	{"char_decode_overlong", 1, 1, "code point that the bytes of an overlong character stand for", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, _ := decodeChar(uint32(a[0].N))
		return core.Bits(core.UInt32, uint64(r)), nil
	}},
	{"char_category", 1, 1, "number of the Unicode category", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Int(int64(charCategory(uint32(a[0].N)))), nil
	}},
	{"char_upper", 1, 1, "upper case", charMap(upper)},
	{"char_lower", 1, 1, "lower case", charMap(unicode.ToLower)},
	{"char_title", 1, 1, "title case", charMap(title)},
	{"char_width", 1, 1, "columns on a terminal", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Int(int64(charWidth(uint32(a[0].N)))), nil
	}},
	{"char_nbytes", 1, 1, "bytes of the encoding", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Int(int64(charSize(uint32(a[0].N)))), nil
	}},
	{"char_test", 2, 2, "property :upper :lower :space :letter :digit :alnum :print :punct :cntrl :graph", charTest},
}

// charBits is Julia's representation of a code point.
func charBits(r uint32) uint32 {
	switch {
	case r < 0x80:
		return r << 24
	case r < 0x800:
		return 0xc080<<16 | r>>6<<24 | r&0x3f<<16
	case r < 0x10000:
		return 0xe08080<<8 | r>>12<<24 | r>>6&0x3f<<16 | r&0x3f<<8
	}
	return 0xf0808080 | r>>18<<24 | r>>12&0x3f<<16 | r>>6&0x3f<<8 | r&0x3f
}

// charSize is the number of bytes that the bits hold.
func charSize(u uint32) int {
	switch {
	case u&0x00ffffff == 0:
		return 1
	case u&0x0000ffff == 0:
		return 2
	case u&0x000000ff == 0:
		return 3
	}
	return 4
}

// charText is the bytes of the character.
func charText(u uint32) string {
	b := [4]byte{byte(u >> 24), byte(u >> 16), byte(u >> 8), byte(u)}
	return string(b[:charSize(u)])
}

// charRune decodes the bits; false when they are malformed or overlong.
func charRune(u uint32) (uint32, bool) {
	r, ok := decodeChar(u)
	return r, ok && !overlong(u)
}

// decodeChar decodes the bits, overlong or not; false when they are malformed.
func decodeChar(u uint32) (uint32, bool) {
	if u < 0x80000000 {
		return u >> 24, u&0x00ffffff == 0
	}
	var lead uint32
	var n uint
	switch {
	case u>>29 == 0b110:
		lead, n = u>>24&0x1f, 1
	case u>>28 == 0b1110:
		lead, n = u>>24&0x0f, 2
	case u>>27 == 0b11110:
		lead, n = u>>24&0x07, 3
	default:
		return 0, false
	}
	r := lead
	for i := range n {
		c := u >> (16 - 8*i) & 0xff
		if c&0xc0 != 0x80 {
			return 0, false
		}
		r = r<<6 | c&0x3f
	}
	if n < 3 && u<<(8*(n+1)) != 0 {
		return 0, false
	}
	return r, true
}

func overlong(u uint32) bool {
	return u>>24 == 0xc0 || u>>24 == 0xc1 || u>>21 == 0x0704 && u>>29 == 7 || u>>20 == 0x0f08
}

// nextChar decodes the character at byte i of s: its bits and the next index.
func nextChar(s string, i int) (uint32, int) {
	b := s[i]
	u := uint32(b) << 24
	i++
	if b < 0xc0 || b > 0xf7 {
		return u, i
	}
	more := 1
	if b >= 0xf0 {
		more = 3
	} else if b >= 0xe0 {
		more = 2
	}
	for k := range more {
		if i >= len(s) || s[i]&0xc0 != 0x80 {
			break
		}
		u |= uint32(s[i]) << (16 - 8*k)
		i++
	}
	return u, i
}

// The categories in the order of their numbers.
var categories = []*unicode.RangeTable{
	nil, unicode.Lu, unicode.Ll, unicode.Lt, unicode.Lm, unicode.Lo, unicode.Mn, unicode.Mc, unicode.Me,
	unicode.Nd, unicode.Nl, unicode.No, unicode.Pc, unicode.Pd, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf,
	unicode.Po, unicode.Sm, unicode.Sc, unicode.Sk, unicode.So, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Cc,
	unicode.Cf, unicode.Cs, unicode.Co,
}

func charCategory(u uint32) int {
	r, ok := charRune(u)
	if !ok {
		return 31
	}
	if r > unicode.MaxRune {
		return 30
	}
	if r < 0x80 {
		switch {
		case r >= 'a' && r <= 'z':
			return 2
		case r >= 'A' && r <= 'Z':
			return 1
		case r >= '0' && r <= '9':
			return 9
		}
	}
	for i, t := range categories {
		if t != nil && unicode.Is(t, rune(r)) {
			return i
		}
	}
	return 0
}

// upper is the upper case of a character; other than in Go, ß has one.
func upper(r rune) rune {
	if r == 'ß' {
		return 'ẞ'
	}
	return unicode.ToUpper(r)
}

func title(r rune) rune {
	if r == 'ß' {
		return 'ẞ'
	}
	return unicode.ToTitle(r)
}

func charMap(f func(rune) rune) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, ok := charRune(uint32(a[0].N))
		if !ok || r > unicode.MaxRune {
			return a[0], nil
		}
		return core.MakeChar(charBits(uint32(f(rune(r))))), nil
	}
}

// wide lists the ranges of characters two columns wide.
var wide = [][2]uint32{
	{0x1100, 0x115f}, {0x231a, 0x231b}, {0x2329, 0x232a}, {0x23e9, 0x23ec}, {0x23f0, 0x23f0}, {0x23f3, 0x23f3},
	{0x25fd, 0x25fe}, {0x2614, 0x2615}, {0x2648, 0x2653}, {0x267f, 0x267f}, {0x2693, 0x2693}, {0x26a1, 0x26a1},
	{0x26aa, 0x26ab}, {0x26bd, 0x26be}, {0x26c4, 0x26c5}, {0x26ce, 0x26ce}, {0x26d4, 0x26d4}, {0x26ea, 0x26ea},
	{0x26f2, 0x26f3}, {0x26f5, 0x26f5}, {0x26fa, 0x26fa}, {0x26fd, 0x26fd}, {0x2705, 0x2705}, {0x270a, 0x270b},
	{0x2728, 0x2728}, {0x274c, 0x274c}, {0x274e, 0x274e}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797},
	{0x27b0, 0x27b0}, {0x27bf, 0x27bf}, {0x2b1b, 0x2b1c}, {0x2b50, 0x2b50}, {0x2b55, 0x2b55}, {0x2e80, 0x303e},
	{0x3041, 0x4dbf}, {0x4e00, 0xa4cf}, {0xa960, 0xa97c}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe10, 0xfe19},
	{0xfe30, 0xfe6f}, {0xff01, 0xff60}, {0xffe0, 0xffe6}, {0x16fe0, 0x18cff}, {0x1b000, 0x1b2ff}, {0x1f004, 0x1f004},
	{0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f335},
	{0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0},
	{0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc}, {0x1f4ff, 0x1f53d},
	{0x1f54b, 0x1f54e}, {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4},
	{0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2}, {0x1f6d5, 0x1f6d7},
	{0x1f6dc, 0x1f6df}, {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7eb}, {0x1f90c, 0x1f93a},
	{0x1f93c, 0x1f945}, {0x1f947, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
}

func charWidth(u uint32) int {
	r, ok := charRune(u)
	if !ok {
		return 1
	}
	if r < 0x300 {
		if r < 0x20 || r >= 0x7f && r < 0xa0 {
			return 0
		}
		return 1
	}
	lo, hi := 0, len(wide)
	for lo < hi {
		m := (lo + hi) / 2
		switch {
		case r > wide[m][1]:
			lo = m + 1
		case r < wide[m][0]:
			hi = m
		default:
			return 2
		}
	}
	switch c := charCategory(u); c {
	case 6, 8, 26, 27, 28:
		return 0
	}
	return 1
}

func charTest(_ *task.Task, a []core.Value) (core.Value, error) {
	name, err := textArg("char_test", a[0])
	if err != nil {
		return core.Value{}, err
	}
	u := uint32(a[1].N)
	r, ok := charRune(u)
	if !ok {
		return core.MakeBool(false), nil
	}
	c := charCategory(u)
	switch name {
	case "upper":
		ok = c == 1 || unicode.Is(unicode.Other_Uppercase, rune(r))
	case "lower":
		ok = c == 2 || unicode.Is(unicode.Other_Lowercase, rune(r))
	case "space":
		ok = r == ' ' || r >= 9 && r <= 13 || r == 0x85 || r >= 0xa0 && c == 23
	case "letter":
		ok = c >= 1 && c <= 5
	case "digit":
		ok = r >= '0' && r <= '9'
	case "alnum":
		ok = c >= 1 && c <= 5 || c >= 9 && c <= 11
	case "numeric":
		ok = c >= 9 && c <= 11
	case "print":
		ok = c >= 1 && c <= 23
	case "punct":
		ok = c >= 12 && c <= 18
	case "cntrl":
		ok = c == 26
	case "graph":
		ok = c >= 1 && c <= 22
	default:
		ok = false
	}
	return core.MakeBool(ok), nil
}

// plainASCII reports whether s has no byte above 127. It looks at eight at a time.
func plainASCII(s string) bool {
	b := unsafe.Slice(unsafe.StringData(s), len(s))
	for ; len(b) >= 8; b = b[8:] {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// charsOf counts the characters of s as Julia does.
func charsOf(s string) int {
	if plainASCII(s) {
		return len(s)
	}
	if utf8.ValidString(s) {
		return utf8.RuneCountInString(s)
	}
	n := 0
	for i := 0; i < len(s); n++ {
		_, i = nextChar(s, i)
	}
	return n
}
