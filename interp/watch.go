package interp

// This file keeps displays up to date with the tasks and channels that they show,
// and tells of failures that nobody waits for. Nothing runs while nothing changes:
// the scheduler calls when it has come to rest, and from time to time before that.

import (
	"slices"
	"time"

	"weft/runtime/core"
	"weft/runtime/task"
)

const (
	// watchLimit bounds the displays that are kept up to date: the oldest are
	// given up.
	watchLimit = 256
	// lostGrace is how long a failure may stay unseen while tasks run on.
	lostGrace = 100 * time.Millisecond
)

// watching is what is watched. It is used with the baton held.
type watching struct {
	list []*watch
	lost []lost
	due  bool // the scheduler will be woken to look again
	mute bool // Weft.notices(false)
}

// watch is one display that shows something.
type watch struct {
	of     core.Value // what it shows: a task, a channel's core, or anything that tasks do
	render core.Value // the function that updates it
	scope  *task.Scope
	every  time.Duration // the least time between two updates
	seen   task.Shape
	at     time.Time // of the last update
	busy   bool      // an update is under way
}

// lost is a failure that nobody waited for.
type lost struct {
	task *task.Task
	at   time.Time
}

// settled reports whether all displays show what there is to show.
func (w *watching) settled() bool {
	return !w.due && len(w.lost) == 0 && !slices.ContainsFunc(w.list, func(x *watch) bool { return x.busy })
}

// failed is told of a task that failed while nobody waited for it. The live card of a
// task tells its failure itself, but for a front end that shows only its text.
func (in *Interp) failed(t *task.Task) {
	w := &in.watching
	card := slices.ContainsFunc(w.list, func(x *watch) bool { return x.of == t.Value() && redraws(x.scope) })
	if !w.mute && !card && t.Scope.Out != nil {
		w.lost = append(w.lost, lost{t, time.Now()})
		in.sched.Watch = in.look
	}
}

// redraws reports whether a display in that scope is known to be one of a notebook,
// where an update takes its place; a console shows what came first.
func redraws(s *task.Scope) bool {
	h, ok := s.Out.(*host)
	return ok && h.notebook
}

// look updates what has changed.
func (in *Interp) look(idle bool) {
	w := &in.watching
	now := time.Now()
	next := time.Duration(-1)
	later := func(d time.Duration) {
		if next < 0 || d < next {
			next = d
		}
	}
	for _, x := range slices.Clone(w.list) {
		shape := in.sched.ShapeOf(x.of)
		if x.busy || shape == x.seen {
			continue
		}
		if wait := x.every - now.Sub(x.at); wait > 0 {
			later(wait)
			continue
		}
		x.seen, x.at = shape, now
		in.update(x)
		if shape.Final {
			w.list = slices.DeleteFunc(w.list, func(y *watch) bool { return y == x })
		}
	}
	w.lost = slices.DeleteFunc(w.lost, func(l lost) bool {
		if wait := lostGrace - now.Sub(l.at); !idle && wait > 0 && !l.task.Observed {
			later(wait)
			return false
		}
		if !l.task.Observed {
			in.tell(l.task)
		}
		return true
	})
	if next >= 0 && !w.due {
		w.due = true
		time.AfterFunc(next, func() { in.sched.Post(func() { w.due = false }) })
	}
	if len(w.list) == 0 && len(w.lost) == 0 {
		in.sched.Watch = nil
	}
}

// update has a task of the system's own render x's display.
func (in *Interp) update(x *watch) {
	x.busy = true
	t := in.sched.NewHidden(x.render, x.scope)
	t.Extra().OnDone = append(t.Extra().OnDone, func(*task.Task) { x.busy = false })
	in.sched.Schedule(t)
}

// tell shows a failure in the cell of the task.
func (in *Interp) tell(t *task.Task) {
	if notice, err := in.runner("Notice", t.Value()); err == nil {
		in.sched.Schedule(in.sched.NewHidden(notice, t.Scope))
	}
}

// primWatch is watch_display(of, render, seconds).
func (in *Interp) primWatch(t *task.Task, a []core.Value) (core.Value, error) {
	w := &in.watching
	if len(w.list) == watchLimit {
		w.list = slices.Delete(w.list, 0, 1)
	}
	x := &watch{of: a[0], render: a[1], scope: t.Scope, every: time.Duration(a[2].Float64() * float64(time.Second)), seen: in.sched.ShapeOf(a[0]), at: time.Now()}
	w.list = append(w.list, x)
	in.sched.Watch = in.look
	return core.Nothing(), nil
}

// primUnwatch is unwatch_display(of).
func (in *Interp) primUnwatch(_ *task.Task, a []core.Value) (core.Value, error) {
	w := &in.watching
	n := len(w.list)
	w.list = slices.DeleteFunc(w.list, func(x *watch) bool { return x.of == a[0] })
	return core.MakeBool(len(w.list) < n), nil
}

// primNotices is notices([on]).
func (in *Interp) primNotices(_ *task.Task, a []core.Value) (core.Value, error) {
	if len(a) > 0 {
		in.watching.mute = !a[0].IsTrue()
	}
	return core.MakeBool(!in.watching.mute), nil
}
