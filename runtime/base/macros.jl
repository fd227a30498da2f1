# Macros of Base: what is said of code, tests, output, definitions.

"""
    esc(ex)

In a macro: leave the names of `ex` as they are, for the caller's scope.
"""
esc(@nospecialize(ex)) = Expr(:escape, ex)

"""
    @generated function f(args...) ... end

A method whose body makes the expression that is run, from the types of the arguments.
"""
macro generated(f)
    throw(ArgumentError("invalid syntax; @generated must be used with a function definition"))
end
"""
    @eval [mod] expr

Evaluate an expression, with what `\$` puts into it, in a module.
"""
macro eval(ex)
    eval_in_latest(__module__, ex)
end
macro eval(mod, ex)
    eval_in_latest(mod, ex)
end
# At top level, what comes after sees what was defined.
eval_in_latest(mod, ex) = Expr(:let, Expr(:(=), :eval_local_result,
    esc(Expr(:call, GlobalRef(Core, :eval), mod, Expr(:quote, ex)))),
    Expr(:block, Expr(Symbol("latestworld-if-toplevel")), :eval_local_result))

"""
    @assert cond [text]

Throw an `AssertionError` unless `cond` is true.
"""
macro assert(ex, msgs...)
    msg = isempty(msgs) ? ex : msgs[1]
    if msg isa AbstractString
        text = msg
    elseif !isempty(msgs) && (msg isa Expr || msg isa Symbol)
        text = :(string($(esc(msg))))
    else
        text = :(string($(QuoteNode(msg)))) # when it is needed, which is hardly ever
    end
    :($(esc(ex)) ? $(nothing) : throw(AssertionError($text)))
end

"""
    @show exs...

Print each expression and its value, and return the last value.
"""
macro show(exs...)
    blk = Expr(:block)
    for ex in exs
        push!(blk.args, :(println($(show_label(ex)), repr(begin local value = $(esc(ex)) end))))
    end
    isempty(exs) || push!(blk.args, :value)
    blk
end
show_label(ex) = string(sprint(show_unquoted, ex), " = ")

"""
    @isdefined name

Whether the variable `name` has a value.
"""
macro isdefined(s)
    Expr(:escape, Expr(:isdefined, s))
end

"""
    @goto name

Go on at `@label name`.
"""
macro goto(name::Symbol)
    esc(Expr(:symbolicgoto, name))
end
"""
    @label name

A place that `@goto name` goes to.
"""
macro label(name::Symbol)
    esc(Expr(:symboliclabel, name))
end

"""
    @static if ... end

Decide an `if` (or `?:`, `&&`, `||`) when the code is compiled.
"""
macro static(ex)
    if ex isa Expr && (ex.head === :if || ex.head === :elseif)
        c = Core.eval(__module__, ex.args[1])
        c && return esc(ex.args[2])
        length(ex.args) < 3 && return nothing
        rest = ex.args[3]
        rest isa Expr && rest.head === :elseif && return esc(Expr(:macrocall, Symbol("@static"), __source__, rest))
        return esc(rest)
    elseif ex isa Expr && ex.head === :&&
        return Core.eval(__module__, ex.args[1]) ? esc(ex.args[2]) : false
    elseif ex isa Expr && ex.head === :||
        return Core.eval(__module__, ex.args[1]) ? true : esc(ex.args[2])
    end
    throw(ArgumentError("invalid @static macro"))
end

"""
    @__MODULE__

The module that the code stands in.
"""
macro __MODULE__()
    __module__
end
"""
    @__FILE__

The name of the file that the code stands in.
"""
macro __FILE__()
    __source__.file === nothing ? nothing : string(__source__.file)
end
"""
    @__LINE__

The number of the line that the code stands on.
"""
macro __LINE__()
    __source__.line
end
"""
    @__DIR__

The folder of the file that the code stands in.
"""
macro __DIR__()
    f = __source__.file === nothing ? "" : string(__source__.file)
    isfile(f) ? dirname(abspath(f)) : pwd()
end

"""
    @time expr

Evaluate `expr`, print how long it took and what it allocated, and return its value.
"""
macro time(ex)
    timed_expr(nothing, ex)
end
macro time(label, ex)
    timed_expr(label, ex)
end

"""
    @showtime expr

`@time` that writes the expression before the time.
"""
macro showtime(ex)
    timed_expr(sprint(show_unquoted, ex), ex)
end

function timed_expr(label, ex)
    quote
        local t0 = time_ns()
        local m0 = mem_stats()
        local val = $(esc(ex))
        time_print($(esc(label)), (time_ns() - t0) / 1e9, m0, mem_stats())
        val
    end
end
function time_print(label, seconds, m0, m1)
    bytes = m1[1] - m0[1]
    allocs = m1[2] - m0[2]
    gc = m1[3] - m0[3]
    str = string(label === nothing ? "  " : string(label, ": "), format_seconds(seconds), " seconds")
    if allocs > 0
        str *= string(" (", format_count(allocs), allocs == 1 ? " allocation: " : " allocations: ", format_bytes(bytes))
        gc > 0 && seconds > 0 && (str *= string(", ", round(100 * gc / seconds; digits=2), "% gc time"))
        str *= ")"
    end
    println(str)
end
function format_seconds(s)
    us = round(Int, s * 1e6)
    string(div(us, 1000000), ".", lpad(string(rem(us, 1000000)), 6, '0'))
end
format_count(n) = n < 1000 ? string(n) : n < 1000000 ? string(round(n / 1000; digits=2), " k") : string(round(n / 1000000; digits=2), " M")
function format_bytes(bytes)
    bytes < 1024 && return string(bytes, bytes == 1 ? " byte" : " bytes")
    bytes < 1024^2 && return string(round(bytes / 1024; digits=3), " KiB")
    bytes < 1024^3 && return string(round(bytes / 1024^2; digits=3), " MiB")
    string(round(bytes / 1024^3; digits=3), " GiB")
end

"""
    @elapsed expr

The seconds that `expr` takes.
"""
macro elapsed(ex)
    quote
        local t0 = time_ns()
        $(esc(ex))
        (time_ns() - t0) / 1e9
    end
end
"""
    @timed expr

A named tuple of `value`, `time`, `bytes`, `gctime`, `gcstats` and what compiling and waiting for
locks took, which is not measured here.
"""
macro timed(ex)
    quote
        local t0 = time_ns()
        local m0 = mem_stats()
        local val = $(esc(ex))
        local m1 = mem_stats()
        local t1 = time_ns()
        (value=val, time=(t1 - t0) / 1e9, bytes=m1[1] - m0[1], gctime=Float64(m1[3] - m0[3]), gcstats=gc_diff(m0, m1),
            lock_conflicts=0, compile_time=0.0, recompile_time=0.0)
    end
end
"What the collector did meanwhile: the difference of two counts."
struct GC_Diff
    allocd::Int64
    malloc::Int64
    realloc::Int64
    poolalloc::Int64
    bigalloc::Int64
    freecall::Int64
    total_time::Int64
    pause::Int64
    full_sweep::Int64
end
gc_diff(a, b) = GC_Diff(b[1] - a[1], 0, 0, b[2] - a[2], 0, 0, round(Int64, (b[3] - a[3]) * 1e9), 0, 0)

"""
    @allocated expr

The bytes that `expr` allocates.
"""
macro allocated(ex)
    quote
        local m0 = mem_stats()
        $(esc(ex))
        mem_stats()[1] - m0[1]
    end
end

"""
    @allocations expr

How many objects `expr` allocates.
"""
macro allocations(ex)
    quote
        local m0 = mem_stats()
        $(esc(ex))
        mem_stats()[2] - m0[2]
    end
end

"""
    Base.@lock_conflicts expr

How often a task waited for a lock another thread had, which cannot be with one thread: 0.
"""
macro lock_conflicts(ex)
    :($(esc(ex)); 0)
end

"""
    @something(x...)

The first argument that is not `nothing`, evaluating no further than needed.
"""
macro something(args...)
    ex = :(throw(ArgumentError("No value arguments present")))
    for a in reverse(args)
        ex = quote
            local v = $(esc(a))
            v === nothing ? $ex : something(v)
        end
    end
    ex
end

"""
    @deprecate old new

Define `old` as another name of `new`.
"""
macro deprecate(old, new, export_old=true)
    if old isa Symbol
        return esc(:(const $old = $new))
    end
    esc(:($old = $new))
end

macro view(ex)
    if ex isa Expr && ex.head === :ref
        return esc(Expr(:call, GlobalRef(Base, :view), replace_ref_end(ex).args...))
    end
    throw(ArgumentError("Invalid use of @view macro: argument must be a reference expression A[...]."))
end

# `end` and `begin` in the indices of a reference, as calls.
function replace_ref_end(ex)
    a = ex.args[1]
    n = length(ex.args) - 1
    out = Expr(:ref, a)
    for i in 1:n
        push!(out.args, subst_end(ex.args[i + 1], a, i, n))
    end
    out
end
function subst_end(x, a, i, n)
    x === :end && return n == 1 ? Expr(:call, GlobalRef(Base, :lastindex), a) : Expr(:call, GlobalRef(Base, :lastindex), a, i)
    x === :begin && return n == 1 ? Expr(:call, GlobalRef(Base, :firstindex), a) : Expr(:call, GlobalRef(Base, :firstindex), a, i)
    x isa Expr || return x
    x.head === :ref && return Expr(:ref, subst_end(x.args[1], a, i, n), x.args[2:end]...)
    x.head === :quote && return x
    Expr(x.head, map(y -> subst_end(y, a, i, n), x.args)...)
end

"""
    @views expr

Make each slice `a[i:j]` in `expr` a view.
"""
macro views(ex)
    esc(views_of(replace_end_everywhere(ex)))
end
replace_end_everywhere(x) = x
function views_of(x)
    x isa Expr || return x
    if x.head === :ref
        r = replace_ref_end(x)
        return Expr(:call, GlobalRef(Base, :maybeview), map(views_of, r.args)...)
    elseif x.head === :quote
        return x
    elseif x.head === :(=) && x.args[1] isa Expr && x.args[1].head === :ref
        return Expr(:(=), x.args[1], views_of(x.args[2]))
    elseif x.head in (:+=, :-=, :*=, :/=, :.=, :.+=, :.-=, :.*=, :./=) && x.args[1] isa Expr && x.args[1].head === :ref
        return Expr(x.head, x.args[1], views_of(x.args[2]))
    end
    Expr(x.head, map(views_of, x.args)...)
end

"""
    @kwdef struct ... end

Define a struct with a constructor that takes its fields by keyword; `field = value`
in the struct gives a default.
"""
macro kwdef(ex)
    kwdef_form(__module__, ex isa Expr && ex.head === :macrocall ? macroexpand(__module__, ex) : ex)
end
function kwdef_form(m::Module, ex)
    (ex isa Expr && ex.head === :struct) || throw(ArgumentError("Invalid usage of @kwdef"))
    T = ex.args[2]
    T isa Expr && T.head === :<: && (T = T.args[1])
    name = T isa Expr && T.head === :curly ? T.args[1] : T
    tvars = T isa Expr && T.head === :curly ? T.args[2:end] : Any[]
    params = Any[]
    names = Any[]
    body = Expr(:block)
    kwdef_fields(m, ex.args[3], identity) do a, wrap
        kind = a isa Expr && a.head in (:const, :atomic) ? a.head : nothing
        inner = kind === nothing ? a : a.args[1]
        has = inner isa Expr && inner.head === :(=) && !(inner.args[1] isa Expr && inner.args[1].head in (:call, :where))
        f = has ? inner.args[1] : inner
        push!(body.args, wrap(kind === nothing ? f : Expr(kind, f)))
        sym = f isa Expr && f.head === :(::) ? f.args[1] : f
        if sym isa Symbol || sym isa Expr && sym.head === :escape
            push!(names, wrap(sym))
            push!(params, has ? Expr(:kw, wrap(sym), wrap(inner.args[2])) : wrap(sym))
        end
    end
    def = Expr(:struct, ex.args[1], ex.args[2], body)
    blk = Expr(:block, :(Base.@__doc__ $(esc(def))))
    if !isempty(params)
        call = Expr(:call, name, Expr(:parameters, params...))
        push!(blk.args, esc(Expr(:(=), call, Expr(:block, Expr(:call, name, names...)))))
        if !isempty(tvars)
            bare = map(v -> v isa Expr ? v.args[1] : v, tvars)
            typed = Expr(:curly, name, bare...)
            sig = Expr(:where, Expr(:call, typed, Expr(:parameters, params...)), tvars...)
            push!(blk.args, esc(Expr(:(=), sig, Expr(:block, Expr(:call, typed, names...)))))
        end
    end
    isempty(params) && push!(blk.args, nothing)
    blk
end
# Calls f with each line of a struct's body, and what puts it into the escapes that were around it.
function kwdef_fields(f, m, a, wrap)
    if a isa Expr && a.head === :block
        foreach(b -> kwdef_fields(f, m, b, wrap), a.args)
    elseif a isa Expr && a.head === :escape
        kwdef_fields(f, m, a.args[1], b -> Expr(:escape, wrap(b)))
    else
        f(a isa Expr && a.head === :macrocall ? macroexpand(m, a) : a, wrap)
    end
end
