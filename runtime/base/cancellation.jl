# Cancellation: sources, tokens and requests, and the `cancel` keyword of what waits.
# The type CancellationTokenSource itself and the state of sources are primitive.

"""
    CancellationTokenSource(parents::CancellationToken...)

That by which computations are cancelled, with `cancel!`. Cancelling a parent cancels
what lies below it; a source below a cancelled one is born cancelled.

# Examples
```julia
julia> src = Base.CancellationTokenSource();

julia> t = Base.ScopedValues.with(() -> @async(sleep(100)), Base.CANCEL_TOKEN => Base.CancellationToken(src));

julia> yield(); Base.cancel!(src)
true

julia> wait(t; throw=false); t.result
Base.CancellationRequest(0x01)
```
"""
CancellationTokenSource(parents::CancellationToken...) = cancel_new(map(p -> p.source, parents)...)
CancellationTokenSource(::Nothing) = cancel_new()

function getproperty(s::CancellationTokenSource, name::Symbol)
    name === :state && return cancel_state(s)
    name === :nparents && return length(cancel_parents(s))
    throw(FieldError(CancellationTokenSource, name))
end
propertynames(::CancellationTokenSource) = (:state, :nparents)

"""
    CancellationRequest

What operations that wait throw when their scope has been cancelled. Its severity is
`CANCEL_REQUEST_SAFE`, `CANCEL_REQUEST_ABANDON_EXTERNAL` or `CANCEL_REQUEST_ABANDON_ALL`.
"""
struct CancellationRequest <: Exception
    request::UInt8
end

"Cancel at leisure: what is cancelled unwinds, and gives up what it holds."
const CANCEL_REQUEST_SAFE = CancellationRequest(0x1)
"Cancel, and do not wait for anything outside, such as files and processes."
const CANCEL_REQUEST_ABANDON_EXTERNAL = CancellationRequest(0x3)
"Cancel, and stop where they are, for ever, the tasks that do not come to the request in their next turn."
const CANCEL_REQUEST_ABANDON_ALL = CancellationRequest(0x4)

severity(r::CancellationRequest) = r.request & 0x1f
"""
    Base.is_terminate_request(r::CancellationRequest)

Whether the request is to end the whole process.
"""
is_terminate_request(r::CancellationRequest) = r.request & 0x20 != 0x00

function showerror(io::IO, r::CancellationRequest)
    print(io, "CancellationRequest: ",
        r === CANCEL_REQUEST_SAFE ? "Safe Cancellation (CANCEL_REQUEST_SAFE)" :
        r === CANCEL_REQUEST_ABANDON_EXTERNAL ? "Abandonment of External Resources (CANCEL_REQUEST_ABANDON_EXTERNAL)" :
        r === CANCEL_REQUEST_ABANDON_ALL ? "Task Abandonment (CANCEL_REQUEST_ABANDON_ALL)" : "Unknown ($(r.request))")
end

"""
    cancel!(source, request=CANCEL_REQUEST_SAFE)

Cancel a source and all that lies below it. Tasks that wait there get the request as
an exception, and so does each later operation that could wait. Returns whether the
state of `source` rose: repeating has no effect, a higher severity has.
"""
function cancel!(s::CancellationTokenSource, request::CancellationRequest=CANCEL_REQUEST_SAFE)
    request.request in (0x1, 0x3, 0x4) || throw(ArgumentError("invalid cancellation severity $(repr(request.request))"))
    cancel_raise(s, request.request)
end

"""
    Base.unsafe_abandon!(t::Task, next::Task)

Stop a task where it is, for ever, and have `next` run in its place. `t` counts as failed,
in the state `:abandoned`, and whoever waits for it is told; no `finally` of it runs, and
the locks that it holds stay locked. For what heeds no cancellation.
"""
function unsafe_abandon!(t::Task, next::Task)
    istaskdone(next) || istaskstarted(next) || schedule(next)
    task_abandon(t)
    nothing
end

"""
    cancel_severity(source_or_token)

The request by which a source is cancelled, or `nothing`.
"""
cancel_severity(s::CancellationTokenSource) = (state = cancel_state(s); state == 0x00 ? nothing : CancellationRequest(state))
cancel_severity(t::CancellationToken) = cancel_severity(t.source)

"""
    iscancelled(source_or_token)

Whether a source has been cancelled, which lasts for ever.
"""
iscancelled(s::CancellationTokenSource) = cancel_state(s) != 0x00
iscancelled(t::CancellationToken) = iscancelled(t.source)

"""
    CANCEL_TOKEN

The scoped value that holds the token by which the present computation, and the tasks
it makes, are cancelled, or `nothing`, which shields them.
"""
const CANCEL_TOKEN = ScopedValue{Union{Nothing,CancellationToken}}(nothing)

# The source of the token that a scope holds.
function governing_source(s::ScopedValues.Scope)
    token = get(s.values, CANCEL_TOKEN, nothing)
    token === nothing ? nothing : token.source
end
default_cancel_token() = CANCEL_TOKEN[]

"""
    @cancel_check [token]

Throw the request if the present scope (or `token`) has been cancelled. For loops
that compute for long without waiting.
"""
macro cancel_check()
    :(check_cancelled(task_governor()))
end
macro cancel_check(token)
    :(check_cancelled(source_of($(esc(token)))))
end
check_cancelled(::Nothing) = nothing
check_cancelled(s::CancellationTokenSource) = cancel_check(s)
source_of(::Nothing) = nothing
source_of(t::CancellationToken) = t.source

# Calls f, which waits, with its waits cancelled by a token instead of by the scope.
governed(f, ::DefaultCancel) = f()
function governed(f, token::Union{Nothing,CancellationToken})
    outer = task_governor()
    task_set_governor(source_of(token))
    try
        return f()
    finally
        task_set_governor(outer)
    end
end

# A task that no scope cancels.
shielded_task(f) = governed(() -> Task(f), nothing)

"""
    wait(token::CancellationToken)

Wait until the token's source is cancelled and return the request.
"""
function wait(t::CancellationToken; cancel::CancelTokenArg=DEFAULT_CANCEL)
    check_watch(t, cancel === DEFAULT_CANCEL ? task_governor() : source_of(cancel))
    governed(() -> cancel_wait(t.source), cancel)
end
wait(t::CancellationToken) = (check_watch(t, task_governor()); cancel_wait(t.source))
check_watch(t, source) =
    t.source === source ? throw(ArgumentError("cannot wait for a token that cancels the wait; use `cancel=nothing`")) : nothing
