# What needs the memory of a C program: the types are here, the functions refuse and say why.

"Pointers to text that ends with a zero, as arguments of C functions have them."
primitive type Cstring 64 end
"Pointers to text of wide characters that ends with a zero, as arguments of C functions have them."
primitive type Cwstring 64 end
(::Type{T})(p::Union{Ptr{Int8},Ptr{UInt8},Ptr{Nothing},Ptr{Int32}}) where {T<:Union{Cstring,Cwstring}} = bits_reinterpret(T, address(p))

"""
    unsafe_read(io, p, n)
    unsafe_write(io, p, n)

Read `n` bytes from a stream to where a pointer points, or write those there to the stream.
"""
unsafe_read(io::IO, p::Ptr, n::Integer) = (b = Ptr{UInt8}(p); for i in 1:n; unsafe_store!(b, read(io, UInt8), i); end)
unsafe_write(io::IO, p::Ptr, n::Integer) = unsafe_write(io, Ptr{UInt8}(p), n % UInt)
function unsafe_write(io::IO, p::Ptr{UInt8}, n::UInt)
    written = 0
    for b in string_bytes(memory_text(address(p), Int(n)))
        written += write(io, b)
    end
    written
end
no_cglobal(name, ::Type=Nothing) = error("cglobal: no C library can be loaded here")
"""
    cglobal(name, T=Nothing)

The address of a variable in a C library. There are none here, so it refuses.
"""
const cglobal = no_cglobal
## memory as a type

"""
    Memory{T}(undef, n)

A vector of `n` items that never changes its length.
"""
struct GenericMemory{kind,T,place} <: DenseVector{T}
    items::Vector{T}
end
const Memory{T} = GenericMemory{:not_atomic,T,Core.CPU}
"A `Memory` whose items tasks may change atomically."
const AtomicMemory{T} = GenericMemory{:atomic,T,Core.CPU}
GenericMemory{K,T,P}(::UndefInitializer, n::Integer) where {K,T,P} = GenericMemory{K,T,P}(Vector{T}(undef, n))
GenericMemory{K,T,P}(::UndefInitializer, n::Tuple{Integer}) where {K,T,P} = GenericMemory{K,T,P}(undef, n[1])
size(m::GenericMemory) = size(m.items)
IndexStyle(::Type{<:GenericMemory}) = IndexLinear()
getindex(m::GenericMemory, i::Int) = (checkbounds(m, i); m.items[i])
setindex!(m::GenericMemory, x, i::Int) = (checkbounds(m, i); m.items[i] = x; m)
isassigned(m::GenericMemory, i::Int) = isassigned(m.items, i)
similar(m::GenericMemory{K,T}, ::Type{S}, n::Tuple{Int}) where {K,T,S} = Memory{S}(undef, n[1])
"""
    MemoryRef(m)
    memoryref(m, i)

A place in a [`Memory`](@ref): `r[]` reads and `r[] = x` writes it.
"""
struct GenericMemoryRef{kind,T,place} <: Ref{T}
    mem::GenericMemory{kind,T,place}
    index::Int
end
const MemoryRef{T} = GenericMemoryRef{:not_atomic,T,Core.CPU}
const AtomicMemoryRef{T} = GenericMemoryRef{:atomic,T,Core.CPU}
memoryref(m::GenericMemory{K,T,P}, i::Integer=1) where {K,T,P} = (i == 1 || checkbounds(m, i); GenericMemoryRef{K,T,P}(m, Int(i)))
memoryref(r::GenericMemoryRef, i::Integer) = memoryref(r.mem, r.index + i - 1)
MemoryRef(m::Memory) = memoryref(m)
getindex(r::GenericMemoryRef) = r.mem[r.index]
setindex!(r::GenericMemoryRef, x) = (r.mem[r.index] = x; r)
isassigned(r::GenericMemoryRef) = isassigned(r.mem, r.index)
parent(r::GenericMemoryRef) = r.mem
memoryindex(r::GenericMemoryRef) = r.index
unsafe_convert(::Type{Ptr{T}}, r::GenericMemoryRef{K,T}) where {K,T} = pointer(r.mem.items, r.index)
"A `Memory` of `n` bytes, for `String` to make a string of."
StringMemory(n::Integer) = Memory{UInt8}(undef, n)
String(m::Memory{UInt8}) = String(copy(m.items))
sizeof(m::GenericMemory) = sizeof(m.items)
elsize(::Type{<:GenericMemory{K,T}}) where {K,T} = elsize(Vector{T})
pointer(m::GenericMemory, i::Integer=1) = pointer(m.items, i)
unsafe_convert(::Type{Ptr{T}}, m::GenericMemory{K,T}) where {K,T} = pointer(m)
unsafe_copyto!(to::GenericMemory, at::Integer, from::GenericMemory, start::Integer, n::Integer) =
    (copyto!(to.items, at, from.items, start, n); to)
unsafe_wrap(::Union{Type{Memory},Type{Memory{T}}}, p::Ptr{T}, n::Union{Integer,Tuple{Integer}}; own::Bool=false) where {T} = Memory{T}(unsafe_wrap(Array, p, n))
view(m::Memory, r::UnitRange{<:Integer}) = (checkbounds(m, r); unsafe_wrap(Vector{eltype(m)}, pointer(m, first(r)), length(r)))
fill!(m::GenericMemory, x) = (fill!(m.items, x); m)

# What an array looks like from inside: its size, and where its items are.
function getproperty(a::Array, name::Symbol)
    name === :size ? size(a) : name === :ref ? memoryref(Memory{eltype(a)}(vec(a))) : getfield(a, name)
end

"Functions that each address goes through before it is downloaded."
const DOWNLOAD_HOOKS = Function[]
download_url(url::AbstractString) = foldl((u, hook) -> hook(u), DOWNLOAD_HOOKS; init=url)

"""
    download(url, path=tempname())

Get a file from the network; its path. `Downloads.download` does the work and has more options.
"""
function download(url::AbstractString, path::AbstractString=tempname())
    downloads = Core.eval(Module(:Requests), :(import Downloads; Downloads))
    invokelatest(downloads.download, download_url(url), path)
end
