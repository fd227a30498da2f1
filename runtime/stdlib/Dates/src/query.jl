# Asking about days and months, and their names.

"""
    Dates.DateLocale(months, months_abbr, days, days_abbr)

The names of months and days in a language; put into `Dates.LOCALES` by a name.
"""
struct DateLocale
    months::Vector{String}
    months_abbr::Vector{String}
    days_of_week::Vector{String}
    days_of_week_abbr::Vector{String}
    month_value::Dict{String,Int64}
    month_abbr_value::Dict{String,Int64}
    day_of_week_value::Dict{String,Int64}
    day_of_week_abbr_value::Dict{String,Int64}
end
function numbers_of_names(names)
    d = Dict{String,Int64}()
    for (i, n) in enumerate(names)
        d[n] = i
        d[lowercase(n)] = i
    end
    d
end
DateLocale(months::Vector, months_abbr::Vector, days::Vector, days_abbr::Vector) =
    DateLocale(months, months_abbr, days, days_abbr, numbers_of_names(months), numbers_of_names(months_abbr), numbers_of_names(days), numbers_of_names(days_abbr))

const ENGLISH = DateLocale(
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
"The languages by their names."
const LOCALES = Dict{String,DateLocale}("english" => ENGLISH)
locale_of(l::DateLocale) = l
locale_of(name::AbstractString) = LOCALES[name]

const Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday = 1, 2, 3, 4, 5, 6, 7
const Mon, Tue, Wed, Thu, Fri, Sat, Sun = 1, 2, 3, 4, 5, 6, 7
const January, February, March, April, May, June, July, August, September, October, November, December = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
const Jan, Feb, Mar, Apr, Jun, Jul, Aug, Sep, Oct, Nov, Dec = 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12
for (names, abbrs, what) in ((ENGLISH.days_of_week, ENGLISH.days_of_week_abbr, "day of the week, as `dayofweek` gives it"), (ENGLISH.months, ENGLISH.months_abbr, "month, as `month` gives it"))
    for (i, (name, abbr)) in enumerate(zip(names, abbrs)), n in unique((name, abbr))
        n == "May" && abbr == "May" || @eval @doc $("`$n`: the $what: $i.") $(Symbol(n))
    end
end
"`May`: the month, as `month` gives it: 5. It is also the short name."
May
ismonday(dt::TimeType) = dayofweek(dt) == Mon
istuesday(dt::TimeType) = dayofweek(dt) == Tue
iswednesday(dt::TimeType) = dayofweek(dt) == Wed
isthursday(dt::TimeType) = dayofweek(dt) == Thu
isfriday(dt::TimeType) = dayofweek(dt) == Fri
issaturday(dt::TimeType) = dayofweek(dt) == Sat
issunday(dt::TimeType) = dayofweek(dt) == Sun

"""
    dayofweek(dt)

The day of the week: 1 is Monday, 7 Sunday.
"""
dayofweek(n::Integer) = mod1(n, 7)
dayofweek(dt::TimeType) = dayofweek(days(dt))
dayname(day::Integer, locale::DateLocale) = locale.days_of_week[day]
dayabbr(day::Integer, locale::DateLocale) = locale.days_of_week_abbr[day]
"""
    dayname(dt; locale="english")
    dayname(day; locale="english")

The name of the day of the week.
"""
dayname(day::Integer; locale::AbstractString="english") = dayname(day, LOCALES[locale])
dayname(dt::TimeType; locale::AbstractString="english") = dayname(dayofweek(dt); locale=locale)
"""
    dayabbr(dt; locale="english")
    dayabbr(day; locale="english")

The short name of the day of the week.
"""
dayabbr(day::Integer; locale::AbstractString="english") = dayabbr(day, LOCALES[locale])
dayabbr(dt::TimeType; locale::AbstractString="english") = dayabbr(dayofweek(dt); locale=locale)
monthname(month::Integer, locale::DateLocale) = locale.months[month]
monthabbr(month::Integer, locale::DateLocale) = locale.months_abbr[month]
"""
    monthname(dt; locale="english")
    monthname(month; locale="english")

The name of the month.
"""
monthname(month::Integer; locale::AbstractString="english") = monthname(month, LOCALES[locale])
monthname(dt::TimeType; locale::AbstractString="english") = monthname(month(dt); locale=locale)
"""
    monthabbr(dt; locale="english")
    monthabbr(month; locale="english")

The short name of the month.
"""
monthabbr(month::Integer; locale::AbstractString="english") = monthabbr(month, LOCALES[locale])
monthabbr(dt::TimeType; locale::AbstractString="english") = monthabbr(month(dt); locale=locale)

"""
    dayofweekofmonth(dt)

Which of its kind a day is in its month: 1 for the first Monday, and so on.
"""
dayofweekofmonth(dt::TimeType) = (day(dt) - 1) ÷ 7 + 1
"""
    daysofweekinmonth(dt)

How many days of its kind the month has, as Mondays for a Monday.
"""
daysofweekinmonth(dt::TimeType) = (daysinmonth(dt) - mod1(day(dt), 7)) ÷ 7 + 1
daysinmonth(dt::TimeType) = ((y, m) = yearmonth(dt); daysinmonth(y, m))
isleapyear(dt::TimeType) = isleapyear(year(dt))
"""
    daysinyear(dt)

365, or 366 in a leap year.
"""
daysinyear(y::Integer) = 365 + isleapyear(y)
daysinyear(dt::TimeType) = daysinyear(year(dt))
"""
    dayofyear(dt)

The day of the year, 1 for the first of January.
"""
dayofyear(y, m, d) = totaldays(y, m, d) - totaldays(y, 1, 1) + 1
dayofyear(dt::TimeType) = dayofyear(yearmonthday(dt)...)
"""
    quarterofyear(dt)

The quarter that the day is in, 1 to 4.
"""
quarterofyear(dt::TimeType) = quarter(dt)
"""
    dayofquarter(dt)

The day of the quarter, from 1.
"""
dayofquarter(dt::TimeType) = days(dt) - totaldays(year(dt), 3quarter(dt) - 2, 1) + 1
