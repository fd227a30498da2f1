// Command conformance runs the test files that come with a Julia 1.5 and prints
// for each how many of its assertions pass here.
//
//	conformance [-weft PROGRAM] [-v] [-time D] ORACLE [FILE...]
//
// ORACLE is a folder with Julia's usr/share/julia/test below it. A FILE is a name
// such as dict or strings/basic, or of the standard library such as Dates/io;
// without any, all files are run but those in the list "left out", each with the
// reason. totals.txt holds how many assertions Julia itself counts in each file;
// -count renews it.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed driver.jl
var driver []byte

//go:embed totals.txt
var totals string

//go:embed left_out.txt
var leftOut string

func main() {
	weft := flag.String("weft", "bin/weft", "the `program` to test")
	limit := flag.Duration("time", 2*time.Minute, "the longest a file may take")
	verbose := flag.Bool("v", false, "print what the files print")
	count := flag.Bool("count", false, "run the oracle instead, and write totals.txt")
	jobs := flag.Int("j", 2, "files at once")
	flag.Parse()
	if flag.NArg() < 1 {
		fmt.Fprintln(os.Stderr, "usage: conformance [flags] ORACLE [FILE...]")
		os.Exit(2)
	}
	r := &runner{oracle: flag.Arg(0), program: *weft, limit: *limit, verbose: *verbose, jobs: *jobs}
	if *count {
		r.program, r.flags = filepath.Join(r.oracle, "julia"), []string{"-O0"}
	}
	if err := r.run(flag.Args()[1:], *count); err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

// runner runs test files of an oracle in a program.
type runner struct {
	oracle, program string
	flags           []string // of the program
	limit           time.Duration
	verbose         bool
	jobs            int
	driver          string // where the driver's file is
}

// result is what a file's assertions came to.
type result struct {
	file                            string
	passed, failed, errored, broken int
	ending                          string // end, time, exit, crash, or stopped: and the lines where Julia would stop
	took                            time.Duration
	output                          string
}

// total is the number of assertions that were met.
func (r result) total() int { return r.passed + r.failed + r.errored + r.broken }

func (r *runner) run(names []string, count bool) error {
	dir, err := os.MkdirTemp("", "conformance")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	r.driver = filepath.Join(dir, "driver.jl")
	if err := os.WriteFile(r.driver, driver, 0o600); err != nil {
		return err
	}
	if r.program, err = filepath.Abs(r.program); err != nil {
		return err
	}
	if r.program, err = withHelpers(dir, r.program, r.oracle); err != nil {
		return err
	}
	if len(names) == 0 {
		if names, err = r.all(); err != nil {
			return err
		}
	}
	results := make([]result, len(names))
	next := make(chan int)
	var workers sync.WaitGroup
	for range r.jobs {
		workers.Go(func() {
			for i := range next {
				results[i] = r.file(names[i])
				fmt.Fprintf(os.Stderr, "%s: %s\n", names[i], results[i].ending)
				if r.verbose {
					fmt.Print(results[i].output)
				}
			}
		})
	}
	for i := range names {
		next <- i
	}
	close(next)
	workers.Wait()
	if count {
		return writeTotals(results)
	}
	report(results)
	return nil
}

// withHelpers places the program in dir such that the helpers of the oracle's tests
// are where they look for them, in share/julia beside the program's folder.
func withHelpers(dir, program, oracle string) (string, error) {
	if _, err := os.Stat(filepath.Join(filepath.Dir(program), "../share/julia")); err == nil {
		return program, nil
	}
	share, err := filepath.Abs(filepath.Join(oracle, "usr/share"))
	if err != nil {
		return "", err
	}
	if err := os.Symlink(share, filepath.Join(dir, "share")); err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "bin")
	if err := os.Mkdir(bin, 0o700); err != nil {
		return "", err
	}
	content, err := os.ReadFile(program)
	if err != nil {
		return "", err
	}
	placed := filepath.Join(bin, filepath.Base(program))
	return placed, os.WriteFile(placed, content, 0o700)
}

// all lists the names of the files that are not left out.
func (r *runner) all() ([]string, error) {
	skip := pairs(leftOut)
	var names []string
	for name := range pairs(totals) {
		if skip[name] == "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		var err error
		if names, err = r.find(); err != nil {
			return nil, err
		}
	}
	slices.Sort(names)
	return names, nil
}

// find looks for test files in the oracle's folders.
func (r *runner) find() ([]string, error) {
	skip := pairs(leftOut)
	var names []string
	for _, root := range []string{"usr/share/julia/test", "usr/share/julia/stdlib/v1.5"} {
		root = filepath.Join(r.oracle, root)
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".jl" {
				return err
			}
			name := strings.TrimSuffix(filepath.ToSlash(strings.TrimPrefix(path, root+"/")), ".jl")
			if library, file, ok := strings.Cut(name, "/test/"); ok {
				name = library + "/" + file
			} else if strings.Contains(root, "stdlib") {
				return nil
			}
			if skip[name] == "" && skip[strings.Split(name, "/")[0]+"/"] == "" {
				names = append(names, name)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}

// path says where a file with a name like dict or Dates/io is.
func (r *runner) path(name string) string {
	path := filepath.Join(r.oracle, "usr/share/julia/test", name+".jl")
	if _, err := os.Stat(path); err == nil {
		return path
	}
	library, file, _ := strings.Cut(name, "/")
	return filepath.Join(r.oracle, "usr/share/julia/stdlib/v1.5", library, "test", file+".jl")
}

// file runs one test file.
func (r *runner) file(name string) result {
	ctx, cancel := context.WithTimeout(context.Background(), r.limit)
	defer cancel()
	begin := time.Now()
	cmd := exec.CommandContext(ctx, r.program, append(slices.Clone(r.flags), r.driver, r.path(name))...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	// What is interrupted reports what it has counted, even from within an assertion.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	err := cmd.Run()
	res := result{file: name, ending: "crash", took: time.Since(begin), output: out.String()}
	i := strings.LastIndex(res.output, "\n@@ ")
	if i < 0 {
		var exit *exec.ExitError
		if !errors.As(err, &exit) && err != nil {
			res.ending = err.Error()
		}
		return res
	}
	_, err = fmt.Sscanf(res.output[i:], "\n@@ %d %d %d %d %s", &res.passed, &res.failed, &res.errored, &res.broken, &res.ending)
	if err != nil {
		res.ending = err.Error()
	} else if ctx.Err() != nil {
		res.ending = "time"
	}
	return res
}

// pairs reads lines of a name and a text.
func pairs(text string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(text) {
		if name, rest, ok := strings.Cut(strings.TrimSpace(line), " "); ok && name != "#" {
			m[name] = rest
		}
	}
	return m
}

// writeTotals adds what the oracle counted to totals.txt.
func writeTotals(results []result) error {
	const path = "tests/conformance/totals.txt"
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	all := pairs(string(old))
	for _, r := range results {
		if r.ending == "end" && r.total() > 0 {
			all[r.file] = strconv.Itoa(r.total())
		}
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(&b, "%s %s\n", name, all[name])
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}

// report prints a table of the results and their sum. A file with a huge number of
// generated assertions counts no more than a thousand in the sum, as otherwise two
// or three files would be all of it.
func report(results []result) {
	const most = 1000
	want := pairs(totals)
	fmt.Printf("%-28s %8s %7s %7s %7s %8s %6s %8s\n", "file", "passed", "failed", "errored", "broken", "julia", "%", "")
	var have, all float64
	var low []string
	for _, r := range results {
		n, _ := strconv.Atoi(want[r.file])
		n = max(n, r.total()-r.broken, 1)
		share := min(float64(r.passed+r.broken)/float64(n), 1)
		fmt.Printf("%-28s %8d %7d %7d %7d %8d %6.1f %8s %s\n", r.file, r.passed, r.failed, r.errored, r.broken, n, 100*share, r.took.Round(100*time.Millisecond), r.ending)
		weight := float64(min(n, most))
		have, all = have+weight*share, all+weight
		if share < 0.8 {
			low = append(low, r.file)
		}
	}
	fmt.Printf("\n%d files, %.1f %% of the assertions (each file counted as at most %d)\n", len(results), 100*have/max(all, 1), most)
	fmt.Printf("below 80 %%: %s\n", strings.Join(low, " "))
}
