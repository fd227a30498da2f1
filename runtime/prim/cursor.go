package prim

// This file has cursors: how a loop goes through a collection of Base's without
// calling iterate for each item. A cursor gives the same items in the same order as
// Base's own methods of iterate do; it takes the place of the state in the loop, where
// no program can see it. Which types have one, and how, says cursor_types.go.

import (
	"slices"

	"weft/runtime/core"
)

// CursorType is the type of a cursor as a value.
var CursorType = core.NewOpaque("Cursor", core.Any, true)

// Cursor is a place in a collection.
type Cursor struct {
	Type *core.DataType // CursorType
	walk walk
	x    core.Value // the collection
	arr  *core.Array
	at   int64 // the next item: an index from 0, or the item itself
	step int64
	last int64 // the last item; where items are counted, how many there are
	done bool
	back [2]int64       // at and last at the beginning
	subs []Cursor       // of the collections that it puts together
	item []core.Value   // the items of subs
	typ  *core.DataType // of what it makes: a tuple, or a Pair
	keys []*core.DataType
	twin twiceRange
}

// Start puts c before the first item of x; false if a loop over x has to call iterate.
func (c *Cursor) Start(rt *core.Runtime, x core.Value) bool {
	w := walkOf(rt, core.TypeOf(x))
	return w < walkFields && w != walkNone && c.start(rt, w, x)
}

// ItemsAreFields reports whether the items of an instance of d are its fields.
func ItemsAreFields(rt *core.Runtime, d *core.DataType) bool { return walkOf(rt, d) == walkFields }

// Stage is what is done with each item of a collection: a function is called with it,
// and its value is the item, or says whether the item counts.
type Stage struct {
	F      core.Value
	Filter bool
}

// Stages takes generators and filters apart: the collection that they go through, and
// what they do with its items, first things first.
func Stages(rt *core.Runtime, x core.Value) (core.Value, []Stage) {
	var out []Stage
	for {
		switch walkOf(rt, core.TypeOf(x)) {
		case walkMap:
			out = append(out, Stage{x.Field(0), false})
			x = x.Field(1)
		case walkFilter:
			out = append(out, Stage{x.Field(0), true})
			x = x.Field(1)
		default:
			slices.Reverse(out)
			return x, out
		}
	}
}

// Next is the next item; ok is false when there is none.
func (c *Cursor) Next() (v core.Value, ok bool, err error) {
	switch c.walk {
	case walkArray:
		a := c.arr
		if c.at < 0 || c.at >= int64(a.Len) || c.last == 0 {
			return v, false, nil
		}
		v = a.Get(int(c.at))
		c.at += c.step
		c.last--
		if v.P == nil {
			return v, false, core.Err("UndefRefError")
		}
		return v, true, nil
	case walkInts:
		if c.done {
			return v, false, nil
		}
		v = core.Value{P: c.x.P, N: uint64(c.at)}
		c.done = c.at == c.last
		c.at += c.step
		return v, true, nil
	case walkText:
		s := core.As[core.String](c.x).S
		if c.at >= int64(len(s)) {
			return v, false, nil
		}
		u, next := nextChar(s, int(c.at))
		c.at = int64(next)
		return core.MakeChar(u), true, nil
	case walkBytes:
		s := core.As[core.String](c.x).S
		if c.at >= int64(len(s)) {
			return v, false, nil
		}
		c.at++
		return core.Bits(core.UInt8, uint64(s[c.at-1])), true, nil
	case walkBits:
		if c.at >= c.last {
			return v, false, nil
		}
		w := c.arr.Words()[c.at>>6]
		c.at++
		return core.MakeBool(w>>((c.at-1)&63)&1 != 0), true, nil
	case walkFloats:
		if c.at >= c.last {
			return v, false, nil
		}
		c.at++
		return core.Float(c.twin.at(float64(c.at - c.step))), true, nil
	case walkDict, walkKeys, walkValues:
		return c.nextEntry()
	case walkEnumerate:
		if v, ok, err = c.subs[0].Next(); !ok {
			return v, false, err
		}
		c.at++
		c.item[0], c.item[1] = core.Int(c.at), v
		return c.tuple(), true, nil
	case walkPairs:
		a := c.arr
		if c.at >= int64(a.Len) {
			return v, false, nil
		}
		if v = a.Get(int(c.at)); v.P == nil {
			return v, false, core.Err("UndefRefError")
		}
		c.at++
		return core.NewStruct(c.typ, core.Int(c.at), v), true, nil
	case walkZip:
		for i := range c.subs {
			if c.item[i], ok, err = c.subs[i].Next(); !ok {
				return v, false, err
			}
		}
		return c.tuple(), true, nil
	case walkTake:
		if c.at >= c.last {
			return v, false, nil
		}
		c.at++
		return c.subs[0].Next()
	case walkProduct, walkCartesian:
		return c.nextCombination()
	}
	return v, false, nil
}

// nextEntry is the next entry of a Dict, its key or its value.
func (c *Cursor) nextEntry() (v core.Value, ok bool, err error) {
	d := c.x
	slots, keys, vals := core.As[core.Array](d.Field(0)), core.As[core.Array](d.Field(1)), core.As[core.Array](d.Field(2))
	flags := slots.Bytes()
	i := c.at
	for i < int64(len(flags)) && flags[i]&0x80 == 0 {
		i++
	}
	c.at = i + 1
	if i >= int64(len(flags)) || i >= int64(keys.Len) || i >= int64(vals.Len) {
		return v, false, nil
	}
	switch c.walk {
	case walkKeys:
		v = keys.Get(int(i))
	case walkValues:
		v = vals.Get(int(i))
	default:
		return core.NewStruct(c.typ, keys.Get(int(i)), vals.Get(int(i))), true, nil
	}
	return v, true, nil
}

// nextCombination is the next of all combinations of the items of c.subs, of which
// the first changes fastest: a tuple of them, or a CartesianIndex.
func (c *Cursor) nextCombination() (v core.Value, ok bool, err error) {
	n := len(c.subs)
	if c.at == 0 {
		for i := range c.subs {
			if c.item[i], ok, err = c.subs[i].Next(); !ok {
				c.at = -1
				return v, false, err
			}
		}
		c.at = 1
		return c.combination(), true, nil
	}
	if c.at < 0 {
		return v, false, nil
	}
	for i := range n {
		if c.item[i], ok, err = c.subs[i].Next(); err != nil {
			return v, false, err
		}
		if ok {
			return c.combination(), true, nil
		}
		c.subs[i].rewind()
		if c.item[i], ok, err = c.subs[i].Next(); !ok {
			break
		}
	}
	c.at = -1
	return v, false, err
}

func (c *Cursor) combination() core.Value {
	t := c.tuple()
	if c.walk == walkCartesian {
		return core.NewStruct(c.keys[len(c.subs)], t)
	}
	return t
}

// tuple makes a tuple of c.item.
func (c *Cursor) tuple() core.Value {
	same := c.typ != nil
	for i, v := range c.item {
		if d := core.TypeOf(v); d != c.keys[i] {
			c.keys[i], same = d, false
		}
	}
	if !same {
		ts := make([]core.Value, len(c.item))
		for i := range ts {
			ts[i] = c.keys[i].Value()
		}
		c.typ = core.TupleOf(ts...)
	}
	return core.NewStruct(c.typ, c.item...)
}

// rewind puts a cursor over an array, a range or a string back before its first item.
func (c *Cursor) rewind() { c.at, c.last, c.done = c.back[0], c.back[1], false }
