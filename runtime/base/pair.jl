# Pairs.

"""
    Pair(a, b)
    a => b

Two values, `first` and `second`.
"""
struct Pair{A,B}
    first::A
    second::B
    Pair{A,B}(a, b) where {A,B} = new{A,B}(a, b)
end
Pair(a::A, b::B) where {A,B} = Pair{A,B}(a, b)
const => = Pair

iterate(p::Pair, i::Int=1) = i > 2 ? nothing : (getfield(p, i), i + 1)
indexed_iterate(p::Pair, i::Int, state=1) = (getfield(p, i), i + 1)
length(::Pair) = 2
firstindex(::Pair) = 1
lastindex(::Pair) = 2
first(p::Pair) = p.first
last(p::Pair) = p.second
getindex(p::Pair, i::Int) = getfield(p, i)
getindex(p::Pair, i::Real) = getfield(p, convert(Int, i))
eltype(::Type{Pair{A,B}}) where {A,B} = Union{A,B}
reverse(p::Pair) = p.second => p.first
keys(::Pair) = 1:2
==(a::Pair, b::Pair) = (a.first == b.first) & (a.second == b.second)
isequal(a::Pair, b::Pair) = isequal(a.first, b.first) && isequal(a.second, b.second)
isless(a::Pair, b::Pair) = isless(a.first, b.first) || (isequal(a.first, b.first) && isless(a.second, b.second))
hash(p::Pair, h::UInt) = hash(p.second, hash(p.first, h))
convert(::Type{Pair{A,B}}, p::Pair{A,B}) where {A,B} = p
convert(::Type{Pair{A,B}}, p::Pair) where {A,B} = Pair{A,B}(convert(A, p.first), convert(B, p.second))
promote_rule(::Type{Pair{A,B}}, ::Type{Pair{C,D}}) where {A,B,C,D} = Pair{promote_type(A, C),promote_type(B, D)}
