# What every stream has: write, read, lines, marks. A stream type needs only
# write(io, ::UInt8) or read(io, ::Type{UInt8}) and eof.

# The numbers that are read and written as they are in memory.
const MachineValue = Union{Int16,UInt16,Int32,UInt32,Int64,UInt64,Int128,UInt128,Float16,Float32,Float64}

## writing

"""
    write(io, xs...)
    write(filename, xs...)

Write values as bytes, numbers as they are in memory; how many bytes.
"""
function write end
write(io::IO, x) = throw(MethodError(write, (io, x)))
function write(io::IO, x, more...)
    n = write(io, x)
    for y in more
        n += write(io, y)
    end
    n
end
write(io::IO, s::Union{String,SubString{String}}) = write_memory(io, string_bytes(s))
write(io::IO, ::UInt8) = error("$(typeof(io)) does not support byte I/O")
write(io::IO, b::Union{Int8,Bool}) = write(io, reinterpret(UInt8, b))
write(io::IO, x::MachineValue) = write(io, bits_to_bytes(x))
write(io::IO, x::Rational) = write(io, numerator(x), denominator(x))
write(io::IO, x::Complex) = write(io, real(x), imag(x))
write(io::IO, x::RefValue) = isbitstype(typeof(x[])) ? write(io, bits_to_bytes(x[])) : throw(ErrorException("write cannot handle non-isbits Ref types"))
function write(io::IO, a::Array)
    isbitstype(eltype(a)) || error("`write` is not supported on non-isbits arrays")
    a isa Vector{UInt8} ? write_memory(io, a) : write(io, bits_to_bytes(a))
end
function write(io::IO, a::AbstractArray)
    isbitstype(eltype(a)) || error("`write` is not supported on non-isbits arrays")
    write(io, collect(a))
end
write(io::IO, a::BitArray) = write(io, a.chunks)
function write(to::IO, from::IO)
    n = 0
    while !eof(from)
        n += write(to, readavailable(from))
    end
    n
end
# A stream's own unsafe_write is how it takes many bytes.
write_memory(io, v::Vector{UInt8}) = Int(unsafe_write(io, pointer(v), length(v) % UInt))

## reading

"""
    read(io, T)
    read(io, String)
    read(io, [n])
    read(filename, ...)

A value of type `T`, all text, or bytes from a stream.
"""
function read end
read(io::IO, T) = error("The IO stream does not support reading objects of type $T.")
read(io::IO, ::Type{UInt8}) = error("$(typeof(io)) does not support byte I/O")
read(io::IO, ::Type{String}) = String(read(io))
read(io::IO, ::Type{Bool}) = read(io, UInt8) != 0
read(io::IO, ::Type{Int8}) = reinterpret(Int8, read(io, UInt8))
function read(io::IO, ::Type{T}) where {T<:MachineValue}
    v = read_each_byte(io, sizeof(T))
    length(v) < sizeof(T) && throw(EOFError())
    bits_from_bytes(T, v, 1)
end
read(io::IO, ::Type{Rational{T}}) where {T} = (n = read(io, T); n // read(io, T))
read(io::IO, ::Type{Complex{T}}) where {T} = (re = read(io, T); Complex{T}(re, read(io, T)))
function read(io::IO)
    v = UInt8[]
    while !eof(io)
        push!(v, read(io, UInt8))
    end
    v
end
function read(io::IO, n::Integer)
    v = UInt8[]
    while length(v) < n && !eof(io)
        push!(v, read(io, UInt8))
    end
    v
end
# A byte that follows is taken only if it belongs to the character.
function read_char(io::IO)
    b = read(io, UInt8)
    v = UInt8[b]
    more = b < 0xc0 || b > 0xf7 ? 0 : b >= 0xf0 ? 3 : b >= 0xe0 ? 2 : 1
    while more > 0 && !eof(io) && (peek(io, UInt8) & 0xc0) == 0x80
        push!(v, read(io, UInt8))
        more -= 1
    end
    string_char(string_from_bytes(v, 1, length(v)), 1)
end
"""
    peek(io, T=UInt8)

The next value, which stays to be read.
"""
peek(io::IO) = peek(io, UInt8)
function peek(io::IO, ::Type{T}) where {T}
    mark(io)
    try
        return read(io, T)
    finally
        reset(io)
    end
end
"""
    read!(io, a)
    read!(filename, a)

Fill array `a` with values read from `io`.
"""
function read!(io::IO, a::Array)
    isbitstype(eltype(a)) || error("The IO stream does not support reading objects of type $(typeof(a)).")
    bits_fill(a, read_each_byte(io, length(a) * sizeof(eltype(a))), 1)
end
# n bytes, also of a stream that tells no more than the next one.
read_each_byte(io::Union{GenericIOBuffer,InputStream}, n) = read(io, n)
read_each_byte(io, n) = hasmethod(eof, Tuple{typeof(io)}) ? read(io, n) : UInt8[read(io, UInt8) for _ in 1:n]
function read!(io::IO, a::AbstractArray{T}) where {T}
    for i in eachindex(a)
        a[i] = read(io, T)
    end
    a
end
function read!(io::IO, a::BitArray)
    n = length(a.chunks)
    n == 0 && return a
    chunks = read!(io, similar(a.chunks))
    beyond = length(a) & 63
    beyond == 0 || chunks[n] >> beyond == 0 || throw(DimensionMismatch("read mismatch, found non-zero bits after BitArray length"))
    copyto!(a.chunks, chunks)
    a
end
read!(io::IO, r::RefValue{T}) where {T} = (v = read_each_byte(io, sizeof(T)); r[] = bits_from_bytes(T, v, 1); r)
read!(p::AbstractString, a) = open(io -> read!(io, a), p)
"""
    readbytes!(io, b, n=length(b))

Read up to `n` bytes into `b`, which grows if it has to; how many.
"""
function readbytes!(io::IO, b::AbstractArray{UInt8}, n=length(b))
    v = read(io, Int(n))
    length(v) > length(b) && resize!(b, length(v))
    copyto!(b, firstindex(b), v, 1, length(v))
    length(v)
end
readavailable(io::IO) = read(io)
bytesavailable(::IO) = 0
isreadonly(io::IO) = isreadable(io) && !iswritable(io)
isreadable(io::IO) = isopen(io)
iswritable(io::IO) = isopen(io)
isopen(::IO) = true
flush(::IO) = nothing
close(::IO) = nothing
closewrite(io::IO) = close(io)
lock(::IO) = nothing
unlock(::IO) = nothing
copy(io::IO) = io
"""
    skip(io, n)

Move on by `n` bytes.
"""
skip(io::IO, n::Integer) = n < 0 ? seek(io, position(io) + n) : (read(io, n); io)

## places

"""
    mark(io)

Remember the place; `reset(io)` comes back to it.
"""
mark(io::IO) = (io.mark = position(io))
"""
    unmark(io)

Forget the place; whether there was one.
"""
unmark(io::IO) = (was = ismarked(io); io.mark = -1; was)
"""
    reset(io)

Go back to the place of `mark(io)`.
"""
function reset(io::IO)
    ismarked(io) || throw(ArgumentError("$(typeof(io)) not marked"))
    n = io.mark
    seek(io, n)
    io.mark = -1
    n
end
"""
    ismarked(io)

Whether there is a place that `reset(io)` would go to.
"""
ismarked(io::IO) = io.mark >= 0

## lines and delimiters

"""
    readline(io=stdin; keep=false)
    readline(filename; keep=false)

The next line, without its newline unless `keep`.
"""
function readline end
readline(; keep::Bool=false) = readline(stdin; keep=keep)
readline(io::IO; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? cut_newline(String(read_until(io, UInt8[0x0a], true)), keep) : governed(() -> readline(io; keep=keep), cancel)
function cut_newline(s, keep)
    keep && return s
    n = ncodeunits(s)
    n > 0 && codeunit(s, n) == 0x0a || return s
    n > 1 && codeunit(s, n - 1) == 0x0d && (n -= 1)
    n == 1 ? "" : s[1:thisind(s, n - 1)]
end
# The bytes up to a delimiter.
function read_until(io::IO, target, keep)
    v = UInt8[]
    n = length(target)
    n == 0 && return v
    last_byte = target[n]
    while !eof(io)
        b = read(io, UInt8)
        push!(v, b)
        m = length(v)
        if b == last_byte && m >= n && (n == 1 || v[m-n+1:m] == target)
            keep || resize!(v, m - n)
            break
        end
    end
    v
end
"""
    readlines(io=stdin; keep=false)
    readlines(filename; keep=false)

All lines as a vector.
"""
readlines(io::IO=stdin; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? collect(eachline(io; keep=keep)) : governed(() -> readlines(io; keep=keep), cancel)

"""
    readuntil(io, delim; keep=false)
    readuntil(filename, delim; keep=false)

What comes before a character, a string, a byte or several; with it, if `keep`.
"""
readuntil(io::IO, d::AbstractString; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? String(read_until(io, string_bytes(String(d)), keep)) : governed(() -> readuntil(io, d; keep=keep), cancel)
readuntil(io::IO, c::AbstractChar; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? readuntil(io, string(c); keep=keep) : governed(() -> readuntil(io, c; keep=keep), cancel)
readuntil(io::IO, b::UInt8; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? read_until(io, UInt8[b], keep) : governed(() -> readuntil(io, b; keep=keep), cancel)
readuntil(io::IO, v::AbstractVector{UInt8}; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? read_until(io, v, keep) : governed(() -> readuntil(io, v; keep=keep), cancel)
function readuntil(io::IO, x::T; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) where {T}
    cancel === DEFAULT_CANCEL || return governed(() -> readuntil(io, x; keep=keep), cancel)
    out = T[]
    while !eof(io)
        y = read(io, T)
        (keep || y != x) && push!(out, y)
        y == x && break
    end
    out
end
function readuntil(io::IO, target::AbstractVector{T}; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) where {T}
    cancel === DEFAULT_CANCEL || return governed(() -> readuntil(io, target; keep=keep), cancel)
    out = T[]
    n = length(target)
    while !eof(io)
        push!(out, read(io, T))
        if length(out) >= n && view(out, length(out)-n+1:length(out)) == target
            keep || resize!(out, length(out) - n)
            break
        end
    end
    out
end
"""
    copyuntil(out, io, delim; keep=false)

`readuntil`, written to `out`.
"""
copyuntil(out::IO, io::IO, d; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? (write(out, readuntil(io, d; keep=keep)); out) : governed(() -> copyuntil(out, io, d; keep=keep), cancel)
copyuntil(out::IO, p::AbstractString, d; keep::Bool=false) = open(io -> copyuntil(out, io, d; keep=keep), p)
"""
    copyline(out, io=stdin; keep=false)

`readline`, written to `out`.
"""
copyline(out::IO, io::IO=stdin; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? (write(out, readline(io; keep=keep)); out) : governed(() -> copyline(out, io; keep=keep), cancel)
copyline(out::IO, p::AbstractString; keep::Bool=false) = open(io -> copyline(out, io; keep=keep), p)
"""
    skipchars(f, io; linecomment=nothing)

Move on while `f(c)` is true for the next character; a comment, from the character
`linecomment` to the end of its line, is skipped too.
"""
function skipchars(f, io::IO; linecomment=nothing)
    while !eof(io)
        c = peek(io, Char)
        if c === linecomment
            readline(io)
        elseif f(c)
            read(io, Char)
        else
            break
        end
    end
    io
end
"""
    countlines(io; eol='\\n')
    countlines(filename; eol='\\n')

The number of lines.
"""
function countlines(io::IO; eol::AbstractChar='\n')
    isascii(eol) || throw(ArgumentError("only ASCII line terminators are supported"))
    stop = UInt8(eol)
    n = 0
    b = stop
    while !eof(io)
        for c in readavailable(io)
            b = c
            c == stop && (n += 1)
        end
    end
    b == stop ? n : n + 1
end
countlines(p::AbstractString; eol::AbstractChar='\n') = open(io -> countlines(io; eol=eol), p)

"The lines of a stream; made by `eachline`."
struct EachLine{T<:IO}
    stream::T
    ondone::Any
    keep::Bool
    EachLine(stream::T; ondone=() -> nothing, keep::Bool=false) where {T<:IO} = new{T}(stream, ondone, keep)
end
"""
    eachline(io=stdin; keep=false)
    eachline(filename; keep=false)

The lines of a stream, one by one.
"""
eachline(io::IO=stdin; keep::Bool=false) = EachLine(io; keep=keep)
function eachline(p::AbstractString; keep::Bool=false)
    io = open(p, "r")
    EachLine(io; ondone=() -> close(io), keep=keep)
end
function iterate(e::EachLine, state=nothing)
    if eof(e.stream)
        e.ondone()
        return nothing
    end
    (readline(e.stream; keep=e.keep), nothing)
end
eltype(::Type{<:EachLine}) = String
IteratorSize(::Type{<:EachLine}) = SizeUnknown()
isdone(e::EachLine, state...) = eof(e.stream)
Iterators.reverse(e::EachLine) = Iterators.reverse(collect(e))
last(e::EachLine, n::Integer) = last(collect(e), n)
last(e::EachLine) = last(collect(e))

"The values of one type that a stream holds; made by `readeach`."
struct ReadEachIterator{T,S<:IO}
    stream::S
end
"""
    readeach(io, T)

The values of type `T` that a stream holds, one by one.
"""
readeach(io::S, ::Type{T}) where {S<:IO,T} = ReadEachIterator{T,S}(io)
iterate(r::ReadEachIterator{T}, state=nothing) where {T} = eof(r.stream) ? nothing : (read(r.stream, T), nothing)
eltype(::Type{ReadEachIterator{T,S}}) where {T,S} = T
IteratorSize(::Type{<:ReadEachIterator}) = SizeUnknown()
isdone(r::ReadEachIterator, state...) = eof(r.stream)

## byte order

"""
    hton(x)
    ntoh(x)

`x` with its bytes turned between this machine's order and that of networks.
"""
hton(x) = bswap(x)
ntoh(x) = bswap(x)
"""
    htol(x)
    ltoh(x)

`x` with its bytes turned between this machine's order and lowest first: as it is.
"""
htol(x) = x
ltoh(x) = x

## streams that pass on to others

write(io::AbstractPipe, b::UInt8) = write(pipe_writer(io), b)
write(io::AbstractPipe, s::String) = write(pipe_writer(io), s)
write(io::AbstractPipe, v::Vector{UInt8}) = write(pipe_writer(io), v)
write(io::AbstractPipe, c::Char) = write(pipe_writer(io), c)
flush(io::AbstractPipe) = flush(pipe_writer(io))
read(io::AbstractPipe, ::Type{UInt8}) = read(pipe_reader(io), UInt8)
read(io::AbstractPipe, ::Type{Char}) = read(pipe_reader(io), Char)
read(io::AbstractPipe) = read(pipe_reader(io))
read(io::AbstractPipe, n::Integer) = read(pipe_reader(io), n)
readavailable(io::AbstractPipe) = readavailable(pipe_reader(io))
readline(io::AbstractPipe; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? readline(pipe_reader(io); keep=keep) : governed(() -> readline(io; keep=keep), cancel)
readuntil(io::AbstractPipe, d::AbstractString; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? readuntil(pipe_reader(io), d; keep=keep) : governed(() -> readuntil(io, d; keep=keep), cancel)
readuntil(io::AbstractPipe, d::UInt8; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? readuntil(pipe_reader(io), d; keep=keep) : governed(() -> readuntil(io, d; keep=keep), cancel)
peek(io::AbstractPipe, ::Type{T}) where {T} = peek(pipe_reader(io), T)
eof(io::AbstractPipe) = eof(pipe_reader(io))
bytesavailable(io::AbstractPipe) = bytesavailable(pipe_reader(io))
isopen(io::AbstractPipe) = isopen(pipe_writer(io)) || isopen(pipe_reader(io))
isreadable(io::AbstractPipe) = isreadable(pipe_reader(io))
iswritable(io::AbstractPipe) = iswritable(pipe_writer(io))
close(io::AbstractPipe) = (r = pipe_reader(io); w = pipe_writer(io); close(w); r === w || close(r); nothing)
closewrite(io::AbstractPipe) = closewrite(pipe_writer(io))
mark(io::AbstractPipe) = mark(pipe_reader(io))
unmark(io::AbstractPipe) = unmark(pipe_reader(io))
reset(io::AbstractPipe) = reset(pipe_reader(io))
ismarked(io::AbstractPipe) = ismarked(pipe_reader(io))
