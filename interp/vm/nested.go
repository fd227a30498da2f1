package vm

// This file has the calls of Julia functions from Go, for macro expansion and
// generated functions. They run on the task's own stack, above its frames; if
// the callee waits, other tasks run meanwhile.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// maxNests bounds calls from Go within each other.
const maxNests = 200

// nest is one call from Go under way.
type nest struct {
	t    *task.Task
	fp   uintptr // byte offset of its base frame in the task's stack
	done bool
	val  core.Value
	err  error
}

// Current is the task that runs, or nil.
func (e *Engine) Current() *task.Task { return e.current }

// Call calls f in t, in the newest world, and returns its value, or the
// exception as a *core.Throw.
func (e *Engine) Call(t *task.Task, f core.Value, args ...core.Value) (core.Value, error) {
	if len(e.nests) >= maxNests {
		return core.Value{}, core.Err("StackOverflowError")
	}
	world, pc, budget, depth := t.World, t.PC, t.Budget, t.ExcDepth()
	n := &nest{t: t}
	if err := e.pushBase(t, n, f, args); err != nil {
		return core.Value{}, err
	}
	t.World = e.RT.World
	e.nests = append(e.nests, n)
	saved := e.current
	o := running
	e.current = t
	e.refreshTags()
	t.Budget = Slice
	for !n.done {
		for o == running {
			o = e.guarded()
		}
		switch o {
		case halted, failed:
			e.settle(t, n, o)
		case waits:
			if !e.await(n) {
				n.done, n.err = true, core.Err("InterruptException")
				break
			}
			o = e.resumeNested(n, t)
		case sliced:
			if e.apart == 0 {
				e.Sched.Poll()
			}
			o = running
		}
	}
	e.current = saved
	e.Sched.Current = saved
	e.nests = e.nests[:len(e.nests)-1]
	fp := unsafe.Add(t.Base, n.fp)
	t.FP, _ = caller(fp)
	t.PC, t.World, t.Budget = pc, world, budget
	popExcs(t, depth)
	return n.val, n.err
}

// pushBase puts a base frame, with the call of f in it, above t's frames.
func (e *Engine) pushBase(t *task.Task, n *nest, f core.Value, args []core.Value) error {
	fn := e.baseOf(len(args))
	base := uintptr(funcAt(t.FP).NSlots+24) * 16
	if err := e.ensure(t, base+frameBytes(fn)); err != nil {
		return err
	}
	fp := unsafe.Add(t.FP, base)
	*header(fp) = core.Value{P: unsafe.Pointer(fn), N: uint64(uintptr(t.PC)+16) | uint64(base)<<(deltaShift-4)}
	*at(fp, 2*16) = f
	for i, v := range args {
		*at(fp, uintptr(3+i)*16) = v
	}
	t.FP, t.PC = fp, fn.Entry()
	n.fp = uintptr(fp) - uintptr(t.Base)
	return nil
}

// baseOf is a base frame's function for calls of n arguments.
func (e *Engine) baseOf(n int) *code.Func {
	for len(e.bases) <= n {
		e.bases = append(e.bases, baseFunc(len(e.bases)))
	}
	return e.bases[n]
}

// settle notes the end of a nested call.
func (e *Engine) settle(t *task.Task, n *nest, o outcome) {
	n.done = true
	if o == halted {
		n.val = e.slot(t, 0)
		return
	}
	n.err = &core.Throw{Value: e.failure.exc}
	e.failure = failure{}
}

// endNest is called when t came to a base frame in Run: if that belongs to a
// nested call, whose Go function waits below on the Go stack, it notes the end.
func (e *Engine) endNest(t *task.Task) bool {
	if isBottom(t.FP) {
		return false
	}
	off := uintptr(t.FP) - uintptr(t.Base)
	for i := len(e.nests) - 1; i >= 0; i-- {
		if n := e.nests[i]; n.t == t && n.fp == off && !n.done {
			o := halted
			if e.failure.exc.P != nil {
				o = failed
			}
			e.settle(t, n, o)
			return true
		}
	}
	return false
}

// await runs other tasks until n's task can go on or n is done; false if the
// system is being stopped.
func (e *Engine) await(n *nest) bool {
	over := func() bool { return n.done || e.Sched.IsReady(n.t) }
	e.Sched.Run(over)
	return over()
}

// resumeNested takes n's task off the run queue and goes on with it.
func (e *Engine) resumeNested(n *nest, t *task.Task) outcome {
	if n.done {
		return running
	}
	if t.Queue != nil {
		t.Queue.Remove(t)
	}
	e.current = t
	e.Sched.Current = t
	return e.resume(t)
}
