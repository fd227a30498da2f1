# Locks between processes: a file with the number of the process that has the lock.

"""
    Pidfile

Locks between processes: [`mkpidlock`](@ref).
"""
module Pidfile

export mkpidlock, trymkpidlock

using Base: IOError, UV_EEXIST, UV_ESRCH, Process
using ..FileWatching: watch_file

"A lock that `mkpidlock` got: its `path`, the `file` held open, and the timer that keeps it fresh."
mutable struct LockMonitor
    const path::String
    const fd::IOStream
    const update::Union{Nothing,Timer}
end

"""
    mkpidlock([f,] path, [pid or process]; mode, poll_interval=10, stale_age=0, refresh=stale_age/2, wait=true)

Get the lock that is the file at `path`, once no other process has it, for this process or another. It is freed by `close`,
when a process given ends, or after `f()`, whose value is returned. With `wait=false` it is an error if another has it.
A lock whose file has not been touched for `stale_age` seconds is taken away if its process is gone, and after 25
times that in any case; every `refresh` seconds a lock is touched.
"""
mkpidlock(path::AbstractString, pid::Integer=getpid(); stale_age::Real=0, refresh::Real=stale_age / 2, kw...) =
    locked(path, pid, refresh, open_exclusive(at_home(path); stale_age=stale_age, content=content(pid), kw...))
function locked(path, pid, refresh, io)
    update = refresh > 0 ? Timer(t -> isopen(t) && ispath(path) && touch(path), refresh; interval=refresh) : nothing
    finalizer(close, LockMonitor(at_home(path), io, update))
end
function mkpidlock(f::Function, path::AbstractString, pid::Integer=getpid(); kw...)
    lock = mkpidlock(path, pid; kw...)
    try
        f()
    finally
        close(lock)
    end
end
function mkpidlock(path::AbstractString, p::Process; kw...)
    process_running(p) || throw(Base._UVError("getpid", UV_ESRCH))
    lock = mkpidlock(path, getpid(p); kw...)
    errormonitor(@async (wait(p); close(lock)))
    lock
end
"""
    trymkpidlock([f,] path, [pid or process]; kw...)

As [`mkpidlock`](@ref), but `false` at once if another has the lock.
"""
function trymkpidlock(args...; kw...)
    try
        mkpidlock(args...; wait=false, kw...)
    catch e
        e isa PidlockedError || rethrow()
        false
    end
end
"The error that another process has a lock."
struct PidlockedError <: Exception
    msg::String
end
Base.showerror(io::IO, e::PidlockedError) = print(io, "PidlockedError: ", e.msg)

# A path that stays the same when the folder is changed.
at_home(path) = (dir = dirname(path); joinpath(realpath(isempty(dir) ? pwd() : dir), basename(path)))
content(pid) = string(pid, ' ', gethostname())
"`write_pidfile(io, pid)`: what stands in the file of a lock."
write_pidfile(io::IO, pid) = print(io, content(pid))
"`parse_pidfile(file)`: the process, its machine and the age of a lock; zeros and an empty text for what cannot be read."
function parse_pidfile(io::IO, changed=mtime(io))
    fields = split(read(io, String), ' '; limit=2)
    (something(tryparse(Cuint, fields[1]), Cuint(0)), length(fields) == 2 ? String(fields[2]) : "", time() - changed)
end
function parse_pidfile(path::AbstractString)
    try
        open(io -> parse_pidfile(io, mtime(path)), path)
    catch e
        e isa Union{EOFError,IOError,SystemError} || rethrow()
        (Cuint(0), "", 0.0)
    end
end
"`isvalidpid(host, pid)`: whether there may be such a process; of another machine there may."
function isvalidpid(host::AbstractString, pid::Integer)
    isempty(host) || host == gethostname() || return true
    0 < pid <= typemax(Cint) || return false
    isdir("/proc/self") ? isdir("/proc/$pid") : Sys.iswindows() || success(pipeline(`kill -0 $pid`; stderr=devnull))
end
"`stale_pidfile(path, age)`: whether the lock of a file may be taken away."
function stale_pidfile(path::AbstractString, stale_age::Real, refresh::Real=0)
    pid, host, age = parse_pidfile(path)
    age < -stale_age && @warn "filesystem time skew detected" path = path
    age > stale_age && (age > 25stale_age || !isvalidpid(host, pid))
end
# Make a file that must not be there, with its contents at once; nothing if it is there.
function tryopen_exclusive(path::AbstractString, mode::Integer=0o444, content::AbstractString="")
    isdir(dirname(path)) || isempty(dirname(path)) && !isempty(path) || throw(Base._UVError("open($(repr(path)), 194, $(Int(mode)))", Base.UV_ENOENT))
    draft, io = mktemp(isempty(dirname(path)) ? pwd() : dirname(path))
    try
        write(io, content)
        flush(io)
        chmod(draft, mode)
        Base.Filesystem.hardlink(draft, path)
        io
    catch e
        close(io)
        e isa IOError && e.code == UV_EEXIST || rethrow()
        nothing
    finally
        rm(draft; force=true)
    end
end
"`open_exclusive(path; mode, poll_interval, wait, stale_age)`: make the file of a lock, once it is not there."
function open_exclusive(path::AbstractString; mode::Integer=0o444, poll_interval::Real=10, wait::Bool=true, stale_age::Real=0, content::AbstractString="")
    clear() = stale_age > 0 && stale_pidfile(path, stale_age) && (@warn("attempting to remove probably stale pidfile", path = path); tryrmopenfile(path))
    while true
        io = tryopen_exclusive(path, mode, content)
        io === nothing || return io
        if !wait
            clear()
            io = tryopen_exclusive(path, mode, content)
            io === nothing && throw(PidlockedError("Failed to get pidfile lock for $(repr(path))."))
            return io
        end
        try
            watch_file(path, poll_interval)
        catch e
            e isa IOError || rethrow()
        end
        clear()
    end
end
"`tryrmopenfile(path)`: remove a file; whether that could be done."
function tryrmopenfile(path::AbstractString)
    try
        rm(path)
        true
    catch e
        e isa IOError || rethrow()
        false
    end
end
"`touch(lock)`: say that a lock is still wanted."
Base.touch(lock::LockMonitor) = (touch(lock.path); lock)
Base.isopen(lock::LockMonitor) = isopen(lock.fd)
"`close(lock)`: free it; whether it was still held."
function Base.close(lock::LockMonitor)
    lock.update === nothing || close(lock.update)
    isopen(lock.fd) || return false
    held = ispath(lock.path) && Base.Filesystem.samefile(stat(lock.fd), stat(lock.path)) && tryrmopenfile(lock.path)
    close(lock.fd)
    held || @warn "failed to remove pidfile on close" path = lock.path
    held
end

end
