package kernel

// This file holds the publisher, the one owner of iopub: everything that is
// broadcast passes through its queue, so one order holds for all. Text that
// waits in the queue grows together; whoever writes while too much waits is
// held up until the subscribers have caught up.

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"

	"weft/interp"
	"weft/messaging"
)

const (
	// roomBytes may wait in the queue before writers are held up.
	roomBytes = 1 << 19
	// maxStreamBytes is the most text one stream message grows to.
	maxStreamBytes = 1 << 20
)

// posting is a message on its way to iopub. Text of a stream has an owner
// and no content.
type posting struct {
	parent  json.RawMessage
	msgType string
	content any
	size    int

	owner  *cell
	stream interp.Stream
	text   []byte
}

// publisher queues postings and hands them to the transport in order.
type publisher struct {
	transport messaging.Transport
	direct    offerer // the transport, if it is one
	log       *slog.Logger

	mu      sync.Mutex
	work    sync.Cond // the queue, sending or closed changed; for run
	changed sync.Cond // bytes, relaxed or closed changed; for writers
	queue   []posting
	bytes   int  // of the queue and of the posting being sent
	sending bool // a posting is with the transport
	relaxed bool // nobody is held up
	closed  bool
}

// offerer is a transport that can publish without waiting; see messaging.Server.Offer.
type offerer interface {
	Offer(parent json.RawMessage, msgType string, content any, flush bool) (bool, error)
}

func newPublisher(t messaging.Transport, log *slog.Logger) *publisher {
	p := &publisher{transport: t, log: log}
	p.changed.L, p.work.L = &p.mu, &p.mu
	p.direct, _ = t.(offerer)
	return p
}

// post queues a message. It never waits.
func (p *publisher) post(parent json.RawMessage, msgType string, content any, size int) {
	p.push(posting{parent: parent, msgType: msgType, content: content, size: size}, false)
}

// hold is post for a message that flush will follow soon.
func (p *publisher) hold(parent json.RawMessage, msgType string, content any, size int) {
	p.push(posting{parent: parent, msgType: msgType, content: content, size: size}, p.direct != nil)
}

// flush publishes what is queued on the caller's goroutine, without waiting and without
// waking another. If that cannot be, run does it.
func (p *publisher) flush() {
	if p.direct == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	defer func() {
		if len(p.queue) > 0 || p.closed {
			p.work.Signal()
		}
	}()
	for n := len(p.queue); n > 0 && !p.sending; n-- {
		m := p.take()
		p.mu.Unlock()
		sent, err := p.direct.Offer(m.parent, m.msgType, m.wire(), n == 1)
		if err != nil {
			p.log.Error("message not published", "type", m.msgType, "err", err)
		}
		p.mu.Lock()
		p.sending = false
		if !sent {
			p.queue = append([]posting{m}, p.queue...)
			return
		}
		p.bytes -= m.size
		p.changed.Broadcast()
	}
}

// postText queues text for a cell's stream, or adds it to text of the same
// stream that is last in the queue. It keeps text.
func (p *publisher) postText(c *cell, stream interp.Stream, text []byte) {
	if len(text) == 0 {
		return
	}
	p.mu.Lock()
	if n := len(p.queue); n > 0 && !p.closed {
		last := &p.queue[n-1]
		if last.owner == c && last.stream == stream && len(last.text)+len(text) <= maxStreamBytes {
			last.text = append(last.text, text...)
			last.size += len(text)
			p.bytes += len(text)
			p.work.Signal()
			p.changed.Broadcast()
			p.mu.Unlock()
			return
		}
	}
	p.mu.Unlock()
	p.push(posting{parent: c.parent, msgType: "stream", owner: c, stream: stream, text: text, size: len(text)}, false)
}

func (p *publisher) push(m posting, held bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	p.queue = append(p.queue, m)
	p.bytes += m.size
	p.changed.Broadcast()
	if !held {
		p.work.Signal()
	}
}

// waitRoom waits while too much is queued. It returns early once the
// publisher is relaxed, and fails when it is closed.
func (p *publisher) waitRoom() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.bytes > roomBytes && !p.relaxed && !p.closed {
		p.changed.Wait()
	}
	if p.closed {
		return interp.ErrClosed
	}
	return nil
}

// relax lets all writers go on whatever is queued, or ends that.
func (p *publisher) relax(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.relaxed = on
	p.changed.Broadcast()
}

// run sends postings until the publisher is closed and its queue is empty,
// or ctx ends.
func (p *publisher) run(ctx context.Context) {
	for {
		m, ok := p.next()
		if !ok {
			return
		}
		if err := p.transport.Publish(ctx, m.parent, m.msgType, m.wire()); err != nil {
			p.log.Error("message not published", "type", m.msgType, "err", err)
		}
		p.sent(m)
	}
}

func (p *publisher) next() (posting, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.queue) == 0 || p.sending {
		if p.closed && !p.sending {
			return posting{}, false
		}
		p.work.Wait()
	}
	return p.take(), true
}

// take takes the first posting, to be sent; p.mu is held.
func (p *publisher) take() posting {
	m := p.queue[0]
	p.queue[0] = posting{}
	p.queue = p.queue[1:]
	p.sending = true
	return m
}

// wire gives the content as it is sent.
func (m *posting) wire() any {
	if m.owner != nil {
		return messaging.Stream{Name: m.stream.String(), Text: string(m.text)}
	}
	return m.content
}

func (p *publisher) sent(m posting) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sending = false
	p.bytes -= m.size
	p.changed.Broadcast()
}

// close takes no more postings; run ends when it has sent those it has.
func (p *publisher) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.work.Signal()
	p.changed.Broadcast()
}
