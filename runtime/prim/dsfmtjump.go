package prim

// This file: jumping ahead in dSFMT, after Haramoto, Matsumoto, Nishimura, Panneton and
// L'Ecuyer, "Efficient jump ahead for F2-linear random number generators". To go n steps
// is to apply x^n to the state; that is also what x^n modulo the minimal polynomial of the
// generator does, which has some 20,000 terms at most.

import (
	"math/big"
	"math/bits"
	"sync"

	"weft/runtime/core"
	"weft/runtime/task"
)

var jumpTable = []entry{
	{"dsfmt_jump_polynomial", 1, 1, "dsfmt_jump_polynomial(n): x^n modulo the minimal polynomial of dSFMT, its coefficients as the bits of a BigInt.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n := bigOf(a[0])
		if n.Sign() < 0 {
			return core.Value{}, core.Err("DomainError", a[0], core.MakeString("the number of steps must not be negative"))
		}
		w := powerOfX(n, dsfmtPolynomial())
		z := new(big.Int)
		for k := len(w) - 1; k >= 0; k-- {
			z.Or(z.Lsh(z, 64), new(big.Int).SetUint64(w[k]))
		}
		return makeBig(z), nil
	}},
	{"dsfmt_jump", 2, 2, "dsfmt_jump(state, polynomial): the state of dSFMT that the polynomial leads to.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		st, err := arrayArg("dsfmt_jump", a[0])
		if err != nil {
			return core.Value{}, err
		}
		if st.Len != 2*dsfmtN+2 {
			return core.Value{}, core.ArgErrorf("dsfmt_jump: a state has %d words", 2*dsfmtN+2)
		}
		out := core.NewArray(st.Type, st.Len, nil)
		copy(out.Words(), dsfmtJump(st.Words(), bigOf(a[1])))
		return out.Value(), nil
	}},
}

// dsfmtJump is the sum of those of the coming states that the polynomial names.
func dsfmtJump(state []uint64, polynomial *big.Int) []uint64 {
	const n = 2 * dsfmtN
	st := append([]uint64(nil), state...)
	sum := make([]uint64, n+2)
	first := 0 // where the oldest pair stands in st
	for k := range polynomial.BitLen() {
		if polynomial.Bit(k) == 1 {
			for i := range n {
				sum[i] ^= st[(first+i)%n]
			}
			sum[n] ^= st[n]
			sum[n+1] ^= st[n+1]
		}
		dsfmtStep(st, first)
		first = (first + 2) % n
	}
	return sum
}

// dsfmtStep makes a new pair of words in the place of the oldest one, which is at i.
func dsfmtStep(st []uint64, i int) {
	const n = 2 * dsfmtN
	j := (i + 2*dsfmtPos) % n
	a0, a1, u0, u1 := st[i], st[i+1], st[n], st[n+1]
	u0, u1 = a0<<dsfmtShift^u1>>32^u1<<32^st[j], a1<<dsfmtShift^u0>>32^u0<<32^st[j+1]
	st[i], st[i+1] = u0>>12^u0&dsfmtMask1^a0, u1>>12^u1&dsfmtMask2^a1
	st[n], st[n+1] = u0, u1
}

// dsfmtPolynomial is a polynomial that dSFMT satisfies. It is that of the shortest linear
// recurrence which a sum of bits of its states follows, times x+1, since what is constant in
// each word does not show in one sum of bits, times x^191+1, the polynomial of the position in
// the state. With that, the polynomials of jumps are those that have been published.
var dsfmtPolynomial = sync.OnceValue(func() []uint64 {
	const length = 2*(dsfmtN*104+128) + 64
	st := make([]uint64, 2*dsfmtN+2)
	dsfmtSeed(st, []uint32{1})
	at := func(k int) uint64 { return hash64(uint64(k)) }
	sequence := make([]uint64, length)
	first := 0
	for k := range sequence {
		var x uint64
		for _, w := range []int{0, 1, 2 * dsfmtN, 2*dsfmtN + 1} {
			v := st[w]
			if w < 2 {
				v = st[(first+w)%(2*dsfmtN)]
			}
			x ^= v & at(w)
		}
		sequence[k] = uint64(bits.OnesCount64(x) & 1)
		dsfmtStep(st, first)
		first = (first + 2) % (2 * dsfmtN)
	}
	p := append(recurrence(sequence), make([]uint64, 4)...)
	addShifted(p, append([]uint64(nil), p...), 1)
	addShifted(p, append([]uint64(nil), p...), dsfmtN)
	return p[:len(p)-countZeroWords(p)]
})

// countZeroWords is how many words at the end are zero.
func countZeroWords(w []uint64) int {
	n := 0
	for n < len(w) && w[len(w)-1-n] == 0 {
		n++
	}
	return n
}

// recurrence is the polynomial of the shortest linear recurrence of a sequence of bits
// (Berlekamp and Massey's algorithm).
func recurrence(sequence []uint64) []uint64 {
	n := len(sequence)
	words := n/64 + 2
	c, b := make([]uint64, words), make([]uint64, words) // connection polynomials, now and before the last change of order
	c[0], b[0] = 1, 1
	past := make([]uint64, words) // bit j is what came j items ago
	order, since := 0, 1
	for k, s := range sequence {
		for i := k / 64; i > 0; i-- {
			past[i] = past[i]<<1 | past[i-1]>>63
		}
		past[0] = past[0]<<1 | s
		var d uint64
		for i := range order/64 + 1 {
			d ^= c[i] & past[i]
		}
		if bits.OnesCount64(d)&1 == 0 {
			since++
			continue
		}
		if 2*order <= k {
			old := append([]uint64(nil), c...)
			addShifted(c, b, since)
			order, since, b = k+1-order, 1, old
		} else {
			addShifted(c, b, since)
			since++
		}
	}
	// The characteristic polynomial is the connection polynomial read backwards.
	out := make([]uint64, order/64+1)
	for i := range order + 1 {
		out[(order-i)/64] |= c[i/64] >> (i % 64) & 1 << ((order - i) % 64)
	}
	return out
}

// addShifted is c += b * x^s, as far as c has room.
func addShifted(c, b []uint64, s int) {
	k, r := s/64, s%64
	for i := len(c) - 1; i >= k; i-- {
		v := b[i-k] << r
		if r > 0 && i-k > 0 {
			v |= b[i-k-1] >> (64 - r)
		}
		c[i] ^= v
	}
}

// powerOfX is x^n modulo m.
func powerOfX(n *big.Int, m []uint64) []uint64 {
	degree := 64*len(m) - 1 - bits.LeadingZeros64(m[len(m)-1])
	p := make([]uint64, 2*len(m)+1)
	p[0] = 1
	square := make([]uint64, len(p))
	for k := n.BitLen() - 1; k >= 0; k-- {
		for i := range len(m) {
			square[2*i], square[2*i+1] = spread(uint32(p[i])), spread(uint32(p[i]>>32))
		}
		p, square = square, p
		if n.Bit(k) == 1 {
			for i := len(p) - 1; i > 0; i-- {
				p[i] = p[i]<<1 | p[i-1]>>63
			}
			p[0] <<= 1
		}
		for i := 2*degree + 1; i >= degree; i-- {
			if p[i/64]>>(i%64)&1 != 0 {
				reduceAt(p, m, i-degree)
			}
		}
	}
	return p[:len(m)]
}

// reduceAt is p += m * x^s.
func reduceAt(p, m []uint64, s int) {
	k, r := s/64, s%64
	for i, w := range m {
		p[i+k] ^= w << r
		if r > 0 && i+k+1 < len(p) {
			p[i+k+1] ^= w >> (64 - r)
		}
	}
}

// spread puts a zero bit before each bit of x: over F2 that is the square.
func spread(x uint32) uint64 {
	v := uint64(x)
	v = (v | v<<16) & 0x0000ffff0000ffff
	v = (v | v<<8) & 0x00ff00ff00ff00ff
	v = (v | v<<4) & 0x0f0f0f0f0f0f0f0f
	v = (v | v<<2) & 0x3333333333333333
	return (v | v<<1) & 0x5555555555555555
}
