# Powers, divisors, digits and other functions of integers.

power_error(x, p) = throw(DomainError(p, string("Cannot raise an integer x to a negative power ", p, ".\nMake x or ", p,
    " a float by adding a zero decimal (e.g., 2.0^", p, " or 2^", float(p), " instead of 2^", p, ") or write 1/x^", -p,
    ", float(x)^", p, ", x^float(", p, ") or (x//1)^", p, ".")))

"""
    x ^ p

Power.
"""
function ^(x::T, p::BitInteger) where {T<:BitInteger}
    p >= 0 && return sizeof(p) >= 8 && p > typemax(Int) ? power_by_squaring(x, p) : int_pow(x, Int(p))
    x == 1 && return x
    x == -1 && return isodd(p) ? x : -x
    power_error(x, p)
end
^(x::T, p::T) where {T<:BitInteger} = p >= zero(p) ? (sizeof(T) < 8 || p <= typemax(Int) ? int_pow(x, Int(p)) : power_by_squaring(x, p)) : x == one(x) ? x : (signed(x) == -1) ? (isodd(p) ? x : -x) : power_error(x, p)
^(x::Number, p::Integer) = power_by_squaring(x, p)
^(x::Bool, p::Integer) = p >= 0 ? (p == 0) | x : x ? true : power_error(x, p)
^(x::Bool, p::BitInteger) = p >= 0 ? (p == 0) | x : x ? true : power_error(x, p)

# A number as its products are: im in Complex{Int}.
power_type(x) = x
power_type(x::Complex{Bool}) = x * one(x)
function power_by_squaring(x0, p::Integer)
    x = power_type(x0)
    p < 0 || return nonnegative_power(x, p)
    isone(x) && return copy(x)
    isone(-x) && return isodd(p) ? -one(x) : copy(one(x))
    x isa Integer && power_error(x, p)
    power_by_squaring(inv(x), -p)
end
function nonnegative_power(x, p)
    p == 1 && return copy(x)
    p == 0 && return one(x)
    p == 2 && return x * x
    while iseven(p)
        x *= x
        p >>= 1
    end
    y = x
    p >>= 1
    while p > 0
        x *= x
        isodd(p) && (y *= x)
        p >>= 1
    end
    y
end

# x^2 and the like with a literal exponent.
literal_pow(f, x, ::Val{p}) where {p} = f(x, p)
literal_pow(::typeof(^), x, ::Val{p}) where {p} = p < 0 ? inv(x)^-p : x^p
literal_pow(::typeof(^), x::Number, ::Val{p}) where {p} = literal_power(x, p)
literal_pow(::typeof(^), x::Complex{Bool}, ::Val{p}) where {p} = p < 0 ? inv(x)^-p : x^p
function literal_power(x, p)
    p == 2 && return x * x
    p == 3 && return x * x * x
    p == 1 && return x
    p == 0 && return one(x)
    p > 0 && return x^p
    p == -1 && return inv(x)
    x isa BitInteger && return Float64(x)^p
    p == -2 && return (i = inv(x); i * i)
    x isa AbstractFloat ? x^p : inv(x)^-p
end

"""
    Base.MultiplicativeInverses.MultiplicativeInverse{T}

A divisor to divide many numbers by. There is nothing to prepare here: a division is one
instruction of many.
"""
abstract type MultiplicativeInverse{T} end
struct SignedMultiplicativeInverse{T<:Signed} <: MultiplicativeInverse{T}
    divisor::T
    SignedMultiplicativeInverse{T}(d::T) where {T<:Signed} = (check_divisor(d); new(d))
end
struct UnsignedMultiplicativeInverse{T<:Unsigned} <: MultiplicativeInverse{T}
    divisor::T
    UnsignedMultiplicativeInverse{T}(d::T) where {T<:Unsigned} = (check_divisor(d); new(d))
end
check_divisor(d) = iszero(d) && throw(ArgumentError("cannot compute magic for d == $d"))
"""
    Base.multiplicativeinverse(d)

`d` as a divisor for `div`, `rem` and `divrem`.
"""
multiplicativeinverse(d::T) where {T<:Signed} = SignedMultiplicativeInverse{T}(d)
multiplicativeinverse(d::T) where {T<:Unsigned} = UnsignedMultiplicativeInverse{T}(d)
div(a::T, b::MultiplicativeInverse{T}) where {T} = div(a, b.divisor)
rem(a::T, b::MultiplicativeInverse{T}) where {T} = rem(a, b.divisor)
divrem(a::T, b::MultiplicativeInverse{T}) where {T} = divrem(a, b.divisor)

"""
    gcd(x, y, ...)

The greatest common divisor.
"""
gcd(a::T, b::T) where {T<:BitInteger64} = int_gcd(a, b)
function gcd(a::T, b::T) where {T<:Integer}
    while b != 0
        a, b = b, rem(a, b)
    end
    checked_abs(a)
end
gcd(a::Union{Integer,Rational}) = checked_abs(a)
gcd(a::Unsigned, b::Signed) = gcd(promote(a, uabs(b))...)
gcd(a::Signed, b::Unsigned) = gcd(promote(uabs(a), b)...)
gcd(a::Real, b::Real) = gcd(promote(a, b)...)
gcd(a::T, b::T) where {T<:Real} = throw(MethodError(gcd, (a, b)))
gcd(a::Real, b::Real, c::Real...) = gcd(gcd(a, b), c...)
gcd(xs::AbstractArray{<:Real}) = reduce(gcd, xs; init=zero(eltype(xs)))
gcd(xs::AbstractArray{<:Integer}) = reduce(gcd, xs; init=zero(eltype(xs)))
"""
    lcm(x, y, ...)

The least common multiple.
"""
function lcm(a::T, b::T) where {T<:Integer}
    iszero(a) && return a
    iszero(b) && return b
    checked_abs(checked_mul(a, div(b, gcd(b, a))))
end
lcm(a::Union{Integer,Rational}) = checked_abs(a)
lcm(a::Unsigned, b::Signed) = lcm(promote(a, uabs(b))...)
lcm(a::Signed, b::Unsigned) = lcm(promote(uabs(a), b)...)
lcm(a::Real, b::Real) = lcm(promote(a, b)...)
lcm(a::T, b::T) where {T<:Real} = throw(MethodError(lcm, (a, b)))
lcm(a::Real, b::Real, c::Real...) = lcm(lcm(a, b), c...)
lcm(xs::AbstractArray{<:Real}) = reduce(lcm, xs; init=one(eltype(xs)))
checked_abs(x::Rational) = abs(x)
"""
    gcdx(a, b)

`(d, u, v)` with `d = gcd(a, b) = u*a + v*b`.
"""
function gcdx(a::T, b::T) where {T<:Integer}
    s0, s1 = one(T), zero(T)
    t0, t1 = s1, s0
    x, y = a, b
    while y != 0
        q = div(x, y)
        x, y = y, rem(x, y)
        s0, s1 = s1, s0 - q * s1
        t0, t1 = t1, t0 - q * t1
    end
    x < 0 ? (-x, -s0, -t0) : (x, s0, t0)
end
gcdx(a::Integer, b::Integer) = gcdx(promote(a, b)...)
gcdx(a::Real, b::Real) = gcdx(promote(a, b)...)
gcdx(a::T, b::T) where {T<:Real} = no_op("gcdx", T)
gcdx(a::Real) = (gcd(a), signbit(a) ? -one(a) : one(a))
function gcdx(a::Real, b::Real, cs::Real...)
    d, u, v = gcdx(a, b)
    e, x, ws... = gcdx(d, cs...)
    (e, u * x, v * x, ws...)
end
"""
    invmod(n, m)
    invmod(n)
    invmod(n, T)

The `y` with `n*y == 1 (mod m)`; without `m`, modulo the number of values of the type.
"""
function invmod(n::Integer, m::Integer)
    iszero(m) && throw(DomainError(m, "`m` must not be 0."))
    T = promote_type(typeof(n), typeof(m))
    n = T <: Unsigned ? mod(n, m) % T : convert(T, n)
    m = convert(T, m)
    g, x, y = gcdx(n, m)
    isone(g) || throw(DomainError((n, m), string("Greatest common divisor is ", g, ".")))
    # what would be negative has wrapped
    T <: BitUnsigned && x > typemax(T) >> 1 && (x += m)
    mod(x, m)
end
function invmod(n::T) where {T<:BitInteger}
    isodd(n) || throw(DomainError(n, "Argument must be odd."))
    x = (3 % T * n) ⊻ (2 % T)    # right in the last five bits; each step doubles them
    bits = 5
    while bits < 8sizeof(T)
        x *= (2 % T) - n * x
        bits *= 2
    end
    x
end
invmod(n::Integer, ::Type{T}) where {T<:BitInteger} = invmod(n % T)
"""
    powermod(x, p, m)

`x^p mod m`.
"""
powermod(x::Int64, p::Int64, m::Int64) = p < 0 ? powermod(invmod(x, m), -p, m) : int_powmod(x, p, m)
function powermod(x::Integer, p::Integer, m::T) where {T<:Integer}
    p == 0 && return mod(one(m), m)
    p < 0 && return powermod(invmod(x, m), p isa BitSigned && p == typemin(p) ? -widen(p) : -p, m)
    b = oftype(m, mod(x, m))
    (m == 1 || m == -1) && return zero(m)
    r = one(m)
    while p > 0
        isodd(p) && (r = oftype(m, mod(widemul(r, b), m)))
        b = oftype(m, mod(widemul(b, b), m))
        p >>= 1
    end
    mod(r, m)
end
function powermod(x::Integer, p::Rational, m::Integer)
    isinteger(p) ? powermod(x, Integer(p), m) : throw(DomainError(p, "exponent must be an integer."))
end

"""
    ispow2(n)

Whether `n` is a power of two.
"""
ispow2(x::Number) = isreal(x) && ispow2(real(x))
ispow2(x::Integer) = x > 0 && count_ones(x) == 1
ispow2(x::AbstractFloat) = !iszero(x) && isfinite(x) && x > 0 && frexp(x)[1] == 0.5
"""
    nextpow(a, x)

The smallest power `a^n` not less than `x`.
"""
function nextpow(a::Real, x::Real)
    x <= 0 && throw(DomainError(x, "`x` must be positive."))
    a == 2 && x isa Integer && return x == 1 ? x : oftype(x, 1) << ndigits(x - oneunit(x); base=2)
    a <= 1 && throw(DomainError(a, "`a` must be greater than 1."))
    x <= 1 && return one(a)
    n = ceil(Integer, log(a, x))
    p = a^(n - 1)
    x > typemax(p) && throw(DomainError(x, "argument is beyond the range of type of the base"))
    p >= x && return p
    q = a^n
    q > p || throw(OverflowError("result is beyond the range of type of the base"))
    q
end
"""
    prevpow(a, x)

The largest power `a^n` not greater than `x`.
"""
function prevpow(a::Real, x::Real)
    x < 1 && throw(DomainError(x, "`x` must be ≥ 1."))
    a == 2 && x isa Integer && return oftype(x, 1) << (ndigits(x; base=2) - 1)
    a <= 1 && throw(DomainError(a, "`a` must be greater than 1."))
    n = floor(Integer, log(a, x))
    p = a^n
    x > typemax(p) && throw(DomainError(x, "argument is beyond the range of type of the base"))
    if a isa Integer
        q, over = mul_with_overflow(a, p)
        q <= x && !over && return q
    else
        q = a^(n + 1)
        q <= x && return q
    end
    p <= x && return p
    throw(OverflowError("result is beyond the range of type of the base"))
end
nextpow2(x::Integer) = nextpow(2, x)

"""
    isqrt(n)

The integer square root: the largest `m` with `m*m <= n`.
"""
isqrt(x::Integer) = x < 0 ? throw(DomainError(float(x), complex_hint(:sqrt))) : oftype(x, big_isqrt(big_int(x)))
isqrt(x::Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}) = typeof(x)(floor(sqrt(x)))
function isqrt(x::Int64)
    x < 0 && throw(DomainError(float(x), complex_hint(:sqrt)))
    s = unsafe_trunc(Int64, sqrt(Float64(x)))
    s > 3037000499 && (s = 3037000499)
    while s * s > x
        s -= 1
    end
    while s < 3037000499 && (s + 1) * (s + 1) <= x
        s += 1
    end
    s
end

"""
    ndigits(n; base=10, pad=1)

The number of digits of `n`.
"""
function ndigits(x::Integer; base::Integer=10, pad::Integer=1)
    -1 <= base <= 1 && throw(DomainError(base, "The base must not be in `[-1, 0, 1]`."))
    base < 0 && x isa Unsigned && (x = BigInt(x))
    iszero(x) ? max(Int(pad), 1) : max(Int(pad), digit_count(x, base))
end
# How many digits a number that is not 0 has.
digit_count(x::Integer, b::Integer) = typemin(Int) <= b <= typemax(Int) ? digit_count(x, Int(b)) : count_divisions(big_int(x), b)
function digit_count(x::Integer, b::Int)
    x isa BitInteger && 2 <= b <= 62 && return count_text_digits(int_string(x, b, 1))
    count_divisions(x, b)
end
function count_divisions(x, b)
    b > 0 && (x = abs(big_int(x)))
    n = 0
    while !iszero(x)
        x = b > 0 ? div(x, b) : cld(x, b)
        n += 1
    end
    n
end
digit_count(x::BigInt, b::Int) = 2 <= b <= 62 ? count_text_digits(int_string(x, b, 1)) : count_divisions(x, b)
count_text_digits(s) = string_byte(s, 1) == 0x2d ? string_sizeof(s) - 1 : string_sizeof(s)
ndigits0z(x::Integer, b::Integer=10) = iszero(x) ? 0 : digit_count(x, Int(b))
"""
    digits([T,] n; base=10, pad=1)

The digits of `n`, the least significant first.
"""
digits(n::Integer; base::Integer=10, pad::Integer=1) = digits(typeof(base), n; base=base, pad=pad)
function digits(n::Int64; base::Integer=10, pad::Integer=1)
    base isa Int64 && base >= 2 || return digits(typeof(base), n; base=base, pad=pad)
    a = Int64[]
    while n != 0
        push!(a, rem(n, base))
        n = div(n, base)
    end
    while length(a) < pad
        push!(a, 0)
    end
    a
end
digits(::Type{T}, n::Integer; base::Integer=10, pad::Integer=1) where {T<:Integer} =
    digits!(zeros(T, ndigits(n; base=base, pad=pad)), n; base=base)
"""
    digits!(a, n; base=10)

Fill `a` with the digits of `n`, the least significant first.
"""
function digits!(a::AbstractVector{T}, n::Integer; base::Integer=10) where {T<:Integer}
    abs(base) >= 2 || throw(DomainError(base, "base must be ≥ 2 or ≤ -2"))
    hastypemax(T) && abs(base) - 1 > typemax(T) && throw(ArgumentError("type $T too small for base $base"))
    x = base < 0 && n isa Unsigned ? BigInt(n) : n
    b = base
    for i in eachindex(a)
        if base > 0
            a[i] = rem(x, b)
            x = div(x, b)
        else
            a[i] = mod(x, -b)
            x = cld(x, b)
        end
    end
    a
end
hastypemax(::Type{<:Union{BitInteger,Bool}}) = true
hastypemax(::Type{T}) where {T} = false

"""
    bitstring(x)

The bits of a machine value as text.
"""
bitstring(x::Union{BitInteger,Bool}) = int_string(unsigned_bits(x), 2, 8 * sizeof(x))
bitstring(x::IEEEFloat) = bitstring(reinterpret(uinttype(typeof(x)), x))
bitstring(x::Char) = bitstring(reinterpret(UInt32, x))
unsigned_bits(x::Bool) = UInt8(x)
unsigned_bits(x) = unsigned(x)

"""
    factorial(n)

`1 * 2 * ... * n`.
"""
function factorial(n::Union{Int64,UInt64,Int128,UInt128})
    n < 0 && throw(DomainError(n, "`n` must not be negative."))
    n > (n isa Union{Int128,UInt128} ? (n isa Int128 ? 33 : 34) : 20) && throw(OverflowError(string(n, " is too large to look up in the table; consider using `factorial(big(", n, "))` instead")))
    r = one(n)
    k = one(n)
    while k < n
        k += one(n)
        r *= k
    end
    r
end
factorial(n::Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}) = factorial(Int64(n))
factorial(n::Bool) = 1
"""
    binomial(n, k)

The number of ways to choose `k` out of `n`.
"""
function binomial(n::T, k::T) where {T<:Integer}
    k < 0 && return zero(T)
    sgn = one(T)
    n0, k0 = n, k
    if n < 0
        n = -n + k - one(T)
        isodd(k) && (sgn = -sgn)
    end
    k > n && return zero(T)
    (k == 0 || k == n) && return sgn
    k == 1 && return sgn * n
    k > (n >> 1) && (k = n - k)
    x = big_int(1)
    for i in 1:Int(k)
        x = big_div(:div, big_mul(x, n - k + oftype(n, i)), i)
    end
    T === BigInt && return sgn * x
    x > typemax(T) && throw(OverflowError(string("binomial(", n0, ", ", k0, ") overflows")))
    sgn * T(x)
end
binomial(n::Integer, k::Integer) = (p = promote(n, k); binomial(p[1], p[2]))
binomial(x::Number, k::Integer) = k < 0 ? zero(x) / one(k) : prod(i -> (x - (i - 1)) / i, 1:k; init=oneunit(x) / one(k))

## arithmetic that throws when a result does not fit

"""
    Base.checked_neg(x)

`-x`, or an `OverflowError`.
"""
function checked_neg(x::T) where {T<:BitInteger}
    x == zero(x) && return x
    (x isa Unsigned || x == typemin(T)) && throw(OverflowError(string("checked arithmetic: cannot compute -x for x = ", x, "::", T)))
    -x
end
checked_neg(x::Integer) = -x
checked_neg(x::Bool) = -x
"""
    Base.checked_abs(x)

`abs(x)`, or an `OverflowError`.
"""
checked_abs(x::BitSigned) = x == typemin(x) ? throw(OverflowError(string("checked arithmetic: cannot compute |x| for x = ", x, "::", typeof(x)))) : abs(x)
checked_abs(x::Integer) = abs(x)
"""
    Base.checked_add(x, y)

`x + y`, or an `OverflowError`.
"""
checked_add(x::T, y::T) where {T<:BitInteger} = int_checked_add(x, y)
"""
    Base.checked_sub(x, y)

`x - y`, or an `OverflowError`.
"""
checked_sub(x::T, y::T) where {T<:BitInteger} = int_checked_sub(x, y)
"""
    Base.checked_mul(x, y)

`x * y`, or an `OverflowError`.
"""
checked_mul(x::T, y::T) where {T<:BitInteger} = int_checked_mul(x, y)
for f in (:checked_add, :checked_sub, :checked_mul, :checked_div, :checked_rem, :checked_fld, :checked_mod, :checked_cld)
    @eval $f(x::Integer, y::Integer) = $f(promote(x, y)...)
    @eval $f(x::T, y::T) where {T<:Integer} = no_op($(QuoteNode(f)), T)
end
for (f, op) in ((:checked_add, :+), (:checked_sub, :-), (:checked_mul, :*))
    @eval $f(x::BigInt, y::BigInt) = $op(x, y)
    @eval $f(x::Bool, y::Bool) = $op(x, y)
end
for (f, op) in ((:checked_div, :div), (:checked_rem, :rem), (:checked_fld, :fld), (:checked_mod, :mod), (:checked_cld, :cld))
    @eval $f(x::T, y::T) where {T<:Union{BitInteger,Bool,BigInt}} = $op(x, y)
end
checked_add(x::Integer) = x
checked_add(x::Bool) = +x
checked_mul(x::Integer) = x
checked_add(x, y, z...) = checked_add(checked_add(x, y), z...)
checked_mul(x, y, z...) = checked_mul(checked_mul(x, y), z...)
"""
    Base.checked_pow(x, p)

`x^p`, or an `OverflowError`.
"""
checked_pow(x::Integer, p::Integer) = checked_power(x, p)
function checked_power(x, p)
    p == 1 && return copy(x)
    p == 0 && return one(x)
    p < 0 && (isone(x) ? (return copy(x)) : isone(-x) ? (return isodd(p) ? -one(x) : copy(one(x))) : power_error(x, p))
    y = one(x)
    while true
        isodd(p) && (y = checked_mul(y, x))
        p >>= 1
        p == 0 && return y
        x = checked_mul(x, x)
    end
end
"""
    Base.checked_length(r)

The length of a range, or an `OverflowError` when its type cannot hold it.
"""
checked_length(r) = length(r)
function checked_length(r::OrdinalRange)
    st = step(r)
    isempty(r) && return Integer(div(first(r) - first(r), oneunit(st)))
    d, st = isless(st, zero(st)) ? (checked_sub(first(r), last(r)), -st) : (checked_sub(last(r), first(r)), st)
    n = div(d, st)
    Integer(checked_add(n, oneunit(n)))
end
function checked_length(r::AbstractUnitRange)
    isempty(r) && return Integer(first(r) - first(r))
    n = checked_sub(last(r), first(r))
    Integer(checked_add(n, oneunit(n)))
end
checked_length(r::OrdinalRange{<:SmallInt}) = length(r)
checked_length(r::AbstractUnitRange{<:SmallInt}) = length(r)
checked_length(r::OneTo) = length(r)
checked_length(r::AbstractUnitRange{<:Rational}) = length(r)
function checked_length(r::StepRange{<:WideInt,<:BitInteger})
    D = promote_type(typeof(r.start), typeof(r.stop))
    isempty(r) && return zero(D)
    n = steps_between(r)
    n < unsigned(typemax(D)) || throw(OverflowError("$n + 1 overflowed for type $D"))
    convert(D, n) + one(D)
end
add_with_overflow(x::T, y::T) where {T<:BitInteger} = int_add_flag(x, y)
sub_with_overflow(x::T, y::T) where {T<:BitInteger} = int_sub_flag(x, y)
mul_with_overflow(x::T, y::T) where {T<:BitInteger} = int_mul_flag(x, y)

"""
    clamp(x, lo, hi)

`x`, or the bound of `[lo, hi]` that it lies beyond.
"""
clamp(x::X, lo::L, hi::H) where {X,L,H} = x > hi ? convert(promote_type(X, L, H), hi) : x < lo ? convert(promote_type(X, L, H), lo) : convert(promote_type(X, L, H), x)
clamp(x::T, lo::T, hi::T) where {T<:Real} = x > hi ? hi : x < lo ? lo : x
clamp(x, ::Type{T}) where {T<:Integer} = clamp(x, typemin(T), typemax(T)) % T
clamp(x::Integer, r::AbstractUnitRange{<:Integer}) = clamp(x, first(r), last(r))
function clamp!(a::AbstractArray, lo, hi)
    for i in eachindex(a)
        a[i] = clamp(a[i], lo, hi)
    end
    a
end
