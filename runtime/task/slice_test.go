package task

import (
	"errors"
	"slices"
	"testing"

	"weft/runtime/core"
)

// order pops all ready tasks and tells them by their IDs.
func order(s *Scheduler) (ids []uint64) {
	for t := s.pop(); t != nil; t = s.pop() {
		ids = append(ids, t.ID)
	}
	return ids
}

// TestCutTasksHoldBackTheirCell has a task of one cell cut off while others are ready.
func TestCutTasksHoldBackTheirCell(t *testing.T) {
	a, b := &Scope{Crew: new(Crew)}, &Scope{Crew: new(Crew)}
	for _, c := range []struct {
		name  string
		ready []*Scope // of the tasks 2, 3, ...; task 1 of cell a is cut
		want  []uint64
	}{
		{"alone", nil, []uint64{1}},
		{"others of its own cell come after it", []*Scope{a, a}, []uint64{1, 2, 3}},
		{"those of other cells before it", []*Scope{a, b, b}, []uint64{3, 4, 1, 2}},
	} {
		s := NewScheduler(core.NewRuntime(), nil)
		for i, scope := range c.ready {
			s.ready.Push(&Task{ID: uint64(i + 2), Scope: scope})
		}
		s.cut(&Task{ID: 1, Scope: a})
		if got := order(s); !slices.Equal(got, c.want) {
			t.Errorf("%s: order %v, want %v", c.name, got, c.want)
		}
	}
}

// TestErrorsPassCutTasks has an exception for a task of the cell that was cut off.
func TestErrorsPassCutTasks(t *testing.T) {
	a, b := &Scope{Crew: new(Crew)}, &Scope{Crew: new(Crew)}
	s := NewScheduler(core.NewRuntime(), nil)
	stopped := &Task{ID: 2, Scope: a}
	stopped.Extra().Err = errors.New("stop")
	s.ready.Push(stopped)
	s.ready.Push(&Task{ID: 3, Scope: b})
	s.cut(&Task{ID: 1, Scope: a})
	if got, want := order(s), []uint64{2, 3, 1}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}
