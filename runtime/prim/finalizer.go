package prim

// This file has functions to be called for objects that are gone.

import (
	"runtime"
	"runtime/metrics"
	"sync"
	"time"
	"unsafe"
	"weak"

	"weft/runtime/core"
	"weft/runtime/task"
)

// finalizersType is the type of a collection of finalizers.
var finalizersType = core.NewOpaque("Finalizers", core.Any, true)

// finalizers knows objects without keeping them, and the functions to be called for each.
type finalizers struct {
	typ  *core.DataType // finalizersType
	fns  map[uintptr]*finalized
	mu   sync.Mutex   // for gone: the collector adds to it
	gone []core.Value // objects that nobody refers to any more
}

// finalized is an object with finalizers.
type finalized struct {
	weak weak.Pointer[byte]
	keep core.Value // the object, where it is one that must be kept
	num  uint64     // what the value holds beside its pointer
	fns  []core.Value
}

var finalizerTable = []entry{
	{"finalizers_new", 0, 0, "a collection of finalizers, without any", func(*task.Task, []core.Value) (core.Value, error) {
		return core.ToValue(&finalizers{typ: finalizersType, fns: map[uintptr]*finalized{}}), nil
	}},
	{"finalizers_add", 3, 3, "finalizers_add(fs, x, f): f is to be called for x", onFinalizers(func(fs *finalizers, a []core.Value) (core.Value, error) {
		fs.add(a[1], a[2])
		return a[1], nil
	})},
	{"finalizers_take", 2, 2, "finalizers_take(fs, x): the functions to be called for x, which are then forgotten", onFinalizers(func(fs *finalizers, a []core.Value) (core.Value, error) {
		at := uintptr(a[1].P)
		e := fs.fns[at]
		if e == nil {
			return core.VectorAny(nil).Value(), nil
		}
		delete(fs.fns, at)
		if e.keep.P == nil {
			runtime.SetFinalizer((*byte)(a[1].P), nil)
		}
		return core.VectorAny(e.fns).Value(), nil
	})},
	{"finalizers_gone", 1, 1, "the objects that have finalizers and that the collector, which has just run, found to be out of use", onFinalizers(func(fs *finalizers, _ []core.Value) (core.Value, error) {
		fs.told()
		return core.VectorAny(fs.takeGone()).Value(), nil
	})},
	{"finalizers_all", 1, 1, "all objects that have finalizers", onFinalizers(func(fs *finalizers, _ []core.Value) (core.Value, error) {
		all := fs.takeGone()
		for _, e := range fs.fns {
			if e.keep.P != nil {
				all = append(all, e.keep)
			} else if p := e.weak.Value(); p != nil {
				all = append(all, core.Value{P: unsafe.Pointer(p), N: e.num})
			}
		}
		return core.VectorAny(all).Value(), nil
	})},
}

func onFinalizers(f func(*finalizers, []core.Value) (core.Value, error)) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(finalizersType) {
			return core.Value{}, unexpected("finalizers", finalizersType, a[0])
		}
		return f(core.As[finalizers](a[0]), a)
	}
}

// add has f called for x. Instances of structs, arrays and strings are watched by the collector;
// other objects may lie within something larger, and are kept.
func (fs *finalizers) add(x, f core.Value) {
	at := uintptr(x.P)
	e := fs.fns[at]
	if e == nil {
		e = &finalized{num: x.N}
		if k := core.TypeOf(x).Kind; k == core.KindObject || k == core.KindArray || k == core.KindString {
			e.weak = weak.Make((*byte)(x.P))
			runtime.SetFinalizer((*byte)(x.P), func(p *byte) {
				fs.mu.Lock()
				fs.gone = append(fs.gone, core.Value{P: unsafe.Pointer(p), N: e.num})
				fs.mu.Unlock()
			})
		} else {
			e.keep = x
		}
		fs.fns[at] = e
	}
	e.fns = append(e.fns, f)
}

func (fs *finalizers) takeGone() []core.Value {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	gone := fs.gone
	fs.gone = nil
	return gone
}

// told waits until the collector, which has just run, has told of what it found; and has it
// run once more where that is something, for what only that referred to.
func (fs *finalizers) told() {
	fs.await()
	if fs.found() > 0 {
		runtime.GC()
		fs.await()
	}
}

// await waits until all finalizers of Go have run that are due.
func (fs *finalizers) await() {
	sample := []metrics.Sample{{Name: "/gc/finalizers/executed:finalizers"}, {Name: "/gc/finalizers/queued:finalizers"}}
	metrics.Read(sample)
	queued := sample[1].Value.Uint64()
	for deadline := time.Now().Add(time.Second); sample[0].Value.Uint64() < queued && time.Now().Before(deadline); {
		time.Sleep(20 * time.Microsecond)
		metrics.Read(sample)
	}
}

// found is the number of objects that the collector has told of.
func (fs *finalizers) found() int {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return len(fs.gone)
}
