# Dict, the dictionary of hashed keys.

# A slot is 0x00 empty, 0x7f deleted, else 0x80 | seven bits of the hash. Keys and
# values stand at the slot's index. Probing is linear; the order of iteration is
# that of the slots.

"""
    Dict{K,V}(pairs...)
    Dict(itr)

A dictionary from keys to values, by `hash` and `isequal`.

# Examples
```julia
julia> d = Dict("a" => 1, "b" => 2);

julia> d["b"]
2

julia> haskey(d, "c")
false
```
"""
mutable struct Dict{K,V} <: AbstractDict{K,V}
    slots::Vector{UInt8}
    keys::Vector{K}
    vals::Vector{V}
    ndel::Int
    count::Int
    age::UInt
    idxfloor::Int
    maxprobe::Int
    function Dict{K,V}() where {K,V}
        new(UInt8[], Vector{K}(undef, 0), Vector{V}(undef, 0), 0, 0, UInt(0), 1, 0)
    end
end
function Dict{K,V}(kv) where {K,V}
    d = Dict{K,V}()
    for p in kv
        k, v = dict_entry(p)
        d[k] = v
    end
    d
end
function Dict{K,V}(ps::Pair...) where {K,V}
    d = Dict{K,V}()
    for p in ps
        d[p.first] = p.second
    end
    d
end
Dict{K,V}(p::Pair) where {K,V} = (d = Dict{K,V}(); d[p.first] = p.second; d)
function Dict{K,V}(o::AbstractDict) where {K,V}
    d = Dict{K,V}()
    for (k, v) in o
        d[k] = v
    end
    d
end
Dict() = Dict{Any,Any}()
Dict(::Tuple{}) = Dict{Any,Any}()
function Dict(ps::Pair...)
    K, V = typeof(ps[1].first), typeof(ps[1].second)
    for i in 2:length(ps)
        K = promote_typejoin(K, typeof(ps[i].first))
        V = promote_typejoin(V, typeof(ps[i].second))
    end
    d = Dict{K,V}()
    for p in ps
        d[p.first] = p.second
    end
    d
end
promote_typejoin_or_same(A, B) = A === B ? A : promote_type_or_join(A, B)
promote_type_or_join(A, B) = A <: Number && B <: Number ? promote_type(A, B) : promote_typejoin(A, B)
Dict(d::AbstractDict{K,V}) where {K,V} = Dict{K,V}(d)
function Dict(kv)
    applicable(iterate, kv) || no_pairs()
    T = IteratorEltype(kv) isa HasEltype ? eltype(kv) : Any
    is_entry_type(T) && return Dict{T.parameters[1],T.parameters[2]}(kv)
    d, K, V = nothing, Union{}, Union{}
    for entry in kv
        k, v = dict_entry(entry)
        if d === nothing
            K, V = typeof(k), typeof(v)
            d = Dict{K,V}()
        elseif !(k isa K && v isa V)
            K, V = promote_typejoin(K, typeof(k)), promote_typejoin(V, typeof(v))
            d = Dict{K,V}(d)
        end
        d[k] = v
    end
    d === nothing || return d
    T = iterated_eltype(kv)
    is_entry_type(T) ? Dict{T.parameters[1],T.parameters[2]}() : Dict{Any,Any}()
end
is_entry_type(T) = T isa DataType && (T <: Pair || T <: Tuple{Any,Any}) && length(T.parameters) == 2
dict_entry(p::Pair) = (p.first, p.second)
dict_entry(t::Tuple{Any,Any}) = t
function dict_entry(x)
    applicable(iterate, x) || no_pairs()
    y = collect(x)
    length(y) >= 2 || no_pairs()
    (y[1], y[2])
end
no_pairs() = throw(ArgumentError("Dict(kv): kv needs to be an iterator of tuples or pairs"))

# The Dict of pairs, of which a dictionary of the other kind `name` takes the types.
function dict_of(kv, name)
    try
        Dict(kv)
    catch e
        e isa ArgumentError && startswith(e.msg, "Dict(kv)") || rethrow()
        throw(ArgumentError(name * chop(e.msg; head=4, tail=0)))
    end
end

length(d::Dict) = d.count
isempty(d::Dict) = d.count == 0

function dict_rehash!(d::Dict{K,V}, newsz::Int) where {K,V}
    dict_rehash_plain(d, newsz) && return d
    sz = 16
    while sz < newsz
        sz <<= 1
    end
    slots, ks, vs = d.slots, d.keys, d.vals
    d.age += 0x0000000000000001
    d.idxfloor = 1
    d.ndel = 0
    d.maxprobe = 0
    newslots = zeros_u8(sz)
    newkeys = Vector{K}(undef, sz)
    newvals = Vector{V}(undef, sz)
    mask = sz - 1
    for i in 1:length(slots)
        s = slots[i]
        if s & 0x80 != 0
            k = ks[i]
            j = (hash_for_index(k) & mask) + 1
            start = j
            while newslots[j] != 0x00
                j = (j & mask) + 1
            end
            probe = (j - start) & mask
            probe > d.maxprobe && (d.maxprobe = probe)
            newslots[j] = s
            newkeys[j] = k
            newvals[j] = vs[i]
        end
    end
    d.slots = newslots
    d.keys = newkeys
    d.vals = newvals
    d
end
rehash!(d::Dict, n=length(d.slots)) = dict_rehash!(d, Int(n))
zeros_u8(n) = fill!(Vector{UInt8}(undef, n), 0x00)
hash_for_index(k) = hash(k) % Int

# The index of key, or -1.
function dict_index(d::Dict, key)
    found = dict_find(d, key)
    found == 0 || return found
    slots = d.slots
    sz = length(slots)
    sz == 0 && return -1
    h = hash(key)
    mask = sz - 1
    tag = (h >> 57) % UInt8 | 0x80
    i = ((h % Int) & mask) + 1
    ks = d.keys
    n = 0
    while n <= d.maxprobe
        s = slots[i]
        s == 0x00 && return -1
        if s == tag
            k = ks[i]
            (k === key || isequal(k, key)) && return i
        end
        i = (i & mask) + 1
        n += 1
    end
    -1
end

# The index of key, or minus the index where it should go.
function dict_index_or_free(d::Dict, key)
    length(d.slots) == 0 && dict_rehash!(d, 16)
    slots = d.slots
    sz = length(slots)
    h = hash(key)
    mask = sz - 1
    tag = (h >> 57) % UInt8 | 0x80
    i = ((h % Int) & mask) + 1
    free = 0
    n = 0
    ks = d.keys
    while n <= d.maxprobe
        s = slots[i]
        if s == 0x00
            return free < 0 ? free : -i
        elseif s == 0x7f
            free == 0 && (free = -i)
        elseif s == tag
            k = ks[i]
            (k === key || isequal(k, key)) && return i
        end
        i = (i & mask) + 1
        n += 1
    end
    free < 0 && return free
    limit = max(16, sz >> 6)
    while n < limit
        if slots[i] & 0x80 == 0
            d.maxprobe = n
            return -i
        end
        i = (i & mask) + 1
        n += 1
    end
    dict_rehash!(d, d.count > 64000 ? sz * 2 : sz * 4)
    dict_index_or_free(d, key)
end

function dict_insert!(d::Dict, i::Int, key, v)
    d.slots[i] == 0x7f && (d.ndel -= 1)
    d.slots[i] = (hash(key) >> 57) % UInt8 | 0x80
    d.keys[i] = key
    d.vals[i] = v
    d.count += 1
    d.age += 0x0000000000000001
    i < d.idxfloor && (d.idxfloor = i)
    sz = length(d.keys)
    if d.count * 3 > sz * 2 || d.ndel * 4 >= sz * 3
        dict_rehash!(d, d.count > 64000 ? d.count * 2 : max(d.count * 4, 4))
    end
    nothing
end

function convert_key(::Type{K}, key0) where {K}
    key = convert(K, key0)
    isequal(key, key0) || throw(ArgumentError(string(limitrepr(key0), " is not a valid key for type ", K)))
    key
end
limitrepr(x) = repr(x; context=:limit => true)

function setindex!(d::Dict{K,V}, v0, key0) where {K,V}
    key = key0 isa K ? key0 : convert_key(K, key0)
    v = v0 isa V ? v0 : convert(V, v0)::V
    dict_put(d, key, v) && return d
    i = dict_index_or_free(d, key)
    if i > 0
        d.age += 0x0000000000000001
        d.keys[i] = key
        d.vals[i] = v
    else
        dict_insert!(d, -i, key, v)
    end
    d
end

function getindex(d::Dict, key)
    i = dict_index(d, key)
    i < 0 && throw(KeyError(key))
    d.vals[i]
end
function get(d::Dict, key, default)
    i = dict_find(d, key)
    i == 0 && (i = dict_index(d, key))
    i < 0 ? default : d.vals[i]
end
function get(f::Union{Function,Type}, d::Dict, key)
    i = dict_index(d, key)
    i < 0 ? f() : d.vals[i]
end
haskey(d::Dict, key) = (i = dict_find(d, key); i == 0 ? dict_index(d, key) > 0 : i > 0)
"""
    getkey(d, key, default)

The key of `d` that equals `key`, or `default`.
"""
function getkey(d::Dict, key, default)
    i = dict_index(d, key)
    i < 0 ? default : d.keys[i]
end
function get!(f::Union{Function,Type}, d::Dict{K,V}, key0) where {K,V}
    key = key0 isa K ? key0 : convert_key(K, key0)
    i = dict_find(d, key)
    i > 0 && return d.vals[i]
    if i < 0
        v = convert(V, f())
        dict_put(d, key, v) || (d[key] = v)
        return v
    end
    i = dict_index_or_free(d, key)
    i > 0 && return d.vals[i]
    age = d.age
    v = convert(V, f())
    d.age == age || (i = dict_index_or_free(d, key))
    if i > 0
        d.vals[i] = v
    else
        dict_insert!(d, -i, key, v)
    end
    v
end

function dict_delete_at!(d::Dict, i::Int)
    mask = length(d.slots) - 1
    unset!(d.keys, i)
    unset!(d.vals, i)
    # deleting right before an empty slot needs no mark
    if d.slots[(i & mask) + 1] == 0x00
        j = i
        n = 1
        while true
            d.slots[j] = 0x00
            j = ((j - 2) & mask) + 1
            d.slots[j] == 0x7f || break
            n += 1
        end
        d.ndel -= n - 1
    else
        d.slots[i] = 0x7f
        d.ndel += 1
    end
    d.count -= 1
    d.age += 0x0000000000000001
    d
end
unset!(a::Vector, i) = array_unset(a, i)

"""
    delete!(d, key)

Remove the entry of `key`, if there is one; returns `d`.
"""
function delete!(d::Dict, key)
    i = dict_index(d, key)
    i > 0 && dict_delete_at!(d, i)
    d
end
function pop!(d::Dict, key)
    i = dict_index(d, key)
    i < 0 && throw(KeyError(key))
    v = d.vals[i]
    dict_delete_at!(d, i)
    v
end
function pop!(d::Dict, key, default)
    i = dict_index(d, key)
    i < 0 && return default
    v = d.vals[i]
    dict_delete_at!(d, i)
    v
end
function pop!(d::Dict)
    isempty(d) && throw(ArgumentError("dict must be non-empty"))
    i = dict_next(d, d.idxfloor)
    p = d.keys[i] => d.vals[i]
    dict_delete_at!(d, i)
    p
end

"""
    empty!(collection)

Remove everything.
"""
function empty!(d::Dict{K,V}) where {K,V}
    sz = length(d.slots)
    d.slots = zeros_u8(sz)
    d.keys = Vector{K}(undef, sz)
    d.vals = Vector{V}(undef, sz)
    d.ndel = 0
    d.count = 0
    d.maxprobe = 0
    d.age += 0x0000000000000001
    d.idxfloor = max(1, sz)
    d
end

function sizehint!(d::Dict, n)
    n > length(d.slots) && dict_rehash!(d, cld(3 * Int(n), 2))
    d
end

function copy(d::Dict{K,V}) where {K,V}
    c = Dict{K,V}()
    c.slots = copy(d.slots)
    c.keys = copy(d.keys)
    c.vals = copy(d.vals)
    c.ndel = d.ndel
    c.count = d.count
    c.idxfloor = d.idxfloor
    c.maxprobe = d.maxprobe
    c
end

# The first filled slot from i on, or 0.
function dict_next(d::Dict, i::Int)
    slots = d.slots
    n = length(slots)
    while i <= n
        slots[i] & 0x80 != 0 && return i
        i += 1
    end
    0
end
function iterate(d::Dict)
    i = dict_next(d, d.idxfloor)
    i == 0 && return nothing
    d.idxfloor = i
    (Pair{keytype(d),valtype(d)}(d.keys[i], d.vals[i]), i + 1)
end
function iterate(d::Dict, state::Int)
    i = dict_next(d, state)
    i == 0 && return nothing
    (Pair{keytype(d),valtype(d)}(d.keys[i], d.vals[i]), i + 1)
end
function iterate(k::KeySet{K,Dict{K,V}}, i::Int=1) where {K,V}
    d = k.dict
    i = dict_next(d, i)
    i == 0 ? nothing : (d.keys[i], i + 1)
end
function iterate(v::ValueIterator{<:Dict}, i::Int=1)
    d = v.dict
    i = dict_next(d, i)
    i == 0 ? nothing : (d.vals[i], i + 1)
end

function filter!(f, d::Dict)
    i = dict_next(d, 1)
    while i > 0
        f(Pair{keytype(d),valtype(d)}(d.keys[i], d.vals[i])) || dict_delete_at!(d, i)
        i = dict_next(d, i + 1)
    end
    d
end
