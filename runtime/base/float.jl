# Float64, Float32, Float16.

const IEEEFloat = Union{Float16,Float32,Float64}
const MachineReal = Union{BitInteger,Bool,IEEEFloat}

"Not a number, as a Float64."
const NaN = bits_reinterpret(Float64, 0x7ff8000000000000)
const NaN64 = NaN
"Infinity, as a Float64."
const Inf = div_float(1.0, 0.0)
const Inf64 = Inf
const NaN32 = float_convert(Float32, NaN)
const Inf32 = float_convert(Float32, Inf)
const NaN16 = float_convert(Float16, NaN)
const Inf16 = float_convert(Float16, Inf)

Float64(x::Int64) = itof(x)
Float64(x::Float64) = x
Float64(x::MachineReal) = float_convert(Float64, x)
(::Type{T})(x::MachineReal) where {T<:IEEEFloat} = float_convert(T, x)
(::Type{T})(x::T) where {T<:IEEEFloat} = x
(::Type{T})(x::IEEEFloat) where {T<:BitInteger} = float_to_int(T, x, type_name(T))
Int64(x::IEEEFloat) = float_to_int(Int64, x, :Int64)
Integer(x::IEEEFloat) = float_to_int(Int64, x, :Int64)
(::Type{T})(x::Real, r::RoundingMode) where {T<:IEEEFloat} = float_in_direction(T, BigFloat(x; precision=max(256, x isa BigInt ? ndigits(x, base=2) : 0)), r)
AbstractFloat(x::Bool) = Float64(x)
AbstractFloat(x::Union{BitInteger}) = Float64(x)
AbstractFloat(x::AbstractFloat) = x
promote_rule(::Type{Float64}, ::Type{<:Union{BitInteger,Float32,Float16}}) = Float64
promote_rule(::Type{Float32}, ::Type{<:Union{BitInteger,Float16}}) = Float32
promote_rule(::Type{Float16}, ::Type{<:BitInteger}) = Float16

"""
    float(x)

`x` as a floating point number.
"""
float(x) = AbstractFloat(x)
float(x::AbstractFloat) = x
float(::Type{T}) where {T<:Number} = typeof(float(zero(T)))
float(::Type{T}) where {T<:AbstractFloat} = T

+(x::Float64, y::Float64) = add_float(x, y)
-(x::Float64, y::Float64) = sub_float(x, y)
*(x::Float64, y::Float64) = mul_float(x, y)
/(x::Float64, y::Float64) = div_float(x, y)
-(x::Float64) = neg_float(x)
<(x::Float64, y::Float64) = lt_float(x, y)
<=(x::Float64, y::Float64) = le_float(x, y)
==(x::Float64, y::Float64) = eq_float(x, y)
!=(x::Float64, y::Float64) = ne_float(x, y)
+(x::Int64, y::Float64) = add_float(itof(x), y)
+(x::Float64, y::Int64) = add_float(x, itof(y))
-(x::Int64, y::Float64) = sub_float(itof(x), y)
-(x::Float64, y::Int64) = sub_float(x, itof(y))
*(x::Int64, y::Float64) = mul_float(itof(x), y)
*(x::Float64, y::Int64) = mul_float(x, itof(y))
/(x::Int64, y::Float64) = div_float(itof(x), y)
/(x::Float64, y::Int64) = div_float(x, itof(y))
/(x::Int64, y::Int64) = div_float(itof(x), itof(y))

+(x::T, y::T) where {T<:IEEEFloat} = float_add(x, y)
-(x::T, y::T) where {T<:IEEEFloat} = float_sub(x, y)
*(x::T, y::T) where {T<:IEEEFloat} = float_mul(x, y)
/(x::T, y::T) where {T<:IEEEFloat} = float_div(x, y)
-(x::IEEEFloat) = float_neg(x)
<(x::T, y::T) where {T<:IEEEFloat} = float_lt(x, y)
<=(x::T, y::T) where {T<:IEEEFloat} = float_le(x, y)
==(x::T, y::T) where {T<:IEEEFloat} = float_eq(x, y)
isless(x::T, y::T) where {T<:IEEEFloat} = float_isless(x, y)
isequal(x::T, y::T) where {T<:IEEEFloat} = float_isequal(x, y)
fma(x::T, y::T, z::T) where {T<:IEEEFloat} = float_fma(x, y, z)
muladd(x::T, y::T, z::T) where {T<:IEEEFloat} = x * y + z

# Numbers of different machine types compare by value.
==(x::IEEEFloat, y::Union{BitInteger,Bool}) = num_compare(x, y) == 0
==(x::Union{BitInteger,Bool}, y::IEEEFloat) = num_compare(x, y) == 0
<(x::IEEEFloat, y::Union{BitInteger,Bool}) = num_compare(x, y) == -1
<(x::Union{BitInteger,Bool}, y::IEEEFloat) = num_compare(x, y) == -1
<=(x::IEEEFloat, y::Union{BitInteger,Bool}) = num_compare(x, y) <= 0
<=(x::Union{BitInteger,Bool}, y::IEEEFloat) = num_compare(x, y) <= 0
isless(x::IEEEFloat, y::Union{BitInteger,Bool}) = !isnan(x) && (num_compare(x, y) == -1 || (x == 0 && y == 0 && signbit(x)))
isless(x::Union{BitInteger,Bool}, y::IEEEFloat) = isnan(y) || num_compare(x, y) == -1
isequal(x::IEEEFloat, y::Union{BitInteger,Bool}) = num_compare(x, y) == 0 && !(x == 0 && signbit(x))
isequal(x::Union{BitInteger,Bool}, y::IEEEFloat) = isequal(y, x)
isequal(x::IEEEFloat, y::IEEEFloat) = float_isequal(Float64(x), Float64(y))
isequal(x::AbstractFloat, y::Real) = (isnan(x) & isnan(y)) | (signbit(x) == signbit(y)) & (x == y)
isequal(x::Real, y::AbstractFloat) = isequal(y, x)
isequal(x::AbstractFloat, y::AbstractFloat) = (isnan(x) & isnan(y)) | (signbit(x) == signbit(y)) & (x == y)

div(x::T, y::T) where {T<:IEEEFloat} = round((x - rem(x, y)) / y)
rem(x::T, y::T) where {T<:IEEEFloat} = float_rem(x, y)
mod(x::T, y::T) where {T<:AbstractFloat} = float_mod(x, y)
rem(x::T, y::T, ::RoundingMode{:Nearest}) where {T<:IEEEFloat} = float_ieee_rem(x, y)
fld(x::T, y::T) where {T<:AbstractFloat} = round((x - mod(x, y)) / y)
cld(x::T, y::T) where {T<:AbstractFloat} = -fld(-x, y)
mod1(x::T, y::T) where {T<:AbstractFloat} = (m = mod(x, y); m == 0 ? y : m)

abs(x::IEEEFloat) = float_abs(x)
signbit(x::IEEEFloat) = float_signbit(x)
copysign(x::T, y::T) where {T<:IEEEFloat} = float_copysign(x, y)
copysign(x::T, y::Real) where {T<:IEEEFloat} = signbit(x) == signbit(y) ? x : -x
flipsign(x::T, y::T) where {T<:IEEEFloat} = signbit(y) ? -x : x
sign(x::IEEEFloat) = x > 0 ? one(x) : x < 0 ? -one(x) : x
isnan(x::IEEEFloat) = float_isnan(x)
isinf(x::IEEEFloat) = float_isinf(x)
isfinite(x::IEEEFloat) = !float_isnan(x) && !float_isinf(x)
isinteger(x::IEEEFloat) = float_isinteger(x)
"""
    issubnormal(x)

Whether the float is smaller than normal floats are.
"""
issubnormal(x::T) where {T<:IEEEFloat} = x != 0 && abs(x) < floatmin(T)

zero(::Type{T}) where {T<:IEEEFloat} = float_convert(T, 0)
one(::Type{T}) where {T<:IEEEFloat} = float_convert(T, 1)
zero(::T) where {T<:IEEEFloat} = float_convert(T, 0)
one(::T) where {T<:IEEEFloat} = float_convert(T, 1)
zero(::Type{Float64}) = 0.0
one(::Type{Float64}) = 1.0
zero(::Float64) = 0.0
one(::Float64) = 1.0
typemin(::Type{T}) where {T<:IEEEFloat} = float_convert(T, -Inf)
typemax(::Type{T}) where {T<:IEEEFloat} = float_convert(T, Inf)
"""
    eps([T=Float64])
    eps(x)

The distance from 1 (or `x`) to the next float.
"""
eps() = 2.220446049250313e-16
eps(::Type{T}) where {T<:IEEEFloat} = float_eps(one(T))
eps(x::IEEEFloat) = float_eps(x)
"""
    floatmin([T=Float64])

The smallest positive normal float.
"""
floatmin() = floatmin(Float64)
floatmin(::Type{Float64}) = 2.2250738585072014e-308
floatmin(::Type{Float32}) = float_convert(Float32, 1.1754943508222875e-38)
floatmin(::Type{Float16}) = float_convert(Float16, 6.103515625e-5)
floatmin(x::T) where {T<:AbstractFloat} = floatmin(T)
"""
    floatmax([T=Float64])

The largest finite float.
"""
floatmax() = floatmax(Float64)
floatmax(::Type{Float64}) = 1.7976931348623157e308
floatmax(::Type{Float32}) = float_convert(Float32, 3.4028234663852886e38)
floatmax(::Type{Float16}) = float_convert(Float16, 65504.0)
floatmax(x::T) where {T<:AbstractFloat} = floatmax(T)
maxintfloat(x::T) where {T<:AbstractFloat} = maxintfloat(T)
"""
    maxintfloat([T=Float64])

The largest integer up to which all integers are floats.
"""
maxintfloat() = 9.007199254740992e15
maxintfloat(::Type{Float64}) = 9.007199254740992e15
maxintfloat(::Type{Float32}) = float_convert(Float32, 1.6777216e7)
maxintfloat(::Type{Float16}) = float_convert(Float16, 2048.0)
maxintfloat(::Type{T}, ::Type{S}) where {T<:AbstractFloat,S<:Integer} = min(maxintfloat(T), T(typemax(S)))
"""
    precision(T)

The number of bits of the significand.
"""
precision(::Type{Float64}; base=2) = base == 2 ? 53 : floor(Int, 53 / log2(base))
precision(::Type{Float32}; base=2) = base == 2 ? 24 : floor(Int, 24 / log2(base))
precision(::Type{Float16}; base=2) = base == 2 ? 11 : floor(Int, 11 / log2(base))
precision(::T; base=2) where {T<:AbstractFloat} = precision(T; base=base)
widen(::Type{Float16}) = Float32
widen(::Type{Float32}) = Float64
widen(::Type{Float64}) = BigFloat
widen(x::Float16) = float_convert(Float32, x)
widen(x::Float32) = float_convert(Float64, x)

"""
    nextfloat(x, n=1)

The nth float above `x`.
"""
nextfloat(x::IEEEFloat) = float_nextafter(x, 1)
nextfloat(x::IEEEFloat, n::Int) = float_nextafter(x, n)
function nextfloat(x::IEEEFloat, n::Integer)
    far = n < 0 ? -typemax(Int) : typemax(Int)
    for _ in 1:3 # as far as there are floats
        abs(n) <= typemax(Int) && break
        x = float_nextafter(x, far)
        n -= far
    end
    float_nextafter(x, clamp(n, -typemax(Int), typemax(Int)) % Int)
end
"""
    prevfloat(x, n=1)

The nth float below `x`.
"""
prevfloat(x::IEEEFloat) = float_nextafter(x, -1)
prevfloat(x::IEEEFloat, n::Integer) = nextfloat(x, n isa Union{Int,BigInt} && n > typemin(Int) ? -n : -big(n))
"""
    ldexp(x, n)

`x * 2^n`.
"""
ldexp(x::IEEEFloat, n::Integer) = float_ldexp(x, clamp(n, -100000, 100000) % Int)
"""
    frexp(x)

`(f, n)` with `x == f * 2^n` and `f` in `[0.5, 1)`.
"""
frexp(x::IEEEFloat) = float_frexp(x)
"""
    exponent(x)

The exponent of a float to base 2.
"""
function exponent(x::IEEEFloat)
    isfinite(x) || throw(DomainError(x, "Cannot be NaN or Inf."))
    x == 0 && throw(DomainError(x, "Cannot be ±0.0."))
    frexp(x)[2] - 1
end
exponent(x::Real) = exponent(float(x))
"""
    significand(x)

The significand of a float, in `[1, 2)`.
"""
significand(x::IEEEFloat) = isfinite(x) && x != 0 ? 2 * frexp(x)[1] : x
# (n, p, d): x is n*2^p/d exactly; d is 0 for Inf and NaN and has the sign of a zero.
function decompose(x::IEEEFloat)
    isnan(x) && return (0, 0, 0)
    isinf(x) && return (x < 0 ? -1 : 1, 0, 0)
    x == 0 && return (0, 0, signbit(x) ? -1 : 1)
    f, e = frexp(Float64(x))
    (unsafe_trunc(Int64, f * 9.007199254740992e15), e - 53, 1)
end
decompose(x::Integer) = (x, 0, 1)
unsafe_trunc(::Type{T}, x::IEEEFloat) where {T<:BitInteger} = float_unsafe_trunc(T, x)
bitstring_float(x) = x
uinttype(::Type{Float64}) = UInt64
uinttype(::Type{Float32}) = UInt32
uinttype(::Type{Float16}) = UInt16

## how the bits of a float are made up

significand_bits(::Type{Float64}) = 52
significand_bits(::Type{Float32}) = 23
significand_bits(::Type{Float16}) = 10
exponent_bits(::Type{T}) where {T<:IEEEFloat} = 8 * sizeof(T) - significand_bits(T) - 1
exponent_raw_max(::Type{T}) where {T<:IEEEFloat} = 1 << exponent_bits(T) - 1
exponent_bias(::Type{T}) where {T<:IEEEFloat} = exponent_raw_max(T) >> 1
exponent_max(::Type{T}) where {T<:IEEEFloat} = exponent_raw_max(T) - exponent_bias(T)
sign_mask(::Type{T}) where {T<:IEEEFloat} = one(uinttype(T)) << (8 * sizeof(T) - 1)
exponent_mask(::Type{T}) where {T<:IEEEFloat} = uinttype(T)(exponent_raw_max(T)) << significand_bits(T)
exponent_one(::Type{T}) where {T<:IEEEFloat} = uinttype(T)(exponent_bias(T)) << significand_bits(T)
exponent_half(::Type{T}) where {T<:IEEEFloat} = uinttype(T)(exponent_bias(T) - 1) << significand_bits(T)
significand_mask(::Type{T}) where {T<:IEEEFloat} = one(uinttype(T)) << significand_bits(T) - one(uinttype(T))
bswap(x::IEEEFloat) = reinterpret(typeof(x), bswap(reinterpret(uinttype(typeof(x)), x)))

## rounding

"""
    floor([T,] x; digits, sigdigits, base=10)

`x` rounded down.
"""
floor(x::IEEEFloat) = float_floor(x)
"""
    ceil([T,] x; digits, sigdigits, base=10)

`x` rounded up.
"""
ceil(x::IEEEFloat) = float_ceil(x)
"""
    trunc([T,] x; digits, sigdigits, base=10)

`x` rounded to zero.
"""
trunc(x::IEEEFloat) = float_trunc(x)
"""
    round([T,] x, [r::RoundingMode]; digits, sigdigits, base=10)

`x` rounded to the nearest integer, ties to the even one unless `r` says otherwise.
"""
round(x::IEEEFloat) = float_round(x)
round(x::IEEEFloat, ::RoundingMode{:Nearest}) = float_round(x)
round(x::IEEEFloat, ::RoundingMode{:ToZero}) = float_trunc(x)
round(x::IEEEFloat, ::RoundingMode{:Down}) = float_floor(x)
round(x::IEEEFloat, ::RoundingMode{:Up}) = float_ceil(x)
round(x::IEEEFloat, ::RoundingMode{:FromZero}) = signbit(x) ? float_floor(x) : float_ceil(x)
round(x::IEEEFloat, ::RoundingMode{:NearestTiesAway}) = float_round_away(x)
round(x::IEEEFloat, ::RoundingMode{:NearestTiesUp}) = ties_up(x)
# A half is added in two parts, as what is just below a half would become 1.
function ties_up(x::T) where {T}
    e = eps(T(0.5))
    copysign(float_floor((x + (T(0.25) - e)) + (T(0.25) + e)), x)
end
round(x::Integer) = x
round(x::Integer, r::RoundingMode) = x
floor(x::Integer) = x
ceil(x::Integer) = x
trunc(x::Integer) = x

floor(::Type{Int64}, x::Float64) = float_to_int(Int64, float_floor(x), :Int64)
ceil(::Type{Int64}, x::Float64) = float_to_int(Int64, float_ceil(x), :Int64)
round(::Type{Int64}, x::Float64) = float_to_int(Int64, float_round(x), :Int64)
trunc(::Type{T}, x::IEEEFloat) where {T<:BitInteger} = isfinite(x) ? float_to_int(T, float_trunc(x), :trunc) : throw(InexactError(:trunc, T, x))
floor(::Type{T}, x::Real) where {T} = convert(T, floor(x))
ceil(::Type{T}, x::Real) where {T} = convert(T, ceil(x))
trunc(::Type{T}, x::Real) where {T} = convert(T, trunc(x))
round(::Type{T}, x::Real) where {T} = convert(T, round(x))
round(::Type{T}, x::Real, r::RoundingMode) where {T} = convert(T, round(x, r))
floor(::Type{Integer}, x::IEEEFloat) = floor(Int, x)
ceil(::Type{Integer}, x::IEEEFloat) = ceil(Int, x)
trunc(::Type{Integer}, x::IEEEFloat) = trunc(Int, x)
round(::Type{Integer}, x::IEEEFloat) = round(Int, x)
floor(::Type{T}, x::Integer) where {T<:Integer} = convert(T, x)
ceil(::Type{T}, x::Integer) where {T<:Integer} = convert(T, x)
trunc(::Type{T}, x::Integer) where {T<:Integer} = convert(T, x)
round(::Type{T}, x::Integer) where {T<:Integer} = convert(T, x)
floor(::Type{Bool}, x::IEEEFloat) = Bool(floor(x))

floor(x::Real; digits=nothing, sigdigits=nothing, base=nothing) = round_digits(x, RoundDown, digits, sigdigits, base)
ceil(x::Real; digits=nothing, sigdigits=nothing, base=nothing) = round_digits(x, RoundUp, digits, sigdigits, base)
trunc(x::Real; digits=nothing, sigdigits=nothing, base=nothing) = round_digits(x, RoundToZero, digits, sigdigits, base)
round(x::Real; digits=nothing, sigdigits=nothing, base=nothing) = round_digits(x, RoundNearest, digits, sigdigits, base)
round(x::Real, r::RoundingMode; digits=nothing, sigdigits=nothing, base=nothing) = round_digits(x, r, digits, sigdigits, base)
# A type that is not a number's defines `round(x, r)`.
floor(x; kw...) = round(x, RoundDown; kw...)
ceil(x; kw...) = round(x, RoundUp; kw...)
trunc(x; kw...) = round(x, RoundToZero; kw...)
round(x; kw...) = round(x, RoundNearest; kw...)
floor(::Type{T}, x) where {T} = round(T, x, RoundDown)
ceil(::Type{T}, x) where {T} = round(T, x, RoundUp)
trunc(::Type{T}, x) where {T} = round(T, x, RoundToZero)
round(::Type{T}, x) where {T} = round(T, x, RoundNearest)
round(::Type{T}, x, r::RoundingMode) where {T} = convert(T, round(x, r))
function round_digits(x, r, digits, sigdigits, base)
    if digits === nothing
        sigdigits === nothing && return round_plain(x, r)
        return round_significant(float(x), r, Int(sigdigits), base === nothing ? 10 : base)
    end
    sigdigits === nothing || throw(ArgumentError("`round` cannot use both `digits` and `sigdigits` arguments."))
    round_at(float(x), r, Int(digits), base === nothing ? 10 : base)
end
round_plain(x, r) = x isa Integer ? x : x isa IEEEFloat ? round(x, r) : x isa AbstractIrrational ? round(Float64(x), r) : round_other(x, r)
# By the method of round that a type has, if it has one.
round_other(x, r) = which(round, Tuple{typeof(x),typeof(r)}).sig === Tuple{typeof(round),Real,RoundingMode} ? throw(MethodError(round, (x, r))) : round(x, r)
function round_at(x::AbstractFloat, r, digits, base)
    isfinite(x) || return x
    og = oftype(x, base)^abs(digits)
    y = digits >= 0 ? round(x * og, r) / og : round(x / og, r) * og
    isfinite(y) && return y
    digits >= 0 ? x : x > 0 ? (r === RoundUp ? oftype(x, Inf) : zero(x)) : x < 0 ? (r === RoundDown ? -oftype(x, Inf) : -zero(x)) : x
end
function round_significant(x::AbstractFloat, r, sigdigits, base)
    sigdigits < 1 && throw(DomainError(sigdigits, "`sigdigits` must be positive"))
    (isfinite(x) && x != 0) || return x
    e = base == 10 ? floor(Int, log10(abs(x))) : floor(Int, log(base, abs(x)))
    # log may be off by one next to a power of the base
    abs(x) >= oftype(x, base)^(e + 1) && (e += 1)
    abs(x) < oftype(x, base)^e && (e -= 1)
    isfinite(oftype(x, base)^abs(sigdigits - 1 - e)) || return round_tiny(x, r, sigdigits - 1 - e, base)
    round_at(x, r, sigdigits - 1 - e, base)
end

# The scale does not fit into the type: in two steps.
function round_tiny(x, r, digits, base)
    half = div(digits, 2)
    a, b = oftype(x, base)^half, oftype(x, base)^(digits - half)
    y = round(x * a * b, r) / a / b
    isfinite(y) ? y : x
end
get_zero_subnormals() = false
rounding(::Type{<:IEEEFloat}) = RoundNearest
