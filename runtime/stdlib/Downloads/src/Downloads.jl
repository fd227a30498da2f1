"""
    Downloads

Files and answers from servers over HTTP: `Downloads.download`, `Downloads.request`.
"""
module Downloads

export download, request, Downloader, Response, RequestError, default_downloader!

"What a server answered: `proto`, `url` (after redirects), `status`, `message` and `headers`."
struct Response
    proto::Union{String,Nothing}
    url::String
    status::Int
    message::String
    headers::Vector{Pair{String,String}}
end

"A request that failed: its `url`, the `code` and `message` of the failure, and the `response` if there was one."
struct RequestError <: Exception
    url::String
    code::Int
    message::String
    response::Response
end
function Base.showerror(io::IO, e::RequestError)
    print(io, "RequestError: ")
    isempty(e.response.message) || print(io, e.response.message)
    isempty(e.message) || print(io, isempty(e.response.message) ? "" : " (", e.message, isempty(e.response.message) ? "" : ")")
    print(io, " while requesting ", e.url)
end

"Where requests are made; there is only one kind here, so that it is not needed."
struct Downloader
    grace::Float64
end
Downloader(; grace::Real=30) = Downloader(Float64(grace))
default_downloader!(::Union{Downloader,Nothing}=nothing) = nothing

"""
    Downloads.request(url; output=nothing, input=nothing, method, headers, timeout=Inf, throw=true)

Make a request: the [`Response`](@ref). The body goes to `output`, a path or a stream. A status
such as 404 is no failure. With `throw=false` a failure is returned as a [`RequestError`](@ref).
"""
function request(url::AbstractString; output=nothing, input=nothing, method::Union{AbstractString,Nothing}=nothing, headers=Pair{String,String}[],
                 timeout::Real=Inf, throw::Bool=true, progress=nothing, verbose::Bool=false, debug=nothing, downloader=nothing, interrupt=nothing)
    r = exchange(String(url), input, method, headers, timeout)
    if r isa RequestError
        return throw ? Base.throw(r) : r
    end
    response, body = r
    progress === nothing || progress(length(body), length(body))
    put_body(output, body)
    response
end

# The response and its body, or a RequestError.
function exchange(url, input, method, headers, timeout)
    body = input === nothing ? nothing : input isa IO ? read(input) : read(String(input))
    list = String[]
    for h in headers
        push!(list, String(h[1]), String(h[2]))
    end
    verb = method === nothing ? (body === nothing ? "GET" : "PUT") : String(method)
    r = Core.Prims.http_request(verb, url, list, body, isfinite(timeout) ? Float64(timeout) : 0.0)
    none = Response(nothing, url, 0, "", Pair{String,String}[])
    r isa String && return RequestError(url, failure_code(r), failure_text(r, url), none)
    proto, status, message, final, hs, bytes = r
    pairs = Pair{String,String}[lowercase(hs[i]) => hs[i+1] for i in 1:2:length(hs)]
    (Response(proto, final, status, string(proto, " ", message), sort!(pairs)), bytes)
end
# The failure as curl, which Julia uses, says it.
function failure_text(text, url)
    host = match(r"://([^/:]+)", url)
    name = host === nothing ? url : host[1]
    occursin("no such host", text) || occursin("lookup ", text) ? string("Could not resolve host: ", name) :
    occursin("refused", text) ? string("Failed to connect to ", name, ": Couldn't connect to server") :
    occursin("deadline exceeded", text) ? "Operation timed out" :
    occursin("unsupported protocol", text) ? string("Protocol \"", first(split(url, "://")), "\" not supported") : replace(text, r"^\w+ \"[^\"]*\": " => "")
end
failure_code(text) = occursin("no such host", text) || occursin("lookup ", text) ? 6 : occursin("refused", text) ? 7 : occursin("deadline exceeded", text) ? 28 : 1

put_body(::Nothing, body) = nothing
put_body(io::IO, body) = (write(io, body); nothing)
put_body(path::AbstractString, body) = (write(path, body); nothing)

"""
    Downloads.download(url[, output]; method, headers, timeout=Inf, progress)

Get a file; its path, or the stream `output` that it was written to. Without `output` it goes into a
temporary file. A status that is no success is a [`RequestError`](@ref).

```julia
julia> body = String(take!(Downloads.download("https://example.com", IOBuffer())));
```
"""
function download(url::AbstractString, output=tempname(); method::Union{AbstractString,Nothing}=nothing, headers=Pair{String,String}[],
                  timeout::Real=Inf, progress=nothing, verbose::Bool=false, debug=nothing, downloader=nothing)
    for s in (url, output)
        s isa AbstractString && '\0' in s && throw(ArgumentError("embedded NULs are not allowed in C strings: $(repr(s))"))
    end
    r = exchange(String(url), nothing, method, headers, timeout)
    r isa RequestError && throw(r)
    response, body = r
    200 <= response.status < 300 || throw(RequestError(String(url), 0, "", response))
    progress === nothing || progress(length(body), length(body))
    put_body(output, body)
    output
end

end
