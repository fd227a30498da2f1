# Distributed: the names of Julia's library for several processes. There is one process
# here, number 1, and what is asked of it works; more cannot be added.

"""
    Distributed

Calls in other processes. There is only this one, number 1: `remotecall`, `@spawnat`,
`RemoteChannel`, `pmap` and the others run here, in tasks; `addprocs` is an error.
"""
module Distributed

export @spawn, @spawnat, @fetch, @fetchfrom, @everywhere, @distributed, AbstractWorkerPool, CachingPool, ClusterManager, Future, ProcessExitedException,
    RemoteChannel, RemoteException, WorkerConfig, WorkerPool, addprocs, clear!, default_worker_pool, fetch, interrupt, myid, nprocs, nworkers, pmap,
    procs, remote, remote_do, remotecall, remotecall_fetch, remotecall_wait, rmprocs, workers, channel_from_id

using Base: sync_varname, spawn_form, sync_add
import Base: fetch, wait, put!, take!, isready, isopen, close, bind, show, showerror, length, isempty, eltype, lock, unlock, iterate

"The number of this process."
myid() = 1
"How many processes there are."
nprocs() = 1
"How many processes do work for others: this one, as long as it is alone."
nworkers() = 1
"The numbers of all processes."
procs() = [1]
procs(id::Integer) = (check_here(id); [1])
"The numbers of the processes that do work."
workers() = [1]
addprocs(args...; kwargs...) = error("processes cannot be added: all tasks run in this one")
rmprocs(ids...; waitfor=typemax(Int)) = error("there are no other processes to remove")
interrupt(ids...) = nothing

check_here(id) = id == 1 ? nothing : throw(ErrorException("no process with id $id exists"))

"A process that was to do something has ended."
struct ProcessExitedException <: Exception
    worker_id::Int
end
ProcessExitedException() = ProcessExitedException(-1)

"""
    RemoteException(pid, captured)

What a call in process `pid` threw.
"""
struct RemoteException <: Exception
    pid::Int
    captured::CapturedException
end
function showerror(io::IO, e::RemoteException)
    e.pid == 1 || print(io, "On worker ", e.pid, ":\n")
    showerror(io, e.captured)
end

"The supertype of references to what is in a process."
abstract type AbstractRemoteRef end

"""
    Future(pid=1)

What `remotecall` returns: `fetch` waits for the value.
"""
mutable struct Future <: AbstractRemoteRef
    where::Int
    values::Channel{Any}    # of at most one item: Some(value), or a RemoteException
end
Future(pid::Integer=1) = (check_here(pid); Future(1, Channel{Any}(1)))
show(io::IO, f::Future) = print(io, "Future(", f.where, ", 1, ", objectid(f) % 1000, ", ", isready(f) ? "Some(" * repr(peek_value(f)) * ")" : "nothing", ")")
peek_value(f) = (x = fetch(f.values); x isa Some ? x.value : x)
isready(f::Future) = isready(f.values)
wait(f::Future) = (wait(f.values); nothing)
function fetch(f::Future)
    x = fetch(f.values)
    x isa RemoteException ? throw(x) : something(x)
end
put!(f::Future, v) = isready(f) ? error("Future can be set only once") : (put!(f.values, Some(v)); f)

"""
    RemoteChannel(pid=1)
    RemoteChannel(f, pid=1)

A channel that is in a process: one of `f`, or one for a single item.
"""
struct RemoteChannel{T<:AbstractChannel} <: AbstractRemoteRef
    where::Int
    channel::T
end
RemoteChannel(pid::Integer=1) = RemoteChannel(() -> Channel{Any}(1), pid)
function RemoteChannel(f::Function, pid::Integer=1)
    check_here(pid)
    RemoteChannel(1, f())
end
put!(c::RemoteChannel, args...) = (put!(c.channel, args...); c)
take!(c::RemoteChannel, args...) = take!(c.channel, args...)
fetch(c::RemoteChannel, args...) = fetch(c.channel, args...)
wait(c::RemoteChannel, args...) = wait(c.channel, args...)
isready(c::RemoteChannel, args...) = isready(c.channel, args...)
isopen(c::RemoteChannel) = isopen(c.channel)
isempty(c::RemoteChannel) = isempty(c.channel)
close(c::RemoteChannel) = close(c.channel)
bind(c::RemoteChannel, t::Task) = bind(c.channel, t)
eltype(::Type{RemoteChannel{T}}) where {T} = eltype(T)
iterate(c::RemoteChannel, state...) = iterate(c.channel, state...)
Base.IteratorSize(::Type{<:RemoteChannel}) = Base.SizeUnknown()

captured(e) = e isa RemoteException ? e : RemoteException(1, CapturedException(e, catch_backtrace()))

"""
    remotecall(f, pid, args...; kwargs...)

Call `f` in a process; a `Future`.
"""
function remotecall(f, pid::Integer, args...; kwargs...)
    check_here(pid)
    r = Future()
    schedule(Task() do
        put!(r.values, try
            Some(f(args...; kwargs...))
        catch e
            captured(e)
        end)
    end)
    r
end
remotecall(f, pool, args...; kwargs...) = remotecall(f, 1, args...; kwargs...)
"""
    remotecall_fetch(f, pid, args...; kwargs...)

Call `f` in a process and wait for its value.
"""
remotecall_fetch(f, pid::Integer, args...; kwargs...) = fetch(remotecall(f, pid, args...; kwargs...))
remotecall_fetch(f, pool, args...; kwargs...) = remotecall_fetch(f, 1, args...; kwargs...)
"""
    remotecall_wait(f, pid, args...; kwargs...)

Call `f` in a process and wait until it has returned; a `Future`.
"""
remotecall_wait(f, pid::Integer, args...; kwargs...) = (r = remotecall(f, pid, args...; kwargs...); wait(r); r)
remotecall_wait(f, pool, args...; kwargs...) = remotecall_wait(f, 1, args...; kwargs...)
"""
    remote_do(f, pid, args...; kwargs...)

Call `f` in a process without waiting for it; a failure is printed.
"""
remote_do(f, pid, args...; kwargs...) = (pid isa Integer && check_here(pid); errormonitor(schedule(Task(() -> f(args...; kwargs...)))); nothing)
remote(f) = (args...; kwargs...) -> remotecall_fetch(f, 1, args...; kwargs...)

"""
    @spawnat pid expr

Evaluate `expr` in a process (`:any`: in some); a `Future`.
"""
macro spawnat(pid, ex)
    spawn_at(:(here($(esc(pid)))), ex)
end
macro spawn(ex)
    spawn_at(1, ex)
end
here(p::Symbol) = p === :any ? 1 : throw(ArgumentError("expected :any or the number of a process"))
here(p) = p
function spawn_at(pid, ex)
    holder = Expr(:block, ex)
    lets = Base.lift_interpolations!(holder)
    var = esc(sync_varname)
    quote
        let $(lets...)
            local r = remotecall(() -> $(esc(holder)), $pid)
            if $(Expr(:islocal, var))
                sync_add($var, r)
            end
            r
        end
    end
end
"`fetch(@spawnat :any expr)`"
macro fetch(ex)
    :(remotecall_fetch(() -> $(esc(ex)), 1))
end
"`fetch(@spawnat pid expr)`"
macro fetchfrom(pid, ex)
    :(remotecall_fetch(() -> $(esc(ex)), $(esc(pid))))
end
"""
    @everywhere [pids] expr

Evaluate `expr` in `Main` of all processes.
"""
macro everywhere(ex)
    :(Core.eval(Main, $(Expr(:quote, ex))); nothing)
end
macro everywhere(pids, ex)
    :(foreach(check_here, $(esc(pids))); Core.eval(Main, $(Expr(:quote, ex))); nothing)
end

"""
    @distributed [reducer] for x = itr ... end

Share the iterations of a loop among the processes. With a reducer, the loop's values
are combined, and that is the value; without, a task runs the loop.
"""
macro distributed(args...)
    1 <= length(args) <= 2 || throw(ArgumentError("wrong number of arguments to @distributed"))
    loop = args[end]
    loop isa Expr && loop.head === :for || error("malformed @distributed loop")
    loop.args[1].head === :block && throw(ArgumentError("@distributed does not take several loops at once"))
    var, itr, body = loop.args[1].args[1], loop.args[1].args[2], loop.args[2]
    if length(args) == 2
        return :(mapreduce($(esc(Expr(:->, var, body))), $(esc(args[1])), $(esc(itr))))
    end
    spawn_form(loop, __source__)
end

"The supertype of pools of processes."
abstract type AbstractWorkerPool end
"A pool of processes that share the work."
struct WorkerPool <: AbstractWorkerPool
    workers::Vector{Int}
end
WorkerPool() = WorkerPool([1])
"A pool of processes that keep the functions they are sent."
struct CachingPool <: AbstractWorkerPool
    workers::Vector{Int}
end
length(p::AbstractWorkerPool) = length(p.workers)
workers(p::AbstractWorkerPool) = copy(p.workers)
default_worker_pool() = WorkerPool()
clear!(p::CachingPool) = p
clear!(names, pids=1; mod=Main) = nothing

"What starts processes."
abstract type ClusterManager end
"How a process is started."
struct WorkerConfig end

"""
    pmap(f, [pool], c...; distributed=true, batch_size=1, on_error=nothing, retry_delays=[], retry_check=nothing)

`map` whose calls are shared among the processes, here among tasks. `on_error` gives a
value for a call that failed; `retry_delays` has failed calls tried again.
"""
pmap(f, p::AbstractWorkerPool, c, more...; kwargs...) = pmap(f, c, more...; kwargs...)
function pmap(f, c, more...; distributed::Bool=true, batch_size=1, on_error=nothing, retry_delays=[], retry_check=nothing)
    g = isempty(retry_delays) ? f : retry(f; delays=retry_delays, check=retry_check)
    h = on_error === nothing ? g : function (args...)
        try
            g(args...)
        catch e
            on_error(e)
        end
    end
    failed = nothing
    try
        return asyncmap(h, c, more...; ntasks=100)
    catch e
        failed = e
    end
    throw(failed isa CapturedException ? failed.ex : failed)
end

end
