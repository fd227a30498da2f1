package kernel

// This file has what the tests talk with: an interpreter whose cells are Go
// functions, and a client that writes down all it is told.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"weft/interp"
	"weft/messaging"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// errInterrupted is the cause of the end of an interrupted cell's context.
var errInterrupted = errors.New("interrupted")

// run is one evaluation as a fake cell sees it.
type run struct {
	ctx  context.Context // ends with an interrupt
	src  interp.Source
	out  interp.Output
	opts interp.EvalOptions
}

// print writes to stdout.
func (r run) print(text string) {
	if err := r.out.Write(interp.Stdout, []byte(text)); err != nil {
		panic(err)
	}
}

// block waits for an interrupt and ends like an interrupted cell.
func (r run) block() interp.Result {
	<-r.ctx.Done()
	return stopped()
}

func stopped() interp.Result {
	return interp.Result{Err: &interp.Error{Name: "InterruptException", Traceback: []string{"InterruptException:"}, Interrupted: true}}
}

func failed(text string) interp.Result {
	return interp.Result{Err: &interp.Error{Name: "ErrorException", Value: text, Traceback: []string{text, "top"}}}
}

func value(text string) interp.Result {
	return interp.Result{HasValue: true, Bundle: interp.Bundle{"text/plain": text}}
}

// cells maps code to what it does.
type cells map[string]func(run) interp.Result

// fake is an interpreter that knows some cells.
type fake struct {
	cells cells
	drain func(context.Context, interp.Output) error
	// late makes that many interrupts find no foreground.
	late int
	// background is how many tasks there are to cancel.
	background int

	mu     sync.Mutex
	cancel context.CancelCauseFunc
	closed bool
}

func (f *fake) Eval(ctx context.Context, src interp.Source, out interp.Output, opts interp.EvalOptions) interp.Result {
	ctx, cancel := context.WithCancelCause(ctx)
	f.mu.Lock()
	f.cancel = cancel
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.cancel = nil
		f.mu.Unlock()
		cancel(nil)
	}()
	cell, ok := f.cells[src.Text]
	if !ok {
		return value(src.Text)
	}
	return cell(run{ctx, src, out, opts})
}

func (f *fake) Interrupt() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.late > 0 {
		f.late--
		return false
	}
	if f.cancel == nil {
		return false
	}
	f.cancel(errInterrupted)
	return true
}

func (f *fake) CancelBackground() int { return f.background }

func (f *fake) Complete(text string, cursor int) interp.Completion {
	runes := []rune(text)
	start := cursor
	for start > 0 && wordRune(runes[start-1]) {
		start--
	}
	var c interp.Completion
	c.Start, c.End = start, cursor
	if word := string(runes[start:cursor]); word != "" && strings.HasPrefix("println", word) {
		c.Matches = []interp.Match{{Text: "println", Type: "function", Signature: "(io, xs...)"}, {Text: "print1"}}
	}
	return c
}

func (f *fake) Inspect(text string, cursor, detail int) (interp.Bundle, bool) {
	if !strings.HasPrefix(text, "println") {
		return nil, false
	}
	return interp.Bundle{"text/plain": "doc of println", "text/markdown": strings.Repeat("more ", detail)}, true
}

func (f *fake) IsComplete(text string) (status, indent string) {
	switch text {
	case "begin":
		return "incomplete", "    "
	case ")":
		return "invalid", ""
	}
	return "complete", ""
}

func (f *fake) Drain(ctx context.Context, out interp.Output) error {
	if f.drain == nil {
		return nil
	}
	return f.drain(ctx, out)
}

func (f *fake) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	return nil
}

// ready is the factory of an interpreter that is there at once.
func ready(f *fake) Factory {
	return func(context.Context) (interp.Interpreter, error) { return f, nil }
}

// said is a message as tests compare it.
type said struct{ channel, msgType, content, parent string }

// line gives a message in short: the state of a status, else type and
// content.
func (m said) line() string {
	if m.msgType == "status" {
		return strings.TrimSuffix(strings.TrimPrefix(m.content, `{"execution_state":"`), `"}`)
	}
	return m.msgType + " " + m.content
}

// session is a kernel and a client of it.
type session struct {
	t      *testing.T
	client *messaging.Client
	server *Server
	served chan error // Serve's result

	mu    sync.Mutex
	iopub []said
	news  chan struct{}
}

// open starts a kernel on the transport and waits until the client hears it.
func open(t *testing.T, transport messaging.Transport, client *messaging.Client, f Factory, opts Options) *session {
	t.Helper()
	s := &session{t: t, client: client, server: New(transport, f, opts), served: make(chan error, 1), news: make(chan struct{}, 1)}
	sub := client.Subscribe()
	go func() {
		for m := range sub.C {
			s.mu.Lock()
			s.iopub = append(s.iopub, saidOf(m))
			s.mu.Unlock()
			select {
			case s.news <- struct{}{}:
			default:
			}
		}
	}()
	go func() { s.served <- s.server.Serve(context.Background()) }()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := client.WaitReady(ctx); err != nil {
		t.Fatal("kernel not ready:", err)
	}
	t.Cleanup(func() {
		s.server.Stop()
		if err := client.Close(); err != nil {
			t.Error(err)
		}
		select {
		case err := <-s.served:
			if err != nil {
				t.Error("serve:", err)
			}
		case <-time.After(patience):
			t.Error("the kernel does not end")
		}
	})
	return s
}

// openPipe starts a kernel in memory.
func openPipe(t *testing.T, f Factory, opts Options) *session {
	t.Helper()
	transport, client, err := messaging.NewPipe(messaging.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return open(t, transport, client, f, opts)
}

// openTCP starts a kernel on ZeroMQ sockets.
func openTCP(t *testing.T, f Factory, opts Options) *session {
	t.Helper()
	server, err := messaging.Listen(&messaging.Connection{
		Transport: "tcp", IP: "127.0.0.1", Key: "a key", SignatureScheme: "hmac-sha256",
	}, messaging.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	client, err := messaging.Dial(ctx, server.Connection(), messaging.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return open(t, server, client, f, opts)
}

// onBoth runs a test over memory and over ZeroMQ.
func onBoth(t *testing.T, test func(t *testing.T, open func(*testing.T, Factory, Options) *session)) {
	t.Run("pipe", func(t *testing.T) { test(t, openPipe) })
	t.Run("tcp", func(t *testing.T) { test(t, openTCP) })
}

func saidOf(m *messaging.Message) said {
	var b bytes.Buffer
	if err := json.Compact(&b, m.Content); err != nil {
		return said{msgType: m.Header.MsgType, content: err.Error()}
	}
	return said{m.Channel.String(), m.Header.MsgType, b.String(), m.Parent().MsgID}
}

// send sends a request and returns its id.
func (s *session) send(ch messaging.Channel, msgType string, content any, extra ...messaging.Extra) string {
	s.t.Helper()
	m, err := s.client.Send(ch, msgType, content, extra...)
	if err != nil {
		s.t.Fatal(err)
	}
	return m.Header.MsgID
}

// execute sends a cell that stores history and stops on errors.
func (s *session) execute(code string) string {
	s.t.Helper()
	return s.send(messaging.Shell, "execute_request", messaging.ExecuteRequest{Code: code, StoreHistory: true, StopOnError: true})
}

// about gives all broadcasts so far whose parent is id.
func (s *session) about(id string) []said {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []said
	for _, m := range s.iopub {
		if m.parent == id {
			out = append(out, m)
		}
	}
	return out
}

// until waits for the broadcasts about id to fulfil a condition and returns
// them.
func (s *session) until(id, what string, cond func([]said) bool) []said {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		all := s.about(id)
		if cond(all) {
			return all
		}
		select {
		case <-s.news:
		case <-deadline:
			s.t.Fatalf("no %s; there is %v", what, lines(all))
		}
	}
}

// idle waits for the idle of id and returns what was broadcast about it.
func (s *session) idle(id string) []string {
	s.t.Helper()
	return lines(s.until(id, "idle", func(all []said) bool {
		return len(all) > 0 && all[len(all)-1].line() == "idle"
	}))
}

// sawText waits until the streams of id hold text.
func (s *session) sawText(id, text string) {
	s.t.Helper()
	s.until(id, "text "+text, func(all []said) bool { return strings.Contains(textOf(all, ""), text) })
}

// reply waits for the next reply on a channel.
func (s *session) reply(ch messaging.Channel) said {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	m, err := s.client.Recv(ctx, ch)
	if err != nil {
		s.t.Fatal("no reply:", err)
	}
	return saidOf(m)
}

// replyTo waits for the next reply on shell, which must answer id.
func (s *session) replyTo(id string) said {
	s.t.Helper()
	m := s.reply(messaging.Shell)
	if m.parent != id {
		s.t.Fatalf("reply to %s, want one to %s: %v", m.parent, id, m)
	}
	return m
}

func lines(all []said) []string {
	out := []string{}
	for _, m := range all {
		out = append(out, m.line())
	}
	return out
}

// textOf joins the text of streams by that name, or of all for "".
func textOf(all []said, name string) string {
	var b strings.Builder
	for _, m := range all {
		var c messaging.Stream
		if m.msgType == "stream" && json.Unmarshal([]byte(m.content), &c) == nil && (name == "" || c.Name == name) {
			b.WriteString(c.Text)
		}
	}
	return b.String()
}

// await waits for a channel to be closed or to give something.
func await(t *testing.T, ch <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-ch:
	case <-time.After(patience):
		t.Fatal("no " + what)
	}
}
