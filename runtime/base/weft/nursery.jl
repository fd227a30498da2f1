# Structured tasks: nurseries, which nobody leaves behind, and supervised tasks,
# which are started again.

using ..Base: SyncScope, sync_varname, sync_add, CancellationTokenSource, CancellationToken, CancellationRequest, CANCEL_TOKEN,
    CANCEL_REQUEST_ABANDON_EXTERNAL, cancel!, iscancelled, governed, task_scope_values, task_governor, task_join, task_after,
    current_task, CompositeException, TaskFailedException, ScheduledAfterSyncException, CapturedException, spawn_form, task_observe, shielded_task

"""
    Weft.Nursery

The tasks of a [`Weft.@nursery`](@ref) block. `Weft.spawn(f, n)` adds one, `Weft.cancel!(n)`
cancels all.
"""
mutable struct Nursery
    outer::Union{Nothing,CancellationTokenSource}
    source::CancellationTokenSource
    tasks::Vector{Task}
    failed::Vector{Task}  # in the order in which they failed
    thrown::Any           # by the block
    ended::Bool
end
Nursery() = (outer = task_governor(); Nursery(outer, source_below(outer), Task[], Task[], nothing, false))
source_below(::Nothing) = CancellationTokenSource()
source_below(outer) = CancellationTokenSource(CancellationToken(outer))
Base.show(io::IO, n::Nursery) = print(io, "Weft.Nursery(", n.ended ? "ended" : string(count(!istaskdone, n.tasks), " of ", length(n.tasks), " tasks running"), ")")

# What @async and @spawn in the text of a nursery call.
function Base.sync_add(n::Nursery, t::Task)
    n.ended && throw(ScheduledAfterSyncException(Any[t]))
    push!(n.tasks, t)
    task_observe(t)
    task_after(t, shielded_task(() -> child_ended(n, t)))
    nothing
end

function child_ended(n::Nursery, t::Task)
    istaskfailed(t) || return
    was_cancelled(n, t) && return
    push!(n.failed, t)
    cancel!(n.source)
    nothing
end
# A task that ended because it was told to has not failed.
was_cancelled(n::Nursery, t::Task) = t.result isa CancellationRequest && iscancelled(n.source)

"""
    Weft.cancel!(n::Nursery)

Cancel the tasks of a nursery, and the block itself: whatever waits in them gets a
`CancellationRequest`. The nursery then ends without an error.
"""
Base.cancel!(n::Nursery) = cancel!(n.source)

"""
    Weft.spawn(f, n::Nursery)

Run `f()` in a new task of the nursery, also from functions that the block calls.
"""
function spawn(f, n::Nursery)
    t = nothing
    enter_scope(n.source) do
        t = Task(f)
    end
    sync_add(n, t)
    schedule(t)
end

# Calls f with a source as the one that cancels.
function enter_scope(f, source)
    Base.ScopedValues.with(f, CANCEL_TOKEN => CancellationToken(source))
end

"""
    Weft.@nursery [name] begin
        @async ...
    end

Evaluate a block and wait for the tasks that `@async` and `Threads.@spawn` start in its
text, or `Weft.spawn(f, name)` in functions that are given the nursery. No task outlives
the block. When the first one fails, or the block itself does, the others are cancelled:
where they wait, and in whatever they wait for later, they get a
`Base.CancellationRequest`; they may clean up in `finally`. The block waits for all of
them and then throws a `CompositeException` of all that failed, the first one first. Its
value is that of the block.

# Examples
```julia
julia> Weft.@nursery begin
           a = @async 6
           b = @async 7
           fetch(a) * fetch(b)
       end
42

julia> try
           Weft.@nursery begin
               @async (sleep(3600); println("never"))
               @async error("no more tea")
           end
       catch e
           length(e), e.exceptions[1].task.result
       end
(1, ErrorException("no more tea"))
```
"""
macro nursery(args...)
    1 <= length(args) <= 2 || throw(ArgumentError("@nursery takes a block, with a name before it or without"))
    var = esc(sync_varname)
    name = length(args) == 2 ? esc(args[1]) : gensym("nursery")
    outer, e = gensym("outer"), gensym("e")
    Base.count_as_at!(quote
        let $var = Nursery(), $name = $var
            local $outer = enter($var)
            try
                $(esc(args[end]))
            catch $e
                block_failed($var, $e) && rethrow()
                nothing
            finally
                leave($var, $outer)
            end
        end
    end, __source__)
end

# Makes the nursery's source the one that cancels the running task; what was before.
function enter(n::Nursery)
    outer = task_scope_values()
    Base.ScopedValues.enter(Base.ScopedValues.Scope(outer, CANCEL_TOKEN => CancellationToken(n.source)))
    outer
end

# The block of a nursery threw e: the tasks are cancelled. Whether e is the block's own
# and not what it got because the nursery was cancelled.
function block_failed(n::Nursery, e)
    if e isa CancellationRequest && iscancelled(n.source)
        return n.outer !== nothing && iscancelled(n.outer)
    end
    n.thrown = e
    cancel!(n)
    true
end

# Ends a nursery: back in the scope outside of it, waits for the tasks and throws what
# they failed with.
function leave(n::Nursery, outer)
    Base.ScopedValues.enter(outer)
    stopped = nothing
    i = 1
    while i <= length(n.tasks)
        try
            governed(() -> task_join(n.tasks[i]), nothing)
            i += 1
        catch e
            stopped = e
            cancel!(n)
        end
    end
    n.ended = true
    isempty(n.failed) || throw(CompositeException(Any[(n.thrown === nothing ? () : (n.thrown,))..., (TaskFailedException(t) for t in n.failed)...]))
    stopped === nothing || throw(stopped)
    nothing
end
