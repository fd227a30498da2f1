# Finalizers: they run when they are asked to, after `GC.gc()` found that nobody refers to the object
# any more, and at the end of the program.

# The functions to be called for objects.
const finalizers = finalizers_new()
const finalizers_used = Ref(false)

"""
    finalizer(f, x)

Have `f(x)` called when `x` is out of use: after a [`GC.gc()`](@ref GC.gc) that finds it so, by
[`finalize`](@ref), or else at the end of the program. `x` must be mutable.
"""
function finalizer(@nospecialize(f), @nospecialize(x))
    ismutable(x) || error("objects of type ", typeof(x), " cannot be finalized")
    finalizers_used[] || atexit(finalize_all)
    finalizers_used[] = true
    finalizers_add(finalizers, x, f)
end

"""
    finalize(x)

Call the finalizers of `x` now, the newest first. They may not wait.
"""
function finalize(@nospecialize x)
    fs = finalizers_take(finalizers, x)
    isempty(fs) && return nothing
    before = task_no_wait(true)
    try
        while !isempty(fs)
            pop!(fs)(x)
        end
    finally
        task_no_wait(before)
    end
end

finalize_all() = foreach(finalize_reporting, finalizers_all(finalizers))
# Finalize what is out of use. An error ends one finalizer, not the others.
finalize_gone() = finalizers_used[] && foreach(finalize_reporting, finalizers_gone(finalizers))
function finalize_reporting(@nospecialize x)
    try
        finalize(x)
    catch e
        print(stderr, "error in running finalizer: ", e, '\n')
    end
end
