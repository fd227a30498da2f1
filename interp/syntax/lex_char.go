package syntax

// This file classifies characters: which may begin or go on in an identifier,
// which are blanks, which are refused.

import (
	"unicode"
	"unicode/utf8"
)

// Classes of ASCII bytes.
const (
	cIdentStart = 1 << iota
	cIdent
	cDigit
	cHex
)

var byteClass = makeByteClass()

func makeByteClass() (t [256]uint8) {
	for c := 'a'; c <= 'z'; c++ {
		t[c] = cIdentStart | cIdent
		t[c-'a'+'A'] = cIdentStart | cIdent
	}
	t['_'] = cIdentStart | cIdent
	t['!'] = cIdent
	for c := '0'; c <= '9'; c++ {
		t[c] = cIdent | cDigit | cHex
	}
	for c := 'a'; c <= 'f'; c++ {
		t[c] |= cHex
		t[c-'a'+'A'] |= cHex
	}
	return t
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isIdentStart reports whether r may begin an identifier.
func isIdentStart(r rune) bool {
	if r < utf8.RuneSelf {
		return byteClass[r]&cIdentStart != 0
	}
	if r < 0xa1 || r > unicode.MaxRune || r == 0x1f8b2 {
		return false
	}
	switch {
	case unicode.IsLetter(r), unicode.In(r, unicode.Nl, unicode.Sc):
		return true
	case unicode.Is(unicode.So, r):
		return !(0x2190 <= r && r <= 0x21ff) && r != 0xfffc && r != 0xfffd && r != 0x233f && r != 0xa6
	}
	return isMathIdentStart(r)
}

// isMathIdentStart lists the mathematical symbols and the few others that
// begin identifiers although their category is not one of letters.
func isMathIdentStart(r rune) bool {
	switch {
	case 0x2140 <= r && r <= 0x2144, // ⅀..⅄
		r == 0x2200, r == 0x2203, r == 0x2204, // ∀ ∃ ∄
		r == 0x2202, 0x2205 <= r && r <= 0x2207, // ∂ ∅ ∆ ∇
		0x220e <= r && r <= 0x2211,            // ∎ ∏ ∐ ∑
		0x221e <= r && r <= 0x2222,            // ∞ ∟ ∠ ∡ ∢
		0x222b <= r && r <= 0x2233,            // ∫ ...
		r == 0x223f, r == 0x22a4, r == 0x22a5, // ∿ ⊤ ⊥
		r == 0x22be, r == 0x22bf, // ⊾ ⊿
		0x22c0 <= r && r <= 0x22c3, // ⋀ ⋁ ⋂ ⋃
		0x25f8 <= r && r <= 0x25ff, // ◸..◿
		r == 0x266f,                // ♯
		0x27c0 <= r && r <= 0x27c1, // ⟀ ⟁
		0x27d8 <= r && r <= 0x27d9, // ⟘ ⟙
		0x299b <= r && r <= 0x29b4, // angles, ⦰..⦴
		0x2a00 <= r && r <= 0x2a06, // ⨀..⨆
		0x2a09 <= r && r <= 0x2a16, // ⨉..⨖
		r == 0x2a1b, r == 0x2a1c,   // ⨛ ⨜
		0x207a <= r && r <= 0x207e, // superscript + - = ( )
		0x208a <= r && r <= 0x208e, // subscript + - = ( )
		r == 0x2118, r == 0x212e,   // ℘ ℮
		r == 0x309b, r == 0x309c, // kana sound marks
		0x1d7ce <= r && r <= 0x1d7e1: // bold and double-struck digits
		return true
	}
	switch r {
	case 0x1d6c1, 0x1d6db, 0x1d6fb, 0x1d715, 0x1d735, 0x1d74f, 0x1d76f, 0x1d789, 0x1d7a9, 0x1d7c3:
		return true // styled nabla and partial
	}
	return false
}

// isIdentChar reports whether r may stand in an identifier after its start.
func isIdentChar(r rune) bool {
	if r < utf8.RuneSelf {
		return byteClass[r]&cIdent != 0
	}
	if r < 0xa1 || r > unicode.MaxRune {
		return false
	}
	return isIdentStart(r) ||
		unicode.In(r, unicode.Mn, unicode.Mc, unicode.Me, unicode.Nd, unicode.No, unicode.Pc, unicode.Sk) ||
		0x2032 <= r && r <= 0x2037 || r == 0x2057 ||
		r == 0x387 || r == 0x19da || 0x1369 <= r && r <= 0x1371
}

// isNeverIdent reports whether r can be in no name at all: after an
// interpolated variable only such a character, or an operator, may follow.
func isNeverIdent(r rune) bool {
	if r == utf8.RuneError || unicode.In(r, unicode.Z, unicode.C) {
		return true
	}
	if r < 0xff && unicode.In(r, unicode.Pd, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf, unicode.Po) {
		return true
	}
	return r == '`' || 0x27e6 <= r && r <= 0x27ef || 0x3008 <= r && r <= 0x3011 ||
		0x3014 <= r && r <= 0x301b || r == 0xff08 || r == 0xff09 || r == 0xff3b || r == 0xff3d
}

// isBlank reports whether r outside ASCII counts as a blank.
func isBlank(r rune) bool {
	return r == 0x85 || r == 0xfeff || unicode.Is(unicode.Zs, r)
}

// isInvisible reports whether r is refused because it cannot be seen.
func isInvisible(r rune) bool {
	switch r {
	case 0xad, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2060, 0x2061:
		return true
	}
	return false
}

// beginsOperator reports whether an operator begins at text[i:].
func beginsOperator(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	switch c := text[i]; c {
	case '+', '-', '*', '/', '\\', '%', '^', '&', '|', '=', '<', '>', '!', '~', ':', '?', '$', '\'', '.':
		return true
	default:
		if c < utf8.RuneSelf {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	_, ok := unicodeOps[r]
	return ok
}

// beginsDottable reports whether an operator that may have a leading dot
// begins at text[i:].
func beginsDottable(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	switch text[i] {
	case ':', '?', '$', '\'', '.':
		return false
	}
	return beginsOperator(text, i)
}
