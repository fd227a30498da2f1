# Virtual time.

using ..Base: clock_leap

"""
    Weft.virtual_time(f)

Call `f` in virtual time: whenever all tasks wait, the clock jumps to the next timer
instead of waiting for it. The order of events is that of real time. `time()` stays
ahead of the computer's clock by what was jumped over.

# Examples
```julia
julia> Weft.virtual_time() do
           sleep(3600)
       end
```
"""
function virtual_time(f)
    clock_leap(true)
    try
        return f()
    finally
        clock_leap(false)
    end
end
