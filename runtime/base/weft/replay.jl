# Recording a piece of a program, and running it again just as it ran.

using ..Base: bubble_tape, bubble_enter, bubble_close, tape_new, tape_counts, task_cell, recording_cells, Random

"""
    Weft.Recording

What [`Weft.@record`](@ref) or [`Weft.record`](@ref) has kept of a run.
"""
struct Recording
    cell::String
    tape::Any
    random::Any # the state of the random numbers at the beginning
    code::Any
end

function Base.show(io::IO, r::Recording)
    full, steps, reads, fires, lines, answers = tape_counts(r.tape)
    print(io, "Weft.Recording(", r.cell, ": ", steps, " steps, ", reads, " readings of the clock, ", fires, " firings of timers, ",
        lines, " lines of input, ", answers, " things from outside", full ? ", incomplete)" : ")")
end

# The last recordings, oldest first.
const recordings = Recording[]
const kept_recordings = 32

"""
    Weft.recorded(f, cell)

Call `f()` and keep what it gets from outside under the name of a cell.
"""
function recorded(f, cell::AbstractString=task_cell())
    r = Recording(cell, tape_new(), copy(Random.default_rng()), f)
    filter!(x -> x.cell != cell, recordings)
    push!(recordings, r)
    length(recordings) > kept_recordings && popfirst!(recordings)
    on_tape(f, r.tape, false)
end

function on_tape(f, tape, play::Bool)
    b = bubble_tape(tape, play)
    was = bubble_enter(b)
    try
        yield() # so that all is in a step
        return f()
    finally
        bubble_enter(was)
        bubble_close(b)
    end
end

"""
    Weft.@record expr

Evaluate `expr` and record, for [`Weft.replay`](@ref), what it and its tasks get from
outside: readings of the clock, when timers fire, lines of input, the state of the random
numbers, and what files, sockets and processes give. A recording takes a million of these
and 64 MB; the last 32 are kept.

# Examples
```julia
julia> Weft.@record begin
           a = time_ns()
           sleep(0.01)
           first_time = (time_ns() - a, rand())
       end;

julia> Weft.replay() == Weft.replay()
true
```
"""
macro record(ex)
    :(recorded($(Base.thunk_form(esc(ex), __source__))))
end

"""
    Weft.record(on=true)

Record all cells from the next one on, or stop that. A recorded cell can be run again
by `Weft.replay(n)`, with its number.
"""
record(on::Bool=true) = (recording_cells[] = on; nothing)

"""
    Weft.replay([cell])

Run a recorded cell again, given by its number, or the last one: its tasks run in the
same order, the clock shows the same times, timers fire at the same steps without
waiting, input is what it was, and so are the random numbers. What files, sockets and
processes gave comes from the recording: nothing outside is read, written or started.
Returns its value.

Globals are not recorded: if they have changed, and with them the order of tasks or what
is asked for outside, the replay fails at that step.
"""
function replay(cell=nothing)
    isempty(recordings) && throw(ArgumentError("nothing has been recorded; use Weft.record() or Weft.@record"))
    name = cell isa Integer ? "In[$cell]" : cell
    i = name === nothing ? lastindex(recordings) : findlast(r -> r.cell == name, recordings)
    i === nothing && throw(ArgumentError("there is no recording of $name"))
    r = recordings[i]
    tape_counts(r.tape)[1] && throw(ArgumentError("the recording of $(r.cell) is incomplete: it was too long"))
    outer = copy(Random.default_rng())
    copy!(Random.default_rng(), r.random)
    try
        return on_tape(r.code, r.tape, true)
    finally
        copy!(Random.default_rng(), outer)
    end
end
