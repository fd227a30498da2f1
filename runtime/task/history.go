package task

// This file remembers, in rough times, what the tasks of the last cells did, for a look
// at a cell that has run already. Nobody has to ask for it before, so it must cost next to
// nothing: times are those at which the clock was read anyway, and of what a task does
// within a millisecond only the first thing is kept.

// historyLimit is how much is kept of a cell.
const historyLimit = 1024

// Crew is what the tasks of one cell have in common.
type Crew struct {
	ready   int  // how many of them are
	keeps   bool // its history is kept
	history Record
}

// Muster begins a cell: its tasks will be of the crew. The histories of this cell and of
// the one before are kept.
func (s *Scheduler) Muster(c *Crew) {
	if old := s.crews[0]; old != nil {
		old.keeps, old.history = false, Record{}
	}
	s.crews[0], s.crews[1] = s.crews[1], c
	c.keeps, c.history.Start = true, s.Clock.Now()
}

// History is what the tasks of the cell before the running task's one did, and until
// when; nil if there was none.
func (s *Scheduler) History() (r *Record, until int64) {
	c := s.crews[0]
	if c == nil {
		return nil, 0
	}
	for _, x := range c.history.Runs {
		until = max(until, x.To)
	}
	for t := s.tasks; t != nil; t = t.After {
		if t.Scope.Crew == c {
			until = s.Clock.Now()
		}
	}
	return &c.history, until
}

// keep notes that t, which is leaving, ran between two times.
func (c *Crew) keep(s *Scheduler, t *Task, from, to int64) {
	r := &c.history
	if n := len(r.Runs); n > 0 && r.Runs[n-1].Task == t && from-r.Runs[n-1].To < tickNs {
		r.Runs = r.Runs[:n-1]
		from = min(from, r.Runs[:n][n-1].From)
	} else if t.State == Runnable && t.Turns > 1 && t.Since == uint32(to/tickNs) {
		return
	}
	if len(r.Runs) == historyLimit {
		r.Lost++
		return
	}
	r.Runs = append(r.Runs, s.runOf(t, max(from, r.Start), to))
}
