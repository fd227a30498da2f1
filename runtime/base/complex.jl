# Complex numbers.

Complex(x::Real, y::Real) = Complex(promote(x, y)...)
Complex(x::Real) = Complex(x, zero(x))
Complex{T}(x::Real) where {T<:Real} = Complex{T}(x, zero(T))
Complex{T}(z::Complex) where {T<:Real} = Complex{T}(real(z), imag(z))
Complex(z::Complex) = z

"""
    im

The imaginary unit.
"""
const im = Complex(false, true)
const ComplexF64 = Complex{Float64}
const ComplexF32 = Complex{Float32}
const ComplexF16 = Complex{Float16}

convert(::Type{Complex{T}}, x::Real) where {T<:Real} = Complex{T}(convert(T, x), zero(T))
convert(::Type{Complex{T}}, z::Complex{T}) where {T<:Real} = z
convert(::Type{Complex{T}}, z::Complex) where {T<:Real} = Complex{T}(convert(T, z.re), convert(T, z.im))
convert(::Type{Complex}, x::Real) = Complex(x)
convert(::Type{Complex}, z::Complex) = z
function (::Type{T})(z::Complex) where {T<:Real}
    isreal(z) || throw(InexactError(nameof(T), T, z))
    T(z.re)::T
end
convert(::Type{T}, z::Complex) where {T<:Real} = T(z)
promote_rule(::Type{Complex{T}}, ::Type{S}) where {T<:Real,S<:Real} = Complex{promote_type(T, S)}
promote_rule(::Type{Complex{T}}, ::Type{Complex{S}}) where {T<:Real,S<:Real} = Complex{promote_type(T, S)}
widen(::Type{Complex{T}}) where {T} = Complex{widen(T)}
float(::Type{Complex{T}}) where {T} = Complex{float(T)}

"""
    real(z)

The real part.
"""
real(z::Complex) = z.re
real(x::Real) = x
real(::Type{T}) where {T<:Real} = T
real(::Type{Complex{T}}) where {T} = T
"""
    imag(z)

The imaginary part.
"""
imag(z::Complex) = z.im
imag(x::Real) = zero(x)
"""
    reim(z)

Both parts, as a tuple.
"""
reim(z) = (real(z), imag(z))
complex(z::Complex) = z
complex(x::Real) = Complex(x)
complex(x::Real, y::Real) = Complex(x, y)
complex(::Type{T}) where {T<:Real} = Complex{T}
complex(::Type{Complex{T}}) where {T<:Real} = Complex{T}
isreal(x::Real) = true
isreal(z::Complex) = iszero(z.im)
isinteger(z::Complex) = isreal(z) & isinteger(z.re)
isfinite(z::Complex) = isfinite(z.re) & isfinite(z.im)
isnan(z::Complex) = isnan(z.re) | isnan(z.im)
isinf(z::Complex) = isinf(z.re) | isinf(z.im)
iszero(z::Complex) = iszero(z.re) & iszero(z.im)
isone(z::Complex) = isone(z.re) & iszero(z.im)
flipsign(x::Complex, y::Real) = signbit(y) ? -x : x
zero(::Type{Complex{T}}) where {T} = Complex{T}(zero(T), zero(T))
one(::Type{Complex{T}}) where {T} = Complex{T}(one(T), zero(T))
zero(z::Complex) = zero(typeof(z))
one(z::Complex) = one(typeof(z))
oneunit(z::Complex) = one(typeof(z))
float(z::Complex) = Complex(float(z.re), float(z.im))
big(z::Complex) = Complex(big(z.re), big(z.im))

function show(io::IO, z::Complex)
    r, i = reim(z)
    compact = get(io, :compact, false)
    show(io, r)
    if signbit(i) && !isnan(i)
        print(io, compact ? "-" : " - ")
        if isa(i, Signed) && !isa(i, BigInt) && i == typemin(typeof(i))
            show(io, -widen(i))
        else
            show(io, -i)
        end
    else
        print(io, compact ? "+" : " + ")
        show(io, i)
    end
    if !(isa(i, Integer) && !isa(i, Bool) || isa(i, AbstractFloat) && isfinite(i))
        print(io, "*")
    end
    print(io, "im")
end
show(io::IO, z::Complex{Bool}) = print(io, z == im ? "im" : "Complex($(z.re),$(z.im))")

==(z::Complex, w::Complex) = (z.re == w.re) & (z.im == w.im)
==(z::Complex, x::Real) = isreal(z) && z.re == x
==(x::Real, z::Complex) = isreal(z) && z.re == x
isequal(z::Complex, w::Complex) = isequal(z.re, w.re) & isequal(z.im, w.im)
isequal(z::Complex, x::Real) = isequal(z, complex(x, zero(x)))
isequal(x::Real, z::Complex) = isequal(complex(x, zero(x)), z)
hash(z::Complex, h::UInt) = isreal(z) && !signbit(z.im) ? hash(z.re, h) : hash(z.re, hash(z.im, h ⊻ 0x32a7a07f3e7cd1f9))

conj(z::Complex) = Complex(z.re, -z.im)
conj(x::Real) = x
adjoint(x::Number) = conj(x)
transpose(x::Number) = x
abs(z::Complex) = hypot(z.re, z.im)
abs2(z::Complex) = z.re * z.re + z.im * z.im
abs2(x::Real) = x * x
inv(z::Complex) = (d = abs2(z); conj(z) / d)
inv(z::Complex{<:Integer}) = inv(float(z))
sign(z::Complex) = iszero(z) ? z : z / abs(z)
"""
    angle(z)

The phase angle of `z`, in radians.
"""
angle(z::Complex) = atan(z.im, z.re)
angle(x::Real) = atan(zero(x), x)
"""
    cis(x)

`cos(x) + im*sin(x)`.
"""
cis(x::Real) = Complex(cos(x), sin(x))
cis(z::Complex) = (v = exp(-z.im); Complex(v * cos(z.re), v * sin(z.re)))
cispi(x::Real) = Complex(cospi(x), sinpi(x))

+(z::Complex) = z
-(z::Complex) = Complex(-z.re, -z.im)
+(z::Complex, w::Complex) = Complex(z.re + w.re, z.im + w.im)
-(z::Complex, w::Complex) = Complex(z.re - w.re, z.im - w.im)
*(z::Complex, w::Complex) = Complex(z.re * w.re - z.im * w.im, z.re * w.im + z.im * w.re)
+(x::Real, z::Complex) = Complex(x + z.re, z.im)
+(z::Complex, x::Real) = Complex(x + z.re, z.im)
-(x::Real, z::Complex) = Complex(x - z.re, -z.im)
-(z::Complex, x::Real) = Complex(z.re - x, z.im)
*(x::Real, z::Complex) = Complex(x * z.re, x * z.im)
*(z::Complex, x::Real) = Complex(x * z.re, x * z.im)
*(x::Bool, z::Complex{Bool}) = x & z
/(z::Complex, x::Real) = Complex(z.re / x, z.im / x)
/(x::Real, z::Complex) = x * inv(z)
function /(a::Complex, b::Complex)
    x, y = promote(float(a), float(b))
    ar, ai = reim(x)
    br, bi = reim(y)
    if abs(br) >= abs(bi)
        if iszero(br) && iszero(bi)
            return Complex(ar / br, ai / br)
        end
        r = bi / br
        d = br + r * bi
        Complex((ar + ai * r) / d, (ai - ar * r) / d)
    else
        r = br / bi
        d = bi + r * br
        Complex((ar * r + ai) / d, (ai * r - ar) / d)
    end
end
muladd(z::Complex, w::Complex, x::Complex) = z * w + x

# a Bool part times im: exact zeros and ones
+(x::Bool, z::Complex{Bool}) = Complex(x + z.re, Int(z.im))
*(x::AbstractFloat, z::Complex{Bool}) = Complex(z.re ? x : copysign(zero(x), x), z.im ? x : copysign(zero(x), x))
*(z::Complex{Bool}, x::AbstractFloat) = x * z
+(x::Real, z::Complex{Bool}) = Complex(x + z.re, oftype(x, z.im))
+(z::Complex{Bool}, x::Real) = x + z
-(x::Real, z::Complex{Bool}) = Complex(x - z.re, -oftype(x, z.im))

function sqrt(z::Complex)
    z = float(z)
    x, y = reim(z)
    if x == 0 && y == 0
        return Complex(zero(x), y)
    end
    m = sqrt((abs(x) + hypot(x, y)) / 2)
    if x >= 0
        Complex(m, y / (2m))
    else
        Complex(abs(y) / (2m), copysign(m, y))
    end
end
function exp(z::Complex)
    e = exp(float(z.re))
    iszero(z.im) ? Complex(e, float(z.im)) : Complex(e * cos(z.im), e * sin(z.im))
end
log(z::Complex) = Complex(log(abs(z)), angle(z))
log2(z::Complex) = log(z) / log(oftype(float(z.re), 2))
log10(z::Complex) = log(z) / log(oftype(float(z.re), 10))
sin(z::Complex) = Complex(sin(z.re) * cosh(z.im), cos(z.re) * sinh(z.im))
cos(z::Complex) = Complex(cos(z.re) * cosh(z.im), -sin(z.re) * sinh(z.im))
tan(z::Complex) = sin(z) / cos(z)
sinh(z::Complex) = Complex(sinh(z.re) * cos(z.im), cosh(z.re) * sin(z.im))
cosh(z::Complex) = Complex(cosh(z.re) * cos(z.im), sinh(z.re) * sin(z.im))
tanh(z::Complex) = sinh(z) / cosh(z)
asin(z::Complex) = -im * log(im * z + sqrt(1 - z * z))
acos(z::Complex) = π / 2 - asin(z)
atan(z::Complex) = im / 2 * (log(1 - im * z) - log(1 + im * z))

function ^(z::Complex, n::Integer)
    n >= 0 && return power_by_squaring(z, n)
    power_by_squaring(inv(z), -n)
end
function ^(z::Complex, w::Complex)
    iszero(z) && return iszero(w) ? one(float(z)) : zero(float(z))
    isreal(w) && isinteger(w.re) && abs(w.re) < 1024 && return float(z)^Int(w.re)
    exp(w * log(z))
end
^(z::Complex, x::Real) = isinteger(x) && abs(x) < 1024 ? float(z)^Int(x) : z^Complex(x)
^(z::Complex, x::Rational) = z^Float64(x)
^(x::Real, z::Complex) = iszero(x) ? Complex(x)^z : exp(z * log(Complex(x)))
^(::Irrational{:ℯ}, z::Complex) = exp(z)

round(z::Complex; kw...) = Complex(round(z.re; kw...), round(z.im; kw...))
round(z::Complex, r::RoundingMode; kw...) = Complex(round(z.re, r; kw...), round(z.im, r; kw...))
