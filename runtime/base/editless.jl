# Looking at definitions in the files that they stand in, by a pager or an editor.

# What opens files, by functions of (command, path, line) that give a command or nothing; the last defined comes first.
const editor_callbacks = Function[]
"""
    InteractiveUtils.define_editor(f, pattern; wait=false)

Have `edit` call `f(cmd, path, line)` for the command that opens a file, where the editor's command fits `pattern`, a text, a
regular expression or several of them.
"""
function define_editor(f::Function, pattern; wait::Bool=false)
    fits(cmd) = any(p -> p isa Regex ? occursin(p, join(cmd.exec, ' ')) : p == basename(cmd.exec[1]), pattern isa Union{AbstractString,Regex} ? (pattern,) : pattern)
    pushfirst!(editor_callbacks, (cmd, path, line) -> fits(cmd) ? f(cmd, path, line) : nothing)
    nothing
end
function editing_command(path, line)
    cmd = editor()
    for f in editor_callbacks
        made = f(cmd, path, line)
        made isa AbstractCmd && return made
    end
    name = first(splitext(basename(cmd.exec[1])))
    line <= 0 ? `$cmd $path` : name in ("code", "code-insiders", "codium") ? `$cmd --goto $path:$line` :
        name in ("subl", "sublime_text", "atom", "zed", "hx", "micro") ? `$cmd $path:$line` : `$cmd +$line $path`
end

"""
    edit(path, line=0)
    edit(f[, types])

Open a file, or the one where a function is defined, in the editor that `JULIA_EDITOR`, `VISUAL` or `EDITOR` names.
"""
function edit(path::AbstractString, line::Integer=0)
    line == 0 || isfile(path) || error("could not find source file ", repr(path), "; those of Base are inside of the program")
    run(editing_command(String(path), line))
    nothing
end
edit(f, types...) = edit(source_on_disk(f, types...)...)
edit(m::Module) = edit(something(pathof(m), throw(ArgumentError("the module `$m` is not in a file of its own"))))
"""
    less(path, line=0)
    less(f[, types])

Show a file, or the one where a function is defined, by the system's pager; where there is no terminal, print it from there on.
"""
function less(path::AbstractString, line::Integer=0)
    isfile(path) || error("could not find source file ", repr(path), "; those of Base are inside of the program")
    pager = Sys.which("less")
    if stdin isa TTY && stdout isa TTY && pager !== nothing
        run(`$pager +$(max(line, 1))g $path`)
    else
        foreach(println, Iterators.drop(eachline(path), max(line - 1, 0)))
    end
    nothing
end
less(f, types...) = less(source_on_disk(f, types...)...)
# The file on disk and the line of a method.
function source_on_disk(f, types...)
    path, line = functionloc(f, types...)
    path === nothing ? error("could not find source file for function") : (path, line)
end

macro edit(ex)
    :(edit($(reflect_call(__module__, :functionloc, ex))...))
end
macro less(ex)
    :(less($(reflect_call(__module__, :functionloc, ex))...))
end
