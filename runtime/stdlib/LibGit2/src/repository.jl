# What a repository is, and what it is asked.

"""
    GitRepo(path)

The repository in a folder.
"""
mutable struct GitRepo
    dir::String
    GitRepo(path::AbstractString) = new(String(git(existing(path), "rev-parse", "--absolute-git-dir"; fails=_ -> unfound(path))))
end
unfound(path) = GitError(Error.Repository, Error.ENOTFOUND, "could not find repository from '$path'")
existing(path) = isdir(path) && !startswith_above(path) ? path : throw(unfound(path))
# A folder below one with a repository is none itself.
startswith_above(path) = !(ispath(joinpath(path, ".git")) || isfile(joinpath(path, "HEAD")))
"`GitRepoExt(path)`: the repository that a folder is in."
GitRepoExt(path::AbstractString, flags=0) = GitRepo(String(git(path, "rev-parse", "--show-toplevel"; fails=_ -> unfound(path))))
git(r::GitRepo, args...; kw...) = git(path(r), "--git-dir=$(r.dir)", args...; kw...)
git_says(r::GitRepo, args...) = git_says(path(r), "--git-dir=$(r.dir)", args...)
Base.show(io::IO, r::GitRepo) = print(io, "LibGit2.GitRepo(", repr(path(r)), ")")
# Nothing is held open.
Base.close(::GitRepo) = nothing

"`isbare(repo)`: whether it has no files of its own, only the history."
isbare(r::GitRepo) = basename(r.dir) != ".git"
"`gitdir(repo)`: the folder of its history."
gitdir(r::GitRepo) = joinpath(r.dir, "")
"`workdir(repo)`: the folder of its files; `nothing` if it has none."
workdir(r::GitRepo) = isbare(r) ? nothing : joinpath(dirname(r.dir), "")
"`path(repo)`: the folder of its files, or of its history if it has none."
path(r::GitRepo) = isbare(r) ? r.dir : dirname(r.dir)

"""
    with(f, object)
    with(f, T, args...)

Call `f` with an object, made by `T(args...)` in the second form, and close it.
"""
function with(f::Function, obj)
    try
        f(obj)
    finally
        close(obj)
    end
end
with(f::Function, T::Type, args...) = with(f, T(args...))
"As [`with`](@ref), but a `GitError` is only told of."
function with_warn(f::Function, T::Type, args...)
    try
        with(f, T, args...)
    catch e
        @warn string(T, " thrown exception:") exception = e
    end
end

## objects

"An object of a repository: a commit, a tree, the contents of a file, a tag."
abstract type GitObject end
for (T, kind, what) in ((:GitCommit, "commit", "A commit"), (:GitTree, "tree", "A folder as it was"), (:GitBlob, "blob", "The contents of a file as they were"), (:GitTag, "tag", "A tag with a message"))
    @eval begin
        @doc string($what, " of a repository, by its hash or what names it.")
        struct $T <: GitObject
            owner::GitRepo
            hash::GitHash
        end
        $T(r::GitRepo, spec::AbstractString) = $T(r, revparseid(r, $(kind == "commit" || kind == "tree" ? :(string(spec, "^{", $kind, "}")) : :spec)))
        $T(r::GitRepo, h::GitShortHash) = $T(r, string(h))
    end
end
function GitObject(r::GitRepo, spec)
    h = spec isa GitHash ? spec : revparseid(r, string(spec))
    kind = git(r, "cat-file", "-t", string(h); fails=_ -> GitError(Error.Odb, Error.ENOTFOUND, "object not found - no match for id ($h)"))
    (kind == "commit" ? GitCommit : kind == "tree" ? GitTree : kind == "tag" ? GitTag : GitBlob)(r, h)
end
GitHash(o::GitObject) = o.hash
GitHash(r::GitRepo, name::AbstractString) = revparseid(r, name)
GitShortHash(o::GitObject) = GitShortHash(git(o.owner, "rev-parse", "--short", string(o.hash)))
Base.:(==)(a::GitObject, b::GitObject) = a.hash == b.hash
Base.close(::GitObject) = nothing
Base.show(io::IO, o::GitObject) = print(io, "LibGit2.", nameof(typeof(o)), "(", repr(string(o.hash)), ")")
function Base.show(io::IO, c::GitCommit)
    print(io, "Git Commit:\nCommit Author: ", author(c), "\nCommitter: ", committer(c), "\nSHA: ", c.hash, "\nMessage:\n", message(c))
end
"`repository(object)`: the repository that an object is of."
repository(o::GitObject) = o.owner

"`revparseid(repo, text)`: the hash of what a text names, such as `HEAD~2` or `HEAD:file`."
revparseid(r::GitRepo, text::AbstractString) =
    GitHash(git(r, "rev-parse", "--verify", "--quiet", text; fails=_ -> GitError(Error.Reference, Error.ENOTFOUND, "revspec '$text' not found")))
"`iscommit(hash, repo)`: whether a text is the hash of a commit."
iscommit(id::AbstractString, r::GitRepo) = git_says(r, "cat-file", "-e", string(id, "^{commit}"))

"Who made something, and when."
struct Signature
    name::String
    email::String
    time::Int64
    time_offset::Int
end
Signature(name::AbstractString, email::AbstractString) = Signature(name, email, round(Int64, time()), 0)
Signature(r::GitRepo) = Signature(getconfig(r, "user.name", ""), getconfig(r, "user.email", ""))
function signature(c::GitCommit, who)
    name, email, when = split(git(c.owner, "show", "-s", "--date=raw", "--format=%$(who)n%n%$(who)e%n%$(who)d", string(c.hash)), '\n')
    seconds, zone = split(when, ' ')
    hours, minutes = divrem(parse(Int, zone), 100)
    Signature(name, email, parse(Int64, seconds), 60hours + minutes)
end
function Base.show(io::IO, s::Signature)
    local_time = Dates.unix2datetime(s.time + 60s.time_offset)
    hours, minutes = divrem(abs(s.time_offset), 60)
    print(io, "Name: ", s.name, ", Email: ", s.email, ", Time: ", Dates.format(local_time, "yyyy-mm-dd HH:MM:SS"), s.time_offset < 0 ? '-' : '+', lpad(hours, 2, '0'), ':', lpad(minutes, 2, '0'))
end
"`author(commit)`: who wrote it."
author(c::GitCommit) = signature(c, "a")
"`committer(commit)`: who committed it."
committer(c::GitCommit) = signature(c, "c")
"`message(commit)`: what was said of it."
message(c::GitCommit, raw::Bool=false) = split(contents(c, "commit"), "\n\n"; limit=2)[2]
contents(o::GitObject, kind) = read(Cmd(`git cat-file $kind $(string(o.hash))`; dir=o.owner.dir), String)
"`content(blob)`: the contents of a file."
content(b::GitBlob) = contents(b, "blob")
"`rawcontent(blob)`: the bytes of a file."
rawcontent(b::GitBlob) = Vector{UInt8}(contents(b, "blob"))
"`isbinary(blob)`: whether it has bytes that no text has."
isbinary(b::GitBlob) = 0x00 in first(rawcontent(b), 8000)

## references

"A name for a commit: a branch, a tag, the head."
struct GitReference
    owner::GitRepo
    name::String
end
Base.close(::GitReference) = nothing
Base.isempty(::GitReference) = false
GitHash(ref::GitReference) = revparseid(ref.owner, ref.name)
"`name(reference)`: its full name."
name(ref::GitReference) = ref.name
"`shortname(reference)`: its name without `refs/heads/` or what else stands before it."
shortname(ref::GitReference) = replace(ref.name, r"^refs/(heads|tags|remotes)/" => "")
"`branch(reference)`: the name of the branch that it is."
branch(ref::GitReference) = shortname(ref)
isbranch(ref::GitReference) = startswith(ref.name, "refs/heads/")
istag(ref::GitReference) = startswith(ref.name, "refs/tags/")
isremote(ref::GitReference) = startswith(ref.name, "refs/remotes/")
ishead(ref::GitReference) = ref.name == head(ref.owner).name
"`peel(T, reference)`: the object that it leads to."
peel(::Type{T}, ref::GitReference) where {T<:GitObject} = T(ref.owner, ref.name)
peel(ref::GitReference) = peel(GitCommit, ref)
peel(::Type{T}, o::GitObject) where {T<:GitObject} = T(o.owner, string(o.hash))
function Base.show(io::IO, ref::GitReference)
    print(io, "GitReference:\nRepository with ", "workdir = ", repr(workdir(ref.owner)), "\nBranch with name ", ref.name)
end

"""
    head(repo)
    head(path)

The head of a repository, or of the one in a folder as text.
"""
function head(r::GitRepo)
    isorphan(r) && throw(GitError(Error.Reference, Error.EUNBORNBRANCH, "reference '$(git(r, "symbolic-ref", "HEAD"))' not found"))
    GitReference(r, isattached(r) ? String(git(r, "symbolic-ref", "HEAD")) : "HEAD")
end
head(path::AbstractString) = string(head_oid(GitRepo(path)))
"`head_oid(repo)`: the hash of its head; zeros if nothing was committed."
head_oid(r::GitRepo) = isorphan(r) ? GitHash() : revparseid(r, "HEAD")
"`headname(repo)`: the name of the branch that its head is; without one, `(detached from ...)`."
headname(r::GitRepo) = isattached(r) ? shortname(head(r)) : string("(detached from ", first(string(head_oid(r)), 7), ")")
"`branch(repo)`: the name of the branch that its head is."
branch(r::GitRepo) = shortname(head(r))
"`isorphan(repo)`: whether its branch has no commit."
isorphan(r::GitRepo) = !git_says(r, "rev-parse", "--verify", "--quiet", "HEAD")
"`isattached(repo)`: whether its head is a branch."
isattached(r::GitRepo) = git_says(r, "symbolic-ref", "--quiet", "HEAD")
"`lookup_branch(repo, name, remote=false)`: the branch of this name, or `nothing`."
function lookup_branch(r::GitRepo, name::AbstractString, remote::Bool=false)
    full = string(remote ? "refs/remotes/" : "refs/heads/", name)
    git_says(r, "rev-parse", "--verify", "--quiet", full) ? GitReference(r, full) : nothing
end
"`ref_list(repo)`: the full names of its references."
ref_list(r::GitRepo) = lines(git(r, "for-each-ref", "--format=%(refname)"))
"`tag_list(repo)`: the names of its tags."
tag_list(r::GitRepo) = lines(git(r, "tag", "--list"))
lines(text) = String[l for l in split(text, '\n'; keepempty=false)]

## what has changed

"`isdirty(repo, paths=\"\"; cached=false)`: whether files that it knows have changed, or with `cached` whether what was added has."
isdirty(r::GitRepo, paths::AbstractString=""; cached::Bool=false) = isdiff(r, "HEAD", paths; cached=cached)
"`isdiff(repo, treeish, paths=\"\"; cached=false)`: whether files differ from those of a commit."
function isdiff(r::GitRepo, treeish::AbstractString, paths::AbstractString=""; cached::Bool=false)
    revparseid(r, string(treeish, "^{tree}"))
    git_says(r, "update-index", "-q", "--refresh")
    !isempty(git(r, "diff-index", "--name-only", (cached ? ("--cached",) : ())..., treeish, "--", (isempty(paths) ? () : (paths,))...))
end
"`diff_files(repo, a, b)`: the files that differ between two commits or branches."
diff_files(r::GitRepo, a::AbstractString, b::AbstractString; filter=nothing) = lines(git(r, "diff", "--name-only", "--diff-filter=ADM", a, b))
"`merge_base(repo, a, b)`: the last commit that two have in common."
merge_base(r::GitRepo, a::AbstractString, b::AbstractString) = git_says(r, "merge-base", a, b) ? GitHash(git(r, "merge-base", a, b)) : GitHash()
"`is_ancestor_of(a, b, repo)`: whether one commit comes before another."
is_ancestor_of(a::AbstractString, b::AbstractString, r::GitRepo) = git_says(r, "merge-base", "--is-ancestor", a, b)

"`GitRevWalker(repo)`: the commits before the head, newest first."
struct GitRevWalker
    owner::GitRepo
end
Base.close(::GitRevWalker) = nothing
"`map(f, walker; count=0)`: `f(hash, repo)` of each commit, of at most `count`."
map(f::Function, w::GitRevWalker; oid::GitHash=GitHash(), count::Integer=0, kw...) =
    [f(GitHash(h), w.owner) for h in lines(git(w.owner, "rev-list", (count > 0 ? ("--max-count=$count",) : ())..., iszero(oid) ? "HEAD" : string(oid)))]
map(f, args...) = Base.map(f, args...)
iszero(x) = Base.iszero(x)
count(f::Function, w::GitRevWalker; kw...) = Base.count(identity, map(f, w))
