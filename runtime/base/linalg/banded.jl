# Matrices with few diagonals: Diagonal, Bidiagonal, Tridiagonal, SymTridiagonal; and multiples of the identity.

"""
    Diagonal(v)
    Diagonal(A)

The diagonal matrix with the vector `v`, or the diagonal of the matrix `A`, on its diagonal.
"""
struct Diagonal{T,V<:AbstractVector{T}} <: AbstractMatrix{T}
    diag::V
end
Diagonal(A::AbstractMatrix) = Diagonal(diag(A))
Diagonal(D::Diagonal) = D
Diagonal{T}(v::AbstractVector) where {T} = Diagonal(convert(AbstractVector{T}, v))
Diagonal{T}(::UndefInitializer, n::Integer) where {T} = Diagonal(Vector{T}(undef, n))
Base.size(D::Diagonal) = (length(D.diag), length(D.diag))
Base.parent(D::Diagonal) = D.diag
Base.dataids(D::Diagonal) = Base.dataids(D.diag)
Base.unaliascopy(D::Diagonal) = Diagonal(Base.unaliascopy(D.diag))
Base.getindex(D::Diagonal{T}, i::Int, j::Int) where {T} = (checkbounds(D, i, j); i == j ? D.diag[i] : zero_of(D, T))
zero_of(D, ::Type{T}) where {T<:Number} = zero(T)
zero_of(D, ::Type{T}) where {T} = zero(D.diag[1])
function Base.setindex!(D::Diagonal, x, i::Int, j::Int)
    checkbounds(D, i, j)
    if i == j
        D.diag[i] = x
    else
        iszero(x) || throw(ArgumentError("cannot set off-diagonal entry ($i, $j) to a nonzero value ($x)"))
    end
    D
end
Base.copy(D::Diagonal) = Diagonal(copy(D.diag))
Base.similar(D::Diagonal, ::Type{T}) where {T} = Diagonal(similar(D.diag, T))
Base.similar(D::Diagonal, ::Type{T}, dims::Dims{N}) where {T,N} = similar(D.diag, T, dims)
Base.Matrix(D::Diagonal) = copy_matrix(D)
Base.adjoint(D::Diagonal) = Diagonal(map(adjoint, D.diag))
Base.transpose(D::Diagonal) = Diagonal(map(transpose, D.diag))
Base.:-(D::Diagonal) = Diagonal(-D.diag)
Base.:+(A::Diagonal, B::Diagonal) = Diagonal(A.diag + B.diag)
Base.:-(A::Diagonal, B::Diagonal) = Diagonal(A.diag - B.diag)
Base.:*(A::Diagonal, B::Diagonal) = (size(A) == size(B) || check_product(A, B); Diagonal(A.diag .* B.diag))
Base.:*(D::Diagonal, x::Number) = Diagonal(D.diag * x)
Base.:*(x::Number, D::Diagonal) = Diagonal(x * D.diag)
Base.:/(D::Diagonal, x::Number) = Diagonal(D.diag / x)
Base.:*(D::Diagonal, v::AbstractVector) = (check_product(D, v); D.diag .* v)
Base.:*(D::Diagonal, A::AbstractMatrix) = (check_product(D, A); D.diag .* A)
Base.:*(A::AbstractMatrix, D::Diagonal) = (check_product(A, D); A .* transpose(D.diag))
Base.:*(x::AdjOrTransAbsVec, D::Diagonal) = wrap_as(x, wrap_as(x, D) * x.parent)
Base.:^(D::Diagonal, p::Integer) = Diagonal(D.diag .^ p)
Base.:^(D::Diagonal, p::Real) = Diagonal(D.diag .^ p)
function Base.inv(D::Diagonal)
    k = findfirst(iszero, D.diag)
    k === nothing || throw(SingularException(k))
    Diagonal(map(inv, D.diag))
end
function Base.:\(D::Diagonal, B::AbstractVecOrMat)
    check_product(D, B)
    k = findfirst(iszero, D.diag)
    k === nothing || throw(SingularException(k))
    D.diag .\ B
end
Base.:/(A::AbstractMatrix, D::Diagonal) = A * inv(D)
Base.:/(x::AdjOrTransAbsVec, D::Diagonal) = x * inv(D)
Base.:\(A::Diagonal, B::Diagonal) = inv(A) * B
Base.:/(A::Diagonal, B::Diagonal) = A * inv(B)
logdet(D::Diagonal) = sum(log, D.diag)
tr(D::Diagonal) = sum(tr, D.diag)
for f in (:exp, :log, :sqrt, :cbrt, :sin, :cos, :tan, :sinh, :cosh, :tanh)
    @eval Base.$f(D::Diagonal) = Diagonal(map($f, D.diag))
end
Base.iszero(D::Diagonal) = all(iszero, D.diag)
Base.sum(D::Diagonal) = sum(D.diag)
Base.:(==)(A::Diagonal, B::Diagonal) = A.diag == B.diag
Base.replace_in_print_matrix(D::Diagonal, i::Integer, j::Integer, s::AbstractString) = i == j ? s : Base.replace_with_centered_mark(s)

"""
    Bidiagonal(dv, ev, uplo)

The matrix with the diagonal `dv` and, above (`:U`) or below (`:L`) it, the diagonal `ev`.
"""
struct Bidiagonal{T,V<:AbstractVector{T}} <: AbstractMatrix{T}
    dv::V
    ev::V
    uplo::Char
end
Bidiagonal(dv::V, ev::V, uplo::Symbol) where {T,V<:AbstractVector{T}} = (fit_diagonal(dv, ev); Bidiagonal{T,V}(dv, ev, char_uplo(uplo)))
function Bidiagonal(dv::Vector, ev::Vector, uplo::Symbol)
    fit_diagonal(dv, ev)
    T = promote_type(eltype(dv), eltype(ev))
    Bidiagonal{T,Vector{T}}(dv, ev, char_uplo(uplo))
end
fit_diagonal(dv, ev) = length(ev) == max(length(dv) - 1, 0) || throw(DimensionMismatch("length of diagonal vector is $(length(dv)), length of off-diagonal vector is $(length(ev))"))
Bidiagonal(A::AbstractMatrix, uplo::Symbol) = Bidiagonal(diag(A), diag(A, uplo === :U ? 1 : -1), uplo)

"""
    Tridiagonal(dl, d, du)

The matrix with the diagonals `dl` (below), `d` and `du` (above).
"""
struct Tridiagonal{T,V<:AbstractVector{T}} <: AbstractMatrix{T}
    dl::V
    d::V
    du::V
    du2::V # the diagonal after next, which `lu` may fill
    function Tridiagonal{T,V}(dl, d, du) where {T,V<:AbstractVector{T}}
        fit_diagonals(dl, d, du)
        new{T,V}(dl, d, du)
    end
    function Tridiagonal{T,V}(dl, d, du, du2) where {T,V<:AbstractVector{T}}
        fit_diagonals(dl, d, du)
        new{T,V}(dl, d, du, du2)
    end
end
function fit_diagonals(dl, d, du)
    n = length(d)
    length(dl) == length(du) == n - 1 || n == length(dl) == length(du) == 0 ||
        throw(ArgumentError("cannot construct Tridiagonal from incompatible lengths of subdiagonal, diagonal and superdiagonal: ($(length(dl)), $n, $(length(du)))"))
end
Tridiagonal(dl::V, d::V, du::V) where {T,V<:AbstractVector{T}} = Tridiagonal{T,V}(dl, d, du)
Tridiagonal(dl::V, d::V, du::V, du2::V) where {T,V<:AbstractVector{T}} = Tridiagonal{T,V}(dl, d, du, du2)
function Tridiagonal(dl::Vector, d::Vector, du::Vector)
    T = promote_type(eltype(dl), eltype(d), eltype(du))
    Tridiagonal{T,Vector{T}}(dl, d, du)
end
Tridiagonal(A::AbstractMatrix) = Tridiagonal(diag(A, -1), diag(A), diag(A, 1))

"""
    SymTridiagonal(dv, ev)

The symmetric matrix with the diagonal `dv` and, beside it, `ev`.
"""
struct SymTridiagonal{T,V<:AbstractVector{T}} <: AbstractMatrix{T}
    dv::V
    ev::V
    SymTridiagonal{T,V}(dv, ev) where {T,V<:AbstractVector{T}} = (fit_subdiagonal(dv, ev); new{T,V}(dv, ev))
end
SymTridiagonal(dv::V, ev::V) where {T,V<:AbstractVector{T}} = SymTridiagonal{T,V}(dv, ev)
function SymTridiagonal(dv::Vector, ev::Vector)
    T = promote_type(eltype(dv), eltype(ev))
    SymTridiagonal{T,Vector{T}}(dv, ev)
end
fit_subdiagonal(dv, ev) = length(ev) in (length(dv) - 1, length(dv)) ||
    throw(DimensionMismatch("subdiagonal has wrong length. Has length $(length(ev)), but should be either $(length(dv) - 1) or $(length(dv))."))
function SymTridiagonal(A::AbstractMatrix)
    diag(A, 1) == map(transpose, diag(A, -1)) && all(issymmetric, diag(A)) || throw(ArgumentError("matrix is not symmetric; cannot convert to SymTridiagonal"))
    SymTridiagonal(diag(A), diag(A, 1))
end

const FewDiagonals{T} = Union{Bidiagonal{T},Tridiagonal{T},SymTridiagonal{T}}
main_diagonal(A::Union{Bidiagonal,SymTridiagonal}) = A.dv
main_diagonal(A::Tridiagonal) = A.d
Base.size(A::FewDiagonals) = (n = length(main_diagonal(A)); (n, n))
# What is stored at (i, j), or nothing.
stored(A::Bidiagonal, i, j) = i == j ? A.dv[i] : A.uplo == 'U' && j == i + 1 ? A.ev[i] : A.uplo == 'L' && i == j + 1 ? A.ev[j] : nothing
stored(A::Tridiagonal, i, j) = i == j ? A.d[i] : j == i + 1 ? A.du[i] : i == j + 1 ? A.dl[j] : nothing
stored(A::SymTridiagonal, i, j) = i == j ? symmetric_item(A.dv[i]) : j == i + 1 ? A.ev[i] : i == j + 1 ? copy(transpose(A.ev[j])) : nothing
function Base.getindex(A::FewDiagonals{T}, i::Int, j::Int) where {T}
    checkbounds(A, i, j)
    x = stored(A, i, j)
    x === nothing ? zero(T) : x
end
function Base.setindex!(A::FewDiagonals, x, i::Int, j::Int)
    checkbounds(A, i, j)
    if i == j
        main_diagonal(A)[i] = x
    elseif A isa Bidiagonal && stored(A, i, j) !== nothing
        A.ev[min(i, j)] = x
    elseif A isa Tridiagonal && abs(i - j) == 1
        i < j ? (A.du[i] = x) : (A.dl[j] = x)
    elseif A isa SymTridiagonal
        throw(ArgumentError("cannot set off-diagonal entry ($i, $j)"))
    else
        iszero(x) || throw(ArgumentError("cannot set entry ($i, $j) off the $(A isa Bidiagonal ? "bidiagonal" : "tridiagonal") band to a nonzero value ($x)"))
    end
    A
end
each_diagonal(f, A::Bidiagonal) = Bidiagonal(f(A.dv), f(A.ev), A.uplo == 'U' ? :U : :L)
each_diagonal(f, A::Tridiagonal) = Tridiagonal(f(A.dl), f(A.d), f(A.du))
each_diagonal(f, A::SymTridiagonal) = SymTridiagonal(f(A.dv), f(A.ev))
Base.copy(A::FewDiagonals) = each_diagonal(copy, A)
Base.similar(A::FewDiagonals, ::Type{T}) where {T} = each_diagonal(v -> similar(v, T), A)
Base.similar(A::FewDiagonals, ::Type{T}, dims::Dims{N}) where {T,N} = similar(main_diagonal(A), T, dims)
Base.Matrix(A::FewDiagonals) = copy_matrix(A)
Base.:-(A::FewDiagonals) = each_diagonal(-, A)
Base.:*(A::FewDiagonals, x::Number) = each_diagonal(v -> v * x, A)
Base.:*(x::Number, A::FewDiagonals) = each_diagonal(v -> x * v, A)
Base.:/(A::FewDiagonals, x::Number) = each_diagonal(v -> v / x, A)
Base.adjoint(A::Bidiagonal) = Bidiagonal(map(adjoint, A.dv), map(adjoint, A.ev), A.uplo == 'U' ? :L : :U)
Base.transpose(A::Bidiagonal) = Bidiagonal(A.dv, A.ev, A.uplo == 'U' ? :L : :U)
Base.adjoint(A::Tridiagonal) = Tridiagonal(map(adjoint, A.du), map(adjoint, A.d), map(adjoint, A.dl))
Base.transpose(A::Tridiagonal) = Tridiagonal(A.du, A.d, A.dl)
Base.transpose(A::SymTridiagonal) = A
Base.adjoint(A::SymTridiagonal) = each_diagonal(v -> map(adjoint, v), A)
issymmetric(A::SymTridiagonal) = true
function det(A::Union{Tridiagonal,SymTridiagonal})
    T = float_or_exact(eltype(A))
    a, b = one(T), zero(T)
    for i in 1:size(A, 1)
        a, b = A[i, i] * a - (i > 1 ? A[i, i-1] * A[i-1, i] : zero(T)) * b, a
    end
    a
end
det(A::Bidiagonal) = prod(A.dv)
Base.replace_in_print_matrix(A::FewDiagonals, i::Integer, j::Integer, s::AbstractString) = stored(A, i, j) === nothing ? Base.replace_with_centered_mark(s) : s
