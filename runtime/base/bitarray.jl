# Arrays of Bool with a bit for each item, as comparisons with dots give them.

"""
    BitArray{N}

An array of `Bool` that takes one bit for each item, as `a .> 0` makes it. See
[`trues`](@ref), [`falses`](@ref).
"""
mutable struct BitArray{N} <: AbstractArray{Bool,N}
    chunks::Vector{UInt64}
    len::Int
    dims::NTuple{N,Int}
    # Takes the words over, without a copy.
    BitArray{N}(chunks::Vector{UInt64}, dims::NTuple{N,Int}) where {N} = new{N}(chunks, prod_dims(dims), dims)
    function BitArray{N}(::UndefInitializer, dims::Vararg{Int,N}) where {N}
        n = bit_length(dims)
        new{N}(fill!(Vector{UInt64}(undef, num_bit_chunks(n)), UInt64(0)), n, dims)
    end
end
function bit_length(dims)
    n, k = 1, 0
    for d in dims
        k += 1
        d >= 0 || throw(ArgumentError("dimension size must be ≥ 0, got $d for dimension $k"))
        n *= d
    end
    n
end
const BitVector = BitArray{1}
const BitMatrix = BitArray{2}
"Base.num_bit_chunks(n): the words that `n` bits take."
num_bit_chunks(n::Int) = (n + 63) >> 6
# The bits that are used of the last word.
_msk_end(n::Int) = n & 63 == 0 ? typemax(UInt64) : typemax(UInt64) >> (64 - (n & 63))
_msk_end(b::BitArray) = _msk_end(length(b))
BitArray(::UndefInitializer, dims::Integer...) = BitArray(undef, map(Int, dims))
BitArray{N}(::UndefInitializer, dims::Vararg{Integer,N}) where {N} = BitArray{N}(undef, map(Int, dims)...)
BitArray(::UndefInitializer, dims::NTuple{N,Int}) where {N} = BitArray{N}(undef, dims...)
BitArray{N}(::UndefInitializer, dims::NTuple{N,Int}) where {N} = BitArray{N}(undef, dims...)
BitArray{N}(::UndefInitializer, dims::NTuple{N,Integer}) where {N} = BitArray{N}(undef, map(Int, dims)...)
BitVector() = BitVector(undef, 0)
BitArray(a::AbstractArray{<:Any,N}) where {N} = BitArray{N}(a)
BitArray{N}(a::AbstractArray{<:Any,N}) where {N} = bits_of(copyto!(Array{Bool,N}(undef, map(length, axes(a))), a))
BitArray{N}(b::BitArray{N}) where {N} = copy(b)
BitArray(itr) = bits_of(collect(Bool, itr))
BitVector(t::Tuple{Vararg{Bool}}) = bits_of(collect(Bool, t))
BitArray{N}(itr) where {N} = bits_of(collect(Bool, itr)::Array{Bool,N})
"""
    Base.bits_of(a)

The items of an `Array{Bool}` as a `BitArray`.
"""
bits_of(a::Array{Bool,N}) where {N} = BitArray{N}(bits_pack(a), size(a))
"""
    Base.bools_of(b)

The items of a `BitArray` as an `Array{Bool}`.
"""
bools_of(b::BitArray{N}) where {N} = bits_unpack(b.chunks, b.len, Array{Bool,N}(undef, b.dims))
# b with what an Array{Bool} holds.
become!(b::BitArray{N}, a::Array{Bool,N}) where {N} = (b.chunks = bits_pack(a); b.len = length(a); b.dims = size(a); b)

"""
    trues(dims...)

A `BitArray` of `true`.
"""
trues(dims::DimOrInd...) = trues(dims)
trues(dims::Tuple{Vararg{DimOrInd}}) = fill!(similar(BitArray, dims), true)
trues(dims::Tuple{Vararg{Integer}}) = fill!(BitArray(undef, map(Int, dims)), true)
"""
    falses(dims...)

A `BitArray` of `false`.
"""
falses(dims::DimOrInd...) = falses(dims)
falses(dims::Tuple{Vararg{DimOrInd}}) = fill!(similar(BitArray, dims), false)
falses(dims::Tuple{Vararg{Integer}}) = BitArray(undef, map(Int, dims))

size(b::BitVector) = (b.len,)
size(b::BitArray) = b.dims
size(b::BitArray{N}, d::Integer) where {N} = d < 1 ? throw(BoundsError(size(b), d)) : d <= N ? size(b)[d] : 1
length(b::BitArray) = b.len
isassigned(b::BitArray, i::Int) = 1 <= i <= length(b)
IndexStyle(::Type{<:BitArray}) = IndexLinear()
sizeof(b::BitArray) = 8 * length(b.chunks)
elsize(::Type{<:BitArray}) = 1
dataids(b::BitArray) = (array_address(b.chunks),)
getindex(b::BitArray, i::Int) = 1 <= i <= b.len ? bits_get(b.chunks, i) : throw(BoundsError(b, i))
setindex!(b::BitArray, x::Bool, i::Int) = (1 <= i <= b.len || throw(BoundsError(b, i)); bits_set(b.chunks, i, x); b)
setindex!(b::BitArray, x, i::Int) = (1 <= i <= b.len || throw(BoundsError(b, i)); bits_set(b.chunks, i, convert(Bool, x)); b)
function getindex(b::BitArray, r::UnitRange{Int})
    checkbounds(b, r)
    copyto!(BitVector(undef, length(r)), 1, b, first(r), length(r))
end
getindex(b::BitArray{0}) = bits_get(b.chunks, 1)
setindex!(b::BitArray{0}, x) = (bits_set(b.chunks, 1, convert(Bool, x)); b)
iterate(b::BitArray, i::Int=1) = i > b.len ? nothing : (bits_get(b.chunks, i), i + 1)
copy(b::BitArray{N}) where {N} = BitArray{N}(copy(b.chunks), b.dims)
copy(b::BitVector) = BitVector(copy(b.chunks), (b.len,))
similar(b::BitArray) = BitArray(undef, size(b))
similar(b::BitArray, dims::Tuple{Vararg{Int}}) = BitArray(undef, dims)
similar(b::BitArray, ::Type{Bool}, dims::Tuple{Vararg{Int}}) = BitArray(undef, dims)
similar(b::BitArray, ::Type{T}, dims::Tuple{Vararg{Int}}) where {T} = Array{T}(undef, dims)
convert(::Type{BitArray}, a::AbstractArray) = a isa BitArray ? a : BitArray(a)
convert(::Type{BitArray{N}}, a::AbstractArray{<:Any,N}) where {N} = a isa BitArray ? a : BitArray{N}(a)
convert(::Type{T}, b::BitArray{N}) where {N,T<:Array} = convert(T, bools_of(b))
Array(b::BitArray) = bools_of(b)
Array{Bool}(b::BitArray) = bools_of(b)
Array{Bool,N}(b::BitArray{N}) where {N} = bools_of(b)
Vector{Bool}(b::BitVector) = bools_of(b)
collect(b::BitArray) = bools_of(b)
promote_rule(::Type{BitArray{N}}, ::Type{Array{T,N}}) where {T,N} = Array{promote_type(Bool, T),N}
function getindex(a::Vector, b::Union{BitVector,Vector{Bool}})
    length(b) == array_length(a) || throw(BoundsError(a, (b,)))
    array_gather(a, findall(b))
end
function fill!(b::BitArray, x)
    y = convert(Bool, x)
    isempty(b) && return b
    fill!(b.chunks, y ? typemax(UInt64) : UInt64(0))
    y && (b.chunks[end] &= _msk_end(b))
    b
end
copyto!(dest::BitArray, src::Union{BitArray,Array}) = copyto!(dest, 1, src, 1, length(src))
copyto!(dest::Array{Bool}, src::BitArray) = copyto!(dest, 1, src, 1, length(src))
copyto!(dest::BitArray, di::Integer, src::BitArray, si::Integer, n::Integer) = copy_bits!(dest, Int(di), src, Int(si), Int(n))
copyto!(dest::BitArray, di::Integer, src::Array{Bool}, si::Integer, n::Integer) = copy_bits!(dest, Int(di), src, Int(si), Int(n))
copyto!(dest::Array{Bool}, di::Integer, src::BitArray, si::Integer, n::Integer) = copy_bits!(dest, Int(di), src, Int(si), Int(n))
function copyto!(dest::BitArray, di::Integer, src::Array, si::Integer, n::Integer)
    check_copied(dest, di, src, si, n) || return dest
    a = Vector{Bool}(undef, n)
    copyto!(a, 1, src, si, n)
    bits_copy(dest.chunks, Int(di), a, 1, Int(n))
    dest
end
function copy_bits!(dest, di, src, si, n)
    check_copied(dest, di, src, si, n) && bits_copy(bits_or_bools(dest), di, bits_or_bools(src), si, n)
    dest
end
bits_or_bools(b::BitArray) = b.chunks
bits_or_bools(a::Array{Bool}) = a
# Whether there is something to copy; an error where it does not lie in the arrays.
function check_copied(dest, di, src, si, n)
    n == 0 && return false
    n < 0 && throw(ArgumentError("tried to copy n=$n elements, but n should be non-negative"))
    si < 1 && throw(BoundsError(src, si))
    di < 1 && throw(BoundsError(dest, di))
    si + n - 1 > length(src) && throw(BoundsError(src, length(src) + 1))
    di + n - 1 > length(dest) && throw(BoundsError(dest, length(dest) + 1))
    true
end
function reshape(b::BitArray, dims::NTuple{N,Int}) where {N}
    prod_dims(dims) == length(b) || throw(DimensionMismatch("new dimensions $dims must be consistent with array length $(length(b))"))
    size(b) === dims && return b
    BitArray{N}(b.chunks, dims)
end
vec(b::BitVector) = b
real(b::BitArray) = b
imag(b::BitArray) = falses(size(b))
conj(b::BitArray) = b
conj!(b::BitArray) = b

## stack and queue

push!(b::BitVector) = b
function push!(b::BitVector, x)
    y = convert(Bool, x)
    b.len & 63 == 0 && push!(b.chunks, UInt64(0))
    b.len += 1
    b.dims = (b.len,)
    bits_set(b.chunks, b.len, y)
    b
end
function pop!(b::BitVector)
    isempty(b) && throw(ArgumentError("argument must be non-empty"))
    x = b[b.len]
    bits_set(b.chunks, b.len, false)
    b.len -= 1
    b.dims = (b.len,)
    b.len & 63 == 0 && pop!(b.chunks)
    x
end
# What an Array{Bool} in the place of b would do.
function on_bools(f, b::BitVector)
    a = bools_of(b)
    r = f(a)
    become!(b, a)
    r === a ? b : r isa Array{Bool} ? bits_of(r) : r
end
bools_from(itr) = Bool[x for x in itr]
bools_from(a::Vector{Bool}) = a
bools_from(b::BitVector) = bools_of(b)
pushfirst!(b::BitVector, x) = (y = convert(Bool, x); on_bools(a -> pushfirst!(a, y), b))
pushfirst!(b::BitVector, xs...) = on_bools(a -> pushfirst!(a, map(x -> convert(Bool, x), xs)...), b)
popfirst!(b::BitVector) = isempty(b) ? throw(ArgumentError("argument must be non-empty")) : on_bools(popfirst!, b)
append!(b::BitVector, itr) = (v = map(x -> convert(Bool, x), itr isa AbstractArray ? vec(itr) : collect(itr)); on_bools(a -> append!(a, v), b))
append!(b::BitVector, items::Union{BitVector,Vector{Bool}}) = (v = bools_from(items); on_bools(a -> append!(a, v), b))
prepend!(b::BitVector, itr) = (v = bools_from(itr); on_bools(a -> prepend!(a, v), b))
function resize!(b::BitVector, n::Integer)
    n < 0 && throw(BoundsError(b, n))
    m = b.len
    a = resize!(bools_of(b), Int(n))
    n > m && (a[m+1:n] .= false)
    become!(b, a)
end
sizehint!(b::BitVector, n; kw...) = b
insert!(b::BitVector, i::Integer, x) = (1 <= i <= b.len + 1 || throw(BoundsError(b, i)); y = convert(Bool, x); on_bools(a -> insert!(a, i, y), b))
deleteat!(b::BitVector, i::Integer) = (i isa Bool && throw(ArgumentError("invalid index: $i of type Bool")); 1 <= i <= b.len || throw(BoundsError(b, i)); on_bools(a -> deleteat!(a, i), b))
deleteat!(b::BitVector, r::AbstractUnitRange{Int}) = (isempty(r) || 1 <= first(r) && last(r) <= b.len || throw(BoundsError(b, isempty(r) ? first(r) : last(r))); on_bools(a -> deleteat!(a, r), b))
deleteat!(b::BitVector, inds) = on_bools(a -> deleteat!(a, inds), b)
keepat!(b::BitVector, inds) = on_bools(a -> keepat!(a, inds), b)
splice!(b::BitVector, i::Integer) = (x = b[i]; deleteat!(b, i); x)
splice!(b::BitVector, i, ins=Bool[]) = (v = bools_from(ins); on_bools(a -> splice!(a, i, v), b))
empty!(b::BitVector) = resize!(b, 0)
reverse(b::BitVector) = bits_of(reverse(bools_of(b)))
reverse!(b::BitVector) = become!(b, reverse!(bools_of(b)))
permutedims(b::BitMatrix) = bits_of(permutedims(bools_of(b)))
repeat(b::BitVector, n::Integer) = bits_of(repeat(bools_of(b), n))

## operations on all bits

count(b::BitArray; dims=:, init=0) = dims === (:) ? init + bits_count(b.chunks) : count(bools_of(b); dims=dims, init=init)
sum(b::BitArray; dims=:, init=0) = dims === (:) ? init + bits_count(b.chunks) : sum(bools_of(b); dims=dims)
function any(b::BitArray)
    for w in b.chunks
        w == 0 || return true
    end
    false
end
all(b::BitArray) = bits_count(b.chunks) == b.len
minimum(b::BitArray; dims=:) = dims === (:) ? (isempty(b) ? throw(ArgumentError("argument must be non-empty")) : all(b)) : bits_of(minimum(bools_of(b); dims=dims))
maximum(b::BitArray; dims=:) = dims === (:) ? (isempty(b) ? throw(ArgumentError("argument must be non-empty")) : any(b)) : bits_of(maximum(bools_of(b); dims=dims))
findall(b::BitVector) = bits_findall(b.chunks)
findall(b::BitArray{N}) where {N} = (c = CartesianIndices(b); CartesianIndex{N}[c[i] for i in bits_findall(b.chunks)])
findall(::typeof(!), b::BitArray) = findall(flipped(b))
# The place of a bit as the keys of b have it, nothing when there is none.
bit_place(::BitVector, k) = 0 < k ? k : nothing
bit_place(b::BitArray, k) = 0 < k <= b.len ? CartesianIndices(b)[k] : nothing
next_bit(b, i, x) = i < 1 ? throw(BoundsError(b, i)) : (k = bits_next(b.chunks, i, x); k <= b.len ? k : 0)
prev_bit(b, i, x) = i > b.len ? throw(BoundsError(b, i)) : bits_prev(b.chunks, i, x)
findfirst(b::BitArray) = bit_place(b, next_bit(b, 1, true))
findlast(b::BitArray) = bit_place(b, prev_bit(b, b.len, true))
findnext(b::BitVector, i::Integer) = bit_place(b, next_bit(b, Int(i), true))
findprev(b::BitVector, i::Integer) = bit_place(b, prev_bit(b, Int(i), true))
# The first and last items that are false.
findfirstnot(b::BitArray) = bit_place(b, next_bit(b, 1, false))
findlastnot(b::BitArray) = bit_place(b, prev_bit(b, b.len, false))
findnextnot(b::BitVector, i::Integer) = bit_place(b, next_bit(b, Int(i), false))
findprevnot(b::BitVector, i::Integer) = bit_place(b, prev_bit(b, Int(i), false))
# A predicate need be asked only about false and true.
function findnext(f::Function, b::BitVector, i::Integer)
    f0, f1 = f(false)::Bool, f(true)::Bool
    f0 == f1 || return bit_place(b, next_bit(b, Int(i), f1))
    i < 1 && throw(BoundsError(b, i))
    f1 && i <= b.len ? Int(i) : nothing
end
function findprev(f::Function, b::BitVector, i::Integer)
    f0, f1 = f(false)::Bool, f(true)::Bool
    f0 == f1 || return bit_place(b, prev_bit(b, Int(i), f1))
    i > b.len && throw(BoundsError(b, i))
    f1 && i >= 1 ? Int(i) : nothing
end
findfirst(f::Function, b::BitVector) = findnext(f, b, 1)
findlast(f::Function, b::BitVector) = findprev(f, b, b.len)
findall(a::Vector{Bool}) = bools_findall(a)
findall(a::Array{Bool,N}) where {N} = (c = CartesianIndices(a); CartesianIndex{N}[c[i] for i in bools_findall(a)])
==(a::BitArray, b::BitArray) = size(a) == size(b) && a.chunks == b.chunks
==(a::BitArray, b::Array{Bool}) = bools_of(a) == b
==(a::Array{Bool}, b::BitArray) = a == bools_of(b)
isequal(a::BitArray, b::Union{BitArray,Array{Bool}}) = a == b
isequal(a::Array{Bool}, b::BitArray) = a == b
map(::Union{typeof(!),typeof(~)}, b::BitArray) = flipped(b)
map(::typeof(identity), b::BitArray) = copy(b)
function flipped(b::BitArray{N}) where {N}
    c = copy(b)
    flipbits!(c)
end
function flipbits!(b::BitArray)
    isempty(b) && return b
    for k in 1:length(b.chunks)
        b.chunks[k] = ~b.chunks[k]
    end
    b.chunks[end] &= _msk_end(b)
    b
end
(~)(b::BitArray) = flipped(b)
for (f, g) in ((:&, :&), (:|, :|), (:xor, :xor), (:*, :&), (:min, :&), (:max, :|), (:!=, :xor))
    @eval map(::typeof($f), a::BitArray{N}, b::BitArray{N}) where {N} = map_words($g, a, b)
end
map(::typeof(==), a::BitArray{N}, b::BitArray{N}) where {N} = flipped(map_words(xor, a, b))
function map_words(g, a::BitArray{N}, b::BitArray{N}) where {N}
    size(a) == size(b) || throw(DimensionMismatch("sizes of A and B must match"))
    BitArray{N}(UInt64[g(x, y) for (x, y) in zip(a.chunks, b.chunks)], a.dims)
end
filter(f, b::BitVector) = bits_of(filter(f, bools_of(b)))
vcat(a::BitVector...) = bits_of(vcat(map(bools_of, a)...))

## bits shifted

"""
    b << n
    b >> n

The items of a bit vector moved by `n` places to the front or to the back; `false` comes in.
"""
<<(b::BitVector, n::Int) = n < 0 ? b >> unsigned_abs(n) : b << UInt(n)
>>(b::BitVector, n::Int) = n < 0 ? b << unsigned_abs(n) : b >> UInt(n)
>>>(b::BitVector, n::Int) = b >> n
<<(b::BitVector, n::UInt) = moved(b, n, 0)
>>(b::BitVector, n::UInt) = moved(b, 0, n)
>>>(b::BitVector, n::UInt) = b >> n
unsigned_abs(n::Int) = n % UInt === UInt(1) << 63 ? UInt(1) << 63 : UInt(-n)
# b without its first `less` items and with `more` items before it, in the same length.
function moved(b, less, more)
    out = falses(length(b))
    n = length(b) - max(less, more)
    less >= length(b) || more >= length(b) || copyto!(out, 1 + Int(more), b, 1 + Int(less), Int(n))
    out
end
