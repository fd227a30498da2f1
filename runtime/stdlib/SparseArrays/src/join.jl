# Putting matrices beside, below and diagonally after each other.

"""
    blockdiag(A...)

The sparse matrix with the sparse matrices `A` one after the other along its diagonal.
"""
function blockdiag(As::SparseMat...)
    isempty(As) && return spzeros(0, 0)
    I, J, V = promote_type(map(index_type, As)...)[], promote_type(map(index_type, As)...)[], promote_type(map(eltype, As)...)[]
    m = n = 0
    for A in As
        r, c, x = findnz(A)
        append!(I, r .+ m)
        append!(J, c .+ n)
        append!(V, x)
        m, n = m + size(A, 1), n + size(A, 2)
    end
    sparse(I, J, V, m, n)
end

to_join(x::Number) = sparse(fill(x, 1, 1))
to_join(v::AbstractVector) = column(sparse(v))
to_join(A::AbstractMatrix) = untwist(sparse(A))
function beside(As)
    m = size(As[1], 1)
    all(A -> size(A, 1) == m, As) || throw(DimensionMismatch("number of rows of each array must match (got $(map(A -> size(A, 1), As)))"))
    Tv, Ti = promote_type(map(eltype, As)...), promote_type(map(index_type, As)...)
    rows, values, colptr = Ti[], Tv[], Ti[1]
    for A in As
        append!(colptr, getcolptr(A)[2:end] .+ length(rows))
        append!(rows, rowvals(A))
        append!(values, nonzeros(A))
    end
    SparseMatrixCSC{Tv,Ti}(m, sum(A -> size(A, 2), As), colptr, rows, values)
end
function below(As)
    n = size(As[1], 2)
    all(A -> size(A, 2) == n, As) || throw(DimensionMismatch("number of columns of each array must match (got $(map(A -> size(A, 2), As)))"))
    turned(identity, beside(map(A -> turned(identity, A), As)))
end
"`sparse_hcat(A...)`: the arrays beside each other, as a sparse matrix."
sparse_hcat(As...) = beside(map(to_join, As))
"`sparse_vcat(A...)`: the arrays below each other, as a sparse matrix, or vector."
sparse_vcat(As...) = all(A -> A isa Union{AbstractVector,Number}, As) ? uncolumn(below(map(to_join, As))) : below(map(to_join, As))
"`sparse_hvcat(rows, A...)`: as `hvcat`, as a sparse matrix."
function sparse_hvcat(rows::Tuple{Vararg{Int}}, As...)
    at, lines = 0, SparseMatrixCSC[]
    for k in rows
        push!(lines, sparse_hcat(As[at+1:at+k]...))
        at += k
    end
    below(lines)
end

# What makes the whole sparse: sparse arrays, and what wraps one.
const Sparser = Union{AnySparse,UpperTriangular{<:Any,<:SparseMat},LowerTriangular{<:Any,<:SparseMat},UnitUpperTriangular{<:Any,<:SparseMat},UnitLowerTriangular{<:Any,<:SparseMat},Symmetric{<:Any,<:SparseMat},Hermitian{<:Any,<:SparseMat}}
const Joined = Union{Number,AbstractVecOrMat}
for (f, g, rows) in ((:hcat, :sparse_hcat, ()), (:vcat, :sparse_vcat, ()), (:hvcat, :sparse_hvcat, (:(rows::Tuple{Vararg{Int}}),)))
    lines = map(_ -> :rows, rows)
    @eval Base.$f($(rows...), A::Sparser) = $g($(lines...), A)
    for A in (:Sparser, :Joined), B in (:Sparser, :Joined)
        A === B === :Joined || @eval Base.$f($(rows...), A::$A, B::$B) = $g($(lines...), A, B)
        for C in (:Sparser, :Joined)
            A === B === C === :Joined || @eval Base.$f($(rows...), A::$A, B::$B, C::$C, Ds::Joined...) = $g($(lines...), A, B, C, Ds...)
        end
    end
end
Base.cat(A::Sparser, Bs::Joined...; dims) = sparse_cat(dims, A, Bs...)
Base.cat(A::Joined, B::Sparser, Cs::Joined...; dims) = sparse_cat(dims, A, B, Cs...)
Base.cat(A::Sparser, B::Sparser, Cs::Joined...; dims) = sparse_cat(dims, A, B, Cs...)
Base.cat(A::Joined, B::Joined, C::Sparser, Ds::Joined...; dims) = sparse_cat(dims, A, B, C, Ds...)
Base.cat(A::Joined, B::Joined, C::Joined, D::Sparser, Es::Joined...; dims) = sparse_cat(dims, A, B, C, D, Es...)
function sparse_cat(dims, As...)
    ds = dims isa Val ? typeof(dims).parameters[1] : dims
    ds == 1 || ds == (1,) ? sparse_vcat(As...) : ds == 2 || ds == (2,) ? sparse_hcat(As...) :
    Set(ds) == Set((1, 2)) ? blockdiag(map(to_join, As)...) : cat(map(dense_part, As)...; dims=dims)
end
dense_part(A) = A isa AbstractMatrix ? Matrix(A) : A isa AbstractVector ? Vector(A) : A
