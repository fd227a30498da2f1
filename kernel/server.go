// Package kernel is Jupyter's idea of a kernel: it takes requests from the
// front ends, has an interpreter run cells, and publishes what the tasks of
// those cells write and display under the cell that started them.
//
// [Run] is a kernel process from its connection file to its end. [Server] is
// the kernel itself, over any transport.
package kernel

// This file holds the server: which goroutine takes care of which request.
//
//	shell   → Serve sorts    → cells     one at a time, in order
//	                         → language  complete, inspect, is_complete
//	                         → session   kernel_info, history, comms
//	control → serveControl
//
// No request waits for one of another row. All that is broadcast goes
// through the publisher.

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"weft/interp"
	"weft/messaging"
)

// Factory makes the interpreter. It runs while the kernel already answers.
type Factory func(ctx context.Context) (interp.Interpreter, error)

// Options are a kernel's parameters.
type Options struct {
	// Version is the implementation's version in kernel_info.
	Version string
	// Logger gets what goes wrong; nil is silence.
	Logger *slog.Logger
	// Drain, when positive, holds back the end of each cell until its tasks
	// are done or wait for the outside, at most that long. It is for clients
	// that take no output after a cell's end.
	Drain time.Duration
	// Again is how soon after an interrupt a second one ends the background tasks
	// too; 0 stands for two seconds.
	Again time.Duration
	// Idle, when set, is called each time that a request has been answered. It must
	// not take long.
	Idle func()
}

// Times that end things.
const (
	// burstQuiet without another request means that all requests which a
	// client sent together have arrived; burstLimit is the most to wait.
	burstQuiet = 10 * time.Millisecond
	burstLimit = 50 * time.Millisecond
	// stopWait is what a running cell gets to end when the kernel stops.
	stopWait = 300 * time.Millisecond
	// againWithin is Options.Again unless set.
	againWithin = 2 * time.Second
)

// Server is a kernel on a transport.
type Server struct {
	transport messaging.Transport
	factory   Factory
	opts      Options
	log       *slog.Logger
	pub       *publisher
	usage     usageMeter
	past      history

	cells    *fifo[*messaging.Message]
	language *fifo[*messaging.Message]
	session  *fifo[*messaging.Message]

	// stopping ends when the kernel is to stop; stop makes it end.
	stopping context.Context
	stop     context.CancelFunc

	// ready is closed when the factory has returned; then exactly one of
	// interp and startErr is set.
	ready    chan struct{}
	interp   interp.Interpreter
	startErr error

	fore foreground
	// count is the execution count; only the goroutine of the cells uses it.
	count int
}

// New makes a kernel. Serve starts it.
func New(t messaging.Transport, f Factory, opts Options) *Server {
	log := opts.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if opts.Again == 0 {
		opts.Again = againWithin
	}
	s := &Server{
		transport: t, factory: f, opts: opts, log: log,
		pub:      newPublisher(t, log),
		cells:    newFIFO[*messaging.Message](),
		language: newFIFO[*messaging.Message](),
		session:  newFIFO[*messaging.Message](),
		ready:    make(chan struct{}),
	}
	s.stopping, s.stop = context.WithCancel(context.Background())
	return s
}

// Stop makes Serve end.
func (s *Server) Stop() { s.stop() }

// Serve answers requests until a client asks for the end, ctx ends, Stop is
// called or the transport is closed. It closes transport and interpreter.
func (s *Server) Serve(ctx context.Context) error {
	defer context.AfterFunc(ctx, s.stop)()
	published := make(chan struct{})
	go func() {
		defer close(published)
		s.pub.run(context.Background())
	}()
	var wg sync.WaitGroup
	for _, f := range []func(){
		s.start,
		s.runCells,
		s.serveControl,
		func() { s.answer(s.language) },
		func() { s.answer(s.session) },
	} {
		wg.Go(f)
	}
	s.sortShell()
	s.stop()
	s.pub.relax(true)
	s.stopForeground()
	waitFor(&wg, stopWait)
	s.abort(s.cells.takeAll())
	s.pub.close()
	select {
	case <-published:
	case <-time.After(stopWait):
	}
	err := s.transport.Close()
	if in, inErr := s.started(); inErr == nil {
		s.closeInterp(in)
	}
	if err != nil {
		return fmt.Errorf("closing the connection: %w", err)
	}
	return nil
}

// start makes the interpreter.
func (s *Server) start() {
	defer close(s.ready)
	in, err := s.factory(s.stopping)
	if err != nil {
		s.log.Error("interpreter not started", "err", err)
		s.startErr = fmt.Errorf("the interpreter did not start: %w", err)
		return
	}
	s.interp = in
}

// started gives the interpreter if the factory has returned one.
func (s *Server) started() (interp.Interpreter, error) {
	select {
	case <-s.ready:
		return s.interp, s.startErr
	default:
		return nil, errNotReady
	}
}

// await waits for the interpreter.
func (s *Server) await(ctx context.Context) (interp.Interpreter, error) {
	select {
	case <-s.ready:
		return s.interp, s.startErr
	case <-ctx.Done():
		return nil, errNotReady
	}
}

func (s *Server) closeInterp(in interp.Interpreter) {
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := in.Close(); err != nil {
			s.log.Error("interpreter not closed", "err", err)
		}
	})
	waitFor(&wg, stopWait)
}

// waitFor waits for the group, at most d.
func waitFor(wg *sync.WaitGroup, d time.Duration) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		wg.Wait()
	}()
	select {
	case <-done:
	case <-time.After(d):
	}
}

// sortShell hands each shell request to the goroutine that answers it. It
// does nothing else, so that what has been sent is soon received.
func (s *Server) sortShell() {
	for {
		select {
		case <-s.stopping.Done():
			s.sortLast()
			return
		case m, ok := <-s.transport.Shell():
			if !ok {
				return
			}
			switch m.Header.MsgType {
			case "execute_request":
				s.cells.push(m)
			case "complete_request", "inspect_request", "is_complete_request":
				s.language.push(m)
			default:
				s.session.push(m)
			}
		}
	}
}

// sortLast takes the cells that were sent before the end was asked for and are
// still on their way, so that they are told that they will not run.
func (s *Server) sortLast() {
	end := time.After(burstLimit)
	for {
		select {
		case m, ok := <-s.transport.Shell():
			if !ok {
				return
			}
			if m.Header.MsgType == "execute_request" {
				s.cells.push(m)
			}
		case <-time.After(burstQuiet):
			return
		case <-end:
			return
		}
	}
}

// answer handles the requests of a queue, one after the other.
func (s *Server) answer(q *fifo[*messaging.Message]) {
	for {
		m, ok := q.pop(s.stopping)
		if !ok {
			return
		}
		s.handle(m)
	}
}

func (s *Server) serveControl() {
	for {
		select {
		case <-s.stopping.Done():
			return
		case m, ok := <-s.transport.Control():
			if !ok {
				return
			}
			s.handle(m)
		}
	}
}

// handle answers any request but execute_request, with busy and idle around
// it.
func (s *Server) handle(m *messaging.Message) {
	s.busy(m)
	s.pub.flush()
	defer s.idle(m)
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("request failed", "type", m.Header.MsgType, "panic", r, "stack", string(debug.Stack()))
			s.reply(m, failure("InternalError", fmt.Sprint(r)))
		}
	}()
	h := s.handler(m)
	if h == nil {
		s.log.Warn("unknown request", "type", m.Header.MsgType, "channel", m.Channel)
		return
	}
	content, err := h(m)
	switch {
	case err != nil:
		s.log.Warn("request not answered", "type", m.Header.MsgType, "err", err)
		s.reply(m, failure("RequestError", err.Error()))
	case content != nil:
		s.reply(m, content)
	}
}

// handler finds the method that answers a request. Its result is the reply's
// content, nil for none.
func (s *Server) handler(m *messaging.Message) func(*messaging.Message) (any, error) {
	shell, control := m.Channel == messaging.Shell, m.Channel == messaging.Control
	switch t := m.Header.MsgType; {
	case t == "kernel_info_request":
		return s.kernelInfo
	case t == "shutdown_request":
		return s.shutdown
	case shell && t == "complete_request":
		return s.complete
	case shell && t == "inspect_request":
		return s.inspect
	case shell && t == "is_complete_request":
		return s.isComplete
	case shell && t == "history_request":
		return s.history
	case shell && t == "comm_info_request":
		return s.commInfo
	case shell && t == "comm_open":
		return s.commOpen
	case shell && (t == "comm_msg" || t == "comm_close"):
		return s.commMsg
	case control && t == "interrupt_request":
		return s.interrupt
	case control && t == "debug_request":
		return s.debug
	case control && t == "usage_request":
		return s.reportUsage
	case control && (t == "create_subshell_request" || t == "delete_subshell_request"):
		return s.noSubshells
	case control && t == "list_subshell_request":
		return s.listSubshells
	}
	return nil
}

// busy says that a request is being worked on. It is sent with what comes next.
func (s *Server) busy(m *messaging.Message) {
	s.pub.hold(m.HeaderRaw, "status", messaging.Status{ExecutionState: messaging.Busy}, 0)
}

// idle says that a request has been worked on.
func (s *Server) idle(m *messaging.Message) {
	s.pub.hold(m.HeaderRaw, "status", messaging.Status{ExecutionState: messaging.Idle}, 0)
	s.pub.flush()
	if s.opts.Idle != nil {
		s.opts.Idle()
	}
}

// reply sends a request's reply.
func (s *Server) reply(m *messaging.Message, content any, extra ...messaging.Extra) {
	msgType := strings.TrimSuffix(m.Header.MsgType, "_request") + "_reply"
	if err := s.transport.Reply(m, msgType, content, extra...); err != nil {
		s.log.Warn("reply not sent", "type", msgType, "err", err)
	}
}

// bundle makes a MIME bundle fit for the wire.
func (s *Server) bundle(b interp.Bundle) messaging.Object {
	data, dropped := wireBundle(b)
	if len(dropped) > 0 {
		s.log.Warn("not MIME types, left out", "keys", dropped)
	}
	return data
}

func failure(name, text string) messaging.ErrorReply {
	return messaging.ErrorReply{Ename: name, Evalue: text, Traceback: []string{name + ": " + text}}
}
