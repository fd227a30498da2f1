# Time: sleep, Timer, timedwait.

"""
    sleep(seconds)

Wait for a number of seconds (at least 1 ms unless it is 0) while other tasks run.
"""
sleep(sec::Real; cancel::CancelTokenArg) = governed(() -> sleep(sec), cancel)
function sleep(sec::Real)
    sec < 0 && throw(ArgumentError("cannot sleep for $sec seconds"))
    task_sleep(max(Float64(sec), 0.001))
    nothing
end

"""
    Timer(delay; interval=0)
    Timer(callback, delay; interval=0)

A timer that wakes its waiters after `delay` seconds and then, if `interval` is not
0, each `interval` seconds, until `close`d. With a function, `callback(timer)` is
called each time, never twice at once.

# Examples
```julia
julia> n = 0;

julia> t = Timer(t -> (global n += 1), 0; interval=0.01);

julia> sleep(0.1); close(t); n > 2
true
```
"""
mutable struct Timer
    core::TimerCore
    timeout::Float64
    interval::Float64
    function Timer(timeout::Real; interval::Real=0.0)
        timeout >= 0 || throw(ArgumentError("timer cannot have negative timeout of $timeout seconds"))
        interval >= 0 || throw(ArgumentError("timer cannot have negative repeat interval of $interval seconds"))
        new(timer_new(max(Float64(timeout), timeout == 0 ? 0.0 : 0.001), interval == 0 ? 0.0 : max(Float64(interval), 0.001)), timeout, interval)
    end
end

isopen(t::Timer) = timer_isopen(t.core)
close(t::Timer) = (timer_close(t.core); nothing)
wait(t::Timer; cancel::CancelTokenArg) = governed(() -> wait(t), cancel)
wait(t::Timer) = (timer_wait(t.core); nothing)

function Timer(cb::Function, timeout; spawn=nothing, kwargs...)
    timer = Timer(timeout; kwargs...)
    t = Task() do
        while true
            try
                wait(timer)
            catch e
                e isa EOFError && return nothing
                rethrow()
            end
            try
                cb(timer)
            catch
                close(timer)
                text = sprint(context=stderr) do io
                    emphasize_error(io, "Error in Timer:\n")
                    display_error(io, current_exceptions())
                end
                print(stderr, text)
                return nothing
            end
            isopen(timer) || return nothing
        end
    end
    # the callback's task begins to wait at once
    yield(t)
    timer
end

function show(io::IO, t::Timer)
    print(io, "Timer (", isopen(t) ? "open" : "closed", ", timeout: ", t.timeout, " s, interval: ", t.interval, " s) @0x",
        string(objectid(t), base=16, pad=16))
end

"""
    timedwait(test, timeout; pollint=0.1)

Wait until `test()` is true or `timeout` seconds have passed, looking every `pollint`
seconds: `:ok` or `:timed_out`.
"""
function timedwait(testcb, timeout::Real; pollint::Real=0.1)
    pollint >= 1e-3 || throw(ArgumentError("pollint must be ≥ 1 millisecond"))
    deadline = time_ns() + round(UInt64, max(timeout, 0) * 1e9)
    testcb() && return :ok
    while true
        sleep(pollint)
        testcb() && return :ok
        time_ns() >= deadline && return :timed_out
    end
end

mutable struct AsyncCondition
    waitq::WaitQueue
    open::Bool
    AsyncCondition() = new(queue_new(:event), true)
end
function AsyncCondition(cb::Function)
    c = AsyncCondition()
    t = Task() do
        while c.open
            try
                wait(c)
            catch e
                e isa EOFError && return nothing
                rethrow()
            end
            cb(c)
        end
    end
    yield(t)
    c
end
isopen(c::AsyncCondition) = c.open
wait(c::AsyncCondition) = c.open ? (queue_wait(c.waitq, false); nothing) : throw(EOFError())
notify(c::AsyncCondition) = (queue_notify(c.waitq, nothing, true, false); nothing)
close(c::AsyncCondition) = (c.open = false; queue_notify(c.waitq, EOFError(), true, true); nothing)
