package prim

// This file divides complex numbers.

import "math"

// ComplexQuotient is (a + b*im) / (c + d*im), by Smith's method as Baudin and Smith made it robust.
// The conversions keep products from being fused.
func ComplexQuotient(a, b, c, d float64) (re, im float64) {
	ab, cd, s := largerPart(a, b), largerPart(c, d), 1.0
	if scale(ab) != 1 || scale(cd) != 1 {
		k := scale(ab)
		a, b, s = a*k, b*k, s/k
		k = scale(cd)
		c, d, s = c*k, d*k, s*k
	}
	if math.Abs(d) <= math.Abs(c) {
		re, im = dominated(a, b, c, d)
	} else {
		re, im = dominated(b, a, d, c)
		im = -im
	}
	return re * s, im * s
}

// largerPart is the larger one of two absolute values.
func largerPart(a, b float64) float64 {
	if a, b = math.Abs(a), math.Abs(b); a >= b {
		return a
	}
	return b
}

// scale is the power of two that brings a part next to overflow or underflow out of danger.
func scale(m float64) float64 {
	switch {
	case m >= 8.98846567431158e307:
		return 0.5
	case m <= 2.004168360008973e-292:
		return 4.056481920730334e31
	}
	return 1
}

// dominated is a quotient whose divisor has no larger imaginary part than its real one.
func dominated(a, b, c, d float64) (re, im float64) {
	r := d / c
	t := 1 / (c + float64(d*r))
	part := func(a, b float64) float64 {
		if r == 0 {
			return (a + float64(d*(b/c))) * t
		}
		if br := b * r; br != 0 {
			return (a + br) * t
		}
		return float64(a*t) + float64(float64(b*t)*r)
	}
	return part(a, b), part(b, -a)
}
