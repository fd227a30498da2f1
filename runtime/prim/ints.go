package prim

// This file: arithmetic on the machine integers of all widths. Operands of a
// binary operation have one type; Base's promotion sees to that.

import (
	"math/bits"

	"weft/runtime/core"
	"weft/runtime/task"
)

var intTable = []entry{
	{"add_int", 2, 2, "wrapping sum", binInt(func(x, y uint64) uint64 { return x + y }, add128)},
	{"sub_int", 2, 2, "wrapping difference", binInt(func(x, y uint64) uint64 { return x - y }, sub128)},
	{"mul_int", 2, 2, "wrapping product", binInt(func(x, y uint64) uint64 { return x * y }, mul128)},
	{"and_int", 2, 2, "bitwise and", binInt(func(x, y uint64) uint64 { return x & y }, func(x, y u128) u128 { return u128{x.hi & y.hi, x.lo & y.lo} })},
	{"or_int", 2, 2, "bitwise or", binInt(func(x, y uint64) uint64 { return x | y }, func(x, y u128) u128 { return u128{x.hi | y.hi, x.lo | y.lo} })},
	{"xor_int", 2, 2, "bitwise exclusive or", binInt(func(x, y uint64) uint64 { return x ^ y }, func(x, y u128) u128 { return u128{x.hi ^ y.hi, x.lo ^ y.lo} })},
	{"int_add", 2, 2, "wrapping sum", binInt(func(x, y uint64) uint64 { return x + y }, add128)},
	{"int_sub", 2, 2, "wrapping difference", binInt(func(x, y uint64) uint64 { return x - y }, sub128)},
	{"int_mul", 2, 2, "wrapping product", binInt(func(x, y uint64) uint64 { return x * y }, mul128)},
	{"int_and", 2, 2, "bitwise and", binInt(func(x, y uint64) uint64 { return x & y }, func(x, y u128) u128 { return u128{x.hi & y.hi, x.lo & y.lo} })},
	{"int_or", 2, 2, "bitwise or", binInt(func(x, y uint64) uint64 { return x | y }, func(x, y u128) u128 { return u128{x.hi | y.hi, x.lo | y.lo} })},
	{"int_xor", 2, 2, "bitwise exclusive or", binInt(func(x, y uint64) uint64 { return x ^ y }, func(x, y u128) u128 { return u128{x.hi ^ y.hi, x.lo ^ y.lo} })},
	{"neg_int", 1, 1, "wrapping negation", intNeg},
	{"int_neg", 1, 1, "wrapping negation", intNeg},
	{"not_int", 1, 1, "bitwise complement", intNot},
	{"int_not", 1, 1, "bitwise complement", intNot},
	{"slt_int", 2, 2, "signed <", cmpInt(func(c int) bool { return c < 0 }, true)},
	{"sle_int", 2, 2, "signed <=", cmpInt(func(c int) bool { return c <= 0 }, true)},
	{"ult_int", 2, 2, "unsigned <", cmpInt(func(c int) bool { return c < 0 }, false)},
	{"ule_int", 2, 2, "unsigned <=", cmpInt(func(c int) bool { return c <= 0 }, false)},
	{"eq_int", 2, 2, "equality of bits", intEq},
	{"ne_int", 2, 2, "inequality of bits", intNe},
	{"int_eq", 2, 2, "equality of bits", intEq},
	{"int_lt", 2, 2, "<, signed or unsigned as the type says", intLt},
	{"int_le", 2, 2, "<=, signed or unsigned as the type says", intLe},
	{"int_shl", 2, 2, "x << n; n any non-negative integer", shiftInt('l')},
	{"int_ashr", 2, 2, "x >> n, arithmetic for signed types", shiftInt('a')},
	{"int_lshr", 2, 2, "x >>> n", shiftInt('u')},
	{"int_div", 2, 2, "quotient rounded to zero", divInt("div")},
	{"int_rem", 2, 2, "remainder with the sign of x", divInt("rem")},
	{"int_fld", 2, 2, "quotient rounded down", divInt("fld")},
	{"int_cld", 2, 2, "quotient rounded up", divInt("cld")},
	{"int_mod", 2, 2, "remainder with the sign of y", divInt("mod")},
	{"int_checked_add", 2, 2, "sum, OverflowError when it does not fit", checkedInt('+')},
	{"int_checked_sub", 2, 2, "difference, OverflowError when it does not fit", checkedInt('-')},
	{"int_checked_mul", 2, 2, "product, OverflowError when it does not fit", checkedInt('*')},
	{"int_add_flag", 2, 2, "(wrapped sum, overflowed)", flagInt('+')},
	{"int_sub_flag", 2, 2, "(wrapped difference, overflowed)", flagInt('-')},
	{"int_mul_flag", 2, 2, "(wrapped product, overflowed)", flagInt('*')},
	{"int_popcount", 1, 1, "number of one bits", countInt(func(x uint64, w int) int { return bits.OnesCount64(x) })},
	{"int_leading_zeros", 1, 1, "zero bits from the top", countInt(func(x uint64, w int) int { return bits.LeadingZeros64(x) - (64 - w) })},
	{"int_trailing_zeros", 1, 1, "zero bits from the bottom", countInt(func(x uint64, w int) int { return min(bits.TrailingZeros64(x), w) })},
	{"int_bswap", 1, 1, "bytes reversed", intBswap},
	{"int_bitreverse", 1, 1, "bits reversed", intBitreverse},
	{"int_convert", 2, 2, "x as type T, InexactError when it does not fit", intConvert},
	{"int_trunc", 2, 2, "the low bits of x as type T", intTrunc},
	{"int_gcd", 2, 2, "greatest common divisor of two 64-bit integers", intGcd},
	{"int_powmod", 3, 3, "x^p mod m for Int64, p >= 0", intPowmod},
	{"int_pow", 2, 2, "x^p wrapping, p >= 0", intPow},
	{"bits_reinterpret", 2, 2, "the bits of x as a value of type T of the same size", bitsReinterpret},
	{"bool_not", 1, 1, "!x", func(t *task.Task, a []core.Value) (core.Value, error) { return core.MakeBool(!a[0].IsTrue()), nil }},
}

// wrap makes the value of integer type t whose low bits are those of n.
func wrap(t *core.DataType, n uint64) core.Value {
	switch t {
	case core.Int64, core.UInt64:
	case core.Int8:
		n = uint64(int64(int8(n)))
	case core.Int16:
		n = uint64(int64(int16(n)))
	case core.Int32:
		n = uint64(int64(int32(n)))
	case core.Bool:
		n &= 1
	default:
		if t.Kind == core.KindInt128 {
			return core.MakeInt128(t, 0, n)
		}
		if t.Size < 8 {
			n &= 1<<(8*t.Size) - 1
		}
	}
	return core.Bits(t, n)
}

// signed reports whether t is a signed integer type.
func signed(t *core.DataType) bool { return t.Super == core.Signed }

// width is the number of bits of an integer of type t.
func width(t *core.DataType) int { return 8 * int(t.Size) }

// zbits is x with the bits above its width cleared.
func zbits(x core.Value) uint64 {
	t := core.TypeOf(x)
	if t.Size < 8 {
		return x.N & (1<<(8*t.Size) - 1)
	}
	return x.N
}

func isInt(t *core.DataType) bool { return t.Kind == core.KindBits || t.Kind == core.KindInt128 }

// pair checks that both operands are integers of one type.
func pair(a []core.Value) (*core.DataType, error) {
	t := core.TypeOf(a[0])
	if !isInt(t) {
		return nil, unexpected("integer operation", core.Int64, a[0])
	}
	if core.TypeOf(a[1]) != t {
		return nil, unexpected("integer operation", t, a[1])
	}
	return t, nil
}

func binInt(f func(x, y uint64) uint64, g func(x, y u128) u128) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := pair(a)
		if err != nil {
			return core.Value{}, err
		}
		if t.Kind == core.KindInt128 {
			return g(get128(a[0]), get128(a[1])).value(t), nil
		}
		return wrap(t, f(a[0].N, a[1].N)), nil
	}
}

func intNeg(_ *task.Task, a []core.Value) (core.Value, error) {
	t := core.TypeOf(a[0])
	switch t.Kind {
	case core.KindBits:
		return wrap(t, -a[0].N), nil
	case core.KindInt128:
		return sub128(u128{}, get128(a[0])).value(t), nil
	}
	return core.Value{}, unexpected("neg_int", core.Int64, a[0])
}

func intNot(_ *task.Task, a []core.Value) (core.Value, error) {
	t := core.TypeOf(a[0])
	switch t.Kind {
	case core.KindBits:
		return wrap(t, ^a[0].N), nil
	case core.KindInt128:
		x := get128(a[0])
		return u128{^x.hi, ^x.lo}.value(t), nil
	}
	return core.Value{}, unexpected("not_int", core.Int64, a[0])
}

// compare orders two integers of one type.
func compare(t *core.DataType, x, y core.Value, asSigned bool) int {
	if t.Kind == core.KindInt128 {
		a, b := get128(x), get128(y)
		if asSigned {
			a.hi ^= 1 << 63
			b.hi ^= 1 << 63
		}
		switch {
		case a.hi != b.hi:
			return cmpWord(a.hi, b.hi)
		default:
			return cmpWord(a.lo, b.lo)
		}
	}
	if asSigned {
		switch {
		case int64(x.N) < int64(y.N):
			return -1
		case x.N == y.N:
			return 0
		}
		return 1
	}
	return cmpWord(zbits(x), zbits(y))
}

func cmpWord(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func cmpInt(f func(int) bool, asSigned bool) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := pair(a)
		if err != nil {
			return core.Value{}, err
		}
		return core.MakeBool(f(compare(t, a[0], a[1], asSigned))), nil
	}
}

func intLt(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := pair(a)
	if err != nil {
		return core.Value{}, err
	}
	return core.MakeBool(compare(t, a[0], a[1], signed(t)) < 0), nil
}

func intLe(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := pair(a)
	if err != nil {
		return core.Value{}, err
	}
	return core.MakeBool(compare(t, a[0], a[1], signed(t)) <= 0), nil
}

func intEq(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := pair(a)
	if err != nil {
		return core.Value{}, err
	}
	return core.MakeBool(compare(t, a[0], a[1], false) == 0), nil
}

func intNe(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := pair(a)
	if err != nil {
		return core.Value{}, err
	}
	return core.MakeBool(compare(t, a[0], a[1], false) != 0), nil
}

func shiftInt(kind byte) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, nt := core.TypeOf(a[0]), core.TypeOf(a[1])
		if !isInt(t) || !isInt(nt) {
			return core.Value{}, unexpected("shift", core.Int64, a[1])
		}
		n := uint(255)
		if nt.Kind == core.KindInt128 {
			if c := get128(a[1]); c.hi == 0 && c.lo < 255 {
				n = uint(c.lo)
			}
		} else if c := zbits(a[1]); c < 255 {
			n = uint(c)
		}
		if t.Kind == core.KindInt128 {
			x := get128(a[0])
			switch {
			case kind == 'l':
				x = x.shl(n)
			case kind == 'a' && signed(t):
				x = x.ashr(n)
			default:
				x = x.lshr(n)
			}
			return x.value(t), nil
		}
		if kind == 'l' {
			return wrap(t, zbits(a[0])<<n), nil
		}
		if kind == 'a' && signed(t) {
			return wrap(t, uint64(int64(a[0].N)>>n)), nil
		}
		return wrap(t, zbits(a[0])>>n), nil
	}
}

func divInt(op string) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := pair(a)
		if err != nil {
			return core.Value{}, err
		}
		if t.Kind == core.KindInt128 {
			return div128(t, op, get128(a[0]), get128(a[1]))
		}
		if a[1].N == 0 {
			return core.Value{}, core.Err("DivideError")
		}
		if !signed(t) {
			x, y := zbits(a[0]), zbits(a[1])
			switch op {
			case "div", "fld":
				return wrap(t, x/y), nil
			case "cld":
				q := x / y
				if x%y != 0 {
					q++
				}
				return wrap(t, q), nil
			}
			return wrap(t, x%y), nil
		}
		x, y := int64(a[0].N), int64(a[1].N)
		if y == -1 {
			if op == "rem" || op == "mod" {
				return wrap(t, 0), nil
			}
			if r := wrap(t, uint64(-x)); x != 0 && int64(r.N) == x {
				return core.Value{}, core.Err("DivideError")
			}
			return wrap(t, uint64(-x)), nil
		}
		q, r := x/y, x%y
		switch op {
		case "rem":
			q = r
		case "fld":
			if r != 0 && (r < 0) != (y < 0) {
				q--
			}
		case "cld":
			if r != 0 && (r < 0) == (y < 0) {
				q++
			}
		case "mod":
			if r != 0 && (r < 0) != (y < 0) {
				r += y
			}
			q = r
		}
		return wrap(t, uint64(q)), nil
	}
}

// arith computes x op y with wrap-around and says whether it overflowed.
func arith(t *core.DataType, op byte, x, y core.Value) (core.Value, bool) {
	if t.Kind == core.KindInt128 || t.Size == 8 && op == '*' {
		a, b := bigOf(x), bigOf(y)
		return bigArith(t, op, a, b)
	}
	var r uint64
	switch op {
	case '+':
		r = x.N + y.N
	case '-':
		r = x.N - y.N
	default:
		r = x.N * y.N
	}
	v := wrap(t, r)
	if t.Size < 8 {
		return v, v.N != r
	}
	if signed(t) {
		if op == '+' {
			return v, (x.N^r)&(y.N^r)>>63 != 0
		}
		return v, (x.N^y.N)&(x.N^r)>>63 != 0
	}
	if op == '+' {
		return v, r < x.N
	}
	return v, x.N < y.N
}

func checkedInt(op byte) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := pair(a)
		if err != nil {
			return core.Value{}, err
		}
		v, over := arith(t, op, a[0], a[1])
		if over {
			return core.Value{}, core.Err("OverflowError", core.MakeString(
				intText(a[0], 10)+" "+string(op)+" "+intText(a[1], 10)+" overflowed for type "+t.Name.Name.Name))
		}
		return v, nil
	}
}

func flagInt(op byte) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := pair(a)
		if err != nil {
			return core.Value{}, err
		}
		v, over := arith(t, op, a[0], a[1])
		return tuple2(v, core.MakeBool(over)), nil
	}
}

func countInt(f func(x uint64, w int) int) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		t := core.TypeOf(a[0])
		if t.Kind == core.KindInt128 {
			return core.Int(int64(count128(get128(a[0]), f))), nil
		}
		if t.Kind != core.KindBits {
			return core.Value{}, unexpected("count", core.Int64, a[0])
		}
		return core.Int(int64(f(zbits(a[0]), width(t)))), nil
	}
}

func intBswap(_ *task.Task, a []core.Value) (core.Value, error) {
	t := core.TypeOf(a[0])
	if t.Kind == core.KindInt128 {
		x := get128(a[0])
		return u128{bits.ReverseBytes64(x.lo), bits.ReverseBytes64(x.hi)}.value(t), nil
	}
	return wrap(t, bits.ReverseBytes64(a[0].N)>>(64-width(t))), nil
}

func intBitreverse(_ *task.Task, a []core.Value) (core.Value, error) {
	t := core.TypeOf(a[0])
	if t.Kind == core.KindInt128 {
		x := get128(a[0])
		return u128{bits.Reverse64(x.lo), bits.Reverse64(x.hi)}.value(t), nil
	}
	return wrap(t, bits.Reverse64(a[0].N)>>(64-width(t))), nil
}

// inexact is InexactError(func, T, x).
func inexact(fn string, t *core.DataType, x core.Value) error {
	return core.Err("InexactError", core.Sym(fn).Value(), t.Value(), x)
}

func intConvert(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := typeArg("int_convert", a[0])
	if err != nil {
		return core.Value{}, err
	}
	x := a[1]
	xt := core.TypeOf(x)
	if xt == t {
		return x, nil
	}
	if t.Kind == core.KindInt128 || xt.Kind == core.KindInt128 || xt == BigIntType || t == BigIntType {
		b := bigOf(x)
		if b == nil {
			return core.Value{}, unexpected("int_convert", core.Integer, x)
		}
		if t == BigIntType {
			return makeBig(b), nil
		}
		v, ok := intFromBig(t, b)
		if !ok {
			return core.Value{}, inexact(truncName(t, xt), t, x)
		}
		return v, nil
	}
	if xt.Kind != core.KindBits || t.Kind != core.KindBits {
		return core.Value{}, unexpected("int_convert", core.Integer, x)
	}
	v := wrap(t, x.N)
	if t == core.Bool && x.N > 1 {
		return core.Value{}, inexact("Bool", t, x)
	}
	ok := v.N == x.N && (signed(t) == signed(xt) || int64(x.N) >= 0)
	if !ok {
		return core.Value{}, inexact(truncName(t, xt), t, x)
	}
	return v, nil
}

// truncName is the function that Julia names in the InexactError of a
// conversion between integers.
func truncName(t, xt *core.DataType) string {
	if t.Size < xt.Size && xt != BigIntType {
		return "trunc"
	}
	if t.Size == xt.Size || signed(xt) && !signed(t) {
		if xt != BigIntType {
			return "convert"
		}
	}
	return t.Name.Name.Name
}

func intTrunc(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := typeArg("int_trunc", a[0])
	if err != nil {
		return core.Value{}, err
	}
	return truncTo(t, a[1])
}

func truncTo(t *core.DataType, x core.Value) (core.Value, error) {
	xt := core.TypeOf(x)
	switch {
	case xt == BigIntType:
		return truncBig(t, core.As[core.BigNum](x).V), nil
	case t == BigIntType:
		return makeBig(bigOf(x)), nil
	case !isInt(xt) || !isInt(t):
		return core.Value{}, unexpected("int_trunc", core.Integer, x)
	case t.Kind == core.KindInt128:
		return get128(x).value(t), nil
	case xt.Kind == core.KindInt128:
		return wrap(t, get128(x).lo), nil
	}
	return wrap(t, x.N), nil
}

func bitsReinterpret(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := typeArg("reinterpret", a[0])
	if err != nil {
		return core.Value{}, err
	}
	x := a[1]
	xt := core.TypeOf(x)
	if t == xt {
		return x, nil
	}
	if t.Kind == core.KindInt128 && xt.Kind == core.KindInt128 {
		return get128(x).value(t), nil
	}
	if t.Kind != core.KindBits || xt.Kind != core.KindBits || t.Size != xt.Size {
		return core.Value{}, core.Errorf("bitcast: argument size does not match size of target type")
	}
	return wrap(t, zbits(x)), nil
}
