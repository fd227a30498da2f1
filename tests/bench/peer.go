package main

// This file has the programs of tasks.jl in Go.

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// goPeer takes a measure and prints its values; false if there is none of the name.
func goPeer(name string, reps int) bool {
	const many = 1_000_000
	per := func(n int, f func()) {
		for range reps {
			runtime.GC()
			t := procTime()
			f()
			fmt.Println(float64(procTime()-t) / float64(n))
		}
	}
	switch name {
	case "yield":
		per(2*many, func() {
			var wg sync.WaitGroup
			for range 2 {
				wg.Go(func() {
					for range many {
						runtime.Gosched()
					}
				})
			}
			wg.Wait()
		})
	case "yieldto":
		per(2*many, pingPong(many))
	case "chan0":
		per(many, func() { pass(many, 0) })
	case "chan1000":
		per(many, func() { pass(many, 1000) })
	case "daisy":
		per(100*2000, func() { daisy(100, 2000) })
	case "cond":
		per(many, func() { roundTrips(many) })
	case "spawn1":
		per(many/10, func() {
			for range many / 10 {
				c := make(chan struct{})
				go close(c)
				<-c
			}
		})
	case "spawnall":
		per(many, func() {
			var wg sync.WaitGroup
			for range many {
				wg.Go(func() {})
			}
			wg.Wait()
		})
	case "blocked", "blockedchan":
		fmt.Println(blocked(many, name == "blocked"))
	case "timers":
		fmt.Println(lateness(many / 10))
	default:
		return false
	}
	return true
}

// procTime is the processor time of this process in nanoseconds; where that is not
// known, the time of day.
func procTime() int64 {
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return time.Now().UnixNano()
	}
	var sum int64
	for _, d := range threads {
		text, _ := os.ReadFile("/proc/self/task/" + d.Name() + "/schedstat")
		first, _, _ := strings.Cut(string(text), " ")
		n, _ := strconv.ParseInt(first, 10, 64)
		sum += n
	}
	return sum
}

// resident is the memory of this process in bytes.
func resident() float64 {
	text, _ := os.ReadFile("/proc/self/statm")
	f := strings.Fields(string(text))
	if len(f) < 2 {
		return 0
	}
	n, _ := strconv.Atoi(f[1])
	return float64(n * os.Getpagesize())
}

// pingPong hands a value there and back n times.
func pingPong(n int) func() {
	return func() {
		a, b := make(chan int), make(chan int)
		go func() {
			for x := range a {
				b <- x
			}
		}()
		for i := range n {
			a <- i
			<-b
		}
		close(a)
	}
}

// pass sends n items through a channel with room for size.
func pass(n, size int) {
	c := make(chan int, size)
	go func() {
		for i := range n {
			c <- i
		}
		close(c)
	}()
	for range c {
	}
}

// daisy sends items through a chain of stages.
func daisy(stages, items int) {
	first := make(chan int)
	in := first
	for range stages {
		out := make(chan int)
		go func(in, out chan int) {
			for x := range in {
				out <- x + 1
			}
			close(out)
		}(in, out)
		in = out
	}
	go func() {
		for i := range items {
			first <- i
		}
		close(first)
	}()
	for range in {
	}
}

// roundTrips has two goroutines wake each other n times by conditions.
func roundTrips(n int) {
	var mu sync.Mutex
	there, back := sync.NewCond(&mu), sync.NewCond(&mu)
	turn := 0
	done := make(chan struct{})
	go func() {
		mu.Lock()
		for range n {
			for turn != 1 {
				there.Wait()
			}
			turn = 0
			back.Signal()
		}
		mu.Unlock()
		close(done)
	}()
	mu.Lock()
	for range n {
		turn = 1
		there.Signal()
		for turn != 0 {
			back.Wait()
		}
	}
	mu.Unlock()
	<-done
}

// blocked is the memory that each of n waiting goroutines takes.
func blocked(n int, onCond bool) float64 {
	before := resident()
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	gate := make(chan struct{})
	var wg, waiting sync.WaitGroup
	waiting.Add(n)
	for range n {
		wg.Go(func() {
			if !onCond {
				waiting.Done()
				<-gate
				return
			}
			mu.Lock()
			waiting.Done()
			cond.Wait()
			mu.Unlock()
		})
	}
	waiting.Wait()
	mem := (resident() - before) / float64(n)
	mu.Lock()
	cond.Broadcast()
	mu.Unlock()
	close(gate)
	wg.Wait()
	return mem
}

// lateness is the median by which n sleeps of 0.2 to 1.2 s last too long, in
// microseconds.
func lateness(n int) float64 {
	late := make([]float64, n)
	var wg sync.WaitGroup
	for i := range n {
		d := time.Duration((0.2 + float64(i*7919%n)/float64(n)) * 1e9)
		wg.Go(func() {
			t := time.Now()
			time.Sleep(d)
			late[i] = float64((time.Since(t) - d).Nanoseconds()) / 1e3
		})
	}
	wg.Wait()
	slices.Sort(late)
	return late[n/2]
}
