# Minimal types, for testing that generic code needs no more than it says.

"A string type with only what every string has."
struct GenericString <: AbstractString
    string::AbstractString
end
Base.ncodeunits(s::GenericString) = ncodeunits(s.string)
Base.codeunit(s::GenericString) = codeunit(s.string)
Base.codeunit(s::GenericString, i::Integer) = codeunit(s.string, i)
Base.isvalid(s::GenericString, i::Integer) = isvalid(s.string, i)
Base.iterate(s::GenericString, i::Integer=1) = iterate(s.string, i)
Base.reverse(s::GenericString) = GenericString(reverse(s.string))
Base.reverse(s::SubString{GenericString}) = GenericString(typeof(s.string)(reverse(String(s))))

"A set type with only what every set has."
struct GenericSet{T} <: AbstractSet{T}
    s::AbstractSet{T}
end
Base.length(s::GenericSet) = length(s.s)
Base.isempty(s::GenericSet) = isempty(s.s)
Base.iterate(s::GenericSet, state...) = iterate(s.s, state...)
Base.in(x, s::GenericSet) = x in s.s

"A dictionary type with only what every dictionary has."
struct GenericDict{K,V} <: AbstractDict{K,V}
    s::AbstractDict{K,V}
end
Base.length(d::GenericDict) = length(d.s)
Base.isempty(d::GenericDict) = isempty(d.s)
Base.iterate(d::GenericDict, state...) = iterate(d.s, state...)
Base.get(d::GenericDict, k, default) = get(d.s, k, default)

"An array type with only what every array has."
struct GenericArray{T,N} <: AbstractArray{T,N}
    a::Array{T,N}
end
GenericArray{T}(args...) where {T} = GenericArray(Array{T}(args...))
GenericArray{T,N}(args...) where {T,N} = GenericArray(Array{T,N}(args...))
Base.keys(a::GenericArray) = keys(a.a)
Base.axes(a::GenericArray) = axes(a.a)
Base.length(a::GenericArray) = length(a.a)
Base.size(a::GenericArray) = size(a.a)
Base.IndexStyle(::Type{<:GenericArray}) = IndexLinear()
Base.getindex(a::GenericArray, i::Int) = a.a[i]
Base.setindex!(a::GenericArray, x, i::Int) = (a.a[i] = x; a)
Base.similar(a::GenericArray, s::Integer...) = GenericArray(similar(a.a, s...))

"A value with an order and nothing else."
struct GenericOrder{T}
    val::T
end
Base.isless(x::GenericOrder, y::GenericOrder) = isless(x.val, y.val)

"""
    guardseed(f[, seed])
    guardseed(f, rng)

Call `f` and put the default generator, or `rng`, back to where it was; with a seed, start
it from that first.
"""
function guardseed(f::Function, rng::AbstractRNG=default_rng())
    old = copy(rng)
    try
        f()
    finally
        copy!(rng, old)
    end
end
guardseed(f::Function, seed::Union{Vector{UInt32},Integer}) = guardseed(() -> (Random.seed!(seed); f()))

# Whether the words of a BitArray are as many as its bits need, and the bits that are not
# used of the last one are 0.
function _check_bitarray_consistency(b::BitArray)
    n = length(b)
    n == prod(size(b)) || (@warn("inconsistent dims"); return false)
    length(b.chunks) == Base.num_bit_chunks(n) || (@warn("incorrect chunks length"); return false)
    n == 0 && return true
    b.chunks[end] & Base._msk_end(n) == b.chunks[end] || (@warn("nonzero bits in chunk after `BitArray` end"); return false)
    true
end
