package core

// defineCore fills module Core with the builtin types.
func (r *Runtime) defineCore() {
	for _, t := range []*DataType{DataTypeType, Any, UnionAllType, UnionType, TypeVarType, TypeNameType,
		BottomType, SymbolType, StringType, ModuleType, NothingType, TaskType, MethodType, ExprType,
		QuoteNodeType, LineNumberNodeType, GlobalRefType, SimpleVectorType, BindingType, BoxType,
		FunctionType, BuiltinType, IntrinsicType, Number, Real, Integer, Signed, Unsigned, AbstractFloat,
		AbstractChar, AbstractString, Exception, IO, Bool, Char, Int8, Int16, Int32, Int64, Int128,
		UInt8, UInt16, UInt32, UInt64, UInt128, Float16, Float32, Float64, BFloat16, VarargType} {
		t.Name.Module = r.Core
		r.Core.SetConst(t.Name.Name.Name, t.Value())
	}
	for _, n := range []*TypeName{TypeTypeName, AbstractArray, DenseArray, ArrayName, RefName, PtrName, TupleName, NamedTupleName} {
		n.Module = r.Core
		r.Core.SetConst(n.Name.Name, n.Wrapper)
	}
	r.Core.SetConst("Int", Int64.Value())
	r.Core.SetConst("UInt", UInt64.Value())
	r.Core.SetConst("nothing", Nothing())
	r.Core.SetConst("Vararg", ToValue(&Vararg{VarargType, Any.Value(), Value{}}))
	for n, b := range r.Core.Bindings {
		if b.Value.P != nil {
			r.Core.Exported[n] = true
		}
	}
	// Core keeps these to itself; Base imports them.
	for _, t := range []*DataType{TypeNameType, SimpleVectorType, BindingType, BoxType, BuiltinType, IntrinsicType, BottomType, VarargType, BFloat16} {
		n := t.Name.Name
		delete(r.Core.Exported, n)
		r.Base.bind(n, r.Core.Own(n), ViaUsingName)
	}
}

// NewOpaque makes the type of a Go struct whose first word is its *DataType. It
// is for packages that add kinds of heap objects; they keep it as a constant.
func NewOpaque(name string, super *DataType, mutable bool) *DataType {
	return opaque(name, super, mutable)
}
