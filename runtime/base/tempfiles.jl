# Temporary files and folders, and their removal when the program ends.

"""
    tempdir()

The folder for temporary files.
"""
tempdir() = (p = sys_info(:tempdir); length(p) > 1 ? String(rstrip(p, '/')) : p)

# The temporary paths to remove at the end; the value says whether to do it as soon as it can be done.
const TEMP_CLEANUP = Dict{String,Bool}()
# From how many paths on those that are gone are forgotten: the least such number, and the present one.
const TEMP_CLEANUP_MIN = Ref(1024)
const TEMP_CLEANUP_MAX = Ref(1024)

# Have a path removed at the end.
function temp_cleanup_later(path::AbstractString; asap::Bool=false)
    isempty(TEMP_CLEANUP) && atexit(temp_cleanup_at_end)
    TEMP_CLEANUP[path] = asap
    if length(TEMP_CLEANUP) > TEMP_CLEANUP_MAX[]
        temp_cleanup_purge()
        TEMP_CLEANUP_MAX[] = max(TEMP_CLEANUP_MIN[], 2 * length(TEMP_CLEANUP))
    end
    nothing
end
temp_cleanup_forget(path::AbstractString) = (delete!(TEMP_CLEANUP, path); nothing)

# Remove what is to be removed, and forget what is gone.
function temp_cleanup_purge(; force::Bool=false)
    for (path, asap) in collect(TEMP_CLEANUP)
        if (force || asap) && ispath(path)
            try
                rm(path; recursive=true, force=true)
            catch
                @warn "temp cleanup" _group=:file exception=(current_exceptions())
            end
        end
        ispath(path) || delete!(TEMP_CLEANUP, path)
    end
end
temp_cleanup_at_end() = temp_cleanup_purge(; force=true)

"""
    tempname(parent=tempdir(); cleanup=true, suffix="")

A path in `parent` where there is nothing yet.
"""
function tempname(parent::AbstractString=tempdir(); max_tries::Int=100, cleanup::Bool=true, suffix::AbstractString="")
    isdir(parent) || throw(ArgumentError("$(repr(parent)) is not a directory"))
    p = file_temp(String(parent))
    file_remove(p, false)
    p = string(p, suffix)
    cleanup && temp_cleanup_later(p)
    p
end

"""
    mktemp(parent=tempdir(); cleanup=true)
    mktemp(f, parent=tempdir())

Make a temporary file: its path and the open stream. With `f`, call `f(path, io)` and
remove the file.
"""
function mktemp(parent::AbstractString=tempdir(); cleanup::Bool=true)
    p = file_temp(String(parent))
    cleanup && temp_cleanup_later(p)
    (p, open(p, "r+"))
end
function mktemp(f::Function, parent::AbstractString=tempdir())
    p, io = mktemp(parent; cleanup=false)
    try
        f(p, io)
    finally
        close(io)
        remove_or_later("mktemp cleanup", p, false)
    end
end

# Remove a temporary path; what can't be removed yet is removed later.
function remove_or_later(what, path, recursive)
    try
        rm(path; force=true, recursive=recursive)
    catch
        @error what _group=:file exception=(current_exceptions())
        temp_cleanup_later(path; asap=true)
    end
end

"""
    mktempdir(parent=tempdir(); prefix="jl_", cleanup=true)
    mktempdir(f, parent=tempdir(); prefix="jl_")

Make a temporary folder: its path. With `f`, call `f(path)` and remove the folder.
"""
function mktempdir(parent::AbstractString=tempdir(); prefix::AbstractString="jl_", cleanup::Bool=true)
    p = file_temp_dir(String(parent), String(prefix))
    cleanup && temp_cleanup_later(p)
    p
end
function mktempdir(f::Function, parent::AbstractString=tempdir(); prefix::AbstractString="jl_")
    p = mktempdir(parent; prefix=prefix, cleanup=false)
    try
        f(p)
    finally
        remove_or_later("mktempdir cleanup", p, true)
    end
end
