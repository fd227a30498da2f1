# Matrices with a structure: conversion between their types, and broadcasting that keeps it.

const BlasReal = Union{Float64,Float32}
const BlasComplex = Union{ComplexF64,ComplexF32}
"The types of numbers that BLAS and LAPACK know."
const BlasFloat = Union{BlasReal,BlasComplex}
const BlasInt = Int

## conversion

Diagonal{T}(D::Diagonal) where {T} = D isa Diagonal{T} ? D : Diagonal(convert(AbstractVector{T}, D.diag))
Diagonal{T,V}(D::Diagonal) where {T,V<:AbstractVector{T}} = D isa Diagonal{T,V} ? D : Diagonal{T,V}(convert(V, D.diag))
Diagonal{T}(A::AbstractMatrix) where {T} = Diagonal{T}(diag(A))
Bidiagonal(A::Bidiagonal) = A
Bidiagonal(A::Bidiagonal, uplo::Symbol) = A.uplo == char_uplo(uplo) ? A : Bidiagonal(A.dv, zero(A.ev), uplo)
Bidiagonal(dv::AbstractVector, ev::AbstractVector, uplo::AbstractChar) = Bidiagonal(dv, ev, uplo == 'U' ? :U : uplo == 'L' ? :L : Symbol(uplo))
Bidiagonal{T}(dv::AbstractVector, ev::AbstractVector, uplo::Union{Symbol,AbstractChar}) where {T} = Bidiagonal(convert(AbstractVector{T}, dv), convert(AbstractVector{T}, ev), uplo)
Bidiagonal{T,V}(dv::AbstractVector, ev::AbstractVector, uplo::Symbol) where {T,V<:AbstractVector{T}} = Bidiagonal(convert(V, dv), convert(V, ev), uplo)
SymTridiagonal{T}(dv::AbstractVector, ev::AbstractVector) where {T} = SymTridiagonal(convert(AbstractVector{T}, dv), convert(AbstractVector{T}, ev))
Tridiagonal{T}(dl::AbstractVector, d::AbstractVector, du::AbstractVector) where {T} = Tridiagonal(map(v -> convert(AbstractVector{T}, v), (dl, d, du))...)
Bidiagonal(D::Diagonal, uplo::Symbol) = Bidiagonal(D.diag, zeros_like(D.diag), uplo)
Tridiagonal(D::Diagonal) = (z = zeros_like(D.diag); Tridiagonal(z, D.diag, copy(z)))
SymTridiagonal(D::Diagonal) = SymTridiagonal(D.diag, zeros_like(D.diag))
Diagonal(J::UniformScaling, n::Integer) = Diagonal(fill(J.λ, n))
Diagonal{T}(J::UniformScaling, n::Integer) where {T} = Diagonal{T}(fill(convert(T, J.λ), n))
for W in (:Bidiagonal, :Tridiagonal, :SymTridiagonal)
    W === :Tridiagonal || @eval $W{T}(A::$W) where {T} = A isa $W{T} ? A : each_diagonal(v -> convert(AbstractVector{T}, v), A)
    @eval $W{T,V}(A::$W) where {T,V<:AbstractVector{T}} = A isa $W{T,V} ? A : each_diagonal(v -> convert(V, v), A)
    @eval Base.AbstractMatrix{T}(A::$W) where {T} = $W{T}(A)
    @eval Base.AbstractArray{T}(A::$W) where {T} = $W{T}(A)
end
Base.AbstractMatrix{T}(D::Diagonal) where {T} = Diagonal{T}(D)
Base.AbstractArray{T}(D::Diagonal) where {T} = Diagonal{T}(D)
Tridiagonal(A::Tridiagonal) = A
SymTridiagonal(A::SymTridiagonal) = A
Tridiagonal(A::SymTridiagonal) = Tridiagonal(A.ev[1:length(A.dv)-1], A.dv, A.ev[1:length(A.dv)-1])
Tridiagonal(A::Bidiagonal) = A.uplo == 'U' ? Tridiagonal(zero(A.ev), A.dv, A.ev) : Tridiagonal(A.ev, A.dv, zero(A.ev))
Tridiagonal{T}(A::AbstractMatrix) where {T} = Tridiagonal{T}(Tridiagonal(A))
function Tridiagonal{T}(A::Tridiagonal) where {T}
    A isa Tridiagonal{T} && return A
    ds = map(v -> convert(AbstractVector{T}, v), (A.dl, A.d, A.du))
    isdefined(A, :du2) ? Tridiagonal(ds..., convert(AbstractVector{T}, A.du2)) : Tridiagonal(ds...)
end
SymTridiagonal{T}(A::AbstractMatrix) where {T} = SymTridiagonal{T}(SymTridiagonal(A))
for W in (:UpperTriangular, :LowerTriangular, :UnitUpperTriangular, :UnitLowerTriangular)
    @eval $W{T}(A::AbstractMatrix) where {T} = A isa $W{T} ? A : $W(convert(AbstractMatrix{T}, A isa $W ? A.data : A))
    @eval $W{T,S}(A::$W) where {T,S<:AbstractMatrix{T}} = A isa $W{T,S} ? A : $W{T,S}(convert(S, A.data))
    @eval Base.AbstractMatrix{T}(A::$W) where {T} = $W{T}(A)
    @eval Base.AbstractArray{T}(A::$W) where {T} = $W{T}(A)
end
UnitUpperTriangular(A::UnitUpperTriangular) = A
UnitLowerTriangular(A::UnitLowerTriangular) = A
for W in (:Symmetric, :Hermitian)
    @eval $W{T}(A::$W) where {T} = A isa $W{T} ? A : sym_like(A, convert(AbstractMatrix{T}, A.data), A.uplo)
    @eval $W{T,S}(A::$W) where {T,S<:AbstractMatrix} = A isa $W{T,S} ? A : $W{T,S}(convert(S, A.data), A.uplo)
    @eval Base.AbstractMatrix{T}(A::$W) where {T} = $W{T}(A)
    @eval Base.AbstractArray{T}(A::$W) where {T} = $W{T}(A)
end
wrapped_type(::typeof(adjoint), ::Type{T}) where {T<:Union{Diagonal{<:Number},SymTridiagonal{<:Real},Tridiagonal{<:Number},Bidiagonal{<:Number}}} = T
wrapped_type(::typeof(transpose), ::Type{T}) where {T<:Union{Diagonal{<:Number},SymTridiagonal{<:Number},Tridiagonal{<:Number},Bidiagonal{<:Number}}} = T
Base.conj(A::FewDiagonals) = each_diagonal(conj, A)
Base.real(A::FewDiagonals) = each_diagonal(real, A)
Base.imag(A::FewDiagonals) = each_diagonal(imag, A)
Base.conj(D::Diagonal) = Diagonal(conj(D.diag))
Base.real(D::Diagonal) = Diagonal(real(D.diag))
Base.imag(D::Diagonal) = Diagonal(imag(D.diag))
diag(A::Tridiagonal, k::Integer=0) = k == 0 ? copy(A.d) : k == 1 ? copy(A.du) : k == -1 ? copy(A.dl) : outer_diagonal(A.d, k)
diag(A::SymTridiagonal, k::Integer=0) = k == 0 ? copy(A.dv) : abs(k) == 1 ? A.ev[1:length(A.dv)-1] : outer_diagonal(A.dv, k)
diag(A::Bidiagonal, k::Integer=0) = k == 0 ? copy(A.dv) : k == (A.uplo == 'U' ? 1 : -1) ? copy(A.ev) : outer_diagonal(A.dv, k)
outer_diagonal(v, k) = fill!(similar(v, max(0, length(v) - abs(k))), zero(eltype(v)))
"`fillstored!(A, x)`: assign `x` to all items that `A` stores."
fillstored!(A::AbstractMatrix, x) = fill!(A, x)
fillstored!(D::Diagonal, x) = (fill!(D.diag, x); D)
fillstored!(A::HermOrSym, x) = (for j in axes(A, 2), i in axes(A, 1); (A.uplo == 'U' ? i <= j : i >= j) && (A.data[i, j] = x); end; A)
fillstored!(A::FewDiagonals, x) = (each_diagonal(v -> fill!(v, x), A); A)
fillstored!(A::AbstractTriangular, x) = (for j in axes(A, 2), i in axes(A, 1); in_triangle(A, i, j) && !(i == j && A isa UnitTriangular) && (A.data[i, j] = x); end; A)

lmul!(A::FewDiagonals, B::AbstractTriangular) = A * copy_matrix(B)
# Products and quotients of a triangle and a diagonal are triangles.
Base.:*(A::AbstractTriangular, D::Diagonal) = (check_product(A, D); plain_wrapper(A, copy_matrix(A) .* transpose(D.diag)))
Base.:*(D::Diagonal, A::AbstractTriangular) = (check_product(D, A); plain_wrapper(A, D.diag .* copy_matrix(A)))
Base.:/(A::AbstractTriangular, D::Diagonal) = plain_wrapper(A, copy_matrix(A) / D)
Base.:\(D::Diagonal, A::AbstractTriangular) = plain_wrapper(A, D \ copy_matrix(A))

## broadcasting

"`StructuredMatrixStyle{M}`: the style of broadcasting of matrices like `M`, which stays one if zeros stay zeros."
struct StructuredMatrixStyle{M} <: Base.Broadcast.AbstractArrayStyle{2} end
StructuredMatrixStyle{M}(::Val{2}) where {M} = StructuredMatrixStyle{M}()
StructuredMatrixStyle{M}(::Val{N}) where {M,N} = N < 2 ? StructuredMatrixStyle{M}() : Base.Broadcast.DefaultArrayStyle{N}()
for W in (:Diagonal, :Bidiagonal, :Tridiagonal, :SymTridiagonal, :UpperTriangular, :LowerTriangular, :UnitUpperTriangular, :UnitLowerTriangular)
    @eval Base.Broadcast.BroadcastStyle(::Type{<:$W}) = StructuredMatrixStyle{$W}()
end
Base.Broadcast.BroadcastStyle(::StructuredMatrixStyle{A}, ::StructuredMatrixStyle{B}) where {A,B} = joined_style(joined_structure(A, B))
Base.Broadcast.BroadcastStyle(::StructuredMatrixStyle{A}, ::StructuredMatrixStyle{A}) where {A} = StructuredMatrixStyle{A}()
joined_style(M) = StructuredMatrixStyle{M}()
# The structure of what is made of both; Matrix stands for none.
function joined_structure(A, B)
    A === B && return A
    (A === Matrix || B === Matrix) && return Matrix
    few = Union{Diagonal,FewDiagonals}
    A <: few && B <: few && return Tridiagonal
    A === Diagonal && return B
    B === Diagonal && return A
    A <: UpperOrUnit && B <: UpperOrUnit && return UpperTriangular
    A <: LowerOrUnit && B <: LowerOrUnit && return LowerTriangular
    Matrix
end
const Structured = Union{Diagonal,FewDiagonals,AbstractTriangular}
function Base.copy(b::Base.Broadcast.Broadcasted{StructuredMatrixStyle{M}}) where {M}
    g = Base.Broadcast.flatten(b)
    if M !== Matrix && all(x -> x isa Union{Structured,Number,Ref,Type,Tuple{Any}}, g.args)
        z = g.f(map(x -> x isa Structured ? zero_of(x, eltype(x)) : x isa Ref ? x[] : x isa Tuple ? x[1] : x, g.args)...)
        z isa Number && iszero(z) && return structured(M, (i, j) -> Base.Broadcast.value_at(g, (i, j)), g.args, size(b)[1])
    end
    copy(Base.Broadcast.Broadcasted(Base.Broadcast.DefaultArrayStyle{2}(), b.f, b.args, b.axes))
end
function Base.map(f, A::Structured, Bs::Structured...)
    all(B -> size(B) == size(A), Bs) || throw(DimensionMismatch(string("dimensions must match: a has size ", size(A), ", b has size ", size(Bs[findfirst(B -> size(B) != size(A), Bs)]))))
    broadcast(f, A, Bs...)
end
# The matrix of structure M with the items f(i, j).
structured(::Type{Diagonal}, f, args, n) = Diagonal([f(i, i) for i in 1:n])
structured(::Type{SymTridiagonal}, f, args, n) = SymTridiagonal([f(i, i) for i in 1:n], [f(i, i + 1) for i in 1:n-1])
structured(::Type{Tridiagonal}, f, args, n) = Tridiagonal([f(i + 1, i) for i in 1:n-1], [f(i, i) for i in 1:n], [f(i, i + 1) for i in 1:n-1])
function structured(::Type{Bidiagonal}, f, args, n)
    uplos = unique(x.uplo for x in args if x isa Bidiagonal)
    length(uplos) == 1 || return structured(Tridiagonal, f, args, n)
    up = uplos[1] == 'U'
    Bidiagonal([f(i, i) for i in 1:n], [up ? f(i, i + 1) : f(i + 1, i) for i in 1:n-1], up ? :U : :L)
end
structured(::Type{<:UpperOrUnit}, f, args, n) = UpperTriangular(half_filled(f, n, <=))
structured(::Type{<:LowerOrUnit}, f, args, n) = LowerTriangular(half_filled(f, n, >=))
function half_filled(f, n, inside)
    items = [f(i, j) for j in 1:n for i in 1:n if inside(i, j)]
    A, k = zeros(isempty(items) ? Float64 : eltype(items), n, n), 0
    for j in 1:n, i in 1:n
        inside(i, j) && (A[i, j] = items[k+=1])
    end
    A
end

## sums and products that stay of their kind

for (T, W) in ((:UnitUpperTriangular, :UpperTriangular), (:UnitLowerTriangular, :LowerTriangular), (:UpperHessenberg, :UpperHessenberg))
    @eval Base.:+(A::$T, J::UniformScaling) = $W(copy_matrix(A) + J)
    @eval Base.:+(J::UniformScaling, A::$T) = $W(J + copy_matrix(A))
    @eval Base.:-(A::$T, J::UniformScaling) = $W(copy_matrix(A) - J)
    @eval Base.:-(J::UniformScaling, A::$T) = $W(J - copy_matrix(A))
end
Base.:+(A::Hermitian, J::UniformScaling{<:Real}) = Hermitian(copy_matrix(A) + J)
Base.:+(J::UniformScaling{<:Real}, A::Hermitian) = Hermitian(J + copy_matrix(A))
Base.:-(A::Hermitian, J::UniformScaling{<:Real}) = Hermitian(copy_matrix(A) - J)
Base.:-(J::UniformScaling{<:Real}, A::Hermitian) = Hermitian(J - copy_matrix(A))
Base.:+(A::UpperHessenberg, B::UpperHessenberg) = UpperHessenberg(copy_matrix(A) + copy_matrix(B))
Base.:-(A::UpperHessenberg, B::UpperHessenberg) = UpperHessenberg(copy_matrix(A) - copy_matrix(B))
# With a bidiagonal matrix of the same side.
triangle_beside(::Type{W}, B, M) where {W} = (B.uplo == 'U') == (W === UpperTriangular) ? W(M) : M
for (T, W) in ((:UpperTriangular, :UpperTriangular), (:UnitUpperTriangular, :UpperTriangular), (:LowerTriangular, :LowerTriangular), (:UnitLowerTriangular, :LowerTriangular))
    @eval Base.:+(A::$T, B::Bidiagonal) = triangle_beside($W, B, copy_matrix(A) + copy_matrix(B))
    @eval Base.:+(B::Bidiagonal, A::$T) = triangle_beside($W, B, copy_matrix(B) + copy_matrix(A))
    @eval Base.:-(A::$T, B::Bidiagonal) = triangle_beside($W, B, copy_matrix(A) - copy_matrix(B))
    @eval Base.:-(B::Bidiagonal, A::$T) = triangle_beside($W, B, copy_matrix(B) - copy_matrix(A))
    @eval Base.:*(A::$T, B::Bidiagonal) = triangle_beside($W, B, copy_matrix(A) * copy_matrix(B))
    @eval Base.:*(B::Bidiagonal, A::$T) = triangle_beside($W, B, copy_matrix(B) * copy_matrix(A))
end
for W in (:UpperTriangular, :LowerTriangular)
    @eval Base.:/(A::$W, B::$W) = $W(copy_matrix(A) / B)
    @eval Base.:\(A::$W, B::$W) = $W(A \ copy_matrix(B))
end
