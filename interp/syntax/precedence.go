package syntax

// Precedence returns how strongly the operator s binds, from 1 for assignments to 17
// for the dot of a field; 0 if s is no binary operator.
func Precedence(s string) int {
	if s == "." {
		return int(pDecl) + 1
	}
	toks, _ := lex(s, 0)
	if len(toks) == 0 || int(toks[0].end) != len(s) || toks[0].start != 0 || toks[0].kind == tComma {
		return 0
	}
	return int(toks[0].prec)
}
