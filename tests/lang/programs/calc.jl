# Algebra: a tokenizer, a precedence parser, evaluation, simplification and derivatives of expressions.

abstract type Term end
struct Num{T<:Real} <: Term
    value::T
end
struct Var <: Term
    name::Symbol
end
struct Op{S} <: Term
    args::Vector{Term}
end
Op{S}(args::Term...) where {S} = Op{S}(Term[args...])
struct Fun <: Term
    f::Symbol
    arg::Term
end

for op in (:+, :-, :*, :/, :^)
    @eval Base.$op(a::Term, b::Term) = Op{$(QuoteNode(op))}(a, b)
    @eval Base.$op(a::Term, b::Real) = $op(a, Num(b))
    @eval Base.$op(a::Real, b::Term) = $op(Num(a), b)
end
Base.:-(a::Term) = Op{:-}(a)
Base.:^(a::Term, n::Integer) = Op{:^}(a, Num(n))

Base.:(==)(a::Num, b::Num) = a.value == b.value
Base.:(==)(a::Var, b::Var) = a.name === b.name
Base.:(==)(a::Op{S}, b::Op{S}) where {S} = a.args == b.args
Base.:(==)(a::Fun, b::Fun) = a.f === b.f && a.arg == b.arg

precedence(::Term) = 10
precedence(::Op{:+}) = 1
precedence(o::Op{:-}) = length(o.args) == 1 ? 3 : 1
precedence(::Op{:*}) = 2
precedence(::Op{:/}) = 2
precedence(::Op{:^}) = 4

wrapped(io, t, least) = precedence(t) < least ? print(io, '(', t, ')') : print(io, t)
Base.show(io::IO, n::Num) = n.value < 0 ? print(io, '(', n.value, ')') : print(io, n.value)
Base.show(io::IO, v::Var) = print(io, v.name)
Base.show(io::IO, f::Fun) = print(io, f.f, '(', f.arg, ')')
function Base.show(io::IO, o::Op{S}) where {S}
    p = precedence(o)
    if length(o.args) == 1
        print(io, S)
        wrapped(io, o.args[1], p)
        return
    end
    wrapped(io, o.args[1], S === :^ ? p + 1 : p)
    S in (:+, :-) ? print(io, ' ', S, ' ') : print(io, S)
    wrapped(io, o.args[2], S in (:-, :/) ? p + 1 : p)
end

struct ParseFailure <: Exception
    text::String
    at::Int
    expected::String
end
Base.showerror(io::IO, e::ParseFailure) = print(io, "expected ", e.expected, " at ", e.at, "\n  ", e.text, "\n  ", " "^(e.at - 1), "^")

function tokens(text)
    out = Tuple{Symbol,String,Int}[]
    at = 1
    while at <= lastindex(text)
        m = match(r"\G(?:(?<space>\s+)|(?<num>\d+(?:\.\d+)?)|(?<name>[a-z]\w*)|(?<op>[-+*/^()]))"i, text, at)
        m === nothing && throw(ParseFailure(text, at, "a number, a name or an operator"))
        for kind in (:num, :name, :op)
            m[kind] === nothing || push!(out, (kind, String(m[kind]), at))
        end
        at += ncodeunits(m.match)
    end
    push!(out, (:end, "", at))
end

mutable struct Parser
    text::String
    list::Vector{Tuple{Symbol,String,Int}}
    pos::Int
end
peek_token(p::Parser) = p.list[p.pos]
function next_token!(p::Parser)
    t = p.list[p.pos]
    p.pos += 1
    t
end
fail(p::Parser, expected) = throw(ParseFailure(p.text, peek_token(p)[3], expected))

const binary = Dict("+" => (1, :left), "-" => (1, :left), "*" => (2, :left), "/" => (2, :left), "^" => (4, :right))

function primary(p::Parser)
    kind, s, _ = peek_token(p)
    if kind === :num
        next_token!(p)
        return Num('.' in s ? parse(Float64, s) : parse(Int, s))
    elseif kind === :name
        next_token!(p)
        if peek_token(p)[2] == "("
            next_token!(p)
            arg = expression(p, 0)
            peek_token(p)[2] == ")" || fail(p, "`)`")
            next_token!(p)
            return Fun(Symbol(s), arg)
        end
        return Var(Symbol(s))
    elseif s == "("
        next_token!(p)
        inner = expression(p, 0)
        peek_token(p)[2] == ")" || fail(p, "`)`")
        next_token!(p)
        return inner
    elseif s == "-"
        next_token!(p)
        return -expression(p, 3)
    end
    fail(p, "an expression")
end

function expression(p::Parser, least)
    left = primary(p)
    while true
        kind, s, _ = peek_token(p)
        kind === :op && haskey(binary, s) || return left
        prec, side = binary[s]
        prec < least && return left
        next_token!(p)
        right = expression(p, side === :left ? prec + 1 : prec)
        left = Op{Symbol(s)}(left, right)
    end
end

function algebra(text)
    p = Parser(text, tokens(text), 1)
    t = expression(p, 0)
    peek_token(p)[1] === :end || fail(p, "the end")
    t
end
macro x_str(s)
    :(algebra($s))
end

evaluate(n::Num, env) = n.value
evaluate(v::Var, env) = get(() -> error("no value for ", v.name), env, v.name)
evaluate(f::Fun, env) = getfield(Base, f.f)(evaluate(f.arg, env))
evaluate(o::Op{S}, env) where {S} = getfield(Base, S)((evaluate(a, env) for a in o.args)...)

D(::Num, ::Symbol) = Num(0)
D(v::Var, x::Symbol) = Num(v.name === x ? 1 : 0)
D(o::Op{:+}, x::Symbol) = D(o.args[1], x) + D(o.args[2], x)
D(o::Op{:-}, x::Symbol) = length(o.args) == 1 ? -D(o.args[1], x) : D(o.args[1], x) - D(o.args[2], x)
D(o::Op{:*}, x::Symbol) = ((a, b) = o.args; D(a, x) * b + a * D(b, x))
D(o::Op{:/}, x::Symbol) = ((a, b) = o.args; (D(a, x) * b - a * D(b, x)) / b^2)
function D(o::Op{:^}, x::Symbol)
    a, n = o.args
    n isa Num || throw(ArgumentError("only constant powers, not $n"))
    n * a^Num(n.value - 1) * D(a, x)
end
function D(f::Fun, x::Symbol)
    outer = f.f === :sin ? Fun(:cos, f.arg) : f.f === :cos ? -Fun(:sin, f.arg) : f.f === :exp ? f : f.f === :log ? 1 / f.arg :
            throw(ArgumentError("no derivative for $(f.f)"))
    outer * D(f.arg, x)
end

simplify(t::Term) = t
simplify(f::Fun) = Fun(f.f, simplify(f.arg))
function simplify(o::Op{S}) where {S}
    args = map(simplify, o.args)
    all(a -> a isa Num, args) && return Num(evaluate(Op{S}(args), Dict()))
    rule(Val(S), args...)
end
const zero_, one_ = Num(0), Num(1)
rule(::Val{S}, args...) where {S} = Op{S}(Term[args...])
rule(::Val{:+}, a, b) = a == zero_ ? b : b == zero_ ? a : a == b ? simplify(2 * a) : a + b
rule(::Val{:-}, a, b) = b == zero_ ? a : a == b ? zero_ : a - b
rule(::Val{:*}, a, b) = zero_ in (a, b) ? zero_ : a == one_ ? b : b == one_ ? a : b isa Num ? b * a : a * b
rule(::Val{:/}, a, b) = b == one_ ? a : a == zero_ ? zero_ : a / b
rule(::Val{:^}, a, b) = b == one_ ? a : b == zero_ ? one_ : a^b

for text in ["1 + 2*3", "(1+2)*3", "2^3^2", "-x^2", "a - b - c", "a - (b - c)", "8/4/2", "3*(x + 1)^2", "sin(x)*exp(2*x)", "1.5*x"]
    t = algebra(text)
    println(rpad(text, 18), rpad(string(t), 20), rpad(string(simplify(t)), 20), evaluate(t, Dict(:x => 0.5, :a => 9, :b => 4, :c => 2)))
end
println()
for text in ["x^3 - 2*x", "sin(x)^2", "exp(3*x)/x", "log(x^2 + 1)", "5"]
    t = algebra(text)
    d = simplify(D(t, :x))
    h = 1e-6
    at(v) = evaluate(t, Dict(:x => v))
    slope = (at(2 + h) - at(2 - h)) / 2h
    println(rpad(text, 14), rpad(string(d), 40), isapprox(evaluate(d, Dict(:x => 2.0)), slope; rtol=1e-6))
end
println()
for bad in ["1 +", "(x", "2 & 3", "x y", ""]
    try
        println(algebra(bad))
    catch err
        err isa ParseFailure || rethrow()
        println(sprint(showerror, err))
    end
end
try
    evaluate(x"y + 1", Dict{Symbol,Int}())
catch err
    println(err.msg)
end
try
    D(x"x^y", :x)
catch err
    println(sprint(showerror, err))
end
println(x"(a+b)*c" == Op{:*}(Op{:+}(Var(:a), Var(:b)), Var(:c)), " ", x"1" == x"2")
