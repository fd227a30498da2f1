// This file is what waits to be written to one peer, and the writing of it.

package messaging

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// errGone: the peer of a queue has left.
var errGone = errors.New("the peer is gone")

// queue holds the packets for one peer. A goroutine of its own writes them.
type queue struct {
	nc    net.Conn
	limit int
	wake  chan struct{}
	// ended is closed when the writer has returned.
	ended chan struct{}
	// writing is held by who writes: the queue's goroutine, or flush.
	writing sync.Mutex
	direct  func(p []byte) (int, error) // writes what can be written at once; nil if nc cannot

	// Memory for the next write, used with writing held.
	spare []packet
	small []byte

	mu      sync.Mutex
	packets []packet
	// bytes counts what waits and what is being written.
	bytes int
	// moved is when the peer last took something, or had nothing to take.
	moved time.Time
	// space is closed, if there is one, when the peer takes something.
	space   chan struct{}
	closing bool
	dead    bool
}

func newQueue(nc net.Conn, limit int) *queue {
	q := &queue{nc: nc, limit: limit, wake: make(chan struct{}, 1), ended: make(chan struct{}), direct: directWrite(nc)}
	go q.write()
	return q
}

// push queues p. While the queue is full it waits until the peer takes
// something, ctx ends, or the peer has taken nothing for stall, when it is
// disconnected.
func (q *queue) push(ctx context.Context, p packet, stall time.Duration) error {
	for {
		q.mu.Lock()
		if q.closing || q.dead {
			q.mu.Unlock()
			return errGone
		}
		if q.bytes < q.limit {
			q.add(p)
			q.ring()
			q.mu.Unlock()
			return nil
		}
		if q.space == nil {
			q.space = make(chan struct{})
		}
		space, left := q.space, stall-time.Since(q.moved)
		q.mu.Unlock()
		if left <= 0 {
			q.kill()
			return errGone
		}
		timer := time.NewTimer(left)
		select {
		case <-space:
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		timer.Stop()
	}
}

// offer queues p if there is room, and says whether the matter is settled:
// queued, or nobody there any more.
func (q *queue) offer(p packet) bool {
	if !q.hold(p) {
		return false
	}
	q.ring()
	return true
}

// hold is offer, but nothing is written before flush is called.
func (q *queue) hold(p packet) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closing || q.dead {
		return true
	}
	if q.bytes >= q.limit {
		return false
	}
	q.add(p)
	return true
}

// full reports whether a packet would have to wait.
func (q *queue) full() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.bytes >= q.limit && !q.closing && !q.dead
}

// flush writes what is queued on the caller's goroutine, without waiting: what cannot
// be written at once is left to the queue's own.
func (q *queue) flush() {
	if q.direct == nil || !q.writing.TryLock() {
		q.ring()
		return
	}
	defer q.writing.Unlock()
	q.mu.Lock()
	batch, dead := q.packets, q.dead
	size := 0
	for _, p := range batch {
		size += p.size
	}
	if dead || size == 0 || size > gatherSize {
		q.ring()
		q.mu.Unlock()
		return
	}
	q.packets = q.spare[:0]
	q.mu.Unlock()
	q.small = q.small[:0]
	for _, p := range batch {
		for _, c := range p.chunks {
			q.small = append(q.small, c...)
		}
	}
	clear(batch)
	q.spare = batch
	n, err := q.direct(q.small)
	if err != nil {
		q.kill()
		return
	}
	q.took(n)
	if rest := q.small[n:]; len(rest) > 0 {
		q.small = nil
		q.mu.Lock()
		q.packets = append([]packet{{chunks: [][]byte{rest}, size: len(rest)}}, q.packets...)
		q.ring()
		q.mu.Unlock()
	}
}

// ring wakes the writer.
func (q *queue) ring() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (q *queue) add(p packet) {
	if q.bytes == 0 {
		q.moved = time.Now()
	}
	q.packets = append(q.packets, p)
	q.bytes += p.size
}

// close lets the writer write what is queued and then end the stream.
func (q *queue) close() {
	q.mu.Lock()
	q.closing = true
	q.signal()
	q.mu.Unlock()
}

// kill disconnects the peer.
func (q *queue) kill() {
	q.mu.Lock()
	q.dead = true
	q.packets = nil
	q.signal()
	q.mu.Unlock()
	q.nc.Close()
}

// signal wakes the writer and all who wait for space; q.mu is held.
func (q *queue) signal() {
	q.ring()
	if q.space != nil {
		close(q.space)
		q.space = nil
	}
}

func (q *queue) took(n int) {
	q.mu.Lock()
	q.bytes -= n
	q.moved = time.Now()
	if q.space != nil && q.bytes < q.limit {
		close(q.space)
		q.space = nil
	}
	q.mu.Unlock()
}

// Sizes of what is written at once.
const (
	gatherSize = 64 << 10
	pieceSize  = 256 << 10
)

func (q *queue) write() {
	defer close(q.ended)
	for range q.wake {
		if !q.writeQueued() {
			return
		}
	}
}

// writeQueued writes until nothing is queued; false at the end of the stream.
func (q *queue) writeQueued() bool {
	q.writing.Lock()
	defer q.writing.Unlock()
	for {
		q.mu.Lock()
		batch, done, dead := q.packets, q.closing, q.dead
		q.packets = q.spare[:0]
		q.mu.Unlock()
		if dead {
			return false
		}
		if len(batch) == 0 {
			if done {
				q.finish()
				return false
			}
			q.spare = batch
			if cap(q.spare) > 1024 {
				q.spare = nil
			}
			return true
		}
		var err error
		if q.small, err = q.writeBatch(batch, q.small[:0]); err != nil {
			q.kill()
			return false
		}
		clear(batch)
		q.spare = batch
	}
}

// finish ends the stream after its last byte; the reader of the connection
// then waits for the peer to do so too.
func (q *queue) finish() {
	if c, ok := q.nc.(interface{ CloseWrite() error }); ok && c.CloseWrite() == nil {
		return
	}
	q.nc.Close()
}

// writeBatch writes packets, small chunks gathered in buf.
func (q *queue) writeBatch(batch []packet, buf []byte) ([]byte, error) {
	for i, p := range batch {
		for j, c := range p.chunks {
			last := i == len(batch)-1 && j == len(p.chunks)-1
			if last && len(buf) == 0 && len(c) <= gatherSize {
				return buf, q.put(c)
			}
			if len(c) < ownChunk {
				buf = append(buf, c...)
				if len(buf) >= gatherSize || last {
					if err := q.put(buf); err != nil {
						return buf, err
					}
					buf = buf[:0]
				}
				continue
			}
			for len(c) > 0 {
				piece := c[:min(len(c), pieceSize)]
				c = c[len(piece):]
				if err := q.put(buf, piece); err != nil {
					return buf, err
				}
				buf = buf[:0]
			}
		}
	}
	if len(buf) > 0 {
		if err := q.put(buf); err != nil {
			return buf, err
		}
	}
	return buf[:0], nil
}

func (q *queue) put(parts ...[]byte) error {
	var n int64
	var err error
	if len(parts) == 1 {
		var m int
		m, err = q.nc.Write(parts[0])
		n = int64(m)
	} else {
		b := net.Buffers(parts)
		n, err = b.WriteTo(q.nc)
	}
	q.took(int(n))
	return err
}
