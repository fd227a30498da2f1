package prim

// This file: arrays of bits, 64 to a word, as BitArray has them.

import (
	"encoding/binary"
	"math/bits"
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

var bitsTable = []entry{
	{"bits_get", 2, 2, "bits_get(chunks, i): bit i, which must be there", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		i := v[1].N - 1
		w := bitWords(a)
		if i/64 >= uint64(len(w)) {
			return core.Value{}, core.Err("BoundsError", v[0], v[1])
		}
		return core.MakeBool(w[i/64]>>(i%64)&1 != 0), nil
	})},
	{"bits_set", 3, 3, "bits_set(chunks, i, x): makes bit i the Bool x", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		i := v[1].N - 1
		w := bitWords(a)
		if i/64 >= uint64(len(w)) {
			return core.Value{}, core.Err("BoundsError", v[0], v[1])
		}
		if v[2].IsTrue() {
			w[i/64] |= 1 << (i % 64)
		} else {
			w[i/64] &^= 1 << (i % 64)
		}
		return v[2], nil
	})},
	{"bits_pack", 1, 1, "bits_pack(a): the elements of an Array{Bool} as a Vector{UInt64} of bits", func(t *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("bits_pack", v[0])
		if err != nil {
			return core.Value{}, err
		}
		if a.ElemType().P != unsafe.Pointer(core.Bool) {
			return core.Value{}, unexpected("bits_pack", core.Bool, v[0])
		}
		out := core.NewArray(core.VectorOf(core.UInt64.Value()), (a.Len+63)/64, nil)
		w := out.Words()
		return out.Value(), inParts(t, a.Len, func(lo, hi int) { packBits(w, a.Bytes(), lo, hi) })
	}},
	{"bits_unpack", 3, 3, "bits_unpack(chunks, n, a): stores the first n bits in the Array{Bool} a, and returns it", func(t *task.Task, v []core.Value) (core.Value, error) {
		c, err := arrayArg("bits_unpack", v[0])
		if err != nil {
			return core.Value{}, err
		}
		a, err := arrayArg("bits_unpack", v[2])
		if err != nil {
			return core.Value{}, err
		}
		w, n := bitWords(c), int(v[1].N)
		if a.ElemType().P != unsafe.Pointer(core.Bool) || n > a.Len || n > 64*len(w) {
			return core.Value{}, unexpected("bits_unpack", core.Bool, v[2])
		}
		return v[2], inParts(t, n, func(lo, hi int) { unpackBits(a.Bytes(), w, lo, hi) })
	}},
	{"bits_copy", 5, 5, "bits_copy(dest, di, src, si, n): stores n bits of the words or Bools src from si on in the words or Bools dest from di on; all must be there", bitsCopy},
	{"bits_count", 1, 1, "bits_count(chunks): how many bits are set", onArray(func(a *core.Array, _ []core.Value) (core.Value, error) {
		n := 0
		for _, w := range bitWords(a) {
			n += bits.OnesCount64(w)
		}
		return core.Int(int64(n)), nil
	})},
	{"bits_findall", 1, 1, "bits_findall(chunks): the numbers of the bits that are set, as a Vector{Int64}", onArray(func(a *core.Array, _ []core.Value) (core.Value, error) {
		n := 0
		for _, w := range bitWords(a) {
			n += bits.OnesCount64(w)
		}
		out := core.NewArray(core.VectorOf(core.Int64.Value()), n, nil)
		at := out.Words()
		k := 0
		for j, w := range bitWords(a) {
			for ; w != 0; w &= w - 1 {
				at[k] = uint64(64*j + bits.TrailingZeros64(w) + 1)
				k++
			}
		}
		return out.Value(), nil
	})},
	{"bits_next", 3, 3, "bits_next(chunks, i, x): the number of the first bit from i on that is the Bool x, 0 if there is none", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		w := bitWords(a)
		flip := uint64(0)
		if !v[2].IsTrue() {
			flip = ^uint64(0)
		}
		for i := v[1].N - 1; i/64 < uint64(len(w)); i = (i/64 + 1) * 64 {
			if x := (w[i/64] ^ flip) >> (i % 64); x != 0 {
				return core.Int(int64(i) + int64(bits.TrailingZeros64(x)) + 1), nil
			}
		}
		return core.Int(0), nil
	})},
	{"bits_prev", 3, 3, "bits_prev(chunks, i, x): the number of the last bit up to i that is the Bool x, 0 if there is none", onArray(func(a *core.Array, v []core.Value) (core.Value, error) {
		w := bitWords(a)
		flip := uint64(0)
		if !v[2].IsTrue() {
			flip = ^uint64(0)
		}
		for i := min(int(int64(v[1].N)), 64*len(w)); i > 0; i = (i - 1) / 64 * 64 {
			if x := (w[(i-1)/64] ^ flip) << (63 - (i-1)%64); x != 0 {
				return core.Int(int64(i - bits.LeadingZeros64(x))), nil
			}
		}
		return core.Int(0), nil
	})},
	{"bools_findall", 1, 1, "bools_findall(a): the numbers of the elements of an Array{Bool} that are true, as a Vector{Int64}", func(_ *task.Task, v []core.Value) (core.Value, error) {
		a, err := arrayArg("findall", v[0])
		if err != nil {
			return core.Value{}, err
		}
		if a.ElemType().P != unsafe.Pointer(core.Bool) {
			return core.Value{}, unexpected("bools_findall", core.Bool, v[0])
		}
		n := 0
		for _, b := range a.Bytes() {
			n += int(b & 1)
		}
		out := core.NewArray(core.VectorOf(core.Int64.Value()), n, nil)
		at := out.Words()
		k := 0
		for i, b := range a.Bytes() {
			if b&1 != 0 {
				at[k] = uint64(i + 1)
				k++
			}
		}
		return out.Value(), nil
	}},
}

// bitsCopy copies bits between words, and between words and Bools. Source and
// destination may overlap, so the bits are first taken out.
func bitsCopy(_ *task.Task, v []core.Value) (core.Value, error) {
	dest, err := arrayArg("bits_copy", v[0])
	if err != nil {
		return core.Value{}, err
	}
	src, err := arrayArg("bits_copy", v[2])
	if err != nil {
		return core.Value{}, err
	}
	di, si, n := int(int64(v[1].N))-1, int(int64(v[3].N))-1, int(int64(v[4].N))
	if di < 0 || di+n > bitsIn(dest) {
		return core.Value{}, core.Err("BoundsError", v[0], v[1])
	}
	if si < 0 || si+n > bitsIn(src) {
		return core.Value{}, core.Err("BoundsError", v[2], v[3])
	}
	taken := make([]uint64, (n+63)/64)
	if w := bitWords(src); w != nil {
		for k := range taken {
			taken[k] = bitWindow(w, si+64*k)
		}
	} else {
		for i, b := range src.Bytes()[si : si+n] {
			taken[i/64] |= uint64(b&1) << (i % 64)
		}
	}
	w := bitWords(dest)
	if w == nil {
		for i, out := 0, dest.Bytes()[di:di+n]; i < n; i++ {
			out[i] = byte(taken[i/64] >> (i % 64) & 1)
		}
		return v[0], nil
	}
	for i := 0; i < n; {
		at := di + i
		k := min(64-at%64, n-i)
		mask := ^uint64(0) >> (64 - k) << (at % 64)
		w[at/64] = w[at/64]&^mask | bitWindow(taken, i)<<(at%64)&mask
		i += k
	}
	return v[0], nil
}

// bitsIn is how many bits an array of words or of Bools has room for.
func bitsIn(a *core.Array) int {
	switch {
	case a.Kind == core.ElemW64:
		return 64 * a.Len
	case a.ElemType().P == unsafe.Pointer(core.Bool):
		return a.Len
	}
	return 0
}

// bitWindow is the 64 bits from bit i on; after the last word come zeros.
func bitWindow(w []uint64, i int) uint64 {
	k, s := i/64, i%64
	x := w[k] >> s
	if s > 0 && k+1 < len(w) {
		x |= w[k+1] << (64 - s)
	}
	return x
}

// bitAt finds the word and the bit of x[is...], where x is a BitArray and the
// indices are Int64s in its bounds.
func bitAt(rt *core.Runtime, x core.Value, is []core.Value) (word *uint64, bit uint64, ok bool) {
	if walkOf(rt, core.TypeOf(x)) != walkBits {
		return nil, 0, false
	}
	at, stride := uint64(0), uint64(1)
	if len(is) > 1 && len(core.TypeOf(x.Field(2)).Fields()) != len(is) {
		return nil, 0, false
	}
	for d, i := range is {
		n := x.Field(1).N
		if len(is) > 1 {
			n = x.Field(2).Field(d).N
		}
		if core.TypeOf(i) != core.Int64 || i.N-1 >= n {
			return nil, 0, false
		}
		at += (i.N - 1) * stride
		stride *= n
	}
	w := bitWords(core.As[core.Array](x.Field(0)))
	if at/64 >= uint64(len(w)) {
		return nil, 0, false
	}
	return &w[at/64], 1 << (at % 64), true
}

// BitGet does x[is...] of a BitArray x and indices in its bounds; false for all else.
func BitGet(rt *core.Runtime, x core.Value, is ...core.Value) (core.Value, bool) {
	w, bit, ok := bitAt(rt, x, is)
	if !ok {
		return core.Value{}, false
	}
	return core.MakeBool(*w&bit != 0), true
}

// BitSet does x[is...] = v of a BitArray x, indices in its bounds and a Bool; false
// for all else.
func BitSet(rt *core.Runtime, x, v core.Value, is ...core.Value) bool {
	if core.TypeOf(v) != core.Bool {
		return false
	}
	w, bit, ok := bitAt(rt, x, is)
	if ok && v.IsTrue() {
		*w |= bit
	} else if ok {
		*w &^= bit
	}
	return ok
}

// bitWords views the words of a Vector{UInt64}.
func bitWords(a *core.Array) []uint64 {
	if a.Kind != core.ElemW64 {
		return nil
	}
	return a.Words()
}

// Eight Bools in a word, and the steps by which they become a byte of bits and back.
const (
	boolBytes  = 0x0101010101010101
	boolsToBit = 0x0102040810204080 // multiplies the lowest bit of byte i to bit 56+i
	bitOfByte  = 0x8040201008040201 // bit i of byte i
)

// packBits sets the bits lo, a multiple of 64, to hi-1 of w that are true in b.
func packBits(w []uint64, b []byte, lo, hi int) {
	i := lo
	for ; i+8 <= hi; i += 8 {
		w[i/64] |= (binary.LittleEndian.Uint64(b[i:]) & boolBytes * boolsToBit >> 56) << (i % 64)
	}
	for ; i < hi; i++ {
		w[i/64] |= uint64(b[i]&1) << (i % 64)
	}
}

// unpackBits stores the bits lo, a multiple of 64, to hi-1 of w in b.
func unpackBits(b []byte, w []uint64, lo, hi int) {
	i := lo
	for ; i+8 <= hi; i += 8 {
		x := w[i/64] >> (i % 64) & 0xff * boolBytes & bitOfByte
		binary.LittleEndian.PutUint64(b[i:], (x+0x7f*boolBytes)>>7&boolBytes)
	}
	for ; i < hi; i++ {
		b[i] = byte(w[i/64] >> (i % 64) & 1)
	}
}
