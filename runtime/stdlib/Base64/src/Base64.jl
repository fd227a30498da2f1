# Base64: bytes as text of 64 characters.

"""
    Base64

`base64encode`, `base64decode`, and streams that encode and decode.
"""
module Base64

using Base: base64_encode, base64_decode

export Base64EncodePipe, base64encode, Base64DecodePipe, base64decode, stringmime

"""
    Base64EncodePipe(io)

A stream that writes to `io` in Base64 what is written to it; `close` writes the end.
"""
mutable struct Base64EncodePipe <: IO
    io::IO
    rest::Vector{UInt8}    # not yet three bytes
    Base64EncodePipe(io::IO) = new(io, UInt8[])
end
Base.isreadable(::Base64EncodePipe) = false
Base.iswritable(p::Base64EncodePipe) = iswritable(p.io)
function Base.write(p::Base64EncodePipe, v::Vector{UInt8})
    append!(p.rest, v)
    n = length(p.rest) ÷ 3 * 3
    if n > 0
        write(p.io, base64_encode(p.rest[1:n]))
        deleteat!(p.rest, 1:n)
    end
    length(v)
end
Base.write(p::Base64EncodePipe, x::UInt8) = write(p, UInt8[x])
Base.write(p::Base64EncodePipe, s::String) = write(p, Vector{UInt8}(s))
Base.write(p::Base64EncodePipe, c::Char) = write(p, string(c))
function Base.close(p::Base64EncodePipe)
    isempty(p.rest) || write(p.io, base64_encode(p.rest))
    empty!(p.rest)
    nothing
end

"""
    Base64DecodePipe(io)

A stream that reads from `io` text in Base64 and gives the bytes.
"""
mutable struct Base64DecodePipe <: IO
    io::IO
    rest::IOBuffer
    Base64DecodePipe(io::IO) = new(io, IOBuffer(UInt8[]))
end
Base.isreadable(p::Base64DecodePipe) = isreadable(p.io)
Base.iswritable(::Base64DecodePipe) = false
# Decodes four characters, or what there is; false at the end.
function more(p)
    eof(p.rest) || return true
    eof(p.io) && return false
    text = IOBuffer()
    n = 0
    while n < 4 && !eof(p.io)
        c = read(p.io, UInt8)
        if isascii(Char(c)) && (isletter(Char(c)) || isdigit(Char(c)) || Char(c) in "+/=")
            write(text, c)
            n += 1
        end
    end
    n == 0 && return false
    p.rest = IOBuffer(base64_decode(String(take!(text))))
    !eof(p.rest)
end
Base.eof(p::Base64DecodePipe) = !more(p)
Base.read(p::Base64DecodePipe, ::Type{UInt8}) = more(p) ? read(p.rest, UInt8) : throw(EOFError())
Base.readavailable(p::Base64DecodePipe) = read(p)
Base.bytesavailable(p::Base64DecodePipe) = (more(p); bytesavailable(p.rest))
Base.close(p::Base64DecodePipe) = nothing

"""
    base64encode(x)
    base64encode(write_function, args...)

What `write` makes of `x`, or the function writes to a stream, as text in Base64.
"""
function base64encode(f::Function, args...; context=nothing)
    io = IOBuffer()
    f(context === nothing ? io : IOContext(io, context), args...)
    base64_encode(take!(io))
end
base64encode(args...; context=nothing) = base64encode(write, args...; context=context)
"""
    base64decode(s)

The bytes that text in Base64 stands for.
"""
base64decode(s) = base64_decode(String(s))

"""
    stringmime(mime, x; context=nothing)

`x` as text of a kind, in Base64 if it is no text.
"""
stringmime(m::MIME, x; context=nothing) = istextmime(m) ? (x isa AbstractString ? String(x) : repr(m, x; context=context)) :
    base64_encode(x isa Vector{UInt8} ? x : repr_bytes(m, x, context))
stringmime(m::AbstractString, x; context=nothing) = stringmime(MIME(m), x; context=context)
function repr_bytes(m, x, context)
    io = IOBuffer()
    show(context === nothing ? io : IOContext(io, context), m, x)
    take!(io)
end

end
