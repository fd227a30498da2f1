# Elementary functions of complex numbers, most of them after W. Kahan, "Branch cuts
# for complex elementary functions".

"""
    cis(x)

`cos(x) + im*sin(x)`.
"""
cis(x::Real) = ((s, c) = sincos(x); Complex(c, s))
cis(z::Complex) = (v = exp(-z.im); (s, c) = sincos(z.re); Complex(v * c, v * s))
"""
    cispi(x)

`cis(π*x)`, exact where it can be.
"""
cispi(x::Real) = Complex(cospi(x), sinpi(x))
cispi(z::Complex) = (v = exp(-(z.im * π)); Complex(v * cospi(z.re), v * sinpi(z.re)))

# x² + y² as ρ * 4^k, without overflow or underflow.
function scaled_abs2(x::T, y::T) where {T<:AbstractFloat}
    ρ = x * x + y * y
    if !isfinite(ρ) && (isinf(x) || isinf(y))
        return (convert(T, Inf), 0)
    elseif isinf(ρ) || (ρ == 0 && (x != 0 || y != 0)) || ρ < nextfloat(zero(T)) / (2 * eps(T)^2)
        m = max(abs(x), abs(y))
        k = m == 0 ? 0 : exponent(m)
        a = ldexp(x, -k)
        b = ldexp(y, -k)
        return (a * a + b * b, k)
    end
    (ρ, 0)
end

function sqrt(z::Complex{<:AbstractFloat})
    x, y = reim(z)
    x == y == 0 && return Complex(zero(x), y)
    ρ, k = scaled_abs2(x, y)
    isfinite(x) && (ρ = ldexp(abs(x), -k) + sqrt(ρ))
    if isodd(k)
        k = div(k - 1, 2)
    else
        k = div(k, 2) - 1
        ρ += ρ
    end
    ρ = ldexp(sqrt(ρ), k)    # sqrt((|z| + |x|)/2)
    ρ == 0 && return Complex(ρ, y)
    η = isfinite(y) ? (y / ρ) / 2 : y
    x < 0 ? Complex(abs(η), copysign(ρ, y)) : Complex(ρ, η)
end
sqrt(z::Complex) = sqrt(float(z))

function log(z::Complex{T}) where {T<:AbstractFloat}
    x, y = reim(z)
    ρ, k = scaled_abs2(x, y)
    small, large = minmax_parts(abs(x), abs(y))
    if k == 0 && 0.5 < large * large && (large <= T(1.25) || ρ < T(3))
        re = log1p((large - 1) * (large + 1) + small * small) / 2
    else
        re = log(ρ) / 2 + k * log(convert(T, 2))
    end
    Complex(re, angle(z))
end
minmax_parts(a, b) = a < b ? (a, b) : (b, a)
log(z::Complex) = log(float(z))
log10(z::Complex) = (a = log(z); a / log(oftype(real(a), 10)))
log2(z::Complex) = (a = log(z); a / log(oftype(real(a), 2)))

# exp and expm1 of a number whose imaginary part is not finite; limit is where they
# go for a real part of -Inf.
function exp_not_finite(zr, zi, limit)
    zr == Inf && return Complex(-zr, oftype(zr, NaN))
    zr == -Inf && return Complex(-limit, copysign(zero(zi), zi))
    Complex(oftype(zr, NaN), oftype(zi, NaN))
end
function exp(z::Complex)
    zr, zi = reim(z)
    isnan(zr) && return Complex(zr, zi == 0 ? zi : zr)
    isfinite(zi) || return exp_not_finite(zr, zi, zero(zr))
    e = exp(zr)
    iszero(zi) && return Complex(e, zi)
    s, c = sincos(zi)
    Complex(e * c, e * s)
end
function expm1(z::Complex{T}) where {T<:Real}
    zr, zi = reim(z)
    isnan(zr) && return Complex(zr, zi == 0 ? zi : zr)
    isfinite(zi) || return exp_not_finite(zr, zi, one(zr))
    m = expm1(zr)
    zi == 0 && return Complex(m, zi)
    e = m + one(m)
    isfinite(e) && return Complex(m - 2 * e * (sin(convert(float(T), 0.5) * zi))^2, e * sin(zi))
    s, c = sincos(zi)
    Complex(e * c, e * s)
end
function log1p(z::Complex{T}) where {T}
    zr, zi = reim(z)
    if isfinite(zr)
        isinf(zi) && return log(z)
        u = one(float(T)) + z
        u == 1 && return convert(typeof(u), z)
        return real(u) <= 0 ? log(u) : log(u) * z / (u - 1)
    end
    isnan(zr) && return Complex(zr, zr)
    isfinite(zi) ? Complex(T(Inf), copysign(zr > 0 ? zero(T) : convert(T, pi), zi)) : Complex(T(Inf), T(NaN))
end
exp2(z::Complex{T}) where {T<:AbstractFloat} = exp_of_base(exp2(z.re), z.im * log(convert(T, 2)))
exp10(z::Complex{T}) where {T<:AbstractFloat} = exp_of_base(exp10(z.re), z.im * log(convert(T, 10)))
exp2(z::Complex) = exp2(float(z))
exp10(z::Complex) = exp10(float(z))
exp_of_base(e, θ) = ((s, c) = sincos(θ); Complex(e * c, e * s))

## powers

^(z::Complex{T}, p::Complex{T}) where {T<:Real} = complex_power(z, p)
^(z::Complex{T}, p::T) where {T<:Real} = complex_power(z, p)
^(z::T, p::Complex{T}) where {T<:Real} = complex_power(z, p)
^(z::Complex, n::Bool) = n ? z : one(z)
^(z::Complex{<:AbstractFloat}, n::Bool) = n ? z : one(z)
^(z::Complex{<:Integer}, n::Bool) = n ? z : one(z)
^(z::Complex, n::Integer) = z^Complex(n)
^(z::Complex{<:AbstractFloat}, n::Integer) = n >= 0 ? power_by_squaring(z, n) : power_by_squaring(inv(z), -n)
^(z::Complex{<:Integer}, n::Integer) = gaussian_power(power_type(z), n)
gaussian_power(z, n) = n >= 0 ? nonnegative_power(z, n) : isone(z) || isone(-z) && isodd(n) ? z : isone(-z) ? one(z) : power_error(z, n)
^(z::Complex{T}, p::S) where {T<:Real,S<:Real} = (P = promote_type(T, S); Complex{P}(z)^P(p))
^(z::T, p::Complex{S}) where {T<:Real,S<:Real} = (P = promote_type(T, S); P(z)^Complex{P}(p))
^(z::Complex, x::Rational) = z^Float64(x)
^(::Irrational{:ℯ}, z::Complex) = exp(z)

complex_power(z, p) = complex_power(float(z), float(p))
function complex_power(z::Union{T,Complex{T}}, p::Union{T,Complex{T}}) where {T<:AbstractFloat}
    isreal(p) && return real_power(z, p, real(p))
    pr, pi_ = reim(p)
    if isreal(z)
        iszero(z) && return pr > 0 ? complex(z) : Complex(T(NaN), T(NaN))
        x = real(z)
        x > 0 && return from_polar(x^pr, pi_ * log(x))
        θ = copysign(T(π), imag(z))
        return from_polar((-x)^pr * exp(-pi_ * θ), pr * θ + pi_ * log(-x))
    end
    r = abs(z)
    θ = angle(z)
    from_polar(r^pr * exp(-pi_ * θ), pr * θ + pi_ * log(r))
end
# z^p for a p whose value q is real.
function real_power(z::Union{T,Complex{T}}, p, q::T) where {T<:AbstractFloat}
    if isinteger(q) && abs(q) < typemax(Int32)
        iszero(q) && return Complex(one(T), flipsign(copysign(zero(T), q), imag(z)))
        n = convert(Int, q)
        isreal(z) || return n < 0 ? power_by_squaring(inv(z), -n) : power_by_squaring(z, n)
        x = real(z)
        n < 0 && iszero(z) && return Complex(T(NaN), T(NaN))
        re = n < 0 ? power_by_squaring(inv(x), -n) : power_by_squaring(x, n)
        im = n < 0 ? -imag(z) : imag(z)
        return Complex(re, iseven(n) & signbit(x) ? -im : im)
    end
    isreal(z) || return from_polar(abs(z)^q, q * angle(z))
    x = real(z)
    iszero(x) && return q > 0 ? complex(z) : Complex(T(NaN), T(NaN))
    x > 0 && return Complex(x^q, z isa Real ? ifelse(x < 1, -imag(p), imag(p)) : flipsign(imag(z), q))
    r = (-x)^q
    isfinite(q) && return r * complex(cospi(q), flipsign(sinpi(q), imag(z)))
    iszero(r) ? zero(Complex{T}) : Complex(T(NaN), T(NaN))
end
from_polar(r::T, ϕ) where {T} = isfinite(ϕ) ? r * cis(ϕ) : iszero(r) ? zero(Complex{T}) : Complex(T(NaN), T(NaN))

## trigonometric functions and their inverses

function sin(z::Complex{T}) where {T}
    F = float(T)
    zr, zi = reim(z)
    zr == 0 && return Complex(F(zr), sinh(zi))
    isfinite(zr) || return Complex(F(NaN), zi == 0 || isinf(zi) ? F(zi) : F(NaN))
    s, c = sincos(zr)
    Complex(s * cosh(zi), c * sinh(zi))
end
function cos(z::Complex{T}) where {T}
    F = float(T)
    zr, zi = reim(z)
    zr == 0 && return Complex(cosh(zi), isnan(zi) ? F(zr) : -flipsign(F(zr), zi))
    if !isfinite(zr)
        zi == 0 && return Complex(F(NaN), isnan(zr) ? zero(F) : -flipsign(F(zi), zr))
        return Complex(isinf(zi) ? F(Inf) : F(NaN), F(NaN))
    end
    s, c = sincos(zr)
    Complex(c * cosh(zi), -s * sinh(zi))
end
tan(z::Complex) = (w = tanh(Complex(-z.im, z.re)); Complex(w.im, -w.re))
sinh(z::Complex) = (w = sin(Complex(z.im, z.re)); Complex(w.im, w.re))
cosh(z::Complex) = cos(Complex(z.im, -z.re))
function tanh(z::Complex{T}) where {T<:AbstractFloat}
    ξ, η = reim(z)
    isnan(ξ) && η == 0 && return z
    if 4 * abs(ξ) > asinh(prevfloat(typemax(T)))
        return Complex(copysign(one(T), ξ), copysign(zero(T), η * (isfinite(η) ? sin(2 * abs(η)) : one(η))))
    end
    t = tan(η)
    β = 1 + t * t
    s = sinh(ξ)
    ρ = sqrt(1 + s * s)
    isinf(t) ? Complex(ρ / s, 1 / t) : Complex(β * ρ * s, t) / (1 + β * s * s)
end
tanh(z::Complex) = tanh(float(z))

function asin(z::Complex)
    zr, zi = reim(z)
    isinf(zr) && isinf(zi) && return Complex(copysign(oftype(zr, pi) / 4, zr), zi)
    isnan(zi) && isinf(zr) && return Complex(zi, oftype(zr, Inf))
    ξ = zr == 0 ? zr : !isfinite(zr) ? oftype(zr, pi) / 2 * sign(zr) : atan(zr, real(sqrt(1 - z) * sqrt(1 + z)))
    Complex(ξ, asinh(copysign(imag(sqrt(conj(1 - z)) * sqrt(1 + z)), imag(z))))
end
function acos(z::Complex{<:AbstractFloat})
    zr, zi = reim(z)
    half = oftype(zr, pi) / 2
    isnan(zr) && return Complex(zr, isinf(zi) ? -zi : zr)
    isnan(zi) && return isinf(zr) ? Complex(zi, abs(zr)) : zr == 0 ? Complex(half, zi) : Complex(zi, zi)
    zr == zi == 0 && return Complex(half, -zi)
    zr == Inf && zi === 0.0 && return Complex(zi, -zr)
    zr == -Inf && zi === -0.0 && return Complex(oftype(zi, pi), -zr)
    ξ = 2 * atan(real(sqrt(1 - z)), real(sqrt(1 + z)))
    η = asinh(imag(sqrt(conj(1 + z)) * sqrt(1 - z)))
    isinf(zr) && isinf(zi) && (ξ -= oftype(η, pi) / 4 * sign(zr))
    Complex(ξ, η)
end
acos(z::Complex) = acos(float(z))
atan(z::Complex) = (w = atanh(Complex(-z.im, z.re)); Complex(w.im, -w.re))
asinh(z::Complex) = (w = asin(Complex(-z.im, z.re)); Complex(w.im, -w.re))
function acosh(z::Complex)
    zr, zi = reim(z)
    if isnan(zr) || isnan(zi)
        return Complex(oftype(zr, isinf(zr) || isinf(zi) ? Inf : NaN), oftype(zi, NaN))
    elseif zr == -Inf && zi === -0.0
        return Complex(oftype(zr, Inf), oftype(zi, -pi))
    end
    ξ = asinh(real(sqrt(conj(z - 1)) * sqrt(z + 1)))
    η = 2 * atan(imag(sqrt(z - 1)), real(sqrt(z + 1)))
    isinf(zr) && isinf(zi) && (η -= oftype(η, pi) / 4 * sign(zi) * sign(zr))
    Complex(ξ, η)
end
function atanh(z::Complex{T}) where {T<:AbstractFloat}
    θ = sqrt(prevfloat(typemax(T))) / 4
    x, y = reim(z)
    ax = abs(x)
    ay = abs(y)
    if ax > θ || ay > θ
        isnan(y) && return Complex(isinf(x) ? copysign(zero(x), x) : real(1 / z), y)
        return Complex(isinf(y) ? copysign(zero(x), x) : real(1 / z), copysign(oftype(y, pi) / 2, y))
    end
    β = copysign(one(T), x)
    z *= β
    x, y = reim(z)
    m = ay + 1 / θ
    if x == 1
        if y == 0
            ξ = oftype(x, Inf)
            η = y
        else
            ξ = log(sqrt(sqrt(4 + y * y)) / sqrt(m))
            η = copysign(oftype(y, pi) / 2 + atan(m / 2), y) / 2
        end
    else
        q = m^2
        ξ = x == 0 ? x : log1p(4x / ((1 - x)^2 + q)) / 4
        η = angle(Complex((1 - x) * (1 + x) - q, 2y)) / 2
    end
    β * Complex(ξ, η)
end
atanh(z::Complex) = atanh(float(z))

function sinpi(z::Complex{T}) where {T}
    F = float(T)
    zr, zi = reim(z)
    if isinteger(zr)
        # the sign of a zero is that of the product of the parts
        return Complex(copysign(zero(F), zr), cospi(zr) * sinh(pi * zi))
    end
    isfinite(zr) || return Complex(F(NaN), zi == 0 || isinf(zi) ? F(zi) : F(NaN))
    p = pi * zi
    Complex(sinpi(zr) * cosh(p), cospi(zr) * sinh(p))
end
function cospi(z::Complex{T}) where {T}
    F = float(T)
    zr, zi = reim(z)
    if isinteger(zr)
        s = copysign(zero(F), zr)
        return Complex(cospi(zr) * cosh(pi * zi), isnan(zi) ? s : -flipsign(s, zi))
    end
    if !isfinite(zr)
        zi == 0 && return Complex(F(NaN), isnan(zr) ? zero(F) : -flipsign(F(zi), zr))
        return Complex(isinf(zi) ? F(Inf) : F(NaN), F(NaN))
    end
    p = pi * zi
    Complex(cospi(zr) * cosh(p), -sinpi(zr) * sinh(p))
end
tanpi(z::Complex) = sinpi(z) / cospi(z)
sind(z::Complex) = sin(deg2rad(z))
cosd(z::Complex) = cos(deg2rad(z))
tand(z::Complex) = tan(deg2rad(z))
