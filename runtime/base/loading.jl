# Packages in files: what `using` finds through LOAD_PATH, Project.toml and Manifest.toml.

"""
    Base.PkgId(uuid, name)
    Base.PkgId(m::Module)

What tells a package from others: its name and, if it has one, its UUID.
"""
struct PkgId
    uuid::Union{UUID,Nothing}
    name::String
end
PkgId(name::AbstractString) = PkgId(nothing, String(name))
PkgId(u::UInt128, name) = PkgId(UUID(u), name)
PkgId(m::Module) = get(() -> PkgId(String(nameof(moduleroot(m)))), package_ids, nameof(package_root(m)))
PkgId(m::Module, name::String) = m === Main ? PkgId(name) : PkgId(PkgId(m).uuid, name)
==(a::PkgId, b::PkgId) = a.uuid == b.uuid && a.name == b.name
hash(p::PkgId, h::UInt) = hash(p.name, hash(p.uuid, h + 0x1ab2c3d4e5f60718 % UInt))
show(io::IO, p::PkgId) = print(io, p.name, " [", p.uuid === nothing ? "top-level" : p.uuid, "]")

"A hash of 20 bytes, as manifests name trees of files by."
struct SHA1
    bytes::NTuple{20,UInt8}
end
function SHA1(v::AbstractVector{UInt8})
    length(v) == 20 || throw(ArgumentError("wrong number of bytes for SHA1 hash: $(length(v))"))
    SHA1(ntuple(i -> v[i], 20))
end
SHA1(s::AbstractString) = SHA1(hex2bytes(s))
parse(::Type{SHA1}, s::AbstractString) = SHA1(s)
tryparse(::Type{SHA1}, s::AbstractString) = length(s) == 40 && all(isxdigit, s) ? SHA1(s) : nothing
string(h::SHA1) = bytes2hex(collect(h.bytes))
print(io::IO, h::SHA1) = print(io, string(h))
show(io::IO, h::SHA1) = print(io, "SHA1(\"", string(h), "\")")
isless(a::SHA1, b::SHA1) = isless(a.bytes, b.bytes)

# What stands for the UUID of a package whose project file has none.
dummy_uuid(project_file::AbstractString) = (p = isfile(project_file) ? realpath(project_file) : String(project_file); UUID(UInt128(hash(p)) << 64 | hash(p, UInt(5))))

"What is known of where a package came from."
struct PkgOrigin
    path::String
    version::Union{VersionNumber,Nothing}
end

# Of the packages that have been loaded, or are being loaded.
const package_ids = Dict{Symbol,PkgId}()
const pkgorigins = Dict{PkgId,PkgOrigin}()
const packages_loading = PkgId[]
const loaded_modules = Dict{PkgId,Module}()
"The modules of packages, in the order in which they have been loaded."
const loaded_modules_order = Module[]

"The files of the home project and of the active one, as `Pkg.activate` sets it; `nothing` if only the environment says."
const HOME_PROJECT = Ref{Union{String,Nothing}}(nothing)
const ACTIVE_PROJECT = Ref{Union{String,Nothing}}(nothing)

# The outermost module below that of all packages, while its package is being loaded too.
function package_root(m::Module)
    while true
        above = parentmodule(m)
        (above === m || above === __toplevel__) && return m
        m = above
    end
end

## environments

const project_names = ("JuliaProject.toml", "Project.toml")
const manifest_names = ("JuliaManifest-v1.12.toml", "Manifest-v1.12.toml", "JuliaManifest.toml", "Manifest.toml")

"""
    Base.current_project(dir=pwd())

The project file in a folder or the nearest folder above it, or `nothing`.
"""
function current_project(dir::AbstractString=pwd())
    dir = abspath(dir)
    while true
        file = project_in(dir)
        file === nothing || return file
        above = dirname(rstrip(dir, '/'))
        (isempty(above) || above == dir) && return nothing
        dir = above
    end
end
function project_in(dir)
    for name in project_names
        file = joinpath(dir, name)
        isfile(file) && return file
    end
    nothing
end

"""
    Base.active_project()

The file of the active project: the one of `Pkg.activate`, else of the environment variable
`JULIA_PROJECT` or the flag `--project`; `nothing` if there is none.
"""
function active_project(search_load_path::Bool=true)
    p = something(ACTIVE_PROJECT[], get(ENV, "JULIA_PROJECT", ""))
    isempty(p) && return nothing
    p == "@." && return current_project()
    startswith(p, '@') && return named_environment(p[2:end])
    path = abspath(expanduser(p))
    isdir(path) ? something(project_in(path), joinpath(path, "Project.toml")) : path
end

# The project of a shared environment, if a depot has it.
function named_environment(name)
    name = replace(name, "#.#" => "$(VERSION.major).$(VERSION.minor)")
    for depot in DEPOT_PATH
        file = project_in(joinpath(depot, "environments", name))
        file === nothing || return file
    end
    nothing
end

"""
    Base.load_path()

The environments where packages are looked for: `LOAD_PATH` with what its names stand for.
"""
load_path() = String[p for p in map(load_path_expand, LOAD_PATH) if p !== nothing]
function load_path_expand(env::AbstractString)
    env == "@" && return (p = active_project(); p !== nothing && isfile(p) ? p : nothing)
    env == "@." && return current_project()
    env == "@stdlib" && return nothing    # built in
    startswith(env, '@') && return named_environment(env[2:end])
    isempty(env) && return nothing
    path = abspath(expanduser(env))
    isdir(path) ? something(project_in(path), path) : path
end

# The settings in a file; an empty Dict if there is none.
function parsed_toml(file)
    isfile(file) || return Dict{String,Any}()
    toml = Core.eval(Module(:Settings), :(import TOML; TOML))
    invokelatest(toml.parsefile, file)
end

uuid_of(d, key="uuid") = (u = get(d, key, nothing); u isa String ? UUID(u) : nothing)

function manifest_file(project_file, project)
    named = get(project, "manifest", nothing)
    named isa String && return normpath(joinpath(dirname(project_file), named))
    for name in manifest_names
        file = joinpath(dirname(project_file), name)
        isfile(file) && return file
    end
    nothing
end
# The packages in a manifest: (name, entry) pairs.
function manifest_entries(project_file, project)
    file = manifest_file(project_file, project)
    file === nothing && return Pair{String,Any}[]
    d = parsed_toml(file)
    deps = haskey(d, "manifest_format") ? get(d, "deps", Dict{String,Any}()) : d
    [name => e for (name, es) in deps if es isa Vector for e in es]
end

## names to packages

"""
    Base.identify_package([where,] name)

The package that a name means, in `Main` or in the module or package `where`; `nothing` if no
environment knows it.
"""
identify_package(name::String) = (f = identify_package_env(name); f === nothing ? nothing : f[1])
identify_package(m::Module, name::String) = identify_package(PkgId(m), name)
function identify_package(where::String, name::String, more::String...)    # a name in the package that a name means
    id = identify_package(where)
    for n in (name, more...)
        id = id === nothing ? nothing : identify_package(id, n)
    end
    id
end
identify_package(where::PkgId, name::String) = (f = identify_package_env(where, name); f === nothing ? nothing : f[1])

"As [`identify_package`](@ref), with the environment that knows it."
function identify_package_env(name::String)
    for env in load_path()
        id = in_environment(env, name)
        id === nothing || return (id, env)
    end
    nothing
end
function identify_package_env(where::PkgId, name::String)
    where.name == name && return (where, nothing)
    where.uuid === nothing && return identify_package_env(name)
    if haskey(extension_parents, where)
        id = dependency_of_extension(extension_parents[where], name)
        return id === nothing ? nothing : (id, nothing)
    end
    for env in load_path()
        found = dependency_of(env, where, name)
        found === nothing && continue
        return found isa PkgId ? (found, env) : nothing
    end
    nothing
end

# The package that an environment calls by a name.
function in_environment(env, name)
    if isdir(env)
        entry = entry_in(env, name)
        return entry === nothing ? nothing : PkgId(uuid_beside(entry), name)
    end
    u = explicit_project_deps_get(env, name)
    u === nothing ? nothing : PkgId(u, name)
end
# The UUID that a project file has for a name, its own or that of a dependency.
function explicit_project_deps_get(project_file::String, name::String)
    project = parsed_toml(project_file)
    get(project, "name", nothing) == name && return project_uuid(project_file, project)
    uuid_of(get(project, "deps", Dict{String,Any}()), name)
end
project_uuid(file, project) = something(uuid_of(project), dummy_uuid(file))
# The UUID of the package whose file is `entry`, if it has a project.
function uuid_beside(entry)
    file = project_file_beside(entry)
    file === nothing ? nothing : project_uuid(file, parsed_toml(file))
end

# What `where` means by a name in an environment: a package; missing if `where` is there and does
# not have it; nothing if the environment does not know `where`.
function dependency_of(env, where, name)
    if isdir(env)
        entry = entry_in(env, where.name)
        entry === nothing && return nothing
        project = project_beside(entry)
        uuid_beside(entry) == where.uuid || return nothing
        u = uuid_of(get(project, "deps", Dict{String,Any}()), name)
        return u === nothing ? missing : PkgId(u, name)
    end
    project = parsed_toml(env)
    if get(project, "name", nothing) == where.name && project_uuid(env, project) == where.uuid
        u = uuid_of(merge(get(project, "deps", Dict{String,Any}()), get(project, "weakdeps", Dict{String,Any}())), name)
        return u === nothing ? missing : PkgId(u, name)
    end
    entries = manifest_entries(env, project)
    for (entry_name, e) in entries
        uuid_of(e) == where.uuid || continue
        deps = get(e, "deps", nothing)
        deps isa Dict && haskey(deps, name) && return PkgId(UUID(deps[name]), name)
        deps isa Vector && name in deps || return missing
        for (other, o) in entries
            other == name && return PkgId(uuid_of(o), name)
        end
        return missing
    end
    nothing
end

# The file of a package in a folder of packages.
function entry_in(dir, name)
    for file in (joinpath(dir, name, "src", name * ".jl"), joinpath(dir, name * ".jl", "src", name * ".jl"), joinpath(dir, name * ".jl"))
        isfile(file) && return file
    end
    nothing
end
project_file_beside(entry) = (dir = dirname(entry); basename(dir) == "src" ? project_in(dirname(dir)) : nothing)
project_beside(entry) = (file = project_file_beside(entry); file === nothing ? Dict{String,Any}() : parsed_toml(file))

## packages to files

"""
    Base.find_package([where,] name)

The file of the package that a name means, or `nothing`.
"""
find_package(name::String) = locate_if(identify_package(name))
find_package(where, name::String) = locate_if(identify_package(where, name))
locate_if(id) = id === nothing ? nothing : locate_package(id)

"""
    Base.locate_package(id::PkgId)

The file of a package, or `nothing`.
"""
function locate_package(id::PkgId)
    for env in load_path()
        path = located(env, id)
        path === nothing || return path
    end
    nothing
end
function located(env, id)
    if isdir(env)
        entry = entry_in(env, id.name)
        return entry !== nothing && uuid_beside(entry) == id.uuid ? entry : nothing
    end
    project = parsed_toml(env)
    if get(project, "name", nothing) == id.name && project_uuid(env, project) == id.uuid
        return entry_point(joinpath(dirname(env), get(project, "path", "")), id.name)
    end
    source = get(get(project, "sources", Dict{String,Any}()), id.name, nothing)
    if source isa Dict && haskey(source, "path") && uuid_of(get(project, "deps", Dict{String,Any}()), id.name) == id.uuid
        return entry_point(normpath(joinpath(dirname(env), source["path"])), id.name)
    end
    for (name, e) in manifest_entries(env, project)
        name == id.name && uuid_of(e) == id.uuid || continue
        if haskey(e, "path")
            return entry_point(normpath(joinpath(dirname(manifest_file(env, project)), e["path"])), name)
        end
        haskey(e, "git-tree-sha1") || continue
        for depot in DEPOT_PATH
            path = entry_point(joinpath(abspath(depot), "packages", name, version_slug(id.uuid, e["git-tree-sha1"])), name)
            path === nothing || return path
        end
    end
    nothing
end
entry_point(path, name) = isfile(path) ? path : (file = joinpath(path, "src", name * ".jl"); isfile(file) ? file : nothing)

# The folder of a version of a package in a depot.
version_slug(uuid::UUID, sha::SHA1, n::Int=5) = version_slug(uuid, string(sha), n)
function version_slug(uuid::UUID, sha::AbstractString, n::Int=5)
    bytes = UInt8[(uuid.value >> 8i) % UInt8 for i in 0:15]
    crc = crc32c(hex2bytes(sha), crc32c(bytes, UInt32(0)))
    letters = vcat('A':'Z', 'a':'z', '0':'9')
    slug = Char[]
    for _ in 1:n
        crc, r = divrem(crc, UInt32(62))
        push!(slug, letters[r+1])
    end
    String(slug)
end

## loading

# Load the package that m means by a name, then import it as the expression says.
function import_package(m::Module, name::Symbol, ex::Expr)
    load_package(m, String(name))
    Core.eval(m, ex)
    nothing
end

"""
    Base.require(into::Module, name::Symbol)
    Base.require(id::PkgId)

Load a package, if that has not been done, and give its module.
"""
require(into::Module, name::Symbol) = load_package(into, String(name))
require(id::PkgId) = load_file(id)

function load_package(into::Module, name::String)
    where = PkgId(into)
    id = identify_package(where, name)
    id === nothing || return load_file(id)
    if where.uuid === nothing
        # a module of this name beside the one that wants it
        offers(m) = isdefined(m, Symbol(name)) && getglobal(m, Symbol(name)) isa Module
        dots = offers(into) ? "." : offers(parentmodule(into)) ? ".." : ""
        meant = isempty(dots) ? "" : string(", maybe you meant `import/using ", dots, name, "`")
        throw(ArgumentError("""
            Package $name not found in current path$meant.
            - $(isempty(dots) ? "Run" : "Otherwise, run") `import Pkg; Pkg.add($(repr(name)))` to install the $name package."""))
    end
    throw(ArgumentError("""
        Package $(where.name) does not have $name in its dependencies:
        - You may have a partially installed environment. Try `Pkg.instantiate()`
          to ensure all packages in the environment are installed.
        - Or, if you have $(where.name) checked out for development and have
          added $name as a dependency but haven't updated your primary
          environment's manifest file, try `Pkg.resolve()`.
        - Otherwise you may need to report an issue with $(where.name)"""))
end

# What is told of each package that has been loaded: functions of its PkgId.
const package_callbacks = Any[]

function load_file(id::PkgId)
    haskey(loaded_modules, id) && return loaded_modules[id]
    id in packages_loading && return getglobal(__toplevel__, Symbol(id.name))
    path = locate_package(id)
    path === nothing && throw(ArgumentError(string("Package ", id, " is required but does not seem to be installed:\n",
        " - Run `Pkg.instantiate()` to install all recorded dependencies.\n")))
    project = project_beside(path)
    version = get(project, "version", nothing)
    pkgorigins[id] = PkgOrigin(path, version isa String ? tryparse(VersionNumber, version) : nothing)
    m = load_entry(id, path)
    note_extensions(id, path, project)
    load_extensions()
    foreach(f -> invokelatest(f, id), package_callbacks)
    m
end

# Load a package or an extension from its file.
function load_entry(id::PkgId, path)
    name = Symbol(id.name)
    package_ids[name] = id
    push!(packages_loading, id)
    try
        include(__toplevel__, path)
        isdefined(__toplevel__, name) && getglobal(__toplevel__, name) isa Module ||
            error("package `", id.name, "` did not define the expected module `", id.name, "`, check for typos in package module name")
    catch
        isdefined(__toplevel__, name) && Core.Prims.module_set_const(__toplevel__, name, nothing)
        delete!(package_ids, name)
        rethrow()
    finally
        filter!(!=(id), packages_loading)
    end
    m = getglobal(__toplevel__, name)
    Core.Prims.module_stands_alone(m)
    haskey(loaded_modules, id) || push!(loaded_modules_order, m)
    loaded_modules[id] = m
end

"The modules of all packages that have been loaded from files."
loaded_modules_array() = collect(values(loaded_modules))
root_module(id::PkgId) = loaded_modules[id]
root_module_exists(id::PkgId) = haskey(loaded_modules, id)

## extensions

"An extension of a package, which is loaded once the packages that trigger it are there."
struct PackageExtension
    id::PkgId
    parent::PkgId
    triggers::Vector{PkgId}
    path::String
end
const extensions_waiting = PackageExtension[]
const extensions_failed = PackageExtension[]
const extension_parents = Dict{PkgId,PkgId}()

# The extensions that the project of a package names wait for their triggers from now on.
function note_extensions(parent::PkgId, path, project)
    for (name, triggers) in get(project, "extensions", Dict{String,Any}())
        root = joinpath(dirname(dirname(path)), "ext")
        file = joinpath(root, name * ".jl")
        isfile(file) || (file = joinpath(root, name, name * ".jl"))
        ids = PkgId[PkgId(dependency_uuid(project, t), t) for t in (triggers isa Vector ? triggers : [triggers])]
        id = PkgId(UUID(UInt128(hash(name, hash(parent))) << 64 | hash(name)), name)
        extension_parents[id] = parent
        push!(extensions_waiting, PackageExtension(id, parent, ids, file))
    end
end
dependency_uuid(project, name) = something(uuid_of(get(project, "weakdeps", Dict{String,Any}()), name),
    uuid_of(get(project, "deps", Dict{String,Any}()), name), Some(nothing))

# Load the extensions whose triggers are there; the standard library, which is built in, always is.
is_there(id::PkgId) = haskey(loaded_modules, id) || id.name in library_names()
function load_extensions()
    ready = filter(x -> haskey(loaded_modules, x.parent) && all(is_there, x.triggers), extensions_waiting)
    filter!(x -> !(x in ready), extensions_waiting)
    foreach(load_extension, ready)
end
function load_extension(x::PackageExtension)
    try
        load_entry(x.id, x.path)
    catch e
        push!(extensions_failed, x)
        @error "Error during loading of extension $(x.id.name) of $(x.parent.name), use `Base.retry_load_extensions()` to retry." exception=(e, catch_backtrace())
    end
end

"""
    Base.retry_load_extensions()

Load the extensions again that failed to load.
"""
retry_load_extensions() = (append!(extensions_waiting, extensions_failed); empty!(extensions_failed); load_extensions(); nothing)

# What an extension means by a name: its package, or one of those that this depends on or that trigger it.
function dependency_of_extension(parent::PkgId, name)
    parent.name == name && return parent
    uuid = dependency_uuid(project_beside(pkgorigins[parent].path), name)
    uuid === nothing ? nothing : PkgId(uuid, name)
end

"""
    pathof(m::Module)

The file that a package's module comes from, or `nothing`.
"""
pathof(m::Module) = (o = get(pkgorigins, PkgId(m), nothing); o === nothing ? nothing : o.path)
"""
    pkgdir(m::Module, paths...)

The folder of a package, or a path in it; `nothing` if the module is of no package in files.
"""
function pkgdir(m::Module, paths::String...)
    path = pathof(moduleroot(m))
    path === nothing ? nothing : joinpath(dirname(dirname(path)), paths...)
end
"""
    pkgversion(m::Module)

The version of a package, as its project file says, or `nothing`.
"""
function pkgversion(m::Module)
    o = get(pkgorigins, PkgId(m), nothing)
    o === nothing ? nothing : o.version
end

"""
    Base.get_extension(parent::Module, name::Symbol)

The extension of this name of a package, or nothing while it is not loaded.
"""
function get_extension(parent::Module, name::Symbol)
    of = PkgId(parent)
    for (id, above) in extension_parents
        above == of && id.name == String(name) && return get(loaded_modules, id, nothing)
    end
    nothing
end
