// This file is the ROUTER role: requests in, replies to the peer they came
// from.

package messaging

import (
	"context"
	"encoding/binary"
	"errors"
	"sync"
	"time"
)

// router knows peers by identity.
type router struct {
	receive func(p *peer, frames [][]byte)
	stall   time.Duration

	mu    sync.Mutex
	byID  map[string][]*peer // newest last
	next  uint32
	news  chan struct{} // closed when a peer comes or goes
	alive map[*peer]bool
}

func newRouter(stall time.Duration, receive func(p *peer, frames [][]byte)) *router {
	return &router{
		receive: receive, stall: stall,
		byID: make(map[string][]*peer), alive: make(map[*peer]bool), news: make(chan struct{}),
	}
}

func (r *router) joined(p *peer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p.id == "" {
		r.next++
		p.id = string(binary.BigEndian.AppendUint32([]byte{0}, r.next))
	}
	r.byID[p.id] = append(r.byID[p.id], p)
	r.alive[p] = true
	r.announce()
}

func (r *router) left(p *peer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	peers := r.byID[p.id]
	for i, other := range peers {
		if other == p {
			peers = append(peers[:i:i], peers[i+1:]...)
			break
		}
	}
	if len(peers) == 0 {
		delete(r.byID, p.id)
	} else {
		r.byID[p.id] = peers
	}
	delete(r.alive, p)
	r.announce()
}

func (r *router) announce() {
	close(r.news)
	r.news = make(chan struct{})
}

func (r *router) message(p *peer, frames [][]byte) { r.receive(p, frames) }

// find gives p if it is still there, else the newest peer of the identity,
// and a channel that is closed when that may have changed.
func (r *router) find(p *peer, id string) (*peer, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p != nil && r.alive[p] {
		return p, r.news
	}
	if peers := r.byID[id]; len(peers) > 0 {
		return peers[len(peers)-1], r.news
	}
	return nil, r.news
}

// send queues a packet for p, or for the newest connection of the identity.
func (r *router) send(p *peer, id string, out packet) error {
	for {
		to, _ := r.find(p, id)
		if to == nil {
			return ErrNoPeer
		}
		err := to.out.push(context.Background(), out, r.stall)
		if !errors.Is(err, errGone) {
			return err
		}
		// That one is about to leave; another may have the identity.
		r.left(to)
	}
}

// between counts the peers whose handshake ended in a span of time.
func (r *router) between(from, to time.Time) int {
	n := 0
	r.mu.Lock()
	defer r.mu.Unlock()
	for p := range r.alive {
		if p.at.After(from) && !p.at.After(to) {
			n++
		}
	}
	return n
}
