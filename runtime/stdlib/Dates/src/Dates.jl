# Dates: days, moments and times of day, and periods of time between them.

"""
    Dates

`Date`, `DateTime` and `Time`, the periods `Year` to `Nanosecond`, their arithmetic,
rounding, reading and writing.
"""
module Dates

export Period, DatePeriod, TimePeriod, Year, Quarter, Month, Week, Day, Hour, Minute, Second, Millisecond, Microsecond, Nanosecond,
    TimeZone, UTC, TimeType, DateTime, Date, Time,
    year, quarter, month, week, day, hour, minute, second, dayofmonth, millisecond, microsecond, nanosecond, yearmonth, monthday, yearmonthday,
    dayofweek, isleapyear, daysinmonth, daysinyear, dayofyear, dayname, dayabbr, dayofweekofmonth, daysofweekinmonth,
    monthname, monthabbr, quarterofyear, dayofquarter,
    Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, Mon, Tue, Wed, Thu, Fri, Sat, Sun,
    January, February, March, April, May, June, July, August, September, October, November, December,
    Jan, Feb, Mar, Apr, Jun, Jul, Aug, Sep, Oct, Nov, Dec,
    unix2datetime, datetime2unix, now, today, rata2datetime, datetime2rata, julian2datetime, datetime2julian,
    firstdayofweek, lastdayofweek, firstdayofmonth, lastdayofmonth, firstdayofyear, lastdayofyear, firstdayofquarter, lastdayofquarter,
    tonext, toprev, tofirst, tolast, canonicalize, DateFormat, @dateformat_str, ISODateTimeFormat, ISODateFormat, ISOTimeFormat, RFC1123Format

import Base: //, ==, isless, isequal, hash, show, print, string, +, -, *, /, div, fld, cld, rem, mod, fldmod, gcd, lcm, abs, sign, signbit, zero, one, convert,
    promote_rule, isfinite, eps, typemin, typemax, floor, ceil, round, trunc, length, iterate, step, first, last, in, isempty, steprange_last,
    parse, tryparse, broadcastable, oneunit, divrem, copy, promote, eltype, range, sleep, Timer, timedwait, rationalize

include("types.jl")
include("calendar.jl")
include("query.jl")
include("periods.jl")
include("construct.jl")
include("arithmetic.jl")
include("adjusters.jl")
include("rounding.jl")
include("ranges.jl")
include("formats.jl")
include("parse.jl")
include("text.jl")
include("convert.jl")

end
