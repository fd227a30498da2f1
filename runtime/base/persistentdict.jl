# PersistentDict: a dictionary that is never changed; adding to it makes another that shares most
# of its parts. It is a tree with a branch for each five bits of a key's hash.

# The branches there are stand in `slots`, those of a low number first: a pair, or a node below. At
# the end of the hash `map` is 0 and the slots are pairs, one after the other.
struct TrieNode
    map::UInt32
    slots::Vector{Any}
end
const empty_trie = TrieNode(0x00000000, Any[])
branch_bit(h, shift) = 0x00000001 << (h >> shift & 0x1f)
slot_of(map, bit) = count_ones(map & (bit - 0x00000001)) + 1

"""
    Base.PersistentDict(key => value, ...)
    Base.PersistentDict(dict, key => value)

A dictionary that is not changed: the second form is `dict` with another entry, and
`Base.delete(dict, key)` is one without. Both share all other parts with `dict`, which stays
as it is.
"""
struct PersistentDict{K,V} <: AbstractDict{K,V}
    root::TrieNode
    count::Int
    PersistentDict{K,V}() where {K,V} = new{K,V}(empty_trie, 0)
    PersistentDict{K,V}(root::TrieNode, count::Int) where {K,V} = new{K,V}(root, count)
end
PersistentDict() = PersistentDict{Any,Any}()
PersistentDict{K,V}(p::Pair, more::Pair...) where {K,V} = PersistentDict(PersistentDict{K,V}(), p, more...)
PersistentDict{K,V}(d::PersistentDict{K,V}, p::Pair) where {K,V} = PersistentDict(d, p)
PersistentDict(p::Pair{K,V}, more::Pair{K,V}...) where {K,V} = PersistentDict{K,V}(p, more...)
PersistentDict(p::Pair, more::Pair...) = PersistentDict{eltype_of(p, more, first), eltype_of(p, more, last)}(p, more...)
eltype_of(p, more, part) = promote_typejoin(typeof(part(p)), mapreduce(q -> typeof(part(q)), promote_typejoin, more; init=Union{}))
PersistentDict(d::PersistentDict, p::Pair, more::Pair...) = PersistentDict(PersistentDict(d, p.first, p.second), more...)
PersistentDict(d::PersistentDict) = d
function PersistentDict(itr)
    d = foldl(PersistentDict, (k => v for (k, v) in itr); init=PersistentDict{Any,Any}())
    K, V = eltype(itr) <: Pair && isconcretetype(eltype(itr)) ? (fieldtype(eltype(itr), 1), fieldtype(eltype(itr), 2)) :
        (mapreduce(typeof, promote_typejoin, keys(d); init=Union{}), mapreduce(typeof, promote_typejoin, values(d); init=Union{}))
    PersistentDict{K,V}(d.root, d.count)
end
function PersistentDict(d::PersistentDict{K,V}, key, value) where {K,V}
    k = convert(K, key)
    root, added = trie_insert(d.root, k => convert(V, value), hash(k), 0)
    PersistentDict{K,V}(root, d.count + added)
end

function trie_insert(node::TrieNode, p::Pair, h, shift)
    if shift >= 64
        i = findfirst(q -> isequal(q.first, p.first), node.slots)
        i === nothing && return TrieNode(node.map, vcat(node.slots, Any[p])), 1
        return with_slot(node, i, p), 0
    end
    bit = branch_bit(h, shift)
    i = slot_of(node.map, bit)
    if node.map & bit == 0
        slots = copy(node.slots)
        insert!(slots, i, p)
        return TrieNode(node.map | bit, slots), 1
    end
    there = node.slots[i]
    if there isa TrieNode
        below, added = trie_insert(there, p, h, shift + 5)
        return with_slot(node, i, below), added
    end
    isequal(there.first, p.first) && return with_slot(node, i, p), 0
    below, _ = trie_insert(empty_trie, there, hash(there.first), shift + 5)
    below, _ = trie_insert(below, p, h, shift + 5)
    with_slot(node, i, below), 1
end
with_slot(node, i, x) = (slots = copy(node.slots); slots[i] = x; TrieNode(node.map, slots))

# The pair of a key, or nothing.
function trie_find(node::TrieNode, key, h)
    shift = 0
    while shift < 64
        bit = branch_bit(h, shift)
        node.map & bit == 0 && return nothing
        there = node.slots[slot_of(node.map, bit)]
        there isa TrieNode || return isequal(there.first, key) ? there : nothing
        node = there
        shift += 5
    end
    i = findfirst(q -> isequal(q.first, key), node.slots)
    i === nothing ? nothing : node.slots[i]
end

"""
    Base.delete(d::PersistentDict, key)

`d` without the entry of `key`.
"""
function delete(d::PersistentDict{K,V}, key) where {K,V}
    h = hash(key)
    trie_find(d.root, key, h) === nothing ? d : PersistentDict{K,V}(trie_delete(d.root, key, h, 0), d.count - 1)
end
# The node without a key that it has.
function trie_delete(node, key, h, shift)
    if shift >= 64
        return TrieNode(node.map, filter(q -> !isequal(q.first, key), node.slots))
    end
    bit = branch_bit(h, shift)
    i = slot_of(node.map, bit)
    there = node.slots[i]
    if there isa TrieNode
        below = trie_delete(there, key, h, shift + 5)
        isempty(below.slots) || return with_slot(node, i, below)
    end
    slots = copy(node.slots)
    deleteat!(slots, i)
    TrieNode(node.map & ~bit, slots)
end

length(d::PersistentDict) = d.count
isempty(d::PersistentDict) = d.count == 0
empty(::PersistentDict, ::Type{K}, ::Type{V}) where {K,V} = PersistentDict{K,V}()
haskey(d::PersistentDict, key) = trie_find(d.root, key, hash(key)) !== nothing
get(d::PersistentDict, key, default) = (p = trie_find(d.root, key, hash(key)); p === nothing ? default : p.second)
get(f::Callable, d::PersistentDict, key) = (p = trie_find(d.root, key, hash(key)); p === nothing ? f() : p.second)
getindex(d::PersistentDict, key) = (p = trie_find(d.root, key, hash(key)); p === nothing ? throw(KeyError(key)) : p.second)

# The state: the nodes from the root down, each with the slot that is next there.
iterate(d::PersistentDict) = iterate(d, [(d.root, 1)])
function iterate(::PersistentDict{K,V}, path) where {K,V}
    while !isempty(path)
        node, i = path[end]
        if i > length(node.slots)
            pop!(path)
        else
            path[end] = (node, i + 1)
            there = node.slots[i]
            there isa TrieNode || return Pair{K,V}(there.first, there.second), copy(path)
            push!(path, (there, 1))
        end
    end
    nothing
end
