package main

// This file runs the tests of the Go packages.

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// event is a line of go test -json.
type event struct {
	Action, Package, Test, Output string
	ImportPath                    string
	Elapsed                       float64
}

// goTests runs go test -race on all packages but tests, whose thousands of
// expressions one task evaluates: there it would take minutes and show nothing.
func (t *tally) goTests(root string) {
	out, err := exec.Command("go", "list", "./...").Output()
	if err != nil {
		t.fail("go list: %v", err)
		return
	}
	packages := slices.DeleteFunc(strings.Fields(string(out)), func(p string) bool { return p == "weft/tests" })
	t.goTest(root, append([]string{"test", "-race", "-json", "-timeout", "10m"}, packages...))
	t.goTest(root, []string{"test", "-json", "-timeout", "10m", "weft/tests"})
}

// goTest runs go test.
func (t *tally) goTest(root string, args []string) {
	env := append(os.Environ(), "CGO_ENABLED=0")
	if slices.Contains(args, "-race") {
		env = append(os.Environ(), "CGO_ENABLED=1")
	}
	if slices.Contains(args, "-race") && !compilesC(root) {
		// The race detector needs a C compiler; all else needs none.
		fmt.Println("# there is no C compiler: the tests run without the race detector")
		args, env = slices.DeleteFunc(args, func(a string) bool { return a == "-race" }), append(os.Environ(), "CGO_ENABLED=0")
	}
	fmt.Println("# go", strings.Join(args, " "))
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	cmd.Env = env
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.fail("go test: %v", err)
		return
	}
	before := t.failed
	said := map[string]*strings.Builder{} // by package and test
	broken := map[string]bool{}           // packages with a test that failed
	text := func(e event) *strings.Builder {
		key := e.Package + e.ImportPath + " " + e.Test
		if said[key] == nil {
			said[key] = &strings.Builder{}
		}
		return said[key]
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Println(lines.Text())
			continue
		}
		top, _, _ := strings.Cut(e.Test, "/")
		name := strings.TrimSpace(e.Package + " " + e.Test)
		switch e.Action {
		case "output", "build-output":
			text(e).WriteString(e.Output)
		case "build-fail":
			fmt.Print(indent(text(e).String()))
		case "pass", "fail":
			failed := e.Action == "fail"
			switch {
			case e.Test == "" && failed && !broken[e.Package]:
				// Not every failure of a package is one of its tests: what tests
				// that did not end have said tells.
				t.fail("%s", e.Package)
				for _, key := range slices.Sorted(maps.Keys(said)) {
					if strings.HasPrefix(key, e.Package+" ") {
						fmt.Print(indent(said[key].String()))
					}
				}
			case e.Test != "":
				if e.Test == top {
					t.line(!failed, name, time.Duration(e.Elapsed*float64(time.Second)))
				}
				if failed {
					broken[e.Package] = true
					fmt.Print(indent(text(e).String()))
				}
				delete(said, e.Package+" "+e.Test)
			}
		case "skip":
			if e.Test != "" {
				t.fail("%s was skipped", name)
			}
		}
	}
	if err := cmd.Wait(); err != nil && t.failed == before {
		t.fail("go test: %v", err)
	}
}

// compilesC says whether Go can build with the race detector here.
func compilesC(root string) bool {
	cmd := exec.Command("go", "build", "-race", "-o", os.DevNull, "./tests/run")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	return cmd.Run() == nil
}
