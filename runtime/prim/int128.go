package prim

// This file: 128-bit integers, as two halves.

import (
	"math/big"
	"math/bits"

	"weft/runtime/core"
	"weft/runtime/task"
)

var int128Table = []entry{
	{"int128_make", 3, 3, "value of type T from high and low halves", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := typeArg("int128_make", a[0])
		if err != nil {
			return core.Value{}, err
		}
		return core.MakeInt128(t, a[1].N, a[2].N), nil
	}},
	{"uint_widemul", 2, 2, "128-bit product of two UInt64", func(_ *task.Task, a []core.Value) (core.Value, error) {
		hi, lo := bits.Mul64(a[0].N, a[1].N)
		return core.MakeInt128(core.UInt128, hi, lo), nil
	}},
}

type u128 struct{ hi, lo uint64 }

// get128 reads any machine integer as 128 bits, sign-extended if signed.
func get128(v core.Value) u128 {
	t := core.TypeOf(v)
	if t.Kind == core.KindInt128 {
		b := core.As[core.Int128Box](v)
		return u128{b.Hi, b.Lo}
	}
	if signed(t) && int64(v.N) < 0 {
		return u128{^uint64(0), v.N}
	}
	return u128{0, v.N}
}

func (x u128) value(t *core.DataType) core.Value { return core.MakeInt128(t, x.hi, x.lo) }

func add128(x, y u128) u128 {
	lo, c := bits.Add64(x.lo, y.lo, 0)
	hi, _ := bits.Add64(x.hi, y.hi, c)
	return u128{hi, lo}
}

func sub128(x, y u128) u128 {
	lo, b := bits.Sub64(x.lo, y.lo, 0)
	hi, _ := bits.Sub64(x.hi, y.hi, b)
	return u128{hi, lo}
}

func mul128(x, y u128) u128 {
	hi, lo := bits.Mul64(x.lo, y.lo)
	return u128{hi + x.hi*y.lo + x.lo*y.hi, lo}
}

func (x u128) shl(n uint) u128 {
	if n >= 64 {
		return u128{x.lo << (n - 64), 0}
	}
	if n == 0 {
		return x
	}
	return u128{x.hi<<n | x.lo>>(64-n), x.lo << n}
}

func (x u128) lshr(n uint) u128 {
	if n >= 64 {
		return u128{0, x.hi >> (n - 64)}
	}
	if n == 0 {
		return x
	}
	return u128{x.hi >> n, x.lo>>n | x.hi<<(64-n)}
}

func (x u128) ashr(n uint) u128 {
	s := uint64(int64(x.hi) >> 63)
	if n >= 64 {
		return u128{s, uint64(int64(x.hi) >> (n - 64))}
	}
	if n == 0 {
		return x
	}
	return u128{uint64(int64(x.hi) >> n), x.lo>>n | x.hi<<(64-n)}
}

func count128(x u128, f func(uint64, int) int) int {
	one := f(1<<63, 64)
	switch {
	case one == 0: // leading zeros
		if x.hi != 0 {
			return f(x.hi, 64)
		}
		return 64 + f(x.lo, 64)
	case one == 63: // trailing zeros
		if x.lo != 0 {
			return f(x.lo, 64)
		}
		return 64 + f(x.hi, 64)
	}
	return f(x.hi, 64) + f(x.lo, 64)
}

// big128 is the number that the bits mean in type t.
func (x u128) big(t *core.DataType) *big.Int {
	b := new(big.Int).SetUint64(x.hi)
	b.Lsh(b, 64).Or(b, new(big.Int).SetUint64(x.lo))
	if signed(t) && int64(x.hi) < 0 {
		b.Sub(b, new(big.Int).Lsh(big.NewInt(1), 128))
	}
	return b
}

func div128(t *core.DataType, op string, x, y u128) (core.Value, error) {
	if y.hi == 0 && y.lo == 0 {
		return core.Value{}, core.Err("DivideError")
	}
	q := bigDiv(op, x.big(t), y.big(t))
	if v, ok := intFromBig(t, q); ok {
		return v, nil
	}
	return core.Value{}, core.Err("DivideError")
}
