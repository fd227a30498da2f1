# BufferStream: a stream in memory between tasks. Reading waits for what is written.

"""
    Base.BufferStream()

A stream that one task writes and another reads: reading waits until there is
something, or the stream is closed.
"""
mutable struct BufferStream <: IO
    buffer::IOBuffer
    changed::Condition
    is_open::Bool
end
BufferStream() = BufferStream(PipeBuffer(), Condition(), true)

show(io::IO, s::BufferStream) = print(io, "BufferStream(bytes waiting=", bytesavailable(s.buffer), ", isopen=", s.is_open, ")")
isopen(s::BufferStream) = s.is_open
isreadable(s::BufferStream) = s.is_open || bytesavailable(s) > 0
iswritable(s::BufferStream) = s.is_open
bytesavailable(s::BufferStream) = bytesavailable(s.buffer)
function close(s::BufferStream)
    s.is_open = false
    notify(s.changed)
    nothing
end
closewrite(s::BufferStream) = close(s)

function buffer_stream_write(s, x)
    s.is_open || throw(IOError("stream is closed or unusable", 0))
    n = write(s.buffer, x)
    notify(s.changed)
    n
end
write(s::BufferStream, x::UInt8) = buffer_stream_write(s, x)
write(s::BufferStream, x::Char) = buffer_stream_write(s, x)
write(s::BufferStream, x::String) = buffer_stream_write(s, x)
write(s::BufferStream, x::Vector{UInt8}) = buffer_stream_write(s, x)

# Waits until there are `n` bytes, or no more will come.
function wait_readnb(s::BufferStream, n::Integer)
    while s.is_open && bytesavailable(s.buffer) < n
        wait(s.changed)
    end
end
function wait_close(s::BufferStream)
    while s.is_open
        wait(s.changed)
    end
end
eof(s::BufferStream) = (wait_readnb(s, 1); bytesavailable(s.buffer) == 0)
read(s::BufferStream, ::Type{UInt8}) = (wait_readnb(s, 1); read(s.buffer, UInt8))
peek(s::BufferStream, ::Type{UInt8}) = (wait_readnb(s, 1); peek(s.buffer, UInt8))
read(s::BufferStream) = (wait_close(s); read(s.buffer))
read(s::BufferStream, n::Integer) = (wait_readnb(s, n); read(s.buffer, n))
readavailable(s::BufferStream) = (wait_readnb(s, 1); read(s.buffer))
position(s::BufferStream) = position(s.buffer)
seek(s::BufferStream, n::Integer) = (seek(s.buffer, n); s)
mark(s::BufferStream) = mark(s.buffer)
unmark(s::BufferStream) = unmark(s.buffer)
reset(s::BufferStream) = reset(s.buffer)
ismarked(s::BufferStream) = ismarked(s.buffer)
buffer_writes(s::BufferStream, n::Integer=512) = s
