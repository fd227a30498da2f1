# Macros that write out code for a number of dimensions that is known when they run.

"Macros that repeat code for each of `N` dimensions: loops, indices, arguments."
module Cartesian
export @nloops, @nref, @ncall, @ncallkw, @nexprs, @nextract, @nall, @nany, @ntuple, @nif

"""
    @nloops N itersym range [pre [post]] body

`N` loops, one in the other, over `itersym_1` (the innermost) to `itersym_N`. `range` is an
array whose axes are taken, or an anonymous function `d -> expr` of the dimension; `pre` and
`post`, such functions too, are done at the begin and the end of each loop.
"""
macro nloops(N, itersym, range, parts...)
    esc(loops(Int(N), itersym, range, parts...))
end
function loops(N::Int, itersym::Symbol, range, parts...)
    1 <= length(parts) <= 3 || throw(ArgumentError("number of arguments must be 1 ≤ length(args) ≤ 3, got $(length(parts))"))
    code = parts[end]
    for d in 1:N
        over = range isa Symbol ? :(Base.axes($range, $d)) : inlined(range, d)
        before = length(parts) > 1 ? inlined(parts[1], d) : nothing
        after = length(parts) > 2 ? inlined(parts[2], d) : nothing
        code = Expr(:for, Expr(:(=), named(itersym, d), over), Expr(:block, before, code, after))
    end
    code
end

"""
    @nref N A i

`A[i_1, …, i_N]`; where `i` is an anonymous function, what it gives for each dimension.
"""
macro nref(N, A, i)
    esc(Expr(:ref, A, each(N, i)...))
end

"""
    @ncall N f args... x

`f(args..., x_1, …, x_N)`.
"""
macro ncall(N, f, args...)
    esc(Expr(:call, f, args[1:end-1]..., each(N, args[end])...))
end

"""
    @ncallkw N f kw args... x

`f(args..., x_1, …, x_N; kw...)`.
"""
macro ncallkw(N, f, kw, args...)
    esc(Expr(:call, f, Expr(:parameters, Expr(:..., kw)), args[1:end-1]..., each(N, args[end])...))
end

"""
    @nexprs N d -> expr

`expr` for `d = 1` to `N`, one after the other.
"""
macro nexprs(N, ex)
    esc(Expr(:block, (inlined(ex, d) for d in 1:Int(N))...))
end

"""
    @nextract N x source

`x_1 = source[1]` to `x_N = source[N]`; where `source` is an anonymous function, what it gives.
"""
macro nextract(N, x, source)
    esc(Expr(:block, (Expr(:(=), named(x, d), source isa Symbol ? Expr(:ref, source, d) : inlined(source, d)) for d in 1:Int(N))...))
end

"""
    @nall N d -> condition

Whether the condition holds for all of `1` to `N`.
"""
macro nall(N, condition)
    esc(chain(:&&, true, condition, Int(N)))
end

"""
    @nany N d -> condition

Whether the condition holds for one of `1` to `N`.
"""
macro nany(N, condition)
    esc(chain(:||, false, condition, Int(N)))
end
function chain(op, none, condition, N)
    N == 0 && return none
    code = inlined(condition, N)
    for d in N-1:-1:1
        code = Expr(op, inlined(condition, d), code)
    end
    code
end

"""
    @ntuple N x

`(x_1, …, x_N)`; where `x` is an anonymous function, what it gives for each.
"""
macro ntuple(N, x)
    esc(Expr(:tuple, each(N, x)...))
end

"""
    @nif N d -> condition d -> expr [d -> otherwise]

The first `expr` whose condition holds, of `1` to `N - 1`; else that for `N`.
"""
macro nif(N, condition, operation...)
    n = Int(N)
    code = inlined(operation[end], n)
    for d in n-1:-1:1
        code = Expr(:if, inlined(condition, d), inlined(operation[1], d), code)
    end
    esc(code)
end

each(N, x) = [x isa Symbol ? named(x, d) : inlined(x, d) for d in 1:Int(N)]
named(x::Symbol, d) = Symbol(x, '_', d)
function named(x::Expr, d)
    x.head === :escape ? Expr(:escape, named(x.args[1], d)) : inlined(x, d)
end

# The body of an anonymous function, with the value d in place of its argument.
function inlined(ex, d)
    ex isa Expr && ex.head === :-> || return ex isa Symbol ? named(ex, d) : throw(ArgumentError("ex must be an anonymous function"))
    var = ex.args[1]
    var isa Symbol || throw(ArgumentError("not a single-variable anonymous function"))
    body = ex.args[2]
    if body isa Expr && body.head === :block
        rest = filter(x -> !(x isa LineNumberNode), body.args)
        length(rest) == 1 && (body = rest[1])
    end
    exprresolve(lreplace(body, var, d))
end

struct LReplace{S<:AbstractString}
    pat_sym::Symbol
    pat_str::S
    val::Int
end
LReplace(sym::Symbol, val::Integer) = LReplace(sym, string(sym), val)

# A copy of ex with a number in place of the variable sym, also in names like x_sym.
lreplace(ex, sym::Symbol, val) = lreplace!(ex isa Expr ? copy(ex) : ex, LReplace(sym, val))
lreplace!(x, r::LReplace) = x
lreplace!(s::Symbol, r::LReplace) = s === r.pat_sym ? r.val : Symbol(lreplace!(string(s), r))
function lreplace!(s::AbstractString, r::LReplace)
    parts = split(s, '_')
    join([k > 1 && parts[k] == r.pat_str ? string(r.val) : parts[k] for k in 1:length(parts)], '_')
end
function lreplace!(ex::Expr, r::LReplace)
    # A function of the same variable has its own.
    ex.head === :-> && ex.args[1] === r.pat_sym && return ex
    for k in 1:length(ex.args)
        ex.args[k] = lreplace!(ex.args[k], r)
    end
    ex
end

"""
    Base.Cartesian.exprresolve(ex)

`ex` with what can be known of it in place: arithmetic of numbers, decided conditions, names
like `x_{2}`, items of tuples.
"""
exprresolve(x) = x
function exprresolve(ex::Expr)
    for k in 1:length(ex.args)
        ex.args[k] = exprresolve(ex.args[k])
    end
    args = ex.args
    if ex.head === :call && length(args) >= 2 && all(a -> a isa Number, args[2:end])
        op = number_operator(args[1], length(args) - 1)
        op === nothing || return op(args[2:end]...)
    elseif ex.head === :call && args[1] === :! && length(args) == 2 && args[2] isa Bool
        return !args[2]
    elseif ex.head in (:if, :elseif) && args[1] isa Bool
        return args[1] ? args[2] : length(args) > 2 ? args[3] : nothing
    elseif ex.head in (:&&, :||) && args[1] isa Bool
        return (ex.head === :&&) == args[1] ? args[2] : args[1]
    elseif ex.head === :curly && length(args) == 2 && args[1] isa Symbol && endswith(string(args[1]), '_') && args[2] isa Integer
        return Symbol(args[1], args[2])
    elseif ex.head === :ref && length(args) == 2 && args[2] isa Integer && args[1] isa Expr && args[1].head === :tuple
        return args[1].args[args[2]]
    end
    ex
end
function number_operator(op, n)
    n == 1 && return op === :- ? (-) : op === :+ ? (+) : nothing
    op === :+ && return +
    op === :* && return *
    n == 2 || return nothing
    op === :- ? (-) : op === :/ ? (/) : op === :÷ || op === :div ? div : op === :(==) ? (==) : op === :!= ? (!=) :
    op === :< ? (<) : op === :> ? (>) : op === :<= ? (<=) : op === :>= ? (>=) : nothing
end
end

using .Cartesian: @nloops, @nref, @ncall, @ncallkw, @nexprs, @nextract, @nall, @nany, @ntuple, @nif
