// This file splits and joins the frames of a message and signs them.

package messaging

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"sync"
)

// delimiter stands between the routing frames and the signature.
const delimiter = "<IDS|MSG>"

// Frames are the parts of one message on the wire.
type Frames struct {
	Identities [][]byte
	Signature  []byte
	Header     []byte
	Parent     []byte
	Metadata   []byte
	Content    []byte
	Buffers    [][]byte
}

// Split finds the parts of a message in the frames that came over a socket.
// It copies nothing.
func Split(frames [][]byte) (Frames, error) {
	for i, f := range frames {
		if string(f) != delimiter {
			continue
		}
		rest := frames[i+1:]
		if len(rest) < 5 {
			return Frames{}, fmt.Errorf("expected a signature and 4 frames after the delimiter, got %d frames", len(rest))
		}
		return Frames{
			Identities: frames[:i:i], Signature: rest[0],
			Header: rest[1], Parent: rest[2], Metadata: rest[3], Content: rest[4],
			Buffers: rest[5:],
		}, nil
	}
	return Frames{}, fmt.Errorf("expected the delimiter %s, got %d frames without it", delimiter, len(frames))
}

// Join is the inverse of Split.
func Join(f Frames) [][]byte {
	frames := make([][]byte, 0, len(f.Identities)+6+len(f.Buffers))
	frames = append(frames, f.Identities...)
	frames = append(frames, []byte(delimiter), f.Signature, f.Header, f.Parent, f.Metadata, f.Content)
	return append(frames, f.Buffers...)
}

// Errors of Key.Verify.
var (
	ErrSignature = errors.New("bad signature")
	ErrReplay    = errors.New("replayed message: its signature was seen before")
)

// seenLimit bounds how many signatures are remembered, twice.
const seenLimit = 1 << 15

// Key signs and checks messages with HMAC-SHA256. A Key made of an empty key
// signs nothing and accepts everything.
type Key struct {
	macs sync.Pool
	none bool

	mu   sync.Mutex
	seen map[[16]byte]struct{}
	// old is the generation of seen before the present one.
	old map[[16]byte]struct{}
}

// NewKey makes a Key of the key and signature_scheme of a connection file.
func NewKey(scheme, key string) (*Key, error) {
	if scheme != "hmac-sha256" && (scheme != "" || key != "") {
		return nil, fmt.Errorf("signature_scheme: expected hmac-sha256, got %q", scheme)
	}
	secret := []byte(key)
	k := &Key{none: key == ""}
	k.macs.New = func() any { return hmac.New(sha256.New, secret) }
	return k, nil
}

// Sign appends the signature of the four JSON frames to dst, as hexadecimal
// digits; nothing if there is no key.
func (k *Key) Sign(dst []byte, header, parent, metadata, content []byte) []byte {
	if k.none {
		return dst
	}
	var sum [sha256.Size]byte
	return hex.AppendEncode(dst, k.sum(sum[:0], header, parent, metadata, content))
}

func (k *Key) sum(dst []byte, frames ...[]byte) []byte {
	mac, ok := k.macs.Get().(hash.Hash)
	if !ok {
		return dst
	}
	mac.Reset()
	for _, f := range frames {
		mac.Write(f)
	}
	dst = mac.Sum(dst)
	k.macs.Put(mac)
	return dst
}

// Verify checks a signature, and that it is not one that came before.
func (k *Key) Verify(signature, header, parent, metadata, content []byte) error {
	if k.none {
		return nil
	}
	var sum [sha256.Size]byte
	k.sum(sum[:0], header, parent, metadata, content)
	var text [2 * sha256.Size]byte
	hex.Encode(text[:], sum[:])
	if !hmac.Equal(text[:], bytes.ToLower(signature)) {
		return ErrSignature
	}
	id := [16]byte(sum[:16])
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.seen[id]; ok {
		return ErrReplay
	}
	if _, ok := k.old[id]; ok {
		return ErrReplay
	}
	if k.seen == nil || len(k.seen) >= seenLimit {
		k.old, k.seen = k.seen, make(map[[16]byte]struct{})
	}
	k.seen[id] = struct{}{}
	return nil
}
