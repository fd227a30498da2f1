# Virtual time.

using ..Base: bubble_open, bubble_close, bubble_enter

"""
    Weft.@virtual expr

Evaluate `expr` in virtual time: time stands still while anything runs, and whenever
the tasks that `expr` has started all wait, it jumps to the next timer. `sleep`, `Timer`,
timeouts, `time()`, `time_ns()`, `now()` and `@elapsed` go by it; an hour passes at once,
in the order of events that a real hour would have. What waits for the outside, for
input or a process, holds it. Tasks outside of `expr` keep the computer's time, and so
do, from then on, those that are left when it ends.

# Examples
```julia
julia> Weft.@virtual begin
           t = @async (sleep(60); "a minute")
           sleep(3600)
           fetch(t)
       end
"a minute"

julia> Weft.@virtual @elapsed sleep(3600)
3600.0
```
"""
macro virtual(ex)
    bubble, was = gensym("bubble"), gensym("was")
    Base.count_as_at!(quote
        local $bubble = bubble_open(true, nothing, false)
        local $was = bubble_enter($bubble)
        try
            $(esc(ex))
        finally
            bubble_enter($was)
            bubble_close($bubble)
        end
    end, __source__)
end

"""
    Weft.virtual_time(f)

Call `f()` in virtual time; see [`Weft.@virtual`](@ref).

# Examples
```julia
julia> Weft.virtual_time() do
           sleep(3600)
       end
```
"""
virtual_time(f) = @virtual f()
