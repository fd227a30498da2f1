# Decompositions of symmetric matrices that are not positive definite: Bunch-Kaufman, and L*D*L' of tridiagonal ones.

"""
    BunchKaufman

What `bunchkaufman` returns: a unit triangular `U` or `L`, a `D` of blocks of one and two rows, and the
permutation `p` (`P` as a matrix), so that `U*D*U' == A[p, p]`; of a complex symmetric matrix, `transpose(U)`.
"""
struct BunchKaufman{T,S<:AbstractMatrix{T},P<:AbstractVector{<:Integer}} <: Factorization{T}
    LD::S       # the triangle with the blocks of D on and beside its diagonal
    ipiv::P     # the permutation, negative for the rows of blocks of two
    uplo::Char
    symmetric::Bool
    rook::Bool
    info::Int
end

BunchKaufman(LD::AbstractMatrix{T}, ipiv::AbstractVector{<:Integer}, uplo, symmetric, rook, info) where {T} =
    BunchKaufman{T,typeof(LD),typeof(ipiv)}(LD, ipiv, uplo, symmetric, rook, info)

"""
    bunchkaufman(A, rook=false; check=true)

The Bunch-Kaufman decomposition of a symmetric or Hermitian matrix; with `rook` with rook pivoting. A singular
one is a `SingularException`, unless `check=false`.
"""
function bunchkaufman(A::AbstractMatrix, rook::Bool=false; check::Bool=true)
    A isa HermOrSym || return bunchkaufman(symmetric_or_hermitian(A), rook; check)
    F = bunch_kaufman(divisible(copy_matrix(A), float_type(eltype(A))), A.uplo, !(A isa Hermitian) || eltype(A) <: Real, rook)
    check && F.info != 0 && throw(SingularException(F.info))
    F
end
function symmetric_or_hermitian(A)
    ishermitian(A) && return Hermitian(plain_array(A))
    issymmetric(A) && return Symmetric(plain_array(A))
    throw(ArgumentError("Bunch-Kaufman decomposition is only valid for symmetric or Hermitian matrices"))
end
"`bunchkaufman!(A)`: as `bunchkaufman`; `A` may be overwritten."
bunchkaufman!(A::AbstractMatrix, rook::Bool=false; check::Bool=true) = bunchkaufman(A, rook; check)

# The lower form is computed; the upper one is the lower one of the matrix turned round.
function bunch_kaufman(W::Matrix, uplo, symmetric, rook)
    n = size(W, 1)
    upper = uplo == 'U'
    upper && (W = W[n:-1:1, n:-1:1])
    L, ipiv, info = bunch_kaufman_lower(W, symmetric ? identity : conj, rook, upper)
    if upper
        L = L[n:-1:1, n:-1:1]
        ipiv = Int[sign(i) * (n + 1 - abs(i)) for i in reverse(ipiv)]
        info == 0 || (info = n + 1 - info)
    end
    BunchKaufman(L, ipiv, uplo, symmetric, rook, info)
end

# The row of the greatest number in column j of W, from row `from` on, without row `but`; of several the last, if `last`.
function greatest(W, from, j, but, last)
    at, most = 0, zero(real(eltype(W)))
    for i in from:size(W, 1)
        i == but && continue
        x = abs1(W[i, j])
        (at == 0 || x > most || last && x == most) && ((at, most) = (i, x))
    end
    at, most
end
abs1(x::Real) = abs(x)
abs1(x) = abs(real(x)) + abs(imag(x))

function bunch_kaufman_lower(W, cj, rook, last)
    n = size(W, 1)
    T = eltype(W)
    α = (1 + sqrt(real(T)(17))) / 8
    p = collect(1:n)
    pair = falses(n)
    info = 0
    k = 1
    while k <= n
        own = abs1(W[k, k])
        imax, colmax = greatest(W, k + 1, k, 0, last)
        if max(own, colmax) == 0
            info == 0 && (info = k)
            k += 1
            continue
        end
        kp, step, kq = k, 1, k
        if own < α * colmax
            if rook
                kp, step, kq = rook_pivot(W, k, imax, colmax, α, last)
            else
                rowmax = greatest(W, k, imax, imax, last)[2]
                if own >= α * colmax * (colmax / rowmax)
                    kp = k
                elseif abs1(W[imax, imax]) >= α * rowmax
                    kp = imax
                else
                    kp, step = imax, 2
                end
            end
        end
        step == 2 && exchange!(W, p, k, kq)
        exchange!(W, p, k + step - 1, kp)
        step == 1 ? eliminate_one!(W, k, cj) : eliminate_two!(W, k, cj)
        step == 2 && (pair[k] = pair[k+1] = true)
        k += step
    end
    W, Int[pair[i] ? -p[i] : p[i] for i in 1:n], info
end

# Where rook pivoting ends: the pivot's row, the size of the block, and the row to exchange with k first.
function rook_pivot(W, k, imax, colmax, α, last)
    q = k
    while true
        jmax, rowmax = greatest(W, k, imax, imax, last)
        abs1(W[imax, imax]) >= α * rowmax && return (imax, 1, k)
        (q == jmax || rowmax <= colmax) && return (imax, 2, q)
        q, colmax, imax = imax, rowmax, jmax
    end
end

function exchange!(W, p, i, j)
    i == j && return nothing
    for c in axes(W, 2)
        W[i, c], W[j, c] = W[j, c], W[i, c]
    end
    for r in min(i, j):size(W, 1)    # the columns before are those of L
        W[r, i], W[r, j] = W[r, j], W[r, i]
    end
    for r in 1:min(i, j)-1
        W[r, i], W[r, j] = W[r, j], W[r, i]
    end
    p[i], p[j] = p[j], p[i]
    nothing
end

function eliminate_one!(W, k, cj)
    n = size(W, 1)
    d = W[k, k]
    iszero(d) && return nothing
    d1 = inv(d)
    for j in k+1:n
        t = d1 * cj(W[j, k])
        for i in k+1:n
            W[i, j] -= W[i, k] * t
        end
    end
    for i in k+1:n
        W[i, k] *= d1
    end
end
function eliminate_two!(W, k, cj)
    n = size(W, 1)
    b = W[k+1, k]
    d11 = W[k+1, k+1] / b
    d22 = W[k, k] / cj(b)
    t = inv(d11 * d22 - 1)
    for i in k+2:n
        x, y = W[i, k], W[i, k+1]
        W[i, k], W[i, k+1] = (t / cj(b)) * (d11 * x - y), (t / b) * (d22 * y - x)
        W[k, i], W[k+1, i] = x, y        # kept for the update
    end
    for j in k+2:n, i in k+2:n
        W[i, j] -= W[i, k] * cj(W[k, j]) + W[i, k+1] * cj(W[k+1, j])
    end
end

issuccess(F::BunchKaufman) = F.info == 0
issymmetric(F::BunchKaufman) = F.symmetric
ishermitian(F::BunchKaufman) = !F.symmetric
Base.size(F::BunchKaufman) = size(getfield(F, :LD))
Base.size(F::BunchKaufman, d::Integer) = size(getfield(F, :LD), d)
Base.copy(F::BunchKaufman) = BunchKaufman(copy(F.LD), copy(F.ipiv), F.uplo, F.symmetric, F.rook, F.info)
conjugation(F::BunchKaufman) = getfield(F, :symmetric) ? identity : conj
Base.convert(::Type{BunchKaufman{T}}, F::BunchKaufman{T}) where {T} = F
Base.convert(::Type{BunchKaufman{T}}, F::BunchKaufman) where {T} = BunchKaufman(convert(Matrix{T}, F.LD), F.ipiv, F.uplo, F.symmetric, F.rook, F.info)
Base.convert(::Type{Factorization{T}}, F::BunchKaufman{T}) where {T} = F
Base.convert(::Type{Factorization{T}}, F::BunchKaufman) where {T} = convert(BunchKaufman{T}, F)

# Whether rows i and i+1 are a block of D.
in_block(F::BunchKaufman, i) = (v = getfield(F, :ipiv); count(<(0), view(v, 1:i)) % 2 == 1)
function block_diagonal(F::BunchKaufman)
    M, cj, up = getfield(F, :LD), conjugation(F), getfield(F, :uplo) == 'U'
    n = size(M, 1)
    n == 0 && return Tridiagonal(eltype(M)[], eltype(M)[], eltype(M)[])
    beside = eltype(M)[in_block(F, i) ? (up ? M[i, i+1] : M[i+1, i]) : zero(eltype(M)) for i in 1:n-1]
    up ? Tridiagonal(map(cj, beside), diag(M), beside) : Tridiagonal(beside, diag(M), map(cj, beside))
end
function unit_factor(F::BunchKaufman)
    M, up = copy(getfield(F, :LD)), getfield(F, :uplo) == 'U'
    for i in 1:size(M, 1)-1
        in_block(F, i) && (up ? (M[i, i+1] = zero(eltype(M))) : (M[i+1, i] = zero(eltype(M))))
    end
    up ? UnitUpperTriangular(M) : UnitLowerTriangular(M)
end
function Base.getproperty(F::BunchKaufman, s::Symbol)
    uplo = getfield(F, :uplo)
    s === :p && return abs.(getfield(F, :ipiv))
    s === :P && return Matrix{eltype(F)}(I, size(F)...)[abs.(getfield(F, :ipiv)), :]
    s === :D && return block_diagonal(F)
    if s === :L || s === :U
        uplo == first(string(s)) && return unit_factor(F)
        other = uplo == 'U' ? "U*D*U'" : "L*D*L'"
        throw(ArgumentError("factorization is $(getfield(F, :symmetric) ? replace(other, r"(.)'" => s"transpose(\1)") : other) but you requested $s"))
    end
    getfield(F, s)
end
Base.propertynames(::BunchKaufman, private::Bool=false) = (:p, :P, :L, :U, :D, (private ? fieldnames(BunchKaufman) : ())...)
Base.iterate(F::BunchKaufman) = (F.D, Val(:UL))
Base.iterate(F::BunchKaufman, ::Val{:UL}) = (F.uplo == 'L' ? F.L : F.U, Val(:p))
Base.iterate(F::BunchKaufman, ::Val{:p}) = (F.p, Val(:done))
Base.iterate(F::BunchKaufman, ::Val{:done}) = nothing
function factor_product(F::BunchKaufman)
    U = copy_matrix(unit_factor(F))
    M = U * copy_matrix(F.D) * (F.symmetric ? copy_matrix(transpose(U)) : copy_matrix(U'))
    q = invperm(F.p)
    M[q, q]
end
function Base.:\(F::BunchKaufman, B::AbstractVecOrMat)
    issuccess(F) || throw(SingularException(F.info))
    size(F, 1) == size(B, 1) || throw(DimensionMismatch("matrix has dimensions $(size(F)), but right hand side has $(size(B, 1)) rows"))
    p, U = F.p, unit_factor(F)
    X = U \ (B isa AbstractVector ? B[p] : B[p, :])
    X = (F.symmetric ? transpose(U) : U') \ solve_blocks(F, X)
    q = invperm(p)
    X isa AbstractVector ? X[q] : X[q, :]
end
function solve_blocks(F, X)
    D, Y = F.D, copy_matrix(reshape(X, size(X, 1), :)) .+ zero(eltype(F))
    i = 1
    while i <= size(D, 1)
        step = i < size(D, 1) && in_block(F, i) ? 2 : 1
        rows = i:i+step-1
        Y[rows, :] = D[rows, rows] \ Y[rows, :]
        i += step
    end
    reshape(Y, size(X))
end
det(F::BunchKaufman) = (F.info == 0 || return zero(eltype(F)); foldl(*, block_determinants(F); init=one(eltype(F))))
# The determinants of the blocks of D.
function block_determinants(F)
    D, out = F.D, eltype(F)[]
    i = 1
    while i <= size(D, 1)
        step = i < size(D, 1) && in_block(F, i) ? 2 : 1
        push!(out, step == 1 ? D[i, i] : D[i, i] * D[i+1, i+1] - D[i, i+1] * D[i+1, i])
        i += step
    end
    F.symmetric ? out : eltype(F)[real(x) for x in out]
end
function logabsdet(F::BunchKaufman)
    ds = block_determinants(F)
    T = real(eltype(F))
    (sum(x -> log(abs(x)), ds; init=zero(T)), foldl(*, map(sign, ds); init=one(eltype(F))))
end
function logdet(F::BunchKaufman)
    l, s = logabsdet(F)
    s isa Real && s < 0 && throw(DomainError(s, "determinant of matrix is negative; `logabsdet` gives its logarithm and sign"))
    s isa Real || iszero(imag(s)) && real(s) > 0 ? oftype(l, l) + (s isa Real ? zero(l) : zero(s)) : l + log(s)
end
Base.inv(F::BunchKaufman) = F \ Matrix{eltype(F)}(I, size(F)...)
function Base.show(io::IO, mime::MIME"text/plain", F::BunchKaufman)
    issuccess(F) || return print(io, "Failed factorization of type ", typeof(F))
    summary(io, F)
    println(io)
    show_factor(io, "D", F.D)
    println(io)
    show_factor(io, F.uplo, unit_factor(F))
    println(io, "\npermutation:")
    show(io, mime, F.p)
end

## L*D*L'

"""
    LDLt

What `ldlt` returns: a unit lower triangular `L` and a diagonal `D`, so that `L*D*L' == A`.
"""
struct LDLt{T,S<:AbstractMatrix{T}} <: Factorization{T}
    data::S
end
LDLt{T,S}(F::LDLt) where {T,S<:AbstractMatrix{T}} = F isa LDLt{T,S} ? F : LDLt{T,S}(convert(S, getfield(F, :data)))
"""
    ldlt(S::SymTridiagonal)

The decomposition `L*D*L'` of a symmetric tridiagonal matrix, without exchanges of rows.
"""
function ldlt(S::SymTridiagonal)
    T = float_type(eltype(S))
    d, e = map(T, S.dv), map(T, S.ev)
    for i in 1:length(d)-1
        iszero(d[i]) && throw(ZeroPivotException(i))
        l = e[i] / d[i]
        d[i+1] -= l * e[i]
        e[i] = l
    end
    M = SymTridiagonal(d, e)
    LDLt{T,typeof(M)}(M)
end
"`ldlt!(S)`: as `ldlt`, in the room of `S`."
function ldlt!(S::SymTridiagonal{T}) where {T}
    data = getfield(ldlt(S), :data)
    eltype(data) === T || return LDLt{eltype(data),typeof(data)}(data)
    copyto!(S.dv, data.dv)
    copyto!(S.ev, data.ev)
    LDLt{T,typeof(S)}(S)
end
Base.size(F::LDLt) = size(getfield(F, :data))
function Base.getproperty(F::LDLt, s::Symbol)
    data = getfield(F, :data)
    s === :d && return data.dv
    s === :D && return Diagonal(data.dv)
    if s === :L || s === :Lt
        L = UnitLowerTriangular(copy_matrix(Bidiagonal(data.dv, data.ev, :L)))
        return s === :L ? L : transpose(L)
    end
    getfield(F, s)
end
Base.propertynames(::LDLt, private::Bool=false) = (:d, :D, :L, :Lt, (private ? (:data,) : ())...)
factor_product(F::LDLt) = copy_matrix(F.L) * copy_matrix(F.D) * copy_matrix(transpose(F.L))
Base.:\(F::LDLt, B::AbstractVecOrMat) = transpose(F.L) \ (F.D \ (F.L \ B))
det(F::LDLt) = prod(F.d)
logabsdet(F::LDLt) = (sum(x -> log(abs(x)), F.d), prod(sign, F.d))
function Base.show(io::IO, mime::MIME"text/plain", F::LDLt)
    summary(io, F)
    println(io)
    show_factor(io, "L", F.L)
    println(io)
    show_factor(io, "D", F.D)
end
