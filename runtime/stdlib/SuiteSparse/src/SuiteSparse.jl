"""
    SuiteSparse

The old name of the decompositions of sparse matrices, which are in `SparseArrays`: `CHOLMOD`, `SPQR`, `UMFPACK`.
"""
module SuiteSparse

using SparseArrays
using SparseArrays: CHOLMOD, SPQR, UMFPACK

export CHOLMOD, SPQR, UMFPACK

"`increment(A)`: one more than each item, as indices that begin at 0 need it."
increment(A::AbstractArray{<:Integer}) = increment!(copy(A))
increment!(A::AbstractArray{<:Integer}) = (A .+= one(eltype(A)); A)
"`decrement(A)`: one less than each item."
decrement(A::AbstractArray{<:Integer}) = decrement!(copy(A))
decrement!(A::AbstractArray{<:Integer}) = (A .-= one(eltype(A)); A)

end
