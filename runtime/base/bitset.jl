# BitSet: a set of Ints as bits.

"""
    BitSet(itr)

A set of Ints, in a bit for each number between the least and the largest. Good for
numbers that lie close together.
"""
mutable struct BitSet <: AbstractSet{Int}
    bits::Vector{UInt64}
    # number of the word bits[1] among all words; meaningless while there is none
    offset::Int
    BitSet() = new(UInt64[], 0)
end
BitSet(itr) = union!(BitSet(), itr)
BitSet(itr::BitSet) = copy(itr)
word_of(n::Int) = n >> 6
mask_of(n::Int) = UInt64(1) << (n & 63)
bitset_int(x::Integer) = typemin(Int) <= x <= typemax(Int) ? Int(x) : throw(ArgumentError("elements of BitSet must be between typemin(Int) and typemax(Int)"))
bitset_int(x) = convert(Int, x)::Int

# Makes the words from a to b exist.
function reserve!(s::BitSet, a::Int, b::Int)
    if isempty(s.bits)
        s.bits = fill!(Vector{UInt64}(undef, b - a + 1), UInt64(0))
        s.offset = a
        return s
    end
    if a < s.offset
        front = fill!(Vector{UInt64}(undef, s.offset - a), UInt64(0))
        s.bits = append!(front, s.bits)
        s.offset = a
    end
    n = b - s.offset + 1
    while length(s.bits) < n
        push!(s.bits, UInt64(0))
    end
    s
end
function in(x::Int, s::BitSet)
    w = word_of(x) - s.offset + 1
    1 <= w <= length(s.bits) && s.bits[w] & mask_of(x) != 0
end
in(x::Integer, s::BitSet) = typemin(Int) <= x <= typemax(Int) && in(Int(x), s)
in(x, s::BitSet) = x isa Real && isinteger(x) && in(Integer(x), s)
push!(s::BitSet) = s
function push!(s::BitSet, x)
    n = bitset_int(x)
    w = word_of(n)
    k = w - s.offset + 1
    1 <= k <= length(s.bits) || (reserve!(s, w, w); k = w - s.offset + 1)
    s.bits[k] |= mask_of(n)
    s
end
function delete!(s::BitSet, x)
    x in s || return s
    n = Int(x)
    k = word_of(n) - s.offset + 1
    s.bits[k] &= ~mask_of(n)
    s
end
delete!(s::BitSet, x, y...) = (delete!(s, x); delete!(s, y...))
function length(s::BitSet)
    n = 0
    for w in s.bits
        n += count_ones(w)
    end
    n
end
function isempty(s::BitSet)
    for w in s.bits
        w == 0 || return false
    end
    true
end
empty!(s::BitSet) = (s.bits = UInt64[]; s.offset = 0; s)
empty(::BitSet, ::Type{Int}=Int) = BitSet()
emptymutable(::BitSet, ::Type{Int}=Int) = BitSet()
function copy(s::BitSet)
    t = BitSet()
    t.bits = copy(s.bits)
    t.offset = s.offset
    t
end
copymutable(s::BitSet) = copy(s)
copy!(d::BitSet, s::BitSet) = (d.bits = copy(s.bits); d.offset = s.offset; d)
copyto!(d::BitSet, s::BitSet) = copy!(d, s)
sizehint!(s::BitSet, n::Integer; kw...) = s
eltype(::Type{BitSet}) = Int

# State: the word's place and what is left of it.
function iterate(s::BitSet, state=(0, UInt64(0)))
    k, w = state
    while w == 0
        k += 1
        k > length(s.bits) && return nothing
        w = s.bits[k]
    end
    ((s.offset + k - 1) << 6 + trailing_zeros(w), (k, w & (w - 1)))
end
function first(s::BitSet)
    y = iterate(s)
    y === nothing ? throw(ArgumentError("collection must be non-empty")) : y[1]
end
function last(s::BitSet)
    for k in length(s.bits):-1:1
        w = s.bits[k]
        w == 0 || return (s.offset + k - 1) << 6 + 63 - leading_zeros(w)
    end
    throw(ArgumentError("collection must be non-empty"))
end
minimum(s::BitSet) = isempty(s) ? throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer")) : first(s)
maximum(s::BitSet) = isempty(s) ? throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer")) : last(s)
extrema(s::BitSet) = (minimum(s), maximum(s))
issorted(s::BitSet) = true
pop!(s::BitSet) = isempty(s) ? throw(ArgumentError("collection must be non-empty")) : pop!(s, last(s))
popfirst!(s::BitSet) = isempty(s) ? throw(ArgumentError("collection must be non-empty")) : pop!(s, first(s))
function pop!(s::BitSet, x)
    n = bitset_int(x)
    n in s || throw(KeyError(n))
    delete!(s, n)
    n
end
pop!(s::BitSet, x, default) = x in s ? pop!(s, x) : default

## operations word by word

function union!(s::BitSet, t::BitSet)
    isempty(t.bits) && return s
    reserve!(s, isempty(s.bits) ? t.offset : min(s.offset, t.offset), t.offset + length(t.bits) - 1)
    for k in 1:length(t.bits)
        s.bits[t.offset - s.offset + k] |= t.bits[k]
    end
    s
end
function union!(s::BitSet, r::AbstractUnitRange{<:Integer})
    isempty(r) && return s
    a, b = bitset_int(first(r)), bitset_int(last(r))
    reserve!(s, isempty(s.bits) ? word_of(a) : min(s.offset, word_of(a)), word_of(b))
    for w in word_of(a):word_of(b)
        m = typemax(UInt64)
        w == word_of(a) && (m &= m << (a & 63))
        w == word_of(b) && (m &= typemax(UInt64) >> (63 - (b & 63)))
        s.bits[w - s.offset + 1] |= m
    end
    s
end
# Word w of all words.
word_at(s::BitSet, w) = 1 <= w - s.offset + 1 <= length(s.bits) ? s.bits[w - s.offset + 1] : UInt64(0)
function intersect!(s::BitSet, t::BitSet)
    for k in 1:length(s.bits)
        s.bits[k] &= word_at(t, s.offset + k - 1)
    end
    s
end
function setdiff!(s::BitSet, t::BitSet)
    for k in 1:length(s.bits)
        s.bits[k] &= ~word_at(t, s.offset + k - 1)
    end
    s
end
function symdiff!(s::BitSet, t::BitSet)
    s === t && return empty!(s)
    isempty(t.bits) && return s
    reserve!(s, isempty(s.bits) ? t.offset : min(s.offset, t.offset), t.offset + length(t.bits) - 1)
    for k in 1:length(t.bits)
        s.bits[t.offset - s.offset + k] ⊻= t.bits[k]
    end
    s
end
symdiff!(s::BitSet, r::AbstractUnitRange{<:Integer}) = symdiff!(s, BitSet(r))
toggle_all!(s::BitSet, t) = symdiff!(s, t isa BitSet ? t : BitSet(t))
symdiff!(s::BitSet, t) = symdiff!(s, BitSet(t))
union(s::BitSet, sets...) = union!(copy(s), sets...)
union(s::BitSet) = copy(s)
intersect(s::BitSet, t) = (out = BitSet(); for x in t; x in s && push!(out, x); end; out)
intersect(s::BitSet, t::BitSet) = length(s.bits) <= length(t.bits) ? intersect!(copy(s), t) : intersect!(copy(t), s)
setdiff(s::BitSet, t::BitSet) = setdiff!(copy(s), t)
symdiff(s::BitSet, sets...) = symdiff!(copy(s), sets...)
filter!(f, s::BitSet) = unsafe_filter!(f, s)
function ==(a::BitSet, b::BitSet)
    lo = min(a.offset, b.offset)
    hi = max(a.offset + length(a.bits), b.offset + length(b.bits))
    isempty(a.bits) && return isempty(b)
    isempty(b.bits) && return isempty(a)
    hi - lo > 1_000_000 && return length(a) == length(b) && all(in(b), a)
    for w in lo:hi-1
        word_at(a, w) == word_at(b, w) || return false
    end
    true
end
function issubset(a::BitSet, b::BitSet)
    for k in 1:length(a.bits)
        a.bits[k] & ~word_at(b, a.offset + k - 1) == 0 || return false
    end
    true
end
⊊(a::BitSet, b::BitSet) = a ⊆ b && a != b
isdisjoint(a::BitSet, b::BitSet) = all(k -> a.bits[k] & word_at(b, a.offset + k - 1) == 0, 1:length(a.bits))
show(io::IO, s::BitSet) = (print(io, "BitSet(["); join(io, s, ", "); print(io, "])"))
