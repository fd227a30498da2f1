# The modules of Base that numbers have in Julia; what they hold is defined in Base.

"""
    Checked

Integer arithmetic that throws an `OverflowError` where a result does not fit.
"""
module Checked

using ..Base: checked_neg, checked_abs, checked_add, checked_sub, checked_mul, checked_div, checked_rem, checked_fld, checked_mod, checked_cld,
    checked_pow, checked_length, add_with_overflow, sub_with_overflow, mul_with_overflow

export checked_neg, checked_abs, checked_add, checked_sub, checked_mul, checked_div, checked_rem, checked_fld, checked_mod, checked_cld,
    checked_pow, checked_length, add_with_overflow, sub_with_overflow, mul_with_overflow

end

"""
    Math

Mathematical functions.
"""
module Math

using ..Base: sin, cos, sincos, tan, sinh, cosh, tanh, asin, acos, atan, asinh, acosh, atanh, sec, csc, cot, asec, acsc, acot,
    sech, csch, coth, asech, acsch, acoth, sinpi, cospi, sincospi, tanpi, sinc, cosc, cosd, cotd, cscd, secd, sind, tand, sincosd,
    acosd, acotd, acscd, asecd, asind, atand, rad2deg, deg2rad, log, log2, log10, log1p, exponent, exp, exp2, exp10, expm1,
    cbrt, sqrt, fourthroot, significand, hypot, max, min, minmax, ldexp, frexp, clamp, clamp!, modf, ^, mod2pi, rem2pi, evalpoly, @evalpoly, @horner,
    rem_pio2_kernel, nan_dom_err, muladd, fma, IEEEFloat, DoubleFloat64

# From where on a hyperbolic function is its first term, its exponential, or too large.
H_SMALL_X(::Type{Float64}) = 2.0^-28
H_MEDIUM_X(::Type{Float64}) = 22.0
H_LARGE_X(::Type{Float64}) = 709.7822265633563
H_SMALL_X(::Type{Float32}) = 2f-12
H_MEDIUM_X(::Type{Float32}) = 9f0
H_LARGE_X(::Type{Float32}) = 88.72283f0
COSH_SMALL_X(::Type{Float32}) = 0.00024414062f0
COSH_SMALL_X(::Type{Float64}) = 2.7755602085408512e-17

end

"""
    MPFR

BigFloat. What names the library of that name in Julia is of our own here.
"""
module MPFR

using ..Base: BigFloat, big_context

"The least exponent of a BigFloat."
get_emin() = -2147483648
get_emin_min() = get_emin()
"The greatest exponent of a BigFloat."
get_emax() = 2147483647
get_emax_max() = get_emax()

end

"""
    GMP

BigInt.
"""
module GMP

using ..Base: BigInt

end

"""
    Rounding

Directions of rounding.
"""
module Rounding

using ..Base: RoundingMode, RoundNearest, RoundToZero, RoundUp, RoundDown, RoundFromZero, RoundNearestTiesAway, RoundNearestTiesUp,
    rounding, setrounding, get_zero_subnormals, set_zero_subnormals

end
