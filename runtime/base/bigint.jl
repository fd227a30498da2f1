# BigInt and BigFloat: numbers of any size.

"""
    BigInt(x)

An integer without limits. See also [`big`](@ref).
"""
BigInt(x::BigInt) = x
BigInt(x::Union{BitInteger,Bool}) = big_int(x)
BigInt(x::IEEEFloat) = isinteger(x) ? big_from_float(Float64(x)) : throw(InexactError(:BigInt, BigInt, x))
BigInt(x::BigFloat) = isinteger(x) ? bigf_to_int(x) : throw(InexactError(:BigInt, BigInt, x))
BigInt(x::AbstractString) = parse(BigInt, x)
(::Type{T})(x::BigInt) where {T<:BitInteger} = int_convert(T, x)
Bool(x::BigInt) = x == 0 ? false : x == 1 ? true : throw(InexactError(:Bool, Bool, x))
(::Type{T})(x::BigInt) where {T<:IEEEFloat} = float_convert(T, x)
Integer(x::BigInt) = x
AbstractFloat(x::BigInt) = BigFloat(x)
float(::Type{BigInt}) = BigFloat
rem(x::BigInt, ::Type{T}) where {T<:BitInteger} = int_trunc(T, x)
rem(x::BigInt, ::Type{BigInt}) = x
rem(x::Union{BitInteger,Bool}, ::Type{BigInt}) = big_int(x)
promote_rule(::Type{BigInt}, ::Type{<:Union{BitInteger,Bool}}) = BigInt
promote_rule(::Type{BigInt}, ::Type{<:IEEEFloat}) = BigFloat

"""
    big(x)

`x` as a number of any size: a `BigInt` or `BigFloat`.
"""
big(x::Union{BitInteger,Bool,BigInt}) = BigInt(x)
big(x::Union{IEEEFloat,BigFloat}) = BigFloat(x)
big(::Type{<:Integer}) = BigInt
big(::Type{<:AbstractFloat}) = BigFloat

+(x::BigInt, y::BigInt) = big_add(x, y)
-(x::BigInt, y::BigInt) = big_sub(x, y)
*(x::BigInt, y::BigInt) = big_mul(x, y)
+(x::BigInt, y::BitInteger) = big_add(x, y)
+(x::BitInteger, y::BigInt) = big_add(x, y)
-(x::BigInt, y::BitInteger) = big_sub(x, y)
-(x::BitInteger, y::BigInt) = big_sub(x, y)
*(x::BigInt, y::BitInteger) = big_mul(x, y)
*(x::BitInteger, y::BigInt) = big_mul(x, y)
-(x::BigInt) = big_neg(x)
+(x::BigInt) = x
(~)(x::BigInt) = big_not(x)
(&)(x::BigInt, y::BigInt) = big_and(x, y)
(|)(x::BigInt, y::BigInt) = big_or(x, y)
xor(x::BigInt, y::BigInt) = big_xor(x, y)
div(x::BigInt, y::BigInt) = big_div(:div, x, y)
rem(x::BigInt, y::BigInt) = big_div(:rem, x, y)
fld(x::BigInt, y::BigInt) = big_div(:fld, x, y)
cld(x::BigInt, y::BigInt) = big_div(:cld, x, y)
mod(x::BigInt, y::BigInt) = big_div(:mod, x, y)
div(x::BigInt, y::BitInteger) = big_div(:div, x, y)
rem(x::BigInt, y::BitInteger) = big_div(:rem, x, y)
/(x::BigInt, y::BigInt) = BigFloat(x) / BigFloat(y)
/(x::BigInt, y::BitInteger) = BigFloat(x) / BigFloat(y)
/(x::BitInteger, y::BigInt) = BigFloat(x) / BigFloat(y)
<<(x::BigInt, n::UInt) = big_shift(x, int_convert(Int64, n))
>>(x::BigInt, n::UInt) = big_shift(x, -int_convert(Int64, n))
>>>(x::BigInt, n::UInt) = big_shift(x, -int_convert(Int64, n))
==(x::BigInt, y::BigInt) = big_cmp(x, y) == 0
<(x::BigInt, y::BigInt) = big_cmp(x, y) < 0
<=(x::BigInt, y::BigInt) = big_cmp(x, y) <= 0
isless(x::BigInt, y::BigInt) = big_cmp(x, y) < 0
==(x::BigInt, y::Union{BitInteger,Bool}) = big_cmp(x, y) == 0
==(x::Union{BitInteger,Bool}, y::BigInt) = big_cmp(y, x) == 0
<(x::BigInt, y::BitInteger) = big_cmp(x, y) < 0
<(x::BitInteger, y::BigInt) = big_cmp(y, x) > 0
<=(x::BigInt, y::BitInteger) = big_cmp(x, y) <= 0
<=(x::BitInteger, y::BigInt) = big_cmp(y, x) >= 0
isless(x::BigInt, y::BitInteger) = big_cmp(x, y) < 0
isless(x::BitInteger, y::BigInt) = big_cmp(y, x) > 0
==(x::BigInt, y::IEEEFloat) = num_compare(x, y) == 0
==(x::IEEEFloat, y::BigInt) = num_compare(x, y) == 0
<(x::BigInt, y::IEEEFloat) = num_compare(x, y) == -1
<(x::IEEEFloat, y::BigInt) = num_compare(x, y) == -1
<=(x::BigInt, y::IEEEFloat) = num_compare(x, y) <= 0
<=(x::IEEEFloat, y::BigInt) = num_compare(x, y) <= 0
cmp(x::BigInt, y::BigInt) = big_cmp(x, y)
sign(x::BigInt) = big_int(big_sign(x))
signbit(x::BigInt) = big_sign(x) < 0
abs(x::BigInt) = big_sign(x) < 0 ? big_neg(x) : x
iszero(x::BigInt) = big_sign(x) == 0
isone(x::BigInt) = big_cmp(x, 1) == 0
isodd(x::BigInt) = big_sign(big_and(x, big_int(1))) != 0
zero(::Type{BigInt}) = big_int(0)
one(::Type{BigInt}) = big_int(1)
zero(::BigInt) = big_int(0)
one(::BigInt) = big_int(1)
widen(::Type{BigInt}) = BigInt
signed(x::BigInt) = x
count_ones(x::BigInt) = big_popcount(x)
trailing_zeros(x::BigInt) = big_trailing_zeros(x)
gcd(x::BigInt, y::BigInt) = big_gcd(x, y)
lcm(x::BigInt, y::BigInt) = iszero(x) || iszero(y) ? big_int(0) : abs(div(x, gcd(x, y)) * y)
isqrt(x::BigInt) = big_isqrt(x)
function ^(x::BigInt, p::Integer)
    p >= 0 && return big_pow(x, p)
    isone(x) && return x
    x == -1 && return isodd(p) ? x : -x
    power_error(x, p)
end
^(x::BigInt, p::Bool) = p ? x : one(x)
^(x::BigInt, p::BigInt) = p >= 0 ? big_pow(x, p) : power_error(x, p)
^(x::BitInteger, p::BigInt) = BigInt(x)^p
powermod(x::BigInt, p::Integer, m::BigInt) = big_powmod(x, p, m)
powermod(x::Integer, p::Integer, m::BigInt) = big_powmod(x, p, m)
powermod(x::BigInt, p::Integer, m::Integer) = big_powmod(x, p, m)
factorial(n::BigInt) = big_factorial(n)
function big_factorial(n)
    n < 0 && throw(DomainError(n, "`n` must be nonnegative."))
    r = big_int(1)
    for k in 2:Int(n)
        r = big_mul(r, k)
    end
    r
end
hash(x::BigInt, h::UInt) = hash_plain(x, h)
sqrt(x::BigInt) = sqrt(BigFloat(x))
trunc(::Type{BigInt}, x::IEEEFloat) = BigInt(trunc(x))
floor(::Type{BigInt}, x::IEEEFloat) = BigInt(floor(x))
ceil(::Type{BigInt}, x::IEEEFloat) = BigInt(ceil(x))
round(::Type{BigInt}, x::IEEEFloat) = BigInt(round(x))
ndigits_big(x, b) = length(int_string(abs(x), b, 1))

macro big_str(s::String)
    n = tryparse(BigInt, replace(s, '_' => ""))
    n === nothing || return n
    f = tryparse(BigFloat, replace(s, '_' => ""))
    f === nothing ? :(throw(ArgumentError("invalid number format for BigInt or BigFloat"))) : f
end
module_set_const(Core, Symbol("@big_str"), var"@big_str")

## BigFloat

"""
    BigFloat(x)

A floating point number of 256 bits of precision.
"""
BigFloat(x::BigFloat; kw...) = x
BigFloat(x::Union{BitInteger,Bool,BigInt,IEEEFloat}; kw...) = bigf_make(x)
BigFloat(x::AbstractString; kw...) = parse(BigFloat, x)
BigFloat() = bigf_make(0)
(::Type{T})(x::BigFloat) where {T<:IEEEFloat} = float_convert(T, x)
(::Type{T})(x::BigFloat) where {T<:BitInteger} = int_convert(T, BigInt(x))
Integer(x::BigFloat) = BigInt(x)
promote_rule(::Type{BigFloat}, ::Type{<:Union{BitInteger,BigInt,Bool,IEEEFloat}}) = BigFloat
+(x::BigFloat, y::BigFloat) = bigf_op(:+, x, y)
-(x::BigFloat, y::BigFloat) = bigf_op(:-, x, y)
*(x::BigFloat, y::BigFloat) = bigf_op(:*, x, y)
/(x::BigFloat, y::BigFloat) = bigf_op(:/, x, y)
-(x::BigFloat) = bigf_neg(x)
+(x::BigFloat) = x
==(x::BigFloat, y::BigFloat) = bigf_cmp(x, y) == 0
<(x::BigFloat, y::BigFloat) = bigf_cmp(x, y) < 0
<=(x::BigFloat, y::BigFloat) = bigf_cmp(x, y) <= 0
isless(x::BigFloat, y::BigFloat) = bigf_cmp(x, y) < 0
isnan(x::BigFloat) = false
isinf(x::BigFloat) = bigf_isinf(x)
isfinite(x::BigFloat) = !bigf_isinf(x)
isinteger(x::BigFloat) = bigf_isint(x)
signbit(x::BigFloat) = x < bigf_make(0)
abs(x::BigFloat) = signbit(x) ? -x : x
sign(x::BigFloat) = bigf_make(signbit(x) ? -1 : iszero(x) ? 0 : 1)
zero(::Type{BigFloat}) = bigf_make(0)
one(::Type{BigFloat}) = bigf_make(1)
zero(::BigFloat) = bigf_make(0)
one(::BigFloat) = bigf_make(1)
eps(::Type{BigFloat}) = bigf_make(2.0)^-255
precision(::Type{BigFloat}; base=2) = 256
precision(::BigFloat; base=2) = 256
setprecision(f::Function, T, n) = f()
setprecision(f::Function, n::Integer) = f()
widen(::Type{BigFloat}) = BigFloat
function sqrt(x::BigFloat)
    signbit(x) && throw(DomainError(x, "NaN result for non-NaN input."))
    bigf_sqrt(x)
end
trunc(x::BigFloat) = isfinite(x) ? BigFloat(bigf_to_int(x)) : x
floor(x::BigFloat) = (t = trunc(x); t > x ? t - 1 : t)
ceil(x::BigFloat) = (t = trunc(x); t < x ? t + 1 : t)
function round(x::BigFloat)
    f = floor(x)
    d = x - f
    d < 0.5 ? f : d > 0.5 ? f + 1 : iseven(BigInt(f)) ? f : f + 1
end
round(x::BigFloat, ::RoundingMode{:Nearest}) = round(x)
round(x::BigFloat, ::RoundingMode{:Down}) = floor(x)
round(x::BigFloat, ::RoundingMode{:Up}) = ceil(x)
round(x::BigFloat, ::RoundingMode{:ToZero}) = trunc(x)
rem(x::BigFloat, y::BigFloat) = x - y * trunc(x / y)
mod(x::BigFloat, y::BigFloat) = x - y * floor(x / y)
div(x::BigFloat, y::BigFloat) = trunc(x / y)
^(x::BigFloat, n::Integer) = n < 0 ? inv(power_by_squaring(x, -n)) : power_by_squaring(x, n)
^(x::BigFloat, y::BigFloat) = isinteger(y) ? x^BigInt(y) : exp(y * log(x))
hash(x::BigFloat, h::UInt) = x == Float64(x) ? hash(Float64(x), h) : hash(bigf_string(x), h)

function exp(x::BigFloat)
    isfinite(x) || return signbit(x) ? zero(x) : x
    k = round(BigInt, x / bigf_log2())
    r = (x - k * bigf_log2()) / 256
    s = one(x)
    t = one(x)
    for i in 1:60
        t = t * r / i
        s += t
    end
    for i in 1:8
        s = s * s
    end
    k >= 0 ? s * BigFloat(big_int(2)^k) : s / BigFloat(big_int(2)^(-k))
end
bigf_log2() = bigf_parse("0.693147180559945309417232121458176568075500134360255254120680009493393621969694715605863326996418687")
function log(x::BigFloat)
    signbit(x) && !iszero(x) && throw(DomainError(x, "NaN result for non-NaN input."))
    iszero(x) && return -one(x) / zero(x)
    isfinite(x) || return x
    y = BigFloat(log(max(Float64(x), floatmin(Float64))))
    for i in 1:6
        e = exp(y)
        y = y + 2 * (x - e) / (x + e)
    end
    y
end
log2(x::BigFloat) = log(x) / bigf_log2()
log10(x::BigFloat) = log(x) / log(BigFloat(10))
function sin(x::BigFloat)
    p = 2 * bigf_pi()
    r = (x - p * round(x / p)) / 81
    s = r
    t = r
    for i in 1:40
        t = -t * r * r / ((2i) * (2i + 1))
        s += t
    end
    for i in 1:4
        s = 3s - 4s * s * s
    end
    s
end
cos(x::BigFloat) = sin(bigf_pi() / 2 - x)
tan(x::BigFloat) = sin(x) / cos(x)
