# What every other file uses: calls, exceptions, conversion, references, small helpers.

## calling

"""
    invokelatest(f, args...; kwargs...)

Call `f` with the newest methods, also those defined since the running code began.
"""
invokelatest(f, args...; kwargs...) = isempty(kwargs) ? Core._call_latest(f, args...) : Core._call_latest(kwcall_later, f, args, values(kwargs))
invokelatest() = throw(ArgumentError("invokelatest: a function to call is missing"))
kwcall_later(f, args, kwargs) = f(args...; kwargs...)

"""
    identity(x)

`x` itself.
"""
identity(@nospecialize x) = x

"""
    error(message...)

Throw an `ErrorException`.
"""
error(s::AbstractString) = throw(ErrorException(s))
error(s...) = throw(ErrorException(string(s...)))

## exceptions

"A dictionary has no such key."
struct KeyError <: Exception
    key::Any
end
"There is nothing more to read."
struct EOFError <: Exception end
"The operating system refused a call."
struct SystemError <: Exception
    prefix::AbstractString
    errnum::Int32
    extrainfo::Any
    SystemError(p::AbstractString, e::Integer, extra) = new(p, e, extra)
    SystemError(p::AbstractString, e::Integer) = new(p, e, nothing)
    SystemError(p::AbstractString) = new(p, 0, nothing)
end
"The number of an error of Windows, and more about it."
struct WindowsErrorInfo
    errnum::UInt32
    extrainfo::Any
end
"""
    Base.windowserror(name, [errnum]; extrainfo=nothing)

Throw the `SystemError` of an error of Windows.
"""
windowserror(p, b::Bool; extrainfo=nothing) = b ? windowserror(p; extrainfo=extrainfo) : nothing
windowserror(p, code::UInt32=0x00000000; extrainfo=nothing) = throw(SystemError(string(p), 0, WindowsErrorInfo(code, extrainfo)))
"What can be called for sure: functions and types."
const Callable = Union{Function,Type}
"Reading or writing failed."
struct IOError <: Exception
    msg::AbstractString
    code::Int64
end

## conversion

"""
    convert(T, x)

`x` as a value of type `T`, if that loses nothing.
"""
function convert end
convert(::Type{Any}, @nospecialize(x)) = x
convert(::Type{T}, x::T) where {T} = x
convert(::Type{Union{}}, @nospecialize(x)) = throw(MethodError(convert, (Union{}, x)))
convert(::Type{Type}, x::Type) = x
convert(::Type{Symbol}, x::Symbol) = x
cconvert(T, x) = convert(T, x)
unsafe_convert(T, x) = x
"""
    oftype(x, y)

`y` converted to the type of `x`.
"""
oftype(x, y) = y isa typeof(x) ? y : convert(typeof(x), y)

(::Type{Any})(x) = x

convert(::Type{T}, x::T) where {T<:Tuple} = x
function convert(::Type{T}, x::Tuple) where {T<:Tuple}
    n = length(x)
    tuple_fits(T, n) || throw(MethodError(convert, (T, x)))
    y = tuple(Any[convert(fieldtype(T, i), x[i]) for i in 1:n]...)
    y
end
# Whether a tuple type has a subtype of n items.
tuple_fits(T::Union, n) = tuple_fits(T.a, n) || tuple_fits(T.b, n)
function tuple_fits(T, n)
    U = unwrap_unionall(T)
    U isa DataType || return true
    ps = U.parameters
    m = length(ps)
    m > 0 && isvarargtype(ps[m]) || return m == n
    fixed = isdefined(ps[m], :N) ? ps[m].N : nothing
    fixed isa Int ? m - 1 + fixed == n : n >= m - 1
end

## Val, Ref

"""
    Val(c)

A value as a type, `Val{c}`, to dispatch on.
"""
struct Val{x} end
Val(x) = Val{x}()
show(io::IO, ::Val{x}) where {x} = (print(io, "Val{"); show(io, x); print(io, "}()"))

"""
    Ref(x)
    Ref{T}()

A box for one value; `r[]` reads it, `r[] = x` stores.
"""
mutable struct RefValue{T} <: Ref{T}
    x::T
    RefValue{T}() where {T} = new()
    RefValue{T}(x) where {T} = new(x)
end
RefValue(x::T) where {T} = RefValue{T}(x)
Ref(x) = RefValue(x)
Ref{T}() where {T} = RefValue{T}()
Ref{T}(x) where {T} = RefValue{T}(convert(T, x))
Ref(r::Ref) = r
getindex(r::RefValue) = r.x
setindex!(r::RefValue, x) = (r.x = x; r)
isassigned(r::RefValue) = isdefined(r, :x)
struct RefArray{T,A<:AbstractArray{T}} <: Ref{T}
    x::A
    i::Int
end
Ref(a::AbstractArray{T}, i::Integer) where {T} = RefArray{T,typeof(a)}(a, i)
getindex(r::RefArray) = r.x[r.i]
setindex!(r::RefArray, v) = (r.x[r.i] = v; r)
eltype(::Type{<:Ref{T}}) where {T} = T
convert(::Type{Ref{T}}, x::Ref{T}) where {T} = x
convert(::Type{Ref{T}}, x) where {T} = Ref{T}(x)
size(::Ref) = ()
axes(::Ref) = ()
length(::Ref) = 1
iterate(r::Ref) = (r[], nothing)
iterate(r::Ref, s) = nothing
IteratorSize(::Type{<:Ref}) = HasShape{0}()
ndims(::Type{<:Ref}) = 0
ndims(::Ref) = 0

## symbols, expressions

Symbol(s::Symbol) = s
Symbol(s::String) = symbol_from_string(s)
Symbol(s::AbstractString) = symbol_from_string(String(s))
Symbol(xs...) = symbol_from_string(string(xs...))
Expr(head::Symbol, args...) = Core._expr(head, args...)
"""
    gensym([tag])

A symbol that no other code has.
"""
gensym() = symbol_gensym("")
gensym(s::Symbol) = symbol_gensym(symbol_string(s))
gensym(s::String) = ('\0' in s && throw(ArgumentError("Symbol name may not contain \\0")); symbol_gensym(s))
macro gensym(names...)
    blk = Expr(:block)
    for n in names
        push!(blk.args, :($(esc(n)) = gensym($(string(n)))))
    end
    push!(blk.args, nothing)
    blk
end
==(a::Expr, b::Expr) = a.head === b.head && isequal_args(a.args, b.args)
function isequal_args(a, b)
    length(a) == length(b) || return false
    for i in 1:length(a)
        isequal(a[i], b[i]) || a[i] == b[i] || return false
    end
    true
end
==(a::QuoteNode, b::QuoteNode) = isequal(a.value, b.value)
hash(x::QuoteNode, h::UInt) = hash(x.value, hash(:QuoteNode, h))
hash(x::Expr, h::UInt) = hash(x.args, hash(x.head, h + 0x6a9b2d1c))
copy(e::Expr) = (n = Expr(e.head); n.args = copy_args(e.args); n)
copy_args(args) = Any[x isa Expr ? copy(x) : x for x in args]

## properties

"""
    getproperty(x, name)

What `x.name` means: the field of that name, unless a method says otherwise.
"""
getproperty(@nospecialize(x), f::Symbol) = getfield(x, f)
getproperty(x::Module, f::Symbol) = getglobal(x, f)
getproperty(x::Module, f::Symbol, order::Symbol) = getglobal(x, f)
getproperty(x::Tuple, f::Int) = getfield(x, f)
setproperty!(x::Tuple, f::Int, v) = setfield!(x, f, v)
getproperty(@nospecialize(x), f::Symbol, order::Symbol) = getfield(x, f, order)
"""
    setproperty!(x, name, value)

What `x.name = value` means: the field gets the value, converted to its type.
"""
setproperty!(@nospecialize(x), f::Symbol, v) = setfield!(x, f, convert(fieldtype(typeof(x), f), v))
setproperty!(@nospecialize(x), f::Symbol, v, order::Symbol) = setfield!(x, f, convert(fieldtype(typeof(x), f), v), order)
setproperty!(x::Module, f::Symbol, v, order::Symbol=:monotonic) = (T = Core.get_binding_type(x, f); setglobal!(x, f, v isa T ? v : convert(T, v), order))
setproperty!(x::Expr, f::Symbol, v) = setfield!(x, f, f === :args ? convert(Vector{Any}, v) : v)
dotgetproperty(x, f) = getproperty(x, f)
"""
    propertynames(x)

The names that can follow `x.`.
"""
propertynames(x) = fieldnames(typeof(x))
propertynames(m::Module) = names(m)
propertynames(x, private::Bool) = propertynames(x)
hasproperty(x, s::Symbol) = s in propertynames(x)
"""
    fieldnames(T)

The names of the fields of a type, as a tuple.
"""
fieldnames(t::UnionAll) = fieldnames(unwrap_unionall(t))
"""
    hasfield(T, name)

Whether type `T` has a field of that name.
"""
hasfield(T::Type, name::Symbol) = name in fieldnames(T)

## small things

"""
    sizeof(x)

The number of bytes of a value or of a type.
"""
sizeof(x) = sizeof_value(x)
function sizeof(T::UnionAll)
    # all its types may be of one size
    d = unwrap_unionall(T)
    d isa DataType && isconcretetype_of_fields(d) ? sizeof_value(substituted(T)) : sizeof_value(T)
end
# Whether no field's type depends on a parameter, and a type of that kind with some parameters.
isconcretetype_of_fields(d::DataType) = isstructtype(d) && !(d <: Tuple) && !ismutabletype(d) && all(t -> t isa DataType && isbitstype(t), fieldtypes(d))
substituted(T) = T isa UnionAll ? substituted(T{T.var.ub isa TypeVar ? Any : T.var.ub}) : T
# An array itself is where its items are and how many there are in each dimension.
object_size(x) = sizeof_value(x)
object_size(a::Array) = 8 * (2 + ndims(a))
module_set_const(Core, :sizeof, object_size)

"""
    ifelse(cond, x, y)

`x` if `cond` is true, else `y`; both have been evaluated.
"""
const ifelse = Core.ifelse
(f::Type{Nothing})() = nothing
"""
    isnothing(x)

Whether `x` is `nothing`.
"""
isnothing(x) = x === nothing
"""
    objectid(x)

A number that is the same for values that are `===`.
"""
objectid(x) = object_id(x)

struct RoundingMode{T} end
RoundingMode(s::Symbol) = RoundingMode{s}()
"Round to the nearest integer, ties to the even one."
const RoundNearest = RoundingMode{:Nearest}()
const RoundToZero = RoundingMode{:ToZero}()
const RoundUp = RoundingMode{:Up}()
const RoundDown = RoundingMode{:Down}()
const RoundFromZero = RoundingMode{:FromZero}()
const RoundNearestTiesAway = RoundingMode{:NearestTiesAway}()
const RoundNearestTiesUp = RoundingMode{:NearestTiesUp}()

struct Colon <: Function end
const (:) = Colon()
