package task

import "slices"

// This file says what happens when a task has run for a whole slice without waiting.
//
// Julia's tasks change only where they wait, and programs rely on it: between two
// such places nothing changes under their feet. So a task that is cut off in between
// is, for the tasks of its own cell, still running: they get no turn before it goes
// on. The tasks of other cells do, so that a long computation in one cell holds up
// neither the output of another nor its stop button.

// cut puts t, whose slice is over, into the run queue: behind the tasks of other
// cells, if any is ready.
func (s *Scheduler) cut(t *Task) {
	s.cuts = append(s.cuts, t)
	own := 0
	if c := t.Scope.Crew; c != nil {
		own = c.ready
	}
	if own < s.ready.Len || s.halting && s.oneHalts() {
		s.ready.Push(t)
	} else {
		s.ready.PushFront(t)
	}
}

// oneHalts reports whether a task that is ready is halted: it then passes those that were
// cut off.
func (s *Scheduler) oneHalts() bool {
	s.halting = false
	for t := s.ready.Head; t != nil && !s.halting; t = t.Next {
		s.halting = t.isHalted()
	}
	return s.halting
}

// pop takes the next task off the run queue, or nil.
func (s *Scheduler) pop() *Task {
	if len(s.cuts) == 0 && len(s.unheard) == 0 {
		return s.ready.Pop()
	}
	t := s.popReady()
	for t != nil && len(s.unheard) > 0 && s.abandoned(t) {
		t = s.popReady()
	}
	return t
}

// popReady takes the next task off the run queue, whatever is to become of it.
func (s *Scheduler) popReady() *Task {
	if len(s.cuts) == 0 {
		return s.ready.Pop()
	}
	for t := s.ready.Head; t != nil; t = t.Next {
		if i := slices.Index(s.cuts, t); i >= 0 {
			s.cuts = slices.Delete(s.cuts, i, i+1)
		} else if s.heldBack(t) {
			continue
		}
		s.ready.Remove(t)
		return t
	}
	s.cuts = s.cuts[:0] // none is in the queue any more
	return s.ready.Pop()
}

// heldBack reports whether a task of t's cell was cut off. What is to be thrown into
// t, such as an interrupt, does not wait for that.
func (s *Scheduler) heldBack(t *Task) bool { return !t.isHalted() && s.midway(t.Scope.Crew) }

// midway reports whether a task of a cell was cut off.
func (s *Scheduler) midway(c *Crew) bool {
	return slices.ContainsFunc(s.cuts, func(t *Task) bool { return t.Scope.Crew == c })
}
