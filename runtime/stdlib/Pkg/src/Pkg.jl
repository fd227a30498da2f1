"""
    Pkg

Projects of packages in folders: `Pkg.activate`, `Pkg.develop`, `Pkg.status`, `Pkg.generate`. There
is no registry here and nothing is downloaded, so `Pkg.add` says what can be had instead.
"""
module Pkg

using TOML, UUIDs

export @pkg_str

"What the functions of this module throw."
struct PkgError <: Exception
    msg::String
end
pkgerror(msg...) = throw(PkgError(string(msg...)))
Base.showerror(io::IO, e::PkgError) = print(io, e.msg)

"What a package is given by: its name, or the `path` of its folder."
Base.@kwdef mutable struct PackageSpec
    name::Union{String,Nothing} = nothing
    path::Union{String,Nothing} = nothing
    url::Union{String,Nothing} = nothing
    uuid::Union{String,UUID,Nothing} = nothing
    version::Any = nothing
    rev::Union{String,Nothing} = nothing
end
PackageSpec(name::AbstractString; kw...) = PackageSpec(; name=String(name), kw...)

# The libraries that are built in.
const built_in = sort!(String[Core.Prims.library_names(); "LinearAlgebra"; "Random"])

include("projects.jl")
include("operations.jl")
include("versions.jl")
include("prompt.jl")

end
