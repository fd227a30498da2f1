package prim

// This file: arithmetic on Float64, Float32 and Float16, conversions and
// rounding. Float16 and Float32 are computed in wider precision and rounded,
// which gives the right result for + - * / and sqrt.

import (
	"math"
	"math/big"

	"weft/runtime/core"
	"weft/runtime/task"
)

var floatTable = []entry{
	{"add_float", 2, 2, "sum", floatBin(func(x, y float64) float64 { return x + y })},
	{"sub_float", 2, 2, "difference", floatBin(func(x, y float64) float64 { return x - y })},
	{"mul_float", 2, 2, "product", floatBin(func(x, y float64) float64 { return x * y })},
	{"div_float", 2, 2, "quotient", floatBin(func(x, y float64) float64 { return x / y })},
	{"float_add", 2, 2, "sum", floatBin(func(x, y float64) float64 { return x + y })},
	{"float_sub", 2, 2, "difference", floatBin(func(x, y float64) float64 { return x - y })},
	{"float_mul", 2, 2, "product", floatBin(func(x, y float64) float64 { return x * y })},
	{"float_div", 2, 2, "quotient", floatBin(func(x, y float64) float64 { return x / y })},
	{"float_ratio", 1, 1, "float_ratio(x): (n, d), the fraction with numbers of at most 24 bits that is the Float64 x, or next to it", floatRatio},
	{"float_rem", 2, 2, "remainder with the sign of x", floatBin(math.Mod)},
	{"float_mod", 2, 2, "remainder with the sign of y", floatBin(floatMod)},
	{"float_ieee_rem", 2, 2, "remainder to the nearest multiple", floatBin(math.Remainder)},
	{"neg_float", 1, 1, "negation", floatUn(func(x float64) float64 { return -x })},
	{"float_neg", 1, 1, "negation", floatUn(func(x float64) float64 { return -x })},
	{"float_abs", 1, 1, "absolute value", floatUn(math.Abs)},
	{"sqrt_float", 1, 1, "square root, NaN for negative numbers", floatUn(math.Sqrt)},
	{"float_sqrt", 1, 1, "square root, NaN for negative numbers", floatUn(math.Sqrt)},
	{"float_floor", 1, 1, "rounded down", floatUn(math.Floor)},
	{"float_ceil", 1, 1, "rounded up", floatUn(math.Ceil)},
	{"float_trunc", 1, 1, "rounded to zero", floatUn(math.Trunc)},
	{"float_round", 1, 1, "rounded to nearest, ties to even", floatUn(math.RoundToEven)},
	{"float_round_away", 1, 1, "rounded to nearest, ties away from zero", floatUn(math.Round)},
	{"float_fma", 3, 3, "x*y+z rounded once", floatFMA},
	{"float_copysign", 2, 2, "|x| with the sign of y", floatBin(math.Copysign)},
	{"float_signbit", 1, 1, "sign bit", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(math.Signbit(floatOf(a[0]))), nil
	}},
	{"lt_float", 2, 2, "<", floatCmp(func(x, y float64) bool { return x < y })},
	{"le_float", 2, 2, "<=", floatCmp(func(x, y float64) bool { return x <= y })},
	{"eq_float", 2, 2, "==", floatCmp(func(x, y float64) bool { return x == y })},
	{"ne_float", 2, 2, "!=", floatCmp(func(x, y float64) bool { return x != y })},
	{"float_lt", 2, 2, "<", floatCmp(func(x, y float64) bool { return x < y })},
	{"float_le", 2, 2, "<=", floatCmp(func(x, y float64) bool { return x <= y })},
	{"float_eq", 2, 2, "==", floatCmp(func(x, y float64) bool { return x == y })},
	{"float_isless", 2, 2, "isless: -0.0 before 0.0, NaN last", floatCmp(floatLess)},
	{"float_isequal", 2, 2, "isequal: NaN equals NaN, 0.0 does not equal -0.0", floatCmp(func(x, y float64) bool {
		return x == y && math.Signbit(x) == math.Signbit(y) || x != x && y != y
	})},
	{"float_isnan", 1, 1, "is NaN", func(_ *task.Task, a []core.Value) (core.Value, error) {
		f := floatOf(a[0])
		return core.MakeBool(f != f), nil
	}},
	{"float_isinf", 1, 1, "is infinite", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(math.IsInf(floatOf(a[0]), 0)), nil
	}},
	{"float_isinteger", 1, 1, "has an integer value", func(_ *task.Task, a []core.Value) (core.Value, error) {
		f := floatOf(a[0])
		return core.MakeBool(f == math.Trunc(f) && !math.IsInf(f, 0)), nil
	}},
	{"float_convert", 2, 2, "x, a float or a machine integer, as float type T", floatConvert},
	{"float_to_int", 3, 3, "x as integer type T; InexactError unless exact; the third argument names the function in it", floatToInt},
	{"float_unsafe_trunc", 2, 2, "x truncated as integer type T, anything when it does not fit", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := typeArg("unsafe_trunc", a[0])
		if err != nil {
			return core.Value{}, err
		}
		f := math.Trunc(floatOf(a[1]))
		switch {
		case math.Abs(f) < 1<<62 && t.Kind == core.KindBits:
			return wrap(t, uint64(int64(f))), nil
		case math.IsNaN(f) || math.Abs(f) > 1e300:
			return wrap(t, 0), nil
		}
		b, _ := new(big.Float).SetFloat64(f).Int(nil)
		return truncBig(t, b), nil
	}},
	{"float_ldexp", 2, 2, "x * 2^n", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n := max(min(int64(a[1].N), 1<<20), -1<<20)
		return makeFloat(core.TypeOf(a[0]), math.Ldexp(floatOf(a[0]), int(n))), nil
	}},
	{"float_frexp", 1, 1, "(significand in [0.5,1), exponent)", func(_ *task.Task, a []core.Value) (core.Value, error) {
		f, e := math.Frexp(floatOf(a[0]))
		return tuple2(makeFloat(core.TypeOf(a[0]), f), core.Int(int64(e))), nil
	}},
	{"float_nextafter", 2, 2, "the nth float after x", floatNext},
	{"float_eps", 1, 1, "spacing of floats at x", floatEps},
	{"num_compare", 2, 2, "exact comparison of two machine numbers or BigInts: -1, 0, 1, or 2 when one is NaN", numCompare},
	{"itof", 1, 1, "Float64 of an Int64", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Float(float64(int64(a[0].N))), nil
	}},
}

// floatOf reads a float of any width (or a machine integer).
func floatOf(v core.Value) float64 {
	switch t := core.TypeOf(v); t {
	case core.Float64:
		return math.Float64frombits(v.N)
	case core.Float32:
		return float64(math.Float32frombits(uint32(v.N)))
	case core.Float16:
		return FromFloat16(uint16(v.N))
	case BigIntType:
		f, _ := new(big.Float).SetInt(core.As[core.BigNum](v).V).Float64()
		return f
	case BigFloatType:
		n := core.As[core.BigNum](v)
		if n.NaN {
			return math.Copysign(math.NaN(), signOf(n.F))
		}
		f, _ := n.F.Float64()
		return f
	default:
		switch {
		case t.Kind == core.KindInt128:
			f, _ := new(big.Float).SetInt(get128(v).big(t)).Float64()
			return f
		case t.Kind != core.KindBits:
			return math.NaN()
		case signed(t):
			return float64(int64(v.N))
		}
		return float64(v.N)
	}
}

// signOf is 1 or -1 by the sign bit.
func signOf(f *big.Float) float64 {
	if f.Signbit() {
		return -1
	}
	return 1
}

// makeFloat makes a float of type t nearest to f.
func makeFloat(t *core.DataType, f float64) core.Value {
	switch t {
	case core.Float32:
		return core.Bits(t, uint64(math.Float32bits(float32(f))))
	case core.Float16:
		return core.Bits(t, uint64(ToFloat16(f)))
	}
	return core.Float(f)
}

// FromFloat16 is the value of a Float16 with the bits h.
func FromFloat16(h uint16) float64 {
	sign, exp, frac := uint64(h>>15)<<63, int(h>>10&31), uint64(h&1023)
	switch exp {
	case 0:
		f := math.Ldexp(float64(frac), -24)
		return math.Float64frombits(math.Float64bits(f) | sign)
	case 31:
		return math.Float64frombits(sign | 0x7ff<<52 | frac<<42)
	}
	return math.Float64frombits(sign | uint64(exp-15+1023)<<52 | frac<<42)
}

// ToFloat16 is the bits of the Float16 next to f.
func ToFloat16(f float64) uint16 {
	b := math.Float64bits(f)
	sign := uint16(b >> 48 & 0x8000)
	switch a := math.Abs(f); {
	case f != f:
		return sign | 0x7e00 | uint16(b>>42&0x1ff)
	case a >= 65520:
		return sign | 0x7c00
	case a < math.Ldexp(1, -14):
		return sign | uint16(math.RoundToEven(math.Ldexp(a, 24)))
	default:
		fr, e := math.Frexp(a) // a = fr * 2^e, fr in [0.5, 1)
		m := math.RoundToEven(math.Ldexp(fr, 11))
		if m == 2048 {
			m, e = 1024, e+1
		}
		return sign | uint16(e+14)<<10 + (uint16(m) - 1024)
	}
}

func isFloat(t *core.DataType) bool {
	return t == core.Float64 || t == core.Float32 || t == core.Float16
}

func floatBin(f func(x, y float64) float64) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		t := core.TypeOf(a[0])
		if !isFloat(t) {
			return core.Value{}, unexpected("float operation", core.Float64, a[0])
		}
		if core.TypeOf(a[1]) != t {
			return core.Value{}, unexpected("float operation", t, a[1])
		}
		if t == core.Float64 {
			r := f(a[0].Float64(), a[1].Float64())
			if r != r {
				return notANumber(a[:2]), nil
			}
			return core.Float(r), nil
		}
		return makeFloat(t, f(floatOf(a[0]), floatOf(a[1]))), nil
	}
}

func floatUn(f func(float64) float64) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		t := core.TypeOf(a[0])
		if !isFloat(t) {
			return core.Value{}, unexpected("float operation", core.Float64, a[0])
		}
		r := f(floatOf(a[0]))
		if t == core.Float64 && r != r {
			return notANumber(a[:1]), nil
		}
		return makeFloat(t, r), nil
	}
}

// notANumber is what a function of Float64s gives where it gives no number: that of its
// arguments which is none, as Go's NaN has other bits than Julia's.
func notANumber(a []core.Value) core.Value {
	for _, v := range a {
		if f := v.Float64(); f != f {
			return v
		}
	}
	return core.Bits(core.Float64, 0x7ff8000000000000)
}

// floatUn32 is floatUn with a function of its own for Float32, which Float16 takes too.
func floatUn32(f func(float64) float64, g func(float32) float32) task.Fn {
	wide := floatUn(f)
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		switch ty := core.TypeOf(a[0]); ty {
		case core.Float32, core.Float16:
			return makeFloat(ty, float64(g(float32(floatOf(a[0]))))), nil
		}
		return wide(t, a)
	}
}

// floatBin32 is floatBin with a function of its own for Float32, which Float16 takes too.
func floatBin32(f func(x, y float64) float64, g func(x, y float32) float32) task.Fn {
	wide := floatBin(f)
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		switch ty := core.TypeOf(a[0]); ty {
		case core.Float32, core.Float16:
			if core.TypeOf(a[1]) == ty {
				return makeFloat(ty, float64(g(float32(floatOf(a[0])), float32(floatOf(a[1]))))), nil
			}
		}
		return wide(t, a)
	}
}

func floatCmp(f func(x, y float64) bool) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(f(floatOf(a[0]), floatOf(a[1]))), nil
	}
}

func floatMod(x, y float64) float64 {
	if math.IsInf(y, 0) && !math.IsInf(x, 0) && x == x {
		if x == 0 || math.Signbit(x) == math.Signbit(y) {
			return math.Copysign(x, y)
		}
		return y
	}
	r := math.Mod(x, y)
	switch {
	case r == 0:
		return math.Copysign(r, y)
	case (r > 0) != (y > 0):
		return r + y
	}
	return r
}

func floatLess(x, y float64) bool {
	switch {
	case x != x:
		return false
	case y != y:
		return true
	case x == 0 && y == 0:
		return math.Signbit(x) && !math.Signbit(y)
	}
	return x < y
}

func floatFMA(_ *task.Task, a []core.Value) (core.Value, error) {
	t := core.TypeOf(a[0])
	if t == core.Float64 {
		return core.Float(math.FMA(floatOf(a[0]), floatOf(a[1]), floatOf(a[2]))), nil
	}
	return makeFloat(t, floatOf(a[0])*floatOf(a[1])+floatOf(a[2])), nil
}

func floatConvert(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := typeArg("float_convert", a[0])
	if err != nil {
		return core.Value{}, err
	}
	x := a[1]
	xt := core.TypeOf(x)
	if t == core.Float32 && !isFloat(xt) { // round once, not twice
		switch {
		case xt.Kind == core.KindBits && signed(xt):
			return core.Bits(t, uint64(math.Float32bits(float32(int64(x.N))))), nil
		case xt.Kind == core.KindBits:
			return core.Bits(t, uint64(math.Float32bits(float32(x.N)))), nil
		default:
			f, _ := bigFloatOf(x).Float32()
			return core.Bits(t, uint64(math.Float32bits(f))), nil
		}
	}
	return makeFloat(t, floatOf(x)), nil
}

func floatToInt(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := typeArg("float_to_int", a[0])
	if err != nil {
		return core.Value{}, err
	}
	f := floatOf(a[1])
	name, err := textArg("float_to_int", a[2])
	if err != nil {
		return core.Value{}, err
	}
	if f != math.Trunc(f) || math.IsInf(f, 0) {
		return core.Value{}, inexact(name, t, a[1])
	}
	if t == core.Int64 && f >= -(1<<63) && f < 1<<63 {
		return core.Int(int64(f)), nil
	}
	b, _ := new(big.Float).SetFloat64(f).Int(nil)
	if v, ok := intFromBig(t, b); ok {
		return v, nil
	}
	return core.Value{}, inexact(name, t, a[1])
}

func floatNext(_ *task.Task, a []core.Value) (core.Value, error) {
	t, n := core.TypeOf(a[0]), int64(a[1].N)
	f := floatOf(a[0])
	if f != f || n == 0 || !isFloat(t) {
		return a[0], nil
	}
	top := uint64(1) << (width(t) - 1)
	inf := map[*core.DataType]uint64{core.Float64: 0x7ff << 52, core.Float32: 0xff << 23, core.Float16: 31 << 10}[t]
	// Map the bits to a line of integers, step, and map back.
	k := int64(a[0].N &^ top)
	if a[0].N&top != 0 {
		k = -k
	}
	r := k + n
	if n > 0 && (r < k || r > int64(inf)) {
		r = int64(inf)
	}
	if n < 0 && (r > k || r < -int64(inf)) {
		r = -int64(inf)
	}
	if r < 0 {
		return core.Bits(t, uint64(-r)|top), nil
	}
	if r == 0 && (a[0].N&top != 0 && n > 0) {
		return core.Bits(t, top), nil
	}
	return core.Bits(t, uint64(r)), nil
}

func floatEps(_ *task.Task, a []core.Value) (core.Value, error) {
	t := core.TypeOf(a[0])
	f := math.Abs(floatOf(a[0]))
	if f != f || math.IsInf(f, 0) {
		return makeFloat(t, math.NaN()), nil
	}
	digits, low := 52, -1074
	switch t {
	case core.Float32:
		digits, low = 23, -149
	case core.Float16:
		digits, low = 10, -24
	}
	_, e := math.Frexp(f)
	e = max(e-1-digits, low)
	if f == 0 {
		e = low
	}
	return makeFloat(t, math.Ldexp(1, e)), nil
}

func numCompare(_ *task.Task, a []core.Value) (core.Value, error) {
	xt, yt := core.TypeOf(a[0]), core.TypeOf(a[1])
	if isFloat(xt) && isFloat(yt) {
		return core.Int(cmpFloat(floatOf(a[0]), floatOf(a[1]))), nil
	}
	if xt == BigFloatType || yt == BigFloatType {
		if isNaN(a[0]) || isNaN(a[1]) {
			return core.Int(2), nil
		}
		return core.Int(int64(bigFloatOf(a[0]).Cmp(bigFloatOf(a[1])))), nil
	}
	if isFloat(xt) {
		c := cmpFloatInt(floatOf(a[0]), a[1])
		return core.Int(c), nil
	}
	if isFloat(yt) {
		c := cmpFloatInt(floatOf(a[1]), a[0])
		if c != 2 {
			c = -c
		}
		return core.Int(c), nil
	}
	if xt.Kind == core.KindBits && yt.Kind == core.KindBits {
		xneg, yneg := signed(xt) && int64(a[0].N) < 0, signed(yt) && int64(a[1].N) < 0
		switch {
		case xneg && !yneg:
			return core.Int(-1), nil
		case yneg && !xneg:
			return core.Int(1), nil
		}
		return core.Int(int64(cmpWord(a[0].N, a[1].N))), nil
	}
	return core.Int(int64(bigOf(a[0]).Cmp(bigOf(a[1])))), nil
}

func cmpFloat(x, y float64) int64 {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	case x == y:
		return 0
	}
	return 2
}

// cmpFloatInt compares a float with an integer without rounding either.
func cmpFloatInt(f float64, v core.Value) int64 {
	switch {
	case f != f:
		return 2
	case math.IsInf(f, 1):
		return 1
	case math.IsInf(f, -1):
		return -1
	}
	t := core.TypeOf(v)
	if t.Kind == core.KindBits && (signed(t) || v.N < 1<<62) {
		n := int64(v.N)
		if n > -(1<<53) && n < 1<<53 {
			return cmpFloat(f, float64(n))
		}
	}
	return int64(new(big.Float).SetPrec(2200).SetFloat64(f).Cmp(new(big.Float).SetPrec(2200).SetInt(bigOf(v))))
}

// The largest parts of the fractions that stand for steps of ranges: with them the
// products of two are exact.
const (
	mostDouble = 1 << 24
	mostSingle = 1 << 11
)

// floatRatio finds a fraction by the continued fraction of x.
func floatRatio(_ *task.Task, v []core.Value) (core.Value, error) {
	a, b := ratio(floatOf(v[0]), mostDouble)
	return makeTuple(core.Int(a), core.Int(b)), nil
}

// ratio is a fraction that is x, or comes near it: the terms of its continued fraction
// are taken, in the arithmetic of x, until one is x or has a part above most.
func ratio[F float32 | float64](x F, most int64) (int64, int64) {
	a, b, c, d := int64(1), int64(0), int64(0), int64(1)
	for y := x; y >= -F(most) && y <= F(most); y = 1 / y {
		f := F(math.Trunc(float64(y)))
		y -= f
		a, c = int64(f)*a+c, a
		b, d = int64(f)*b+d, b
		if max(a, -a, b, -b) > most {
			return c, d
		}
		if F(a)/F(b) == x {
			break
		}
	}
	return a, b
}
