# FileWatching: waiting for changes of files and folders. They are looked at again and
# again by the task that waits.

"""
    FileWatching

`watch_file`, `watch_folder` and `poll_file` wait until a file or folder changes.
"""
module FileWatching

export watch_file, watch_folder, unwatch_folder, poll_file, poll_fd, FileMonitor, FolderMonitor, PollingFileWatcher, FDWatcher
public Pidfile, mkpidlock, trymkpidlock

using Base: CancelTokenArg, DEFAULT_CANCEL
with_token(f, cancel) = Base.governed(f, cancel)

"What has happened to a file."
struct FileEvent
    renamed::Bool
    changed::Bool
    timedout::Bool
end
FileEvent() = FileEvent(false, false, true)
FileEvent(flags::Integer) = FileEvent(flags & UV_RENAME != 0, flags & UV_CHANGE != 0, false)
"A file has come, gone or got another name."
const UV_RENAME = 1
"What is in a file has changed."
const UV_CHANGE = 2
Base.:|(a::FileEvent, b::FileEvent) = FileEvent(a.renamed | b.renamed, a.changed | b.changed, a.timedout | b.timedout)

# How often a file is looked at, in seconds.
const pace = 0.02

# What tells whether a file has changed.
fingerprint(path) = (s = stat(path); (ispath(s), mtime(s), filesize(s)))

# Waits until look() gives something other than nothing, for at most `timeout` seconds
# (negative: for ever); nothing if the time is over.
function look_until(look, timeout, interval)
    deadline = timeout < 0 ? Inf : time() + timeout
    while true
        x = look()
        x === nothing || return x
        left = deadline - time()
        left <= 0 && return nothing
        sleep(clamp(left, 0.001, interval))
    end
end

"""
    watch_file(path, timeout=-1)

Wait until a file, or what is in a folder, changes: `(renamed, changed, timedout)`.
"""
function watch_file(path::AbstractString, timeout::Real=-1; cancel::CancelTokenArg=DEFAULT_CANCEL)
    ispath(String(path)) || throw(Base._UVError("FileMonitor (start)", Base.UV_ENOENT))
    before = watched_state(path)
    event = with_token(cancel) do
        look_until(timeout, pace) do
            now = watched_state(path)
            now == before ? nothing : FileEvent(!now[1], now[1], false)
        end
    end
    event === nothing ? FileEvent() : event
end
watched_state(path) = isdir(path) ? (true, sort!([(n, fingerprint(joinpath(path, n))) for n in readdir(path)])) : fingerprint(path)

# What is known of the folders that are watched, by path.
const watched_folders = Dict{String,Any}()
folder_state(path) =
    isdir(path) ? Dict(n => fingerprint(joinpath(path, n)) for n in readdir(path)) : Dict(basename(path) => fingerprint(path))

"""
    watch_folder(path, timeout=-1)

Wait until something in a folder changes: its name `=>` `(renamed, changed, timedout)`.
Changes between two calls are not lost, until `unwatch_folder(path)`.
"""
function watch_folder(path::AbstractString, timeout::Real=-1; cancel::CancelTokenArg=DEFAULT_CANCEL)
    isdir(path) || throw(Base._UVError("FolderMonitor (start)", Base.UV_ENOENT))
    next_change(String(path), timeout, cancel)
end
# The next change of what a folder holds, or of a file alone.
function next_change(key, timeout, cancel)
    known = get!(() -> folder_state(key), watched_folders, key)
    event = with_token(cancel) do
        look_until(timeout, pace) do
            now = folder_state(key)
            for name in sort!(collect(union(keys(known), keys(now))))
                a, b = get(known, name, nothing), get(now, name, nothing)
                a == b && continue
                b === nothing ? delete!(known, name) : (known[name] = b)
                return name => FileEvent(a === nothing || b === nothing, a !== nothing && b !== nothing, false)
            end
            nothing
        end
    end
    event === nothing ? "" => FileEvent() : event
end
"""
    unwatch_folder(path)

Forget what is known of a folder that was watched.
"""
unwatch_folder(path::AbstractString) = (delete!(watched_folders, String(path)); nothing)

"""
    poll_file(path, interval=5.007, timeout=-1)

Look at a file each `interval` seconds until it has changed: `(previous, current)`, what
`stat` gave before and gives now. When the time is over, `current` is an `EOFError`; when the
file has gone, an `IOError`.
"""
function poll_file(path::AbstractString, interval::Real=5.007, timeout::Real=-1; cancel::CancelTokenArg=DEFAULT_CANCEL)
    before = stat(path)
    print_of(s) = (ispath(s), mtime(s), filesize(s))
    now = with_token(cancel) do
        look_until(timeout, Float64(interval)) do
            s = stat(path)
            print_of(s) == print_of(before) ? nothing : s
        end
    end
    now === nothing ? (Base.StatStruct(), EOFError()) :
    (before, ispath(now) ? now : Base._UVError("PollingFileWatcher", Base.UV_ENOENT))
end

"What can be done with a file descriptor, or that the time is over."
struct FDEvent
    readable::Bool
    writable::Bool
    disconnect::Bool
    timedout::Bool
end
FDEvent(flags::Integer=0) = FDEvent(flags & 1 != 0, flags & 2 != 0, false, flags == 0)

"""
    poll_fd(fd, timeout=-1; readable=false, writable=false)

Wait until a file descriptor can be read, written, or either, for at most `timeout` seconds; the
fields `readable`, `writable` and `timedout` of the result say which.
"""
function poll_fd(fd::Union{RawFD,Integer}, timeout::Real=-1; readable::Bool=false, writable::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL)
    readable || writable || throw(ArgumentError("must specify at least one of `readable` or `writable` to create a FDWatcher"))
    number = fd isa RawFD ? Int(fd.fd) : Int(fd)
    FDEvent(with_token(() -> Core.Prims.fd_poll(number, readable, writable, Float64(timeout)), cancel))
end

"Watches a file; `wait` gives the next `(renamed, changed, timedout)`."
mutable struct FileMonitor
    file::String
    known::Any
    opened::Bool
end
FileMonitor(path::AbstractString) = FileMonitor(String(path), watched_state(path), true)
function Base.wait(m::FileMonitor)
    event = look_until(-1, pace) do
        m.opened || throw(EOFError())
        now = watched_state(m.file)
        now == m.known && return nothing
        m.known = now
        FileEvent(!now[1], now[1], false)
    end
    event
end
Base.close(m::FileMonitor) = (m.opened = false; nothing)
Base.isopen(m::FileMonitor) = m.opened

"Watches a folder; `wait` gives the next name and `(renamed, changed, timedout)`."
mutable struct FolderMonitor
    folder::String
    opened::Bool
end
function FolderMonitor(path::AbstractString)
    watched_folders[String(path)] = folder_state(path)
    FolderMonitor(String(path), true)
end
Base.wait(m::FolderMonitor) = m.opened ? next_change(m.folder, -1, DEFAULT_CANCEL) : throw(EOFError())
Base.close(m::FolderMonitor) = (m.opened = false; unwatch_folder(m.folder))
Base.isopen(m::FolderMonitor) = m.opened

"Looks at a file at intervals; `wait` gives the next `(previous, current)`."
mutable struct PollingFileWatcher
    file::String
    interval::Float64
    opened::Bool
end
PollingFileWatcher(path::AbstractString, interval::Real=5.007) = PollingFileWatcher(String(path), interval, true)
Base.wait(w::PollingFileWatcher) = w.opened ? Tuple(poll_file(w.file, w.interval)) : throw(EOFError())
Base.close(w::PollingFileWatcher) = (w.opened = false; nothing)
Base.isopen(w::PollingFileWatcher) = w.opened

"Watches a file descriptor; `wait` gives what can be done with it, as `poll_fd` does."
mutable struct FDWatcher
    fd::RawFD
    readable::Bool
    writable::Bool
    opened::Bool
end
FDWatcher(fd::RawFD, readable::Bool, writable::Bool) = FDWatcher(fd, readable, writable, true)
function FDWatcher(f::Function, args...)
    w = FDWatcher(args...)
    try
        f(w)
    finally
        close(w)
    end
end
Base.wait(w::FDWatcher; readable::Bool=w.readable, writable::Bool=w.writable) =
    w.opened ? poll_fd(w.fd; readable=readable, writable=writable) : throw(EOFError())
Base.close(w::FDWatcher) = (w.opened = false; nothing)
Base.isopen(w::FDWatcher) = w.opened

include("pidfile.jl")
using .Pidfile: mkpidlock, trymkpidlock

end
