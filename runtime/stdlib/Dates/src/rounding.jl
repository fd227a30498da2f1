# Rounding to a period. Days are counted from the year 0, weeks from a Monday.

const DATEEPOCH = totaldays(0, 1, 1)
const DATETIMEEPOCH = 86400000 * totaldays(0, 1, 1)
const WEEKEPOCH = totaldays(0, 1, 3)
"""
    Dates.epochdays2date(n)

The day `n` days after the first of January of the year 0.
"""
epochdays2date(n) = Date(UTD(DATEEPOCH + Int64(n)))
"""
    Dates.epochms2datetime(n)

The moment `n` milliseconds after the beginning of the year 0.
"""
epochms2datetime(n) = DateTime(UTM(DATETIMEEPOCH + Int64(n)))
"""
    Dates.date2epochdays(dt)

The days since the beginning of the year 0.
"""
date2epochdays(dt::Date) = value(dt) - DATEEPOCH
"""
    Dates.datetime2epochms(dt)

The milliseconds since the beginning of the year 0.
"""
datetime2epochms(dt::DateTime) = value(dt) - DATETIMEEPOCH

check_step(p) = value(p) < 1 && throw(DomainError(p))

"""
    floor(dt, p)

The last moment that is a multiple of the period `p`, at or before `dt`; `p` may be a
type, as `Month`.
"""
function floor(dt::Date, p::OtherPeriod)
    check_step(p)
    y, m = yearmonth(dt)
    n = 12y + m - 1
    n -= mod(n, value(p) * length_of(typeof(p)))
    Date(UTD(totaldays(fld(n, 12), mod(n, 12) + 1, 1)))
end
function floor(dt::Date, p::Week)
    check_step(p)
    n = value(dt) - WEEKEPOCH
    Date(UTD(value(dt) - mod(n, 7value(p))))
end
function floor(dt::Date, p::Day)
    check_step(p)
    Date(UTD(value(dt) - mod(date2epochdays(dt), value(p))))
end
floor(dt::DateTime, p::DatePeriod) = DateTime(floor(Date(dt), p))
function floor(dt::DateTime, p::TimePeriod)
    check_step(p)
    epochms2datetime(datetime2epochms(dt) - mod(datetime2epochms(dt), value(Millisecond(p))))
end
function floor(t::Time, p::TimePeriod)
    check_step(p)
    Time(Nanosecond(value(t) - mod(value(t), tons(p))))
end
"""
    floor(x::Period, p)

The largest multiple of `p` that is at most `x`.
"""
function floor(x::FixedPeriod, p::T) where {T<:FixedPeriod}
    check_step(p)
    a, b = promote(x, p)
    T(a - Base.mod(a, b))
end
floor(x::Union{Period,TimeType}, ::Type{P}) where {P<:Period} = floor(x, oneunit(P))

"""
    ceil(x, p)

As `floor`, upwards.
"""
function ceil(x::Union{TimeType,FixedPeriod}, p::Period)
    f = floor(x, p)
    f == x ? f : f + p
end
ceil(x::Union{Period,TimeType}, ::Type{P}) where {P<:Period} = ceil(x, oneunit(P))
"""
    Dates.floorceil(x, p)

`floor(x, p)` and `ceil(x, p)`.
"""
function floorceil(x::Union{TimeType,FixedPeriod}, p::Period)
    f = floor(x, p)
    (f, f == x ? f : f + p)
end
"""
    round(x, p, [mode=RoundNearestTiesUp])

The nearest multiple of the period `p`; of two, the later.
"""
function round(x::Union{TimeType,FixedPeriod}, p::Period, ::RoundingMode{:NearestTiesUp})
    f, c = floorceil(x, p)
    x - f < c - x ? f : c
end
round(x::Union{TimeType,FixedPeriod}, p::Period, ::RoundingMode{:Down}) = floor(x, p)
round(x::Union{TimeType,FixedPeriod}, p::Period, ::RoundingMode{:Up}) = ceil(x, p)
round(x::Union{TimeType,FixedPeriod}, p::Period, r::RoundingMode) = throw(DomainError(p))
round(x::Union{TimeType,FixedPeriod}, p::Period) = round(x, p, RoundNearestTiesUp)
round(x::Union{Period,TimeType}, ::Type{P}, r::RoundingMode=RoundNearestTiesUp) where {P<:Period} = round(x, oneunit(P), r)
floor(::Type{Date}, x::TimeType, ::Type{P}) where {P<:Period} = floor(Date(x), P)
ceil(::Type{Date}, x::TimeType, ::Type{P}) where {P<:Period} = ceil(Date(x), P)
