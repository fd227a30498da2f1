package model

// This file has the operations that wait for several things.

import (
	"fmt"
	"strconv"
	"strings"
)

// option is one case of a select.
type option struct {
	take  *channel
	put   *channel
	value int // that is put
	after int
}

func (o option) possible() bool {
	switch c := o.take; {
	case c != nil && c.capacity == 0:
		return c.closed != "" || len(c.putters) > 0
	case c != nil:
		return c.closed != "" || len(c.items) > 0
	}
	switch c := o.put; {
	case c != nil && c.capacity == 0:
		return c.closed != "" || len(c.takers) > 0
	case c != nil:
		return c.closed != "" || !c.full()
	}
	return false
}

// perform does what is possible.
func (w *world) performOption(o option) (string, string) {
	switch c := o.take; {
	case c == nil:
	case c.capacity == 0 && c.closed == "":
		s := c.putters[0]
		w.wake(s, taken{}, "")
		return strconv.Itoa(s.put), ""
	case len(c.items) == 0:
		return "", c.closed
	default:
		return strconv.Itoa(w.pop(c)), ""
	}
	switch c := o.put; {
	case c == nil:
	case c.closed != "":
		return "", c.closed
	case c.capacity == 0:
		w.wake(c.takers[0], o.value, "")
	default:
		c.items = append(c.items, o.value)
		w.rouseTaker(c)
	}
	return "", ""
}

// choose performs one of the cases of an operation.
func (w *world) choose(kind string, a []string) (string, string) {
	n := func(i int) int { v, _ := strconv.Atoi(a[i]); return v }
	ch := func(i int) *channel { return w.channels[n(i)-1] }
	var options []option
	switch kind {
	case "take2", "take2d":
		options = []option{{take: ch(0)}, {take: ch(1)}}
	case "either":
		options = []option{{take: ch(0)}, {put: ch(1), value: n(2)}}
	case "takew":
		options = []option{{take: ch(0)}, {after: n(1)}}
	case "putw":
		options = []option{{put: ch(0), value: n(1)}, {after: n(2)}}
	}
	i, v, err := w.selectOf(kind, options, kind == "take2d")
	return strings.TrimSpace(fmt.Sprint(i+1, " ", v)), err
}

func (w *world) selectOf(kind string, options []option, def bool) (int, string, string) {
	t := w.cur
	var due []*timer
	for i, o := range options {
		if o.after > 0 {
			due = append(due, w.arm(o.after, &seat{t: t, index: i}))
		}
	}
	defer func() {
		for _, tm := range due {
			tm.gone = true
		}
	}()
	again := -1
	for {
		if i, ok := w.pick(kind, options, due); ok {
			if options[i].after > 0 {
				return i, "", ""
			}
			v, err := w.performOption(options[i])
			return i, v, err
		}
		if def {
			return -1, "", ""
		}
		for i, o := range options {
			switch s := (&seat{t: t, index: i, put: o.value}); {
			case o.take != nil:
				w.sit(s, &o.take.takers, again == i)
			case o.put != nil:
				w.sit(s, &o.put.putters, false)
			default:
				t.seats = append(t.seats, s)
			}
		}
		v, err := w.rest()
		if err != "" {
			return 0, "", err
		}
		w.look()
		i := t.fired
		o := options[i]
		switch {
		case o.after > 0:
			return i, "", ""
		case o.take != nil && o.take.capacity == 0:
			return i, strconv.Itoa(v.(int)), ""
		case v == taken{}:
			return i, "", ""
		case o.possible():
			v, err := w.performOption(o)
			return i, v, err
		}
		again = i
	}
}

// pick is the case that happens at once: of several the one that the system chose.
func (w *world) pick(kind string, options []option, due []*timer) (int, bool) {
	var possible []int
	for i, o := range options {
		if o.possible() || o.after > 0 && len(due) > 0 && due[0].gone {
			possible = append(possible, i)
		}
	}
	if len(possible) == 0 {
		return 0, false
	}
	if len(possible) > 1 && len(w.log) < len(w.actual) {
		entry := w.actual[len(w.log)]
		for _, i := range possible {
			if strings.HasPrefix(entry, fmt.Sprintf("%d:%s=%d", w.cur.name, kind, i+1)) {
				return i, true
			}
			// a closed channel tells no number
			if _, err := peek(options[i]); err != "" && entry == fmt.Sprintf("%d:%s!%s", w.cur.name, kind, err) {
				return i, true
			}
		}
	}
	return possible[0], true
}

// peek is the error that performing the option would give.
func peek(o option) (option, string) {
	if c := o.take; c != nil && c.closed != "" && (c.capacity == 0 || len(c.items) == 0) {
		return o, c.closed
	}
	if c := o.put; c != nil {
		return o, c.closed
	}
	return o, ""
}
