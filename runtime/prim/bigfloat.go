package prim

// This file: BigFloat on math/big: values, arithmetic, comparison, rounding.
//
// A context, an Int that Base passes along, says how a result is rounded: its
// precision in bits times 8, plus a number for the direction (bigModes).

import (
	"math"
	"math/big"

	"weft/runtime/core"
	"weft/runtime/task"
)

// bigModes are the roundings in the order of the context's last three bits.
var bigModes = [...]big.RoundingMode{big.ToNearestEven, big.ToZero, big.ToPositiveInf, big.ToNegativeInf, big.AwayFromZero, big.ToNearestAway, big.ToNearestEven, big.ToNearestEven}

var bigFloatTable = []entry{
	{"bigf_make", 2, 2, "bigf_make(x, ctx): BigFloat of a number.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if isNaN(a[0]) {
			return nanLike(a[1], floatSign(a[0])), nil
		}
		f := bigFloatOf(a[0])
		if f == nil {
			return core.Value{}, unexpected("BigFloat", core.Real, a[0])
		}
		return bigFloatIn(a[1], f), nil
	}},
	{"bigf_ratio", 3, 3, "bigf_ratio(n, d, ctx): the quotient of two integers, rounded once.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n, d := bigOf(a[0]), bigOf(a[1])
		if d.Sign() == 0 && n.Sign() == 0 {
			return nanLike(a[2], false), nil
		}
		z := contextFloat(a[2])
		return makeBigFloat(z.Quo(exactFloat(n), exactFloat(d))), nil
	}},
	{"bigf_matmul", 3, 3, "bigf_matmul(A, B, ctx): the product of two Arrays of BigFloat; nothing if there is a NaN or an infinity in them, or nothing to add up", bigFloatMatmul},
	{"bigf_op", 4, 4, "bigf_op(op, x, y, ctx): operation :+ :- :* :/ on a BigFloat and a number.", bigFloatOp},
	{"bigf_fma", 4, 4, "bigf_fma(x, y, z, ctx): x*y + z rounded once.", bigFloatFMA},
	{"bigf_neg", 1, 1, "negation, in the precision of x", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(BigFloatType) {
			return core.Value{}, unexpected("-", BigFloatType, a[0])
		}
		n := core.As[core.BigNum](a[0])
		return core.ToValue(&core.BigNum{Type: BigFloatType, F: new(big.Float).Neg(n.F), NaN: n.NaN}), nil
	}},
	{"bigf_sqrt", 2, 2, "bigf_sqrt(x, ctx): square root; NaN for x < 0.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x := bigFloatOf(a[0])
		if isNaN(a[0]) || x.Sign() < 0 {
			return nanLike(a[1], false), nil
		}
		p, m := contextOf(a[1])
		return bigFloatIn(a[1], bigSqrt(p, m, x)), nil
	}},
	{"bigf_cmp", 2, 2, "-1, 0, 1, or 2 when one is NaN; of a BigFloat and a number", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if isNaN(a[0]) || isNaN(a[1]) {
			return core.Int(2), nil
		}
		x, y := bigFloatOf(a[0]), bigFloatOf(a[1])
		if x == nil || y == nil {
			return core.Value{}, unexpected("bigf_cmp", BigFloatType, a[1])
		}
		return core.Int(int64(x.Cmp(y))), nil
	}},
	{"bigf_to_int", 2, 2, "bigf_to_int(x, ctx): BigInt, rounded as the context says; nothing when x is not finite.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x := bigFloatOf(a[0])
		if isNaN(a[0]) || x.IsInf() {
			return nothing, nil
		}
		return makeBig(roundToInt(x, bigModes[a[1].N&7])), nil
	}},
	{"bigf_round", 3, 3, "bigf_round(x, ctx, mode): the integer next to x in the direction of mode, as a BigFloat.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x := bigFloatOf(a[0])
		if isNaN(a[0]) {
			return nanLike(a[1], floatSign(a[0])), nil
		}
		if x.IsInf() || x.IsInt() {
			return bigFloatIn(a[1], x), nil
		}
		r := exactFloat(roundToInt(x, bigModes[a[2].N&7]))
		if r.Sign() == 0 && x.Signbit() {
			r.Neg(r)
		}
		return bigFloatIn(a[1], r), nil
	}},
	{"bigf_class", 1, 1, "0 finite, 1 an integer, 2 infinite, 3 NaN", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x := bigFloatOf(a[0])
		switch {
		case isNaN(a[0]):
			return core.Int(3), nil
		case x.IsInf():
			return core.Int(2), nil
		case x.IsInt():
			return core.Int(1), nil
		}
		return core.Int(0), nil
	}},
	{"bigf_signbit", 1, 1, "sign bit", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(bigFloatOf(a[0]).Signbit()), nil
	}},
	{"bigf_precision", 1, 1, "bits of the significand", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Int(int64(bigFloatOf(a[0]).Prec())), nil
	}},
	{"bigf_exponent", 1, 1, "e with |x| = m*2^e, m in [0.5, 1)", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Int(int64(bigFloatOf(a[0]).MantExp(nil))), nil
	}},
	{"bigf_scale", 3, 3, "bigf_scale(x, n, ctx): x * 2^n.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if isNaN(a[0]) {
			return nanLike(a[2], floatSign(a[0])), nil
		}
		n := max(min(int64(a[1].N), math.MaxInt32), math.MinInt32)
		return makeBigFloat(contextFloat(a[2]).SetMantExp(bigFloatOf(a[0]), int(n))), nil
	}},
	{"bigf_next", 2, 2, "bigf_next(x, n): the nth value after x in its precision.", bigFloatNext},
	{"bigf_rem", 4, 4, "bigf_rem(x, y, nearest, ctx): the remainder with the sign of x, or the one next to 0.", bigFloatRem},
	{"bigf_mantissa", 1, 1, "(m, e, p): x is m*2^e with an integer m of at most p bits", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x := bigFloatOf(a[0])
		m, e := mantissa(x)
		return makeTuple(makeBig(m), core.Int(int64(e)), core.Int(int64(x.Prec()))), nil
	}},
}

// contextOf reads precision and rounding of a context.
func contextOf(v core.Value) (uint, big.RoundingMode) {
	if core.TypeOf(v).Kind == core.KindObject { // a Ref of it
		v = v.Field(0)
	}
	n := int64(v.N)
	return uint(max(min(n>>3, big.MaxPrec), 1)), bigModes[n&7]
}

// contextFloat is a zero that rounds as the context says.
func contextFloat(v core.Value) *big.Float {
	p, m := contextOf(v)
	return new(big.Float).SetPrec(p).SetMode(m)
}

// exactFloat is b, of as many bits as it has.
func exactFloat(b *big.Int) *big.Float {
	return new(big.Float).SetPrec(uint(max(b.BitLen(), 1))).SetInt(b)
}

func makeBigFloat(f *big.Float) core.Value {
	return core.ToValue(&core.BigNum{Type: BigFloatType, F: f})
}

// bigFloatIn is f rounded as the context says.
func bigFloatIn(ctx core.Value, f *big.Float) core.Value {
	return makeBigFloat(contextFloat(ctx).Set(f))
}

// nanLike is the NaN of the context's precision.
func nanLike(ctx core.Value, negative bool) core.Value {
	f := contextFloat(ctx)
	if negative {
		f.Neg(f)
	}
	return core.ToValue(&core.BigNum{Type: BigFloatType, F: f, NaN: true})
}

// isNaN reports whether a number of any type is NaN.
func isNaN(v core.Value) bool {
	switch core.TypeOf(v) {
	case BigFloatType:
		return core.As[core.BigNum](v).NaN
	case core.Float64, core.Float32, core.Float16:
		return math.IsNaN(floatOf(v))
	}
	return false
}

// floatSign is the sign bit of a float of any type.
func floatSign(v core.Value) bool {
	if core.TypeOf(v) == BigFloatType {
		return core.As[core.BigNum](v).F.Signbit()
	}
	return math.Signbit(floatOf(v))
}

// bigFloatOf is the exact value of a BigFloat, a float or an integer; zero for NaN.
func bigFloatOf(v core.Value) *big.Float {
	switch core.TypeOf(v) {
	case BigFloatType:
		return core.As[core.BigNum](v).F
	case core.Float64, core.Float32, core.Float16:
		if f := floatOf(v); !math.IsNaN(f) {
			return new(big.Float).SetFloat64(f)
		}
		return new(big.Float)
	}
	return exactFloat(bigOf(v))
}

// mantissa gives the integer m and e with x = m*2^e; x is finite.
func mantissa(x *big.Float) (*big.Int, int) {
	m := new(big.Float)
	e := x.MantExp(m)
	p := int(x.MinPrec())
	b, _ := m.SetMantExp(m, p).Int(nil)
	return b, e - p
}

// roundToInt is x, which is finite, rounded to an integer.
func roundToInt(x *big.Float, mode big.RoundingMode) *big.Int {
	e := x.MantExp(nil)
	if x.IsInt() {
		b, _ := x.Int(nil)
		return b
	}
	if e < 0 { // |x| < 1/2
		b := new(big.Int)
		if mode == big.AwayFromZero || mode == big.ToPositiveInf && x.Sign() > 0 || mode == big.ToNegativeInf && x.Sign() < 0 {
			b.SetInt64(int64(x.Sign()))
		}
		return b
	}
	// Adding a large multiple of 2 makes the last bit that is kept the one of value 1.
	prec := uint(e) + 3
	big2 := new(big.Float).SetMantExp(big.NewFloat(float64(x.Sign())), e+2)
	s := new(big.Float).SetPrec(prec).SetMode(mode).Add(x, big2)
	b, _ := s.Int(nil)
	off, _ := big2.Int(nil)
	return b.Sub(b, off)
}

func bigFloatOp(_ *task.Task, a []core.Value) (core.Value, error) {
	op, err := textArg("bigf_op", a[0])
	if err != nil {
		return core.Value{}, err
	}
	x, y := bigFloatOf(a[1]), bigFloatOf(a[2])
	if isNaN(a[1]) || isNaN(a[2]) {
		return nanLike(a[3], false), nil
	}
	z := contextFloat(a[3])
	nan := false
	switch op {
	case "+":
		if nan = x.IsInf() && y.IsInf() && x.Signbit() != y.Signbit(); !nan {
			z.Add(x, y)
		}
	case "-":
		if nan = x.IsInf() && y.IsInf() && x.Signbit() == y.Signbit(); !nan {
			z.Sub(x, y)
		}
	case "*":
		if nan = x.IsInf() && y.Sign() == 0 || x.Sign() == 0 && y.IsInf(); !nan {
			z.Mul(x, y)
		}
	default:
		if nan = x.IsInf() && y.IsInf() || x.Sign() == 0 && y.Sign() == 0; !nan {
			z.Quo(x, y)
		}
	}
	if nan {
		return nanLike(a[3], false), nil
	}
	return makeBigFloat(z), nil
}

// bigFloatMatmul is the product of two matrices, each item added up as a program would do it.
func bigFloatMatmul(_ *task.Task, v []core.Value) (core.Value, error) {
	a, b, err := twoArrays("*", v)
	if err != nil {
		return core.Value{}, err
	}
	m, n, k := arrayDim(a, 1), arrayDim(b, 2), arrayDim(a, 2)
	numbers := func(arr *core.Array) []*big.Float {
		out := make([]*big.Float, arr.Len)
		for i := range out {
			x := arr.Get(i)
			if x.P == nil || isNaN(x) {
				return nil
			}
			if out[i] = bigFloatOf(x); out[i].IsInf() {
				return nil
			}
		}
		return out
	}
	x, y := numbers(a), numbers(b)
	if x == nil || y == nil || k == 0 || arrayDim(b, 1) != k {
		return nothing, nil
	}
	dims := []int{m, n}
	if b.Dims == nil {
		dims = nil
	}
	out := core.NewArray(b.Type, m*n, dims)
	p := contextFloat(v[2])
	for j := range n {
		for i := range m {
			s := contextFloat(v[2]).Mul(x[i], y[j*k])
			for l := 1; l < k; l++ {
				s.Add(s, p.Mul(x[l*m+i], y[j*k+l]))
			}
			out.Set(j*m+i, makeBigFloat(s))
		}
	}
	return out.Value(), nil
}

func bigFloatFMA(_ *task.Task, a []core.Value) (core.Value, error) {
	x, y, z := bigFloatOf(a[0]), bigFloatOf(a[1]), bigFloatOf(a[2])
	if isNaN(a[0]) || isNaN(a[1]) || isNaN(a[2]) || x.IsInf() && y.Sign() == 0 || x.Sign() == 0 && y.IsInf() {
		return nanLike(a[3], false), nil
	}
	p := new(big.Float).SetPrec(x.Prec()+y.Prec()).Mul(x, y)
	if p.IsInf() && z.IsInf() && p.Signbit() != z.Signbit() {
		return nanLike(a[3], false), nil
	}
	return makeBigFloat(contextFloat(a[3]).Add(p, z)), nil
}

// bigSqrt is the square root of x >= 0.
func bigSqrt(p uint, mode big.RoundingMode, x *big.Float) *big.Float {
	if x.Sign() == 0 || x.IsInf() {
		return x
	}
	// An integer root with at least p+2 bits, and one more bit that tells exact roots.
	m, e := mantissa(x)
	s := max(2*(int(p)+4)-m.BitLen(), 0)
	if (e-s)%2 != 0 {
		s++
	}
	m.Lsh(m, uint(s))
	r := new(big.Int).Sqrt(m)
	exact := new(big.Int).Mul(r, r).Cmp(m) == 0
	r.Lsh(r, 1)
	if !exact {
		r.SetBit(r, 0, 1)
	}
	z := new(big.Float).SetPrec(p).SetMode(mode)
	f := exactFloat(r)
	return z.SetMantExp(f, (e-s)/2-1)
}

func bigFloatNext(_ *task.Task, a []core.Value) (core.Value, error) {
	n := int64(a[1].N)
	x := new(big.Float).Copy(bigFloatOf(a[0]))
	if isNaN(a[0]) {
		return a[0], nil
	}
	up := n > 0
	if n < 0 {
		n = -n
	}
	for ; n > 0; n-- {
		x = neighbour(x, up)
	}
	return makeBigFloat(x), nil
}

// neighbour is the value next to x in its precision.
func neighbour(x *big.Float, up bool) *big.Float {
	p := x.Prec()
	switch {
	case x.IsInf() && x.Signbit() != up:
		return x
	case x.IsInf():
		m := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), p), big.NewInt(1))
		z := new(big.Float).SetPrec(p).SetInt(m)
		z.SetMantExp(z, big.MaxExp-int(p))
		if up {
			z.Neg(z)
		}
		return z
	case x.Sign() == 0:
		z := new(big.Float).SetPrec(p).SetInt64(1)
		z.SetMantExp(z, big.MinExp-1)
		if !up {
			z.Neg(z)
		}
		return z
	}
	if e := x.MantExp(nil); e < big.MinExp+int(p)+2 { // away from the end of the range for a moment
		shift := 2*int(p) + 8
		y := neighbour(new(big.Float).SetMantExp(x, shift), up)
		return y.SetMantExp(y, -shift)
	}
	mode := big.ToPositiveInf
	if !up {
		mode = big.ToNegativeInf
	}
	// Less than a unit in the last place, even below a power of two.
	d := new(big.Float).SetMantExp(big.NewFloat(1), x.MantExp(nil)-int(p)-2)
	if !up {
		d.Neg(d)
	}
	return new(big.Float).SetPrec(p).SetMode(mode).Add(x, d)
}

func bigFloatRem(_ *task.Task, a []core.Value) (core.Value, error) {
	x, y := bigFloatOf(a[0]), bigFloatOf(a[1])
	if isNaN(a[0]) || isNaN(a[1]) || x.IsInf() || y.Sign() == 0 {
		return nanLike(a[3], false), nil
	}
	if y.IsInf() || x.Sign() == 0 {
		return bigFloatIn(a[3], x), nil
	}
	mx, ex := mantissa(x)
	my, ey := mantissa(y)
	my.Abs(my)
	e := min(ex, ey)
	r := new(big.Int)
	switch {
	case ex-ey > 0: // x mod y by modular powers of two
		r.Exp(big.NewInt(2), big.NewInt(int64(ex-ey)), new(big.Int).Lsh(my, 2))
		r.Mul(r, mx)
	case ey-ex > mx.BitLen()+2:
		return bigFloatIn(a[3], x), nil
	default:
		my.Lsh(my, uint(ey-ex))
		r.Set(mx)
	}
	if a[2].N != 0 {
		r = nearestRem(r, my)
	} else {
		r.Rem(r, my)
	}
	f := exactFloat(r)
	z := contextFloat(a[3]).SetMantExp(f, e)
	if z.Sign() == 0 && x.Signbit() {
		z.Neg(z)
	}
	return makeBigFloat(z), nil
}

// nearestRem is x - n*y with the n nearest to x/y, the even one of two.
func nearestRem(x, y *big.Int) *big.Int {
	q, r := new(big.Int).QuoRem(x, y, new(big.Int))
	twice := new(big.Int).Lsh(new(big.Int).Abs(r), 1)
	if c := twice.Cmp(y); c > 0 || c == 0 && q.Bit(0) == 1 {
		if x.Sign() < 0 {
			r.Add(r, y)
		} else {
			r.Sub(r, y)
		}
	}
	return r
}
