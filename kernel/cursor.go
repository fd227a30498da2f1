package kernel

// This file translates cursor positions. The protocol counts code points, but
// some front ends count UTF-16 units (and say so nowhere). The two differ only
// behind characters outside the Basic Multilingual Plane.

import "unicode"

// cursorUnit says what a front end counts.
type cursorUnit uint8

const (
	codePoints cursorUnit = iota
	utf16Units
)

// cursorText is the text of a request, ready to translate positions in it.
type cursorText struct {
	runes []rune
	unit  cursorUnit
}

// readCursor finds the code point that a front end's cursor stands before and
// which unit the front end counts in. A position beyond the text's code
// points can only be UTF-16. Otherwise code points are believed, unless only
// the other reading puts the cursor at the end of a word. Positions outside
// the text are moved to its ends.
func readCursor(code string, pos int) (cursorText, int) {
	t := cursorText{runes: []rune(code)}
	n := len(t.runes)
	if pos <= 0 {
		return t, 0
	}
	other, splits := t.fromUTF16(pos)
	switch {
	case other == pos && !splits:
		return t, min(pos, n)
	case pos > n:
		t.unit = utf16Units
		return t, other
	case splits:
		return t, pos
	case !t.endsWord(pos) && t.endsWord(other):
		t.unit = utf16Units
		return t, other
	}
	return t, pos
}

// answer gives a position in the unit the front end counts in.
func (t cursorText) answer(at int) int {
	at = max(0, min(at, len(t.runes)))
	if t.unit == codePoints {
		return at
	}
	n := 0
	for _, r := range t.runes[:at] {
		n += utf16Len(r)
	}
	return n
}

// fromUTF16 counts the code points in the first pos UTF-16 units and says
// whether pos falls within one of them.
func (t cursorText) fromUTF16(pos int) (at int, splits bool) {
	units := 0
	for i, r := range t.runes {
		if units >= pos {
			return i, units > pos
		}
		units += utf16Len(r)
	}
	return len(t.runes), units > pos
}

// endsWord says whether a word, a macro's @, a backslash name or a dotted
// path ends at position at.
func (t cursorText) endsWord(at int) bool {
	if at == 0 || at > len(t.runes) {
		return false
	}
	switch t.runes[at-1] {
	case '.', '@', '\\':
		return true
	}
	return wordRune(t.runes[at-1]) && (at == len(t.runes) || !wordRune(t.runes[at]))
}

func wordRune(r rune) bool {
	return r == '_' || r == '!' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func utf16Len(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}
