# Conversions between dates and times, and other ways to count; what time it is.

DateTime(dt::Date) = DateTime(UTM(86400000value(dt)))
DateTime(dt::DateTime) = dt
DateTime(d::Date, t::Time) =
    microsecond(t) > 0 || nanosecond(t) > 0 ? throw(InexactError(:DateTime, DateTime, t)) : d + t
Date(dt::DateTime) = Date(UTD(days(dt)))
Date(dt::Date) = dt
Time(dt::DateTime) = Time(Nanosecond(mod(value(dt), 86400000) * 1000000))
Time(t::Time) = t
Time(t::Period) = Time(Nanosecond(0)) + t
convert(::Type{T}, x::T) where {T<:TimeType} = x
convert(::Type{DateTime}, dt::Date) = DateTime(dt)
convert(::Type{Date}, dt::DateTime) = Date(dt)
convert(::Type{Time}, dt::DateTime) = Time(dt)
convert(::Type{DateTime}, x::Millisecond) = DateTime(UTInstant(x))
convert(::Type{Millisecond}, dt::DateTime) = Millisecond(value(dt))
convert(::Type{Date}, x::Day) = Date(UTInstant(x))
convert(::Type{Day}, dt::Date) = Day(value(dt))
convert(::Type{Time}, x::Nanosecond) = Time(x)
convert(::Type{Nanosecond}, t::Time) = Nanosecond(value(t))

const UNIXEPOCH = 86400000 * totaldays(1970, 1, 1)
"""
    unix2datetime(seconds)

The moment some seconds after the beginning of 1970.
"""
unix2datetime(x) = DateTime(UTM(UNIXEPOCH + trunc(Int64, Int64(1000) * x)))
"""
    datetime2unix(dt)

The seconds since the beginning of 1970.
"""
datetime2unix(dt::DateTime) = (value(dt) - UNIXEPOCH) / 1000.0
"""
    rata2datetime(days)

The moment some days after the day before the year 1.
"""
rata2datetime(n) = DateTime(yearmonthday(Int64(n))...)
"""
    datetime2rata(dt)

The days since the day before the year 1.
"""
datetime2rata(dt::TimeType) = days(dt)
const JULIANEPOCH = 86400000 * totaldays(-4713, 11, 24) + 43200000
"""
    julian2datetime(days)

The moment of a Julian day.
"""
julian2datetime(x) = DateTime(UTM(JULIANEPOCH + round(Int64, 86400000 * x)))
"""
    datetime2julian(dt)

The Julian day.
"""
datetime2julian(dt::DateTime) = (value(dt) - JULIANEPOCH) / 86400000

# The zone's lead in seconds at a time, from "+hhmm".
function lead(t)
    z = Libc.strftime("%z", t)
    length(z) == 5 || return 0
    (z[1] == '-' ? -1 : 1) * (Base.parse(Int, z[2:3]) * 3600 + Base.parse(Int, z[4:5]) * 60)
end
"""
    now()
    now(UTC)

The moment it is, by the clock of this place or by universal time.
"""
now() = (t = time(); unix2datetime(t + lead(t)))
now(::Type{UTC}) = unix2datetime(time())
"""
    today()

The day it is.
"""
today() = Date(now())

# Waiting for a period.
sleep(p::Period) = sleep(seconds(p))
Timer(delay::Period; interval::Period=Second(0)) = Timer(seconds(delay); interval=seconds(interval))
timedwait(f, timeout::Period; pollint::Period=Millisecond(100)) = timedwait(f, seconds(timeout); pollint=seconds(pollint))

# From the parts that the C library knows.
Time(tm::Libc.TmStruct) = Time(tm.hour, tm.min, tm.sec)
Date(tm::Libc.TmStruct) = Date(1900 + tm.year, 1 + tm.month, tm.mday)
DateTime(tm::Libc.TmStruct) = DateTime(1900 + tm.year, 1 + tm.month, tm.mday, tm.hour, tm.min, tm.sec)
