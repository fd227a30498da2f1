# Dictionaries of other kinds: IdDict, WeakKeyDict, ImmutableDict; references that do not keep
# what they refer to.

## IdDict

struct IdKey
    x::Any
end
==(a::IdKey, b::IdKey) = a.x === b.x
isequal(a::IdKey, b::IdKey) = a.x === b.x
hash(k::IdKey, h::UInt) = hash(objectid(k.x), h)

"""
    IdDict{K,V}()

A dictionary by identity (`===`).
"""
struct IdDict{K,V} <: AbstractDict{K,V}
    d::Dict{IdKey,V}
    IdDict{K,V}() where {K,V} = new{K,V}(Dict{IdKey,V}())
end
IdDict() = IdDict{Any,Any}()
# d with the pairs that itr gives.
function take_pairs!(d, itr)
    for (k, v) in itr
        d[k] = v
    end
    d
end
IdDict{K,V}(itr) where {K,V} = take_pairs!(IdDict{K,V}(), itr)
IdDict{K,V}(ps::Pair...) where {K,V} = IdDict{K,V}(ps)
function IdDict(ps::Pair...)
    isempty(ps) && return IdDict{Any,Any}()
    d = Dict(ps...)
    IdDict{keytype(d),valtype(d)}(ps)
end
IdDict(itr) = (d = dict_of(itr, "IdDict"); IdDict{keytype(d),valtype(d)}(itr))
length(d::IdDict) = length(d.d)
get(d::IdDict, key, default) = get(d.d, IdKey(key), default)
getindex(d::IdDict, key) = (i = dict_index(d.d, IdKey(key)); i < 0 ? throw(KeyError(key)) : d.d.vals[i])
function setindex!(d::IdDict{K}, v, key) where {K}
    key isa K || throw(ArgumentError("$(limitrepr(key)) is not a valid key for type $K"))
    d.d[IdKey(key)] = v
    d
end
delete!(d::IdDict, key) = (delete!(d.d, IdKey(key)); d)
empty!(d::IdDict) = (empty!(d.d); d)
haskey(d::IdDict, key) = haskey(d.d, IdKey(key))
empty(::IdDict, K, V) = IdDict{K,V}()
function iterate(d::IdDict{K,V}, s...) where {K,V}
    y = iterate(d.d, s...)
    y === nothing ? nothing : (Pair{K,V}(y[1].first.x, y[1].second), y[2])
end

"""
    WeakRef(x)

A reference to `x` that does not keep it: `r.value` is `x`, or `nothing` once the collector
has taken it.
"""
(::Type{WeakRef})(x) = weak_ref(x)
(::Type{WeakRef})() = weak_ref(nothing)
getproperty(r::WeakRef, name::Symbol) = name === :value ? weak_get(r) : getfield(r, name)
setproperty!(r::WeakRef, name::Symbol, x) = name === :value ? weak_set(r, x) : setfield!(r, name, x)
propertynames(::WeakRef, private::Bool=false) = (:value,)
==(a::WeakRef, b::WeakRef) = isequal(a.value, b.value)
==(a::WeakRef, ::Missing) = missing
==(::Missing, b::WeakRef) = missing
==(a::WeakRef, b) = isequal(a.value, b)
==(a, b::WeakRef) = isequal(a, b.value)
hash(r::WeakRef, h::UInt) = hash(r.value, h)
function show(io::IO, r::WeakRef)
    print(io, "WeakRef(")
    show(io, r.value)
    print(io, ")")
end

"""
    WeakKeyDict()

A dictionary whose keys need not be kept alive; here they are.
"""
struct WeakKeyDict{K,V} <: AbstractDict{K,V}
    d::Dict{K,V}
    WeakKeyDict{K,V}() where {K,V} = new{K,V}(Dict{K,V}())
end
WeakKeyDict() = WeakKeyDict{Any,Any}()
WeakKeyDict{K,V}(itr) where {K,V} = take_pairs!(WeakKeyDict{K,V}(), itr)
WeakKeyDict{K,V}(ps::Pair...) where {K,V} = WeakKeyDict{K,V}(ps)
WeakKeyDict(ps::Pair{K,V}...) where {K,V} = WeakKeyDict{K,V}(ps)
WeakKeyDict(ps::Pair{K}...) where {K} = WeakKeyDict{K,Any}(ps)
WeakKeyDict(ps::(Pair{K,V} where {K})...) where {V} = WeakKeyDict{Any,V}(ps)
WeakKeyDict(ps::Pair...) = WeakKeyDict{Any,Any}(ps)
WeakKeyDict(itr) = (d = dict_of(itr, "WeakKeyDict"); WeakKeyDict{keytype(d),valtype(d)}(itr))
length(d::WeakKeyDict) = length(d.d)
get(d::WeakKeyDict, key, default) = key === nothing ? throw(KeyError(nothing)) : get(d.d, key, default)
get(f::Callable, d::WeakKeyDict, key) = key === nothing ? throw(KeyError(nothing)) : get(f, d.d, key)
getkey(d::WeakKeyDict, key, default) = getkey(d.d, key, default)
haskey(d::WeakKeyDict, key) = haskey(d.d, key)
pop!(d::WeakKeyDict, key, default) = pop!(d.d, key, default)
setindex!(d::WeakKeyDict, v, key) = (d.d[weak_key(d, key)] = v; d)
get!(f::Callable, d::WeakKeyDict, key) = haskey(d.d, key) ? d.d[key] : get!(f, d.d, weak_key(d, key))
get!(d::WeakKeyDict, key, default) = get!(() -> default, d, key)
# Keys are not converted.
weak_key(d::WeakKeyDict{K}, key) where {K} = key === nothing ? throw(ArgumentError("`nothing` is not a valid WeakKeyDict key")) : key isa K ? key : throw(ArgumentError("$(limitrepr(key)) is not a valid key for type $K"))
delete!(d::WeakKeyDict, key) = (delete!(d.d, key); d)
empty!(d::WeakKeyDict) = (empty!(d.d); d)
empty(::WeakKeyDict, K, V) = WeakKeyDict{K,V}()
iterate(d::WeakKeyDict, s...) = iterate(d.d, s...)

# Keys hash by what they are, which may be another object in a deep copy.
function deepcopy_internal(d::T, seen::IdDict) where {T<:Union{Dict,IdDict}}
    haskey(seen, d) && return seen[d]
    out = T()
    seen[d] = out
    for (k, v) in d
        out[deepcopy_internal(k, seen)] = deepcopy_internal(v, seen)
    end
    out
end

## ImmutableDict

"""
    Base.ImmutableDict(parent, key => value)

A dictionary made by adding one entry to another; good for a few entries.
"""
struct ImmutableDict{K,V} <: AbstractDict{K,V}
    parent::ImmutableDict{K,V}
    key::K
    value::V
    ImmutableDict{K,V}() where {K,V} = new()
    ImmutableDict{K,V}(key, value) where {K,V} = new(new(), key, value)
    ImmutableDict{K,V}(p::ImmutableDict, key, value) where {K,V} = new(p, key, value)
end
ImmutableDict(p::Pair{K,V}) where {K,V} = ImmutableDict{K,V}(ImmutableDict{K,V}(), p.first, p.second)
ImmutableDict(d::ImmutableDict{K,V}, p::Pair) where {K,V} = ImmutableDict{K,V}(d, p.first, p.second)
ImmutableDict(d::ImmutableDict, p::Pair, more::Pair...) = ImmutableDict(ImmutableDict(d, p), more...)
ImmutableDict(p::Pair, q::Pair, more::Pair...) = ImmutableDict(ImmutableDict(p), q, more...)
empty(::ImmutableDict, K, V) = ImmutableDict{K,V}()
function get(d::ImmutableDict, key, default)
    while isdefined(d, :parent)
        isequal(d.key, key) && return d.value
        d = d.parent
    end
    default
end
# All entries ever put in count, also those that newer ones hide.
function in(p::Pair, d::ImmutableDict, valcmp=(==))
    while isdefined(d, :parent)
        isequal(d.key, p.first) && valcmp(p.second, d.value) && return true
        d = d.parent
    end
    false
end
function length(d::ImmutableDict)
    n = 0
    while isdefined(d, :parent)
        n += 1
        d = d.parent
    end
    n
end
isempty(d::ImmutableDict) = !isdefined(d, :parent)
function iterate(d::ImmutableDict{K,V}, t=d) where {K,V}
    isdefined(t, :parent) || return nothing
    (Pair{K,V}(t.key, t.value), t.parent)
end
