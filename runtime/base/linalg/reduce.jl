# Complex matrices made bidiagonal or tridiagonal and real, so that the decompositions of real matrices serve them. Real and
# imaginary part are kept as two matrices: their products are those of machine numbers.

machine_complex(M) = eltype(M) === ComplexF64 || eltype(M) === ComplexF32
in_parts(M) = (Matrix{Float64}(real.(M)), Matrix{Float64}(imag.(M)))
of_parts(::Type{T}, R, C) where {T} = Matrix{T}(complex.(R, C))

# The reflection I - τ*v*v' whose adjoint takes the vector in column 1 of (x, y) to (β, 0, 0, …), β real.
function complex_reflector(x, y)
    rest = norm(view(x, 2:length(x)))
    rest = hypot(rest, norm(view(y, 2:length(y))))
    v, w = copy(x), copy(y)
    α = complex(x[1], y[1])
    if iszero(rest) && iszero(y[1])
        v[1], w[1] = 1.0, 0.0
        return v, w, complex(0.0), x[1]
    end
    β = -copysign(hypot(abs(α), rest), x[1])
    scaled = inv(α - β)
    for i in 2:length(v)
        z = complex(v[i], w[i]) * scaled
        v[i], w[i] = real(z), imag(z)
    end
    v[1], w[1] = 1.0, 0.0
    v, w, (β - α) / β, β
end
# (I - t*z*z')*A in the rows and columns given, z being v + w*im; A*(I - t*z*z').
reflect_left!(R, C, rows, columns, v, w, t) = reflect!(R, C, rows, columns, v, w, t, false)
reflect_right!(R, C, rows, columns, v, w, t) = reflect!(R, C, rows, columns, v, w, t, true)
reflect!(R, C, rows, columns, v, w, t, right) =
    iszero(t) ? nothing : Base.array_reflect(R, C, (first(rows), last(rows)), (first(columns), last(columns)), v, w, real(t), imag(t), right)
# The product of the reflections, whose vectors begin at row at(k), times the first columns of the identity.
function gathered(reflections, at, m, n)
    R, C = Matrix{Float64}(I, m, n), zeros(m, n)
    for k in length(reflections):-1:1
        v, w, t = reflections[k]
        reflect_left!(R, C, at(k):m, 1:n, v, w, t)
    end
    R, C
end

# U, S, V' of a complex matrix of machine numbers.
function complex_svd(M, full)
    m, n = size(M)
    m < n && return turned_svd(complex_svd, M, full)
    T = eltype(M)
    n == 0 && return Matrix{T}(I, m, full ? m : 0), real(T)[], Matrix{T}(I, 0, 0)
    R, C = in_parts(M)
    B = zeros(n, n)
    left, right = [], []
    for k in 1:n
        v, w, t, B[k, k] = complex_reflector(R[k:m, k], C[k:m, k])
        reflect_left!(R, C, k:m, k:n, v, w, conj(t))
        push!(left, (v, w, t))
        k < n || continue
        v, w, t, B[k, k+1] = complex_reflector(R[k, k+1:n], -C[k, k+1:n])
        reflect_right!(R, C, k:m, k+1:n, v, w, t)
        push!(right, (v, w, t))
    end
    Ub, S, Vbt = lapack(Base.lapack_svd, B, true, false)
    UR, UC = gathered(left, identity, m, full ? m : n)
    VR, VC = gathered(right, k -> k + 1, n, n)
    UR[:, 1:n], UC[:, 1:n] = UR[:, 1:n] * Ub, UC[:, 1:n] * Ub
    of_parts(T, UR, UC), Vector{real(T)}(S), of_parts(T, Vbt * VR', -(Vbt * VC'))
end

# Values and vectors of a complex Hermitian matrix of machine numbers.
function complex_eigen_hermitian(M)
    n = size(M, 1)
    T = eltype(M)
    n == 0 && return real(T)[], Matrix{T}(I, 0, 0)
    R, C = in_parts(M)
    B = zeros(n, n)
    turns = []
    for k in 1:n-1
        v, w, t, e = complex_reflector(R[k+1:n, k], C[k+1:n, k])
        B[k, k] = R[k, k]
        B[k, k+1] = B[k+1, k] = e
        reflect_left!(R, C, k+1:n, k+1:n, v, w, conj(t))
        reflect_right!(R, C, k+1:n, k+1:n, v, w, t)
        push!(turns, (v, w, t))
    end
    B[n, n] = R[n, n]
    w, V = lapack(Base.lapack_symeig, B, true)
    QR, QC = gathered(turns, k -> k + 1, n, n)
    Vector{real(T)}(w), of_parts(T, QR * V, QC * V)
end
