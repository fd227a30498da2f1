package prim

// This file: normal forms of Unicode and graphemes, what a reader takes for one
// character.

import (
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"weft/runtime/core"
	"weft/runtime/task"
)

// forms are the normal forms by their names.
var forms = map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKC": norm.NFKC, "NFKD": norm.NFKD}

var unicodeTable = []entry{
	{"string_normalize", 2, 2, "string_normalize(s, form): a string in the form NFC, NFD, NFKC or NFKD", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("normalize", a[0])
		if err != nil {
			return core.Value{}, err
		}
		name, err := textArg("normalize", a[1])
		if err != nil {
			return core.Value{}, err
		}
		f, ok := forms[name]
		if !ok {
			return core.Value{}, core.ArgErrorf(":%s is not one of :NFC, :NFD, :NFKC, :NFKD", name)
		}
		return core.MakeString(f.String(s)), nil
	}},
	{"string_casefold", 1, 1, "a string with its differences of case taken away", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("normalize", a[0])
		return core.MakeString(cases.Fold().String(s)), err
	}},
	{"string_grapheme_end", 2, 2, "the index after the grapheme that begins at byte i", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("graphemes", a[0])
		if err != nil {
			return core.Value{}, err
		}
		i := int(a[1].N)
		if i < 1 || i > len(s) {
			return core.Value{}, core.Err("BoundsError", a[0], a[1])
		}
		g, _, _, _ := uniseg.FirstGraphemeClusterInString(s[i-1:], -1)
		return core.Int(int64(i + len(g))), nil
	}},
	{"char_ignorable", 1, 1, "has no look of its own, as a soft hyphen", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, ok := charRune(uint32(a[0].N))
		return core.MakeBool(ok && (unicode.Is(unicode.Other_Default_Ignorable_Code_Point, rune(r)) || unicode.Is(unicode.Variation_Selector, rune(r)) ||
			unicode.Is(unicode.Cf, rune(r)) && !(r >= 0x600 && r <= 0x605) && r != 0x6dd && r != 0x70f && r != 0x110bd)), nil
	}},
}
