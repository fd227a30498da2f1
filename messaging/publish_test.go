// This file tests iopub: back-pressure, stuck and slow subscribers, the gate
// for first requests.

package messaging

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// subscribe makes a raw subscriber to everything that has been welcomed.
func subscribe(t *testing.T, s *Server) *raw {
	t.Helper()
	r := dialRaw(t, s, IOPub)
	r.join("SUB", "")
	r.send(frame(0, "\x01"))
	if m := r.message(); !strings.Contains(m[3], `"iopub_welcome"`) || m[0] != "" {
		t.Fatalf("got %q", m)
	}
	return r
}

// next reads until a message of the given type.
func (r *raw) next(msgType string) []string {
	for {
		if m := r.message(); m[0] == msgType {
			return m
		}
	}
}

// A subscriber that reads nothing holds up nobody for longer than the stall
// time, and then has to go; one that reads gets everything in order.
func TestStuckSubscriber(t *testing.T) {
	s := listen(t, Options{QueueBytes: 256 << 10, Stall: 500 * time.Millisecond, Linger: patience})
	startKernel(s)
	stuck := subscribe(t, s)
	healthy := subscribe(t, s)
	const n = 8000
	text := strings.Repeat("x", 4000)
	bad := make(chan error, 1)
	go func() {
		defer close(bad)
		for i := range n {
			m := healthy.next("stream")
			if want := fmt.Sprintf(`{"name":"stdout","text":"%d %s"}`, i, text); m[6] != want {
				bad <- fmt.Errorf("message %d is %s", i, m[6])
				return
			}
		}
		bad <- nil
	}()
	start := time.Now()
	for i := range n {
		if err := s.Publish(within(t), nil, "stream", Stream{"stdout", strconv.Itoa(i) + " " + text}); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-bad; err != nil {
		t.Error(err)
	}
	t.Logf("%d messages in %v", n, time.Since(start))
	stuck.expectClosed()
	serves(t, s)
}

// A slow subscriber loses nothing: the publisher waits for it.
func TestSlowSubscriber(t *testing.T) {
	s := listen(t, Options{QueueBytes: 64 << 10, Stall: patience})
	slow := subscribe(t, s)
	const n = 30000
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		for i := range n {
			if err := s.Publish(context.Background(), nil, "stream", Stream{"stdout", strconv.Itoa(i) + strings.Repeat("x", 300)}); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	// Nothing is read before the publisher is really waiting.
	full := func() bool {
		s.pub.mu.Lock()
		defer s.pub.mu.Unlock()
		for p := range s.pub.subs {
			p.out.mu.Lock()
			waiting := p.out.space != nil
			p.out.mu.Unlock()
			if waiting {
				return true
			}
		}
		return false
	}
	for deadline := time.Now().Add(patience); !full(); {
		select {
		case <-sent:
			t.Fatal("the publisher did not wait")
		case <-time.After(time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatal("the queue was never full")
		}
	}
	for i := range n {
		if m := slow.next("stream"); !strings.Contains(m[6], `"`+strconv.Itoa(i)+"x") {
			t.Fatalf("message %d is %s", i, m[6])
		}
	}
	<-sent
}

// A publisher that waits can be cancelled, and Close does not hang.
func TestCancelPublish(t *testing.T) {
	s := listen(t, Options{QueueBytes: 64 << 10, Stall: time.Hour, Linger: 50 * time.Millisecond})
	subscribe(t, s)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	text := strings.Repeat("x", 60000)
	go func() {
		for {
			if err := s.Publish(ctx, nil, "stream", Stream{"stdout", text}); err != nil {
				done <- err
				return
			}
		}
	}()
	time.AfterFunc(20*time.Millisecond, cancel)
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	start := time.Now()
	s.Close()
	if d := time.Since(start); d > patience/2 {
		t.Errorf("Close took %v", d)
	}
	if err := s.Publish(context.Background(), nil, "status", Status{Idle}); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestVanishingSubscribers(t *testing.T) {
	s := listen(t, Options{QueueBytes: 64 << 10, Stall: time.Hour})
	stop := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				s.Publish(context.Background(), nil, "stream", Stream{"stdout", strings.Repeat("y", 5000)})
			}
		}
	})
	for range 50 {
		r := subscribe(t, s)
		r.next("stream")
		r.Close()
	}
	close(stop)
	all.Wait()
}

func TestBigMessages(t *testing.T) {
	s := listen(t, Options{QueueBytes: 1 << 20})
	r := subscribe(t, s)
	text := strings.Repeat("0123456789", 3<<20/10)
	go func() {
		for range 3 {
			s.Publish(context.Background(), nil, "display_data", DisplayData{Data: Object{"text/plain": text}}, Extra{Buffers: [][]byte{[]byte(text), {}}})
		}
	}()
	for range 3 {
		m := r.next("display_data")
		if len(m) != 9 || m[7] != text || m[8] != "" || !strings.Contains(m[6], text) {
			t.Fatalf("%d frames", len(m))
		}
	}
}

// Messages of one goroutine keep their order while many publish.
func TestPublishOrder(t *testing.T) {
	s := listen(t, Options{QueueBytes: 16 << 10})
	r := subscribe(t, s)
	const publishers, each = 8, 500
	for i := range publishers {
		go func() {
			for j := range each {
				s.Publish(context.Background(), nil, "stream", Stream{strconv.Itoa(i), strconv.Itoa(j)})
			}
		}()
	}
	next := map[string]int{}
	for range publishers * each {
		m := r.next("stream")
		var st Stream
		if err := (&Message{Content: jsonRaw(m[6])}).Decode(&st); err != nil {
			t.Fatal(err)
		}
		if st.Text != strconv.Itoa(next[st.Name]) {
			t.Fatalf("publisher %s: %s, expected %d", st.Name, st.Text, next[st.Name])
		}
		next[st.Name]++
	}
}

// The first request of a client waits for the client's subscription, so that
// it misses nothing, however it connects.
func TestFirstRequestWaitsForSubscriber(t *testing.T) {
	for range 100 {
		s := listen(t, Options{})
		startKernel(s)
		shell := dialRaw(t, s, Shell)
		shell.join("DEALER", "")
		shell.send(shell.request(s, "kernel_info_request", "{}"))
		sub := dialRaw(t, s, IOPub)
		sub.join("SUB", "")
		sub.send(frame(0, "\x01"))
		busy := sub.next("status")
		if busy[6] == `{"execution_state":"starting"}` {
			busy = sub.next("status")
		}
		if busy[6] != `{"execution_state":"busy"}` {
			t.Fatalf("the first status is %s", busy[6])
		}
		shell.message()
		shell.Close()
		sub.Close()
		s.Close()
	}
}

// A client without iopub is not held for ever, and only once.
func TestNoSubscriber(t *testing.T) {
	s := listen(t, Options{SubscriberWait: 30 * time.Millisecond})
	startKernel(s)
	shell := dialRaw(t, s, Shell)
	shell.join("DEALER", "")
	start := time.Now()
	shell.send(shell.request(s, "kernel_info_request", "{}"))
	shell.message()
	if d := time.Since(start); d < 30*time.Millisecond {
		t.Errorf("the first request was held %v", d)
	}
	for range 50 {
		shell.send(shell.request(s, "kernel_info_request", "{}"))
		shell.message()
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("51 requests took %v", d)
	}
}
