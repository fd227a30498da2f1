// Command bench measures weft beside its peers, in one run: tasks beside Go on one
// processor, Julia and Python; the engine beside Python and Julia. It prints two
// tables of medians of processor time, with weft's ratio to each peer.
//
//	bench [-weft PROGRAM] [-reps N] [-only REGEXP]
//
// JULIA and PYTHON name the peers' programs; else those in PATH are used. What is
// not there has no column. `bench peer NAME REPS` is Go's part.
package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed tasks.jl tasks.py engine.jl engine.py
var programs embed.FS

// limit is the longest a program may take.
const limit = 5 * time.Minute

// measure is one line of a table.
type measure struct{ name, what string }

var taskMeasures = []measure{
	{"yield", "yield() between two tasks, ns a switch"},
	{"yieldto", "yieldto there and back, ns a switch"},
	{"chan0", "Channel(0), ns an item"},
	{"chan1000", "Channel(1000), ns an item"},
	{"daisy", "100 stages of channels, ns a hop"},
	{"cond", "Condition, ns a round trip"},
	{"spawn1", "@async and wait, ns a task"},
	{"spawnall", "10^6 tasks under @sync, ns a task"},
	{"blocked", "10^6 tasks waiting for a Condition, bytes each"},
	{"blockedchan", "10^6 tasks waiting in take!, bytes each"},
	{"timers", "10^5 sleeps at once, median lateness in µs"},
}

var engineMeasures = []measure{
	{"fib", "recursive calls"}, {"loop", "integer loop"}, {"sieve", "sieve"}, {"throws", "throw and catch"},
	{"complex", "complex numbers"}, {"structs", "immutable structs"}, {"fields", "mutable fields"},
	{"keywords", "calls with keywords"}, {"dispatch", "dynamic dispatch"}, {"interpolate", "string interpolation"},
	{"print", "print to a buffer"}, {"dictint", "Dict of integers, set and get"}, {"dictstring", "Dict of strings, count"},
	{"push", "push!"}, {"sortby", "sort by a function"}, {"broadcast", "fused broadcast"}, {"closures", "filter, map, sum"},
	{"comprehension", "comprehension"}, {"cell", "a cell of 1 MB, ns a byte"},
}

// peer is a program to compare with.
type peer struct {
	name string
	env  []string
	cmd  func(table string) []string
}

func main() {
	if len(os.Args) > 3 && os.Args[1] == "peer" {
		reps, err := strconv.Atoi(os.Args[3])
		if err != nil || !goPeer(os.Args[2], reps) {
			os.Exit(2)
		}
		return
	}
	weft := flag.String("weft", "bin/weft", "the `program` to measure")
	reps := flag.Int("reps", 5, "runs of each measure")
	only := flag.String("only", "", "measures to take, a `regexp` on their names")
	flag.Parse()
	if err := run(*weft, *reps, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(weft string, reps int, only string) error {
	match, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	files, err := programs.ReadDir(".")
	if err != nil {
		return err
	}
	for _, f := range files {
		text, err := programs.ReadFile(f.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, f.Name()), text, 0o600); err != nil {
			return err
		}
	}
	if weft, err = filepath.Abs(weft); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	file := func(table, ext string) string { return filepath.Join(dir, table+ext) }
	all := []peer{{"weft", nil, func(t string) []string { return []string{weft, file(t, ".jl")} }}}
	gopher := peer{"Go", []string{"GOMAXPROCS=1"}, func(string) []string { return []string{self, "peer"} }}
	if p := program("JULIA", "julia"); p != "" {
		all = append(all, peer{"Julia", nil, func(t string) []string { return []string{p, "--startup-file=no", file(t, ".jl")} }})
	}
	if p := program("PYTHON", "python3"); p != "" {
		all = append(all, peer{"Python", nil, func(t string) []string { return []string{p, file(t, ".py")} }})
	}
	table("tasks", "Tasks", taskMeasures, slices.Insert(slices.Clone(all), 1, gopher), reps, match)
	table("engine", "Engine, ns", engineMeasures, all, reps, match)
	return nil
}

// program finds a peer's program.
func program(variable, name string) string {
	if p := os.Getenv(variable); p != "" {
		return p
	}
	p, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return p
}

// table takes the measures and prints them.
func table(name, title string, ms []measure, peers []peer, reps int, match *regexp.Regexp) {
	fmt.Printf("\n| %s |", title)
	for _, p := range peers {
		fmt.Printf(" %s |", p.name)
	}
	fmt.Printf("\n|---|%s\n", strings.Repeat("---|", len(peers)))
	for _, m := range ms {
		if !match.MatchString(m.name) {
			continue
		}
		fmt.Printf("| %s |", m.what)
		var ours float64
		for i, p := range peers {
			v, ok := median(p, name, m.name, reps)
			switch {
			case !ok:
				fmt.Print("  |")
			case i == 0:
				ours = v
				fmt.Printf(" %.1f |", v)
			case v < 0.1: // its compiler saw through the program
				fmt.Printf(" %.1f |", v)
			default:
				fmt.Printf(" %.1f (×%.2f) |", v, ours/v)
			}
		}
		fmt.Println()
	}
}

// median runs a peer's program for one measure; it fails when the peer has none.
func median(p peer, table, name string, reps int) (float64, bool) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	args := append(p.cmd(table), name, strconv.Itoa(reps))
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), p.env...)
	out, err := cmd.Output()
	if err != nil {
		return 0, false
	}
	var vs []float64
	for _, f := range strings.Fields(string(out)) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return 0, false
		}
		vs = append(vs, v)
	}
	if len(vs) == 0 {
		return 0, false
	}
	slices.Sort(vs)
	return vs[len(vs)/2], true
}
