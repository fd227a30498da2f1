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

// changed names the files of Julia 1.5 whose Expr differs in 1.12 because the
// grammar has changed since, each with the reason.
var changed = map[string]string{
	"base/broadcast.jl":   ":(.<:) is (quote (. <:)), it was one symbol",
	"test/strings/io.jl":  `"$("a")" is (string (string "a")), it was (string "a")`,
	"test/syntax.jl":      "function (x; y...) has a tuple of arguments, it had a block; operators with dots as above",
	"test/triplequote.jl": `"$("a")" as above`,
}

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
		dump, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(i+1)))
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(share, name)
		file := NewFile(rel, string(text), 1)
		start := time.Now()
		tree := Parse(file)
		took += time.Since(start)
		bytes += len(text)
		if tree.HasErrors() {
			failed++
			t.Errorf("%s: %s", rel, RenderError(file, tree.Diagnostics))
			continue
		}
		want := strings.Split(strings.TrimSuffix(string(dump), "\n"), "\n")
		diff := firstDifference(tree, want)
		if diff == "" {
			equal++
		} else {
			different++
		}
		switch why, known := changed[rel]; {
		case known && diff == "":
			t.Errorf("%s: equal, but listed as changed", rel)
		case known:
			t.Logf("%s: %s", rel, why)
			if diff := firstDifference(ParseDialect(file, Julia15), want); diff != "" {
				t.Errorf("%s: different in the grammar of 1.5 too: %s", rel, diff)
			}
		case diff != "":
			t.Errorf("%s: %s", rel, diff)
		}
	}
	t.Logf("%d files: %d equal, %d different (%d named), %d with errors; %d bytes in %v",
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
		line := tree.File.Line(tree.Span(n).Start)
		got := ToExpr(Sexpr{}, tree, n)
		if i >= len(want) {
			return fmt.Sprintf("line %d: one statement too many", line)
		}
		if got == want[i] {
			continue
		}
		j := 0
		for j < len(got) && j < len(want[i]) && got[j] == want[i][j] {
			j++
		}
		from := max(j-60, 0)
		return fmt.Sprintf("line %d:\n\tgot  ...%s\n\twant ...%s", line, clip(got[from:]), clip(want[i][from:]))
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

// newChars are the characters that have changed since version 1.5: operators
// and suffixes that have come, and those that no longer begin names.
const newChars = "¦·\u0387−⌿⟇⥷⥺⫪⫫\ufeff\ufffc\ufffd˱˲ᵅᵋᶲₔꜛꜜꜝ"

func TestOracleChars(t *testing.T) {
	julia := os.Getenv("WEFT_ORACLE")
	if julia == "" {
		t.Log("WEFT_ORACLE is not set: nothing to compare with")
		return
	}
	out, err := exec.Command(julia, "--startup-file=no", "testdata/chars.jl").Output()
	if err != nil {
		t.Fatal(err)
	}
	levels := map[int]prec{1: pAssign, 4: pArrow, 7: pCompare, 10: pColon, 11: pPlus, 12: pTimes, 15: pPower}
	n := 0
	for line := range strings.Lines(string(out)) {
		var r rune
		var start, char, op, level, suffix, blank int
		if _, err := fmt.Sscan(line, &r, &start, &char, &op, &level, &suffix, &blank); err != nil {
			t.Fatal(err)
		}
		n++
		if strings.ContainsRune(newChars, r) {
			continue
		}
		info, isOp := unicodeOps[r]
		if isIdentStart(r) != (start == 1) || isIdentChar(r) != (char == 1) || isOp != (op == 1) ||
			isOpSuffix(r) != (suffix == 1) || isBlank(r) != (blank == 1) || isOp && info.prec != levels[level] {
			t.Errorf("%U %c: want %s", r, r, strings.TrimSpace(line))
		}
	}
	if n < 200_000 {
		t.Errorf("only %d characters", n)
	}
}
