package prim

// This file: elementary functions rounded correctly in nearly all cases. The
// value is computed as the sum of two floats (about 100 bits) and rounded once;
// math's function gives the first approximation where one is refined.

import (
	"math"
	"math/big"
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
	// pi/2 in parts of 33 bits, exact when multiplied by a small integer, and the rest.
	halfPi = [3]float64{0x1.921fb544p+00, 0x1.0b4611a6p-34, 0x1.3198a2e0p-69}
	halfPR = dd{0x1.b839a252049c1p-104, 0}
)

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

// reduce gives r in about [-pi/4, pi/4] and k mod 4 with x = k*pi/2 + r.
func reduce(x float64) (dd, int) {
	if math.Abs(x) < 1<<20 {
		k := math.RoundToEven(x * (2 / math.Pi))
		r := twoSum(x, -k*halfPi[0])
		r = r.add(dd{-k * halfPi[1], 0}).add(dd{-k * halfPi[2], 0}).sub(dd{k, 0}.mul(halfPR))
		return r, int(int64(k) & 3)
	}
	_, e := math.Frexp(x)
	prec := uint(e + 160)
	p, _, err := big.ParseFloat(piDigits, 10, prec, big.ToNearestEven)
	if err != nil {
		return dd{x, 0}, 0
	}
	h := new(big.Float).SetPrec(prec).Quo(p, big.NewFloat(2))
	q := new(big.Float).SetPrec(prec).Quo(new(big.Float).SetPrec(prec).SetFloat64(x), h)
	half := big.NewFloat(0.5)
	if x < 0 {
		half = big.NewFloat(-0.5)
	}
	k, _ := q.Add(q, half).Int(nil)
	r := new(big.Float).SetPrec(prec).SetFloat64(x)
	r.Sub(r, new(big.Float).SetPrec(prec).Mul(new(big.Float).SetPrec(prec).SetInt(k), h))
	hi, _ := r.Float64()
	lo, _ := r.Sub(r, big.NewFloat(hi)).Float64()
	return dd{hi, lo}, int(new(big.Int).And(k, big.NewInt(3)).Int64())
}

// Reciprocals of factorials to two floats.
var (
	f3 = dd{1.0 / 6, 9.25185853854297e-18}
	f4 = dd{1.0 / 24, 2.3129646346357427e-18}
	f5 = dd{1.0 / 120, 1.1564823173178714e-19}
	f6 = dd{1.0 / 720, -5.300543954373577e-20}
	f7 = dd{1.0 / 5040, 1.7209558293420705e-22}
	f8 = dd{1.0 / 40320, 2.1511947866775882e-23}
	f9 = dd{1.0 / 362880, -1.858393274046472e-22}
)

// sinSmall and cosSmall are the series on [-pi/4, pi/4].
func sinSmall(r dd) dd {
	z := r.mul(r)
	h := z.hi
	t := h * (-1.0/39916800 + h*(1.0/6227020800+h*(-1.0/1307674368000+h*(1.0/355687428096000+h*(-1.0/121645100408832000)))))
	s := f9.add(dd{t, 0})
	s = z.mul(s).sub(f7)
	s = z.mul(s).add(f5)
	s = z.mul(s).sub(f3)
	return r.add(r.mul(z.mul(s)))
}

func cosSmall(r dd) dd {
	z := r.mul(r)
	h := z.hi
	t := h * (-1.0/3628800 + h*(1.0/479001600+h*(-1.0/87178291200+h*(1.0/20922789888000+h*(-1.0/6402373705728000)))))
	s := f8.add(dd{t, 0})
	s = z.mul(s).sub(f6)
	s = z.mul(s).add(f4)
	s = z.mul(s).sub(dd{0.5, 0})
	return z.mul(s).add(dd{1, 0})
}

// sincosDD gives both for a finite x.
func sincosDD(x float64) (s, c dd) {
	r, k := reduce(x)
	s, c = sinSmall(r), cosSmall(r)
	switch k {
	case 1:
		return c, s.neg()
	case 2:
		return s.neg(), c.neg()
	case 3:
		return c.neg(), s
	}
	return s, c
}

func mSin(x float64) float64 {
	if !ordinary(x) || math.Abs(x) < 1e-8 {
		return math.Sin(x)
	}
	s, _ := sincosDD(x)
	return s.value()
}

func mCos(x float64) float64 {
	if !ordinary(x) || math.Abs(x) < 1e-8 {
		return math.Cos(x)
	}
	_, c := sincosDD(x)
	return c.value()
}

func mTan(x float64) float64 {
	if !ordinary(x) || math.Abs(x) < 1e-8 {
		return math.Tan(x)
	}
	s, c := sincosDD(x)
	return s.div(c).value()
}

var piDD = dd{math.Pi, 1.2246467991473532e-16}

// turn gives sine and cosine of d times unit, d at most half a quarter turn,
// after k quarter turns.
func turn(d float64, unit dd, k float64) (s, c float64) {
	r := dd{d, 0}.mul(unit)
	sn, cs := sinSmall(r).value(), cosSmall(r).value()
	switch int64(k) & 3 {
	case 1:
		return cs, -sn
	case 2:
		return -sn, -cs
	case 3:
		return -cs, sn
	}
	return sn, cs
}

// sincosPi gives sin(pi*x) and cos(pi*x), exact at multiples of one half.
func sincosPi(x float64) (s, c float64) {
	if x-x != 0 {
		return math.NaN(), math.NaN()
	}
	r := math.Mod(x, 2)
	k := math.RoundToEven(2 * r)
	s, c = turn(r-k/2, piDD, k)
	return signedZero(s, x), c + 0
}

// sincosDeg gives sine and cosine of an angle in degrees, exact at multiples of 30.
func sincosDeg(x float64) (s, c float64) {
	if x-x != 0 {
		return math.NaN(), math.NaN()
	}
	r := math.Mod(x, 360)
	k := math.RoundToEven(r / 90)
	s, c = turn(r-90*k, piDD.div(dd{180, 0}), k)
	return signedZero(s, x), c + 0
}

func signedZero(s, x float64) float64 {
	if s == 0 {
		return math.Copysign(0, x)
	}
	return s
}

// atan2DD refines an approximation of the angle of (x, y).
func atan2DD(y, x dd) dd {
	a := math.Atan2(y.hi, x.hi)
	s, c := sincosDD(a)
	num := y.mul(c).sub(x.mul(s))
	return dd{a, 0}.add(dd{num.hi / (x.hi*c.hi + y.hi*s.hi), 0})
}

func mAtan(x float64) float64 {
	if !ordinary(x) || math.Abs(x) < 1e-8 || math.Abs(x) > 1e17 {
		return math.Atan(x)
	}
	return atan2DD(dd{x, 0}, dd{1, 0}).value()
}

func mAtan2(y, x float64) float64 {
	if !ordinary(x) || !ordinary(y) || math.Abs(math.Log2(math.Abs(y/x))) > 50 {
		return math.Atan2(y, x)
	}
	// Scale so that products neither overflow nor vanish.
	_, e := math.Frexp(x)
	return atan2DD(dd{math.Ldexp(y, -e), 0}, dd{math.Ldexp(x, -e), 0}).value()
}

func mAsin(x float64) float64 {
	if !ordinary(x) || math.Abs(x) >= 1 || math.Abs(x) < 1e-8 {
		return math.Asin(x)
	}
	c := dd{1, 0}.sub(twoProd(x, x)).sqrt()
	return atan2DD(dd{x, 0}, c).value()
}

func mAcos(x float64) float64 {
	if !ordinary(x) || math.Abs(x) >= 1 {
		return math.Acos(x)
	}
	s := dd{1, 0}.sub(twoProd(x, x)).sqrt()
	return atan2DD(s, dd{x, 0}).value()
}

func mExp(x float64) float64 {
	if !ordinary(x) || x > 709 || x < -708 || math.Abs(x) < 1e-17 {
		return math.Exp(x)
	}
	return expDD(dd{x, 0}).value()
}

func mExp2(x float64) float64 {
	if !ordinary(x) || x == math.Trunc(x) || x > 1022 || x < -1021 {
		return math.Exp2(x)
	}
	return expDD(dd{x, 0}.mul(ln2DD)).value()
}

func mExp10(x float64) float64 {
	if !ordinary(x) || x > 307 || x < -306 {
		return math.Pow(10, x)
	}
	if x == math.Trunc(x) {
		return math.Pow10(int(x))
	}
	return expDD(dd{x, 0}.mul(ln10DD)).value()
}

func mLog(x float64) float64 {
	if !ordinary(x) || x < 0 || x == 1 {
		return math.Log(x)
	}
	return logDD(dd{x, 0}).value()
}

func mLog2(x float64) float64 {
	if !ordinary(x) || x < 0 || x == 1 {
		return log2(x)
	}
	return logDD(dd{x, 0}).div(ln2DD).value()
}

func mLog10(x float64) float64 {
	if !ordinary(x) || x < 0 || x == 1 {
		return math.Log10(x)
	}
	return logDD(dd{x, 0}).div(ln10DD).value()
}

func mLog1p(x float64) float64 {
	if !ordinary(x) || x <= -1 || math.Abs(x) < 1e-9 {
		return math.Log1p(x)
	}
	return logDD(twoSum(1, x)).value()
}

func mSinh(x float64) float64 {
	if a := math.Abs(x); !ordinary(x) || a < 1e-4 || a > 700 {
		return math.Sinh(x)
	}
	e := expDD(dd{x, 0})
	return e.sub(dd{1, 0}.div(e)).scale(0.5).value()
}

func mCosh(x float64) float64 {
	if !ordinary(x) || math.Abs(x) > 700 {
		return math.Cosh(x)
	}
	e := expDD(dd{x, 0})
	return e.add(dd{1, 0}.div(e)).scale(0.5).value()
}

func mTanh(x float64) float64 {
	if a := math.Abs(x); !ordinary(x) || a < 1e-4 || a > 22 {
		return math.Tanh(x)
	}
	e := expDD(dd{2 * x, 0})
	return e.sub(dd{1, 0}).div(e.add(dd{1, 0})).value()
}

func mAsinh(x float64) float64 {
	a := math.Abs(x)
	if !ordinary(x) || a < 1e-4 || a > 1e8 {
		return math.Asinh(x)
	}
	r := logDD(twoProd(a, a).add(dd{1, 0}).sqrt().add(dd{a, 0})).value()
	return math.Copysign(r, x)
}

func mAcosh(x float64) float64 {
	if !ordinary(x) || x <= 1 || x > 1e8 {
		return math.Acosh(x)
	}
	return logDD(twoProd(x, x).sub(dd{1, 0}).sqrt().add(dd{x, 0})).value()
}

func mAtanh(x float64) float64 {
	if a := math.Abs(x); !ordinary(x) || a >= 1 || a < 1e-4 {
		return math.Atanh(x)
	}
	return logDD(twoSum(1, x).div(twoSum(1, -x))).scale(0.5).value()
}

func mCbrt(x float64) float64 {
	if !ordinary(x) || math.Abs(x) > 1e300 || math.Abs(x) < 1e-290 {
		return math.Cbrt(x)
	}
	y := math.Cbrt(x)
	r := twoProd(y, y).mul(dd{y, 0}).sub(dd{x, 0})
	return y - r.hi/(3*y*y)
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
	p := math.Pow(x, y)
	if !ordinary(x) || !ordinary(y) || !ordinary(p) || x == 1 || math.Abs(p) < 1e-300 || math.Abs(p) > 1e300 {
		return p
	}
	l := logDD(dd{math.Abs(x), 0})
	r := expDD(l.mul(dd{y, 0})).value()
	return math.Copysign(r, p)
}

// piDigits is pi to 400 digits: enough to reduce the largest float.
const piDigits = "3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679" +
	"8214808651328230664709384460955058223172535940812848111745028410270193852110555964462294895493038196" +
	"4428810975665933446128475648233786783165271201909145648566923460348610454326648213393607260249141273" +
	"7245870066063155881748815209209628292540917153643678925903600113305305488204665213841469519415116094"
