# UUID: identifiers of 128 bits.

"""
    UUID(n)
    UUID(text)

An identifier of 128 bits, written as 36 characters.
"""
struct UUID
    value::UInt128
end
UUID(u::UUID) = u
UUID(t::NTuple{2,UInt64}) = UUID(UInt128(t[1]) << 64 | t[2])
UUID(t::NTuple{4,UInt32}) = UUID(UInt128(t[1]) << 96 | UInt128(t[2]) << 64 | UInt128(t[3]) << 32 | t[4])
UUID(s::AbstractString) = parse(UUID, s)
UInt128(u::UUID) = u.value
convert(::Type{UUID}, s::AbstractString) = UUID(s)
convert(::Type{NTuple{2,UInt64}}, u::UUID) = ((u.value >> 64) % UInt64, u.value % UInt64)
convert(::Type{NTuple{4,UInt32}}, u::UUID) = ((u.value >> 96) % UInt32, (u.value >> 64) % UInt32, (u.value >> 32) % UInt32, u.value % UInt32)
function tryparse(::Type{UUID}, s::AbstractString)
    ncodeunits(s) == 36 || return nothing
    n = UInt128(0)
    for i in 1:36
        c = Char(codeunit(s, i))
        if i in (9, 14, 19, 24)
            c == '-' || return nothing
        else
            isxdigit(c) || return nothing
            n = n << 4 | hex_digit(codeunit(s, i))
        end
    end
    UUID(n)
end
function parse(::Type{UUID}, s::AbstractString)
    u = tryparse(UUID, s)
    u === nothing ? throw(ArgumentError("Malformed UUID string: $(repr(s))")) : u
end
function print(io::IO, u::UUID)
    s = string(u.value; base=16, pad=32)
    print(io, s[1:8], '-', s[9:12], '-', s[13:16], '-', s[17:20], '-', s[21:32])
end
show(io::IO, u::UUID) = print(io, UUID, "(\"", u, "\")")
isless(a::UUID, b::UUID) = isless(a.value, b.value)
==(a::UUID, b::UUID) = a.value == b.value
hash(u::UUID, h::UInt) = hash(u.value, h + 0x2cb8b3a35e1f67a5 % UInt)
