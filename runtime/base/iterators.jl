# Iterators: lazy combinations of iterables.

"""
    Generator(f, itr)

`f(x)` for each `x` of `itr`, made as they are asked for; what `(f(x) for x in itr)` is.
"""
struct Generator{I,F}
    f::F
    iter::I
end
Generator(::Type{T}, itr::I) where {T,I} = Generator{I,Type{T}}(T, itr)
Generator(f, a, b, more...) = Generator(xs -> f(xs...), zip(a, b, more...))
function iterate(g::Generator)
    y = iterate(g.iter)
    y === nothing && return nothing
    (g.f(y[1]), y[2])
end
function iterate(g::Generator, s)
    y = iterate(g.iter, s)
    y === nothing && return nothing
    (g.f(y[1]), y[2])
end
length(g::Generator) = length(g.iter)
size(g::Generator) = size(g.iter)
axes(g::Generator) = axes(g.iter)
ndims(g::Generator) = ndims(g.iter)
keys(g::Generator) = keys(g.iter)
last(g::Generator) = g.f(last(g.iter))
isempty(g::Generator) = isempty(g.iter)
isdone(g::Generator, s...) = isdone(g.iter, s...)
"""
    Base.isdone(itr[, state])

Whether `itr` is at its end, if that can be told without going on; else missing.
"""
isdone(itr, s...) = missing
IteratorSize(::Type{Generator{I,F}}) where {I,F} = IteratorSize(I)
IteratorEltype(::Type{<:Generator}) = EltypeUnknown()
eltype(::Type{<:Generator}) = Any

"Indices and values of a collection, as `pairs` gives them."
struct Pairs{K,V,I,A} <: AbstractDict{K,V}
    data::A
    itr::I
end

module Iterators

using ..Base: iterate, length, size, axes, ndims, eltype, IteratorSize, IteratorEltype, isempty, first, last, show,
    getindex, keys, isdone, firstindex, lastindex, eachindex, haskey, in, peek, Pairs
using ..Base: SizeUnknown, HasLength, HasShape, IsInfinite, EltypeUnknown, HasEltype, Generator, haslength, tail, promote_type, @propagate_inbounds, Fix1, Fix2

export enumerate, zip, rest, countfrom, take, drop, takewhile, dropwhile, cycle, repeated, product, flatten, flatmap, partition

end
