package prim

// This file: digests, checksums and Base64.

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding"
	"encoding/base64"
	"hash"
	"hash/crc32"

	"weft/runtime/core"
	"weft/runtime/task"
)

// digest is a hash under way.
type digest struct {
	typ *core.DataType
	h   hash.Hash
}

// digestType is the type Digest of hashes under way.
var digestType = core.NewOpaque("Digest", core.Any, true)

// hashes are the algorithms by their names.
var hashes = map[string]func() hash.Hash{
	"sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
	"sha512_224": sha512.New512_224, "sha512_256": sha512.New512_256,
	"sha3_224": func() hash.Hash { return sha3.New224() }, "sha3_256": func() hash.Hash { return sha3.New256() },
	"sha3_384": func() hash.Hash { return sha3.New384() }, "sha3_512": func() hash.Hash { return sha3.New512() },
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var digestTable = []entry{
	{"digest_new", 1, 1, "a hash under way, by the algorithm's name", func(_ *task.Task, a []core.Value) (core.Value, error) {
		name, err := textArg("digest_new", a[0])
		if err != nil {
			return core.Value{}, err
		}
		f, ok := hashes[name]
		if !ok {
			return core.Value{}, core.ArgErrorf("there is no hash %s", name)
		}
		return core.ToValue(&digest{digestType, f()}), nil
	}},
	{"digest_write", 2, 2, "takes more bytes in", func(t *task.Task, a []core.Value) (core.Value, error) {
		d, err := digestArg(a[0])
		if err != nil {
			return core.Value{}, err
		}
		b, err := bytesArg("digest_write", a[1])
		if err != nil {
			return core.Value{}, err
		}
		return nothing, inParts(t, len(b), func(lo, hi int) { d.h.Write(b[lo:hi]) })
	}},
	{"digest_sum", 1, 1, "the hash of what was taken in", func(_ *task.Task, a []core.Value) (core.Value, error) {
		d, err := digestArg(a[0])
		if err != nil {
			return core.Value{}, err
		}
		return core.BytesVector(d.h.Sum(nil)).Value(), nil
	}},
	{"digest_copy", 2, 2, "digest_copy(d, name): another hash in the same state", func(_ *task.Task, a []core.Value) (core.Value, error) {
		d, err := digestArg(a[0])
		if err != nil {
			return core.Value{}, err
		}
		name, err := textArg("digest_copy", a[1])
		if err != nil {
			return core.Value{}, err
		}
		c := &digest{digestType, hashes[name]()}
		state, err := d.h.(encoding.BinaryMarshaler).MarshalBinary()
		if err != nil {
			return core.Value{}, err
		}
		return core.ToValue(c), c.h.(encoding.BinaryUnmarshaler).UnmarshalBinary(state)
	}},
	{"crc32c", 2, 2, "the checksum CRC-32C of bytes, going on from another", func(_ *task.Task, a []core.Value) (core.Value, error) {
		b, err := bytesArg("crc32c", a[0])
		if err != nil {
			return core.Value{}, err
		}
		return core.Bits(core.UInt32, uint64(crc32.Update(uint32(a[1].N), castagnoli, b))), nil
	}},
	{"base64_encode", 1, 1, "bytes as text in Base64", func(_ *task.Task, a []core.Value) (core.Value, error) {
		b, err := bytesArg("base64encode", a[0])
		return core.MakeString(base64.StdEncoding.EncodeToString(b)), err
	}},
	{"base64_decode", 1, 1, "the bytes that text in Base64 stands for; what is no digit is left out", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("base64decode", a[0])
		if err != nil {
			return core.Value{}, err
		}
		b, err := base64.StdEncoding.DecodeString(string(bytes.Map(base64Digit, []byte(s))))
		if err != nil {
			return core.Value{}, core.ArgErrorf("malformed base64 sequence")
		}
		return core.BytesVector(b).Value(), nil
	}},
}

func base64Digit(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '+', r == '/', r == '=':
		return r
	}
	return -1
}

func digestArg(v core.Value) (*digest, error) {
	if !v.Is(digestType) {
		return nil, unexpected("digest", digestType, v)
	}
	return core.As[digest](v), nil
}
