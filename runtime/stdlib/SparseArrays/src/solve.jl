# Systems: by the triangles themselves where a matrix is one, else by its decomposition.

Base.:\(A::SparseOrTurned, B::AbstractVecOrMat) = solve_sparse(untwist(A), B)
Base.:\(A::Union{Symmetric{<:Number,<:SparseMat},Hermitian{<:Number,<:SparseMat}}, B::StridedVecOrMat) = solve_sparse(sparse(A), B)
function solve_sparse(A, B)
    UMFPACK.working_type(eltype(A)) === nothing && return LinearAlgebra.solve(dense(A), dense(B))
    m, n = size(A)
    size(B, 1) == m || throw(DimensionMismatch("left hand side has $m rows, but right hand side has $(size(B, 1)) rows"))
    m == n || return like(B, qr(A) \ dense(B))
    n == 0 && return like(B, LinearAlgebra.solve(dense(A), dense(B)))
    if istril(A)
        return like(B, istriu(A) ? Diagonal(Vector(diag(A))) \ dense(B) : solve_triangle(LowerTriangular(A), dense(B)))
    elseif istriu(A)
        return like(B, solve_triangle(UpperTriangular(A), dense(B)))
    elseif ishermitian(A)
        F = cholesky(A; check=false)
        issuccess(F) && return like(B, F \ dense(B))
    end
    like(B, lu(A) \ dense(B))
end
like(B, X) = B isa AnySparse ? sparse(X) : X
Base.:/(A::SparseOrTurned, B::SparseOrTurned) = copy((B' \ A')')
LinearAlgebra.factorize(A::SparseMat) = size(A, 1) == size(A, 2) ? (istril(A) ? (istriu(A) ? Diagonal(A) : LowerTriangular(A)) : istriu(A) ? UpperTriangular(A) :
    ishermitian(A) && issuccess(cholesky(A; check=false)) ? cholesky(A) : lu(A)) : qr(A)
LinearAlgebra.det(A::SparseMat) = (LinearAlgebra.checksquare(A); size(A, 1) == 0 || UMFPACK.working_type(eltype(A)) === nothing ? det(Matrix(A)) : det(lu(A; check=false)))
LinearAlgebra.logdet(A::SparseMat) = logdet(lu(A; check=false))
LinearAlgebra.logabsdet(A::SparseMat) = logabsdet(lu(A; check=false))
LinearAlgebra.ishermitian(A::SparseMat) = is_turned(adjoint, A)
LinearAlgebra.issymmetric(A::SparseMat) = is_turned(transpose, A)
is_turned(f, A) = size(A, 1) == size(A, 2) && turned(f, A) == A
