package prim

// This file has the primitives of the module Weft that steer tasks: select,
// timeouts, bubbles with a time and an order of their own.

import (
	"weft/runtime/core"
	"weft/runtime/task"
)

var controlTable = []entry{
	{"select_wait", 1, -1, "select_wait(default, kind, x, v, kind, x, v ...): performs the first of the cases that can happen; (number, value), number 0 for the default.", selectWait},
	{"timeout_start", 4, 4, "timeout_start(t, s, make, source): a guard that after s seconds throws into t an instance of the exception type make, of s and of what t waits for, and cancels source, which t is cancelled by no longer.", timeoutStart},
	{"timeout_end", 1, 1, "timeout_end(g): ends a guard.", timeoutEnd},
	{"bubble_open", 3, 3, "bubble_open(virtual, seed, preempt): a bubble, with virtual time or not, with the order that a seed gives or, with nothing, none of its own.", bubbleOpen},
	{"bubble_tape", 2, 2, "bubble_tape(tape, play): a bubble that records on a tape or plays it back.", bubbleTape},
	{"tape_new", 0, 0, "tape_new(): an empty tape.", func(*task.Task, []core.Value) (core.Value, error) {
		return core.ToValue(&task.Tape{Type: task.TapeType}), nil
	}},
	{"tape_counts", 1, 1, "tape_counts(tape): how many steps, readings of the clock, firings of timers, lines and other things from outside there are, and before that whether there were more.", tapeCounts},
	{"bubble_close", 1, 1, "bubble_close(b): ends what b has of its own.", bubbleClose},
	{"bubble_enter", 1, 1, "bubble_enter(b): the running task is in b (or, with nothing, in none) from now on; gives where it was.", bubbleEnter},
	{"bubble_current", 0, 0, "bubble_current(): the bubble of the running task, or nothing.", bubbleCurrent},
	{"bubble_main", 2, 2, "bubble_main(b, t): t is thrown a DeadlockError when nothing in b can run any more.", bubbleMain},
	{"bubble_log", 2, 2, "bubble_log(b, limit): writes down what b's tasks do, and ends it after limit steps (0: never).", bubbleLog},
	{"bubble_steps", 1, 1, "bubble_steps(b): what was written down: rows of time, task or nothing, from, to, what, task waited for, and the woken with what they waited for; then how many rows were lost and how many steps there were.", bubbleSteps},
	{"bubble_tasks", 1, 1, "bubble_tasks(b): the live tasks in b.", bubbleTasks},
	{"bubble_quiet", 1, 1, "bubble_quiet(b): whether nothing but the running task will do anything in b.", bubbleQuiet},
	{"schedule_pick", 1, 1, "schedule_pick(n): a number from 1 to n, as the schedule chooses.", schedulePick},
}

// The numbers of cases in Julia code; the first is a case that never happens.
var caseKinds = [...]task.CaseKind{task.CaseNever, task.CaseTake, task.CasePut, task.CaseFetch, task.CaseReady,
	task.CaseTask, task.CaseQueue, task.CaseEvent, task.CaseTimer, task.CaseAfter}

// event is a Julia Event: the fields waitq, autoreset, set.
type event struct{ v core.Value }

func (e event) field(name string) int { return core.TypeOf(e.v).FieldIndex(core.Sym(name)) }

// Waiters is the queue of the event.
func (e event) Waiters() *task.Queue { return core.As[task.Queue](e.v.Field(e.field("waitq"))) }

// IsSet reports whether a wait would return at once.
func (e event) IsSet() bool { return e.v.Field(e.field("set")).IsTrue() }

// Pass does what a wait that returns at once does.
func (e event) Pass() {
	if e.v.Field(e.field("autoreset")).IsTrue() {
		e.v.SetField(e.field("set"), core.MakeBool(false))
	}
}

func selectCase(kind, x, v core.Value) (task.Case, error) {
	n, err := intArg(kind)
	if err != nil || n < 0 || n >= len(caseKinds) {
		return task.Case{}, core.Errorf("select: %v is no kind of case", n)
	}
	c := task.Case{Kind: caseKinds[n], Value: v}
	var want *core.DataType
	switch c.Kind {
	case task.CaseTake, task.CasePut, task.CaseFetch, task.CaseReady:
		want = task.ChannelType
		c.Chan = core.As[task.Channel](x)
	case task.CaseTask:
		want = core.TaskType
		c.Task = core.As[task.Task](x)
	case task.CaseQueue:
		want = task.QueueType
		c.Queue = core.As[task.Queue](x)
	case task.CaseTimer:
		want = task.TimerType
		c.Timer = core.As[task.Timer](x)
	case task.CaseEvent:
		c.Event = event{x}
	case task.CaseAfter:
		c.Delay, err = seconds(x)
	}
	if want != nil && core.TypeOf(x) != want {
		return task.Case{}, unexpected("select", want, x)
	}
	return c, err
}

func selectWait(t *task.Task, a []core.Value) (core.Value, error) {
	var few [4]task.Case
	cases := few[:0]
	for i := 1; i+2 < len(a); i += 3 {
		c, err := selectCase(a[i], a[i+1], a[i+2])
		if err != nil {
			return core.Value{}, err
		}
		if c.Kind == task.CaseTask && c.Task == t {
			return core.Value{}, core.Err("ConcurrencyViolationError", core.MakeString("deadlock detected: cannot wait on current task"))
		}
		cases = append(cases, c)
	}
	i, v, err := t.Sched.Select(t, cases, a[0].IsTrue())
	if err != nil {
		return core.Value{}, err
	}
	return core.NewStruct(core.TupleOf(core.Int64.Value(), core.TypeOf(v).Value()), core.Int(int64(i+1)), v), nil
}

func timeoutStart(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "timeout")
	if err != nil {
		return core.Value{}, err
	}
	d, err := seconds(a[1])
	if err != nil {
		return core.Value{}, err
	}
	kind, ok := core.IsDataType(a[2])
	if !ok {
		return core.Value{}, unexpected("timeout", core.DataTypeType, a[2])
	}
	if !a[3].Is(task.CancelSourceType) {
		return core.Value{}, unexpected("timeout", task.CancelSourceType, a[3])
	}
	secs, source := a[1], core.As[task.CancelSource](a[3])
	s := t.Sched
	return core.ToValue(s.After(t, d, u, source, func() {
		if u.State == task.Runnable {
			exc := core.NewStruct(kind, secs, core.MakeString(s.WaitWords(u)))
			s.Halt(u, &core.Throw{Value: exc})
			u.Outlive(source)
		}
		s.Cancel(source, 1)
	})), nil
}

var timeoutEnd = onTimer(func(tm *task.Timer, _ *task.Task) (core.Value, error) {
	tm.Close()
	return core.Nothing(), nil
})

func bubbleOpen(t *task.Task, a []core.Value) (core.Value, error) {
	o := task.BubbleOptions{Virtual: a[0].IsTrue()}
	if core.TypeOf(a[1]) == core.Int64 {
		o.Choice = task.NewChoice(uint64(a[1].Int64()), a[2].IsTrue())
	}
	return core.ToValue(t.Sched.OpenBubble(t, o)), nil
}

func asTape(v core.Value) (*task.Tape, error) {
	if core.TypeOf(v) != task.TapeType {
		return nil, unexpected("tape", task.TapeType, v)
	}
	return core.As[task.Tape](v), nil
}

func bubbleTape(t *task.Task, a []core.Value) (core.Value, error) {
	tape, err := asTape(a[0])
	if err != nil {
		return core.Value{}, err
	}
	return core.ToValue(t.Sched.OpenTape(t, tape, a[1].IsTrue())), nil
}

func tapeCounts(_ *task.Task, a []core.Value) (core.Value, error) {
	tape, err := asTape(a[0])
	if err != nil {
		return core.Value{}, err
	}
	steps, reads, fires, lines, answers := tape.Counts()
	vs := []core.Value{core.MakeBool(tape.Full)}
	for _, n := range []int{steps, reads, fires, lines, answers} {
		vs = append(vs, core.Int(int64(n)))
	}
	return core.VectorAny(vs).Value(), nil
}

// onBubble makes a primitive whose first argument is a bubble.
func onBubble(f func(*task.Bubble, *task.Task, []core.Value) (core.Value, error)) task.Fn {
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		if core.TypeOf(a[0]) != task.BubbleType {
			return core.Value{}, unexpected("bubble", task.BubbleType, a[0])
		}
		return f(core.As[task.Bubble](a[0]), t, a)
	}
}

var bubbleClose = onBubble(func(b *task.Bubble, t *task.Task, _ []core.Value) (core.Value, error) {
	t.Sched.CloseBubble(b)
	return core.Nothing(), nil
})

func bubbleValue(b *task.Bubble) core.Value {
	if b == nil {
		return core.Nothing()
	}
	return core.ToValue(b)
}

func bubbleEnter(t *task.Task, a []core.Value) (core.Value, error) {
	var b *task.Bubble
	if core.TypeOf(a[0]) == task.BubbleType {
		b = core.As[task.Bubble](a[0])
	}
	return bubbleValue(t.Enter(b)), nil
}

func bubbleCurrent(t *task.Task, _ []core.Value) (core.Value, error) {
	return bubbleValue(t.Scope.Bubble), nil
}

var bubbleMain = onBubble(func(b *task.Bubble, _ *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[1], "bubble_main")
	b.Main = u
	return core.Nothing(), err
})

var bubbleLog = onBubble(func(b *task.Bubble, _ *task.Task, a []core.Value) (core.Value, error) {
	n, err := intArg(a[1])
	b.WriteDown(n)
	return core.Nothing(), err
})

func taskOrNothing(u *task.Task) core.Value {
	if u == nil {
		return core.Nothing()
	}
	return u.Value()
}

var bubbleSteps = onBubble(func(b *task.Bubble, _ *task.Task, _ []core.Value) (core.Value, error) {
	var rows []core.Value
	steps, lost, count := b.Steps()
	for _, st := range steps {
		row := []core.Value{core.Int(st.At), taskOrNothing(st.Task), core.MakeString(st.From), core.MakeString(st.To), core.MakeString(st.What), taskOrNothing(st.On)}
		for _, w := range st.Woke {
			row = append(row, w.Task.Value(), core.MakeString(w.From))
		}
		rows = append(rows, core.VectorAny(row).Value())
	}
	return core.VectorAny([]core.Value{core.VectorAny(rows).Value(), core.Int(int64(lost)), core.Int(int64(count))}).Value(), nil
})

var bubbleTasks = onBubble(func(b *task.Bubble, t *task.Task, _ []core.Value) (core.Value, error) {
	var list []core.Value
	for _, u := range b.Tasks(t.Sched) {
		list = append(list, u.Value())
	}
	return core.VectorAny(list).Value(), nil
})

var bubbleQuiet = onBubble(func(b *task.Bubble, t *task.Task, _ []core.Value) (core.Value, error) {
	return core.MakeBool(b.Quiet(t.Sched)), nil
})

func schedulePick(t *task.Task, a []core.Value) (core.Value, error) {
	n, err := intArg(a[0])
	if err != nil || n < 1 {
		return core.Value{}, core.Errorf("schedule_pick: expected a number of at least 1")
	}
	return core.Int(int64(t.Sched.Pick(t, n)) + 1), nil
}
