# What can be done with projects and packages.

"""
    Pkg.activate([path]; shared=false, temp=false)

Make the project in a folder the active one, where `using` looks first; without a path, none.
"""
function activate(path::AbstractString; shared::Bool=false, io::IO=stderr)
    shared && pkgerror("there are no shared environments here; give the path of a folder")
    startswith(path, '@') && pkgerror("there are no shared environments here; give the path of a folder")
    dir = abspath(expanduser(path))
    isdir(dir) || isfile(dir) || !occursin('/', path) || isdir(dirname(rstrip(dir, '/'))) || pkgerror("`$dir` is no folder")
    file = isfile(dir) ? dir : something(Base.project_in(dir), joinpath(dir, "Project.toml"))
    Base.ACTIVE_PROJECT[] = file
    say_activated(io, file)
end
function activate(; temp::Bool=false, io::IO=stderr)
    if temp
        Base.ACTIVE_PROJECT[] = joinpath(mktempdir(), "Project.toml")
        say_activated(io, Base.ACTIVE_PROJECT[])
    else
        Base.ACTIVE_PROJECT[] = nothing
        nothing
    end
end
function activate(f::Function, path::AbstractString)
    before = Base.ACTIVE_PROJECT[]
    activate(path)
    try
        f()
    finally
        Base.ACTIVE_PROJECT[] = before
    end
end
function say_activated(io, file)
    printstyled(io, "  Activating"; bold=true, color=:green)
    println(io, isfile(file) ? "" : " new", " project at `", short_path(dirname(file)), "`")
end

"""
    Pkg.develop(path=folder)
    Pkg.develop(PackageSpec(path=folder))

Have the active project use the package in a folder, and the packages in folders that its own
manifest names.
"""
develop(path::AbstractString) = develop(occursin('/', path) || isdir(path) ? PackageSpec(path=String(path)) : PackageSpec(name=String(path)))
develop(; kw...) = develop(PackageSpec(; kw...))
develop(specs::AbstractVector) = foreach(develop, specs)
function develop(spec::PackageSpec)
    spec.path === nothing && cannot_add(something(spec.name, spec.url, "a package"))
    p = project_to_change()
    entries = read_manifest(p)
    name, uuid = add_folder!(entries, abspath(expanduser(spec.path)), dirname(p.file))
    get!(p.data, "deps", Dict{String,Any}())[name] = string(uuid)
    write_project(p)
    write_manifest(p, entries)
    status_lines(p)
end
const dev = develop

# Put the package in a folder, and those in folders that it needs, into a manifest's entries.
function add_folder!(entries, path, folder)
    file = Base.project_in(path)
    file === nothing && pkgerror("could not find project file (Project.toml or JuliaProject.toml) in package at `$path`; maybe the package is in a folder below it")
    own = read_project(file)
    haskey(own.data, "name") && haskey(own.data, "uuid") || pkgerror("expected a `name` and a `uuid` entry in project file at `$file`")
    name, uuid = own.data["name"], own.data["uuid"]
    entry = Dict{String,Any}("path" => stored_path(path, folder), "uuid" => uuid, "version" => get(own.data, "version", "0.0.0"))
    entries[name] = entry
    deps = sort!(collect(keys(get(own.data, "deps", Dict{String,Any}()))))
    isempty(deps) || (entry["deps"] = deps)
    theirs = read_manifest(own)
    for dep in deps
        dep in built_in && continue
        haskey(entries, dep) && haskey(entries[dep], "path") && continue
        source = get(get(own.data, "sources", Dict{String,Any}()), dep, get(theirs, dep, nothing))
        where = source isa AbstractDict ? get(source, "path", nothing) : nothing
        if where === nothing
            beside = joinpath(dirname(rstrip(path, '/')), dep)
            Base.project_in(beside) === nothing && pkgerror("`$name` needs the package `$dep`, and no folder of it is known. ",
                "Get it and call `Pkg.develop(path=...)` for it first.")
            where = beside
        end
        add_folder!(entries, normpath(joinpath(path, where)), folder)
    end
    (name, uuid)
end

"""
    Pkg.add(name)

Add a package to the active project. Only the libraries that are built in can be had: there is no
registry here, and nothing is downloaded; the error says what to do instead.
"""
add(name::AbstractString; kw...) = add(PackageSpec(; name=String(name), kw...))
add(; kw...) = add(PackageSpec(; kw...))
add(specs::AbstractVector; kw...) = foreach(s -> add(s; kw...), specs)
function add(spec::PackageSpec)
    spec.path === nothing || return develop(spec)
    name = something(spec.name, spec.url, "a package")
    name in built_in || cannot_add(name)
    file = Base.active_project()
    if file === nothing || !haskey(built_in_uuids, name)
        println(stderr, "`", name, "` is built in: `using ", name, "` works without adding it.")
    else
        p = read_project(file)
        get!(p.data, "deps", Dict{String,Any}())[name] = built_in_uuids[name]
        write_project(p)
        status_lines(p)
    end
end
cannot_add(name) = pkgerror("""
    The package `$name` cannot be added: there is no registry of packages here, and nothing is downloaded.
    - If you have the source of a package in pure Julia in a folder, `Pkg.develop(path="folder")` adds it, and the ones that it needs.
    - A folder of packages can also be named in LOAD_PATH: `push!(LOAD_PATH, "folder")`.
    - Built in are: $(join((n for n in built_in if !endswith(n, "_jll")), ", ")).""")

"""
    Pkg.rm(name)

Take a package out of the active project.
"""
function rm(name::AbstractString)
    p = project_to_change()
    deps = get(p.data, "deps", Dict{String,Any}())
    haskey(deps, name) || pkgerror("`$name` is not in the project `$(short_path(p.file))`")
    delete!(deps, name)
    entries = read_manifest(p)
    delete!(entries, name)
    write_project(p)
    write_manifest(p, entries)
    status_lines(p)
end
rm(names::AbstractVector) = foreach(rm, names)
rm(spec::PackageSpec) = rm(spec.name)

"""
    Pkg.status()

Print what is in the active project.
"""
function status(; io::IO=stdout, kw...)
    file = Base.active_project()
    if file === nothing
        println(io, "No project is active; `Pkg.activate(folder)` activates one.")
    else
        status_lines(read_project(file); io=io)
    end
end
function status_lines(p::Project; io::IO=stderr)
    name = get(p.data, "name", nothing)
    name === nothing || (printstyled(io, "Project "; bold=true, color=:cyan); println(io, name, haskey(p.data, "version") ? string(" v", p.data["version"]) : ""))
    printstyled(io, "Status"; bold=true, color=:light_black)
    deps = get(p.data, "deps", Dict{String,Any}())
    println(io, " `", short_path(p.file), "`", isempty(deps) ? " (empty project)" : "")
    entries = read_manifest(p)
    for dep in sort!(collect(keys(deps)))
        e = get(entries, dep, Dict{String,Any}())
        printstyled(io, "  ", short_uuid(deps[dep]); color=:light_black)
        println(io, " ", dep, haskey(e, "version") ? string(" v", e["version"]) : "", haskey(e, "path") ? string(" `", e["path"], "`") : "")
    end
end

"""
    Pkg.instantiate()

See that all packages of the active project are there.
"""
function instantiate(; kw...)
    file = Base.active_project()
    file === nothing && return nothing
    p = read_project(file)
    missing = [n for (n, u) in get(p.data, "deps", Dict{String,Any}()) if !(n in built_in) && Base.locate_package(Base.PkgId(UUID(u), n)) === nothing]
    isempty(missing) || pkgerror("the project needs ", join((string("`", n, "`") for n in sort!(missing)), ", "),
        ", which cannot be downloaded here: call `Pkg.develop(path=...)` with the folder of each.")
    nothing
end
"""
    Pkg.resolve()

Make the manifest of the active project anew, from the packages in folders that it names.
"""
function resolve(; kw...)
    p = project_to_change()
    entries = read_manifest(p)
    for (name, e) in collect(entries)
        haskey(e, "path") && add_folder!(entries, normpath(joinpath(dirname(manifest_path(p)), e["path"])), dirname(p.file))
    end
    write_manifest(p, entries)
end
"""
    Pkg.update()

There are no other versions to update to: the packages are used as they are in their folders.
"""
update(args...; kw...) = (println(stderr, "Packages are used as they are in their folders; there is nothing to update."); resolve())
const up = update
"There is nothing to compile beforehand."
precompile(args...; kw...) = nothing
"Nothing is kept that could be removed."
gc(args...; kw...) = nothing
build(args...; kw...) = pkgerror("packages that have to be built need C code, which cannot be used here")

"""
    Pkg.test([name])

Run `test/runtests.jl` of a package, of the active project if no name is given.
"""
function test(name::Union{AbstractString,Nothing}=nothing; kw...)
    file = Base.active_project()
    dir = if name === nothing
        file === nothing && pkgerror("no project is active")
        dirname(file)
    else
        found = Base.find_package(String(name))
        found === nothing && pkgerror("The following package names could not be resolved:\n * $name (not found in project, manifest)")
        dirname(dirname(found))
    end
    tests = joinpath(dir, "test", "runtests.jl")
    isfile(tests) || pkgerror("Package $(something(name, basename(dir))) did not provide a `test/runtests.jl` file")
    printstyled(stderr, "     Testing"; bold=true, color=:green)
    println(stderr, " ", something(name, basename(dir)))
    run(addenv(`$(joinpath(Sys.BINDIR, Base.julia_exename())) $tests`, "JULIA_PROJECT" => something(file, dir)))
    printstyled(stderr, "     Testing"; bold=true, color=:green)
    println(stderr, " ", something(name, basename(dir)), " tests passed")
end

"""
    Pkg.generate(path)

Make the folder of a new package: its Project.toml and a module to begin with.
"""
function generate(path::AbstractString)
    dir = abspath(expanduser(path))
    name = basename(rstrip(dir, '/'))
    Base.isidentifier(name) || pkgerror("`$name` is not a valid package name")
    isdir(dir) && !isempty(readdir(dir)) && pkgerror("`$dir` already exists and is not empty")
    mkpath(joinpath(dir, "src"))
    u = uuid4()
    write_project(Project(joinpath(dir, "Project.toml"), Dict{String,Any}("name" => name, "uuid" => string(u), "version" => "0.1.0")))
    write(joinpath(dir, "src", name * ".jl"), "module $name\n\ngreet() = print(\"Hello World!\")\n\nend # module $name\n")
    printstyled(stderr, "  Generating"; bold=true, color=:green)
    println(stderr, "  project ", name, ":\n    ", joinpath(path, "Project.toml"), "\n    ", joinpath(path, "src", name * ".jl"))
    Dict(name => u)
end
