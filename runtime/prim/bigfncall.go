package prim

// This file: what the functions of BigFloat are called with: special values,
// domains, and the elementary ones that follow from those of bigfn.go.

import (
	"math"
	"math/big"

	"weft/runtime/core"
	"weft/runtime/task"
)

var bigFnTable = []entry{
	{"bigf_fn", 3, 3, "bigf_fn(name, x, ctx): the function of that name at x.", bigFn},
	{"bigf_fn2", 4, 4, "bigf_fn2(name, x, y, ctx): :pow, :atan or :hypot of two numbers.", bigFn2},
	{"bigf_const", 2, 2, "bigf_const(name, ctx): :π :ℯ :γ :φ :catalan or :log2.", bigConst},
}

// bigUnary gives the function of a name; x is finite and in the domain.
func bigUnary(name string, x *big.Float) approx {
	one := big.NewFloat(1)
	switch name {
	case "exp":
		return func(w uint) *big.Float { return expTo(x, w) }
	case "exp2":
		return func(w uint) *big.Float {
			if x.IsInt() && exponentOf(x) < 40 {
				n, _ := x.Int64()
				return new(big.Float).SetMantExp(one, int(n))
			}
			return powTo(big.NewFloat(2), x, w)
		}
	case "exp10":
		return func(w uint) *big.Float {
			extra := w + uint(max(exponentOf(x), 0)) + 16
			return expTo(bf{extra + 64}.mul(x, ln10To(extra)), w+8)
		}
	case "expm1":
		return func(w uint) *big.Float { return expm1To(x, w) }
	case "log":
		return func(w uint) *big.Float { return logTo(x, w) }
	case "log2":
		return func(w uint) *big.Float { return bf{w + 32}.quo(logTo(x, w+8), ln2To(w+8)) }
	case "log10":
		return func(w uint) *big.Float { return bf{w + 32}.quo(logTo(x, w+8), ln10To(w+8)) }
	case "log1p":
		return func(w uint) *big.Float { return log1pTo(x, w) }
	case "sin":
		return func(w uint) *big.Float { s, _ := sinCosTo(x, w); return s }
	case "cos":
		return func(w uint) *big.Float { _, c := sinCosTo(x, w); return c }
	case "tan":
		return func(w uint) *big.Float {
			if exponentOf(x) < -int(w) {
				k := bf{w + 16}
				return k.add(x, k.quo(k.mul(k.mul(x, x), x), k.of(3)))
			}
			s, c := sinCosTo(x, w+8)
			return bf{w + 32}.quo(s, c)
		}
	case "sinpi":
		return func(w uint) *big.Float { s, _ := sinCosPiTo(x, w); return s }
	case "cospi":
		return func(w uint) *big.Float { _, c := sinCosPiTo(x, w); return c }
	case "asin":
		return func(w uint) *big.Float {
			c := bf{w + 64 + x.Prec()}
			return atanRatio(x, c.sqrt(c.mul(c.sub(one, x), c.add(one, x))), w)
		}
	case "acos":
		return func(w uint) *big.Float {
			c := bf{w + 64 + x.Prec()}
			if x.Cmp(big.NewFloat(-1)) == 0 {
				return piTo(w + 8)
			}
			r := atanTo(c.sqrt(c.quo(c.sub(one, x), c.add(one, x))), w+8)
			return r.SetMantExp(r, 1)
		}
	case "atan":
		return func(w uint) *big.Float { return atanTo(x, w) }
	case "cbrt":
		return func(w uint) *big.Float {
			r := powTo(new(big.Float).Abs(x), bf{w + 64}.quo(one, big.NewFloat(3)), w)
			if x.Sign() < 0 {
				r.Neg(r)
			}
			return r
		}
	}
	return bigHyperbolic(name, x)
}

// atanRatio is atan(y/x) for x >= 0.
func atanRatio(y, x *big.Float, w uint) *big.Float {
	c := bf{w + 64}
	if x.Sign() == 0 {
		h := c.scale(piTo(w+8), -1)
		if y.Sign() < 0 {
			h.Neg(h)
		}
		return h
	}
	return atanTo(c.quo(y, x), w+8)
}

// bigHyperbolic gives the hyperbolic functions and their inverses.
func bigHyperbolic(name string, x *big.Float) approx {
	one := big.NewFloat(1)
	a := new(big.Float).Abs(x)
	odd := func(z *big.Float) *big.Float {
		if x.Sign() < 0 {
			z.Neg(z)
		}
		return z
	}
	switch name {
	case "sinh":
		return func(w uint) *big.Float { // (u + u/(u+1))/2, u = e^|x| - 1
			c := bf{w + 64}
			u := expm1To(a, w+16)
			if u.IsInf() {
				return odd(u)
			}
			return odd(c.scale(c.add(u, c.quo(u, c.add(u, one))), -1))
		}
	case "cosh":
		return func(w uint) *big.Float {
			c := bf{w + 64}
			u := expTo(a, w+16)
			if u.IsInf() {
				return u
			}
			return c.scale(c.add(u, c.quo(one, u)), -1)
		}
	case "tanh":
		return func(w uint) *big.Float {
			c := bf{w + 64}
			if exponentOf(a) > 40 {
				return odd(c.sub(one, c.scale(one, -int(w)-2)))
			}
			u := expm1To(new(big.Float).SetMantExp(a, 1), w+16)
			return odd(c.quo(u, c.add(u, big.NewFloat(2))))
		}
	case "asinh":
		return func(w uint) *big.Float {
			c := bf{w + 64}
			if exponentOf(a) > int(w) {
				return odd(logOfTwice(a, w))
			}
			s := c.mul(a, a)
			return odd(log1pTo(c.add(a, c.quo(s, c.add(one, c.sqrt(c.add(one, s))))), w+8))
		}
	case "acosh":
		return func(w uint) *big.Float {
			c := bf{w + 64 + x.Prec()}
			if exponentOf(x) > int(w) {
				return logOfTwice(x, w)
			}
			t := c.sub(x, one)
			return log1pTo(c.add(t, c.sqrt(c.add(c.scale(t, 1), c.mul(t, t)))), w+8)
		}
	case "atanh":
		return func(w uint) *big.Float {
			c := bf{w + 64 + x.Prec()}
			l := log1pTo(c.quo(c.scale(a, 1), c.sub(one, a)), w+8)
			return odd(l.SetMantExp(l, -1))
		}
	}
	return nil
}

// logOfTwice is log(2x), to w bits, for an x whose double may be too large.
func logOfTwice(x *big.Float, w uint) *big.Float {
	return bf{w + 32}.add(logTo(x, w+8), ln2To(w+8))
}

// bigSpecial gives the function at a number that is not finite or where there is
// no calculation to do; ok is false otherwise, nan when the result is NaN.
func bigSpecial(name string, x *big.Float) (z *big.Float, nan, ok bool) {
	inf := func(neg bool) *big.Float { return new(big.Float).SetInf(neg) }
	one := big.NewFloat(1)
	neg := x.Signbit()
	if x.IsInf() {
		switch name {
		case "exp", "exp2", "exp10":
			if neg {
				return new(big.Float), false, true
			}
			return x, false, true
		case "expm1", "tanh":
			if neg {
				return big.NewFloat(-1), false, true
			}
			if name == "tanh" {
				return one, false, true
			}
			return x, false, true
		case "sinh", "asinh", "cbrt":
			return x, false, true
		case "cosh":
			return inf(false), false, true
		case "log", "log2", "log10", "log1p", "acosh":
			return x, neg, true
		case "atan":
			return nil, false, false
		}
		return nil, true, true
	}
	if x.Sign() == 0 {
		switch name {
		case "exp", "exp2", "exp10", "cos", "cosh", "cospi":
			return one, false, true
		case "log", "log2", "log10":
			return inf(true), false, true
		case "acos":
			return nil, false, false
		case "acosh":
			return nil, true, true
		}
		return x, false, true
	}
	unit := new(big.Float).Abs(x).Cmp(one)
	switch name {
	case "log", "log2", "log10":
		return nil, neg, neg
	case "log1p":
		c := x.Cmp(big.NewFloat(-1))
		return inf(true), c < 0, c <= 0
	case "asin", "acos":
		if name == "acos" && unit == 0 && !neg {
			return new(big.Float), false, true
		}
		return nil, unit > 0, unit > 0
	case "acosh":
		if unit == 0 && !neg {
			return new(big.Float), false, true
		}
		return nil, x.Cmp(one) < 0, x.Cmp(one) < 0
	case "atanh":
		return inf(neg), unit > 0, unit >= 0
	case "sinpi":
		if x.IsInt() {
			z := new(big.Float)
			if neg {
				z.Neg(z)
			}
			return z, false, true
		}
	}
	return nil, false, false
}

func bigFn(t *task.Task, a []core.Value) (core.Value, error) {
	name, err := textArg("bigf_fn", a[0])
	if err != nil {
		return core.Value{}, err
	}
	if isNaN(a[1]) {
		return nanLike(a[2], false), nil
	}
	x := bigFloatOf(a[1])
	if z, nan, ok := bigSpecial(name, x); ok {
		if nan {
			return nanLike(a[2], false), nil
		}
		return bigFloatIn(a[2], z), nil
	}
	f := bigUnary(name, x)
	if f == nil {
		return core.Value{}, core.ArgErrorf("bigf_fn: no function %s", name)
	}
	p, m := contextOf(a[2])
	var z *big.Float
	if err := long(t, int(p)*int(p)/64, func() { z = settle(p, m, f) }); err != nil {
		return core.Value{}, err
	}
	return makeBigFloat(z), nil
}

func bigFn2(_ *task.Task, a []core.Value) (core.Value, error) {
	name, err := textArg("bigf_fn2", a[0])
	if err != nil {
		return core.Value{}, err
	}
	p, m := contextOf(a[3])
	x, y := bigFloatOf(a[1]), bigFloatOf(a[2])
	nan := isNaN(a[1]) || isNaN(a[2])
	var z *big.Float
	switch name {
	case "pow":
		z = bigPow(x, y, isNaN(a[1]), isNaN(a[2]), p, m)
	case "hypot":
		switch {
		case x.IsInf() && !isNaN(a[1]) || y.IsInf() && !isNaN(a[2]):
			z = new(big.Float).SetInf(false)
		case nan:
		case x.Sign() == 0 || y.Sign() == 0:
			z = new(big.Float).Abs(x)
			if x.Sign() == 0 {
				z.Abs(y)
			}
		default:
			z = settle(p, m, func(w uint) *big.Float {
				c := bf{w + 16}
				return c.sqrt(c.add(c.mul(x, x), c.mul(y, y)))
			})
		}
	default:
		if !nan {
			z = bigAtan2(x, y, p, m)
		}
	}
	if z == nil {
		return nanLike(a[3], false), nil
	}
	return bigFloatIn(a[3], z), nil
}

// bigAtan2 is the angle of the point (x, y).
func bigAtan2(y, x *big.Float, p uint, m big.RoundingMode) *big.Float {
	neg := y.Signbit()
	signed := func(w uint, num, den int64) *big.Float {
		c := bf{w + 16}
		h := c.quo(c.mul(piTo(w+8), c.of(float64(num))), c.of(float64(den)))
		if neg {
			h.Neg(h)
		}
		return h
	}
	angle := func(num, den int64) *big.Float {
		return settle(p, m, func(w uint) *big.Float { return signed(w, num, den) })
	}
	switch {
	case y.Sign() == 0 && !x.Signbit():
		return y
	case y.Sign() == 0:
		return angle(1, 1)
	case x.IsInf() && y.IsInf():
		if x.Signbit() {
			return angle(3, 4)
		}
		return angle(1, 4)
	case y.IsInf() || x.Sign() == 0:
		return angle(1, 2)
	case x.IsInf() && !x.Signbit():
		z := new(big.Float)
		if neg {
			z.Neg(z)
		}
		return z
	case x.IsInf():
		return angle(1, 1)
	}
	return settle(p, m, func(w uint) *big.Float {
		c := bf{w + 64}
		r := atanTo(c.quo(y, x), w+8)
		if x.Sign() < 0 {
			r = c.add(signed(w+8, 1, 1), r)
		}
		return r
	})
}

// bigPow is x^y; nil is NaN.
func bigPow(x, y *big.Float, xnan, ynan bool, p uint, m big.RoundingMode) *big.Float {
	one := big.NewFloat(1)
	if !ynan && y.Sign() == 0 || !xnan && x.Cmp(one) == 0 {
		return one
	}
	if xnan || ynan {
		return nil
	}
	odd := y.IsInt() && !y.IsInf() && y.MinPrec() == uint(max(exponentOf(y), 0))
	neg := x.Signbit() && odd
	signed := func(z *big.Float) *big.Float {
		if neg {
			z.Neg(z)
		}
		return z
	}
	a := new(big.Float).Abs(x)
	switch {
	case y.IsInf():
		c := a.Cmp(one)
		if c == 0 {
			return one
		}
		if (c > 0) != y.Signbit() {
			return new(big.Float).SetInf(false)
		}
		return new(big.Float)
	case x.Sign() == 0 || x.IsInf():
		if (x.Sign() == 0) == (y.Sign() > 0) {
			return signed(new(big.Float))
		}
		return signed(new(big.Float).SetInf(false))
	case x.Sign() < 0 && !y.IsInt():
		return nil
	}
	if a.Cmp(one) == 0 {
		return signed(new(big.Float).Set(one))
	}
	if neg { // the direction is that of the magnitude
		switch m {
		case big.ToNegativeInf:
			m = big.ToPositiveInf
		case big.ToPositiveInf:
			m = big.ToNegativeInf
		}
	}
	// An exponent that takes the result out of all bounds.
	if f, _ := y.Float64(); exponentOf(y) > 40 || math.Abs(f*float64(exponentOf(a)-1)) > 1<<40 && exponentOf(a) != 1 {
		if (a.Cmp(one) > 0) == (y.Sign() > 0) {
			return signed(new(big.Float).SetInf(false))
		}
		return signed(new(big.Float))
	}
	if y.IsInt() && exponentOf(y) < 20 {
		n, _ := y.Int64()
		if k := uint(max(n, -n)) * a.MinPrec(); k < 4096 { // exact, but for one division
			z := new(big.Float).SetPrec(k + 1).SetInt64(1)
			for range max(n, -n) {
				z.Mul(z, a)
			}
			r := new(big.Float).SetPrec(p).SetMode(m)
			if n < 0 {
				return signed(r.Quo(one, z))
			}
			return signed(r.Set(z))
		}
	}
	return signed(settle(p, m, func(w uint) *big.Float { return powTo(a, y, w) }))
}

func bigConst(_ *task.Task, a []core.Value) (core.Value, error) {
	name, err := textArg("bigf_const", a[0])
	if err != nil {
		return core.Value{}, err
	}
	var f approx
	switch name {
	case "π":
		f = func(w uint) *big.Float { return piTo(w + 4) }
	case "ℯ":
		f = func(w uint) *big.Float { return expTo(big.NewFloat(1), w) }
	case "log2":
		f = func(w uint) *big.Float { return ln2To(w + 4) }
	case "φ":
		f = func(w uint) *big.Float {
			c := bf{w + 8}
			return c.scale(c.add(c.of(1), c.sqrt(c.of(5))), -1)
		}
	case "γ":
		f = gammaTo
	default:
		f = catalanTo
	}
	p, m := contextOf(a[1])
	return makeBigFloat(settle(p, m, f)), nil
}

// gammaTo is Euler's constant, by the method of Brent and McMillan.
func gammaTo(w uint) *big.Float {
	bits := w + 64
	n := int64(float64(bits)*math.Ln2/4) + 2
	c := bf{bits + 32}
	sq := big.NewInt(n * n)
	b := new(big.Int).Lsh(big.NewInt(1), bits) // (n^k/k!)²
	h := new(big.Int)                          // its product with 1 + 1/2 + ... + 1/k
	u, v := new(big.Int), new(big.Int).Set(b)
	for k := int64(1); b.Sign() != 0 || h.Sign() != 0; k++ {
		kk := big.NewInt(k)
		b.Mul(b, sq).Quo(b, big.NewInt(k*k))
		h.Mul(h, sq).Quo(h, kk).Add(h, b).Quo(h, kk)
		u.Add(u, h)
		v.Add(v, b)
	}
	return c.sub(c.quo(unfixed(u, bits), unfixed(v, bits)), logTo(c.of(float64(n)), bits))
}

// catalanTo is Catalan's constant: pi/8 log(2+√3) + 3/8 Σ 1/((2k+1)² C(2k,k)).
func catalanTo(w uint) *big.Float {
	bits := w + 32
	c := bf{bits + 32}
	t := new(big.Int).Lsh(big.NewInt(1), bits)
	sum := new(big.Int).Set(t)
	for k := int64(1); t.Sign() != 0; k++ {
		t.Mul(t, big.NewInt(k)).Quo(t, big.NewInt(2*(2*k-1)))
		sum.Add(sum, new(big.Int).Quo(t, big.NewInt((2*k+1)*(2*k+1))))
	}
	l := c.mul(piTo(bits), logTo(c.add(c.of(2), c.sqrt(c.of(3))), bits))
	s := c.mul(unfixed(sum, bits), c.of(3))
	return c.scale(c.add(l, s), -3)
}
