package prim

// This file: hashing of plain values. Equal numbers hash alike whatever their
// types.

import (
	"encoding/binary"
	"math"
	"math/big"
	"math/bits"

	"weft/runtime/core"
	"weft/runtime/task"
)

var hashTable = []entry{
	{"hash_plain", 2, 2, "hash of a number, string, Symbol or Char mixed with h; nothing for other values", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if h, ok := hashValue(a[0], a[1].N); ok {
			return core.Uint(h), nil
		}
		return nothing, nil
	}},
	{"hash_ratio", 4, 4, "hash_ratio(num, pow, den, h): hash of the number num * 2^pow / den in lowest terms.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Uint(hashRatio(bigOf(a[0]), int64(a[1].N), bigOf(a[2]), a[3].N)), nil
	}},
	{"hash_word", 1, 1, "a UInt64 mixed", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Uint(hash64(a[0].N)), nil
	}},
	{"object_id", 1, 1, "a number that is equal for egal values", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Uint(objectNumber(a[0])), nil
	}},
	{"object_address", 1, 1, "a number that stands for the place of a mutable object", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Uint(core.Address(a[0])), nil
	}},
}

// hash64 mixes a word (Wang's integer hash).
func hash64(a uint64) uint64 {
	a = ^a + a<<21
	a ^= a >> 24
	a = a + a<<3 + a<<8
	a ^= a >> 14
	a = a + a<<2 + a<<4
	a ^= a >> 28
	return a + a<<31
}

const (
	stringSeed = 0x71e729fd56419c81
	tupleSeed  = 0x77cfa1eef01bca90
	nanHash    = 0x6b2d1d9a6cc9cb6c
)

// symbolID is the object number of a symbol.
func symbolID(name string) uint64 { return memhash(name, 0xcafe8881) ^ 0xaaaaaaaaaaaaaaaa }

// hashValue hashes plain values; false for others.
func hashValue(v core.Value, h uint64) (uint64, bool) {
	t := core.TypeOf(v)
	switch t {
	case core.UInt64:
		return hashUnsigned(v.N, h), true
	case core.Int64, core.Bool, core.Int8, core.Int16, core.Int32, core.UInt8, core.UInt16, core.UInt32:
		return hash64(v.N) - 3*h, true
	case core.Float64, core.Float32, core.Float16:
		return hashFloat(floatOf(v), h), true
	case core.Char:
		return hash64((v.N+0xd4d64234)<<32 ^ h), true
	case core.StringType:
		h += stringSeed
		return memhash(v.Str(), uint32(h)) + h, true
	case core.SymbolType:
		return hash64(3*h - symbolID(core.As[core.Symbol](v).Name)), true
	case core.NothingType:
		return hash64(3*h - core.ObjectID(v)), true
	case BigIntType, core.Int128, core.UInt128:
		return hashRatio(bigOf(v), 0, bigOne, h), true
	}
	if t.Kind == core.KindObject && isSubString(t) {
		s, err := textArg("hash", v)
		h += stringSeed
		return memhash(s, uint32(h)) + h, err == nil
	}
	if isIdentity(t) {
		return hash64(objectNumber(v.Field(0))) - 3*h, true
	}
	if t.Has(core.FlagTuple) {
		h += tupleSeed
		ok := true
		for i := len(t.Params) - 1; i >= 0 && ok; i-- {
			h, ok = hashValue(v.Field(i), h)
		}
		return h, ok
	}
	return 0, false
}

// hashUnsigned hashes an integer below 2^64. Those above the greatest Int64 have the
// bits of a negative one, and differ from it.
func hashUnsigned(n, h uint64) uint64 {
	if int64(n) < 0 {
		return hash64(n^1<<32) - 3*h
	}
	return hash64(n) - 3*h
}

func hashFloat(f float64, h uint64) uint64 {
	switch {
	case f >= -(1<<63) && f < 1<<63:
		if i := int64(f); float64(i) == f && !(f == 0 && math.Signbit(f)) {
			return hash64(uint64(i)) - 3*h
		}
	case f >= 0 && f < 1<<64:
		return hashUnsigned(uint64(f), h)
	case f != f:
		return nanHash ^ h
	}
	return hash64(math.Float64bits(f)) - 3*h
}

var bigOne = big.NewInt(1)

// hashRatio hashes the number num * 2^pow / den. A number that is a machine integer
// or a Float64 hashes as that.
func hashRatio(num *big.Int, pow int64, den *big.Int, h uint64) uint64 {
	switch {
	case den.Sign() == 0 && num.Sign() == 0:
		return hashFloat(math.NaN(), h)
	case den.Sign() == 0:
		return hashFloat(math.Inf(num.Sign()), h)
	case num.Sign() == 0:
		return hashFloat(math.Copysign(0, float64(den.Sign())), h)
	}
	if den.Sign() < 0 {
		num, den = new(big.Int).Neg(num), new(big.Int).Neg(den)
	}
	if z := den.TrailingZeroBits(); z > 0 {
		den = new(big.Int).Rsh(den, z)
		pow -= int64(z)
	}
	z := num.TrailingZeroBits()
	if z > 0 {
		num = new(big.Int).Rsh(num, z)
		pow += int64(z)
	}
	if den.Cmp(bigOne) == 0 {
		top := int64(num.BitLen()) + pow
		if pow >= 0 && top <= 64 {
			n := new(big.Int).Lsh(num, uint(pow))
			if n.IsInt64() {
				return hash64(uint64(n.Int64())) - 3*h
			}
			if n.IsUint64() {
				return hashUnsigned(n.Uint64(), h)
			}
		}
		if pow >= -1074 && top <= 1024 && num.BitLen() <= 53 {
			return hashFloat(math.Ldexp(float64(num.Int64()), int(pow)), h)
		}
	}
	h = hashLimbs(den, h)
	h = hashLimbs(big.NewInt(pow), h)
	return hashLimbs(num, h)
}

// hashLimbs mixes the words of an integer into h, the lowest first.
func hashLimbs(b *big.Int, h uint64) uint64 {
	a := new(big.Int).Abs(b)
	low := new(big.Int).And(a, mask64).Uint64()
	if b.Sign() < 0 {
		low = -low
	}
	h ^= hash64(low ^ h)
	for a.Rsh(a, 64); a.Sign() != 0; a.Rsh(a, 64) {
		h ^= hash64(new(big.Int).And(a, mask64).Uint64() ^ h)
	}
	return h
}

// memhash is the second half of MurmurHash3's 128-bit hash of s.
func memhash(s string, seed uint32) uint64 {
	const c1, c2 = 0x87c37b91114253d5, 0x4cf5ad432745937f
	h1, h2 := uint64(seed), uint64(seed)
	b := []byte(s)
	n := len(b)
	for ; len(b) >= 16; b = b[16:] {
		k1, k2 := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
		h1 ^= bits.RotateLeft64(k1*c1, 31) * c2
		h1 = (bits.RotateLeft64(h1, 27)+h2)*5 + 0x52dce729
		h2 ^= bits.RotateLeft64(k2*c2, 33) * c1
		h2 = (bits.RotateLeft64(h2, 31)+h1)*5 + 0x38495ab5
	}
	var tail [16]byte
	copy(tail[:], b)
	if len(b) > 8 {
		h2 ^= bits.RotateLeft64(binary.LittleEndian.Uint64(tail[8:])*c2, 33) * c1
	}
	if len(b) > 0 {
		h1 ^= bits.RotateLeft64(binary.LittleEndian.Uint64(tail[:])*c1, 31) * c2
	}
	h1 ^= uint64(n)
	h2 ^= uint64(n)
	h1 += h2
	h2 += h1
	h1, h2 = murmurEnd(h1), murmurEnd(h2)
	h1 += h2
	return h2 + h1
}

func murmurEnd(k uint64) uint64 {
	k ^= k >> 33
	k *= 0xff51afd7ed558ccd
	k ^= k >> 33
	k *= 0xc4ceb9fe1a85ec53
	return k ^ k>>33
}

// isIdentity reports whether t is IdKey of Base, the key of an IdDict, whose only
// field counts by identity.
func isIdentity(t *core.DataType) bool {
	return t.Kind == core.KindObject && t.Name.Name == idKeySym && t.Name.Module.Name.Name == "Base"
}

// objectNumber is objectid(v).
func objectNumber(v core.Value) uint64 {
	if v.Is(core.SymbolType) {
		return symbolID(core.As[core.Symbol](v).Name)
	}
	return core.ObjectID(v)
}

// isPlainKey reports whether isequal on v is that of plainEqual.
func isPlainKey(v core.Value) bool {
	switch t := core.TypeOf(v); t {
	case core.Int64, core.StringType, core.SymbolType, core.Char, core.UInt64, core.Int32, core.UInt8, core.Float64, core.Bool:
		return true
	default:
		if t.Has(core.FlagTuple) {
			for i := range t.Params {
				if !isPlainKey(v.Field(i)) {
					return false
				}
			}
			return true
		}
		return isIdentity(t) || t.Kind == core.KindObject && isSubString(t)
	}
}

// textOf is the text of a String or SubString.
func textOf(v core.Value) (string, bool) {
	t := core.TypeOf(v)
	if t == core.StringType {
		return v.Str(), true
	}
	if t.Kind != core.KindObject || !isSubString(t) {
		return "", false
	}
	s, err := textArg("isequal", v)
	return s, err == nil
}

// plainEqual is isequal where it is known: 1 equal, 0 not, -1 not known.
func plainEqual(x, y core.Value) int {
	xt, yt := core.TypeOf(x), core.TypeOf(y)
	if xt == yt {
		switch {
		case xt == core.Float64:
			if x.N == y.N || floatOf(x) != floatOf(x) && floatOf(y) != floatOf(y) {
				return 1
			}
			return 0
		case xt.Kind == core.KindBits || xt.Kind == core.KindSymbol:
			return bool2int(x == y)
		case xt.Kind == core.KindString:
			return bool2int(x.Str() == y.Str())
		case isIdentity(xt):
			return bool2int(core.Egal(x.Field(0), y.Field(0)))
		}
	}
	if xt.Has(core.FlagTuple) && yt.Has(core.FlagTuple) {
		if len(xt.Params) != len(yt.Params) {
			return 0
		}
		for i := range xt.Params {
			if c := plainEqual(x.Field(i), y.Field(i)); c != 1 {
				return c
			}
		}
		return 1
	}
	if isPlainKey(x) && isPlainKey(y) {
		a, xs := textOf(x)
		b, ys := textOf(y)
		if xs && ys {
			return bool2int(a == b)
		}
		xs, ys = xs || xt.Kind == core.KindSymbol || xt == core.Char, ys || yt.Kind == core.KindSymbol || yt == core.Char
		if xs || ys || xt.Has(core.FlagTuple) || yt.Has(core.FlagTuple) {
			return 0
		}
	}
	return -1
}

func bool2int(b bool) int {
	if b {
		return 1
	}
	return 0
}
