# asyncmap: map with several tasks, and what goes with it.

# Tasks that work on what comes through a channel. An item is (place, args); `work`
# is called with one item, or with a vector of them if they are taken in batches.
mutable struct WorkerPool
    work::Any
    ntasks::Any                    # how many tasks, or a function that tells
    batch::Union{Int,Nothing}      # how many items are worked on at once
    items::Channel{Any}
    tasks::Vector{Task}
end

function WorkerPool(work, itr, ntasks, batch_size)
    checked = checked_ntasks(itr, ntasks)
    p = WorkerPool(work, checked, checked_batch(batch_size), Channel{Any}(0), Task[])
    for _ in 1:(checked isa Function ? max(1, checked()) : checked)
        add_worker!(p)
    end
    yield()
    p
end

function checked_ntasks(itr, ntasks)
    ntasks isa Function && return ntasks
    ntasks isa Number && ntasks >= 0 ||
        throw(ArgumentError(string("ntasks must be specified as a positive integer or a 0-arg function. ntasks=", ntasks)))
    ntasks == 0 || return ntasks
    IteratorSize(itr) isa Union{HasLength,HasShape} ? clamp(length(itr), 1, 100) : 100
end

checked_batch(::Nothing) = nothing
function checked_batch(n)
    size = n isa Number ? Int(n) : 0
    size < 1 && throw(ArgumentError(string("batch_size must be specified as a positive integer. batch_size=", n)))
    size
end

function add_worker!(p::WorkerPool)
    push!(p.tasks, schedule(Task(() -> run_worker(p))))
    nothing
end

# What a worker's task does; its value is the exception that ended it, if one did.
function run_worker(p::WorkerPool)
    try
        if p.batch === nothing
            for item in p.items
                p.work(item)
            end
        else
            while isopen(p.items)
                some = next_batch(p)
                isempty(some) || p.work(some)
            end
        end
    catch e
        close(p.items)
        return CapturedException(e, catch_backtrace())
    end
    nothing
end

function next_batch(p::WorkerPool)
    some = Any[]
    for item in p.items
        push!(some, item)
        length(some) == p.batch && break
    end
    some
end

# Hands out one item; first another worker is made if the function of ntasks says so.
function give!(p::WorkerPool, item)
    p.ntasks isa Function && length(p.tasks) < p.ntasks() && add_worker!(p)
    put!(p.items, item)
    nothing
end

# No more items: waits for the workers and throws what the first that failed threw.
function finish!(p::WorkerPool)
    close(p.items)
    for t in p.tasks
        failure = fetch(t)
        failure isa Exception && throw(failure)
    end
    empty!(p.tasks)
    nothing
end

# Calls f with the arguments of an item, or with a vector of arguments; store(place, v)
# takes each result.
worker_call(f, store, ::Nothing) = item -> (store(item[1], f(item[2]...)); nothing)
function worker_call(f, store, batch)
    function (items)
        places = [item[1] for item in items]
        for (i, v) in enumerate(f([item[2] for item in items]))
            store(places[i], v)
        end
    end
end

"""
    asyncmap(f, c...; ntasks=0, batch_size=nothing)

`map(f, c...)` by several tasks at once, for functions that wait. `ntasks` says how
many (0: as many as there are elements, at most 100), or is a function without
arguments that is asked before each element. With `batch_size`, `f` gets a vector of
at most that many tuples of arguments and returns a vector of results.

# Examples
```julia
julia> asyncmap(x -> (sleep(0.01); x^2), 1:3)
3-element Vector{Int64}:
 1
 4
 9
```
"""
asyncmap(f, c...; ntasks=0, batch_size=nothing) = asyncmap_collect(f, c, ntasks, batch_size)

function asyncmap_collect(f, c, ntasks, batch_size)
    pool = WorkerPool(worker_call(f, setindex!_ref, checked_batch(batch_size)), c[1], ntasks, batch_size)
    local places
    stopped = nothing
    try
        places = map(c...) do args...
            place = Ref{Any}(nothing)
            give!(pool, (place, args))
            place
        end
    catch e
        # a worker that failed closed the channel; its own exception is thrown below
        e isa InvalidStateException || rethrow()
        stopped = e
    end
    finish!(pool)
    stopped === nothing || throw(stopped)
    places isa Ref ? places[] : map(place -> place[], places)
end
setindex!_ref(place, v) = (place[] = v)

function asyncmap(f, s::AbstractString; kwargs...)
    chars = Vector{Char}(undef, length(s))
    asyncmap!(f, chars, s; kwargs...)
    String(chars)
end
function asyncmap(f, b::BitArray; ntasks=0, batch_size=nothing)
    r = asyncmap_collect(f, (b,), ntasks, batch_size)
    eltype(r) == Bool ? BitArray(r) : r
end

"""
    asyncmap!(f, results, c...; ntasks=0, batch_size=nothing)

`asyncmap` that stores into `results`.
"""
function asyncmap!(f, r, c1, c...; ntasks=0, batch_size=nothing)
    foreach(identity, AsyncCollector(f, r, c1, c...; ntasks=ntasks, batch_size=batch_size))
    r
end

"""
    AsyncCollector(f, results, c...; ntasks=0, batch_size=nothing)

An iterator each step of which hands one element (of several collections, like
`zip`) to a task; the tasks store what `f` returns for it into `results`. A step
waits until a task is free; after the last one all have ended.
"""
struct AsyncCollector
    f::Any
    results::Any
    items::Any
    ntasks::Any
    batch_size::Any
end
AsyncCollector(f, results, c...; ntasks=0, batch_size=nothing) = AsyncCollector(f, results, enumerate(zip(c...)), ntasks, batch_size)

function iterate(a::AsyncCollector)
    store = (i, v) -> (a.results[i] = v)
    pool = WorkerPool(worker_call(a.f, store, checked_batch(a.batch_size)), a.items, a.ntasks, a.batch_size)
    next_item(a, pool, iterate(a.items))
end
iterate(a::AsyncCollector, (pool, state)) = next_item(a, pool, iterate(a.items, state))
function next_item(a, pool, next)
    if next === nothing
        finish!(pool)
        return nothing
    end
    item, state = next
    give!(pool, item)
    (nothing, (pool, state))
end

"""
    AsyncGenerator(f, c...; ntasks=0)

An iterator of `f` applied to the elements, in order, by at most `ntasks` tasks.
"""
struct AsyncGenerator
    collector::AsyncCollector
end
AsyncGenerator(f, c...; ntasks=0) = AsyncGenerator(AsyncCollector(f, Dict{Int,Any}(), c...; ntasks=ntasks))

function iterate(g::AsyncGenerator, (i, going, state)=(1, true, nothing))
    results = g.collector.results
    while going && !haskey(results, i)
        next = state === nothing ? iterate(g.collector) : iterate(g.collector, state)
        next === nothing ? (going = false) : (state = next[2])
    end
    going || !isempty(results) || return nothing
    (pop!(results, i), (i + 1, going, state))
end
IteratorSize(::Type{AsyncGenerator}) = SizeUnknown()
IteratorEltype(::Type{AsyncGenerator}) = EltypeUnknown()
size(g::AsyncGenerator) = size(g.collector.items)
length(g::AsyncGenerator) = length(g.collector.items)
