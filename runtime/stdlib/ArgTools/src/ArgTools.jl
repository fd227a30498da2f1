# ArgTools: arguments that name something to read from or to write to: a path, a command, a stream.

"""
    ArgTools

For functions that read or write what they are given: a path, a command or a stream. `arg_read`, `arg_write`,
`arg_isdir` and `arg_mkdir` open it, and close or take away what they opened.
"""
module ArgTools

using Base: AbstractCmd, CmdRedirect, Process

export ArgRead, ArgWrite, arg_read, arg_readers, arg_write, arg_writers, arg_isdir, arg_mkdir, @arg_test

"What [`arg_read`](@ref) reads from: a path, a command or a stream."
const ArgRead = Union{AbstractString,AbstractCmd,IO}
"What [`arg_write`](@ref) writes to: a path, a command or a stream."
const ArgWrite = Union{AbstractString,AbstractCmd,IO}

"""
    arg_read(f, arg)

Call `f` with a stream to read: the file at a path, the output of a command, or the stream `arg` itself, which
stays open. The value is that of `f`.
"""
arg_read(f::Function, arg::ArgRead) = open(f, arg)
arg_read(f::Function, arg::IO) = f(arg)

"""
    arg_write(f, arg)
    arg_write(f, nothing)

Call `f` with a stream to write: to the file at a path, into a command, to the stream `arg`, which is flushed and
stays open, or to a temporary file. The value is `arg`, or the path of the temporary file. When `f` fails, a file
that was opened here is removed.
"""
arg_write(f::Function, arg::AbstractString) = (written(io -> f(io), open(arg; write=true), arg); arg)
arg_write(f::Function, arg::AbstractCmd) = (open(f, arg; write=true); arg)
function arg_write(f::Function, ::Nothing)
    path, io = mktemp()
    written(f, io, path)
    path
end
function arg_write(f::Function, arg::IO)
    try
        f(arg)
    finally
        flush(arg)
    end
    arg
end
# Writes to a file that was opened for it, which is closed in any case and removed if that fails.
function written(f, io, path)
    try
        f(io)
    catch
        close(io)
        rm(path; force=true)
        rethrow()
    end
    close(io)
end

"""
    arg_isdir(f, path)

Call `f` with the path of a folder; an error if there is none.
"""
function arg_isdir(f::Function, arg::AbstractString)
    isdir(arg) || error("arg_isdir: ", repr(arg), " not a directory")
    f(arg)
end

"""
    arg_mkdir(f, path)
    arg_mkdir(f, nothing)

Call `f` with the path of an empty folder, which is made if it is not there; with `nothing`, of a temporary one. The
value is the path. When `f` fails, the folder is as it was before: empty, or not there.
"""
function arg_mkdir(f::Function, arg::Union{AbstractString,Nothing})
    made = arg === nothing || !ispath(arg)
    if arg === nothing
        arg = mktempdir()
    elseif made
        mkdir(arg)
    else
        isdir(arg) || error("arg_mkdir: ", repr(arg), " not a directory")
        isempty(readdir(arg)) || error("arg_mkdir: ", repr(arg), " directory not empty")
    end
    try
        f(arg)
    catch
        foreach(discard, made ? [arg] : readdir(arg; join=true))
        rethrow()
    end
    arg
end
# Remove what is at a path, also where its modes forbid it.
function discard(path)
    open_up(path)
    rm(path; force=true, recursive=true)
end
function open_up(path)
    isdir(path) && !islink(path) || return
    chmod(path, filemode(path) | 0o700)
    foreach(open_up, readdir(path; join=true))
end

## for tests: each way to give what is at a path

const readers = [String => path -> f -> f(path), Cmd => path -> f -> f(`cat $path`), CmdRedirect => path -> f -> f(pipeline(path, `cat`)),
    IOStream => path -> f -> open(f, path), Process => path -> f -> open(f, `cat $path`)]
const writers = [String => path -> f -> f(path), Cmd => path -> f -> f(`tee $path`), CmdRedirect => path -> f -> f(pipeline(`cat`, path)),
    IOStream => path -> f -> open(f, path; write=true), Process => path -> f -> open(f, pipeline(`cat`, path); write=true)]

"""
    arg_readers(body, path, type=ArgRead)

For tests: call `body` once for each kind of argument that [`arg_read`](@ref) takes, with what
[`@arg_test`](@ref) turns into an argument to read the file at `path`.
"""
function arg_readers(body::Function, path::AbstractString, type::Type=ArgRead)
    for (T, give) in readers
        T <: type && body(give(path))
    end
end
"""
    arg_writers(body, type=ArgWrite)
    arg_writers(body, path, type=ArgWrite)

For tests: call `body` once for each kind of argument that [`arg_write`](@ref) takes, with what
[`@arg_test`](@ref) turns into an argument to write the file at `path`; without a path, with a temporary one before it.
"""
function arg_writers(body::Function, type::Type=ArgWrite)
    for (T, give) in writers
        T <: type || continue
        path = tempname()
        try
            body(path, give(path))
        finally
            rm(path; force=true)
        end
    end
end
function arg_writers(body::Function, path::AbstractString, type::Type=ArgWrite)
    for (T, give) in writers
        T <: type && body(give(path))
    end
end
"""
    @arg_test name... body

Evaluate `body` with each name standing for the argument that it gives (see [`arg_readers`](@ref)).
"""
macro arg_test(args...)
    foldr((name, body) -> :($(esc(name))($(esc(name)) -> $body)), args[1:end-1]; init=esc(args[end]))
end

end
