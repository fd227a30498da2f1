# Module Broadcast: how broadcasts are computed and stored.

## computing

"""
    materialize(b)

Compute a broadcast.
"""
materialize(x) = x
materialize(b::Broadcasted) = copy(instantiate(b))
function materialize(b::Broadcasted{DefaultArrayStyle{N},Nothing}) where {N}
    N == 0 && return copy(instantiate(b))
    r = whole(b)
    r === nothing || return r isa Array{Bool} ? bits_of(r) : r
    length(b.args) == 1 && b.args[1] isa Array && return compute_items(b, axes(b.args[1]))
    c = instantiate(b)
    compute_items(c, c.axes)
end

Base.copy(b::Broadcasted) = compute(b, axes(b))
Base.copy(b::Broadcasted{<:AbstractArrayStyle{0}}) = length(axes(b)) == 0 ? call_at(b.f, b.args, 1) : compute(b, axes(b))
Base.copy(b::Broadcasted{Nothing}) = throw_no_style()
Base.copy(b::Broadcasted{Unknown}) = throw_no_style()
throw_no_style() = throw(ArgumentError("broadcasting requires an assigned BroadcastStyle"))
Base.copy(b::Broadcasted{ArrayConflict}) = compute(Broadcasted(DefaultArrayStyle{length(axes(b))}(), b.f, b.args, b.axes), axes(b))
function Base.copy(b::Broadcasted{Style{Tuple}})
    args = b.args
    if length(args) == 2
        x, y = tuple_operand(args[1]), tuple_operand(args[2])
        f = b.f
        if x isa Tuple
            y isa Tuple && length(x) == length(y) && return map(f, x, y)
            y isa Number && return map(z -> f(z, y), x)
        elseif x isa Number && y isa Tuple
            return map(z -> f(x, z), y)
        end
    end
    n = length(axes(b)[1])
    n == 2 && return (value_at(b, 1), value_at(b, 2))
    n == 3 && return (value_at(b, 1), value_at(b, 2), value_at(b, 3))
    tuple(Any[value_at(b, i) for i in 1:n]...)
end
# An operand of a broadcast over tuples; arithmetic of numbers is done first, for nobody sees when.
tuple_operand(x) = x
tuple_operand(b::Broadcasted{Style{Tuple}}) = (b.f === (+) || b.f === (-) || b.f === (*)) && all(is_plain_operand, b.args) ? copy(b) : b
is_plain_operand(x) = x isa Union{Int64,Float64,Tuple{Vararg{Union{Int64,Float64}}}}
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
# Numbers whose sums and products array_broadcast knows.
const Plain = Union{Float64,Int64,Float32,UInt8,Int32,UInt32,Int16,UInt16,Int8}
const PlainArray = Union{Array{Float64},Array{Int64},Array{Float32},Array{UInt8},Array{Int32},Array{UInt32},Array{Int16},Array{UInt16},Array{Int8}}
whole(x::Union{PlainArray,Array{Bool}}) = x
whole(x::BitArray) = bools_of(x)
whole(x::SubArray{T,N,<:Union{PlainArray,Array{Bool}}}) where {T,N} = N == 0 ? nothing : array_part(x.parent, x.indices...)
whole(x::Plain) = x
whole(x::Union{UnitRange{Int64},OneTo{Int64},StepRange{Int64,Int64}}) = collect(x)
whole(x) = nothing

function compute(b, ax)
    if b.style isa DefaultArrayStyle
        if length(ax) > 0
            r = whole(b)
            r === nothing || return r isa Array{Bool} ? bits_of(r) : r
        end
        return compute_items(b, ax)
    end
    compute_similar(b, eachindex(b))
end
function compute_items(b, ax)
    if b.style isa DefaultArrayStyle
        args = b.args
        if length(args) == 1 && args[1] isa Array && !isempty(args[1])
            v = collect(Base.Generator(b.f, args[1]))
            return v isa Array{Bool} ? bits_of(v) : v
        end
        if ax isa Tuple{Vararg{OneTo}}
            dims = map(r -> Int(length(r)), ax)
            v = compute_array(b, map(OneTo, dims), dims)
            return v isa Array{Bool} ? bits_of(v) : v
        end
    end
    compute_similar(b, eachindex(b))
end
# The destination is what similar makes for the type of the first value.
function compute_similar(b, ks)
    y = iterate(ks)
    y === nothing && return similar(b, combine_eltypes(b.f, b.args))
    x = b[y[1]]
    T = typeof(x)
    dest = similar(b, T)
    while true
        dest[y[1]] = x
        y = iterate(ks, y[2])
        y === nothing && return dest
        x = b[y[1]]
        if !(x isa T)
            T = promote_typejoin(T, typeof(x))
            wide = similar(b, T)
            for i in ks
                i == y[1] && break
                wide[i] = dest[i]
            end
            dest = wide
        end
    end
end
Base.similar(b::Broadcasted, ::Type{T}) where {T} = similar(b, T, axes(b))
Base.similar(b::Broadcasted{<:Any}, ::Type{T}, dims) where {T} = similar(Array{T}, dims)
Base.similar(b::Broadcasted{DefaultArrayStyle{N}}, ::Type{Bool}, dims) where {N} = similar(BitArray, dims)

"""
    Broadcast.combine_eltypes(f, args)

The type of the items of an empty result, as far as it can be told.
"""
combine_eltypes(f, args::Tuple) = promote_typejoin_union(inferred_return(f, Tuple{map(arg_eltype, args)...}))
arg_eltype(x::Broadcasted) = combine_eltypes(x.f, x.args)
arg_eltype(x::RefValue{T}) where {T} = T <: Type ? T : typeof(x[])
arg_eltype(x::Type) = Type{x}
arg_eltype(x::Tuple) = length(x) == 0 ? Union{} : eltype(x)
arg_eltype(x) = eltype(x)

"""
    broadcast(f, args...)

`f` of the items side by side; arrays of size 1 in a dimension are stretched.
"""
broadcast(f, args...; kw...) = materialize(broadcasted((xs...) -> f(xs...; kw...), args...))
broadcast(f, args...) = materialize(broadcasted(f, args...))

"""
    broadcast!(f, dest, args...)

Store `f.(args...)` in `dest`.
"""
broadcast!(f, dest, args...) = (materialize!(dest, broadcasted(f, args...)); dest)

"""
    materialize!(dest, b)

What `dest .= b` does.
"""
materialize!(dest, x) = (a = broadcastable(x); materialize!(dest, Broadcasted(combine_styles(a), identity, (a,), nothing)))
function materialize!(dest::PlainArray, b::Broadcasted{DefaultArrayStyle{N},Nothing}) where {N}
    if N > 0
        r = whole(b)
        typeof(r) === typeof(dest) && size(r) == size(dest) && return copyto!(dest, r)
    elseif b.f === identity && b.args[1] isa Union{Plain,Bool}
        return fill!(dest, b.args[1])
    end
    materialize!(result_style(style_of(dest), b.style), dest, b)
end
materialize!(dest, b::Broadcasted) = materialize!(result_style(style_of(dest), b.style), dest, b)
materialize!(dest, r::AbstractRange) = copyto_range!(dest, r)
materialize!(::BroadcastStyle, dest, b::Broadcasted) = copyto!(dest, instantiate(Broadcasted(b.style, b.f, b.args, axes(dest))))
copyto_range!(dest, r) = materialize!(dest, Broadcasted(DefaultArrayStyle{1}(), identity, (r,), nothing))

Base.copyto!(dest::AbstractArray, b::Broadcasted) = copyto!(dest, b, axes(b))
Base.copyto!(dest, b::Broadcasted) = fill_by_index!(dest, b, eachindex(dest))
Base.copyto!(dest::Number, b::Broadcasted) = throw(MethodError(copyto!, (dest, b)))
Base.copyto!(dest::AbstractArray, b::Broadcasted{<:AbstractArrayStyle{0}}) = copyto!(dest, b, axes(b))
# A view of an Array of numbers.
const PlainView = Union{SubArray{Float64,<:Any,<:Array{Float64}},SubArray{Int64,<:Any,<:Array{Int64}}}
function Base.copyto!(dest::AbstractArray, b::Broadcasted, ax)
    dax = axes(dest)
    dax == ax || check_same_destination(dax, ax)
    if dest isa Union{PlainArray,BitArray} && combine_axes(b.args...) == dax
        r = whole(b)
        (typeof(r) === typeof(dest) || dest isa BitArray && r isa Array{Bool}) && return copyto!(dest, r)
    end
    # An item that a vector of indices has twice is written twice, one after the other.
    if dest isa PlainView && !any(i -> i isa Vector, dest.indices) && combine_axes(b.args...) == dax
        r = whole(b)
        r isa Array{eltype(dest)} && ndims(r) == ndims(dest) && array_set_part(dest.parent, r, dest.indices...) && return dest
    end
    f, args = b.f, b.args
    if length(args) == 1 && f === identity
        x = args[1]
        (x isa Number || x isa Ref || x isa AbstractChar) && return fill!(dest, x isa Ref ? x[] : x)
        x isa AbstractArray && axes(x) == dax && return x === dest ? dest : copyto!(dest, x)
    end
    if b.style isa AbstractArrayStyle{0} && !any(a -> a isa Broadcasted, args)
        isempty(dest) && return dest
        return fill_each!(dest, b)
    end
    args = map(a -> unalias_arg(dest, a), args)
    if IndexStyle(dest) isa IndexLinear && dax isa Tuple{Vararg{OneTo{Int}}} && length(dax) > 0
        item = item_function(f, args, dax)
        item === nothing || return fill_items!(dest, item)
    end
    if length(dax) == 1
        for i in dax[1]
            dest[i] = call_at(f, args, i)
        end
    elseif length(dax) == 0
        dest[] = call_at(f, args, ())
    else
        for I in CartesianIndices(dax)
            dest[I] = call_at(f, args, I.I)
        end
    end
    dest
end
fill_each!(dest, b) = (for i in eachindex(dest); dest[i] = call_at(b.f, b.args, 1); end; dest)
check_same_destination(dax, ax) = map(length, dax) == map(length, ax) || throw(DimensionMismatch(string("destination axes ", dax, " are not compatible with source axes ", ax)))
function fill_by_index!(dest, b, ks)
    for i in ks
        dest[i] = b[i]
    end
    dest
end
Base.copyto!(dest::Ref, b::Broadcasted) = (dest[] = call_at(b.f, b.args, 1); dest)
# An operand that shares memory with dest but is not dest itself is read first.
unalias_arg(dest, x::Broadcasted) = Broadcasted(x.style, x.f, map(a -> unalias_arg(dest, a), x.args), x.axes)
unalias_arg(dest, x::AbstractArray) = x === dest ? x : unalias(dest, x)
unalias_arg(dest, x) = x
broadcast_unalias(dest, src) = dest === src ? src : unalias(dest, src)
preprocess(dest, x) = unalias_arg(dest, x)
newindex(x, i) = CartesianIndex(array_index(x, Tuple(i)))
newindex(i::CartesianIndex, keep::Tuple, other::Tuple) = CartesianIndex(ntuple(d -> keep[d] ? i[d] : other[d], length(keep)))
_bcs(shape::Tuple, shapes::Tuple...) = broadcast_shape(shape, shapes...)

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
Base.show(io::IO, op::BroadcastFunction) = (print(io, "Base.Broadcast.BroadcastFunction("); show(io, op.f); print(io, ")"))

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
        f isa Expr && f.head === :$ && return Expr(:call, f.args[1], args...)
        f === :(:) && return Expr(:call, f, args...)
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
    elseif ex.head === :<: || ex.head === :>:
        return Expr(:call, Symbol(".", ex.head), map(dotted, ex.args)...)
    elseif ex.head === :quote || ex.head === :(::)
        return ex
    elseif is_assignment(ex.head)
        return Expr(Symbol(".", ex.head), dotted(ex.args[1]), dotted(ex.args[2]))
    elseif ex.head === :.
        return length(ex.args) == 2 && ex.args[2] isa Expr && ex.args[2].head === :tuple ? Expr(:., ex.args[1], Expr(:tuple, map(dotted, ex.args[2].args)...)) : ex
    end
    Expr(ex.head, map(dotted, ex.args)...)
end
"""
    Broadcast.dotview(a, i...)

Where `a[i...] .= x` writes: a view, or the item itself where the indices are single ones.
"""
dotview(a, is...) = Base.maybeview_for_assign(a, is...)

is_assignment(h) = (s = string(h); endswith(s, "=") && !startswith(s, ".") && !(s in ("==", "<=", ">=", "!=", "===", "!==")))
is_operator(f) = Base.isoperator(f) && !(f in (:(:), :in, :isa))
