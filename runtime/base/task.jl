# Tasks: exceptions, creation, scheduling, waiting.

## exceptions

"""
    TaskFailedException(task)

What `wait` and `fetch` throw for a task that failed. The exception of the task
itself is `task.result`.
"""
struct TaskFailedException <: Exception
    task::Task
end

"""
    CompositeException(exceptions)

Several exceptions at once, as `@sync` collects them from its tasks.
"""
struct CompositeException <: Exception
    exceptions::Vector{Any}
end
CompositeException() = CompositeException(Any[])
length(c::CompositeException) = length(c.exceptions)
push!(c::CompositeException, e) = (push!(c.exceptions, e); c)
pushfirst!(c::CompositeException, e) = (pushfirst!(c.exceptions, e); c)
isempty(c::CompositeException) = isempty(c.exceptions)
iterate(c::CompositeException, state...) = iterate(c.exceptions, state...)
eltype(::Type{CompositeException}) = Any

"""
    CapturedException(exception, backtrace)

An exception together with where it happened, to be kept or sent elsewhere.
"""
struct CapturedException <: Exception
    ex::Any
    processed_bt::Vector{Any}
    function CapturedException(ex, bt)
        processed = bt isa Vector ? bt : Any[(f, 1) for f in StackTraces.stacktrace(bt)]
        new(ex, processed[1:min(end, 100)])
    end
end

"""
    DeadlockError(msg)

The foreground waits and nothing can ever wake it. `msg` tells who waits for what.
"""
struct DeadlockError <: Exception
    msg::String
end

struct ScheduledAfterSyncException <: Exception
    values::Vector{Any}
end

showerror(io::IO, e::DeadlockError) = print(io, "DeadlockError: ", e.msg)

function showerror(io::IO, e::CompositeException)
    if isempty(e.exceptions)
        print(io, "CompositeException()\n")
        return
    end
    showerror(io, e.exceptions[1])
    more = length(e.exceptions) - 1
    more > 0 && print(io, "\n\n...and ", more, " more exception", more > 1 ? "s" : "", ".\n")
    nothing
end

function showerror(io::IO, e::ScheduledAfterSyncException)
    print(io, "ScheduledAfterSyncException: ")
    if isempty(e.values)
        print(io, "(no values)")
        return
    end
    show(io, e.values[1])
    n = length(e.values)
    n == 2 && print(io, " and one more ", nameof(typeof(e.values[2])))
    n > 2 && print(io, " and ", n - 1, " more objects")
    print(io, n > 1 ? " are" : " is", " registered after the end of a `@sync` block")
end

showerror(io::IO, e::CapturedException) = showerror(io, e.ex, e.processed_bt)

function showerror(io::IO, e::TaskFailedException)
    print(io, "TaskFailedException")
    if istaskfailed(e.task)
        print(io, "\n\n")
        buf = sprint(show_task_failure, e.task; context=io)
        first = true
        for line in eachsplit(chomp(buf), '\n')
            first || print(io, '\n')
            first = false
            isempty(line) || print(io, "    ", line)
        end
    end
    nothing
end

# Where a task was started, and where the task that started it was.
function show_origins(io::IO, t::Task)
    name = task_name(t)
    called = isempty(name) ? "task" : string("task ", repr(name))
    for site in task_origins(t)
        print(io, '\n', called, " spawned at ", site[2], ":", site[3])
        isempty(site[1]) || print(io, " in ", site[1])
        called = "by a task"
    end
    nothing
end

# The nested error of a failed task, and where the task was started.
function show_task_failure(io::IO, t::Task)
    show_exception_stack(IOContext(io, :nested_error => true), "nested task error: ", current_exceptions(t))
    show_origins(io, t)
    nothing
end

## tasks

"""
    Task(f)

A task that will call `f()` once it is scheduled.

# Examples
```julia
julia> t = Task(() -> 1 + 1);

julia> istaskstarted(t)
false

julia> schedule(t); fetch(t)
2
```
"""
Task(f) = task_new(f)
Task(f, reserved_stack::Int) = task_new(f)

"""
    current_task()

The task that is running.
"""
current_task() = task_current()

"""
    istaskdone(t::Task)

Whether `t` has ended, by returning or by failing.
"""
istaskdone(t::Task) = task_done(t)

"""
    istaskstarted(t::Task)

Whether `t` has begun to run.
"""
istaskstarted(t::Task) = task_started(t)

"""
    istaskfailed(t::Task)

Whether `t` ended by an exception.
"""
istaskfailed(t::Task) = task_failed(t)

function getproperty(t::Task, name::Symbol)
    name === :state && return task_state(t)
    name === :result && return task_result(t)
    name === :exception && return istaskfailed(t) ? task_result(t) : nothing
    name === :backtrace && return istaskfailed(t) ? task_backtrace(t) : nothing
    name === :code && return task_code(t)
    name === :sticky && return task_sticky(t)
    name === :storage && return task_storage_of(t)
    name === :queue && return task_queued(t) ? t : nothing
    name === :next && return nothing
    name === :donenotify && return nothing
    name === :logstate && return nothing
    name === :metrics_enabled && return task_walltime(t) !== nothing
    throw(FieldError(Task, name))
end

function setproperty!(t::Task, name::Symbol, x)
    name === :sticky && return task_sticky(t, convert(Bool, x))
    name === :storage && t === current_task() && return task_set_storage(x)
    name === :metrics_enabled && error("setfield!: const field .metrics_enabled of type Task cannot be changed")
    throw(FieldError(Task, name))
end

propertynames(::Task) = (:next, :queue, :storage, :state, :donenotify, :result, :exception, :backtrace, :logstate, :code, :sticky)

function show(io::IO, t::Task)
    state = task_state(t)
    print(io, "Task (", state, state === :runnable && task_started(t) ? ", started" : "", ") @0x", string(task_address(t), base=16, pad=16))
end

function show(io::IO, ::MIME"text/plain", t::Task)
    show(io, t)
    if istaskfailed(t)
        println(io)
        show_exception_stack(io, "", current_exceptions(t))
    end
    nothing
end

## scheduling

"""
    schedule(t::Task, [val]; error=false)

Put `t` at the end of the run queue and return it. With `val`, what `t` waits in
returns `val`, or throws it if `error` is true.

# Examples
```julia
julia> t = Task(() -> println("ran"));

julia> schedule(t); wait(t)
ran
```
"""
schedule(t::Task) = (task_sticky(t) && task_sticky(current_task(), true); task_schedule(t))
function schedule(t::Task, val; error::Bool=false)
    task_sticky(t) && task_sticky(current_task(), true)
    task_schedule_with(t, val, error)
end

"""
    yield()
    yield(t::Task, arg=nothing)

Let other tasks run and go on when it is this task's turn again. With a task,
switch to that one at once.
"""
yield() = task_yield()
# Lets what has happened outside be taken note of.
process_events() = (task_poll(); nothing)
yield(t::Task, arg=nothing) = task_yield_to(t, arg)

"""
    yieldto(t::Task, arg=nothing)

Switch to `t`: its last `yieldto` (or `wait`) returns `arg`. The calling task is
not scheduled again unless something else does so.
"""
yieldto(t::Task, arg) = task_switch(t, arg)
yieldto(t::Task) = task_switch(t, nothing)

throwto(t::Task, exc) = task_switch_throw(t, exc)

"""
    @task expr

A task that will evaluate `expr`; it is not scheduled.

# Examples
```julia
julia> t = @task 6 * 7;

julia> fetch(schedule(t))
42
```
"""
macro task(ex)
    :(Task($(thunk_form(esc(ex), __source__))))
end

## waiting

"""
    wait(t::Task; throw=true, timeout=nothing)

Wait until `t` has ended. Throws a `TaskFailedException` if it failed and `throw`
is true. With `cancel`, a token by which the wait (not `t`) can be cancelled, or
`nothing`; the default is the token of the scope. All functions that wait have this
keyword. With `timeout`, a `Weft.TimeoutError` is thrown after so many seconds; `t`
goes on.
"""
function wait(t::Task; throw::Bool=true, cancel::CancelTokenArg=DEFAULT_CANCEL, timeout::Union{Nothing,Real}=nothing)
    join() = timeout === nothing ? task_join(t) : Weft.within(timeout, string("task ", task_id(t)), Weft.wait_case(t))
    cancel === DEFAULT_CANCEL ? join() : governed(join, cancel)
    if throw && istaskfailed(t)
        Core.throw(TaskFailedException(t))
    end
    nothing
end
wait(t::Task) = task_join(t) === true ? throw(TaskFailedException(t)) : nothing

"""
    wait()

Wait until another task schedules this one by name; what that gives is returned.
"""
wait() = task_park()

"""
    fetch(t::Task)
    fetch(x)

Wait until `t` has ended and return its value. For anything that cannot be waited
for, `x` itself.
"""
function fetch(t::Task; cancel::CancelTokenArg=DEFAULT_CANCEL, timeout::Union{Nothing,Real}=nothing)
    wait(t; cancel=cancel, timeout=timeout)
    task_result(t)
end
fetch(t::Task) = task_join(t) === true ? throw(TaskFailedException(t)) : task_result(t)
fetch(@nospecialize x) = x

function check_tasks(tasks)
    ts = Task[]
    for t in tasks
        t isa Task || error("waitany and waitall take tasks, got a ", typeof(t))
        push!(ts, t)
    end
    ts
end

split_done(ts) = (Task[t for t in ts if istaskdone(t)], Task[t for t in ts if !istaskdone(t)])

function throw_failures(done)
    failed = Any[TaskFailedException(t) for t in done if istaskfailed(t)]
    isempty(failed) || throw(CompositeException(failed))
    nothing
end

# Wait until stop(ts) is true, looking again whenever one of ts ends.
function wait_until(stop, ts)
    c = Condition()
    queue_own(c.waitq, ts)  # which tells what is waited for
    for t in ts
        istaskdone(t) || task_after(t, shielded_task(() -> notify(c)))
    end
    while !stop(ts)
        wait(c)
    end
end

"""
    waitany(tasks; throw=true) -> (done, remaining)

Wait until at least one of `tasks` has ended. A failed one among those that ended
throws a `CompositeException` if `throw` is true.
"""
function waitany(tasks; throw::Bool=true, cancel::CancelTokenArg=DEFAULT_CANCEL)
    ts = check_tasks(tasks)
    isempty(ts) && return (ts, Task[])
    any(istaskdone, ts) || governed(() -> wait_until(ts -> any(istaskdone, ts), ts), cancel)
    done, remaining = split_done(ts)
    throw && throw_failures(done)
    (done, remaining)
end

"""
    waitall(tasks; failfast=true, throw=true) -> (done, remaining)

Wait until all of `tasks` have ended, or with `failfast` until one has failed. If
`throw` is true, failures throw a `CompositeException`.
"""
function waitall(tasks; failfast::Bool=true, throw::Bool=true, cancel::CancelTokenArg=DEFAULT_CANCEL)
    ts = check_tasks(tasks)
    finished = ts -> all(istaskdone, ts) || (failfast && any(istaskfailed, ts))
    finished(ts) || governed(() -> wait_until(finished, ts), cancel)
    done, remaining = split_done(ts)
    throw && throw_failures(done)
    (done, remaining)
end

"""
    errormonitor(t::Task)

If `t` fails, print its error to `stderr`. Returns `t`.
"""
function errormonitor(t::Task)
    monitor = shielded_task() do
        if istaskfailed(t)
            text = sprint(context=stderr) do io
                emphasize_error(io, "Unhandled Task ")
                display_error(io, current_exceptions(t))
            end
            print(stderr, text)
            flush(stderr)
        end
        nothing
    end
    task_after(t, monitor)
    t
end

## task-local storage

"The task that the program, or the cell that asked first, runs in."
const roottask = task_root()

"""
    task_local_storage()
    task_local_storage(key)
    task_local_storage(key, value)
    task_local_storage(f, key, value)

The running task's own dictionary; look up or set a key; call `f()` with `key` set
to `value` for its duration.
"""
function task_local_storage()
    d = task_storage()
    d === nothing ? task_set_storage(IdDict()) : d
end
task_local_storage(key) = task_local_storage()[key]
task_local_storage(key, val) = (task_local_storage()[key] = val)
function task_local_storage(body::Function, key, val)
    tls = task_local_storage()
    had = haskey(tls, key)
    old = get(tls, key, nothing)
    tls[key] = val
    try
        return body()
    finally
        had ? (tls[key] = old) : delete!(tls, key)
    end
end
