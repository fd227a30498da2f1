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

// explainWait tells what t waits for and, in a list, what the other waiting
// tasks wait for.
func (s *Scheduler) explainWait(t *Task) string {
	var b strings.Builder
	fmt.Fprintf(&b, "nothing can ever wake this task: it waits for %s%s.", s.waitsFor(t), s.at(t))
	others := 0
	for _, o := range s.Tasks() {
		if o == t || o.State != Runnable {
			continue
		}
		if others++; others > 20 {
			continue
		}
		if others == 1 {
			b.WriteString("\nWaiting too:")
		}
		fmt.Fprintf(&b, "\n  task %d%s waits for %s%s", o.ID, s.spawned(o), s.waitsFor(o), s.at(o))
	}
	if others > 20 {
		fmt.Fprintf(&b, "\n  and %d more", others-20)
	}
	return b.String()
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
			return fmt.Sprintf("task %d%s", o.ID, s.spawned(o))
		}
	case WaitTake, WaitPut, WaitChannel:
		what := map[WaitKind]string{WaitTake: "an item in take! from", WaitPut: "room in put! to", WaitChannel: "an item in"}[q.Kind]
		return what + " " + channelWords(q)
	}
	return q.Kind.String()
}

// channelWords describes the channel that a wait queue belongs to.
func channelWords(q *Queue) string {
	if q.Owner.P == nil {
		return "a channel"
	}
	return "a " + core.TypeOf(q.Owner).Name.Name.Name
}

func taskOf(v core.Value) *Task {
	if v.P != nil && core.TypeOf(v) == core.TaskType {
		return core.As[Task](v)
	}
	return nil
}

// spawned tells the cell and the place that t was spawned at.
func (s *Scheduler) spawned(t *Task) string {
	if t.Spawn == nil || s.Engine == nil {
		return ""
	}
	_, file, line := s.Engine.Site(t.Spawn, t.SpawnPC)
	if line == 0 {
		return ""
	}
	return fmt.Sprintf(" (spawned at %s:%d)", file, line)
}

// at tells where t stands.
func (s *Scheduler) at(t *Task) string {
	if s.Engine == nil {
		return ""
	}
	_, file, line := s.Engine.Where(t)
	if line == 0 {
		return ""
	}
	return fmt.Sprintf(", at %s:%d", file, line)
}
