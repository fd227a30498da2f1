package prim

// This file: elementary functions rounded correctly in nearly all cases. The
// value is computed as the sum of two floats (about 100 bits) and rounded once;
// math's function gives the first approximation where one is refined.

import (
	"math"
	"strconv"
)

// dd is the number hi + lo, |lo| at most half a unit in the last place of hi.
type dd struct{ hi, lo float64 }

func fastSum(a, b float64) dd {
	s := a + b
	return dd{s, b - (s - a)}
}

func twoSum(a, b float64) dd {
	s := a + b
	t := s - a
	return dd{s, (a - (s - t)) + (b - t)}
}

func twoProd(a, b float64) dd {
	p := a * b
	return dd{p, math.FMA(a, b, -p)}
}

func (a dd) add(b dd) dd {
	s, t := twoSum(a.hi, b.hi), twoSum(a.lo, b.lo)
	s = fastSum(s.hi, s.lo+t.hi)
	return fastSum(s.hi, s.lo+t.lo)
}

func (a dd) neg() dd { return dd{-a.hi, -a.lo} }

func (a dd) sub(b dd) dd { return a.add(b.neg()) }

func (a dd) mul(b dd) dd {
	p := twoProd(a.hi, b.hi)
	return fastSum(p.hi, p.lo+math.FMA(a.hi, b.lo, a.lo*b.hi))
}

func (a dd) scale(f float64) dd { // f a power of two
	return dd{a.hi * f, a.lo * f}
}

func (a dd) div(b dd) dd {
	q := a.hi / b.hi
	r := a.sub(b.mul(dd{q, 0}))
	q2 := r.hi / b.hi
	r = r.sub(b.mul(dd{q2, 0}))
	s := fastSum(q, q2)
	return fastSum(s.hi, s.lo+r.hi/b.hi)
}

func (a dd) sqrt() dd {
	if a.hi <= 0 {
		return dd{}
	}
	q := math.Sqrt(a.hi)
	r := a.sub(twoProd(q, q))
	return fastSum(q, r.hi/(2*q))
}

func (a dd) value() float64 { return a.hi + a.lo }

// ordinary reports whether the refinement makes sense for x.
func ordinary(x float64) bool { return x-x == 0 && x != 0 }

var (
	ln2DD  = dd{0.6931471805599453, 2.3190468138462996e-17}
	ln10DD = dd{2.302585092994046, -2.1707562233822494e-16}

	perLn2  = dd{1, 0}.div(ln2DD)
	perLn10 = dd{1, 0}.div(ln10DD)
)

// smallestNormal is the smallest number of full precision.
const smallestNormal = 0x1p-1022

// expDD is e^x; |x| is below 745.
func expDD(x dd) dd {
	k := math.RoundToEven(x.hi / ln2DD.hi)
	r := x.sub(twoProd(k, 0x1.62e42fefa39efp-1)).sub(dd{k, 0}.mul(dd{0x1.abc9e3b39803fp-56, 0x1.7b57a079a1934p-111}))
	r = r.scale(1.0 / 64)
	s := expSeries(r) // e^r - 1
	for range 6 {     // (1+s)^2 - 1 = 2s + s^2
		s = s.scale(2).add(s.mul(s))
	}
	s = s.add(dd{1, 0})
	return dd{math.Ldexp(s.hi, int(k)), math.Ldexp(s.lo, int(k))}
}

// expSeries is e^r - 1 for |r| below 0.01.
func expSeries(r dd) dd {
	// Terms from r^6 on need no more than a float's precision.
	h := r.hi
	tail := h * h * h * h * h * h * (1.0/720 + h*(1.0/5040+h*(1.0/40320+h*(1.0/362880))))
	r2 := r.mul(r)
	r3 := r2.mul(r)
	s := r2.scale(0.5)
	s = s.add(r3.mul(dd{1.0 / 6, 9.25185853854297e-18}))
	s = s.add(r3.mul(r).mul(dd{1.0 / 24, 2.3129646346357427e-18}))
	s = s.add(r3.mul(r2).mul(dd{1.0 / 120, 1.1564823173178714e-19}))
	s = s.add(dd{tail, 0})
	return r.add(s)
}

// logDD is the natural logarithm of x > 0.
func logDD(x dd) dd {
	// Keep the argument of exp small: x = m * 2^e.
	m, e := math.Frexp(x.hi)
	if m < math.Sqrt2/2 {
		e--
	}
	f := dd{math.Ldexp(x.hi, -e), math.Ldexp(x.lo, -e)}
	y := math.Log(f.hi)
	t := f.mul(expDD(dd{-y, 0})).add(dd{-1, 0})
	u := t.sub(t.mul(t).scale(0.5))
	r := dd{y, 0}.add(u)
	return r.add(ln2DD3(float64(e)))
}

// ln2DD3 is e*ln 2.
func ln2DD3(e float64) dd {
	return twoProd(e, 0x1.62e42fefa39efp-1).add(dd{e, 0}.mul(dd{0x1.abc9e3b39803fp-56, 0x1.7b57a079a1934p-111}))
}

func mExp(x float64) float64 {
	switch {
	case !ordinary(x) || x > 710 || x < -746 || math.Abs(x) < 1e-17:
		return math.Exp(x)
	case x > 709: // math.Exp overflows too early here
		return 2 * expDD(dd{x, 0}.sub(ln2DD)).value()
	case x < -708: // below the normal numbers the low part of a sum is lost
		return math.Ldexp(expDD(dd{x, 0}.add(ln2DD.mul(dd{64, 0}))).value(), -64)
	}
	if v, sure := quickExp(dd{x, 0}, 0); sure {
		return v
	}
	return expDD(dd{x, 0}).value()
}

func mExp2(x float64) float64 {
	if !ordinary(x) || x == math.Trunc(x) || x > 1024 || x < -1021 {
		return math.Exp2(x)
	}
	if x > 1022 {
		return 2 * expDD(dd{x - 1, 0}.mul(ln2DD)).value()
	}
	if v, sure := quickExp2(x); sure {
		return v
	}
	return expDD(dd{x, 0}.mul(ln2DD)).value()
}

func mExp10(x float64) float64 {
	if !ordinary(x) || x > 308.3 || x < -306 {
		return math.Pow(10, x)
	}
	if x == math.Trunc(x) {
		p, _ := strconv.ParseFloat("1e"+strconv.Itoa(int(x)), 64) // math.Pow10 multiplies two powers
		return p
	}
	if x > 307 {
		return 2 * expDD(dd{x, 0}.mul(ln10DD).sub(ln2DD)).value()
	}
	if v, sure := quickExp(ln10DD.mul(dd{x, 0}), 0); sure {
		return v
	}
	return expDD(dd{x, 0}.mul(ln10DD)).value()
}

func mLog(x float64) float64 {
	if !ordinary(x) || x < 0 || x == 1 {
		return math.Log(x)
	}
	if x >= smallestNormal {
		if v, sure := roundedLog(quickLog(x)); sure {
			return v
		}
	}
	return logDD(dd{x, 0}).value()
}

func mLog2(x float64) float64 {
	if !ordinary(x) || x < 0 || x == 1 {
		return log2(x)
	}
	if x >= smallestNormal {
		if v, sure := roundedLog(quickLog(x).mul(perLn2)); sure {
			return v
		}
	}
	return logDD(dd{x, 0}).div(ln2DD).value()
}

func mLog10(x float64) float64 {
	if !ordinary(x) || x < 0 || x == 1 {
		return math.Log10(x)
	}
	if x >= smallestNormal {
		if v, sure := roundedLog(quickLog(x).mul(perLn10)); sure {
			return v
		}
	}
	return logDD(dd{x, 0}).div(ln10DD).value()
}

func mLog1p(x float64) float64 {
	if !ordinary(x) || x <= -1 || math.Abs(x) < 1e-9 {
		return math.Log1p(x)
	}
	s := twoSum(1, x)
	if s.hi >= smallestNormal {
		if v, sure := roundedLog(quickLog(s.hi).add(dd{s.lo / s.hi, 0})); sure {
			return v
		}
	}
	return logDD(s).value()
}

func mHypot(x, y float64) float64 {
	m := math.Max(math.Abs(x), math.Abs(y))
	if !ordinary(m) || x == 0 || y == 0 || x != x || y != y {
		return math.Hypot(x, y)
	}
	_, e := math.Frexp(m)
	a, b := math.Ldexp(x, -e), math.Ldexp(y, -e)
	return math.Ldexp(twoProd(a, a).add(twoProd(b, b)).sqrt().value(), e)
}

func mPow(x, y float64) float64 {
	if x >= smallestNormal && ordinary(x) && ordinary(y) {
		if v, sure := quickPow(x, y); sure {
			return v
		}
	}
	p := math.Pow(x, y)
	if !ordinary(x) || !ordinary(y) || !ordinary(p) || x == 1 || math.Abs(p) < 1e-300 || math.Abs(p) > 1e300 {
		return p
	}
	l := logDD(dd{math.Abs(x), 0})
	r := expDD(l.mul(dd{y, 0})).value()
	return math.Copysign(r, p)
}
