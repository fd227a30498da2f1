# Project.toml and Manifest.toml: reading, writing, and which is the active one.

"A project: its file and what stands in it."
struct Project
    file::String
    data::Dict{String,Any}
end

"""
    Pkg.project()

The active project: `path`, `name`, `uuid`, `version`, `dependencies`, `ispackage`.
"""
function project()
    file = Base.active_project()
    file === nothing && return (name=nothing, uuid=nothing, version=nothing, ispackage=false, dependencies=Dict{String,UUID}(), path="")
    d = read_project(file).data
    deps = Dict{String,UUID}(n => UUID(u) for (n, u) in get(d, "deps", Dict{String,Any}()))
    (name=get(d, "name", nothing), uuid=haskey(d, "uuid") ? UUID(d["uuid"]) : nothing,
     version=haskey(d, "version") ? VersionNumber(d["version"]) : nothing, ispackage=haskey(d, "name") && haskey(d, "uuid"),
     dependencies=deps, path=file)
end

read_project(file) = Project(file, isfile(file) ? TOML.parsefile(file) : Dict{String,Any}())

# The active project, to be changed; one in a temporary folder if there is none.
function project_to_change()
    file = Base.active_project()
    if file === nothing
        activate(; temp=true)
        file = Base.active_project()
    end
    read_project(file)
end

const key_order = ("name", "uuid", "authors", "version", "deps", "weakdeps", "sources", "extensions", "compat", "extras", "targets")
function write_project(p::Project)
    mkpath(dirname(p.file))
    place(k) = something(findfirst(==(k), key_order), length(key_order) + 1)
    open(io -> TOML.print(io, filter(kv -> !(kv[2] isa AbstractDict && isempty(kv[2])), p.data); sorted=true, by=k -> (place(k), k)), p.file, "w")
end

manifest_path(p::Project) = something(Base.manifest_file(p.file, p.data), joinpath(dirname(p.file), "Manifest.toml"))

# The entries of a manifest by name.
function read_manifest(p::Project)
    entries = Dict{String,Any}()
    for (name, e) in Base.manifest_entries(p.file, p.data)
        entries[name] = e
    end
    entries
end
function write_manifest(p::Project, entries)
    d = Dict{String,Any}("julia_version" => string(VERSION), "manifest_format" => "2.0", "deps" => Dict{String,Any}(n => Any[e] for (n, e) in entries))
    open(manifest_path(p), "w") do io
        println(io, "# This file is machine-generated - editing it directly is not advised\n")
        TOML.print(io, d; sorted=true, by=k -> (k == "deps", k))
    end
end

# A path as a manifest in a folder has it.
stored_path(path, folder) = (r = relpath(path, folder); startswith(r, joinpath("..", "..", "..")) ? path : r)

short_path(path) = (home = homedir(); startswith(path, joinpath(home, "")) ? joinpath("~", relpath(path, home)) : path)
short_uuid(u) = string("[", first(string(u), 8), "]")
