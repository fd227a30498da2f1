"""
    Statistics

Mean, median, variance, standard deviation, quantiles, correlation.
"""
module Statistics

export cor, cov, std, stdm, var, varm, mean, mean!, median, median!, middle, quantile, quantile!

"""
    mean(itr)
    mean(f, itr)
    mean(a; dims)

The arithmetic mean.
"""
mean(itr) = mean(identity, itr)
function mean(f, itr)
    y = iterate(itr)
    y === nothing && (itr isa AbstractArray ? (return sum(f, itr) / 0) : throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer")))
    total = f(y[1]) / 1
    n = 1
    y = iterate(itr, y[2])
    while y !== nothing
        total += f(y[1])
        n += 1
        y = iterate(itr, y[2])
    end
    total / n
end
mean(f, a::AbstractArray; dims=:) = dims isa Colon ? mean_all(f, a) : sum(f, a; dims=dims) ./ prod(map(d -> size(a, d), dims))
mean(a::AbstractArray; dims=:) = mean(identity, a; dims=dims)
mean_all(f, a) = f === identity ? sum(a) / length(a) : sum(f, a) / length(a)
mean(r::AbstractRange{<:Real}) = isempty(r) ? oftype((first(r) + last(r)) / 2, NaN) : (first(r) + last(r)) / 2

"""
    middle(x, [y])

The middle between two numbers, or of the extremes of an array.
"""
middle(x::Union{Bool,Integer}) = Float64(x)
middle(x::Number) = x / 1
middle(x::Number, y::Number) = x / 2 + y / 2
middle(a::AbstractArray) = middle(extrema(a)...)

"""
    median(itr)
    median(a; dims)

The number in the middle of the sorted ones.
"""
median(itr) = median!(collect(itr))
median(a::AbstractArray; dims=:) = dims isa Colon ? median!(vec(collect(a))) : mapslices(median, a; dims=dims)
function median!(v::AbstractVector)
    isempty(v) && throw(ArgumentError("median of an empty array is undefined, $(repr(v))"))
    any(ismissing, v) && return missing
    any(x -> x isa AbstractFloat && isnan(x), v) && return NaN
    sort!(v)
    n = length(v)
    k = div(1 + n, 2)
    isodd(n) ? middle(v[k]) : middle(v[k], v[k + 1])
end

squares(itr, m) = sum(x -> abs2(x - m), itr)
"""
    var(itr; corrected=true, mean=nothing, dims)

The variance: the sum of squared distances to the mean over `n - 1` (`n` if not
`corrected`).
"""
function var(itr; corrected::Bool=true, mean=nothing)
    v = itr isa AbstractArray ? itr : collect(itr)
    m = mean === nothing ? Statistics.mean(v) : mean
    isempty(v) && return NaN
    squares(v, m) / (length(v) - corrected)
end
function var(a::AbstractArray; corrected::Bool=true, mean=nothing, dims=:)
    dims isa Colon && return isempty(a) ? NaN : squares(a, mean === nothing ? Statistics.mean(a) : mean) / (length(a) - corrected)
    m = mean === nothing ? Statistics.mean(a; dims=dims) : mean
    sum(abs2.(a .- m); dims=dims) ./ (prod(map(d -> size(a, d), dims)) - corrected)
end
varm(itr, m; corrected::Bool=true) = var(itr; corrected=corrected, mean=m)
"""
    std(itr; corrected=true, mean=nothing, dims)

The standard deviation, the root of `var`.
"""
std(itr; corrected::Bool=true, mean=nothing) = sqrt(var(itr; corrected=corrected, mean=mean))
std(a::AbstractArray; corrected::Bool=true, mean=nothing, dims=:) = sqrt.(var(a; corrected=corrected, mean=mean, dims=dims))
stdm(itr, m; corrected::Bool=true) = std(itr; corrected=corrected, mean=m)

"""
    cov(x, y; corrected=true)

The covariance of two vectors.
"""
function cov(x::AbstractVector, y::AbstractVector; corrected::Bool=true)
    length(x) == length(y) || throw(DimensionMismatch("x and y have different lengths"))
    mx = mean(x)
    my = mean(y)
    total = zero(mx * my)
    for i in 1:length(x)
        total += (x[i] - mx) * (y[i] - my)
    end
    total / (length(x) - corrected)
end
cov(x::AbstractVector; corrected::Bool=true) = var(x; corrected=corrected)
cov(a::AbstractMatrix; corrected::Bool=true) = [cov(a[:, i], a[:, j]; corrected=corrected) for i in 1:size(a, 2), j in 1:size(a, 2)]
"""
    cor(x, y)

Pearson's correlation of two vectors.
"""
function cor(x::AbstractVector, y::AbstractVector)
    mx = mean(x)
    my = mean(y)
    clamp(cov(x, y; corrected=false) * length(x) / sqrt(squares(x, mx) * squares(y, my)), -1.0, 1.0)
end
cor(x::AbstractVector) = 1.0
cor(a::AbstractMatrix) = [i == j ? 1.0 : cor(a[:, i], a[:, j]) for i in 1:size(a, 2), j in 1:size(a, 2)]

"""
    quantile(itr, p; sorted=false, alpha=1.0, beta=alpha)

The number below which a share `p` of the numbers lies, or several for several `p`.
"""
quantile(itr, p; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha) = quantile!(collect(itr), p; sorted=sorted, alpha=alpha, beta=beta)
function quantile!(v::AbstractVector, p::Real; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha)
    isempty(v) && throw(ArgumentError("empty data vector"))
    0 <= p <= 1 || throw(ArgumentError("input probability out of [0,1] range"))
    sorted || sort!(v)
    n = length(v)
    m = alpha + p * (1 - alpha - beta)
    at = n * p + m
    j = clamp(trunc(Int, at), 1, max(n - 1, 1))
    g = clamp(at - j, 0, 1)
    n == 1 && return v[1] / 1
    a = v[j]
    b = v[j + 1]
    isfinite(a) && isfinite(b) ? a + g * (b - a) : (1 - g) * a + g * b
end
quantile!(v::AbstractVector, ps::AbstractArray; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha) =
    (sorted || sort!(v); map(p -> quantile!(v, p; sorted=true, alpha=alpha, beta=beta), ps))
quantile!(v::AbstractVector, ps::Tuple; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha) =
    (sorted || sort!(v); map(p -> quantile!(v, p; sorted=true, alpha=alpha, beta=beta), ps))

end
