package syntax

// This file compares the parser with Julia's own, over all the source that is
// shipped with it. It runs where WEFT_ORACLE names a julia of version 1.5.

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// changed names the files of Julia 1.5 whose Expr differs because the grammar
// has changed since, each with the reason.
var changed = map[string]string{}

func TestOracleFiles(t *testing.T) {
	julia := os.Getenv("WEFT_ORACLE")
	if julia == "" {
		t.Log("WEFT_ORACLE is not set: nothing to compare with")
		return
	}
	share, files := oracleFiles(t, julia)
	dir := oracleDump(t, julia, files)
	var equal, different, failed, bytes int
	var took time.Duration
	for i, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(i+1)))
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(share, name)
		start := time.Now()
		tree := ParseDialect(NewFile(name, string(text), 1), Julia15)
		took += time.Since(start)
		bytes += len(text)
		if strings.Contains(string(want), "(:error,") || strings.Contains(string(want), "(:incomplete,") {
			t.Logf("%s: not correct for Julia either", rel)
		} else if tree.HasErrors() {
			failed++
			t.Errorf("%s: %s", rel, RenderError(tree.File, tree.Diagnostics))
			continue
		}
		diff := firstDifference(tree, strings.Split(strings.TrimSuffix(string(want), "\n"), "\n"))
		switch _, known := changed[rel]; {
		case diff == "" && known:
			t.Errorf("%s: equal, but listed as changed", rel)
		case diff == "":
			equal++
		case known:
			different++
			t.Logf("%s: %s", rel, changed[rel])
		default:
			different++
			t.Errorf("%s: %s", rel, diff)
		}
	}
	t.Logf("%d files: %d equal, %d different (%d known), %d with errors; %d bytes in %v",
		len(files), equal, different, len(changed), failed, bytes, took)
}

// firstDifference compares the statements of a file with those expected, one a
// line.
func firstDifference(tree *Tree, want []string) string {
	if len(want) == 1 && want[0] == "" {
		want = nil
	}
	stmts := tree.Statements()
	for i, n := range stmts {
		got := ToExpr(Sexpr{}, tree, n)
		if i >= len(want) {
			return fmt.Sprintf("line %d: one statement too many", tree.File.Line(tree.Span(n).Start))
		}
		if got == want[i] {
			continue
		}
		j := 0
		for j < len(got) && j < len(want[i]) && got[j] == want[i][j] {
			j++
		}
		from := max(j-60, 0)
		return fmt.Sprintf("line %d:\n\tgot  ...%s\n\twant ...%s", tree.File.Line(tree.Span(n).Start),
			clip(got[from:]), clip(want[i][from:]))
	}
	if len(stmts) < len(want) {
		return fmt.Sprintf("%d statements, want %d", len(stmts), len(want))
	}
	return ""
}

func clip(s string) string {
	if len(s) > 160 {
		return s[:160]
	}
	return s
}

func oracleFiles(t *testing.T, julia string) (share string, files []string) {
	out, err := exec.Command(julia, "-e", `print(abspath(Sys.BINDIR, Base.DATAROOTDIR, "julia"))`).Output()
	if err != nil {
		t.Fatal(err)
	}
	share = string(out)
	err = filepath.WalkDir(share, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && strings.HasSuffix(path, ".jl") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", share, err)
	}
	return share, files
}

// oracleDump returns the directory of the expected S-expressions, file i of
// files in the one named i+1. They are kept in the directory for temporary files.
func oracleDump(t *testing.T, julia string, files []string) string {
	script, err := filepath.Abs("testdata/dump.jl")
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	h := sha256.Sum256([]byte(string(code) + strings.Join(files, "\n")))
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("weft-syntax-%x", h[:8]))
	if _, err := os.Stat(filepath.Join(dir, "done")); err == nil {
		return dir
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "list")
	if err := os.WriteFile(list, []byte(strings.Join(files, "\n")), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(julia, "--startup-file=no", script, list, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.WriteFile(filepath.Join(dir, "done"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}
