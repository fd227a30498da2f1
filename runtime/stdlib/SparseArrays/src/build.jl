# Making sparse arrays: of triplets, of zeros, of random numbers, of diagonals.

"""
    sparse(A)
    sparse(I, J, V, [m, n, combine=+])

A sparse matrix: of another matrix, or with `V[k]` at row `I[k]` and column `J[k]`. What comes twice at one
place is combined. `V` may be one number for all places; `m` and `n` are the greatest indices unless given.
"""
sparse(A::AbstractMatrix) = SparseMatrixCSC(A)
sparse(A::SparseMat) = copy(A)
sparse(v::AbstractVector) = SparseVector(v)
sparse(v::SparseVec) = copy(v)
sparse(J::UniformScaling, m::Integer, n::Integer=m) = scaled_identity(J.λ, Int, m, n)
sparse(J::UniformScaling, dims::Dims{2}) = sparse(J, dims...)
sparse(I, J, V) = sparse(I, J, V, greatest(I), greatest(J))
sparse(I, J, V, m::Integer, n::Integer) = sparse(I, J, V, m, n, eltype(V) === Bool ? (|) : (+))
sparse(I, J, V, m::Integer, n::Integer, ::typeof(+)) = of_triplets(I, J, V, Int(m), Int(n), +)
sparse(I, J, V, m::Integer, n::Integer, combine) = of_triplets(I, J, V, Int(m), Int(n), combine)
greatest(I) = isempty(I) ? 0 : Int(maximum(I))
of_triplets(I, J, x::Number, m, n, combine) = of_triplets(I, J, fill(x, length(I)), m, n, combine)
function of_triplets(I, J, V::AbstractVector, m, n, combine)
    length(I) == length(J) == length(V) ||
        throw(ArgumentError("the first three arguments' lengths must match, length(I) (=$(length(I))) == length(J) (= $(length(J))) == length(V) (= $(length(V)))"))
    V isa AbstractVector{Any} && (V = identity.(V))
    Ti, Tv = promote_type(eltype(I), eltype(J)), eltype(V)
    Ti = Ti <: Integer && isconcretetype(Ti) ? Ti : Int
    for (i, j) in zip(I, J)
        1 <= i <= m || throw(ArgumentError("row indices I[k] must satisfy 1 <= I[k] <= m"))
        1 <= j <= n || throw(ArgumentError("column indices J[k] must satisfy 1 <= J[k] <= n"))
    end
    rows, values, colptr = Ti[], Tv[], ones(Ti, n + 1)
    at = 0
    for k in sortperm(collect(zip(J, I)); alg=MergeSort)
        i, j = I[k], J[k]
        if at == j && rows[end] == i
            values[end] = combine(values[end], V[k])
            continue
        end
        while at < j
            at += 1
            colptr[at] = length(rows) + 1
        end
        push!(rows, i)
        push!(values, V[k])
    end
    for j in at+1:n+1
        colptr[j] = length(rows) + 1
    end
    SparseMatrixCSC{Tv,Ti}(m, n, colptr, rows, values)
end
function scaled_identity(x, ::Type{Ti}, m, n, ::Type{T}=typeof(x)) where {T,Ti}
    k = iszero(x) ? 0 : min(Int(m), Int(n))
    SparseMatrixCSC{T,Ti}(m, n, Ti[min(j, k + 1) for j in 1:n+1], collect(Ti, 1:k), fill!(Vector{T}(undef, k), x))
end

"""
    sparsevec(I, V, [n, combine=+])
    sparsevec(d::AbstractDict, [n])
    sparsevec(A)

A sparse vector with `V[k]` at `I[k]`, or with the pairs of a dictionary, or of another array.
"""
sparsevec(I::AbstractVector{<:Integer}, V, n::Integer=greatest(I), combine=eltype(V) === Bool ? (|) : (+)) = vector_of_pairs(I, V, n, combine)
sparsevec(I::AbstractVector{<:Integer}, V, combine::Function) = vector_of_pairs(I, V, greatest(I), combine)
function vector_of_pairs(I, V, n, combine)
    V isa Number || length(I) == length(V) || throw(ArgumentError("index and value vectors must be the same length"))
    all(>=(1), I) || throw(ArgumentError("Index must be positive."))
    n >= greatest(I) || throw(ArgumentError("The index I[$(argmax(I))] = $(maximum(I)) exceeds the length $n."))
    uncolumn(of_triplets(I, ones(eltype(I), length(I)), V, Int(n), 1, combine))
end
sparsevec(d::AbstractDict{Ti,Tv}, n::Integer=greatest(keys(d))) where {Ti<:Integer,Tv} = sparsevec(collect(Ti, keys(d)), collect(Tv, values(d)), n)
sparsevec(I::AbstractVector, V, rest...) = sparsevec(map(Int, I), V, rest...)
sparsevec(v::AbstractVector) = sparse(v)
sparsevec(A::AbstractMatrix) = reshape(sparse(A), :)

"""
    spzeros([Tv, Ti,] m, [n])

A sparse vector or matrix that stores nothing.
"""
spzeros(m::Integer, n::Integer) = spzeros(Float64, m, n)
spzeros(::Type{Tv}, m::Integer, n::Integer) where {Tv} = spzeros(Tv, Int, m, n)
function spzeros(::Type{Tv}, ::Type{Ti}, m::Integer, n::Integer) where {Tv,Ti<:Integer}
    (m < 0 || n < 0) && throw(ArgumentError("invalid Array dimensions"))
    SparseMatrixCSC{Tv,Ti}(m, n, ones(Ti, n + 1), Ti[], Tv[])
end
spzeros(n::Integer) = spzeros(Float64, n)
spzeros(::Type{Tv}, n::Integer) where {Tv} = spzeros(Tv, Int, n)
spzeros(::Type{Tv}, ::Type{Ti}, n::Integer) where {Tv,Ti<:Integer} = SparseVector{Tv,Ti}(n, Ti[], Tv[])
spzeros(dims::Dims) = spzeros(dims...)
spzeros(::Type{Tv}, dims::Dims) where {Tv} = spzeros(Tv, dims...)
spzeros(::Type{Tv}, ::Type{Ti}, dims::Dims) where {Tv,Ti<:Integer} = spzeros(Tv, Ti, dims...)

"""
    sprand([rng, T,] m, [n,] p, [rfn])

A random sparse array, where each item is stored with probability `p` and comes from `rfn`, else from `rand`.
"""
sprand(m::Integer, n::Integer, p::AbstractFloat) = sprand(Random.default_rng(), m, n, p)
sprand(r::AbstractRNG, m::Integer, n::Integer, p::AbstractFloat) = random_sparse(r, (m, n), p, (r, k) -> rand(r, k))
sprand(r::AbstractRNG, ::Type{T}, m::Integer, n::Integer, p::AbstractFloat) where {T} = random_sparse(r, (m, n), p, (r, k) -> random_items(r, T, k))
sprand(::Type{T}, m::Integer, n::Integer, p::AbstractFloat) where {T} = sprand(Random.default_rng(), T, m, n, p)
sprand(m::Integer, n::Integer, p::AbstractFloat, rfn::Function) = random_sparse(Random.default_rng(), (m, n), p, (r, k) -> rfn(k))
sprand(m::Integer, n::Integer, p::AbstractFloat, rfn::Function, ::Type) = sprand(m, n, p, rfn)
sprand(r::AbstractRNG, m::Integer, n::Integer, p::AbstractFloat, rfn::Function) = random_sparse(r, (m, n), p, rfn)
sprand(r::AbstractRNG, m::Integer, n::Integer, p::AbstractFloat, rfn::Function, ::Type) = random_sparse(r, (m, n), p, rfn)
sprand(n::Integer, p::AbstractFloat) = sprand(Random.default_rng(), n, p)
sprand(r::AbstractRNG, n::Integer, p::AbstractFloat) = random_sparse(r, (n,), p, (r, k) -> rand(r, k))
sprand(r::AbstractRNG, ::Type{T}, n::Integer, p::AbstractFloat) where {T} = random_sparse(r, (n,), p, (r, k) -> random_items(r, T, k))
sprand(::Type{T}, n::Integer, p::AbstractFloat) where {T} = sprand(Random.default_rng(), T, n, p)
sprand(n::Integer, p::AbstractFloat, rfn::Function) = random_sparse(Random.default_rng(), (n,), p, (r, k) -> rfn(k))
sprand(n::Integer, p::AbstractFloat, rfn::Function, ::Type{T}) where {T} = random_sparse(Random.default_rng(), (n,), p, (r, k) -> rfn(T, k))
sprand(r::AbstractRNG, n::Integer, p::AbstractFloat, rfn::Function) = random_sparse(r, (n,), p, rfn)
sprand(r::AbstractRNG, n::Integer, p::AbstractFloat, rfn::Function, ::Type{T}) where {T} = random_sparse(r, (n,), p, (r, k) -> rfn(r, T, k))
# The stored Bools are all true.
random_items(r, T, k) = T === Bool ? fill(true, k) : rand(r, T, k)
"`sprandn([rng, T,] m, [n,] p)`: as `sprand`, with normally distributed numbers."
sprandn(m::Integer, n::Integer, p::AbstractFloat) = sprandn(Random.default_rng(), m, n, p)
sprandn(r::AbstractRNG, m::Integer, n::Integer, p::AbstractFloat) = random_sparse(r, (m, n), p, (r, k) -> randn(r, k))
sprandn(r::AbstractRNG, ::Type{T}, m::Integer, n::Integer, p::AbstractFloat) where {T} = random_sparse(r, (m, n), p, (r, k) -> randn(r, T, k))
sprandn(::Type{T}, m::Integer, n::Integer, p::AbstractFloat) where {T} = sprandn(Random.default_rng(), T, m, n, p)
sprandn(n::Integer, p::AbstractFloat) = sprandn(Random.default_rng(), n, p)
sprandn(::Type{T}, n::Integer, p::AbstractFloat) where {T} = sprandn(Random.default_rng(), T, n, p)
sprandn(r::AbstractRNG, ::Type{T}, n::Integer, p::AbstractFloat) where {T} = random_sparse(r, (n,), p, (r, k) -> randn(r, T, k))
sprandn(r::AbstractRNG, n::Integer, p::AbstractFloat) = random_sparse(r, (n,), p, (r, k) -> randn(r, k))
function random_sparse(r, dims, p, rfn)
    any(<(0), dims) && throw(ArgumentError("invalid Array dimensions"))
    0 <= p <= 1 || throw(ArgumentError("$p not in [0,1]"))
    places = randsubseq(r, 1:prod(dims), p)
    V = rfn(r, length(places))
    length(dims) == 1 && return SparseVector(dims[1], collect(Int, places), V)
    m = dims[1]
    of_triplets([mod1(k, m) for k in places], [cld(k, m) for k in places], V, dims..., +)
end

"""
    spdiagm(k => v, ...)
    spdiagm(m, n, k => v, ...)

The sparse matrix with the vector `v` on its k-th diagonal, for each pair.
"""
spdiagm(ps::Pair{<:Integer,<:AbstractVector}...) = (n = maximum(p -> length(p.second) + abs(p.first), ps); spdiagm_of(n, n, ps))
spdiagm(m::Integer, n::Integer, ps::Pair{<:Integer,<:AbstractVector}...) = spdiagm_of(m, n, ps)
spdiagm(v::AbstractVector) = spdiagm(0 => v)
spdiagm(m::Integer, n::Integer, v::AbstractVector) = spdiagm(m, n, 0 => v)
function spdiagm_of(m, n, ps)
    I, J, V = Int[], Int[], promote_type(map(p -> eltype(p.second), ps)...)[]
    for (k, v) in ps
        length(v) <= max(0, k <= 0 ? min(m + k, n) : min(m, n - k)) || throw(DimensionMismatch("length of vector is too long"))
        for (l, x) in (v isa SparseVec ? zip(nonzeroinds(v), nonzeros(v)) : enumerate(v))
            push!(I, l + max(0, -k))
            push!(J, l + max(0, k))
            push!(V, x)
        end
    end
    sparse(I, J, V, m, n)
end

"`findnz(A)`: the rows, columns and values of the stored items; of a vector, the indices and values."
findnz(A::SparseMat{Tv,Ti}) where {Tv,Ti} = (rowvals(A)[1:nnz(A)], Ti[j for j in 1:size(A, 2) for _ in nzrange(A, j)], nonzeros(A)[1:nnz(A)])
findnz(v::SparseVec) = (copy(nonzeroinds(v)), copy(nonzeros(v)))
findnz(A::Union{Turned,TurnedVec}) = findnz(sparse(A))
"""
    fkeep!(f, A)

Keep of the stored items of `A` those for which `f(i, j, x)` holds (`f(i, x)` for a vector).
"""
function fkeep!(f, A::SparseMatrixCSC)
    c, r, v = getcolptr(A), rowvals(A), nonzeros(A)
    from, to = Int(c[1]), 1
    for j in 1:size(A, 2)
        past = Int(c[j+1])
        for k in from:past-1
            if f(r[k], j, v[k])
                r[to], v[to] = r[k], v[k]
                to += 1
            end
        end
        from = past
        c[j+1] = to
    end
    resize!(r, to - 1)
    resize!(v, to - 1)
    A
end
fkeep!(f, v::SparseVector) = (fkeep!((i, j, x) -> f(i, x), column(v)); v)
fkeep!(A::AbstractSparseArray, f::Function) = fkeep!(f, A)
"`dropzeros!(A)`: no longer store items that are zero."
dropzeros!(A::AbstractSparseArray) = fkeep!((x...) -> !iszero(x[end]), A)
"`dropzeros(A)`: a copy of `A` that stores no zeros."
dropzeros(A::AbstractSparseArray) = dropzeros!(copy(A))
"`droptol!(A, tol)`: no longer store items with an absolute value up to `tol`."
droptol!(A::AbstractSparseArray, tol) = fkeep!((x...) -> abs(x[end]) > tol, A)
tril!(A::SparseMatrixCSC, k::Integer=0) = fkeep!((i, j, x) -> j - i <= k, A)
triu!(A::SparseMatrixCSC, k::Integer=0) = fkeep!((i, j, x) -> j - i >= k, A)
tril(A::SparseMatrixCSC, k::Integer=0) = tril!(copy(A), k)
triu(A::SparseMatrixCSC, k::Integer=0) = triu!(copy(A), k)
istriu(A::SparseMatrixCSC) = all(i <= j || iszero(x) for (i, j, x) in zip(findnz(A)...))
istril(A::SparseMatrixCSC) = all(i >= j || iszero(x) for (i, j, x) in zip(findnz(A)...))
function diag(A::SparseMatrixCSC{Tv,Ti}, k::Integer=0) where {Tv,Ti}
    -size(A, 1) <= k <= size(A, 2) || throw(ArgumentError("The number of elements must be non-negative."))
    at, values = Ti[], Tv[]
    for (i, j, x) in zip(findnz(A)...)
        j - i == k || continue
        push!(at, min(i, j))
        push!(values, x)
    end
    SparseVector{Tv,Ti}(length(LinearAlgebra.diagind(A, k)), at, values)
end
