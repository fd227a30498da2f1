// This file tests the client, and measures both sides.

package messaging

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestDialWaitsForTheKernel(t *testing.T) {
	first := listen(t, Options{})
	conn := first.Connection()
	first.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := Dial(ctx, conn, ClientOptions{}); err == nil || !strings.Contains(err.Error(), "shell") {
		t.Errorf("got %v", err)
	}
	dialed := make(chan error, 1)
	go func() {
		c, err := Dial(within(t), conn, ClientOptions{})
		if err == nil {
			_, err = c.WaitReady(within(t))
			c.Close()
		}
		dialed <- err
	}()
	s, err := Listen(conn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	startKernel(s)
	if err := <-dialed; err != nil {
		t.Error(err)
	}
}

func TestRawSendReceive(t *testing.T) {
	s, c, err := NewPipe(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	defer c.Close()
	sub := c.Subscribe()
	for _, ch := range []Channel{Shell, Control} {
		m, err := c.Send(ch, "custom_request", Object{"a": 1}, Extra{Buffers: [][]byte{{7}}, Subshell: "sub"})
		if err != nil {
			t.Fatal(err)
		}
		inbox := s.Shell()
		if ch == Control {
			inbox = s.Control()
		}
		req := next(t, inbox)
		if req.Header.MsgID != m.Header.MsgID || req.Header.Session != c.Session() || string(req.Content) != `{"a":1}` || len(req.Buffers) != 1 || req.Header.SubshellID != "sub" {
			t.Errorf("got %+v", req)
		}
		if err := s.Reply(req, "custom_reply", nil); err != nil {
			t.Fatal(err)
		}
		r, err := c.Recv(within(t), ch)
		if err != nil || r.Header.MsgType != "custom_reply" || r.Parent().MsgID != m.Header.MsgID || r.Header.Session != s.Session() {
			t.Errorf("got %+v, %v", r, err)
		}
		if err := s.Publish(within(t), req.HeaderRaw, "custom", nil); err != nil {
			t.Fatal(err)
		}
		for m := range sub.C {
			if m.Header.MsgType == "custom" {
				break
			}
		}
	}
	sub.Close()
	for range sub.C {
	}
	if _, err := c.Send(IOPub, "x", nil); err == nil {
		t.Error("sent on iopub")
	}
	if _, err := c.Recv(within(t), IOPub); err == nil {
		t.Error("received on iopub")
	}
}

// The kernel goes away in the middle of a request.
func TestKernelGone(t *testing.T) {
	s := listen(t, Options{})
	c := connect(t, s)
	sub := c.Subscribe()
	failed := make(chan error, 2)
	go func() {
		_, err := c.KernelInfo(within(t))
		failed <- err
	}()
	go func() {
		_, err := c.Execute(within(t), ExecuteRequest{}, Handler{})
		failed <- err
	}()
	next(t, s.Shell())
	next(t, s.Shell())
	s.Close()
	for range 2 {
		if err := <-failed; !errors.Is(err, errNoAnswer) {
			t.Errorf("got %v", err)
		}
	}
	for range sub.C {
	}
	<-c.Done()
	if _, err := c.Send(Shell, "x", nil); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
	if _, err := c.Ping(within(t)); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
	if _, err := c.WaitReady(within(t)); err == nil {
		t.Error("ready")
	}
}

func TestContextEndsRequests(t *testing.T) {
	_, c, err := NewPipe(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.KernelInfo(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := c.Execute(ctx, ExecuteRequest{}, Handler{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := c.Recv(ctx, Stdin); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if len(c.waits) != 0 {
		t.Errorf("%d requests are still waited for", len(c.waits))
	}
}

// Many clients at once, each with its own output, replies and input.
func TestManyClients(t *testing.T) {
	s := listen(t, Options{})
	startKernel(s)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			c, err := Dial(within(t), s.Connection(), ClientOptions{})
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			// What is published before the subscription has arrived is not for c.
			if _, err := c.WaitReady(within(t)); err != nil {
				t.Error(err)
				return
			}
			for range 20 {
				got := 0
				ex, err := c.Execute(within(t), ExecuteRequest{Code: "20"}, Handler{IOPub: func(m *Message) {
					if m.Header.MsgType == "stream" {
						got++
					}
				}})
				if err != nil || got != 20 || ex.Reply.Status != StatusOK {
					t.Errorf("%d of 20, %v", got, err)
				}
				var text string
				_, err = c.Execute(within(t), ExecuteRequest{Code: "input"}, Handler{
					Input: func(InputRequest) (string, error) { return c.Session(), nil },
					IOPub: func(m *Message) {
						var st Stream
						if m.Header.MsgType == "stream" && m.Decode(&st) == nil {
							text = st.Text
						}
					},
				})
				if err != nil || text != c.Session() {
					t.Errorf("input gave %q, %v", text, err)
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkRoundTrip(b *testing.B) {
	s, err := Listen(tcpConnection(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	startKernel(s)
	ctx := context.Background()
	c, err := Dial(ctx, s.Connection(), ClientOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	for b.Loop() {
		if _, err := c.Execute(ctx, ExecuteRequest{Code: "x"}, Handler{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPublish(b *testing.B) {
	s, err := Listen(tcpConnection(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	parent, _ := s.stamp.header("execute_request", "")
	content := Stream{"stdout", strings.Repeat("x", 80)}
	b.ReportAllocs()
	for b.Loop() {
		s.Publish(context.Background(), parent, "stream", content)
	}
}
