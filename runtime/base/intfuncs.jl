# Powers, divisors, digits and other functions of integers.

power_error(x, p) = throw(DomainError(p, string("Cannot raise an integer x to a negative power ", p, ".\nMake x or ", p,
    " a float by adding a zero decimal (e.g., 2.0^", p, " or 2^", float(p), " instead of 2^", p, ") or write 1/x^", -p,
    ", float(x)^", p, ", x^float(", p, ") or (x//1)^", p, ".")))

"""
    x ^ p

Power.
"""
function ^(x::T, p::BitInteger) where {T<:BitInteger}
    p >= 0 && return int_pow(x, Int(p))
    x == 1 && return x
    x == -1 && return isodd(p) ? x : -x
    power_error(x, p)
end
^(x::T, p::T) where {T<:BitInteger} = p >= zero(p) ? int_pow(x, Int(p)) : x == one(x) ? x : (signed(x) == -1) ? (isodd(p) ? x : -x) : power_error(x, p)
^(x::Number, p::Integer) = power_by_squaring(x, p)
^(x::Bool, p::Integer) = p >= 0 ? (p == 0) | x : x ? true : power_error(x, p)
^(x::Bool, p::BitInteger) = p >= 0 ? (p == 0) | x : x ? true : power_error(x, p)

function power_by_squaring(x, p::Integer)
    p == 1 && return copy(x)
    p == 0 && return one(x)
    p == 2 && return x * x
    if p < 0
        isone(x) && return copy(x)
        isone(-x) && return isodd(p) ? -one(x) : copy(one(x))
        x isa Integer && power_error(x, p)
        return power_by_squaring(inv(x), -p)
    end
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
literal_pow(::typeof(^), x::Number, ::Val{p}) where {p} = literal_power(x, p)
function literal_power(x, p)
    p == 2 && return x * x
    p == 3 && return x * x * x
    p == 1 && return x
    p == 0 && return one(x)
    p > 0 && return x^p
    p == -1 && return inv(x)
    x isa BitInteger && return Float64(x)^p
    p == -2 && return (i = inv(x); i * i)
    x^p
end

"""
    gcd(x, y, ...)

The greatest common divisor.
"""
gcd(a::T, b::T) where {T<:BitInteger64} = gcd_checked(a, b)
function gcd_checked(a, b)
    (a == typemin(a) && b == typemin(b) && a < 0) && throw(OverflowError(string("gcd(", a, ", ", b, ") overflows")))
    int_gcd(a, b)
end
function gcd(a::T, b::T) where {T<:Integer}
    while b != 0
        a, b = b, rem(a, b)
    end
    abs(a)
end
gcd(a::Integer) = abs(a)
gcd(a::Integer, b::Integer) = (p = promote(a, b); gcd(p[1], p[2]))
gcd(a::Integer, b::Integer, c::Integer...) = gcd(gcd(a, b), c...)
gcd(xs::AbstractArray{<:Integer}) = reduce(gcd, xs; init=zero(eltype(xs)))
"""
    lcm(x, y, ...)

The least common multiple.
"""
function lcm(a::T, b::T) where {T<:Integer}
    a == 0 && return a
    b == 0 && return b
    checked_abs(checked_mul(a, div(b, gcd(b, a))))
end
lcm(a::Integer) = abs(a)
lcm(a::Integer, b::Integer) = (p = promote(a, b); lcm(p[1], p[2]))
lcm(a::Integer, b::Integer, c::Integer...) = lcm(lcm(a, b), c...)
lcm(xs::AbstractArray{<:Integer}) = reduce(lcm, xs; init=one(eltype(xs)))
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
gcdx(a::Integer, b::Integer) = (p = promote(a, b); gcdx(p[1], p[2]))
"""
    invmod(n, m)

The `y` with `n*y == 1 (mod m)`.
"""
function invmod(n::Integer, m::Integer)
    iszero(m) && throw(DomainError(m, "`m` must not be 0."))
    a, b = promote(n, m)
    g, x, y = gcdx(a, b)
    g != 1 && throw(DomainError((n, m), string("Greatest common divisor is ", g, ".")))
    mod(x, b)
end
"""
    powermod(x, p, m)

`x^p mod m`.
"""
powermod(x::Int64, p::Int64, m::Int64) = p < 0 ? powermod(invmod(x, m), -p, m) : int_powmod(x, p, m)
function powermod(x::Integer, p::Integer, m::T) where {T<:Integer}
    p == 0 && return mod(one(m), m)
    p < 0 && return powermod(invmod(x, m), -p, m)
    b = oftype(m, mod(x, m))
    r = one(m)
    while p > 0
        isodd(p) && (r = oftype(m, mod(widemul(r, b), m)))
        b = oftype(m, mod(widemul(b, b), m))
        p >>= 1
    end
    mod(r, m)
end

"""
    ispow2(n)

Whether `n` is a power of two.
"""
ispow2(x::Number) = isreal(x) && ispow2(real(x))
ispow2(x::Integer) = x > 0 && count_ones(x) == 1
ispow2(x::AbstractFloat) = x > 0 && isfinite(x) && frexp(x)[1] == 0.5
"""
    nextpow(a, x)

The smallest power `a^n` not less than `x`.
"""
function nextpow(a::Real, x::Real)
    x <= 0 && throw(DomainError(x, "`x` must be positive."))
    a <= 1 && throw(DomainError(a, "`a` must be greater than 1."))
    x <= 1 && return one(a)
    n = ceil(Int, log(a, x))
    p = a^(n - 1)
    p >= x ? p : a^n
end
"""
    prevpow(a, x)

The largest power `a^n` not greater than `x`.
"""
function prevpow(a::Real, x::Real)
    x < 1 && throw(DomainError(x, "`x` must be ≥ 1."))
    a == 2 && x isa Integer && return oftype(x, 1) << (8sizeof(x) - 1 - leading_zeros(x))
    a <= 1 && throw(DomainError(a, "`a` must be greater than 1."))
    n = floor(Int, log(a, x))
    p = a^(n + 1)
    p <= x ? p : a^n
end
nextpow2(x::Integer) = nextpow(2, x)

"""
    isqrt(n)

The integer square root: the largest `m` with `m*m <= n`.
"""
function isqrt(x::Integer)
    x < 0 && throw(DomainError(x, "sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x))."))
    oftype(x, big_isqrt(big_int(x)))
end
isqrt(x::Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}) = typeof(x)(floor(sqrt(x)))
function isqrt(x::Int64)
    x < 0 && throw(DomainError(x, "sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x))."))
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
    iszero(x) && return max(Int(pad), 1)
    base < 2 && return max(Int(pad), length(digits(x; base=base)))
    max(Int(pad), length_without_sign(int_string(x, Int(base) > 62 ? 62 : Int(base), 1)))
end
length_without_sign(s) = string_byte(s, 1) == 0x2d ? string_sizeof(s) - 1 : string_sizeof(s)
"""
    digits([T,] n; base=10, pad=1)

The digits of `n`, the least significant first.
"""
digits(n::Integer; base::Integer=10, pad::Integer=1) = digits(base isa BitInteger64 ? Int : typeof(base), n; base=base, pad=pad)
function digits(::Type{T}, n::Integer; base::Integer=10, pad::Integer=1) where {T<:Integer}
    abs(base) >= 2 || throw(DomainError(base, "base must be ≥ 2 or ≤ -2"))
    v = T[]
    x = n
    while !iszero(x)
        if base > 0
            d = rem(x, base)
            x = div(x, base)
        else
            d = mod(x, -base)
            x = -div(x - d, -base)
        end
        push!(v, T(d))
    end
    while length(v) < pad
        push!(v, zero(T))
    end
    v
end
function digits!(a::AbstractVector, n::Integer; base::Integer=10)
    x = n
    for i in eachindex(a)
        a[i] = rem(x, base)
        x = div(x, base)
    end
    a
end
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

## arithmetic that throws when a result does not fit

checked_neg(x::T) where {T<:BitInteger} = int_checked_sub(zero(T), x)
checked_abs(x::BitSigned) = x == typemin(x) ? throw(OverflowError(string("checked arithmetic: cannot compute |x| for x = ", x, "::", typeof(x)))) : abs(x)
checked_abs(x::Integer) = abs(x)
checked_add(x::T, y::T) where {T<:BitInteger} = int_checked_add(x, y)
checked_sub(x::T, y::T) where {T<:BitInteger} = int_checked_sub(x, y)
checked_mul(x::T, y::T) where {T<:BitInteger} = int_checked_mul(x, y)
checked_add(x::Integer, y::Integer) = (p = promote(x, y); p[1] isa BitInteger ? int_checked_add(p[1], p[2]) : p[1] + p[2])
checked_sub(x::Integer, y::Integer) = (p = promote(x, y); p[1] isa BitInteger ? int_checked_sub(p[1], p[2]) : p[1] - p[2])
checked_mul(x::Integer, y::Integer) = (p = promote(x, y); p[1] isa BitInteger ? int_checked_mul(p[1], p[2]) : p[1] * p[2])
checked_add(x) = x
checked_mul(x) = x
checked_add(x, y, z...) = checked_add(checked_add(x, y), z...)
checked_mul(x, y, z...) = checked_mul(checked_mul(x, y), z...)
checked_div(x, y) = div(x, y)
checked_rem(x, y) = rem(x, y)
checked_fld(x, y) = fld(x, y)
checked_mod(x, y) = mod(x, y)
checked_cld(x, y) = cld(x, y)
function checked_pow(x::Integer, p::Integer)
    r = one(x)
    for i in 1:p
        r = checked_mul(r, x)
    end
    r
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
clamp(x, r::AbstractUnitRange{<:Integer}) = clamp(x, first(r), last(r))
function clamp!(a::AbstractArray, lo, hi)
    for i in eachindex(a)
        a[i] = clamp(a[i], lo, hi)
    end
    a
end
