# Sockets: addresses, connections, servers, datagrams. Tasks wait for all of them.

"""
    Sockets

Connections over the network and between programs: `connect`, `listen`, `accept`, UDP,
and the names and addresses of computers.
"""
module Sockets

export accept, bind, connect, getaddrinfo, getalladdrinfo, getnameinfo, getipaddr, getipaddrs, islinklocaladdr, getpeername,
    getsockname, listen, listenany, recv, recvfrom, send, join_multicast_group, leave_multicast_group, TCPSocket, UDPSocket,
    @ip_str, IPAddr, IPv4, IPv6

using Base: LibuvStream, PipeEndpoint, IOError, StreamCore, ServerCore, DatagramCore, _UVError, governed, CancelTokenArg, DEFAULT_CANCEL
import Base: bind, close, isopen, isreadable, iswritable, show, print, parse, isless, wait, wait_close

include("addresses.jl")
include("names.jl")

## connections

"""
    TCPSocket()

A connection over the network; `connect` and `accept` make them.
"""
mutable struct TCPSocket <: LibuvStream
    core::Union{Nothing,StreamCore}
    buffer::IOBuffer
    readable::Bool
    writable::Bool
    connecting::Union{Nothing,Task}
    closed::Bool
end
TCPSocket(; delay=true) = TCPSocket(nothing, PipeBuffer(), false, false, nothing, false)
TCPSocket(core::StreamCore) = TCPSocket(core, PipeBuffer(), true, true, nothing, false)

function attach!(s::LibuvStream, core::StreamCore)
    s.core = core
    s.readable = true
    s.writable = true
    s
end
function close(s::TCPSocket)
    s.closed = true
    if s.connecting !== nothing && !istaskdone(s.connecting)
        schedule(s.connecting, _UVError("connect", Base.UV_ECANCELED); error=true)
    end
    s.core === nothing || Base.stream_close(s.core)
    nothing
end
iswritable(s::TCPSocket) = !s.closed && (s.connecting !== nothing && s.core === nothing || s.writable && isopen(s))

host_port(host::IPv4, port) = string(host, ':', port)
host_port(host::IPv6, port) = string('[', host, "]:", port)

function checked_port(port::Integer)
    0 <= port <= typemax(UInt16) || throw(ArgumentError("port out of range, must be 0 ≤ port ≤ 65535, got $port"))
    UInt16(port)
end

"""
    connect([host], port)
    connect(path)

Connect to a server: on this computer by default, or to the one at a path (a socket of
Unix or a named pipe).

# Examples
```julia
julia> using Sockets

julia> port, server = listenany(8000);

julia> t = @async (c = accept(server); println(c, "hello"); close(c));

julia> read(connect(port), String)
"hello\\n"
```
"""
connect(port::Integer; cancel::CancelTokenArg=DEFAULT_CANCEL) = connect(localhost, port; cancel=cancel)
connect(host::AbstractString, port::Integer; cancel::CancelTokenArg=DEFAULT_CANCEL) = governed(() -> connect(TCPSocket(), getaddrinfo(host), port), cancel)
connect(host::IPAddr, port::Integer; cancel::CancelTokenArg=DEFAULT_CANCEL) = governed(() -> connect(TCPSocket(), host, port), cancel)
connect(a::InetAddr; cancel::CancelTokenArg=DEFAULT_CANCEL) = connect(a.host, a.port; cancel=cancel)
connect(s::TCPSocket, port::Integer) = connect(s, localhost, port)
connect(s::TCPSocket, host::AbstractString, port::Integer) = connect(s, getaddrinfo(host), port)
connect(s::TCPSocket, a::InetAddr) = connect(s, a.host, a.port)
function connect(s::TCPSocket, host::IPAddr, port::Integer)
    address = host_port(host, checked_port(port))
    s.core === nothing || error("TCPSocket is not in initialization state")
    attach!(s, Base.net_connect("tcp", address, "connect"))
end
connect(path::AbstractString; cancel::CancelTokenArg=DEFAULT_CANCEL) =
    governed(() -> attach!(PipeEndpoint(), Base.net_connect("unix", String(path), "connect")), cancel)

"""
    Sockets.connect!(socket, host, port)

Begin to connect; `Sockets.wait_connected(socket)` waits for it.
"""
function connect!(s::TCPSocket, host::IPAddr, port::Integer)
    address = host_port(host, checked_port(port))
    s.core === nothing && s.connecting === nothing || error("TCPSocket is not in initialization state")
    s.connecting = schedule(Task() do
        attach!(s, Base.net_connect("tcp", address, "connect"))
    end)
    yield()
    s
end
connect!(s::TCPSocket, host::AbstractString, port::Integer) = connect!(s, getaddrinfo(host), port)
connect!(s::TCPSocket, a::InetAddr) = connect!(s, a.host, a.port)
function wait_connected(s::TCPSocket)
    t = s.connecting
    s.connecting = nothing
    t === nothing && return nothing
    wait(t; throw=false)
    s.closed && throw(_UVError("connect", Base.UV_ECANCELED))
    istaskfailed(t) && throw(t.result)
    nothing
end

## servers

"What `listen` returns."
abstract type LibuvServer <: IO end
"""
    Sockets.TCPServer()

A server on the network; `listen` makes them.
"""
mutable struct TCPServer <: LibuvServer
    core::Union{Nothing,ServerCore}
    address::Union{Nothing,InetAddr}
end
TCPServer(; delay=true) = TCPServer(nothing, nothing)
"A server at a path; `listen(path)` makes them."
mutable struct PipeServer <: LibuvServer
    core::Union{Nothing,ServerCore}
end

isopen(s::LibuvServer) = s.core !== nothing && Base.net_isopen(s.core)
isreadable(::LibuvServer) = false
iswritable(::LibuvServer) = false
close(s::LibuvServer) = (s.core === nothing || Base.net_close(s.core); nothing)
show(io::IO, s::LibuvServer) = print(io, typeof(s), "(", s.core === nothing ? "init" : isopen(s) ? "active" : "closed", ")")
wait_close(s::LibuvServer) = (while isopen(s); sleep(0.01); end; nothing)

bind(s::TCPServer, a::InetAddr) = bind(s, a.host, a.port)
bind(s::TCPServer, host::IPAddr, port::Integer; kwargs...) = (s.address = InetAddr(host, checked_port(port)); true)

const BACKLOG_DEFAULT = 511
"""
    listen([host], port; backlog=511)
    listen(path)

A server that takes connections: on this computer by default, or at a path. See
`accept`.
"""
listen(port::Integer; backlog::Integer=BACKLOG_DEFAULT) = listen(localhost, port)
listen(host::IPAddr, port::Integer; backlog::Integer=BACKLOG_DEFAULT) = listen(InetAddr(host, port))
listen(a::InetAddr; backlog::Integer=BACKLOG_DEFAULT) = TCPServer(Base.net_listen("tcp", host_port(a.host, a.port)), a)
listen(s::TCPServer; backlog::Integer=BACKLOG_DEFAULT) = (s.core = Base.net_listen("tcp", host_port(s.address.host, s.address.port)); s)
listen(path::AbstractString) = PipeServer(Base.net_listen("unix", String(path)))

"""
    listenany([host], port)

`(port, server)` for the first free port from `port` on; 0 for any.
"""
listenany(port) = listenany(localhost, port)
function listenany(host::IPAddr, port)
    n = UInt16(port)
    while true
        try
            s = listen(host, n)
            return (getsockname(s)[2], s)
        catch e
            e isa IOError && e.code in (Base.UV_EADDRINUSE, Base.UV_EACCES) && n < typemax(UInt16) || rethrow()
        end
        n += 0x0001
    end
end

"""
    accept(server)
    accept(f, server)

Wait for a connection and return it; with `f`, call `f(connection)` for each, in a task
that is returned, until the server is closed.
"""
accept(s::TCPServer; cancel::CancelTokenArg=DEFAULT_CANCEL) = governed(() -> TCPSocket(accept_core(s)), cancel)
accept(s::PipeServer; cancel::CancelTokenArg=DEFAULT_CANCEL) = governed(() -> attach!(PipeEndpoint(), accept_core(s)), cancel)
function accept(s::LibuvServer, client::LibuvStream)
    client.core === nothing || error("client $(nameof(typeof(client))) is not in initialization state")
    attach!(client, accept_core(s))
end
function accept(f, s::LibuvServer)
    schedule(Task() do
        try
            while true
                f(accept(s))
            end
        catch e
            # how a server that has been closed says so
            e isa IOError && e.code == Base.UV_ECONNABORTED || rethrow()
        end
    end)
end
accept_core(s) = s.core === nothing ? throw(ArgumentError("server not connected, make sure \"listen\" has been called")) : Base.net_accept(s.core)

"Whether small packets are held back to be sent together; that is left as it is."
nagle(s::Union{TCPServer,TCPSocket}, enable::Bool) = 0
"Whether what has come is acknowledged at once; that is left as it is."
quickack(s::Union{TCPServer,TCPSocket}, enable::Bool) = 0

## datagrams

"""
    UDPSocket()

A socket for datagrams: `bind` it to receive, `send` from it.
"""
mutable struct UDPSocket <: LibuvStream
    core::Union{Nothing,DatagramCore}
    closed::Bool
    options::Vector{Pair{Symbol,Int}}    # to be set once it has an address
end
UDPSocket() = UDPSocket(nothing, false, [])
show(io::IO, s::UDPSocket) = print(io, UDPSocket, "(", s.closed ? "closed" : s.core === nothing ? "init" : "open", ")")
isopen(s::UDPSocket) = !s.closed
isreadable(s::UDPSocket) = isopen(s)
iswritable(s::UDPSocket) = isopen(s)
close(s::UDPSocket) = (s.closed = true; s.core === nothing || Base.udp_close(s.core); nothing)

"""
    getsockname(socket)

The address and port of a socket's own end.
"""
getsockname(s::Union{TCPSocket,TCPServer,UDPSocket}) = socket_name(s, false)
"""
    getpeername(socket)

The address and port of the other end of a connection.
"""
getpeername(s::TCPSocket) = socket_name(s, true)
function socket_name(s, peer)
    s.core === nothing && throw(_UVError("cannot obtain socket name", Base.UV_EBADF))
    host, port = Base.net_address(s.core, peer)
    (parse(IPAddr, host), port)
end

"""
    bind(socket, host, port; reuseaddr=false, enable_broadcast=false)

Give a socket an address of this computer; whether it was free.
"""
function bind(s::UDPSocket, host::IPAddr, port::Integer; ipv6only=false, reuseaddr=false, enable_broadcast=false)
    s.core === nothing && !s.closed || error("UDPSocket is not in initialization state")
    enable_broadcast && setopt(s; enable_broadcast)
    try
        open_core(s, host, checked_port(port), reuseaddr)
    catch e
        e isa IOError && e.code in (Base.UV_EADDRINUSE, Base.UV_EACCES, Base.UV_EADDRNOTAVAIL) && return false
        rethrow()
    end
    true
end

"""
    send(socket, host, port, message)

Send a datagram.
"""
function send(s::UDPSocket, host::IPAddr, port::Integer, message; cancel::CancelTokenArg=DEFAULT_CANCEL)
    s.closed && throw(_UVError("send", Base.UV_EBADF))
    s.core === nothing && open_core(s, host isa IPv4 ? IPv4(0) : IPv6(0), 0, false)
    buf = IOBuffer()
    write(buf, message)
    governed(() -> Base.udp_send(s.core, host_port(host, checked_port(port)), take!(buf)), cancel)
end
function open_core(s::UDPSocket, host, port, reuseaddr)
    s.core = Base.udp_open(host_port(host, port), reuseaddr)
    foreach(o -> Base.udp_set(s.core, o[1], o[2]), s.options)
end

"""
    recv(socket)

Wait for a datagram and return its bytes.
"""
recv(s::UDPSocket; cancel::CancelTokenArg=DEFAULT_CANCEL) = recvfrom(s; cancel)[2]
"""
    recvfrom(socket)

Wait for a datagram: where it came from, an `InetAddr`, and its bytes.
"""
function recvfrom(s::UDPSocket; cancel::CancelTokenArg=DEFAULT_CANCEL)
    s.core === nothing && error("UDPSocket is not initialized and open")
    host, port, bytes = governed(() -> Base.udp_receive(s.core), cancel)
    (InetAddr(parse(IPAddr, host), port), bytes)
end

"""
    setopt(socket; multicast_loop, multicast_ttl, enable_broadcast, ttl)

Set options of a socket: whether what it sends to a group comes back to it, how far that
goes, whether it may broadcast, how far other datagrams go.
"""
function setopt(s::UDPSocket; options...)
    s.closed && throw(_UVError("setopt", Base.UV_EBADF))
    for (name, value) in options
        name in (:multicast_loop, :multicast_ttl, :enable_broadcast, :ttl) || throw(ArgumentError("no option of a socket: $name"))
        value === nothing && continue
        s.core === nothing ? push!(s.options, name => value) : Base.udp_set(s.core, name, Int(value))
    end
end

"""
    join_multicast_group(socket, group, interface=nothing)

Receive what is sent to a group of computers, given by its address (an `IPAddr` or a
string); on the interface of this computer that has a certain address.
"""
join_multicast_group(s::UDPSocket, group, interface=nothing) = change_group(s, group, interface, true)

"""
    leave_multicast_group(socket, group, interface=nothing)

Receive no more what is sent to a group.
"""
leave_multicast_group(s::UDPSocket, group, interface=nothing) = change_group(s, group, interface, false)

function change_group(s, group, interface, join)
    s.closed && throw(_UVError("uv_udp_set_membership", Base.UV_EBADF))
    address = group isa IPAddr ? group : parse(IPAddr, group)
    s.core === nothing && open_core(s, address isa IPv4 ? IPv4(0) : IPv6(0), 0, false)
    Base.udp_group(s.core, string(address), interface === nothing ? "" : string(interface), join)
end

end
