# Linear algebra. Base.jl lists the files of the module. Methods that they add to functions of
# Base for types of Base, such as the product of matrices, come with the function (see interp/boot);
# all others when a type of the module is first asked for.

"""
    kron(A, B...)

The Kronecker product: a block `a * B` for each item `a` of `A`.
"""
function kron end
function kron! end

"`isstored(A, i...)`: whether the item at these indices has a place in memory; sparse arrays say no for most."
isstored(A::AbstractArray, I::Integer...) = (checkbounds(A, I...); true)

"`require_one_based_indexing(A...)`: an ArgumentError if the indices of one of the arrays do not begin at 1."
require_one_based_indexing(A...) = all(begins_at_one, A) || throw(ArgumentError("offset arrays are not supported but got an array with index other than 1"))
begins_at_one(A::AbstractArray) = all(r -> first(r) == 1, axes(A))
begins_at_one(A) = true

"""
    LinearAlgebra

Matrices and vectors: products, norms, decompositions, systems of equations, and types of matrices
with a structure. `*`, `\\`, `/`, `inv` and `'` are there without `using LinearAlgebra`.
"""
module LinearAlgebra

Base.module_stands_alone(LinearAlgebra)

export AbstractRotation, AbstractTriangular, Adjoint, Bidiagonal, BunchKaufman, Cholesky, CholeskyPivoted, ColumnNorm, Diagonal, Eigen, Factorization,
    GeneralizedEigen, GeneralizedSVD, GeneralizedSchur, Hermitian, Hessenberg, I, LAPACKException, LQ, LU, LowerTriangular, NoPivot, PosDefException, QR, QRPivoted,
    RankDeficientException, RowMaximum, RowNonZero, SVD, Schur, SingularException, SymTridiagonal, Symmetric, Transpose,
    Tridiagonal, UniformScaling, UnitLowerTriangular, UnitUpperTriangular, UpperHessenberg, UpperTriangular, ZeroPivotException,
    LDLt, adjoint!, axpby!, axpy!, bunchkaufman, bunchkaufman!, cholesky, cholesky!, cond, condskeel, copy_adjoint!, copy_transpose!, copyto!, copytrito!, cross, det, diag,
    diagind, diagm, diagview, dot, eigen, eigen!, eigmax, eigmin, eigvals, eigvals!, eigvecs, factorize, givens, haszero,
    hessenberg, hessenberg!, hermitianpart, hermitianpart!, isbanded, isdiag, ishermitian, isposdef, isposdef!, issuccess,
    issymmetric, istril, istriu, kron, kron!, ldiv!, ldlt, ldlt!, lmul!, logabsdet, logdet, lowrankdowndate, lowrankdowndate!, lowrankupdate, lowrankupdate!, lq, lq!, lu, lu!, lyap, mul!, norm, normalize, normalize!,
    nullspace, opnorm, ordschur, ordschur!, pinv, qr, qr!, rank, rdiv!, reflect!, rmul!, rotate!, schur, schur!, svd, svd!, svdvals, svdvals!,
    sylvester, tr, transpose!, tril, tril!, triu, triu!, ×, ⋅, BLAS, LAPACK

end
