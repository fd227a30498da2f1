# Inner names of module Broadcast that packages call: items of arguments by an index, and the shapes of several.

using ..Base: @propagate_inbounds

"An argument with which of its dimensions follow the index, `keeps`, and where it is read in the others, `defaults`."
struct Extruded{T,K,D}
    x::T
    keeps::K
    defaults::D
end
Base.axes(b::Extruded) = axes(b.x)
extrude(x::AbstractArray) = Extruded(x, newindexer(x)...)
extrude(x) = x
"Which dimensions of an array follow the index of a broadcast, and its first indices."
newindexer(A) = shapeindexer(axes(A))
shapeindexer(ax) = (map(r -> length(r) != 1, ax), map(first, ax))
newindex(i::CartesianIndex, keep::Tuple{Bool}, other::Tuple{Any}) = keep[1] ? i[1] : other[1]
newindex(i::Integer, keep::Tuple, other::Tuple) = newindex(CartesianIndex(i), keep, other)
newindex(i::CartesianIndex, ::Tuple{}, ::Tuple{}) = CartesianIndex()

_broadcast_getindex(A::Union{Ref,AbstractArray{<:Any,0},Number}, I) = A[]
_broadcast_getindex(::Ref{Type{T}}, I) where {T} = T
_broadcast_getindex(A::Tuple{Any}, I) = A[1]
_broadcast_getindex(A::Tuple, I) = A[I[1]]
_broadcast_getindex(A::Extruded, I) = A.x[newindex(I, A.keeps, A.defaults)]
_broadcast_getindex(A, I) = A[newindex(A, I)]
_broadcast_getindex(b::Broadcasted, I) = _broadcast_getindex_evalf(b.f, map(a -> _broadcast_getindex(a, I), b.args)...)
_broadcast_getindex_evalf(f, args...) = f(args...)
_broadcast_getindex_eltype(b::Broadcasted) = combine_eltypes(b.f, b.args)
_broadcast_getindex_eltype(x) = eltype(x)
eltypes(args::Tuple) = Tuple{map(_broadcast_getindex_eltype, args)...}
preprocess_args(dest, args::Tuple) = map(a -> preprocess(dest, a), args)
_broadcast_shape(xs::Tuple...) = broadcast_shape(xs...)
_bcs1(a, b) = broadcast_dim(a, b)
throwdm(a, b) = throw(DimensionMismatch("destination axes $a are not compatible with source axes $b"))
"Store what is left of the items `iter` of a broadcast in `dest`, whose first `count` are there, and in a wider array once one does not fit."
function copyto_nonleaf!(dest, b::Broadcasted, iter, state, count)
    T = eltype(dest)
    while true
        y = iterate(iter, state)
        y === nothing && return dest
        I, state = y
        x = b[I]
        if !(x isa T)
            wide = similar(b, promote_typejoin(T, typeof(x)))
            for (k, J) in enumerate(iter)
                k > count && break
                wide[J] = dest[J]
            end
            wide[I] = x
            return copyto_nonleaf!(wide, b, iter, state, count + 1)
        end
        dest[I] = x
        count += 1
    end
end
"`Broadcast.__dot__(ex)`: `ex` with a dot at each call and operator, as `@.` makes it."
__dot__(x) = dotted(x)
longest_tuple(xs...) = longest(xs...)
longest(x::Tuple) = x
longest(x::Tuple, y::Tuple, more...) = longest(length(x) >= length(y) ? x : y, more...)
