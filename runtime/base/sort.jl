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

const DirectOrdering = Union{ForwardOrdering,ReverseOrdering{ForwardOrdering}}
ordtype(o::ReverseOrdering, v::AbstractArray) = ordtype(o.fwd, v)
ordtype(o::Perm, v::AbstractArray) = ordtype(o.order, o.data)
ordtype(o::By, v::AbstractArray) = try
    typeof(o.by(v[1]))
catch
    Any
end
ordtype(o::Ordering, v::AbstractArray) = eltype(v)
ReverseOrdering(by::By) = By(by.by, ReverseOrdering(by.order))
ReverseOrdering(rev::ReverseOrdering) = rev.fwd

"""
    Base.Order.ord(lt, by, rev, order=Forward)

The ordering that the keyword arguments of `sort` describe.
"""
function ord(lt, by, rev, order::Ordering=Forward)
    o = lt === isless ? (by === identity ? order : By(by, order)) :
        order === Forward ? ordering_by(by, Lt(lt)) :
        order === Reverse ? ReverseOrdering(ordering_by(by, Lt(lt))) :
        error("Passing both lt= and order= arguments is ambiguous; please pass order=Forward or order=Reverse (or leave default)")
    rev === true ? ReverseOrdering(o) : o
end

ordering_by(by, o) = by === identity ? o : By(by, o)
reverse(o::Ordering) = ReverseOrdering(o)

abstract type Algorithm end
struct InsertionSortAlg <: Algorithm end
struct QuickSortAlg <: Algorithm end
struct MergeSortAlg <: Algorithm end
struct PartialQuickSort{T} <: Algorithm
    k::T
end
# Sorts a part, or all, with room beside; the names are what programs choose by, the work is the same.
struct ScratchQuickSort{L,H,N} <: Algorithm
    lo::L
    hi::H
    next::N
end
const InsertionSort = InsertionSortAlg()
const QuickSort = QuickSortAlg()
const MergeSort = MergeSortAlg()
ScratchQuickSort(lo=missing, hi=lo) = ScratchQuickSort(lo, hi, InsertionSort)
ScratchQuickSort(next::Algorithm) = ScratchQuickSort(missing, missing, next)
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
    1 <= dims <= ndims(a) || throw(ArgumentError("dimension out of range"))
    for I in other_indices(a, dims)
        v = a[I...]
        sort!(v; kw...)
        a[I...] = v
    end
    a
end
sort!(v::AbstractVector, alg::Algorithm, o::Ordering) = sort_with!(v, o)
function sort!(v::AbstractVector, lo::Integer, hi::Integer, alg::Algorithm, o::Ordering)
    w = v[lo:hi]
    sort_with!(w, o)
    copyto!(v, lo, w, 1, length(w))
    v
end

# The index tuples of all lines of a along dimension d.
function other_indices(a, d)
    out = Any[]
    for I in CartesianIndices(ntuple(k -> k == d ? OneTo(1) : axes(a, k), ndims(a)))
        push!(out, ntuple(k -> k == d ? (:) : I[k], ndims(a)))
    end
    out
end

function sort_with!(v::AbstractVector, o::Ordering)
    n = Int(length(v))
    n < 2 && return v
    if o isa ForwardOrdering && array_sort_machine(v, false)
        return v
    elseif o isa ReverseOrdering{ForwardOrdering} && array_sort_machine(v, true)
        return v
    end
    axes(v, 1) == OneTo(n) || return offset_sort!(v, o)
    v isa Vector && o isa By && return sort_by_keys!(v, o.by, o.order)
    merge_sort!(v, 1, n, o, similar(v, (n + 1) >> 1))
    v
end
# by is called once for each item, and the keys are what is compared.
function sort_by_keys!(v::Vector, by, o::Ordering)
    ks = map(by, v)
    p = o isa DirectOrdering ? array_sortperm(ks, o isa ReverseOrdering) : nothing
    if p === nothing
        p = collect(1:length(v))
        sort_with!(p, Lt((i, j) -> lt(o, ks[i], ks[j])))
    end
    copyto!(v, v[p])
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
sort!(r::AbstractUnitRange) = r
function sort(r::AbstractRange; rev=nothing, by=identity, lt=isless, kw...)
    by === identity && lt === isless && isempty(kw) || return sort!(collect(r); rev=rev, by=by, lt=lt, kw...)
    length(r) < 2 || (step(r) >= zero(step(r))) == (rev !== true) ? r : reverse(r)
end

"""
    sortperm(v; lt=isless, by=identity, rev=false)

The indices that put `v` in order.
"""
function sortperm(v::AbstractVector; alg=DEFAULT_STABLE, lt=isless, by=identity, rev=nothing, order::Ordering=Forward, scratch=nothing)
    if lt === isless && order === Forward && v isa Vector
        p = array_sortperm(by === identity ? v : map(by, v), rev === true)
        p === nothing || return p
    end
    p = copymutable(eachindex(v))
    sort_with!(p, Perm(ord(lt, by, rev, order), v))
    p
end
function sortperm(a::AbstractArray; dims::Integer, kw...)
    p = similar(a, Int)
    ks = LinearIndices(a)
    for I in other_indices(a, dims)
        p[I...] = ks[I...][sortperm(a[I...]; kw...)]
    end
    p
end
function sortperm(r::AbstractRange; rev=nothing, by=identity, lt=isless, kw...)
    by === identity && lt === isless || return sortperm(collect(r); rev=rev, by=by, lt=lt, kw...)
    up = length(r) < 2 || (step(r) >= zero(step(r))) == (rev !== true)
    axes(r, 1) isa OneTo || return up ? eachindex(r) : reverse(eachindex(r))
    r isa AbstractUnitRange && up ? (1:length(r)) : up ? (1:1:length(r)) : (length(r):-1:1)
end
"""
    sortperm!(p, v; kwargs...)

`sortperm` into `p`.
"""
function sortperm!(p::AbstractVector{<:Integer}, v::AbstractVector; initialized::Bool=false, kw...)
    axes(p, 1) == axes(v, 1) || throw(ArgumentError("index vector must have the same length/indices as the source vector, $(axes(p, 1)) != $(axes(v, 1))"))
    copyto!(p, sortperm(v; kw...))
end
function sortperm!(p::AbstractArray{<:Integer}, a::AbstractArray; dims::Integer, initialized::Bool=false, kw...)
    axes(p) == axes(a) || throw(ArgumentError("index array must have the same size/axes as the source array, $(axes(p)) != $(axes(a))"))
    copyto!(p, sortperm(a; dims=dims, kw...))
end

"""
    partialsort!(v, k; lt, by, rev)

Reorder `v` so that the `k`th item (or range of items) is where sorting puts it;
return it.
"""
function partialsort!(v::AbstractVector, k; lt=isless, by=identity, rev=nothing, order::Ordering=Forward)
    sort_with!(v, ord(lt, by, rev, order))
    k isa Integer ? v[k] : view(v, k)
end
partialsort(v::AbstractVector, k; kw...) = partialsort!(copymutable(v), k; kw...)
"""
    partialsortperm(v, k; lt, by, rev)

The indices of what `partialsort` gives.
"""
partialsortperm(v::AbstractVector, k; kw...) = (p = sortperm(v; kw...)[k]; k isa Integer ? p : view(p, 1:length(p)))
"""
    partialsortperm!(p, v, k; lt, by, rev)

`partialsortperm` that leaves the indices in `p`.
"""
function partialsortperm!(p::AbstractVector{<:Integer}, v::AbstractVector, k::Union{Integer,OrdinalRange}; initialized::Bool=false, kw...)
    axes(p, 1) == axes(v, 1) || throw(ArgumentError("The index vector is used as scratch space and must have the same length/indices as the source vector, $(axes(p, 1)) != $(axes(v, 1))"))
    copyto!(p, sortperm(v; kw...))
    k isa Integer ? p[k] : view(p, k)
end

"Base.Sort.midpoint(lo, hi): the number in the middle."
midpoint(lo::T, hi::T) where {T<:Integer} = lo + ((hi - lo) >>> 0x01)
midpoint(lo::Integer, hi::Integer) = midpoint(promote(lo, hi)...)
midpoint(lo::BigInt, hi::BigInt) = lo + ((hi - lo) >> 1)

"""
    searchsortedfirst(v, x; lt, by, rev)

The index of the first item of the sorted `v` that is not before `x`.
"""
function searchsortedfirst(v::AbstractVector, x, lo::Integer, hi::Integer, o::Ordering)
    a, b = Int(lo) - 1, Int(hi) + 1
    while a < b - 1
        m = midpoint(a, b)
        if lt(o, v[m], x)
            a = m
        else
            b = m
        end
    end
    convert(keytype(v), b)
end

"""
    searchsortedlast(v, x; lt, by, rev)

The index of the last item of the sorted `v` that is not after `x`.
"""
function searchsortedlast(v::AbstractVector, x, lo::Integer, hi::Integer, o::Ordering)
    a, b = Int(lo) - 1, Int(hi) + 1
    while a < b - 1
        m = midpoint(a, b)
        if lt(o, x, v[m])
            b = m
        else
            a = m
        end
    end
    convert(keytype(v), a)
end

"""
    searchsorted(v, x; lt, by, rev)

The range of indices of the items of the sorted `v` that equal `x`.
"""
searchsorted(v::AbstractVector, x, lo::Integer, hi::Integer, o::Ordering) = searchsortedfirst(v, x, lo, hi, o):searchsortedlast(v, x, lo, hi, o)
# In a range the place can be computed.
function searchsortedlast(r::AbstractRange{<:Real}, x::Real, o::DirectOrdering)
    n = Int(length(r))
    st = step(r)
    n == 0 && return 0
    f, l = first(r), last(r)
    if iszero(st)
        return lt(o, x, f) ? 0 : n
    elseif x isa Integer && eltype(r) <: Integer
        lt(o, x, f) && return 0
        lt(o, x, l) || return n
        d = o isa ForwardOrdering ? fld(big_if_needed(x, f), st) : fld(big_if_needed(x, f), st)
        return clamp(Int(d) + 1, 0, n)
    end
    lt(o, x, f) && return 0
    lt(o, x, l) || return n
    i = clamp(round(Int, (x - f) / st + 1), 1, n)
    lt(o, x, r[i]) ? i - 1 : i
end
big_if_needed(x, f) = widen(x) - widen(f)
function searchsortedfirst(r::AbstractRange{<:Real}, x::Real, o::DirectOrdering)
    n = Int(length(r))
    n == 0 && return 1
    i = searchsortedlast(r, x, o)
    iszero(step(r)) && return lt(o, first(r), x) ? n + 1 : 1
    i > 0 && !lt(o, r[i], x) ? i : i + 1
end
searchsorted(r::AbstractRange{<:Real}, x::Real, o::DirectOrdering) = searchsortedfirst(r, x, o):searchsortedlast(r, x, o)
for f in (:searchsortedfirst, :searchsortedlast, :searchsorted)
    @eval $f(v::AbstractVector, x, o::Ordering) = $f(v, x, firstindex(v), lastindex(v), o)
    @eval $f(v::AbstractVector, x; lt=isless, by=identity, rev=nothing, order::Ordering=Forward) = $f(v, x, ord(lt, by, rev, order))
    @eval $f(x; kw...) = v -> $f(v, x; kw...)
end

"""
    insorted(x, v; lt, by, rev)

Whether the sorted `v` has an item equal to `x`.
"""
insorted(x, v::AbstractVector; kw...) = !isempty(searchsorted(v, x; kw...))
insorted(x, r::AbstractRange) = x in r

# The names by which packages know this file.
"""
The orders by which things are sorted: `Forward`, `Reverse`, `By`, `Lt`, `Perm`, and `ord`, which makes one of keywords.
"""
module Order
using ..Base: Ordering, ForwardOrdering, ReverseOrdering, By, Lt, Perm, Forward, Reverse, ord, lt
using ..Base: DirectOrdering, ordtype
export Ordering, Forward, Reverse, By, Lt, Perm, ReverseOrdering, ForwardOrdering, DirectOrdering, ord, ordtype, lt
end
"""
Sorting and searching what is sorted, with the algorithms by name.
"""
module Sort
using ..Base: midpoint, partialsortperm!, InsertionSortAlg, QuickSortAlg, MergeSortAlg, Algorithm, InsertionSort, QuickSort, MergeSort, PartialQuickSort, ScratchQuickSort, DEFAULT_STABLE, DEFAULT_UNSTABLE, defalg,
    sort!, sort, sortperm, sortperm!, partialsort!, partialsort, partialsortperm, searchsorted, searchsortedfirst,
    searchsortedlast, issorted, insorted
export sort!, sort, sortperm, sortperm!, partialsort!, partialsort, partialsortperm, searchsorted, searchsortedfirst,
    searchsortedlast, issorted, insorted, InsertionSort, QuickSort, MergeSort, PartialQuickSort
end
defalg(v) = DEFAULT_STABLE
