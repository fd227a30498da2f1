# SharedArrays: arrays that several processes of Distributed see. Their numbers stand in a
# file that all have mapped into their memory.

"""
    SharedArrays

`SharedArray`, an array that the workers of `Distributed` share.
"""
module SharedArrays

using Distributed, Serialization, Random
using Distributed: RRID, AbstractSerializer, ClusterSerializer
import Distributed: procs
import Serialization: serialize, deserialize

export SharedArray, SharedVector, SharedMatrix, sdata, indexpids, localindices

"""
    SharedArray{T}(dims...; init=false, pids=Int[])
    SharedArray{T,N}(dims; init=false, pids=Int[])
    SharedArray{T,N}(file, dims, offset=0; mode, init=false, pids=Int[])
    SharedArray(a)

An array that the processes `pids`, by default all workers, and this one see: what one of them assigns the others read. It has
the numbers of a file, or is new; then `init`, a function of the array, fills it in each of the processes. Numbers are shared
that fit a machine word; arrays of others, as of `ComplexF64`, are copied when they are sent.
"""
mutable struct SharedArray{T,N} <: DenseArray{T,N}
    id::RRID
    dims::NTuple{N,Int}
    pids::Vector{Int}
    segname::String
    s::Array{T,N}
    pidx::Int
    loc_subarr_1d::SubArray{T,1,Vector{T},Tuple{UnitRange{Int}},true}
    function SharedArray{T,N}(id::RRID, dims::Dims{N}, pids, segname, s::Array{T,N}) where {T,N}
        pidx = something(findfirst(==(myid()), pids), 0)
        a = new{T,N}(id, dims, pids, segname, s, pidx, view(vec(s), pidx == 0 ? (1:0) : part(length(s), pidx, length(pids))))
        sa_refs[id] = id.whence == myid() ? WeakRef(a) : a
        a
    end
end
"The shared arrays that this process has; those that it has made itself may be let go of."
const sa_refs = Dict{RRID,Any}()

# The indices that the process number i of n sees to, of an array of so many items.
function part(items, i, n)
    each = items ÷ n
    items < n ? (i <= items ? (i:i) : (1:0)) : i == n ? ((i-1)*each+1:items) : ((i-1)*each+1:i*each)
end

function SharedArray{T,N}(dims::Dims{N}; init=false, pids=Int[]) where {T,N}
    isbitstype(T) || throw(ArgumentError("type of SharedArray elements must be bits types, got $T"))
    ids = sharers(pids)
    id, name, n = RRID(), string("/jl", lpad(getpid() % 10^6, 6, '0'), randstring(20)), prod(dims)
    if !in_words(T) || n == 0
        return filled(SharedArray{T,N}(id, dims, ids, "", zeros_of(T, dims)), init)
    end
    path = segment(name)
    open(io -> truncate(io, n * sizeof(T)), path, "w")
    a = try
        map_all(T, id, dims, ids, name, path, 0, true)
    finally
        rm(path)
    end
    filled(a, init)
end
in_words(T) = T <: Union{Bool,Char,Int8,UInt8,Int16,UInt16,Int32,UInt32,Int64,UInt64,Float16,Float32,Float64}
zeros_of(::Type{T}, dims) where {T} = T <: Number ? zeros(T, dims) : sizeof(T) == 0 ? Array{T}(undef, dims) : fill(Ref{T}()[], dims)
segment(name) = string(isdir("/dev/shm") ? "/dev/shm" : tempdir(), name)

function SharedArray{T,N}(path::AbstractString, dims::Dims{N}, offset::Integer=0; mode=nothing, init=false, pids=Int[]) where {T,N}
    isabspath(path) || throw(ArgumentError("$path is not an absolute path; try abspath($path)?"))
    isbitstype(T) && in_words(T) || throw(ArgumentError("type of SharedArray elements must be bits types, got $T"))
    mode === nothing && (mode = isfile(path) ? "r+" : "w+")
    mode in ("r", "r+", "w+", "a+") || throw(ArgumentError("mode must be readable, but $mode is not"))
    init === false || mode != "r" || throw(ArgumentError("cannot initialize unwritable array (mode = $mode)"))
    mode == "r" && !isfile(path) && throw(ArgumentError("file $path does not exist, but mode $mode cannot create it"))
    last = offset + prod(dims) * sizeof(T)
    mode == "r" || open(io -> filesize(io) < last && truncate(io, last), path, mode)
    filled(map_all(T, RRID(), dims, sharers(pids), "", String(path), Int(offset), mode != "r"), init)
end

# The processes that share an array: those given, or all workers.
sharers(pids) = isempty(pids) ? workers() : collect(Int, pids)
# Makes the array here and in all of them.
function map_all(::Type{T}, id, dims, ids, name, path, offset, writable) where {T}
    @sync for p in ids
        p == myid() || @async remotecall_wait(map_there, p, T, id, dims, ids, name, path, offset, writable)
    end
    map_here(T, id, dims, ids, name, path, offset, writable)
end
map_there(args...) = (map_here(args...); nothing)
function map_here(::Type{T}, id, dims, ids, name, path, offset, writable) where {T}
    v = Base.memory_map(Vector{T}, path, offset, prod(dims), writable)
    SharedArray{T,length(dims)}(id, dims, ids, name, reshape(v, dims))
end
known(id) = (a = get(sa_refs, id, nothing); a isa WeakRef ? a.value : a)
function filled(a, init)
    finalizer(let_go, a)
    init === false && return a
    init isa Function || throw(TypeError(:SharedArray, "init", Function, init))
    @sync for p in a.pids
        @async remotecall_wait(init, p, a)
    end
    a
end
function let_go(a::SharedArray{T,N}) where {T,N}
    id, others = a.id, [p for p in a.pids if p != myid() && p in procs()]
    isempty(others) || Distributed.behind(() -> foreach(p -> Distributed.tell(forget, p, id), others))
    forget(id)
    a.dims = ntuple(_ -> 0, N)
    a.s = Array{T,N}(undef, a.dims)
    nothing
end
forget(id) = (delete!(sa_refs, id); nothing)

const SharedVector{T} = SharedArray{T,1}
const SharedMatrix{T} = SharedArray{T,2}

SharedArray{T}(dims::NTuple{N,Integer}; kw...) where {T,N} = SharedArray{T,N}(map(Int, dims); kw...)
SharedArray{T}(dims::Integer...; kw...) where {T} = SharedArray{T}(dims; kw...)
SharedArray{T,N}(dims::Integer...; kw...) where {T,N} = SharedArray{T,N}(map(Int, dims); kw...)
SharedArray{T}(path::AbstractString, dims::NTuple{N,Integer}, offset::Integer=0; kw...) where {T,N} = SharedArray{T,N}(path, map(Int, dims), offset; kw...)
SharedVector(a::AbstractVector) = SharedArray(a)
SharedMatrix(a::AbstractMatrix) = SharedArray(a)
SharedArray(a::AbstractArray{T,N}) where {T,N} = copyto!(SharedArray{T,N}(size(a)), a)
SharedArray{T}(a::AbstractArray{<:Any,N}) where {T,N} = copyto!(SharedArray{T,N}(size(a)), a)
SharedArray{T,N}(a::AbstractArray{<:Any,N}) where {T,N} = copyto!(SharedArray{T,N}(size(a)), a)

# Who shares an array finds it by its number; others get a copy.
function serialize(s::AbstractSerializer, a::SharedArray)
    Serialization.serialize_cycle_header(s, a) && return nothing
    shared = s isa ClusterSerializer && (a.segname != "" || in_words(eltype(a))) && (Distributed.other(s) in a.pids || Distributed.other(s) == a.id.whence)
    foreach(x -> serialize(s, x), (a.id, a.dims, a.pids, a.segname, shared ? nothing : a.s))
end
function deserialize(s::AbstractSerializer, ::Type{SharedArray{T,N}}) where {T,N}
    id, dims, pids, name, items = (deserialize(s) for _ in 1:5)
    a = known(id)
    a === nothing && (a = SharedArray{T,N}(id, dims, pids, name, items === nothing ? Array{T,N}(undef, ntuple(_ -> 0, N)) : items))
    Serialization.deserialize_cycle(s, a)
    a
end

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
indexpids(a::SharedArray) = a.pidx
"""
    localindices(a)

The indices that this process is to see to.
"""
localindices(a::SharedArray) = a.pidx > 0 ? part(length(a), a.pidx, length(a.pids)) : (1:0)

"The processes that share `a`."
procs(a::SharedArray) = a.pids
Base.size(a::SharedArray) = a.dims
Base.length(a::SharedArray) = length(a.s)
Base.IndexStyle(::Type{<:SharedArray}) = IndexLinear()
Base.getindex(a::SharedArray, i::Int) = a.s[i]
Base.setindex!(a::SharedArray, x, i::Int) = (a.s[i] = x; a)
Base.similar(a::SharedArray, ::Type{T}, dims::Dims) where {T} = similar(a.s, T, dims)
Base.copy(a::SharedArray) = SharedArray(a.s)
function Base.deepcopy_internal(a::SharedArray{T,N}, stack::IdDict) where {T,N}
    haskey(stack, a) && return stack[a]
    stack[a] = copyto!(SharedArray{T,N}(a.dims; pids=a.pids), a.s)
end
function Base.reshape(a::SharedArray{T}, dims::NTuple{N,Int}) where {T,N}
    length(a) == prod(dims) || throw(DimensionMismatch("dimensions must be consistent with array size"))
    SharedArray{T,N}(RRID(), dims, a.pids, a.segname, reshape(a.s, dims))
end
Base.pointer(a::SharedArray) = pointer(a.s)
Base.unsafe_convert(::Type{Ptr{T}}, a::SharedArray{T}) where {T} = pointer(a.s)
Base.convert(::Type{Array}, a::SharedArray) = a.s
Base.convert(::Type{SharedArray}, a::Array) = SharedArray(a)
Base.fill!(a::SharedArray, x) = (fill!(a.s, x); a)
Random.rand!(a::SharedArray{T}) where {T} = (rand!(a.s); a)
Random.randn!(a::SharedArray) = (randn!(a.s); a)

"A shared array that holds `v` everywhere."
function shmem_fill(v, dims; kw...)
    SharedArray{typeof(v),length(dims)}(Tuple(dims); init=a -> fill!(a.loc_subarr_1d, v), kw...)
end
"A shared array of random items."
shmem_rand(what, dims; kw...) = SharedArray{eltype(what isa Type ? what : typeof(rand(what))),length(dims)}(Tuple(dims); init=a -> map!(_ -> rand(what), a.loc_subarr_1d, a.loc_subarr_1d), kw...)
shmem_rand(dims; kw...) = shmem_rand(Float64, dims; kw...)
"A shared array of normally distributed numbers."
shmem_randn(dims; kw...) = SharedArray{Float64,length(dims)}(Tuple(dims); init=a -> map!(_ -> randn(), a.loc_subarr_1d, a.loc_subarr_1d), kw...)

end
