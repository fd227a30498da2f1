# The module LinearAlgebra.LAPACK: the decompositions by LAPACK's names, done by those of LinearAlgebra.

"`LinearAlgebra.LAPACK`: decompositions and solutions by the names of LAPACK: `getrf!`, `potrf!`, `gesvd!`, `syev!`."
module LAPACK

using ..LinearAlgebra
using ..LinearAlgebra: LAPACKException, QRPackedQ, checksquare, copy_matrix, reduce_hessenberg
using ..BLAS: check_uplo, dense, matrix, mirrored, op, triangle
import ..LinearAlgebra: BlasInt

public gebal!, gees!, geev!, gehrd!, gelqf!, gels!, gelsd!, gelsy!, geqp3!, geqrf!, gesdd!, gesv!, gesvd!, getrf!, getri!, getrs!, ggev!, ggsvd!, gtsv!, gttrf!, hetrf!,
    lacpy!, orgqr!, ormqr!, posv!, potrf!, potri!, potrs!, pstrf!, ptsv!, stev!, syev!, syevd!, syevr!, sygvd!, sysv!, sytrf!, sytri!, sytrs!, trcon!, trexc!,
    trsyl!, trtri!, trtrs!

## arguments

wrong(s) = throw(DimensionMismatch(s))
"`chklapackerror(info)`: an error if a function of LAPACK failed: of an argument if `info` is negative."
chklapackerror(info::Integer) = info == 0 ? nothing : throw(info < 0 ? ArgumentError("invalid argument #$(-info) to LAPACK call") : LAPACKException(info))
chkuplo(c::AbstractChar) = (check_uplo(c); c)
chkside(c::AbstractChar) = c == 'L' || c == 'R' ? c : throw(ArgumentError("side argument must be 'L' (left hand multiply) or 'R' (right hand multiply), got $c"))
chkdiag(c::AbstractChar) = c == 'U' || c == 'N' ? c : throw(ArgumentError("diag argument must be 'U' (unit diagonal) or 'N' (non-unit diagonal), got $c"))
chktrans(c::AbstractChar) = c == 'N' || c == 'C' || c == 'T' ? c :
    throw(ArgumentError("trans argument must be 'N' (no transpose), 'T' (transpose), or 'C' (conjugate transpose), got $c"))
chkfinite(A) = all(isfinite, A) || throw(ArgumentError("matrix contains Infs or NaNs"))
job(c, allowed) = c in allowed ? c : throw(ArgumentError("job argument must be one of $(join(allowed, ", ")), got $c"))
same_rows(A, B) = size(A, 1) == size(B, 1) || wrong("B has leading dimension $(size(B, 1)), but needs $(size(A, 1))")
fill_in!(A, B) = (copyto!(A, B); A)
whole(uplo, A) = mirrored(adjoint, uplo, A)
reals(v) = convert(Vector{real(eltype(v))}, real(v))

## systems of equations

"`getrf!(A)`: the factors of `lu(A)` in `A`, the exchanges of rows, and 0 or the first pivot that is zero."
function getrf!(A::AbstractMatrix, ipiv::AbstractVector=Vector{BlasInt}(undef, min(size(A)...)); check::Bool=true)
    check && chkfinite(A)
    F = lu(copy_matrix(A); check=false)
    (fill_in!(A, F.factors), copyto!(ipiv, getfield(F, :ipiv)), F.info)
end
factors(A, ipiv) = LU(dense(A), ipiv, 0)
"`getrs!(t, A, ipiv, B)`: the solution by the factors of `getrf!`, stored in `B`; `t` is 'N', or 'T' or 'C' for the transposed system."
function getrs!(t::AbstractChar, A::AbstractMatrix, ipiv::AbstractVector, B::AbstractVecOrMat)
    chktrans(t)
    checksquare(A) == size(B, 1) || wrong("B has leading dimension $(size(B, 1)), but needs $(size(A, 2))")
    fill_in!(B, op(t, factors(A, ipiv)) \ dense(B))
end
"`getri!(A, ipiv)`: the inverse by the factors of `getrf!`, stored in `A`."
function getri!(A::AbstractMatrix, ipiv::AbstractVector)
    checksquare(A) == length(ipiv) || wrong("ipiv has length $(length(ipiv)), but needs $(size(A, 1))")
    fill_in!(A, inv(factors(A, ipiv)))
end
"`gesv!(A, B)`: solve `A*X = B`; the solution in `B`, the factors in `A`, the exchanges of rows."
function gesv!(A::AbstractMatrix, B::AbstractVecOrMat)
    checksquare(A)
    same_rows(A, B)
    A, ipiv, info = getrf!(A)
    chklapackerror(info)
    (getrs!('N', A, ipiv, B), A, ipiv)
end
"`gecon!(norm, A, anorm)`: the reciprocal condition number of the matrix whose factors are in `A`."
gecon!(normtype::AbstractChar, A::AbstractMatrix, anorm) =
    inv(anorm * opnorm(inv(UnitLowerTriangular(dense(A)) * UpperTriangular(dense(A))), normtype == 'I' ? Inf : 1))
"`gtsv!(dl, d, du, B)`: solve with a tridiagonal matrix, the solution in `B`."
function gtsv!(dl::AbstractVector, d::AbstractVector, du::AbstractVector, B::AbstractVecOrMat)
    length(d) == size(B, 1) || wrong("B has leading dimension $(size(B, 1)), but should have $(length(d))")
    fill_in!(B, Tridiagonal(dl, d, du) \ dense(B))
end
"`ptsv!(D, E, B)`: solve with a symmetric tridiagonal matrix that is positive definite, the solution in `B`."
function ptsv!(D::AbstractVector, E::AbstractVector, B::AbstractVecOrMat)
    length(D) == size(B, 1) || wrong("B has leading dimension $(size(B, 1)) but should have $(length(D))")
    fill_in!(B, Tridiagonal(E, D, map(conj, E)) \ dense(B))
end
"`trtrs!(uplo, t, diag, A, B)`: solve with a triangle of `A`, the solution in `B`."
function trtrs!(uplo::AbstractChar, t::AbstractChar, diag::AbstractChar, A::AbstractMatrix, B::AbstractVecOrMat)
    chktrans(t)
    chkdiag(diag)
    checksquare(A) == size(B, 1) || wrong("B has leading dimension $(size(B, 1)), but needs $(size(A, 1))")
    k = diag == 'U' ? nothing : findfirst(i -> iszero(A[i, i]), axes(A, 1))
    k === nothing || throw(LAPACKException(k))
    fill_in!(B, triangle(uplo, t, diag, dense(A)) \ dense(B))
end
"`trtri!(uplo, diag, A)`: the inverse of a triangle of `A`, stored there."
function trtri!(uplo::AbstractChar, diag::AbstractChar, A::AbstractMatrix)
    chkdiag(diag)
    checksquare(A)
    T = inv(triangle(uplo, diag, dense(A)))
    for j in axes(A, 2), i in axes(A, 1)
        (uplo == 'U' ? i < j : i > j) || i == j && diag == 'N' || continue
        A[i, j] = T[i, j]
    end
    A
end
"`trcon!(norm, uplo, diag, A)`: the reciprocal condition number of a triangle of `A`."
function trcon!(normtype::AbstractChar, uplo::AbstractChar, diag::AbstractChar, A::AbstractMatrix)
    T = copy_matrix(triangle(uplo, chkdiag(diag), dense(A)))
    p = normtype == 'I' ? Inf : 1
    inv(opnorm(T, p) * opnorm(inv(T), p))
end
"`gels!(t, A, B)`: the solution of least squares, or the shortest one; with the factors in `A` and the sums of squares that are left."
function gels!(t::AbstractChar, A::AbstractMatrix, B::AbstractVecOrMat)
    chktrans(t)
    M = dense(op(t, A))
    size(M, 1) == size(B, 1) || wrong("matrix A has dimensions $(size(A)), matrix B has leading dimension $(size(B, 1))")
    X = M \ dense(B)
    left = matrix(dense(B) - M * X)
    rest = size(M, 1) > size(M, 2) ? [sum(abs2, view(left, :, j)) for j in axes(left, 2)] : zeros(real(eltype(A)), size(left, 2))
    fill_in!(A, size(A, 1) >= size(A, 2) ? getfield(qr(dense(A)), :factors) : getfield(lq(dense(A)), :factors))
    (A, X, B isa AbstractVector ? rest[1] : rest)
end
# The shortest solution of least squares by singular values, those that count, and the values.
function by_values(A, B, rcond)
    same_rows(A, B)
    F = svd(dense(A))
    least = (rcond < 0 ? eps(real(eltype(F.S))) : rcond) * F.S[1]
    r = count(>(least), F.S)
    (F.Vt[1:r, :]' * ((F.U[:, 1:r]' * dense(B)) ./ F.S[1:r]), r, F.S)
end
"`gelsd!(A, B, rcond=-1)`: the shortest solution of least squares and the rank, by singular values greater than `rcond` of the greatest."
gelsd!(A::AbstractMatrix, B::AbstractVecOrMat, rcond::Real=-1) = by_values(A, B, rcond)[1:2]
"`gelsy!(A, B, rcond)`: as `gelsd!`."
gelsy!(A::AbstractMatrix, B::AbstractVecOrMat, rcond::Real=eps(real(float(eltype(A))))) = by_values(A, B, rcond)[1:2]
"`gglse!(A, c, B, d)`: the `x` with `B*x == d` for which `A*x` is next to `c`, and the sum of squares that is left."
function gglse!(A::AbstractMatrix, c::AbstractVector, B::AbstractMatrix, d::AbstractVector)
    length(c) == size(A, 1) || wrong("A has first dimension $(size(A, 1)), c has length $(length(c))")
    length(d) == size(B, 1) || wrong("B has first dimension $(size(B, 1)), d has length $(length(d))")
    size(A, 2) == size(B, 2) || wrong("A has $(size(A, 2)) columns, B has $(size(B, 2))")
    n = size(A, 2)
    K = [A'A B'; B zeros(eltype(A), size(B, 1), size(B, 1))]
    x = (K \ [A'c; d])[1:n]
    (x, sum(abs2, A * x - c))
end

## positive definite and symmetric matrices

"`potrf!(uplo, A)`: a triangle of Cholesky's factor in `A`, and 0 or the order of the part that is not positive definite."
function potrf!(uplo::AbstractChar, A::AbstractMatrix)
    checksquare(A)
    F = cholesky(Hermitian(whole(uplo, A), uplo == 'U' ? :U : :L); check=false)
    for j in axes(A, 2), i in axes(A, 1)
        (check_uplo(uplo) ? i <= j : i >= j) && (A[i, j] = getfield(F, :factors)[i, j])
    end
    (A, F.info)
end
posdef(uplo, A) = Cholesky(dense(A), uplo, 0)
"`potrs!(uplo, A, B)`: the solution by the factor of `potrf!`, stored in `B`."
function potrs!(uplo::AbstractChar, A::AbstractMatrix, B::AbstractVecOrMat)
    checksquare(A) == size(B, 1) || wrong("first dimension of B, $(size(B, 1)), and size of A, $(size(A)), must match!")
    fill_in!(B, posdef(chkuplo(uplo), A) \ dense(B))
end
"`potri!(uplo, A)`: a triangle of the inverse by the factor of `potrf!`, in `A`."
function potri!(uplo::AbstractChar, A::AbstractMatrix)
    P = inv(posdef(uplo, A))
    for j in axes(A, 2), i in axes(A, 1)
        (check_uplo(uplo) ? i <= j : i >= j) && (A[i, j] = P[i, j])
    end
    A
end
"`posv!(uplo, A, B)`: solve with a positive definite matrix; its factor in `A`, the solution in `B`."
function posv!(uplo::AbstractChar, A::AbstractMatrix, B::AbstractVecOrMat)
    checksquare(A) == size(B, 1) || wrong("first dimension of B, $(size(B, 1)), and size of A, $(size(A)), must match!")
    A, info = potrf!(uplo, A)
    chklapackerror(info)
    (A, potrs!(uplo, A, B))
end
"`pstrf!(uplo, A, tol)`: Cholesky's factor with rows and columns exchanged, in `A`; the order, the rank, and whether that is less than the size."
function pstrf!(uplo::AbstractChar, A::AbstractMatrix, tol::Real)
    F = cholesky(Hermitian(whole(uplo, A), uplo == 'U' ? :U : :L), RowMaximum(); tol=tol, check=false)
    (fill_in!(A, getfield(F, :factors)), F.piv, F.rank, F.info)
end
for (f, g, s, i, name, kind) in ((:sytrf!, :sytrs!, :sysv!, :sytri!, "sy", :Symmetric), (:hetrf!, :hetrs!, :hesv!, :hetri!, "he", :Hermitian))
    @eval begin
        @doc string("`", $name, "trf!(uplo, A)`: the factors of `bunchkaufman` in `A`, the exchanges, and 0 or the block that is singular.")
        function $f(uplo::AbstractChar, A::AbstractMatrix)
            checksquare(A)
            F = bunchkaufman($kind(copy_matrix(A), check_uplo(uplo) ? :U : :L); check=false)
            (fill_in!(A, getfield(F, :LD)), getfield(F, :ipiv), F.info)
        end
        @doc string("`", $name, "trs!(uplo, A, ipiv, B)`: the solution by the factors of `", $name, "trf!`, stored in `B`.")
        function $g(uplo::AbstractChar, A::AbstractMatrix, ipiv::AbstractVector, B::AbstractVecOrMat)
            checksquare(A) == size(B, 1) || wrong("B has first dimension $(size(B, 1)), but needs $(size(A, 1))")
            fill_in!(B, BunchKaufman(dense(A), ipiv, uplo, $(kind === :Symmetric), false, 0) \ dense(B))
        end
        @doc string("`", $name, "sv!(uplo, A, B)`: solve; the solution in `B`, the factors in `A`, the exchanges.")
        function $s(uplo::AbstractChar, A::AbstractMatrix, B::AbstractVecOrMat)
            checksquare(A) == size(B, 1) || wrong("B has first dimension $(size(B, 1)), but needs $(size(A, 1))")
            A, ipiv, info = $f(uplo, A)
            chklapackerror(info)
            ($g(uplo, A, ipiv, B), A, ipiv)
        end
        @doc string("`", $name, "tri!(uplo, A, ipiv)`: the inverse by the factors of `", $name, "trf!`, in `A`.")
        $i(uplo::AbstractChar, A::AbstractMatrix, ipiv::AbstractVector) =
            fill_in!(A, inv(BunchKaufman(dense(A), ipiv, uplo, $(kind === :Symmetric), false, 0)))
    end
end

## orthogonal factors

"`geqrf!(A)`: the triangle and the reflections of `qr(A)` in `A`, and their factors."
function geqrf!(A::AbstractMatrix, tau::AbstractVector=similar(A, min(size(A)...)))
    length(tau) == min(size(A)...) || wrong("tau has length $(length(tau)), but needs length $(min(size(A)...))")
    F = qr(copy_matrix(A))
    (fill_in!(A, getfield(F, :factors)), copyto!(tau, LinearAlgebra.taus(F)))
end
"`geqp3!(A)`: as `geqrf!` with columns exchanged, and their order."
function geqp3!(A::AbstractMatrix, jpvt::AbstractVector=zeros(BlasInt, size(A, 2)), tau::AbstractVector=similar(A, min(size(A)...)))
    length(tau) == min(size(A)...) || wrong("tau has length $(length(tau)), but needs length $(min(size(A)...))")
    length(jpvt) == size(A, 2) || wrong("jpvt has length $(length(jpvt)), but needs length $(size(A, 2))")
    F = qr(copy_matrix(A), ColumnNorm())
    (fill_in!(A, getfield(F, :factors)), copyto!(tau, LinearAlgebra.taus(F)), copyto!(jpvt, F.jpvt))
end
"`gelqf!(A)`: the triangle and the reflections of `lq(A)` in `A`, and their factors."
function gelqf!(A::AbstractMatrix, tau::AbstractVector=similar(A, min(size(A)...)))
    length(tau) == min(size(A)...) || wrong("tau has length $(length(tau)), but needs length $(min(size(A)...))")
    F = lq(copy_matrix(A))
    (fill_in!(A, getfield(F, :factors)), copyto!(tau, getfield(F, :τ)))
end
"`orgqr!(A, tau)`: the columns of the orthogonal factor of `geqrf!`, in `A`."
function orgqr!(A::AbstractMatrix, tau::AbstractVector, k::Integer=length(tau))
    m, n = size(A)
    Q = QRPackedQ(dense(A)[:, 1:k], tau[1:k])
    fill_in!(A, (Q * Matrix{eltype(A)}(I, m, m))[:, 1:n])
end
"`ormqr!(side, t, A, tau, C)`: the product of the orthogonal factor of `geqrf!` and `C`, stored in `C`."
function ormqr!(side::AbstractChar, t::AbstractChar, A::AbstractMatrix, tau::AbstractVector, C::AbstractVecOrMat)
    chktrans(t)
    m = size(C, chkside(side) == 'L' ? 1 : 2)
    m == size(A, 1) || wrong("for a $(side == 'L' ? "left" : "right")-sided multiplication, the $(side == 'L' ? "first" : "second") dimension of C, $m, must equal the second dimension of A, $(size(A, 1))")
    Q = QRPackedQ(dense(A)[:, 1:length(tau)], collect(tau))
    P = t == 'N' ? Q : adjoint(Q)
    fill_in!(C, side == 'L' ? P * dense(C) : dense(C) * P)
end

## values and vectors

"`syev!(job, uplo, A)`: the eigenvalues of a symmetric or Hermitian matrix, with job 'V' the vectors too."
function syev!(jobz::AbstractChar, uplo::AbstractChar, A::AbstractMatrix)
    checksquare(A)
    job(jobz, ('N', 'V'))
    H = Hermitian(whole(uplo, A))
    jobz == 'N' && return eigvals(H)
    F = eigen(H)
    (F.values, fill_in!(A, F.vectors))
end
"`syevd!(job, uplo, A)`: as `syev!`."
syevd!(jobz::AbstractChar, uplo::AbstractChar, A::AbstractMatrix) = syev!(jobz, uplo, A)
"`syevr!(job, range, uplo, A, vl, vu, il, iu, abstol)`: as `syev!`, with range 'V' the values between `vl` and `vu`, with 'I' those by number."
function syevr!(jobz::AbstractChar, range::AbstractChar, uplo::AbstractChar, A::AbstractMatrix, vl::Real, vu::Real, il::Integer, iu::Integer, abstol::Real)
    n = checksquare(A)
    range == 'I' && !(1 <= il <= iu <= n) && throw(ArgumentError("illegal choice of eigenvalue indices (il = $il, iu = $iu), which must be between 1 and n = $n"))
    range == 'V' && vl >= vu && throw(ArgumentError("lower boundary, $vl, must be less than upper boundary, $vu"))
    F = eigen(Hermitian(whole(uplo, A)))
    keep = range == 'V' ? findall(x -> vl < x <= vu, F.values) : range == 'I' ? (il:iu) : eachindex(F.values)
    (F.values[keep], jobz == 'V' ? F.vectors[:, keep] : similar(A, n, 0))
end
syevr!(jobz::AbstractChar, A::AbstractMatrix) = syevr!(jobz, 'A', 'U', A, 0.0, 0.0, 0, 0, -1.0)
"`sygvd!(itype, job, uplo, A, B)`: the values and vectors of `A*x == λ*B*x` for a symmetric `A` and a positive definite `B`, and Cholesky's factor of `B`."
function sygvd!(itype::Integer, jobz::AbstractChar, uplo::AbstractChar, A::AbstractMatrix, B::AbstractMatrix)
    n, m = checksquare(A), checksquare(B)
    n == m || wrong("dimensions of A, ($n,$n), and B, ($m,$m), must match")
    F = eigen(Hermitian(whole(uplo, A)), Hermitian(whole(uplo, B)))
    B, info = potrf!(uplo, B)
    chklapackerror(info)
    (reals(F.values), fill_in!(A, F.vectors), B)
end
"`stev!(job, d, e)`: the eigenvalues and with 'V' the vectors of a symmetric tridiagonal matrix."
function stev!(jobz::AbstractChar, dv::AbstractVector, ev::AbstractVector)
    length(dv) == length(ev) + 1 || length(dv) == length(ev) || wrong("ev has length $(length(ev)) but needs one less than or equal to dv's length, $(length(dv)))")
    F = eigen(SymTridiagonal(dv, ev))
    (F.values, jobz == 'V' ? F.vectors : similar(F.vectors, 0, 0))
end
# Eigenvectors as LAPACK packs them: of a conjugate pair of a real matrix the real and the imaginary part.
packed(T, values, V) = T <: Complex ? convert(Matrix{T}, V) :
    T[imag(values[j]) < 0 ? imag(V[i, j-1]) : real(V[i, j]) for i in axes(V, 1), j in axes(V, 2)]
# Conjugate pairs, the one with the positive part first.
function pairs_first(values)
    order, k = Int[], 1
    while k <= length(values)
        real_one = imag(values[k]) == 0
        append!(order, real_one ? (k,) : imag(values[k]) > 0 ? (k, k + 1) : (k + 1, k))
        k += real_one ? 1 : 2
    end
    order
end
function vectors_of(A, wanted)
    F = eigen(dense(A); sortby=nothing)
    order = eltype(A) <: Real && any(x -> imag(x) != 0, F.values) ? pairs_first(F.values) : collect(eachindex(F.values))
    (F.values[order], wanted ? F.vectors[:, order] : similar(F.vectors, size(A, 1), 0))
end
"`geev!(jobvl, jobvr, A)`: the eigenvalues and with 'V' the left and right vectors; of a real matrix the values in two parts."
function geev!(jobvl::AbstractChar, jobvr::AbstractChar, A::AbstractMatrix)
    checksquare(A)
    chkfinite(A)
    values, V = vectors_of(A, true)
    T = eltype(A)
    L = jobvl == 'V' ? (W = inv(V)'; packed(T, values, W ./ [norm(view(W, :, j)) for _ in 1:1, j in axes(W, 2)])) : similar(A, size(A, 1), 0)
    R = jobvr == 'V' ? packed(T, values, V) : similar(A, size(A, 1), 0)
    T <: Complex ? (convert(Vector{T}, values), L, R) : (real(values), convert(Vector{T}, imag(values)), L, R)
end
"`ggev!(jobvl, jobvr, A, B)`: the values of `A*x == λ*B*x` as quotients, and with 'V' the vectors."
function ggev!(jobvl::AbstractChar, jobvr::AbstractChar, A::AbstractMatrix, B::AbstractMatrix)
    n, m = checksquare(A), checksquare(B)
    n == m || wrong("A has dimensions $(size(A)), and B has dimensions $(size(B)), but A and B must have the same size")
    F = eigen(dense(A), dense(B); sortby=nothing)
    T = eltype(A)
    order = T <: Real && any(x -> imag(x) != 0, F.values) ? pairs_first(F.values) : collect(eachindex(F.values))
    values, R = F.values[order], jobvr == 'V' ? packed(T, F.values[order], F.vectors[:, order]) : similar(A, n, 0)
    L = similar(A, n, 0)
    T <: Complex ? (values, ones(T, n), L, R) : (real(values), convert(Vector{T}, imag(values)), ones(T, n), L, R)
end
"`gesvd!(jobu, jobvt, A)`: the singular value decomposition, with jobs 'A' whole, 'S' as many vectors as values, 'N' none."
function gesvd!(jobu::AbstractChar, jobvt::AbstractChar, A::AbstractMatrix)
    (jobu == 'O' && jobvt == 'O') && throw(ArgumentError("jobu and jobvt cannot both be O"))
    F = svd(dense(A); full=jobu == 'A' || jobvt == 'A')
    k = length(F.S)
    U = jobu == 'A' ? F.U : jobu == 'N' ? similar(A, size(A, 1), 0) : F.U[:, 1:k]
    Vt = jobvt == 'A' ? F.Vt : jobvt == 'N' ? similar(A, 0, size(A, 2)) : F.Vt[1:k, :]
    (U, F.S, Vt)
end
"`gesdd!(job, A)`: as `gesvd!` with the same job for both sides."
gesdd!(jobz::AbstractChar, A::AbstractMatrix) = jobz == 'N' ? (similar(A, size(A, 1), 0), svdvals(dense(A)), similar(A, 0, size(A, 2))) : gesvd!(jobz, jobz, A)
"`gees!(job, A)`: the Schur decomposition: the triangle in `A`, with 'V' the vectors, the values."
function gees!(jobvs::AbstractChar, A::AbstractMatrix)
    checksquare(A)
    F = schur(copy_matrix(A))
    (fill_in!(A, F.T), jobvs == 'V' ? F.Z : similar(A, size(A, 1), 0), F.values)
end
"`gebal!(job, A)`: the matrix as it is, and the rows that a reduction is about: all."
gebal!(jobb::AbstractChar, A::AbstractMatrix) = (chkfinite(A); job(jobb, ('N', 'P', 'S', 'B')); n = checksquare(A); (1, n, ones(real(eltype(A)), n)))
"`trsyl!(ta, tb, A, B, C, isgn=1)`: the solution of `A*X ± X*B == scale*C` in `C`, and the scale."
function trsyl!(ta::AbstractChar, tb::AbstractChar, A::AbstractMatrix, B::AbstractMatrix, C::AbstractMatrix, isgn::Integer=1)
    m, n = checksquare(A), checksquare(B)
    (m, n) == size(C) || wrong("dimensions of A, $(size(A)), B, $(size(B)), and C, $(size(C)), must match")
    X = sylvester(dense(op(ta, A)), isgn * dense(op(tb, B)), -dense(C))
    (fill_in!(C, X), one(real(eltype(C))))
end
"`lacpy!(B, A, uplo)`: copy `A`, or with 'U' or 'L' a triangle of it, to `B`."
function lacpy!(B::AbstractMatrix, A::AbstractMatrix, uplo::AbstractChar)
    m, n = size(A)
    size(B, 1) >= m && size(B, 2) >= n || wrong("B of size $(size(B)) should have at least size $(size(A))")
    for j in 1:n, i in 1:m
        (uplo == 'U' ? i <= j : uplo == 'L' ? i >= j : true) && (B[i, j] = A[i, j])
    end
    B
end

end
