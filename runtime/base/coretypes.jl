# Constructors of the objects that Core itself is made of. Loaded into Core.

TypeVar(n::Symbol) = _typevar(n, Union{}, Any)
TypeVar(n::Symbol, ub) = _typevar(n, Union{}, ub)
TypeVar(n::Symbol, lb, ub) = _typevar(n, lb, ub)
UnionAll(v::TypeVar, t) = type_unionall(v, t)
QuoteNode(x) = quote_node(x)
LineNumberNode(line) = line_node(line, nothing)
LineNumberNode(line, file) = line_node(line, file)
GlobalRef(m::Module, s::Symbol) = global_ref(m, s)
Box() = new_object(Box)
Box(x) = new_object(Box, x)
Module(name::Symbol=:anonymous, std_imports::Bool=true, default_names::Bool=true) = module_fresh(name, std_imports, default_names)

"The type that a global of module `m` is declared to have."
get_binding_type(m::Module, s::Symbol) = module_global_type(m, s)

"The scope of the running task, or nothing: what its scoped values are."
current_scope() = task_scope_values()

"Where memory lies: the third parameter of `GenericMemory`."
primitive type AddrSpace{T} 8 end
AddrSpace{T}(n::UInt8) where {T} = bits_reinterpret(AddrSpace{T}, n)
"The memory of the computer itself."
const CPU = AddrSpace{Core}(0x00)

"""
    NTuple{N,T}

The type of tuples of `N` items of type `T`.
"""
const NTuple{N,T} = Tuple{Vararg{T,N}}
export NTuple
export ErrorException, ArgumentError, BoundsError, TypeError, UndefVarError, UndefKeywordError, UndefRefError, DivideError,
    DomainError, InexactError, OverflowError, MethodError, AssertionError, StackOverflowError, OutOfMemoryError, ReadOnlyMemoryError,
    InterruptException, ConcurrencyViolationError, FieldError, LoadError, InitError
