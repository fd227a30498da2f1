# Ranges of dates and times. A step of months is not always as long, so that item i
# is the first one plus i - 1 steps.

# The number of steps from a to b; a step of months ends at the last day of a short month.
function len(a, b, c::OtherPeriod)
    n = value(c) * length_of(typeof(c))
    (n > 0 ? b < a : a < b) && return -1
    i = Int64(div(12 * (year(b) - year(a)) + month(b) - month(a), n))
    while n > 0 ? a + c * i > b : a + c * i < b
        i -= 1
    end
    i
end
len(a::Time, b::Time, c) = steps(value(b) - value(a), tons(c))
# Steps that are always as long are counted by a division.
len(a::Date, b::Date, c::Union{Week,Day}) = steps(value(b) - value(a), days(c))
len(a::DateTime, b::DateTime, c::Union{Week,Day,Hour,Minute,Second,Millisecond}) = steps(Int128(value(b)) - value(a), toms(c))
# Steps smaller than what is counted in, such as nanoseconds of a DateTime.
len(a::DateTime, b::DateTime, c::Union{Microsecond,Nanosecond}) = steps(1000000 * (Int128(value(b)) - value(a)), tons(c))
steps(d, n) = (n > 0) == (d >= 0) || d == 0 ? Int64(div(d, n)) : -1

function steprange_last(start::T, step, stop::T) where {T<:TimeType}
    value(step) == 0 && throw(ArgumentError("step cannot be zero"))
    n = len(start, stop, step)
    n < 0 ? before(start, step) : start + step * n
end
before(start, step) = start - step
before(start::Time, step) = Time(Nanosecond(max(0, value(start) - 1)))
steprange_last(start::P, step::P, stop::P) where {P<:Period} = P(Base.steprange_last(value(start), value(step), value(stop)))
function steprange_last(start::P, step, stop::P) where {P<:Period}
    value(step) == 0 && throw(ArgumentError("step cannot be zero"))
    n = div(stop - start, step)
    n < 0 || stop == start - step ? start - P(1) : start + convert(P, step * n)
end

length(r::StepRange{<:TimeType}) = isempty(r) ? 0 : len(r.start, r.stop, r.step) + 1
function length(r::StepRange{<:Period})
    isempty(r) && return 0
    a, b, s = map(value, promote(r.start, r.stop, r.step))
    Base.checked_add(div(Base.checked_sub(b, a), s), 1)
end
isempty(r::StepRange{<:TimeType}) = (r.start != r.stop) & ((r.step > zero(r.step)) != (r.stop > r.start))
iterate(r::StepRange{<:TimeType}) = (n = length(r); n <= 0 ? nothing : (r.start, (n, 1)))
iterate(r::StepRange{<:TimeType}, (n, i)) = n <= i ? nothing : (r.start + r.step * i, (n, i + 1))
function iterate(r::StepRange{Date,<:Union{Week,Day}}, (n, i))
    n <= i ? nothing : (Date(UTD(value(r.start) + days(r.step) * i)), (n, i + 1))
end
function Base.getindex(r::StepRange{<:TimeType}, i::Integer)
    1 <= i <= length(r) || throw(BoundsError(r, i))
    r.start + r.step * (i - 1)
end
function in(x::T, r::StepRange{T}) where {T<:TimeType}
    isempty(r) && return false
    n = len(r.start, x, r.step)
    n >= 0 && n < length(r) && r.start + r.step * n == x
end
(::Colon)(a::T, s::Period, b::T) where {T<:TimeType} = StepRange{T,typeof(s)}(a, s, b)
(::Colon)(a::P, s::P, b::P) where {P<:Period} = StepRange{P,P}(a, s, b)
(::Colon)(a::P, s::Period, b::P) where {P<:Period} = (x = promote(a, s, b); StepRange{typeof(x[1]),typeof(x[2])}(x...))
(::Colon)(a::P, b::P) where {P<:Period} = StepRange{P,P}(a, P(1), b)
+(p::Period, r::AbstractRange{<:TimeType}) = (r.start + p):step(r):(r.stop + p)
+(r::AbstractRange{<:TimeType}, p::Period) = p + r
-(r::AbstractRange{<:TimeType}, p::Period) = (r.start - p):step(r):(r.stop - p)
*(r::AbstractRange{<:Period}, k::Integer) = (first(r) * k):(step(r) * k):(last(r) * k)
*(k::Integer, r::AbstractRange{<:Period}) = r * k
*(r::AbstractRange{<:Real}, p::Period) = (first(r) * p):(step(r) * p):(last(r) * p)
*(p::Period, r::AbstractRange{<:Real}) = r * p
/(r::AbstractRange{<:Period}, p::Period) = (first(r) / p):(step(r) / p):(last(r) / p)
Base.reverse(r::StepRange{<:TimeType}) = last(r):-step(r):first(r)
range(a::T; step::Period, length::Union{Nothing,Integer}=nothing, stop::Union{Nothing,T}=nothing) where {T<:TimeType} =
    length === nothing ? (a:step:stop) : (a:step:(a + step * (length - 1)))
range(a::T, b::T; step::Period) where {T<:TimeType} = a:step:b
