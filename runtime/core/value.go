// Package core is Julia's Core in Go: values, types, modules, methods,
// subtyping and method lookup. It runs no code; what runs code imports it.
//
// # Values
//
// A [Value] is 16 bytes: a pointer P and a word N. P always points at a word
// that holds the value's *DataType, so the type of any value is one load:
//
//	heap object:            P -> {*DataType, fields...}        N unused (0)
//	isbits up to 8 bytes:   P -> DataType.Tag (that word)      N the bits
//	singleton (nothing, a generic function):  as isbits, N = 0
//	undefined (an unassigned slot or field):  P == nil
//
// The bits in N are canonical: Int8..Int64 sign-extended, everything else
// (UInt8..UInt64, Bool, Char, Float16, Float32, user primitive types)
// zero-extended; Float64 its IEEE bits. So egal of isbits is a comparison of
// both words.
//
// # Heap objects
//
// An instance of a struct, a tuple, a named tuple and a closure is an [Object]:
// a header of 16 bytes (the *DataType and a spare word) and one Value per field.
// Other shapes (String, Symbol, Array, Module, ...) are Go structs whose first
// word is the *DataType.
package core

import (
	"math"
	"unsafe"
)

// Value is any Julia value. See the package comment for the layout.
type Value struct {
	P unsafe.Pointer
	N uint64
}

// TypeOf returns the concrete type of v, which must not be undefined.
func TypeOf(v Value) *DataType { return *(**DataType)(v.P) }

// IsUndef reports whether v is an unassigned slot.
func (v Value) IsUndef() bool { return v.P == nil }

// Bits makes an isbits value of type t from its canonical bits.
func Bits(t *DataType, bits uint64) Value { return Value{unsafe.Pointer(&t.Tag), bits} }

// Int makes an Int64.
func Int(n int64) Value { return Value{unsafe.Pointer(&Int64.Tag), uint64(n)} }

// Uint makes a UInt64.
func Uint(n uint64) Value { return Value{unsafe.Pointer(&UInt64.Tag), n} }

// Float makes a Float64.
func Float(f float64) Value { return Value{unsafe.Pointer(&Float64.Tag), math.Float64bits(f)} }

// MakeBool makes a Bool.
func MakeBool(b bool) Value {
	if b {
		return Value{unsafe.Pointer(&Bool.Tag), 1}
	}
	return Value{unsafe.Pointer(&Bool.Tag), 0}
}

// MakeChar makes a Char from Julia's bits: the UTF-8 bytes of the character,
// left-justified in 32 bits.
func MakeChar(bits uint32) Value { return Value{unsafe.Pointer(&Char.Tag), uint64(bits)} }

// Nothing is the value nothing.
func Nothing() Value { return Value{unsafe.Pointer(&NothingType.Tag), 0} }

// IsNothing reports whether v is nothing.
func (v Value) IsNothing() bool { return v.P == unsafe.Pointer(&NothingType.Tag) }

// IsTrue reports whether v is the Bool true.
func (v Value) IsTrue() bool { return v.P == unsafe.Pointer(&Bool.Tag) && v.N == 1 }

// Is reports whether the concrete type of v is t.
func (v Value) Is(t *DataType) bool { return v.P != nil && *(**DataType)(v.P) == t }

// Int64 returns the bits of v as an int64 (meaningful for Int8..Int64).
func (v Value) Int64() int64 { return int64(v.N) }

// Float64 returns the bits of v as a float64 (meaningful for Float64).
func (v Value) Float64() float64 { return math.Float64frombits(v.N) }

// Object is the header of a heap instance with fields. Its fields follow it in
// memory; [Value.Field] and [Value.SetField] reach them.
type Object struct {
	Type *DataType
	Aux  uint64 // identity number, given out on first use by ObjectID
}

// FieldOffset is the byte offset of field i (from 0) in an Object.
func FieldOffset(i int) uintptr { return uintptr(16 + 16*i) }

// Field returns field i (from 0) of an Object; it does not check i.
func (v Value) Field(i int) Value { return *(*Value)(unsafe.Add(v.P, 16+16*i)) }

// SetField stores field i (from 0) of an Object; it checks nothing.
func (v Value) SetField(i int, x Value) { *(*Value)(unsafe.Add(v.P, 16+16*i)) = x }

// NewObject allocates an instance of t with n undefined fields.
func NewObject(t *DataType, n int) Value {
	var p unsafe.Pointer
	switch n {
	case 0:
		p = unsafe.Pointer(new([1]Value))
	case 1:
		p = unsafe.Pointer(new([2]Value))
	case 2:
		p = unsafe.Pointer(new([3]Value))
	case 3:
		p = unsafe.Pointer(new([4]Value))
	case 4:
		p = unsafe.Pointer(new([5]Value))
	default:
		p = unsafe.Pointer(unsafe.SliceData(make([]Value, n+1)))
	}
	*(**DataType)(p) = t
	return Value{P: p}
}

// newFlat allocates an instance of a flat type, in memory that the collector does not
// look into.
func newFlat(t *DataType, fields []Value) Value {
	var w []uint64
	switch len(fields) {
	case 1:
		w = new([4]uint64)[:]
	case 2:
		w = new([6]uint64)[:]
	case 3:
		w = new([8]uint64)[:]
	default:
		w = make([]uint64, 2*len(fields)+2)
	}
	w[0] = uint64(uintptr(unsafe.Pointer(t)))
	for i, f := range fields {
		w[2*i+2], w[2*i+3] = uint64(uintptr(f.P)), f.N
	}
	return Value{P: unsafe.Pointer(unsafe.SliceData(w))}
}

// NewFloatPair allocates an instance of t, which has two fields of type Float64.
func NewFloatPair(t *DataType, x, y float64) Value {
	if t.Flags&FlagFlat == 0 {
		return NewStruct(t, Float(x), Float(y))
	}
	w, f := new([6]uint64), uint64(uintptr(unsafe.Pointer(&Float64.Tag)))
	w[0], w[2], w[3], w[4], w[5] = uint64(uintptr(unsafe.Pointer(t))), f, math.Float64bits(x), f, math.Float64bits(y)
	return Value{P: unsafe.Pointer(w)}
}

// NewStruct allocates an instance of t with the given fields.
func NewStruct(t *DataType, fields ...Value) Value {
	if t.Flags&FlagFlat != 0 {
		return newFlat(t, fields)
	}
	h := Value{P: unsafe.Pointer(t)} // an Object's header
	switch f := fields; len(f) {
	case 0:
		return NewObject(t, 0)
	case 1:
		return Value{P: unsafe.Pointer(&[2]Value{h, f[0]})}
	case 2:
		return Value{P: unsafe.Pointer(&[3]Value{h, f[0], f[1]})}
	case 3:
		return Value{P: unsafe.Pointer(&[4]Value{h, f[0], f[1], f[2]})}
	case 4:
		return Value{P: unsafe.Pointer(&[5]Value{h, f[0], f[1], f[2], f[3]})}
	}
	v := NewObject(t, len(fields))
	copy(v.Fields(len(fields)), fields)
	return v
}

// Fields views the n fields of an Object as a slice into it.
func (v Value) Fields(n int) []Value {
	return unsafe.Slice((*Value)(unsafe.Add(v.P, 16)), n)
}

// String is a Julia String: bytes, valid UTF-8 or not.
type String struct {
	Type *DataType
	S    string
}

// MakeString makes a String.
func MakeString(s string) Value {
	return Value{P: unsafe.Pointer(&String{StringType, s})}
}

// Str returns the Go string of a String value (which v must be).
func (v Value) Str() string { return (*String)(v.P).S }

// ToValue wraps a pointer to a heap object (first word *DataType) as a Value.
func ToValue[T any](p *T) Value { return Value{P: unsafe.Pointer(p)} }

// As views a heap value as its Go struct; the caller has checked its type.
func As[T any](v Value) *T { return (*T)(v.P) }

// Int128Box holds the bits of an Int128 or UInt128.
type Int128Box struct {
	Type   *DataType
	Lo, Hi uint64
}

// MakeInt128 makes a value of t (Int128 or UInt128) from its two halves.
func MakeInt128(t *DataType, hi, lo uint64) Value {
	return Value{P: unsafe.Pointer(&Int128Box{t, lo, hi})}
}

// Expr is Julia's Expr.
type Expr struct {
	Type *DataType
	Head *Symbol
	Args *Array // Vector{Any}
}

// MakeExpr makes an Expr that owns args.
func MakeExpr(head *Symbol, args ...Value) Value {
	return Value{P: unsafe.Pointer(&Expr{ExprType, head, VectorAny(args)})}
}

// LineNumberNode is Julia's LineNumberNode. File is a Symbol or nothing.
type LineNumberNode struct {
	Type *DataType
	Line int64
	File Value
}

// QuoteNode is Julia's QuoteNode.
type QuoteNode struct {
	Type *DataType
	V    Value
}

// GlobalRef names a global of a module.
type GlobalRef struct {
	Type *DataType
	Mod  *Module
	Name *Symbol
}

// BigInt and BigFloat live in package prim's big files; their Go shapes are
// declared there with the *DataType first, as every heap object's.
