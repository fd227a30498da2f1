package vm

// This file has code by world: what a method is compiled to while constants have
// other values than they have now.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// asOf is the target of ce for the world of t, in which constants that are built into
// tgt, the present one, had other values.
func (e *Engine) asOf(t *task.Task, ce *core.CacheEntry, tgt *target) (*target, error) {
	m := ce.Method
	d, ok := m.Aux.(*methodData)
	if !ok || m.Gen || m.Compile == nil {
		return tgt, nil
	}
	if old := d.old[inWorld{ce, t.World}]; old != nil {
		return old, nil
	}
	e.RT.AsOf = t.World
	b, err := m.Compile()
	e.RT.AsOf = 0
	if err != nil {
		return nil, err
	}
	fn, ok := b.(*code.Func)
	if !ok {
		return tgt, nil
	}
	fn.Method = m
	old := &target{fn: specialized(fn, ce)}
	if d.old == nil {
		d.old = map[inWorld]*target{}
	}
	d.old[inWorld{ce, t.World}] = old
	return old, nil
}

// lastWorld is the last world in which the name of the type that m constructs meant it; 0
// while it does, and for other methods.
func lastWorld(m *core.Method) uint64 {
	if m.SigTup == nil || len(m.SigTup.Params) == 0 {
		return 0
	}
	t, ok := core.IsDataType(core.Unwrap(m.SigTup.Params[0]))
	if !ok || t.Name != core.TypeTypeName {
		return 0
	}
	if t, ok = core.IsDataType(core.Unwrap(t.Params[0])); !ok {
		return 0
	}
	return t.Name.Until
}

// methodData is what the engine keeps with a method whose code has constants built in.
type methodData struct {
	entries []*core.CacheEntry
	old     map[inWorld]*target // made for worlds in which the constants were others
}

// inWorld is a looked-up method in a world.
type inWorld struct {
	entry *core.CacheEntry
	world uint64
}

// watchConstants makes m be compiled anew when a constant built into fn changes.
func (e *Engine) watchConstants(m *core.Method, fn *code.Func) {
	d := &methodData{}
	m.Aux = d
	drop := func() {
		if m.Aux != d {
			return
		}
		m.Aux, m.Body = nil, nil
		for _, ce := range d.entries {
			ce.Aux = nil
		}
		for _, s := range e.tables {
			s.clear()
		}
	}
	for _, b := range fn.Embeds {
		b.Changed = append(b.Changed, drop)
	}
}

// callInWorld is call in the world w; the present one comes back at the end.
func (e *Engine) callInWorld(t *task.Task, w uint64, f core.Value, args []core.Value, ret unsafe.Pointer, kind uint64) outcome {
	old := t.World
	if old == w {
		return e.call(t, f, args, ret, kind)
	}
	base, out, err := e.layOut(t, f, args)
	if err != nil {
		return e.fail(t, err)
	}
	t.World = w
	tgt, err := e.find(t, nil, out)
	t.World = old
	if err == nil && tgt.fn != nil {
		err = e.ensure(t, base+frameBytes(tgt.fn)+uintptr(tgt.fn.NArgs)*16)
	}
	if err != nil {
		return e.fail(t, err)
	}
	if tgt.fn == nil {
		if _, leaf := tgt.prim.Fn.(task.Fn); leaf { // it may look at the world
			t.World = w
			defer func() { t.World = old }()
		}
		return e.enter(t, tgt, base, len(args), ret, kind)
	}
	*at(t.FP, base-32) = core.Value{N: old}
	o := e.enter(t, tgt, base, len(args), ret, kind|retWorld)
	t.World = w
	return o
}
