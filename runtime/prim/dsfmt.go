package prim

// This file: dSFMT, the double precision SIMD-oriented Fast Mersenne Twister of Mutsuo
// Saito and Makoto Matsumoto, with period 2^19937-1, and what Julia's MersenneTwister
// takes out of it. Its state is data of the language: a vector of words.

import (
	"math"

	"weft/runtime/core"
	"weft/runtime/task"
)

const (
	dsfmtN     = 191 // pairs of words; one more follows them
	dsfmtPos   = 117
	dsfmtShift = 19
	dsfmtMask1 = 0x000ffafffffffb3f
	dsfmtMask2 = 0x000ffdfffc90fffd
	dsfmtFix1  = 0x90014964b32f4329
	dsfmtFix2  = 0x3b8d12ac548a7c7a
	dsfmtPcv1  = 0x3d84e1ac0dc82880

	twisterCache = 1002 // floats, and words of integers, that are made at once

	twisterFields = 10 // of a Random.MersenneTwister
)

// twister views the fields of a Random.MersenneTwister.
type twister struct {
	state []uint64 // of dSFMT
	vals  []uint64 // floats in [1,2), taken from the front
	ints  []uint64 // random words, taken from the end
	f     *core.Value
	i     *core.Value // bytes left in ints
	adv   *core.Value // floats that dSFMT has made
	advF  *core.Value // what adv was when vals was filled
	advI  *core.Value // and ints
}

var twisterTable = []entry{
	{"dsfmt_seed", 2, 2, "dsfmt_seed(state, seed): start dSFMT from a vector of UInt32.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		st, err := arrayArg("dsfmt_seed", a[0])
		if err != nil {
			return core.Value{}, err
		}
		seed, err := arrayArg("dsfmt_seed", a[1])
		if err != nil {
			return core.Value{}, err
		}
		keys := make([]uint32, seed.Len)
		for i := range keys {
			keys[i] = uint32(seed.Get(i).N)
		}
		if st.Len != 2*dsfmtN+2 {
			return core.Value{}, core.ArgErrorf("dsfmt_seed: a state has %d words", 2*dsfmtN+2)
		}
		dsfmtSeed(st.Words(), keys)
		return nothing, nil
	}},
	{"twister_float", 1, 1, "twister_float(r): the next Float64 in [1,2).", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, err := twisterOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		return core.Float(math.Float64frombits(r.next())), nil
	}},
	{"twister_reserve", 2, 2, "twister_reserve(r, n): see to it that n floats are in the cache.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, err := twisterOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		if twisterCache-int(r.f.N) < int(a[1].N) {
			r.refill()
		}
		return nothing, nil
	}},
	{"twister_int", 2, 2, "twister_int(r, T): the next random number of an integer type of 64 or 128 bits.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, err := twisterOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		t, err := typeArg("twister_int", a[1])
		if err != nil {
			return core.Value{}, err
		}
		size := int(t.Size)
		if int(r.i.N) < size {
			r.refillInts()
		}
		if size == 16 {
			k := int(r.i.N) >> 4
			*r.i = core.Int(int64(k<<4 - 16))
			return core.MakeInt128(t, r.ints[2*k-1], r.ints[2*k-2]), nil
		}
		n := int64(r.i.N) - 8
		*r.i = core.Int(n)
		return wrap(t, r.ints[n>>3]), nil
	}},
	{"twister_fill", 3, 3, "twister_fill(r, a, unit): fill an array of Float64 in [1,2), or in [0,1) if unit.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, err := twisterOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		arr, err := arrayArg("twister_fill", a[1])
		if err != nil {
			return core.Value{}, err
		}
		w := arr.Words()
		r.fill(w)
		if a[2].IsTrue() {
			for i, v := range w {
				w[i] = math.Float64bits(math.Float64frombits(v) - 1)
			}
		}
		return a[1], nil
	}},
	{"twister_fill_bits", 2, 2, "twister_fill_bits(r, a): fill an array of integers with random bits.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, err := twisterOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		arr, err := arrayArg("twister_fill_bits", a[1])
		if err != nil {
			return core.Value{}, err
		}
		t, ok := core.IsDataType(arr.ElemType())
		if !ok {
			return core.Value{}, unexpected("twister_fill_bits", core.DataTypeType, arr.ElemType())
		}
		r.fillBits(arr, t)
		return a[1], nil
	}},
	{"twister_fill_narrow", 3, 3, "twister_fill_narrow(r, a, scratch): fill an array of Float32 or Float16 in [0,1), but for the last ones; how many are left.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, err := twisterOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		arr, err := arrayArg("twister_fill_narrow", a[1])
		if err != nil {
			return core.Value{}, err
		}
		return core.Int(int64(r.fillNarrow(arr))), nil
	}},
	{"twister_fill_bools", 2, 2, "twister_fill_bools(r, a): fill an array of Bool.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, err := twisterOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		arr, err := arrayArg("twister_fill_bools", a[1])
		if err != nil {
			return core.Value{}, err
		}
		r.fillBools(arr.Bytes()[:arr.Len])
		return a[1], nil
	}},
}

// twisterOf reads the fields of a MersenneTwister: seed, state, vals, ints, idxF, idxI, adv,
// adv_jump, adv_vals, adv_ints.
func twisterOf(v core.Value) (twister, error) {
	if v.P == nil || core.TypeOf(v).Kind != core.KindObject || len(core.TypeOf(v).Name.FieldNames) != twisterFields {
		return twister{}, core.ArgErrorf("rand: expected a MersenneTwister")
	}
	f := v.Fields(twisterFields)
	var w [3][]uint64
	for k := range w {
		arr, err := arrayArg("rand", f[k+1])
		if err != nil {
			return twister{}, err
		}
		w[k] = arr.Words()
	}
	if len(w[0]) != 2*dsfmtN+2 || len(w[1]) != twisterCache || len(w[2]) != twisterCache {
		return twister{}, core.ArgErrorf("rand: the MersenneTwister is not complete")
	}
	return twister{w[0], w[1], w[2], &f[4], &f[5], &f[6], &f[8], &f[9]}, nil
}

func dsfmtSeed(st []uint64, key []uint32) {
	const size, lag = 4 * (dsfmtN + 1), 11
	const mid = (size - lag) / 2
	var p [size]uint32
	for i := range p {
		p[i] = 0x8b8b8b8b
	}
	mix := func(i int, f uint32) uint32 {
		x := p[i] ^ p[(i+mid)%size] ^ p[(i+size-1)%size]
		return (x ^ x>>27) * f
	}
	count := max(len(key)+1, size) - 1
	r := mix(0, 1664525)
	p[mid] += r
	r += uint32(len(key))
	p[mid+lag] += r
	p[0] = r
	i := 1
	for j := range count {
		r = mix(i, 1664525)
		p[(i+mid)%size] += r
		r += uint32(i)
		if j < len(key) {
			r += key[j]
		}
		p[(i+mid+lag)%size] += r
		p[i] = r
		i = (i + 1) % size
	}
	for range size {
		x := p[i] + p[(i+mid)%size] + p[(i+size-1)%size]
		r = (x ^ x>>27) * 1566083941
		p[(i+mid)%size] ^= r
		r -= uint32(i)
		p[(i+mid+lag)%size] ^= r
		p[i] = r
		i = (i + 1) % size
	}
	for i := range st {
		st[i] = uint64(p[2*i]) | uint64(p[2*i+1])<<32
		if i < 2*dsfmtN {
			st[i] = st[i]&0x000fffffffffffff | 0x3ff0000000000000
		}
	}
	// The period is the full one only for half of the states.
	x := (st[2*dsfmtN]^dsfmtFix1)&dsfmtPcv1 ^ (st[2*dsfmtN+1]^dsfmtFix2)&1
	for i := 32; i > 0; i >>= 1 {
		x ^= x >> i
	}
	if x&1 == 0 {
		st[2*dsfmtN+1] ^= 1
	}
}

// dsfmtFill makes floats in [1,2); len(out) is even.
func dsfmtFill(st, out []uint64) {
	u0, u1 := st[2*dsfmtN], st[2*dsfmtN+1]
	i, j := 0, 2*dsfmtPos
	for k := 0; k+1 < len(out); k += 2 {
		a0, a1 := st[i], st[i+1]
		u0, u1 = a0<<dsfmtShift^u1>>32^u1<<32^st[j], a1<<dsfmtShift^u0>>32^u0<<32^st[j+1]
		r0, r1 := u0>>12^u0&dsfmtMask1^a0, u1>>12^u1&dsfmtMask2^a1
		st[i], st[i+1], out[k], out[k+1] = r0, r1, r0, r1
		if i += 2; i == 2*dsfmtN {
			i = 0
		}
		if j += 2; j == 2*dsfmtN {
			j = 0
		}
	}
	// The oldest pair comes first again.
	if i > 0 {
		turned := append(append(make([]uint64, 0, 2*dsfmtN), st[i:2*dsfmtN]...), st[:i]...)
		copy(st, turned)
	}
	st[2*dsfmtN], st[2*dsfmtN+1] = u0, u1
}

// generate fills w with floats in [1,2) straight from dSFMT.
func (r *twister) generate(w []uint64) {
	dsfmtFill(r.state, w)
	*r.adv = core.Int(r.adv.Int64() + int64(len(w)))
}

func (r *twister) refill() {
	*r.advF = *r.adv
	r.generate(r.vals)
	*r.f = core.Int(0)
}

func (r *twister) next() uint64 {
	if r.f.N == twisterCache {
		r.refill()
	}
	v := r.vals[r.f.N]
	*r.f = core.Int(int64(r.f.N) + 1)
	return v
}

// refillInts makes fully random words: of the 64 bits of a float 52 are random, so that the
// floats of five pairs make up for the other twelve of four.
func (r *twister) refillInts() {
	*r.advI = *r.adv
	const pairs = twisterCache / 2
	w := make([]uint64, 2*(pairs+(pairs+3)/4))
	r.generate(w)
	for n, k := 0, pairs; n < pairs; k++ {
		for _, s := range [...]uint{48, 36, 24, 12} {
			if n < pairs {
				xorShifted(w, n, k, s)
				n++
			}
		}
	}
	copy(r.ints, w)
	*r.i = core.Int(twisterCache * 8)
}

// xorShifted is w[n] ^= w[k] << s for pairs of words.
func xorShifted(w []uint64, n, k int, s uint) {
	u := u128{w[2*k+1], w[2*k]}.shl(s)
	w[2*n] ^= u.lo
	w[2*n+1] ^= u.hi
}

// fill makes floats in [1,2): short arrays come out of the cache, long ones straight
// from dSFMT but for the end.
func (r *twister) fill(w []uint64) {
	n := (len(w) - 2) / 2 * 2
	if n < 2*dsfmtN {
		if r.f.N == twisterCache {
			r.refill()
		}
		for len(w) > 0 {
			if r.f.N == twisterCache {
				r.refill()
			}
			m := copy(w, r.vals[r.f.N:])
			*r.f = core.Int(int64(r.f.N) + int64(m))
			w = w[m:]
		}
		return
	}
	r.generate(w[:n])
	for i := n; i < len(w); i++ {
		w[i] = r.next()
	}
}

// fillPairs makes pairs of fully random words.
func (r *twister) fillPairs(w []uint64) {
	n := len(w) / 2
	for i := n; ; {
		r.fill(w[:2*i])
		if n < 5 {
			break
		}
		for i = 0; n-i >= 5; n-- {
			for _, s := range [...]uint{48, 36, 24} {
				xorShifted(w, n-1, i, s)
				n--
			}
			xorShifted(w, n-1, i, 12)
			i++
		}
	}
	if n > 0 {
		if twisterCache-int(r.f.N) < 2 {
			r.refill()
		}
		u := u128{hi: r.next()}
		u.lo = r.next()
		for i := range n {
			v := u.shl(uint(12 * (i + 1)))
			w[2*i] ^= v.lo
			w[2*i+1] ^= v.hi
		}
	}
}

// fillBits makes integers of any type; the last ones, which fill no pair of words, one
// by one.
func (r *twister) fillBits(arr *core.Array, t *core.DataType) {
	size := int(t.Size)
	pairs := arr.Len * size / 16
	w := make([]uint64, 2*pairs)
	r.fillPairs(w)
	for i := range arr.Len {
		at := i * size
		switch {
		case at/16 >= pairs:
			if size == 8 {
				if int(r.i.N) < 8 {
					r.refillInts()
				}
				n := int64(r.i.N) - 8
				*r.i = core.Int(n)
				arr.Set(i, wrap(t, r.ints[n>>3]))
			} else {
				arr.Set(i, wrap(t, r.next()))
			}
		case size == 16:
			arr.Set(i, core.MakeInt128(t, w[2*i+1], w[2*i]))
		default:
			arr.Set(i, wrap(t, w[at/8]>>(uint(at%8)*8)))
		}
	}
}

// fillNarrow makes floats of 4 or 2 bytes in [0,1) from pairs of words with 52 random
// bits each, and says how many are left at the end.
func (r *twister) fillNarrow(arr *core.Array) int {
	t, _ := core.IsDataType(arr.ElemType())
	size := int(t.Size)
	pairs := arr.Len * size / 16
	w := make([]uint64, 2*pairs)
	r.fill(w)
	for i := range pairs {
		xorShifted(w, i, i, 26)
	}
	per := 16 / size
	for i := range pairs * per {
		v := w[i*size/8] >> (uint(i*size%8) * 8)
		if size == 4 {
			f := math.Float32frombits(uint32(v)&0x007fffff|0x3f800000) - 1
			arr.Set(i, core.Bits(t, uint64(math.Float32bits(f))))
		} else {
			arr.Set(i, makeFloat(t, FromFloat16(uint16(v)&0x03ff|0x3c00)-1))
		}
	}
	return arr.Len - pairs*per
}

func (r *twister) fillBools(b []byte) {
	pairs := len(b) / 16
	var bits uint64
	if pairs == 0 {
		bits = r.next()
	} else {
		w := make([]uint64, 2*pairs)
		r.fill(w)
		bits = w[0] ^ w[0]>>17
		for i := range pairs {
			xorShifted(w, i, i, 5)
		}
		for i := range 16 * pairs {
			b[i] = byte(w[i/8]>>(uint(i%8)*8)) & 1
		}
	}
	for i := 16 * pairs; i < len(b); i++ {
		b[i] = byte(bits & 1)
		bits >>= 1
	}
}
