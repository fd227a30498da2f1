# Waiting for the first of several things, and no longer than one likes.

using ..Base: select_wait, task_schedule_with, current_task, GenericCondition, Event, AsyncCondition, assert_havelock,
    unlockall, relockall, timeout_start, timeout_end, task_governor, task_set_governor, cancel_new, FieldError

# What a case of a select waits for, as select_wait takes it: (kind, object, value).
const NEVER, TAKE, PUT, FETCH, READY, TASK, NOTIFIED, EVENT, TIMER, AFTER = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9

take_case(c::Channel) = (TAKE, getfield(c, :core), nothing)
take_case(::Nothing) = (NEVER, nothing, nothing)
put_case(c::Channel{T}, v) where {T} = (PUT, getfield(c, :core), convert(T, v))
put_case(::Nothing, v) = (NEVER, nothing, nothing)
fetch_case(c::Channel) = isbuffered(c) ? (FETCH, getfield(c, :core), nothing) : unbuffered_fetch()
fetch_case(t::Task) = (TASK, t, nothing)
fetch_case(::Nothing) = (NEVER, nothing, nothing)
after_case(seconds::Real) = (AFTER, Float64(seconds), nothing)
after_case(::Nothing) = (NEVER, nothing, nothing)
wait_case(c::Channel) = (READY, getfield(c, :core), nothing)
wait_case(t::Task) = (TASK, t, nothing)
wait_case(c::Condition) = (NOTIFIED, c.waitq, nothing)
wait_case(c::GenericCondition) = (NOTIFIED, c.waitq, nothing)
wait_case(e::Event) = (EVENT, e, nothing)
wait_case(t::Union{Timer,AsyncCondition}) = (TIMER, t.core, nothing)
wait_case(::Nothing) = (NEVER, nothing, nothing)
# Anything else that has a wait is waited for by a task of its own.
function wait_case(x)
    t = Task(() -> wait(x))
    schedule(t)
    (TASK, t, x)
end

isbuffered(c::Channel) = Base.channel_capacity(getfield(c, :core)) > 0
unbuffered_fetch() = error("`fetch` is not supported on an unbuffered Channel.")

# The value of a case that has happened, from what select_wait gave.
fetched(c::Channel, v) = v
fetched(t::Task, v) = fetch(t)
waited(x, v) = nothing
waited(c::Union{Condition,GenericCondition}, v) = v
waited(t::Task, v) = wait(t)

# Performs one of the cases, given with the objects they are about; which, and its
# value. Locks of conditions are given up meanwhile.
function choose(default::Bool, objects::Tuple, cases::Tuple)
    locks = Any[]
    for x in objects
        x isa GenericCondition || continue
        assert_havelock(x)
        any(l -> l[1] === x.lock, locks) || push!(locks, (x.lock, unlockall(x.lock)))
    end
    flat = Any[]
    for c in cases
        append!(flat, c)
    end
    try
        return select_wait(default, flat...)
    finally
        for (l, depth) in locks
            relockall(l, depth)
        end
        for c in cases
            c[1] == TASK && c[3] !== nothing && !istaskdone(c[2]) && task_schedule_with(c[2], InterruptException(), true)
        end
    end
end

"""
    Weft.@select begin
        x = take!(c)  => expr
        put!(c, v)    => expr
        x = fetch(t)  => expr
        wait(y)       => expr
        after(s)      => expr
        default       => expr
    end

Wait for several things at once, perform the first that can happen, and evaluate the
expression beside it, which gives the value of the whole. If several can happen at
once, one of them is chosen at random, with the same chance for each. Exactly one
happens: no other channel loses an item or gets one.

- `take!(c)` and `put!(c, v)` of channels; `fetch(c)` and `wait(c)`, which leave the item.
- `wait(t)` and `fetch(t)` of a task.
- `wait(x)` of a condition (a `Threads.Condition` has to be locked, as for `wait`), an
  event, a timer, a process, or anything else that has a `wait`.
- `after(s)`: when `s` seconds have passed and nothing else has happened.
- `default`: when nothing can happen at once.

A case acts as the operation would alone: that of a closed channel, a failed task or a
closed timer throws. A case about `nothing` never happens, which switches it off. All
the arguments are evaluated first, in their order. `break`, `continue` and `return` may
be used in the expressions.

# Examples
```julia
julia> orders, stop = Channel{Int}(3), Channel{Bool}(1);

julia> put!(orders, 7);

julia> Weft.@select begin
           n = take!(orders) => "order \$n"
           take!(stop)       => "closing"
           after(0.5)        => "nothing to do"
       end
"order 7"

julia> Weft.@select begin
           n = take!(orders) => "order \$n"
           default           => "no orders"
       end
"no orders"
```
"""
macro select(block)
    block isa Expr && block.head === :block || throw(ArgumentError("@select takes a begin ... end with a line `operation => expression` for each case"))
    select_form([a for a in block.args if !(a isa LineNumberNode)], __source__)
end

# One case of a @select, as written.
struct Written
    var::Any        # what the value is assigned to, or nothing
    operation::Symbol
    args::Vector{Any}
    body::Any
end

select_error(ex) = throw(ArgumentError(string("@select: expected `[x =] operation => expression`, with one of take!, put!, fetch, wait, after and default, got `", ex, "`")))

function written_case(ex)
    line, var = ex, nothing
    if ex isa Expr && ex.head === :(=) && !is_arrow(ex.args[1])
        var, ex = ex.args
    end
    ex = assigning(ex)
    is_arrow(ex) || select_error(line)
    what, body = ex.args[2], ex.args[3]
    what === :default && var === nothing && return Written(nothing, :default, Any[], body)
    what isa Expr && what.head === :call || select_error(line)
    name = what.args[1]
    name isa Expr && name.head === :. && (name = name.args[2])
    name isa QuoteNode && (name = name.value)
    n = length(what.args) - 1
    if name === :put!
        n == 2 || select_error(line)
    elseif name === :take! || name === :fetch || name === :wait || name === :after
        n == 1 || select_error(line)
    else
        select_error(line)
    end
    Written(var, name, what.args[2:end], body)
end
# An assignment is parsed as one to the whole of `operation => variable`.
function assigning(ex)
    ex isa Expr && ex.head !== :call && length(ex.args) == 2 && is_arrow(ex.args[1]) || return ex
    arrow, value = ex.args
    Expr(:call, :(=>), arrow.args[2], Expr(ex.head, arrow.args[3], value))
end
is_arrow(ex) = ex isa Expr && ex.head === :call && length(ex.args) == 3 && ex.args[1] === :(=>)

function select_form(lines, source)
    cases = Written[]
    default = nothing
    for ex in lines
        c = written_case(ex)
        if c.operation === :default
            default === nothing || throw(ArgumentError("@select: more than one default"))
            default = c
        else
            push!(cases, c)
        end
    end
    objects = [gensym("on") for _ in cases]
    setup, flat, tuples = Any[], Any[], Any[]
    plain = true
    for (c, object) in zip(cases, objects)
        plain &= c.operation !== :wait
        push!(setup, :(local $object = $(esc(c.args[1]))))
        made = c.operation === :put! ? :(put_case($object, $(esc(c.args[2])))) :
            c.operation === :take! ? :(take_case($object)) :
            c.operation === :fetch ? :(fetch_case($object)) :
            c.operation === :wait ? :(wait_case($object)) : :(after_case($object))
        t = gensym("case")
        push!(setup, :(local $t = $made))
        push!(tuples, t)
        append!(flat, Any[:($t[1]), :($t[2]), :($t[3])])
    end
    hasdefault = default !== nothing
    call = plain ? :(select_wait($hasdefault, $(flat...))) : :(choose($hasdefault, ($(objects...),), ($(tuples...),)))
    which, value = gensym("which"), gensym("value")
    branches = hasdefault ? esc(default.body) : nothing
    for i in length(cases):-1:1
        c, object = cases[i], objects[i]
        v = c.operation === :fetch ? :(fetched($object, $value)) :
            c.operation === :wait ? :(waited($object, $value)) :
            c.operation === :after ? nothing : value
        # a wait for a failed task throws, whether or not the value is asked for
        first = c.var === nothing ? v : Expr(:(=), esc(c.var), v)
        branches = Expr(:if, :($which == $i), Expr(:block, first, esc(c.body)), branches)
    end
    # no let: what the cases assign is the caller's
    Base.count_as_at!(Expr(:block, setup..., :(local $which, $value = $call), branches), source)
end

"""
    Weft.try_take!(c::Channel)

Take the next item of `c` if that needs no waiting: `Some(item)`, or `nothing`. It
throws as `take!` does if `c` is closed and empty.

# Examples
```julia
julia> c = Channel(1); put!(c, :a);

julia> Weft.try_take!(c)
Some(:a)

julia> Weft.try_take!(c) === nothing
true
```
"""
function try_take!(c::Channel)
    i, v = select_wait(true, TAKE, getfield(c, :core), nothing)
    i == 0 ? nothing : Some(v)
end

"""
    Weft.try_fetch!(c::Channel)

The next item of `c`, which stays there, if there is one: `Some(item)`, or `nothing`.

# Examples
```julia
julia> c = Channel(1); put!(c, 'x');

julia> Weft.try_fetch!(c), Weft.try_fetch!(c)
(Some('x'), Some('x'))
```
"""
function try_fetch!(c::Channel)
    i, v = select_wait(true, fetch_case(c)...)
    i == 0 ? nothing : Some(v)
end

"""
    Weft.try_put!(c::Channel, v)

Put `v` into `c` if that needs no waiting; whether it was put. An unbuffered channel
takes it if a task waits to take. It throws as `put!` does if `c` is closed.

# Examples
```julia
julia> c = Channel{Int}(1);

julia> Weft.try_put!(c, 1), Weft.try_put!(c, 2)
(true, false)
```
"""
function try_put!(c::Channel, v)
    i, _ = select_wait(true, put_case(c, v)...)
    i != 0
end

"""
    Weft.TimeoutError(seconds, waiting)

What an operation with a timeout throws when its time is over. `waiting` tells what
the task waited for, and where.
"""
struct TimeoutError <: Exception
    seconds::Float64
    waiting::String
end
function Base.showerror(io::IO, e::TimeoutError)
    print(io, "TimeoutError: ", e.seconds, e.seconds == 1 ? " second has" : " seconds have", " passed; ")
    isempty(e.waiting) ? print(io, "the task was computing") : print(io, "the task waited for ", e.waiting)
end

# One operation with a timeout: the value of the case.
function within(seconds::Real, what::String, (kind, x, v))
    seconds >= 0 || throw(ArgumentError("a timeout must not be negative, got $seconds"))
    i, v = select_wait(false, kind, x, v, AFTER, Float64(seconds), nothing)
    i == 2 && throw(TimeoutError(seconds, what))
    v
end

"""
    Weft.@timeout seconds expr

Evaluate `expr`, for no longer than a number of seconds: when they have passed, a
`Weft.TimeoutError` that tells what was being waited for is thrown inside of it, and the
tasks that were started in it are cancelled. An operation that is given up does not
happen, as an interrupted one.

# Examples
```julia
julia> Weft.@timeout 5 begin
           sleep(0.01)
           "in time"
       end
"in time"

julia> try
           Weft.@timeout 0.05 take!(Channel())
       catch e
           e isa Weft.TimeoutError
       end
true
```
"""
macro timeout(seconds, ex)
    guard = gensym("guard")
    Base.count_as_at!(quote
        local $guard = guard_of($(esc(seconds)))
        try
            $(esc(ex))
        finally
            lift($guard)
        end
    end, __source__)
end
# The timer of a timeout's scope, and what cancelled the task outside of it.
struct Guard
    timer::Any
    outer::Any
end
function guard_of(seconds::Real)
    seconds >= 0 || throw(ArgumentError("a timeout must not be negative, got $seconds"))
    outer = task_governor()
    source = outer === nothing ? cancel_new() : cancel_new(outer)
    task_set_governor(source)
    Guard(timeout_start(current_task(), Float64(seconds), TimeoutError, source), outer)
end
function lift(g::Guard)
    timeout_end(g.timer)
    task_set_governor(g.outer)
end
