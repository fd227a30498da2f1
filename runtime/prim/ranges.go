package prim

// This file: the values of ranges of Float64, which are given by a reference and a
// step of twice the precision.

import (
	"math"
	"math/bits"
	"unsafe"

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
			x = x.rounded(nb)
		}
		return makeTuple(core.Float(x.hi), core.Float(x.lo)), nil
	}},
	{"single_ratio", 1, 1, "single_ratio(x): (n, d), the fraction with numbers of at most 11 bits that is the Float32 x, or next to it", func(_ *task.Task, v []core.Value) (core.Value, error) {
		a, b := ratio(math.Float32frombits(uint32(v[0].N)), mostSingle)
		return makeTuple(core.Int(a), core.Int(b)), nil
	}},
	{"float_colon", 4, 4, "float_colon(R, start, step, stop): the range of type R, of Float64 or Float32, or nothing where that takes more thought", func(_ *task.Task, v []core.Value) (core.Value, error) {
		r, err := rangeArg("range", v[0])
		if err != nil {
			return core.Value{}, err
		}
		if core.TypeOf(v[1]) == core.Float32 {
			return floatColon(r, single(v[1]), single(v[2]), single(v[3])), nil
		}
		return floatColon(r, v[1].Float64(), v[2].Float64(), v[3].Float64()), nil
	}},
	{"float_steps", 4, 4, "float_steps(R, start, step, n): the range of type R with n values; or nothing, as float_colon", func(_ *task.Task, v []core.Value) (core.Value, error) {
		r, err := rangeArg("range", v[0])
		if err != nil {
			return core.Value{}, err
		}
		if core.TypeOf(v[1]) == core.Float32 {
			return floatSteps(r, single(v[1]), single(v[2]), int64(v[3].N)), nil
		}
		return floatSteps(r, v[1].Float64(), v[2].Float64(), int64(v[3].N)), nil
	}},
	{"float_spread", 4, 4, "float_spread(R, start, stop, n): the range of type R with n values between two; or nothing, as float_colon", func(_ *task.Task, v []core.Value) (core.Value, error) {
		r, err := rangeArg("range", v[0])
		if err != nil {
			return core.Value{}, err
		}
		if core.TypeOf(v[1]) == core.Float32 {
			return floatSpread(r, single(v[1]), single(v[2]), int64(v[3].N)), nil
		}
		return floatSpread(r, v[1].Float64(), v[2].Float64(), int64(v[3].N)), nil
	}},
	{"float_part", 4, 4, "float_part(r, first, step, n): the values first, first+step, ... of the range r of Float64 as a range; nothing if r has not all of them", func(_ *task.Task, v []core.Value) (core.Value, error) {
		if _, err := rangeArg("getindex", core.TypeOf(v[0]).Value()); err != nil || core.TypeOf(v[0].Field(0)).Kind != core.KindObject {
			return nothing, nil
		}
		return floatPart(v[0], int64(v[1].N), int64(v[2].N), int64(v[3].N)), nil
	}},
	{"array_single_range", 4, 4, "array_single_range(ref, step, offset, n): the n values of a range as a Vector{Float32}", func(_ *task.Task, v []core.Value) (core.Value, error) {
		ref, step, offset, n := v[0].Float64(), v[1].Float64(), int64(v[2].N), int64(v[3].N)
		if !roomFor(int(n), 4) {
			return core.Value{}, core.Err("OutOfMemoryError")
		}
		a := core.NewArray(core.VectorOf(core.Float32.Value()), int(n), nil)
		for i := range int(n) {
			a.Set(i, core.Bits(core.Float32, uint64(math.Float32bits(float32(ref+float64(float64(int64(i)+1-offset)*step))))))
		}
		return a.Value(), nil
	}},
	{"array_float_range", 6, 6, "array_float_range(refhi, reflo, stephi, steplo, offset, n): the n values of a range as a Vector{Float64}", func(t *task.Task, v []core.Value) (core.Value, error) {
		r := twiceRange{v[0].Float64(), v[1].Float64(), v[2].Float64(), v[3].Float64()}
		offset, n := int64(v[4].N), int64(v[5].N)
		if !roomFor(int(n), 8) {
			return core.Value{}, core.Err("OutOfMemoryError")
		}
		a := core.NewArray(core.VectorOf(core.Float64.Value()), int(n), nil)
		f := a.Floats()
		return a.Value(), inParts(t, len(f), func(lo, hi int) {
			for i := lo; i < hi; i++ {
				f[i] = r.at(float64(int64(i) + 1 - offset))
			}
		})
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

// plus is x+y.
func (x twice) plus(y twice) twice {
	r := x.hi + y.hi
	if math.Abs(x.hi) > math.Abs(y.hi) {
		return canonical(r, float64(float64(float64(x.hi-r)+y.hi)+y.lo)+x.lo)
	}
	return canonical(r, float64(float64(float64(y.hi-r)+x.hi)+x.lo)+y.lo)
}

// times is n*x for a whole number, which a float holds.
func (x twice) times(n int64) twice {
	f := float64(n)
	if n == 0 {
		return twice{x.hi * f, x.lo * f}
	}
	u := withoutBits(x.hi, uint64(math.Ceil(math.Log2(math.Abs(f)))))
	return canonical(float64(u*f), float64(float64(x.hi-u)+x.lo)*f)
}

// rounded is x with the last n bits of its first part zero.
func (x twice) rounded(n uint64) twice {
	hi := withoutBits(x.hi, n)
	return twice{hi, float64(x.hi-hi) + x.lo}
}

func single(v core.Value) float32 { return math.Float32frombits(uint32(v.N)) }

// isSingle reports whether F is float32.
func isSingle[F float32 | float64]() bool { return unsafe.Sizeof(F(0)) == 4 }

// mostWhole is up to where all whole numbers are in F.
func mostWhole[F float32 | float64]() F {
	if isSingle[F]() {
		return 1 << 24
	}
	return 1 << 53
}

// fraction is x as a fraction of small numbers, if it is one.
func fraction[F float32 | float64](x F) (n, d int64, ok bool) {
	most := int64(mostDouble)
	if isSingle[F]() {
		most = mostSingle
	}
	n, d = ratio(x, most)
	return n, d, d != 0
}

// commonDenominator is the least common multiple of two denominators, with the sign of their
// product.
func commonDenominator(a, b int64) int64 {
	g, h := max(a, -a), max(b, -b)
	for h != 0 {
		g, h = h, g%h
	}
	return a * (b / g)
}

// whole is x*den as a whole number, if it is a small one.
func whole[F float32 | float64](x F, den int64) (int64, bool) {
	p := F(x * F(den))
	return int64(math.RoundToEven(float64(p))), F(math.Abs(float64(p))) <= mostWhole[F]()
}

// zeroBits is how many bits of the step of a range of n values must be zero, so that its multiples
// are exact; at is where the reference stands.
func zeroBits[F float32 | float64](n, at int64) uint64 {
	if n < 2 {
		return 0
	}
	half := 27
	if isSingle[F]() {
		half = 12
	}
	return uint64(min(half, 1+bits.Len64(uint64(max(at-1, n-at)-1))))
}

// rangeArg reads an argument that has to be a type of ranges with reference, step, length and
// offset.
func rangeArg(name string, v core.Value) (*core.DataType, error) {
	r, err := typeArg(name, v)
	if err == nil && (r.Kind != core.KindObject || len(r.Fields()) != 4) {
		err = unexpected(name, core.DataTypeType, v)
	}
	return r, err
}

// floatRangeOf makes a range of type r, whose reference and step are of twice the precision, or
// in ranges of Float32 are Float64.
func floatRangeOf(r *core.DataType, ref, step twice, n, at int64) core.Value {
	part := func(x twice) core.Value { return core.Float(x.hi) }
	if d, ok := core.IsDataType(r.Fields()[0]); ok && d != core.Float64 {
		part = func(x twice) core.Value { return core.NewStruct(d, core.Float(x.hi), core.Float(x.lo)) }
	}
	return core.NewStruct(r, part(ref), part(step), core.Int(n), core.Int(at))
}

// quotient is n/d: in full for ranges of Float64, rounded for those of Float32.
func quotient[F float32 | float64](n, d int64) twice {
	if isSingle[F]() {
		return twice{hi: float64(n) / float64(d)}
	}
	return twiceOf(n).over(twice{hi: float64(d)})
}

// fractionRange is the range from start/den by steps of step/den, whose reference is the value
// next to zero.
func fractionRange[F float32 | float64](r *core.DataType, start, step, n, den int64) core.Value {
	at := int64(1)
	if n >= 2 && step != 0 {
		at = min(max(int64(math.RoundToEven(float64(-start)/float64(step)+1)), 1), n)
	}
	return fractionAt[F](r, start+(at-1)*step, step, n, den, at)
}

func fractionAt[F float32 | float64](r *core.DataType, ref, step, n, den, at int64) core.Value {
	by := quotient[F](step, den)
	if nb := zeroBits[F](n, at); nb > 0 && step != 0 && !isSingle[F]() {
		by = by.rounded(nb)
	}
	return floatRangeOf(r, quotient[F](ref, den), by, n, at)
}

// between reports whether x is between two numbers.
func between[F float32 | float64](a, x, b F) bool { return a <= x && x <= b || b <= x && x <= a }

// floatColon is start:step:stop. It brings the three to one denominator, where they are fractions
// of small numbers and the length of the range agrees with the rounded numbers.
func floatColon[F float32 | float64](r *core.DataType, start, step, stop F) core.Value {
	if n, a, st, den, ok := colonFraction(start, step, stop); ok {
		return fractionRange[F](r, a, st, n, den)
	}
	q := float64((stop - start) / step)
	if !(math.Abs(q) < 1<<53) || math.IsInf(float64(step), 0) {
		return nothing
	}
	n := int64(0)
	if q == 0 {
		n = 1
	} else if q > 0 {
		n = int64(math.RoundToEven(q)) + 1
		if last := start + F(F(n-1)*step); start < stop && stop < last || start > stop && stop > last {
			n--
		}
	}
	return floatRangeOf(r, twice{hi: float64(start)}, twice{hi: float64(step)}, n, 1)
}

// colonFraction is the length of a range, and its first number and step by their denominator.
func colonFraction[F float32 | float64](start, step, stop F) (n, a, st, den int64, ok bool) {
	exact := func(n, d int64, x F) bool { return F(float64(n)/float64(d)) == x }
	stepN, stepD, ok1 := fraction(step)
	startN, startD, ok2 := fraction(start)
	stopN, stopD, ok3 := fraction(stop)
	if !ok1 || !ok2 || !ok3 || !exact(stepN, stepD, step) || !exact(startN, startD, start) || !exact(stopN, stopD, stop) {
		return
	}
	den = commonDenominator(startD, stepD)
	a, ok1 = whole(start, den)
	st, ok2 = whole(step, den)
	if !ok1 || !ok2 || st*stopD == 0 {
		return
	}
	n = max(0, (den*stopN-stopD*a+st*stopD)/(st*stopD))
	ok = between(start, start+F(F(n-1)*step), stop+step/2) && !between(start, start+F(F(n)*step), stop)
	return n, a, st, den, ok
}

// floatSteps is the range of n values from start on.
func floatSteps[F float32 | float64](r *core.DataType, start, step F, n int64) core.Value {
	startN, startD, ok1 := fraction(start)
	stepN, stepD, ok2 := fraction(step)
	if n < 0 || math.IsInf(float64(step), 0) || math.IsNaN(float64(step)) {
		return nothing
	}
	if ok1 && ok2 && F(float64(startN)/float64(startD)) == start && F(float64(stepN)/float64(stepD)) == step {
		den := commonDenominator(startD, stepD)
		a, fits := whole(start, den)
		st, both := whole(step, den)
		if fits && both {
			return fractionRange[F](r, a, st, n, den)
		}
	}
	return floatRangeOf(r, twice{hi: float64(start)}, twice{hi: float64(step)}, n, 1)
}

// floatSpread is the range of n values, at least two, from start to stop.
func floatSpread[F float32 | float64](r *core.DataType, start, stop F, n int64) core.Value {
	if n < 2 || start == stop {
		return nothing
	}
	_, startD, ok1 := fraction(start)
	_, stopD, ok2 := fraction(stop)
	if ok1 && ok2 {
		den := commonDenominator(startD, stopD)
		a, fits := whole(start, den)
		b, both := whole(stop, den)
		if fits && both && F(float64(a)/float64(den)) == start && F(float64(b)/float64(den)) == stop {
			if max(a, -a, b, -b, den, -den, n) >= 1<<31 || a == b {
				return nothing
			}
			least := float64(-a) / (float64(b) - float64(a))
			at := min(max(int64(math.RoundToEven(float64(least*float64(n-1))+1)), 1), n)
			return fractionAt[F](r, (n-at)*a+(at-1)*b, b-a, n, (n-1)*den, at)
		}
	}
	return nothing
}

// floatPart is r[first:step:...], of n values, for a range of Float64.
func floatPart(r core.Value, first, step, n int64) core.Value {
	has := int64(r.Field(2).N)
	last := first + (n-1)*step
	const most = 1 << 53
	if n < 0 || has > most || n > 0 && (first < 1 || first > has || last < 1 || last > has) || max(step, -step) > most {
		return nothing
	}
	pair := func(v core.Value) twice { return twice{v.Field(0).Float64(), v.Field(1).Float64()} }
	ref, by, at := pair(r.Field(0)), pair(r.Field(1)), int64(r.Field(3).N)
	to := int64(1)
	if n > 0 {
		to = min(max(1+int64(math.RoundToEven(float64(at-first)/float64(step))), 1), n)
	}
	if from := first + (to-1)*step; from != at {
		ref = ref.plus(by.times(from - at))
	}
	if step != 1 && n >= 2 {
		by = by.times(step).rounded(zeroBits[float64](n, to))
	}
	return floatRangeOf(core.TypeOf(r), ref, by, n, to)
}
