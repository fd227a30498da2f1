# Mathematical constants that are exact until they are used.

abstract type AbstractIrrational <: Real end
"""
    Irrational{sym} <: AbstractIrrational

The type of `π` and `ℯ`.
"""
struct Irrational{sym} <: AbstractIrrational end

const π = Irrational{:π}()
"The circle's circumference over its diameter."
const pi = π
"The base of natural logarithms."
const ℯ = Irrational{:ℯ}()

Float64(::Irrational{:π}) = 3.141592653589793
Float64(::Irrational{:ℯ}) = 2.718281828459045
Float64(::Irrational{:γ}) = 0.5772156649015329
Float64(::Irrational{:φ}) = 1.618033988749895
Float64(::Irrational{:catalan}) = 0.915965594177219
Float32(x::AbstractIrrational) = Float32(Float64(x))
Float16(x::AbstractIrrational) = Float16(Float32(x))
(::Type{T})(x::AbstractIrrational, r::RoundingMode) where {T<:Union{Float32,Float64}} = T(BigFloat(x, precision=256), r)
AbstractFloat(x::AbstractIrrational) = Float64(x)
Complex{T}(x::AbstractIrrational) where {T<:Real} = Complex{T}(T(x))
(::Type{T})(x::AbstractIrrational) where {T<:BitInteger} = throw(InexactError(type_name(T), T, x))
big(x::AbstractIrrational) = BigFloat(x)
promote_rule(::Type{<:AbstractIrrational}, ::Type{Float16}) = Float16
promote_rule(::Type{<:AbstractIrrational}, ::Type{Float32}) = Float32
promote_rule(::Type{<:AbstractIrrational}, ::Type{<:AbstractIrrational}) = Float64
promote_rule(::Type{<:AbstractIrrational}, ::Type{T}) where {T<:Real} = promote_type(Float64, T)
promote_rule(::Type{S}, ::Type{T}) where {S<:AbstractIrrational,T<:Number} = promote_type(promote_type(S, real(T)), T)

# Real numbers whose order among irrational ones is known; others are promoted.
const ComparedReal = Union{IEEEFloat,BigFloat,Rational,Integer}

# No number of another type equals an irrational one, so < and <= are the same.
==(::Irrational{s}, ::Irrational{s}) where {s} = true
==(::AbstractIrrational, ::AbstractIrrational) = false
==(::AbstractIrrational, ::Real) = false
==(::Real, ::AbstractIrrational) = false
<(::Irrational{s}, ::Irrational{s}) where {s} = false
<(x::AbstractIrrational, y::AbstractIrrational) = BigFloat(x) < BigFloat(y)
<(x::AbstractIrrational, y::ComparedReal) = irrational_less(x, y)
<(x::ComparedReal, y::AbstractIrrational) = isnan(y) | isnan(x) ? false : !irrational_less(y, x)
irrational_less(x, y::Real) = irrational_less(x, big(y))
irrational_less(x, y::Union{IEEEFloat,BitInteger,Bool}) = BigFloat(x, precision=320) < y
irrational_less(x, y::Union{BigInt,BigFloat}) = BigFloat(x, precision=bits_of(y) + 64) < y
irrational_less(x, y::Rational) = y.den == 0 ? y.num > 0 : (p = bits_of(y.num) + bits_of(y.den) + 64; BigFloat(x, precision=p) < BigFloat(y, precision=p))
bits_of(y::BigFloat) = precision(y)
bits_of(y::Integer) = ndigits(y, base=2)
<=(::Irrational{s}, ::Irrational{s}) where {s} = true
<=(x::AbstractIrrational, y::AbstractIrrational) = x == y || x < y
<=(x::AbstractIrrational, y::ComparedReal) = x < y
<=(x::ComparedReal, y::AbstractIrrational) = x < y
isless(x::AbstractIrrational, y::AbstractIrrational) = x < y
isless(x::AbstractIrrational, y::Real) = x < y
isless(x::Real, y::AbstractIrrational) = x < y
isless(x::AbstractIrrational, y::AbstractFloat) = isnan(y) || x < y
isequal(x::AbstractIrrational, y::Real) = x == y
isequal(x::Real, y::AbstractIrrational) = x == y
isequal(x::AbstractIrrational, y::AbstractIrrational) = x == y
isequal(x::AbstractIrrational, y::AbstractFloat) = false
isequal(x::AbstractFloat, y::AbstractIrrational) = false
Rational{BigInt}(x::AbstractIrrational) = throw(ArgumentError("Cannot convert an AbstractIrrational to a Rational{BigInt}: use rationalize(BigInt, x) instead"))
# The nearest fraction that the type can hold, as far as it can be told from the number.
function Rational{T}(x::AbstractIrrational) where {T<:Integer}
    p = 256
    while true
        b = BigFloat(x, precision=p)
        r = rationalize(T, b, tol=0)
        abs(BigFloat(r, precision=p) - b) > eps(b) && return r
        p += 32
    end
end
rationalize(::Type{T}, x::AbstractIrrational; tol::Real=0) where {T<:Integer} = rationalize(T, big(x), tol=tol)
isfinite(::AbstractIrrational) = true
isinteger(::AbstractIrrational) = false
iszero(::AbstractIrrational) = false
isone(::AbstractIrrational) = false
signbit(::AbstractIrrational) = false
sign(::AbstractIrrational) = 1.0
hash(x::Irrational, h::UInt) = 3 * objectid(x) - h
zero(::AbstractIrrational) = false
zero(::Type{<:AbstractIrrational}) = false
one(::AbstractIrrational) = true
one(::Type{<:AbstractIrrational}) = true
widen(::Type{T}) where {T<:Irrational} = T
-(x::AbstractIrrational) = -Float64(x)
+(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) + Float64(y)
-(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) - Float64(y)
*(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) * Float64(y)
/(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) / Float64(y)
^(x::AbstractIrrational, y::AbstractIrrational) = Float64(x)^Float64(y)
^(::Irrational{:ℯ}, y::AbstractIrrational) = exp(y)
*(x::Bool, y::AbstractIrrational) = ifelse(x, Float64(y), 0.0)
^(::Irrational{:ℯ}, x::Integer) = exp(x)
^(::Irrational{:ℯ}, x::AbstractFloat) = exp(x)
^(::Irrational{:ℯ}, x::Rational) = exp(x)
^(::Irrational{:ℯ}, x::Number) = exp(x)
literal_pow(::typeof(^), ::Irrational{:ℯ}, ::Val{p}) where {p} = exp(p)
^(x::AbstractIrrational, p::Integer) = Float64(x)^p
round(x::Irrational, r::RoundingMode) = round(Float64(x), r)
floor(x::AbstractIrrational) = floor(Float64(x))
ceil(x::AbstractIrrational) = ceil(Float64(x))
trunc(x::AbstractIrrational) = trunc(Float64(x))
round(x::AbstractIrrational) = round(Float64(x))
log(::Irrational{:ℯ}) = 1
sin(::Irrational{:π}) = 0.0
cos(::Irrational{:π}) = -1.0
tan(::Irrational{:π}) = -0.0
irrational_name(::Irrational{sym}) where {sym} = sym
show(io::IO, x::Irrational{sym}) where {sym} = print(io, sym)
function show(io::IO, ::MIME"text/plain", x::Irrational{sym}) where {sym}
    if get(io, :compact, false)::Bool
        print(io, sym)
    else
        print(io, sym, " = ", string(float(x))[1:min(end, 15)], "...")
    end
end
print(io::IO, x::Irrational) = show(io, x)

"""
    @irrational sym [value] definition
    @irrational T sym [value] definition

Define the constant `sym`, an `Irrational` whose Float64 is `value` and whose BigFloat is
what `definition` computes.
"""
macro irrational(args...)
    rest = args
    sym, value, def = length(rest) == 2 ? (rest[1], nothing, rest[2]) : rest
    quoted = esc(Expr(:quote, sym))
    name = esc(sym)
    f = value === nothing ? :(Float64($name |> BigFloat)) : esc(value)
    quote
        const $name = Irrational{$quoted}()
        Base.big_constant(::Irrational{$quoted}) = $(esc(def))
        let value = $(value === nothing ? :(Float64(Base.big_constant($name))) : esc(value))
            global Base.Float64(::Irrational{$quoted}) = value
            global Base.Float32(::Irrational{$quoted}) = Float32(value)
        end
        nothing
    end
end

"""
    MathConstants

`π`, `ℯ`, `γ` (Euler's constant), `φ` (the golden ratio) and `catalan`.
"""
module MathConstants

using ..Base: Irrational, π, pi, ℯ

export π, pi, ℯ, e, γ, eulergamma, catalan, φ, golden

const e = ℯ
const γ = Irrational{:γ}()
"Euler's constant, the limit of `1 + 1/2 + ... + 1/n - log(n)`."
const eulergamma = γ
const φ = Irrational{:φ}()
"The golden ratio, `(1 + √5)/2`."
const golden = φ
"Catalan's constant, `1 - 1/9 + 1/25 - 1/49 + ...`."
const catalan = Irrational{:catalan}()

end
