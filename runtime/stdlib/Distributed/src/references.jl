# References to values and channels in processes.

"The number of a reference: that of the process that made it and one of its own."
struct RRID
    whence::Int
    id::Int
end
RRID() = RRID(myid(), next_number(:ref))

"The supertype of references to what is in a process."
abstract type AbstractRemoteRef end

"""
    Future(pid=myid())

A value that is to be in process `pid`: what `remotecall` returns. `fetch` waits for it.
"""
mutable struct Future <: AbstractRemoteRef
    where::Int
    whence::Int
    id::Int
    v::Union{Some{Any},Nothing}
    Future(where::Int, r::RRID, v=nothing) = watch_end(new(where, r.whence, r.id, v))
end
Future(pid::Integer=myid()) = Future(Int(pid), RRID())
Future(w::Union{Worker,LocalProcess}) = Future(w.id)
show(io::IO, f::Future) = print(io, "Future(", f.where, ", ", f.whence, ", ", f.id, ", ", f.v, ")")

"""
    RemoteChannel(pid=myid())
    RemoteChannel(f, pid=myid())

A channel that is in process `pid`: the one that `f` makes there, or one for a single item. Every process can use it.
"""
mutable struct RemoteChannel{T<:AbstractChannel} <: AbstractRemoteRef
    where::Int
    whence::Int
    id::Int
    RemoteChannel{T}(where::Integer, r::RRID) where {T<:AbstractChannel} = watch_end(new{T}(where, r.whence, r.id))
end
function RemoteChannel(pid::Integer=myid())
    r = RRID()
    call_owner(pid, hold_ref, r)
    RemoteChannel{Channel{Any}}(pid, r)
end
function RemoteChannel(f::Function, pid::Integer=myid())
    r = RRID()
    RemoteChannel{call_owner(pid, make_channel, r, f)}(pid, r)
end
make_channel(r::RRID, f) = typeof(lookup_ref(r, f).c)
hold_ref(r::RRID) = (lookup_ref(r); nothing)
show(io::IO, c::RemoteChannel) = print(io, typeof(c), "(", c.where, ", ", c.whence, ", ", c.id, ")")
eltype(::Type{RemoteChannel{T}}) where {T} = eltype(T)

"The number of what a reference refers to."
remoteref_id(r::AbstractRemoteRef) = RRID(r.whence, r.id)
hash(r::AbstractRemoteRef, h::UInt) = hash(r.whence, hash(r.id, h))
==(a::AbstractRemoteRef, b::AbstractRemoteRef) = remoteref_id(a) == remoteref_id(b)

"What references to this process refer to."
mutable struct RemoteValue
    c::AbstractChannel
    clientset::BitSet       # processes that refer to it
    waitingfor::Int         # the process that is to put something into it; 0: any
    RemoteValue(c) = new(c, BitSet(), 0)
end
isready(r::RemoteValue) = isready(r.c)
put!(r::RemoteValue, v) = put!(r.c, v)

one_item() = Channel{Any}(1)
function lookup_ref(r::RRID, f=one_item)
    get!(PGRP.refs, r) do
        v = RemoteValue(f())
        push!(v.clientset, r.whence)
        v
    end
end
"""
    channel_from_id(id)

The channel that a reference with the number `id`, from `remoteref_id`, refers to in this process.
"""
channel_from_id(r::RRID) = (v = get(PGRP.refs, r, nothing); v === nothing ? throw(ErrorException("Local instance of remote reference not found")) : v.c)

## who refers to what

function watch_end(r::AbstractRemoteRef)
    finalizer(let_go, r)
    r
end
function let_go(r::AbstractRemoteRef)
    r.where > 0 || return nothing
    r isa Future && r.v !== nothing || drop_client(r)
    r.where = 0
    r isa Future && (r.v = nothing)
    nothing
end
# Tells the owner that this process does not need the value any more.
function drop_client(r::AbstractRemoteRef)
    if r.where == myid()
        del_client(remoteref_id(r), myid())
    else
        w = known_worker(r.where)
        id = remoteref_id(r)
        w isa Worker && w.state === :connected && behind(() -> tell(del_client, w, id, myid()))    # a finalizer may not wait
    end
    nothing
end
# remote_do that does not mind when the process has ended.
function tell(f, w, args...)
    try
        remote_do(f, w, args...)
    catch e
        e isa ProcessExitedException || rethrow()
    end
    nothing
end
function del_client(r::RRID, pid)
    v = get(PGRP.refs, r, nothing)
    v === nothing && return nothing
    delete!(v.clientset, pid)
    isempty(v.clientset) && delete!(PGRP.refs, r)
    nothing
end
add_client(r::RRID, pid) = (push!(lookup_ref(r).clientset, pid); nothing)
function send_add_client(r::AbstractRemoteRef, pid)
    if r.where == myid()
        add_client(remoteref_id(r), pid)
    elseif pid != r.where
        remote_do(add_client, r.where, remoteref_id(r), pid)
    end
    nothing
end

## use

# f(id, args...) in the process that has what r refers to.
function on_owner(f, r::AbstractRemoteRef, args...)
    call_owner(r.where, f, remoteref_id(r), args...)
end
function call_owner(pid, f, args...)
    v = pid == myid() ? f(args...) : remotecall_fetch(f, pid, args...)
    v isa RemoteException ? throw(v) : v
end

ref_ready(r::RRID) = isready(lookup_ref(r))
isready(f::Future) = f.v !== nothing || on_owner(ref_ready, f)
isready(c::RemoteChannel) = on_owner(ref_ready, c)

ref_fetch(r::RRID) = fetch(lookup_ref(r).c)
ref_wait(r::RRID) = (v = ref_fetch(r); v isa RemoteException ? v : nothing)
wait(f::Future) = (f.v === nothing && on_owner(ref_wait, f); f)
wait(c::RemoteChannel) = (on_owner(ref_wait, c); c)
function fetch(f::Future)
    f.v === nothing || return something(f.v)
    v = on_owner(ref_fetch, f)
    keep!(f, v)
    v
end
function keep!(f::Future, v)
    f.v === nothing || return nothing
    f.v = Some{Any}(v)
    drop_client(f)
end
fetch(c::RemoteChannel) = on_owner(ref_fetch, c)

function ref_set(r::RRID, v, pid)
    x = lookup_ref(r)
    isready(x) && error("Future can be set only once")
    put!(x, v)
    del_client(r, pid)
end
function put!(f::Future, v)
    f.v === nothing || error("Future can be set only once")
    on_owner(ref_set, f, v, myid())
    f.v = Some{Any}(v)
    f
end
ref_put(r::RRID, args...) = (put!(lookup_ref(r).c, args...); nothing)
put!(c::RemoteChannel, args...) = (on_owner(ref_put, c, args...); c)
ref_take(r::RRID, args...) = take!(lookup_ref(r).c, args...)
take!(c::RemoteChannel, args...) = c.where == myid() ? on_owner(ref_take, c, args...) : on_owner(ref_take_for, c, myid(), args...)
# What is handed over without a buffer is written down at once: who has put it may change it then.
function ref_take_for(r::RRID, pid, args...)
    c = lookup_ref(r).c
    unbuffered = c isa Channel && c.sz_max == 0
    v = take!(c, args...)
    unbuffered ? Letter(apart(io -> serialize(ClusterSerializer(io, Worker(pid)), v))) : v
end
ref_close(r::RRID) = (close(lookup_ref(r).c); nothing)
close(c::RemoteChannel) = on_owner(ref_close, c)
ref_isopen(r::RRID) = isopen(lookup_ref(r).c)
isopen(c::RemoteChannel) = on_owner(ref_isopen, c)
ref_isempty(r::RRID) = isempty(lookup_ref(r).c)
isempty(c::RemoteChannel) = on_owner(ref_isempty, c)
function iterate(c::RemoteChannel, _=nothing)
    v = try
        take!(c)
    catch e
        x = e isa RemoteException ? e.captured.ex : e
        x isa InvalidStateException && x.state === :closed || rethrow()
        return nothing
    end
    (v, nothing)
end
Base.IteratorSize(::Type{<:RemoteChannel}) = Base.SizeUnknown()
getindex(f::Future) = fetch(f)
getindex(c::RemoteChannel) = fetch(c)
getindex(f::Future, args...) = getindex(fetch(f), args...)
ref_getindex(r::RRID, args...) = getindex(ref_fetch(r), args...)
getindex(c::RemoteChannel, args...) = on_owner(ref_getindex, c, args...)
