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
// the program itself.
const (
	growth      = 48 << 20 // at least so much; more when more is live
	firstGrowth = 1000     // the percentage that puts the first collection off until 40 MB
)

// pacer adjusts the collector after each collection.
type pacer struct {
	percent int
	sample  []metrics.Sample
}

// PaceCollector has the collector run when the heap has grown by 48 MB, or has
// doubled if more is live. It leaves alone what GOGC says.
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
	percent := max(100, 100*growth/max(live, growth/10))
	if d := percent - p.percent; d > p.percent/8 || d < -p.percent/8 {
		p.percent = percent
		debug.SetGCPercent(percent)
	}
}
