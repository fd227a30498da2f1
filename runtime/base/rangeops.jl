# Ranges: parts of them, arithmetic, comparison, search, what sets can do, display.

## parts

function getindex(r::AbstractUnitRange, s::AbstractUnitRange{<:Integer})
    eltype(s) === Bool && return range_of_mask(r, s)
    checkbounds(r, s)
    a = convert(eltype(r), first(r) + (first(s) - firstindex(r)))
    n = length(s)
    UnitRange{eltype(r)}(a, oftype(a, a + (n - oneunit(n))))
end
function getindex(r::OneTo{T}, s::OneTo) where {T}
    checkbounds(r, s)
    OneTo(T(s.stop))
end
function getindex(r::AbstractRange, s::OrdinalRange{<:Integer})
    checkbounds(r, s)
    eltype(s) === Bool && return range_of_mask(r, s)
    T = eltype(r)
    st = step(r) * step(s)
    range_start_step_length(convert(T, first(r) + (first(s) - firstindex(r)) * step(r)), st, length(s))
end
# Of the part s of r: its length and step, which of its items is nearest to the reference
# of r, and where that one stands in r.
function where_reference_goes(r::StepRangeLen, s)
    n = length(s)
    st = step(s)
    off = n == 0 ? 1 : clamp(1 + round(Int, (r.offset - first(s)) / st), 1, n)
    (n, st, off, first(s) + (off - 1) * st)
end
function getindex(r::StepRangeLen{T}, s::OrdinalRange{<:Integer}) where {T}
    checkbounds(r, s)
    eltype(s) === Bool && return range_of_mask(r, s)
    n, st, off, at = where_reference_goes(r, s)
    StepRangeLen{T}(r.ref + (at - r.offset) * r.step, r.step * st, n, max(1, off))
end
function getindex(r::LinRange{T}, s::OrdinalRange{<:Integer}) where {T}
    checkbounds(r, s)
    eltype(s) === Bool && return range_of_mask(r, s)
    n = length(s)
    n == 0 && return LinRange{T}(first(r), first(r), 0)
    LinRange{T}(range_value(r, first(s)), range_value(r, last(s)), n)
end
# A range of Bools as a mask: at most one value is chosen.
function range_of_mask(r, s)
    checkbounds(Bool, r, s) || throw(BoundsError(r, s))
    n = count(s)
    at = n == 0 ? 0 : findfirst(s)
    r isa LinRange && (x = n == 0 ? first(r) : r[at]; return LinRange{eltype(r)}(x, x, n))
    range_start_step_length(n == 0 ? first(r) : r[at], step(r), n)
end
getindex(r::AbstractRange, ::Colon) = copy(r)
function getindex(r::AbstractRange, s::AbstractVector{<:Integer})
    checkbounds(r, s)
    eltype(s) === Bool && return eltype(r)[r[i] for i in findall(s)]
    eltype(r)[r[i] for i in s]
end
setindex!(r::AbstractRange, v, i...) = throw(CanonicalIndexError("setindex!", typeof(r)))

"An array that does not take this kind of index."
struct CanonicalIndexError <: Exception
    func::String
    type::Any
    CanonicalIndexError(func::String, @nospecialize(type)) = new(func, type)
end
showerror(io::IO, e::CanonicalIndexError) = print(io, "CanonicalIndexError: ", e.func, " not defined for ", e.type)

## comparison

==(a::AbstractRange, b::AbstractRange) = length(a) == length(b) && (isempty(a) || (first(a) == first(b) && (length(a) == 1 || (step(a) == step(b) || same_values(a, b)) && last(a) == last(b))))
==(a::AbstractUnitRange, b::AbstractUnitRange) = (isempty(a) & isempty(b)) | ((first(a) == first(b)) & (last(a) == last(b)))
==(a::OrdinalRange, b::OrdinalRange) = isempty(a) ? isempty(b) : !isempty(b) && first(a) == first(b) && last(a) == last(b) && (first(a) == last(a) || step(a) == step(b))
function same_values(a, b)
    a isa OrdinalRange && b isa OrdinalRange && return false
    y = iterate(b)
    for x in a
        x == y[1] || return false
        y = iterate(b, y[2])
    end
    true
end
isequal(a::AbstractRange, b::AbstractRange) = a === b || invoke(isequal, Tuple{AbstractArray,AbstractArray}, a, b)
isassigned(r::AbstractRange, i::Integer) = i isa Bool ? throw(ArgumentError("invalid index: $i of type Bool")) : firstindex(r) <= i <= lastindex(r)
hash(r::AbstractRange, h::UInt) = hash_array(r, h)

in(x::Integer, r::AbstractUnitRange{<:Integer}) = (first(r) <= x) & (x <= last(r))
in(x::Real, r::AbstractUnitRange{<:Integer}) = isinteger(x) && first(r) <= x <= last(r)
in(x::Real, r::AbstractRange{<:Real}) = is_in_range(x, r)
in(x, r::AbstractRange) = is_in_range_generic(x, r)
in(x::AbstractChar, r::AbstractRange{<:AbstractChar}) = !isempty(r) && (step(r) > 0 ? first(r) <= x <= last(r) : last(r) <= x <= first(r)) && (x == first(r) || iszero((x - first(r)) % step(r)))
in(x::Integer, r::OrdinalRange{<:Integer,<:Integer}) = !isempty(r) && minimum(r) <= x <= maximum(r) && mod(widen_difference(x, first(r)), step(r)) == 0
widen_difference(x, y) = (d = x - y; (d < 0) == (x < y) ? d : big(x) - big(y))
function is_in_range(x, r)
    isempty(r) && return false
    n = (x - first(r)) / step(r)
    isnan(n) && return x == first(r)
    abs(n) > 9e15 && return false
    i = round(Int, n) + 1
    1 <= i <= length(r) && r[i] == x
end
function is_in_range_generic(x, r)
    anymissing = false
    for y in r
        e = y == x
        e === missing ? (anymissing = true) : e && return true
    end
    anymissing ? missing : false
end
issubset(a::OneTo, b::OneTo) = a.stop <= b.stop
issubset(a::AbstractUnitRange{<:Integer}, b::AbstractUnitRange{<:Integer}) = isempty(a) || (first(a) >= first(b) && last(a) <= last(b))

## order

reverse(r::OrdinalRange) = last(r):(-step(r)):first(r)
reverse(r::AbstractUnitRange{<:Unsigned}) = StepRange{eltype(r),Int}(last(r), -1, first(r))
reverse(r::LinRange{T}) where {T} = LinRange{T}(r.stop, r.start, length(r))
function reverse(r::StepRangeLen{T}) where {T}
    n = length(r)
    StepRangeLen{T}(r.ref, -r.step, n, n == 0 ? 1 : n - r.offset + 1)
end
sum(r::AbstractRange{<:Real}) = range_sum(r)
function range_sum(r)
    n = length(r)
    f, st = first(r), step(r)
    iseven(n) ? f * n + (st * (n - 1)) * (n >> 1) : f * n + (st * n) * ((n - 1) >> 1)
end
sum(r::StepRangeLen{<:Real}) = (up = sumpair(length(r) - r.offset); down = sumpair(r.offset - 1); convert(eltype(r), r.ref * length(r) + r.step * (up[1] * up[2] - down[1] * down[2])))
findfirst(p::Union{Fix2{typeof(==)},Fix2{typeof(isequal)}}, r::AbstractUnitRange{<:Integer}) = p.x in r ? firstindex(r) + Int(p.x - first(r)) : nothing
function findall(f::Fix2{typeof(in),<:AbstractUnitRange{<:Integer}}, r::AbstractUnitRange{<:Integer})
    s = intersect(r, f.x)
    isempty(s) ? (1:0) : Int(first(s) - first(r)) + 1:Int(last(s) - first(r)) + 1
end
function findfirst(p::Union{Fix2{typeof(isequal),T},Fix2{typeof(==),T}}, r::StepRange{T,S}) where {T<:Integer,S}
    p.x in r ? Int(div(p.x - first(r), step(r))) + 1 : nothing
end

## arithmetic

-(r::OrdinalRange) = range_start_step_length(-first(r), negated(step(r)), length(r))
-(r::StepRangeLen{T}) where {T} = StepRangeLen{T}(-r.ref, -r.step, length(r), r.offset)
-(r::LinRange{T}) where {T} = LinRange{T}(-r.start, -r.stop, length(r))
+(r::AbstractRange) = r
"""
    Base.shifted_range(r, x)

The range of `y + x` for `y` in `r`.
"""
shifted_range(r::AbstractUnitRange, x::Real) = unit_range(first(r) + x, length(r))
shifted_range(r::OneTo, x::Integer) = (1 + x):(r.stop + x)
shifted_range(r::StepRange{<:Integer}, x::Integer) = (first(r) + x):step(r):(last(r) + x)
shifted_range(r::AbstractRange, x) = range_start_step_length(first(r) + x, step(r), length(r))
shifted_range(r::StepRangeLen{T}, x) where {T} = StepRangeLen{typeof(T(r.ref) + x)}(r.ref + x, r.step, length(r), r.offset)
shifted_range(r::LinRange, x) = LinRange(r.start + x, r.stop + x, length(r))
"""
    Base.scaled_range(r, x)

The range of `y * x` for `y` in `r`.
"""
scaled_range(r::AbstractRange, x) = range_start_step_length(first(r) * x, step(r) * x, length(r))
scaled_range(r::OrdinalRange{<:Integer}, x::Integer) = StepRangeLen(first(r) * x, step(r) * x, length(r))
scaled_range(r::StepRangeLen{T}, x) where {T} = StepRangeLen{typeof(T(r.ref) * x)}(r.ref * x, r.step * x, length(r), r.offset)
scaled_range(r::FloatRange, x::Real) = r * x
scaled_range(r::LinRange, x) = LinRange(r.start * x, r.stop * x, length(r))
"""
    Base.divided_range(r, x)

The range of `y / x` for `y` in `r`.
"""
divided_range(r::AbstractRange, x) = range_start_step_length(first(r) / x, step(r) / x, length(r))
divided_range(r::StepRangeLen{T}, x) where {T} = StepRangeLen{typeof(T(r.ref) / x)}(r.ref / x, r.step / x, length(r), r.offset)
divided_range(r::FloatRange, x::Real) = r / x
divided_range(r::LinRange, x) = LinRange(r.start / x, r.stop / x, length(r))
*(r::AbstractRange{<:Number}, x::Number) = scaled_range(r, x)
*(x::Number, r::AbstractRange{<:Number}) = scaled_range(r, x)
/(r::AbstractRange{<:Number}, x::Number) = divided_range(r, x)
\(x::Number, r::AbstractRange{<:Number}) = divided_range(r, x)
check_same_length(a, b) = length(a) == length(b) || throw(DimensionMismatch("argument dimensions must match: length of r1 is $(length(a)), length of r2 is $(length(b))"))
function +(a::OrdinalRange, b::OrdinalRange)
    check_same_length(a, b)
    StepRangeLen(first(a) + first(b), step(a) + step(b), length(a))
end
function -(a::OrdinalRange, b::OrdinalRange)
    check_same_length(a, b)
    StepRangeLen(first(a) - first(b), step(a) - step(b), length(a))
end
+(a::Union{StepRangeLen,OrdinalRange,LinRange}, b::Union{StepRangeLen,OrdinalRange,LinRange}) = (check_same_length(a, b); add_ranges(a, b))
-(a::Union{StepRangeLen,OrdinalRange,LinRange}, b::Union{StepRangeLen,OrdinalRange,LinRange}) = a + (-b)
add_ranges(a::LinRange, b::LinRange) = LinRange(a.start + b.start, a.stop + b.stop, length(a))
function add_ranges(a, b)
    T = promote_type(eltype(a), eltype(b))
    T <: IEEEFloat || return StepRangeLen(first(a) + first(b), step(a) + step(b), length(a))
    p, q = as_steprangelen(T, a), as_steprangelen(T, b)
    typeof(p.ref) === typeof(q.ref) && p.ref isa TwicePrecision ? p + q : range_start_step_length(first(a) + first(b), step(a) + step(b), length(a))
end
as_steprangelen(T, r::StepRangeLen) = StepRangeLen{T}(r)
as_steprangelen(T, r) = StepRangeLen{Float64,TwicePrecision{Float64},TwicePrecision{Float64},Int}(TwicePrecision{Float64}(first(r)), TwicePrecision{Float64}(step(r)), length(r), 1)
mod(i::Integer, r::OneTo) = mod1(i, last(r))
mod(i::Integer, r::AbstractUnitRange{<:Integer}) = mod(i - first(r), length(r)) + first(r)
float(r::AbstractRange) = range_start_step_length(float(first(r)), float(step(r)), length(r))
float(r::StepRangeLen{<:AbstractFloat}) = r
float(r::LinRange{<:AbstractFloat}) = r
real(r::AbstractRange{<:Real}) = r

## as sets

intersect(r::AbstractUnitRange{<:Integer}, s::AbstractUnitRange{<:Integer}) = max(first(r), first(s)):min(last(r), last(s))
intersect(r::OneTo, s::OneTo) = OneTo(min(r.stop, s.stop))
intersect(r::AbstractRange) = r
intersect(i::Integer, r::AbstractUnitRange{<:Integer}) = unit_range(i in r ? i : first(r), i in r ? 1 : 0)
intersect(r::AbstractUnitRange{<:Integer}, i::Integer) = intersect(i, r)
function intersect(r::AbstractUnitRange{<:Integer}, s::StepRange{<:Integer})
    T = promote_type(eltype(r), eltype(s))
    S = typeof(step(s))
    isempty(s) && return StepRange{T,S}(T(first(r)), step(s), T(first(r)) - sign(step(s)) * one(T))
    step(s) < 0 && return intersect(r, reverse(s))
    lo, hi = promote(first(r), last(r))
    a, st = first(s), step(s)
    StepRange{T,S}(T(max(a, lo + mod(a - lo, st))), st, T(min(hi, last(s))))
end
intersect(s::StepRange{<:Integer}, r::AbstractUnitRange{<:Integer}) = step(s) < 0 ? reverse(intersect(r, reverse(s))) : intersect(r, s)
function intersect(r::StepRange, s::StepRange)
    T = promote_type(eltype(r), eltype(s))
    S = promote_type(typeof(step(r)), typeof(step(s)))
    (isempty(r) || isempty(s)) && return StepRange{T,S}(first(r), step(r), first(r) - step(r))
    step(r) < zero(step(r)) && return reverse(intersect(reverse(r), s))
    step(s) < zero(step(s)) && return intersect(r, reverse(s))
    a, b = first(r), first(s)
    g, x, _ = gcdx(step(r), step(s))
    m = lcm(step(r), step(s))
    iszero(rem(a - b, g)) || return StepRange{T,S}(a, m, a - m)
    common = a - x * div(a - b, g) * step(r)    # what both would meet if they went on for ever
    StepRange{T,S}(max(a + mod(common - a, m), b + mod(common - b, m)), m, min(last(r) - mod(last(r) - common, m), last(s) - mod(last(s) - common, m)))
end
intersect(a::AbstractRange, b::AbstractRange) = intersect(collect(a), b)
intersect(a::AbstractRange, b::AbstractRange, c::AbstractRange, more::AbstractRange...) = intersect(intersect(a, b), c, more...)
intersect(v::AbstractVector, r::AbstractRange) = unique(filter(in(r), v))
intersect(r::AbstractRange, v::AbstractVector) = intersect(v, r)
# The largest, or smallest, value of a range is at one of its ends.
for (f, up, down) in ((:argmax, :lastindex, :firstindex), (:argmin, :firstindex, :lastindex))
    @eval $f(r::AbstractRange) = isempty(r) ? reduce_empty_error_range() : step(r) > zero(step(r)) ? $up(r) : step(r) == zero(step(r)) ? firstindex(r) : $down(r)
end
function setdiff(r::OneTo{T}, s::OneTo) where {T}
    r.stop <= s.stop ? unit_range(one(T), 0) : (T(s.stop + 1):r.stop)
end
union(r::OneTo, s::OneTo) = OneTo(max(r.stop, s.stop))

## conversion

convert(::Type{T}, r::AbstractRange) where {T<:AbstractRange} = r isa T ? r : T(r)
UnitRange{T}(r::AbstractUnitRange) where {T<:Real} = UnitRange{T}(first(r), last(r))
UnitRange{T}(r::UnitRange{T}) where {T<:Real} = r
UnitRange(r::AbstractUnitRange) = UnitRange(first(r), last(r))
AbstractUnitRange{T}(r::AbstractUnitRange{T}) where {T} = r
AbstractUnitRange{T}(r::UnitRange) where {T} = UnitRange{T}(r)
AbstractUnitRange{T}(r::OneTo) where {T} = OneTo{T}(r)
first(r::OneTo, n::Integer) = n < 0 ? throw_negative_number() : OneTo(oftype(r.stop, min(r.stop, n)))
OneTo{T}(r::AbstractUnitRange) where {T<:Integer} = first(r) == 1 ? OneTo{T}(last(r)) : throw(ArgumentError("first element must be 1, got $(first(r))"))
function OneTo(r::AbstractRange)
    first(r) == 1 || throw(ArgumentError("first element must be 1, got $(first(r))"))
    step(r) == 1 || throw(ArgumentError("step must be 1, got $(step(r))"))
    OneTo(last(r))
end
StepRange{T,S}(r::AbstractRange) where {T,S} = StepRange{T,S}(first(r), step(r), last(r))
StepRange{T,S}(r::StepRange{T,S}) where {T,S} = r
(::Type{StepRange{T,S} where T})(r::AbstractRange) where {S} = StepRange{eltype(r),S}(r)
StepRange(r::AbstractUnitRange{T}) where {T} = StepRange{T,T}(first(r), step(r), last(r))
StepRangeLen{T}(r::AbstractRange) where {T} = (x = T(first(r)); T <: IEEEFloat ? range_start_step_length(x, T(step(r)), length(r)) : StepRangeLen{T}(x, step(r), length(r)))
StepRangeLen{T}(r::StepRangeLen{T}) where {T} = r
StepRangeLen{T}(r::StepRangeLen) where {T<:Integer} = StepRangeLen{T}(T(first(r)), T(step(r)), length(r))
function StepRangeLen{T}(r::StepRangeLen{U}) where {T<:IEEEFloat,U<:AbstractFloat}
    a, st = first(r), step(r)
    a_n, a_d = rat(a)
    st_n, st_d = rat(st)
    # What is a fraction of small numbers is that fraction in the new type, too.
    if a_d != 0 && st_d != 0 && U(a_n / a_d) == a && U(st_n / st_d) == st
        den = common_denominator(a_d, st_d)
        m = maxintfloat(T, Int)
        den != 0 && abs(a_n * div(den, a_d)) <= m && abs(st_n * div(den, st_d)) <= m &&
            return floatrange(T, a_n * div(den, a_d), st_n * div(den, st_d), length(r), den)
    end
    T === Float64 ? StepRangeLen{T}(TwicePrecision{Float64}(r.ref), TwicePrecision{Float64}(r.step), length(r), r.offset) : StepRangeLen{T}(Float64(r.ref), Float64(r.step), length(r), r.offset)
end
StepRangeLen{T}(r::StepRangeLen) where {T} = T === Float64 ? StepRangeLen{T}(TwicePrecision{Float64}(r.ref), TwicePrecision{Float64}(r.step), length(r), r.offset) : StepRangeLen{T}(r.ref isa TwicePrecision ? Float64(r.ref) : r.ref, r.step isa TwicePrecision ? Float64(r.step) : r.step, length(r), r.offset)
StepRangeLen{T,R,S,L}(r::StepRangeLen) where {T,R,S,L} = StepRangeLen{T,R,S,L}(convert(R, r.ref), convert(S, r.step), length(r), r.offset)
StepRangeLen{T,R,S,L}(r::AbstractRange) where {T,R,S,L} = StepRangeLen{T,R,S,L}(R(first(r)), S(step(r)), length(r))
StepRangeLen{T,R,S}(r::AbstractRange) where {T,R,S} = StepRangeLen{T,R,S,Int}(r)
StepRangeLen(r::AbstractRange) = StepRangeLen{eltype(r)}(r)
LinRange{T}(r::AbstractRange) where {T} = LinRange{T}(first(r), last(r), length(r))
LinRange{T,L}(r::AbstractRange) where {T,L<:Integer} = LinRange{T,L}(first(r), last(r), length(r))
LinRange(r::AbstractRange{T}) where {T} = LinRange{T}(first(r), last(r), length(r))
AbstractRange{T}(r::AbstractRange{T}) where {T} = r
AbstractRange{T}(r::AbstractUnitRange) where {T<:Integer} = UnitRange{T}(r)
AbstractRange{T}(r::OneTo) where {T<:Integer} = OneTo{T}(r)
AbstractRange{T}(r::AbstractUnitRange) where {T<:AbstractFloat} = range_start_step_length(T(first(r)), oneunit(T), length(r))
AbstractRange{T}(r::StepRange) where {T<:Integer} = StepRange(T(first(r)), T(step(r)), T(last(r)))
AbstractRange{T}(r::StepRange) where {T<:AbstractFloat} = range_start_step_length(T(first(r)), T(step(r)), length(r))
AbstractRange{T}(r::OrdinalRange) where {T} = T(first(r)):T(step(r)):T(last(r))
AbstractRange{T}(r::AbstractUnitRange) where {T} = T(first(r)):T(last(r))
AbstractRange{T}(r::StepRangeLen) where {T} = StepRangeLen{T}(r)
AbstractRange{T}(r::LinRange) where {T} = LinRange{T}(r)
AbstractArray{T,1}(r::AbstractRange) where {T<:Real} = AbstractRange{T}(r)
AbstractArray{T}(r::AbstractRange) where {T<:Real} = AbstractRange{T}(r)
promote_rule(::Type{UnitRange{A}}, ::Type{UnitRange{B}}) where {A,B} = UnitRange{promote_type(A, B)}
promote_rule(::Type{OneTo{A}}, ::Type{OneTo{B}}) where {A,B} = OneTo{promote_type(A, B)}
promote_rule(::Type{UnitRange{A}}, ::Type{R}) where {A,B,R<:AbstractUnitRange{B}} = UnitRange{promote_type(A, B)}
promote_rule(::Type{StepRange{A,S}}, ::Type{StepRange{B,Z}}) where {A,S,B,Z} = (Q = promote_type(S, Z); of_items(promote_type(A, B), StepRange{A,Q}, StepRange{B,Q}))
# Of two types the one whose items are of type T, or what they have in common.
of_items(T, a, b) = eltype(a) === T ? a : eltype(b) === T ? b : promote_typejoin(a, b)
promote_rule(::Type{StepRange{A,S}}, ::Type{UR}) where {A,S,B,UR<:AbstractUnitRange{B}} = promote_rule(StepRange{A,S}, StepRange{B,B})
promote_rule(::Type{LinRange{A,L}}, ::Type{LinRange{B,M}}) where {A,L,B,M} = LinRange{promote_type(A, B),promote_type(L, M)}
promote_rule(::Type{LinRange{A,L}}, ::Type{R}) where {A,L,B,R<:OrdinalRange{B}} = LinRange{promote_type(A, B),L}
promote_rule(::Type{StepRangeLen{T,R,S,L}}, ::Type{StepRangeLen{U,Q,Z,M}}) where {T,R,S,L,U,Q,Z,M} = StepRangeLen{promote_type(T, U),promote_type(R, Q),promote_type(S, Z),promote_type(L, M)}
promote_rule(::Type{StepRangeLen{T,R,S,L}}, ::Type{OR}) where {T,R,S,L,U,OR<:OrdinalRange{U}} = StepRangeLen{promote_type(T, U),promote_type(R, U),promote_type(S, U),L}
promote_rule(::Type{LinRange{A,L}}, ::Type{StepRangeLen{T,R,S,M}}) where {A,L,T,R,S,M} = StepRangeLen{promote_type(A, T),promote_type(A, R),promote_type(A, S),promote_type(L, M)}

## display

show(io::IO, r::AbstractRange) = (show(io, first(r)); print(io, ':'); show(io, step(r)); print(io, ':'); show(io, last(r)))
show(io::IO, r::UnitRange) = (show(io, r.start); print(io, ':'); show(io, r.stop))
show(io::IO, r::OneTo) = print(io, "Base.OneTo(", r.stop, ")")
show(io::IO, r::LinRange{T}) where {T} = (print(io, "LinRange{", T, "}("); show(io, r.start); print(io, ", "); show(io, r.stop); print(io, ", "); show(io, r.len); print(io, ")"))
show(io::IO, r::StepRangeLen) = eltype(r) <: CartesianIndex || iszero(step(r)) ? (print(io, "StepRangeLen("); show(io, first(r)); print(io, ", "); show(io, step(r)); print(io, ", "); show(io, length(r)); print(io, ")")) : invoke(show, Tuple{IO,AbstractRange}, io, r)

register_tags(UnitRange{Int64}, StepRange{Int64,Int64}, OneTo{Int64})
issorted(r::AbstractRange) = length(r) <= 1 || step(r) >= zero(step(r))
