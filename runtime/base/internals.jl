# What programs that look into Julia's machinery ask for: intrinsics by name, layouts, deleted
# methods, functions as C pointers, local variables as a dictionary.

"""
    Core.Intrinsics

The operations that Julia's compiler knows, as functions of numbers of equal types.
"""
module Intrinsics
const add_int, sub_int, mul_int, neg_int = +, -, *, -
const sdiv_int, udiv_int, srem_int, urem_int = div, div, rem, rem
const checked_sdiv_int, checked_udiv_int, checked_srem_int, checked_urem_int = div, div, rem, rem
const and_int, or_int, xor_int, not_int, shl_int, lshr_int, ashr_int = &, |, xor, ~, <<, >>>, >>
const eq_int, ne_int, slt_int, sle_int, ult_int, ule_int = ==, !=, <, <=, <, <=
const add_float, sub_float, mul_float, div_float, neg_float, abs_float = +, -, *, /, -, abs
const fma_float, muladd_float, sqrt_llvm, floor_llvm, ceil_llvm, trunc_llvm, rint_llvm = fma, muladd, sqrt, floor, ceil, trunc, round
const eq_float, ne_float, lt_float, le_float = ==, !=, <, <=
const bswap_int, flipsign_int, fptosi, fptoui, arraylen = bswap, flipsign, unsafe_trunc, unsafe_trunc, length
bitcast(T, x) = Core.Prims.bits_reinterpret(T, x)
function trunc_int(T, x)
    sizeof(T) < sizeof(x) || error("Trunc: output bitsize must be < input bitsize")
    Core.Prims.bits_from_bytes(T, Core.Prims.bits_to_bytes(x), 1)
end
zext_int(T, x) = (sizeof(T) > sizeof(x) || error("ZExt: output bitsize must be > input bitsize"); extended(T, x, 0x00))
sext_int(T, x) = (sizeof(T) > sizeof(x) || error("SExt: output bitsize must be > input bitsize"); extended(T, x, Core.Prims.bits_to_bytes(x)[end] > 0x7f ? 0xff : 0x00))
extended(T, x, byte) = (b = Core.Prims.bits_to_bytes(x); Core.Prims.bits_from_bytes(T, [b; fill(byte, sizeof(T) - length(b))], 1))
fptrunc(T, x) = sizeof(T) < sizeof(x) ? T(x) : error("fptrunc: output bitsize must be < input bitsize")
fpext(T, x) = sizeof(T) > sizeof(x) ? T(x) : error("fpext: output bitsize must be > input bitsize")
sitofp(T, x) = T(signed(x))
uitofp(T, x) = T(unsigned(x))
ctpop_int(x) = oftype(x, count_ones(x))
ctlz_int(x) = oftype(x, leading_zeros(x))
cttz_int(x) = oftype(x, trailing_zeros(x))
pointerref(p, i, align) = unsafe_load(p, i)
pointerset(p, x, i, align) = unsafe_store!(p, x, i)
end
module_set_const(Core, :Intrinsics, Intrinsics)
module_set_const(Core, :bitcast, Intrinsics.bitcast)

"""
    Core.arrayref(check, a, i...)
    Core.arrayset(check, a, x, i...)
    Core.arraysize(a, d)

Reading, writing and asking the size of an `Array`, as Julia before 1.11 has them.
"""
arrayref(check::Bool, a::Array, i::Int...) = getindex(a, i...)
arrayset(check::Bool, a::Array, x, i::Int...) = (setindex!(a, x::eltype(a), i...); a)
arraysize(a::Array, d::Int) = size(a, d)
module_set_const(Core, :arrayref, arrayref)
module_set_const(Core, :arrayset, arrayset)
module_set_const(Core, :arraysize, arraysize)

"How many bytes objects of type `T` are aligned to."
datatype_alignment(T::DataType) = Int(type_alignment(T))
"Whether there are bytes between the fields of `T` that none of them uses."
datatype_haspadding(T::DataType) = any(unused_bytes(T))
"Whether objects of type `T` hold no references."
datatype_pointerfree(T::DataType) = isbitstype(T)

"""
    Base.delete_method(m::Method)

Take a method out of its function: calls go to the others.
"""
delete_method(m::Method) = (method_delete(m); nothing)

"""
    Base._methods(f, types, limit, world)
    Base._methods_by_ftype(sig, limit, world)

The methods that calls of `f` with arguments of the types may reach, each as `(signature,
static parameters, method)`; `false` if there are more than `limit`.
"""
_methods(f, @nospecialize(t), lim::Int, world::UInt) = _methods_by_ftype(signature_type(f, t), lim, world)
function _methods_by_ftype(@nospecialize(sig), lim::Int, world::UInt)
    tt = unwrap_unionall(sig)
    found = Any[]
    for m in signature_methods(tt.parameters[1])
        both = typeintersect(sig, m.sig)
        both === Union{} && continue
        push!(found, Core.svec(both, Core.svec(type_match_env(sig, m.sig)...), m))
        sig <: m.sig && break
    end
    lim >= 0 && length(found) > lim ? false : found
end
"The method that a call of this signature, `Tuple{typeof(f), arguments...}`, takes; `nothing` if there is none."
function method_by_signature(@nospecialize(sig))
    for found in _methods_by_ftype(sig, -1, get_world_counter())
        sig <: found[3].sig && return found[3]
    end
    nothing
end
function which(sig::Type{<:Tuple})
    m = method_by_signature(sig)
    m === nothing ? error("no unique matching method found for the specified argument types") : m
end
signature_type(f, t) = (u = unwrap_unionall(t); rewrap_unionall(Tuple{Core.Typeof(f),u.parameters...}, t))

"""
    Base.@locals

The local variables that have values here, as a `Dict` by name.
"""
macro locals()
    Expr(:locals)
end

"""
    Base.CFunction

What `@cfunction` makes: a function with the types that it is called with.
"""
struct CFunction
    f::Any
    returns::Any
    args::Tuple
end
function (c::CFunction)(args...)
    r = c.f(map(c_argument, c.args, args)...)
    c.returns === Nothing ? nothing : c.returns isa DataType ? convert(c_value_type(c.returns), r) : r
end
c_value_type(::Type{T}) where {T} = T
c_value_type(::Type{<:Ref{T}}) where {T} = T
c_value_type(::Type{Ptr{T}}) where {T} = Ptr{T}
c_argument(::Type{T}, x) where {T} = convert(T, x)
c_argument(::Type{Any}, x) = x
c_argument(::Type{<:Ref}, x) = x isa Ref && !(x isa Ptr) ? x[] : x
c_argument(::Type{Ptr{T}}, x) where {T} = unsafe_convert(Ptr{T}, x)
# The functions that there are pointers to: they stay.
const c_functions = RefValue{CFunction}[]
function c_pointer(f, returns, args)
    c = RefValue{CFunction}(CFunction(f, returns, args))
    push!(c_functions, c)
    pointer_from_objref(c)
end

"""
    @cfunction(f, returntype, (argtypes...,))

A pointer to `f`, which [`ccall`](@ref) can call; with `\$f` an object that holds one.
"""
macro cfunction(f, returns, args)
    types = Meta.isexpr(args, :tuple) ? Expr(:call, GlobalRef(Core, :tuple), map(esc, args.args)...) : esc(args)
    Meta.isexpr(f, :$) && return :(CFunction($(esc(f.args[1])), $(esc(returns)), $types))
    :(c_pointer($(esc(f isa QuoteNode ? f.value : f)), $(esc(returns)), $types))
end

# How often sigatomic_begin was called more often than sigatomic_end.
const sigatomic_depth = RefValue{Int}(0)
const sigatomic_last = RefValue{Int}(0)
"""
    Base.sigatomic_begin()
    Base.sigatomic_end()

Mark a section of code that interrupts should not cut short. The sections are counted; an
interrupt comes at the next point where a task may be interrupted all the same. One end too many is
an error, which takes back those since the last section began.
"""
sigatomic_begin() = (sigatomic_last[] = sigatomic_depth[] += 1; nothing)
function sigatomic_end()
    if sigatomic_depth[] == 0
        sigatomic_depth[] = sigatomic_last[]
        error("sigatomic_end called in non-sigatomic region")
    end
    sigatomic_depth[] -= 1
    nothing
end

"""
    Core.MethodTable

The methods of a function or of a type's objects, as `typeof(f).name.mt` gives them.
"""
struct MethodTable
    owner::Core.TypeName
end
module_set_const(Core, :MethodTable, MethodTable)
"A method, a function of Core, or a statement of a module, for arguments of certain types."
mutable struct MethodInstance
    def::Any
    specTypes::Any
    sparam_vals::Core.SimpleVector
    uninferred::Any
    cache::Any
    MethodInstance() = new()
    MethodInstance(m, types, env) = new(m, types, env)
    MethodInstance(m, types, env, code) = new(m, types, env, code)
end
MethodInstance(m::Method) = MethodInstance(m, m.sig, Core.svec())
MethodInstance(f) = MethodInstance(f, Tuple, Core.svec())
module_set_const(Core, :MethodInstance, MethodInstance)
show(io::IO, i::MethodInstance) = print(io, i.def isa Module ? "" : "MethodInstance for ", instance_text(i))
# A call of this kind: f(::Int64).
function instance_text(i::MethodInstance)
    m = i.def
    m isa Module && return "Toplevel MethodInstance thunk"
    m isa Method || return string(nameof(m), "(...)")
    types = unwrap_unionall(i.specTypes).parameters
    string(isempty(types) ? m.name : method_title(m, types[1]), "(", join(map(p -> string("::", p), types[2:end]), ", "), ")")
end
"A method in a table; `next` is the one behind it, `nothing` at the end."
struct TypeMapEntry
    func::Any
    rest::Vector{Any}
end
module_set_const(Core, :TypeMapEntry, TypeMapEntry)
getproperty(t::Core.TypeName, s::Symbol) = s === :mt ? MethodTable(t) : getfield(t, s)
propertynames(t::Core.TypeName) = (:name, :module, :names, :wrapper, :cache, :mt, :singletonname)
function table_methods(t::MethodTable)
    T = unwrap_unionall(t.owner.wrapper)
    isdefined(T, :instance) ? type_methods(T.instance) : filter(!is_constructor, type_methods(t.owner.wrapper))
end
function getproperty(t::MethodTable, s::Symbol)
    o = getfield(t, :owner)
    s === :name ? o.singletonname :
    s === :module ? o.module :
    s === :defs ? typemap(table_methods(t)) :
    s === :cache ? typemap(Any[MethodInstance(m) for m in cached_methods(t)]) :
    getfield(t, s)
end
function cached_methods(t::MethodTable)
    ms = table_methods(t)
    T = unwrap_unionall(t.owner.wrapper)
    isempty(ms) && isdefined(T, :instance) ? Any[T.instance] : ms
end
typemap(ms) = isempty(ms) ? nothing : TypeMapEntry(ms[1], ms[2:end])
function getproperty(e::TypeMapEntry, s::Symbol)
    m = getfield(e, :func)
    s === :next ? typemap(getfield(e, :rest)) :
    s === :sig ? (m isa Method ? m.sig : m.specTypes) :
    s === :min_world ? (m isa Method ? m.primary_world : UInt(1)) :
    s === :max_world ? typemax(UInt) :
    getfield(e, s)
end
length(t::MethodTable) = length(table_methods(t))
isempty(t::MethodTable) = length(t) == 0
iterate(t::MethodTable, ms=table_methods(t)) = isempty(ms) ? nothing : (ms[1], ms[2:end])
eltype(::Type{MethodTable}) = Method
table_list(t::MethodTable) = MethodList(table_methods(t), (T = unwrap_unionall(t.owner.wrapper); isdefined(T, :instance) ? T.instance : T))
show(io::IO, t::MethodTable) = show(io, table_list(t))
show(io::IO, mime::MIME"text/html", t::MethodTable) = show(io, mime, table_list(t))

# In Julia before 1.6 a method knows those that it is ambiguous with.
function getproperty(m::Method, s::Symbol)
    s === :specializations && return Core.svec(MethodInstance(m))
    s === :ambig || return getfield(m, s)
    others = filter(o -> isambiguous(m, o), signature_methods(unwrap_unionall(m.sig).parameters[1]))
    isempty(others) ? nothing : TypeMapEntry[typemap(Any[o]) for o in others]
end

# invoke(f, types, args...; keywords...): the method that takes keywords, by the same types.
function Core.kwcall(kw::NamedTuple, ::typeof(Core.invoke), f, @nospecialize(types), args...)
    u = unwrap_unionall(types)
    invoke(Core.kwcall, rewrap_unionall(Tuple{typeof(kw),Core.Typeof(f),u.parameters...}, types), kw, f, args...)
end
