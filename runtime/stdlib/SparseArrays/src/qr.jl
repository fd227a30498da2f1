"""
    SparseArrays.SPQR

The QR decomposition of sparse matrices, named after the library that makes it in Julia. Q is kept as reflections of dense vectors.
"""
module SPQR

using LinearAlgebra
using LinearAlgebra: Factorization
using ..SparseArrays
using ..SparseArrays: SparseMat, Turned, SparseVec, index_type, dense
using ..UMFPACK: working_type
import LinearAlgebra: qr, rank

"""
    QRSparse

What `qr` of a sparse matrix gives: `F.Q * F.R == A[F.prow, F.pcol]`.
"""
struct QRSparse{Tv,Ti} <: Factorization{Tv}
    pivoted::QRPivoted{Tv,Matrix{Tv}}
    R::SparseMatrixCSC{Tv,Ti}
    rank::Int
end

"""
    qr(A::AbstractSparseMatrixCSC; tol)

The QR decomposition of a sparse matrix: `F.Q * F.R == A[F.prow, F.pcol]`. Columns of which less than `tol` is left come last.
`F \\ b` is a solution with least squares, with zeros for those columns.
"""
function qr(A::SparseMat; tol=nothing, ordering=nothing)
    T = working_type(eltype(A))
    T === nothing && throw(ArgumentError(string("matrix type ", typeof(A), " not supported. Try qr(convert(SparseMatrixCSC{Float64/ComplexF64, Int}, A)) for sparse floating point QR using SPQR or qr(Array(A)) for generic dense QR.")))
    P = qr(Matrix{T}(A), ColumnNorm())
    R = sparse(P.R)
    least = tol === nothing ? default_tolerance(A) : tol
    r = count(i -> abs(P.R[i, i]) > least, 1:min(size(A)...))
    QRSparse{T,index_type(A)}(P, SparseMatrixCSC{T,index_type(A)}(R), r)
end
qr(A::Union{Turned,Symmetric{<:Any,<:SparseMat},Hermitian{<:Any,<:SparseMat}}; kw...) = qr(sparse(A); kw...)
default_tolerance(A) = 20 * sum(size(A)) * eps() * maximum(j -> norm(view(nonzeros(A), nzrange(A, j))), axes(A, 2); init=0.0)

function Base.getproperty(F::QRSparse, s::Symbol)
    s === :Q && return getfield(F, :pivoted).Q
    s === :prow && return collect(1:size(F, 1))
    s === :pcol && return getfield(F, :pivoted).p
    getfield(F, s)
end
Base.propertynames(::QRSparse, private::Bool=false) = (:R, :Q, :prow, :pcol, (private ? (:pivoted, :rank) : ())...)
Base.iterate(F::QRSparse, k::Int=1) = k > 4 ? nothing : ((F.Q, F.R, F.prow, F.pcol)[k], k + 1)
Base.size(F::QRSparse) = size(getfield(F, :pivoted).factors)
Base.size(F::QRSparse, d::Integer) = d < 1 ? throw(ArgumentError("dimension must be positive")) : d > 2 ? 1 : size(F)[d]
Base.length(F::QRSparse) = prod(size(F))
rank(F::QRSparse) = getfield(F, :rank)
rank(A::SparseMat; tol=default_tolerance(A)) = rank(qr(A; tol=tol))
LinearAlgebra.factor_product(F::QRSparse) = (F.Q*Matrix(F.R))[invperm(F.prow), invperm(F.pcol)]

function Base.:\(F::QRSparse{Tv}, B::AbstractVecOrMat) where {Tv}
    m, n = size(F)
    D = dense(B)
    size(D, 1) == m || throw(DimensionMismatch("size(F) = $(size(F)) but size(B) = $(size(B))"))
    r = rank(F)
    Y = F.Q' * Array{promote_type(Tv, float(eltype(D)))}(D)
    X = zeros(eltype(Y), n, size(D)[2:end]...)
    solved = UpperTriangular(Matrix(F.R)[1:r, 1:r]) \ (Y isa AbstractVector ? Y[1:r] : Y[1:r, :])
    D isa AbstractVector ? (X[F.pcol[1:r]] = solved) : (X[F.pcol[1:r], :] = solved)
    X
end

function Base.show(io::IO, mime::MIME"text/plain", F::QRSparse)
    println(io, typeof(F))
    println(io, "Q factor:")
    show(io, mime, F.Q)
    println(io, "\nR factor:")
    show(io, mime, F.R)
    println(io, "\nRow permutation:")
    show(io, mime, F.prow)
    println(io, "\nColumn permutation:")
    show(io, mime, F.pcol)
end

end
