// This file has what several tests use: servers, a small kernel, and raw
// connections that behave badly.

package messaging

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"
)

// patience bounds every wait of a test; it is reached only when one fails.
const patience = 10 * time.Second

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

func tcpConnection() *Connection {
	return &Connection{Transport: "tcp", IP: "127.0.0.1", Key: "a secret", SignatureScheme: "hmac-sha256"}
}

func listen(t *testing.T, opts Options) *Server {
	t.Helper()
	s, err := Listen(tcpConnection(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func connect(t *testing.T, s *Server) *Client {
	t.Helper()
	c, err := Dial(within(t), s.Connection(), ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// kernel answers requests until its transport is closed. The code of an
// execute_request says what is printed: a number of lines, or "input", or
// anything that is echoed.
type kernel struct {
	t     Transport
	count int
	ended sync.WaitGroup
}

func startKernel(tr Transport) *kernel {
	k := &kernel{t: tr}
	for _, ch := range []<-chan *Message{tr.Shell(), tr.Control()} {
		k.ended.Go(func() {
			for m := range ch {
				k.serve(m)
			}
		})
	}
	return k
}

func (k *kernel) serve(m *Message) {
	bg := context.Background()
	k.t.Publish(bg, m.HeaderRaw, "status", Status{Busy})
	switch m.Header.MsgType {
	case "kernel_info_request":
		k.t.Reply(m, "kernel_info_reply", KernelInfoReply{ProtocolVersion: ProtocolVersion, Implementation: "test"})
	case "execute_request":
		k.execute(m)
	case "shutdown_request":
		k.t.Reply(m, "shutdown_reply", ShutdownReply{})
		k.t.Publish(bg, m.HeaderRaw, "status", Status{Idle})
		go k.t.Close()
		return
	case "interrupt_request":
		k.t.Reply(m, "interrupt_reply", InterruptReply{})
	}
	k.t.Publish(bg, m.HeaderRaw, "status", Status{Idle})
}

func (k *kernel) execute(m *Message) {
	bg := context.Background()
	var r ExecuteRequest
	if err := m.Decode(&r); err != nil {
		k.t.Reply(m, "execute_reply", ExecuteReply{Status: StatusError, Ename: "Bad", Evalue: err.Error()})
		return
	}
	k.count++
	if n, err := strconv.Atoi(r.Code); err == nil {
		for i := range n {
			k.t.Publish(bg, m.HeaderRaw, "stream", Stream{"stdout", strconv.Itoa(i) + "\n"})
		}
	} else if r.Code == "input" {
		in, err := k.t.AskInput(bg, m, InputRequest{Prompt: "? "})
		if err != nil {
			k.t.Reply(m, "execute_reply", ExecuteReply{Status: StatusError, Ename: "Input", Evalue: err.Error()})
			return
		}
		k.t.Publish(bg, m.HeaderRaw, "stream", Stream{"stdout", in.Value})
	} else {
		k.t.Publish(bg, m.HeaderRaw, "stream", Stream{"stdout", r.Code})
	}
	k.t.Reply(m, "execute_reply", ExecuteReply{ExecutionCount: k.count})
}

// raw is a connection under a test's control, from the first byte on.
type raw struct {
	net.Conn
	br *bufio.Reader
	t  *testing.T
}

func (r *raw) Read(p []byte) (int, error) { return r.br.Read(p) }

func dialRaw(t *testing.T, s *Server, ch Channel) *raw {
	t.Helper()
	network, address := s.conn.address(ch)
	nc, err := net.Dial(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { nc.Close() })
	nc.SetDeadline(time.Now().Add(patience))
	return &raw{nc, bufio.NewReader(nc), t}
}

func greeting() []byte {
	g := make([]byte, greetingSize)
	g[0], g[9], g[10], g[11] = 0xff, 0x7f, 3, 1
	copy(g[12:], "NULL")
	return g
}

func frame(flags byte, body string) []byte {
	if len(body) > 255 {
		return append(binary.BigEndian.AppendUint64([]byte{flags | flagLong}, uint64(len(body))), body...)
	}
	return append([]byte{flags, byte(len(body))}, body...)
}

func property(name, value string) string {
	return string([]byte{byte(len(name))}) + name + string(binary.BigEndian.AppendUint32(nil, uint32(len(value)))) + value
}

func ready(typ, id string) []byte {
	return frame(flagCommand, "\x05READY"+property("Socket-Type", typ)+property("Identity", id))
}

func (r *raw) send(parts ...[]byte) {
	r.t.Helper()
	for _, p := range parts {
		if _, err := r.Write(p); err != nil {
			r.t.Fatal(err)
		}
	}
}

// join does an orderly handshake.
func (r *raw) join(typ, id string) {
	r.t.Helper()
	r.send(greeting(), ready(typ, id))
	if _, err := io.ReadFull(r, make([]byte, greetingSize)); err != nil {
		r.t.Fatal(err)
	}
	if f, flags := r.frame(); flags&flagCommand == 0 || f[:6] != "\x05READY" {
		r.t.Fatalf("expected READY, got %q", f)
	}
}

// frame reads a frame and its flags.
func (r *raw) frame() (string, byte) {
	r.t.Helper()
	var h [9]byte
	n := 2
	if _, err := io.ReadFull(r, h[:2]); err != nil {
		r.t.Fatal(err)
	}
	if h[0]&flagLong != 0 {
		if _, err := io.ReadFull(r, h[2:]); err != nil {
			r.t.Fatal(err)
		}
		n = 9
	}
	size, _ := frameSize(h[:n])
	b := make([]byte, size)
	if _, err := io.ReadFull(r, b); err != nil {
		r.t.Fatal(err)
	}
	return string(b), h[0]
}

// message reads the frames of a message.
func (r *raw) message() []string {
	r.t.Helper()
	r.SetReadDeadline(time.Now().Add(patience))
	var all []string
	for {
		f, flags := r.frame()
		all = append(all, f)
		if flags&flagMore == 0 {
			return all
		}
	}
}

// expectClosed says that the other side has to close the connection.
func (r *raw) expectClosed() {
	r.t.Helper()
	_, err := io.Copy(io.Discard, r)
	var ne net.Error
	if errors.As(err, &ne) && ne.Timeout() {
		r.t.Fatal("the connection was not closed")
	}
}

// request is a signed request in ZMTP frames.
func (r *raw) request(s *Server, msgType, content string) []byte {
	st := newStamp(newSession(), "test")
	h, _ := st.header(msgType, "")
	key, err := NewKey("hmac-sha256", s.conn.Key)
	if err != nil {
		r.t.Fatal(err)
	}
	p, err := packMessage(key, nil, h, nil, jsonRaw(content), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	var out []byte
	for _, c := range p.chunks {
		out = append(out, c...)
	}
	return out
}
