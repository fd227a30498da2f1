# Reductions: of the stored items, and of one zero for all others.

const SparseItems = Union{SparseMat,SparseVec}

# op of n values z.
repeated(::typeof(Base.add_sum), z::Number, n) = Base.add_sum(z * n, zero(z))
repeated(::typeof(+), z::Number, n) = z * n
repeated(::Union{typeof(Base.mul_prod),typeof(*)}, z::Number, n) = z^n
repeated(::Union{typeof(max),typeof(min),typeof(&),typeof(|)}, z, n) = z
repeated(op, z, n) = foldl((a, _) -> op(a, z), 2:n; init=z)

# The stored items `values` of n, the others zeros of their type.
function reduce_stored(f, op, values, n, start)
    k = n - length(values)
    n == 0 && return start isa Base._InitialValue ? mapreduce(f, op, values) : start
    r = isempty(values) ? nothing : mapreduce(f, op, values)
    if k > 0
        z = repeated(op, f(zero(eltype(values))), k)
        r = isempty(values) ? z : op(r, z)
        length(values) == 0 && n == 1 && (r = mapreduce(f, op, [zero(eltype(values))]))
    end
    start isa Base._InitialValue ? r : op(start, r)
end
Base.mapreduce(f, op, A::SparseItems; dims=:, init=Base._InitialValue()) = dims === Colon() ? reduce_stored(f, op, stored(A), length(A), init) : reduce_along(f, op, A, dims, init)
reduce_along(f, op, v::SparseVec, dims, init) = 1 in dims ? SparseVector([reduce_stored(f, op, nonzeros(v), length(v), init)]) : map(f, Vector(v))
function reduce_along(f, op, A::SparseMat, dims, init)
    m, n = size(A)
    if 1 in dims
        2 in dims && return fill(reduce_stored(f, op, stored(A), m * n, init), 1, 1)
        return reshape([reduce_stored(f, op, view(nonzeros(A), nzrange(A, j)), m, init) for j in 1:n], 1, n)
    elseif 2 in dims
        T = turned(identity, A)
        return reshape([reduce_stored(f, op, view(nonzeros(T), nzrange(T, i)), n, init) for i in 1:m], m, 1)
    end
    all(d -> d isa Integer && d > 0, dims) || throw(ArgumentError("dimension must be ≥ 1, got $dims"))
    map(f, Matrix(A))
end
Base.any(f::Function, A::SparseItems) = any(f, stored(A)) || nnz(A) < length(A) && f(zero(eltype(A)))
Base.all(f::Function, A::SparseItems) = all(f, stored(A)) && (nnz(A) == length(A) || f(zero(eltype(A))))
function Base.extrema(A::SparseItems)
    isempty(A) && return extrema(stored(A))
    nnz(A) == 0 && return (zero(eltype(A)), zero(eltype(A)))
    low, high = extrema(stored(A))
    nnz(A) == length(A) ? (low, high) : (min(low, zero(low)), max(high, zero(high)))
end
