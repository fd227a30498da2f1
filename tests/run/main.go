// Command run runs all tests of the project: those of the Go packages with
// the race detector, and real Jupyter clients. It prints a line for each test
// and closes with the number of those that passed and failed.
//
//	go run ./tests/run [-go=false] [-clients=false] [-only NAME]
package main

// This file is the command and the count.

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// tally counts tests.
type tally struct{ passed, failed int }

// line prints the outcome of a test.
func (t *tally) line(ok bool, name string, took time.Duration) {
	word := "PASS"
	if ok {
		t.passed++
	} else {
		t.failed++
		word = "FAIL"
	}
	fmt.Printf("%s %s (%.2f s)\n", word, name, took.Seconds())
}

// fail counts a failure that is no test's.
func (t *tally) fail(format string, args ...any) {
	t.failed++
	fmt.Printf("FAIL "+format+"\n", args...)
}

func main() {
	goTests := flag.Bool("go", true, "run the tests of the Go packages")
	clients := flag.Bool("clients", true, "run the Jupyter clients")
	only := flag.String("only", "", "run only the client tests with this in their name")
	flag.Parse()
	var t tally
	start := time.Now()
	root, err := moduleRoot()
	if err != nil {
		fmt.Fprintln(os.Stderr, "tests/run:", err)
		os.Exit(2)
	}
	if *goTests && *only == "" {
		t.goTests(root)
	}
	if *clients {
		t.clients(root, *only)
	}
	fmt.Printf("%d passed, %d failed in %.0f s\n", t.passed, t.failed, time.Since(start).Seconds())
	if t.failed > 0 || t.passed == 0 {
		os.Exit(1)
	}
}

// moduleRoot is the folder of go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("no go.mod above %s", dir)
		}
		dir = up
	}
}

// indent sets a text apart.
func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ") + "\n"
}
