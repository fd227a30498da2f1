# Supervised tasks: started again when they end.

using ..Base: CancellationTokenSource, CancellationToken, CancellationRequest, CANCEL_TOKEN, iscancelled, task_governor,
    task_observe, sync_add, sync_varname, governed, current_exceptions

"""
    Weft.RestartLimitError

What a supervised task fails with when it has failed too often: `name`, the number of
`restarts` within so many seconds, and the last `exception`.
"""
struct RestartLimitError <: Exception
    name::String
    restarts::Int
    within::Float64
    exception::Any
end
function Base.showerror(io::IO, e::RestartLimitError)
    print(io, "RestartLimitError: ", e.name, " was started again ", e.restarts, e.restarts == 1 ? " time" : " times",
        " within ", e.within, " seconds")
    if e.exception !== nothing
        print(io, " and failed with\n")
        showerror(io, e.exception)
    end
end

"""
    Weft.Supervisor

A task that is started again when it ends; see [`Weft.@supervise`](@ref). `wait` and
`fetch` wait until it is not any more; `Weft.stop(s)` stops it. `s.restarts` counts, and
`s.failures` are the exceptions so far.
"""
mutable struct Supervisor
    const name::String
    const restart::Symbol
    const max_restarts::Int
    const within::Float64
    const backoff::Float64
    const max_backoff::Float64
    const body::Any
    const source::CancellationTokenSource
    restarts::Int
    failures::Vector{Any}
    child::Union{Nothing,Task} # what runs now
    task::Union{Nothing,Task}  # that starts it
end

function Base.show(io::IO, s::Supervisor)
    t = s.task
    print(io, "Weft.Supervisor(", s.name, ": ", !istaskdone(t) ? "running" : istaskfailed(t) ? "failed" : "ended", ", ",
        s.restarts, s.restarts == 1 ? " restart)" : " restarts)")
end

Base.wait(s::Supervisor; kwargs...) = wait(s.task; kwargs...)
Base.fetch(s::Supervisor) = fetch(s.task)
Base.istaskdone(s::Supervisor) = istaskdone(s.task)
Base.istaskfailed(s::Supervisor) = istaskfailed(s.task)

"""
    Weft.stop(s::Supervisor)

Cancel the supervised task and do not start it again.
"""
stop(s::Supervisor) = (Base.cancel!(s.source); nothing)

"""
    Weft.supervise(f; restart=:transient, max_restarts=3, within=5, backoff=0, max_backoff=60, name="task")

Run `f()` in a supervised task; see [`Weft.@supervise`](@ref).
"""
function supervise(f; kwargs...)
    s = supervisor(f; kwargs...)
    schedule(s.task)
    s
end

function supervisor(f; restart::Symbol=:transient, max_restarts::Integer=3, within::Real=5, backoff::Real=0, max_backoff::Real=60, name="task")
    restart in (:permanent, :transient, :temporary) || throw(ArgumentError("restart is :permanent, :transient or :temporary, got $(repr(restart))"))
    max_restarts >= 0 && within > 0 && backoff >= 0 || throw(ArgumentError("max_restarts and backoff must not be negative, within must be positive"))
    source = source_below(task_governor())
    s = Supervisor(string(name), restart, max_restarts, within, backoff, max_backoff, f, source, 0, Any[], nothing, nothing)
    enter_scope(source) do
        s.task = Task(() -> watch(s))
    end
    s
end

function watch(s::Supervisor)
    times = Float64[] # of restarts
    in_a_row = 0
    while true
        child = s.child = Task(s.body)
        task_observe(child)
        began = time()
        schedule(child)
        try
            wait(child; throw=false)
        catch e
            e isa CancellationRequest || Base.cancel!(s.source)
            governed(() -> wait(child; throw=false), nothing)
            e isa CancellationRequest || rethrow()
        end
        iscancelled(s.source) && return nothing
        failed = istaskfailed(child)
        failed && push!(s.failures, child.result)
        s.restart === :permanent || (failed && s.restart === :transient) ||
            return failed ? throw(TaskFailedException(child)) : child.result
        now = time()
        filter!(t -> now - t < s.within, times)
        length(times) < s.max_restarts || throw(RestartLimitError(s.name, s.max_restarts, s.within, failed ? child.result : nothing))
        push!(times, now)
        in_a_row = now - began > s.within ? 1 : in_a_row + 1
        s.restarts += 1
        delay = min(s.backoff * 2.0^(in_a_row - 1), s.max_backoff)
        if delay > 0
            try
                sleep(delay)
            catch e
                e isa CancellationRequest && iscancelled(s.source) && return nothing
                rethrow()
            end
        end
    end
end

"""
    Weft.@supervise [options] expr

Run `expr` in a task that is started again when it ends, and return a
[`Weft.Supervisor`](@ref), which can be waited for. As the tasks of `@async` it belongs to
the `@sync` or [`Weft.@nursery`](@ref) in whose text it stands.

- `restart`: `:permanent`, always start it again; `:transient` (the default), when it fails;
  `:temporary`, never.
- `max_restarts=3`, `within=5`: more restarts than that in so many seconds are too many: the
  supervisor fails with a [`Weft.RestartLimitError`](@ref).
- `backoff=0`: seconds to wait before the first restart, each time twice as long as the time
  before, `max_backoff=60` at most. A run that lasted longer than `within` begins anew.
- `name="task"`: for messages.

# Examples
```julia
julia> tries = 0;

julia> s = Weft.@supervise backoff=0.01 begin
           global tries += 1
           tries < 3 && error("the line is busy")
           "connected"
       end;

julia> fetch(s), s.restarts
("connected", 2)

julia> s = Weft.@supervise name="flaky" max_restarts=2 error("always");

julia> wait(s; throw=false); s
Weft.Supervisor(flaky: failed, 2 restarts)
```
"""
macro supervise(args...)
    isempty(args) && throw(ArgumentError("@supervise takes an expression, with options before it or without"))
    options = Any[]
    for a in args[1:end-1]
        a isa Expr && a.head === :(=) || throw(ArgumentError("@supervise: expected `option=value`, got `$a`"))
        push!(options, Expr(:kw, a.args[1], esc(a.args[2])))
    end
    var = esc(sync_varname)
    s = gensym("supervisor")
    Base.count_as_at!(quote
        let $s = supervisor($(Base.thunk_form(esc(args[end]), __source__)); $(options...))
            if $(Expr(:islocal, var))
                sync_add($var, $s.task)
            end
            schedule($s.task)
            $s
        end
    end, __source__)
end
