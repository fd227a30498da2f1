// This file is the XPUB role: subscriptions in, publications out.

package messaging

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"
)

// Bounds of what one subscriber may ask for.
const (
	maxSubscriptions = 256
	maxTopic         = 1 << 10
)

// publisher sends each packet to all whose subscription matches.
type publisher struct {
	stall time.Duration
	// welcome is called on each new subscription, before the peer is sent
	// anything else.
	welcome func(p *peer, topic string)

	mu   sync.Mutex
	subs map[*peer]map[string]int
	news chan struct{} // closed on a new subscription
}

func newPublisher(stall time.Duration, welcome func(p *peer, topic string)) *publisher {
	return &publisher{stall: stall, welcome: welcome, subs: make(map[*peer]map[string]int), news: make(chan struct{})}
}

func (b *publisher) joined(*peer) {}

func (b *publisher) left(p *peer) {
	b.mu.Lock()
	delete(b.subs, p)
	b.mu.Unlock()
}

// message takes subscriptions; anything else a subscriber says is ignored.
func (b *publisher) message(p *peer, frames [][]byte) {
	if len(frames) != 1 || len(frames[0]) == 0 || len(frames[0]) > maxTopic {
		return
	}
	topic := string(frames[0][1:])
	b.mu.Lock()
	defer b.mu.Unlock()
	subs := b.subs[p]
	switch frames[0][0] {
	case 0:
		if subs[topic] > 1 {
			subs[topic]--
		} else {
			delete(subs, topic)
		}
	case 1:
		if subs == nil {
			subs = make(map[string]int)
			b.subs[p] = subs
		}
		if subs[topic] == 0 {
			if len(subs) >= maxSubscriptions {
				return
			}
			b.welcome(p, topic)
		}
		subs[topic]++
		close(b.news)
		b.news = make(chan struct{})
	}
}

// publish queues a packet for all subscribers of the topic.
func (b *publisher) publish(ctx context.Context, topic string, out packet) error {
	var full []*peer
	b.mu.Lock()
	for p, subs := range b.subs {
		if subscribed(subs, topic) && !p.out.offer(out) {
			full = append(full, p)
		}
	}
	b.mu.Unlock()
	var failed error
	for _, p := range full {
		if err := p.out.push(ctx, out, b.stall); err != nil && !errors.Is(err, errGone) {
			failed = err
		}
	}
	return failed
}

// offer holds a packet in the queues of all subscribers of the topic, or, if one of
// them is full, in none. With flush, all that is held is written.
func (b *publisher) offer(topic string, out packet, flush bool) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for p, subs := range b.subs {
		if subscribed(subs, topic) && p.out.full() {
			return false
		}
	}
	for p, subs := range b.subs {
		if subscribed(subs, topic) {
			p.out.hold(out)
		}
		if flush {
			p.out.flush()
		}
	}
	return true
}

func subscribed(subs map[string]int, topic string) bool {
	for prefix := range subs {
		if strings.HasPrefix(topic, prefix) {
			return true
		}
	}
	return false
}

// wait returns when as many peers have subscribed whose handshake ended after
// since as need says, when limit is over, or when done is closed.
func (b *publisher) wait(since time.Time, need func() int, limit time.Duration, done <-chan struct{}) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		have := 0
		b.mu.Lock()
		news := b.news
		for p := range b.subs {
			if p.at.After(since) {
				have++
			}
		}
		b.mu.Unlock()
		if have >= need() {
			return
		}
		select {
		case <-news:
		case <-timer.C:
			return
		case <-done:
			return
		}
	}
}

// echo is the REP role of the heartbeat: each request goes back as it came.
type echo struct{}

func (echo) joined(*peer) {}
func (echo) left(*peer)   {}

func (echo) message(p *peer, frames [][]byte) {
	for i, f := range frames {
		if len(f) == 0 && i < len(frames)-1 {
			// A peer that does not take its echoes loses some.
			p.out.offer(pack(nil, frames))
			return
		}
	}
}
