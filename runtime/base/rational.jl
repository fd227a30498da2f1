# Rational numbers.

unsafe_rational(num::T, den::T) where {T<:Integer} = unsafe_rational(T, num, den)

function Rational{T}(num::Integer, den::Integer) where {T<:Integer}
    iszero(den) && iszero(num) && throw(ArgumentError("invalid rational: zero($T)//zero($T)"))
    if T <: Union{Unsigned,Bool}
        iszero(num) || signbit(den) == signbit(num) || throw(InexactError(:Rational, Rational{T}, num // den))
        n, d = divgcd(uabs(num), uabs(den))
        return unsafe_rational(T, T(n), T(d))
    end
    n, d = divgcd(num, den)
    isconcretetype(T) && return checked_den(T(n), T(d))
    q = checked_den(n, d)
    unsafe_rational(T, T(q.num), T(q.den))
end
Rational{T}(n::Integer) where {T<:Integer} = unsafe_rational(T, convert(T, n), one(T))
Rational{T}(x::Rational) where {T<:Integer} = unsafe_rational(T, convert(T, x.num), convert(T, x.den))
Rational(n::T, d::T) where {T<:Integer} = Rational{T}(n, d)
Rational(n::Int, d::Int) = d > 0 && n != typemin(Int) ? n // d : Rational{Int}(n, d)
Rational(n::Integer, d::Integer) = Rational(promote(n, d)...)
Rational(n::Integer) = unsafe_rational(n, one(n))
Rational(x::Rational) = x

function Rational{T}(x::AbstractFloat) where {T<:Integer}
    r = rationalize(T, x, tol=0)
    x == convert(typeof(x), r) || throw(InexactError(:Rational, Rational{T}, x))
    r
end
function Rational{BigInt}(x::AbstractFloat)
    isfinite(x) || return rationalize(BigInt, x, 0)
    n, p, d = decompose(x)
    p >= 0 ? unsafe_rational((BigInt(n) * d) << p, big_int(1)) : BigInt(n) * d // (big_int(1) << -p)
end
Rational(x::Float64) = Rational{Int64}(x)
Rational(x::AbstractFloat) = Rational{Int64}(x)
Rational{T}(x::Rational{T}) where {T<:Integer} = x

"""
    //(num, den)

The fraction `num / den`, exactly.
"""
//(n::Integer, d::Integer) = Rational(n, d)
function //(n::Int, d::Int)
    d > 0 && n != typemin(Int) || return Rational{Int}(n, d)
    g = gcd(n, d)
    unsafe_rational(Int, div(n, g), div(d, g))
end
function //(x::Rational, y::Integer)
    xn, yn = divgcd(promote(x.num, y)...)
    checked_den(xn, checked_mul(x.den, yn))
end
function //(x::Integer, y::Rational)
    xn, yn = divgcd(promote(x, y.num)...)
    checked_den(checked_mul(xn, y.den), yn)
end
function //(x::Rational, y::Rational)
    xn, yn = divgcd(promote(x.num, y.num)...)
    xd, yd = divgcd(promote(x.den, y.den)...)
    checked_den(checked_mul(xn, yd), checked_mul(xd, yn))
end
//(x::Complex, y::Real) = complex(real(x) // y, imag(x) // y)
//(x::Number, y::Complex) = x * conj(y) // abs2(y)
//(a::AbstractArray, y::Number) = a .// y
# Both divided by their greatest common divisor.
function divgcd(x::Integer, y::Integer)
    g = gcd(uabs(x), uabs(y))
    (typeof(x)(div(x, g)), typeof(y)(div(y, g)))
end
# The fraction of two numbers without common divisors, the denominator made positive.
function checked_den(num::T, den::T) where {T<:Integer}
    signbit(den) || return unsafe_rational(T, num, den)
    T <: BitSigned && den == typemin(T) && throw(ArgumentError("invalid rational: denominator can't be typemin($T)"))
    unsafe_rational(T, checked_neg(num), -den)
end
checked_den(num::Integer, den::Integer) = checked_den(promote(num, den)...)
unsafe_rational(num::Integer, den::Integer) = unsafe_rational(promote(num, den)...)

"""
    numerator(x)

The upper part of a fraction in lowest terms.
"""
numerator(z::Complex{<:Integer}) = z
function numerator(z::Complex{<:Rational})
    d = denominator(z)
    complex(checked_mul(z.re.num, div(d, z.re.den)), checked_mul(z.im.num, div(d, z.im.den)))
end
"""
    denominator(x)

The lower part of a fraction in lowest terms.
"""
denominator(z::Complex{<:Integer}) = one(z)
denominator(z::Complex{<:Rational}) = lcm(denominator(z.re), denominator(z.im))
numerator(x::Integer) = x
numerator(x::Rational) = x.num
denominator(x::Integer) = one(x)
denominator(x::Rational) = x.den

function show_unquoted(io::IO, x::Rational, ::Int, prec::Int)
    prec >= operator_precedence(://) ? print(io, "(", repr(x), ")") : show(io, x)
end
function show(io::IO, x::Rational)
    show(io, numerator(x))
    isone(denominator(x)) && known_type_of_value(io) <: Rational && return nothing
    print(io, "//")
    show(io, denominator(x))
end

convert(::Type{Rational{T}}, x::Rational) where {T<:Integer} = Rational{T}(x)
convert(::Type{Rational{T}}, x::Integer) where {T<:Integer} = Rational{T}(x)
convert(::Type{Rational}, x::Rational) = x
convert(::Type{Rational}, x::Integer) = Rational(x)
function (::Type{T})(x::Rational{S}) where {T<:AbstractFloat,S}
    P = promote_type(T, S)
    convert(T, convert(P, x.num) / convert(P, x.den))::T
end
# The parts may be too large for the narrow floats.
Float16(x::Rational{<:Union{Int16,Int32,Int64,UInt16,UInt32,UInt64}}) = Float16(Float32(x))
Float16(x::Rational{<:Union{Int128,UInt128}}) = Float16(Float64(x))
Float32(x::Rational{<:Union{Int128,UInt128}}) = Float32(Float64(x))
AbstractFloat(x::Rational) = float(x.num) / float(x.den)
float(::Type{Rational{T}}) where {T<:Integer} = float(T)
big(x::Rational) = unsafe_rational(big(x.num), big(x.den))
big(z::Complex{<:Rational{<:Integer}}) = Complex{Rational{BigInt}}(z)
(::Type{T})(x::Rational) where {T<:Integer} = isinteger(x) ? convert(T, x.num)::T : throw(InexactError(nameof(T), T, x))
Bool(x::Rational) = x == 0 ? false : x == 1 ? true : throw(InexactError(:Bool, Bool, x))

promote_rule(::Type{Rational{T}}, ::Type{S}) where {T<:Integer,S<:Integer} = Rational{promote_type(T, S)}
promote_rule(::Type{Rational{T}}, ::Type{Rational{S}}) where {T<:Integer,S<:Integer} = Rational{promote_type(T, S)}
promote_rule(::Type{Rational{T}}, ::Type{S}) where {T<:Integer,S<:AbstractFloat} = promote_type(T, S)
widen(::Type{Rational{T}}) where {T} = Rational{widen(T)}

zero(::Type{Rational{T}}) where {T} = unsafe_rational(T, zero(T), one(T))
one(::Type{Rational{T}}) where {T} = unsafe_rational(T, one(T), one(T))
zero(x::Rational) = zero(typeof(x))
one(x::Rational) = one(typeof(x))
typemin(::Type{Rational{T}}) where {T<:Signed} = unsafe_rational(T, -one(T), zero(T))
typemin(::Type{Rational{T}}) where {T<:Integer} = unsafe_rational(T, zero(T), one(T))
typemax(::Type{Rational{T}}) where {T} = unsafe_rational(T, one(T), zero(T))
isinteger(x::Rational) = x.den == 1
ispow2(x::Rational) = ispow2(x.num) & ispow2(x.den)
iszero(x::Rational) = iszero(x.num)
isone(x::Rational) = isone(x.num) & isone(x.den)
signbit(x::Rational) = signbit(x.num)
sign(x::Rational) = oftype(x, sign(x.num))
isfinite(x::Rational) = x.den != 0
isinf(x::Rational) = x.den == 0
isnan(x::Rational) = false
decompose(x::Rational) = (x.num, 0, x.den)
hash(x::Rational, h::UInt) = hash_ratio(x.num, 0, x.den, h)

+(x::Rational) = unsafe_rational(+x.num, x.den)
-(x::Rational) = unsafe_rational(-x.num, x.den)
-(x::Rational{T}) where {T<:BitSigned} =
    x.num == typemin(T) ? throw(OverflowError("rational numerator is typemin($T)")) : unsafe_rational(-x.num, x.den)
-(x::Rational{T}) where {T<:Unsigned} = iszero(x.num) ? x : throw(OverflowError("cannot negate unsigned number"))
abs(x::Rational) = unsafe_rational(checked_abs(x.num), x.den)

function +(x::Rational, y::Rational)
    isinf(x) && x == y && return promote(x, y)[1]
    xd, yd = divgcd(promote(x.den, y.den)...)
    Rational(checked_add(checked_mul(x.num, yd), checked_mul(y.num, xd)), checked_mul(x.den, yd))
end
function -(x::Rational, y::Rational)
    isinf(x) && isinf(y) && signbit(x) != signbit(y) && return promote(x, y)[1]
    xd, yd = divgcd(promote(x.den, y.den)...)
    Rational(checked_sub(checked_mul(x.num, yd), checked_mul(y.num, xd)), checked_mul(x.den, yd))
end
+(x::Rational, y::Integer) = unsafe_rational(checked_add(x.num, checked_mul(x.den, y)), x.den)
-(x::Rational, y::Integer) = unsafe_rational(checked_sub(x.num, checked_mul(x.den, y)), x.den)
+(y::Integer, x::Rational) = unsafe_rational(checked_add(checked_mul(x.den, y), x.num), x.den)
-(y::Integer, x::Rational) = unsafe_rational(checked_sub(checked_mul(x.den, y), x.num), x.den)
function *(x::Rational, y::Rational)
    xn, yd = divgcd(promote(x.num, y.den)...)
    xd, yn = divgcd(promote(x.den, y.num)...)
    unsafe_rational(checked_mul(xn, yn), checked_mul(xd, yd))
end
function *(x::Rational, y::Integer)
    xd, yn = divgcd(promote(x.den, y)...)
    unsafe_rational(checked_mul(x.num, yn), xd)
end
function *(y::Integer, x::Rational)
    yn, xd = divgcd(promote(y, x.den)...)
    unsafe_rational(checked_mul(yn, x.num), xd)
end
/(x::Rational, y::Union{Rational,Integer,Complex{<:Union{Integer,Rational}}}) = x // y
/(x::Union{Integer,Complex{<:Union{Integer,Rational}}}, y::Rational) = x // y
inv(x::Rational) = checked_den(x.den, x.num)
fma(x::Rational, y::Rational, z::Rational) = x * y + z

==(x::Rational, y::Rational) = (x.den == y.den) & (x.num == y.num)
<(x::Rational, y::Rational) = x.den == y.den ? x.num < y.num : widemul(x.num, y.den) < widemul(x.den, y.num)
<=(x::Rational, y::Rational) = x.den == y.den ? x.num <= y.num : widemul(x.num, y.den) <= widemul(x.den, y.num)
==(x::Rational, y::Integer) = (x.den == 1) & (x.num == y)
==(x::Integer, y::Rational) = y == x
<(x::Rational, y::Integer) = x.num < widemul(x.den, y)
<(x::Integer, y::Rational) = widemul(x, y.den) < y.num
<=(x::Rational, y::Integer) = x.num <= widemul(x.den, y)
<=(x::Integer, y::Rational) = widemul(x, y.den) <= y.num
==(x::AbstractFloat, q::Rational) = isfinite(x) ? (count_ones(q.den) == 1) & (x * q.den == q.num) : x == q.num / q.den
==(q::Rational, x::AbstractFloat) = x == q
==(z::Complex, x::Rational) = isreal(z) & (real(z) == x)
==(x::Rational, z::Complex) = isreal(z) & (real(z) == x)
<(x::Rational, y::AbstractFloat) = !isnan(y) && compare_exactly(x, y) < 0
<(x::AbstractFloat, y::Rational) = !isnan(x) && compare_exactly(x, y) < 0
<=(x::Rational, y::AbstractFloat) = !isnan(y) && compare_exactly(x, y) <= 0
<=(x::AbstractFloat, y::Rational) = !isnan(x) && compare_exactly(x, y) <= 0
cmp(x::Rational, y::AbstractFloat) = isnan(y) ? -1 : compare_exactly(x, y)
cmp(x::AbstractFloat, y::Rational) = isnan(x) ? 1 : compare_exactly(x, y)
# -1, 0 or 1 for numbers that are no NaN, by their exact values num * 2^pow / den.
function compare_exactly(x, y)
    xn, xp, xd = decompose(x)
    yn, yp, yd = decompose(y)
    iszero(xd) && iszero(yd) && return cmp(sign(xn), sign(yn))
    iszero(xd) && return Int(sign(xn))
    iszero(yd) && return -Int(sign(yn))
    a = big(xn) * yd
    b = big(yn) * xd
    signbit(xd) == signbit(yd) || ((a, b) = (-a, -b))
    p = min(xp, yp)
    cmp(a << (xp - p), b << (yp - p))
end

function div_rational(x::Rational, y::Integer, r)
    xn, yn = divgcd(promote(x.num, y)...)
    div(xn, checked_mul(x.den, yn), r)
end
function div_rational(x::Integer, y::Rational, r)
    xn, yn = divgcd(promote(x, y.num)...)
    div(checked_mul(xn, y.den), yn, r)
end
function div_rational(x::Rational, y::Rational, r)
    xn, yn = divgcd(promote(x.num, y.num)...)
    xd, yd = divgcd(promote(x.den, y.den)...)
    div(checked_mul(xn, yd), checked_mul(xd, yn), r)
end
div(x::Rational, y::Integer, r::RoundingMode) = div_rational(x, y, r)
div(x::Integer, y::Rational, r::RoundingMode) = div_rational(x, y, r)
div(x::Rational, y::Rational, r::RoundingMode) = div_rational(x, y, r)
div(x::Rational, y::Union{Rational,Integer}) = div(x, y, RoundToZero)
div(x::Integer, y::Rational) = div(x, y, RoundToZero)
fld(x::Rational, y::Union{Rational,Integer}) = div(x, y, RoundDown)
fld(x::Integer, y::Rational) = div(x, y, RoundDown)
cld(x::Rational, y::Union{Rational,Integer}) = div(x, y, RoundUp)
cld(x::Integer, y::Rational) = div(x, y, RoundUp)
function rem(x::Rational, y::Rational)
    xd, yd = divgcd(promote(x.den, y.den)...)
    Rational(rem(checked_mul(x.num, yd), checked_mul(y.num, xd)), checked_mul(x.den, yd))
end
function mod(x::Rational, y::Rational)
    xd, yd = divgcd(promote(x.den, y.den)...)
    Rational(mod(checked_mul(x.num, yd), checked_mul(y.num, xd)), checked_mul(x.den, yd))
end
rem(x::Rational, y::Integer) = unsafe_rational(rem(x.num, checked_mul(x.den, y)), x.den)
mod(x::Rational, y::Integer) = unsafe_rational(mod(x.num, checked_mul(x.den, y)), x.den)
rem(x::Integer, y::Rational) = Rational(rem(checked_mul(y.den, x), y.num), y.den)
mod(x::Integer, y::Rational) = Rational(mod(checked_mul(y.den, x), y.num), y.den)

function round(::Type{T}, x::Rational{S}, r::RoundingMode=RoundNearest) where {T,S}
    iszero(x.den) && !(T <: Integer) && return convert(T, copysign(unsafe_rational(one(S), zero(S)), x.num))
    convert(T, div(x.num, x.den, r))
end
function round(::Type{T}, x::Rational{Bool}, r::RoundingMode=RoundNearest) where {T}
    !x.den && T <: Integer && throw(DivideError())
    convert(T, x)
end
round(x::Rational, r::RoundingMode=RoundNearest) = round(typeof(x), x, r)
trunc(::Type{T}, x::Rational) where {T} = round(T, x, RoundToZero)
floor(::Type{T}, x::Rational) where {T} = round(T, x, RoundDown)
ceil(::Type{T}, x::Rational) where {T} = round(T, x, RoundUp)
trunc(x::Rational) = round(x, RoundToZero)
floor(x::Rational) = round(x, RoundDown)
ceil(x::Rational) = round(x, RoundUp)

function ^(x::Rational, n::Integer)
    n >= 0 ? power_by_squaring(x, n) : power_by_squaring(inv(x), -n)
end
^(x::Number, y::Rational) = x^(y.num / y.den)
^(x::T, y::Rational) where {T<:AbstractFloat} = x^convert(T, y)
^(z::Complex{<:Rational}, n::Bool) = n ? z : one(z)
^(z::Complex{<:Rational}, n::Integer) = n >= 0 ? power_by_squaring(z, n) : power_by_squaring(inv(z), -n)

"""
    rationalize([T=Int,] x; tol=eps(x))

The simplest fraction within `tol` of the float `x`.
"""
rationalize(::Type{T}, x::AbstractFloat; tol::Real=eps(x)) where {T<:Integer} = rationalize(T, x, tol)
rationalize(x::Real; kw...) = rationalize(Int, x; kw...)
rationalize(::Type{T}, x::Complex; kw...) where {T<:Integer} = Complex(rationalize(T, x.re; kw...), rationalize(T, x.im; kw...))
rationalize(x::Complex; kw...) = Complex(rationalize(Int, x.re; kw...), rationalize(Int, x.im; kw...))
rationalize(::Type{T}, x::Rational; tol::Real=0) where {T<:Integer} = rationalize(T, x, tol)
rationalize(x::Rational; kw...) = x
rationalize(x::Integer; kw...) = Rational(x)
function rationalize(::Type{T}, x::Integer; kw...) where {T<:Integer}
    if T !== BigInt
        x < typemin(T) && return unsafe_rational(-one(T), zero(T))
        x > typemax(T) && return unsafe_rational(one(T), zero(T))
    end
    Rational{T}(x)
end
# Along the continued fraction of |x|, which is n/d at first, until the convergent p/q is
# near enough; then the last coefficient is made as small as the tolerance allows.
# e, e1 and e2 follow how far the tolerance reaches at each step.
function rationalize(::Type{T}, x::Union{AbstractFloat,Rational}, tol::Real) where {T<:Integer}
    tol < 0 && throw(ArgumentError("negative tolerance $tol"))
    T <: Unsigned && x < 0 && throw(OverflowError("cannot negate unsigned number"))
    isnan(x) && return T(x) // one(T)
    isinf(x) && return unsafe_rational(x < 0 ? -one(T) : one(T), zero(T))
    p, q = x < 0 ? -one(T) : one(T), zero(T)
    p1, q1 = zero(T), one(T)
    n = abs(x)
    d = one(n)
    a = trunc(n)
    rest = n - a
    e2 = oftype(n, tol)
    e, e1 = e2, zero(e2)
    while rest > e
        next = next_convergent(T, a, p, q, p1, q1)
        next === nothing && return p // q
        p1, q1 = p, q
        p, q = next
        n, d = d, rest
        a, rest = divrem(n, d)
        e1, e2 = e, e1
        e = a * e1 + e2
    end
    next = next_convergent(T, cld(n - e2, d + e1), p, q, p1, q1)
    next === nothing ? p // q : next[1] // next[2]
end
# (a*p + p1, a*q + q1), or nothing if that does not fit.
function next_convergent(::Type{T}, a, p, q, p1, q1) where {T}
    try
        k = convert(T, a)
        (checked_add(checked_mul(k, p), p1), checked_add(checked_mul(k, q), q1))
    catch err
        err isa InexactError || err isa OverflowError || rethrow()
        nothing
    end
end

function gcd(x::Rational, y::Rational)
    one_infinite(x, y) && return isinf(x) ? y : x
    unsafe_rational(gcd(x.num, y.num), lcm(x.den, y.den))
end
function lcm(x::Rational, y::Rational)
    unsafe_rational(lcm(x.num, y.num), gcd(x.den, y.den))
end
one_infinite(x, y) = (isinf(x) && !isinf(y) && !iszero(y)) || (isinf(y) && !isinf(x) && !iszero(x))
function gcdx(x::Rational, y::Rational)
    c = unsafe_rational(gcd(x.num, y.num), lcm(x.den, y.den))
    if iszero(c.num)
        a, b = one(c.num), c.num
    elseif iszero(c.den)
        a = iszero(x.den) ? one(c.den) : c.den
        b = iszero(y.den) ? one(c.den) : c.den
    else
        times(z) = div(z.num, c.num) * div(c.den, z.den)
        _, a, b = gcdx(times(x), times(y))
    end
    (c, a, b)
end
function tryparse(::Type{Rational{T}}, s::AbstractString) where {T<:Integer}
    at = findfirst('/', s)
    at === nothing && return (n = tryparse(T, s); n === nothing ? nothing : Rational{T}(n))
    num = tryparse(T, SubString(s, 1, prevind(s, at)))
    den = tryparse(T, chopprefix(SubString(s, nextind(s, at)), "/"))
    num === nothing || den === nothing ? nothing : num // den
end
function parse(::Type{Rational{T}}, s::AbstractString) where {T<:Integer}
    at = findfirst('/', s)
    at === nothing && return Rational{T}(parse(T, s))
    parse(T, SubString(s, 1, prevind(s, at))) // parse(T, chopprefix(SubString(s, nextind(s, at)), "/"))
end
