package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"weft/interp"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

func TestFlagsAndArgumentsInAnyOrder(t *testing.T) {
	for text, want := range map[string]string{
		"a b":             "[a b] false <>",
		"a -on b":         "[a b] true <>",
		"-on a -name x b": "[a b] true <x>",
		"a --name=x":      "[a] false <x>",
		"a -- -on b":      "[a -on b] false <>",
		"-- -on":          "[-on] false <>",
		"":                "[] false <>",
	} {
		f := flags("run")
		on := f.Bool("on", false, "")
		name := f.String("name", "", "")
		rest, _, ok := Streams{}.parse(f, strings.Fields(text))
		got := "[" + strings.Join(rest, " ") + "] " + map[bool]string{true: "true", false: "false"}[*on] + " <" + *name + ">"
		if !ok || got != want {
			t.Errorf("%q: got %s, %v; want %s", text, got, ok, want)
		}
	}
}

func TestDrainFlag(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"--drain": 30 * time.Second, "--drain=5": 5 * time.Second, "--drain=2m": 2 * time.Minute, "": 0,
	} {
		var e engine
		f := flags("kernel")
		e.define(f, drainAlone)
		if _, _, ok := (Streams{}).parse(f, strings.Fields(text)); !ok || e.drainFor != want {
			t.Errorf("%q: got %v, want %v", text, e.drainFor, want)
		}
	}
}

func TestEngineFlagsAreHandedOn(t *testing.T) {
	var e engine
	f := flags("run")
	e.define(f, "")
	if _, _, ok := (Streams{}).parse(f, []string{"--virtual-time", "--seed", "7"}); !ok {
		t.Fatal("not parsed")
	}
	if got := e.args(); !slices.Equal(got, []string{"--virtual-time", "--seed=7"}) {
		t.Errorf("got %q", got)
	}
}

// screen is a writer that can be waited for.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
	news chan struct{}
	fail error
}

func newScreen() *screen { return &screen{news: make(chan struct{}, 1)} }

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return 0, s.fail
	}
	s.text.Write(p)
	select {
	case s.news <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (s *screen) until(t *testing.T, want string) {
	t.Helper()
	deadline := time.After(patience)
	for {
		s.mu.Lock()
		got := s.text.String()
		s.mu.Unlock()
		if strings.Contains(got, want) {
			return
		}
		select {
		case <-s.news:
		case <-deadline:
			t.Fatalf("no %q; there is %q", want, got)
		}
	}
}

func TestTerminalOutput(t *testing.T) {
	out, errs := newScreen(), newScreen()
	o := newTerminalOutput(Streams{Out: out, Err: errs}, newLineReader(strings.NewReader("")))
	write := func(s interp.Stream, text string) {
		t.Helper()
		if err := o.Write(s, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	write(interp.Stdout, "first ")
	if got := out.text.String(); got != "first " {
		t.Errorf("the first text waits: %q", got)
	}
	write(interp.Stdout, "second ")
	out.until(t, "first second ")
	write(interp.Stdout, "third ")
	write(interp.Stderr, "error")
	if out.text.String() != "first second third " || errs.text.String() != "error" {
		t.Errorf("stderr went ahead of stdout: %q, %q", out.text.String(), errs.text.String())
	}
	if err := o.Display(interp.Display{Data: interp.Bundle{"text/plain": "shown", "text/html": "<b>shown</b>"}}); err != nil {
		t.Fatal(err)
	}
	o.Flush()
	out.until(t, "third shown\n")

	out.mu.Lock()
	out.fail = errors.New("nobody reads")
	out.mu.Unlock()
	write(interp.Stdout, "x")
	o.Flush()
	if err := o.Write(interp.Stdout, []byte("y")); !errors.Is(err, interp.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestLineReader(t *testing.T) {
	in, typed := io.Pipe()
	r := newLineReader(in)
	gone, leave := context.WithCancelCause(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := r.read(gone)
		left <- err
	}()
	why := errors.New("interrupted")
	leave(why)
	if err := <-left; !errors.Is(err, why) {
		t.Errorf("got %v", err)
	}
	go func() {
		io.WriteString(typed, "one\r\ntwo\nlast")
		typed.Close()
	}()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for _, want := range []string{"one", "two", "last"} {
		if got, err := r.read(ctx); got != want || err != nil {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
	for range 2 {
		if got, err := r.read(ctx); got != "" || err != io.EOF {
			t.Errorf("at the end: %q, %v", got, err)
		}
	}
}

func TestColourNeedsATerminal(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/file")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if color(f) || color(&bytes.Buffer{}) || terminal(f) {
		t.Error("a file is taken for a terminal")
	}
	t.Setenv("COLUMNS", "123")
	if got := width(f); got != 123 {
		t.Errorf("width %d", got)
	}
	t.Setenv("COLUMNS", "x")
	if got := width(&bytes.Buffer{}); got != 80 {
		t.Errorf("width %d", got)
	}
}

func TestHighlight(t *testing.T) {
	for code, want := range map[string]string{
		"for i in 1:3":        `<span class="k">for</span> i <span class="k">in</span> <span class="n">1</span>:<span class="n">3</span>`,
		`f(x) # note <`:       `<span class="f">f</span>(x) <span class="c"># note &lt;</span>`,
		`"a\"b" * 'c'`:        `<span class="s">&#34;a\&#34;b&#34;</span> * <span class="s">&#39;c&#39;</span>`,
		"@async x'":           `<span class="m">@async</span> x&#39;`,
		"#= a\nb =# 0xff 1.5": `<span class="c">#= a` + "\n" + `b =#</span> <span class="n">0xff</span> <span class="n">1.5</span>`,
		`r"a+" """x "y" z"""`: `<span class="s">r&#34;a+&#34;</span> <span class="s">&#34;&#34;&#34;x &#34;y&#34; z&#34;&#34;&#34;</span>`,
		"x1 = α < β":          `x1 = α &lt; β`,
		"put!(c)":             `<span class="f">put!</span>(c)`,
		`"open`:               `&#34;open`,
	} {
		if got := highlight(code); got != want {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}

func TestHelpOfEachCommand(t *testing.T) {
	for name, text := range helps {
		var out, errs bytes.Buffer
		s := Streams{Out: &out, Err: &errs}
		if code := Help(s, strings.Fields(name)); code != exitOK || out.String() != text || errs.Len() > 0 {
			t.Errorf("help %s: %d, %q", name, code, errs.String())
		}
		for _, line := range strings.Split(text, "\n") {
			if len(line) > 80 {
				t.Errorf("help %s: a line of %d columns: %s", name, len(line), line)
			}
		}
	}
}
