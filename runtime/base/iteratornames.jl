# Iterators that Base exports, and what it does with them.

const enumerate = Iterators.enumerate
const zip = Iterators.zip
const pairs = Iterators.pairs
const only = Iterators.only
const Filter = Iterators.Filter
const Stateful = Iterators.Stateful
const Flatten = Iterators.Flatten
const product = Iterators.product

Pairs(data::A, itr::I) where {A,I} = Pairs{eltype(I),eltype(A),I,A}(data, itr)
# The keys of a named tuple are told by its type: its pairs keep none.
pair_keys(v::Pairs) = v.itr
pair_keys(v::Pairs{<:Any,<:Any,Nothing}) = keys(v.data)
length(v::Pairs) = length(pair_keys(v))
axes(v::Pairs) = axes(pair_keys(v))
size(v::Pairs) = size(pair_keys(v))
function iterate(v::Pairs)
    y = iterate(pair_keys(v))
    y === nothing && return nothing
    (y[1] => v.data[y[1]], y[2])
end
function iterate(v::Pairs, s)
    y = iterate(pair_keys(v), s)
    y === nothing && return nothing
    (y[1] => v.data[y[1]], y[2])
end
getindex(v::Pairs, k) = v.data[k]
setindex!(v::Pairs, x, k) = (v.data[k] = x; v)
get(v::Pairs, k, default) = k in pair_keys(v) ? v.data[k] : default
get(f::Function, v::Pairs, k) = k in pair_keys(v) ? v.data[k] : f()
haskey(v::Pairs, k) = k in pair_keys(v)
keys(v::Pairs) = pair_keys(v)
values(v::Pairs) = v.data
eltype(::Type{Pairs{K,V,I,A}}) where {K,V,I,A} = Pair{K,V}
IteratorSize(::Type{Pairs{K,V,I,A}}) where {K,V,I,A} = IteratorSize(A)
last(v::Pairs) = (i = last(pair_keys(v)); i => v.data[i])
ndims(v::Pairs) = ndims(pair_keys(v))
firstindex(v::Pairs) = first(pair_keys(v))
lastindex(v::Pairs) = last(pair_keys(v))
IteratorEltype(::Type{<:Pairs}) = HasEltype()
function showarg(io::IO, v::Pairs{K,V,I,A}, toplevel) where {K,V,I,A<:AbstractArray}
    print(io, "pairs(")
    v.itr isa CartesianIndices && ndims(v.data) == 1 ? print(io, "IndexCartesian(), ") :
        v.itr isa CartesianIndices || ndims(v.data) == 1 || print(io, "IndexLinear(), ")
    showarg(io, v.data, false)
    print(io, ')')
end

# What `(v...)...` splats.
function flattened(v)
    out = Any[]
    for x in v, y in x
        push!(out, y)
    end
    out
end

# Of nothing, what is mapped and filtered reduces as what it comes from would.
mapreduce_empty_iter(f, op, itr::Generator) = itr.f === identity ? mapreduce_empty_iter(f, op, itr.iter) :
    itr.f === abs || itr.f === abs2 ? itr.f(mapreduce_empty_iter(f, op, itr.iter)) : reduce_empty_error()
mapreduce_empty_iter(f, op, itr::Iterators.Filter) = mapreduce_empty_iter(f, op, itr.itr)
mapreduce_empty_iter(f, op, itr::Iterators.Flatten) = reduce_empty_error()
