package syntax

// This file measures the parser: over Julia's Base where WEFT_ORACLE names a
// julia, else over the cases of testdata.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func benchSource(b *testing.B) *File {
	var text strings.Builder
	if julia := os.Getenv("WEFT_ORACLE"); julia != "" {
		names, _ := filepath.Glob(filepath.Join(filepath.Dir(julia), "usr/share/julia/base/*.jl"))
		for _, name := range names {
			if data, err := os.ReadFile(name); err == nil {
				text.Write(data)
			}
		}
	}
	if text.Len() == 0 {
		data, err := os.ReadFile("testdata/expr.txt")
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range strings.Split(string(data), "-- source\n")[1:] {
			source, _, _ := strings.Cut(c, "\n-- expr\n")
			text.WriteString(source + "\n")
		}
	}
	return NewFile("bench", text.String(), 1)
}

func BenchmarkLex(b *testing.B) {
	f := benchSource(b)
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		lex(f.Text, 0)
	}
}

func BenchmarkParse(b *testing.B) {
	f := benchSource(b)
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(f)
	}
}

// counter is a Builder that counts, so that the conversion alone is measured.
type counter struct{}

func (counter) Symbol(string) int         { return 1 }
func (counter) Expr(Kind, []int) int      { return 1 }
func (counter) Line(int, string) int      { return 1 }
func (counter) Quote(v int) int           { return v }
func (counter) GlobalRef(_, _ string) int { return 1 }
func (counter) Nothing() int              { return 1 }
func (counter) Bool(bool) int             { return 1 }
func (counter) Int64(int64) int           { return 1 }
func (counter) UInt(int, uint64) int      { return 1 }
func (counter) Float64(float64) int       { return 1 }
func (counter) Float32(float32) int       { return 1 }
func (counter) Char(uint32) int           { return 1 }
func (counter) String(string) int         { return 1 }

func BenchmarkToExpr(b *testing.B) {
	f := benchSource(b)
	t := Parse(f)
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		ToExpr(counter{}, t, t.Root)
	}
}
