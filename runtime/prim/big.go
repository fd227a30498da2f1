package prim

// This file: BigInt and BigFloat on math/big.

import (
	"math"
	"math/big"
	"strings"

	"weft/runtime/core"
	"weft/runtime/task"
)

// BigIntType and BigFloatType are the types BigInt and BigFloat; their values
// are core.BigNum.
var (
	BigIntType   = core.NewOpaque("BigInt", core.Signed, false)
	BigFloatType = core.NewOpaque("BigFloat", core.AbstractFloat, false)
)

// bigPrec is the precision of BigFloat in bits.
const bigPrec = 256

// maxBigBits limits results of shifts and powers so that they cannot take all memory.
const maxBigBits = 1 << 33

var bigTable = []entry{
	{"big_int", 1, 1, "BigInt of an integer", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if b := bigOf(a[0]); b != nil {
			return makeBig(b), nil
		}
		return core.Value{}, unexpected("BigInt", core.Integer, a[0])
	}},
	{"big_add", 2, 2, "sum", bigBin(func(z, x, y *big.Int) { z.Add(x, y) })},
	{"big_sub", 2, 2, "difference", bigBin(func(z, x, y *big.Int) { z.Sub(x, y) })},
	{"big_mul", 2, 2, "product", bigBin(func(z, x, y *big.Int) { z.Mul(x, y) })},
	{"big_and", 2, 2, "bitwise and", bigBin(func(z, x, y *big.Int) { z.And(x, y) })},
	{"big_or", 2, 2, "bitwise or", bigBin(func(z, x, y *big.Int) { z.Or(x, y) })},
	{"big_xor", 2, 2, "bitwise exclusive or", bigBin(func(z, x, y *big.Int) { z.Xor(x, y) })},
	{"big_gcd", 2, 2, "greatest common divisor", bigBin(func(z, x, y *big.Int) {
		z.GCD(nil, nil, new(big.Int).Abs(x), new(big.Int).Abs(y))
	})},
	{"big_neg", 1, 1, "negation", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return makeBig(new(big.Int).Neg(bigOf(a[0]))), nil
	}},
	{"big_not", 1, 1, "complement", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return makeBig(new(big.Int).Not(bigOf(a[0]))), nil
	}},
	{"big_div", 3, 3, "quotient or remainder: operation :div :rem :fld :cld :mod", func(_ *task.Task, a []core.Value) (core.Value, error) {
		op, err := textArg("big_div", a[0])
		if err != nil {
			return core.Value{}, err
		}
		x, y := bigOf(a[1]), bigOf(a[2])
		if x == nil || y == nil {
			return core.Value{}, unexpected("big_div", BigIntType, a[1])
		}
		if y.Sign() == 0 {
			return core.Value{}, core.Err("DivideError")
		}
		return makeBig(bigDiv(op, x, y)), nil
	}},
	{"big_cmp", 2, 2, "-1, 0 or 1; y an integer or a Float64 that is no NaN", bigCmp},
	{"big_sign", 1, 1, "-1, 0 or 1", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Int(int64(bigOf(a[0]).Sign())), nil
	}},
	{"big_pow", 2, 2, "x^p, p >= 0", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x, p := bigOf(a[0]), bigOf(a[1])
		if !p.IsInt64() || int64(x.BitLen())*p.Int64() > maxBigBits && x.BitLen() > 1 {
			return core.Value{}, core.Err("OutOfMemoryError")
		}
		return makeBig(new(big.Int).Exp(x, p, nil)), nil
	}},
	{"big_powmod", 3, 3, "x^p mod m", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x, p, m := bigOf(a[0]), bigOf(a[1]), bigOf(a[2])
		if m.Sign() == 0 {
			return core.Value{}, core.Err("DivideError")
		}
		r := new(big.Int).Exp(x, p, new(big.Int).Abs(m))
		if r == nil {
			return core.Value{}, core.Err("DomainError", a[1], core.MakeString("no inverse"))
		}
		if m.Sign() < 0 && r.Sign() != 0 {
			r.Add(r, m)
		}
		return makeBig(r), nil
	}},
	{"big_shift", 2, 2, "x * 2^n rounded down", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n := int64(a[1].N)
		switch {
		case n > maxBigBits:
			return core.Value{}, core.Err("OutOfMemoryError")
		case n >= 0:
			return makeBig(new(big.Int).Lsh(bigOf(a[0]), uint(n))), nil
		}
		return makeBig(new(big.Int).Rsh(bigOf(a[0]), uint(min(-n, 1<<40)))), nil
	}},
	{"big_isqrt", 1, 1, "integer square root", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x := bigOf(a[0])
		if x.Sign() < 0 {
			return core.Value{}, core.Err("DomainError", a[0], core.MakeString("`x` must be nonnegative"))
		}
		return makeBig(new(big.Int).Sqrt(x)), nil
	}},
	{"big_trailing_zeros", 1, 1, "zero bits from the bottom", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Int(int64(bigOf(a[0]).TrailingZeroBits())), nil
	}},
	{"big_popcount", 1, 1, "one bits of x >= 0", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n := 0
		for _, c := range bigOf(a[0]).Text(2) {
			if c == '1' {
				n++
			}
		}
		return core.Int(int64(n)), nil
	}},
	{"big_from_float", 1, 1, "BigInt of a Float64 with an integer value", func(_ *task.Task, a []core.Value) (core.Value, error) {
		f := a[0].Float64()
		if math.IsNaN(f) || math.IsInf(f, 0) || f != math.Trunc(f) {
			return core.Value{}, inexact("BigInt", BigIntType, a[0])
		}
		b, _ := new(big.Float).SetFloat64(f).Int(nil)
		return makeBig(b), nil
	}},
	{"bigf_make", 1, 1, "BigFloat of a number", func(_ *task.Task, a []core.Value) (core.Value, error) {
		f := bigFloatOf(a[0])
		if f == nil {
			return core.Value{}, unexpected("BigFloat", core.Real, a[0])
		}
		return makeBigFloat(f), nil
	}},
	{"bigf_parse", 1, 1, "BigFloat of decimal text, or nothing", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("bigf_parse", a[0])
		if err != nil {
			return core.Value{}, err
		}
		f, _, err := big.ParseFloat(strings.TrimSpace(s), 10, bigPrec, big.ToNearestEven)
		if err != nil {
			return nothing, nil
		}
		return makeBigFloat(f), nil
	}},
	{"bigf_op", 3, 3, "operation :+ :- :* :/ on BigFloats", bigFloatOp},
	{"bigf_neg", 1, 1, "negation", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return makeBigFloat(new(big.Float).Neg(bigFloatOf(a[0]))), nil
	}},
	{"bigf_sqrt", 1, 1, "square root", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x := bigFloatOf(a[0])
		if x.Sign() < 0 {
			return core.Value{}, core.Err("DomainError", a[0], core.MakeString("NaN result for non-NaN input."))
		}
		return makeBigFloat(newBigFloat().Sqrt(x)), nil
	}},
	{"bigf_cmp", 2, 2, "-1, 0 or 1", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x, y := bigFloatOf(a[0]), bigFloatOf(a[1])
		if x == nil || y == nil {
			return core.Value{}, unexpected("bigf_cmp", BigFloatType, a[1])
		}
		return core.Int(int64(x.Cmp(y))), nil
	}},
	{"bigf_to_int", 1, 1, "BigInt, rounded to zero", func(_ *task.Task, a []core.Value) (core.Value, error) {
		x := bigFloatOf(a[0])
		if x.IsInf() {
			return core.Value{}, inexact("BigInt", BigIntType, a[0])
		}
		b, _ := x.Int(nil)
		return makeBig(b), nil
	}},
	{"bigf_isint", 1, 1, "has an integer value", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(bigFloatOf(a[0]).IsInt()), nil
	}},
	{"bigf_isinf", 1, 1, "is infinite", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(bigFloatOf(a[0]).IsInf()), nil
	}},
	{"bigf_string", 1, 1, "as Julia prints it", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeString(bigFloatText(bigFloatOf(a[0]))), nil
	}},
	{"bigf_pi", 0, 0, "pi", func(_ *task.Task, a []core.Value) (core.Value, error) {
		f, _, err := big.ParseFloat("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798214808651", 10, bigPrec, big.ToNearestEven)
		return makeBigFloat(f), err
	}},
	{"bigf_e", 0, 0, "e", func(_ *task.Task, a []core.Value) (core.Value, error) {
		f, _, err := big.ParseFloat("2.71828182845904523536028747135266249775724709369995957496696762772407663035354759457138217852516642742746", 10, bigPrec, big.ToNearestEven)
		return makeBigFloat(f), err
	}},
}

func makeBig(b *big.Int) core.Value {
	return core.ToValue(&core.BigNum{Type: BigIntType, V: b})
}

func newBigFloat() *big.Float { return new(big.Float).SetPrec(bigPrec) }

func makeBigFloat(f *big.Float) core.Value {
	if f.Prec() != bigPrec {
		f = newBigFloat().Set(f)
	}
	return core.ToValue(&core.BigNum{Type: BigFloatType, F: f})
}

// bigOf is the number that an integer of any type means; nil if v is none.
func bigOf(v core.Value) *big.Int {
	t := core.TypeOf(v)
	switch {
	case t == BigIntType:
		return core.As[core.BigNum](v).V
	case t.Kind == core.KindInt128:
		return get128(v).big(t)
	case t.Kind != core.KindBits:
		return new(big.Int)
	case signed(t):
		return big.NewInt(int64(v.N))
	}
	return new(big.Int).SetUint64(v.N)
}

// bigFloatOf is a BigFloat's, a float's or an integer's value; nil if v is none
// of these or NaN.
func bigFloatOf(v core.Value) *big.Float {
	t := core.TypeOf(v)
	switch t {
	case BigFloatType:
		return core.As[core.BigNum](v).F
	case core.Float64, core.Float32, core.Float16:
		f := floatOf(v)
		if math.IsNaN(f) {
			return newBigFloat()
		}
		return newBigFloat().SetFloat64(f)
	}
	return newBigFloat().SetInt(bigOf(v))
}

// intFromBig makes a value of integer type t; false when b does not fit.
func intFromBig(t *core.DataType, b *big.Int) (core.Value, bool) {
	if t == BigIntType {
		return makeBig(b), true
	}
	w := width(t)
	if t == core.Bool {
		w = 1
	}
	if signed(t) {
		lim := b
		if b.Sign() < 0 {
			lim = new(big.Int).Not(b)
		}
		if lim.BitLen() >= w {
			return core.Value{}, false
		}
	} else if b.Sign() < 0 || b.BitLen() > w {
		return core.Value{}, false
	}
	return truncBig(t, b), true
}

// truncBig keeps the low bits of b.
func truncBig(t *core.DataType, b *big.Int) core.Value {
	if t == BigIntType {
		return makeBig(b)
	}
	m := new(big.Int).And(b, mask128)
	lo := new(big.Int).And(m, mask64).Uint64()
	hi := new(big.Int).Rsh(m, 64).Uint64()
	if t.Kind == core.KindInt128 {
		return core.MakeInt128(t, hi, lo)
	}
	return wrap(t, lo)
}

var (
	mask64  = new(big.Int).SetUint64(math.MaxUint64)
	mask128 = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1))
)

// bigArith is arith by way of math/big.
func bigArith(t *core.DataType, op byte, x, y *big.Int) (core.Value, bool) {
	z := new(big.Int)
	switch op {
	case '+':
		z.Add(x, y)
	case '-':
		z.Sub(x, y)
	default:
		z.Mul(x, y)
	}
	if v, ok := intFromBig(t, z); ok {
		return v, false
	}
	return truncBig(t, z), true
}

// bigDiv is the division named op; y is not 0.
func bigDiv(op string, x, y *big.Int) *big.Int {
	q, r := new(big.Int).QuoRem(x, y, new(big.Int))
	diff := r.Sign() != 0 && (r.Sign() < 0) != (y.Sign() < 0)
	switch op {
	case "div":
		return q
	case "rem":
		return r
	case "mod":
		if diff {
			r.Add(r, y)
		}
		return r
	case "fld":
		if diff {
			q.Sub(q, big.NewInt(1))
		}
	case "cld":
		if r.Sign() != 0 && !diff {
			q.Add(q, big.NewInt(1))
		}
	}
	return q
}

func bigBin(f func(z, x, y *big.Int)) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		z := new(big.Int)
		f(z, bigOf(a[0]), bigOf(a[1]))
		return makeBig(z), nil
	}
}

func bigCmp(_ *task.Task, a []core.Value) (core.Value, error) {
	if core.TypeOf(a[1]) == core.Float64 {
		f := a[1].Float64()
		switch {
		case math.IsInf(f, 1):
			return core.Int(-1), nil
		case math.IsInf(f, -1):
			return core.Int(1), nil
		}
		return core.Int(int64(new(big.Float).SetInt(bigOf(a[0])).Cmp(new(big.Float).SetFloat64(f)))), nil
	}
	return core.Int(int64(bigOf(a[0]).Cmp(bigOf(a[1])))), nil
}

func bigFloatOp(_ *task.Task, a []core.Value) (core.Value, error) {
	op, err := textArg("bigf_op", a[0])
	if err != nil {
		return core.Value{}, err
	}
	x, y := bigFloatOf(a[1]), bigFloatOf(a[2])
	z := newBigFloat()
	bad := func() (core.Value, error) {
		return core.Value{}, core.Err("DomainError", a[2], core.MakeString("the result is NaN, which BigFloat does not have here"))
	}
	switch op {
	case "+":
		if x.IsInf() && y.IsInf() && x.Signbit() != y.Signbit() {
			return bad()
		}
		z.Add(x, y)
	case "-":
		if x.IsInf() && y.IsInf() && x.Signbit() == y.Signbit() {
			return bad()
		}
		z.Sub(x, y)
	case "*":
		if x.IsInf() && y.Sign() == 0 || x.Sign() == 0 && y.IsInf() {
			return bad()
		}
		z.Mul(x, y)
	default:
		if x.IsInf() && y.IsInf() || x.Sign() == 0 && y.Sign() == 0 {
			return bad()
		}
		z.Quo(x, y)
	}
	return makeBigFloat(z), nil
}

// bigFloatText prints as many digits as tell the number from its neighbours,
// without trailing zeros.
func bigFloatText(f *big.Float) string {
	if f.IsInf() {
		if f.Signbit() {
			return "-Inf"
		}
		return "Inf"
	}
	if f.Sign() == 0 {
		if f.Signbit() {
			return "-0.0"
		}
		return "0.0"
	}
	s := f.Text('e', 78)
	mant, exp, _ := strings.Cut(s, "e")
	neg := strings.HasPrefix(mant, "-")
	mant = strings.TrimPrefix(mant, "-")
	digits := strings.TrimRight(strings.Replace(mant, ".", "", 1), "0")
	e := 0
	eneg := strings.HasPrefix(exp, "-")
	for _, c := range strings.TrimLeft(exp, "+-") {
		e = e*10 + int(c-'0')
	}
	if eneg {
		e = -e
	}
	out := layoutDigits(digits, e+1, "e+")
	if neg {
		return "-" + out
	}
	return out
}
