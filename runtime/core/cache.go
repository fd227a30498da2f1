package core

// The cache of lookups.

// lookupCache maps argument types to results: open addressing, by hash.
type lookupCache struct {
	slots []*CacheEntry
	n     int
}

func hashCall(types []*DataType, exact []Value) uint64 {
	h := uint64(len(types))
	for i, t := range types {
		var x uint64
		if i < len(exact) && exact[i].P != nil {
			x = hashParam(exact[i]) + 0x51ed270b
		} else {
			x = t.Hash
		}
		h = (h ^ x) * 0x9e3779b97f4a7c15
		h ^= h >> 32
	}
	return h
}

func (c *lookupCache) get(h uint64, types []*DataType, exact []Value, world uint64) *CacheEntry {
	if len(c.slots) == 0 {
		return nil
	}
	mask := uint64(len(c.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		e := c.slots[i]
		if e == nil {
			return nil
		}
		if e.hash == h && world >= e.From && world <= e.To && e.is(types, exact) {
			return e
		}
	}
}

func (e *CacheEntry) is(types []*DataType, exact []Value) bool {
	if len(e.Types) != len(types) {
		return false
	}
	for i, t := range types {
		var x, y Value
		if i < len(exact) {
			x = exact[i]
		}
		if i < len(e.Exact) {
			y = e.Exact[i]
		}
		if x.P != nil || y.P != nil {
			if x != y && (x.P == nil || y.P == nil || !sameParam(x, y)) {
				return false
			}
		} else if e.Types[i] != t {
			return false
		}
	}
	return true
}

func (c *lookupCache) put(e *CacheEntry) {
	if 4*(c.n+1) > 3*len(c.slots) {
		old := c.slots
		c.slots = make([]*CacheEntry, max(8, 2*len(old)))
		for _, o := range old {
			if o != nil {
				c.insert(o)
			}
		}
	}
	c.insert(e)
	c.n++
}

func (c *lookupCache) insert(e *CacheEntry) {
	mask := uint64(len(c.slots) - 1)
	i := e.hash & mask
	for c.slots[i] != nil {
		i = (i + 1) & mask
	}
	c.slots[i] = e
}
