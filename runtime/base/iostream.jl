# Streams of files.

"""
    IOStream

An open file; see [`open`](@ref).
"""
mutable struct IOStream <: IO
    handle::Any
    name::String
    readable::Bool
    writable::Bool
    opened::Bool
    rest::IOBuffer  # read ahead
    mark::Int
end
# A stream of this name that is not open.
IOStream(name::AbstractString) = IOStream(nothing, String(name), false, false, false, IOBuffer(UInt8[]), -1)
"""
    open(path, mode="r"; lock=true)
    open(path; read, write, create, truncate, append)
    open(f, path, ...)

Open a file: `"r"` to read, `"w"` to write it anew, `"a"` to add to it, with `+` both.
With `f`, call `f(io)` and close the file afterwards.
"""
function open end
function open(p::AbstractString; lock::Bool=true, read::Union{Bool,Nothing}=nothing, write::Union{Bool,Nothing}=nothing,
              create::Union{Bool,Nothing}=nothing, truncate::Union{Bool,Nothing}=nothing, append::Union{Bool,Nothing}=nothing)
    f = open_flags(; read=read, write=write, create=create, truncate=truncate, append=append)
    open_file(p, f.read, f.write, f.create, f.truncate, f.append)
end
open_file(p, r, w, c, t, a) = IOStream(file_open(String(p), r, w, c, t, a), string("<file ", p, ">"), r, w, true, IOBuffer(UInt8[]), -1)
function open(p::AbstractString, mode::AbstractString; lock::Bool=true)
    mode == "r" ? open_file(p, true, false, false, false, false) :
    mode == "r+" ? open_file(p, true, true, false, false, false) :
    mode == "w" ? open_file(p, false, true, true, true, false) :
    mode == "w+" ? open_file(p, true, true, true, true, false) :
    mode == "a" ? open_file(p, false, true, true, false, true) :
    mode == "a+" ? open_file(p, true, true, true, false, true) :
    throw(ArgumentError(string("invalid open mode: ", mode)))
end
function open(f::Function, args...; kwargs...)
    io = open(args...; kwargs...)
    try
        f(io)
    finally
        close(io)
    end
end
show(io::IO, s::IOStream) = print(io, "IOStream(", s.name, ")")
function close(s::IOStream)
    s.opened || return nothing
    s.opened = false
    handle_close(s.handle)
    nothing
end
isopen(s::IOStream) = s.opened
isreadable(s::IOStream) = s.opened && s.readable
iswritable(s::IOStream) = s.opened && s.writable
flush(s::IOStream) = nothing
function stat(s::IOStream)
    path = String(chop(s.name; head=6, tail=1))
    known = handle_stat(s.handle)
    known === nothing ? stat(path) : stat_struct(path, known)
end

## writing

function ready_to_write(s::IOStream)
    s.opened && s.writable || throw(ArgumentError("write failed, IOStream is not writeable"))
    n = bytesavailable(s.rest)
    if n > 0
        handle_seek(s.handle, -n, 1)
        seekend(s.rest)
    end
    nothing
end
write(s::IOStream, x::String) = (ready_to_write(s); handle_write(s.handle, x))
write(s::IOStream, x::SubString{String}) = (ready_to_write(s); handle_write(s.handle, x))
write(s::IOStream, x::Vector{UInt8}) = (ready_to_write(s); handle_write(s.handle, x))
write(s::IOStream, x::UInt8) = (ready_to_write(s); handle_write(s.handle, UInt8[x]))
write(s::IOStream, x::Char) = (ready_to_write(s); handle_write(s.handle, char_string(x)))
# One call of print is one call of the system.
function print(s::IOStream, x, y, more...)
    ready_to_write(s)
    t = simple_string(x, y, more...)
    handle_write(s.handle, t === nothing ? print_to_string(x, y, more...) : t)
    nothing
end
show_on(s::IOStream, x) = (ready_to_write(s); handle_write(s.handle, sprint(show, x)); nothing)
print(s::IOStream, x::Union{String,SubString{String}}) = (write(s, x); nothing)
print(s::IOStream, x::AnyAnnotated) = (write(s, x); nothing)
print(s::IOStream, x::LazyString) = (write(s, String(x)); nothing)
print(s::IOStream, x::Symbol) = (write(s, symbol_string(x)); nothing)
print(s::IOStream, x::Char) = (write(s, x); nothing)
println(s::IOStream, xs...) = print(s, xs..., '\n')

## reading

# How many bytes are read ahead.
const SZ_UNBUFFERED_IO = 65536

# Reads ahead until there is something to read; false at the end.
function read_ahead(s::IOStream)
    bytesavailable(s.rest) > 0 && return true
    s.opened && s.readable || throw(ArgumentError("read failed, IOStream is not readable"))
    b = handle_read(s.handle, SZ_UNBUFFERED_IO)
    isempty(b) && return false
    s.rest = IOBuffer(b)
    true
end
eof(s::IOStream) = !read_ahead(s)
bytesavailable(s::IOStream) = bytesavailable(s.rest)
read_each_byte(s::IOStream, n) = read(s, n)
read(s::IOStream, ::Type{UInt8}) = read_ahead(s) ? read(s.rest, UInt8) : throw(EOFError())
peek(s::IOStream, ::Type{UInt8}) = read_ahead(s) ? peek(s.rest, UInt8) : throw(EOFError())
function read(s::IOStream, ::Type{Char})
    read_ahead(s) && bytesavailable(s.rest) >= 4 ? read(s.rest, Char) : read_char(s)
end
function read(s::IOStream)
    out = UInt8[]
    while read_ahead(s)
        append!(out, buffer_read(s.rest, -1))
    end
    out
end
readavailable(s::IOStream) = read_ahead(s) ? buffer_read(s.rest, -1) : UInt8[]
function read(s::IOStream, n::Integer; all::Bool=true, cancel::CancelTokenArg=DEFAULT_CANCEL)
    cancel === DEFAULT_CANCEL || return governed(() -> read(s, n; all=all), cancel)
    out = UInt8[]
    while length(out) < n && read_ahead(s)
        append!(out, buffer_read(s.rest, Int(n) - length(out)))
        all || break
    end
    out
end
function readbytes!(s::IOStream, b::Vector{UInt8}, n=length(b); all::Bool=true, cancel::CancelTokenArg=DEFAULT_CANCEL)
    cancel === DEFAULT_CANCEL || return governed(() -> readbytes!(s, b, n; all=all), cancel)
    v = read(s, n; all=all)
    length(v) > length(b) && resize!(b, length(v))
    copyto!(b, 1, v, 1, length(v))
    length(v)
end
# What was read ahead of a stream.
ahead(s::IOStream) = s.rest
# The text up to a delimiter, whose last byte is looked for in what was read ahead.
function text_until(s, d::String, keep)
    n = ncodeunits(d)
    n == 0 && return ""
    last = string_from_bytes(string_bytes(d), n, n)
    out = ""
    bytes = UInt8[]    # instead of out when there is more than one part
    while !eof(s)
        part = buffer_read_until(ahead(s), last, true)
        if isempty(bytes) && isempty(out)
            out = part
        else
            isempty(bytes) && append!(bytes, string_bytes(out))
            append!(bytes, string_bytes(part))
        end
        m = isempty(bytes) ? ncodeunits(out) : length(bytes)
        if isempty(bytes) ? endswith(out, d) : m >= n && all(i -> bytes[m-n+i] == codeunit(d, i), n:-1:1)
            m = keep ? m : m - n
            return isempty(bytes) ? string_from_bytes(string_bytes(out), 1, m) : string_from_bytes(bytes, 1, m)
        end
    end
    isempty(bytes) ? out : string_from_bytes(bytes, 1, length(bytes))
end
readuntil(s::IOStream, d::AbstractString; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? text_until(s, String(d), keep) : governed(() -> readuntil(s, d; keep=keep), cancel)
readuntil(s::IOStream, b::UInt8; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? string_bytes(text_until(s, string_from_bytes(UInt8[b], 1, 1), keep)) : governed(() -> readuntil(s, b; keep=keep), cancel)
readuntil(s::IOStream, v::AbstractVector{UInt8}; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? string_bytes(text_until(s, String(copy(v)), keep)) : governed(() -> readuntil(s, v; keep=keep), cancel)
readline(s::IOStream; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL) =
    cancel === DEFAULT_CANCEL ? cut_newline(line_of(s), keep) : governed(() -> readline(s; keep=keep), cancel)
# The next line with its newline; as a rule all of it has been read ahead.
function line_of(s::IOStream)
    read_ahead(s) || return ""
    line = buffer_read_until(ahead(s), "\n", true)
    codeunit(line, ncodeunits(line)) == 0x0a ? line : string(line, text_until(s, "\n", true))
end

## places

function check_open(s::IOStream, what)
    s.opened || throw(SystemError(what, Int32(9)))
end
position(s::IOStream) = (check_open(s, "position"); handle_seek(s.handle, 0, 1) - bytesavailable(s.rest))
function seek(s::IOStream, n::Integer)
    check_open(s, "seek")
    n >= 0 || throw(SystemError("seek", Int32(22)))
    s.rest = IOBuffer(UInt8[])
    handle_seek(s.handle, Int(n), 0)
    s
end
seekend(s::IOStream) = (check_open(s, "seekend"); s.rest = IOBuffer(UInt8[]); handle_seek(s.handle, 0, 2); s)
skip(s::IOStream, n::Integer) = seek(s, position(s) + n)
truncate(s::IOStream, n::Integer) = (check_open(s, "truncate"); handle_truncate(s.handle, Int(n)); s)
filesize(s::IOStream) = handle_size(s.handle)

"The number of an open file."
struct RawFD
    fd::Int32
end
cconvert(::Type{Int32}, f::RawFD) = f.fd
const OS_HANDLE = RawFD
"""
    fd(io)

The number that the system gave an open file.
"""
fd(s::IOStream) = RawFD(handle_fd(s.handle))

"""
    fdio([name,] fd, own=false)

A stream for a file descriptor that is open already. With `own`, closing the stream closes the
descriptor.
"""
function fdio(name::AbstractString, fd::Integer, own::Bool=false)
    number = own ? Int(fd) : fd_dup(Int(fd))
    number < 0 && throw(SystemError("fdio", Int32(9)))
    IOStream(fd_file(number, String(name)), String(name), true, true, true, IOBuffer(UInt8[]), -1)
end
fdio(name::AbstractString, fd::RawFD, own::Bool=false) = fdio(name, fd.fd, own)
fdio(fd::Union{Integer,RawFD}, own::Bool=false) = fdio(string("<fd ", fd isa RawFD ? fd.fd : fd, ">"), fd, own)

## whole files

function read(p::AbstractString)
    b = file_read(String(p))
    b === nothing ? open(read, p) : b
end
function read(p::AbstractString, ::Type{String})
    s = file_read_string(String(p))
    s === nothing ? String(open(read, p)) : s
end
read(p::AbstractString, args...) = open(io -> read(io, args...), p)
function write(p::AbstractString, s::Union{String,SubString{String},Vector{UInt8}})
    n = file_write(String(p), s, false)
    n === nothing ? open(io -> write(io, s), p, "w") : n
end
write(p::AbstractString, x, more...) = open(io -> write(io, x, more...), p, "w")
readlines(p::AbstractString; keep::Bool=false) = collect(eachline(p; keep=keep))
readline(p::AbstractString; keep::Bool=false) = open(io -> readline(io; keep=keep), p)
readuntil(p::AbstractString, d; keep::Bool=false) = open(io -> readuntil(io, d; keep=keep), p)
"""
    readchomp(x)

All of a file, or what a command prints, without a newline at its end.
"""
readchomp(x) = chomp(read(x, String))

"The functions of files and folders under the name that Base has for them."
module Filesystem
using ..Base: StatStruct, abspath, basename, cd, chmod, chown, contractuser, cp, cptree, ctime, dirname, expanduser, filemode, filesize,
    gperm, hardlink, homedir, isabspath, isblockdev, ischardev, isdir, isdirpath, isfifo, isfile, islink, ismount, ispath, issetgid,
    issetuid, issocket, issticky, joinpath, lstat, mkdir, mkpath, mktemp, mktempdir, mtime, mv, normpath, operm, path_separator, pwd,
    readbytes!, readdir, readlink, realpath, relpath, rename, rm, samefile, splitdir, splitdrive, splitext, splitpath, stat, symlink,
    tempdir, tempname, touch, truncate, uperm, walkdir, TEMP_CLEANUP, TEMP_CLEANUP_MAX, TEMP_CLEANUP_MIN, temp_cleanup_forget,
    temp_cleanup_later, temp_cleanup_purge
const JL_O_RDONLY = 0x0000
const JL_O_WRONLY = 0x0001
const JL_O_RDWR = 0x0002
const JL_O_CREAT = 0x0040
const JL_O_EXCL = 0x0080
const JL_O_NOCTTY = 0x0100
const JL_O_TRUNC = 0x0200
const JL_O_APPEND = 0x0400
"An open file of this module's own `open`, which takes flags."
const File = Base.IOStream
"`futime(f, access, change)`: set the times of an open file, in seconds since 1970."
futime(f::File, atime::Float64, mtime::Float64) = (Core.Prims.handle_times(f.handle, atime, mtime); f)
"""
    Filesystem.open(path, flags, mode=0)

Open a file with the flags `JL_O_...`; `mode` are the permissions of one that is made.
"""
function open(path::AbstractString, flags::Integer, mode::Integer=0)
    made = flags & JL_O_CREAT != 0 && !ispath(path)
    flags & JL_O_EXCL != 0 && !made && flags & JL_O_CREAT != 0 &&
        throw(Base.IOError("open($(repr(path)), $flags, $mode): file already exists (EEXIST)", -17))
    way = flags & 3
    io = Base.open_file(path, way != 1, way != 0, flags & JL_O_CREAT != 0, flags & JL_O_TRUNC != 0, flags & JL_O_APPEND != 0)
    made && mode != 0 && chmod(path, mode)
    io
end
"""
    Filesystem.unlink(path)

Remove a file.
"""
unlink(path::AbstractString) = rm(path)
end
