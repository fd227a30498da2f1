# Pools: which process gets the next piece of work.

"The supertype of pools of processes."
abstract type AbstractWorkerPool end

"""
    WorkerPool(pids=workers())

Processes that share work: each call takes one that is free. The pool stays in the process that has made it; others use it from there.
"""
mutable struct WorkerPool <: AbstractWorkerPool
    channel::Channel{Int}
    workers::Set{Int}
    ref::Any                # where the pool is
    WorkerPool(channel, members, ref) = new(channel, members, ref)
end
function WorkerPool(ids::AbstractVector=Int[])
    p = WorkerPool(Channel{Int}(typemax(Int)), Set{Int}(), nothing)
    p.ref = RemoteChannel(() -> Channel{Any}(1))
    put!(p.ref, p)
    foreach(id -> push!(p, id), ids)
    p
end
WorkerPool(ids) = WorkerPool(collect(Int, ids))
function serialize(s::AbstractSerializer, p::WorkerPool)
    serialize_type(s, WorkerPool)
    serialize(s, p.ref)
end
deserialize(s::AbstractSerializer, ::Type{WorkerPool}) = WorkerPool(Channel{Int}(1), Set{Int}(), deserialize(s))

"""
    CachingPool(pids)

A pool that sends a function to each process once, and keeps it there until `clear!(pool)`.
"""
mutable struct CachingPool <: AbstractWorkerPool
    channel::Channel{Int}
    workers::Set{Int}
    map_obj2ref::IdDict{Any,Any}    # by process and function
    ref::Any
end
function CachingPool(ids::AbstractVector)
    p = CachingPool(Channel{Int}(typemax(Int)), Set{Int}(), IdDict{Any,Any}(), nothing)
    p.ref = RemoteChannel(() -> Channel{Any}(1))
    put!(p.ref, p)
    foreach(id -> push!(p, id), ids)
    p
end
serialize(s::AbstractSerializer, p::CachingPool) = throw(ErrorException("CachingPool objects are not serializable."))

# f(pool, args...) where the pool is.
in_place(f, p, args...) = p.ref.where == myid() ? f(p, args...) : remotecall_fetch(in_place_of, p.ref.where, f, p.ref, args...)
in_place_of(f, ref, args...) = f(fetch(ref), args...)

push!(p::AbstractWorkerPool, id::Int) = (in_place(enter, p, id); p)
push!(p::AbstractWorkerPool, w::Union{Worker,LocalProcess}) = push!(p, w.id)
enter(p, id) = (push!(p.workers, id); put!(p.channel, id); nothing)
"The numbers of a pool's processes."
workers(p::AbstractWorkerPool) = in_place(members, p)
members(p) = collect(Int, p.workers)
nworkers(p::AbstractWorkerPool) = length(p)
length(p::AbstractWorkerPool) = in_place(size_of, p)
size_of(p) = length(p.workers)
isready(p::AbstractWorkerPool) = in_place(any_free, p)
any_free(p) = isready(p.channel)

put!(p::AbstractWorkerPool, id::Int) = (in_place(give_back, p, id); p)
give_back(p, id) = (id in p.workers && put!(p.channel, id); nothing)
take!(p::AbstractWorkerPool) = in_place(take_one, p)
wait(p::AbstractWorkerPool) = (in_place(wait_for_one, p); nothing)
wait_for_one(p) = isready(p.channel) || wait(p.channel)
function take_one(p)
    while true
        if isempty(p.workers)
            p === get(the_pool, 1, nothing) || throw(ErrorException("No active worker available in pool."))
            return 1
        end
        id = take!(p.channel)
        known_worker(id) !== nothing && return id
        delete!(p.workers, id)
    end
end
function give_back_unless_gone(p, id)
    id == 1 && isempty(p.workers) || put!(p, id)
end

const the_pool = WorkerPool[]
"""
    default_worker_pool()

The pool of all workers.
"""
function default_worker_pool()
    isempty(the_pool) && push!(the_pool, myid() == 1 ? WorkerPool(filter!(!=(1), procs())) : remotecall_fetch(default_worker_pool, 1))
    the_pool[1]
end
default_worker_pool!(p::WorkerPool) = (empty!(the_pool); push!(the_pool, p); p)
add_to_pool(id) = isempty(the_pool) || id in the_pool[1].workers || push!(the_pool[1], id)
leave_pool(id) = isempty(the_pool) || delete!(the_pool[1].workers, id)
gone(id) = myid() == 1 ? leave_pool(id) : nothing

function with_worker(call, p::AbstractWorkerPool, f, args...; kwargs...)
    id = take!(p)
    try
        return call(sent_once(p, id, f), id, args...; kwargs...)
    finally
        give_back_unless_gone(p, id)
    end
end
sent_once(p, id, f) = f
remotecall_fetch(f, p::AbstractWorkerPool, args...; kwargs...) = with_worker(remotecall_fetch, p, f, args...; kwargs...)
remotecall_wait(f, p::AbstractWorkerPool, args...; kwargs...) = with_worker(remotecall_wait, p, f, args...; kwargs...)
remote_do(f, p::AbstractWorkerPool, args...; kwargs...) = with_worker(remote_do, p, f, args...; kwargs...)
function remotecall(f, p::AbstractWorkerPool, args...; kwargs...)
    id = take!(p)
    r = try
        remotecall(sent_once(p, id, f), id, args...; kwargs...)
    catch
        give_back_unless_gone(p, id)
        rethrow()
    end
    behind() do
        try
            wait(r)
        catch
        end
        give_back_unless_gone(p, id)
    end
    r
end

# A function that is kept in a process.
struct Kept
    ref::RemoteChannel
end
(k::Kept)(args...; kwargs...) = fetch(k.ref)(args...; kwargs...)
function sent_once(p::CachingPool, id, f)
    id == myid() && return f
    Kept(get!(p.map_obj2ref, (id, f)) do
        ref = RemoteChannel(id)
        put!(ref, f)
        ref
    end)
end
"""
    clear!(pool::CachingPool)

Let go of the functions that are kept in the pool's processes.
"""
function clear!(p::CachingPool)
    foreach(finalize, values(p.map_obj2ref))
    empty!(p.map_obj2ref)
    p
end
