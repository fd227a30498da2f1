// Package task is the scheduler: tasks, wait queues, channels' core, timers and
// the clock. It runs no language code itself: an [Engine] advances a task until
// it ends, blocks or its time slice is over.
//
// One goroutine at a time holds the baton and runs language code (Scheduler.Run).
// Everything here is called with the baton held, except Post, which any goroutine
// may call.
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
// ErrorException), or Parked.
type Fn func(t *Task, a []core.Value) (core.Value, error)

// Parked is returned by a primitive that has put the task on a wait queue or back
// on the run queue: the engine leaves the task, and when it runs again the
// primitive's value is t.Result (or t.Err is thrown).
var Parked = errors.New("task parked")

// State is a task's state.
type State uint8

// The states. Runnable covers created, queued, running and waiting, as in Julia.
const (
	Runnable State = iota
	Done
	Failed
)

// Scope is what a task hands to the tasks it spawns: where output goes, scoped
// values, the logger, the cancel token. It is immutable; a change makes a copy.
type Scope struct {
	Out    Output     // the cell
	Values core.Value // Base.ScopedValues' scope object, or nothing/undefined
	Logger core.Value // logstate, or undefined
	Cancel core.Value // cancellation token, or undefined
	Cell   string     // e.g. "In[3]", for lists of tasks and traces
}

// Output receives what the tasks of one cell write. Its methods may block the
// caller for back-pressure; the implementation is the engine's host.
type Output interface {
	Write(stream int, p []byte) error // 1 stdout, 2 stderr
}

// Task is Julia's Task.
type Task struct {
	Type *core.DataType // core.TaskType

	// The machine state, owned by the engine.
	PC     unsafe.Pointer // next instruction
	FP     unsafe.Pointer // slot 0 of the running frame
	Limit  unsafe.Pointer // end of the stack segment
	World  uint64         // methods newer than this are not seen
	Budget int64          // instructions (back edges, calls) left in this slice
	Stack  []core.Value
	Excs   []Exc // exceptions being handled, outermost first
	Engine any   // engine's per-task extras, usually nil

	Code                    core.Value // the function to run
	Result                  core.Value // its value, or what a wake-up delivers
	Err                     error      // thrown into the task when it next runs
	State                   State
	Started, Sticky, Queued bool

	Sched   *Scheduler
	Scope   *Scope
	Storage core.Value // task_local_storage dict, or undefined
	Logged  bool

	// Links of the queue the task stands in (run queue or one wait queue).
	Next, Prev *Task
	Queue      *Queue
	Waiting    Wait // what it waits for, for people

	Done      Queue         // tasks that wait for this one
	OnDone    []func(*Task) // bound channels, errormonitor, host
	ID        uint64
	Parent    uint64 // spawner's ID
	SpawnFunc string // where it was spawned: function, file, line
	SpawnFile string
	SpawnLine int
	Backtrace core.Value // of the failure, or undefined
}

// Exc is an exception being handled.
type Exc struct {
	Value core.Value
	Trace []Frame
}

// Frame is one level of a captured backtrace: engine's function and position.
type Frame struct {
	Code core.Code
	PC   uintptr // byte offset in the function's code
	Self core.Value
}

// Wait says what a waiting task waits for.
type Wait struct {
	Kind string     // "channel take!", "channel put!", "condition", "task", "sleep", "lock", "timer", "stdin", "process", ...
	On   core.Value // the object, or undefined
}

// Queue is a FIFO list of tasks. The zero value is empty.
type Queue struct {
	Head, Tail *Task
	Len        int
}
