# What the active project depends on, and what is said of registries and versions, of which there are none here.

"What `Pkg.dependencies` says of a package: `name`, `version`, `source` (its folder), `dependencies` and whether the project names it."
struct PackageInfo
    name::String
    version::Union{Nothing,VersionNumber}
    tree_hash::Union{Nothing,String}
    is_direct_dep::Bool
    is_pinned::Bool
    is_tracking_path::Bool
    is_tracking_repo::Bool
    is_tracking_registry::Bool
    git_revision::Union{Nothing,String}
    git_source::Union{Nothing,String}
    source::String
    dependencies::Dict{String,UUID}
end

"""
    Pkg.dependencies()

The packages of the active project and those that they need, by UUID.
"""
function dependencies(f::Function=(_, _) -> nothing)
    found = Dict{UUID,PackageInfo}()
    file = Base.active_project()
    file === nothing && return found
    p = read_project(file)
    direct = get(p.data, "deps", Dict{String,Any}())
    entries = read_manifest(p)
    for (name, e) in entries
        path = get(e, "path", nothing)
        deps = Dict{String,UUID}(d => UUID(entries[d]["uuid"]) for d in get(e, "deps", String[]) if haskey(entries, d))
        found[UUID(e["uuid"])] = PackageInfo(name, haskey(e, "version") ? VersionNumber(e["version"]) : nothing, get(e, "git-tree-sha1", nothing), haskey(direct, name),
            false, path !== nothing, false, path === nothing, nothing, nothing, path === nothing ? "" : normpath(joinpath(dirname(manifest_path(p)), path)), deps)
    end
    for (name, u) in direct
        haskey(found, UUID(u)) || (found[UUID(u)] = PackageInfo(name, name in built_in ? VERSION : nothing, nothing, true, false, false, false, true, nothing, nothing, "", Dict{String,UUID}()))
    end
    foreach(pair -> f(pair...), found)
    found
end
dependencies(f::Function, u::UUID) = haskey(dependencies(), u) ? f(dependencies()[u]) : pkgerror("Dependency with UUID `$u` does not exist")
"`Pkg.installed()`: the versions of the packages that the active project names, by name."
installed() = Dict{String,VersionNumber}(i.name => i.version for i in values(dependencies()) if i.is_direct_dep && i.version !== nothing)
"`Pkg.dir(name)`: the folder of a package; `nothing` if it is not there."
dir(name::AbstractString, parts::AbstractString...) = (file = Base.find_package(name); file === nothing ? nothing : joinpath(dirname(dirname(file)), parts...))
"""
    Pkg.why(name)

Print by which packages the active project comes to need a package.
"""
function why(name::Union{AbstractString,PackageSpec}; io::IO=stdout)
    want = name isa PackageSpec ? name.name : String(name)
    all = dependencies()
    any(i -> i.name == want, values(all)) || pkgerror("The following package names could not be resolved:\n * $want (not found in project or manifest)")
    function follow(u, chain)
        i = all[u]
        i.name == want && return println(io, "  ", join([chain; i.name], " → "))
        for d in sort!(collect(values(i.dependencies)); by=d -> all[d].name)
            all[d].name in chain || follow(d, [chain; i.name])
        end
    end
    foreach(u -> follow(u, String[]), sort!([u for (u, i) in all if i.is_direct_dep]; by=u -> all[u].name))
end

"""
    Pkg.compat(name, versions)

Write into the active project which versions of a package it works with.
"""
function compat(name::AbstractString, versions::Union{AbstractString,Nothing}=nothing; io::IO=stderr, kw...)
    p = project_to_change()
    name == "julia" || haskey(get(p.data, "deps", Dict()), name) || pkgerror("No package named $name in current Project")
    entries = get!(p.data, "compat", Dict{String,Any}())
    versions === nothing || isempty(versions) ? delete!(entries, name) : (entries[name] = String(versions))
    write_project(p)
    println(io, "      Compat entry ", versions === nothing ? "removed for $name" : "set:\n  $name = $(repr(versions))")
end
function compat(; io::IO=stdout, kw...)
    p = read_project(something(Base.active_project(), ""))
    println(io, "Compat `", short_path(p.file), "`")
    foreach(((k, v),) -> println(io, "  ", rpad(k, 20), v), sort!(collect(get(p.data, "compat", Dict{String,Any}()))))
end

no_versions(what) = pkgerror(what, ": packages are used as they are in their folders here, there are no other versions of them")
"`Pkg.pin(name)`: not possible, for there are no other versions."
pin(args...; kw...) = no_versions("cannot pin")
"`Pkg.free(name)`: not possible, for there are no registered versions."
free(args...; kw...) = no_versions("cannot free")
"`Pkg.undo()`: not possible, for no earlier states are kept."
undo(args...; kw...) = pkgerror("no more states left")
"`Pkg.redo()`: not possible, for no earlier states are kept."
redo(args...; kw...) = pkgerror("no more states left")
"`Pkg.offline(value=true)`: nothing is downloaded in any case."
offline(::Bool=true) = nothing
"`Pkg.upgrade_manifest()`: make the manifest of the active project anew."
upgrade_manifest(args...) = resolve()
"`Pkg.is_manifest_current()`: whether the manifest has all that the active project names."
function is_manifest_current(args...)
    file = Base.active_project()
    file === nothing && return nothing
    p = read_project(file)
    isfile(manifest_path(p)) || return nothing
    entries = read_manifest(p)
    all(n -> n in built_in || haskey(entries, n), keys(get(p.data, "deps", Dict{String,Any}())))
end
"`Pkg.respect_sysimage_versions(value=true)`: there are no other versions of the libraries."
respect_sysimage_versions(::Bool=true) = nothing
"`Pkg.setprotocol!(; kw...)`: nothing is downloaded."
setprotocol!(; kw...) = nothing
"`Pkg.autoprecompilation_enabled(value)`: nothing is compiled beforehand."
autoprecompilation_enabled(::Bool) = nothing
const remove = rm

# The UUIDs of the libraries that are built in, as projects name them.
const built_in_uuids = Dict(
    "ArgTools" => "0dad84c5-d112-42e6-8d28-ef12dabb789f", "Artifacts" => "56f22d72-fd6d-98f1-02f0-08ddc0907c33",
    "Base64" => "2a0f44e3-6c83-55bd-87e4-b1978d98bd5f", "CRC32c" => "8bf52ea8-c179-5cab-976a-9e18b702a9bc",
    "Dates" => "ade2ca70-3891-5945-98fb-dc099432e06a", "DelimitedFiles" => "8bb1440f-4735-579b-a4ab-409b98df4dab",
    "Distributed" => "8ba89e20-285c-5b6f-9357-94700520ee1b", "Downloads" => "f43a241f-c20a-4ad4-852c-f6b1247861c6",
    "FileWatching" => "7b1f6079-737a-58dc-b8bc-7a2ca5c1b5ee", "Future" => "9fa8497b-333b-5362-9e8d-4d0656e87820",
    "InteractiveUtils" => "b77e0a4c-d291-57a0-90e8-8db25a27a240", "JuliaSyntaxHighlighting" => "ac6e5ff7-fb65-4e79-a425-ec3bc9c03011",
    "LazyArtifacts" => "4af54fe1-eca0-43a8-85a7-787d91b784e3", "LibGit2" => "76f85450-5226-5b5a-8eaa-529ad045b433",
    "Libdl" => "8f399da3-3557-5675-b5ff-fb832c97cbdb", "LinearAlgebra" => "37e2e46d-f89d-539d-b4ee-838fcccc9c8e",
    "Logging" => "56ddb016-857b-54e1-b83d-db4d58db5568", "Markdown" => "d6f4376e-aef5-505a-96c1-9c027394607a",
    "Mmap" => "a63ad114-7e13-5084-954f-fe012c677804", "NetworkOptions" => "ca575930-c2e3-43a9-ace4-1e988b2c1908",
    "Pkg" => "44cfe95a-1eb2-52ea-b672-e2afdf69b78f", "Printf" => "de0858da-6303-5e67-8744-51eddeeeb8d7",
    "Profile" => "9abbd945-dff8-562f-b5e8-e1ebf5ef1b79", "REPL" => "3fa0cd96-eef1-5676-8a61-b3b8758bbffb",
    "Random" => "9a3f8284-a2c9-5f02-9a11-845980a1fd5c", "SHA" => "ea8e919c-243c-51af-8825-aaa63cd721ce",
    "Serialization" => "9e88b42a-f829-5b0c-bbe9-9e923198166b", "SharedArrays" => "1a1011a3-84de-559e-8e89-a11a2f7dc383",
    "Sockets" => "6462fe0b-24de-5631-8697-dd941f90decc", "SparseArrays" => "2f01184e-e22b-5df5-ae63-d93ebab69eaf",
    "Statistics" => "10745b16-79ce-11e8-11f9-7d13ad32a3b2", "StyledStrings" => "f489334b-da3d-4c2e-b8f0-e476e12c162b",
    "SuiteSparse" => "4607b0f0-06f3-5cda-b6b1-a6196a1729e9", "TOML" => "fa267f1f-6049-4f14-aa54-33bafae1ed76",
    "Tar" => "a4e569a6-e804-4fa4-b0f3-eef7a1d5b13e", "Test" => "8dfed614-e22c-5e08-85e1-65c5234f0b40",
    "UUIDs" => "cf7118a7-6976-5b1a-9a39-7adc72f591a4", "Unicode" => "4ec0a83e-493e-50e2-b9ac-8f72acf5a8f5")

"What packages an operation is about: those of the project or of its manifest too."
@enum PackageMode PKGMODE_PROJECT PKGMODE_MANIFEST PKGMODE_COMBINED
"How far an update may go."
@enum UpgradeLevel UPLEVEL_FIXED UPLEVEL_PATCH UPLEVEL_MINOR UPLEVEL_MAJOR
"Which versions an operation keeps."
@enum PreserveLevel PRESERVE_ALL_INSTALLED PRESERVE_ALL PRESERVE_DIRECT PRESERVE_SEMVER PRESERVE_TIERED PRESERVE_TIERED_INSTALLED PRESERVE_NONE
"A registry that would be added: its `name`, `url` or `path`."
Base.@kwdef mutable struct RegistrySpec
    name::Union{String,Nothing} = nothing
    uuid::Union{UUID,Nothing} = nothing
    url::Union{String,Nothing} = nothing
    path::Union{String,Nothing} = nothing
end
RegistrySpec(name::AbstractString) = RegistrySpec(; name=String(name))

"Registries of packages. There are none here."
module Registry

import ..pkgerror

"`add(registry)`: not possible, for nothing is downloaded here."
add(args...; kw...) = pkgerror("there are no registries here, and nothing is downloaded; `Pkg.develop(path=...)` adds a package in a folder")
"`rm(registry)`: there is none to take away."
rm(args...; kw...) = pkgerror("there are no registries here")
"`update()`: there is nothing to update."
update(args...; kw...) = nothing
"`status()`: say that there are no registries."
status(io::IO=stdout; kw...) = println(io, "Registry Status\n  (no registries found)")
reachable_registries(; kw...) = []

end
"`Pkg.registry_status()`: say that there are no registries."
registry_status(args...; kw...) = Registry.status(args...; kw...)

"The types of `Pkg` by the names that programs know."
module Types

import ..PkgError, ..PackageSpec, ..PackageMode, ..PKGMODE_PROJECT, ..PKGMODE_MANIFEST, ..pkgerror, ..RegistrySpec, ..UpgradeLevel, ..UPLEVEL_FIXED, ..UPLEVEL_MAJOR

export PkgError, PackageSpec, PackageMode, pkgerror, RegistrySpec, UpgradeLevel

end
const BinaryPlatforms = Base.BinaryPlatforms
"Artifacts, which are found where they are and not downloaded (see the package `Artifacts`)."
module Artifacts

using Artifacts: Artifacts as Lib, artifact_exists, artifact_hash, artifact_meta, artifact_path, find_artifacts_toml, load_artifacts_toml, @artifact_str

export artifact_exists, artifact_hash, artifact_meta, artifact_path, find_artifacts_toml, load_artifacts_toml, ensure_artifact_installed, @artifact_str

"`ensure_artifact_installed(name, toml)`: where an artifact is; an error if it is not there."
ensure_artifact_installed(name::String, toml::String; kw...) = Lib.find_artifact(name, toml)

end
