# Cholesky decompositions, without and with pivots, and what changes them by a vector.

"""
    Cholesky

What `cholesky` returns: `L` and `U`, so that `L*U == A` and `L == U'`.
"""
struct Cholesky{T,S<:AbstractMatrix{T}} <: Factorization{T}
    factors::S
    uplo::Char
    info::Int
end
"""
    CholeskyPivoted

What `cholesky(A, RowMaximum())` returns: `L`, `U`, the permutation `p` (`P` as a matrix) and the `rank` that was
found, so that `L*U == A[p, p]`.
"""
struct CholeskyPivoted{T,S<:AbstractMatrix{T},P<:AbstractVector{<:Integer}} <: Factorization{T}
    factors::S
    uplo::Char
    piv::P
    rank::Int
    tol::Float64
    info::Int
end
CholeskyPivoted(A::AbstractMatrix{T}, uplo::AbstractChar, piv::AbstractVector{<:Integer}, rank, tol, info) where {T} =
    CholeskyPivoted{T,typeof(A),typeof(piv)}(A, uplo, piv, rank, tol, info)
const AnyCholesky{T} = Union{Cholesky{T},CholeskyPivoted{T}}
"""
    cholesky(A, pivot=NoPivot(); check=true)
    cholesky(A, RowMaximum(); tol=0.0, check=true)

The Cholesky decomposition of a Hermitian positive definite matrix; if it is none, a `PosDefException`. With
`RowMaximum()` it may be semidefinite: pivots up to `tol` (of the greatest, if negative, a fraction that suits the
type) end it, and a rank that is not full is a `RankDeficientException`. With `check=false`, `issuccess` tells.
"""
cholesky(A::AbstractMatrix, pivot=NoPivot(); check::Bool=true) = cholesky_in!(choleskyable(A), A, pivot, check)
function cholesky(A::AbstractMatrix, pivot::RowMaximum; tol=0.0, check::Bool=true)
    checksquare(A)
    ishermitian(A) || return not_hermitian(A, check)
    uplo = A isa HermOrSym ? A.uplo : 'U'
    M, piv, rank, info = cholesky_pivoted!(choleskyable(A), tol)
    F = CholeskyPivoted(uplo == 'U' ? M : copy_matrix(M'), uplo, piv, rank, Float64(tol), info)
    check && chkfullrank(F)
    F
end
cholesky(A::AbstractMatrix, ::Val{true}; kw...) = cholesky(A, RowMaximum(); kw...)
cholesky(A::AbstractMatrix, ::Val{false}; check::Bool=true) = cholesky(A; check)
cholesky(x::Number, uplo::Symbol=:U; check::Bool=true) = cholesky(Hermitian(fill(x, 1, 1), uplo); check)
choleskyable(A) = divisible(A, float_type(eltype(A)))
function not_hermitian(A, check)
    check && throw(PosDefException(-1))
    Cholesky(choleskyable(A), 'U', -1)
end
function cholesky_in!(M, A, pivot, check)
    checksquare(A)
    ishermitian(A) || return not_hermitian(A, check)
    f, info = lapack_items(M) ? lapack(Base.lapack_cholesky, M) : cholesky_generic!(M)
    check && info != 0 && throw(PosDefException(info))
    uplo = A isa HermOrSym ? A.uplo : 'U'
    uplo == 'L' && (f = copy_matrix(f'))
    Cholesky(f, uplo, info)
end
"`cholesky!(A)`: as `cholesky`; `A` is overwritten, and so must be able to hold the factors."
function cholesky!(A::AbstractMatrix, pivot=NoPivot(); kw...)
    F = cholesky(A, pivot isa Val{true} ? RowMaximum() : pivot isa Val{false} ? NoPivot() : pivot; kw...)
    F isa Cholesky && !issuccess(F) && return F
    B = A isa HermOrSym ? A.data : A
    B isa Union{Matrix,SubArray,Diagonal} || return F
    if B isa Matrix && eltype(B) === eltype(F)
        n = size(B, 1)
        for j in 1:n # the other triangle stays what it is
            first, count = F.uplo == 'U' ? (1, j) : (j, n - j + 1)
            copyto!(B, (j - 1) * n + first, F.factors, (j - 1) * n + first, count)
        end
        return with_factors(F, B)
    end
    for i in axes(B, 1), j in axes(B, 2)
        (i == j || !(B isa Diagonal)) && (B[i, j] = F.factors[i, j])
    end
    F
end
with_factors(F::Cholesky, M) = Cholesky(M, F.uplo, F.info)
with_factors(F::CholeskyPivoted, M) = CholeskyPivoted(M, F.uplo, F.piv, F.rank, F.tol, F.info)
function cholesky_generic!(M)
    n = size(M, 1)
    for k in 1:n
        for i in 1:k-1
            s = M[i, k]
            for l in 1:i-1
                s -= M[l, i]' * M[l, k]
            end
            M[i, k] = M[i, i]' \ s
        end
        d = M[k, k]
        for l in 1:k-1
            d -= M[l, k]' * M[l, k]
        end
        root, info = pivot_root(d)
        info == 0 || return M, info == 1 ? k : info
        M[k, k] = root
        for j in 1:k-1
            M[k, j] = zero(M[k, j])
        end
    end
    M, 0
end
pivot_root(d::Number) = real(d) > 0 ? (oftype(d, sqrt(real(d))), 0) : (d, 1)
pivot_root(d::AbstractMatrix) = (F = cholesky(Hermitian(d); check=false); (copy_matrix(F.U), F.info == 0 ? 0 : 1))

# P'*A*P = U'*U, the greatest pivot that is left coming next, as long as one is above the tolerance.
function cholesky_pivoted!(M, tol)
    n = size(M, 1)
    p = collect(1:n)
    d = [real(M[i, i]) for i in 1:n]
    top = maximum(d; init=zero(eltype(d)))
    limit = tol < 0 ? n * eps(float(real(one(eltype(M))))) * top : tol
    for k in 1:n
        q = k - 1 + argmax(view(d, k:n))
        if !(d[q] > limit)
            for j in k:n, i in 1:n
                i > j && (M[i, j] = zero(eltype(M)))
            end
            return M, p, k - 1, 1
        end
        if q != k
            exchange_both!(M, k, q)
            p[k], p[q] = p[q], p[k]
            d[k], d[q] = d[q], d[k]
        end
        r = sqrt(d[k])
        M[k, k] = r
        for j in k+1:n
            s = M[k, j]
            for l in 1:k-1
                s -= conj(M[l, k]) * M[l, j]
            end
            M[k, j] = s / r
            d[j] -= abs2(M[k, j])
        end
        for i in k+1:n
            M[i, k] = zero(eltype(M))
        end
    end
    M, p, n, 0
end
# Exchange rows and columns k < q of the Hermitian matrix whose upper triangle stands in M, below rows that are done.
function exchange_both!(M, k, q)
    n = size(M, 1)
    for i in 1:k-1
        M[i, k], M[i, q] = M[i, q], M[i, k]
    end
    M[k, k], M[q, q] = M[q, q], M[k, k]
    for j in q+1:n
        M[k, j], M[q, j] = M[q, j], M[k, j]
    end
    for j in k+1:q-1
        M[k, j], M[j, q] = conj(M[j, q]), conj(M[k, j])
    end
    M[k, q] = conj(M[k, q])
end

issuccess(F::AnyCholesky) = F.info == 0
isposdef(F::Union{Cholesky,CholeskyPivoted}) = F.info == 0
rank(F::CholeskyPivoted) = F.rank
chkfullrank(F::CholeskyPivoted) = F.rank < size(F, 1) ? throw(RankDeficientException(F.info)) : nothing
Base.copy(F::AnyCholesky) = with_factors(F, copy(F.factors))
Base.size(F::AnyCholesky) = size(getfield(F, :factors))
function Base.getproperty(F::AnyCholesky, s::Symbol)
    f, up = getfield(F, :factors), getfield(F, :uplo) == 'U'
    s === :U && return UpperTriangular(up ? f : copy_matrix(f'))
    s === :L && return LowerTriangular(up ? copy_matrix(f') : f)
    s === :UL && F isa Cholesky && return up ? UpperTriangular(f) : LowerTriangular(f)
    F isa CholeskyPivoted && s === :p && return getfield(F, :piv)
    F isa CholeskyPivoted && s === :P && return (n = size(f, 1); Matrix{eltype(f)}(I, n, n)[:, invperm(getfield(F, :piv))]')
    getfield(F, s)
end
Base.propertynames(::Cholesky, private::Bool=false) = (:U, :L, :UL, (private ? (:factors, :uplo, :info) : ())...)
Base.propertynames(::CholeskyPivoted, private::Bool=false) = (:U, :L, :p, :P, (private ? (:factors, :uplo, :piv, :rank, :tol, :info) : ())...)
Base.iterate(F::AnyCholesky) = (F.L, Val(:U))
Base.iterate(F::AnyCholesky, ::Val{:U}) = (F.U, Val(:done))
Base.iterate(F::AnyCholesky, ::Val{:done}) = nothing
factor_product(F::Cholesky) = copy_matrix(F.L) * copy_matrix(F.U)
function factor_product(F::CholeskyPivoted)
    r, q = F.rank, invperm(F.piv)
    L = copy_matrix(F.L)[:, 1:r]
    (L*L')[q, q]
end
Base.AbstractMatrix(F::Cholesky) = factor_product(F)
function Base.:\(F::Cholesky, B::AbstractVecOrMat)
    issuccess(F) || throw(PosDefException(F.info))
    F.U \ (F.L \ B)
end
function Base.:\(F::CholeskyPivoted, B::AbstractVecOrMat)
    chkfullrank(F)
    X = F.U \ (F.L \ (B isa AbstractVector ? B[F.piv] : B[F.piv, :]))
    q = invperm(F.piv)
    X isa AbstractVector ? X[q] : X[q, :]
end
Base.:/(x::AdjOrTransAbsVec, F::AnyCholesky) = (F \ vec(copy_matrix(x')))'
function Base.:/(B::AbstractMatrix, F::AnyCholesky)
    check_quotient(B, F)
    copy_matrix((F \ copy_matrix(B'))')
end
check_quotient(B, F) = size(B, 2) == size(F, 2) || throw(DimensionMismatch("the left hand side has $(size(B, 2)) columns, the matrix $(size(F, 2))"))
det(F::Cholesky) = abs2(prod(diag(F.factors)))
det(F::CholeskyPivoted) = F.rank < size(F, 1) ? zero(real(eltype(F))) : abs2(prod(diag(F.factors)))
logdet(F::Cholesky) = 2 * sum(x -> log(real(x)), diag(F.factors))
logdet(F::CholeskyPivoted) = F.rank < size(F, 1) ? real(eltype(F))(-Inf) : 2 * sum(x -> log(real(x)), diag(F.factors))
logabsdet(F::AnyCholesky) = (logdet(F), one(eltype(F)))
function Base.show(io::IO, mime::MIME"text/plain", F::Cholesky)
    issuccess(F) || return print(io, "Failed factorization of type ", typeof(F))
    summary(io, F)
    println(io)
    show_factor(io, F.uplo, F.UL)
end
function Base.show(io::IO, mime::MIME"text/plain", F::CholeskyPivoted)
    summary(io, F)
    println(io, "\n", F.uplo, " factor with rank ", F.rank, ":")
    show(io, mime, F.uplo == 'U' ? F.U : F.L)
    println(io, "\npermutation:")
    show(io, mime, F.p)
end

## changes by a vector

"`lowrankupdate(F, v)`: the Cholesky decomposition of `A + v*v'`, where `F` is that of `A`."
lowrankupdate(F::Cholesky, v::AbstractVector) = lowrankupdate!(copy(F), copy(v))
"`lowrankdowndate(F, v)`: the Cholesky decomposition of `A - v*v'`, where `F` is that of `A`."
lowrankdowndate(F::Cholesky, v::AbstractVector) = lowrankdowndate!(copy(F), copy(v))
# Row k of U, which is column k of L; conjugated for L, so that both read as U.
upper_item(F, k, j) = F.uplo == 'U' ? F.factors[k, j] : conj(F.factors[j, k])
put_upper!(F, k, j, x) = F.uplo == 'U' ? (F.factors[k, j] = x) : (F.factors[j, k] = conj(x))
check_update(F, v) = length(v) == size(F, 1) || throw(DimensionMismatch("updating vector must fit size of factorization"))
"`lowrankupdate!(F, v)`: `lowrankupdate` in place; `v` is overwritten."
function lowrankupdate!(F::Cholesky, v::AbstractVector)
    check_update(F, v)
    n = length(v)
    F.uplo == 'U' && conj!(v)
    for k in 1:n
        x = conj(v[k])
        G, r = givens(upper_item(F, k, k), F.uplo == 'U' ? v[k] : x, 1, 2)
        put_upper!(F, k, k, r)
        for j in k+1:n
            u, w = upper_item(F, k, j), F.uplo == 'U' ? v[j] : conj(v[j])
            put_upper!(F, k, j, G.c * u + G.s * w)
            w = -conj(G.s) * u + G.c * w
            v[j] = F.uplo == 'U' ? w : conj(w)
        end
    end
    F
end
"`lowrankdowndate!(F, v)`: `lowrankdowndate` in place; `v` is overwritten. If the result were not positive definite, an error."
function lowrankdowndate!(F::Cholesky, v::AbstractVector)
    check_update(F, v)
    n = length(v)
    w = conj.(v)
    for k in 1:n
        d = real(upper_item(F, k, k))
        s = conj(w[k] / d)
        s2 = abs2(s)
        s2 > 1 && throw(PosDefException(k))
        c = sqrt(1 - s2)
        put_upper!(F, k, k, c * d)
        for j in k+1:n
            u = upper_item(F, k, j)
            t = (u - s * w[j]) / c
            put_upper!(F, k, j, t)
            w[j] = c * w[j] - conj(s) * t
        end
    end
    copyto!(v, w)
    F
end
