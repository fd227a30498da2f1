# Streams that wait: ends of pipes and connections.

"""
    Base.LibuvStream

The supertype of streams whose bytes come from outside. Reading
waits until there are some, while other tasks run.
"""
abstract type LibuvStream <: IO end
"""
    Base.TTY

A terminal that was opened by its descriptor. That is not done here, and `stdout` knows by itself where what is written
goes; so nothing is of this type, and a program that asks writes as into a file.
"""
abstract type TTY <: LibuvStream end

# A subtype has: core, a StreamCore, or nothing while it is not connected; buffer, what
# has come and has not been read; readable and writable.

"""
    Base.PipeEndpoint

One end of a pipe.
"""
mutable struct PipeEndpoint <: LibuvStream
    core::Union{Nothing,StreamCore}
    buffer::IOBuffer
    readable::Bool
    writable::Bool
end
PipeEndpoint() = PipeEndpoint(nothing, PipeBuffer(), false, false)
read_end(core::StreamCore) = PipeEndpoint(core, PipeBuffer(), true, false)
write_end(core::StreamCore) = PipeEndpoint(core, PipeBuffer(), false, true)

"""
    open(fd::RawFD)

A stream over an open file descriptor, such as a program was given beside its standard streams.
"""
open(fd::RawFD) = PipeEndpoint(stream_fd(Int(fd.fd)), PipeBuffer(), true, true)

## state

isopen(s::LibuvStream) = s.core !== nothing && stream_isopen(s.core) && !(stream_ended(s.core) && !s.writable)
isreadable(s::LibuvStream) = s.core !== nothing && s.readable && (bytesavailable(s) > 0 || isopen(s) && !stream_ended(s.core))
iswritable(s::LibuvStream) = s.core !== nothing && s.writable && stream_isopen(s.core)
bytesavailable(s::LibuvStream) = bytesavailable(s.buffer)
_fd(s::LibuvStream) = RawFD(s.core === nothing ? -1 : stream_number(s.core))
fd(s::LibuvStream) = _fd(s)
const INVALID_OS_HANDLE = RawFD(-1)
function stream_status(s::LibuvStream)
    s.core === nothing && return "init"
    stream_isopen(s.core) || return "closed"
    stream_ended(s.core) && return s.writable ? "open" : "eof"
    stream_begun(s.core) ? "active" : "open"
end
show(io::IO, s::LibuvStream) = print(io, typeof(s), "(", _fd(s), " ", stream_status(s), ", ", bytesavailable(s), " bytes waiting)")

function close(s::LibuvStream)
    s.core === nothing || stream_close(s.core)
    nothing
end
function closewrite(s::LibuvStream)
    s.core === nothing || (s.readable ? stream_closewrite(s.core) : stream_close(s.core))
    s.writable = false
    nothing
end

## reading

# Waits for more bytes; false at the end.
function more_bytes(s::LibuvStream)
    s.core === nothing && throw(ArgumentError("read failed, stream is not open"))
    v = stream_read(s.core)
    if isempty(v)
        s.writable || close(s)    # there is nothing more that it is good for
        return false
    end
    write(s.buffer, v)
    true
end
eof(s::LibuvStream) = bytesavailable(s) == 0 && !more_bytes(s)
wait_readnb(s::LibuvStream, n::Integer) = (while bytesavailable(s) < n && more_bytes(s) end; nothing)
wait_close(s::LibuvStream) = (while more_bytes(s) end; close(s); nothing)

read(s::LibuvStream, ::Type{UInt8}) = eof(s) ? throw(EOFError()) : read(s.buffer, UInt8)
peek(s::LibuvStream, ::Type{UInt8}) = eof(s) ? throw(EOFError()) : peek(s.buffer, UInt8)
readavailable(s::LibuvStream) = eof(s) ? UInt8[] : read(s.buffer)
function read(s::LibuvStream)
    bytes = read(s.buffer)
    try
        while more_bytes(s)
            append!(bytes, read(s.buffer))
        end
    catch
        write(s.buffer, bytes)
        rethrow()
    end
    bytes
end
function read(s::LibuvStream, n::Integer; all::Bool=true, cancel::CancelTokenArg=DEFAULT_CANCEL)
    cancel === DEFAULT_CANCEL || return governed(() -> read(s, n; all=all), cancel)
    all ? wait_readnb(s, n) : eof(s)
    read(s.buffer, n)
end
read!(s::LibuvStream, v::Vector{UInt8}) = (read_exactly!(s, v, length(v)); v)
function read_exactly!(s, v, n)
    got = read(s, n)
    copyto!(v, 1, got, 1, length(got))
    length(got) < n && throw(EOFError())
    n
end
function readbytes!(s::LibuvStream, v::Vector{UInt8}, n=length(v); all::Bool=true, cancel::CancelTokenArg=DEFAULT_CANCEL)
    cancel === DEFAULT_CANCEL || return governed(() -> readbytes!(s, v, n; all=all), cancel)
    got = read(s, n; all=all)
    length(got) > length(v) && resize!(v, length(got))
    copyto!(v, 1, got, 1, length(got))
    length(got)
end
ahead(s::LibuvStream) = s.buffer
read_until(s::LibuvStream, target, keep) = string_bytes(text_until(s, String(copy(target)), keep))

mark(s::LibuvStream) = mark(s.buffer)
unmark(s::LibuvStream) = unmark(s.buffer)
reset(s::LibuvStream) = ismarked(s) ? reset(s.buffer) : throw(ArgumentError("$(typeof(s)) not marked"))
ismarked(s::LibuvStream) = ismarked(s.buffer)

## writing

function send_bytes(s::LibuvStream, x)
    s.core === nothing && throw(ArgumentError("write failed, stream is not open"))
    s.writable || throw(IOError("write: broken pipe (EPIPE)", -32))
    stream_write(s.core, x)
end
write(s::LibuvStream, x::String) = send_bytes(s, x)
write(s::LibuvStream, x::SubString{String}) = send_bytes(s, String(x))
write(s::LibuvStream, x::Vector{UInt8}) = send_bytes(s, x)
write(s::LibuvStream, x::UInt8) = send_bytes(s, UInt8[x])
write(s::LibuvStream, x::Char) = send_bytes(s, string(x))
# What is printed in one call goes out in one piece.
print(s::LibuvStream, x, y, more...) = (write(s, string(x, y, more...)); nothing)
show_on(s::LibuvStream, x) = (write(s, sprint(show, x)); nothing)
println(s::LibuvStream, xs...) = (write(s, string(xs..., '\n')); nothing)
flush(::LibuvStream) = check_cancelled(task_governor())

## pipes

"""
    Pipe()

A pipe for `run` to connect: what is written to `p.in` can be read from `p.out`, and
reading or writing `p` itself does either. A process that is given it as its output
gets the one end, as its input the other.

# Examples
```julia
julia> p = Pipe();

julia> run(pipeline(`echo hello`, stdout=p)); close(p.in); read(p, String)
"hello\\n"
```
"""
struct Pipe <: AbstractPipe
    in::PipeEndpoint
    out::PipeEndpoint
end
Pipe() = Pipe(PipeEndpoint(), PipeEndpoint())

function link_pipe!(p::Pipe; reader_supports_async::Bool=false, writer_supports_async::Bool=false)
    r, w = stream_pipe()
    p.out.core, p.out.readable = r, true
    p.in.core, p.in.writable = w, true
    p
end
ensure_linked(p::Pipe) = p.in.core === nothing && p.out.core === nothing ? link_pipe!(p) : p

pipe_reader(p::Pipe) = p.out
pipe_writer(p::Pipe) = p.in
show(io::IO, p::Pipe) = print(io, "Pipe(", _fd(p.in), " ", stream_status(p.in), " => ", _fd(p.out), " ", stream_status(p.out), ", ",
    bytesavailable(p), " bytes waiting)")

"A program that was started, or several."
abstract type AbstractProcess <: AbstractPipe end

# What goes beyond what every AbstractPipe passes on.
const TwoEnded = Union{Pipe,AbstractProcess}
read(p::TwoEnded, n::Integer; all::Bool=true, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? read(pipe_reader(p), n; all=all) : governed(() -> read(p, n; all=all), cancel)
readbytes!(p::TwoEnded, v::Vector{UInt8}, n=length(v); all::Bool=true, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? readbytes!(pipe_reader(p), v, n; all=all) : governed(() -> readbytes!(p, v, n; all=all), cancel)
wait_readnb(p::TwoEnded, n::Integer) = wait_readnb(pipe_reader(p), n)
wait_close(p::TwoEnded) = (wait_close(pipe_reader(p)); wait_close(pipe_writer(p)))
print(p::TwoEnded, x, y, more...) = print(pipe_writer(p), x, y, more...)
println(p::TwoEnded, xs...) = println(pipe_writer(p), xs...)

## the errors of the system by number

# The numbers of Linux; other systems are mapped to them.
const UV_EPERM = -1
const UV_ENOENT = -2
const UV_EIO = -5
const UV_EBADF = -9
const UV_EACCES = -13
const UV_EEXIST = -17
const UV_EINVAL = -22
const UV_EPIPE = -32
const UV_EMSGSIZE = -90
const UV_EADDRINUSE = -98
const UV_EADDRNOTAVAIL = -99
const UV_ECONNABORTED = -103
const UV_ECONNRESET = -104
const UV_ENOTCONN = -107
const UV_ETIMEDOUT = -110
const UV_ECONNREFUSED = -111
const UV_ECANCELED = -125
const UV_ESRCH = -3
const UV_EAI_AGAIN = -3001
const UV_EAI_NONAME = -3008
const UV_EOF = -4095
const uv_texts = Dict{Int,Tuple{String,String}}(
    UV_EPERM => ("EPERM", "operation not permitted"), UV_ENOENT => ("ENOENT", "no such file or directory"), UV_EIO => ("EIO", "i/o error"),
    UV_EBADF => ("EBADF", "bad file descriptor"), UV_EACCES => ("EACCES", "permission denied"), UV_EEXIST => ("EEXIST", "file already exists"),
    UV_EINVAL => ("EINVAL", "invalid argument"), UV_EPIPE => ("EPIPE", "broken pipe"), UV_EMSGSIZE => ("EMSGSIZE", "message too long"),
    UV_EADDRINUSE => ("EADDRINUSE", "address already in use"), UV_EADDRNOTAVAIL => ("EADDRNOTAVAIL", "address not available"),
    UV_ECONNABORTED => ("ECONNABORTED", "software caused connection abort"), UV_ECONNRESET => ("ECONNRESET", "connection reset by peer"),
    UV_ENOTCONN => ("ENOTCONN", "socket is not connected"), UV_ETIMEDOUT => ("ETIMEDOUT", "connection timed out"),
    UV_ECONNREFUSED => ("ECONNREFUSED", "connection refused"), UV_ECANCELED => ("ECANCELED", "operation canceled"), UV_ESRCH => ("ESRCH", "no such process"),
    UV_EAI_AGAIN => ("EAI_AGAIN", "temporary failure"), UV_EAI_NONAME => ("EAI_NONAME", "unknown node or service"), UV_EOF => ("EOF", "end of file"))
uv_text(code) = get(uv_texts, Int(code), ("UNKNOWN", "unknown error"))
"The name of an error of the system."
uverrorname(code::Integer) = uv_text(code)[1]
struverror(code::Integer) = uv_text(code)[2]
# The IOError of an operation that failed with a number.
"Throw the IOError of an operation that gave a negative number."
uv_error(prefix::AbstractString, code::Integer) = code < 0 ? throw(_UVError(prefix, code)) : nothing
_UVError(prefix::AbstractString, code::Integer) = IOError(string(prefix, ": ", struverror(code), " (", uverrorname(code), ")"), code)
