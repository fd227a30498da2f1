// This file holds the interface a kernel is written against, its options and
// its errors.

package messaging

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"
)

// Transport is what a kernel needs of the wire. [Server] is one, over ZeroMQ
// or in memory.
//
// All methods may be called from any goroutine.
type Transport interface {
	// Shell gives the requests of the shell channel, checked and in order for
	// each client. The first request of a client is held until the client's
	// iopub subscription is known (100 ms at most), so that it misses nothing.
	// The channel is closed when the transport is. Take from it at once:
	// while it is full, clients are not read.
	Shell() <-chan *Message
	// Control gives the requests of the control channel, like Shell.
	Control() <-chan *Message
	// Reply sends an answer to the peer the request came from, on the channel
	// it came on, with the request's header as parent. It does not wait for
	// the peer, unless that is 16 MiB behind, and then only while it reads.
	Reply(req *Message, msgType string, content any, extra ...Extra) error
	// Publish sends a message to all subscribers of iopub. parent is the
	// HeaderRaw of the request it belongs to, nil for none. Messages published
	// one after the other arrive in that order; none is dropped: a subscriber
	// who is behind makes Publish wait, until it reads on, is given up, or ctx
	// ends. Without subscribers it returns at once.
	Publish(ctx context.Context, parent json.RawMessage, msgType string, content any, extra ...Extra) error
	// AskInput asks the client that sent req for a line of input and waits for
	// its answer or the end of ctx. It fails with ErrNoStdin if the client has
	// no stdin channel. The caller checks allow_stdin. One question is open at
	// a time, others wait their turn.
	AskInput(ctx context.Context, req *Message, ask InputRequest) (InputReply, error)
	// Session is the id of this side, in the header of all it sends.
	Session() string
	// Close sends what is queued, waits for the clients to have it (a second
	// at most), and ends all channels. Later calls do nothing.
	Close() error
}

// Extra holds the rarely used parts of a message to be sent.
type Extra struct {
	// Metadata is encoded like content; nil is {}.
	Metadata any
	// Buffers are appended as they are.
	Buffers [][]byte
	// Topic is the first frame on iopub; empty is the message type.
	Topic string
	// Subshell is the subshell a client's request is for; empty is the main
	// shell.
	Subshell string
}

// Errors that callers tell apart.
var (
	// ErrClosed: the transport or client is closed.
	ErrClosed = errors.New("messaging: closed")
	// ErrNoPeer: the client that is meant is not connected any more.
	ErrNoPeer = errors.New("messaging: the client is not connected")
	// ErrNoStdin: the client has no stdin channel, or lost it.
	ErrNoStdin = errors.New("messaging: the client has no stdin channel")
)

// Options are the parameters of a server. The zero value of a field means its
// default.
type Options struct {
	// Logger gets what peers do wrong; the default is silence.
	Logger *slog.Logger
	// Session is the id in the headers; by default a new UUID.
	Session string
	// Username in the headers, by default "kernel".
	Username string
	// BindWait is how long Listen goes on trying while a port is taken: 2 s.
	BindWait time.Duration
	// HandshakeTimeout is what a new connection has to say who it is: 5 s.
	HandshakeTimeout time.Duration
	// MaxHandshakes at once; the oldest one makes room: 64.
	MaxHandshakes int
	// MaxPeers connected to a channel: 1024.
	MaxPeers int
	// MaxMessage is the size of the largest message taken, in bytes: 1 GiB.
	MaxMessage int
	// QueueBytes that may wait for one peer before senders wait: 16 MiB.
	QueueBytes int
	// Stall is how long a subscriber with a full queue may take nothing
	// before it is disconnected: 10 s.
	Stall time.Duration
	// ReplyStall is the same for a client that does not take its replies: 1 s.
	ReplyStall time.Duration
	// Linger is how long Close waits for peers to take what is queued: 1 s.
	Linger time.Duration
	// SubscriberWait is how long a client's first request may be held until
	// its subscription is known: 100 ms. Negative: not at all.
	SubscriberWait time.Duration
	// InputWait is how long AskInput waits for the stdin connection: 2 s.
	InputWait time.Duration
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Session == "" {
		o.Session = newSession()
	}
	if o.Username == "" {
		o.Username = "kernel"
	}
	duration := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	number := func(n *int, v int) {
		if *n <= 0 {
			*n = v
		}
	}
	duration(&o.BindWait, 2*time.Second)
	duration(&o.HandshakeTimeout, 5*time.Second)
	duration(&o.Stall, 10*time.Second)
	duration(&o.ReplyStall, time.Second)
	duration(&o.Linger, time.Second)
	duration(&o.SubscriberWait, 100*time.Millisecond)
	duration(&o.InputWait, 2*time.Second)
	number(&o.MaxHandshakes, 64)
	number(&o.MaxPeers, 1024)
	number(&o.MaxMessage, 1<<30)
	number(&o.QueueBytes, 16<<20)
	return o
}
