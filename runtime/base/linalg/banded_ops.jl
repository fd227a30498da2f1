# What matrices with few diagonals do faster than others, or keep their form in: predicates, triangles, sums, products, systems.

const Banded{T} = Union{Diagonal{T},FewDiagonals{T}}
# The diagonals -1, 0 and 1.
bands(A::Diagonal) = (z = zeros_like(A.diag); (z, A.diag, z))
bands(A::Bidiagonal) = (z = zero(A.ev); A.uplo == 'U' ? (z, A.dv, A.ev) : (A.ev, A.dv, z))
bands(A::Tridiagonal) = (A.dl, A.d, A.du)
bands(A::SymTridiagonal) = (e = A.ev[1:max(length(A.dv) - 1, 0)]; (map(transpose, e), map(d -> symmetric_item(d), A.dv), e))
symmetric_item(x::Number) = x
symmetric_item(x) = Symmetric(x)
zeros_like(v) = fill!(similar(v, max(length(v) - 1, 0)), zero(eltype(v)))

## display

Base.show(io::IO, A::Bidiagonal) = show_parts(io, "Bidiagonal", A.dv, A.ev, A.uplo == 'U' ? :U : :L)
Base.show(io::IO, A::Tridiagonal) = show_parts(io, "Tridiagonal", A.dl, A.d, A.du)
Base.show(io::IO, A::SymTridiagonal) = show_parts(io, "SymTridiagonal", A.dv, A.ev)
function show_parts(io, name, parts...)
    print(io, name, '(')
    for (i, x) in enumerate(parts)
        i > 1 && print(io, ", ")
        show(io, x)
    end
    print(io, ')')
end

## predicates and triangles

# Whether the diagonals from a to b, of those that can be something else, are zero.
zero_bands(A::Banded, a, b) = all(k -> k < a || k > b || iszero(bands(A)[k+2]), -1:1)
istriu(A::FewDiagonals, k::Integer=0) = zero_bands(A, -1, k - 1)
istril(A::FewDiagonals, k::Integer=0) = zero_bands(A, k + 1, 1)
istriu(A::Diagonal, k::Integer=0) = k <= 0 ? all(istriu, A.diag) : iszero(A.diag)
istril(A::Diagonal, k::Integer=0) = k >= 0 ? all(istril, A.diag) : iszero(A.diag)
isdiag(A::Diagonal) = all(isdiag, A.diag)
isdiag(A::FewDiagonals) = ((l, d, u) = bands(A); iszero(l) && iszero(u))
Base.iszero(A::FewDiagonals) = all(iszero, bands(A))
Base.isone(A::FewDiagonals) = ((l, d, u) = bands(A); iszero(l) && iszero(u) && all(isone, d))
Base.isone(A::Diagonal) = all(isone, A.diag)
issymmetric(A::Bidiagonal) = isdiag(A) && all(issymmetric, A.dv)
ishermitian(A::Bidiagonal) = isdiag(A) && all(ishermitian, A.dv)
issymmetric(A::Tridiagonal) = all(issymmetric, A.d) && A.dl == map(transpose, A.du)
ishermitian(A::Tridiagonal) = all(ishermitian, A.d) && A.dl == map(adjoint, A.du)
ishermitian(A::SymTridiagonal) = isreal(A.dv) && isreal(A.ev)
issymmetric(D::Diagonal) = all(issymmetric, D.diag)
ishermitian(D::Diagonal) = all(ishermitian, D.diag)
isposdef(D::Diagonal) = all(isposdef, D.diag)
Base.:(==)(A::FewDiagonals, B::FewDiagonals) = bands(A) == bands(B)
Base.:(==)(A::FewDiagonals, B::Diagonal) = isdiag(A) && main_diagonal(A) == B.diag
Base.:(==)(A::Diagonal, B::FewDiagonals) = B == A

function check_triangle(A, k, low, high)
    n = size(A, 1)
    low <= k <= high || throw(ArgumentError("the requested diagonal, $k, must be at least $low and at most $high in an $n-by-$n matrix"))
end
tril!(A::FewDiagonals, k::Integer=0) = (n = size(A, 1); check_triangle(A, k, -n - 1, n - 1); clear_bands!(A, j -> j > k))
triu!(A::FewDiagonals, k::Integer=0) = (n = size(A, 1); check_triangle(A, k, -n + 1, n + 1); clear_bands!(A, j -> j < k))
tril!(D::Diagonal, k::Integer=0) = (n = size(D, 1); check_triangle(D, k, -n - 1, n - 1); k < 0 && fill!(D.diag, zero(eltype(D))); D)
triu!(D::Diagonal, k::Integer=0) = (n = size(D, 1); check_triangle(D, k, -n + 1, n + 1); k > 0 && fill!(D.diag, zero(eltype(D))); D)
tril(A::Union{Diagonal,Bidiagonal,Tridiagonal}, k::Integer=0) = tril!(copy(A), k)
triu(A::Union{Diagonal,Bidiagonal,Tridiagonal}, k::Integer=0) = triu!(copy(A), k)
tril(A::SymTridiagonal, k::Integer=0) = tril!(Tridiagonal(map(copy, bands(A))...), k)
triu(A::SymTridiagonal, k::Integer=0) = triu!(Tridiagonal(map(copy, bands(A))...), k)
function clear_bands!(A::Union{Bidiagonal,Tridiagonal}, gone)
    clear!(v) = fill!(v, zero(eltype(A)))
    gone(0) && clear!(main_diagonal(A))
    if A isa Bidiagonal
        gone(A.uplo == 'U' ? 1 : -1) && clear!(A.ev)
    else
        gone(-1) && clear!(A.dl)
        gone(1) && clear!(A.du)
    end
    A
end
# Of a symmetric matrix a triangle is in general a Tridiagonal.
clear_bands!(A::SymTridiagonal, gone) = clear_bands!(Tridiagonal(map(copy, bands(A))...), gone)
function Base.fill!(A::Union{Bidiagonal,Tridiagonal,SymTridiagonal}, x)
    y = convert(eltype(A), x)
    iszero(y) || size(A, 1) <= (A isa Bidiagonal ? 1 : 2) || throw(ArgumentError("array of type $(nameof(typeof(A))) and size $(size(A)) can not be filled with x=$x, since some of its entries are constrained."))
    fillstored!(A, y)
end
function Base.fill!(D::Diagonal, x)
    iszero(x) || size(D, 1) <= 1 || throw(ArgumentError("array of type Diagonal and size $(size(D)) can not be filled with $x, since some of its entries are constrained."))
    fill!(D.diag, x)
    D
end

## sums

# The sum or difference f of two: of the narrowest form that holds it.
function band_sum(f, A, B)
    (al, ad, au), (bl, bd, bu) = bands(A), bands(B)
    d = f(ad, bd)
    uplo = A isa Bidiagonal ? A.uplo : B isa Bidiagonal ? B.uplo : 'U'
    if A isa Union{Diagonal,Bidiagonal} && B isa Union{Diagonal,Bidiagonal} && !(A isa Bidiagonal && B isa Bidiagonal && A.uplo != B.uplo)
        return Bidiagonal(alike(d, uplo == 'U' ? f(au, bu) : f(al, bl))..., uplo)
    elseif A isa Union{Diagonal,SymTridiagonal} && B isa Union{Diagonal,SymTridiagonal} && eltype(A) <: Number && eltype(B) <: Number
        return SymTridiagonal(alike(d, f(au, bu))...)
    end
    Tridiagonal(alike(f(al, bl), d, f(au, bu))...)
end
# The vectors in one type, as the diagonals of a matrix are.
alike(vs...) = allequal(map(typeof, vs)) ? vs : (T = promote_type(map(eltype, vs)...); map(v -> convert(Vector{T}, v), vs))
for f in (:+, :-)
    @eval Base.$f(A::FewDiagonals, B::FewDiagonals) = band_sum($f, A, B)
    @eval Base.$f(A::FewDiagonals, B::Diagonal) = band_sum($f, A, B)
    @eval Base.$f(A::Diagonal, B::FewDiagonals) = band_sum($f, A, B)
    @eval Base.$f(A::Tridiagonal, B::Tridiagonal) = band_sum($f, A, B)
    @eval Base.$f(A::SymTridiagonal, B::SymTridiagonal) = band_sum($f, A, B)
    @eval Base.$f(A::FewDiagonals, J::UniformScaling) = band_shift(A, $f(J.λ))
end
Base.:+(J::UniformScaling, A::FewDiagonals) = band_shift(A, J.λ)
Base.:-(J::UniformScaling, A::FewDiagonals) = band_shift(-A, J.λ)
Base.:+(J::UniformScaling, D::Diagonal) = Diagonal(map(x -> J + x, D.diag))
Base.:-(J::UniformScaling, D::Diagonal) = Diagonal(map(x -> J - x, D.diag))
function band_shift(A, λ)
    T = promote_type(eltype(A), typeof(λ))
    d = map(x -> x isa Number ? x + λ : x + λ * I, main_diagonal(A))
    v(x) = eltype(x) <: Number ? map(y -> convert(T, y), x) : x
    A isa Bidiagonal ? Bidiagonal(alike(d, v(A.ev))..., A.uplo) : A isa Tridiagonal ? Tridiagonal(alike(v(A.dl), d, v(A.du))...) : SymTridiagonal(alike(d, v(A.ev))...)
end
Base.:\(x::Number, A::FewDiagonals) = each_diagonal(v -> x \ v, A)
Base.:\(x::Number, D::Diagonal) = Diagonal(x \ D.diag)

for f in (:+, :-)
    @eval Base.$f(A::Symmetric, D::Diagonal{<:Number}) = Symmetric($f(A.data, D), A.uplo == 'U' ? :U : :L)
    @eval Base.$f(D::Diagonal{<:Number}, A::Symmetric) = Symmetric($f(D, A.data), A.uplo == 'U' ? :U : :L)
    @eval Base.$f(A::Hermitian, D::Diagonal{<:Real}) = Hermitian($f(A.data, D), A.uplo == 'U' ? :U : :L)
    @eval Base.$f(D::Diagonal{<:Real}, A::Hermitian) = Hermitian($f(D, A.data), A.uplo == 'U' ? :U : :L)
end

## products

Base.:*(D::Diagonal, A::FewDiagonals) = (check_product(D, A); scaled_bands(A, (l, d, u) -> (D.diag[2:end] .* l, D.diag .* d, D.diag[1:end-1] .* u)))
Base.:*(A::FewDiagonals, D::Diagonal) = (check_product(A, D); scaled_bands(A, (l, d, u) -> (l .* D.diag[1:end-1], d .* D.diag, u .* D.diag[2:end])))
function scaled_bands(A, f)
    l, d, u = f(bands(A)...)
    A isa Bidiagonal ? Bidiagonal(alike(d, A.uplo == 'U' ? u : l)..., A.uplo) : Tridiagonal(alike(l, d, u)...)
end
Base.:*(A::FewDiagonals, B::AbstractVector) = band_product(A, B)
Base.:*(A::FewDiagonals, B::AbstractMatrix) = band_product(A, B)
Base.:*(A::FewDiagonals, B::FewDiagonals) = band_product(A, B)
function band_product(A, B)
    check_product(A, B)
    T = product_type(eltype(A), eltype(B))
    band_times!(Array{T}(undef, product_size(A, B)...), A, B)
end
function band_times!(C, A, B)
    l, d, u = bands(A)
    n = length(d)
    for j in axes(B, 2), i in 1:n
        x = d[i] * B[i, j]
        i > 1 && (x += l[i-1] * B[i-1, j])
        i < n && (x += u[i] * B[i+1, j])
        C[i, j] = x
    end
    C
end

## systems

function Base.:\(A::Bidiagonal, B::AbstractVecOrMat)
    T = quotient_type(eltype(A), eltype(B))
    naivesub!(A, copyto!(Array{T}(undef, size(B)...), B))
end
"`naivesub!(A, B, X=B)`: the solution of `A*X == B` for a triangular or bidiagonal `A`, by substitution, stored in `X`."
function naivesub!(A::Bidiagonal, B::AbstractVecOrMat, X::AbstractVecOrMat=B)
    n = size(A, 1)
    (n == size(B, 1) == size(X, 1)) || throw(DimensionMismatch("second dimension of A, $n, does not match the length of B, $(size(B, 1))"))
    up = A.uplo == 'U'
    for c in axes(B, 2)
        for i in (up ? (n:-1:1) : (1:n))
            iszero(A.dv[i]) && throw(SingularException(i))
            b = B[i, c]
            up && i < n && (b -= A.ev[i] * X[i+1, c])
            up || i == 1 || (b -= A.ev[i-1] * X[i-1, c])
            X[i, c] = A.dv[i] \ b
        end
    end
    X
end
function naivesub!(A::AbstractTriangular, B::AbstractVecOrMat, X::AbstractVecOrMat=B)
    size(A, 1) == size(B, 1) == size(X, 1) || throw(DimensionMismatch("second dimension of left hand side A, $(size(A, 1)), and length of right hand side b, $(size(B, 1)), must be equal"))
    copyto!(X, triangular_solve(A, B))
end
ldiv!(A::Bidiagonal, B::AbstractVecOrMat) = naivesub!(A, B)
Base.:\(A::Tridiagonal, B::AbstractVecOrMat) = lu(A) \ B
function Base.:\(A::SymTridiagonal, B::AbstractVecOrMat)
    F = try
        ldlt(A)
    catch e
        e isa ZeroPivotException || rethrow()
        return lu(Tridiagonal(A)) \ B
    end
    F \ B
end
function inverse_of_bands(A)
    T = float_or_exact(eltype(A))
    A \ Matrix{T}(I, size(A)...)
end
Base.inv(A::Bidiagonal) = (M = inverse_of_bands(A); A.uplo == 'U' ? UpperTriangular(M) : LowerTriangular(M))
Base.inv(A::Union{Tridiagonal,SymTridiagonal}) = inverse_of_bands(A)
det(D::Diagonal) = prod(map(det, D.diag))
logdet(A::Bidiagonal) = sum(log, A.dv)
logabsdet(A::Union{Diagonal,Bidiagonal}) = (d = diag(A); (sum(x -> log(abs(x)), d; init=zero(float(real(eltype(A))))), prod(sign, d; init=one(eltype(A)))))

# Gauss' elimination with exchanges of neighbouring rows; du2 is the second diagonal above, which they fill.
"`lu(A::Tridiagonal)`: the LU decomposition of a tridiagonal matrix, in time and memory for its diagonals only."
function lu(A::Tridiagonal, pivot=RowMaximum(); check::Bool=true, allowsingular::Bool=false)
    T = float_or_exact(eltype(A))
    lu_bands!(map(v -> Vector{T}(v), (A.dl, A.d, A.du))..., pivot isa Union{NoPivot,Val{false}}, check && !allowsingular)
end
lu(A::SymTridiagonal, pivot=RowMaximum(); kw...) = lu(Tridiagonal(A), pivot; kw...)
lu(A::Tridiagonal, ::Val{true}; check::Bool=true) = lu(A, RowMaximum(); check)
lu(A::Tridiagonal, ::Val{false}; check::Bool=true) = lu(A, NoPivot(); check)
lu(A::SymTridiagonal, ::Val{true}; check::Bool=true) = lu(A, RowMaximum(); check)
lu(A::SymTridiagonal, ::Val{false}; check::Bool=true) = lu(A, NoPivot(); check)
function lu_bands!(dl, d, du, still, check)
    n = length(d)
    T = eltype(d)
    du2, p, info = fill!(similar(d, max(n - 2, 0)), zero(T)), collect(1:n), 0
    for i in 1:n-1
        if still || abs(d[i]) >= abs(dl[i])
            iszero(d[i]) && continue
            f = dl[i] / d[i]
            dl[i] = f
            d[i+1] -= f * du[i]
        else
            f = d[i] / dl[i]
            d[i], dl[i] = dl[i], f
            du[i], d[i+1] = d[i+1], du[i] - f * d[i+1]
            if i < n - 1
                du2[i] = du[i+1]
                du[i+1] = -f * du[i+1]
            end
            p[i] = i + 1
        end
    end
    k = findfirst(iszero, d)
    k === nothing || (info = k)
    check && info != 0 && throw(still ? ZeroPivotException(info) : SingularException(info))
    B = Tridiagonal(dl, d, du, du2)
    LU(B, p, info)
end
function dense_factors(F::LU{<:Any,<:Tridiagonal})
    B, n = getfield(F, :factors), size(F, 1)
    L, U = Matrix{eltype(F)}(I, n, n), zeros(eltype(F), n, n)
    for i in 1:n
        U[i, i] = B.d[i]
        i < n && (U[i, i+1] = B.du[i])
        i < n - 1 && (U[i, i+2] = B.du2[i])
        if i < n # the multipliers move with the rows that are exchanged later
            L[i+1, i] = B.dl[i]
            if F.ipiv[i] != i
                for j in 1:i-1
                    L[i, j], L[i+1, j] = L[i+1, j], L[i, j]
                end
            end
        end
    end
    L, U
end
function Base.:\(F::LU{<:Any,<:Tridiagonal}, B::AbstractVecOrMat)
    issuccess(F) || throw(SingularException(F.info))
    n = size(F, 1)
    size(B, 1) == n || throw(DimensionMismatch("B has $(size(B, 1)) rows, but the matrix has $n"))
    X = copyto!(Array{quotient_type(eltype(F), eltype(B))}(undef, size(B)...), B)
    A, p = F.factors, F.ipiv
    for c in axes(X, 2)
        for i in 1:n-1
            p[i] == i || ((X[i, c], X[i+1, c]) = (X[i+1, c], X[i, c]))
            X[i+1, c] -= A.dl[i] * X[i, c]
        end
        for i in n:-1:1
            x = X[i, c]
            i < n && (x -= A.du[i] * X[i+1, c])
            i < n - 1 && (x -= A.du2[i] * X[i+2, c])
            X[i, c] = x / A.d[i]
        end
    end
    X
end
function turned_solve(F, G::LU{<:Any,<:Tridiagonal}, B)
    issuccess(G) || throw(SingularException(G.info))
    n = size(G, 1)
    size(B, 1) == n || throw(DimensionMismatch("B has $(size(B, 1)) rows, but the matrix has $n"))
    X = copyto!(Array{quotient_type(eltype(G), eltype(B))}(undef, size(B)...), B)
    A, p = G.factors, G.ipiv
    for c in axes(X, 2)
        for i in 1:n
            x = X[i, c]
            i > 1 && (x -= turned(F, A.du[i-1]) * X[i-1, c])
            i > 2 && (x -= turned(F, A.du2[i-2]) * X[i-2, c])
            X[i, c] = x / turned(F, A.d[i])
        end
        for i in n-1:-1:1
            X[i, c] -= turned(F, A.dl[i]) * X[i+1, c]
            p[i] == i || ((X[i, c], X[i+1, c]) = (X[i+1, c], X[i, c]))
        end
    end
    X
end

## conversion, where what does not fit is an error

unfit(name) = throw(ArgumentError("matrix cannot be represented as $name"))
Bidiagonal(A::Union{Diagonal,FewDiagonals,AbstractTriangular}) = A isa Bidiagonal ? A : A isa Diagonal ? Bidiagonal(A, :U) :
    isbanded(A, 0, 1) ? Bidiagonal(diag(A), diag(A, 1), :U) : isbanded(A, -1, 0) ? Bidiagonal(diag(A), diag(A, -1), :L) : unfit("Bidiagonal")
Base.convert(::Type{T}, A::AbstractMatrix) where {T<:Diagonal} = A isa T ? A : isdiag(A) ? T(A)::T : unfit("Diagonal")
Base.convert(::Type{T}, A::AbstractMatrix) where {T<:SymTridiagonal} = A isa T ? A : issymmetric(A) && isbanded(A, -1, 1) ? T(A)::T : unfit("SymTridiagonal")
Base.convert(::Type{T}, A::AbstractMatrix) where {T<:Tridiagonal} = A isa T ? A : isbanded(A, -1, 1) ? T(A)::T : unfit("Tridiagonal")
Base.convert(::Type{T}, A::AbstractMatrix) where {T<:Bidiagonal} = A isa T ? A : isbanded(A, 0, 1) ? T(A isa Banded ? A : Bidiagonal(A, :U))::T :
    isbanded(A, -1, 0) ? T(A isa Banded ? A : Bidiagonal(A, :L))::T : unfit("Bidiagonal")
Base.convert(::Type{T}, A::AbstractMatrix) where {T<:UpperTriangular} = A isa T ? A : istriu(A) ? T(A)::T : unfit("UpperTriangular")
Base.convert(::Type{T}, A::AbstractMatrix) where {T<:LowerTriangular} = A isa T ? A : istril(A) ? T(A)::T : unfit("LowerTriangular")
Base.promote_rule(A::Type{<:Tridiagonal}, B::Type{<:Union{Diagonal,Bidiagonal,SymTridiagonal}}) = Tridiagonal{promoted_items(A, B)}
Base.promote_rule(A::Type{<:Matrix}, B::Type{<:Banded}) = Matrix{promoted_items(A, B)}
promoted_items(A, B) = promote_type(eltype(A), eltype(B))
Base.one(D::Diagonal{T}) where {T} = Diagonal(fill!(similar(D.diag, typeof(one(T))), one(T)))
Base.one(A::FewDiagonals{T}) where {T} = one_of_form(A, typeof(one(T)))
one_of_form(A, ::Type{T}) where {T} = (B = similar(A, T); fillstored!(B, zero(T)); fill!(main_diagonal(B), one(T)); B)
Base.zero(D::Diagonal) = Diagonal(zero(D.diag))
Base.zero(A::FewDiagonals) = each_diagonal(zero, A)

## eigenvalues of triangles: the diagonal, as it stands

const Triangle = Union{AbstractTriangular,Bidiagonal}
eigvals(A::Triangle; kw...) = diag(A)
eigen(A::Triangle; kw...) = make_eigen(eigvals(A), eigvecs(A))
function eigvecs(A::Triangle; kw...)
    T = float_type(eltype(A))
    M = convert(Matrix{T}, copy_matrix(A))
    V = istriu(M) ? vectors_of_upper(M) : reverse(vectors_of_upper(M[end:-1:1, end:-1:1]))
    for j in axes(V, 2)
        V[:, j] /= norm(view(V, :, j))
    end
    V
end
