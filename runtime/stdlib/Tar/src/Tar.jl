# Tar: archives of files. header.jl has an entry's facts, blocks.jl how they are written, entries.jl how an archive
# is read, trees.jl what is made of one.

"""
    Tar

Archives of files: `Tar.create`, `Tar.extract`, `Tar.list`, `Tar.rewrite`, `Tar.tree_hash`. They carry files, folders and
links from one system to another: owners and times are neither written nor looked at, and of modes only whether a
file can be run.
"""
module Tar

using ArgTools, SHA

public create, extract, list, rewrite, tree_hash, Header

include("header.jl")
include("blocks.jl")
include("entries.jl")
include("trees.jl")
include("extract.jl")

always(_) = true
usage(ok, what, call) = ok || error(what, "\nUSAGE: ", call, "\n")
see_file(path::AbstractString, name, call) = usage(isfile(path), "`$name` not a file: $path", call)
see_file(_, name, call) = nothing

"""
    create([predicate,] dir, [tarball]; skeleton, portable=false)

Write an archive of what is in the folder `dir` to a path, a command or a stream; without one, to a temporary file. The
value is where it was written. Only paths for which `predicate(path)` is true are taken, and of folders for which it
is not, nothing. With a `skeleton` (see [`extract`](@ref)) the archive is as the one that this came from. With
`portable=true` a name that Windows forbids is an error.
"""
create(dir::AbstractString, tarball::Union{ArgWrite,Nothing}=nothing; kw...) = create(always, dir, tarball; kw...)
function create(predicate::Function, dir::AbstractString, tarball::Union{ArgWrite,Nothing}=nothing;
                skeleton::Union{ArgRead,Nothing}=nothing, portable::Bool=false)
    usage(isdir(dir), "`dir` not a directory: $dir", "create([predicate,] dir, [tarball])")
    skeleton === nothing && return arg_write(io -> write_folder(predicate, io, String(dir), portable), tarball)
    predicate === always || error("create: predicate and skeleton cannot be used together")
    see_file(skeleton, "skeleton", "create([predicate,] dir, [tarball]; [skeleton = <file>])")
    arg_read(skeleton) do bones
        arg_write(io -> write_again(io, String(dir), bones, portable), tarball)
    end
end

"""
    list(tarball; strict=true)
    list(callback, tarball; strict=true)

The entries of an archive, each a [`Header`](@ref); with a function, it is called with each instead. What
[`extract`](@ref) would refuse is an error, unless `strict=false`. A function that takes a second argument, a vector of
bytes or of pairs of names and texts, is given the block of the header as that.
"""
list(tarball::ArgRead; kw...) = (found = Header[]; list(h -> push!(found, h), tarball; kw...); found)
function list(callback::Function, tarball::ArgRead; raw::Bool=false, strict::Bool=!raw)
    raw && strict && error("`raw=true` and `strict=true` options are incompatible")
    arg_read(io -> list_entries(callback, io, raw, strict), tarball)
end

"""
    extract([predicate,] tarball, [dir]; skeleton, copy_symlinks, set_permissions=true)

Write what is in an archive into a folder, which has to be empty or is made; without one, into a temporary folder. The
value is the folder. Only entries for whose [`Header`](@ref) `predicate` is true are taken. The archive's headers alone go to a
`skeleton`, from which [`create`](@ref) makes the same archive again. With `copy_symlinks=true` a link to what is in the
archive becomes a copy of it. An entry that would leave the folder is an error.
"""
extract(tarball::ArgRead, dir::Union{AbstractString,Nothing}=nothing; kw...) = extract(always, tarball, dir; kw...)
function extract(predicate::Function, tarball::ArgRead, dir::Union{AbstractString,Nothing}=nothing; skeleton::Union{ArgWrite,Nothing}=nothing,
                 copy_symlinks::Union{Bool,Nothing}=nothing, set_permissions::Bool=true)
    predicate === always || skeleton === nothing || error("extract: predicate and skeleton cannot be used together")
    call = "extract([predicate,] tarball, [dir])"
    see_file(tarball, "tarball", call)
    if dir !== nothing && ispath(dir)
        usage(isdir(dir), "`dir` not a directory: $dir", call)
        usage(isempty(readdir(dir)), "`dir` not empty: $dir", call)
    end
    arg_read(tarball) do io
        arg_mkdir(dir === nothing ? nothing : String(dir)) do root
            copies = something(copy_symlinks, !makes_links(root))
            arg_write(bones -> extract_into(predicate, io, root, bones, copies, set_permissions), something(skeleton, devnull))
        end
    end
end

"""
    rewrite([predicate,] old_tarball, [new_tarball]; portable=false)

Write an archive again as [`create`](@ref) would after [`extract`](@ref), without files in between. The value is where it
was written.
"""
rewrite(old::ArgRead, new::Union{ArgWrite,Nothing}=nothing; kw...) = rewrite(always, old, new; kw...)
function rewrite(predicate::Function, old::ArgRead, new::Union{ArgWrite,Nothing}=nothing; portable::Bool=false)
    see_file(old, "old_tarball", "rewrite([predicate,] old_tarball, [new_tarball])")
    source = old isa AbstractString || applicable(seek, old, 0) ? old : IOBuffer(read(old))
    arg_read(from -> arg_write(to -> write_tree(to, read_tree(predicate, from, portable), from), new), source)
end

"""
    tree_hash([predicate,] tarball; algorithm="git-sha1", skip_empty=false)

The hash that git gives the files in an archive, as text; `algorithm="git-sha256"` for that with SHA-256. git knows no empty
folders: with `skip_empty=true` they are left out, else they count.
"""
tree_hash(tarball::ArgRead; kw...) = tree_hash(always, tarball; kw...)
function tree_hash(predicate::Function, tarball::ArgRead; algorithm::AbstractString="git-sha1", skip_empty::Bool=false)
    see_file(tarball, "tarball", "tree_hash([predicate,] tarball)")
    algorithm in ("git-sha1", "git-sha256") || error("invalid tree hashing algorithm: $algorithm")
    T = algorithm == "git-sha1" ? SHA1_CTX : SHA256_CTX
    arg_read(io -> git_tree_hash(predicate, io, T, skip_empty), tarball)
end

end
