package interp

// This file describes exceptions without running language code, for failures
// while Base itself is being loaded.

import (
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
