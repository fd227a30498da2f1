# String and what every AbstractString has: indices, iteration, comparison.
# Indices are byte positions from 1.

"An index into a string that is not the start of a character."
struct StringIndexError <: Exception
    string::AbstractString
    index::Integer
end

# The strings that the primitives take.
const PlainString = Union{String,SubString{String}}

## making

"""
    String(x)

The string of bytes, characters, a symbol or another string. The bytes are taken
out of the vector.
"""
String(s::String) = s
String(s::Symbol) = symbol_string(s)
String(s::SubString{String}) = string_make(s)
String(s::AbstractString) = string_from_chars(collect(Char, s))
function String(v::Vector{UInt8})
    s = string_from_bytes(v, 1, length(v))
    isempty(v) || array_delete(v, 1, length(v))
    s
end
String(v::AbstractVector{UInt8}) = (w = collect(UInt8, v); string_from_bytes(w, 1, length(w)))
String(v::Vector{Char}) = string_from_chars(v)
String(v::AbstractVector{<:AbstractChar}) = string_from_chars(collect(Char, v))
convert(::Type{T}, s::T) where {T<:AbstractString} = s
convert(::Type{String}, s::AbstractString) = String(s)
convert(::Type{T}, s::AbstractString) where {T<:AbstractString} = T(s)
AbstractString(s::AbstractString) = s
(::Type{Vector{UInt8}})(s::AbstractString) = string_bytes(String(s))
(::Type{Vector{Char}})(s::AbstractString) = collect(Char, s)
Array{UInt8}(s::AbstractString) = string_bytes(String(s))
copy(s::AbstractString) = s
unsafe_string(s::String) = s
unsafe_wrap(::Type{Vector{UInt8}}, s::String) = string_bytes(s)
typemin(::Type{String}) = ""
typemin(::String) = ""
sizehint!(s::AbstractString, n) = s

## bytes

"""
    ncodeunits(s)

The code units (bytes, for String) of a string.
"""
ncodeunits(s::String) = string_sizeof(s)
"""
    codeunit(s, [i])

Code unit number `i`; without `i` their type.
"""
codeunit(s::String, i::Int) = string_byte(s, i)
codeunit(s::AbstractString, i::Integer) = i isa Int ? throw(MethodError(codeunit, (s, i))) : codeunit(s, Int(i))
codeunit(s::PlainString) = UInt8
sizeof(s::String) = string_sizeof(s)
sizeof(s::AbstractString) = ncodeunits(s) * sizeof(codeunit(s))
sizeof(s::Symbol) = string_sizeof(s)

"The code units of a string as a vector; made by `codeunits`."
struct CodeUnits{T,S<:AbstractString} <: DenseVector{T}
    s::S
end
CodeUnits(s::S) where {S<:AbstractString} = CodeUnits{codeunit(s),S}(s)
"""
    codeunits(s)

The code units of a string, as a vector.
"""
codeunits(s::AbstractString) = CodeUnits(s)
length(v::CodeUnits) = ncodeunits(v.s)
similar(::Type{<:CodeUnits{T}}, dims::Dims) where {T} = Array{T}(undef, dims)
size(v::CodeUnits) = (ncodeunits(v.s),)
sizeof(v::CodeUnits) = sizeof(v.s)
elsize(::Type{<:CodeUnits{T}}) where {T} = sizeof(T)
getindex(v::CodeUnits, i::Int) = 1 <= i <= ncodeunits(v.s) ? codeunit(v.s, i) : throw(BoundsError(v, i))
IndexStyle(::Type{<:CodeUnits}) = IndexLinear()
iterate(v::CodeUnits, i::Int=1) = i > ncodeunits(v.s) ? nothing : (codeunit(v.s, i), i + 1)
(::Type{Vector{UInt8}})(v::CodeUnits{UInt8}) = string_bytes(String(v.s))
collect(v::CodeUnits{UInt8}) = string_bytes(String(v.s))
String(v::CodeUnits{UInt8}) = String(v.s)
write(io::IO, v::CodeUnits) = write(io, v.s)
==(a::CodeUnits, b::CodeUnits) = a.s == b.s

## iteration

iterate(s::String) = string_iterate(s, 1)
iterate(s::String, i::Int) = string_iterate(s, i)
iterate(s::AbstractString, i::Integer) = i isa Int ? throw(MethodError(iterate, (s, i))) : iterate(s, Int(i))
iterate(s::AbstractString) = iterate(s, firstindex(s))
eltype(::Type{<:AbstractString}) = Char
length(s::String) = string_length(s)
function length(s::AbstractString)
    n = 0
    for _ in s
        n += 1
    end
    n
end
function length(s::AbstractString, i::Integer, j::Integer)
    checkrange(s, i, j)
    n = 0
    for k in Int(i):Int(j)
        isvalid(s, k) && (n += 1)
    end
    n
end
function checkrange(s, i, j)
    1 <= i <= ncodeunits(s) + 1 || throw(BoundsError(s, i))
    0 <= j < ncodeunits(s) + 1 || throw(BoundsError(s, j))
end
isempty(s::AbstractString) = iterate(s) === nothing
isempty(s::String) = string_sizeof(s) == 0
collect(s::PlainString) = string_chars(s)
collect(s::AbstractString) = collect(Char, s)
IteratorSize(::Type{<:AbstractString}) = HasLength()
IteratorSize(::Type{String}) = HasLength()
ndims(::AbstractString) = 1
ndims(::Type{<:AbstractString}) = 1

## indices

firstindex(s::AbstractString) = 1
lastindex(s::String) = string_thisind(s, string_sizeof(s))
lastindex(s::AbstractString) = thisind(s, ncodeunits(s))
getindex(s::String, i::Int) = string_char(s, i)
function getindex(s::AbstractString, i::Integer)
    checkbounds(s, i)
    isvalid(s, i) || string_index_err(s, i)
    iterate(s, i)[1]
end
getindex(s::AbstractString, i::Real) = getindex(s, to_index_number(i))
to_index_number(i) = isinteger(i) ? Int(i) : throw(ArgumentError("invalid index: $i of type $(typeof(i))"))
getindex(s::AbstractString, ::Colon) = s
function getindex(s::String, r::UnitRange{Int64})
    r.start <= r.stop || return ""
    (r.start >= 1 && r.stop <= string_sizeof(s)) || throw(BoundsError(s, r))
    string_range(s, r.start, r.stop)
end
getindex(s::String, r::AbstractUnitRange{<:Integer}) = s[Int(first(r)):Int(last(r))]
getindex(s::AbstractString, r::AbstractUnitRange{<:Integer}) = SubString(s, r)
getindex(s::AbstractString, v::AbstractVector{Bool}) = throw(ArgumentError("logical indexing not supported for strings"))
getindex(s::AbstractString, v::AbstractVector{<:Integer}) = string_from_chars(Char[s[i] for i in v])
get(s::AbstractString, i::Integer, default) = checkbounds(Bool, s, i) ? s[i] : default
string_index_err(s, i) = throw(StringIndexError(s, Int(i)))

checkbounds(::Type{Bool}, s::AbstractString, i::Integer) = 1 <= i <= ncodeunits(s)
checkbounds(::Type{Bool}, s::AbstractString, r::AbstractUnitRange{<:Integer}) = isempty(r) || (1 <= first(r) && last(r) <= ncodeunits(s))
checkbounds(::Type{Bool}, s::AbstractString, I::Real) = throw(MethodError(checkbounds, (Bool, s, I)))
checkbounds(::Type{Bool}, s::AbstractString, I) = all(i -> checkbounds(Bool, s, i), I)
checkbounds(s::AbstractString, I) = checkbounds(Bool, s, I) ? nothing : throw(BoundsError(s, I))

"""
    isvalid(s, i)
    isvalid(s)

Whether a character starts at index `i`; whether all of `s` is proper Unicode.
"""
isvalid(s::PlainString, i::Int) = string_isvalid_index(s, i)
isvalid(s::AbstractString, i::Integer) = i isa Int ? throw(MethodError(isvalid, (s, i))) : isvalid(s, Int(i))
isvalid(s::PlainString) = string_isvalid(s)
isvalid(s::AbstractString) = all(isvalid, s)
isvalid(::Type{T}, s) where {T<:AbstractString} = s isa AbstractString ? isvalid(s) : string_isvalid(string_from_bytes(collect(UInt8, s), 1, length(s)))

"""
    thisind(s, i)

The index of the character that code unit `i` belongs to.
"""
thisind(s::PlainString, i::Int) = string_thisind(s, i)
thisind(s::AbstractString, i::Integer) = thisind(s, Int(i))
function thisind(s::AbstractString, i::Int)
    z = ncodeunits(s) + 1
    i == z && return i
    0 <= i <= z || throw(BoundsError(s, i))
    while 1 < i && !isvalid(s, i)
        i -= 1
    end
    i
end
"""
    nextind(s, i, n=1)

The index of the `n`th character after index `i`.
"""
nextind(s::PlainString, i::Int) = string_nextind(s, i, 1)
nextind(s::PlainString, i::Int, n::Int) = string_nextind(s, i, n)
nextind(s::AbstractString, i::Integer) = nextind(s, Int(i))
nextind(s::AbstractString, i::Int) = nextind(s, i, 1)
nextind(s::AbstractString, i::Integer, n::Integer) = nextind(s, Int(i), Int(n))
function nextind(s::AbstractString, i::Int, n::Int)
    n < 0 && throw(ArgumentError("n cannot be negative: $n"))
    z = ncodeunits(s)
    0 <= i <= z || throw(BoundsError(s, i))
    n == 0 && return thisind(s, i) == i ? i : string_index_err(s, i)
    while n > 0
        i += 1
        if i > z
            i += n - 1
            break
        end
        isvalid(s, i) && (n -= 1)
    end
    i
end
"""
    prevind(s, i, n=1)

The index of the `n`th character before index `i`.
"""
prevind(s::PlainString, i::Int) = string_prevind(s, i, 1)
prevind(s::PlainString, i::Int, n::Int) = string_prevind(s, i, n)
prevind(s::AbstractString, i::Integer) = prevind(s, Int(i))
prevind(s::AbstractString, i::Int) = prevind(s, i, 1)
prevind(s::AbstractString, i::Integer, n::Integer) = prevind(s, Int(i), Int(n))
function prevind(s::AbstractString, i::Int, n::Int)
    n < 0 && throw(ArgumentError("n cannot be negative: $n"))
    z = ncodeunits(s) + 1
    1 <= i <= z || throw(BoundsError(s, i))
    n == 0 && return thisind(s, i) == i ? i : string_index_err(s, i)
    while n > 0
        i -= 1
        if i < 1
            i -= n - 1
            break
        end
        isvalid(s, i) && (n -= 1)
    end
    i
end

"The indices of the characters of a string; made by `eachindex`."
struct EachStringIndex{T<:AbstractString}
    s::T
end
keys(s::AbstractString) = EachStringIndex(s)
eachindex(s::AbstractString) = EachStringIndex(s)
pairs(s::AbstractString) = Iterators.Pairs(s, eachindex(s))
length(e::EachStringIndex) = length(e.s)
first(e::EachStringIndex) = 1
last(e::EachStringIndex) = lastindex(e.s)
eltype(::Type{<:EachStringIndex}) = Int
iterate(e::EachStringIndex, i::Int=1) = i > ncodeunits(e.s) ? nothing : (i, nextind(e.s, i))
isempty(e::EachStringIndex) = isempty(e.s)

## comparison

==(a::String, b::String) = string_eq(a, b)
==(a::PlainString, b::PlainString) = string_eq(a, b)
==(a::AbstractString, b::AbstractString) = cmp(a, b) == 0
isequal(a::PlainString, b::PlainString) = string_eq(a, b)
isless(a::PlainString, b::PlainString) = string_lt(a, b)
isless(a::AbstractString, b::AbstractString) = cmp(a, b) < 0
<(a::PlainString, b::PlainString) = string_lt(a, b)
cmp(a::PlainString, b::PlainString) = string_cmp(a, b)
function cmp(a::AbstractString, b::AbstractString)
    x = iterate(a)
    y = iterate(b)
    while x !== nothing && y !== nothing
        x[1] == y[1] || return x[1] < y[1] ? -1 : 1
        x = iterate(a, x[2])
        y = iterate(b, y[2])
    end
    x === nothing ? (y === nothing ? 0 : -1) : 1
end
cmp(a::Symbol, b::Symbol) = string_cmp(a, b)
isless(a::Symbol, b::Symbol) = string_lt(a, b)
hash(s::PlainString, h::UInt) = hash_plain(s, h)
hash(s::AbstractString, h::UInt) = hash_plain(applicable(codeunit, s) && codeunit(s) === UInt8 ? String(collect(codeunits(s))) : String(s), h)

## joining, repeating, reversing

"""
    *(s, t...)

Strings and characters joined.
"""
*(a::Union{AbstractString,AbstractChar}) = string(a)
*(a::String, b::String) = string_concat(a, b)
*(a::String, b::String, c::String) = string_concat(a, b, c)
*(a::String, b::String, c::String, d::String) = string_concat(a, b, c, d)
*(a::Union{AbstractString,AbstractChar}, b::Union{AbstractString,AbstractChar}) = put_together(a, b)
*(a::Union{AbstractString,AbstractChar}, b::Union{AbstractString,AbstractChar}, c::Union{AbstractString,AbstractChar}) = put_together(a, b, c)
*(a::Union{AbstractString,AbstractChar}, b::Union{AbstractString,AbstractChar}, c::Union{AbstractString,AbstractChar},
  more::Union{AbstractString,AbstractChar}...) = put_together(a, b, c, more...)
# A String, or where something has annotations an AnnotatedString. A type of text that
# has them adds a method to _isannotated.
put_together(xs...) = any(_isannotated, xs) ? annotatedstring(xs...) : string(xs...)
_isannotated(x) = false
one(::Union{T,Type{T}}) where {T<:AbstractString} = convert(T, "")

"""
    repeat(s, n)

The string (or character) `s`, `n` times.
"""
repeat(s::PlainString, n::Integer) = n > typemax(Int) ? throw(OutOfMemoryError()) : string_repeat(s, Int(n))
repeat(s::AbstractString, n::Integer) = repeat(String(s), n)
repeat(c::AbstractChar, n::Integer) = n < 0 ? throw(ArgumentError("can't repeat a character $n times")) : repeat(string(c), n)
^(s::Union{AbstractString,AbstractChar}, n::Integer) = repeat(s, n)

"""
    reverse(s)

The characters of `s` from the last to the first.
"""
reverse(s::PlainString) = string_reverse(s)
reverse(s::AbstractString) = string_reverse(String(s))
"""
    reverseind(s, i)

The index in `s` of the character at index `i` of `reverse(s)`.
"""
reverseind(s::AbstractString, i::Integer) = thisind(s, ncodeunits(s) - Int(i) + 1)
first(s::AbstractString, n::Integer) = s[1:nth_index(s, n)]
nth_index(s, n) = n < 0 ? throw(ArgumentError("n cannot be negative: $n")) : n == 0 ? 0 : min(lastindex(s), nextind(s, 0, Int(n)))
function last(s::AbstractString, n::Integer)
    n < 0 && throw(ArgumentError("n cannot be negative: $n"))
    n == 0 && return s[1:0]
    i = prevind(s, ncodeunits(s) + 1, min(Int(n), ncodeunits(s)))
    s[max(1, i):end]
end
first(s::AbstractString) = isempty(s) ? throw(ArgumentError("collection must be non-empty")) : s[1]
last(s::AbstractString) = isempty(s) ? throw(ArgumentError("collection must be non-empty")) : s[lastindex(s)]

"""
    map(f, s::AbstractString)

The string of `f` of each character.
"""
function map(f, s::AbstractString)
    out = IOBuffer()
    for c in s
        d = f(c)
        d isa AbstractChar || throw(ArgumentError("map(f, s::AbstractString) requires f to return AbstractChar; try map(f, collect(s)) or a comprehension instead"))
        write(out, d)
    end
    buffer_take_string(out)
end
function filter(f, s::AbstractString)
    out = IOBuffer()
    for c in s
        f(c) && write(out, c)
    end
    buffer_take_string(out)
end
any(f::Function, s::AbstractString) = (for c in s; f(c) && return true; end; false)
all(f::Function, s::AbstractString) = (for c in s; f(c) || return false; end; true)

## case and width

isascii(s::PlainString) = string_isascii(s)
isascii(s::AbstractString) = all(isascii, s)
isascii(units::AbstractVector{<:Integer}) = all(u -> 0 <= u < 0x80, units)
"""
    uppercase(x)

A string, or a character, in upper case.
"""
uppercase(s::AbstractString) = string_upper(String(s))
"""
    lowercase(x)

A string, or a character, in lower case.
"""
lowercase(s::AbstractString) = string_lower(String(s))
"""
    uppercasefirst(s)

`s` with its first letter in upper (title) case.
"""
uppercasefirst(s::AbstractString) = isempty(s) ? "" : string(titlecase(s[1]), SubString(s, nextind(s, 1)))
"""
    lowercasefirst(s)

`s` with its first letter in lower case.
"""
lowercasefirst(s::AbstractString) = isempty(s) ? "" : string(lowercase(s[1]), SubString(s, nextind(s, 1)))
function titlecase(s::AbstractString; wordsep::Function=!isletter_or_mark, strict::Bool=true)
    out = IOBuffer()
    start = true
    for c in s
        if wordsep(c)
            write(out, c)
            start = true
        else
            write(out, start ? titlecase(c) : strict ? lowercase(c) : c)
            start = false
        end
    end
    buffer_take_string(out)
end
isletter_or_mark(c) = 1 <= char_category(c) <= 8
textwidth(s::PlainString) = string_width(s)
textwidth(s::AbstractString) = string_width(String(s))

## symbols

==(a::Symbol, b::Symbol) = a === b
