# Libdl: libraries in C. None can be loaded here; what asks for one is told so.

"""
    Libdl

The names of Julia's module for libraries of machine code. weft has no C in it: opening one
fails, and looking for one finds none.
"""
module Libdl

export DL_LOAD_PATH, RTLD_DEEPBIND, RTLD_FIRST, RTLD_GLOBAL, RTLD_LAZY, RTLD_LOCAL, RTLD_NODELETE, RTLD_NOLOAD, RTLD_NOW,
    dlclose, dlopen, dlopen_e, dlsym, dlsym_e, dlpath, dlext, dllist, find_library

"Folders where `dlopen` would look."
const DL_LOAD_PATH = String[]

const RTLD_LOCAL = 0x00000001
const RTLD_GLOBAL = 0x00000002
const RTLD_LAZY = 0x00000004
const RTLD_NOW = 0x00000008
const RTLD_NODELETE = 0x00000010
const RTLD_NOLOAD = 0x00000020
const RTLD_DEEPBIND = 0x00000040
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
dlopen_e(name, flags::Integer=RTLD_LAZY | RTLD_DEEPBIND) = C_NULL
"""
    dlsym(handle, name; throw_error=true)

Fails, or gives `nothing`: there is no library to look in.
"""
dlsym(handle, name::Union{AbstractString,Symbol}; throw_error::Bool=true) = throw_error ? error("could not load symbol \"", name, "\"") : nothing
dlsym_e(handle, name) = C_NULL
"`dlclose(handle)`: whether a library was closed."
dlclose(handle) = false
dlpath(name::Union{AbstractString,Symbol}) = no_library(name)
"The libraries that are loaded: none."
dllist() = String[]
"""
    find_library(names, folders=[])

The name of the first library of these that can be loaded: `""`, for none can.
"""
find_library(names, folders=String[]) = ""

end
