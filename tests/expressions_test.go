package tests

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"weft/interp"
)

// This file checks the tables of expressions in lang/expr. A line is
//
//	EXPRESSION ==> repr of its value
//	EXPRESSION ==> !! first line of its error
//
// and ends in "# 1.12" where the text is that of Julia 1.12 and not of older
// releases. lang/expr/known lists the lines that are known to fail, each as
// FILE, a tab, EXPRESSION, a tab and the reason; such a line that passes is an
// error. When WEFT_ORACLE names a julia, the lines without a mark are
// compared with it as well.

// tableLine is one line of a table.
type tableLine struct {
	number     int
	expr, want string
	newer      bool // the text is that of 1.12
}

func readTable(t *testing.T, path string) []tableLine {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var lines []tableLine
	for i, s := range strings.Split(string(text), "\n") {
		if s == "" || strings.HasPrefix(s, "# ") {
			continue
		}
		s, newer := strings.CutSuffix(s, " # 1.12")
		expr, want, ok := strings.Cut(s, " ==> ")
		if !ok {
			t.Fatalf("%s:%d: expected EXPRESSION ==> TEXT", path, i+1)
		}
		lines = append(lines, tableLine{number: i + 1, expr: expr, want: want, newer: newer})
	}
	return lines
}

// readKnown gives the reasons of the known failures by file and expression.
func readKnown(t *testing.T) map[[2]string]string {
	t.Helper()
	text, err := os.ReadFile("lang/expr/known")
	if err != nil {
		t.Fatal(err)
	}
	known := map[[2]string]string{}
	for i, s := range strings.Split(string(text), "\n") {
		if s == "" {
			continue
		}
		parts := strings.SplitN(s, "\t", 3)
		if len(parts) != 3 || parts[2] == "" {
			t.Fatalf("lang/expr/known:%d: expected FILE, EXPRESSION and reason between tabs", i+1)
		}
		known[[2]string{parts[0], parts[1]}] = parts[2]
	}
	return known
}

// juliaLiteral writes s as a string literal of the language.
func juliaLiteral(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`).Replace(s) + `"`
}

// showStatement evaluates an expression and prints "@@", n, a tab and its text.
func showStatement(n int, expr string) string {
	return fmt.Sprintf(`try
    local v = include_string(Main, %s)
    println("\n@@%d\t", Base.invokelatest(repr, v))
catch e
    while e isa LoadError
        e = e.error
    end
    println("\n@@%d\t!! ", first(split(sprint(showerror, e), "\n")))
end
`, juliaLiteral(expr), n, n)
}

// shownTexts finds what showStatement printed.
func shownTexts(output string) map[int]string {
	shown := map[int]string{}
	for line := range strings.SplitSeq(output, "\n") {
		if rest, ok := strings.CutPrefix(line, "@@"); ok {
			if n, text, ok := strings.Cut(rest, "\t"); ok {
				if i, err := strconv.Atoi(n); err == nil {
					shown[i] = text
				}
			}
		}
	}
	return shown
}

// TestExpressions compares the tables with an interpreter whose Base is loaded
// as it is needed and with one whose Base is loaded whole.
func TestExpressions(t *testing.T) {
	files, err := filepath.Glob("lang/expr/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no tables", err)
	}
	known := readKnown(t)
	for key := range known {
		found := false
		for _, line := range readTable(t, filepath.Join("lang/expr", key[0]+".txt")) {
			found = found || line.expr == key[1]
		}
		if !found {
			t.Errorf("lang/expr/known: no line %q in %s", key[1], key[0])
		}
	}
	for _, whole := range []bool{false, true} {
		mode := map[bool]string{false: "parts", true: "whole"}[whole]
		for _, f := range files {
			name := strings.TrimSuffix(filepath.Base(f), ".txt")
			t.Run(mode+"/"+name, func(t *testing.T) {
				runTable(t, readTable(t, f), whole, func(expr string) string { return known[[2]string{name, expr}] })
			})
		}
	}
}

func runTable(t *testing.T, lines []tableLine, whole bool, known func(string) string) {
	in, err := interp.New(interp.Options{Plain: true, WholeBase: whole})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	}()
	for i, line := range lines {
		out := &transcript{}
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		r := in.Eval(ctx, interp.Source{Name: "none", Text: showStatement(line.number, line.expr)}, out,
			interp.EvalOptions{Count: i + 1, SoftScope: true})
		cancel()
		got := shownTexts(out.take())[line.number]
		if r.Err != nil {
			got = strings.Join(r.Err.Traceback, "\n")
		}
		reason := known(line.expr)
		switch {
		case got == line.want && reason != "":
			t.Errorf("line %d: %s passes, but is listed as known to fail: %s", line.number, line.expr, reason)
		case got != line.want && reason == "":
			t.Errorf("line %d: %s\n got: %s\nwant: %s", line.number, line.expr, got, line.want)
		}
	}
}

// TestExpressionsOracle compares the tables with the julia that WEFT_ORACLE names;
// -run 'Oracle/numbers' compares one.
func TestExpressionsOracle(t *testing.T) {
	julia := os.Getenv("WEFT_ORACLE")
	if julia == "" {
		t.Log("WEFT_ORACLE names no julia: nothing to compare with")
		return
	}
	files, err := filepath.Glob("lang/expr/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txt"), func(t *testing.T) { compareTable(t, julia, readTable(t, f)) })
	}
}

// compareTable compares one table with a julia, which interprets: compiling each
// expression would take minutes.
func compareTable(t *testing.T, julia string, lines []tableLine) {
	var program bytes.Buffer
	for _, line := range lines {
		if !line.newer {
			program.WriteString(showStatement(line.number, line.expr))
		}
	}
	script := filepath.Join(t.TempDir(), "table.jl")
	if err := os.WriteFile(script, program.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	var output bytes.Buffer
	cmd := exec.CommandContext(ctx, julia, "--startup-file=no", "--compile=min", "-O0", script)
	cmd.Stdout = &output
	if err := cmd.Run(); err != nil {
		t.Fatal(julia, err)
	}
	shown := shownTexts(output.String())
	for _, line := range lines {
		if got := shown[line.number]; !line.newer && got != line.want {
			t.Errorf("line %d: %s\noracle: %s\n table: %s", line.number, line.expr, got, line.want)
		}
	}
}
