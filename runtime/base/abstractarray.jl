# What all arrays have: sizes, indices, access, comparison.

## sizes and indices

ndims(::AbstractArray{T,N}) where {T,N} = N
ndims(::Type{<:AbstractArray{T,N}}) where {T,N} = N
size(a::AbstractArray{T,N}, d) where {T,N} = d::Integer <= N ? size(a)[d] : 1
size(x, d1::Integer, d2::Integer, ds::Integer...) = map(d -> size(x, d), (d1, d2, ds...))
size(x, ds::Tuple{Vararg{Integer}}) = map(d -> size(x, d), ds)
size(a::AbstractArray{T,N}, ds::Tuple{Vararg{Integer}}) where {T,N} = map(d -> size(a, d), ds)
size(a::AbstractArray, d1::Integer, d2::Integer, ds::Integer...) = map(d -> size(a, d), (d1, d2, ds...))
axes(a::AbstractArray) = axes_of_size(size(a))
axes(a) = axes_of_size(size(a))
axes_of_size(dims) = map(OneTo, dims)
axes_of_size(dims::Tuple{Vararg{Int}}) = dims_axes(OneTo{Int}, dims)
axes(a::Array) = dims_axes(OneTo{Int}, array_dims(a))
axes(a::AbstractArray{T,N}, d) where {T,N} = d::Integer <= N ? axes(a)[d] : OneTo(1)
axes(a::Array, d::Integer) = d >= 1 ? OneTo{Int}(array_size(a, Int(d))) : axes(a)[d]
axes1(a::AbstractArray{T,0}) where {T} = OneTo(1)
axes1(a::AbstractArray) = axes(a)[1]
axes1(x) = axes(x)[1]
length(a::AbstractArray) = prod_dims(size(a))
function prod_dims(dims)
    n = 1
    for d in dims
        n *= d
    end
    n
end
isempty(a::AbstractArray) = length(a) == 0
"""
    isempty(collection)

Whether there are no items.
"""
function isempty(itr)
    d = isdone(itr)
    d === missing ? iterate(itr) === nothing : d
end
firstindex(a::AbstractArray) = first(eachindex(IndexLinear(), a))
lastindex(a::AbstractArray) = last(eachindex(IndexLinear(), a))
firstindex(a, d) = first(axes(a, d))
lastindex(a, d) = last(axes(a, d))
lastindex(a::Array) = array_length(a)
firstindex(a::Array) = 1
"""
    eachindex(a...)

The indices of `a`, in the order that is fastest to walk.
"""
eachindex(a::Array) = OneTo(array_length(a))
eachindex(a::AbstractVector) = axes(a, 1)
eachindex(a::AbstractArray) = eachindex(IndexStyle(a), a)
eachindex(::IndexLinear, a::AbstractArray) = OneTo(length(a))
eachindex(::IndexLinear, a::AbstractVector) = axes(a, 1)
eachindex(::IndexLinear, a::Array) = OneTo(array_length(a))
eachindex(::IndexCartesian, a::AbstractArray) = CartesianIndices(axes(a))
eachindex(a::AbstractArray, b::AbstractArray, more::AbstractArray...) = eachindex(IndexStyle(a, b, more...), a, b, more...)
function eachindex(s::IndexLinear, a::AbstractArray, more::AbstractArray...)
    ks = eachindex(s, a)
    all(b -> eachindex(s, b) == ks, more) || throw_eachindex_mismatch(s, a, more...)
    ks
end
function eachindex(s::IndexCartesian, a::AbstractArray, more::AbstractArray...)
    ks = axes(a)
    all(b -> axes(b) == ks, more) || throw_eachindex_mismatch(s, a, more...)
    CartesianIndices(ks)
end
throw_eachindex_mismatch(s::IndexLinear, xs...) = throw(DimensionMismatch(string("all inputs to eachindex must have the same indices, got ", join(map(a -> eachindex(s, a), xs), ", ", " and "))))
throw_eachindex_mismatch(::IndexCartesian, xs...) = throw(DimensionMismatch(string("all inputs to eachindex must have the same axes, got ", join(map(axes, xs), ", ", " and "))))
eachindex(itr) = keys(itr)
keys(a::AbstractVector) = LinearIndices(a)
keys(a::Vector) = LinearIndices{1,Tuple{OneTo{Int}}}((OneTo(length(a)),))
keys(a::AbstractArray) = CartesianIndices(axes(a))
haskey(a::AbstractArray, i) = checkbounds(Bool, a, i)
stride(a::DenseArray, d::Integer) = (n = 1; for k in 1:d-1; n *= size(a, k); end; n)
function stride(a::AbstractArray, d::Integer)
    ps = strides(a)
    d <= ndims(a) ? ps[d] : ndims(a) == 0 ? 1 : sum(map(*, ps, size(a)))
end
strides(a::DenseArray) = ntuple(d -> prod_dims(size(a)[1:d-1]), ndims(a))
first(a::AbstractArray) = a[first(eachindex(a))]
last(a::AbstractArray) = a[last(eachindex(a))]
"""
    first(itr[, n])

The first item (or the first `n`).
"""
function first(itr)
    y = iterate(itr)
    y === nothing && throw(ArgumentError("collection must be non-empty"))
    y[1]
end
first(itr, n::Integer) = collect(Iterators.take(itr, n))
first(v::AbstractVector, n::Integer) = n < 0 ? throw_negative_number() : v[range(firstindex(v), length=min(n, checked_length(v)))]
throw_negative_number() = throw(ArgumentError("Number of elements must be non-negative"))
"""
    last(itr[, n])

The last item (or the last `n`).
"""
last(itr) = itr[end]
last(v::AbstractVector, n::Integer) = n < 0 ? throw_negative_number() : v[range(stop=lastindex(v), length=min(n, checked_length(v)))]
last(itr, n::Integer) = n < 0 ? throw_negative_number() : (v = collect(itr); v[max(1, length(v) - n + 1):end])

## indexing of any array

getindex(a::AbstractArray) = array_only_item(a)
array_only_item(a) = length(a) == 1 ? a[first(eachindex(IndexLinear(), a))] : throw(BoundsError(a, ()))
getindex(a::AbstractArray{T,0}) where {T} = throw(CanonicalIndexError("getindex", typeof(a)))
function getindex(a::AbstractArray, is...)
    is_canonical(a, is) && throw(CanonicalIndexError("getindex", typeof(a)))
    is isa Tuple{CartesianIndex} && length(is[1]) == ndims(a) && ndims(a) > 0 && return a[is[1].I...]
    is isa Tuple{Vararg{Union{Int,CartesianIndex}}} && !(is isa Tuple{Vararg{Int}}) && length(is) > 1 && return a[flat_index(is)...]
    if a isa NumberView && is isa Tuple{Vararg{Union{Int,Colon,OrdinalRange{Int,Int}}}} && !(is isa Tuple{Vararg{Int}})
        part = in_one_piece(view(a, is...))
        part isa Array && return part
    end
    js = to_indices(a, is)
    js isa Tuple{Vararg{Int}} && return get_scalar(a, js)
    a isa Array && return get_array(a, js)
    checkbounds(a, js...)
    _unsafe_getindex(IndexStyle(a), a, js...)
end
_unsafe_getindex(::IndexStyle, a::AbstractArray, js...) = get_part(a, js)
# Indices with which a part of an Array is read and written by one call.
const PlainIndex = Union{Int64,Colon,UnitRange{Int64},OneTo{Int64},StepRange{Int64,Int64},Vector{Int64}}
getindex(a::Array, i::CartesianIndex, is::Union{Int,CartesianIndex}...) = a[flat_index((i, is...))...]
getindex(a::Array, i::Int, j::CartesianIndex, is::Union{Int,CartesianIndex}...) = a[flat_index((i, j, is...))...]
flat_index(is) = tuple_concat(map(i -> i isa Int ? (i,) : i.I, is))
function getindex(a::Array, i::PlainIndex, j::PlainIndex, more::PlainIndex...)
    part = array_part(a, i, j, more...)
    part === nothing || return part
    js = to_indices(a, (i, j, more...))
    js isa Tuple{Vararg{Int}} ? get_scalar(a, js) : get_array(a, js)
end
function setindex!(a::Array{T}, v::Array, i::PlainIndex, j::PlainIndex, more::PlainIndex...) where {T}
    w = v isa Array{T} ? v : part_of(a, v)
    array_set_part(a, w, i, j, more...) || set_array!(a, v, to_indices(a, (i, j, more...)))
    a
end
setindex!(a::Array{T}, v::Array, i::Int64, j::Int64, more::Int64...) where {T} = (set_scalar!(a, v, (i, j, more...)); a)
getindex(a::Vector, r::StepRange{Int64,Int64}) = (part = array_part(a, r); part === nothing ? get_array(a, (r,)) : part)
function setindex!(a::Array{T}, v::Array, i::Union{Colon,UnitRange{Int64},StepRange{Int64,Int64}}) where {T}
    w = v isa Array{T} ? v : part_of(a, v)
    array_set_part(a, w, i) || set_array!(a, v, to_indices(a, (i,)))
    a
end
# Numbers as a keeps them; what else is to be stored is converted item by item.
part_of(a, v) = v
part_of(a::Array{T}, v::Array{S,N}) where {T<:Union{Real,Complex{<:Union{Float64,Float32}}},S<:Real,N} = convert(Array{T,N}, v)
# Whether an array type was expected to have a method of its own for these indices.
is_canonical(a, is) = IndexStyle(a) isa IndexLinear ? is isa Tuple{Int} : is isa Tuple{Vararg{Int}} && length(is) == ndims(a)

get_scalar(a::Array, js) = array_get(a, js...)
get_scalar(a::AbstractArray, js::Tuple{}) = a[]
get_scalar(a::Array, js::Tuple{}) = a[]
get_scalar(a::AbstractArray, js) = get_scalar(IndexStyle(a), a, js)
function get_scalar(::IndexLinear, a, js)
    length(js) == 1 && return a[js[1]]
    checkbounds(a, js...)
    a[linear_index(a, js)]
end
function get_scalar(::IndexCartesian, a, js)
    length(js) == ndims(a) && return a[js...]
    checkbounds(a, js...)
    a[subscripts(a, js)...]
end
linear_index(a::AbstractVector, js) = js[1]
linear_index(a::AbstractArray, js) = sub2ind(axes(a), js)
# One Int for each dimension.
function subscripts(a, js)
    N = ndims(a)
    n = length(js)
    n == 1 && return ind2sub(axes(a), js[1])
    n >= N && return js[1:N]
    ntuple(d -> d <= n ? js[d] : first(axes(a, d)), N)
end

"""
    Base.index_shape(I...)

The axes of `a[I...]`.
"""
index_shape() = ()
index_shape(is...) = tuple_concat(map(index_axes, is))
index_axes(i::Real) = ()
index_axes(i::AbstractArray) = axes(i)
index_axes(i::LogicalIndex) = (OneTo(i.sum),)
ready_index(i) = i
# Ranges as vectors, for the machine's own loops.
index_list(i) = i
index_list(r::AbstractUnitRange) = array_iota(length(r), Int(first(r)), 1)
index_list(r::OrdinalRange{<:Integer}) = array_iota(length(r), Int(first(r)), Int(step(r)))
ready_index(i::LogicalIndex) = collect(i)
get_array(a::AbstractArray, js) = (checkbounds(a, js...); get_part(a, js))
function get_part(a, js)
    shape = index_shape(js...)
    out = similar(a, eltype(a), shape)
    axes(out) == shape || check_same_axes(out, shape)
    is = map(ready_index, js)
    a isa Array && out isa Array && array_gather_nd(out, a, map(index_list, is)...) && return out
    gather!(out, a, is)
end
check_same_axes(out, shape) = map(length, axes(out)) == map(length, shape) || throw(DimensionMismatch(string("output array is the wrong size; expected ", shape, ", got ", axes(out))))
function gather!(out, a, is)
    ks = eachindex(out)
    y = iterate(ks)
    n = length(is)
    if n == 1
        for i in is[1]
            out[y[1]] = a[i]
            y = iterate(ks, y[2])
        end
    elseif n == 2
        for j in is[2], i in is[1]
            out[y[1]] = a[i, j]
            y = iterate(ks, y[2])
        end
    else
        for t in Iterators.product(is...)
            out[y[1]] = a[t...]
            y = iterate(ks, y[2])
        end
    end
    out
end

setindex!(a::AbstractArray, v) = (length(a) == 1 || throw(BoundsError(a, ())); a[first(eachindex(IndexLinear(), a))] = v; a)
setindex!(a::AbstractArray{T,0}, v) where {T} = throw(CanonicalIndexError("setindex!", typeof(a)))
function setindex!(a::AbstractArray, v, is...)
    is_canonical(a, is) && throw(CanonicalIndexError("setindex!", typeof(a)))
    js = to_indices(a, is)
    js isa Tuple{Vararg{Int}} ? set_scalar!(a, v, js) : set_array!(a, v, js)
    a
end
set_scalar!(a::Array{T}, v, js) where {T} = (array_set(a, v isa T ? v : convert(T, v), js...); a)
set_scalar!(a::AbstractArray, v, js) = set_scalar!(IndexStyle(a), a, v, js)
set_scalar!(a::AbstractArray, v, js::Tuple{}) = (a[] = v; a)
set_scalar!(a::Array{T}, v, js::Tuple{}) where {T} = (a[] = v; a)
function set_scalar!(::IndexLinear, a, v, js)
    length(js) == 1 && return a[js[1]] = v
    checkbounds(a, js...)
    a[linear_index(a, js)] = v
end
function set_scalar!(::IndexCartesian, a, v, js)
    length(js) == ndims(a) && return a[js...] = v
    checkbounds(a, js...)
    a[subscripts(a, js)...] = v
end
function set_array!(a::AbstractArray, v, js)
    checkbounds(a, js...)
    v isa AbstractArray || throw(ArgumentError("indexed assignment with a single value to possibly many locations is not supported; perhaps use broadcasting `.=` instead?"))
    is = map(ready_index, js)
    setindex_shape_check(v, map(length, is)...)
    src = mightalias(a, v) ? copy(v) : v
    if any(i -> i isa AbstractArray && mightalias(a, i), is)
        is = map(i -> i isa AbstractArray && mightalias(a, i) ? copy(i) : i, is)
    end
    a isa Array && src isa Array && eltype(a) === eltype(src) && array_scatter_nd(a, src, map(index_list, is)...) && return a
    scatter!(a, src, is)
end
function scatter!(a, src, is)
    y = iterate(src)
    n = length(is)
    if n == 1
        for i in is[1]
            a[i] = y[1]
            y = iterate(src, y[2])
        end
    elseif n == 2
        for j in is[2], i in is[1]
            a[i, j] = y[1]
            y = iterate(src, y[2])
        end
    else
        for t in Iterators.product(is...)
            a[t...] = y[1]
            y = iterate(src, y[2])
        end
    end
    a
end
"""
    Base.setindex_shape_check(x, n...)

A DimensionMismatch unless `x` can be stored in a place of sizes `n`.
"""
function setindex_shape_check(x::AbstractArray, dims::Integer...)
    n = 1
    for d in dims
        n *= d
    end
    if ndims(x) == 1 || length(dims) == 1
        length(x) == n || throw_setindex_mismatch(x, dims)
        return nothing
    end
    fits_shape(x, n, dims) || throw_setindex_mismatch(x, dims)
    nothing
end
# A row may fill a matrix; else the dimensions must agree, those of 1 apart.
fits_shape(x, n, dims) = filter(!=(1), size(x)) == filter(!=(1), dims) ||
    ndims(x) == 2 && length(dims) == 2 && length(x) == n && (dims[1] == 1 || size(x, 1) == 1)
function throw_setindex_mismatch(x, dims)
    length(dims) == 1 && throw(DimensionMismatch(string("tried to assign ", length(x), " elements to ", dims[1], " destinations")))
    throw(DimensionMismatch(string("tried to assign ", dims2string(size(x)), " array to ", dims2string(dims), " destination")))
end

## aliasing

"""
    Base.mightalias(a, b)

Whether two arrays may share memory.
"""
mightalias(a::AbstractArray, b::AbstractArray) = !isempty(a) && !isempty(b) && share_ids(dataids(a), dataids(b))
mightalias(a, b) = false
share_ids(a, b) = any(x -> x in b, a)
"""
    Base.dataids(a)

Numbers for the pieces of memory that an array is in.
"""
dataids(a::AbstractArray) = (UInt(objectid(a)),)
dataids(a::Array) = (array_address(a),)
dataids(::AbstractRange) = ()
unalias(dest, x::AbstractArray) = mightalias(dest, x) ? unaliascopy(x) : x
unalias(dest, x) = x
unaliascopy(x::AbstractArray) = copy(x)
unaliascopy(x) = x

"""
    Base.getindex for views: `maybeview(a, i...)` is `a[i...]` for single items.
"""
maybeview(a, is...) = getindex(a, is...)
maybeview(a::AbstractArray, is::Union{Number,CartesianIndex}...) = getindex(a, is...)
maybeview(a::AbstractArray, is...) = view(a, is...)
maybeview_for_assign(a::AbstractArray, is...) = all(i -> i isa Integer || i isa CartesianIndex, is) ? getindex(a, is...) : view(a, is...)
maybeview_for_assign(a, is...) = getindex(a, is...)

iterate(a::AbstractArray) = iterate_indices(a, eachindex(a))
function iterate_indices(a, ks)
    y = iterate(ks)
    y === nothing && return nothing
    (a[y[1]], (ks, y[2]))
end
function iterate(a::AbstractArray, s)
    y = iterate(s[1], s[2])
    y === nothing && return nothing
    (a[y[1]], (s[1], y[2]))
end
get(a::AbstractArray, i::Integer, default) = checkbounds(Bool, a, i) ? a[i] : default
get(a::AbstractArray, r::AbstractRange, default) = typeof(default)[checkbounds(Bool, a, i) ? a[i] : default for i in r]
get(a::AbstractArray, rs::Union{Tuple{Vararg{AbstractVector}},AbstractVector{<:AbstractVector{Int}}}, default) =
    typeof(default)[checkbounds(Bool, a, i...) ? a[i...] : default for i in Iterators.product(rs...)]
get(a::AbstractArray, ::Tuple{}, default) = checkbounds(Bool, a) ? a[] : default
get(a::AbstractArray, i::Tuple, default) = checkbounds(Bool, a, i...) ? a[i...] : default
get(f::Function, a::AbstractArray, i) = checkbounds(Bool, a, i...) ? a[i...] : f()
function isassigned(a::AbstractArray, i::Union{Integer,CartesianIndex}...)
    try
        a[i...]
        true
    catch e
        e isa BoundsError || e isa UndefRefError || rethrow()
        false
    end
end
nextind(::AbstractArray, i::Integer) = Int(i) + 1
prevind(::AbstractArray, i::Integer) = Int(i) - 1
nextind(a::AbstractArray, i::CartesianIndex) = CartesianIndices(a)[LinearIndices(a)[i]+1]
prevind(a::AbstractArray, i::CartesianIndex) = CartesianIndices(a)[LinearIndices(a)[i]-1]

## comparison and hash

# An array with the items of `a` that is quick to go through: a copy, where `a` makes each by calls.
ready_items(a) = a
function ==(a::AbstractArray, b::AbstractArray)
    x, y = ready_items(a), ready_items(b)
    x === a && y === b ? equal_elements(a, b) : x == y
end
function isequal(a::AbstractArray, b::AbstractArray)
    a === b && return true
    axes(a) == axes(b) || return false
    x, y = ready_items(a), ready_items(b)
    x === a && y === b || return isequal(x, y)
    for (x, y) in zip(a, b)
        isequal(x, y) || return false
    end
    true
end
function isless(a::AbstractVector, b::AbstractVector)
    for (x, y) in zip(a, b)
        isless(x, y) && return true
        isequal(x, y) || return false
    end
    length(a) < length(b)
end
cmp(a::AbstractVector, b::AbstractVector) = isless(a, b) ? -1 : isless(b, a) ? 1 : 0
hash(a::AbstractArray, h::UInt) = hash_array(a, h)
function hash_array(a, h)
    h = hash(size(a), h + 0x7e2d6fb6448beb77)
    for x in a
        h = hash(x, h)
    end
    h
end
function isapprox(a::AbstractArray, b::AbstractArray; kw...)
    check_same_size(a, b)
    if isempty(kw)
        a, b = ready_items(a), ready_items(b)
        near = a isa Array && b isa Array ? array_approx(a, b) : nothing
        near === nothing || return near
    end
    isapprox_arrays(a, b; kw...)
end
abs2_of_all(x) = abs2(float(x))
abs2_of_all(x::AbstractArray) = sum(abs2_of_all, x; init=0.0)
# The promoted type of the numbers in an array, and in arrays in it.
type_of_leaves(x) = typeof(x)
type_of_leaves(a::AbstractArray) = isconcretetype(eltype(a)) && eltype(a) <: Number ? eltype(a) : mapreduce(type_of_leaves, promote_type, a; init=Bool)
length_of_all(x) = sqrt(sum(abs2_of_all, x; init=0.0))
function length_of_all(x::Array)
    s = array_abs2(x)
    sqrt(s === nothing ? sum(abs2_of_all, x; init=0.0) : s)
end
function isapprox_arrays(a, b; atol::Real=0, rtol=nothing, nans::Bool=false, norm=length_of_all)
    norm === length_of_all && ((a, b) = (ready_items(a), ready_items(b)))
    d, na, nb = norm(a .- b), norm(a), norm(b)
    r = rtol === nothing ? (atol > 0 ? 0.0 : max(isapprox_tolerance(real(type_of_leaves(a))), isapprox_tolerance(real(type_of_leaves(b))))) : rtol
    isfinite(d) ? d <= max(atol, r * max(na, nb)) : all(xy -> isapprox(xy[1], xy[2]; atol=atol, rtol=r, nans=nans), zip(a, b))
end
