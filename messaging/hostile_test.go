// This file tests that no peer can crash, freeze or mute a server.

package messaging

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"net"
	"os"
	"strings"
	"testing"
	"time"
)

// serves says that s still does all it should for a new client.
func serves(t *testing.T, s *Server) {
	t.Helper()
	c := connect(t, s)
	defer c.Close()
	ctx := within(t)
	if _, err := c.WaitReady(ctx); err != nil {
		t.Fatal("shell:", err)
	}
	if err := c.Interrupt(ctx); err != nil {
		t.Fatal("control:", err)
	}
	if _, err := c.Ping(ctx); err != nil {
		t.Fatal("heartbeat:", err)
	}
	got := 0
	_, err := c.Execute(ctx, ExecuteRequest{Code: "50"}, Handler{IOPub: func(m *Message) {
		if m.Header.MsgType == "stream" {
			got++
		}
	}})
	if err != nil || got != 50 {
		t.Fatalf("execute: %d of 50 streams, %v", got, err)
	}
}

var allChannels = []Channel{Shell, IOPub, Stdin, Control, Heartbeat}

func TestSilentPeersDoNotBlock(t *testing.T) {
	s := listen(t, Options{MaxHandshakes: 4, HandshakeTimeout: patience})
	startKernel(s)
	for _, ch := range allChannels {
		for i := range 12 {
			r := dialRaw(t, s, ch)
			r.send(greeting()[:i])
		}
	}
	serves(t, s)
}

// When too many are silent, the one that has been so longest makes room.
func TestOldestSilentPeerGoes(t *testing.T) {
	s := listen(t, Options{MaxHandshakes: 2, HandshakeTimeout: time.Hour})
	first, second := dialRaw(t, s, Shell), dialRaw(t, s, Shell)
	dialRaw(t, s, Shell)
	first.expectClosed()
	second.join("DEALER", "")
}

func TestHandshakeHasADeadline(t *testing.T) {
	s := listen(t, Options{HandshakeTimeout: 20 * time.Millisecond})
	for _, ch := range allChannels {
		r := dialRaw(t, s, ch)
		r.send(greeting())
		r.expectClosed()
	}
}

func TestHostileHandshakes(t *testing.T) {
	s := listen(t, Options{})
	startKernel(s)
	for name, text := range map[string][]byte{
		"http":         []byte("GET / HTTP/1.1\r\nHost: x\r\nAccept: text/html, */*; filler filler filler filler\r\n\r\n"),
		"unknown type": append(greeting(), ready("CLIENT", "")...),
		"wrong type":   append(greeting(), ready("PUSH", "")...),
		"no type":      append(greeting(), frame(flagCommand, "\x05READY")...),
		"cut":          append(greeting(), frame(flagCommand, "\x05READY\x0bSocket-Type")...),
		"huge":         append(greeting(), flagLong|flagCommand, 0x40, 0, 0, 0, 0, 0, 0, 0),
		"64 GiB":       append(greeting(), flagLong|flagCommand, 0, 0, 0, 0x10, 0, 0, 0, 0),
		"long id":      append(greeting(), ready("DEALER", strings.Repeat("x", 300))...),
	} {
		t.Run(name, func(t *testing.T) {
			for _, ch := range allChannels {
				r := dialRaw(t, s, ch)
				r.send(text)
				r.expectClosed()
			}
		})
	}
	serves(t, s)
}

// Orderly streams with a few bytes changed must never panic or hang.
func TestDamagedHandshakes(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	orderly := append(greeting(), ready("DEALER", "identity")...)
	accepted := 0
	for range 20000 {
		b := bytes.Clone(orderly)
		for range 1 + rng.IntN(3) {
			b[rng.IntN(len(b))] = byte(rng.Uint32())
		}
		b = b[:len(b)-rng.IntN(2)*rng.IntN(len(b))]
		if _, err := tryHandshake(b); err == nil {
			accepted++
		}
	}
	if accepted == 0 || accepted == 20000 {
		t.Errorf("%d of 20000 were accepted", accepted)
	}
}

func TestHugeFrames(t *testing.T) {
	s := listen(t, Options{MaxMessage: 1 << 20})
	startKernel(s)
	for _, size := range []uint64{1 << 62, 1<<63 + 5, 1<<20 + 1} {
		for _, flags := range []byte{flagLong, flagLong | flagMore, flagLong | flagCommand} {
			for _, ch := range allChannels {
				r := dialRaw(t, s, ch)
				r.join(clientType(ch), "")
				r.send(binary.BigEndian.AppendUint64([]byte{flags}, size))
				r.expectClosed()
			}
		}
	}
	serves(t, s)
}

func clientType(ch Channel) string {
	switch ch {
	case IOPub:
		return "SUB"
	case Heartbeat:
		return "REQ"
	}
	return "DEALER"
}

func TestEndlessMore(t *testing.T) {
	s := listen(t, Options{MaxMessage: 1 << 20})
	startKernel(s)
	for _, ch := range allChannels {
		r := dialRaw(t, s, ch)
		r.join(clientType(ch), "")
		// The write may fail half way: the peer has heard enough.
		r.Write(bytes.Repeat(frame(flagMore, ""), maxFrames+1))
		r.expectClosed()

		r = dialRaw(t, s, ch)
		r.join(clientType(ch), "")
		r.Write(bytes.Repeat(frame(flagMore, strings.Repeat("x", 60000)), 20))
		r.expectClosed()
	}
	serves(t, s)
}

func TestGarbageMessagesAreDropped(t *testing.T) {
	s := listen(t, Options{})
	startKernel(s)
	for _, ch := range []Channel{Shell, Stdin, Control, Heartbeat, IOPub} {
		r := dialRaw(t, s, ch)
		r.join(clientType(ch), "")
		good := r.request(s, "kernel_info_request", "{}")
		for _, b := range [][]byte{
			frame(0, "hello"),
			frame(0, ""),
			frame(0, delimiter),
			bytes.Repeat(frame(flagMore, delimiter), 7),
			frame(0, "end"),
			bytes.Replace(good, []byte("kernel_info_request"), []byte("kernel_inf0_request"), 1),
			frame(flagCommand, "\x04NEWS"),
			frame(flagCommand, "\x09SUBSCRIBE"),
			frame(flagCommand, "\x06CANCELx"),
		} {
			r.send(b)
		}
		if ch != Shell && ch != Control {
			continue
		}
		r.send(good)
		if got := r.message(); !strings.Contains(strings.Join(got, ""), "kernel_info_reply") {
			t.Errorf("%s: %q", ch, got)
		}
	}
	serves(t, s)
}

func TestBadSignaturesAndReplays(t *testing.T) {
	s := listen(t, Options{})
	r := dialRaw(t, s, Control)
	r.join("DEALER", "me")
	first := r.request(s, "one", "{}")
	forged := bytes.Clone(first)
	i := bytes.Index(forged, []byte(delimiter)) + len(delimiter) + 2
	forged[i] ^= 1
	r.send(forged, first, first, r.request(s, "two", "{}"))
	for _, want := range []string{"one", "two"} {
		select {
		case m := <-s.Control():
			if m.Header.MsgType != want || string(m.Identities[0]) != "me" {
				t.Errorf("got %+v, expected %s", m, want)
			}
		case <-time.After(patience):
			t.Fatal("nothing came")
		}
	}
}

func TestPing(t *testing.T) {
	s := listen(t, Options{})
	for _, ch := range allChannels {
		r := dialRaw(t, s, ch)
		r.join(clientType(ch), "")
		r.send(frame(flagCommand, "\x04PING\x00\x0acontext"))
		if body, flags := r.frame(); flags != flagCommand || body != "\x04PONGcontext" {
			t.Errorf("%s: %q, flags %d", ch, body, flags)
		}
	}
	// Between the frames of a message too, and the message stays whole.
	r := dialRaw(t, s, Shell)
	r.join("DEALER", "me")
	req := r.request(s, "one", `{"a":1}`)
	ping := frame(flagCommand, "\x04PING\x00\x0a")
	first := frame(flagMore, delimiter)
	if !bytes.HasPrefix(req, first) {
		t.Fatalf("%q", req)
	}
	r.send(first, ping, req[len(first):])
	if body, _ := r.frame(); body != "\x04PONG" {
		t.Errorf("%q", body)
	}
	select {
	case m := <-s.Shell():
		if string(m.Content) != `{"a":1}` {
			t.Errorf("%+v", m)
		}
	case <-time.After(patience):
		t.Fatal("nothing came")
	}
}

// A subscriber that says all sorts of things still gets its subscription.
func TestSubscriberChatter(t *testing.T) {
	s := listen(t, Options{})
	r := dialRaw(t, s, IOPub)
	r.join("SUB", "")
	r.send(bytes.Repeat(frame(0, "chatter"), 50), frame(0, "\x00never"), frame(0, "\x01status"))
	welcome := r.message()
	if welcome[0] != "status" || !strings.Contains(strings.Join(welcome, ""), `"iopub_welcome"`) || welcome[6] != `{"subscription":"status"}` {
		t.Errorf("welcome %q", welcome)
	}
	if starting := r.message(); starting[6] != `{"execution_state":"starting"}` {
		t.Errorf("starting %q", starting)
	}
	s.Publish(within(t), nil, "stream", Stream{"stdout", "not subscribed"})
	s.Publish(within(t), nil, "status", Status{Idle})
	if m := r.message(); m[0] != "status" || m[6] != `{"execution_state":"idle"}` {
		t.Errorf("got %q", m)
	}
	r.send(frame(0, "\x01other"))
	if m := r.message(); m[6] != `{"subscription":"other"}` {
		t.Errorf("got %q", m)
	}
	r.send(frame(0, "\x00status"), frame(flagCommand, "\x09SUBSCRIBElast"))
	if m := r.message(); m[6] != `{"subscription":"last"}` {
		t.Errorf("got %q", m)
	}
	s.Publish(within(t), nil, "status", Status{Idle})
	s.Publish(within(t), nil, "last", Status{Busy})
	if m := r.message(); m[0] != "last" {
		t.Errorf("got %q", m)
	}
}

// Heartbeats without a delimiter are ignored; a client that does not read its
// echoes harms nobody else.
func TestHeartbeatAlone(t *testing.T) {
	s := listen(t, Options{Linger: 50 * time.Millisecond})
	startKernel(s)
	odd := dialRaw(t, s, Heartbeat)
	odd.join("DEALER", "")
	odd.send(frame(0, "no delimiter"), frame(flagMore, ""), frame(0, "yes"))
	if m := odd.message(); len(m) != 2 || m[0] != "" || m[1] != "yes" {
		t.Errorf("echo %q", m)
	}
	stuck := dialRaw(t, s, Heartbeat)
	stuck.join("REQ", "")
	beat := append(frame(flagMore, ""), frame(0, strings.Repeat("x", 30000))...)
	for range 1000 {
		stuck.send(beat)
	}
	serves(t, s)
}

func openFiles(t *testing.T) int {
	t.Helper()
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(all)
}

// Connections that come and go in all ways leave nothing behind.
func TestChurn(t *testing.T) {
	before := openFiles(t)
	s, err := Listen(tcpConnection(), Options{Linger: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	startKernel(s)
	for i := range 200 {
		for _, ch := range allChannels {
			network, address := s.conn.address(ch)
			nc, err := net.Dial(network, address)
			if err != nil {
				t.Fatal(err)
			}
			switch i % 4 {
			case 1:
				nc.Write(greeting())
			case 2:
				nc.Write(append(greeting(), ready(clientType(ch), "same")...))
			case 3:
				nc.Write(append(greeting(), ready("CLIENT", "")...))
			}
			nc.Close()
		}
	}
	serves(t, s)
	s.Close()
	for ch, k := range s.sockets {
		if len(k.peers) != 0 || len(k.pending) != 0 {
			t.Errorf("%s: %d peers and %d handshakes are left", Channel(ch), len(k.peers), len(k.pending))
		}
	}
	if after := openFiles(t); after > before+2 {
		t.Errorf("%d files were open, now %d", before, after)
	}
}

func TestTooManyPeers(t *testing.T) {
	s := listen(t, Options{MaxPeers: 3})
	var kept []*raw
	for range 3 {
		r := dialRaw(t, s, Shell)
		r.join("DEALER", "")
		kept = append(kept, r)
	}
	over := dialRaw(t, s, Shell)
	over.Write(append(greeting(), ready("DEALER", "")...))
	over.expectClosed()
	kept[0].send(kept[0].request(s, "one", "{}"))
	select {
	case <-s.Shell():
	case <-time.After(patience):
		t.Error("a peer within the limit is not served")
	}
}
