package task

// This file writes down what the tasks of a bubble do, step by step: for the
// report of a schedule that failed.

import (
	"fmt"

	"weft/runtime/core"
)

// maxSteps bounds how many steps a log keeps: the last ones.
const maxSteps = 2000

// stepLog is what the tasks of a bubble did.
type stepLog struct {
	limit int // steps after which the bubble's main task fails; 0: none
	count int
	steps []Step
	ready map[*Task]bool
	waits map[*Task]string // what each task waits for
	lines map[*Task]string // where each task stands
	line  string
}

// Step is one run of a task, from one choice to the next.
type Step struct {
	Task     *Task // nil: time went by
	At       int64 // the bubble's time
	From, To string
	What     string // how it ended
	On       *Task  // the task that it waits for, if it waits for one
	Woke     []Woken
}

// Woken is a task that became ready in a step, and what it had waited for ("" if it
// had not begun).
type Woken struct {
	Task *Task
	From string
}

func newLog() *stepLog {
	return &stepLog{ready: map[*Task]bool{}, waits: map[*Task]string{}, lines: map[*Task]string{}}
}

// WriteDown has b keep a log from now on; after limit steps (0: never) its main
// task fails.
func (b *Bubble) WriteDown(limit int) {
	b.log = newLog()
	b.log.limit = limit
}

// Steps lists what has been kept of b's log, how many steps came before that, and
// how many there were.
func (b *Bubble) Steps() (steps []Step, lost, count int) {
	l := b.log
	if l == nil {
		return nil, 0, 0
	}
	return l.steps, l.count - len(l.steps), l.count
}

// logOf is the log that t's steps go into, if any.
func (s *Scheduler) logOf(t *Task) *stepLog {
	if t.Scope == nil {
		return nil
	}
	for b := t.Scope.Bubble; b != nil; b = b.parent {
		if b.log != nil && b.isOpen {
			return b.log
		}
	}
	return nil
}

// begin notes that t is about to run.
func (l *stepLog) begin(s *Scheduler, t *Task) {
	if woke := l.woken(s, t); len(woke) > 0 {
		l.add(Step{At: s.Now(t), Woke: woke})
	}
	l.line = l.lines[t]
	delete(l.waits, t)
}

// end notes how t's run ended.
func (l *stepLog) end(s *Scheduler, t *Task, sliced bool) {
	st := Step{Task: t, At: s.Now(t), From: l.line}
	delete(l.ready, t)
	switch {
	case t.State == Done:
		st.What = "ends"
	case t.State == Failed:
		st.What = "fails"
	case t.State == Abandoned:
		st.What = "is abandoned"
	case sliced:
		st.What = "is interrupted"
	case t.Queue == &s.ready:
		st.What = "yields"
	default:
		st.What = s.waitsFor(t)
		if q := t.Queue; q != nil && q.Kind == WaitTask {
			st.On, st.What = taskOf(q.Owner), "a task"
		}
		l.waits[t] = st.What
		st.What = "waits for " + st.What
	}
	if t.State == Runnable {
		st.To = s.place(t)
		l.lines[t] = st.To
	} else {
		delete(l.lines, t)
	}
	if t.Queue == &s.ready {
		l.ready[t] = true
	}
	st.Woke = l.woken(s, t)
	l.add(st)
	if l.limit > 0 && l.count == l.limit {
		l.stop(s, t)
	}
}

// stop ends a program that does not end by itself.
func (l *stepLog) stop(s *Scheduler, t *Task) {
	for b := t.Scope.Bubble; b != nil; b = b.parent {
		if m := b.Main; b.log == l && m != nil && m.State == Runnable {
			s.WakeErr(m, core.Errorf("no end after %d steps", l.count))
		}
	}
}

// woken lists the tasks that have become ready since it was last called.
func (l *stepLog) woken(s *Scheduler, running *Task) (woke []Woken) {
	for x := s.ready.Head; x != nil; x = x.Next {
		if x == running || l.ready[x] || s.logOf(x) != l {
			continue
		}
		l.ready[x] = true
		woke = append(woke, Woken{x, l.waits[x]})
	}
	return woke
}

func (l *stepLog) add(st Step) {
	if len(l.steps) >= 2*maxSteps {
		l.steps = append(l.steps[:0], l.steps[maxSteps:]...)
	}
	l.steps = append(l.steps, st)
	l.count++
}

// place tells where t stands, as file:line.
func (s *Scheduler) place(t *Task) string {
	if s.Engine == nil {
		return ""
	}
	_, file, line := s.Engine.Where(t)
	if line == 0 {
		return ""
	}
	return fmt.Sprintf("%s:%d", file, line)
}
