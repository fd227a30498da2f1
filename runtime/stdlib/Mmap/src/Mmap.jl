# Mmap: files as arrays. A mapped array is a copy; `sync!`, `finalize` and the end of the program write it back.

"""
    Mmap

`mmap`, the contents of a file as an array.
"""
module Mmap

using Base: bits_to_bytes

export mmap

"`Anonymous(name=\"\", readonly=false, create=true)`: memory without a file, to map arrays to."
mutable struct Anonymous <: IO
    name::String
    readonly::Bool
    create::Bool
end
Anonymous() = Anonymous("", false, true)
Base.isopen(::Anonymous) = true
Base.isreadable(::Anonymous) = true
Base.iswritable(a::Anonymous) = !a.readonly

# Where a mapped array that can be written belongs, by the array.
const places = IdDict{Any,Tuple{String,Int,Vector{UInt8}}}()

"""
    mmap(file[, T, dims, offset]; grow=true, shared=true)
    mmap(T, dims)

The contents of a file, or of an open one from its place on, as an array of type `T`; without a file an array
of zeros. The array is a copy: what is assigned to it reaches the file, if that was opened for writing, when
`Mmap.sync!` or `finalize` is called or the program ends.
"""
mmap(file::AbstractString, args...; kw...) = open(io -> mmap(io, args...; kw...), file, isfile(file) ? "r" : "w+")
mmap(io::IO, ::Type{Array{T}}, dims::NTuple{N,Integer}, offset::Integer=position(io); kw...) where {T,N} = mmap(io, Array{T,N}, dims, offset; kw...)
mmap(io::IO, T::Type{<:Array}; kw...) = mmap(io, T, default_dims(io, T), position(io); kw...)
mmap(io::IO; kw...) = mmap(io, Vector{UInt8}; kw...)
function mmap(io::IO, ::Type{Array{T,N}}, dims::NTuple{N,Integer}, offset::Integer=position(io); grow::Bool=true, shared::Bool=true) where {T,N}
    isopen(io) || throw(ArgumentError("$io must be open to mmap"))
    isbitstype(T) || throw(ArgumentError("unable to mmap $T; must satisfy isbitstype(T) == true"))
    n = bytes_of(dims, sizeof(T))
    n == 0 && return Array{T,N}(undef, ntuple(_ -> 0, N))
    a = Array{T,N}(undef, map(Int, dims))
    io isa Anonymous && return fill!(a, zero(T))
    offset >= 0 || throw(ArgumentError("requested offset must be ≥ 0, got $offset"))
    at_offset(io, offset, n, grow) do
        read!(io, a)
    end
    shared && remember(io, a, Int(offset), copy(bits_to_bytes(a)))
    a
end
function bytes_of(dims, size)
    all(>=(0), dims) || throw(ArgumentError("requested size must be ≥ 0, got $dims"))
    n = prod(widen, dims; init=Int128(size))
    n <= typemax(Int) - 4096 || throw(ArgumentError("requested size must be < $(typemax(Int) - 4096), got $n"))
    Int(n)
end
function at_offset(f, io, offset, n, grow)
    place = position(io)
    last = offset + n
    if filesize(io) < last
        grow && iswritable(io) || throw(ArgumentError("requested size $last larger than file size $(filesize(io)), but requested not to grow"))
        truncate(io, last)
    end
    seek(io, offset)
    f()
    seek(io, place)
end
mmap(io::IO, T::Type{<:Union{Array,BitArray}}, n::Integer, offset::Integer=position(io); kw...) = mmap(io, T, (n,), offset; kw...)
mmap(io::Anonymous, T::Type{<:Array}, dims::NTuple{N,Integer}; kw...) where {N} = mmap(io, T, dims, 0; kw...)
mmap(T::Type{<:Array}, dims::NTuple{N,Integer}; shared::Bool=true) where {N} = mmap(Anonymous(), T, dims, 0; shared)
mmap(T::Type{<:Array}, n::Integer...; shared::Bool=true) = mmap(T, n; shared)
default_dims(io, ::Type{Vector{T}}) where {T} = (max(0, filesize(io) - position(io)) ÷ sizeof(T),)
default_dims(io, T) = throw(ArgumentError("the size is needed for an array of $(ndims(T)) dimensions"))

mmap(io::IO, ::Type{<:BitArray}, dims::NTuple{N,Integer}, offset::Integer=position(io); grow::Bool=true, shared::Bool=true) where {N} = map_bits(io, map(Int, dims), Int(offset), grow, shared)
function map_bits(io, dims, offset, grow, shared)
    b = falses(dims)
    n = length(b)
    iszero(n) && return b
    at_offset(io, offset, n <= 8 * max(filesize(io) - offset, 0) ? cld(n, 8) : 8 * cld(n, 64), grow) do
        bytes = read(io, 8 * cld(n, 64))
        append!(bytes, zeros(UInt8, 8 * cld(n, 64) - length(bytes)))
        chunks = reinterpret(UInt64, bytes)
        rest = n % 64
        rest == 0 || iszero(chunks[end] >> rest) || throw(ArgumentError("the given file does not contain a valid BitArray of size $(join(dims, 'x')) (open with \"r+\" mode to override)"))
        copyto!(b.chunks, chunks)
    end
    shared && remember(io, b, offset, copy(bits_to_bytes(b.chunks)))
    b
end

# A stream says in its name which file it has.
function remember(io, a, offset, bytes)
    iswritable(io) || return nothing
    name = match(r"^<file (.*)>$", string(getfield(io, :name)))
    name === nothing && return nothing
    isempty(places) && atexit(() -> foreach(sync!, collect(keys(places))))
    places[a] = (abspath(name[1]), offset, bytes)
    finalizer(close_map, a)
    nothing
end
close_map(a) = (sync!(a); delete!(places, a); nothing)
"""
    Mmap.sync!(a)

Write what was assigned to a mapped array to its file.
"""
function sync!(a::Union{Array,BitArray}, args...)
    haskey(places, a) || return nothing
    path, offset, before = places[a]
    now = copy(bits_to_bytes(a isa BitArray ? a.chunks : a))
    (now == before || !isfile(path)) && return nothing
    open(path, "r+") do io
        seek(io, offset)
        write(io, now)
    end
    places[a] = (path, offset, now)
    nothing
end

"`Mmap.PAGESIZE`: the bytes of a page of memory, which offsets need not heed here."
const PAGESIZE = 4096
const MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED, MADV_DONTNEED = 0, 1, 2, 3, 4
"`Mmap.madvise!(array, advice)`: say how a mapped array will be used, which changes nothing here."
madvise!(A::Array, flag::Integer=MADV_NORMAL) = nothing

end
