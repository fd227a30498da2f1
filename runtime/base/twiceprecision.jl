# Numbers of twice the precision of a float, and the ranges of floats made of them: a
# range's values are those of exact arithmetic, rounded once.

TwicePrecision{T}(x::T) where {T} = TwicePrecision{T}(x, zero(T))
TwicePrecision{T}(x::TwicePrecision{T}) where {T} = x
TwicePrecision(x::T) where {T} = TwicePrecision{T}(x)
TwicePrecision{T}(x) where {T} = TwicePrecision{T}(T(x), T(big(x) - big(T(x))))
function TwicePrecision{T}(x::Number) where {T}
    hi = T(x)
    TwicePrecision{T}(hi, T(x - x_as(x, hi)))
end
x_as(x, hi) = isfinite(hi) ? convert(typeof(x), hi) : x
TwicePrecision{T}(x::AbstractFloat) where {T<:AbstractFloat} = (hi = T(x); TwicePrecision{T}(hi, T(x - oftype(x, hi))))
TwicePrecision{T}(i::Integer) where {T<:AbstractFloat} = TwicePrecision{T}(canonicalize2(splitprec(T, i)...)...)
TwicePrecision{T}(x::TwicePrecision) where {T} = TwicePrecision{T}(convert(T, x.hi), convert(T, x.lo))
TwicePrecision{T}(nd::Tuple{Any,Any}) where {T} = TwicePrecision{T}(nd[1]) / nd[2]
TwicePrecision{T}(nd::Tuple{Any,Any}, nb::Integer) where {T} = twiceprecision(TwicePrecision{T}(nd), nb)

# The upper half of the bits of a whole number as a float, and the rest.
function splitprec(::Type{F}, i::Integer) where {F<:AbstractFloat}
    hi = truncbits(F(i), cld(precision(F), 2))
    ihi = oftype(i, hi)
    hi, F(i - ihi)
end
truncmask(x::Float64, mask) = reinterpret(Float64, mask & reinterpret(UInt64, x))
truncmask(x::Float32, mask) = reinterpret(Float32, (mask % UInt32) & reinterpret(UInt32, x))
truncmask(x::Float16, mask) = reinterpret(Float16, (mask % UInt16) & reinterpret(UInt16, x))
truncmask(x, mask) = x
"Base.truncbits(x, nb): `x` with its last `nb` bits zero."
truncbits(x, nb) = truncmask(x, typemax(UInt64) << nb)
twiceprecision(x::T, nb::Integer) where {T<:Number} = (hi = truncbits(x, nb); TwicePrecision{T}(hi, x - hi))
twiceprecision(x::TwicePrecision{T}, nb::Integer) where {T} = (hi = truncbits(x.hi, nb); TwicePrecision{T}(hi, (x.hi - hi) + x.lo))
# How many bits of a step must be zero so that multiples of it are exact.
nbitslen(r::StepRangeLen) = nbitslen(eltype(r), length(r), r.offset)
nbitslen(::Type{T}, len, offset) where {T<:Union{Float16,Float32,Float64}} = min(cld(precision(T), 2), nbitslen(len, offset))
nbitslen(::Type, len, offset) = nbitslen(len, offset)
nbitslen(len, offset) = len < 2 ? 0 : 65 - leading_zeros((max(offset - 1, len - offset) - 1) % UInt64)

canonicalize2(big, little) = (h = big + little; (h, (big - h) + little))
add12(x::T, y::T) where {T} = abs(y) > abs(x) ? canonicalize2(y, x) : canonicalize2(x, y)
add12(x, y) = add12(promote(x, y)...)
function mul12(x::T, y::T) where {T<:AbstractFloat}
    h = x * y
    iszero(h) | !isfinite(h) ? (h, h) : canonicalize2(h, fma(x, y, -h))
end
mul12(x::T, y::T) where {T} = (p = x * y; (p, zero(p)))
mul12(x, y) = mul12(promote(x, y)...)
function div12(x::T, y::T) where {T<:AbstractFloat}
    xs, xe = frexp(x)
    ys, ye = frexp(y)
    r = xs / ys
    iszero(r) | !isfinite(r) && return (r, r)
    rh, rl = canonicalize2(r, -fma(r, ys, -xs) / ys)
    ldexp(rh, xe - ye), ldexp(rl, xe - ye)
end
div12(x::T, y::T) where {T} = (p = x / y; (p, zero(p)))
div12(x, y) = div12(promote(x, y)...)

convert(::Type{TwicePrecision{T}}, x::TwicePrecision{T}) where {T} = x
convert(::Type{TwicePrecision{T}}, x::TwicePrecision) where {T} = TwicePrecision{T}(convert(T, x.hi), convert(T, x.lo))
convert(::Type{T}, x::TwicePrecision) where {T<:Number} = convert(T, x.hi + x.lo)
convert(::Type{TwicePrecision{T}}, x::Number) where {T} = TwicePrecision{T}(x)
(::Type{T})(x::TwicePrecision) where {T<:Number} = T(x.hi + x.lo)::T
big(x::TwicePrecision) = big(x.hi) + big(x.lo)
eltype(::Type{TwicePrecision{T}}) where {T} = T
promote_rule(::Type{TwicePrecision{A}}, ::Type{TwicePrecision{B}}) where {A,B} = TwicePrecision{promote_type(A, B)}
promote_rule(::Type{TwicePrecision{A}}, ::Type{B}) where {A,B<:Number} = TwicePrecision{promote_type(A, B)}
zero(::Type{TwicePrecision{T}}) where {T} = TwicePrecision{T}(zero(T))
zero(x::TwicePrecision) = zero(typeof(x))
one(::Type{TwicePrecision{T}}) where {T} = TwicePrecision{T}(one(T))
isbetween(a, x, b) = a <= x <= b || b <= x <= a
==(x::TwicePrecision, y::TwicePrecision) = x.hi == y.hi && x.lo == y.lo
isequal(x::TwicePrecision, y::TwicePrecision) = isequal(x.hi, y.hi) && isequal(x.lo, y.lo)
==(x::TwicePrecision, y::Number) = x.hi + x.lo == y && iszero((x.hi - y) + x.lo)
==(x::Number, y::TwicePrecision) = y == x
hash(x::TwicePrecision, h::UInt) = hash(x.lo, hash(x.hi, h))

-(x::TwicePrecision{T}) where {T} = TwicePrecision{T}(-x.hi, -x.lo)
+(x::TwicePrecision) = x
function +(x::TwicePrecision, y::Number)
    hi, lo = add12(x.hi, y)
    TwicePrecision(canonicalize2(hi, lo + x.lo)...)
end
+(x::Number, y::TwicePrecision) = y + x
function +(x::TwicePrecision{T}, y::TwicePrecision{T}) where {T}
    r = x.hi + y.hi
    s = abs(x.hi) > abs(y.hi) ? (((x.hi - r) + y.hi) + y.lo) + x.lo : (((y.hi - r) + x.hi) + x.lo) + y.lo
    TwicePrecision(canonicalize2(r, s)...)
end
+(x::TwicePrecision, y::TwicePrecision) = +(promote(x, y)...)
-(x::TwicePrecision, y::TwicePrecision) = x + (-y)
-(x::TwicePrecision, y::Number) = x + (-y)
-(x::Number, y::TwicePrecision) = x + (-y)
function *(x::TwicePrecision, v::Number)
    v == 0 && return TwicePrecision(x.hi * v, x.lo * v)
    x * TwicePrecision(oftype(x.hi * v, v))
end
function *(x::TwicePrecision{<:Union{Float16,Float32,Float64}}, v::Integer)
    v == 0 && return TwicePrecision(x.hi * v, x.lo * v)
    nb = ceil(Int, log2(abs(v)))
    u = truncbits(x.hi, nb)
    TwicePrecision(canonicalize2(u * v, ((x.hi - u) + x.lo) * v)...)
end
*(v::Number, x::TwicePrecision) = x * v
function *(x::TwicePrecision{T}, y::TwicePrecision{T}) where {T}
    zh, zl = mul12(x.hi, y.hi)
    iszero(zh) | !isfinite(zh) && return TwicePrecision{T}(zh, zh)
    TwicePrecision{T}(canonicalize2(zh, (x.hi * y.lo + x.lo * y.hi) + zl)...)
end
*(x::TwicePrecision, y::TwicePrecision) = *(promote(x, y)...)
/(x::TwicePrecision, v::Number) = x / TwicePrecision(oftype(x.hi / v, v))
function /(x::TwicePrecision{T}, y::TwicePrecision{T}) where {T}
    hi = x.hi / y.hi
    uh, ul = mul12(hi, y.hi)
    lo = ((((x.hi - uh) - ul) + x.lo) - hi * y.lo) / y.hi
    iszero(hi) | !isfinite(hi) ? TwicePrecision{typeof(hi)}(hi, hi) : TwicePrecision(canonicalize2(hi, lo)...)
end
/(x::TwicePrecision, y::TwicePrecision) = /(promote(x, y)...)

## ranges of floats

const IEEEFloat = Union{Float16,Float32,Float64}
const FloatRange = StepRangeLen{T,R,S} where {T,R<:TwicePrecision,S<:TwicePrecision}
const DoubleRange = StepRangeLen{Float64,TwicePrecision{Float64},TwicePrecision{Float64},Int}
const SingleRange = StepRangeLen{Float32,Float64,Float64,Int}
float_range_type(::Type{Float64}) = DoubleRange
float_range_type(::Type{Float32}) = SingleRange

# A range whose reference and step are numbers, sums of two, or quotients of whole
# numbers.
steprangelen_hp(::Type{Float64}, ref::Tuple{Integer,Integer}, step::Tuple{Integer,Integer}, nb, len::Integer, offset::Integer) =
    StepRangeLen(twice_of(ref, 0), twice_of(step, nb), len, offset)
function twice_of((n, d)::Tuple{Integer,Integer}, nb)
    (abs(n) < 1 << 62 && abs(d) < 1 << 62) || return TwicePrecision{Float64}((n, d), nb)
    hi, lo = twice_fraction(Int64(n), Int64(d), Int64(nb))
    TwicePrecision{Float64}(hi, lo)
end
steprangelen_hp(::Type{Float64}, ref, step, nb, len::Integer, offset::Integer) =
    StepRangeLen(as_double(ref), twiceprecision(as_double(step), nb), len, offset)
steprangelen_hp(::Type{T}, ref, step, nb, len::Integer, offset::Integer) where {T<:Union{Float16,Float32}} =
    StepRangeLen{T}(as_float64(ref), as_float64(step), len, offset)
as_double(x::Number) = TwicePrecision{Float64}(Float64(x), 0.0)
as_double(x::Tuple) = TwicePrecision{Float64}(Float64(x[1]), Float64(x[2]))
as_double(x::TwicePrecision) = x
as_float64(x::Number) = Float64(x)
as_float64(x::Tuple{Integer,Integer}) = x[1] / x[2]
as_float64(x::Tuple) = Float64(x[1]) + Float64(x[2])
as_float64(x::TwicePrecision) = Float64(x)

# The fraction nearest to a float that has small numerator and denominator; 0 below
# when there is none.
function rat(x)
    y = x
    a = d = 1
    b = c = 0
    m = maxintfloat(Float16, Int)
    while abs(y) <= m
        f = trunc(Int, y)
        y -= f
        a, c = f * a + c, a
        b, d = f * b + d, b
        max(abs(a), abs(b)) <= m || return c, d
        oftype(x, a) / oftype(x, b) == x && break
        y = inv(y)
    end
    a, b
end
rat(x::Float64) = float_ratio(x)
rat(x::Float32) = single_ratio(x)
function common_denominator(a, b)
    (a == 0 || b == 0) && return 0
    a * div(b, gcd(a, b)) # of either sign: it shows in ranges that pass zero
end

function floatrange(::Type{T}, start_n::Integer, step_n::Integer, len::Integer, den::Integer) where {T}
    (len < 2 || step_n == 0) && return steprangelen_hp(T, (start_n, den), (step_n, den), 0, len, 1)
    imin = clamp(round(Int, -start_n / step_n + 1), 1, Int(len))
    ref_n = start_n + (imin - 1) * step_n
    steprangelen_hp(T, (ref_n, den), (step_n, den), nbitslen(T, len, imin), len, imin)
end
function floatrange(a::AbstractFloat, st::AbstractFloat, len::Real, divisor::AbstractFloat)
    T = promote_type(typeof(a), typeof(st), typeof(divisor))
    m = maxintfloat(T, Int)
    if abs(a) <= m && abs(st) <= m && abs(divisor) <= m
        ia, ist, id = round(Int, a), round(Int, st), round(Int, divisor)
        ia == a && ist == st && id == divisor && return floatrange(T, ia, ist, Int(len), id)
    end
    steprangelen_hp(T, TwicePrecision(a) / divisor, TwicePrecision(st) / divisor, nbitslen(T, len, 1), Int(len), 1)
end

function (::Colon)(start::T, step::T, stop::T) where {T<:IEEEFloat}
    step == 0 && throw(ArgumentError("range step cannot be zero"))
    step_n, step_d = rat(step)
    if step_d != 0 && T(step_n / step_d) == step
        start_n, start_d = rat(start)
        stop_n, stop_d = rat(stop)
        if start_d != 0 && stop_d != 0 && T(start_n / start_d) == start && T(stop_n / stop_d) == stop
            den = common_denominator(start_d, step_d)
            m = maxintfloat(T, Int)
            if den != 0 && abs(start * den) <= m && abs(step * den) <= m && rem(den, start_d) == 0 && rem(den, step_d) == 0
                start_n = round(Int, start * den)
                step_n = round(Int, step * den)
                len = max(0, Int(div(den * stop_n - stop_d * start_n + step_n * stop_d, step_n * stop_d)))
                isbetween(start, start + (len - 1) * step, stop + step / 2) && !isbetween(start, start + len * step, stop) &&
                    return floatrange(T, start_n, step_n, len, den)
            end
        end
    end
    colon_by_division(start, step, stop)
end
function (::Colon)(start::T, step::T, stop::T) where {T<:Union{Float32,Float64}}
    step == 0 && throw(ArgumentError("range step cannot be zero"))
    r = float_colon(float_range_type(T), start, step, stop)
    r === nothing ? colon_by_division(start, step, stop) : r
end
function colon_by_division(start::T, step::T, stop::T) where {T}
    n = (stop - start) / step
    len = 0
    if n == 0
        len = 1
    elseif n > 0
        len = round(Int, n) + 1
        last = start + (len - 1) * step
        len -= (start < stop < last) + (start > stop > last)
    elseif isnan(n)
        round(Int, n)
    end
    steprangelen_hp(T, start, step, 0, len, 1)
end
function range_start_step_length(a::T, st::T, len::Int) where {T<:Union{Float32,Float64}}
    r = float_steps(float_range_type(T), a, st, len)
    r === nothing ? steprangelen_hp(T, a, st, 0, len, 1) : r
end
function range_start_step_length(a::T, st::T, len::Integer) where {T<:IEEEFloat}
    start_n, start_d = rat(a)
    step_n, step_d = rat(st)
    if start_d != 0 && step_d != 0 && T(start_n / start_d) == a && T(step_n / step_d) == st
        den = common_denominator(start_d, step_d)
        m = maxintfloat(T, Int)
        abs(den * a) <= m && abs(den * st) <= m && rem(den, start_d) == 0 && rem(den, step_d) == 0 &&
            return floatrange(T, round(Int, den * a), round(Int, den * st), len, den)
    end
    steprangelen_hp(T, a, st, 0, len, 1)
end
function range_start_stop_length(start::T, stop::T, len::Int) where {T<:Union{Float32,Float64}}
    r = float_spread(float_range_type(T), start, stop, len)
    r === nothing ? range_between(start, stop, len) : r
end
range_start_stop_length(start::T, stop::T, len::Integer) where {T<:IEEEFloat} = range_between(start, stop, len)
function range_between(start::T, stop::T, len) where {T<:IEEEFloat}
    len < 2 && return linspace_short(T, start, stop, len)
    start == stop && return steprangelen_hp(T, start, zero(T), 0, len, 1)
    start_n, start_d = rat(start)
    stop_n, stop_d = rat(stop)
    if start_d != 0 && stop_d != 0
        den = common_denominator(start_d, stop_d)
        m = maxintfloat(T, Int)
        if den != 0 && abs(den * start) <= m && abs(den * stop) <= m
            start_n, stop_n = round(Int, den * start), round(Int, den * stop)
            T(start_n / den) == start && T(stop_n / den) == stop && return linspace(T, start_n, stop_n, len, den)
        end
    end
    linspace(start, stop, len)
end
range_start_stop_length(start::T, stop::T, len::Integer) where {T<:Integer} = linspace(float(T), start, stop, len, 1)
"Base._linspace(T, start, stop, len, den): the range from `start/den` to `stop/den`."
_linspace(args...) = linspace(args...)
function linspace(::Type{T}, start_n::Integer, stop_n::Integer, len::Integer, den::Integer) where {T<:IEEEFloat}
    len < 2 && return linspace_short(T, start_n / den, stop_n / den, len)
    start_n == stop_n && return steprangelen_hp(T, (start_n, den), (zero(start_n), den), 0, len, 1)
    tmin = -start_n / (Float64(stop_n) - Float64(start_n))
    imin = clamp(round(typeof(len), tmin * (len - 1) + 1), 1, len)
    I = len isa BigInt ? BigInt : max(abs(start_n), abs(stop_n), abs(den), len) < 1 << 31 ? Int64 : Int128
    ref_num = I(len - imin) * start_n + I(imin - 1) * stop_n
    ref_den = I(len - 1) * den
    steprangelen_hp(T, (ref_num, ref_den), (I(stop_n) - I(start_n), ref_den), nbitslen(T, len, imin), len, imin)
end
linspace(::Type{T}, start::Integer, stop::Integer, len::Integer, den::Integer) where {T} = LinRange{T}(start, stop, len)
function linspace_short(::Type{T}, start, stop, len::Integer) where {T<:IEEEFloat}
    len >= 0 || throw(ArgumentError(string("range(", start, ", stop=", stop, ", length=", len, "): negative length")))
    len == 1 && start != stop && throw(ArgumentError(string("range(", start, ", stop=", stop, ", length=", len, "): endpoints differ")))
    T <: Union{Float32,Float16} && return StepRangeLen{T}(Float64(start), Float64(start) - Float64(stop), len, 1)
    StepRangeLen(TwicePrecision{Float64}(start, 0.0), TwicePrecision{Float64}(start, -stop), len, 1)
end
function linspace(start::T, stop::T, len::Integer) where {T<:IEEEFloat}
    (isfinite(start) && isfinite(stop)) || throw(ArgumentError(string("start and stop must be finite, got ", start, " and ", stop)))
    # the index of the value of least magnitude is the reference
    diff, factor = stop - start, 1
    if !isfinite(diff)
        diff, factor = stop / len - start / len, Int(len)
    end
    tmin = -(start / diff) / factor
    imin = round(Int, tmin * (len - 1) + 1)
    if 1 < imin < len
        t = (imin - 1) / (len - 1)
        ref = T((1 - t) * start + t * stop)
        step = imin - 1 < len - imin ? (ref - start) / (imin - 1) : (stop - ref) / (len - imin)
    elseif imin <= 1
        imin = 1
        ref = start
        step = (diff / (len - 1)) * factor
    else
        imin = Int(len)
        ref = stop
        step = (diff / (len - 1)) * factor
    end
    len == 2 && !isfinite(step) && return steprangelen_hp(T, start, (-start, stop), 0, len, 1)
    # the rest of the step so that both ends come out exactly
    m, k = prevfloat(floatmax(T)), max(imin - 1, len - imin)
    step_pre = clamp(step, max(-(m + ref) / k, (-m + ref) / k), min((m - ref) / k, (m + ref) / k))
    step_hi = truncbits(step_pre, nbitslen(T, len, imin))
    x1_hi, x1_lo = add12((1 - imin) * step_hi, ref)
    x2_hi, x2_lo = add12((len - imin) * step_hi, ref)
    a, b = (start - x1_hi) - x1_lo, (stop - x2_hi) - x2_lo
    step_lo = (b - a) / (len - 1)
    ref_lo = a - (1 - imin) * step_lo
    steprangelen_hp(T, (ref, ref_lo), (step_hi, step_lo), 0, len, imin)
end

step(r::FloatRange{T}) where {T} = T(r.step)
"Base.step_hp(r): the step of a range in its full precision."
step_hp(r::StepRangeLen) = r.step
step_hp(r::AbstractRange) = step(r)
range_value(r::DoubleRange, i::Int) =
    range_float_at(r.ref.hi, r.ref.lo, r.step.hi, r.step.lo, i - r.offset)
function range_value(r::FloatRange{T}, i::Integer) where {T}
    u = oftype(r.offset, i) - r.offset
    shift_hi, shift_lo = u * r.step.hi, u * r.step.lo
    hi, lo = add12(r.ref.hi, shift_hi)
    T(hi + (lo + (shift_lo + r.ref.lo)))
end
collect(r::SingleRange) = array_single_range(r.ref, r.step, r.offset, r.len)
collect(r::DoubleRange) =
    array_float_range(r.ref.hi, r.ref.lo, r.step.hi, r.step.lo, r.offset, length(r))
function value_hp(r::FloatRange, i::Integer)
    u = oftype(r.offset, i) - r.offset
    shift_hi, shift_lo = u * r.step.hi, u * r.step.lo
    hi, lo = add12(r.ref.hi, shift_hi)
    lo = lo + (shift_lo + r.ref.lo)
    TwicePrecision(hi, lo)
end
value_hp(r::StepRangeLen, i) = r.ref + (i - r.offset) * r.step
function getindex(r::DoubleRange, s::OrdinalRange{Int64,Int64})
    part = float_part(r, first(s), step(s), length(s))
    part === nothing ? float_part_by_step(r, s) : part
end
getindex(r::FloatRange, s::OrdinalRange{<:Integer}) = float_part_by_step(r, s)
function float_part_by_step(r::FloatRange{T}, s) where {T}
    checkbounds(r, s)
    eltype(s) === Bool && return range_of_mask(r, s)
    n, st, off, at = where_reference_goes(r, s)
    newstep = st == 1 || n < 2 ? r.step : twiceprecision(r.step * st, nbitslen(T, n, off))
    StepRangeLen{T}(at == r.offset ? r.ref : r.ref + (at - r.offset) * r.step, newstep, n, max(1, off))
end
*(x::Real, r::FloatRange) = r * x
*(r::FloatRange, x::Real) = (st = x * r.step; StepRangeLen(r.ref * x, twiceprecision(st, nbitslen(r)), length(r), r.offset))
/(r::FloatRange, x::Real) = StepRangeLen(r.ref / x, twiceprecision(r.step / x, nbitslen(r)), length(r), r.offset)
function +(a::StepRangeLen{T,R}, b::StepRangeLen{T,R}) where {T,R<:TwicePrecision}
    n = length(a)
    n == length(b) || throw(DimensionMismatch(string("argument dimensions must match: length of r1 is ", n, ", length of r2 is ", length(b))))
    if a.offset == b.offset
        mid = a.offset
        ref = a.ref + b.ref
    else
        mid = round(Int, (a.offset + b.offset) / 2)
        ref = value_hp(a, mid) + value_hp(b, mid)
    end
    StepRangeLen{T}(ref, twiceprecision(a.step + b.step, nbitslen(T, n, mid)), n, mid)
end
-(a::StepRangeLen{T,R}, b::StepRangeLen{T,R}) where {T,R<:TwicePrecision} = a + (-b)
function sum(r::FloatRange)
    n = length(r)
    up, down = sumpair(n - r.offset), sumpair(r.offset - 1)
    steps = Int128(up[1]) * Int128(up[2]) - Int128(down[1]) * Int128(down[2])
    convert(eltype(r), r.step * steps + r.ref * n)
end
# Two factors of 1 + 2 + ... + n.
sumpair(n::Integer) = iseven(n) ? (n + 1, n >> 1) : (n, (n + 1) >> 1)
