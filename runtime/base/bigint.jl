# BigInt: integers of any size.

"""
    BigInt(x)

An integer without limits. See also [`big`](@ref).
"""
BigInt(x::BigInt) = x
BigInt(x::Union{BitInteger,Bool}) = big_int(x)
BigInt(x::IEEEFloat) = isinteger(x) ? big_from_float(Float64(x)) : throw(InexactError(:BigInt, BigInt, x))
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

"""
    big(x)

`x` as a number of any size: a `BigInt` or `BigFloat`.
"""
big(x::Union{BitInteger,Bool,BigInt}) = BigInt(x)
big(::Type{<:Integer}) = BigInt

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
unsafe_trunc(::Type{BigInt}, x::IEEEFloat) = isfinite(x) ? trunc(BigInt, x) : big_int(0)
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
    p >= 0 && return p <= typemax(UInt) || abs(x) <= 1 ? big_pow(x, p) : throw(OverflowError("exponent $p is too large and computation will overflow"))
    isone(x) && return x
    x == -1 && return isodd(p) ? x : -x
    power_error(x, p)
end
^(x::BigInt, p::Bool) = p ? x : one(x)
function ^(x::BigInt, p::BigInt)
    isone(x) && return x
    x == -1 && return isodd(p) ? x : -x
    p >= 0 || power_error(x, p)
    iszero(x) && p > 0 && return x
    p <= typemax(UInt) || throw(OverflowError("exponent $p is too large and computation will overflow"))
    big_pow(x, p)
end
^(x::BitInteger, p::BigInt) = BigInt(x)^p
powermod(x::BigInt, p::Integer, m::BigInt) = big_power_mod(x, p, m)
powermod(x::Integer, p::Integer, m::BigInt) = big_power_mod(x, p, m)
powermod(x::BigInt, p::Integer, m::Integer) = big_power_mod(x, p, m)
function big_power_mod(x, p, m)
    p >= 0 && return big_powmod(x, p, m)
    y = try
        invmod(x, m)
    catch e
        e isa DomainError ? throw(DivideError()) : rethrow()
    end
    big_powmod(y, -big(p), m)
end
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

macro big_str(s::String)
    t = replace(s, r"(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])" => "")
    n = tryparse(BigInt, t)
    n === nothing || return n
    f = tryparse(BigFloat, t)
    f === nothing ? :(throw(ArgumentError("invalid number format for BigInt or BigFloat"))) : f
end
module_set_const(Core, :var"@big_str", var"@big_str")
