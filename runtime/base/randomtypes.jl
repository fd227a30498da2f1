# Module Random: generators, seeds, samplers.

"""
    AbstractRNG

The supertype of generators of random numbers.
"""
abstract type AbstractRNG end

## Xoshiro

"""
    Xoshiro(seed)
    Xoshiro()

A generator of random numbers: xoshiro256++ of Blackman and Vigna.
"""
mutable struct Xoshiro <: AbstractRNG
    s0::UInt64
    s1::UInt64
    s2::UInt64
    s3::UInt64
    s4::UInt64
    Xoshiro(a::Integer, b::Integer, c::Integer, d::Integer, e::Integer) = new(a, b, c, d, e)
    Xoshiro(a::Integer, b::Integer, c::Integer, d::Integer) = set_state!(new(0, 0, 0, 0, 0), UInt64(a), UInt64(b), UInt64(c), UInt64(d))
end
Xoshiro(seed=nothing) = seed!(Xoshiro(0, 0, 0, 0, 0), seed)
function set_state!(r::Xoshiro, a, b, c, d, e=1a + 3b + 5c + 7d)
    r.s0, r.s1, r.s2, r.s3, r.s4 = a, b, c, d, e
    r
end
Base.copy(r::Xoshiro) = Xoshiro(r.s0, r.s1, r.s2, r.s3, r.s4)
Base.copy!(a::Xoshiro, b::Xoshiro) = set_state!(a, b.s0, b.s1, b.s2, b.s3, b.s4)
Base.:(==)(a::Xoshiro, b::Xoshiro) = a.s0 == b.s0 && a.s1 == b.s1 && a.s2 == b.s2 && a.s3 == b.s3 && a.s4 == b.s4
Base.hash(r::Xoshiro, h::UInt) = hash(r.s0, hash(r.s1, hash(r.s2, hash(r.s3, hash(r.s4, h + 0x49a62c2dda6fa9be)))))
Base.show(io::IO, r::Xoshiro) = print(io, "Xoshiro(", repr(r.s0), ", ", repr(r.s1), ", ", repr(r.s2), ", ", repr(r.s3), ", ", repr(r.s4), ")")

"""
    TaskLocalRNG()

The generator that `rand()` uses when none is given.
"""
struct TaskLocalRNG <: AbstractRNG end
# Of what is there at once, since the first to ask may be any other part of Base.
const default_state = Xoshiro(Core.Prims.random_device_words()..., Core.Prims.random_device_words()[1])
const last_seed = Xoshiro(getfield(default_state, 1), getfield(default_state, 2), getfield(default_state, 3), getfield(default_state, 4), getfield(default_state, 5))
"The state that the default generator had after its last `seed!`."
get_tls_seed() = last_seed
"""
    Random.default_rng()

The generator that is used when none is given.
"""
default_rng() = TaskLocalRNG()
"The generator of the running task, by the name that it had when there was one for all."
const GLOBAL_RNG = TaskLocalRNG()
default_rng(tid::Int) = TaskLocalRNG()
# A task's own state is made of its parent's when it is spawned; the main tasks share one.
function state(::TaskLocalRNG)
    s = Core.Prims.task_random()
    s === nothing ? Core.Prims.task_set_random(first_state()) : s
end
first_state() = Core.Prims.task_is_root() ? default_state : seed!(Xoshiro(0, 0, 0, 0, 0))
state(r::Xoshiro) = r
Base.copy(r::TaskLocalRNG) = copy(state(r))
Base.hash(r::TaskLocalRNG, h::UInt) = hash(state(r), h)
Base.copy!(r::TaskLocalRNG, b::Xoshiro) = (copy!(state(r), b); r)
Base.copy!(a::Xoshiro, r::TaskLocalRNG) = copy!(a, state(r))
Base.:(==)(a::Xoshiro, r::TaskLocalRNG) = a == state(r)
Base.:(==)(r::TaskLocalRNG, b::Xoshiro) = b == state(r)

const BuiltIn = Union{Xoshiro,TaskLocalRNG}

## RandomDevice

"""
    RandomDevice()

Random numbers of the operating system.
"""
struct RandomDevice <: AbstractRNG
    unlimited::Bool
    RandomDevice(; unlimited::Bool=true) = new(unlimited)
end
RandomDevice(::Nothing) = RandomDevice()
Base.show(io::IO, r::RandomDevice) = print(io, "RandomDevice(", r.unlimited ? "" : "unlimited=false", ")")
device_word() = Core.Prims.random_device_words()[1]

## MersenneTwister

"""
    MersenneTwister(seed)
    MersenneTwister()

The Mersenne Twister dSFMT of Saito and Matsumoto, the default generator of Julia before
1.7.
"""
mutable struct MersenneTwister <: AbstractRNG
    seed::Any               # what it was started from, and Vector{UInt32} of it
    state::Vector{UInt64}   # of dSFMT
    vals::Vector{Float64}   # floats in [1,2) that are ready
    ints::Vector{UInt64}    # random words that are ready
    idxF::Int               # how many of vals have been used
    idxI::Int               # bytes of ints that are left
    adv::Int64              # how many floats dSFMT has made since it was seeded
    adv_jump::BigInt        # and how many were jumped over
    adv_vals::Int64         # what adv was when vals was filled; -1: never
    adv_ints::Int64         # and ints
    MersenneTwister(seed, state::Vector{UInt64}, vals, ints::Vector{UInt64}, f, i, adv=0, jump=big(0), advf=-1, advi=-1) =
        new(seed, state, vals, ints, f, i, adv, jump, advf, advi)
end
MersenneTwister(seed=nothing) = seed!(new_twister(), seed)
new_twister() = MersenneTwister(nothing, zeros(UInt64, 384), zeros(Float64, MT_CACHE_F), zeros(UInt64, MT_CACHE_I >> 3), MT_CACHE_F, 0)
Base.copy(r::MersenneTwister) = copy!(new_twister(), r)
function Base.copy!(a::MersenneTwister, b::MersenneTwister)
    a.seed = b.seed
    a.adv, a.adv_jump, a.adv_vals, a.adv_ints = b.adv, b.adv_jump, b.adv_vals, b.adv_ints
    copyto!(a.state, b.state)
    copyto!(a.vals, b.vals)
    copyto!(a.ints, b.ints)
    a.idxF, a.idxI = b.idxF, b.idxI
    a
end
Base.:(==)(a::MersenneTwister, b::MersenneTwister) = a.seed == b.seed && a.state == b.state && isequal(a.vals, b.vals) && a.ints == b.ints &&
    a.idxF == b.idxF && a.idxI == b.idxI
Base.hash(r::MersenneTwister, h::UInt) = hash(r.seed, hash(r.state, hash(r.vals, hash(r.ints, hash(r.idxF, hash(r.idxI, h))))))
# With how far it is: what was jumped over and made, and then, if there are any, when the floats
# and the words that are ready were made and how many of them are used.
function Base.show(io::IO, r::MersenneTwister)
    print(io, "MersenneTwister(", repr(r.seed))
    if r.adv != 0 || r.adv_jump != 0
        counts = Integer[r.adv_jump, r.adv]
        if r.adv_vals != -1 || r.adv_ints != -1
            push!(counts, max(r.adv_vals, 0), r.adv_vals == -1 ? 0 : r.idxF)
            r.adv_ints == -1 || push!(counts, r.adv_ints, (MT_CACHE_I - r.idxI) ÷ 8)
        end
        print(io, ", (", join(counts, ", "), ")")
    end
    print(io, ")")
end

# How many floats, and bytes of random words, are made at once.
const MT_CACHE_F = 1002
const MT_CACHE_I = 8016
"""
    Random.DSFMT

What `MersenneTwister` is built on.
"""
module DSFMT
export dsfmt_get_min_array_size
"The fewest floats that dSFMT makes at once."
dsfmt_get_min_array_size() = 382
const MEXP = 19937
# How many Int32 and how many Float64 a state takes, its position included.
const JN32 = 770
const JN64 = 384

"A state of dSFMT as 32-bit words."
mutable struct DSFMT_state
    val::Vector{Int32}
    DSFMT_state(val::Vector{Int32}=zeros(Int32, JN32)) =
        length(val) == JN32 ? new(val) : throw(DomainError(length(val), "Expected length: $JN32."))
end
Base.copy(s::DSFMT_state) = DSFMT_state(copy(s.val))
Base.:(==)(a::DSFMT_state, b::DSFMT_state) = a.val == b.val
words(s::DSFMT_state) = UInt64[s.val[2i-1] % UInt32 | UInt64(s.val[2i] % UInt32) << 32 for i in 1:JN64]

"A polynomial of coefficients 0 and 1, which are the bits of a number."
struct GF2X
    z::BigInt
end
# Written in hexadecimal digits, that of the lowest powers first.
GF2X(s::AbstractString) = GF2X(parse(BigInt, reverse(s), base=16))
Base.:(==)(a::GF2X, b::GF2X) = a.z == b.z
Base.copy(p::GF2X) = GF2X(p.z)
Base.string(p::GF2X) = reverse(string(p.z, base=16))
"The polynomial by which dSFMT goes `steps` steps, of two floats each, ahead."
calc_jump(steps::Integer) = GF2X(Core.Prims.dsfmt_jump_polynomial(big(steps)))
dsfmt_jump(state::Vector{UInt64}, p::GF2X) = Core.Prims.dsfmt_jump(state, p.z)
end
function MersenneTwister(seed, state::DSFMT.DSFMT_state, vals::Vector{Float64}, ints::Vector{UInt128}, f::Integer, i::Integer)
    length(vals) == MT_CACHE_F && 0 <= f <= MT_CACHE_F || throw(DomainError((length(vals), f), "`length(vals)` and `idxF` must be consistent with $MT_CACHE_F"))
    length(ints) == MT_CACHE_I >> 4 && 0 <= i <= MT_CACHE_I || throw(DomainError((length(ints), i), "`length(ints)` and `idxI` must be consistent with $MT_CACHE_I"))
    MersenneTwister(seed, DSFMT.words(state), vals, collect(reinterpret(UInt64, ints)), Int(f), Int(i))
end
using .DSFMT: dsfmt_get_min_array_size

## seeds

"""
    Random.seed!([rng], [seed])

Start the generator anew from a seed: the same seed gives the same numbers. Without a
seed, from random numbers of the operating system.
"""
seed!(seed=nothing) = seed!(TaskLocalRNG(), seed)
seed!(r::AbstractRNG, ::Nothing) = seed!(r)
seed!(r::RandomDevice) = r
seed!(r::RandomDevice, ::Nothing) = r
seed!(r::TaskLocalRNG) = (copy!(last_seed, seed!(state(r))); r)
seed!(r::TaskLocalRNG, seed) = (copy!(last_seed, seed!(state(r), seed)); r)
seed!(r::TaskLocalRNG, ::Nothing) = seed!(r)
seed!(r::Xoshiro) = set_state!(r, Core.Prims.random_device_words()...)
seed!(r::Xoshiro, ::Nothing) = seed!(r)
seed!(r::Xoshiro, seed) = set_state!(r, Core.Prims.seed_words(seed_bytes(seed))...)
seed!(r::MersenneTwister) = seed!(r, UInt128(device_word()) << 64 | device_word())
seed!(r::MersenneTwister, ::Nothing) = seed!(r)
seed!(r::MersenneTwister, seeder::AbstractRNG) = seed!(r, rand(seeder, UInt128))
seed!(r::MersenneTwister, seed) = initstate!(r, hash_seed(seed), seed)
"Start dSFMT from the bits of `data`; `seed` is what it was made of."
function initstate!(r::MersenneTwister, data::AbstractVector, seed)
    r.seed = deepcopy(seed)
    Core.Prims.dsfmt_seed(r.state, collect(UInt32, reinterpret(UInt32, data)))
    reset_caches!(r)
    r.adv, r.adv_jump = 0, big(0)
    r
end
function reset_caches!(r::MersenneTwister)
    fill!(r.vals, 0.0)
    fill!(r.ints, 0)
    r.idxF, r.idxI, r.adv_vals, r.adv_ints = MT_CACHE_F, 0, -1, -1
    r
end
jumped(r::MersenneTwister, steps, floats) = skip_ahead!(copy(r), steps, floats)
function skip_ahead!(r, steps, floats)
    r.state = DSFMT.dsfmt_jump(r.state, DSFMT.calc_jump(steps))
    reset_caches!(r)
    r.adv_jump += floats
    r
end
"""
    Random.jump(r::MersenneTwister, steps)

A generator that is `steps` floats, an even number of them, ahead of `r`.
"""
jump(r::MersenneTwister, steps::Integer) =
    iseven(steps) ? jumped(r, steps >> 1, steps) : throw(DomainError(steps, "steps must be even"))
"""
    Random.jump!(r::MersenneTwister, steps)

Go `steps` floats ahead.
"""
jump!(r::MersenneTwister, steps::Integer) = copy!(r, jump(r, steps))

"The SHA-256 of a seed: an integer, a string, or an array of `UInt32` or `UInt64`."
hash_seed(seed) = reinterpret(UInt8, collect(UInt64, Core.Prims.seed_words(seed_bytes(seed))))

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
# Of arrays, 64-bit words and a byte that no integer ends in; of strings, their bytes, as many as
# are missing to a multiple of four, each of which says how many, and another byte.
seed_bytes(seed::Union{AbstractArray{UInt32},AbstractArray{UInt64}}) =
    push!(collect(UInt8, reinterpret(UInt8, collect(UInt64, vec(seed)))), 0x10)
function seed_bytes(s::AbstractString)
    n = 4 - mod(ncodeunits(String(s)), 4)
    UInt8[codeunits(String(s)); fill(n % UInt8, n); 0x05]
end

## what to draw from: samplers

"""
    Random.Sampler(rng, x, [repetition])

An object that draws random values of `x` from `rng`: `rand(rng, sampler)`. For a type of
one's own, add a method `Sampler(::Type{<:AbstractRNG}, x::MyType, ::Random.Repetition)`, or
just `rand(rng::AbstractRNG, s::Random.SamplerTrivial{MyType})`, where `s[]` is `x`.
"""
abstract type Sampler{E} end
const Repetition = Union{Val{1},Val{Inf}}
"""
    Random.gentype(x)

The type of the values that are drawn from `x`.
"""
gentype(::Type{X}) where {X} = eltype(X)
gentype(x) = gentype(typeof(x))
gentype(::Type{<:Sampler{E}}) where {E} = E
item_type(::Type{X}) where {X} = X
item_type(x) = gentype(x)

Sampler(rng::AbstractRNG, x, r::Repetition=Val(Inf)) = Sampler(typeof(rng), x, r)
Sampler(rng::AbstractRNG, ::Type{X}, r::Repetition=Val(Inf)) where {X} = Sampler(typeof(rng), X, r)
Sampler(::Type{RNG}, x) where {RNG<:AbstractRNG} = Sampler(RNG, x, Val(Inf))
Sampler(::Type{RNG}, ::Type{X}) where {RNG<:AbstractRNG,X} = Sampler(RNG, X, Val(Inf))
Sampler(::Type{RNG}, s::Sampler, n::Repetition) where {RNG<:AbstractRNG} = throw(MethodError(Sampler, (RNG, s, n)))
Sampler(::Type{<:AbstractRNG}, x, ::Repetition) = SamplerTrivial(x)
Sampler(::Type{<:AbstractRNG}, ::Type{T}, ::Repetition) where {T} = SamplerType{T}()

"""
    Random.SamplerType{T}()

The sampler of a type: `rand(rng::AbstractRNG, ::Random.SamplerType{T})` says how values of a
type of one's own are drawn.
"""
struct SamplerType{T} <: Sampler{T} end
Base.getindex(::SamplerType{T}) where {T} = T
"""
    Random.SamplerTrivial(x)

The sampler that holds `x`, as `s[]`, and nothing else.
"""
struct SamplerTrivial{T,E} <: Sampler{E}
    self::T
end
SamplerTrivial(x::T) where {T} = SamplerTrivial{T,gentype(T)}(x)
Base.getindex(s::SamplerTrivial) = s.self
"""
    Random.SamplerSimple(x, data)

A sampler that holds `x`, as `s[]`, and what was computed for it beforehand, as `s.data`.
"""
struct SamplerSimple{T,S,E} <: Sampler{E}
    self::T
    data::S
end
SamplerSimple(x::T, data::S) where {T,S} = SamplerSimple{T,S,gentype(T)}(x, data)
Base.getindex(s::SamplerSimple) = s.self
struct SamplerTag{T,S,E} <: Sampler{E}
    data::S
    SamplerTag{T}(s::S) where {T,S} = new{T,S,gentype(T)}(s)
end

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
Base.rand() = rand(TaskLocalRNG(), Float64)
Base.rand(r::AbstractRNG) = rand(r, Float64)
Base.rand(X) = rand(TaskLocalRNG(), X)
Base.rand(::Type{X}) where {X} = rand(TaskLocalRNG(), X)
Base.rand(r::AbstractRNG, X) = rand(r, Sampler(r, X, Val(1)))
Base.rand(r::AbstractRNG, X::Dims) = rand(r, Sampler(r, X, Val(1)))
Base.rand(r::AbstractRNG, ::Type{X}) where {X} = rand(r, Sampler(r, X, Val(1)))
Base.rand(d::Integer, dims::Integer...) = rand(TaskLocalRNG(), Float64, Dims((d, dims...)))
Base.rand(r::AbstractRNG, d::Integer, dims::Integer...) = rand(r, Float64, Dims((d, dims...)))
Base.rand(X, dims::Dims) = rand(TaskLocalRNG(), X, dims)
Base.rand(::Type{X}, dims::Dims) where {X} = rand(TaskLocalRNG(), X, dims)
Base.rand(X::AbstractArray, d::Int) = rand(TaskLocalRNG(), X, (d,))
Base.rand(X, d::Integer, dims::Integer...) = rand(TaskLocalRNG(), X, Dims((d, dims...)))
Base.rand(::Type{X}, d::Int) where {X} = rand(TaskLocalRNG(), X, (d,))
Base.rand(::Type{X}, d::Integer, dims::Integer...) where {X} = rand(TaskLocalRNG(), X, Dims((d, dims...)))
Base.rand(r::AbstractRNG, X, dims::Dims) = rand!(r, Array{gentype(X)}(undef, dims), X)
Base.rand(r::AbstractRNG, ::Type{X}, dims::Dims) where {X} = rand!(r, Array{X}(undef, dims), X)
Base.rand(r::AbstractRNG, X, d::Integer, dims::Integer...) = rand(r, X, Dims((d, dims...)))
Base.rand(r::AbstractRNG, ::Type{X}, d::Integer, dims::Integer...) where {X} = rand(r, X, Dims((d, dims...)))

"""
    rand!([rng], a, [S])

Fill `a` with random items of `S`, which is the type of its items by default.
"""
rand!(a::AbstractArray, X) = rand!(TaskLocalRNG(), a, X)
rand!(a::AbstractArray{T}, ::Type{X}=T) where {T,X} = rand!(TaskLocalRNG(), a, X)
rand!(r::AbstractRNG, a::AbstractArray, X) = rand!(r, a, Sampler(r, X))
rand!(r::AbstractRNG, a::AbstractArray{T}, ::Type{X}=T) where {T,X} = rand!(r, a, Sampler(r, X))
Base.Broadcast.broadcastable(r::AbstractRNG) = Ref(r)
function rand!(r::AbstractRNG, a::AbstractArray, s::Sampler)
    for i in eachindex(a)
        a[i] = rand(r, s)
    end
    a
end
