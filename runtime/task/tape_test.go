package task

import "testing"

// A replay runs the recorded task of each step, also when tasks have been woken in
// another order; one that has not run yet is the next new one.
func TestDeckPlaysTheRecordedTask(t *testing.T) {
	a, b, c := &Task{}, &Task{}, &Task{}
	d := &deck{play: true, tape: &Tape{who: []uint16{0, 1, 0, 1, 2}}, numbers: map[*Task]uint16{}}
	for step, x := range []struct {
		ready []*Task
		want  *Task
	}{
		{[]*Task{a}, a}, {[]*Task{a, b}, b}, {[]*Task{b, a}, a}, {[]*Task{a, b}, b}, {[]*Task{b, a, c}, c},
	} {
		if got := x.ready[d.Next(x.ready)]; got != x.want {
			t.Errorf("step %d runs another task", step)
		}
	}
	if d.differs {
		t.Error("the replay counts as another one")
	}
}
