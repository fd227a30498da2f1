# Evaluating source text and files.

"""
    include_string([mapexpr::Function,] m::Module, code::AbstractString, filename="string")

Evaluate the statements of a source text in a module, one by one; the value of the last.
`mapexpr` is applied to each first.
"""
include_string(m::Module, code::AbstractString, filename::AbstractString="string") = include_string(identity, m, code, filename)
function include_string(mapexpr::Function, m::Module, code::AbstractString, filename::AbstractString="string")
    loc = LineNumberNode(1, Symbol(filename))
    result = nothing
    try
        for ex in Meta.parseall(code; filename=filename).args
            if ex isa LineNumberNode
                loc = ex
                continue
            end
            result = Core.eval(m, Expr(:toplevel, loc, mapexpr === identity ? ex : mapexpr(ex)))
        end
    catch err
        err isa InterruptException && rethrow()
        rethrow(LoadError(filename, loc.line, err))
    end
    result
end

"Functions that are told of each file to be included: they are called with the module and the path."
const include_callbacks = Any[]

"""
    include([mapexpr::Function,] [m::Module,] path::AbstractString)

Evaluate a file of source text in the module. A relative path starts from the folder of the
file that is being included, if there is one.
"""
include(m::Module, path::AbstractString) = include(identity, m, path)
function include(mapexpr::Function, m::Module, path::AbstractString)
    outer = source_path(nothing)
    file = outer === nothing ? abspath(path) : normpath(joinpath(dirname(outer), path))
    for f in include_callbacks
        invokelatest(f, m, file)
    end
    code = read(file, String)
    with_source_path(() -> include_string(mapexpr, m, code, file), file)
end
include(path::AbstractString) = include(Main, path)

"""
    Base.source_path([default])

The file being included by the running task, else `default`.
"""
source_path(default::Union{AbstractString,Nothing}="") = get(task_local_storage(), :SOURCE_PATH, default)

# Call f while path is the file being included.
function with_source_path(f, path)
    tls = task_local_storage()
    outer = source_path(nothing)
    tls[:SOURCE_PATH] = path
    try
        f()
    finally
        outer === nothing ? delete!(tls, :SOURCE_PATH) : setindex!(tls, outer, :SOURCE_PATH)
    end
end

"""
    evalfile(path::AbstractString, args::Vector{String}=String[])

Evaluate a file in a module of its own, which sees `args` as `ARGS`; the value of its last
statement.
"""
function evalfile(path::AbstractString, args::Vector{String}=String[])
    m = Module(:__anon__)
    Core.eval(m, :(const ARGS = $args))
    Core.eval(m, :(eval(x) = Core.eval($m, x)))
    Core.eval(m, :(include(x) = Base.include($m, x)))
    include(m, path)
end

# Calls a module's function __init__; the engine does this at the end of the module.
function run_module_init(m::Module)
    try
        invokelatest(getglobal(m, :__init__))
    catch err
        err isa InterruptException && rethrow()
        rethrow(InitError(nameof(m), err))
    end
end
