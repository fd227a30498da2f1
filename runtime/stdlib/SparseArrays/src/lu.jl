"""
    SparseArrays.UMFPACK

The LU decomposition of sparse matrices, named after the library that makes it in Julia.
"""
module UMFPACK

using LinearAlgebra
using LinearAlgebra: Factorization, SingularException
using ..SparseArrays
using ..SparseArrays: SparseMat, Turned, getcolptr, index_type, untwist, turned, of_columns, rows_at, rows_back, elimination_order,
    solve_lower!, solve_upper!, solve_lower_turned!, solve_upper_turned!, dense
import LinearAlgebra: lu, lu!, det, logabsdet, logdet, issuccess, ldiv!

export UmfpackLU

"""
    UmfpackLU

What `lu` of a sparse matrix gives: `F.L * F.U == (F.Rs .* A)[F.p, F.q]`.
"""
mutable struct UmfpackLU{Tv,Ti} <: Factorization{Tv}
    L::SparseMatrixCSC{Tv,Ti}
    U::SparseMatrixCSC{Tv,Ti}
    p::Vector{Int}
    q::Vector{Int}
    Rs::Vector{Float64}
    status::Int # 1: singular
end

# What the numbers of A are computed with.
working_type(::Type{<:Union{Float16,Float32,Float64,Integer}}) = Float64
working_type(::Type{<:Union{Complex{Float16},Complex{Float32},Complex{Float64},Complex{<:Integer}}}) = Complex{Float64}
working_type(::Type{T}) where {T} = nothing

"""
    lu(A::AbstractSparseMatrixCSC; check=true, q=nothing)

The LU decomposition of a sparse matrix: `F.L * F.U == (F.Rs .* A)[F.p, F.q]`, where `F.Rs` scales the rows, and `F.p` and
`F.q` keep the factors sparse. `q` gives another order of columns. A singular matrix is an error unless `check` is false.
"""
function lu(A::SparseMat; check::Bool=true, q=nothing, control=nothing)
    T = working_type(eltype(A))
    T === nothing && throw(ArgumentError(string("matrix type ", typeof(A), " not supported. Try lu(convert(SparseMatrixCSC{Float64/ComplexF64,Int}, A)) for sparse floating point LU using UMFPACK or lu(Array(A)) for generic dense LU.")))
    size(A, 1) > 0 && size(A, 2) > 0 || throw(ArgumentError("matrix dimensions must be positive"))
    F = decompose(SparseMatrixCSC{T,index_type(A)}(A), q === nothing ? column_order(A) : Vector{Int}(q))
    check && !issuccess(F) && throw(SingularException(0))
    F
end
lu(A::Turned; kw...) = lu(sparse(A); kw...)
lu(A::Union{Symmetric{<:Number,<:SparseMat},Hermitian{<:Number,<:SparseMat}}; kw...) = lu(sparse(A); kw...)
"`lu!(F::UmfpackLU, A)`: the decomposition of `A` in place of what is in `F`."
function lu!(F::UmfpackLU{Tv,Ti}, A::SparseMat; check::Bool=true, reuse_symbolic::Bool=true, q=nothing) where {Tv,Ti}
    G = lu(SparseMatrixCSC{Tv,Ti}(A); check=check, q=q)
    foreach(s -> setfield!(F, s, getfield(G, s)), fieldnames(UmfpackLU))
    F
end
column_order(A) = size(A, 1) == size(A, 2) ? elimination_order(A) : sortperm([length(nzrange(A, j)) for j in axes(A, 2)])

# Column after column: each is solved for with the part of L that it touches, and the largest item of the rest is the pivot,
# unless that on the diagonal is not much smaller.
function decompose(A::SparseMatrixCSC{Tv,Ti}, q) where {Tv,Ti}
    m, n = size(A)
    r, v = rowvals(A), nonzeros(A)
    sums = zeros(m)
    for k in 1:nnz(A)
        sums[r[k]] += abs(v[k])
    end
    Rs = map(s -> s > 0 ? 1 / s : 1.0, sums)
    rank = min(m, n)
    place = zeros(Int, m) # of a row among the pivots
    Lrows, Lvals = Vector{Int}[], Vector{Tv}[]
    Urows, Uvals = Vector{Int}[], Vector{Tv}[]
    x = zeros(Tv, m)
    marks = zeros(Int, m)
    pivots = 0
    status = 0
    order, later = Int[], Int[] # columns without a pivot come last
    for (step, j) in enumerate(Iterators.flatten((q, later)))
        touched = reach(A, j, Lrows, place, marks, step)
        for k in nzrange(A, j)
            x[r[k]] = v[k] * Rs[r[k]]
        end
        urows, uvals = Int[], Tv[]
        for i in touched
            at = place[i]
            at == 0 && continue
            y = x[i]
            push!(urows, at)
            push!(uvals, y)
            rows, vals = Lrows[at], Lvals[at]
            for k in 2:length(rows)
                x[rows[k]] -= vals[k] * y
            end
        end
        best, row = -1.0, 0
        for i in touched
            place[i] == 0 && abs(x[i]) > best && ((best, row) = (abs(x[i]), i))
        end
        m == n && marks[j] == step && place[j] == 0 && abs(x[j]) >= 0.1 * best > 0 && (row = j)
        if pivots < rank && !(best > 0) && step <= n
            push!(later, j)
            foreach(i -> x[i] = zero(Tv), touched)
            continue
        end
        push!(order, j)
        if pivots < rank
            row == 0 && (row = findfirst(==(0), place))
            pivots += 1
            place[row] = pivots
            y = x[row]
            iszero(y) && (status = 1)
            push!(urows, pivots)
            push!(uvals, y)
            lrows, lvals = [row], [one(Tv)]
            for i in touched
                if place[i] == 0 && !iszero(x[i])
                    push!(lrows, i)
                    push!(lvals, x[i] / y)
                end
            end
            push!(Lrows, lrows)
            push!(Lvals, lvals)
        end
        foreach(i -> x[i] = zero(Tv), touched)
        push!(Urows, urows)
        push!(Uvals, uvals)
    end
    for i in 1:m
        place[i] == 0 && (place[i] = pivots += 1)
    end
    L = of_columns(m, map(rows -> place[rows], Lrows), Lvals, Ti)
    UmfpackLU{Tv,Ti}(L, of_columns(rank, Urows, Uvals, Ti), invperm(place), order, Rs, status)
end
# The rows that column j of A comes to have items in, each after those that change it.
function reach(A, j, Lrows, place, marks, step)
    found = Int[]
    stack = Tuple{Int,Int}[]
    r = rowvals(A)
    for k in nzrange(A, j)
        marks[r[k]] == step && continue
        marks[r[k]] = step
        push!(stack, (Int(r[k]), 1))
        while !isempty(stack)
            i, next = pop!(stack)
            rows = place[i] == 0 ? () : Lrows[place[i]]
            while next <= length(rows) && marks[rows[next]] == step
                next += 1
            end
            if next > length(rows)
                push!(found, i)
            else
                push!(stack, (i, next + 1))
                marks[rows[next]] = step
                push!(stack, (rows[next], 1))
            end
        end
    end
    reverse!(found)
end

Base.getproperty(F::UmfpackLU, s::Symbol) = s === :(:) ? (F.L, F.U, F.p, F.q, F.Rs) : s === :m ? size(F, 1) : s === :n ? size(F, 2) : getfield(F, s)
Base.propertynames(::UmfpackLU, private::Bool=false) = (:L, :U, :p, :q, :Rs, (private ? (:status,) : ())...)
Base.iterate(F::UmfpackLU, k::Int=1) = k > 5 ? nothing : (F.:(:)[k], k + 1)
Base.size(F::UmfpackLU) = (size(F.L, 1), size(F.U, 2))
Base.size(F::UmfpackLU, d::Integer) = d < 1 ? throw(ArgumentError("size: dimension $d out of range")) : d > 2 ? 1 : size(F)[d]
Base.copy(F::UmfpackLU{Tv,Ti}) where {Tv,Ti} = UmfpackLU{Tv,Ti}(copy(F.L), copy(F.U), copy(F.p), copy(F.q), copy(F.Rs), F.status)
SparseArrays.nnz(F::UmfpackLU) = nnz(F.L) + nnz(F.U)
issuccess(F::UmfpackLU) = F.status == 0
LinearAlgebra.factor_product(F::UmfpackLU) = Diagonal(1 ./ F.Rs) * Matrix(F.L * F.U)[invperm(F.p), invperm(F.q)]

function check_solvable(F, B)
    size(F, 1) == size(F, 2) || throw(DimensionMismatch("matrix is not square: dimensions are $(size(F))"))
    size(B, 1) == size(F, 1) || throw(DimensionMismatch("arguments must have the same number of rows"))
    issuccess(F) || throw(SingularException(0))
end
function Base.:\(F::UmfpackLU{Tv}, B::AbstractVecOrMat) where {Tv}
    check_solvable(F, B)
    D = dense(B)
    X = rows_at(F.Rs .* Array{promote_type(Tv, float(eltype(D)))}(D), F.p)
    rows_back(solve_upper!(F.U, solve_lower!(F.L, X, true)), F.q)
end
function LinearAlgebra.turned_solve(T, F::UmfpackLU{Tv}, B) where {Tv}
    check_solvable(F, B)
    f = T isa LinearAlgebra.AdjointFactorization ? conj : identity
    D = dense(B)
    X = rows_at(Array{promote_type(Tv, float(eltype(D)))}(D), F.q)
    F.Rs .* rows_back(solve_lower_turned!(f, F.L, solve_upper_turned!(f, F.U, X), true), F.p)
end
const Solver = Union{UmfpackLU,LinearAlgebra.AdjointFactorization{<:Any,<:UmfpackLU},LinearAlgebra.TransposeFactorization{<:Any,<:UmfpackLU}}
ldiv!(F::Solver, B::StridedVecOrMat) = copyto!(B, F \ B)
ldiv!(X::StridedVecOrMat, F::Solver, B::AbstractVecOrMat) = size(X) == size(B) ? copyto!(X, F \ B) : throw(DimensionMismatch("output and input must have the same size"))

# 1 or -1 for a permutation.
function permutation_sign(p)
    seen, s = falses(length(p)), 1
    for i in eachindex(p)
        seen[i] && continue
        k = p[i]
        seen[i] = true
        while k != i
            seen[k] = true
            s = -s
            k = p[k]
        end
    end
    s
end
det(F::UmfpackLU{Tv}) where {Tv} = (LinearAlgebra.checksquare(F.L); issuccess(F) ? prod(diag(F.U); init=one(Tv)) * permutation_sign(F.p) * permutation_sign(F.q) / prod(F.Rs) : zero(Tv))
function logabsdet(F::UmfpackLU{Tv}) where {Tv}
    LinearAlgebra.checksquare(F.L)
    issuccess(F) || return (-Inf, zero(Tv))
    d = Vector(diag(F.U))
    (sum(x -> log(abs(x)), d) - sum(log, F.Rs), prod(sign, d) * permutation_sign(F.p) * permutation_sign(F.q))
end
logdet(F::UmfpackLU) = ((d, s) = logabsdet(F); d + log(s))

function Base.show(io::IO, mime::MIME"text/plain", F::UmfpackLU)
    issuccess(F) || return print(io, "Failed factorization of type ", typeof(F))
    println(io, typeof(F))
    println(io, "L factor:")
    show(io, mime, F.L)
    println(io, "\nU factor:")
    show(io, mime, F.U)
end

end
