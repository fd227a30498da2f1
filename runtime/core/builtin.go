package core

import (
	"sync/atomic"
	"unsafe"
)

// The types that Go code names. They are constants of the process: nothing
// changes them after initialisation. What does change (method tables, module
// contents) belongs to a Runtime. The other types of Core and Base are declared
// in Julia source.
var (
	DataTypeType = newBoot("DataType")
	Any          = newBoot("Any")

	TypeTypeName *TypeName // Type's name
	TypeType     *UnionAll // Type{T} where T

	UnionAllType, UnionType, TypeVarType, VarargType, TypeNameType, BottomType *DataType
	Bottom                                                                     Value // Union{}

	SymbolType, StringType, ModuleType, NothingType, TaskType, MethodType             *DataType
	ExprType, QuoteNodeType, LineNumberNodeType, GlobalRefType                        *DataType
	SimpleVectorType, BindingType, BoxType                                            *DataType
	FunctionType, BuiltinType, IntrinsicType                                          *DataType
	Number, Real, Integer, Signed, Unsigned, AbstractFloat                            *DataType
	AbstractChar, AbstractString, Exception, IO                                       *DataType
	Bool, Char, Int8, Int16, Int32, Int64, Int128                                     *DataType
	UInt8, UInt16, UInt32, UInt64, UInt128, Float16, Float32, Float64, BFloat16       *DataType
	AbstractArray, DenseArray, ArrayName, TupleName, NamedTupleName, RefName, PtrName *TypeName

	EmptyTuple *DataType // Tuple{}
	VectorAnyT *DataType // Vector{Any}
	VectorU8   *DataType // Vector{UInt8}
	TupleType  *DataType // Tuple, i.e. Tuple{Vararg{Any}}
)

var nextTypeID atomic.Uint64

// newBoot makes a bare DataType and TypeName without touching other globals.
func newBoot(name string) *DataType {
	t := &DataType{ID: nextTypeID.Add(1)}
	t.Tag = t
	t.Name = &TypeName{Primary: t}
	t.Name.Wrapper = Value{P: unsafe.Pointer(t)}
	t.Hash = t.ID * 0x9e3779b97f4a7c15
	return t
}

// simple declares a non-parametric type.
func simple(name string, super *DataType, kind Kind, flags TypeFlags) *DataType {
	t := newBoot(name)
	t.Type = DataTypeType
	t.Super = super
	t.Kind = kind
	t.Flags = flags | FlagLaidOut
	t.Name.Name = Sym(name)
	t.Name.Type = TypeNameType
	t.Name.Abstract = kind == KindAbstract
	t.Name.Mutable = flags&FlagMutable != 0
	return t
}

func abstract(name string, super *DataType) *DataType {
	return simple(name, super, KindAbstract, 0)
}

func bits(name string, super *DataType, size int, ek ElemKind) *DataType {
	t := simple(name, super, KindBits, FlagConcrete|FlagIsBits|FlagPrimitive)
	t.Size, t.Align = uint32(size), uint32(size)
	t.ElemKind = ek
	t.Name.PrimBits = 8 * size
	return t
}

func opaque(name string, super *DataType, mutable bool) *DataType {
	f := FlagConcrete
	if mutable {
		f |= FlagMutable
	}
	t := simple(name, super, KindOpaque, f)
	t.Size, t.Align = 8, 8
	return t
}

// NewVar makes a TypeVar with the given bounds (undefined bounds mean Union{}
// and Any).
func NewVar(name string, lower, upper Value) *TypeVar {
	if lower.P == nil {
		lower = Bottom
	}
	if upper.P == nil {
		upper = Any.Value()
	}
	return &TypeVar{TypeVarType, Sym(name), lower, upper}
}

// CheckBound refuses what cannot be the bound of a type variable: all but types and
// variables. which says "lower" or "upper".
func CheckBound(v Value, which string) error {
	if v.P == nil || IsType(v) || TypeOf(v) == TypeVarType {
		return nil
	}
	return TypeErr("TypeVar", which+" bound", TypeType.Value(), v)
}

func init() { bootTypes() }

// bootTypes makes the builtin types in dependency order.
func bootTypes() {
	// Symbols and type names need their types before anything has a name.
	SymbolType = newBoot("Symbol")
	TypeNameType = newBoot("TypeName")
	DataTypeType.Type = DataTypeType
	for _, b := range []struct {
		t    *DataType
		name string
	}{{DataTypeType, "DataType"}, {Any, "Any"}, {SymbolType, "Symbol"}, {TypeNameType, "TypeName"}} {
		b.t.Type = DataTypeType
		b.t.Super = Any
		b.t.Kind = KindOpaque
		b.t.Flags = FlagConcrete | FlagLaidOut
		b.t.Size, b.t.Align = 8, 8
		b.t.Name.Type = TypeNameType
		b.t.Name.Name = Sym(b.name)
	}
	Any.Kind, Any.Flags, Any.Name.Abstract = KindAbstract, FlagLaidOut, true
	SymbolType.Kind = KindSymbol
	DataTypeType.Flags |= FlagMutable
	TypeNameType.Flags |= FlagMutable

	TypeVarType = opaque("TypeVar", Any, true)
	BottomType = simple("TypeofBottom", Any, KindSingleton, FlagConcrete|FlagIsBits)
	Bottom = Value{P: unsafe.Pointer(&BottomType.Tag)}
	BottomType.Instance = Bottom
	VarargType = opaque("TypeofVararg", Any, false)

	// Type{T} is the abstract parametric supertype of the four kinds of types.
	TypeTypeName, TypeType = parametric("Type", Any, KindAbstract, 0, "T")
	typeAny := TypeTypeName.Primary
	DataTypeType.Super = typeAny
	BottomType.Super = typeAny
	UnionAllType = opaque("UnionAll", typeAny, false)
	UnionType = opaque("Union", typeAny, false)
	TypeType.Type = UnionAllType

	Number = abstract("Number", Any)
	Real = abstract("Real", Number)
	Integer = abstract("Integer", Real)
	Signed = abstract("Signed", Integer)
	Unsigned = abstract("Unsigned", Integer)
	AbstractFloat = abstract("AbstractFloat", Real)
	AbstractChar = abstract("AbstractChar", Any)
	AbstractString = abstract("AbstractString", Any)
	FunctionType = abstract("Function", Any)
	BuiltinType = abstract("Builtin", FunctionType)
	IntrinsicType = opaque("IntrinsicFunction", BuiltinType, false)
	Exception = abstract("Exception", Any)
	IO = abstract("IO", Any)

	Bool = bits("Bool", Integer, 1, ElemU8)
	Char = bits("Char", AbstractChar, 4, ElemU32)
	Int8 = bits("Int8", Signed, 1, ElemI8)
	Int16 = bits("Int16", Signed, 2, ElemI16)
	Int32 = bits("Int32", Signed, 4, ElemI32)
	Int64 = bits("Int64", Signed, 8, ElemW64)
	UInt8 = bits("UInt8", Unsigned, 1, ElemU8)
	UInt16 = bits("UInt16", Unsigned, 2, ElemU16)
	UInt32 = bits("UInt32", Unsigned, 4, ElemU32)
	UInt64 = bits("UInt64", Unsigned, 8, ElemW64)
	Float16 = bits("Float16", AbstractFloat, 2, ElemU16)
	BFloat16 = bits("BFloat16", AbstractFloat, 2, ElemU16)
	Float32 = bits("Float32", AbstractFloat, 4, ElemU32)
	Float64 = bits("Float64", AbstractFloat, 8, ElemW64)
	for _, w := range []struct {
		p     **DataType
		name  string
		super *DataType
	}{{&Int128, "Int128", Signed}, {&UInt128, "UInt128", Unsigned}} {
		t := simple(w.name, w.super, KindInt128, FlagConcrete|FlagIsBits|FlagPrimitive)
		t.Size, t.Align, t.Name.PrimBits = 16, 16, 128
		*w.p = t
	}

	NothingType = simple("Nothing", Any, KindSingleton, FlagConcrete|FlagIsBits)
	NothingType.Instance = Nothing()
	StringType = simple("String", AbstractString, KindString, FlagConcrete)
	ModuleType = opaque("Module", Any, true)
	TaskType = opaque("Task", Any, true)
	MethodType = opaque("Method", Any, true)
	ExprType = opaque("Expr", Any, true)
	ExprType.Name.FieldNames = []*Symbol{Sym("head"), Sym("args")}
	QuoteNodeType = opaque("QuoteNode", Any, false)
	QuoteNodeType.Name.FieldNames = []*Symbol{Sym("value")}
	LineNumberNodeType = opaque("LineNumberNode", Any, false)
	LineNumberNodeType.Name.FieldNames = []*Symbol{Sym("line"), Sym("file")}
	GlobalRefType = opaque("GlobalRef", Any, false)
	GlobalRefType.Name.FieldNames = []*Symbol{Sym("mod"), Sym("name")}
	SimpleVectorType = opaque("SimpleVector", Any, false)
	BindingType = opaque("Binding", Any, true)
	BoxType = simple("Box", Any, KindObject, FlagConcrete|FlagMutable)
	BoxType.Name.FieldNames = []*Symbol{Sym("contents")}
	BoxType.Name.FieldDecl = []Value{Any.Value()}
	BoxType.FieldTypes = BoxType.Name.FieldDecl

	AbstractArray, _ = parametric("AbstractArray", Any, KindAbstract, 0, "T", "N")
	aa := AbstractArray.Primary
	DenseArray, _ = parametricUnder("DenseArray", KindAbstract, 0, func(v []Value) *DataType {
		return AbstractArray.Apply(v)
	}, "T", "N")
	_ = aa
	ArrayName, _ = parametricUnder("Array", KindArray, FlagMutable, func(v []Value) *DataType {
		return DenseArray.Apply(v)
	}, "T", "N")
	RefName, _ = parametric("Ref", Any, KindAbstract, 0, "T")
	PtrName, _ = parametricUnder("Ptr", KindBits, FlagIsBits|FlagPrimitive, func(v []Value) *DataType {
		return RefName.Apply(v)
	}, "T")
	PtrName.PrimBits = 64
	PtrName.Primary.Size, PtrName.Primary.Align, PtrName.Primary.ElemKind = 8, 8, ElemW64

	TupleName = &TypeName{Type: TypeNameType, Name: Sym("Tuple")}
	TupleType = TupleName.Apply([]Value{ToValue(&Vararg{VarargType, Any.Value(), Value{}})})
	TupleName.Primary, TupleName.Wrapper = TupleType, TupleType.Value()
	EmptyTuple = TupleName.Apply(nil)

	// NamedTuple{names, T<:Tuple}
	n := NewVar("names", Value{}, Value{})
	tv := NewVar("T", Value{}, TupleType.Value())
	NamedTupleName = declare("NamedTuple", KindObject, FlagNamedTuple, []*TypeVar{n, tv}, func([]Value) *DataType { return Any })

	VectorAnyT = ArrayName.Apply([]Value{Any.Value(), Int(1)})
	VectorU8 = ArrayName.Apply([]Value{UInt8.Value(), Int(1)})
}

// parametric declares a builtin parametric type below a fixed supertype.
func parametric(name string, super *DataType, kind Kind, flags TypeFlags, vars ...string) (*TypeName, *UnionAll) {
	return parametricUnder(name, kind, flags, func([]Value) *DataType { return super }, vars...)
}

// parametricUnder declares a builtin parametric type whose supertype depends on
// its parameters.
func parametricUnder(name string, kind Kind, flags TypeFlags, super func([]Value) *DataType, vars ...string) (*TypeName, *UnionAll) {
	tvs := make([]*TypeVar, len(vars))
	for i, v := range vars {
		tvs[i] = NewVar(v, Value{}, Value{})
	}
	tn := declare(name, kind, flags, tvs, super)
	return tn, (*UnionAll)(tn.Wrapper.P)
}

// declare makes the TypeName, the primary instance and the UnionAll wrapper.
func declare(name string, kind Kind, flags TypeFlags, tvs []*TypeVar, super func([]Value) *DataType) *TypeName {
	tn := &TypeName{Type: TypeNameType, Name: Sym(name), Vars: tvs}
	tn.Abstract = kind == KindAbstract
	tn.Mutable = flags&FlagMutable != 0
	params := make([]Value, len(tvs))
	for i, v := range tvs {
		params[i] = v.Value()
	}
	t := &DataType{Type: DataTypeType, Name: tn, Params: params, Kind: kind, Flags: flags | FlagHasFree | FlagLaidOut, ID: nextTypeID.Add(1)}
	t.Tag = t
	t.Super = super(params)
	t.Hash = hashParams(tn, params)
	tn.Primary = t
	tn.cache = map[uint64][]*DataType{t.Hash: {t}}
	w := t.Value()
	for i := len(tvs) - 1; i >= 0; i-- {
		w = ToValue(&UnionAll{UnionAllType, tvs[i], w})
	}
	tn.Wrapper = w
	return tn
}
