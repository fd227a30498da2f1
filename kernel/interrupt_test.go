package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"weft/interp"
	"weft/messaging"
)

func TestInterrupt(t *testing.T) {
	onBoth(t, func(t *testing.T, open func(*testing.T, Factory, Options) *session) {
		f := &fake{cells: cells{"block": func(r run) interp.Result { r.print("started"); return r.block() }}}
		s := open(t, ready(f), Options{})
		for range 5 {
			id := s.execute("block")
			behind := s.send(messaging.Shell, "execute_request", messaging.ExecuteRequest{Code: "1"}) // even without stop_on_error
			s.sawText(id, "started")
			s.send(messaging.Control, "interrupt_request", object(`{}`))
			if r := s.reply(messaging.Control); r.line() != `interrupt_reply {"status":"ok"}` {
				t.Error(r)
			}
			if r := s.replyTo(id); !strings.Contains(r.content, `"ename":"InterruptException"`) {
				t.Error(r)
			}
			if r := s.replyTo(behind); !strings.HasPrefix(r.content, `{"status":"aborted"`) {
				t.Error(r)
			}
			// An interrupt of nothing does not hurt the next cell.
			s.send(messaging.Control, "interrupt_request", object(`{}`))
			s.reply(messaging.Control)
			if r := s.replyTo(s.execute("1")); !strings.HasPrefix(r.content, `{"status":"ok"`) {
				t.Error(r)
			}
		}
	})
}

func TestInterruptTwice(t *testing.T) {
	s := openPipe(t, ready(&fake{background: 3}), Options{Again: time.Hour})
	id := s.execute("1")
	s.idle(id)
	for range 2 {
		s.send(messaging.Control, "interrupt_request", object(`{}`))
		s.reply(messaging.Control)
	}
	s.sawText(id, "Interrupted twice: 3 background tasks cancelled.\n")

	s = openPipe(t, ready(&fake{background: 3}), Options{Again: time.Nanosecond})
	id = s.execute("1")
	s.idle(id)
	for range 2 {
		s.send(messaging.Control, "interrupt_request", object(`{}`))
		s.reply(messaging.Control)
	}
	s.idle(s.execute("2"))
	if text := textOf(s.about(id), ""); text != "" {
		t.Errorf("two interrupts far apart: %q", text)
	}
}

func TestInterruptBeforeForeground(t *testing.T) {
	s := openPipe(t, ready(&fake{late: 3, cells: cells{"block": func(r run) interp.Result { r.print("started"); return r.block() }}}), Options{})
	id := s.execute("block")
	s.sawText(id, "started")
	s.send(messaging.Control, "interrupt_request", object(`{}`))
	if r := s.replyTo(id); !strings.Contains(r.content, `"ename":"InterruptException"`) {
		t.Error(r)
	}
}

func TestStdin(t *testing.T) {
	onBoth(t, func(t *testing.T, open func(*testing.T, Factory, Options) *session) {
		kept := make(chan interp.Output, 1)
		s := open(t, ready(&fake{cells: cells{
			"read": func(r run) interp.Result {
				r.print("before")
				text, err := r.out.ReadLine(r.ctx, "name? ", true)
				switch {
				case err == io.EOF:
					return value("EOF")
				case errors.Is(err, errInterrupted):
					return stopped()
				case err != nil:
					return failed(err.Error())
				}
				return value(text)
			},
			"keep": func(r run) interp.Result { kept <- r.out; return interp.Result{} },
		}}), Options{})
		ask := func(code string, answer string) string {
			x, err := s.client.Execute(t.Context(), messaging.ExecuteRequest{Code: code}, messaging.Handler{
				Input: func(ask messaging.InputRequest) (string, error) {
					if ask != (messaging.InputRequest{Prompt: "name? ", Password: true}) {
						t.Errorf("asked %+v", ask)
					}
					return answer, nil
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(s.idle(x.MsgID), "\n")
		}
		if got := ask("read", "wörld"); !strings.Contains(got, `{"text/plain":"wörld"}`) {
			t.Error(got)
		}
		if got := ask("read", "\x04"); !strings.Contains(got, `{"text/plain":"EOF"}`) {
			t.Error(got)
		}
		t.Run("interrupt", func(t *testing.T) {
			id := s.send(messaging.Shell, "execute_request", messaging.ExecuteRequest{Code: "read", AllowStdin: true})
			if m := s.reply(messaging.Stdin); m.parent != id || m.line() != `input_request {"prompt":"name? ","password":true}` {
				t.Error(m)
			}
			s.send(messaging.Control, "interrupt_request", object(`{}`))
			if r := s.replyTo(id); !strings.Contains(r.content, `"ename":"InterruptException"`) {
				t.Error(r)
			}
		})
		t.Run("after the cell", func(t *testing.T) {
			id := s.send(messaging.Shell, "execute_request", messaging.ExecuteRequest{Code: "keep", AllowStdin: true})
			s.idle(id)
			s.replyTo(id)
			out := <-kept
			got := make(chan string, 1)
			go func() {
				text, err := out.ReadLine(t.Context(), "", false)
				got <- fmt.Sprint(text, err)
			}()
			if m := s.reply(messaging.Stdin); m.parent != id || m.line() != `input_request {"prompt":"","password":false}` {
				t.Error(m)
			}
			s.server.Stop()
			if text := <-got; text != interp.ErrClosed.Error() {
				t.Errorf("read %q when the kernel stopped", text)
			}
		})
	})
}

// valve is a transport whose subscribers read only while it is open.
type valve struct {
	shell, control chan *messaging.Message
	once           sync.Once

	mu    sync.Mutex
	turn  sync.Cond
	shut  bool
	iopub []said
}

func newValve() *valve {
	v := &valve{shell: make(chan *messaging.Message), control: make(chan *messaging.Message)}
	v.turn.L = &v.mu
	return v
}

func (v *valve) set(shut bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.shut = shut
	v.turn.Broadcast()
}

func (v *valve) Shell() <-chan *messaging.Message   { return v.shell }
func (v *valve) Control() <-chan *messaging.Message { return v.control }
func (v *valve) Session() string                    { return "s" }
func (v *valve) Close() error                       { v.once.Do(func() { v.set(false) }); return nil }

func (v *valve) Reply(*messaging.Message, string, any, ...messaging.Extra) error { return nil }

func (v *valve) AskInput(context.Context, *messaging.Message, messaging.InputRequest) (messaging.InputReply, error) {
	return messaging.InputReply{}, messaging.ErrNoStdin
}

func (v *valve) Publish(_ context.Context, parent json.RawMessage, msgType string, content any, _ ...messaging.Extra) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	for v.shut {
		v.turn.Wait()
	}
	text, err := json.Marshal(content)
	v.iopub = append(v.iopub, said{msgType: msgType, content: string(text), parent: string(parent)})
	v.turn.Broadcast()
	return err
}

// waitFor waits for a broadcast that fulfils a condition.
func (v *valve) waitFor(cond func(said) bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for !slices.ContainsFunc(v.iopub, cond) {
		v.turn.Wait()
	}
}

func TestInterruptWhilePrinting(t *testing.T) {
	v := newValve()
	written := make(chan int, 1)
	f := &fake{cells: cells{"flood": func(r run) interp.Result {
		n := 0
		for r.ctx.Err() == nil {
			r.print(strings.Repeat("x", 1000))
			n += 1000
		}
		r.print("end")
		written <- n
		return stopped()
	}}}
	s := New(v, ready(f), Options{})
	served := make(chan error, 1)
	go func() { served <- s.Serve(t.Context()) }()

	v.set(true)
	header := json.RawMessage(`{"msg_id":"1"}`)
	v.shell <- &messaging.Message{
		Header: messaging.Header{MsgID: "1", MsgType: "execute_request"}, HeaderRaw: header,
		Content: json.RawMessage(`{"code":"flood"}`), Metadata: json.RawMessage(`{}`), Channel: messaging.Shell,
	}
	// The cell writes as much as there is room for, then it is held up.
	s.pub.mu.Lock()
	for s.pub.bytes <= roomBytes {
		s.pub.changed.Wait()
	}
	s.pub.mu.Unlock()
	s.Interrupt()
	n := <-written
	if n > 3*roomBytes {
		t.Errorf("%d bytes were written for %d of room", n, roomBytes)
	}
	v.set(false)
	v.waitFor(func(m said) bool { return m.line() == "idle" })
	v.mu.Lock()
	text := textOf(v.iopub, "stdout")
	v.mu.Unlock()
	if len(text) != n+len("end") || !strings.HasSuffix(text, "xend") {
		t.Errorf("%d bytes arrived of %d", len(text), n+len("end"))
	}
	s.Stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

func TestOneLargeWrite(t *testing.T) {
	s := openPipe(t, ready(&fake{cells: cells{"big": func(r run) interp.Result {
		r.print(strings.Repeat("é", 3<<20))
		return interp.Result{}
	}}}), Options{})
	id := s.execute("big")
	s.idle(id)
	all := s.about(id)
	if text := textOf(all, "stdout"); text != strings.Repeat("é", 3<<20) {
		t.Errorf("%d bytes arrived", len(text))
	}
	for _, m := range all {
		if len(m.content) > maxStreamBytes+100 {
			t.Errorf("a message of %d bytes", len(m.content))
		}
	}
}
