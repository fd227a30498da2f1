// Package model is a simple reference for tasks, channels, conditions, events, locks
// and timers, as Julia has them on one thread: it says what a program does, step by
// step. Tests compare it with the system and with a real Julia.
//
// The system differs from Julia 1.5 in three things. A putter that is woken because
// there is room looks again whether the channel was closed meanwhile, as since Julia
// 1.8. An item wakes one taker and not all of them, so that who came first gets it; a
// taker that others overtook waits in front. The same holds for an unlocked lock.
package model

// This file has the scheduler and the objects; programs are in program.go.

import (
	"fmt"
	"iter"
	"slices"
)

// task is one task of a program: a coroutine.
type task struct {
	name  int
	next  func() (struct{}, bool)
	stop  func()
	yield func(struct{}) bool
	seats []*seat // where it waits
	val   any     // what woke it
	err   string
	fired int // the number of the seat that woke it
	ready bool
	begun bool
	done  bool
	fail  bool
	token *channel // it was woken to look at a channel: as a taker or as a putter
	asPut bool
	waits []*task // for its end
}

// seat is a place in a wait queue.
type seat struct {
	t     *task
	index int
	put   int // the item of a putter
}

type channel struct {
	capacity int // -1: no limit
	items    []int
	closed   string // "" while open, else the error
	takers   []*seat
	putters  []*seat
	roused   int // putters woken that have not looked yet
}

type timer struct {
	when, seq int
	t         *task
	s         *seat // of a select
	gone      bool
}

// world is a run of a program.
type world struct {
	ready  []*task
	cur    *task
	now    int
	seq    int
	timers []*timer
	log    []string
	old    bool     // as Julia 1.5 does
	actual []string // what the system logged: it tells which of several cases was chosen

	channels []*channel
	conds    [][]*seat
	events   []event
	locks    []lock
	tasks    []*task // 0 is the main task
	closers  []*task // of bound channels
}

type event struct {
	set   bool
	queue []*seat
}

type lock struct {
	by    *task
	queue []*seat
}

// ended is thrown in the coroutine of a task that is dropped.
type ended struct{}

// park leaves the running task until it is made ready.
func (w *world) park() {
	if !w.cur.yield(struct{}{}) {
		panic(ended{})
	}
}

// enqueue makes t ready.
func (w *world) enqueue(t *task) {
	t.ready = true
	w.ready = append(w.ready, t)
}

func (w *world) yieldNow() {
	w.enqueue(w.cur)
	w.park()
}

// waitIn waits in queues, one seat in each, until one is woken.
func (w *world) waitIn(qs ...*[]*seat) (any, string) {
	for i, q := range qs {
		w.sit(&seat{t: w.cur, index: i}, q, false)
	}
	return w.rest()
}

func (w *world) sit(s *seat, q *[]*seat, front bool) {
	s.t.seats = append(s.t.seats, s)
	if front {
		*q = slices.Insert(*q, 0, s)
	} else {
		*q = append(*q, s)
	}
}

func (w *world) rest() (any, string) {
	w.park()
	t := w.cur
	v, err := t.val, t.err
	t.val, t.err = nil, ""
	return v, err
}

// queues lists all wait queues.
func (w *world) queues() (qs []*[]*seat) {
	for _, c := range w.channels {
		qs = append(qs, &c.takers, &c.putters)
	}
	for i := range w.conds {
		qs = append(qs, &w.conds[i])
	}
	for i := range w.events {
		qs = append(qs, &w.events[i].queue)
	}
	for i := range w.locks {
		qs = append(qs, &w.locks[i].queue)
	}
	return qs
}

// leave takes all seats of t out of their queues.
func (w *world) leave(t *task) {
	if len(t.seats) == 0 {
		return
	}
	for _, q := range w.queues() {
		*q = slices.DeleteFunc(*q, func(s *seat) bool { return s.t == t })
	}
	for _, o := range w.tasks {
		o.waits = slices.DeleteFunc(o.waits, func(x *task) bool { return x == t })
	}
	t.seats = nil
}

// wake makes the task of a seat ready, with a value or an error.
func (w *world) wake(s *seat, v any, err string) {
	t := s.t
	w.leave(t)
	t.val, t.err, t.fired = v, err, s.index
	w.enqueue(t)
}

// throwInto throws an error into a task that waits or is ready.
func (w *world) throwInto(t *task, err string) {
	c, asPut := t.token, t.asPut
	t.token = nil
	w.leave(t)
	if t.ready {
		w.ready = slices.DeleteFunc(w.ready, func(x *task) bool { return x == t })
	}
	for _, tm := range w.timers {
		if tm.t == t {
			tm.gone = true
		}
	}
	switch { // what it was woken for is the next one's
	case c != nil && asPut:
		c.roused--
		if !c.full() || len(c.takers) > 0 {
			w.rousePutter(c)
		}
	case c != nil && len(c.items) > 0:
		w.rouseTaker(c)
	}
	t.val, t.err = nil, err
	w.enqueue(t)
}

func (w *world) rousePutter(c *channel) {
	if len(c.putters) > 0 {
		t := c.putters[0].t
		w.wake(c.putters[0], nil, "")
		c.roused++
		t.token, t.asPut = c, true
	}
}

func (w *world) rouseTaker(c *channel) {
	if len(c.takers) > 0 {
		t := c.takers[0].t
		w.wake(c.takers[0], nil, "")
		t.token, t.asPut = c, false
	}
}

// look ends the state of having been woken to look at a channel.
func (w *world) look() {
	if c := w.cur.token; c != nil {
		if w.cur.asPut {
			c.roused--
		}
		w.cur.token = nil
	}
}

func (c *channel) full() bool { return c.capacity >= 0 && len(c.items) >= c.capacity }

// taken is what wakes a putter whose item was taken out of its hands.
type taken struct{}

func (w *world) put(c *channel, v int) string {
	woken := false
	for {
		switch {
		case c.closed != "" && !(w.old && woken && c.capacity != 0 && !c.full()):
			return c.closed
		case c.capacity == 0 && len(c.takers) > 0:
			w.wake(c.takers[0], v, "")
			w.yieldNow()
			if err := w.cur.err; err != "" {
				w.cur.err = ""
				return err
			}
			return ""
		case c.capacity != 0 && !c.full():
			c.items = append(c.items, v)
			w.rouseTaker(c)
			for w.old && len(c.takers) > 0 {
				w.rouseTaker(c)
			}
			return ""
		}
		w.sit(&seat{t: w.cur, put: v}, &c.putters, false)
		got, err := w.rest()
		if err != "" {
			return err
		}
		w.look()
		woken = true
		if got == (taken{}) {
			return ""
		}
	}
}

func (w *world) take(c *channel) (int, string) {
	if c.capacity == 0 {
		if c.closed != "" {
			return 0, c.closed
		}
		w.rousePutter(c)
		v, err := w.waitIn(&c.takers)
		if err != "" {
			return 0, err
		}
		return v.(int), ""
	}
	front := false
	for len(c.items) == 0 {
		if c.closed != "" {
			return 0, c.closed
		}
		w.sit(&seat{t: w.cur}, &c.takers, front)
		if _, err := w.rest(); err != "" {
			return 0, err
		}
		w.look()
		front = !w.old
	}
	return w.pop(c), ""
}

func (w *world) pop(c *channel) int {
	v := c.items[0]
	c.items = c.items[1:]
	w.rousePutter(c)
	return v
}

func (w *world) closeChannel(c *channel, err string) {
	c.closed = err
	for len(c.takers) > 0 {
		w.wake(c.takers[0], nil, err)
	}
	for len(c.putters) > 0 {
		w.wake(c.putters[0], nil, err)
	}
}

func (c *channel) avail() int { return len(c.items) + len(c.putters) + c.roused }

func (w *world) acquire(l *lock) string {
	for l.by != nil {
		if _, err := w.waitIn(&l.queue); err != "" {
			return err
		}
	}
	l.by = w.cur
	return ""
}

func (w *world) release(l *lock) {
	l.by = nil
	for len(l.queue) > 0 {
		w.wake(l.queue[0], nil, "")
		if !w.old {
			break
		}
	}
}

// finish ends the running task.
func (w *world) finish(fail bool) {
	t := w.cur
	t.done, t.fail = true, fail
	for len(t.waits) > 0 {
		x := t.waits[0]
		t.waits = t.waits[1:]
		if x.begun {
			w.wake(&seat{t: x}, nil, "")
		} else {
			w.enqueue(x)
		}
	}
}

// bind has a task of its own close c when t has ended.
func (w *world) bind(c *channel, t *task) {
	closer := w.coroutine(0, func() {
		if c.closed != "" {
			return
		}
		if t.fail {
			w.closeChannel(c, "failed")
		} else {
			w.closeChannel(c, "closed")
		}
	})
	w.closers = append(w.closers, closer)
	if t.done {
		w.enqueue(closer)
	} else {
		t.waits = append(t.waits, closer)
	}
}

// sleep arms a timer for the running task, or for a seat of it.
func (w *world) arm(d int, s *seat) *timer {
	w.seq++
	tm := &timer{when: w.now + d, seq: w.seq, t: w.cur, s: s}
	w.timers = append(w.timers, tm)
	return tm
}

// fire lets time go on to the next timer; false if there is none.
func (w *world) fire() bool {
	w.timers = slices.DeleteFunc(w.timers, func(t *timer) bool { return t.gone })
	if len(w.timers) == 0 {
		return false
	}
	slices.SortFunc(w.timers, func(a, b *timer) int {
		if a.when != b.when {
			return a.when - b.when
		}
		return a.seq - b.seq
	})
	w.now = w.timers[0].when
	for len(w.timers) > 0 && w.timers[0].when <= w.now {
		tm := w.timers[0]
		w.timers = w.timers[1:]
		if tm.gone {
			continue
		}
		tm.gone = true
		switch {
		case tm.s == nil:
			w.wake(&seat{t: tm.t}, nil, "")
		case len(tm.t.seats) > 0: // its select still waits
			w.wake(tm.s, nil, "")
		}
	}
	return true
}

func (w *world) note(t *task, what string) { w.log = append(w.log, fmt.Sprintf("%d:%s", t.name, what)) }

// start makes a task of a function.
func (w *world) start(name int, f func()) {
	t := w.coroutine(name, f)
	w.tasks = append(w.tasks, t)
	w.enqueue(t)
}

func (w *world) coroutine(name int, f func()) *task {
	t := &task{name: name}
	t.next, t.stop = iter.Pull(func(yield func(struct{}) bool) {
		defer func() {
			if r := recover(); r != nil && r != any(ended{}) {
				panic(r)
			}
		}()
		t.yield, t.begun = yield, true
		if t.err == "" {
			f()
			return
		}
		w.finish(true) // it was thrown into before it began
	})
	return t
}

// run runs until the main task has ended.
func (w *world) run() {
	main := w.tasks[0]
	for !main.done {
		if len(w.ready) == 0 {
			if !w.fire() {
				panic("model: the main task waits for ever")
			}
			continue
		}
		t := w.ready[0]
		w.ready = w.ready[1:]
		t.ready = false
		w.cur = t
		t.next()
	}
	for _, t := range slices.Concat(w.tasks, w.closers) {
		t.stop()
	}
}
