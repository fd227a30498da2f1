# How dates and times are shown.

show_year(y) = y < 0 ? string('-', string(-y; pad=4)) : string(y; pad=4)
two(n) = string(n; pad=2)
function print(io::IO, dt::Date)
    y, m, d = yearmonthday(dt)
    print(io, show_year(y), '-', two(m), '-', two(d))
end
function print(io::IO, dt::DateTime)
    y, m, d = yearmonthday(dt)
    ms = millisecond(dt)
    print(io, show_year(y), '-', two(m), '-', two(d), 'T', two(hour(dt)), ':', two(minute(dt)), ':', two(second(dt)))
    ms == 0 || print(io, '.', rstrip(string(ms; pad=3), '0'))
    nothing
end
function print(io::IO, t::Time)
    print(io, two(hour(t)), ':', two(minute(t)), ':', two(second(t)))
    f = mod(value(t), 1000000000)
    f == 0 && return nothing
    # thousandths, millionths or billionths
    digits = string(f; pad=9)
    print(io, '.', f % 1000000 == 0 ? rstrip(digits[1:3], '0') : f % 1000 == 0 ? rstrip(digits[1:6], '0') : rstrip(digits, '0'))
end
string(dt::TimeType) = sprint(print, dt)
show(io::IO, ::MIME"text/plain", dt::TimeType) = print(io, dt)
show(io::IO, dt::Date) = print(io, Date, "(\"", string(dt), "\")")
show(io::IO, dt::DateTime) = print(io, DateTime, "(\"", string(dt), "\")")
# As a call with the parts up to the last one that is not 0.
function show(io::IO, t::Time)
    parts = [hour(t), minute(t), second(t), millisecond(t), microsecond(t), nanosecond(t)]
    n = max(1, something(findlast(!iszero, parts), 1))
    print(io, Time, "(", join(parts[1:n], ", "), ")")
end
Base.typeinfo_implicit(::Type{Date}) = true
Base.typeinfo_implicit(::Type{DateTime}) = true
Base.typeinfo_implicit(::Type{<:Period}) = true
