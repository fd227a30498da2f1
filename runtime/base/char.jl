# Char: characters, their code points, what Unicode says about them.

"A character that has no code point: its bytes are not UTF-8."
struct InvalidCharError{T<:AbstractChar} <: Exception
    char::T
end
"A number that is not a code point."
struct CodePointError{T<:Integer} <: Exception
    code::T
end

code_point_err(n) = throw(CodePointError(n))
invalid_char(c) = throw(InvalidCharError(c))

## making and converting

Char(x::Int64) = char_from_codepoint(int_convert(UInt32, x))
Char(x::UInt32) = char_from_codepoint(x)
Char(x::Number) = char_from_codepoint(convert(UInt32, x))
Char(x::Char) = x
Char(x::AbstractChar) = char_from_codepoint(codepoint(x))
AbstractChar(x::Number) = Char(x)
(::Type{T})(x::T) where {T<:AbstractChar} = x
"""
    codepoint(c)

The code point of a character, as `UInt32`.
"""
codepoint(c::Char) = char_codepoint(c)
Int64(c::Char) = int_convert(Int64, char_codepoint(c))
UInt32(c::Char) = char_codepoint(c)
(::Type{T})(c::AbstractChar) where {T<:Number} = convert(T, codepoint(c))
(::Type{T})(c::AbstractChar) where {T<:AbstractChar} = T(codepoint(c))
convert(::Type{T}, c::AbstractChar) where {T<:Number} = T(c)
convert(::Type{T}, x::Number) where {T<:AbstractChar} = T(x)
convert(::Type{T}, x::AbstractChar) where {T<:AbstractChar} = T(x)
convert(::Type{T}, x::T) where {T<:AbstractChar} = x
rem(c::AbstractChar, ::Type{T}) where {T<:Number} = rem(codepoint(c), T)
promote_rule(::Type{Char}, ::Type{T}) where {T<:AbstractChar} = Char
typemin(::Type{Char}) = reinterpret(Char, typemin(UInt32))
typemax(::Type{Char}) = reinterpret(Char, typemax(UInt32))

"""
    ismalformed(c)

Whether the bytes of a character are not UTF-8.
"""
ismalformed(c::AbstractChar) = false
ismalformed(c::Char) = char_ismalformed(c)
"""
    isoverlong(c)

Whether a character is written in more bytes than it needs.
"""
isoverlong(c::AbstractChar) = false
isoverlong(c::Char) = char_isoverlong(c)
isvalid(c::AbstractChar) = (ismalformed(c) | isoverlong(c)) ? false : isvalid_codepoint(codepoint(c))
isvalid(::Type{T}, c) where {T<:AbstractChar} = c isa AbstractChar ? isvalid(c) : isvalid_codepoint(c)
isvalid_codepoint(n) = 0 <= n < 0xd800 || 0xe000 <= n < 0x110000

"""
    ncodeunits(c::Char)

The bytes of the character in UTF-8.
"""
ncodeunits(c::Char) = char_nbytes(c)

## comparing, computing

==(a::Char, b::Char) = a === b
==(a::AbstractChar, b::AbstractChar) = codepoint(a) == codepoint(b)
isless(a::Char, b::Char) = ult_int(bits_reinterpret(UInt32, a), bits_reinterpret(UInt32, b))
isless(a::AbstractChar, b::AbstractChar) = isless(codepoint(a), codepoint(b))
<(a::Char, b::Char) = ult_int(bits_reinterpret(UInt32, a), bits_reinterpret(UInt32, b))
<=(a::Char, b::Char) = ule_int(bits_reinterpret(UInt32, a), bits_reinterpret(UInt32, b))
hash(c::Char, h::UInt) = hash_plain(c, h)
widen(::Type{T}) where {T<:AbstractChar} = T

-(a::AbstractChar, b::AbstractChar) = Int(a) - Int(b)
-(a::T, n::Integer) where {T<:AbstractChar} = T(Int32(codepoint(a)) - Int32(n))
+(a::T, n::Integer) where {T<:AbstractChar} = T(Int32(codepoint(a)) + Int32(n))
+(n::Integer, a::AbstractChar) = a + n

## a character is a collection of itself

size(c::AbstractChar) = ()
size(c::AbstractChar, d::Integer) = d < 1 ? throw(BoundsError()) : 1
ndims(c::AbstractChar) = 0
ndims(::Type{<:AbstractChar}) = 0
length(c::AbstractChar) = 1
IteratorSize(::Type{Char}) = HasShape{0}()
firstindex(c::AbstractChar) = 1
lastindex(c::AbstractChar) = 1
getindex(c::AbstractChar) = c
getindex(c::AbstractChar, i::Integer) = i == 1 ? c : throw(BoundsError())
getindex(c::AbstractChar, I::Integer...) = all(x -> x == 1, I) ? c : throw(BoundsError())
first(c::AbstractChar) = c
last(c::AbstractChar) = c
eltype(::Type{T}) where {T<:AbstractChar} = T
iterate(c::AbstractChar, done=false) = done ? nothing : (c, true)
isempty(c::AbstractChar) = false
in(x::AbstractChar, y::AbstractChar) = x == y

## Unicode

const category_names = (
    ("Cn", "Other, not assigned"), ("Lu", "Letter, uppercase"), ("Ll", "Letter, lowercase"), ("Lt", "Letter, titlecase"),
    ("Lm", "Letter, modifier"), ("Lo", "Letter, other"), ("Mn", "Mark, nonspacing"), ("Mc", "Mark, spacing combining"),
    ("Me", "Mark, enclosing"), ("Nd", "Number, decimal digit"), ("Nl", "Number, letter"), ("No", "Number, other"),
    ("Pc", "Punctuation, connector"), ("Pd", "Punctuation, dash"), ("Ps", "Punctuation, open"), ("Pe", "Punctuation, close"),
    ("Pi", "Punctuation, initial quote"), ("Pf", "Punctuation, final quote"), ("Po", "Punctuation, other"),
    ("Sm", "Symbol, math"), ("Sc", "Symbol, currency"), ("Sk", "Symbol, modifier"), ("So", "Symbol, other"),
    ("Zs", "Separator, space"), ("Zl", "Separator, line"), ("Zp", "Separator, paragraph"), ("Cc", "Other, control"),
    ("Cf", "Other, format"), ("Cs", "Other, surrogate"), ("Co", "Other, private use"), ("In", "Invalid, too high"),
    ("Ma", "Malformed, bad data"))
"`category_code(c)`: the number of the Unicode category of a character, or of a code point."
category_code(c::AbstractChar) = char_category(Char(c))
category_code(u::Integer) = char_category(Char(u))
"`category_abbrev(c)`: the category of a character in two letters, such as `\"Lu\"`."
category_abbrev(c::AbstractChar) = category_names[category_code(c) + 1][1]
"`category_string(c)`: the category of a character in words, such as `\"Letter, uppercase\"`."
category_string(c::AbstractChar) = category_names[category_code(c) + 1][2]

"""
    isuppercase(c)

Whether `c` is an upper-case letter.
"""
isuppercase(c::AbstractChar) = char_test(:upper, Char(c))
"""
    islowercase(c)

Whether `c` is a lower-case letter.
"""
islowercase(c::AbstractChar) = char_test(:lower, Char(c))
"""
    isspace(c)

Whether `c` is white space.
"""
isspace(c::AbstractChar) = char_test(:space, Char(c))
"""
    isletter(c)

Whether `c` is a letter.
"""
isletter(c::AbstractChar) = char_test(:letter, Char(c))
"""
    isdigit(c)

Whether `c` is one of `0` to `9`.
"""
isdigit(c::AbstractChar) = '0' <= c <= '9'
"""
    isxdigit(c)

Whether `c` is a hexadecimal digit.
"""
isxdigit(c::AbstractChar) = '0' <= c <= '9' || 'a' <= c <= 'f' || 'A' <= c <= 'F'
"""
    isnumeric(c)

Whether `c` is a number of any kind.
"""
isnumeric(c::AbstractChar) = char_test(:numeric, Char(c))
"""
    isascii(c)
    isascii(s)

Whether a character, or all of a string's, are ASCII.
"""
isascii(c::Char) = bits_reinterpret(UInt32, c) < 0x80000000
isascii(c::AbstractChar) = UInt32(c) < 0x80
"""
    isprint(c)

Whether `c` can be printed, spaces included.
"""
isprint(c::AbstractChar) = char_test(:print, Char(c))
"""
    ispunct(c)

Whether `c` is punctuation.
"""
ispunct(c::AbstractChar) = char_test(:punct, Char(c))
"""
    iscntrl(c)

Whether `c` is a control character.
"""
iscntrl(c::AbstractChar) = char_test(:cntrl, Char(c))
isassigned(c::AbstractChar) = (k = char_category(Char(c)); 0 < k < 30)

uppercase(c::AbstractChar) = char_upper(Char(c))
lowercase(c::AbstractChar) = char_lower(Char(c))
"""
    titlecase(c)
    titlecase(s; wordsep, strict=true)

Title case: the first letter of each word in upper case.
"""
titlecase(c::AbstractChar) = char_title(Char(c))
"""
    textwidth(x)

The columns that a character or a string takes on a terminal.
"""
textwidth(c::AbstractChar) = char_width(Char(c))

## output

write(io::IO, c::Char) = write(io, string(c))
print(io::IO, c::Char) = (write(io, c); nothing)
print(io::IO, c::AbstractChar) = print(io, Char(c))

show(io::IO, c::AbstractChar) = (print(io, '\'', char_literal(Char(c)), '\''); nothing)

# The text of a character between quotes.
char_literal(c::Char) = char_escape(c, "'")

function show(io::IO, ::MIME"text/plain", c::AbstractChar)
    show(io, c)
    get(io, :compact, false) && return nothing
    print(io, ": ")
    if ismalformed(c)
        print(io, "Malformed UTF-8")
    else
        if isoverlong(c)
            print(io, "[overlong] ")
            c = typeof(c)(char_decode_overlong(Char(c)))
        end
        print(io, isascii(c) ? "ASCII/" : "", "Unicode U+", codepoint_text(c))
    end
    print(io, " (category ", category_abbrev(c), ": ", category_string(c), ")")
end
codepoint_text(c) = uppercase(int_string(codepoint(c), 16, 4))

read(io::IO, ::Type{Char}) = read_char(io)
