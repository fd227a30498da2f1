# Locks: one task at a time.

"""
    ReentrantLock()

A lock that the task holding it may take again; it must `unlock` as often.

# Examples
```julia
julia> l = ReentrantLock();

julia> lock(l) do
           islocked(l)
       end
true
```
"""
mutable struct ReentrantLock <: AbstractLock
    locked_by::Union{Task,Nothing}
    reentrancy_cnt::Int
    waitq::WaitQueue
    function ReentrantLock()
        l = new(nothing, 0, queue_new(:lock))
        queue_own(l.waitq, l)
    end
end

"""
    islocked(l)

Whether some task holds `l`.
"""
islocked(l::ReentrantLock) = l.reentrancy_cnt > 0

"""
    trylock(l)

Take the lock if it is free (or already this task's); whether that worked.
"""
function trylock(l::ReentrantLock)
    t = task_current()
    if l.locked_by === t
        l.reentrancy_cnt += 1
        return true
    end
    l.reentrancy_cnt == 0 || return false
    l.locked_by = t
    l.reentrancy_cnt = 1
    true
end
function trylock(f, l::AbstractLock)
    trylock(l) || return false
    try
        return f()
    finally
        unlock(l)
    end
end

"""
    lock(l)
    lock(f, l)

Take the lock, waiting while another task holds it; with `f`, call `f()` holding it.
"""
lock(l::ReentrantLock; cancel::CancelTokenArg) = governed(() -> lock(l), cancel)
function lock(l::ReentrantLock)
    while !trylock(l)
        queue_wait(l.waitq, false)
    end
    nothing
end
function lock(f, l::AbstractLock)
    lock(l)
    try
        return f()
    finally
        unlock(l)
    end
end

"""
    unlock(l)

Give the lock up (once for each time it was taken).
"""
function unlock(l::ReentrantLock)
    if l.locked_by !== task_current()
        error(l.reentrancy_cnt == 0 ? "unlock count must match lock count" : "unlock from wrong thread")
    end
    l.reentrancy_cnt -= 1
    if l.reentrancy_cnt == 0
        l.locked_by = nothing
        queue_notify(l.waitq, nothing, false, false)
    end
    nothing
end

assert_havelock(l::ReentrantLock) =
    l.locked_by === task_current() ? nothing : concurrency_violation()
concurrency_violation() = throw(ConcurrencyViolationError("lock must be held"))

function unlockall(l::ReentrantLock)
    n = l.reentrancy_cnt
    l.locked_by === task_current() || error("unlock from wrong thread")
    l.reentrancy_cnt = 0
    l.locked_by = nothing
    queue_notify(l.waitq, nothing, false, false)
    n
end
# Takes a lock that has to be held to go on, even where waiting is cancelled.
lock_anyway(l) = trylock(l) ? nothing : governed(() -> lock(l), nothing)
function relockall(l::ReentrantLock, n::Int)
    lock_anyway(l)
    l.reentrancy_cnt = n
    nothing
end

function show(io::IO, ::MIME"text/plain", l::ReentrantLock)
    show(io, l)
    islocked(l) ? print(io, " (locked by ", l.locked_by, ")") : print(io, " (unlocked)")
end
show(io::IO, ::ReentrantLock) = print(io, "ReentrantLock()")

"""
    @lock l expr

Evaluate `expr` holding the lock `l`.
"""
macro lock(l, ex)
    quote
        temp = $(esc(l))
        lock(temp)
        try
            $(esc(ex))
        finally
            unlock(temp)
        end
    end
end
macro lock_nofail(l, ex)
    quote
        temp = $(esc(l))
        lock(temp)
        val = $(esc(ex))
        unlock(temp)
        val
    end
end

# A lock that is not re-entrant.
mutable struct SpinLock <: AbstractLock
    owned::Bool
    waitq::WaitQueue
    function SpinLock()
        l = new(false, queue_new(:lock))
        queue_own(l.waitq, l)
    end
end
"A condition whose lock is a `SpinLock`."
const ThreadSynchronizer = GenericCondition{SpinLock}
show(io::IO, l::SpinLock) = print(io, "Base.Threads.SpinLock(", Int(l.owned), ')')
islocked(l::SpinLock) = l.owned
trylock(l::SpinLock) = l.owned ? false : (l.owned = true)
function lock(l::SpinLock)
    while !trylock(l)
        queue_wait(l.waitq, false)
    end
    nothing
end
function unlock(l::SpinLock)
    l.owned || error("unlock count must match lock count")
    l.owned = false
    queue_notify(l.waitq, nothing, false, false)
    nothing
end
assert_havelock(l::SpinLock) = l.owned ? nothing : concurrency_violation()
unlockall(l::SpinLock) = (unlock(l); 1)
relockall(l::SpinLock, ::Int) = lock_anyway(l)

"`SpinLock` with room around it, so that locks do not share a line of the cache."
const PaddedSpinLock = SpinLock

"""
    Lockable(value, lock=ReentrantLock())

A value that may only be reached, as `l[]`, while its lock is held.
"""
struct Lockable{T,L<:AbstractLock}
    value::T
    lock::L
end
Lockable(value) = Lockable(value, ReentrantLock())
getindex(l::Lockable) = (assert_havelock(l.lock); l.value)
lock(l::Lockable) = lock(l.lock)
lock(f, l::Lockable) = lock(() -> f(l.value), l.lock)
unlock(l::Lockable) = unlock(l.lock)
trylock(l::Lockable) = trylock(l.lock)
islocked(l::Lockable) = islocked(l.lock)

"""
    Base.Semaphore(n)

At most `n` holders at once; see `Base.acquire` and `Base.release`.
"""
mutable struct Semaphore
    sem_size::Int
    curr_cnt::Int
    waitq::WaitQueue
    function Semaphore(n)
        n > 0 || throw(ArgumentError("Semaphore size must be > 0"))
        s = new(n, 0, queue_new(:lock))
        queue_own(s.waitq, s)
    end
end

"""
    Base.acquire(s)
    Base.acquire(f, s)

Become a holder of `s`, waiting while there are enough; with `f`, call `f()` as one.
"""
acquire(s::Semaphore; cancel::CancelTokenArg) = governed(() -> acquire(s), cancel)
function acquire(s::Semaphore)
    check_cancelled(task_governor())
    while s.curr_cnt >= s.sem_size
        queue_wait(s.waitq, false)
    end
    s.curr_cnt += 1
    nothing
end
function acquire(f, s::Semaphore)
    acquire(s)
    try
        return f()
    finally
        release(s)
    end
end

"""
    Base.release(s)

Stop being a holder of `s`.
"""
function release(s::Semaphore)
    s.curr_cnt > 0 || error("release count must match acquire count")
    s.curr_cnt -= 1
    queue_notify(s.waitq, nothing, false, false)
    nothing
end

"""
    Base.@acquire s expr

Evaluates `expr` with a place of the semaphore `s`, which is given back at the end, however that comes.
"""
macro acquire(s, ex)
    quote
        temp = $(esc(s))
        acquire(temp)
        try
            $(esc(ex))
        finally
            release(temp)
        end
    end
end
