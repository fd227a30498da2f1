# Sets: Set, what sets and other collections can do as sets, IdSet.

eltype(::Type{<:AbstractSet{T}}) where {T} = T
sizehint!(s::AbstractSet, n; kw...) = s

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
Set{T}(itr) where {T} = union!(Set{T}(), itr)
Set() = Set{Any}()
Set(s::Set{T}) where {T} = Set{T}(s)
Set(itr) = set_of(itr, IteratorEltype(itr))
set_of(itr, ::HasEltype) = Set{eltype(itr)}(itr)
function set_of(itr, ::EltypeUnknown)
    v = collect(itr)
    Set{eltype(v)}(v)
end

length(s::Set) = length(s.dict)
isempty(s::AbstractSet) = length(s) == 0
in(x, s::Set) = haskey(s.dict, x)
push!(s::Set, x) = (s.dict[x] = nothing; s)
push!(s::AbstractSet, x, y) = push!(push!(s, x), y)
push!(s::AbstractSet, x, y, more...) = push!(push!(push!(s, x), y), more...)
delete!(s::Set, x) = (delete!(s.dict, x); s)
delete!(s::AbstractSet, x, y...) = (delete!(s, x); delete!(s, y...))
function pop!(s::AbstractSet, x)
    x in s || throw(KeyError(x))
    delete!(s, x)
    x
end
function pop!(s::Set, x)
    i = dict_index(s.dict, x)
    i < 0 && throw(KeyError(x))
    y = s.dict.keys[i]
    dict_delete_at!(s.dict, i)
    y
end
pop!(s::AbstractSet, x, default) = x in s ? pop!(s, x) : default
function pop!(s::AbstractSet)
    isempty(s) && throw(ArgumentError("set must be non-empty"))
    x = first(s)
    delete!(s, x)
    x
end
function pop!(s::Set)
    isempty(s) && throw(ArgumentError("set must be non-empty"))
    pop!(s.dict).first
end
empty!(s::Set) = (empty!(s.dict); s)
copy(s::Set{T}) where {T} = Set{T}(s)
copy(s::AbstractSet) = copymutable(s)
copymutable(s::AbstractSet) = union!(empty(s), s)
copymutable(s::Set) = copy(s)
copymutable(s::KeySet) = Set(s)
empty(s::AbstractSet{T}) where {T} = empty(s, T)
empty(s::AbstractSet, ::Type{U}) where {U} = Set{U}()
emptymutable(s, T=eltype(s)) = empty(s, T)
emptymutable(s::KeySet, T=eltype(s)) = Set{T}()
sizehint!(s::Set, n; kw...) = (sizehint!(s.dict, n); s)
iterate(s::Set, i::Int=1) = iterate(KeySet(s.dict), i)
convert(::Type{T}, s::T) where {T<:AbstractSet} = s
convert(::Type{T}, s::AbstractSet) where {T<:AbstractSet} = T(s)
rehash!(s::Set) = (rehash!(s.dict); s)
copy!(dest::AbstractSet, src::AbstractSet) = dest === src ? dest : union!(empty!(dest), src)

"""
    in!(x, s::AbstractSet)

Add `x`; whether it was there already.
"""
in!(x, s::AbstractSet) = x in s ? true : (push!(s, x); false)

"""
    Base.hasfastin(T)

Whether `x in c` takes about the same time for small and large collections of type `T`.
"""
hasfastin(::Type) = false
hasfastin(::Union{Type{<:AbstractSet},Type{<:AbstractDict},Type{<:AbstractRange}}) = true
hasfastin(x) = hasfastin(typeof(x))

## the four operations

"""
    union(s, itrs...)
    s ∪ t

All items of the collections: a set if the first is one, else a vector without
duplicates.
"""
function union end
union(s::AbstractSet) = copy(s)
function union(s, sets...)
    T = promote_eltype(s, sets...)
    out = s isa AbstractSet ? empty(s isa KeySet ? Set{T}() : s, T) : T[]
    s isa AbstractSet ? union!(out, s, sets...) : append_distinct!(out, s, sets...)
end
union(s) = unique(s)
"""
    Base.promote_eltype(collections...)

A type for the items of all.
"""
promote_eltype() = Union{}
promote_eltype(a) = eltype(a)
promote_eltype(a, more...) = promote_type(eltype(a), promote_eltype(more...))
function append_distinct!(out, sets...)
    seen = Set{eltype(out)}()
    for s in sets, x in s
        y = convert(eltype(out), x)
        in!(y, seen) || push!(out, y)
    end
    out
end
function union!(s::AbstractSet, sets...)
    for t in sets
        add_all!(s, t)
    end
    s
end
union!(s::AbstractSet) = s
"Base.max_values(T): how many values a type has, at most."
max_values(::Type) = typemax(Int)
max_values(T::Type{<:Union{Int8,Int16,Int32,UInt8,UInt16,UInt32,Float16,Float32}}) = T === Union{} ? 0 : T isa Union ? saturated_sum(max_values(T.a), max_values(T.b)) : 1 << (8 * sizeof(T))
max_values(::Type{Bool}) = 2
max_values(::Type{Nothing}) = 1
max_values(::Type{Missing}) = 1
max_values(T::Union) = max(max_values(T.a), max_values(T.b), saturated_sum(max_values(T.a), max_values(T.b)))
saturated_sum(a, b) = (s = a + b; s < 0 ? typemax(Int) : s)
function add_all!(s, t)
    haslength(t) && sizehint!(s, length(s) + Int(length(t)); shrink=false)
    most = max_values(eltype(s))
    for x in t
        push!(s, x)
        length(s) == most && break
    end
    s
end
const ∪ = union

"""
    intersect(s, itrs...)
    s ∩ t

The items that are in all.
"""
function intersect(s, t, sets...)
    isempty(sets) || return intersect(intersect(s, t), sets...)
    if s isa AbstractSet
        out = emptymutable(s, promote_eltype(s, t))
        if t isa AbstractSet && length(s) > length(t)
            for x in t
                x in s && push!(out, x)
            end
            return out
        end
        t = hasfastin(t) ? t : Set(t)
        for x in s
            x in t && push!(out, x)
        end
        return out
    end
    within = hasfastin(t) ? t : Set(t)
    T = promote_eltype(s, t)
    seen = Set{T}()
    s isa AbstractVector && !(s isa Array) && T === eltype(s) && return filter(x -> x in within && !in!(x, seen), s)
    out = T[]
    for x in s
        x in within && !in!(x, seen) && push!(out, x)
    end
    out
end
intersect(s::AbstractSet) = copy(s)
intersect(s) = unique(s)
function intersect!(s::AbstractSet, sets...)
    for t in sets
        keep = t isa AbstractSet ? t : Set(t)
        filter!(x -> x in keep, s)
    end
    s
end
const ∩ = intersect

"""
    setdiff(s, itrs...)

The items of `s` that are in none of the others.
"""
setdiff(s::AbstractSet, sets...) = setdiff!(copymutable(s), sets...)
setdiff(s::AbstractSet) = copymutable(s)
setdiff(s) = unique(s)
function setdiff(a, sets...)
    gone = length(sets) == 1 && hasfastin(sets[1]) ? sets[1] : union!(Set{Any}(), sets...)
    seen = Set{eltype(a)}()
    a isa AbstractVector && !(a isa Array) && return filter(x -> !(x in gone) && !in!(x, seen), a)
    out = Vector{eltype(a)}()
    for x in a
        x in gone || in!(x, seen) || push!(out, x)
    end
    out
end
function setdiff!(s::AbstractSet, sets...)
    for t in sets
        t === s && return empty!(s)
        for x in t
            delete!(s, x)
        end
    end
    s
end
setdiff!(s::AbstractSet) = s

"""
    symdiff(s, itrs...)

The items that are in an odd number of the collections.
"""
symdiff(s::AbstractSet) = copymutable(s)
symdiff(s) = odd_items(eltype(s), s)
function symdiff(s, sets...)
    T = promote_eltype(s, sets...)
    s isa AbstractSet ? symdiff!(union!(emptymutable(s, T), s), sets...) : odd_items(T, s, sets...)
end
# The items that are in an odd number of the collections, each once, in their order.
function odd_items(::Type{T}, sets...) where {T}
    toggled = Set{T}()
    for t in sets
        toggle_each!(toggled, t)
    end
    out = T[]
    seen = Set{T}()
    for t in sets, x in t
        x in toggled && !in!(x, seen) && push!(out, x)
    end
    out
end
function symdiff!(s::AbstractSet, sets...)
    for t in sets
        toggle_all!(s, t)
    end
    s
end
toggle_all!(s::AbstractSet, t) = toggle_each!(s, t === s ? copy(t) : t isa AbstractSet ? t : Set(t))
function toggle_each!(s, t)
    for x in t
        x in s ? delete!(s, x) : push!(s, x)
    end
    s
end
union!(v::AbstractVector, sets...) = become!(v, union(v, sets...))
intersect!(v::AbstractVector, sets...) = become!(v, intersect(v, sets...))
setdiff!(v::AbstractVector, sets...) = become!(v, setdiff(v, sets...))
symdiff!(v::AbstractVector, sets...) = become!(v, symdiff(v, sets...))
become!(v, items) = (resize!(v, length(items)); copyto!(v, items))

## comparison

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
    a isa Number && return a in b
    if haslength(b) && a isa Union{AbstractSet,AbstractDict}
        length(a) > length(b) && return false
    end
    hasfastin(b) || (haslength(b) && length(b) < 70) || (b = Set(b))
    for x in a
        x in b || return false
    end
    true
end
issubset(b) = Fix2(issubset, b)
const ⊆ = issubset
⊇(a, b) = issubset(b, a)
⊇(b) = Fix2(⊇, b)
⊊(a::AbstractSet, b) = length(a) < length_distinct(b) && a ⊆ b
⊊(a, b) = Set(a) ⊊ b
⊊(b) = Fix2(⊊, b)
length_distinct(b::AbstractSet) = length(b)
length_distinct(b) = length(Set(b))
⊋(a, b) = ⊊(b, a)
⊋(b) = Fix2(⊋, b)
⊈(a, b) = !⊆(a, b)
⊈(b) = Fix2(⊈, b)
⊉(a, b) = ⊈(b, a)
⊉(b) = Fix2(⊉, b)
<(a::AbstractSet, b::AbstractSet) = ⊊(a, b)
<=(a::AbstractSet, b::AbstractSet) = a ⊆ b
"""
    issetequal(a, b)

Whether the same items are in both.
"""
issetequal(a::AbstractSet, b::AbstractSet) = a == b
issetequal(a::AbstractSet, b) = issetequal(a, Set(b))
issetequal(a, b) = issetequal(Set(a), Set(b))
issetequal(b) = Fix2(issetequal, b)
"""
    isdisjoint(a, b)

Whether no item is in both.
"""
function isdisjoint(a, b)
    hasfastin(b) || (hasfastin(a) ? ((a, b) = (b, a)) : (b = Set(b)))
    !any(x -> x in b, a)
end
isdisjoint(b) = Fix2(isdisjoint, b)

## duplicates

"""
    unique(itr)
    unique(f, itr)

The distinct items (by `f`), in the order they come first.
"""
unique(itr) = unique_items(itr, IteratorEltype(itr))
function unique_items(itr, ::HasEltype)
    T = eltype(itr)
    out = Vector{T}()
    seen = Set{T}()
    for x in itr
        in!(x, seen) || push!(out, x)
    end
    out
end
function unique_items(itr, ::EltypeUnknown)
    T = iterated_eltype(itr)
    isconcretetype(T) && T !== Union{} && return unique_items(itr, HasEltype(), T)
    y = iterate(itr)
    y === nothing && return Vector{T}()
    out = Vector{typeof(y[1])}()
    seen = Set{Any}()
    while y !== nothing
        x = y[1]
        if !(x isa eltype(out))
            wide = Vector{promote_typejoin(eltype(out), typeof(x))}()
            out = append!(wide, out)
        end
        in!(x, seen) || push!(out, x)
        y = iterate(itr, y[2])
    end
    out
end
unique_items(itr, ::HasEltype, T) = (out = Vector{T}(); seen = Set{T}(); for x in itr; in!(x, seen) || push!(out, x); end; out)
unique(r::AbstractRange) = allunique(r) ? r : oftype(r, r[begin:begin])
function unique(f, itr)
    out = Vector{IteratorEltype(itr) isa HasEltype ? eltype(itr) : Any}()
    seen = Set{Any}()
    for x in itr
        in!(f(x), seen) || push!(out, x)
    end
    IteratorEltype(itr) isa HasEltype ? out : collect(x for x in out)
end
unique(f, a::AbstractArray; seen::Union{Nothing,Set}=nothing) = seen === nothing ? invoke(unique, Tuple{Any,Any}, f, a) : [x for x in a if !in!(f(x), seen)]
"""
    unique!(v)
    unique!(f, v)

Remove duplicates (by `f`) from a vector.
"""
unique!(v::AbstractVector) = unique!(identity, v)
function unique!(f, v::AbstractVector; seen::Union{Nothing,Set}=nothing)
    s = seen === nothing ? Set{Any}() : seen
    k = firstindex(v) - 1
    for i in eachindex(v)
        x = v[i]
        if !in!(f(x), s)
            k += 1
            v[k] = x
        end
    end
    resize!(v, k - firstindex(v) + 1)
end

"""
    allunique(itr)
    allunique(f, itr)

Whether no two items (or values of `f`) are equal.
"""
function allunique(itr)
    has_one_at_most(itr) && return true
    seen = Set{Any}()
    for x in itr
        in!(x, seen) && return false
    end
    true
end
allunique(::Union{AbstractSet,AbstractDict}) = true
allunique(r::AbstractRange) = !iszero(step(r)) || length(r) <= 1
allunique(f, itr) = allunique(Generator(f, itr))
allunique(f::Base.Fix1) = itr -> allunique(f, itr)

# Of what has one item, nothing need be evaluated.
has_one_at_most(itr) = IteratorSize(itr) isa Union{HasLength,HasShape} && length(itr) <= 1
"""
    allequal(itr)
    allequal(f, itr)

Whether all items (or values of `f`) are equal.
"""
function allequal(itr)
    has_one_at_most(itr) && return true
    y = iterate(itr)
    y === nothing && return true
    x = y[1]
    y = iterate(itr, y[2])
    while y !== nothing
        isequal(x, y[1]) || return false
        y = iterate(itr, y[2])
    end
    true
end
allequal(s::Union{AbstractSet,AbstractDict}) = length(s) <= 1
allequal(r::AbstractRange) = iszero(step(r)) || length(r) <= 1
allequal(f, itr) = allequal(Generator(f, itr))

## filter

filter(f, s::AbstractSet) = filter!(f, copymutable(s))
filter!(f, s::AbstractSet) = unsafe_filter!(f, s)
function unsafe_filter!(f, s)
    for x in collect(s)
        f(x) || delete!(s, x)
    end
    s
end

## by identity

"""
    Base.IdSet{T}(itr)

A set by identity (`===`).
"""
struct IdSet{T} <: AbstractSet{T}
    dict::IdDict{T,Nothing}
    IdSet{T}() where {T} = new(IdDict{T,Nothing}())
    IdSet{T}(s::IdSet{T}) where {T} = new(copy(s.dict))
end
IdSet{T}(itr) where {T} = union!(IdSet{T}(), itr)
IdSet() = IdSet{Any}()
IdSet(itr) = IdSet{eltype(itr)}(itr)
length(s::IdSet) = length(s.dict)
in(x, s::IdSet) = haskey(s.dict, x)
push!(s::IdSet, x) = (s.dict[x] = nothing; s)
delete!(s::IdSet, x) = (delete!(s.dict, x); s)
empty!(s::IdSet) = (empty!(s.dict); s)
empty(s::IdSet, ::Type{U}) where {U} = IdSet{U}()
copy(s::IdSet{T}) where {T} = IdSet{T}(s)
copymutable(s::IdSet) = copy(s)
sizehint!(::IdSet, n; kw...) = nothing
filter!(f, s::IdSet) = unsafe_filter!(f, s)
function iterate(s::IdSet, st...)
    y = iterate(s.dict, st...)
    y === nothing ? nothing : (y[1].first, y[2])
end
