# What all dictionaries have in common.

const secret_table_token = :__c782dbf1cf4d6a2e5e3865d7e95634f2e09b5902__

keytype(::Type{<:AbstractDict{K,V}}) where {K,V} = K
valtype(::Type{<:AbstractDict{K,V}}) where {K,V} = V
keytype(d::AbstractDict) = keytype(typeof(d))
valtype(d::AbstractDict) = valtype(typeof(d))
keytype(::Union{Tuple,Type{<:Tuple}}) = Int
keytype(a::AbstractArray) = keytype(typeof(a))
keytype(::Type{<:AbstractArray{T,N}}) where {T,N} = CartesianIndex{N}
keytype(::Type{<:AbstractVector}) = Int
valtype(t::Tuple) = eltype(t)
valtype(::Type{T}) where {T<:Tuple} = eltype(T)
valtype(a::AbstractArray) = eltype(a)
valtype(::Type{A}) where {A<:AbstractArray} = eltype(A)
eltype(::Type{<:AbstractDict{K,V}}) where {K,V} = Pair{K,V}
isempty(d::AbstractDict) = length(d) == 0
convert(::Type{T}, d::T) where {T<:AbstractDict} = d
function convert(::Type{T}, d::AbstractDict) where {T<:AbstractDict}
    out = T(d)
    length(out) == length(d) || error("key collision during dictionary conversion")
    out
end

"The keys of a dictionary, as a set."
struct KeySet{K,T<:AbstractDict{K}} <: AbstractSet{K}
    dict::T
end
"The values of a dictionary."
struct ValueIterator{T<:AbstractDict}
    dict::T
end

"""
    keys(collection)

The keys (or indices) of a collection.
"""
keys(d::AbstractDict) = KeySet(d)
"""
    values(collection)

The values of a collection.
"""
values(d::AbstractDict) = ValueIterator(d)
values(x) = x
length(k::KeySet) = length(k.dict)
length(v::ValueIterator) = length(v.dict)
isempty(k::KeySet) = isempty(k.dict)
isempty(v::ValueIterator) = isempty(v.dict)
eltype(::Type{<:KeySet{K}}) where {K} = K
eltype(::Type{ValueIterator{T}}) where {T} = valtype(T)
function iterate(k::KeySet, s...)
    y = iterate(k.dict, s...)
    y === nothing ? nothing : (y[1].first, y[2])
end
function iterate(v::ValueIterator, s...)
    y = iterate(v.dict, s...)
    y === nothing ? nothing : (y[1].second, y[2])
end
in(x, k::KeySet) = haskey(k.dict, x)

function in(p::Pair, d::AbstractDict)
    v = get(d, p.first, secret_table_token)
    v !== secret_table_token && v == p.second
end
function in(p, d::AbstractDict)
    error("AbstractDict collections only contain Pairs;\nEither look for e.g. A=>B instead, or use the `keys` or `values`\nfunction if you are looking for a key or value respectively.")
end

"""
    haskey(d, key)

Whether `d` has a value for `key`.
"""
haskey(d::AbstractDict, k) = get(d, k, secret_table_token) !== secret_table_token

function getindex(d::AbstractDict, key)
    v = get(d, key, secret_table_token)
    v === secret_table_token && throw(KeyError(key))
    v
end
getindex(d::AbstractDict, k1, k2, ks...) = getindex(d, tuple(k1, k2, ks...))
setindex!(d::AbstractDict, v, k1, k2, ks...) = setindex!(d, v, tuple(k1, k2, ks...))
push!(d::AbstractDict, p::Pair) = (d[p.first] = p.second; d)
push!(d::AbstractDict, p::Pair, q::Pair, more::Pair...) = push!(push!(d, p), q, more...)

"""
    get(d, key, default)
    get(f, d, key)

The value for `key`, or `default` (or `f()`) if there is none.
"""
function get(f::Union{Function,Type}, d::AbstractDict, key)
    v = get(d, key, secret_table_token)
    v === secret_table_token ? f() : v
end

"""
    merge(d, others...)

A new dictionary with the entries of all; later ones win.
"""
function merge(d::AbstractDict, others::AbstractDict...)
    merge!(_typeddict(d, others...), others...)
end
function _typeddict(d, others...)
    K = keytype(d)
    V = valtype(d)
    for o in others
        K = promote_type(K, keytype(o))
        V = promote_type(V, valtype(o))
    end
    out = Dict{K,V}()
    for (k, v) in d
        out[k] = v
    end
    out
end
"""
    merge!(d, others...)

Put the entries of `others` into `d`.
"""
function merge!(d::AbstractDict, others::AbstractDict...)
    for o in others
        for (k, v) in o
            d[k] = v
        end
    end
    d
end
"""
    mergewith(combine, d, others...)

`merge`, with `combine(a, b)` where a key is in both.
"""
mergewith(combine, d::AbstractDict, others::AbstractDict...) = mergewith!(combine, _typeddict(d, others...), others...)
mergewith(combine) = (args...) -> mergewith(combine, args...)
merge(combine::Function, d::AbstractDict, others::AbstractDict...) = mergewith(combine, d, others...)
merge!(combine::Callable, d::AbstractDict, others::AbstractDict...) = mergewith!(combine, d, others...)
mergewith!(combine) = (args...) -> mergewith!(combine, args...)
function mergewith!(combine, d::AbstractDict, others::AbstractDict...)
    for o in others
        for (k, v) in o
            d[k] = haskey(d, k) ? combine(d[k], v) : v
        end
    end
    d
end

"""
    filter(f, d::AbstractDict)

The entries for which `f(pair)` is true.
"""
function filter(f, d::AbstractDict)
    out = empty(d)
    for p in d
        f(p) && (out[p.first] = p.second)
    end
    out
end
function filter!(f, d::AbstractDict)
    gone = Any[]
    for p in d
        f(p) || push!(gone, p.first)
    end
    for k in gone
        delete!(d, k)
    end
    d
end

copy(d::AbstractDict) = merge!(empty(d), d)
empty(d::AbstractDict) = empty(d, keytype(d), valtype(d))
empty(::AbstractDict, K, V) = Dict{K,V}()
empty(d::AbstractDict, V) = empty(d, keytype(d), V)

function ==(a::AbstractDict, b::AbstractDict)
    length(a) == length(b) || return false
    anymissing = false
    for p in a
        haskey(b, p.first) || return false
        r = p.second == b[p.first]
        r === missing ? (anymissing = true) : r || return false
    end
    anymissing ? missing : true
end
function isequal(a::AbstractDict, b::AbstractDict)
    a === b && return true
    length(a) == length(b) || return false
    for p in a
        haskey(b, p.first) && isequal(p.second, b[p.first]) || return false
    end
    true
end
function hash(d::AbstractDict, h::UInt)
    hv = UInt(0x6d35bb51952d5539)
    for p in d
        hv ⊻= hash(p.first, hash(p.second))
    end
    hash(hv, h)
end

function map!(f, v::ValueIterator)
    d = v.dict
    for (k, x) in pairs(d)
        d[k] = f(x)
    end
    v
end

"""
    pop!(d::AbstractDict, key[, default])

Remove `key` and return its value.
"""
function pop!(d::AbstractDict, key, default)
    haskey(d, key) || return default
    v = d[key]
    delete!(d, key)
    v
end
function pop!(d::AbstractDict, key)
    haskey(d, key) || throw(KeyError(key))
    v = d[key]
    delete!(d, key)
    v
end
function pop!(d::AbstractDict)
    isempty(d) && throw(ArgumentError("dict must be non-empty"))
    p = first(d)
    delete!(d, p.first)
    p
end

"""
    get!(d, key, default)
    get!(f, d, key)

The value for `key`; if there is none, store `default` (or `f()`) first.
"""
function get!(f::Union{Function,Type}, d::AbstractDict, key)
    haskey(d, key) && return d[key]
    v = f()
    d[key] = v
    d[key]
end
get!(d::AbstractDict, key, default) = get!(() -> default, d, key)

sizehint!(d::AbstractDict, n) = d
