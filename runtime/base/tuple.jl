# Tuples.

length(t::Tuple) = nfields(t)
firstindex(::Tuple) = 1
lastindex(t::Tuple) = nfields(t)
size(t::Tuple) = (nfields(t),)
size(t::Tuple, d::Integer) = d == 1 ? nfields(t) : throw(ArgumentError("invalid tuple dimension $d"))
axes(t::Tuple) = (OneTo(nfields(t)),)
axes(t::Tuple, d::Integer) = d == 1 ? OneTo(nfields(t)) : OneTo(1)
eachindex(t::Tuple) = OneTo(nfields(t))
eachindex(t::Tuple, more::Tuple...) = OneTo(max(nfields(t), map(nfields, more)...))
keys(t::Tuple) = OneTo(nfields(t))
isempty(::Tuple{}) = true
isempty(::Tuple) = false
ndims(::Tuple) = 1
ndims(::Type{<:Tuple}) = 1

function getindex(t::Tuple, i::Int)
    1 <= i <= nfields(t) || throw(BoundsError(t, i))
    getfield(t, i)
end
getindex(t::Tuple, i::Integer) = getindex(t, convert(Int, i))
getindex(t::Tuple, i::Real) = getindex(t, convert(Int, i))
getindex(t::Tuple, ::Colon) = t
function getindex(t::Tuple, r::AbstractUnitRange)
    r isa Union{UnitRange,OneTo} || require_one_based_indexing(r)
    isempty(r) && return ()
    first(r) < 1 && throw(BoundsError(t, first(r)))
    last(r) > length(t) && throw(BoundsError(t, max(first(r), length(t) + 1)))
    tuple_part(t, Int(first(r)), Int(last(r)))
end
getindex(t::Tuple, r::AbstractArray{Bool}) = length(r) == length(t) ? tuple(Any[t[i] for i in 1:length(r) if r[i]]...) : throw(BoundsError(t, r))
getindex(t::Tuple, r::AbstractArray) = tuple(Any[t[i] for i in r]...)
get(t::Tuple, i::Integer, default) = 1 <= i <= length(t) ? t[i] : default
get(f::Function, t::Tuple, i::Integer) = 1 <= i <= length(t) ? t[i] : f()
haskey(t::Tuple, i::Integer) = 1 <= i <= length(t)
"""
    Base.setindex(t::Tuple, v, i)

The tuple with `v` in place `i`.
"""
function setindex(t::Tuple, v, i::Integer)
    tuple_replace(t, v, Int(i))
end

iterate(t::Tuple, i::Int=1) = 1 <= i <= nfields(t) ? (getfield(t, i), i + 1) : nothing
IteratorSize(::Type{<:Tuple}) = HasLength()
first(t::Tuple) = t[1]
first(::Tuple{}) = throw(ArgumentError("tuple must be non-empty"))
last(t::Tuple) = t[length(t)]
last(::Tuple{}) = throw(ArgumentError("tuple must be non-empty"))
"""
    Base.front(t)

All but the last item of a tuple.
"""
front(t::Tuple) = isempty(t) ? throw(ArgumentError("Cannot call front on an empty tuple.")) : tuple_part(t, 1, nfields(t) - 1)
"""
    Base.tail(t)

All but the first item of a tuple.
"""
tail(t::Tuple) = isempty(t) ? throw(ArgumentError("Cannot call tail on an empty tuple.")) : tuple_part(t, 2, nfields(t))

eltype(::Type{Tuple{}}) = Union{}
eltype(::Type{T}) where {T<:Tuple} = tuple_eltype(T)
function tuple_eltype(T)
    T isa Union && return promote_typejoin(tuple_eltype(T.a), tuple_eltype(T.b))
    U = unwrap_unionall(T)
    U isa DataType || return Any
    E = Union{}
    for p in U.parameters
        p = unwrapva(p)
        E = promote_typejoin(E, p isa TypeVar ? p.ub : rewrap_unionall(p, T))
    end
    E
end
# The type of the items that a Vararg stands for.
unwrapva(p) = isvarargtype(p) ? (isdefined(p, :T) ? p.T : Any) : p
eltype(t::Tuple) = eltype(typeof(t))

"""
    ntuple(f, n)

`(f(1), f(2), …, f(n))`.
"""
function ntuple(f, n::Integer)
    n == 0 ? () :
    n == 1 ? (f(1),) :
    n == 2 ? (f(1), f(2)) :
    n == 3 ? (f(1), f(2), f(3)) :
    n == 4 ? (f(1), f(2), f(3), f(4)) :
    n < 0 ? throw(ArgumentError("tuple length should be ≥ 0, got $n")) : tuple_of_items(f, 1:Int(n))
end
function tuple_of_items(f, items)
    out = Vector{Any}(undef, length(items))
    k = 0
    for x in items
        out[k += 1] = f(x)
    end
    (out...,)
end
ntuple(f, ::Val{N}) where {N} = N isa Integer ? ntuple(f, N) : throw(TypeError(:ntuple, "", Int, N))

map(f, t::Tuple{}) = ()
map(f, t::Tuple{Any}) = (f(t[1]),)
map(f, t::Tuple{Any,Any}) = (f(t[1]), f(t[2]))
map(f, t::Tuple{Any,Any,Any}) = (f(t[1]), f(t[2]), f(t[3]))
map(f, t::Tuple) = tuple_of_items(f, t)
map(f, ::Tuple{}, ::Tuple{}) = ()
map(f, a::Tuple{Any}, b::Tuple{Any}) = (f(a[1], b[1]),)
map(f, a::Tuple{Any,Any}, b::Tuple{Any,Any}) = (f(a[1], b[1]), f(a[2], b[2]))
map(f, a::Tuple, b::Tuple) = ntuple(i -> f(a[i], b[i]), min(length(a), length(b)))
map(f, a::Tuple, b::Tuple, c::Tuple) = ntuple(i -> f(a[i], b[i], c[i]), min(length(a), length(b), length(c)))
foreach(f, t::Tuple) = (for x in t; f(x); end; nothing)
reverse(t::Tuple) = ntuple(i -> t[length(t) + 1 - i], length(t))

function ==(a::Tuple, b::Tuple)
    n = length(a)
    n == length(b) || return false
    anymissing = false
    for i in 1:n
        r = a[i] == b[i]
        if r === missing
            anymissing = true
        elseif !r
            return false
        end
    end
    anymissing ? missing : true
end
function isequal(a::Tuple, b::Tuple)
    n = length(a)
    n == length(b) || return false
    for i in 1:n
        isequal(a[i], b[i]) || return false
    end
    true
end
function isless(a::Tuple, b::Tuple)
    for i in 1:min(length(a), length(b))
        isless(a[i], b[i]) && return true
        isequal(a[i], b[i]) || return false
    end
    length(a) < length(b)
end
function <(a::Tuple, b::Tuple)
    for i in 1:min(length(a), length(b))
        e = a[i] == b[i]
        e === missing && return missing
        e || return a[i] < b[i]
    end
    length(a) < length(b)
end
"What hashes of tuples begin with."
const tuplehash_seed = 0x77cfa1eef01bca90
function hash(t::Tuple, h::UInt)
    h += tuplehash_seed
    for i in length(t):-1:1
        h = hash(t[i], h)
    end
    h
end

any(t::Tuple{Vararg{Bool}}) = (for x in t; x && return true; end; false)
all(t::Tuple{Vararg{Bool}}) = (for x in t; x || return false; end; true)
sum(t::Tuple{Int,Vararg{Int}}) = +(t...)
prod(t::Tuple{Int,Vararg{Int}}) = *(t...)
prod(::Tuple{}) = 1
filter(f, t::Tuple) = tuple(Any[x for x in t if f(x)]...)
findfirst(f::Function, t::Tuple) = findnext(f, t, 1)
findlast(f::Function, t::Tuple) = findprev(f, t, length(t))
findnext(f::Function, t::Tuple, i::Integer) = (for k in Int(i):length(t); f(t[k]) && return k; end; nothing)
findprev(f::Function, t::Tuple, i::Integer) = (for k in Int(i):-1:1; f(t[k]) && return k; end; nothing)
collect(t::Tuple) = collect_tuple(t)
function collect_tuple(t)
    T = eltype(t)
    v = Vector{T}(undef, length(t))
    for i in 1:length(t)
        v[i] = t[i]
    end
    v
end
empty(::Tuple) = ()
merge_tuples(a, b) = (a..., b...)
in(x, t::Tuple) = in_tuple(x, t)
function in_tuple(x, t)
    anymissing = false
    for i in 1:nfields(t)
        v = getfield(t, i) == x
        if v === missing
            anymissing = true
        elseif v
            return true
        end
    end
    anymissing ? missing : false
end

Tuple{}() = ()
(::Type{Tuple})(x::Tuple) = x
(::Type{Tuple})(x::Number) = (x,)
(::Type{Tuple})(x::Ref) = (x[],)
(::Type{Tuple})(x::Array{T,0}) where {T} = (x[],)
(::Type{Tuple})(itr) = tuple(collect(itr)...)
(::Type{T})(x::Tuple) where {T<:Tuple} = convert(T, x)
function (::Type{T})(itr) where {T<:Tuple}
    T === Tuple && return tuple(collect(itr)...)
    ps = unwrap_unionall(T)
    ps isa DataType || return convert(T, tuple(collect(itr)...))
    ps = ps.parameters
    n = length(ps)
    open_ended = n > 0 && isvarargtype(ps[n]) && !(isdefined(ps[n], :N) && ps[n].N isa Int)
    open_ended && return convert(T, tuple(collect(itr)...))
    n > 0 && isvarargtype(ps[n]) && (n += ps[n].N - 1)
    items = collect(Iterators.take(itr, n))
    length(items) == n || throw(ArgumentError("too few elements for tuple type $T"))
    convert(T, tuple(items...))::T
end
"""
    Base.fill_to_length(t, x, Val(n))

The tuple `t` with as many `x` after it as make it `n` long.
"""
function fill_to_length(t::Tuple, x, ::Val{N}) where {N}
    length(t) <= N || throw(ArgumentError("input tuple of length $(length(t)), requested $N"))
    (t..., ntuple(_ -> x, N - length(t))...)
end
"""
    Base.tuple_type_head(T)
    Base.tuple_type_tail(T)

The type of the first item of tuples of type `T`; the type of all after it.
"""
tuple_type_head(T::Type) = fieldtype(T, 1)
tuple_type_tail(T::UnionAll) = UnionAll(T.var, tuple_type_tail(T.body))
tuple_type_tail(T::Union) = Union{tuple_type_tail(T.a),tuple_type_tail(T.b)}
function tuple_type_tail(T::DataType)
    T === Tuple{} && throw(MethodError(tuple_type_tail, (T,)))
    ps = T.parameters
    v = ps[1]
    isvarargtype(v) || return Tuple{ps[2:length(ps)]...}
    isdefined(v, :N) && v.N isa Int ? Tuple{Vararg{v.T,v.N - 1}} : T
end

## SimpleVector: the parameters of types

length(v::Core.SimpleVector) = svec_length(v)
size(v::Core.SimpleVector) = (svec_length(v),)
axes(v::Core.SimpleVector) = (OneTo(svec_length(v)),)
firstindex(::Core.SimpleVector) = 1
lastindex(v::Core.SimpleVector) = svec_length(v)
eachindex(v::Core.SimpleVector) = OneTo(svec_length(v))
keys(v::Core.SimpleVector) = OneTo(svec_length(v))
isempty(v::Core.SimpleVector) = svec_length(v) == 0
eltype(::Type{Core.SimpleVector}) = Any
getindex(v::Core.SimpleVector, i::Int) = svec_get(v, i)
getindex(v::Core.SimpleVector, r::AbstractArray) = Core.svec(Any[v[i] for i in r]...)
iterate(v::Core.SimpleVector, i::Int=1) = i > svec_length(v) ? nothing : (svec_get(v, i), i + 1)
map(f, v::Core.SimpleVector) = Core.svec(Any[f(x) for x in v]...)
==(a::Core.SimpleVector, b::Core.SimpleVector) = length(a) == length(b) && all(i -> a[i] == b[i], 1:length(a))

## destructuring

indexed_iterate(t::Tuple, i::Int, state=1) = (i <= nfields(t) ? getfield(t, i) : throw(BoundsError(t, i)), i + 1)
indexed_iterate(a::Array, i::Int, state=1) = (a[i], i + 1)
function indexed_iterate(x, i::Int)
    y = iterate(x)
    y === nothing && throw(BoundsError(x, i))
    y
end
function indexed_iterate(x, i::Int, state)
    y = iterate(x, state)
    y === nothing && throw(BoundsError(x, i))
    y
end
"""
    Base.rest(collection, [state])

What is left of a collection from `state` on; the `b...` in `a, b... = collection`.
"""
rest(t::Tuple) = t
rest(t::Tuple, i::Int) = ntuple(k -> getfield(t, k + i - 1), length(t) - i + 1)
rest(a::Array, i::Int=1) = a[i:end]
rest(v::Core.SimpleVector, i::Int=1) = v[i:end]
rest(a::AbstractArray, state...) = vec(collect(eltype(a), Iterators.rest(a, state...)))
rest(t::NamedTuple) = t
rest(t::NamedTuple, i::Int) = NamedTuple{rest(keys(t), i)}(rest(values(t), i))
rest(s::AbstractString, state...) = sprint(io -> foreach(c -> print(io, c), Iterators.rest(s, state...)))
rest(x, state...) = Iterators.rest(x, state...)
split_rest(t::Tuple, n::Int, i=1) = (t[i:end-n], t[end-n+1:end])
function split_rest(t::NamedTuple, n::Int, i=1)
    some, last = split_rest(values(t), n, i)
    names, lastnames = split_rest(keys(t), n, i)
    NamedTuple{names}(some), NamedTuple{lastnames}(last)
end
function split_rest(s::AbstractString, n::Int, state...)
    r = rest(s, state...)
    k = max(length(r) - n, 0)
    (first(r, k), last(r, length(r) - k))
end
split_rest(c, n::Int, state...) = split_items(collect(rest(c, state...)), n)
split_rest(v::Core.SimpleVector, n::Int, i=1) = split_items(v[i:end], n)
function split_items(v, n)
    length(v) < n && throw(ArgumentError("The iterator only contains $(length(v)) elements, but at least $n were requested."))
    (v[1:end-n], v[end-n+1:end])
end
