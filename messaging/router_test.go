// This file tests replies, identities, stuck clients and stdin.

package messaging

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func next(t *testing.T, ch <-chan *Message) *Message {
	t.Helper()
	select {
	case m, ok := <-ch:
		if !ok {
			t.Fatal("the channel is closed")
		}
		return m
	case <-time.After(patience):
		t.Fatal("no message came")
	}
	return nil
}

func TestReplyKeepsTheParent(t *testing.T) {
	s := listen(t, Options{SubscriberWait: -1})
	for _, ch := range []Channel{Shell, Control} {
		r := dialRaw(t, s, ch)
		r.join("DEALER", "\x00\xffid")
		st := newStamp("s", "u")
		plain, _ := st.header("x_request", "")
		header := strings.Replace(string(plain), "{", "{ \"own\" : [1.0e0, \"\\u00e9\"], ", 1)
		p, err := packMessage(s.key, [][]byte{[]byte("more"), {}}, []byte(header), nil, nil, []Extra{{Metadata: Object{"m": 1}, Buffers: [][]byte{{1}, {}, {2}}}})
		if err != nil {
			t.Fatal(err)
		}
		r.send(p.chunks...)
		inbox := s.Shell()
		if ch == Control {
			inbox = s.Control()
		}
		m := next(t, inbox)
		if m.Channel != ch || len(m.Identities) != 3 || string(m.Identities[0]) != "\x00\xffid" || len(m.Buffers) != 3 || string(m.Metadata) != `{"m":1}` {
			t.Errorf("%s: %+v", ch, m)
		}
		if err := s.Reply(m, "x_reply", StatusReply{}, Extra{Metadata: Object{"started": "now"}, Buffers: [][]byte{[]byte("b")}}); err != nil {
			t.Fatal(err)
		}
		got := r.message()
		if len(got) != 9 || got[0] != "more" || got[1] != "" || got[2] != delimiter || got[5] != header || got[6] != `{"started":"now"}` || got[7] != `{"status":"ok"}` || got[8] != "b" {
			t.Errorf("%s: %q", ch, got)
		}
	}
}

// Two connections with one identity: the reply goes where the request came
// from, and when that one is gone, to the other; the older is not cut off.
func TestSameIdentity(t *testing.T) {
	s := listen(t, Options{SubscriberWait: -1})
	a, b := dialRaw(t, s, Shell), dialRaw(t, s, Shell)
	a.join("DEALER", "twin")
	b.join("DEALER", "twin")
	for _, r := range []*raw{a, b, a} {
		r.send(r.request(s, "q", "{}"))
		m := next(t, s.Shell())
		if err := s.Reply(m, "reply", Object{"to": m.Header.MsgID}); err != nil {
			t.Fatal(err)
		}
		if got := r.message(); !strings.Contains(got[5], m.Header.MsgID) {
			t.Errorf("got %q", got)
		}
	}
	a.send(a.request(s, "q", "{}"))
	m := next(t, s.Shell())
	a.Close()
	waitPeers(t, s, Shell, 1)
	if err := s.Reply(m, "reply", nil); err != nil {
		t.Fatal(err)
	}
	if got := b.message(); !strings.Contains(got[2], `"reply"`) {
		t.Errorf("got %q", got)
	}
	b.Close()
	waitPeers(t, s, Shell, 0)
	if err := s.Reply(m, "reply", nil); !errors.Is(err, ErrNoPeer) {
		t.Errorf("got %v", err)
	}
}

// waitPeers waits until a router knows n connections.
func waitPeers(t *testing.T, s *Server, ch Channel, n int) {
	t.Helper()
	r := s.routers[ch]
	timeout := time.After(patience)
	for {
		r.mu.Lock()
		have, news := len(r.alive), r.news
		r.mu.Unlock()
		if have == n {
			return
		}
		select {
		case <-news:
		case <-timeout:
			t.Fatalf("%d peers, expected %d", have, n)
		}
	}
}

// A REQ socket puts an empty frame before what it sends and wants it back.
func TestReqClient(t *testing.T) {
	s := listen(t, Options{SubscriberWait: -1})
	r := dialRaw(t, s, Shell)
	r.join("REQ", "")
	r.send(frame(flagMore, ""), r.request(s, "q", "{}"))
	if err := s.Reply(next(t, s.Shell()), "reply", nil); err != nil {
		t.Fatal(err)
	}
	if got := r.message(); got[0] != "" || got[1] != delimiter {
		t.Errorf("got %q", got)
	}
}

func TestReplyRefuses(t *testing.T) {
	s := listen(t, Options{})
	for _, m := range []*Message{nil, {}, {Channel: IOPub, Identities: [][]byte{{1}}}, {Channel: 77, Identities: [][]byte{{1}}}} {
		if err := s.Reply(m, "reply", nil); err == nil {
			t.Errorf("a reply to %+v was taken", m)
		}
	}
	if err := s.Reply(&Message{Channel: Shell, Identities: [][]byte{[]byte("nobody")}}, "reply", nil); !errors.Is(err, ErrNoPeer) {
		t.Errorf("got %v", err)
	}
}

// A client that asks and does not read its replies is given up; the others
// get theirs all along.
func TestStuckClient(t *testing.T) {
	for _, ch := range []Channel{Shell, Control} {
		s := listen(t, Options{QueueBytes: 1 << 20, ReplyStall: 20 * time.Millisecond, Linger: 100 * time.Millisecond})
		stuck := dialRaw(t, s, ch)
		stuck.join("DEALER", "stuck")
		stuck.send(stuck.request(s, "q", "{}"))
		inbox := s.Shell()
		if ch == Control {
			inbox = s.Control()
		}
		m := next(t, inbox)
		startKernel(s)
		big := Object{"text": strings.Repeat("x", 1<<19)}
		var err error
		for i := 0; err == nil; i++ {
			if i > 100 {
				t.Fatal("50 MB are waiting for a client that reads nothing")
			}
			err = s.Reply(m, "reply", big)
			if i < 5 {
				serves(t, s)
			}
		}
		if !errors.Is(err, ErrNoPeer) {
			t.Error(err)
		}
		serves(t, s)
		s.Close()
	}
}

func ask(t *testing.T, s *Server, identity string) (*raw, *Message) {
	t.Helper()
	r := dialRaw(t, s, Shell)
	r.join("DEALER", identity)
	r.send(r.request(s, "execute_request", `{"code":"input"}`))
	return r, next(t, s.Shell())
}

func TestInputWithoutStdin(t *testing.T) {
	s := listen(t, Options{SubscriberWait: -1, InputWait: 10 * time.Millisecond})
	_, m := ask(t, s, "me")
	other := dialRaw(t, s, Stdin)
	other.join("DEALER", "other")
	if _, err := s.AskInput(within(t), m, InputRequest{}); !errors.Is(err, ErrNoStdin) {
		t.Errorf("got %v", err)
	}
}

// reply makes an input_reply whose parent is a header with that msg_id.
func inputReply(t *testing.T, s *Server, value, parentID string) [][]byte {
	t.Helper()
	header, _ := newStamp(newSession(), "u").header("input_reply", "")
	var parent []byte
	if parentID != "" {
		parent = []byte(`{"msg_id":"` + parentID + `","msg_type":"input_request"}`)
	}
	p, err := packMessage(s.key, nil, header, parent, InputReply{Value: value}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p.chunks
}

func TestInput(t *testing.T) {
	s := listen(t, Options{SubscriberWait: -1, InputWait: patience})
	_, m := ask(t, s, "me")
	type result struct {
		r   InputReply
		err error
	}
	start := func(ctx context.Context) chan result {
		c := make(chan result, 1)
		go func() {
			r, err := s.AskInput(ctx, m, InputRequest{Prompt: "name? ", Password: true})
			c <- result{r, err}
		}()
		return c
	}
	// The question is asked before the client's stdin connects.
	got := start(within(t))
	in := dialRaw(t, s, Stdin)
	in.join("DEALER", "me")
	stale := inputReply(t, s, "unasked", "")
	q := in.message()
	if q[3] != string(m.HeaderRaw) || q[5] != `{"prompt":"name? ","password":true}` {
		t.Errorf("question %q", q)
	}
	first := msgID(t, q[2])
	// A reply to an older question, and one from somebody else, do not count.
	other := dialRaw(t, s, Stdin)
	other.join("DEALER", "other")
	other.send(inputReply(t, s, "intruder", "")...)
	in.send(inputReply(t, s, "old", s.Session()+"_0")...)
	in.send(inputReply(t, s, "yes", first)...)
	if r := <-got; r.err != nil || r.r.Value != "yes" {
		t.Errorf("got %+v", r)
	}
	// What comes while nothing is asked is forgotten; a reply without parent
	// is an answer.
	in.send(stale...)
	in.send(frame(flagCommand, "\x04PING\x00\x00"))
	if body, _ := in.frame(); body != "\x04PONG" {
		t.Fatalf("got %q", body)
	}
	got = start(within(t))
	in.message()
	in.send(inputReply(t, s, "second", "")...)
	if r := <-got; r.err != nil || r.r.Value != "second" {
		t.Errorf("got %+v", r)
	}
	// The end of the context ends the question.
	ctx, cancel := context.WithCancel(within(t))
	got = start(ctx)
	in.message()
	cancel()
	if r := <-got; !errors.Is(r.err, context.Canceled) {
		t.Errorf("got %+v", r)
	}
	// So does Close.
	got = start(within(t))
	in.message()
	s.Close()
	if r := <-got; !errors.Is(r.err, ErrClosed) {
		t.Errorf("got %+v", r)
	}
}

func msgID(t *testing.T, header string) string {
	t.Helper()
	m := &Message{ParentRaw: jsonRaw(header)}
	return m.Parent().MsgID
}

func TestInputPeerLeaves(t *testing.T) {
	s := listen(t, Options{SubscriberWait: -1, InputWait: 20 * time.Millisecond})
	_, m := ask(t, s, "me")
	in := dialRaw(t, s, Stdin)
	in.join("DEALER", "me")
	waitPeers(t, s, Stdin, 1)
	done := make(chan error, 1)
	go func() {
		_, err := s.AskInput(within(t), m, InputRequest{})
		done <- err
	}()
	in.message()
	in.Close()
	if err := <-done; !errors.Is(err, ErrNoStdin) {
		t.Errorf("got %v", err)
	}
}
