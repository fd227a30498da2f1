package prim

// This file: texts put together.

import (
	"strings"

	"weft/runtime/core"
	"weft/runtime/task"
)

// repeatParts is s n times, as far as t is not to stop.
func repeatParts(t *task.Task, s string, n int) (string, error) {
	const unit = 1 << 13
	if len(s)*n <= unit {
		return strings.Repeat(s, n), nil
	}
	var b strings.Builder
	b.Grow(len(s) * n)
	some := strings.Repeat(s, max(1, unit/len(s)))
	err := inParts(t, len(s)*n, func(_, hi int) {
		for b.Len() < hi {
			b.WriteString(some[:min(len(some), len(s)*n-b.Len())])
		}
	})
	return b.String(), err
}

func stringConcat(t *task.Task, a []core.Value) (core.Value, error) {
	if len(a) == 2 && core.TypeOf(a[0]) == core.StringType && core.TypeOf(a[1]) == core.StringType && len(a[0].Str())+len(a[1].Str()) < longWork {
		return core.MakeString(a[0].Str() + a[1].Str()), nil
	}
	var room [8]string
	parts, n := room[:0], 0
	for _, v := range a {
		var s string
		if v.Is(core.Char) {
			s = charText(uint32(v.N))
		} else {
			var err error
			if s, err = textArg("string", v); err != nil {
				return core.Value{}, err
			}
		}
		parts = append(parts, s)
		n += len(s)
	}
	if n < longWork {
		return core.MakeString(strings.Join(parts, "")), nil
	}
	var b strings.Builder
	b.Grow(n)
	for _, s := range parts {
		if err := inParts(t, len(s), func(lo, hi int) { b.WriteString(s[lo:hi]) }); err != nil {
			return core.Value{}, err
		}
	}
	return core.MakeString(b.String()), nil
}
