package prim

// This file has the primitives of cancellation sources.

import (
	"slices"

	"weft/runtime/core"
	"weft/runtime/task"
)

var cancelTable = []entry{
	{"cancel_new", 0, -1, "cancel_new(parents...): a cancellation source below others.", cancelNew},
	{"cancel_state", 1, 1, "cancel_state(s): the severity and flags of s, 0x00 if it is not cancelled.", onSource(func(_ *task.Task, s *task.CancelSource, _ []core.Value) (core.Value, error) {
		return core.Bits(core.UInt8, uint64(s.State)), nil
	})},
	{"cancel_check", 1, 1, "cancel_check(s): throws the request by which s is cancelled, if it is.", onSource(func(t *task.Task, s *task.CancelSource, _ []core.Value) (core.Value, error) {
		return core.Nothing(), t.Heed(s)
	})},
	{"task_abandon", 1, 1, "task_abandon(t): stops t where it is, for ever; leaves it at once if it is the running task.", taskAbandon},
	{"cancel_raise", 2, 2, "cancel_raise(s, severity): cancels s and all below it; whether the state of s rose.", onSource(func(t *task.Task, s *task.CancelSource, a []core.Value) (core.Value, error) {
		return core.MakeBool(t.Sched.Cancel(s, uint8(a[1].N))), nil
	})},
	{"cancel_parents", 1, 1, "cancel_parents(s): the sources above s, a tuple.", onSource(func(_ *task.Task, s *task.CancelSource, _ []core.Value) (core.Value, error) {
		vs := make([]core.Value, len(s.Parents))
		for i, p := range s.Parents {
			vs[i] = core.ToValue(p)
		}
		return makeTuple(vs...), nil
	})},
	{"cancel_wait", 1, 1, "cancel_wait(s): waits until s is cancelled; the request.", onSource(func(t *task.Task, s *task.CancelSource, _ []core.Value) (core.Value, error) {
		if s.State != 0 {
			return t.Sched.RT.ExceptionOf(s.Request()), nil
		}
		if err := t.CheckCancel(); err != nil {
			return core.Value{}, err
		}
		return t.Sched.Park(t, &s.Watchers)
	})},
	{"task_governor", 0, 0, "task_governor(): the source by which the running task is cancelled, or nothing.", func(t *task.Task, _ []core.Value) (core.Value, error) {
		if t.Scope.Cancel == nil {
			return core.Nothing(), nil
		}
		return core.ToValue(t.Scope.Cancel), nil
	}},
	{"task_set_governor", 1, 1, "task_set_governor(s): has the running task cancelled by s, or by nothing.", func(t *task.Task, a []core.Value) (core.Value, error) {
		return core.Nothing(), setScope(t, t.Scope.Values, a[0])
	}},
}

func onSource(f func(*task.Task, *task.CancelSource, []core.Value) (core.Value, error)) task.Fn {
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(task.CancelSourceType) {
			return core.Value{}, core.TypeErr("cancellation source", "", task.CancelSourceType.Value(), a[0])
		}
		return f(t, core.As[task.CancelSource](a[0]), a)
	}
}

func cancelNew(_ *task.Task, a []core.Value) (core.Value, error) {
	var parents []*task.CancelSource
	for _, v := range a {
		if !v.Is(task.CancelSourceType) {
			return core.Value{}, core.TypeErr("CancellationTokenSource", "", task.CancelSourceType.Value(), v)
		}
		if p := core.As[task.CancelSource](v); !slices.Contains(parents, p) {
			parents = append(parents, p)
		}
	}
	return core.ToValue(task.NewCancelSource(parents...)), nil
}

// setScope gives t a scope with other values and another source of cancellation.
func setScope(t *task.Task, values, source core.Value) error {
	s := *t.Scope
	s.Values, s.Cancel = values, nil
	switch {
	case source.Is(task.CancelSourceType):
		s.Cancel = core.As[task.CancelSource](source)
	case !source.IsNothing():
		return core.TypeErr("cancellation source", "", task.CancelSourceType.Value(), source)
	}
	t.Scope = &s
	return nil
}

func taskAbandon(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "unsafe_abandon!")
	if err != nil {
		return core.Value{}, err
	}
	t.Sched.Abandon(u)
	if u == t {
		return core.Value{}, task.ErrParked
	}
	return core.Nothing(), nil
}
