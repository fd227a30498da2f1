# Array, the machine's own array type, and its vectors as stacks and queues.

## making

Array{T,N}(::UndefInitializer, dims::Vararg{Integer,N}) where {T,N} = array_alloc(Array{T,N}, map(Int, dims)...)
Array{T,N}(::UndefInitializer, dims::Tuple{Vararg{Integer,N}}) where {T,N} = array_alloc(Array{T,N}, map(Int, dims)...)
Array{T,N}(::UndefInitializer, dims::Dims{N}) where {T,N} = array_alloc(Array{T,N}, dims...)
Array{T}(::UndefInitializer, dims::Dims{N}) where {T,N} = array_alloc(Array{T,N}, dims...)
Array{T,1}(::UndefInitializer, n::Int) where {T} = array_alloc(Array{T,1}, n)
Array{T,2}(::UndefInitializer, m::Int, n::Int) where {T} = array_alloc(Array{T,2}, m, n)
Array{T}(::UndefInitializer, n::Int) where {T} = array_alloc(Array{T,1}, n)
Array{T}(::UndefInitializer, dims::Integer...) where {T} = array_alloc(Array{T,length(dims)}, map(Int, dims)...)
Array{T}(::UndefInitializer, dims::Tuple{Vararg{Integer}}) where {T} = array_alloc(Array{T,length(dims)}, map(Int, dims)...)
Array{T,1}() where {T} = array_alloc(Array{T,1}, 0)
Array{T,N}(x::Union{Nothing,Missing}, dims::Integer...) where {T,N} = fill!(array_alloc(Array{T,N}, map(Int, dims)...), x)
Array{T}(x::Union{Nothing,Missing}, dims::Integer...) where {T} = fill!(array_alloc(Array{T,length(dims)}, map(Int, dims)...), x)
(::Type{Array{T,1} where T})() = Any[]
(::Type{Array{T,1} where T})(::UndefInitializer, n::Integer) = Vector{Any}(undef, n)
(::Type{Array{T,2} where T})(::UndefInitializer, m::Integer, n::Integer) = Matrix{Any}(undef, m, n)
Array{T,N}(a::AbstractArray{S,N}) where {T,N,S} = copyto_axcheck!(array_alloc(Array{T,N}, map(Int, size(a))...), a)
copyto_axcheck!(to, from) = axes(to) == axes(from) ? copyto!(to, from) :
    throw(DimensionMismatch(string("axes must agree, got ", axes(to), " and ", axes(from))))
Array{T}(a::AbstractArray{S,N}) where {T,N,S} = Array{T,N}(a)
Array(a::AbstractArray{T,N}) where {T,N} = Array{T,N}(a)
(::Type{Array{T,N} where T})(a::AbstractArray{S,N}) where {S,N} = Array{S,N}(a)
Array{T,1}(a::AbstractArray{S,1}) where {T,S} = copyto!(array_alloc(Array{T,1}, Int(length(a))), a)
Array{T,1}(x::Union{Nothing,Missing}, n::Integer) where {T} = fill!(array_alloc(Array{T,1}, Int(n)), x)
(::Type{Array{T,1} where T})(a::AbstractArray{S,1}) where {S} = Array{S,1}(a)

"""
    zeros([T=Float64,] dims...)

An array of zeros.
"""
zeros(dims::Integer...) = zeros(Float64, dims...)
zeros(dims::DimOrInd...) = zeros(dims)
zeros(dims::Tuple{Vararg{DimOrInd}}) = zeros(Float64, dims)
zeros(n::Int) = fill!(array_alloc(Array{Float64,1}, n), 0.0)
zeros(m::Int, n::Int) = fill!(array_alloc(Array{Float64,2}, m, n), 0.0)
zeros(::Type{T}, n::Int) where {T} = fill!(array_alloc(Array{T,1}, n), zero(T))
zeros(::Type{T}, m::Int, n::Int) where {T} = fill!(array_alloc(Array{T,2}, m, n), zero(T))
zeros(::Type{T}, dims::Integer...) where {T} = fill!(Array{T,length(dims)}(undef, map(Int, dims)...), zero(T))
zeros(::Type{T}, dims::DimOrInd...) where {T} = zeros(T, dims)
zeros(::Type{T}, dims::Tuple{Vararg{Union{Integer,OneTo}}}) where {T} = zeros(T, map(to_dim, dims)...)
"""
    ones([T=Float64,] dims...)

An array of ones.
"""
ones(dims::Integer...) = ones(Float64, dims...)
ones(dims::DimOrInd...) = ones(dims)
ones(dims::Tuple{Vararg{DimOrInd}}) = ones(Float64, dims)
ones(::Type{T}, n::Int) where {T} = fill!(array_alloc(Array{T,1}, n), one(T))
ones(::Type{T}, m::Int, n::Int) where {T} = fill!(array_alloc(Array{T,2}, m, n), one(T))
ones(::Type{T}, dims::Integer...) where {T} = fill!(Array{T,length(dims)}(undef, map(Int, dims)...), one(T))
ones(::Type{T}, dims::DimOrInd...) where {T} = ones(T, dims)
ones(::Type{T}, dims::Tuple{Vararg{Union{Integer,OneTo}}}) where {T} = ones(T, map(to_dim, dims)...)
"""
    fill(x, dims...)

An array with `x` everywhere.
"""
fill(x, n::Int) = fill!(array_alloc(Array{typeof(x),1}, n), x)
fill(x, m::Int, n::Int) = fill!(array_alloc(Array{typeof(x),2}, m, n), x)
fill(x, dims::Integer...) = fill!(Array{typeof(x),length(dims)}(undef, map(Int, dims)...), x)
fill(x, dims::DimOrInd...) = fill(x, dims)
fill(x, dims::Tuple{Vararg{Union{Integer,OneTo}}}) = fill(x, map(to_dim, dims)...)
"""
    fill!(a, x)

Store `x` in every place of `a`.
"""
fill!(a::Array{T}, x) where {T} = (array_fill(a, convert(T, x)); a)

"""
    similar(a, [T], [dims...])

A new array like `a`, without values, of another type or size if given.
"""
similar(a::Array{T,N}) where {T,N} = Array{T,N}(undef, size(a))
similar(a::Array{T,1}) where {T} = array_alloc(Array{T,1}, array_length(a))

## access

length(a::Array) = array_length(a)
size(a::Array) = array_dims(a)
size(a::Array, d::Integer) = array_size(a, Int(d))
isempty(a::Array) = array_length(a) == 0
eltype(::Type{<:AbstractArray{T}}) where {T} = @isdefined(T) ? T : Any
eltype(::Type{Array{T,N}}) where {T<:Number,N} = T # the same, without the question
eltype(a::AbstractArray{T}) where {T} = T
IndexStyle(::Type{<:Array}) = IndexLinear()
elsize(::Type{<:Array{T}}) where {T} = elsize_stored(T)
elsize(a::AbstractArray) = elsize(typeof(a))
sizeof(a::Array) = array_length(a) * item_size(eltype(a))
# The bytes that Julia needs for an item of an array: those of the largest member of a union of plain data.
item_size(T) = isbitstype(T) ? aligned_sizeof(T) : isbitsunion(T) ? maximum(sizeof, uniontypes(T)) : allocatedinline(T) ? sizeof(T) : 8
elsize_stored(T) = isbitstype(T) ? sizeof(T) : 8

getindex(a::Array, i::Int) = array_get(a, i)
getindex(a::Array, i::Int, j::Int) = array_get(a, i, j)
getindex(a::Array, i::Int, j::Int, k::Int) = array_get(a, i, j, k)
getindex(a::Array, i::Int, j::Int, k::Int, more::Int...) = array_get(a, i, j, k, more...)
getindex(a::Array) = array_length(a) == 1 ? array_get(a, 1) : throw(BoundsError(a, ()))
setindex!(a::Array{T}, x, i::Int) where {T} = (array_set(a, x isa T ? x : convert(T, x), i); a)
setindex!(a::Array{T}, x, i::Int, j::Int) where {T} = (array_set(a, x isa T ? x : convert(T, x), i, j); a)
setindex!(a::Array{T}, x, i::Int, j::Int, more::Int...) where {T} = (array_set(a, x isa T ? x : convert(T, x), i, j, more...); a)
setindex!(a::Array{T}, x) where {T} = (array_length(a) == 1 ? array_set(a, convert(T, x), 1) : throw(BoundsError(a, ())); a)
isassigned(a::Array) = isassigned(a, 1)
isassigned(a::Array, i::Int) = array_isassigned(a, i)
isassigned(a::Array, i::Int, j::Int, more::Int...) = checkbounds(Bool, a, i, j, more...) && array_isassigned(a, LinearIndices(a)[i, j, more...])

getindex(a::Array, r::AbstractUnitRange{Bool}) = checkbounds(Bool, a, r) ? a[collect(Bool, r)] : throw(BoundsError(a, r))
function getindex(a::Vector, r::UnitRange{Int64})
    isempty(r) && return array_alloc(typeof(a), 0)
    (r.start >= 1 && r.stop <= array_length(a)) || throw(BoundsError(a, r))
    array_slice(a, r.start, r.stop)
end
getindex(a::Vector, ::Colon) = array_copy(a)
getindex(a::Array, ::Colon) = array_reshape(array_copy(a), Vector{eltype(a)}, array_length(a))
function getindex(a::Vector, v::Vector{Int64})
    for i in v
        1 <= i <= array_length(a) || throw(BoundsError(a, (v,)))
    end
    array_gather(a, v)
end

iterate(a::Array, i::Int=1) = i > array_length(a) || i < 1 ? nothing : (array_get(a, i), i + 1)

"""
    copy(a)

A new collection with the same items.
"""
copy(a::Array) = array_copy(a)
"""
    copyto!(dest, src)
    copyto!(dest, i, src, j, n)

Copy items into `dest`.
"""
function copyto!(dest::Array{T}, di::Integer, src::Array, si::Integer, n::Integer) where {T}
    n == 0 && return dest
    n > 0 || throw(ArgumentError("tried to copy n=$n elements, but n should be non-negative"))
    (di >= 1 && di + n - 1 <= length(dest)) || throw(BoundsError(dest, di:di+n-1))
    (si >= 1 && si + n - 1 <= length(src)) || throw(BoundsError(src, si:si+n-1))
    array_copyto(dest, Int(di), src, Int(si), Int(n)) && return dest
    for i in 0:n-1
        dest[di + i] = src[si + i]
    end
    dest
end
copyto!(dest::Array, src::Array) = (length(dest) >= length(src) || throw(BoundsError(dest, LinearIndices(src))); copyto!(dest, 1, src, 1, length(src)))
copyto!(dest::Array, di::Integer, src::Array) = copyto!(dest, di, src, 1, length(src))

vec(a::Vector) = a
reshape(a::Array{T}, dims::Vararg{Int,N}) where {T,N} = array_reshape(a, Array{T,N}, checked_dims(a, dims)...)
function checked_dims(a, dims)
    n = 1
    for d in dims
        n *= d
    end
    n == length(a) || throw(DimensionMismatch("new dimensions $dims must be consistent with array length $(length(a))"))
    dims
end

## literals

vect() = Any[]
vect(xs::T...) where {T} = array_vect(T, xs...)
function vect(xs...)
    T = promote_typeof(xs...)
    v = Vector{T}(undef, length(xs))
    for i in 1:length(xs)
        v[i] = xs[i]
    end
    v
end
getindex(::Type{T}) where {T} = array_alloc(Vector{T}, 0)
function getindex(::Type{T}, xs...) where {T}
    v = array_alloc(Vector{T}, length(xs))
    for i in 1:length(xs)
        v[i] = xs[i]
    end
    v
end
getindex(::Type{T}, xs::T...) where {T} = array_vect(T, xs...)
getindex(::Type{T}, x::T) where {T} = array_vect(T, x)
getindex(::Type{T}, x::T, y::T) where {T} = array_vect(T, x, y)

## collect

"""
    collect([T,] itr)

A vector (or array, if `itr` has a shape) of the items.
"""
collect(::Type{T}, itr) where {T} = collect_to_type(T, itr, IteratorSize(itr))
function collect_to_type(::Type{T}, itr, ::Union{HasLength,HasShape}) where {T}
    v = alloc_like(T, itr)
    i = 0
    for x in itr
        i += 1
        v[i] = x
    end
    v
end
function collect_to_type(::Type{T}, itr, ::IteratorSize) where {T}
    v = Vector{T}()
    for x in itr
        push!(v, x)
    end
    v
end
alloc_like(T, itr) = alloc_sized(T, itr, IteratorSize(itr))
alloc_sized(::Type{T}, itr, ::HasShape{N}) where {T,N} = Array{T,N}(undef, size(itr)...)
alloc_sized(::Type{T}, itr, ::IteratorSize) where {T} = Vector{T}(undef, Int(length(itr)))
collect(a::Array) = copy(a)
collect(r::UnitRange{Int64}) = array_iota(length(r), r.start, 1)
collect(r::OneTo{Int64}) = array_iota(r.stop, 1, 1)
collect(r::StepRange{Int64,Int64}) = array_iota(length(r), r.start, r.step)
collect(itr) = collect_any(itr, IteratorEltype(itr), IteratorSize(itr))
collect_any(itr, ::HasEltype, s::Union{HasLength,HasShape}) = collect_to_type(eltype(itr), itr, s)
collect_any(itr, ::HasEltype, s::SizeUnknown) = collect_to_type(eltype(itr), itr, s)
collect_any(itr, ::EltypeUnknown, s::SizeUnknown) = grow_collect(itr)
collect_any(itr, ::EltypeUnknown, s::Union{HasLength,HasShape}) = fill_collect(itr, s)
collect_any(itr, known::IteratorEltype, s::IsInfinite) = throw(MethodError(collect_to_type, (eltype(itr), itr, s)))
function empty_collected(itr, s)
    T = itr isa Generator ? generator_eltype(itr) : promote_typejoin_union(inferred_items(itr))
    s isa HasShape && ndims_of_shape(s) != 1 ? alloc_sized(T, itr, s) : Vector{T}()
end
ndims_of_shape(::HasShape{N}) where {N} = N
generator_eltype(g) = g.f isa Type ? promote_typejoin_union(g.f) : g.f === identity && IteratorEltype(g.iter) isa HasEltype ? eltype(g.iter) :
    promote_typejoin_union(inferred_items(g))
iterated_eltype(itr) = itr isa Generator ? generator_eltype(itr) : eltype(itr)

# The element type is that of the first item, and widened when one does not fit.
function fill_collect(itr, s)
    v, T, i = Any[], Union{}, 0
    dims = s isa HasShape ? size(itr) : (Int(length(itr)),)    # before an item is taken away
    for x in itr
        if !(x isa T)
            v = i == 0 ? Array{typeof(x),length(dims)}(undef, dims) : widen_collect(v, i, x)
            T = eltype(v)
        end
        i += 1
        array_set(v, x, i)
    end
    i == 0 ? empty_collected(itr, s) : v
end
function grow_collect(itr)
    v, T = Any[], Union{}
    for x in itr
        if !(x isa T)
            v = T === Union{} ? array_alloc(Vector{typeof(x)}, 0) : widen_collect(v, length(v), x)
            T = eltype(v)
        end
        array_push(v, x)
    end
    T === Union{} ? empty_collected(itr, SizeUnknown()) : v
end
function widen_collect(v::Array{T,N}, n, x) where {T,N}
    S = promote_typejoin(T, typeof(x))
    w = Array{S,N}(undef, size(v)...)
    for k in 1:n
        w[k] = v[k]
    end
    w
end

"""
    map(f, collections...)

`f` of each item (or of the items side by side), as an array.
"""
map(f, a::AbstractArray) = as_similar(a, collect(Generator(f, a)))
map(f, a::Union{Array,AbstractRange}) = collect(Generator(f, a))
# The items of v in an array of the kind of a, whose shape it has.
function as_similar(a, v)
    out = similar(a, eltype(v), axes(a))
    typeof(out) === typeof(v) ? v : copyto!(out, v)
end
map(f, itr) = collect(Generator(f, itr))
map(f) = f()
map(f, ::AbstractDict) = error("map is not defined on dictionaries")
map(f, ::AbstractSet) = error("map is not defined on sets")
map(f, a, b, more...) = collect(Generator(f, a, b, more...))
function map(f, a::AbstractArray, b::AbstractArray)
    size(a) == size(b) || return collect(Generator(f, a, b))
    isempty(a) && return similar(Array{promote_typejoin_union(promote_op(f, eltype(a), eltype(b)))}, size(a))
    a isa Union{Array,AbstractRange} && b isa Union{Array,AbstractRange} && firstindex(a) == firstindex(b) == 1 &&
        return shape_as(collect(Generator(i -> f(a[i], b[i]), 1:length(a))), a)
    shape_as(collect(f(a[i], b[j]) for (i, j) in zip(eachindex(a), eachindex(b))), a)
end
shape_as(v, a) = ndims(a) == 1 ? v : reshape(v, size(a))
"""
    map!(f, dest, collections...)

Store `f` of each item in `dest`.
"""
function map!(f, dest::AbstractArray, a)
    for (i, x) in zip(eachindex(dest), a)
        dest[i] = f(x)
    end
    dest
end
function map!(f, dest::AbstractArray, a, b, more...)
    for (i, xs) in zip(eachindex(dest), zip(a, b, more...))
        dest[i] = f(xs...)
    end
    dest
end
map!(f, a::AbstractArray) = map!(f, a, a)
"""
    foreach(f, collections...)

Call `f` on each item, for its effect.
"""
function foreach(f, itr)
    for x in itr
        f(x)
    end
    nothing
end
foreach(f) = (f(); nothing)
function foreach(f, a, b, more...)
    for xs in zip(a, b, more...)
        f(xs...)
    end
    nothing
end

## filter, find, reverse

"""
    filter(f, collection)

The items for which `f` is true.
"""
function filter(f, a::Vector{T}) where {T}
    out = array_alloc(Vector{T}, 0)
    for x in a
        f(x) && array_push(out, x)
    end
    out
end
function filter(f, a::AbstractArray)
    kept = [f(x)::Bool for x in a]
    a isa AbstractVector && !(axes(a, 1) isa OneTo) ? a[findall(kept) .+ (firstindex(a) - 1)] : a[kept]
end
filter(f) = Fix1(filter, f)
"""
    filter!(f, a)

Remove the items for which `f` is not true.
"""
function filter!(f, a::AbstractVector)
    j = firstindex(a)
    for i in eachindex(a)
        x = a[i]
        if f(x)
            a[j] = x
            j += 1
        end
    end
    a isa Vector ? resize!(a, j - 1) : j > lastindex(a) ? a : deleteat!(a, j:lastindex(a))
end
"""
    reverse(a; dims)

The items in the opposite order.
"""
reverse(a::Vector) = array_reverse(array_copy(a), 1, length(a))
function reverse(a::AbstractVector)
    out = similar(a)
    ends = firstindex(a) + lastindex(a)
    for i in eachindex(a)
        out[ends - i] = a[i]
    end
    out
end
function reverse(a::AbstractVector, start::Integer, stop::Integer=lastindex(a))
    v = copymutable(a)
    reverse!(v, start, stop)
end
reverse!(a::Vector, start::Integer=1, stop::Integer=length(a)) = (array_reverse(a, Int(start), Int(stop)); a)
function reverse!(a::AbstractVector, start::Integer=firstindex(a), stop::Integer=lastindex(a))
    i, j = Int(start), Int(stop)
    i <= j && (checkbounds(a, i); checkbounds(a, j))
    while i < j
        a[i], a[j] = a[j], a[i]
        i += 1
        j -= 1
    end
    a
end
function reverse!(a::AbstractArray; dims=:)
    dims === (:) || return copyto!(a, reverse(a; dims=dims))
    reverse!(vec(a))
    a
end
function reverse(a::AbstractArray; dims=:)
    ndims(a) == 0 && dims === (:) && return copy(a)
    ds = dims === (:) ? ntuple(identity, ndims(a)) : dims isa Integer ? (dims,) : dims
    for d in ds
        1 <= d <= ndims(a) || throw(ArgumentError("dimension $d is not 1 ≤ $d ≤ $(ndims(a))"))
    end
    axes(a) isa Tuple{Vararg{OneTo}} && return a[ntuple(d -> d in ds ? (size(a, d):-1:1) : (:), ndims(a))...]
    r = similar(a)
    for I in CartesianIndices(a)
        r[ntuple(d -> d in ds ? first(axes(a, d)) + last(axes(a, d)) - I[d] : I[d], ndims(a))...] = a[I]
    end
    r
end

"""
    findall(f, a)
    findall(a)

The indices of the items for which `f` is true (or that are true).
"""
findall(a) = findall(identity, a)
function findall(f, a)
    out = Vector{keytype_of(a)}()
    for (i, x) in pairs(a)
        f(x) && push!(out, i)
    end
    out
end
function findall(f::Function, a::Vector)
    out = Int[]
    for i in 1:length(a)
        f(a[i]) && push!(out, i)
    end
    out
end
# Among real numbers, what is there is found as by isequal.
findall(f::Fix2{typeof(in),<:Union{Array{<:Real},Real}}, a::Vector{<:Real}) = findall_among(f, a)
findall(f::Fix2{typeof(in),<:Union{Array{<:Real},Real}}, a::Array{<:Real}) = findall_among(f, a)
findall_among(f, a) = (wanted = Set(f.x isa Real ? (f.x,) : f.x); findall(x -> x in wanted, a))
keytype_of(a::AbstractArray) = ndims(a) == 1 ? Int : CartesianIndex{ndims(a)}
keytype_of(a::AbstractDict) = keytype(a)
keytype_of(a::NamedTuple) = Symbol
keytype_of(a) = Int
"""
    findfirst(f, a)
    findfirst(a)

The first index for which `f` is true (or the item is), or nothing.
"""
findfirst(a) = findfirst(identity, a)
function findfirst(f::Function, a::Vector)
    for i in 1:length(a)
        f(a[i]) && return i
    end
    nothing
end
function findfirst(f::Function, a)
    for (i, x) in pairs(a)
        f(x) && return i
    end
    nothing
end
"""
    findlast(f, a)

The last index for which `f` is true, or nothing.
"""
findlast(a) = findlast(identity, a)
function findlast(f::Function, a)
    ks = keys(a)
    for i in Iterators.reverse(ks isa AbstractArray ? ks : collect(ks))
        f(a[i]) && return i
    end
    nothing
end
findnext(a, i) = findnext(identity, a, i)
function findnext(f::Function, a::AbstractArray, i)
    i isa Integer && (i = Int(i))
    while i <= lastindex(a)
        f(a[i]) && return i
        i += 1
    end
    nothing
end
findprev(a, i) = findprev(identity, a, i)
function findprev(f::Function, a::AbstractArray, i)
    i isa Integer && (i = Int(i))
    while i >= firstindex(a)
        f(a[i]) && return i
        i -= 1
    end
    nothing
end
"""
    indexin(a, b)

For each item of `a`, where it stands first in `b`, or nothing.
"""
function indexin(a, b)
    K = keytype_of(b)
    at = Dict{Any,K}()
    for (i, x) in pairs(b)
        get!(at, x, i)
    end
    Union{Nothing,K}[get(at, x, nothing) for x in a]
end

## comparison

function ==(a::Array, b::Array)
    r = array_equal(a, b)
    r === nothing ? equal_elements(a, b) : r
end
function isequal(a::Array, b::Array)
    r = array_isequal(a, b)
    r === nothing ? invoke(isequal, Tuple{AbstractArray,AbstractArray}, a, b) : r
end
function equal_elements(a, b)
    axes(a) == axes(b) || return false
    anymissing = false
    for (x, y) in zip(a, b)
        r = x == y
        if r === missing
            anymissing = true
        elseif !r
            return false
        end
    end
    anymissing ? missing : true
end
# What a splatted argument gives that only Julia code can iterate.
function append_any(xs...)
    out = Vector{Any}()
    for x in xs, y in x
        push!(out, y)
    end
    out
end

"What selects items along a dimension in steps."
const RangeIndex = Union{Int,AbstractRange{Int},AbstractUnitRange{Int}}
