// Command examples runs the examples in the docstrings of a Julia 1.5 and counts
// those that show here what they show there, the spelling of types being that of
// Julia 1.12.
//
//	examples [-v] ORACLE [NAME...]
//
// ORACLE is a folder with a program julia. What it extracts (see extract.jl) is
// kept in build/examples.tsv. With NAMEs only docstrings of these are run.
package main

import (
	"bufio"
	"context"
	_ "embed"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"weft/interp"
)

//go:embed extract.jl
var extract []byte

const kept = "build/examples.tsv"

func main() {
	verbose := flag.Bool("v", false, "print what differs")
	flag.Parse()
	if flag.NArg() < 1 {
		fmt.Fprintln(os.Stderr, "usage: examples [-v] ORACLE [NAME...]")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), flag.Args()[1:], *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "examples:", err)
		os.Exit(1)
	}
}

// docstring is the examples of one docstring.
type docstring struct {
	module, name string
	inputs       []input
}

// input is one input of an example: its text, what the docstring says it shows,
// and what the oracle showed.
type input struct{ text, want, shown string }

func run(oracle string, names []string, verbose bool) error {
	if _, err := os.Stat(kept); err != nil {
		if err := extractTo(oracle, kept); err != nil {
			return err
		}
	}
	docs, err := read(kept)
	if err != nil {
		return err
	}
	passed, all := map[string]int{}, map[string]int{}
	for _, d := range docs {
		if len(names) > 0 && !slices.Contains(names, d.name) && !slices.Contains(names, d.module) {
			continue
		}
		got := shown(d)
		for i, in := range d.inputs {
			if !same(in.want, in.shown) {
				continue
			}
			all[d.module]++
			if same(in.want, got[i]) {
				passed[d.module]++
			} else if verbose {
				fmt.Printf("--- %s (%s)\njulia> %s\nwant:\n%s\ngot:\n%s\n", d.name, d.module, in.text, modern(in.want), got[i])
			}
		}
	}
	sumPassed, sum := 0, 0
	for _, m := range slices.Sorted(maps.Keys(all)) {
		fmt.Printf("%-28s %5d of %5d  %5.1f %%\n", m, passed[m], all[m], 100*float64(passed[m])/float64(all[m]))
		sumPassed, sum = sumPassed+passed[m], sum+all[m]
	}
	fmt.Printf("%-28s %5d of %5d  %5.1f %%\n", "all", sumPassed, sum, 100*float64(sumPassed)/float64(max(sum, 1)))
	return nil
}

// extractTo has the oracle write its examples to a file.
func extractTo(oracle, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "extracting the examples (some minutes)")
	script := path + ".jl"
	if err := os.WriteFile(script, extract, 0o644); err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(oracle, "julia"), script)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	return os.WriteFile(path, out, 0o644)
}

func read(path string) ([]docstring, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	unescape := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t")
	var docs []docstring
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		for i := range fields {
			fields[i] = unescape.Replace(fields[i])
		}
		switch {
		case fields[0] == "D" && len(fields) == 3:
			docs = append(docs, docstring{module: fields[1], name: fields[2]})
		case fields[0] == "I" && len(fields) == 4 && len(docs) > 0:
			d := &docs[len(docs)-1]
			d.inputs = append(d.inputs, input{fields[1], fields[2], fields[3]})
		}
	}
	return docs, lines.Err()
}

// shown evaluates the inputs of a docstring in a new interpreter.
func shown(d docstring) []string {
	got := make([]string, len(d.inputs))
	in, err := interp.New(interp.Options{Plain: true})
	if err != nil {
		return got
	}
	if root, _, _ := strings.Cut(d.module, "."); root != "Base" && root != "Core" && root != "Main" {
		evaluate(in, "using "+root, 1)
	}
	for i, x := range d.inputs {
		got[i] = evaluate(in, x.text, i+1)
	}
	closed := make(chan struct{})
	go func() {
		_ = in.Close()
		close(closed)
	}()
	select {
	case <-closed:
	case <-time.After(5 * time.Second):
	}
	return got
}

// evaluate gives what an input prints and shows.
func evaluate(in *interp.Interp, text string, count int) string {
	out := &output{}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	done := make(chan interp.Result, 1)
	go func() {
		done <- in.Eval(ctx, interp.Source{Name: "none", Text: text}, out, interp.EvalOptions{Count: count, SoftScope: true})
	}()
	var r interp.Result
	select {
	case r = <-done:
	case <-time.After(25 * time.Second):
		return "?? does not end"
	}
	s := out.text.String()
	switch {
	case r.Err != nil:
		return s + strings.Join(r.Err.Traceback, "\n")
	case r.HasValue && !strings.HasSuffix(strings.TrimSpace(text), ";"):
		plain, _ := r.Bundle["text/plain"].(string)
		return s + plain
	}
	return s
}

// same tells whether two texts are alike but for the spelling of types, blanks at
// the ends of lines, and what follows the first line of an error.
func same(a, b string) bool {
	a, b = comparable(a), comparable(b)
	return a == b
}

func comparable(s string) string {
	s = alias.ReplaceAllString(modern(s), "")
	if rest, ok := strings.CutPrefix(s, "ERROR: "); ok {
		s, _, _ = strings.Cut(rest, "\n")
		s = strings.TrimSuffix(s, ":")
		s = strings.ReplaceAll(s, "`", "")
		if rest, ok := strings.CutPrefix(s, "UndefVarError: "); ok {
			s, _, _ = strings.Cut(rest, " in ")
			s = "UndefVarError: " + s
		}
	}
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

var (
	vector = regexp.MustCompile(`\bArray\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*),\s?1\}`)
	matrix = regexp.MustCompile(`\bArray\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*),\s?2\}`)
	braces = regexp.MustCompile(`\{[^{}"]*,[^ {}"]`)
)

// newer are the spellings of 1.12 for those of 1.5.
var newer = strings.NewReplacer(
	"Base.OneTo", "OneTo", "BitArray{1}", "BitVector", "BitArray{2}", "BitMatrix",
	"Complex{Float64}", "ComplexF64", "Complex{Float32}", "ComplexF32",
)

var alias = regexp.MustCompile(` \(alias for .*\)`)

// modern spells types as Julia 1.12 does.
func modern(s string) string {
	for range 4 {
		s = vector.ReplaceAllString(s, "Vector{$1}")
		s = matrix.ReplaceAllString(s, "Matrix{$1}")
	}
	s = blanks(s)
	return newer.Replace(s)
}

// blanks puts a blank after each comma between braces.
func blanks(s string) string {
	if !braces.MatchString(s) && !strings.Contains(s, "{") {
		return s
	}
	var b strings.Builder
	depth := 0
	for i, c := range s {
		switch c {
		case '{':
			depth++
		case '}':
			depth = max(depth-1, 0)
		}
		b.WriteRune(c)
		if c == ',' && depth > 0 && i+1 < len(s) && s[i+1] != ' ' {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// output collects what an input prints.
type output struct{ text strings.Builder }

func (o *output) Write(_ interp.Stream, p []byte) error { o.text.Write(p); return nil }
func (o *output) Display(interp.Display) error          { return nil }
func (o *output) ClearOutput(bool) error                { return nil }
func (o *output) ReadLine(context.Context, string, bool) (string, error) {
	return "", io.EOF
}
func (o *output) Flush()           {}
func (o *output) Size() (int, int) { return 24, 80 }
