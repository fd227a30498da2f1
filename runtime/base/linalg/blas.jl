# The module LinearAlgebra.BLAS: the functions by BLAS's names, done by those of LinearAlgebra for all kinds of numbers.

"`LinearAlgebra.BLAS`: products and the like by the names of BLAS: `gemm!`, `axpy!`, `nrm2`."
module BLAS

using ..LinearAlgebra
using ..LinearAlgebra: abs1, checksquare, copy_matrix, product

export asum, axpby!, axpy!, blascopy!, dot, dotc, dotu, gbmv, gbmv!, gemm, gemm!, gemmt, gemmt!, gemv, gemv!, ger!, geru!, hbmv, hbmv!, hemm, hemm!, hemv,
    hemv!, her!, her2k, her2k!, herk, herk!, hpmv!, iamax, nrm2, rot!, sbmv, sbmv!, scal, scal!, spmv!, spr!, symm, symm!, symv, symv!, syr!, syr2k,
    syr2k!, syrk, syrk!, trmm, trmm!, trmv, trmv!, trsm, trsm!, trsv, trsv!

## settings

"`get_num_threads()`: how many threads products use: one."
get_num_threads() = 1
"`set_num_threads(n)`: products use one thread, whatever `n` is."
set_num_threads(n::Union{Integer,Nothing}) = nothing
"`get_config()`: what does the products: there is no library behind them."
get_config() = "weft"
vendor() = :weft

import ..LinearAlgebra: BlasInt

## arguments

wrong(s) = throw(DimensionMismatch(s))
# A, its transpose or its adjoint, as BLAS names them.
op(t::AbstractChar, A) = t == 'N' ? A : t == 'T' ? transpose(A) : t == 'C' ? adjoint(A) :
    throw(ArgumentError("trans argument must be 'N' (no transpose), 'T' (transpose), or 'C' (conjugate transpose), got $t"))
function check_uplo(uplo::AbstractChar)
    uplo == 'U' || uplo == 'L' || throw(ArgumentError("uplo argument must be 'U' (upper) or 'L' (lower), got '$uplo'"))
    uplo == 'U'
end
# The symmetric, Hermitian or triangular matrix of which one triangle is given.
mirrored(f, uplo, A) = (up = check_uplo(uplo); n = checksquare(A); [i == j ? (f === adjoint ? f(A[i, i]) / 2 + A[i, i] / 2 : A[i, i]) : up == (i < j) ? A[i, j] : f(A[j, i]) for i in 1:n, j in 1:n])
function triangle(uplo, diag, A)
    up = check_uplo(uplo)
    diag == 'U' ? (up ? UnitUpperTriangular(A) : UnitLowerTriangular(A)) : (up ? UpperTriangular(A) : LowerTriangular(A))
end
triangle(uplo, trans, diag, A) = op(trans, triangle(uplo, diag, A))
# Store α*P + β*C in C, or in one of its triangles.
function put!(C, α, P, β, inside=(i, j) -> true)
    for j in axes(C, 2), i in axes(C, 1)
        inside(i, j) && (C[i, j] = iszero(β) ? α * P[i, j] : α * P[i, j] + β * C[i, j])
    end
    C
end
in_half(uplo) = check_uplo(uplo) ? (<=) : (>=)
fits(C, P) = (size(C, 1), size(C, 2)) == (size(P, 1), size(P, 2)) || wrong("the result has the size $(size(P)), the destination $(size(C))")
strided(n, x, inc) = view(x, range(inc < 0 ? 1 - (n - 1) * inc : 1; step=inc, length=n))
same_length(x, y) = length(x) == length(y) || wrong("dot product arguments have lengths $(length(x)) and $(length(y))")
dense(A) = A isa Array ? A : copy_matrix(A)
dense(v::AbstractVector) = v isa Vector ? v : collect(v)

## vectors

"`dot(x, y)`: the sum of products of two real vectors; `dotc` conjugates the first, `dotu` none."
dot(x::AbstractVector, y::AbstractVector) = (same_length(x, y); dotu(x, y))
dot(n::Integer, x::AbstractVector, ix::Integer, y::AbstractVector, iy::Integer) = dotu(n, x, ix, y, iy)
"`dotc(x, y)`: the sum of products of two vectors, the first conjugated."
dotc(x::AbstractVector, y::AbstractVector) = (same_length(x, y); sum(conj(a) * b for (a, b) in zip(x, y); init=zero(eltype(x))))
dotc(n::Integer, x::AbstractVector, ix::Integer, y::AbstractVector, iy::Integer) = dotc(strided(n, x, ix), strided(n, y, iy))
"`dotu(x, y)`: the sum of products of two vectors, none conjugated."
dotu(x::AbstractVector, y::AbstractVector) = (same_length(x, y); sum(a * b for (a, b) in zip(x, y); init=zero(eltype(x))))
dotu(n::Integer, x::AbstractVector, ix::Integer, y::AbstractVector, iy::Integer) = dotu(strided(n, x, ix), strided(n, y, iy))
"`nrm2(x)`: the 2-norm of a vector."
nrm2(x::AbstractArray) = norm(x)
nrm2(n::Integer, x::AbstractArray, inc::Integer) = norm(strided(n, x, inc))
"`asum(x)`: the sum of the absolute values, of complex numbers those of both parts."
asum(x::AbstractArray) = sum(abs1, x)
asum(n::Integer, x::AbstractArray, inc::Integer) = sum(abs1, strided(n, x, inc))
"`iamax(x)`: the index of the item that is greatest as `asum` counts."
iamax(x::AbstractArray) = argmax(map(abs1, vec(dense(x))))
iamax(n::Integer, x::AbstractArray, inc::Integer) = iamax(strided(n, x, inc))
"`scal!(a, x)`: `a*x`, in place."
scal!(a::Number, x::AbstractArray) = (for i in eachindex(x); x[i] *= a; end; x)
scal!(n::Integer, a::Number, x::AbstractArray, inc::Integer) = (scal!(a, strided(n, x, inc)); x)
"`scal(a, x)`: as `scal!`, in a new array."
scal(a::Number, x::AbstractArray) = scal!(a, copy(x))
scal(n::Integer, a::Number, x::AbstractArray, inc::Integer) = scal!(n, a, copy(x), inc)
"`axpy!(a, x, y)`: `a*x + y`, stored in `y`."
axpy!(a::Number, x::AbstractArray, y::AbstractArray) = LinearAlgebra.axpy!(a, x, y)
axpy!(n::Integer, a::Number, x::AbstractArray, ix::Integer, y::AbstractArray, iy::Integer) = (LinearAlgebra.axpy!(a, strided(n, x, ix), strided(n, y, iy)); y)
function axpy!(a::Number, x::AbstractArray, rx::AbstractRange{<:Integer}, y::AbstractArray, ry::AbstractRange{<:Integer})
    length(rx) == length(ry) || wrong("ranges of differing lengths")
    within(x, rx), within(y, ry)
    LinearAlgebra.axpy!(a, x, rx, y, ry)
end
within(x, r) = minimum(r) < 1 || maximum(r) > length(x) ? throw(ArgumentError("range out of bounds for x, of length $(length(x))")) : nothing
"`axpby!(a, x, b, y)`: `a*x + b*y`, stored in `y`."
axpby!(a::Number, x::AbstractArray, b::Number, y::AbstractArray) = LinearAlgebra.axpby!(a, x, b, y)
axpby!(n::Integer, a::Number, x::AbstractArray, ix::Integer, b::Number, y::AbstractArray, iy::Integer) = (LinearAlgebra.axpby!(a, strided(n, x, ix), b, strided(n, y, iy)); y)
"`blascopy!(n, x, ix, y, iy)`: copy every `ix`-th item of `x` to every `iy`-th of `y`."
blascopy!(n::Integer, x::AbstractArray, ix::Integer, y::AbstractArray, iy::Integer) = (strided(n, y, iy) .= strided(n, x, ix); y)
"`rot!(n, x, ix, y, iy, c, s)`: `x = c*x + s*y` and `y = -conj(s)*x + c*y`."
rot!(n::Integer, x::AbstractVector, ix::Integer, y::AbstractVector, iy::Integer, c, s) = (LinearAlgebra.rotate!(strided(n, x, ix), strided(n, y, iy), c, s); (x, y))
function copyto!(y::AbstractArray, ry::AbstractRange{<:Integer}, x::AbstractArray, rx::AbstractRange{<:Integer})
    length(rx) == length(ry) || wrong("ranges must be of the same length")
    within(x, rx), within(y, ry)
    y[ry] = x[rx]
    y
end

## a matrix and a vector

"`gemv!(t, α, A, x, β, y)`: `α*A*x + β*y`, stored in `y`; `t` is 'N', or 'T' or 'C' for the transpose or adjoint of `A`."
gemv!(t::AbstractChar, α::Number, A::AbstractMatrix, x::AbstractVector, β::Number, y::AbstractVector) = times_vector!(op(t, A), α, x, β, y)
function times_vector!(A, α, x, β, y)
    size(A, 2) == length(x) || wrong("A has $(size(A, 2)) columns, x has length $(length(x))")
    size(A, 1) == length(y) || wrong("A has $(size(A, 1)) rows, y has length $(length(y))")
    put!(y, α, product(dense(A), dense(x)), β)
end
"`gemv(t, A, x)`: as `gemv!`, in a new vector."
gemv(t::AbstractChar, A::AbstractMatrix, x::AbstractVector) = gemv(t, one(eltype(A)), A, x)
gemv(t::AbstractChar, α::Number, A::AbstractMatrix, x::AbstractVector) = gemv!(t, α, A, x, zero(eltype(A)), similar(x, eltype(A), size(A, t == 'N' ? 1 : 2)))
"`symv!(uplo, α, A, x, β, y)`: `α*A*x + β*y` for a symmetric `A`, stored in `y`; `hemv!` for a Hermitian one."
symv!(uplo::AbstractChar, α::Number, A::AbstractMatrix, x::AbstractVector, β::Number, y::AbstractVector) = times_vector!(mirrored(transpose, uplo, A), α, x, β, y)
"`symv(uplo, α, A, x)`: as `symv!`, in a new vector."
symv(uplo::AbstractChar, α::Number, A::AbstractMatrix, x::AbstractVector) = symv!(uplo, α, A, x, zero(eltype(A)), similar(x))
symv(uplo::AbstractChar, A::AbstractMatrix, x::AbstractVector) = symv(uplo, one(eltype(A)), A, x)
"`hemv!(uplo, α, A, x, β, y)`: as `symv!`, for a Hermitian `A`."
hemv!(uplo::AbstractChar, α::Number, A::AbstractMatrix, x::AbstractVector, β::Number, y::AbstractVector) = times_vector!(mirrored(adjoint, uplo, A), α, x, β, y)
"`hemv(uplo, α, A, x)`: as `hemv!`, in a new vector."
hemv(uplo::AbstractChar, α::Number, A::AbstractMatrix, x::AbstractVector) = hemv!(uplo, α, A, x, zero(eltype(A)), similar(x))
hemv(uplo::AbstractChar, A::AbstractMatrix, x::AbstractVector) = hemv(uplo, one(eltype(A)), A, x)
# Matrices of which only diagonals, or one triangle by columns, are stored.
banded(m, kl, ku, A) = [-kl <= j - i <= ku ? A[ku+1+i-j, j] : zero(eltype(A)) for i in 1:m, j in axes(A, 2)]
banded_half(uplo, k, A) = check_uplo(uplo) ? banded(size(A, 2), 0, k, A) : banded(size(A, 2), k, 0, A)
function packed(uplo, n, AP)
    up, k = check_uplo(uplo), 0
    length(AP) >= n * (n + 1) ÷ 2 || wrong("packed matrix has $(length(AP)) items, which are less than $(n * (n + 1) ÷ 2)")
    A = zeros(eltype(AP), n, n)
    for j in 1:n, i in (up ? (1:j) : (j:n))
        A[i, j] = AP[k+=1]
    end
    A
end
"`gbmv!(t, m, kl, ku, α, A, x, β, y)`: as `gemv!`, for a matrix with `m` rows whose diagonals stand in the rows of `A`."
gbmv!(t::AbstractChar, m::Integer, kl::Integer, ku::Integer, α::Number, A::AbstractMatrix, x::AbstractVector, β::Number, y::AbstractVector) =
    times_vector!(op(t, banded(m, kl, ku, A)), α, x, β, y)
"`gbmv(t, m, kl, ku, α, A, x)`: as `gbmv!`, in a new vector."
gbmv(t::AbstractChar, m::Integer, kl::Integer, ku::Integer, α::Number, A::AbstractMatrix, x::AbstractVector) =
    gbmv!(t, m, kl, ku, α, A, x, zero(eltype(A)), similar(x, t == 'N' ? m : size(A, 2)))
gbmv(t::AbstractChar, m::Integer, kl::Integer, ku::Integer, A::AbstractMatrix, x::AbstractVector) = gbmv(t, m, kl, ku, one(eltype(A)), A, x)
"`sbmv!(uplo, k, α, A, x, β, y)`: as `symv!`, for a matrix whose `k+1` diagonals stand in the rows of `A`; `hbmv!` as `hemv!`."
sbmv!(uplo::AbstractChar, k::Integer, α::Number, A::AbstractMatrix, x::AbstractVector, β::Number, y::AbstractVector) =
    times_vector!(mirrored(transpose, uplo, banded_half(uplo, k, A)), α, x, β, y)
"`sbmv(uplo, k, α, A, x)`: as `sbmv!`, in a new vector."
sbmv(uplo::AbstractChar, k::Integer, α::Number, A::AbstractMatrix, x::AbstractVector) = sbmv!(uplo, k, α, A, x, zero(eltype(A)), similar(x, size(A, 2)))
sbmv(uplo::AbstractChar, k::Integer, A::AbstractMatrix, x::AbstractVector) = sbmv(uplo, k, one(eltype(A)), A, x)
"`hbmv!(uplo, k, α, A, x, β, y)`: as `sbmv!`, for a Hermitian matrix."
hbmv!(uplo::AbstractChar, k::Integer, α::Number, A::AbstractMatrix, x::AbstractVector, β::Number, y::AbstractVector) =
    times_vector!(mirrored(adjoint, uplo, banded_half(uplo, k, A)), α, x, β, y)
"`hbmv(uplo, k, α, A, x)`: as `hbmv!`, in a new vector."
hbmv(uplo::AbstractChar, k::Integer, α::Number, A::AbstractMatrix, x::AbstractVector) = hbmv!(uplo, k, α, A, x, zero(eltype(A)), similar(x, size(A, 2)))
hbmv(uplo::AbstractChar, k::Integer, A::AbstractMatrix, x::AbstractVector) = hbmv(uplo, k, one(eltype(A)), A, x)
"`spmv!(uplo, α, AP, x, β, y)`: as `symv!`, for a triangle whose columns stand one after the other in `AP`; `hpmv!` as `hemv!`."
spmv!(uplo::AbstractChar, α::Number, AP::AbstractVector, x::AbstractVector, β::Number, y::AbstractVector) =
    times_vector!(mirrored(transpose, uplo, packed(uplo, length(y), AP)), α, x, β, y)
"`hpmv!(uplo, α, AP, x, β, y)`: as `spmv!`, for a Hermitian matrix."
hpmv!(uplo::AbstractChar, α::Number, AP::AbstractVector, x::AbstractVector, β::Number, y::AbstractVector) =
    times_vector!(mirrored(adjoint, uplo, packed(uplo, length(y), AP)), α, x, β, y)
"`spr!(uplo, α, x, AP)`: add `α*x*transpose(x)` to the symmetric matrix packed in `AP`."
function spr!(uplo::AbstractChar, α::Number, x::AbstractVector, AP::AbstractVector)
    up, k, n = check_uplo(uplo), 0, length(x)
    for j in 1:n, i in (up ? (1:j) : (j:n))
        AP[k+=1] += α * x[i] * x[j]
    end
    AP
end
"`trmv!(uplo, t, diag, A, x)`: the product of a triangle of `A` and `x`, stored in `x`; `trsv!` the solution."
trmv!(uplo::AbstractChar, t::AbstractChar, diag::AbstractChar, A::AbstractMatrix, x::AbstractVector) = (T = triangle(uplo, t, diag, A); check_order(T, x, 1); put!(x, true, product(dense(T), dense(x)), false))
"`trmv(uplo, t, diag, A, x)`: as `trmv!`, in a new vector."
trmv(uplo::AbstractChar, t::AbstractChar, diag::AbstractChar, A::AbstractMatrix, x::AbstractVector) = trmv!(uplo, t, diag, A, copy(x))
"`trsv!(uplo, t, diag, A, x)`: the solution with a triangle of `A`, stored in `x`."
trsv!(uplo::AbstractChar, t::AbstractChar, diag::AbstractChar, A::AbstractMatrix, x::AbstractVector) = (T = triangle(uplo, t, diag, A); check_order(T, x, 1); put!(x, true, T \ dense(x), false))
"`trsv(uplo, t, diag, A, x)`: as `trsv!`, in a new vector."
trsv(uplo::AbstractChar, t::AbstractChar, diag::AbstractChar, A::AbstractMatrix, x::AbstractVector) = trsv!(uplo, t, diag, A, copy(x))
check_order(T, x, d) = size(T, 1) == size(x, d) || wrong("A has size $(size(T)), but B has size $(size(x))")
"`ger!(α, x, y, A)`: add `α*x*y'` to `A`; `geru!` adds `α*x*transpose(y)`."
ger!(α::Number, x::AbstractVector, y::AbstractVector, A::AbstractMatrix) = add_product!(A, α, x, y, conj, (i, j) -> true)
"`geru!(α, x, y, A)`: add `α*x*transpose(y)` to `A`."
geru!(α::Number, x::AbstractVector, y::AbstractVector, A::AbstractMatrix) = add_product!(A, α, x, y, identity, (i, j) -> true)
"`syr!(uplo, α, x, A)`: add `α*x*transpose(x)` to a triangle of `A`; `her!` adds `α*x*x'`."
syr!(uplo::AbstractChar, α::Number, x::AbstractVector, A::AbstractMatrix) = (checksquare(A); add_product!(A, α, x, x, identity, in_half(uplo)))
"`her!(uplo, α, x, A)`: add `α*x*x'` to a triangle of `A`."
her!(uplo::AbstractChar, α::Real, x::AbstractVector, A::AbstractMatrix) = (checksquare(A); real_diagonal!(add_product!(A, α, x, x, conj, in_half(uplo))))
function add_product!(A, α, x, y, f, inside)
    size(A) == (length(x), length(y)) || wrong("A has size $(size(A)), x has length $(length(x)), y has length $(length(y))")
    for j in axes(A, 2), i in axes(A, 1)
        inside(i, j) && (A[i, j] += α * x[i] * f(y[j]))
    end
    A
end
real_diagonal!(A) = (for i in axes(A, 1); A[i, i] = real(A[i, i]); end; A)

## two matrices

"`gemm!(tA, tB, α, A, B, β, C)`: `α*A*B + β*C`, stored in `C`; `tA` and `tB` are 'N', 'T' or 'C'."
function gemm!(tA::AbstractChar, tB::AbstractChar, α::Number, A::AbstractVecOrMat, B::AbstractVecOrMat, β::Number, C::AbstractVecOrMat)
    X, Y = op(tA, matrix(A)), op(tB, matrix(B))
    size(X, 2) == size(Y, 1) && (size(X, 1), size(Y, 2)) == (size(C, 1), size(C, 2)) ||
        wrong("A has size $(size(X)), B has size $(size(Y)), C has size $(size(C))")
    put!(C, α, product(dense(X), dense(Y)), β)
end
matrix(A) = A isa AbstractVector ? reshape(A, length(A), 1) : A
"`gemm(tA, tB, α, A, B)`: as `gemm!`, in a new matrix."
gemm(tA::AbstractChar, tB::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix) =
    gemm!(tA, tB, α, A, B, zero(eltype(B)), similar(B, eltype(B), (size(A, tA == 'N' ? 1 : 2), size(B, tB == 'N' ? 2 : 1))))
gemm(tA::AbstractChar, tB::AbstractChar, A::AbstractMatrix, B::AbstractMatrix) = gemm(tA, tB, one(eltype(A)), A, B)
"`gemmt!(uplo, tA, tB, α, A, B, β, C)`: as `gemm!`, for one triangle of `C`."
function gemmt!(uplo::AbstractChar, tA::AbstractChar, tB::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix, β::Number, C::AbstractMatrix)
    P = product(dense(op(tA, A)), dense(op(tB, B)))
    fits(C, P)
    put!(C, α, P, β, in_half(uplo))
end
"`gemmt(uplo, tA, tB, α, A, B)`: as `gemmt!`, in a new matrix."
gemmt(uplo::AbstractChar, tA::AbstractChar, tB::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix) =
    gemmt!(uplo, tA, tB, α, A, B, zero(eltype(B)), zeros(eltype(B), size(op(tA, A), 1), size(op(tB, B), 2)))
gemmt(uplo::AbstractChar, tA::AbstractChar, tB::AbstractChar, A::AbstractMatrix, B::AbstractMatrix) = gemmt(uplo, tA, tB, one(eltype(A)), A, B)
"`symm!(side, uplo, α, A, B, β, C)`: `α*A*B + β*C` for a symmetric `A`, or with side 'R' `α*B*A + β*C`; `hemm!` for a Hermitian one."
symm!(side::AbstractChar, uplo::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix, β::Number, C::AbstractMatrix) = sided!(side, mirrored(transpose, uplo, A), α, B, β, C)
"`hemm!(side, uplo, α, A, B, β, C)`: as `symm!`, for a Hermitian `A`."
hemm!(side::AbstractChar, uplo::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix, β::Number, C::AbstractMatrix) = sided!(side, mirrored(adjoint, uplo, A), α, B, β, C)
function sided!(side, S, α, B, β, C)
    size(S, 1) == size(B, side == 'L' ? 1 : 2) || wrong("A has size $(size(S)), B has size $(size(B))")
    size(B) == size(C) || wrong("B has size $(size(B)), C has size $(size(C))")
    put!(C, α, side == 'L' ? product(S, dense(B)) : product(dense(B), S), β)
end
"`symm(side, uplo, α, A, B)`: as `symm!`, in a new matrix."
symm(side::AbstractChar, uplo::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix) = symm!(side, uplo, α, A, B, zero(eltype(B)), similar(B))
symm(side::AbstractChar, uplo::AbstractChar, A::AbstractMatrix, B::AbstractMatrix) = symm(side, uplo, one(eltype(A)), A, B)
"`hemm(side, uplo, α, A, B)`: as `hemm!`, in a new matrix."
hemm(side::AbstractChar, uplo::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix) = hemm!(side, uplo, α, A, B, zero(eltype(B)), similar(B))
hemm(side::AbstractChar, uplo::AbstractChar, A::AbstractMatrix, B::AbstractMatrix) = hemm(side, uplo, one(eltype(A)), A, B)
"`syrk!(uplo, t, α, A, β, C)`: `α*A*transpose(A) + β*C`, or with 'T' `α*transpose(A)*A + β*C`, in one triangle; `herk!` with adjoints."
syrk!(uplo::AbstractChar, t::AbstractChar, α::Number, A::AbstractVecOrMat, β::Number, C::AbstractMatrix) = rank_update!(transpose, uplo, t, α, A, β, C)
"`herk!(uplo, t, α, A, β, C)`: as `syrk!`, with adjoints."
herk!(uplo::AbstractChar, t::AbstractChar, α::Real, A::AbstractVecOrMat, β::Real, C::AbstractMatrix) = real_diagonal!(rank_update!(adjoint, uplo, t, α, A, β, C))
function rank_update!(f, uplo, t, α, A, β, C)
    n = checksquare(C)
    M = dense(t == 'N' ? matrix(A) : f(matrix(A)))
    size(M, 1) == n || wrong("C has size $(size(C)), corresponding dimension of A is $(size(M, 1))")
    put!(C, α, product(M, dense(f(M))), β, in_half(uplo))
end
order(t, A) = size(A, t == 'N' ? 1 : 2)
"`syrk(uplo, t, α, A)`: as `syrk!`, in a new matrix."
syrk(uplo::AbstractChar, t::AbstractChar, α::Number, A::AbstractVecOrMat) = syrk!(uplo, t, α, A, zero(eltype(A)), zeros(eltype(A), order(t, A), order(t, A)))
syrk(uplo::AbstractChar, t::AbstractChar, A::AbstractVecOrMat) = syrk(uplo, t, one(eltype(A)), A)
"`herk(uplo, t, α, A)`: as `herk!`, in a new matrix."
herk(uplo::AbstractChar, t::AbstractChar, α::Real, A::AbstractVecOrMat) = herk!(uplo, t, α, A, zero(real(eltype(A))), zeros(eltype(A), order(t, A), order(t, A)))
herk(uplo::AbstractChar, t::AbstractChar, A::AbstractVecOrMat) = herk(uplo, t, one(real(eltype(A))), A)
"`syr2k!(uplo, t, α, A, B, β, C)`: `α*A*transpose(B) + α*B*transpose(A) + β*C` in one triangle, with 'T' transposed first; `her2k!` with adjoints."
syr2k!(uplo::AbstractChar, t::AbstractChar, α::Number, A::AbstractVecOrMat, B::AbstractVecOrMat, β::Number, C::AbstractMatrix) = rank_update2!(transpose, uplo, t, α, α, A, B, β, C)
"`her2k!(uplo, t, α, A, B, β, C)`: as `syr2k!`, with adjoints."
her2k!(uplo::AbstractChar, t::AbstractChar, α::Number, A::AbstractVecOrMat, B::AbstractVecOrMat, β::Real, C::AbstractMatrix) = real_diagonal!(rank_update2!(adjoint, uplo, t, α, conj(α), A, B, β, C))
function rank_update2!(f, uplo, t, α, α2, A, B, β, C)
    n = checksquare(C)
    X, Y = map(M -> dense(t == 'N' ? matrix(M) : f(matrix(M))), (A, B))
    size(X, 1) == size(Y, 1) == n || wrong("C has size $(size(C)), corresponding dimensions of A and B are $(size(X, 1)) and $(size(Y, 1))")
    put!(C, true, α * product(X, dense(f(Y))) + α2 * product(Y, dense(f(X))), β, in_half(uplo))
end
"`syr2k(uplo, t, α, A, B)`: as `syr2k!`, in a new matrix."
syr2k(uplo::AbstractChar, t::AbstractChar, α::Number, A::AbstractVecOrMat, B::AbstractVecOrMat) = syr2k!(uplo, t, α, A, B, zero(eltype(A)), zeros(eltype(A), order(t, A), order(t, A)))
syr2k(uplo::AbstractChar, t::AbstractChar, A::AbstractVecOrMat, B::AbstractVecOrMat) = syr2k(uplo, t, one(eltype(A)), A, B)
"`her2k(uplo, t, α, A, B)`: as `her2k!`, in a new matrix."
her2k(uplo::AbstractChar, t::AbstractChar, α::Number, A::AbstractVecOrMat, B::AbstractVecOrMat) = her2k!(uplo, t, α, A, B, zero(real(eltype(A))), zeros(eltype(A), order(t, A), order(t, A)))
her2k(uplo::AbstractChar, t::AbstractChar, A::AbstractVecOrMat, B::AbstractVecOrMat) = her2k(uplo, t, one(eltype(A)), A, B)
"`trmm!(side, uplo, t, diag, α, A, B)`: `α*A*B` for a triangle of `A`, or with side 'R' `α*B*A`, stored in `B`; `trsm!` the solution."
trmm!(side::AbstractChar, uplo::AbstractChar, t::AbstractChar, diag::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix) = triangular!(side, triangle(uplo, t, diag, A), α, B, (T, X) -> product(dense(T), X), (X, T) -> product(X, dense(T)))
"`trsm!(side, uplo, t, diag, α, A, B)`: solve with a triangle of `A`: `α` times the solution, stored in `B`."
trsm!(side::AbstractChar, uplo::AbstractChar, t::AbstractChar, diag::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix) = triangular!(side, triangle(uplo, t, diag, A), α, B, \, /)
function triangular!(side, T, α, B, left, right)
    check_order(T, B, side == 'L' ? 1 : 2)
    put!(B, α, side == 'L' ? left(T, dense(B)) : right(dense(B), T), false)
end
"`trmm(side, uplo, t, diag, α, A, B)`: as `trmm!`, in a new matrix."
trmm(side::AbstractChar, uplo::AbstractChar, t::AbstractChar, diag::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix) = trmm!(side, uplo, t, diag, α, A, copy(B))
"`trsm(side, uplo, t, diag, α, A, B)`: as `trsm!`, in a new matrix."
trsm(side::AbstractChar, uplo::AbstractChar, t::AbstractChar, diag::AbstractChar, α::Number, A::AbstractMatrix, B::AbstractMatrix) = trsm!(side, uplo, t, diag, α, A, copy(B))

end
