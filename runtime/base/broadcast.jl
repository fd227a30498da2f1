# Broadcasting: f.(x, y), a .+ b, x .= y.

module Broadcast

import ..Base: axes, size, length, ndims, eltype, iterate, getindex, copy, copyto!, show, similar, IteratorSize
using ..Base: array_broadcast, bits_of, BitArray, literal_pow, OneTo, CartesianIndex, CartesianIndices, DimensionMismatch, AbstractRange, promote_typejoin, HasShape,
    shifted_range, scaled_range, identity, AbstractDict, AbstractSet, Pairs, Fix1, RefValue, mightalias,
    AbstractUnitRange, UndefInitializer, array_alloc, array_set

export broadcast, broadcast!, BroadcastStyle, broadcastable, dotview, @__dot__, BroadcastFunction

"""
    BroadcastStyle(T)

How objects of type `T` broadcast; methods of it let types choose what results are.
"""
abstract type BroadcastStyle end
struct Unknown <: BroadcastStyle end
struct Style{T} <: BroadcastStyle end
abstract type AbstractArrayStyle{N} <: BroadcastStyle end
struct ArrayStyle{A} <: AbstractArrayStyle{Any} end
struct DefaultArrayStyle{N} <: AbstractArrayStyle{N} end
DefaultArrayStyle(::Val{N}) where {N} = DefaultArrayStyle{N}()

BroadcastStyle(::Type{<:AbstractArray{T,N}}) where {T,N} = DefaultArrayStyle{N}()
BroadcastStyle(::Type{<:Tuple}) = Style{Tuple}()
BroadcastStyle(::Type{T}) where {T} = DefaultArrayStyle{0}()
BroadcastStyle(::Type{<:Ref}) = DefaultArrayStyle{0}()
BroadcastStyle(a::BroadcastStyle, b::BroadcastStyle) = Unknown()

style_of(x) = BroadcastStyle(typeof(x))

# The style of the result of two.
function join_styles(a, b)
    a === b && return a
    r = BroadcastStyle(a, b)
    r isa Unknown || return r
    r = BroadcastStyle(b, a)
    r isa Unknown || return r
    a isa DefaultArrayStyle && b isa DefaultArrayStyle && return dims_of(a) >= dims_of(b) ? a : b
    a isa DefaultArrayStyle{0} && return b
    b isa DefaultArrayStyle{0} && return a
    a isa Style{Tuple} && return b
    b isa Style{Tuple} && return a
    a isa DefaultArrayStyle && return b
    b isa DefaultArrayStyle && return a
    DefaultArrayStyle{0}()
end
dims_of(::DefaultArrayStyle{N}) where {N} = N

"""
    Broadcasted

A broadcast that has been written but not computed: what `f.(x)` is inside a larger
dotted expression, so that the whole runs in one loop.
"""
struct Broadcasted{Style<:Union{Nothing,BroadcastStyle}}
    style::Style
    f::Any
    args::Tuple
    axes::Any
end
Broadcasted{S}(f, args::Tuple, axes=nothing) where {S} = Broadcasted{S}(S === Nothing ? nothing : S(), f, args, axes)
Broadcasted(f, args::Tuple, axes=nothing) = Broadcasted(combine_styles(args), f, args, axes)
BroadcastStyle(::Type{Broadcasted{S}}) where {S} = S()

"""
    broadcastable(x)

`x`, or something that stands for it in a broadcast: `Ref(x)` for what counts as one
value.
"""
broadcastable(x::Union{AbstractArray,Number,AbstractChar,Ref,Tuple,Broadcasted}) = x
broadcastable(x::Union{Symbol,AbstractString,Function,UndefInitializer,Nothing,RoundingMode,Missing,Val,Pair,IO,Exception,Module,Task,Condition,Channel}) = RefValue{Any}(x)
broadcastable(x::Type) = RefValue{Any}(x)
broadcastable(x::Union{AbstractDict,NamedTuple}) = throw(ArgumentError("broadcasting over dictionaries and `NamedTuple`s is reserved"))
broadcastable(x) = collect_or_ref(x)
collect_or_ref(x) = Base.hasmethod(iterate, Tuple{typeof(x)}) ? collect(x) : RefValue{Any}(x)

function combine_styles(args)
    s = DefaultArrayStyle{0}()
    for a in args
        s = join_styles(s, a isa Broadcasted ? a.style : style_of(a))
    end
    s
end

"""
    broadcasted(f, args...)

The unevaluated form of `f.(args...)`.
"""
broadcasted(f, args...) = lazy(f, map(broadcastable, args))
lazy(f, args) = Broadcasted(combine_styles(args), f, args, nothing)
broadcasted_kwsyntax(f, args...; kw...) = isempty(kw) ? broadcasted(f, args...) : broadcasted((xs...) -> f(xs...; kw...), args...)

# ranges stay ranges
broadcasted(::typeof(+), r::AbstractRange{<:Real}, x::Real) = shifted_range(r, x)
broadcasted(::typeof(+), x::Real, r::AbstractRange{<:Real}) = shifted_range(r, x)
broadcasted(::typeof(-), r::AbstractRange{<:Real}, x::Real) = shifted_range(r, -x)
broadcasted(::typeof(-), r::AbstractRange{<:Real}) = -r
broadcasted(::typeof(*), r::AbstractRange{<:Real}, x::Real) = iszero(x) ? lazy(*, (r, x)) : scaled_range(r, x)
broadcasted(::typeof(*), x::Real, r::AbstractRange{<:Real}) = iszero(x) ? lazy(*, (x, r)) : scaled_range(r, x)

## shape

axes(b::Broadcasted) = b.axes === nothing ? combine_axes(b.args) : b.axes
size(b::Broadcasted) = map(length, axes(b))
length(b::Broadcasted) = prod_of(size(b))
ndims(b::Broadcasted) = length(axes(b))
ndims(::Type{<:Broadcasted}) = 1
eltype(::Broadcasted) = Any
prod_of(t) = (n = 1; for x in t; n *= x; end; n)
arg_axes(x::Broadcasted) = axes(x)
arg_axes(x::AbstractArray) = axes(x)
arg_axes(x::Tuple) = (OneTo(length(x)),)
arg_axes(x) = ()
function combine_axes(args)
    ax = ()
    for a in args
        ax = join_axes(ax, arg_axes(a))
    end
    ax
end
function join_axes(a, b)
    length(a) == 0 && return b
    length(b) == 0 && return a
    a === b && return a
    n = max(length(a), length(b))
    ntuple(n) do d
        d > length(a) && return b[d]
        d > length(b) && return a[d]
        x, y = a[d], b[d]
        length(x) == 1 && return length(y) == 1 ? x : y
        length(y) == 1 && return x
        x == y || throw(DimensionMismatch("arrays could not be broadcast to a common size: a has axes $x and b has axes $y"))
        x
    end
end
broadcast_shape(a, b) = join_axes(a, b)

## values at an index

# i: an Int for one dimension, a tuple of Ints for several
value_at(x::Broadcasted, i) = call_at(x.f, x.args, i)
value_at(x::AbstractVector, i::Int) = length(x) == 1 ? x[firstindex(x)] : x[i]
value_at(x::AbstractArray, i::Int) = ndims(x) == 0 ? x[] : (size(x, 1) == 1 ? x[1] : x[i])
value_at(x::AbstractArray, i::Tuple) = x[array_index(x, i)...]
value_at(x::Tuple, i::Int) = length(x) == 1 ? x[1] : x[i]
value_at(x::Tuple, i::Tuple) = length(x) == 1 ? x[1] : x[i[1]]
value_at(x::Ref, i) = x[]
value_at(x, i) = x
array_index(x::AbstractVector, i) = length(x) == 1 ? (firstindex(x),) : (i[1],)
array_index(x::AbstractMatrix, i) = (size(x, 1) == 1 ? firstindex(x, 1) : i[1], size(x, 2) == 1 ? firstindex(x, 2) : i[2])
array_index(x, i) = ntuple(d -> size(x, d) == 1 ? firstindex(x, d) : i[d], ndims(x))
function call_at(f, args, i)
    n = length(args)
    n == 2 && return f(value_at(args[1], i), value_at(args[2], i))
    n == 1 && return f(value_at(args[1], i))
    f(map(a -> value_at(a, i), args)...)
end
getindex(b::Broadcasted, i::Int) = value_at(b, i)
getindex(b::Broadcasted, i::CartesianIndex) = length(i) == 1 ? value_at(b, i[1]) : value_at(b, i.I)
iterate(b::Broadcasted) = iterate(materialize(b))

## computing

"""
    materialize(b)

Compute a broadcast.
"""
materialize(x) = x
materialize(b::Broadcasted) = copy(instantiate(b))
instantiate(b::Broadcasted) = b.axes === nothing ? Broadcasted(b.style, b.f, b.args, combine_axes(b.args)) : b
instantiate(x) = x

copy(b::Broadcasted) = compute(b, axes(b))
copy(b::Broadcasted{Style{Tuple}}) = tuple(Any[value_at(b, i) for i in 1:length(axes(b)[1])]...)
# Functions of Base over arrays of numbers of one shape are computed node by node;
# nothing when the items have to be visited one by one.
function whole(b::Broadcasted)
    args = b.args
    n = length(args)
    if n == 3 && b.f === literal_pow && args[1] isa Ref && args[1][] === (^) && args[3] isa Ref
        p = args[3][]
        (p === Val(2) || p === Val(3)) || return nothing
        x = whole(args[2])
        x isa Array || return nothing
        y = array_broadcast(*, x, x)
        return y === nothing || p === Val(2) ? y : array_broadcast(*, y, x)
    end
    (n == 1 || n == 2) || return nothing
    x = whole(args[1])
    x === nothing && return nothing
    n == 1 && return array_broadcast(b.f, x)
    y = whole(args[2])
    y === nothing ? nothing : array_broadcast(b.f, x, y)
end
whole(x::Union{Array{Float64},Array{Int64},Array{Bool}}) = x
whole(x::BitArray) = x.data
whole(x::Union{Float64,Int64}) = x
whole(x) = nothing

function compute(b, ax)
    length(ax) == 0 && return call_at(b.f, b.args, 1)
    if b.style isa DefaultArrayStyle
        r = whole(b)
        r === nothing || return r isa Array{Bool} ? bits_of(r) : r
    end
    if b.style isa DefaultArrayStyle
        v = length(ax) == 1 ? compute_vector(b, ax[1]) : compute_array(b, ax)
        return v isa Array{Bool} ? bits_of(v) : v
    end
    # a style of a user's: the destination is what similar says
    vals = length(ax) == 1 ? compute_vector(b, ax[1]) : compute_array(b, ax)
    dest = similar(b, eltype(vals))
    copyto!(dest, vals)
end
similar(b::Broadcasted, ::Type{T}) where {T} = similar(Array{T,length(axes(b))}, map(length, axes(b))...)
similar(b::Broadcasted, ::Type{T}, ax) where {T} = similar(Array{T,length(ax)}, map(length, ax)...)

function compute_vector(b, ax)
    n = length(ax)
    n == 0 && return array_alloc(Vector{empty_type(b)}, 0)
    f, args = b.f, b.args
    i0 = first(ax)
    x = call_at(f, args, i0)
    v = array_alloc(Vector{typeof(x)}, n)
    array_set(v, x, 1)
    T = typeof(x)
    for k in 2:n
        y = call_at(f, args, i0 + k - 1)
        if !(y isa T)
            T = promote_typejoin(T, typeof(y))
            w = array_alloc(Vector{T}, n)
            for j in 1:k-1
                w[j] = v[j]
            end
            v = w
        end
        array_set(v, y, k)
    end
    v
end
function compute_array(b, ax)
    dims = map(length, ax)
    prod_of(dims) == 0 && return Array{empty_type(b),length(ax)}(undef, dims...)
    out = nothing
    T = Union{}
    k = 0
    for I in CartesianIndices(ax)
        y = call_at(b.f, b.args, I.I)
        k += 1
        if out === nothing
            T = typeof(y)
            out = Array{T,length(ax)}(undef, dims...)
        elseif !(y isa T)
            T = promote_typejoin(T, typeof(y))
            w = Array{T,length(ax)}(undef, dims...)
            for j in 1:k-1
                w[j] = out[j]
            end
            out = w
        end
        array_set(out, y, k)
    end
    out
end
# The element type of an empty result: from a call on sample values where that works.
function empty_type(b)
    try
        return typeof(b.f(map(sample_of, b.args)...))
    catch
        return Any
    end
end
sample_of(x::Broadcasted) = x.f(map(sample_of, x.args)...)
sample_of(x::AbstractArray) = length(x) > 0 ? first(x) : one(eltype(x))
sample_of(x::Ref) = x[]
sample_of(x::Tuple) = x[1]
sample_of(x) = x

"""
    broadcast(f, args...)

`f` of the items side by side; arrays of size 1 in a dimension are stretched.
"""
broadcast(f, args...) = materialize(broadcasted(f, args...))
broadcast(f, args...; kw...) = materialize(broadcasted((xs...) -> f(xs...; kw...), args...))

"""
    broadcast!(f, dest, args...)

Store `f.(args...)` in `dest`.
"""
broadcast!(f, dest, args...) = (materialize!(dest, broadcasted(f, args...)); dest)

"""
    materialize!(dest, b)

What `dest .= b` does.
"""
materialize!(dest, x) = materialize!(dest, lazy(identity, (broadcastable(x),)))
function materialize!(dest, b::Broadcasted)
    copyto!(dest, b)
end
function copyto!(dest::AbstractArray, b::Broadcasted)
    ax = axes(b)
    dax = axes(dest)
    check_fits(dax, ax)
    if dest isa Union{Array{Float64},Array{Int64}} && ax == dax
        r = whole(b)
        typeof(r) === typeof(dest) && return copyto!(dest, r)
    end
    if b.f === identity && length(b.args) == 1 && (b.args[1] isa Number || b.args[1] isa Ref)
        x = b.args[1]
        return fill!(dest, x isa Ref ? x[] : x)
    end
    if any(a -> aliased(dest, a), b.args)
        vals = length(dax) == 1 ? [value_at(b, i) for i in dax[1]] : [value_at(b, I.I) for I in CartesianIndices(dax)]
        for (i, v) in zip(eachindex(dest), vals)
            dest[i] = v
        end
        return dest
    end
    if length(dax) == 1
        for i in dax[1]
            dest[i] = call_at(b.f, b.args, i)
        end
    else
        for I in CartesianIndices(dax)
            dest[I] = call_at(b.f, b.args, I.I)
        end
    end
    dest
end
copyto!(dest::Ref, b::Broadcasted) = (dest[] = call_at(b.f, b.args, 1); dest)
# An operand that shares memory with dest but is not dest itself is read first.
aliased(dest, x::Broadcasted) = any(a -> aliased(dest, a), x.args)
aliased(dest, x::AbstractArray) = x !== dest && (mightalias(dest, x) || mightalias(x, dest)) || (x === dest && false)
aliased(dest, x) = false
function check_fits(dax, ax)
    for d in 1:length(ax)
        n = length(ax[d])
        m = d <= length(dax) ? length(dax[d]) : 1
        n == m || n == 1 || throw(DimensionMismatch("array could not be broadcast to match destination"))
    end
    nothing
end

# .&& and .||
andand(a, b) = a && b
oror(a, b) = a || b

"""
    BroadcastFunction(f)

The function that `.f` names: broadcasts `f`.
"""
struct BroadcastFunction{F} <: Function
    f::F
end
(op::BroadcastFunction)(x...; kw...) = op.f.(x...; kw...)
show(io::IO, op::BroadcastFunction) = (print(io, "Base.Broadcast.BroadcastFunction("); show(io, op.f); print(io, ")"))

"""
    @. expr

Put a dot to every call and operator of `expr`.
"""
macro __dot__(ex)
    Base.esc(dotted(ex))
end
dotted(x) = x
function dotted(ex::Expr)
    if ex.head === :call
        f = ex.args[1]
        args = map(dotted, ex.args[2:end])
        if f isa Symbol && is_operator(f)
            s = string(f)
            return startswith(s, ".") ? Expr(:call, f, args...) : Expr(:call, Symbol(".", s), args...)
        end
        return Expr(:., f, Expr(:tuple, args...))
    elseif ex.head === :comparison
        return Expr(:comparison, [iseven(i) && !startswith(string(ex.args[i]), ".") ? Symbol(".", ex.args[i]) : dotted(ex.args[i]) for i in 1:length(ex.args)]...)
    elseif ex.head === :$
        return ex.args[1]
    elseif ex.head === :let
        return Expr(:let, ex.args[1], dotted(ex.args[2]))
    elseif ex.head === :for
        return Expr(:for, ex.args[1], dotted(ex.args[2]))
    elseif ex.head in (:(=), :function, :macro) && ex.args[1] isa Expr && ex.args[1].head in (:call, :where)
        return Expr(ex.head, ex.args[1], dotted(ex.args[2]))
    elseif ex.head in (:&&, :||)
        return Expr(Symbol(".", ex.head), map(dotted, ex.args)...)
    elseif ex.head === :<: || ex.head === :>: || ex.head === :quote || ex.head === :(::)
        return ex
    elseif is_assignment(ex.head)
        return Expr(Symbol(".", ex.head), dotted(ex.args[1]), dotted(ex.args[2]))
    elseif ex.head === :.
        return length(ex.args) == 2 && ex.args[2] isa Expr && ex.args[2].head === :tuple ? Expr(:., ex.args[1], Expr(:tuple, map(dotted, ex.args[2].args)...)) : ex
    end
    Expr(ex.head, map(dotted, ex.args)...)
end
is_assignment(h) = (s = string(h); endswith(s, "=") && !startswith(s, ".") && !(s in ("==", "<=", ">=", "!=", "===", "!==")))
is_operator(f) = Base.isoperator(f) && !(f in (:(:), :in, :isa))

end

using .Broadcast: broadcast, broadcast!, broadcasted, materialize, materialize!, BroadcastFunction, andand, oror, broadcastable,
    @__dot__, broadcasted_kwsyntax
