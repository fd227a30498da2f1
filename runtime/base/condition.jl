# Conditions: tasks wait, others notify.

"""
    Condition()

A place where tasks wait until another calls `notify`. A notification that nobody
waits for is lost. `wait(c; first=false)` returns the value given to `notify`.

# Examples
```julia
julia> c = Condition();

julia> t = @async wait(c);

julia> yield(); notify(c, :done); fetch(t)
:done
```
"""
struct Condition
    waitq::WaitQueue
    function Condition()
        c = new(queue_new(:condition))
        queue_own(c.waitq, c)
    end
end

length(q::WaitQueue) = queue_length(q)
isempty(q::WaitQueue) = queue_length(q) == 0

function wait(c::Condition; first::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL)
    governed(() -> queue_wait(c.waitq, first), cancel)
end
wait(c::Condition) = queue_wait(c)

"""
    notify(c, val=nothing; all=true, error=false)

Wake the tasks that wait for `c`, all or only the first; their `wait` returns `val`
or, with `error`, throws it. Returns how many were woken.
"""
function notify(c::Condition, @nospecialize(val); all::Bool=true, error::Bool=false)
    queue_notify(c.waitq, val, all, error)
end
notify(c::Condition, @nospecialize(val)) = queue_notify(c, val)
notify(c::Condition; all::Bool=true, error::Bool=false) = queue_notify(c.waitq, nothing, all, error)
notify(c::Condition) = queue_notify(c, nothing)
notify_error(c, err) = notify(c, err; all=true, error=true)
isempty(c::Condition) = isempty(c.waitq)
lock(c::Condition) = condition_lock_error()
unlock(c::Condition) = condition_lock_error()
trylock(::Condition) = true
islocked(::Condition) = true
condition_lock_error() =
    throw(ArgumentError("`Condition` is not thread-safe. Please use `Threads.Condition` instead for multi-threaded code."))
show(io::IO, ::Condition) = print(io, "Condition()")

abstract type AbstractLock end

"""
    Threads.Condition([lock])

A condition tied to a lock, which has to be held to `wait` and to `notify`; `wait`
gives it up while it waits.
"""
struct GenericCondition{L<:AbstractLock}
    waitq::WaitQueue
    lock::L
    function GenericCondition{L}(l::L) where {L<:AbstractLock}
        c = new{L}(queue_new(:condition), l)
        queue_own(c.waitq, c)
    end
    GenericCondition{L}() where {L<:AbstractLock} = GenericCondition{L}(L())
    GenericCondition(q::WaitQueue, l::L) where {L<:AbstractLock} = new{L}(q, l)
end
GenericCondition(l::AbstractLock) = GenericCondition{typeof(l)}(l)

assert_havelock(c::GenericCondition) = assert_havelock(c.lock)
lock(c::GenericCondition) = lock(c.lock)
unlock(c::GenericCondition) = unlock(c.lock)
trylock(c::GenericCondition) = trylock(c.lock)
islocked(c::GenericCondition) = islocked(c.lock)
isempty(c::GenericCondition) = isempty(c.waitq)

function lock(f, c::GenericCondition)
    lock(f, c.lock)
end

function wait(c::GenericCondition; first::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL)
    assert_havelock(c)
    depth = unlockall(c.lock)
    try
        return governed(() -> queue_wait(c.waitq, first), cancel)
    finally
        relockall(c.lock, depth)
    end
end

function notify(c::GenericCondition, @nospecialize(val=nothing); all::Bool=true, error::Bool=false)
    assert_havelock(c)
    queue_notify(c.waitq, val, all, error)
end
show(io::IO, c::GenericCondition) = (print(io, "Base.GenericCondition("); show(io, c.lock); print(io, ")"))

"""
    Base.Event([autoreset=false])

A flag that tasks can wait for. It stays set until `reset`; with `autoreset` each
`notify` lets one waiter pass.
"""
mutable struct Event
    waitq::WaitQueue
    autoreset::Bool
    set::Bool
    function Event(autoreset::Bool=false)
        e = new(queue_new(:event), autoreset, false)
        queue_own(e.waitq, e)
    end
end

wait(e::Event; cancel::CancelTokenArg) = governed(() -> wait(e), cancel)
function wait(e::Event)
    check_cancelled(task_governor())
    if e.set
        e.autoreset && (e.set = false)
        return nothing
    end
    queue_wait(e.waitq, false)
    nothing
end

function notify(e::Event)
    if e.autoreset
        queue_notify(e.waitq, nothing, false, false) == 0 && (e.set = true)
    else
        e.set = true
        queue_notify(e.waitq, nothing, true, false)
    end
    nothing
end

"""
    reset(e::Base.Event)

Clear `e`: later `wait`s block until the next `notify`.
"""
reset(e::Event) = (e.set = false; nothing)
show(io::IO, e::Event) = print(io, "Base.Event(", e.autoreset ? "autoreset=true" : "", ")", e.set ? " (set)" : " (unset)")
