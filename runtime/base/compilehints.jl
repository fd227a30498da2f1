# Hints for a compiler. The engine needs none of them: they do nothing, but are there for programs that give them.

"""
    @nospecialize

A hint that a function need not be compiled for each type of its arguments.
"""
macro nospecialize(args...)
    isempty(args) && return nothing
    length(args) == 1 ? esc(args[1]) : esc(Expr(:block, args...))
end
"""
    @specialize

Ends what `@nospecialize` began: a hint, like that.
"""
macro specialize(args...)
    isempty(args) && return nothing
    length(args) == 1 ? esc(args[1]) : esc(Expr(:block, args...))
end

"""
    @inline

A hint to put the function's code into its callers.
"""
macro inline(ex...)
    isempty(ex) ? nothing : esc(ex[1])
end
macro noinline(ex...)
    isempty(ex) ? nothing : esc(ex[1])
end
"""
    Base.@constprop setting function f(x) ... end

A hint whether constant arguments of `f` (`:aggressive`, or `:none`) are worth a version of
their own. There are none here.
"""
macro constprop(setting, ex...)
    isempty(ex) ? nothing : esc(ex[1])
end
"""
    Base.@assume_effects setting... ex

A promise about the effects of a function or call, such as `:total` or `:foldable`. Nothing
relies on it here.
"""
macro assume_effects(args...)
    esc(args[end])
end
"""
    Base.@pure ex

A promise that a function always gives the same for the same arguments. Nothing relies on it here.
"""
macro pure(ex)
    esc(ex)
end
"""
    Base.@propagate_inbounds function f(x) ... end

A hint that `@inbounds` around a call of `f` holds in `f` too. Indices are checked all the same.
"""
macro propagate_inbounds(ex)
    esc(ex)
end
# The same hints as statements of a function's body.
macro _inline_meta() end
macro _noinline_meta() end
macro _pure_meta() end
macro _propagate_inbounds_meta() end
"""
    Base.@polly function f(x) ... end

A hint to optimise the loops of `f` as polyhedra. There is nothing that does.
"""
macro polly(ex)
    esc(ex)
end
"""
    @inbounds expr

A hint that indices in `expr` need not be checked. They are, all the same.
"""
macro inbounds(ex)
    esc(ex)
end
"""
    @boundscheck ex

Marks `ex` as a check of indices, which `@inbounds` may leave out. It never is.
"""
macro boundscheck(ex)
    esc(ex)
end
"""
    Base.@ccallable function f(x::T)::R ... end

Defines `f`; in Julia, C code can call it as well.
"""
macro ccallable(ex)
    esc(ex)
end
