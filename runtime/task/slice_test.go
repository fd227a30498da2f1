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
	for _, c := range []struct {
		name  string
		ready []*Scope // of the tasks 3, 4, ...; task 1 of cell a is cut, 2 of cell a fails
		want  []uint64
	}{
		{"alone", nil, []uint64{2, 1}},
		{"before another of its own cell", []*Scope{a}, []uint64{2, 1, 3}},
		{"and of another cell", []*Scope{b}, []uint64{2, 3, 1}},
	} {
		s := NewScheduler(core.NewRuntime(), nil)
		s.Halt(&Task{ID: 2, Scope: a}, errors.New("stop"))
		for i, scope := range c.ready {
			s.ready.Push(&Task{ID: uint64(i + 3), Scope: scope})
		}
		s.cut(&Task{ID: 1, Scope: a})
		if got := order(s); !slices.Equal(got, c.want) {
			t.Errorf("%s: order %v, want %v", c.name, got, c.want)
		}
	}
}

// TestOpeningForgetsWhoGoesOn has a schedule begin after another one has ended while its
// task was cut off: its first choice is made all the same.
func TestOpeningForgetsWhoGoesOn(t *testing.T) {
	s := NewScheduler(core.NewRuntime(), nil)
	main := &Task{ID: 1, Scope: &Scope{}}
	b := s.OpenBubble(main, BubbleOptions{Choice: NewChoice(5, false)})
	s.goOn(main)
	s.CloseBubble(b)
	s.OpenBubble(main, BubbleOptions{Choice: NewChoice(5, false)})
	if s.bubbles.next != nil {
		t.Error("the first choice would be left out")
	}
}
