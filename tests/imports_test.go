// Package tests checks the project as a whole: which package may import
// which, and that what is exported is documented.
package tests

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed lists for each package the packages of this module that it may
// import, with those below them where a name ends in "/...". Imports go one
// way: messaging <- kernel -> interp -> runtime.
var allowed = map[string][]string{
	"":                           {"cli"},
	"cli":                        {"interp", "kernel", "kernelspec", "messaging", "notebook"},
	"messaging":                  {},
	"notebook":                   {"messaging"},
	"kernelspec":                 {},
	"kernel":                     {"messaging", "interp"},
	"interp":                     {"interp/...", "runtime/..."},
	"interp/syntax":              {},
	"interp/code":                {"runtime/core"},
	"interp/boot":                {"interp/lower", "interp/syntax", "runtime/base", "runtime/core"},
	"interp/boot/gen":            {"interp/boot"},
	"interp/lower":               {"interp/code", "interp/syntax", "runtime/core"},
	"interp/infer":               {"interp/code", "interp/lower", "runtime/core"},
	"interp/vm":                  {"interp/code", "interp/infer", "interp/lower", "interp/syntax", "runtime/core", "runtime/task", "runtime/prim"},
	"interp/repl":                {"interp"},
	"runtime/core":               {},
	"runtime/task":               {"runtime/core"},
	"runtime/prim":               {"runtime/core", "runtime/task"},
	"runtime/base":               {},
	"runtime/stdlib":             {"runtime/base"},
	"tests":                      {},
	"tests/model":                {"interp"},
	"tests/run":                  {},
	"tests/bench":                {},
	"tests/conformance":          {},
	"tests/conformance/examples": {"cli", "interp"},
}

// source is a Go file of the project.
type source struct {
	path, dir string
	file      *ast.File
}

// sources parses all Go files, with or without the tests.
func sources(t *testing.T, tests bool) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != ".." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "build" || name == "node_modules") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || !tests && strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel("..", filepath.Dir(path))
		if dir = filepath.ToSlash(dir); dir == "." {
			dir = ""
		}
		out = append(out, source{path, dir, f})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 50 {
		t.Fatalf("only %d files found", len(out))
	}
	return out
}

func TestImportsGoOneWay(t *testing.T) {
	for _, s := range sources(t, false) {
		may, known := allowed[s.dir]
		if !known {
			t.Errorf("%s: package %s is not in the list of this test", s.path, s.dir)
			continue
		}
		for _, i := range s.file.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			inner, ours := strings.CutPrefix(path, "weft/")
			if ours && !slices.ContainsFunc(may, func(m string) bool { return matches(m, inner) }) {
				t.Errorf("%s imports %s, which is not one of %v", s.path, path, may)
			}
		}
	}
}

func matches(rule, path string) bool {
	if prefix, ok := strings.CutSuffix(rule, "..."); ok {
		return strings.HasPrefix(path, prefix)
	}
	return rule == path
}

// The program is one static binary on all platforms.
func TestNoCgo(t *testing.T) {
	for _, s := range sources(t, true) {
		for _, i := range s.file.Imports {
			if i.Path.Value == `"C"` {
				t.Errorf("%s uses cgo", s.path)
			}
		}
	}
}

// Only documents and data are committed: no file is a program or holds bytes
// that are no text.
func TestNoBinaries(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch d.Name() {
		case ".git", "build", "bin", "dist", "testdata":
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(path) == ".png" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err == nil && slices.Contains(text, 0) {
			t.Errorf("%s is binary", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
