# Sums, products, norms, solving of systems.

items(f, A::SparseMatrixCSC) = SparseMatrixCSC(size(A)..., copy(getcolptr(A)), rowvals(A)[1:nnz(A)], map(f, nonzeros(A)[1:nnz(A)]))
items(f, v::StoredVec) = SparseVector(length(v), Vector(nonzeroinds(v)), map(f, nonzeros(v)))
# Those that are not zero.
nonzero_items(f, v) = (w = items(f, v); fkeep!((i, x) -> !iszero(x), w))
Base.:-(A::Union{SparseMat,SparseVec}) = items(-, A)
Base.:+(A::Union{SparseMat,SparseVec}) = copy(A)
Base.conj(A::Union{SparseMat,SparseVec}) = items(conj, A)
Base.conj(A::Union{SparseMat{<:Real},SparseVec{<:Real}}) = A
Base.real(A::SparseMat{<:Complex}) = items(real, A)
Base.imag(A::SparseMat{<:Complex}) = items(imag, A)
Base.real(v::SparseVec{<:Complex}) = nonzero_items(real, v)
Base.imag(v::SparseVec{<:Complex}) = nonzero_items(imag, v)
const Scalable = Union{SparseMat,StoredVec}
Base.:*(A::Scalable, x::Number) = items(a -> a * x, A)
Base.:*(x::Number, A::Scalable) = items(a -> x * a, A)
Base.:/(A::Scalable, x::Number) = items(a -> a / x, A)
Base.:\(x::Number, A::Scalable) = items(a -> x \ a, A)
rmul!(A::Scalable, x::Number) = (rmul!(stored(A), x); A)
lmul!(x::Number, A::Scalable) = (lmul!(x, stored(A)); A)
function axpy!(a::Number, x::StoredVec, y::AbstractVector)
    length(x) == length(y) || throw(DimensionMismatch("x has length $(length(x)), but y has length $(length(y))"))
    for (i, v) in zip(nonzeroinds(x), nonzeros(x))
        y[i] += v * a
    end
    y
end
"`lowrankupdate!(A, x, y, α=1)`: `A += α*x*y'`, in place."
function lowrankupdate!(A::StridedMatrix, x::AbstractVector, y::StoredVec, α::Number=1)
    for (j, v) in zip(nonzeroinds(y), nonzeros(y))
        axpy!(α * conj(v), x, view(A, :, j))
    end
    A
end

const SparseOrTurned = Union{SparseMat,Turned}
untwist(A) = A isa SparseMat ? A : sparse(A)
Base.:+(A::SparseOrTurned, B::SparseOrTurned) = combined(+, untwist(A), untwist(B))
Base.:-(A::SparseOrTurned, B::SparseOrTurned) = combined(-, untwist(A), untwist(B))
Base.:+(v::SparseVec, w::SparseVec) = uncolumn(combined(+, column(v), column(w)))
Base.:-(v::SparseVec, w::SparseVec) = uncolumn(combined(-, column(v), column(w)))
const FewStored = Union{Diagonal,Bidiagonal,Tridiagonal,SymTridiagonal}
Base.:+(A::SparseMat, B::FewStored) = A + sparse(B)
Base.:+(A::FewStored, B::SparseMat) = sparse(A) + B
Base.:-(A::SparseMat, B::FewStored) = A - sparse(B)
Base.:-(A::FewStored, B::SparseMat) = sparse(A) - B
Base.:+(A::SparseMat, B::Array) = Matrix(A) + B
Base.:+(A::Array, B::SparseMat) = A + Matrix(B)
Base.:-(A::SparseMat, B::Array) = Matrix(A) - B
Base.:-(A::Array, B::SparseMat) = A - Matrix(B)
Base.:+(A::SparseVec, B::Vector) = A + sparse(B)
Base.:+(A::Vector, B::SparseVec) = sparse(A) + B
Base.:-(A::SparseVec, B::Vector) = A - sparse(B)
Base.:-(A::Vector, B::SparseVec) = sparse(A) - B
# f of the items of A and B at each place where one of them stores something; f(0, 0) must be 0.
# Without Tv, what f of zeros gives is taken for the type of all items.
function combined(f, A::SparseMat, B::SparseMat, Tv=nothing)
    size(A) == size(B) || throw(DimensionMismatch("dimensions must match: a has dims $(axes(A)), b has dims $(axes(B)), mismatch at $(findfirst(size(A) .!= size(B)))"))
    Ti, za, zb = promote_type(index_type(A), index_type(B)), zero(eltype(A)), zero(eltype(B))
    Tv === nothing && (Tv = typeof(f(za, zb)))
    rows, values, colptr = Ti[], Tv[], Ti[1]
    ra, rb, va, vb = rowvals(A), rowvals(B), nonzeros(A), nonzeros(B)
    for j in 1:size(A, 2)
        ka, kb = nzrange(A, j), nzrange(B, j)
        a, b = first(ka), first(kb)
        while a <= last(ka) || b <= last(kb)
            i = min(a <= last(ka) ? ra[a] : typemax(eltype(ra)), b <= last(kb) ? rb[b] : typemax(eltype(rb)))
            x, y = za, zb
            if a <= last(ka) && ra[a] == i
                x = va[a]
                a += 1
            end
            if b <= last(kb) && rb[b] == i
                y = vb[b]
                b += 1
            end
            z = f(x, y)
            iszero(z) && continue
            push!(rows, i)
            push!(values, z)
        end
        push!(colptr, length(rows) + 1)
    end
    SparseMatrixCSC{Tv,Ti}(size(A)..., colptr, rows, values)
end

## products

Base.:*(A::SparseOrTurned, B::SparseOrTurned) = sparse_product(untwist(A), untwist(B))
Base.:*(A::SparseOrTurned, v::SparseVec) = uncolumn(sparse_product(untwist(A), column(v)))
Base.:*(A::SparseOrTurned, v::ColumnView) = A * SparseVector(v)
function sparse_product(A, B)
    LinearAlgebra.check_product(A, B)
    Ti, Tv = promote_type(index_type(A), index_type(B)), LinearAlgebra.product_type(eltype(A), eltype(B))
    m, n = size(A, 1), size(B, 2)
    sums, seen = Vector{Tv}(undef, m), zeros(Int, m)
    rows, values, colptr = Ti[], Tv[], Ti[1]
    ra, rb, va, vb = rowvals(A), rowvals(B), nonzeros(A), nonzeros(B)
    for j in 1:n
        here = Ti[]
        for kb in nzrange(B, j)
            y = vb[kb]
            for ka in nzrange(A, rb[kb])
                i = ra[ka]
                if seen[i] == j
                    sums[i] += va[ka] * y
                else
                    seen[i] = j
                    sums[i] = va[ka] * y
                    push!(here, i)
                end
            end
        end
        sort!(here)
        append!(rows, here)
        append!(values, sums[here])
        push!(colptr, length(rows) + 1)
    end
    SparseMatrixCSC{Tv,Ti}(m, n, colptr, rows, values)
end
const DenseLike = Union{StridedVecOrMat,AdjOrTrans{<:Any,<:StridedVecOrMat}}
Base.:*(A::SparseOrTurned, B::StridedVecOrMat) = times_dense(A, B)
Base.:*(A::SparseOrTurned, B::AdjOrTrans{<:Any,<:StridedMatrix}) = times_dense(A, copy(B))
Base.:*(A::StridedMatrix, B::SparseOrTurned) = copy(transpose(times_dense(transpose(untwist(B)), copy(transpose(A)))))
Base.:*(A::AdjOrTrans{<:Any,<:StridedMatrix}, B::SparseOrTurned) = copy(A) * B
Base.:*(x::AdjOrTrans{<:Any,<:StridedVector}, B::SparseOrTurned) = LinearAlgebra.wrap_as(x, LinearAlgebra.wrap_as(x, B) * parent(x))
Base.:*(x::TurnedVec, B::SparseOrTurned) = LinearAlgebra.wrap_as(x, LinearAlgebra.wrap_as(x, B) * parent(x))
Base.:*(v::Union{SparseVec,ColumnView}, w::Union{TurnedVec,AdjOrTrans{<:Any,<:StridedVector}}) = sparse_product(column(v), sparse_row(w))
Base.:*(v::StridedVector, w::TurnedVec) = sparse_product(sparse(reshape(v, length(v), 1)), sparse_row(w))
sparse_row(w) = (v = parent(w) isa SparseVec ? parent(w) : sparse(parent(w)); reshape(w isa Adjoint ? conj(v) : v, (1, length(w))))
Base.:*(A::StridedMatrix, v::SparseVec) = (w = zeros(LinearAlgebra.product_type(eltype(A), eltype(v)), size(A, 1)); LinearAlgebra.check_product(A, v);
    for (j, x) in zip(findnz(v)...), i in axes(A, 1); w[i] += A[i, j] * x; end; w)
Base.:*(A::AdjOrTrans{<:Any,<:StridedMatrix}, v::SparseVec) = copy(A) * v
function times_dense(A, B)
    LinearAlgebra.check_product(A, B)
    T = LinearAlgebra.product_type(eltype(A), eltype(B))
    add_product!(zeros(T, LinearAlgebra.product_size(A, B)...), A, B, true)
end
# C += A*B*α
function add_product!(C, A::SparseMat, B, α)
    r, v = rowvals(A), nonzeros(A)
    for c in axes(B, 2), j in 1:size(A, 2)
        x = B[j, c] * α
        for k in nzrange(A, j)
            C[r[k], c] += v[k] * x
        end
    end
    C
end
function add_product!(C, A::Turned, B, α)
    P = parent(A)
    r, v = rowvals(P), nonzeros(P)
    for c in axes(B, 2), j in 1:size(P, 2)
        s = C[j, c]
        for k in nzrange(P, j)
            s += LinearAlgebra.unwrap_item(A, v[k]) * B[r[k], c] * α
        end
        C[j, c] = s
    end
    C
end
function mul!(C::StridedVecOrMat, A::SparseOrTurned, B::DenseLike, α::Number=true, β::Number=false)
    LinearAlgebra.check_product(A, B)
    (size(C, 1), size(C, 2)) == (size(A, 1), size(B, 2)) ||
        throw(DimensionMismatch("C has dimensions $(size(C)), should have ($(size(A, 1)), $(size(B, 2)))"))
    iszero(β) ? fill!(C, zero(eltype(C))) : rmul!(C, β)
    add_product!(C, A, B, α)
end
function kron(A::SparseMat, B::SparseMat)
    I, J, V = findnz(A)
    K, L, W = findnz(B)
    p, q = size(B)
    sparse([(i - 1) * p + k for i in I for k in K], [(j - 1) * q + l for j in J for l in L], [a * b for a in V for b in W], size(A, 1) * p, size(A, 2) * q)
end
kron(v::SparseVec, w::SparseVec) = uncolumn(kron(column(v), column(w)))
kron(A::SparseMat, B::Union{StridedMatrix,Turned,FewStored}) = kron(A, sparse(B))
kron(A::Union{StridedMatrix,Turned,FewStored}, B::SparseMat) = kron(sparse(A), B)
kron(A::Union{SparseMat,SparseVec}, x::Union{TurnedVec,AdjOrTrans{<:Any,<:StridedVector}}) = kron(A, sparse(x))
kron(x::Union{TurnedVec,AdjOrTrans{<:Any,<:StridedVector}}, A::Union{SparseMat,SparseVec}) = kron(sparse(x), A)
kron(v::Union{StridedVector,ColumnView}, x::TurnedVec) = kron(sparse(v), sparse(x))
kron(A::SparseMat, v::SparseVec) = kron(A, column(v))
kron(v::SparseVec, A::SparseMat) = kron(column(v), A)

## the identity

for (f, g) in ((:+, :+), (:-, :-))
    @eval Base.$f(A::SparseMat, J::UniformScaling) = $g(A, scaled_identity(J.λ, index_type(A), size_of_square(A)...))
    @eval Base.$f(J::UniformScaling, A::SparseMat) = $g(scaled_identity(J.λ, index_type(A), size_of_square(A)...), A)
end
for f in (:+, :-)
    @eval Base.$f(A::Turned, J::UniformScaling) = $f(untwist(A), J)
    @eval Base.$f(J::UniformScaling, A::Turned) = $f(J, untwist(A))
end
size_of_square(A) = (LinearAlgebra.checksquare(A); size(A))

## reductions

Base.iszero(A::Union{SparseMat,SparseVec}) = all(iszero, stored(A))
Base.count(f, A::Union{SparseMat,SparseVec}) = count(f, stored(A)) + (f(zero(eltype(A))) ? length(A) - nnz(A) : 0)
Base.:(==)(A::SparseMat, B::SparseMat) = size(A) == size(B) && iszero(combined((x, y) -> x != y, A, B))
Base.:(==)(A::SparseVec, B::SparseVec) = length(A) == length(B) && iszero(combined((x, y) -> x != y, column(A), column(B)))
norm(A::Scalable, p::Real=2) = nnz(A) == 0 ? float(real(zero(eltype(A)))) : p < 0 && nnz(A) < length(A) ? float(real(zero(eltype(A)))) : norm(stored(A), p)
tr(A::SparseMat) = (LinearAlgebra.checksquare(A); sum(diag(A)))
function dot(v::StoredVec, w::StoredVec)
    length(v) == length(w) || throw(DimensionMismatch("Vectors v and w must have the same length"))
    s = zero(eltype(v)) * zero(eltype(w))
    I, J, x, y = nonzeroinds(v), nonzeroinds(w), nonzeros(v), nonzeros(w)
    a, b = 1, 1
    while a <= length(I) && b <= length(J)
        if I[a] == J[b]
            s += dot(x[a], y[b])
            a += 1
            b += 1
        elseif I[a] < J[b]
            a += 1
        else
            b += 1
        end
    end
    s
end
dot(v::SparseVec, w::StridedVector) = length(v) == length(w) ? sum(dot(x, w[i]) for (i, x) in zip(findnz(v)...); init=zero(eltype(v)) * zero(eltype(w))) :
    throw(DimensionMismatch("Vector x has a length $(length(v)) but y has a length $(length(w))"))
dot(v::StridedVector, w::SparseVec) = conj(dot(w, v))

Base.inv(::SparseMat) = error("The inverse of a sparse matrix can often be dense and can cause the computer to run out of memory. If you are sure you have enough memory, please either convert your matrix to a dense matrix, e.g. by calling `Matrix` or if `A` can be factorized, use `\\` on the dense identity matrix, e.g. `A \\ Matrix{eltype(A)}(I, size(A)...)` restrictions of `\\` on sparse lhs applies. Alternatively, `A\\b` is generally preferable to `inv(A)*b`")
