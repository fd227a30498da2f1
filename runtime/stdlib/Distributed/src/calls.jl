# Calls in processes.

"""
    remotecall(f, pid, args...; kwargs...)

Call `f` in process `pid`, or in one of a pool; a `Future`, at once.
"""
remotecall(f, pid::Integer, args...; kwargs...) = remotecall(f, worker_from_id(pid), args...; kwargs...)
function remotecall(f, w::LocalProcess, args...; kwargs...)
    r = Future(w)
    v = lookup_ref(remoteref_id(r))
    schedule(Task(() -> put!(v, attempt(f, args, kwargs, false))))
    r
end
function remotecall(f, w::Worker, args...; kwargs...)
    r = Future(w)
    send(w, Call, nobody, remoteref_id(r), f, args, kwargs)
    r
end

"""
    remotecall_fetch(f, pid, args...; kwargs...)

Call `f` in process `pid`, or in one of a pool, and wait for its value. What it throws is thrown as a `RemoteException`.
"""
remotecall_fetch(f, pid::Integer, args...; kwargs...) = remotecall_fetch(f, worker_from_id(pid), args...; kwargs...)
function remotecall_fetch(f, ::LocalProcess, args...; kwargs...)
    v = attempt(f, args, kwargs, false)
    v isa RemoteException ? throw(v) : v
end
remotecall_fetch(f, w::Worker, args...; kwargs...) = ask(w, CallFetch, nobody, f, args, kwargs)

# Sends a message and waits for the answer.
function ask(w::Worker, kind, about, args...)
    to = RRID()
    x = lookup_ref(to)
    x.waitingfor = w.id
    try
        send(w, kind, to, about, args...)
        v = take!(x.c)
        return v isa RemoteException ? throw(v) : v
    finally
        delete!(PGRP.refs, to)
    end
end

"""
    remotecall_wait(f, pid, args...; kwargs...)

Call `f` in process `pid`, or in one of a pool, and wait until it has returned; a `Future`.
"""
remotecall_wait(f, pid::Integer, args...; kwargs...) = remotecall_wait(f, worker_from_id(pid), args...; kwargs...)
function remotecall_wait(f, w::LocalProcess, args...; kwargs...)
    r = Future(w)
    v = attempt(f, args, kwargs, false)
    put!(lookup_ref(remoteref_id(r)), v)
    v isa RemoteException ? throw(v) : r
end
function remotecall_wait(f, w::Worker, args...; kwargs...)
    r = Future(w)
    ask(w, CallWait, remoteref_id(r), f, args, kwargs)
    r
end

"""
    remote_do(f, pid, args...; kwargs...)

Call `f` in process `pid`, or in one of a pool, without waiting for it; a failure is printed there.
"""
remote_do(f, pid::Integer, args...; kwargs...) = remote_do(f, worker_from_id(pid), args...; kwargs...)
remote_do(f, ::LocalProcess, args...; kwargs...) = (behind(() -> attempt(f, args, kwargs, true)); nothing)
remote_do(f, w::Worker, args...; kwargs...) = send(w, Do, nobody, nobody, f, args, kwargs)

"""
    remote([pool,] f)

A function that calls `f` in some worker and waits for its value.
"""
remote(f) = remote(default_worker_pool(), f)
remote(pool, f) = (args...; kwargs...) -> remotecall_fetch(f, pool, args...; kwargs...)
