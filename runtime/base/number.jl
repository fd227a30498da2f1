# What all numbers have in common.

convert(::Type{T}, x::T) where {T<:Number} = x
convert(::Type{T}, x::Number) where {T<:Number} = T(x)::T
(::Type{T})(x::T) where {T<:Number} = x

"""
    isinteger(x)

Whether `x` equals an integer.
"""
isinteger(x::Integer) = true
isinteger(x::Real) = x == trunc(x)
"""
    iszero(x)

Whether `x` equals `zero(x)`.
"""
iszero(x) = x == zero(x)
"""
    isone(x)

Whether `x` equals `one(x)`.
"""
isone(x) = x == one(x)
"""
    isfinite(x)

Whether `x` is neither infinite nor NaN.
"""
isfinite(x::Number) = iszero(x - x)
isfinite(x::AbstractFloat) = !isnan(x - x)
isfinite(x::Real) = decompose(x)[3] != 0
isfinite(x::Integer) = true
"""
    isnan(x)

Whether `x` is NaN, not a number.
"""
isnan(x::Number) = false
isinf(x::Real) = !isnan(x) & !isfinite(x)
isinf(x::Integer) = false
angle(x::Real) = atan(zero(x), x)
identity_number(x) = x

size(x::Number) = ()
size(x::Number, d::Integer) = d < 1 ? throw(BoundsError()) : 1
axes(x::Number) = ()
axes(x::Number, d::Integer) = d < 1 ? throw(BoundsError()) : OneTo(1)
eltype(::Type{T}) where {T<:Number} = T
ndims(x::Number) = 0
ndims(::Type{<:Number}) = 0
length(x::Number) = 1
firstindex(x::Number) = 1
lastindex(x::Number) = 1
IteratorSize(::Type{<:Number}) = HasShape{0}()
keys(::Number) = OneTo(1)
getindex(x::Number) = x
getindex(x::Number, i::Integer) = i == 1 ? x : throw(BoundsError(x, i))
getindex(x::Number, is::Integer...) = all(isone, is) ? x : throw(BoundsError(x, is))
get(x::Number, i::Integer, default) = isone(i) ? x : default
get(x::Number, is::Tuple, default) = all(isone, is) ? x : default
get(f::Callable, x::Number, i::Integer) = isone(i) ? x : f()
get(f::Callable, x::Number, is::Tuple) = all(isone, is) ? x : f()
first(x::Number) = x
last(x::Number) = x
copy(x::Number) = x
isempty(x::Number) = false
in(x::Number, y::Number) = x == y
map(f, x::Number, ys::Number...) = f(x, ys...)
iterate(x::Number) = (x, nothing)
iterate(x::Number, ::Any) = nothing
only(x::Number) = x

"""
    divrem(x, y)

`(div(x, y), rem(x, y))`.
"""
divrem(x, y) = (div(x, y), rem(x, y))
divrem(x, y, r::RoundingMode) = (q = div(x, y, r); (q, x - q * y))
"""
    fldmod(x, y)

`(fld(x, y), mod(x, y))`.
"""
fldmod(x, y) = (fld(x, y), mod(x, y))
"""
    fldmod1(x, y)

`(fld1(x, y), mod1(x, y))`.
"""
fldmod1(x, y) = (fld1(x, y), mod1(x, y))
"""
    mod1(x, y)

The remainder in the range from just above 0 to `y`.
"""
mod1(x::T, y::T) where {T<:Real} = (m = mod(x, y); ifelse(m == 0, y, m))
"""
    fld1(x, y)

The floored quotient that goes with `mod1`.
"""
fld1(x::T, y::T) where {T<:Real} = (m = mod1(x, y); fld((x - m) + y, y))
fld1(x::T, y::T) where {T<:Integer} = (d = div(x, y); d + (!signbit(xor(x, y)) & (d * y != x)))

"""
    signbit(x)

Whether the sign of `x` is negative.
"""
signbit(x::Real) = x < 0
"""
    sign(x)

Zero, or `x/abs(x)`.
"""
sign(x::Number) = iszero(x) ? x / abs(oneunit(x)) : x / abs(x)
sign(x::Real) = ifelse(x < zero(x), oftype(one(x), -1), ifelse(x > zero(x), one(x), typeof(one(x))(x)))
"""
    abs(x)

The absolute value.
"""
abs(x::Real) = ifelse(signbit(x), -x, x)
"""
    abs2(x)

The squared absolute value.
"""
abs2(x::Number) = abs(x)^2
abs2(x::Real) = x * x
"""
    flipsign(x, y)

`-x` if `y` is negative, else `x`.
"""
flipsign(x::Real, y::Real) = ifelse(signbit(y), -x, +x)
"""
    copysign(x, y)

The absolute value of `x` with the sign of `y`.
"""
copysign(x::Real, y::Real) = ifelse(signbit(x) != signbit(y), -x, +x)

"""
    inv(x)

One over `x`.
"""
inv(x::Number) = one(x) / x
+(x::Number) = x
*(x::Number) = x
-(x::Number) = zero(x) - x
\(x::Number, y::Number) = y / x

"""
    zero(x)

The zero of the type of `x`.
"""
zero(x::Number) = oftype(x, 0)
zero(::Type{T}) where {T<:Number} = convert(T, 0)
"""
    one(x)

The one of the type of `x`.
"""
one(x::Number) = oftype(x, 1)
one(::Type{T}) where {T<:Number} = convert(T, 1)
oneunit(x::T) where {T} = T(one(x))
oneunit(::Type{T}) where {T} = T(one(T))
zero(::Type{Union{}}) = throw(MethodError(zero, (Union{},)))
widen(x::T) where {T} = convert(widen(T), x)
widen(::Type{T}) where {T} = throw(MethodError(widen, (T,)))
widemul(x::Number, y::Number) = widen(x) * widen(y)
big(::Type{T}) where {T<:Number} = typeof(big(zero(T)))

isequal(x::Number, y::Number) = x == y
isequal(x::Real, y::Real) = x == y
isapprox_tolerance(::Type{T}) where {T<:AbstractFloat} = sqrt(eps(T))
isapprox_tolerance(::Type{T}) where {T<:Real} = 0
isapprox_tolerance(::Type{Complex{T}}) where {T} = isapprox_tolerance(T)
function isapprox_relative(x, y, atol)
    tol = max(isapprox_tolerance(real(typeof(x))), isapprox_tolerance(real(typeof(y))))
    atol > 0 ? zero(tol) : tol
end

"""
    isapprox(x, y; atol=0, rtol, nans=false)
    x ≈ y

Whether the numbers differ by no more than a tolerance.
"""
function isapprox(x::Number, y::Number; atol::Real=0, rtol::Real=isapprox_relative(x, y, atol), nans::Bool=false, norm::Function=abs)
    a, b = promote(x, y)    # a difference, or the size of an integer, may be more than its type holds
    x == y ||
        (isfinite(x) && isfinite(y) && norm(a - b) <= max(atol, rtol * max(norm(a), norm(b)))) ||
        (nans && isnan(x) && isnan(y))
end
# The relative tolerance of isapprox by the type of its arguments.
rtoldefault(::Type{T}) where {T} = isapprox_tolerance(T)
rtoldefault(x::Union{T,Type{T}}, y::Union{S,Type{S}}, atol::Real) where {T<:Number,S<:Number} =
    (r = max(rtoldefault(real(T)), rtoldefault(real(S))); atol > 0 ? zero(r) : r)
function isapprox(x::Integer, y::Integer; atol::Real=0, rtol::Real=0, nans::Bool=false, norm::Function=abs)
    norm === abs && atol < 1 && rtol == 0 && return x == y
    lo, hi = x < y ? (x, y) : (y, x)
    x == y || norm(hi - lo) <= max(atol, rtol * max(norm(lo), norm(hi)))
end
isapprox(y; kw...) = x -> isapprox(x, y; kw...)
const ≈ = isapprox
≉(args...; kw...) = !isapprox(args...; kw...)

hash(x::Union{Bool,Int8,Int16,Int32,Int64,Int128,UInt8,UInt16,UInt32,UInt64,UInt128,Float16,Float32,Float64}, h::UInt) = hash_plain(x, h)
hash(x::Real, h::UInt) = hash_ratio(decompose(x)..., h)
