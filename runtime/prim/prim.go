// Package prim holds the primitives: the leaf functions in Go that Core offers
// and that Base's Julia source is written in terms of.
//
// Each file has a table per area. A primitive is named in snake_case and seen by
// Base through the module Core.Prims; the few that Julia itself names (typeof,
// getfield, ...) stand in Core under Julia's name.
package prim

// This file joins the tables and puts them into a runtime.

import (
	"strings"
	"sync"

	"weft/runtime/core"
	"weft/runtime/task"
)

// entry is one line of a table: name, least and most arguments (most < 0: any
// number), what it does, and the function.
type entry struct {
	name     string
	min, max int
	doc      string
	fn       task.Fn
}

// tables lists the areas. Those of Core carry Julia's own names.
func tables() (corePrims, basePrims [][]entry) {
	return [][]entry{builtinTable},
		[][]entry{gatherTable, partTable, rangeTable, bitsTable,
			typeTable, intTable, int128Table, bigTable, bigFloatTable, bigFnTable, bigTextTable, floatTable, mathTable, numTextTable, charTable,
			stringTable, searchTable, symbolTable, arrayTable, matrixTable, denseTable, lapackTable, lapackPairsTable, tupleTable, sortTable, printfTable, kernelTable, hashTable, dictTable, bufferTable,
			moduleTable, docTable, timeTable, taskTable, seeingTable, processTable, streamTable, netTable, regexTable, weakRefTable, finalizerTable, waitTable, cancelTable, controlTable, outputTable, randomTable, twisterTable, jumpTable, zigguratTable, fileTable, handleTable, mappingTable, descriptorTable, httpTable, digestTable, unicodeTable,
			bytesTable, memoryTable, viewTable, reduceTable}
}

type joined struct{ core, base []*core.Prim }

var join = sync.OnceValue(func() joined {
	c, b := tables()
	var j joined
	for _, t := range c {
		for _, e := range t {
			j.core = append(j.core, makePrim(e))
		}
	}
	for _, t := range b {
		for _, e := range t {
			if reachesOutside(e.name) {
				e.fn = task.Outside(e.name, e.fn)
			}
			j.base = append(j.base, makePrim(e))
		}
	}
	return j
})

// reachesOutside reports whether a primitive gives what is not the program's own:
// files, processes, connections, the environment, random numbers of the system.
func reachesOutside(name string) bool {
	area, _, _ := strings.Cut(name, "_")
	switch area {
	case "file", "handle", "path", "process", "stream", "net", "udp", "http", "fd", "sys", "env":
		return name != "fd_read" // which fills a vector
	}
	return name == "random_device_words"
}

// makePrim gives the primitive its singleton type and value.
func makePrim(e entry) *core.Prim {
	p := &core.Prim{Name: e.name, Min: e.min, Max: e.max, Doc: e.doc, Fn: e.fn}
	t := core.FunctionTypeOf(nil, core.Sym(e.name), core.BuiltinType)
	t.Name.Prim = p
	p.Ref = t.Instance
	return p
}

// All lists every primitive; those of Core come first.
func All() []*core.Prim {
	j := join()
	return append(append([]*core.Prim(nil), j.core...), j.base...)
}

// Install makes the primitives visible in a runtime: Julia's own in Core, the
// others in the module Core.Prims, which Core and Base use.
func Install(rt *core.Runtime) {
	j := join()
	for _, p := range j.core {
		core.TypeOf(p.Ref).Name.Module = rt.Core
		rt.Core.SetConst(p.Name, p.Ref)
		rt.Core.Exported[core.Sym(p.Name)] = true
	}
	m := core.NewModule(core.Sym("Prims"), rt.Core)
	m.Bare = true
	for _, p := range j.base {
		core.TypeOf(p.Ref).Name.Module = m
		m.SetConst(p.Name, p.Ref)
		m.Exported[core.Sym(p.Name)] = true
	}
	rt.Core.SetConst("Prims", m.Value())
	for _, o := range []*core.Module{rt.Core, rt.Main} {
		rt.Core.SetConst(o.Name.Name, o.Value())
		rt.Core.Exported[o.Name] = true
	}
	rt.Base.SetConst("Base", rt.Base.Value())
	rt.Base.Exported[rt.Base.Name] = true
	for _, o := range []*core.Module{rt.Core, rt.Base, rt.Main} {
		rt.Main.Export(o.Name, false)
	}
	for _, n := range []*core.DataType{BigIntType, BigFloatType, FileType, task.QueueType, task.ChannelType, task.TimerType, task.CancelSourceType, task.BubbleType, task.TapeType, processType, streamType, serverType, datagramType, regexType, weakRefType} {
		n.Name.Module = rt.Base
		rt.Base.SetConst(n.Name.Name.Name, n.Value())
	}
	rt.Core.Usings = append(rt.Core.Usings, m)
	rt.Base.Usings = append(rt.Base.Usings, m)
}

var nothing = core.Nothing()

// unexpected is the error of a primitive that got an argument it is not for.
func unexpected(name string, want *core.DataType, got core.Value) error {
	return core.TypeErr(name, "", want.Value(), got)
}

// intArg reads an integer argument of any machine width.
func intArg(v core.Value) (int, error) {
	t := core.TypeOf(v)
	if t.Kind == core.KindBits {
		return int(int64(v.N)), nil
	}
	if t.Kind == core.KindInt128 {
		return int(core.As[core.Int128Box](v).Lo), nil
	}
	return 0, unexpected("integer argument", core.Int64, v)
}

// typeArg reads an argument that has to be a DataType.
func typeArg(name string, v core.Value) (*core.DataType, error) {
	if t, ok := core.IsDataType(v); ok {
		return t, nil
	}
	return nil, unexpected(name, core.DataTypeType, v)
}

// arrayArg reads an argument that has to be an Array.
func arrayArg(name string, v core.Value) (*core.Array, error) {
	if core.TypeOf(v).Kind == core.KindArray {
		return core.As[core.Array](v), nil
	}
	return nil, core.TypeErr(name, "", core.ArrayName.Wrapper, v)
}

// twoArrays reads the first two arguments, which have to be arrays.
func twoArrays(name string, v []core.Value) (a, b *core.Array, err error) {
	if a, err = arrayArg(name, v[0]); err == nil {
		b, err = arrayArg(name, v[1])
	}
	return a, b, err
}

// textArg reads a String, a SubString of one, or a Symbol.
func textArg(name string, v core.Value) (string, error) {
	t := core.TypeOf(v)
	switch t.Kind {
	case core.KindString:
		return v.Str(), nil
	case core.KindSymbol:
		return core.As[core.Symbol](v).Name, nil
	case core.KindObject:
		if isSubString(t) {
			s := v.Field(0)
			off, n := int(v.Field(1).N), int(v.Field(2).N)
			if core.TypeOf(s) == core.StringType && off >= 0 && n >= 0 && off+n <= len(s.Str()) {
				return s.Str()[off : off+n], nil
			}
		}
	}
	return "", unexpected(name, core.StringType, v)
}

// isSubString reports whether t is SubString{String}.
func isSubString(t *core.DataType) bool {
	return t.Name.Name == substringSym && len(t.Params) == 1 && t.Params[0] == stringTypeValue
}

var (
	substringSym    = core.Sym("SubString")
	idKeySym        = core.Sym("IdKey")
	stringTypeValue = core.StringType.Value()
)

// tuple2 makes a 2-tuple.
func tuple2(a, b core.Value) core.Value {
	return core.NewStruct(core.TupleOf(core.TypeOf(a).Value(), core.TypeOf(b).Value()), a, b)
}

// makeTuple makes a tuple of the values.
func makeTuple(vs ...core.Value) core.Value {
	if len(vs) == 0 {
		return core.EmptyTuple.Instance
	}
	ts := make([]core.Value, len(vs))
	for i, v := range vs {
		ts[i] = core.TypeOf(v).Value()
	}
	return core.NewStruct(core.TupleOf(ts...), vs...)
}

// Add makes one more primitive visible to Base: for parts of the system that are
// above this package.
func Add(rt *core.Runtime, name string, least, most int, doc string, fn task.Fn) {
	p := makePrim(entry{name, least, most, doc, fn})
	m := core.As[core.Module](rt.Core.Own(core.Sym("Prims")).Value)
	core.TypeOf(p.Ref).Name.Module = m
	m.SetConst(name, p.Ref)
	m.Exported[core.Sym(name)] = true
}
