# Norms, determinants, diagonals, predicates and functions of matrices.

"The error that a matrix cannot be inverted: a pivot, the `info`-th, is zero."
struct SingularException <: Exception
    info::Int
end
"The error that a matrix is not positive definite, or not Hermitian if `info` is -1."
struct PosDefException <: Exception
    info::Int
end
"The error that the `info`-th pivot is zero in a decomposition without exchanges."
struct ZeroPivotException <: Exception
    info::Int
end
"The error that a matrix has not the rank that is needed."
struct RankDeficientException <: Exception
    info::Int
end
"The error of a function by the names of LAPACK, and its number `info`."
struct LAPACKException <: Exception
    info::Int
end
Base.showerror(io::IO, e::SingularException) = print(io, "SingularException(", e.info, ")")
Base.showerror(io::IO, e::PosDefException) =
    print(io, "PosDefException: matrix is not ", e.info == -1 ? "Hermitian" : "positive definite", "; ", e.info == -1 ? "Factorization failed." : "Factorization failed.")
Base.showerror(io::IO, e::ZeroPivotException) = print(io, "ZeroPivotException: factorization encountered one or more zero pivots. Consider switching to a pivoted LU factorization.")

float_or_exact(::Type{T}) where {T} = T
float_or_exact(::Type{T}) where {T<:Integer} = float(T)
float_or_exact(::Type{Complex{T}}) where {T<:Integer} = Complex{float(T)}
# The items of A in a type with division.
divisible(A::AbstractArray) = divisible(A, eltype(A))
divisible(A, ::Type{T}) where {T<:Union{Integer,Complex{<:Integer}}} = convert(Array{float(T),ndims(A)}, plain_array(A))
divisible(A, ::Type{T}) where {T<:Number} = copyto!(Array{T}(undef, size(A)...), A)
divisible(A, ::Type{T}) where {T} = (B = identity.(plain_array(A)); eltype(B) !== T ? divisible(B) : isconcretetype(T) && hasmethod(/, Tuple{T,T}) ? B :
    throw(ArgumentError("cannot factorize a matrix with items of type $T")))
plain_array(A::Array) = A
plain_array(A::HermOrSym{<:Number,<:Matrix}) = Matrix(A)
plain_array(A) = [A[I] for I in CartesianIndices(A)]

# The product of the items in ranges of indices.
function dot(x::Vector{T}, rx::AbstractRange{<:Integer}, y::Vector{T}, ry::AbstractRange{<:Integer}) where {T<:BlasFloat}
    length(rx) == length(ry) || throw(DimensionMismatch("length of rx, $(length(rx)), does not equal length of ry, $(length(ry))"))
    dot(x[rx], y[ry])
end

## diagonals and triangles

"`diagind(A, k=0)`: the linear indices of the k-th diagonal of `A`."
diagind(m::Integer, n::Integer, k::Integer=0) = k <= 0 ? range(1 - k; step=m + 1, length=max(0, min(m + k, n))) : range(k * m + 1; step=m + 1, length=max(0, min(m, n - k)))
diagind(A::AbstractMatrix, k::Integer=0) = diagind(size(A, 1), size(A, 2), k)
"""
    diag(A, k=0)

The k-th diagonal of `A` as a vector; `k > 0` is above the main diagonal.
"""
diag(A::AbstractMatrix, k::Integer=0) = A[diagind(A, k)]
diag(D::Diagonal, k::Integer=0) = k == 0 ? copy(D.diag) : zeros(eltype(D), max(0, length(D.diag) - abs(k)))
"`diagview(A, k=0)`: a view of the k-th diagonal."
diagview(A::AbstractMatrix, k::Integer=0) = view(A, diagind(A, k))
"""
    diagm(k => v, ...)
    diagm(v)

The matrix with the vector `v` on its k-th diagonal, for each pair. `Diagonal(v)` stores only the diagonal.
"""
diagm(ps::Pair{<:Integer,<:AbstractVector}...) = diagm_of(nothing, ps)
diagm(m::Integer, n::Integer, ps::Pair{<:Integer,<:AbstractVector}...) = diagm_of((m, n), ps)
diagm(v::AbstractVector) = diagm(0 => v)
diagm(m::Integer, n::Integer, v::AbstractVector) = diagm(m, n, 0 => v)
function diagm_of(dims, ps)
    n = maximum(p -> length(p.second) + abs(p.first), ps)
    m, n = dims === nothing ? (n, n) : dims
    A = zeros(promote_type((eltype(p.second) for p in ps)...), m, n)
    for (k, v) in ps
        length(v) <= length(diagind(A, k)) || throw(DimensionMismatch("invalid matrix dimensions: ($m, $n)"))
        for (i, x) in zip(diagind(A, k), v)
            A[i] += x
        end
    end
    A
end
"`triu(A, k=0)`: a copy of `A` with zeros below its k-th diagonal."
triu(A::AbstractMatrix, k::Integer=0) = triu!(copyto!(similar(A, size(A)), A), k)
"`tril(A, k=0)`: a copy of `A` with zeros above its k-th diagonal."
tril(A::AbstractMatrix, k::Integer=0) = tril!(copyto!(similar(A, size(A)), A), k)
"`triu!(A, k=0)`: `triu` in place."
triu!(A::AbstractMatrix, k::Integer=0) = (for j in axes(A, 2), i in axes(A, 1); j - i < k && (A[i, j] = zero(A[i, j])); end; A)
"`tril!(A, k=0)`: `tril` in place."
tril!(A::AbstractMatrix, k::Integer=0) = (for j in axes(A, 2), i in axes(A, 1); j - i > k && (A[i, j] = zero(A[i, j])); end; A)
"`istriu(A, k=0)`: whether all below the k-th diagonal is zero."
istriu(A::AbstractMatrix, k::Integer=0) = all(iszero(A[i, j]) for j in axes(A, 2) for i in axes(A, 1) if j - i < k)
"`istril(A, k=0)`: whether all above the k-th diagonal is zero."
istril(A::AbstractMatrix, k::Integer=0) = all(iszero(A[i, j]) for j in axes(A, 2) for i in axes(A, 1) if j - i > k)
istriu(x::Number) = true
istril(x::Number) = true
"`isbanded(A, kl, ku)`: whether all outside of the diagonals `kl` to `ku` is zero."
isbanded(A::AbstractMatrix, kl::Integer, ku::Integer) = istriu(A, kl) && istril(A, ku)
"`isdiag(A)`: whether all off the diagonal is zero."
isdiag(A::AbstractMatrix) = isbanded(A, 0, 0)
isdiag(x::Number) = true
"`issymmetric(A)`: whether `A == transpose(A)`."
issymmetric(A::AbstractMatrix) = size(A, 1) == size(A, 2) && all(A[i, j] == transpose(A[j, i]) for j in axes(A, 2) for i in 1:j)
issymmetric(A::Matrix{<:Union{Float64,Float32,Int64}}) = ishermitian(A)
issymmetric(x::Number) = x == x
"`ishermitian(A)`: whether `A == A'`."
ishermitian(A::AbstractMatrix) = size(A, 1) == size(A, 2) && all(A[i, j] == adjoint(A[j, i]) for j in axes(A, 2) for i in 1:j)
# Most that are not differ in the first row.
ishermitian(A::Matrix{<:Union{Float64,Float32,Int64}}) = size(A, 1) == size(A, 2) && all(A[1, j] == A[j, 1] for j in 1:size(A, 2)) &&
    Base.array_equal(A, permutedims(A))
ishermitian(x::Number) = x == conj(x)
"`isposdef(A)`: whether `A` is Hermitian and all its eigenvalues are positive."
isposdef(A::AbstractMatrix) = ishermitian(A) && issuccess(cholesky(Hermitian(plain_array(A)); check=false))
isposdef(x::Number) = imag(x) == 0 && real(x) > 0
"`isposdef!(A)`: as `isposdef`; `A` may be overwritten."
isposdef!(A::AbstractMatrix) = isposdef(A)
isposdef!(A::Matrix{<:Union{AbstractFloat,Complex{<:AbstractFloat}}}) = ishermitian(A) && isposdef(cholesky!(Hermitian(A); check=false))
function Base.copyto!(A::AbstractMatrix, B::AdjOrTransAbsMat)
    size(A) == size(B) && !Base.mightalias(A, B) || return invoke(copyto!, Tuple{AbstractArray,AbstractArray}, A, B)
    for j in axes(B, 2), i in axes(B, 1)
        A[i, j] = B[i, j]
    end
    A
end
"`copytrito!(B, A, uplo)`: copy one triangle, `'U'` or `'L'`, of `A` to `B`."
copytrito!(B::AbstractMatrix, A::AbstractMatrix, uplo::AbstractChar) = (for j in axes(A, 2), i in axes(A, 1); (uplo == 'U' ? i <= j : i >= j) && (B[i, j] = A[i, j]); end; B)
"`copytri!(A, uplo, conjugate=false)`: copy one triangle of `A` to the other, transposed or, if asked for, adjoint."
function copytri!(A::AbstractMatrix, uplo::AbstractChar, conjugate::Bool=false)
    n = checksquare(A)
    uplo in ('U', 'L') || throw(ArgumentError("uplo argument must be 'U' (upper) or 'L' (lower), got $uplo"))
    for j in 1:n, i in 1:j-1
        a, b = uplo == 'U' ? (j, i) : (i, j)
        A[a, b] = conjugate ? adjoint(A[b, a]) : transpose(A[b, a])
    end
    A
end
Base.isone(A::AbstractMatrix) = size(A, 1) == size(A, 2) && all(((i, j),) -> i == j ? isone(A[i, j]) : iszero(A[i, j]), Iterators.product(axes(A)...))
Base.iszero(A::AbstractTriangular) = all(iszero, copy_matrix(A))

"`haszero(T)`: whether `zero(T)` is the one zero of a type."
haszero(::Type) = false
haszero(::Type{<:Number}) = true

## norms

"""
    norm(A, p=2)

The p-norm of the items of a collection, of whatever shape: `norm(A, Inf)` the greatest absolute value,
`norm(A, 1)` their sum, `norm(A, 0)` how many are not zero. Norms of a matrix as a map: `opnorm`.
"""
function norm(itr, p::Real=2)
    isempty(itr) && return float(norm(zero(eltype(itr))))
    p == 2 && return norm2(itr)
    p == 1 && return float(sum(norm, itr))
    p == Inf && return float(maximum(norm, itr))
    p == -Inf && return float(minimum(norm, itr))
    p == 0 && return float(count(!iszero, itr)) * one(float(real(norm(first(itr)))))
    m = float((p < 0 ? minimum : maximum)(norm, itr))
    (iszero(m) || isinf(m) || isnan(m)) && return m
    q = convert(promote_type(Float64, typeof(m)), p) # whose inverse is as precise as the items
    if -1 <= p <= 1 || m * m > 0 && isfinite(m * m)
        return oftype(m, sum(x -> float(norm(x))^q, itr)^inv(q))
    end
    oftype(m, m * sum(x -> (norm(x) / m)^q, itr)^inv(q))
end
function norm2(itr)
    m = float(maximum(norm, itr))
    (iszero(m) || isinf(m) || isnan(m)) && return m
    s = sum(x -> abs2_of(x), itr)
    isfinite(float(s)) && float(s) > floatmin(typeof(float(s))) * 1e16 && return sqrt(float(s))
    m * sqrt(sum(x -> (norm(x) / m)^2, itr))
end
function norm2(a::Array{T}) where {T<:Union{Float64,ComplexF64,Float32,ComplexF32}}
    s = Base.array_abs2(a)
    isfinite(s) && s > floatmin(Float64) * 1e16 ? real(T)(sqrt(s)) : invoke(norm2, Tuple{Any}, a)
end
abs2_of(x::Number) = abs2(float(x))
abs2_of(x) = norm(x)^2
norm(x::Number, p::Real=2) = p == 0 ? (isnan(x) ? abs(float(x)) : iszero(x) ? zero(float(real(x))) : one(float(real(x)))) : abs(float(x))
norm(::Missing, p::Real=2) = missing
"`norm(x, r)`: the 2-norm of the items of the vector `x` with the indices in the range `r`."
norm(x::AbstractVector, r::AbstractRange{<:Integer}) = norm(view(x, r))
norm(A::AdjOrTrans, p::Real=2) = norm(A.parent, p)
norm(D::Diagonal, p::Real=2) = norm(D.diag, p)

"""
    opnorm(A, p=2)

The norm of a matrix as a map between spaces with p-norms, for p = 1, 2 or Inf.
"""
function opnorm(A::AbstractMatrix, p::Real=2)
    isempty(A) && return float(real(zero(eltype(A))))
    p == 2 && return maximum(svdvals(A))
    p == 1 && return float(maximum(sum(norm, view(A, :, j)) for j in axes(A, 2)))
    p == Inf && return float(maximum(sum(norm, view(A, i, :)) for i in axes(A, 1)))
    throw(ArgumentError("invalid p-norm p=$p. Valid: 1, 2, Inf"))
end
opnorm(x::Number, p::Real=2) = norm(x)
opnorm(v::AbstractVector, p::Real=2) = opnorm(reshape(v, length(v), 1), p)
opnorm(v::AdjOrTransAbsVec, q::Real=2) = norm(v.parent, q == 1 ? Inf : q == Inf ? 1 : q / (q - 1))

"`normalize(a, p=2)`: `a` divided by its norm."
normalize(a::AbstractArray, p::Real=2) = (n = norm(a, p); isempty(a) ? float(copy(a)) : map(x -> by_norm(x, n, inv(n)), a))
# Times the inverse, as long as that is no infinity.
by_norm(x, n, inverse) = isinf(inverse) ? x / n : x * inverse
normalize(x::Number) = normalize(x, 2)
normalize(x::Number, p::Real) = x / norm(x, p)
"`normalize!(a, p=2)`: divide `a` by its norm, in place."
normalize!(a::AbstractArray, p::Real=2) = (n = norm(a, p); for i in eachindex(a); a[i] = by_norm(a[i], n, inv(n)); end; a)
"`tr(A)`: the sum of the diagonal of a square matrix."
function tr(A::AbstractMatrix)
    checksquare(A)
    isempty(A) && return Base.reduce_empty(Base.add_sum, eltype(A))
    A isa Matrix{<:Number} || return sum(tr(A[i, i]) for i in axes(A, 1))
    s = Base.reduce_first(Base.add_sum, A[1, 1])
    for i in 2:size(A, 1)
        s = Base.add_sum(s, A[i, i])
    end
    s
end
tr(x::Number) = x

## determinant, inverse, rank

"""
    det(A)

The determinant of a square matrix. Of integers it is a float; of rationals, and of BigInt, it is exact.
"""
function det(A::AbstractMatrix)
    checksquare(A)
    isempty(A) && return one(eltype(A))
    istriu(A) || istril(A) ? prod(x -> convert(float_or_exact(eltype(A)), x), diag(A)) : det(lu(A; check=false))
end
det(A::AbstractMatrix{BigInt}) = det_exact(A)
det(x::Number) = x
# Bareiss's elimination, which divides without remainder.
function det_exact(A)
    n = checksquare(A)
    M, sign, last = copy_matrix(A), 1, one(eltype(A))
    for k in 1:n-1
        if iszero(M[k, k])
            p = findfirst(i -> !iszero(M[i, k]), k+1:n)
            p === nothing && return zero(eltype(A))
            M[[k, k + p], :] = M[[k + p, k], :]
            sign = -sign
        end
        for i in k+1:n, j in k+1:n
            M[i, j] = div(M[i, j] * M[k, k] - M[i, k] * M[k, j], last)
        end
        last = M[k, k]
    end
    n == 0 ? one(eltype(A)) : sign * M[n, n]
end
"`logabsdet(A)`: the logarithm of the absolute determinant of `A`, and the sign."
logabsdet(A::AbstractMatrix) = logabsdet(lu(A; check=false))
"`logdet(A)`: the logarithm of the determinant of `A`, which must be positive."
function logdet(A::AbstractMatrix)
    d, s = logabsdet(A)
    d + log(s)
end
logdet(x::Number) = log(x)
logdet(J::UniformScaling) = isone(J.λ) ? zero(float(J.λ)) : iszero(J.λ) ? oftype(float(J.λ), -Inf) : throw(ArgumentError("Determinant of UniformScaling is only well-defined when λ = 0 or 1."))
diag(::AbstractVector) = throw(ArgumentError("use diagm instead of diag to construct a diagonal matrix"))

"""
    inv(A)

The inverse of a square matrix; a `SingularException` if there is none.
"""
Base.inv(A::AbstractMatrix) = inverse(A)
function inverse(A)
    n = checksquare(A)
    T = float_or_exact(eltype(A))
    istriu(A) && n > 0 && return Matrix(UpperTriangular(divisible(A)) \ identity_like(divisible(A)))
    istril(A) && n > 0 && return Matrix(LowerTriangular(divisible(A)) \ identity_like(divisible(A)))
    F = lu(A)
    T <: BlasReal ? lapack(Base.lapack_inverse, divisible(A))[1] : F \ Matrix{T}(I, n, n)
end

"""
    A \\ B

The solution `X` of `A*X == B`: of a square system exactly, else in the sense of least squares, the
shortest if there are several.
"""
Base.:\(A::AbstractMatrix, B::AbstractVecOrMat) = solve(A, B)
Base.:\(a::AbstractVector, B::AbstractVecOrMat) = (x = solve(reshape(a, length(a), 1), B); B isa AbstractVector ? x[1] : x)
function solve(A, B)
    size(A, 1) == size(B, 1) || throw(DimensionMismatch("arguments must have the same number of rows"))
    if size(A, 1) == size(A, 2)
        istriu(A) && return istril(A) ? Diagonal(diag(A)) \ B : UpperTriangular(A) \ B
        istril(A) && return LowerTriangular(A) \ B
        return lu(A) \ B
    end
    least_squares(A, B)
end
least_squares(A, B) = qr(A, ColumnNorm()) \ B
"""
    A / B

The solution `X` of `X*B == A`.
"""
Base.:/(A::AbstractVecOrMat, B::AbstractVecOrMat) = copy(adjoint(adjoint(B) \ adjoint(A)))
Base.:/(x::AdjOrTransAbsVec, B::AbstractMatrix) = wrap_as(x, wrap_as(x, B) \ x.parent)
Base.:\(x::AdjOrTransAbsVec, y::AdjOrTransAbsVec) = pinv(x) * y
Base.:/(x::Number, v::AbstractVector) = x * pinv(v)

"""
    pinv(A; rtol, atol)

The Moore-Penrose pseudoinverse: of singular values that are not above `max(atol, rtol*largest)` the inverse is zero.
"""
function pinv(A::AbstractMatrix{T}; atol::Real=0.0, rtol::Real=eps(real(float(one(T)))) * min(size(A)...) * iszero(atol)) where {T}
    isempty(A) && return zeros(float(T), reverse(size(A)))
    if isdiag(A)
        m = maximum(abs, diag(A))
        P = zeros(float(T), reverse(size(A)))
        for i in 1:min(size(A)...)
            abs(A[i, i]) > max(rtol * m, atol) && (P[i, i] = inv(A[i, i]))
        end
        return P
    end
    F = svd(A)
    tol = max(rtol * maximum(F.S), atol)
    s = [x > tol ? inv(x) : zero(x) for x in F.S]
    F.V * (s .* F.U')
end
pinv(A::AbstractMatrix, rtol::Real) = pinv(A; rtol=rtol)
pinv(v::AdjOrTransAbsVec) = wrap_as(v, pinv(v.parent))
function pinv(v::AbstractVector{T}, tol::Real=real(zero(T))) where {T}
    row = similar(v, typeof(zero(T) / (abs2(one(T)) + abs2(one(T)))))'
    s = sum(abs2, v)
    iszero(s) || tol >= one(tol) ? fill!(row, zero(eltype(row))) : (row .= v' ./ s)
end
pinv(x::Number) = finite_inverse(x)
pinv(D::Diagonal) = Diagonal(map(finite_inverse, D.diag))
function pinv(D::Diagonal, tol::Real)
    least = tol * maximum(abs, D.diag; init=0.0)
    Diagonal(map(x -> abs(x) > least ? finite_inverse(x) : zero(float(x)), D.diag))
end
# The inverse, and zero for what has none.
finite_inverse(x) = (y = inv(float(x)); isfinite(y) ? y : zero(y))

"`peakflops(n=4096; ntrials=3)`: how many operations on numbers a second the product of two matrices reaches."
function peakflops(n::Integer=4096; eltype::DataType=Float64, ntrials::Integer=3, parallel::Bool=false)
    A = fill!(Matrix{eltype}(undef, n, n), one(eltype))
    2.0 * n^3 / minimum(@elapsed(A * A) for _ in 1:ntrials)
end

"`rank(A; atol, rtol)`: how many singular values of `A` are above `max(atol, rtol*largest)`."
function rank(A::AbstractMatrix; atol::Real=0.0, rtol::Real=(min(size(A)...) * eps(real(float(one(eltype(A)))))) * iszero(atol))
    isempty(A) && return 0
    s = svdvals(A)
    count(>(max(atol, rtol * s[1])), s)
end
rank(A::AbstractMatrix, tol::Real) = rank(A; rtol=tol)
rank(x::Number; kw...) = iszero(x) ? 0 : 1
"`nullspace(A)`: a basis, in columns, of the vectors that `A` maps to zero."
function nullspace(A::AbstractVecOrMat; atol::Real=0.0, rtol::Real=(min(size(A, 1), size(A, 2)) * eps(real(float(one(eltype(A)))))) * iszero(atol))
    M = A isa AbstractVector ? reshape(A, length(A), 1) : A
    isempty(M) && return Matrix{float(eltype(A))}(I, size(M, 2), size(M, 2))
    F = svd(M; full=true)
    k = count(>(max(atol, F.S[1] * rtol)), F.S)
    copy_matrix(F.Vt[k+1:end, :]')
end
nullspace(A::AbstractVecOrMat, tol::Real) = nullspace(A; rtol=tol)
"`cond(A, p=2)`: the condition number of `A` in the p-norm."
function cond(A::AbstractMatrix, p::Real=2)
    if p == 2
        s = svdvals(A)
        isempty(s) && return float(real(zero(eltype(A))))
        return iszero(s[end]) ? oftype(s[1], Inf) : s[1] / s[end]
    end
    checksquare(A)
    F = lu(A; check=false)
    issuccess(F) ? opnorm(A, p) * opnorm(inv(A), p) : oftype(float(real(one(eltype(A)))), Inf)
end
cond(x::Number, p::Real=2) = iszero(x) ? Inf : one(float(real(x)))
condskeel(A::AbstractMatrix, x::AbstractVector, p::Real=Inf) = norm(abs.(inv(A)) * (abs.(A) * abs.(x)), p) / norm(x, p)
"`condskeel(A, [x,] p=Inf)`: Skeel's condition number in the p-norm, of `A` or, with a vector, of solving `A*y == x`."
condskeel(A::AbstractMatrix, p::Real=Inf) = opnorm(abs.(inv(A)) * abs.(A), p)

## functions of matrices

"`sylvester(A, B, C)`: the solution `X` of `A*X + X*B + C == 0`."
function sylvester(A::AbstractMatrix, B::AbstractMatrix, C::AbstractMatrix)
    m, n = size(C)
    reshape(-((kron(Matrix(I, n, n), A) + kron(transpose(B), Matrix(I, m, m))) \ vec(copy_matrix(C))), m, n)
end
"`lyap(A, C)`: the solution `X` of `A*X + X*A' + C == 0`."
lyap(A::AbstractMatrix, C::AbstractMatrix) = sylvester(A, copy_matrix(A'), C)
lyap(a::Union{Real,Complex}, c::Union{Real,Complex}) = -c / (2 * real(a))
sylvester(a::Union{Real,Complex}, b::Union{Real,Complex}, c::Union{Real,Complex}) = -c / (a + b)
