# Files, folders and paths.

## paths

const path_separator = Sys.iswindows() ? "\\" : "/"

"""
    joinpath(parts...)

The parts joined to a path.
"""
joinpath(a::AbstractString) = String(a)
function joinpath(a::AbstractString, b::AbstractString)
    isabspath(b) && return String(b)
    isempty(a) && return String(b)
    endswith(a, path_separator) ? string(a, b) : string(a, path_separator, b)
end
joinpath(a::AbstractString, b::AbstractString, more::AbstractString...) = joinpath(joinpath(a, b), more...)
joinpath(parts::Union{Tuple,AbstractVector}) = joinpath(parts...)
isabspath(p::AbstractString) = startswith(p, "/") || (Sys.iswindows() && length(p) > 2 && p[2] == ':')
"""
    isdirpath(path)

Whether a path ends as the path of a folder.
"""
isdirpath(p::AbstractString) = isempty(p) || endswith(p, "/") || endswith(p, "/.") || p == "." || p == ".." || endswith(p, "/..")
"""
    splitdir(path)

The folder and the name.
"""
function splitdir(p::AbstractString)
    i = findlast('/', p)
    i === nothing && return ("", String(p))
    name = p[nextind(p, i):end]
    dir = rstrip(p[1:prevind(p, i)], '/')
    (isempty(dir) ? "/" : String(dir), String(name))
end
dirname(p::AbstractString) = splitdir(p)[1]
"""
    basename(path)

The last part of a path.
"""
basename(p::AbstractString) = splitdir(p)[2]
splitdrive(p::AbstractString) = ("", String(p))
"""
    splitext(path)

The path without its extension, and the extension with its dot.
"""
function splitext(p::AbstractString)
    i = findlast('.', p)
    slash = findlast('/', p)
    start = slash === nothing ? 1 : nextind(p, slash)
    (i === nothing || i < start) && return (String(p), "")
    all(==('.'), p[start:prevind(p, i)]) && return (String(p), "")
    (String(p[1:prevind(p, i)]), String(p[i:end]))
end
"""
    splitpath(path)

All parts of a path.
"""
function splitpath(p::AbstractString)
    out = String[]
    isempty(p) && return [""]
    startswith(p, "/") && push!(out, "/")
    for part in split(p, '/'; keepempty=false)
        push!(out, String(part))
    end
    out
end
normpath(p::AbstractString) = isempty(p) ? "." : (q = path_clean(p); isdirpath(p) && !endswith(q, "/") && !(q in (".", "..")) && endswith(p, "/") ? string(q, "/") : q)
normpath(a::AbstractString, b::AbstractString...) = normpath(joinpath(a, b...))
abspath(p::AbstractString) = normpath(isabspath(p) ? p : joinpath(pwd(), p))
abspath(a::AbstractString, b::AbstractString...) = abspath(joinpath(a, b...))
realpath(p::AbstractString) = path_real(String(p))
relpath(p::AbstractString, start::AbstractString=".") = relative_path(abspath(p), abspath(start))
function relative_path(p, start)
    a = split(p, '/'; keepempty=false)
    b = split(start, '/'; keepempty=false)
    n = 0
    while n < length(a) && n < length(b) && a[n + 1] == b[n + 1]
        n += 1
    end
    parts = vcat(fill("..", length(b) - n), map(String, a[n+1:end]))
    isempty(parts) ? "." : join(parts, "/")
end
homedir() = sys_info(:home)
expanduser(p::AbstractString) = p == "~" ? homedir() : startswith(p, "~/") ? string(homedir(), p[2:end]) : String(p)
contractuser(p::AbstractString) = startswith(p, homedir()) ? string("~", p[ncodeunits(homedir())+1:end]) : String(p)
"""
    pwd()

The working folder.
"""
pwd() = sys_info(:pwd)
"""
    cd(dir)
    cd(f, dir)

Change the working folder, for the call of `f` only if there is one.
"""
cd(dir::AbstractString) = file_chdir(String(dir))
cd() = cd(homedir())
function cd(f::Function, dir::AbstractString)
    old = pwd()
    cd(dir)
    try
        f()
    finally
        cd(old)
    end
end
tempdir() = sys_info(:tempdir)
function tempname(parent::AbstractString=tempdir(); cleanup::Bool=true, suffix::AbstractString="")
    p = file_temp(String(parent), false)
    file_remove(p, false)
    string(p, suffix)
end
function mktemp(parent::AbstractString=tempdir(); cleanup::Bool=true)
    p = file_temp(String(parent), false)
    (p, open(p, "r+"))
end
function mktemp(f::Function, parent::AbstractString=tempdir())
    p, io = mktemp(parent)
    try
        f(p, io)
    finally
        close(io)
        rm(p; force=true)
    end
end
mktempdir(parent::AbstractString=tempdir(); prefix::AbstractString="jl_", cleanup::Bool=true) = file_temp(String(parent), true)
function mktempdir(f::Function, parent::AbstractString=tempdir(); prefix::AbstractString="jl_")
    p = mktempdir(parent)
    try
        f(p)
    finally
        rm(p; force=true, recursive=true)
    end
end

## what is there

"What the file system knows of a path."
struct StatStruct
    desc::String
    kind::Symbol
    size::Int
    mtime::Float64
    mode::UInt
end
function stat(p::AbstractString)
    s = file_stat(String(p))
    s === nothing ? StatStruct(String(p), :none, 0, 0.0, UInt(0)) : StatStruct(String(p), s[1], s[2], s[3], s[4])
end
stat(parts::AbstractString...) = stat(joinpath(parts...))
lstat(p::AbstractString) = stat(p)
"""
    isfile(path)

Whether there is a regular file.
"""
isfile(s::StatStruct) = s.kind === :file
"""
    isdir(path)

Whether there is a folder.
"""
isdir(s::StatStruct) = s.kind === :dir
"""
    ispath(path)

Whether there is something.
"""
ispath(s::StatStruct) = s.kind !== :none
isfile(p::AbstractString...) = isfile(stat(p...))
isdir(p::AbstractString...) = isdir(stat(p...))
ispath(p::AbstractString...) = ispath(stat(p...))
islink(p::AbstractString...) = file_islink(joinpath(p...))
isfifo(p...) = false
issocket(p...) = false
ischardev(p...) = false
isblockdev(p...) = false
ismount(p...) = joinpath(p...) == "/"
issetuid(p...) = false
issetgid(p...) = false
issticky(p...) = false
filesize(s::StatStruct) = s.size
filesize(p::AbstractString...) = stat(p...).size
mtime(p::AbstractString...) = stat(p...).mtime
mtime(s::StatStruct) = s.mtime
ctime(p::AbstractString...) = stat(p...).mtime
filemode(p::AbstractString...) = stat(p...).mode
"""
    readdir(dir="."; join=false, sort=true)

The names in a folder.
"""
function readdir(dir::AbstractString="."; join::Bool=false, sort::Bool=true)
    names = file_list(String(dir))
    join ? String[joinpath(dir, n) for n in names] : names
end
"""
    walkdir(dir; topdown=true)

Iterate over `(folder, subfolders, files)` of a folder and all below it.
"""
function walkdir(root; topdown::Bool=true, follow_symlinks::Bool=false, onerror=throw)
    out = Tuple{String,Vector{String},Vector{String}}[]
    walk_into(out, String(root), topdown)
    out
end
function walk_into(out, root, topdown)
    dirs = String[]
    files = String[]
    for n in readdir(root)
        push!(isdir(joinpath(root, n)) ? dirs : files, n)
    end
    topdown && push!(out, (root, dirs, files))
    for d in dirs
        walk_into(out, joinpath(root, d), topdown)
    end
    topdown || push!(out, (root, dirs, files))
end

## changing it

"""
    mkdir(path)

Make a folder.
"""
mkdir(p::AbstractString; mode=0o777) = file_mkdir(String(p), false)
"""
    mkpath(path)

Make a folder and all folders above it that are missing.
"""
mkpath(p::AbstractString; mode=0o777) = file_mkdir(String(p), true)
"""
    rm(path; force=false, recursive=false)

Remove a file or a folder.
"""
function rm(p::AbstractString; force::Bool=false, recursive::Bool=false)
    force && !ispath(p) && !islink(p) && return nothing
    file_remove(String(p), recursive)
    nothing
end
"""
    mv(src, dst; force=false)

Move a file.
"""
function mv(src::AbstractString, dst::AbstractString; force::Bool=false)
    check_target(dst, force, "mv")
    file_rename(String(src), String(dst))
end
rename(src::AbstractString, dst::AbstractString) = (file_rename(String(src), String(dst)); nothing)
"""
    cp(src, dst; force=false)

Copy a file or a folder.
"""
function cp(src::AbstractString, dst::AbstractString; force::Bool=false, follow_symlinks::Bool=false)
    check_target(dst, force, "cp")
    if isdir(src)
        mkdir(dst)
        for n in readdir(src)
            cp(joinpath(src, n), joinpath(dst, n))
        end
    else
        file_write(String(dst), file_read(String(src)), false)
    end
    dst
end
function check_target(dst, force, f)
    ispath(dst) || return
    force || throw(ArgumentError(string("'", dst, "' exists. `force=true` is required to remove '", dst, "' before ", f == "cp" ? "copying." : "moving.")))
    rm(dst; recursive=true)
end
function touch(p::AbstractString)
    ispath(p) || file_write(String(p), "", true)
    String(p)
end
chmod(p::AbstractString, mode; recursive=false) = p
symlink(a, b; dir_target=false) = error("symbolic links cannot be made here")

## streams of files

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
    rest::GenericIOBuffer{Vector{UInt8}}  # read ahead
    marked::Int
end
"""
    open(path, mode="r")
    open(f, path, mode="r")

Open a file: `"r"` to read, `"w"` to write it anew, `"a"` to add to it, with `+` both.
With `f`, call `f(io)` and close the file afterwards.
"""
function open(p::AbstractString; lock::Bool=true, read::Union{Bool,Nothing}=nothing, write::Union{Bool,Nothing}=nothing,
              create::Union{Bool,Nothing}=nothing, truncate::Union{Bool,Nothing}=nothing, append::Union{Bool,Nothing}=nothing)
    w = write === nothing ? (truncate === true || append === true || create === true) : write
    r = read === nothing ? !w : read
    c = create === nothing ? (w && (truncate === true || append === true || !r)) : create
    t = truncate === nothing ? (w && append !== true && !r) : truncate
    open_file(p, r, w, c, t, append === true)
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
function file_ready(s::IOStream, writing)
    s.opened || throw(writing ? ArgumentError("write failed, IOStream is not writeable") : ArgumentError("read failed, IOStream is not readable"))
    if writing
        s.writable || throw(ArgumentError("write failed, IOStream is not writeable"))
        n = bytesavailable(s.rest)
        n > 0 && (handle_seek(s.handle, -n, 1); take!(s.rest))
    else
        s.readable || throw(ArgumentError("read failed, IOStream is not readable"))
    end
end
write(s::IOStream, x::String) = (file_ready(s, true); handle_write(s.handle, x))
write(s::IOStream, x::SubString{String}) = (file_ready(s, true); handle_write(s.handle, x))
write(s::IOStream, x::Vector{UInt8}) = (file_ready(s, true); handle_write(s.handle, x))
write(s::IOStream, x::UInt8) = (file_ready(s, true); handle_write(s.handle, UInt8[x]))
write(s::IOStream, x::Char) = (file_ready(s, true); handle_write(s.handle, char_string(x)))
function print(s::IOStream, xs...)
    file_ready(s, true)
    t = simple_string(xs...)
    handle_write(s.handle, t === nothing ? sprint_all(xs) : t)
    nothing
end
function println(s::IOStream, xs...)
    print(s, xs..., '\n')
end
function sprint_all(xs)
    b = IOBuffer()
    for x in xs
        print(b, x)
    end
    String(take!(b))
end
# Reads ahead until there is something to read; false at the end.
function read_ahead(s::IOStream)
    bytesavailable(s.rest) > 0 && return true
    file_ready(s, false)
    b = handle_read(s.handle, 65536)
    isempty(b) && return false
    s.rest = IOBuffer(b)
    true
end
eof(s::IOStream) = !read_ahead(s)
bytesavailable(s::IOStream) = (read_ahead(s); bytesavailable(s.rest))
read(s::IOStream, ::Type{UInt8}) = read_ahead(s) ? read(s.rest, UInt8) : throw(EOFError())
peek(s::IOStream, ::Type{UInt8}) = read_ahead(s) ? peek(s.rest, UInt8) : throw(EOFError())
function read(s::IOStream)
    out = UInt8[]
    while read_ahead(s)
        append!(out, buffer_read(s.rest, -1))
    end
    out
end
read(s::IOStream, ::Type{String}) = String(read(s))
function read(s::IOStream, n::Integer; all::Bool=true)
    out = UInt8[]
    while length(out) < n && read_ahead(s)
        append!(out, buffer_read(s.rest, Int(n) - length(out)))
    end
    out
end
function readuntil(s::IOStream, d::AbstractString; keep::Bool=false)
    ncodeunits(d) == 1 || return readuntil_slow(s, d, keep)
    out = ""
    while read_ahead(s)
        part = buffer_read_until(s.rest, String(d), true)
        out = string_concat(out, part)
        endswith(part, d) && return keep ? out : chop(out)
    end
    out
end
function readuntil_slow(s, d, keep)
    buf = IOBuffer(read(s))
    out = readuntil(buf, d; keep=keep)
    s.rest = buf
    out
end
readuntil(s::IOStream, c::AbstractChar; keep::Bool=false) = readuntil(s, string(c); keep=keep)
function readline(s::IOStream; keep::Bool=false)
    line = readuntil(s, "\n"; keep=true)
    keep ? line : endswith(line, "\r\n") ? chop(line; tail=2) |> String : endswith(line, "\n") ? String(chop(line)) : line
end
position(s::IOStream) = handle_seek(s.handle, 0, 1) - bytesavailable(s.rest)
seek(s::IOStream, n::Integer) = (take!(s.rest); s.rest = IOBuffer(UInt8[]); handle_seek(s.handle, Int(n), 0); s)
seekstart(s::IOStream) = seek(s, 0)
seekend(s::IOStream) = (s.rest = IOBuffer(UInt8[]); handle_seek(s.handle, 0, 2); s)
skip(s::IOStream, n::Integer) = seek(s, position(s) + n)
mark(s::IOStream) = s.marked = position(s)
reset(s::IOStream) = (p = s.marked; s.marked = -1; seek(s, p); p)
unmark(s::IOStream) = (was = s.marked >= 0; s.marked = -1; was)
ismarked(s::IOStream) = s.marked >= 0
truncate(s::IOStream, n::Integer) = (handle_truncate(s.handle, Int(n)); s)
filesize(s::IOStream) = handle_size(s.handle)
fd(s::IOStream) = RawFD(3)
struct RawFD
    fd::Int32
end

"""
    read(path, String)

All of a file.
"""
read(p::AbstractString) = file_read(String(p))
read(p::AbstractString, ::Type{String}) = file_read_string(String(p))
read(p::AbstractString, T::Type) = open(io -> read(io, T), p)
read(p::AbstractString, n::Integer) = open(io -> read(io, n), p)
"""
    write(path, x)

Write a file anew; the number of bytes.
"""
write(p::AbstractString, s::Union{String,SubString{String},Vector{UInt8}}) = file_write(String(p), s, false)
write(p::AbstractString, x, more...) = open(io -> write(io, x, more...), p, "w")
readlines(p::AbstractString; keep::Bool=false) = open(io -> collect(eachline(io; keep=keep)), p)
readline(p::AbstractString; keep::Bool=false) = open(io -> readline(io; keep=keep), p)
readuntil(p::AbstractString, d; keep::Bool=false) = open(io -> readuntil(io, d; keep=keep), p)
eachline(p::AbstractString; keep::Bool=false) = readlines(p; keep=keep)
readchomp(x) = chomp(read(x, String))
"""
    countlines(io_or_path)

The number of lines.
"""
countlines(p::AbstractString; eol::AbstractChar='\n') = open(io -> countlines(io; eol=eol), p)
function countlines(io::IO; eol::AbstractChar='\n')
    n = 0
    last = UInt8(eol)
    while !eof(io)
        last = read(io, UInt8)
        last == UInt8(eol) && (n += 1)
    end
    last == UInt8(eol) ? n : n + 1
end
