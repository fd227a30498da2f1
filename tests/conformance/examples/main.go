// Command examples runs the examples in the docstrings of a Julia 1.5 and counts
// those that show here what they show there, the spelling of types being that of
// Julia 1.12.
//
//	examples [-v] [-manual] ORACLE [NAME...]
//
// ORACLE is a folder with a program julia. What it extracts (see extract.jl) is
// kept in build/examples.tsv. With NAMEs only docstrings of these are run, which
// may be modules; all at once, each in an interpreter of its own, need much memory.
// With -manual the examples are those of the pages of the manual, which the folder
// has to hold (usr/share/doc/julia/html/en/manual), each page in one session; what
// is extracted is kept in build/manual.tsv.
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

	"weft/cli"
	"weft/interp"
)

//go:embed extract.jl
var extract []byte

//go:embed newer.txt
var newerTexts string

func main() {
	// a worker process that an example adds
	if slices.ContainsFunc(os.Args, func(a string) bool { return strings.HasPrefix(a, "--worker") }) {
		s, args, code, ok := cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}.Options(os.Args[1:])
		if ok {
			code = cli.Evaluate(s, args)
		}
		os.Exit(code)
	}
	verbose := flag.Bool("v", false, "print what differs")
	manual := flag.Bool("manual", false, "run the examples of the manual")
	flag.Parse()
	if flag.NArg() < 1 {
		fmt.Fprintln(os.Stderr, "usage: examples [-v] [-manual] ORACLE [NAME...]")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), flag.Args()[1:], *manual, *verbose); err != nil {
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

func run(oracle string, names []string, manual, verbose bool) error {
	kept, pages := "build/examples.tsv", []string{""}
	oracle, err := filepath.Abs(oracle)
	if err != nil {
		return err
	}
	if manual {
		kept = "build/manual.tsv"
		if pages, err = filepath.Glob(filepath.Join(oracle, "usr/share/doc/julia/html/en/manual/*.html")); err != nil {
			return err
		}
	}
	if _, err := os.Stat(kept); err != nil {
		if err := extractTo(oracle, kept, pages); err != nil {
			return err
		}
	}
	docs, err := read(kept)
	if err != nil {
		return err
	}
	// examples that write files do so in a folder of their own
	folder, err := os.MkdirTemp("", "examples")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	if err := os.Chdir(folder); err != nil {
		return err
	}
	left := leftOut()
	passed, all := map[string]int{}, map[string]int{}
	for _, d := range docs {
		if len(names) > 0 && !slices.Contains(names, d.name) && !slices.Contains(names, d.module) {
			continue
		}
		got := shown(d)
		for i, in := range d.inputs {
			first, _, _ := strings.Cut(in.text, "\n")
			if !same(in.want, in.shown) || left[[2]string{d.name, first}] {
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

// leftOut are the examples that newer.txt lists, by name and first line of the input.
func leftOut() map[[2]string]bool {
	left := map[[2]string]bool{}
	for line := range strings.SplitSeq(newerTexts, "\n") {
		if f := strings.Split(line, "\t"); len(f) == 3 {
			left[[2]string{f[0], f[1]}] = true
		}
	}
	return left
}

// extractTo has the oracle write its examples to a file: those of the pages, of
// which "" stands for all docstrings.
func extractTo(oracle, path string, pages []string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "extracting the examples (some minutes)")
	folder, err := os.MkdirTemp("", "examples")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	script := filepath.Join(folder, "extract.jl")
	if err := os.WriteFile(script, extract, 0o644); err != nil {
		return err
	}
	var all []byte
	for _, page := range pages {
		out, err := extractPage(oracle, script, page)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", page, err)
		}
		all = append(all, out...)
	}
	return os.WriteFile(path, all, 0o644)
}

func extractPage(oracle, script, page string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	args := []string{script}
	if page != "" {
		ctx, cancel = context.WithTimeout(ctx, time.Minute)
		defer cancel()
		args = append(args, page)
	}
	cmd := exec.CommandContext(ctx, filepath.Join(oracle, "julia"), args...)
	cmd.Dir = filepath.Dir(script) // examples write files
	cmd.WaitDelay = time.Second
	cmd.Stderr = os.Stderr
	return cmd.Output()
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
	if root, _, _ := strings.Cut(d.module, "."); root != "Base" && root != "Core" && root != "Main" && !strings.Contains(d.module, "/") {
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

// arrays writes Array{T,1} as Vector{T} and Array{T,2} as Matrix{T}.
func arrays(s string) string {
	const head = "Array{"
	for from := len(s); ; {
		i := strings.LastIndex(s[:from], head)
		if i < 0 {
			return s
		}
		from = i
		if i > 0 && (s[i-1] == '_' || s[i-1] >= 'A' && s[i-1] <= 'Z' || s[i-1] >= 'a' && s[i-1] <= 'z') {
			continue
		}
		depth, comma := 0, -1
		for k := i + len(head) - 1; k < len(s); k++ {
			switch s[k] {
			case '{', '(':
				depth++
			case '}', ')':
				depth--
			case ',':
				if depth == 1 {
					comma = k
				}
			}
			if depth > 0 {
				continue
			}
			name := map[string]string{"1": "Vector{", "2": "Matrix{"}[strings.TrimSpace(s[max(comma+1, 0):k])]
			if comma > 0 && name != "" {
				s = s[:i] + name + s[i+len(head):comma] + s[k:]
			}
			break
		}
	}
}

// newer are the spellings of 1.12 for those of 1.5.
var newer = strings.NewReplacer(
	"Base.OneTo", "OneTo", "Base.ValueIterator", "ValueIterator", "BitArray{1}", "BitVector", "BitArray{2}", "BitMatrix",
	"Complex{Float64}", "ComplexF64", "Complex{Float32}", "ComplexF32",
)

var alias = regexp.MustCompile(` \(alias for .*\)`)

// modern spells types as Julia 1.12 does.
func modern(s string) string {
	return newer.Replace(blanks(arrays(s)))
}

// blanks puts a blank after each comma between braces.
func blanks(s string) string {
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
