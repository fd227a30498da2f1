package interp

// This file describes exceptions without running language code, for failures
// while Base itself is being loaded, and shows the compiler's warnings.

import (
	"fmt"
	"strings"

	"weft/runtime/core"
)

// errorText tells the type of an exception and its plain fields.
func (in *Interp) errorText(err error) string {
	v := in.rt.ExceptionOf(err)
	t := core.TypeOf(v)
	var b strings.Builder
	b.WriteString(t.Name.Name.Name)
	if t.Kind != core.KindObject {
		return b.String()
	}
	for i, n := range t.Name.FieldNames {
		f := v.Field(i)
		if f.P == nil {
			continue
		}
		b.WriteString(" " + n.Name + "=")
		switch ft := core.TypeOf(f); {
		case ft == core.StringType:
			b.WriteString(f.Str())
		case ft == core.SymbolType:
			b.WriteString(core.As[core.Symbol](f).Name)
		case core.IsType(f):
			b.WriteString(in.rt.TypeString(f))
		case ft.Has(core.FlagTuple):
			for _, x := range f.Fields(len(ft.Params)) {
				if core.IsType(x) {
					b.WriteString(" ::Type{" + in.rt.TypeString(x) + "}")
				} else {
					b.WriteString(" ::" + in.rt.TypeString(core.TypeOf(x).Value()))
				}
			}
		default:
			b.WriteString("::" + in.rt.TypeString(ft.Value()))
		}
	}
	return b.String()
}

// warn writes a warning of the compiler to the running task's output. Without a
// place the text is complete, else it is drawn as the logger draws warnings.
func (in *Interp) warn(msg, file string, line int) {
	t := in.eng.Current()
	if t == nil || t.Scope == nil || t.Scope.Out == nil {
		return
	}
	if file != "" {
		msg = fmt.Sprintf("┌ Warning: %s\n└ @ %s:%d", msg, file, line)
	}
	text := strings.TrimSuffix(msg, "\n") + "\n"
	if b := in.rt.Base.Lookup(core.Sym("stderr")); b != nil && b.Value.P != nil && core.TypeOf(b.Value).Name.Name.Name != "TaskStream" {
		if w := in.rt.Base.Lookup(core.Sym("write")); w != nil && w.Value.P != nil { // it is redirected
			_, _ = in.eng.Call(t, w.Value, b.Value, core.MakeString(text))
			return
		}
	}
	// A warning that nobody can read is lost.
	_ = t.Scope.Out.Write(2, []byte(text))
}
