# The names of the package IJulia that notebooks use.

export IJulia

"""
    IJulia

The functions of the package IJulia that notebooks use, for notebooks made for it.
"""
module IJulia

using ..Base: output_clear, output_display, display_data, display_text, stdin_readline, MIME, In, Out, cells_run, cell_hooks

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

"""
    IJulia.set_verbose(v=true)

Nothing to do here: `jupyter --debug` shows the messages.
"""
set_verbose(v=true) = nothing

"""
    IJulia.set_max_stdio(n)

Nothing to do here: what cells write is never cut off.
"""
set_max_stdio(n::Integer) = nothing

"""
    IJulia.clear_history([cells])

Forget the inputs and outputs, `In` and `Out`, of these cells, or of all.
"""
function clear_history(cells)
    for n in cells
        delete!(In, n)
        delete!(Out, n)
    end
end
clear_history() = clear_history(0:cells_run[])

"""
    IJulia.history([io], [cells...])

Print the inputs of these cells, or of all.
"""
function history(io::IO, cells::Union{Integer,AbstractVector{<:Integer}}...)
    for n in vcat(cells...)
        haskey(In, n) && println(io, In[n])
    end
end
history(cells::Union{Integer,AbstractVector{<:Integer}}...) = history(stdout, cells...)
history() = history(1:cells_run[])

"""
    IJulia.push_preexecute_hook(f)

Call `f()` before each cell from now on; `pop_preexecute_hook(f)` ends that.
"""
push_preexecute_hook(f::Function) = push!(cell_hooks.preexecute, f)
pop_preexecute_hook(f::Function) = drop_hook(cell_hooks.preexecute, f)

"""
    IJulia.push_postexecute_hook(f)

Call `f()` after each cell that went well, before its value is shown;
`pop_postexecute_hook(f)` ends that.
"""
push_postexecute_hook(f::Function) = push!(cell_hooks.postexecute, f)
pop_postexecute_hook(f::Function) = drop_hook(cell_hooks.postexecute, f)

"""
    IJulia.push_posterror_hook(f)

Call `f()` after each cell that failed; `pop_posterror_hook(f)` ends that.
"""
push_posterror_hook(f::Function) = push!(cell_hooks.posterror, f)
pop_posterror_hook(f::Function) = drop_hook(cell_hooks.posterror, f)

function drop_hook(hooks, f)
    i = findlast(isequal(f), hooks)
    i === nothing || deleteat!(hooks, i)
    f
end

"What a notebook has in `Main` without asking for it."
module CellNames
using ..IJulia: In, Out, clear_history
export In, Out, clear_history
end

end
