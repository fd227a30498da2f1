package prim

// This file: trigonometric and hyperbolic functions of Float32. Some are polynomials in
// double precision, others are computed in single precision throughout, as Julia's are.

import "math"

func sin32(x float32) float32 {
	if a := float32(math.Abs(float64(x))); a < math.Pi/4 {
		if a < 0x1.6a09e6p-12 {
			return x
		}
		return sinKernel32(float64(x))
	}
	n, y := remPio2of32(x)
	return quadrant32(n, y)
}

func cos32(x float32) float32 {
	if a := float32(math.Abs(float64(x))); a < math.Pi/4 {
		if a < 0x1p-12 {
			return 1
		}
		return cosKernel32(float64(x))
	}
	n, y := remPio2of32(x)
	return quadrant32(n+1, y)
}

func quadrant32(n int, y float64) float32 {
	switch n & 3 {
	case 0:
		return sinKernel32(y)
	case 1:
		return cosKernel32(y)
	case 2:
		return -sinKernel32(y)
	}
	return -cosKernel32(y)
}

func sinKernel32(y float64) float32 {
	z := y * y
	w := z * z
	r := horner(z, -0.00019839334836096632, 2.718311493989822e-6)
	s := z * y
	return float32((y + mul(s, horner(z, -0.16666666641626524, 0.008333329385889463))) + mul(mul(s, w), r))
}

func cosKernel32(y float64) float32 {
	z := y * y
	w := z * z
	r := horner(z, -0.001388676377460993, 2.439044879627741e-5)
	return float32(((1 + mul(z, -0.499999997251031)) + mul(w, 0.04166662332373906)) + mul(mul(w, z), r))
}

func tan32(x float32) float32 {
	if a := float32(math.Abs(float64(x))); a < math.Pi/4 {
		if a < 0x1.6a09e6p-13 {
			return x
		}
		return tanKernel32(float64(x), false)
	}
	n, y := remPio2of32(x)
	return tanKernel32(y, n&1 == 1)
}

func tanKernel32(y float64, inverse bool) float32 {
	z := y * y
	r := horner(z, 0.00297435743359967304927, 0.00946564784943673166728)
	t := horner(z, 0.0533812378445670393523, 0.0245283181166547278873)
	w := z * z
	s := z * y
	u := horner(z, 0.333331395030791399758, 0.133392002712976742718)
	p := (y + mul(s, u)) + mul(mul(s, w), t+mul(w, r))
	if inverse {
		return float32(-1 / p)
	}
	return float32(p)
}

// remPio2of32 is x less the nearest multiple n of pi/2.
func remPio2of32(x float32) (int, float64) {
	d := float64(x)
	a := math.Abs(d)
	for i := 1; i <= 4; i++ {
		if a <= math.Pi*float64(2*i+1)/4 {
			f := math.Copysign(float64(i), d)
			return int(f), d - mul(f, math.Pi/2)
		}
	}
	if a < math.Pi/2*0x1p28 {
		fn := math.RoundToEven(d * (2 / math.Pi))
		r := d - mul(fn, 1.57079631090164184570e+00)
		return int(fn), r - mul(fn, 1.58932547735281966916e-08)
	}
	n, y := remPio2(d)
	return n, y.hi
}

// mul32 keeps a product from being fused with a sum.
func mul32(x, y float32) float32 { return float32(x * y) }

func horner32(x float32, cs ...float32) float32 {
	v := cs[len(cs)-1]
	for i := len(cs) - 2; i >= 0; i-- {
		v = mul32(x, v) + cs[i]
	}
	return v
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

func abs32(x float32) float32 { return float32(math.Abs(float64(x))) }

func sign32(x, y float32) float32 { return float32(math.Copysign(float64(x), float64(y))) }

func arcR32(t float32) float32 {
	return mul32(t, horner32(t, 1.6666586697e-01, -4.2743422091e-02, -8.6563630030e-03)) / (1 + mul32(t, -7.0662963390e-01))
}

func asin32(x float32) float32 {
	a := abs32(x)
	switch {
	case !(a < 1):
		return float32(asin64(float64(x)))
	case a < 0x1p-12:
		return x
	case a < 0.5:
		return x + mul32(x, arcR32(x*x))
	}
	t := (1 - a) / 2
	s := math.Sqrt(float64(t))
	return sign32(float32(math.Pi/2-2*(s+mul(s, float64(arcR32(t))))), x)
}

func acos32(x float32) float32 {
	const half, low = 1.5707962513, 7.5497894159e-08
	a := abs32(x)
	switch {
	case !(a < 1):
		return float32(acos64(float64(x)))
	case a < 0x1p-26:
		return math.Pi / 2
	case a < 0.5:
		return half - (x - (low - mul32(x, arcR32(x*x))))
	}
	z := (1 - a) * 0.5
	r, s := arcR32(z), sqrt32(z)
	if x < 0 {
		return 3.1415925026 - 2*(s+(mul32(r, s)-low))
	}
	f := math.Float32frombits(math.Float32bits(s) & 0xfffff000)
	c := (z - mul32(f, f)) / (s + f)
	return 2 * (f + (mul32(r, s) + c))
}

// atanTable32 is atanTable in single precision.
var atanTable32 = [4][2]float32{
	{4.6364760399e-01, 5.0121582440e-09}, {7.8539812565e-01, 3.7748947079e-08},
	{9.8279368877e-01, 3.4473217170e-08}, {1.5707962513e+00, 7.5497894159e-08},
}

func atan32(x float32) float32 {
	a := abs32(x)
	switch {
	case a >= 0x1p26:
		return sign32(math.Pi/2, x)
	case a < 0x1p-12:
		return x
	}
	k, t := -1, x
	switch {
	case !(a >= 7.0/16):
	case a < 11.0/16:
		k, t = 0, (2*a-1)/(2+a)
	case a < 19.0/16:
		k, t = 1, (a-1)/(a+1)
	case a < 39.0/16:
		k, t = 2, (a-1.5)/(1+mul32(1.5, a))
	default:
		k, t = 3, -1/a
	}
	z := t * t
	w := z * z
	p := mul32(z, horner32(w, 3.3333328366e-01, 1.4253635705e-01, 6.1687607318e-02))
	q := mul32(w, horner32(w, -1.9999158382e-01, -1.0648017377e-01))
	if k < 0 {
		return x - mul32(x, p+q)
	}
	return sign32(atanTable32[k][0]-((mul32(t, p+q)-atanTable32[k][1])-t), x)
}

func atan2of32(y, x float32) float32 {
	switch {
	case y != y || x != x:
		return x + y
	case x == 1:
		return atan32(y)
	case y == 0 || x == 0 || math.IsInf(float64(x), 0) || math.IsInf(float64(y), 0):
		return float32(math.Atan2(float64(y), float64(x)))
	}
	const low = -8.7422776573e-08
	k := (int(math.Float32bits(y)&0x7fffffff) - int(math.Float32bits(x)&0x7fffffff)) >> 23
	neg := x < 0
	var z float32
	switch {
	case k > 26:
		z, neg = float32(math.Pi/2)+0.5*low, false
	case neg && k < -26:
		z = 0
	default:
		z = atan32(abs32(y / x))
	}
	if neg {
		z = float32(math.Pi) - (z - low)
	}
	return sign32(z, y)
}

func sinh32(x float32) float32 {
	a := abs32(x)
	switch {
	case a <= 3:
		d := float64(x)
		return float32(hornerFMA(d*d, 1, 0.1666666779967941, 0.008333336726447933, 0.00019841001151414065,
			2.7555538207080807e-6, 2.5143389765825282e-8, 1.6260094552031644e-10) * d)
	case a >= 88.72283:
		e := exp32(0.5 * a)
		return sign32(mul32(0.5*e, e), x)
	}
	e := exp32(a)
	return sign32(0.5*(e-1/e), x)
}

func cosh32(x float32) float32 {
	a := abs32(x)
	switch {
	case a <= 1:
		z := x * x
		v := float32(2.549933e-5)
		for _, c := range [...]float32{0.0013882756, 0.041666888, 0.49999997, 1} {
			v = fma32(z, v, c)
		}
		return v
	case a >= 88.72283:
		e := exp32(0.5 * a)
		return mul32(0.5*e, e)
	}
	e := exp32(a)
	return 0.5 * (e + 1/e)
}

func tanh32(x float32) float32 {
	a := abs32(2 * x)
	switch {
	case a >= 18:
		return sign32(1, x)
	case a <= 1.3862944:
		z := x * x
		v := float32(-0.0050525228)
		for _, c := range [...]float32{0.019975215, -0.05350336, 0.13328037, -0.3333312, 1} {
			v = fma32(z, v, c)
		}
		return x * v
	}
	return sign32(1-2/(exp32(a)+1), x)
}

func exp32(x float32) float32 { return float32(mExp(float64(x))) }

func fma32(x, y, z float32) float32 {
	p := float64(x) * float64(y) // exact
	s := p + float64(z)
	// Rounding twice is wrong only when the first result is a midpoint: make it odd.
	if math.Float64bits(s)&0x1fffffff == 0x10000000 {
		t := s - p
		if err := (p - (s - t)) + (float64(z) - t); err != 0 {
			if (err > 0) == (s > 0) {
				s = math.Float64frombits(math.Float64bits(s) + 1)
			} else {
				s = math.Float64frombits(math.Float64bits(s) - 1)
			}
		}
	}
	return float32(s)
}

func log1p32(x float32) float32 { return float32(mLog1p(float64(x))) }

func log32(x float32) float32 { return float32(mLog(float64(x))) }

func asinh32(x float32) float32 {
	a := abs32(x)
	var w float32
	switch {
	case x != x || math.IsInf(float64(x), 0) || a < 0x1p-28:
		return x
	case a < 2:
		t := x * x
		w = log1p32(a + t/(1+sqrt32(1+t)))
	case a < 0x1p28:
		w = log32(2*a + 1/(sqrt32(mul32(x, x)+1)+a))
	default:
		w = log32(a) + 6.9314718246e-01
	}
	return sign32(w, x)
}

func acosh32(x float32) float32 {
	switch {
	case !(x >= 1):
		return float32(math.NaN())
	case x == 1:
		return 0
	case x < 2:
		t := x - 1
		return log1p32(t + sqrt32(2*t+mul32(t, t)))
	case x < 0x1p28:
		t := x * x
		return log32(2*x - 1/(x+sqrt32(t-1)))
	}
	return log32(x) + 6.9314718246e-01
}

func atanh32(x float32) float32 {
	a := abs32(x)
	var t float32
	switch {
	case !(a <= 1):
		return float32(math.NaN())
	case a < 0x1p-28:
		return x
	case a < 0.5:
		t = a + a
		t = 0.5 * log1p32(t+mul32(t, a)/(1-a))
	case a < 1:
		t = 0.5 * log1p32((a+a)/(1-a))
	default:
		t = float32(math.Inf(1))
	}
	return sign32(t, x)
}
