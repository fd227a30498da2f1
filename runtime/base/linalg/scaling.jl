# Multiples of the identity, of no size of their own.

"""
    UniformScaling(λ)

`λ` times the identity of any size. `I` is `UniformScaling(true)`; `I(n)` is a diagonal matrix.
"""
struct UniformScaling{T<:Number}
    λ::T
end
"The identity of any size: `A + I`, `2I`, `Matrix(I, 3, 3)`, `I(3)`."
const I = UniformScaling(true)
(J::UniformScaling)(n::Integer) = Diagonal(fill(J.λ, n))
Base.eltype(::Type{UniformScaling{T}}) where {T} = T
Base.ndims(::UniformScaling) = 2
Base.getindex(J::UniformScaling, i::Integer, j::Integer) = i == j ? J.λ : zero(J.λ)
Base.:(==)(a::UniformScaling, b::UniformScaling) = a.λ == b.λ
Base.:(==)(A::AbstractMatrix, J::UniformScaling) = size(A, 1) == size(A, 2) && all(A[i, j] == J[i, j] for i in axes(A, 1), j in axes(A, 2))
Base.:(==)(J::UniformScaling, A::AbstractMatrix) = A == J
Base.isapprox(A::AbstractMatrix, J::UniformScaling; kw...) = isapprox(A, Matrix{typeof(J.λ)}(J, size(A)...); kw...)
Base.isapprox(J::UniformScaling, A::AbstractMatrix; kw...) = isapprox(A, J; kw...)
Base.isapprox(a::UniformScaling, b::UniformScaling; kw...) = isapprox(a.λ, b.λ; kw...)
Base.hash(J::UniformScaling, h::UInt) = hash(J.λ, hash(:UniformScaling, h))
Base.copy(J::UniformScaling) = UniformScaling(J.λ)
Base.adjoint(J::UniformScaling) = UniformScaling(conj(J.λ))
Base.transpose(J::UniformScaling) = J
Base.inv(J::UniformScaling) = UniformScaling(inv(J.λ))
Base.:-(J::UniformScaling) = UniformScaling(-J.λ)
Base.:+(a::UniformScaling, b::UniformScaling) = UniformScaling(a.λ + b.λ)
Base.:-(a::UniformScaling, b::UniformScaling) = UniformScaling(a.λ - b.λ)
Base.:*(a::UniformScaling, b::UniformScaling) = UniformScaling(a.λ * b.λ)
Base.:/(a::UniformScaling, b::UniformScaling) = UniformScaling(a.λ / b.λ)
Base.:*(x::Number, J::UniformScaling) = UniformScaling(x * J.λ)
Base.:*(J::UniformScaling, x::Number) = UniformScaling(J.λ * x)
Base.:/(J::UniformScaling, x::Number) = UniformScaling(J.λ / x)
Base.:\(x::Number, J::UniformScaling) = UniformScaling(x \ J.λ)
Base.:^(J::UniformScaling, p::Number) = UniformScaling(J.λ^p)
Base.:*(A::AbstractVecOrMat, J::UniformScaling) = A * J.λ
Base.:*(J::UniformScaling, A::AbstractVecOrMat) = J.λ * A
Base.:/(A::AbstractMatrix, J::UniformScaling) = A / J.λ
Base.:\(J::UniformScaling, A::AbstractVecOrMat) = J.λ \ A
Base.:/(J::UniformScaling, A::AbstractMatrix) = J.λ * inv(A)
Base.:+(A::AbstractMatrix, J::UniformScaling) = shifted(A, J.λ)
Base.:-(A::AbstractMatrix, J::UniformScaling) = shifted(A, -J.λ)
Base.:+(J::UniformScaling, A::AbstractMatrix) = shifted(A, J.λ)
Base.:-(J::UniformScaling, A::AbstractMatrix) = shifted(-A, J.λ)
Base.:+(D::Diagonal, J::UniformScaling) = Diagonal(D.diag .+ J.λ)
Base.:-(D::Diagonal, J::UniformScaling) = Diagonal(D.diag .- J.λ)
function shifted(A, λ)
    n = checksquare(A)
    T = promote_type(eltype(A), typeof(λ))
    if A isa Matrix && T <: Number && isconcretetype(T) && isconcretetype(eltype(A)) && !(eltype(A) <: Bool)
        B = eltype(A) === T ? copy(A) : convert(Matrix{T}, A)
        for i in 1:n
            B[i, i] = A[i, i] + λ
        end
        return B
    end
    [i == j ? A[i, j] + λ : convert(promote_type(eltype(A), typeof(λ)), A[i, j]) for i in axes(A, 1), j in axes(A, 2)]
end
shifted(A::Symmetric, λ) = Symmetric(shifted(A.data, λ), A.uplo == 'U' ? :U : :L)
shifted(A::UpperTriangular, λ) = UpperTriangular(shifted(A.data, λ))
shifted(A::LowerTriangular, λ) = LowerTriangular(shifted(A.data, λ))
function Base.Matrix{T}(J::UniformScaling, m::Integer, n::Integer) where {T}
    A = fill!(Matrix{T}(undef, m, n), zero(J.λ))
    for i in 1:min(m, n)
        A[i, i] = J.λ
    end
    A
end
Base.Matrix{T}(J::UniformScaling, dims::Dims{2}) where {T} = Matrix{T}(J, dims...)
Base.Matrix(J::UniformScaling{T}, m::Integer, n::Integer) where {T} = Matrix{T}(J, m, n)
Base.Matrix(J::UniformScaling, dims::Dims{2}) = Matrix(J, dims...)
Base.Array(J::UniformScaling, m::Integer, n::Integer) = Matrix(J, m, n)
Base.Array{T}(J::UniformScaling, m::Integer, n::Integer) where {T} = Matrix{T}(J, m, n)
Base.copyto!(A::AbstractMatrix, J::UniformScaling) = (for j in axes(A, 2), i in axes(A, 1); A[i, j] = J[i, j]; end; A)
const Joined = Union{AbstractVecOrMat,UniformScaling}
Base.hcat(J::UniformScaling, Xs::Joined...) = hcat_identities((J, Xs...))
Base.hcat(A::AbstractVecOrMat, J::UniformScaling, Xs::Joined...) = hcat_identities((A, J, Xs...))
Base.hcat(A::AbstractVecOrMat, B::AbstractVecOrMat, J::UniformScaling, Xs::Joined...) = hcat_identities((A, B, J, Xs...))
Base.vcat(J::UniformScaling, Xs::Joined...) = vcat_identities((J, Xs...))
Base.vcat(A::AbstractVecOrMat, J::UniformScaling, Xs::Joined...) = vcat_identities((A, J, Xs...))
Base.vcat(A::AbstractVecOrMat, B::AbstractVecOrMat, J::UniformScaling, Xs::Joined...) = vcat_identities((A, B, J, Xs...))
Base.hvcat(rows::Tuple{Vararg{Int}}, J::UniformScaling, Xs::Joined...) = hvcat_identities(rows, (J, Xs...))
Base.hvcat(rows::Tuple{Vararg{Int}}, A::AbstractVecOrMat, J::UniformScaling, Xs::Joined...) = hvcat_identities(rows, (A, J, Xs...))
Base.hvcat(rows::Tuple{Vararg{Int}}, A::AbstractVecOrMat, B::AbstractVecOrMat, J::UniformScaling, Xs::Joined...) = hvcat_identities(rows, (A, B, J, Xs...))
# An identity gets the size that the arrays beside or below it ask for.
with_size(J::UniformScaling, n) = Matrix(J, n, n)
with_size(A, n) = A
extent(Xs, d) = (k = findfirst(X -> !(X isa UniformScaling), Xs); k === nothing ? nothing : size(Xs[k], d))
throw_no_extent(name) = throw(ArgumentError("$name of only UniformScaling objects cannot determine the matrix size"))
hcat_identities(Xs) = (n = extent(Xs, 1); n === nothing ? throw_no_extent("hcat") : hcat(map(X -> with_size(X, n), Xs)...))
vcat_identities(Xs) = (n = extent(Xs, 2); n === nothing ? throw_no_extent("vcat") : vcat(map(X -> with_size(X, n), Xs)...))
function hvcat_identities(rows, Xs)
    lines, at, width = Tuple[], 0, 0
    for k in rows
        line = Xs[at+1:at+k]
        n = extent(line, 1)
        n === nothing || (width = sum(X -> X isa UniformScaling ? n : size(X, 2), line))
        push!(lines, line)
        at += k
    end
    width == 0 && throw_no_extent("hvcat")
    sized = map(lines) do line
        n = extent(line, 1)
        n === nothing && width % length(line) != 0 && throw(DimensionMismatch("hvcat cannot determine the sizes of $(length(line)) identities in $width columns"))
        hcat(map(X -> with_size(X, n === nothing ? width ÷ length(line) : n), line)...)
    end
    vcat(sized...)
end
Base.show(io::IO, J::UniformScaling) = print(io, "UniformScaling{", eltype(typeof(J)), "}(", J.λ, ")")
function Base.show(io::IO, ::MIME"text/plain", J::UniformScaling)
    s = string(J.λ)
    J.λ isa Complex && (s = "($s)")
    print(io, typeof(J), "\n", s, "*I")
end
Base.Broadcast.broadcastable(J::UniformScaling) = Ref(J)
tr(J::UniformScaling) = J.λ == 0 ? J.λ : throw(ArgumentError("trace of a scaling of no size"))
det(J::UniformScaling) = isone(J.λ) ? one(eltype(typeof(J))) : iszero(J.λ) ? zero(eltype(typeof(J))) : throw(ArgumentError("Determinant of UniformScaling is only well-defined when λ = 0 or 1."))
opnorm(J::UniformScaling, p::Real=2) = abs(J.λ)
norm(J::UniformScaling) = abs(J.λ)
issymmetric(::UniformScaling) = true
ishermitian(J::UniformScaling) = isreal(J.λ)
isdiag(::UniformScaling) = true
istriu(::UniformScaling, k::Integer=0) = k <= 0
istril(::UniformScaling, k::Integer=0) = k >= 0
isposdef(J::UniformScaling) = isposdef(J.λ)
diag(J::UniformScaling) = throw(ArgumentError("a multiple of the identity has no size, and so no diagonal"))
cond(J::UniformScaling{T}) where {T} = J.λ == 0 ? oftype(float(real(J.λ)), Inf) : one(float(real(J.λ)))
pinv(J::UniformScaling) = iszero(J.λ) ? UniformScaling(zero(inv(one(J.λ)))) : UniformScaling(inv(J.λ))
Base.conj(J::UniformScaling) = UniformScaling(conj(J.λ))
Base.real(J::UniformScaling) = UniformScaling(real(J.λ))
Base.imag(J::UniformScaling) = UniformScaling(imag(J.λ))
Base.zero(::Type{UniformScaling{T}}) where {T} = UniformScaling(zero(T))
Base.zero(J::UniformScaling) = zero(typeof(J))
Base.one(::Type{UniformScaling{T}}) where {T} = UniformScaling(one(T))
Base.one(J::UniformScaling) = one(typeof(J))
Base.oneunit(::Type{UniformScaling{T}}) where {T} = UniformScaling(oneunit(T))
Base.oneunit(J::UniformScaling) = oneunit(typeof(J))
Base.float(J::UniformScaling) = UniformScaling(float(J.λ))
Base.convert(::Type{UniformScaling{T}}, J::UniformScaling) where {T} = UniformScaling(convert(T, J.λ))
Base.iszero(J::UniformScaling) = iszero(J.λ)
Base.isone(J::UniformScaling) = isone(J.λ)
Base.isequal(a::UniformScaling, b::UniformScaling) = isequal(a.λ, b.λ)
Base.getindex(J::UniformScaling, n::Integer, A::AbstractArray) = [J[n, j] for j in A]
Base.getindex(J::UniformScaling, A::AbstractArray, n::Integer) = [J[i, n] for i in A]
Base.getindex(J::UniformScaling, A::AbstractArray, B::AbstractArray) = [J[i, j] for i in A, j in B]
Base.:\(A::AbstractMatrix, J::UniformScaling) = rmul!(inv(A), J.λ)
Base.:\(J::UniformScaling, K::UniformScaling) = UniformScaling(J.λ \ K.λ)
Base.:/(v::AbstractVector, J::UniformScaling) = v / J.λ
Base.:+(x::Number, J::UniformScaling) = x + J.λ
Base.:+(J::UniformScaling, x::Number) = J.λ + x
Base.:-(x::Number, J::UniformScaling) = x - J.λ
Base.:-(J::UniformScaling, x::Number) = J.λ - x
for f in (:exp, :log, :sqrt, :cbrt, :expm1, :log1p, :sin, :cos, :tan, :sec, :csc, :cot, :sinh, :cosh, :tanh, :sech, :csch, :coth,
    :asin, :acos, :atan, :asec, :acsc, :acot, :asinh, :acosh, :atanh, :asech, :acsch, :acoth, :cis)
    @eval Base.$f(J::UniformScaling) = UniformScaling($f(J.λ))
end
Base.sincos(J::UniformScaling) = (sin(J), cos(J))
mul!(C::AbstractMatrix, J::UniformScaling, B::AbstractVecOrMat, α::Number=true, β::Number=false) = mul!(C, J.λ, B, α, β)
mul!(C::AbstractMatrix, A::AbstractMatrix, J::UniformScaling, α::Number=true, β::Number=false) = mul!(C, A, J.λ, α, β)
rmul!(A::AbstractMatrix, J::UniformScaling) = rmul!(A, J.λ)
lmul!(J::UniformScaling, B::AbstractVecOrMat) = lmul!(J.λ, B)
rdiv!(A::AbstractMatrix, J::UniformScaling) = rdiv!(A, J.λ)
ldiv!(J::UniformScaling, B::AbstractVecOrMat) = ldiv!(J.λ, B)
