# Threads: one thread runs all tasks; the names are there.

"""
    Threads

Tasks that may run on any thread. Here one thread runs them all, so `@spawn` differs
from `@async` only in `sticky`.
"""
module Threads

using ..Base: Condition as BaseCondition, GenericCondition, ReentrantLock, SpinLock, PaddedSpinLock, Event, Semaphore,
    spawn_form, sync_varname, thunk_form, esc, Lockable

export Event, SpinLock, threadid, nthreads, @threads, @spawn, threadpool, nthreadpools, Atomic, atomic_add!, atomic_sub!,
    atomic_and!, atomic_nand!, atomic_or!, atomic_xor!, atomic_xchg!, atomic_cas!, atomic_max!, atomic_min!, atomic_fence

const Condition = GenericCondition{ReentrantLock}

"The number of the thread that runs, from 1."
threadid() = 1
threadid(t::Task) = istaskstarted(t) ? 1 : 0
"How many threads there are (in a pool)."
nthreads() = 1
nthreads(pool::Symbol) = threadpoolsize(pool)
"The highest number that a thread has."
maxthreadid() = 1
nthreadpools() = 1
"The pool of the running thread, or of a task."
threadpool(thread::Integer=1) = thread == 1 ? :default : throw(ArgumentError("invalid thread id: $thread"))
threadpool(t::Task) = :default
function threadpoolsize(pool::Symbol=:default)
    pool === :default && return 1
    pool === :interactive && return 0
    throw(ArgumentError("invalid threadpool specified"))
end
threadpooltids(pool::Symbol) = collect(1:threadpoolsize(pool))
ngcthreads() = 1
const spawn_pools = (:interactive, :default, :samepool)
checkpool(pool::Symbol) = pool in spawn_pools ? nothing : throw(ArgumentError("Unrecognized threadpool name: $(repr(pool))"))

"""
    Threads.@spawn [pool] expr

Run `expr` in a new task that may run on any thread, and return the task.
"""
macro spawn(args...)
    if length(args) == 2
        if args[1] isa QuoteNode
            args[1].value in spawn_pools || throw(ArgumentError("unsupported threadpool in @spawn: $(args[1].value)"))
            return spawn_task(args[2], __source__)
        end
        return Expr(:block, :(checkpool($(esc(args[1])))), spawn_task(args[2], __source__))
    end
    length(args) == 1 || throw(ArgumentError("wrong number of arguments in @spawn"))
    spawn_task(args[1], __source__)
end
spawn_task(ex, source) = :(unstick($(spawn_form(ex, source))))
unstick(t::Task) = (t.sticky = false; t)

"""
    Threads.@threads [schedule] for ... end
    Threads.@threads [schedule] [f(x) for x in itr]

Run the iterations of a loop, or of a comprehension, possibly on several threads.
`schedule` is `:dynamic`, `:greedy` or `:static`; loops of the last kind do not nest.
"""
macro threads(args...)
    1 <= length(args) <= 2 || throw(ArgumentError("wrong number of arguments in @threads"))
    ex = args[end]
    schedule = :dynamic
    if length(args) == 2
        schedule = args[1] isa QuoteNode ? args[1].value : args[1]
        schedule in (:static, :dynamic, :greedy) || throw(ArgumentError("unsupported schedule argument in @threads"))
    end
    head = ex isa Expr ? ex.head : :none
    head in (:for, :comprehension, :typed_comprehension) || throw(ArgumentError("`@threads` requires a `for` loop or comprehension expression"))
    head === :for && ex.args[1].head !== :(=) && throw(ArgumentError("nested outer loops are not currently supported by @threads"))
    :(run_loop($(thunk_form(esc(ex), __source__)), $(schedule === :static)))
end

# How many loops are being run.
const running_loops = Ref(0)
function run_loop(f, static)
    static && running_loops[] > 0 && error("`@threads :static` cannot be used concurrently or nested")
    t = Task(f)
    t.sticky = static
    running_loops[] += 1
    try
        join_all((Base.schedule(t),))
    finally
        running_loops[] -= 1
    end
    t.result
end

# Waits for all tasks as @sync does.
function join_all(tasks)
    scope = Base.SyncScope()
    Base.foreach(t -> Base.sync_add(scope, t), tasks)
    Base.sync_end(scope)
end

"How `Threads.foreach` hands items to tasks: to whichever is free."
struct FairSchedule end
"How `Threads.foreach` hands items to tasks: the tasks stay on their threads."
struct StaticSchedule end

"""
    Threads.foreach(f, channel; schedule=Threads.FairSchedule(), ntasks=1)

Call `f` with each item of a channel, in `ntasks` tasks. When `f` fails the others
stop after the item they are at; the failures are thrown together.
"""
function foreach(f, channel::Base.Channel; schedule=FairSchedule(), ntasks=nthreads())
    stop = false
    work = function ()
        try
            for x in channel
                f(x)
                stop && break
            end
        catch
            stop = true
            rethrow()
        end
    end
    tasks = [Base.schedule(Task(work)) for _ in 1:ntasks]
    schedule isa FairSchedule && Base.foreach(unstick, tasks)
    join_all(tasks)
end

const inttypes = (Int8, Int16, Int32, Int64, Int128, UInt8, UInt16, UInt32, UInt64, UInt128)
const floattypes = (Float16, Float32, Float64)
const arithmetictypes = (inttypes..., floattypes...)
const atomictypes = (arithmetictypes..., Bool)
const AtomicIntegers = Union{inttypes...}
const AtomicNumbers = Union{arithmetictypes...}

"""
    Threads.Atomic{T}([x])

A number or a Bool changed by `atomic_add!` and its like. `a[]` is its value.

# Examples
```julia
julia> n = Threads.Atomic{Int}(3);

julia> Threads.atomic_add!(n, 2), n[]
(3, 5)
```
"""
mutable struct Atomic{T<:Union{AtomicNumbers,Bool}}
    value::T
    Atomic{T}() where {T<:Union{AtomicNumbers,Bool}} = new(zero(T))
    Atomic{T}(x) where {T<:Union{AtomicNumbers,Bool}} = new(x)
end
Atomic() = Atomic{Int}()
Atomic(x::T) where {T<:Union{AtomicNumbers,Bool}} = Atomic{T}(x)
Base.getindex(a::Atomic) = a.value
Base.setindex!(a::Atomic{T}, x) where {T} = (a.value = convert(T, x); a)

# Puts a new value in and returns the old one.
exchange(a, new) = (old = a.value; a.value = new; old)
"Store `x` in `a`; its old value."
atomic_xchg!(a::Atomic{T}, x::T) where {T} = exchange(a, x)
"Add `x` to `a`; its old value."
atomic_add!(a::Atomic{T}, x::T) where {T<:AtomicNumbers} = exchange(a, a.value + x)
"Subtract `x` from `a`; its old value."
atomic_sub!(a::Atomic{T}, x::T) where {T<:AtomicNumbers} = exchange(a, a.value - x)
"Bitwise and of `a` and `x`, in `a`; its old value."
atomic_and!(a::Atomic{T}, x::T) where {T<:Union{AtomicIntegers,Bool}} = exchange(a, a.value & x)
"Bitwise nand of `a` and `x`, in `a`; its old value."
atomic_nand!(a::Atomic{T}, x::T) where {T<:Union{AtomicIntegers,Bool}} = exchange(a, ~(a.value & x))
"Bitwise or of `a` and `x`, in `a`; its old value."
atomic_or!(a::Atomic{T}, x::T) where {T<:Union{AtomicIntegers,Bool}} = exchange(a, a.value | x)
"Bitwise exclusive or of `a` and `x`, in `a`; its old value."
atomic_xor!(a::Atomic{T}, x::T) where {T<:Union{AtomicIntegers,Bool}} = exchange(a, xor(a.value, x))
"The larger of `a` and `x`, in `a`; its old value."
atomic_max!(a::Atomic{T}, x::T) where {T<:Union{AtomicNumbers,Bool}} = exchange(a, max(a.value, x))
"The smaller of `a` and `x`, in `a`; its old value."
atomic_min!(a::Atomic{T}, x::T) where {T<:Union{AtomicNumbers,Bool}} = exchange(a, min(a.value, x))
"Store `new` in `a` if it holds `cmp`; its old value."
atomic_cas!(a::Atomic{T}, cmp::T, new::T) where {T} = a.value === cmp ? exchange(a, new) : a.value
"Order reads and writes, which they are already."
atomic_fence() = nothing

end
