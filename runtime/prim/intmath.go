package prim

// This file: powers and divisors of machine integers.

import (
	"math/bits"

	"weft/runtime/core"
	"weft/runtime/task"
)

func intGcd(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := pair(a)
	if err != nil {
		return core.Value{}, err
	}
	x, y := a[0].N, a[1].N
	if signed(t) {
		if int64(x) < 0 {
			x = -x
		}
		if int64(y) < 0 {
			y = -y
		}
	}
	for y != 0 {
		x, y = y, x%y
	}
	if signed(t) && int64(x) < 0 || wrap(t, x).N != x {
		return core.Value{}, core.Err("OverflowError", core.MakeString("gcd("+intText(a[0], 10)+", "+intText(a[1], 10)+") overflows"))
	}
	return wrap(t, x), nil
}

func intPowmod(_ *task.Task, a []core.Value) (core.Value, error) {
	x, p, m := int64(a[0].N), a[1].N, int64(a[2].N)
	if m == 0 {
		return core.Value{}, core.Err("DivideError")
	}
	mm := uint64(m)
	if m < 0 {
		mm = uint64(-m)
	}
	b := uint64(x % int64(mm))
	if int64(b) < 0 {
		b += mm
	}
	r := uint64(1) % mm
	for ; p > 0; p >>= 1 {
		if p&1 == 1 {
			r = mulmod(r, b, mm)
		}
		b = mulmod(b, b, mm)
	}
	if m < 0 && r != 0 {
		return core.Int(int64(r) + m), nil
	}
	return core.Int(int64(r)), nil
}

func mulmod(x, y, m uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	_, r := bits.Div64(hi%m, lo, m)
	return r
}

func intPow(_ *task.Task, a []core.Value) (core.Value, error) {
	t := core.TypeOf(a[0])
	p := a[1].N
	if t.Kind == core.KindInt128 {
		r, b := u128{0, 1}, get128(a[0])
		for ; p > 0; p >>= 1 {
			if p&1 == 1 {
				r = mul128(r, b)
			}
			b = mul128(b, b)
		}
		return r.value(t), nil
	}
	r, b := uint64(1), a[0].N
	for ; p > 0; p >>= 1 {
		if p&1 == 1 {
			r *= b
		}
		b *= b
	}
	return wrap(t, r), nil
}
