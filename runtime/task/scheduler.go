package task

import (
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"weft/runtime/core"
)

// Status says why an engine came back.
type Status uint8

// The reasons.
const (
	Ended  Status = iota // the task ended: Finish has been called
	Waits                // it parked
	Sliced               // its slice is over: it is runnable and not queued
)

// Engine runs language code.
type Engine interface {
	// Run advances t until it ends, parks or its slice is over. It may go on with other tasks from Scheduler.NextReady when t
	// ends or parks, and returns the status of the last.
	Run(t *Task) Status
	// Site names a place in code for people; see Task.Spawn.
	Site(code unsafe.Pointer, pc uint32) (function, file string, line int)
	// Here is the place in the user's code that the primitive t is running was
	// called from; see Task.Spawn.
	Here(t *Task) (code unsafe.Pointer, pc uint32)
	// Limit sets how many back edges and calls tasks, t first, may run before others
	// get a turn; 0 stands for as many as usual.
	Limit(t *Task, n int64)
	// Slots visits the values that t's frames hold, or only those of functions
	// outside Core and Base.
	Slots(t *Task, outside bool, visit func(core.Value))
	// Codes visits the functions of programs in whose frames t stands.
	Codes(t *Task, visit func(code unsafe.Pointer))
	// Uses visits the values and globals that a function's code names, and reports whether
	// that is all it can get at besides what it is given.
	Uses(code unsafe.Pointer, value func(core.Value), global func(*core.Binding)) bool
	// Body is the function of a method; nil if it has none, or one for each call.
	Body(m *core.Method) unsafe.Pointer
	// Tidy lets go of what t, which has begun, holds without need.
	Tidy(t *Task)
	// Where names the place in the user's code at which t stands.
	Where(t *Task) (function, file string, line int)
}

// Scheduler owns the tasks of one system.
type Scheduler struct {
	random core.Value // the state of the random generator of tasks that no task has made
	RT     *core.Runtime
	Clock  Clock
	Engine Engine

	Current *Task // the running task
	Root    *Task // Base.roottask: the foreground task, if any

	// Foreground reports whether t is a task whose waiting for ever is an error
	// (a cell's or the program's main task).
	Foreground map[*Task]bool

	// Beside has a foreground task that nothing can wake told so while other things go on as
	// well. A program may wait for ever so that its servers run on; cells need not.
	Beside bool

	// Watch, if not nil, looks at what has changed: when nothing can run (idle), and
	// from time to time while something does. It may schedule tasks.
	Watch func(idle bool)
	// Lost, if not nil, is told of each task that fails while nobody waits for it.
	Lost func(t *Task)

	ready     Queue
	crews     [2]*Crew         // of the last two cells
	cuts      []*Task          // those of ready that were stopped between two places where they wait
	halting   bool             // perhaps one of ready is halted
	unheard   map[*Task]uint32 // those that are to be abandoned, and their turns when that was said
	timers    timerHeap
	external  int // outside operations under way that will post
	nextID    uint64
	nextTimer uint64
	origin    *Origin // of the task made last
	spare     *Queue  // of the waiters of a task that has ended, for the next
	tasks     *Task   // newest of the list of live tasks
	Live      int     // its length
	turns     int     // switches since the last look at timers and inbox
	book      book
	bubbles   bubbles
	search    search // for a deadlock of the foreground beside what others do
	taken     Queue  // only its address: the token of a putter whose item was taken out of its hands

	interrupted atomic.Bool
	posted      atomic.Bool
	pressing    atomic.Bool // the scheduler is to be given a look soon, see Pressing
	alarm       *time.Timer // sets pressing when a slice has taken long
	mu          sync.Mutex
	inbox       []func()
	woken       chan struct{}
	stopped     bool
}

// NewScheduler makes a scheduler with no tasks.
func NewScheduler(rt *core.Runtime, clock Clock) *Scheduler {
	s := &Scheduler{RT: rt, Clock: clock, woken: make(chan struct{}, 1), Foreground: map[*Task]bool{}}
	s.ready.Kind = WaitReady
	s.taken.Type = QueueType
	s.alarm = time.AfterFunc(longestSlice, func() { s.pressing.Store(true) })
	return s
}

// NewTask makes a task that will call code without arguments. It inherits the
// scope of the task that makes it; it is not scheduled.
func (s *Scheduler) NewTask(code core.Value, from *Task) *Task {
	s.nextID++
	t := &Task{Type: core.TaskType, ID: s.nextID, Sticky: true, Result: core.Nothing()}
	t.Unstack(code)
	if from != nil {
		t.Scope, t.World = from.Scope, from.World
		t.Origin = s.originAt(from)
		if r := splitRandom(from); r.P != nil {
			t.SetRandom(r)
		}
	} else {
		t.Scope, t.World = &Scope{}, s.RT.World
		t.Origin = &Origin{Sched: s}
	}
	if s.book.exact > 0 {
		t.Extra().timed = true
	}
	return t
}

// originAt is the origin of a task that the running task spawns where it stands.
func (s *Scheduler) originAt(by *Task) *Origin {
	code, pc := s.Engine.Here(by)
	o := s.origin
	if o == nil || o.Parent != by.ID || o.Spawn != code || o.SpawnPC != pc {
		o = &Origin{Sched: s, Parent: by.ID, Spawn: code, SpawnPC: pc}
		if up := by.Origin; up != nil && up.Spawn != nil && up.depth < maxOrigins {
			o.Up, o.depth = up, up.depth+1
		}
		s.origin = o
	}
	return o
}

// Schedule puts a task at the end of the run queue.
func (s *Scheduler) Schedule(t *Task) {
	if !s.Known(t) {
		s.remember(t)
	}
	s.ready.Push(t)
}

// Known reports whether t was started and has not ended.
func (s *Scheduler) Known(t *Task) bool { return t.Before != nil || s.tasks == t }

// remember puts t into the list of tasks that were started and have not ended.
func (s *Scheduler) remember(t *Task) {
	t.Since = s.book.tick
	if t.Ext != nil && t.Ext.timed && t.Ext.first == 0 {
		t.Ext.first = s.Clock.Now()
	}
	if t.Hidden {
		return
	}
	t.After = s.tasks
	if s.tasks != nil {
		s.tasks.Before = t
	}
	s.tasks = t
	s.Live++
}

func (s *Scheduler) forget(t *Task) {
	if !s.Known(t) {
		return
	}
	if t.Before == nil {
		s.tasks = t.After
	} else {
		t.Before.After = t.After
	}
	if t.After != nil {
		t.After.Before = t.Before
	}
	t.After, t.Before = nil, nil
	s.Live--
}

// Tasks lists the tasks that were scheduled and have not ended, oldest first.
func (s *Scheduler) Tasks() []*Task {
	out := make([]*Task, s.Live)
	i := s.Live
	for t := s.tasks; t != nil; t = t.After {
		i--
		out[i] = t
	}
	return out
}

// Wake delivers v to a task that is parked (in a wait queue or in none) and
// makes it runnable.
func (s *Scheduler) Wake(t *Task, v core.Value) {
	if q := t.Queue; q != nil {
		q.Remove(t)
		if q.Kind == WaitSleep && q.Owner.P != nil {
			core.As[Timer](q.Owner).disarm() // something else may wake it
		}
	}
	if !s.Known(t) {
		if t.Ext != nil && t.Ext.seat != nil {
			s.wakeSeat(t.Ext.seat, v)
			return
		}
		s.remember(t)
	}
	t.Result = v
	s.ready.Push(t)
}

// WakeErr is Wake with an exception to be thrown in the task.
func (s *Scheduler) WakeErr(t *Task, err error) {
	t.passOn()
	if q := t.Queue; q != nil && q.Kind == WaitSleep && q.Owner.P != nil {
		core.As[Timer](q.Owner).disarm()
	}
	if c := t.Extra().Cancel; c != nil {
		t.Ext.Cancel = nil
		c()
	}
	t.Ext.Err = err
	s.Wake(t, core.Nothing())
}

// Halt is WakeErr with an interrupt, a cancellation or a timeout, for which t gets its turn before
// tasks of its cell that were cut off.
func (s *Scheduler) Halt(t *Task, err error) {
	t.Extra().halted = true
	s.halting = true
	s.WakeErr(t, err)
}

// TakeErr returns the exception to be thrown in t, if any, and forgets it.
func (t *Task) TakeErr() error {
	if !t.HasErr() {
		return nil
	}
	err := t.Ext.Err
	t.Ext.Err, t.Ext.halted = nil, false
	return err
}

// Park puts the running task into q. The primitive returns ErrParked after it.
func (s *Scheduler) Park(t *Task, q *Queue) (core.Value, error) {
	q.Push(t)
	return core.Value{}, ErrParked
}

// Yield puts the running task at the end of the run queue. The primitive
// returns what Yield returns; its value will be v.
func (s *Scheduler) Yield(t *Task, v core.Value) (core.Value, error) {
	t.Result = v
	s.ready.Push(t)
	return core.Value{}, ErrParked
}

// turnsPerLook is how many switches there may be between two looks at timers and
// inbox.
const turnsPerLook = 64

// NextReady takes the next runnable task off the run queue, for an engine that
// switches by itself. It returns nil when there is none or when it is time to
// look at timers and the inbox: then the engine returns to the scheduler.
func (s *Scheduler) NextReady() *Task {
	s.turns++
	if s.turns >= turnsPerLook || s.posted.Load() || s.interrupted.Load() {
		return nil
	}
	t := s.pop()
	if t != nil {
		s.leave()
		s.Current = t
	}
	return t
}

// SwitchTo makes t the next task to run and delivers v to it. The caller parks
// or queues the running task.
func (s *Scheduler) SwitchTo(t *Task, v core.Value) {
	if t.Queue != nil {
		t.Queue.Remove(t)
	}
	if !s.Known(t) {
		s.remember(t)
	}
	t.Result = v
	s.ready.PushFront(t)
	s.bubbles.next = t
}

// SwitchNow makes u the running task at once and delivers v to it, if nothing else is to be
// looked at before; whether it did. The running task t waits in no queue then.
func (s *Scheduler) SwitchNow(t, u *Task, v core.Value) bool {
	if u.Queue != nil || u == t || !u.Started || u.State != Runnable || !s.Known(u) || u.HasErr() || !t.mayWait() ||
		s.turns+1 >= turnsPerLook || s.posted.Load() || s.interrupted.Load() || len(s.cuts)+len(s.unheard) > 0 {
		return false
	}
	s.turns++
	u.Result = v
	s.leave()
	s.Current = u
	return true
}

// IsReady reports whether t stands in the run queue.
func (s *Scheduler) IsReady(t *Task) bool { return t.Queue == &s.ready }

// Finish ends t with a value (ok) or an exception and wakes those who wait for it.
func (s *Scheduler) Finish(t *Task, result core.Value, ok bool) {
	if ok {
		s.end(t, result, Done)
	} else {
		s.end(t, result, Failed)
	}
}

// end is Finish with the state that t comes to.
func (s *Scheduler) end(t *Task, result core.Value, state State) {
	ok := state == Done
	t.Result, t.State = result, state
	s.forget(t)
	if !ok && s.Lost != nil && !s.heeded(t) {
		s.Lost(t)
	}
	if q := t.Waiters; q != nil {
		for w := q.Head; w != nil; w = q.Head {
			s.Wake(w, core.MakeBool(!ok))
		}
		t.Waiters = nil
		q.Owner = core.Value{}
		s.spare = q
	}
	if e := t.Ext; e != nil {
		if e.timed {
			e.ended = s.Clock.Now()
		}
		for _, f := range e.OnDone {
			f(t)
		}
		e.OnDone, e.Excs = nil, nil
	}
}

// Begin notes that an outside operation is under way, so that waiting for it is
// no deadlock. The function it returns posts the operation's end: f runs with
// the baton held. It may be called from any goroutine, once.
func (s *Scheduler) Begin() func(f func()) {
	s.external++
	release := s.hold(s.Current)
	return func(f func()) {
		s.Post(func() {
			s.external--
			release()
			f()
		})
	}
}

// Post has f called soon with the baton held. Any goroutine may call it.
func (s *Scheduler) Post(f func()) {
	s.mu.Lock()
	s.inbox = append(s.inbox, f)
	s.posted.Store(true)
	s.pressing.Store(true)
	s.mu.Unlock()
	s.wake()
}

func (s *Scheduler) wake() {
	select {
	case s.woken <- struct{}{}:
	default:
	}
}

// Interrupt asks the running foreground task to stop; the engine or the
// scheduler throws InterruptException into it. Any goroutine may call it.
func (s *Scheduler) Interrupt() {
	s.interrupted.Store(true)
	s.pressing.Store(true)
	s.wake()
}

// longestSlice is how long a task may run, in primitives that take long, before timers
// and the inbox are looked at.
const longestSlice = 10 * time.Millisecond

// Pressing reports whether a slice is to end with the next back edge or call, because
// something has been posted or the slice has taken long. Engines ask after primitives,
// of which a slice's ten thousand may take any time; where a choice decides when tasks
// change, only an interrupt is pressing.
func (s *Scheduler) Pressing() bool {
	return s.pressing.Load() && (s.bubbles.choosers == 0 || s.interrupted.Load())
}

// TakeStop is asked by primitives that take long: it gives the InterruptException for
// t, the running task, if it is to stop. The interrupt then counts as delivered.
func (s *Scheduler) TakeStop(t *Task) error {
	if s.interrupted.Load() && s.TakeInterrupt(t) {
		return core.Err("InterruptException")
	}
	return nil
}

// Interrupted reports whether an interrupt is pending.
func (s *Scheduler) Interrupted() bool { return s.interrupted.Load() }

// TakeInterrupt reports and clears a pending interrupt if t is the task that
// it is meant for: a foreground task.
func (s *Scheduler) TakeInterrupt(t *Task) bool {
	return s.Foreground[t] && s.interrupted.CompareAndSwap(true, false)
}

// Poll runs what has been posted, fires timers that are due and delivers a
// pending interrupt to a waiting foreground task. Engines call it in nested loops.
func (s *Scheduler) Poll() {
	s.turns = s.bubbles.turns
	if s.pressing.Load() {
		s.pressing.Store(false)
		s.alarm.Reset(longestSlice)
	}
	if s.posted.Load() {
		s.mu.Lock()
		in := s.inbox
		s.inbox = nil
		s.posted.Store(false)
		s.mu.Unlock()
		for _, f := range in {
			f()
		}
	}
	now := s.Clock.Now()
	s.note(now)
	if s.Watch != nil {
		s.watchNow()
	}
	if len(s.timers) > 0 {
		s.fireTimers(now)
	}
	if s.interrupted.Load() {
		s.interruptWaiting()
	}
	if s.Current == nil && now >= s.search.look && s.ready.Len > 0 {
		s.searchDeadlock() // what runs may go on for ever
	}
	if len(s.bubbles.open) > 0 {
		s.lookAtBubbles()
	}
}

// interruptWaiting throws the interrupt into a foreground task that waits or is
// queued; a running one sees the flag itself.
func (s *Scheduler) interruptWaiting() {
	for t := range s.Foreground {
		if t.State == Runnable && t != s.Current && s.TakeInterrupt(t) {
			s.Halt(t, core.Err("InterruptException"))
			return
		}
	}
	if len(s.Foreground) == 0 {
		s.interrupted.Store(false)
	}
}

// Stop makes Run return soon. Any goroutine may call it.
func (s *Scheduler) Stop() { s.Post(func() { s.stopped = true }) }

// Run holds the baton and runs tasks until until() is true or Stop. It waits for
// timers and outside events when no task can run.
func (s *Scheduler) Run(until func() bool) {
	for !s.stopped && !until() {
		s.Poll()
		if s.stopped || until() {
			return
		}
		if !s.Step() {
			s.idle()
		}
	}
}

// Step runs the next ready task for a while; false if there is none.
func (s *Scheduler) Step() bool {
	if s.bubbles.choosers > 0 {
		return s.stepByChoice()
	}
	t := s.pop()
	if t == nil {
		return false
	}
	s.Current = t
	if s.Engine.Run(t) == Sliced {
		if s.bubbles.choosers > 0 && s.chooser(s.Current) != nil { // it has opened a bubble, in which only waiting gives others a turn
			s.goOn(s.Current)
		} else {
			s.cut(s.Current)
		}
	}
	s.leave()
	s.Current = nil
	return true
}

// idle waits for what may happen next; if nothing ever can and a foreground task
// waits, that is a deadlock.
func (s *Scheduler) idle() {
	defer s.rested()
	if s.Watch != nil {
		if s.Watch(true); s.ready.Len > 0 {
			return
		}
	}
	if len(s.timers) == 0 && s.external == 0 {
		if s.posted.Load() || !s.breakDeadlock() {
			s.Clock.Wait(-1, s.woken)
		}
		return
	}
	if s.searchDeadlock() {
		return
	}
	until := int64(-1)
	if _, virtual := s.Clock.(*VirtualClock); len(s.timers) > 0 && (!virtual || s.external == 0) {
		until = s.timers[0].when
	} else if virtual {
		s.Clock.Wait(-1, s.woken) // for what is outside
		return
	}
	if next := s.search.next; next > 0 && (until < 0 || next < until) {
		until = next
	}
	s.Clock.Wait(until, s.woken)
}

// Ready reports whether a task could run at once.
func (s *Scheduler) Ready() bool { return s.ready.Len > 0 }

// Quiet reports whether nothing will happen by itself: no task that runs, in a nested
// loop perhaps, or could run, no timer, no outside operation.
func (s *Scheduler) Quiet() bool {
	return s.Current == nil && s.ready.Len == 0 && len(s.timers) == 0 && s.external == 0
}
