package task

import (
	"container/heap"
	"time"
	"unsafe"

	"weft/runtime/core"
)

// Timer fires once or repeatedly. It is the core of Julia's Timer and of sleep.
type Timer struct {
	Type     *core.DataType // TimerType
	when     int64
	interval int64
	index    int // in the heap; -1 when not armed
	seq      uint64
	sched    *Scheduler
	line     *Timeline         // of the bubble it was made in; nil: the scheduler's clock
	sleeper  *Task             // sleep: the task to wake
	action   func()            // what else is done when it fires, once
	target   [2]unsafe.Pointer // what action has to do with, a task and a source of cancellation
	Waiters  Queue             // Timer: tasks in wait(t)
	manual   bool              // fires only when told to, see Signal
	crew     *Crew             // of the task that told it last
	Fired    bool              // has fired and nobody waited for it yet
	Closed   bool
}

// TimerType is the type of a timer's core.
var TimerType = core.NewOpaque("TimerCore", core.Any, true)

// timerHeap orders timers by time, then by the order they were set in.
type timerHeap []*Timer

func (h timerHeap) Len() int { return len(h) }
func (h timerHeap) Less(i, j int) bool {
	return h[i].when < h[j].when || h[i].when == h[j].when && h[i].seq < h[j].seq
}
func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

// Push adds a *Timer; for container/heap.
func (h *timerHeap) Push(x any) {
	t := x.(*Timer)
	t.index = len(*h)
	*h = append(*h, t)
}

// Pop removes the last; for container/heap.
func (h *timerHeap) Pop() any {
	old := *h
	t := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	t.index = -1
	return t
}

// NewTimer arms a timer that fires after delay and then each interval (0: once).
// Both are in nanoseconds.
func (s *Scheduler) NewTimer(delay, interval int64) *Timer {
	t := s.newTimer(s.Current, delay)
	t.interval = interval
	t.Waiters.Kind, t.Waiters.Owner = WaitTimer, core.ToValue(t)
	return t
}

// NewSignal makes a timer that fires soon after each [Timer.Signal], until it is closed.
func (s *Scheduler) NewSignal() *Timer {
	t := &Timer{Type: TimerType, index: -1, sched: s, manual: true}
	t.Waiters.Kind, t.Waiters.Owner = WaitEvent, core.ToValue(t)
	return t
}

// Signal has t fire when the next task has had its turn; once, however often it is
// called before.
func (t *Timer) Signal() {
	if !t.Closed && t.index < 0 {
		if by := t.sched.Current; by != nil {
			t.crew = by.Scope.Crew
		}
		t.sched.arm(t, t.clock())
		t.sched.posted.Store(true)
	}
}

// newTimer arms a timer by the clock of the task that makes it.
func (s *Scheduler) newTimer(by *Task, delay int64) *Timer {
	t := &Timer{Type: TimerType, index: -1, sched: s, line: timelineOf(by)}
	s.arm(t, t.line.now(s)+delay)
	return t
}

// After calls f, with the baton held, when d nanoseconds have passed by t's clock;
// not if the timer is closed before. It ends u, and cancels c.
func (s *Scheduler) After(t *Task, d int64, u *Task, c *CancelSource, f func()) *Timer {
	tm := s.newTimer(t, d)
	tm.action, tm.target = f, [2]unsafe.Pointer{unsafe.Pointer(u), unsafe.Pointer(c)}
	return tm
}

func (s *Scheduler) arm(t *Timer, when int64) {
	s.nextTimer++
	t.when, t.seq = when, s.nextTimer
	heap.Push(t.heap(), t)
}

// clock is the time by which t is armed.
func (t *Timer) clock() int64 {
	if t.line != nil && !t.line.over {
		return t.line.at
	}
	return t.sched.Clock.Now()
}

// heap is the one that t stands in when armed.
func (t *Timer) heap() *timerHeap {
	if t.line != nil && !t.line.over {
		return &t.line.timers
	}
	return &t.sched.timers
}

// Sleep parks t for d nanoseconds.
func (s *Scheduler) Sleep(t *Task, d int64) (core.Value, error) {
	if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	tm := s.newTimer(t, d)
	tm.sleeper = t
	tm.Waiters.Kind, tm.Waiters.Owner = WaitSleep, core.ToValue(tm)
	return s.Park(t, &tm.Waiters)
}

// Close disarms the timer and wakes its waiters with EOFError.
func (t *Timer) Close() {
	if t.Closed {
		return
	}
	t.Closed = true
	t.disarm()
	for w := t.Waiters.Head; w != nil; w = t.Waiters.Head {
		t.sched.WakeErr(w, core.Err("EOFError"))
	}
}

// Left is how long the timer still runs; 0 if it is not armed.
func (t *Timer) Left() time.Duration {
	if t.index < 0 {
		return 0
	}
	return max(0, time.Duration(t.when-t.clock()))
}

func (t *Timer) disarm() {
	if t.index >= 0 {
		heap.Remove(t.heap(), t.index)
	}
}

// Wait parks w until the timer fires. A firing that nobody waited for counts.
func (t *Timer) Wait(w *Task) (core.Value, error) {
	if err := w.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	if t.Fired {
		t.Fired = false
		return core.MakeBool(true), nil
	}
	if t.Closed {
		return core.Value{}, core.Err("EOFError")
	}
	return t.sched.Park(w, &t.Waiters)
}

// fireTimers fires all timers of the scheduler's clock that are due, in order.
func (s *Scheduler) fireTimers(now int64) { s.fire(&s.timers, now) }

func (s *Scheduler) fire(h *timerHeap, now int64) {
	for len(*h) > 0 && (*h)[0].when <= now {
		t := heap.Pop(h).(*Timer)
		if t.manual && s.midway(t.crew) {
			s.arm(t, now+1) // the task that told it may tell it again before others have a turn
			continue
		}
		if t.line != nil && t.line.deck != nil {
			t.line.deck.fired(now)
		}
		if t.action != nil {
			t.action()
			continue
		}
		if t.sleeper != nil {
			// The sleeper may have been taken out of the queue by an interrupt or schedule.
			if t.sleeper.Queue == &t.Waiters {
				s.Wake(t.sleeper, core.Nothing())
			}
			continue
		}
		if t.manual {
			// open until it is closed
		} else if t.interval > 0 {
			next := t.when + t.interval
			if next <= now {
				next = now + t.interval - (now-t.when)%t.interval
			}
			s.arm(t, next)
		} else {
			t.Closed = true
		}
		t.Fired = t.Waiters.Head == nil
		for w := t.Waiters.Head; w != nil; w = t.Waiters.Head {
			s.Wake(w, core.MakeBool(true))
		}
	}
}
