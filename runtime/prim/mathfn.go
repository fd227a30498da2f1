package prim

// This file: the functions of the mathematical library, on floats of any width
// (computed in Float64 and rounded once to the argument's type).

import (
	"math"

	"weft/runtime/core"
	"weft/runtime/task"
)

var mathTable = []entry{
	{"math_sin", 1, 1, "sine", floatUn32(sin64, sin32)},
	{"math_cos", 1, 1, "cosine", floatUn32(cos64, cos32)},
	{"math_tan", 1, 1, "tangent", floatUn32(tan64, tan32)},
	{"math_asin", 1, 1, "arc sine", floatUn32(asin64, asin32)},
	{"math_acos", 1, 1, "arc cosine", floatUn32(acos64, acos32)},
	{"math_atan", 1, 1, "arc tangent", floatUn32(atan64, atan32)},
	{"math_atan2", 2, 2, "angle of (x, y), given y and x", floatBin32(atan2of64, atan2of32)},
	{"math_sinh", 1, 1, "hyperbolic sine", floatUn32(sinh64, sinh32)},
	{"math_cosh", 1, 1, "hyperbolic cosine", floatUn32(cosh64, cosh32)},
	{"math_tanh", 1, 1, "hyperbolic tangent", floatUn32(tanh64, tanh32)},
	{"math_asinh", 1, 1, "inverse hyperbolic sine", floatUn32(asinh64, asinh32)},
	{"math_acosh", 1, 1, "inverse hyperbolic cosine", floatUn32(acosh64, acosh32)},
	{"math_atanh", 1, 1, "inverse hyperbolic tangent", floatUn32(atanh64, atanh32)},
	{"math_exp", 1, 1, "e^x", floatUn(mExp)},
	{"math_exp2", 1, 1, "2^x", floatUn(mExp2)},
	{"math_exp10", 1, 1, "10^x", floatUn(mExp10)},
	{"math_expm1", 1, 1, "e^x - 1", floatUn(math.Expm1)},
	{"math_log", 1, 1, "natural logarithm", floatUn(mLog)},
	{"math_log2", 1, 1, "logarithm to base 2", floatUn(mLog2)},
	{"math_log10", 1, 1, "logarithm to base 10", floatUn(mLog10)},
	{"math_log1p", 1, 1, "log(1 + x)", floatUn(mLog1p)},
	{"math_cbrt", 1, 1, "cube root", floatUn(cbrt64)},
	{"math_pow", 2, 2, "x^y", floatBin(mPow)},
	{"math_powi", 2, 2, "x^n for an Int64", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, x, n := core.TypeOf(a[0]), floatOf(a[0]), int64(a[1].N)
		round := func(f float64) float64 { return floatOf(makeFloat(t, f)) }
		switch n {
		case 3: // what a literal exponent stands for
			return makeFloat(t, round(x*x)*x), nil
		case -2:
			x = round(1 / x)
			return makeFloat(t, x*x), nil
		}
		return makeFloat(t, powi(x, n)), nil
	}},
	{"math_hypot", 2, 2, "length of the vector (x, y)", floatBin(mHypot)},
	{"math_gamma", 1, 1, "gamma function", floatUn(math.Gamma)},
	{"math_lgamma", 1, 1, "logarithm of |gamma|", floatUn(func(x float64) float64 { f, _ := math.Lgamma(x); return f })},
	{"math_rem_pio2", 1, 1, "(n, hi, lo): x = n*pi/2 + hi + lo, n modulo 4 for large x", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n, y := remPio2(floatOf(a[0]))
		return makeTuple(core.Int(int64(n)), core.Float(y.hi), core.Float(y.lo)), nil
	}},
	{"math_sinpi", 1, 1, "sin(pi*x)", floatUn(func(x float64) float64 { s, _ := sinCosPi(x); return s })},
	{"math_cospi", 1, 1, "cos(pi*x)", floatUn(func(x float64) float64 { _, c := sinCosPi(x); return c })},
	{"math_sind", 1, 1, "sine of degrees", floatUn(sinDeg)},
	{"math_cosd", 1, 1, "cosine of degrees", floatUn(cosDeg)},
}

func log2(x float64) float64 {
	if f, e := math.Frexp(x); f == 0.5 {
		return float64(e - 1)
	}
	return math.Log2(x)
}

// powi multiplies in double-double precision for small exponents, so that the
// result is the correctly rounded one in nearly all cases.
func powi(x float64, n int64) float64 {
	if n == 0 {
		return 1
	}
	if n == 1 {
		return x
	}
	if n == 2 {
		return x * x
	}
	neg := n < 0
	m := uint64(n)
	if neg {
		m = uint64(-n)
	}
	if m > 1<<14 {
		return math.Pow(x, float64(n))
	}
	hi, lo := 1.0, 0.0
	bhi, blo := x, 0.0
	for {
		if m&1 == 1 {
			hi, lo = mulDD(hi, lo, bhi, blo)
		}
		m >>= 1
		if m == 0 {
			break
		}
		bhi, blo = mulDD(bhi, blo, bhi, blo)
	}
	r := hi + lo
	if math.IsNaN(r) || math.IsInf(r, 0) || r == 0 || math.Abs(r) < 1e-290 {
		return math.Pow(x, float64(n))
	}
	if neg {
		q := 1 / hi
		return q + q*(math.FMA(-hi, q, 1)-lo*q)
	}
	return r
}

func mulDD(ahi, alo, bhi, blo float64) (float64, float64) {
	p := ahi * bhi
	e := math.FMA(ahi, bhi, -p) + (float64(ahi*blo) + float64(alo*bhi))
	s := p + e
	return s, e - (s - p)
}
