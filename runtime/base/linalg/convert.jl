# Decompositions with numbers of another type, and adjoints of decompositions.

# The decomposition F with its numbers as numbers of type T; permutations and the like stay.
function with_items(F, ::Type{T}) where {T}
    S = eltype(F)
    fields = map(fieldnames(typeof(F))) do name
        x = getfield(F, name)
        x isa AbstractArray || return x
        eltype(x) === S ? convert(AbstractArray{T}, x) : eltype(x) === real(S) ? convert(AbstractArray{real(T)}, x) : x
    end
    Base.typename(typeof(F)).wrapper(fields...)
end
for W in (:LU, :QR, :QRCompactWY, :QRPivoted, :Cholesky, :CholeskyPivoted, :LQ, :LDLt, :BunchKaufman, :SVD, :Schur)
    @eval $W{T}(F::$W) where {T} = F isa $W{T} ? F : with_items(F, T)
    @eval $W{T}(F::$W{T}) where {T} = F
end
for W in (:LU, :LDLt, :LQ, :QR, :QRPivoted, :Cholesky, :Hessenberg)
    @eval $W(F::$W) = F
end
Hessenberg{T}(F::Hessenberg) where {T} = F isa Hessenberg{T} ? F : Hessenberg(UpperHessenberg(convert(Matrix{T}, F.H.data)), convert(Matrix{T}, F.Q))
Factorization{T}(F::Factorization{T}) where {T} = F
Factorization{T}(F::Factorization) where {T} = Base.typename(typeof(F)).wrapper{T}(F)
Base.convert(::Type{F}, G::Factorization) where {F<:Factorization} = G isa F ? G : F(G)
# A type with all its parameters: the wrapper is told the first, which is the type of the numbers.
LU{T,S}(F::LU) where {T,S<:AbstractMatrix{T}} = LU{T}(F)
Base.copy(F::LU) = LU(copy(F.factors), copy(F.ipiv), F.info)

"""
    AdjointFactorization

The adjoint of a decomposition, without a copy: what `F'` makes. It solves systems with `\\`.
"""
struct AdjointFactorization{T,S<:Factorization} <: Factorization{T}
    parent::S
end
"`TransposeFactorization`: the transpose of a decomposition, without a copy, which `transpose(F)` makes."
struct TransposeFactorization{T,S<:Factorization} <: Factorization{T}
    parent::S
end
AdjointFactorization(F::Factorization) = AdjointFactorization{eltype(F),typeof(F)}(F)
TransposeFactorization(F::Factorization) = TransposeFactorization{eltype(F),typeof(F)}(F)
const TurnedFactorization{T} = Union{AdjointFactorization{T},TransposeFactorization{T}}
Base.parent(F::TurnedFactorization) = F.parent
Base.adjoint(F::Factorization) = AdjointFactorization(F)
Base.transpose(F::Factorization) = TransposeFactorization(F)
Base.transpose(F::Factorization{<:Real}) = AdjointFactorization(F)
Base.adjoint(F::AdjointFactorization) = F.parent
Base.transpose(F::TransposeFactorization) = F.parent
Base.transpose(F::AdjointFactorization{<:Real}) = F.parent
Base.adjoint(F::TransposeFactorization{<:Real}) = F.parent
Base.transpose(F::AdjointFactorization) = error("conj(::$(typeof(F.parent))) is not defined")
Base.size(F::TurnedFactorization) = reverse(size(F.parent))
Base.copy(F::TurnedFactorization) = factorize(factor_product(F))
turned(::AdjointFactorization, x) = adjoint(x)
turned(::TransposeFactorization, x) = transpose(x)
factor_product(F::TurnedFactorization) = copy_matrix(turned(F, factor_product(F.parent)))
det(F::TurnedFactorization) = F isa AdjointFactorization ? adjoint(det(F.parent)) : det(F.parent)
logdet(F::TurnedFactorization) = F isa AdjointFactorization ? adjoint(logdet(F.parent)) : logdet(F.parent)
logabsdet(F::TurnedFactorization) = (x = logabsdet(F.parent); (x[1], F isa AdjointFactorization ? adjoint(x[2]) : x[2]))
Base.inv(F::TurnedFactorization) = copy_matrix(turned(F, inv(F.parent)))
Base.:\(F::TurnedFactorization, B::AbstractVecOrMat) = turned_solve(F, F.parent, B)
turned_solve(F, G, B) = factorize(factor_product(F)) \ B
function turned_solve(F, G::LU, B)
    issuccess(G) || throw(SingularException(G.info))
    checksquare(G.factors)
    size(B, 1) == size(G, 1) || throw(DimensionMismatch("B has $(size(B, 1)) rows, but the matrix has $(size(G, 1))"))
    X = turned(F, UnitLowerTriangular(G.factors)) \ (turned(F, UpperTriangular(G.factors)) \ B)
    q = invperm(G.p)
    X isa AbstractVector ? X[q] : X[q, :]
end
function turned_solve(F::AdjointFactorization, G::Union{QR,QRCompactWY}, B) # R' has more columns than rows: the shortest solution
    m, n = size(G)
    size(B, 1) == n || throw(DimensionMismatch("B has $(size(B, 1)) rows, but the matrix has $n"))
    m >= n || return least_squares(factor_product(F), B)
    Y = LowerTriangular(copy_matrix(G.R')) \ B
    G.Q * vcat(Y, zeros(eltype(Y), m - n, size(B)[2:end]...))
end
function turned_solve(F::AdjointFactorization, G::LQ, B)
    m, n = size(G)
    n == size(B, 1) || throw(DimensionMismatch("Both inputs should have the same number of rows"))
    m <= n || throw(DimensionMismatch("the adjoint of an LQ decomposition of more rows than columns solves no system"))
    UpperTriangular(copy_matrix(G.L')) \ first_rows(G.Q * B, m)
end
turned_solve(F::AdjointFactorization, G::Cholesky, B) = G \ B
Base.show(io::IO, F::TurnedFactorization) = (print(io, F isa AdjointFactorization ? "adjoint of " : "transpose of "); show(io, F.parent))
Base.show(io::IO, mime::MIME"text/plain", F::TurnedFactorization) = (print(io, F isa AdjointFactorization ? "adjoint of " : "transpose of "); show(io, mime, F.parent))
