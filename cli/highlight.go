package cli

// This file colours Julia code for HTML pages. It looks at the text only, so
// it never fails.

import (
	"html"
	"regexp"
	"strings"
)

// lexeme matches what is coloured, each kind a group of its own; the classes
// below stand in the order of the groups.
var lexeme = regexp.MustCompile(`(?s)` + strings.Join([]string{
	`(#=.*?=#|#[^\n]*)`,
	`((?:[A-Za-z_]\w*)?(?:"""(?:\\.|.)*?"""|"(?:\\.|[^"\\])*"|` + "`[^`]*`" + `)|'(?:\\[^'\n]+|[^'\\\n])')`,
	`(@[\pL_][\pL\d_!.]*)`,
	`\b(0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eEf][+-]?\d+)?)`,
	`([\pL_][\pL\d_!]*)`,
}, "|"))

var classes = []string{"c", "s", "m", "n", ""}

var keywords = map[string]bool{
	"baremodule": true, "begin": true, "break": true, "catch": true, "const": true, "continue": true, "do": true, "else": true,
	"elseif": true, "end": true, "export": true, "false": true, "finally": true, "for": true, "function": true, "global": true,
	"if": true, "import": true, "in": true, "isa": true, "let": true, "local": true, "macro": true, "module": true, "mutable": true,
	"outer": true, "public": true, "quote": true, "return": true, "struct": true, "true": true, "try": true, "using": true,
	"where": true, "while": true, "abstract": true, "primitive": true, "type": true,
}

// highlight gives code as HTML.
func highlight(code string) string {
	var b strings.Builder
	last := 0
	for _, m := range lexeme.FindAllStringSubmatchIndex(code, -1) {
		b.WriteString(html.EscapeString(code[last:m[0]]))
		last = m[1]
		text := code[m[0]:m[1]]
		class := ""
		for g, c := range classes {
			if m[2*g+2] >= 0 {
				class = c
			}
		}
		if class == "" {
			switch {
			case keywords[text]:
				class = "k"
			case strings.HasPrefix(code[last:], "("):
				class = "f"
			}
		}
		if class == "" {
			b.WriteString(html.EscapeString(text))
		} else {
			b.WriteString(`<span class="` + class + `">` + html.EscapeString(text) + `</span>`)
		}
	}
	b.WriteString(html.EscapeString(code[last:]))
	return b.String()
}
