# Libdl: libraries in C. None can be loaded here; what asks for one is told so.

"""
    Libdl

The names of Julia's module for libraries of machine code. weft has no C in it: opening one
fails, and looking for one finds none.
"""
module Libdl

export DL_LOAD_PATH, RTLD_DEEPBIND, RTLD_FIRST, RTLD_GLOBAL, RTLD_LAZY, RTLD_LOCAL, RTLD_NODELETE, RTLD_NOLOAD, RTLD_NOW,
    dlclose, dlopen, dlopen_e, dlsym, dlsym_e, dlpath, dlext, dllist, find_library, LazyLibrary, LazyLibraryPath, BundledLazyLibraryPath

"Folders where `dlopen` would look."
const DL_LOAD_PATH = String[]

"`RTLD_LOCAL`, for `dlopen`: names of a library are not for others."
const RTLD_LOCAL = 0x00000001
"`RTLD_GLOBAL`, for `dlopen`: names of a library are for others."
const RTLD_GLOBAL = 0x00000002
"`RTLD_LAZY`, for `dlopen`: functions are looked up when they are first called."
const RTLD_LAZY = 0x00000004
"`RTLD_NOW`, for `dlopen`: functions are looked up at once."
const RTLD_NOW = 0x00000008
"`RTLD_NODELETE`, for `dlopen`: a library stays in memory when it is closed."
const RTLD_NODELETE = 0x00000010
"`RTLD_NOLOAD`, for `dlopen`: a library is not loaded if it is not there."
const RTLD_NOLOAD = 0x00000020
"`RTLD_DEEPBIND`, for `dlopen`: a library looks in itself first."
const RTLD_DEEPBIND = 0x00000040
"`RTLD_FIRST`, for `dlopen`: names are looked up in this library only."
const RTLD_FIRST = 0x00000080

"How the names of libraries end."
const dlext = Sys.iswindows() ? "dll" : Sys.isapple() ? "dylib" : "so"

no_library(name) = error("could not load library \"", name, "\": there is no C code to call here")

"""
    dlopen(name[, flags]; throw_error=true)

Fails, or gives `nothing`: no library can be loaded.
"""
dlopen(name::Union{AbstractString,Symbol}, flags::Integer=RTLD_LAZY | RTLD_DEEPBIND; throw_error::Bool=true) = throw_error ? no_library(name) : nothing
dlopen(f::Function, name, flags::Integer=RTLD_LAZY | RTLD_DEEPBIND) = no_library(name)
"`dlopen_e(name)`: `C_NULL`, for no library can be loaded."
dlopen_e(name, flags::Integer=RTLD_LAZY | RTLD_DEEPBIND) = C_NULL
"""
    dlsym(handle, name; throw_error=true)

Fails, or gives `nothing`: there is no library to look in.
"""
dlsym(handle, name::Union{AbstractString,Symbol}; throw_error::Bool=true) = throw_error ? error("could not load symbol \"", name, "\"") : nothing
"`dlsym_e(handle, name)`: `C_NULL`, for there is no library to look in."
dlsym_e(handle, name) = C_NULL
"`dlclose(handle)`: whether a library was closed."
dlclose(handle) = false
"`dlpath(name)`: fails, for no library is loaded."
dlpath(name::Union{AbstractString,Symbol}) = no_library(name)
"The libraries that are loaded: none."
dllist() = String[]
"""
    find_library(names, folders=[])

The name of the first library of these that can be loaded: `""`, for none can.
"""
find_library(names, folders=String[]) = ""

## libraries that would be loaded when they are first used

"`LazyLibrary(path; flags, dependencies=[], on_load_callback=nothing)`: a library to be loaded when it is first used, which fails here."
mutable struct LazyLibrary
    path::Any
    flags::UInt32
    dependencies::Vector{LazyLibrary}
    on_load_callback::Any
end
LazyLibrary(path; flags=RTLD_LAZY | RTLD_DEEPBIND, dependencies=LazyLibrary[], on_load_callback=nothing) = LazyLibrary(path, flags, collect(LazyLibrary, dependencies), on_load_callback)
"`LazyLibraryPath(parts...)`: the path of a library, joined when it is asked for."
struct LazyLibraryPath
    pieces::Tuple
    LazyLibraryPath(pieces...) = new(pieces)
end
"`BundledLazyLibraryPath(name)`: the path of a library that comes with an installation."
BundledLazyLibraryPath(name) = LazyLibraryPath(normpath(Sys.BINDIR, "..", "lib", "julia"), name)
Base.string(p::LazyLibraryPath) = joinpath(map(string, p.pieces)...)
Base.print(io::IO, p::LazyLibraryPath) = print(io, string(p))
"`add_dependency!(library, other)`: have another library loaded before this one."
add_dependency!(l::LazyLibrary, other::LazyLibrary) = (other in l.dependencies || push!(l.dependencies, other); l)
dlopen(l::LazyLibrary, flags::Integer=l.flags; throw_error::Bool=true) = dlopen(string(l.path), flags; throw_error=throw_error)
dlpath(l::LazyLibrary) = string(l.path)

end
