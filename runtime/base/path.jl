# Paths: taking them apart and putting them together.

const path_separator = Sys.iswindows() ? "\\" : "/"

"""
    joinpath(parts...)

The parts joined to a path; an absolute one makes those before it void.
"""
joinpath(a::AbstractString) = String(a)
function joinpath(a::AbstractString, b::AbstractString)
    isabspath(b) && return String(b)
    isempty(a) && return String(b)
    endswith(a, path_separator) ? string(a, b) : string(a, path_separator, b)
end
joinpath(a::AbstractString, b::AbstractString, more::AbstractString...) = joinpath(joinpath(a, b), more...)
joinpath(parts::Union{Tuple,AbstractVector}) = joinpath(parts...)
"""
    isabspath(path)

Whether a path begins at the root.
"""
isabspath(p::AbstractString) = startswith(p, "/") || (Sys.iswindows() && length(p) > 2 && p[2] == ':')
"""
    isdirpath(path)

Whether a path is written as that of a folder: it ends in a slash, `.` or `..`.
"""
function isdirpath(p::AbstractString)
    name = SubString(p, something(findlast('/', p), 0) + 1)
    name in ("", ".", "..")
end
"""
    splitdir(path)

The folder and the name.
"""
function splitdir(p::AbstractString)
    i = findlast('/', p)
    i === nothing && return ("", String(p))
    name = p[nextind(p, i):end]
    dir = rstrip(p[1:prevind(p, i)], '/')
    (isempty(dir) ? "/" : String(dir), String(name))
end
"""
    dirname(path)

The folder of a path.
"""
dirname(p::AbstractString) = splitdir(p)[1]
"""
    basename(path)

The last part of a path.
"""
basename(p::AbstractString) = splitdir(p)[2]
"""
    splitdrive(path)

The drive, which only Windows has, and the rest.
"""
function splitdrive(p::AbstractString)
    Sys.iswindows() && length(p) > 1 && p[2] == ':' && return (String(first(p, 2)), String(chop(p; head=2, tail=0)))
    ("", String(p))
end
"""
    splitext(path)

The path without its extension, and the extension with its dot.
"""
function splitext(p::AbstractString)
    i = findlast('.', p)
    slash = findlast('/', p)
    start = slash === nothing ? 1 : nextind(p, slash)
    (i === nothing || i < start) && return (String(p), "")
    all(==('.'), p[start:prevind(p, i)]) && return (String(p), "")
    (String(p[1:prevind(p, i)]), String(p[i:end]))
end
"""
    splitpath(path)

All parts of a path.
"""
function splitpath(p::AbstractString)
    isempty(p) && return [""]
    out = String[]
    startswith(p, "/") && push!(out, "/")
    for part in split(p, '/'; keepempty=false)
        push!(out, String(part))
    end
    out
end
"""
    normpath(path)

A path without `.` and without `..` behind a name.
"""
function normpath(p::AbstractString)
    parts = String[]
    absolute = isabspath(p)
    for part in split(p, '/'; keepempty=false)
        if part == "." || part == ".." && absolute && isempty(parts)
            continue
        elseif part == ".." && !isempty(parts) && parts[end] != ".."
            pop!(parts)
        else
            push!(parts, String(part))
        end
    end
    absolute || !isempty(parts) || push!(parts, ".")
    q = string(absolute ? "/" : "", join(parts, '/'))
    isdirpath(p) && !isdirpath(q) ? string(q, "/") : q
end
normpath(a::AbstractString, b::AbstractString...) = normpath(joinpath(a, b...))
"""
    abspath(path)

A path from the root on, normalised.
"""
abspath(p::AbstractString) = normpath(isabspath(p) ? p : joinpath(pwd(), p))
abspath(a::AbstractString, b::AbstractString...) = abspath(joinpath(a, b...))
"""
    realpath(path)

The absolute path of what there is, without symbolic links.
"""
realpath(p::AbstractString) = path_real(String(p))
"""
    relpath(path, start=".")

The way to `path` from the folder `start`.
"""
function relpath(p::AbstractString, start::AbstractString=".")
    isempty(p) && throw(ArgumentError("`path` must be non-empty"))
    isempty(start) && throw(ArgumentError("`startpath` must be non-empty"))
    a = split(abspath(p), '/'; keepempty=false)
    b = split(abspath(start), '/'; keepempty=false)
    n = 0
    while n < length(a) && n < length(b) && a[n + 1] == b[n + 1]
        n += 1
    end
    parts = vcat(fill("..", length(b) - n), map(String, a[n+1:end]))
    isempty(parts) ? "." : join(parts, "/")
end
"""
    homedir()

The folder of the user.
"""
homedir() = sys_info(:home)
"""
    expanduser(path)

The path with the user's folder for a `~` at its beginning.
"""
function expanduser(p::AbstractString)
    startswith(p, '~') || return String(p)
    p == "~" && return homedir()
    startswith(p, "~/") ? string(homedir(), SubString(p, 2)) : throw(ArgumentError("~user tilde expansion not yet implemented"))
end
"""
    contractuser(path)

The path with `~` for the user's folder.
"""
function contractuser(p::AbstractString)
    home = homedir()
    p == home && return "~"
    startswith(p, endswith(home, "/") ? home : home * "/") ? joinpath("~", relpath(p, home)) : String(p)
end
"""
    pwd()

The working folder.
"""
pwd() = sys_info(:pwd)
"""
    cd(dir=homedir())
    cd(f, dir=homedir())

Change the working folder, for the call of `f` only if there is one.
"""
cd(dir::AbstractString) = (file_chdir(String(dir)); nothing)
cd() = cd(homedir())
function cd(f::Function, dir::AbstractString=homedir())
    old = pwd()
    cd(dir)
    try
        f()
    finally
        cd(old)
    end
end

# Whether there is a file whose name is spelt exactly so, even where the system takes other spellings.
isfile_casesensitive(path) = isfile(path) && (Sys.islinux() || basename(path) in readdir(isempty(dirname(path)) ? "." : dirname(path)))
