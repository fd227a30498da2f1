# Reading and assigning items, ranges of them, reshaping, turning, permuting.

# Where the item (i, j) is stored, or 0.
function place(A::SparseMat, i, j)
    r, range = rowvals(A), nzrange(A, j)
    k = searchsortedfirst(r, i, first(range), last(range), Base.Order.Forward)
    k <= last(range) && r[k] == i ? k : 0
end
function Base.getindex(A::SparseMat{Tv}, i::Int, j::Int) where {Tv}
    checkbounds(A, i, j)
    k = place(A, i, j)
    k == 0 ? zero(Tv) : nonzeros(A)[k]
end
function Base.getindex(v::SparseVec{Tv}, i::Int) where {Tv}
    checkbounds(v, i)
    k = searchsortedfirst(nonzeroinds(v), i)
    k <= nnz(v) && nonzeroinds(v)[k] == i ? nonzeros(v)[k] : zero(Tv)
end
function Base.setindex!(A::SparseMatrixCSC{Tv}, x, i::Int, j::Int) where {Tv}
    checkbounds(A, i, j)
    x = convert(Tv, x)
    c, r, range = getcolptr(A), rowvals(A), nzrange(A, j)
    k = searchsortedfirst(r, i, first(range), last(range), Base.Order.Forward)
    if k <= last(range) && r[k] == i
        nonzeros(A)[k] = x
    elseif !iszero(x)
        insert!(r, k, i)
        insert!(nonzeros(A), k, x)
        for l in j+1:length(c)
            c[l] += 1
        end
    end
    A
end
function Base.setindex!(v::SparseVector{Tv}, x, i::Int) where {Tv}
    checkbounds(v, i)
    x = convert(Tv, x)
    k = searchsortedfirst(nonzeroinds(v), i)
    if k <= nnz(v) && nonzeroinds(v)[k] == i
        nonzeros(v)[k] = x
    elseif !iszero(x)
        insert!(nonzeroinds(v), k, i)
        insert!(nonzeros(v), k, x)
    end
    v
end
Base.isstored(A::SparseMat, i::Integer, j::Integer) = (checkbounds(A, i, j); place(A, i, j) != 0)
Base.isstored(v::SparseVec, i::Integer) = (checkbounds(v, i); insorted(i, nonzeroinds(v)))

const Picks = Union{Colon,AbstractVector{<:Integer}}
picked(::Colon, n) = 1:n
picked(I::AbstractVector{Bool}, n) = length(I) == n ? findall(I) : throw(BoundsError(1:n, I))
picked(I, n) = I
Base.getindex(A::SparseMat, ::Colon, ::Colon) = copy(A)
Base.getindex(A::SparseMat, I::Picks, J::Picks) = part(A, I, J)
Base.getindex(A::SparseMat, I::Picks, j::Integer) = uncolumn(part(A, I, j:j))
Base.getindex(A::SparseMat, i::Integer, J::Picks) = uncolumn(turned(identity, part(A, i:i, J)))
Base.getindex(A::SparseMat, I::Picks) = I isa Colon ? reshape(A, :) : (w = reshape(A, :); w[I])
Base.getindex(A::SparseMat, I::AbstractMatrix{Bool}) = reshape(A, :)[findall(vec(I))]
Base.getindex(A::SparseMat, I::Tuple{Integer,Integer}) = A[I...]
Base.getindex(v::SparseVec, I::AbstractArray{Bool}) = v[findall(vec(I))]
Base.getindex(v::SparseVec, ::Colon) = copy(v)
Base.getindex(v::SparseVec, I::AbstractVector{<:Integer}) = uncolumn(part(column(v), I, 1:1))
function part(A::SparseMat{Tv,Ti}, I, J) where {Tv,Ti}
    checkbounds(A, I, J)
    rows, values, colptr = Ti[], Tv[], Ti[1]
    r, v = rowvals(A), nonzeros(A)
    I isa Colon || (I = picked(I, size(A, 1)))
    J = picked(J, size(A, 2))
    where_to = I isa Union{Colon,AbstractUnitRange} ? nothing : targets(I, size(A, 1))
    for j in J
        if I isa Colon
            append!(rows, view(r, nzrange(A, j)))
            append!(values, view(v, nzrange(A, j)))
        elseif where_to === nothing
            for k in nzrange(A, j)
                i = r[k]
                first(I) <= i <= last(I) && (push!(rows, i - first(I) + 1); push!(values, v[k]))
            end
        else
            found = sort!([to => k for k in nzrange(A, j) for to in where_to[r[k]]]; by=first)
            append!(rows, map(first, found))
            append!(values, [v[k] for (_, k) in found])
        end
        push!(colptr, length(rows) + 1)
    end
    SparseMatrixCSC{Tv,Ti}(I isa Colon ? size(A, 1) : length(I), length(J), colptr, rows, values)
end
# For each of m rows its places in I.
function targets(I, m)
    places = [Int[] for _ in 1:m]
    for (to, i) in enumerate(I)
        push!(places[i], to)
    end
    places
end

function Base.reshape(A::SparseMat, dims::Dims{2})
    prod(dims) == length(A) || throw(DimensionMismatch("new dimensions $dims must be consistent with array size $(length(A))"))
    I, J, V = findnz(A)
    m, to = size(A, 1), dims[1]
    at = [i + m * (j - 1) for (i, j) in zip(I, J)]
    sparse(index_type(A)[mod1(k, to) for k in at], index_type(A)[cld(k, to) for k in at], V, dims...)
end
Base.reshape(A::SparseMat, dims::Dims{1}) = uncolumn(reshape(A, (dims[1], 1)))
Base.reshape(A::SparseMat, ::Colon) = reshape(A, (length(A),))
Base.reshape(v::SparseVec, dims::Dims{2}) = reshape(column(v), dims)
Base.vec(A::SparseMat) = view(A, :)
# All items one after the other, as places in the matrix itself.
Base.view(A::SparseMat, ::Colon) = view(A, vec(collect(CartesianIndices(A))))
Base.vec(v::SparseVec) = v

# f of each item, rows and columns exchanged: a walk by columns meets the rows of the result in order.
function turned(f, A::SparseMat{Tv,Ti}) where {Tv,Ti}
    m, n = size(A)
    r, v = rowvals(A), nonzeros(A)
    colptr = zeros(Ti, m + 1)
    colptr[1] = 1
    for k in 1:nnz(A)
        colptr[r[k]+1] += 1
    end
    cumsum!(colptr, colptr)
    next = copy(colptr)
    rows, values = Vector{Ti}(undef, nnz(A)), Vector{Tv}(undef, nnz(A))
    for j in 1:n, k in nzrange(A, j)
        to = next[r[k]]
        rows[to], values[to] = j, f(v[k])
        next[r[k]] = to + 1
    end
    SparseMatrixCSC{Tv,Ti}(n, m, colptr, rows, values)
end
Base.copy(A::Adjoint{<:Any,<:SparseMat}) = turned(adjoint, parent(A))
Base.copy(A::Transpose{<:Any,<:SparseMat}) = turned(transpose, parent(A))
Base.permutedims(A::SparseMat, p=(2, 1)) = p == (2, 1) || p == [2, 1] ? turned(identity, A) : length(p) == 2 && isperm(p) ? copy(A) :
    throw(ArgumentError("no valid permutation of dimensions"))
replace_by!(X, T) = (copyto!(getcolptr(X), getcolptr(T)); copy!(rowvals(X), rowvals(T)); copy!(nonzeros(X), nonzeros(T)); X)
transpose!(X::SparseMatrixCSC, A::SparseMatrixCSC) = turned_into!(X, transpose, A)
adjoint!(X::SparseMatrixCSC, A::SparseMatrixCSC) = turned_into!(X, adjoint, A)
"`ftranspose!(X, A, f)`: store `f` of the items of `A`, rows and columns exchanged, in `X`."
ftranspose!(X::SparseMatrixCSC, A::SparseMatrixCSC, f::Function) = turned_into!(X, f, A)
function turned_into!(X, f, A)
    size(X) == reverse(size(A)) || throw(DimensionMismatch("destination matrix's size $(size(X)) does not fit the source's $(size(A))"))
    replace_by!(X, turned(f, A))
end
"`permute(A, p, q)`: `A[p, q]`, for permutations of its rows and columns."
permute(A::SparseMat, p::AbstractVector{<:Integer}, q::AbstractVector{<:Integer}) = (check_permute(A, A, p, q); A[p, q])
function Base.copyto!(A::SparseMatrixCSC, B::SparseMatrixCSC)
    size(A) == size(B) || return invoke(copyto!, Tuple{AbstractMatrix,AbstractMatrix}, A, B)
    replace_by!(A, B)
end
Base.fill!(A::SparseMatrixCSC, x) = iszero(x) ? fkeep!((_...) -> false, A) : replace_by!(A, sparse(fill(convert(eltype(A), x), size(A)...)))
Base.findall(f::Function, A::SparseMat) = f(zero(eltype(A))) ? findall(f, Matrix(A)) : [CartesianIndex(Int(i), j) for (i, j, x) in zip(findnz(A)...) if f(x)]
