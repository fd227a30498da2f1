# Scoped values: what holds for a call and for the tasks made in it.

"""
Values that hold for a call and for the tasks made in it: `ScopedValue`, `with` and `@with`.
"""
module ScopedValues

using ..Base: task_scope_values, task_set_scope_values, objectid, IdDict
import ..Base: getindex, isassigned, eltype, show

export ScopedValue, LazyScopedValue, ScopedThunk, with, @with

"The supertype of scoped values."
abstract type AbstractScopedValue{T} end

"""
    ScopedValue(x)
    ScopedValue{T}([x])

A value that `with` replaces for the duration of a call, also in the tasks that are
made meanwhile. `v[]` is the value in the present scope.

# Examples
```julia
julia> using Base.ScopedValues

julia> level = ScopedValue(1);

julia> with(level => 2) do
           fetch(@async level[])
       end
2

julia> level[]
1
```
"""
mutable struct ScopedValue{T} <: AbstractScopedValue{T}
    const has_default::Bool
    const default::T
    ScopedValue{T}() where {T} = new{T}(false)
    ScopedValue{T}(x) where {T} = new{T}(true, x)
    ScopedValue(x::T) where {T} = new{T}(true, x)
end

"""
    LazyScopedValue{T}(f)

A scoped value whose default is `f()`, called the first time it is asked for (a
`OncePerProcess`) or each time.
"""
mutable struct LazyScopedValue{T} <: AbstractScopedValue{T}
    const getdefault::Any
    LazyScopedValue{T}(f) where {T} = new{T}(f)
end

eltype(::AbstractScopedValue{T}) where {T} = T
hasdefault(v::ScopedValue) = v.has_default
hasdefault(::LazyScopedValue) = true
getdefault(v::ScopedValue) = v.has_default ? v.default : throw(KeyError(v))
getdefault(v::LazyScopedValue) = v.getdefault()

"""
    isassigned(v::ScopedValue)

Whether `v` has a value: a default or one from a scope.
"""
function isassigned(v::AbstractScopedValue)
    hasdefault(v) && return true
    s = task_scope_values()
    s !== nothing && haskey(s.values, v)
end

# What holds between the beginning and the end of a `with`. It is never changed.
struct Scope
    values::IdDict{AbstractScopedValue,Any}
end
function Scope(outer::Union{Nothing,Scope}, pairs::Pair{<:AbstractScopedValue}...)
    d = outer === nothing ? IdDict{AbstractScopedValue,Any}() : copy(outer.values)
    for (v, x) in pairs
        d[v] = convert(eltype(v), x)
    end
    Scope(d)
end

function show(io::IO, s::Scope)
    print(io, Scope, "(")
    first = true
    for (v, x) in s.values
        first || print(io, ", ")
        first = false
        print(io, v isa ScopedValue ? ScopedValue{eltype(v)} : typeof(v), "@")
        show(io, objectid(v))
        print(io, " => ")
        show(IOContext(io, :typeinfo => eltype(v)), x)
    end
    print(io, ")")
end

"""
    ScopedValues.get(v)

`Some` of the value of `v`, or `nothing` if it has none.
"""
function get(v::AbstractScopedValue{T}) where {T}
    s = task_scope_values()
    if s !== nothing
        x = Base.get(s.values, v, v)
        x === v || return Some{T}(x)
    end
    hasdefault(v) ? Some{T}(getdefault(v)) : nothing
end

function getindex(v::AbstractScopedValue{T}) where {T}
    x = get(v)
    x === nothing && throw(KeyError(v))
    x.value::T
end

function show(io::IO, v::AbstractScopedValue)
    print(io, v isa ScopedValue ? ScopedValue{eltype(v)} : typeof(v), '(')
    x = get(v)
    x === nothing ? print(io, "undefined") : show(IOContext(io, :typeinfo => eltype(v)), x.value)
    print(io, ')')
end

"""
    with(f, var => x, ...)

Call `f()` with other values of scoped values.
"""
function with(f, pairs::Pair{<:AbstractScopedValue}...)
    isempty(pairs) && return f()
    outer = task_scope_values()
    enter(Scope(outer, pairs...))
    try
        return f()
    finally
        enter(outer)
    end
end

"""
    ScopedThunk(f)

A function without arguments that calls `f` in the scope in which the thunk was made.
"""
struct ScopedThunk{F} <: Function
    f::F
    scope::Union{Nothing,Scope}
    ScopedThunk{F}(f) where {F} = new{F}(f, task_scope_values())
end
ScopedThunk(f::F) where {F} = ScopedThunk{F}(f)
function (t::ScopedThunk)()
    outer = task_scope_values()
    enter(t.scope)
    try
        return t.f()
    finally
        enter(outer)
    end
end

# Makes s the scope of the running task.
enter(s) = task_set_scope_values(s, s === nothing ? nothing : Base.governing_source(s))

"""
    @with var => x ... expr

Evaluate `expr` with other values of scoped values.
"""
macro with(exprs...)
    isempty(exprs) && error("@with expects at least one argument")
    quote
        local outer = task_scope_values()
        enter(Scope(outer, $(map(esc, exprs[1:end-1])...)))
        $(Expr(:tryfinally, esc(exprs[end]), :(enter(outer))))
    end
end

end

using .ScopedValues: ScopedValue, LazyScopedValue, with, @with

# For `Expr(:tryfinally, body, last, scope)`: the scope that is to come back after the body.
function enter_scope(s)
    outer = task_scope_values()
    s isa Union{Nothing,ScopedValues.Scope} && ScopedValues.enter(s)
    outer
end
leave_scope(outer) = ScopedValues.enter(outer)
