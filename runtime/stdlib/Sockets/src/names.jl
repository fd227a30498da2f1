# The names and addresses of computers.

"""
    Sockets.DNSError

A name could not be looked up.
"""
struct DNSError <: Exception
    host::String
    code::Int32
end
show(io::IO, e::DNSError) = print(io, "DNSError: ", e.host, ", ",
    e.code == Base.UV_EAI_AGAIN ? "temporary failure (EAI_AGAIN)" : "unknown node or service (EAI_NONAME)")
Base.showerror(io::IO, e::DNSError) = show(io, e)

"""
    getalladdrinfo(host)

All addresses of a name.
"""
function getalladdrinfo(host::AbstractString)
    '\0' in host && throw(ArgumentError("embedded NULs are not allowed in C strings: $(repr(host))"))
    found = Base.net_lookup(String(host))
    found isa String && throw(DNSError(host, startswith(found, "temporary") ? Base.UV_EAI_AGAIN : Base.UV_EAI_NONAME))
    IPAddr[parse(IPAddr, first(split(a, '%'))) for a in found]
end

"""
    getaddrinfo(host, [IPv4])

An address of a name.
"""
function getaddrinfo(host::AbstractString, T::Type{<:IPAddr})
    for a in getalladdrinfo(host)
        a isa T && return a
    end
    throw(DNSError(host, Base.UV_EAI_NONAME))
end
function getaddrinfo(host::AbstractString)
    all = getalladdrinfo(host)
    i = findfirst(a -> a isa IPv4, all)
    i === nothing ? first(all) : all[i]
end

"""
    getnameinfo(address)

The name of an address, or the address as text.
"""
getnameinfo(a::IPAddr) = Base.net_name(string(a))

"""
    getipaddrs([T]; loopback=false)

The addresses of this computer.
"""
function getipaddrs(T::Type{<:IPAddr}=IPAddr; loopback::Bool=false)
    found = T[]
    all = Base.net_interfaces()
    for i in 1:2:length(all)
        a = parse(IPAddr, all[i])
        a isa T && (loopback || !all[i+1]) && push!(found, a)
    end
    found
end

"""
    getipaddr([T])

An address of this computer, other than the loopback's.
"""
function getipaddr(T::Type{<:IPAddr}=IPv4)
    all = getipaddrs(T)
    isempty(all) && error("No networking interface available")
    i = findfirst(a -> a isa IPv4, all)
    all[i === nothing ? 1 : i]
end
