package cli

// This file sets the pace of Go's garbage collector, and has a kernel at rest give
// memory back.

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// Sizes of the heap's growth between two collections. The collector's work is
// in proportion to what is live, some ten megabytes of Base in a small program:
// collecting each time as much has been allocated again would take longer than
// the program itself. A system that has done little yet is kept small all the same: most
// kernels are started, used a little and left open.
const (
	growth      = 48 << 20 // at least so much; more when more is live
	earlyGrowth = 8 << 20  // at the first few collections
	early       = 6        // how many those are
	firstGrowth = 300      // the percentage that puts the first collection off until 16 MB
	inVain      = 4        // by how much the next growth is larger after a collection that found little
	most        = 4        // by how much it is larger at most in a program that allocates without pause
	dear        = 0.06     // the share of the time above which collecting costs too much
	cheap       = 0.015    // and below which the heap may be smaller again
)

// pacer adjusts the collector after each collection.
type pacer struct {
	percent int
	times   int       // how often there was one
	live    int       // what the last one has left
	by      int       // by how much the heap was to grow until the next
	larger  int       // by how much growth is multiplied, as collecting takes much of the time
	spent   float64   // seconds of collecting so far
	at      time.Time // when that was
	sample  []metrics.Sample
}

// PaceCollector has the collector run when the heap has grown by 48 MB (less at the
// beginning, more while it finds little or takes much of the time), or has doubled if more
// is live. It leaves alone what GOGC says.
func PaceCollector() {
	if os.Getenv("GOGC") != "" {
		return
	}
	p := &pacer{percent: firstGrowth, larger: 1, at: time.Now(), sample: []metrics.Sample{
		{Name: "/gc/heap/live:bytes"}, {Name: "/cpu/classes/gc/total:cpu-seconds"}}}
	debug.SetGCPercent(p.percent)
	p.watch()
}

// watch has the next collection call adjust, by dropping an object with a finalizer.
func (p *pacer) watch() {
	runtime.SetFinalizer(&struct{ p *pacer }{p}, func(*struct{ p *pacer }) {
		p.adjust()
		p.watch()
	})
}

func (p *pacer) adjust() {
	metrics.Read(p.sample)
	live := int(p.sample[0].Value.Uint64())
	spent, now := p.sample[1].Value.Float64(), time.Now()
	share := (spent - p.spent) / now.Sub(p.at).Seconds()
	p.spent, p.at = spent, now
	by := growth
	if p.times++; p.times <= early {
		by = earlyGrowth
	} else {
		if share > dear {
			p.larger = min(2*p.larger, most)
		} else if share < cheap {
			p.larger = max(p.larger/2, 1)
		}
		by *= p.larger
	}
	if p.by > 0 && live-p.live > p.by/4*3 {
		by = max(by, growth*inVain) // nearly all of what is new is in use: a program that builds something up
	}
	p.live, p.by = live, by
	percent := max(100, 100*by/max(live, by/20))
	if d := percent - p.percent; d > p.percent/8 || d < -p.percent/8 {
		p.percent = percent
		debug.SetGCPercent(percent)
	}
}

// A kernel is at rest when it has been asked nothing for atRest. It then gives
// back what the last cells have left, if that is worthwhile bytes or more. With
// more than restLive of live data it does nothing: looking through it would cost
// too much.
const (
	atRest     = 150 * time.Millisecond
	worthwhile = 4 << 20
	restLive   = 64 << 20
)

// Metrics that a trimmer reads.
const (
	heapTotal    = iota // bytes of objects, live or not
	heapUnused          // bytes held for objects of the same sizes
	heapFree            // bytes that could be given back
	heapLive            // what the last collection found
	trimmerReads        // how many they are
)

// trimmer gives memory back that a kernel at rest does not need: most kernels
// are started, used a little and left open for hours.
type trimmer struct {
	timer  *time.Timer
	mu     sync.Mutex // held while it works: that can take longer than atRest
	held   uint64     // what was held after the last time
	sample [trimmerReads]metrics.Sample
}

func newTrimmer() *trimmer {
	t := &trimmer{}
	for i, name := range [trimmerReads]string{
		heapTotal: "/memory/classes/heap/objects:bytes", heapUnused: "/memory/classes/heap/unused:bytes",
		heapFree: "/memory/classes/heap/free:bytes", heapLive: "/gc/heap/live:bytes",
	} {
		t.sample[i].Name = name
	}
	t.timer = time.AfterFunc(atRest, t.trim)
	return t
}

// later puts the next look off: the kernel has just been asked for something.
func (t *trimmer) later() { t.timer.Reset(atRest) }

func (t *trimmer) trim() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.read() > t.held+worthwhile && t.sample[heapLive].Value.Uint64() <= restLive {
		debug.FreeOSMemory()
		t.held = t.read()
	}
}

// read gives the bytes that are held for the heap.
func (t *trimmer) read() uint64 {
	metrics.Read(t.sample[:])
	return t.sample[heapTotal].Value.Uint64() + t.sample[heapUnused].Value.Uint64() + t.sample[heapFree].Value.Uint64()
}
