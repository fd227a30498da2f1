package task

import (
	"slices"
	"time"
	"unsafe"

	"weft/runtime/core"
)

// This file keeps book of tasks: since when they wait, how often and how long they
// ran, and what they wait for. A switch costs two stores; the clock is read once
// for many of them.

// tickNs is the length of a tick, the unit of Task.Since.
const tickNs = int64(time.Millisecond)

// charge is the least run time that is charged to a task while it is estimated.
const charge = int64(200 * time.Microsecond)

// earlyTurns is after how many switches since the last look the clock is not read
// at each any more: tasks that run long are few between two looks.
const earlyTurns = 1

// book is the scheduler's part of the bookkeeping.
type book struct {
	tick    uint32    // the clock at the last look
	looked  int64     // the same in nanoseconds
	owed    int64     // run time not charged to a task yet
	last    *Task     // the task that ran last
	exact   int       // how many want exact run times
	total   uint64    // runs of tasks that are not hidden
	watched time.Time // when Scheduler.Watch was last called
	record  *Record
	hidden  uint64 // hidden tasks made
	from    int64  // exact: since when the running task runs
	left    int64  // the clock, as it was known when a task stopped running last
}

// leave is called when the running task stops running, for whatever reason.
func (s *Scheduler) leave() {
	t := s.Current
	if t == nil {
		return
	}
	t.Turns++
	if !t.Hidden {
		s.book.total++
	}
	s.book.last = t
	switch {
	case s.book.exact > 0:
		s.meter(t)
		return
	case s.turns <= earlyTurns:
		s.note(s.Clock.Now())
	}
	if b := &s.book; t.Since != b.tick || b.left != b.looked || t.Turns == 1 || t.State != Runnable {
		if c := t.Scope.Crew; c != nil && c.keeps && !t.Hidden {
			c.keep(s, t, b.left, b.looked)
		}
		b.left = b.looked
		t.Since = b.tick
	}
}

// meter charges the running task what it ran.
func (s *Scheduler) meter(t *Task) {
	b := &s.book
	now := s.Clock.Now()
	if b.from > 0 {
		t.Extra().RunTime += now - b.from
		if b.record != nil && !t.Hidden {
			b.record.ran(s, t, b.from, now)
		}
		if c := t.Scope.Crew; c != nil && c.keeps && !t.Hidden {
			c.keep(s, t, b.from, now)
		}
	}
	b.from, b.left = now, now
	t.Since = uint32(now / tickNs)
}

// note takes down the time.
func (s *Scheduler) note(now int64) {
	b := &s.book
	b.tick = uint32(now / tickNs)
	if b.exact == 0 && b.last != nil {
		// The time since the last look goes to the task that ran last, in
		// portions: a fair sample when many took part in it.
		if b.owed += now - b.looked; b.owed >= charge {
			b.last.Extra().RunTime += b.owed
			b.owed = 0
		}
	}
	b.last = nil
	b.looked = now
}

// rested is called after the scheduler has waited: that was nobody's run time.
func (s *Scheduler) rested() {
	now := s.Clock.Now()
	s.book.looked, s.book.from, s.book.left = now, now, now
	s.book.tick = uint32(now / tickNs)
}

// Exact has run times measured at every switch, instead of estimated; each call
// with false takes back one with true.
func (s *Scheduler) Exact(on bool) {
	if !on {
		s.book.exact = max(0, s.book.exact-1)
		return
	}
	s.book.exact++
	if s.book.exact == 1 {
		s.book.from = s.Clock.Now()
	}
}

// RunTime is how long t has run: measured while [Scheduler.Exact] is on, else
// estimated to some tenths of a millisecond.
func (s *Scheduler) RunTime(t *Task) time.Duration {
	n := int64(0)
	if t.Ext != nil {
		n = t.Ext.RunTime
	}
	if t == s.Current && s.book.exact > 0 {
		n += s.Clock.Now() - s.book.from
	}
	return time.Duration(n)
}

// Timed reports whether t was made while run times were exact.
func (t *Task) Timed() bool { return t.Ext != nil && t.Ext.timed }

// WallTime is the time from when t, which must be timed, was first scheduled until it
// ended, or until now.
func (s *Scheduler) WallTime(t *Task) time.Duration {
	switch e := t.Ext; {
	case e.first == 0:
		return 0
	case e.ended != 0:
		return time.Duration(e.ended - e.first)
	default:
		return time.Duration(s.Clock.Now() - e.first)
	}
}

// Age is how long ago t stopped running, was scheduled, or ended, to a tick.
func (s *Scheduler) Age(t *Task) time.Duration {
	if t == s.Current {
		return 0
	}
	return time.Duration(uint32(s.Clock.Now()/tickNs)-t.Since) * time.Duration(tickNs)
}

// Status says what becomes of a task just now, in one word: new, ready, running,
// waiting, done, failed or abandoned.
func (s *Scheduler) Status(t *Task) string {
	switch {
	case t.State == Done:
		return "done"
	case t.State == Failed:
		return "failed"
	case t.State == Abandoned:
		return "abandoned"
	case t == s.Current || slices.Contains(s.cuts, t): // cut off for another cell, it goes on at once
		return "running"
	case t.Queue == &s.ready:
		return "ready"
	case !s.Known(t):
		return "new"
	}
	return "waiting"
}

// Waits says what a waiting task waits for: the kind and the object, undefined
// when it is not known.
func (s *Scheduler) Waits(t *Task) (WaitKind, core.Value) {
	if t.Queue == nil || t.Queue == &s.ready {
		return WaitOther, core.Value{}
	}
	return t.Queue.Kind, t.Queue.Owner
}

// NewHidden makes a task of the system's own: it stands in no list and does not
// take a number that the user's tasks would have had.
func (s *Scheduler) NewHidden(code core.Value, scope *Scope) *Task {
	id := s.nextID
	t := s.NewTask(code, nil)
	s.nextID = id
	s.book.hidden++
	t.ID, t.Hidden, t.Observed, t.Scope = s.book.hidden|1<<40, true, true, scope
	return t
}

// watchEvery is how often Scheduler.Watch is called while tasks run.
const watchEvery = 50 * time.Millisecond

// watchNow calls Watch, if that is due.
func (s *Scheduler) watchNow() {
	if now := time.Now(); now.Sub(s.book.watched) >= watchEvery {
		s.book.watched = now
		s.Watch(false)
	}
}

// heeded reports whether somebody is told of t's failure: waits for it, has it close
// a channel, or has said so.
func (s *Scheduler) heeded(t *Task) bool {
	return t.Observed || s.Foreground[t] || t.Waiters != nil && t.Waiters.Head != nil || t.Ext != nil && len(t.Ext.OnDone) > 0
}

// Shape is what a watcher compares to see that something has changed.
type Shape struct {
	state string
	on    unsafe.Pointer
	a, b  int
	turns uint64
	// Final says that nothing will change any more.
	Final bool
}

// ShapeOf is the shape of a task or of a channel's core; for anything else it changes
// with whatever tasks do.
func (s *Scheduler) ShapeOf(v core.Value) Shape {
	switch core.TypeOf(v) {
	case core.TaskType:
		t := core.As[Task](v)
		x := Shape{state: s.Status(t), Final: t.State != Runnable}
		if x.state == "waiting" {
			if x.on = t.Queue.Owner.P; x.on == nil {
				x.on = unsafe.Pointer(t.Queue)
			}
		}
		return x
	case ChannelType:
		c := core.As[Channel](v)
		x := Shape{state: "open", a: c.n, b: c.Takers.Len<<32 | c.Putters.Len}
		if c.Closed {
			x.state, x.Final = "closed", c.n == 0
		}
		return x
	}
	return Shape{turns: s.book.total}
}
