# What is computed once: in a process, on a thread, in a task.

"""
    OncePerProcess{T}(f)
    OncePerProcess(f)

A function without arguments that returns `f()`, which is called once only. If that
fails, so do all later calls.

# Examples
```julia
julia> state = Base.OncePerProcess{Vector{Int}}(() -> (println("made"); [1]));

julia> state() === state()
made
true
```
"""
mutable struct OncePerProcess{T,F} <: Function
    value::Union{Nothing,T}
    @atomic state::UInt8    # 0: not called yet, 1: has a value, 2: failed
    const initializer::F
    const lock::ReentrantLock
    OncePerProcess{T,F}(f::F) where {T,F} = new{T,F}(nothing, 0x00, f, ReentrantLock())
end
OncePerProcess{T}(f::F) where {T,F} = OncePerProcess{T,F}(f)
OncePerProcess{T}(f::Type{F}) where {T,F} = OncePerProcess{T,Type{F}}(f)
OncePerProcess(f) = OncePerProcess{Any}(f)
OncePerProcess(f::Type) = OncePerProcess{f}(f)

function (once::OncePerProcess{T})() where {T}
    once.state == 0x01 && return once.value::T
    once.state == 0x02 && error("OncePerProcess initializer failed previously")
    lock(once.lock)
    try
        if once.state == 0x00
            once.value = once.initializer()
            @atomic once.state = 0x01
        elseif once.state != 0x01
            error(once.state == 0x02 ? "OncePerProcess initializer failed previously" : "invalid state for OncePerProcess")
        end
    catch
        @atomic once.state = 0x02
        rethrow()
    finally
        unlock(once.lock)
    end
    once.value::T
end

"""
    OncePerThread{T}(f)
    OncePerThread(f)

A function without arguments that returns `f()`, which is called once on each thread;
`once[n]` is the value of thread `n`.
"""
mutable struct OncePerThread{T,F} <: Function
    const values::Dict{Int,Any}    # Some of a T, or nothing where f failed
    const initializer::F
    const lock::ReentrantLock
    OncePerThread{T,F}(f::F) where {T,F} = new{T,F}(Dict{Int,Any}(), f, ReentrantLock())
end
OncePerThread{T}(f::F) where {T,F} = OncePerThread{T,F}(f)
OncePerThread{T}(f::Type{F}) where {T,F} = OncePerThread{T,Type{F}}(f)
OncePerThread(f) = OncePerThread{Any}(f)
OncePerThread(f::Type) = OncePerThread{f}(f)

(once::OncePerThread)() = once[Threads.threadid()]
function getindex(once::OncePerThread{T}, n::Integer) where {T}
    1 <= n <= Threads.maxthreadid() || throw(ArgumentError("thread id outside of allocated range"))
    haskey(once.values, n) || lock(() -> compute!(once, Int(n)), once.lock)
    known = once.values[n]
    known === nothing && error("OncePerThread initializer failed previously")
    known.value::T
end
function compute!(once::OncePerThread{T}, n) where {T}
    haskey(once.values, n) && return nothing    # another task did it meanwhile
    try
        once.values[n] = Some{T}(once.initializer())
    catch
        once.values[n] = nothing
        rethrow()
    end
    nothing
end

"""
    OncePerTask{T}(f)
    OncePerTask(f)

A function without arguments that returns `f()`, which is called once in each task.
"""
mutable struct OncePerTask{T,F} <: Function
    const initializer::F
    OncePerTask{T,F}(f::F) where {T,F} = new{T,F}(f)
end
OncePerTask{T}(f::F) where {T,F} = OncePerTask{T,F}(f)
OncePerTask{T}(f::Type{F}) where {T,F} = OncePerTask{T,Type{F}}(f)
OncePerTask(f) = OncePerTask{Any}(f)
OncePerTask(f::Type) = OncePerTask{f}(f)
(once::OncePerTask{T})() where {T} = get!(once.initializer, task_local_storage(), once)::T
