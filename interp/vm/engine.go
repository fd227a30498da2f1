// Package vm runs what package lower compiled.
//
// A leaf function, the hot loop (hot.go), runs instructions until one needs more
// than itself can do; the outer loop (serve.go) does that and goes back in.
// Frames stand on the task's own stack, so that a task is switched by taking up
// another one's registers, and no Julia call is a Go call. The few Go functions
// that have to call Julia do so by [Engine.Call].
package vm

// This file has the engine itself and the running of tasks.

import (
	"fmt"
	"math"
	"runtime/debug"
	"unsafe"

	"weft/interp/code"
	"weft/interp/infer"
	"weft/interp/lower"
	"weft/runtime/core"
	"weft/runtime/task"
)

// Lowerer compiles one top-level statement for evaluation in m. A statement
// :toplevel is never given to it. The line is where the statement stands, 0 if
// not known; soft asks for the soft scope of a prompt.
type Lowerer func(t *task.Task, m *core.Module, ex core.Value, where Position) (*code.Func, error)

// Position says where a statement stands and how it is to be treated.
type Position struct {
	File string
	Line int
	Soft bool // soft scope, as at a prompt
	Lazy bool // leave the bodies of functions for their first call
}

// Slice is how many back edges and calls a task runs before others get a turn.
const Slice = 10000

// Budget values of a task that is not running.
const (
	iterating = math.MinInt16 + 31 // the next item of a channel is to be delivered to a loop
	awaiting  = math.MinInt16      // plus the kind of return: a primitive's value is to be delivered
	retrying  = math.MinInt16 / 2
)

// outcome says how the service of an instruction, or a run, ended.
type outcome uint8

const (
	running outcome = iota
	waits           // the task parked
	sliced          // its slice is over
	halted          // it came to the Halt of a base frame, or its first frame's return
	ended           // it halted, and has been ended
	failed          // an exception came to a base frame: Engine.failure
)

// Engine runs the tasks of one system. It implements [task.Engine].
type Engine struct {
	RT    *core.Runtime
	Sched *task.Scheduler

	// Lower compiles statements; New sets it to package lower's.
	Lower Lowerer
	// LowerBody compiles the expression that a generated function gave.
	LowerBody func(t *task.Task, m *core.Method, body core.Value) (*code.Func, error)
	work      lower.Workspace
	stages    stageCaches
	// Require finds a top-level package by name; nil if there is none.
	Require func(name string) (*core.Module, error)
	profile *profiler // nil unless it runs
	// Warn prints a warning; the line is 0 when msg is complete.
	Warn func(msg, file string, line int)
	// LazyBodies leaves function bodies of modules uncompiled until called.
	LazyBodies bool
	// GoTraces adds Go's stack to the text of internal errors.
	GoTraces bool

	tg         tags
	bottom     *code.Func   // the base frame of a task whose function is no plain one
	bottomIC   *code.CallIC // what the functions of tasks run
	desk       desk
	bases      []*code.Func // those of nested calls, by number of arguments
	statements *code.Func   // runs the statements of an eval, see exec.go
	failure    failure
	slice      int16 // back edges and calls that tasks get at a time
	overtime   int16 // by how much the running task's slice was made longer
	current    *task.Task
	nests      []*nest
	apart      int // statements under way that are evaluated apart
	tables     map[*core.MethodTable]*sites
	prims      map[*core.Prim]*target
	getfield   *core.Prim
	isdefined  *core.Prim
	evalPrim   *core.Prim
	tracer     core.Value   // called with each new method and the value of its definition, if set
	traced     *core.Method // the method that the tracer is to be told of
	evalType   *core.DataType
	traceType  *core.DataType

	channelPut, channelTake, taskSwitch *core.Prim // those that have quick ways

	channelName *core.TypeName // Channel, once one was used

	isas   isaCache
	infers *infer.Inferrer // nil until something is to be inferred

	complexType  *core.DataType // Complex{Float64}, once there was one
	complexInts  *core.DataType // Complex{Int64}, likewise
	complexName  *core.TypeName // Complex, likewise
	rationalType *core.DataType // Rational{Int64}, likewise
}

// failure is an exception that nobody caught.
type failure struct {
	exc   core.Value
	trace []task.Frame
}

// New makes an engine for rt and sets it as sched's.
func New(rt *core.Runtime, sched *task.Scheduler) *Engine {
	e := &Engine{RT: rt, Sched: sched, slice: Slice, tables: map[*core.MethodTable]*sites{}, prims: map[*core.Prim]*target{}}
	e.tg = tags{
		i: core.Int(0).P, f: core.Float(0).P, b: core.MakeBool(false).P,
		c: core.MakeChar(0).P, nothing: core.Nothing().P, anyType: core.Any.Value().P,
	}
	e.bottom = baseFunc(0)
	e.bottomIC = e.bottom.Refs[0].(*code.CallIC)
	e.desk = newDesk()
	e.statements = statementsFunc()
	e.Lower = e.lowerStatement
	e.LowerBody = e.lowerBody
	e.evalType = core.NewOpaque("EvalState", core.Any, true)
	e.traceType = core.NewOpaque(traceName, core.Any, true)
	sched.Engine = e
	e.install()
	return e
}

// baseFunc makes the frame that calls what stands in its slot 2 with n arguments
// and then halts with the value in slot 0.
func baseFunc(n int) *code.Func {
	f := &code.Func{Type: code.FuncType, Name: "base", NArgs: 1, NSlots: n + 3}
	ic := &code.CallIC{Min: never, Site: &code.CallSite{NArgs: n}}
	f.Refs = []any{ic}
	f.Code = []uint64{
		uint64(code.Call) | 2*16<<32 | uint64(n)<<48, uint64(uintptr(unsafe.Pointer(ic))),
		uint64(code.Halt), 0,
	}
	f.Toplevel = baseMark
	return f
}

// baseMark is the Toplevel of frames that no trace shows.
const baseMark = "\x00base"

// isBase reports whether f is a frame at which running ends.
func isBase(f *code.Func) bool { return f.Toplevel == baseMark }

// hidden reports whether f is a frame of the engine's own.
func hidden(f *code.Func) bool { return len(f.Toplevel) > 0 && f.Toplevel[0] == 0 }

// Run advances t until it ends, parks or its slice is over; when it ends or
// parks, it goes on with other ready tasks.
func (e *Engine) Run(t *task.Task) task.Status {
	if r := &e.RT.Tags; r.UnitRangeInt != e.tg.rangeInt || r.StepRangeInt != e.tg.stepInt || r.OneToInt != e.tg.oneTo {
		e.refreshTags()
	}
	for {
		o := e.takeUp(t)
		for o == running {
			o = e.guarded()
		}
		t = e.current
		var status task.Status
		switch o {
		case halted:
			if e.endNest(t) {
				status = task.Waits
				break
			}
			status = task.Ended
			e.end(t)
		case failed:
			if e.endNest(t) {
				status = task.Waits
				break
			}
			status = task.Ended
			x := t.Extra()
			x.Backtrace, x.Causes = e.failure.trace, x.Excs
			exc := e.failure.exc
			e.failure = failure{}
			e.finished(t, t.Code())
			e.Sched.Finish(t, exc, false)
		case ended:
			status = task.Ended
		case waits:
			status = task.Waits
			e.leave(t)
		default:
			e.leave(t)
			return task.Sliced
		}
		if len(e.nests) > 0 && e.nests[len(e.nests)-1].done {
			return status
		}
		next := e.Sched.NextReady()
		if next == nil {
			return status
		}
		t = next
	}
}

// takeUp makes t the running task, at the point where it goes on.
func (e *Engine) takeUp(t *task.Task) outcome {
	e.current = t
	if t.Started {
		if t.Stack == task.StackCut {
			e.unfold(t)
		}
		return e.resume(t)
	}
	if t.HasErr() {
		e.beginAtBase(t, e.firstStack(t))
		return e.fail(t, t.TakeErr())
	}
	e.start(t)
	return running
}

// end ends t, which came to its last frame's return, with the value there.
func (e *Engine) end(t *task.Task) {
	v, code := t.Result, t.Code()
	if funcAt(t.FP) == e.bottom {
		v, code = code, e.slot(t, 2)
	}
	e.finished(t, code)
	e.Sched.Finish(t, v, true)
}

// next takes up the next ready task, when the hot loop's task cannot go on: o is
// waits or halted. It returns o itself when there is none or when a Go function
// waits for the end of a nested call, which only Run can see to.
func (e *Engine) next(t *task.Task, o outcome) (*task.Task, outcome) {
	if len(e.nests) > 0 {
		return t, o
	}
	if o == halted {
		e.end(t)
		o = ended
	}
	n := e.Sched.NextReady()
	if n == nil {
		return t, o
	}
	if o == waits {
		e.leave(t)
	}
	return n, e.takeUp(n)
}

func (e *Engine) refreshTags() {
	r := &e.RT.Tags
	e.tg.rangeInt, e.tg.stepInt, e.tg.oneTo = r.UnitRangeInt, r.StepRangeInt, r.OneToInt
}

// guarded is loop with panics turned into exceptions of the task that runs.
func (e *Engine) guarded() (o outcome) {
	defer func() {
		if r := recover(); r != nil {
			o = e.panicked(e.current, r)
		}
	}()
	return e.loop(e.current)
}

// panicked turns a Go panic in the service of t's instruction into an exception.
func (e *Engine) panicked(t *task.Task, r any) outcome {
	if err, ok := r.(error); ok {
		if _, ok := err.(*core.Throw); ok {
			return e.fail(t, err)
		}
	}
	text := fmt.Sprintf("internal error: %v", r)
	if fn := funcAt(t.FP); fn != nil {
		text += fmt.Sprintf(" (in %s at instruction %d)", fn.Name, e.offset(t))
	}
	if e.GoTraces {
		text += "\n" + string(debug.Stack())
	}
	return e.fail(t, core.Errorf("%s", text))
}

// loop alternates between the hot loop and the service of what it leaves. When
// its task waits or ends, it goes on with the next; the outcome is of the task
// that is the current one then.
func (e *Engine) loop(t *task.Task) outcome {
	for {
		switch hot(t, &e.tg) {
		case exitOp:
			o := e.serve(t)
			t = e.current
			if o == waits || o == halted {
				t, o = e.next(t, o)
			}
			if o != running {
				return o
			}
		case exitBudget:
			if o := e.sliceOver(t); o != running {
				return o
			}
		case exitGrow:
			ic := (*code.CallIC)(word(t.PC, 1))
			if err := e.ensure(t, uintptr(*(*uint16)(unsafe.Add(t.PC, 4)))+ic.Frame); err != nil {
				if o := e.fail(t, err); o != running {
					return o
				}
			}
		case exitHalt:
			return halted
		}
	}
}

// sliceOver is called when the budget is used up.
func (e *Engine) sliceOver(t *task.Task) outcome {
	t.Budget = Slice
	if err := e.Sched.TakeStop(t); err != nil {
		return e.fail(t, err)
	}
	return e.cutOff(t)
}

// cutOff ends the slice of t, unless it is to be made longer.
func (e *Engine) cutOff(t *task.Task) outcome {
	if e.overtime < Slice && e.withinBase(t) {
		t.Budget = overtime
		if e.slice < Slice {
			t.Budget = 1
		}
		e.overtime += t.Budget
		return running
	}
	e.overtime = 0
	e.tidy(t)
	return sliced
}

// overtime is by how much a slice is made longer at a time in order not to interrupt
// a function of Base, which may be between looking at a lock and waiting for it.
// What takes longer than a whole slice is a loop.
const overtime = 500

// withinBase reports whether t is inside of a function of Base, past its entry from
// other code.
func (e *Engine) withinBase(t *task.Task) bool {
	fn := funcAt(t.FP)
	if !e.RT.OfBase(fn.Module) {
		return false
	}
	if t.PC != fn.Entry() || isBottom(t.FP) {
		return true
	}
	fp, _ := caller(t.FP)
	return e.RT.OfBase(funcAt(fp).Module)
}

// Limit sets how many back edges and calls tasks, t first, may run before others
// get a turn; 0 stands for as many as usual.
func (e *Engine) Limit(t *task.Task, n int64) {
	if n == 0 {
		e.slice = Slice
		return
	}
	e.slice = int16(min(n, Slice))
	if t.Budget > 0 {
		t.Budget = e.slice
	}
}

// start sets up the stack of a task that has not run yet: the frame of its
// function, or one that calls it.
func (e *Engine) start(t *task.Task) {
	s := e.firstStack(t)
	if tgt, err := e.find(t, e.bottomIC, s[1:2]); err == nil && tgt.fn != nil && !tgt.fn.Vararg && int(frameBytes(tgt.fn)/16) < len(s) {
		s[0] = core.Value{P: unsafe.Pointer(tgt.fn), N: retEnd << returnShift}
		t.PC = tgt.fn.Entry()
		return
	}
	e.beginAtBase(t, s)
}

// firstStack begins t on an empty stack, with its function and FP at slot 1.
func (e *Engine) firstStack(t *task.Task) []core.Value {
	t.Started = true
	t.Budget = e.slice
	code := t.Code()
	if !e.desk.take(t, 16) {
		setStack(t, make([]core.Value, 2*ownStack), 16)
	}
	s := stackOf(t)
	s[1] = code
	return s
}

// beginAtBase makes a frame that calls t's function the first on the stack s.
func (e *Engine) beginAtBase(t *task.Task, s []core.Value) {
	s[0].P = unsafe.Pointer(e.bottom)
	s[1+2] = s[1]
	t.PC = e.bottom.Entry()
}

// resume takes up a task where it left off: it delivers what it waited for.
func (e *Engine) resume(t *task.Task) outcome {
	state := t.Budget
	if state < 0 {
		t.Budget = e.slice
		e.overtime = 0
	}
	if t.HasErr() {
		if state < iterating {
			t.PC = unsafe.Add(t.PC, -16) // the call that waited
		}
		return e.fail(t, t.TakeErr())
	}
	if state <= iterating {
		v := t.Result
		if v.P == nil {
			v = core.Nothing()
		}
		t.Result = core.Nothing()
		if state == iterating {
			return e.item(t, channelOf(*slotC(t.FP, t.PC)), v)
		}
		return e.deliver(t, v, t.PC, uint64(state-awaiting))
	}
	return running
}
