"""
    SparseArrays

Matrices and vectors that store only some of their items, column by column: `sparse`, `spzeros`, `sprand`,
`SparseMatrixCSC`, `SparseVector`. `\\`, `lu`, `cholesky` and `ldlt` work on what is stored; `qr` is that of a dense matrix.
"""
module SparseArrays

using LinearAlgebra, Random
import LinearAlgebra: adjoint!, axpy!, diag, dot, istril, istriu, kron, ldiv!, lmul!, lowrankupdate!, mul!, norm, opnorm, rmul!, tr, transpose!, tril, tril!,
    triu, triu!
using LinearAlgebra: AdjOrTrans, AdjOrTransAbsVec, AbstractTriangular, Diagonal, HermOrSym, UniformScaling

export AbstractSparseArray, AbstractSparseMatrix, AbstractSparseVector, SparseMatrixCSC, SparseVector, blockdiag, droptol!, dropzeros,
    dropzeros!, findnz, fkeep!, ftranspose!, issparse, nnz, nonzeros, nzrange, permute, rowvals, sparse, sparse_hcat, sparse_hvcat,
    sparse_vcat, sparsevec, spdiagm, sprand, sprandn, spzeros

include("types.jl")
include("build.jl")
include("index.jl")
include("arithmetic.jl")
include("broadcast.jl")
include("reduce.jl")
include("assign.jl")
include("triangles.jl")
include("permute.jl")
include("order.jl")
include("lu.jl")
include("cholesky.jl")
include("qr.jl")
include("solve.jl")
include("join.jl")
include("show.jl")

"What broadcasting over sparse arrays is told by."
module HigherOrderFns
using ..SparseArrays: SparseMatStyle, SparseVecStyle
end

end
