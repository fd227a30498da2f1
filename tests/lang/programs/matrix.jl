# Linear algebra by hand: elimination with pivots, QR by reflections, eigenvalues by iteration, a matrix type of our own.
using LinearAlgebra, Printf

"A matrix with few diagonals: entry (i, j) is stored for each offset j - i."
struct Banded{T} <: AbstractMatrix{T}
    n::Int
    bands::Dict{Int,Vector{T}}
end
Base.size(b::Banded) = (b.n, b.n)
function Base.getindex(b::Banded{T}, i::Int, j::Int) where {T}
    @boundscheck checkbounds(b, i, j)
    v = get(b.bands, j - i, nothing)
    v === nothing ? zero(T) : v[min(i, j)]
end
function Base.setindex!(b::Banded{T}, x, i::Int, j::Int) where {T}
    get!(() -> zeros(T, b.n - abs(j - i)), b.bands, j - i)[min(i, j)] = x
end
function Base.:*(b::Banded{T}, x::AbstractVector) where {T}
    length(x) == b.n || throw(DimensionMismatch("matrix has $(b.n) columns, vector has length $(length(x))"))
    y = zeros(promote_type(T, eltype(x)), b.n)
    for (d, v) in b.bands, k in eachindex(v)
        i, j = d >= 0 ? (k, k + d) : (k - d, k)
        y[i] += v[k] * x[j]
    end
    y
end

struct Singular <: Exception
    column::Int
end

function lu_factors(A::AbstractMatrix{T}) where {T}
    n = LinearAlgebra.checksquare(A)
    U = Matrix{float(T)}(A)
    L = Matrix{float(T)}(I, n, n)
    p = collect(1:n)
    for k in 1:n-1
        _, m = findmax(abs.(@view U[k:n, k]))
        m += k - 1
        U[m, k] == 0 && throw(Singular(k))
        if m != k
            U[[k, m], :] = U[[m, k], :]
            L[[k, m], 1:k-1] = L[[m, k], 1:k-1]
            p[k], p[m] = p[m], p[k]
        end
        for i in k+1:n
            L[i, k] = U[i, k] / U[k, k]
            @views U[i, k:n] .-= L[i, k] .* U[k, k:n]
        end
    end
    U[n, n] == 0 && throw(Singular(n))
    L, triu(U), p
end
function solve(A, b)
    L, U, p = lu_factors(A)
    y = zeros(length(b))
    for i in eachindex(y)
        y[i] = b[p[i]] - reduce(+, (L[i, j] * y[j] for j in 1:i-1); init=0.0)
    end
    x = zero(y)
    for i in reverse(eachindex(x))
        x[i] = (y[i] - reduce(+, (U[i, j] * x[j] for j in i+1:length(x)); init=0.0)) / U[i, i]
    end
    x
end

function householder(A::AbstractMatrix)
    R = float(copy(A))
    m, n = size(R)
    Q = Matrix{eltype(R)}(I, m, m)
    for k in 1:min(m - 1, n)
        v = R[k:m, k]
        v[1] += copysign(norm(v), v[1])
        normalize!(v)
        R[k:m, :] -= 2v * (v' * R[k:m, :])
        Q[:, k:m] -= 2(Q[:, k:m] * v) * v'
    end
    Q, R
end

function eigenvalues(A; steps=150)
    B = Matrix(float(A))
    for _ in 1:steps
        Q, R = householder(B)
        B = R * Q
    end
    sort(diag(B))
end

function power_iteration(A, x=ones(size(A, 1)); tol=1e-12)
    λ = 0.0
    for k in 1:10_000
        y = A * x
        new = dot(x, y) / dot(x, x)
        x = y / norm(y)
        abs(new - λ) <= tol * abs(new) && return (value=new, vector=x, steps=k)
        λ = new
    end
    error("no convergence")
end

A = [4.0 -2 1; -2 4 -2; 1 -2 4]
b = [11.0, -16, 17]
x = solve(A, b)
println("x = ", round.(x; digits=10))
println("residual small: ", norm(A * x - b) < 1e-12, ", as with \\: ", A \ b ≈ x)
L, U, p = lu_factors([0.0 2 1; 1 1 0; 2 0 3])
println("L = ", L)
println("U = ", U)
println("p = ", p)
try
    lu_factors([1.0 2; 2 4])
catch err
    println(err)
end
Q, R = householder([1.0 2; 3 4; 5 6])
println("Q'Q is I: ", Q'Q ≈ I, ", QR is A: ", Q * R ≈ [1 2; 3 4; 5 6], ", R upper: ", all(abs(R[i, j]) < 1e-12 for i in 1:3, j in 1:2 if i > j))
@printf("det %.6f %.6f, trace %.1f\n", det(A), prod(diag(lu_factors(A)[2])), tr(A))
println("eigenvalues ", round.(eigenvalues(A); digits=8))
r = power_iteration(A)
@printf("largest %.10f after fewer than 100 steps: %s\n", r.value, r.steps < 100)

n = 6
T = Banded{Int}(n, Dict(0 => fill(2, n), 1 => fill(-1, n - 1), -1 => fill(-1, n - 1)))
println(Matrix(T))
println("T*1 = ", T * ones(Int, n), ", as a matrix: ", Matrix(T) * ones(Int, n) == T * ones(Int, n))
println("sum ", sum(T), ", symmetric ", issymmetric(T), ", T[2,3] = ", T[2, 3], ", T[1,6] = ", T[1, 6])
T[1, 6] = 7
println("bands ", sort(collect(keys(T.bands))), ", max ", maximum(T), " at ", Tuple(argmax(T)))
try
    T[7, 1]
catch err
    println(err isa BoundsError)
end
try
    T * [1, 2]
catch err
    println(err.msg)
end
exact = [sin(k * π / (2 * 7))^2 * 4 for k in 1:6]
T[1, 6] = 0
println("spectrum as known: ", eigenvalues(T) ≈ exact)

H = [1 // (i + j - 1) for i in 1:4, j in 1:4]
println("Hilbert: ", H[4, :], " det ", det(H))
println("inverse is whole: ", all(isinteger, inv(H)), " ", Int.(inv(H))[1, :])
F = [1 1; 1 0]
println("Fibonacci: ", F^50, " ", (big.(F)^100)[1, 2])
M = [i * j % 5 for i in 1:3, j in 1:4]
println(M, " ", size(M'), " ", M * M')
println("rows ", sum(M; dims=1), " columns ", vec(sum(M; dims=2)), " cumulative ", cumsum(M[1, :]))
println(kron([1 2], [1, 1]), " ", [1, 2, 3] ⋅ [4, 5, 6], " ", cross([1, 0, 0], [0, 1, 0]), " ", norm([3, 4]))
println(hcat([1, 2], [3, 4]), " ", vcat([1 2], [3 4]), " ", [A[1:2, 1:2] zeros(2); 1 2 3])
