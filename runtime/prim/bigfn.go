package prim

// This file: elementary functions of BigFloat, rounded correctly. A function is
// computed with some more bits than asked for; if its error could change the
// rounding, with still more (Ziv's method).

import (
	"math"
	"math/big"
)

// approx computes a function so that its relative error is below 2^-w.
type approx func(w uint) *big.Float

// settle rounds what f tends to. Values that are exact, or very nearly so, never
// settle by themselves: after enough bits they are taken for the value next to them.
func settle(prec uint, mode big.RoundingMode, f approx) *big.Float {
	limit := 3*prec + 400
	for w := prec + 24; ; w += w / 2 {
		v := f(w)
		if v.IsInf() || v.Sign() == 0 {
			return new(big.Float).SetPrec(prec).SetMode(mode).Set(v)
		}
		if w > limit {
			v = new(big.Float).SetPrec(w - 16).Set(v)
			return new(big.Float).SetPrec(prec).SetMode(mode).Set(v)
		}
		d := new(big.Float).SetMantExp(big.NewFloat(1), v.MantExp(nil)-int(w))
		wide := max(v.Prec(), w) + 8
		lo := new(big.Float).SetPrec(wide).Sub(v, d)
		hi := new(big.Float).SetPrec(wide).Add(v, d)
		a := new(big.Float).SetPrec(prec).SetMode(mode).Set(lo)
		b := new(big.Float).SetPrec(prec).SetMode(mode).Set(hi)
		if a.Cmp(b) == 0 {
			return a
		}
	}
}

// bf is a calculator of one precision.
type bf struct{ p uint }

func (c bf) new() *big.Float                { return new(big.Float).SetPrec(c.p) }
func (c bf) of(f float64) *big.Float        { return c.new().SetFloat64(f) }
func (c bf) add(x, y *big.Float) *big.Float { return c.new().Add(x, y) }
func (c bf) sub(x, y *big.Float) *big.Float { return c.new().Sub(x, y) }
func (c bf) mul(x, y *big.Float) *big.Float { return c.new().Mul(x, y) }
func (c bf) quo(x, y *big.Float) *big.Float { return c.new().Quo(x, y) }
func (c bf) sqrt(x *big.Float) *big.Float   { return c.new().Sqrt(x) }
func (c bf) abs(x *big.Float) *big.Float    { return c.new().Abs(x) }
func (c bf) scale(x *big.Float, n int) *big.Float {
	return c.new().SetMantExp(x, n)
}

// exponentOf is e with |x| in [2^(e-1), 2^e).
func exponentOf(x *big.Float) int { return x.MantExp(nil) }

// fixed is x * 2^bits as an integer.
func fixed(x *big.Float, bits uint) *big.Int {
	b, _ := new(big.Float).SetPrec(x.Prec()).SetMantExp(x, int(bits)).Int(nil)
	return b
}

// unfixed is b / 2^bits.
func unfixed(b *big.Int, bits uint) *big.Float {
	f := exactFloat(b)
	return f.SetMantExp(f, -int(bits))
}

// fix does arithmetic with fixed-point numbers: integers in units of 2^-bits, none
// of them negative. It keeps the memory for what comes in between.
type fix struct {
	bits             uint
	wide, part, rest big.Int
}

// mul sets z to x*y, rounded down.
func (c *fix) mul(z, x, y *big.Int) {
	c.wide.Mul(x, y)
	z.Rsh(&c.wide, c.bits)
}

// div divides z by n, rounding down.
func (c *fix) div(z *big.Int, n int64) {
	c.part.SetInt64(n)
	z.QuoRem(z, &c.part, &c.rest)
}

// atanhInverse is atanh(1/n) as a fixed-point number, or atan(1/n) with alternating signs.
func atanhInverse(n int64, bits uint, alternate bool) *big.Int {
	t := new(big.Int).Div(new(big.Int).Lsh(big.NewInt(1), bits), big.NewInt(n))
	sum := new(big.Int).Set(t)
	sq := big.NewInt(n * n)
	for k := int64(3); t.Sign() != 0; k += 2 {
		t.Div(t, sq)
		u := new(big.Int).Div(t, big.NewInt(k))
		if alternate && k%4 == 3 {
			sum.Sub(sum, u)
		} else {
			sum.Add(sum, u)
		}
	}
	return sum
}

// piTo is pi to w bits, by Machin's formula.
func piTo(w uint) *big.Float {
	bits := w + 24
	if bits <= knownBits {
		return unfixed(new(big.Int).Rsh(knownPi, knownBits-bits), bits)
	}
	a := atanhInverse(5, bits, true)
	b := atanhInverse(239, bits, true)
	a.Lsh(a, 4)
	return unfixed(a.Sub(a, b.Lsh(b, 2)), bits)
}

// ln2To is the natural logarithm of 2 to w bits.
func ln2To(w uint) *big.Float { return unfixed(fixedLn2(w+24), w+24) }

// fixedLn2 is the natural logarithm of 2, times 2^bits.
func fixedLn2(bits uint) *big.Int {
	if bits <= knownBits {
		return new(big.Int).Rsh(knownLn2, knownBits-bits)
	}
	const guard = 16
	s := new(big.Int)
	for _, t := range [...][2]int64{{18, 26}, {-2, 4801}, {8, 8749}} {
		s.Add(s, new(big.Int).Mul(big.NewInt(t[0]), atanhInverse(t[1], bits+guard, false)))
	}
	return s.Rsh(s, guard)
}

// ln10To is the natural logarithm of 10 to w bits.
func ln10To(w uint) *big.Float {
	bits := w + 24
	if bits <= knownBits {
		return unfixed(new(big.Int).Rsh(knownLn10, knownBits-bits), bits)
	}
	return logTo(big.NewFloat(10), w)
}

// expTo is e^x to w bits.
func expTo(x *big.Float, w uint) *big.Float {
	if x.Sign() == 0 {
		return big.NewFloat(1)
	}
	e := exponentOf(x)
	if e > 33 {
		if x.Sign() > 0 {
			return new(big.Float).SetInf(false)
		}
		return new(big.Float)
	}
	if e < -int(w) { // 1 + x
		return bf{w + 2}.add(big.NewFloat(1), bf{8}.scale(big.NewFloat(float64(x.Sign())), -int(w)-1))
	}
	const halvings = 16
	c := fix{bits: w + 32 + halvings + uint(max(e, 0))}
	k, r := new(big.Int).DivMod(fixed(x, c.bits), fixedLn2(c.bits), new(big.Int))
	r.Rsh(r, halvings)
	sum, t := new(big.Int).Lsh(big.NewInt(1), c.bits), new(big.Int).Set(r)
	for i := int64(2); t.Sign() != 0; i++ {
		sum.Add(sum, t)
		c.mul(t, t, r)
		c.div(t, i)
	}
	for range halvings {
		c.mul(sum, sum, sum)
	}
	z := unfixed(sum, c.bits)
	if !k.IsInt64() || k.Int64() > math.MaxInt32 || k.Int64() < math.MinInt32 {
		return bf{w}.scale(z, int(max(min(k.Int64(), 1<<40), -1<<40)))
	}
	return z.SetMantExp(z, int(k.Int64()))
}

// expm1To is e^x - 1 to w bits.
func expm1To(x *big.Float, w uint) *big.Float {
	e := exponentOf(x)
	c := bf{w + 16}
	if e < -int(w) { // x + x²/2
		return c.add(x, c.scale(c.mul(x, x), -1))
	}
	if e > 33 && x.Sign() < 0 {
		return big.NewFloat(-1)
	}
	extra := uint(max(-e, 0)) + 8
	return bf{w + extra + 8}.sub(expTo(x, w+extra), big.NewFloat(1))
}

// logTo is the natural logarithm of x > 0 to w bits.
func logTo(x *big.Float, w uint) *big.Float {
	m := new(big.Float)
	k := x.MantExp(m)
	if m.Cmp(big.NewFloat(0.75)) < 0 {
		m.SetMantExp(m, 1)
		k--
	}
	d := new(big.Float).SetPrec(m.Prec()+2).Sub(m, big.NewFloat(1))
	if d.Sign() == 0 && k == 0 {
		return new(big.Float)
	}
	if k == 0 {
		return log1pTo(d, w)
	}
	c := bf{w + 48}
	l := c.mul(c.of(float64(k)), ln2To(w+48))
	if d.Sign() == 0 {
		return l
	}
	return c.add(l, log1pTo(d, w+16))
}

// log1pTo is log(1+x) to w bits.
func log1pTo(x *big.Float, w uint) *big.Float {
	e := exponentOf(x)
	if e < -int(w) {
		c := bf{w + 16}
		return c.sub(x, c.scale(c.mul(x, x), -1))
	}
	y := new(big.Float).SetPrec(x.Prec()+uint(max(e, -e))+4).Add(x, big.NewFloat(1))
	if f, _ := y.Float64(); e > 0 || f < 0.6 || f > 1.6 {
		return logTo(y, w)
	}
	// A first value and the logarithm of what it leaves: y*e^-l is nearly 1.
	f, _ := x.Float64()
	l := big.NewFloat(math.Log1p(f))
	if math.Abs(f) < minNormal {
		l = x
	}
	extra := uint(max(-e, 0))
	c := bf{w + extra + 32}
	d := c.sub(c.mul(y, expTo(new(big.Float).Neg(l), w+extra+16)), big.NewFloat(1))
	return c.add(l, c.scale(oddSeries(c, c.quo(d, c.add(d, big.NewFloat(2))), 1), 1))
}

// minNormal is the least float with all its bits.
const minNormal = 0x1p-1022

// oddSeries is u + s*u³/3 + s²*u⁵/5 + ... for a small u: atanh(u), or atan(u) when s is -1.
func oddSeries(c bf, u *big.Float, s float64) *big.Float {
	sum := u
	if u.Sign() == 0 {
		return sum
	}
	sq := c.mul(c.mul(u, u), c.of(s))
	least := exponentOf(u) - int(c.p)
	for k := 3.0; ; k += 2 {
		if u = c.mul(u, sq); exponentOf(u) < least {
			return sum
		}
		sum = c.add(sum, c.quo(u, c.of(k)))
	}
}

// reduceTo is x - k*pi/2 to w bits, and k mod 4.
func reduceTo(x *big.Float, w uint) (*big.Float, int) {
	if e := exponentOf(x); e < 0 {
		return x, 0
	}
	for extra := uint(32); ; extra *= 2 {
		c := bf{w + uint(exponentOf(x)) + extra}
		half := c.scale(piTo(c.p), -1)
		k := roundToInt(c.quo(x, half), big.ToNearestEven)
		r := c.sub(x, c.mul(exactFloat(k), half))
		if r.Sign() != 0 && exponentOf(r) > -int(extra)/2 {
			return r, int(new(big.Int).And(k, big.NewInt(3)).Int64())
		}
	}
}

// sinCosTo is the sine and the cosine of x to w bits each.
func sinCosTo(x *big.Float, w uint) (s, c *big.Float) {
	r, k := reduceTo(x, w+16)
	s, c = sinCosSmall(r, w)
	return quarterTurns(s, c, k)
}

// quarterTurns is the sine and the cosine of an angle k quarter turns on from one
// with the sine s and the cosine c, which it may change.
func quarterTurns(s, c *big.Float, k int) (*big.Float, *big.Float) {
	switch k {
	case 1:
		return c, s.Neg(s)
	case 2:
		return s.Neg(s), c.Neg(c)
	case 3:
		return c.Neg(c), s
	}
	return s, c
}

// sinCosSmall is sinCosTo for an r between -pi/2 and pi/2.
func sinCosSmall(r *big.Float, w uint) (s, c *big.Float) {
	e := exponentOf(r)
	if r.Sign() == 0 {
		return new(big.Float).Copy(r), big.NewFloat(1)
	}
	if e < -int(w) {
		// r - r³/6 and 1 - r²/2, as far as it can matter
		k := bf{w + 16}
		s = k.sub(r, k.quo(k.mul(k.mul(r, r), r), k.of(6)))
		return s, k.sub(big.NewFloat(1), k.scale(big.NewFloat(1), -int(w)-2))
	}
	// The sine s and v = 1 - cos of r / 2^halvings, then of its doubles:
	// sin 2a = 2 sin a cos a, 1 - cos 2a = 2 sin² a.
	const halvings = 8
	k := fix{bits: w + 32 + halvings + uint(max(-e, 0))}
	a := fixed(r, k.bits)
	a.Abs(a).Rsh(a, halvings)
	t := new(big.Int).Set(a)
	sum := [2]*big.Int{new(big.Int).Set(a), new(big.Int)}
	for i := int64(2); ; i++ {
		k.mul(t, t, a)
		if k.div(t, i); t.Sign() == 0 {
			break
		}
		if z := sum[(i+1)%2]; (i+1)%4 < 2 {
			z.Sub(z, t)
		} else {
			z.Add(z, t)
		}
	}
	sin, v := sum[0], sum[1]
	one := new(big.Int).Lsh(big.NewInt(1), k.bits)
	for range halvings {
		t.Sub(one, v)
		k.mul(v, sin, sin)
		k.mul(sin, sin, t)
		v.Lsh(v, 1)
		sin.Lsh(sin, 1)
	}
	s, c = unfixed(sin, k.bits), unfixed(one.Sub(one, v), k.bits)
	if r.Sign() < 0 {
		s.Neg(s)
	}
	return s, c
}

// atanTo is the inverse tangent of x to w bits.
func atanTo(x *big.Float, w uint) *big.Float {
	e := exponentOf(x)
	c := bf{w + 64}
	if e < -int(w) {
		return c.sub(x, c.quo(c.mul(c.mul(x, x), x), c.of(3)))
	}
	if x.IsInf() || e > int(w)+64 {
		h := c.scale(piTo(w+16), -1)
		if !x.IsInf() {
			h = c.sub(h, c.quo(c.of(1), c.abs(x)))
		}
		if x.Signbit() {
			h.Neg(h)
		}
		return h
	}
	if e > 1 { // pi/2 - atan(1/x)
		h := c.scale(piTo(w+32), -1)
		if x.Sign() < 0 {
			h.Neg(h)
		}
		return c.sub(h, atanTo(c.quo(c.of(1), x), w+16))
	}
	// A first value and the angle that it leaves.
	f, _ := x.Float64()
	first := big.NewFloat(math.Atan(f))
	if math.Abs(f) < minNormal {
		first = x
	}
	sin, cos := sinCosSmall(first, w+16)
	d := c.quo(c.sub(c.mul(x, cos), sin), c.add(cos, c.mul(x, sin)))
	return c.add(first, oddSeries(c, d, -1))
}

// powTo is x^y to w bits, x > 0.
func powTo(x, y *big.Float, w uint) *big.Float {
	extra := uint(max(exponentOf(y), 0)+max(bitsOf(exponentOf(x)), 0)) + 16
	c := bf{w + extra + 64}
	return expTo(c.mul(y, logTo(x, w+extra)), w+8)
}

func bitsOf(n int) int { return new(big.Int).SetInt64(int64(n)).BitLen() }

// sinCosPiTo is the sine and the cosine of pi*x to w bits.
func sinCosPiTo(x *big.Float, w uint) (s, c *big.Float) {
	// Reduced exactly to |r| <= 1/4 first.
	k := roundToInt(new(big.Float).SetMantExp(x, 1), big.ToNearestEven)
	r := new(big.Float).SetPrec(x.Prec()+4).Sub(x, unfixed(k, 1))
	if r.Sign() == 0 {
		s, c = new(big.Float), big.NewFloat(1)
	} else {
		t := bf{w + 32}
		s, c = sinCosSmall(t.mul(r, piTo(w+32)), w+8)
	}
	return quarterTurns(s, c, int(new(big.Int).And(k, big.NewInt(3)).Int64()))
}
