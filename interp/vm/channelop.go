package vm

// This file has the quick ways from one task to another: through a channel with puts and
// takes that neither wait nor wake anybody, as most are in a channel with room, by the
// hand-over in a channel without, and by yieldto.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// quickChannel is the core of x, if x is a Channel and t may use it without being
// asked anything.
func (e *Engine) quickChannel(x core.Value) *task.Channel {
	if n := core.TypeOf(x).Name; n != e.channelName {
		if e.channelName != nil || n.Module != e.RT.Base || channelOf(x) == nil {
			return nil
		}
		e.channelName = n
	}
	return core.As[task.Channel](x.Field(0))
}

// putNow serves the CallPrim of channel_put at pc, if the item goes into the buffer or to
// a taker that waits; done is false when there is more to it.
func (e *Engine) putNow(t *task.Task, pc, fp unsafe.Pointer) (o outcome, done bool) {
	args := (*[2]core.Value)(unsafe.Pointer(slotB(fp, pc)))
	c := e.quickChannel(args[0])
	switch {
	case c == nil:
		return running, false
	case c.PutNow(t, args[1]):
		*slotA(fp, pc) = args[1]
		t.PC = unsafe.Add(pc, 16)
		return running, true
	case c.HandOver(t, args[1]):
		return e.awaits(t, unsafe.Add(pc, 16), awaiting+int16(retPlain)), true
	}
	return running, false
}

// takeNow serves the CallPrim of channel_take at pc, if there is an item to take, or
// nothing to do but to wait for one; done is false when there is more to it.
func (e *Engine) takeNow(t *task.Task, pc, fp unsafe.Pointer) (o outcome, done bool) {
	c := e.quickChannel(*slotB(fp, pc))
	switch {
	case c == nil:
		return running, false
	case c.CanTakeNow(t):
		*slotA(fp, pc) = c.Pop()
		t.PC = unsafe.Add(pc, 16)
		return running, true
	case c.AwaitItem(t):
		return e.awaits(t, unsafe.Add(pc, 16), awaiting+int16(retPlain)), true
	}
	return running, false
}

// nextNow serves the Iter instruction at pc of a loop that is under way, if it is over
// a channel and as takeNow does.
func (e *Engine) nextNow(t *task.Task, pc, fp unsafe.Pointer) (o outcome, done bool) {
	c := e.quickChannel(*slotC(fp, pc))
	switch {
	case c == nil:
		return running, false
	case c.CanTakeNow(t):
		*slotA(fp, pc) = c.Pop()
		t.PC = unsafe.Add(pc, 32)
		if opAt(pc) == code.IterNext {
			t.PC = unsafe.Add(pc, 16+disp(pc, 3))
			return e.spend(t), true
		}
		return running, true
	case c.AwaitItem(t):
		t.Result = core.ToValue(c) // as Channel.Next has it
		return e.awaits(t, pc, iterating), true
	}
	return running, false
}

// switchNow serves the CallPrim of task_switch at pc, if the task switched to can run at
// once: it is the current one then; done is false when there is more to it.
func (e *Engine) switchNow(t *task.Task, pc, fp unsafe.Pointer) (o outcome, done bool) {
	args := (*[2]core.Value)(unsafe.Pointer(slotB(fp, pc)))
	if core.TypeOf(args[0]) != core.TaskType || len(e.nests) > 0 {
		return running, false
	}
	u := core.As[task.Task](args[0])
	if !e.Sched.SwitchNow(t, u, args[1]) {
		return running, false
	}
	e.awaits(t, unsafe.Add(pc, 16), awaiting+int16(retPlain))
	e.leave(t)
	return e.takeUp(u), true
}

// awaits is what becomes of t, which has been put into a queue: it goes on at pc, with
// what its budget says.
func (e *Engine) awaits(t *task.Task, pc unsafe.Pointer, budget int16) outcome {
	t.PC, t.Budget = pc, budget
	e.tidy(t)
	return waits
}
