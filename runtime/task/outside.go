package task

// This file records what primitives that reach outside of the program gave, such as
// those of files, sockets and processes, and gives it again in a replay, in which
// nothing outside is touched.

import (
	"math"

	"weft/runtime/core"
)

// maxOutside bounds the bytes that a tape keeps of what came from outside.
const maxOutside = 64 << 20

// answer is what one call of a primitive gave: a value or an error, or that it waits.
type answer struct {
	name, about string // the primitive, and its first argument if that is a text
	step        int    // how many steps there were when it was given, the running one included
	waits       bool
	value       core.Value
	err         error
}

// said is output of a process that came before a step.
type said struct {
	step   int
	stream int
	text   []byte
}

// Outside makes a primitive that reaches outside of the program one whose results are
// recorded and played back.
func Outside(name string, f Fn) Fn {
	return func(t *Task, a []core.Value) (core.Value, error) {
		if t == nil || t.Scope == nil || t.Scope.Bubble == nil {
			return f(t, a)
		}
		d := deckOf(t)
		if d == nil {
			return f(t, a)
		}
		about := ""
		if len(a) > 0 && a[0].Is(core.StringType) {
			about = a[0].Str()
		}
		if d.play {
			return d.repeat(t, name, about)
		}
		v, err := f(t, a)
		x := answer{name: name, about: about, step: d.step, value: v, err: err}
		if err == ErrParked || err == ErrRetry {
			x.waits, x.err = true, nil
			if err == ErrParked {
				d.calls[t] = x
			}
		}
		d.keep(t, x)
		return v, err
	}
}

// keep adds an answer to those of t.
func (d *deck) keep(t *Task, x answer) {
	n := d.number(t)
	if d.tape.Full {
		return
	}
	d.tape.bytes += sizeOutside(x.value)
	if d.tape.bytes > maxOutside || d.tape.answered == maxTape {
		d.tape.Full = true
		return
	}
	x.value = plainCopy(x.value)
	d.tape.answered++
	for len(d.tape.answers) <= int(n) {
		d.tape.answers = append(d.tape.answers, nil)
	}
	d.tape.answers[n] = append(d.tape.answers[n], x)
}

// FailOutside wakes t with the error of an operation outside that it waits for.
func (s *Scheduler) FailOutside(t *Task, err error) {
	if d := deckOf(t); d != nil && !d.play {
		x := d.calls[t]
		x.err = err
		d.calls[t] = x
	}
	s.WakeErr(t, err)
}

// returned notes what a call gave for which t waited, now that t is about to run.
func (d *deck) returned(t *Task) {
	x, ok := d.calls[t]
	if !ok {
		return
	}
	delete(d.calls, t)
	if x.err == nil && t.HasErr() {
		return // something else woke it
	}
	x.waits, x.value, x.step = false, t.Result, d.step+1
	d.keep(t, x)
}

// next is the answer that t's next call is given, nil if there is none.
func (d *deck) next(t *Task) *answer {
	n := d.number(t)
	if int(n) >= len(d.tape.answers) {
		return nil
	}
	if xs := d.tape.answers[n]; d.given[n] < len(xs) {
		return &xs[d.given[n]]
	}
	return nil
}

// repeat gives what a call gave when it was recorded. Calls that were made only then,
// as those by which a library is loaded are, are passed over.
func (d *deck) repeat(t *Task, name, about string) (core.Value, error) {
	n := d.number(t)
	x := d.next(t)
	for x != nil && (x.name != name || x.about != about) {
		d.given[n]++
		x = d.next(t)
	}
	if x == nil {
		return core.Value{}, core.Errorf("replay: %s was not asked for at this point: the program has changed", name)
	}
	if x.waits {
		d.given[n]++
		if y := d.next(t); y == nil || y.name != name || y.step > d.step {
			d.awaits.Push(t)
			return core.Value{}, ErrRetry
		}
		return d.repeat(t, name, about)
	}
	d.given[n]++
	return plainCopy(x.value), x.err
}

// answerDue is the task whose turn it was in the step that comes next, if it waits for
// what it is given there.
func (d *deck) answerDue() *Task {
	if d.step >= len(d.tape.who) {
		return nil
	}
	for t := d.awaits.Head; t != nil; t = t.Next {
		if d.numbers[t] == d.tape.who[d.step] {
			return t
		}
	}
	return nil
}

// Teller is where the output of a process that t starts goes: to t's output, and onto
// the tape if t is recorded.
func (t *Task) Teller() Output {
	d := deckOf(t)
	if d == nil || d.play || t.Scope.Out == nil {
		return t.Scope.Out
	}
	return &teller{Output: t.Scope.Out, sched: t.Sched, deck: d}
}

// teller is an output that is recorded.
type teller struct {
	Output
	sched *Scheduler
	deck  *deck
}

// Write writes p and records it.
func (w *teller) Write(stream int, p []byte) error {
	text := append([]byte(nil), p...)
	w.sched.Post(func() {
		tape := w.deck.tape
		if tape.bytes += len(text); tape.bytes > maxOutside {
			tape.Full = true
			return
		}
		tape.said = append(tape.said, said{w.deck.step, stream, text})
	})
	return w.Output.Write(stream, p)
}

// sayAgain writes what processes wrote before the step that comes next.
func (d *deck) sayAgain() {
	for ; d.told < len(d.tape.said) && d.tape.said[d.told].step <= d.step; d.told++ {
		if x := d.tape.said[d.told]; d.out != nil {
			_ = d.out.Write(x.stream, x.text) // an output that is closed shows nothing
		}
	}
}

// sizeOutside is about how many bytes a value takes.
func sizeOutside(v core.Value) int {
	switch {
	case v.P == nil:
		return 0
	case v.Is(core.StringType):
		return len(v.Str())
	case core.TypeOf(v).Kind == core.KindArray:
		a := core.As[core.Array](v)
		if core.TypeOf(v) == core.VectorU8 {
			return a.Len
		}
		n := 16
		for i := range min(a.Len, math.MaxInt16) {
			n += sizeOutside(a.Get(i))
		}
		return n
	}
	return 16
}

// plainCopy is v, with copies of the vectors in it that a program may change.
func plainCopy(v core.Value) core.Value {
	if v.P == nil {
		return v
	}
	t := core.TypeOf(v)
	switch {
	case t.Kind == core.KindArray:
		return core.As[core.Array](v).Copy().Value()
	case t.Has(core.FlagTuple) && len(t.Params) > 0:
		fs := append([]core.Value(nil), v.Fields(len(t.Params))...)
		for i, f := range fs {
			fs[i] = plainCopy(f)
		}
		return core.NewStruct(t, fs...)
	}
	return v
}
