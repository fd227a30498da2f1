# IO: streams in general, the streams of a task, IOContext.

abstract type AbstractPipe <: IO end

## the streams of a task

# Text goes to the cell that the running task belongs to.
struct TaskStream <: IO
    fd::Int
end
"Where `print` writes."
stdout = TaskStream(1)
"Where messages of errors go."
stderr = TaskStream(2)

write(io::TaskStream, s::String) = output_write(io.fd, s)
write(io::TaskStream, b::UInt8) = output_write(io.fd, UInt8[b])
write(io::TaskStream, v::Vector{UInt8}) = output_write(io.fd, v)
write(io::TaskStream, c::Char) = output_write(io.fd, char_string(c))
flush(::TaskStream) = (output_flush(); nothing)
isopen(::TaskStream) = true
iswritable(::TaskStream) = true
isreadable(::TaskStream) = false
close(::TaskStream) = nothing
fd(io::TaskStream) = io.fd
show(io::IO, s::TaskStream) = print(io, s.fd == 1 ? "stdout" : "stderr")
displaysize(::TaskStream) = output_size()
get(::TaskStream, key::Symbol, default) = key === :color ? output_color() : default
get(f::Function, ::TaskStream, key::Symbol) = key === :color ? output_color() : f()
haskey(::TaskStream, key::Symbol) = key === :color
getindex(io::TaskStream, key::Symbol) = key === :color ? output_color() : throw(KeyError(key))

# One call of print makes one piece of output.
function stream_text(io::TaskStream, xs)
    buf = IOBuffer()
    ctx = IOContext(buf, :color => output_color(), :displaysize => output_size())
    for x in xs
        print(ctx, x)
    end
    buffer_take_string(buf)
end

function print(xs...)
    io = stdout
    if io isa TaskStream
        s = simple_string(xs...)
        output_write(io.fd, s === nothing ? stream_text(io, xs) : s)
    else
        print(io, xs...)
    end
    nothing
end
function println(xs...)
    io = stdout
    if io isa TaskStream
        s = simple_string(xs..., '\n')
        output_write(io.fd, s === nothing ? string_concat(stream_text(io, xs), "\n") : s)
    else
        print(io, xs..., '\n')
    end
    nothing
end

## input

# Lines come from the front end one at a time; what is left of one is kept.
mutable struct InputStream <: IO
    rest::Any     # IOBuffer
    ended::Bool
end
"Where a program reads its input."
stdin = InputStream(nothing, false)

show(io::IO, ::InputStream) = print(io, "stdin")
isopen(::InputStream) = true
isreadable(::InputStream) = true
iswritable(::InputStream) = false
close(::InputStream) = nothing
fd(::InputStream) = 0
bytesavailable(s::InputStream) = s.rest === nothing ? 0 : bytesavailable(s.rest)

# Asks for a line unless there is something to read; false at the end.
function more_input(s::InputStream)
    bytesavailable(s) > 0 && return true
    line = stdin_readline("", false)
    line === nothing && return false
    s.rest = IOBuffer(string(line, '\n'))
    true
end
eof(s::InputStream) = !more_input(s)
read(s::InputStream, ::Type{UInt8}) = more_input(s) ? read(s.rest, UInt8) : throw(EOFError())
readavailable(s::InputStream) = more_input(s) ? take_rest(s) : UInt8[]
take_rest(s) = buffer_read(s.rest, -1)
peek(s::InputStream, ::Type{UInt8}) = more_input(s) ? peek(s.rest, UInt8) : throw(EOFError())
function readline(s::InputStream; keep::Bool=false)
    if bytesavailable(s) > 0
        return readline(s.rest; keep=keep)
    end
    line = stdin_readline("", false)
    line === nothing ? "" : keep ? string(line, '\n') : line
end
"""
    Base.prompt(message; default="")

Ask the user for a line.
"""
function prompt(message::AbstractString; default::AbstractString="")
    line = stdin_readline(string(message, isempty(default) ? "" : " [$default]", ": "), false)
    line === nothing ? nothing : isempty(line) ? String(default) : line
end
"""
    Base.getpass(message)

Ask the user for a secret, which the front end does not show.
"""
function getpass(message::AbstractString)
    line = stdin_readline(string(message, ": "), true)
    IOBuffer(line === nothing ? "" : line)
end

## devnull

struct DevNull <: IO end
"A stream that keeps nothing of what is written to it."
const devnull = DevNull()
show(io::IO, ::DevNull) = print(io, "Base.DevNull()")
write(::DevNull, ::UInt8) = 1
write(::DevNull, s::String) = ncodeunits(s)
write(::DevNull, v::Vector{UInt8}) = length(v)
write(::DevNull, c::Char) = ncodeunits(c)
read(::DevNull, ::Type{UInt8}) = throw(EOFError())
eof(::DevNull) = true
isopen(::DevNull) = true
isreadable(::DevNull) = true
iswritable(::DevNull) = true
close(::DevNull) = nothing
flush(::DevNull) = nothing
bytesavailable(::DevNull) = 0

## IOContext

"""
    IOContext(io, key => value, ...)
    IOContext(io, context)

A stream with properties for `show`, asked for with `get(io, key, default)`:
`:compact`, `:limit`, `:displaysize`, `:typeinfo`, `:color`, `:module`.
"""
struct IOContext{IO_t<:IO} <: AbstractPipe
    io::IO_t
    dict::ImmutableDict{Symbol,Any}
    IOContext{IO_t}(io::IO_t, dict::ImmutableDict{Symbol,Any}) where {IO_t<:IO} = new(io, dict)
end
const no_properties = ImmutableDict{Symbol,Any}()
new_context(io::IO, dict) = IOContext{typeof(io)}(io, dict)
new_context(io::IOContext, dict) = IOContext{typeof(io.io)}(io.io, dict)
properties(io::IO) = no_properties
properties(io::IOContext) = io.dict
with_property(io, key, value) = new_context(io, ImmutableDict{Symbol,Any}(properties(io), key, value))

IOContext(io::IO) = new_context(io, properties(io))
IOContext(io::IO, context::IO) = new_context(io isa IOContext ? io.io : io, properties(context))
IOContext(io::IO, context::ImmutableDict) = new_context(io, context)
IOContext(io::IO, p::Pair) = new_context(io, ImmutableDict{Symbol,Any}(properties(io), p.first, p.second))
function IOContext(io::IO, p::Pair, more::Pair...)
    d = ImmutableDict{Symbol,Any}(properties(io), p.first, p.second)
    for q in more
        d = ImmutableDict{Symbol,Any}(d, q.first, q.second)
    end
    new_context(io, d)
end
IOContext(io::IOContext, context::IOContext) = new_context(io.io, context.dict)

unwrapcontext(io::IO) = (io, no_properties)
unwrapcontext(io::IOContext) = (io.io, io.dict)

# The entry of a property, or the empty dictionary.
function find_property(d, key)
    while isdefined(d, :parent)
        d.key === key && return d
        d = d.parent
    end
    d
end
get(::IO, key::Symbol, default) = default
get(f::Function, ::IO, key::Symbol) = f()
haskey(::IO, key::Symbol) = false
keys(::IO) = Symbol[]
in(p::Pair, ::IO) = false
getindex(::IO, key::Symbol) = throw(KeyError(key))
function get(io::IOContext, key::Symbol, default)
    d = io.dict
    while isdefined(d, :parent)
        d.key === key && return d.value
        d = d.parent
    end
    io.io isa TaskStream && key === :color ? output_color() : default
end
get(f::Function, io::IOContext, key::Symbol) = haskey(io, key) ? io[key] : f()
haskey(io::IOContext, key::Symbol) = isdefined(find_property(io.dict, key), :parent) || haskey(io.io, key)
function getindex(io::IOContext, key::Symbol)
    d = find_property(io.dict, key)
    isdefined(d, :parent) ? d.value : io.io[key]
end
keys(io::IOContext) = unique(Symbol[p.first for p in io.dict])
function in(p::Pair, io::IOContext)
    d = io.dict
    while isdefined(d, :parent)
        d.key === p.first && d.value === p.second && return true
        d = d.parent
    end
    false
end
# How many objects up x is being shown already; 0: it is not.
function shown_depth(io::IO, @nospecialize x)
    d = properties(io)
    n = 0
    while isdefined(d, :parent)
        if d.key === :SHOWN_SET
            n += 1
            d.value === x && return n
        end
        d = d.parent
    end
    0
end
"""
    show_circular(io, x)

Whether `x` is being shown already by `io`; then a note is written in its place.
"""
function show_circular(io::IO, @nospecialize(x))
    n = shown_depth(io, x)
    n == 0 && return false
    print(io, "#= circular reference @-", n, " =#")
    true
end

function show(io::IO, c::IOContext)
    print(io, "IOContext(")
    show(io, c.io)
    print(io, ")")
end

write(io::IOContext, b::UInt8) = write(io.io, b)
write(io::IOContext, s::String) = write(io.io, s)
write(io::IOContext, v::Vector{UInt8}) = write(io.io, v)
write(io::IOContext, c::Char) = write(io.io, c)
read(io::IOContext, ::Type{UInt8}) = read(io.io, UInt8)
peek(io::IOContext, ::Type{UInt8}) = peek(io.io, UInt8)
eof(io::IOContext) = eof(io.io)
isopen(io::IOContext) = isopen(io.io)
isreadable(io::IOContext) = isreadable(io.io)
iswritable(io::IOContext) = iswritable(io.io)
close(io::IOContext) = close(io.io)
flush(io::IOContext) = flush(io.io)
readline(io::IOContext; keep::Bool=false) = readline(io.io; keep=keep)
readuntil(io::IOContext, d; keep::Bool=false) = readuntil(io.io, d; keep=keep)
bytesavailable(io::IOContext) = bytesavailable(io.io)
position(io::IOContext) = position(io.io)
seek(io::IOContext, n) = (seek(io.io, n); io)
displaysize(io::IOContext) = (s = get(io, :displaysize, nothing); s === nothing ? displaysize(io.io) : s)

"""
    displaysize([io])

The lines and columns that output has room for.
"""
displaysize() = (24, 80)
displaysize(io::IO) = displaysize()

## what every stream has

"""
    write(io, xs...)
    write(filename, x)

Write values as bytes; how many.
"""
write(io::IO, x, y) = write(io, x) + write(io, y)
function write(io::IO, x, more...)
    n = write(io, x)
    for y in more
        n += write(io, y)
    end
    n
end
write(io::IO, s::String) = write_bytes(io, string_bytes(s))
write(io::IO, b::Union{Int8,Bool}) = write(io, reinterpret(UInt8, b))
write(io::IO, x::Union{Int16,UInt16,Int32,UInt32,Int64,UInt64,Int128,UInt128,Float16,Float32,Float64}) = write(io, bytes_of(x))
write(io::IO, v::Vector{UInt8}) = write_bytes(io, v)
write(io::IO, x::Rational) = write(io, numerator(x), denominator(x))
write(io::IO, x::Complex) = write(io, real(x), imag(x))
function write(io::IO, a::AbstractArray)
    n = 0
    for x in a
        n += write(io, x)
    end
    n
end
function write(to::IO, from::IO)
    n = 0
    while !eof(from)
        n += write(to, readavailable(from))
    end
    n
end
function write_bytes(io, v)
    for b in v
        write(io, b)
    end
    length(v)
end
bytes_of(x) = array_reinterpret(Vector{UInt8}, [x])
value_of_bytes(::Type{T}, v) where {T} = array_reinterpret(Vector{T}, v)[1]

"""
    read(io, T)
    read(io, String)
    read(io, [n])

A value of type `T`, all text, or bytes from a stream.
"""
read(io::IO, ::Type{String}) = String(read(io))
read(io::IO, ::Type{Bool}) = read(io, UInt8) != 0
read(io::IO, ::Type{Int8}) = reinterpret(Int8, read(io, UInt8))
function read(io::IO, ::Type{T}) where {T<:Union{Int16,UInt16,Int32,UInt32,Int64,UInt64,Int128,UInt128,Float16,Float32,Float64}}
    n = sizeof(T)
    v = read(io, n)
    length(v) < n && throw(EOFError())
    value_of_bytes(T, v)
end
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
function read_char(io::IO)
    b = read(io, UInt8)
    b < 0xc0 && return string_char(string_from_bytes(UInt8[b], 1, 1), 1)
    v = UInt8[b]
    more = b >= 0xf0 ? 3 : b >= 0xe0 ? 2 : 1
    while more > 0 && !eof(io) && (peek(io, UInt8) & 0xc0) == 0x80
        push!(v, read(io, UInt8))
        more -= 1
    end
    string_char(string_from_bytes(v, 1, length(v)), 1)
end
read(io::IO, ::Type{Char}) = read_char(io)
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

Fill array `a` with values read from `io`.
"""
function read!(io::IO, a::AbstractArray{T}) where {T}
    for i in eachindex(a)
        a[i] = read(io, T)
    end
    a
end
function readbytes!(io::IO, b::AbstractVector{UInt8}, n=length(b))
    v = read(io, n)
    length(v) > length(b) && resize!(b, length(v))
    copyto!(b, 1, v, 1, length(v))
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
skip(io::IO, n::Integer) = (read(io, n); io)

"""
    readline(io=stdin; keep=false)
    readline(filename; keep=false)

The next line, without its newline unless `keep`.
"""
readline(; keep::Bool=false) = readline(stdin; keep=keep)
readline(io::IO; keep::Bool=false) = cut_newline(read_until(io, 0x0a), keep)
function cut_newline(s, keep)
    keep && return s
    n = ncodeunits(s)
    n > 0 && codeunit(s, n) == 0x0a || return s
    n > 1 && codeunit(s, n - 1) == 0x0d && (n -= 1)
    string_range_bytes(s, n - 1)
end
string_range_bytes(s, n) = n == 0 ? "" : s[1:thisind(s, n)]
function read_until(io::IO, stop::UInt8)
    v = UInt8[]
    while !eof(io)
        b = read(io, UInt8)
        push!(v, b)
        b == stop && break
    end
    string_from_bytes(v, 1, length(v))
end
"""
    readlines(io=stdin; keep=false)
    readlines(filename; keep=false)

All lines as a vector.
"""
readlines(io::IO=stdin; keep::Bool=false) = collect(eachline(io; keep=keep))

"""
    readuntil(io, delim; keep=false)

What comes before a character, a string or a byte; with it, if `keep`.
"""
function readuntil(io::IO, d::AbstractString; keep::Bool=false)
    target = string_bytes(plain(d))
    v = UInt8[]
    n = length(target)
    while !eof(io)
        push!(v, read(io, UInt8))
        m = length(v)
        if m >= n && v[m] == target[n] && v[m-n+1:m] == target
            return string_from_bytes(v, 1, keep ? m : m - n)
        end
    end
    string_from_bytes(v, 1, length(v))
end
readuntil(io::IO, c::AbstractChar; keep::Bool=false) = readuntil(io, string(c); keep=keep)
function readuntil(io::IO, b::UInt8; keep::Bool=false)
    v = UInt8[]
    while !eof(io)
        x = read(io, UInt8)
        if x == b
            keep && push!(v, x)
            break
        end
        push!(v, x)
    end
    v
end
copyuntil(out::IO, io::IO, d; keep::Bool=false) = (write(out, readuntil(io, d; keep=keep)); out)
copyline(out::IO, io::IO; keep::Bool=false) = (write(out, readline(io; keep=keep)); out)
"""
    skipchars(f, io)

Move on while `f(c)` is true for the next character.
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

"The lines of a stream; made by `eachline`."
struct EachLine{T<:IO}
    stream::T
    ondone::Any
    keep::Bool
end
"""
    eachline(io=stdin; keep=false)
    eachline(filename; keep=false)

The lines of a stream, one by one.
"""
eachline(io::IO=stdin; keep::Bool=false) = EachLine(io, nothing, keep)
function iterate(e::EachLine, state=nothing)
    if eof(e.stream)
        e.ondone === nothing || e.ondone()
        return nothing
    end
    (readline(e.stream; keep=e.keep), nothing)
end
eltype(::Type{<:EachLine}) = String
IteratorSize(::Type{<:EachLine}) = SizeUnknown()
isdone(e::EachLine, state...) = eof(e.stream)

"The values of one type that a stream holds; made by `readeach`."
struct ReadEachIterator{T,S<:IO}
    stream::S
end
readeach(io::S, ::Type{T}) where {S<:IO,T} = ReadEachIterator{T,S}(io)
iterate(r::ReadEachIterator{T}, state=nothing) where {T} = eof(r.stream) ? nothing : (read(r.stream, T), nothing)
eltype(::Type{ReadEachIterator{T,S}}) where {T,S} = T
IteratorSize(::Type{<:ReadEachIterator}) = SizeUnknown()

## redirection

"""
    redirect_stdout(f, stream)
    redirect_stdout(stream)

Let `print` write to `stream`: while `f()` runs, or from now on.
"""
redirect_stdout(io::IO) = (global stdout = io; io)
function redirect_stdout(f::Function, io::IO)
    old = stdout
    global stdout = io
    try
        return f()
    finally
        global stdout = old
    end
end
"""
    redirect_stderr(f, stream)
    redirect_stderr(stream)

Let messages go to `stream`.
"""
redirect_stderr(io::IO) = (global stderr = io; io)
function redirect_stderr(f::Function, io::IO)
    old = stderr
    global stderr = io
    try
        return f()
    finally
        global stderr = old
    end
end
"""
    redirect_stdin(f, stream)
    redirect_stdin(stream)

Let `readline()` read from `stream`.
"""
redirect_stdin(io::IO) = (global stdin = io; io)
function redirect_stdin(f::Function, io::IO)
    old = stdin
    global stdin = io
    try
        return f()
    finally
        global stdin = old
    end
end
"""
    redirect_stdio(f; stdin=nothing, stdout=nothing, stderr=nothing)

`redirect_stdin`, `redirect_stdout` and `redirect_stderr` in one.
"""
function redirect_stdio(f; stdin=nothing, stdout=nothing, stderr=nothing)
    g = stderr === nothing ? f : () -> redirect_stderr(f, stderr)
    h = stdout === nothing ? g : () -> redirect_stdout(g, stdout)
    stdin === nothing ? h() : redirect_stdin(h, stdin)
end
