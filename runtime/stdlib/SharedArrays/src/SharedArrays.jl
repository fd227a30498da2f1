# SharedArrays: arrays that all processes see. There is one process, so that every array is one.

"""
    SharedArrays

`SharedArray`, an array that the workers of `Distributed` share. All of them run in this
process.
"""
module SharedArrays

using Distributed: procs, myid
import Distributed

export SharedArray, SharedVector, SharedMatrix, sdata, indexpids, localindices

"""
    SharedArray{T}(dims...; init=false, pids=Int[])
    SharedArray{T,N}(dims; init=false, pids=Int[])
    SharedArray(a)

An array that all workers see. `init`, a function of the array, fills it.
"""
mutable struct SharedArray{T,N} <: DenseArray{T,N}
    s::Array{T,N}
    function SharedArray{T,N}(dims::Dims{N}; init=false, pids=Int[]) where {T,N}
        isbitstype(T) || throw(ArgumentError("type of SharedArray elements must be bits types, got $T"))
        a = new{T,N}(fill!(Array{T,N}(undef, dims), zero_of(T)))
        init === false || init(a)
        a
    end
    global over(s::Array{T,N}) where {T,N} = new{T,N}(s) # the items of s, in its place
end
zero_of(::Type{T}) where {T<:Number} = zero(T)
zero_of(::Type{T}) where {T} = Ref{T}()[]

const SharedVector{T} = SharedArray{T,1}
const SharedMatrix{T} = SharedArray{T,2}

SharedArray{T}(dims::NTuple{N,Integer}; kw...) where {T,N} = SharedArray{T,N}(map(Int, dims); kw...)
SharedArray{T}(dims::Integer...; kw...) where {T} = SharedArray{T}(dims; kw...)
SharedArray{T,N}(dims::Integer...; kw...) where {T,N} = SharedArray{T,N}(map(Int, dims); kw...)
SharedArray(a::AbstractArray{T,N}) where {T,N} = copyto!(SharedArray{T,N}(size(a)), a)
SharedArray{T}(a::AbstractArray{<:Any,N}) where {T,N} = copyto!(SharedArray{T,N}(size(a)), a)
SharedArray{T,N}(a::AbstractArray{<:Any,N}) where {T,N} = copyto!(SharedArray{T,N}(size(a)), a)

"""
    sdata(a)

The plain array that holds the items of `a`.
"""
sdata(a::SharedArray) = a.s
sdata(a::AbstractArray) = a
"""
    indexpids(a)

The place of this process among those that share `a`; 0 if it is none of them.
"""
indexpids(::SharedArray) = 1
"""
    localindices(a)

The indices that this process is to see to: all of them.
"""
localindices(a::SharedArray) = 1:length(a)

Distributed.procs(::SharedArray) = [myid()]
Base.size(a::SharedArray) = size(a.s)
Base.length(a::SharedArray) = length(a.s)
Base.IndexStyle(::Type{<:SharedArray}) = IndexLinear()
Base.getindex(a::SharedArray, i::Int) = a.s[i]
Base.setindex!(a::SharedArray, x, i::Int) = (a.s[i] = x; a)
Base.similar(a::SharedArray, ::Type{T}, dims::Dims) where {T} = similar(a.s, T, dims)
Base.copy(a::SharedArray) = SharedArray(a.s)
Base.deepcopy(a::SharedArray) = copy(a)
Base.reshape(a::SharedArray, dims::NTuple{N,Int}) where {N} = over(reshape(a.s, dims))
Base.pointer(a::SharedArray) = pointer(a.s)
Base.convert(::Type{Array}, a::SharedArray) = a.s
Base.fill!(a::SharedArray, x) = (fill!(a.s, x); a)

end
