# Eigenvalues and singular values, Schur and Hessenberg forms.

"""
    Eigen

What `eigen` returns: `values` and, in its columns, `vectors`.
"""
struct Eigen{T,V,S<:AbstractMatrix,U<:AbstractVector} <: Factorization{T}
    values::U
    vectors::S
end
"`GeneralizedEigen`: what `eigen(A, B)` returns, `values` and `vectors` with `A*v == λ*B*v`."
struct GeneralizedEigen{T,V,S<:AbstractMatrix,U<:AbstractVector} <: Factorization{T}
    values::U
    vectors::S
end
const AnyEigen = Union{Eigen,GeneralizedEigen}
make_eigen(values, vectors) = Eigen{eltype(vectors),eltype(values),typeof(vectors),typeof(values)}(values, vectors)
Base.iterate(F::AnyEigen) = (F.values, Val(:vectors))
Base.iterate(F::AnyEigen, ::Val{:vectors}) = (F.vectors, Val(:done))
Base.iterate(F::AnyEigen, ::Val{:done}) = nothing
Base.size(F::AnyEigen) = size(F.vectors)
factor_product(F::Eigen) = (F.vectors .* transpose(F.values)) / F.vectors
Base.inv(F::Eigen) = (F.vectors ./ transpose(F.values)) / F.vectors
det(F::Eigen) = prod(F.values)
isposdef(F::Eigen) = all(x -> isreal(x) && real(x) > 0, F.values)
function Base.show(io::IO, mime::MIME"text/plain", F::AnyEigen)
    summary(io, F)
    println(io, "\nvalues:")
    show(io, mime, F.values)
    println(io, "\nvectors:")
    show(io, mime, F.vectors)
end

"""
    eigen(A; sortby)
    eigen(A, B)

Eigenvalues and eigenvectors of a square matrix; of a pair, those of `inv(B)*A`. They are ordered by real part,
then imaginary part. Of a `Symmetric` or `Hermitian` matrix, and of one that happens to be so, the values are real.
"""
function eigen(A::AbstractMatrix; sortby=eig_order, permute::Bool=true, scale::Bool=true)
    checksquare(A)
    check_finite(A)
    ishermitian(A) && return eigen_hermitian(A, sortby)
    values, vectors = eigen_general(A)
    p = sortby === nothing ? collect(eachindex(values)) : sortperm(values; by=sortby)
    make_eigen(values[p], vectors[:, p])
end
function eigen(A::AbstractMatrix, B::AbstractMatrix; sortby=eig_order)
    w, V = eigen_of_pair(A, B, sortby)
    GeneralizedEigen{eltype(V),eltype(w),typeof(V),typeof(w)}(w, V)
end
eigen(a::Number, b::Number; kw...) = eigen(fill(a, 1, 1), fill(b, 1, 1); kw...)
eigen(x::Number; kw...) = make_eigen([x], fill(one(x), 1, 1))
eigen(D::Diagonal; sortby=nothing, kw...) = (p = sortby === nothing ? collect(eachindex(D.diag)) : sortperm(D.diag; by=sortby); make_eigen(D.diag[p], Matrix{eltype(D)}(I, size(D)...)[:, p]))
check_finite(A) = all(isfinite, plain_array(A)) || throw(ArgumentError("matrix contains Infs or NaNs"))
"`eigen!(A)`: as `eigen`; `A` may be overwritten."
eigen!(A::AbstractMatrix; kw...) = eigen(A; kw...)
eig_order(x::Real) = x
eig_order(x::Complex) = (real(x), imag(x))
function eigen_hermitian(A, sortby=nothing)
    M = divisible(A, float_type(eltype(A)))
    w, V = lapack_items(M) ? lapack(Base.lapack_symeig, M, true) : machine_complex(M) ? complex_eigen_hermitian(M) : jacobi_eigen(M)
    p = sortperm(w)
    make_eigen(w[p], V[:, p])
end
# The values alone, which take a fraction of the time.
function values_hermitian(A)
    M = divisible(A, float_type(eltype(A)))
    lapack_items(M) ? sort!(lapack(Base.lapack_symeig, M, false)[1]) : eigen_hermitian(A).values
end
# Values and vectors of a matrix without symmetry.
function eigen_general(A)
    M = divisible(A, float_type(eltype(A)))
    lapack_items(M) || return complex_eigen(M)
    wr, wi, V = lapack(Base.lapack_eig, M, true)
    all(iszero, wi) && return wr, V
    n = length(wr)
    W = zeros(complex(eltype(M)), n, n)
    j = 1
    while j <= n
        if wi[j] == 0
            W[:, j] = V[:, j]
            j += 1
        else
            W[:, j] = complex.(V[:, j], V[:, j+1])
            W[:, j+1] = complex.(V[:, j], -V[:, j+1])
            j += 2
        end
    end
    complex.(wr, wi), W
end
"`eigvals(A)`: the eigenvalues of `A`, ordered as in `eigen`."
function eigvals(A::AbstractMatrix; sortby=eig_order, permute::Bool=true, scale::Bool=true)
    checksquare(A)
    check_finite(A)
    ishermitian(A) && return values_hermitian(A)
    M = divisible(A, float_type(eltype(A)))
    if lapack_items(M)
        wr, wi, _ = lapack(Base.lapack_eig, M, false)
        w = all(iszero, wi) ? wr : complex.(wr, wi)
    else
        w = complex_eigen(M)[1]
    end
    sortby === nothing ? w : sort(w; by=sortby)
end
eigvals(A::AbstractMatrix, B::AbstractMatrix; kw...) = eigen(A, B; kw...).values
eigvals(D::Diagonal{<:Number}; kw...) = copy(D.diag)
eigvals(x::Number; kw...) = imag(x) == 0 ? real(x) : x
eigvals(a::Number, b::Number; kw...) = eigvals(fill(a, 1, 1), fill(b, 1, 1); kw...)
eigvals(F::AnyEigen) = F.values
# Some of the values of a Hermitian matrix: by their numbers, or those in an interval.
const SomeHermitian = Union{RealHermSymComplexHerm,SymTridiagonal{<:Real}}
eigvals(A::SomeHermitian, r::UnitRange; kw...) = (check_numbers(A, r); eigvals(A; kw...)[r])
eigvals(A::SomeHermitian, low::Real, high::Real; kw...) = (check_interval(low, high); filter(x -> low < x <= high, eigvals(A; kw...)))
check_numbers(A, r) = 1 <= first(r) <= last(r) <= size(A, 1) ||
    throw(ArgumentError("illegal choice of eigenvalue indices (il = $(first(r)), iu = $(last(r))), which must be between 1 and n = $(size(A, 1))"))
check_interval(low, high) = low < high || throw(ArgumentError("lower boundary, $(float(low)), must be less than upper boundary, $(float(high))"))
eigen(A::SomeHermitian, r::UnitRange; kw...) = (check_numbers(A, r); F = eigen(A; kw...); make_eigen(F.values[r], F.vectors[:, r]))
eigen(A::SomeHermitian, low::Real, high::Real; kw...) = (check_interval(low, high); F = eigen(A; kw...); p = findall(x -> low < x <= high, F.values); make_eigen(F.values[p], F.vectors[:, p]))
"`eigvals!(A)`: as `eigvals`; `A` may be overwritten."
eigvals!(A::AbstractMatrix; kw...) = eigvals(A; kw...)
eigvals!(A::AbstractMatrix, B::AbstractMatrix; kw...) = eigvals(A, B; kw...)
"`eigvecs(A)`: the eigenvectors of `A` in columns."
eigvecs(A::AbstractMatrix; kw...) = eigen(A; kw...).vectors
eigvecs(A::AbstractMatrix, B::AbstractMatrix; kw...) = eigen(A, B; kw...).vectors
# The vectors of some of the values.
function eigvecs(A::SymTridiagonal{<:Real}, values::Vector{<:Real})
    F = eigen(A)
    F.vectors[:, [argmin(abs.(F.values .- x)) for x in values]]
end
eigvecs(F::AnyEigen) = F.vectors
"`eigmax(A)`: the greatest eigenvalue, which must be real, as all others."
eigmax(A::Union{Number,AbstractMatrix}; kw...) = (v = eigvals(A; kw...); eltype(v) <: Complex ? throw(DomainError(A, "`A` cannot have complex eigenvalues.")) : maximum(v))
"`eigmin(A)`: the least eigenvalue, which must be real, as all others."
eigmin(A::Union{Number,AbstractMatrix}; kw...) = (v = eigvals(A; kw...); eltype(v) <: Complex ? throw(DomainError(A, "`A` cannot have complex eigenvalues.")) : minimum(v))

# Jacobi's method for Hermitian matrices of any kind of number.
function jacobi_eigen(M)
    n = size(M, 1)
    A, V = copy(M), Matrix{eltype(M)}(I, n, n)
    tol = eps(float(real(one(eltype(M)))))
    for sweep in 1:60
        off = sum(abs2(A[i, j]) for i in 1:n for j in 1:n if i != j; init=zero(real(eltype(A))))
        off <= (tol * norm(A))^2 && break
        for p in 1:n-1, q in p+1:n
            iszero(A[p, q]) && continue
            g = abs(A[p, q])
            ph = A[p, q] / g
            θ = (real(A[q, q]) - real(A[p, p])) / (2g)
            t = (θ >= 0 ? 1 : -1) / (abs(θ) + sqrt(1 + θ^2))
            c = 1 / sqrt(1 + t^2)
            s = t * c
            for k in 1:n # columns
                x, y = A[k, p], A[k, q]
                A[k, p], A[k, q] = c * x - s * conj(ph) * y, s * ph * x + c * y
                x, y = V[k, p], V[k, q]
                V[k, p], V[k, q] = c * x - s * conj(ph) * y, s * ph * x + c * y
            end
            for k in 1:n # rows
                x, y = A[p, k], A[q, k]
                A[p, k], A[q, k] = c * x - s * ph * y, s * conj(ph) * x + c * y
            end
        end
    end
    [real(A[i, i]) for i in 1:n], V
end

# The QR method with shifts for a complex matrix: Schur form T and Z with A = Z*T*Z'.
function complex_schur(M)
    n = size(M, 1)
    T = complex.(copy(M))
    Z = Matrix{eltype(T)}(I, n, n)
    tol = eps(float(real(one(real(eltype(T))))))
    hi, tries = n, 0
    small = tol * norm(T)
    while hi > 1
        l = hi
        while l > 1 && abs(T[l, l-1]) > tol * (abs(T[l, l]) + abs(T[l-1, l-1]) + small)
            l -= 1
        end
        l > 1 && (T[l, l-1] = 0)
        if l == hi
            hi, tries = hi - 1, 0
            continue
        end
        tries += 1
        tries > 300 && throw(LAPACKException(hi))
        a, b, c, d = T[hi-1, hi-1], T[hi-1, hi], T[hi, hi-1], T[hi, hi]
        h, disc = (a + d) / 2, sqrt(((a - d) / 2)^2 + b * c)
        μ = abs(h + disc - d) < abs(h - disc - d) ? h + disc : h - disc
        tries % 20 == 0 && (μ += abs(c))
        qr_step!(T, Z, l, hi, μ)
    end
    triu(T), Z
end
# With T - μ*I = Q*R in the rows and columns from l to hi: R*Q + μ*I. T has one diagonal below the main one.
function qr_step!(T, Z, l, hi, μ)
    n = size(T, 1)
    for k in l:hi
        T[k, k] -= μ
    end
    turns = Tuple{eltype(T),eltype(T)}[]
    for k in l:hi-1
        a, b = T[k, k], T[k+1, k]
        r = hypot(abs(a), abs(b))
        c, s = iszero(r) ? (one(a), zero(a)) : (a / r, b / r)
        push!(turns, (c, s))
        d, t = conj(c), conj(s)
        for j in k:n
            x, y = T[k, j], T[k+1, j]
            T[k, j] = d * x + t * y
            T[k+1, j] = c * y - s * x
        end
        T[k+1, k] = 0
    end
    for k in l:hi-1
        c, s = turns[k-l+1]
        turn_columns!(T, k, c, s, k + 1)
        turn_columns!(Z, k, c, s, n)
    end
    for k in l:hi
        T[k, k] += μ
    end
end
function turn_columns!(A, k, c, s, m)
    d, t = conj(c), conj(s)
    for i in 1:m
        x, y = A[i, k], A[i, k+1]
        A[i, k] = x * c + y * s
        A[i, k+1] = y * d - x * t
    end
end
function complex_eigen(M)
    n = size(M, 1)
    Q, H = n > 2 ? reduce_hessenberg(complex.(M)) : (Matrix{complex(eltype(M))}(I, n, n), complex.(M))
    T, Z = complex_schur(H)
    V = Q * Z * vectors_of_upper(T)
    for k in 1:n
        V[:, k] /= norm(V[:, k])
    end
    w = diag(T)
    eltype(M) <: Real && all(x -> abs(imag(x)) <= 10n * eps(real(eltype(T))) * norm(M), w) ? (real(w), real(V)) : (w, V)
end
# The eigenvectors of an upper triangular matrix.
function vectors_of_upper(T)
    n = size(T, 1)
    X = zeros(eltype(T), n, n)
    for k in 1:n
        X[k, k] = 1
        for i in k-1:-1:1
            s = T[i, k]
            for j in i+1:k-1
                s += T[i, j] * X[j, k]
            end
            d = T[k, k] - T[i, i]
            X[i, k] = s / (iszero(d) ? eps(real(eltype(T))) * (norm(T) + 1) : d)
        end
    end
    X
end
# Q and H with A = Q*H*Q', by reflections.
function reduce_hessenberg(M)
    n = size(M, 1)
    H, Q = copy(M), Matrix{eltype(M)}(I, n, n)
    for k in 1:n-2
        v = H[k+1:n, k]
        s = norm(v)
        iszero(s) && continue
        v[1] += (iszero(v[1]) ? one(v[1]) : v[1] / abs(v[1])) * s
        v /= norm(v)
        H[k+1:n, :] -= 2v * (v' * H[k+1:n, :])
        H[:, k+1:n] -= (H[:, k+1:n] * v) * (2v')
        Q[:, k+1:n] -= (Q[:, k+1:n] * v) * (2v')
        H[k+2:n, k] .= 0
    end
    Q, H
end

"""
    SVD

What `svd` returns: `U`, the singular values `S` and `Vt`, so that `U*Diagonal(S)*Vt == A`; `V` is `Vt'`.
"""
struct SVD{T,Tr,M<:AbstractArray{T},C<:AbstractVector{Tr}} <: Factorization{T}
    U::M
    S::C
    Vt::M
end
Base.getproperty(F::SVD, s::Symbol) = s === :V ? adjoint(getfield(F, :Vt)) : getfield(F, s)
Base.propertynames(::SVD, private::Bool=false) = (:U, :S, :V, :Vt)
Base.iterate(F::SVD) = (F.U, Val(:S))
Base.iterate(F::SVD, ::Val{:S}) = (F.S, Val(:V))
Base.iterate(F::SVD, ::Val{:V}) = (F.V, Val(:done))
Base.iterate(F::SVD, ::Val{:done}) = nothing
Base.size(F::SVD) = (size(F.U, 1), size(F.Vt, 2))
factor_product(F::SVD) = (k = length(F.S); (F.U[:, 1:k] .* transpose(F.S)) * F.Vt[1:k, :])
Base.:\(F::SVD, B::AbstractVecOrMat) = (k = count(>(eps(real(eltype(F))) * F.S[1]), F.S); F.Vt[1:k, :]' * ((F.U[:, 1:k]' * B) ./ F.S[1:k]))
"""
    svd(A; full=false)

The singular value decomposition of a matrix, values in falling order.
"""
function svd(A::AbstractMatrix; full::Bool=false, alg=nothing)
    check_finite(A)
    M = divisible(A, float_type(eltype(A)))
    U, S, Vt = lapack_items(M) ? lapack(Base.lapack_svd, M, true, full) : machine_complex(M) ? complex_svd(M, full) : jacobi_svd(M, full)
    SVD{eltype(U),eltype(S),typeof(U),typeof(S)}(U, S, Vt)
end
svd(v::AbstractVector; kw...) = svd(reshape(v, length(v), 1); kw...)
svd(x::Number; kw...) = (u = iszero(x) ? one(float(x)) : float(sign(x)); y = abs(float(x)); SVD{typeof(u),typeof(y),Matrix{typeof(u)},Vector{typeof(y)}}(fill(u, 1, 1), [y], fill(one(u), 1, 1)))
"`svd!(A)`: as `svd`; `A` may be overwritten."
svd!(A::AbstractMatrix; kw...) = svd(A; kw...)
"How a decomposition is computed. Those of LAPACK have names; here the numbers decide."
abstract type Algorithm end
"`DivideAndConquer()`, for `svd(A; alg)`: LAPACK's way by halves."
struct DivideAndConquer <: Algorithm end
"`QRIteration()`, for `svd(A; alg)` and `eigen`: LAPACK's way step by step."
struct QRIteration <: Algorithm end
"`RobustRepresentations()`, for `eigen` of a symmetric matrix: LAPACK's way by several representations."
struct RobustRepresentations <: Algorithm end
default_svd_alg(A) = DivideAndConquer()
default_eigen_alg(A) = DivideAndConquer()
Base.inv(F::SVD) = (k = findfirst(iszero, F.S); k === nothing || throw(SingularException(k)); F.V * (F.S .\ F.U'))
"`svdvals(A)`: the singular values of `A` in falling order."
function svdvals(A::AbstractMatrix)
    check_finite(A)
    M = divisible(A, float_type(eltype(A)))
    lapack_items(M) ? lapack(Base.lapack_svd, M, false, false)[2] : machine_complex(M) ? complex_svd(M, false)[2] : jacobi_svd(M, false)[2]
end
svdvals(v::AbstractVector) = [norm(v)]
svdvals(x::Number) = abs(x)
svdvals(A::SomeHermitian) = sort!(map(abs, eigvals(A)); rev=true)
svdvals(F::SVD) = F.S
"`svdvals!(A)`: as `svdvals`; `A` may be overwritten."
svdvals!(A::AbstractMatrix) = svdvals(A)
# U, S, V' of M by those of M', for an algorithm that wants rows in plenty.
function turned_svd(f, M, full)
    U, S, Vt = f(copy_matrix(M'), full)
    copy_matrix(Vt'), S, copy_matrix(U')
end
# One-sided Jacobi rotations.
function jacobi_svd(M, full)
    m, n = size(M)
    m < n && return turned_svd(jacobi_svd, M, full)
    A, V = copy(M), Matrix{eltype(M)}(I, n, n)
    tol = eps(float(real(one(eltype(M)))))
    for sweep in 1:60
        changed = false
        for p in 1:n-1, q in p+1:n
            α, β, γ = sum(abs2, A[:, p]), sum(abs2, A[:, q]), dot(A[:, p], A[:, q])
            g = abs(γ)
            (iszero(g) || g <= tol * sqrt(α * β)) && continue
            changed = true
            ph = γ / g
            ζ = (β - α) / (2g)
            t = (ζ >= 0 ? 1 : -1) / (abs(ζ) + sqrt(1 + ζ^2))
            c = 1 / sqrt(1 + t^2)
            s = c * t
            for B in (A, V), k in axes(B, 1)
                x, y = B[k, p], B[k, q]
                B[k, p], B[k, q] = c * x - s * conj(ph) * y, s * ph * x + c * y
            end
        end
        changed || break
    end
    S = [norm(A[:, j]) for j in 1:n]
    o = sortperm(S; rev=true)
    S, A, V = S[o], A[:, o], V[:, o]
    U = copy(A)
    for j in 1:n
        iszero(S[j]) || (U[:, j] /= S[j])
    end
    if full || any(iszero, S)
        k = count(!iszero, S)
        W = whole_q(qr(U[:, 1:k]).Q)
        U = hcat(U[:, 1:k], W[:, k+1:(full ? m : n)])
    end
    U, S, copy_matrix(V')
end
function Base.show(io::IO, mime::MIME"text/plain", F::SVD)
    summary(io, F)
    println(io)
    show_factor(io, "U", F.U)
    println(io, "\nsingular values:")
    show(io, mime, F.S)
    println(io)
    show_factor(io, "Vt", F.Vt)
end

"""
    Schur

What `schur` returns: `T` (or `Schur`), `Z` (or `vectors`) and `values`, so that `Z*T*Z' == A`.
"""
struct Schur{Ty,S<:AbstractMatrix{Ty},C<:AbstractVector} <: Factorization{Ty}
    T::S
    Z::S
    values::C
end
Base.getproperty(F::Schur, s::Symbol) = s === :Schur ? getfield(F, :T) : s === :vectors ? getfield(F, :Z) : getfield(F, s)
Base.propertynames(::Schur, private::Bool=false) = (:T, :Z, :values, :Schur, :vectors)
Base.iterate(F::Schur) = (F.T, Val(:Z))
Base.iterate(F::Schur, ::Val{:Z}) = (F.Z, Val(:values))
Base.iterate(F::Schur, ::Val{:values}) = (F.values, Val(:done))
Base.iterate(F::Schur, ::Val{:done}) = nothing
Base.size(F::Schur) = size(F.T)
factor_product(F::Schur) = F.Z * F.T * F.Z'
"`schur(A)`: the Schur decomposition of a square matrix."
function schur(A::AbstractMatrix)
    checksquare(A)
    M = divisible(A, float_type(eltype(A)))
    if lapack_items(M)
        T, Z, wr, wi = lapack(Base.lapack_schur, M)
        w = all(iszero, wi) ? wr : complex.(wr, wi)
        return Schur(T, Z, w)
    end
    Q, H = reduce_hessenberg(complex.(M))
    T, Z = complex_schur(H)
    Schur{eltype(T),typeof(T),Vector{eltype(T)}}(T, Q * Z, diag(T))
end
"`schur!(A)`: as `schur`; `A` may be overwritten."
schur!(A::AbstractMatrix) = schur(A)
function schur!(A::Matrix{T}) where {T}
    F = schur(A)
    eltype(F.T) === T ? Schur(copyto!(A, F.T), F.Z, F.values) : F
end
function Base.show(io::IO, mime::MIME"text/plain", F::Schur)
    summary(io, F)
    println(io)
    show_factor(io, "T", F.T)
    println(io)
    show_factor(io, "Z", F.Z)
    println(io, "\neigenvalues:")
    show(io, mime, F.values)
end

"""
    Hessenberg

What `hessenberg` returns: `H` and `Q`, so that `Q*H*Q' == A` and `H` is zero below its first subdiagonal.
"""
struct Hessenberg{T,SH<:AbstractMatrix,S<:AbstractMatrix} <: Factorization{T}
    H::SH
    Q::S
end
"`hessenberg(A)`: the Hessenberg decomposition of a square matrix."
function hessenberg(A::AbstractMatrix)
    checksquare(A)
    M = divisible(A, float_type(eltype(A)))
    if lapack_items(M)
        H, Q = lapack(Base.lapack_hessenberg, M)
    else
        Q, H = reduce_hessenberg(M)
    end
    U = UpperHessenberg(H)
    Hessenberg{eltype(H),typeof(U),typeof(Q)}(U, Q)
end
"`hessenberg!(A)`: as `hessenberg`; `A` may be overwritten."
hessenberg!(A::AbstractMatrix) = hessenberg(A)
with_hessenberg(H, F::Hessenberg) = (U = UpperHessenberg(H); Hessenberg{eltype(H),typeof(U),typeof(F.Q)}(U, F.Q))
# Adding a multiple of the identity, or taking a multiple, changes H alone.
Base.:+(F::Hessenberg, J::UniformScaling) = with_hessenberg(copy_matrix(F.H) + J, F)
Base.:+(J::UniformScaling, F::Hessenberg) = F + J
Base.:-(F::Hessenberg) = with_hessenberg(-copy_matrix(F.H), F)
Base.:-(F::Hessenberg, J::UniformScaling) = with_hessenberg(copy_matrix(F.H) - J, F)
Base.:-(J::UniformScaling, F::Hessenberg) = with_hessenberg(J - copy_matrix(F.H), F)
Base.:*(F::Hessenberg, x::Number) = with_hessenberg(copy_matrix(F.H) * x, F)
Base.:*(x::Number, F::Hessenberg) = with_hessenberg(x * copy_matrix(F.H), F)
Base.copy(F::Hessenberg) = with_hessenberg(copy(F.H.data), F)
Base.:\(F::Hessenberg, B::AbstractVecOrMat) = F.Q * (copy_matrix(F.H) \ (F.Q' * B))
det(F::Hessenberg) = det(copy_matrix(F.H))
logabsdet(F::Hessenberg) = logabsdet(copy_matrix(F.H))
logdet(F::Hessenberg) = logdet(copy_matrix(F.H))
Base.iterate(F::Hessenberg) = (F.Q, Val(:H))
Base.iterate(F::Hessenberg, ::Val{:H}) = (F.H, Val(:done))
Base.iterate(F::Hessenberg, ::Val{:done}) = nothing
Base.size(F::Hessenberg) = size(F.Q)
factor_product(F::Hessenberg) = F.Q * copy_matrix(F.H) * F.Q'
function Base.show(io::IO, mime::MIME"text/plain", F::Hessenberg)
    summary(io, F)
    println(io)
    show_factor(io, "Q", F.Q)
    println(io)
    show_factor(io, "H", F.H)
end
