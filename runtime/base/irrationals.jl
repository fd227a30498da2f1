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
const eulergamma = Irrational{:γ}()
const γ = eulergamma
const golden = Irrational{:φ}()
const φ = golden
const catalan = Irrational{:catalan}()

Float64(::Irrational{:π}) = 3.141592653589793
Float64(::Irrational{:ℯ}) = 2.718281828459045
Float64(::Irrational{:γ}) = 0.5772156649015329
Float64(::Irrational{:φ}) = 1.618033988749895
Float64(::Irrational{:catalan}) = 0.915965594177219
Float32(x::AbstractIrrational) = Float32(Float64(x))
Float16(x::AbstractIrrational) = Float16(Float64(x))
BigFloat(::Irrational{:π}) = bigf_pi()
BigFloat(::Irrational{:ℯ}) = bigf_e()
BigFloat(::Irrational{:φ}) = (1 + sqrt(BigFloat(5))) / 2
BigFloat(::Irrational{:γ}) = bigf_parse("0.57721566490153286060651209008240243104215933593992359880576723488486772677766467")
BigFloat(::Irrational{:catalan}) = bigf_parse("0.91596559417721901505460351493238411077414937428167213426649811962176301977625477")
AbstractFloat(x::AbstractIrrational) = Float64(x)
Complex{T}(x::AbstractIrrational) where {T<:Real} = Complex{T}(T(x))
(::Type{T})(x::AbstractIrrational) where {T<:BitInteger} = throw(InexactError(type_name(T), T, x))
big(x::AbstractIrrational) = BigFloat(x)
promote_rule(::Type{<:AbstractIrrational}, ::Type{Float16}) = Float16
promote_rule(::Type{<:AbstractIrrational}, ::Type{Float32}) = Float32
promote_rule(::Type{<:AbstractIrrational}, ::Type{<:AbstractIrrational}) = Float64
promote_rule(::Type{<:AbstractIrrational}, ::Type{T}) where {T<:Real} = promote_type(Float64, T)
promote_rule(::Type{S}, ::Type{T}) where {S<:AbstractIrrational,T<:Number} = promote_type(promote_type(S, real(T)), T)

==(::Irrational{s}, ::Irrational{s}) where {s} = true
==(::AbstractIrrational, ::AbstractIrrational) = false
==(::AbstractIrrational, ::Real) = false
==(::Real, ::AbstractIrrational) = false
<(::Irrational{s}, ::Irrational{s}) where {s} = false
<(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) < Float64(y)
<(x::AbstractIrrational, y::Real) = Float64(x) < y
<(x::Real, y::AbstractIrrational) = x < Float64(y)
<=(x::AbstractIrrational, y::AbstractIrrational) = x == y || x < y
<=(x::AbstractIrrational, y::Real) = x < y
<=(x::Real, y::AbstractIrrational) = x < y
isless(x::AbstractIrrational, y::AbstractIrrational) = x < y
isless(x::AbstractIrrational, y::Real) = x < y
isless(x::Real, y::AbstractIrrational) = x < y
isequal(x::AbstractIrrational, y::Real) = x == y
isequal(x::Real, y::AbstractIrrational) = x == y
isequal(x::AbstractIrrational, y::AbstractIrrational) = x == y
isequal(x::AbstractIrrational, y::AbstractFloat) = false
isequal(x::AbstractFloat, y::AbstractIrrational) = false
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
module_set_const(Base, :MathConstants, module_new(:MathConstants, Base))
function fill_mathconstants(m)
    for (name, v) in ((:π, π), (:pi, π), (:ℯ, ℯ), (:e, ℯ), (:γ, γ), (:eulergamma, γ), (:φ, φ), (:golden, φ), (:catalan, catalan))
        module_set_const(m, name, v)
    end
end
