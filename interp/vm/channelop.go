package vm

// This file has the quick ways through a channel: puts and takes that neither wait nor
// wake anybody, as most are in a channel with room.

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

// putNow serves the CallPrim of channel_put at pc, if nobody has to wait for it.
func (e *Engine) putNow(t *task.Task, pc, fp unsafe.Pointer) bool {
	args := (*[2]core.Value)(unsafe.Pointer(slotB(fp, pc)))
	c := e.quickChannel(args[0])
	if c == nil || !c.PutNow(t, args[1]) {
		return false
	}
	*slotA(fp, pc) = args[1]
	t.PC = unsafe.Add(pc, 16)
	return true
}

// takeNow serves the CallPrim of channel_take at pc, if there is an item to take.
func (e *Engine) takeNow(t *task.Task, pc, fp unsafe.Pointer) bool {
	c := e.quickChannel(*slotB(fp, pc))
	if c == nil || !c.CanTakeNow(t) {
		return false
	}
	*slotA(fp, pc) = c.Pop()
	t.PC = unsafe.Add(pc, 16)
	return true
}

// nextNow serves the Iter instruction at pc of a loop that is under way, if it is over
// a channel that has an item.
func (e *Engine) nextNow(t *task.Task, pc, fp unsafe.Pointer) bool {
	c := e.quickChannel(*slotC(fp, pc))
	if c == nil || !c.CanTakeNow(t) {
		return false
	}
	*slotA(fp, pc) = c.Pop()
	t.PC = unsafe.Add(pc, 32)
	if opAt(pc) == code.IterNext {
		t.PC = unsafe.Add(pc, 16+disp(pc, 3))
		t.Budget--
	}
	return true
}
