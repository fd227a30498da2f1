# Text to numbers.

"""
    parse(T, text; base=10)

The number that a text writes; an `ArgumentError` if it writes none.
"""
function parse(::Type{T}, s::AbstractString; base::Union{Nothing,Integer}=nothing) where {T<:Integer}
    parse_int(integer_type(T), String(s), number_base(base), true)
end
number_base(::Nothing) = 0   # by prefix
number_base(base) = 2 <= base <= 62 ? Int(base) : throw(ArgumentError("invalid base: base must be 2 ≤ base ≤ 62, got $base"))
integer_type(::Type{T}) where {T} = T
integer_type(::Type{Integer}) = Int
integer_type(::Type{Signed}) = Int
integer_type(::Type{Unsigned}) = UInt
parse(::Type{Int64}, s::String) = parse_int(Int64, s, 0, true)
function parse(::Type{T}, c::AbstractChar; base::Integer=10) where {T<:Integer}
    2 <= base <= 62 || throw(ArgumentError("invalid base: base must be 2 ≤ base ≤ 62, got $base"))
    n = tryparse(Int, string(c); base=base)
    n === nothing && throw(ArgumentError(string("invalid base ", base, " digit ", repr(c))))
    convert(T, n)
end
"""
    tryparse(T, text; base=10)

The number that a text writes, or `nothing`.
"""
function tryparse(::Type{T}, s::AbstractString; base::Union{Nothing,Integer}=nothing) where {T<:Integer}
    parse_int(integer_type(T), String(s), number_base(base), false)
end
parse(::Type{Bool}, s::AbstractString; base::Union{Nothing,Integer}=nothing) = parse_bool(s, true)
tryparse(::Type{Bool}, s::AbstractString; base::Union{Nothing,Integer}=nothing) = parse_bool(s, false)
function parse_bool(s, raise)
    word = strip(s)
    digits = length(word) > 1 ? lstrip(==('0'), chop(word)) * last(word) : word
    word == "true" || digits == "1" ? true :
    word == "false" || digits == "0" ? false :
    !raise ? nothing :
    isempty(s) ? throw(ArgumentError("input string is empty")) :
    isempty(word) ? throw(ArgumentError("input string only contains whitespace")) :
    throw(ArgumentError(string("invalid Bool representation: ", repr(s))))
end
tryparse(::Type{T}, s::AbstractString) where {T<:IEEEFloat} = parse_float(T, String(s))
tryparse(::Type{AbstractFloat}, s::AbstractString) = parse_float(Float64, String(s))
tryparse(::Type{Real}, s::AbstractString) = parse_float(Float64, String(s))
function parse(::Type{T}, s::AbstractString) where {T<:Real}
    v = tryparse(T, s)
    v === nothing && throw(ArgumentError(string("cannot parse ", repr(String(s)), " as ", T)))
    v
end
parse(::Type{Real}, s::AbstractString) = parse(Float64, s)
parse(::Type{Union{}}, s) = throw(MethodError(parse, (Union{}, s)))
tryparse(::Type{Complex{T}}, s::AbstractString) where {T<:Real} = parse_complex(T, s, tryparse)
parse(::Type{Complex{T}}, s::AbstractString) where {T<:Real} = parse_complex(T, s, parse)
# A real part, an imaginary part, or both with a sign between them; part(T, s) reads one.
function parse_complex(T, s, part)
    m = strip(s)
    for im in ("im", "i", "j")
        endswith(m, im) || continue
        body = rstrip(m[1:prevind(m, lastindex(m), length(im))])
        k = split_complex(body)
        k == 0 && return complex_of(T, zero(T), part(T, replace(body, ' ' => "")))
        re = part(T, body[1:prevind(body, k)])
        imag = part(T, body[nextind(body, k):end])
        return complex_of(T, re, body[k] == '-' && imag !== nothing ? -imag : imag)
    end
    complex_of(T, part(T, m), zero(T))
end
complex_of(T, re, im) = re === nothing || im === nothing ? nothing : Complex{T}(re, im)
# Where the sign between the parts is: the first that is not at the start, behind another or in an exponent.
function split_complex(s)
    prev = before = ' '
    for (i, c) in pairs(s)
        exponent = prev in ('e', 'E', 'f') && (isdigit(before) || before == '.')
        (c == '+' || c == '-') && !(prev in (' ', '+', '-')) && !exponent && return i
        c == ' ' || ((before, prev) = (prev, c))
    end
    0
end
parse(::Type{T}, s::AbstractString) where {T<:Complex} = parse(Complex{Float64}, s)
# Of the part of a text from byte i to byte e; base 0 goes by a prefix.
function tryparse_internal(::Type{T}, s::AbstractString, i::Int, e::Int, base::Integer, raise::Bool) where {T<:Integer}
    part = SubString(s, i, e)
    T === Bool && return parse_bool(part, raise)
    b = base == 0 ? nothing : base
    raise ? parse(T, part; base=b) : tryparse(T, part; base=b)
end
