package tests

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"weft/interp"
)

// TestLanguage runs the transcripts in lang: after "julia> " stands an input of one or
// more lines, up to the next one what it prints and shows. They agree with a real Julia
// but for the spelling of types, which is that of 1.12.
func TestLanguage(t *testing.T) {
	files, err := filepath.Glob("lang/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			runTranscript(t, string(text))
		})
	}
}

// Examples in the documents, in blocks marked julia-repl, give what stands there. The
// blocks of a page are one session.
func TestExamplesInDocuments(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("no documents", err)
	}
	block := regexp.MustCompile("(?s)```julia-repl\n(.*?)```")
	for _, p := range pages {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		var session []string
		for _, m := range block.FindAllStringSubmatch(string(text), -1) {
			session = append(session, m[1])
		}
		if len(session) > 0 {
			t.Run(filepath.Base(p), func(t *testing.T) { runTranscript(t, strings.Join(session, "\n")) })
		}
	}
}

// Examples in the docstrings of module Weft give what stands there; each docstring is
// a session.
func TestExamplesInDocstringsOfWeft(t *testing.T) {
	files, err := filepath.Glob("../runtime/base/weft/*.jl")
	if err != nil || len(files) == 0 {
		t.Fatal("no sources", err)
	}
	block := regexp.MustCompile("(?s)# Examples\n```julia\n(.*?)```")
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range block.FindAllStringSubmatch(string(text), -1) {
			if strings.HasPrefix(m[1], "julia> ") {
				t.Run(fmt.Sprintf("%s/%d", filepath.Base(f), i+1), func(t *testing.T) {
					runTranscript(t, strings.ReplaceAll(m[1], `\$`, "$"))
				})
			}
		}
	}
}

// newInterp starts a system, which is closed when the test is done.
func newInterp(t *testing.T) *interp.Interp {
	t.Helper()
	in, err := interp.New(interp.Options{Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	})
	return in
}

func runTranscript(t *testing.T, text string) {
	in := newInterp(t)
	out := &transcript{} // one for all, as on a terminal: tasks live on
	for i, entry := range strings.Split("\n"+text, "\njulia> ")[1:] {
		input, want := cutInput(in, entry)
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		r := in.Eval(ctx, interp.Source{Name: "none", Text: input}, out, interp.EvalOptions{Count: i + 1, SoftScope: true})
		cancel()
		got := out.take()
		switch {
		case r.Err != nil:
			shown, _, _ := strings.Cut(strings.Join(r.Err.Traceback, "\n"), "\nStacktrace:")
			got += shown
		case r.HasValue:
			s, ok := r.Bundle["text/plain"].(string)
			if !ok {
				t.Errorf("julia> %s\nno text/plain", input)
			}
			got += s
		}
		if clean(got) != clean(want) {
			t.Errorf("julia> %s\ngot:\n%s\nwant:\n%s", input, got, want)
		}
	}
}

// cutInput cuts an entry after the first line with which the input is complete.
func cutInput(in *interp.Interp, entry string) (input, rest string) {
	lines := strings.SplitAfter(entry, "\n")
	for n := 1; n < len(lines); n++ {
		input = strings.Join(lines[:n], "")
		remark := strings.HasPrefix(lines[n-1], "# ") // what it is about, above the code
		if status, _ := in.IsComplete(strings.TrimRight(input, "\n")); status != "incomplete" && !remark {
			return strings.TrimRight(input, "\n"), strings.Join(lines[n:], "")
		}
	}
	return entry, ""
}

// clean drops blanks at the ends of lines and empty lines at the end.
func clean(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// transcript collects what a cell prints.
type transcript struct {
	mu   sync.Mutex
	text []byte
}

// take returns what has been printed since it was last called.
func (o *transcript) take() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := string(o.text)
	o.text = nil
	return s
}

func (o *transcript) Write(_ interp.Stream, p []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text = append(o.text, p...)
	return nil
}
func (o *transcript) Display(d interp.Display) error { return nil }
func (o *transcript) ClearOutput(bool) error         { return nil }
func (o *transcript) ReadLine(context.Context, string, bool) (string, error) {
	return "", io.EOF
}
func (o *transcript) Flush()           {}
func (o *transcript) Size() (int, int) { return 24, 80 }
