package prim

// This file: hyperbolic functions, their inverses and the cube root, computed as
// Julia's are, so that the last bits are the same.

import "math"

func sinh64(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a <= 2.1:
		return sinhKernel(x)
	case a >= 709.7822265633563:
		e := mExp(0.5 * a)
		return math.Copysign(0.5*e*e, x)
	}
	e := mExp(a)
	return math.Copysign(0.5*(e-1/e), x)
}

// sinhKernel is a polynomial whose first two terms are summed in two parts.
func sinhKernel(x float64) float64 {
	z := x * x
	zlo := math.FMA(x, x, -z)
	c := [3]float64{1, 0.16666666666666635, horner(z, 8.333333333336817e-3, 1.9841269840165435e-4, 2.7557319381151335e-6,
		2.5052096530035283e-8, 1.6059550718903307e-10, 7.634842144412119e-13, 2.9696954760355812e-15)}
	hi, lo := c[2], 0.0
	for i := 1; i >= 0; i-- {
		p := hi * z
		err := math.FMA(hi, z, -p)
		hi = c[i] + p
		lo = math.FMA(lo, z, p-(hi-c[i])+err)
	}
	return math.FMA(x, hi, math.FMA(x, lo, x*zlo*0.16666666666666635))
}

func cosh64(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a <= 1:
		return hornerFMA(x*x, 1, 0.5000000000000002, 0.04166666666666269, 1.3888888889206764e-3, 2.4801587176784207e-5,
			2.7557345825742837e-7, 2.0873617441235094e-9, 1.1663435515945578e-11)
	case a >= 709.7822265633563:
		e := mExp(0.5 * a)
		return 0.5 * e * e
	}
	e := mExp(a)
	return 0.5 * (e + 1/e)
}

// hornerFMA is horner with one rounding per step.
func hornerFMA(x float64, cs ...float64) float64 {
	v := cs[len(cs)-1]
	for i := len(cs) - 2; i >= 0; i-- {
		v = math.FMA(x, v, cs[i])
	}
	return v
}

func tanh64(x float64) float64 {
	a := math.Abs(2 * x)
	switch {
	case a >= 44:
		return math.Copysign(1, x)
	case a <= 1:
		return x * hornerFMA(x*x, 1, -0.33333333333332904, 0.13333333333267555, -0.05396825393066753, 0.02186948742242217,
			-0.008863215974794633, 0.003591910693118715, -0.0014542587440487815, 0.0005825521659411748, -0.00021647574085351332, 5.5752458452673005e-5)
	}
	return math.Copysign(1-2/(mExp(a)+1), x)
}

func asinh64(x float64) float64 {
	a := math.Abs(x)
	var w float64
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0) || a < 0x1p-28:
		return x
	case a < 2:
		t := x * x
		w = mLog1p(a + t/(1+math.Sqrt(1+t)))
	case a < 0x1p28:
		w = mLog(2*a + 1/(math.Sqrt(mul(x, x)+1)+a))
	default:
		w = mLog(a) + math.Ln2
	}
	return math.Copysign(w, x)
}

func acosh64(x float64) float64 {
	switch {
	case !(x >= 1):
		return math.NaN()
	case x == 1:
		return 0
	case x < 2:
		t := x - 1
		return mLog1p(t + math.Sqrt(2*t+mul(t, t)))
	case x < 0x1p28:
		t := x * x
		return mLog(2*x - 1/(x+math.Sqrt(t-1)))
	}
	return mLog(x) + math.Ln2
}

func atanh64(x float64) float64 {
	a := math.Abs(x)
	var t float64
	switch {
	case !(a <= 1):
		return math.NaN()
	case a < 0x1p-28:
		return x
	case a < 0.5:
		t = a + a
		t = 0.5 * mLog1p(t+t*a/(1-a))
	case a < 1:
		t = 0.5 * mLog1p((a+a)/(1-a))
	default:
		t = math.Inf(1)
	}
	return math.Copysign(t, x)
}

// cbrt64 begins with a third of the exponent, corrects it with a polynomial to 23
// bits, and ends with one step of Newton's method.
func cbrt64(x float64) float64 {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	// adding a multiple of the bias to a third of the bits
	bias := uint32(715094163)
	u := uint32(math.Float64bits(x)>>32) & 0x7fffffff
	if u < 0x00100000 { // subnormal
		bias = 696219795
		u = uint32(math.Float64bits(x*0x1p54)>>32) & 0x7fffffff
	}
	t := math.Copysign(math.Float64frombits(uint64(u/3+bias)<<32), x)
	r := (t * t) * (t / x)
	t *= horner(r, 1.87595182427177009643, -1.88497979543377169875, 1.621429720105354466140) +
		mul(r*r*r, horner(r, -0.758397934778766047437, 0.145996192886612446982))
	t = math.Float64frombits((math.Float64bits(t) + 0x80000000) & 0xffffffffc0000000)
	s := t * t
	r = x / s
	w := t + t
	r = (r - t) / (w + r)
	return t + mul(t, r)
}
