# Making dates and times of their parts.

"Which half of a day an hour of 12 is in: 0 not told, 1 AM, 2 PM."
struct AMPM
    value::Int
end
const no_half = AMPM(0)
const TWENTYFOURHOUR = no_half
const AM = AMPM(1)
const PM = AMPM(2)
argerror(msg) = ArgumentError(msg)
argerror() = nothing

"""
    Dates.validargs(T, parts...)

What is wrong with the parts of a date or time, an `ArgumentError`, or nothing.
"""
function validargs(::Type{Date}, y::Int64, m::Int64, d::Int64)
    0 < m < 13 || return ArgumentError("Month: $m out of range (1:12)")
    0 < d < daysinmonth(y, m) + 1 || return ArgumentError("Day: $d out of range (1:$(daysinmonth(y, m)))")
    nothing
end
function validargs(::Type{DateTime}, y::Int64, m::Int64, d::Int64, h::Int64, mi::Int64, s::Int64, ms::Int64, half::AMPM=no_half)
    0 < m < 13 || return ArgumentError("Month: $m out of range (1:12)")
    0 < d < daysinmonth(y, m) + 1 || return ArgumentError("Day: $d out of range (1:$(daysinmonth(y, m)))")
    if half.value == 0
        -1 < h < 24 || h == 24 && mi == s == ms == 0 || return ArgumentError("Hour: $h out of range (0:23)")
    else
        0 < h < 13 || return ArgumentError("Hour: $h out of range (1:12)")
    end
    -1 < mi < 60 || return ArgumentError("Minute: $mi out of range (0:59)")
    -1 < s < 60 || return ArgumentError("Second: $s out of range (0:59)")
    -1 < ms < 1000 || return ArgumentError("Millisecond: $ms out of range (0:999)")
    nothing
end
function validargs(::Type{Time}, h::Int64, mi::Int64, s::Int64, ms::Int64, us::Int64, ns::Int64, half::AMPM=no_half)
    if half.value == 0
        -1 < h < 24 || return ArgumentError("Hour: $h out of range (0:23)")
    else
        0 < h < 13 || return ArgumentError("Hour: $h out of range (1:12)")
    end
    -1 < mi < 60 || return ArgumentError("Minute: $mi out of range (0:59)")
    -1 < s < 60 || return ArgumentError("Second: $s out of range (0:59)")
    -1 < ms < 1000 || return ArgumentError("Millisecond: $ms out of range (0:999)")
    -1 < us < 1000 || return ArgumentError("Microsecond: $us out of range (0:999)")
    -1 < ns < 1000 || return ArgumentError("Nanosecond: $ns out of range (0:999)")
    nothing
end
# The hour of a day of 24 of one of 12 with AM or PM.
function full_hour(h, half)
    half.value == 0 ? h : h == 12 ? (half.value == 2 ? 12 : 0) : half.value == 2 ? h + 12 : h
end

"""
    DateTime(year, month=1, day=1, hour=0, minute=0, second=0, millisecond=0)
    DateTime(periods...)
    DateTime(date, time)
    DateTime(f, parts...; step=Day(1), limit=10000)
    DateTime(text, format)

A moment. With a function, the first one from the given parts on for which it is true.
"""
function DateTime(y::Int64, m::Int64=1, d::Int64=1, h::Int64=0, mi::Int64=0, s::Int64=0, ms::Int64=0, half::AMPM=no_half)
    err = validargs(DateTime, y, m, d, h, mi, s, ms, half)
    err === nothing || throw(err)
    DateTime(UTM(ms + 1000 * (s + 60mi + 3600full_hour(h, half) + 86400totaldays(y, m, d))))
end
"""
    Date(year, month=1, day=1)
    Date(periods...)
    Date(f, parts...; step=Day(1), limit=10000)
    Date(text, format)

A day. With a function, the first one from the given parts on for which it is true.
"""
function Date(y::Int64, m::Int64=1, d::Int64=1)
    err = validargs(Date, y, m, d)
    err === nothing || throw(err)
    Date(UTD(totaldays(y, m, d)))
end
"""
    Time(hour, minute=0, second=0, millisecond=0, microsecond=0, nanosecond=0)
    Time(periods...)
    Time(f, parts...; step, limit=10000)
    Time(text, format)

A time of day.
"""
function Time(h::Int64, mi::Int64=0, s::Int64=0, ms::Int64=0, us::Int64=0, ns::Int64=0, half::AMPM=no_half)
    err = validargs(Time, h, mi, s, ms, us, ns, half)
    err === nothing || throw(err)
    Time(Nanosecond(ns + 1000us + 1000000ms + 1000000000s + 60000000000mi + 3600000000000full_hour(h, half)))
end
DateTime(y, m=1, d=1, h=0, mi=0, s=0, ms=0) =
    DateTime(Int64(y), Int64(m), Int64(d), Int64(h), Int64(mi), Int64(s), Int64(ms))
Date(y, m=1, d=1) = Date(Int64(y), Int64(m), Int64(d))
Time(h, mi=0, s=0, ms=0, us=0, ns=0) =
    Time(Int64(h), Int64(mi), Int64(s), Int64(ms), Int64(us), Int64(ns))

DateTime(y::Year, m::Month=Month(1), d::Day=Day(1), h::Hour=Hour(0), mi::Minute=Minute(0), s::Second=Second(0), ms::Millisecond=Millisecond(0)) =
    DateTime(value(y), value(m), value(d), value(h), value(mi), value(s), value(ms))
Date(y::Year, m::Month=Month(1), d::Day=Day(1)) = Date(value(y), value(m), value(d))
Time(h::Hour, mi::Minute=Minute(0), s::Second=Second(0), ms::Millisecond=Millisecond(0), us::Microsecond=Microsecond(0), ns::Nanosecond=Nanosecond(0)) =
    Time(value(h), value(mi), value(s), value(ms), value(us), value(ns))

# The value of the last period of a kind, or its default.
function part_of(::Type{P}, periods) where {P}
    v = default(P)
    for p in periods
        p isa P && (v = p)
    end
    value(v)
end
DateTime(p::Period, more::Period...) =
    (ps = (p, more...); DateTime(part_of(Year, ps), part_of(Month, ps), part_of(Day, ps), part_of(Hour, ps), part_of(Minute, ps), part_of(Second, ps), part_of(Millisecond, ps)))
Date(p::Period, more::Period...) = (ps = (p, more...); Date(part_of(Year, ps), part_of(Month, ps), part_of(Day, ps)))
Time(p::TimePeriod, more::TimePeriod...) =
    (ps = (p, more...); Time(part_of(Hour, ps), part_of(Minute, ps), part_of(Second, ps), part_of(Millisecond, ps), part_of(Microsecond, ps), part_of(Nanosecond, ps)))

typemin(::Union{DateTime,Type{DateTime}}) = DateTime(-146138511, 1, 1, 0, 0, 0)
typemax(::Union{DateTime,Type{DateTime}}) = DateTime(146138512, 12, 31, 23, 59, 59)
typemax(::Union{Date,Type{Date}}) = Date(252522163911149, 12, 31)
typemin(::Union{Date,Type{Date}}) = Date(-252522163911150, 1, 1)
typemax(::Union{Time,Type{Time}}) = Time(23, 59, 59, 999, 999, 999)
typemin(::Union{Time,Type{Time}}) = Time(0)
