package task

// This file records what the tasks of a bubble got from outside of the program, the
// clock, timers and input (and files, sockets and processes: outside.go), and at which
// step; and plays it back. Tasks run in the
// usual order, so that with the same things from outside all goes the same way.

import (
	"math/rand/v2"
	"slices"

	"weft/runtime/core"
)

// maxTape bounds how many things a tape takes.
const maxTape = 1 << 20

// Tape is a recording.
type Tape struct {
	Type  *core.DataType // TapeType
	Full  bool           // there was more than it could take
	steps int            // recorded
	who   []uint16       // which task ran in each step, numbered as they first ran
	reads []int64        // of the clock
	fires []fired
	lines []input

	answers  [][]answer // of primitives that reach outside, by task
	answered int        // how many
	bytes    int        // about how much that is
	said     []said     // by processes
}

// TapeType is the type of a tape as a value of the language.
var TapeType = core.NewOpaque("Tape", core.Any, true)

// fired says that timers fired before a step.
type fired struct {
	step int
	at   int64
}

// input is a line that came before a step; at the end of input there is none.
type input struct {
	step int
	line string
	end  bool
}

// deck records a tape or plays it. It is the choice of its bubble.
type deck struct {
	tape    *Tape
	play    bool
	step    int
	reads   int // played
	fires   int
	lines   int
	numbers map[*Task]uint16
	random  *rand.Rand
	waiting func(line string, end bool) // for input
	differs bool
	goesOn  *Task // its slice is over, its step is not

	calls  map[*Task]answer // recording: those of tasks that wait for their end
	given  map[uint16]int   // playing: how many answers each task has been given
	awaits Queue            // playing: tasks that wait for an answer
	due    *Task            // playing: the one that has got it
	out    Output           // playing: where processes wrote
	told   int
}

// OpenTape makes a bubble that records t's tasks, or plays back what was recorded.
func (s *Scheduler) OpenTape(t *Task, tape *Tape, play bool) *Bubble {
	d := &deck{tape: tape, play: play, numbers: map[*Task]uint16{}, random: rand.New(rand.NewPCG(1, 2)),
		calls: map[*Task]answer{}, given: map[uint16]int{}, out: t.Scope.Out}
	d.awaits.Kind = WaitExternal
	b := s.OpenBubble(t, BubbleOptions{Virtual: true, Choice: d})
	b.deck = d
	b.line.deck = d
	if !play {
		b.line.over, b.line.at, b.line.date = true, 0, 0 // the scheduler's clock, and its timers
	} else {
		b.Main = t
	}
	return b
}

// Counts is how much is on the tape: steps, readings of the clock, firings of timers,
// lines of input, results of other operations outside.
func (t *Tape) Counts() (steps, reads, fires, lines, answers int) {
	return t.steps, len(t.reads), len(t.fires), len(t.lines), t.answered
}

// Next lets the oldest task run. One whose slice is over goes on: where that is
// depends on more than the program, so it is no step.
func (d *deck) Next(ready []*Task) int {
	if ready[0] == d.goesOn {
		d.goesOn = nil
		return 0
	}
	d.goesOn = nil
	at := max(0, slices.Index(ready, d.due))
	d.due = nil
	if d.play && d.step < len(d.tape.who) {
		// Several may have been woken for this step, and in another order.
		if i := slices.IndexFunc(ready, d.isNext); i >= 0 {
			at = i
		}
	}
	n := d.number(ready[at])
	d.returned(ready[at])
	t := d.tape
	switch {
	case d.play:
		d.differs = d.differs || d.step < len(t.who) && t.who[d.step] != n
	case len(t.who) < maxTape:
		t.who = append(t.who, n)
	default:
		t.Full = true
	}
	d.step++
	if !d.play {
		t.steps = d.step
	}
	return at
}

// inStep reports whether a task has been interrupted in its step by the end of its
// slice: what is on the tape for the next step has to wait.
func (d *deck) inStep(s *Scheduler) bool { return d.goesOn != nil && d.goesOn.Queue == &s.ready }

// isNext reports whether t is the task that the tape has run next. One that has not
// run yet has no number: its will be the next new one.
func (d *deck) isNext(t *Task) bool {
	n, known := d.numbers[t]
	if !known {
		n = uint16(len(d.numbers))
	}
	return n == d.tape.who[d.step]
}

// number is that of t: tasks are numbered as they first run.
func (d *deck) number(t *Task) uint16 {
	n, known := d.numbers[t]
	if !known {
		n = uint16(len(d.numbers))
		d.numbers[t] = n
	}
	return n
}

// Pick chooses among n, the same each time.
func (d *deck) Pick(n int) int { return d.random.IntN(n) }

// Slice is the usual one.
func (d *deck) Slice() int64 { return 0 }

// clock is a reading of the clock.
func (d *deck) clock(now int64) int64 {
	t := d.tape
	if d.play {
		if d.reads < len(t.reads) {
			d.reads++
			return t.reads[d.reads-1]
		}
		return now
	}
	if len(t.reads) < maxTape {
		t.reads = append(t.reads, now)
	} else {
		t.Full = true
	}
	return now
}

// fired notes that a timer fires.
func (d *deck) fired(at int64) {
	t := d.tape
	if n := len(t.fires); d.play || n > 0 && t.fires[n-1] == (fired{d.step, at}) {
		return
	}
	if len(t.fires) < maxTape {
		t.fires = append(t.fires, fired{d.step, at})
	} else {
		t.Full = true
	}
}

// came notes a line of input.
func (d *deck) came(line string, end bool) {
	if !d.play && len(d.tape.lines) < maxTape {
		d.tape.lines = append(d.tape.lines, input{d.step, line, end})
	}
}

// deckOf is the deck of the bubble that t is in, or nil.
func deckOf(t *Task) *deck {
	if t.Scope == nil {
		return nil
	}
	for b := t.Scope.Bubble; b != nil; b = b.parent {
		if b.isOpen && b.deck != nil {
			return b.deck
		}
	}
	return nil
}

// PlayInput has got called with the next recorded line, when its step has come; false
// if input of t is not being played back.
func (t *Task) PlayInput(got func(line string, end bool)) bool {
	d := deckOf(t)
	if d == nil || !d.play {
		return false
	}
	d.waiting = got
	return true
}

// RecordInput notes a line that t has read, if t is being recorded.
func (t *Task) RecordInput(line string, end bool) {
	if d := deckOf(t); d != nil {
		d.came(line, end)
	}
}

// playOn lets happen what was recorded before the step that comes next.
func (s *Scheduler) playOn(b *Bubble) {
	d, t := b.deck, b.deck.tape
	if d.inStep(s) {
		return
	}
	for d.fires < len(t.fires) && t.fires[d.fires].step == d.step {
		b.line.at = t.fires[d.fires].at
		d.fires++
		s.fire(&b.line.timers, b.line.at)
	}
	for d.lines < len(t.lines) && t.lines[d.lines].step == d.step && d.waiting != nil {
		got := d.waiting
		d.waiting = nil
		d.lines++
		got(t.lines[d.lines-1].line, t.lines[d.lines-1].end)
	}
	d.sayAgain()
	if d.due == nil {
		if d.due = d.answerDue(); d.due != nil {
			s.Wake(d.due, core.Nothing())
		}
	}
	m := b.Main
	if m == nil || m.State != Runnable || m == s.Current {
		return
	}
	switch {
	case d.differs:
	case b.held > 0 || s.busy(b):
		return
	case d.fires == len(t.fires) && d.lines == len(t.lines) && d.step >= t.steps:
		s.WakeErr(m, core.Err("DeadlockError", core.MakeString(s.explainWait(m))))
		return
	}
	b.Main = nil
	s.WakeErr(m, core.Errorf("replay: step %d is not the recorded one: the program or something outside of it has changed", d.step))
}
