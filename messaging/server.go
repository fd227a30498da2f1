// This file is the kernel's side of the wire: five sockets and what a kernel
// says and hears through them.

package messaging

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// Server is a Transport over ZeroMQ or, made by NewPipe, in memory.
type Server struct {
	opts  Options
	conn  Connection
	log   *slog.Logger
	key   *Key
	stamp *stamp

	sockets [channels]*socket
	pub     *publisher
	routers [channels]*router // shell, control, stdin
	inbox   [channels]chan *Message

	done  chan struct{}
	close sync.Once
	// asking is held by the question that is open.
	asking chan struct{}

	mu       sync.Mutex
	question *question
	started  bool
}

var _ Transport = (*Server)(nil)

// inboxSize is how many requests of a channel wait for the kernel before
// clients are not read any more.
const inboxSize = 256

// Sizes for sockets that carry no messages of the protocol.
const (
	smallMessage = 64 << 10
	smallBuffer  = 4 << 10
	largeBuffer  = 32 << 10
)

// Listen binds the five addresses of conn, for port 0 one that is free, and
// serves them. Nothing is answered before all five are bound.
func Listen(conn *Connection, opts Options) (*Server, error) {
	c := *conn
	if err := c.validate(); err != nil {
		return nil, fmt.Errorf("messaging: %w", err)
	}
	opts = opts.withDefaults()
	key, err := NewKey(c.SignatureScheme, c.Key)
	if err != nil {
		return nil, fmt.Errorf("messaging: %w", err)
	}
	lns, err := bindAll(&c, opts.BindWait)
	if err != nil {
		return nil, fmt.Errorf("messaging: %w", err)
	}
	return newServer(c, lns, key, opts), nil
}

func newServer(c Connection, lns [channels]net.Listener, key *Key, opts Options) *Server {
	s := &Server{
		opts: opts, conn: c, log: opts.Logger, key: key,
		stamp:  newStamp(opts.Session, opts.Username),
		done:   make(chan struct{}),
		asking: make(chan struct{}, 1),
	}
	s.pub = newPublisher(opts.Stall, s.welcome)
	for ch := range Channel(channels) {
		k := &socket{
			channel: ch, typ: zmq4.Router, ln: lns[ch], opts: &s.opts,
			buffer: largeBuffer, limit: opts.MaxMessage, queue: opts.QueueBytes,
		}
		switch ch {
		case IOPub:
			k.typ, k.role = zmq4.XPub, s.pub
			k.buffer, k.limit = smallBuffer, smallMessage
		case Heartbeat:
			k.typ, k.role = zmq4.Rep, echo{}
			k.buffer, k.limit, k.queue = smallBuffer, smallMessage, 4*smallMessage
		default:
			receive := func(p *peer, frames [][]byte) { s.receive(ch, p, frames) }
			if ch == Stdin {
				receive = s.answer
			} else {
				s.inbox[ch] = make(chan *Message, inboxSize)
			}
			s.routers[ch] = newRouter(opts.ReplyStall, receive)
			k.role = s.routers[ch]
		}
		s.sockets[ch] = k
	}
	for _, k := range s.sockets {
		k.start()
	}
	return s
}

// Connection gives the connection with the ports that are bound.
func (s *Server) Connection() *Connection {
	c := s.conn
	return &c
}

// Session is the id in the headers of what this server sends.
func (s *Server) Session() string { return s.opts.Session }

// Shell gives the requests of the shell channel; see Transport.
func (s *Server) Shell() <-chan *Message { return s.inbox[Shell] }

// Control gives the requests of the control channel; see Transport.
func (s *Server) Control() <-chan *Message { return s.inbox[Control] }

// gateSlack is how much older than a shell connection the subscription of the
// same client may be.
const gateSlack = 10 * time.Millisecond

// parse makes a message of frames, or logs what is wrong with them.
func (s *Server) parse(ch Channel, p *peer, frames [][]byte) *Message {
	m, err := parseMessage(s.key, ch, frames)
	if err != nil {
		s.log.Warn("message dropped", "channel", ch.String(), "error", err)
		return nil
	}
	m.Identities = append([][]byte{[]byte(p.id)}, m.Identities...)
	m.peer = p
	return m
}

func (s *Server) receive(ch Channel, p *peer, frames [][]byte) {
	m := s.parse(ch, p, frames)
	if m == nil {
		return
	}
	if ch == Shell && !p.held && s.opts.SubscriberWait > 0 {
		s.awaitSubscriber(p)
	}
	p.held = true
	select {
	case s.inbox[ch] <- m:
	case <-s.done:
	}
}

// awaitSubscriber holds the first request of a shell connection until its
// client has subscribed to iopub, or it would miss what the request causes.
// Which subscriber is whose nobody says; so there must be as many as there
// are clients that came at about the same time.
func (s *Server) awaitSubscriber(p *peer) {
	from, to := p.at.Add(-gateSlack), p.at.Add(gateSlack)
	need := func() int { return s.routers[Shell].between(from, to) }
	s.pub.wait(from, need, s.opts.SubscriberWait, s.done)
}

// welcome greets a new subscription; the first one hears that the kernel is
// starting.
func (s *Server) welcome(p *peer, topic string) {
	if out, err := s.pack([][]byte{[]byte(topic)}, nil, "iopub_welcome", IopubWelcome{topic}, nil); err == nil {
		p.out.offer(out)
	}
	s.mu.Lock()
	first := !s.started
	s.started = true
	s.mu.Unlock()
	if !first {
		return
	}
	if out, err := s.pack([][]byte{[]byte("status")}, nil, "status", Status{Starting}, nil); err == nil {
		p.out.offer(out)
	}
}

func (s *Server) pack(identities [][]byte, parent []byte, msgType string, content any, extra []Extra) (packet, error) {
	header, _ := s.stamp.header(msgType, "")
	return packMessage(s.key, identities, header, parent, content, extra)
}

// packMessage encodes, signs and frames a message.
func packMessage(key *Key, identities [][]byte, header, parent []byte, content any, extra []Extra) (packet, error) {
	body, err := encodeContent(content)
	if err != nil {
		return packet{}, fmt.Errorf("messaging: content: %w", err)
	}
	metadata := []byte("{}")
	var buffers [][]byte
	if len(extra) > 0 {
		if metadata, err = encodeContent(extra[0].Metadata); err != nil {
			return packet{}, fmt.Errorf("messaging: metadata: %w", err)
		}
		buffers = extra[0].Buffers
	}
	if len(parent) == 0 {
		parent = []byte("{}")
	}
	sig := key.Sign(make([]byte, 0, 64), header, parent, metadata, body)
	front := make([][]byte, 0, len(identities)+6)
	front = append(front, identities...)
	front = append(front, []byte(delimiter), sig, header, parent, metadata, body)
	return pack(front, buffers), nil
}

// Reply answers a request; see Transport.
func (s *Server) Reply(req *Message, msgType string, content any, extra ...Extra) error {
	if s.isClosed() {
		return ErrClosed
	}
	if req == nil || int(req.Channel) >= channels || s.routers[req.Channel] == nil || len(req.Identities) == 0 {
		return errors.New("messaging: reply: expected a request that came from a client")
	}
	out, err := s.pack(req.Identities[1:], req.HeaderRaw, msgType, content, extra)
	if err != nil {
		return err
	}
	err = s.routers[req.Channel].send(req.peer, string(req.Identities[0]), out)
	if err != nil && s.isClosed() {
		return ErrClosed
	}
	return err
}

// Publish sends a message to all subscribers; see Transport.
func (s *Server) Publish(ctx context.Context, parent json.RawMessage, msgType string, content any, extra ...Extra) error {
	if s.isClosed() {
		return ErrClosed
	}
	topic := msgType
	if len(extra) > 0 && extra[0].Topic != "" {
		topic = extra[0].Topic
	}
	out, err := s.pack([][]byte{[]byte(topic)}, parent, msgType, content, extra)
	if err != nil {
		return err
	}
	return s.pub.publish(ctx, topic, out)
}

// Offer is Publish for one who cannot wait: it reports false, and nothing is sent, if a
// subscriber is behind. What was offered is sent with the first that says flush, by the
// caller's own hand, or with what is published next.
func (s *Server) Offer(parent json.RawMessage, msgType string, content any, flush bool) (bool, error) {
	if s.isClosed() {
		return true, ErrClosed
	}
	out, err := s.pack([][]byte{[]byte(msgType)}, parent, msgType, content, nil)
	if err != nil {
		return true, err
	}
	return s.pub.offer(msgType, out, flush), nil
}

// question is an input_request that waits for its answer.
type question struct {
	identity string
	msgID    string
	answer   chan InputReply
}

// AskInput asks the client of req for input; see Transport.
func (s *Server) AskInput(ctx context.Context, req *Message, ask InputRequest) (InputReply, error) {
	if req == nil || len(req.Identities) == 0 {
		return InputReply{}, errors.New("messaging: input: expected a request that came from a client")
	}
	select {
	case s.asking <- struct{}{}:
		defer func() { <-s.asking }()
	case <-ctx.Done():
		return InputReply{}, ctx.Err()
	case <-s.done:
		return InputReply{}, ErrClosed
	}
	id := string(req.Identities[0])
	to, err := s.stdinPeer(ctx, id)
	if err != nil {
		return InputReply{}, err
	}
	header, n := s.stamp.header("input_request", "")
	out, err := packMessage(s.key, nil, header, req.HeaderRaw, ask, nil)
	if err != nil {
		return InputReply{}, err
	}
	q := &question{identity: id, msgID: s.stamp.msgID(n), answer: make(chan InputReply, 1)}
	s.setQuestion(q)
	defer s.setQuestion(nil)
	if err := s.routers[Stdin].send(to, id, out); err != nil {
		return InputReply{}, ErrNoStdin
	}
	for {
		select {
		case r := <-q.answer:
			return r, nil
		default:
		}
		p, news := s.routers[Stdin].find(nil, id)
		if p == nil {
			if _, err := s.stdinPeer(ctx, id); err != nil {
				return InputReply{}, err
			}
			continue
		}
		select {
		case r := <-q.answer:
			return r, nil
		case <-news:
		case <-ctx.Done():
			return InputReply{}, ctx.Err()
		case <-s.done:
			return InputReply{}, ErrClosed
		}
	}
}

func (s *Server) setQuestion(q *question) {
	s.mu.Lock()
	s.question = q
	s.mu.Unlock()
}

// stdinPeer waits for the stdin connection of a client.
func (s *Server) stdinPeer(ctx context.Context, id string) (*peer, error) {
	timer := time.NewTimer(s.opts.InputWait)
	defer timer.Stop()
	for {
		p, news := s.routers[Stdin].find(nil, id)
		if p != nil {
			return p, nil
		}
		select {
		case <-news:
		case <-timer.C:
			return nil, ErrNoStdin
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.done:
			return nil, ErrClosed
		}
	}
}

// answer takes what comes on stdin: the answer to the open question. Answers
// to no question, or to one of before, are dropped.
func (s *Server) answer(p *peer, frames [][]byte) {
	m := s.parse(Stdin, p, frames)
	if m == nil || m.Header.MsgType != "input_reply" {
		return
	}
	var r InputReply
	if err := m.Decode(&r); err != nil {
		s.log.Warn("message dropped", "channel", "stdin", "error", err)
		return
	}
	parent := m.Parent().MsgID
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.question
	if q == nil || q.identity != p.id {
		return
	}
	if parent != q.msgID && strings.HasPrefix(parent, s.opts.Session+"_") {
		return
	}
	q.answer <- r
	s.question = nil
}

func (s *Server) isClosed() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// Close ends all five sockets; see Transport.
func (s *Server) Close() error {
	s.close.Do(func() {
		close(s.done)
		var all sync.WaitGroup
		for _, k := range s.sockets {
			all.Go(func() { k.close(s.opts.Linger) })
		}
		all.Wait()
		close(s.inbox[Shell])
		close(s.inbox[Control])
	})
	return nil
}
