# Base.Experimental: what Julia may still change.

"""
    Base.Experimental

What Julia offers without a promise to keep it.
"""
module Experimental

using ..Base: SyncScope, sync_varname, task_after, task_join, shielded_task, Condition, Timer, esc, CompositeException,
    task_exact, task_runtime, task_walltime, current_task

"""
    Experimental.@sync expr

`@sync` that throws the first failure of one of its tasks as soon as it comes; the
other tasks run on.
"""
macro sync(block)
    var = esc(sync_varname)
    quote
        let $var = SyncScope()
            v = $(esc(block))
            sync_first_failure($var)
            v
        end
    end
end

"""
    Experimental.@force_compile

In Julia, has the block in which it stands compiled rather than interpreted. Here all code
runs in the same way, so it does nothing.
"""
macro force_compile()
    nothing
end

"""
    Experimental.@opaque [type] (args...) -> expr

A function without a type of its own, an [`OpaqueClosure`](@ref Core.OpaqueClosure): it sees the methods that
there are when it is made, and takes only arguments of the types that are written, or that are in the tuple type `type`.
"""
macro opaque(ex)
    types, more = argument_types(ex)
    A = Expr(:curly, Tuple, (t === nothing ? Any : t for t in types)...)
    more && (A.args[end] = Expr(:curly, Vararg, A.args[end]))
    :(Base.opaque_closure($(esc(A)), $(length(types) - more), $more, $(esc(ex))))
end
macro opaque(T, ex)
    types, more = argument_types(ex)
    all(isnothing, types) || return :(error("argument types cannot be given both in the tuple and with the arguments"))
    :(Base.opaque_closure($(esc(T)), $(length(types) - more), $more, $(esc(ex))))
end
# The types that the arguments of a function without a name are declared to have, nothing where none is;
# whether the last one takes all that is left.
function argument_types(ex)
    Meta.isexpr(ex, (:->, :function)) || error("Expected a function expression after @opaque, got ", ex)
    head = ex.args[1]
    as = Meta.isexpr(head, :tuple) ? head.args : Any[head]
    more = !isempty(as) && Meta.isexpr(as[end], :...)
    types = Any[]
    for a in as
        Meta.isexpr(a, :...) && (a = a.args[1])
        push!(types, Meta.isexpr(a, :(::)) ? a.args[end] : nothing)
    end
    types, more
end

function sync_first_failure(s::SyncScope)
    c = Condition()
    left = 0
    failure = nothing
    for x in s.tasks
        t = x isa Task ? x : Base.schedule(Task(() -> wait(x)))
        left += 1
        task_after(t, shielded_task() do
            left -= 1
            failure === nothing && istaskfailed(t) && (failure = Base.TaskFailedException(t))
            notify(c)
        end)
    end
    while left > 0 && failure === nothing
        wait(c)
    end
    s.ended = true
    failure === nothing || throw(failure)
    nothing
end

"""
    Experimental.wait_with_timeout(c; first=false, timeout=0.0)

Wait for the condition `c`, whose lock is held, for at most `timeout` seconds (0: for
ever); `:timed_out` if that was too short.
"""
function wait_with_timeout(c; first::Bool=false, timeout::Real=0.0)
    timeout < 0 && throw(ArgumentError("timeout must be a positive number"))
    timeout == 0 && return wait(c; first=first)
    self = current_task()
    waits = true
    timer = Timer(timeout) do _
        waits && Base.queue_remove(c.waitq, self) && Base.task_schedule_with(self, :timed_out, false)
    end
    try
        return wait(c; first=first)
    finally
        waits = false
        close(timer)
    end
end

"""
    Experimental.register_error_hint(handler, exception_type)

Have `handler(io, exception, ...)` called after an exception of that type is shown.
"""
register_error_hint(handler, exct::Type) = (push!(get!(() -> Any[], _hint_handlers, exct), handler); nothing)
const _hint_handlers = IdDict{Type,Vector{Any}}()

"""
    Experimental.show_error_hints(io, exception, args...)

Write Base's hints on an exception of this type, then call the handlers for it.
"""
function show_error_hints(io, ex, args...)
    for hint in Base.own_hints(ex)
        hint(io, ex, args...)
    end
    for handler in get(_hint_handlers, typeof(ex), ())
        try
            Base.invokelatest(handler, io, ex, args...)
        catch err
            Base.report_failed_hint(handler, ex, err)
        end
    end
end

"The elements of an array that is promised not to change."
struct Const{T,N} <: DenseArray{T,N}
    a::Array{T,N}
end
Base.size(c::Const) = size(c.a)
Base.getindex(c::Const, i::Int) = getindex(c.a, i)
Base.IndexStyle(::Type{<:Const}) = IndexLinear()

macro aliasscope(body)
    esc(body)
end
macro optlevel(n)
    nothing
end
macro max_methods(n)
    nothing
end
macro max_methods(n, f)
    esc(f)
end
macro compiler_options(args...)
    nothing
end
macro overlay(mt, def)
    :(error("method tables of one's own cannot be made here"))
end

"""
    Experimental.task_metrics(on::Bool)

Have the times of tasks that are made from now on measured; `false` takes back one
earlier call with `true`. See `task_running_time_ns` and `task_wall_time_ns`.
"""
task_metrics(on::Bool) = (task_exact(on); nothing)

"""
    Experimental.task_running_time_ns(t=current_task())

For how many nanoseconds the task `t` has run until now, as a `UInt64`; `nothing` if it
was made while `task_metrics` was off.
"""
task_running_time_ns(t::Task=current_task()) = task_walltime(t) === nothing ? nothing : UInt64(task_runtime(t))

"""
    Experimental.task_wall_time_ns(t=current_task())

How many nanoseconds passed from when the task `t` was first scheduled until it ended,
or until now if it has not, as a `UInt64`; `nothing` if it was made while `task_metrics`
was off.
"""
function task_wall_time_ns(t::Task=current_task())
    time = task_walltime(t)
    time === nothing ? nothing : UInt64(time)
end

end
