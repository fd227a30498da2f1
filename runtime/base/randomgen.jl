# What each generator gives, and random values of types, ranges and collections.

## bits

abstract type UniformBits{T} end
struct UInt10{T} <: UniformBits{T} end
struct UInt10Raw{T} <: UniformBits{T} end
struct UInt23{T} <: UniformBits{T} end
struct UInt23Raw{T} <: UniformBits{T} end
struct UInt52{T} <: UniformBits{T} end
struct UInt52Raw{T} <: UniformBits{T} end
struct UInt104{T} <: UniformBits{T} end
struct UInt104Raw{T} <: UniformBits{T} end
struct UInt2x52{T} <: UniformBits{T} end
struct UInt2x52Raw{T} <: UniformBits{T} end
UInt10(::Type{T}=UInt16) where {T} = UInt10{T}()
UInt10Raw(::Type{T}=UInt16) where {T} = UInt10Raw{T}()
UInt23(::Type{T}=UInt32) where {T} = UInt23{T}()
UInt23Raw(::Type{T}=UInt32) where {T} = UInt23Raw{T}()
UInt52(::Type{T}=UInt64) where {T} = UInt52{T}()
UInt52Raw(::Type{T}=UInt64) where {T} = UInt52Raw{T}()
UInt104(::Type{T}=UInt128) where {T} = UInt104{T}()
UInt104Raw(::Type{T}=UInt128) where {T} = UInt104Raw{T}()
UInt2x52(::Type{T}=UInt128) where {T} = UInt2x52{T}()
UInt2x52Raw(::Type{T}=UInt128) where {T} = UInt2x52Raw{T}()
gentype(::Type{<:UniformBits{T}}) where {T} = T
Base.rand(r::AbstractRNG, s::SamplerTrivial{UInt10{T}}) where {T} = (rand(r, UInt10Raw{UInt16}()) & 0x03ff) % T
Base.rand(r::AbstractRNG, s::SamplerTrivial{UInt23{T}}) where {T} = (rand(r, UInt23Raw{UInt32}()) & 0x007fffff) % T
Base.rand(r::AbstractRNG, s::SamplerTrivial{UInt52{T}}) where {T} = (word52(r) & 0x000fffffffffffff) % T
Base.rand(r::AbstractRNG, s::SamplerTrivial{UInt52Raw{T}}) where {T} = word52(r) % T
Base.rand(r::AbstractRNG, s::SamplerTrivial{UInt10Raw{T}}) where {T} = rand(r, UInt16) % T
Base.rand(r::AbstractRNG, s::SamplerTrivial{UInt23Raw{T}}) where {T} = rand(r, UInt32) % T
Base.rand(r::AbstractRNG, s::SamplerTrivial{UInt104Raw{T}}) where {T} = (UInt128(word52(r)) << 52 ⊻ word52(r)) % T
Base.rand(r::AbstractRNG, s::SamplerTrivial{UInt104{T}}) where {T} = (rand(r, UInt104Raw{UInt128}()) & 0x000000ffffffffffffffffffffffffff) % T
Base.rand(r::AbstractRNG, s::SamplerTrivial{UInt2x52Raw{T}}) where {T} = ((UInt128(word52(r)) << 64) | word52(r)) % T
# See to it that one float, or n, are ready.
reserve_1(r::MersenneTwister) = twister_reserve(r, 1)
reserve(r::MersenneTwister, n::Int) = twister_reserve(r, n)
Base.rand(r::MersenneTwister, s::SamplerTrivial{UInt104Raw{T}}) where {T} = (twister_reserve(r, 2); (UInt128(word52(r)) << 52 ⊻ word52(r)) % T)
Base.rand(r::MersenneTwister, s::SamplerTrivial{UInt2x52Raw{T}}) where {T} = (twister_reserve(r, 2); ((UInt128(word52(r)) << 64) | word52(r)) % T)

"""
    Random.rng_native_52(rng)

What a generator makes most easily, to be extended: `Float64` (in [1,2)) or `UInt64`.
"""
rng_native_52(::AbstractRNG) = UInt64
rng_native_52(::MersenneTwister) = Float64
# A word of which at least the lower 52 bits are random.
word52(r::BuiltIn) = xoshiro_next(state(r)) >>> 12
word52(r::MersenneTwister) = reinterpret(UInt64, twister_float(r))
word52(r::RandomDevice) = device_word()
word52(r::AbstractRNG) = rng_native_52(r) === UInt64 ? rand(r, UInt64) : reinterpret(UInt64, rand(r, CloseOpen12()))
word64(r::BuiltIn) = xoshiro_next(state(r))
word64(r::MersenneTwister) = twister_int(r, UInt64)
word64(r::RandomDevice) = device_word()
word64(r::AbstractRNG) = rand(r, UInt64)
word32(r::BuiltIn) = (xoshiro_next(state(r)) >>> 32) % UInt32
word32(r::AbstractRNG) = rand(r, UInt32)
word32(r::MersenneTwister) = word52(r) % UInt32

## floats

abstract type FloatInterval{T<:AbstractFloat} end
"""
    Random.CloseOpen01(T=Float64)

The floats from 0 to just below 1, for `rand`.
"""
struct CloseOpen01{T<:AbstractFloat} <: FloatInterval{T} end
"""
    Random.CloseOpen12(T=Float64)

The floats from 1 to just below 2, for `rand`.
"""
struct CloseOpen12{T<:AbstractFloat} <: FloatInterval{T} end
const FloatInterval_64 = FloatInterval{Float64}
const CloseOpen01_64 = CloseOpen01{Float64}
const CloseOpen12_64 = CloseOpen12{Float64}
CloseOpen01(::Type{T}=Float64) where {T<:AbstractFloat} = CloseOpen01{T}()
CloseOpen12(::Type{T}=Float64) where {T<:AbstractFloat} = CloseOpen12{T}()
gentype(::Type{<:FloatInterval{T}}) where {T<:AbstractFloat} = T
Sampler(::Type{RNG}, ::Type{T}, n::Repetition) where {RNG<:AbstractRNG,T<:AbstractFloat} = Sampler(RNG, CloseOpen01{T}(), n)

Base.rand(r::BuiltIn, ::Type{Float64}) = Float64(xoshiro_next(state(r)) >>> 11) * 1.1102230246251565e-16
Base.rand(r::BuiltIn, ::Type{Float32}) = Float32(word32(r) >>> 8) * 5.9604645f-8
Base.rand(r::BuiltIn, ::Type{T}) where {T<:Union{Bool,Base.BitInteger}} = rand(r, SamplerType{T}())
Base.rand(r::MersenneTwister, ::Type{Float64}) = twister_float(r) - 1.0
Base.rand(r::BuiltIn, ::SamplerTrivial{CloseOpen01{Float64}}) = Float64(xoshiro_next(state(r)) >>> 11) * 1.1102230246251565e-16
Base.rand(r::BuiltIn, ::SamplerTrivial{CloseOpen01{Float32}}) = Float32(word32(r) >>> 8) * 5.9604645f-8
Base.rand(r::BuiltIn, ::SamplerTrivial{CloseOpen01{Float16}}) = Float16(Float32(rand(r, UInt16) >>> 5) * 0.00048828125f0)
Base.rand(r::MersenneTwister, ::SamplerTrivial{CloseOpen12{Float64}}) = twister_float(r)
Base.rand(r::AbstractRNG, ::SamplerTrivial{CloseOpen12{Float64}}) = reinterpret(Float64, 0x3ff0000000000000 | (word52(r) & 0x000fffffffffffff))
Base.rand(r::AbstractRNG, ::SamplerTrivial{CloseOpen01{Float64}}) = rand(r, CloseOpen12{Float64}()) - 1.0
Base.rand(r::AbstractRNG, ::SamplerTrivial{CloseOpen01{Float32}}) = reinterpret(Float32, (rand(r, UInt32) & 0x007fffff) | 0x3f800000) - 1
Base.rand(r::AbstractRNG, ::SamplerTrivial{CloseOpen01{Float16}}) = Float16(reinterpret(Float32, (UInt32(rand(r, UInt16) & 0x03ff) << 13) | 0x3f800000) - 1)
Base.rand(r::AbstractRNG, ::SamplerTrivial{CloseOpen12{T}}) where {T<:Union{Float16,Float32}} = rand(r, CloseOpen01{T}()) + one(T)
function Base.rand(r::AbstractRNG, s::SamplerTrivial{<:FloatInterval{BigFloat}})
    p = precision(BigFloat)
    n = cld(p, 64)
    words = rand!(r, Vector{UInt64}(undef, n))
    words[1] &= typemax(UInt64) << (64n - p)
    below = words[n] >> 63 == 0
    words[n] |= 0x8000000000000000
    m = big(0)
    for w in reverse(words)
        m = (m << 64) | w
    end
    x = ldexp(BigFloat(m), 1 - 64n)    # in [1,2)
    s[] isa CloseOpen12 ? x : below ? (x - 1) / 2 : x / 2
end

## integers

const SmallBits = Union{Bool,Int8,UInt8,Int16,UInt16,Int32,UInt32}
Base.rand(r::BuiltIn, ::SamplerType{UInt64}) = xoshiro_next(state(r))
Base.rand(r::BuiltIn, ::SamplerType{Int64}) = xoshiro_next(state(r)) % Int64
Base.rand(r::BuiltIn, ::SamplerType{UInt128}) = (a = word64(r); (UInt128(a) << 64) | word64(r))
Base.rand(r::BuiltIn, ::SamplerType{Int128}) = rand(r, UInt128) % Int128
Base.rand(r::BuiltIn, ::SamplerType{T}) where {T<:SmallBits} = (xoshiro_next(state(r)) >>> (64 - 8 * sizeof(T))) % T
Base.rand(r::MersenneTwister, ::SamplerType{UInt64}) = twister_int(r, UInt64)
Base.rand(r::MersenneTwister, ::SamplerType{Int64}) = twister_int(r, Int64)
Base.rand(r::MersenneTwister, ::SamplerType{UInt128}) = twister_int(r, UInt128)
Base.rand(r::MersenneTwister, ::SamplerType{Int128}) = twister_int(r, Int128)
Base.rand(r::RandomDevice, ::SamplerType{UInt64}) = device_word()
Base.rand(r::AbstractRNG, ::SamplerType{T}) where {T<:SmallBits} = word52(r) % T
Base.rand(r::AbstractRNG, ::SamplerType{Int64}) = rand(r, UInt64) % Int64
Base.rand(r::AbstractRNG, ::SamplerType{Int128}) = rand(r, UInt128) % Int128
Base.rand(r::AbstractRNG, ::SamplerType{UInt128}) = (UInt128(rand(r, UInt64)) << 64) ⊻ rand(r, UInt64)
Base.rand(r::AbstractRNG, ::SamplerType{UInt64}) = (word_from_float(r) << 32) ⊻ word_from_float(r)
# For generators that make floats; one that makes words has a method for UInt64.
word_from_float(r) = rng_native_52(r) === UInt64 ? no_sampler(r, SamplerType{UInt64}()) : reinterpret(UInt64, rand(r, CloseOpen12()))
no_sampler(r, s) = throw(MethodError(Sampler, (typeof(r), s, Val(1))))
Base.rand(r::AbstractRNG, ::SamplerType{Complex{T}}) where {T<:Real} = (a = rand(r, T); complex(a, rand(r, T)))
function Base.rand(r::AbstractRNG, ::SamplerType{T}) where {T<:AbstractChar}
    c = rand(r, 0x00000000:0x0010f7ff)
    c < 0xd800 ? T(c) : T(c + 0x800)
end
Base.rand(r::AbstractRNG, ::SamplerType{T}) where {T<:Tuple} = map(S -> S isa Type ? rand(r, S) : throw(TypeError(:rand, "", Type, S)), fieldtypes(T))
Base.rand(r::AbstractRNG, ::SamplerType{Pair{A,B}}) where {A,B} = (a = rand(r, A); Pair{A,B}(a, rand(r, B)))
Base.rand(r::AbstractRNG, s::Sampler) = no_sampler(r, s)

## ranges

# Numbers with a mask, and numbers up to a bound, by trying until one fits.
struct Masked{T<:Integer,S} <: Sampler{T}
    mask::T
    s::S
end
Base.rand(r::AbstractRNG, s::Masked) = rand(r, s.s) & s.mask
struct LessThan{T<:Integer,S} <: Sampler{T}
    sup::T
    s::S
end
function Base.rand(r::AbstractRNG, s::LessThan)
    while true
        x = rand(r, s.s)
        x <= s.sup && return x
    end
end
struct UniformT{T} <: Sampler{T} end
uniform(::Type{T}) where {T} = UniformT{T}()
Base.rand(r::AbstractRNG, ::UniformT{T}) where {T} = rand(r, T)

uint_sup(::Type{<:Union{Bool,Int8,UInt8,Int16,UInt16,Int32,UInt32}}) = UInt32
uint_sup(::Type{<:Union{Int64,UInt64}}) = UInt64
uint_sup(::Type{<:Union{Int128,UInt128}}) = UInt128
nonempty(x) = isempty(x) ? throw(ArgumentError("collection must be non-empty")) : x

# The nearly divisionless method of Lemire (arXiv 1805.10941). s is the number of values,
# 0 for all there are.
struct SamplerRangeNDL{U<:Unsigned,T} <: Sampler{T}
    a::T
    s::U
end
function SamplerRangeNDL(x::AbstractUnitRange{T}) where {T}
    nonempty(x)
    a = first(x)
    U = uint_sup(T)
    SamplerRangeNDL{U,T}(a, (last(x) - a) % unsigned(T) % U + one(U))
end
Base.rand(r::AbstractRNG, s::SamplerRangeNDL{UInt64,T}) where {T} = (s.s == 0 ? word64(r) : below(r, s.s)) % T + s.a
Base.rand(r::AbstractRNG, s::SamplerRangeNDL{UInt32,T}) where {T} = (s.s == 0 ? word32(r) : below(r, s.s)) % T + s.a
below(r::BuiltIn, n::UInt64) = xoshiro_below(state(r), n)
function below(r::AbstractRNG, n::UInt64)
    m = widemul(word64(r), n)
    lo = m % UInt64
    if lo < n
        t = mod(-n, n)
        while lo < t
            m = widemul(word64(r), n)
            lo = m % UInt64
        end
    end
    (m >> 64) % UInt64
end
function below(r::AbstractRNG, n::UInt32)
    m = UInt64(word32(r)) * n
    lo = m % UInt32
    if lo < n
        t = mod(-n, n)
        while lo < t
            m = UInt64(word32(r)) * n
            lo = m % UInt32
        end
    end
    (m >> 32) % UInt32
end
Sampler(::Type{<:AbstractRNG}, x::AbstractUnitRange{T}, ::Repetition) where {T<:BitInteger64} = SamplerRangeNDL(x)
Sampler(::Type{<:AbstractRNG}, x::AbstractUnitRange{T}, ::Repetition) where {T<:Union{Int128,UInt128}} = SamplerRangeFast(x)
function Base.rand(r::BuiltIn, x::UnitRange{Int64})
    a = x.start
    b = x.stop
    b < a && nonempty(x)
    xoshiro_between(state(r), a, b)
end
Base.rand(r::BuiltIn, x::UnitRange{Int64}, dims::Dims) = rand!(r, Array{Int64,length(dims)}(undef, dims), x)
function Base.Random.rand!(r::BuiltIn, a::Array{Int64}, x::UnitRange{Int64})
    isempty(x) && nonempty(x)
    xoshiro_fill_below(state(r), a, (x.stop - x.start) % UInt64 + 1, x.start)
end
Base.Random.rand!(r::BuiltIn, a::Array{T}, s::SamplerRangeNDL{UInt64,T}) where {T} = xoshiro_fill_below(state(r), a, s.s, s.a)
function Base.rand(r::BuiltIn, x::Array{T}, dims::Dims) where {T}
    n = length(x)
    n == 0 && nonempty(x)
    a = Array{T,length(dims)}(undef, dims)
    g = state(r)
    for i in 1:length(a)
        a[i] = x[xoshiro_between(g, 1, n)]
    end
    a
end
function Base.rand(r::BuiltIn, x::Array)
    n = length(x)
    n == 0 && nonempty(x)
    x[xoshiro_between(state(r), 1, n)]
end

# By masking and trying again.
struct SamplerRangeFast{U<:BitUnsigned,T<:BitInteger} <: Sampler{T}
    a::T
    bw::UInt
    m::U
    mask::U
end
SamplerRangeFast(x::AbstractUnitRange{T}) where {T<:BitInteger} = SamplerRangeFast(x, uint_sup(T))
function SamplerRangeFast(x::AbstractUnitRange{T}, ::Type{U}) where {T,U}
    nonempty(x)
    m = (last(x) - first(x)) % unsigned(T) % U
    bw = (8sizeof(U) - leading_zeros(m)) % UInt
    SamplerRangeFast{U,T}(first(x), bw, m, ((1 % U) << bw) - (1 % U))
end
function Base.rand(r::AbstractRNG, s::SamplerRangeFast{U,T}) where {U,T}
    words = rng_native_52(r) === UInt64
    if U === UInt32
        x = rand(r, LessThan(s.m, Masked(s.mask, UInt52Raw(UInt32))))
    elseif (words && s.bw <= 64) || s.bw <= 52
        source = words ? uniform(UInt64) : UInt52Raw(UInt64)
        x = rand(r, LessThan(s.m % UInt64, Masked(s.mask % UInt64, source)))
    elseif !words && s.bw <= 104 && U === UInt128
        x = rand(r, LessThan(s.m, Masked(s.mask, UInt104Raw())))
    else
        x = rand(r, LessThan(s.m, Masked(s.mask, uniform(U))))
    end
    (x % U + s.a % U) % T
end

# By the remainder of numbers below the largest multiple of the number of values.
struct SamplerRangeInt{T<:Integer,U<:Unsigned} <: Sampler{T}
    a::T
    bw::Int
    k::U
    u::U
end
rem_knuth(a::T, b::T) where {T<:Unsigned} = b != 0 ? a % b : a
maxmultiple(k::T, sup::T=zero(T)) where {T<:Unsigned} = div(sup - k, k + (k == 0)) * k + k - one(k)
unsafe_maxmultiple(k::T, sup::T) where {T<:Unsigned} = div(sup, k + (k == 0)) * k - one(k)
SamplerRangeInt(x::AbstractUnitRange{T}) where {T<:BitInteger} = SamplerRangeInt(x, uint_sup(T))
function SamplerRangeInt(x::AbstractUnitRange{T}, ::Type{U}) where {T,U}
    nonempty(x)
    m = (last(x) - first(x)) % unsigned(T) % U
    k = m + one(U)
    bw = 8sizeof(U) - leading_zeros(m)
    u = U !== UInt32 && bw <= 52 ? unsafe_maxmultiple(k, one(U) << 52) : U === UInt128 && bw <= 104 ? unsafe_maxmultiple(k, one(U) << 104) : maxmultiple(k)
    SamplerRangeInt{T,U}(first(x), bw, k, u)
end
function Base.rand(r::AbstractRNG, s::SamplerRangeInt{T,U}) where {T<:BitInteger,U}
    source = U === UInt32 ? UInt52Raw(UInt32) : s.bw <= 52 ? UInt52(U) : U === UInt128 && s.bw <= 104 ? UInt104(UInt128) : uniform(U)
    x = rand(r, LessThan(s.u, source))
    ((s.a % U) + rem_knuth(x, s.k)) % T
end

# BigInts: the words of a number up to the length of the range, less the highest ones, until
# it is not too large.
struct SamplerBigInt{S<:Sampler{UInt64}} <: Sampler{BigInt}
    a::BigInt
    m::BigInt
    nlimbs::Int
    high::S
end
function Sampler(::Type{RNG}, x::AbstractUnitRange{BigInt}, n::Repetition) where {RNG<:AbstractRNG}
    nonempty(x)
    m = last(x) - first(x)
    nlimbs = cld(ndigits(m, base=2), 64)
    iszero(m) && (nlimbs = 0)
    top = nlimbs == 0 ? UInt64(0) : (m >> (64 * (nlimbs - 1))) % UInt64
    SamplerBigInt(first(x), m, nlimbs, Sampler(RNG, UInt64(0):top, n))
end
function Base.rand(r::AbstractRNG, s::SamplerBigInt)
    s.nlimbs == 0 && return s.a
    low = Vector{UInt64}(undef, s.nlimbs - 1)
    while true
        rand!(r, low)
        x = big(rand(r, s.high))
        for w in reverse(low)
            x = (x << 64) | w
        end
        x <= s.m && return x + s.a
    end
end

## collections

Sampler(::Type{RNG}, a::AbstractArray, n::Repetition) where {RNG<:AbstractRNG} = SamplerSimple(a, Sampler(RNG, firstindex(a):lastindex(a), n))
Base.rand(r::AbstractRNG, s::SamplerSimple{<:AbstractArray,<:Sampler}) = s[][rand(r, s.data)]
function Sampler(::Type{RNG}, d::Dict, ::Repetition) where {RNG<:AbstractRNG}
    nonempty(d)
    SamplerSimple(d, Sampler(RNG, 1:length(d.slots), Val(Inf)))
end
function Base.rand(r::AbstractRNG, s::SamplerSimple{<:Dict,<:Sampler})
    d = s[]
    while true
        i = rand(r, s.data)
        d.slots[i] & 0x80 != 0 && return d.keys[i] => d.vals[i]
    end
end
Sampler(::Type{RNG}, x::Set{T}, n::Repetition) where {RNG<:AbstractRNG,T} = SamplerTag{Set{T}}(Sampler(RNG, x.dict, n))
Base.rand(r::AbstractRNG, s::SamplerTag{<:Set,<:Sampler}) = rand(r, s.data).first
function Sampler(::Type{RNG}, x::BitSet, n::Repetition) where {RNG<:AbstractRNG}
    nonempty(x)
    SamplerSimple(x, Sampler(RNG, minimum(x):maximum(x), Val(Inf)))
end
function Base.rand(r::AbstractRNG, s::SamplerSimple{BitSet,<:Sampler})
    while true
        n = rand(r, s.data)
        n in s[] && return n
    end
end
# Of other dictionaries and sets, a copy for many items, a walk to a single one.
Sampler(::Type{RNG}, x::Union{AbstractDict,AbstractSet}, n::Repetition) where {RNG<:AbstractRNG} =
    n isa Val{1} ? SamplerTrivial(x) : Sampler(RNG, collect(x), n)
function Base.rand(r::AbstractRNG, s::SamplerTrivial{<:Union{AbstractDict,AbstractSet}})
    k = rand(r, 1:length(s[]))
    for x in s[]
        k == 1 && return x
        k -= 1
    end
end
function Sampler(::Type{RNG}, s::AbstractString, n::Repetition) where {RNG<:AbstractRNG}
    n isa Val{1} || return Sampler(RNG, collect(s), n)
    SamplerSimple(s, Sampler(RNG, 1:(s isa String ? sizeof(s) : lastindex(s)), Val(Inf)))
end
function Base.rand(r::AbstractRNG, s::SamplerSimple{<:AbstractString,<:Sampler})
    while true
        i = rand(r, s.data)
        isvalid(s[], i) && return s[][i]
    end
end
# A tuple of two takes one bit, one of three 52 bits, one of a power of two 32 bits.
function Sampler(::Type{RNG}, t::Tuple, n::Repetition) where {RNG<:AbstractRNG}
    k = length(t)
    k == 0 && throw(ArgumentError("collection must be non-empty"))
    k == 1 && return SamplerTrivial(t)
    SamplerSimple(t, k == 2 ? Sampler(RNG, Bool, n) : k == 3 ? Sampler(RNG, UInt52(), n) : ispow2(k) ? Sampler(RNG, UInt32, n) : Sampler(RNG, 1:k, n))
end
Base.rand(r::AbstractRNG, s::SamplerTrivial{<:Tuple{Any}}) = s[][1]
function Base.rand(r::AbstractRNG, s::SamplerSimple{<:Tuple,<:Sampler})
    t = s[]
    k = length(t)
    k == 2 && return t[1 + rand(r, s.data)]
    if k == 3
        x = rand(r, s.data)
        while x == 0x000fffffffffffff
            x = rand(r, s.data)
        end
        return t[1 + Int(x ÷ 0x0005555555555555)]
    end
    ispow2(k) ? t[1 + Int(rand(r, s.data) & (k - 1))] : t[rand(r, s.data)]
end

## filling arrays

const BulkItem = Union{Bool,BitInteger}
Base.Random.rand!(r::BuiltIn, a::Array{Float64}, ::SamplerTrivial{CloseOpen01{Float64}}) = xoshiro_fill(state(r), a)
Base.Random.rand!(r::BuiltIn, a::Array{Float32}, ::SamplerTrivial{CloseOpen01{Float32}}) = xoshiro_fill(state(r), a)
Base.Random.rand!(r::BuiltIn, a::Array{T}, ::SamplerType{T}) where {T<:BulkItem} = xoshiro_fill(state(r), a)
Base.Random.rand!(r::MersenneTwister, a::Array{Float64}, ::SamplerTrivial{CloseOpen01{Float64}}) = twister_fill(r, a, true)
Base.Random.rand!(r::MersenneTwister, a::Array{Float64}, ::SamplerTrivial{CloseOpen12{Float64}}) = twister_fill(r, a, false)
Base.Random.rand!(r::MersenneTwister, a::Array{T}, ::SamplerType{T}) where {T<:BitInteger} = twister_fill_bits(r, a)
Base.Random.rand!(r::MersenneTwister, a::Array{Bool}, ::SamplerType{Bool}) = twister_fill_bools(r, a)
function Base.Random.rand!(r::MersenneTwister, a::Array{T}, ::SamplerTrivial{CloseOpen01{T}}) where {T<:Union{Float16,Float32}}
    left = twister_fill_narrow(r, a, nothing)
    for i in length(a)-left+1:length(a)
        a[i] = rand(r, T)
    end
    a
end
