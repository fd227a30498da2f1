package model

// This file has the programs: made at random, written for the driver, run by the
// reference, made smaller.

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// Program is what the tasks do; the first of them is the main one.
type Program struct {
	Caps                   []int // of the channels; -1 is no limit
	Conds, Events, NumLock int
	Tasks                  [][]string // operations
	Virtual                bool       // it has operations of this system only and ends in virtual time
}

// Random makes a program.
func Random(r *rand.Rand, virtual bool) *Program {
	p := &Program{Conds: 1, Events: 1, NumLock: 1, Virtual: virtual}
	for range 1 + r.IntN(3) {
		p.Caps = append(p.Caps, []int{0, 0, 1, 2, -1}[r.IntN(5)])
	}
	n := 2 + r.IntN(4)
	for i := range n {
		var ops []string
		for range 1 + r.IntN(7) {
			ops = append(ops, p.op(r, i, n))
		}
		if i > 0 && r.IntN(4) == 0 { // a part of it under the lock
			at := r.IntN(len(ops) + 1)
			ops = slices.Insert(ops, at+r.IntN(len(ops)-at+1), "unlock 1")
			ops = slices.Insert(ops, at, "lock 1")
		}
		p.Tasks = append(p.Tasks, ops)
	}
	return p
}

// op makes an operation of task i of n. The main task does not wait.
func (p *Program) op(r *rand.Rand, i, n int) string {
	c := func() int { return 1 + r.IntN(len(p.Caps)) }
	other := 1 + r.IntN(n-1)
	value := 1 + r.IntN(99)
	if i == 0 {
		switch k := r.IntN(12); {
		case k < 4:
			return "yield"
		case k < 5:
			return fmt.Sprintf("close %d", c())
		case k < 7:
			return fmt.Sprintf("notify 1 %d", value)
		case k < 8:
			return "set 1"
		case k < 9:
			return fmt.Sprintf("bind %d %d", c(), other)
		case k < 10 && p.Virtual:
			return fmt.Sprintf("throw %d", other)
		case k < 12 && p.Virtual:
			return fmt.Sprintf("sleep %d", 1+r.IntN(9))
		}
		return "yield"
	}
	k := r.IntN(30)
	if p.Virtual && r.IntN(3) == 0 {
		k = 30 + r.IntN(8)
	}
	switch {
	case k < 8:
		return fmt.Sprintf("put %d %d", c(), value)
	case k < 15:
		return fmt.Sprintf("take %d", c())
	case k < 16:
		return fmt.Sprintf("each %d", c())
	case k < 18 && p.Virtual: // before 1.8 a woken putter did not count
		return fmt.Sprintf("ready %d", c())
	case k < 19:
		return fmt.Sprintf("close %d", c())
	case k < 21:
		return "wait 1"
	case k < 22:
		return fmt.Sprintf("notify 1 %d", value)
	case k < 23:
		return fmt.Sprintf("notify1 1 %d", value)
	case k < 24:
		return "await 1"
	case k < 25:
		return "set 1"
	case k < 27:
		return "yield"
	case k < 28 && other != i:
		return fmt.Sprintf("join %d", other)
	case k < 29 && r.IntN(3) == 0:
		return "fail"
	case k < 30:
		return fmt.Sprintf("bind %d %d", c(), other)
	case k < 32:
		return fmt.Sprintf("take2 %d %d", c(), c())
	case k < 33:
		return fmt.Sprintf("take2d %d %d", c(), c())
	case k < 34:
		return fmt.Sprintf("either %d %d %d", c(), c(), value)
	case k < 35:
		return fmt.Sprintf("takew %d %d", c(), 1+r.IntN(9))
	case k < 36:
		return fmt.Sprintf("putw %d %d %d", c(), value, 1+r.IntN(9))
	case k < 37 && other != i:
		return fmt.Sprintf("throw %d", other)
	}
	return fmt.Sprintf("sleep %d", 1+r.IntN(9))
}

// String writes the program as the driver reads it.
func (p *Program) String() string {
	var caps []string
	for _, n := range p.Caps {
		if n < 0 {
			caps = append(caps, "inf")
		} else {
			caps = append(caps, strconv.Itoa(n))
		}
	}
	parts := []string{strings.Join(caps, " "), fmt.Sprintf("%d %d %d", p.Conds, p.Events, p.NumLock)}
	for _, ops := range p.Tasks {
		parts = append(parts, strings.Join(ops, ";"))
	}
	return strings.Join(parts, "|")
}

// Smaller lists programs with one part less.
func (p *Program) Smaller() (list []*Program) {
	for i := range p.Tasks {
		for j := range p.Tasks[i] {
			q := *p
			q.Tasks = slices.Clone(p.Tasks)
			q.Tasks[i] = slices.Delete(slices.Clone(p.Tasks[i]), j, j+1)
			list = append(list, &q)
		}
	}
	return list
}

// Run says what the program logs. Where the system may choose, it follows what the
// system logged, if that was possible.
func (p *Program) Run(actual string) string { return p.run(actual, false) }

// RunOld says what the program logs in the Julia that tests compare with, 1.5.
func (p *Program) RunOld() string { return p.run("", true) }

func (p *Program) run(actual string, old bool) string {
	w := &world{old: old, conds: make([][]*seat, p.Conds), events: make([]event, p.Events), locks: make([]lock, p.NumLock)}
	if actual != "" {
		w.actual = strings.Split(actual, ",")
	}
	for _, n := range p.Caps {
		w.channels = append(w.channels, &channel{capacity: n})
	}
	for i, ops := range p.Tasks {
		w.start(i, func() {
			for _, op := range ops {
				if !w.step(strings.Fields(op)) {
					w.finish(true)
					return
				}
			}
			if i == 0 {
				if p.Virtual {
					w.arm(1000, nil)
					w.rest()
				} else {
					for range 200 {
						w.yieldNow()
					}
				}
			}
			w.finish(false)
		})
	}
	// the main task runs first, and makes the others before it does anything
	w.run()
	for _, t := range w.tasks[1:] {
		state := "waits"
		switch {
		case t.fail:
			state = "failed"
		case t.done:
			state = "done"
		}
		w.log = append(w.log, fmt.Sprintf("%d %s", t.name, state))
	}
	return strings.Join(w.log, ",")
}

// step performs one operation of the running task and logs it; false if the task
// fails with it.
func (w *world) step(op []string) bool {
	t := w.cur
	if op[0] == "fail" {
		w.note(t, "fail")
		return false
	}
	v, err := w.perform(op[0], op[1:])
	if err != "" {
		w.note(t, op[0]+"!"+err)
	} else {
		w.note(t, op[0]+"="+v)
	}
	return true
}

// perform performs an operation: its value as text, or its error.
func (w *world) perform(kind string, a []string) (string, string) {
	n := func(i int) int { v, _ := strconv.Atoi(a[i]); return v } // the programs are ours
	ch := func(i int) *channel { return w.channels[n(i)-1] }
	switch kind {
	case "put":
		return "", w.put(ch(0), n(1))
	case "take":
		v, err := w.take(ch(0))
		return strconv.Itoa(v), err
	case "each":
		var items []string
		for {
			v, err := w.take(ch(0))
			switch err {
			case "":
				items = append(items, strconv.Itoa(v))
				continue
			case "closed":
				err = ""
			}
			return strings.Join(items, "+"), err
		}
	case "ready":
		return strconv.FormatBool(ch(0).avail() > 0), ""
	case "close":
		w.closeChannel(ch(0), "closed")
	case "wait":
		v, err := w.waitIn(&w.conds[n(0)-1])
		return fmt.Sprint(v), err
	case "notify", "notify1":
		q, count := &w.conds[n(0)-1], 0
		for len(*q) > 0 && (kind == "notify" || count == 0) {
			w.wake((*q)[0], n(1), "")
			count++
		}
		return strconv.Itoa(count), ""
	case "await":
		if e := &w.events[n(0)-1]; !e.set {
			_, err := w.waitIn(&e.queue)
			return "", err
		}
	case "set":
		e := &w.events[n(0)-1]
		e.set = true
		for len(e.queue) > 0 {
			w.wake(e.queue[0], nil, "")
		}
	case "lock":
		return "", w.acquire(&w.locks[n(0)-1])
	case "unlock":
		if l := &w.locks[n(0)-1]; l.by == w.cur {
			w.release(l)
		} else if l.by == nil {
			return "", "unlock count must match lock count"
		} else {
			return "", "unlock from wrong thread"
		}
	case "yield":
		w.enqueue(w.cur)
		_, err := w.rest()
		return "", err
	case "join":
		return "", w.join(w.tasks[n(0)])
	case "bind":
		w.bind(ch(0), w.tasks[n(1)])
	case "throw":
		o := w.tasks[n(0)]
		if o.done || o == w.cur {
			return "", "over"
		}
		w.throwInto(o, "thrown")
	case "sleep":
		w.arm(n(0), nil)
		_, err := w.rest()
		return "", err
	default:
		return w.choose(kind, a)
	}
	return "", ""
}

func (w *world) join(o *task) string {
	if !o.done {
		w.cur.seats = append(w.cur.seats, nil)
		o.waits = append(o.waits, w.cur)
		if _, err := w.rest(); err != "" {
			return err
		}
	}
	if o.fail {
		return "failed"
	}
	return ""
}
