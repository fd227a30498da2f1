# Macros that ask about a call as it is written: @which, @code_lowered and their kin.

"The tuple type of arguments, types among them as themselves."
typesof(args...) = Tuple{map(Core.Typeof, args)...}

const too_complex = "expression is not a function call, or is too complex for @"
const look_closer = " to analyze; break it down to simpler parts if possible. In some cases, you may want to use Meta.@lower."

# The names of functions that forms other than calls stand for.
const called_by_form = Dict{Symbol,Symbol}(:ref => :getindex, :vect => :vect, :hcat => :hcat, :typed_hcat => :typed_hcat,
    Symbol("'") => :adjoint, :string => :string)

# What is called in an expression, and its arguments, each to be evaluated in the caller's module; nothing
# where that cannot be told.
function called(ex::Expr)
    h, args = ex.head, ex.args
    if h === :call
        return args[1], positional(args[2:end])
    elseif h === :do
        f, rest = called(args[1])
        return f, Any[args[2], rest...]
    elseif haskey(called_by_form, h)
        return GlobalRef(Base, called_by_form[h]), args
    elseif h === :vcat || h === :typed_vcat
        typed = h === :typed_vcat
        any(a -> a isa Expr && a.head === :row, args) || return GlobalRef(Base, h), args
        rows = typed ? args[2:end] : args
        cells = Any[a for r in rows for a in (r isa Expr && r.head === :row ? r.args : Any[r])]
        lengths = Expr(:tuple, (r isa Expr && r.head === :row ? length(r.args) : 1 for r in rows)...)
        return GlobalRef(Base, typed ? :typed_hvcat : :hvcat), typed ? Any[args[1], lengths, cells...] : Any[lengths, cells...]
    elseif h === :. && length(args) == 2 && args[2] isa QuoteNode
        return GlobalRef(Base, :getproperty), args
    elseif h === :(=) && length(args) == 2 && args[1] isa Expr
        to = args[1]
        to.head === :ref && return GlobalRef(Base, :setindex!), Any[to.args[1], args[2], to.args[2:end]...]
        to.head === :. && return GlobalRef(Base, :setproperty!), Any[to.args..., args[2]]
    elseif h === :comparison && length(args) == 3
        return args[2], Any[args[1], args[3]]
    elseif h in (:<:, :>:, :-->) && length(args) == 2
        return h, args
    end
    nothing
end
positional(args) = Any[a for a in args if !(a isa Expr && a.head in (:kw, :parameters))]

# Whether a part of a call is done element by element.
function has_dots(ex)
    ex isa Expr || return false
    ex.head === :. && length(ex.args) == 2 && ex.args[2] isa Expr && ex.args[2].head === :tuple && return true
    ex.head === :call && ex.args[1] isa Symbol && isoperator(ex.args[1]) && occursin(r"^\.[^.]", string(ex.args[1]))
end
# A dotted call as a function of its arguments: the call on new names, which stand in names, and
# the arguments, in values.
function take_arguments!(ex, names, values)
    if has_dots(ex)
        at = ex.head === :call ? ex.args : ex.args[2].args
        parts = Any[i == 1 && ex.head === :call ? a : take_arguments!(a, names, values) for (i, a) in enumerate(at)]
        return ex.head === :call ? Expr(:call, parts...) : Expr(:., ex.args[1], Expr(:tuple, parts...))
    elseif ex isa Expr && ex.head === :...
        return Expr(:..., take_arguments!(Expr(:tuple, ex), names, values))
    elseif ex isa Expr
        name = gensym("x")
        push!(names, name)
        push!(values, ex)
        return name
    end
    ex
end

# A path of names, such as Base.Iterators.
is_name_path(ex) = ex isa Symbol || ex isa Expr && ex.head === :. && length(ex.args) == 2 && ex.args[2] isa QuoteNode && is_name_path(ex.args[1])

# The call of fcn, a function of Base, that tells about the call ex0.
function reflect_call(mod, fcn, ex0, options=Any[])
    f = GlobalRef(Base, fcn)
    kws = isempty(options) ? Any[] : Any[Expr(:parameters, options...)]
    if ex0 isa Expr && ex0.head === :macrocall
        types = Any[:(Core.Typeof($(QuoteNode(a)))) for a in ex0.args[3:end]]
        return :($f($(kws...), $(esc(ex0.args[1])), Tuple{LineNumberNode,Module,$(types...)}))
    elseif ex0 isa Symbol && fcn === :which
        return :($f($mod, $(QuoteNode(ex0))))
    elseif !(ex0 isa Expr)
        return :(error("expression is not a function call or symbol"))
    end
    fail = :(error($(string(too_complex, fcn, look_closer))))
    if has_dots(ex0)
        fcn === :which && return fail
        names, values = Any[], Any[]
        body = take_arguments!(ex0, names, values)
        g = esc(Expr(:->, Expr(:tuple, names...), body))
        return :($f($(kws...), $g, typesof($(map(esc, values)...))))
    end
    fcn === :which && ex0.head === :. && is_name_path(ex0) &&
        return :(which_of_path($(esc(ex0.args[1])), $(ex0.args[2])))
    c = called(ex0)
    c === nothing && return fail
    callee, args = c
    :($f($(kws...), $(esc(callee)), typesof($(map(esc, args)...))))
end
which_of_path(m::Module, name::Symbol) = which(m, name)
which_of_path(x, name::Symbol) = which(getproperty, typesof(x, name))

# Options k=v in front of the call.
function reflect_call_with_options(mod, fcn, exs)
    options = Any[]
    for e in exs[1:end-1]
        e isa Expr && e.head === :(=) || return :(error($(string("@", fcn, " expects only one non-keyword argument"))))
        push!(options, Expr(:kw, e.args[1], esc(e.args[2])))
    end
    reflect_call(mod, fcn, exs[end], options)
end
only_one(list) = length(list) == 1 ? list[1] : list

macro which(ex)
    reflect_call(__module__, :which, ex)
end
macro functionloc(ex)
    :(functionloc($(reflect_call(__module__, :which, ex))))
end
macro code_lowered(exs...)
    :(only_one($(reflect_call_with_options(__module__, :code_lowered, exs))))
end
macro code_typed(exs...)
    :(only_one($(reflect_call_with_options(__module__, :code_typed, exs))))
end
macro code_warntype(exs...)
    reflect_call_with_options(__module__, :code_warntype, exs)
end
macro code_llvm(exs...)
    reflect_call_with_options(__module__, :code_llvm, exs)
end
macro code_native(exs...)
    reflect_call_with_options(__module__, :code_native, exs)
end

"""
    InteractiveUtils.editor()

The command that edits files: what `JULIA_EDITOR`, `VISUAL` or `EDITOR` says, or else one of the system's.
"""
function editor()
    chosen = findfirst(k -> haskey(ENV, k), ("JULIA_EDITOR", "VISUAL", "EDITOR"))
    if chosen === nothing
        words = [Sys.isapple() ? "open" : isfile("/etc/alternatives/editor") ? realpath("/etc/alternatives/editor") : "emacs"]
    else
        words = shell_split(ENV[("JULIA_EDITOR", "VISUAL", "EDITOR")[chosen]])
        isempty(words) && error("editor is empty")
    end
    Cmd(convert(Vector{String}, words))
end
