# The keyword `cancel` of what reads and writes: a token by which the wait is cancelled,
# or `nothing` for none.

# Calls f, which has no keyword of its own, with `cancel`.
function call_governed(f, kws, args)
    keys(kws) === (:cancel,) || throw(MethodError(Core.kwcall, (kws, f, args...)))
    governed(() -> f(args...), kws.cancel)
end

Core.kwcall(kws::NamedTuple, f::typeof(eof), io::IO) = call_governed(f, kws, (io,))
Core.kwcall(kws::NamedTuple, f::typeof(read), io::Union{IO,AbstractCmd}, args...) = call_governed(f, kws, (io, args...))
Core.kwcall(kws::NamedTuple, f::typeof(read!), io::IO, x) = call_governed(f, kws, (io, x))
Core.kwcall(kws::NamedTuple, f::typeof(readbytes!), io::IO, bytes::AbstractVector{UInt8}, n=length(bytes)) = call_governed(f, kws, (io, bytes, n))
Core.kwcall(kws::NamedTuple, f::typeof(readavailable), io::IO) = call_governed(f, kws, (io,))
Core.kwcall(kws::NamedTuple, f::typeof(peek), io::IO, T::Type=UInt8) = call_governed(f, kws, (io, T))
Core.kwcall(kws::NamedTuple, f::typeof(write), io::IO, xs...) = call_governed(f, kws, (io, xs...))
Core.kwcall(kws::NamedTuple, f::typeof(flush), io::IO) = call_governed(f, kws, (io,))
Core.kwcall(kws::NamedTuple, f::typeof(closewrite), io::IO) = call_governed(f, kws, (io,))
Core.kwcall(kws::NamedTuple, f::typeof(wait), p::ProcessChain) = call_governed(f, kws, (p,))
