# Products: of matrices and vectors, in place, and of vectors with each other.

"""
    *(A, B)

The product of two matrices, or of a matrix and a vector.
"""
Base.:*(A::AbstractMatrix, B::AbstractMatrix) = product(A, B)
Base.:*(A::AbstractMatrix, x::AbstractVector) = product(A, x)
Base.:*(x::AbstractVector, B::AbstractMatrix) = product(reshape(x, length(x), 1), B)
Base.:*(x::AdjOrTransAbsVec, y::AbstractVector) = row_times_column(x, y)
Base.:*(x::AdjointAbsVec{<:Number}, y::AbstractVector{<:Number}) = dot(x.parent, y)
Base.:*(x::AdjOrTransAbsVec, B::AbstractMatrix) = wrap_as(x, wrap_as(x, B) * x.parent)
Base.:*(x::AdjOrTransAbsVec, y::AdjOrTransAbsVec) = throw(DimensionMismatch("cannot multiply a row of length $(length(x)) and a row of length $(length(y))"))
Base.:*(x::AbstractVector, y::AdjOrTransAbsVec) = eltype(x) === eltype(y) === Bool ? x .* y : [a * y[j] for a in x, j in eachindex(y)]
function row_times_column(x, y)
    length(x) == length(y) || throw(DimensionMismatch("dot product arguments have lengths $(length(x)) and $(length(y))"))
    isempty(y) ? zero(eltype(x)) * zero(eltype(y)) : sum(x[i] * y[i] for i in eachindex(y))
end

function product(A, B)
    check_product(A, B)
    if A isa Array && B isa Array
        C = Base.array_matmul(A, B)
        C === nothing || return C
    end
    T = product_type(eltype(A), eltype(B))
    if machine(T) && eltype(A) <: Number && eltype(B) <: Number
        C = Base.array_matmul(plain(T, A), plain(T, B))
        C === nothing || return of_kind(B, C, product_axes(A, B))
    end
    if T === BigFloat && B isa Union{Array,AdjOrTrans}
        C = Base.bigf_matmul(plain(T, A), plain(T, B), Base.big_context)
        C === nothing || return C
    end
    C = T === Any ? Array{T}(undef, product_size(A, B)...) : similar(B, T, product_axes(A, B))
    product!(C, Base.ready_items(A), Base.ready_items(B), true, false)
end
# C as an array of the kind that stands where B does.
of_kind(::Union{Array,AdjOrTrans,AbstractRange,SubArray}, C, axes) = C
of_kind(B, C, axes) = (D = similar(B, eltype(C), axes); D isa Array ? C : copyto!(D, C))
machine(T) = T === Float64 || T === Int64 || T === Float32 || T === ComplexF64 || T === ComplexF32
plain(::Type{T}, A::Array{T}) where {T} = A
plain(::Type{T}, A::AdjOrTrans{T,Matrix{T}}) where {T} = flipped(A)
plain(::Type{T}, A) where {T} = convert(Array{T,ndims(A)}, A isa Array || A isa AbstractRange ? A : Base.collect(A))
product_type(T, S) = T === Any || S === Any ? Any : isconcretetype(T) && isconcretetype(S) ? product_type_of(T, S) : Base.promote_op(matprod, T, S)
product_type_of(::Type{T}, ::Type{S}) where {T<:Number,S<:Number} = typeof(matprod(zero(T), zero(S)))
product_type_of(T, S) = Base.promote_op(matprod, T, S)
matprod(x, y) = x * y + x * y
product_size(A, B) = ndims(B) == 1 ? (size(A, 1),) : (size(A, 1), size(B, 2))
product_axes(A, B) = ndims(B) == 1 ? (axes(A, 1),) : (axes(A, 1), axes(B, 2))
function check_product(A, B)
    n, m = size(A, 2), size(B, 1)
    n == m && return nothing
    tried = "incompatible dimensions for matrix multiplication: tried to multiply a matrix of size $(size(A)) with "
    throw(DimensionMismatch(ndims(B) == 1 ?
        "$(tried)a vector of length $m. The second dimension of the matrix: $n, does not match the length of the vector: $m." :
        "$(tried)a matrix of size $(size(B)). The second dimension of the first matrix: $n, does not match the first dimension of the second matrix: $m."))
end

# C = A*B*α + C*β, item by item.
function product!(C, A, B, α, β)
    ks = axes(A, 2)
    for j in axes(B, 2), i in axes(A, 1)
        if isempty(ks)
            s = zero(eltype(C))
        else
            k1 = first(ks)
            s = A[i, k1] * B[k1, j]
            for k in k1+1:last(ks)
                s += A[i, k] * B[k, j]
            end
        end
        put_scaled!(C, s, α, β, i, j)
    end
    C
end
function put_scaled!(C, s, α, β, i, j)
    t = α === true ? s : s * α
    if ndims(C) == 1
        C[i] = iszero(β) ? t : t + C[i] * β
    else
        C[i, j] = iszero(β) ? t : t + C[i, j] * β
    end
end

"""
    mul!(C, A, B, α=true, β=false)

`C = A*B*α + C*β`, in place; `C` is returned and must not share memory with `A` or `B`.
"""
function mul!(C::AbstractVecOrMat, A::AbstractVecOrMat, B::AbstractVecOrMat, α::Number=true, β::Number=false)
    A2 = A isa AbstractVector ? reshape(A, length(A), 1) : A
    size(A2, 2) == size(B, 1) || check_product(A2, B)
    (size(C, 1), size(C, 2)) == (size(A2, 1), size(B, 2)) ||
        throw(DimensionMismatch("C has dimensions $(size(C)), should have ($(size(A2, 1)), $(size(B, 2)))"))
    (C === A || C === B) && throw(ArgumentError("output matrix must not be aliased with input matrix"))
    iszero(α) && return iszero(β) ? fill!(C, zero(eltype(C))) : (C .*= β; C)
    T = eltype(C)
    if machine(T) && eltype(A2) === T && eltype(B) === T && α == true
        P = Base.array_matmul(plain(T, A2), plain(T, B))
        if P !== nothing
            return iszero(β) ? copyto!(C, P) : (C .= reshape(P, size(C)) .+ C .* β; C)
        end
    end
    product!(C, A2, B, α, β)
end
mul!(C::AbstractArray, x::Number, B::AbstractArray, α::Number=true, β::Number=false) = (C .= iszero(β) ? x .* B .* α : x .* B .* α .+ C .* β; C)
mul!(C::AbstractArray, A::AbstractArray, x::Number, α::Number=true, β::Number=false) = (C .= iszero(β) ? A .* x .* α : A .* x .* α .+ C .* β; C)

"`lmul!(a, B)`: `a*B`, stored in `B`."
lmul!(a::Number, B::AbstractArray) = (for i in eachindex(B); B[i] = a * B[i]; end; B)
lmul!(A::AbstractMatrix, B::AbstractVecOrMat) = copyto!(B, A * B)
"`rmul!(A, b)`: `A*b`, stored in `A`."
rmul!(A::AbstractArray, b::Number) = (for i in eachindex(A); A[i] = A[i] * b; end; A)
rmul!(A::AbstractMatrix, B::AbstractMatrix) = copyto!(A, A * B)
"`ldiv!(A, B)`: `A \\ B`, stored in `B`; `ldiv!(Y, A, B)` stores it in `Y`."
ldiv!(a::Number, B::AbstractArray) = each_divided!(x -> a \ x, B)
ldiv!(a::Number, B::AbstractVecOrMat) = each_divided!(x -> a \ x, B)
each_divided!(f, B) = (for i in eachindex(B); B[i] = f(B[i]); end; B)
ldiv!(A, B::AbstractVecOrMat) = copyto!(B, A \ B)
ldiv!(Y::AbstractVecOrMat, A, B::AbstractVecOrMat) = copyto!(Y, A \ B)
"`rdiv!(A, B)`: `A / B`, stored in `A`."
rdiv!(A::AbstractArray, b::Number) = each_divided!(x -> x / b, A)
rdiv!(A::AbstractMatrix, b::Number) = each_divided!(x -> x / b, A)
rdiv!(A::AbstractMatrix, B) = copyto!(A, A / B)

"""
    dot(x, y)
    x ⋅ y

The sum of `conj(x[i]) * y[i]`, for arrays of any shape; of items that are arrays, the sum of their
`dot`. `dot(x, A, y)` is `dot(x, A*y)`.
"""
dot(x::Number, y::Number) = conj(x) * y
function dot(x, y)
    a, b = iterate(x), iterate(y)
    if a === nothing || b === nothing
        a === nothing && b === nothing || throw(DimensionMismatch("x and y are of different lengths!"))
        return dot(zero(eltype(x)), zero(eltype(y)))
    end
    s = dot(a[1], b[1])
    while true
        a, b = iterate(x, a[2]), iterate(y, b[2])
        (a === nothing || b === nothing) && break
        s += dot(a[1], b[1])
    end
    a === nothing && b === nothing || throw(DimensionMismatch("x and y are of different lengths!"))
    s
end
function dot(x::AbstractArray, y::AbstractArray)
    length(x) == length(y) || throw(DimensionMismatch("first array has length $(length(x)) which does not match the length of the second, $(length(y))."))
    isempty(x) && return dot(zero(eltype(x)), zero(eltype(y)))
    if x isa Array && y isa Array
        s = Base.array_dot(x, y)
        s === nothing || return s
    end
    s = nothing
    for (a, b) in zip(x, y)
        s = s === nothing ? dot(a, b) : s + dot(a, b)
    end
    s
end
dot(x::Vector{Float64}, y::Vector{Float64}) = length(x) == length(y) ? Base.array_matmul(reshape(x, 1, length(x)), y)[1] :
    throw(DimensionMismatch("first array has length $(length(x)) which does not match the length of the second, $(length(y))."))
dot(x, A, y) = dot(x, A * y)
const ⋅ = dot

"""
    cross(x, y)
    x × y

The vector product of two vectors of length 3.
"""
function cross(a::AbstractVector, b::AbstractVector)
    length(a) == length(b) == 3 || throw(DimensionMismatch("cross product is only defined for vectors of length 3"))
    a1, a2, a3 = a
    b1, b2, b3 = b
    [a2 * b3 - a3 * b2, a3 * b1 - a1 * b3, a1 * b2 - a2 * b1]
end
const × = cross

Base.kron(A::AbstractMatrix, B::AbstractMatrix) = [A[i, j] * B[k, l] for k in axes(B, 1), i in axes(A, 1), l in axes(B, 2), j in axes(A, 2)] |>
    C -> reshape(C, size(A, 1) * size(B, 1), size(A, 2) * size(B, 2))
function Base.kron(A::Matrix{T}, B::Matrix{T}) where {T<:Union{Float64,Int64}}
    (ma, na), (mb, nb) = size(A), size(B)
    C = reshape(A, 1, ma, 1, na) .* reshape(B, mb, 1, nb, 1)
    reshape(C, mb * ma, nb * na)
end
Base.kron(x::AbstractVector, y::AbstractVector) = [a * b for a in x for b in y]
Base.kron(A::AbstractMatrix, y::AbstractVector) = kron(A, reshape(y, length(y), 1))
Base.kron(x::AbstractVector, B::AbstractMatrix) = kron(reshape(x, length(x), 1), B)
Base.kron(x::Adjoint{<:Any,<:AbstractVector}, y::Adjoint{<:Any,<:AbstractVector}) = adjoint(kron(x.parent, y.parent))
Base.kron(x::Transpose{<:Any,<:AbstractVector}, y::Transpose{<:Any,<:AbstractVector}) = transpose(kron(x.parent, y.parent))
Base.kron(a::Number, b::Union{Number,AbstractVecOrMat}) = a * b
Base.kron(a::AbstractVecOrMat, b::Number) = a * b
Base.kron(a, b, c, more...) = kron(kron(a, b), c, more...)
"`kron!(C, A, B)`: `kron(A, B)`, stored in `C`."
Base.kron!(C::AbstractVecOrMat, A, B) = copyto!(C, kron(A, B))

"`axpy!(a, x, y)`: `y = a*x + y`, in place."
axpy!(a, x::AbstractArray, y::AbstractArray) = (check_lengths(x, y); for (i, j) in zip(eachindex(x), eachindex(y)); y[j] += x[i] * a; end; y)
function axpy!(a, x::AbstractArray, rx::AbstractArray{<:Integer}, y::AbstractArray, ry::AbstractArray{<:Integer})
    length(rx) == length(ry) || throw(DimensionMismatch("the ranges have the lengths $(length(rx)) and $(length(ry))"))
    checkbounds(x, rx)
    checkbounds(y, ry)
    for (i, j) in zip(rx, ry)
        y[j] += x[i] * a
    end
    y
end
"`axpby!(a, x, b, y)`: `y = a*x + b*y`, in place."
axpby!(a, x::AbstractArray, b, y::AbstractArray) = (check_lengths(x, y); for (i, j) in zip(eachindex(x), eachindex(y)); y[j] = x[i] * a + y[j] * b; end; y)
check_lengths(x, y) = length(x) == length(y) || throw(DimensionMismatch("x has length $(length(x)), but y has length $(length(y))"))

## powers

function checksquare(A)
    m, n = size(A, 1), size(A, 2)
    m == n || throw(DimensionMismatch("matrix is not square: dimensions are $(size(A))"))
    m
end
checksquare(As...) = [checksquare(A) for A in As]

"""
    A^p

A power of a square matrix: by products for an integer, else by its eigenvalues.
"""
Base.:^(A::AbstractMatrix{<:Union{Int8,Int16,Int32,Int64,Int128}}, p::BigInt) = convert(AbstractMatrix{BigInt}, A)^Int(p)
Base.:^(A::AbstractMatrix, p::Integer) = p < 0 ? whole_power(inv(A), -p) : whole_power(A, p)
Base.:^(A::AbstractMatrix{T}, p::Real) where {T} = isinteger(p) ? convert(AbstractMatrix{typeof(one(T)^p)}, A)^Integer(p) : real_power(A, p)
Base.literal_pow(::typeof(^), A::AbstractMatrix, ::Val{p}) where {p} = A^p
function whole_power(A, p)
    checksquare(A)
    p == 0 && return one(A)
    p == 1 && return copy(A)
    r, b = nothing, A
    while p > 0
        isodd(p) && (r = r === nothing ? b : r * b)
        p >>= 1
        p > 0 && (b = b * b)
    end
    r
end
Base.:^(b::Number, A::AbstractMatrix) = exp(log(b) * A)
function Base.one(A::AbstractMatrix{T}) where {T}
    size(A, 1) == size(A, 2) || throw(DimensionMismatch("multiplicative identity defined only for square matrices"))
    B = fill!(similar(A, typeof(one(T))), zero(T))
    foreach(i -> B[i] = one(T), diagind(B))
    B
end
Base.oneunit(A::AbstractMatrix{T}) where {T} = identity_like(A, oneunit(T))
function identity_like(A, unit=one(eltype(A)))
    n = size(A, 1)
    n == size(A, 2) || throw(DimensionMismatch("multiplicative identity defined only for square matrices"))
    [i == j ? unit : zero(unit) for i in 1:n, j in 1:n]
end
