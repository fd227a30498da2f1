# Pointers: addresses, behind which are the items of arrays and the text of strings, and nothing else.

address(p::Ptr) = bits_reinterpret(UInt64, p)
address(x::Integer) = UInt64(x)

Ptr{T}(x::Union{Int64,UInt64}) where {T} = bits_reinterpret(Ptr{T}, x % UInt64)
Ptr{T}(p::Ptr) where {T} = bits_reinterpret(Ptr{T}, address(p))
Ptr{T}() where {T} = Ptr{T}(UInt64(0))
(::Type{T})(p::Ptr) where {T<:Integer} = T(address(p))
(::Type{T})(p::Ptr) where {T<:Union{UInt64,Int64}} = address(p) % T
convert(::Type{Ptr{T}}, x::Union{Int64,UInt64}) where {T} = Ptr{T}(x)
convert(::Type{Ptr{T}}, p::Ptr{T}) where {T} = p
convert(::Type{Ptr{T}}, p::Ptr) where {T} = Ptr{T}(p)
convert(::Type{T}, p::Ptr) where {T<:Integer} = T(p)

"The pointer to nowhere."
const C_NULL = Ptr{Nothing}(UInt64(0))

==(a::Ptr, b::Ptr) = address(a) == address(b)
<(a::Ptr, b::Ptr) = address(a) < address(b)
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

no_memory() = error("there is no memory here that the pointer points to")
item_address(p::Ptr{T}, i) where {T} = address(p) + ((Int(i) - 1) * elsize_stored(T)) % UInt64
"""
    unsafe_load(p::Ptr{T}, i=1)

The `i`-th item of type `T` from `p` on. A pointer comes from [`pointer`](@ref): it points into an
array or a `String`, and an error tells when it does not, or no more.
"""
unsafe_load(p::Ptr{T}, i::Integer=1) where {T} = takes_nothing(T) ? T.instance : memory_load(T, item_address(p, i))
# Whether objects of a type take no memory.
takes_nothing(T) = T isa DataType && isdefined(T, :instance) && isbitstype(T)
unsafe_load(p::Ptr, order::Symbol) = unsafe_load(p)
unsafe_load(p::Ptr, i::Integer, order::Symbol) = unsafe_load(p, i)
"""
    unsafe_store!(p::Ptr{T}, x, i=1)

Put `x`, converted to `T`, in the place of the `i`-th item from `p` on; `p`.
"""
unsafe_store!(p::Ptr{T}, x, i::Integer=1) where {T} = (takes_nothing(T) ? convert(T, x)::T : memory_store(item_address(p, i), T === Any ? x : convert(T, x)::T); p)
unsafe_store!(p::Ptr, x, order::Symbol) = unsafe_store!(p, x)
unsafe_store!(p::Ptr, x, i::Integer, order::Symbol) = unsafe_store!(p, x, i)
function unsafe_copyto!(dest::Ptr{T}, src::Ptr{T}, n) where {T}
    items = T[unsafe_load(src, i) for i in 1:n]
    for i in 1:n
        unsafe_store!(dest, items[i], i)
    end
    dest
end

"""
    pointer(a, i=1)

Where the `i`-th item of an array, or byte of a `String`, is. [`unsafe_load`](@ref) reads there.
"""
pointer(a::Array{T}) where {T} = Ptr{T}(memory_of(a))
pointer(a::AbstractArray{T}) where {T} = unsafe_convert(Ptr{T}, cconvert(Ptr{T}, a))
pointer(a::AbstractArray{T}, i::Integer) where {T} = pointer(a) + Int(memory_offset(a, Int(i)))
pointer(s::String) = Ptr{UInt8}(memory_of(s))
pointer(s::String, i::Integer) = pointer(s) + (i - 1)
# How far after the first item, in bytes, the i-th one is.
memory_offset(a::DenseArray, i::Int) = (i - firstindex(a)) * elsize_stored(eltype(a))
memory_offset(a, i::Int) = isempty(a) || ndims(a) == 0 ? 0 : memory_offset(a, Tuple(CartesianIndices(a)[i]))
memory_offset(a, is::Tuple) = sum(map((i, ax, s) -> (i - first(ax)) * s, is, axes(a), strides(a))) * elsize_stored(eltype(a))
unsafe_convert(::Type{Ptr{T}}, a::Array{T}) where {T} = pointer(a)
unsafe_convert(::Type{Ptr{S}}, a::AbstractArray{T}) where {S,T} = Ptr{S}(unsafe_convert(Ptr{T}, a))
unsafe_convert(::Type{Ptr{T}}, a::AbstractArray{T}) where {T} = error("conversion to pointer not defined for ", typeof(a))
unsafe_convert(::Type{Ptr{T}}, s::String) where {T<:Union{UInt8,Int8}} = Ptr{T}(memory_of(s))
unsafe_convert(::Type{Ptr{T}}, p::Ptr) where {T} = Ptr{T}(p)
unsafe_convert(::Type{Ptr{T}}, r::RefArray) where {T} = Ptr{T}(pointer(r.x, r.i))

"""
    unsafe_wrap(Array, p::Ptr{T}, dims; own=false)

An array whose items are those behind `p`, which are those of another array: what is assigned to
one is in the other.
"""
unsafe_wrap(::Union{Type{Array},Type{Array{T}},Type{Array{T,N}}}, p::Ptr{T}, dims::NTuple{N,Int}; own::Bool=false) where {T,N} =
    isbitsunion(T) ? throw(ArgumentError("unsafe_wrap: unspecified layout for union element type")) : memory_array(Array{T,N}, address(p), dims)
unsafe_wrap(A::Union{Type{Array},Type{Array{T}},Type{Vector{T}}}, p::Ptr{T}, n::Integer; own::Bool=false) where {T} = unsafe_wrap(A, p, (Int(n),); own=own)
unsafe_wrap(A::Type{<:Array}, p::Ptr{T}, dims::NTuple{N,Integer}; own::Bool=false) where {T,N} = unsafe_wrap(A, p, map(Int, dims); own=own)

"""
    unsafe_string(p[, n])

The `n` bytes from `p` on as a `String`; without `n`, those before a zero.
"""
unsafe_string(p::Union{Ptr{UInt8},Ptr{Int8}}) = p == C_NULL ? throw(ArgumentError("cannot convert NULL to string")) : memory_text(address(p), -1)
unsafe_string(p::Union{Ptr{UInt8},Ptr{Int8}}, n::Integer) = p == C_NULL ? throw(ArgumentError("cannot convert NULL to string")) : memory_text(address(p), Int(n))

"""
    pointer_from_objref(x)
    unsafe_pointer_to_objref(p)

The place of a mutable object, and the object at a place.
"""
function pointer_from_objref(x)
    ismutable(x) || error("pointer_from_objref cannot be used on immutable objects")
    Ptr{Nothing}(memory_place(x))
end
unsafe_pointer_to_objref(p::Ptr) = memory_object(address(p))

"""
    unsafe_modify!(p::Ptr, op, x, [order])

Store `op(old, x)` where `p` points; `old => new`.
"""
unsafe_modify!(p::Ptr, op, x, order::Symbol=:not_atomic) = (old = unsafe_load(p); new = op(old, x); unsafe_store!(p, new); old => new)
"""
    unsafe_replace!(p::Ptr, expected, desired, [success_order[, fail_order]])

Store `desired` where `p` points if `expected` is there; what was there, and whether it was that.
"""
unsafe_replace!(p::Ptr{T}, expected, desired, orders::Symbol...) where {T} =
    (old = unsafe_load(p); ok = old === expected; ok && unsafe_store!(p, desired); (old=old, success=ok))
"`unsafe_swap!(p::Ptr, x, [order])`: store `x` where `p` points; what was there."
unsafe_swap!(p::Ptr, x, order::Symbol=:not_atomic) = (old = unsafe_load(p); unsafe_store!(p, x); old)
