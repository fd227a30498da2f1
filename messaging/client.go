// This file is the front end's side of the wire: the sockets of a client and
// the way of what comes in to those who wait for it.

package messaging

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// ClientOptions are the parameters of a client. The zero value of a field
// means its default.
type ClientOptions struct {
	// Logger gets what the kernel does wrong; the default is silence.
	Logger *slog.Logger
	// Session is the id in the headers and the identity of the sockets; by
	// default a new UUID.
	Session string
	// Username in the headers, by default "weft".
	Username string
}

// Client is a front end of one kernel. All methods may be called from any
// goroutine.
type Client struct {
	key     *Key
	stamp   *stamp
	log     *slog.Logger
	links   [channels]*clientLink
	done    chan struct{}
	lost    sync.Once
	down    sync.Once
	reading sync.WaitGroup

	beat sync.Mutex // held during a Ping

	mu      sync.Mutex
	waits   map[string]*wait // by msg_id of the request
	subs    map[*Subscription]struct{}
	loose   [channels]*mailbox // replies nobody waits for
	echoes  *mailbox
	welcome chan struct{} // closed when iopub is known to be connected
	greeted bool
}

// clientLink is a connection of a client.
type clientLink struct {
	*link
	out *queue
}

// wait is what a request in flight gets.
type wait struct {
	channel Channel
	reply   chan *Message // one place
	iopub   *mailbox      // nil if not wanted
	input   *mailbox      // nil if not wanted
}

// Times and sizes of a client.
const (
	dialPauseMin     = 2 * time.Millisecond
	dialPauseMax     = 50 * time.Millisecond
	clientHandshake  = 5 * time.Second
	clientLinger     = time.Second
	clientQueue      = 64 << 20
	clientStall      = time.Minute
	clientMaxMessage = 1 << 31 >> 1
	looseLimit       = 4096
)

// Dial connects to the kernel at conn. It goes on trying until ctx ends, so
// the kernel may still be starting.
func Dial(ctx context.Context, conn *Connection, opts ClientOptions) (*Client, error) {
	if err := conn.validate(); err != nil {
		return nil, fmt.Errorf("messaging: %w", err)
	}
	c := *conn
	return dial(ctx, &c, opts, func(ctx context.Context, ch Channel) (net.Conn, error) {
		var d net.Dialer
		network, address := c.address(ch)
		pause := dialPauseMin
		for {
			nc, err := d.DialContext(ctx, network, address)
			if err == nil {
				return nc, nil
			}
			select {
			case <-ctx.Done():
				return nil, fmt.Errorf("%s: %w", ch, err)
			case <-time.After(pause):
			}
			pause = min(2*pause, dialPauseMax)
		}
	})
}

func dial(ctx context.Context, conn *Connection, opts ClientOptions, open func(context.Context, Channel) (net.Conn, error)) (*Client, error) {
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	if opts.Session == "" {
		opts.Session = newSession()
	}
	if opts.Username == "" {
		opts.Username = "weft"
	}
	c := &Client{
		stamp: newStamp(opts.Session, opts.Username), log: opts.Logger,
		done: make(chan struct{}), welcome: make(chan struct{}),
		waits: make(map[string]*wait), subs: make(map[*Subscription]struct{}),
		echoes: newMailbox(looseLimit),
	}
	var err error
	if c.key, err = NewKey(conn.SignatureScheme, conn.Key); err != nil {
		return nil, fmt.Errorf("messaging: %w", err)
	}
	for ch := range c.loose {
		c.loose[ch] = newMailbox(looseLimit)
	}
	for _, ch := range []Channel{Shell, Stdin, Control, Heartbeat, IOPub} {
		l, err := dialOne(ctx, ch, opts.Session, open)
		if err != nil {
			c.shut(0)
			return nil, fmt.Errorf("messaging: %w", err)
		}
		c.links[ch] = l
	}
	subscription := pack(nil, [][]byte{{1}})
	if err := c.links[IOPub].out.push(ctx, subscription, clientStall); err != nil {
		c.shut(0)
		return nil, fmt.Errorf("messaging: iopub: %w", err)
	}
	for ch := range Channel(channels) {
		c.reading.Go(func() { c.read(ch) })
	}
	return c, nil
}

func dialOne(ctx context.Context, ch Channel, id string, open func(context.Context, Channel) (net.Conn, error)) (*clientLink, error) {
	typ, buffer := zmq4.Dealer, largeBuffer
	switch ch {
	case IOPub:
		typ, id = zmq4.Sub, ""
	case Heartbeat:
		typ, id, buffer = zmq4.Req, "", smallBuffer
	}
	nc, err := open(ctx, ch)
	if err != nil {
		return nil, err
	}
	timeout := clientHandshake
	if d, ok := ctx.Deadline(); ok {
		timeout = min(timeout, time.Until(d))
	}
	l, err := handshake(nc, typ, id, false, timeout, buffer)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", ch, err)
	}
	l.maxMessage = clientMaxMessage
	cl := &clientLink{link: l, out: newQueue(nc, clientQueue)}
	l.command = func(name string, body []byte) {
		if name == "PING" && len(body) >= 2 && len(body) <= 2+maxPing {
			cl.out.offer(packCommand("PONG", body[2:]))
		}
	}
	return cl, nil
}

// Session is the id in the headers of what this client sends.
func (c *Client) Session() string { return c.stamp.session }

// Done is closed when the kernel is gone or the client is closed.
func (c *Client) Done() <-chan struct{} { return c.done }

// read hands out what comes in on a channel, until the connection ends.
func (c *Client) read(ch Channel) {
	l := c.links[ch]
	for {
		frames, err := l.read()
		if err != nil {
			break
		}
		if ch == Heartbeat {
			c.echoes.put(&Message{Buffers: frames})
			continue
		}
		m, err := parseMessage(c.key, ch, frames)
		if err != nil {
			c.log.Warn("message dropped", "channel", ch.String(), "error", err)
			continue
		}
		c.dispatch(m)
	}
	l.out.kill()
	// One lost connection ends the client, kernels do not close one alone; but
	// what the other connections still bring is read.
	c.lost.Do(func() { go c.shut(clientLinger) })
}

func (c *Client) dispatch(m *Message) {
	parent := m.Parent().MsgID
	c.mu.Lock()
	defer c.mu.Unlock()
	w := c.waits[parent]
	switch m.Channel {
	case IOPub:
		if !c.greeted {
			c.greeted = true
			close(c.welcome)
		}
		if w != nil && w.iopub != nil {
			w.iopub.put(m)
		}
		for s := range c.subs {
			s.box.put(m)
		}
	case Stdin:
		if w != nil && w.input != nil {
			w.input.put(m)
			return
		}
		c.loose[Stdin].put(m)
	default:
		if w != nil && w.channel == m.Channel && len(w.reply) == 0 {
			w.reply <- m
			return
		}
		c.loose[m.Channel].put(m)
	}
}

// Send sends a message on a channel and returns it as it was sent, with its
// header.
func (c *Client) Send(ch Channel, msgType string, content any, extra ...Extra) (*Message, error) {
	return c.sendAs(ch, c.draft(ch, msgType, nil, extra), content, extra)
}

// draft makes a message with a new header.
func (c *Client) draft(ch Channel, msgType string, parent []byte, extra []Extra) *Message {
	subshell := ""
	if len(extra) > 0 {
		subshell = extra[0].Subshell
	}
	raw, n := c.stamp.header(msgType, subshell)
	return &Message{
		Channel: ch, HeaderRaw: raw, ParentRaw: parent,
		Header: Header{MsgID: c.stamp.msgID(n), Session: c.stamp.session, MsgType: msgType, Version: ProtocolVersion, SubshellID: subshell},
	}
}

func (c *Client) sendAs(ch Channel, m *Message, content any, extra []Extra) (*Message, error) {
	if ch != Shell && ch != Control && ch != Stdin {
		return nil, fmt.Errorf("messaging: send: expected shell, control or stdin, got %s", ch)
	}
	out, err := packMessage(c.key, nil, m.HeaderRaw, m.ParentRaw, content, extra)
	if err != nil {
		return nil, err
	}
	if err := c.links[ch].out.push(context.Background(), out, clientStall); err != nil {
		return nil, ErrClosed
	}
	return m, nil
}

// Recv gives the next message on shell, control or stdin that is not the
// reply to a Request or Execute. At most 4096 of them are kept.
func (c *Client) Recv(ctx context.Context, ch Channel) (*Message, error) {
	if ch != Shell && ch != Control && ch != Stdin {
		return nil, fmt.Errorf("messaging: receive: expected shell, control or stdin, got %s", ch)
	}
	return c.take(ctx, c.loose[ch])
}

// take waits for a message in a mailbox. What came before the end is still
// given out.
func (c *Client) take(ctx context.Context, b *mailbox) (*Message, error) {
	for {
		m, more := b.next()
		if m != nil {
			return m, nil
		}
		select {
		case <-more:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-c.done:
			if m, _ := b.next(); m != nil {
				return m, nil
			}
			return nil, ErrClosed
		}
	}
}

// Subscription gets all iopub messages from its making on.
type Subscription struct {
	// C gives the messages. It is closed after Close or when the kernel is
	// gone.
	C <-chan *Message

	client *Client
	box    *mailbox
	cancel context.CancelFunc
}

// Subscribe makes a subscription. It holds whatever is not taken yet.
func (c *Client) Subscribe() *Subscription {
	out := make(chan *Message)
	ctx, cancel := context.WithCancel(context.Background())
	s := &Subscription{C: out, client: c, box: newMailbox(0), cancel: cancel}
	c.mu.Lock()
	c.subs[s] = struct{}{}
	c.mu.Unlock()
	go func() {
		defer close(out)
		for {
			m, err := c.take(ctx, s.box)
			if err != nil {
				return
			}
			select {
			case out <- m:
			case <-ctx.Done():
				return
			}
		}
	}()
	return s
}

// Close ends the subscription.
func (s *Subscription) Close() {
	s.client.mu.Lock()
	delete(s.client.subs, s)
	s.client.mu.Unlock()
	s.cancel()
}

// Ping sends a heartbeat and waits for its echo.
func (c *Client) Ping(ctx context.Context) (time.Duration, error) {
	c.beat.Lock()
	defer c.beat.Unlock()
	for {
		if m, _ := c.echoes.next(); m == nil {
			break
		}
	}
	start := time.Now()
	_, n := c.stamp.header("ping", "")
	body := c.stamp.msgID(n)
	if err := c.links[Heartbeat].out.push(ctx, pack(nil, [][]byte{{}, []byte(body)}), clientStall); err != nil {
		return 0, ErrClosed
	}
	for {
		m, err := c.take(ctx, c.echoes)
		if err != nil {
			return 0, err
		}
		if f := m.Buffers; len(f) > 0 && string(f[len(f)-1]) == body {
			return time.Since(start), nil
		}
	}
}

// Close ends the client; what it sent still goes out.
func (c *Client) Close() error {
	c.shut(clientLinger)
	return nil
}

func (c *Client) shut(linger time.Duration) {
	c.down.Do(func() {
		for _, l := range c.links {
			if l != nil {
				l.out.close()
			}
		}
		read := make(chan struct{})
		go func() {
			c.reading.Wait()
			close(read)
		}()
		timer := time.NewTimer(linger)
		defer timer.Stop()
		select {
		case <-read:
		case <-timer.C:
		}
		for _, l := range c.links {
			if l != nil {
				l.out.kill()
			}
		}
		<-read
		close(c.done)
	})
	<-c.done
}

// errNoAnswer: the kernel is gone while an answer was due.
var errNoAnswer = fmt.Errorf("%w: the kernel went away before it answered", ErrClosed)

// mailbox is an unbounded queue, or one that forgets its oldest messages.
type mailbox struct {
	mu    sync.Mutex
	list  []*Message
	limit int
	more  chan struct{}
}

func newMailbox(limit int) *mailbox {
	return &mailbox{limit: limit, more: make(chan struct{}, 1)}
}

func (b *mailbox) put(m *Message) {
	b.mu.Lock()
	if b.limit > 0 && len(b.list) >= b.limit {
		b.list = b.list[1:]
	}
	b.list = append(b.list, m)
	b.mu.Unlock()
	select {
	case b.more <- struct{}{}:
	default:
	}
}

// next gives the oldest message, or nil and a channel that says when to look
// again.
func (b *mailbox) next() (*Message, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.list) == 0 {
		b.list = nil
		return nil, b.more
	}
	m := b.list[0]
	b.list[0] = nil
	b.list = b.list[1:]
	return m, nil
}
