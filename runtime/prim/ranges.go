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
	{"twice_fraction", 3, 3, "twice_fraction(n, d, nb): n/d as (hi, lo), where the last nb bits of hi are zero", func(_ *task.Task, v []core.Value) (core.Value, error) {
		x := twiceOf(int64(v[0].N)).over(twice{hi: float64(int64(v[1].N))})
		if nb := v[2].N; nb > 0 {
			hi := withoutBits(x.hi, nb)
			x = twice{hi, (x.hi - hi) + x.lo}
		}
		return makeTuple(core.Float(x.hi), core.Float(x.lo)), nil
	}},
	{"single_ratio", 1, 1, "single_ratio(x): (n, d), the fraction with numbers of at most 11 bits that is the Float32 x, or next to it", func(_ *task.Task, v []core.Value) (core.Value, error) {
		a, b := ratio(math.Float32frombits(uint32(v[0].N)), mostSingle)
		return makeTuple(core.Int(a), core.Int(b)), nil
	}},
	{"float_colon", 3, 3, "float_colon(start, step, stop): the numerators of start and step, the length and the denominator of a range of Float64 whose three numbers are small fractions; nothing for others", func(_ *task.Task, v []core.Value) (core.Value, error) {
		return floatColon(v[0].Float64(), v[1].Float64(), v[2].Float64()), nil
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

// twice is a number of twice the precision, in two parts.
type twice struct{ hi, lo float64 }

// canonical splits a sum such that the first part is the rounded one.
func canonical(big, little float64) twice {
	h := float64(big + little)
	return twice{h, float64(big-h) + little}
}

// withoutBits is x with its last n bits zero.
func withoutBits(x float64, n uint64) float64 {
	return math.Float64frombits(math.Float64bits(x) & (math.MaxUint64 << n))
}

// twiceOf is a whole number, all of it.
func twiceOf(n int64) twice {
	hi := withoutBits(float64(n), 27)
	return canonical(hi, float64(n-int64(hi)))
}

// over is x/y.
func (x twice) over(y twice) twice {
	hi := x.hi / y.hi
	if hi == 0 || math.IsInf(hi, 0) || math.IsNaN(hi) {
		return twice{hi, hi}
	}
	u := twice{hi: hi * y.hi}
	if u.hi == 0 || math.IsInf(u.hi, 0) || math.IsNaN(u.hi) {
		u.lo = u.hi
	} else {
		u = canonical(u.hi, math.FMA(hi, y.hi, -u.hi))
	}
	lo := (float64(float64(float64(x.hi-u.hi)-u.lo)+x.lo) - float64(hi*y.lo)) / y.hi
	return canonical(hi, lo)
}

// floatColon brings start, step and stop to one denominator, where they are fractions of
// small numbers and the length of the range agrees with the rounded numbers.
func floatColon(start, step, stop float64) core.Value {
	const most = 1 << 53
	stepN, stepD := ratio(step, mostDouble)
	startN, startD := ratio(start, mostDouble)
	stopN, stopD := ratio(stop, mostDouble)
	exact := func(n, d int64, x float64) bool { return d != 0 && float64(n)/float64(d) == x }
	if !exact(stepN, stepD, step) || !exact(startN, startD, start) || !exact(stopN, stopD, stop) {
		return nothing
	}
	g, h := max(startD, -startD), max(stepD, -stepD)
	for h != 0 {
		g, h = h, g%h
	}
	den := startD / g * stepD
	den = max(den, -den)
	if math.Abs(start*float64(den)) > most || math.Abs(step*float64(den)) > most {
		return nothing
	}
	startN, stepN = int64(math.RoundToEven(start*float64(den))), int64(math.RoundToEven(step*float64(den)))
	if stepN*stopD == 0 {
		return nothing
	}
	n := max(0, (den*stopN-stopD*startN+stepN*stopD)/(stepN*stopD))
	between := func(a, x, b float64) bool { return a <= x && x <= b || b <= x && x <= a }
	if !between(start, start+float64(float64(n-1)*step), stop+step/2) || between(start, start+float64(float64(n)*step), stop) {
		return nothing
	}
	return makeTuple(core.Int(startN), core.Int(stepN), core.Int(n), core.Int(den))
}
