# Variance and standard deviation.

"""
    var(itr; corrected=true, mean=nothing)
    var(a; dims, corrected=true, mean=nothing)

The variance: the sum of squared distances to the mean over `n - 1`, or over `n` if not
`corrected`. A mean that is known can be given; for variances along dimensions it is an array
of means.

```jldoctest
julia> using Statistics

julia> var([2, 4, 6])
4.0
```
"""
function var(itr; corrected::Bool=true, mean=nothing)
    y = iterate(itr)
    y === nothing && return undefined(eltype(itr))
    mean === nothing || mean isa Number || mean isa Missing || throw(ArgumentError("invalid value of mean, $(mean)::$(typeof(mean))"))
    mean === nothing ? var_one_pass(itr, y, corrected) : var_about(itr, y, mean, corrected)
end

# The variance of nothing, in the type of one of numbers of type T.
undefined(T) = oftype((abs2(zero(T)) + abs2(zero(T))) / 2, NaN)

# The variance by Welford's updates: mean and squares together; y is what iterate gave first.
function var_one_pass(itr, y, corrected)
    x, state = y
    count = 1
    m = x / 1
    squares = real(zero(m))
    y = iterate(itr, state)
    while y !== nothing
        x, state = y
        count += 1
        next = m + (x - m) / count
        squares += real((x - m) * conj(x - next))
        m = next
        y = iterate(itr, state)
    end
    squares / (count - Int(corrected))
end

function var_about(itr, y, mean, corrected)
    x, state = y
    count = 1
    squares = abs2(x - mean)
    y = iterate(itr, state)
    while y !== nothing
        x, state = y
        count += 1
        squares += abs2(x - mean)
        y = iterate(itr, state)
    end
    squares / (count - Int(corrected))
end

function var(a::AbstractArray; corrected::Bool=true, mean=nothing, dims=:)
    if dims isa Colon
        return varm(a, mean === nothing ? Statistics.mean(a) : mean; corrected=corrected)
    end
    varm(a, mean === nothing ? Statistics.mean(a; dims=dims) : mean; corrected=corrected, dims=dims)
end
function var(r::AbstractRange; corrected::Bool=true, mean=nothing, dims=:)
    (mean === nothing && dims isa Colon) || return invoke(var, Tuple{AbstractArray}, r; corrected=corrected, mean=mean, dims=dims)
    n = length(r)
    v = abs2(step(r)) * (n + 1) * (corrected ? n : n - 1) / 12
    n == 0 || (n == 1 && corrected) ? oftype(v, NaN) : v
end

"""
    varm(itr, m; corrected=true)
    varm(a, m; dims, corrected=true)

The variance about a mean that is known; see [`var`](@ref).
"""
varm(itr, m; corrected::Bool=true) = var(itr; corrected=corrected, mean=m)
function varm(a::AbstractArray, m; corrected::Bool=true, dims=:)
    dims isa Colon || return varm_dims(a, m, corrected, dims)
    isempty(a) && return undefined(eltype(a))
    (eltype(a) <: Number ? sum(x -> abs2(x - m), a) : sum(x -> abs2.(x - m), a)) / (length(a) - Int(corrected))
end
function varm(r::AbstractRange, m; corrected::Bool=true, dims=:)
    dims isa Colon && corrected || return invoke(varm, Tuple{AbstractArray,Any}, r, m; corrected=corrected, dims=dims)
    n = length(r)
    f = first(r) - m
    s = step(r)
    v = f^2 * n / (n - 1) + f * s * n + s^2 * n * (2 * n - 1) / 6
    n <= 1 ? oftype(v, NaN) : v
end

function varm_dims(a::AbstractArray, m, corrected, dims)
    shape = ntuple(d -> d in dims ? 1 : size(a, d), max(ndims(a), maximum(dims; init=0)))
    isempty(a) && return fill(undefined(eltype(a)), shape[1:ndims(a)])
    means = m isa AbstractArray ? means_of_shape(m, ntuple(d -> d in dims ? Base.reduced_index(axes(a, d)) : axes(a, d), length(shape))) : m
    squares = sum(abs2.(a .- means); dims=dims)
    squares ./ (length(a) ÷ length(squares) - Int(corrected))
end

# The array of means with the given axes, from which it may differ by dimensions of length one at its end.
function means_of_shape(m, inds)
    for d in 1:max(ndims(m), length(inds))
        axis = get(inds, d, Base.OneTo(1))
        axes(m, d) == axis || throw(DimensionMismatch("dimension $d of `mean` should have indices $axis, but got $(axes(m, d))"))
    end
    ndims(m) == length(inds) ? m : reshape(m, map(length, inds))
end

"""
    std(itr; corrected=true, mean=nothing)
    std(a; dims, corrected=true, mean=nothing)

The standard deviation, the root of [`var`](@ref).
"""
std(itr; corrected::Bool=true, mean=nothing) = sqrt(var(itr; corrected=corrected, mean=mean))
std(a::AbstractArray; corrected::Bool=true, mean=nothing, dims=:) = roots(var(a; corrected=corrected, mean=mean, dims=dims))

roots(x) = sqrt.(x)
roots(x::AbstractArray{<:AbstractArray}) = map(roots, x)

"""
    stdm(itr, m; corrected=true)
    stdm(a, m; dims, corrected=true)

The standard deviation about a mean that is known; see [`std`](@ref).
"""
stdm(itr, m; corrected::Bool=true) = std(itr; corrected=corrected, mean=m)
stdm(a::AbstractArray, m; corrected::Bool=true, dims=:) = sqrt.(varm(a, m; corrected=corrected, dims=dims))
