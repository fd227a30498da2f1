package syntax

// This file tells whether a source asks for its value to be hidden.

// EndsWithSemicolon reports whether the last token of the text is a semicolon,
// comments and blanks aside: then a REPL shows no result.
func EndsWithSemicolon(t *Tree) bool {
	toks, _ := lex(t.File.Text, 0)
	for i := len(toks) - 1; i >= 0; i-- {
		switch toks[i].kind {
		case tEOF, tNewline:
			continue
		}
		return toks[i].kind == tSemi
	}
	return false
}
