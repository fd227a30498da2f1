# What all arrays have: indices, views, concatenation, reshaping.

abstract type IndexStyle end
struct IndexLinear <: IndexStyle end
struct IndexCartesian <: IndexStyle end
IndexStyle(a::AbstractArray) = IndexStyle(typeof(a))
IndexStyle(::Type{<:AbstractArray}) = IndexCartesian()
IndexStyle(::Type{<:AbstractRange}) = IndexLinear()

## sizes and indices

ndims(::AbstractArray{T,N}) where {T,N} = N
ndims(::Type{<:AbstractArray{T,N}}) where {T,N} = N
size(a::AbstractArray, d::Integer) = d <= ndims(a) ? size(a)[d] : 1
size(a::AbstractArray, d1::Integer, d2::Integer, ds::Integer...) = map(d -> size(a, d), (d1, d2, ds...))
axes(a::AbstractArray) = map(OneTo, size(a))
axes(a::AbstractArray, d::Integer) = d <= ndims(a) ? axes(a)[d] : OneTo(1)
axes1(a::AbstractArray) = ndims(a) == 0 ? OneTo(1) : axes(a)[1]
length(a::AbstractArray) = prod_dims(size(a))
function prod_dims(dims)
    n = 1
    for d in dims
        n *= d
    end
    n
end
isempty(a::AbstractArray) = length(a) == 0
firstindex(a::AbstractArray) = ndims(a) == 1 ? first(axes(a, 1)) : 1
lastindex(a::AbstractArray) = ndims(a) == 1 ? last(axes(a, 1)) : length(a)
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
eachindex(::IndexLinear, a::AbstractArray) = ndims(a) == 1 ? axes(a, 1) : OneTo(length(a))
eachindex(::IndexCartesian, a::AbstractArray) = CartesianIndices(axes(a))
function eachindex(a::AbstractArray, b::AbstractArray, more::AbstractArray...)
    axes(a) == axes(b) || throw(DimensionMismatch("all inputs to eachindex must have the same indices, got $(join(map(eachindex, (a, b, more...)), ", ", " and "))"))
    eachindex(a)
end
eachindex(itr) = keys(itr)
keys(a::AbstractVector) = axes(a, 1)
keys(a::AbstractArray) = CartesianIndices(axes(a))
haskey(a::AbstractArray, i) = checkbounds(Bool, a, i)
stride(a::AbstractArray, d::Integer) = (n = 1; for k in 1:d-1; n *= size(a, k); end; n)
strides(a::AbstractArray) = ntuple(d -> stride(a, d), ndims(a))
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
first(v::AbstractVector, n::Integer) = v[firstindex(v):min(firstindex(v) + n - 1, lastindex(v))]
"""
    last(itr[, n])

The last item (or the last `n`).
"""
last(itr) = itr[end]
last(v::AbstractVector, n::Integer) = v[max(firstindex(v), lastindex(v) - n + 1):lastindex(v)]
last(itr, n::Integer) = (v = collect(itr); v[max(1, length(v) - n + 1):end])

"""
    checkbounds([Bool,] a, i...)

Whether the indices are inside `a`; without `Bool` a BoundsError if not.
"""
checkbounds(::Type{Bool}, a::AbstractArray, i::Integer) = ndims(a) == 1 ? i in axes(a, 1) : 1 <= i <= length(a)
function checkbounds(::Type{Bool}, a::AbstractArray, is...)
    is = flat_indices(is)
    n = length(is)
    n == 1 && return check_index(ndims(a) == 1 ? axes(a, 1) : OneTo(length(a)), is[1], a)
    for d in 1:n
        ax = d < n || n >= ndims(a) ? axes(a, d) : OneTo(prod_dims(size(a)[d:end]))
        check_index(ax, is[d], a) || return false
    end
    n >= ndims(a) || all(d -> size(a, d) >= 1, n+1:ndims(a))
end
checkbounds(a::AbstractArray, is...) = checkbounds(Bool, a, is...) ? nothing : throw(BoundsError(a, is))
checkindex(::Type{Bool}, ax, i) = check_index(ax, i, nothing)
check_index(ax, i::Integer, a) = i in ax
check_index(ax, ::Colon, a) = true
check_index(ax, m::AbstractArray{Bool}, a) = ndims(m) == 1 ? axes(m, 1) == ax : length(m) == length(ax)
check_index(ax, r::AbstractRange, a) = isempty(r) || (first(r) in ax && last(r) in ax)
function check_index(ax, v::AbstractArray, a)
    for i in v
        i isa CartesianIndex ? (checkbounds(Bool, a, i) || return false) : (i in ax || return false)
    end
    true
end
check_index(ax, i::Real, a) = throw(ArgumentError("unable to check bounds for indices of type $(typeof(i))"))
check_index(ax, i, a) = throw(ArgumentError("unable to check bounds for indices of type $(typeof(i))"))

## Cartesian indices

"""
    CartesianIndex(i, j, ...)

An index of several dimensions, as one value.
"""
struct CartesianIndex{N}
    I::NTuple{N,Int}
    CartesianIndex{N}(t::NTuple{N,Int}) where {N} = new{N}(t)
end
CartesianIndex(t::Tuple) = CartesianIndex{length(t)}(map(Int, t))
CartesianIndex(is::Integer...) = CartesianIndex{length(is)}(map(Int, is))
CartesianIndex{N}(is::Integer...) where {N} = CartesianIndex{N}(ntuple(d -> d <= length(is) ? Int(is[d]) : 1, N))
CartesianIndex(is...) = CartesianIndex(flat_indices(is))
CartesianIndex(i::CartesianIndex) = i
Tuple(i::CartesianIndex) = i.I
getindex(i::CartesianIndex, d::Integer) = getfield(i, :I)[d]
length(::CartesianIndex{N}) where {N} = N
length(::Type{CartesianIndex{N}}) where {N} = N
iterate(::CartesianIndex) = error("iteration is deliberately unsupported for CartesianIndex. Use `I` rather than `I...`, or use `Tuple(I)...`")
==(a::CartesianIndex, b::CartesianIndex) = a.I == b.I
isless(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = isless(reverse(a.I), reverse(b.I))
hash(i::CartesianIndex, h::UInt) = hash(i.I, h + 0x7a3f)
+(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex(map(+, a.I, b.I))
-(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex(map(-, a.I, b.I))
-(a::CartesianIndex) = CartesianIndex(map(-, a.I))
*(n::Integer, a::CartesianIndex) = CartesianIndex(map(x -> n * x, a.I))
*(a::CartesianIndex, n::Integer) = n * a
min(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex(map(min, a.I, b.I))
max(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex(map(max, a.I, b.I))
zero(::CartesianIndex{N}) where {N} = CartesianIndex(ntuple(_ -> 0, N))
oneunit(::CartesianIndex{N}) where {N} = CartesianIndex(ntuple(_ -> 1, N))
one(::Type{CartesianIndex{N}}) where {N} = CartesianIndex(ntuple(_ -> 1, N))
show(io::IO, i::CartesianIndex) = (print(io, "CartesianIndex("); join(io, i.I, ", "); print(io, ")"))
(::Colon)(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndices(map((i, j) -> i:j, a.I, b.I))

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
struct CartesianIndices{N,R<:Tuple} <: AbstractArray{CartesianIndex{N},N}
    indices::R
end
CartesianIndices(t::Tuple) = (r = map(index_range, t); CartesianIndices{length(r),typeof(r)}(r))
CartesianIndices(a::AbstractArray) = CartesianIndices(axes(a))
index_range(n::Integer) = OneTo(Int(n))
index_range(r::AbstractRange) = r
size(c::CartesianIndices) = map(length, c.indices)
axes(c::CartesianIndices) = map(r -> OneTo(length(r)), c.indices)
first(c::CartesianIndices) = CartesianIndex(map(first, c.indices))
last(c::CartesianIndices) = CartesianIndex(map(last, c.indices))
function iterate(c::CartesianIndices{N}) where {N}
    for r in c.indices
        isempty(r) && return nothing
    end
    i = CartesianIndex{N}(map(first, c.indices))
    (i, i)
end
function iterate(c::CartesianIndices{2}, s)
    i, j = getfield(s, :I)
    r1, r2 = c.indices
    if i != last(r1)
        t = CartesianIndex{2}((i + step(r1), j))
        return (t, t)
    end
    j == last(r2) && return nothing
    t = CartesianIndex{2}((first(r1), j + step(r2)))
    (t, t)
end
function iterate(c::CartesianIndices{N}, s) where {N}
    I = s.I
    for d in 1:N
        r = c.indices[d]
        if I[d] != last(r)
            t = CartesianIndex{N}(ntuple(k -> k < d ? first(c.indices[k]) : k == d ? I[k] + step(r) : I[k], N))
            return (t, t)
        end
    end
    nothing
end
function getindex(c::CartesianIndices{N}, i::Vararg{Int}) where {N}
    if length(i) == N
        return CartesianIndex{N}(ntuple(d -> c.indices[d][i[d]], N))
    end
    c[CartesianIndex(ind2sub(size(c), i[1]))]
end
getindex(c::CartesianIndices{1}, i::Int) = CartesianIndex(c.indices[1][i])
getindex(c::CartesianIndices, i::CartesianIndex) = c[i.I...]
getindex(c::CartesianIndices{N}, is::Vararg{Union{AbstractRange,Colon},N}) where {N} = CartesianIndices(map((r, i) -> r[i], c.indices, is))
in(i::CartesianIndex{N}, c::CartesianIndices{N}) where {N} = all(map(in, i.I, c.indices))
reverse(c::CartesianIndices) = CartesianIndices(map(reverse, c.indices))
show(io::IO, c::CartesianIndices) = (print(io, "CartesianIndices("); show(io, map(r -> r isa OneTo ? length(r) : r, c.indices)); print(io, ")"))

function ind2sub(dims, i::Int)
    k = i - 1
    ntuple(length(dims)) do d
        n = dims[d]
        j = d == length(dims) ? k : rem(k, n)
        k = n == 0 ? 0 : div(k, n)
        j + 1
    end
end

"""
    LinearIndices(a)

From indices of several dimensions to those of one.
"""
struct LinearIndices{N,R<:Tuple} <: AbstractArray{Int,N}
    indices::R
end
LinearIndices(t::Tuple) = (r = map(index_range, t); LinearIndices{length(r),typeof(r)}(r))
LinearIndices(a::AbstractArray) = LinearIndices(axes(a))
size(l::LinearIndices) = map(length, l.indices)
axes(l::LinearIndices) = l.indices
IndexStyle(::Type{<:LinearIndices}) = IndexLinear()
getindex(l::LinearIndices, i::Int) = (1 <= i <= length(l) || throw(BoundsError(l, i)); i)
function getindex(l::LinearIndices{N}, is::Vararg{Int}) where {N}
    length(is) == 1 && return is[1]
    k = 0
    m = 1
    for d in 1:length(is)
        r = d <= N ? l.indices[d] : OneTo(1)
        is[d] in r || throw(BoundsError(l, is))
        k += (is[d] - first(r)) * m
        m *= length(r)
    end
    k + 1
end
getindex(l::LinearIndices, i::CartesianIndex) = l[i.I...]
first(l::LinearIndices) = 1
last(l::LinearIndices) = length(l)

## indexing of any array

to_index(i::Integer) = Int(i)
to_index(i::Bool) = throw(ArgumentError("invalid index: $i of type Bool"))
to_index(i::AbstractArray{Bool}) = findall(i)
to_index(i::AbstractArray) = i
to_index(::Colon) = (:)
to_index(i::CartesianIndex) = i
to_index(i) = throw(ArgumentError("invalid index: $(limitrepr(i)) of type $(typeof(i))"))
to_index(i::Real) = throw(ArgumentError("invalid index: $(limitrepr(i)) of type $(typeof(i))"))

getindex(a::AbstractArray) = first(a)
function getindex(a::AbstractArray, is...)
    js = map(to_index, flat_indices(is))
    all(j -> j isa Int, js) || return get_array(a, js)
    length(js) == 1 && !(is[1] isa Int) ? a[js[1]] : get_scalar(a, js)
end
function get_scalar(a::Array, js)
    array_get(a, js...)
end
# An array type of a user defines getindex for Ints: linear or one per dimension.
function get_scalar(a::AbstractArray, js)
    n = length(js)
    N = ndims(a)
    if IndexStyle(a) isa IndexLinear
        n == 1 && throw(CanonicalIndexError("getindex", typeof(a)))
        checkbounds(a, js...)
        return a[LinearIndices(a)[js...]]
    end
    n == N && throw(CanonicalIndexError("getindex", typeof(a)))
    if n == 1
        checkbounds(a, js...)
        return a[Tuple(CartesianIndices(a)[js[1]])...]
    end
    n > N ? (checkbounds(a, js...); a[js[1:N]...]) : (checkbounds(a, js...); a[(js..., ntuple(_ -> 1, N - n)...)...])
end
index_values(a, j::Int, d, n) = (j,)
index_values(a, ::Colon, d, n) = n == 1 && ndims(a) != 1 ? OneTo(length(a)) : axes(a, d)
index_values(a, v::AbstractArray, d, n) = v
function get_array(a::AbstractArray, js)
    checkbounds(a, js...)
    n = length(js)
    lists = ntuple(d -> index_values(a, js[d], d, n), n)
    dims = ()
    for d in 1:n
        js[d] isa Int || (dims = (dims..., (js[d] isa Colon ? (length(lists[d]),) : size(js[d]))...))
    end
    out = similar(a, eltype(a), dims)
    k = 0
    if n == 1
        for i in lists[1]
            k += 1
            out[k] = i isa CartesianIndex ? a[i] : a[i]
        end
    elseif n == 2 && a isa Array
        for j in lists[2]
            for i in lists[1]
                k += 1
                out[k] = i isa CartesianIndex || j isa CartesianIndex ? a[i, j] : array_get(a, i, j)
            end
        end
    else
        for t in Iterators.product(lists...)
            k += 1
            out[k] = a[t...]
        end
    end
    out
end

function setindex!(a::AbstractArray, v, is...)
    js = map(to_index, flat_indices(is))
    if all(j -> j isa Int, js)
        set_scalar!(a, v, js)
    else
        set_array!(a, v, js)
    end
    a
end
set_scalar!(a::Array{T}, v, js) where {T} = (array_set(a, v isa T ? v : convert(T, v), js...); a)
function set_scalar!(a::AbstractArray, v, js)
    n = length(js)
    N = ndims(a)
    if IndexStyle(a) isa IndexLinear
        n == 1 && throw(CanonicalIndexError("setindex!", typeof(a)))
        checkbounds(a, js...)
        return a[LinearIndices(a)[js...]] = v
    end
    n == N && throw(CanonicalIndexError("setindex!", typeof(a)))
    checkbounds(a, js...)
    n == 1 ? (a[Tuple(CartesianIndices(a)[js[1]])...] = v) : (a[ntuple(d -> d <= n ? js[d] : 1, N)...] = v)
end
function set_array!(a::AbstractArray, v, js)
    checkbounds(a, js...)
    n = length(js)
    lists = ntuple(d -> index_values(a, js[d], d, n), n)
    v isa AbstractArray || throw(ArgumentError("indexed assignment with a single value to possibly many locations is not supported; perhaps use broadcasting `.=` instead?"))
    total = 1
    for l in lists
        total *= length(l)
    end
    check_assigned_shape(v, lists, js, total)
    src = mightalias(a, v) ? copy(v) : v
    k = iterate(src)
    for t in (n == 1 ? lists[1] : Iterators.product(lists...))
        if n == 1
            a[t] = k[1]
        else
            a[t...] = k[1]
        end
        k = iterate(src, k[2])
    end
    a
end
mightalias(a, b) = a === b || (b isa SubArray && b.parent === a)
function check_assigned_shape(v, lists, js, total)
    want = ()
    for d in 1:length(lists)
        js[d] isa Int || (want = (want..., length(lists[d])))
    end
    have = size(v)
    drop1(t) = filter(!=(1), t)
    if length(v) != total || (length(want) > 1 && length(have) > 1 && drop1(want) != drop1(have))
        throw(DimensionMismatch(length(want) == 1 ? "tried to assign $(length(v)) elements to $total destinations" :
            "tried to assign $(join(have, "×")) array to $(join(want, "×")) destination"))
    end
    nothing
end

"""
    Base.getindex for views: `maybeview(a, i...)` is `a[i...]` for single items.
"""
maybeview(a, is...) = getindex(a, is...)
maybeview(a::AbstractArray, is::Union{Number,CartesianIndex}...) = getindex(a, is...)
maybeview(a::AbstractArray, is...) = view(a, is...)
dotview(a, is...) = maybeview_for_assign(a, is...)
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
get(a::AbstractArray, i::Tuple, default) = checkbounds(Bool, a, i...) ? a[i...] : default
get(f::Function, a::AbstractArray, i) = checkbounds(Bool, a, i...) ? a[i...] : f()
isassigned(a::AbstractArray, i...) = checkbounds(Bool, a, i...)

## making others

similar(a::AbstractArray) = similar(a, eltype(a), size(a))
similar(a::AbstractArray, ::Type{T}) where {T} = similar(a, T, size(a))
similar(a::AbstractArray, dims::Integer...) = similar(a, eltype(a), dims)
similar(a::AbstractArray, dims::Tuple) = similar(a, eltype(a), dims)
similar(a::AbstractArray, ::Type{T}, dims::Integer...) where {T} = similar(a, T, dims)
similar(a::AbstractArray, ::Type{T}, dims::Tuple) where {T} = Array{T,length(dims)}(undef, map(to_dim, dims)...)
similar(::Type{T}, dims...) where {T<:Array} = T(undef, dims...)
empty(a::AbstractVector, T=eltype(a)) = Vector{T}()
copymutable(a::AbstractArray) = copyto!(similar(a), a)
copymutable(itr) = collect(itr)
copy(a::AbstractArray) = copymutable(a)
collect(a::AbstractArray) = copyto!(Array{eltype(a),ndims(a)}(undef, size(a)...), a)
fill!(a::AbstractArray, x) = (for i in eachindex(a); a[i] = x; end; a)
function copyto!(dest::AbstractArray, src::AbstractArray)
    length(dest) >= length(src) || throw(BoundsError(dest, length(src)))
    for (i, x) in zip(eachindex(dest), src)
        dest[i] = x
    end
    dest
end
function copyto!(dest::AbstractArray, itr)
    i = firstindex(dest)
    for x in itr
        i > lastindex(dest) && throw(ArgumentError("destination has fewer elements than required"))
        dest[i] = x
        i += 1
    end
    dest
end
function copyto!(dest::AbstractArray, di::Integer, src::AbstractArray, si::Integer=1, n::Integer=length(src) - si + 1)
    for k in 0:n-1
        dest[di + k] = src[si + k]
    end
    dest
end
copy!(dest::AbstractVector, src) = (resize!(dest, length(src)); copyto!(dest, src))
copy!(dest::AbstractArray, src) = copyto!(dest, src)
copy!(d::AbstractDict, src::AbstractDict) = merge!(empty!(d), src)
copy!(d::AbstractSet, src::AbstractSet) = union!(empty!(d), src)
convert(::Type{T}, a::AbstractArray) where {T<:Array} = a isa T ? a : T(a)
convert(::Type{AbstractArray{T,N}}, a::AbstractArray{S,N}) where {T,S,N} = a isa AbstractArray{T,N} ? a : Array{T,N}(a)
promote_rule(::Type{Array{A,N}}, ::Type{Array{B,N}}) where {A,B,N} = A === B ? Array{A,N} : Array{promote_type(A, B),N}
zero(a::AbstractArray{T}) where {T} = fill!(similar(a), zero(T))
real(a::AbstractArray{<:Real}) = a
real(a::AbstractArray) = map(real, a)
imag(a::AbstractArray) = map(imag, a)
conj(a::AbstractArray{<:Real}) = a
conj(a::AbstractArray) = map(conj, a)
float(a::AbstractArray) = map(float, a)
complex(a::AbstractArray) = map(complex, a)

## comparison and hash

==(a::AbstractArray, b::AbstractArray) = equal_elements(a, b)
function isequal(a::AbstractArray, b::AbstractArray)
    a === b && return true
    axes(a) == axes(b) || return false
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
isapprox(a::AbstractArray, b::AbstractArray; kw...) = size(a) == size(b) && isapprox_arrays(a, b; kw...)
function isapprox_arrays(a, b; atol::Real=0, rtol=nothing, nans::Bool=false, norm=nothing)
    d = sqrt(sum(abs2, a .- b; init=0.0))
    na = sqrt(sum(abs2, a; init=0.0))
    nb = sqrt(sum(abs2, b; init=0.0))
    T = promote_type(float(eltype(a)), float(eltype(b)))
    r = rtol === nothing ? (atol > 0 ? 0.0 : sqrt(eps(real(T)))) : rtol
    isfinite(d) ? d <= max(atol, r * max(na, nb)) : all(xy -> isapprox(xy[1], xy[2]; atol=atol, rtol=r, nans=nans), zip(a, b))
end

## views

"""
    SubArray

What `view` gives: a part of another array, without a copy.
"""
struct SubArray{T,N,P,I,L} <: AbstractArray{T,N}
    parent::P
    indices::I
    # the positions in indices that are not single numbers
    dims::Vector{Int}
end
"""
    view(a, i...)

The part of `a` that `a[i...]` would copy, as a window on `a`.
"""
view(a::AbstractArray) = view(a, ntuple(_ -> 1, ndims(a))...)
function view(a::AbstractArray, is...)
    js = map(to_index, flat_indices(is))
    checkbounds(a, js...)
    n = length(js)
    lists = ntuple(d -> js[d] isa Int ? js[d] : js[d] isa Colon ? slice_of(index_values(a, js[d], d, n)) : js[d], n)
    dims = Int[]
    for d in 1:n
        lists[d] isa Int || push!(dims, d)
    end
    if a isa SubArray && n == ndims(a)
        inner = Any[a.indices...]
        for k in 1:n
            d = a.dims[k]
            r = a.indices[d]
            inner[d] = lists[k] isa Int ? r[lists[k]] : r[lists[k]]
        end
        return view(a.parent, inner...)
    end
    SubArray{eltype(a),length(dims),typeof(a),typeof(lists),n == 1}(a, lists, dims)
end
slice_of(r) = Slice(r)
"The whole of a dimension, in a view."
struct Slice{T<:AbstractUnitRange} <: AbstractUnitRange{Int}
    indices::T
end
first(s::Slice) = first(s.indices)
last(s::Slice) = last(s.indices)
getindex(s::Slice, i::Int) = s.indices[i]
getindex(s::Slice, r::AbstractUnitRange{<:Integer}) = s.indices[r]
show(io::IO, s::Slice) = (print(io, "Base.Slice("); show(io, s.indices); print(io, ")"))
parent(v::SubArray) = v.parent
parent(a::AbstractArray) = a
parentindices(v::SubArray) = v.indices
parentindices(a::AbstractArray) = ntuple(d -> OneTo(size(a, d)), ndims(a))
size(v::SubArray) = tuple_dims(v)
tuple_dims(v) = ntuple(k -> length(v.indices[v.dims[k]]), length(v.dims))
IndexStyle(::Type{<:SubArray{T,1}}) where {T} = IndexLinear()
getindex(v::SubArray{T,1}, i::Int) where {T} = (1 <= i <= length(v) || throw(BoundsError(v, i)); v.parent[view_index(v, (i,))...])
setindex!(v::SubArray{T,1}, x, i::Int) where {T} = (1 <= i <= length(v) || throw(BoundsError(v, i)); v.parent[view_index(v, (i,))...] = x; v)
getindex(v::SubArray{T,0}) where {T} = v.parent[v.indices...]
setindex!(v::SubArray{T,0}, x) where {T} = (v.parent[v.indices...] = x; v)
function getindex(v::SubArray{T,N}, is::Vararg{Int,N}) where {T,N}
    checkbounds(v, is...)
    v.parent[view_index(v, is)...]
end
function setindex!(v::SubArray{T,N}, x, is::Vararg{Int,N}) where {T,N}
    checkbounds(v, is...)
    v.parent[view_index(v, is)...] = x
    v
end
function view_index(v, is)
    length(v.indices) == 1 && return (v.indices[1][is[1]],)
    k = 0
    map(v.indices) do r
        r isa Int && return r
        k += 1
        r[is[k]]
    end
end
similar(v::SubArray, ::Type{T}, dims::Tuple) where {T} = similar(v.parent, T, dims)
function push!(v::SubArray, x)
    throw(MethodError(push!, (v, x)))
end

"""
    selectdim(a, d, i)

The part of `a` where dimension `d` has index `i`.
"""
selectdim(a::AbstractArray, d::Integer, i) = view(a, ntuple(k -> k == d ? i : (:), ndims(a))...)
