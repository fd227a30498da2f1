package task

// This file lets a task wait for several things at once: Weft.@select, and the
// operations with a timeout.
//
// A task stands in one queue. One that selects stands in a queue of its own, and
// for each case a stand-in, a seat, stands where the operation alone would wait.
// Whoever wakes a seat wakes the task; all other seats leave their queues at that
// moment, so that exactly one case happens. Then the task looks again, as a single
// operation does: first at the case that woke it, which therefore never loses
// what it was woken for, then at all the others.

import (
	"fmt"
	"strings"

	"weft/runtime/core"
)

// CaseKind says what a case of a select does.
type CaseKind uint8

// The kinds of cases.
const (
	CaseNever CaseKind = iota // waits for ever: a case that is switched off
	CaseTake
	CasePut
	CaseFetch // of a channel
	CaseReady // wait for a channel
	CaseTask
	CaseQueue // a condition
	CaseEvent
	CaseTimer
	CaseAfter
	caseKinds
)

// Case is one case of a select. What it needs besides its kind depends on that.
type Case struct {
	Kind  CaseKind
	Chan  *Channel
	Task  *Task
	Queue *Queue
	Timer *Timer
	Event Event
	Value core.Value // what is put
	Delay int64      // of CaseAfter, in nanoseconds
}

// Event is what a select needs of Julia's Event: its queue, and its flag, which
// Pass clears if the event resets by itself.
type Event interface {
	Waiters() *Queue
	IsSet() bool
	Pass()
}

// Select is the waiting of one task for several things. It is the task's
// [Ext.Select] from the first time it parks until one case has happened.
type Select struct {
	task   *Task
	seats  []seat
	queue  Queue  // in which the task itself stands
	fired  int    // the case that woke the task
	cancel func() // end
}

// seat stands in a queue for a task that selects.
type seat struct {
	Task
	in    *Select
	index int
	timer *Timer // of CaseAfter
	again bool   // it was woken in vain: it waits in front the next time
}

// Subject is the task that t stands in a queue for: t itself, or the one that
// selects if t is a stand-in.
func (t *Task) Subject() *Task {
	if t.Ext != nil && t.Ext.seat != nil {
		return t.Ext.seat.in.task
	}
	return t
}

// Select performs one of the cases for t: one that can happen at once, chosen at
// random among those, or else the first that can. With def it does not wait:
// the index is -1 then if none can happen. It is retried with the same cases.
func (s *Scheduler) Select(t *Task, cases []Case, def bool) (int, core.Value, error) {
	var sel *Select
	if t.Ext != nil {
		sel = t.Ext.Select
	}
	if sel != nil {
		i := sel.fired
		if v, done, err := s.fired(t, &cases[i]); done {
			sel.end()
			return i, v, err
		}
		sel.seats[i].again = true
	} else if err := t.CheckCancel(); err != nil {
		return 0, core.Value{}, err
	}
	var few [8]int
	ready := few[:0]
	for i := range cases {
		if cases[i].ready() || sel != nil && sel.seats[i].due() {
			ready = append(ready, i)
		}
	}
	if len(ready) > 0 {
		i := ready[0]
		if len(ready) > 1 {
			i = ready[s.Pick(t, len(ready))]
		}
		if sel != nil {
			sel.end()
		}
		v, err := s.perform(t, &cases[i])
		return i, v, err
	}
	if def {
		return -1, core.Nothing(), nil
	}
	if err := t.CheckCancel(); err != nil { // cancelled since it was woken in vain
		sel.end()
		return 0, core.Value{}, err
	}
	s.parkSelect(t, cases)
	return 0, core.Value{}, ErrRetry
}

// fired looks at the case that woke t; done if it has happened.
func (s *Scheduler) fired(t *Task, c *Case) (v core.Value, done bool, err error) {
	v = t.Result
	roused := c.Chan != nil && v == core.ToValue(&c.Chan.room)
	if c.Kind == CasePut {
		t.forgetRousing()
	}
	t.Result = core.Nothing()
	switch c.Kind {
	case CaseTake:
		if c.Chan.Cap == 0 {
			return v, true, nil // handed over
		}
	case CasePut:
		if !roused {
			return c.Value, true, nil // taken out of the seat's hands
		}
	case CaseQueue:
		return v, true, nil
	case CaseEvent, CaseAfter, CaseTimer:
		return core.Nothing(), true, nil
	}
	if !c.ready() {
		return v, false, nil
	}
	v, err = s.perform(t, c)
	return v, true, err
}

// ready reports whether the operation would not wait.
func (c *Case) ready() bool {
	ch := c.Chan
	switch c.Kind {
	case CaseTake:
		if ch.Cap == 0 {
			return ch.Closed || ch.Putters.Head != nil
		}
		return ch.n > 0 || ch.Closed
	case CasePut:
		if ch.Cap == 0 {
			return ch.Closed || ch.Takers.Head != nil
		}
		return ch.n < ch.Cap || ch.Closed
	case CaseFetch:
		return ch.n > 0 || ch.Closed
	case CaseReady:
		return ch.Avail() > 0 || ch.Closed
	case CaseTask:
		return c.Task.State != Runnable
	case CaseEvent:
		return c.Event.IsSet()
	case CaseTimer:
		return c.Timer.Fired || c.Timer.Closed
	case CaseAfter:
		return c.Delay <= 0
	}
	return false
}

// perform does what ready said is possible.
func (s *Scheduler) perform(t *Task, c *Case) (core.Value, error) {
	ch := c.Chan
	switch c.Kind {
	case CaseTake:
		switch {
		case ch.Cap == 0 && !ch.Closed:
			return ch.takeFromPutter(), nil
		case ch.n == 0 || ch.Cap == 0:
			return core.Value{}, ch.closedErr()
		}
		v := ch.Pop()
		ch.wakePutter()
		return v, nil
	case CasePut:
		switch {
		case ch.Closed:
			return core.Value{}, ch.closedErr()
		case ch.Cap == 0:
			s.Wake(ch.Takers.Pop(), c.Value)
			return c.Value, nil
		}
		return ch.Put(t, c.Value)
	case CaseFetch, CaseReady:
		if c.Kind == CaseFetch && ch.n > 0 {
			return ch.buf[ch.head], nil
		}
		if ch.Avail() == 0 {
			return core.Value{}, ch.closedErr()
		}
	case CaseEvent:
		c.Event.Pass()
	case CaseTimer:
		_, err := c.Timer.Wait(t)
		return core.Nothing(), err
	}
	return core.Nothing(), nil
}

// takeFromPutter takes the item of the first task that waits to put, which goes on
// as if it had handed the item over.
func (c *Channel) takeFromPutter() core.Value {
	w := c.Putters.Head
	v := w.Result
	c.sched.Wake(w, core.ToValue(&c.sched.taken))
	return v
}

// parkSelect seats t in the queues of all cases.
func (s *Scheduler) parkSelect(t *Task, cases []Case) {
	x := t.Extra()
	sel := x.Select
	if sel == nil {
		if sel = x.spare; sel == nil || len(sel.seats) != len(cases) {
			sel = &Select{task: t, seats: make([]seat, len(cases))}
			sel.queue.Kind = WaitSelect
			sel.cancel = sel.end
		}
		x.Select, x.spare = sel, nil
	}
	for i := range cases {
		c, w := &cases[i], &sel.seats[i]
		if w.in == nil {
			w.Type, w.Origin, w.ID, w.Started = t.Type, t.Origin, t.ID, true
			w.in, w.index = sel, i
			w.Ext = &Ext{seat: w}
		}
		if w.Scope = t.Scope; c.Kind == CaseAfter && w.timer == nil {
			w.timer = s.newTimer(t, c.Delay)
			w.timer.sleeper = &w.Task
			w.timer.Waiters.Kind = WaitSleep
		}
		w.wait(c)
	}
	sel.fired = -1
	sel.queue.Push(t)
	t.Ext.Cancel = sel.cancel
}

// wait puts the seat where its case waits.
func (w *seat) wait(c *Case) {
	var q *Queue
	switch c.Kind {
	case CaseTake:
		q = &c.Chan.Takers
	case CasePut:
		c.Chan.notifyWaiters()
		w.Result = c.Value
		q = &c.Chan.Putters
	case CaseFetch, CaseReady:
		q = &c.Chan.Waiters
	case CaseTask:
		q = c.Task.WaitersOf()
	case CaseQueue:
		q = c.Queue
	case CaseEvent:
		q = c.Event.Waiters()
	case CaseTimer:
		q = &c.Timer.Waiters
	case CaseAfter:
		q = &w.timer.Waiters
	default:
		return
	}
	if w.again && c.Kind == CaseTake {
		q.PushFront(&w.Task)
	} else {
		q.Push(&w.Task)
	}
	w.again = false
}

// wakeSeat wakes the task that the seat w belongs to, as w was to be woken.
func (s *Scheduler) wakeSeat(w *seat, v core.Value) {
	sel := w.in
	err := w.TakeErr()
	w.Result = core.Nothing()
	sel.rise()
	if err != nil {
		s.WakeErr(sel.task, err)
		return
	}
	sel.fired = w.index
	sel.task.Ext.Cancel = sel.cancel
	s.Wake(sel.task, v)
}

// rise takes all seats out of their queues.
func (sel *Select) rise() {
	for i := range sel.seats {
		if w := &sel.seats[i]; w.Queue != nil {
			w.Queue.Remove(&w.Task)
		}
	}
}

// end ends the select: one case has happened, or the task is woken by an exception.
func (sel *Select) end() {
	sel.rise()
	for i := range sel.seats {
		w := &sel.seats[i]
		if w.timer != nil {
			w.timer.disarm()
		}
		w.timer, w.again, w.Result = nil, false, core.Value{}
	}
	x := sel.task.Ext
	x.Select, x.Cancel, x.spare = nil, nil, sel
}

// due reports whether the time that the seat waited for has come while the task
// was looking elsewhere.
func (w *seat) due() bool { return w.timer != nil && w.timer.index < 0 }

// words says what the task waits for, one case after the other.
func (sel *Select) words(s *Scheduler) string {
	var parts []string
	for i := range sel.seats {
		if w := &sel.seats[i]; w.Queue != nil {
			parts = append(parts, s.waitsFor(&w.Task))
		}
	}
	if len(parts) == 0 {
		return "a select without cases that could happen"
	}
	return fmt.Sprintf("one of: %s", strings.Join(parts, "; "))
}
