# Decompositions: LU, QR, Cholesky, eigenvalues, singular values, Schur, Hessenberg. Of Float64 they are
# LAPACK's, by primitives; of other numbers they are computed here.

"""
    Factorization

A matrix taken apart: what `lu`, `qr`, `cholesky`, `eigen`, `svd`, `schur` and `hessenberg` return. It solves
systems with `\\`, and can be taken apart: `L, U, p = lu(A)`.
"""
abstract type Factorization{T} end
Base.eltype(::Type{<:Factorization{T}}) where {T} = T
Base.size(F::Factorization, i::Integer) = i <= 2 ? size(F)[i] : 1
Base.Matrix(F::Factorization) = factor_product(F)
Base.Array(F::Factorization) = factor_product(F)
Base.AbstractMatrix(F::Factorization) = factor_product(F)
Base.AbstractArray(F::Factorization) = factor_product(F)
Base.convert(::Type{<:AbstractArray}, F::Factorization) = factor_product(F)
Base.length(F::Factorization) = prod(size(F))
Base.axes(F::Factorization) = map(Base.OneTo, size(F))
Base.:/(J::UniformScaling, F::Factorization) = J.λ * inv(F)
Base.:\(F::Factorization, J::UniformScaling) = inv(F) * J.λ
Base.inv(F::Factorization) = (n = size(F, 1); F \ Matrix{eltype(F)}(I, n, n))
Base.:/(B::AbstractMatrix, F::Factorization) = copy_matrix(adjoint(adjoint(F) \ copy_matrix(adjoint(B))))
Base.:/(x::AdjOrTransAbsVec, F::Factorization) = adjoint(adjoint(F) \ copy(vec(copy_matrix(adjoint(x)))))
Base.:(==)(F::Factorization, G::Factorization) = typeof(F) == typeof(G) && all(getfield(F, i) == getfield(G, i) for i in 1:nfields(F))
Base.hash(F::Factorization, h::UInt) = foldl((h, i) -> hash(getfield(F, i), h), 1:nfields(F); init=hash(typeof(F), h))
det(F::Factorization) = det(factor_product(F))
"`issuccess(F)`: whether a decomposition succeeded."
issuccess(F::Factorization) = true
"`NoPivot()`: rows or columns stay where they are."
struct NoPivot end
"`RowMaximum()`: the row with the greatest item becomes the pivot's."
struct RowMaximum end
"`RowNonZero()`: the first row with an item that is not zero becomes the pivot's."
struct RowNonZero end
"`ColumnNorm()`: the column with the greatest norm becomes the pivot's."
struct ColumnNorm end

lapack_items(A) = eltype(A) <: BlasReal
# A primitive of LAPACK's, which are for Float64, of a matrix of Float64 or Float32.
lapack(f, M::Matrix{Float64}, args...) = f(M, args...)
lapack(f, M, args...) = map(narrowed, f(convert(Matrix{Float64}, M), args...))
narrowed(x) = x
narrowed(x::Array{Float64}) = convert(Array{Float32}, x)
narrowed(x::Array{ComplexF64}) = convert(Array{ComplexF32}, x)
show_factor(io, name, M) = (println(io, name, " factor:"); show(io, MIME("text/plain"), M))

## LU

"""
    LU

What `lu` returns: `L`, `U`, the permutation `p` and its matrix `P`, so that `L*U == A[p, :]`.
"""
struct LU{T,S<:AbstractMatrix{T},P<:AbstractVector{<:Integer}} <: Factorization{T}
    factors::S
    ipiv::P
    info::Int
end
"""
    lu(A; check=true)
    lu(A, NoPivot())

The LU decomposition of a matrix, with rows exchanged. A singular matrix is a `SingularException`,
unless `check=false`: then `issuccess` tells.
"""
function lu(A::AbstractMatrix, pivot=RowMaximum(); check::Bool=true, allowsingular::Bool=false)
    M = divisible(A)
    F = pivot isa RowMaximum && lapack_items(M) ? lu_lapack(M) : lu_generic!(M, pivot)
    check && !allowsingular && F.info != 0 && throw(pivot isa NoPivot ? ZeroPivotException(F.info) : SingularException(F.info))
    F
end
lu(A::AbstractMatrix, ::Val{true}; check::Bool=true) = lu(A; check)
lu(A::AbstractMatrix, ::Val{false}; check::Bool=true) = lu(A, NoPivot(); check)
"`lu!(A)`: as `lu`; `A` is overwritten, and must be able to hold the factors."
lu!(A::AbstractMatrix, pivot=RowMaximum(); kw...) = lu(A, pivot; kw...)
lu!(A::Matrix, pivot=RowMaximum(); kw...) = (F = lu(A, pivot; kw...); LU(copyto!(A, F.factors), F.ipiv, F.info))
lu(F::LU; kw...) = F
lu(x::Number; kw...) = lu(fill(x, 1, 1); kw...)
function lu_lapack(M)
    f, p = lapack(Base.lapack_lu, M)
    k = findfirst(i -> f[i, i] == 0, 1:min(size(f)...))
    LU(f, p, k === nothing ? 0 : k)
end
function lu_generic!(M, pivot)
    m, n = size(M)
    p, info = collect(1:min(m, n)), 0
    for k in 1:min(m, n)
        r = k
        if pivot isa RowMaximum
            for i in k+1:m
                abs(M[i, k]) > abs(M[r, k]) && (r = i)
            end
        elseif pivot isa RowNonZero
            r = something(findfirst(i -> !iszero(M[i, k]), k:m), 1) + k - 1
        end
        p[k] = r
        if iszero(M[r, k])
            info == 0 && (info = k)
            continue
        end
        if r != k
            for j in 1:n
                M[k, j], M[r, j] = M[r, j], M[k, j]
            end
        end
        for i in k+1:m
            M[i, k] = M[i, k] / M[k, k]
        end
        for j in k+1:n, i in k+1:m
            M[i, j] -= M[i, k] * M[k, j]
        end
    end
    LU{eltype(M),typeof(M),Vector{Int}}(M, p, info)
end
issuccess(F::LU) = F.info == 0
Base.size(F::LU) = size(getfield(F, :factors))
function permutation(F::LU)
    p = collect(1:size(F, 1))
    for (i, j) in enumerate(getfield(F, :ipiv))
        p[i], p[j] = p[j], p[i]
    end
    p
end
function Base.getproperty(F::LU, s::Symbol)
    f = getfield(F, :factors)
    f isa Tridiagonal && (s === :L || s === :U) && return dense_factors(F)[s === :L ? 1 : 2]
    m, n = size(f)
    k, T = min(m, n), eltype(f)
    s === :L && return T[i == j ? one(T) : i > j ? f[i, j] : zero(T) for i in 1:m, j in 1:k]
    s === :U && return T[i <= j ? f[i, j] : zero(T) for i in 1:k, j in 1:n]
    s === :p && return permutation(F)
    s === :P && return Matrix{T}(I, m, m)[:, invperm(permutation(F))]
    getfield(F, s)
end
Base.propertynames(::LU, private::Bool=false) = (:L, :U, :p, :P, (private ? (:factors, :ipiv, :info) : ())...)
Base.iterate(F::LU) = (F.L, Val(:U))
Base.iterate(F::LU, ::Val{:U}) = (F.U, Val(:p))
Base.iterate(F::LU, ::Val{:p}) = (F.p, Val(:done))
Base.iterate(F::LU, ::Val{:done}) = nothing
factor_product(F::LU) = (F.L*F.U)[invperm(F.p), :]
function Base.:\(F::LU, B::AbstractVecOrMat)
    issuccess(F) || throw(SingularException(F.info))
    checksquare(F.factors)
    size(B, 1) == size(F, 1) || throw(DimensionMismatch("B has $(size(B, 1)) rows, but the matrix has $(size(F, 1))"))
    Bp = B isa AbstractVector ? B[F.p] : B[F.p, :]
    UpperTriangular(F.factors) \ (UnitLowerTriangular(F.factors) \ Bp)
end
function pivot_sign(F::LU)
    s = 1
    for (i, p) in enumerate(getfield(F, :ipiv))
        i == p || (s = -s)
    end
    s
end
function det(F::LU)
    n = checksquare(F.factors)
    F.info > 0 && return zero(eltype(F))
    fs = getfield(F, :factors)
    d = one(eltype(F))
    for i in 1:n
        d *= fs[i, i]
    end
    pivot_sign(F) * d
end
function logabsdet(F::LU)
    n = checksquare(F.factors)
    R = float(real(eltype(F)))
    F.info > 0 && return (R(-Inf), zero(eltype(F)))
    d, s = zero(R), one(eltype(F)) * pivot_sign(F)
    for i in 1:n
        x = F.factors[i, i]
        d += log(abs(x))
        s *= sign(x)
    end
    (d, s)
end
logdet(F::LU) = (x = logabsdet(F); x[1] + log(x[2]))
function Base.show(io::IO, mime::MIME"text/plain", F::LU)
    issuccess(F) || return print(io, "Failed factorization of type ", typeof(F))
    summary(io, F)
    println(io)
    show_factor(io, "L", F.L)
    println(io)
    show_factor(io, "U", F.U)
end
Base.summary(io::IO, F::Factorization) = print(io, typeof(F))

## QR

"""
    QR

What `qr` returns: `Q` (a product of reflections) and `R`, so that `Q*R == A`.
"""
struct QR{T,S<:AbstractMatrix{T},C<:AbstractVector{T}} <: Factorization{T}
    factors::S
    τ::C
end
struct QRCompactWY{S,M<:AbstractMatrix{S},C<:AbstractMatrix{S}} <: Factorization{S}
    factors::M
    T::C
end
"""
    QRPivoted

What `qr(A, ColumnNorm())` returns: `Q`, `R` and the order of columns `p`, so that `Q*R == A[:, p]`.
"""
struct QRPivoted{T,S<:AbstractMatrix{T},C<:AbstractVector{T},P<:AbstractVector{<:Integer}} <: Factorization{T}
    factors::S
    τ::C
    jpvt::P
end
const AnyQR{T} = Union{QR{T},QRCompactWY{T},QRPivoted{T}}
"""
    qr(A)
    qr(A, ColumnNorm())

The QR decomposition of a matrix; with `ColumnNorm()` columns are exchanged, so that it shows the rank.
"""
function qr(A::AbstractMatrix, pivot=NoPivot())
    M = divisible(A, float_type(eltype(A)))
    if lapack_items(M)
        f, τ, p = lapack(Base.lapack_qr, M, pivot isa ColumnNorm)
        return pivot isa ColumnNorm ? QRPivoted(f, τ, p) : QRCompactWY(f, reshape(τ, 1, length(τ)))
    end
    f, τ, p = reflect_columns!(M, pivot isa ColumnNorm)
    pivot isa ColumnNorm ? QRPivoted{eltype(f),typeof(f),typeof(τ),Vector{Int}}(f, τ, p) : QR{eltype(f),typeof(f),typeof(τ)}(f, τ)
end
qr(v::AbstractVector, pivot=NoPivot()) = qr(reshape(v, length(v), 1), pivot)
qr(x::Number) = qr(fill(x, 1, 1))
qr(A::AbstractMatrix, ::Val{true}) = qr(A, ColumnNorm())
qr(A::AbstractMatrix, ::Val{false}) = qr(A)
"`qr!(A)`: as `qr`; `A` may be overwritten."
qr!(A::AbstractMatrix, pivot=NoPivot()) = qr(A, pivot)
function qr!(A::AbstractMatrix{T}, pivot=NoPivot()) where {T<:Integer}
    F = qr(A, pivot)
    foreach(x -> T(-x), diag(F.R))   # what does not fit into `A` is an InexactError
    F
end
float_type(::Type{T}) where {T} = float(T)
# Householder's reflections, the vectors below the diagonal, as LAPACK stores them.
function reflect_columns!(M, pivot)
    m, n = size(M)
    τ, p = zeros(eltype(M), min(m, n)), collect(1:n)
    for k in 1:min(m, n)
        if pivot
            c = k - 1 + argmax([norm(view(M, k:m, j)) for j in k:n])
            if c != k
                M[:, [k, c]] = M[:, [c, k]]
                p[k], p[c] = p[c], p[k]
            end
        end
        α = M[k, k]
        s = norm(view(M, k:m, k))
        iszero(s) && continue
        β = -copysign(s, real(α))
        if k == m && isreal(α)
            continue
        end
        τ[k] = (β - α) / β
        for i in k+1:m
            M[i, k] = M[i, k] / (α - β)
        end
        M[k, k] = β
        for j in k+1:n
            w = M[k, j]
            for i in k+1:m
                w += conj(M[i, k]) * M[i, j]
            end
            w *= conj(τ[k])
            M[k, j] -= w
            for i in k+1:m
                M[i, j] -= M[i, k] * w
            end
        end
    end
    M, τ, p
end
taus(F) = hasfield(typeof(F), :T) ? vec(getfield(F, :T)) : getfield(F, :τ)

abstract type AbstractQ{T} end
"The orthogonal factor of a QR decomposition, as a product of reflections; `Matrix(Q)` its first columns."
struct QRPackedQ{T,S<:AbstractMatrix{T},C<:AbstractVector{T}} <: AbstractQ{T}
    factors::S
    τ::C
end
struct QRCompactWYQ{S,M<:AbstractMatrix{S},C<:AbstractMatrix{S}} <: AbstractQ{S}
    factors::M
    T::C
end
struct AdjointQ{T,Q<:AbstractQ{T}} <: AbstractQ{T}
    Q::Q
end
Base.eltype(::Type{<:AbstractQ{T}}) where {T} = T
Base.size(Q::AbstractQ) = (m = size(reflectors(Q), 1); (m, m))
Base.size(Q::AbstractQ, i::Integer) = i <= 2 ? size(Q)[i] : 1
Base.axes(Q::AbstractQ) = map(Base.OneTo, size(Q))
Base.ndims(::AbstractQ) = 2
Base.length(Q::AbstractQ) = prod(size(Q))
reflectors(Q) = getfield(Q, :factors)
reflectors(Q::AdjointQ) = reflectors(Q.Q)
Base.adjoint(Q::AbstractQ) = AdjointQ{eltype(Q),typeof(Q)}(Q)
Base.adjoint(Q::AdjointQ) = Q.Q
Base.transpose(Q::AbstractQ{<:Real}) = adjoint(Q)
Base.transpose(Q::AbstractQ) = error("transpose not implemented for $(typeof(Q)). Consider using adjoint instead of transpose.")
# Apply the reflections, in one order or the other, to the columns of B in place.
function reflect_by!(Q, B, adj)
    V, τ = reflectors(Q), taus(Q)
    m = size(V, 1)
    for k in (adj ? (1:length(τ)) : (length(τ):-1:1))
        t = adj ? conj(τ[k]) : τ[k]
        iszero(t) && continue
        for j in axes(B, 2)
            w = B[k, j]
            for i in k+1:m
                w += conj(V[i, k]) * B[i, j]
            end
            w *= t
            B[k, j] -= w
            for i in k+1:m
                B[i, j] -= V[i, k] * w
            end
        end
    end
    B
end
function apply_q(Q::AbstractQ, B, adj)
    m = size(Q, 1)
    T = promote_type(eltype(Q), eltype(B))
    if size(B, 1) == m || adj && size(B, 1) == m
        C = convert(Array{T}, copy(plain_array(B)))
    elseif !adj && size(B, 1) == size(reflectors(Q), 2) && size(B, 1) < m
        C = zeros(T, m, size(B)[2:end]...)
        C[1:size(B, 1), ntuple(_ -> Colon(), ndims(B) - 1)...] = B
    else
        throw(DimensionMismatch("first dimension of B, $(size(B, 1)), must equal one of the dimensions of Q, $(size(reflectors(Q)))"))
    end
    reflect_by!(Q, C, adj)
end
Base.:*(Q::AbstractQ, B::AbstractVecOrMat) = apply_q(Q, B, false)
Base.:*(Q::AdjointQ, B::AbstractVecOrMat) = apply_q(Q.Q, B, true)
Base.:*(A::AbstractMatrix, Q::AbstractQ) = copy_matrix(adjoint(adjoint(Q) * copy_matrix(adjoint(A))))
Base.:*(Q::AbstractQ, P::AbstractQ) = Q * whole_q(P)
Base.:\(Q::AbstractQ, B::AbstractVecOrMat) = adjoint(Q) * B
Base.:*(v::AbstractVector, Q::AbstractQ) = reshape(v, length(v), 1) * Q
mul!(C::AbstractVecOrMat, Q::AbstractQ, B::AbstractVecOrMat) = stored_product!(C, Q * B)
mul!(C::AbstractVecOrMat, A::AbstractVecOrMat, Q::AbstractQ) = stored_product!(C, A * Q)
stored_product!(C, P) = size(C) == size(P) ? copyto!(C, P) : throw(DimensionMismatch("the destination has the size $(size(C)), the product $(size(P))"))
lmul!(Q::AbstractQ, B::AbstractVecOrMat) = copyto!(B, Q * B)
rmul!(A::AbstractMatrix, Q::AbstractQ) = copyto!(A, A * Q)
lmul!(Q::AbstractQ, B::AbstractTriangular) = copyto!(B.data, Q * copy_matrix(B))
rmul!(A::AbstractTriangular, Q::AbstractQ) = copyto!(A.data, copy_matrix(A) * Q)
whole_q(Q) = (m = size(Q, 1); Q * Matrix{eltype(Q)}(I, m, m))
thin_q(Q::AdjointQ) = whole_q(Q)
thin_q(Q) = ((m, n) = size(reflectors(Q)); Q * Matrix{eltype(Q)}(I, m, min(m, n)))
Base.Matrix(Q::AbstractQ) = thin_q(Q)
Base.Array(Q::AbstractQ) = thin_q(Q)
Base.collect(Q::AbstractQ) = whole_q(Q)
Base.Matrix{T}(Q::AbstractQ) where {T} = convert(Matrix{T}, thin_q(Q))
Base.Array{T}(Q::AbstractQ) where {T} = Matrix{T}(Q)
Base.AbstractMatrix(Q::AbstractQ) = whole_q(Q)
Base.AbstractArray(Q::AbstractQ) = whole_q(Q)
Base.AbstractMatrix{T}(Q::AbstractQ) where {T} = convert(Matrix{T}, whole_q(Q))
Base.AbstractArray{T}(Q::AbstractQ) where {T} = convert(Matrix{T}, whole_q(Q))
Base.convert(::Type{T}, Q::AbstractQ) where {T<:AbstractArray} = T(Q)
Base.getindex(Q::AbstractQ, i...) = whole_q(Q)[i...]
Base.:(==)(Q::AbstractQ, B::AbstractMatrix) = whole_q(Q) == B
Base.isapprox(Q::AbstractQ, B::AbstractMatrix; kw...) = isapprox(whole_q(Q), B; kw...)
det(Q::AbstractQ) = det(whole_q(Q))
norm(Q::AbstractQ, p::Real=2) = norm(whole_q(Q), p)
Base.show(io::IO, ::MIME"text/plain", Q::AbstractQ) = print(io, size(Q, 1), "×", size(Q, 2), " ", typeof(Q))

Base.size(F::AnyQR) = size(getfield(F, :factors))
orthogonal(F::QRCompactWY) = QRCompactWYQ{eltype(F),typeof(getfield(F, :factors)),typeof(getfield(F, :T))}(getfield(F, :factors), getfield(F, :T))
orthogonal(F) = QRPackedQ{eltype(F),typeof(getfield(F, :factors)),typeof(getfield(F, :τ))}(getfield(F, :factors), getfield(F, :τ))
function Base.getproperty(F::AnyQR, s::Symbol)
    f = getfield(F, :factors)
    m, n = size(f)
    s === :R && return triu(f[1:min(m, n), 1:n])
    s === :Q && return orthogonal(F)
    F isa QRPivoted && s === :p && return getfield(F, :jpvt)
    F isa QRPivoted && s === :P && return Matrix{eltype(f)}(I, n, n)[:, getfield(F, :jpvt)]
    getfield(F, s)
end
Base.propertynames(F::AnyQR, private::Bool=false) = F isa QRPivoted ? (:R, :Q, :p, :P) : (:R, :Q)
Base.iterate(F::AnyQR) = (F.Q, Val(:R))
Base.iterate(F::AnyQR, ::Val{:R}) = (F.R, Val(F isa QRPivoted ? :p : :done))
Base.iterate(F::AnyQR, ::Val{:p}) = (F.p, Val(:done))
Base.iterate(F::AnyQR, ::Val{:done}) = nothing
factor_product(F::AnyQR) = (M = F.Q * F.R; F isa QRPivoted ? M[:, invperm(F.p)] : M)
function Base.:\(F::AnyQR, B::AbstractVecOrMat)
    m, n = size(F)
    size(B, 1) == m || throw(DimensionMismatch("B has $(size(B, 1)) rows, but the matrix has $m"))
    R = F.R
    tol = eps(float(real(one(eltype(F))))) * max(m, n)
    k = F isa QRPivoted ? count(i -> abs(R[i, i]) > tol * abs(R[1, 1]), 1:min(m, n)) : min(m, n)
    k == 0 && return zeros(quotient_type(eltype(F), eltype(B)), n, size(B)[2:end]...)
    C = (F.Q'*B)
    C = C isa AbstractVector ? C[1:k] : C[1:k, :]
    if k == n
        X = UpperTriangular(R[1:k, 1:k]) \ C
    else # the shortest solution, by the QR decomposition of what is left of R
        G = qr(copy_matrix(R[1:k, :]'))
        Y = LowerTriangular(copy_matrix(G.R')) \ C
        X = apply_q(G.Q, Y isa AbstractVector ? [Y; zeros(eltype(Y), n - k)] : [Y; zeros(eltype(Y), n - k, size(Y, 2))], false)
    end
    F isa QRPivoted ? (B isa AbstractVector ? X[invperm(F.p)] : X[invperm(F.p), :]) : X
end
function Base.show(io::IO, mime::MIME"text/plain", F::AnyQR)
    summary(io, F)
    println(io)
    print(io, "Q factor: ")
    show(io, mime, F.Q)
    println(io, "\nR factor:")
    show(io, mime, F.R)
    if F isa QRPivoted
        println(io, "\npermutation:")
        show(io, mime, F.p)
    end
end

"""
    factorize(A)

The decomposition that suits `A` best for solving systems.
"""
function factorize(A::AbstractMatrix)
    m, n = size(A)
    m == n || return qr(A, ColumnNorm())
    below, above = isbanded(A, -1, m), isbanded(A, -m, 1)    # no more than one diagonal there
    istril(A) && return istriu(A) ? Diagonal(A) : below && n > 1 ? Bidiagonal(A, :L) : LowerTriangular(A)
    istriu(A) && return above && n > 1 ? Bidiagonal(A, :U) : UpperTriangular(A)
    if below && above
        issymmetric(A) && eltype(A) <: Real && all(!iszero, view(A, diagind(A))) || return lu(Tridiagonal(A))
        try
            return ldlt(SymTridiagonal(diag(A), diag(A, 1)))
        catch e
            e isa ZeroPivotException || rethrow()
            return lu(Tridiagonal(A))
        end
    end
    if ishermitian(A)
        F = cholesky(Hermitian(plain_array(A)); check=false)
        return issuccess(F) ? F : bunchkaufman(Hermitian(plain_array(A)); check=false)
    end
    issymmetric(A) && return bunchkaufman(Symmetric(plain_array(A)); check=false)
    lu(A)
end
factorize(A::Union{Diagonal,AbstractTriangular,Bidiagonal}) = A
factorize(A::Tridiagonal) = lu(A)
factorize(A::Adjoint{<:Any,<:AbstractMatrix}) = adjoint(factorize(A.parent))
factorize(A::Transpose{<:Any,<:AbstractMatrix}) = transpose(factorize(A.parent))
factorize(A::SymTridiagonal) = ldlt(A)
