package task

// This file has choices: which of the ready tasks runs next, and which of the
// cases of a select that can happen does.

import (
	"math"
	"math/rand/v2"
)

// Choice decides what is otherwise decided by order.
type Choice interface {
	// Next chooses among the ready tasks of a bubble, oldest first.
	Next(ready []*Task) int
	// Pick chooses among n things.
	Pick(n int) int
	// Slice is how many back edges and calls the next task may run before others
	// get a turn; 0 leaves it as it is.
	Slice() int64
}

// NewChoice returns the schedule of a number, the same for the same number: for an
// even one each choice is made at random, for an odd one tasks have priorities. With
// preempt tasks are interrupted also between the places where they wait.
func NewChoice(seed uint64, preempt bool) Choice {
	c := seededChoice{random: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)), preempt: preempt}
	if seed%2 == 0 {
		return &c
	}
	p := &priorityChoice{seededChoice: c, priority: map[*Task]int64{}, changes: map[int]bool{}}
	steps := 4 << c.Pick(10)
	for range c.Pick(4) {
		p.changes[1+c.Pick(steps)] = true
	}
	return p
}

// seededChoice chooses at random.
type seededChoice struct {
	random  *rand.Rand
	preempt bool
}

// Next chooses a ready task, each with the same probability.
func (c *seededChoice) Next(ready []*Task) int { return c.Pick(len(ready)) }

// Pick chooses one of n.
func (c *seededChoice) Pick(n int) int {
	if n < 2 {
		return 0
	}
	return c.random.IntN(n)
}

// Slice is short and at random with preempt.
func (c *seededChoice) Slice() int64 {
	if !c.preempt {
		return 0
	}
	return 1 + c.random.Int64N(40)
}

// priorityChoice gives each task a priority at random and runs the one with the
// highest; at a few steps, chosen at random, the running task falls behind all
// others. An error that needs d certain steps in order, in a program of n tasks
// and k steps, is found with a probability of at least 1/(n·k^(d-1)): the method of
// Burckhardt and others, "A Randomized Scheduler with Probabilistic Guarantees of
// Finding Bugs", 2010.
type priorityChoice struct {
	seededChoice
	priority map[*Task]int64
	changes  map[int]bool
	step     int
	low      int64
	last     *Task
	runs     int // of last, one after the other
}

// maxRuns is how many times a task may run on end while others are ready: it may be
// looking again and again at what another one is to do.
const maxRuns = 100

// Next chooses the task of the highest priority.
func (c *priorityChoice) Next(ready []*Task) int {
	c.step++
	if c.last != nil && (c.changes[c.step] || c.runs > maxRuns) {
		c.low--
		c.priority[c.last] = c.low
	}
	best, at := int64(math.MinInt64), 0
	for i, t := range ready {
		p, ok := c.priority[t]
		if !ok {
			p = 1 + c.random.Int64N(math.MaxInt64-1)
			c.priority[t] = p
		}
		if p > best {
			best, at = p, i
		}
	}
	c.runs++
	if c.last != ready[at] {
		c.last, c.runs = ready[at], 0
	}
	return at
}

// Pick chooses one of n things for t, by the choice of its bubble or else by the
// scheduler's own random numbers, which are the same in each process.
func (s *Scheduler) Pick(t *Task, n int) int {
	if b := s.chooser(t); b != nil {
		return b.choice.Pick(n)
	}
	if s.bubbles.random == nil {
		s.bubbles.random = rand.New(rand.NewPCG(1, 2))
	}
	return s.bubbles.random.IntN(n)
}

// SetChoice sets the choice for tasks that are in no bubble with one; nil stands
// for the order in which they became ready.
func (s *Scheduler) SetChoice(c Choice) {
	if s.bubbles.root != nil {
		s.bubbles.choosers--
		s.bubbles.root = nil
	}
	if c != nil {
		s.bubbles.root = &Bubble{choice: c}
		s.bubbles.choosers++
	}
	s.setTurns()
}

// chooser is the bubble whose choice applies to t, or nil.
func (s *Scheduler) chooser(t *Task) *Bubble {
	if t.Scope != nil {
		for b := t.Scope.Bubble; b != nil; b = b.parent {
			if b.choice != nil {
				return b
			}
		}
	}
	return s.bubbles.root
}

// goOn makes t, which was running, the next to run, without a choice.
func (s *Scheduler) goOn(t *Task) {
	s.bubbles.next = t
	s.ready.PushFront(t)
}

// stepByChoice is Step where the oldest ready task is in a group with a choice.
func (s *Scheduler) stepByChoice() bool {
	t := s.ready.Head
	if t == nil {
		return false
	}
	b := s.chooser(t)
	if next := s.bubbles.next; next != nil && next == t {
		b = nil // it was switched to
	}
	s.bubbles.next = nil
	slice := int64(0)
	if b != nil {
		var group []*Task
		for x := t; x != nil; x = x.Next {
			if s.chooser(x) == b {
				group = append(group, x)
			}
		}
		t = group[b.choice.Next(group)]
		slice = b.choice.Slice()
	}
	s.ready.Remove(t)
	s.Current = t
	l := s.logOf(t)
	if l != nil {
		l.begin(s, t)
	}
	if slice > 0 {
		s.Engine.Limit(t, slice)
	}
	sliced := s.Engine.Run(t) == Sliced
	if slice > 0 {
		s.Engine.Limit(t, 0)
	}
	switch {
	case sliced && b != nil && b.deck != nil:
		b.deck.goesOn = t
		s.ready.PushFront(t)
	case sliced && slice > 0:
		s.ready.Push(s.Current)
	case sliced: // a choice is made only where a task waits
		s.goOn(s.Current)
	}
	s.leave()
	s.Current = nil
	if l != nil {
		l.end(s, t, sliced)
	}
	return true
}
