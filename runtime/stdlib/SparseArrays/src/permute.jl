# Permuting in place, no longer storing items, finding extremes, norms and condition numbers.

"""
    permute!(X, A, p, q, [C, work])
    permute!(A, p, q, [C, work])

Store `A[p, q]`, for permutations of its rows and columns, in `X` or in `A`. Room to work in may be given, and is not needed.
"""
Base.permute!(X::SparseMatrixCSC, A::SparseMatrixCSC, p::AbstractVector{<:Integer}, q::AbstractVector{<:Integer}, room...) =
    (check_permute(X, A, p, q, room...); replace_by!(X, A[p, q]))
Base.permute!(A::SparseMatrixCSC, p::AbstractVector{<:Integer}, q::AbstractVector{<:Integer}, room...) =
    (check_permute(A, A, p, q, room...); replace_by!(A, A[p, q]))
function check_permute(X, A, p, q, C=nothing, work=nothing)
    m, n = size(A)
    length(p) == m || throw(DimensionMismatch("the length of row-permutation argument `p`, `length(p) (= $(length(p)))`, must match source argument `A`'s row count, `size(A, 1) (= $m)`"))
    isperm(p) || throw(ArgumentError("row-permutation argument `p` must be a valid row permutation"))
    length(q) == n || throw(DimensionMismatch("the length of column-permutation argument `q`, `length(q) (= $(length(q)))`, must match source argument `A`'s column count, `size(A, 2) (= $n)`"))
    isperm(q) || throw(ArgumentError("column-permutation argument `q` must be a valid column permutation"))
    size(X) == (m, n) || throw(DimensionMismatch("the size of destination argument `X`, $(size(X)), must match that of source argument `A`, $((m, n))"))
    C === nothing || check_room(C, A)
    work === nothing || length(work) >= n + 1 || throw(DimensionMismatch("argument `workcolptr` must be at least of length $(n + 1)"))
end
function check_room(C, A)
    size(C) == reverse(size(A)) || throw(DimensionMismatch("intermediate argument `C` must have the size $(reverse(size(A)))"))
    min(length(rowvals(C)), length(nonzeros(C))) >= nnz(A) || throw(ArgumentError("intermediate argument `C` must have room for $(nnz(A)) items"))
end

"""
    dropstored!(A, i, j)
    dropstored!(A, I, J)
    dropstored!(v, i)

No longer store the items at these indices, which become zero.
"""
function dropstored!(A::SparseMatrixCSC, I::Places, J::Places)
    rows, columns = BitSet(places_of(I, size(A, 1))), BitSet(places_of(J, size(A, 2)))
    fkeep!((i, j, x) -> !(i in rows && j in columns), A)
end
dropstored!(A::SparseMatrixCSC, ::Colon) = fkeep!((_...) -> false, A)
function dropstored!(A::SparseMatrixCSC, I::AbstractVector{<:Integer})
    gone, m = BitSet(places_of(I, length(A))), size(A, 1)
    fkeep!((i, j, x) -> !((j - 1) * m + i in gone), A)
end
dropstored!(v::SparseVector, I::Places) = (gone = BitSet(places_of(I, length(v))); fkeep!((i, x) -> !(i in gone), v))
LinearAlgebra.fillstored!(A::SparseItems, x) = (fill!(nonzeros(A), x); A)

"`indtype(A)`: the type of the indices in a sparse array."
indtype(A::AbstractSparseArray{Tv,Ti}) where {Tv,Ti} = Ti

Base.findmin(A::SparseMat; dims=:) = findmin(Matrix(A); dims=dims)
Base.findmax(A::SparseMat; dims=:) = findmax(Matrix(A); dims=dims)
Base.findmin(A::SparseMat, dims) = findmin(A; dims=dims)
Base.findmax(A::SparseMat, dims) = findmax(A; dims=dims)
Base.argmin(A::SparseMat; dims=:) = findmin(A; dims=dims)[2]
Base.argmax(A::SparseMat; dims=:) = findmax(A; dims=dims)[2]

function opnorm(A::SparseMat, p::Real=2)
    p == 1 && return maximum(j -> sum(abs, view(nonzeros(A), nzrange(A, j)); init=float(real(zero(eltype(A))))), axes(A, 2); init=float(real(zero(eltype(A)))))
    p == Inf && return opnorm(turned(identity, A), 1)
    p == 2 || throw(ArgumentError("invalid operator p-norm p=$p. Valid: 1, Inf"))
    min(size(A)...) == 1 && return norm(nonzeros(A))
    throw(ArgumentError("2-norm not yet implemented for sparse matrices. Try opnorm(Array(A)) or opnorm(A, p) where p=1 or Inf."))
end
function LinearAlgebra.cond(A::SparseMat, p::Real=2)
    p == 2 && throw(ArgumentError("2-norm condition number is not implemented for sparse matrices, try cond(Array(A), 2) instead"))
    p == 1 || p == Inf || throw(ArgumentError("second argument must be either 1 or Inf, got $p"))
    opnorm(A, p) * opnorm(inv(Matrix(A)), p)
end
"`opnormestinv(A, t)`: the 1-norm of the inverse of `A`."
function opnormestinv(A::SparseMat, t::Integer=min(2, maximum(size(A))))
    n = LinearAlgebra.checksquare(A)
    t < 1 && throw(ArgumentError("number of blocks must be a positive integer"))
    t > n && throw(ArgumentError("number of blocks must not be greater than $n"))
    opnorm(inv(Matrix(A)), 1)
end
