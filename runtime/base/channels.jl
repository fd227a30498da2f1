# Channels: queues that tasks put into and take from.

abstract type AbstractChannel{T} end

"""
    InvalidStateException(msg, state)

An operation on an object whose state does not allow it, such as a closed channel.
"""
struct InvalidStateException <: Exception
    msg::String
    state::Symbol
end
showerror(io::IO, e::InvalidStateException) = print(io, "InvalidStateException: ", e.msg)

"""
    Channel{T=Any}(size=0)
    Channel{T=Any}(f, size=0; taskref=nothing, spawn=false)

A first-in first-out queue of at most `size` items of type `T` (`Inf`: no limit; 0:
`put!` waits for a matching `take!`). With `f`, a task that is bound to the channel
runs `f(channel)`: the channel closes when it ends.

# Examples
```julia
julia> c = Channel{Int}(2);

julia> put!(c, 1); put!(c, 2);

julia> take!(c), take!(c)
(1, 2)

julia> collect(Channel(c -> foreach(i -> put!(c, i^2), 1:3)))
3-element Vector{Any}:
 1
 4
 9
```
"""
struct Channel{T} <: AbstractChannel{T}
    core::ChannelCore
    function Channel{T}(sz::Integer=0) where {T}
        sz < 0 && throw(ArgumentError("Channel size must be either 0, a positive integer or Inf"))
        c = new{T}(channel_new(Int(sz)))
        channel_own(getfield(c, :core), c)
        c
    end
end
function Channel{T}(sz::Real) where {T}
    Channel{T}(sz == Inf ? typemax(Int) : convert(Int, sz))
end
Channel(sz=0) = Channel{Any}(sz)

function Channel{T}(f::Function, size=0; taskref=nothing, spawn::Bool=false, threadpool=nothing) where {T}
    threadpool === nothing || Threads.checkpool(threadpool)
    c = Channel{T}(size)
    task = Task(() -> f(c))
    task.sticky = !spawn && threadpool === nothing
    bind(c, task)
    if !task.sticky
        schedule(task)
    else
        yield(task)
    end
    taskref isa Ref{Task} && (taskref[] = task)
    c
end
function Channel(f::Function, args...; kwargs...)
    # the keywords of Julia before 1.3
    if haskey(kwargs, :ctype) || haskey(kwargs, :csize)
        return old_channel(f; kwargs...)
    end
    Channel{Any}(f, args...; kwargs...)
end
old_channel(f; ctype=Any, csize=0, taskref=nothing, spawn=false) =
    Channel{ctype}(f, csize; taskref=taskref, spawn=spawn)

closed_exception() = InvalidStateException("Channel is closed.", :closed)

"""
    close(c::Channel[, exception])

Close the channel: `put!` fails from now on, `take!` once what is in it is gone,
both with `exception`. Waiting tasks get it at once.
"""
close(c::Channel) = (channel_close(getfield(c, :core), closed_exception()); nothing)
close(c::Channel, @nospecialize(excp::Exception)) = (channel_close(getfield(c, :core), excp); nothing)

# Throws what the channel was closed with, if it was.
check_channel_state(c::Channel) = isopen(c) ? nothing : throw(channel_error(getfield(c, :core)))

"""
    Base.channeled_tasks(n, fs...; ctypes=fill(Any, n), csizes=fill(0, n))

`n` channels and a task for each function, which calls it with the channels; the
channels are bound to all of the tasks. Returns both.
"""
function channeled_tasks(n::Int, fs...; ctypes=fill(Any, n), csizes=fill(0, n))
    length(csizes) == n || throw(ArgumentError("expected $n channel sizes, got $(length(csizes))"))
    length(ctypes) == n || throw(ArgumentError("expected $n channel types, got $(length(ctypes))"))
    channels = [Channel{ctypes[i]}(csizes[i]) for i in 1:n]
    tasks = Task[Task(() -> f(channels...)) for f in fs]
    for t in tasks
        foreach(c -> bind(c, t), channels)
    end
    foreach(schedule, tasks)
    yield()
    (channels, tasks)
end

"""
    isopen(c::Channel)

Whether `c` has not been closed. There may be items left in a closed channel.
"""
isopen(c::Channel) = channel_isopen(getfield(c, :core))

"""
    isready(c::Channel)

Whether a `take!` would find an item without waiting.
"""
isready(c::Channel) = channel_avail(getfield(c, :core)) > 0
isempty(c::Channel) = channel_avail(getfield(c, :core)) == 0
n_avail(c::Channel) = channel_avail(getfield(c, :core))

"""
    isfull(c::Channel)

Whether a `put!` would wait: the buffer is full (always so without a buffer).
"""
isfull(c::Channel) = channel_length(getfield(c, :core)) >= channel_capacity(getfield(c, :core))

"""
    bind(c::Channel, t::Task)

Close `c` when `t` ends; if `t` fails, its failure is what users of `c` get.
"""
bind(c::Channel, t::Task) = (channel_bind(getfield(c, :core), t, () -> close_after(c, t)); c)
function close_after(c::Channel, t::Task)
    isopen(c) || return nothing
    istaskfailed(t) && task_result(t) isa Exception ? close(c, TaskFailedException(t)) : close(c)
end

# The keyword of operations that may give up: seconds.
const Timeout = Union{Nothing,Real}

"""
    put!(c::Channel, v; timeout=nothing)

Append `v`, converted to the channel's type, waiting while the channel is full.
Returns `v`. With `timeout`, a `Weft.TimeoutError` is thrown after so many seconds, and
`v` is not put.
"""
put!(c::Channel, v; cancel::CancelTokenArg=DEFAULT_CANCEL, timeout::Timeout=nothing) =
    governed(() -> timeout === nothing ? put!(c, v) : Weft.within(timeout, "room in put! to $c", Weft.put_case(c, v)), cancel)
put!(c::Channel{T}, v) where {T} = channel_put(c, convert(T, v))
put!(c::Channel{T}, v::T) where {T} = channel_put(c, v)
put!(c::Channel{Any}, v) = channel_put(c, v)
push!(c::Channel, v) = put!(c, v)
push!(c::Channel, v, w, more...) = (put!(c, v); push!(c, w, more...))
function append!(c::Channel, itr)
    for v in itr
        put!(c, v)
    end
    c
end

"""
    take!(c::Channel; timeout=nothing)

Remove and return the next item, waiting while there is none. With `timeout`, a
`Weft.TimeoutError` is thrown after so many seconds, and nothing is taken.
"""
take!(c::Channel; cancel::CancelTokenArg=DEFAULT_CANCEL, timeout::Timeout=nothing) =
    governed(() -> timeout === nothing ? take!(c) : Weft.within(timeout, "an item in take! from $c", Weft.take_case(c)), cancel)
take!(c::Channel) = channel_take(c)
popfirst!(c::Channel) = take!(c)

"""
    fetch(c::Channel)

Return the next item without removing it, waiting while there is none.
"""
fetch(c::Channel; cancel::CancelTokenArg=DEFAULT_CANCEL, timeout::Timeout=nothing) =
    governed(() -> timeout === nothing ? fetch(c) : Weft.within(timeout, "an item in $c", Weft.fetch_case(c)), cancel)
function fetch(c::Channel)
    channel_capacity(getfield(c, :core)) == 0 && error("`fetch` is not supported on an unbuffered Channel.")
    channel_fetch(getfield(c, :core))
end

"""
    wait(c::Channel)

Wait until there is something to take.
"""
function wait(c::Channel; cancel::CancelTokenArg=DEFAULT_CANCEL, timeout::Timeout=nothing)
    governed(() -> timeout === nothing ? wait(c) : Weft.within(timeout, "an item in $c", Weft.wait_case(c)), cancel)
    nothing
end
wait(c::Channel) = (channel_wait(getfield(c, :core)); nothing)

"""
    empty!(c::Channel)

Drop the items in the buffer.
"""
empty!(c::Channel) = (channel_empty(getfield(c, :core)); c)

eltype(::Type{<:AbstractChannel{T}}) where {T} = T
IteratorSize(::Type{<:AbstractChannel}) = SizeUnknown()

# The lock of a channel, for tasks that use it to do several things at once. What the
# channel does itself needs none.
channel_lock(c::Channel) = (l = channel_guard(getfield(c, :core)); l === nothing ? channel_guard(getfield(c, :core), ReentrantLock()) : l)
lock(c::Channel; cancel::CancelTokenArg=DEFAULT_CANCEL) = lock(channel_lock(c); cancel=cancel)
lock(f, c::Channel) = lock(f, channel_lock(c))
unlock(c::Channel) = unlock(channel_lock(c))
trylock(c::Channel) = trylock(channel_lock(c))
islocked(c::Channel) = islocked(channel_lock(c))

function iterate(c::Channel, state=nothing)
    v = channel_next(c)
    v === getfield(c, :core) ? nothing : (v, nothing)
end

function getproperty(c::Channel, name::Symbol)
    name === :core && return getfield(c, :core)
    name === :state && return channel_isopen(getfield(c, :core)) ? :open : :closed
    name === :excp && return channel_error(getfield(c, :core))
    name === :sz_max && return channel_capacity(getfield(c, :core))
    name === :n_avail_items && return channel_avail(getfield(c, :core))
    name === :data && return convert(Vector{eltype(c)}, channel_items(getfield(c, :core)))
    name === :cond_take && return GenericCondition(channel_queue(getfield(c, :core), :take), channel_lock(c))
    name === :cond_put && return GenericCondition(channel_queue(getfield(c, :core), :put), channel_lock(c))
    name === :cond_wait && return GenericCondition(channel_queue(getfield(c, :core), :wait), channel_lock(c))
    throw(FieldError(typeof(c), name))
end
propertynames(::Channel) = (:cond_take, :cond_wait, :cond_put, :state, :excp, :data, :n_avail_items, :sz_max)

show(io::IO, c::Channel) = print(io, typeof(c), "(", channel_capacity(getfield(c, :core)), ")")

function show(io::IO, ::MIME"text/plain", c::Channel)
    show(io, c)
    get(io, :compact, false) && return
    if !isopen(c)
        print(io, " (closed)")
    else
        n = channel_avail(getfield(c, :core))
        n == 0 ? print(io, " (empty)") : print(io, " (", n, n == 1 ? " item" : " items", " available)")
    end
    nothing
end
