# What is of this system's own and not of Julia's.

export Weft

"""
    Weft

What this system offers beyond Julia.
"""
module Weft

using ..Base: clock_leap

export virtual_time

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

end

export IJulia

"""
    IJulia

The functions of the package IJulia that notebooks use, for notebooks made for it.
"""
module IJulia

using ..Base: output_clear, output_display, display_data, display_text, stdin_readline, MIME, In, Out

"""
    IJulia.clear_output(wait=false)

Empty the cell's output; with `wait` when the next output comes.
"""
clear_output(wait::Bool=false) = output_clear(wait)

"""
    IJulia.readprompt(prompt; password=false)

Ask the user for a line.
"""
function readprompt(prompt::AbstractString; password::Bool=false)
    line = stdin_readline(String(prompt), password)
    line === nothing ? throw(EOFError()) : line
end

"""
    IJulia.display_with_id(id, x; update=false)

Show `x` in a display that can be changed later: by the same call with `update`.
"""
display_with_id(id, x; update::Bool=false) = output_display(display_data(x), Any[], string(id), update)

inited = true
set_verbose(v=true) = nothing

end
