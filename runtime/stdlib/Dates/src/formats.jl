# Formats: how dates and times are written and read.

"A piece of a format."
abstract type AbstractDateToken end
"A part of a date or time in a format; its letter tells which."
struct DatePart{letter} <: AbstractDateToken
    width::Int
    fixed::Bool    # another part follows at once: it is read only as far as its width
end
"Text between the parts of a format."
struct Delim{T,N} <: AbstractDateToken
    d::T
end
Delim(d::T) where {T<:AbstractChar} = Delim{T,1}(d)
Delim(d::String) = Delim{String,length(d)}(d)
show(io::IO, t::DatePart{c}) where {c} = print(io, "DatePart(", c^t.width, ")")
show(io::IO, t::Delim) = print(io, "Delim(", escape_string(string(t.d)), ")")

"""
    DateFormat(format, locale="english")
    dateformat"format"

How dates and times are written: `y` year, `m` month, `u` and `U` its short and full
name, `d` day, `e` and `E` short and full name of the day, `H` hour, `I` hour of 12, `p`
AM or PM, `M` minute, `S` second, `s` millisecond; all else stands for itself, a letter
with a backslash too.
"""
struct DateFormat{S,T<:Tuple}
    tokens::T
    locale::DateLocale
end
"The letters of formats and the periods that they are read as."
const CONVERSION_SPECIFIERS = Dict{Char,Type}('y' => Year, 'Y' => Year, 'm' => Month, 'u' => Month, 'U' => Month, 'e' => AbstractDateToken, 'E' => AbstractDateToken,
    'd' => Day, 'H' => Hour, 'I' => Hour, 'M' => Minute, 'S' => Second, 's' => Millisecond, 'p' => AMPM)

function DateFormat(f::AbstractString, locale::DateLocale=ENGLISH)
    tokens = AbstractDateToken[]
    text = IOBuffer()
    letter, width = '\0', 0
    # Ends the part that was being read; the text after it is known then.
    function finish(last)
        between = String(take!(text))
        width > 0 && push!(tokens, DatePart{letter}(width, isempty(between) && !last))
        isempty(between) || push!(tokens, Delim(length(between) == 1 ? first(between) : between))
        width = 0
    end
    escaped = false
    for c in f
        if escaped
            print(text, c)
            escaped = false
        elseif c == '\\'
            escaped = true
        elseif haskey(CONVERSION_SPECIFIERS, c)
            if width > 0 && c == letter && position(text) == 0
                width += 1
            else
                finish(false)
                letter, width = c, 1
            end
        else
            print(text, c)
        end
    end
    escaped && print(text, '\\')
    finish(true)
    list = (tokens...,)
    DateFormat{Symbol(f),typeof(list)}(list, locale)
end
DateFormat(f::AbstractString, locale::AbstractString) = DateFormat(f, LOCALES[locale])
# Letters that are no parts are written with a backslash.
function show(io::IO, df::DateFormat)
    print(io, "dateformat\"")
    for t in df.tokens
        t isa DatePart ? print(io, letter_of(t)^t.width) : print(io, join(haskey(CONVERSION_SPECIFIERS, c) ? "\\$c" : c for c in t.d))
    end
    print(io, '"')
end
letter_of(::DatePart{c}) where {c} = c
broadcastable(x::DateFormat) = Ref(x)
macro dateformat_str(text)
    DateFormat(text)
end

# What DateFormat makes of these texts. Reading them each time Dates is loaded would take longer than all else in it.
ready_format(text, tokens...) = DateFormat{text,typeof(tokens)}(tokens, ENGLISH)
"The default format of `DateTime`."
const ISODateTimeFormat = ready_format(Symbol("yyyy-mm-dd\\THH:MM:SS.s"), DatePart{'y'}(4, false), Delim('-'), DatePart{'m'}(2, false), Delim('-'), DatePart{'d'}(2, false),
    Delim('T'), DatePart{'H'}(2, false), Delim(':'), DatePart{'M'}(2, false), Delim(':'), DatePart{'S'}(2, false), Delim('.'), DatePart{'s'}(1, false))
"The default format of `Date`."
const ISODateFormat = ready_format(Symbol("yyyy-mm-dd"), DatePart{'y'}(4, false), Delim('-'), DatePart{'m'}(2, false), Delim('-'), DatePart{'d'}(2, false))
"The default format of `Time`."
const ISOTimeFormat = ready_format(Symbol("HH:MM:SS.s"), DatePart{'H'}(2, false), Delim(':'), DatePart{'M'}(2, false), Delim(':'), DatePart{'S'}(2, false), Delim('.'), DatePart{'s'}(1, false))
"The format of e-mail."
const RFC1123Format = ready_format(Symbol("e, dd u yyyy HH:MM:SS"), DatePart{'e'}(1, false), Delim{String,2}(", "), DatePart{'d'}(2, false), Delim(' '), DatePart{'u'}(1, false),
    Delim(' '), DatePart{'y'}(4, false), Delim(' '), DatePart{'H'}(2, false), Delim(':'), DatePart{'M'}(2, false), Delim(':'), DatePart{'S'}(2, false))
"""
    Dates.default_format(T)

The format that a type is read and written by if none is given.
"""
default_format(::Type{DateTime}) = ISODateTimeFormat
default_format(::Type{Date}) = ISODateFormat
default_format(::Type{Time}) = ISOTimeFormat

## writing

format(io::IO, d::Delim, dt, locale) = print(io, d.d)
format(io::IO, d::DatePart, dt, locale) = format(io, d, dt)
format(io::IO, d::DatePart{'y'}, dt) = print(io, last(string(abs(year(dt)); base=10, pad=d.width), d.width))
format(io::IO, d::DatePart{'Y'}, dt) = print(io, string(year(dt); base=10, pad=d.width))
format(io::IO, d::DatePart{'m'}, dt) = print(io, string(month(dt); base=10, pad=d.width))
format(io::IO, d::DatePart{'d'}, dt) = print(io, string(day(dt); base=10, pad=d.width))
format(io::IO, d::DatePart{'H'}, dt) = print(io, string(hour(dt); base=10, pad=d.width))
format(io::IO, d::DatePart{'I'}, dt) = print(io, string(mod1(hour(dt), 12); base=10, pad=d.width))
format(io::IO, d::DatePart{'M'}, dt) = print(io, string(minute(dt); base=10, pad=d.width))
format(io::IO, d::DatePart{'S'}, dt) = print(io, string(second(dt); base=10, pad=d.width))
format(io::IO, d::DatePart{'p'}, dt, locale) = print(io, hour(dt) < 12 ? "AM" : "PM")
format(io::IO, d::DatePart{'u'}, dt, locale) = print(io, monthabbr(month(dt), locale))
format(io::IO, d::DatePart{'U'}, dt, locale) = print(io, monthname(month(dt), locale))
format(io::IO, d::DatePart{'e'}, dt, locale) = print(io, dayabbr(dayofweek(dt), locale))
format(io::IO, d::DatePart{'E'}, dt, locale) = print(io, dayname(dayofweek(dt), locale))
# As many digits as there have to be, filled up with zeros behind.
function format(io::IO, d::DatePart{'s'}, dt)
    digits = string(millisecond(dt); pad=3)
    short = rstrip(digits, '0')
    print(io, rpad(isempty(short) ? "0" : short, d.width, '0'))
end
function format(io::IO, dt::TimeType, df::DateFormat)
    for token in df.tokens
        format(io, token, dt, df.locale)
    end
end
"""
    Dates.format(dt, format; locale="english")
    Dates.format(io, dt, format)

A date or time as text.
"""
format(dt::TimeType, df::DateFormat=default_format(typeof(dt))) = sprint(format, dt, df)
format(dt::TimeType, f::AbstractString; locale=ENGLISH) = format(dt, DateFormat(f, locale_of(locale)))
