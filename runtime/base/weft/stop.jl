# Ending tasks from outside.

using ..Base: task_cancel, tasks_cancel, rerun_cancels

"""
    Weft.cancel(t::Task) -> Bool
    Weft.cancel(; cell) -> Int
    Weft.cancel(; all) -> Int

End a task: what it waits in throws a cancellation, or else its next step does. Its `finally`
blocks run. Whether there was something to cancel: not when the task has ended, nor the
one that runs. Or end the background tasks of a cell, given by its number or name, or with
`all=true` those of all cells, and return how many there were.

# Examples
```julia
julia> t = @async try
           sleep(1000)
       finally
           println("tidied up")
       end;

julia> yield(); Weft.cancel(t); wait(t; throw=false); istaskfailed(t)
tidied up
true
```
"""
cancel(t::Task) = task_cancel(t)
function cancel(; cell=nothing, all::Bool=false)
    cell === nothing && !all && throw(ArgumentError("expected a task, a cell, or all=true"))
    tasks_cancel(cell === nothing ? "" : cell_name(cell))
end

"""
    Weft.on_rerun(:keep)
    Weft.on_rerun(:cancel)
    Weft.on_rerun()

What becomes of the tasks that a cell has started when the cell is run again: they go on
(`:keep`, as things are at first), or they are cancelled. Without an argument: which it is.
A cell is the same when the front end says so, as JupyterLab does; with those that do not
tell, when its text is the same.
"""
on_rerun() = rerun_cancels() ? :cancel : :keep
function on_rerun(what::Symbol)
    what in (:keep, :cancel) || throw(ArgumentError("expected :keep or :cancel, got :$what"))
    rerun_cancels(what === :cancel)
    what
end
