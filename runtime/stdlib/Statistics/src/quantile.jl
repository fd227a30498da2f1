# Quantiles.

"""
    quantile(itr, p; sorted=false, alpha=1.0, beta=alpha)

The number below which a share `p` of the numbers lies, or several for several `p`. Between two
neighbours it is interpolated; `alpha` and `beta` say how, as in Hyndman and Fan (1996), where
the default is definition 7. `sorted` says that the numbers are in order.
"""
quantile(itr, p; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha) =
    quantile!(collect(itr), p; sorted=sorted, alpha=alpha, beta=beta)
quantile(v::AbstractVector, p; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha) =
    quantile!(sorted ? v : Base.copymutable(v), p; sorted=sorted, alpha=alpha, beta=beta)

"""
    quantile!([q,] v, p; sorted=false, alpha=1.0, beta=alpha)

Quantiles as [`quantile`](@ref) gives them, written to `q` if it is given; the order in `v` may
change.
"""
function quantile!(v::AbstractVector, p::Real; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha)
    order!(v, sorted)
    quantile_sorted(v, p, alpha, beta)
end
function quantile!(v::AbstractVector, ps::AbstractArray; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha)
    isempty(ps) && return similar(ps)
    order!(v, sorted)
    map(p -> quantile_sorted(v, p, alpha, beta), ps)
end
function quantile!(v::AbstractVector, ps::Tuple; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha)
    isempty(ps) && return ()
    order!(v, sorted)
    map(p -> quantile_sorted(v, p, alpha, beta), ps)
end
function quantile!(q::AbstractArray, v::AbstractVector, ps::AbstractArray; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha)
    size(ps) == size(q) || throw(DimensionMismatch("size of p, $(size(ps)), must equal size of q, $(size(q))"))
    isempty(q) && return q
    order!(v, sorted)
    for (i, j) in zip(eachindex(ps), eachindex(q))
        q[j] = quantile_sorted(v, ps[i], alpha, beta)
    end
    q
end

# Sort v if need be, and refuse what has no quantiles.
function order!(v, sorted)
    isempty(v) && throw(ArgumentError("empty data vector"))
    any(x -> ismissing(x) || isnotnumber(x), sorted ? (v[end],) : v) &&
        throw(ArgumentError("quantiles are undefined in presence of NaNs or missing values"))
    sorted || sort!(v)
    nothing
end

function quantile_sorted(v::AbstractVector, p::Real, alpha::Real, beta::Real)
    0 <= p <= 1 || throw(ArgumentError("input probability out of [0,1] range"))
    0 <= alpha <= 1 || throw(ArgumentError("alpha parameter out of [0,1] range"))
    0 <= beta <= 1 || throw(ArgumentError("beta parameter out of [0,1] range"))
    n = length(v)
    place = n * p + oftype(p, alpha + p * (one(alpha) - alpha - beta))
    j = clamp(trunc(Int, place), 1, max(n - 1, 1))
    share = clamp(place - j, 0, 1)
    a = v[j]
    b = v[min(j + 1, n)]
    if isfinite(a) && isfinite(b) && (!(a isa Number) || !(b isa Number) || a ≈ b)
        a + share * (b - a)
    else
        (1 - share) * a + share * b
    end
end
