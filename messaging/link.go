// This file is one ZMTP connection: the handshake, which zmq4 does behind a
// guard, and the reading of frames after it.

package messaging

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// Flags in the first byte of a ZMTP frame.
const (
	flagMore    = 1
	flagLong    = 2
	flagCommand = 4
)

// Sizes that bound what a peer can make this side hold.
const (
	greetingSize   = 64
	handshakeFrame = 4 << 10
	handshakeTotal = 8 << 10
	maxFrames      = 4096
	maxCommand     = 64 << 10
	growFrom       = 1 << 20
)

// guard stands between a connection and zmq4 during the handshake. It follows
// the frame headers and fails before a length that is too large gets through.
type guard struct {
	net.Conn
	br     *bufio.Reader
	total  int
	header [9]byte
	have   int
	body   uint64
}

var errHandshakeSize = errors.New("handshake: expected small frames")

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.br.Read(p)
	for _, c := range p[:n] {
		if g.total++; g.total > handshakeTotal {
			return 0, errHandshakeSize
		}
		switch {
		case g.total <= greetingSize:
		case g.body > 0:
			g.body--
		default:
			g.header[g.have] = c
			g.have++
			size, ok := frameSize(g.header[:g.have])
			if !ok {
				continue
			}
			if size > handshakeFrame {
				return 0, errHandshakeSize
			}
			g.have, g.body = 0, size
		}
	}
	return n, err
}

// frameSize gives the length of a frame's body if its header is complete.
func frameSize(h []byte) (size uint64, complete bool) {
	if len(h) < 2 {
		return 0, false
	}
	if h[0]&flagLong == 0 {
		return uint64(h[1]), true
	}
	if len(h) < 9 {
		return 0, false
	}
	return binary.BigEndian.Uint64(h[1:9]), true
}

// link is a connection after its handshake.
type link struct {
	nc net.Conn
	br *bufio.Reader
	// id is the identity the peer gave, or is empty.
	id string
	// at is when the handshake ended.
	at time.Time
	// maxMessage bounds the bytes of one message.
	maxMessage int
	// command gets commands; it may be nil.
	command func(name string, body []byte)
}

// handshake does greeting and handshake on nc. It closes nc when it fails, and
// when it takes longer than timeout. Whatever the peer sends, it returns.
func handshake(nc net.Conn, typ zmq4.SocketType, id string, server bool, timeout time.Duration, buffer int) (l *link, err error) {
	timer := time.AfterFunc(timeout, func() { nc.Close() })
	defer func() {
		// zmq4 panics on malformed properties and unknown socket types.
		if r := recover(); r != nil {
			err = fmt.Errorf("handshake: malformed: %v", r)
		}
		if !timer.Stop() && err == nil {
			err = errors.New("handshake: took too long")
		}
		if err != nil {
			nc.Close()
			l = nil
		}
	}()
	br := bufio.NewReaderSize(nc, buffer)
	conn, err := zmq4.Open(&guard{Conn: nc, br: br}, null.Security(), typ, zmq4.SocketIdentity(id), server, nil)
	if err != nil {
		return nil, fmt.Errorf("handshake: %w", err)
	}
	peerID := conn.Peer.Meta["Identity"]
	if len(peerID) > 255 {
		return nil, fmt.Errorf("handshake: expected an identity of at most 255 bytes, got %d", len(peerID))
	}
	return &link{nc: nc, br: br, id: peerID, at: time.Now()}, nil
}

// read reads one message. Commands before and between its frames go to
// l.command.
func (l *link) read() ([][]byte, error) {
	var frames [][]byte
	total := 0
	for {
		var h [9]byte
		if _, err := io.ReadFull(l.br, h[:2]); err != nil {
			return nil, err
		}
		if h[0]&flagLong != 0 {
			if _, err := io.ReadFull(l.br, h[2:]); err != nil {
				return nil, midway(err)
			}
		}
		size, _ := frameSize(h[:])
		if h[0]&flagCommand != 0 {
			if size > maxCommand {
				return nil, fmt.Errorf("expected a command of at most %d bytes, got %d", maxCommand, size)
			}
			body, err := l.body(int(size))
			if err != nil {
				return nil, err
			}
			if err := l.obey(body); err != nil {
				return nil, err
			}
			continue
		}
		if size > uint64(l.maxMessage-total) {
			return nil, fmt.Errorf("expected a message of at most %d bytes, got a frame of %d", l.maxMessage, size)
		}
		if len(frames) == maxFrames {
			return nil, fmt.Errorf("expected at most %d frames in a message", maxFrames)
		}
		body, err := l.body(int(size))
		if err != nil {
			return nil, err
		}
		total += int(size)
		frames = append(frames, body)
		if h[0]&flagMore == 0 {
			return frames, nil
		}
	}
}

func (l *link) obey(body []byte) error {
	if len(body) == 0 || len(body) < 1+int(body[0]) {
		return errors.New("expected a command with a name")
	}
	n := 1 + int(body[0])
	if l.command != nil {
		l.command(string(body[1:n]), body[n:])
	}
	return nil
}

// body reads n bytes. Large ones are held only as they arrive.
func (l *link) body(n int) ([]byte, error) {
	b := make([]byte, min(n, growFrom))
	if _, err := io.ReadFull(l.br, b); err != nil {
		return nil, midway(err)
	}
	for len(b) < n {
		have := len(b)
		bigger := make([]byte, min(n, 4*have))
		copy(bigger, b)
		b = bigger
		if _, err := io.ReadFull(l.br, b[have:]); err != nil {
			return nil, midway(err)
		}
	}
	return b, nil
}

func midway(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// packet is an encoded message: chunks to be written one after the other. It
// can wait in several queues at once and is never changed.
type packet struct {
	chunks [][]byte
	size   int
}

// ownChunk is the size from which a frame is not copied into its packet.
const ownChunk = 8 << 10

// packer makes packets.
type packer struct {
	out  packet
	tail []byte
}

func (p *packer) frame(flags byte, body []byte) {
	if len(body) > 255 {
		p.tail = append(p.tail, flags|flagLong)
		p.tail = binary.BigEndian.AppendUint64(p.tail, uint64(len(body)))
	} else {
		p.tail = append(p.tail, flags, byte(len(body)))
	}
	if len(body) < ownChunk {
		p.tail = append(p.tail, body...)
		return
	}
	p.flush()
	p.out.chunks = append(p.out.chunks, body)
	p.out.size += len(body)
}

func (p *packer) flush() {
	if len(p.tail) > 0 {
		p.out.chunks = append(p.out.chunks, p.tail)
		p.out.size += len(p.tail)
		p.tail = nil
	}
}

// pack encodes the frames of a message, those of front before those of rest.
func pack(front, rest [][]byte) packet {
	size := 0
	for _, fs := range [][][]byte{front, rest} {
		for _, f := range fs {
			if len(f) < ownChunk {
				size += len(f)
			}
			size += 9
		}
	}
	p := packer{tail: make([]byte, 0, size)}
	for i, f := range front {
		flags := byte(flagMore)
		if i == len(front)-1 && len(rest) == 0 {
			flags = 0
		}
		p.frame(flags, f)
	}
	for i, f := range rest {
		flags := byte(flagMore)
		if i == len(rest)-1 {
			flags = 0
		}
		p.frame(flags, f)
	}
	p.flush()
	return p.out
}

func packCommand(name string, body []byte) packet {
	b := append([]byte{byte(len(name))}, name...)
	var p packer
	p.frame(flagCommand, append(b, body...))
	p.flush()
	return p.out
}
