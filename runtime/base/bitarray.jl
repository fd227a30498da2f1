# Arrays of Bool as comparisons with dots give them.

"""
    BitArray{N}

An array of `Bool`, as `a .> 0` makes it. See [`trues`](@ref), [`falses`](@ref).
"""
mutable struct BitArray{N} <: AbstractArray{Bool,N}
    data::Array{Bool,N}
    BitArray{N}(data::Array{Bool,N}, ::Nothing) where {N} = new{N}(data)
    BitArray{N}(::UndefInitializer, dims::Vararg{Integer,N}) where {N} = new{N}(array_alloc(Array{Bool,N}, map(Int, dims)...))
end
const BitVector = BitArray{1}
const BitMatrix = BitArray{2}
BitArray(::UndefInitializer, dims::Integer...) = BitArray{length(dims)}(undef, dims...)
BitArray(::UndefInitializer, dims::Tuple) = BitArray{length(dims)}(undef, dims...)
BitArray{N}(::UndefInitializer, dims::Tuple) where {N} = BitArray{N}(undef, dims...)
BitArray(itr) = itr isa AbstractArray ? bits_of(copyto!(Array{Bool,ndims(itr)}(undef, size(itr)...), itr)) : bits_of(collect(Bool, itr))
BitArray{N}(itr) where {N} = BitArray(itr)
BitArray{N}() where {N} = BitArray{N}(undef, ntuple(i -> 0, N)...)
bools_of(b::BitArray) = b.data
# Takes the array over, without a copy.
bits_of(data::Array{Bool,N}) where {N} = BitArray{N}(data, nothing)

"""
    trues(dims...)

An array of `true`.
"""
trues(dims::Integer...) = bits_of(fill(true, dims...))
trues(dims::Tuple) = bits_of(fill(true, dims))
"""
    falses(dims...)

An array of `false`.
"""
falses(dims::Integer...) = bits_of(fill(false, dims...))
falses(dims::Tuple) = bits_of(fill(false, dims))

size(b::BitArray) = size(b.data)
size(b::BitArray, d::Integer) = size(b.data, d)
length(b::BitArray) = array_length(b.data)
IndexStyle(::Type{<:BitArray}) = IndexLinear()
getindex(b::BitArray, i::Int) = b.data[i]
getindex(b::BitArray, i::Int, j::Int) = b.data[i, j]
setindex!(b::BitArray, v, i::Int) = (b.data[i] = v; b)
setindex!(b::BitArray, v, i::Int, j::Int) = (b.data[i, j] = v; b)
iterate(b::BitArray, i=1) = i > length(b.data) ? nothing : (b.data[i], i + 1)
copy(b::BitArray) = bits_of(copy(b.data))
similar(b::BitArray) = bits_of(similar(b.data))
similar(b::BitArray, ::Type{Bool}, dims::Tuple{Vararg{Int}}) = BitArray{length(dims)}(undef, dims...)
similar(b::BitArray, ::Type{T}, dims::Tuple{Vararg{Int}}) where {T} = Array{T,length(dims)}(undef, dims...)
convert(::Type{BitArray}, a::AbstractArray) = BitArray(a)
convert(::Type{BitArray{N}}, a::AbstractArray{T,N}) where {T,N} = BitArray(a)
convert(::Type{T}, b::BitArray{N}) where {N,T<:Array} = convert(T, b.data)
Array(b::BitArray) = copy(b.data)
collect(b::BitArray) = copy(b.data)
fill!(b::BitArray, x) = (fill!(b.data, x); b)
reshape(b::BitArray, dims::Tuple{Vararg{Int}}) = bits_of(reshape(b.data, dims))
vec(b::BitArray) = bits_of(vec(b.data))

push!(b::BitVector, x) = (push!(b.data, x); b)
pop!(b::BitVector) = pop!(b.data)
pushfirst!(b::BitVector, x) = (pushfirst!(b.data, x); b)
popfirst!(b::BitVector) = popfirst!(b.data)
append!(b::BitVector, itr) = (append!(b.data, itr); b)
resize!(b::BitVector, n::Integer) = (resize!(b.data, n); b)
insert!(b::BitVector, i::Integer, x) = (insert!(b.data, i, x); b)
deleteat!(b::BitVector, i) = (deleteat!(b.data, i); b)
empty!(b::BitVector) = (empty!(b.data); b)
reverse(b::BitVector) = bits_of(reverse(b.data))

sum(b::BitArray; dims=:) = dims === (:) ? count(b.data) : sum(b.data; dims=dims)
count(b::BitArray) = count(b.data)
any(b::BitArray) = any(b.data)
all(b::BitArray) = all(b.data)
findall(b::BitArray) = findall(b.data)
findfirst(b::BitArray) = findfirst(b.data)
findlast(b::BitArray) = findlast(b.data)
findnext(b::BitArray, i) = findnext(b.data, i)
==(a::BitArray, b::BitArray) = a.data == b.data
==(a::BitArray, b::Array{Bool}) = a.data == b
==(a::Array{Bool}, b::BitArray) = a == b.data
map(f::Union{typeof(!),typeof(~)}, b::BitArray) = bits_of(map(!, b.data))
permutedims(b::BitMatrix) = bits_of(permutedims(b.data))
flipbits!(b::BitArray) = (map!(!, b.data, b.data); b)
(~)(b::BitArray) = bits_of(map(!, b.data))
