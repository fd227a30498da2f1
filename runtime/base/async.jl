# Tasks that are begun and waited for in the source: @async, @sync and what they are made of.

# The variable by which tasks find the @sync block around them.
const sync_varname = Symbol("##sync#")

"""
    @async expr

Run `expr` in a new task and return the task. `\$x` in `expr` is the value `x` has
now. The task runs when the running one waits or yields; it counts for the `@sync`
block around it.

# Examples
```julia
julia> t = @async 2 + 3;

julia> fetch(t)
5
```
"""
macro async(ex)
    spawn_form(ex, __source__)
end

# Replaces each \$x of ex that is not inside a quote by a new variable; returns the
# bindings to be made outside.
function lift_interpolations!(ex)
    lets = Any[]
    ex isa Expr && lift_interpolations!(ex, lets, 0)
    lets
end
function lift_interpolations!(ex::Expr, lets, depth)
    if ex.head === :$ && depth == 0
        var = gensym("lifted")
        push!(lets, :($(esc(var)) = $(esc(ex.args[1]))))
        return var
    end
    ex.head in (:macrocall, :meta, :inert) && return ex    # a macro may have its own use for $
    depth += ex.head === :quote ? 1 : ex.head === :$ ? -1 : 0
    for i in 1:length(ex.args)
        a = ex.args[i]
        a isa Expr && (ex.args[i] = lift_interpolations!(a, lets, depth))
    end
    ex
end

# A function without arguments that counts as written at source.
thunk_form(body, source) = Expr(:->, Expr(:tuple), Expr(:block, source, body))

function spawn_form(ex, source)
    holder = Expr(:block, ex)
    lets = lift_interpolations!(holder)
    var = esc(sync_varname)
    form = quote
        let $(lets...)
            local thunk = $(thunk_form(esc(holder), source))
            if $(Expr(:islocal, var))
                $(GlobalRef(Base, :spawn_in))($var, thunk)
            else
                $(GlobalRef(Base, :task_spawn))(thunk)
            end
        end
    end
    count_as_at!(form, source)
end

# Makes the lines of a macro's form those of the macro's call; what the caller wrote
# keeps its own.
function count_as_at!(ex::Expr, source)
    ex.head === :escape && return ex
    for i in 1:length(ex.args)
        a = ex.args[i]
        if a isa LineNumberNode
            ex.args[i] = source
        elseif a isa Expr
            count_as_at!(a, source)
        end
    end
    ex
end

mutable struct SyncScope
    tasks::Vector{Any}
    ended::Bool
    awaited::Int    # how many of them have been waited for
    room::Int       # at so many it is time to let go of those that are done
    failures::Union{Nothing,CompositeException}
    SyncScope() = new(Any[], false, 0, 4096, nothing)
end

function sync_add(s::SyncScope, x)
    s.ended && throw(ScheduledAfterSyncException(Any[x]))
    length(s.tasks) < s.room || let_go_of_done!(s)
    push!(s.tasks, x)
    x isa Task && task_observe(x)
    nothing
end

# Starts a task that calls f, as one of those that a scope waits for.
function spawn_in(s, f)
    t = Task(f)
    sync_add(s, t)
    schedule(t)
end
function spawn_in(s::SyncScope, f)
    t = task_spawn(f, s.tasks, s.room)
    t === nothing ? invoke(spawn_in, Tuple{Any,Any}, s, f) : t
end

# Those that have ended well need not be waited for.
function let_go_of_done!(s::SyncScope)
    s.awaited == 0 && filter!(x -> !(x isa Task) || !istaskdone(x) || istaskfailed(x), s.tasks)
    s.room = 2 * max(length(s.tasks), 2048)
    nothing
end

"""
    @sync expr

Evaluate `expr`, then wait for all tasks that `@async` and `Threads.@spawn` started
in its text. Failures of those tasks are thrown together as a `CompositeException`.

# Examples
```julia
julia> r = Int[];

julia> @sync for i in 1:3
           @async push!(r, i)
       end

julia> r
3-element Vector{Int64}:
 1
 2
 3
```
"""
macro sync(block)
    var = esc(sync_varname)
    form = quote
        let $var = SyncScope()
            v = $(esc(block))
            sync_end($var)
            v
        end
    end
    count_as_at!(form, __source__)
end

function sync_end(s::SyncScope)
    request = nothing
    try
        sync_wait(s)
    catch e
        e isa CancellationRequest || rethrow()
        request = e
    end
    # What the tasks of a cancelled scope still have to do is waited for; meanwhile the
    # request may have become more severe.
    if request !== nothing
        governed(() -> sync_wait(s), nothing)
        governor = task_governor()
        governor === nothing || (request = something(cancel_severity(governor), request))
    end
    s.ended = true
    s.room = 0
    s.failures === nothing || throw(s.failures)
    request === nothing || throw(request)
    nothing
end

# Waits for what has been added to a scope and has not been waited for.
function sync_wait(s::SyncScope)
    isempty(s.tasks) || check_cancelled(task_governor())
    while (i = tasks_done(s.tasks, s.awaited) + 1) <= length(s.tasks)
        x = s.tasks[i]
        if x isa Task
            task_join(x) && note_failure!(s, TaskFailedException(x))
        else
            try
                wait(x)
            catch e
                note_failure!(s, e)
            end
        end
        s.awaited = i
    end
    nothing
end
function note_failure!(s::SyncScope, e)
    s.failures === nothing && (s.failures = CompositeException())
    push!(s.failures, e)
end
