package prim

// This file: the work of Dict for keys whose hash and isequal are known here
// (numbers, strings, symbols, characters, tuples of them). The object is Base's
// struct Dict; its algorithm is written there too, for other keys.

import (
	"weft/runtime/core"
	"weft/runtime/task"
)

// The fields of Dict, in order.
const (
	dictSlots = iota
	dictKeys
	dictVals
	dictNdel
	dictCount
	dictAge
	dictFloor
	dictProbe
	dictFields
)

// A slot is free, deleted, or holds the top bits of the hash with filled set.
const (
	slotFree    = 0x00
	slotDeleted = 0x7f
	slotFilled  = 0x80
)

var dictTable = []entry{
	{"dict_find", 2, 2, "dict_find(d, key): the slot of key, -1 if it is not there, 0 if that cannot be told here", func(_ *task.Task, a []core.Value) (core.Value, error) {
		d, ok := openDict(a[0])
		if !ok {
			return core.Int(0), nil
		}
		h, ok := plainHash(a[1])
		if !ok {
			return core.Int(0), nil
		}
		return core.Int(int64(d.find(a[1], h))), nil
	}},
	{"dict_put", 3, 3, "dict_put(d, key, v): stores an entry, key and v of the right types; false if that cannot be done here", func(_ *task.Task, a []core.Value) (core.Value, error) {
		d, ok := openDict(a[0])
		if !ok {
			return core.MakeBool(false), nil
		}
		return core.MakeBool(d.set(a[1], a[2])), nil
	}},
	{"dict_rehash_plain", 2, 2, "dict_rehash_plain(d, n): makes room for n entries; false if there are keys that are not plain", func(_ *task.Task, a []core.Value) (core.Value, error) {
		d, ok := openDict(a[0])
		n := int(a[1].N)
		return core.MakeBool(ok && n < 1<<40 && d.rehash(n)), nil
	}},
}

// dict is a Dict being worked on.
type dict struct {
	v          core.Value
	slots      []byte
	keys, vals *core.Array
}

func openDict(v core.Value) (d dict, ok bool) {
	t := core.TypeOf(v)
	if t.Kind != core.KindObject || len(t.Fields()) != dictFields {
		return d, false
	}
	s, k, x := v.Field(dictSlots), v.Field(dictKeys), v.Field(dictVals)
	if !s.Is(core.VectorU8) || core.TypeOf(k).Kind != core.KindArray || core.TypeOf(x).Kind != core.KindArray {
		return d, false
	}
	d = dict{v, core.As[core.Array](s).Bytes(), core.As[core.Array](k), core.As[core.Array](x)}
	n := len(d.slots)
	return d, d.keys.Len >= n && d.vals.Len >= n && n&(n-1) == 0
}

// set stores an entry; false if that cannot be done here.
func (d *dict) set(key, v core.Value) bool {
	h, ok := plainHash(key)
	return ok && checkElem(d.keys, key) == nil && checkElem(d.vals, v) == nil && d.put(key, v, h)
}

// DictGet is x[key] of a Dict x that has the plain key; false for all else.
func DictGet(rt *core.Runtime, x, key core.Value) (core.Value, bool) {
	if walkOf(rt, core.TypeOf(x)) != walkDict {
		return core.Value{}, false
	}
	h, plain := plainHash(key)
	d, ok := openDict(x)
	if !ok || !plain {
		return core.Value{}, false
	}
	if i := d.find(key, h); i > 0 {
		return d.vals.Get(i - 1), true
	}
	return core.Value{}, false
}

// DictSet does x[key] = v of a Dict x, a plain key and a value of the right types;
// false for all else.
func DictSet(rt *core.Runtime, x, key, v core.Value) bool {
	if walkOf(rt, core.TypeOf(x)) != walkDict {
		return false
	}
	d, ok := openDict(x)
	return ok && d.set(key, v)
}

func (d *dict) num(field int) int { return int(d.v.Field(field).N) }

func (d *dict) setNum(field, n int) { d.v.SetField(field, core.Int(int64(n))) }

func (d *dict) older() { d.v.SetField(dictAge, core.Uint(d.v.Field(dictAge).N+1)) }

// plainHash is hash(key) of a plain key.
func plainHash(key core.Value) (uint64, bool) {
	if !isPlainKey(key) {
		return 0, false
	}
	return hashValue(key, 0)
}

func slotTag(h uint64) byte { return byte(h>>57) | slotFilled }

// find gives the place (from 1) of key, -1 if it is absent, 0 if a key was met
// that cannot be compared here.
func (d *dict) find(key core.Value, h uint64) int {
	n := len(d.slots)
	if n == 0 {
		return -1
	}
	tag := slotTag(h)
	for i, k := int(h)&(n-1), d.num(dictProbe); k >= 0; i, k = (i+1)&(n-1), k-1 {
		s := d.slots[i]
		if s == slotFree {
			return -1
		}
		if s == tag {
			switch plainEqual(d.keys.Get(i), key) {
			case 1:
				return i + 1
			case -1:
				return 0
			}
		}
	}
	return -1
}

// put stores an entry.
func (d *dict) put(key, val core.Value, h uint64) bool {
	if len(d.slots) == 0 && !d.rehash(16) {
		return false
	}
	for {
		i, ok := d.place(key, h)
		if !ok {
			return false
		}
		if i < 0 { // no room near enough
			f := 4
			if d.num(dictCount) > 64000 {
				f = 2
			}
			if !d.rehash(len(d.slots) * f) {
				return false
			}
			continue
		}
		s := d.slots[i]
		d.keys.Set(i, key)
		d.vals.Set(i, val)
		d.older()
		if s&slotFilled != 0 {
			return true
		}
		if s == slotDeleted {
			d.setNum(dictNdel, d.num(dictNdel)-1)
		}
		d.slots[i] = slotTag(h)
		count := d.num(dictCount) + 1
		d.setNum(dictCount, count)
		if i+1 < d.num(dictFloor) {
			d.setNum(dictFloor, i+1)
		}
		if n := len(d.slots); count*3 > n*2 || d.num(dictNdel)*4 >= n*3 {
			want := max(count*4, 4)
			if count > 64000 {
				want = count * 2
			}
			d.rehash(want) // keys that are not plain stay where they are
		}
		return true
	}
}

// place finds where key is or should go; -1 when there is no room near enough.
func (d *dict) place(key core.Value, h uint64) (int, bool) {
	n := len(d.slots)
	tag := slotTag(h)
	i, free := int(h)&(n-1), -1
	probe := d.num(dictProbe)
	k := 0
	for ; k <= probe; k++ {
		s := d.slots[i]
		switch s {
		case slotFree:
			if free >= 0 {
				return free, true
			}
			return i, true
		case slotDeleted:
			if free < 0 {
				free = i
			}
		case tag:
			switch plainEqual(d.keys.Get(i), key) {
			case 1:
				return i, true
			case -1:
				return 0, false
			}
		}
		i = (i + 1) & (n - 1)
	}
	if free >= 0 {
		return free, true
	}
	for ; k < max(16, n>>6); k++ {
		if d.slots[i]&slotFilled == 0 {
			d.setNum(dictProbe, k)
			return i, true
		}
		i = (i + 1) & (n - 1)
	}
	return -1, true
}

// rehash moves the entries to a table of at least want slots.
func (d *dict) rehash(want int) bool {
	n := 16
	for n < want {
		n *= 2
	}
	slots := make([]byte, n)
	keys := core.NewArray(d.keys.Type, n, nil)
	vals := core.NewArray(d.vals.Type, n, nil)
	most := 0
	for i, s := range d.slots {
		if s&slotFilled == 0 {
			continue
		}
		key := d.keys.Get(i)
		h, ok := plainHash(key)
		if !ok {
			return false
		}
		start := int(h) & (n - 1)
		j := start
		for slots[j] != slotFree {
			j = (j + 1) & (n - 1)
		}
		most = max(most, (j-start)&(n-1))
		slots[j] = s
		keys.Set(j, key)
		vals.Set(j, d.vals.Get(i))
	}
	d.slots, d.keys, d.vals = slots, keys, vals
	d.v.SetField(dictSlots, core.BytesVector(slots).Value())
	d.v.SetField(dictKeys, keys.Value())
	d.v.SetField(dictVals, vals.Value())
	d.setNum(dictNdel, 0)
	d.setNum(dictFloor, 1)
	d.setNum(dictProbe, most)
	d.older()
	return true
}
