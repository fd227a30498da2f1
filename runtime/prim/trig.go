package prim

// This file: trigonometric functions and their inverses with the polynomials and the
// order of operations of Sun's FDLIBM, which Julia's use too, so that the last bits are
// the same. Each Float32 function has its own coefficients, most in double precision.

import (
	"math"
	"math/big"
	"sync"
)

// mul keeps a product from being fused with a sum on machines that would.
func mul(x, y float64) float64 { return float64(x * y) }

// horner is the polynomial with coefficients of rising powers at x.
func horner(x float64, cs ...float64) float64 {
	v := cs[len(cs)-1]
	for i := len(cs) - 2; i >= 0; i-- {
		v = mul(x, v) + cs[i]
	}
	return v
}

// highWord clears the lower 32 bits of x.
func highWord(x float64) float64 { return math.Float64frombits(math.Float64bits(x) >> 32 << 32) }

const (
	pio4Lo = 3.06161699786838301793e-17
	pio2Lo = 6.12323399573676603587e-17
	piLo   = 1.2246467991473531772e-16
)

// sinKernel is the sine of y.hi + y.lo, which is at most pi/4.
func sinKernel(y dd) float64 {
	z := y.hi * y.hi
	w := z * z
	r := horner(z, 8.33333333332248946124e-03, -1.98412698298579493134e-04, 2.75573137070700676789e-06) +
		mul(mul(z, w), horner(z, -2.50507602534068634195e-08, 1.58969099521155010221e-10))
	v := z * y.hi
	const s1 = -1.66666666666666324348e-01
	if y.lo == 0 {
		return y.hi + mul(v, s1+mul(z, r))
	}
	return y.hi - ((mul(z, mul(0.5, y.lo)-mul(v, r)) - y.lo) - mul(v, s1))
}

// cosKernel is the cosine of y.hi + y.lo, which is at most pi/4.
func cosKernel(y dd) float64 {
	z := y.hi * y.hi
	w := z * z
	r := mul(z, horner(z, 4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05)) +
		mul(mul(w, w), horner(z, -2.75573143513906633035e-07, 2.08757232129817482790e-09, -1.13596475577881948265e-11))
	h := 0.5 * z
	v := 1 - h
	return v + (((1 - v) - h) + (mul(z, r) - mul(y.hi, y.lo)))
}

// tanKernel is the tangent of y.hi + y.lo, which is at most pi/4, or -1 over it.
func tanKernel(y dd, inverse bool) float64 {
	k := 1.0
	if inverse {
		k = -1
	}
	hi, lo := y.hi, y.lo
	large := math.Abs(hi) >= 0.6744
	if large {
		if hi < 0 {
			hi, lo = -hi, -lo
		}
		hi, lo = (math.Pi/4-hi)+(pio4Lo-lo), 0
	}
	z := hi * hi
	w := z * z
	r := horner(w, 1.33333333333201242699e-01, 2.18694882948595424599e-02, 3.59207910759131235356e-03,
		5.88041240820264096874e-04, 7.81794442939557092300e-05, -1.85586374855275456654e-05)
	v := mul(z, horner(w, 5.39682539762260521377e-02, 8.86323982359930005737e-03, 1.45620945432529025516e-03,
		2.46463134818469906812e-04, 7.14072491382608190305e-05, 2.59073051863633712884e-05))
	s := z * hi
	r = lo + mul(z, mul(s, r+v)+lo)
	r += mul(3.33333333333334091986e-01, s)
	p := hi + r
	if large {
		t := k - 2*(hi-(mul(p, p)/(k+p)-r))
		return math.Copysign(1, y.hi) * t
	}
	if !inverse {
		return p
	}
	ph := highWord(p)
	v = r - (ph - hi)
	a := -1 / p
	t := highWord(a)
	return t + mul(a, (1+mul(t, ph))+mul(t, v))
}

func sin64(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a < 0x1p-26:
		return x
	case a < math.Pi/4:
		return sinKernel(dd{x, 0})
	}
	n, y := remPio2(x)
	return quadrant(n, y)
}

func cos64(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a < 1.0536712127723509e-08:
		return 1
	case a < math.Pi/4:
		return cosKernel(dd{x, 0})
	}
	n, y := remPio2(x)
	return quadrant(n+1, y)
}

// quadrant is the sine of y + n*pi/2.
func quadrant(n int, y dd) float64 {
	switch n & 3 {
	case 0:
		return sinKernel(y)
	case 1:
		return cosKernel(y)
	case 2:
		return -sinKernel(y)
	}
	return -cosKernel(y)
}

func tan64(x float64) float64 {
	a := math.Abs(x)
	switch {
	case a < 0x1p-27:
		return x
	case a < math.Pi/4:
		return tanKernel(dd{x, 0}, false)
	}
	n, y := remPio2(x)
	return tanKernel(y, n&1 == 1)
}

// remPio2 is x less the nearest multiple n of pi/2, in two parts.
func remPio2(x float64) (int, dd) {
	const (
		p1, p1t = 1.57079632673412561417e+00, 6.07710050650619224932e-11
		p2, p2t = 6.07710050630396597660e-11, 2.02226624879595063154e-21
		p3, p3t = 2.02226624871116645580e-21, 8.47842766036889956997e-32
	)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, dd{math.NaN(), 0}
	}
	top := uint32(math.Float64bits(x)>>32) & 0x7fffffff
	if top >= 0x413921fb {
		return remPio2Large(x)
	}
	// In two parts where that is precise: not next to a multiple of pi/2.
	if m := simpleMultiple(top); m != 0 {
		f := math.Copysign(m, x)
		z := x - mul(f, p1)
		hi := z - mul(f, p1t)
		return int(f), dd{hi, (z - hi) - mul(f, p1t)}
	}
	fn := math.RoundToEven(x * (2 / math.Pi))
	r := x - mul(fn, p1)
	w := fn * p1t
	hi := r - w
	lost := func() int { return int(top>>20) - int(math.Float64bits(hi)>>52&0x7ff) }
	if lost() > 16 {
		t := r
		w = fn * p2
		r = t - w
		w = mul(fn, p2t) - ((t - r) - w)
		hi = r - w
		if lost() > 49 {
			t = r
			w = fn * p3
			r = t - w
			w = mul(fn, p3t) - ((t - r) - w)
			hi = r - w
		}
	}
	return int(fn), dd{hi, (r - hi) - w}
}

// simpleMultiple gives the multiple of pi/2 that is next to a number with the high
// word top, up to 4, or 0.
func simpleMultiple(top uint32) float64 {
	switch {
	case top <= 0x400f6a7a && top&0xfffff == 0x921fb:
		return 0
	case top <= 0x4002d97c:
		return 1
	case top <= 0x400f6a7a:
		return 2
	case top == 0x4012d97c:
		return 0
	case top <= 0x4015fdbc:
		return 3
	case top == 0x401921fb:
		return 0
	case top <= 0x401c463b:
		return 4
	}
	return 0
}

// remPio2Large is remPio2 by exact arithmetic: the fraction of x/(2pi) to 128 bits.
func remPio2Large(x float64) (int, dd) {
	m, e := math.Frexp(math.Abs(x))
	mant := new(big.Int).SetUint64(uint64(math.Ldexp(m, 53)))
	e -= 53
	bits := min(invTwoPiBits, e+256) // the others come to less than 2^-192
	i := new(big.Int).Rsh(invTwoPi(), uint(invTwoPiBits-bits))
	i.Mul(i, mant)
	// the fraction of i * 2^(e-bits), to 128 bits
	i.Rsh(i, uint(bits-e-128))
	i.And(i, mask128)
	if x < 0 {
		i.Sub(new(big.Int).Lsh(bigOne, 128), i)
		i.And(i, mask128)
	}
	q := (int(new(big.Int).Rsh(i, 125).Int64()) + 1) >> 1
	f := new(big.Int).Lsh(i, 2)
	f.And(f, mask128)
	if f.Bit(127) == 1 {
		f.Sub(f, new(big.Int).Lsh(bigOne, 128))
	}
	zhi, zlo := splitFraction(f)
	const h, l = 1.5707963407039642, -1.3909067614167116e-8
	hi := (zhi + zlo) * (math.Pi / 2)
	lo := (((mul(zhi, h) - hi) + mul(zhi, l)) + mul(zlo, h)) + mul(zlo, l)
	return q, dd{hi, lo}
}

// invTwoPiBits is how many bits of 1/(2pi) the greatest number needs.
const invTwoPiBits = 1216

// invTwoPi is 1/(2pi) * 2^invTwoPiBits, without its fraction; it is computed when it is first needed.
var invTwoPi = sync.OnceValue(func() *big.Int {
	inv := new(big.Float).SetPrec(invTwoPiBits + 64)
	inv.Quo(big.NewFloat(0.5), piTo(invTwoPiBits+64))
	inv.SetMantExp(inv, invTwoPiBits)
	i, _ := inv.Int(nil)
	return i
})

// splitFraction is f/2^128 as a float of 26 bits and the rest.
func splitFraction(f *big.Int) (float64, float64) {
	if f.Sign() == 0 {
		return 0, 0
	}
	x := new(big.Int).Abs(f)
	n := x.BitLen()
	cut := func(b *big.Int, bits int) (*big.Int, float64) {
		s := b.BitLen() - bits
		top := new(big.Int)
		if s >= 0 {
			top.Rsh(b, uint(s))
			top.Lsh(top, uint(s))
		} else {
			top.Set(b)
		}
		v, _ := new(big.Float).SetInt(top).Float64()
		return top, math.Ldexp(v, -128)
	}
	top, hi := cut(x, min(26, n))
	x.Sub(x, top)
	lo := 0.0
	if x.Sign() != 0 {
		_, lo = cut(x, 53)
	}
	if f.Sign() < 0 {
		hi, lo = -hi, -lo
	}
	return hi, lo
}

// arcR is the rational approximation of (asin(x) - x)/x with t = x².
func arcR(t float64) float64 {
	p := t * horner(t, 1.66666666666666657415e-01, -3.25565818622400915405e-01, 2.01212532134862925881e-01,
		-4.00555345006794114027e-02, 7.91534994289814532176e-04, 3.47933107596021167570e-05)
	return p / horner(t, 1, -2.40339491173441421878e+00, 2.02094576023350569471e+00, -6.88283971605453293030e-01, 7.70381505559019352791e-02)
}

func asin64(x float64) float64 {
	a := math.Abs(x)
	switch {
	case !(a < 1):
		if a == 1 {
			return math.Copysign(math.Pi/2, x)
		}
		return math.NaN()
	case a < 0x1p-26:
		return x
	case a < 0.5:
		return x + mul(x, arcR(x*x))
	}
	t := (1 - a) / 2
	s, r := math.Sqrt(t), arcR(t)
	var z float64
	if a >= 0.975 {
		z = math.Pi/2 - (2*(s+mul(s, r)) - pio2Lo)
	} else {
		f := highWord(s)
		c := (t - mul(f, f)) / (s + f)
		p := 2*s*r - (pio2Lo - 2*c)
		q := math.Pi/4 - 2*f
		z = math.Pi/4 - (p - q)
	}
	return math.Copysign(z, x)
}

func acos64(x float64) float64 {
	a := math.Abs(x)
	switch {
	case !(a < 1):
		switch x {
		case 1:
			return 0
		case -1:
			return math.Pi
		}
		return math.NaN()
	case a < 0x1p-57:
		return math.Pi / 2
	case a < 0.5:
		return math.Pi/2 - (x - (pio2Lo - mul(x, arcR(x*x))))
	}
	z := (1 - a) * 0.5
	r, s := arcR(z), math.Sqrt(z)
	if x < 0 {
		return math.Pi - 2*(s+(mul(r, s)-pio2Lo))
	}
	f := highWord(s)
	c := (z - mul(f, f)) / (s + f)
	return 2 * (f + (mul(r, s) + c))
}

// atanTable has the angles that atan64 reduces to, in two parts: the inverse tangents
// of 1/2, 1, 3/2 and infinity.
var atanTable = [4]dd{
	{4.63647609000806093515e-01, 2.26987774529616870924e-17},
	{7.85398163397448278999e-01, 3.06161699786838301793e-17},
	{9.82793723247329054082e-01, 1.39033110312309984516e-17},
	{1.57079632679489655800e+00, 6.12323399573676603587e-17},
}

func atan64(x float64) float64 {
	a := math.Abs(x)
	if a >= 0x1p66 {
		return math.Copysign(math.Pi/2, x)
	}
	if a < 0x1p-27 {
		return x
	}
	k, t := atanReduce(a)
	z := t * t
	w := z * z
	p := z * horner(w, 3.33333333333329318027e-01, 1.42857142725034663711e-01, 9.09088713343650656196e-02,
		6.66107313738753120669e-02, 4.97687799461593236017e-02, 1.62858201153657823623e-02)
	q := w * horner(w, -1.99999999998764832476e-01, -1.11111104054623557880e-01, -7.69187620504482999495e-02,
		-5.83357013379057348645e-02, -3.65315727442169155270e-02)
	if k < 0 {
		return x - mul(x, p+q)
	}
	y := atanTable[k]
	return math.Copysign(y.hi-((mul(t, p+q)-y.lo)-t), x)
}

// atanReduce gives the entry of atanTable to start from, -1 for none, and the tangent
// of what is left.
func atanReduce(a float64) (int, float64) {
	switch {
	case !(a >= 7.0/16):
		return -1, a
	case a < 11.0/16:
		return 0, (2*a - 1) / (2 + a)
	case a < 19.0/16:
		return 1, (a - 1) / (a + 1)
	case a < 39.0/16:
		return 2, (a - 1.5) / (1 + mul(1.5, a))
	}
	return 3, -1 / a
}

func atan2of64(y, x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsNaN(y):
		return x + y
	case x == 1:
		return atan64(y)
	case y == 0 || x == 0 || math.IsInf(x, 0) || math.IsInf(y, 0):
		return math.Atan2(y, x)
	}
	top := func(v float64) int { return int(math.Float64bits(v) >> 32 & 0x7fffffff) }
	k := (top(y) - top(x)) >> 20
	neg := x < 0
	var z float64
	switch {
	case k > 60:
		return math.Copysign(math.Pi/2, y)
	case neg && k < -60:
		z = 0
	default:
		z = atan64(math.Abs(y / x))
	}
	if neg {
		z = math.Pi - (z - piLo)
	}
	return math.Copysign(z, y)
}

// sinPiKernel and cosPiKernel are the sine and cosine of pi*x for |x| <= 1/4.
func sinPiKernel(x float64) float64 {
	z := x * x
	w := z * z
	r := horner(z, 2.5501640398773415, -0.5992645293202981, 0.08214588658006512, -7.370429884921779e-3, 4.662827319453555e-4, -2.1717412523382308e-5)
	return math.FMA(3.141592653589793, x, x*math.FMA(-5.16771278004997, z, math.FMA(w, r, 1.2245907532225998e-16)))
}

func cosPiKernel(x float64) float64 {
	z := x * x
	r := z * horner(z, 4.058712126416765, -1.3352627688537357, 0.23533063027900392, -0.025806887811869204, 1.9294917136379183e-3, -1.0368935675474665e-4)
	a := 4.934802200544679 * z
	lo := math.FMA(3.109686485461973e-16, z, math.FMA(4.934802200544679, z, -a))
	w := 1 - a
	return w + math.FMA(z, r, ((1-w)-a)-lo)
}

// sinCosPi is the sine and the cosine of pi*x.
func sinCosPi(x float64) (s, c float64) {
	a := math.Abs(x)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return math.NaN(), math.NaN()
	case a >= 0x1p53:
		return math.Copysign(0, x), 1
	}
	n := math.RoundToEven(2 * a)
	r := math.FMA(-0.5, n, a)
	s, c = sinPiKernel(r), cosPiKernel(r)
	switch int64(n) & 3 {
	case 1:
		s, c = c, 0-s
	case 2:
		s, c = 0-s, 0-c
	case 3:
		s, c = 0-c, s
	}
	if math.Signbit(x) {
		s = -s
	}
	return s, c
}
