package tests

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weft/interp"
)

// TestPrograms runs the programs in lang/programs: what each prints is in the
// file beside it, which a Julia 1.5 wrote. When WEFT_ORACLE names a julia, it is
// compared with that as well.
func TestPrograms(t *testing.T) {
	files, err := filepath.Glob("lang/programs/*.jl")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
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
			if julia := os.Getenv("WEFT_ORACLE"); julia != "" {
				got, err := exec.Command(julia, f).Output()
				if err != nil || string(got) != string(want) {
					t.Errorf("the oracle prints (%v):\n%s", err, got)
				}
			}
			in := newInterp(t)
			out := &transcript{}
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			r := in.Eval(ctx, interp.Source{Name: f, Text: string(text)}, out, interp.EvalOptions{Count: 1})
			got := out.take()
			if r.Err != nil {
				got += strings.Join(r.Err.Traceback, "\n")
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}
