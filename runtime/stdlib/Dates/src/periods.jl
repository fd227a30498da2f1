# Periods: arithmetic among themselves, comparison, compound periods.

for (P, f) in ((:Year, :year), (:Quarter, :quarter), (:Month, :month), (:Week, :week), (:Day, :day), (:Hour, :hour), (:Minute, :minute), (:Second, :second),
               (:Millisecond, :millisecond), (:Microsecond, :microsecond), (:Nanosecond, :nanosecond))
    unit = " $f"
    @eval begin
        _units(x::$P) = abs(value(x)) == 1 ? $unit : $(unit * "s")
        $P(x::$(P in (:Microsecond, :Nanosecond) ? :Time : P in (:Hour, :Minute, :Second, :Millisecond) ? :(Union{Time,DateTime}) : :(Union{Date,DateTime}))) = $P($f(x))
        $P(s::AbstractString) = $P(Base.parse(Int64, s))
    end
end
show(io::IO, p::P) where {P<:Period} = (show_period_type(io, P); print(io, '(', value(p), ')'))
show_period_type(io, P) = print(io, P)
print(io::IO, p::Period) = print(io, value(p), _units(p))
show(io::IO, ::MIME"text/plain", p::Period) = print(io, p)
string(p::Period) = sprint(print, p)

zero(::Union{Type{P},P}) where {P<:Period} = P(0)
one(::Union{Type{P},P}) where {P<:Period} = 1
oneunit(::Union{Type{P},P}) where {P<:Period} = P(1)
typemin(::Type{P}) where {P<:Period} = P(typemin(Int64))
typemax(::Type{P}) where {P<:Period} = P(typemax(Int64))

# Periods of one type.
-(x::P) where {P<:Period} = P(-value(x))
+(x::Period) = x
==(a::P, b::P) where {P<:Period} = value(a) == value(b)
isless(a::P, b::P) where {P<:Period} = isless(value(a), value(b))
+(a::P, b::P) where {P<:Period} = P(value(a) + value(b))
-(a::P, b::P) where {P<:Period} = P(value(a) - value(b))
rem(a::P, b::P) where {P<:Period} = P(rem(value(a), value(b)))
mod(a::P, b::P) where {P<:Period} = P(mod(value(a), value(b)))
gcd(a::P, b::P) where {P<:Period} = P(gcd(value(a), value(b)))
lcm(a::P, b::P) where {P<:Period} = P(lcm(value(a), value(b)))
Base.gcdx(a::P, b::P) where {P<:Period} = ((g, x, y) = gcdx(value(a), value(b)); (P(g), x, y))
/(a::P, b::P) where {P<:Period} = value(a) / value(b)
div(a::P, b::P, r::RoundingMode=RoundToZero) where {P<:Period} = div(value(a), value(b), r)
fld(a::P, b::P) where {P<:Period} = fld(value(a), value(b))
cld(a::P, b::P) where {P<:Period} = cld(value(a), value(b))
divrem(a::P, b::P) where {P<:Period} = (div(a, b), rem(a, b))
fldmod(a::P, b::P) where {P<:Period} = (fld(a, b), mod(a, b))
/(a::P, b::Real) where {P<:Period} = P(value(a) / b)
div(a::P, b::Real, r::RoundingMode=RoundToZero) where {P<:Period} = P(div(value(a), Int64(b), r))
rem(a::P, b::Real) where {P<:Period} = P(rem(value(a), Int64(b)))
mod(a::P, b::Real) where {P<:Period} = P(mod(value(a), Int64(b)))
*(a::P, b::Real) where {P<:Period} = P(value(a) * b)
*(b::Real, a::Period) = a * b
abs(a::P) where {P<:Period} = P(abs(value(a)))
sign(a::Period) = sign(value(a))
signbit(a::Period) = signbit(value(a))
//(a::P, b::P) where {P<:Period} = value(a) // value(b)
/(a::AbstractArray{<:Period}, b::Period) = a ./ b
/(a::AbstractArray{<:Period}, b::Real) = a ./ b
*(a::AbstractArray{<:Period}, b::Real) = a .* b
*(a::AbstractArray, b::Period) = Base.broadcast_preserving_zero_d(*, a, b)
*(a::Period, b::AbstractArray) = Base.broadcast_preserving_zero_d(*, a, b)

# Periods that others can be made of: nanoseconds in one, or months in one.
const FixedPeriod = Union{Week,Day,Hour,Minute,Second,Millisecond,Microsecond,Nanosecond}
const OtherPeriod = Union{Month,Quarter,Year}
const ConvertiblePeriod = FixedPeriod
length_of(::Type{Week}) = 604800000000000
length_of(::Type{Day}) = 86400000000000
length_of(::Type{Hour}) = 3600000000000
length_of(::Type{Minute}) = 60000000000
length_of(::Type{Second}) = 1000000000
length_of(::Type{Millisecond}) = 1000000
length_of(::Type{Microsecond}) = 1000
length_of(::Type{Nanosecond}) = 1
length_of(::Type{Year}) = 12
length_of(::Type{Quarter}) = 3
length_of(::Type{Month}) = 1

function convert_period(::Type{T}, x) where {T}
    from = length_of(typeof(x))
    to = length_of(T)
    from >= to && return T(Int64(widemul(value(x), from ÷ to)))
    k = to ÷ from
    rem(value(x), k) == 0 || throw(InexactError(:divexact, Int64, value(x) / k))
    T(value(x) ÷ k)
end
convert(::Type{T}, x::T) where {T<:Period} = x
convert(::Type{T}, x::FixedPeriod) where {T<:FixedPeriod} = convert_period(T, x)
convert(::Type{T}, x::OtherPeriod) where {T<:OtherPeriod} = convert_period(T, x)
for P in (:Week, :Day, :Hour, :Minute, :Second, :Millisecond, :Microsecond, :Nanosecond)
    @eval $P(x::FixedPeriod) = convert($P, x)
end
for P in (:Year, :Quarter, :Month)
    @eval $P(x::OtherPeriod) = convert($P, x)
end
promote_rule(::Type{A}, ::Type{B}) where {A<:FixedPeriod,B<:FixedPeriod} = length_of(A) < length_of(B) ? A : B
promote_rule(::Type{A}, ::Type{B}) where {A<:OtherPeriod,B<:OtherPeriod} = length_of(A) < length_of(B) ? A : B

# Periods of different types.
isless(a::FixedPeriod, b::OtherPeriod) = throw(MethodError(isless, (a, b)))
isless(a::OtherPeriod, b::FixedPeriod) = throw(MethodError(isless, (a, b)))
# Those that programs define are compared as what they can be promoted to.
for f in (:isless, :(==))
    @eval function $f(a::Period, b::Period)
        x, y = promote(a, b)
        typeof(x) === typeof(y) || throw(MethodError($f, (a, b)))
        $f(x, y)
    end
end
# They are compared as what they are multiples of.
units(x) = widemul(value(x), length_of(typeof(x)))
# The numbers of two periods in the shorter of their units, and this.
function in_common(a, b)
    P = promote_type(typeof(a), typeof(b))
    (value(convert(P, a)), value(convert(P, b)), P)
end
for F in (:FixedPeriod, :OtherPeriod)
    @eval begin
        isless(a::$F, b::$F) = typeof(a) === typeof(b) ? value(a) < value(b) : units(a) < units(b)
        ==(a::$F, b::$F) = typeof(a) === typeof(b) ? value(a) == value(b) : units(a) == units(b)
        divrem(a::$F, b::$F) = (div(a, b), rem(a, b))
        div(a::$F, b::$F, r::RoundingMode=RoundToZero) = ((x, y, P) = in_common(a, b); div(x, y, r))
    end
    for f in (:rem, :mod, :gcd, :lcm)
        @eval $f(a::$F, b::$F) = ((x, y, P) = in_common(a, b); P($f(x, y)))
    end
    for f in (:/, :fld, :cld, ://)
        @eval $f(a::$F, b::$F) = ((x, y, P) = in_common(a, b); $f(x, y))
    end
end
==(a::FixedPeriod, b::OtherPeriod) = iszero(value(a)) && iszero(value(b))
==(a::OtherPeriod, b::FixedPeriod) = b == a

# Equal periods have equal hashes: those of the nanoseconds, or of the months.
hash(x::FixedPeriod, h::UInt) = hash(0 + widemul(value(x), length_of(typeof(x))), h + (iszero(value(x)) ? 0x2f : 0x71) % UInt)
hash(x::OtherPeriod, h::UInt) = hash(0 + widemul(value(x), length_of(typeof(x))), h + (iszero(value(x)) ? 0x2f : 0x93) % UInt)

"""
    Dates.toms(x)

The milliseconds of a period, years and months by their mean length.
"""
toms(x::Nanosecond) = value(x) / 1e6
toms(x::Microsecond) = value(x) / 1000
toms(x::FixedPeriod) = value(x) * (length_of(typeof(x)) ÷ 1000000)
toms(x::Month) = 86400000.0 * 30.436875 * value(x)
toms(x::Quarter) = 86400000.0 * 91.310625 * value(x)
toms(x::Year) = 86400000.0 * 365.2425 * value(x)
"""
    Dates.tons(x)

The nanoseconds of a period.
"""
tons(x) = toms(x) * 1000000
tons(x::FixedPeriod) = value(x) * length_of(typeof(x))
"""
    Dates.days(x)

The days of a period, years and months by their mean length.
"""
days(x::Union{Nanosecond,Microsecond,Millisecond,Second,Minute,Hour}) = div(tons(x), 86400000000000)
days(x::Day) = value(x)
days(x::Week) = 7value(x)
days(x::Year) = 365.2425 * value(x)
days(x::Quarter) = 91.310625 * value(x)
days(x::Month) = 30.436875 * value(x)
"""
    Dates.seconds(x)

The seconds of a period, as a number with a fraction.
"""
seconds(x::Nanosecond) = value(x) / 1000000000
seconds(x::Microsecond) = value(x) / 1000000
seconds(x::Millisecond) = value(x) / 1000
seconds(x::Union{Second,Minute,Hour,Day,Week}) = value(x) * (length_of(typeof(x)) ÷ 1000000000)
seconds(x::Union{Year,Quarter,Month}) = toms(x) / 1000

## several periods

"""
    Dates.CompoundPeriod(periods)

Several periods of different kinds together, the longest first.
"""
struct CompoundPeriod <: AbstractTime
    periods::Vector{Period}
    # Those of a kind are added up, those of nothing left out.
    function CompoundPeriod(ps::Vector{Period})
        list = Period[]
        for P in (Year, Quarter, Month, Week, Day, Hour, Minute, Second, Millisecond, Microsecond, Nanosecond)
            n = zero(Int64)
            for p in ps
                p isa P && (n += value(p))
            end
            n == 0 || push!(list, P(n))
        end
        for p in ps
            p isa Union{FixedPeriod,OtherPeriod} || iszero(value(p)) || push!(list, p)
        end
        new(list)
    end
end
CompoundPeriod(ps::Vector{<:Period}) = CompoundPeriod(Vector{Period}(ps))
CompoundPeriod(t::Time) = CompoundPeriod(Period[Hour(t), Minute(t), Second(t), Millisecond(t), Microsecond(t), Nanosecond(t)])
CompoundPeriod(p::Period...) = CompoundPeriod(Period[p...])
CompoundPeriod() = CompoundPeriod(Period[])
convert(::Type{CompoundPeriod}, x::Period) = CompoundPeriod(Period[x])
convert(::Type{CompoundPeriod}, x::CompoundPeriod) = x
"""
    Dates.periods(x)

The periods that a compound period is made of.
"""
periods(x::CompoundPeriod) = x.periods
iterate(x::CompoundPeriod, st...) = iterate(x.periods, st...)
length(x::CompoundPeriod) = length(x.periods)
zero(::Union{Type{CompoundPeriod},CompoundPeriod}) = CompoundPeriod()
function print(io::IO, x::CompoundPeriod)
    isempty(x.periods) ? print(io, "empty period") : join(io, x.periods, ", ")
    nothing
end
string(x::CompoundPeriod) = sprint(print, x)
show(io::IO, x::CompoundPeriod) = print(io, x)

+(a::Period, b::Period) = CompoundPeriod(Period[a, b])
-(a::Period, b::Period) = CompoundPeriod(Period[a, -b])
+(a::CompoundPeriod, b::Period) = CompoundPeriod(vcat(a.periods, Period[b]))
+(a::Period, b::CompoundPeriod) = b + a
+(a::CompoundPeriod, b::CompoundPeriod) = CompoundPeriod(vcat(a.periods, b.periods))
-(a::CompoundPeriod) = CompoundPeriod(Period[-p for p in a.periods])
-(a::CompoundPeriod, b::Period) = a + -b
-(a::Period, b::CompoundPeriod) = a + -b
-(a::CompoundPeriod, b::CompoundPeriod) = a + -b
+(a::CompoundPeriod) = a

# The same when written with the same periods.
function ==(a::CompoundPeriod, b::CompoundPeriod)
    x = canonicalize(a).periods
    y = canonicalize(b).periods
    length(x) == length(y) && all(i -> x[i] == y[i], 1:length(x))
end
==(a::CompoundPeriod, b::Period) = a == CompoundPeriod(b)
==(a::Period, b::CompoundPeriod) = CompoundPeriod(a) == b
isequal(a::CompoundPeriod, b::CompoundPeriod) = a == b
isequal(::CompoundPeriod, ::Period) = false
isequal(::Period, ::CompoundPeriod) = false
hash(x::CompoundPeriod, h::UInt) = hash(canonicalize(x).periods, hash(0x4567bde123456789 % UInt, h))
isless(a::CompoundPeriod, b::CompoundPeriod) = tons(a - b) < 0
isless(a::Period, b::CompoundPeriod) = CompoundPeriod(a) < b
isless(a::CompoundPeriod, b::Period) = a < CompoundPeriod(b)
toms(x::CompoundPeriod) = isempty(x.periods) ? 0.0 : Float64(sum(toms, x.periods))
tons(x::CompoundPeriod) = isempty(x.periods) ? 0.0 : Float64(sum(tons, x.periods))
days(x::CompoundPeriod) = isempty(x.periods) ? 0.0 : Float64(sum(days, x.periods))
seconds(x::CompoundPeriod) = isempty(x.periods) ? 0.0 : Float64(sum(seconds, x.periods))

"""
    canonicalize(x)

A period as one of larger units as far as they divide it: 90 minutes are an hour and
30 minutes.
"""
canonicalize(x::Period) = canonicalize(CompoundPeriod(x))
function canonicalize(x::CompoundPeriod)
    out = Period[]
    rest = Period[]
    for (family, units) in ((OtherPeriod, (Year, Month)), (FixedPeriod, (Week, Day, Hour, Minute, Second, Millisecond, Microsecond, Nanosecond)))
        n = Int128(0)
        for p in x.periods
            p isa family && (n += widemul(value(p), length_of(typeof(p))))
        end
        for P in units
            k, n = divrem(n, length_of(P))
            k == 0 || push!(out, P(k))
        end
    end
    for p in x.periods
        p isa Union{FixedPeriod,OtherPeriod} || push!(rest, p)
    end
    CompoundPeriod(vcat(out, rest))
end
