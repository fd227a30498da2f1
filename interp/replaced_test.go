package interp

import (
	"fmt"
	"slices"
	"testing"

	"weft/runtime/core"
)

// TestBaseDefinesEachMethodOnce looks for methods of Base that a later one with the
// same signature takes the place of: the earlier is never called. Only for the call
// without keywords may a method stand behind the one that takes them.
func TestBaseDefinesEachMethodOnce(t *testing.T) {
	in := start(t, Options{Plain: true, WholeBase: true})
	var replaced []string
	for _, table := range in.rt.Tables {
		for i, m := range table.Methods {
			if m.To == core.Forever || m.KwNames != nil {
				continue
			}
			if m.File.Name == "traits.jl" && m.Name.Name == "Rational" {
				continue // the struct's own constructor, which does not reduce
			}
			by := table.Methods[i+slices.IndexFunc(table.Methods[i:], func(o *core.Method) bool { return o.From == m.To+1 })]
			replaced = append(replaced, fmt.Sprintf("%s:%d: %s is replaced by %s:%d", m.File.Name, m.Line, in.rt.TypeString(m.Sig), by.File.Name, by.Line))
		}
	}
	slices.Sort(replaced)
	for _, r := range replaced {
		t.Error(r)
	}
}
