package vm

// This file has generated functions: their generator runs on the types of the
// arguments and gives the body's expression.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// generate makes the code of a generated method for the types of a call.
func (e *Engine) generate(t *task.Task, ce *core.CacheEntry, args []core.Value) (*code.Func, error) {
	gen, err := e.body(ce.Method)
	if err != nil {
		return nil, err
	}
	if e.LowerBody == nil {
		return nil, core.Errorf("generated functions are not available")
	}
	gen = specialized(gen, ce)
	types := make([]core.Value, len(args))
	for i, v := range args {
		types[i] = core.TypeOf(v).Value()
		if core.IsType(v) {
			types[i] = core.TypeTypeName.Apply([]core.Value{v}).Value()
		}
	}
	world := ce.Method.From
	if world <= 1 { // a closure's, which counts as having been there from the beginning
		world = t.World
	}
	x := t.Extra()
	was := x.NoWait
	x.NoWait = task.Staged
	body, err := e.callFunc(t, gen, types, world)
	x.NoWait = was
	if err != nil {
		return nil, err
	}
	fn, err := e.LowerBody(t, ce.Method, body)
	if err != nil {
		return nil, err
	}
	fn.Method = ce.Method
	fn.SParams = ce.SParams
	return fn, nil
}

// callFunc runs a function by its code in a world, with args as its callee and
// arguments.
func (e *Engine) callFunc(t *task.Task, fn *code.Func, args []core.Value, world uint64) (core.Value, error) {
	p := &core.Prim{Name: fn.Name, Max: -1}
	p.Fn = engineFn(func(e *Engine, t *task.Task, r *request) outcome {
		base := uintptr(funcAt(t.FP).NSlots+2) * 16
		if err := e.ensure(t, base+uintptr(len(args)+2)*16); err != nil {
			return e.fail(t, err)
		}
		copy(unsafe.Slice(at(t.FP, base), len(args)), args)
		t.World = world
		return e.enter(t, &target{fn: fn}, base, len(args)-1, r.ret, r.kind)
	})
	d := core.NewOpaque("#"+fn.Name, core.BuiltinType, false)
	d.Kind = core.KindSingleton
	d.Name.Prim = p
	p.Ref = core.Value{P: unsafe.Pointer(&d.Tag)}
	v, err := e.Call(t, p.Ref)
	delete(e.prims, p)
	return v, err
}
