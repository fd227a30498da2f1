# Ranges.

abstract type AbstractRange{T} <: AbstractArray{T,1} end
abstract type OrdinalRange{T,S} <: AbstractRange{T} end
abstract type AbstractUnitRange{T} <: OrdinalRange{T,Int} end
"A size or an axis."
const DimOrInd = Union{Integer,AbstractUnitRange}

"""
    UnitRange{T}

`start:stop`, by steps of one.
"""
struct UnitRange{T<:Real} <: AbstractUnitRange{T}
    start::T
    stop::T
    UnitRange{T}(start, stop) where {T<:Real} = (a = convert(T, start); new{T}(a, unitrange_last(a, convert(T, stop))))
end
UnitRange(start::T, stop::T) where {T<:Real} = UnitRange{T}(start, stop)
function UnitRange(start, stop)
    a, b = promote(start, stop)
    typeof(a) === typeof(start) && typeof(b) === typeof(stop) && not_promoted(start, stop)
    UnitRange(a, b)
end
unitrange_last(start::Integer, stop::Integer) = stop >= start ? stop : oftype(stop, start - oneunit(start - stop))
unitrange_last(start::T, stop::T) where {T<:BitInteger} = stop >= start ? stop : start - oneunit(start)
unitrange_last(::Bool, stop::Bool) = stop
unitrange_last(start, stop) = stop >= start ? start + floor(stop - start) : oftype(stop, start - oneunit(start))

"""
    Base.AbstractOneTo

Ranges of integers that begin at 1.
"""
abstract type AbstractOneTo{T} <: AbstractUnitRange{T} end
"""
    Base.OneTo(n)

`1:n`, as the indices of arrays.
"""
struct OneTo{T<:Integer} <: AbstractOneTo{T}
    stop::T
    OneTo{T}(stop) where {T<:Integer} = T === Bool ? throw(ArgumentError("invalid index: $stop of type Bool")) : new{T}(max(zero(T), convert(T, stop)))
    OneTo{Int}(stop::Int) = new{Int}(stop < 0 ? 0 : stop)
end
OneTo(stop::T) where {T<:Integer} = OneTo{T}(stop)
OneTo(r::OneTo) = r
OneTo{T}(r::OneTo) where {T<:Integer} = OneTo{T}(r.stop)

"""
    StepRange{T,S}

`start:step:stop`, exactly.
"""
struct StepRange{T,S} <: OrdinalRange{T,S}
    start::T
    step::S
    stop::T
    StepRange{T,S}(start, step, stop) where {T,S} =
        (a = convert(T, start); st = convert(S, step); new{T,S}(a, st, steprange_last(a, st, convert(T, stop))))
end
StepRange(start::T, step::S, stop::T) where {T,S} = StepRange{T,S}(start, step, stop)
steprange_last(start, step, stop) = convert(typeof(stop), last_of_steps(start, step, stop))
function last_of_steps(start, step, stop)
    (start isa AbstractFloat || step isa AbstractFloat) && throw(ArgumentError("StepRange should not be used with floating point"))
    start isa Integer && !isinteger(start + step) && throw(ArgumentError("StepRange{<:Integer} cannot have non-integer step"))
    z = zero(step)
    step == z && throw(ArgumentError("step cannot be zero"))
    stop == start && return stop
    if (step > z) != (stop > start)
        return start isa Integer ? (step > z ? start - oneunit(step) : start + oneunit(step)) : stop
    end
    if step > z
        d = stop - start
        return stop - oftype(d, d % step)
    end
    d = start - stop
    stop + oftype(d, d % -step)
end
function steprange_last(start::Int64, step::Int64, stop::Int64)
    d = stop - start
    # No difference that has wrapped: such a one has the other sign.
    (step > 0) == (d > 0) == (stop > start) && d != 0 && step != 0 ? stop - rem(d, step) : steprange_last_wrapped(start, step, stop)
end
steprange_last(start::T, step::Union{BitInteger,BigInt}, stop::T) where {T<:Union{BitInteger,BigInt}} = steprange_last_wrapped(start, step, stop)
function steprange_last_wrapped(start::T, step, stop::T) where {T}
    step == 0 && throw(ArgumentError("step cannot be zero"))
    stop == start && return stop
    if (step > 0) != (stop > start)
        return step > 0 ? start - one(T) : start + one(T)
    end
    step > 0 ? stop - convert(T, uabs_wrapped(stop - start) % uabs_wrapped(step)) : stop + convert(T, uabs_wrapped(start - stop) % uabs_wrapped(-step))
end
# A difference that is not negative, though it may have wrapped.
uabs_wrapped(d::BitInteger) = unsigned(d)
uabs_wrapped(d::Integer) = d

"""
    LinRange(start, stop, len)

`len` values spread evenly from `start` to `stop`.
"""
struct LinRange{T,L<:Integer} <: AbstractRange{T}
    start::T
    stop::T
    len::L
    lendiv::L
    function LinRange{T,L}(start, stop, len) where {T,L<:Integer}
        len >= 0 || throw(ArgumentError("range($start, stop=$stop, length=$len): negative length"))
        onelen = oneunit(len)
        if len == 1
            start == stop || throw(ArgumentError("range($start, stop=$stop, length=$len): endpoints differ"))
            return new{T,L}(start, stop, len, len)
        end
        lendiv = max(len - onelen, onelen)
        T <: Integer && !iszero(mod(stop - start, lendiv)) && throw(ArgumentError("LinRange{<:Integer} cannot have non-integer step"))
        new{T,L}(start, stop, len, lendiv)
    end
end
LinRange{T}(start, stop, len::L) where {T,L<:Integer} = LinRange{T,L}(start, stop, len)
LinRange(start, stop, len::Integer) = LinRange{typeof((stop - start) / len)}(start, stop, len)

"""
    Base.TwicePrecision(hi, lo)

The number `hi + lo`, where `lo` is what does not fit into `hi`.
"""
struct TwicePrecision{T}
    hi::T
    lo::T
end

"""
    StepRangeLen(ref, step, len, [offset=1])

`len` values by steps of `step`, of which the one at `offset` is `ref`. Ranges of
floats are of this kind; their reference and step have twice the precision, so that
values come out as those of exact arithmetic.
"""
struct StepRangeLen{T,R,S,L<:Integer} <: AbstractRange{T}
    ref::R
    step::S
    len::L
    offset::L
    function StepRangeLen{T,R,S,L}(ref, step, len, offset=1) where {T,R,S,L}
        len >= 0 || throw(ArgumentError("length cannot be negative, got $len"))
        T <: Integer && !isinteger(ref + step) && throw(ArgumentError("StepRangeLen{<:Integer} cannot have non-integer step"))
        n = convert(L, len)
        at = convert(L, offset)
        1 <= at && (at <= n || at == 1) || throw(ArgumentError("StepRangeLen: offset must be in [1,$n], got $at"))
        new{T,R,S,L}(ref, step, n, at)
    end
end
StepRangeLen{T,R,S}(ref, step, len, offset=1) where {T,R,S} = StepRangeLen{T,R,S,promote_type(Int, typeof(len))}(ref, step, len, offset)
StepRangeLen(ref::R, step::S, len::Integer, offset::Integer=1) where {R,S} =
    StepRangeLen{typeof(ref + zero(step)),R,S,promote_type(Int, typeof(len))}(ref, step, len, offset)
StepRangeLen{T}(ref::R, step::S, len::Int, offset::Int=1) where {T,R,S} = StepRangeLen{T,R,S,Int}(ref, step, len, offset)
StepRangeLen(ref::TwicePrecision{T}, step::TwicePrecision{T}, len::Integer, offset::Integer=1) where {T} =
    StepRangeLen{T,TwicePrecision{T},TwicePrecision{T},promote_type(Int, typeof(len))}(ref, step, len, offset)
StepRangeLen{T}(ref::R, step::S, len::Integer, offset::Integer=1) where {T,R,S} =
    StepRangeLen{T,R,S,promote_type(Int, typeof(len))}(ref, step, len, offset)

## making

"""
    start:stop
    start:step:stop

The range from `start` to at most `stop`.
"""
(::Colon)(start::T, stop::T) where {T<:Real} = UnitRange{T}(start, stop)
(::Colon)(start::Real, stop::Real) = (:)(promote(start, stop)...)
(::Colon)(start::Int64, stop::Int64) = UnitRange{Int64}(start, stop)
(::Colon)(start::T, stop::T) where {T<:AbstractFloat} = (:)(start, oneunit(T), stop)
(::Colon)(start::T, step::Real, stop::T) where {T<:Real} = (:)(promote(start, step, stop)...)
(::Colon)(start::T, step::Integer, stop::T) where {T<:Integer} = StepRange(start, step, stop)
(::Colon)(start::Int64, step::Int64, stop::Int64) = StepRange{Int64,Int64}(start, step, stop)
(::Colon)(start::Real, step::Real, stop::Real) = ((a, b) = promote(start, stop); (:)(a, step, b))
(::Colon)(start::T, step::T, stop::T) where {T<:Real} = StepRange(start, step, stop)
(::Colon)(start::T, step::T, stop::T) where {T<:AbstractFloat} = float_range(start, step, stop)
(::Colon)(start::Real, step, stop::Real) = (:)(promote(start, stop)[1], step, promote(start, stop)[2])
(::Colon)(start::T, step, stop::T) where {T<:Real} = StepRange(start, step, stop)
(::Colon)(start, step, stop) = StepRange(promote(start, stop)[1], step, promote(start, stop)[2])
(::Colon)(start::AbstractChar, stop::AbstractChar) = StepRange(start, 1, stop)
(::Colon)(start::T, stop::T) where {T} = (:)(start, oftype(stop >= start ? stop - start : start - stop, 1), stop)
(::Colon)(start::T, step, stop::T) where {T} = StepRange(start, step, stop)
# Floats that are not the machine's.
function float_range(start::T, step::T, stop::T) where {T<:AbstractFloat}
    step == 0 && throw(ArgumentError("range step cannot be zero"))
    n = (stop - start) / step
    n < 0 && return StepRangeLen{T}(start, step, 0)
    len = floor(Int, n * (1 + eps(T))) + 1
    StepRangeLen{T}(start, step, len)
end

"""
    range(start, stop; length, step)
    range(start, stop, length)
    range(start; stop, length, step)
    range(; start, stop, length, step)

Evenly spaced values, from what is given of the first, the last, their number and
their distance.

# Examples
```julia
julia> range(0, 1; length=5)
0.0:0.25:1.0
```
"""
range(start; stop=nothing, length::Union{Integer,Nothing}=nothing, step=nothing) = _range(start, step, stop, length)
range(start, stop; length::Union{Integer,Nothing}=nothing, step=nothing) = range_positional(start, step, stop, length)
range(start, stop, length::Integer) = _range(start, nothing, stop, length)
range(; start=nothing, stop=nothing, length::Union{Integer,Nothing}=nothing, step=nothing) = _range(start, step, stop, length)
range_positional(start, step, stop, len) = step === nothing && len === nothing ? (start:stop) : _range(start, step, stop, len)
function _range(start, step, stop, len)
    if start === nothing
        stop === nothing && step === nothing && len !== nothing && return OneTo(len)
        (stop === nothing || len === nothing && step !== nothing) && throw_range_error(start, step, stop, len)
        len === nothing && return stop isa Integer ? OneTo(stop) : oneunit(stop):stop
        return step === nothing ? range_stop_length(stop, len) : range_step_stop_length(step, stop, len)
    elseif stop === nothing
        len === nothing && throw_range_error(start, step, stop, len)
        step === nothing && return range_start_length(start, len)
        step isa Unsigned || len isa Unsigned || return range_start_step_length(start, step, len)
        stop = start + step * (len - oneunit(len))
        return stop isa Unsigned ? unsigned_range(start, step, stop, len) : range_start_step_length(start, step, len)
    elseif len === nothing
        return step === nothing ? (start:stop) : (start:step:stop)
    end
    step === nothing || throw_range_error(start, step, stop, len)
    range_start_stop_length(start, stop, len)
end
throw_range_error(start, step, stop, len) = throw(ArgumentError("""
    Cannot construct range from arguments:
    start = $start
    step = $step
    stop = $stop
    length = $len
    """))
unit_range(a, len::Integer) = UnitRange{typeof(a)}(a, oftype(a, a + (len - oneunit(len))))
unit_range(a::AbstractFloat, len::Integer) = range_start_step_length(a, oneunit(a), len)
unit_range(a::Complex, len::Integer) = range_start_step_length(a, oneunit(a), len)
range_start_length(a::Real, len::Integer) = unit_range(a, len)
function range_start_length(a::Integer, len::Integer)
    stop = a + (len - oneunit(len))
    stop isa Unsigned ? unsigned_range(a, oneunit(a), stop, len) : UnitRange(oftype(stop, a), stop)
end
# The end of an empty range of unsigned numbers would be a large one.
unsigned_range(a, step, stop, len) = StepRangeLen{typeof(stop),typeof(a),typeof(step),typeof(len)}(a, step, len)
range_start_length(a::AbstractFloat, len::Integer) = range_start_step_length(a, oneunit(a), len)
range_start_length(a, len::Integer) = range_start_step_length(a, oneunit(a - a), len)
range_stop_length(a::Real, len::Integer) = UnitRange{typeof(a)}(oftype(a, a - len + 1), a)
function range_stop_length(a::Integer, len::Integer)
    start = a - (len - oneunit(len))
    start isa Unsigned ? unsigned_range(start, oneunit(a), start, len) : UnitRange(start, oftype(start, a))
end
range_stop_length(a::AbstractFloat, len::Integer) = range_step_stop_length(oneunit(a), a, len)
range_stop_length(a, len::Integer) = range_step_stop_length(oneunit(a - a), a, len)
range_step_stop_length(step, stop, len::Integer) = range_start_step_length(stop - step * (len - oneunit(len)), step, len)
range_step_stop_length(step::Real, stop::Real, len::Integer) = reverse(range_start_step_length(stop, negated(step), len))
# Steps of unsigned numbers go down, too.
negated(x) = -x
negated(x::Unsigned) = -signed(x)
range_start_step_length(a::AbstractFloat, step::AbstractFloat, len::Integer) = range_start_step_length(promote(a, step)..., len)
range_start_step_length(a::Real, step::AbstractFloat, len::Integer) = range_start_step_length(float(a), step, len)
range_start_step_length(a::AbstractFloat, step::Real, len::Integer) = range_start_step_length(a, float(step), len)
range_start_step_length(a::T, step::T, len::Integer) where {T<:AbstractFloat} = StepRangeLen{T}(a, step, len)
range_start_step_length(a::Real, step::Real, len::Integer) = step_range(a, step, len)
range_start_step_length(a, step, len::Integer) = step_range(a, step, len)
function step_range(a, step, len)
    a isa CartesianIndex && throw(ArgumentError("range(start; step, length) is deliberately unsupported for CartesianIndex: StepRangeLen(start, step, length) is meant"))
    len < 0 && throw(ArgumentError("length cannot be negative, got $len"))
    stop = a + step * (len - oneunit(len))
    a isa AbstractArray && return StepRangeLen(a, step, len)
    a isa Real && iszero(step) && return StepRangeLen(a, step, len)
    a isa Union{Integer,Rational,AbstractChar} || !(a isa Number) || return StepRangeLen(a, step, len)
    a isa Number ? StepRange{typeof(stop),typeof(step)}(a, step, stop) : StepRange{typeof(stop),typeof(step)}(a, step, stop)
end
range_start_stop_length(start::Real, stop::Real, len::Integer) = range_start_stop_length(promote(start, stop)..., len)
range_start_stop_length(start::T, stop::T, len::Integer) where {T<:Real} = (step = len < 2 ? oneunit(stop - start) / 1 : (stop - start) / (len - 1); range_checked_ends(start, step, stop, len))
range_start_stop_length(start::T, stop::T, len::Integer) where {T<:AbstractFloat} = LinRange{T}(start, stop, len)
range_start_stop_length(start::Number, stop::Number, len::Integer) = LinRange(start, stop, len)
range_start_stop_length(start, stop, len::Integer) = range_checked_ends(start, len < 2 ? (stop - start) / 1 : (stop - start) / (len - 1), stop, len)
function range_checked_ends(start, step, stop, len)
    len < 0 && throw(ArgumentError("range($start, stop=$stop, length=$len): negative length"))
    len == 1 && start != stop && throw(ArgumentError("range($start, stop=$stop, length=$len): endpoints differ"))
    range_start_step_length(start, step, len)
end

## what every range has

first(r::UnitRange) = r.start
first(r::OneTo{T}) where {T} = oneunit(T)
first(r::StepRange) = r.start
first(r::LinRange) = r.start
first(r::StepRangeLen) = range_value(r, 1)
last(r::UnitRange) = r.stop
last(r::OneTo) = r.stop
last(r::StepRange) = r.stop
last(r::LinRange) = r.stop
last(r::StepRangeLen) = range_value(r, r.len)
"""
    step(r)

The difference of neighbours in a range.
"""
step(r::AbstractUnitRange{T}) where {T} = oneunit(T) - zero(T)
step(r::AbstractUnitRange{T}) where {T<:Union{BitInteger,Bool}} = oneunit(T)
step(r::StepRange) = r.step
step(r::LinRange) = (r.stop - r.start) / r.lendiv
step(r::StepRangeLen) = r.step
step(r::StepRangeLen{T}) where {T<:AbstractFloat} = T(r.step)

const SmallInt = Union{Int8,Int16,Int32,UInt8,UInt16,UInt32,Bool}
const WideInt = Union{Int64,UInt64,Int128,UInt128}
length(r::UnitRange{Int64}) = r.stop - r.start + 1
length(r::OneTo) = Integer(r.stop - zero(r.stop))
length(r::OneTo{<:SmallInt}) = Int(r.stop)
length(r::OneTo{T}) where {T<:Union{UInt64,Int128,UInt128,BigInt}} = r.stop
length(r::AbstractUnitRange) = isempty(r) ? Integer(first(r) - first(r)) : (n = last(r) - first(r); Integer(n + oneunit(n)))
length(r::AbstractUnitRange{<:SmallInt}) = Int(last(r)) - Int(first(r)) + 1
function length(r::AbstractUnitRange{T}) where {T<:WideInt}
    last(r) - first(r) + one(T)
end
function length(r::StepRange)
    isempty(r) && return Integer(div(r.start - r.start, oneunit(r.step)))
    n = r.step < zero(r.step) ? div(r.start - r.stop, -r.step) : div(r.stop - r.start, r.step)
    Integer(n + oneunit(n))
end
function length(r::StepRange{T}) where {T<:SmallInt}
    isempty(r) && return 0
    div(Int(r.stop) - Int(r.start), Int(r.step)) + 1
end
function length(r::StepRange{<:WideInt,<:BitInteger})
    D = promote_type(typeof(r.start), typeof(r.stop))
    isempty(r) ? zero(D) : (steps_between(r) % D) + one(D)
end
function length(r::StepRange{Int64,Int64})
    d = r.stop - r.start
    d == 0 && return 1
    (r.step > 0) == (r.stop > r.start) || return 0
    (r.step > 0) == (d > 0) ? div(d, r.step) + 1 : (steps_between(r) % Int) + 1
end
# How many steps a range takes, whose length may be more than its type holds.
steps_between(r) = r.step > 0 ? div(unsigned(r.stop - r.start), unsigned(r.step)) : div(unsigned(r.start - r.stop), unsigned(-r.step))
length(r::LinRange) = r.len
length(r::StepRangeLen) = r.len
isempty(r::AbstractUnitRange) = first(r) > last(r)
isempty(r::StepRange) = (r.start != r.stop) & ((r.step > zero(r.step)) != (r.stop > r.start))
isempty(r::LinRange) = length(r) == 0
isempty(r::StepRangeLen) = length(r) == 0
# The ranges of Base whose indices begin at 1.
const PlainRange = Union{OneTo,UnitRange,StepRange,StepRangeLen,LinRange}
size(r::AbstractRange) = (length(r),)
axes(r::AbstractRange) = (OneTo(length(r)),)
firstindex(::PlainRange) = 1
firstindex(r::Union{UnitRange{<:Integer},StepRange{<:Integer}}) = oneunit(length(r))
firstindex(::Union{UnitRange{Int64},StepRange{Int64}}) = 1
lastindex(r::PlainRange) = length(r)
eachindex(r::PlainRange) = OneTo(length(r))
eltype(::Type{<:AbstractRange{T}}) where {T} = T
minimum(r::AbstractUnitRange) = isempty(r) ? reduce_empty_error_range() : first(r)
maximum(r::AbstractUnitRange) = isempty(r) ? reduce_empty_error_range() : last(r)
minimum(r::AbstractRange) = isempty(r) ? reduce_empty_error_range() : min(first(r), last(r))
maximum(r::AbstractRange) = isempty(r) ? reduce_empty_error_range() : max(first(r), last(r))
extrema(r::AbstractRange) = (minimum(r), maximum(r))
reduce_empty_error_range() = throw(ArgumentError("range must be non-empty"))
copy(r::AbstractRange) = r

iterate(r::UnitRange{Int64}) = r.start > r.stop ? nothing : (r.start, r.start)
iterate(r::UnitRange{Int64}, i::Int64) = i == r.stop ? nothing : (i + 1, i + 1)
iterate(r::AbstractUnitRange) = isempty(r) ? nothing : (first(r), first(r))
iterate(r::AbstractUnitRange, i) = i == last(r) ? nothing : (j = convert(eltype(r), i + step(r)); (j, j))
iterate(r::OrdinalRange) = isempty(r) ? nothing : (first(r), first(r))
iterate(r::OrdinalRange{T}, i) where {T} = i == last(r) ? nothing : (j = convert(T, i + step(r)); (j, j))
iterate(r::Union{LinRange,StepRangeLen}, i::Int=1) = i > length(r) ? nothing : (range_value(r, i), i + 1)

range_value(r::LinRange{T}, i::Integer) where {T} = lerpi(i - oneunit(i), r.lendiv, r.start, r.stop)
function lerpi(j, d, a::T, b::T) where {T}
    t = j / d
    x = (1 - t) * a + t * b
    T <: AbstractFloat || T <: Complex ? convert(T, x) : oftype(x, x)
end
function range_value(r::StepRangeLen{T}, i::Integer) where {T}
    u = oftype(r.offset, i) - r.offset
    convert(T, r.ref + u * r.step)
end
unsafe_getindex(r::AbstractRange, i::Integer) = range_value(r, i)
range_value(r::AbstractRange, i::Integer) = convert(eltype(r), first(r) + (i - oneunit(i)) * step(r))
"""
    Base._getindex_hiprec(r, i)

The `i`th value of a range with all its precision.
"""
_getindex_hiprec(r::StepRangeLen, i::Integer) = value_hp(r, i)

function getindex(r::UnitRange{Int64}, i::Int64)
    v = r.start + (i - 1)
    (i > 0 && r.start <= v <= r.stop) || throw(BoundsError(r, i))
    v
end
function getindex(r::AbstractUnitRange, i::Integer)
    1 <= i <= length(r) || throw(BoundsError(r, i))
    convert(eltype(r), first(r) + (i - oneunit(i)))
end
function getindex(r::StepRange{T}, i::Integer) where {T}
    1 <= i <= length(r) || throw(BoundsError(r, i))
    convert(T, r.start + (i - 1) * r.step)
end
function getindex(r::Union{LinRange,StepRangeLen}, i::Integer)
    1 <= i <= length(r) || throw(BoundsError(r, i))
    range_value(r, i)
end
for R in (:AbstractRange, :AbstractUnitRange, :StepRange, :(Union{LinRange,StepRangeLen}))
    @eval getindex(r::$R, i::Bool) = throw(ArgumentError("invalid index: $i of type Bool"))
end
map(::Type{T}, r::Union{UnitRange,OneTo}) where {T<:Real} = T(first(r)):T(last(r))
map(::Type{T}, r::StepRangeLen) where {T<:AbstractFloat} = convert(StepRangeLen{T}, r)
map(::Type{T}, r::LinRange) where {T<:AbstractFloat} = LinRange{T}(T(r.start), T(r.stop), length(r))
map(::Type{T}, r::StepRange) where {T<:Real} = T(r.start):T(r.step):T(last(r))
