# The names of the package IJulia that notebooks use.

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
