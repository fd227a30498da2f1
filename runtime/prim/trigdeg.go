package prim

// This file: sine and cosine of degrees.

import "math"

// degrees is x degrees in radians, in two parts.
func degrees(x float64) dd {
	const m, h, l = 0.017453292519943295, 0.01745329238474369, 1.3519960527851425e-10
	u := 134217729.0 * x // 2^27 + 1: Veltkamp's splitting
	a := u - (u - x)
	b := x - a
	hi := m * x
	return dd{hi, mul(a, l) + (mul(b, h) + ((mul(a, h) - hi) + mul(b, l)))}
}

func sinDeg(x float64) float64 {
	r := math.Copysign(math.Mod(x, 360), x)
	a := math.Abs(r)
	switch {
	case r == 0 || r != r:
		return r
	case a < 45:
		return sinKernel(degrees(r))
	case a <= 135:
		return math.Copysign(cosKernel(degrees(90-a)), r)
	case a == 180:
		return math.Copysign(0, r)
	case a < 225:
		return sinKernel(degrees(math.Copysign(1, r) * (180 - a)))
	case a <= 315:
		return -math.Copysign(cosKernel(degrees(270-a)), r)
	}
	return sinKernel(degrees(r - math.Copysign(360, r)))
}

func cosDeg(x float64) float64 {
	a := math.Abs(math.Mod(x, 360))
	switch {
	case a != a:
		return a
	case a <= 45:
		return cosKernel(degrees(a))
	case a < 135:
		return sinKernel(degrees(90 - a))
	case a <= 225:
		return -cosKernel(degrees(180 - a))
	case a < 315:
		return sinKernel(degrees(a - 270))
	}
	return cosKernel(degrees(360 - a))
}
