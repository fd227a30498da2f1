# IOBuffer: a stream in memory. The primitives named buffer_... know its fields by
# their order.

mutable struct GenericIOBuffer{T} <: IO
    data::T
    readable::Bool
    writable::Bool
    seekable::Bool
    append::Bool
    size::Int
    maxsize::Int
    ptr::Int
    mark::Int
end
GenericIOBuffer(data::AbstractVector{UInt8}, readable::Bool, writable::Bool, seekable::Bool, append::Bool, maxsize::Integer) =
    GenericIOBuffer(data, readable, writable, seekable, append, length(data), Int(maxsize), 1, -1)

# Make room for n more bytes.
ensureroom(b::GenericIOBuffer, n::Integer) = (b.writable || throw(ArgumentError("ensureroom failed, IOBuffer is not writeable")); b)

# Drop what has been read and is not behind a mark.
function compact(b::GenericIOBuffer)
    b.writable || throw(ArgumentError("compact failed, IOBuffer is not writeable"))
    b.seekable && throw(ArgumentError("compact failed, IOBuffer is seekable"))
    from = b.mark >= 0 ? min(b.mark + 1, b.ptr) : b.ptr
    from <= 1 && return nothing
    n = b.size - from + 1
    copyto!(b.data, 1, b.data, from, n)
    b.size = n
    b.ptr -= from - 1
    b.mark >= 0 && (b.mark -= from - 1)
    nothing
end
"""
    IOBuffer([data]; read, write, append=false, truncate, maxsize, sizehint)

A stream in memory. Without data it is for reading and writing; over data (bytes or a
string) for reading.
"""
const IOBuffer = GenericIOBuffer{Vector{UInt8}}

IOBuffer(s::AbstractString) = (v = string_bytes(plain(s)); GenericIOBuffer{Vector{UInt8}}(v, true, false, true, false, length(v), 9223372036854775807, 1, -1))
function IOBuffer(data::AbstractVector{UInt8}; read::Union{Bool,Nothing}=nothing, write::Union{Bool,Nothing}=nothing, append::Union{Bool,Nothing}=nothing,
                  truncate::Union{Bool,Nothing}=nothing, maxsize::Integer=typemax(Int), sizehint::Union{Integer,Nothing}=nothing)
    maxsize < 0 && throw(ArgumentError("negative maxsize: $maxsize"))
    f = open_flags(; read=read, write=write, append=append, truncate=truncate)
    v = data isa Vector{UInt8} ? data : collect(UInt8, data)
    sizehint === nothing || sizehint!(v, sizehint)
    GenericIOBuffer{Vector{UInt8}}(v, f.read, f.write, true, f.append, f.truncate ? 0 : length(v), Int(maxsize), 1, -1)
end
IOBuffer(data::AbstractVector{UInt8}, maxsize::Integer) = IOBuffer(data; maxsize=maxsize)
function IOBuffer(; read::Union{Bool,Nothing}=true, write::Union{Bool,Nothing}=true, append::Union{Bool,Nothing}=nothing,
                  truncate::Union{Bool,Nothing}=true, maxsize::Integer=typemax(Int), sizehint::Union{Integer,Nothing}=nothing)
    IOBuffer(array_alloc(Vector{UInt8}, 0); read=read, write=write, append=append, truncate=truncate, maxsize=maxsize)
end
# The commonest without the keywords, which would take this method's place if they came after it.
IOBuffer() = GenericIOBuffer{Vector{UInt8}}(array_alloc(Vector{UInt8}, 0), true, true, true, false, 0, 9223372036854775807, 1, -1)
# What the keywords of open and IOBuffer mean together.
function open_flags(; read=nothing, write=nothing, create=nothing, truncate=nothing, append=nothing)
    if write === true && read !== true && append !== true
        create === nothing && (create = true)
        truncate === nothing && (truncate = true)
    end
    if truncate === true || append === true
        write === nothing && (write = true)
        create === nothing && (create = true)
    end
    w = write === true
    (read=read === nothing ? !w : read, write=w, create=create === true, truncate=truncate === true, append=append === true)
end

"""
    PipeBuffer(data=UInt8[]; maxsize)

A buffer that is written at its end and read at its beginning.
"""
PipeBuffer(data::Vector{UInt8}=UInt8[]; maxsize::Integer=typemax(Int)) =
    GenericIOBuffer{Vector{UInt8}}(data, true, true, false, true, length(data), Int(maxsize), 1, -1)
PipeBuffer(s::AbstractString; maxsize::Integer=typemax(Int)) = PipeBuffer(string_bytes(plain(s)); maxsize=maxsize)
copy(b::IOBuffer) = IOBuffer_copy(b)
IOBuffer_copy(b) = GenericIOBuffer{Vector{UInt8}}(copy(b.data), b.readable, b.writable, b.seekable, b.append, b.size, b.maxsize, b.ptr, b.mark)

function show(io::IO, b::GenericIOBuffer)
    print(io, "IOBuffer(data=UInt8[...], readable=", b.readable, ", writable=", b.writable, ", seekable=", b.seekable,
        ", append=", b.append, ", size=", b.size, ", maxsize=", b.maxsize == typemax(Int) ? "Inf" : b.maxsize,
        ", ptr=", b.ptr, ", mark=", b.mark, ")")
end

## writing

write(b::IOBuffer, s::String) = buffer_write(b, s)
write(b::IOBuffer, s::SubString{String}) = buffer_write(b, s)
write(b::IOBuffer, s::Symbol) = buffer_write(b, s)
write(b::IOBuffer, c::Char) = buffer_write(b, c)
write(b::IOBuffer, x::UInt8) = buffer_write(b, x)
write(b::IOBuffer, v::Vector{UInt8}) = buffer_write(b, v)
write(b::IOBuffer, v::CodeUnits{UInt8}) = buffer_write(b, String(v.s))
print(b::IOBuffer, s::String) = (buffer_write(b, s); nothing)
print(b::IOBuffer, s::SubString{String}) = (buffer_write(b, s); nothing)
print(b::IOBuffer, c::Char) = (buffer_write(b, c); nothing)
print(b::IOBuffer, s::Symbol) = (buffer_write(b, s); nothing)

## reading

eof(b::GenericIOBuffer) = b.ptr > b.size
function check_readable(b)
    b.readable || throw(ArgumentError("read failed, IOBuffer is not readable"))
end
function read(b::IOBuffer, ::Type{UInt8})
    check_readable(b)
    p = b.ptr
    p > b.size && throw(EOFError())
    b.ptr = p + 1
    b.data[p]
end
function peek(b::IOBuffer, ::Type{UInt8})
    check_readable(b)
    p = b.ptr
    p > b.size && throw(EOFError())
    b.data[p]
end
function read(b::IOBuffer, ::Type{Char})
    c = buffer_read_char(b)
    c === nothing ? throw(EOFError()) : c
end
read(b::IOBuffer) = buffer_read(b, -1)
read(b::IOBuffer, n::Integer) = buffer_read(b, Int(n))
read(b::IOBuffer, ::Type{String}) = buffer_read_string(b, -1)
readavailable(b::IOBuffer) = buffer_read(b, -1)
bytesavailable(b::GenericIOBuffer) = b.size - b.ptr + 1
readline(b::IOBuffer; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cut_newline(buffer_read_until(b, "\n", true), keep)
readuntil(b::IOBuffer, d::AbstractString; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    buffer_read_until(b, plain(d), keep)
readuntil(b::IOBuffer, c::AbstractChar; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    buffer_read_until(b, string(c), keep)
readuntil(b::IOBuffer, v::AbstractVector{UInt8}; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    string_bytes(buffer_read_until(b, String(copy(v)), keep))
readuntil(b::IOBuffer, x::UInt8; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    string_bytes(buffer_read_until(b, string_from_bytes(UInt8[x], 1, 1), keep))

"""
    take!(b::IOBuffer)

The bytes of the buffer, which is empty then.
"""
take!(b::IOBuffer) = buffer_take(b)
"""
    takestring!(b::IOBuffer)

The text of the buffer, which is empty then.
"""
takestring!(b::IOBuffer) = buffer_take_string(b)
takestring!(v::Vector{UInt8}) = String(v)
String(b::IOBuffer) = throw(MethodError(String, (b,)))

## position

isopen(b::GenericIOBuffer) = b.readable || b.writable || b.seekable || bytesavailable(b) > 0
isreadable(b::GenericIOBuffer) = b.readable
iswritable(b::GenericIOBuffer) = b.writable
"""
    position(io)

How many bytes lie before the place of reading and writing.
"""
position(b::GenericIOBuffer) = b.ptr - 1
filesize(b::GenericIOBuffer) = b.size
"""
    seek(io, n)

Go to the place after the first `n` bytes.
"""
function seek(b::GenericIOBuffer, n::Integer)
    if !b.seekable
        b.mark >= 0 || throw(ArgumentError("seek failed, IOBuffer is not seekable and is not marked"))
        n == b.mark || throw(ArgumentError("seek failed, IOBuffer is not seekable and n != mark"))
    end
    b.ptr = max(min(Int(n) + 1, b.size + 1), 1)
    b
end
"""
    seekstart(io)

Go to the beginning.
"""
seekstart(io::IO) = seek(io, 0)
"""
    seekend(io)

Go to the end.
"""
seekend(b::GenericIOBuffer) = (b.ptr = b.size + 1; b)
skip(b::GenericIOBuffer, n::Integer) = (b.ptr = max(min(b.ptr + Int(n), b.size + 1), 1); b)
"""
    truncate(io, n)

Cut, or fill with zeros, to `n` bytes.
"""
function truncate(b::IOBuffer, n::Integer)
    b.writable || throw(ArgumentError("truncate failed, IOBuffer is not writeable"))
    b.seekable || throw(ArgumentError("truncate failed, IOBuffer is not seekable"))
    n < 0 && throw(ArgumentError("truncate failed, n bytes must be ≥ 0, got $n"))
    n > b.maxsize && throw(ArgumentError("truncate failed, $n bytes is exceeds IOBuffer maxsize $(b.maxsize)"))
    m = length(b.data)
    n > m && array_grow_end(b.data, Int(n) - m)
    for i in b.size+1:Int(n)
        b.data[i] = 0x00
    end
    b.size = Int(n)
    b.ptr = min(b.ptr, b.size + 1)
    b
end
function close(b::IOBuffer)
    b.writable && (b.data = UInt8[])
    b.readable = false
    b.writable = false
    b.seekable = false
    b.size = 0
    b.ptr = 1
    b.mark = -1
    nothing
end

"""
    buffer_writes(io, n=512)

A stream that collects small writes; here all streams do that themselves.
"""
buffer_writes(io::IO, n::Integer=512) = io
