# Mmap: files as arrays. They are read; what is written to the array does not go back.

"""
    Mmap

`mmap`, the contents of a file as an array.
"""
module Mmap

export mmap

"""
    Mmap.mmap(file[, T, dims, offset])

The contents of a file, or of an open one from its place on, as an array. The array is
a copy: writing to it does not change the file.
"""
mmap(file::AbstractString, args...; kw...) = open(io -> mmap(io, args...; kw...), file)
mmap(io::IO, ::Type{Array{T}}, dims::NTuple{N,Integer}, offset::Integer=position(io); kw...) where {T,N} = mmap(io, Array{T,N}, dims, offset; kw...)
mmap(io::IO, T::Type{<:Array}; kw...) = mmap(io, T, default_dims(io, T), position(io); kw...)
mmap(io::IO; kw...) = mmap(io, Vector{UInt8}; kw...)
function mmap(io::IO, ::Type{Array{T,N}}, dims::NTuple{N,Integer}, offset::Integer=position(io); grow::Bool=true, shared::Bool=true) where {T,N}
    isopen(io) || throw(ArgumentError("$io must be open to mmap"))
    isbitstype(T) || throw(ArgumentError("unable to mmap $T; must satisfy isbitstype(T) == true"))
    offset >= 0 || throw(ArgumentError("requested offset must be ≥ 0, got $offset"))
    all(>=(0), dims) || throw(ArgumentError("requested size must be ≥ 0, got $dims"))
    any(==(0), dims) && return Array{T,N}(undef, ntuple(_ -> 0, N))
    a = Array{T,N}(undef, map(Int, dims))
    place = position(io)
    seek(io, offset)
    last = offset + sizeof(T) * length(a)
    if filesize(io) < last
        grow && iswritable(io) || throw(ArgumentError("requested size and offset are greater than the file"))
        truncate(io, last)
    end
    read!(io, a)
    seek(io, place)
    a
end
mmap(io::IO, T::Type{<:Array}, n::Integer, offset::Integer=position(io); kw...) = mmap(io, T, (n,), offset; kw...)
default_dims(io, ::Type{Vector{T}}) where {T} = (max(0, filesize(io) - position(io)) ÷ sizeof(T),)
default_dims(io, T) = throw(ArgumentError("the size is needed for an array of $(ndims(T)) dimensions"))
"""
    Mmap.sync!(a)

Nothing: the array is a copy.
"""
sync!(a::Array) = nothing

end
