# Module Broadcast: styles, what a broadcast that is not computed yet is, and its items.

## styles

"""
    BroadcastStyle(T)

How objects of type `T` broadcast; methods of it let types choose what results are.
"""
abstract type BroadcastStyle end
struct Unknown <: BroadcastStyle end
struct Style{T} <: BroadcastStyle end
BroadcastStyle(::Type{Union{}}) = Unknown()
"""
    Broadcast.AbstractArrayStyle{N}

A style of arrays of `N` dimensions, or of `Any` number. A subtype needs a constructor
of `Val(N)`, the style of as many dimensions.
"""
abstract type AbstractArrayStyle{N} <: BroadcastStyle end
"`Broadcast.ArrayStyle{A}()`: results are like arrays of type `A`, by `similar`."
struct ArrayStyle{A} <: AbstractArrayStyle{Any} end
ArrayStyle{A}(::Val) where {A} = ArrayStyle{A}()
"`Broadcast.DefaultArrayStyle{N}()`: results are Arrays, or a number if `N` is 0."
struct DefaultArrayStyle{N} <: AbstractArrayStyle{N} end
DefaultArrayStyle(::Val{N}) where {N} = DefaultArrayStyle{N}()
DefaultArrayStyle{M}(::Val{N}) where {N,M} = DefaultArrayStyle{N}()
const DefaultVectorStyle = DefaultArrayStyle{1}
const DefaultMatrixStyle = DefaultArrayStyle{2}
"Two styles that do not go together."
struct ArrayConflict <: AbstractArrayStyle{Any} end
ArrayConflict(::Val) = ArrayConflict()

BroadcastStyle(::Type{<:AbstractArray{T,N}}) where {T,N} = DefaultArrayStyle{N}()
BroadcastStyle(::Type{<:Tuple}) = Style{Tuple}()
BroadcastStyle(::Type{T}) where {T} = DefaultArrayStyle{ndims(T)}()
(::Type{<:AbstractArrayStyle})(::Val) = throw_no_val_constructor()
throw_no_val_constructor() = error("a style of arrays needs a constructor of Val(N)")

BroadcastStyle(::S, ::S) where {S<:BroadcastStyle} = S()
BroadcastStyle(::S, ::Unknown) where {S<:BroadcastStyle} = S()
BroadcastStyle(::Unknown, ::Unknown) = Unknown()
BroadcastStyle(::BroadcastStyle, ::BroadcastStyle) = Unknown()
BroadcastStyle(::Style{Tuple}, a::AbstractArrayStyle{0}) = Style{Tuple}()
BroadcastStyle(::Style{Tuple}, a::AbstractArrayStyle) = a
BroadcastStyle(::A, ::A) where {A<:ArrayStyle} = A()
BroadcastStyle(::ArrayStyle, ::ArrayStyle) = Unknown()
BroadcastStyle(::A, ::A) where {A<:AbstractArrayStyle} = A()
function BroadcastStyle(a::A, b::B) where {A<:AbstractArrayStyle{M},B<:AbstractArrayStyle{N}} where {M,N}
    Base.typename(A) === Base.typename(B) ? typeof(a)(Val(max(M, N))) : Unknown()
end
BroadcastStyle(a::AbstractArrayStyle{M}, ::DefaultArrayStyle{N}) where {M,N} = M === Any || M >= N ? a : typeof(a)(Val(N))
BroadcastStyle(a::AbstractArrayStyle{Any}, ::DefaultArrayStyle) = a
BroadcastStyle(::DefaultArrayStyle{M}, ::DefaultArrayStyle{N}) where {M,N} = DefaultArrayStyle(Val(max(M, N)))

"""
    Broadcast.result_style(s1[, s2])

The style of the result of arguments of two styles.
"""
result_style(s::BroadcastStyle) = s
result_style(a::DefaultArrayStyle{M}, b::DefaultArrayStyle{N}) where {M,N} = M >= N ? a : b
function result_style(a::BroadcastStyle, b::BroadcastStyle)
    a === b && !(a isa ArrayConflict) && return a
    result_join(a, b, BroadcastStyle(a, b), BroadcastStyle(b, a))
end
result_join(::Any, ::Any, ::Unknown, ::Unknown) = Unknown()
result_join(::Any, ::Any, ::Unknown, s::BroadcastStyle) = s
result_join(::Any, ::Any, s::BroadcastStyle, ::Unknown) = s
result_join(::AbstractArrayStyle, ::AbstractArrayStyle, ::Unknown, ::Unknown) = ArrayConflict()
result_join(::Any, ::Any, ::S, ::S) where {S<:BroadcastStyle} = S()
result_join(a, b, x, y) = error("""
    conflicting broadcast rules defined
      Broadcast.BroadcastStyle(::$(typeof(a)), ::$(typeof(b))) = $x
      Broadcast.BroadcastStyle(::$(typeof(b)), ::$(typeof(a))) = $y
    One of these should be undefined (and thus return Broadcast.Unknown).""")

"""
    Broadcast.combine_styles(args...)

The style of a broadcast with these arguments.
"""
combine_styles() = DefaultArrayStyle{0}()
combine_styles(c) = result_style(style_of(c))
combine_styles(a, b) = result_style(style_of(a), style_of(b))
combine_styles(a, b, more...) = result_style(style_of(a), combine_styles(b, more...))
style_of(x) = BroadcastStyle(typeof(x))
style_of(::Array{T,N}) where {T,N} = DefaultArrayStyle{N}()
style_of(::Union{Int64,Float64,Bool}) = DefaultArrayStyle{0}()

## broadcasts that are not computed yet

"""
    Broadcasted

A broadcast that has been written but not computed: what `f.(x)` is inside a larger
dotted expression, so that the whole runs in one loop.
"""
struct Broadcasted{Style<:Union{Nothing,BroadcastStyle},Axes,F,Args<:Tuple}
    style::Style
    f::F
    args::Args
    axes::Axes
    Broadcasted(style::Union{Nothing,BroadcastStyle}, f::Tuple, args::Tuple) = error("disallowed f")
    Broadcasted(style::S, f::F, args::Args, axes::Axes=nothing) where {S<:Union{Nothing,BroadcastStyle},F,Args<:Tuple,Axes} =
        new{S,Axes,F,Args}(style, f, args, axes)
    function Broadcasted{S}(f::F, args::Args, axes::Axes=nothing) where {S,F,Args<:Tuple,Axes}
        new{S,Axes,F,Args}(S === Nothing ? nothing : S(), f, args, axes)
    end
    Broadcasted{S,Axes,F,Args}(f, args, axes) where {S,Axes,F,Args} = new{S,Axes,F,Args}(S === Nothing ? nothing : S(), f, args, axes)
end
Broadcasted(f, args::Tuple, axes=nothing) = Broadcasted(combine_styles(args...), f, args, axes)
BroadcastStyle(::Type{<:Broadcasted{S}}) where {S} = S()
BroadcastStyle(::Type{<:Broadcasted{Nothing}}) = throw(ArgumentError("Broadcasted{Unknown} wrappers do not have a style assigned"))
BroadcastStyle(::Type{<:Broadcasted{Unknown}}) = throw(ArgumentError("Broadcasted{Unknown} wrappers do not have a style assigned"))
Base.convert(::Type{Broadcasted{Nothing}}, b::Broadcasted) = Broadcasted(nothing, b.f, b.args, b.axes)

"""
    broadcastable(x)

`x`, or something that stands for it in a broadcast: `Ref(x)` for what counts as one
value.
"""
broadcastable(x::Union{AbstractArray,Number,AbstractChar,Ref,Tuple,Broadcasted}) = x
broadcastable(x::AbstractString) = RefValue{typeof(x)}(x)
broadcastable(x::Union{Symbol,Function,UndefInitializer,Nothing,RoundingMode,Missing,Val,Pair,IO}) = RefValue(x)
broadcastable(x::Union{CartesianIndex,Ptr,AbstractPattern}) = RefValue(x)
broadcastable(::Type{T}) where {T} = RefValue{Type{T}}(T)
broadcastable(x::Union{AbstractDict,NamedTuple}) = throw(ArgumentError("broadcasting over dictionaries and `NamedTuple`s is reserved"))
broadcastable(x::Union{Base.Enum,Base.UUID}) = RefValue(x)
broadcastable(x) = collect(x)

"""
    broadcasted(f, args...)

The unevaluated form of `f.(args...)`. Methods `broadcasted(::Style, f, args...)` may
give a result at once.
"""
broadcasted(f, x) = (a = broadcastable(x); broadcasted(style_of(a), f, a))
function broadcasted(f, x, y)
    a = broadcastable(x)
    b = broadcastable(y)
    broadcasted(combine_styles(a, b), f, a, b)
end
function broadcasted(f, args...)
    as = map(broadcastable, args)
    broadcasted(combine_styles(as...), f, as...)
end
broadcasted(s::BroadcastStyle, f, args...) = Broadcasted(s, f, args, nothing)
broadcasted_kwsyntax(f, args...; kw...) = isempty(kw) ? broadcasted(f, args...) : broadcasted((xs...) -> f(xs...; kw...), args...)

# Arithmetic of ranges and numbers gives ranges.
const VectorStyle = DefaultArrayStyle{1}
broadcasted(::VectorStyle, ::typeof(+), r::AbstractRange) = r
broadcasted(::VectorStyle, ::typeof(-), r::AbstractRange{<:Number}) = -r
broadcasted(::VectorStyle, ::typeof(+), r::AbstractRange{<:Number}, x::Number) = shifted_range(r, x)
broadcasted(::VectorStyle, ::typeof(+), x::Number, r::AbstractRange{<:Number}) = shifted_range(r, x)
broadcasted(::VectorStyle, ::typeof(-), r::AbstractRange{<:Number}, x::Number) = shifted_range(r, x isa Unsigned && !(eltype(r) <: Unsigned) ? -Int(x) : -x)
broadcasted(::VectorStyle, ::typeof(-), r::AbstractRange{<:Unsigned}, x::Unsigned) = range_start_step_length(first(r) - x, Base.step(r), length(r))
broadcasted(::VectorStyle, ::typeof(-), r::AbstractUnitRange{<:Unsigned}, x::Unsigned) = Base.unit_range(first(r) - x, length(r))
broadcasted(::VectorStyle, ::typeof(-), x::Number, r::AbstractRange{<:Number}) = shifted_range(-r, x)
broadcasted(::VectorStyle, ::typeof(*), r::AbstractRange{<:Number}, x::Number) = scaled_range(r, x)
broadcasted(::VectorStyle, ::typeof(*), x::Number, r::AbstractRange{<:Number}) = scaled_range(r, x)
broadcasted(::VectorStyle, ::typeof(/), r::AbstractRange{<:Number}, x::Number) = divided_range(r, x)
broadcasted(::VectorStyle, ::typeof(\), x::Number, r::AbstractRange{<:Number}) = divided_range(r, x)
broadcasted(::VectorStyle, ::typeof(+), a::AbstractRange, b::AbstractRange) = length(a) == length(b) ? a + b : Broadcasted(VectorStyle(), +, (a, b))
broadcasted(::VectorStyle, ::typeof(-), a::AbstractRange{<:Number}, b::AbstractRange{<:Number}) = length(a) == length(b) ? a - b : Broadcasted(VectorStyle(), -, (a, b))
broadcasted(::VectorStyle, ::typeof(Base.big), r::AbstractUnitRange{<:Integer}) = Base.big(first(r)):Base.big(last(r))
broadcasted(::VectorStyle, ::typeof(Base.big), r::Base.StepRange) = Base.big(r.start):Base.big(r.step):Base.big(last(r))
broadcasted(::VectorStyle, ::typeof(Base.big), r::Base.StepRangeLen) = Base.StepRangeLen(Base.big(r.ref), Base.big(r.step), length(r), r.offset)
broadcasted(::VectorStyle, ::typeof(Base.big), r::Base.LinRange) = Base.LinRange(Base.big(r.start), Base.big(r.stop), length(r))
broadcasted(::DefaultArrayStyle{N}, ::typeof(+), r::CartesianIndices{N}, x::Ref{<:CartesianIndex{N}}) where {N} = r + x[]
broadcasted(::DefaultArrayStyle{N}, ::typeof(+), x::Ref{<:CartesianIndex{N}}, r::CartesianIndices{N}) where {N} = r + x[]
broadcasted(::DefaultArrayStyle{N}, ::typeof(-), r::CartesianIndices{N}, x::Ref{<:CartesianIndex{N}}) where {N} = r - x[]

## shape

Base.axes(b::Broadcasted) = b.axes === nothing ? combine_axes(b.args...) : b.axes
Base.axes(b::Broadcasted, d::Integer) = (ax = axes(b); d <= length(ax) ? ax[d] : OneTo(1))
Base.axes(b::Broadcasted{Style{Tuple},Nothing}) = combine_axes(b.args...)
Base.size(b::Broadcasted) = map(length, axes(b))
Base.length(b::Broadcasted) = prod_of(size(b))
Base.isempty(b::Broadcasted) = length(b) == 0
Base.ndims(b::Broadcasted) = length(axes(b))
Base.ndims(::Type{<:Broadcasted{<:Any,<:NTuple{N,Any}}}) where {N} = N
Base.ndims(::Type{<:Broadcasted{<:AbstractArrayStyle{N},Nothing}}) where {N} = N
Base.eltype(b::Broadcasted) = combine_eltypes(b.f, b.args)
Base.IteratorSize(T::Type{<:Broadcasted}) = HasShape{ndims(T)}()
Base.IteratorEltype(::Type{<:Broadcasted}) = EltypeUnknown()
Base.IndexStyle(b::Broadcasted) = length(axes(b)) == 1 ? IndexLinear() : IndexCartesian()
Base.eachindex(b::Broadcasted) = (ax = axes(b); length(ax) == 1 ? ax[1] : CartesianIndices(ax))
Base.keys(b::Broadcasted) = eachindex(b)
Base.first(b::Broadcasted) = b[first(eachindex(b))]
Base.last(b::Broadcasted) = b[last(eachindex(b))]
Base.collect(b::Broadcasted) = collect(materialize(b))
prod_of(t) = (n = 1; for x in t; n *= x; end; n)
arg_axes(x) = axes(x)
arg_axes(x::Tuple) = (OneTo(length(x)),)
arg_axes(x::Union{Number,Ref,AbstractChar,Type}) = ()
broadcast_axes(x) = arg_axes(x)

"""
    Broadcast.combine_axes(args...)

The axes of a broadcast with these arguments.
"""
combine_axes() = ()
combine_axes(a) = arg_axes(a)
combine_axes(a, b) = broadcast_shape(arg_axes(a), arg_axes(b))
combine_axes(a, b, more...) = broadcast_shape(arg_axes(a), combine_axes(b, more...))
broadcast_shape(a::Tuple) = a
broadcast_shape(a::Tuple, b::Tuple, c::Tuple, more::Tuple...) = broadcast_shape(broadcast_shape(a, b), c, more...)
function broadcast_shape(a::Tuple, b::Tuple)
    length(a) == 0 && return b
    length(b) == 0 && return a
    a === b && return a
    n = max(length(a), length(b))
    ntuple(n) do d
        d > length(a) && return b[d]
        d > length(b) && return a[d]
        broadcast_dim(a[d], b[d])
    end
end
function broadcast_dim(x, y)
    fits(y, x) && return as_dim(x)
    fits(x, y) && return as_dim(y)
    throw(DimensionMismatch(string("arrays could not be broadcast to a common size: a has axes ", x, " and b has axes ", y)))
end
as_dim(x) = x
# Whether axis x can be stretched to axis y.
fits(x, y) = length(x) == 1 || x == y
fits(x::Integer, y::Integer) = x == 1 || x == y
fits(x::Integer, y) = x == 1
"""
    Broadcast.check_broadcast_axes(shape, args...)

A DimensionMismatch unless the arguments can be broadcast to `shape`.
"""
check_broadcast_axes(shape) = nothing
function check_broadcast_axes(shape, args...)
    for a in args
        check_broadcast_shape(shape, arg_axes(a))
    end
    nothing
end
function check_broadcast_shape(shape, ax)
    for d in 1:length(ax)
        if d > length(shape)
            length(ax[d]) == 1 || throw(DimensionMismatch("cannot broadcast array to have fewer non-singleton dimensions"))
        else
            fits(ax[d], shape[d]) || throw(DimensionMismatch(string("array could not be broadcast to match destination")))
        end
    end
    nothing
end

"""
    instantiate(b)

The broadcast with its axes found and checked.
"""
instantiate(x) = x
function instantiate(b::Broadcasted)
    b.axes === nothing && return Broadcasted(b.style, b.f, b.args, combine_axes(b.args...))
    check_broadcast_axes(b.axes, b.args...)
    b
end
instantiate(b::Broadcasted{<:AbstractArrayStyle{0}}) = b
instantiate(b::Broadcasted{Style{Tuple}}) = b

"""
    Broadcast.flatten(b)

A broadcast that has no broadcasts among its arguments and computes the same.
"""
function flatten(b::Broadcasted)
    any(a -> a isa Broadcasted, b.args) || return b
    f, args = flat_call(b)
    Broadcasted(b.style, f, args, b.axes)
end
function flat_call(b)
    parts = map(a -> a isa Broadcasted ? flat_call(a) : (identity, (a,)), b.args)
    counts = map(p -> length(p[2]), parts)
    args = ()
    for p in parts
        args = (args..., p[2]...)
    end
    f = function (xs...)
        k = 0
        vals = map(parts, counts) do p, n
            k += n
            p[1](xs[k-n+1:k]...)
        end
        b.f(vals...)
    end
    (f, args)
end
isflat(b::Broadcasted) = !any(a -> a isa Broadcasted, b.args)

## values at an index

# i: an Int for one dimension, a tuple of Ints for several
value_at(x::Broadcasted, i) = call_at(x.f, x.args, i)
value_at(x::AbstractVector, i::Int) = length(x) == 1 ? x[firstindex(x)] : x[i]
value_at(x::AbstractArray, i::Int) = ndims(x) == 0 ? x[] : (size(x, 1) == 1 ? x[first(eachindex(x))] : x[i, ntuple(d -> first(axes(x, d + 1)), ndims(x) - 1)...])
value_at(x::AbstractArray, i::Tuple) = x[array_index(x, i)...]
value_at(x::Tuple, i::Int) = length(x) == 1 ? x[1] : x[i]
value_at(x::Tuple, i::Tuple) = length(x) == 1 ? x[1] : x[i[1]]
value_at(x::Ref, i) = x[]
value_at(x::Union{Number,AbstractChar,Type}, i) = x
function value_at(x, i)
    n = length(axes(x))
    n == 0 ? x[] : n == 1 ? x[length(axes(x)[1]) == 1 ? first(axes(x)[1]) : i isa Int ? i : i[1]] : x[array_index(x, i)...]
end
array_index(x::AbstractVector, i) = length(x) == 1 ? (firstindex(x),) : (i[1],)
array_index(x::AbstractMatrix, i) = (size(x, 1) == 1 ? first(axes(x, 1)) : i[1], size(x, 2) == 1 ? first(axes(x, 2)) : i[2])
array_index(x, i) = (ax = axes(x); ntuple(d -> length(ax[d]) == 1 ? first(ax[d]) : i[d], length(ax)))
function call_at(f, args, i)
    n = length(args)
    n == 2 && return f(value_at(args[1], i), value_at(args[2], i))
    n == 1 && return f(value_at(args[1], i))
    n == 0 && return f()
    n == 3 && return f(value_at(args[1], i), value_at(args[2], i), value_at(args[3], i))
    f(map(a -> value_at(a, i), args)...)
end
function Base.getindex(b::Broadcasted, i::Int...)
    ax = axes(b)
    length(i) == length(ax) && all(map(in, i, ax)) || throw(BoundsError(b, i))
    value_at(b, length(i) == 1 ? i[1] : i)
end
Base.getindex(b::Broadcasted, i::CartesianIndex) = length(i) == 1 ? b[i[1]] : b[i.I...]
Base.getindex(b::Broadcasted) = call_at(b.f, b.args, 1)
function Base.iterate(b::Broadcasted, s=(eachindex(b),))
    y = iterate(s...)
    y === nothing ? nothing : (b[y[1]], (s[1], y[2]))
end

## items by one number

# The loop over all items asks for them by one number, whatever their shape: an argument
# of the shape of the result by its own, smaller ones are stretched before.

"An argument of a broadcast that is the same for all items."
struct Same{T}
    value::T
end
const most_stretched = 1 << 22 # items of an argument that is stretched

# The function that computes the k-th item of f.(args...), nothing if there is no such.
function item_function(f, args, ax)
    parts = map(a -> laid_out(a, ax), args)
    any(isnothing, parts) ? nothing : join_items(f, parts...)
end
laid_out(x::Broadcasted, ax) = item_function(x.f, x.args, ax)
laid_out(x::Union{Number,AbstractChar,Type}, ax) = Same(x)
laid_out(x::Ref, ax) = Same(x[])
laid_out(x::Tuple, ax) = length(x) == 1 ? Same(x[1]) : laid_out(Any[x...], ax)
function laid_out(x::AbstractArray, ax)
    xax = axes(x)
    xax == ax && IndexStyle(x) isa IndexLinear && return x
    length(x) == 1 && ndims(x) < 2 && return Same(first(x))
    dims = map(length, ax)
    prod_of(dims) <= most_stretched || return nothing
    xax == ax ? collect(x) : array_stretch(x isa Array ? x : collect(x), dims)
end
function laid_out(x, ax)
    xax = axes(x)
    length(xax) == 0 ? Same(x[]) : laid_out([x[I.I...] for I in CartesianIndices(xax)], ax)
end

join_items(f) = k -> f()
function join_items(f, a)
    a isa Same && (x = a.value; return k -> f(x))
    a isa AbstractArray ? (k -> f(a[k])) : (k -> f(a(k)))
end
function join_items(f, a, b)
    if f === andand || f === oror
        p, q = item_reader(a), item_reader(b)
        return f === andand ? (k -> p(k) && q(k)) : (k -> p(k) || q(k))
    elseif a isa AbstractArray
        b isa AbstractArray && return k -> f(a[k], b[k])
        b isa Same && (y = b.value; return k -> f(a[k], y))
        return k -> f(a[k], b(k))
    elseif a isa Same
        x = a.value
        b isa AbstractArray && return k -> f(x, b[k])
        b isa Same && (y = b.value; return k -> f(x, y))
        return k -> f(x, b(k))
    end
    b isa AbstractArray && return k -> f(a(k), b[k])
    b isa Same && (y = b.value; return k -> f(a(k), y))
    k -> f(a(k), b(k))
end
join_items(f, a, b, c) = (p = item_reader(a); q = item_reader(b); r = item_reader(c); k -> f(p(k), q(k), r(k)))
join_items(f, parts...) = (rs = map(item_reader, parts); k -> f(map(r -> r(k), rs)...))
item_reader(a) = a
item_reader(a::Same) = (x = a.value; k -> x)
item_reader(a::AbstractArray) = k -> a[k]

function fill_items!(dest, item)
    for k in 1:length(dest)
        dest[k] = item(k)
    end
    dest
end
function collect_items(item, n)
    x = item(1)
    T = typeof(x)
    v = array_alloc(Vector{T}, n)
    array_set(v, x, 1)
    for k in 2:n
        y = item(k)
        if !(y isa T)
            T = promote_typejoin(T, typeof(y))
            w = array_alloc(Vector{T}, n)
            copyto!(w, 1, v, 1, k - 1)
            v = w
        end
        array_set(v, y, k)
    end
    v
end
function compute_array(b, ax, dims)
    n = prod_of(dims)
    n == 0 && return Array{combine_eltypes(b.f, b.args),length(ax)}(undef, dims...)
    item = item_function(b.f, b.args, ax)
    if item === nothing
        places = CartesianIndices(ax)
        item = length(ax) == 1 ? (k -> call_at(b.f, b.args, k)) : (k -> call_at(b.f, b.args, places[k].I))
    end
    v = collect_items(item, n)
    length(dims) == 1 ? v : array_reshape(v, Array{eltype(v),length(dims)}, dims...)
end
