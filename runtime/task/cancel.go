package task

import (
	"slices"
	"weak"

	"weft/runtime/core"
)

// CancelSource is Julia's CancellationTokenSource: a state that only rises, and
// that what lies below takes over. Sources form a graph without cycles: parents
// are held by their children, children weakly by their parents.
type CancelSource struct {
	Type     *core.DataType // CancelSourceType
	State    uint8          // severity and flags; 0: not cancelled
	Parents  []*CancelSource
	Watchers Queue // tasks in wait(token): they get the request as a value
	children []weak.Pointer[CancelSource]
	prune    int // children at which those that are gone are looked for
}

// CancelSourceType is the type of a cancellation source.
var CancelSourceType = core.NewOpaque("CancellationTokenSource", core.Any, true)

// The parts of a source's state.
const (
	severityMask  = 0x1f
	terminateFlag = 0x20
	// severityAbandon gives up tasks that do not come to the request.
	severityAbandon = 4
)

// NewCancelSource makes a source below others; below a cancelled one it is born
// cancelled.
func NewCancelSource(parents ...*CancelSource) *CancelSource {
	c := &CancelSource{Type: CancelSourceType, Parents: parents}
	c.Watchers.Kind, c.Watchers.Owner = WaitEvent, core.ToValue(c)
	for _, p := range parents {
		c.raise(p.State)
		p.adopt(c)
	}
	return c
}

func (c *CancelSource) adopt(child *CancelSource) {
	if len(c.children) >= max(c.prune, 16) {
		kept := c.children[:0]
		for _, w := range c.children {
			if w.Value() != nil {
				kept = append(kept, w)
			}
		}
		clear(c.children[len(kept):])
		c.children, c.prune = kept, 2*len(kept)
	}
	c.children = append(c.children, weak.Make(child))
}

// raise joins a state into c's: the higher severity and all flags. It reports
// whether that changed it.
func (c *CancelSource) raise(state uint8) bool {
	joined := max(c.State&severityMask, state&severityMask) | (c.State|state)&terminateFlag
	if joined == c.State {
		return false
	}
	c.State = joined
	return true
}

// Request is the exception of an operation under c, which is cancelled.
func (c *CancelSource) Request() error {
	return core.Err("CancellationRequest", core.Bits(core.UInt8, uint64(c.State)))
}

// lineage is c and what it lies below.
func (c *CancelSource) lineage() []*CancelSource {
	if c == nil {
		return nil
	}
	out := []*CancelSource{c}
	for _, p := range c.Parents {
		out = append(out, p.lineage()...)
	}
	return out
}

// CheckCancel is the entry check of operations that wait: the request by which
// t's scope is cancelled, or nil.
func (t *Task) CheckCancel() error {
	if c := t.Scope.Cancel; c != nil && c.State != 0 {
		return t.heard(c)
	}
	return nil
}

// Heed is CheckCancel for the source c, whatever t's scope is.
func (t *Task) Heed(c *CancelSource) error {
	if c.State != 0 {
		return t.heard(c)
	}
	return nil
}

// heard gives the request of c, which t now comes to.
func (t *Task) heard(c *CancelSource) error {
	delete(t.Sched.unheard, t)
	return c.Request()
}

// Cancel raises the state of c and of all that lies below, and throws the request
// into the tasks that wait under one of them. With severityAbandon, those that could run
// get one more turn to come to it. It reports whether c's state rose.
func (s *Scheduler) Cancel(c *CancelSource, severity uint8) bool {
	raised := c.raise(severity)
	below := map[*CancelSource]bool{c: true}
	todo := []*CancelSource{c}
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, w := range n.children {
			k := w.Value()
			if k == nil {
				continue
			}
			k.raise(n.State)
			if !below[k] {
				below[k] = true
				todo = append(todo, k)
			}
		}
	}
	for t := s.tasks; t != nil; t = t.After {
		by := t.Scope.Cancel
		switch {
		case by == nil || !below[by] || t.Queue == nil:
		case t.Queue != &s.ready:
			s.Halt(t, by.Request())
		case raised && by.State&severityMask >= severityAbandon && !t.HasErr():
			if s.unheard == nil {
				s.unheard = make(map[*Task]uint32)
			}
			s.unheard[t] = t.Turns
		}
	}
	for n := range below {
		for w := n.Watchers.Head; w != nil; w = n.Watchers.Head {
			s.Wake(w, s.RT.ExceptionOf(n.Request()))
		}
	}
	return raised
}

// abandoned looks at t, whose turn it is, when there are tasks to be abandoned. One that
// has had a turn since that was said, and has not come to the request in it, stays where
// it is for ever, with what it holds.
func (s *Scheduler) abandoned(t *Task) bool {
	turns, ok := s.unheard[t]
	switch {
	case !ok || t.Turns == turns:
		return false
	case t.HasErr():
		delete(s.unheard, t)
		return false
	}
	s.abandon(t, t.Scope.Cancel.Request())
	return true
}

// Abandon stops t where it is, for ever, whatever it waits for and holds. It reports
// whether t had not ended.
func (s *Scheduler) Abandon(t *Task) bool {
	if t.State != Runnable {
		return false
	}
	request := (&CancelSource{State: severityAbandon}).Request()
	if t != s.Current {
		s.Halt(t, request) // ends what it waits for
		t.Queue.Remove(t)
		t.Ext.Err = nil
	}
	s.abandon(t, request)
	return true
}

func (s *Scheduler) abandon(t *Task, request error) {
	delete(s.unheard, t)
	if i := slices.Index(s.cuts, t); i >= 0 {
		s.cuts = slices.Delete(s.cuts, i, i+1)
	}
	t.Observed = true
	s.end(t, s.RT.ExceptionOf(request), Abandoned)
}

// Outlive has t cancelled by what stands above c if it is cancelled by c, so that it
// may wait while it cleans up.
func (t *Task) Outlive(c *CancelSource) {
	if t.Scope.Cancel != c {
		return
	}
	s := *t.Scope
	s.Cancel = nil
	if len(c.Parents) > 0 {
		s.Cancel = c.Parents[0]
	}
	t.Scope = &s
}
