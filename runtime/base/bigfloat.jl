# BigFloat: floating point numbers of any precision.

# How results are rounded: 8 times the precision in bits, plus the number of the mode.
const big_context = Ref(256 * 8)

rounding_code(::RoundingMode{:Nearest}) = 0
rounding_code(::RoundingMode{:ToZero}) = 1
rounding_code(::RoundingMode{:Up}) = 2
rounding_code(::RoundingMode{:Down}) = 3
rounding_code(::RoundingMode{:FromZero}) = 4
rounding_code(::RoundingMode{:NearestTiesAway}) = 5
rounding_of_code(c::Int) = c == 0 ? RoundNearest : c == 1 ? RoundToZero : c == 2 ? RoundUp : c == 3 ? RoundDown : RoundFromZero
function context_of(r::RoundingMode, precision::Integer)
    precision < 1 && throw(DomainError(precision, "`precision` cannot be less than 1."))
    8 * Int(precision) + rounding_code(r)
end
context_of(precision::Integer) = context_of(rounding(BigFloat), precision)

"""
    rounding(T)

The direction in which results of type `T` are rounded.
"""
rounding(::Type{BigFloat}) = rounding_of_code(big_context[] & 7)
"""
    setrounding([f,] T, mode)

Round results of type `T` (in practice `BigFloat`) as `mode` says, while `f` runs or
from now on.
"""
setrounding(::Type{BigFloat}, r::RoundingMode) = (big_context[] = (big_context[] & ~7) | rounding_code(r); r)
function setrounding(f::Function, ::Type{T}, r::RoundingMode) where {T}
    old = rounding(T)
    setrounding(T, r)
    try
        f()
    finally
        setrounding(T, old)
    end
end

precision(::Type{BigFloat}; base::Integer=2) = precision_in(big_context[] >> 3, base)
precision(x::BigFloat; base::Integer=2) = precision_in(bigf_precision(x), base)
function precision_in(bits::Integer, base::Integer)
    base > 1 || throw(DomainError(base, "`base` cannot be less than 2."))
    base == 2 ? Int(bits) : floor(Int, bits / log2(base))
end
"""
    setprecision([f,] [BigFloat,] n; base=2)

Compute with `n` digits of base `base`, while `f` runs or from now on.
"""
function setprecision(::Type{BigFloat}, n::Integer; base::Integer=2)
    base > 1 || throw(DomainError(base, "`base` cannot be less than 2."))
    bits = base == 2 ? n : ceil(Int, n * log2(base))
    bits < 2 && throw(DomainError(bits, "`precision` cannot be less than 2."))
    big_context[] = 8 * Int(bits) | (big_context[] & 7)
    bits
end
setprecision(n::Integer; base::Integer=2) = setprecision(BigFloat, n; base=base)
function setprecision(f::Function, ::Type{T}, n::Integer; kw...) where {T}
    old = precision(T)
    setprecision(T, n; kw...)
    try
        f()
    finally
        setprecision(T, old)
    end
end
setprecision(f::Function, n::Integer; kw...) = setprecision(f, BigFloat, n; kw...)

const BigOperand = Union{BitInteger,BigInt,IEEEFloat}
const BigSource = Union{BigOperand,Bool}

"""
    BigFloat(x, [mode]; precision)
    BigFloat(text, [mode]; precision)

A floating point number of as many bits as `precision(BigFloat)` says, or of `precision`.
"""
BigFloat(x::BigSource, r::RoundingMode=rounding(BigFloat); precision::Integer=precision(BigFloat)) = bigf_make(x, context_of(r, precision))
BigFloat(x::BigFloat, r::RoundingMode=rounding(BigFloat); precision::Integer=precision(BigFloat)) =
    precision == bigf_precision(x) ? x : bigf_make(x, context_of(r, precision))
BigFloat(x::Rational, r::RoundingMode=rounding(BigFloat); precision::Integer=precision(BigFloat)) =
    bigf_ratio(x.num, x.den, context_of(r, precision))
BigFloat(x::AbstractIrrational, r::RoundingMode=rounding(BigFloat); precision::Integer=precision(BigFloat)) =
    setprecision(() -> setrounding(() -> big_constant(x), BigFloat, r), BigFloat, precision)
big_constant(x::Irrational{sym}) where {sym} = bigf_const(sym, big_context[])
big_constant(x::AbstractIrrational) = convert(BigFloat, x)
BigFloat(x::Real, r::RoundingMode; precision::Integer=precision(BigFloat)) =
    setprecision(() -> setrounding(() -> convert(BigFloat, x), BigFloat, r), BigFloat, precision)
function BigFloat(x::AbstractString, r::RoundingMode=rounding(BigFloat); precision::Integer=precision(BigFloat))
    v = bigf_parse(String(x), 0, context_of(r, precision))
    v === nothing && throw(ArgumentError(string("cannot parse ", repr(String(x)), " as BigFloat")))
    v
end
BigFloat(x::Union{Real,AbstractString}, prec::Integer, r::RoundingMode=rounding(BigFloat)) = BigFloat(x, r; precision=prec)
BigFloat() = bigf_make(0, big_context[])
tryparse(::Type{BigFloat}, s::AbstractString; base::Integer=0, precision::Integer=precision(BigFloat), rounding::RoundingMode=rounding(BigFloat)) =
    bigf_parse(String(s), Int(base), context_of(rounding, precision))
(::Type{T})(x::BigFloat) where {T<:IEEEFloat} = big_context[] & 7 == 0 ? float_convert(T, x) : float_in_direction(T, x, rounding(BigFloat))
(::Type{T})(x::BigFloat, r::RoundingMode) where {T<:IEEEFloat} = float_in_direction(T, x, r)
function float_in_direction(::Type{T}, x::BigFloat, r::RoundingMode) where {T}
    y = float_convert(T, x)
    c = rounding_code(r)
    c == 0 && return y
    up = c == 2 || (c == 4 && !signbit(x)) || (c == 1 && signbit(x))
    up ? (y < x ? nextfloat(y) : y) : (y > x ? prevfloat(y) : y)
end
(::Type{T})(x::BigFloat) where {T<:BitInteger} = isinteger(x) && typemin(T) <= x <= typemax(T) ? bigf_to_int(x, 1) % T : throw(InexactError(type_name(T), T, x))
BigInt(x::BigFloat) = isinteger(x) ? bigf_to_int(x, 1) : throw(InexactError(:BigInt, BigInt, x))
Bool(x::BigFloat) = iszero(x) ? false : isone(x) ? true : throw(InexactError(:Bool, Bool, x))
Integer(x::BigFloat) = BigInt(x)
promote_rule(::Type{BigFloat}, ::Type{<:Real}) = BigFloat
promote_rule(::Type{BigInt}, ::Type{<:AbstractFloat}) = BigFloat
promote_rule(::Type{BigFloat}, ::Type{<:AbstractFloat}) = BigFloat
big(x::AbstractFloat) = convert(BigFloat, x)
big(::Type{<:AbstractFloat}) = BigFloat
widen(::Type{BigFloat}) = BigFloat

+(x::BigFloat, y::BigFloat) = bigf_op(:+, x, y, big_context)
-(x::BigFloat, y::BigFloat) = bigf_op(:-, x, y, big_context)
*(x::BigFloat, y::BigFloat) = bigf_op(:*, x, y, big_context)
/(x::BigFloat, y::BigFloat) = bigf_op(:/, x, y, big_context)
+(x::BigFloat, y::BigOperand) = bigf_op(:+, x, y, big_context)
-(x::BigFloat, y::BigOperand) = bigf_op(:-, x, y, big_context)
*(x::BigFloat, y::BigOperand) = bigf_op(:*, x, y, big_context)
/(x::BigFloat, y::BigOperand) = bigf_op(:/, x, y, big_context)
+(x::BigOperand, y::BigFloat) = bigf_op(:+, x, y, big_context)
-(x::BigOperand, y::BigFloat) = bigf_op(:-, x, y, big_context)
*(x::BigOperand, y::BigFloat) = bigf_op(:*, x, y, big_context)
/(x::BigOperand, y::BigFloat) = bigf_op(:/, x, y, big_context)
-(x::BigFloat) = bigf_neg(x)
+(x::BigFloat) = x
inv(x::BigFloat) = 1 / x
# What LinRange goes by, with the precision of its ends.
lerpi(j, d, a::BigFloat, b::BigFloat) = (t = BigFloat(j) / d; fma(t, b, fma(-t, a, a)))
fma(x::BigFloat, y::BigFloat, z::BigFloat) = bigf_fma(x, y, z, big_context[])
muladd(x::BigFloat, y::BigFloat, z::BigFloat) = fma(x, y, z)

==(x::BigFloat, y::BigFloat) = bigf_cmp(x, y) == 0
<(x::BigFloat, y::BigFloat) = bigf_cmp(x, y) == -1
<=(x::BigFloat, y::BigFloat) = bigf_cmp(x, y) <= 0
==(x::BigFloat, y::BigSource) = bigf_cmp(x, y) == 0
<(x::BigFloat, y::BigSource) = bigf_cmp(x, y) == -1
<=(x::BigFloat, y::BigSource) = bigf_cmp(x, y) <= 0
==(x::BigSource, y::BigFloat) = bigf_cmp(x, y) == 0
<(x::BigSource, y::BigFloat) = bigf_cmp(x, y) == -1
<=(x::BigSource, y::BigFloat) = bigf_cmp(x, y) <= 0
isequal(x::BigFloat, y::BigFloat) = big_isequal(x, y)
isequal(x::IEEEFloat, y::BigFloat) = big_isequal(x, y)
isequal(x::BigFloat, y::IEEEFloat) = big_isequal(x, y)
function big_isequal(x, y)
    c = bigf_cmp(x, y)
    c == 2 ? isnan(x) & isnan(y) : c == 0 && signbit(x) == signbit(y)
end
isless(x::BigFloat, y::BigFloat) = big_isless(x, y)
isless(x::BigFloat, y::BigSource) = big_isless(x, y)
isless(x::BigSource, y::BigFloat) = big_isless(x, y)
function big_isless(x, y)
    c = bigf_cmp(x, y)
    c == 2 ? !isnan(x) : c == -1 || (c == 0 && iszero(x) && signbit(x) > signbit(y))
end
cmp(x::BigFloat, y::BigFloat) = big_isless(x, y) ? -1 : big_isless(y, x) ? 1 : 0
max(x::BigFloat, y::BigFloat) = isnan(x) | isnan(y) ? big_nan() : isless(x, y) ? y : x
min(x::BigFloat, y::BigFloat) = isnan(x) | isnan(y) ? big_nan() : isless(y, x) ? y : x
big_nan() = bigf_make(NaN, big_context[])
isnan(x::BigFloat) = bigf_class(x) == 3
isinf(x::BigFloat) = bigf_class(x) == 2
isfinite(x::BigFloat) = bigf_class(x) < 2
isinteger(x::BigFloat) = bigf_class(x) == 1
iszero(x::BigFloat) = bigf_cmp(x, 0) == 0
isone(x::BigFloat) = bigf_cmp(x, 1) == 0
signbit(x::BigFloat) = bigf_signbit(x)
abs(x::BigFloat) = signbit(x) ? -x : x
sign(x::BigFloat) = isnan(x) || iszero(x) ? x : bigf_make(signbit(x) ? -1 : 1, big_context[])
copysign(x::BigFloat, y::BigFloat) = signbit(x) == signbit(y) ? x : -x
flipsign(x::BigFloat, y::BigFloat) = signbit(y) ? -x : x
zero(::Type{BigFloat}) = bigf_make(0, big_context[])
one(::Type{BigFloat}) = bigf_make(1, big_context[])
zero(::BigFloat) = bigf_make(0, big_context[])
one(::BigFloat) = bigf_make(1, big_context[])
typemin(::Type{BigFloat}) = bigf_make(-Inf, big_context[])
typemax(::Type{BigFloat}) = bigf_make(Inf, big_context[])
eps(::Type{BigFloat}) = nextfloat(BigFloat(1)) - BigFloat(1)
eps(x::BigFloat) = isfinite(x) ? (y = abs(x); iszero(y) ? nextfloat(y) : ldexp(BigFloat(1), exponent(y) - precision(y) + 1)) : big_nan()
floatmin(::Type{BigFloat}) = nextfloat(zero(BigFloat))
floatmax(::Type{BigFloat}) = prevfloat(BigFloat(Inf))
maxintfloat(x::BigFloat) = BigFloat(2)^precision(x)
maxintfloat(::Type{BigFloat}) = BigFloat(2)^precision(BigFloat)
nextfloat(x::BigFloat, n::Integer=1) = n == 0 ? x : bigf_next(x, Int(n))
prevfloat(x::BigFloat, n::Integer=1) = n == 0 ? x : bigf_next(x, -Int(n))
function exponent(x::BigFloat)
    (iszero(x) || !isfinite(x)) && throw(DomainError(x, "`x` must be non-zero and finite."))
    bigf_exponent(x) - 1
end
frexp(x::BigFloat) = iszero(x) || !isfinite(x) ? (x, 0) : (e = bigf_exponent(x); (ldexp(x, -e), e))
significand(x::BigFloat) = iszero(x) || !isfinite(x) ? x : ldexp(x, 1 - bigf_exponent(x))
ldexp(x::BigFloat, n::Integer) = bigf_scale(x, clamp(n, -4294967296, 4294967295) % Int, big_context[])
function decompose(x::BigFloat)
    isnan(x) && return (big(0), 0, 0)
    isinf(x) && return (big(signbit(x) ? -1 : 1), 0, 0)
    iszero(x) && return (big(0), 0, signbit(x) ? -1 : 1)
    m, e, p = bigf_mantissa(x)
    (m::BigInt, e::Int64, 1)
end

for (name, code) in ((:Nearest, 0), (:ToZero, 1), (:Up, 2), (:Down, 3), (:FromZero, 4), (:NearestTiesAway, 5))
    @eval round(x::BigFloat, ::RoundingMode{$(QuoteNode(name))}) = bigf_round(x, big_context[], $code)
end
round(x::BigFloat) = bigf_round(x, big_context[], 0)
round(x::BigFloat, ::RoundingMode{:NearestTiesUp}) = floor(x + 0.5)
floor(x::BigFloat) = bigf_round(x, big_context[], 3)
ceil(x::BigFloat) = bigf_round(x, big_context[], 2)
trunc(x::BigFloat) = bigf_round(x, big_context[], 1)
function round(::Type{T}, x::BigFloat, r::RoundingMode) where {T<:Union{Signed,Unsigned}}
    n = bigf_to_int(x, rounding_code(r))
    n === nothing && throw(InexactError(:round, T, x))
    T === BigInt && return n
    typemin(T) <= n <= typemax(T) ? n % T : throw(InexactError(:round, T, x))
end
round(::Type{T}, x::BigFloat) where {T<:Union{Signed,Unsigned}} = round(T, x, RoundNearest)
trunc(::Type{T}, x::BigFloat) where {T<:Union{Signed,Unsigned}} = big_to_int(:trunc, T, x, 1)
floor(::Type{T}, x::BigFloat) where {T<:Union{Signed,Unsigned}} = big_to_int(:floor, T, x, 3)
ceil(::Type{T}, x::BigFloat) where {T<:Union{Signed,Unsigned}} = big_to_int(:ceil, T, x, 2)
function big_to_int(name, ::Type{T}, x, code) where {T}
    n = bigf_to_int(x, code)
    (n === nothing || !(T === BigInt || typemin(T) <= n <= typemax(T))) && throw(InexactError(:round, T, x))
    n % T
end
for f in (:round, :trunc, :floor, :ceil)
    @eval $f(::Type{Integer}, x::BigFloat) = $f(BigInt, x)
end
round(::Type{Integer}, x::BigFloat, r::RoundingMode) = round(BigInt, x, r)
unsafe_trunc(::Type{T}, x::BigFloat) where {T<:Integer} = bigf_to_int(x, 1) % T
modf(x::BigFloat) = isinf(x) ? (copysign(zero(x), x), x) : (t = trunc(x); (copysign(x - t, x), t))

rem(x::BigFloat, y::BigFloat) = bigf_rem(x, y, false, big_context[])
rem(x::BigFloat, y::BigFloat, ::RoundingMode{:Nearest}) = bigf_rem(x, y, true, big_context[])
function mod(x::BigFloat, y::BigFloat)
    r = rem(x, y)
    iszero(r) ? copysign(r, y) : (r > 0) != (y > 0) ? r + y : r
end
div(x::BigFloat, y::BigFloat) = trunc(bigf_op(:/, x, y, context_of(RoundToZero, precision(BigFloat))))
fld(x::BigFloat, y::BigFloat) = floor(bigf_op(:/, x, y, context_of(RoundDown, precision(BigFloat))))
cld(x::BigFloat, y::BigFloat) = ceil(bigf_op(:/, x, y, context_of(RoundUp, precision(BigFloat))))

function sqrt(x::BigFloat)
    y = bigf_sqrt(x, big_context[])
    isnan(y) && !isnan(x) ? throw(DomainError(x, "NaN result for non-NaN input.")) : y
end
function big_function(f::Symbol, x::BigFloat)
    y = bigf_fn(f, x, big_context[])
    isnan(y) && !isnan(x) ? throw(DomainError(x, "NaN result for non-NaN input.")) : y
end
for f in (:exp, :exp2, :exp10, :expm1, :sin, :cos, :tan, :asin, :acos, :atan, :sinh, :cosh, :tanh, :asinh, :acosh, :atanh, :cbrt, :sinpi, :cospi)
    @eval $f(x::BigFloat) = big_function($(QuoteNode(f)), x)
end
for f in (:log, :log2, :log10, :log1p)
    @eval function $f(x::BigFloat)
        (x < $(f === :log1p ? -1 : 0)) && throw(DomainError(x, string($(QuoteNode(f)), " was called with a negative real argument but will only return a complex result if called with a complex argument. Try ", $(QuoteNode(f)), "(complex(x)).")))
        big_function($(QuoteNode(f)), x)
    end
end
atan(y::BigFloat, x::BigFloat) = bigf_fn2(:atan, y, x, big_context[])
hypot(x::BigFloat, y::BigFloat) = bigf_fn2(:hypot, x, y, big_context[])
^(x::BigFloat, y::BigFloat) = bigf_fn2(:pow, x, y, big_context[])
^(x::BigFloat, y::Union{BitInteger,BigInt}) = bigf_fn2(:pow, x, y, big_context[])
^(x::BigFloat, y::Integer) = x^BigInt(y)
function factorial(x::BigFloat)
    (x < 0 || !isinteger(x)) && throw(DomainError(x, "Must be a non-negative integer."))
    BigFloat(factorial(BigInt(x)))
end
Rational(x::BigFloat) = convert(Rational{BigInt}, x)

bigfloat_text(x::BigFloat) = bigf_string(x, 0)
string(x::BigFloat) = bigfloat_text(x)
print(io::IO, x::BigFloat) = (write(io, bigfloat_text(x)); nothing)
show(io::IO, x::BigFloat) = (write(io, get(io, :compact, false) ? bigf_string(x, 6) : bigfloat_text(x)); nothing)
