package core

// This file: what pointers point to. An address is looked up among the arrays and
// texts whose address somebody has asked for; memory itself is never read by number.

import (
	"slices"
	"unsafe"
	"weak"
)

// Pointees are the places that programs hold pointers to. Arrays are not kept alive
// by it; of strings and objects the last few are.
type Pointees struct {
	spans  []pointee          // by base
	kept   []uint64           // bases of spans that hold a value, the oldest first
	next   uint64             // where the next array of boxed items is said to be
	boxed  map[uintptr]uint64 // by where the items are
	sweeps int                // number of spans at which dead ones are dropped
}

type pointee struct {
	base, size uint64
	arr        weak.Pointer[Array]
	val        Value // a String or an object, if it is not an array
}

const (
	keptPointees = 256
	boxedPlaces  = 1 << 46 // above what Go's heap uses
)

// OfArray gives the address of the first element of a, whose items take size bytes
// each in Julia.
func (p *Pointees) OfArray(a *Array, size int) uint64 {
	base := uint64(uintptr(a.Data))
	if a.Kind == ElemAny {
		base = p.boxedBase(a, size)
	}
	n := uint64(max(a.Cap, 1) * max(size, 1))
	if i, ok := p.index(base); ok {
		s := &p.spans[i]
		if s.arr.Value() != a || s.size != n {
			*s = pointee{base: base, size: n, arr: weak.Make(a)}
		}
		return base
	}
	p.insert(pointee{base: base, size: n, arr: weak.Make(a)})
	return base
}

// boxedBase gives an array that holds values the address that it had before, or one
// that no other array had.
func (p *Pointees) boxedBase(a *Array, size int) uint64 {
	if base, ok := p.boxed[uintptr(a.Data)]; ok {
		if i, ok := p.index(base); ok {
			if o := p.spans[i].arr.Value(); o == nil || o.Data == a.Data {
				if p.spans[i].size >= uint64(a.Cap*size) {
					return base
				}
			}
		}
	}
	if p.boxed == nil {
		p.boxed, p.next = map[uintptr]uint64{}, boxedPlaces
	}
	base := p.next
	p.next += (uint64(max(a.Cap, 1)*max(size, 1)) + 127) &^ 63
	p.boxed[uintptr(a.Data)] = base
	return base
}

// OfValue gives the address of the text of a String, or of an object.
func (p *Pointees) OfValue(v Value) uint64 {
	base, size := uint64(uintptr(v.P)), uint64(8)
	if v.Is(StringType) && v.Str() != "" {
		s := v.Str()
		base, size = uint64(uintptr(unsafe.Pointer(unsafe.StringData(s)))), uint64(len(s)+1)
	} else if l, ok := LayoutOf(TypeOf(v)); ok && TypeOf(v).Kind == KindObject {
		size = uint64(max(l.Size, 8))
	}
	if i, ok := p.index(base); ok {
		p.spans[i] = pointee{base: base, size: size, val: v}
		return base
	}
	p.insert(pointee{base: base, size: size, val: v})
	p.kept = append(p.kept, base)
	if len(p.kept) > keptPointees {
		if i, ok := p.index(p.kept[0]); ok {
			p.spans = slices.Delete(p.spans, i, i+1)
		}
		p.kept = slices.Delete(p.kept, 0, 1)
	}
	return base
}

// At finds what is at an address: an array or a value, and how many bytes after its
// beginning.
func (p *Pointees) At(addr uint64) (a *Array, v Value, offset int, ok bool) {
	i, exact := p.index(addr)
	if !exact {
		i--
	}
	if i < 0 {
		return nil, Value{}, 0, false
	}
	s := &p.spans[i]
	if s.val.P != nil {
		return nil, s.val, int(addr - s.base), addr-s.base < s.size
	}
	a = s.arr.Value()
	if a == nil {
		return nil, Value{}, 0, false
	}
	base := s.base
	if a.Kind != ElemAny { // the first items may have been taken away since
		base = uint64(uintptr(a.Data))
	}
	return a, Value{}, int(addr) - int(base), addr >= base && addr-base < s.size
}

func (p *Pointees) index(addr uint64) (int, bool) {
	return slices.BinarySearchFunc(p.spans, addr, func(s pointee, x uint64) int {
		switch {
		case s.base < x:
			return -1
		case s.base > x:
			return 1
		}
		return 0
	})
}

func (p *Pointees) insert(s pointee) {
	if len(p.spans) >= max(p.sweeps, 64) {
		p.spans = slices.DeleteFunc(p.spans, func(s pointee) bool { return s.val.P == nil && s.arr.Value() == nil })
		for data, base := range p.boxed {
			if _, ok := p.index(base); !ok {
				delete(p.boxed, data)
			}
		}
		p.sweeps = 2 * len(p.spans)
	}
	i, _ := p.index(s.base)
	p.spans = slices.Insert(p.spans, i, s)
}
