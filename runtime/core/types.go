package core

import (
	"sync"
	"unsafe"
)

// DataType is a nominal type or an instance of a parametric one. Instances are
// interned (see TypeName.Apply): two equal DataTypes are the same pointer.
type DataType struct {
	Type   *DataType // DataTypeType: a DataType is itself a heap object
	Tag    *DataType // itself: the word isbits values of this type point at
	Name   *TypeName
	Super  *DataType
	Params []Value // types, TypeVars, or isbits values, symbols, tuples of them

	// FieldTypes holds the declared type of each field, with Params substituted.
	// For a Tuple it is Params; nil until needed for lazily laid-out instances
	// (use Fields()).
	FieldTypes []Value

	Kind     Kind   // how its instances are represented
	Size     uint32 // bytes of an isbits instance as Julia counts them
	Align    uint32
	ElemKind ElemKind // how a Vector of it stores elements
	Walk     uint8    // how cursors go through its instances (package prim); 0: not known yet
	Flags    TypeFlags
	Hash     uint64
	ID       uint64 // order of creation
	Instance Value  // the one instance of a singleton type, or undefined
}

// Kind says how instances of a type are represented.
type Kind uint8

// The representations.
const (
	KindAbstract  Kind = iota // no instances
	KindBits                  // in Value.N
	KindObject                // Object with fields
	KindSingleton             // no fields: {&Tag, 0}
	KindString
	KindSymbol
	KindArray
	KindInt128
	KindOpaque // other Go structs (Module, Task, Method, Expr, DataType, BigInt, ...)
)

// TypeFlags are facts about a DataType.
type TypeFlags uint32

// The flags.
const (
	FlagConcrete   TypeFlags = 1 << iota // can have instances, no free variables
	FlagMutable                          // instances have identity
	FlagIsBits                           // immutable, no references
	FlagHasFree                          // contains free TypeVars
	FlagTuple                            // Tuple{...}
	FlagNamedTuple                       // NamedTuple{...}
	FlagVarargTup                        // Tuple with a trailing Vararg
	FlagFunction                         // the type of a generic function (singleton)
	FlagClosure                          // a closure's type
	FlagPrimitive                        // declared by primitive type
	FlagLaidOut                          // FieldTypes are filled in
	FlagBitsKnown                        // FlagIsBits is decided
	FlagFlat                             // immutable, and all fields are of KindBits: instances hold nothing that the collector has to see
)

// Has reports whether all flags in f are set.
func (t *DataType) Has(f TypeFlags) bool { return t.Flags&f == f }

// TypeName is what all instances of a parametric type share.
type TypeName struct {
	Type    *DataType
	Name    *Symbol
	Module  *Module
	Wrapper Value      // the DataType or the UnionAll that the name denotes
	Primary *DataType  // the instance with the declared variables as parameters
	Vars    []*TypeVar // the declared parameters

	FieldNames   []*Symbol
	ConstFields  []bool // of mutable structs (nil: none); of closures, which fields are static parameters
	AtomicFields []bool
	NInit        int // fields that `new` must initialise
	Abstract     bool
	Mutable      bool
	PrimBits     int     // of primitive types
	FieldDecl    []Value // declared field types in terms of Vars (nil until known)
	FuncName     *Symbol // of a function's type: the function's name
	CtorIsUser   bool    // has inner constructors
	Doc          Value
	Partial      bool   // being defined (self-referential fields)
	Prim         *Prim  // of a primitive's type: the primitive
	Since, Until uint64 // the worlds in which the name means it; Until is 0 while it does

	mu    sync.Mutex
	cache map[uint64][]*DataType
}

// TypeVar is a variable of a UnionAll.
type TypeVar struct {
	Type  *DataType
	Name  *Symbol
	Lower Value // a type
	Upper Value // a type
}

// UnionAll is `Body where Var`.
type UnionAll struct {
	Type *DataType
	Var  *TypeVar
	Body Value
}

// Union is a union of two or more types, right-nested as in Julia: A is not a
// Union, B may be.
type Union struct {
	Type *DataType
	A, B Value
}

// Vararg is the `Vararg{T,N}` that may end a Tuple's parameters. N is an Int64,
// a TypeVar or undefined; T is a type (Any if not given).
type Vararg struct {
	Type *DataType
	T, N Value
}

// ElemKind says how an Array stores its elements.
type ElemKind uint8

// The element kinds. ElemAny stores Values; the others raw memory.
const (
	ElemAny ElemKind = iota // []Value
	ElemI8                  // int8
	ElemU8                  // uint8, Bool
	ElemI16                 // int16
	ElemU16                 // uint16, Float16
	ElemI32                 // int32
	ElemU32                 // uint32, Float32, Char
	ElemW64                 // any 8-byte word: Int64, UInt64, Float64
)

// Bytes returns the size of one stored element.
func (k ElemKind) Bytes() int {
	switch k {
	case ElemI8, ElemU8:
		return 1
	case ElemI16, ElemU16:
		return 2
	case ElemI32, ElemU32:
		return 4
	case ElemW64:
		return 8
	}
	return 16
}

// TypeValue returns t as a Julia value.
func (t *DataType) Value() Value { return Value{P: unsafe.Pointer(t)} }

// Value returns v as a Julia value.
func (v *TypeVar) Value() Value { return Value{P: unsafe.Pointer(v)} }

// IsType reports whether v is a type: a DataType, Union, UnionAll or Union{}.
func IsType(v Value) bool {
	switch TypeOf(v) {
	case DataTypeType, UnionAllType, UnionType, BottomType:
		return true
	}
	return false
}

// IsDataType reports whether v is a DataType, and returns it.
func IsDataType(v Value) (*DataType, bool) {
	if TypeOf(v) == DataTypeType {
		return (*DataType)(v.P), true
	}
	return nil, false
}
