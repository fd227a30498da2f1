# Times as the C library takes them apart: TmStruct, read by strptime and written by strftime.

"""
    Libc.TmStruct([seconds])

A time in its parts, as C has it: `month` begins at 0, `year` at 1900, `wday` at Sunday, `yday` at 0. Of a number of
seconds since 1970 it is the local time.
"""
mutable struct TmStruct
    sec::Int32
    min::Int32
    hour::Int32
    mday::Int32
    month::Int32
    year::Int32
    wday::Int32
    yday::Int32
    isdst::Int32
end
TmStruct(sec, min, hour, mday, month, year, wday, yday, isdst, _, _, _, _, _) =
    TmStruct(sec, min, hour, mday, month, year, wday, yday, isdst)
TmStruct() = TmStruct(0, 0, 0, 0, 0, 0, 0, 0, 0)
function TmStruct(t::Real)
    n = map(s -> Base.parse(Int, s), Base.split(strftime("%S %M %H %d %m %Y", t)))
    with_days!(TmStruct(n[1], n[2], n[3], n[4], n[5] - 1, n[6] - 1900, 0, 0, 0))
end
# The day of the week and of the year, from the date.
function with_days!(tm)
    y, m, d = Int(tm.year) + 1900, Int(tm.month) + 1, Base.max(Int(tm.mday), 1)
    tm.wday = Base.mod(days_before(y, m, d) + 1, 7)
    tm.yday = days_before(y, m, d) - days_before(y, 1, 1)
    tm
end

const day_names = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
const month_names = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
# Directives that stand for several.
const whole_directives = ('c' => "%a %b %e %H:%M:%S %Y", 'x' => "%m/%d/%y", 'X' => "%H:%M:%S", 'D' => "%m/%d/%y", 'F' => "%Y-%m-%d", 'T' => "%H:%M:%S",
    'R' => "%H:%M", 'r' => "%I:%M:%S %p")
function spelled_out(fmt)
    for (c, long) in whole_directives
        fmt = Base.replace(fmt, "%$c" => long)
    end
    fmt
end
# The number of a day, from a Monday on.
function days_before(year, month, day)
    y = month <= 2 ? year - 1 : year
    m = month <= 2 ? month + 12 : month
    365y + Base.fld(y, 4) - Base.fld(y, 100) + Base.fld(y, 400) + Base.div(153m - 457, 5) + day - 307
end

function strftime(fmt::AbstractString, tm::TmStruct)
    out = Base.IOBuffer()
    two(n) = Base.print(out, Base.lpad(Int(n), 2, '0'))
    chars = Base.Iterators.Stateful(spelled_out(String(fmt)))
    for c in chars
        if c != '%' || Base.isempty(chars)
            Base.print(out, c)
            continue
        end
        d = Base.popfirst!(chars)
        h12 = Base.mod1(Int(tm.hour), 12)
        d == 'H' ? two(tm.hour) : d == 'I' ? two(h12) : d == 'M' ? two(tm.min) : d == 'S' ? two(tm.sec) :
        d == 'd' ? two(tm.mday) : d == 'e' ? Base.print(out, Base.lpad(Int(tm.mday), 2)) : d == 'm' ? two(tm.month + 1) :
        d == 'y' ? two(Base.mod(tm.year, 100)) : d == 'Y' ? Base.print(out, tm.year + 1900) : d == 'j' ? Base.print(out, Base.lpad(Int(tm.yday + 1), 3, '0')) :
        d == 'p' ? Base.print(out, tm.hour < 12 ? "AM" : "PM") : d == 'w' ? Base.print(out, tm.wday) :
        d == 'A' ? Base.print(out, day_names[tm.wday+1]) : d == 'a' ? Base.print(out, day_names[tm.wday+1][1:3]) :
        d == 'B' ? Base.print(out, month_names[tm.month+1]) : d in ('b', 'h') ? Base.print(out, month_names[tm.month+1][1:3]) :
        d == 'n' ? Base.print(out, '\n') : d == 't' ? Base.print(out, '\t') : d == '%' ? Base.print(out, '%') :
        Base.throw(Base.ArgumentError("the directive %$d is not known"))
    end
    String(Base.take!(out))
end

"""
    Libc.strptime([format="%c",] text)

Read a time that is written as `format` says, in its parts: a `TmStruct`. A text that is not so is an ArgumentError.
"""
strptime(text::AbstractString) = strptime("%c", text)
function strptime(fmt::AbstractString, text::AbstractString)
    tm, half, hour12, dated = TmStruct(), 0, false, false
    at = 1
    bad() = Base.throw(Base.ArgumentError("invalid arguments"))
    # A number of up to n digits.
    function number(n)
        k = at
        while k <= Base.lastindex(text) && k < at + n && Base.isdigit(text[k])
            k += 1
        end
        k == at && bad()
        x = Base.parse(Int, text[at:k-1])
        at = k
        x
    end
    # The place of a name, in full or its first three letters, among names.
    function name(names)
        rest = Base.lowercase(text[at:end])
        for whole in (true, false), (i, s) in Base.enumerate(names)
            w = Base.lowercase(whole ? s : s[1:3])
            if Base.startswith(rest, w)
                at += length(w)
                return i - 1
            end
        end
        bad()
    end
    skip() = (while at <= Base.lastindex(text) && Base.isspace(text[at]); at = Base.nextind(text, at); end; nothing)
    chars = Base.Iterators.Stateful(spelled_out(String(fmt)))
    for c in chars
        if Base.isspace(c)
            skip()
            continue
        elseif c != '%'
            at <= Base.lastindex(text) && text[at] == c || bad()
            at = Base.nextind(text, at)
            continue
        end
        d = Base.popfirst!(chars)
        d in ('e', 'a', 'A') && skip()
        if d == 'H'
            tm.hour = number(2)
        elseif d == 'I'
            tm.hour, hour12 = number(2), true
        elseif d == 'M'
            tm.min = number(2)
        elseif d == 'S'
            tm.sec = number(2)
        elseif d in ('d', 'e')
            tm.mday, dated = number(2), true
        elseif d == 'm'
            tm.month, dated = number(2) - 1, true
        elseif d == 'Y'
            tm.year, dated = number(4) - 1900, true
        elseif d == 'y'
            y = number(2)
            tm.year, dated = y < 69 ? y + 100 : y, true
        elseif d == 'j'
            tm.yday = number(3) - 1
        elseif d in ('b', 'B', 'h')
            tm.month, dated = name(month_names), true
        elseif d in ('a', 'A')
            tm.wday = name(day_names)
        elseif d == 'p'
            at + 1 <= Base.lastindex(text) && Base.lowercase(text[at:at+1]) in ("am", "pm") || bad()
            half = text[at] in ('p', 'P') ? 12 : 0
            at += 2
        elseif d == '%'
            text[at] == '%' || bad()
            at += 1
        else
            Base.throw(Base.ArgumentError("the directive %$d is not known"))
        end
    end
    at > Base.lastindex(text) || bad()
    hour12 && (tm.hour = tm.hour % 12 + half)
    0 <= tm.hour < 24 && 0 <= tm.min < 60 && 0 <= tm.sec < 62 && 0 <= tm.month < 12 && tm.mday < 32 || bad()
    dated ? with_days!(tm) : tm
end
"`Libc.time(tm)`: the seconds since 1970 of a local time in its parts."
function time(tm::TmStruct)
    days = days_before(Int(tm.year) + 1900, Int(tm.month) + 1, Int(tm.mday)) - days_before(1970, 1, 1)
    utc = 86400days + 3600Int(tm.hour) + 60Int(tm.min) + Int(tm.sec)
    z = strftime("%z", utc)
    Float64(utc - (z[1] == '-' ? -1 : 1) * (3600Base.parse(Int, z[2:3]) + 60Base.parse(Int, z[4:5])))
end
