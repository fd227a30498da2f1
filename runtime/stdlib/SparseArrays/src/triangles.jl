# Products with matrices of a structure, and systems with a triangle of a sparse matrix: what it stores, column by column.

# Matrices with few diagonals are sparse ones.
for S in (:Diagonal, :Bidiagonal, :Tridiagonal, :SymTridiagonal)
    for W in (:SparseMat, :(Adjoint{<:Any,<:SparseMat}), :(Transpose{<:Any,<:SparseMat}), :(Symmetric{<:Any,<:SparseMat}), :(Hermitian{<:Any,<:SparseMat}))
        @eval Base.:*(A::$S, B::$W) = sparse(A) * sparse(B)
        @eval Base.:*(A::$W, B::$S) = sparse(A) * sparse(B)
    end
    S === :Diagonal || @eval Base.:*(A::$S, v::SparseVec) = sparse(A) * v
end
# A full triangle and a sparse array make a full one.
for T in (:UpperTriangular, :LowerTriangular, :UnitUpperTriangular, :UnitLowerTriangular)
    for W in (:SparseMat, :(Adjoint{<:Any,<:SparseMat}), :(Transpose{<:Any,<:SparseMat}))
        @eval Base.:*(A::$T{<:Any,<:StridedMatrix}, B::$W) = Matrix(A) * B
        @eval Base.:*(A::$W, B::$T{<:Any,<:StridedMatrix}) = A * Matrix(B)
    end
    @eval Base.:*(A::$T{<:Any,<:StridedMatrix}, v::SparseVec) = Matrix(A) * v
    @eval Base.:*(A::$T{<:Any,<:Union{SparseMat,Turned}}, v::SparseVec) = sparse_triangle(A) * Vector(v)
end

const Upper = Union{UpperTriangular,UnitUpperTriangular}
const Unit = Union{UnitUpperTriangular,UnitLowerTriangular}
# The triangle as a sparse matrix.
function sparse_triangle(A)
    D = A.data
    M = D isa SparseMatrixCSC ? D : D isa Turned ? copy(D) : sparse(D)
    M = A isa Upper ? triu(M, A isa Unit ? 1 : 0) : tril(M, A isa Unit ? -1 : 0)
    A isa Unit ? M + sparse(I, size(M)...) : M
end
for W in (:UpperTriangular, :LowerTriangular, :UnitUpperTriangular, :UnitLowerTriangular), V in (:StridedVector, :StridedMatrix)
    @eval Base.:*(A::$W{T,<:Union{SparseMat,Turned}}, B::$V) where {T} = sparse_triangle(A) * B
    @eval Base.:\(A::$W{T,<:Union{SparseMat,Turned}}, B::$V) where {T} = solve_triangle(A, B)
end
function solve_triangle(A, B)
    n = size(A, 1)
    size(B, 1) == n || throw(DimensionMismatch("second dimension of left hand side A, $n, and first dimension of right hand side B, $(size(B, 1)), must be equal"))
    M = sparse_triangle(A)
    X = copyto!(Array{LinearAlgebra.quotient_type(eltype(A), eltype(B))}(undef, size(B)...), B)
    r, v = rowvals(M), nonzeros(M)
    for c in axes(X, 2), j in (A isa Upper ? (n:-1:1) : (1:n))
        range = nzrange(M, j)
        own = isempty(range) ? 0 : A isa Upper ? last(range) : first(range)
        own != 0 && r[own] == j && !iszero(v[own]) || throw(LinearAlgebra.SingularException(j))
        x = X[j, c] = v[own] \ X[j, c]
        for k in range
            k == own || (X[r[k], c] -= v[k] * x)
        end
    end
    X
end
