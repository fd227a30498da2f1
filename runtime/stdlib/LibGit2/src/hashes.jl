# Hashes of objects, errors, and the command.

"A repository's errors: `GitError` and the kinds that it has."
module Error

export GitError

@enum Code GIT_OK = 0 ERROR = -1 ENOTFOUND = -3 EEXISTS = -4 EAMBIGUOUS = -5 EBAREREPO = -8 EUNBORNBRANCH = -9 EUNMERGED = -10 ENONFASTFORWARD = -11 EINVALIDSPEC = -12 EMERGECONFLICT = -13 ELOCKED = -14 EMODIFIED = -15 EAUTH = -16 ECERTIFICATE = -17
@enum Class None NoMemory OS Invalid Reference Zlib Repository Config Regex Odb Index Object Net Tag Tree

"What went wrong with a repository: `class`, `code` and `msg`."
struct GitError <: Exception
    class::Class
    code::Code
    msg::String
end
GitError(code::Code) = GitError(None, code, "No errors")
Base.show(io::IO, e::GitError) = print(io, "GitError(Code:", e.code, ", Class:", e.class, ", ", e.msg, ")")

end
using .Error: GitError

"What names an object: a [`GitHash`](@ref) or the beginning of one."
abstract type AbstractGitHash end
const OID_RAWSZ = 20
const OID_HEXSZ = 40
const OID_MINPREFIXLEN = 4
"""
    GitHash(text)
    GitHash(bytes)

The hash that names an object of a repository.
"""
struct GitHash <: AbstractGitHash
    val::NTuple{20,UInt8}
    GitHash(val::NTuple{20,UInt8}) = new(val)
end
GitHash() = GitHash(ntuple(_ -> 0x00, 20))
GitHash(h::GitHash) = h
GitHash(bytes::Vector{UInt8}) = length(bytes) == OID_RAWSZ ? GitHash(ntuple(i -> bytes[i], 20)) : throw(ArgumentError("invalid raw buffer size"))
function GitHash(text::AbstractString)
    ncodeunits(text) < OID_HEXSZ && throw(ArgumentError("Input string is too short, use `GitShortHash` for partial hashes"))
    GitHash(hex(text))
end
hex(text) = occursin(r"^[0-9a-fA-F]{40}$", text) ? hex2bytes(String(text)) : throw(GitError(Error.Invalid, Error.ERROR, "unable to parse OID - contains invalid characters"))
"The beginning of a [`GitHash`](@ref), `len` digits of it."
struct GitShortHash <: AbstractGitHash
    hash::GitHash
    len::Int
end
GitShortHash(text::AbstractString) = GitShortHash(GitHash(hex(rpad(text, OID_HEXSZ, '0'))), ncodeunits(text))
"`LibGit2.githash\"...\"`: the hash, or the beginning of one, that is written."
macro githash_str(id)
    ncodeunits(id) < OID_HEXSZ ? GitShortHash(id) : GitHash(id)
end
"`raw(hash)`: its bytes."
raw(h::GitHash) = collect(h.val)
Base.print(io::IO, h::GitHash) = print(io, bytes2hex(h.val))
Base.string(h::GitHash) = sprint(print, h)
Base.string(h::GitShortHash) = first(bytes2hex(h.hash.val), h.len)
Base.show(io::IO, h::GitHash) = print(io, "GitHash(\"", string(h), "\")")
Base.show(io::IO, h::GitShortHash) = print(io, "GitShortHash(\"", string(h), "\")")
Base.hash(h::GitHash, seed::UInt) = hash(h.val, seed)
Base.zero(::Type{GitHash}) = GitHash()
Base.iszero(h::GitHash) = all(Base.iszero, h.val)
Base.isless(a::AbstractGitHash, b::AbstractGitHash) = isless(string(a), string(b))
Base.:(==)(a::GitHash, b::GitHash) = a.val == b.val

# Run git in a folder: what it prints, without the last line's end. `fails` makes an error of what it says.
function git(dir, args...; fails=said -> GitError(Error.None, Error.ERROR, said))
    program = Sys.which("git")
    program === nothing && throw(GitError(Error.OS, Error.ENOTFOUND, "LibGit2 works by the command `git` here, which is not installed"))
    out, err = IOBuffer(), IOBuffer()
    p = run(pipeline(ignorestatus(Cmd(Cmd([program, args...]); dir=dir)); stdout=out, stderr=err))
    p.exitcode == 0 || throw(fails(replace(strip(String(take!(err))), r"^(fatal|error): " => "")))
    chomp(String(take!(out)))
end
# Whether git succeeds.
function git_says(dir, args...)
    try
        git(dir, args...)
        true
    catch e
        e isa GitError && e.code === Error.ERROR || rethrow()
        false
    end
end
