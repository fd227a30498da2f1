# Bytes by their address: pointers to references, reading and writing through pointers, memory
# that is asked for and given back.

unsafe_convert(::Type{Ptr{T}}, r::RefValue) where {T} = Ptr{T}(memory_of(r))
unsafe_convert(::Type{Ptr{T}}, s::Symbol) where {T<:Union{UInt8,Int8}} = Ptr{T}(memory_of(string(s)))
cconvert(::Type{<:Ptr}, x) = x
cconvert(::Type{Ref{T}}, x::Ref) where {T} = x
cconvert(::Type{Ref{T}}, x) where {T} = Ref{T}(x)

memory_bytes(p::Ptr, n) = UInt8[unsafe_load(Ptr{UInt8}(p), i) for i in 1:Int(n)]
store_bytes(p::Ptr, b) = (copyto!(unsafe_wrap(Array, Ptr{UInt8}(p), length(b)), b); p)

unsafe_read(io::IO, p, n::Integer) = unsafe_read(io, unsafe_convert(Ptr{UInt8}, p), n)
unsafe_write(io::IO, p, n::Integer) = unsafe_write(io, unsafe_convert(Ptr{UInt8}, p), n)

memcpy(dst::Ptr, src::Ptr, n::Integer) = store_bytes(dst, memory_bytes(src, n))
memmove(dst::Ptr, src::Ptr, n::Integer) = memcpy(dst, src, n)
memset(p::Ptr, x::Integer, n::Integer) = store_bytes(p, fill(x % UInt8, Int(n)))
memcmp(a::Ptr, b::Ptr, n::Integer) = cmp(memory_bytes(a, n), memory_bytes(b, n))

"Put zeros in the `n` bytes that `p` points to."
unsafe_securezero!(p::Ptr{T}, n::Integer=1) where {T} = (memset(Ptr{UInt8}(p), 0, n * (T === Nothing ? 1 : elsize_stored(T))); p)

# The memory that was asked for, by its address.
const allocated = Dict{UInt64,Vector{UInt8}}()
function allocate(n::Integer)
    n < 0 && throw(OutOfMemoryError())
    a = zeros(UInt8, max(Int(n), 1))
    p = pointer(a)
    allocated[address(p)] = a
    Ptr{Nothing}(p)
end
function reallocate(p::Ptr, n::Integer)
    p == C_NULL && return allocate(n)
    old = allocated[address(p)]
    q = allocate(n)
    store_bytes(q, old[1:min(Int(n), length(old))])
    delete!(allocated, address(p))
    q
end
release(p) = (delete!(allocated, address(p)); nothing)
