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
reduce_first(::typeof(add_sum), x) = widen_sum(x)
reduce_first(::typeof(mul_prod), x) = widen_sum(x)
widen_sum(x) = x
widen_sum(x::Union{Int8,Int16,Int32}) = Int(x)
widen_sum(x::Union{UInt8,UInt16,UInt32}) = UInt(x)
widen_sum(x::Bool) = Int(x)
add_sum(a, b) = a + b
add_sum(a::Union{Bool,Int8,Int16,Int32}, b::Union{Bool,Int8,Int16,Int32}) = Int(a) + Int(b)
add_sum(a::Union{UInt8,UInt16,UInt32}, b::Union{UInt8,UInt16,UInt32}) = UInt(a) + UInt(b)
mul_prod(a, b) = a * b
mul_prod(a::Union{Bool,Int8,Int16,Int32}, b::Union{Bool,Int8,Int16,Int32}) = Int(a) * Int(b)
mul_prod(a::Union{UInt8,UInt16,UInt32}, b::Union{UInt8,UInt16,UInt32}) = UInt(a) * UInt(b)

reduce_empty_error() = throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer"))

function mapreduce_empty_iter(f, op, itr)
    IteratorEltype(itr) isa HasEltype || reduce_empty_error()
    mapreduce_empty(f, op, eltype(itr))
end
mapreduce_empty(f, op, T) = reduce_empty_error()
mapreduce_empty(::typeof(identity), op, T) = reduce_empty(op, T)
mapreduce_empty(::typeof(abs), ::typeof(add_sum), T) = abs(zero(T))
mapreduce_empty(::typeof(abs2), ::typeof(add_sum), T) = abs2(zero(T))
reduce_empty(op, T) = reduce_empty_error()
reduce_empty(::typeof(+), ::Type{T}) where {T} = T === Union{} ? reduce_empty_error() : zero(T)
reduce_empty(::typeof(*), ::Type{T}) where {T} = T === Union{} ? reduce_empty_error() : one(T)
reduce_empty(::typeof(*), ::Type{<:AbstractString}) = ""
reduce_empty(::typeof(add_sum), ::Type{T}) where {T} = T === Union{} ? reduce_empty_error() : widen_sum(zero(T))
reduce_empty(::typeof(mul_prod), ::Type{T}) where {T} = T === Union{} ? reduce_empty_error() : widen_sum(one(T))
reduce_empty(::typeof(&), ::Type{Bool}) = true
reduce_empty(::typeof(|), ::Type{Bool}) = false

"""
    foldr(op, itr; init)

`op(a, op(b, op(c, init)))`.
"""
foldr(op, itr; init=_InitialValue()) = mapfoldr(identity, op, itr; init=init)
function mapfoldr(f, op, itr; init=_InitialValue())
    v = itr isa AbstractArray || itr isa Tuple ? itr : collect(itr)
    i = length(v)
    if init isa _InitialValue
        i == 0 && return mapreduce_empty_iter(f, op, itr)
        acc = reduce_first(op, f(v[i]))
        i -= 1
    else
        acc = init
    end
    while i >= 1
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
    mapfoldl_impl(f, op, init, itr)
end
mapreduce(f, op, a, b, more...; kw...) = reduce(op, Generator(f, a, b, more...); kw...)

function mapreduce_dims(f, op, a::AbstractArray, init, dims)
    ds = dims isa Integer ? (Int(dims),) : tuple(dims...)
    for d in ds
        d >= 1 || throw(ArgumentError("region dimension(s) must be ≥ 1, got $d"))
    end
    n = ndims(a)
    outer = ntuple(d -> d in ds ? 1 : size(a, d), n)
    inner = ntuple(d -> d in ds ? size(a, d) : 1, n)
    first_or(d, i, j) = d in ds ? j : i
    vals = Any[]
    for I in CartesianIndices(outer)
        acc = init
        started = !(init isa _InitialValue)
        for J in CartesianIndices(inner)
            x = f(a[ntuple(d -> d in ds ? J[d] : I[d], n)...])
            acc = started ? op(acc, x) : reduce_first(op, x)
            started = true
        end
        started || (acc = mapreduce_empty(f, op, eltype(a)))
        push!(vals, acc)
    end
    reshape(narrow(vals, mapreduce_eltype(op, a)), outer)
end
mapreduce_eltype(op, a) = eltype(a)

# A vector of Any as a vector of the type its items share.
function narrow(vals::Vector{Any}, T0)
    isempty(vals) && return Vector{T0}(undef, 0)
    T = typeof(vals[1])
    for v in vals
        T = promote_typejoin(T, typeof(v))
    end
    out = Vector{T}(undef, length(vals))
    for i in 1:length(vals)
        out[i] = vals[i]
    end
    out
end

"""
    sum(itr; init, dims)
    sum(f, itr; init, dims)

The sum of the items, or of `f` of them.
"""
sum(a; kw...) = mapreduce(identity, add_sum, a; kw...)
sum(f, a; kw...) = mapreduce(f, add_sum, a; kw...)
sum(a::Vector{Float64}) = array_sum_float(a)
sum(a::Vector{Int64}) = array_sum_int(a)
sum(r::UnitRange{Int64}) = (n = length(r); n == 0 ? 0 : iseven(n) ? (n >> 1) * (first(r) + last(r)) : n * ((first(r) + last(r)) >> 1))
sum(x::Number) = x

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
    extrema(itr)
    extrema(f, itr)

The smallest and the largest item.
"""
extrema(itr; kw...) = extrema(identity, itr; kw...)
function extrema(f, itr; init=_InitialValue(), dims=:)
    if dims !== (:)
        lo = minimum(f, itr; dims=dims)
        hi = maximum(f, itr; dims=dims)
        return map((a, b) -> (a, b), lo, hi)
    end
    started = !(init isa _InitialValue)
    lo, hi = started ? init : (nothing, nothing)
    for x in itr
        y = f(x)
        if started
            lo = min(lo, y)
            hi = max(hi, y)
        else
            lo = hi = y
            started = true
        end
    end
    started || reduce_empty_error()
    (lo, hi)
end

"""
    any(itr)
    any(f, itr)

Whether an item is true, or `f` is true of one. Looks no further than needed.
"""
any(itr; dims=:) = dims === (:) ? any(identity, itr) : mapreduce(identity, |, itr; init=false, dims=dims)
function any(f, itr; dims=:)
    dims === (:) || return mapreduce(f, |, itr; init=false, dims=dims)
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
all(itr; dims=:) = dims === (:) ? all(identity, itr) : mapreduce(identity, &, itr; init=true, dims=dims)
function all(f, itr; dims=:)
    dims === (:) || return mapreduce(f, &, itr; init=true, dims=dims)
    anymissing = false
    for x in itr
        v = f(x)
        if v === missing
            anymissing = true
        elseif !v
            return false
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
    dims === (:) || return mapreduce(x -> f(x) ? 1 : 0, +, itr; init=init, dims=dims)
    n = init
    for x in itr
        f(x)::Bool && (n += 1)
    end
    n
end

"""
    findmax(itr)
    findmax(f, domain)

The largest value and its index (or the argument of `f` that gives it).
"""
function findmax(a)
    isempty(a) && throw(ArgumentError("collection must be non-empty"))
    best = nothing
    at = nothing
    for (i, x) in pairs(a)
        if at === nothing || (isless(best, x) && !(best isa AbstractFloat && isnan(best))) || (x isa AbstractFloat && isnan(x) && !isnan(best))
            best = x
            at = i
        end
    end
    (best, at)
end
function findmax(f, a)
    isempty(a) && throw(ArgumentError("collection must be non-empty"))
    best = nothing
    at = nothing
    for (i, x) in pairs(a)
        y = f(x)
        if at === nothing || isless(best, y)
            best = y
            at = i
        end
    end
    (best, at)
end

"""
    findmin(itr)
    findmin(f, domain)

The smallest value and its index (or the argument of `f` that gives it).
"""
function findmin(a)
    isempty(a) && throw(ArgumentError("collection must be non-empty"))
    best = nothing
    at = nothing
    for (i, x) in pairs(a)
        if at === nothing || (isless(x, best) && !(best isa AbstractFloat && isnan(best))) || (x isa AbstractFloat && isnan(x) && !isnan(best))
            best = x
            at = i
        end
    end
    (best, at)
end
function findmin(f, a)
    isempty(a) && throw(ArgumentError("collection must be non-empty"))
    best = nothing
    at = nothing
    for (i, x) in pairs(a)
        y = f(x)
        if at === nothing || isless(y, best)
            best = y
            at = i
        end
    end
    (best, at)
end

"""
    argmax(itr)
    argmax(f, domain)

The index of the largest item, or the item for which `f` is largest.
"""
argmax(a) = findmax(a)[2]
argmin(a) = findmin(a)[2]
function argmax(f, domain)
    v = collect(domain)
    v[findmax(f, v)[2]]
end
"""
    argmin(itr)
    argmin(f, domain)

The index of the smallest item, or the item for which `f` is smallest.
"""
function argmin(f, domain)
    v = collect(domain)
    v[findmin(f, v)[2]]
end

"""
    accumulate(op, itr; init)

The results of folding `op` over the first item, the first two, ….
"""
function accumulate(op, itr; dims=nothing, init=_InitialValue())
    dims === nothing || ndims(itr) == 1 || return accumulate_dims(op, itr, dims, init)
    out = Any[]
    acc = init
    started = !(init isa _InitialValue)
    for x in itr
        acc = started ? op(acc, x) : reduce_first(op, x)
        started = true
        push!(out, acc)
    end
    v = narrow(out, IteratorEltype(itr) isa HasEltype ? eltype(itr) : Any)
    itr isa Tuple && return tuple(v...)
    itr isa AbstractArray && ndims(itr) > 1 ? reshape(v, size(itr)) : v
end
function accumulate_dims(op, a, d, init)
    out = Array{promote_op(op, eltype(a), eltype(a)),ndims(a)}(undef, size(a))
    for I in CartesianIndices(a)
        if I[d] == 1
            out[I] = init isa _InitialValue ? a[I] : op(init, a[I])
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
cumsum(a; dims=nothing) = accumulate(add_sum, a; dims=dims)
"""
    cumprod(itr; dims)

Running products.
"""
cumprod(a; dims=nothing) = accumulate(mul_prod, a; dims=dims)
accumulate!(op, out, a) = copyto!(out, accumulate(op, a))
cumsum!(out, a) = accumulate!(add_sum, out, a)
cumprod!(out, a) = accumulate!(mul_prod, out, a)
