# Going to other days: the first of a month, the next Monday.

trunc(dt::Date, ::Type{Year}) = Date(UTD(totaldays(year(dt), 1, 1)))
trunc(dt::Date, ::Type{Quarter}) = firstdayofquarter(dt)
trunc(dt::Date, ::Type{Month}) = firstdayofmonth(dt)
trunc(dt::Date, ::Type{Day}) = dt
trunc(dt::DateTime, ::Type{Year}) = DateTime(trunc(Date(dt), Year))
trunc(dt::DateTime, ::Type{Quarter}) = DateTime(trunc(Date(dt), Quarter))
trunc(dt::DateTime, ::Type{Month}) = DateTime(trunc(Date(dt), Month))
trunc(dt::DateTime, ::Type{Day}) = DateTime(Date(dt))
trunc(dt::DateTime, ::Type{P}) where {P<:Union{Hour,Minute,Second}} = dt - Millisecond(mod(value(dt), toms(P(1))))
trunc(dt::DateTime, ::Type{Millisecond}) = dt
trunc(t::Time, ::Type{P}) where {P<:TimePeriod} = Time(Nanosecond(value(t) - mod(value(t), length_of(P))))

"""
    firstdayofweek(dt)

The Monday of the week.
"""
firstdayofweek(dt::Date) = Date(UTD(value(dt) - dayofweek(dt) + 1))
"""
    lastdayofweek(dt)

The Sunday of the week.
"""
lastdayofweek(dt::Date) = Date(UTD(value(dt) + 7 - dayofweek(dt)))
"""
    firstdayofmonth(dt)

The first day of the month.
"""
firstdayofmonth(dt::Date) = Date(UTD(value(dt) - day(dt) + 1))
"""
    lastdayofmonth(dt)

The last day of the month.
"""
lastdayofmonth(dt::Date) = Date(UTD(value(dt) + daysinmonth(dt) - day(dt)))
"""
    firstdayofyear(dt)

The first of January.
"""
firstdayofyear(dt::Date) = Date(UTD(value(dt) - dayofyear(dt) + 1))
"""
    lastdayofyear(dt)

The 31st of December.
"""
lastdayofyear(dt::Date) = Date(UTD(value(dt) + daysinyear(dt) - dayofyear(dt)))
"""
    firstdayofquarter(dt)

The first day of the quarter.
"""
firstdayofquarter(dt::Date) = Date(UTD(totaldays(year(dt), 3quarter(dt) - 2, 1)))
"""
    lastdayofquarter(dt)

The last day of the quarter.
"""
lastdayofquarter(dt::Date) = (m = 3quarter(dt); Date(UTD(totaldays(year(dt), m, daysinmonth(year(dt), m)))))
for f in (:firstdayofweek, :lastdayofweek, :firstdayofmonth, :lastdayofmonth, :firstdayofyear, :lastdayofyear, :firstdayofquarter, :lastdayofquarter)
    @eval $f(dt::DateTime) = DateTime($f(Date(dt)))
end

# The first of start, start + step, ... for which f is true.
function adjust(f, start, step, limit)
    for i in 1:limit
        f(start) && return start
        start += step
    end
    throw(ArgumentError("Adjustment limit reached: $limit iterations"))
end
Date(f::Function, y, m=1, d=1; step::Period=Day(1), limit::Int=10000) = adjust(f, Date(y, m, d), step, limit)
DateTime(f::Function, y, m=1; step::Period=Day(1), limit::Int=10000) = adjust(f, DateTime(y, m), step, limit)
DateTime(f::Function, y, m, d; step::Period=Hour(1), limit::Int=10000) = adjust(f, DateTime(y, m, d), step, limit)
DateTime(f::Function, y, m, d, h; step::Period=Minute(1), limit::Int=10000) = adjust(f, DateTime(y, m, d, h), step, limit)
DateTime(f::Function, y, m, d, h, mi; step::Period=Second(1), limit::Int=10000) = adjust(f, DateTime(y, m, d, h, mi), step, limit)
DateTime(f::Function, y, m, d, h, mi, s; step::Period=Millisecond(1), limit::Int=10000) = adjust(f, DateTime(y, m, d, h, mi, s), step, limit)
Time(f::Function, h, mi=0; step::Period=Second(1), limit::Int=10000) = adjust(f, Time(h, mi), step, limit)
Time(f::Function, h, mi, s; step::Period=Millisecond(1), limit::Int=10000) = adjust(f, Time(h, mi, s), step, limit)
Time(f::Function, h, mi, s, ms; step::Period=Microsecond(1), limit::Int=10000) = adjust(f, Time(h, mi, s, ms), step, limit)
Time(f::Function, h, mi, s, ms, us; step::Period=Nanosecond(1), limit::Int=10000) = adjust(f, Time(h, mi, s, ms, us), step, limit)

# A day of the week by its number.
check_day(dow) = 1 <= dow <= 7 || throw(KeyError(dow))

"""
    tonext(dt, day; same=false)
    tonext(f, dt; step=Day(1), limit=10000, same=false)

The next day that is a certain day of the week, or for which `f` is true; with `same`,
`dt` itself may be it.
"""
tonext(dt::TimeType, dow::Int; same::Bool=false) = (check_day(dow); dt + Day(same ? mod(dow - dayofweek(dt), 7) : mod1(dow - dayofweek(dt), 7)))
tonext(f::Function, dt::TimeType; step::Period=Day(1), limit::Int=10000, same::Bool=false) = adjust(f, same ? dt : dt + step, step, limit)
"""
    toprev(dt, day; same=false)
    toprev(f, dt; step=Day(-1), limit=10000, same=false)

The last day before `dt` that is a certain day of the week, or for which `f` is true.
"""
toprev(dt::TimeType, dow::Int; same::Bool=false) = (check_day(dow); dt - Day(same ? mod(dayofweek(dt) - dow, 7) : mod1(dayofweek(dt) - dow, 7)))
toprev(f::Function, dt::TimeType; step::Period=Day(-1), limit::Int=10000, same::Bool=false) = adjust(f, same ? dt : dt + step, step, limit)
"""
    tofirst(dt, day; of=Month)

The first of a day of the week in the month or `Year`.
"""
function tofirst(dt::TimeType, dow::Int; of::Union{Type{Year},Type{Month}}=Month)
    tonext(of <: Month ? firstdayofmonth(dt) : firstdayofyear(dt), dow; same=true)
end
"""
    tolast(dt, day; of=Month)

The last of a day of the week in the month or `Year`.
"""
function tolast(dt::TimeType, dow::Int; of::Union{Type{Year},Type{Month}}=Month)
    toprev(of <: Month ? lastdayofmonth(dt) : lastdayofyear(dt), dow; same=true)
end
