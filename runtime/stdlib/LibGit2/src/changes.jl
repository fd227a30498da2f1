# What makes and changes a repository: commits, branches, settings, remotes.

"`init(path, bare=false)`: make a repository in a folder."
init(path::AbstractString, bare::Bool=false) = (mkpath(path); git(path, "init", "--quiet", (bare ? ("--bare",) : ())...); GitRepo(path))
"""
    clone(url, path; branch="", isbare=false)

Make a copy of a repository in a folder.
"""
function clone(url::AbstractString, path::AbstractString; branch::AbstractString="", isbare::Bool=false, kw...)
    git(pwd(), "clone", "--quiet", (isbare ? ("--bare",) : ())..., (isempty(branch) ? () : ("--branch", branch))..., url, path;
        fails=said -> GitError(Error.Net, Error.ERROR, said))
    GitRepo(path)
end
"`add!(repo, paths...)`: take files as they are for the next commit."
add!(r::GitRepo, paths::AbstractString...; flags=0) = (git(r, "add", "--", paths...); nothing)
"`remove!(repo, paths...)`: leave files out of the next commit."
remove!(r::GitRepo, paths::AbstractString...) = (git(r, "rm", "--quiet", "--cached", "-r", "--", paths...); nothing)
"`commit(repo, message; author, committer)`: commit what was added; the hash."
function commit(r::GitRepo, msg::AbstractString; author::Signature=Signature(r), committer::Signature=Signature(r), kw...)
    isempty(author.name) && throw(GitError(Error.Config, Error.ENOTFOUND, "config value 'user.name' was not found"))
    mktemp() do file, io
        print(io, msg)
        close(io)
        git(r, "-c", "user.name=$(committer.name)", "-c", "user.email=$(committer.email)", "commit", "--quiet", "--allow-empty", "--allow-empty-message",
            "--no-verify", "--cleanup=verbatim", "--author=$(author.name) <$(author.email)>", "--file=$file")
    end
    head_oid(r)
end
"""
    branch!(repo, name, commit=""; track="", force=false, set_head=true)

Go to a branch, which is made if it is not there.
"""
function branch!(r::GitRepo, name::AbstractString, commit::AbstractString=""; track::AbstractString="", force::Bool=false, set_head::Bool=true)
    if force || lookup_branch(r, name) === nothing
        remote = isempty(track) ? nothing : lookup_branch(r, "$track/$name", true)
        start = !isempty(commit) ? commit : remote === nothing ? "HEAD" : "$track/$name"
        git(r, "branch", (force ? ("--force",) : ())..., "--no-track", name, start)
        isempty(track) || (set!(GitConfig(r), "branch.$name.remote", track); set!(GitConfig(r), "branch.$name.merge", "refs/heads/$name"))
    end
    set_head && git(r, "checkout", "--quiet", name)
    nothing
end
"`create_branch(repo, name, commit; force=false)`: a new branch at a commit."
create_branch(r::GitRepo, name::AbstractString, c::GitCommit; force::Bool=false) =
    (git(r, "branch", (force ? ("--force",) : ())..., name, string(c.hash)); GitReference(r, "refs/heads/$name"))
"`delete_branch(reference)`: take a branch away."
delete_branch(ref::GitReference) = (git(ref.owner, "branch", "-D", shortname(ref)); nothing)
"`checkout!(repo, commit; force=true)`: the files as they were at a commit, without a branch."
checkout!(r::GitRepo, commit::AbstractString=""; force::Bool=true) =
    isempty(commit) ? nothing : (git(r, "checkout", "--quiet", (force ? ("--force",) : ())..., "--detach", commit); nothing)
"`reset!(repo, hash, mode)`: move the branch to a commit; with mode 3, the files too."
reset!(r::GitRepo, id::GitHash, mode::Integer=2; kw...) = (git(r, "reset", "--quiet", mode == 3 ? "--hard" : mode == 1 ? "--soft" : "--mixed", string(id)); head_oid(r))
"`tag_create(repo, tag, commit; msg=\"\", force=false)`: a tag for a commit; its hash."
function tag_create(r::GitRepo, tag::AbstractString, commit; msg::AbstractString="", force::Bool=false, sig=nothing)
    git(r, "tag", (force ? ("--force",) : ())..., "--annotate", "--message=$msg", tag, string(commit))
    revparseid(r, "refs/tags/$tag")
end
"`tag_delete(repo, tag)`: take a tag away."
tag_delete(r::GitRepo, tag::AbstractString) = (git(r, "tag", "--delete", tag); nothing)

## settings

"""
    GitConfig(repo)
    GitConfig()

The settings of a repository and the user's, or the user's alone.
"""
struct GitConfig
    owner::Union{GitRepo,Nothing}
end
GitConfig() = GitConfig(nothing)
Base.close(::GitConfig) = nothing
config(c::GitConfig, args...; kw...) = c.owner === nothing ? git(pwd(), "config", "--global", args...; kw...) : git(c.owner, "config", args...; kw...)
function setting(c::GitConfig, name)
    missing_one(said) = GitError(Error.Config, Error.ENOTFOUND, "config value '$name' was not found")
    config(c, "--get", name; fails=missing_one)
end
"""
    get(T, config, name)
    get(config, name, default)

A setting as a value of type `T`, or of the type of the default.
"""
get(::Type{<:AbstractString}, c::GitConfig, name::AbstractString) = String(setting(c, name))
get(::Type{Bool}, c::GitConfig, name::AbstractString) = lowercase(setting(c, name)) in ("true", "yes", "on", "1", "")
get(::Type{T}, c::GitConfig, name::AbstractString) where {T<:Integer} = parse(T, setting(c, name))
function get(c::GitConfig, name::AbstractString, default::T) where {T}
    try
        get(T, c, name)
    catch e
        e isa GitError && e.code === Error.ENOTFOUND && e.class === Error.Config || rethrow()
        default
    end
end
get(x, args...) = Base.get(x, args...)
"`getconfig(repo, name, default)`: a setting."
getconfig(r::GitRepo, name::AbstractString, default) = get(GitConfig(r), name, default)
getconfig(path::AbstractString, name::AbstractString, default) = isempty(path) ? getconfig(name, default) : getconfig(GitRepo(path), name, default)
getconfig(name::AbstractString, default) = get(GitConfig(), name, default)
"`set!(config, name, value)`: change a setting."
set!(c::GitConfig, name::AbstractString, value) = (config(c, name, string(value)); nothing)

## remotes

"A repository elsewhere that one fetches from and pushes to."
struct GitRemote
    owner::GitRepo
    name::String
    url::String
end
function GitRemote(r::GitRepo, name::AbstractString, url::AbstractString)
    git(r, "remote", "add", name, url)
    invoke(GitRemote, Tuple{GitRepo,Any,Any}, r, name, url)
end
Base.close(::GitRemote) = nothing
"`remotes(repo)`: the names of its remotes."
remotes(r::GitRepo) = lines(git(r, "remote"))
"`lookup_remote(repo, name)`: the remote of this name, or `nothing`."
lookup_remote(r::GitRepo, name::AbstractString) = name in remotes(r) ? get(GitRemote, r, name) : nothing
get(::Type{GitRemote}, r::GitRepo, name::AbstractString) =
    invoke(GitRemote, Tuple{GitRepo,Any,Any}, r, name, git(r, "remote", "get-url", name; fails=_ -> GitError(Error.Config, Error.ENOTFOUND, "remote '$name' does not exist")))
"`url(remote)`: where it is."
url(m::GitRemote) = m.url
name(m::GitRemote) = m.name
Base.show(io::IO, m::GitRemote) = print(io, "GitRemote:\nRemote name: ", m.name, " url: ", m.url)
"`set_remote_url(repo, name, url)`: change where a remote is."
set_remote_url(r::GitRepo, name::AbstractString, url::AbstractString) = (git(r, "remote", "set-url", name, url); nothing)
set_remote_url(path::AbstractString, name::AbstractString, url::AbstractString) = set_remote_url(GitRepo(path), name, url)
"`fetch(repo; remote=\"origin\", refspecs=[])`: get what is new there."
fetch(r::GitRepo; remote::AbstractString="origin", remoteurl::AbstractString="", refspecs::Vector{<:AbstractString}=String[], kw...) =
    (git(r, "fetch", "--quiet", isempty(remoteurl) ? remote : remoteurl, refspecs...; fails=said -> GitError(Error.Net, Error.ERROR, said)); nothing)
"`push(repo; remote=\"origin\", refspecs=[], force=false)`: give it what is new here."
push(r::GitRepo; remote::AbstractString="origin", remoteurl::AbstractString="", refspecs::Vector{<:AbstractString}=String[], force::Bool=false, kw...) =
    (git(r, "push", "--quiet", (force ? ("--force",) : ())..., isempty(remoteurl) ? remote : remoteurl, refspecs...; fails=said -> GitError(Error.Net, Error.ERROR, said)); nothing)
"`merge!(repo; committish=\"\", fastforward=false)`: merge what was fetched, or a commit; whether that went well."
merge!(r::GitRepo; committish::AbstractString="", branch::AbstractString="", fastforward::Bool=false, kw...) =
    git_says(r, "merge", "--quiet", "--no-edit", (fastforward ? ("--ff-only",) : ())..., isempty(committish) ? (isempty(branch) ? "FETCH_HEAD" : branch) : committish)

"What the address of a repository on GitHub looks like: its user and its name."
const GITHUB_REGEX = r"^(?:(?:ssh://)?git@|git://|https://(?:[\w\.\+\-]+@)?)github.com[:/](([^/].+)/(.+?))(?:\.git)?$"i
