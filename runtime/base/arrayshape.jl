# Arrays in other shapes: reshaping, concatenation, slices, arithmetic of whole arrays.

## shape

"""
    reshape(a, dims...)

The same items in another shape. A `:` stands for what is left.
"""
reshape(a::AbstractArray, dims::Integer...) = reshape(a, dims)
reshape(a::AbstractVector, ::Colon) = a
reshape(a::AbstractVector, ::Tuple{Colon}) = a
reshape(a::AbstractArray, dims::Union{Integer,Colon}...) = reshape(a, dims)
reshape(a::AbstractArray, dims::DimOrInd...) = reshape(a, dims)
reshape(a::AbstractArray, dims::Tuple{Union{Integer,OneTo},Vararg{Union{Integer,OneTo}}}) = reshape(a, to_shape(dims))
reshape(a::AbstractArray, dims::Tuple{Vararg{Union{Integer,Colon,OneTo}}}) = reshape(a, fill_colon(a, dims))
reshape(a::Array{T}, dims::Tuple{Vararg{Int,N}}) where {T,N} = array_reshape(a, Array{T,N}, checked_dims(a, dims)...)
function reshape(a::AbstractArray, dims::Tuple{Vararg{Int}})
    size(a) === dims && all(r -> first(r) == 1, axes(a)) && return a
    reshaped_view(a, checked_dims(a, dims))
end
reshape(a::AbstractArray{T,N}, ::Val{N}) where {T,N} = a
function reshape(a::AbstractArray, ::Val{N}) where {N}
    ax = axes(a)
    n = ndims(a)
    N > n && return reshape(a, ntuple(d -> d <= n ? ax[d] : OneTo(1), N))
    N == 1 && return reshape(a, length(a))
    reshape(a, ntuple(d -> d < N ? to_shape(ax[d]) : prod_dims(map(length, ax[N:end])), N))
end
function fill_colon(a, dims)
    known = 1
    n = 0
    for d in dims
        d isa Colon && (n += 1; continue)
        known, flows = mul_with_overflow(known, Int(to_dim(d)))
        flows && !isempty(a) && throw(ArgumentError("invalid Array dimensions"))
    end
    n == 1 || throw(DimensionMismatch(string("new dimensions ", dims, " may have at most one omitted dimension specified by `Colon()`")))
    left = isempty(a) ? 0 : known == 0 || length(a) % known != 0 ? throw(DimensionMismatch(string("array size ", length(a), " must be divisible by the product of the new dimensions ", dims))) : div(length(a), known)
    map(d -> d isa Colon ? left : Int(to_dim(d)), dims)
end
"""
    vec(a)

The items as a vector.
"""
vec(a::AbstractArray) = reshape(a, length(a))
vec(a::AbstractVector) = a
"""
    dropdims(a; dims)

`a` without dimensions of size 1.
"""
function dropdims(a::AbstractArray; dims)
    ds = dims isa Integer ? (Int(dims),) : tuple(dims...)
    for d in ds
        1 <= d <= ndims(a) || throw(ArgumentError("dropped dims must be in range 1:ndims(A)"))
        size(a, d) == 1 || throw(ArgumentError("dropped dims must all be size 1"))
    end
    allunique(ds) || throw(ArgumentError("dropped dims must be unique"))
    keep = filter(d -> !(d in ds), ntuple(identity, ndims(a)))
    reshape(a, map(d -> axes(a, d), keep))
end
"""
    insertdims(a; dims)

`a` with dimensions of size 1 put in, which are number `dims` of the result.
"""
function insertdims(a::AbstractArray; dims)
    ds = dims isa Integer ? (Int(dims),) : map(Int, tuple(dims...))
    allunique(ds) || throw(ArgumentError("inserted dims must be unique"))
    n = ndims(a) + length(ds)
    all(>=(1), ds) || throw(ArgumentError("inserted dims must be ≥ 1"))
    all(<=(n), ds) || throw(ArgumentError("inserted dims must be ≤ ndims(A) + length(dims)"))
    old = filter(d -> !(d in ds), ntuple(identity, n))
    reshape(a, ntuple(d -> d in ds ? OneTo(1) : axes(a, findfirst(==(d), old)), n))
end
"""
    permutedims(a, perm)
    permutedims(m)

The dimensions in another order.
"""
function permutedims(a::AbstractArray, perm)
    p = tuple(perm...)
    isperm(p) && length(p) == ndims(a) || throw(ArgumentError("no valid permutation of dimensions"))
    a isa Array && length(p) > 1 && return array_permute(a, map(Int, p))
    out = similar(a, eltype(a), map(d -> axes(a, d), p))
    for I in CartesianIndices(a)
        out[ntuple(k -> I[p[k]], ndims(a))...] = a[I]
    end
    out
end
permutedims(a::AbstractMatrix) = a isa Matrix ? array_permute2(typeof(a), a) : permutedims(a, (2, 1))
permutedims(a::AbstractVector) = reshape(copy(a), 1, length(a))
isperm(p::Tuple{Int,Int}) = p === (1, 2) || p === (2, 1)
function isperm(p)
    seen = falses(length(p))
    for i in p
        0 < i <= length(seen) && (seen[i] = !seen[i]) || return false
    end
    true
end
function invperm(p::AbstractVector)
    q = fill!(similar(p), 0)
    for (i, j) in enumerate(p)
        checkindex(Bool, eachindex(p), j) && q[j] == 0 || throw(ArgumentError("argument is not a permutation"))
        q[j] = i
    end
    q
end
invperm(p::Tuple{}) = p
invperm(p::Tuple) = tuple(invperm(collect(p))...)
permute!(v, p) = copyto!(v, v[p])
invpermute!(v, p) = copyto!(v, v[invperm(p)])
diff(v::AbstractVector; dims::Integer=1) = dims != 1 ? throw(ArgumentError("dimension $dims out of range (1:1)")) :
    length(v) < 2 ? Vector{promote_op(-, eltype(v), eltype(v))}() : [v[i + 1] - v[i] for i in firstindex(v):lastindex(v)-1]
function diff(a::AbstractArray; dims::Integer)
    1 <= dims <= ndims(a) || throw(ArgumentError("dimension $dims out of range (1:$(ndims(a)))"))
    r = axes(a, dims)
    part(r) = view(a, ntuple(d -> d == dims ? r : (:), ndims(a))...)
    length(r) > 1 || return similar(a, promote_op(-, eltype(a), eltype(a)), ntuple(d -> d == dims ? 0 : size(a, d), ndims(a)))
    part(first(r)+1:last(r)) .- part(first(r):last(r)-1)
end

## concatenation

"""
    cat(arrays...; dims)

Put arrays together along dimensions.
"""
function cat(xs...; dims)
    ds = dims isa Val ? (typeof(dims).parameters[1],) : dims isa Integer ? (Int(dims),) : tuple(dims...)
    all(d -> d > 0, ds) || throw(ArgumentError("All cat dimensions must be positive integers, but got $dims"))
    isempty(xs) && return Any[]
    cat_dims(cat_eltype(xs), ds, xs)
end
function cat_eltype(xs)
    T, last = Union{}, nothing
    for x in xs
        X = typeof(x)
        X === last && continue # most are of one type
        last = X
        T = promote_type(T, x isa AbstractArray ? eltype(x) : X)
    end
    T
end
cat_size(x::AbstractArray, d) = size(x, d)
cat_size(x, d) = 1
cat_ndims(x::AbstractArray) = ndims(x)
cat_ndims(x) = 0
function cat_dims(::Type{T}, ds, xs) where {T}
    N = max(maximum(ds), maximum(map(cat_ndims, xs); init=0))
    dims = [d in ds ? sum(x -> cat_size(x, d), xs) : cat_extent(xs, d, maximum(ds)) for d in 1:N]
    out = cat_similar(xs[1], T, ntuple(d -> Int(dims[d]), N))
    length(ds) > 1 && T <: Number && fill!(out, zero(T))
    offsets = [0 for _ in 1:N]
    for x in xs
        place = ntuple(d -> d in ds ? (offsets[d]+1:offsets[d]+cat_size(x, d)) : (1:dims[d]), N)
        if x isa AbstractArray
            out[place...] = x
        else
            for I in CartesianIndices(place)
                out[I] = x
            end
        end
        for d in ds
            offsets[d] += cat_size(x, d)
        end
    end
    out
end
# The extent that all xs have in dimension d, in which they are not joined. What is no array
# has an extent of 1 up to the last dimension that is joined; of those after it, it fills
# what follows.
function cat_extent(xs, d, last)
    n = nothing
    for x in xs
        k = x isa AbstractArray && d <= ndims(x) || d <= last || n !== nothing ? cat_size(x, d) : nothing
        n === nothing && (n = k)
        k == n || throw(DimensionMismatch("mismatch in dimension $d (expected $n got $k)"))
    end
    something(n, 1)
end
# What arrays of which `x` is the first are put into: its own kind may say which.
cat_similar(x, ::Type{T}, dims) where {T} = Array{T,length(dims)}(undef, dims...)
cat_similar(x::AbstractArray, ::Type{T}, dims) where {T} = x isa Array ? Array{T,length(dims)}(undef, dims...) : similar(x, T, dims)

"""
    vcat(arrays...)

Put arrays together one below the other; what `[a; b]` means.
"""
vcat() = Any[]
vcat(xs...) = typed_vcat(cat_eltype(xs), xs...)
vcat(xs::Number...) = vect(xs...)
vcat(a::Vector{T}, b::Vector{T}) where {T} = array_join(a, b)
vcat(a::Vector{T}, b::Vector{T}, c::Vector{T}) where {T} = array_join(a, b, c)
vcat(a::Vector{T}, b::T) where {T<:Number} = push!(copy(a), b)
vcat(r::AbstractRange) = collect(r)
typed_vcat(::Type{T}, xs...) where {T} = below(T, xs)
# What a collection holds, one below the other, in an array of the kind of the first.
function below(::Type{T}, xs) where {T}
    n = 0
    for x in xs
        x isa Vector || cat_ndims(x) <= 1 || return vcat_matrices(T, xs)
        n += x isa AbstractArray ? Int(length(x)) : 1
    end
    plain = isempty(xs) || first(xs) isa Array || !(first(xs) isa AbstractArray)
    out = plain ? Vector{T}(undef, n) : similar(first(xs), T, Int(n))
    at = firstindex(out)
    for x in xs
        if x isa AbstractArray
            k = length(x)
            copyto!(out, at, x, firstindex(x), k)
            at += k
        else
            out[at] = x
            at += 1
        end
    end
    out
end
function reduce(::typeof(vcat), a::AbstractVector{<:Union{VecOrMat,AbstractRange}})
    isempty(a) && return mapreduce(identity, vcat, a) # which says that it is empty
    below(cat_eltype(a), a)
end
function vcat_matrices(T, xs)
    all(x -> x isa AbstractArray, xs) || return cat_dims(T, (1,), xs)
    n = size_or_one(xs[1], 2)
    for k in 1:length(xs)
        size_or_one(xs[k], 2) == n || throw(DimensionMismatch("number of columns of each array must match (got $(tuple(map(x -> size_or_one(x, 2), xs)...)))"))
    end
    all(x -> x isa VecOrMat, xs) ? one_below_another(T, n, xs) : cat_dims(T, (1,), xs)
end
function one_below_another(::Type{T}, n, xs) where {T}
    m = sum(x -> size(x, 1), xs)
    out = Matrix{T}(undef, m, n)
    above = 0
    for x in xs
        k = size(x, 1)
        for j in 1:n
            copyto!(out, (j - 1) * m + above + 1, x, (j - 1) * k + 1, k)
        end
        above += k
    end
    out
end
size_or_one(x::AbstractArray, d) = size(x, d)
size_or_one(x, d) = 1
"""
    hcat(arrays...)

Put arrays together side by side; what `[a b]` means.
"""
hcat() = Any[]
hcat(xs...) = typed_hcat(cat_eltype(xs), xs...)
hcat(xs::Number...) = reshape(vect(xs...), 1, length(xs))
typed_hcat(::Type{T}, xs...) where {T} = beside(T, xs)
# What a collection holds, side by side.
function beside(::Type{T}, xs) where {T}
    all(x -> x isa AbstractArray, xs) || return cat_dims(T, (2,), xs)
    m = size_or_one(xs[1], 1)
    for x in xs
        if size_or_one(x, 1) != m
            all(y -> y isa Vector && typeof(y) === typeof(xs[1]), xs) && throw(DimensionMismatch("vectors must have same lengths"))
            throw(DimensionMismatch("number of rows of each array must match (got $(tuple(map(y -> size_or_one(y, 1), xs)...)))"))
        end
    end
    all(x -> x isa VecOrMat, xs) ? side_by_side(T, m, xs) : cat_dims(T, (2,), xs)
end
function reduce(::typeof(hcat), a::AbstractVector{<:Union{VecOrMat,AbstractRange}})
    isempty(a) && return mapreduce(identity, hcat, a)
    beside(cat_eltype(a), a)
end
# Columns lie one after the other in memory.
function side_by_side(::Type{T}, m, xs) where {T}
    out = Matrix{T}(undef, m, sum(x -> size(x, 2), xs))
    at = 1
    for x in xs
        copyto!(out, at, x, 1, length(x))
        at += length(x)
    end
    out
end
# The m rows of n items.
function row_by_row(::Type{T}, m, n, xs) where {T}
    out = Matrix{T}(undef, m, n)
    k = 0
    for i in 1:m, j in 1:n
        out[i, j] = xs[k += 1]
    end
    out
end
"""
    hvcat(rows, values...)

What `[a b; c d]` means: rows of `rows[1]`, `rows[2]`, … blocks.
"""
hvcat(rows, xs...) = typed_hvcat(cat_eltype(xs), rows, xs...)
function typed_hvcat(::Type{T}, rows, xs...) where {T}
    isempty(xs) && return T === Union{} ? Any[] : T[]
    n = length(xs)
    rows isa Integer && n % rows != 0 && throw(ArgumentError("number of arrays $n is not a multiple of the requested number of block columns $rows"))
    rs = rows isa Integer ? ntuple(_ -> rows, div(n, rows)) : rows
    all(x -> !(x isa AbstractArray), xs) && length(rs) * rs[1] != n && throw(ArgumentError("argument count does not match specified shape (expected $(length(rs) * rs[1]), got $n)"))
    all(x -> !(x isa AbstractArray), xs) && all(==(rs[1]), rs) && return row_by_row(T, length(rs), rs[1], xs)
    blocks = Any[]
    k = 0
    for r in rs
        push!(blocks, r == 1 && !(xs[k + 1] isa AbstractArray) ? typed_hcat(T, xs[k + 1]) : typed_hcat(T, xs[k+1:k+r]...))
        k += r
    end
    length(blocks) == 1 && return blocks[1]
    n = size_or_one(blocks[1], 2)
    for i in 1:length(blocks)
        size_or_one(blocks[i], 2) == n || throw(DimensionMismatch(all(x -> !(x isa AbstractArray), xs) ? "row $i has mismatched number of columns (expected $n, got $(size_or_one(blocks[i], 2)))" : "mismatch in dimension 2 (expected $n got $(size_or_one(blocks[i], 2)))"))
    end
    cat_dims(T, (1,), tuple(blocks...))
end
hvcat_rows(rows...) = hvcat(map(length, rows), Iterators.flatten(rows)...)
function typed_hvcat_rows(T, rows...)
    n = length(rows[1])
    i = findfirst(row -> length(row) != n && !any(x -> x isa AbstractArray, row), rows)
    i === nothing || throw(DimensionMismatch("row $i has mismatched number of columns (expected $n, got $(length(rows[i])))"))
    typed_hvcat(T, map(length, rows), Iterators.flatten(rows)...)
end
"""
    hvncat(dim_or_shape, row_first, values...)

What `[a;;; b]` means: concatenation in any number of dimensions.
"""
hvncat(dim::Integer, xs...) = typed_hvncat(isempty(xs) ? Any : cat_eltype(xs), dim, xs...)
function typed_hvncat(::Type{T}, dim::Integer, xs...) where {T}
    dim < 0 && throw(ArgumentError("concatenation dimension must be nonnegative"))
    dim == 0 && return hvncat_one(T, xs)
    isempty(xs) ? Array{T,dim}(undef, ntuple(_ -> 0, dim)...) : cat_dims(T, (Int(dim),), xs)
end
# What has no dimension holds one item, or is the one array.
function hvncat_one(T, xs)
    length(xs) == 1 || throw(ArgumentError("a 0-dimensional array may only contain exactly one element"))
    x = xs[1]
    x isa AbstractArray ? copyto!(similar(x, T), x) : fill(convert(T, x))
end
hvncat(dims::Tuple, rowfirst::Bool, xs...) = typed_hvncat(cat_eltype(xs), dims, rowfirst, xs...)
function typed_hvncat(::Type{T}, dims::Tuple, rowfirst::Bool, xs...) where {T}
    isempty(dims) && return hvncat_one(T, xs)
    if dims[1] isa Tuple
        check_hvncat_shape(dims)
        return hvncat_shape(T, dims, rowfirst, xs)
    end
    all(>(0), dims) || throw(ArgumentError("`dims` argument must contain positive integers"))
    check_hvncat_count(prod_dims(dims), xs)
    if all(x -> !(x isa AbstractArray), xs)
        out = Array{T,length(dims)}(undef, dims...)
        k = 0
        for I in hvncat_order(dims, rowfirst)
            k += 1
            out[I...] = xs[k]
        end
        return out
    end
    # blocks: join along the dimensions from the innermost on
    order = rowfirst && length(dims) >= 2 ? (2, 1, ntuple(i -> i + 2, length(dims) - 2)...) : ntuple(identity, length(dims))
    blocks = Any[xs...]
    for d in order
        n = dims[d]
        joined = Any[]
        for i in 1:n:length(blocks)
            push!(joined, cat_dims(T, (d,), tuple(blocks[i:i+n-1]...)))
        end
        blocks = joined
    end
    blocks[1]
end
function check_hvncat_shape(shape)
    all(!isempty, shape) || throw(ArgumentError("each level of `shape` argument must have at least one value"))
    all(level -> all(>(0), level), shape) || throw(ArgumentError("`shape` argument must consist of positive integers"))
    length(shape[end]) == 1 || throw(ArgumentError("last level of shape must contain only one integer"))
    all(k -> length(shape[k]) <= length(shape[k-1]), 2:length(shape)) || throw(ArgumentError("shape levels must not have more values than the level before"))
end
check_hvncat_count(n, xs) = n == length(xs) || throw(ArgumentError("argument count does not match specified shape (expected $n, got $(length(xs)))"))
function hvncat_order(dims, rowfirst)
    N = length(dims)
    perm = rowfirst && N >= 2 ? (2, 1, ntuple(i -> i + 2, N - 2)...) : ntuple(identity, N)
    ds = map(d -> dims[d], perm)
    [ntuple(k -> t[findfirst(==(k), perm)], N) for t in vec(collect(Iterators.product(map(OneTo, ds)...)))]
end
function hvncat_shape(T, shape, rowfirst, xs)
    first_level = shape[1]
    check_hvncat_count(sum(first_level), xs)
    d1, d2 = rowfirst ? (2, 1) : (1, 2)
    blocks = Any[]
    k = 0
    for n in first_level
        push!(blocks, cat_dims(T, (d1,), tuple(xs[k+1:k+n]...)))
        k += n
    end
    d = d2
    level = 2
    sizes = first_level
    while length(blocks) > 1
        joined = Any[]
        k = 0
        for total in shape[level]
            m = 0
            acc = 0
            while acc < total && k + m < length(sizes)
                m += 1
                acc += sizes[k + m]
            end
            acc == total || throw(DimensionMismatch("blocks of $acc values do not make one of $total"))
            push!(joined, cat_dims(T, (d,), tuple(blocks[k+1:k+m]...)))
            k += m
        end
        blocks = joined
        sizes = shape[level]
        level += 1
        d = level
        level > length(shape) && break
    end
    blocks[1]
end

function repeat_each(a, n)
    out = similar(a, length(a) * n)
    k = 0
    for x in a
        for _ in 1:n
            k += 1
            out[k] = x
        end
    end
    out
end
"""
    repeat(a, counts...; inner, outer)

The array again and again.
"""
repeat(a::AbstractArray, counts::Integer...) = repeat(a; outer=counts)
function repeat(a::Vector, count::Integer)
    count < 0 && throw(ArgumentError("no outer repetition count may be negative; got ($count,)"))
    n = length(a)
    r = similar(a, n * Int(count))
    for k in 0:count-1
        copyto!(r, k * n + 1, a, 1, n)
    end
    r
end
function repeat(a::AbstractArray; inner=nothing, outer=nothing)
    a isa Vector && inner isa Int && outer === nothing && inner >= 0 && return repeat_each(a, inner)
    inn = inner === nothing ? () : inner isa Integer ? (inner,) : tuple(inner...)
    out = outer === nothing ? () : outer isa Integer ? (outer,) : tuple(outer...)
    any(<(0), inn) && throw(ArgumentError("no inner repetition count may be negative; got $inn"))
    any(<(0), out) && throw(ArgumentError("no outer repetition count may be negative; got $out"))
    N = max(ndims(a), length(inn), length(out))
    inner === nothing || length(inn) >= ndims(a) || throw(ArgumentError("number of inner repetitions ($(length(inn))) cannot be less than number of dimensions of input array ($(ndims(a)))"))
    inner === nothing || outer === nothing || length(out) >= ndims(a) || throw(ArgumentError("number of outer repetitions ($(length(out))) cannot be less than number of dimensions of input array ($(ndims(a)))"))
    ni(d) = d <= length(inn) ? Int(inn[d]) : 1
    no(d) = d <= length(out) ? Int(out[d]) : 1
    r = similar(a, eltype(a), ntuple(d -> size(a, d) * ni(d) * no(d), N))
    for I in CartesianIndices(r)
        r[I] = a[ntuple(d -> div(mod(I[d] - 1, size(a, d) * ni(d)), ni(d)) + 1, N)...]
    end
    r
end

"""
    stack(itr; dims)
    stack(f, items, more...; dims)

The items, arrays or other collections of one size, as a new array with more dimensions: those of
`itr` come after those of the items, or as one at `dims`. With `f`, what it makes of the items.
"""
function stack(itr; dims::Union{Colon,Integer}=:)
    xs = itr isa AbstractArray ? itr : collect(itr)
    isempty(xs) && throw(ArgumentError("`stack` on an empty collection is not allowed"))
    x1 = first(xs)
    inner = axes_of_items(x1)
    outer = dims isa Colon ? axes(xs) : (axes(vec(xs), 1),)
    N = length(inner)
    before = dims isa Colon ? N : dims - 1
    0 <= before <= N || throw(ArgumentError("cannot stack slices ndims(x) = $N along dims = $dims"))
    head, tail = inner[1:before], inner[before+1:end]
    r = similar(x1 isa AbstractArray ? x1 : 1:0, mapreduce(eltype, promote_type, xs), (head..., outer..., tail...))
    for (I, x) in zip(CartesianIndices(outer), xs)
        at = axes_of_items(x)
        at == inner || throw(DimensionMismatch("stack expects uniform slices, got axes(x) == $(map(UnitRange, at)) while first had $(map(UnitRange, inner))"))
        copyto!(view(r, map(_ -> :, head)..., Tuple(I)..., map(_ -> :, tail)...), x)
    end
    r
end
stack(f, xs; dims=:) = stack((f(x) for x in xs); dims=dims)
stack(f, xs, more...; dims=:) = stack((f(x...) for x in zip(xs, more...)); dims=dims)
axes_of_items(x) = axes_of_items(x, IteratorSize(x))
axes_of_items(x, ::HasShape) = axes(x)
axes_of_items(x, ::HasLength) = (OneTo(length(x)),)

"""
    mapslices(f, a; dims)

`f` of each slice, put together again.
"""
function mapslices(f, a::AbstractArray; dims)
    ds = dims isa Integer ? (dims,) : tuple(dims...)
    outer = CartesianIndices(ntuple(d -> d in ds ? OneTo(1) : axes(a, d), ndims(a)))
    parts = [f(a[ntuple(d -> d in ds ? (:) : I[d], ndims(a))...]) for I in outer]
    parts[1] isa AbstractArray || return shaped_like(collect(x for x in parts), a, reduced_indices(a, ds))
    n = axes(parts[1])
    r = similar(a, cat_eltype(tuple(parts...)), ntuple(d -> d in ds ? (k = findfirst(==(d), ds); k <= length(n) ? n[k] : OneTo(1)) : axes(a, d), ndims(a)))
    for (I, p) in zip(outer, parts)
        r[ntuple(d -> d in ds ? (:) : I[d], ndims(a))...] = p
    end
    r
end

## arithmetic of whole arrays

+(a::AbstractArray, b::AbstractArray) = (check_same_size(a, b); broadcast_preserving_zero_d(+, a, b))
-(a::AbstractArray, b::AbstractArray) = (check_same_size(a, b); broadcast_preserving_zero_d(-, a, b))
# Arrays of machine numbers by one call, as far as it does them.
const MachineArray = Union{Array{Float64},Array{Int64}}
+(a::MachineArray, b::MachineArray) = whole_sum(+, a, b)
-(a::MachineArray, b::MachineArray) = whole_sum(-, a, b)
function whole_sum(f, a, b)
    r = ndims(a) > 0 && size(a) == size(b) ? array_broadcast(f, a, b) : nothing
    r === nothing || return r
    check_same_size(a, b)
    broadcast_preserving_zero_d(f, a, b)
end
*(a::MachineArray, x::Union{Float64,Int64}) = whole_scaled(*, a, x)
*(x::Union{Float64,Int64}, a::MachineArray) = whole_scaled(*, x, a)
/(a::MachineArray, x::Union{Float64,Int64}) = whole_scaled(/, a, x)
function whole_scaled(f, a, b)
    r = a isa Number || ndims(a) > 0 ? array_broadcast(f, a, b) : nothing
    r isa Array && ndims(r) > 0 ? r : broadcast_preserving_zero_d(f, a, b)
end
+(a::AbstractArray, b::AbstractArray, more::AbstractArray...) = foldl(+, (a, b, more...))
-(a::AbstractArray) = broadcast_preserving_zero_d(-, a)
+(a::AbstractArray{<:Number}) = a
*(a::AbstractMatrix{<:Number}) = a
+(a::Array{<:Number}) = broadcast_preserving_zero_d(+, a)
*(a::AbstractArray, x::Number) = broadcast_preserving_zero_d(*, a, x)
*(x::Number, a::AbstractArray) = broadcast_preserving_zero_d(*, x, a)
/(a::AbstractArray, x::Number) = broadcast_preserving_zero_d(/, a, x)
\(x::Number, a::AbstractArray) = broadcast_preserving_zero_d(\, x, a)
# Of arrays without dimensions broadcast makes an item; here it is put into such an array.
function broadcast_preserving_zero_d(f, as...)
    r = broadcast(f, as...)
    all(a -> !(a isa AbstractArray) || ndims(a) == 0, as) || return r
    fill!(similar(as[findfirst(a -> a isa AbstractArray, as)], typeof(r), ()), r)
end
check_same_size(a, b) = axes(a) == axes(b) || first_mismatch(a, b) == 0 ? nothing : throw_promote_shape_mismatch(axes(a), axes(b), first_mismatch(a, b))
first_mismatch(a, b) = (for d in 1:max(ndims(a), ndims(b)); size(a, d) == size(b, d) || return d; end; 0)
iszero(a::AbstractArray) = all(iszero, a)
