package prim

// This file: BigInt on math/big.

import (
	"math"
	"math/big"

	"weft/runtime/core"
	"weft/runtime/task"
)

// BigIntType and BigFloatType are the types BigInt and BigFloat; their values
// are core.BigNum.
var (
	BigIntType   = core.NewOpaque("BigInt", core.Signed, false)
	BigFloatType = core.NewOpaque("BigFloat", core.AbstractFloat, false)
)

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
	{"big_div", 3, 3, "quotient or remainder: operation :div :rem :fld :cld :mod", func(t *task.Task, a []core.Value) (core.Value, error) {
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
		var z *big.Int
		if err := long(t, bigWork(x, y), func() { z = bigDiv(op, x, y) }); err != nil {
			return core.Value{}, err
		}
		return makeBig(z), nil
	}},
	{"big_cmp", 2, 2, "-1, 0 or 1; y an integer or a Float64 that is no NaN", bigCmp},
	{"big_sign", 1, 1, "-1, 0 or 1", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Int(int64(bigOf(a[0]).Sign())), nil
	}},
	{"big_pow", 2, 2, "x^p, p >= 0", func(t *task.Task, a []core.Value) (core.Value, error) {
		x, p := bigOf(a[0]), bigOf(a[1])
		if x.BitLen() > 1 && (!p.IsInt64() || p.Int64() > maxBigBits/int64(x.BitLen())) {
			return core.Value{}, core.Err("OutOfMemoryError")
		}
		z := new(big.Int)
		words := 0
		if x.BitLen() > 1 {
			words = x.BitLen() * int(p.Int64()) / 64
		}
		if err := long(t, words*words, func() { z.Exp(x, p, nil) }); err != nil {
			return core.Value{}, err
		}
		return makeBig(z), nil
	}},
	{"big_powmod", 3, 3, "x^p mod m", func(t *task.Task, a []core.Value) (core.Value, error) {
		x, p, m := bigOf(a[0]), bigOf(a[1]), bigOf(a[2])
		if m.Sign() == 0 {
			return core.Value{}, core.Err("DivideError")
		}
		var r *big.Int
		if err := long(t, bigWork(m, m)*p.BitLen(), func() { r = new(big.Int).Exp(x, p, new(big.Int).Abs(m)) }); err != nil {
			return core.Value{}, err
		}
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
	{"big_isqrt", 1, 1, "integer square root", func(t *task.Task, a []core.Value) (core.Value, error) {
		x := bigOf(a[0])
		if x.Sign() < 0 {
			return core.Value{}, core.Err("DomainError", a[0], core.MakeString("`x` must be nonnegative"))
		}
		z := new(big.Int)
		if err := long(t, bigWork(x, x), func() { z.Sqrt(x) }); err != nil {
			return core.Value{}, err
		}
		return makeBig(z), nil
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
}

func makeBig(b *big.Int) core.Value {
	return core.ToValue(&core.BigNum{Type: BigIntType, V: b})
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
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		z, x, y := new(big.Int), bigOf(a[0]), bigOf(a[1])
		if err := long(t, bigWork(x, y), func() { f(z, x, y) }); err != nil {
			return core.Value{}, err
		}
		return makeBig(z), nil
	}
}

// bigWork is about how many steps operations on x and y take at most, those that go up with
// the product of their lengths.
func bigWork(x, y *big.Int) int { return (x.BitLen()/64 + 1) * (y.BitLen()/64 + 1) }

func bigCmp(_ *task.Task, a []core.Value) (core.Value, error) {
	if core.TypeOf(a[1]) == core.Float64 {
		f := a[1].Float64()
		switch {
		case math.IsInf(f, 1):
			return core.Int(-1), nil
		case math.IsNaN(f):
			return core.Value{}, core.ArgErrorf("cmp: NaN has no place among the numbers")
		case math.IsInf(f, -1):
			return core.Int(1), nil
		}
		return core.Int(int64(new(big.Float).SetInt(bigOf(a[0])).Cmp(new(big.Float).SetFloat64(f)))), nil
	}
	return core.Int(int64(bigOf(a[0]).Cmp(bigOf(a[1])))), nil
}
