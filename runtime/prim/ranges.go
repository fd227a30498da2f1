package prim

// This file: the values of ranges of Float64, which are given by a reference and a
// step of twice the precision.

import (
	"math"

	"weft/runtime/core"
	"weft/runtime/task"
)

var rangeTable = []entry{
	{"range_float_at", 5, 5, "range_float_at(refhi, reflo, stephi, steplo, n): ref + n*step, rounded once", func(_ *task.Task, v []core.Value) (core.Value, error) {
		r := twiceRange{v[0].Float64(), v[1].Float64(), v[2].Float64(), v[3].Float64()}
		return core.Float(r.at(float64(int64(v[4].N)))), nil
	}},
	{"array_float_range", 6, 6, "array_float_range(refhi, reflo, stephi, steplo, offset, n): the n values of a range as a Vector{Float64}", func(_ *task.Task, v []core.Value) (core.Value, error) {
		r := twiceRange{v[0].Float64(), v[1].Float64(), v[2].Float64(), v[3].Float64()}
		offset, n := int64(v[4].N), int64(v[5].N)
		if !roomFor(int(n), 8) {
			return core.Value{}, core.Err("OutOfMemoryError")
		}
		a := core.NewArray(core.VectorOf(core.Float64.Value()), int(n), nil)
		for i, f := 0, a.Floats(); i < len(f); i++ {
			f[i] = r.at(float64(int64(i) + 1 - offset))
		}
		return a.Value(), nil
	}},
}

// twiceRange is the reference of a range and its step, each in two parts.
type twiceRange struct{ refHi, refLo, stepHi, stepLo float64 }

// at is the value n steps after the reference.
func (r twiceRange) at(n float64) float64 {
	hi, lo := float64(n*r.stepHi), float64(n*r.stepLo)
	big, small := r.refHi, hi
	if math.Abs(hi) > math.Abs(r.refHi) {
		big, small = hi, r.refHi
	}
	h := float64(big + small)
	l := float64(float64(big-h) + small)
	return h + float64(l+float64(lo+r.refLo))
}
