package prim

// This file: work of primitives that takes long, and looks in between for an interrupt.

import "weft/runtime/task"

// longWork is how much work, in steps of a nanosecond or so, can be interrupted.
const longWork = 1 << 23

// long runs f, a part of a primitive that takes about so many steps, for t; see
// [task.Task.Long].
func long(t *task.Task, steps int, f func()) error {
	if steps < longWork || t == nil {
		f()
		return nil
	}
	return t.Long(f)
}

// inParts calls f for one part of 0 to n-1 after the other, as far as t is not to stop.
func inParts(t *task.Task, n int, f func(lo, hi int)) error {
	for lo := 0; lo < n; lo += longWork / 8 {
		if lo > 0 {
			if err := t.Sched.TakeStop(t); err != nil {
				return err
			}
		}
		f(lo, min(lo+longWork/8, n))
	}
	return nil
}

// pace counts the steps of a task's work.
type pace struct {
	t     *task.Task
	steps int // since it was last looked for an interrupt
}

// stop is told of steps to come, and gives an InterruptException if the task is to stop.
func (p *pace) stop(steps int) error {
	p.steps += steps
	if p.steps < longWork/8 {
		return nil
	}
	p.steps = 0
	return p.t.Sched.TakeStop(p.t)
}
