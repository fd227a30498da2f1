# SHA: secure hashes.

"""
    SHA

The secure hashes `sha1`, `sha256`, `sha3_512` ... of bytes, strings and streams, whole
or piece by piece.
"""
module SHA

using Base: digest_new, digest_write, digest_sum, digest_copy

export sha1, SHA1_CTX, update!, digest!, sha224, sha256, sha384, sha512, sha2_224, sha2_256, sha2_384, sha2_512, sha3_224, sha3_256, sha3_384, sha3_512,
    sha512_224, sha512_256, SHA224_CTX, SHA256_CTX, SHA384_CTX, SHA512_CTX, SHA2_224_CTX, SHA2_256_CTX, SHA2_384_CTX, SHA2_512_CTX,
    SHA2_512_224_CTX, SHA2_512_256_CTX, SHA3_224_CTX, SHA3_256_CTX, SHA3_384_CTX, SHA3_512_CTX, HMAC_CTX,
    hmac_sha1, hmac_sha224, hmac_sha256, hmac_sha384, hmac_sha512, hmac_sha2_224, hmac_sha2_256, hmac_sha2_384, hmac_sha2_512,
    hmac_sha3_224, hmac_sha3_256, hmac_sha3_384, hmac_sha3_512

"A hash under way."
abstract type SHA_CTX end

# What is hashed as bytes: vectors, tuples, strings.
as_bytes(x::Vector{UInt8}) = x
as_bytes(x::Union{AbstractVector{UInt8},NTuple{N,UInt8} where N}) = collect(UInt8, x)

for (f, T, name, title, size, block) in (
        (:sha1, :SHA1_CTX, "sha1", "SHA1", 20, 64), (:sha224, :SHA224_CTX, "sha224", "SHA2 224-bit", 28, 64), (:sha256, :SHA256_CTX, "sha256", "SHA2 256-bit", 32, 64),
        (:sha384, :SHA384_CTX, "sha384", "SHA2 384-bit", 48, 128), (:sha512, :SHA512_CTX, "sha512", "SHA2 512-bit", 64, 128),
        (:sha512_224, :SHA2_512_224_CTX, "sha512_224", "SHA2 512-bit truncated to 224-bit", 28, 128),
        (:sha512_256, :SHA2_512_256_CTX, "sha512_256", "SHA2 512-bit truncated to 256-bit", 32, 128),
        (:sha3_224, :SHA3_224_CTX, "sha3_224", "SHA3 224-bit", 28, 144), (:sha3_256, :SHA3_256_CTX, "sha3_256", "SHA3 256-bit", 32, 136),
        (:sha3_384, :SHA3_384_CTX, "sha3_384", "SHA3 384-bit", 48, 104), (:sha3_512, :SHA3_512_CTX, "sha3_512", "SHA3 512-bit", 64, 72))
    @eval begin
        @doc $("`SHA.$T()`: a hash $title under way, for `update!` and `digest!`.")
        mutable struct $T <: SHA_CTX
            state::Any
            used::Bool
            $T() = new(digest_new($name), false)
            $T(state, used::Bool) = new(state, used)
        end
        Base.copy(c::$T) = $T(digest_copy(c.state, $name), c.used)
        Base.show(io::IO, ::$T) = print(io, $(title * " hash state"))
        blocklen(::Type{$T}) = $block
        digestlen(::Type{$T}) = $size
        short_blocklen(::Type{$T}) = $block
        @doc $("`$f(data)`: the hash $title of bytes, of a text or of what is in a stream, as bytes; `bytes2hex` makes a text of them.")
        $f(x::Union{AbstractVector{UInt8},NTuple{N,UInt8} where N}) = (c = $T(); update!(c, x); digest!(c))
        $f(s::AbstractString) = $f(Vector{UInt8}(String(s)))
        $f(io::IO, chunk_size=4096) = (c = $T(); update_from!(c, io, chunk_size); digest!(c))
        @doc $("`hmac_$f(key, data)`: the hash $title of data with a key, which only those who know the key can make.")
        $(Symbol("hmac_", f))(key::Vector{UInt8}, x) = hmac($T, key, x)
        $(Symbol("hmac_", f))(key::AbstractVector{UInt8}, x) = hmac($T, collect(UInt8, key), x)
    end
end
const sha2_224 = sha224
const sha2_256 = sha256
const sha2_384 = sha384
const sha2_512 = sha512
const SHA2_224_CTX = SHA224_CTX
const SHA2_256_CTX = SHA256_CTX
const SHA2_384_CTX = SHA384_CTX
const SHA2_512_CTX = SHA512_CTX
const hmac_sha2_224 = hmac_sha224
const hmac_sha2_256 = hmac_sha256
const hmac_sha2_384 = hmac_sha384
const hmac_sha2_512 = hmac_sha512

"""
    update!(context, data[, n])

Take bytes into a hash under way, the first `n` of them.
"""
function update!(c::SHA_CTX, data, n::Integer=length(data))
    c.used && error("Cannot update CTX after `digest!` has been called on it")
    b = as_bytes(data)
    n < length(b) && (b = b[1:n])
    digest_write(c.state, b)
    nothing
end
function update_from!(c, io, n)
    n > 0 || throw(ArgumentError("chunk size must be positive"))
    while !eof(io)
        update!(c, read(io, n))
    end
end
"""
    digest!(context)

The hash of all that was taken in.
"""
digest!(c::SHA_CTX) = (c.used = true; digest_sum(c.state))

"""
    HMAC_CTX(context, key)

A hash with a key under way, by which only those who know the key can check it.
"""
struct HMAC_CTX{T<:SHA_CTX}
    context::T
    outer::Vector{UInt8}
    function HMAC_CTX(c::T, key::Vector{UInt8}, blocksize::Integer=blocklen(T)) where {T}
        if length(key) > blocksize
            k = T()
            update!(k, key)
            key = digest!(k)
        end
        key = vcat(key, zeros(UInt8, blocksize - length(key)))
        update!(c, key .⊻ 0x36)
        new{T}(c, key .⊻ 0x5c)
    end
end
update!(c::HMAC_CTX, data, n=length(data)) = update!(c.context, data, n)
function digest!(c::HMAC_CTX{T}) where {T}
    inner = digest!(c.context)
    k = T()
    update!(k, c.outer)
    update!(k, inner)
    digest!(k)
end
function hmac(::Type{T}, key, x) where {T}
    c = HMAC_CTX(T(), key)
    x isa IO ? update_from!(c, x, 4096) : update!(c, x isa AbstractString ? Vector{UInt8}(String(x)) : x)
    digest!(c)
end

end
