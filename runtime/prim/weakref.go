package prim

// This file has references that do not keep what they refer to.

import (
	"unsafe"
	"weak"

	"weft/runtime/core"
	"weft/runtime/task"
)

// weakRefType is the type of a weak reference.
var weakRefType = core.NewOpaque("WeakRef", core.Any, true)

// weakRef refers to an object that may go away.
type weakRef struct {
	typ *core.DataType // weakRefType
	obj weak.Pointer[byte]
	num uint64 // what the value holds beside its pointer
}

var weakRefTable = []entry{
	{"weak_ref", 0, 1, "a reference to a value, or to none, that does not keep it", func(_ *task.Task, a []core.Value) (core.Value, error) {
		r := &weakRef{typ: weakRefType}
		if len(a) == 1 {
			r.set(a[0])
		}
		return core.ToValue(r), nil
	}},
	{"weak_get", 1, 1, "the value of a weak reference, nothing when it is gone", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(weakRefType) {
			return core.Value{}, unexpected("weak_get", weakRefType, a[0])
		}
		r := core.As[weakRef](a[0])
		p := r.obj.Value()
		if p == nil {
			return nothing, nil
		}
		return core.Value{P: unsafe.Pointer(p), N: r.num}, nil
	}},
	{"weak_set", 2, 2, "makes a weak reference refer to another value", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(weakRefType) {
			return core.Value{}, unexpected("weak_set", weakRefType, a[0])
		}
		core.As[weakRef](a[0]).set(a[1])
		return a[1], nil
	}},
}

func (r *weakRef) set(v core.Value) {
	r.obj, r.num = weak.Make((*byte)(v.P)), v.N
}
