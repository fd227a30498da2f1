// This file tests and fuzzes frames, signatures and the handshake guard.

package messaging

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

func TestSplitJoin(t *testing.T) {
	want := Frames{
		Identities: [][]byte{[]byte("a"), {}}, Signature: []byte("sig"),
		Header: []byte("{}"), Parent: []byte("{ }"), Metadata: []byte("{  }"), Content: []byte("{   }"),
		Buffers: [][]byte{[]byte("b1"), []byte("b2")},
	}
	got, err := Split(Join(want))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestSplitRefuses(t *testing.T) {
	d := []byte(delimiter)
	for _, frames := range [][][]byte{nil, {}, {d}, {d, d, d, d, d}, {{}, {}, {}, {}, {}, {}}} {
		if f, err := Split(frames); err == nil {
			t.Errorf("Split(%q) = %q", frames, f)
		}
	}
}

// The digest is that of RFC 4231, test case 2: key "Jefe", data "what do ya
// want for nothing?".
func TestSignKnown(t *testing.T) {
	k, err := NewKey("hmac-sha256", "Jefe")
	if err != nil {
		t.Fatal(err)
	}
	const want = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
	parts := [][]byte{[]byte("what do "), []byte("ya want "), []byte("for "), []byte("nothing?")}
	if got := string(k.Sign(nil, parts[0], parts[1], parts[2], parts[3])); got != want {
		t.Errorf("got %s", got)
	}
	if err := k.Verify([]byte(want), parts[0], parts[1], parts[2], parts[3]); err != nil {
		t.Error(err)
	}
	if err := k.Verify([]byte(want), parts[0], parts[1], parts[2], parts[3]); !errors.Is(err, ErrReplay) {
		t.Errorf("second time: %v", err)
	}
	for _, bad := range []string{"", "00", want[1:] + "0", want + "0"} {
		if err := k.Verify([]byte(bad), parts[0], parts[1], parts[2], parts[3]); !errors.Is(err, ErrSignature) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestNoKey(t *testing.T) {
	k, err := NewKey("", "")
	if err != nil {
		t.Fatal(err)
	}
	if s := k.Sign(nil, nil, nil, nil, nil); len(s) != 0 {
		t.Errorf("signed %q", s)
	}
	for range 2 {
		if err := k.Verify([]byte("anything"), nil, nil, nil, nil); err != nil {
			t.Error(err)
		}
	}
	if _, err := NewKey("hmac-md5", "k"); err == nil {
		t.Error("hmac-md5 was taken")
	}
}

func TestReplaysAreBounded(t *testing.T) {
	k, err := NewKey("hmac-sha256", "k")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3*seenLimit + 7 {
		h := strconv.AppendInt(nil, int64(i), 10)
		if err := k.Verify(k.Sign(nil, h, nil, nil, nil), h, nil, nil, nil); err != nil {
			t.Fatal(i, err)
		}
	}
	if n := len(k.seen) + len(k.old); n > 2*seenLimit || n < seenLimit {
		t.Errorf("%d signatures are remembered", n)
	}
	last := strconv.AppendInt(nil, 3*seenLimit, 10)
	if err := k.Verify(k.Sign(nil, last, nil, nil, nil), last, nil, nil, nil); !errors.Is(err, ErrReplay) {
		t.Errorf("a recent message was taken again: %v", err)
	}
}

func TestPackRead(t *testing.T) {
	sizes := []int{0, 1, 255, 256, ownChunk - 1, ownChunk, ownChunk + 1, growFrom, growFrom + 1, 5*growFrom + 3}
	var frames [][]byte
	for i, n := range sizes {
		frames = append(frames, bytes.Repeat([]byte{byte('a' + i)}, n))
	}
	for split := range len(frames) + 1 {
		p := pack(frames[:split], frames[split:])
		wire := bytes.Join(p.chunks, nil)
		if len(wire) != p.size {
			t.Fatalf("size %d, expected %d", p.size, len(wire))
		}
		l := &link{br: bufio.NewReader(bytes.NewReader(wire)), maxMessage: 1 << 30}
		got, err := l.read()
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, frames) {
			t.Fatalf("split at %d: frames differ", split)
		}
	}
}

// What a peer announces and does not send is not allocated.
func TestReadGrows(t *testing.T) {
	head := frame(0, "")
	head = append([]byte{flagLong, 0, 0, 0, 0, 0x30, 0, 0, 0}, head...)
	allocated := testing.AllocsPerRun(1, func() {
		l := &link{br: bufio.NewReader(bytes.NewReader(head)), maxMessage: 1 << 30}
		if _, err := l.read(); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Error(err)
		}
	})
	if allocated > 100 {
		t.Errorf("%v allocations", allocated)
	}
	var l link
	l.br = bufio.NewReader(bytes.NewReader(head[9:]))
	b, err := l.body(1 << 29)
	if err == nil || b != nil {
		t.Errorf("got %d bytes, %v", len(b), err)
	}
}

// FuzzDecode feeds bytes to the frame reader and the message parser.
func FuzzDecode(f *testing.F) {
	key, err := NewKey("", "")
	if err != nil {
		f.Fatal(err)
	}
	p, err := packMessage(key, [][]byte{[]byte("id")}, []byte(`{"msg_id":"1","msg_type":"t"}`), nil, nil, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(bytes.Join(p.chunks, nil))
	f.Add(frame(flagCommand, "\x04PING\x00\x00ctx"))
	f.Add(frame(flagCommand, "\xffPING"))
	f.Add([]byte{flagLong, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{flagLong | flagMore, 0, 0, 0, 0, 0, 0x10, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		l := &link{br: bufio.NewReader(bytes.NewReader(data)), maxMessage: 1 << 16, command: func(string, []byte) {}}
		for {
			frames, err := l.read()
			if err != nil {
				return
			}
			m, err := parseMessage(key, Shell, frames)
			if err != nil {
				continue
			}
			if m.Header.MsgID == "" || m.Header.MsgType == "" {
				t.Errorf("a message without id or type was taken: %q", frames)
			}
			m.Parent()
			for _, v := range []any{new(ExecuteRequest), new(CompleteRequest), new(HistoryRequest), new(CommOpen), new(InputReply), new(HistoryReply)} {
				if err := m.Decode(v); err != nil && err.Error() == "" {
					t.Error("an error says nothing")
				}
			}
		}
	})
}

// FuzzHandshake feeds bytes to the handshake as a peer would.
func FuzzHandshake(f *testing.F) {
	ok := append(greeting(), ready("DEALER", "id")...)
	f.Add(ok)
	f.Add(append(greeting(), ready("CLIENT", "")...))
	f.Add(append(greeting(), frame(flagCommand, "\x05READY\x0bSock")...))
	f.Add(append(greeting(), flagLong, 0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff))
	f.Fuzz(func(t *testing.T, data []byte) {
		tryHandshake(data)
	})
}

// tryHandshake lets a peer say data and then end its side.
func tryHandshake(data []byte) (*link, error) {
	a, b := newMemStream(), newMemStream()
	server := &memConn{in: a, out: b}
	a.write(data[:min(len(data), memLimit)])
	a.end(false)
	return handshake(server, "ROUTER", "", true, patience, 64)
}

func TestHandshakeGuard(t *testing.T) {
	long := func(n byte) []byte { return []byte{flagLong | flagCommand, 0, 0, 0, 0, 0, n, 0, 0} }
	for name, tail := range map[string][]byte{
		"64 KiB frame":    long(1),
		"2^62 frame":      {flagLong | flagCommand, 0x40, 0, 0, 0, 0, 0, 0, 0},
		"unknown type":    ready("CLIENT", ""),
		"empty type":      ready("", ""),
		"no properties":   frame(flagCommand, "\x05READY"),
		"cut after key":   frame(flagCommand, "\x05READY\x0bSocket-Type"),
		"cut in key":      frame(flagCommand, "\x05READY\x0bSock"),
		"length too long": frame(flagCommand, "\x05READY\x0bSocket-Type\xff\xff\xff\xffDEALER"),
		"wrong command":   frame(flagCommand, "\x05ERROR\x00"),
		"empty command":   frame(flagCommand, ""),
		"a message":       frame(0, "hello"),
		"endless MORE":    bytes.Repeat(frame(flagCommand|flagMore, ""), 10000),
		"nothing":         nil,
	} {
		t.Run(name, func(t *testing.T) {
			l, err := tryHandshake(append(greeting(), tail...))
			if err == nil {
				t.Errorf("accepted: %+v", l)
			}
			large := strings.Contains(name, "frame") || name == "endless MORE"
			if large != errors.Is(err, errHandshakeSize) {
				t.Errorf("got %v", err)
			}
		})
	}
	l, err := tryHandshake(append(greeting(), ready("DEALER", "me")...))
	if err != nil || l.id != "me" {
		t.Errorf("an orderly handshake: %+v, %v", l, err)
	}
}

var _ net.Conn = (*memConn)(nil)
