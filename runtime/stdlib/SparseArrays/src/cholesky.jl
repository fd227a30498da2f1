"""
    SparseArrays.CHOLMOD

The Cholesky and LDLᵀ decompositions of sparse matrices, named after the library that makes them in Julia.
"""
module CHOLMOD

using LinearAlgebra
using LinearAlgebra: Factorization, PosDefException, ZeroPivotException
using ..SparseArrays
using ..SparseArrays: SparseMat, SparseVec, Turned, getcolptr, index_type, turned, of_columns, rows_at, rows_back, elimination_order,
    solve_lower!, solve_lower_turned!, dense, untwist
using ..UMFPACK: working_type
import LinearAlgebra: cholesky, cholesky!, ldlt, ldlt!, det, logabsdet, logdet, issuccess, isposdef, ldiv!, lowrankupdate, lowrankupdate!,
    lowrankdowndate, lowrankdowndate!

"""
    Factor

What `cholesky` and `ldlt` of a sparse matrix give: `L * L' == A[F.p, F.p]` for `L = sparse(F.L)`, or `L * D * L'` with
`F.LD`. Only parts of a system are solved with `F.L`, `F.U`, `F.PtL`, `F.UP`.
"""
mutable struct Factor{Tv,Ti} <: Factorization{Tv}
    lower::SparseMatrixCSC{Tv,Ti} # with a unit diagonal
    d::Vector{Float64}
    p::Vector{Int}
    is_ll::Bool
    failed::Int                   # the first column whose pivot is of no use, or 0
end

"`FactorComponent{Tv,S}`: the part `S` of a decomposition, to solve with or to make `sparse`."
struct FactorComponent{Tv,S,Ti} <: AbstractMatrix{Tv}
    F::Factor{Tv,Ti}
    function FactorComponent(F::Factor{Tv,Ti}, s::Symbol) where {Tv,Ti}
        s in parts_of(F) || throw(LinearAlgebra.CHOLMODPartError(F.is_ll, s))
        new{Tv,s,Ti}(F)
    end
end
parts_of(F) = getfield(F, :is_ll) ? (:L, :U, :PtL, :UP) : (:L, :U, :PtL, :UP, :D, :LD, :DU, :PtLD, :DUP)

hermitian_of(A::SparseMat) = ishermitian(A) ? A : throw(ArgumentError("sparse matrix is not symmetric/Hermitian. This error can be avoided by calling cholesky(Hermitian(A)) which will ignore one of the triangles."))
hermitian_of(A) = sparse(A)
const Wrapped = Union{Symmetric{<:Real,<:SparseMat},Hermitian{<:Real,<:SparseMat},Hermitian{<:Complex,<:SparseMat}}
const Factorable = Union{SparseMat,Wrapped}
"""
    cholesky(A; shift=0.0, check=true, perm=nothing)

The Cholesky decomposition of a sparse, Hermitian, positive definite matrix, or of `A + shift*I`. `perm` is another order of
elimination than the one that keeps the factor sparse. `F \\ b` solves `A*x = b`; `sparse(F.L)` is the factor of `A[F.p, F.p]`.
"""
cholesky(A::Factorable; check::Bool=true, shift::Real=0.0, perm=nothing) = checked(decompose(hermitian_of(A), shift, perm, true), check)
"`ldlt(A; shift=0.0, check=true, perm=nothing)`: the LDLᵀ decomposition of a sparse Hermitian matrix, which need not be positive."
ldlt(A::Factorable; check::Bool=true, shift::Real=0.0, perm=nothing) = checked(decompose(hermitian_of(A), shift, perm, false), check)
"`cholesky!(F::CHOLMOD.Factor, A; shift=0.0, check=true)`: the decomposition of `A`, in place of that in `F`, in the same order."
cholesky!(F::Factor, A::Factorable; check::Bool=true, shift::Real=0.0) = checked(become!(F, decompose(hermitian_of(A), shift, F.p, true)), check)
"`ldlt!(F::CHOLMOD.Factor, A; shift=0.0, check=true)`: as `cholesky!`, for LDLᵀ."
ldlt!(F::Factor, A::Factorable; check::Bool=true, shift::Real=0.0) = checked(become!(F, decompose(hermitian_of(A), shift, F.p, false)), check)
become!(F, G) = (foreach(s -> setfield!(F, s, getfield(G, s)), fieldnames(Factor)); F)
function checked(F, check)
    check && F.failed != 0 && throw(F.is_ll ? PosDefException(F.failed) : ZeroPivotException(F.failed))
    F
end

# Row after row of the unit lower triangle: the items that a row comes to have are found by the tree of eliminations, in which the
# parent of a column is its first item below the diagonal.
function decompose(A0::SparseMat, shift, perm, is_ll)
    T = working_type(eltype(A0))
    T === nothing && throw(ArgumentError(string("matrix type ", typeof(A0), " not supported. Try the decomposition of Array(A).")))
    Ti = index_type(A0)
    n = LinearAlgebra.checksquare(A0)
    p = perm === nothing ? elimination_order(A0) : Vector{Int}(perm)
    A = SparseMatrixCSC{T,Ti}(A0)[p, p]
    r, v = rowvals(A), nonzeros(A)
    parent, marks = zeros(Int, n), zeros(Int, n)
    rows, vals = [Int[j] for j in 1:n], [T[1] for _ in 1:n]
    d, y = zeros(n), zeros(T, n)
    failed = 0
    for k in 1:n
        found = Int[]
        marks[k] = k
        dk = float(real(shift))
        for at in nzrange(A, k)
            i = Int(r[at])
            i > k && break
            if i == k
                dk += real(v[at])
                continue
            end
            y[i] = v[at]
            path = Int[]
            while marks[i] != k
                marks[i] = k
                parent[i] == 0 && (parent[i] = k)
                push!(path, i)
                i = parent[i]
            end
            prepend!(found, path)
        end
        for i in found
            yi = y[i]
            y[i] = zero(T)
            ri, vi = rows[i], vals[i]
            for s in 2:length(ri)
                y[ri[s]] -= vi[s] * yi
            end
            l = conj(yi) / d[i]
            dk -= real(l * yi)
            push!(ri, k)
            push!(vi, l)
        end
        d[k] = dk
        if is_ll ? !(dk > 0) : iszero(dk)
            failed = k
            break
        end
    end
    Factor{T,Ti}(of_columns(n, rows, vals, Ti), d, p, is_ll, failed)
end

Base.getproperty(F::Factor, s::Symbol) = s in fieldnames(Factor) ? getfield(F, s) : s === :ptr ? throw(ErrorException("there is no C code here")) : FactorComponent(F, s)
Base.propertynames(F::Factor, private::Bool=false) = (parts_of(F)..., :p)
Base.size(F::Factor) = size(F.lower)
Base.size(F::Factor, d::Integer) = d < 1 ? throw(ArgumentError("dimension must be positive")) : d > 2 ? 1 : size(F)[d]
Base.copy(F::Factor{Tv,Ti}) where {Tv,Ti} = Factor{Tv,Ti}(copy(F.lower), copy(F.d), copy(F.p), F.is_ll, F.failed)
Base.adjoint(F::Factor) = F
SparseArrays.nnz(F::Factor) = nnz(F.lower)
SparseArrays.sparse(F::Factor) = (L = F.is_ll ? sparse(F.L) : F.lower; M = F.is_ll ? L * L' : L * Diagonal(F.d) * L'; q = invperm(F.p); M[q, q])
LinearAlgebra.diag(F::Factor) = F.is_ll ? sqrt.(F.d) : copy(F.d)
LinearAlgebra.factor_product(F::Factor) = Matrix(sparse(F))
issuccess(F::Factor) = F.failed == 0
isposdef(F::Factor) = issuccess(F) && all(>(0), F.d)
isposdef(A::SparseMat) = ishermitian(A) && isposdef(cholesky(A; check=false))
logdet(F::Factor) = sum(log, F.d; init=0.0)
det(F::Factor) = F.is_ll ? exp(logdet(F)) : prod(F.d)
logabsdet(F::Factor) = (sum(x -> log(abs(x)), F.d; init=0.0), prod(sign, F.d; init=1.0))

function Base.:\(F::Factor{Tv}, B::AbstractVecOrMat) where {Tv}
    D = dense(B)
    size(D, 1) == size(F, 1) || throw(DimensionMismatch("LHS and RHS should have the same number of rows. LHS has $(size(F, 1)) rows, but RHS has $(size(D, 1)) rows."))
    X = rows_at(Array{promote_type(Tv, float(eltype(D)))}(D), F.p)
    solve_lower!(F.lower, X, true)
    solve_lower_turned!(conj, F.lower, X ./= F.d, true)
    rows_back(X, F.p)
end
Base.:\(F::Factor, B::Union{SparseMat,Turned}) = sparse(F \ Matrix(B))
Base.:\(F::Factor, v::SparseVec) = sparse(F \ Vector(v))
LinearAlgebra.turned_solve(T, F::Factor, B) = T isa LinearAlgebra.AdjointFactorization ? F \ B : conj(F \ conj(B))
ldiv!(F::Factor, B::StridedVecOrMat) = copyto!(B, F \ B)
ldiv!(X::StridedVecOrMat, F::Factor, B::AbstractVecOrMat) = copyto!(X, F \ B)

## parts

Base.size(C::FactorComponent) = size(C.F)
Base.getindex(C::FactorComponent, i::Int, j::Int) = sparse(C)[i, j]
Base.show(io::IO, C::FactorComponent) = print(io, typeof(C))
Base.show(io::IO, ::MIME"text/plain", C::FactorComponent{Tv,S}) where {Tv,S} = (println(io, typeof(C), ":"); show(io, MIME("text/plain"), C.F))
Base.adjoint(C::FactorComponent{Tv,S}) where {Tv,S} = FactorComponent(C.F, get((L=:U, U=:L, PtL=:UP, UP=:PtL, D=:D, LD=:DU, DU=:LD, PtLD=:DUP, DUP=:PtLD), S, S))
the_lower(F) = F.is_ll ? F.lower * Diagonal(sqrt.(F.d)) : F.lower
function SparseArrays.sparse(C::FactorComponent{Tv,S}) where {Tv,S}
    F, L = C.F, the_lower(C.F)
    S === :L ? L : S === :U ? copy(L') : S === :PtL ? L[invperm(F.p), :] : S === :UP ? copy(L')[:, invperm(F.p)] : S === :D ? sparse(Diagonal(F.d)) :
    S === :LD ? L + sparse(Diagonal(F.d)) - I : S === :DU ? copy((L + sparse(Diagonal(F.d)) - I)') :
    throw(ArgumentError("sparse: no matrix is made of the part $S"))
end
Base.Matrix(C::FactorComponent) = Matrix(sparse(C))
function Base.:\(C::FactorComponent{Tv,S}, B::AbstractVecOrMat) where {Tv,S}
    F = C.F
    X = Array{promote_type(Tv, float(eltype(B)))}(dense(B))
    size(X, 1) == size(F, 1) || throw(DimensionMismatch("LHS and RHS should have the same number of rows. LHS has $(size(F, 1)) rows, but RHS has $(size(X, 1)) rows."))
    L = the_lower(F)
    S in (:PtL, :PtLD) && (X = rows_at(X, F.p))
    S in (:L, :PtL, :LD, :PtLD) && solve_lower!(L, X, !F.is_ll)
    S in (:D, :LD, :DU, :PtLD, :DUP) && (X ./= F.d)
    S in (:U, :UP, :DU, :DUP) && solve_lower_turned!(conj, L, X, !F.is_ll)
    S in (:UP, :DUP) && (X = rows_back(X, F.p))
    B isa SparseArrays.AnySparse ? sparse(X) : X
end

"`lowrankupdate(F::CHOLMOD.Factor, C)`: the decomposition of `A + C*C'` for that of `A`."
lowrankupdate(F::Factor, C::AbstractVecOrMat) = lowrankupdate!(copy(F), C)
"`lowrankdowndate(F::CHOLMOD.Factor, C)`: the decomposition of `A - C*C'` for that of `A`."
lowrankdowndate(F::Factor, C::AbstractVecOrMat) = lowrankdowndate!(copy(F), C)
lowrankupdate!(F::Factor, C::AbstractVecOrMat) = updated!(F, +, C)
lowrankdowndate!(F::Factor, C::AbstractVecOrMat) = updated!(F, -, C)
updated!(F, op, C) = become!(F, checked(decompose(hermitian_part(op(sparse(F), (S = sparse(reshape(dense(C), size(C, 1), :)); S * S'))), 0.0, F.p, F.is_ll), true))
hermitian_part(A) = (A + A') / 2

function Base.show(io::IO, ::MIME"text/plain", F::Factor)
    println(io, typeof(F))
    println(io, "type:    ", F.is_ll ? "LLt" : "LDLt")
    println(io, "method:  simplicial")
    println(io, "maxnnz:  ", nnz(F))
    println(io, "nnz:     ", nnz(F))
    print(io, "success: ", issuccess(F))
end
Base.show(io::IO, F::Factor) = show(io, MIME("text/plain"), F)

end
