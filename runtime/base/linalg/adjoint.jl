# The lazy wrappers of transposed matrices and vectors.

"""
    Adjoint(A)

The conjugated transpose of a vector or matrix, without a copy: what `A'` makes. Items are read
from `A` and conjugated; assigning one changes `A`.
"""
struct Adjoint{T,S} <: AbstractMatrix{T}
    parent::S
    function Adjoint{T,S}(A::S) where {T,S}
        check_wrapped("Adjoint", adjoint, T, eltype(A))
        new{T,S}(A)
    end
end
"""
    Transpose(A)

The transpose of a vector or matrix, without a copy: what `transpose(A)` makes.
"""
struct Transpose{T,S} <: AbstractMatrix{T}
    parent::S
    function Transpose{T,S}(A::S) where {T,S}
        check_wrapped("Transpose", transpose, T, eltype(A))
        new{T,S}(A)
    end
end
Adjoint(A) = Adjoint{wrapped_type(adjoint, eltype(A)),typeof(A)}(A)
Transpose(A) = Transpose{wrapped_type(transpose, eltype(A)),typeof(A)}(A)
function check_wrapped(name, f, T, S)
    W = wrapped_type(f, S)
    T === W || error("Element type mismatch. Tried to create an `$name{$T}` from an object with eltype `$S`, but the element type of the $(lowercase(name)) of an object with eltype `$S` must be `$W`.")
end
# The type of f, which is adjoint or transpose, of an item of type T.
wrapped_type(f, ::Type{T}) where {T<:Number} = T
wrapped_type(::typeof(adjoint), ::Type{T}) where {T<:AbstractVecOrMat} = isconcretetype(T) ? Adjoint{wrapped_type(adjoint, eltype(T)),T} : Adjoint{eltype(T)}
wrapped_type(::typeof(transpose), ::Type{T}) where {T<:AbstractVecOrMat} = isconcretetype(T) ? Transpose{wrapped_type(transpose, eltype(T)),T} : Transpose{eltype(T)}
wrapped_type(::typeof(adjoint), ::Type{Adjoint{T,S}}) where {T,S} = S
wrapped_type(::typeof(transpose), ::Type{Transpose{T,S}}) where {T,S} = S
wrapped_type(f, ::Type{T}) where {T} = Any

const AdjOrTrans{T,S} = Union{Adjoint{T,S},Transpose{T,S}}
const AdjointAbsVec{T,S<:AbstractVector} = Adjoint{T,S}
const TransposeAbsVec{T,S<:AbstractVector} = Transpose{T,S}
const AdjOrTransAbsVec{T,S<:AbstractVector} = Union{Adjoint{T,S},Transpose{T,S}}
const AdjointAbsMat{T,S<:AbstractMatrix} = Adjoint{T,S}
const TransposeAbsMat{T,S<:AbstractMatrix} = Transpose{T,S}
const AdjOrTransAbsMat{T,S<:AbstractMatrix} = Union{Adjoint{T,S},Transpose{T,S}}

"""
    adjoint(A)
    A'

Rows and columns exchanged, and each item conjugated, without a copy: `copy(A')` makes a matrix.
"""
Base.adjoint(A::AbstractVecOrMat) = wrap_adjoint(A)
wrap_adjoint(A) = Adjoint(A)
"""
    transpose(A)

Rows and columns exchanged, without a copy: `permutedims(A)` makes a matrix.
"""
Base.transpose(A::AbstractVecOrMat) = wrap_transpose(A)
wrap_transpose(A) = Transpose(A)
Base.adjoint(A::AbstractArray) = throw_no_transpose("adjoint", A)
Base.transpose(A::AbstractArray) = throw_no_transpose("transpose", A)
throw_no_transpose(name, A) = error(name, " not defined for ", typeof(A), ". Consider using `permutedims` for higher-dimensional arrays.")
Base.adjoint(A::Adjoint) = A.parent
Base.transpose(A::Transpose) = A.parent
Base.adjoint(A::Transpose{<:Real}) = A.parent
Base.transpose(A::Adjoint{<:Real}) = A.parent

Base.convert(::Type{Adjoint{T,S}}, A::Adjoint) where {T,S} = Adjoint{T,S}(convert(S, A.parent))
Base.convert(::Type{Transpose{T,S}}, A::Transpose) where {T,S} = Transpose{T,S}(convert(S, A.parent))
Base.parent(A::AdjOrTrans) = A.parent
Base.dataids(A::AdjOrTrans) = Base.dataids(A.parent)
Base.unaliascopy(A::T) where {T<:AdjOrTrans} = T(Base.unaliascopy(A.parent))
Base.strides(A::Union{Adjoint{<:Real,<:AbstractMatrix},Transpose{<:Any,<:AbstractMatrix}}) = reverse(strides(A.parent))
Base.strides(A::Union{Adjoint{<:Real,<:AbstractVector},Transpose{<:Any,<:AbstractVector}}) = (stride(A.parent, 2), stride(A.parent, 1))
Base.unsafe_convert(::Type{Ptr{T}}, A::Union{Adjoint{T,<:AbstractArray{<:Real}},Transpose{T}}) where {T} = Base.unsafe_convert(Ptr{T}, A.parent)
Base.elsize(::Type{<:Union{Adjoint{T,P},Transpose{T,P}}}) where {T,P} = Base.elsize(P)
Base.size(A::AdjOrTransAbsVec) = (1, length(A.parent))
Base.size(A::AdjOrTransAbsMat) = reverse(size(A.parent))
Base.axes(A::AdjOrTransAbsVec) = (Base.OneTo(1), axes(A.parent, 1))
Base.axes(A::AdjOrTransAbsMat) = reverse(axes(A.parent))
Base.length(A::AdjOrTrans) = length(A.parent)
Base.IndexStyle(::Type{<:AdjOrTransAbsVec}) = IndexLinear()
Base.IndexStyle(::Type{<:AdjOrTransAbsMat}) = IndexCartesian()

unwrap_item(::Adjoint, x) = adjoint(x)
unwrap_item(::Transpose, x) = transpose(x)
Base.getindex(A::AdjOrTransAbsVec, i::Int) = unwrap_item(A, A.parent[i])
Base.getindex(A::AdjOrTransAbsVec, i::Int, j::Int) = (checkbounds(A, i, j); unwrap_item(A, A.parent[j]))
Base.getindex(A::AdjOrTransAbsMat, i::Int, j::Int) = unwrap_item(A, A.parent[j, i])
Base.getindex(A::AdjOrTransAbsVec, ::Colon, is::AbstractArray{Int}) = wrap_as(A, A.parent[is])
Base.getindex(A::AdjOrTransAbsVec, ::Colon, ::Colon) = wrap_as(A, A.parent[:])
Base.setindex!(A::AdjOrTransAbsVec, x, i::Int) = (A.parent[i] = unwrap_item(A, x); A)
Base.setindex!(A::AdjOrTransAbsVec, x, i::Int, j::Int) = (checkbounds(A, i, j); A.parent[j] = unwrap_item(A, x); A)
Base.setindex!(A::AdjOrTransAbsMat, x, i::Int, j::Int) = (A.parent[j, i] = unwrap_item(A, x); A)
wrap_as(::Adjoint, x) = adjoint(x)
wrap_as(::Transpose, x) = transpose(x)

Base.similar(A::AdjOrTrans) = similar(A, eltype(A))
Base.similar(A::AdjOrTransAbsVec, ::Type{T}) where {T} = wrap_as(A, similar(A.parent, T))
Base.similar(A::AdjOrTransAbsMat, ::Type{T}) where {T} = similar(A.parent, T, size(A))
Base.similar(A::AdjOrTrans, ::Type{T}, dims::Dims{N}) where {T,N} = similar(A.parent, T, dims)
Base.copy(A::AdjOrTransAbsVec) = wrap_as(A, copy(A.parent))
Base.copy(A::AdjOrTransAbsMat) = permuted(x -> unwrap_item(A, x), A.parent)
Base.copy(A::AdjOrTrans{Bool,<:BitMatrix}) = permutedims(A.parent)
Base.Matrix(A::AdjOrTransAbsMat) = copy_matrix(A)
# The items of a transposed or adjoint Matrix of numbers, in a Matrix of their own.
flipped(A::Transpose{T,Matrix{T}}) where {T} = Base.array_permute2(Matrix{T}, A.parent)
flipped(A::Adjoint{T,Matrix{T}}) where {T<:Real} = Base.array_permute2(Matrix{T}, A.parent)
flipped(A::Adjoint{T,Matrix{T}}) where {T} = (B = Base.array_permute2(Matrix{T}, A.parent); map!(conj, B, B))
Base.collect(A::AdjOrTrans{T,Matrix{T}}) where {T<:Number} = flipped(A)
copy_matrix(A::AdjOrTrans{T,Matrix{T}}) where {T<:Number} = flipped(A)
copy_matrix(A) = [A[i, j] for i in axes(A, 1), j in axes(A, 2)]
permuted(f, P::Matrix{<:Real}) = Base.array_permute2(typeof(P), P)
permuted(f, P) = isempty(P) ? similar(P, eltype(P), (size(P, 2), size(P, 1))) : [f(P[j, i]) for i in axes(P, 2), j in axes(P, 1)]
Base.conj(A::Transpose) = adjoint(A.parent)
Base.conj(A::Adjoint) = transpose(A.parent)
Base.vec(A::AdjOrTransAbsVec{<:Number}) = A isa Adjoint && !(eltype(A) <: Real) ? conj(A.parent) : A.parent
Base.reshape(A::AdjOrTransAbsVec{<:Real}, ::Colon) = A.parent
Base.permutedims(A::AdjOrTransAbsMat{<:Real}) = copy(A.parent)
Base.map(f, A::AdjOrTransAbsVec, Bs::AdjOrTransAbsVec...) = wrap_as(A, map((xs...) -> unwrap_item(A, f((unwrap_item(A, x) for x in xs)...)), A.parent, map(parent, Bs)...))
# Of rows alone, or with numbers, broadcasting makes a row.
Base.broadcast(f, A::AdjointAbsVec, Bs::Union{Number,AdjointAbsVec}...) = row_broadcast(adjoint, f, A, Bs)
Base.broadcast(f, A::TransposeAbsVec, Bs::Union{Number,TransposeAbsVec}...) = row_broadcast(transpose, f, A, Bs)
row_broadcast(wrap, f, A, Bs) = wrap(broadcast((xs...) -> wrap(f(map(wrap, xs)...)), A.parent, map(B -> B isa Number ? wrap(B) : B.parent, Bs)...))
Base.:-(A::Adjoint) = Adjoint(-A.parent)
Base.:-(A::Transpose) = Transpose(-A.parent)
Base.:+(A::AdjointAbsVec, B::AdjointAbsVec) = adjoint(A.parent + B.parent)
Base.:-(A::AdjointAbsVec, B::AdjointAbsVec) = adjoint(A.parent - B.parent)
Base.:*(x::Number, A::AdjointAbsVec) = adjoint(A.parent * adjoint(x))
Base.:*(A::AdjointAbsVec, x::Number) = adjoint(adjoint(x) * A.parent)
Base.:/(A::AdjointAbsVec, x::Number) = adjoint(adjoint(x) \ A.parent)
Base.:*(x::Number, A::TransposeAbsVec) = transpose(A.parent * x)
Base.:*(A::TransposeAbsVec, x::Number) = transpose(x * A.parent)
Base.:/(A::TransposeAbsVec, x::Number) = transpose(x \ A.parent)
Base.hcat(A::AdjointAbsVec, Bs::Union{Number,AdjointAbsVec}...) = adjoint(vcat(A.parent, map(adjoint, Bs)...))
Base.hcat(A::TransposeAbsVec, Bs::Union{Number,TransposeAbsVec}...) = transpose(vcat(A.parent, map(transpose, Bs)...))

function Base.showarg(io::IO, A::Adjoint, toplevel)
    print(io, "adjoint(")
    Base.showarg(io, A.parent, false)
    print(io, ')')
    toplevel && print(io, " with eltype ", eltype(A))
    nothing
end
function Base.showarg(io::IO, A::Transpose, toplevel)
    print(io, "transpose(")
    Base.showarg(io, A.parent, false)
    print(io, ')')
    toplevel && print(io, " with eltype ", eltype(A))
    nothing
end

"""
    adjoint!(dest, src)

Store the adjoint of `src` in `dest`, which must not share memory with it.
"""
adjoint!(B::AbstractVecOrMat, A::AbstractVecOrMat) = store_transposed!(adjoint, B, A)
"""
    transpose!(dest, src)

Store the transpose of `src` in `dest`, which must not share memory with it.
"""
transpose!(B::AbstractVecOrMat, A::AbstractVecOrMat) = store_transposed!(transpose, B, A)
function store_transposed!(f, B, A)
    (size(B, 1), size(B, 2)) == (size(A, 2), size(A, 1)) || throw(DimensionMismatch("transpose"))
    for j in axes(A, 2), i in axes(A, 1)
        B[j, i] = f(A[i, j])
    end
    B
end
for (g, f) in ((:copy_transpose!, :transpose), (:copy_adjoint!, :adjoint))
    @eval $g(B::AbstractMatrix, A::AbstractVecOrMat) = store_transposed!($f, B, A isa AbstractVector ? reshape(A, length(A), 1) : A)
end
"""
    copy_transpose!(B, rows, columns, A, rows_of_A, columns_of_A)

Store the transpose of a part of `A` in a part of `B`.
"""
copy_transpose!(B::AbstractVecOrMat, ir::AbstractRange{Int}, jr::AbstractRange{Int}, A::AbstractVecOrMat, ia::AbstractRange{Int}, ja::AbstractRange{Int}) =
    copy_turned!(transpose, B, ir, jr, A, ia, ja)
"`copy_adjoint!(B, rows, columns, A, rows_of_A, columns_of_A)`: as `copy_transpose!`, of the adjoint."
copy_adjoint!(B::AbstractVecOrMat, ir::AbstractRange{Int}, jr::AbstractRange{Int}, A::AbstractVecOrMat, ia::AbstractRange{Int}, ja::AbstractRange{Int}) =
    copy_turned!(adjoint, B, ir, jr, A, ia, ja)
function copy_turned!(f, B, ir, jr, A, ia, ja)
    length(ir) == length(ja) || throw(ArgumentError("source and destination must have same size (got $(length(ja)) and $(length(ir)))"))
    length(jr) == length(ia) || throw(ArgumentError("source and destination must have same size (got $(length(ia)) and $(length(jr)))"))
    for (j, i2) in zip(jr, ia), (i, j2) in zip(ir, ja)
        B[i, j] = f(A[i2, j2])
    end
    B
end
