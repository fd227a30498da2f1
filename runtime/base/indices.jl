# Indices of arrays: axes, Cartesian and linear indices, bounds, and how what stands
# in a[...] is made ready for use.

"The axes of an array of `N` dimensions."
const Indices{N} = NTuple{N,AbstractUnitRange}
const DimsOrInds{N} = NTuple{N,DimOrInd}
# What stands for one place along a dimension of a view.
const ScalarIndex = Real
const ViewIndex = Union{Real,AbstractArray}

## axes that are their own indices

"""
    Base.IdentityUnitRange(r)

The range `r` as an axis whose indices are its values.
"""
struct IdentityUnitRange{T<:AbstractUnitRange} <: AbstractUnitRange{Int}
    indices::T
end
IdentityUnitRange(r::IdentityUnitRange) = r
"""
    Base.Slice(r)

The whole of a dimension, as `:` becomes it in a view.
"""
struct Slice{T<:AbstractUnitRange} <: AbstractUnitRange{Int}
    indices::T
end
Slice(s::Slice) = s
const OwnIndices = Union{IdentityUnitRange,Slice}
first(s::OwnIndices) = Int(first(s.indices))
last(s::OwnIndices) = Int(last(s.indices))
length(s::OwnIndices) = length(s.indices)
size(s::OwnIndices) = (length(s.indices),)
axes(s::OwnIndices) = (IdentityUnitRange(s.indices),)
axes(s::Union{Slice{<:OneTo},IdentityUnitRange{<:OneTo}}) = (s.indices,)
axes(s::OwnIndices, d::Integer) = d == 1 ? axes(s)[1] : OneTo(1)
eachindex(s::OwnIndices) = axes(s)[1]
keys(s::OwnIndices) = axes(s)[1]
firstindex(s::OwnIndices) = first(s)
lastindex(s::OwnIndices) = last(s)
getindex(s::OwnIndices, i::Integer) = first(s) <= i <= last(s) ? Int(i) : throw(BoundsError(s, i))
getindex(s::OwnIndices, i::Bool) = throw(ArgumentError("invalid index: $i of type Bool"))
function getindex(s::OwnIndices, r::AbstractUnitRange{<:Integer})
    eltype(r) === Bool && return range_of_mask(s, r)
    checkbounds(s, r)
    AbstractUnitRange{Int}(r)
end
function getindex(s::OwnIndices, r::OwnIndices)
    checkbounds(s, r)
    r
end
function getindex(s::OwnIndices, r::StepRange{<:Integer})
    eltype(r) === Bool && return range_of_mask(s, r)
    checkbounds(s, r)
    r
end
function getindex(s::OneTo, r::OwnIndices)
    checkbounds(s, r)
    r
end
show(io::IO, r::IdentityUnitRange) = print(io, "Base.IdentityUnitRange(", r.indices, ")")
show(io::IO, r::Slice) = print(io, "Base.Slice(", r.indices, ")")

## how the items of an array are reached fastest

IndexStyle(a::AbstractArray) = IndexStyle(typeof(a))
IndexStyle(::Type{Union{}}) = throw(ArgumentError("Union{} does not have an index style"))
IndexStyle(::Type{<:AbstractArray}) = IndexCartesian()
IndexStyle(::Type{<:AbstractRange}) = IndexLinear()
IndexStyle(a::AbstractArray, b::AbstractArray) = IndexStyle(IndexStyle(a), IndexStyle(b))
IndexStyle(a::AbstractArray, b::AbstractArray, more...) = IndexStyle(IndexStyle(a, b), IndexStyle(more...))
IndexStyle(::IndexLinear, ::IndexLinear) = IndexLinear()
IndexStyle(::IndexStyle, ::IndexStyle) = IndexCartesian()

## Cartesian indices

"An index of any kind that is one value; user code may make others."
abstract type AbstractCartesianIndex{N} end

"""
    CartesianIndex(i, j, ...)

An index of several dimensions, as one value.
"""
struct CartesianIndex{N} <: AbstractCartesianIndex{N}
    I::NTuple{N,Int}
    CartesianIndex{N}(t::NTuple{N,Int}) where {N} = new{N}(t)
    CartesianIndex{N}(t::NTuple{N,Integer}) where {N} = new{N}(map(Int, t))
end
CartesianIndex(t::Tuple{Vararg{Int,N}}) where {N} = CartesianIndex{N}(t)
CartesianIndex(t::Tuple{Vararg{Integer,N}}) where {N} = CartesianIndex{N}(map(Int, t))
CartesianIndex(is::Int...) = CartesianIndex{length(is)}(is)
CartesianIndex(is::Integer...) = CartesianIndex{length(is)}(map(Int, is))
CartesianIndex{N}(is::Vararg{Integer,N}) where {N} = CartesianIndex{N}(map(Int, is))
CartesianIndex{N}(is::Integer...) where {N} = cartesian_padded(CartesianIndex{N}, is)
function CartesianIndex{N}(t::Tuple{Vararg{Integer}}) where {N}
    length(t) <= N || throw(ArgumentError("input tuple of length $(length(t)), requested $N"))
    cartesian_padded(CartesianIndex{N}, t)
end
CartesianIndex{N}() where {N} = CartesianIndex{N}(ntuple(_ -> 1, N))
function cartesian_padded(::Type{CartesianIndex{N}}, is) where {N}
    length(is) > N && all(i -> i == 1, is[N+1:end]) || length(is) <= N ||
        throw(ArgumentError("Cannot convert to CartesianIndex{$N}"))
    CartesianIndex{N}(ntuple(d -> d <= length(is) ? Int(is[d]) : 1, N))
end
CartesianIndex(is::Union{Integer,CartesianIndex}...) = CartesianIndex(flat_indices(is))
CartesianIndex(i::CartesianIndex) = i
Tuple(i::CartesianIndex) = i.I
convert(::Type{T}, i::CartesianIndex{1}) where {T<:Number} = convert(T, i[1])
convert(::Type{T}, i::CartesianIndex) where {T<:Tuple} = convert(T, i.I)
getindex(i::CartesianIndex, d::Integer) = getfield(i, :I)[d]
firstindex(::CartesianIndex) = 1
lastindex(::CartesianIndex{N}) where {N} = N
setindex(i::CartesianIndex, x, d::Int) = CartesianIndex(setindex(i.I, x, d))
get(A::AbstractArray, I::CartesianIndex, default) = get(A, I.I, default)
eltype(::Type{<:CartesianIndex}) = Int
length(::CartesianIndex{N}) where {N} = N
length(::Type{CartesianIndex{N}}) where {N} = N
getindex(r::Ref, ::CartesianIndex{0}) = r[]
setindex!(r::Ref, x, ::CartesianIndex{0}) = (r[] = x; r)
getindex(a::Array, i::CartesianIndex{1}) = array_get(a, getfield(i, :I)[1])
getindex(a::Array, i::CartesianIndex) = array_at(a, getfield(i, :I))
array_at(a, is) = isempty(is) ? a[] : array_get(a, is...)
function getindex(a::Array, i::CartesianIndex{2})
    t = getfield(i, :I)
    array_get(a, t[1], t[2])
end
function setindex!(a::Array{T}, x, i::CartesianIndex{2}) where {T}
    t = getfield(i, :I)
    array_set(a, x isa T ? x : convert(T, x), t[1], t[2])
    a
end
iterate(::CartesianIndex) = error("iteration is deliberately unsupported for CartesianIndex. Use `I` rather than `I...`, or use `Tuple(I)...`")
==(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = a.I == b.I
isless(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = isless(reverse(a.I), reverse(b.I))
hash(i::CartesianIndex, h::UInt) = hash(i.I, h + 0x7a3f)
+(a::CartesianIndex) = a
+(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex(map(+, a.I, b.I))
-(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex(map(-, a.I, b.I))
-(a::CartesianIndex) = CartesianIndex(map(-, a.I))
*(n::Integer, a::CartesianIndex) = CartesianIndex(map(x -> n * x, a.I))
*(a::CartesianIndex, n::Integer) = n * a
min(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex(map(min, a.I, b.I))
max(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex(map(max, a.I, b.I))
zero(::CartesianIndex{N}) where {N} = zero(CartesianIndex{N})
zero(::Type{CartesianIndex{N}}) where {N} = CartesianIndex(ntuple(_ -> 0, N))
one(::Type{CartesianIndex{N}}) where {N} = CartesianIndex(ntuple(_ -> 1, N))
one(i::CartesianIndex) = one(typeof(i))
oneunit(::CartesianIndex{N}) where {N} = oneunit(CartesianIndex{N})
oneunit(::Type{CartesianIndex{N}}) where {N} = CartesianIndex(ntuple(_ -> 1, N))
iszero(i::CartesianIndex) = all(iszero, i.I)
abs(i::CartesianIndex) = CartesianIndex(map(abs, i.I))
show(io::IO, i::CartesianIndex) = (print(io, "CartesianIndex("); join(io, i.I, ", "); print(io, ")"))

# indices with CartesianIndex taken apart
flat_indices(is::Tuple{Vararg{Union{Integer,Colon,AbstractRange}}}) = is
function flat_indices(is::Tuple)
    any(i -> i isa CartesianIndex, is) || return is
    out = ()
    for i in is
        out = i isa CartesianIndex ? (out..., i.I...) : (out..., i)
    end
    out
end

"""
    CartesianIndices(a)
    CartesianIndices(dims)

All indices of an array, first dimension fastest.
"""
struct CartesianIndices{N,R<:NTuple{N,OrdinalRange{Int,Int}}} <: AbstractArray{CartesianIndex{N},N}
    indices::R
end
CartesianIndices(::Tuple{}) = CartesianIndices{0,Tuple{}}(())
CartesianIndices(t::NTuple{N,Union{Integer,OrdinalRange{<:Integer,<:Integer}}}) where {N} =
    (r = map(index_range, t); CartesianIndices{N,typeof(r)}(r))
CartesianIndices(i::CartesianIndex) = CartesianIndices(i.I)
CartesianIndices(a::AbstractArray) = CartesianIndices(axes(a))
CartesianIndices(x) = CartesianIndices(axes(x))
index_range(n::Integer) = OneTo(Int(n))
index_range(r::OneTo{Int}) = r
index_range(r::OneTo) = OneTo{Int}(Int(r.stop))
index_range(r::OwnIndices) = r
index_range(r::AbstractUnitRange{Int}) = r
index_range(r::AbstractUnitRange) = Int(first(r)):Int(last(r))
index_range(r::OrdinalRange{Int,Int}) = r
index_range(r::OrdinalRange) = Int(first(r)):Int(step(r)):Int(last(r))
(::Colon)(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndices(map((i, j) -> i:j, a.I, b.I))
(::Colon)(a::CartesianIndex{N}, s::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndices(map((i, s, j) -> i:s:j, a.I, s.I, b.I))

size(c::CartesianIndices) = map(length, c.indices)
length(c::CartesianIndices) = prod_dims(size(c))
axes(c::CartesianIndices) = map(r -> axes(r, 1), c.indices)
axes(c::CartesianIndices{N,<:NTuple{N,OneTo}}) where {N} = c.indices
IndexStyle(::Type{<:CartesianIndices}) = IndexCartesian()
eachindex(c::CartesianIndices) = CartesianIndices(axes(c))
first(c::CartesianIndices) = CartesianIndex(map(first, c.indices))
last(c::CartesianIndices) = CartesianIndex(map(last, c.indices))
step(c::CartesianIndices) = CartesianIndex(map(step, c.indices))
function isempty(c::CartesianIndices)
    for r in c.indices
        isempty(r) && return true
    end
    false
end
function iterate(c::CartesianIndices{N}) where {N}
    for r in c.indices
        isempty(r) && return nothing
    end
    i = CartesianIndex{N}(map(first, c.indices))
    (i, i)
end
# Whether i comes before j in the direction of r.
is_before(i, j, r) = i < j
is_before(i, j, r::OrdinalRange) = step(r) > 0 ? i < j : i > j
function iterate(c::CartesianIndices{2}, s)
    i, j = getfield(s, :I)
    r1, r2 = c.indices
    if is_before(i, last(r1), r1)
        t = CartesianIndex{2}((i + step(r1), j))
        return (t, t)
    end
    is_before(j, last(r2), r2) || return nothing
    t = CartesianIndex{2}((first(r1), j + step(r2)))
    (t, t)
end
function iterate(c::CartesianIndices{N}, s) where {N}
    I = s.I
    n = cartesian_next(c.indices, I)
    n === nothing && return nothing
    n isa Tuple && (t = CartesianIndex{N}(n); return (t, t))
    for d in 1:N
        r = c.indices[d]
        if is_before(I[d], last(r), r)
            t = CartesianIndex{N}(ntuple(k -> k < d ? first(c.indices[k]) : k == d ? I[k] + step(r) : I[k], N))
            return (t, t)
        end
    end
    nothing
end
getindex(c::CartesianIndices{0}) = CartesianIndex()
getindex(c::CartesianIndices{N}, i::Vararg{Int,N}) where {N} = cartesian_at(c, i)
getindex(c::CartesianIndices{1}, i::Int) = cartesian_at(c, (i,))
function cartesian_at(c::CartesianIndices{N}, i) where {N}
    checkbounds(c, i...)
    CartesianIndex{N}(map((r, k) -> r[k], c.indices, i))
end
getindex(c::CartesianIndices{N}, i::CartesianIndex{N}) where {N} = c[i.I...]
getindex(c::CartesianIndices{N}, is::Vararg{Union{OrdinalRange{<:Integer,<:Integer},Colon},N}) where {N} =
    CartesianIndices(map((r, i) -> r[i], c.indices, is))
getindex(c::CartesianIndices{N}, d::CartesianIndices{N}) where {N} = CartesianIndices(map((r, i) -> r[i], c.indices, d.indices))
view(c::CartesianIndices{N}, is::Vararg{Union{OrdinalRange{<:Integer,<:Integer},Colon},N}) where {N} = c[is...]
in(x, c::CartesianIndices) = false
in(i::CartesianIndex, c::CartesianIndices) = false
in(i::CartesianIndex{N}, c::CartesianIndices{N}) where {N} = all(map(in, i.I, c.indices))
reverse(c::CartesianIndices; dims=:) = dims === (:) ? CartesianIndices(map(reverse, c.indices)) :
    CartesianIndices(ntuple(d -> d in dims ? reverse(c.indices[d]) : c.indices[d], ndims(c)))
==(a::CartesianIndices{N}, b::CartesianIndices{N}) where {N} = all(map(==, a.indices, b.indices))
==(a::CartesianIndices, b::CartesianIndices) = false
intersect(a::CartesianIndices{N}, b::CartesianIndices{N}) where {N} = CartesianIndices(map(intersect, a.indices, b.indices))
issubset(a::CartesianIndices{N}, b::CartesianIndices{N}) where {N} = isempty(a) || all(map(issubset, a.indices, b.indices))
+(c::CartesianIndices{N}, i::CartesianIndex{N}) where {N} = CartesianIndices(map((r, k) -> shifted_range(r, k), c.indices, i.I))
+(i::CartesianIndex{N}, c::CartesianIndices{N}) where {N} = c + i
-(c::CartesianIndices{N}, i::CartesianIndex{N}) where {N} = c + (-i)
show(io::IO, c::CartesianIndices) = (print(io, "CartesianIndices("); show(io, map(shown_axis, c.indices)); print(io, ")"))
shown_axis(r) = r
shown_axis(r::OneTo) = Int(last(r))
show(io::IO, ::MIME"text/plain", c::CartesianIndices) = show_indices_plain(io, c)
function show_indices_plain(io, c)
    print(io, typeof(c).name.name, "(")
    show(io, map(shown_axis, c.indices))
    print(io, ")")
end

# The place of a linear index, in axes or sizes.
function ind2sub(dims, i::Int)
    k = i - 1
    n = length(dims)
    n == 2 && return ind2sub2(dims[1], dims[2], k)
    ntuple(n) do d
        m = to_dim(dims[d])
        j = d == n ? k : rem(k, m)
        k = m == 0 ? 0 : div(k, m)
        j + axis_first(dims[d])
    end
end
function ind2sub2(p, q, k)
    m = to_dim(p)
    m == 0 && return (k + axis_first(p), axis_first(q))
    (rem(k, m) + axis_first(p), div(k, m) + axis_first(q))
end
axis_first(::Integer) = 1
axis_first(r::AbstractUnitRange) = Int(first(r))
# The linear index of a place.
function sub2ind(inds, I)
    k = 0
    m = 1
    for d in 1:length(I)
        if d <= length(inds)
            r = inds[d]
            k += (I[d] - axis_first(r)) * m
            m *= to_dim(r)
        end
    end
    k + 1
end
_sub2ind(inds::Tuple, I::Integer...) = sub2ind(inds, I)
_sub2ind(inds::Tuple{AbstractUnitRange}, i::Integer) = inds[1] isa OneTo ? Int(i) : no_linear_index()
_ind2sub(inds::Tuple{AbstractUnitRange}, i::Integer) = inds[1] isa OneTo ? (Int(i),) : no_linear_index()
no_linear_index() = throw(ArgumentError("Linear indexing is not defined for one-dimensional arrays"))
_sub2ind(a::AbstractArray, I::Integer...) = sub2ind(axes(a), I)
_ind2sub(inds::Tuple, i::Integer) = ind2sub(inds, Int(i))
_ind2sub(a::AbstractArray, i::Integer) = ind2sub(axes(a), Int(i))

"""
    LinearIndices(a)

From indices of several dimensions to those of one.
"""
struct LinearIndices{N,R<:NTuple{N,AbstractUnitRange{Int}}} <: AbstractArray{Int,N}
    indices::R
end
LinearIndices(::Tuple{}) = LinearIndices{0,Tuple{}}(())
LinearIndices(t::NTuple{N,Union{Integer,AbstractUnitRange{<:Integer}}}) where {N} = (r = map(index_range, t); LinearIndices{N,typeof(r)}(r))
LinearIndices(a::Union{AbstractArray,Tuple}) = LinearIndices(axes(a))
LinearIndices(x) = LinearIndices(axes(x))
size(l::LinearIndices) = map(length, l.indices)
axes(l::LinearIndices) = map(r -> axes(r, 1), l.indices)
IndexStyle(::Type{<:LinearIndices}) = IndexLinear()
getindex(l::LinearIndices{0}) = 1
getindex(l::LinearIndices, i::Int) = (checkbounds(l, i); i)
function getindex(l::LinearIndices{N,<:NTuple{N,OneTo{Int}}}, i::Int, j::Int, more::Int...) where {N}
    is = (i, j, more...)
    length(is) == N || return get_scalar(l, is)
    k = dims_place(size(l), is)
    k == 0 ? throw_boundserror(l, is) : k
end
getindex(l::LinearIndices, r::AbstractRange{<:Integer}) = (checkbounds(l, r); r isa AbstractUnitRange ? (Int(first(r)):Int(last(r))) : r)
getindex(l::LinearIndices{1}, r::AbstractRange{<:Integer}) = l.indices[1][r]
getindex(l::LinearIndices{1}, i::CartesianIndex{1}) = l[i[1]]
iterate(l::LinearIndices) = (r = first(l):last(l); isempty(r) ? nothing : (first(r), first(r)))
iterate(l::LinearIndices, i::Int) = i >= last(l) ? nothing : (i + 1, i + 1)
first(l::LinearIndices) = 1
first(l::LinearIndices{1}) = first(axes(l.indices[1], 1))
last(l::LinearIndices) = length(l)
last(l::LinearIndices{1}) = last(axes(l.indices[1], 1))
in(i::Integer, l::LinearIndices) = first(l) <= i <= last(l)
convert(::Type{LinearIndices{N,R}}, l::LinearIndices{N}) where {N,R} = LinearIndices{N,R}(convert(R, l.indices))
promote_rule(::Type{LinearIndices{N,R1}}, ::Type{LinearIndices{N,R2}}) where {N,R1,R2} = LinearIndices{N,promote_indices(R1, R2)}
convert(::Type{T}, c::CartesianIndices) where {T<:Tuple} = convert(T, c.indices)
convert(::Type{CartesianIndices{N,R}}, c::CartesianIndices{N}) where {N,R} = CartesianIndices{N,R}(convert(R, c.indices))
promote_rule(::Type{CartesianIndices{N,R1}}, ::Type{CartesianIndices{N,R2}}) where {N,R1,R2} = CartesianIndices{N,promote_indices(R1, R2)}
promote_indices(R1, R2) = Tuple{map(promote_type, fieldtypes(R1), fieldtypes(R2))...}
show(io::IO, l::LinearIndices) = show_indices_linear(io, l)
show_indices_linear(io, l) = invoke(show, Tuple{IO,AbstractArray}, io, l)

## bounds

"""
    checkbounds([Bool,] a, i...)

Whether the indices are inside `a`; without `Bool` a BoundsError if not.
"""
function checkbounds(a::AbstractArray, is...)
    checkbounds(Bool, a, is...) || throw_boundserror(a, is)
    nothing
end
throw_boundserror(a, is) = throw(BoundsError(a, is))
checkbounds(a::Array, i::Int) = 0 < i <= length(a) ? nothing : throw_boundserror(a, (i,))
checkbounds(a::Array, r::UnitRange{Int}) = r.start > r.stop || (1 <= r.start) & (r.stop <= length(a)) ? nothing : throw_boundserror(a, (r,))
checkbounds(a::Matrix, i::Int, j::Int) = checkbounds(Bool, a, i, j) ? nothing : throw_boundserror(a, (i, j))
checkbounds(::Type{Bool}, a::Matrix, i::Int, j::Int) = 0 < i <= array_size(a, 1) && 0 < j <= array_size(a, 2)
checkbounds(::Type{Bool}, a::AbstractArray, i) = checkindex(Bool, eachindex(IndexLinear(), a), i)
checkbounds(::Type{Bool}, a::AbstractVector, i::Int) = i in axes(a, 1)
checkbounds(::Type{Bool}, a::AbstractArray, is...) = checkbounds_indices(Bool, axes(a), is)
checkbounds(::Type{Bool}, a::AbstractArray, i::AbstractArray{Bool}) = axes(a) == axes(i)
checkbounds(::Type{Bool}, a::AbstractArray, i::AbstractVector{Bool}) = eachindex(IndexLinear(), a) == eachindex(IndexLinear(), i)
checkbounds(::Type{Bool}, a::AbstractArray, i::Union{CartesianIndex,AbstractArray{<:CartesianIndex}}) = checkbounds_indices(Bool, axes(a), (i,))

"""
    checkbounds_indices(Bool, axes, I)

Whether the indices `I` are inside `axes`.
"""
function checkbounds_indices(::Type{Bool}, inds::Tuple{Any,Any}, I::Tuple{Int,Int})
    I[1] in inds[1] && I[2] in inds[2]
end
checkbounds_indices(::Type{Bool}, ::Tuple{}, ::Tuple{}) = true
function checkbounds_indices(::Type{Bool}, inds::Tuple, I::Tuple)
    d = 0
    n = length(inds)
    for i in I
        if i isa CartesianIndex
            for k in i.I
                d += 1
                checkindex(Bool, d <= n ? inds[d] : OneTo(1), k) || return false
            end
        elseif i isa AbstractArray && (eltype(i) <: CartesianIndex || eltype(i) <: Bool)
            m = index_ndims_of(i)
            part = ntuple(k -> d + k <= n ? inds[d+k] : OneTo(1), m)
            m == 1 ? (checkindex(Bool, part[1], i) || return false) : (checkindex(Bool, part, i) || return false)
            d += m
        else
            d += 1
            checkindex(Bool, d <= n ? inds[d] : OneTo(1), i) || return false
        end
    end
    for k in d+1:n
        length(inds[k]) == 1 || return false
    end
    true
end
# How many dimensions an index of an array stands for.
index_ndims_of(i) = 1
index_ndims_of(i::AbstractArray{CartesianIndex{N}}) where {N} = N
index_ndims_of(i::AbstractArray{Bool,N}) where {N} = N
index_ndims_of(i::CartesianIndex{N}) where {N} = N
index_ndims(i1, is...) = (ntuple(_ -> true, index_ndims_of(i1))..., index_ndims(is...)...)
index_ndims() = ()

"""
    checkindex(Bool, axis, i)

Whether `i` is inside the axis.
"""
checkindex(::Type{Bool}, inds, i) = throw(ArgumentError(string("unable to check bounds for indices of type ", typeof(i))))
checkindex(::Type{Bool}, inds::AbstractUnitRange, i::Real) = (first(inds) <= i) & (i <= last(inds))
checkindex(::Type{Bool}, inds::IdentityUnitRange, i::Real) = (first(inds) <= i) & (i <= last(inds))
checkindex(::Type{Bool}, inds::AbstractUnitRange, ::Colon) = true
checkindex(::Type{Bool}, inds::AbstractUnitRange, ::Slice) = true
checkindex(::Type{Bool}, inds::AbstractUnitRange, r::AbstractRange) = isempty(r) || (checkindex(Bool, inds, first(r)) && checkindex(Bool, inds, last(r)))
checkindex(::Type{Bool}, inds::OneTo{Int}, r::UnitRange{Int}) = r.start > r.stop || (1 <= r.start) & (r.stop <= inds.stop)
checkindex(::Type{Bool}, inds::AbstractUnitRange, m::AbstractVector{Bool}) = inds == axes(m, 1)
checkindex(::Type{Bool}, inds::AbstractUnitRange, m::AbstractRange{Bool}) = inds == axes(m, 1)
checkindex(::Type{Bool}, inds::AbstractUnitRange, m::AbstractArray{Bool}) = false
checkindex(::Type{Bool}, inds::Tuple, i::CartesianIndex) = checkbounds_indices(Bool, inds, i.I)
checkindex(::Type{Bool}, inds::Tuple, c::CartesianIndices) = isempty(c) || (checkindex(Bool, inds, first(c)) && checkindex(Bool, inds, last(c)))
checkindex(::Type{Bool}, inds::Tuple, m::AbstractArray{Bool}) = inds == axes(m)
function checkindex(::Type{Bool}, inds::Union{Tuple,AbstractUnitRange}, v::AbstractArray)
    for i in v
        checkindex(Bool, inds, i) || return false
    end
    true
end
checkindex(::Type{Bool}, inds::AbstractUnitRange, i::CartesianIndex{1}) = checkindex(Bool, inds, i[1])

## what stands in a[...]

"""
    Base.LogicalIndex(mask)

The places where a mask is true, as indices.
"""
struct LogicalIndex{T,A<:AbstractArray{Bool}} <: AbstractVector{T}
    mask::A
    sum::Int
    LogicalIndex{T,A}(mask::A) where {T,A<:AbstractArray{Bool}} = new(mask, count(mask))
end
LogicalIndex(mask::AbstractVector{Bool}) = LogicalIndex{Int,typeof(mask)}(mask)
LogicalIndex(mask::AbstractArray{Bool,N}) where {N} = LogicalIndex{CartesianIndex{N},typeof(mask)}(mask)
LogicalIndex{Int}(mask::AbstractArray) = LogicalIndex{Int,typeof(mask)}(mask)
size(l::LogicalIndex) = (l.sum,)
length(l::LogicalIndex) = l.sum
getindex(l::LogicalIndex, i::Int) = collect(l)[i]
collect(l::LogicalIndex{Int}) = l.mask isa AbstractVector ? findall(l.mask) : findall(vec(l.mask))
collect(l::LogicalIndex) = findall(l.mask)
iterate(l::LogicalIndex) = (v = collect(l); isempty(v) ? nothing : (v[1], (v, 2)))
iterate(l::LogicalIndex, s) = s[2] > length(s[1]) ? nothing : (s[1][s[2]], (s[1], s[2] + 1))
show(io::IO, l::LogicalIndex) = print(io, "Base.LogicalIndex(", l.mask, ")")
index_ndims_of(i::LogicalIndex{CartesianIndex{N}}) where {N} = N
checkbounds(::Type{Bool}, a::AbstractArray, l::LogicalIndex{<:Any,<:AbstractArray{Bool,1}}) = eachindex(IndexLinear(), a) == eachindex(IndexLinear(), l.mask)
checkbounds(::Type{Bool}, a::AbstractArray, l::LogicalIndex) = axes(a) == axes(l.mask)
checkindex(::Type{Bool}, inds::AbstractUnitRange, l::LogicalIndex) = checkindex(Bool, inds, l.mask)
checkindex(::Type{Bool}, inds::Tuple, l::LogicalIndex) = checkindex(Bool, inds, l.mask)

"""
    Base.to_index(A, i)
    Base.to_index(i)

An index as an Int or an array of indices; methods of it let types be indices.
"""
to_index(a, i) = to_index(i)
to_index(i::Int) = i
to_index(i::Integer) = Int(i)
to_index(i::Bool) = throw(ArgumentError("invalid index: $i of type Bool"))
to_index(i::AbstractArray{Bool}) = LogicalIndex(i)
to_index(i::AbstractArray) = i
to_index(i::AbstractArray{Union{}}) = i
to_index(i::AbstractArray{<:Union{AbstractArray,Colon}}) = throw(ArgumentError(string("invalid index: ", limitrepr(i), " of type ", typeof(i))))
to_index(::Colon) = throw(ArgumentError("colons must be converted by to_indices(...)"))
to_index(i::CartesianIndex) = i
to_index(i) = throw(ArgumentError(string("invalid index: ", limitrepr(i), " of type ", typeof(i))))

"""
    to_indices(A, I)

The indices `I` of `A`, each an Int or an array of indices: a `:` becomes the whole
axis, a mask the places where it is true, a `CartesianIndex` its parts.
"""
to_indices(a, I::Tuple{}) = ()
to_indices(a, I::Tuple{Vararg{Int}}) = I
to_indices(a, I::Tuple{Vararg{Integer}}) = map(i -> to_index(a, i), I)
to_indices(a, I::Tuple) = to_indices(a, axes(a), I)
to_indices(a, I::Tuple{Any}) = to_indices(a, (eachindex(IndexLinear(), a),), I)
to_indices(a, I::Tuple{AbstractArray{Bool}}) = I[1] isa AbstractVector ? (to_index(a, I[1]),) : IndexStyle(a) isa IndexLinear ? (LogicalIndex{Int}(I[1]),) : (to_index(a, I[1]),)
to_indices(a, I::Tuple{Union{CartesianIndex,AbstractArray{<:CartesianIndex}}}) = to_indices(a, axes(a), I)
function to_indices(a, inds, I::Tuple)
    d = 0
    n = length(inds)
    flat = true
    js = map(I) do i
        if i isa Colon
            d += 1
            return Slice(d <= n ? inds[d] : OneTo(1))
        end
        x = i isa Int ? i : i isa CartesianIndices && ndims(i) > 0 ? i.indices : to_index(a, i)
        x isa CartesianIndex && (x = x.I)
        x isa Tuple ? (d += length(x); flat = false) : (d += index_ndims_of(x))
        x
    end
    flat ? js : tuple_concat(map(x -> x isa Tuple ? x : (x,), js))
end
to_dim(n::Integer) = Int(n)
to_dim(r::AbstractUnitRange) = length(r)
