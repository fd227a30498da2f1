# Mathematical functions.

complex_hint(f) = string(f, " was called with a negative real argument but will only return a complex result if called with a complex argument. Try ", f, "(Complex(x)).")

"""
    sqrt(x)
    √x

The square root.
"""
sqrt(x::Float64) = lt_float(x, 0.0) ? throw(DomainError(x, complex_hint(:sqrt))) : sqrt_float(x)
sqrt(x::IEEEFloat) = x < 0 ? throw(DomainError(x, complex_hint(:sqrt))) : float_sqrt(x)
sqrt(x::Real) = sqrt(float(x))
"""
    cbrt(x)

The cube root.
"""
cbrt(x::IEEEFloat) = math_cbrt(x)
cbrt(x::Real) = cbrt(float(x))
"""
    fourthroot(x)

The fourth root: `sqrt(sqrt(x))`; also `∜x`.
"""
fourthroot(x::Number) = sqrt(sqrt(x))
const ∜ = fourthroot
fourthroot(x::Real) = sqrt(sqrt(x))

"""
    exp(x)

`ℯ^x`.
"""
exp(x::IEEEFloat) = math_exp(x)
exp2(x::IEEEFloat) = math_exp2(x)
exp10(x::IEEEFloat) = math_exp10(x)
expm1(x::IEEEFloat) = math_expm1(x)
exp(x::Real) = exp(float(x))
exp2(x::Real) = exp2(float(x))
exp10(x::Real) = exp10(float(x))
exp2(x::AbstractFloat) = 2^x
exp10(x::AbstractFloat) = 10^x
expm1(x::Real) = expm1(float(x))
"""
    log(x)
    log(b, x)

The natural logarithm of `x`, or the one to base `b`.
"""
log(x::IEEEFloat) = x < 0 ? throw(DomainError(x, complex_hint(:log))) : math_log(x)
log2(x::IEEEFloat) = x < 0 ? throw(DomainError(x, complex_hint(:log2))) : math_log2(x)
log10(x::IEEEFloat) = x < 0 ? throw(DomainError(x, complex_hint(:log10))) : math_log10(x)
log1p(x::IEEEFloat) = x < -1 ? throw(DomainError(x, complex_hint(:log1p))) : math_log1p(x)
log(x::Real) = log(float(x))
log2(x::Real) = log2(float(x))
log10(x::Real) = log10(float(x))
log1p(x::Real) = log1p(float(x))
log(b::Number, x::Number) = log(promote(b, x)...)
log(b::T, x::T) where {T<:Number} = log(x) / log(b)

finite_or_throw(f, x) = isinf(x) ? throw(DomainError(x, string(f, "(x) is only defined for finite x."))) : x
"""
    sin(x)

The sine of `x` in radians.
"""
sin(x::IEEEFloat) = math_sin(finite_or_throw(:sin, x))
"""
    cos(x)

The cosine of `x` in radians.
"""
cos(x::IEEEFloat) = math_cos(finite_or_throw(:cos, x))
"""
    tan(x)

The tangent of `x` in radians.
"""
tan(x::IEEEFloat) = math_tan(finite_or_throw(:tan, x))
unit_or_throw(f, x) = abs(x) > 1 ? throw(DomainError(x, string(f, "(x) is not defined for |x| > 1."))) : x
asin(x::IEEEFloat) = math_asin(unit_or_throw(:asin, x))
acos(x::IEEEFloat) = math_acos(unit_or_throw(:acos, x))
"""
    atan(y)
    atan(y, x)

The inverse tangent of `y`, or the angle of the point `(x, y)`.
"""
atan(x::IEEEFloat) = math_atan(x)
atan(y::T, x::T) where {T<:IEEEFloat} = math_atan2(y, x)
atan(y::Real, x::Real) = (p = promote(float(y), float(x)); atan(p[1], p[2]))
sinh(x::IEEEFloat) = math_sinh(x)
cosh(x::IEEEFloat) = math_cosh(x)
tanh(x::IEEEFloat) = math_tanh(x)
asinh(x::IEEEFloat) = math_asinh(x)
acosh(x::IEEEFloat) = x < 1 ? throw(DomainError(x, "acosh(x) is only defined for x ≥ 1.")) : math_acosh(x)
atanh(x::IEEEFloat) = abs(x) > 1 ? throw(DomainError(x, "atanh(x) is only defined for |x| ≤ 1.")) : math_atanh(x)
sin(x::Real) = sin(float(x))
cos(x::Real) = cos(float(x))
tan(x::Real) = tan(float(x))
asin(x::Real) = asin(float(x))
acos(x::Real) = acos(float(x))
atan(x::Real) = atan(float(x))
sinh(x::Real) = sinh(float(x))
cosh(x::Real) = cosh(float(x))
tanh(x::Real) = tanh(float(x))
asinh(x::Real) = asinh(float(x))
acosh(x::Real) = acosh(float(x))
atanh(x::Real) = atanh(float(x))
sincos(x) = (sin(x), cos(x))
"""
    sinpi(x)

`sin(π*x)`, exactly at multiples of one half.
"""
sinpi(x::IEEEFloat) = math_sinpi(finite_or_throw(:sinpi, x))
cospi(x::IEEEFloat) = math_cospi(finite_or_throw(:cospi, x))
tanpi(x::Real) = sinpi(x) / cospi(x)
# At odd multiples of a quarter it is exact, too.
tanpi(x::IEEEFloat) = (r = rem(x, oneunit(x), RoundNearest); abs(r) == 0.25 ? copysign(oneunit(x), r) : sinpi(x) / cospi(x))
sinpi(x::Real) = sinpi(float(x))
cospi(x::Real) = cospi(float(x))
# A fraction is brought near zero before it is rounded.
function sinpi(x::Rational)
    isfinite(x) || throw(DomainError(x, "`x` must be finite."))
    r = rem(x, 2 * one(x))
    r = r > 1 ? r - 2 : r < -1 ? r + 2 : r
    r = r > 1//2 ? 1 - r : r < -1//2 ? -1 - r : r
    abs(r) <= 1//4 ? sinpi(float(r)) : copysign(cospi(float(1//2 - abs(r))), r)
end
function cospi(x::Rational)
    isfinite(x) || throw(DomainError(x, "`x` must be finite."))
    r = abs(rem(x, 2 * one(x)))
    r = r > 1 ? 2 - r : r
    r > 3//4 ? -cospi(float(1 - r)) : r <= 1//4 ? cospi(float(r)) : sinpi(float(1//2 - r))
end
sincospi(x) = (sinpi(x), cospi(x))
sinc(x::Number) = iszero(x) ? one(float(x)) : isinf(float(x)) ? zero(float(x)) : (y = float(x); sinpi(y) / (pi * y))
cosc(x::Number) = iszero(x) || isinf(x) ? zero(float(x)) : (cospi(x) - sinpi(x) / (pi * x)) / x

sec(z::Number) = inv(cos(z))
csc(z::Number) = inv(sin(z))
cot(z::Number) = inv(tan(z))
sech(z::Number) = inv(cosh(z))
csch(z::Number) = inv(sinh(z))
coth(z::Number) = inv(tanh(z))
asec(y::Number) = acos(inv(y))
acsc(y::Number) = asin(inv(y))
acot(y::Number) = atan(inv(y))
asech(y::Number) = acosh(inv(y))
acsch(y::Number) = asinh(inv(y))
acoth(y::Number) = atanh(inv(y))

"""
    deg2rad(x)

Degrees to radians.
"""
deg2rad(z::Number) = z * (oftype(float(real(z)), pi) / 180)
rad2deg(z::Number) = z * (180 / oftype(float(real(z)), pi))
finite_degrees(x) = isinf(x) ? throw(DomainError(x, "`x` cannot be infinite.")) : x
sind(x::IEEEFloat) = math_sind(finite_degrees(x))
cosd(x::IEEEFloat) = math_cosd(finite_degrees(x))
sind(x::Integer) = sind(float(rem(x, 360)))
sind(x::Real) = sind(float(x))
cosd(x::Integer) = cosd(float(rem(x, 360)))
cosd(x::Real) = cosd(float(x))
# By way of the angle in the first half of a quadrant, so that what is exact comes out exactly.
function sind(x::AbstractFloat)
    r = rem(finite_degrees(x), 360)
    a = abs(r)
    iszero(r) && return copysign(r, x)
    a == 180 && return copysign(zero(r), r)
    a < 45 ? sin(deg2rad(r)) : a <= 135 ? copysign(cos(deg2rad(90 - a)), r) : a < 225 ? sin(deg2rad((180 - a) * sign(r))) :
        a <= 315 ? -copysign(cos(deg2rad(270 - a)), r) : sin(deg2rad(r - copysign(oftype(r, 360), r)))
end
function cosd(x::AbstractFloat)
    a = abs(rem(finite_degrees(x), 360))
    a <= 45 || a > 315 ? cos(deg2rad(a > 315 ? 360 - a : a)) : a < 135 ? sin(deg2rad(90 - a)) : a <= 225 ? -cos(deg2rad(180 - a)) : sin(deg2rad(a - 270))
end
tand(x::Real) = sind(x) / cosd(x)
secd(x) = inv(cosd(x))
cscd(x) = inv(sind(x))
cotd(x) = inv(tand(x))
sincosd(x) = (sind(x), cosd(x))
asind(y) = rad2deg(asin(y))
acosd(y) = rad2deg(acos(y))
atand(y) = rad2deg(atan(y))
atand(y, x) = rad2deg(atan(y, x))

"""
    hypot(x, y, ...)

The square root of the sum of squares.
"""
hypot(x::T, y::T) where {T<:IEEEFloat} = math_hypot(x, y)
hypot(x::Real, y::Real) = (p = promote(float(x), float(y)); hypot(p[1], p[2]))
function hypot(x::Number, y::Number)
    a, b = promote(float(abs(x)), float(abs(y)))
    a isa IEEEFloat && b isa IEEEFloat && return hypot(a, b)
    isless(a, b) && ((a, b) = (b, a))
    (iszero(b) || isinf(a)) && return a
    r = b / a
    a * sqrt(one(r) + r * r)
end
hypot(x::Number) = abs(float(x))
function hypot(x::Number, y::Number, zs::Number...)
    m = float(max(abs(x), abs(y), map(abs, zs)...))
    (iszero(m) || isinf(m)) && return m
    s = abs2(x / m) + abs2(y / m)
    for z in zs
        s += abs2(z / m)
    end
    m * sqrt(s)
end

function ^(x::Float64, y::Float64)
    (y == 3.0 || y == -2.0) && return x^Int(y)
    r = math_pow(x, y)
    isnan(r) && x < 0 && isfinite(y) && throw_power_domain(x)
    r
end
function ^(x::T, y::T) where {T<:IEEEFloat}
    (y == 3 || y == -2) && return x^Int(y)
    x < 0 && isfinite(y) && !isinteger(y) && throw_power_domain(x)
    math_pow(x, y)
end
throw_power_domain(x) = throw(DomainError(x, "Exponentiation yielding a complex result requires a complex argument.\nReplace x^y with (x+0im)^y, Complex(x)^y, or similar."))
^(x::IEEEFloat, p::BitInteger) = math_powi(x, Int(p))
^(x::IEEEFloat, p::Bool) = p ? x : one(x)
^(x::IEEEFloat, p::BigInt) = x^BigFloat(p)
^(x::Union{BitInteger,Bool}, y::T) where {T<:IEEEFloat} = T(x)^y
^(x::Integer, y::AbstractFloat) = ((a, b) = promote(x, y); a^b)

"""
    evalpoly(x, p)

The polynomial with coefficients `p` (of rising powers) at `x`.
"""
function evalpoly(x, p)
    i = lastindex(p)
    v = p[i]
    while i > firstindex(p)
        i -= 1
        v = muladd(x, v, p[i])
    end
    v
end
macro evalpoly(z, p...)
    :(evalpoly($(esc(z)), ($(map(esc, p)...),)))
end
macro horner(x, p...)
    :(evalpoly($(esc(x)), ($(map(esc, p)...),)))
end

max(x::T, y::T) where {T<:AbstractFloat} = x > y ? x : y > x ? y : isnan(x) ? x : isnan(y) || !signbit(y) ? y : x
min(x::T, y::T) where {T<:AbstractFloat} = x < y ? x : y < x ? y : isnan(x) ? x : isnan(y) || !signbit(x) ? y : x
minmax(x::T, y::T) where {T<:AbstractFloat} = (min(x, y), max(x, y))
max(x::Int64, y::Int64) = slt_int(y, x) ? x : y
min(x::Int64, y::Int64) = slt_int(y, x) ? y : x
"""
    modf(x)

The fraction and the integer part of `x`.
"""
modf(x::Real) = (rem(x, one(x)), trunc(x))
modf(x::AbstractFloat) = isinf(x) ? (copysign(zero(x), x), x) : (t = trunc(x); (copysign(x - t, x), t))
nan_dom_err(out, x) = isnan(out) & !isnan(x) ? throw(DomainError(x, "NaN result for non-NaN input.")) : out

## remainders of 2π

# A number in two parts, the second much smaller than the first.
struct DoubleFloat64
    hi::Float64
    lo::Float64
end
# (n, y) with x = n*π/2 + y, n modulo 4 for a large x.
function rem_pio2_kernel(x::Float64)
    n, hi, lo = math_rem_pio2(x)
    (n, DoubleFloat64(hi, lo))
end
rem_pio2_kernel(x::Float32) = rem_pio2_kernel(Float64(x))

# The sum of two numbers in two parts, rounded to one.
function sum_of_doubles(xh, xl, yh, yl)
    r = xh + yh
    s = abs(xh) > abs(yh) ? xh - r + yh + yl + xl : yh - r + xh + xl + yl
    r + s
end
# k*π/2 added to a number in two parts, for k from -4 to 4.
function add_quarters(y::DoubleFloat64, k::Int)
    k == 0 && return y.hi + y.lo
    j = abs(k)
    h, l = j == 1 ? (1.5707963267948966, 6.123233995736766e-17) : j == 2 ? (3.141592653589793, 1.2246467991473532e-16) :
           j == 3 ? (4.71238898038469, 1.8369701987210297e-16) : (6.283185307179586, 2.4492935982947064e-16)
    k > 0 ? sum_of_doubles(y.hi, y.lo, h, l) : sum_of_doubles(y.hi, y.lo, -h, -l)
end
"""
    rem2pi(x, mode)

The remainder of `x` after division by the exact 2π, the quotient rounded as `mode` says.
"""
function rem2pi(x::Float64, ::RoundingMode{:Nearest})
    isfinite(x) || return NaN
    abs(x) < pi && return x
    n, y = rem_pio2_kernel(x)
    n &= 3
    add_quarters(y, n == 2 ? (y.hi <= 0 ? 2 : -2) : n == 3 ? -1 : n)
end
function rem2pi(x::Float64, ::RoundingMode{:ToZero})
    isfinite(x) || return NaN
    a = abs(x)
    a <= 6.283185307179586 && return x
    n, y = rem_pio2_kernel(a)
    n &= 3
    copysign(add_quarters(y, n == 0 && y.hi <= 0 ? 4 : n), x)
end
function rem2pi(x::Float64, ::RoundingMode{:Down})
    isfinite(x) || return NaN
    if x < 6.283185307179586
        x >= 0 && return x
        x > -6.283185307179586 && return add_quarters(DoubleFloat64(x, 0.0), 4)
    end
    n, y = rem_pio2_kernel(x)
    n &= 3
    add_quarters(y, n == 0 && y.hi <= 0 ? 4 : n)
end
function rem2pi(x::Float64, ::RoundingMode{:Up})
    isfinite(x) || return NaN
    if x > -6.283185307179586
        x <= 0 && return x
        x < 6.283185307179586 && return add_quarters(DoubleFloat64(x, 0.0), -4)
    end
    n, y = rem_pio2_kernel(x)
    n &= 3
    add_quarters(y, n == 0 ? (y.hi < 0 ? 0 : -4) : n - 4)
end
rem2pi(x::Float32, r::RoundingMode) = Float32(rem2pi(Float64(x), r))
rem2pi(x::Float16, r::RoundingMode) = Float16(rem2pi(Float64(x), r))
rem2pi(x::Int32, r::RoundingMode) = rem2pi(Float64(x), r)
function rem2pi(x::Int64, r::RoundingMode)
    y = Float64(x)
    y == x || throw(ArgumentError("Int64 argument to rem2pi is too large: $x"))
    rem2pi(y, r)
end
rem2pi(x::Real, r::RoundingMode) = rem2pi(float(x), r)
function rem2pi(x::BigFloat, r::RoundingMode)
    isfinite(x) || return BigFloat(NaN)
    p = precision(x)
    y = setprecision(BigFloat, p + max(0, iszero(x) ? 0 : exponent(x)) + 32) do
        t = 2 * BigFloat(pi)
        x - t * div(x, t, r)
    end
    BigFloat(y, precision=p)
end
"""
    mod2pi(x)

The remainder of `x` after division by the exact 2π, in the range from 0 to 2π.
"""
mod2pi(x) = rem2pi(x, RoundDown)
