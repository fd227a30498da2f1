package prim

// This file: reading and writing where a pointer points, which is always inside an
// array or a String that is known by its address.

import (
	"slices"
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

var memoryTable = []entry{
	{"memory_of", 1, 1, "memory_of(x): the address of the items of an Array, of the text of a String, or of an object", memoryOf},
	{"memory_place", 1, 1, "memory_place(x): the address of an object itself, also of an Array", func(t *task.Task, a []core.Value) (core.Value, error) {
		return core.Uint(t.Sched.RT.Pointees.OfValue(a[0])), nil
	}},
	{"memory_load", 2, 2, "memory_load(T, address): the value of type T there", memoryLoad},
	{"memory_store", 2, 2, "memory_store(address, x): puts x, a value of bits type or of the array's type, there", memoryStore},
	{"memory_array", 3, 3, "memory_array(T, address, dims): an Array of that type whose items are those in memory from the address on", memoryArray},
	{"memory_object", 1, 1, "memory_object(address): the object whose address it is", func(t *task.Task, a []core.Value) (core.Value, error) {
		if _, v, off, ok := t.Sched.RT.Pointees.At(a[0].N); ok && v.P != nil && off == 0 {
			return v, nil
		}
		return core.Value{}, errNoMemory()
	}},
	{"memory_text", 2, 2, "memory_text(address, n): a String of n bytes from there on; up to a zero, if n is negative", memoryText},
}

func errNoMemory() error { return core.Errorf("there is no memory here that the pointer points to") }

// itemSize is how many bytes Julia takes for an item of arr.
func itemSize(arr *core.Array) int {
	if arr.Kind != core.ElemAny {
		return arr.Kind.Bytes()
	}
	if n, ok := elementSize(arr); ok {
		return n
	}
	return 8
}

func memoryOf(t *task.Task, a []core.Value) (core.Value, error) {
	p := &t.Sched.RT.Pointees
	if core.TypeOf(a[0]).Kind == core.KindArray {
		arr := core.As[core.Array](a[0])
		return core.Uint(p.OfArray(arr, itemSize(arr))), nil
	}
	return core.Uint(p.OfValue(a[0])), nil
}

// bytesAt are the n bytes at an address, in memory or as a copy of items that are
// not kept as bytes.
func bytesAt(p *core.Pointees, addr uint64, n int) ([]byte, bool) {
	arr, v, off, ok := p.At(addr)
	switch {
	case !ok:
		return nil, false
	case arr == nil && v.Is(core.StringType):
		b := append([]byte(v.Str()), 0)
		if off+n > len(b) {
			return nil, false
		}
		return b[off:], true
	case arr == nil:
		b, ok := objectBytes(v)
		if !ok || off+n > len(b) {
			return nil, false
		}
		return b[off:], true
	case arr.Kind == core.ElemAny:
		size, bits := elementSize(arr)
		if !bits || size == 0 || off+n > arr.Len*size {
			return nil, false
		}
		first, last := off/size, (off+n+size-1)/size
		b := make([]byte, (last-first)*size)
		for i := first; i < last; i++ {
			putBits(b[(i-first)*size:], arr.Get(i))
		}
		return b[off-first*size:], true
	}
	room := arr.Cap * arr.Kind.Bytes()
	if off+n > room {
		return nil, false
	}
	return unsafe.Slice((*byte)(arr.Data), room)[off:], true
}

// objectBytes are the fields of an object as they stand in Julia's memory, if none is a
// reference.
func objectBytes(v core.Value) ([]byte, bool) {
	t := core.TypeOf(v)
	l, ok := core.LayoutOf(t)
	if !ok || t.Kind != core.KindObject {
		return nil, false
	}
	b := make([]byte, l.Size)
	for i, at := range l.Offsets {
		f := v.Field(i)
		if l.IsPtr[i] || f.IsUndef() {
			return nil, false
		}
		putBits(b[at:], f)
	}
	return b, true
}

// referenceAt is the field of an object that holds a reference at an offset.
func referenceAt(v core.Value, off int) (i int, ok bool) {
	l, ok := core.LayoutOf(core.TypeOf(v))
	if !ok || core.TypeOf(v).Kind != core.KindObject {
		return 0, false
	}
	i = slices.Index(l.Offsets, off)
	return i, i >= 0 && l.IsPtr[i]
}

// storeInObject puts x into an object at an offset.
func storeInObject(v core.Value, off int, x core.Value) bool {
	t := core.TypeOf(v)
	if i, ok := referenceAt(v, off); ok {
		if core.Isa(x, t.Fields()[i]) {
			v.SetField(i, x)
			return true
		}
		return false
	}
	b, ok := objectBytes(v)
	n, bits := bitsSize(core.TypeOf(x))
	if !ok || !bits || off+n > len(b) {
		return false
	}
	putBits(b[off:], x)
	l, _ := core.LayoutOf(t)
	for i, at := range l.Offsets {
		if ft, ok := core.IsDataType(t.Fields()[i]); ok && at < off+n && off < at+l.Sizes[i] {
			v.SetField(i, getBits(b[at:], ft))
		}
	}
	return true
}

// itemAt is the item of type t of an array of such at an address.
func itemAt(p *core.Pointees, addr uint64, t core.Value) (arr *core.Array, i int, ok bool) {
	arr, _, off, ok := p.At(addr)
	if !ok || arr == nil || arr.ElemType() != t {
		return nil, 0, false
	}
	size := max(itemSize(arr), 1)
	return arr, off / size, off%size == 0 && off/size < arr.Cap && (arr.Kind != core.ElemAny || off/size < arr.Len)
}

func memoryLoad(t *task.Task, a []core.Value) (core.Value, error) {
	p := &t.Sched.RT.Pointees
	if arr, i, ok := itemAt(p, a[1].N, a[0]); ok {
		return defined(arr.Get(i))
	}
	if dt, ok := core.IsDataType(a[0]); ok && dt.Has(core.FlagConcrete) {
		if n, bits := bitsSize(dt); bits {
			if b, ok := bytesAt(p, a[1].N, n); ok {
				return getBits(b, dt), nil
			}
		}
	}
	if _, v, off, ok := p.At(a[1].N); ok && v.P != nil {
		if i, ok := referenceAt(v, off); ok {
			if x := v.Field(i); x.IsUndef() || core.Isa(x, a[0]) {
				return defined(x)
			}
		}
	}
	return core.Value{}, errNoMemory()
}

func memoryStore(t *task.Task, a []core.Value) (core.Value, error) {
	p := &t.Sched.RT.Pointees
	arr, v, off, ok := p.At(a[0].N)
	if ok && v.P != nil && !v.Is(core.StringType) && storeInObject(v, off, a[1]) {
		return nothing, nil
	}
	if !ok || arr == nil {
		return core.Value{}, errNoMemory()
	}
	size := max(itemSize(arr), 1)
	if i := off / size; off%size == 0 && i < arr.Cap && checkElem(arr, a[1]) == nil {
		if arr.Kind != core.ElemAny || i < arr.Len {
			arr.Set(i, a[1])
			return nothing, nil
		}
	}
	n, bits := bitsSize(core.TypeOf(a[1]))
	if !bits {
		return core.Value{}, errNoMemory()
	}
	b, ok := bytesAt(p, a[0].N, n)
	if !ok {
		return core.Value{}, errNoMemory()
	}
	if arr.Kind != core.ElemAny {
		putBits(b, a[1])
		return nothing, nil
	}
	first, last := off/size, (off+n+size-1)/size
	whole, _ := bytesAt(p, a[0].N-uint64(off-first*size), (last-first)*size)
	putBits(whole[off-first*size:], a[1])
	et, _ := core.IsDataType(arr.ElemType())
	for i := first; i < last; i++ {
		arr.Set(i, getBits(whole[(i-first)*size:], et))
	}
	return nothing, nil
}

func memoryArray(t *task.Task, a []core.Value) (core.Value, error) {
	at, err := typeArg("unsafe_wrap", a[0])
	if err != nil {
		return core.Value{}, err
	}
	if at.Name != core.ArrayName || len(at.Params) != 2 {
		return core.Value{}, core.TypeErr("unsafe_wrap", "", core.ArrayName.Wrapper, a[0])
	}
	sizes := tupleFields(a[2])
	n, dims := 1, make([]int, len(sizes))
	for i := range dims {
		dims[i] = int(sizes[i].N)
		n *= dims[i]
	}
	if len(dims) == 1 {
		dims = nil
	}
	out := core.NewArray(at, 0, dims)
	out.Len, out.Cap = n, n
	p := &t.Sched.RT.Pointees
	if arr, i, ok := itemAt(p, a[1].N, at.Params[0]); ok && i+n <= arr.Cap {
		out.Data = unsafe.Add(arr.Data, i*arr.Kind.Bytes())
		return out.Value(), nil
	}
	arr, _, off, ok := p.At(a[1].N)
	if n == 0 {
		return core.NewArray(at, 0, dims).Value(), nil
	}
	if !ok || arr == nil || arr.Kind == core.ElemAny || out.Kind == core.ElemAny || off+n*out.Kind.Bytes() > arr.Cap*arr.Kind.Bytes() {
		return core.Value{}, errNoMemory()
	}
	out.Data = unsafe.Add(arr.Data, off)
	return out.Value(), nil
}

func memoryText(t *task.Task, a []core.Value) (core.Value, error) {
	p := &t.Sched.RT.Pointees
	n := int(a[1].N)
	b, ok := bytesAt(p, a[0].N, max(n, 0))
	if !ok {
		return core.Value{}, errNoMemory()
	}
	if n < 0 {
		for n = 0; n < len(b) && b[n] != 0; n++ {
		}
	}
	return core.MakeString(string(b[:n])), nil
}
