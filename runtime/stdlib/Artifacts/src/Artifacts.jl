# Artifacts: the files of packages that stand under their hash in a depot. Those that are there are found; none is downloaded.

"""
    Artifacts

Finds the artifacts that `Artifacts.toml` beside a package names, in `artifacts` of the folders of `DEPOT_PATH`.
"""
module Artifacts

import TOML
using Base: SHA1, UUID

export artifact_exists, artifact_path, artifact_meta, artifact_hash, select_downloadable_artifacts, find_artifacts_toml, @artifact_str

const artifact_names = ("JuliaArtifacts.toml", "Artifacts.toml")

"`artifacts_dirs(args...)`: a path in `artifacts` of each folder of `DEPOT_PATH`."
artifacts_dirs(args...) = String[abspath(depot, "artifacts", args...) for depot in DEPOT_PATH]
"`artifact_paths(hash)`: where the artifact with this hash may be."
artifact_paths(hash::SHA1; honor_overrides::Bool=true) = artifacts_dirs(bytes2hex(hash.bytes))
"`artifact_path(hash)`: where the artifact with this hash is, or would be put."
function artifact_path(hash::SHA1; honor_overrides::Bool=true)
    paths = artifact_paths(hash)
    i = findfirst(isdir, paths)
    paths[something(i, 1)]
end
"`artifact_exists(hash)`: whether the artifact with this hash is in a depot."
artifact_exists(hash::SHA1; honor_overrides::Bool=true) = any(isdir, artifact_paths(hash))

"`find_artifacts_toml(path)`: the `Artifacts.toml` of the package that a file is in; `nothing` if it has none."
function find_artifacts_toml(path::String)
    dir = isdir(path) ? path : dirname(path)
    while true
        for name in artifact_names
            file = joinpath(dir, name)
            isfile(file) && return abspath(file)
        end
        any(name -> isfile(joinpath(dir, name)), ("JuliaProject.toml", "Project.toml")) && return nothing
        above = dirname(dir)
        (isempty(above) || above == dir) && return nothing
        dir = above
    end
end

"`load_artifacts_toml(file)`: what an `Artifacts.toml` says."
load_artifacts_toml(file::String; pkg_uuid=nothing) = isfile(file) ? TOML.parsefile(file) : Dict{String,Any}()

# How this system is named in Artifacts.toml.
const here = (os=Sys.islinux() ? "linux" : Sys.isapple() ? "macos" : Sys.iswindows() ? "windows" : "freebsd", arch=string(Sys.ARCH))
fits(meta) = get(meta, "os", here.os) == here.os && get(meta, "arch", here.arch) == here.arch

"`artifact_meta(name, toml)`: the entry of an artifact, of several the one for this system; `nothing` if there is none."
artifact_meta(name::String, toml::String; kw...) = artifact_meta(name, load_artifacts_toml(toml), toml; kw...)
function artifact_meta(name::String, artifacts::Dict, toml::String; platform=nothing, pkg_uuid=nothing)
    haskey(artifacts, name) || return nothing
    meta = artifacts[name]
    if meta isa Vector
        i = findfirst(fits, meta)
        meta = i === nothing ? nothing : meta[i]
    end
    meta === nothing || haskey(meta, "git-tree-sha1") || error("Invalid artifacts file at $(toml): artifact '$name' contains no `git-tree-sha1`!")
    meta
end
"`artifact_hash(name, toml)`: the hash of an artifact; `nothing` if it is not named."
function artifact_hash(name::String, toml::String; kw...)
    meta = artifact_meta(name, toml; kw...)
    meta === nothing ? nothing : SHA1(meta["git-tree-sha1"])
end
"`select_downloadable_artifacts(toml)`: the entries that say where to download from, by name."
select_downloadable_artifacts(toml::String; platform=nothing, include_lazy::Bool=false, kw...) =
    Dict{String,Any}(name => meta for name in keys(load_artifacts_toml(toml)) for meta in (artifact_meta(name, toml),)
        if meta !== nothing && haskey(meta, "download") && (include_lazy || !get(meta, "lazy", false)))

# The name of an artifact, and the path in it that may follow.
function split_name(name)
    parts = split(replace(name, '\\' => '/'), '/'; limit=2)
    String(parts[1]), length(parts) > 1 ? String(parts[2]) : ""
end
function find_artifact(name, toml)
    artifact, inside = split_name(name)
    meta = artifact_meta(artifact, toml)
    meta === nothing && error("Cannot locate artifact '$artifact' for $(here.arch)-$(here.os) in '$toml'")
    paths = artifact_paths(SHA1(meta["git-tree-sha1"]))
    i = findfirst(isdir, paths)
    i === nothing && error("Artifact $(repr(artifact)) was not found by looking in the paths:\n", map(p -> "  $p\n", paths)...,
        "Artifacts are not downloaded here: put the files into one of these folders.")
    isempty(inside) ? paths[i] : joinpath(paths[i], inside)
end

"""
    artifact"name"
    artifact"name/path"

The folder of an artifact that the `Artifacts.toml` of the package names, or what is in it; an error if it is not in a depot.
"""
macro artifact_str(name, platform=nothing)
    file = string(__source__.file)
    toml = find_artifacts_toml(file)
    toml === nothing && error("Cannot locate '(Julia)Artifacts.toml' file when attempting to use artifact '$(name)' in '$(__module__)'")
    if name isa String
        meta = artifact_meta(split_name(name)[1], toml)
        meta === nothing && error("Cannot locate artifact '$(split_name(name)[1])' for $(here.arch)-$(here.os) in '$toml'")
    end
    :(find_artifact(string($(esc(name))), $toml))
end

end
