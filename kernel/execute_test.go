package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"weft/interp"
	"weft/messaging"
)

func TestExecute(t *testing.T) {
	f := &fake{cells: cells{
		"print": func(r run) interp.Result {
			r.print("a\n")
			r.print("b\n")
			return value("42")
		},
		"both streams": func(r run) interp.Result {
			r.print("o1\n")
			_ = r.out.Write(interp.Stderr, []byte("e2\n"))
			r.print("o3\n")
			r.out.Flush()
			return interp.Result{}
		},
		"display": func(r run) interp.Result {
			r.print("before\n")
			_ = r.out.Display(interp.Display{Data: interp.Bundle{"text/html; charset=utf-8": "<b>", "image/png": []byte{1}}, Metadata: map[string]any{"w": math.Inf(1)}, ID: "d"})
			r.print("after\n")
			_ = r.out.Display(interp.Display{Data: interp.Bundle{"text/plain": "new"}, ID: "d", Update: true})
			_ = r.out.ClearOutput(true)
			if r.out.Display(interp.Display{Update: true}) == nil {
				return failed("an update without id was taken")
			}
			return interp.Result{}
		},
		"fail": func(r run) interp.Result {
			r.print("out")
			return failed("boom")
		},
		"panic": func(run) interp.Result { panic("oops") },
		"expressions": func(r run) interp.Result {
			res := interp.Result{UserExpressions: map[string]interp.UserExpression{}}
			for name, code := range r.opts.UserExpressions {
				if code == "bad" {
					res.UserExpressions[name] = interp.UserExpression{Err: failed("bad").Err}
				} else {
					res.UserExpressions[name] = interp.UserExpression{Bundle: interp.Bundle{"text/plain": code}}
				}
			}
			return res
		},
		"no data": func(run) interp.Result { return interp.Result{HasValue: true} },
		"options": func(r run) interp.Result {
			rows, cols := r.out.Size()
			return value(fmt.Sprintf("%s %d silent=%t store=%t soft=%t count=%d cell=%s size=%dx%d",
				r.src.Name, r.src.FirstLine, r.opts.Silent, r.opts.StoreHistory, r.opts.SoftScope, r.opts.Count, r.opts.CellID, rows, cols))
		},
		"stdin": func(r run) interp.Result {
			_, err := r.out.ReadLine(r.ctx, "", false)
			return failed(fmt.Sprint(err == interp.ErrNoStdin))
		},
	}}
	tests := []struct {
		name     string
		content  object
		metadata string
		reply    string
		between  []string // of busy and idle
	}{
		{"value", object(`{"code":"1 + 2","user_expressions":{}}`), "",
			`{"status":"ok","execution_count":1,"user_expressions":{},"payload":[]}`,
			[]string{`execute_input {"code":"1 + 2","execution_count":1}`, `execute_result {"execution_count":1,"data":{"text/plain":"1 + 2"},"metadata":{},"transient":{}}`}},
		{"silent", object(`{"code":"1 + 2","silent":true,"store_history":true}`), "",
			`{"status":"ok","execution_count":1,"user_expressions":{},"payload":[]}`, nil},
		{"silent error", object(`{"code":"fail","silent":true}`), "",
			`{"status":"error","execution_count":1,"ename":"ErrorException","evalue":"boom","traceback":["boom","top"]}`,
			[]string{`stream {"name":"stdout","text":"out"}`}},
		{"not stored", object(`{"code":"x","store_history":false}`), "",
			`{"status":"ok","execution_count":1,"user_expressions":{},"payload":[]}`,
			[]string{`execute_input {"code":"x","execution_count":1}`, `execute_result {"execution_count":1,"data":{"text/plain":"x"},"metadata":{},"transient":{}}`}},
		{"both streams", object(`{"code":"both streams"}`), "",
			`{"status":"ok","execution_count":2,"user_expressions":{},"payload":[]}`,
			[]string{`execute_input {"code":"both streams","execution_count":2}`, `stream {"name":"stdout","text":"o1\n"}`, `stream {"name":"stderr","text":"e2\n"}`, `stream {"name":"stdout","text":"o3\n"}`}},
		{"display", object(`{"code":"display"}`), "",
			`{"status":"ok","execution_count":3,"user_expressions":{},"payload":[]}`,
			[]string{`execute_input {"code":"display","execution_count":3}`, `stream {"name":"stdout","text":"before\n"}`,
				`display_data {"data":{"image/png":"AQ==","text/html":"<b>"},"metadata":{"w":null},"transient":{"display_id":"d"}}`,
				`stream {"name":"stdout","text":"after\n"}`,
				`update_display_data {"data":{"text/plain":"new"},"metadata":{},"transient":{"display_id":"d"}}`,
				`clear_output {"wait":true}`}},
		{"error", object(`{"code":"fail"}`), "",
			`{"status":"error","execution_count":4,"ename":"ErrorException","evalue":"boom","traceback":["boom","top"]}`,
			[]string{`execute_input {"code":"fail","execution_count":4}`, `stream {"name":"stdout","text":"out"}`, `error {"ename":"ErrorException","evalue":"boom","traceback":["boom","top"]}`}},
		{"panic", object(`{"code":"panic","stop_on_error":false}`), "",
			`{"status":"error","execution_count":5,"ename":"InternalError","evalue":"internal error: oops","traceback":["internal error: oops"]}`,
			[]string{`execute_input {"code":"panic","execution_count":5}`, `error {"ename":"InternalError","evalue":"internal error: oops","traceback":["internal error: oops"]}`}},
		{"expressions", object(`{"code":"expressions","user_expressions":{"a":"6*7","b":"bad"}}`), "",
			`{"status":"ok","execution_count":6,"user_expressions":{"a":{"status":"ok","data":{"text/plain":"6*7"},"metadata":{}},` +
				`"b":{"status":"error","ename":"ErrorException","evalue":"bad","traceback":["bad","top"]}},"payload":[]}`,
			[]string{`execute_input {"code":"expressions","execution_count":6}`}},
		{"empty", object(`{"code":""}`), "",
			`{"status":"ok","execution_count":7,"user_expressions":{},"payload":[]}`,
			[]string{`execute_input {"code":"","execution_count":7}`, `execute_result {"execution_count":7,"data":{"text/plain":""},"metadata":{},"transient":{}}`}},
		{"no data", object(`{"code":"no data"}`), "",
			`{"status":"ok","execution_count":8,"user_expressions":{},"payload":[]}`,
			[]string{`execute_input {"code":"no data","execution_count":8}`, `execute_result {"execution_count":8,"data":{"text/plain":""},"metadata":{},"transient":{}}`}},
		{"options", object(`{"code":"options"}`), `{"cellId":"c-7","trusted":true,"deletedCells":[]}`,
			`{"status":"ok","execution_count":9,"user_expressions":{},"payload":[]}`,
			[]string{`execute_input {"code":"options","execution_count":9}`,
				`execute_result {"execution_count":9,"data":{"text/plain":"In[9] 1 silent=false store=true soft=true count=9 cell=c-7 size=30x80"},"metadata":{},"transient":{}}`}},
		{"odd metadata", object(`{"code":"options"}`), `{"cellId":7}`,
			`{"status":"ok","execution_count":10,"user_expressions":{},"payload":[]}`,
			[]string{`execute_input {"code":"options","execution_count":10}`,
				`execute_result {"execution_count":10,"data":{"text/plain":"In[10] 1 silent=false store=true soft=true count=10 cell= size=30x80"},"metadata":{},"transient":{}}`}},
		{"no stdin", object(`{"code":"stdin"}`), "",
			`{"status":"error","execution_count":11,"ename":"ErrorException","evalue":"true","traceback":["true","top"]}`,
			[]string{`execute_input {"code":"stdin","execution_count":11}`, `error {"ename":"ErrorException","evalue":"true","traceback":["true","top"]}`}},
	}
	onBoth(t, func(t *testing.T, open func(*testing.T, Factory, Options) *session) {
		s := open(t, ready(f), Options{})
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				id := s.send(messaging.Shell, "execute_request", tt.content, messaging.Extra{Metadata: object(tt.metadata)})
				want := append(append([]string{"busy"}, tt.between...), "idle")
				if got := s.idle(id); !slices.Equal(got, want) {
					t.Errorf("broadcast\n got %q\nwant %q", got, want)
				}
				if got := s.replyTo(id); got.msgType != "execute_reply" || got.content != tt.reply {
					t.Errorf("reply\n got %s\nwant %s", got.content, tt.reply)
				}
			})
		}
		t.Run("print", func(t *testing.T) {
			id := s.execute("print")
			s.idle(id)
			s.replyTo(id)
			all := s.about(id)
			if text := textOf(all, "stdout"); text != "a\nb\n" {
				t.Errorf("text %q", text)
			}
			if n := len(all); all[n-2].msgType != "execute_result" || all[2].msgType != "stream" {
				t.Errorf("order %q", lines(all))
			}
		})
	})
}

func TestReplyMetadata(t *testing.T) {
	s := openPipe(t, ready(&fake{}), Options{})
	before := time.Now().Add(-time.Millisecond)
	x, err := s.client.Execute(t.Context(), messaging.ExecuteRequest{Code: "1"}, messaging.Handler{})
	if err != nil {
		t.Fatal(err)
	}
	var meta struct {
		Started         string `json:"started"`
		DependenciesMet bool   `json:"dependencies_met"`
		Engine, Status  string
	}
	if err := json.Unmarshal(x.Message.Metadata, &meta); err != nil {
		t.Fatal(err)
	}
	started, err := time.Parse(time.RFC3339Nano, meta.Started)
	if err != nil || started.Before(before) || started.After(time.Now()) {
		t.Errorf("started %q: %v", meta.Started, err)
	}
	if meta.Status != "ok" || !meta.DependenciesMet || meta.Engine != x.Message.Header.Session {
		t.Errorf("metadata %+v", meta)
	}
}

func TestErrorAbortsWhatIsQueued(t *testing.T) {
	onBoth(t, func(t *testing.T, open func(*testing.T, Factory, Options) *session) {
		goOn := make(chan struct{})
		s := open(t, ready(&fake{cells: cells{"fail": func(run) interp.Result { <-goOn; return failed("boom") }}}), Options{})
		for range 5 {
			var ids []string
			for _, code := range []string{"fail", "1", "2", "3"} {
				ids = append(ids, s.execute(code))
			}
			// The shell is read in order: with this answer, all cells are there.
			s.replyTo(s.send(messaging.Shell, "comm_info_request", object(`{}`)))
			goOn <- struct{}{}
			if r := s.replyTo(ids[0]); !strings.HasPrefix(r.content, `{"status":"error"`) {
				t.Fatal(r)
			}
			for _, id := range ids[1:] {
				if r := s.replyTo(id); !strings.HasPrefix(r.content, `{"status":"aborted","execution_count":`) {
					t.Fatal(r)
				}
				if got := s.idle(id); !slices.Equal(got, []string{"busy", "idle"}) {
					t.Errorf("aborted cell: %q", got)
				}
			}
			// What is sent when the error is known does run.
			if r := s.replyTo(s.execute("4")); !strings.HasPrefix(r.content, `{"status":"ok"`) {
				t.Fatal(r)
			}
		}
	})
}

func TestErrorWithoutStop(t *testing.T) {
	s := openPipe(t, ready(&fake{cells: cells{"fail": func(run) interp.Result { return failed("boom") }}}), Options{})
	first := s.send(messaging.Shell, "execute_request", messaging.ExecuteRequest{Code: "fail", StoreHistory: true})
	second := s.execute("1")
	s.replyTo(first)
	if r := s.replyTo(second); !strings.HasPrefix(r.content, `{"status":"ok","execution_count":2`) {
		t.Error(r)
	}
}

func TestLateOutput(t *testing.T) {
	onBoth(t, func(t *testing.T, open func(*testing.T, Factory, Options) *session) {
		kept := make(chan interp.Output, 1)
		s := open(t, ready(&fake{cells: cells{
			"start": func(r run) interp.Result { kept <- r.out; return interp.Result{} },
			"other": func(r run) interp.Result {
				out := <-kept
				r.print("fg\n")
				_ = out.Write(interp.Stdout, []byte("bg 1\n"))
				_ = out.Display(interp.Display{Data: interp.Bundle{"text/plain": "bg 2"}})
				r.print("fg\n")
				kept <- out
				return interp.Result{}
			},
		}}), Options{})
		first := s.execute("start")
		s.idle(first)
		second := s.execute("other")
		if got := textOf(s.about(first), ""); strings.Contains(got, "fg") {
			t.Errorf("text of the first cell: %q", got)
		}
		s.idle(second)
		if got := textOf(s.about(second), "stdout"); got != "fg\nfg\n" {
			t.Errorf("text of the second cell: %q", got)
		}
		// Long after both ended, in a character cut in two.
		out := <-kept
		_ = out.Write(interp.Stderr, []byte("bg 3 \xc3"))
		s.sawText(first, "bg 3")
		_ = out.Write(interp.Stderr, []byte("\xa9 \xff"))
		s.sawText(first, "é \ufffd")
		_ = out.Write(interp.Stdout, []byte("cut \xe2\x82"))
		s.sawText(first, "cut \ufffd\ufffd")
		all := lines(s.about(first))
		if want := `display_data {"data":{"text/plain":"bg 2"},"metadata":{},"transient":{}}`; !slices.Contains(all, want) {
			t.Errorf("no late display in %q", all)
		}
		if got := textOf(s.about(first), ""); got != "bg 1\nbg 3 é \ufffdcut \ufffd\ufffd" {
			t.Errorf("late text %q", got)
		}
	})
}

func TestStreamsAreJoined(t *testing.T) {
	goOn := make(chan struct{})
	const n = 20000
	s := openPipe(t, ready(&fake{cells: cells{"flood": func(r run) interp.Result {
		r.print("first\n")
		<-goOn
		for i := range n {
			r.print(fmt.Sprintf("line %d é\n", i))
		}
		return interp.Result{}
	}}}), Options{})
	start := time.Now()
	id := s.execute("flood")
	s.sawText(id, "first\n") // while the cell runs, without a flush
	close(goOn)
	s.idle(id)
	all := s.about(id)
	var want strings.Builder
	want.WriteString("first\n")
	for i := range n {
		fmt.Fprintf(&want, "line %d é\n", i)
	}
	if textOf(all, "stdout") != want.String() {
		t.Error("text lost or out of order")
	}
	// One message each 20 ms and each 64 KiB, and a few for the rest.
	limit := int(time.Since(start)/flushEvery) + want.Len()/flushBytes + 10
	if len(all) > limit {
		t.Errorf("%d messages, want at most %d", len(all), limit)
	}
}

func TestBusyCellKeepsNobodyWaiting(t *testing.T) {
	started := make(chan struct{})
	s := openTCP(t, ready(&fake{cells: cells{"block": func(r run) interp.Result { close(started); return r.block() }}}), Options{})
	id := s.execute("block")
	await(t, started, "start of the cell")
	queued := s.execute("1")
	for _, msgType := range []string{"kernel_info_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "comm_info_request"} {
		s.replyTo(s.send(messaging.Shell, msgType, object(`{"code":"print","cursor_pos":5,"hist_access_type":"tail","n":1}`)))
	}
	for _, msgType := range []string{"kernel_info_request", "usage_request"} {
		s.send(messaging.Control, msgType, object(`{}`))
		s.reply(messaging.Control)
	}
	if _, err := s.client.Ping(t.Context()); err != nil {
		t.Error("heartbeat:", err)
	}
	if n := len(s.about(queued)); n != 0 {
		t.Errorf("the queued cell was touched: %v", s.about(queued))
	}
	s.send(messaging.Control, "interrupt_request", object(`{}`))
	s.replyTo(id)
	if r := s.replyTo(queued); !strings.HasPrefix(r.content, `{"status":"aborted"`) {
		t.Error(r)
	}
}

// A request may ask by itself for what the options ask for of all cells.
func TestDrainOfOneRequest(t *testing.T) {
	f := &fake{cells: cells{"start": func(run) interp.Result { return interp.Result{} }}}
	f.drain = func(ctx context.Context, out interp.Output) error {
		end, ok := ctx.Deadline()
		if !ok || time.Until(end) > time.Hour {
			return errors.New("another deadline")
		}
		return out.Write(interp.Stdout, []byte("late"))
	}
	s := openPipe(t, ready(f), Options{})
	if got := s.idle(s.execute("start")); !slices.Equal(got, []string{"busy", `execute_input {"code":"start","execution_count":1}`, "idle"}) {
		t.Errorf("got %q", got)
	}
	id := s.send(messaging.Shell, "execute_request", messaging.ExecuteRequest{Code: "start", Silent: true},
		messaging.Extra{Metadata: object(`{"weft_drain":"1h"}`)})
	if got := s.idle(id); !slices.Equal(got, []string{"busy", `stream {"name":"stdout","text":"late"}`, "idle"}) {
		t.Errorf("got %q", got)
	}
}

func TestDrain(t *testing.T) {
	f := &fake{cells: cells{"start": func(run) interp.Result { return value("1") }}}
	f.drain = func(ctx context.Context, out interp.Output) error {
		if _, ok := ctx.Deadline(); !ok {
			return errors.New("no deadline")
		}
		return out.Write(interp.Stdout, []byte("late"))
	}
	s := openPipe(t, ready(f), Options{Drain: time.Hour})
	id := s.execute("start")
	want := []string{"busy", `execute_input {"code":"start","execution_count":1}`,
		`execute_result {"execution_count":1,"data":{"text/plain":"1"},"metadata":{},"transient":{}}`,
		`stream {"name":"stdout","text":"late"}`, "idle"}
	if got := s.idle(id); !slices.Equal(got, want) {
		t.Errorf(" got %q\nwant %q", got, want)
	}
	s.replyTo(id)

	// An interrupt ends the waiting, not the cell's success.
	f.drain = func(ctx context.Context, out interp.Output) error {
		_ = out.Write(interp.Stdout, []byte("waiting"))
		<-ctx.Done()
		return ctx.Err()
	}
	id = s.execute("start")
	s.sawText(id, "waiting")
	s.send(messaging.Control, "interrupt_request", object(`{}`))
	if r := s.replyTo(id); !strings.HasPrefix(r.content, `{"status":"ok"`) {
		t.Error(r)
	}
}
