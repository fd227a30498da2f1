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
(::Type{T})(z::Complex) where {T<:Real} = isreal(z) ? T(z.re)::T : throw(InexactError(nameof(T), T, z))
Bool(z::Complex) = isreal(z) ? Bool(z.re) : throw(InexactError(:Bool, Bool, z))
Rational{T}(z::Complex) where {T<:Integer} = isreal(z) ? Rational{T}(z.re) : throw(InexactError(:Rational, Rational{T}, z))
convert(::Type{T}, z::Complex) where {T<:Real} = T(z)
promote_rule(::Type{Complex{T}}, ::Type{S}) where {T<:Real,S<:Real} = Complex{promote_type(T, S)}
promote_rule(::Type{Complex{T}}, ::Type{Complex{S}}) where {T<:Real,S<:Real} = Complex{promote_type(T, S)}
widen(::Type{Complex{T}}) where {T} = Complex{widen(T)}
bswap(z::Complex) = Complex(bswap(real(z)), bswap(imag(z)))
float(::Type{Complex{T}}) where {T} = Complex{float(T)}

"""
    real(z)

The real part.
"""
real(z::Complex) = z.re
real(x::Real) = x
real(::Type{T}) where {T<:Real} = T
real(::Type{Complex{T}}) where {T<:Real} = T
real(C::Type{<:Complex}) = fieldtype(C, 1)
real(T::Type) = typeof(real(zero(T)))
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
one(::Type{Complex{T}}) where {T} = T <: AbstractIrrational ? Complex{Bool}(true, false) : Complex{T}(one(T), zero(T))
zero(z::Complex) = zero(typeof(z))
one(z::Complex) = one(typeof(z))
oneunit(z::Complex) = one(typeof(z))
float(z::Complex{<:AbstractFloat}) = z
float(z::Complex) = Complex(float(z.re), float(z.im))
big(z::Complex{T}) where {T<:Real} = Complex{big(T)}(z)
big(::Type{Complex{T}}) where {T<:Real} = Complex{big(T)}

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
# Between operators a number of two parts is in parentheses.
function show_unquoted(io::IO, z::Complex, ::Int, prec::Int)
    prec >= operator_precedence(:+) ? print(io, "(", repr(z), ")") : show(io, z)
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

"`x'` calls this function, the adjoint."
const var"'" = adjoint
transpose(x::Number) = x
abs(z::Complex) = hypot(z.re, z.im)
abs2(z::Complex) = z.re * z.re + z.im * z.im
sign(z::Complex) = iszero(z) ? float(z) : z / abs(z)
"""
    angle(z)

The phase angle of `z`, in radians.
"""
angle(z::Complex) = atan(z.im, z.re)

+(z::Complex) = Complex(+z.re, +z.im)
-(z::Complex) = Complex(-z.re, -z.im)
+(z::Complex, w::Complex) = Complex(z.re + w.re, z.im + w.im)
-(z::Complex, w::Complex) = Complex(z.re - w.re, z.im - w.im)
*(z::Complex, w::Complex) = Complex(z.re * w.re - z.im * w.im, z.re * w.im + z.im * w.re)

# A real operand touches one part only, so that signs of zeros are kept. With a Bool, or
# parts that are Bool, the difference of the parts must not be one of Bools.
+(x::Real, z::Complex) = Complex(x + z.re, z.im)
+(z::Complex, x::Real) = Complex(z.re + x, z.im)
-(z::Complex, x::Real) = Complex(z.re - x, z.im)
*(x::Real, z::Complex) = Complex(x * z.re, x * z.im)
*(z::Complex, x::Real) = Complex(z.re * x, z.im * x)
-(x::Real, z::Complex) = (re = x - z.re; Complex(re, -oftype(re, z.im)))
-(x::Bool, z::Complex) = Complex(x - z.re, -z.im)
muladd(z::Complex, w::Complex, x::Complex) =
    Complex(muladd(z.re, w.re, x.re) - z.im * w.im, muladd(z.re, w.im, muladd(z.im, w.re, x.im)))
muladd(z::Complex, w::Complex, x::Real) = Complex(muladd(z.re, w.re, x) - z.im * w.im, muladd(z.re, w.im, z.im * w.re))
muladd(x::Real, z::Complex, y::Number) = muladd(z, x, y)
muladd(z::Complex, x::Real, y::Real) = Complex(muladd(z.re, x, y), z.im * x)
muladd(z::Complex, x::Real, w::Complex) = Complex(muladd(z.re, x, w.re), muladd(z.im, x, w.im))
muladd(x::Real, y::Real, z::Complex) = Complex(muladd(x, y, z.re), z.im)

## division

/(x::R, z::S) where {R<:Real,S<:Complex} = x * inv(promote_type(R, S)(z))
/(z::Complex, x::Real) = Complex(z.re / x, z.im / x)
# Smith's method: divide through by the larger part of the divisor.
function /(a::Complex{T}, b::Complex{T}) where {T<:Real}
    c, d = reim(b)
    both = isinf(c) && isinf(d)
    if abs(c) <= abs(d)
        r = both ? sign(c) / sign(d) : c / d
        t = d + r * c
        Complex((a.re * r + a.im) / t, (a.im * r - a.re) / t)
    else
        r = both ? sign(d) / sign(c) : d / c
        t = c + r * d
        Complex((a.re + a.im * r) / t, (a.im - a.re * r) / t)
    end
end
/(z::Complex{T}, w::Complex{T}) where {T<:Union{Float16,Float32}} = oftype(z, widen(z) * inv(widen(w)))
# Smith's method made robust by Baudin and Smith (arXiv 1210.4539).
function /(z::ComplexF64, w::ComplexF64)
    a, b = reim(z)
    c, d = reim(w)
    s = 1.0
    ab = max_part(a, b)
    cd = max_part(c, d)
    if ab >= 8.98846567431158e307 || ab <= 2.004168360008973e-292 || cd >= 8.98846567431158e307 || cd <= 2.004168360008973e-292
        k = scale_of_parts(ab)
        a, b, s = a * k, b * k, s / k
        k = scale_of_parts(cd)
        c, d, s = c * k, d * k, s * k
    end
    if abs(d) <= abs(c)
        p, q = robust_quotient(a, b, c, d)
    else
        p, q = robust_quotient(b, a, d, c)
        q = -q
    end
    ComplexF64(p * s, q * s)
end
max_part(a, b) = (x = abs(a); y = abs(b); x >= y ? x : y)
# The power of two that brings a number next to overflow or underflow out of danger.
scale_of_parts(m) = m >= 8.98846567431158e307 ? 0.5 : m <= 2.004168360008973e-292 ? 4.056481920730334e31 : 1.0
function robust_quotient(a, b, c, d)
    r = d / c
    t = 1.0 / (c + d * r)
    (robust_part(a, b, c, d, r, t), robust_part(b, -a, c, d, r, t))
end
function robust_part(a, b, c, d, r, t)
    r == 0 && return (a + d * (b / c)) * t
    br = b * r
    br != 0 ? (a + br) * t : a * t + (b * t) * r
end

function inv(z::Complex)
    c, d = reim(z)
    (isinf(c) | isinf(d)) && return complex(copysign(zero(c), c), flipsign(-zero(d), d))
    complex(c, -d) / (c * c + d * d)
end
inv(z::Complex{<:Integer}) = inv(float(z))
inv(z::Complex{<:Union{Float16,Float32}}) = oftype(z, inv(widen(z)))
function inv(w::ComplexF64)
    c, d = reim(w)
    (isinf(c) | isinf(d)) && return complex(copysign(0.0, c), flipsign(-0.0, d))
    s = scale_of_parts(max(abs(c), abs(d)))
    c *= s
    d *= s
    if abs(d) <= abs(c)
        r = d / c
        t = 1.0 / (c + d * r)
        p = t
        q = -r * t
    else
        r = c / d
        t = 1.0 / (d + c * r)
        p = r * t
        q = -t
    end
    ComplexF64(p * s, q * s)
end

round(z::Complex, rr::RoundingMode=RoundNearest, ri::RoundingMode=rr; kw...) =
    Complex(round(z.re, rr; kw...), round(z.im, ri; kw...))
round(::Type{T}, z::Complex, r::RoundingMode=RoundNearest; kw...) where {T<:Complex} = T(round(z, r; kw...))
for (f, mode) in ((:floor, RoundDown), (:ceil, RoundUp), (:trunc, RoundToZero))
    @eval $f(z::Complex; kw...) = round(z, $mode; kw...)
    @eval $f(::Type{T}, z::Complex; kw...) where {T<:Complex} = round(T, z, $mode; kw...)
end
complex(a::AbstractArray{<:Complex}) = a
function complex(a::AbstractArray{T}) where {T}
    isconcretetype(T) || error("`complex` not defined on abstractly-typed arrays; please convert to a more specific type")
    convert(AbstractArray{typeof(complex(zero(T)))}, a)
end
