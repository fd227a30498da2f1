package prim

// This file: the machine numbers of Core, told from what users declare, and
// conversions of whole arrays of them.

import (
	"math"

	"weft/runtime/core"
)

// NumKind says what an operator needs to know about a machine number.
type NumKind struct {
	Bits   uint8
	Signed bool // an integer with a sign
	Float  bool
}

// NumKindOf describes Core's machine integers and floats; ok is false for all else, Bool too.
func NumKindOf(d *core.DataType) (k NumKind, ok bool) {
	switch d {
	case core.Int64:
		return NumKind{Bits: 64, Signed: true}, true
	case core.Float64:
		return NumKind{Bits: 64, Float: true}, true
	case core.UInt8:
		return NumKind{Bits: 8}, true
	case core.Int32:
		return NumKind{Bits: 32, Signed: true}, true
	case core.UInt64:
		return NumKind{Bits: 64}, true
	case core.Float32:
		return NumKind{Bits: 32, Float: true}, true
	case core.UInt32:
		return NumKind{Bits: 32}, true
	case core.UInt16:
		return NumKind{Bits: 16}, true
	case core.Int16:
		return NumKind{Bits: 16, Signed: true}, true
	case core.Int8:
		return NumKind{Bits: 8, Signed: true}, true
	case core.Float16:
		return NumKind{Bits: 16, Float: true}, true
	}
	return k, false
}

// ToFloat is a number with the bits n as a float, rounded if it is a large integer.
func (k NumKind) ToFloat(n uint64) float64 {
	switch {
	case k.Float && k.Bits == 64:
		return math.Float64frombits(n)
	case k.Float && k.Bits == 32:
		return float64(math.Float32frombits(uint32(n)))
	case k.Float:
		return FromFloat16(uint16(n))
	case k.Signed:
		return float64(int64(n))
	}
	return float64(n)
}

// convertElems stores n elements of src from si on, converted, in dst from di on. It is
// false, with some of them stored, if one does not fit or the types are not of machine numbers.
func convertElems(dst *core.Array, di int, src *core.Array, si, n int) bool {
	from, ok := elemKind(src)
	to, known := elemKind(dst)
	if !ok || !known || to.Float && to.Bits == 16 {
		return false
	}
	for i := range n {
		w, fits := convertBits(to, from, src.Get(si+i).N)
		if !fits {
			return false
		}
		dst.Set(di+i, core.Value{P: dst.Tag, N: w})
	}
	return true
}

// elemKind is the kind of the elements of a; Bool counts as an integer of one bit.
func elemKind(a *core.Array) (NumKind, bool) {
	d, ok := core.IsDataType(a.ElemType())
	if !ok {
		return NumKind{}, false
	}
	if d == core.Bool {
		return NumKind{Bits: 1}, true
	}
	return NumKindOf(d)
}

// convertBits is a number of the kind from, with the bits n, as one of the kind to;
// false if it has no such value.
func convertBits(to, from NumKind, n uint64) (uint64, bool) {
	switch {
	case to.Float && to.Bits == 64:
		return math.Float64bits(from.ToFloat(n)), true
	case to.Float && !from.Float && from.Signed:
		return uint64(math.Float32bits(float32(int64(n)))), true
	case to.Float && !from.Float:
		return uint64(math.Float32bits(float32(n))), true
	case to.Float:
		return uint64(math.Float32bits(float32(from.ToFloat(n)))), true
	case from.Float:
		f := from.ToFloat(n)
		if f != math.Trunc(f) || f < math.MinInt64 || f >= math.MaxInt64 {
			return 0, false
		}
		n, from = uint64(int64(f)), NumKind{Bits: 64, Signed: true}
	}
	if !to.Signed {
		return n, !(from.Signed && int64(n) < 0) && (to.Bits == 64 || n < 1<<to.Bits)
	}
	unused := 64 - to.Bits
	return n, (from.Signed || int64(n) >= 0) && int64(n)<<unused>>unused == int64(n)
}
