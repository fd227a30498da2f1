# Strings in other encodings: transcode.

"""
    transcode(T, source)

Text in another of the encodings UTF-8 (`String` or bytes, `UInt8`), UTF-16
(`UInt16`) and UTF-32 (`UInt32`, `Int32`): as a `String` or as a vector of code units.
"""
transcode(::Type{T}, v::AbstractVector{T}) where {T<:Union{UInt8,UInt16,UInt32,Int32}} = v
transcode(::Type{String}, s::String) = s
transcode(::Type{String}, v::AbstractVector{UInt8}) = String(copyto!(Vector{UInt8}(undef, length(v)), v))
transcode(::Type{T}, s::AbstractString) where {T<:Union{UInt16,UInt32,Int32}} = transcode(T, String(s))
transcode(::Type{T}, s::String) where {T<:Union{Int32,UInt32}} = T[c for c in s]
transcode(::Type{UInt8}, s::String) = codeunits(s)
transcode(::Type{UInt16}, s::String) = utf16_units(codeunits(s))
transcode(::Type{UInt16}, v::AbstractVector{UInt8}) = utf16_units(v)
transcode(::Type{UInt8}, v::AbstractVector{UInt16}) = utf8_bytes(v)
transcode(::Type{String}, v::AbstractVector{UInt16}) = String(utf8_bytes(v))
transcode(::Type{String}, v::AbstractVector{<:Union{Int32,UInt32}}) = String(transcode(UInt8, v))
transcode(::Type{T}, v::AbstractVector{UInt8}) where {T<:Union{Int32,UInt32}} = transcode(T, transcode(String, v))
transcode(::Type{T}, v::AbstractVector{UInt16}) where {T<:Union{Int32,UInt32}} = transcode(T, transcode(String, v))
transcode(::Type{UInt16}, v::AbstractVector{<:Union{Int32,UInt32}}) = transcode(UInt16, transcode(UInt8, v))
function transcode(::Type{UInt8}, v::AbstractVector{<:Union{Int32,UInt32}})
    io = IOBuffer()
    for c in v
        print(io, Char(c))
    end
    take!(io)
end

# The bytes are taken as they come: what is no proper UTF-8 passes as units of the
# same value.
function utf16_units(src)
    out = UInt16[]
    n = length(src)
    i = 1
    while i <= n
        a = src[i]
        more = a < 0xc0 || a > 0xf4 ? 0 : a < 0xe0 ? 1 : a < 0xf0 ? 2 : 3
        k = 0
        code = more == 0 ? UInt32(a) : UInt32(a & (0x3f >> more))
        while k < more && i + k + 1 <= n && src[i+k+1] & 0xc0 == 0x80
            k += 1
            code = code << 6 | (src[i+k] & 0x3f)
        end
        if k < more || code >= 0x110000
            push!(out, a)
            i += 1
        else
            code >= 0x10000 ? push!(out, UInt16(0xd7c0 + code >> 10), UInt16(0xdc00 + code & 0x3ff)) : push!(out, UInt16(code))
            i += k + 1
        end
    end
    out
end
function utf8_bytes(src)
    out = UInt8[]
    n = length(src)
    i = 1
    while i <= n
        a = UInt32(src[i])
        i += 1
        if a & 0xfc00 == 0xd800 && i <= n && src[i] & 0xfc00 == 0xdc00
            a = 0x10000 + (a & 0x3ff) << 10 + src[i] & 0x3ff
            i += 1
        end
        if a < 0x80
            push!(out, a % UInt8)
        elseif a < 0x800
            push!(out, 0xc0 | (a >> 6) % UInt8, 0x80 | (a & 0x3f) % UInt8)
        elseif a < 0x10000
            push!(out, 0xe0 | (a >> 12) % UInt8, 0x80 | (a >> 6 & 0x3f) % UInt8, 0x80 | (a & 0x3f) % UInt8)
        else
            push!(out, 0xf0 | (a >> 18) % UInt8, 0x80 | (a >> 12 & 0x3f) % UInt8, 0x80 | (a >> 6 & 0x3f) % UInt8, 0x80 | (a & 0x3f) % UInt8)
        end
    end
    out
end
