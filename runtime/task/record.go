package task

import "weft/runtime/core"

// This file records what tasks do: when they ran, what they waited for then, and what
// they put into and took from channels.

// recordLimit bounds each list of a record.
const recordLimit = 50000

// Record is what has been recorded.
type Record struct {
	Start int64
	Runs  []Run
	Moves []Move
	Lost  int // what there was no room for
}

// Run is one time that a task ran, and what it did after that: ready, waiting, done
// or failed; what a waiting one waited for.
type Run struct {
	Task     *Task
	From, To int64
	After    string
	Kind     WaitKind
}

// Move is a value that a task put into a channel or took from it.
type Move struct {
	Task  *Task
	Chan  *Channel
	Owner core.Value // the Channel, undefined if it is not known
	Value core.Value
	Put   bool
	At    int64
}

// StartRecord begins a record; one that was under way is dropped.
func (s *Scheduler) StartRecord() {
	if s.book.record == nil {
		s.Exact(true)
	}
	s.book.record = &Record{Start: s.Clock.Now()}
}

// StopRecord ends the record and returns it; nil if there is none.
func (s *Scheduler) StopRecord() *Record {
	r := s.book.record
	if r == nil {
		return nil
	}
	if t := s.Current; t != nil && !t.Hidden && len(r.Runs) < recordLimit {
		r.Runs = append(r.Runs, Run{Task: t, From: max(s.book.from, r.Start), To: s.Clock.Now(), After: "running"})
	}
	s.book.record = nil
	s.Exact(false)
	return r
}

// ran records a run of t, which is leaving.
func (r *Record) ran(s *Scheduler, t *Task, from, to int64) {
	if len(r.Runs) == recordLimit {
		r.Lost++
		return
	}
	r.Runs = append(r.Runs, s.runOf(t, max(from, r.Start), to))
}

// runOf is the run of t, which is leaving.
func (s *Scheduler) runOf(t *Task, from, to int64) Run {
	x := Run{Task: t, From: from, To: to, After: "waiting"}
	switch {
	case t.State == Done:
		x.After = "done"
	case t.State == Failed:
		x.After = "failed"
	case t.State == Abandoned:
		x.After = "abandoned"
	case t.Queue == &s.ready:
		x.After = "ready"
	case t.Queue != nil:
		x.Kind = t.Queue.Kind
	}
	return x
}

// moved records that t put v into c or took it.
func (c *Channel) moved(t *Task, v core.Value, put bool) {
	r := c.sched.book.record
	if r == nil {
		return
	}
	if len(r.Moves) == recordLimit {
		r.Lost++
		return
	}
	r.Moves = append(r.Moves, Move{Task: t.Subject(), Chan: c, Owner: c.Takers.Owner, Value: v, Put: put, At: c.sched.Clock.Now()})
}
