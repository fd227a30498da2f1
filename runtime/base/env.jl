# The environment and programs.

"The type of `ENV`."
struct EnvDict <: AbstractDict{String,String} end
"""
    ENV

The environment variables, as a dictionary.
"""
const ENV = EnvDict()
# Names and values are C strings.
function no_nul(s)
    '\0' in s && throw(ArgumentError("embedded NULs are not allowed in C strings: $(repr(s))"))
    s
end
function getindex(::EnvDict, k::AbstractString)
    v = env_get(no_nul(String(k)))
    v === nothing ? throw(KeyError(k)) : v
end
get(::EnvDict, k::AbstractString, default) = (v = env_get(String(k)); v === nothing ? default : v)
get(f::Function, ::EnvDict, k::AbstractString) = (v = env_get(String(k)); v === nothing ? f() : v)
haskey(::EnvDict, k::AbstractString) = env_get(String(k)) !== nothing
setindex!(e::EnvDict, v, k::AbstractString) = (env_set(no_nul(String(k)), no_nul(string(v))); e)
delete!(e::EnvDict, k::AbstractString) = (env_set(String(k), nothing); e)
empty!(e::EnvDict) = (for k in collect(keys(e)); delete!(e, k); end; e)
pop!(e::EnvDict, k::AbstractString, default) = haskey(e, k) ? pop!(e, k) : default
pop!(e::EnvDict, k::AbstractString) = (v = e[k]; delete!(e, k); v)
length(::EnvDict) = length(env_list())
function iterate(::EnvDict, state=(env_list(), 1))
    list, i = state
    i > length(list) && return nothing
    k, v = split_env(list[i])
    (Pair{String,String}(k, v), (list, i + 1))
end
"""
    Base.get_bool_env(name, default; throw=false)
    Base.get_bool_env(f, name; throw=false)

Whether a variable of the environment says yes (`t`, `true`, `y`, `yes`, `1`) or no (`f`, `false`, `n`,
`no`, `0`), in small or capital letters or with a capital first. One that is not there or empty is
`default` or `f()`; any other value is `nothing`, or an error with `throw`.
"""
get_bool_env(name::String, default::Bool; throw::Bool=false) = get_bool_env(() -> default, name; throw=throw)
function get_bool_env(f::Callable, name::String; throw::Bool=false)
    v = get(ENV, name, "")
    isempty(v) && return f()
    for (words, yes) in ((("t", "true", "y", "yes", "1"), true), (("f", "false", "n", "no", "0"), false)), w in words
        v in (w, uppercasefirst(w), uppercase(w)) && return yes
    end
    throw && Base.throw(ArgumentError("Value for environment variable `$name` could not be parsed as Boolean: $(repr(v))"))
    nothing
end
function split_env(s)
    i = findnext('=', s, 2)
    i === nothing ? (s, "") : (s[1:prevind(s, i)], s[nextind(s, i):end])
end
function show(io::IO, ::EnvDict)
    for (k, v) in ENV
        println(io, k, "=", v)
    end
end
"""
    withenv(f, "NAME" => value...)

Call `f` with environment variables set.
"""
function withenv(f, kv::Pair...)
    old = Any[p.first => env_get(String(p.first)) for p in kv]
    try
        for p in kv
            env_set(String(p.first), p.second === nothing ? nothing : string(p.second))
        end
        f()
    finally
        for p in old
            env_set(String(p.first), p.second)
        end
    end
end

# The paths that a variable of the environment lists, an empty one of which stands for all that are usual.
function listed_paths(name, usual)
    haskey(ENV, name) || return usual
    text = ENV[name]
    out = String[]
    isempty(text) && return out
    given = false
    for p in split(text, Sys.iswindows() ? ';' : ':')
        isempty(p) ? (given || append!(out, usual); given = true) : push!(out, expanduser(String(p)))
    end
    out
end
"What `LOAD_PATH` is where `JULIA_LOAD_PATH` does not say."
const DEFAULT_LOAD_PATH = String["@", "@v#.#", "@stdlib"]
"""
    Base.append_default_depot_path!(paths)

Add the folders where packages are kept.
"""
append_default_depot_path!(paths) = push!(paths, joinpath(homedir(), ".julia"))
const DEPOT_PATH = listed_paths("JULIA_DEPOT_PATH", append_default_depot_path!(String[]))
const LOAD_PATH = listed_paths("JULIA_LOAD_PATH", copy(DEFAULT_LOAD_PATH))
const ENDIAN_BOM = 0x04030201
const Cdouble = Float64
const Cfloat = Float32

module Libc
strerror(e::Integer) = Core.Prims.sys_strerror(Int(e))
const last_errno = Ref{Int32}(0)
errno() = last_errno[]
errno(e::Integer) = (last_errno[] = e % Int32; nothing)
time() = Core.Prims.clock_wall()
strftime(t) = strftime("%c", t)
strftime(fmt::AbstractString, t) = Core.Prims.time_format(String(fmt), Float64(t))
getpid() = Core.Prims.sys_info(:pid)
gethostname() = Core.Prims.sys_info(:hostname)
systemsleep(s) = Main.sleep(s)
flush_cstdio() = nothing
"""
    Libc.malloc(n)
    Libc.calloc(n, size)
    Libc.realloc(p, n)
    Libc.free(p)

Memory that stays until it is freed.
"""
malloc(n::Integer) = Base.allocate(n)
calloc(n::Integer, size::Integer) = malloc(n * size)
realloc(p::Ptr, n::Integer) = Base.reallocate(p, n)
free(p) = Base.release(p)

const random_state = Ref(UInt64(0))
"""
    Libc.srand(seed)

Begin the numbers of `Libc.rand` anew.
"""
srand(seed=floor(Int, time())) = (random_state[] = seed % UInt64; nothing)
"""
    Libc.rand(T)

The next of a poor sequence of random numbers, which leaves the good one of `Base.rand` alone: a
`UInt32`, or a `Float64` below one.
"""
function rand(::Type{UInt32}=UInt32)
    random_state[] == 0 && srand()
    x = random_state[] += 0x9e3779b97f4a7c15
    x = xor(x, x >> 30) * 0xbf58476d1ce4e5b9
    x = xor(x, x >> 27) * 0x94d049bb133111eb
    (x >> 32) % UInt32
end
rand(::Type{Float64}) = rand(UInt32) / 2.0^32
const RawFD = Base.RawFD

"An open file as functions of the C library have it; made of a stream or a descriptor."
mutable struct FILE
    io::Base.IOStream
    FILE(s::Base.IOStream) = new(Base.fdio(Base.fd(s)))
    FILE(fd::RawFD, mode) = new(Base.fdio(fd, true))
end
"How `fopen` names what a stream is open for."
modestr(s::Base.IO) = modestr(Base.isreadable(s), Base.iswritable(s))
modestr(r::Bool, w::Bool) = r ? (w ? "r+" : "r") : (w ? "w" : throw(ArgumentError("neither readable nor writable")))
Base.close(f::FILE) = Base.close(f.io)
Base.position(f::FILE) = Base.position(f.io)
Base.seek(f::FILE, n::Integer) = (Base.seek(f.io, n); f)
end
