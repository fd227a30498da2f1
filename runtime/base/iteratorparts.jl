# Module Iterators: iterators of iterators, of pieces, from the end, and one that keeps its place.

# flatten

struct Flatten{I}
    it::I
end
"""
    Iterators.flatten(itr)

The items of the items of `itr`.
"""
flatten(itr) = Flatten(itr)
"""
    Iterators.flatmap(f, iters...)

The items of `f` of each item.
"""
flatmap(f, c...) = flatten(map(f, c...))
Base.iterate(f::Flatten) = first_within(f, iterate(f.it))
# The first item of the first one that has any, from what iterate gave of the outer iterator on.
function first_within(f, outer)
    while outer !== nothing
        y = iterate(outer[1])
        y === nothing || return (y[1], (outer[2], outer[1], y[2]))
        outer = iterate(f.it, outer[2])
    end
    nothing
end
function Base.iterate(f::Flatten, s)
    y = iterate(s[2], s[3])
    y === nothing ? first_within(f, iterate(f.it, s[1])) : (y[1], (s[1], s[2], y[2]))
end
Base.eltype(::Type{Flatten{I}}) where {I} = eltype(eltype(I))
Base.eltype(::Type{Flatten{I}}) where {I<:Union{Tuple,NamedTuple}} = I isa DataType ? Base.promote_typejoin_of(Base.map(eltype, tuple(I.parameters...))) : Any
Base.eltype(::Type{Flatten{Tuple{}}}) = Union{}
Base.IteratorEltype(::Type{Flatten{I}}) where {I} = IteratorEltype(I) isa HasEltype ? HasEltype() : EltypeUnknown()
Base.length(f::Flatten) = flatten_length(f, eltype(f.it))
Base.length(::Flatten{Tuple{}}) = 0
flatten_length(f, ::Type{T}) where {T<:Tuple} = T isa DataType && isconcretetype(T) ? fieldcount(T) * length(f.it) : throw_flatten_length()
flatten_length(f, ::Type{<:Number}) = length(f.it)
flatten_length(f, T) = throw_flatten_length()
throw_flatten_length() = throw(ArgumentError("Iterates of the argument to Flatten are not known to have constant length"))
Base.IteratorSize(::Type{Flatten{Tuple{}}}) = HasLength()
Base.IteratorSize(::Type{Flatten{I}}) where {I<:Tuple} = flatten_size(eltype(I))
Base.IteratorSize(::Type{Flatten{I}}) where {I} = IteratorSize(I) isa Union{HasLength,HasShape} ? flatten_size(eltype(I)) : SizeUnknown()
flatten_size(::Type{T}) where {T<:Tuple} = isconcretetype(T) ? HasLength() : SizeUnknown()
flatten_size(::Type{<:Number}) = HasLength()
flatten_size(T) = SizeUnknown()

# partition

struct PartitionIterator{T}
    c::T
    n::Int
    function PartitionIterator(c::T, n::Integer) where {T}
        n < 1 && throw(ArgumentError("cannot create partitions of length $n"))
        new{T}(c, n)
    end
end
"""
    Iterators.partition(collection, n)

Pieces of `n` items each (the last may be shorter).
"""
partition(c, n::Integer) = PartitionIterator(c, n)
function Base.iterate(p::PartitionIterator{<:AbstractString}, i=firstindex(p.c))
    i > ncodeunits(p.c) && return nothing
    j = min(nextind(p.c, i, p.n), ncodeunits(p.c) + 1)
    (SubString(p.c, i, prevind(p.c, j)), j)
end
Base.eltype(::Type{PartitionIterator{T}}) where {T<:AbstractString} = T <: SubString ? T : SubString{T}
Base.length(p::PartitionIterator) = cld(length(p.c), p.n)
function Base.iterate(p::PartitionIterator{<:AbstractVector}, i=firstindex(p.c))
    i > lastindex(p.c) && return nothing
    j = min(i + p.n - 1, lastindex(p.c))
    (p.c isa AbstractRange ? p.c[i:j] : view(p.c, i:j), j + 1)
end
function Base.iterate(p::PartitionIterator{<:AbstractArray}, i=1)
    n = length(p.c)
    i > n && return nothing
    j = min(i + p.n - 1, n)
    (view(p.c, i:j), j + 1)
end
function Base.iterate(p::PartitionIterator, s...)
    v = Vector{eltype(p.c)}()
    y = isempty(s) ? iterate(p.c) : s[1] === nothing ? nothing : iterate(p.c, s[1])
    y === nothing && return nothing
    state = nothing
    while y !== nothing
        push!(v, y[1])
        state = y[2]
        length(v) == p.n && break
        y = iterate(p.c, state)
    end
    (v, y === nothing ? nothing : state)
end
Base.eltype(::Type{PartitionIterator{T}}) where {T} = Vector{eltype(T)}
Base.eltype(::Type{PartitionIterator{T}}) where {T<:Base.AbstractArray} = Base.AbstractVector{eltype(T)}
Base.eltype(::Type{PartitionIterator{R}}) where {S,N,T<:AbstractRange,R<:Base.ReshapedArray{S,N,T}} = Base.SubArray{S,1,T,Tuple{UnitRange{Int}},true}
Base.eltype(::Type{PartitionIterator{R}}) where {S,N,T,R<:Base.ReshapedArray{S,N,T}} = Base.SubArray{S,1,Base.ReshapedArray{S,1,T,Tuple{}},Tuple{UnitRange{Int}},true}
Base.eltype(::Type{PartitionIterator{T}}) where {N,T<:Base.CartesianIndices{N}} = Base.SubArray{Base.CartesianIndex{N},1,Base.ReshapedArray{Base.CartesianIndex{N},1,T,Tuple{}},Tuple{UnitRange{Int}},true}
Base.eltype(::Type{PartitionIterator{T}}) where {T<:Base.OneTo} = UnitRange{eltype(T)}
Base.eltype(::Type{PartitionIterator{T}}) where {T<:Union{Base.UnitRange,Base.StepRange,Base.StepRangeLen,Base.LinRange}} = T
Base.eltype(::Type{PartitionIterator{T}}) where {S,T<:Array{S,1}} = Base.SubArray{S,1,T,Tuple{UnitRange{Int}},true}
Base.eltype(::Type{PartitionIterator{T}}) where {S,N,T<:Array{S,N}} = Base.SubArray{S,1,Vector{S},Tuple{UnitRange{Int}},true}
Base.IteratorEltype(::Type{PartitionIterator{T}}) where {T} = IteratorEltype(T)
function Base.IteratorSize(::Type{PartitionIterator{T}}) where {T}
    s = IteratorSize(T)
    s isa HasShape ? HasLength() : s
end

# reverse

struct Reverse{T}
    itr::T
end
"""
    Iterators.reverse(itr)

The items of `itr` from the last to the first, without a copy.
"""
reverse(itr) = Reverse(itr)
reverse(r::Reverse) = r.itr
reverse(g::Generator) = Generator(g.f, reverse(g.iter))
reverse(a::AbstractRange) = Base.reverse(a)
reverse(x::Union{Number,AbstractChar}) = x
reverse(r::Union{Repeated,Take{<:Repeated}}) = r
reverse(c::Cycle) = Cycle(reverse(c.xs))
reverse(f::Flatten) = Flatten(reverse(Base.map(reverse, f.it isa Tuple ? f.it : collect(f.it))))
reverse(z::Zip) = Zip(Base.map(reverse, z.is))
Base.eltype(::Type{Reverse{T}}) where {T} = eltype(T)
Base.length(r::Reverse) = length(r.itr)
Base.size(r::Reverse) = size(r.itr)
Base.axes(r::Reverse) = axes(r.itr)
Base.IteratorSize(::Type{Reverse{T}}) where {T} = IteratorSize(T)
Base.IteratorEltype(::Type{Reverse{T}}) where {T} = IteratorEltype(T)
Base.isempty(r::Reverse) = isempty(r.itr)
Base.last(r::Reverse) = first(r.itr)
Base.last(c::Cycle) = last(c.xs)
Base.last(r::Union{Repeated,Take{<:Repeated}}) = first(r)
Base.last(p::ProductIterator) = Base.map(last, p.iterators)
Base.last(f::Flatten) = last(last(f.it))
Base.first(r::Reverse) = last(r.itr)
Base.iterate(r::Reverse{<:Union{Tuple,Base.NamedTuple}}, i::Int=length(r.itr)) = i < 1 ? nothing : (r.itr[i], i - 1)
Base.iterate(r::Reverse{<:AbstractString}, i=lastindex(r.itr)) = i < firstindex(r.itr) ? nothing : (r.itr[i], Base.prevind(r.itr, i))
function Base.iterate(r::Reverse{<:AbstractVector}, i=lastindex(r.itr))
    i < firstindex(r.itr) && return nothing
    (r.itr[i], i - 1)
end
function Base.iterate(r::Reverse{<:AbstractArray}, s=reversed_indices(r.itr))
    s[2] < 1 && return nothing
    (r.itr[s[1][s[2]]], (s[1], s[2] - 1))
end
reversed_indices(a) = (ks = Base.vec(collect(eachindex(a))); (ks, length(ks)))
function Base.iterate(r::Reverse{<:Enumerate}, s=enumerate_end(r.itr))
    y = s[3] === nothing ? iterate(s[2]) : iterate(s[2], s[3])
    y === nothing && return nothing
    ((s[1], y[1]), (s[1] - 1, s[2], y[2]))
end
enumerate_end(e) = (length(e.itr), reverse(e.itr), nothing)
# Keys of strings, dictionaries and others that have keys in order.
function Base.iterate(r::Reverse, s=keys_reversed(r.itr))
    y = s[2] === nothing ? iterate(s[1]) : iterate(s[1], s[2])
    y === nothing && return nothing
    (r.itr isa Base.AbstractSet || !Base.applicable(getindex, r.itr, y[1]) ? y[1] : r.itr[y[1]], (s[1], y[2]))
end
keys_reversed(itr) = (Base.reverse(collect(itr isa Base.EachStringIndex ? itr : Base.applicable(keys, itr) ? keys(itr) : itr)), nothing)

"""
    only(itr)

The one item of `itr`; an ArgumentError if there are none or several.
"""
function only(x)
    y = iterate(x)
    y === nothing && throw(ArgumentError("Collection is empty, must contain exactly 1 element"))
    iterate(x, y[2]) === nothing || throw(ArgumentError("Collection has multiple elements, must contain exactly 1 element"))
    y[1]
end
only(x::Number) = x
only(x::AbstractChar) = x
only(x::Tuple{Any}) = x[1]
only(x::Tuple) = throw(ArgumentError("Tuple contains $(length(x)) elements, must contain exactly 1 element"))
only(x::NamedTuple{<:Any,<:Tuple{Any}}) = x[1]
only(x::NamedTuple) = throw(ArgumentError("NamedTuple contains $(length(x)) elements, must contain exactly 1 element"))

"""
    Iterators.nth(itr, n)

The `n`th item.
"""
nth(itr, n::Integer) = first(drop(itr, n - 1))

"""
    Iterators.Stateful(itr)

An iterator that remembers where it is: each item comes once.
"""
mutable struct Stateful{T,VS}
    itr::T
    nextvalstate::Any
    taken::Int
    Stateful{T,VS}(itr) where {T,VS} = new{T,VS}(itr, iterate(itr), 0)
    Stateful{T}(itr) where {T} = (first = iterate(itr); new{T,step_type(itr, first)}(itr, first, 0))
end
Stateful(itr::T) where {T} = Stateful{T}(itr)
# The type of what iterate gives, as the first step tells it.
step_type(itr, first) = Any
step_type(itr, first::Tuple{Any,Any}) =
    IteratorEltype(itr) isa HasEltype ? Union{Nothing,Tuple{eltype(itr),typeof(first[2])}} : Union{Nothing,typeof(first)}
Base.show(io::IO, s::Stateful) = (show(io, typeof(s)); print(io, '('); show(io, s.itr); print(io, ", "); show(io, s.nextvalstate); print(io, ')'))
Base.isempty(s::Stateful) = s.nextvalstate === nothing
Base.isdone(s::Stateful, st=nothing) = s.nextvalstate === nothing
function Base.popfirst!(s::Stateful)
    y = s.nextvalstate
    y === nothing && throw(EOFError())
    s.nextvalstate = iterate(s.itr, y[2])
    s.taken += 1
    y[1]
end
"""
    Iterators.reset!(s, itr=s.itr)

Begin the Stateful `s` anew, with the items of `itr`.
"""
function reset!(s::Stateful{T}, itr::T=s.itr) where {T}
    s.itr = itr
    s.nextvalstate = iterate(itr)
    s.taken = 0
    s
end
Base.peek(s::Stateful, sentinel=nothing) = s.nextvalstate === nothing ? sentinel : s.nextvalstate[1]
Base.iterate(s::Stateful, ::Any=nothing) = isempty(s) ? nothing : (Base.popfirst!(s), nothing)
Base.eltype(::Type{<:Stateful{T}}) where {T} = eltype(T)
# Of a Stateful within, one item more than is left has been taken: the one that is next here.
Base.length(s::Stateful) = length(s.itr) - s.taken
Base.length(s::Stateful{<:Stateful}) = length(s.itr) + (s.nextvalstate !== nothing)
Base.IteratorSize(::Type{<:Stateful{T}}) where {T} = IteratorSize(T) isa HasShape ? HasLength() : IteratorSize(T)
Base.IteratorEltype(::Type{<:Stateful{T}}) where {T} = IteratorEltype(T)
