package vm

// This file is the sampling profiler: at intervals it notes the frames of the task that runs.

import (
	"sync/atomic"
	"time"

	"weft/runtime/core"
	"weft/runtime/task"
)

// profiler takes samples while it runs.
type profiler struct {
	stop    chan struct{}
	asked   atomic.Bool // a sample has been asked for and not been taken yet
	samples []core.Value
	most    int
}

// primProfileStart begins to take a sample each a[0] seconds, a[1] at most.
func (e *Engine) primProfileStart(_ *task.Task, a []core.Value) (core.Value, error) {
	delay := time.Duration(a[0].Float64() * float64(time.Second))
	if delay <= 0 {
		return core.Value{}, core.ArgErrorf("the delay must be positive")
	}
	if e.profile != nil {
		return core.Value{}, core.Errorf("the profiler is running already")
	}
	p := &profiler{stop: make(chan struct{}), most: int(a[1].N)}
	e.profile = p
	go func() {
		tick := time.NewTicker(delay)
		defer tick.Stop()
		for {
			select {
			case <-p.stop:
				return
			case <-tick.C:
				if p.asked.CompareAndSwap(false, true) {
					e.Sched.Post(func() { e.sample(p) })
				}
			}
		}
	}()
	return core.Nothing(), nil
}

// sample notes the frames of the running task; called with the baton held.
func (e *Engine) sample(p *profiler) {
	p.asked.Store(false)
	if t := e.current; t != nil && e.profile == p && len(p.samples) < p.most {
		p.samples = append(p.samples, e.traceValue(e.Trace(t)))
	}
}

// primProfileStop ends the profiling and gives the samples.
func (e *Engine) primProfileStop(*task.Task, []core.Value) (core.Value, error) {
	p := e.profile
	if p == nil {
		return core.VectorAny(nil).Value(), nil
	}
	e.profile = nil
	close(p.stop)
	return core.VectorAny(p.samples).Value(), nil
}
