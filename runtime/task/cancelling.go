package task

// This file ends tasks from outside.

// severitySafe is the mildest severity of a cancellation: its target unwinds.
const severitySafe = 1

// CancelTask has t end: what it waits in, or its next step, throws a
// CancellationRequest, and so does from then on whatever it would wait in. Nobody
// needs to be told of such an end. It reports whether t could be cancelled: it has
// not ended and is not the one that runs.
func (s *Scheduler) CancelTask(t *Task) bool {
	if t.State != Runnable || t == s.Current {
		return false
	}
	scope := *t.Scope
	if scope.Cancel != nil {
		scope.Cancel = NewCancelSource(scope.Cancel)
	} else {
		scope.Cancel = NewCancelSource()
	}
	scope.Cancel.raise(severitySafe)
	t.Scope, t.Observed = &scope, true
	s.Halt(t, scope.Cancel.Request())
	return true
}

// CancelAll cancels the tasks that which selects, except those of the foreground
// and the running one, and returns how many.
func (s *Scheduler) CancelAll(which func(*Task) bool) int {
	n := 0
	for _, t := range s.Tasks() {
		if !s.Foreground[t] && which(t) && s.CancelTask(t) {
			n++
		}
	}
	return n
}
