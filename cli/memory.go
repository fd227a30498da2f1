package cli

// This file sets the pace of Go's garbage collector.

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
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
)

// pacer adjusts the collector after each collection.
type pacer struct {
	percent int
	times   int // how often there was one
	sample  []metrics.Sample
}

// PaceCollector has the collector run when the heap has grown by 48 MB (less at the
// beginning), or has doubled if more is live. It leaves alone what GOGC says.
func PaceCollector() {
	if os.Getenv("GOGC") != "" {
		return
	}
	p := &pacer{percent: firstGrowth, sample: []metrics.Sample{{Name: "/gc/heap/live:bytes"}}}
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
	by := growth
	if p.times++; p.times <= early {
		by = earlyGrowth
	}
	percent := max(100, 100*by/max(live, by/10))
	if d := percent - p.percent; d > p.percent/8 || d < -p.percent/8 {
		p.percent = percent
		debug.SetGCPercent(percent)
	}
}
