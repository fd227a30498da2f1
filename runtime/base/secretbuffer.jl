# SecretBuffer: a stream in memory whose bytes are wiped out.

"""
    Base.SecretBuffer()
    Base.SecretBuffer(text)

A stream in memory for passwords: `Base.shred!` wipes it out, and so do all changes of
its memory. It shows nothing of what is in it.
"""
mutable struct SecretBuffer <: IO
    data::Vector{UInt8}
    size::Int
    ptr::Int
    SecretBuffer(; sizehint::Integer=128) = new(zeros(UInt8, sizehint), 0, 1)
end
function SecretBuffer(s::AbstractString)
    b = SecretBuffer(; sizehint=ncodeunits(s))
    for x in codeunits(s)
        write(b, x)
    end
    seek(b, 0)
end
convert(::Type{SecretBuffer}, s::AbstractString) = SecretBuffer(String(s))
"""
    Base.SecretBuffer!(bytes)

A `SecretBuffer` of bytes, which are wiped out where they came from.
"""
function SecretBuffer!(v::Vector{UInt8})
    b = SecretBuffer(; sizehint=length(v))
    for x in v
        write(b, x)
    end
    securezero!(v)
    seek(b, 0)
end
"""
    Base.securezero!(a)

Fill an array with zeros.
"""
securezero!(a::Array{<:Number}) = fill!(a, zero(eltype(a)))
"""
    Base.shred!(x)

Wipe out what a `SecretBuffer` holds; with a function, after calling it.
"""
function shred!(b::SecretBuffer)
    securezero!(b.data)
    b.ptr = 1
    b.size = 0
    b
end
shred!(f::Function, x) = (try; f(x); finally; shred!(x); end)
"""
    Base.isshredded(b)

Whether nothing is left in a `SecretBuffer`.
"""
isshredded(b::SecretBuffer) = all(iszero, b.data)

show(io::IO, ::SecretBuffer) = print(io, "SecretBuffer(\"*******\")")
# The time it takes does not tell where they differ.
function ==(a::SecretBuffer, b::SecretBuffer)
    a.ptr == b.ptr && a.size == b.size || return false
    acc = 0x00
    for i in 1:a.size
        acc |= a.data[i] ⊻ b.data[i]
    end
    acc == 0x00
end
hash(b::SecretBuffer, h::UInt) = hash(0xbd89aa9b5c3e2a4d % UInt, h)
function copy(b::SecretBuffer)
    c = SecretBuffer(; sizehint=length(b.data))
    c.size, c.ptr = b.size, b.ptr
    copyto!(c.data, b.data)
    c
end
function write(b::SecretBuffer, x::UInt8)
    if b.ptr > length(b.data)
        # the memory that is left behind is wiped out
        more = zeros(UInt8, 2length(b.data) + 16)
        copyto!(more, b.data)
        securezero!(b.data)
        b.data = more
    end
    b.size = max(b.size, b.ptr)
    b.data[b.ptr] = x
    b.ptr += 1
    1
end
function write(io::IO, b::SecretBuffer)
    n = 0
    for i in 1:b.size
        n += write(io, b.data[i])
    end
    n
end
eof(b::SecretBuffer) = b.ptr > b.size
isempty(b::SecretBuffer) = b.size == 0
bytesavailable(b::SecretBuffer) = b.size - b.ptr + 1
position(b::SecretBuffer) = b.ptr - 1
seek(b::SecretBuffer, n::Integer) = (b.ptr = max(min(Int(n) + 1, b.size + 1), 1); b)
seekend(b::SecretBuffer) = seek(b, b.size)
reset(b::SecretBuffer) = seek(b, 0)
peek(b::SecretBuffer, ::Type{UInt8}) = eof(b) ? throw(EOFError()) : b.data[b.ptr]
function read(b::SecretBuffer, ::Type{UInt8})
    eof(b) && throw(EOFError())
    b.ptr += 1
    b.data[b.ptr - 1]
end
