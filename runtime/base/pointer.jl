# Pointers: addresses as numbers. There is no memory here that they could point to.

address(p::Ptr) = bits_reinterpret(UInt64, p)
address(x::Integer) = UInt64(x)

Ptr{T}(x::Union{Int64,UInt64}) where {T} = bits_reinterpret(Ptr{T}, x % UInt64)
Ptr{T}(p::Ptr) where {T} = bits_reinterpret(Ptr{T}, address(p))
Ptr{T}() where {T} = Ptr{T}(UInt64(0))
(::Type{T})(p::Ptr) where {T<:Union{UInt64,Int64}} = address(p) % T
convert(::Type{Ptr{T}}, x::Union{Int64,UInt64}) where {T} = Ptr{T}(x)
convert(::Type{Ptr{T}}, p::Ptr{T}) where {T} = p
convert(::Type{Ptr{T}}, p::Ptr) where {T} = Ptr{T}(p)
convert(::Type{T}, p::Ptr) where {T<:Union{UInt64,Int64}} = T(p)

"The pointer to nowhere."
const C_NULL = Ptr{Nothing}(UInt64(0))

==(a::Ptr, b::Ptr) = address(a) == address(b)
isless(a::Ptr{T}, b::Ptr{T}) where {T} = address(a) < address(b)
hash(p::Ptr, h::UInt) = hash(address(p), h + 0x4a1)
+(p::Ptr, n::Integer) = typeof(p)(address(p) + (n % UInt64))
-(p::Ptr, n::Integer) = typeof(p)(address(p) - (n % UInt64))
+(n::Integer, p::Ptr) = p + n
-(a::Ptr, b::Ptr) = address(a) - address(b)
eltype(::Type{Ptr{T}}) where {T} = T
unsigned(p::Ptr) = address(p)
signed(p::Ptr) = address(p) % Int64
show(io::IO, p::Ptr) = print(io, typeof(p), " @0x", string(address(p); base=16, pad=16))

no_memory() = error("there is no memory here that a pointer could point to")
"""
    unsafe_load(p::Ptr, i=1)
    unsafe_store!(p::Ptr, x, i=1)

The value that a pointer points to. Pointers do not point to anything here, so these refuse.
"""
unsafe_load(p::Ptr, i::Integer=1) = no_memory()
unsafe_store!(p::Ptr, x, i::Integer=1) = no_memory()
