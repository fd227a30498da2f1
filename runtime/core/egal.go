package core

// This file decides identity: === and the object numbers that go with it.

import (
	"math/big"
	mathbits "math/bits"
	"unsafe"
)

// BigNum is a heap number backed by math/big: BigInt (V set) or BigFloat (F).
// When NaN is set, F is a zero that has the precision and the sign of the NaN.
type BigNum struct {
	Type *DataType
	V    *big.Int
	F    *big.Float
	NaN  bool
}

// Egal reports whether a and b are the same value: === of Julia.
func Egal(a, b Value) bool {
	if a == b {
		return true
	}
	if a.P == nil || b.P == nil {
		return false
	}
	t := TypeOf(a)
	if t != TypeOf(b) {
		return false
	}
	switch t.Kind {
	case KindString:
		return a.Str() == b.Str()
	case KindInt128:
		x, y := (*Int128Box)(a.P), (*Int128Box)(b.P)
		return x.Lo == y.Lo && x.Hi == y.Hi
	case KindObject:
		if t.Has(FlagMutable) {
			return false
		}
		n := NFields(a)
		for i := range n {
			x, y := a.Field(i), b.Field(i)
			if x.P == nil || y.P == nil {
				if x.P != y.P {
					return false
				}
				continue
			}
			if !Egal(x, y) {
				return false
			}
		}
		return true
	case KindOpaque:
		switch t {
		case DataTypeType, UnionAllType, UnionType, VarargType:
			return sameParam(a, b)
		case QuoteNodeType:
			return Egal((*QuoteNode)(a.P).V, (*QuoteNode)(b.P).V)
		case LineNumberNodeType:
			x, y := (*LineNumberNode)(a.P), (*LineNumberNode)(b.P)
			return x.Line == y.Line && Egal(x.File, y.File)
		case GlobalRefType:
			x, y := (*GlobalRef)(a.P), (*GlobalRef)(b.P)
			return x.Mod == y.Mod && x.Name == y.Name
		case SimpleVectorType:
			x, y := (*SimpleVector)(a.P).Elems, (*SimpleVector)(b.P).Elems
			if len(x) != len(y) {
				return false
			}
			for i := range x {
				if x[i].P == nil || y[i].P == nil || !Egal(x[i], y[i]) {
					return false
				}
			}
			return true
		}
	}
	return false
}

// NFields counts the fields of the object v (of KindObject).
func NFields(v Value) int {
	t := TypeOf(v)
	if t.Has(FlagTuple) {
		return len(t.Params)
	}
	return len(t.Fields())
}

// ObjectID is a number that is equal for egal values.
func ObjectID(v Value) uint64 {
	if v.P == nil {
		return 0
	}
	t := TypeOf(v)
	switch t.Kind {
	case KindBits, KindSingleton:
		return mixID(v.N, t.Hash|1)
	case KindString:
		h := uint64(14695981039346656037)
		s := v.Str()
		for i := 0; i < len(s); i++ {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
		return mixID(h, 0x5bd1e995)
	case KindInt128:
		x := (*Int128Box)(v.P)
		return mixID(mixID(x.Lo, t.Hash|1), x.Hi)
	case KindObject:
		if !t.Has(FlagMutable) {
			h := t.Hash | 1
			for _, f := range v.Fields(NFields(v)) {
				h = mixID(ObjectID(f), h)
			}
			return h
		}
	case KindOpaque:
		switch t {
		case DataTypeType:
			return mixID((*DataType)(v.P).Hash, 0x9e3779b97f4a7c15)
		case UnionAllType, UnionType, VarargType:
			return mixID(hashParam(v), 0x9e3779b97f4a7c15)
		case QuoteNodeType:
			return mixID(ObjectID((*QuoteNode)(v.P).V), 0x71)
		case LineNumberNodeType:
			x := (*LineNumberNode)(v.P)
			return mixID(uint64(x.Line), ObjectID(x.File))
		case GlobalRefType:
			x := (*GlobalRef)(v.P)
			return mixID(ObjectID(ToValue(x.Mod)), x.Name.Hash)
		case SimpleVectorType:
			h := uint64(0x5f)
			for _, f := range (*SimpleVector)(v.P).Elems {
				h = mixID(ObjectID(f), h)
			}
			return h
		}
	}
	return mixID(uint64(uintptr(v.P)), 0x51ed270b)
}

func mixID(a, b uint64) uint64 {
	hi, lo := mathbits.Mul64(a^0x2d358dccaa6c78a5, b^0x8bb84b93962eacc9)
	return hi ^ lo
}

// Address is the number that stands for the place of a heap object.
func Address(v Value) uint64 { return uint64(uintptr(unsafe.Pointer(v.P))) }

// SimpleVector is Core.SimpleVector: an immutable list of values.
type SimpleVector struct {
	Type  *DataType
	Elems []Value
}

// Svec makes a SimpleVector that owns vs.
func Svec(vs ...Value) Value { return ToValue(&SimpleVector{SimpleVectorType, vs}) }
