# Triangular, symmetric and Hermitian matrices: views of one half of a matrix.

"Triangular matrices: `UpperTriangular` and its kin."
abstract type AbstractTriangular{T} <: AbstractMatrix{T} end

"""
    UpperTriangular(A)

The upper triangle of `A`, without a copy; below it are zeros.
"""
struct UpperTriangular{T,S<:AbstractMatrix{T}} <: AbstractTriangular{T}
    data::S
    UpperTriangular{T,S}(A::S) where {T,S<:AbstractMatrix{T}} = (checksquare(A); new{T,S}(A))
end
"""
    LowerTriangular(A)

The lower triangle of `A`, without a copy; above it are zeros.
"""
struct LowerTriangular{T,S<:AbstractMatrix{T}} <: AbstractTriangular{T}
    data::S
    LowerTriangular{T,S}(A::S) where {T,S<:AbstractMatrix{T}} = (checksquare(A); new{T,S}(A))
end
"`UnitUpperTriangular(A)`: as `UpperTriangular`, with ones on the diagonal."
struct UnitUpperTriangular{T,S<:AbstractMatrix{T}} <: AbstractTriangular{T}
    data::S
    UnitUpperTriangular{T,S}(A::S) where {T,S<:AbstractMatrix{T}} = (checksquare(A); new{T,S}(A))
end
"`UnitLowerTriangular(A)`: as `LowerTriangular`, with ones on the diagonal."
struct UnitLowerTriangular{T,S<:AbstractMatrix{T}} <: AbstractTriangular{T}
    data::S
    UnitLowerTriangular{T,S}(A::S) where {T,S<:AbstractMatrix{T}} = (checksquare(A); new{T,S}(A))
end
UpperTriangular(A::AbstractMatrix{T}) where {T} = UpperTriangular{T,typeof(A)}(A)
LowerTriangular(A::AbstractMatrix{T}) where {T} = LowerTriangular{T,typeof(A)}(A)
UnitUpperTriangular(A::AbstractMatrix{T}) where {T} = UnitUpperTriangular{T,typeof(A)}(A)
UnitLowerTriangular(A::AbstractMatrix{T}) where {T} = UnitLowerTriangular{T,typeof(A)}(A)
UpperTriangular(A::AbstractTriangular) = A isa UpperTriangular ? A : UpperTriangular(Matrix(A))
LowerTriangular(A::AbstractTriangular) = A isa LowerTriangular ? A : LowerTriangular(Matrix(A))

const UpperOrUnit = Union{UpperTriangular,UnitUpperTriangular}
const LowerOrUnit = Union{LowerTriangular,UnitLowerTriangular}
const UnitTriangular = Union{UnitUpperTriangular,UnitLowerTriangular}

in_triangle(::UpperOrUnit, i, j) = i <= j
in_triangle(::LowerOrUnit, i, j) = i >= j
# Whether an item is inside a matrix, for certain: the axes of most need not be asked for.
inside(D, i, j) = false
inside(D::Matrix, i, j) = 0 < i <= size(D, 1) && 0 < j <= size(D, 2)

Base.size(A::AbstractTriangular) = size(A.data)
Base.parent(A::AbstractTriangular) = A.data
Base.dataids(A::AbstractTriangular) = Base.dataids(A.data)
Base.unaliascopy(A::T) where {T<:AbstractTriangular} = T(Base.unaliascopy(A.data))
function Base.getindex(A::AbstractTriangular{T}, i::Int, j::Int) where {T}
    inside(A.data, i, j) || checkbounds(A, i, j)
    i == j && A isa UnitTriangular && return one(T)
    in_triangle(A, i, j) ? A.data[i, j] : T <: Real ? zero(T) : zero(A.data[j, i])
end
function Base.setindex!(A::AbstractTriangular, x, i::Int, j::Int)
    checkbounds(A, i, j)
    if i == j && A isa UnitTriangular
        isone(x) || throw(ArgumentError("cannot set index on the unit diagonal ($i, $j) of a $(nameof(typeof(A))) matrix to a non-unit value ($x)"))
    elseif in_triangle(A, i, j)
        A.data[i, j] = x
    else
        iszero(x) || throw(ArgumentError("cannot set index in the $(A isa UpperOrUnit ? "lower" : "upper") triangular part ($i, $j) of an $(nameof(typeof(A))) matrix to a nonzero value ($x)"))
    end
    A
end
Base.copy(A::T) where {T<:AbstractTriangular} = same_wrapper(A, copy(A.data))
same_wrapper(::UpperTriangular, M) = UpperTriangular(M)
same_wrapper(::LowerTriangular, M) = LowerTriangular(M)
same_wrapper(::UnitUpperTriangular, M) = UnitUpperTriangular(M)
same_wrapper(::UnitLowerTriangular, M) = UnitLowerTriangular(M)
plain_wrapper(::UpperOrUnit, M) = UpperTriangular(M)
plain_wrapper(::LowerOrUnit, M) = LowerTriangular(M)
Base.similar(A::AbstractTriangular, ::Type{T}) where {T} = same_wrapper(A, similar(A.data, T))
Base.similar(A::AbstractTriangular, ::Type{T}, dims::Dims{N}) where {T,N} = similar(A.data, T, dims)
Base.Matrix(A::AbstractTriangular) = copy_matrix(A)
Base.collect(A::AbstractTriangular) = copy_matrix(A)
function copy_matrix(A::AbstractTriangular{T}) where {T}
    D = A.data
    T <: Number && isconcretetype(T) || return [A[i, j] for i in axes(A, 1), j in axes(A, 2)]
    D isa Union{Matrix{T},AdjOrTrans{T,Matrix{T}}} || return T[A[i, j] for i in axes(A, 1), j in axes(A, 2)]
    Base.array_half(D isa Matrix ? D : copy_matrix(D), A isa UpperOrUnit, zero(T), A isa UnitTriangular ? one(T) : nothing)
end
Base.adjoint(A::UpperTriangular) = LowerTriangular(adjoint(A.data))
Base.adjoint(A::LowerTriangular) = UpperTriangular(adjoint(A.data))
Base.adjoint(A::UnitUpperTriangular) = UnitLowerTriangular(adjoint(A.data))
Base.adjoint(A::UnitLowerTriangular) = UnitUpperTriangular(adjoint(A.data))
Base.transpose(A::UpperTriangular) = LowerTriangular(transpose(A.data))
Base.transpose(A::LowerTriangular) = UpperTriangular(transpose(A.data))
Base.transpose(A::UnitUpperTriangular) = UnitLowerTriangular(transpose(A.data))
Base.transpose(A::UnitLowerTriangular) = UnitUpperTriangular(transpose(A.data))
Base.:-(A::AbstractTriangular) = plain_wrapper(A, -copy_matrix(A))
for (f, g) in ((:+, :+), (:-, :-))
    @eval Base.$f(A::UpperOrUnit, B::UpperOrUnit) = UpperTriangular($g(copy_matrix(A), copy_matrix(B)))
    @eval Base.$f(A::LowerOrUnit, B::LowerOrUnit) = LowerTriangular($g(copy_matrix(A), copy_matrix(B)))
end
Base.:*(A::UpperOrUnit, B::UpperOrUnit) = UpperTriangular(product(copy_matrix(A), copy_matrix(B)))
Base.:*(A::LowerOrUnit, B::LowerOrUnit) = LowerTriangular(product(copy_matrix(A), copy_matrix(B)))
Base.:*(A::AbstractTriangular, x::Number) = plain_wrapper(A, copy_matrix(A) * x)
Base.:*(x::Number, A::AbstractTriangular) = plain_wrapper(A, x * copy_matrix(A))
Base.:/(A::AbstractTriangular, x::Number) = plain_wrapper(A, copy_matrix(A) / x)
Base.inv(A::AbstractTriangular) = same_wrapper(A, A \ identity_like(A))
Base.:\(A::AbstractTriangular, B::AbstractVecOrMat) = triangular_solve(A, B)
det(A::UnitTriangular) = one(eltype(A))
det(A::AbstractTriangular) = prod(diag(A.data))

"`full!(A)`: the matrix inside of the triangular matrix `A`, after its other half has been filled with zeros."
full!(A::AbstractTriangular) = copyto!(A.data, copy_matrix(A))

"""
    errorbounds(A, X, B)

How far the solution `X` of `A*X == B`, for a triangular `A`, may be from the exact one, relatively: for each column
bounds of the error of the solution, and of the changes of `A` and `B` for which it would be exact.
"""
function errorbounds(A::AbstractTriangular, X::AbstractVecOrMat, B::AbstractVecOrMat)
    size(X) == size(B) || throw(DimensionMismatch("the solutions have the size $(size(X)), the right hand sides $(size(B))"))
    T = float(real(promote_type(eltype(A), eltype(X), eltype(B))))
    M, V = abs.(copy_matrix(A)), abs.(copy_matrix(inv(A)))
    forward, backward = T[], T[]
    for c in axes(X, 2)
        x, b = X[:, c], B[:, c]
        r, scale = abs.(b - A * x), M * abs.(x) + abs.(b)
        push!(backward, maximum(((a, s),) -> iszero(s) ? zero(a) : a / s, zip(r, scale); init=zero(T)))
        bound = norm(V * (r + size(A, 1) * eps(T) * scale), Inf)
        push!(forward, iszero(bound) ? bound : bound / norm(x, Inf))
    end
    X isa AbstractVector ? (forward[1], backward[1]) : (forward, backward)
end
# Forward or backward substitution.
function triangular_solve(A::AbstractTriangular, B)
    n = size(A, 1)
    size(B, 1) == n || throw(DimensionMismatch("second dimension of left hand side A, $n, and first dimension of right hand side B, $(size(B, 1)), must be equal"))
    T = quotient_type(eltype(A), eltype(B))
    X = Array{T}(undef, size(B)...)
    copyto!(X, B)
    unit, D = A isa UnitTriangular, A.data
    if !unit
        for i in 1:n
            iszero(D[i, i]) && throw(SingularException(i))
        end
    end
    if D isa Matrix{T} && X isa VecOrMat
        Y = Base.array_solve_triangle(D, X, A isa UpperOrUnit, unit)
        Y === nothing || return Y
    end
    order = A isa UpperOrUnit ? (n:-1:1) : (1:n)
    for c in axes(X, 2), i in order
        x = unit ? X[i, c] : D[i, i] \ X[i, c]
        X[i, c] = x
        for k in (A isa UpperOrUnit ? (1:i-1) : (i+1:n))
            X[k, c] -= D[k, i] * x
        end
    end
    X
end
quotient_type(T, S) = isconcretetype(T) && isconcretetype(S) && T <: Number && S <: Number ? typeof(zero(S) / oneunit(T) * one(T) + zero(S) / oneunit(T)) : Base.promote_op(\, T, S)

"""
    Symmetric(A, uplo=:U)

The symmetric matrix whose upper (or lower, `:L`) triangle is that of `A`, without a copy.
"""
struct Symmetric{T,S<:AbstractMatrix} <: AbstractMatrix{T}
    data::S
    uplo::Char
end
"""
    Hermitian(A, uplo=:U)

The Hermitian matrix whose upper (or lower, `:L`) triangle is that of `A`, without a copy.
"""
struct Hermitian{T,S<:AbstractMatrix} <: AbstractMatrix{T}
    data::S
    uplo::Char
end
function char_uplo(uplo::Symbol)
    uplo === :U && return 'U'
    uplo === :L && return 'L'
    throw(ArgumentError("uplo argument must be either :U (upper) or :L (lower)"))
end
Symmetric(A::AbstractMatrix{T}, uplo::Symbol=:U) where {T} = (checksquare(A); Symmetric{T,typeof(A)}(A, char_uplo(uplo)))
Hermitian(A::AbstractMatrix{T}, uplo::Symbol=:U) where {T} = (checksquare(A); Hermitian{T,typeof(A)}(A, char_uplo(uplo)))
Symmetric(A::Symmetric) = A
Hermitian(A::Hermitian) = A
Symmetric(A::Symmetric, uplo::Symbol) = same_half("Symmetric", A, uplo)
Hermitian(A::Hermitian, uplo::Symbol) = same_half("Hermitian", A, uplo)
Symmetric(A::Hermitian) = Symmetric(A, A.uplo == 'U' ? :U : :L)
Hermitian(A::Symmetric) = Hermitian(A, A.uplo == 'U' ? :U : :L)
Symmetric(A::Hermitian, uplo::Symbol) = Symmetric(same_half("Symmetric", A, uplo).data, uplo)
Hermitian(A::Symmetric, uplo::Symbol) = Hermitian(same_half("Hermitian", A, uplo).data, uplo)
same_half(name, A, uplo) = A.uplo == char_uplo(uplo) ? A : throw(ArgumentError("Cannot construct $name; uplo doesn't match"))
const HermOrSym{T,S} = Union{Hermitian{T,S},Symmetric{T,S}}
const RealHermSym = Union{Hermitian{<:Real},Symmetric{<:Real}}
const RealHermSymComplexHerm = Union{Hermitian{<:Real},Symmetric{<:Real},Hermitian{<:Complex}}

Base.size(A::HermOrSym) = size(A.data)
Base.parent(A::HermOrSym) = A.data
Base.dataids(A::HermOrSym) = Base.dataids(A.data)
Base.unaliascopy(A::T) where {T<:HermOrSym} = T(Base.unaliascopy(A.data), A.uplo)
mirrored(::Symmetric, x) = transpose(x)
mirrored(::Hermitian, x) = adjoint(x)
middle_item(::Symmetric, x) = x
middle_item(::Hermitian, x) = x isa Complex ? oftype(x, real(x)) : x
function Base.getindex(A::HermOrSym, i::Int, j::Int)
    inside(A.data, i, j) || checkbounds(A, i, j)
    i == j && return middle_item(A, A.data[i, i])
    (A.uplo == 'U') == (i < j) ? A.data[i, j] : mirrored(A, A.data[j, i])
end
function Base.setindex!(A::Symmetric, x, i::Int, j::Int)
    i == j || throw(ArgumentError("Cannot set a non-diagonal index in a symmetric matrix"))
    A.data[i, j] = x
    A
end
function Base.setindex!(A::Hermitian, x, i::Int, j::Int)
    i == j || throw(ArgumentError("Cannot set a non-diagonal index in a Hermitian matrix"))
    isreal(x) || throw(ArgumentError("Cannot set a diagonal entry in a Hermitian matrix to a nonreal value"))
    A.data[i, j] = x
    A
end
sym_like(::Symmetric, M, uplo) = Symmetric(M, uplo == 'U' ? :U : :L)
sym_like(::Hermitian, M, uplo) = Hermitian(M, uplo == 'U' ? :U : :L)
Base.copy(A::HermOrSym) = sym_like(A, copy(A.data), A.uplo)
Base.similar(A::HermOrSym, ::Type{T}) where {T} = sym_like(A, similar(A.data, T), A.uplo)
Base.similar(A::HermOrSym, ::Type{T}, dims::Dims{N}) where {T,N} = similar(A.data, T, dims)
Base.Matrix(A::HermOrSym) = copy_matrix(A)
Base.collect(A::HermOrSym) = copy_matrix(A)
function copy_matrix(A::HermOrSym{T}) where {T}
    D = A.data
    T <: Number && isconcretetype(T) || return [A[i, j] for i in axes(A, 1), j in axes(A, 2)]
    D isa Union{Matrix{T},AdjOrTrans{T,Matrix{T}}} || return T[A[i, j] for i in axes(A, 1), j in axes(A, 2)]
    D isa Matrix || (D = copy_matrix(D))
    up, turned = A.uplo == 'U', A isa Hermitian && !(T <: Real)
    M = Base.array_mirrored(D, up, turned ? conj(D) : D)
    if turned
        for i in axes(M, 1)
            M[i, i] = real(M[i, i])
        end
    end
    M
end
# These make their items by calls: what goes through all of them takes a copy.
Base.ready_items(A::Union{AbstractTriangular{<:Number},HermOrSym{<:Number}}) = copy_matrix(A)
Base.ready_items(A::AdjOrTrans{T,Matrix{T}}) where {T<:Number} = flipped(A)
plain(::Type{T}, A::Union{AbstractTriangular,HermOrSym,AdjOrTransAbsMat}) where {T} = convert(Matrix{T}, A isa AdjOrTrans ? copy(A) : copy_matrix(A))
Base.transpose(A::Symmetric) = A
Base.adjoint(A::Hermitian) = A
Base.adjoint(A::Symmetric{<:Real}) = A
Base.transpose(A::Hermitian{<:Real}) = A
Base.:-(A::HermOrSym) = sym_like(A, -A.data, A.uplo)
Base.:+(A::Symmetric, B::Symmetric) = Symmetric(copy_matrix(A) + copy_matrix(B))
Base.:-(A::Symmetric, B::Symmetric) = Symmetric(copy_matrix(A) - copy_matrix(B))
Base.:+(A::Hermitian, B::Hermitian) = Hermitian(copy_matrix(A) + copy_matrix(B))
Base.:-(A::Hermitian, B::Hermitian) = Hermitian(copy_matrix(A) - copy_matrix(B))
Base.:+(A::Hermitian, B::Symmetric{<:Real}) = Hermitian(copy_matrix(A) + copy_matrix(B))
Base.:-(A::Hermitian, B::Symmetric{<:Real}) = Hermitian(copy_matrix(A) - copy_matrix(B))
Base.:+(A::Symmetric{<:Real}, B::Hermitian) = Hermitian(copy_matrix(A) + copy_matrix(B))
Base.:-(A::Symmetric{<:Real}, B::Hermitian) = Hermitian(copy_matrix(A) - copy_matrix(B))
# One whose halves are in the same place takes over the stored one, another one mirrors it.
function Base.copyto!(A::T, B::T) where {T<:HermOrSym}
    size(A) == size(B) || throw(DimensionMismatch("the matrices have the sizes $(size(A)) and $(size(B))"))
    for j in axes(B, 2), i in axes(B, 1)
        if A.uplo != B.uplo
            A.data[i, j] = mirrored(A, B.data[j, i])
        elseif A.uplo == 'U' ? i <= j : i >= j
            A.data[i, j] = B.data[i, j]
        end
    end
    A
end
Base.:^(A::HermOrSym, p::Integer) = whole_power_like(A, p)
Base.:^(A::Hermitian, p::Integer) = whole_power_like(A, p)
Base.:^(A::Symmetric{<:Real}, p::Integer) = whole_power_like(A, p)
Base.:^(A::Symmetric{<:Complex}, p::Integer) = whole_power_like(A, p)
whole_power_like(A, p) = sym_like(A, p < 0 ? whole_power(inv(copy_matrix(A)), -p) : whole_power(copy_matrix(A), p), 'U')
Base.fill!(A::HermOrSym, x) = (A isa Symmetric || isreal(x) || throw(ArgumentError("Cannot fill a Hermitian matrix with a nonreal value")); fill!(A.data, x); A)
det(A::Hermitian) = real(det(lu(A; check=false)))
Base.:*(A::HermOrSym, x::Number) = A isa Symmetric || x isa Real ? sym_like(A, A.data * x, A.uplo) : copy_matrix(A) * x
Base.:*(x::Number, A::HermOrSym) = A isa Symmetric || x isa Real ? sym_like(A, x * A.data, A.uplo) : x * copy_matrix(A)
Base.:/(A::HermOrSym, x::Number) = A isa Symmetric || x isa Real ? sym_like(A, A.data / x, A.uplo) : copy_matrix(A) / x
function Base.inv(A::HermOrSym)
    M = inv(copy_matrix(A))
    # Either half is as inexact as the other; where they differ lies what does not cancel.
    for j in axes(M, 2), i in 1:j
        x = (M[i, j] + mirrored(A, M[j, i])) / 2
        M[i, j] = x
        M[j, i] = mirrored(A, x)
    end
    sym_like(A, M, A.uplo)
end
Base.conj(A::HermOrSym) = sym_like(A, conj(A.data), A.uplo)
Base.real(A::HermOrSym) = sym_like(A, real(A.data), A.uplo)
Base.conj!(A::HermOrSym) = (conj!(A.data); A)
issymmetric(A::Symmetric) = true
ishermitian(A::Hermitian) = true
issymmetric(A::Hermitian{<:Real}) = true
ishermitian(A::Symmetric{<:Real}) = true
tr(A::Hermitian) = real(sum(diag(A.data)))
"`hermitianpart(A)`: `(A + A') / 2`, as a `Hermitian`."
hermitianpart(A::AbstractMatrix, uplo::Symbol=:U) = Hermitian((A + A') / 2, uplo)
"`hermitianpart!(A, uplo=:U)`: as `hermitianpart`, in the room of `A`."
hermitianpart!(A::AbstractMatrix, uplo::Symbol=:U) = Hermitian(copyto!(A, (A + A') / 2), uplo)

"`UpperHessenberg(A)`: `A` without what is below its first subdiagonal."
struct UpperHessenberg{T,S<:AbstractMatrix{T}} <: AbstractMatrix{T}
    data::S
end
Base.size(A::UpperHessenberg) = size(A.data)
Base.parent(A::UpperHessenberg) = A.data
Base.getindex(A::UpperHessenberg{T}, i::Int, j::Int) where {T} = (checkbounds(A, i, j); i <= j + 1 ? A.data[i, j] : zero(T))
Base.Matrix(A::UpperHessenberg) = copy_matrix(A)
Base.copy(A::UpperHessenberg) = UpperHessenberg(copy(A.data))
UpperHessenberg(A::UpperHessenberg) = A
UpperHessenberg{T}(A::AbstractMatrix) where {T} = A isa UpperHessenberg{T} ? A : UpperHessenberg(convert(AbstractMatrix{T}, A isa UpperHessenberg ? A.data : A))
Base.similar(A::UpperHessenberg, ::Type{T}) where {T} = UpperHessenberg(similar(A.data, T))
Base.similar(A::UpperHessenberg, ::Type{T}, dims::Dims{N}) where {T,N} = similar(A.data, T, dims)
Base.AbstractMatrix{T}(A::UpperHessenberg) where {T} = UpperHessenberg{T}(A)
Base.AbstractArray{T}(A::UpperHessenberg) where {T} = UpperHessenberg{T}(A)
Base.real(A::UpperHessenberg) = UpperHessenberg(triu!(real(A.data), -1))
Base.imag(A::UpperHessenberg) = UpperHessenberg(triu!(imag(A.data), -1))
function Base.setindex!(A::UpperHessenberg, x, i::Integer, j::Integer)
    if i <= j + 1
        A.data[i, j] = x
    elseif x != 0
        throw(ArgumentError("cannot set index in the lower triangular part ($i, $j) of an UpperHessenberg matrix to a nonzero value ($x)"))
    end
    A
end

## display: a dot for what is zero by the type

Base.replace_in_print_matrix(A::AbstractTriangular, i::Integer, j::Integer, s::AbstractString) =
    in_triangle(A, i, j) ? s : Base.replace_with_centered_mark(s)
Base.replace_in_print_matrix(A::UpperHessenberg, i::Integer, j::Integer, s::AbstractString) =
    i <= j + 1 ? s : Base.replace_with_centered_mark(s)

# In place: the triangle is written into the other half, and zeros where it was.
for (W, V) in ((:UpperTriangular, :LowerTriangular), (:LowerTriangular, :UpperTriangular), (:UnitUpperTriangular, :UnitLowerTriangular), (:UnitLowerTriangular, :UnitUpperTriangular))
    @eval adjoint!(A::$W) = $V(turn_over!(adjoint, A.data, A))
    @eval transpose!(A::$W) = $V(turn_over!(transpose, A.data, A))
end
function turn_over!(f, M, A)
    for j in axes(M, 2), i in axes(M, 1)
        if i == j
            M[i, j] = f(M[i, j])
        elseif in_triangle(A, i, j)
            M[j, i] = f(M[i, j])
            M[i, j] = zero(M[i, j])
        end
    end
    M
end
