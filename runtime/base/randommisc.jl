# Distributions, random orders, random text.

## normal and exponential

"""
    randn([rng], [T], [dims...])

A number of the standard normal distribution; with a complex type, both parts have
variance 1/2.
"""
Base.randn() = randn(TaskLocalRNG())
Base.randn(r::BuiltIn) = random_normal(state(r))
Base.randn(r::MersenneTwister) = random_normal(r)
Base.randn(r::AbstractRNG) = normal_step(r, word52(r))
"""
    randexp([rng], [T], [dims...])

A number of the exponential distribution with mean 1.
"""
randexp() = randexp(TaskLocalRNG())
randexp(r::BuiltIn) = random_exponential(state(r))
randexp(r::MersenneTwister) = random_exponential(r)
randexp(r::AbstractRNG) = exponential_step(r, word52(r))

# The tables of both distributions: bounds, widths, densities.
const normal_tables = Core.Prims.ziggurat_tables(false)
const exponential_tables = Core.Prims.ziggurat_tables(true)
const ki = normal_tables[1]
const wi = normal_tables[2]
const fi = normal_tables[3]
const ke = exponential_tables[1]
const we = exponential_tables[2]
const fe = exponential_tables[3]
const normal_r = 3.6541528853610088
const exponential_r = 7.69711747013104972

# The Ziggurat method for generators that are written in Julia.
function normal_step(r::AbstractRNG, u::UInt64)
    k, w, f = ki, wi, fi
    while true
        u &= 0x000fffffffffffff
        m = Int64(u >> 1)
        i = m & 0xff + 1
        x = (isodd(u) ? -m : m) * w[i]
        m < k[i] && return x
        if i == 1
            while true
                a = -log(rand(r)) * (1 / normal_r)
                b = -log(rand(r))
                b + b > a * a && return isodd(m >> 8) ? -normal_r - a : normal_r + a
            end
        end
        (f[i-1] - f[i]) * rand(r) + f[i] < exp(-0.5 * x * x) && return x
        u = word52(r)
    end
end
function exponential_step(r::AbstractRNG, u::UInt64)
    k, w, f = ke, we, fe
    while true
        u &= 0x000fffffffffffff
        i = Int(u & 0xff) + 1
        x = u * w[i]
        u < k[i] && return x
        i == 1 && return exponential_r - log(rand(r))
        (f[i-1] - f[i]) * rand(r) + f[i] < exp(-x) && return x
        u = word52(r)
    end
end

Base.randn(r::AbstractRNG, ::Type{Float64}) = randn(r)
Base.randn(r::AbstractRNG, ::Type{T}) where {T<:Union{Float16,Float32}} = convert(T, randn(r))
# Of other floats: from points of the square that lie within the circle.
function Base.randn(r::AbstractRNG, ::Type{T}) where {T<:AbstractFloat}
    isconcretetype(T) || throw(MethodError(randn, (r, T)))
    while true
        x = 2 * rand(r, T) - 1
        y = 2 * rand(r, T) - 1
        s = x * x + y * y
        0 < s && s < 1 && return x * sqrt(-2 * log(s) / s)
    end
end
Base.randn(r::AbstractRNG, ::Type{Complex{T}}) where {T<:AbstractFloat} = (h = T(0.7071067811865476); a = h * randn(r, T); Complex{T}(a, h * randn(r, T)))
randexp(r::AbstractRNG, ::Type{Float64}) = randexp(r)
randexp(r::AbstractRNG, ::Type{T}) where {T<:Union{Float16,Float32}} = convert(T, randexp(r))
randexp(r::AbstractRNG, ::Type{T}) where {T<:AbstractFloat} = isconcretetype(T) ? -log1p(-rand(r, T)) : throw(MethodError(randexp, (r, T)))

Base.randn(::Type{T}) where {T} = randn(TaskLocalRNG(), T)
Base.randn(r::AbstractRNG, ::Type{T}, dims::Dims) where {T} = randn!(r, Array{T}(undef, dims))
Base.randn(r::AbstractRNG, ::Type{T}, d::Integer, dims::Integer...) where {T} = randn!(r, Array{T}(undef, Dims((d, dims...))))
Base.randn(::Type{T}, dims::Dims) where {T} = randn(TaskLocalRNG(), T, dims)
Base.randn(::Type{T}, d::Integer, dims::Integer...) where {T} = randn(TaskLocalRNG(), T, d, dims...)
Base.randn(r::AbstractRNG, dims::Dims) = randn(r, Float64, dims)
Base.randn(r::AbstractRNG, d::Integer, dims::Integer...) = randn(r, Float64, d, dims...)
Base.randn(dims::Dims) = randn(TaskLocalRNG(), Float64, dims)
Base.randn(d::Integer, dims::Integer...) = randn(TaskLocalRNG(), Float64, d, dims...)
randexp(::Type{T}) where {T} = randexp(TaskLocalRNG(), T)
randexp(r::AbstractRNG, ::Type{T}, dims::Dims) where {T} = randexp!(r, Array{T}(undef, dims))
randexp(r::AbstractRNG, ::Type{T}, d::Integer, dims::Integer...) where {T} = randexp!(r, Array{T}(undef, Dims((d, dims...))))
randexp(::Type{T}, dims::Dims) where {T} = randexp(TaskLocalRNG(), T, dims)
randexp(::Type{T}, d::Integer, dims::Integer...) where {T} = randexp(TaskLocalRNG(), T, d, dims...)
randexp(r::AbstractRNG, dims::Dims) = randexp(r, Float64, dims)
randexp(r::AbstractRNG, d::Integer, dims::Integer...) = randexp(r, Float64, d, dims...)
randexp(dims::Dims) = randexp(TaskLocalRNG(), Float64, dims)
randexp(d::Integer, dims::Integer...) = randexp(TaskLocalRNG(), Float64, d, dims...)

"""
    randn!([rng], a)

Fill `a` with numbers of the standard normal distribution.
"""
randn!(a::AbstractArray) = randn!(TaskLocalRNG(), a)
randn!(r::BuiltIn, a::Array{Float64}) = random_normals(state(r), a)
randn!(r::MersenneTwister, a::Array{Float64}) = random_normals(r, a)
function randn!(r::AbstractRNG, a::AbstractArray{T}) where {T}
    for i in eachindex(a)
        a[i] = randn(r, T)
    end
    a
end
"""
    randexp!([rng], a)

Fill `a` with numbers of the exponential distribution with mean 1.
"""
randexp!(a::AbstractArray) = randexp!(TaskLocalRNG(), a)
randexp!(r::BuiltIn, a::Array{Float64}) = random_exponentials(state(r), a)
randexp!(r::MersenneTwister, a::Array{Float64}) = random_exponentials(r, a)
function randexp!(r::AbstractRNG, a::AbstractArray{T}) where {T}
    for i in eachindex(a)
        a[i] = randexp(r, T)
    end
    a
end

## order

one_based(a) = all(x -> first(x) == 1, axes(a)) || throw(ArgumentError("offset arrays are not supported but got an array with index other than 1"))

# A number from 1 to n, by trying words with the bits of mask.
function masked_index(r::AbstractRNG, n::Int, mask::Int)
    while true
        x = (word52(r) % Int) & mask
        x < n && return x + 1
    end
end

"""
    shuffle!([rng], v)

Put the items of `v` into a random order.
"""
shuffle!(v::AbstractArray) = shuffle!(TaskLocalRNG(), v)
function shuffle!(r::AbstractRNG, v::AbstractArray)
    one_based(v)
    mask = 3
    for i in 2:length(v)
        j = masked_index(r, i, mask)
        v[i], v[j] = v[j], v[i]
        i == 1 + mask && (mask = 2mask + 1)
    end
    v
end
"""
    shuffle([rng], v)

The items of `v` in a random order.
"""
shuffle(v::AbstractArray) = shuffle(TaskLocalRNG(), v)
shuffle(r::AbstractRNG, v::AbstractArray) = shuffle!(r, copyto!(similar(v), v))
shuffle(r::AbstractRNG, v::Base.OneTo) = randperm(r, last(v))
"""
    randperm([rng], n)

A random permutation of `1:n`.
"""
randperm(n::Integer) = randperm(TaskLocalRNG(), n)
randperm(r::AbstractRNG, n::T) where {T<:Integer} = randperm!(r, Vector{T}(undef, n))
"""
    randperm!([rng], a)

Make `a` a random permutation of `1:length(a)`.
"""
randperm!(a::Array{<:Integer}) = randperm!(TaskLocalRNG(), a)
function randperm!(r::AbstractRNG, a::Array{<:Integer})
    n = length(a)
    n == 0 && return a
    a[1] = 1
    mask = 3
    for i in 2:n
        j = masked_index(r, i, mask)
        i != j && (a[i] = a[j])
        a[j] = i
        i == 1 + mask && (mask = 2mask + 1)
    end
    a
end
"""
    randcycle([rng], n)

A random permutation of `1:n` that is one cycle.
"""
randcycle(n::Integer) = randcycle(TaskLocalRNG(), n)
randcycle(r::AbstractRNG, n::T) where {T<:Integer} = randcycle!(r, Vector{T}(undef, n))
"""
    randcycle!([rng], a)

Make `a` a random permutation of `1:length(a)` that is one cycle.
"""
randcycle!(a::Array{<:Integer}) = randcycle!(TaskLocalRNG(), a)
function randcycle!(r::AbstractRNG, a::Array{<:Integer})
    n = length(a)
    n == 0 && return a
    a[1] = 1
    mask = 3
    for i in 2:n
        j = masked_index(r, i - 1, mask)
        a[i] = a[j]
        a[j] = i
        i == 1 + mask && (mask = 2mask + 1)
    end
    a
end

"""
    randsubseq([rng], a, p)

The items of `a` that are left when each is kept with probability `p`.
"""
randsubseq(a::AbstractArray, p::Real) = randsubseq(TaskLocalRNG(), a, p)
randsubseq(r::AbstractRNG, a::AbstractArray{T}, p::Real) where {T} = randsubseq!(r, T[], a, p)
"""
    randsubseq!([rng], s, a, p)

As [`randsubseq`](@ref), into the vector `s`.
"""
randsubseq!(s::AbstractArray, a::AbstractArray, p::Real) = randsubseq!(TaskLocalRNG(), s, a, p)
function randsubseq!(r::AbstractRNG, s::AbstractArray, a::AbstractArray, p::Real)
    one_based(s)
    one_based(a)
    0 <= p <= 1 || throw(ArgumentError("probability $p not in [0,1]"))
    n = length(a)
    p == 1 && return copyto!(resize!(s, n), a)
    empty!(s)
    p == 0 && return s
    if p > 0.15
        for i in 1:n
            rand(r) <= p && push!(s, a[i])
        end
        return s
    end
    # How many are left out before the next one is a number of the geometric distribution.
    scale = -1 / log1p(-p)
    i = 0
    while true
        skip = randexp(r) * scale
        skip >= n - i && return s
        push!(s, a[i += ceil(Int, skip)])
    end
end

"""
    bitrand([rng], dims...)

A BitArray of random bits.
"""
bitrand(r::AbstractRNG, dims::Dims) = rand!(r, BitArray(undef, dims))
bitrand(r::AbstractRNG, dims::Integer...) = rand!(r, BitArray(undef, Dims(dims)))
bitrand(dims::Dims) = bitrand(TaskLocalRNG(), dims)
bitrand(dims::Integer...) = bitrand(TaskLocalRNG(), Dims(dims))
function Base.Random.rand!(r::AbstractRNG, b::BitArray, ::SamplerType{Bool})
    isempty(b) && return b
    rand!(r, b.chunks)
    b.chunks[end] &= Base._msk_end(b)
    b
end

## text

const alphanumeric = collect(UInt8, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
"""
    randstring([rng], [chars], [n=8])

A random string of letters and digits, or of `chars`.
"""
randstring(n::Integer=8) = randstring(TaskLocalRNG(), alphanumeric, n)
randstring(chars, n::Integer=8) = randstring(TaskLocalRNG(), chars, n)
randstring(r::AbstractRNG, n::Integer) = randstring(r, alphanumeric, n)
function randstring(r::AbstractRNG, chars=alphanumeric, n::Integer=8)
    s = Sampler(r, chars, Val(Inf))
    String(eltype(chars)[rand(r, s) for _ in 1:n])
end

## far ahead in the stream of a Xoshiro

# What the published generator has for a step of 2^128, or 2^192, numbers: which of the
# next 256 states are combined.
const jump_bits_128 = (0x180ec6d33cfd0aba, 0xd5a61266f0c9392c, 0xa9582618e03fc9aa, 0x39abdc4529b1661c)
const jump_bits_192 = (0x76e15d3efefdcbbf, 0xc5004e441c522fb3, 0x77710069854ee241, 0x39109bb02acbe635)
"""
    Random.jump_128(rng, n=1)
    Random.jump_128!(rng, n=1)

A copy of the Xoshiro `rng` (or itself) as if `n` times 2^128 numbers had been taken.
"""
jump_128(r::Union{Xoshiro,TaskLocalRNG}, n::Integer=1) = jump_128!(copy(r), n)
"See `jump_128`."
jump_128!(r::Union{Xoshiro,TaskLocalRNG}, n::Integer=1) = jump_by!(r, jump_bits_128, n)
"""
    Random.jump_192(rng, n=1)
    Random.jump_192!(rng, n=1)

A copy of the Xoshiro `rng` (or itself) as if `n` times 2^192 numbers had been taken.
"""
jump_192(r::Union{Xoshiro,TaskLocalRNG}, n::Integer=1) = jump_192!(copy(r), n)
"See `jump_192`."
jump_192!(r::Union{Xoshiro,TaskLocalRNG}, n::Integer=1) = jump_by!(r, jump_bits_192, n)
function jump_by!(r, bits, n)
    n >= 0 || throw(DomainError(n, "the number of jumps must be ≥ 0"))
    st = state(r)
    for _ in 1:n
        a = b = c = d = UInt64(0)
        for word in bits, k in 0:63
            if isodd(word >> k)
                a, b, c, d = xor(a, st.s0), xor(b, st.s1), xor(c, st.s2), xor(d, st.s3)
            end
            rand(st, UInt64)
        end
        set_state!(st, a, b, c, d, st.s4)
    end
    r
end
