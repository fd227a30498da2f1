package core

import "unsafe"

// Array is Julia's Array{T,N}. Elements stand in Go memory from Data on, raw
// for the kinds up to 8 bytes and as Values otherwise.
type Array struct {
	Type  *DataType      // Array{T,N}
	Data  unsafe.Pointer // element 1 (or the start of the buffer when empty)
	Len   int            // number of elements
	Tag   unsafe.Pointer // &T.Tag for raw kinds: the P of a loaded element
	Kind  ElemKind
	Cap   int   // elements that fit from Data on
	Front int   // free elements before Data
	Dims  []int // sizes when N != 1; nil for vectors
}

// Value returns a as a Julia value.
func (a *Array) Value() Value { return Value{P: unsafe.Pointer(a)} }

// NDims returns N.
func (a *Array) NDims() int { return int(a.Type.Params[1].N) }

// ElemType returns T.
func (a *Array) ElemType() Value { return a.Type.Params[0] }

// NewArray allocates an array of type t (Array{T,N}) with n elements: zero bits
// for raw kinds, undefined otherwise. dims is kept (nil for a vector).
func NewArray(t *DataType, n int, dims []int) *Array {
	a := &Array{Type: t, Len: n, Cap: n, Dims: dims}
	a.setElem(t.Params[0])
	a.Data = allocElems(a.Kind, n)
	return a
}

// setElem fills Kind and Tag from the element type.
func (a *Array) setElem(el Value) {
	if d, ok := IsDataType(el); ok && d.Kind == KindBits && d.Has(FlagConcrete) {
		a.Kind, a.Tag = d.ElemKind, unsafe.Pointer(&d.Tag)
	}
}

// allocElems returns zeroed memory for n elements of kind k (never nil).
func allocElems(k ElemKind, n int) unsafe.Pointer {
	if n < 1 {
		n = 1
	}
	if k == ElemAny {
		return unsafe.Pointer(unsafe.SliceData(make([]Value, n)))
	}
	return unsafe.Pointer(unsafe.SliceData(make([]uint64, (n*k.Bytes()+7)/8)))
}

// VectorAny makes a Vector{Any} that owns vs.
func VectorAny(vs []Value) *Array {
	a := &Array{Type: VectorAnyT, Len: len(vs), Cap: cap(vs)}
	if cap(vs) == 0 {
		a.Data = allocElems(ElemAny, 1)
		a.Cap = 1
	} else {
		a.Data = unsafe.Pointer(unsafe.SliceData(vs))
	}
	return a
}

// BytesVector makes a Vector{UInt8} that owns b.
func BytesVector(b []byte) *Array {
	a := &Array{Type: VectorU8, Len: len(b), Cap: cap(b), Kind: ElemU8, Tag: unsafe.Pointer(&UInt8.Tag)}
	if cap(b) == 0 {
		a.Data = allocElems(ElemU8, 1)
		a.Cap = 8
	} else {
		a.Data = unsafe.Pointer(unsafe.SliceData(b))
	}
	return a
}

// Values views the elements of an ElemAny array.
func (a *Array) Values() []Value { return unsafe.Slice((*Value)(a.Data), a.Len) }

// Bytes views the elements of a one-byte array.
func (a *Array) Bytes() []byte { return unsafe.Slice((*byte)(a.Data), a.Len) }

// Words views the elements of an 8-byte array.
func (a *Array) Words() []uint64 { return unsafe.Slice((*uint64)(a.Data), a.Len) }

// Floats views the elements of a Float64 array.
func (a *Array) Floats() []float64 { return unsafe.Slice((*float64)(a.Data), a.Len) }

// Get returns element i (from 0, unchecked); undefined if unassigned.
func (a *Array) Get(i int) Value {
	switch a.Kind {
	case ElemAny:
		return *(*Value)(unsafe.Add(a.Data, 16*i))
	case ElemW64:
		return Value{a.Tag, *(*uint64)(unsafe.Add(a.Data, 8*i))}
	case ElemU8:
		return Value{a.Tag, uint64(*(*uint8)(unsafe.Add(a.Data, i)))}
	case ElemI8:
		return Value{a.Tag, uint64(int64(*(*int8)(unsafe.Add(a.Data, i))))}
	case ElemU16:
		return Value{a.Tag, uint64(*(*uint16)(unsafe.Add(a.Data, 2*i)))}
	case ElemI16:
		return Value{a.Tag, uint64(int64(*(*int16)(unsafe.Add(a.Data, 2*i))))}
	case ElemU32:
		return Value{a.Tag, uint64(*(*uint32)(unsafe.Add(a.Data, 4*i)))}
	default:
		return Value{a.Tag, uint64(int64(*(*int32)(unsafe.Add(a.Data, 4*i))))}
	}
}

// Set stores element i (from 0, unchecked); v must be of the element type.
func (a *Array) Set(i int, v Value) {
	switch a.Kind {
	case ElemAny:
		*(*Value)(unsafe.Add(a.Data, 16*i)) = v
	case ElemW64:
		*(*uint64)(unsafe.Add(a.Data, 8*i)) = v.N
	case ElemU8, ElemI8:
		*(*uint8)(unsafe.Add(a.Data, i)) = uint8(v.N)
	case ElemU16, ElemI16:
		*(*uint16)(unsafe.Add(a.Data, 2*i)) = uint16(v.N)
	default:
		*(*uint32)(unsafe.Add(a.Data, 4*i)) = uint32(v.N)
	}
}

// Grow makes room for n more elements at the end and adds them (zeroed or
// undefined), amortised.
func (a *Array) Grow(n int) {
	if b := a.Enlarged(n); b != nil {
		a.copyTo(b.Data, 0)
		*a = *b
	}
	a.Len += n
}

// Enlarged is a in memory of its own with room for n more elements, none of which is there
// yet; nil if a has the room.
func (a *Array) Enlarged(n int) *Array {
	if a.Len+n <= a.Cap {
		return nil
	}
	b := *a
	b.Cap, b.Front = max(2*a.Cap, a.Len+n, 8), 0
	b.Data = allocElems(a.Kind, b.Cap)
	return &b
}

// GrowFront adds n elements (zeroed or undefined) before the first, amortised.
func (a *Array) GrowFront(n int) {
	if b := a.EnlargedFront(n); b != nil {
		a.copyTo(b.Data, 0)
		*a = *b
	}
	a.Data = unsafe.Add(a.Data, -n*a.Kind.Bytes())
	a.Front -= n
	a.Cap += n
	a.Len += n
}

// EnlargedFront is a in memory of its own with room for n more elements before the first,
// none of which is there yet; nil if a has the room.
func (a *Array) EnlargedFront(n int) *Array {
	if n <= a.Front {
		return nil
	}
	b := *a
	b.Front, b.Cap = max(a.Len, n, 8), a.Len
	b.Data = unsafe.Add(allocElems(a.Kind, b.Front+max(a.Len, 1)), b.Front*a.Kind.Bytes()) // within it, though a may be empty
	return &b
}

// Shrink removes the last n elements and forgets them.
func (a *Array) Shrink(n int) {
	a.clear(a.Len-n, n)
	a.Len -= n
}

// ShrinkFront removes the first n elements and forgets them.
func (a *Array) ShrinkFront(n int) {
	a.clear(0, n)
	a.Len -= n
	if a.Len == 0 { // never point past the end of the buffer
		a.Data = unsafe.Add(a.Data, -a.Front*a.Kind.Bytes())
		a.Cap += a.Front
		a.Front = 0
		return
	}
	a.Data = unsafe.Add(a.Data, n*a.Kind.Bytes())
	a.Front += n
	a.Cap -= n
}

func (a *Array) clear(i, n int) {
	if a.Kind == ElemAny {
		clear(a.Values()[i : i+n])
		return
	}
	b := a.Kind.Bytes()
	clear(unsafe.Slice((*byte)(unsafe.Add(a.Data, i*b)), n*b))
}

// Copy makes an array of its own with the same elements.
func (a *Array) Copy() *Array {
	b := NewArray(a.Type, a.Len, a.Dims)
	a.copyTo(b.Data, 0)
	return b
}

// copyTo copies the elements to memory d, from element position at on.
func (a *Array) copyTo(d unsafe.Pointer, at int) {
	if a.Kind == ElemAny {
		copy(unsafe.Slice((*Value)(unsafe.Add(d, 16*at)), a.Len), a.Values())
		return
	}
	b := a.Kind.Bytes()
	copy(unsafe.Slice((*byte)(unsafe.Add(d, at*b)), a.Len*b), unsafe.Slice((*byte)(a.Data), a.Len*b))
}
