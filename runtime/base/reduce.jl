# Folding a collection into one value.

struct _InitialValue end
function add_sum end
function mul_prod end

"""
    foldl(op, itr; init)

`op(op(op(init, a), b), c)`; without `init` it starts with the first item.

# Examples
```julia
julia> foldl(-, 1:4)
-8
```
"""
function foldl(op, itr; init=_InitialValue())
    mapfoldl(identity, op, itr; init=init)
end

"""
    mapfoldl(f, op, itr; init)

`foldl` over `f` of each item.
"""
function mapfoldl(f, op, itr; init=_InitialValue())
    mapfoldl_impl(f, op, init, itr)
end

function mapfoldl_impl(f, op, init, itr)
    acc = init
    started = !(init isa _InitialValue)
    for x in itr
        if started
            acc = op(acc, f(x))
        else
            acc = reduce_first(op, f(x))
            started = true
        end
    end
    started || return mapreduce_empty_iter(f, op, itr)
    acc
end

# What one item alone reduces to: sums and products of small integers widen.
reduce_first(op, x) = x
reduce_first(::typeof(+), x::Bool) = Int(x)
reduce_first(::typeof(*), x::AbstractChar) = string(x)
reduce_first(::typeof(add_sum), x) = widen_sum(x)
reduce_first(::typeof(mul_prod), x) = widen_sum(x)
reduce_first(::typeof(mul_prod), x::AbstractChar) = string(x)
reduce_first(::typeof(mul_prod), x::Bool) = x
widen_sum(x) = x
widen_sum(x::Union{Int8,Int16,Int32}) = Int(x)
widen_sum(x::Union{UInt8,UInt16,UInt32}) = UInt(x)
widen_sum(x::Bool) = Int(x)
add_sum(a, b) = a + b
add_sum(a::Union{Bool,Int8,Int16,Int32}, b::Union{Bool,Int8,Int16,Int32}) = Int(a) + Int(b)
add_sum(a::Union{UInt8,UInt16,UInt32}, b::Union{UInt8,UInt16,UInt32}) = UInt(a) + UInt(b)
mul_prod(a, b) = a * b
mul_prod(a::Union{Int8,Int16,Int32}, b::Union{Int8,Int16,Int32}) = Int(a) * Int(b)
mul_prod(a::Union{UInt8,UInt16,UInt32}, b::Union{UInt8,UInt16,UInt32}) = UInt(a) * UInt(b)

reduce_empty_error() = throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer"))

function mapreduce_empty_iter(f, op, itr)
    IteratorEltype(itr) isa HasEltype || reduce_empty_error()
    mapreduce_empty(f, op, eltype(itr))
end
mapreduce_empty(f, op, T) = reduce_empty_error()
mapreduce_empty(::typeof(identity), op, T) = reduce_empty(op, T)
mapreduce_empty(::typeof(abs), op, T) = abs(reduce_empty(op, T))
mapreduce_empty(::typeof(abs2), op, T) = abs2(reduce_empty(op, T))
mapreduce_empty(::typeof(abs), ::typeof(max), T) = abs(zero(T))
mapreduce_empty(::typeof(abs2), ::typeof(max), T) = abs2(zero(T))
mapreduce_empty(::typeof(abs), ::typeof(max), ::Type{Union{}}) = reduce_empty_error()
mapreduce_empty(::typeof(abs2), ::typeof(max), ::Type{Union{}}) = reduce_empty_error()
reduce_empty(op, T) = reduce_empty_error()
reduce_empty(::typeof(+), ::Type{T}) where {T} = zero(T)
reduce_empty(::typeof(+), ::Type{Union{}}) = reduce_empty_error()
reduce_empty(::typeof(+), ::Type{Bool}) = 0
reduce_empty(::typeof(*), ::Type{T}) where {T} = one(T)
reduce_empty(::typeof(*), ::Type{Union{}}) = reduce_empty_error()
reduce_empty(::typeof(*), ::Type{<:AbstractChar}) = ""
reduce_empty(::typeof(add_sum), ::Type{Union{}}) = reduce_empty_error()
reduce_empty(::typeof(add_sum), ::Type{T}) where {T} = widen_sum(zero(T))
reduce_empty(::typeof(mul_prod), ::Type{Union{}}) = reduce_empty_error()
reduce_empty(::typeof(mul_prod), ::Type{T}) where {T} = widen_sum(one(T))
reduce_empty(::typeof(mul_prod), ::Type{Bool}) = true
reduce_empty(::typeof(&), ::Type{Bool}) = true
reduce_empty(::typeof(|), ::Type{Bool}) = false

"""
    foldr(op, itr; init)

`op(a, op(b, op(c, init)))`.
"""
foldr(op, itr; init=_InitialValue()) = mapfoldr(identity, op, itr; init=init)
mapfoldr(f, op, itr; init=_InitialValue()) = mapfoldr_impl(f, op, init, itr)
function mapfoldr_impl(f, op, init, itr)
    v = itr isa AbstractArray || itr isa Tuple ? itr : collect(itr)
    is = v isa AbstractArray ? eachindex(IndexLinear(), v) : eachindex(v)
    first_i, i = first(is), last(is)
    if init isa _InitialValue
        isempty(v) && return mapreduce_empty_iter(f, op, itr)
        acc = reduce_first(op, f(v[i]))
        i -= 1
    else
        acc = init
    end
    while i >= first_i
        acc = op(f(v[i]), acc)
        i -= 1
    end
    acc
end

"""
    reduce(op, itr; init, dims)

Combine the items by the associative `op`. With `dims`, along those dimensions of an
array.

# Examples
```julia
julia> reduce(*, [2, 3, 4])
24
```
"""
reduce(op, itr; init=_InitialValue(), dims=:) = mapreduce(identity, op, itr; init=init, dims=dims)
reduce(op, x::Number; init=_InitialValue()) = init isa _InitialValue ? x : op(init, x)

"""
    mapreduce(f, op, itrs...; init, dims)

`reduce` over `f` of the items.
"""
function mapreduce(f, op, itr; init=_InitialValue(), dims=:)
    dims === (:) || return mapreduce_dims(f, op, itr, init, dims)
    itr isa AbstractMatrix && (itr = ready_items(itr))
    itr isa AbstractArray && init isa _InitialValue && length(itr) > 1024 && IndexStyle(itr) isa IndexLinear &&
        return mapreduce_halves(f, op, itr, firstindex(itr), lastindex(itr))
    mapfoldl_impl(f, op, init, itr)
end
# Long arrays are reduced half by half, so that errors of rounding grow slowly.
function mapreduce_halves(f, op, a, i, j)
    j - i < 1024 && return mapfoldl_impl(f, op, _InitialValue(), a isa Array ? view(vec(a), i:j) : Generator(k -> a[k], i:j))
    mid = i + (j - i) >> 1
    op(mapreduce_halves(f, op, a, i, mid), mapreduce_halves(f, op, a, mid + 1, j))
end
mapreduce(f, op, a, b, more...; kw...) = reduce(op, Generator(f, a, b, more...); kw...)
mapreduce(f, op, a::AbstractArray, b::AbstractArray, more::AbstractArray...; kw...) = reduce(op, map(f, a, b, more...); kw...)

"""
    sum(itr; init, dims)
    sum(f, itr; init, dims)

The sum of the items, or of `f` of them.
"""
sum(a; kw...) = mapreduce(identity, add_sum, a; kw...)
sum(f, a; kw...) = mapreduce(f, add_sum, a; kw...)
sum(r::UnitRange{Int64}) = (n = length(r); n == 0 ? 0 : iseven(n) ? (n >> 1) * (first(r) + last(r)) : n * ((first(r) + last(r)) >> 1))
sum(x::Number) = widen_sum(x)
prod(x::Number) = reduce_first(mul_prod, x)

"""
    prod(itr; init, dims)
    prod(f, itr; init, dims)

The product of the items, or of `f` of them.
"""
prod(a; kw...) = mapreduce(identity, mul_prod, a; kw...)
prod(f, a; kw...) = mapreduce(f, mul_prod, a; kw...)

"""
    maximum(itr; init, dims)
    maximum(f, itr; init, dims)

The largest item, or the largest `f(x)`.
"""
maximum(a; kw...) = mapreduce(identity, max, a; kw...)
maximum(f, a; kw...) = mapreduce(f, max, a; kw...)

"""
    minimum(itr; init, dims)
    minimum(f, itr; init, dims)

The smallest item, or the smallest `f(x)`.
"""
minimum(a; kw...) = mapreduce(identity, min, a; kw...)
minimum(f, a; kw...) = mapreduce(f, min, a; kw...)

"""
    extrema(itr; init, dims)
    extrema(f, itr; init, dims)

The smallest and the largest item, or `f(x)`.
"""
extrema(itr; kw...) = extrema(identity, itr; kw...)
function extrema(f, itr; init=_InitialValue(), dims=:)
    init isa _InitialValue || init isa Tuple{Any,Any} || throw(ArgumentError("init must be a pair of a lower and an upper bound"))
    dims === (:) || return mapreduce_dims(x -> twice(f(x)), extrema_pair, itr, init, dims)
    init isa _InitialValue || return mapreduce(x -> twice(f(x)), extrema_pair, itr; init=init)
    y = iterate(itr)
    y === nothing && reduce_empty_error()
    lo = hi = f(y[1])
    for x in Iterators.rest(itr, y[2])
        v = f(x)
        lo = min(lo, v)
        hi = max(hi, v)
    end
    (lo, hi)
end
twice(x) = (x, x)
extrema_pair(a, b) = (min(a[1], b[1]), max(a[2], b[2]))

"""
    any(itr)
    any(f, itr)

Whether an item is true, or `f` is true of one. Looks no further than needed.
"""
any(itr; dims=:) = any(identity, itr; dims=dims)
function any(f, itr; dims=:)
    dims === (:) || return mapreduce_dims(f, |, itr, false, dims)
    anymissing = false
    for x in itr
        v = f(x)
        if v === missing
            anymissing = true
        elseif v
            return true
        end
    end
    anymissing ? missing : false
end

"""
    all(itr)
    all(f, itr)

Whether all items are true, or `f` is true of all. Looks no further than needed.
"""
all(itr; dims=:) = all(identity, itr; dims=dims)
function all(f, itr; dims=:)
    dims === (:) || return mapreduce_dims(f, &, itr, true, dims)
    anymissing = false
    for x in itr
        v = f(x)
        if v === missing
            anymissing = true
        elseif v isa Bool
            v || return false
        else
            v ? nothing : return false
        end
    end
    anymissing ? missing : true
end

"""
    count(itr; init=0, dims)
    count(f, itr; init=0, dims)

How many items are true, or for how many `f` is true.
"""
count(itr; kw...) = count(identity, itr; kw...)
function count(f, itr; init=0, dims=:)
    if !(dims === (:))
        r = itr isa AbstractArray{Bool} && f === identity && init === 0 ? reduce_machine(+, itr, _InitialValue(), reduction_dims(dims)) : nothing
        return r === nothing ? mapreduce(x -> f(x) ? 1 : 0, +, itr; init=init, dims=dims) : r
    end
    n = init
    for x in itr
        f(x)::Bool && (n += true)
    end
    n
end

"""
    findmax(itr; dims)
    findmax(f, domain)

The largest value and its index (or that of the item for which `f` is largest).
"""
findmax(a; dims=:) = find_best(isgreater_first, identity, a, dims)
findmax(f, a; dims=:) = find_best(isgreater_first, f, a, dims)
find_best(better, f, a, dims) = dims === (:) ? best_of_all(better, f, a) : best_by_dims(better, f, a, dims)
"""
    findmin(itr; dims)
    findmin(f, domain)

The smallest value and its index (or that of the item for which `f` is smallest).
"""
findmin(a; dims=:) = find_best(isless_first, identity, a, dims)
findmin(f, a; dims=:) = find_best(isless_first, f, a, dims)
# Whether y is better than x; what cannot be compared comes first.
isgreater_first(y, x) = isunordered(x) ? false : isunordered(y) ? true : isless(x, y)
isless_first(y, x) = isunordered(x) ? false : isunordered(y) ? true : isless(y, x)
isunordered(::Missing) = true
isgreater_first(y::Int, x::Int) = x < y
isless_first(y::Int, x::Int) = y < x
isgreater_first(y::Float64, x::Float64) = y < x ? false : x < y || (x != x ? false : y != y ? true : isless(x, y))
isless_first(y::Float64, x::Float64) = x < y ? false : y < x || (x != x ? false : y != y ? true : isless(y, x))
function best_of_all(better, f, a)
    best = at = nothing
    none = true
    for (i, x) in pairs(a)
        v = f(x)
        if none || better(v, best)
            best, at, none = v, i, false
        end
    end
    none && throw(ArgumentError("collection must be non-empty"))
    (best, at)
end
function best_of_all(better, f, a::Vector)
    isempty(a) && throw(ArgumentError("collection must be non-empty"))
    best, at = f(a[1]), 1
    for i in 2:length(a)
        v = f(a[i])
        if better(v, best)
            best, at = v, i
        end
    end
    (best, at)
end
function best_by_dims(better, f, a::AbstractArray, dims)
    ds = reduction_dims(dims)
    out = reduced_indices(a, ds)
    vals = Array{Any}(undef, map(length, out))
    at = Array{keytype(a)}(undef, map(length, out))
    started = fill(false, size(vals))
    isempty(a) && !isempty(vals) && throw(ArgumentError("collection slices must be non-empty"))
    for I in CartesianIndices(a)
        k = reduced_place(out, I)
        v = f(a[I])
        if !started[k] || better(v, vals[k])
            vals[k] = v
            at[k] = ndims(a) == 1 ? I[1] : I
            started[k] = true
        end
    end
    (shaped_like(narrow(vec(vals), promote_op(f, eltype(a))), a, out), out isa Tuple{Vararg{OneTo}} ? at : shaped_like(vec(at), a, out))
end

"""
    argmax(itr; dims)
    argmax(f, domain)

The index of the largest item, or the item for which `f` is largest.
"""
argmax(a; dims=:) = findmax(a; dims=dims)[2]
argmax(f, domain) = best_argument(isgreater_first, f, domain)
"""
    argmin(itr; dims)
    argmin(f, domain)

The index of the smallest item, or the item for which `f` is smallest.
"""
argmin(a; dims=:) = findmin(a; dims=dims)[2]
argmin(f, domain) = best_argument(isless_first, f, domain)
function best_argument(better, f, domain)
    y = iterate(domain)
    y === nothing && throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer"))
    arg = y[1]
    best = f(arg)
    y = iterate(domain, y[2])
    while y !== nothing
        v = f(y[1])
        if better(v, best)
            best, arg = v, y[1]
        end
        y = iterate(domain, y[2])
    end
    arg
end

"""
    accumulate(op, itr; init)

The results of folding `op` over the first item, the first two, ….
"""
function accumulate(op, itr; dims=nothing, init=_InitialValue())
    itr isa AbstractVector && dims in (nothing, 1) && return accumulate_vector(op, itr, init)
    itr isa AbstractArray && dims !== nothing && return accumulate_dims(op, itr, Int(dims), init)
    itr isa AbstractArray && ndims(itr) != 1 && return reshape(accumulate_items(op, vec(itr), init), size(itr))
    out = accumulate_items(op, itr, init)
    itr isa Tuple ? tuple(out...) : IteratorSize(itr) isa HasShape{0} ? fill(out[1]) : out
end
function accumulate_items(op, itr, init)
    out = Any[]
    acc = init
    started = !(init isa _InitialValue)
    for x in itr
        acc = started ? op(acc, x) : reduce_first(op, x)
        started = true
        push!(out, acc)
    end
    narrow(out, isempty(out) ? accumulated_type(op, iterated_eltype(itr), init) : Any)
end
accumulated_type(op, T, init) = promote_op(op, init isa _InitialValue ? T : typeof(init), T)
function accumulate_vector(op, a, init)
    T = accumulated_type(op, eltype(a), init)
    if isconcretetype(eltype(a)) && isabstracttype(T) # could not be told
        v = accumulate_items(op, a, init)
        return a isa Array ? v : copyto!(similar(a, eltype(v)), v)
    end
    out = similar(a, T)
    isempty(a) && return out
    i = firstindex(a)
    out[i] = acc = init isa _InitialValue ? reduce_first(op, a[i]) : op(init, a[i])
    for k in i+1:lastindex(a)
        out[k] = acc = op(acc, a[k])
    end
    out
end
accumulate(op, nt::NamedTuple; kw...) = NamedTuple{keys(nt)}(accumulate(op, values(nt); kw...))
function accumulate_dims(op, a, d, init)
    d >= 1 || throw(ArgumentError("dims must be a positive integer"))
    d > ndims(a) && return init isa _InitialValue ? copyto!(similar(a), a) : map(x -> op(init, x), a)
    out = similar(a, accumulated_type(op, eltype(a), init))
    isempty(a) && return out
    for I in CartesianIndices(a)
        if I[d] == first(axes(a, d))
            out[I] = init isa _InitialValue ? reduce_first(op, a[I]) : op(init, a[I])
        else
            J = CartesianIndex(ntuple(k -> k == d ? I[k] - 1 : I[k], ndims(a)))
            out[I] = op(out[J], a[I])
        end
    end
    out
end

"""
    cumsum(itr; dims)

Running sums.
"""
cumsum(a; dims=nothing) = cumulate(add_sum, a, dims)
cumsum(a::AbstractVector; dims=nothing) = (dims === nothing || dims == 1) && ArithmeticStyle(eltype(a)) !== ArithmeticWraps() && isconcretetype(eltype(a)) ?
    accumulate_pairwise(add_sum, a) : cumulate(add_sum, a, dims)

"""
    Base.ArithmeticStyle(T)

Whether the arithmetic of a type rounds (`ArithmeticRounds()`), wraps around (`ArithmeticWraps()`), or what it does is not known
(`ArithmeticUnknown()`). Sums of what does not wrap are formed pair by pair.
"""
abstract type ArithmeticStyle end
struct ArithmeticRounds <: ArithmeticStyle end
struct ArithmeticWraps <: ArithmeticStyle end
struct ArithmeticUnknown <: ArithmeticStyle end
ArithmeticStyle(x) = ArithmeticStyle(typeof(x))
ArithmeticStyle(::Type) = ArithmeticUnknown()
ArithmeticStyle(::Type{<:AbstractFloat}) = ArithmeticRounds()
ArithmeticStyle(::Type{<:Integer}) = ArithmeticWraps()

# What accumulate gives, but so that each result is the sum of few sums of many items: errors of
# rounding grow more slowly.
function accumulate_pairwise!(op, out::AbstractVector, a::AbstractVector)
    n = length(a)
    n == length(out) || throw(DimensionMismatch("input and output array sizes and indices must match"))
    n == 0 && return out
    i = firstindex(a)
    out[i] = s = reduce_first(op, a[i])
    n > 1 && accumulate_pairs!(op, out, a, s, i + 1, n - 1)
    out
end
function accumulate_pairs!(op, out, a, before, i, n)
    if n < 128
        s = a[i]
        out[i] = op(before, s)
        for k in i+1:i+n-1
            s = op(s, a[k])
            out[k] = op(before, s)
        end
        return s
    end
    half = n >> 1
    s = accumulate_pairs!(op, out, a, before, i, half)
    op(s, accumulate_pairs!(op, out, a, op(before, s), i + half, n - half))
end
accumulate_pairwise(op, a::AbstractVector{T}) where {T} = accumulate_pairwise!(op, similar(a, promote_op(op, T, T)), a)
cumulate(op, a, dims) = dims === nothing && a isa AbstractArray && ndims(a) > 1 ? throw(UndefKeywordError(:dims)) : accumulate(op, a; dims=dims)
"""
    cumprod(itr; dims)

Running products.
"""
cumprod(a; dims=nothing) = cumulate(mul_prod, a, dims)
"""
    accumulate!(op, out, a; dims, init)

`accumulate` into an array.
"""
accumulate!(op, out, a; kw...) = (r = accumulate(op, a; kw...); axes(out) == axes(r) || throw(DimensionMismatch("shape of B must match A")); copyto!(out, r))
cumsum!(out, a; kw...) = accumulate!(add_sum, out, a; kw...)
cumsum!(out::AbstractVector, a::AbstractVector; dims::Integer=1) = dims == 1 && ArithmeticStyle(eltype(out)) !== ArithmeticWraps() ? accumulate_pairwise!(add_sum, out, a) : accumulate!(add_sum, out, a; dims=dims)
cumprod!(out, a; kw...) = accumulate!(mul_prod, out, a; kw...)
