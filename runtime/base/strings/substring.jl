# SubString: a part of another string, without a copy.

"""
    SubString(s, i, j=lastindex(s))
    SubString(s, r)

The part of `s` from index `i` to `j`, which shares the text of `s`.
"""
struct SubString{T<:AbstractString} <: AbstractString
    string::T
    offset::Int
    ncodeunits::Int
    function SubString{T}(s::T, i::Int, j::Int) where {T<:AbstractString}
        i <= j || return new(s, 0, 0)
        (i >= 1 && j <= ncodeunits(s)) || throw(BoundsError(s, i:j))
        isvalid(s, i) || throw(StringIndexError(s, i))
        isvalid(s, j) || throw(StringIndexError(s, j))
        new(s, i - 1, nextind(s, j) - i)
    end
    # The part at known bounds.
    SubString{T}(s::T, offset::Int, n::Int, ::Val{:noshift}) where {T<:AbstractString} = new(s, offset, n)
end
SubString{T}(s::SubString{T}) where {T<:AbstractString} = s
SubString(s::T, offset::Int, n::Int, known::Val{:noshift}) where {T<:AbstractString} = SubString{T}(s, offset, n, known)
SubString{T}(s::T) where {T<:AbstractString} = SubString{T}(s, 1, lastindex(s))
SubString{T}(s) where {T<:AbstractString} = SubString{T}(T(s))
SubString{String}(s::AbstractString) = SubString(String(s))
SubString{String}(s::SubString{String}) = s
SubString{String}(s::String) = SubString{String}(s, 1, lastindex(s))
SubString(s::T, i::Int, j::Int) where {T<:AbstractString} = SubString{T}(s, i, j)
SubString(s::AbstractString, i::Integer, j::Integer=lastindex(s)) = SubString(s, Int(i), Int(j))
SubString(s::AbstractString, r::AbstractUnitRange{<:Integer}) = SubString(s, Int(first(r)), Int(last(r)))
SubString(s::AbstractString) = SubString(s, 1, lastindex(s))
SubString(s::SubString) = s
function SubString(s::SubString{T}, i::Int, j::Int) where {T}
    i <= j || return SubString{T}(s.string, 1, 0)
    (i >= 1 && j <= s.ncodeunits) || throw(BoundsError(s, i:j))
    SubString{T}(s.string, s.offset + i, s.offset + j)
end

convert(::Type{SubString{T}}, s::T) where {T<:AbstractString} = SubString(s)
convert(::Type{SubString{T}}, s::SubString{T}) where {T<:AbstractString} = s
convert_key(::Type{String}, s::SubString{String}) = String(s)
view(s::AbstractString, r::AbstractUnitRange{<:Integer}) = SubString(s, r)
maybeview(s::AbstractString, r::AbstractUnitRange{<:Integer}) = SubString(s, r)
maybeview(s::AbstractString, i) = s[i]
parent(s::SubString) = s.string
parentindices(s::SubString) = (s.offset + 1:thisind(s.string, s.offset + s.ncodeunits),)

ncodeunits(s::SubString) = s.ncodeunits
sizeof(s::SubString) = s.ncodeunits * sizeof(codeunit(s.string))
codeunit(s::SubString) = codeunit(s.string)
codeunit(s::SubString, i::Int) = 1 <= i <= s.ncodeunits ? codeunit(s.string, s.offset + i) : throw(BoundsError(s, i))
length(s::SubString{String}) = string_length(s)
isempty(s::SubString) = s.ncodeunits == 0
iterate(s::SubString{String}) = string_iterate(s, 1)
iterate(s::SubString{String}, i::Int) = string_iterate(s, i)
function iterate(s::SubString, i::Int=1)
    i == s.ncodeunits + 1 && return nothing
    1 <= i <= s.ncodeunits || throw(BoundsError(s, i))
    y = iterate(s.string, s.offset + i)
    y === nothing ? nothing : (y[1], y[2] - s.offset)
end
getindex(s::SubString{String}, i::Int) = string_char(s, i)
function getindex(s::SubString, i::Int)
    1 <= i <= s.ncodeunits || throw(BoundsError(s, i))
    getindex(s.string, s.offset + i)
end
isvalid(s::SubString, i::Int) = 1 <= i <= s.ncodeunits && isvalid(s.string, s.offset + i)
pointer(s::SubString{String}) = pointer(s.string) + s.offset
pointer(s::SubString{String}, i::Integer) = pointer(s) + (i - 1)
