package kernel

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"weft/interp"
	"weft/messaging"
)

func TestShutdown(t *testing.T) {
	for _, tt := range []struct {
		name    string
		channel messaging.Channel
		content object
		busy    bool
	}{
		{"control", messaging.Control, object(`{"restart":false}`), false},
		{"restart", messaging.Control, object(`{"restart":true}`), false},
		{"shell", messaging.Shell, object(`{"restart":false}`), false},
		{"busy", messaging.Control, object(`{"restart":false}`), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, open func(*testing.T, Factory, Options) *session) {
				f := &fake{cells: cells{"block": func(r run) interp.Result { r.print("started"); return r.block() }}}
				s := open(t, ready(f), Options{})
				var cell, behind string
				if tt.busy {
					cell, behind = s.execute("block"), s.execute("1")
					s.sawText(cell, "started")
				}
				id := s.send(tt.channel, "shutdown_request", tt.content)
				want := `shutdown_reply {"status":"ok","restart":` + strings.TrimPrefix(string(tt.content), `{"restart":`)
				if tt.busy {
					if r := s.reply(messaging.Control); r.line() != want {
						t.Error(r)
					}
					for _, id := range []string{cell, behind} {
						s.replyTo(id)
						s.idle(id)
					}
				} else if r := s.reply(tt.channel); r.line() != want {
					t.Error(r)
				}
				if got := s.idle(id); !slices.Equal(got, []string{"busy", want, "idle"}) {
					t.Errorf("broadcast %q", got)
				}
				await(t, s.client.Done(), "end of the connection")
				select {
				case err := <-s.served:
					s.served <- err
				case <-time.After(patience):
					t.Fatal("the kernel does not end")
				}
				f.mu.Lock()
				defer f.mu.Unlock()
				if !f.closed {
					t.Error("the interpreter was not closed")
				}
			})
		})
	}
}

// TestShutdownOfStubbornCell ends a kernel whose cell does not listen.
func TestShutdownOfStubbornCell(t *testing.T) {
	release := make(chan struct{})
	s := openPipe(t, ready(&fake{cells: cells{"hang": func(r run) interp.Result {
		r.print("started")
		<-release
		return interp.Result{}
	}}}), Options{})
	defer close(release)
	id := s.execute("hang")
	s.sawText(id, "started")
	if _, err := s.client.Shutdown(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-s.served:
		s.served <- err
	case <-time.After(patience):
		t.Fatal("the kernel does not end")
	}
}

func TestAnswersBeforeInterpreter(t *testing.T) {
	come := make(chan struct{})
	s := openPipe(t, func(ctx context.Context) (interp.Interpreter, error) {
		select {
		case <-come:
		case <-ctx.Done():
		}
		return &fake{}, nil
	}, Options{}) // open has had an answer to kernel_info
	first := s.execute("1")
	s.until(first, "execute_input", func(all []said) bool { return len(all) == 2 })
	s.send(messaging.Control, "interrupt_request", object(`{}`))
	if r := s.replyTo(first); !strings.Contains(r.content, `"ename":"InterruptException"`) {
		t.Error(r)
	}
	second := s.execute("2")
	complete := s.send(messaging.Shell, "complete_request", object(`{"code":"","cursor_pos":0}`))
	s.until(second, "execute_input", func(all []said) bool { return len(all) == 2 })
	close(come)
	var got []string
	for range 2 {
		r := s.reply(messaging.Shell)
		if !strings.HasPrefix(r.content, `{"status":"ok"`) {
			t.Error(r)
		}
		got = append(got, r.parent)
	}
	if !slices.Contains(got, second) || !slices.Contains(got, complete) {
		t.Errorf("replies to %v", got)
	}
}

func TestInterpreterDoesNotStart(t *testing.T) {
	s := openPipe(t, func(context.Context) (interp.Interpreter, error) { return nil, errors.New("no memory") }, Options{Drain: time.Second})
	const want = "the interpreter did not start: no memory"
	for _, id := range []string{s.execute("1"), s.send(messaging.Shell, "inspect_request", object(`{"code":"x"}`))} {
		s.idle(id)
		if r := s.reply(messaging.Shell); !strings.Contains(r.content, want) || !strings.HasPrefix(r.content, `{"status":"error"`) {
			t.Error(r)
		}
	}
}

// connectionFile writes a file with ports that were free a moment ago.
func connectionFile(t *testing.T) (string, *messaging.Connection) {
	t.Helper()
	var ports [5]int
	for i := range ports {
		l, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	conn := &messaging.Connection{
		Transport: "tcp", IP: "127.0.0.1", Key: "k", SignatureScheme: "hmac-sha256",
		ShellPort: ports[0], IOPubPort: ports[1], StdinPort: ports[2], ControlPort: ports[3], HeartbeatPort: ports[4],
	}
	path := filepath.Join(t.TempDir(), "kernel.json")
	if err := messaging.WriteConnection(path, conn); err != nil {
		t.Fatal(err)
	}
	return path, conn
}

func TestRun(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	t.Setenv(LogEnv, log)
	t.Setenv(DrainEnv, "5s")
	f := &fake{}
	drained := make(chan struct{}, 1)
	f.drain = func(context.Context, interp.Output) error { drained <- struct{}{}; return nil }
	path, conn := connectionFile(t)
	ran := make(chan error, 1)
	go func() { ran <- Run(t.Context(), path, ready(f), Options{Version: "9"}) }()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	client, err := messaging.Dial(ctx, conn, messaging.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if info, err := client.WaitReady(ctx); err != nil || info.ImplementationVersion != "9" {
		t.Errorf("info %+v, %v", info, err)
	}
	if x, err := client.Execute(ctx, messaging.ExecuteRequest{Code: "1"}, messaging.Handler{}); err != nil || x.Reply.Status != "ok" {
		t.Errorf("execute: %+v, %v", x, err)
	}
	await(t, drained, "drain")
	if _, err := client.Send(messaging.Shell, "strange_request", nil); err != nil {
		t.Error(err)
	}
	if _, err := client.KernelInfo(ctx); err != nil { // the strange one is logged by now
		t.Error(err)
	}
	if _, err := client.Shutdown(ctx, false); err != nil {
		t.Error(err)
	}
	select {
	case err := <-ran:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("the kernel does not end")
	}
	if err := client.Close(); err != nil {
		t.Error(err)
	}
	text, err := os.ReadFile(log)
	if err != nil || !strings.Contains(string(text), "strange_request") {
		t.Errorf("log %q, %v", text, err)
	}
}

func TestRunFails(t *testing.T) {
	f := ready(&fake{})
	if err := Run(t.Context(), filepath.Join(t.TempDir(), "none.json"), f, Options{}); err == nil {
		t.Error("ran without a connection file")
	}
	path, _ := connectionFile(t)
	t.Setenv(DrainEnv, "soon")
	if err := Run(t.Context(), path, f, Options{}); err == nil || !strings.Contains(err.Error(), "soon") {
		t.Errorf("drain time: %v", err)
	}
	t.Setenv(DrainEnv, "")
	t.Setenv(LogEnv, filepath.Join(t.TempDir(), "no", "such", "folder"))
	if err := Run(t.Context(), path, f, Options{}); err == nil {
		t.Error("ran without its log")
	}
}
