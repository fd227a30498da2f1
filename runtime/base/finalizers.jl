# Finalizers: they run when they are asked to, and at the end of the program. The collector does not
# tell when an object is gone.

# The functions to be called for an object, the newest last.
const finalizers = IdDict{Any,Vector{Any}}()

"""
    finalizer(f, x)

Have `f(x)` called by [`finalize`](@ref), or else at the end of the program. `x` must be
mutable. An object that is no longer used is not finalized before that here.
"""
function finalizer(@nospecialize(f), @nospecialize(x))
    ismutable(x) || error("objects of type ", typeof(x), " cannot be finalized")
    isempty(finalizers) && atexit(finalize_all)
    push!(get!(() -> Any[], finalizers, x), f)
    x
end

"""
    finalize(x)

Call the finalizers of `x` now, the newest first.
"""
function finalize(@nospecialize x)
    fs = pop!(finalizers, x, nothing)
    fs === nothing && return nothing
    while !isempty(fs)
        pop!(fs)(x)
    end
end

finalize_all() = foreach(finalize, collect(keys(finalizers)))
