package model

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weft/interp"
)

// Programs per run and their seed; WEFT_MODEL_SEED sets another one.
const (
	programs = 3000
	seed     = 1
)

// driver is an interpreter with the driver loaded.
type driver struct {
	t  *testing.T
	in *interp.Interp
	n  int
}

func newDriver(t *testing.T) *driver {
	in, err := interp.New(interp.Options{Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	d := &driver{t: t, in: in}
	for _, f := range []string{"driver.jl", "weft.jl"} {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.eval(f, string(text)); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func (d *driver) eval(name, text string) (string, error) {
	d.n++
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	out := &strings.Builder{}
	r := d.in.Eval(ctx, interp.Source{Name: name, Text: text}, writer{out}, interp.EvalOptions{Count: d.n, Silent: true})
	if r.Err != nil {
		return "", fmt.Errorf("%s: %s", name, strings.Join(r.Err.Traceback, "\n"))
	}
	return out.String(), nil
}

// run runs programs and gives what each logged.
func (d *driver) run(ps ...*Program) ([]string, error) {
	var b strings.Builder
	for _, p := range ps {
		call := "run_program(%q, spin)"
		if p.Virtual {
			call = "run_virtual(%q)"
		}
		fmt.Fprintf(&b, "println("+call+")\n", p.String())
	}
	out, err := d.eval("programs", b.String())
	return strings.Split(strings.TrimSuffix(out, "\n"), "\n"), err
}

// writer is an Output that keeps the text.
type writer struct{ *strings.Builder }

func (w writer) Write(_ interp.Stream, p []byte) error { w.Builder.Write(p); return nil }
func (w writer) Display(interp.Display) error          { return nil }
func (w writer) ClearOutput(bool) error                { return nil }
func (w writer) ReadLine(context.Context, string, bool) (string, error) {
	return "", io.EOF
}
func (w writer) Flush()           {}
func (w writer) Size() (int, int) { return 24, 80 }

// startSeed is the seed of the run.
func startSeed(t *testing.T) uint64 {
	s := uint64(seed)
	if text := os.Getenv("WEFT_MODEL_SEED"); text != "" {
		if _, err := fmt.Sscan(text, &s); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func program(s uint64, i int, virtual bool) *Program {
	return Random(rand.New(rand.NewPCG(s, uint64(i))), virtual)
}

// Random programs do what the reference says.
func TestProgramsBehaveAsTheReference(t *testing.T) {
	s := startSeed(t)
	d := newDriver(t)
	const batch = 50
	for from := 0; from < programs; from += batch {
		var ps []*Program
		for i := range batch {
			ps = append(ps, program(s, from+i, (from+i)%2 == 1))
		}
		got, err := d.run(ps...)
		if err != nil || len(got) != len(ps) {
			t.Fatalf("seed %d, programs from %d: %v", s, from, err)
		}
		for i, p := range ps {
			if p.Run(got[i]) != got[i] {
				t.Errorf("seed %d, program %d:\n%s", s, from+i, d.explain(p))
				return
			}
		}
	}
}

// explain makes a program that goes wrong as small as possible and shows it.
func (d *driver) explain(p *Program) string {
	wrong := func(p *Program) (string, string, bool) {
		got, err := d.run(p)
		if err != nil {
			return "", "", false
		}
		want := p.Run(got[0])
		return got[0], want, got[0] != want
	}
	p = shrink(p, func(q *Program) bool { _, _, bad := wrong(q); return bad })
	got, want, _ := wrong(p)
	return fmt.Sprintf("program: %s\ngot:  %s\nwant: %s", p, got, want)
}

func shrink(p *Program, bad func(*Program) bool) *Program {
	for {
		smaller := false
		for _, q := range p.Smaller() {
			if bad(q) {
				p, smaller = q, true
				break
			}
		}
		if !smaller {
			return p
		}
	}
}

// The same programs do the same in a real Julia.
func TestReferenceAgreesWithJulia(t *testing.T) {
	julia := os.Getenv("WEFT_ORACLE")
	if julia == "" {
		t.Log("WEFT_ORACLE names no julia: nothing to compare with")
		return
	}
	s := startSeed(t)
	var ps []*Program
	for i := range programs {
		ps = append(ps, program(s, i, false))
	}
	got, err := runJulia(t, julia, ps...)
	if err != nil || len(got) != len(ps) {
		t.Fatalf("%d of %d programs: %v", len(got), len(ps), err)
	}
	for i, p := range ps {
		if p.RunOld() == got[i] {
			continue
		}
		tries := 0
		small := shrink(p, func(q *Program) bool {
			if tries++; tries > 25 {
				return false
			}
			got, err := runJulia(t, julia, q)
			return err == nil && got[0] != q.RunOld()
		})
		got, _ := runJulia(t, julia, small)
		t.Fatalf("seed %d, program %d: %s\nJulia: %s\nreference: %s", s, i, small, strings.Join(got, ""), small.RunOld())
	}
}

func runJulia(t *testing.T, julia string, ps ...*Program) ([]string, error) {
	var b strings.Builder
	for _, p := range ps {
		fmt.Fprintln(&b, p)
	}
	list := filepath.Join(t.TempDir(), "programs")
	if err := os.WriteFile(list, []byte(b.String()), 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, julia, "--startup-file=no", "-e", `include(ARGS[1]); run_all(readlines(ARGS[2]))`, "driver.jl", list)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n"), err
}
