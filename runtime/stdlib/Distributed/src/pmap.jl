# pmap: map with calls in workers.

"""
    pmap(f, [pool], c...; distributed=true, batch_size=1, on_error=nothing, retry_delays=[], retry_check=nothing)

`map` whose calls are shared among the workers, `batch_size` items at a time. `on_error` gives a value for a call that failed;
`retry_delays` has failed calls tried again, if `retry_check` agrees. Without `distributed`, the calls run in tasks of this process.
"""
pmap(f, c, more...; kwargs...) = pmap(f, default_worker_pool(), c, more...; kwargs...)
pmap(f, p::AbstractWorkerPool; kwargs...) = throw(ArgumentError("pmap needs a collection"))
function pmap(f, p::AbstractWorkerPool, c, more...; distributed::Bool=true, batch_size=1, on_error=nothing, retry_delays=[], retry_check=nothing)
    at_once() = distributed ? max(1, nworkers(p)) : 100
    call = distributed ? remote(p, f) : f
    isempty(retry_delays) || (call = tried_again(call, retry_delays, retry_check))
    on_error === nothing || (call = with_answer(call, on_error))
    batch_size == 1 && return unwrapped(() -> asyncmap(call, c, more...; ntasks=at_once))
    items = collect(zip(c, more...))
    parts = collect(Iterators.partition(eachindex(IndexLinear(), items), Int(batch_size)))
    run = distributed ? remote(p, attempt_each) : attempt_each
    results = reduce(vcat, unwrapped(() -> asyncmap(part -> run(f, items[part]), parts; ntasks=at_once)); init=Any[])
    for i in eachindex(IndexLinear(), items)
        r = results[i]
        r isa BatchFailure || continue
        results[i] = isempty(retry_delays) ? (on_error === nothing ? throw(r.e) : answer(on_error, r.e)) : call(items[i]...)
    end
    map(i -> results[i], reshape(1:length(items), size(items)))
end
pmap(f, p::AbstractWorkerPool, c::AbstractString; kwargs...) = join(pmap(f, p, collect(c); kwargs...))

struct BatchFailure
    e::RemoteException
end
attempt_each(f, items) = Any[(v = attempt(f, x, (;), false); v isa RemoteException ? BatchFailure(v) : v) for x in items]

# asyncmap wraps what its function throws.
function unwrapped(f)
    failed = nothing
    try
        return f()
    catch e
        failed = e
    end
    throw(failed isa CapturedException ? failed.ex : failed)
end

cause(e) = e isa RemoteException ? e.captured.ex : e
tried_again(f, delays, check) = retry(f; delays=delays, check=check === nothing ? nothing : (s, e) -> check(s, cause(e)))
with_answer(f, on_error) = function (args...; kwargs...)
    try
        f(args...; kwargs...)
    catch e
        answer(on_error, e)
    end
end
function answer(on_error, e)
    try
        throw(cause(e))
    catch x
        return on_error(x)
    end
end

"The first `n` items of a collection, and what gives the others."
function head_and_tail(c, n)
    head = Vector{eltype(c)}()
    n == 0 && return head, c
    next = iterate(c)
    while next !== nothing
        x, state = next
        push!(head, x)
        length(head) == n && return head, Iterators.rest(c, state)
        next = iterate(c, state)
    end
    head, ()
end
"`f` of each item, computed in workers while they are asked for, in order."
pgenerate(p::AbstractWorkerPool, f, c) = (fetch(r) for r in [@async(remotecall_fetch(f, p, x)) for x in c])
pgenerate(f, c) = pgenerate(default_worker_pool(), f, c)
