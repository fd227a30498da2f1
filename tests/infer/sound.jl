# Whether values are of the types inferred for the calls that give them. Each expression of some tables
# is evaluated with all its calls watched:
#
#     weft tests/infer/sound.jl tests/lang/expr/numbers.txt
#
# prints what is wrong, and how many calls there were.

module Watch
const seen = Set{Any}()
const found = String[]    # what is wrong
calls = 0
function call(f, args...; kws...)
    value = f(args...; kws...)
    check(f, args, (; kws...), value)
    value
end
function check(f, args, kws, value)
    types = Tuple{map(Core.Typeof, args)...}
    isempty(kws) || (types = Tuple{typeof(kws),Core.Typeof(f),types.parameters...}; f = Core.kwcall)
    T = Core.Typeof(value)
    (Core.Typeof(f), types, T) in seen && return
    push!(seen, (Core.Typeof(f), types, T))
    global calls += 1
    R = Core.Prims.infer_return(f, types, Core.Prims.newest_world())
    value isa R && return
    push!(found, string(f, " of ", types, " is inferred to be ", R, ", but gave ", T))
end
watched(x) = x
function watched(x::Expr)
    x.head in (:quote, :macrocall, :macro, :module, :struct, :abstract, :primitive, :import, :using, :export, :global, :const, :inert, :where, :curly, :(::)) && return x
    x.head === :function && return Expr(:function, x.args[1], watched(x.args[2]))
    x.head === :-> && return Expr(:->, x.args[1], watched(x.args[2]))
    x.head === :(=) && return Expr(:(=), x.args[1], watched(x.args[2]))
    args = map(watched, x.args)
    if x.head === :call
        f = x.args[1]
        f isa Symbol && (Base.isoperator(f) && startswith(string(f), '.') || f in (:include, :eval, :new, :ccall, :methods, :backtrace, :stacktrace, :~)) && return Expr(:call, f, args[2:end]...)
        at = length(args) > 1 && Meta.isexpr(args[2], :parameters) ? 3 : 2
        return Expr(:call, call, args[2:at-1]..., f isa Symbol ? f : args[1], args[at:end]...)
    end
    Expr(x.head, args...)
end
run(line, m) = try
    ex = Meta.parse(line)
    redirect_stdout(devnull) do
        redirect_stderr(devnull) do
            Core.eval(m, watched(ex))
        end
    end
catch # an error is what some lines are for
end
# What is wrong in the tables of these files.
function wrong(files)
    for file in files, line in eachline(file)
        (isempty(line) || startswith(line, '#')) && continue
        i = findfirst("==>", line)
        text = i === nothing ? line : line[1:prevind(line, first(i))]
        any(w -> occursin(w, text), ("exit", "readline", "sleep", "wait(", "while true", "@async", "Channel")) && continue
        m = Module(:T)
        Core.eval(m, :(using Base))
        run(text, m)
    end
    found
end
end

if !isempty(ARGS) && isfile(ARGS[1])
    foreach(println, Watch.wrong(ARGS))
    println(Watch.calls, " calls")
end
