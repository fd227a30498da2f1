package lower

import (
	"flag"
	"os"
	"strings"
	"testing"

	"weft/interp/syntax"
	"weft/runtime/core"
)

var update = flag.Bool("print", false, "print the forms that the sources of testdata/desugar.txt give")

// desugarText desugars the statements of src one by one, joined by newlines.
func desugarText(rt *core.Runtime, src string) string {
	f := syntax.NewFile("t.jl", src, 1)
	ex, tree := ParseAll(rt, f)
	if tree.HasErrors() {
		return "parse error"
	}
	x := &Expander{RT: rt}
	var out []string
	line := 1
	for _, v := range args(exprOf(ex)) {
		if n, _, ok := lineOf(v); ok {
			line = n
			continue
		}
		form, err := x.Desugar(rt.Main, v, "t.jl", line)
		if err != nil {
			out = append(out, "error: "+strings.TrimPrefix(err.Error(), "syntax: "))
			continue
		}
		out = append(out, form.String())
	}
	return strings.Join(out, "\n")
}

// The golden file has cases of the form
//
//	source (may be several lines)
//	=> form
//
// separated by blank lines. The expectations were checked against what
// Meta.@lower says of calls and their order.
func TestDesugarGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/desugar.txt")
	if err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	for _, c := range strings.Split(strings.TrimSpace(string(data)), "\n\n") {
		src, want, _ := strings.Cut(c, "\n=> ")
		got := desugarText(core.NewRuntime(), src)
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
		printed.WriteString(src + "\n=> " + got + "\n\n")
	}
	if *update {
		t.Log("\n" + printed.String())
	}
}
