# Reading dates and times.

"Thousandths: what a fraction of a second is read as."
struct Decimal3
    value::Int64
end

# Reading a token at index i of s gives its value and the next index, or nothing.
function read_digits(s, i, most)
    n = 0
    v = Int64(0)
    while i <= ncodeunits(s) && (most == 0 || n < most)
        c = s[i]
        '0' <= c <= '9' || break
        v = 10v + (c - '0')
        n += 1
        i += 1
    end
    n == 0 ? nothing : (v, i, n)
end
function read_word(s, i, most)
    j = i
    n = 0
    while j <= ncodeunits(s) && (most == 0 || n < most) && isletter(s[j])
        j = nextind(s, j)
        n += 1
    end
    n == 0 ? nothing : (SubString(s, i, prevind(s, j)), j)
end
max_width(d::DatePart) = d.fixed ? d.width : 0

"""
    Dates.tryparsenext(token, str, i, len, locale)

Read a piece of a format at an index: the value and the next index, or nothing.
"""
tryparsenext(d::AbstractDateToken, s, i, len, locale) = tryparsenext(d, s, i, len)
function tryparsenext(d::DatePart, s, i, len)
    r = read_digits(s, i, max_width(d))
    r === nothing ? nothing : (r[1], r[2])
end
function tryparsenext(d::DatePart{'y'}, s, i, len)
    negative = i <= len && s[i] == '-'
    r = read_digits(s, negative || i <= len && s[i] == '+' ? i + 1 : i, max_width(d))
    r === nothing ? nothing : (negative ? -r[1] : r[1], r[2])
end
function tryparsenext(d::DatePart{'s'}, s, i, len)
    r = read_digits(s, i, max_width(d))
    r === nothing && return nothing
    v, j, n = r
    n <= 3 && return (v * 10^(3 - n), j)
    q, rest = divrem(v, Int64(10)^(n - 3))
    rest == 0 || throw(InexactError(:convert, Decimal3, v))
    (q, j)
end
function tryparsenext(d::DatePart{'p'}, s, i, len)
    w = i + 1 <= len ? uppercase(SubString(s, i, nextind(s, i))) : ""
    w == "AM" ? (AMPM(1), i + 2) : w == "PM" ? (AMPM(2), i + 2) : nothing
end
function read_name(names, d, s, i)
    r = read_word(s, i, max_width(d))
    r === nothing && return nothing
    v = get(names, String(r[1]), 0)
    v == 0 && (v = get(names, lowercase(r[1]), 0))
    v == 0 ? nothing : (v, r[2])
end
tryparsenext(d::DatePart{'u'}, s, i, len, locale) = read_name(locale.month_abbr_value, d, s, i)
tryparsenext(d::DatePart{'U'}, s, i, len, locale) = read_name(locale.month_value, d, s, i)
tryparsenext(d::DatePart{'e'}, s, i, len, locale) = read_name(locale.day_of_week_abbr_value, d, s, i)
tryparsenext(d::DatePart{'E'}, s, i, len, locale) = read_name(locale.day_of_week_value, d, s, i)
function tryparsenext(d::Delim, s, i, len)
    for c in d.d
        i <= ncodeunits(s) && s[i] == c || return nothing
        i = nextind(s, i)
    end
    (true, i)
end

# The parts that a text holds, as pairs of letter and value. A text may end early.
function read_parts(s, df::DateFormat, raise)
    parts = Pair{Char,Any}[]
    i = 1
    for token in df.tokens
        i > ncodeunits(s) && return parts
        r = tryparsenext(token, s, i, ncodeunits(s), df.locale)
        if r === nothing
            raise && throw(ArgumentError("Unable to parse date time. Expected directive $token at char $i"))
            return nothing
        end
        token isa DatePart && push!(parts, letter_of(token) => r[1])
        i = r[2]
    end
    if i <= ncodeunits(s)
        raise && throw(ArgumentError("Found extra characters at the end of date time string"))
        return nothing
    end
    parts
end

function value_of(parts, ::Type{P}, default) where {P}
    for (c, v) in parts
        CONVERSION_SPECIFIERS[c] === P && return v
    end
    default
end
arguments(::Type{Date}, p) = (value_of(p, Year, 1), value_of(p, Month, 1), value_of(p, Day, 1))
arguments(::Type{DateTime}, p) = (value_of(p, Year, 1), value_of(p, Month, 1), value_of(p, Day, 1), value_of(p, Hour, 0), value_of(p, Minute, 0),
    value_of(p, Second, 0), value_of(p, Millisecond, 0), value_of(p, AMPM, no_half))
arguments(::Type{Time}, p) = (value_of(p, Hour, 0), value_of(p, Minute, 0), value_of(p, Second, 0), value_of(p, Millisecond, 0), 0, 0, value_of(p, AMPM, no_half))

"""
    parse(T, text, format)

A date or time that a text writes in a format.
"""
function parse(::Type{T}, s::AbstractString, df::DateFormat=default_format(T)) where {T<:TimeType}
    isempty(s) && throw(ArgumentError("Cannot parse an empty string as a $(T === DateTime && df === ISODateTimeFormat ? "DateTime" : "Date")"))
    if T === DateTime && df === ISODateTimeFormat
        parts = try
            read_parts(s, df, false)
        catch
            nothing
        end
        parts === nothing && throw(ArgumentError("Invalid DateTime string"))
        return T(arguments(T, parts)...)
    end
    T(arguments(T, read_parts(s, df, true))...)
end
"""
    tryparse(T, text, format)

A date or time that a text writes in a format, or nothing.
"""
function tryparse(::Type{T}, s::AbstractString, df::DateFormat=default_format(T)) where {T<:TimeType}
    isempty(s) && return nothing
    parts = read_parts(s, df, false)
    parts === nothing && return nothing
    a = arguments(T, parts)
    validargs(T, a...) === nothing ? T(a...) : nothing
end
"""
    Dates.parse_components(text, format)

The parts of a date or time as a vector of periods.
"""
function parse_components(s::AbstractString, df::DateFormat)
    [c in "eE" ? Day(v) : v isa AMPM ? v : CONVERSION_SPECIFIERS[c](v) for (c, v) in read_parts(s, df, true) if !(c in "eE")]
end

for T in (:DateTime, :Date, :Time)
    @eval begin
        $T(s::AbstractString, df::DateFormat=default_format($T)) = parse($T, s, df)
        $T(s::AbstractString, f::AbstractString; locale=ENGLISH) = parse($T, s, DateFormat(f, locale_of(locale)))
    end
end
