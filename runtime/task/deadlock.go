package task

import (
	"fmt"
	"strings"

	"weft/runtime/core"
)

// breakDeadlock is called when nothing can ever run again by itself: no runnable
// task, no timer, no outside operation. A foreground task that waits then waits
// for ever; it gets a DeadlockError that says who waits for what. It reports
// whether there was such a task.
func (s *Scheduler) breakDeadlock() bool {
	for t := range s.Foreground {
		if t.State == Runnable && t.Started && t != s.Current {
			s.WakeErr(t, core.Err("DeadlockError", core.MakeString(s.explainWait(t))))
			return true
		}
	}
	return false
}

// search is when the foreground is looked at while other things go on.
type search struct {
	task  *Task
	turns uint32 // of task, when it began to wait
	look  int64  // not before this time
	next  int64  // when it is due; 0: the foreground does not wait
	step  int64
}

// How long the foreground waits before it is looked at, and how often later. Other cells
// may still do what is needed, and a search takes some milliseconds.
const (
	patience     = 300_000_000
	lastPatience = 20_000_000_000
	lookEvery    = 50_000_000
	searchLimit  = 1 << 19 // the values looked at in one search
)

// searchDeadlock is breakDeadlock while other tasks run, timers do or something outside is under
// way: a foreground task that none of that can get at waits for ever too. It reports whether there
// was such a task.
func (s *Scheduler) searchDeadlock() bool {
	if !s.Beside {
		return false
	}
	now := s.Clock.Now()
	s.search.look = now + lookEvery
	for t := range s.Foreground {
		if t.State != Runnable || !t.Started || t == s.Current || waker(t, t.Queue) == nil {
			continue
		}
		if s.search.task != t || s.search.turns != t.Turns || s.search.next == 0 {
			s.search = search{task: t, turns: t.Turns, look: s.search.look, next: now + patience, step: patience}
		}
		if now < s.search.next {
			return false
		}
		s.search.step = min(2*s.search.step, lastPatience)
		s.search.next = now + s.search.step
		if s.lost(t) {
			s.WakeErr(t, core.Err("DeadlockError", core.MakeString(s.explainWait(t))))
			return true
		}
		return false
	}
	s.search = search{look: s.search.look}
	return false
}

// lost reports whether it is certain that nothing can wake t any more.
func (s *Scheduler) lost(t *Task) bool {
	if len(s.bubbles.open) > 0 {
		return false // each looks after itself
	}
	outside := 0
	for _, o := range s.Tasks() {
		if q := o.Queue; q != nil && (q.Kind == WaitExternal || q.Kind == WaitInput) {
			outside++
		}
	}
	if outside < s.external {
		return false // something is under way whose end may do anything
	}
	alive, free, ok := s.alive(searchLimit)
	return ok && !free && !alive[t]
}

// How many waiting tasks an explanation names, of the cell and of others.
const (
	listed        = 20
	listedForeign = 5
)

// explainWait tells what t waits for: the chain of tasks that wait for each other,
// a circle if it comes back, and what the other tasks wait for.
func (s *Scheduler) explainWait(t *Task) string {
	var b strings.Builder
	fmt.Fprintf(&b, "nothing can ever wake this task: it waits for %s%s.", s.waitsFor(t), s.at(t))
	told := map[*Task]bool{t: true}
	o := heldBy(t)
	for ; o != nil && !told[o] && len(told) <= listed; o = heldBy(o) {
		told[o] = true
		fmt.Fprintf(&b, "\nThat waits for %s%s.", s.waitsFor(o), s.at(o))
	}
	switch {
	case o == t:
		b.WriteString("\nThe circle is closed: each waits for the next, and the last for this task.")
	case o != nil && told[o]:
		fmt.Fprintf(&b, "\nThe circle is closed: each waits for the next, and the last for %s.", o.called())
	}
	var own, foreign []*Task
	for _, o := range s.Tasks() {
		switch {
		case told[o] || o.State != Runnable:
		case o.Scope.Crew == t.Scope.Crew:
			own = append(own, o)
		default:
			foreign = append(foreign, o)
		}
	}
	s.listWaiting(&b, "Waiting too:", own, listed)
	s.listWaiting(&b, "Tasks of other cells:", foreign, listedForeign)
	return b.String()
}

// listWaiting tells what tasks wait for, most of them at most.
func (s *Scheduler) listWaiting(b *strings.Builder, title string, tasks []*Task, most int) {
	for i, o := range tasks {
		if i == most {
			fmt.Fprintf(b, "\n  and %d more, see Weft.tasks()", len(tasks)-most)
			return
		}
		if i == 0 {
			b.WriteString("\n" + title)
		}
		fmt.Fprintf(b, "\n  %s%s waits for %s%s", o.called(), s.spawned(o), s.waitsFor(o), s.at(o))
	}
}

// heldBy is the task whose end, or whose unlocking, t waits for; nil if it is not
// one certain task.
func heldBy(t *Task) *Task {
	q := t.Queue
	if q == nil || q.Owner.P == nil {
		return nil
	}
	switch q.Kind {
	case WaitTask:
		return taskOf(q.Owner)
	case WaitLock:
		names := core.TypeOf(q.Owner).Name.FieldNames
		for i, n := range names {
			if n.Name == "locked_by" {
				return taskOf(q.Owner.Field(i))
			}
		}
	case WaitCondition:
		if left := leftOf(q.Owner); len(left) > 0 {
			return left[0]
		}
	}
	return nil
}

// leftOf is which tasks of a vector, the owner of a queue in which some are waited for,
// have not ended.
func leftOf(owner core.Value) (left []*Task) {
	if owner.P == nil || core.TypeOf(owner).Kind != core.KindArray {
		return nil
	}
	a := core.As[core.Array](owner)
	for i := range a.Len {
		if o := taskOf(a.Get(i)); o != nil && o.State == Runnable {
			left = append(left, o)
		}
	}
	return left
}

// called is how messages call a task.
func (t *Task) called() string {
	if t.Ext != nil && t.Ext.Name != "" {
		return fmt.Sprintf("task %d %q", t.ID, t.Ext.Name)
	}
	return fmt.Sprintf("task %d", t.ID)
}

// WaitWords says in words what t waits for, and where; "" if it does not wait.
func (s *Scheduler) WaitWords(t *Task) string {
	if t == s.Current || t.Queue == &s.ready {
		return ""
	}
	return s.waitsFor(t) + s.at(t)
}

// waitsFor says in words what t waits for.
func (s *Scheduler) waitsFor(t *Task) string {
	q := t.Queue
	if q == nil {
		return "a schedule or yieldto that names it"
	}
	switch q.Kind {
	case WaitSelect:
		if t.Ext != nil && t.Ext.Select != nil {
			return t.Ext.Select.words(s)
		}
	case WaitTask:
		if o := taskOf(q.Owner); o != nil {
			return o.called() + s.spawned(o)
		}
	case WaitLock:
		if o := heldBy(t); o != nil {
			return "a lock that " + o.called() + s.spawned(o) + " holds"
		}
		if q.Owner.P != nil && core.TypeOf(q.Owner).Name.Name.Name == "Semaphore" {
			return fmt.Sprintf("one of the %d places of a semaphore", q.Owner.Field(0).Int64())
		}
	case WaitCondition:
		if left := leftOf(q.Owner); len(left) > 0 {
			names := make([]string, 0, listedForeign+1)
			for i, o := range left {
				if i == listedForeign {
					names = append(names, fmt.Sprintf("%d more", len(left)-i))
					break
				}
				names = append(names, o.called()+s.spawned(o))
			}
			return "ends of " + strings.Join(names, ", ")
		}
	case WaitTake, WaitPut, WaitChannel:
		what := map[WaitKind]string{WaitTake: "an item in take! from", WaitPut: "room in put! to", WaitChannel: "an item in"}[q.Kind]
		return what + " " + s.channelWords(q)
	}
	return q.Kind.String()
}

// channelWords describes the channel that a wait queue belongs to: its type, its
// capacity and how full it is.
func (s *Scheduler) channelWords(q *Queue) string {
	if q.Owner.P == nil || !q.Owner.Field(0).Is(ChannelType) {
		return "a channel"
	}
	name := s.RT.TypeString(core.TypeOf(q.Owner).Value())
	c := core.As[Channel](q.Owner.Field(0))
	switch {
	case c.Cap == Unlimited:
		return name + "(Inf)"
	case c.Cap > 0 && c.n == c.Cap:
		return fmt.Sprintf("%s(%d), which is full", name, c.Cap)
	case c.Cap > 0 && c.n == 0:
		return fmt.Sprintf("%s(%d), which is empty", name, c.Cap)
	}
	return fmt.Sprintf("%s(%d)", name, c.Cap)
}

func taskOf(v core.Value) *Task {
	if v.P != nil && core.TypeOf(v) == core.TaskType {
		return core.As[Task](v)
	}
	return nil
}

// spawned tells the place that t was spawned at, and its cell if that is another.
func (s *Scheduler) spawned(t *Task) string {
	if t.Spawn == nil || s.Engine == nil {
		return ""
	}
	_, file, line := s.Engine.Site(t.Spawn, t.SpawnPC)
	if line == 0 {
		return ""
	}
	if c := t.Scope.Cell; c != "" && c != file {
		return fmt.Sprintf(" (of %s, spawned at %s:%d)", c, file, line)
	}
	return fmt.Sprintf(" (spawned at %s:%d)", file, line)
}

// at tells where t stands.
func (s *Scheduler) at(t *Task) string {
	if p := s.place(t); p != "" {
		return ", at " + p
	}
	return ""
}

// Report lists the background tasks, a line for each: what it does and where it comes
// from.
func (s *Scheduler) Report() []string {
	var lines []string
	for _, t := range s.Tasks() {
		if s.Foreground[t] {
			continue
		}
		state := s.Status(t)
		if state == "waiting" {
			state = "waits for " + s.waitsFor(t)
		}
		lines = append(lines, t.called()+s.spawned(t)+": "+state+s.at(t))
	}
	return lines
}
