package vm_test

// This file runs the programs in testdata and compares what they print with what
// Julia printed for them.

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"weft/interp"
)

// screen collects what a program prints.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(_ interp.Stream, p []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text.Write(p)
	return nil
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func (s *screen) Display(interp.Display) error { return nil }
func (s *screen) ClearOutput(bool) error       { return nil }
func (s *screen) ReadLine(context.Context, string, bool) (string, error) {
	return "", interp.ErrNoStdin
}
func (s *screen) Flush()           {}
func (s *screen) Size() (int, int) { return 24, 80 }

// start makes an interpreter that is closed when the test ends.
func start(tb testing.TB) *interp.Interp {
	tb.Helper()
	in, err := interp.New(interp.Options{VirtualTime: true})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := in.Close(); err != nil {
			tb.Error(err)
		}
	})
	return in
}

// eval runs text and returns what it printed and its error.
func eval(tb testing.TB, in *interp.Interp, name, text string) (string, *interp.Error) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	out := &screen{}
	r := in.Eval(ctx, interp.Source{Name: name, Text: text}, out, interp.EvalOptions{})
	return out.String(), r.Err
}

func TestPrograms(t *testing.T) {
	files, err := filepath.Glob("testdata/*.jl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs in testdata: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".jl"), func(t *testing.T) {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(f, ".jl") + ".out")
			if err != nil {
				t.Fatal(err)
			}
			got, failure := eval(t, start(t), filepath.Base(f), string(text))
			if failure != nil {
				t.Errorf("failed: %s: %s\n%s", failure.Name, failure.Value, strings.Join(failure.Traceback, "\n"))
			}
			compare(t, got, string(want))
		})
	}
}

// compare reports the first line in which two texts differ.
func compare(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		var a, b string
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Fatalf("line %d:\ngot  %s\nwant %s", i+1, a, b)
		}
	}
}

// TestInterruptLoop interrupts a loop that never ends, and goes on afterwards.
func TestInterruptLoop(t *testing.T) {
	in := start(t)
	for _, loop := range []string{
		"while true end",
		"f(n) = n; let i = 0; while true; i = f(i) + 1; end; end",
		"for i in Iterators.cycle(1:3) end",
		"g() = h(); h() = k(); k() = 1; while true; try; g(); finally; end; end",
	} {
		began := &signal{ch: make(chan struct{})}
		done := make(chan *interp.Error)
		go func() {
			r := in.Eval(context.Background(), interp.Source{Name: "loop", Text: "println(1); " + loop}, began, interp.EvalOptions{})
			done <- r.Err
		}()
		<-began.ch
		at := time.Now()
		if !in.Interrupt() {
			t.Fatalf("%s: nothing to interrupt", loop)
		}
		err := <-done
		if err == nil || !err.Interrupted {
			t.Fatalf("%s ended with %v", loop, err)
		}
		if d := time.Since(at); d > 10*time.Second { // 50 ms on a quiet machine
			t.Errorf("%s: interrupted after %v", loop, d)
		}
	}
	if out, err := eval(t, in, "after", "println(1 + 1)"); err != nil || out != "2\n" {
		t.Fatalf("afterwards: %q, %v", out, err)
	}
}

// signal closes its channel at the first write.
type signal struct {
	screen
	once sync.Once
	ch   chan struct{}
}

func (s *signal) Write(interp.Stream, []byte) error {
	s.once.Do(func() { close(s.ch) })
	return nil
}
