# Addresses of the internet as values.

"The supertype of `IPv4` and `IPv6`."
abstract type IPAddr end
isless(a::T, b::T) where {T<:IPAddr} = isless(a.host, b.host)
(T::Type{<:Integer})(a::IPAddr) = T(a.host)
Base.Broadcast.broadcastable(a::IPAddr) = Ref(a)

"""
    IPv4(host::Integer)
    IPv4(a, b, c, d)
    IPv4("a.b.c.d")

An address of four bytes.
"""
struct IPv4 <: IPAddr
    host::UInt32
    IPv4(host::UInt32) = new(host)
end
IPv4(host::Integer) = IPv4(checked_host(UInt32, host, "IPv4", 32))
IPv4(fields::Vararg{Integer,4}) = IPv4(joined_fields(UInt32, fields, 8, "IPv4 field out of range (must be 0-255)"))
IPv4(s::AbstractString) = parse(IPv4, s)

"""
    IPv6(host::Integer)
    IPv6(a, b, c, d, e, f, g, h)
    IPv6("a:b:c:d:e:f:g:h")

An address of eight numbers of 16 bits.
"""
struct IPv6 <: IPAddr
    host::UInt128
    IPv6(host::UInt128) = new(host)
end
IPv6(host::Integer) = IPv6(checked_host(UInt128, host, "IPv6", 128))
IPv6(fields::Vararg{Integer,8}) = IPv6(joined_fields(UInt128, fields, 16, "IPv6 field out of range (must be 0-65535)"))
IPv6(s::AbstractString) = parse(IPv6, s)

function checked_host(T, host, name, bits)
    host < 0 && throw(ArgumentError("$name address must be positive"))
    host > typemax(T) && throw(ArgumentError("$name address must fit within $bits bits"))
    T(host)
end
function joined_fields(T, fields, bits, message)
    host = zero(T)
    for f in fields
        0 <= f < 1 << bits || throw(ArgumentError(message))
        host = host << bits | T(f)
    end
    host
end

show(io::IO, a::IPAddr) = print(io, "ip\"", a, "\"")
print(io::IO, a::IPv4) = print(io, join(((a.host >> s) & 0xff for s in (24, 16, 8, 0)), '.'))

# Field i of an address, 0 the last.
ipv6_field(a::IPv6, i) = 0 <= i <= 7 ? UInt16((a.host >> 16i) & 0xffff) : throw(BoundsError())

# The first of the longest runs of zeros, if it is longer than one, is left out.
function print(io::IO, a::IPv6)
    fields = [ipv6_field(a, i) for i in 7:-1:0]
    from, n = 0, 1
    i = 1
    while i <= 8
        k = i
        while k <= 8 && fields[k] == 0
            k += 1
        end
        k - i > n && ((from, n) = (i, k - i))
        i = max(k, i + 1)
    end
    hex(fs) = join((string(f, base=16) for f in fs), ':')
    from == 0 ? print(io, hex(fields)) : print(io, hex(fields[1:from-1]), "::", hex(fields[from+n:8]))
end

function parse(::Type{IPv4}, s::AbstractString)
    fields = split(s, '.')
    length(fields) > 4 && throw(ArgumentError("too many fields in IPv4 address"))
    host = UInt64(0)
    for (i, f) in enumerate(fields)
        isempty(f) && throw(ArgumentError("empty field in IPv4 address"))
        length(f) > 1 && f[1] == '0' &&
            throw(ArgumentError("Leading zeros in IPv4 addresses are disallowed due to ambiguity.\nIf the address is in octal or hexadecimal, convert it to decimal, otherwise remove the leading zero.\n"))
        n = parse(Int, f; base=10)
        if i < length(fields)
            0 <= n <= 255 || throw(ArgumentError("IPv4 field out of range (must be 0-255)"))
            host |= UInt64(n) << 8(4 - i)
        else
            # the last field takes the bytes that are left
            0 <= n < Int64(1) << 8(5 - length(fields)) || throw(ArgumentError("IPv4 field too large"))
            host |= UInt64(n)
        end
    end
    IPv4(UInt32(host))
end

function parse(::Type{IPv6}, s::AbstractString)
    text = String(s)
    tail = UInt16[]
    if '.' in text    # the last four bytes as those of an IPv4 address
        i = findlast(':', text)
        v4 = parse(IPv4, text[i+1:end]).host
        tail = UInt16[v4 >> 16, v4 & 0xffff]
        text = endswith(text[1:i], "::") ? text[1:i] : text[1:i-1]
    end
    halves = split(text, "::")
    length(halves) > 2 && throw(ArgumentError("invalid IPv6 address: $s"))
    numbers(part) = isempty(part) ? UInt16[] : UInt16[ipv6_number(f) for f in split(part, ':')]
    front = numbers(halves[1])
    back = length(halves) == 2 ? [numbers(halves[2]); tail] : UInt16[]
    length(halves) == 1 && append!(front, tail)
    n = length(front) + length(back)
    n > 8 && throw(ArgumentError("too many fields in IPv6 address"))
    length(halves) == 1 && n < 8 && throw(ArgumentError("too few fields in IPv6 address"))
    IPv6([front; zeros(UInt16, 8 - n); back]...)
end
function ipv6_number(f)
    isempty(f) && throw(ArgumentError("empty field in IPv6 address"))
    n = parse(Int, f; base=16)
    0 <= n <= 0xffff || throw(ArgumentError("IPv6 field out of range (must be 0-65535)"))
    UInt16(n)
end
parse(::Type{IPAddr}, s::AbstractString) = ':' in s ? parse(IPv6, s) : parse(IPv4, s)

"""
    ip"address"

An `IPv4` or `IPv6`.

# Examples
```julia
julia> using Sockets

julia> ip"2001:db8:0:0:0:0:2:1"
ip"2001:db8::2:1"
```
"""
macro ip_str(s)
    parse(IPAddr, s)
end

const localhost = IPv4(127, 0, 0, 1)

"""
    Sockets.InetAddr(host, port)

An address and a port.
"""
struct InetAddr{T<:IPAddr}
    host::T
    port::UInt16
end
InetAddr(host::IPAddr, port) = InetAddr{typeof(host)}(host, port)
InetAddr(host::AbstractString, port) = InetAddr(parse(IPAddr, host), port)
function show(io::IO, a::InetAddr)
    show(io, typeof(a))
    print(io, "(")
    show(io, a.host)
    print(io, ", ", Int(a.port), ")")
end

"""
    islinklocaladdr(address)

Whether an address holds within one network only.
"""
islinklocaladdr(a::IPv4) = a.host & 0xffff0000 == 0xa9fe0000
islinklocaladdr(a::IPv6) = a.host >> 118 == 0xfe80 >> 6
