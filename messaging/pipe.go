// This file makes a server and a client that are connected in memory.

package messaging

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// NewPipe makes a Transport and a Client of it, connected in memory. All of
// the protocol runs between them, frames and signatures too; only the network
// is missing.
func NewPipe(opts Options) (*Server, *Client, error) {
	opts = opts.withDefaults()
	c := Connection{Transport: "tcp", IP: "127.0.0.1", Key: newSession(), SignatureScheme: "hmac-sha256"}
	key, err := NewKey(c.SignatureScheme, c.Key)
	if err != nil {
		return nil, nil, err
	}
	var mem [channels]*memListener
	var lns [channels]net.Listener
	for ch := range mem {
		mem[ch] = newMemListener()
		lns[ch] = mem[ch]
	}
	s := newServer(c, lns, key, opts)
	client, err := dial(context.Background(), &c, ClientOptions{Logger: opts.Logger}, func(_ context.Context, ch Channel) (net.Conn, error) {
		return mem[ch].dial()
	})
	if err != nil {
		s.Close()
		return nil, nil, fmt.Errorf("messaging: pipe: %w", err)
	}
	return s, client, nil
}

// memListener hands out the far ends of memory connections.
type memListener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newMemListener() *memListener {
	return &memListener{conns: make(chan net.Conn), done: make(chan struct{})}
}

func (l *memListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *memListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *memListener) Addr() net.Addr { return memAddr{} }

func (l *memListener) dial() (net.Conn, error) {
	a, b := newMemStream(), newMemStream()
	select {
	case l.conns <- &memConn{in: a, out: b}:
		return &memConn{in: b, out: a}, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

type memAddr struct{}

func (memAddr) Network() string { return "memory" }
func (memAddr) String() string  { return "memory" }

// memConn is one end of a connection in memory. It has no deadlines.
type memConn struct{ in, out *memStream }

func (c *memConn) Read(p []byte) (int, error)  { return c.in.read(p) }
func (c *memConn) Write(p []byte) (int, error) { return c.out.write(p) }

// CloseWrite ends the outgoing stream only.
func (c *memConn) CloseWrite() error {
	c.out.end(false)
	return nil
}

func (c *memConn) Close() error {
	c.out.end(false)
	c.in.end(true)
	return nil
}

func (c *memConn) LocalAddr() net.Addr              { return memAddr{} }
func (c *memConn) RemoteAddr() net.Addr             { return memAddr{} }
func (c *memConn) SetDeadline(time.Time) error      { return os.ErrNoDeadline }
func (c *memConn) SetReadDeadline(time.Time) error  { return os.ErrNoDeadline }
func (c *memConn) SetWriteDeadline(time.Time) error { return os.ErrNoDeadline }

// memLimit is how much a stream in memory holds before its writer waits.
const memLimit = 256 << 10

// memStream is one direction of a connection in memory.
type memStream struct {
	mu    sync.Mutex
	cond  sync.Cond
	data  []byte
	ended bool // no more is written
	deaf  bool // no more is read
}

func newMemStream() *memStream {
	s := &memStream{}
	s.cond.L = &s.mu
	return s
}

func (s *memStream) read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.data) == 0 {
		if s.deaf {
			return 0, net.ErrClosed
		}
		if s.ended {
			return 0, io.EOF
		}
		s.cond.Wait()
	}
	if s.deaf {
		return 0, net.ErrClosed
	}
	n := copy(p, s.data)
	if s.data = s.data[n:]; len(s.data) == 0 {
		s.data = nil
	}
	s.cond.Broadcast()
	return n, nil
}

func (s *memStream) write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	done := 0
	for len(p) > 0 {
		switch {
		case s.ended:
			return done, net.ErrClosed
		case s.deaf:
			return done, io.ErrClosedPipe
		case len(s.data) >= memLimit:
			s.cond.Wait()
			continue
		}
		n := min(len(p), memLimit-len(s.data))
		s.data = append(s.data, p[:n]...)
		p, done = p[n:], done+n
		s.cond.Broadcast()
	}
	return done, nil
}

func (s *memStream) end(deaf bool) {
	s.mu.Lock()
	s.ended = true
	s.deaf = s.deaf || deaf
	s.cond.Broadcast()
	s.mu.Unlock()
}
