# Random numbers: Xoshiro256++, as Julia's default generator, one per task family.

"""
    Random

Random numbers: `rand`, `randn`, `shuffle`, seeds and generators.
"""
module Random

import ..Base: rand, randn, copy, copy!, ==, show, eltype, hash
using ..Base: xoshiro_next, random_normal, random_exponential, time_ns

export AbstractRNG, Xoshiro, TaskLocalRNG, MersenneTwister, RandomDevice, seed!, rand!, randn!, randexp, randexp!, shuffle, shuffle!,
    randperm, randperm!, randcycle, randsubseq, randstring, bitrand, default_rng, rand, randn

abstract type AbstractRNG end
abstract type Sampler{T} end

"""
    Xoshiro(seed)

A generator of random numbers: xoshiro256++ of Blackman and Vigna.
"""
mutable struct Xoshiro <: AbstractRNG
    s0::UInt64
    s1::UInt64
    s2::UInt64
    s3::UInt64
    s4::UInt64
    Xoshiro(a::Integer, b::Integer, c::Integer, d::Integer) = new(a, b, c, d, 1 * UInt64(a) + 3 * UInt64(b) + 5 * UInt64(c) + 7 * UInt64(d))
end
Xoshiro(seed=nothing) = seed!(Xoshiro(0, 0, 0, 0), seed)
copy(r::Xoshiro) = (c = Xoshiro(r.s0, r.s1, r.s2, r.s3); c.s4 = r.s4; c)
==(a::Xoshiro, b::Xoshiro) = a.s0 == b.s0 && a.s1 == b.s1 && a.s2 == b.s2 && a.s3 == b.s3
show(io::IO, r::Xoshiro) = print(io, "Xoshiro(", repr(r.s0), ", ", repr(r.s1), ", ", repr(r.s2), ", ", repr(r.s3), ", ", repr(r.s4), ")")

"""
    TaskLocalRNG()

The generator that `rand()` uses when none is given.
"""
struct TaskLocalRNG <: AbstractRNG end
const default_state = Xoshiro(0x1, 0x2, 0x3, 0x4)
default_rng() = TaskLocalRNG()
const last_seed = Xoshiro(0x1, 0x2, 0x3, 0x4)
"The state that the default generator had after its last `seed!`."
get_tls_seed() = last_seed
copy(::TaskLocalRNG) = copy(default_state)
copy!(::TaskLocalRNG, src::Xoshiro) = (copy!(default_state, src); TaskLocalRNG())
copy!(dst::Xoshiro, src::TaskLocalRNG) = copy!(dst, default_state)
==(a::Xoshiro, ::TaskLocalRNG) = a == default_state
==(::TaskLocalRNG, b::Xoshiro) = default_state == b
function copy!(dst::Xoshiro, src::Xoshiro)
    dst.s0, dst.s1, dst.s2, dst.s3, dst.s4 = src.s0, src.s1, src.s2, src.s3, src.s4
    dst
end
state(::TaskLocalRNG) = default_state
state(r::Xoshiro) = r
state(r::AbstractRNG) = r

"""
    RandomDevice()

Random numbers of the operating system.
"""
struct RandomDevice <: AbstractRNG end

"""
    MersenneTwister(seed)

The generator of Julia before 1.7, by name: its stream here is that of `Xoshiro`.
"""
mutable struct MersenneTwister <: AbstractRNG
    inner::Xoshiro
    seed::Any
    MersenneTwister(seed=nothing) = new(Xoshiro(seed), seed)
end
state(r::MersenneTwister) = r.inner
copy(r::MersenneTwister) = (c = MersenneTwister(0); c.inner = copy(r.inner); c.seed = r.seed; c)
show(io::IO, r::MersenneTwister) = print(io, "MersenneTwister(", r.seed, ")")

"""
    Random.seed!([rng], seed)

Start the generator anew from a seed: the same seed gives the same numbers.
"""
seed!(seed=nothing) = seed!(TaskLocalRNG(), seed)
function seed!(r::TaskLocalRNG, seed=nothing)
    seed!(default_state, seed)
    copy!(last_seed, default_state)
    r
end
function seed!(r::Xoshiro, seed=nothing)
    words = seed === nothing ? Core.Prims.random_device_words() : Core.Prims.seed_words(seed_bytes(seed))
    r.s0, r.s1, r.s2, r.s3 = words[1], words[2], words[3], words[4]
    r.s4 = 1 * r.s0 + 3 * r.s1 + 5 * r.s2 + 7 * r.s3
    r
end
seed!(r::MersenneTwister, seed=nothing) = (seed!(r.inner, seed); r.seed = seed; r)

# The bytes that a seed is hashed from (SHA-256 makes the state of them): 32-bit
# words of the magnitude, lowest first, and one more byte for a negative one.
function seed_bytes(seed::Integer)
    bytes = UInt8[]
    neg = seed < 0
    n = big(neg ? ~seed : seed)
    while true
        for _ in 1:4
            push!(bytes, (n & 0xff) % UInt8)
            n >>= 8
        end
        n == 0 && break
    end
    neg && push!(bytes, 0x01)
    bytes
end
function seed_bytes(seed::AbstractArray)
    bytes = UInt8[]
    for x in seed
        n = UInt64(x)
        for _ in 1:sizeof(eltype(seed))
            push!(bytes, (n & 0xff) % UInt8)
            n >>= 8
        end
    end
    push!(bytes, 0x10)
    bytes
end
seed_bytes(s::AbstractString) = (b = collect(codeunits(s)); push!(b, 0x05); b)

next64(r::AbstractRNG) = xoshiro_next(state(r))
next64(::RandomDevice) = Core.Prims.random_device_words()[1]

## rand

"""
    rand([rng], [S], [dims...])

A random item of `S`: a type (Float64 by default: [0,1)), a range or a collection;
an array of them with `dims`.

# Examples
```julia
julia> rand(1:6) in 1:6
true
```
"""
rand() = rand(TaskLocalRNG(), Float64)
rand(r::AbstractRNG) = rand(r, Float64)
rand(S) = rand(TaskLocalRNG(), S)
rand(d::Integer, dims::Integer...) = rand(TaskLocalRNG(), Float64, d, dims...)
rand(dims::Tuple{Integer,Vararg{Integer}}) = rand_item_or_array(dims)
rand_item_or_array(t) = rand(TaskLocalRNG(), t)
rand(r::AbstractRNG, d::Integer, dims::Integer...) = rand(r, Float64, d, dims...)
rand(S, d::Integer, dims::Integer...) = rand(TaskLocalRNG(), S, d, dims...)
rand(S, dims::Tuple{Vararg{Integer}}) = rand(TaskLocalRNG(), S, dims...)
rand(r::AbstractRNG, S, dims::Tuple{Vararg{Integer}}) = rand(r, S, dims...)
function rand(r::AbstractRNG, S, d::Integer, dims::Integer...)
    a = Array{item_type(S),1 + length(dims)}(undef, Int(d), map(Int, dims)...)
    rand!(r, a, S)
end
item_type(::Type{T}) where {T} = T
item_type(S) = eltype(S)

rand(r::AbstractRNG, ::Type{Float64}) = Float64(next64(r) >>> 11) * 0x1.0p-53
rand(r::AbstractRNG, ::Type{Float32}) = Float32(next64(r) >>> 40) * Float32(0x1.0p-24)
rand(r::AbstractRNG, ::Type{Float16}) = Float16(Float32(next64(r) >>> 53) * Float32(0x1.0p-11))
rand(r::AbstractRNG, ::Type{UInt64}) = next64(r)
rand(r::AbstractRNG, ::Type{Int64}) = next64(r) % Int64
rand(r::AbstractRNG, ::Type{T}) where {T<:Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}} = (next64(r) >>> (64 - 8 * sizeof(T))) % T
rand(r::AbstractRNG, ::Type{UInt128}) = (a = next64(r); b = next64(r); (UInt128(a) << 64) | b)
rand(r::AbstractRNG, ::Type{Int128}) = rand(r, UInt128) % Int128
rand(r::AbstractRNG, ::Type{Bool}) = (next64(r) >>> 63) != 0
rand(r::AbstractRNG, ::Type{Complex{T}}) where {T} = (a = rand(r, T); Complex(a, rand(r, T)))
function rand(r::AbstractRNG, ::Type{Char})
    c = rand(r, 0x00000000:0x0010f7ff)
    Char(c < 0xd800 ? c : c + 0x800)
end
rand(r::AbstractRNG, ::Type{T}) where {T<:Tuple} = map(S -> rand(r, S), tuple(T.parameters...))
rand(r::AbstractRNG, ::Type{T}) where {T} = throw(ArgumentError("Sampler for this object is not defined"))

# An integer below n (n > 0) without bias: the nearly divisionless method of Lemire.
function below(r::AbstractRNG, n::UInt64)
    x = next64(r)
    m = widemul(x, n)
    lo = m % UInt64
    if lo < n
        t = (-n) % n
        while lo < t
            m = widemul(next64(r), n)
            lo = m % UInt64
        end
    end
    (m >> 64) % UInt64
end
function rand(r::AbstractRNG, s::AbstractUnitRange{T}) where {T<:Union{Int8,Int16,Int32,Int64,UInt8,UInt16,UInt32,UInt64}}
    isempty(s) && throw(ArgumentError("collection must be non-empty"))
    span = (last(s) % UInt64) - (first(s) % UInt64)
    span == typemax(UInt64) && return next64(r) % T
    (first(s) % UInt64 + below(r, span + 0x1)) % T
end
function rand(r::AbstractRNG, s::AbstractArray)
    isempty(s) && throw(ArgumentError("collection must be non-empty"))
    s[firstindex(s) + Int(below(r, UInt64(length(s))))]
end
function rand(r::AbstractRNG, s::Tuple)
    isempty(s) && throw(ArgumentError("collection must be non-empty"))
    s[1 + Int(below(r, UInt64(length(s))))]
end
function rand(r::AbstractRNG, s::Union{AbstractSet,AbstractDict})
    isempty(s) && throw(ArgumentError("collection must be non-empty"))
    k = Int(below(r, UInt64(length(s))))
    for x in s
        k == 0 && return x
        k -= 1
    end
end
function rand(r::AbstractRNG, s::AbstractString)
    isempty(s) && throw(ArgumentError("collection must be non-empty"))
    rand(r, collect(s))
end

"""
    rand!([rng], a, [S])

Fill `a` with random items.
"""
rand!(a::AbstractArray) = rand!(TaskLocalRNG(), a, eltype(a))
rand!(a::AbstractArray, S) = rand!(TaskLocalRNG(), a, S)
rand!(r::AbstractRNG, a::AbstractArray) = rand!(r, a, eltype(a))
function rand!(r::AbstractRNG, a::AbstractArray, S)
    for i in eachindex(a)
        a[i] = rand(r, S)
    end
    a
end

## distributions

"""
    randn([rng], [T], [dims...])

A number of the standard normal distribution.
"""
randn() = randn(TaskLocalRNG())
randn(r::AbstractRNG) = random_normal(state(r))
randn(r::AbstractRNG, ::Type{Float64}) = randn(r)
randn(r::AbstractRNG, ::Type{T}) where {T<:AbstractFloat} = convert(T, randn(r))
randn(r::AbstractRNG, ::Type{Complex{T}}) where {T} = Complex(randn(r, T), randn(r, T)) * sqrt(T(0.5))
randn(::Type{T}) where {T} = randn(TaskLocalRNG(), T)
randn(d::Integer, dims::Integer...) = randn(TaskLocalRNG(), Float64, d, dims...)
randn(dims::Tuple{Vararg{Integer}}) = randn(TaskLocalRNG(), Float64, dims...)
randn(r::AbstractRNG, d::Integer, dims::Integer...) = randn(r, Float64, d, dims...)
randn(::Type{T}, d::Integer, dims::Integer...) where {T} = randn(TaskLocalRNG(), T, d, dims...)
function randn(r::AbstractRNG, ::Type{T}, d::Integer, dims::Integer...) where {T}
    randn!(r, Array{T,1 + length(dims)}(undef, Int(d), map(Int, dims)...))
end
randn!(a::AbstractArray) = randn!(TaskLocalRNG(), a)
function randn!(r::AbstractRNG, a::AbstractArray{T}) where {T}
    for i in eachindex(a)
        a[i] = randn(r, T)
    end
    a
end

"""
    randexp([rng], [dims...])

A number of the exponential distribution with mean 1.
"""
randexp() = randexp(TaskLocalRNG())
randexp(r::AbstractRNG) = random_exponential(state(r))
randexp(d::Integer, dims::Integer...) = randexp!(Array{Float64,1 + length(dims)}(undef, Int(d), map(Int, dims)...))
randexp(r::AbstractRNG, d::Integer, dims::Integer...) = randexp!(r, Array{Float64,1 + length(dims)}(undef, Int(d), map(Int, dims)...))
randexp!(a::AbstractArray) = randexp!(TaskLocalRNG(), a)
function randexp!(r::AbstractRNG, a::AbstractArray)
    for i in eachindex(a)
        a[i] = randexp(r)
    end
    a
end

## order

"""
    shuffle!([rng], v)

Put the items of `v` into a random order.
"""
shuffle!(v::AbstractArray) = shuffle!(TaskLocalRNG(), v)
function shuffle!(r::AbstractRNG, v::AbstractArray)
    for i in 2:length(v)
        j = 1 + Int(below(r, UInt64(i)))
        v[i], v[j] = v[j], v[i]
    end
    v
end
"""
    shuffle([rng], v)

The items of `v` in a random order.
"""
shuffle(v::AbstractArray) = shuffle!(TaskLocalRNG(), copyto!(similar(v), v))
shuffle(r::AbstractRNG, v::AbstractArray) = shuffle!(r, copyto!(similar(v), v))
"""
    randperm([rng], n)

A random permutation of `1:n`.
"""
randperm(n::Integer) = randperm(TaskLocalRNG(), n)
randperm(r::AbstractRNG, n::Integer) = randperm!(r, Vector{Int}(undef, n))
randperm!(a::AbstractArray) = randperm!(TaskLocalRNG(), a)
function randperm!(r::AbstractRNG, a::AbstractArray)
    n = length(a)
    n == 0 && return a
    a[1] = 1
    for i in 2:n
        j = 1 + Int(below(r, UInt64(i)))
        i != j && (a[i] = a[j])
        a[j] = i
    end
    a
end
randcycle(n::Integer) = randcycle(TaskLocalRNG(), n)
function randcycle(r::AbstractRNG, n::Integer)
    a = Vector{Int}(undef, n)
    n == 0 && return a
    a[1] = 1
    for i in 2:n
        j = 1 + Int(below(r, UInt64(i - 1)))
        a[i] = a[j]
        a[j] = i
    end
    a
end
function randsubseq(r::AbstractRNG, a::AbstractArray, p::Real)
    [x for x in a if rand(r) < p]
end
randsubseq(a::AbstractArray, p::Real) = randsubseq(TaskLocalRNG(), a, p)
bitrand(dims::Integer...) = rand(Bool, dims...)

const alphanumeric = collect(UInt8, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
"""
    randstring([rng], [chars], [n=8])

A random string of letters and digits, or of `chars`.
"""
randstring(n::Integer=8) = randstring(TaskLocalRNG(), alphanumeric, n)
randstring(chars, n::Integer=8) = randstring(TaskLocalRNG(), chars, n)
randstring(r::AbstractRNG, n::Integer=8) = randstring(r, alphanumeric, n)
randstring(r::AbstractRNG, chars, n::Integer=8) = join(Char(rand(r, chars)) for _ in 1:n)

seed!(default_state)

end
