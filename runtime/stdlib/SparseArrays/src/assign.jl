# Assigning blocks of items. What is stored stays so when it becomes zero; a zero that is not stored is not stored then either.

const Places = Union{Integer,Picks}
places_of(i::Integer, n) = (1 <= i <= n || throw(BoundsError(1:n, i)); i:i)
places_of(I, n) = (J = picked(I, n); all(i -> 1 <= i <= n, J) || throw(BoundsError(1:n, I)); J)
Base.setindex!(A::SparseMatrixCSC, x, i::Integer, J::Picks) = assign_block!(A, x, i, J)
Base.setindex!(A::SparseMatrixCSC, x, I::Picks, j::Integer) = assign_block!(A, x, I, j)
Base.setindex!(A::SparseMatrixCSC, x, I::Picks, J::Picks) = assign_block!(A, x, I, J)
function assign_block!(A, x, I, J)
    rows, columns = places_of(I, size(A, 1)), places_of(J, size(A, 2))
    x isa AbstractArray || throw(ArgumentError("indexed assignment with a single value to possibly many locations is not supported; perhaps use broadcasting `.=` instead?"))
    filter(!=(1), size(x)) == filter(!=(1), (length(rows), length(columns))) || x isa AbstractVector && length(x) == length(rows) * length(columns) ||
        throw(DimensionMismatch("tried to assign $(join(size(x), '×')) array to $(length(rows))×$(length(columns)) destination"))
    B = x isa SparseMat ? x : x isa SparseVec ? column(x) : x isa AbstractMatrix ? sparse(x) : sparse(reshape(collect(x), length(x), 1))
    size(B) == (length(rows), length(columns)) || (B = reshape(B, (length(rows), length(columns))))
    put_block!(A, B, rows, columns)
end
# The columns of A anew, with those of B in some of them.
function put_block!(A::SparseMatrixCSC{Tv,Ti}, B, rows, columns) where {Tv,Ti}
    m, n = size(A)
    from = zeros(Int, n)
    for (k, j) in enumerate(columns)
        from[j] = k
    end
    to = zeros(Int, m)
    for (k, i) in enumerate(rows)
        to[i] = k
    end
    colptr, rowval, values = Ti[1], Ti[], Tv[]
    for j in 1:n
        range = nzrange(A, j)
        if from[j] == 0
            append!(rowval, view(rowvals(A), range))
            append!(values, view(nonzeros(A), range))
        else
            put_column!(rowval, values, A, range, B, nzrange(B, from[j]), rows, to)
        end
        push!(colptr, length(rowval) + 1)
    end
    replace_by!(A, SparseMatrixCSC{Tv,Ti}(m, n, colptr, rowval, values))
end
function put_column!(rowval, values, A, range, B, new, rows, to)
    fresh = Dict{Int,eltype(values)}()
    for k in new
        i = rows[rowvals(B)[k]]
        to[i] == rowvals(B)[k] && (fresh[i] = nonzeros(B)[k])
    end
    added = sort!([i for (i, x) in fresh if !iszero(x)])
    next = 1
    for k in range
        i = Int(rowvals(A)[k])
        while next <= length(added) && added[next] < i
            push!(rowval, added[next])
            push!(values, fresh[added[next]])
            next += 1
        end
        next <= length(added) && added[next] == i && (next += 1)
        push!(rowval, i)
        push!(values, to[i] == 0 ? nonzeros(A)[k] : get(fresh, i, zero(eltype(values))))
    end
    for i in view(added, next:length(added))
        push!(rowval, i)
        push!(values, fresh[i])
    end
end

# `A[I, J] .= ...`
const Block = SubArray{<:Any,<:Any,<:SparseMatrixCSC,<:Tuple{Any,Any}}
Base.copyto!(v::Block, b::Broadcasted) = put_in_block!(v, copy(b))
Base.copyto!(v::Block, b::Broadcasted{<:AbstractArrayStyle{0}}) = put_in_block!(v, fill(copy(Broadcasted(b.style, b.f, b.args, ())), size(v)))
function put_in_block!(v, x)
    put_block!(parent(v), sparse(reshape(collect(x), map(length, block_places(v)))), block_places(v)...)
    v
end
block_places(v) = (A = parent(v); map((I, n) -> places_of(I isa Base.Slice ? Colon() : I, n), parentindices(v), size(A)))
Base.fill!(v::Block, x) = (put_block!(parent(v), sparse(fill(convert(eltype(v), x), map(length, block_places(v)))), block_places(v)...); v)
# A view of items by their numbers refers to `A`, not to a vector of its items.
Base.view(A::SparseMatrixCSC, I::AbstractVector{<:Integer}) = view(A, vec(CartesianIndices(A))[picked(I, length(A))])
