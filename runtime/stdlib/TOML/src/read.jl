# Reading TOML.

"""
    TOML.ParserError

A mistake in a text in TOML: what, and where.
"""
struct ParserError <: Exception
    message::String
    text::String
    pos::Int
    path::Union{Nothing,String}
    table::Dict{String,Any}    # what was read before
end
function place(e::ParserError)
    before = SubString(e.text, 1, prevind(e.text, min(e.pos, ncodeunits(e.text) + 1)))
    start = something(findlast('\n', before), 0) + 1
    (count(==('\n'), before) + 1, length(SubString(before, start)) + 1, start)
end
function Base.getproperty(e::ParserError, name::Symbol)
    name === :line ? place(e)[1] : name === :column ? place(e)[2] : getfield(e, name)
end
function Base.showerror(io::IO, e::ParserError)
    line, column, start = place(e)
    println(io, "TOML Parser error:")
    println(io, something(e.path, "none"), ":", line, ":", column, " error: ", e.message)
    stop = something(findnext('\n', e.text, start), ncodeunits(e.text) + 1)
    println(io, "  ", SubString(e.text, start, prevind(e.text, stop)))
    Base.print(io, "  ", " "^(column - 1), "^")
end

# A text that is being read, and the tables that were made.
mutable struct Reader
    text::String
    i::Int
    path::Union{Nothing,String}
    root::Dict{String,Any}
    closed::IdDict{Any,Bool}     # tables and arrays that are written out at one place
    defined::IdDict{Any,Bool}    # tables with a header of their own
end
mistake(r::Reader, message, at=r.i) = throw(ParserError(message, r.text, at, r.path, r.root))

ended(r) = r.i > ncodeunits(r.text)
look(r) = ended(r) ? '\0' : r.text[r.i]
look(r, s::AbstractString) = startswith(SubString(r.text, min(r.i, ncodeunits(r.text) + 1)), s)
function take(r)
    ended(r) && mistake(r, "unexpected end of file")
    c = r.text[r.i]
    r.i = nextind(r.text, r.i)
    c
end
function skip_blanks(r)
    while look(r) in (' ', '\t') && !ended(r)
        r.i += 1
    end
end
function skip_comment(r)
    look(r) == '#' && !ended(r) || return nothing
    while !ended(r) && look(r) != '\n'
        r.i = nextind(r.text, r.i)
    end
end
at_newline(r) = !ended(r) && (look(r) == '\n' || look(r, "\r\n"))
newline(r) = (r.i += look(r) == '\n' ? 1 : 2)
function skip_lines(r)
    while true
        skip_blanks(r)
        skip_comment(r)
        at_newline(r) || return nothing
        newline(r)
    end
end
function end_line(r)
    skip_blanks(r)
    skip_comment(r)
    ended(r) || at_newline(r) || mistake(r, "expected newline after key value pair")
end

function parse_document(text, path)
    r = Reader(text, 1, path, Dict{String,Any}(), IdDict{Any,Bool}(), IdDict{Any,Bool}())
    isvalid(text) || mistake(r, "invalid UTF-8", 1)
    table = r.root
    while true
        skip_lines(r)
        ended(r) && return r.root
        if look(r) == '['
            table = header(r)
        else
            pair(r, table)
        end
        end_line(r)
    end
end

is_bare(c) = isascii(c) && (isletter(c) || isdigit(c) || c == '_' || c == '-')
function one_key(r)
    c = look(r)
    if c == '"' || c == '\''
        look(r, c^3) && mistake(r, "multiline strings are not allowed as keys")
        return c == '"' ? basic_string(r) : literal_string(r)
    end
    start = r.i
    while !ended(r) && is_bare(look(r))
        r.i += 1
    end
    r.i == start && mistake(r, c == '=' ? "empty bare key" : "invalid bare key character: $(repr(c))")
    r.text[start:r.i-1]
end
function dotted_key(r)
    keys = String[]
    while true
        skip_blanks(r)
        push!(keys, one_key(r))
        skip_blanks(r)
        look(r) == '.' || return keys
        r.i += 1
    end
end

# The table below another; of an array of tables the last one.
function below(r, table, key, at, through_arrays)
    if !haskey(table, key)
        t = Dict{String,Any}()
        table[key] = t
        return t
    end
    x = table[key]
    x isa Vector && through_arrays && !haskey(r.closed, x) && !isempty(x) && x[end] isa Dict && return x[end]
    x isa Dict || mistake(r, "key already has a value", at)
    haskey(r.closed, x) && mistake(r, "cannot add to an inline table", at)
    x
end
function header(r)
    at = r.i
    many = look(r, "[[")
    r.i += many ? 2 : 1
    keys = dotted_key(r)
    look(r, many ? "]]" : "]") || mistake(r, many ? "expected `]]` to end array of tables" : "expected `]` to end table")
    r.i += many ? 2 : 1
    table = r.root
    for k in keys[1:end-1]
        table = below(r, table, k, at, true)
    end
    name = keys[end]
    if many
        list = get!(() -> Any[], table, name)
        list isa Vector && !haskey(r.closed, list) || mistake(r, "expected array of tables", at)
        push!(list, Dict{String,Any}())
        return list[end]
    end
    t = below(r, table, name, at, false)
    haskey(r.defined, t) && mistake(r, "duplicated key in table", at)
    r.defined[t] = true
    t
end
function pair(r, table)
    at = r.i
    keys = dotted_key(r)
    look(r) == '=' && !ended(r) || mistake(r, "expected equal sign after key")
    r.i += 1
    skip_blanks(r)
    for k in keys[1:end-1]
        table = below(r, table, k, at, false)
        r.defined[table] = true
    end
    haskey(table, keys[end]) && mistake(r, "key already has a value", at)
    table[keys[end]] = one_value(r)
end

function one_value(r)
    ended(r) && mistake(r, "unexpected end of file, expected a value")
    c = look(r)
    c == '"' ? (look(r, "\"\"\"") ? long_basic(r) : basic_string(r)) :
    c == '\'' ? (look(r, "'''") ? long_literal(r) : literal_string(r)) :
    c == '[' ? list(r) : c == '{' ? inline_table(r) : plain_value(r)
end

const escapes = Dict('b' => '\b', 't' => '\t', 'n' => '\n', 'f' => '\f', 'r' => '\r', 'e' => '\e', '"' => '"', '\\' => '\\')
function escape(r, out)
    c = take(r)
    if c == 'u' || c == 'U'
        n = c == 'u' ? 4 : 8
        digits = SubString(r.text, r.i, min(r.i + n - 1, ncodeunits(r.text)))
        v = Base.tryparse(UInt32, digits; base=16)
        (v === nothing || length(digits) < n || !isvalid(Char, v)) && mistake(r, "invalid unicode escape sequence")
        r.i += n
        Base.print(out, Char(v))
    else
        haskey(escapes, c) || mistake(r, "invalid escape character", r.i - 1)
        Base.print(out, escapes[c])
    end
end
function basic_string(r)
    r.i += 1
    out = IOBuffer()
    while true
        ended(r) && mistake(r, "unterminated string literal")
        at_newline(r) && mistake(r, "newline character not allowed in string")
        c = take(r)
        c == '"' && return String(take!(out))
        c == '\\' ? escape(r, out) : Base.print(out, c)
    end
end
function literal_string(r)
    start = r.i += 1
    while true
        (ended(r) || at_newline(r)) && mistake(r, "unterminated string literal")
        take(r) == '\'' && return String(SubString(r.text, start, prevind(r.text, r.i - 1)))
    end
end
function long_basic(r)
    r.i += 3
    at_newline(r) && newline(r)
    out = IOBuffer()
    while true
        ended(r) && mistake(r, "unterminated string literal")
        if look(r, "\"\"\"")
            r.i += 3
            while look(r) == '"' && !ended(r)
                Base.print(out, take(r))
            end
            return String(take!(out))
        end
        c = take(r)
        if c != '\\'
            Base.print(out, c)
            continue
        end
        # a backslash at the end of a line takes all blanks away
        from = r.i
        skip_blanks(r)
        if at_newline(r)
            while !ended(r) && (look(r) in (' ', '\t') || at_newline(r))
                r.i += 1
            end
        else
            r.i = from
            escape(r, out)
        end
    end
end
function long_literal(r)
    r.i += 3
    at_newline(r) && newline(r)
    stop = findnext("'''", r.text, r.i)
    stop === nothing && mistake(r, "unterminated string literal")
    last_quote = last(stop)
    while last_quote < ncodeunits(r.text) && r.text[last_quote + 1] == '\''
        last_quote += 1
    end
    s = String(SubString(r.text, r.i, prevind(r.text, last_quote - 2)))
    r.i = last_quote + 1
    s
end

function list(r)
    r.i += 1
    items = Any[]
    while true
        skip_lines(r)
        look(r) == ']' && !ended(r) && break
        push!(items, one_value(r))
        skip_lines(r)
        look(r) == ',' && !ended(r) ? (r.i += 1) : look(r) == ']' && !ended(r) ? break : mistake(r, "expected comma or `]` in array")
    end
    r.i += 1
    T = isempty(items) ? Union{} : typeof(items[1])
    same = !isempty(items) && all(x -> typeof(x) === T, items)
    v = isempty(items) ? Union{}[] : same ? T[x for x in items] : items
    r.closed[v] = true
    v
end
function inline_table(r)
    r.i += 1
    t = Dict{String,Any}()
    skip_blanks(r)
    if look(r) != '}'
        while true
            skip_blanks(r)
            pair(r, t)
            skip_blanks(r)
            c = take(r)
            c == '}' && (r.i -= 1; break)
            c == ',' || mistake(r, "expected comma between elements in inline table", r.i - 1)
        end
    end
    r.i += 1
    r.closed[t] = true
    t
end

const datetime_form = r"^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)?"
const date_form = r"^\d{4}-\d\d-\d\d"
const time_form = r"^(\d\d:\d\d:\d\d)(\.\d+)?"
function plain_value(r)
    at = r.i
    rest = SubString(r.text, r.i)
    m = match(datetime_form, rest)
    if m !== nothing
        r.i += ncodeunits(m.match)
        m[4] === nothing || m[4] in ("Z", "z") || mistake(r, "offset date-time is not supported", at)
        return try
            DateTime(Date(m[1]), Time(m[2])) + Millisecond(thousandths(m[3]))
        catch
            mistake(r, "could not parse datetime", at)
        end
    end
    for (form, make) in ((date_form, m -> Date(m.match)), (time_form, m -> Time(m[1]) + Millisecond(thousandths(m[2]))))
        m = match(form, rest)
        m === nothing && continue
        r.i += ncodeunits(m.match)
        return try
            make(m)
        catch
            mistake(r, "could not parse datetime", at)
        end
    end
    stop = something(findfirst(c -> !(is_bare(c) || c in "+."), rest), ncodeunits(rest) + 1)
    word = String(SubString(rest, 1, prevind(rest, stop)))
    r.i += ncodeunits(word)
    word == "true" && return true
    word == "false" && return false
    sign = startswith(word, '-') ? -1 : 1
    body = lstrip(word, ('+', '-'))
    length(word) - length(body) > 1 && mistake(r, "failed to parse value", at)
    body == "inf" && return sign * Inf
    body == "nan" && return NaN
    digits = replace(body, '_' => "")
    occursin(r"^_|__|_$|_\.|\._|_e|e_"i, body) && !startswith(body, r"0[xob]") && mistake(r, "underscore is not surrounded by digits", at)
    if occursin(r"^0x[0-9a-fA-F]+$|^0o[0-7]+$|^0b[01]+$", digits)
        sign == 1 && word == body || mistake(r, "sign is not allowed here", at)
        return first_of((UInt64, UInt128, BigInt), digits)
    elseif occursin(r"^(0|[1-9]\d*)$", digits)
        return first_of((Int64, Int128, BigInt), string(sign < 0 ? "-" : "", digits))
    elseif occursin(r"^(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$", digits)
        return sign * Base.parse(Float64, digits)
    end
    occursin(r"^0\d", digits) && mistake(r, "leading zero in number", at)
    mistake(r, "failed to parse value", at)
end
# The number in the first of the types that holds it.
function first_of(types, digits)
    for T in types
        v = Base.tryparse(T, digits)
        v === nothing || return v
    end
end
thousandths(::Nothing) = 0
thousandths(s) = Base.parse(Int, rpad(SubString(s, 2), 3, '0')[1:3])
