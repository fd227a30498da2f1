# The LQ decomposition: the QR decomposition of the adjoint, read the other way round.

"""
    LQ

What `lq` returns: a lower triangular `L` and `Q` (a product of reflections), so that `L*Q == A`.
"""
struct LQ{T,S<:AbstractMatrix{T},C<:AbstractVector{T}} <: Factorization{T}
    factors::S
    τ::C
end
"The orthogonal factor of an LQ decomposition, as a product of reflections; `Matrix(Q)` its first rows."
struct LQPackedQ{T,S<:AbstractMatrix{T},C<:AbstractVector{T}} <: AbstractQ{T}
    factors::S
    τ::C
end
"""
    lq(A)

The LQ decomposition of a matrix, which solves systems of too few equations by the shortest solution.
"""
function lq(A::AbstractMatrix)
    F = qr(copy_matrix(A'))
    f = copy_matrix(getfield(F, :factors)')
    LQ{eltype(f),typeof(f),Vector{eltype(f)}}(f, conj.(taus(F)))
end
lq(x::Number) = lq(fill(x, 1, 1))
"`lq!(A)`: as `lq`; `A` may be overwritten."
lq!(A::AbstractMatrix) = lq(A)
Base.size(F::LQ) = size(getfield(F, :factors))
Base.copy(F::LQ) = LQ(copy(F.factors), copy(F.τ))
function Base.getproperty(F::LQ, s::Symbol)
    f = getfield(F, :factors)
    s === :L && return tril(f[:, 1:min(size(f)...)])
    s === :Q && return LQPackedQ(f, getfield(F, :τ))
    getfield(F, s)
end
Base.propertynames(::LQ, private::Bool=false) = (:L, :Q, (private ? (:factors, :τ) : ())...)
Base.iterate(F::LQ) = (F.L, Val(:Q))
Base.iterate(F::LQ, ::Val{:Q}) = (F.Q, Val(:done))
Base.iterate(F::LQ, ::Val{:done}) = nothing
factor_product(F::LQ) = F.L * F.Q
Base.:*(F::LQ, B::AbstractVecOrMat) = F.L * first_rows(F.Q * B, min(size(F)...))
Base.:*(F::LQ, G::LQ) = factor_product(F) * factor_product(G)
first_rows(X, k) = X isa AbstractVector ? X[1:k] : X[1:k, :]
function Base.:\(F::LQ, B::AbstractVecOrMat)
    m, n = size(F)
    m <= n || throw(DimensionMismatch("LQ solver does not support overdetermined systems (more rows than columns)"))
    m == size(B, 1) || throw(DimensionMismatch("Both inputs should have the same number of rows"))
    Y = LowerTriangular(F.L) \ B
    rest = zeros(eltype(Y), n - m, size(B)[2:end]...)
    adjoint(F.Q) * vcat(Y, rest)
end
function Base.show(io::IO, mime::MIME"text/plain", F::LQ)
    summary(io, F)
    println(io)
    show_factor(io, "L", F.L)
    print(io, "\nQ factor: ")
    show(io, mime, F.Q)
end

# The adjoint of Q is the orthogonal factor of the QR decomposition of A'.
reflections(Q::LQPackedQ) = (f = copy_matrix(Q.factors'); QRPackedQ{eltype(f),typeof(f),typeof(Q.τ)}(f, conj.(Q.τ)))
Base.size(Q::LQPackedQ) = (n = size(Q.factors, 2); (n, n))
Base.size(Q::AdjointQ{<:Any,<:LQPackedQ}) = size(Q.Q)
Base.copy(Q::LQPackedQ) = LQPackedQ(copy(Q.factors), copy(Q.τ))
apply_q(Q::LQPackedQ, B, adj) = apply_lq(reflections(Q), B, !adj, adj)
function apply_lq(P, B, adj, whole)
    n, m = size(P, 1), size(P.factors, 2)
    size(B, 1) == n || whole && size(B, 1) == m && m < n || throw(DimensionMismatch("first dimension of B, $(size(B, 1)), must equal the order of Q, $n"))
    apply_q(P, B, adj)
end
function Base.:*(A::AbstractMatrix, Q::LQPackedQ)
    size(A, 2) in size(Q.factors) || throw(DimensionMismatch("second dimension of A, $(size(A, 2)), must equal one of the dimensions of Q, $(size(Q.factors))"))
    copy_matrix(apply_q(reflections(Q), copy_matrix(A'), false)')
end
function Base.:*(A::AbstractMatrix, Q::AdjointQ{<:Any,<:LQPackedQ})
    size(A, 2) == size(Q, 1) || throw(DimensionMismatch("second dimension of A, $(size(A, 2)), must equal the order of Q, $(size(Q, 1))"))
    copy_matrix(apply_q(reflections(Q.Q), copy_matrix(A'), true)')
end
thin_q(Q::LQPackedQ) = Matrix{eltype(Q)}(I, min(size(Q.factors)...), size(Q, 2)) * Q
