# Cutting, padding, splitting, joining and replacing.

const Chars = Union{AbstractChar,Tuple{Vararg{AbstractChar}},AbstractVector{<:AbstractChar},AbstractSet{<:AbstractChar}}

"""
    startswith(io, prefix)

Whether what is to be read next is a string, or one of some characters. It is not taken.
"""
function startswith(io::IO, p::Union{String,SubString{String}})
    mark(io)
    found = read(io, ncodeunits(p))
    reset(io)
    found == codeunits(p)
end
startswith(io::IO, p::AbstractString) = startswith(io, String(p))
function startswith(io::IO, cs::Chars)
    mark(io)
    c = read(io, Char)
    reset(io)
    c in cs
end

## ends

"""
    chop(s; head=0, tail=1)

`s` without its first `head` and last `tail` characters.
"""
function chop(s::AbstractString; head::Integer=0, tail::Integer=1)
    isempty(s) && return SubString(s)
    SubString(s, nextind(s, 1, Int(head)), prevind(s, lastindex(s), Int(tail)))
end
"""
    chopprefix(s, prefix)

`s` without `prefix`, a string or a Regex, if it starts with it.
"""
chopprefix(s::AbstractString, p::AbstractString) = startswith(s, p) && !isempty(p) ? SubString(s, 1 + ncodeunits(p)) : SubString(s)
"""
    chopsuffix(s, suffix)

`s` without `suffix`, a string or a Regex, if it ends with it.
"""
chopsuffix(s::AbstractString, p::AbstractString) =
    !isempty(p) && endswith(s, p) ? SubString(s, 1, prevind(s, ncodeunits(s) - ncodeunits(p) + 1)) : SubString(s)
"""
    chomp(s)

`s` without a newline at its end.
"""
function chomp(s::AbstractString)
    n = ncodeunits(s)
    (n == 0 || codeunit(s, n) != 0x0a) && return SubString(s)
    n > 1 && codeunit(s, n - 1) == 0x0d && return SubString(s, 1, prevind(s, n, 2))
    SubString(s, 1, prevind(s, n))
end

"""
    strip([pred=isspace,] s)
    strip(s, chars)

`s` without the characters at both ends that are blank, in `chars`, or fulfil `pred`.
"""
strip(s::AbstractString) = strip_chars(s, 3, nothing)
strip(s::AbstractString, chars::Chars) = strip_chars(s, 3, chars)
strip(f, s::AbstractString) = lstrip(f, rstrip(f, s))
strip(s::AbstractString, ::AbstractString) = no_strip_text()
lstrip(s::AbstractString, ::AbstractString) = no_strip_text()
rstrip(s::AbstractString, ::AbstractString) = no_strip_text()
no_strip_text() = throw(ArgumentError("Both arguments are strings. The second argument should be a `Char` or collection of `Char`s"))
"""
    lstrip([pred=isspace,] s)
    lstrip(s, chars)

`strip` at the beginning only.
"""
lstrip(s::AbstractString) = strip_chars(s, 1, nothing)
lstrip(s::AbstractString, chars::Chars) = strip_chars(s, 1, chars)
function lstrip(f, s::AbstractString)
    for (i, c) in pairs(s)
        f(c) || return SubString(s, i)
    end
    SubString(s, ncodeunits(s) + 1, ncodeunits(s))
end
"""
    rstrip([pred=isspace,] s)
    rstrip(s, chars)

`strip` at the end only.
"""
rstrip(s::AbstractString) = strip_chars(s, 2, nothing)
rstrip(s::AbstractString, chars::Chars) = strip_chars(s, 2, chars)
function rstrip(f, s::AbstractString)
    i = lastindex(s)
    while i >= 1
        f(s[i]) || return SubString(s, 1, i)
        i = prevind(s, i)
    end
    SubString(s, 1, 0)
end
function strip_chars(s::AbstractString, side, chars)
    f = chars === nothing ? isspace : in(chars)
    s = side & 2 == 0 ? s : rstrip(f, s)
    side & 1 == 0 ? s : lstrip(f, s)
end
function strip_chars(s::PlainString, side, chars)
    r = string_strip(s, side, chars isa AbstractSet ? collect(Char, chars) : chars)
    r[1] > r[2] ? SubString(s, 1, 0) : SubString(s, r[1], thisind(s, r[2]))
end

# What is left of a string is a part of it.
rest(s::PlainString, i::Int=1) = SubString(s, i)

## padding and shortening

"""
    lpad(s, n, p=' ')

`s` with `p` in front until it is `n` columns wide.
"""
lpad(s, n::Integer, p::Union{AbstractChar,AbstractString}=' ') = lpad(string(s)::AbstractString, n, put_together(p))
function lpad(s::Union{AbstractChar,AbstractString}, n::Integer, p::Union{AbstractChar,AbstractString}=' ')
    fill = padding(s, Int(n), p)
    fill === nothing ? put_together(s) : put_together(fill, s)
end
"""
    rpad(s, n, p=' ')

`s` with `p` behind until it is `n` columns wide.
"""
rpad(s, n::Integer, p::Union{AbstractChar,AbstractString}=' ') = rpad(string(s)::AbstractString, n, put_together(p))
function rpad(s::Union{AbstractChar,AbstractString}, n::Integer, p::Union{AbstractChar,AbstractString}=' ')
    fill = padding(s, Int(n), p)
    fill === nothing ? put_together(s) : put_together(s, fill)
end
function padding(s, n, p)
    m = n - textwidth(s)
    m <= 0 && return nothing
    l = textwidth(p)
    l == 0 && throw(ArgumentError("$(repr(p)) has zero textwidth" * (ncodeunits(p) != 1 ? "" : "; maybe you want pad^max(0, npad - ncodeunits(str)) * str to pad by codeunits" * (s isa AbstractString && codeunit(s) != UInt8 ? "?" : " (bytes)?"))))
    q, r = divrem(m, l)
    r == 0 ? repeat(p, q) : put_together(repeat(p, q), first(p, r))
end

"""
    rtruncate(s, n, replacement='…')

`s` cut at its end to `n` columns, with `replacement` for what is left out.
"""
function rtruncate(s::AbstractString, n::Integer, replacement::Union{AbstractString,AbstractChar}='…')
    textwidth(s) <= n && return put_together(s)
    put_together(head_columns(s, truncated_width(n, replacement)), replacement)
end
"""
    ltruncate(s, n, replacement='…')

`s` cut at its beginning to `n` columns.
"""
function ltruncate(s::AbstractString, n::Integer, replacement::Union{AbstractString,AbstractChar}='…')
    textwidth(s) <= n && return put_together(s)
    put_together(replacement, reverse(head_columns(reverse(s), truncated_width(n, replacement))))
end
"""
    ctruncate(s, n, replacement='…'; prefer_left=true)

`s` cut in its middle to `n` columns.
"""
function ctruncate(s::AbstractString, n::Integer, replacement::Union{AbstractString,AbstractChar}='…'; prefer_left::Bool=true)
    textwidth(s) <= n && return put_together(s)
    w = truncated_width(n, replacement)
    more, less = cld(w, 2), fld(w, 2)
    l, r = prefer_left ? (more, less) : (less, more)
    put_together(head_columns(s, l), replacement, reverse(head_columns(reverse(s), r)))
end
function truncated_width(n, replacement)
    n >= 0 || throw(ArgumentError("Invalid maxwidth $n: must be non-negative"))
    max(n - textwidth(replacement), 0)
end
function head_columns(s, w)
    for (i, c) in pairs(s)
        w -= textwidth(c)
        w < 0 && return SubString(s, 1, prevind(s, i))
    end
    SubString(s)
end

## splitting

"The parts of a string between separators; made by `eachsplit`."
struct SplitIterator{S<:AbstractString,F}
    str::S
    splitter::F
    limit::Int
    keepempty::Bool
end
eltype(::Type{<:SplitIterator{T}}) where {T} = T <: SubString ? T : SubString{T}
IteratorSize(::Type{<:SplitIterator}) = SizeUnknown()

# The state: start of the part, where to search on, parts so far.
function iterate(it::SplitIterator, (i, k, n)=(1, 1, 0))
    s = it.str
    z = ncodeunits(s)
    i > z + 1 && return nothing
    while n != it.limit - 1 && k <= z
        r = find_separator(it.splitter, s, k)
        (r === nothing || first(r) > z) && break
        j = first(r)
        after = isempty(r) ? j : nextind(s, last(r))
        k = after <= j ? nextind(s, j) : after
        if i < after
            (it.keepempty || i < j) && return (SubString(s, i, prevind(s, j)), (after, k, n + 1))
            i = after
        end
    end
    it.keepempty || i <= z || return nothing
    (SubString(s, i), (z + 2, k, n + 1))
end
function find_separator(f, s, k)
    i = findnext(f, s, k)
    i isa Int ? (i:i) : i
end

splitter_of(p) = p
splitter_of(c::AbstractChar) = ==(c)
splitter_of(cs::Union{Tuple{Vararg{AbstractChar}},AbstractVector{<:AbstractChar},AbstractSet{<:AbstractChar}}) = in(cs)

"""
    eachsplit(s, separator; limit=0, keepempty=true)
    eachsplit(s; limit=0, keepempty=false)

The parts of `s` between separators, one by one.
"""
eachsplit(s::AbstractString, p; limit::Integer=0, keepempty::Bool=true) = SplitIterator(s, splitter_of(p), Int(limit), keepempty)
eachsplit(s::AbstractString; limit::Integer=0, keepempty::Bool=false) = SplitIterator(s, isspace, Int(limit), keepempty)
eachrsplit(s::AbstractString, p; limit::Integer=0, keepempty::Bool=true) = Iterators.reverse(rsplit(s, p; limit=limit, keepempty=keepempty))
eachrsplit(s::AbstractString; limit::Integer=0, keepempty::Bool=false) = Iterators.reverse(rsplit(s; limit=limit, keepempty=keepempty))

"""
    split(s, separator; limit=0, keepempty=true)
    split(s; limit=0, keepempty=false)

The parts of `s` between separators: a string, a character, some characters, a
Regex, or a function of a character; blanks if none is given.
"""
split(s::PlainString; limit::Integer=0, keepempty::Bool=false) = string_split(s, nothing, Int(limit), keepempty, false)
split(s::PlainString, p::Union{PlainString,Char,Tuple{Vararg{Char}},Vector{Char}}; limit::Integer=0, keepempty::Bool=true) = string_split(s, p, Int(limit), keepempty, false)
split(s::PlainString, ::typeof(isspace); limit::Integer=0, keepempty::Bool=true) = string_split(s, nothing, Int(limit), keepempty, false)
split(s::AbstractString, p; limit::Integer=0, keepempty::Bool=true) = collect(eachsplit(s, p; limit=limit, keepempty=keepempty))
split(s::AbstractString; limit::Integer=0, keepempty::Bool=false) = split(s, isspace; limit=limit, keepempty=keepempty)

"""
    rsplit(s, separator; limit=0, keepempty=true)
    rsplit(s; limit=0, keepempty=false)

`split` from the end: with a limit, the first part holds the rest.
"""
rsplit(s::PlainString; limit::Integer=0, keepempty::Bool=false) = string_split(s, nothing, Int(limit), keepempty, true)
rsplit(s::PlainString, p::Union{PlainString,Char,Tuple{Vararg{Char}},Vector{Char}}; limit::Integer=0, keepempty::Bool=true) = string_split(s, p, Int(limit), keepempty, true)
rsplit(s::AbstractString; limit::Integer=0, keepempty::Bool=false) = rsplit(s, isspace; limit=limit, keepempty=keepempty)
function rsplit(s::AbstractString, p; limit::Integer=0, keepempty::Bool=true)
    parts = eltype(SplitIterator{typeof(s),Any})[]
    splitter = splitter_of(p)
    stop = lastindex(s)
    at = stop
    while length(parts) != limit - 1 && at >= 1
        r = findprev(splitter, s, at)
        r === nothing && break
        r isa Int && (r = r:r)
        part = SubString(s, nextind(s, last(r)), stop)
        (keepempty || !isempty(part)) && pushfirst!(parts, part)
        stop = prevind(s, first(r))
        at = stop
    end
    part = SubString(s, 1, stop)
    (keepempty || !isempty(part)) && pushfirst!(parts, part)
    parts
end

## joining

"""
    join([io,] iterator, [delim, [last]])

The items as text, with `delim` between them, and `last` in front of the last one.
"""
function join(io::IO, itr, delim="")
    first = true
    for x in itr
        first ? (first = false) : print(io, delim)
        print(io, x)
    end
end
function join(io::IO, itr, delim, last)
    y = iterate(itr)
    y === nothing && return nothing
    x, state = y
    first = true
    while true
        y = iterate(itr, state)
        first || print(io, y === nothing ? last : delim)
        first = false
        print(io, x)
        y === nothing && break
        x, state = y
    end
end
join(itr) = join_text(itr)
join(itr, delim) = join_text(itr, delim)
join(itr, delim, last) = join_text(itr, delim, last)
join_text(itr::Generator, delims...) = join_text(collect(itr), delims...)
function join_text(itr, delims...)
    io = any_annotated(itr) || any(_isannotated, delims) ? AnnotatedIOBuffer() : IOBuffer()
    join(io, itr, delims...)
    buffer_text(io)
end
any_annotated(itr) = false
any_annotated(itr::Tuple) = any(_isannotated, itr)
any_annotated(v::AbstractArray) = !(eltype(v) <: Union{Number,String,Symbol,Char,SubString{String}}) && any_assigned(_isannotated, v)
any_assigned(f, v) = any(i -> isassigned(v, i) && f(v[i]), eachindex(v))
buffer_text(io::IOBuffer) = buffer_take_string(io)

## replacing

"""
    replace(s, pattern => replacement, ...; count)

`s` with what matches a pattern (a character, some characters, a string, a Regex, or
a function of a character) replaced: by a string, or by what a function makes of the
match. With several pairs each place is replaced once, by the first pair that fits.
"""
function replace(s::AbstractString, pairs::Pair...; count::Integer=typemax(Int))
    count < 0 && throw(DomainError(count, "`count` must be non-negative."))
    (count == 0 || isempty(pairs)) && return String(s)
    if all(plain_replacement, pairs) && (length(pairs) == 1 || all(p -> p.first != "", pairs))
        return string_replace(plain(s), Int(count), replacement_args(pairs)...)
    end
    io = IOBuffer()
    replace_into(io, plain(s), pairs, Int(count))
    buffer_take_string(io)
end
replace(s::String, p::Pair{<:Union{String,Char},<:Union{String,Char}}) = string_replace(s, typemax(Int), p.first, p.second)
function replace(io::IO, s::AbstractString, pairs::Pair...; count::Integer=typemax(Int))
    count < 0 && throw(DomainError(count, "`count` must be non-negative."))
    replace_into(io, plain(s), pairs, Int(count))
    io
end
plain_replacement(p) = (p.first isa PlainString || p.first isa Char) && (p.second isa PlainString || p.second isa Char)
replacement_args(pairs) = [x for p in pairs for x in (p.first, p.second)]

# The next place of each pattern is kept; what is past the end is never reached.
function replace_into(io, s, pairs, count)
    z = ncodeunits(s)
    nowhere = z+2:z+1
    pats = map(p -> splitter_of(p.first), pairs)
    found = UnitRange{Int}[something(find_separator(p, s, 1), nowhere) for p in pats]
    from = 1    # what is not yet written
    while count > 0
        k = argmin(map(first, found))
        r = found[k]
        b = first(r)
        b > z + 1 && break
        # an empty match right behind another one does not count
        if from == 1 || from <= last(r)
            write(io, SubString(s, from, prevind(s, b)))
            write_replacement(io, pairs[k].second, s, r, pats[k], pairs[k].first)
        end
        if isempty(r)
            from = b
            b > z && break
            at = nextind(s, b)
        else
            from = at = nextind(s, last(r))
        end
        count -= 1
        for j in 1:length(found)
            first(found[j]) < at && (found[j] = something(find_separator(pats[j], s, at), nowhere))
        end
    end
    from <= z && write(io, SubString(s, from))
    nothing
end
write_replacement(io, x, s, r, pattern, original) = print(io, x)
function write_replacement(io, f::Function, s, r, pattern, original)
    if pattern isa Function
        print(io, f(s[first(r)]))
    else
        print(io, f(SubString(s, first(r), last(r))))
    end
end
write_replacement(io, T::Type, s, r, pattern, original) = print(io, T(SubString(s, first(r), last(r))))

## bytes and hexadecimal text

"""
    bytes2hex([io,] bytes)

Two hexadecimal digits for each byte.
"""
function bytes2hex end
function bytes2hex(itr)
    eltype(itr) === UInt8 || throw(ArgumentError("eltype of iterable not UInt8"))
    sprint(bytes2hex, itr)
end
function bytes2hex(io::IO, itr)
    eltype(itr) === UInt8 || throw(ArgumentError("eltype of iterable not UInt8"))
    for b in itr
        write(io, int_string(b, 16, 2))
    end
end
"""
    hex2bytes(itr)

The bytes that hexadecimal text, a string or its bytes, stands for.
"""
hex2bytes(s) = hex2bytes!(Vector{UInt8}(undef, length(s) >> 1), s)
hex2bytes(s::Union{String,SubString{String}}) = hex2bytes!(Vector{UInt8}(undef, ncodeunits(s) >> 1), codeunits(s))
"""
    hex2bytes!(dest, itr)

`hex2bytes` into the bytes `dest`, whose length must fit.
"""
hex2bytes!(dest::AbstractArray{UInt8}, s::Union{String,SubString{String}}) = hex2bytes!(dest, codeunits(s))
function hex2bytes!(dest::AbstractArray{UInt8}, itr)
    isodd(length(itr)) && throw(ArgumentError("length of iterable must be even"))
    2 * length(dest) == length(itr) || throw(ArgumentError("length of output array must be half of the length of input iterable"))
    y = iterate(itr)
    for i in eachindex(dest)
        high, state = y
        low, state = iterate(itr, state)
        dest[i] = (hex_digit(high) << 4) | hex_digit(low)
        y = iterate(itr, state)
    end
    dest
end
hex_digit(c) = 0x30 <= c <= 0x39 ? c - 0x30 : 0x61 <= c <= 0x66 ? c - 0x57 : 0x41 <= c <= 0x46 ? c - 0x37 :
    throw(ArgumentError("byte is not an ASCII hexadecimal digit"))
hex_digit(c::AbstractChar) = hex_digit(UInt8(c))

"""
    ascii(s)

`s` as a String if it is ASCII, else an ArgumentError.
"""
function ascii(s::AbstractString)
    for (i, c) in pairs(s)
        isascii(c) || throw(ArgumentError("invalid ASCII at index $i in $(repr(s))"))
    end
    String(s)
end
