package prim

// This file has the primitives of random numbers. The generator is xoshiro256++
// of David Blackman and Sebastiano Vigna; its state stands in the fields of
// Random.Xoshiro, so that it is plain data of the language.

import (
	crand "crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/bits"

	"weft/runtime/core"
	"weft/runtime/task"
)

var randomTable = []entry{
	{"xoshiro_next", 1, 1, "xoshiro_next(x): the next 64 random bits of generator x.", xoshiroNext},
	{"xoshiro_between", 3, 3, "xoshiro_between(x, a, b): an Int64 from a to b, which is not less.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := stateOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		n := a[2].N - a[1].N + 1
		if n == 0 {
			return core.Int(int64(nextWord(s) + a[1].N)), nil
		}
		return core.Int(int64(wordBelow(s, n) + a[1].N)), nil
	}},
	{"xoshiro_below", 2, 2, "xoshiro_below(x, n): a UInt64 below n", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := stateOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		return core.Uint(wordBelow(s, a[1].N)), nil
	}},
	{"xoshiro_fill_below", 4, 4, "xoshiro_fill_below(x, a, n, least): fill an array of Int64 or UInt64 with numbers from least on, n of them", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := stateOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		arr, err := arrayArg("rand!", a[1])
		if err != nil {
			return core.Value{}, err
		}
		if arr.Kind.Bytes() != 8 {
			return core.Value{}, unexpected("rand!", core.VectorOf(core.UInt64.Value()), a[1])
		}
		w := arr.Words()
		for i := range w {
			if a[2].N == 0 {
				w[i] = nextWord(s)
			} else {
				w[i] = wordBelow(s, a[2].N) + a[3].N
			}
		}
		return a[1], nil
	}},
	{"xoshiro_fill", 2, 2, "xoshiro_fill(x, a): fill an array of numbers.", xoshiroFill},
	{"random_normal", 1, 1, "random_normal(r): a number of the standard normal distribution.", drawn(normalFrom)},
	{"random_exponential", 1, 1, "random_exponential(r): a number of the exponential distribution of mean 1.", drawn(exponentialFrom)},
	{"random_normals", 2, 2, "random_normals(r, a): fill an array of Float64 with numbers of the standard normal distribution.", drawnAll(normalFrom)},
	{"random_exponentials", 2, 2, "random_exponentials(r, a): fill an array of Float64 with numbers of the exponential distribution.", drawnAll(exponentialFrom)},
	{"random_device_words", 0, 0, "random_device_words(): four random words of the operating system.", randomDeviceWords},
	{"seed_words", 1, 1, "seed_words(bytes): the four state words that a seed's bytes give (their SHA-256).", seedWords},
}

// stateOf views the four state words of a generator object.
func stateOf(v core.Value) ([]core.Value, error) {
	if v.P == nil || core.TypeOf(v).Kind != core.KindObject || len(core.TypeOf(v).Name.FieldNames) != 5 {
		return nil, core.ArgErrorf("rand: expected a generator")
	}
	return v.Fields(4), nil
}

func nextWord(s []core.Value) uint64 {
	s0, s1, s2, s3 := s[0].N, s[1].N, s[2].N, s[3].N
	r := bits.RotateLeft64(s0+s3, 23) + s0
	t := s1 << 17
	s2 ^= s0
	s3 ^= s1
	s1 ^= s2
	s0 ^= s3
	s2 ^= t
	s3 = bits.RotateLeft64(s3, 45)
	s[0].N, s[1].N, s[2].N, s[3].N = s0, s1, s2, s3
	return r
}

// wordBelow is a number below n, by Lemire's nearly divisionless method.
func wordBelow(s []core.Value, n uint64) uint64 {
	hi, lo := bits.Mul64(nextWord(s), n)
	if lo < n {
		for t := -n % n; lo < t; {
			hi, lo = bits.Mul64(nextWord(s), n)
		}
	}
	return hi
}

func xoshiroNext(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := stateOf(a[0])
	if err != nil {
		return core.Value{}, err
	}
	return core.Uint(nextWord(s)), nil
}

// xoshiro is the state of a generator as a source of bits.
type xoshiro []core.Value

func (x xoshiro) word() uint64  { return nextWord(x) >> 12 }
func (x xoshiro) unit() float64 { return float64(nextWord(x)>>11) * 0x1p-53 }

// sourceOf is a generator as a source of bits.
func sourceOf(v core.Value) (bitSource, error) {
	if v.P != nil && core.TypeOf(v).Kind == core.KindObject && len(core.TypeOf(v).Name.FieldNames) == twisterFields {
		r, err := twisterOf(v)
		return &r, err
	}
	s, err := stateOf(v)
	return xoshiro(s), err
}

// drawn makes a primitive of a distribution.
func drawn(from func(bitSource) float64) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		r, err := sourceOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		return core.Float(from(r)), nil
	}
}

// given is a source whose first word is known.
type given struct {
	bitSource
	first uint64
	used  bool
}

func (g *given) word() uint64 {
	if !g.used {
		g.used = true
		return g.first
	}
	return g.bitSource.word()
}

// drawnAll fills an array of Float64: a long one with words made at once.
func drawnAll(from func(bitSource) float64) task.Fn {
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		r, err := sourceOf(a[0])
		if err != nil {
			return core.Value{}, err
		}
		arr, err := arrayArg("randn!", a[1])
		if err != nil {
			return core.Value{}, err
		}
		w := arr.Words()
		bulk := false
		switch x := r.(type) {
		case xoshiro:
			if bulk = arr.Len >= 7; bulk {
				err = xoshiroBulk(t, x, w, nil)
			}
		case *twister:
			if bulk = arr.Len >= 13; bulk {
				x.fill(w)
			}
		}
		if err != nil {
			return core.Value{}, err
		}
		g, source := &given{bitSource: r}, r
		return a[1], inParts(t, len(w), func(lo, hi int) {
			for i := lo; i < hi; i++ {
				if bulk {
					g.first, g.used = w[i], false
					source = g
				}
				w[i] = math.Float64bits(from(source))
			}
		})
	}
}

// xoshiroBulk fills w, as far as t is not to stop: 64 bytes and more by eight generators
// side by side that are seeded from x, the rest by x itself. What to store for a word says
// store.
func xoshiroBulk(t *task.Task, x []core.Value, w []uint64, store func(uint64) uint64) error {
	if store == nil {
		store = func(v uint64) uint64 { return v }
	}
	full := len(w) &^ 7
	if full > 0 {
		lanes := forkXoshiro(x)
		err := inParts(t, full, func(lo, hi int) {
			for i := lo; i < hi; i += 8 {
				for k := range lanes {
					w[i+k] = store(lanes[k].next())
				}
			}
		})
		if err != nil {
			return err
		}
	}
	for i := full; i < len(w); i++ {
		w[i] = store(nextWord(x))
	}
	return nil
}

// lane is the state of a xoshiro generator.
type lane [4]uint64

func (s *lane) next() uint64 {
	r := bits.RotateLeft64(s[0]+s[3], 23) + s[0]
	t := s[1] << 17
	s[2] ^= s[0]
	s[3] ^= s[1]
	s[1] ^= s[2]
	s[0] ^= s[3]
	s[2] ^= t
	s[3] = bits.RotateLeft64(s[3], 45)
	return r
}

func forkXoshiro(x []core.Value) (lanes [8]lane) {
	for i, m := range [4]uint64{0x02011ce34bce797f, 0x5a94851fb48a6e05, 0x3688cf5d48899fa7, 0x867b4bb4c42e5661} {
		for k := range lanes {
			lanes[k][i] = m * nextWord(x)
		}
	}
	return lanes
}

// xoshiroFill fills an array of Float64, Float32, Bool or integers.
func xoshiroFill(by *task.Task, a []core.Value) (core.Value, error) {
	s, err := stateOf(a[0])
	if err != nil {
		return core.Value{}, err
	}
	arr, err := arrayArg("rand!", a[1])
	if err != nil {
		return core.Value{}, err
	}
	t, ok := core.IsDataType(arr.ElemType())
	if !ok {
		return core.Value{}, unexpected("rand!", core.DataTypeType, arr.ElemType())
	}
	switch t {
	case core.Float64:
		return a[1], xoshiroBulk(by, s, arr.Words(), func(v uint64) uint64 { return math.Float64bits(float64(v>>11) * 0x1p-53) })
	case core.Int64, core.UInt64:
		return a[1], xoshiroBulk(by, s, arr.Words(), nil)
	case core.Bool:
		xoshiroBools(s, arr.Bytes()[:arr.Len])
		return a[1], nil
	}
	size := int(t.Size)
	w := make([]uint64, (arr.Len*size+7)/8)
	full := arr.Len * size / 64 * 8 // words that the lanes make
	if full > 0 {
		if err := xoshiroBulk(by, s, w[:full], nil); err != nil {
			return core.Value{}, err
		}
	}
	for i := full; i < len(w); i++ {
		w[i] = nextWord(s)
	}
	for i := range arr.Len {
		v := w[i*size/8] >> (uint(i*size%8) * 8)
		switch {
		case t == core.Float32:
			arr.Set(i, core.Bits(t, uint64(math.Float32bits(float32(uint32(v)>>8)*0x1p-24))))
		case size == 16:
			arr.Set(i, core.MakeInt128(t, w[2*i+1], w[2*i]))
		default:
			arr.Set(i, wrap(t, v))
		}
	}
	return a[1], nil
}

// xoshiroBools takes each word's bits k, k+8, ... for eight Bools at once.
func xoshiroBools(s []core.Value, b []byte) {
	const ones = 0x0101010101010101
	if len(b) >= 640 {
		lanes := forkXoshiro(s)
		for ; len(b) >= 512; b = b[512:] {
			var w [8]uint64
			for k := range lanes {
				w[k] = lanes[k].next()
			}
			for k := range 8 {
				for l := range w {
					binary.LittleEndian.PutUint64(b[64*k+8*l:], w[l]>>k&ones)
				}
			}
		}
	}
	for len(b) >= 8 {
		w := nextWord(s)
		for k := 0; k < 8 && len(b) >= 8; k++ {
			binary.LittleEndian.PutUint64(b, w>>k&ones)
			b = b[8:]
		}
	}
	if len(b) > 0 {
		var last [8]byte
		binary.LittleEndian.PutUint64(last[:], nextWord(s)&ones)
		copy(b, last[:])
	}
}

// fourWords makes a Vector{UInt64} of 32 bytes.
func fourWords(b []byte) core.Value {
	v := core.NewArray(core.VectorOf(core.UInt64.Value()), 4, nil)
	for i := range 4 {
		v.Words()[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return v.Value()
}

func randomDeviceWords(*task.Task, []core.Value) (core.Value, error) {
	var b [32]byte
	if _, err := crand.Read(b[:]); err != nil {
		return core.Value{}, core.Errorf("random device: %v", err)
	}
	return fourWords(b[:]), nil
}

func seedWords(_ *task.Task, a []core.Value) (core.Value, error) {
	if core.TypeOf(a[0]) != core.VectorU8 {
		return core.Value{}, core.TypeErr("seed!", "", core.VectorU8.Value(), a[0])
	}
	h := sha256.Sum256(core.As[core.Array](a[0]).Bytes())
	return fourWords(h[:]), nil
}
