// Package task is the scheduler: tasks, wait queues, channels' core, timers and
// the clock. It runs no language code itself: an [Engine] advances a task until
// it ends, parks or its time slice is over.
//
// One goroutine at a time holds the baton and runs language code (Scheduler.Run).
// Everything here is called with the baton held, except [Scheduler.Post] and
// [Scheduler.Interrupt], which any goroutine may call.
//
// A task is plain data: its frames stand on its own heap stack, its place in a
// wait queue is a link. Nothing of it is on a Go stack.
package task

import (
	"errors"
	"unsafe"

	"weft/runtime/core"
)

// Fn is a primitive: a leaf function. It returns a value, or an error that
// becomes a Julia exception (*core.Throw, *core.NamedError, any other error an
// ErrorException), or ErrParked or ErrRetry.
type Fn func(t *Task, a []core.Value) (core.Value, error)

// ErrParked is returned by a primitive that has put the task on a wait queue or
// back on the run queue: the engine leaves the task, and when it runs again the
// primitive's value is t.Result (or t.Ext.Err is thrown).
var ErrParked = errors.New("task parked")

// ErrRetry is ErrParked, but the primitive is called again, with the same
// arguments, when the task runs again (unless t.Ext.Err is to be thrown).
var ErrRetry = errors.New("task parked, to retry")

// State is a task's state.
type State uint8

// The states. Runnable covers created, queued, running and waiting, as in Julia.
const (
	Runnable State = iota
	Done
	Failed
	Abandoned // stopped for good where it was, by a request that it did not heed
)

// Symbol returns the state as Julia names it.
func (s State) Symbol() *core.Symbol {
	return core.Sym([...]string{"runnable", "done", "failed", "abandoned"}[s])
}

// Failing reports whether a task in that state has ended without a value.
func (s State) Failing() bool { return s >= Failed }

// Scope is what a task hands to the tasks it spawns: where output goes, scoped
// values, the logger, the cancel token. It is immutable; a change makes a copy.
type Scope struct {
	Out    Output        // the cell; nil discards
	Crew   *Crew         // the tasks of the cell; nil for those of none
	Values core.Value    // scoped values, or undefined
	Logger core.Value    // the logger, or undefined
	Cancel *CancelSource // by which its waits are cancelled; nil: not at all
	Cell   string        // the cell's name, e.g. "In[3]", for lists of tasks and traces
	Bubble *Bubble       // the group with time or choice of its own, nil for none
}

// Task is Julia's Task. It is kept small, since a million may be waiting at
// once: what only some tasks have stands in Ext, what all tasks that a place
// spawns have in common in their Origin.
type Task struct {
	Type *core.DataType // core.TaskType

	// The machine state, owned by the engine.
	PC     unsafe.Pointer // next instruction; without a stack, what Code returns
	FP     unsafe.Pointer // slot 0 of the running frame
	Limit  unsafe.Pointer // the stack's last slot
	Base   unsafe.Pointer // the stack's first slot; nil before the start and after the end
	World  uint64         // methods newer than this are not seen
	Budget int16          // back edges and calls left in this slice
	Stack  StackState

	State    State
	Started  bool
	Sticky   bool
	Hidden   bool   // of the system's own: in no list, not counted
	Observed bool   // somebody will be told if it fails
	Since    uint32 // when it last stopped running (or was scheduled), in the scheduler's ticks
	Turns    uint32 // how often it has run

	Result core.Value // its value, or what a wake-up delivers

	*Origin
	Scope   *Scope
	Next    *Task // links of the queue it stands in
	Prev    *Task
	Queue   *Queue // that queue: the run queue, or what it waits for; nil when neither
	Waiters *Queue // tasks that wait for this one; nil until the first
	ID      uint64
	Ext     *Ext  // rarely needed parts
	After   *Task // links of the scheduler's list of live tasks
	Before  *Task
}

// Origin says where a task comes from. Tasks that the same task spawned at the
// same place share one.
type Origin struct {
	Sched   *Scheduler
	Parent  uint64         // the spawner's ID
	Spawn   unsafe.Pointer // the engine's function that spawned it
	SpawnPC uint32         // byte offset in that function's code
	depth   uint8          // length of the chain Up
	Up      *Origin        // of the spawner, if that was spawned itself
}

// maxOrigins bounds the chain of origins: a task that spawns its successor, and so
// on, must not keep all of them.
const maxOrigins = 8

// StackState says what the engine has done to a task's stack.
type StackState uint8

// The states.
const (
	StackNew  StackState = iota // the task has not waited yet
	StackCut                    // it is cut to what the frames hold
	StackKept                   // it is the task's for good
)

// Code is the function that t runs. While there is a stack it stands in its
// second slot.
func (t *Task) Code() core.Value {
	if t.Base != nil {
		return *(*core.Value)(unsafe.Add(t.Base, 16))
	}
	v := core.Value{P: t.PC}
	if v.P != nil && core.TypeOf(v) == core.BoxType {
		return v.Field(0)
	}
	return v
}

// Unstack takes t's stack, or lets it begin without one, with a function to be
// called. A task without a stack has one word for that: a callable value that has
// more is put into a box.
func (t *Task) Unstack(code core.Value) {
	if code.N != 0 {
		b := core.NewObject(core.BoxType, 1)
		b.SetField(0, code)
		code = b
	}
	t.Base, t.FP, t.Limit = nil, nil, nil
	t.PC = code.P
}

// HasErr reports whether an exception is to be thrown in t when it next runs.
func (t *Task) HasErr() bool { return t.Ext != nil && t.Ext.Err != nil }

// isHalted reports whether what is to be thrown in t is an interrupt, a cancellation or a timeout.
func (t *Task) isHalted() bool { return t.Ext != nil && t.Ext.halted }

// ExcDepth is the number of exceptions that t is handling.
func (t *Task) ExcDepth() int32 {
	if t.Ext == nil {
		return 0
	}
	return int32(len(t.Ext.Excs))
}

// Staged is what NoWait says of generators of generated functions.
const Staged = "staged nor pure functions"

// Ext is what only some tasks have.
type Ext struct {
	Err       error      // to be thrown into the task when it next runs
	halted    bool       // Err is an interrupt, a cancellation or a timeout
	Excs      []Exc      // exceptions being handled, outermost first
	Storage   core.Value // task_local_storage, or undefined
	OnDone    []func(*Task)
	Backtrace []Frame    // where it failed
	Causes    []Exc      // the exceptions that it was handling then, oldest first
	random    core.Value // of the generator of random numbers, if it has one of its own
	Name      string
	Bound     []*Channel // closed when it ends
	RunTime   int64      // nanoseconds on the baton, see Scheduler.RunTime
	timed     bool       // made while run times were exact; see Scheduler.WallTime
	first     int64      // timed: when it was first scheduled, 0 if it was not
	ended     int64      // timed: when it ended, 0 if it has not
	NoWait    string     // what it runs that may not wait, such as "gc finalizer"; or empty
	Cancel    func()     // gives up what it waits for outside, when it is woken by an exception
	Engine    any
	Select    *Select // the wait for several things that is under way
	spare     *Select // what it last waited with, to be used again
	seat      *seat   // what this task, a stand-in, is
}

// Extra returns t's Ext, making it if needed.
func (t *Task) Extra() *Ext {
	if t.Ext == nil {
		t.Ext = &Ext{}
	}
	return t.Ext
}

// Value returns t as a Julia value.
func (t *Task) Value() core.Value { return core.ToValue(t) }

// Exc is an exception being handled.
type Exc struct {
	Value core.Value
	Trace []Frame
}

// Frame is one level of a captured backtrace: the engine's function, the byte
// offset of the instruction in its code, and the frame's arguments (callee
// first) as they were, for the types that a trace shows.
type Frame struct {
	Code core.Code
	PC   int
	Args []*core.DataType
}

// WaitersOf returns the queue of tasks that wait for t.
func (t *Task) WaitersOf() *Queue {
	if t.Waiters == nil {
		q := t.Sched.spare
		if q == nil {
			q = &Queue{Type: QueueType, Kind: WaitTask}
		}
		t.Sched.spare = nil
		q.Owner = t.Value()
		t.Waiters = q
	}
	return t.Waiters
}
