# Dates and times plus and minus periods.

+(x::TimeType) = x
-(a::T, b::T) where {T<:TimeType} = a.instant - b.instant
-(a::Date, b::DateTime) = DateTime(a) - b
-(a::DateTime, b::Date) = a - DateTime(b)
-(a::UTInstant{P}, b::UTInstant{P}) where {P} = a.periods - b.periods
+(d::Date, t::Time) = DateTime(UTM(86400000value(d) + value(t) ÷ 1000000))
+(t::Time, d::Date) = d + t

# Month and year n months on.
monthwrap(m, n) = mod1(m + n, 12)
yearwrap(y, m, n) = y + fld(m + n - 1, 12)
# n months on the day stays, unless the month is too short.
function months_on(y, m, d, n)
    y, m = yearwrap(y, m, n), monthwrap(m, n)
    (y, m, min(d, daysinmonth(y, m)))
end
function +(dt::DateTime, z::OtherPeriod)
    y, m, d = months_on(yearmonthday(dt)..., value(z) * length_of(typeof(z)))
    DateTime(UTM(86400000totaldays(y, m, d) + mod(value(dt), 86400000)))
end
+(dt::Date, z::OtherPeriod) = Date(UTD(totaldays(months_on(yearmonthday(dt)..., value(z) * length_of(typeof(z)))...)))
+(dt::Date, z::Union{Week,Day}) = Date(UTD(value(dt) + days(z)))
+(dt::DateTime, z::Union{Week,Day,Hour,Minute,Second,Millisecond}) = DateTime(UTM(value(dt) + toms(z)))
# Less than a millisecond is rounded.
+(dt::DateTime, z::Union{Microsecond,Nanosecond}) = DateTime(UTM(value(dt) + round(Int64, toms(z))))
+(t::Time, z::TimePeriod) = Time(Nanosecond(mod(value(t) + tons(z), ns_per_day)))
-(dt::Date, z::Union{OtherPeriod,Week,Day}) = dt + -z
-(dt::DateTime, z::Union{OtherPeriod,FixedPeriod}) = dt + -z
-(t::Time, z::TimePeriod) = t + -z
+(z::Period, dt::TimeType) = dt + z

function +(dt::TimeType, z::CompoundPeriod)
    for p in z.periods
        dt += p
    end
    dt
end
+(z::CompoundPeriod, dt::TimeType) = dt + z
function -(dt::TimeType, z::CompoundPeriod)
    for p in z.periods
        dt -= p
    end
    dt
end

# Arrays of dates and periods.
const TimeOrPeriod = Union{TimeType,Period,CompoundPeriod}
+(a::AbstractArray{<:TimeType}, z::Union{Period,CompoundPeriod}) = a .+ z
+(z::Union{Period,CompoundPeriod}, a::AbstractArray{<:TimeType}) = z .+ a
-(a::AbstractArray{<:TimeType}, z::Union{Period,CompoundPeriod}) = a .- z
-(a::AbstractArray{<:TimeType}, z::TimeType) = a .- z
-(z::TimeType, a::AbstractArray{<:TimeType}) = z .- a
+(a::AbstractArray{<:Union{Period,CompoundPeriod}}, z::TimeType) = a .+ z
+(z::TimeType, a::AbstractArray{<:Union{Period,CompoundPeriod}}) = z .+ a
-(z::TimeType, a::AbstractArray{<:Union{Period,CompoundPeriod}}) = z .- a
+(a::AbstractArray{<:Union{Period,CompoundPeriod}}, z::Union{Period,CompoundPeriod}) = a .+ z
+(z::Union{Period,CompoundPeriod}, a::AbstractArray{<:Union{Period,CompoundPeriod}}) = z .+ a
-(a::AbstractArray{<:Union{Period,CompoundPeriod}}, z::Union{Period,CompoundPeriod}) = a .- z
-(z::Union{Period,CompoundPeriod}, a::AbstractArray{<:Union{Period,CompoundPeriod}}) = z .- a
