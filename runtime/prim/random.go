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
	{"random_normal", 1, 1, "random_normal(x): a number of the standard normal distribution.", randomNormal},
	{"random_exponential", 1, 1, "random_exponential(x): a number of the exponential distribution of mean 1.", randomExponential},
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

func xoshiroNext(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := stateOf(a[0])
	if err != nil {
		return core.Value{}, err
	}
	return core.Uint(nextWord(s)), nil
}

func unit(s []core.Value) float64 { return float64(nextWord(s)>>11) * 0x1p-53 }

// randomNormal is the polar method of Marsaglia.
func randomNormal(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := stateOf(a[0])
	if err != nil {
		return core.Value{}, err
	}
	for {
		u, v := 2*unit(s)-1, 2*unit(s)-1
		q := u*u + v*v
		if q > 0 && q < 1 {
			return core.Float(u * math.Sqrt(-2*math.Log(q)/q)), nil
		}
	}
}

func randomExponential(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := stateOf(a[0])
	if err != nil {
		return core.Value{}, err
	}
	return core.Float(-math.Log1p(-unit(s))), nil
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
