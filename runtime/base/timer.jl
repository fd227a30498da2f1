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
    call_back(Timer(timeout; kwargs...)) do timer
        try
            cb(timer)
        catch
            close(timer)
            text = sprint(context=stderr) do io
                emphasize_error(io, "Error in Timer:\n")
                display_error(io, current_exceptions())
            end
            print(stderr, text)
        end
    end
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

"""
    Base.AsyncCondition()
    Base.AsyncCondition(callback)

What tasks wait for that is set off from outside, by `uv_async_send` in C. Several
signals before the program looks at them are one. With a function, `callback(cond)` is
called each time.
"""
struct AsyncCondition
    core::TimerCore
    AsyncCondition() = new(signal_new())
end
AsyncCondition(cb::Function) = call_back(cb, AsyncCondition())

# Calls cb(x) in a task of its own each time that x fires, until x is closed.
function call_back(cb, x)
    t = shielded_task() do
        while fires_again(x)
            cb(x)
            isopen(x) || return nothing
        end
    end
    # the task begins to wait at once
    yield(t)
    x
end
function fires_again(x)
    try
        wait(x)
    catch e
        e isa EOFError || rethrow()
        return false
    end
    true
end

isopen(c::AsyncCondition) = timer_isopen(c.core)
wait(c::AsyncCondition; cancel::CancelTokenArg) = governed(() -> wait(c), cancel)
wait(c::AsyncCondition) = (timer_wait(c.core); nothing)
notify(c::AsyncCondition) = (timer_signal(c.core); nothing)
close(c::AsyncCondition) = (timer_close(c.core); nothing)
