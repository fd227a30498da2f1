package task

// This file has bubbles: groups of tasks with a time of their own, which jumps
// when they all wait, and with an order of their own. A task is in the bubble of
// the task that made it, for it stands in the scope.

import (
	"math/rand/v2"
	"slices"
	"time"

	"weft/runtime/core"
)

// Bubble is a group of tasks.
type Bubble struct {
	Type *core.DataType // BubbleType
	// Main is thrown a DeadlockError when nothing of the bubble can run any more
	// and it waits; nil if the outside may still wake what waits.
	Main *Task

	parent *Bubble
	line   *Timeline // its time, or that of the parent; nil: the scheduler's clock
	own    bool      // line is not the parent's
	choice Choice    // nil: the parent's
	log    *stepLog
	isOpen bool
	deck   *deck // that records it or plays it back
	held   int   // outside operations of its tasks under way
}

// BubbleType is the type of a bubble as a value of the language.
var BubbleType = core.NewOpaque("Bubble", core.Any, true)

// Timeline is a time that stands still while a task of it runs and jumps to the
// next timer when all wait. When it is over it goes on as the scheduler's clock
// does, from where it was.
type Timeline struct {
	at     int64 // the time; when over, what it is ahead of the scheduler's clock
	date   int64 // Unix nanoseconds at time 0
	timers timerHeap
	over   bool
	deck   *deck // that its readings go through
}

// bubbles is what the scheduler knows of bubbles.
type bubbles struct {
	open     []*Bubble // inner ones after those around them
	choosers int       // how many have a choice of their own
	root     *Bubble   // the choice for tasks in no bubble, if any
	turns    int       // the count of switches to begin with after a look
	next     *Task     // what SwitchTo put in front
	random   *rand.Rand
}

// now returns the time of a timeline, nil being the scheduler's clock.
func (l *Timeline) now(s *Scheduler) int64 {
	switch {
	case l == nil:
		return s.Clock.Now()
	case l.deck != nil:
		return l.deck.clock(s.Clock.Now())
	case l.over:
		return s.Clock.Now() + l.at
	}
	return l.at
}

func timelineOf(t *Task) *Timeline {
	if t == nil || t.Scope == nil || t.Scope.Bubble == nil {
		return nil
	}
	return t.Scope.Bubble.line
}

// Now is the monotonic time for t.
func (s *Scheduler) Now(t *Task) int64 { return timelineOf(t).now(s) }

// Wall is the date and time for t.
func (s *Scheduler) Wall(t *Task) time.Time {
	l := timelineOf(t)
	switch {
	case l == nil:
		return s.Clock.Wall()
	case l.deck != nil:
		return time.Unix(0, l.deck.clock(s.Clock.Wall().UnixNano()))
	case l.over:
		return s.Clock.Wall().Add(time.Duration(l.at + l.date))
	}
	return time.Unix(0, l.date+l.at)
}

// BubbleOptions say what a bubble has of its own.
type BubbleOptions struct {
	Virtual bool   // time
	Choice  Choice // order of its ready tasks
}

// OpenBubble makes a bubble within that of t. Tasks come into it by their scope:
// see [Task.Enter].
func (s *Scheduler) OpenBubble(t *Task, o BubbleOptions) *Bubble {
	b := &Bubble{Type: BubbleType, parent: t.Scope.Bubble, line: timelineOf(t), choice: o.Choice, isOpen: true}
	if o.Virtual {
		now := s.Now(t)
		b.line, b.own = &Timeline{at: now, date: s.Wall(t).UnixNano() - now}, true
	}
	if b.choice != nil {
		if s.bubbles.choosers == 0 {
			s.bubbles.next = nil // of an earlier choice
		}
		s.bubbles.choosers++
	}
	s.bubbles.open = append(s.bubbles.open, b)
	s.setTurns()
	return b
}

// CloseBubble ends what the bubble has of its own. Tasks that are left in it go
// on: in the order of others, by a time that goes on with the scheduler's clock.
func (s *Scheduler) CloseBubble(b *Bubble) {
	i := slices.Index(s.bubbles.open, b)
	if i < 0 {
		return
	}
	s.bubbles.open = slices.Delete(s.bubbles.open, i, i+1)
	if b.choice != nil {
		s.bubbles.choosers--
	}
	b.Main, b.choice, b.isOpen = nil, nil, false
	if b.own {
		b.line.end(s)
	}
	s.setTurns()
}

// end lets the timeline go on with the scheduler's clock.
func (l *Timeline) end(s *Scheduler) {
	l.deck = nil
	if l.over {
		return
	}
	ahead := l.at - s.Clock.Now()
	timers := l.timers
	l.timers, l.over = nil, true
	l.date += l.at - s.Clock.Wall().UnixNano() - ahead
	l.at = ahead
	slices.SortFunc(timers, func(a, b *Timer) int {
		if (timerHeap{a, b}).Less(0, 1) {
			return -1
		}
		return 1
	})
	for _, t := range timers {
		s.arm(t, t.when-ahead)
	}
}

// setTurns has engines come back after each switch while there is a choice.
func (s *Scheduler) setTurns() {
	s.bubbles.turns = 0
	if s.bubbles.choosers > 0 {
		s.bubbles.turns = turnsPerLook
		s.turns = turnsPerLook
	}
}

// Enter puts t into a bubble, nil being none, and returns where it was.
func (t *Task) Enter(b *Bubble) (was *Bubble) {
	was = t.Scope.Bubble
	sc := *t.Scope
	sc.Bubble = b
	t.Scope = &sc
	return was
}

// within reports whether t is in b or in a bubble inside it.
func (b *Bubble) within(t *Task) bool {
	if t.Scope == nil {
		return false
	}
	for x := t.Scope.Bubble; x != nil; x = x.parent {
		if x == b {
			return true
		}
	}
	return false
}

// hold notes that t waits for the outside; the bubbles it is in do not jump until
// the function it returns is called.
func (s *Scheduler) hold(t *Task) (release func()) {
	if t == nil || t.Scope == nil || t.Scope.Bubble == nil {
		return func() {}
	}
	first := t.Scope.Bubble
	for b := first; b != nil; b = b.parent {
		b.held++
	}
	return func() {
		for b := first; b != nil; b = b.parent {
			b.held--
		}
	}
}

// lookAtBubbles lets time jump in each bubble whose tasks all wait, and breaks the
// deadlock of one in which nothing can happen any more.
func (s *Scheduler) lookAtBubbles() {
	for i := len(s.bubbles.open) - 1; i >= 0 && i < len(s.bubbles.open); i-- {
		b := s.bubbles.open[i]
		if d := b.deck; d != nil {
			if d.play {
				s.playOn(b)
			}
			continue
		}
		if b.held > 0 || s.busy(b) {
			continue
		}
		if b.own && len(b.line.timers) > 0 {
			// a timer that nobody waits for any more wakes nobody
			for len(b.line.timers) > 0 && !s.busy(b) {
				b.line.at = max(b.line.at, b.line.timers[0].when)
				s.fire(&b.line.timers, b.line.at)
			}
			if s.busy(b) {
				continue
			}
		}
		m := b.Main
		if m == nil || m.State != Runnable || !m.Started || b.mayBeWoken(s) {
			continue
		}
		s.WakeErr(m, core.Err("DeadlockError", core.MakeString(s.explainWait(m))))
	}
}

// busy reports whether a task of b runs or could run, at once or when a bubble in
// b lets its time jump.
func (s *Scheduler) busy(b *Bubble) bool {
	return s.Current != nil && b.within(s.Current) || s.busyBeside(b)
}

// busyBeside is busy without regard to the running task.
func (s *Scheduler) busyBeside(b *Bubble) bool {
	for t := s.ready.Head; t != nil; t = t.Next {
		if b.within(t) {
			return true
		}
	}
	for _, c := range s.bubbles.open {
		for x := c.parent; x != nil; x = x.parent {
			if x == b && c.own && len(c.line.timers) > 0 {
				return true
			}
		}
	}
	return false
}

// mayBeWoken reports whether a timer that is not b's own may wake a task of b.
func (b *Bubble) mayBeWoken(s *Scheduler) bool {
	if b.line == nil || b.line.over {
		return len(s.timers) > 0
	}
	return len(b.line.timers) > 0
}

// Tasks lists the tasks of b that were scheduled and have not ended.
func (b *Bubble) Tasks(s *Scheduler) []*Task {
	return slices.DeleteFunc(s.Tasks(), func(t *Task) bool { return !b.within(t) })
}

// Quiet reports whether nothing in b but the running task will do anything by
// itself.
func (b *Bubble) Quiet(s *Scheduler) bool {
	return b.held == 0 && !s.busyBeside(b) && !(b.own && len(b.line.timers) > 0)
}
