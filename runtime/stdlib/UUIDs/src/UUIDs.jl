# UUIDs: identifiers of 128 bits.

"""
    UUIDs

`UUID`, and functions that make new ones.
"""
module UUIDs

using Random
using Base: UUID, digest_new, digest_write, digest_sum

export UUID, uuid1, uuid4, uuid5, uuid7, uuid_version

"""
    uuid_version(u)

The way in which an identifier was made, 1, 4, 5 or 7.
"""
uuid_version(u::UUID) = Int((u.value >> 76) & 0xf)

const namespace_dns = UUID(0x6ba7b8109dad11d180b400c04fd430c8)
const namespace_url = UUID(0x6ba7b8119dad11d180b400c04fd430c8)
const namespace_oid = UUID(0x6ba7b8129dad11d180b400c04fd430c8)
const namespace_x500 = UUID(0x6ba7b8149dad11d180b400c04fd430c8)

# The bits that tell version and variant.
marked(x::UInt128, version) = UUID(x & 0xffffffffffff0fff3fffffffffffffff | UInt128(version) << 76 | UInt128(2) << 62)

"""
    uuid1([rng])

An identifier from the time and random numbers.
"""
uuid1(rng::AbstractRNG=Random.RandomDevice()) = _build_uuid1(rng, round(UInt64, time() * 1e7) + 0x01b21dd213814000)
# The time t counts 100 ns since 1582.
function _build_uuid1(rng::AbstractRNG, t::UInt64)
    bits = rand(rng, UInt128) & 0x000000000000000000003fffffffffffffff % UInt128
    x = bits & 0x00000000000000003fffffffffffffff | UInt128(0x0000010000000000)
    x |= UInt128(t & 0xffffffff) << 96
    x |= UInt128(t >> 32 & 0xffff) << 80
    x |= UInt128(t >> 48 & 0x0fff) << 64
    marked(x, 1)
end
"""
    uuid4([rng])

An identifier from random numbers.
"""
uuid4(rng::AbstractRNG=Random.RandomDevice()) = marked(rand(rng, UInt128), 4)
"""
    uuid5(namespace, name)

The identifier that belongs to a name.
"""
function uuid5(ns::UUID, name::String)
    d = digest_new("sha1")
    digest_write(d, reverse(Base.bits_to_bytes(ns.value)))
    digest_write(d, Vector{UInt8}(name))
    x = UInt128(0)
    for b in digest_sum(d)[1:16]
        x = x << 8 | b
    end
    marked(x, 5)
end
uuid5(ns::UUID, name::AbstractString) = uuid5(ns, String(name))
"""
    uuid7([rng])

An identifier from the time and random numbers, which sorts by time.
"""
uuid7(rng::AbstractRNG=Random.RandomDevice()) = _build_uuid7(rng, round(UInt128, time() * 1000))
_build_uuid7(rng::AbstractRNG, t::UInt128) = marked(rand(rng, UInt128) & 0x000000000000ffffffffffffffffffff | t << 80, 7)

end
