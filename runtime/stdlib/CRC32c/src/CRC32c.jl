# CRC32c: a checksum.

"""
    CRC32c

`crc32c`, the checksum CRC-32C.
"""
module CRC32c

export crc32c

"""
    crc32c(data, crc=0x00000000)
    crc32c(io, [n,] crc=0x00000000)

The checksum of bytes, a string or what a stream holds, going on from that of what came
before.
"""
crc32c(a::Union{Array{UInt8},Base.CodeUnits{UInt8}}, crc::UInt32=0x00000000) = Base.crc32c(vec(collect(UInt8, a)), crc)
crc32c(a::AbstractVector{UInt8}, crc::UInt32=0x00000000) = Base.crc32c(collect(UInt8, a), crc)
crc32c(s::Union{String,SubString{String}}, crc::UInt32=0x00000000) = Base.crc32c(Vector{UInt8}(s), crc)
function crc32c(io::IO, nb::Integer, crc::UInt32=0x00000000)
    nb < 0 && throw(ArgumentError("number of bytes to checksum must be ≥ 0, got $nb"))
    Base.crc32c(read(io, nb), crc)
end
crc32c(io::IO, crc::UInt32=0x00000000) = Base.crc32c(read(io), crc)

end
