package kernel

// This file holds what an interrupt works on: the cell that runs now.

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"weft/interp"
)

var errNotReady = errors.New("the interpreter has not started yet")

// retryInterrupt is how often an interrupt is tried again when the
// interpreter has not got as far as having a foreground.
const (
	retryInterrupt = time.Millisecond
	tryInterrupt   = time.Second
)

// foreground is what runs now, if anything does.
type foreground struct {
	mu sync.Mutex
	// cancel ends a wait of the kernel's own: for the interpreter, or for
	// background tasks.
	cancel context.CancelFunc
	// interp is set while a cell is with it; ended is closed when it is done.
	interp interp.Interpreter
	ended  chan struct{}
	// cell is the one that runs or ran last; stopped is the time of the last
	// interrupt.
	cell    *cell
	stopped time.Time
}

// again notes an interrupt. When it is the second within a time, it returns the
// last cell.
func (g *foreground) again(within time.Duration) *cell {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	second := now.Sub(g.stopped) < within
	g.stopped = now
	if !second {
		return nil
	}
	return g.cell
}

// begin notes the cell that runs.
func (g *foreground) begin(c *cell) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cell = c
}

// wait runs f with a context that an interrupt ends.
func (g *foreground) wait(ctx context.Context, f func(context.Context)) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g.set(cancel, nil)
	f(ctx)
	g.set(nil, nil)
}

// run runs f, during which an interrupt goes to in.
func (g *foreground) run(in interp.Interpreter, f func()) {
	g.set(nil, in)
	defer g.set(nil, nil)
	f()
}

func (g *foreground) set(cancel context.CancelFunc, in interp.Interpreter) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cancel, g.interp = cancel, in
	if g.ended != nil {
		close(g.ended)
		g.ended = nil
	}
	if in != nil {
		g.ended = make(chan struct{})
	}
}

// Interrupt stops the running cell. A second one soon after it also ends all tasks
// in the background, and says so in the cell that ran last.
func (s *Server) Interrupt() {
	last := s.fore.again(s.opts.Again)
	s.stopForeground()
	in, err := s.started()
	if last == nil || err != nil || s.stopping.Err() != nil {
		return
	}
	if n := in.CancelBackground(); n > 0 {
		tasks := "tasks"
		if n == 1 {
			tasks = "task"
		}
		last.add(interp.Stderr, fmt.Appendf(nil, "Interrupted twice: %d background %s cancelled.\n", n, tasks))
	}
}

// stopForeground stops the running cell; without one it does nothing.
func (s *Server) stopForeground() {
	s.fore.mu.Lock()
	cancel, in, ended := s.fore.cancel, s.fore.interp, s.fore.ended
	if in != nil {
		// Whoever waits for subscribers goes on, and comes to the interrupt.
		s.pub.relax(true)
	}
	s.fore.mu.Unlock()
	if cancel != nil {
		cancel()
	}
	if in == nil {
		return
	}
	giveUp := time.After(tryInterrupt)
	for !in.Interrupt() {
		select {
		case <-ended:
			return
		case <-giveUp:
			s.log.Error("interrupt found no foreground")
			return
		case <-time.After(retryInterrupt):
		}
	}
}
