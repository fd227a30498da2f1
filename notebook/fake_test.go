package notebook

// This file is a kernel for the tests: it runs a small language of its own,
// over a real transport, so that runs can be tested without an interpreter.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"weft/messaging"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// fakeKernel answers requests. A cell is lines of these words:
//
//	print TEXT     stdout          err TEXT      stderr
//	value TEXT     the result      fail NAME TEXT  an error
//	show ID MIME TEXT              update ID MIME TEXT
//	clear | clear wait             block         until an interrupt
//	later TEXT     printed when a request to drain comes
//	die            the process ends
type fakeKernel struct {
	t     messaging.Transport
	count int

	mu     sync.Mutex
	cancel context.CancelFunc
	later  []func()
}

func (k *fakeKernel) serve() {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for m := range k.t.Control() {
			switch m.Header.MsgType {
			case "interrupt_request":
				k.mu.Lock()
				if k.cancel != nil {
					k.cancel()
				}
				k.mu.Unlock()
				k.reply(m, "interrupt_reply", messaging.InterruptReply{})
			case "shutdown_request":
				k.reply(m, "shutdown_reply", messaging.ShutdownReply{})
				k.t.Close()
			}
		}
	}()
	for m := range k.t.Shell() {
		k.publish(m, "status", messaging.Status{ExecutionState: messaging.Busy})
		switch m.Header.MsgType {
		case "kernel_info_request":
			k.reply(m, "kernel_info_reply", messaging.KernelInfoReply{
				ProtocolVersion: "5.5", Implementation: "fake",
				LanguageInfo: messaging.LanguageInfo{Name: "fake", Version: "1", MimeType: "text/x-fake", FileExtension: ".fake"},
			})
		case "execute_request":
			k.execute(m)
		}
		k.publish(m, "status", messaging.Status{ExecutionState: messaging.Idle})
	}
	<-ended
}

// Errors of these two come only when the client is gone, and then the test
// is over.
func (k *fakeKernel) reply(m *messaging.Message, kind string, content any) {
	_ = k.t.Reply(m, kind, content)
}

func (k *fakeKernel) publish(m *messaging.Message, kind string, content any) {
	_ = k.t.Publish(context.Background(), m.HeaderRaw, kind, content)
}

func (k *fakeKernel) execute(m *messaging.Message) {
	var req messaging.ExecuteRequest
	if err := m.Decode(&req); err != nil {
		panic(err)
	}
	var meta map[string]any
	if err := json.Unmarshal(m.Metadata, &meta); err != nil {
		panic(err)
	}
	if meta[DrainKey] != nil {
		for _, f := range k.later {
			f()
		}
		k.reply(m, "execute_reply", messaging.ExecuteReply{Status: messaging.StatusOK, ExecutionCount: k.count})
		return
	}
	k.count++
	k.publish(m, "execute_input", messaging.ExecuteInput{Code: req.Code, ExecutionCount: k.count})
	reply := messaging.ExecuteReply{Status: messaging.StatusOK, ExecutionCount: k.count}
	for line := range strings.Lines(req.Code) {
		word, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		rest = strings.NewReplacer(`\n`, "\n", `\e`, "\x1b").Replace(rest)
		if name, text, failed := k.do(m, word, rest); failed {
			k.publish(m, "error", messaging.Error{Ename: name, Evalue: text, Traceback: []string{name + ": " + text}})
			reply = messaging.ExecuteReply{Status: messaging.StatusError, ExecutionCount: k.count, Ename: name, Evalue: text}
			break
		}
	}
	k.reply(m, "execute_reply", reply)
}

func (k *fakeKernel) do(m *messaging.Message, word, rest string) (ename, evalue string, failed bool) {
	first, second, _ := strings.Cut(rest, " ")
	switch word {
	case "print":
		k.publish(m, "stream", messaging.Stream{Name: "stdout", Text: rest})
	case "err":
		k.publish(m, "stream", messaging.Stream{Name: "stderr", Text: rest})
	case "value":
		k.publish(m, "execute_result", messaging.ExecuteResult{ExecutionCount: k.count, Data: messaging.Object{"text/plain": rest}})
	case "show", "update":
		mime, text, _ := strings.Cut(second, " ")
		d := messaging.DisplayData{Data: messaging.Object{mime: text}, Transient: messaging.Transient{DisplayID: first}}
		if word == "show" {
			k.publish(m, "display_data", d)
		} else {
			k.publish(m, "update_display_data", messaging.UpdateDisplayData(d))
		}
	case "clear":
		k.publish(m, "clear_output", messaging.ClearOutput{Wait: rest == "wait"})
	case "later":
		k.later = append(k.later, func() { k.publish(m, "stream", messaging.Stream{Name: "stdout", Text: rest}) })
	case "block":
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		k.mu.Lock()
		k.cancel = cancel
		k.mu.Unlock()
		k.publish(m, "stream", messaging.Stream{Name: "stdout", Text: "blocked\n"})
		<-ctx.Done()
		return "InterruptException", "", true
	case "die":
		k.t.Close() // what was sent arrives
		fmt.Fprintln(os.Stderr, "a last word")
		os.Exit(3)
	case "fail":
		return first, second, true
	}
	return "", "", false
}

// open gives a client of a fake kernel in memory.
func open(t *testing.T) *messaging.Client {
	t.Helper()
	transport, client, err := messaging.NewPipe(messaging.Options{})
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		(&fakeKernel{t: transport}).serve()
	}()
	t.Cleanup(func() {
		client.Close()
		transport.Close()
		<-served
	})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := client.WaitReady(ctx); err != nil {
		t.Fatal(err)
	}
	return client
}

// fakeEnv makes this test's program the fake kernel.
const fakeEnv = "WEFT_TEST_FAKE_KERNEL"

func TestMain(m *testing.M) {
	switch os.Getenv(fakeEnv) {
	case "":
		os.Exit(m.Run())
	case "mute":
		fmt.Fprintln(os.Stderr, "no sockets today")
		os.Exit(7)
	}
	conn, err := messaging.ReadConnection(os.Args[len(os.Args)-1])
	if err == nil {
		var transport *messaging.Server
		if transport, err = messaging.Listen(conn, messaging.Options{}); err == nil {
			(&fakeKernel{t: transport}).serve()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// code makes a notebook of code cells.
func code(sources ...string) *Notebook {
	nb := &Notebook{Minor: Minor, Metadata: Object{}}
	for i, s := range sources {
		nb.Cells = append(nb.Cells, &Cell{ID: fmt.Sprint("c", i), Type: Code, Source: s, Metadata: Object{}})
	}
	return nb
}

// within bounds a test's run.
func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeoutCause(t.Context(), patience, errors.New("the test's patience is over"))
	t.Cleanup(cancel)
	return ctx
}
