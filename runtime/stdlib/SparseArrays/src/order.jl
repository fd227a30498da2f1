# Orders of elimination in which few items become nonzero, and what the factors of both decompositions share.

"""
    elimination_order(A)

An order of the rows and columns of a square `A` in which its elimination fills little: each time the one with the
fewest neighbours comes next. Those eliminated stand for the clique of their neighbours.
"""
function elimination_order(A::SparseMat)
    n = size(A, 2)
    near = [Int[] for _ in 1:n]             # neighbours by items of A
    cliques = [Int[] for _ in 1:n]          # the eliminated rows, by which others are neighbours
    members = Vector{Vector{Int}}(undef, n) # who is in the clique of an eliminated row
    r = rowvals(A)
    for j in 1:n, k in nzrange(A, j)
        i = Int(r[k])
        i == j && continue
        push!(near[i], j)
        push!(near[j], i)
    end
    degree = map(length, near)
    waiting = [Int[] for _ in 0:2n] # by degree; entries with another degree are out of date
    for i in n:-1:1
        push!(waiting[degree[i]+1], i)
    end
    gone, absorbed = falses(n), falses(n)
    marks = zeros(Int, n)
    order = Int[]
    least = 1
    while length(order) < n
        while isempty(waiting[least])
            least += 1
        end
        v = pop!(waiting[least])
        (gone[v] || degree[v] + 1 != least) && continue
        gone[v] = true
        push!(order, v)
        marks[v] = v
        clique = Int[]
        gather!(clique, near[v], gone, marks, v)
        for e in cliques[v]
            gather!(clique, members[e], gone, marks, v)
            absorbed[e] = true
            members[e] = Int[]
        end
        members[v] = clique
        for u in clique
            near[u] = [w for w in near[u] if marks[w] != v]
            mine = cliques[u] = [e for e in cliques[u] if !absorbed[e]]
            push!(mine, v)
            d = length(near[u])
            for e in mine
                d += length(members[e]) - 1
            end
            degree[u] = min(n - length(order), d)
            push!(waiting[degree[u]+1], u)
            least = min(least, degree[u] + 1)
        end
    end
    order
end
# Those of us that are still there and not yet in the clique.
function gather!(clique, us, gone, marks, v)
    for u in us
        (gone[u] || marks[u] == v) && continue
        marks[u] = v
        push!(clique, u)
    end
end

# A matrix of columns given as rows and values, with the rows in order.
function of_columns(m, rows::Vector{Vector{Int}}, values::Vector{Vector{Tv}}, ::Type{Ti}) where {Tv,Ti}
    colptr = cumsum(Ti[1; map(length, rows)])
    rowval, nzval = Ti[], Tv[]
    foreach(r -> append!(rowval, r), rows)
    foreach(v -> append!(nzval, v), values)
    A = SparseMatrixCSC{Tv,Ti}(m, length(rows), colptr, rowval, nzval)
    turned(identity, turned(identity, A))
end

# x[p], or the rows p of a matrix; and the other way round.
rows_at(x::AbstractVector, p) = x[p]
rows_at(X::AbstractMatrix, p) = X[p, :]
rows_back(x, p) = rows_at(x, invperm(p))
# The triangle solved with, in place of B.
function solve_lower!(L::SparseMat, B, unit)
    r, v = rowvals(L), nonzeros(L)
    for c in axes(B, 2), j in 1:size(L, 2)
        range = nzrange(L, j)
        x = unit ? B[j, c] : (B[j, c] = B[j, c] / v[first(range)])
        iszero(x) && continue
        for k in first(range)+1:last(range)
            B[r[k], c] -= v[k] * x
        end
    end
    B
end
function solve_upper!(U::SparseMat, B)
    r, v = rowvals(U), nonzeros(U)
    for c in axes(B, 2), j in size(U, 2):-1:1
        range = nzrange(U, j)
        x = B[j, c] = B[j, c] / v[last(range)]
        iszero(x) && continue
        for k in first(range):last(range)-1
            B[r[k], c] -= v[k] * x
        end
    end
    B
end
# By f of the lower triangle L, which is an upper one.
function solve_lower_turned!(f, L::SparseMat, B, unit)
    r, v = rowvals(L), nonzeros(L)
    for c in axes(B, 2), j in size(L, 2):-1:1
        range = nzrange(L, j)
        x = B[j, c]
        for k in first(range)+1:last(range)
            x -= f(v[k]) * B[r[k], c]
        end
        B[j, c] = unit ? x : x / f(v[first(range)])
    end
    B
end
function solve_upper_turned!(f, U::SparseMat, B)
    r, v = rowvals(U), nonzeros(U)
    for c in axes(B, 2), j in 1:size(U, 2)
        range = nzrange(U, j)
        x = B[j, c]
        for k in first(range):last(range)-1
            x -= f(v[k]) * B[r[k], c]
        end
        B[j, c] = x / f(v[last(range)])
    end
    B
end
