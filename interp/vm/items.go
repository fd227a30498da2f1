package vm

// This file has the iteration over channels, which the loop instructions do
// without calling iterate: no pair of item and state is made.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// channelOf is the core of the Channel x; nil if x is none.
func channelOf(x core.Value) *task.Channel {
	if d := core.TypeOf(x); d.Kind == core.KindObject && len(d.Fields()) > 0 {
		if v := x.Field(0); v.P != nil && core.TypeOf(v) == task.ChannelType {
			return core.As[task.Channel](v)
		}
	}
	return nil
}

// nextItem serves the Iter instruction at t's PC over the channel c.
func (e *Engine) nextItem(t *task.Task, c *task.Channel) outcome {
	v, err := c.Next(t)
	switch err {
	case nil:
		return e.item(t, c, v)
	case task.ErrParked:
		t.Budget = iterating
		e.tidy(t)
		return waits
	}
	return e.primFailed(t, err, nil, retPlain)
}

// item gives the loop at t's PC its next value, or ends it.
func (e *Engine) item(t *task.Task, c *task.Channel, v core.Value) outcome {
	pc := t.PC
	end := c.IsEnd(v)
	if !end {
		*slotA(t.FP, pc) = v
		*slotB(t.FP, pc) = core.Nothing()
	}
	back := opAt(pc) == code.IterNext
	t.PC = unsafe.Add(pc, 32)
	if back != end {
		t.PC = unsafe.Add(pc, 16+disp(pc, 3))
		if back {
			t.Budget--
		}
	}
	return running
}
