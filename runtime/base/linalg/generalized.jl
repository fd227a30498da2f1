# Decompositions of pairs of matrices, and Schur decompositions in another order.

## order of eigenvalues

"""
    ordschur(F, select)
    ordschur(T, Z, select)

The Schur decomposition with the eigenvalues for which `select` is true first; the columns of `vectors` that go
with them span an invariant subspace. Of two conjugate eigenvalues either both or none come first.
"""
ordschur(F::Schur, select::AbstractVector{Bool}) = Schur(reordered(F.T, F.Z, select)...)
ordschur(T::AbstractMatrix, Z::AbstractMatrix, select::AbstractVector{Bool}) = reordered(T, Z, select)
"`ordschur!(F, select)`: `ordschur` in place."
function ordschur!(F::Schur, select::AbstractVector{Bool})
    T, Z, values = reordered(F.T, F.Z, select)
    copyto!(F.T, T)
    copyto!(F.Z, Z)
    copyto!(F.values, values)
    F
end
function ordschur!(T::AbstractMatrix, Z::AbstractMatrix, select::AbstractVector{Bool})
    S, V, values = reordered(T, Z, select)
    copyto!(T, S), copyto!(Z, V), values
end
function reordered(T, Z, select)
    n = checksquare(T)
    length(select) == n || throw(DimensionMismatch("select has length $(length(select)), but the matrix has order $n"))
    if eltype(T) <: BlasReal
        S, V, failed = lapack(Base.lapack_reorder, plain_array(T), convert(Matrix{Float64}, Z), Int[x for x in select])
        failed == 0 || throw(LAPACKException(1))
        return S, V, schur_values(S)
    end
    S, V, next = copy_matrix(T), copy_matrix(Z), 1
    for i in 1:n
        select[i] || continue
        for k in i-1:-1:next
            exchange_values!(S, V, k)
        end
        next += 1
    end
    S, V, diag(S)
end
# Exchange the eigenvalues k and k+1 of an upper triangular S by a rotation.
function exchange_values!(S, V, k)
    a, b = S[k, k], S[k+1, k+1]
    G, = givens(S[k, k+1], b - a, k, k + 1)
    lmul!(G, S)
    rmul!(S, G')
    rmul!(V, G')
    S[k+1, k], S[k, k], S[k+1, k+1] = zero(a), b, a
end
# The eigenvalues of a matrix with blocks of one or two rows on its diagonal.
function schur_values(S)
    n, k = size(S, 1), 1
    w = complex(zeros(eltype(S), n))
    while k <= n
        if k < n && !iszero(S[k+1, k])
            h, d = (S[k, k] + S[k+1, k+1]) / 2, ((S[k, k] - S[k+1, k+1]) / 2)^2 + S[k, k+1] * S[k+1, k]
            r = sqrt(complex(d))
            w[k], w[k+1] = h + r, h - r
            k += 2
        else
            w[k] = S[k, k]
            k += 1
        end
    end
    all(isreal, w) ? real(w) : w
end

## Schur

"""
    GeneralizedSchur

What `schur(A, B)` returns: `S`, `T`, the orthogonal `Q` (or `left`) and `Z` (`right`), so that `Q*S*Z' == A` and
`Q*T*Z' == B`; the eigenvalues are `α ./ β`.
"""
struct GeneralizedSchur{Ty,M<:AbstractMatrix{Ty},A<:AbstractVector,B<:AbstractVector{Ty}} <: Factorization{Ty}
    S::M
    T::M
    α::A
    β::B
    Q::M
    Z::M
end
Base.size(F::GeneralizedSchur) = size(F.S)
function Base.getproperty(F::GeneralizedSchur, s::Symbol)
    s === :values && return getfield(F, :α) ./ getfield(F, :β)
    getfield(F, s === :alpha ? :α : s === :beta ? :β : s === :left ? :Q : s === :right ? :Z : s)
end
Base.propertynames(::GeneralizedSchur, private::Bool=false) = (:values, :left, :right, :S, :T, :α, :β, :Q, :Z)
Base.iterate(F::GeneralizedSchur) = (F.S, Val(:T))
Base.iterate(F::GeneralizedSchur, ::Val{:T}) = (F.T, Val(:Q))
Base.iterate(F::GeneralizedSchur, ::Val{:Q}) = (F.Q, Val(:Z))
Base.iterate(F::GeneralizedSchur, ::Val{:Z}) = (F.Z, Val(:α))
Base.iterate(F::GeneralizedSchur, ::Val{:α}) = (F.α, Val(:β))
Base.iterate(F::GeneralizedSchur, ::Val{:β}) = (F.β, Val(:done))
Base.iterate(F::GeneralizedSchur, ::Val{:done}) = nothing
Base.copy(F::Schur) = Schur(copy(F.T), copy(F.Z), copy(F.values))
Base.copy(F::GeneralizedSchur) = GeneralizedSchur(map(x -> copy(getfield(F, x)), fieldnames(GeneralizedSchur))...)
factor_product(F::GeneralizedSchur) = F.Q * F.S * F.Z'
"`schur(A, B)`: the generalized Schur decomposition of two square matrices of one order."
function schur(A::AbstractMatrix, B::AbstractMatrix)
    n, m = checksquare(A, B)
    n == m || throw(DimensionMismatch("the matrices have the orders $n and $m"))
    T = float_type(promote_type(eltype(A), eltype(B)))
    M, N = convert(Matrix{T}, plain_array(A)), convert(Matrix{T}, plain_array(B))
    c, s = one(real(T)), zero(real(T))
    if cond(N, 1) > inv(sqrt(eps(real(T)))) # turn the pair, so that the second is regular
        c, s = cospi(real(T)(0.28)), sinpi(real(T)(0.28))
    end
    D = iszero(s) ? N : s * M + c * N
    F = lu(D; check=false)
    issuccess(F) || throw(SingularException(F.info))
    P = schur((iszero(s) ? M : c * M - s * N) / D)
    paired_schur(P.T, P.Z, D, c, s)
end
schur!(A::AbstractMatrix, B::AbstractMatrix) = schur(A, B)
# From the Schur decomposition of C/D, where C = c*A - s*B and D = s*A + c*B, that of the pair.
function paired_schur(P, Q, D, c, s)
    R, Z = triangle_on_left(Q' * D)
    E = P * R
    S, T = iszero(s) ? (E, R) : (c * E + s * R, c * R - s * E)
    α, β = pair_values(P, R, c, s)
    n = size(P, 1)
    for j in 1:n, i in j+1:n
        (i > j + 1 || iszero(P[i, j])) && (S[i, j] = zero(eltype(S)))
        iszero(s) && (T[i, j] = zero(eltype(T)))
    end
    GeneralizedSchur(S, T, α, β, Q, Z)
end
# M = R*Z' with R upper triangular and a diagonal that is not negative.
function triangle_on_left(M)
    n = size(M, 1)
    F = qr(copy_matrix(M[n:-1:1, :]'))
    Q, U = whole_q(F.Q), F.R
    signs = [iszero(U[i, i]) ? one(U[i, i]) : U[i, i] / abs(U[i, i]) for i in 1:n]
    R = copy_matrix((signs .\ U)')[n:-1:1, n:-1:1]
    triu(R), (Q .* transpose(signs))[:, n:-1:1]
end
function pair_values(P, R, c, s)
    w = schur_values(P)
    d = diag(R)
    α, β = (c * w .+ s) .* d, (c .- s * w) .* d
    complex(α), eltype(β) <: eltype(R) ? β : real(eltype(R))[abs(b) for b in β]
end
"`ordschur(F::GeneralizedSchur, select)`: the decomposition with the selected eigenvalues first."
function ordschur(F::GeneralizedSchur, select::AbstractVector{Bool})
    P = triangular_quotient(F.S, F.T)
    O, V, _ = reordered(P, Matrix{eltype(P)}(I, size(P)...), select)
    Q = F.Q * V
    paired_schur(O, Q, F.Q * F.T * F.Z', one(real(eltype(P))), zero(real(eltype(P))))
end
function triangular_quotient(S, T)
    P = S / UpperTriangular(T)
    for j in axes(P, 2), i in axes(P, 1)
        i > j && iszero(S[i, j]) && (P[i, j] = zero(eltype(P)))
    end
    P
end
function ordschur!(F::GeneralizedSchur, select::AbstractVector{Bool})
    G = ordschur(F, select)
    for name in fieldnames(GeneralizedSchur)
        copyto!(getfield(F, name), getfield(G, name))
    end
    F
end
function ordschur(S::AbstractMatrix, T::AbstractMatrix, Q::AbstractMatrix, Z::AbstractMatrix, select::AbstractVector{Bool})
    w = complex(diag(S))
    G = ordschur(GeneralizedSchur(plain_array(S), plain_array(T), w, diag(T), plain_array(Q), plain_array(Z)), select)
    G.S, G.T, G.α, G.β, G.Q, G.Z
end
function Base.show(io::IO, mime::MIME"text/plain", F::GeneralizedSchur)
    summary(io, F)
    for name in (:S, :T, :Q, :Z)
        println(io)
        show_factor(io, name, getfield(F, name))
    end
    println(io, "\nα:")
    show(io, mime, F.α)
    println(io, "\nβ:")
    show(io, mime, F.β)
end

## eigenvalues

# The vectors of a pair: for a Hermitian A and a positive definite B with v'*B*v == 1, else with a greatest item of size 1.
function eigen_of_pair(A, B, sortby)
    n, m = checksquare(A, B)
    n == m || throw(DimensionMismatch("the matrices have the orders $n and $m"))
    if A isa SomeHermitian && B isa SomeHermitian
        F = cholesky(B; check=false)
        if issuccess(F)
            E = eigen(Hermitian(copy_matrix(F.L \ (F.L \ copy_matrix(A))')))
            return E.values, F.U \ E.vectors
        end
    end
    M, N = copy_matrix(A), copy_matrix(B)
    if cond(N, 1) < inv(eps(float(real(one(eltype(N))))))
        E = eigen(N \ M; sortby=nothing)
        w, V = E.values, copy(E.vectors)
    else # some values are infinite
        S = schur(M, N)
        w = all(isreal, S.α) ? real(S.α) ./ S.β : S.values
        V = reduce(hcat, [svd(S.β[j] * M - (all(isreal, S.α) ? real(S.α[j]) : S.α[j]) * N).V[:, end] for j in 1:n])
    end
    for j in axes(V, 2)
        V[:, j] /= maximum(x -> abs(real(x)) + abs(imag(x)), V[:, j])
    end
    p = sortby === nothing ? collect(1:n) : sortperm(w; by=sortby)
    w[p], V[:, p]
end

## singular values

"""
    GeneralizedSVD

What `svd(A, B)` returns: orthogonal `U`, `V` and `Q`, `D1`, `D2` and an upper triangular `R0`, so that
`U*D1*R0*Q' == A` and `V*D2*R0*Q' == B`; the generalized singular values are `a ./ b`.
"""
struct GeneralizedSVD{T,S<:AbstractMatrix,Tr,C<:AbstractVector{Tr}} <: Factorization{T}
    U::S
    V::S
    Q::S
    a::C
    b::C
    k::Int
    l::Int
    R::S
end
GeneralizedSVD(U::AbstractMatrix{T}, V, Q, a, b, k, l, R) where {T} = GeneralizedSVD{T,typeof(U),eltype(a),typeof(a)}(U, V, Q, a, b, k, l, R)
"`svd(A, B)`: the generalized singular value decomposition of two matrices with as many columns."
function svd(A::AbstractMatrix, B::AbstractMatrix)
    size(A, 2) == size(B, 2) || throw(DimensionMismatch("A has $(size(A, 2)) columns, but B has $(size(B, 2))"))
    T = float_type(promote_type(eltype(A), eltype(B)))
    M, N = convert(Matrix{T}, plain_array(A)), convert(Matrix{T}, plain_array(B))
    T <: BlasReal || return pair_by_svd(M, N)
    GeneralizedSVD(lapack(Base.lapack_gsvd, M, convert(Matrix{Float64}, N))...)
end
svd(x::Number, y::Number) = svd(fill(x, 1, 1), fill(y, 1, 1))
svd!(A::AbstractMatrix, B::AbstractMatrix) = svd(A, B)
# For matrices that stand for full rank together: by the QR decomposition of [A; B], and the singular values of its parts.
function pair_by_svd(A, B)
    m, n, p = size(A, 1), size(A, 2), size(B, 1)
    F = qr(vcat(A, B))
    W = whole_q(F.Q)[:, 1:min(m + p, n)]
    r = size(W, 2)
    r == n && rank(F.R) == n || throw(ArgumentError("the generalized singular value decomposition of complex matrices needs a full rank"))
    G = svd(W[1:m, :]; full=true)
    c = [i <= length(G.S) ? min(G.S[i], one(G.S[i])) : zero(real(eltype(A))) for i in 1:n]
    X = W[m+1:end, :] * G.V
    b = [norm(view(X, :, j)) for j in 1:n]
    tol = n * eps(real(eltype(A)))
    k = count(j -> b[j] <= tol, 1:n)
    H = qr(X[:, k+1:n])
    V = whole_q(H.Q)
    for j in 1:min(n - k, p)
        iszero(H.R[j, j]) || (V[:, j] *= H.R[j, j] / abs(H.R[j, j]))
    end
    b[1:k] .= 0
    R, Z = triangle_on_left(G.Vt * F.R)
    GeneralizedSVD(G.U, V, Z, c, b, k, n - k, R)
end
function Base.getproperty(F::GeneralizedSVD, s::Symbol)
    k, l, a, b = getfield(F, :k), getfield(F, :l), getfield(F, :a), getfield(F, :b)
    s === :alpha && return a
    s === :beta && return b
    (s === :vals || s === :S) && return a[1:k+l] ./ b[1:k+l]
    if s === :D1
        m = size(getfield(F, :U), 1)
        return eltype(a)[i == j ? (i <= k ? one(eltype(a)) : a[i]) : zero(eltype(a)) for i in 1:m, j in 1:k+l]
    elseif s === :D2
        p = size(getfield(F, :V), 1)
        return eltype(b)[j == i + k ? b[j] : zero(eltype(b)) for i in 1:p, j in 1:k+l]
    elseif s === :R0
        n = size(getfield(F, :Q), 1)
        return [zeros(eltype(F), k + l, n - k - l) getfield(F, :R)]
    end
    getfield(F, s)
end
Base.propertynames(::GeneralizedSVD, private::Bool=false) = (:alpha, :beta, :vals, :S, :D1, :D2, :R0, :U, :V, :Q, :a, :b, :k, :l, :R)
Base.iterate(F::GeneralizedSVD) = (F.U, Val(:V))
Base.iterate(F::GeneralizedSVD, ::Val{:V}) = (F.V, Val(:Q))
Base.iterate(F::GeneralizedSVD, ::Val{:Q}) = (F.Q, Val(:D1))
Base.iterate(F::GeneralizedSVD, ::Val{:D1}) = (F.D1, Val(:D2))
Base.iterate(F::GeneralizedSVD, ::Val{:D2}) = (F.D2, Val(:R0))
Base.iterate(F::GeneralizedSVD, ::Val{:R0}) = (F.R0, Val(:done))
Base.iterate(F::GeneralizedSVD, ::Val{:done}) = nothing
Base.size(F::GeneralizedSVD) = (size(F.U, 1), size(F.Q, 1))
svdvals(F::GeneralizedSVD) = F.S
svdvals(A::AbstractMatrix, B::AbstractMatrix) = svd(A, B).S
svdvals(x::Number, y::Number) = abs(x / y)
svdvals!(A::AbstractMatrix, B::AbstractMatrix) = svdvals(A, B)
function Base.show(io::IO, mime::MIME"text/plain", F::GeneralizedSVD)
    summary(io, F)
    for name in (:U, :V, :Q, :D1, :D2, :R0)
        println(io)
        show_factor(io, name, getproperty(F, name))
    end
end
