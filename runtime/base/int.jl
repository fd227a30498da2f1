# The machine integers.

const BitSigned = Union{Int8,Int16,Int32,Int64,Int128}
const BitSigned32 = Union{Int8,Int16,Int32}
const BitUnsigned = Union{UInt8,UInt16,UInt32,UInt64,UInt128}
const BitSigned64 = Union{Int8,Int16,Int32,Int64}
const BitUnsigned64 = Union{UInt8,UInt16,UInt32,UInt64}
const BitInteger64 = Union{Int8,Int16,Int32,Int64,UInt8,UInt16,UInt32,UInt64}
const BitInteger = Union{Int8,Int16,Int32,Int64,Int128,UInt8,UInt16,UInt32,UInt64,UInt128}
const BitSigned64_types = (Int8, Int16, Int32, Int64)
const BitUnsigned64_types = (UInt8, UInt16, UInt32, UInt64)
const BitSigned_types = (Int8, Int16, Int32, Int64, Int128)
const BitUnsigned_types = (UInt8, UInt16, UInt32, UInt64, UInt128)
const BitInteger64_types = (Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64)
const BitInteger_types = (Int8, Int16, Int32, Int64, Int128, UInt8, UInt16, UInt32, UInt64, UInt128)
const BitInteger32 = Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}
const BitUnsigned32 = Union{UInt8,UInt16,UInt32}
const Cint = Int32
const Cuint = UInt32
const Clong = Int64
const Culong = UInt64
const Cchar = Int8
const Cuchar = UInt8
const Cshort = Int16
const Cushort = UInt16
const Clonglong = Int64
const Culonglong = UInt64
const Csize_t = UInt64
const Cssize_t = Int64
const Cptrdiff_t = Int64
const Cintmax_t = Int64
const Cuintmax_t = UInt64
const Cwchar_t = Int32
const Cvoid = Nothing

(::Type{T})(x::Union{BitInteger,Bool}) where {T<:BitInteger} = int_convert(T, x)
Int64(x::Int64) = x
Int64(x::Union{BitInteger,Bool}) = int_convert(Int64, x)
UInt8(x::Union{BitInteger,Bool}) = int_convert(UInt8, x)
UInt64(x::Union{BitInteger,Bool}) = int_convert(UInt64, x)
Integer(x::Integer) = x
Signed(x::Union{BitSigned,BigInt}) = x
Signed(x::Union{BitUnsigned,Bool}) = signed_convert(x)
Unsigned(x::BitUnsigned) = x
Unsigned(x::Union{BitSigned,Bool}) = convert(unsigned_of(typeof(x)), x)
Signed(x::AbstractFloat) = Int(x)
Unsigned(x::AbstractFloat) = UInt(x)
signed_convert(x) = convert(signed_of(typeof(x)), x)
rem(x::Union{BitInteger,Bool}, ::Type{T}) where {T<:BitInteger} = int_trunc(T, x)
rem(x::T, ::Type{T}) where {T<:Integer} = x
rem(x::Integer, ::Type{T}) where {T<:Integer} = convert(T, x)
mod(x::Integer, ::Type{T}) where {T<:Integer} = rem(x, T)
rem(x::Signed, ::Type{Unsigned}) = x % unsigned(typeof(x))
rem(x::Unsigned, ::Type{Signed}) = x % signed(typeof(x))
rem(x::Unsigned, ::Type{Unsigned}) = x
rem(x::Signed, ::Type{Signed}) = x
unsafe_trunc(::Type{T}, x::Integer) where {T<:Integer} = rem(x, T)
rem(x::Integer, ::Type{Bool}) = isodd(x)
rem(x::Bool, ::Type{Bool}) = x

+(x::Int64, y::Int64) = add_int(x, y)
-(x::Int64, y::Int64) = sub_int(x, y)
*(x::Int64, y::Int64) = mul_int(x, y)
-(x::Int64) = neg_int(x)
<(x::Int64, y::Int64) = slt_int(x, y)
<=(x::Int64, y::Int64) = sle_int(x, y)
==(x::Int64, y::Int64) = eq_int(x, y)
isless(x::Int64, y::Int64) = slt_int(x, y)
isequal(x::Int64, y::Int64) = eq_int(x, y)
!=(x::Int64, y::Int64) = ne_int(x, y)
(&)(x::Int64, y::Int64) = and_int(x, y)
(|)(x::Int64, y::Int64) = or_int(x, y)
xor(x::Int64, y::Int64) = xor_int(x, y)
(~)(x::Int64) = not_int(x)

+(x::T, y::T) where {T<:BitInteger} = int_add(x, y)
-(x::T, y::T) where {T<:BitInteger} = int_sub(x, y)
*(x::T, y::T) where {T<:BitInteger} = int_mul(x, y)
-(x::BitInteger) = int_neg(x)
+(x::BitInteger) = x
<(x::T, y::T) where {T<:BitInteger} = int_lt(x, y)
<=(x::T, y::T) where {T<:BitInteger} = int_le(x, y)
==(x::T, y::T) where {T<:BitInteger} = int_eq(x, y)
isless(x::T, y::T) where {T<:BitInteger} = int_lt(x, y)
(&)(x::T, y::T) where {T<:BitInteger} = int_and(x, y)
(|)(x::T, y::T) where {T<:BitInteger} = int_or(x, y)
xor(x::T, y::T) where {T<:BitInteger} = int_xor(x, y)
(~)(x::BitInteger) = int_not(x)
/(x::T, y::T) where {T<:Union{BitInteger,Bool}} = div_float(Float64(x), Float64(y))
/(x::Union{BitInteger,Bool}, y::Union{BitInteger,Bool}) = div_float(Float64(x), Float64(y))
/(x::T, y::T) where {T<:Integer} = float(x) / float(y)

# Integers of different types compare by value.
==(x::BitInteger, y::BitInteger) = num_compare(x, y) == 0
<(x::BitInteger, y::BitInteger) = num_compare(x, y) < 0
<=(x::BitInteger, y::BitInteger) = num_compare(x, y) <= 0
isless(x::BitInteger, y::BitInteger) = num_compare(x, y) < 0
isequal(x::BitInteger, y::BitInteger) = num_compare(x, y) == 0

"""
    div(x, y)
    x ÷ y

The quotient rounded to zero.
"""
div(x::T, y::T) where {T<:BitInteger} = int_div(x, y)
"""
    rem(x, y)
    x % y

The remainder of `div(x, y)`; it has the sign of `x`.
"""
rem(x::T, y::T) where {T<:BitInteger} = int_rem(x, y)
"""
    mod(x, y)

The remainder of `fld(x, y)`; it has the sign of `y`.
"""
mod(x::T, y::T) where {T<:BitInteger} = int_mod(x, y)
"""
    fld(x, y)

The quotient rounded down.
"""
fld(x::T, y::T) where {T<:BitInteger} = int_fld(x, y)
"""
    cld(x, y)

The quotient rounded up.
"""
cld(x::T, y::T) where {T<:BitInteger} = int_cld(x, y)
# Signed with unsigned: by magnitudes, so that nothing need fit the other type.
div(x::BitSigned, y::BitUnsigned) = flipsign(signed(div(uabs(x), y)), x)
div(x::BitUnsigned, y::BitSigned) = unsigned(flipsign(signed(div(x, uabs(y))), y))
rem(x::BitSigned, y::BitUnsigned) = flipsign(signed(rem(uabs(x), y)), x)
rem(x::BitUnsigned, y::BitSigned) = rem(x, uabs(y))
mod(x::BitSigned, y::BitUnsigned) = rem(y + unsigned(rem(x, y)), y)
mod(x::BitUnsigned, y::BitSigned) = rem(y + signed(rem(x, y)), y)
fld(x::BitSigned, y::BitUnsigned) = (q = div(x, y); x - q * signed(y) < 0 ? q - one(q) : q)
fld(x::BitUnsigned, y::BitSigned) = div(x, y) - (!iszero(rem(x, y)) & (y < 0))
cld(x::BitSigned, y::BitUnsigned) = div(x, y) + ((x > 0) & !iszero(rem(x, y)))
cld(x::BitUnsigned, y::BitSigned) = (q = div(x, y); y > 0 && !iszero(rem(x, y)) ? q + one(q) : q)
div(x::Integer, y::Integer, ::RoundingMode{:ToZero}) = div(x, y)
div(x::Integer, y::Integer, ::RoundingMode{:Down}) = fld(x, y)
div(x::Integer, y::Integer, ::RoundingMode{:Up}) = cld(x, y)
# m is the distance down to a multiple of y, n the one up; both have the sign of y.
function div(x::Integer, y::Integer, r::Union{RoundingMode{:Nearest},RoundingMode{:NearestTiesAway},RoundingMode{:NearestTiesUp}})
    q, m = fldmod(x, y)
    n = y - m
    up = m == n ? tie_rounds_up(q, x, y, r) : (y > 0) == (m > n)
    up && !iszero(m) ? q + one(q) : q
end
tie_rounds_up(q, x, y, ::RoundingMode{:Nearest}) = isodd(q)
tie_rounds_up(q, x, y, ::RoundingMode{:NearestTiesAway}) = signbit(x) == signbit(y)
tie_rounds_up(q, x, y, ::RoundingMode{:NearestTiesUp}) = true
function div(x::Integer, y::Integer, ::RoundingMode{:FromZero})
    signbit(x) == signbit(y) ? cld(x, y) : fld(x, y)
end
rem(x, y, ::RoundingMode{:ToZero}) = rem(x, y)
rem(x, y, ::RoundingMode{:Down}) = mod(x, y)
rem(x, y, ::RoundingMode{:Up}) = mod(x, -y)
rem(x::Union{Integer,Rational}, y::Union{Integer,Rational}, r::Union{RoundingMode{:Nearest},RoundingMode{:NearestTiesAway},RoundingMode{:NearestTiesUp}}) = x - y * div(x, y, r)
rem(x::Real, y::Real, ::RoundingMode{:FromZero}) = rem(x, y, signbit(x) == signbit(y) ? RoundUp : RoundDown)
div(x::Real, y::Real, r::RoundingMode) = div_real(x, y, r)
div_real(x, y, ::RoundingMode{:ToZero}) = div(x, y)
div_real(x, y, ::RoundingMode{:Down}) = fld(x, y)
div_real(x, y, ::RoundingMode{:Up}) = cld(x, y)
div_real(x, y, r::RoundingMode) = round(x / y, r)
fld(x::T, y::T) where {T<:Integer} = (q = div(x, y); q * y != x && signbit(x) != signbit(y) ? q - one(q) : q)
cld(x::T, y::T) where {T<:Integer} = (q = div(x, y); q * y != x && signbit(x) == signbit(y) ? q + one(q) : q)

"""
    x << n

`x` shifted left by `n` bits; a negative `n` shifts right.
"""
<<(x::BitInteger, n::Int) = n >= 0 ? int_shl(x, n) : int_ashr(x, -n)
"""
    x >> n

`x` shifted right by `n` bits, keeping the sign.
"""
>>(x::BitInteger, n::Int) = n >= 0 ? int_ashr(x, n) : int_shl(x, -n)
"""
    x >>> n

`x` shifted right by `n` bits, zeros coming in.
"""
>>>(x::BitInteger, n::Int) = n >= 0 ? int_lshr(x, n) : int_shl(x, -n)
<<(x::BitInteger, n::BitUnsigned) = int_shl(x, n)
>>(x::BitInteger, n::BitUnsigned) = int_ashr(x, n)
>>>(x::BitInteger, n::BitUnsigned) = int_lshr(x, n)
# Shifts by other integers come down to those by an Int, and these, for types that say
# no more, to shifts by a UInt.
function <<(x::Integer, n::Integer)
    typemin(Int) <= n <= typemax(Int) && return x << (n % Int)
    (x >= 0 || n >= 0) ? zero(x) << 0 : oftype(x, -1)
end
function >>(x::Integer, n::Integer)
    typemin(Int) <= n <= typemax(Int) && return x >> (n % Int)
    (x >= 0 || n < 0) ? zero(x) >> 0 : oftype(x, -1)
end
>>>(x::Integer, n::Integer) = typemin(Int) <= n <= typemax(Int) ? x >>> (n % Int) : zero(x) >>> 0
for f in (:<<, :>>, :>>>)
    @eval $f(x::Integer, n::Unsigned) = n isa UInt ? throw(MethodError($f, (x, n))) : n <= typemax(UInt) ? $f(x, n % UInt) : $f(zero(x), UInt(0))
end
<<(x::Integer, n::Int) = n >= 0 ? x << unsigned(n) : x >> unsigned(-n)
>>(x::Integer, n::Int) = n >= 0 ? x >> unsigned(n) : x << unsigned(-n)
>>>(x::Integer, n::Int) = n >= 0 ? x >>> unsigned(n) : x << unsigned(-n)
"""
    bitrotate(x, k)

`x` with its bits rotated left by `k`.
"""
function bitrotate(x::T, k::Integer) where {T<:BitInteger}
    n = sizeof(T) << 3
    l = mod(k, n)
    (x << l) | (x >>> (n - l))
end

signbit(x::BitSigned) = x < zero(x)
signbit(x::Unsigned) = false
flipsign(x::T, y::T) where {T<:BitSigned} = y < zero(y) ? -x : x
copysign(x::BitSigned, y::BitSigned) = signbit(x) == signbit(y) ? x : -x
abs(x::Unsigned) = x
abs(x::BitSigned) = x < zero(x) ? int_neg(x) : x
abs(x::Int64) = slt_int(x, 0) ? neg_int(x) : x
sign(x::Int64) = x < 0 ? -1 : x > 0 ? 1 : 0
sign(x::Unsigned) = ifelse(x > zero(x), one(x), zero(x))
-(x::Unsigned, y::Bool) = x - oftype(x, y)

"""
    iseven(x)

Whether `x` is a multiple of 2.
"""
iseven(x::Int64) = eq_int(and_int(x, 1), 0)
iseven(x::Integer) = !isodd(x)
iseven(x::Number) = isreal(x) && isinteger(real(x)) && iseven(Integer(real(x)))
iseven(x::AbstractFloat) = isinteger(x) && (abs(x) > 1.8014398509481984e16 || iseven(Integer(x)))
"""
    isodd(x)

Whether `x` is one more than a multiple of 2.
"""
isodd(x::Int64) = eq_int(and_int(x, 1), 1)
isodd(x::BitInteger) = eq_int(and_int(int_trunc(Int64, x), 1), 1)
isodd(x::Bool) = x
isodd(x::Integer) = rem(x, 2) != 0
isodd(x::Number) = isreal(x) && isinteger(real(x)) && isodd(Integer(real(x)))
isodd(x::AbstractFloat) = isinteger(x) && abs(x) < 1.8014398509481984e16 && isodd(Integer(x))

count_ones(x::BitInteger) = int_popcount(x)
count_zeros(x::Integer) = count_ones(~x)
leading_zeros(x::BitInteger) = int_leading_zeros(x)
leading_ones(x::Integer) = leading_zeros(~x)
trailing_zeros(x::BitInteger) = int_trailing_zeros(x)
trailing_ones(x::Integer) = trailing_zeros(~x)
bswap(x::BitInteger) = int_bswap(x)
bitreverse(x::BitInteger) = int_bitreverse(x)
top_set_bit(x::BitInteger) = 8sizeof(x) - leading_zeros(x)

typemin(::Type{Int8}) = Int8(-128)
typemax(::Type{Int8}) = Int8(127)
typemin(::Type{Int16}) = Int16(-32768)
typemax(::Type{Int16}) = Int16(32767)
typemin(::Type{Int32}) = Int32(-2147483648)
typemax(::Type{Int32}) = Int32(2147483647)
typemin(::Type{Int64}) = -9223372036854775808
"""
    typemax(T)

The largest value of type `T`.
"""
typemax(::Type{Int64}) = 9223372036854775807
typemin(::Type{Int128}) = int128_make(Int128, 0x8000000000000000, 0x0000000000000000)
typemax(::Type{Int128}) = int128_make(Int128, 0x7fffffffffffffff, 0xffffffffffffffff)
typemin(::Type{T}) where {T<:BitUnsigned} = int_convert(T, 0)
typemax(::Type{UInt8}) = 0xff
typemax(::Type{UInt16}) = 0xffff
typemax(::Type{UInt32}) = 0xffffffff
typemax(::Type{UInt64}) = 0xffffffffffffffff
typemax(::Type{UInt128}) = int128_make(UInt128, 0xffffffffffffffff, 0xffffffffffffffff)
typemin(x::T) where {T} = T <: Type ? throw(MethodError(typemin, (x,))) : typemin(T)
typemax(x::T) where {T} = T <: Type ? throw(MethodError(typemax, (x,))) : typemax(T)

zero(::Type{T}) where {T<:BitInteger} = int_convert(T, 0)
one(::Type{T}) where {T<:BitInteger} = int_convert(T, 1)
zero(x::T) where {T<:BitInteger} = int_convert(T, 0)
one(x::T) where {T<:BitInteger} = int_convert(T, 1)
zero(::Type{Int64}) = 0
one(::Type{Int64}) = 1
zero(::Int64) = 0
one(::Int64) = 1

widen(::Type{Int8}) = Int16
widen(::Type{Int16}) = Int32
widen(::Type{Int32}) = Int64
widen(::Type{Int64}) = Int128
widen(::Type{UInt8}) = UInt16
widen(::Type{UInt16}) = UInt32
widen(::Type{UInt32}) = UInt64
widen(::Type{UInt64}) = UInt128
widen(::Type{Int128}) = BigInt
widen(::Type{UInt128}) = BigInt
widen(::Type{Bool}) = Int

"""
    signed(x)

The bits of `x` as a signed integer.
"""
signed(::Type{T}) where {T<:BitInteger} = signed_of(T)
signed(x::BitInteger) = int_trunc(signed_of(typeof(x)), x)
signed(x::Bool) = Int(x)
signed(x) = convert(Signed, x)
"""
    unsigned(x)

The bits of `x` as an unsigned integer.
"""
unsigned(::Type{T}) where {T<:BitInteger} = unsigned_of(T)
unsigned(x::BitInteger) = int_trunc(unsigned_of(typeof(x)), x)
unsigned(x::Bool) = UInt(x)
unsigned(x) = convert(Unsigned, x)
signed_of(::Type{T}) where {T<:BitSigned} = T
signed_of(::Type{UInt8}) = Int8
signed_of(::Type{UInt16}) = Int16
signed_of(::Type{UInt32}) = Int32
signed_of(::Type{UInt64}) = Int64
signed_of(::Type{UInt128}) = Int128
signed_of(::Type{Bool}) = Int
unsigned_of(::Type{T}) where {T<:BitUnsigned} = T
unsigned_of(::Type{Int8}) = UInt8
unsigned_of(::Type{Int16}) = UInt16
unsigned_of(::Type{Int32}) = UInt32
unsigned_of(::Type{Int64}) = UInt64
unsigned_of(::Type{Int128}) = UInt128
unsigned_of(::Type{Bool}) = UInt
uabs(x::Integer) = abs(x)
uabs(x::BitSigned) = unsigned(abs(x))
uabs(x::Bool) = x

function promote_rule(::Type{T}, ::Type{S}) where {T<:BitInteger,S<:BitInteger}
    a = sizeof(T)
    b = sizeof(S)
    a > b ? T : b > a ? S : T <: Unsigned ? T : S
end

"""
    reinterpret(T, x)

The bits of `x` as a value of type `T`.
"""
reinterpret(::Type{T}, x::Union{BitInteger,Bool,Char,Float16,Float32,Float64}) where {T<:Union{BitInteger,Bool,Char,Float16,Float32,Float64}} = bits_reinterpret(T, x)
reinterpret(::Type{Unsigned}, x::Float16) = bits_reinterpret(UInt16, x)
reinterpret(::Type{Unsigned}, x::Float32) = bits_reinterpret(UInt32, x)
reinterpret(::Type{Unsigned}, x::Float64) = bits_reinterpret(UInt64, x)
reinterpret(::Type{Signed}, x::Float16) = bits_reinterpret(Int16, x)
reinterpret(::Type{Signed}, x::Float32) = bits_reinterpret(Int32, x)
reinterpret(::Type{Signed}, x::Float64) = bits_reinterpret(Int64, x)
reinterpret(::Type{Unsigned}, x::BitInteger) = unsigned(x)
reinterpret(::Type{Signed}, x::BitInteger) = signed(x)
function reinterpret(::Type{T}, x) where {T}
    S = typeof(x)
    isprimitivetype(T) && isprimitivetype(S) && return bits_reinterpret(T, x)
    isbitstype(T) || throw(ArgumentError("Target type for `reinterpret` must be isbits. Got $T"))
    isbitstype(S) || throw(ArgumentError("Source type for `reinterpret` must be isbits. Got $S"))
    to, from = unused_bytes(T), unused_bytes(S)
    m, n = count(!, to), count(!, from)
    m == n || throw(ArgumentError("Packed sizes of types $T and $S do not match; got $m and $n, respectively."))
    bytes = zeros(UInt8, length(to))
    bytes[map(!, to)] = bits_to_bytes(x)[map(!, from)]
    bits_from_bytes(T, bytes, 1)
end
bitcast(::Type{T}, x) where {T} = bits_reinterpret(T, x)

widemul(x::Union{Int8,Int16,Int32}, y::Union{Int8,Int16,Int32}) = Int64(x) * Int64(y)
fma(x::Integer, y::Integer, z::Integer) = x * y + z
widemul(x::UInt64, y::UInt64) = uint_widemul(x, y)
widemul(x::Signed, y::Unsigned) = widen(x) * signed(widen(y))
widemul(x::Unsigned, y::Signed) = signed(widen(x)) * widen(y)

macro int128_str(s::String)
    parse(Int128, s)
end
macro uint128_str(s::String)
    parse(UInt128, s)
end
module_set_const(Core, :var"@int128_str", var"@int128_str")
module_set_const(Core, :var"@uint128_str", var"@uint128_str")
