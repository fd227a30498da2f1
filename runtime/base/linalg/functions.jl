# Functions of matrices: of Hermitian ones by eigenvalues, of others by the Schur form or by the exponential.

# f of a Hermitian matrix by its eigenvalues; real where `domain` holds for all of them.
function matrix_function(f, A, domain, g=f)
    F = eigen(A isa HermOrSym ? A : Hermitian(plain_array(A)))
    w = all(domain, F.values) ? map(g, F.values) : map(x -> f(Complex(x)), F.values)
    R = (F.vectors .* transpose(w)) * F.vectors'
    eltype(w) <: Real && return A isa HermOrSym ? sym_like(A, R, A.uplo) : copy_matrix(Hermitian(R))
    A isa Symmetric{<:Real} ? Symmetric(R, A.uplo == 'U' ? :U : :L) : R
end
"""
    exp(A)

The exponential of a square matrix, by scaling, a Padé approximant and squaring (Higham, 2005).
"""
Base.exp(A::AbstractMatrix) = matrix_exp(A)
function matrix_exp(A0)
    n = checksquare(A0)
    ishermitian(A0) && return matrix_function(exp, A0, x -> true)
    A = divisible(A0)
    s = max(0, ceil(Int, log2(max(opnorm(A, 1), 1e-300) / 5.4)))
    A = A / 2.0^s
    b = (64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0, 129060195264000.0, 10559470521600.0,
        670442572800.0, 33522128640.0, 1323241920.0, 40840800.0, 960960.0, 16380.0, 182.0, 1.0)
    E = Matrix{eltype(A)}(I, n, n)
    A2 = A * A
    A4 = A2 * A2
    A6 = A2 * A4
    U = A * (A6 * (b[14] * A6 + b[12] * A4 + b[10] * A2) + b[8] * A6 + b[6] * A4 + b[4] * A2 + b[2] * E)
    V = A6 * (b[13] * A6 + b[11] * A4 + b[9] * A2) + b[7] * A6 + b[5] * A4 + b[3] * A2 + b[1] * E
    X = (V - U) \ (V + U)
    for _ in 1:s
        X = X * X
    end
    X
end

## logarithm, square root, powers

# An upper triangular T, real if that can be, and Z, with A == Z*T*Z'; and whether all eigenvalues are off the negative axis.
function triangular_form(A)
    M = divisible(A)
    istriu(M) && return M, Matrix{eltype(M)}(I, size(M)...)
    F = schur(M)
    istriu(F.T) ? (F.T, F.Z) : complex_form(F.T, F.Z)
end
# The complex Schur form of a real one: a rotation for each block of two rows.
function complex_form(T0, Z0)
    T, Z, n = complex(T0), complex(Z0), size(T0, 1)
    for m in n:-1:2
        iszero(T[m, m-1]) && continue
        h, d = (T[m-1, m-1] + T[m, m]) / 2, ((T[m-1, m-1] - T[m, m]) / 2)^2 + T[m-1, m] * T[m, m-1]
        μ = h + sqrt(d) - T[m, m]
        r = hypot(abs(μ), abs(T[m, m-1]))
        G = Givens(m - 1, m, μ / r, T[m, m-1] / r)
        G = [G.c' G.s; -G.s G.c]
        T[m-1:m, :] = G * T[m-1:m, :]
        T[:, m-1:m] = T[:, m-1:m] * G'
        Z[:, m-1:m] = Z[:, m-1:m] * G'
        T[m, m-1] = 0
    end
    triu(T), Z
end
"`Schur{Complex}(F)`: the complex form, which is triangular, of a real Schur decomposition."
Schur{CT}(F::Schur{<:Real}) where {CT<:Complex} = ((T, Z) = complex_form(F.T, F.Z); Schur(T, Z, diag(T)))

# f of the triangular form; real for a real matrix unless an eigenvalue is real and `outside`.
by_schur(f, A::AbstractMatrix{Float32}, outside) = narrowed(by_schur(f, convert(Matrix{Float64}, plain_array(A)), outside))
by_schur(f, A::AbstractMatrix{ComplexF32}, outside) = narrowed(by_schur(f, convert(Matrix{ComplexF64}, plain_array(A)), outside))
function by_schur(f, A, outside)
    checksquare(A)
    T, Z = triangular_form(A)
    d = diag(T)
    stays = eltype(A) <: Real && !any(x -> isreal(x) && outside(real(x)), d)
    R = Z * f(stays || eltype(T) <: Complex ? T : complex(T)) * Z'
    stays ? real(R) : eltype(A) <: Complex ? complex(R) : R
end
function sqrt_triangular(T)
    n = size(T, 1)
    R = zeros(typeof(sqrt(zero(eltype(T)))), n, n)
    for j in 1:n
        R[j, j] = sqrt(T[j, j])
        for i in j-1:-1:1
            s = convert(eltype(R), T[i, j])
            for k in i+1:j-1
                s -= R[i, k] * R[k, j]
            end
            R[i, j] = iszero(s) ? s : s / (R[i, i] + R[j, j])
        end
    end
    R
end
# Roots until the matrix is near the identity, and there the integral of X/(I + t*X) over t from 0 to 1, by Gauss.
function log_triangular(T)
    n = size(T, 1)
    d = map(log, diag(T))
    S, k = T, 0
    while opnorm(S - I, 1) > 0.25 && k < 60
        S, k = sqrt_triangular(S), k + 1
    end
    X = S - I
    L = zeros(eltype(X), n, n)
    for (t, w) in ((0.9602898564975363, 0.1012285362903763), (0.7966664774136267, 0.2223810344533745),
        (0.5255324099163290, 0.3137066458778873), (0.1834346424956498, 0.3626837833783620)), s in (-t, t)
        L += (w / 2) * (UpperTriangular(I + (1 + s) / 2 * X) \ X)
    end
    L *= 2^k
    for i in 1:n
        L[i, i] = d[i]
    end
    L
end
"""
    log(A)

The principal logarithm of a square matrix, by roots of its Schur form (Higham, 2008).
"""
Base.log(A::AbstractMatrix) = ishermitian(A) ? matrix_function(log, A, x -> x > 0) : by_schur(log_triangular, A, <=(0))
"""
    sqrt(A)

The principal square root of a square matrix, by its Schur form (Björck and Hammarling, 1983).
"""
Base.sqrt(A::AbstractMatrix) = ishermitian(A) ? sqrt_hermitian(A) : by_schur(sqrt_triangular, A, <(0))
Base.sqrt(A::RealHermSymComplexHerm; rtol=eps(real(float(one(eltype(A))))) * size(A, 1)) = sqrt_hermitian(A, rtol)
# An eigenvalue that is negative by no more than the errors of the values counts as zero.
function sqrt_hermitian(A, rtol=eps(real(float(one(eltype(A))))) * size(A, 1))
    least = -rtol * opnorm_hermitian(A)
    matrix_function(sqrt, A, x -> x >= least, x -> sqrt(max(x, zero(x))))
end
opnorm_hermitian(A) = isempty(A) ? 0.0 : maximum(abs, eigvals(A isa HermOrSym ? A : Hermitian(plain_array(A))))
function real_power(A, p)
    checksquare(A)
    p == 0.5 && return sqrt(A)
    ishermitian(A) && return matrix_function(x -> x^p, A, x -> x >= 0)
    whole = floor(Int, p)
    by_schur(T -> whole_or_inverse_power(T, whole) * exp((p - whole) * log_triangular(T)), A, <=(0))
end
whole_or_inverse_power(T, k) = k < 0 ? whole_power(inv(T), -k) : whole_power(T, k)
Base.:^(A::AbstractMatrix, p::Number) = exp(p * log(A))
Base.:^(A::Symmetric{<:Complex}, p::Real) = isinteger(p) ? A^Int(p) : Symmetric(copy_matrix(A)^p)
Base.cbrt(A::AbstractMatrix{<:Real}) = ishermitian(A) ? matrix_function(cbrt, A, x -> true) : by_schur(T -> exp(log_triangular(T) / 3), A, x -> false)

## trigonometry

# Of a general matrix by exponentials.
Base.cos(A::AbstractMatrix) = ishermitian(A) ? matrix_function(cos, A, x -> true) : eltype(A) <: Real ? real(exp(im * A)) : (exp(im * A) + exp(-im * A)) / 2
Base.sin(A::AbstractMatrix) = ishermitian(A) ? matrix_function(sin, A, x -> true) : eltype(A) <: Real ? imag(exp(im * A)) : (exp(im * A) - exp(-im * A)) / 2im
Base.tan(A::AbstractMatrix) = ishermitian(A) ? matrix_function(tan, A, x -> true) : sin(A) / cos(A)
Base.cosh(A::AbstractMatrix) = ishermitian(A) ? matrix_function(cosh, A, x -> true) : (exp(A) + exp(-A)) / 2
Base.sinh(A::AbstractMatrix) = ishermitian(A) ? matrix_function(sinh, A, x -> true) : (exp(A) - exp(-A)) / 2
Base.tanh(A::AbstractMatrix) = ishermitian(A) ? matrix_function(tanh, A, x -> true) : sinh(A) / cosh(A)
Base.sincos(A::AbstractMatrix) = (sin(A), cos(A))
Base.cis(A::AbstractMatrix) = exp(im * A)
# The inverse functions, of the complex Schur form by their formulas.
by_complex_schur(f, A::AbstractMatrix{<:Union{Float32,ComplexF32}}) = narrowed(by_complex_schur(f, convert(Matrix{ComplexF64}, plain_array(A))))
function by_complex_schur(f, A)
    checksquare(A)
    T, Z = triangular_form(A)
    Z * f(complex(T)) * Z'
end
Base.acos(A::AbstractMatrix) = ishermitian(A) ? matrix_function(acos, A, x -> abs(x) <= 1) : by_complex_schur(T -> -im * log_triangular(T + im * sqrt_triangular(I - T * T)), A)
Base.asin(A::AbstractMatrix) = ishermitian(A) ? matrix_function(asin, A, x -> abs(x) <= 1) : by_complex_schur(T -> -im * log_triangular(im * T + sqrt_triangular(I - T * T)), A)
Base.atan(A::AbstractMatrix) = ishermitian(A) ? matrix_function(atan, A, x -> true) : by_complex_schur(T -> -im / 2 * (log_triangular(I + im * T) - log_triangular(I - im * T)), A)
Base.acosh(A::AbstractMatrix) = ishermitian(A) ? matrix_function(acosh, A, x -> x >= 1) : by_complex_schur(T -> log_triangular(T + sqrt_triangular(T - I) * sqrt_triangular(T + I)), A)
Base.asinh(A::AbstractMatrix) = ishermitian(A) ? matrix_function(asinh, A, x -> true) : by_complex_schur(T -> log_triangular(T + sqrt_triangular(I + T * T)), A)
Base.atanh(A::AbstractMatrix) = ishermitian(A) ? matrix_function(atanh, A, x -> abs(x) <= 1) : by_complex_schur(T -> (log_triangular(I + T) - log_triangular(I - T)) / 2, A)
Base.sec(A::AbstractMatrix) = inv(cos(A))
Base.csc(A::AbstractMatrix) = inv(sin(A))
Base.cot(A::AbstractMatrix) = inv(tan(A))
Base.sech(A::AbstractMatrix) = inv(cosh(A))
Base.csch(A::AbstractMatrix) = inv(sinh(A))
Base.coth(A::AbstractMatrix) = inv(tanh(A))
Base.asec(A::AbstractMatrix) = acos(inv(A))
Base.acsc(A::AbstractMatrix) = asin(inv(A))
Base.acot(A::AbstractMatrix) = atan(inv(A))
Base.asech(A::AbstractMatrix) = acosh(inv(A))
Base.acsch(A::AbstractMatrix) = asinh(inv(A))
Base.acoth(A::AbstractMatrix) = atanh(inv(A))
