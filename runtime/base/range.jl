# Ranges.

abstract type AbstractRange{T} <: AbstractArray{T,1} end
abstract type OrdinalRange{T,S} <: AbstractRange{T} end
abstract type AbstractUnitRange{T} <: OrdinalRange{T,Int} end

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
UnitRange(start, stop) = UnitRange(promote(start, stop)...)
unitrange_last(start::Integer, stop::Integer) = stop >= start ? stop : oftype(stop, start - oneunit(start))
unitrange_last(start, stop) = stop >= start ? start + floor(stop - start) : oftype(stop, start - oneunit(start))

"""
    Base.OneTo(n)

`1:n`, as the indices of arrays.
"""
struct OneTo{T<:Integer} <: AbstractUnitRange{T}
    stop::T
    OneTo{T}(stop) where {T<:Integer} = new{T}(max(zero(T), convert(T, stop)))
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
function steprange_last(start, step, stop)
    z = zero(step)
    step == z && throw(ArgumentError("step cannot be zero"))
    stop == start && return stop
    if (step > z) != (stop > start)
        return start isa Integer ? (step > z ? start - oneunit(stop - start) : start + oneunit(stop - start)) : start - step
    end
    if step > z
        d = stop - start
        return stop - oftype(d, d isa Signed && d < 0 ? rem_unsigned(start, stop, step) : d % step)
    end
    d = start - stop
    stop + oftype(d, d % -step)
end
function steprange_last(start::T, step::Integer, stop::T) where {T<:Integer}
    step == 0 && throw(ArgumentError("step cannot be zero"))
    stop == start && return stop
    if (step > 0) != (stop > start)
        return step > 0 ? start - one(T) : start + one(T)
    end
    step > 0 ? stop - convert(T, unsigned(stop - start) % unsigned(step)) : stop + convert(T, unsigned(start - stop) % unsigned(-step))
end
rem_unsigned(start, stop, step) = (stop - start) % step

"""
    LinRange(start, stop, len)

`len` values spread evenly from `start` to `stop`.
"""
struct LinRange{T,L<:Integer} <: AbstractRange{T}
    start::T
    stop::T
    len::L
    lendiv::L
    function LinRange{T}(start, stop, len::Integer) where {T}
        len >= 0 || throw(ArgumentError("range($start, stop=$stop, length=$len): negative length"))
        len == 1 && start != stop && throw(ArgumentError("range($start, stop=$stop, length=$len): endpoints differ"))
        new{T,typeof(len)}(start, stop, len, max(len - 1, 1))
    end
end
function LinRange(start, stop, len::Integer)
    T = typeof((stop - start) / len)
    LinRange{T}(start, stop, len)
end

"""
    StepRangeLen(ref, step, len)

`ref`, `ref + step`, … : `len` values. Ranges of floats are of this kind; they are
computed so that decimal steps come out as written.
"""
struct StepRangeLen{T,R,S,L<:Integer} <: AbstractRange{T}
    ref::R
    step::S
    len::L
    offset::L
    # exact multiples for floats: values are (num + i*stepnum)/den
    num::Float64
    stepnum::Float64
    den::Float64
    StepRangeLen{T,R,S,L}(ref, step, len, offset, num, stepnum, den) where {T,R,S,L} = new(ref, step, len, offset, num, stepnum, den)
end
function StepRangeLen(ref::R, step::S, len::Integer, offset::Integer=1) where {R,S}
    T = typeof(ref + 0 * step)
    StepRangeLen{T,R,S,Int}(ref, step, Int(len), Int(offset), 0.0, 0.0, 0.0)
end
StepRangeLen{T}(ref, step, len::Integer, offset::Integer=1) where {T} =
    StepRangeLen{T,typeof(ref),typeof(step),Int}(ref, step, Int(len), Int(offset), 0.0, 0.0, 0.0)

# A float range whose values are quotients of whole numbers where that is possible.
function float_range(::Type{T}, start, step, len, num, stepnum, den) where {T}
    StepRangeLen{T,Float64,Float64,Int}(Float64(start), Float64(step), len, 1, num, stepnum, den)
end

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
(::Colon)(start::T, step::T, stop::T) where {T<:AbstractFloat} = float_colon(T, start, step, stop)
(::Colon)(start::T, step::Real, stop::T) where {T<:Integer} = step isa Integer ? StepRange(start, step, stop) : (:)(promote(start, step, stop)...)
(::Colon)(start::Real, step::Real, stop::Real) = colon_promoted(promote(start, step, stop)...)
(::Colon)(start, step, stop) = StepRange(start, step, stop)
(::Colon)(start::AbstractChar, stop::AbstractChar) = StepRange(start, 1, stop)
(::Colon)(start::T, stop::T) where {T} = (:)(start, oneunit(stop - start), stop)
colon_promoted(start::T, step::T, stop::T) where {T<:AbstractFloat} = (:)(start, step, stop)
colon_promoted(start::T, step::T, stop::T) where {T} = StepRange(start, step, stop)

# The least whole d <= 10^9 with x*d whole, or 0.
function decimal_scale(x::Float64)
    d = 1.0
    while d <= 1e9
        y = x * d
        abs(y) < 9.0e15 && y == round(y) && y / d == x && return d
        r = round(y)
        abs(r) < 9.0e15 && r / d == x && return d
        d *= 10.0
    end
    0.0
end

function float_colon(::Type{T}, start, step, stop) where {T}
    step == 0 && throw(ArgumentError("range step cannot be zero"))
    a, s, b = Float64(start), Float64(step), Float64(stop)
    if T === Float32
        a, s, b = shortest_double(start), shortest_double(step), shortest_double(stop)
    end
    da, ds, db = decimal_scale(a), decimal_scale(s), decimal_scale(b)
    if da > 0 && ds > 0
        d = max(da, ds, db)
        num, stepnum = round(a * d), round(s * d)
        if db > 0
            n = fld(round(b * d) - num, stepnum)
        else
            n = floor((b - a) / s + 1e-10)
        end
        len = max(0, Int(n) + 1)
        return float_range(T, start, step, len, num, stepnum, d)
    end
    n = (b - a) / s
    len = n < 0 ? 0 : Int(floor(n * (1 + 2 * eps(Float64)))) + 1
    float_range(T, start, step, len, a, s, 1.0)
end
shortest_double(x::Float32) = parse(Float64, string(x))

"""
    range(start, stop; length, step)
    range(start; stop, length, step)

Evenly spaced values.

# Examples
```julia
julia> range(0, 1; length=5)
0.0:0.25:1.0
```
"""
range(start; stop=nothing, length=nothing, step=nothing) = range_of(start, stop, length, step)
range(start, stop; length=nothing, step=nothing) = range_of(start, stop, length, step)
range(start, stop, length::Integer) = range_of(start, stop, length, nothing)
range(; start=nothing, stop=nothing, length=nothing, step=nothing) = range_of(start, stop, length, step)
function range_of(start, stop, len, step)
    if start === nothing
        if stop !== nothing && len !== nothing
            st = step === nothing ? 1 : step
            return range_of(stop - st * (len - 1), nothing, len, step)
        elseif stop !== nothing && step === nothing && len === nothing
            return OneTo(stop)
        elseif len !== nothing && stop === nothing && step === nothing
            return OneTo(len)
        end
        throw(ArgumentError("Cannot construct range from arguments:\nstart = $start\nstep = $step\nstop = $stop\nlength = $len\n"))
    end
    if len === nothing
        stop === nothing && throw(ArgumentError("At least one of `length` or `stop` must be specified"))
        return step === nothing ? (start:stop) : (start:step:stop)
    end
    len < 0 && throw(ArgumentError("negative length"))
    if stop === nothing
        step === nothing && return range_length(start, len)
        return range_step_length(start, step, len)
    end
    step === nothing || throw(ArgumentError("Too many arguments specified; try passing only one of `stop` or `length`"))
    range_stop_length(start, stop, Int(len))
end
range_length(a::Integer, len) = UnitRange{typeof(a)}(a, a + len - 1)
range_length(a::AbstractFloat, len) = range_step_length(a, oneunit(a), len)
range_length(a, len) = a:(a + oneunit(a) * (len - 1))
range_step_length(a::Integer, st::Integer, len) = StepRange(promote(a, a + st * (len - 1))[1], st, a + st * (len - 1))
function range_step_length(a::Real, st::Real, len)
    x, s = promote(a, st)
    x isa AbstractFloat || return StepRange(x, s, x + s * (len - 1))
    T = typeof(x)
    da, ds = decimal_scale(Float64(x)), decimal_scale(Float64(s))
    if da > 0 && ds > 0
        d = max(da, ds)
        return float_range(T, x, s, Int(len), round(x * d), round(s * d), d)
    end
    float_range(T, x, s, Int(len), Float64(x), Float64(s), 1.0)
end
range_step_length(a, st, len) = a:st:(a + st * (len - 1))
function range_stop_length(a, b, len::Int)
    x, y = promote(a, b)
    if x isa Integer || x isa Rational
        if x isa Integer
            return range_stop_length(float(x), float(y), len)
        end
        len == 1 && return StepRange(x, oneunit(x), y)
        return StepRange(x, (y - x) / (len - 1), y)
    end
    T = typeof(x)
    T <: AbstractFloat || return LinRange(x, y, len)
    if len < 2
        len == 1 && x != y && throw(ArgumentError("range($a, stop=$b, length=$len): endpoints differ"))
        return float_range(T, x, len == 1 ? zero(x) : oneunit(x), len, Float64(x), 0.0, 1.0)
    end
    da, db = decimal_scale(Float64(x)), decimal_scale(Float64(y))
    if da > 0 && db > 0
        d = max(da, db)
        n = (len - 1) * d
        # values (num + i*stepnum) / n
        num, stepnum = round(x * d) * (len - 1), round(y * d) - round(x * d)
        if abs(num) < 9.0e15
            return float_range(T, x, stepnum / n, len, num, stepnum, n)
        end
    end
    float_range_ends(T, x, y, len)
end
function float_range_ends(::Type{T}, x, y, len) where {T}
    float_range(T, x, (y - x) / (len - 1), len, Float64(x), (Float64(y) - Float64(x)) / (len - 1), 1.0)
end

## what every range has

first(r::UnitRange) = r.start
first(r::OneTo{T}) where {T} = oneunit(T)
first(r::StepRange) = r.start
first(r::LinRange) = r.start
first(r::StepRangeLen) = r.len == 0 ? convert(eltype(r), r.ref) : range_value(r, 1)
last(r::UnitRange) = r.stop
last(r::OneTo) = r.stop
last(r::StepRange) = r.stop
last(r::LinRange) = r.stop
last(r::StepRangeLen) = range_value(r, r.len)
"""
    step(r)

The difference of neighbours in a range.
"""
step(r::AbstractUnitRange{T}) where {T} = oneunit(T)
step(r::StepRange) = r.step
step(r::LinRange) = (r.stop - r.start) / r.lendiv
step(r::StepRangeLen) = convert(eltype(r) <: AbstractFloat ? eltype(r) : typeof(r.step), r.step)

length(r::UnitRange{Int64}) = sub_int(r.stop, r.start) + 1
length(r::OneTo) = Int(r.stop)
length(r::AbstractUnitRange) = (n = last(r) - first(r) + oneunit(last(r) - first(r)); n isa Union{Int8,Int16,Int32,UInt8,UInt16,UInt32} ? Int(n) : n isa AbstractFloat ? Int(n) : n)
function length(r::StepRange)
    isempty(r) && return 0
    n = div(r.stop - r.start, r.step)
    Int(n) + 1
end
length(r::LinRange) = Int(r.len)
length(r::StepRangeLen) = Int(r.len)
isempty(r::AbstractUnitRange) = first(r) > last(r)
isempty(r::StepRange) = (r.start != r.stop) & ((r.step > zero(r.step)) != (r.stop > r.start))
isempty(r::LinRange) = length(r) == 0
isempty(r::StepRangeLen) = length(r) == 0
size(r::AbstractRange) = (length(r),)
axes(r::AbstractRange) = (OneTo(length(r)),)
firstindex(::AbstractRange) = 1
lastindex(r::AbstractRange) = length(r)
eachindex(r::AbstractRange) = OneTo(length(r))
keys(r::AbstractRange) = OneTo(length(r))
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
iterate(r::AbstractUnitRange, i) = i == last(r) ? nothing : (j = convert(eltype(r), i + oneunit(i)); (j, j))
iterate(r::OrdinalRange) = isempty(r) ? nothing : (first(r), first(r))
iterate(r::OrdinalRange{T}, i) where {T} = i == last(r) ? nothing : (j = convert(T, i + step(r)); (j, j))
iterate(r::Union{LinRange,StepRangeLen}, i::Int=1) = i > length(r) ? nothing : (range_value(r, i), i + 1)

range_value(r::LinRange{T}, i::Integer) where {T} = lerp(r, i)
function lerp(r::LinRange{T}, i) where {T}
    t = (i - 1) / r.lendiv
    convert(T, (1 - t) * r.start + t * r.stop)
end
function range_value(r::StepRangeLen{T}, i::Integer) where {T}
    if r.den != 0.0
        return convert(T, (r.num + (i - 1) * r.stepnum) / r.den)
    end
    convert(T, r.ref + (i - r.offset) * r.step)
end

function getindex(r::UnitRange{Int64}, i::Int64)
    v = r.start + (i - 1)
    (i > 0 && v <= r.stop) || throw(BoundsError(r, i))
    v
end
function getindex(r::AbstractUnitRange, i::Integer)
    1 <= i <= length(r) || throw(BoundsError(r, i))
    convert(eltype(r), first(r) + (i - 1))
end
function getindex(r::StepRange{T}, i::Integer) where {T}
    1 <= i <= length(r) || throw(BoundsError(r, i))
    convert(T, r.start + (i - 1) * r.step)
end
function getindex(r::Union{LinRange,StepRangeLen}, i::Integer)
    1 <= i <= length(r) || throw(BoundsError(r, i))
    range_value(r, i)
end
getindex(r::AbstractRange, ::Colon) = r
for R in (:AbstractRange, :AbstractUnitRange, :StepRange, :(Union{LinRange,StepRangeLen}))
    @eval getindex(r::$R, i::Bool) = throw(ArgumentError("invalid index: $i of type Bool"))
end
function getindex(r::AbstractUnitRange, s::AbstractUnitRange{<:Integer})
    isempty(s) && return first(r):(first(r) - oneunit(first(r)))
    check_range_index(r, s)
    a = first(r) + (first(s) - 1)
    a:(a + (length(s) - 1))
end
function getindex(r::AbstractRange, s::AbstractRange{<:Integer})
    check_range_index(r, s)
    if r isa StepRangeLen || r isa LinRange
        isempty(s) && return sub_range(r, 1, 1, 0)
        return sub_range(r, first(s), step(s), length(s))
    end
    isempty(s) && return range_step_length(first(r), step(r) * step(s), 0)
    range_step_length(r[first(s)], step(r) * step(s), length(s))
end
sub_range(r::LinRange, i, st, n) = LinRange(range_value(r, i), range_value(r, i + st * (n - 1)), n)
function sub_range(r::StepRangeLen{T,R,S,L}, i, st, n) where {T,R,S,L}
    StepRangeLen{T,R,S,L}(r.ref + (i - r.offset) * r.step, r.step * st, n, 1, r.num + (i - 1) * r.stepnum, r.stepnum * st, r.den)
end
function check_range_index(r, s)
    isempty(s) || (1 <= minimum(s) && maximum(s) <= length(r)) || throw(BoundsError(r, s))
    nothing
end
function getindex(r::AbstractRange, s::AbstractVector{<:Integer})
    s isa AbstractVector{Bool} && return collect(r)[s]
    [r[i] for i in s]
end
view(r::AbstractRange, s::AbstractRange) = r[s]

setindex!(r::AbstractRange, v, i...) = throw(CanonicalIndexError("setindex!", typeof(r)))

"An array that does not take this kind of index."
struct CanonicalIndexError <: Exception
    func::String
    type::Any
    CanonicalIndexError(func::String, @nospecialize(type)) = new(func, type)
end
showerror(io::IO, e::CanonicalIndexError) = print(io, "CanonicalIndexError: ", e.func, " not defined for ", e.type)

in(x::Integer, r::AbstractUnitRange{<:Integer}) = (first(r) <= x) & (x <= last(r))
in(x::Real, r::AbstractUnitRange{<:Integer}) = isinteger(x) && first(r) <= x <= last(r)
function in(x, r::AbstractRange)
    x isa Real || x isa AbstractChar || return any(y -> y == x, r)
    isempty(r) && return false
    x isa AbstractChar && !(eltype(r) <: AbstractChar) && return false
    x isa Real && eltype(r) <: AbstractChar && return false
    lo, hi = minimum(r), maximum(r)
    (lo <= x && x <= hi) || return false
    if eltype(r) <: Integer && x isa Integer
        return rem(x - first(r), step(r)) == 0
    end
    step(r) == zero(step(r)) && return x == first(r)
    n = round(Int, (x - first(r)) / step(r)) + 1
    1 <= n <= length(r) && r[n] == x
end

==(a::AbstractRange, b::AbstractRange) = length(a) == length(b) && (isempty(a) || (first(a) == first(b) && (length(a) == 1 || last(a) == last(b))))
==(a::AbstractUnitRange, b::AbstractUnitRange) = (isempty(a) & isempty(b)) | ((first(a) == first(b)) & (last(a) == last(b)))

reverse(r::AbstractUnitRange) = last(r):-1:first(r)
reverse(r::OrdinalRange) = last(r):(-step(r)):first(r)
reverse(r::LinRange) = LinRange(r.stop, r.start, length(r))
reverse(r::StepRangeLen) = isempty(r) ? r : sub_range(r, r.len, -1, r.len)
issorted(r::AbstractUnitRange) = true
issorted(r::AbstractRange) = length(r) <= 1 || step(r) >= zero(step(r))
sort(r::AbstractRange; rev=nothing) = (rev === true) == issorted(r) && length(r) > 1 ? reverse(r) : r
sum(r::AbstractRange{<:Real}) = (n = length(r); eltype(r) <: Integer ? (iseven(n) ? (n >> 1) * (first(r) + last(r)) : n * div(first(r) + last(r), 2)) : n * (first(r) + last(r)) / 2)
findfirst(p::Fix2{typeof(==)}, r::AbstractUnitRange{<:Integer}) = p.x in r ? Int(p.x - first(r)) + 1 : nothing

-(r::AbstractUnitRange) = range_step_length(-first(r), -1, length(r))
-(r::AbstractRange) = r isa StepRange ? StepRange(-r.start, -r.step, -r.stop) : scaled_range(r, -1)
scaled_range(r::LinRange, x) = LinRange(r.start * x, r.stop * x, length(r))
scaled_range(r::StepRangeLen, x) = range_step_length(first(r) * x, step(r) * x, length(r))
scaled_range(r::StepRange, x) = range_step_length(first(r) * x, step(r) * x, length(r))
scaled_range(r::AbstractUnitRange, x) = range_step_length(first(r) * x, step(r) * x, length(r))
shifted_range(r::AbstractUnitRange, x::Integer) = (first(r) + x):(last(r) + x)
shifted_range(r::AbstractRange, x) = range_step_length(first(r) + x, step(r), length(r))
shifted_range(r::LinRange, x) = LinRange(r.start + x, r.stop + x, length(r))
function +(a::AbstractRange, b::AbstractRange)
    length(a) == length(b) || throw(DimensionMismatch("argument dimensions must match: length of r1 is $(length(a)), length of r2 is $(length(b))"))
    range_step_length(first(a) + first(b), step(a) + step(b), length(a))
end
-(a::AbstractRange, b::AbstractRange) = a + (-b)

convert(::Type{UnitRange{T}}, r::AbstractUnitRange) where {T<:Real} = UnitRange{T}(first(r), last(r))
convert(::Type{UnitRange}, r::AbstractUnitRange) = UnitRange(first(r), last(r))
UnitRange{T}(r::AbstractUnitRange) where {T<:Real} = UnitRange{T}(first(r), last(r))
UnitRange(r::AbstractUnitRange) = UnitRange(first(r), last(r))
convert(::Type{OneTo{T}}, r::OneTo) where {T<:Integer} = OneTo{T}(r.stop)
convert(::Type{StepRange{T,S}}, r::AbstractRange) where {T,S} = StepRange{T,S}(first(r), step(r), last(r))
promote_rule(::Type{UnitRange{A}}, ::Type{UnitRange{B}}) where {A,B} = UnitRange{promote_type(A, B)}
promote_rule(::Type{OneTo{A}}, ::Type{UnitRange{B}}) where {A,B} = UnitRange{promote_type(A, B)}

show(io::IO, r::AbstractRange) = (show(io, first(r)); print(io, ':'); show(io, step(r)); print(io, ':'); show(io, last(r)))
show(io::IO, r::UnitRange) = (show(io, r.start); print(io, ':'); show(io, r.stop))
show(io::IO, r::OneTo) = print(io, "Base.OneTo(", r.stop, ")")
show(io::IO, r::LinRange{T}) where {T} = (print(io, "LinRange{", T, "}("); show(io, r.start); print(io, ", "); show(io, r.stop); print(io, ", "); show(io, r.len); print(io, ")"))
show(io::IO, ::MIME"text/plain", r::AbstractRange) = show(io, r)
hash(r::AbstractRange, h::UInt) = hash_array(r, h)

clamp_range(x, r) = clamp(x, first(r), last(r))
mod(i::Integer, r::AbstractUnitRange{<:Integer}) = mod(i - first(r), length(r)) + first(r)

register_tags(UnitRange{Int64}, StepRange{Int64,Int64}, OneTo{Int64})
