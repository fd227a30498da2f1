# VersionNumber: versions that can be compared.

"""
    VersionNumber(major, minor=0, patch=0, prerelease=(), build=())

A version as in semantic versioning; written `v"1.2.3-rc1+7"`.
"""
struct VersionNumber
    major::UInt32
    minor::UInt32
    patch::UInt32
    prerelease::Tuple{Vararg{Union{UInt64,String}}}
    build::Tuple{Vararg{Union{UInt64,String}}}
    function VersionNumber(major::Integer, minor::Integer=0, patch::Integer=0, prerelease::Tuple=(), build::Tuple=())
        major >= 0 || throw(ArgumentError("invalid negative major version: $major"))
        minor >= 0 || throw(ArgumentError("invalid negative minor version: $minor"))
        patch >= 0 || throw(ArgumentError("invalid negative patch version: $patch"))
        for x in prerelease
            check_ident(x, "pre-release", length(prerelease) == 1 && isempty(build))
        end
        for x in build
            check_ident(x, "build", length(build) == 1)
        end
        new(UInt32(major), UInt32(minor), UInt32(patch), map(version_ident, prerelease), map(version_ident, build))
    end
end
check_ident(x::Integer, kind, may_be_empty) = x >= 0 || throw(ArgumentError("invalid negative $kind identifier: $x"))
# A word is of letters, digits and hyphens, and not a number.
function check_ident(x, kind, may_be_empty)
    s = String(x)
    if isempty(s) ? !may_be_empty : !all(c -> isascii(c) && (isletter(c) || isdigit(c) || c == '-'), s) || all(isdigit, s)
        throw(ArgumentError("invalid $kind identifier: $(repr(s))"))
    end
end
version_ident(x::Integer) = UInt64(x)
version_ident(x::AbstractString) = String(x)
VersionNumber(v::VersionNumber) = v
"Whether a version says something about its build, if only with a `+` at the end."
issupbuild(v::VersionNumber) = length(v.build) == 1 && isempty(v.build[1])
"The least and the greatest of the versions with the same three numbers."
lowerbound(v::VersionNumber) = VersionNumber(v.major, v.minor, v.patch, ("",))
upperbound(v::VersionNumber) = VersionNumber(v.major, v.minor, v.patch, (), ("",))
VersionNumber(v::Tuple) = VersionNumber(v...)
VersionNumber(s::AbstractString) = parse(VersionNumber, s)

# The identifiers of a part such as "rc.1".
function version_idents(s)
    isempty(s) && return ()
    tuple(Any[all(isdigit, x) && !isempty(x) ? parse(UInt64, x) : String(x) for x in split(s, '.')]...)
end

function tryparse(::Type{VersionNumber}, s::AbstractString)
    t = strip(s)
    t == "∞" && return VersionNumber(typemax(UInt32), typemax(UInt32), typemax(UInt32), (), ("",))
    startswith(t, 'v') && (t = SubString(t, 2))
    build = nothing
    plus = findfirst('+', t)
    if plus !== nothing
        build = SubString(t, plus + 1)
        t = SubString(t, 1, plus - 1)
    end
    pre = nothing
    numbers_end = findfirst(c -> !(isdigit(c) || c == '.'), t)
    if numbers_end !== nothing
        rest = SubString(t, numbers_end)
        t = SubString(t, 1, prevind(t, numbers_end))
        if startswith(rest, '-')
            pre = SubString(rest, 2)
        elseif isletter(first(rest))
            pre = rest
        else
            return nothing
        end
    end
    parts = split(t, '.')
    (1 <= length(parts) <= 3 && all(p -> !isempty(p) && all(isdigit, p) && length(p) < 10, parts)) || return nothing
    nums = map(p -> parse(Int, p), parts)
    for x in (pre, build)
        x === nothing && continue
        isempty(x) && continue
        all(c -> isascii(c) && (isletter(c) || isdigit(c) || c == '-' || c == '.'), x) || return nothing
        any(isempty, split(x, '.')) && return nothing
    end
    mi = length(nums) > 1 ? nums[2] : 0
    pa = length(nums) > 2 ? nums[3] : 0
    VersionNumber(nums[1], mi, pa, pre === nothing ? () : isempty(pre) ? ("",) : version_idents(pre),
        build === nothing ? () : isempty(build) ? ("",) : version_idents(build))
end
function parse(::Type{VersionNumber}, s::AbstractString)
    v = tryparse(VersionNumber, s)
    v === nothing && throw(ArgumentError("invalid version string: $s"))
    v
end

"""
    v"1.2.3"

A version.
"""
macro v_str(s)
    VersionNumber(s)
end

function print(io::IO, v::VersionNumber)
    v == typemax(VersionNumber) && return print(io, "∞")
    print(io, Int(v.major), '.', Int(v.minor), '.', Int(v.patch))
    if !isempty(v.prerelease)
        print(io, '-')
        join(io, v.prerelease, '.')
    end
    if !isempty(v.build)
        print(io, '+')
        join(io, v.build, '.')
    end
end
show(io::IO, v::VersionNumber) = print(io, "v\"", v, "\"")
convert(::Type{VersionNumber}, v::Integer) = VersionNumber(v)
convert(::Type{VersionNumber}, v::Tuple) = VersionNumber(v...)
convert(::Type{VersionNumber}, v::AbstractString) = VersionNumber(v)
typemin(::Type{VersionNumber}) = VersionNumber(0, 0, 0, ("",))
typemax(::Type{VersionNumber}) = VersionNumber(typemax(UInt32), typemax(UInt32), typemax(UInt32), (), ("",))

# -1, 0, 1: numbers come before words, the empty word first or last.
ident_cmp(a::Integer, b::Integer) = cmp(a, b)
ident_cmp(a::Integer, b::String) = isempty(b) ? 1 : -1
ident_cmp(a::String, b::Integer) = isempty(a) ? -1 : 1
ident_cmp(a::String, b::String) = cmp(a, b)
function idents_cmp(a::Tuple, b::Tuple)
    for i in 1:min(length(a), length(b))
        c = ident_cmp(a[i], b[i])
        c == 0 || return c
    end
    cmp(length(a), length(b))
end
version_cmp(a, b) =
    a.major != b.major ? cmp(a.major, b.major) :
    a.minor != b.minor ? cmp(a.minor, b.minor) :
    a.patch != b.patch ? cmp(a.patch, b.patch) : prerelease_cmp(a, b)
function prerelease_cmp(a, b)
    if isempty(a.prerelease) != isempty(b.prerelease)
        return isempty(a.prerelease) ? 1 : -1
    end
    c = idents_cmp(a.prerelease, b.prerelease)
    c == 0 || return c
    a.build == ("",) && b.build != ("",) && return 1
    b.build == ("",) && a.build != ("",) && return -1
    idents_cmp(a.build, b.build)
end
==(a::VersionNumber, b::VersionNumber) = version_cmp(a, b) == 0
isless(a::VersionNumber, b::VersionNumber) = version_cmp(a, b) < 0
hash(v::VersionNumber, h::UInt) = hash(v.build, hash(v.prerelease, hash(v.patch, hash(v.minor, hash(v.major, h ⊻ 0x8ff4ffdb75f9fede)))))
thispatch(v::VersionNumber) = VersionNumber(v.major, v.minor, v.patch)
thisminor(v::VersionNumber) = VersionNumber(v.major, v.minor, 0)
thismajor(v::VersionNumber) = VersionNumber(v.major, 0, 0)
nextpatch(v::VersionNumber) = v < thispatch(v) ? thispatch(v) : VersionNumber(v.major, v.minor, v.patch + 1)
nextminor(v::VersionNumber) = v < thisminor(v) ? thisminor(v) : VersionNumber(v.major, v.minor + 1, 0)
nextmajor(v::VersionNumber) = v < thismajor(v) ? thismajor(v) : VersionNumber(v.major + 1, 0, 0)

"The version of the language that is spoken here."
const VERSION = VersionNumber(1, 12, 0)
"The version as a text."
const VERSION_STRING = "1.12.0"
"Whether there are the decompositions of sparse matrices, which Julia takes from libraries with the GNU license."
const USE_GPL_LIBS = true
