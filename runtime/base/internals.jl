# What programs that look into Julia's machinery ask for: layouts, deleted
# methods, functions as C pointers, local variables as a dictionary.

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
    Core.MethodMatch

A method that calls with arguments of certain types may reach: `spec_types` is what its signature
has in common with theirs, `sparams` the values of its type variables for that, `method` the method,
`fully_covers` whether it fits all of them.
"""
struct MethodMatch
    spec_types::Any
    sparams::Core.SimpleVector
    method::Method
    fully_covers::Bool
end
module_set_const(Core, :MethodMatch, MethodMatch)
getindex(m::MethodMatch, i::Int) = getfield(m, i)
# In Julia before 1.6 it was a vector of the first three.
iterate(m::MethodMatch, i=1) = i > 3 ? nothing : (getfield(m, i), i + 1)
length(::MethodMatch) = 3

"""
    Base._methods(f, types, limit, world)
    Base._methods_by_ftype(sig, limit, world)
    Base._methods_by_ftype(sig, table, limit, world, ambiguous, min, max, is_ambiguous)

The methods that calls of `f` with arguments of the types may reach, as [`MethodMatch`](@ref)es, the more
specific ones first; `false` (`nothing` with a table) if there are more than `limit`. With `ambiguous`, those too that are
not called for being ambiguous with others.
"""
_methods(f, @nospecialize(t), lim::Int, world::UInt) = _methods_by_ftype(signature_type(f, t), lim, world)
function _methods_by_ftype(@nospecialize(sig), lim::Int, world::UInt)
    found = matching_methods(sig, false)[1]
    lim >= 0 && length(found) > lim ? false : found
end
function _methods_by_ftype(@nospecialize(sig), table, lim::Int, world::UInt, ambiguous::Bool, least::Ref{UInt}, most::Ref{UInt}, is_ambiguous::Ref{Int32})
    found, is_ambiguous[] = matching_methods(sig, ambiguous)
    lim >= 0 && length(found) > lim ? nothing : found
end
# The matches, and whether some are ambiguous with each other.
function matching_methods(@nospecialize(sig), ambiguous)
    ms = filter(m -> typeintersect(sig, m.sig) !== Union{}, signature_methods(unwrap_unionall(sig).parameters[1]))
    found, unclear = MethodMatch[], false
    for m in ms
        both = typeintersect(sig, m.sig)
        is_hidden(m, both, ms) && continue
        rivals = filter(o -> o !== m && !morespecific(m, o) && !morespecific(o, m) && in_doubt(m, o, typeintersect(both, o.sig), ms), ms)
        unclear |= !isempty(rivals)
        ambiguous || !any(o -> both <: o.sig, rivals) || continue
        push!(found, MethodMatch(both, Core.svec(type_match_env(sig, m.sig)...), m, sig <: m.sig))
    end
    found, unclear
end
# Whether no third method settles what calls with arguments of both types run.
in_doubt(a, b, both, ms) = both !== Union{} && !any(c -> c !== a && c !== b && both <: c.sig && morespecific(c, a) && morespecific(c, b), ms)

"The method that a call of this signature, `Tuple{typeof(f), arguments...}`, takes; `nothing` if there is none."
function method_by_signature(@nospecialize(sig))
    for m in signature_methods(unwrap_unionall(sig).parameters[1])
        sig <: m.sig && return m
    end
    nothing
end
function which(sig::Type{<:Tuple})
    m = method_by_signature(sig)
    m === nothing ? error("no unique matching method found for the specified argument types") : m
end
# The match for a signature that one method alone fits.
function _which(@nospecialize(sig); method_table=nothing, world=get_world_counter(), raise::Bool=true)
    m = method_by_signature(sig)
    m === nothing && return raise ? error("no unique matching method found for the specified argument types") : nothing
    MethodMatch(sig, Core.svec(type_match_env(sig, m.sig)...), m, true)
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
"""
    Base.specialize_method(m::Method, types, sparams)

The method for arguments of the types, a tuple type that begins with that of the function.
"""
specialize_method(m::Method, @nospecialize(types), sparams=Core.svec(); kw...) = MethodInstance(m, types, sparams)
specialize_method(m::MethodMatch; kw...) = MethodInstance(m.method, m.spec_types, m.sparams)
# Methods are not compiled for types: each counts as compiled for all.
specializations(m::Method) = MethodInstance[MethodInstance(m)]
"A method in a table; `next` is the one behind it, `nothing` at the end."
struct TypeMapEntry
    func::Any
    rest::Vector{Any}
end
module_set_const(Core, :TypeMapEntry, TypeMapEntry)
getproperty(t::Core.TypeName, s::Symbol) = s === :mt ? MethodTable(t) : getfield(t, s)
show(io::IO, t::Core.TypeName) = print(io, "typename(", type_text_of(io, t.wrapper), ")")
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
    if types isa Method
        u = unwrap_unionall(types.sig)
        return invoke(Core.kwcall, rewrap_unionall(Tuple{typeof(kw),u.parameters...}, types.sig), kw, f, args...)
    end
    u = unwrap_unionall(types)
    invoke(Core.kwcall, rewrap_unionall(Tuple{typeof(kw),Core.Typeof(f),u.parameters...}, types), kw, f, args...)
end

# The compiler infers no types: what calls return is known only of some.
module Compiler
return_type(f, t=nothing, world...) = t isa Union{Type,Tuple} ?
    Base.inferred_return(f, Base.argument_tuple(t)) : Base.inferred_return(f.parameters[1].instance, Tuple{f.parameters[2:end]...})
get_world_counter() = Core.Prims.newest_world()
const specialize_method = Base.specialize_method
get_staged(i) = (T = i.specTypes; code_lowered(T.parameters[1].instance, Tuple{T.parameters[2:end]...})[1])
inf_for_methodinstance(xs...) = nothing
const SSAValue, SlotNumber, Argument, GotoNode, GotoIfNot, ReturnNode = Core.SSAValue, Core.SlotNumber, Core.Argument, Core.GotoNode, Core.GotoIfNot, Core.ReturnNode
const PhiNode, PhiCNode, PiNode, UpsilonNode, CodeInfo = Core.PhiNode, Core.PhiCNode, Core.PiNode, Core.UpsilonNode, Core.CodeInfo
function datatype_min_ninitialized(T::DataType)
    T.name === Tuple.name || return max(0, fieldcount(T) - T.name.n_uninitialized)
    ps = T.parameters
    isempty(ps) || !Base.isvarargtype(ps[end]) ? length(ps) :
        length(ps) - 1 + (isdefined(ps[end], :N) && ps[end].N isa Int ? ps[end].N : 0)
end
end
module_set_const(Core, :Compiler, Compiler)
