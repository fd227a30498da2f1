// This file tests binding, restarting and closing.

package messaging

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What was published before Close arrives, 100 times of 100.
func TestFinalIdleArrives(t *testing.T) {
	for i := range 100 {
		s := listen(t, Options{})
		startKernel(s)
		c := connect(t, s)
		sub := c.Subscribe()
		ctx := within(t)
		if _, err := c.WaitReady(ctx); err != nil {
			t.Fatal(i, err)
		}
		reply, err := c.Request(ctx, Control, "shutdown_request", ShutdownRequest{}, nil)
		if err != nil {
			t.Fatal(i, err)
		}
		parent := reply.Parent().MsgID
		found := false
		for m := range sub.C {
			found = found || isIdle(m) && m.Parent().MsgID == parent
		}
		if !found {
			t.Fatalf("round %d: the final idle is lost", i)
		}
	}
}

func TestBurstThenClose(t *testing.T) {
	s := listen(t, Options{Linger: patience})
	r := subscribe(t, s)
	const n = 20000
	for i := range n {
		if err := s.Publish(context.Background(), nil, "stream", Stream{"stdout", strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	closed := make(chan struct{})
	go func() {
		s.Close()
		close(closed)
	}()
	for i := range n {
		if m := r.next("stream"); m[6] != `{"name":"stdout","text":"`+strconv.Itoa(i)+`"}` {
			t.Fatalf("message %d is %s", i, m[6])
		}
	}
	if _, err := r.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("the stream ends with %v", err)
	}
	r.Close()
	select {
	case <-closed:
	case <-time.After(patience / 2):
		t.Error("Close waits although the peer has all")
	}
}

func TestCloseEndsEverything(t *testing.T) {
	s := listen(t, Options{Linger: 20 * time.Millisecond})
	for _, ch := range allChannels {
		r := dialRaw(t, s, ch)
		r.join(clientType(ch), "x")
		dialRaw(t, s, ch)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, ch := range []<-chan *Message{s.Shell(), s.Control()} {
		if _, open := <-ch; open {
			t.Error("a channel is open after Close")
		}
	}
	if err := s.Reply(&Message{}, "x", nil); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
	if _, err := s.AskInput(within(t), &Message{Identities: [][]byte{{1}}}, InputRequest{}); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
}

// The restarted kernel gets the ports of the one before, which is still there.
func TestRestartOnTheSamePorts(t *testing.T) {
	for _, conn := range []*Connection{tcpConnection(), ipcConnection(t)} {
		first, err := Listen(conn, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Listen(first.Connection(), Options{BindWait: time.Millisecond}); err == nil || !strings.Contains(err.Error(), "shell_port") {
			t.Errorf("both bound the same ports: %v", err)
		}
		type bound struct {
			s   *Server
			err error
		}
		second := make(chan bound, 1)
		go func() {
			s, err := Listen(first.Connection(), Options{BindWait: patience})
			second <- bound{s, err}
		}()
		first.Close()
		b := <-second
		if b.err != nil {
			t.Fatal(b.err)
		}
		startKernel(b.s)
		serves(t, b.s)
		b.s.Close()
	}
}

func ipcConnection(t *testing.T) *Connection {
	t.Helper()
	// The names of sockets have to be short.
	dir, err := os.MkdirTemp("", "weft")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return &Connection{Transport: "ipc", IP: filepath.Join(dir, "k"), Key: "key", SignatureScheme: "hmac-sha256"}
}

func TestIPC(t *testing.T) {
	conn := ipcConnection(t)
	s, err := Listen(conn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	startKernel(s)
	serves(t, s)
	seen := map[int]bool{}
	for ch := range Channel(channels) {
		p := *s.conn.port(ch)
		if seen[p] || p == 0 {
			t.Errorf("%s: number %d", ch, p)
		}
		seen[p] = true
		if _, err := os.Stat(conn.IP + "-" + strconv.Itoa(p)); err != nil {
			t.Error(err)
		}
	}
	s.Close()
	if left, err := filepath.Glob(conn.IP + "*"); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestStaleSocketFile(t *testing.T) {
	conn := ipcConnection(t)
	conn.ShellPort, conn.IOPubPort, conn.StdinPort, conn.ControlPort, conn.HeartbeatPort = 1, 2, 3, 4, 5
	for n := range 5 {
		ln, err := net.Listen("unix", conn.IP+"-"+strconv.Itoa(n+1))
		if err != nil {
			t.Fatal(err)
		}
		ln.(*net.UnixListener).SetUnlinkOnClose(false)
		ln.Close()
	}
	s, err := Listen(conn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	startKernel(s)
	serves(t, s)
	s.Close()
	// What is no socket is never removed.
	file := conn.IP + "-1"
	if err := os.WriteFile(file, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(conn, Options{BindWait: time.Millisecond}); err == nil {
		t.Error("bound over a file")
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != "precious" {
		t.Errorf("%q, %v", b, err)
	}
	if left, err := filepath.Glob(conn.IP + "*"); err != nil || len(left) != 1 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestPortZero(t *testing.T) {
	s := listen(t, Options{})
	seen := map[int]bool{}
	for ch := range Channel(channels) {
		p := *s.Connection().port(ch)
		if p == 0 || seen[p] {
			t.Errorf("%s: port %d", ch, p)
		}
		seen[p] = true
	}
}

func TestIPv6(t *testing.T) {
	probe, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Logf("no IPv6 here: %v", err)
		return
	}
	probe.Close()
	conn := tcpConnection()
	conn.IP = "::1"
	s, err := Listen(conn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	startKernel(s)
	serves(t, s)
}

// An IPv4 address is bound for IPv4 only, the wildcard too.
func TestIPv4Only(t *testing.T) {
	for _, ip := range []string{"0.0.0.0", "*"} {
		conn := tcpConnection()
		conn.IP = ip
		s, err := Listen(conn, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if a := s.sockets[Shell].ln.Addr().String(); !strings.HasPrefix(a, "0.0.0.0:") {
			t.Errorf("%s: bound to %s", ip, a)
		}
		s.Close()
	}
}

func TestBindFails(t *testing.T) {
	conn := tcpConnection()
	conn.IP = "192.0.2.1"
	if _, err := Listen(conn, Options{BindWait: time.Millisecond}); err == nil || !strings.Contains(err.Error(), "shell_port: listen tcp4 192.0.2.1") {
		t.Errorf("got %v", err)
	}
	conn.Transport = "udp"
	if _, err := Listen(conn, Options{}); err == nil || !strings.Contains(err.Error(), "field transport") {
		t.Errorf("got %v", err)
	}
}

// badListener fails until it is closed.
type badListener struct {
	*memListener
	accepts chan struct{}
}

func (l *badListener) Accept() (net.Conn, error) {
	select {
	case <-l.done:
		return nil, net.ErrClosed
	case l.accepts <- struct{}{}:
	default:
	}
	return nil, errors.New("too many open files")
}

// A failing accept is tried again with growing pauses, not in a tight loop.
func TestAcceptBacksOff(t *testing.T) {
	opts := Options{}.withDefaults()
	l := &badListener{newMemListener(), make(chan struct{}, 1000)}
	k := &socket{ln: l, role: echo{}, opts: &opts}
	k.start()
	for range 4 {
		select {
		case <-l.accepts:
		case <-time.After(patience):
			t.Fatal("no attempt was made")
		}
	}
	n := len(l.accepts)
	k.close(0)
	if n > 20 {
		t.Errorf("%d more attempts at once", n)
	}
}
