package vm

// This file has the iteration over channels and over what has cursors, which the loop
// instructions do without calling iterate: no pair of item and state is made.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/prim"
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
		return e.awaits(t, t.PC, iterating)
	}
	return e.primFailed(t, err, nil, retPlain)
}

// item gives the loop at t's PC its next value, or ends it.
func (e *Engine) item(t *task.Task, c *task.Channel, v core.Value) outcome {
	end := c.IsEnd(v)
	if !end {
		*slotA(t.FP, t.PC) = v
		*slotB(t.FP, t.PC) = core.Nothing()
	}
	return e.turn(t, end)
}

// turn goes on with the loop whose Iter instruction is at t's PC, or behind it.
func (e *Engine) turn(t *task.Task, end bool) outcome {
	pc := t.PC
	back := opAt(pc) == code.IterNext
	t.PC = unsafe.Add(pc, 32)
	if back != end {
		t.PC = unsafe.Add(pc, 16+disp(pc, 3))
		if back {
			return e.spend(t)
		}
	}
	return running
}

// spend counts a back edge of t.
func (e *Engine) spend(t *task.Task) outcome {
	if t.Budget--; t.Budget <= 0 {
		return e.sliceOver(t)
	}
	return running
}

// cursor is a loop's way through a collection, with the functions that are called
// with each item.
type cursor struct {
	prim.Cursor
	stages []stage
	at     int        // the stage whose function runs
	held   core.Value // what that was called with
}

type stage struct {
	prim.Stage
	ic *code.CallIC
}

// stageCaches are the caches of the calls of stages' functions, by what stands for
// the function in a cache: loops over generators of one function share it.
type stageCaches map[unsafe.Pointer]*code.CallIC

// manyStages is how many functions are remembered.
const manyStages = 4096

func (s *stageCaches) of(f core.Value) *code.CallIC {
	k := key(f)
	ic := (*s)[k]
	if ic == nil {
		if *s == nil || len(*s) >= manyStages {
			*s = stageCaches{}
		}
		ic = &code.CallIC{Min: never, Site: &code.CallSite{NArgs: 1}}
		(*s)[k] = ic
	}
	return ic
}

// firstItem starts a loop over x without calling iterate; done is false if there is
// no way to.
func (e *Engine) firstItem(t *task.Task, x core.Value) (o outcome, done bool) {
	if o, done = e.partOf(t, x, 1); done {
		return o, true
	}
	c := &cursor{}
	c.Type = prim.CursorType
	from, stages := prim.Stages(e.RT, x)
	if !c.Start(e.RT, from) {
		return running, false
	}
	for _, s := range stages {
		c.stages = append(c.stages, stage{s, e.stages.of(s.F)})
	}
	*slotB(t.FP, t.PC) = core.ToValue(c)
	return e.cursorItem(t, c), true
}

// nextOf serves an Iter instruction that is not a loop's first by the state that
// firstItem left; done is false when it is another one.
func (e *Engine) nextOf(t *task.Task, x, state core.Value) (o outcome, done bool) {
	if state.P == nil {
		return running, false
	}
	switch core.TypeOf(state) {
	case prim.CursorType:
		return e.cursorItem(t, core.As[cursor](state)), true
	case core.Int64:
		return e.partOf(t, x, int(state.N))
	}
	return running, false
}

// partOf gives the loop at t's PC element i (from 1) of an array, or the field of a
// pair or named tuple, or ends it; done is false when x is something else.
func (e *Engine) partOf(t *task.Task, x core.Value, i int) (o outcome, done bool) {
	d := core.TypeOf(x)
	n := 0
	switch {
	case d.Kind == core.KindArray:
		n = core.As[core.Array](x).Len
	case prim.ItemsAreFields(e.RT, d):
		n = len(d.Fields())
	default:
		return running, false
	}
	end := i < 1 || i > n
	if !end {
		v := core.Value{}
		if d.Kind == core.KindArray {
			v = core.As[core.Array](x).Get(i - 1)
		} else {
			v = x.Field(i - 1)
		}
		if v.P == nil {
			return e.fail(t, core.Err("UndefRefError")), true
		}
		*slotA(t.FP, t.PC) = v
		*slotB(t.FP, t.PC) = core.Int(int64(i) + 1)
	}
	return e.turn(t, end), true
}

// cursorItem serves the Iter instruction at t's PC by the cursor c.
func (e *Engine) cursorItem(t *task.Task, c *cursor) outcome {
	v, ok, err := c.Next()
	if err != nil {
		return e.fail(t, err)
	}
	if ok && len(c.stages) > 0 {
		c.at = 0
		return e.callStage(t, c, v)
	}
	if ok {
		*slotA(t.FP, t.PC) = v
	}
	return e.turn(t, !ok)
}

// callStage calls the function of c's stage with v; its value comes to stageDone.
func (e *Engine) callStage(t *task.Task, c *cursor, v core.Value) outcome {
	c.held = v
	base := uintptr(funcAt(t.FP).NSlots+2) * 16
	if err := e.ensure(t, base+4*16); err != nil {
		return e.fail(t, err)
	}
	s := &c.stages[c.at]
	*at(t.FP, base), *at(t.FP, base+16) = s.F, v
	return e.invoke(t, s.ic, base, 1, unsafe.Add(t.PC, 16), retItem)
}

// stageDone goes on with the loop whose Iter instruction stands before ret: v is what
// the function of its cursor's stage gave.
func (e *Engine) stageDone(t *task.Task, v core.Value, ret unsafe.Pointer) outcome {
	t.PC = unsafe.Add(ret, -16)
	c := core.As[cursor](*slotB(t.FP, t.PC))
	if c.stages[c.at].Filter {
		if v.P != e.tg.b {
			return e.fail(t, core.TypeErr("if", "", core.Bool.Value(), v))
		}
		if !v.IsTrue() {
			if o, goOn := e.skip(t); !goOn {
				return o
			}
			return e.cursorItem(t, c)
		}
		v = c.held
	}
	if c.at++; c.at < len(c.stages) {
		return e.callStage(t, c, v)
	}
	c.held = core.Value{}
	*slotA(t.FP, t.PC) = v
	return e.turn(t, false)
}

// skip counts an item that a filter leaves out; goOn is false if the next one has to wait,
// or is not wanted any more. The loop at t's PC would begin again if it were cut off before
// its first item: there only an interrupt ends it.
func (e *Engine) skip(t *task.Task) (o outcome, goOn bool) {
	if t.Budget--; t.Budget > 0 {
		return running, true
	}
	t.Budget = Slice
	if err := e.Sched.TakeStop(t); err != nil {
		return e.fail(t, err), false
	}
	if opAt(t.PC) == code.IterNext {
		o = e.cutOff(t)
	}
	return o, o == running
}
