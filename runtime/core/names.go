package core

// How names are written: which need var"...", which are operators.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quoteName writes a name so that it can be read back as an identifier or
// operator.
func quoteName(s string) string {
	if IsIdentifier(s) && !isReserved(s) || IsOperator(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(`var"`)
	for _, r := range s {
		if r == '"' || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}

// QuoteName writes a name so that it can be read back: plainly, or as var"...".
func QuoteName(s string) string { return quoteName(s) }

// IsIdentifier reports whether s is an identifier (a reserved word counts).
func IsIdentifier(s string) bool {
	if s == "" || s == "true" || s == "false" {
		return false
	}
	for i, r := range s {
		if r == utf8.RuneError {
			return false
		}
		if i == 0 {
			if !identStart(r) {
				return false
			}
		} else if !identStart(r) && r != '!' && !(r >= '0' && r <= '9') && (r < 0x80 || !unicode.In(r, unicode.Nd, unicode.Pc, unicode.Sk, unicode.Me, unicode.No, unicode.Mn, unicode.Mc) &&
			!(r >= 0x2032 && r <= 0x2037) && r != 0x2057) {
			return false
		}
	}
	return true
}

func identStart(r rune) bool {
	if r < 0x80 {
		return r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	if unicode.In(r, unicode.L, unicode.Nl, unicode.Sc, unicode.So) {
		return !isOperatorRune(r)
	}
	// Letter-like symbols, sums and integrals, sub- and superscripts, angles, styled digits, nablas and partials.
	switch {
	case r == 0x2118 || r == 0x212E || r >= 0x309B && r <= 0x309C, r >= 0x2140 && r <= 0x2144 || r == 0x223F || r == 0x22BE || r == 0x22BF || r == 0x22A4 || r == 0x22A5,
		r >= 0x2200 && r <= 0x2207 && r != 0x2201 || r >= 0x220E && r <= 0x2211 || r == 0x221E || r == 0x221F,
		r >= 0x222B && r <= 0x2233 || r >= 0x22C0 && r <= 0x22C3 || r >= 0x2220 && r <= 0x2222,
		r >= 0x25F8 && r <= 0x25FF || r == 0x266F || r == 0x27C0 || r == 0x27C1 || r == 0x27D8 || r == 0x27D9 || r >= 0x299B && r <= 0x29B4,
		r >= 0x2A00 && r <= 0x2A06 || r >= 0x2A09 && r <= 0x2A16 || r == 0x2A1B || r == 0x2A1C,
		r >= 0x207A && r <= 0x207E || r >= 0x208A && r <= 0x208E || r >= 0x1D7CE && r <= 0x1D7E1:
		return true
	case r >= 0x1D6C1 && r <= 0x1D7C3:
		return r == 0x1D6C1 || r == 0x1D6DB || r == 0x1D6FB || r == 0x1D715 || r == 0x1D735 || r == 0x1D74F || r == 0x1D76F || r == 0x1D789 || r == 0x1D7A9 || r == 0x1D7C3
	}
	return false
}

// isReserved reports whether s is a reserved word.
func isReserved(s string) bool {
	switch s {
	case "baremodule", "begin", "break", "catch", "const", "continue", "do", "else", "elseif", "end", "export",
		"finally", "for", "function", "global", "if", "import", "let", "local", "macro", "module", "quote",
		"return", "struct", "try", "using", "while":
		return true
	}
	return false
}

// asciiOps are the operators made of ASCII characters.
const asciiOps = " + - * / \\ ^ % & | ~ ! == != < <= > >= === !== << >> >>> <: >: => : .. |> <| // ++ $ ' -> --> <-- <--> && || = :: ? . := "

// IsOperator reports whether s is an operator's name.
func IsOperator(s string) bool {
	if s == "" || strings.ContainsRune(s, ' ') {
		return false
	}
	if strings.Contains(asciiOps, " "+s+" ") {
		return true
	}
	if len(s) > 1 && s[0] == '.' && IsOperator(s[1:]) {
		return true
	}
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && isOperatorRune(r)
}

func isOperatorRune(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r == '÷' || r == '×' || r == '±' || r == '¬' || r == '·' || r == '…':
		return true
	case r >= 0x2190 && r <= 0x21FF, r >= 0x27F0 && r <= 0x27FF, r >= 0x2900 && r <= 0x297F, r >= 0x2B30 && r <= 0x2B4F:
		return true
	case r >= 0x2208 && r <= 0x220D, r >= 0x2212 && r <= 0x221D, r >= 0x2223 && r <= 0x222A, r >= 0x2234 && r <= 0x223E,
		r >= 0x2240 && r <= 0x22A3, r >= 0x22A6 && r <= 0x22BD, r >= 0x22C4 && r <= 0x22FF:
		return true
	case r >= 0x2A00 && r <= 0x2AFF:
		return r != 0x2A1B && r != 0x2A1C && !(r >= 0x2A00 && r <= 0x2A06) && !(r >= 0x2A09 && r <= 0x2A1C)
	case r == 0x27C2 || r == 0x27D1 || r >= 0x27D5 && r <= 0x27D7 || r == 0x25B7 || r == 0x2020 || r == 0x2021 || r == 0x214B:
		return true
	}
	return false
}
