package prim

// This file turns values of bits types, and arrays of them, into the bytes that they
// are in memory, lowest first, and back.

import (
	"encoding/binary"
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

var bytesTable = []entry{
	{"bits_to_bytes", 1, 1, "the bytes of a value of bits type, or of the items of an array, as a Vector{UInt8}", bitsToBytes},
	{"bits_from_bytes", 3, 3, "bits_from_bytes(T, v, i): the value of type T that begins at v[i]", bitsFromBytes},
	{"bits_fill", 3, 3, "bits_fill(a, v, i): sets all items of an array from the bytes from v[i] on", bitsFill},
}

// bitsSize is the size in memory of a value of bits type t.
func bitsSize(t *core.DataType) (int, bool) {
	switch {
	case t.Kind == core.KindBits:
		return int(t.Size), true
	case t.Kind == core.KindInt128:
		return 16, true
	case t.Kind == core.KindSingleton:
		return 0, true
	case t.Kind == core.KindObject && t.IsBits():
		l, ok := core.LayoutOf(t)
		return int(l.Size), ok
	}
	return 0, false
}

// putBits writes v, a value of bits type, at the beginning of b.
func putBits(b []byte, v core.Value) {
	t := core.TypeOf(v)
	switch t.Kind {
	case core.KindBits:
		var w [8]byte
		binary.LittleEndian.PutUint64(w[:], zbits(v))
		copy(b[:t.Size], w[:])
	case core.KindInt128:
		x := get128(v)
		binary.LittleEndian.PutUint64(b, x.lo)
		binary.LittleEndian.PutUint64(b[8:], x.hi)
	case core.KindObject:
		l, _ := core.LayoutOf(t)
		for i, at := range l.Offsets {
			putBits(b[at:], v.Field(i))
		}
	}
}

// getBits reads a value of bits type t from the beginning of b.
func getBits(b []byte, t *core.DataType) core.Value {
	switch t.Kind {
	case core.KindInt128:
		return core.MakeInt128(t, binary.LittleEndian.Uint64(b[8:]), binary.LittleEndian.Uint64(b))
	case core.KindSingleton:
		return t.Instance
	case core.KindObject:
		l, _ := core.LayoutOf(t)
		types := t.Fields()
		fields := make([]core.Value, len(types))
		for i, at := range l.Offsets {
			if ft, ok := core.IsDataType(types[i]); ok {
				fields[i] = getBits(b[at:], ft)
			}
		}
		return core.NewStruct(t, fields...)
	}
	var w [8]byte
	copy(w[:], b[:t.Size])
	return wrap(t, binary.LittleEndian.Uint64(w[:]))
}

func bitsToBytes(_ *task.Task, a []core.Value) (core.Value, error) {
	t := core.TypeOf(a[0])
	if t.Kind != core.KindArray {
		n, ok := bitsSize(t)
		if !ok {
			return core.Value{}, core.Err("MethodError", core.Nothing(), a[0])
		}
		b := make([]byte, n)
		putBits(b, a[0])
		return core.BytesVector(b).Value(), nil
	}
	arr := core.As[core.Array](a[0])
	if arr.Kind != core.ElemAny {
		n := arr.Len * arr.Kind.Bytes()
		return core.BytesVector(append([]byte(nil), unsafe.Slice((*byte)(arr.Data), n)...)).Value(), nil
	}
	n, ok := elementSize(arr)
	if !ok {
		return core.Value{}, core.ArgErrorf("the items are not of a bits type")
	}
	b := make([]byte, n*arr.Len)
	for i, v := range arr.Values() {
		putBits(b[i*n:], v)
	}
	return core.BytesVector(b).Value(), nil
}

// elementSize is the size of an item of an array that holds values.
func elementSize(arr *core.Array) (int, bool) {
	t, ok := core.IsDataType(arr.ElemType())
	if !ok || !t.Has(core.FlagConcrete) {
		return 0, false
	}
	return bitsSize(t)
}

func bitsFromBytes(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := typeArg("read", a[0])
	if err != nil {
		return core.Value{}, err
	}
	b, err := bytesArg("read", a[1])
	if err != nil {
		return core.Value{}, err
	}
	n, ok := bitsSize(t)
	at := int(a[2].N) - 1
	switch {
	case !ok:
		return core.Value{}, core.ArgErrorf("%s is not a bits type", t.Name.Name.Name)
	case at < 0 || at+n > len(b):
		return core.Value{}, core.Err("EOFError")
	}
	return getBits(b[at:], t), nil
}

func bitsFill(_ *task.Task, a []core.Value) (core.Value, error) {
	arr, err := arrayArg("read!", a[0])
	if err != nil {
		return core.Value{}, err
	}
	b, err := bytesArg("read!", a[1])
	if err != nil {
		return core.Value{}, err
	}
	b = b[min(max(int(a[2].N)-1, 0), len(b)):]
	n := arr.Kind.Bytes()
	if arr.Kind == core.ElemAny {
		var ok bool
		if n, ok = elementSize(arr); !ok {
			return core.Value{}, core.ArgErrorf("the items are not of a bits type")
		}
	}
	if n*arr.Len > len(b) {
		return core.Value{}, core.Err("EOFError")
	}
	if arr.Kind != core.ElemAny {
		copy(unsafe.Slice((*byte)(arr.Data), n*arr.Len), b)
		return a[0], nil
	}
	t, _ := core.IsDataType(arr.ElemType())
	for i := range arr.Len {
		arr.Set(i, getBits(b[i*n:], t))
	}
	return a[0], nil
}
