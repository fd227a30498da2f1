# Rational numbers.

unsafe_rational(num::T, den::T) where {T<:Integer} = unsafe_rational(T, num, den)

function Rational{T}(num::Integer, den::Integer) where {T<:Integer}
    n, d = convert(T, num), convert(T, den)
    d == 0 && n == 0 && throw(ArgumentError("invalid rational: zero($T)//zero($T)"))
    g = gcd(n, d)
    n, d = div(n, g), div(d, g)
    if d < 0
        n, d = checked_neg(n), checked_neg(d)
    end
    unsafe_rational(T, n, d)
end
Rational{T}(n::Integer) where {T<:Integer} = unsafe_rational(T, convert(T, n), one(T))
Rational{T}(x::Rational) where {T<:Integer} = unsafe_rational(T, convert(T, x.num), convert(T, x.den))
Rational(n::T, d::T) where {T<:Integer} = Rational{T}(n, d)
Rational(n::Integer, d::Integer) = Rational(promote(n, d)...)
Rational(n::Integer) = unsafe_rational(n, one(n))
Rational(x::Rational) = x

function Rational{T}(x::AbstractFloat) where {T<:Integer}
    r = rationalize(T, x; tol=0)
    x == convert(typeof(x), r) || throw(InexactError(:Rational, Rational{T}, x))
    r
end
Rational(x::Float64) = Rational{Int64}(x)
Rational(x::AbstractFloat) = Rational{Int64}(x)

"""
    //(num, den)

The fraction `num / den`, exactly.
"""
//(n::Integer, d::Integer) = Rational(n, d)
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
function divgcd(x, y)
    g = gcd(x, y)
    (div(x, g), div(y, g))
end
function checked_den(num, den)
    n, d = promote(num, den)
    d < 0 ? unsafe_rational(typeof(n), checked_neg(n), checked_neg(d)) : unsafe_rational(typeof(n), n, d)
end

numerator(x::Integer) = x
numerator(x::Rational) = x.num
denominator(x::Integer) = one(x)
denominator(x::Rational) = x.den

function show(io::IO, x::Rational)
    show(io, numerator(x))
    print(io, "//")
    show(io, denominator(x))
end

convert(::Type{Rational{T}}, x::Rational) where {T<:Integer} = Rational{T}(x)
convert(::Type{Rational{T}}, x::Integer) where {T<:Integer} = Rational{T}(x)
convert(::Type{Rational}, x::Rational) = x
convert(::Type{Rational}, x::Integer) = Rational(x)
function (::Type{T})(x::Rational) where {T<:AbstractFloat}
    p = promote_type(T, typeof(x.num))
    convert(T, p(x.num) / p(x.den))
end
function (::Type{T})(x::Rational) where {T<:Integer}
    isinteger(x) || throw(InexactError(nameof(T), T, x))
    convert(T, x.num)
end
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
hash(x::Rational, h::UInt) = x.den == 1 ? hash(x.num, h) : x.den != 0 && ispow2(x.den) ? hash(Float64(x), h) : hash(x.num, hash(x.den, h + 0x9f5cb5f6b9bca9b3))

+(x::Rational) = x
-(x::Rational{T}) where {T<:Signed} = (x.num == typemin(T) && throw(OverflowError("rational numerator is typemin($T)")); unsafe_rational(T, -x.num, x.den))
-(x::Rational) = unsafe_rational(typeof(x.num), checked_neg(x.num), x.den)
abs(x::Rational) = unsafe_rational(typeof(x.num), checked_abs(x.num), x.den)

function +(x::Rational, y::Rational)
    xd, yd = divgcd(promote(x.den, y.den)...)
    Rational(checked_add(checked_mul(x.num, yd), checked_mul(y.num, xd)), checked_mul(x.den, yd))
end
function -(x::Rational, y::Rational)
    xd, yd = divgcd(promote(x.den, y.den)...)
    Rational(checked_sub(checked_mul(x.num, yd), checked_mul(y.num, xd)), checked_mul(x.den, yd))
end
+(x::Rational, y::Integer) = (n = checked_add(x.num, checked_mul(x.den, y)); unsafe_rational(typeof(n), n, oftype(n, x.den)))
+(y::Integer, x::Rational) = x + y
-(x::Rational, y::Integer) = (n = checked_sub(x.num, checked_mul(x.den, y)); unsafe_rational(typeof(n), n, oftype(n, x.den)))
-(y::Integer, x::Rational) = (n = checked_sub(checked_mul(x.den, y), x.num); unsafe_rational(typeof(n), n, oftype(n, x.den)))
function *(x::Rational, y::Rational)
    xn, yd = divgcd(promote(x.num, y.den)...)
    xd, yn = divgcd(promote(x.den, y.num)...)
    n, d = promote(checked_mul(xn, yn), checked_mul(xd, yd))
    unsafe_rational(typeof(n), n, d)
end
function *(x::Rational, y::Integer)
    xd, yn = divgcd(promote(x.den, y)...)
    n, d = promote(checked_mul(x.num, yn), xd)
    unsafe_rational(typeof(n), n, d)
end
*(y::Integer, x::Rational) = x * y
/(x::Rational, y::Union{Rational,Integer}) = x // y
/(x::Integer, y::Rational) = x // y
inv(x::Rational) = x.num < 0 ? unsafe_rational(typeof(x.num), -x.den, -x.num) : unsafe_rational(typeof(x.num), x.den, x.num)
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
==(x::AbstractFloat, y::Rational) = isinteger_den(y) && isfinite(x) ? Rational{BigInt}(x) == y : isinf(x) && isinf(y) && signbit(x) == signbit(y)
==(x::Rational, y::AbstractFloat) = y == x
isinteger_den(y) = y.den == 0 ? false : ispow2(y.den)

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
for R in (:ToZero, :Down, :Up)
    @eval div(x::Rational, y::Integer, r::RoundingMode{$(QuoteNode(R))}) = div_rational(x, y, r)
    @eval div(x::Integer, y::Rational, r::RoundingMode{$(QuoteNode(R))}) = div_rational(x, y, r)
    @eval div(x::Rational, y::Rational, r::RoundingMode{$(QuoteNode(R))}) = div_rational(x, y, r)
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
rem(x::Rational, y::Integer) = rem(x, Rational(y))
mod(x::Rational, y::Integer) = mod(x, Rational(y))
rem(x::Integer, y::Rational) = rem(Rational(x), y)
mod(x::Integer, y::Rational) = mod(Rational(x), y)

trunc(::Type{T}, x::Rational) where {T<:Integer} = round(T, x, RoundToZero)
floor(::Type{T}, x::Rational) where {T<:Integer} = round(T, x, RoundDown)
ceil(::Type{T}, x::Rational) where {T<:Integer} = round(T, x, RoundUp)
round(::Type{T}, x::Rational, r::RoundingMode=RoundNearest) where {T<:Integer} = convert(T, div(x.num, x.den, r))
round(x::Rational, r::RoundingMode=RoundNearest) = round(typeof(x), x, r)
round(::Type{Rational{T}}, x::Rational, r::RoundingMode=RoundNearest) where {T} = x.den == 0 ? x : convert(Rational{T}, div(x.num, x.den, r))
trunc(x::Rational) = round(x, RoundToZero)
floor(x::Rational) = round(x, RoundDown)
ceil(x::Rational) = round(x, RoundUp)

function ^(x::Rational, n::Integer)
    n >= 0 ? power_by_squaring(x, n) : power_by_squaring(inv(x), -n)
end
^(x::Rational, y::Rational) = isinteger(y) ? x^y.num : Float64(x)^Float64(y)
^(x::Integer, y::Rational) = Float64(x)^Float64(y)
^(x::AbstractFloat, y::Rational) = x^convert(typeof(x), y)

"""
    rationalize([T=Int,] x; tol=eps(x))

The simplest fraction within `tol` of the float `x`.
"""
function rationalize(::Type{T}, x::AbstractFloat; tol::Real=eps(x)) where {T<:Integer}
    isnan(x) && throw(ArgumentError("cannot rationalize NaN"))
    isinf(x) && return unsafe_rational(T, x < 0 ? -one(T) : one(T), zero(T))
    # continued fraction of |x|, in exact arithmetic
    exact = float_as_ratio(abs(x))
    n, d = exact
    p0, q0, p1, q1 = big(0), big(1), big(1), big(0)
    while true
        a = div(n, d)
        p0, p1 = p1, a * p1 + p0
        q0, q1 = q1, a * q1 + q0
        n, d = d, n - a * d
        d == 0 && break
        tol > 0 && abs(Float64(abs(x)) - Float64(p1) / Float64(q1)) <= tol && break
        p1 > typemax_or_big(T) && throw(OverflowError("cannot represent $x as a Rational{$T}"))
    end
    r = unsafe_rational(T, convert(T, p1), convert(T, q1))
    x < 0 ? -r : r
end
typemax_or_big(::Type{BigInt}) = big(10)^400
typemax_or_big(::Type{T}) where {T} = big(typemax(T))
rationalize(x::AbstractFloat; kw...) = rationalize(Int, x; kw...)
rationalize(::Type{T}, x::Rational; tol=0) where {T<:Integer} = Rational{T}(x)
rationalize(x::Union{Integer,Rational}; kw...) = Rational(x)
function float_as_ratio(x)
    y = Float64(x)
    y == 0 && return (big(0), big(1))
    e = exponent(y)
    m = BigInt(significand(y) * 2.0^52)
    s = e - 52
    s >= 0 ? (m << s, big(1)) : reduce_ratio(m, big(1) << -s)
end
reduce_ratio(n, d) = (g = gcd(n, d); (div(n, g), div(d, g)))

gcd(x::Rational, y::Rational) = unsafe_rational(promote(gcd(x.num, y.num), lcm(x.den, y.den))...)
lcm(x::Rational, y::Rational) = unsafe_rational(promote(lcm(x.num, y.num), gcd(x.den, y.den))...)
