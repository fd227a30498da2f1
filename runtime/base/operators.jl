# Operators and functions on functions.

function div end
function rem end
function sqrt end
function cbrt end
function xor end
function adjoint end

## equality and order

"""
    ==(x, y)

Equality of values; for objects without a method of their own, `===`.
"""
==(x, y) = x === y
==(a::Type, b::Type) = a === b || a <: b && b <: a
!=(x, y) = !(x == y)
const ≠ = !=
const ≡ = ===
≢(x, y) = !(x === y)
"""
    isequal(x, y)

Equality as dictionaries see it: `NaN` equals itself, `0.0` differs from `-0.0`.
"""
isequal(x, y) = (x == y)::Bool
isequal(x) = Fix2(isequal, x)
==(x) = Fix2(==, x)
!=(x) = Fix2(!=, x)
>=(x) = Fix2(>=, x)
<=(x) = Fix2(<=, x)
>(x) = Fix2(>, x)
<(x) = Fix2(<, x)

"""
    isless(x, y)

A total order, as `sort` uses it.
"""
function isless end
<(x, y) = isless(x, y)
>(x, y) = y < x
<=(x, y) = (x < y) | (x == y)
>=(x, y) = y <= x
const ≤ = <=
const ≥ = >=
"""
    isunordered(x)

Whether `x` cannot be compared, as `NaN` and `missing`.
"""
isunordered(x) = false
isunordered(x::AbstractFloat) = isnan(x)
isgreater(x, y) = isunordered(x) || isunordered(y) ? isless(x, y) : isless(y, x)

"""
    cmp(x, y)

-1, 0 or 1 as `x` is less than, equal to, or greater than `y`.
"""
cmp(x, y) = isless(x, y) ? -1 : isless(y, x) ? 1 : 0
cmp(less, x, y) = less(x, y) ? -1 : less(y, x) ? 1 : 0

"""
    max(x, y, ...)

The largest argument.
"""
max(x, y) = isless(y, x) ? x : y
"""
    min(x, y, ...)

The smallest argument.
"""
min(x, y) = isless(y, x) ? y : x
"""
    minmax(x, y)

Both arguments, the smaller first.
"""
minmax(x, y) = isless(y, x) ? (y, x) : (x, y)
minmax(x::Real) = (x, x)
max(x, y, z, more...) = max(max(x, y), z, more...)
min(x, y, z, more...) = min(min(x, y), z, more...)
max(x::Real) = x
min(x::Real) = x

const (>:) = (a, b) -> b <: a

## arithmetic of several arguments

# Methods for just three arguments are for speed, beside those for more.
is_shortcut(m::Method) = any(f -> m.sig === Tuple{typeof(f),Any,Any,Any}, (+, *, &, |, xor))
+(x, y, z) = (x + y) + z
*(x, y, z) = (x * y) * z
(&)(x, y, z) = (x & y) & z
|(x, y, z) = (x | y) | z
xor(x, y, z) = xor(xor(x, y), z)
xor(x, y, z, more...) = xor(xor(xor(x, y), z), more...)
function +(x, y, z, more...)
    s = (x + y) + z
    for a in more
        s = s + a
    end
    s
end
function *(x, y, z, more...)
    s = (x * y) * z
    for a in more
        s = s * a
    end
    s
end
(&)(x, y, z, more...) = (&)((x & y) & z, more...)
|(x, y, z, more...) = |((x | y) | z, more...)
(&)(x::Integer) = x
|(x::Integer) = x
xor(x::Integer) = x
const ⊻ = xor
nand(x...) = ~(&)(x...)
nor(x...) = ~(|)(x...)
const ⊼ = nand
const ⊽ = nor
\(x, y) = adjoint(adjoint(y) / adjoint(x))
muladd(x, y, z) = x * y + z

const ÷ = div
const √ = sqrt
const ∛ = cbrt

"""
    x % y

The remainder of `x ÷ y`, with the sign of `x`.
"""
const % = rem

## functions of functions

"""
    f ∘ g

The function `x -> f(g(x))`.
"""
struct ComposedFunction{O,I} <: Function
    outer::O
    inner::I
end
(c::ComposedFunction)(x...; kw...) = isempty(kw) ? c.outer(c.inner(x...)) : c.outer(c.inner(x...; kw...))
∘(f) = f
∘(f, g) = ComposedFunction(f, g)
∘(f, g, h...) = ∘(f ∘ g, h...)
function show(io::IO, c::ComposedFunction)
    show_part(io, c.outer)
    print(io, " ∘ ")
    show_part(io, c.inner)
end
show_part(io::IO, f) = show(io, f)
show_part(io::IO, f::Function) = f isa ComposedFunction || !isoperator(Symbol(f)) ? show(io, f) : print(io, '(', f, ')')
show(io::IO, ::MIME"text/plain", c::ComposedFunction) = show(io, c)

"""
    Fix{N}(f, x)

The function that calls `f` with `x` as its argument number `N`, between those it is given.
"""
struct Fix{N,F,T} <: Function
    f::F
    x::T
    function Fix{N}(f::F, x) where {N,F}
        N isa Int || throw(ArgumentError(string("expected type parameter in `Fix` to be `Int`, but got `", N, "::", typeof(N), "`")))
        N < 1 && throw(ArgumentError(string("expected `N` in `Fix{N}` to be integer greater than 0, but got ", N)))
        new{N,F,typeof(x)}(f, x)
    end
    Fix{N}(f::Type{F}, x) where {N,F} = new{N,Type{F},typeof(x)}(f, x)
end
function (f::Fix{N})(args...; kw...) where {N}
    length(args) < N - 1 && throw(ArgumentError(string("expected at least ", N - 1, " arguments to `Fix{", N, "}`, but got ", length(args))))
    f.f(args[1:N-1]..., f.x, args[N:end]...; kw...)
end
"""
    Fix1(f, x)

The function `y -> f(x, y)`.
"""
const Fix1{F,T} = Fix{1,F,T}
"""
    Fix2(f, x)

The function `y -> f(y, x)`.
"""
const Fix2{F,T} = Fix{2,F,T}
(f::Fix1)(y; kw...) = f.f(f.x, y; kw...)
(f::Fix1)(y) = f.f(f.x, y)
(f::Fix2)(y; kw...) = f.f(y, f.x; kw...)
(f::Fix2)(y) = f.f(y, f.x)

"""
    !f

The function that gives the opposite of `f`.
"""
!(f::Function) = (!) ∘ f
!(f::ComposedFunction{typeof(!)}) = f.inner
function show(io::IO, c::ComposedFunction{typeof(!)})
    print(io, '!')
    show_part(io, c.inner)
end

"""
    x |> f

`f(x)`.
"""
|>(x, f) = f(x)

"""
    splat(f)

The function that calls `f` with the items of its argument.
"""
struct Splat{F} <: Function
    f::F
end
splat(f) = Splat(f)
(s::Splat)(args) = s.f(args...)
show(io::IO, s::Splat) = (print(io, "splat("); show(io, s.f); print(io, ")"))
show(io::IO, ::MIME"text/plain", s::Splat) = show(io, s)

"""
    Returns(value)

The function that gives `value` for any arguments.
"""
struct Returns{V} <: Function
    value::V
end
(r::Returns)(args...; kw...) = r.value

## membership

"""
    in(x, collection)
    x ∈ collection

Whether `collection` has an item that equals `x`.
"""
function in(x, itr)
    anymissing = false
    for y in itr
        v = y == x
        if v === missing
            anymissing = true
        elseif v
            return true
        end
    end
    anymissing ? missing : false
end
in(x) = Fix2(in, x)
const ∈ = in
∉(x, itr) = !(x in itr)
∉(x) = Fix2(∉, x)
∋(itr, x) = x in itr
∋(x) = Fix2(∋, x)
∌(itr, x) = !(x in itr)
∌(x) = Fix2(∌, x)
"""
    contains(haystack, needle)

Whether `needle` occurs in `haystack`.
"""
contains(haystack, needle) = occursin(needle, haystack)
contains(needle) = Fix2(contains, needle)
startswith(p) = Fix2(startswith, p)
endswith(p) = Fix2(endswith, p)
occursin(haystack) = Fix2(occursin, haystack)
