"""
    Statistics

Mean, median, variance, standard deviation, quantiles, correlation.
"""
module Statistics

using LinearAlgebra

export cor, cov, std, stdm, var, varm, mean, mean!, median, median!, middle, quantile, quantile!

# A sum's summand in the type that a mean needs: integers as floats, so that no sum overflows.
widened(::T, y::S) where {T,S} = convert(promote_type(T, S), y)

"""
    mean(itr)
    mean(f, itr)
    mean(a; dims)
    mean(f, a; dims)

The arithmetic mean, of all numbers or along dimensions of an array, after a function if one is
given.

```jldoctest
julia> using Statistics

julia> mean([1, 2, 6])
3.0

julia> mean([1 3; 5 7]; dims=1)
1×2 Matrix{Float64}:
 3.0  5.0
```
"""
mean(itr) = mean(identity, itr)
function mean(f, itr)
    y = iterate(itr)
    y === nothing && return Base.mapreduce_empty_iter(f, Base.add_sum, itr) / 0
    x = f(y[1])
    total = Base.add_sum(x / 1, zero(x))
    n = 1
    y = iterate(itr, y[2])
    while y !== nothing
        total = Base.add_sum(total, widened(total, f(y[1])))
        n += 1
        y = iterate(itr, y[2])
    end
    total / n
end
mean(a::AbstractArray; dims=:) = mean(identity, a; dims=dims)
function mean(f, a::AbstractArray; dims=:)
    if isempty(a)
        dims isa Colon && return sum(f, a) / 0
        total = sum(f, a; dims=dims)
        return total ./ (isempty(total) ? 1 : 0)
    end
    first = f(Base.first(a)) / 1
    plain = f === identity && eltype(a) <: Union{AbstractFloat,Complex{<:AbstractFloat}}
    dims isa Colon && plain && return sum(a) / length(a)
    g = plain ? f : x -> widened(first, f(x))
    dims isa Colon && return sum(g, a) / length(a)
    total = sum(g, a; dims=dims)
    total ./ (length(a) ÷ length(total))
end
mean(r::AbstractRange{<:Real}) = isempty(r) ? oftype((first(r) + last(r)) / 2, NaN) : (first(r) + last(r)) / 2

"""
    mean!(r, a)

Write the means of `a` into `r`, along those dimensions in which `r` has length one.
"""
function mean!(r::AbstractArray, a::AbstractArray)
    sum!(r, a; init=true)
    r ./= max(1, length(a) ÷ max(1, length(r)))
    isempty(a) && fill!(r, zero(eltype(r)) / 0)
    r
end

"""
    middle(x, [y])

The middle between two numbers, or of the extremes of an array; of one number, that number as
a mean would give it.
"""
middle(x::Union{Bool,Int8,Int16,Int32,Int64,Int128,UInt8,UInt16,UInt32,UInt64,UInt128}) = Float64(x)
middle(x::AbstractFloat) = x
middle(x::Number) = (x + zero(x)) / 1
middle(x::Number, y::Number) = x / 2 + y / 2
middle(r::AbstractRange) = middle(r[begin], r[end])
middle(a::AbstractArray) = middle(extrema(a)...)

"""
    median(itr)
    median(a; dims)

The number in the middle of the sorted ones, or the middle of the two that stand there; NaN if
one is NaN, `missing` if one is missing.
"""
median(itr) = median!(collect(itr))
median(a::AbstractArray; dims=:) = dims isa Colon ? median!(copyto!(Vector{eltype(a)}(undef, length(a)), a)) : mapslices(median!, a; dims=dims)
median(r::AbstractRange{<:Real}) = mean(r)

"""
    median!(v)

The median, as [`median`](@ref); it may change the order in `v`.
"""
function median!(v::AbstractVector)
    isempty(v) && throw(ArgumentError("median of an empty array is undefined, $(repr(v))"))
    eltype(v) >: Missing && any(ismissing, v) && return missing
    at = findfirst(isnotnumber, v)
    at === nothing || return v[at]
    sort!(v)
    k = firstindex(v) + (length(v) - 1) ÷ 2
    isodd(length(v)) ? middle(v[k]) : middle(v[k], v[k+1])
end
median!(a::AbstractArray) = median!(vec(a))

# Is x a NaN?
isnotnumber(x) = x isa Number && isnan(x)

include("variance.jl")
include("covariance.jl")
include("quantile.jl")

end
