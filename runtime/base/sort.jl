# Sorting and searching in sorted vectors.

abstract type Ordering end
struct ForwardOrdering <: Ordering end
struct ReverseOrdering{F<:Ordering} <: Ordering
    fwd::F
end
ReverseOrdering() = ReverseOrdering(ForwardOrdering())
struct By{T,O<:Ordering} <: Ordering
    by::T
    order::O
end
By(by) = By(by, ForwardOrdering())
struct Lt{T} <: Ordering
    lt::T
end
struct Perm{O<:Ordering,V<:AbstractVector} <: Ordering
    order::O
    data::V
end
const Forward = ForwardOrdering()
const Reverse = ReverseOrdering(Forward)

lt(::ForwardOrdering, a, b) = isless(a, b)
lt(o::ReverseOrdering, a, b) = lt(o.fwd, b, a)
lt(o::By, a, b) = lt(o.order, o.by(a), o.by(b))
lt(o::Lt, a, b) = o.lt(a, b)
function lt(p::Perm, a::Integer, b::Integer)
    x = p.data[a]
    y = p.data[b]
    lt(p.order, x, y) || (!lt(p.order, y, x) && a < b)
end

function ord(lt, by, rev, order::Ordering=Forward)
    o = lt === isless && by === identity ? order :
        lt === isless ? By(by, order) :
        by === identity ? Lt(lt) : Lt((x, y) -> lt(by(x), by(y)))
    rev === true ? ReverseOrdering(o) : o
end

abstract type Algorithm end
struct InsertionSortAlg <: Algorithm end
struct QuickSortAlg <: Algorithm end
struct MergeSortAlg <: Algorithm end
struct PartialQuickSort{T} <: Algorithm
    k::T
end
const InsertionSort = InsertionSortAlg()
const QuickSort = QuickSortAlg()
const MergeSort = MergeSortAlg()
const DEFAULT_STABLE = MergeSort
const DEFAULT_UNSTABLE = MergeSort

"""
    issorted(v; lt=isless, by=identity, rev=false)

Whether the items are in order.
"""
function issorted(itr; lt=isless, by=identity, rev=false, order::Ordering=Forward)
    o = ord(lt, by, rev, order)
    y = iterate(itr)
    y === nothing && return true
    prev = y[1]
    y = iterate(itr, y[2])
    while y !== nothing
        Base.lt(o, y[1], prev) && return false
        prev = y[1]
        y = iterate(itr, y[2])
    end
    true
end

"""
    sort!(v; lt=isless, by=identity, rev=false, alg, dims)

Sort a vector in place, keeping equal items in their order.
"""
function sort!(v::AbstractVector; alg=DEFAULT_STABLE, lt=isless, by=identity, rev=nothing, order::Ordering=Forward, scratch=nothing)
    sort_with!(v, ord(lt, by, rev, order))
    v
end
function sort!(a::AbstractArray; dims::Integer, kw...)
    for I in other_indices(a, dims)
        v = a[I...]
        sort!(v; kw...)
        a[I...] = v
    end
    a
end
sort!(v::AbstractVector, lo::Int, hi::Int, alg::Algorithm, o::Ordering) = (w = v[lo:hi]; sort_with!(w, o); copyto!(v, lo, w, 1, length(w)); v)

# The index tuples of all lines of a along dimension d.
function other_indices(a, d)
    out = Any[]
    for I in CartesianIndices(ntuple(k -> k == d ? 1 : size(a, k), ndims(a)))
        push!(out, ntuple(k -> k == d ? (:) : I[k], ndims(a)))
    end
    out
end

function sort_with!(v::AbstractVector, o::Ordering)
    n = length(v)
    n < 2 && return v
    if o isa ForwardOrdering && array_sort_machine(v, false)
        return v
    elseif o isa ReverseOrdering{ForwardOrdering} && array_sort_machine(v, true)
        return v
    end
    axes(v, 1) === OneTo(n) || return offset_sort!(v, o)
    merge_sort!(v, 1, n, o, similar(v, (n + 1) >> 1))
    v
end
offset_sort!(v, o) = (w = collect(v); sort_with!(w, o); for (i, x) in zip(eachindex(v), w); v[i] = x; end; v)
# sorts vectors of machine numbers and of Strings in place, if v is one
array_sort_machine(v, rev) = false
array_sort_machine(v::Vector, rev) = array_sort(v, rev)

function insertion_sort!(v, lo::Int, hi::Int, o::Ordering)
    for i in lo+1:hi
        x = v[i]
        j = i
        while j > lo
            y = v[j - 1]
            lt(o, x, y) || break
            v[j] = y
            j -= 1
        end
        v[j] = x
    end
    v
end

function merge_sort!(v, lo::Int, hi::Int, o::Ordering, t)
    hi - lo < 20 && return insertion_sort!(v, lo, hi, o)
    m = (lo + hi) >> 1
    merge_sort!(v, lo, m, o, t)
    merge_sort!(v, m + 1, hi, o, t)
    lt(o, v[m + 1], v[m]) || return v
    n = m - lo + 1
    for i in 1:n
        t[i] = v[lo + i - 1]
    end
    i = 1
    j = m + 1
    k = lo
    while i <= n && j <= hi
        if lt(o, v[j], t[i])
            v[k] = v[j]
            j += 1
        else
            v[k] = t[i]
            i += 1
        end
        k += 1
    end
    while i <= n
        v[k] = t[i]
        i += 1
        k += 1
    end
    v
end

"""
    sort(itr; lt=isless, by=identity, rev=false, dims)

A sorted copy.

# Examples
```julia
julia> sort([3, 1, 2]; rev=true)
3-element Vector{Int64}:
 3
 2
 1
```
"""
function sort(v::AbstractArray; dims=nothing, kw...)
    ndims(v) == 1 || dims !== nothing || throw(UndefKeywordError(:dims))
    ndims(v) == 1 ? sort!(copymutable(v); kw...) : sort!(copymutable(v); dims=dims, kw...)
end
function sort(t::Tuple; lt=isless, by=identity, rev=nothing)
    isempty(t) ? t : tuple(sort!(Any[x for x in t]; lt=lt, by=by, rev=rev)...)
end
function sort(itr; kw...)
    itr isa AbstractString && throw(ArgumentError("sort(::$(typeof(itr))) is not supported"))
    sort!(collect(itr); kw...)
end
function sort(r::AbstractUnitRange; rev=nothing, by=identity, lt=isless)
    by === identity && lt === isless ? (rev === true ? reverse(r) : r) : sort!(collect(r); rev=rev, by=by, lt=lt)
end

"""
    sortperm(v; lt=isless, by=identity, rev=false)

The indices that put `v` in order.
"""
function sortperm(v::AbstractVector; alg=DEFAULT_STABLE, lt=isless, by=identity, rev=nothing, order::Ordering=Forward)
    if lt === isless && by === identity && order === Forward && v isa Vector
        p = array_sortperm(v, rev === true)
        p === nothing || return p
    end
    p = collect(eachindex(v))
    sort_with!(p, Perm(ord(lt, by, rev, order), v))
    p
end
sortperm!(p, v; kw...) = copyto!(p, sortperm(v; kw...))

"""
    partialsort!(v, k; lt, by, rev)

Reorder `v` so that the `k`th item (or range of items) is where sorting puts it;
return it.
"""
function partialsort!(v::AbstractVector, k; lt=isless, by=identity, rev=nothing, order::Ordering=Forward)
    sort_with!(v, ord(lt, by, rev, order))
    k isa Integer ? v[k] : view(v, k)
end
partialsort(v::AbstractVector, k; kw...) = (x = partialsort!(copymutable(v), k; kw...); x isa AbstractVector ? collect(x) : x)
partialsortperm(v::AbstractVector, k; kw...) = sortperm(v; kw...)[k]

"""
    searchsortedfirst(v, x; lt, by, rev)

The index of the first item of the sorted `v` that is not before `x`.
"""
function searchsortedfirst(v::AbstractVector, x; lt=isless, by=identity, rev=nothing, order::Ordering=Forward)
    o = ord(lt, by, rev, order)
    lo = firstindex(v) - 1
    hi = lastindex(v) + 1
    while lo < hi - 1
        m = lo + ((hi - lo) >> 1)
        if Base.lt(o, v[m], x)
            lo = m
        else
            hi = m
        end
    end
    hi
end

"""
    searchsortedlast(v, x; lt, by, rev)

The index of the last item of the sorted `v` that is not after `x`.
"""
function searchsortedlast(v::AbstractVector, x; lt=isless, by=identity, rev=nothing, order::Ordering=Forward)
    o = ord(lt, by, rev, order)
    lo = firstindex(v) - 1
    hi = lastindex(v) + 1
    while lo < hi - 1
        m = lo + ((hi - lo) >> 1)
        if Base.lt(o, x, v[m])
            hi = m
        else
            lo = m
        end
    end
    lo
end

"""
    searchsorted(v, x; lt, by, rev)

The range of indices of the items of the sorted `v` that equal `x`.
"""
searchsorted(v::AbstractVector, x; kw...) = searchsortedfirst(v, x; kw...):searchsortedlast(v, x; kw...)

"""
    insorted(x, v; lt, by, rev)

Whether the sorted `v` has an item equal to `x`.
"""
insorted(x, v::AbstractVector; kw...) = !isempty(searchsorted(v, x; kw...))

# The names by which packages know this file.
module Order
using ..Base: Ordering, ForwardOrdering, ReverseOrdering, By, Lt, Perm, Forward, Reverse, ord, lt
export Ordering, Forward, Reverse, By, Lt, Perm, ord, lt
end
module Sort
using ..Base: Algorithm, InsertionSort, QuickSort, MergeSort, PartialQuickSort, DEFAULT_STABLE, DEFAULT_UNSTABLE, defalg,
    sort!, sort, sortperm, sortperm!, partialsort!, partialsort, partialsortperm, searchsorted, searchsortedfirst,
    searchsortedlast, issorted, insorted
export sort!, sort, sortperm, sortperm!, partialsort!, partialsort, partialsortperm, searchsorted, searchsortedfirst,
    searchsortedlast, issorted, insorted, InsertionSort, QuickSort, MergeSort, PartialQuickSort
end
defalg(v) = DEFAULT_STABLE
