package prim

// This file: first attempts at exp and log, by tables and few steps, with some ten bits more
// than are wanted. Where the value rounds to the same number with the error that it may have
// added and taken away, it is right; else dd.go computes it with more bits. The test is that of
// A. Ziv, Fast evaluation of elementary mathematical functions with correctly rounded last
// bit (1991), the tables are after P. T. P. Tang (1989, 1990).

import (
	"math"
	"sync"
)

// rounded is v rounded to a float, and whether it is certain although v may be wrong by off.
func rounded(v dd, off float64) (r float64, sure bool) {
	r = v.hi + (v.lo - off)
	return r, r == v.hi+(v.lo+off)
}

// expSteps is how many powers of two between 1 and 2 the table has.
const expSteps = 256

// ln 2 over expSteps as a sum: multiples of the first up to 2^18 are exact.
const (
	expStepHi = 0x1.62e42fef8p-9
	expStepLo = 0x1.1cf79abc9e3b4p-44
)

// expTable has 2^(i/expSteps).
var expTable = sync.OnceValue(func() *[expSteps]dd {
	table := new([expSteps]dd)
	for i := range table {
		table[i] = expDD(ln2DD.mul(dd{float64(i) / expSteps, 0}))
	}
	return table
})

// quickExp is e^x where |x| is at most 708; x may be wrong by off.
func quickExp(x dd, off float64) (r float64, sure bool) {
	n := math.RoundToEven(x.hi * (expSteps / math.Ln2))
	first, second := x.hi-float64(n*expStepHi), float64(n*expStepLo)
	hi := first - second
	return expStep(int(n), fastSum(hi, ((first-hi)-second)+x.lo), off)
}

// quickExp2 is 2^x where |x| is at most 1021.
func quickExp2(x float64) (r float64, sure bool) {
	n := math.RoundToEven(x * expSteps)
	return expStep(int(n), ln2DD.mul(dd{x - n/expSteps, 0}), 0)
}

// expStep is e^r times 2^(n/expSteps); |r| is below 0.0014, and may be wrong by off.
func expStep(n int, r dd, off float64) (float64, bool) {
	h := r.hi
	rest := r.lo + h*h*(1.0/2+h*(1.0/6+h*(1.0/24+h*(1.0/120)))) // of e^r beyond 1 + h
	t := &expTable()[n&(expSteps-1)]
	p := t.hi * h
	s := t.hi + p
	low := ((t.hi - s) + p) + (math.FMA(t.hi, h, -p) + t.hi*rest + t.lo*(1+h))
	v, sure := rounded(dd{s, low}, 0x1p-64+2*off)
	return math.Float64frombits(math.Float64bits(v) + uint64(n>>8)<<52), sure
}

// logSteps is how many numbers between 1 and 2 the table has.
const logSteps = 128

// ln 2 as a sum: multiples of the first up to 2^11 are exact.
const (
	ln2Hi = 0x1.62e42fefa38p-1
	ln2Lo = 0x1.ef35793c7673p-45
)

// logPlace is for the numbers of one step, halved if they are above the root of 2: nearly
// the inverse of them, and minus the logarithm of that.
type logPlace struct {
	inverse float64
	log     dd
	halved  int // 1 if they are
}

var logTable = sync.OnceValue(func() *[logSteps]logPlace {
	table := new([logSteps]logPlace)
	for i := range table {
		middle := 1 + (float64(i)+0.5)/logSteps
		l := logPlace{}
		if middle > math.Sqrt2 {
			middle /= 2
			l.halved = 1
		}
		l.inverse = 1 / middle
		if i == 0 || i == logSteps-1 {
			l.inverse = 1 // so that the logarithms of numbers next to 1 are no differences
		} else {
			l.log = logDD(dd{l.inverse, 0}).neg()
		}
		table[i] = l
	}
	return table
})

// quickLog is the natural logarithm of a normal x > 0, but for a part of 2^-66 of it.
func quickLog(x float64) dd {
	b := math.Float64bits(x)
	place := &logTable()[b>>(52-7)&(logSteps-1)]
	e := float64(int(b>>52) - 1023 + place.halved)
	m := math.Float64frombits(b&(1<<52-1) | uint64(1023-place.halved)<<52)
	p := m * place.inverse
	low := math.FMA(m, place.inverse, -p)
	r := p - 1
	square := r * r
	half := 0.5 * square
	h := r - half
	l := ((r - h) - half) - 0.5*math.FMA(r, r, -square) + low*(1-r+square) +
		r*square*(1.0/3-r*(1.0/4-r*(1.0/5-r*(1.0/6-r*(1.0/7-r*(1.0/8-r*(1.0/9-r*(1.0/10-r*(1.0/11)))))))))
	a := twoSum(e*ln2Hi, place.log.hi)
	c := twoSum(a.hi, h)
	return fastSum(c.hi, c.lo+(a.lo+(l+(place.log.lo+e*ln2Lo))))
}

// roundedLog rounds a logarithm, or a multiple of one, that quickLog gave.
func roundedLog(v dd) (r float64, sure bool) { return rounded(v, math.Abs(v.hi)*0x1p-64) }

// quickPow is x^y of a normal x > 0, if it is far from the largest and the smallest numbers.
func quickPow(x, y float64) (r float64, sure bool) {
	l := quickLog(x)
	h := y * l.hi
	if !(math.Abs(h) < 700) {
		return 0, false
	}
	return quickExp(dd{h, math.FMA(y, l.hi, -h) + y*l.lo}, math.Abs(h)*0x1p-65)
}
