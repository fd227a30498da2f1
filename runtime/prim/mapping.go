package prim

// This file has arrays that stand in files, which several processes can see.

import (
	"unsafe"

	"weft/runtime/core"
	"weft/runtime/task"
)

var mappingTable = []entry{
	{"memory_map", 5, 5, "memory_map(V, path, offset, n, write): an array of type V = Vector{T} of n numbers that stands in a file, from a byte on; every process that maps it sees the same numbers. It stays mapped until the end of the process.", memoryMap},
}

func memoryMap(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := typeArg("memory_map", a[0])
	if err != nil {
		return core.Value{}, err
	}
	path, err := textArg("memory_map", a[1])
	if err != nil {
		return core.Value{}, err
	}
	offset, err := intArg(a[2])
	if err != nil {
		return core.Value{}, err
	}
	n, err := intArg(a[3])
	if err != nil {
		return core.Value{}, err
	}
	v := core.NewArray(t, 0, nil)
	if v.Kind == core.ElemAny || n < 0 || offset < 0 || offset%v.Kind.Bytes() != 0 {
		return core.Value{}, core.ArgErrorf("memory_map: such an array cannot stand in a file")
	}
	if n == 0 {
		return v.Value(), nil
	}
	b, err := mapFile(path, offset, n*v.Kind.Bytes(), a[4].IsTrue())
	if err != nil {
		return core.Value{}, core.Errorf("memory_map: %s: %v", path, err)
	}
	v.Data, v.Len, v.Cap = unsafe.Pointer(unsafe.SliceData(b)), n, n
	return v.Value(), nil
}
