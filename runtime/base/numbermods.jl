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
    rem_pio2_kernel, nan_dom_err, muladd, fma, IEEEFloat, DoubleFloat64, sign_mask, exponent_mask, exponent_one, exponent_half, uinttype,
    significand_mask, significand_bits, exponent_bits, exponent_bias, exponent_max, exponent_raw_max

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

using ..Base: BigFloat, big_context, VersionNumber

"The version of this implementation, which is not the C library of that name."
version() = VersionNumber(1, 0, 0)
patches() = String[]
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

"Whether a number that is too large for the memory is an `OutOfMemoryError`."
const ALLOC_OVERFLOW_FUNCTION = Ref(true)

end

"""
    Ryu

Floats as text.
"""
module Ryu

using ..Base: float_format, get, IOContext, sprint

# Text with a sign in front, the point as `decchar`, without zeros at the end if `trim`.
function dressed(t, x, plus, space, decchar, trim)
    if trim && occursin('.', t)
        k = findfirst('e', t)
        m, e = k === nothing ? (t, "") : (t[1:k-1], t[k:end])
        t = rstrip(rstrip(m, '0'), '.') * e
    end
    Char(decchar) == '.' || (t = replace(t, '.' => Char(decchar)))
    signbit(x) && !isnan(x) ? t : plus ? "+" * t : space ? " " * t : t
end
special(x) = isnan(x) ? "NaN" : x < 0 ? "-Inf" : "Inf"
"""
    Ryu.writefixed(x, digits, plus=false, space=false, hash=false, decchar='.', trim=false)

`x` with that many digits after the point.
"""
function writefixed(x, digits::Integer, plus=false, space=false, hash=false, decchar='.', trim=false)
    t = isfinite(x) ? float_format(Float64(x), "f", Int(digits)) : special(x)
    hash && digits == 0 && isfinite(x) && (t *= ".")
    dressed(t, x, plus, space, decchar, trim)
end
"""
    Ryu.writeexp(x, digits, plus=false, space=false, hash=false, expchar='e', decchar='.', trim=false)

`x` with one digit before the point, that many after it, and an exponent.
"""
function writeexp(x, digits::Integer, plus=false, space=false, hash=false, expchar='e', decchar='.', trim=false)
    isfinite(x) || return dressed(special(x), x, plus, space, decchar, false)
    t = float_format(Float64(x), "e", Int(digits))
    hash && digits == 0 && (t = replace(t, "e" => ".e"))
    t = dressed(t, x, plus, space, decchar, trim)
    Char(expchar) == 'e' ? t : replace(t, 'e' => Char(expchar))
end
"""
    Ryu.writeshortest(x, plus=false, space=false, hash=true, precision=-1, expchar='e', padexp=false, decchar='.', typed=false, compact=false)

The fewest digits that tell `x` from other floats.
"""
function writeshortest(x, plus=false, space=false, hash=true, precision=-1, expchar='e', padexp=false, decchar='.', typed=false, compact=false)
    t = compact ? sprint(show, x, context=:compact => true) : typed ? repr(x) : string(x)
    isfinite(x) || return dressed(t, x, plus, space, decchar, false)
    k = findfirst('e', t)
    m, e = k === nothing ? (t, "") : (t[1:k-1], t[k+1:end])
    hash || (m = endswith(m, ".0") ? m[1:end-2] : m)
    if precision > 0
        have = count(isdigit, lstrip(m, ['-', '0', '.']))
        have < precision && occursin('.', m) && (m *= "0"^(precision - have))
    end
    if e != ""
        padexp && (e = (startswith(e, '-') ? "-" : "+") * lpad(lstrip(e, '-'), 2, '0'))
        m *= Char(expchar) * e
    end
    dressed(m, x, plus, space, decchar, false)
end

end

"""
    Rounding

Directions of rounding.
"""
module Rounding

using ..Base: RoundingMode, RoundNearest, RoundToZero, RoundUp, RoundDown, RoundFromZero, RoundNearestTiesAway, RoundNearestTiesUp,
    rounding, setrounding, get_zero_subnormals, set_zero_subnormals

# The directions as the C library numbers them.
const fenv_modes = (RoundNearest => 0x0000, RoundDown => 0x0400, RoundUp => 0x0800, RoundToZero => 0x0c00)
function to_fenv(r::RoundingMode)
    for (mode, n) in fenv_modes
        mode === r && return Int32(n)
    end
    throw(ArgumentError("unsupported rounding mode: $r"))
end
function from_fenv(n::Integer)
    for (mode, k) in fenv_modes
        k == n && return mode
    end
    throw(ArgumentError("invalid rounding mode code: $n"))
end

end
