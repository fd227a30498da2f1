# The types.

"The supertype of periods and of dates and times."
abstract type AbstractTime end
"""
    Period

A whole number of years, months, days, hours ...
"""
abstract type Period <: AbstractTime end
"""
    DatePeriod

A period of days or longer.
"""
abstract type DatePeriod <: Period end
"""
    TimePeriod

A period of hours or shorter.
"""
abstract type TimePeriod <: Period end

"""
    Year(n)

A period of `n` years.
"""
struct Year <: DatePeriod
    value::Int64
    Year(v::Number) = new(v)
end
"""
    Quarter(n)

A period of `n` quarters of a year.
"""
struct Quarter <: DatePeriod
    value::Int64
    Quarter(v::Number) = new(v)
end
"""
    Month(n)

A period of `n` months.
"""
struct Month <: DatePeriod
    value::Int64
    Month(v::Number) = new(v)
end
"""
    Week(n)

A period of `n` weeks.
"""
struct Week <: DatePeriod
    value::Int64
    Week(v::Number) = new(v)
end
"""
    Day(n)

A period of `n` days.
"""
struct Day <: DatePeriod
    value::Int64
    Day(v::Number) = new(v)
end
"""
    Hour(n)

A period of `n` hours.
"""
struct Hour <: TimePeriod
    value::Int64
    Hour(v::Number) = new(v)
end
"""
    Minute(n)

A period of `n` minutes.
"""
struct Minute <: TimePeriod
    value::Int64
    Minute(v::Number) = new(v)
end
"""
    Second(n)

A period of `n` seconds.
"""
struct Second <: TimePeriod
    value::Int64
    Second(v::Number) = new(v)
end
"""
    Millisecond(n)

A period of `n` thousandths of a second.
"""
struct Millisecond <: TimePeriod
    value::Int64
    Millisecond(v::Number) = new(v)
end
"""
    Microsecond(n)

A period of `n` millionths of a second.
"""
struct Microsecond <: TimePeriod
    value::Int64
    Microsecond(v::Number) = new(v)
end
"""
    Nanosecond(n)

A period of `n` billionths of a second.
"""
struct Nanosecond <: TimePeriod
    value::Int64
    Nanosecond(v::Number) = new(v)
end

"A point on a line of time."
abstract type Instant <: AbstractTime end
"""
    UTInstant(period)

The point after a period since the beginning of the calendar.
"""
struct UTInstant{P<:Period} <: Instant
    periods::P
end
UTM(x) = UTInstant(Millisecond(x))
UTD(x) = UTInstant(Day(x))

"How time is counted."
abstract type Calendar <: AbstractTime end
"The calendar of ISO 8601: the Gregorian one, for all years."
struct ISOCalendar <: Calendar end
"A zone of time."
abstract type TimeZone end
"Coordinated universal time."
struct UTC <: TimeZone end

"""
    TimeType

The supertype of `Date`, `DateTime` and `Time`.
"""
abstract type TimeType <: AbstractTime end
"A day with a time of day."
abstract type AbstractDateTime <: TimeType end
"""
    DateTime

A moment, to the millisecond.
"""
struct DateTime <: AbstractDateTime
    instant::UTInstant{Millisecond}
    DateTime(instant::UTInstant{Millisecond}) = new(instant)
end
"""
    Date

A day.
"""
struct Date <: TimeType
    instant::UTInstant{Day}
    Date(instant::UTInstant{Day}) = new(instant)
end
"""
    Time

A time of day, to the nanosecond.
"""
struct Time <: TimeType
    instant::Nanosecond
    Time(instant::Nanosecond) = new(instant)
    Time(instant::Int64) = new(Nanosecond(mod(instant, ns_per_day)))
end
const ns_per_day = 86400000000000

"""
    Dates.value(x)

The number that a period holds, or a date or time is stored as.
"""
value(x::Period) = x.value
value(dt::Date) = dt.instant.periods.value
value(dt::DateTime) = dt.instant.periods.value
value(t::Time) = t.instant.value
days(dt::Date) = value(dt)
days(dt::DateTime) = fld(value(dt), 86400000)

hash(x::Time, h::UInt) = hash(hour(x), hash(minute(x), hash(second(x), hash(millisecond(x), hash(microsecond(x), hash(nanosecond(x), h))))))
calendar(dt::DateTime) = ISOCalendar
calendar(dt::Date) = ISOCalendar
"""
    Dates.default(T)

The value that a missing part of a date or time has.
"""
default(::Type{T}) where {T<:DatePeriod} = T(1)
default(::Type{T}) where {T<:TimePeriod} = T(0)
isfinite(::Union{Type{T},T}) where {T<:TimeType} = true
isfinite(::Union{Type{P},P}) where {P<:Period} = true

broadcastable(x::AbstractTime) = Ref(x)

promote_rule(::Type{Date}, ::Type{DateTime}) = DateTime
==(a::T, b::T) where {T<:TimeType} = value(a) == value(b)
==(a::TimeType, b::TimeType) = (x = promote(a, b); typeof(x[1]) == typeof(x[2]) ? ==(x...) : throw(MethodError(==, (a, b))))
==(a::Time, b::Date) = throw(MethodError(==, (a, b)))
==(a::Date, b::Time) = throw(MethodError(==, (a, b)))
==(a::Time, b::DateTime) = throw(MethodError(==, (a, b)))
==(a::DateTime, b::Time) = throw(MethodError(==, (a, b)))
isless(a::T, b::T) where {T<:TimeType} = isless(value(a), value(b))
isless(a::Date, b::DateTime) = isless(DateTime(a), b)
isless(a::DateTime, b::Date) = isless(a, DateTime(b))
Base.min(a::TimeType) = a
Base.max(a::TimeType) = a
Base.minmax(a::TimeType) = (a, a)

"""
    eps(T)
    eps(x)

The shortest step of a type of dates or times.
"""
eps(::Type{DateTime}) = Millisecond(1)
eps(::Type{Date}) = Day(1)
eps(::Type{Time}) = Nanosecond(1)
eps(::T) where {T<:TimeType} = eps(T)
zero(::Type{DateTime}) = Millisecond(0)
zero(::Type{Date}) = Day(0)
zero(::Type{Time}) = Nanosecond(0)
zero(::T) where {T<:TimeType} = zero(T)::Period
