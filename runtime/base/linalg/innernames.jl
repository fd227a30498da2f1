# Names of LinearAlgebra that are not exported but that packages call: norms by kind, products and decompositions by
# their inner names, kinds of matrices.

import ..Base: require_one_based_indexing

## norms

# The generic norms over the items of a collection.
generic_norm1(x) = norm(x, 1)
generic_norm2(x) = norm(x, 2)
generic_normInf(x) = norm(x, Inf)
generic_normMinusInf(x) = norm(x, -Inf)
generic_normp(x, p) = norm(x, p)
norm1(x) = generic_norm1(x)
normInf(x) = generic_normInf(x)
normMinusInf(x) = generic_normMinusInf(x)
normp(x, p) = generic_normp(x, p)
"The square of the 2-norm."
norm_sqr(x) = abs2(norm(x))
norm_sqr(x::Number) = abs2(x)
norm_sqr(x::Union{Array,AbstractArray{<:Number}}) = sum(norm_sqr, x)
const NumberArray{T<:Number} = AbstractArray{T}
promote_leaf_eltypes(x::Union{AbstractArray{T},Tuple{T,Vararg{T}}}) where {T<:Number} = T
promote_leaf_eltypes(x::Union{AbstractArray{T},Tuple{T,Vararg{T}}}) where {T<:NumberArray} = eltype(T)
promote_leaf_eltypes(x::T) where {T} = T
promote_leaf_eltypes(x::Union{AbstractArray,Tuple}) = mapreduce(promote_leaf_eltypes, promote_type, x; init=Bool)

## kinds of matrices

const UpperOrUnitUpperTriangular{T,S} = Union{UpperTriangular{T,S},UnitUpperTriangular{T,S}}
const LowerOrUnitLowerTriangular{T,S} = Union{LowerTriangular{T,S},UnitLowerTriangular{T,S}}
const UpperOrLowerTriangular{T,S} = Union{UpperOrUnitUpperTriangular{T,S},LowerOrUnitLowerTriangular{T,S}}
const RealHermSymComplexSym{T<:Real,S} = Union{Hermitian{T,S},Symmetric{T,S},Symmetric{Complex{T},S}}
"A zero as on the diagonal of `D` at `(i, j)`."
diagzero(::Diagonal{T}, i, j) where {T} = zero(T)
diagzero(D::Diagonal{<:AbstractMatrix{T}}, i, j) where {T} = zeros(T, size(D.diag[i], 1), size(D.diag[j], 2))
sym_uplo(uplo::Char) = uplo == 'U' ? :U : uplo == 'L' ? :L : throw(ArgumentError(lazy"uplo argument must be either 'U' (upper) or 'L' (lower)"))
"`symmetric(A, uplo)` and `hermitian(A, uplo)`: the matrix or number as one that is equal to its transpose or adjoint."
symmetric(A::AbstractMatrix, uplo::Symbol=:U) = Symmetric(A, uplo)
symmetric(A::Number, ::Symbol=:U) = A
hermitian(A::AbstractMatrix, uplo::Symbol=:U) = Hermitian(A, uplo)
hermitian(A::Number, ::Symbol=:U) = convert(typeof(A), real(A))
symmetric_type(::Type{T}) where {S,T<:AbstractMatrix{S}} = Symmetric{Union{S,promote_op(transpose, S),symmetric_type(S)},T}
symmetric_type(::Type{T}) where {T<:Number} = T
symmetric_type(::Type{T}) where {T} = AbstractArray{T}
hermitian_type(::Type{T}) where {S,T<:AbstractMatrix{S}} = Hermitian{Union{S,promote_op(adjoint, S),hermitian_type(S)},T}
hermitian_type(::Type{T}) where {T<:Number} = T

## memory

copy_oftype(A::AbstractArray{T}, ::Type{T}) where {T} = copy(A)
copy_oftype(A::AbstractArray, ::Type{T}) where {T} = convert(AbstractArray{T}, A)
"`copymutable_oftype(A, T)`: a copy of `A` that can be changed, of its own kind where that is so, with items of type `T`."
copymutable_oftype(A::AbstractArray, ::Type{S}) where {S} = copyto!(similar(A, S), A)
"`copy_similar(A, T)`: a copy of `A` that can be changed, with items of type `T`."
copy_similar(A::AbstractArray, ::Type{S}) where {S} = copyto!(similar(A, S, size(A)), A)
eigencopy_oftype(A, ::Type{S}) where {S} = copymutable_oftype(A, S)
"The distance in memory of neighbours in the first dimension."
stride1(x) = stride(x, 1)
stride1(x::Array) = 1
stride1(x::DenseArray) = stride(x, 1)
"An ArgumentError if neighbours of the first dimension do not lie side by side in memory."
chkstride1(A...) = all(a -> stride1(a) == 1, A) || error("matrix does not have contiguous columns")
"`matprod_dest(A, B, T)`: an array of items of type `T` for the product of two matrices."
matprod_dest(A, B, ::Type{T}) where {T} = similar(B, T, B isa AbstractVector ? (size(A, 1),) : (size(A, 1), size(B, 2)))
"`fillband!(A, x, l, u)`: fill the diagonals `l` to `u` of a matrix."
function fillband!(A::AbstractMatrix, x, l, u)
    for j in axes(A, 2), i in axes(A, 1)
        l <= j - i <= u && (A[i, j] = x)
    end
    A
end
zeroslike(A::AbstractArray) = fill!(similar(A), zero(eltype(A)))

## products and decompositions

"""
    MulAddMul(alpha, beta)

The factors of a product and of what it is added to, as one function: `f(x, y)` is `x * alpha + y * beta`.
"""
struct MulAddMul{ais1,bis0,TA,TB}
    alpha::TA
    beta::TB
end
MulAddMul(alpha::TA, beta::TB) where {TA,TB} = MulAddMul{isone(alpha),iszero(beta),TA,TB}(alpha, beta)
MulAddMul() = MulAddMul{true,true,Bool,Bool}(true, false)
(p::MulAddMul{true})(x) = x
(p::MulAddMul{false})(x) = x * p.alpha
(p::MulAddMul{true,true})(x, _) = x
(p::MulAddMul{false,true})(x, _) = x * p.alpha
(p::MulAddMul{true,false})(x, y) = x + y * p.beta
(p::MulAddMul{false,false})(x, y) = x * p.alpha + y * p.beta
_modify!(p::MulAddMul, x, C, i) = (C[i...] = p(x, iszero(p.beta) ? zero(x) : C[i...]); nothing)
_modify!(p::MulAddMul, x, C, i::Integer) = (C[i] = p(x, iszero(p.beta) ? zero(x) : C[i]); nothing)
as_written(t, A) = t == 'T' ? transpose(A) : t == 'C' ? adjoint(A) : A
wrap(A::AbstractVecOrMat, t) = as_written(t, A)
generic_matmatmul!(C, tA, tB, A, B, alpha::Number, beta::Number) = mul!(C, as_written(tA, A), as_written(tB, B), alpha, beta)
generic_matmatmul!(C, tA, tB, A, B, p::MulAddMul=MulAddMul()) = generic_matmatmul!(C, tA, tB, A, B, p.alpha, p.beta)
generic_matvecmul!(C, tA, A, B, alpha::Number, beta::Number) = mul!(C, as_written(tA, A), B, alpha, beta)
generic_matvecmul!(C, tA, A, B, p::MulAddMul=MulAddMul()) = generic_matvecmul!(C, tA, A, B, p.alpha, p.beta)
matmul2x2!(C, tA, tB, A, B, p::MulAddMul=MulAddMul()) = generic_matmatmul!(C, tA, tB, A, B, p)
matmul3x3!(C, tA, tB, A, B, p::MulAddMul=MulAddMul()) = generic_matmatmul!(C, tA, tB, A, B, p)
generic_lufact!(A::AbstractMatrix, pivot=lupivottype(eltype(A)); check::Bool=true) = lu!(A, pivot; check)
lupivottype(::Type) = RowMaximum()
checknonsingular(info) = info == 0 || throw(SingularException(info))
checknonsingular(info, ::Union{RowMaximum,RowNonZero}) = checknonsingular(info)
checkpositivedefinite(info) = info == 0 || throw(PosDefException(info))
"The permutation that the exchanges of rows `v` of a decomposition make."
function ipiv2perm(v::AbstractVector, maxi::Integer)
    p = collect(1:maxi)
    for (i, k) in enumerate(v)
        p[i], p[k] = p[k], p[i]
    end
    p
end
"`(c, s, r)` of the rotation that makes `(f, g)` to `(r, 0)`."
givensAlgorithm(f, g) = (G = givens(f, g, 1, 2); (G[1].c, G[1].s, G[2]))
"""
    reflector!(x)

Make `x` the vector of a Householder reflection that leaves only the first item of `x`, which becomes what is left; its factor.
"""
function reflector!(x::AbstractVector{T}) where {T}
    n = length(x)
    n == 0 && return zero(T)
    first_x = x[1]
    len = norm(x)
    iszero(len) && return zero(first_x / len)
    v = T(copysign(len, real(first_x)))
    first_x += v
    x[1] = -v
    for i in 2:n
        x[i] /= first_x
    end
    first_x / v
end
"`reflectorApply!(x, τ, A)`: apply the reflection that `reflector!` has made to the columns of `A`."
function reflectorApply!(x::AbstractVector, τ::Number, A::AbstractVecOrMat)
    m = size(A, 1)
    length(x) == m || throw(DimensionMismatch("reflector has length $(length(x)), which must match the first dimension of matrix A, $m"))
    for j in axes(A, 2)
        s = A[1, j]
        for i in 2:m
            s += x[i]' * A[i, j]
        end
        s = τ' * s
        A[1, j] -= s
        for i in 2:m
            A[i, j] -= x[i] * s
        end
    end
    A
end
