package prim

// This file says which types have cursors.

import (
	"math"

	"weft/runtime/core"
)

// walk is a way to go through a collection.
type walk uint8

const (
	_        walk = iota
	walkNone      // by calling iterate
	walkArray
	walkView
	walkReverse
	walkInts
	walkOneTo
	walkLinear
	walkSteps
	walkText
	walkBytes
	walkBits
	walkFloats
	walkDict
	walkSet
	walkKeys
	walkValues
	walkEnumerate
	walkPairs
	walkZip
	walkTake
	walkProduct
	walkCartesian
	// From here on there are no cursors: loops take fields as they are, and generators
	// and filters apart.
	walkFields
	walkMap
	walkFilter
)

// walks are the types by their names in Base and its modules.
var walks = map[string]walk{
	"SubArray": walkView, "Reverse": walkReverse, "UnitRange": walkInts, "OneTo": walkOneTo, "StepRange": walkSteps,
	"CodeUnits": walkBytes, "BitArray": walkBits, "StepRangeLen": walkFloats, "Dict": walkDict, "Set": walkSet,
	"KeySet": walkKeys, "ValueIterator": walkValues, "Enumerate": walkEnumerate, "Pairs": walkPairs, "Zip": walkZip,
	"Pair": walkFields, "Generator": walkMap, "Filter": walkFilter,
	"Take": walkTake, "ProductIterator": walkProduct, "CartesianIndices": walkCartesian, "LinearIndices": walkLinear,
}

// walkOf is how loops go through instances of d.
func walkOf(rt *core.Runtime, d *core.DataType) walk {
	if d.Walk == 0 {
		d.Walk = uint8(findWalk(rt, d))
	}
	return walk(d.Walk)
}

func findWalk(rt *core.Runtime, d *core.DataType) walk {
	switch d.Kind {
	case core.KindArray:
		return walkArray
	case core.KindString:
		return walkText
	case core.KindObject:
		if d.Has(core.FlagNamedTuple) {
			return walkFields
		}
	default:
		return walkNone
	}
	w, ok := walks[d.Name.Name.Name]
	if !ok || d.Name.Module == nil || !rt.OfBase(d.Name.Module) {
		return walkNone
	}
	p := d.Params
	switch w {
	case walkInts, walkOneTo:
		ok = isSmallInt(p[0])
	case walkLinear:
		ok = allWalk(rt, tupleParams(p[1]), map[walk]bool{walkOneTo: true})
	case walkSteps:
		ok = isSmallInt(p[0]) && isSmallInt(p[1])
	case walkBytes:
		ok = p[1].P == core.StringType.Value().P
	case walkFloats:
		ok = p[0].P == core.Float64.Value().P && named(p[1], "TwicePrecision") && named(p[2], "TwicePrecision")
	case walkKeys:
		ok = named(p[1], "Dict")
	case walkValues:
		ok = named(p[0], "Dict")
	case walkView:
		ok = p[4].P == core.MakeBool(true).P && p[4].IsTrue() && isArray(p[2])
	case walkPairs:
		ok = isArray(p[3]) && (named(p[2], "OneTo") || named(p[2], "LinearIndices"))
	case walkReverse:
		ok = isArray(p[0])
	case walkEnumerate, walkTake:
		ok = allWalk(rt, p[:1], nil)
	case walkMap:
		ok = allWalk(rt, p[:1], nil) // Generator{I,F}
	case walkFilter:
		ok = allWalk(rt, p[1:2], nil) // Filter{F,I}
	case walkZip:
		ok = allWalk(rt, tupleParams(p[0]), nil)
	case walkProduct:
		ok = allWalk(rt, tupleParams(p[0]), map[walk]bool{walkArray: true, walkInts: true, walkOneTo: true, walkSteps: true, walkText: true})
	case walkCartesian:
		ok = allWalk(rt, tupleParams(p[1]), map[walk]bool{walkInts: true, walkOneTo: true, walkSteps: true})
	}
	if !ok {
		return walkNone
	}
	return w
}

// allWalk reports whether there are some types, and all of them have cursors (of one
// of these kinds).
func allWalk(rt *core.Runtime, types []core.Value, kinds map[walk]bool) bool {
	for _, t := range types {
		d, ok := core.IsDataType(t)
		if !ok {
			return false
		}
		if w := walkOf(rt, d); w == walkNone || kinds != nil && !kinds[w] {
			return false
		}
	}
	return len(types) > 0
}

func tupleParams(t core.Value) []core.Value {
	if d, ok := core.IsDataType(t); ok {
		return d.Params
	}
	return nil
}

func named(t core.Value, name string) bool {
	d, ok := core.IsDataType(t)
	return ok && d.Name.Name.Name == name
}

func isArray(t core.Value) bool {
	d, ok := core.IsDataType(t)
	return ok && d.Kind == core.KindArray
}

// isSmallInt reports whether t is an integer type of at most 64 bits, Bool aside.
func isSmallInt(t core.Value) bool {
	d, ok := core.IsDataType(t)
	return ok && d.Kind == core.KindBits && (d.Super == core.Signed || d.Super == core.Unsigned)
}

// start puts c before the first item of x; false if x has no cursor after all.
func (c *Cursor) start(rt *core.Runtime, w walk, x core.Value) bool {
	c.walk, c.x, c.step = w, x, 1
	switch w {
	case walkArray:
		c.arr, c.last = core.As[core.Array](x), math.MaxInt64
	case walkReverse:
		c.arr, c.last = core.As[core.Array](x.Field(0)), math.MaxInt64
		c.walk, c.at, c.step = walkArray, int64(c.arr.Len)-1, -1
	case walkView:
		if !c.startView(rt, x) {
			return false
		}
	case walkInts:
		c.ints(x.Field(0), x.Field(0).N, 1, x.Field(1).N)
		c.done = lessInt(x.Field(1), x.Field(0))
	case walkOneTo:
		c.ints(x.Field(0), 1, 1, x.Field(0).N)
		c.done = x.Field(0).N == 0
	case walkLinear:
		n, sizes := uint64(1), x.Field(0)
		for _, r := range sizes.Fields(len(core.TypeOf(sizes).Params)) {
			n *= r.Field(0).N
		}
		c.ints(core.Int(0), 1, 1, n)
		c.done = n == 0
	case walkSteps:
		lo, step, hi := x.Field(0), x.Field(1), x.Field(2)
		c.ints(lo, lo.N, int64(step.N), hi.N)
		c.done = lo.N != hi.N && lessInt(lo, hi) == (int64(step.N) < 0 && signed(core.TypeOf(step)))
	case walkBytes:
		c.x = x.Field(0)
	case walkBits:
		c.arr, c.last = core.As[core.Array](x.Field(0)), int64(x.Field(1).N)
	case walkFloats:
		ref, step := x.Field(0), x.Field(1)
		c.twin = twiceRange{ref.Field(0).Float64(), ref.Field(1).Float64(), step.Field(0).Float64(), step.Field(1).Float64()}
		c.last, c.step = int64(x.Field(2).N), int64(x.Field(3).N)
	case walkDict:
		return c.pair(rt, core.TypeOf(x))
	case walkSet:
		c.walk, c.x = walkKeys, x.Field(0)
	case walkKeys, walkValues:
		c.x = x.Field(0)
	case walkPairs:
		c.arr = core.As[core.Array](x.Field(0))
		return c.pair(rt, core.TypeOf(x))
	case walkEnumerate:
		c.room(2)
		return c.under(rt, []core.Value{x.Field(0)})
	case walkTake:
		c.last = int64(x.Field(1).N)
		return c.under(rt, []core.Value{x.Field(0)})
	case walkZip, walkProduct, walkCartesian:
		of := x.Field(0)
		n := len(core.TypeOf(of).Params)
		c.room(n)
		if w == walkCartesian {
			d := instance(rt, "CartesianIndex", core.Int(int64(n)))
			if d == nil {
				return false
			}
			c.keys = append(c.keys, d)
		}
		return c.under(rt, of.Fields(n))
	}
	c.back = [2]int64{c.at, c.last}
	return true
}

// room makes room for n items.
func (c *Cursor) room(n int) {
	c.item, c.keys = make([]core.Value, n), make([]*core.DataType, n, n+1)
}

// under makes the cursors of the collections that c puts together.
func (c *Cursor) under(rt *core.Runtime, xs []core.Value) bool {
	c.subs = make([]Cursor, len(xs))
	for i, x := range xs {
		c.subs[i].Type = CursorType
		if !c.subs[i].Start(rt, x) {
			return false
		}
	}
	c.back = [2]int64{c.at, c.last}
	return true
}

// ints puts c before the first of the integers from..to by step, of the type of like.
func (c *Cursor) ints(like core.Value, from uint64, step int64, to uint64) {
	c.walk, c.x, c.at, c.step, c.last = walkInts, like, int64(from), step, int64(to)
}

// startView is start for a view whose items are evenly spaced in an array.
func (c *Cursor) startView(rt *core.Runtime, x core.Value) bool {
	n := int64(1)
	indices := x.Field(1)
	for _, i := range indices.Fields(len(core.TypeOf(indices).Params)) {
		if named(core.TypeOf(i).Value(), "Slice") {
			i = i.Field(0)
		}
		if core.TypeOf(i) == core.Int64 {
			continue
		}
		var r Cursor
		switch w := walkOf(rt, core.TypeOf(i)); w {
		case walkInts, walkOneTo, walkSteps:
			r.start(rt, w, i)
		default:
			return false
		}
		if r.done {
			n = 0
		} else {
			n *= (r.last-r.at)/r.step + 1
		}
	}
	stride := x.Field(3).Int64()
	c.walk, c.arr, c.at, c.step, c.last = walkArray, core.As[core.Array](x.Field(0)), x.Field(2).Int64()+stride-1, stride, n
	return true
}

// pair finds the type of the items of a dictionary of type d.
func (c *Cursor) pair(rt *core.Runtime, d *core.DataType) bool {
	c.typ = instance(rt, "Pair", d.Params[0], d.Params[1])
	return c.typ != nil
}

// instance is an instance of a type of Base; nil when that has not been loaded yet.
func instance(rt *core.Runtime, name string, params ...core.Value) *core.DataType {
	b := rt.Base.Lookup(core.Sym(name))
	if b == nil || b.Value.P == nil {
		return nil
	}
	t, err := core.ApplyType(b.Value, params)
	if err != nil {
		return nil
	}
	d, _ := core.IsDataType(t)
	return d
}

// lessInt is x < y for integers of one type.
func lessInt(x, y core.Value) bool {
	if signed(core.TypeOf(x)) {
		return int64(x.N) < int64(y.N)
	}
	return x.N < y.N
}
