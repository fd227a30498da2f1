# The calendar: days as numbers and back. Day 1 is the first of January of the year 1.

"""
    isleapyear(year)
    isleapyear(dt)

Whether a year has 366 days.
"""
isleapyear(y::Integer) = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)
const month_lengths = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""
    daysinmonth(dt)

The number of days of the month.
"""
daysinmonth(y::Integer, m::Integer) = m == 2 && isleapyear(y) ? 29 : month_lengths[m]

# Years that begin in March: the leap day is the last one.
"""
    Dates.totaldays(year, month, day)

The number of the day.
"""
function totaldays(y, m, d)
    z = m < 3 ? y - 1 : y
    k = m < 3 ? m + 9 : m - 3
    d + (153k + 2) ÷ 5 + 365z + fld(z, 4) - fld(z, 100) + fld(z, 400) - 306
end
# Year, month and day of a number.
function yearmonthday(day::Integer)
    n = Int64(day) + 305
    era = fld(n, 146097)
    e = n - era * 146097
    y = (e - e ÷ 1460 + e ÷ 36524 - e ÷ 146096) ÷ 365
    k = e - (365y + y ÷ 4 - y ÷ 100)
    p = (5k + 2) ÷ 153
    d = k - (153p + 2) ÷ 5 + 1
    m = p < 10 ? p + 3 : p - 9
    (y + 400era + (m < 3 ? 1 : 0), m, d)
end

"""
    year(dt)

The year.
"""
year(dt::TimeType) = yearmonthday(days(dt))[1]
year(n::Integer) = yearmonthday(n)[1]
"""
    month(dt)

The month, 1 to 12.
"""
month(dt::TimeType) = yearmonthday(days(dt))[2]
month(n::Integer) = yearmonthday(n)[2]
"""
    day(dt)

The day of the month.
"""
day(dt::TimeType) = yearmonthday(days(dt))[3]
day(n::Integer) = yearmonthday(n)[3]
"""
    quarter(dt)

The quarter of the year, 1 to 4.
"""
quarter(dt::TimeType) = (month(dt) + 2) ÷ 3
"""
    week(dt)

The week of the year by ISO 8601: that with the year's first Thursday is week 1.
"""
function week(dt::TimeType)
    thursday = days(dt) - mod(days(dt) - 1, 7) + 3
    (thursday - totaldays(yearmonthday(thursday)[1], 1, 1)) ÷ 7 + 1
end
"""
    yearmonthday(dt)

Year, month and day.
"""
yearmonthday(dt::TimeType) = yearmonthday(days(dt))
"""
    yearmonth(dt)

Year and month.
"""
yearmonth(dt::TimeType) = yearmonthday(days(dt))[1:2]
yearmonth(n::Integer) = yearmonthday(n)[1:2]
"""
    monthday(dt)

Month and day.
"""
monthday(dt::TimeType) = yearmonthday(days(dt))[2:3]
monthday(n::Integer) = yearmonthday(n)[2:3]
dayofmonth(dt::TimeType) = day(dt)

"""
    hour(x)

The hour, 0 to 23.
"""
hour(dt::DateTime) = mod(fld(value(dt), 3600000), 24)
hour(t::Time) = mod(fld(value(t), 3600000000000), 24)
"""
    minute(x)

The minute, 0 to 59.
"""
minute(dt::DateTime) = mod(fld(value(dt), 60000), 60)
minute(t::Time) = mod(fld(value(t), 60000000000), 60)
"""
    second(x)

The second, 0 to 59.
"""
second(dt::DateTime) = mod(fld(value(dt), 1000), 60)
second(t::Time) = mod(fld(value(t), 1000000000), 60)
"""
    millisecond(x)

The thousandths of the second.
"""
millisecond(dt::DateTime) = mod(value(dt), 1000)
millisecond(t::Time) = mod(fld(value(t), 1000000), 1000)
"""
    microsecond(t::Time)

The millionths of the second beyond the thousandths.
"""
microsecond(t::Time) = mod(fld(value(t), 1000), 1000)
"""
    nanosecond(t::Time)

The billionths of the second beyond the millionths.
"""
nanosecond(t::Time) = mod(value(t), 1000)
