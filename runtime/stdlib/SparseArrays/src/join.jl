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
sparse_vcat(As...) = all(A -> A isa AbstractVector, As) ? uncolumn(below(map(to_join, As))) : below(map(to_join, As))
"`sparse_hvcat(rows, A...)`: as `hvcat`, as a sparse matrix."
function sparse_hvcat(rows::Tuple{Vararg{Int}}, As...)
    at, lines = 0, SparseMatrixCSC[]
    for k in rows
        push!(lines, sparse_hcat(As[at+1:at+k]...))
        at += k
    end
    below(lines)
end

Base.hcat(A::AnySparse, Bs::Union{Number,AbstractVecOrMat}...) = sparse_hcat(A, Bs...)
Base.hcat(A::Union{Number,AbstractVecOrMat}, B::AnySparse, Cs::Union{Number,AbstractVecOrMat}...) = sparse_hcat(A, B, Cs...)
Base.hcat(A::AnySparse, B::AnySparse, Cs::Union{Number,AbstractVecOrMat}...) = sparse_hcat(A, B, Cs...)
Base.vcat(A::AnySparse, Bs::Union{Number,AbstractVecOrMat}...) = sparse_vcat(A, Bs...)
Base.vcat(A::Union{Number,AbstractVecOrMat}, B::AnySparse, Cs::Union{Number,AbstractVecOrMat}...) = sparse_vcat(A, B, Cs...)
Base.vcat(A::AnySparse, B::AnySparse, Cs::Union{Number,AbstractVecOrMat}...) = sparse_vcat(A, B, Cs...)
Base.hvcat(rows::Tuple{Vararg{Int}}, A::AnySparse, Bs::Union{Number,AbstractVecOrMat}...) = sparse_hvcat(rows, A, Bs...)
Base.hvcat(rows::Tuple{Vararg{Int}}, A::Union{Number,AbstractVecOrMat}, B::AnySparse, Cs::Union{Number,AbstractVecOrMat}...) = sparse_hvcat(rows, A, B, Cs...)
Base.hvcat(rows::Tuple{Vararg{Int}}, A::AnySparse, B::AnySparse, Cs::Union{Number,AbstractVecOrMat}...) = sparse_hvcat(rows, A, B, Cs...)
