# Rotations and reflections in a plane, and factors that come with them.

"""
    AbstractRotation

A rotation `G`, or several one after the other: `G*A` turns the rows of `A`, `A*G'` its columns.
"""
abstract type AbstractRotation{T} end
"What `givens` returns: the rotation by the cosine `c` and sine `s` in the plane of `i1` and `i2`."
struct Givens{T} <: AbstractRotation{T}
    i1::Int
    i2::Int
    c::T
    s::T
end
"Several rotations, the first one first."
struct Rotation{T} <: AbstractRotation{T}
    rotations::Vector{Givens{T}}
end
struct AdjointRotation{T,R<:AbstractRotation{T}} <: AbstractRotation{T}
    R::R
end
Base.eltype(::Type{<:AbstractRotation{T}}) where {T} = T
Base.adjoint(R::AbstractRotation) = AdjointRotation{eltype(R),typeof(R)}(R)
Base.adjoint(R::AdjointRotation) = R.R
Base.adjoint(G::Givens) = Givens(G.i1, G.i2, G.c', -G.s)
Base.transpose(R::AbstractRotation) = error("transpose not implemented for $(typeof(R)). Consider using adjoint instead of transpose.")
Base.copy(R::AdjointRotation{T,Rotation{T}}) where {T} = Rotation{T}([adjoint(G) for G in reverse(R.R.rotations)])
Base.copy(R::Rotation) = Rotation(copy(R.rotations))
Base.one(::Type{Rotation{T}}) where {T} = Rotation(Givens{T}[])
Base.size(G::Givens, i::Integer) = i in (1, 2) ? max(G.i1, G.i2) : 1
Base.size(G::Givens) = (max(G.i1, G.i2), max(G.i1, G.i2))
function Base.getindex(G::Givens, i::Integer, j::Integer)
    i == j && return i == G.i1 || i == G.i2 ? G.c : one(G.c)
    i == G.i1 && j == G.i2 ? G.s : i == G.i2 && j == G.i1 ? -G.s' : zero(G.s)
end

# c, s and r with [c s; -s' c] * [f, g] == [r, 0].
function plane_rotation(f::T, g::T) where {T<:Number}
    F = float(T)
    iszero(g) && return one(real(F)), zero(F), F(f)
    iszero(f) && return zero(real(F)), F(g)' / abs(g), F(abs(g))
    r = hypot(f, g)
    if T <: Real
        r = abs(f) > abs(g) ? copysign(r, f) : r
        return f / r, g / r, r
    end
    u = f / abs(f)
    abs(f) / r, u * g' / r, u * r
end
"""
    givens(f, g, i1, i2)
    givens(A, i1, i2, j)
    givens(x, i1, i2)

The rotation `G` in the plane of `i1` and `i2` that turns `(f, g)`, or these rows of column `j` of `A`, to `(r, 0)`; with `r`.
"""
function givens(f::T, g::T, i1::Integer, i2::Integer) where {T}
    i1 == i2 && throw(ArgumentError("Indices must be distinct."))
    c, s, r = plane_rotation(f, g)
    i1 > i2 && return Givens(Int(i2), Int(i1), oftype(r, c), -s'), r
    Givens(Int(i1), Int(i2), oftype(r, c), oftype(r, s)), r
end
givens(A::AbstractMatrix, i1::Integer, i2::Integer, j::Integer) = givens(A[i1, j], A[i2, j], i1, i2)
givens(x::AbstractVector, i1::Integer, i2::Integer) = givens(x[i1], x[i2], i1, i2)

function lmul!(G::Givens, A::AbstractVecOrMat)
    max(G.i1, G.i2) <= size(A, 1) || throw(DimensionMismatch("column indices for rotation are outside the matrix"))
    for j in axes(A, 2)
        x, y = A[G.i1, j], A[G.i2, j]
        A[G.i1, j], A[G.i2, j] = G.c * x + G.s * y, -conj(G.s) * x + G.c * y
    end
    A
end
function rmul!(A::AbstractMatrix, G::Givens)
    max(G.i1, G.i2) <= size(A, 2) || throw(DimensionMismatch("column indices for rotation are outside the matrix"))
    for i in axes(A, 1)
        x, y = A[i, G.i1], A[i, G.i2]
        A[i, G.i1], A[i, G.i2] = x * G.c - y * conj(G.s), x * G.s + y * G.c
    end
    A
end
lmul!(R::Rotation, A::AbstractVecOrMat) = (foreach(G -> lmul!(G, A), R.rotations); A)
lmul!(R::AdjointRotation{<:Any,<:Rotation}, A::AbstractVecOrMat) = (foreach(G -> lmul!(G', A), reverse(R.R.rotations)); A)
rmul!(A::AbstractMatrix, R::Rotation) = (foreach(G -> rmul!(A, G), reverse(R.rotations)); A)
rmul!(A::AbstractMatrix, R::AdjointRotation{<:Any,<:Rotation}) = (foreach(G -> rmul!(A, G'), R.R.rotations); A)
lmul!(G::Givens, R::Rotation) = (push!(R.rotations, G); R)
Base.:*(G::Givens{T}, H::Givens{S}) where {T,S} = (P = promote_type(T, S); Rotation([of_type(P, H), of_type(P, G)]))
Base.:*(G::Givens{T}, R::Rotation{T}) where {T} = Rotation([R.rotations; G])
Base.:*(R::Rotation{T}, G::Givens{T}) where {T} = Rotation([G; R.rotations])
Base.:*(R::Rotation{T}, S::Rotation{T}) where {T} = Rotation([S.rotations; R.rotations])
of_type(::Type{T}, G::Givens) where {T} = Givens{T}(G.i1, G.i2, G.c, G.s)
Base.:*(R::AbstractRotation, A::AbstractVecOrMat) = lmul!(R, turnable(R, A))
Base.:*(A::AbstractMatrix, R::AbstractRotation) = rmul!(turnable(R, A), R)
turnable(R, A) = (T = promote_type(eltype(R), eltype(A)); copyto!(Array{T}(undef, size(A)...), A))

"`rotate!(x, y, c, s)`: `x = c*x + s*y` and `y = -conj(s)*x + c*y`, in place."
function rotate!(x::AbstractVector, y::AbstractVector, c, s)
    check_lengths(x, y)
    for (i, j) in zip(eachindex(x), eachindex(y))
        a, b = x[i], y[j]
        x[i], y[j] = c * a + s * b, -conj(s) * a + c * b
    end
    x, y
end
"`reflect!(x, y, c, s)`: `x = c*x + s*y` and `y = conj(s)*x - c*y`, in place."
function reflect!(x::AbstractVector, y::AbstractVector, c, s)
    check_lengths(x, y)
    for (i, j) in zip(eachindex(x), eachindex(y))
        a, b = x[i], y[j]
        x[i], y[j] = c * a + s * b, conj(s) * a - c * b
    end
    x, y
end
