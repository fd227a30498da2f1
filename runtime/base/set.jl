# Sets.

eltype(::Type{<:AbstractSet{T}}) where {T} = T

"""
    Set{T}(itr)
    Set(itr)

The distinct items of `itr`.

# Examples
```julia
julia> 3 in Set([1, 2, 3])
true
```
"""
struct Set{T} <: AbstractSet{T}
    dict::Dict{T,Nothing}
    Set{T}() where {T} = new(Dict{T,Nothing}())
    Set{T}(s::Set{T}) where {T} = new(copy(s.dict))
end
function Set{T}(itr) where {T}
    s = Set{T}()
    for x in itr
        push!(s, x)
    end
    s
end
Set() = Set{Any}()
Set(s::Set{T}) where {T} = Set{T}(s)
function Set(itr)
    if IteratorEltype(itr) isa HasEltype
        return Set{eltype(itr)}(itr)
    end
    v = collect(itr)
    Set{eltype(v)}(v)
end

length(s::Set) = length(s.dict)
isempty(s::AbstractSet) = length(s) == 0
in(x, s::Set) = haskey(s.dict, x)
push!(s::Set, x) = (s.dict[x] = nothing; s)
push!(s::AbstractSet, x, y, more...) = push!(push!(s, x), y, more...)
delete!(s::Set, x) = (delete!(s.dict, x); s)
function pop!(s::Set, x)
    x in s || throw(KeyError(x))
    delete!(s, x)
    x
end
pop!(s::Set, x, default) = x in s ? pop!(s, x) : default
function pop!(s::Set)
    isempty(s) && throw(ArgumentError("set must be non-empty"))
    pop!(s.dict).first
end
empty!(s::Set) = (empty!(s.dict); s)
copy(s::Set{T}) where {T} = Set{T}(s)
copymutable(s::Set) = copy(s)
empty(s::AbstractSet{T}, U=T) where {T} = Set{U}()
sizehint!(s::Set, n) = (sizehint!(s.dict, n); s)
iterate(s::Set, i::Int=1) = iterate(KeySet(s.dict), i)

"""
    in!(x, s::AbstractSet)

Add `x`; whether it was there already.
"""
in!(x, s::AbstractSet) = x in s ? true : (push!(s, x); false)

"""
    union(s, itrs...)
    s ∪ t

All items of the collections: a set if the first is one, else a vector without
duplicates.
"""
function union end
union(s::AbstractSet) = copy(s)
function union(s::AbstractSet, sets...)
    T = eltype(s)
    for t in sets
        T = promote_type(T, eltype(t))
    end
    out = Set{T}()
    union!(out, s)
    for t in sets
        union!(out, t)
    end
    out
end
union(a, sets...) = unique_of(a, sets...)
function unique_of(sets...)
    T = eltype(sets[1])
    for s in sets
        T = promote_type(T, eltype(s))
    end
    out = Vector{T}()
    seen = Set{Any}()
    for s in sets
        for x in s
            in!(x, seen) || push!(out, x)
        end
    end
    out
end
function union!(s::AbstractSet, sets...)
    for t in sets
        for x in t
            push!(s, x)
        end
    end
    s
end
function union!(v::AbstractVector, sets...)
    seen = Set{Any}()
    out = similar(v, 0)
    for c in (v, sets...)
        for x in c
            in!(x, seen) || push!(out, x)
        end
    end
    resize!(v, length(out))
    copyto!(v, out)
end
const ∪ = union

"""
    intersect(s, itrs...)
    s ∩ t

The items that are in all.
"""
function intersect(s::AbstractSet, sets...)
    out = empty(s)
    for x in s
        all(t -> x in t, sets) && push!(out, x)
    end
    out
end
function intersect(a, sets...)
    sets = map(t -> t isa AbstractSet || t isa AbstractRange ? t : Set(t), sets)
    out = Vector{eltype(a)}()
    seen = Set{Any}()
    for x in a
        all(t -> x in t, sets) && !in!(x, seen) && push!(out, x)
    end
    out
end
function intersect(a::AbstractUnitRange{<:Integer}, b::AbstractUnitRange{<:Integer})
    max(first(a), first(b)):min(last(a), last(b))
end
function intersect!(s::AbstractSet, sets...)
    for x in collect(s)
        all(t -> x in t, sets) || delete!(s, x)
    end
    s
end
intersect!(v::AbstractVector, sets...) = (out = intersect(v, sets...); resize!(v, length(out)); copyto!(v, out))
const ∩ = intersect

"""
    setdiff(s, itrs...)

The items of `s` that are in none of the others.
"""
function setdiff(s::AbstractSet, sets...)
    out = copy(s)
    for t in sets
        for x in t
            delete!(out, x)
        end
    end
    out
end
function setdiff(a, sets...)
    sets = map(t -> t isa AbstractSet || t isa AbstractRange ? t : Set(t), sets)
    out = Vector{eltype(a)}()
    seen = Set{Any}()
    for x in a
        any(t -> x in t, sets) || in!(x, seen) || push!(out, x)
    end
    out
end
function setdiff!(s::AbstractSet, sets...)
    for t in sets
        for x in t
            delete!(s, x)
        end
    end
    s
end
setdiff!(v::AbstractVector, sets...) = (out = setdiff(v, sets...); resize!(v, length(out)); copyto!(v, out))

"""
    symdiff(s, itrs...)

The items that are in an odd number of the collections.
"""
symdiff(s) = s isa AbstractSet ? copy(s) : unique(s)
function symdiff(s::AbstractSet, sets...)
    out = copy(s)
    for t in sets
        for x in unique(t)
            x in out ? delete!(out, x) : push!(out, x)
        end
    end
    out
end
function symdiff(a, sets...)
    s = symdiff(Set(a), sets...)
    [x for x in unique_of(a, sets...) if x in s]
end
function symdiff!(s::AbstractSet, sets...)
    for t in sets
        for x in unique(t)
            x in s ? delete!(s, x) : push!(s, x)
        end
    end
    s
end

==(a::AbstractSet, b::AbstractSet) = length(a) == length(b) && a ⊆ b
isequal(a::AbstractSet, b::AbstractSet) = a == b
function hash(s::AbstractSet, h::UInt)
    hv = UInt(0x852ada37cfe8e0ce)
    for x in s
        hv ⊻= hash(x)
    end
    hash(hv, h)
end

"""
    issubset(a, b)
    a ⊆ b

Whether all items of `a` are in `b`.
"""
function issubset(a, b)
    b isa AbstractSet || b isa AbstractRange || length(a) < 70 || (b = Set(b))
    for x in a
        x in b || return false
    end
    true
end
issubset(b) = Fix2(issubset, b)
const ⊆ = issubset
⊇(a, b) = issubset(b, a)
⊊(a, b) = Set(a) != Set(b) && a ⊆ b
⊋(a, b) = ⊊(b, a)
⊈(a, b) = !⊆(a, b)
⊉(a, b) = ⊈(b, a)
<(a::AbstractSet, b::AbstractSet) = ⊊(a, b)
<=(a::AbstractSet, b::AbstractSet) = a ⊆ b
issetequal(a, b) = Set(a) == Set(b)
"""
    isdisjoint(a, b)

Whether no item is in both.
"""
isdisjoint(a, b) = !any(x -> x in b, a)

"""
    unique(itr)
    unique(f, itr)

The distinct items (by `f`), in the order they come first.
"""
function unique(itr)
    out = Vector{IteratorEltype(itr) isa HasEltype ? eltype(itr) : Any}()
    seen = Set{Any}()
    for x in itr
        in!(x, seen) || push!(out, x)
    end
    IteratorEltype(itr) isa HasEltype ? out : narrow_vector(out)
end
narrow_vector(v) = collect(x for x in v)
unique(r::AbstractRange) = collect(r)
function unique(f, itr)
    out = Vector{eltype(itr)}()
    seen = Set{Any}()
    for x in itr
        in!(f(x), seen) || push!(out, x)
    end
    out
end
unique!(v::AbstractVector) = (out = unique(v); resize!(v, length(out)); copyto!(v, out))
unique!(f, v::AbstractVector) = (out = unique(f, v); resize!(v, length(out)); copyto!(v, out))

"""
    allunique(itr)

Whether no two items are equal.
"""
function allunique(itr)
    seen = Set{Any}()
    for x in itr
        in!(x, seen) && return false
    end
    true
end
allunique(f, itr) = allunique(f(x) for x in itr)

"""
    allequal(itr)

Whether all items are equal.
"""
function allequal(itr)
    y = iterate(itr)
    y === nothing && return true
    x = y[1]
    all(z -> isequal(x, z), itr)
end
allequal(f, itr) = allequal([f(x) for x in itr])

function filter(f, s::AbstractSet)
    out = empty(s)
    for x in s
        f(x) && push!(out, x)
    end
    out
end
function filter!(f, s::AbstractSet)
    for x in collect(s)
        f(x) || delete!(s, x)
    end
    s
end
function replace(s::AbstractSet, ps::Pair...)
    out = empty(s)
    for x in s
        y = x
        for p in ps
            isequal(p.first, x) && (y = p.second; break)
        end
        push!(out, y)
    end
    out
end

"""
    BitSet(itr)

A set of Ints.
"""
struct BitSet <: AbstractSet{Int}
    d::Dict{Int,Nothing}
    BitSet() = new(Dict{Int,Nothing}())
end
BitSet(itr) = (s = BitSet(); for x in itr; push!(s, x); end; s)
length(s::BitSet) = length(s.d)
in(x::Integer, s::BitSet) = haskey(s.d, Int(x))
push!(s::BitSet, x) = (s.d[Int(x)] = nothing; s)
delete!(s::BitSet, x) = (delete!(s.d, Int(x)); s)
empty!(s::BitSet) = (empty!(s.d); s)
copy(s::BitSet) = BitSet(s)
empty(::BitSet) = BitSet()
function iterate(s::BitSet)
    ks = sort!(collect(keys(s.d)))
    iterate(s, (ks, 1))
end
iterate(::BitSet, st::Tuple) = st[2] > length(st[1]) ? nothing : (st[1][st[2]], (st[1], st[2] + 1))
first(s::BitSet) = minimum(keys(s.d))
last(s::BitSet) = maximum(keys(s.d))
