// This file is a bound socket: it accepts connections, does their handshakes,
// reads them, and closes them at the end.

package messaging

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-zeromq/zmq4"
)

// role is what a socket does with its peers: router, publisher or echo.
type role interface {
	joined(p *peer)
	left(p *peer)
	// message gets the messages of p one by one, on p's goroutine.
	message(p *peer, frames [][]byte)
}

// peer is one connection of a socket.
type peer struct {
	*link
	out *queue
	// held says that the first request went through the subscriber gate.
	held bool
}

// socket accepts and serves connections until it is closed.
type socket struct {
	channel Channel
	typ     zmq4.SocketType
	ln      net.Listener
	role    role
	opts    *Options
	log     *slog.Logger
	buffer  int
	limit   int // bytes of one message
	queue   int // bytes queued for one peer

	wg     sync.WaitGroup
	closed atomic.Bool
	done   chan struct{}

	mu      sync.Mutex
	peers   map[*peer]struct{}
	pending []net.Conn // in the handshake, oldest first
}

func (s *socket) start() {
	s.done = make(chan struct{})
	s.peers = make(map[*peer]struct{})
	s.log = s.opts.Logger.With("channel", s.channel.String())
	s.wg.Go(s.accept)
}

// Bounds of the pause after a failed accept.
const (
	acceptPauseMin = time.Millisecond
	acceptPauseMax = time.Second
)

func (s *socket) accept() {
	pause := acceptPauseMin
	for {
		nc, err := s.ln.Accept()
		if err != nil {
			if s.closed.Load() || errors.Is(err, net.ErrClosed) {
				return
			}
			s.log.Warn("accept failed", "error", err)
			select {
			case <-time.After(pause):
			case <-s.done:
				return
			}
			pause = min(2*pause, acceptPauseMax)
			continue
		}
		pause = acceptPauseMin
		if s.admit(nc) {
			s.wg.Go(func() { s.serve(nc) })
		}
	}
}

// admit takes nc among the connections in the handshake. If there are too
// many, the oldest one has to go: it is silent, or it would be through.
func (s *socket) admit(nc net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed.Load() {
		nc.Close()
		return false
	}
	if len(s.peers) >= s.opts.MaxPeers {
		s.log.Warn("too many connections", "limit", s.opts.MaxPeers)
		nc.Close()
		return false
	}
	if len(s.pending) >= s.opts.MaxHandshakes {
		s.log.Warn("too many silent connections", "limit", s.opts.MaxHandshakes)
		s.pending[0].Close()
		s.pending = s.pending[1:]
	}
	s.pending = append(s.pending, nc)
	return true
}

func (s *socket) dismiss(nc net.Conn) {
	for i, c := range s.pending {
		if c == nc {
			s.pending = append(s.pending[:i:i], s.pending[i+1:]...)
			return
		}
	}
}

// enter makes a peer of a connection whose handshake is done.
func (s *socket) enter(l *link) *peer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dismiss(l.nc)
	if s.closed.Load() || len(s.peers) >= s.opts.MaxPeers {
		l.nc.Close()
		return nil
	}
	p := &peer{link: l, out: newQueue(l.nc, s.queue)}
	l.maxMessage = s.limit
	l.command = func(name string, body []byte) { s.command(p, name, body) }
	s.peers[p] = struct{}{}
	return p
}

func (s *socket) serve(nc net.Conn) {
	l, err := handshake(nc, s.typ, "", true, s.opts.HandshakeTimeout, s.buffer)
	if err != nil {
		s.mu.Lock()
		s.dismiss(nc)
		s.mu.Unlock()
		s.log.Debug("handshake failed", "error", err)
		return
	}
	p := s.enter(l)
	if p == nil {
		return
	}
	s.role.joined(p)
	err = s.receive(p)
	s.role.left(p)
	if errors.Is(err, io.EOF) {
		// The peer may have ended its side only; it still gets what is queued.
		p.out.close()
		select {
		case <-p.out.ended:
		case <-time.After(s.opts.Linger):
		}
	}
	p.out.kill()
	<-p.out.ended
	s.mu.Lock()
	delete(s.peers, p)
	s.mu.Unlock()
}

// receive reads p until it ends.
func (s *socket) receive(p *peer) error {
	for {
		frames, err := p.read()
		if err != nil {
			if !errors.Is(err, io.EOF) && !errors.Is(err, net.ErrClosed) {
				s.log.Debug("connection lost", "error", err)
			}
			return err
		}
		if !s.closed.Load() {
			s.role.message(p, frames)
		}
	}
}

// maxPing is the longest context of a ZMTP PING.
const maxPing = 16

func (s *socket) command(p *peer, name string, body []byte) {
	switch name {
	case "PING":
		// Two bytes of time to live, then a context to be given back.
		if len(body) < 2 || len(body) > 2+maxPing {
			return
		}
		p.out.offer(packCommand("PONG", body[2:]))
	case "SUBSCRIBE":
		s.role.message(p, [][]byte{append([]byte{1}, body...)})
	case "CANCEL":
		s.role.message(p, [][]byte{append([]byte{0}, body...)})
	}
}

// close ends the socket. What is queued gets linger to be taken.
func (s *socket) close(linger time.Duration) {
	if s.closed.Swap(true) {
		return
	}
	close(s.done)
	s.ln.Close()
	s.mu.Lock()
	for _, nc := range s.pending {
		nc.Close()
	}
	for p := range s.peers {
		p.out.close()
	}
	s.mu.Unlock()
	gone := make(chan struct{})
	go func() {
		s.wg.Wait()
		close(gone)
	}()
	timer := time.NewTimer(linger)
	defer timer.Stop()
	select {
	case <-gone:
		return
	case <-timer.C:
	}
	s.mu.Lock()
	for p := range s.peers {
		p.out.kill()
	}
	s.mu.Unlock()
	<-gone
}
