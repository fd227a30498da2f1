# Covariance and correlation, of vectors and of the columns or rows of matrices.

# Observations as a matrix with one variable per column.
columns(x::AbstractVector, dims) = reshape(x, :, 1)
columns(x::AbstractMatrix, dims) = dims == 1 ? x : dims == 2 ? transpose(x) : throw(ArgumentError("dims must be 1 or 2, got $dims"))

# Sums of products of the variables of x with those of y.
function products(x::AbstractVecOrMat, y::AbstractVecOrMat, dims)
    cx, cy = columns(x, dims), columns(y, dims)
    size(cx, 1) == size(cy, 1) || throw(DimensionMismatch("dimensions of x and y mismatch"))
    Matrix(transpose(dense(cx)) * conj(dense(cy)))
end
products(x::AbstractVector, y::AbstractVector) = sum(conj(y[i]) * x[i] for i in eachindex(y, x))
products(x::AbstractVector) = sum(t -> t * t', x)
products(x::AbstractVector{<:Number}) = sum(abs2, x)

# A product of a sparse matrix leaves out the zeros, but zero times NaN is NaN.
dense(a::StridedMatrix) = a
dense(a::Transpose) = transpose(dense(parent(a)))
dense(a::AbstractMatrix) = Matrix(a)

observations(x, dims) = size(columns(x, dims), 1)
center(x::AbstractVector, dims) = mean(x)
center(x::AbstractMatrix, dims) = mean(x; dims=dims)

# Covariances about zero.
covzm(x::AbstractVector; corrected::Bool=true) = products(x) / (length(x) - Int(corrected))
covzm(x::AbstractMatrix, dims::Int=1; corrected::Bool=true) = covzm(x, x, dims; corrected=corrected)
covzm(x::AbstractVector, y::AbstractVector; corrected::Bool=true) = products(x, y) / (length(x) - Int(corrected))
covzm(x::AbstractVecOrMat, y::AbstractVecOrMat, dims::Int=1; corrected::Bool=true) =
    products(x, y, dims) ./ (observations(x, dims) - Int(corrected))

# Covariances about means that are known.
covm(x::AbstractVector, mx; corrected::Bool=true) = covzm(map(t -> t - mx, x); corrected=corrected)
covm(x::AbstractMatrix, mx, dims::Int=1; corrected::Bool=true) = covzm(x .- mx, dims; corrected=corrected)
covm(x::AbstractVector, mx, y::AbstractVector, my; corrected::Bool=true) =
    covzm(map(t -> t - mx, x), map(t -> t - my, y); corrected=corrected)
covm(x::AbstractVecOrMat, mx, y::AbstractVecOrMat, my, dims::Int=1; corrected::Bool=true) =
    covzm(x .- mx, y .- my, dims; corrected=corrected)

"""
    cov(x; corrected=true)
    cov(x, y; corrected=true)
    cov(X; dims=1, corrected=true)
    cov(X, Y; dims=1, corrected=true)

The covariance of two vectors, or the matrix of the covariances of variables that are columns
(rows if `dims` is 2); of one vector, its variance.
"""
cov(x::AbstractVector; corrected::Bool=true) = covm(x, mean(x); corrected=corrected)
cov(x::AbstractMatrix; dims::Int=1, corrected::Bool=true) = covm(x, center(x, dims), dims; corrected=corrected)
cov(x::AbstractVector, y::AbstractVector; corrected::Bool=true) = covm(x, mean(x), y, mean(y); corrected=corrected)
cov(x::AbstractVecOrMat, y::AbstractVecOrMat; dims::Int=1, corrected::Bool=true) =
    covm(x, center(x, dims), y, center(y, dims), dims; corrected=corrected)
cov(itr; corrected::Bool=true) = cov(collected(itr, itr); corrected=corrected)
cov(x, y; corrected::Bool=true) = cov(collected(x, x, y), collected(y, x, y); corrected=corrected)
# What the iterator x gives; with more dimensions than one, or none, it is nothing that cov knows.
collected(x, args...) = ndims_of(x) == 1 ? collect(x) : throw(MethodError(cov, args))
ndims_of(x) = (s = Base.IteratorSize(x); s isa Base.HasShape ? typeof(s).parameters[1] : 1)

within_one(x::Real) = clamp(x, -1, 1)
within_one(x) = x

# Roots of the sums of squares of each variable.
lengths(x::AbstractVecOrMat, dims) = sqrt.(vec(sum(abs2, columns(x, dims); dims=1)))

# Correlations about means that are known.
corm(x::AbstractVector{T}, mx) where {T} = one(real(T))
function corm(x::AbstractMatrix, mx, dims::Int=1)
    c = products(x .- mx, x .- mx, dims)
    sd = [sqrt(real(c[i, i])) for i in axes(c, 1)]
    [i == j ? one(c[i, j] / sd[i]) : within_one(c[i, j] / (sd[i] * sd[j])) for i in axes(c, 1), j in axes(c, 2)]
end
function corm(x::AbstractVector, mx, y::AbstractVector, my)
    require_one_based(x, y)
    n = length(x)
    length(y) == n || throw(DimensionMismatch("inconsistent lengths"))
    n > 0 || throw(ArgumentError("correlation only defined for non-empty vectors"))
    dx, dy = x[1] - mx, y[1] - my
    xx, yy, xy = abs2(dx), abs2(dy), dx * conj(dy)
    for i in 2:n
        dx, dy = x[i] - mx, y[i] - my
        xx += abs2(dx)
        yy += abs2(dy)
        xy += dx * conj(dy)
    end
    large, small = minmax(xx, yy)[[2, 1]]
    within_one(xy / large / sqrt(small / large))
end
function corm(x::AbstractVecOrMat, mx, y::AbstractVecOrMat, my, dims::Int=1)
    dx, dy = x .- mx, y .- my
    within_one.(products(dx, dy, dims) ./ (lengths(dx, dims) * transpose(lengths(dy, dims))))
end
require_one_based(x...) = Base.require_one_based_indexing(x...)

"""
    cor(x)
    cor(x, y)
    cor(X; dims=1)
    cor(X, Y; dims=1)

Pearson's correlation of two vectors, or the matrix of the correlations of variables that are
columns (rows if `dims` is 2); of one vector, one.
"""
cor(x::AbstractVector) = one(real(eltype(x)))
cor(x::AbstractMatrix; dims::Int=1) = corm(x, center(x, dims), dims)
cor(x::AbstractVector, y::AbstractVector) = corm(x, mean(x), y, mean(y))
cor(x::AbstractVecOrMat, y::AbstractVecOrMat; dims::Int=1) = corm(x, center(x, dims), y, center(y, dims), dims)
cor(itr) = cor(collect(itr))
cor(x, y) = cor(collect(x), collect(y))
