package task

import "weft/runtime/core"

// Queue is a FIFO list of tasks: the run queue, or those that wait for one
// thing. The zero value is empty. A task stands in at most one queue.
type Queue struct {
	Type  *core.DataType // QueueType when the queue is a value of the language
	Head  *Task
	Tail  *Task
	Len   int
	Kind  WaitKind   // what standing in it means
	Owner core.Value // what is waited for, for people; may be undefined
}

// QueueType is the type of a wait queue held by a Condition, an Event or a lock.
var QueueType = core.NewOpaque("WaitQueue", core.Any, true)

// WaitKind says what a task in a queue waits for.
type WaitKind uint8

// The kinds.
const (
	WaitOther WaitKind = iota
	WaitReady          // the run queue: it waits for its turn
	WaitTask
	WaitTake
	WaitPut
	WaitChannel // wait(c)
	WaitCondition
	WaitSleep
	WaitTimer
	WaitLock
	WaitEvent
	WaitInput
	WaitExternal
	WaitSelect // several of these; see Select
	roused     // of a channel's token; nobody waits in it
)

// String says it in words.
func (k WaitKind) String() string {
	return [...]string{"nothing that could wake it", "its turn", "a task", "take!", "put!", "a channel", "a condition",
		"sleep", "a timer", "a lock", "an event", "input", "something outside", "several things", "room"}[k]
}

// Word says it in one word, as a program sees it; "" for what needs none.
func (k WaitKind) Word() string {
	return [...]string{"", "", "task", "take", "put", "channel", "condition", "sleep", "timer", "lock", "event", "input", "external", "select", ""}[k]
}

// NewQueue makes an empty queue that is a value of the language.
func NewQueue(kind WaitKind) *Queue { return &Queue{Type: QueueType, Kind: kind} }

// Push adds t, which must not stand in a queue, at the end.
func (q *Queue) Push(t *Task) {
	t.Queue, t.Prev, t.Next = q, q.Tail, nil
	if q.Tail == nil {
		q.Head = t
	} else {
		q.Tail.Next = t
	}
	q.Tail = t
	q.Len++
	q.count(t, 1)
}

// count keeps account of how many tasks of t's cell are ready.
func (q *Queue) count(t *Task, n int) {
	if q.Kind == WaitReady && t.Scope.Crew != nil {
		t.Scope.Crew.ready += n
	}
}

// PushFront adds t, which must not stand in a queue, before all others.
func (q *Queue) PushFront(t *Task) {
	t.Queue, t.Prev, t.Next = q, nil, q.Head
	if q.Head == nil {
		q.Tail = t
	} else {
		q.Head.Prev = t
	}
	q.Head = t
	q.Len++
	q.count(t, 1)
}

// Pop removes and returns the first task, or nil.
func (q *Queue) Pop() *Task {
	t := q.Head
	if t == nil {
		return nil
	}
	next := t.Next
	q.Head = next
	if next == nil {
		q.Tail = nil
	} else {
		next.Prev = nil
	}
	t.Queue, t.Next = nil, nil
	q.Len--
	q.count(t, -1)
	return t
}

// Remove takes t out of q, in which it must stand.
func (q *Queue) Remove(t *Task) {
	if t.Prev == nil {
		q.Head = t.Next
	} else {
		t.Prev.Next = t.Next
	}
	if t.Next == nil {
		q.Tail = t.Prev
	} else {
		t.Next.Prev = t.Prev
	}
	t.Queue, t.Prev, t.Next = nil, nil, nil
	q.Len--
	q.count(t, -1)
}
