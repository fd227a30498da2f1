# Threads: one thread runs all tasks; the names are there.

"""
    Threads

Tasks that may run on any thread. Here one thread runs them all, so `@spawn` differs
from `@async` only in `sticky`.
"""
module Threads

using ..Base: Condition as BaseCondition, GenericCondition, ReentrantLock, SpinLock, Event, Semaphore,
    spawn_form, sync_varname, esc, Lockable

export threadid, nthreads, @threads, @spawn, threadpool, nthreadpools, Atomic, atomic_add!, atomic_sub!,
    atomic_and!, atomic_or!, atomic_xor!, atomic_xchg!, atomic_cas!, atomic_max!, atomic_min!, atomic_fence

const Condition = GenericCondition{ReentrantLock}

"The number of the thread that runs, from 1."
threadid() = 1
threadid(t::Task) = istaskstarted(t) ? 1 : 0
"How many threads there are (in a pool)."
nthreads() = 1
nthreads(pool::Symbol) = pool === :default || pool === :interactive ? 1 : badpool(pool)
maxthreadid() = 1
nthreadpools() = 1
threadpool() = :default
threadpool(t::Task) = :default
threadpoolsize(pool::Symbol=:default) = nthreads(pool)
ngcthreads() = 1
badpool(pool) = throw(ArgumentError("unsupported threadpool in @spawn: " * string(pool)))
function checkpool(pool::Symbol)
    pool === :default || pool === :interactive || pool === :samepool || badpool(pool)
    nothing
end

"""
    Threads.@spawn [pool] expr

Run `expr` in a new task that may run on any thread, and return the task.
"""
macro spawn(args...)
    if length(args) == 2
        pool = args[1] isa QuoteNode ? args[1] : esc(args[1])
        return Expr(:block, :(checkpool($pool)), spawn_task(args[2], __source__))
    end
    length(args) == 1 || throw(ArgumentError("wrong number of arguments in @spawn"))
    spawn_task(args[1], __source__)
end
spawn_task(ex, source) = :(unstick($(spawn_form(ex, source))))
unstick(t::Task) = (t.sticky = false; t)

"""
    Threads.@threads [schedule] for ... end

Run the iterations of a loop, possibly on several threads.
"""
macro threads(args...)
    ex = args[end]
    (ex isa Expr && ex.head === :for) || throw(ArgumentError("@threads requires a `for` loop expression"))
    if length(args) == 2
        s = args[1] isa QuoteNode ? args[1].value : args[1]
        s in (:static, :dynamic, :greedy) || throw(ArgumentError("unsupported schedule argument in @threads"))
    end
    t = Expr(:call, GlobalRef(Base, :Task), Expr(:->, Expr(:tuple), esc(ex)))
    :(wait(schedule($t)))
end

struct FairSchedule end
struct StaticSchedule end

"""
    Threads.foreach(f, channel; ntasks=1)

Call `f` with each item of a channel, in `ntasks` tasks.
"""
function foreach(f, channel::Channel; schedule=FairSchedule(), ntasks=nthreads())
    ntasks >= 1 || throw(ArgumentError("ntasks must be positive"))
    tasks = Task[]
    for _ in 1:ntasks
        push!(tasks, Base.schedule(Task() do
            for x in channel
                f(x)
            end
        end))
    end
    errors = Any[]
    for t in tasks
        Base.task_join(t)
        istaskfailed(t) && push!(errors, Base.TaskFailedException(t))
    end
    isempty(errors) || throw(Base.CompositeException(errors))
    nothing
end

"A value changed by `atomic_add!` and its like."
mutable struct Atomic{T}
    value::T
    Atomic{T}() where {T} = new(zero(T))
    Atomic{T}(x) where {T} = new(x)
end
Atomic(x::T) where {T} = Atomic{T}(x)
Base.getindex(a::Atomic) = a.value
Base.setindex!(a::Atomic, x) = (a.value = x; a)
atomic_xchg!(a::Atomic, x) = (old = a.value; a.value = x; old)
atomic_add!(a::Atomic, x) = (old = a.value; a.value = old + x; old)
atomic_sub!(a::Atomic, x) = (old = a.value; a.value = old - x; old)
atomic_and!(a::Atomic, x) = (old = a.value; a.value = old & x; old)
atomic_or!(a::Atomic, x) = (old = a.value; a.value = old | x; old)
atomic_xor!(a::Atomic, x) = (old = a.value; a.value = xor(old, x); old)
atomic_max!(a::Atomic, x) = (old = a.value; a.value = max(old, x); old)
atomic_min!(a::Atomic, x) = (old = a.value; a.value = min(old, x); old)
atomic_cas!(a::Atomic, cmp, new) = (old = a.value; old === cmp && (a.value = new); old)
atomic_fence() = nothing

end
