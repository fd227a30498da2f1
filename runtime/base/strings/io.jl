# Text as output: print, string, sprint, repr, escapes.

"""
    print([io,] xs...)

Write what `xs` look like as plain text.
"""
function print(io::IO, x)
    io isa TaskStream ? output_write(io.fd, stream_text(io, (x,))) : show_on(io, x)
    nothing
end
# Streams of the system have a method, so that one call of print is one of the system.
show_on(io::IO, x) = show(io, x)
function print(io::IO, xs...)
    if io isa TaskStream
        s = simple_string(xs...)
        output_write(io.fd, s === nothing ? stream_text(io, xs) : s)
    elseif !(io isa IOBuffer && buffer_print(io, xs...))
        for x in xs
            print(io, x)
        end
    end
    nothing
end
print(io::IO, s::AbstractString) = (write(io, s); nothing)
print(io::IO, s::Symbol) = (write(io, symbol_string(s)); nothing)

"""
    println([io,] xs...)

`print`, and a newline.
"""
println(io::IO, xs...) = print(io, xs..., '\n')

"""
    sprint(f, args...; context=nothing, sizehint=0)

What `f(io, args...)` writes, as a String. `context` gives properties of the
`IOContext` it writes to.
"""
function sprint(f::Function, args...; context=nothing, sizehint::Integer=0)
    io = IOBuffer()
    if context === nothing
        f(io, args...)
    elseif context isa Tuple
        f(IOContext(io, context...), args...)
    else
        f(IOContext(io, context), args...)
    end
    buffer_take_string(io)
end

function print_to_string(xs...)
    isempty(xs) && return ""
    io = IOBuffer()
    for x in xs
        print(io, x)
    end
    buffer_take_string(io)
end
string_with_env(env, xs...) = sprint(print, xs...; context=env)

"""
    string(xs...)
    string(n::Integer; base=10, pad=1)

What `print` writes, as a String.
"""
function string(xs...)
    s = simple_string(xs...)
    s === nothing ? print_to_string(xs...) : s
end
string(s::String) = s
string(s::AbstractString) = s
string(s::SubString) = String(s)
string(s::Symbol) = symbol_string(s)
string(s::SubString{String}) = string_make(s)
string(c::Char) = char_string(c)

"""
    repr(x; context=nothing)

What `show` writes, as a String.
"""
repr(x; context=nothing) = context === nothing ? show_to_string(x) : sprint(show, x; context=context)
function show_to_string(x)
    io = IOBuffer()
    show(io, x)
    buffer_take_string(io)
end

## writing strings

function write(io::IO, s::AbstractString)
    n = 0
    for c in s
        n += write(io, c)
    end
    n
end
write(io::IO, s::Symbol) = write(io, symbol_string(s))

## literals

show(io::IO, s::AbstractString) = print_quoted(io, s)
function print_quoted(io::IO, s::AbstractString)
    write(io, string_concat("\"", string_escape(plain(s), "\"\$"), "\""))
    nothing
end

# A long string is shown with its middle left out when the output is limited.
function show(io::IO, ::MIME"text/plain", s::AbstractString; limit::Union{Int,Nothing}=nothing)
    if limit === nothing
        get(io, :limit, false) === true || return show(io, s)
        limit = max(20, displaysize(io)[2])
        get(io, :typeinfo, nothing) === nothing && (limit *= 7)
    end
    limit = max(0, limit - 2)
    ncodeunits(s) <= limit && return show(io, s)
    textwidth(s) <= limit && return show(io, s)
    fixed = textwidth(" ⋯  bytes ⋯ ") + 4
    room = max(limit, fixed + 1) - fixed
    d = ndigits(ncodeunits(s) - room)
    room -= d
    room += d - ndigits(ncodeunits(s) - room)
    room = max(0, room)
    head = nextind(s, 0, 1 + cld(room, 2))
    tail = prevind(s, ncodeunits(s) + 1, fld(room, 2))
    least = fixed + ndigits(ncodeunits(s) - room) - 1
    skipped = tail - head
    if 4 * least <= skipped || least <= skipped && least <= length(s, head, tail - 1)
        show(io, SubString(s, 1, prevind(s, head)))
        printstyled(io, " ⋯ $skipped bytes ⋯ "; color=:light_yellow, bold=true)
        show(io, SubString(s, tail))
    else
        show(io, s)
    end
end

"""
    escape_string([io,] s, esc='"'; keep=(), ascii=false, fullhex=false)

`s` as it would stand in a literal, without the quotes. A backslash is put before the
characters of `esc` too; those of `keep` stay as they are.
"""
function escape_string(s::AbstractString, esc=('"',); keep=(), ascii::Bool=false, fullhex::Bool=false)
    isempty(keep) && !ascii && return string_escape(plain(s), esc isa AbstractString ? String(esc) : join(esc))
    sprint(io -> escape_string(io, s, esc; keep=keep, ascii=ascii, fullhex=fullhex))
end
function escape_string(io::IO, s::AbstractString, esc="\""; keep=(), ascii::Bool=false, fullhex::Bool=false)
    extra = esc isa AbstractString ? String(esc) : join(esc)
    if isempty(keep) && !ascii
        print(io, string_escape(plain(s), extra))
        return nothing
    end
    n = ncodeunits(s)
    for (i, c) in pairs(s)
        j = nextind(s, i)
        if c in keep
            print(io, c)
        elseif ascii && !isascii(c) && isvalid(c)
            follow = j <= n && isxdigit(s[j])
            u = codepoint(c)
            print(io, u > 0xffff ? "\\U" : "\\u", int_string(u, 16, fullhex || follow ? (u > 0xffff ? 8 : 4) : 1))
        else
            # with the next character, which decides on the length of \0
            two = j <= n && codeunit(s, j) < 0x80 && !(s[j] in keep)
            t = string_escape(two ? string(c, s[j]) : string(c), extra)
            u = two ? ncodeunits(string_escape(string(s[j]), extra)) : 0
            print(io, SubString(t, 1, prevind(t, ncodeunits(t) - u + 1)))
        end
    end
end
"""
    unescape_string([io,] s, keep=())

The string that a literal with the text `s` would stand for.
"""
unescape_string(s::AbstractString, keep=()) = string_unescape(plain(s), keep isa AbstractString ? String(keep) : join(keep))
unescape_string(io::IO, s::AbstractString, keep=()) = print(io, unescape_string(s, keep))

"""
    raw"text"

A string without escapes and interpolation.
"""
macro raw_str(s)
    s
end
"""
    b"text"

The bytes of a string.
"""
macro b_str(s)
    v = codeunits(string_unescape(s, ""))
    QuoteNode(v)
end

"""
    Base.escape_raw_string([io,] s, delim='"')

`s` as it stands in a `raw"..."` literal, without the quotes: backslashes in front of
a quote, or of the end, are doubled.
"""
escape_raw_string(s::AbstractString, delim::AbstractChar='"') = sprint(escape_raw_string, s, delim)
function escape_raw_string(io::IO, s::AbstractString, delim::AbstractChar='"')
    n = 0    # backslashes before this character
    for c in s
        if c == '\\'
            n += 1
            continue
        end
        print(io, '\\'^(c == delim ? 2n + 1 : n), c)
        n = 0
    end
    print(io, '\\'^2n)
end

## indentation

"""
    indentation(s; tabwidth=8)

The blanks at the beginning of `s`, and whether it has nothing else.
"""
function indentation(s::AbstractString; tabwidth=8)
    n = 0
    for c in s
        if c == ' '
            n += 1
        elseif c == '\t'
            n = div(n + tabwidth, tabwidth) * tabwidth
        else
            return n, false
        end
    end
    n, true
end

## styled text

const text_colors = Dict{Union{Symbol,Int},String}(
    :black => "\e[30m", :red => "\e[31m", :green => "\e[32m", :yellow => "\e[33m", :blue => "\e[34m",
    :magenta => "\e[35m", :cyan => "\e[36m", :white => "\e[37m",
    :light_black => "\e[90m", :gray => "\e[90m", :grey => "\e[90m", :light_red => "\e[91m", :light_green => "\e[92m",
    :light_yellow => "\e[93m", :light_blue => "\e[94m", :light_magenta => "\e[95m", :light_cyan => "\e[96m",
    :light_white => "\e[97m", :normal => "\e[0m", :default => "\e[39m", :bold => "\e[1m", :italic => "\e[3m",
    :underline => "\e[4m", :blink => "\e[5m", :reverse => "\e[7m", :hidden => "\e[8m", :nothing => "")
const style_ends = Dict{Symbol,String}(:bold => "\e[22m", :italic => "\e[23m", :underline => "\e[24m", :blink => "\e[25m",
    :reverse => "\e[27m", :hidden => "\e[28m", :normal => "", :default => "", :nothing => "")

"""
    printstyled([io,] xs...; bold=false, italic=false, underline=false, blink=false, reverse=false, hidden=false, color=:normal)

`print` in a colour and style, if `io` shows colours.
"""
printstyled(io::IO, xs...; bold::Bool=false, italic::Bool=false, underline::Bool=false, blink::Bool=false, reverse::Bool=false, hidden::Bool=false, color::Union{Int,Symbol}=:normal) =
    with_output_color(print, color, io, xs...; bold=bold, italic=italic, underline=underline, blink=blink, reverse=reverse, hidden=hidden)
printstyled(xs...; bold::Bool=false, italic::Bool=false, underline::Bool=false, blink::Bool=false, reverse::Bool=false, hidden::Bool=false, color::Union{Int,Symbol}=:normal) =
    printstyled(stdout, xs...; bold=bold, italic=italic, underline=underline, blink=blink, reverse=reverse, hidden=hidden, color=color)

function with_output_color(f::Function, color::Union{Int,Symbol}, io::IO, args...; bold::Bool=false, italic::Bool=false, underline::Bool=false, blink::Bool=false, reverse::Bool=false, hidden::Bool=false)
    text = sprint(f, args...; context=io)
    if !get(io, :color, false) || isempty(text)
        print(io, text)
        return nothing
    end
    color isa Int && !(0 <= color <= 255) && throw(ArgumentError("ANSI color code should be between 0 and 255"))
    color === :bold && (bold = true; color = :normal)
    on = ""
    off = ""
    for (flag, name) in ((bold, :bold), (italic, :italic), (underline, :underline), (blink, :blink), (reverse, :reverse), (hidden, :hidden))
        flag && (on *= text_colors[name])
    end
    for (flag, name) in ((italic, :italic), (bold, :bold), (underline, :underline), (blink, :blink), (reverse, :reverse), (hidden, :hidden))
        flag && (off = style_ends[name] * off)
    end
    if color !== :nothing
        on = (color isa Int ? "\e[38;5;$(color)m" : get(text_colors, color, "\e[39m")) * on
        off *= haskey(style_ends, color) ? style_ends[color] : "\e[39m"
    end
    if isempty(on)
        print(io, text)
        return nothing
    end
    first = true
    for line in eachsplit(text, '\n')
        first || print(io, '\n')
        first = false
        isempty(line) || print(io, on, line, off)
    end
    nothing
end

"""
    Base.unindent(s, n; tabwidth=8)

The text with `n` columns of blanks or tabs less before each line.
"""
function unindent(s::AbstractString, n::Int; tabwidth::Int=8)
    n == 0 && return s
    join((unindent_line(line, n, tabwidth) for line in eachsplit(s, '\n')), '\n')
end
function unindent_line(line, n, tabwidth)
    for (i, c) in pairs(line)
        (c == ' ' || c == '\t') && continue
        return string(" "^max(columns_of(SubString(line, 1, prevind(line, i)), tabwidth) - n, 0), SubString(line, i))
    end
    " "^max(columns_of(line, tabwidth) - n, 0)
end
columns_of(blanks, tabwidth) = foldl((w, c) -> c == '\t' ? (div(w, tabwidth) + 1) * tabwidth : w + 1, blanks; init=0)
