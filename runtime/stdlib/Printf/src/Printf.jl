"""
    Printf

Formatted output as in C: `@printf`, `@sprintf`.
"""
module Printf

using Base: float_format, bigf_format

export @printf, @sprintf

# One conversion of a format: %[flags][width][.precision]letter. A width of -2, or a
# precision of -2, is taken from the arguments; -1 is none.
struct Spec
    letter::Char
    left::Bool
    plus::Bool
    space::Bool
    alt::Bool
    zero::Bool
    width::Int
    precision::Int
end

# The specification as it may stand in a format.
Base.string(p::Spec; modifier::String="") = string('%', p.left ? "-" : "", p.plus ? "+" : "", p.space ? " " : "", p.zero ? "0" : "", p.alt ? "#" : "",
    p.width == -2 ? "*" : p.width > 0 ? p.width : "",
    p.precision == -2 ? ".*" : p.precision >= 0 ? ".$(p.precision)" : p.letter in "csaA" ? "" : p.letter in "eEfFgG" ? ".6" : ".0", modifier, p.letter)
Base.show(io::IO, p::Spec) = print(io, string(p))

"""
    Printf.Format(text)

A format that has been read; `Printf.format` applies it. `formats` has its specifications,
`numarguments` is how many arguments these take.
"""
struct Format
    text::String
    parts::Vector{Any}    # String and Spec
end
function Base.getproperty(f::Format, name::Symbol)
    name === :str && return codeunits(f.text)
    name === :formats && return (filter(p -> p isa Spec, f.parts)...,)
    name === :numarguments && return arguments_of(f.parts)
    getfield(f, name)
end
Base.propertynames(::Format) = (:str, :formats, :numarguments)
function arguments_of(parts)
    n = 0
    for p in parts
        p isa Spec && (n += 1 + (p.width == -2) + (p.precision == -2))
    end
    n
end

"""
    InvalidFormatStringError

A format that cannot be read: what is wrong, and from where to where.
"""
struct InvalidFormatStringError <: Exception
    message::String
    format::String
    start_color::Int
    end_color::Int
end
function Base.showerror(io::IO, e::InvalidFormatStringError)
    println(io, "InvalidFormatStringError: ", e.message)
    print(io, "    \"", SubString(e.format, 1, prevind(e.format, e.start_color)))
    wrong = isempty(e.format) ? "" : SubString(e.format, e.start_color, thisind(e.format, e.end_color))
    printstyled(io, wrong; color=:red)
    println(io, e.end_color >= ncodeunits(e.format) ? "" : SubString(e.format, nextind(e.format, e.end_color)), '"')
    printstyled(io, "    ", ' '^e.start_color, '-'^max(0, length(wrong) - 1), "^\n"; color=get(io, :color, false) ? :red : :nothing)
end

function Format(text::AbstractString)
    s = String(text)
    isempty(s) && throw(InvalidFormatStringError("Format string must not be empty", s, 1, 1))
    parts = Any[]
    out = IOBuffer()
    i = 1
    n = ncodeunits(s)
    while i <= n
        c = s[i]
        start = i
        i = nextind(s, i)
        if c != '%'
            print(out, c)
            continue
        end
        wrong(message, at) = throw(InvalidFormatStringError(message, s, start, at))
        i > n && wrong("Format specifier is incomplete", start)
        if s[i] == '%'
            print(out, '%')
            i += 1
            continue
        end
        left = plus = space = alt = zero = false
        while i <= n && s[i] in "-+ #0"
            f = s[i]
            f == '-' ? (left = true) : f == '+' ? (plus = true) : f == ' ' ? (space = true) : f == '#' ? (alt = true) : (zero = true)
            i += 1
        end
        i > n && wrong("Format specifier is incomplete", n)
        width, i = read_number(s, i, n)
        precision = -1
        if i <= n && s[i] == '.'
            i == n && wrong("Precision specifier is missing precision", n)
            precision, i = read_number(s, i + 1, n)
            precision == -1 && (precision = 0)
        end
        if i <= n && s[i] in "hlLjqzt"
            modifier = s[i]
            i += 1
            modifier in "hl" && i <= n && s[i] == modifier && (i += 1)
            i > n && wrong("Length modifier is missing type specifier", n)
        end
        i > n && wrong("Format specifier is incomplete", n)
        letter = s[i]
        letter in "diouxXDOUfFeEgGaAcCsSpn" || wrong("'$letter' is not a valid type specifier", i)
        i = nextind(s, i)
        text_so_far = String(take!(out))
        isempty(text_so_far) || push!(parts, text_so_far)
        push!(parts, Spec(plain_letter(letter), left, plus, space, alt, zero && !left, width, precision))
    end
    rest = String(take!(out))
    isempty(rest) || push!(parts, rest)
    Format(s, parts)
end

# The letter that means the same and is the usual one.
plain_letter(c) = c in "iuDU" ? 'd' : c in "CSO" ? lowercase(c) : c

function read_number(s, i, n)
    i <= n && s[i] == '*' && return -2, i + 1
    v = -1
    while i <= n && '0' <= s[i] <= '9'
        v = max(v, 0) * 10 + (s[i] - '0')
        i += 1
    end
    v, i
end

macro format_str(s)
    Format(unescape_string(s))
end

"""
    Printf.format(f::Format, args...)
    Printf.format(io, f::Format, args...)

`args` in the format `f`, as a String or written to `io`.
"""
function format(f::Format, args...)
    plain = Core.Prims.printf_plain(f.parts, args)
    plain === nothing || return plain
    io = IOBuffer()
    k = 0
    need = arguments_of(f.parts)
    need == length(args) || throw(ArgumentError("mismatch between # of format specifiers and provided args: $need != $(length(args))"))
    for p in f.parts
        if p isa Spec
            width, left, precision = p.width, p.left, p.precision
            width == -2 && (width = max(0, Int(args[k += 1])))
            precision == -2 && (precision = Int(args[k += 1]))
            if p.letter == 'n' # how far the text has come
                args[k += 1][] = position(io)
                continue
            end
            one_argument(io, p, width, left, precision, args[k += 1])
        else
            print(io, p)
        end
    end
    String(take!(io))
end
format(io::IO, f::Format, args...) = print(io, format(f, args...))

function one_argument(io, p::Spec, width, left, precision, x)
    c = p.letter
    if c == 's'
        t = p.alt ? repr(x) : string(x)
        precision >= 0 && (t = fitting(t, precision))
        print(io, left ? rpad(t, width) : lpad(t, width))
    elseif c == 'c'
        t = string(x isa AbstractString ? first(x) : Char(x))
        print(io, left ? rpad(t, width) : lpad(t, width))
    elseif c in "fFeEgGaA"
        number(io, p, width, left, real_text(p, precision, x)..., !(x isa AbstractFloat) || isfinite(x))
    elseif x isa AbstractFloat # an integer's conversion of a float rounds it
        number(io, p, width, left, real_text(Spec('f', false, false, false, false, false, -1, -1), 0, x)..., isfinite(x))
    else
        number(io, p, width, left, integer_text(p, precision, x)..., precision < 0)
    end
end

# As much of a text as fits into so many columns.
function fitting(t, columns)
    for i in eachindex(t)
        columns -= textwidth(t[i])
        columns < 0 && return SubString(t, 1, prevind(t, i))
    end
    t
end

# (negative, prefix, digits)
function integer_text(p, precision, x)
    n = x isa Integer ? x : Integer(x)
    m = n < 0 ? (n == typemin_or_zero(n) ? -big(n) : -n) : n
    base = p.letter == 'd' ? 10 : p.letter == 'o' ? 8 : 16
    t = string(m; base=base, pad=max(precision, 1))
    prefix = ""
    if p.letter == 'X'
        t = uppercase(t)
        p.alt && (prefix = "0X")
    elseif p.letter == 'p'
        t = string(m; base=16, pad=16)
        prefix = "0x"
    elseif p.alt
        prefix = p.letter == 'x' ? "0x" : p.letter == 'o' ? "0" : ""
    end
    n < 0, prefix, t
end
typemin_or_zero(n::Union{Int8,Int16,Int32,Int64,Int128}) = typemin(n)
typemin_or_zero(n) = zero(n)

"""
    Printf.tofloat(x)

`x` as the floating-point number that is printed, a `Float64` by default; a method for another type of
numbers says how it is printed.
"""
tofloat(x) = Float64(x)
tofloat(x::Base.IEEEFloat) = x
tofloat(x::BigFloat) = x

function real_text(p, precision, x)
    c = lowercase(p.letter)
    y = tofloat(x)
    neg = signbit(y)
    upper = isuppercase(p.letter)
    isnan(y) && return false, "", "NaN"
    isinf(y) && return neg, "", "Inf"
    z = abs(y)
    digits = c == 'a' ? precision : precision < 0 ? 6 : precision
    if c == 'g'
        t = general_text(z, digits == 0 ? 1 : digits, p.alt)
    else
        t = z isa BigFloat ? bigf_format(z, string(c == 'a' ? 'x' : c), digits) : float_format(z isa Float64 ? z : Float64(z), string(c == 'a' ? 'x' : c), digits)
        p.alt && digits == 0 && (t = c == 'f' ? t * "." : replace(t, "e" => ".e"))
        c == 'a' && return hexadecimal(neg, z, t, p.alt, upper)
    end
    neg, "", upper ? uppercase(t) : t
end
# The parts of `t`, a text for z like 0x1.8p+00. What rounding carried to the next power of two is
# said with a leading 2. Without a fraction `alt` wants the point all the same.
function hexadecimal(neg, z, t, alt, upper)
    digits, power = split(t, 'p')
    e = parse(Int, power)
    carried = z isa Float64 && z != 0 && e > exponent(z)
    t = string("0x", carried ? '2' : digits[3], SubString(digits, 4), 'p', e >= carried ? "+" : "", e - carried)
    alt && !occursin('.', t) && (t = replace(t, "p" => ".p"))
    upper && (t = uppercase(t))
    neg, t[1:2], t[3:end]
end
# %g: e or f, whichever is shorter, without zeros at the end.
function general_text(z, digits, alt)
    e = z isa BigFloat ? bigf_format(z, "e", digits - 1) : float_format(Float64(z), "e", digits - 1)
    k = findfirst('e', e)
    x = parse(Int, SubString(e, k + 1))
    if x < -4 || x >= digits
        alt && return occursin('.', e) ? e : replace(e, "e" => ".e")
        m = SubString(e, 1, k - 1)
        occursin('.', m) && (m = rstrip(rstrip(m, '0'), '.'))
        return string(m, SubString(e, k))
    end
    f = z isa BigFloat ? bigf_format(z, "f", digits - 1 - x) : float_format(Float64(z), "f", digits - 1 - x)
    occursin('.', f) || return alt ? f * "." : f
    alt ? f : String(rstrip(rstrip(f, '0'), '.'))
end

function number(io, p, width, left, neg, prefix, digits, zeros_allowed)
    sign = neg ? "-" : p.plus ? "+" : p.space ? " " : ""
    fill = width - ncodeunits(sign) - ncodeunits(prefix) - ncodeunits(digits)
    if fill <= 0
        print(io, sign, prefix, digits)
    elseif left
        print(io, sign, prefix, digits, ' '^fill)
    elseif p.zero && zeros_allowed
        print(io, sign, prefix, '0'^fill, digits)
    else
        print(io, ' '^fill, sign, prefix, digits)
    end
end

"""
    @sprintf("format", args...)

The arguments in the format, as a String.
"""
macro sprintf(fmt, args...)
    fmt isa String || throw(ArgumentError("First argument to `@sprintf` must be a format string."))
    Expr(:call, format, Format(fmt), map(esc, args)...)
end
"""
    @printf([io,] "format", args...)

Write the arguments in the format.
"""
macro printf(first, args...)
    first isa String && return Expr(:call, print, Expr(:call, format, Format(first), map(esc, args)...))
    (!isempty(args) && args[1] isa String) || throw(ArgumentError("First argument to `@printf` after `io` must be a format string"))
    Expr(:call, format, esc(first), Format(args[1]), map(esc, args[2:end])...)
end

end
