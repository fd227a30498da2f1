# The types, what they store, and conversion from and to other matrices.

"`AbstractSparseArray{Tv,Ti,N}`: arrays that store some of their items, of type `Tv`, with indices of type `Ti`."
abstract type AbstractSparseArray{Tv,Ti,N} <: AbstractArray{Tv,N} end
const AbstractSparseVector{Tv,Ti} = AbstractSparseArray{Tv,Ti,1}
const AbstractSparseMatrix{Tv,Ti} = AbstractSparseArray{Tv,Ti,2}
"`AbstractSparseMatrixCSC{Tv,Ti}`: sparse matrices stored by columns."
abstract type AbstractSparseMatrixCSC{Tv,Ti<:Integer} <: AbstractSparseArray{Tv,Ti,2} end

"""
    SparseMatrixCSC(m, n, colptr, rowval, nzval)

An m×n matrix stored by columns: the items of column `j` are `nzval[k]` at rows `rowval[k]`, which rise,
for `k` in `colptr[j]:colptr[j+1]-1`. `sparse` makes one of triplets.
"""
struct SparseMatrixCSC{Tv,Ti<:Integer} <: AbstractSparseMatrixCSC{Tv,Ti}
    m::Int
    n::Int
    colptr::Vector{Ti}
    rowval::Vector{Ti}
    nzval::Vector{Tv}
    function SparseMatrixCSC{Tv,Ti}(m::Integer, n::Integer, colptr::Vector{Ti}, rowval::Vector{Ti}, nzval::Vector{Tv}) where {Tv,Ti<:Integer}
        m >= 0 || throw(ArgumentError("number of rows (m) must be ≥ 0, got $m"))
        n >= 0 || throw(ArgumentError("number of columns (n) must be ≥ 0, got $n"))
        length(colptr) == n + 1 || throw(ArgumentError("length of colptr (== $(length(colptr))) must be n+1 (== $(n + 1))"))
        new{Tv,Ti}(m, n, colptr, rowval, nzval)
    end
end
SparseMatrixCSC(m::Integer, n::Integer, colptr::Vector{Ti}, rowval::Vector{Ti}, nzval::Vector{Tv}) where {Tv,Ti<:Integer} =
    SparseMatrixCSC{Tv,Ti}(m, n, colptr, rowval, nzval)
SparseMatrixCSC(m::Integer, n::Integer, colptr::AbstractVector, rowval::AbstractVector, nzval::AbstractVector{Tv}) where {Tv} =
    (Ti = promote_type(eltype(colptr), eltype(rowval)); SparseMatrixCSC{Tv,Ti}(m, n, Vector{Ti}(colptr), Vector{Ti}(rowval), Vector{Tv}(nzval)))

"""
    SparseVector(n, nzind, nzval)

A vector of length `n` with the items `nzval` at the indices `nzind`, which rise. `sparsevec` makes one of pairs.
"""
struct SparseVector{Tv,Ti<:Integer} <: AbstractSparseArray{Tv,Ti,1}
    n::Int
    nzind::Vector{Ti}
    nzval::Vector{Tv}
    function SparseVector{Tv,Ti}(n::Integer, nzind::Vector{Ti}, nzval::Vector{Tv}) where {Tv,Ti<:Integer}
        n >= 0 || throw(ArgumentError("The number of elements must be non-negative."))
        length(nzind) == length(nzval) || throw(ArgumentError("index and value vectors must be the same length"))
        new{Tv,Ti}(n, nzind, nzval)
    end
end
SparseVector(n::Integer, nzind::Vector{Ti}, nzval::Vector{Tv}) where {Tv,Ti<:Integer} = SparseVector{Tv,Ti}(n, nzind, nzval)

const SparseMat{Tv,Ti} = AbstractSparseMatrixCSC{Tv,Ti}
const SparseVec{Tv,Ti} = AbstractSparseVector{Tv,Ti}
const Turned{Tv} = Union{Adjoint{Tv,<:SparseMat},Transpose{Tv,<:SparseMat}}
const TurnedVec{Tv} = Union{Adjoint{Tv,<:SparseVec},Transpose{Tv,<:SparseVec}}
# A whole column of a matrix, seen: what it stores is a part of what the matrix does.
const ColumnView{Tv,Ti} = SubArray{Tv,1,SparseMatrixCSC{Tv,Ti},Tuple{Base.Slice{Base.OneTo{Int}},Int},false}
const StoredVec{Tv,Ti} = Union{SparseVector{Tv,Ti},ColumnView{Tv,Ti}}
const AnySparse{Tv} = Union{AbstractSparseArray{Tv},Turned{Tv},TurnedVec{Tv}}

Base.size(A::SparseMatrixCSC) = (getfield(A, :m), getfield(A, :n))
Base.size(v::SparseVector) = (getfield(v, :n),)
Base.IndexStyle(::Type{<:SparseMat}) = IndexCartesian()
Base.IndexStyle(::Type{<:SparseVec}) = IndexLinear()
"`getcolptr(A)`: where each column begins in `rowvals(A)`."
getcolptr(A::SparseMatrixCSC) = getfield(A, :colptr)
"`rowvals(A)`: the rows of the stored items, column by column; not a copy."
rowvals(A::SparseMatrixCSC) = getfield(A, :rowval)
"`nonzeroinds(v)`: the indices of the stored items; not a copy."
nonzeroinds(v::SparseVector) = getfield(v, :nzind)
rowvals(v::SparseVector) = nonzeroinds(v)
"`nonzeros(A)`: the stored items, some of which may be zero; not a copy."
nonzeros(A::SparseMatrixCSC) = getfield(A, :nzval)
nonzeros(v::SparseVector) = getfield(v, :nzval)
column_of(v::ColumnView) = (parent(v), nzrange(parent(v), parentindices(v)[2]))
nonzeroinds(v::ColumnView) = ((A, r) = column_of(v); view(rowvals(A), r))
nonzeros(v::ColumnView) = ((A, r) = column_of(v); view(nonzeros(A), r))
# The items that are stored, without what vectors have beyond them.
stored(A::SparseMat) = nnz(A) == length(nonzeros(A)) ? nonzeros(A) : view(nonzeros(A), 1:nnz(A))
stored(v) = nonzeros(v)
"`nzrange(A, j)`: where the items of column `j` are in `rowvals(A)` and `nonzeros(A)`."
nzrange(A::SparseMat, j::Integer) = Int(getcolptr(A)[j]):Int(getcolptr(A)[j+1] - 1)
nzrange(v::SparseVec, j::Integer) = j == 1 ? (1:nnz(v)) : throw(BoundsError(v, (":", j)))
"`nnz(A)`: how many items are stored, zeros among them."
nnz(A::SparseMat) = Int(getcolptr(A)[size(A, 2)+1]) - 1
nnz(v::SparseVec) = length(nonzeros(v))
nnz(v::ColumnView) = length(column_of(v)[2])
nnz(A::Union{Turned,TurnedVec}) = nnz(parent(A))
"`issparse(A)`: whether `A`, or what it wraps, is a sparse array."
issparse(A) = false
issparse(A::AbstractSparseArray) = true
issparse(A::Union{AdjOrTrans,AbstractTriangular,HermOrSym,SubArray}) = issparse(parent(A))
index_type(A::AbstractSparseArray{Tv,Ti}) where {Tv,Ti} = Ti
index_type(A::AbstractArray) = A isa AnySparse ? index_type(parent(A)) : Int

# A vector as a matrix of one column, and back; the vectors inside are shared.
column(v::SparseVector{Tv,Ti}) where {Tv,Ti} = SparseMatrixCSC{Tv,Ti}(length(v), 1, Ti[1, nnz(v)+1], nonzeroinds(v), nonzeros(v))
column(v::ColumnView{Tv,Ti}) where {Tv,Ti} = column(SparseVector(v))
column(A::SparseMat) = A
uncolumn(A::SparseMatrixCSC{Tv,Ti}) where {Tv,Ti} = SparseVector{Tv,Ti}(size(A, 1), rowvals(A), nonzeros(A))

Base.copy(A::SparseMatrixCSC) = SparseMatrixCSC(size(A)..., copy(getcolptr(A)), copy(rowvals(A)), copy(nonzeros(A)))
Base.copy(v::SparseVector) = SparseVector(length(v), copy(nonzeroinds(v)), copy(nonzeros(v)))
Base.similar(A::SparseMatrixCSC{Tv}) where {Tv} = similar(A, Tv)
Base.similar(A::SparseMatrixCSC, ::Type{T}) where {T} = SparseMatrixCSC(size(A)..., copy(getcolptr(A)), copy(rowvals(A)), similar(nonzeros(A), T))
Base.similar(A::SparseMatrixCSC, ::Type{T}, dims::Dims{2}) where {T} = spzeros(T, index_type(A), dims...)
Base.similar(A::SparseMatrixCSC, ::Type{T}, dims::Dims{1}) where {T} = spzeros(T, index_type(A), dims...)
Base.similar(A::SparseMatrixCSC, ::Type{T}, ::Type{Ti}) where {T,Ti<:Integer} = SparseMatrixCSC{T,Ti}(size(A)..., Vector{Ti}(getcolptr(A)), Vector{Ti}(rowvals(A)), similar(nonzeros(A), T))
Base.similar(A::AbstractSparseArray, ::Type{T}, ::Type{Ti}, dims::Integer...) where {T,Ti<:Integer} = spzeros(T, Ti, dims...)
Base.similar(A::AbstractSparseArray, ::Type{T}, ::Type{Ti}, dims::Dims) where {T,Ti<:Integer} = spzeros(T, Ti, dims...)
Base.similar(v::SparseVector, ::Type{T}, ::Type{Ti}) where {T,Ti<:Integer} = SparseVector{T,Ti}(length(v), Vector{Ti}(nonzeroinds(v)), similar(nonzeros(v), T))
Base.similar(v::SparseVector{Tv}) where {Tv} = similar(v, Tv)
Base.similar(v::SparseVector, ::Type{T}) where {T} = SparseVector(length(v), copy(nonzeroinds(v)), similar(nonzeros(v), T))
Base.similar(v::SparseVector, ::Type{T}, dims::Dims{1}) where {T} = spzeros(T, index_type(v), dims...)
Base.similar(v::SparseVector, ::Type{T}, dims::Dims{2}) where {T} = spzeros(T, index_type(v), dims...)
Base.zero(A::SparseMatrixCSC{Tv,Ti}) where {Tv,Ti} = spzeros(Tv, Ti, size(A)...)
Base.zero(v::SparseVector{Tv,Ti}) where {Tv,Ti} = spzeros(Tv, Ti, length(v))
Base.one(A::SparseMatrixCSC{Tv,Ti}) where {Tv,Ti} = (LinearAlgebra.checksquare(A); scaled_identity(one(Tv), Ti, size(A)...))

## to dense

Base.Matrix(A::SparseMat{Tv}) where {Tv} = Matrix{Tv}(A)
Base.Array(A::SparseMat) = Matrix(A)
Base.Array{T}(A::SparseMat) where {T} = Matrix{T}(A)
Base.collect(A::SparseMat) = Matrix(A)
function Base.Matrix{T}(A::SparseMat) where {T}
    M = Matrix{T}(undef, size(A)...)
    nnz(A) == length(A) || fill!(M, zero(eltype(A)))
    r, v = rowvals(A), nonzeros(A)
    for j in 1:size(A, 2), k in nzrange(A, j)
        M[r[k], j] = v[k]
    end
    M
end
Base.Vector(v::SparseVec{Tv}) where {Tv} = Vector{Tv}(v)
Base.Vector{T}(v::SparseVec) where {T} = (x = Vector{T}(undef, length(v)); nnz(v) == length(v) || fill!(x, zero(eltype(v))); x[nonzeroinds(v)] = nonzeros(v); x)
Base.Array(v::SparseVec) = Vector(v)
Base.Array{T}(v::SparseVec) where {T} = Vector{T}(v)
Base.collect(v::SparseVec) = Vector(v)
Base.Matrix(A::Turned) = LinearAlgebra.wrap_as(A, Matrix(parent(A))) |> copy
dense(A::AnySparse) = A isa TurnedVec ? LinearAlgebra.wrap_as(A, Vector(parent(A))) : A isa SparseVec ? Vector(A) : Matrix(A)
dense(A) = A

## between types

SparseMatrixCSC(A::AbstractMatrix{T}) where {T} = sparse_of(T, index_type(A), A)
SparseMatrixCSC{Tv}(A::AbstractMatrix) where {Tv} = sparse_of(Tv, index_type(A), A)
SparseMatrixCSC{Tv,Ti}(A::AbstractMatrix) where {Tv,Ti} = sparse_of(Tv, Ti, A)
SparseMatrixCSC(v::SparseVec) = sparse_of(eltype(v), index_type(v), column(v))
SparseMatrixCSC{Tv}(v::SparseVec) where {Tv} = sparse_of(Tv, index_type(v), column(v))
SparseMatrixCSC{Tv,Ti}(v::SparseVec) where {Tv,Ti} = sparse_of(Tv, Ti, column(v))
SparseMatrixCSC(J::UniformScaling, dims...) = sparse(J, dims...)
SparseMatrixCSC{Tv}(J::UniformScaling, m::Integer, n::Integer) where {Tv} = scaled_identity(convert(Tv, J.λ), Int, m, n, Tv)
SparseMatrixCSC{Tv}(J::UniformScaling, dims::Dims{2}) where {Tv} = SparseMatrixCSC{Tv}(J, dims...)
SparseMatrixCSC{Tv,Ti}(J::UniformScaling, m::Integer, n::Integer) where {Tv,Ti} = scaled_identity(convert(Tv, J.λ), Ti, m, n, Tv)
SparseMatrixCSC{Tv,Ti}(J::UniformScaling, dims::Dims{2}) where {Tv,Ti} = SparseMatrixCSC{Tv,Ti}(J, dims...)
SparseMatrixCSC{Tv,Ti}(::UndefInitializer, m::Integer, n::Integer) where {Tv,Ti} = spzeros(Tv, Ti, m, n)
SparseMatrixCSC{Tv,Ti}(::UndefInitializer, dims::Dims{2}) where {Tv,Ti} = spzeros(Tv, Ti, dims...)
SparseVector(v::AbstractVector{T}) where {T} = sparse_vector_of(T, index_type(v), v)
SparseVector{Tv}(v::AbstractVector) where {Tv} = sparse_vector_of(Tv, index_type(v), v)
SparseVector{Tv,Ti}(v::AbstractVector) where {Tv,Ti} = sparse_vector_of(Tv, Ti, v)
SparseVector{Tv,Ti}(::UndefInitializer, n::Integer) where {Tv,Ti} = spzeros(Tv, Ti, n)
sparse_vector_of(::Type{Tv}, ::Type{Ti}, v) where {Tv,Ti} = uncolumn(sparse_of(Tv, Ti, v isa SparseVec ? column(v) : reshape(v, length(v), 1)))
sparse_of(::Type{Tv}, ::Type{Ti}, A::SparseMat) where {Tv,Ti} =
    SparseMatrixCSC{Tv,Ti}(size(A)..., Vector{Ti}(copy(getcolptr(A))), Vector{Ti}(rowvals(A)[1:nnz(A)]), Vector{Tv}(nonzeros(A)[1:nnz(A)]))
sparse_of(::Type{Tv}, ::Type{Ti}, A::Turned) where {Tv,Ti} = sparse_of(Tv, Ti, turned(A isa Adjoint ? adjoint : transpose, parent(A)))
function sparse_of(::Type{Tv}, ::Type{Ti}, A) where {Tv,Ti}
    Base.require_one_based_indexing(A)
    rows, values, colptr = Ti[], Tv[], Ti[1]
    for j in axes(A, 2)
        for i in axes(A, 1)
            x = A[i, j]
            iszero(x) || (push!(rows, i); push!(values, x))
        end
        push!(colptr, length(rows) + 1)
    end
    SparseMatrixCSC{Tv,Ti}(size(A)..., colptr, rows, values)
end
# A diagonal stores all of its items.
function sparse_of(::Type{Tv}, ::Type{Ti}, D::Diagonal) where {Tv,Ti}
    n = size(D, 1)
    SparseMatrixCSC{Tv,Ti}(n, n, collect(Ti, 1:n+1), collect(Ti, 1:n), Vector{Tv}(D.diag))
end
Base.convert(::Type{T}, A::AbstractMatrix) where {T<:SparseMatrixCSC} = A isa T ? A : T(A)
Base.convert(::Type{T}, v::AbstractVector) where {T<:SparseVector} = v isa T ? v : T(v)
Base.convert(::Type{SparseVector}, A::SparseMatrixCSC) = size(A, 2) == 1 ? uncolumn(copy(A)) : throw(ArgumentError("The input argument must have a single-column"))
LinearAlgebra.plain_array(A::AnySparse) = dense(A)
LinearAlgebra.copy_matrix(A::Union{SparseMat,Turned}) = Matrix(A)
Base.AbstractMatrix{T}(A::SparseMatrixCSC) where {T} = SparseMatrixCSC{T}(A)
Base.AbstractArray{T}(A::SparseMatrixCSC) where {T} = SparseMatrixCSC{T}(A)
Base.float(A::SparseMatrixCSC{Tv}) where {Tv} = SparseMatrixCSC{float(Tv)}(A)
Base.float(v::SparseVector{Tv}) where {Tv} = SparseVector{float(Tv)}(v)
Base.complex(A::SparseMatrixCSC{Tv}) where {Tv} = SparseMatrixCSC{complex(Tv)}(A)
