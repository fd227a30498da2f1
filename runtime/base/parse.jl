# Text to numbers.

"""
    parse(T, text; base=10)

The number that a text writes; an `ArgumentError` if it writes none.
"""
function parse(::Type{T}, s::AbstractString; base::Union{Nothing,Integer}=nothing) where {T<:Integer}
    parse_int(integer_type(T), String(s), base === nothing ? 0 : Int(base), true)
end
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
    parse_int(integer_type(T), String(s), base === nothing ? 0 : Int(base), false)
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
function tryparse(::Type{Complex{T}}, s::AbstractString) where {T<:Real}
    m = strip(s)
    isempty(m) && return nothing
    for im in ("im", "i", "j")
        if endswith(m, im)
            body = rstrip(m[1:prevind(m, lastindex(m), length(im))])
            k = split_complex(body)
            re = k == 0 ? zero(T) : tryparse(T, rstrip(body[1:prevind(body, k)]))
            part = replace(k == 0 ? body : body[k:end], ' ' => "")
            v = part == "" || part == "+" ? one(T) : part == "-" ? -one(T) : tryparse(T, part)
            (re === nothing || v === nothing) && return nothing
            return Complex{T}(re, v)
        end
    end
    re = tryparse(T, m)
    re === nothing ? nothing : Complex{T}(re, zero(T))
end
# Where the imaginary part begins: the last sign that is not at the start or in an exponent.
function split_complex(s)
    k = 0
    prev = ' '
    for (i, c) in pairs(s)
        (c == '+' || c == '-') && i > firstindex(s) && prev != 'e' && prev != 'E' && prev != 'f' && (k = i)
        c == ' ' || (prev = c)
    end
    k
end
function parse(::Type{Complex{T}}, s::AbstractString) where {T<:Real}
    v = tryparse(Complex{T}, s)
    v === nothing && throw(ArgumentError(string("cannot parse ", repr(String(s)), " as ", Complex{T})))
    v
end
parse(::Type{T}, s::AbstractString) where {T<:Complex} = parse(Complex{Float64}, s)
# Of the part of a text from byte i to byte e; base 0 goes by a prefix.
function tryparse_internal(::Type{T}, s::AbstractString, i::Int, e::Int, base::Integer, raise::Bool) where {T<:Integer}
    part = SubString(s, i, e)
    T === Bool && return raise ? parse(Bool, part) : tryparse(Bool, part)
    b = base == 0 ? nothing : base
    raise ? parse(T, part; base=b) : tryparse(T, part; base=b)
end
