# OhMyThreads: the functions of the package of that name, which programs use to share
# work among tasks.

"""
    OhMyThreads

`tmap`, `tmapreduce`, `treduce`, `tforeach`, `tcollect` and `@tasks`: `map` and its kin
by several tasks.
"""
module OhMyThreads

export tmap, tmap!, tforeach, tmapreduce, treduce, tcollect, @tasks, @set, @local, @one_by_one, @only_one, index_chunks, chunks,
    DynamicScheduler, StaticScheduler, GreedyScheduler, SerialScheduler

## schedulers

"How work is shared: see `DynamicScheduler`, `StaticScheduler`, `GreedyScheduler`, `SerialScheduler`."
abstract type Scheduler end

"""
    DynamicScheduler(; nchunks=nthreads(), ntasks, chunksize, minchunksize, split=:consecutive, chunking=true)

A task for each chunk of the elements.
"""
struct DynamicScheduler <: Scheduler
    ntasks::Int
    size::Int       # elements in a chunk; 0: as ntasks gives
    scatter::Bool
    chunking::Bool
end
"""
    StaticScheduler(; nchunks=nthreads(), ntasks, chunksize, minchunksize, split=:consecutive, chunking=true)

A task for each chunk of the elements, each on a thread of its own.
"""
struct StaticScheduler <: Scheduler
    ntasks::Int
    size::Int
    scatter::Bool
    chunking::Bool
end
for S in (:DynamicScheduler, :StaticScheduler)
    @eval function $S(; nchunks=nothing, ntasks=nothing, chunksize=nothing, minchunksize=nothing, split=:consecutive, chunking::Bool=true,
        threadpool::Symbol=:default)
        nchunks === nothing || ntasks === nothing || throw(ArgumentError("nchunks and ntasks are aliases and only one may be provided"))
        n = something(nchunks, ntasks, Threads.nthreads(:default))
        $S(n, something(chunksize, 0), split_scatters(split), chunking)
    end
end
split_scatters(split) = split in (:scatter, :roundrobin) || nameof(typeof(split)) in (:RoundRobin, :ScatterSplit)
"""
    GreedyScheduler(; ntasks=nthreads())

Tasks that take one element after the other, as they get free.
"""
struct GreedyScheduler <: Scheduler
    ntasks::Int
end
GreedyScheduler(; ntasks::Integer=Threads.nthreads(), chunking::Bool=false, kwargs...) = GreedyScheduler(ntasks)
"""
    SerialScheduler()

No tasks: the elements one after the other.
"""
struct SerialScheduler <: Scheduler end

function scheduler_of(s::Symbol; kwargs...)
    s === :dynamic && return DynamicScheduler(; kwargs...)
    s === :static && return StaticScheduler(; kwargs...)
    s === :greedy && return GreedyScheduler(; kwargs...)
    s === :serial && return SerialScheduler()
    throw(ArgumentError("unknown scheduler :$s"))
end
scheduler_of(s::Scheduler; kwargs...) = isempty(kwargs) ? s : throw(ArgumentError("options of the scheduler go with its name, not with a scheduler"))

## parts of the work

# The indices 1:n in parts, one for each task.
function parts(s::Union{DynamicScheduler,StaticScheduler}, n)
    n == 0 && return Any[]
    s.chunking || return Any[i:i for i in 1:n]
    k = s.size > 0 ? cld(n, s.size) : min(s.ntasks, n)
    s.scatter && return Any[i:k:n for i in 1:k]
    s.size > 0 && return Any[i:min(i + s.size - 1, n) for i in 1:s.size:n]
    Any[div((i - 1) * n, k)+1:div(i * n, k) for i in 1:k]
end

# Calls work(part) for each part, each in a task, and gives the values in order.
function in_tasks(work, ps)
    tasks = [Threads.@spawn work(p) for p in ps]
    map(fetch, tasks)
end

"""
    chunks(x; n, size)
    index_chunks(x; n, size)

The elements, or the indices, of `x` in `n` parts or in parts of a size.
"""
chunks(x; kwargs...) = [view(x, r) for r in index_chunks(x; kwargs...)]
function index_chunks(x; n::Union{Nothing,Integer}=nothing, size::Union{Nothing,Integer}=nothing, split=:consecutive, minsize=nothing)
    (n === nothing) == (size === nothing) && throw(ArgumentError("one of the keywords n and size is needed"))
    s = DynamicScheduler(; ntasks=something(n, 1), chunksize=size, split=split)
    [first(eachindex(x)) - 1 .+ r for r in parts(s, length(x))]
end

## the functions

"No initial value was given."
struct NoInit end

"""
    tmapreduce(f, op, c...; scheduler=:dynamic, outputtype=Any, init)

`mapreduce(f, op, c...)` by several tasks. `op` has to be associative.

# Examples
```julia
julia> using OhMyThreads

julia> tmapreduce(sqrt, +, [1, 4, 9, 16])
10.0
```
"""
function tmapreduce(f, op, c, more...; scheduler=:dynamic, outputtype::Type=Any, init=NoInit(), kwargs...)
    s = scheduler_of(scheduler; kwargs...)
    items = isempty(more) ? c : zip(c, more...)
    g = isempty(more) ? f : args -> f(args...)
    reduce_by(s, g, op, items, init)
end
with_init(g, op, items, ::NoInit) = mapreduce(g, op, items)
with_init(g, op, items, init) = mapreduce(g, op, items; init=init)

reduce_by(::SerialScheduler, g, op, items, init) = with_init(g, op, items, init)
function reduce_by(s::Union{DynamicScheduler,StaticScheduler}, g, op, items, init)
    v = items isa AbstractArray ? items : collect(items)
    ps = parts(s, length(v))
    isempty(ps) && return with_init(g, op, v, init)
    at = collect(eachindex(v))
    results = in_tasks(p -> mapreduce(i -> g(v[at[i]]), op, p), ps)
    init isa NoInit ? reduce(op, results) : reduce(op, results; init=init)
end
function reduce_by(s::GreedyScheduler, g, op, items, init)
    c = Channel{Any}(c -> foreach(x -> put!(c, x), items), 0)
    results = in_tasks(1:s.ntasks) do _
        acc = NoInit()
        for x in c
            y = g(x)
            acc = acc isa NoInit ? y : op(acc, y)
        end
        acc
    end
    filter!(r -> !(r isa NoInit), results)
    isempty(results) && return with_init(g, op, (), init)
    init isa NoInit ? reduce(op, results) : reduce(op, results; init=init)
end

"""
    treduce(op, c...; scheduler, init)

`reduce(op, c...)` by several tasks.
"""
treduce(op, c...; kwargs...) = tmapreduce(identity, op, c...; kwargs...)

"""
    tforeach(f, c...; scheduler)

`foreach(f, c...)` by several tasks.
"""
tforeach(f, c...; kwargs...) = (tmapreduce((args...) -> (f(args...); nothing), (_, _) -> nothing, c...; init=nothing, kwargs...); nothing)

"""
    tmap(f, [T], c...; scheduler)

`map(f, c...)` by several tasks; with `T`, the result has elements of that type.

# Examples
```julia
julia> using OhMyThreads

julia> tmap(x -> x^2, 1:3)
3-element Vector{Int64}:
 1
 4
 9
```
"""
function tmap(f, c, more...; scheduler=:dynamic, kwargs...)
    s = scheduler_of(scheduler; kwargs...)
    s isa GreedyScheduler && isempty(more) && c isa AbstractArray && return greedy_map(s, f, c)
    map(identity, map_by(s, f, c, more...))
end
function tmap(f, T::Type, c, more...; kwargs...)
    r = tmap(f, c, more...; kwargs...)
    copyto!(similar(r, T), r)
end

map_by(::SerialScheduler, f, c...) = map(f, c...)
function map_by(s, f, c, more...)
    isempty(more) || all(x -> size(x) == size(c), more) || throw(ArgumentError("the collections have different sizes"))
    out = similar(c isa AbstractArray ? c : collect(c), Any)
    tmap_into!(s, f, out, (c, more...))
end
function greedy_map(s, f, c)
    out = similar(c, Any)
    tmap_into!(s, f, out, (c,))
    map(identity, out)
end
function tmap_into!(s, f, out, cs)
    vs = map(c -> c isa AbstractArray ? c : collect(c), cs)
    at = map(v -> collect(eachindex(v)), vs)
    to = collect(eachindex(out))
    tforeach(1:length(vs[1]); scheduler=s) do i
        out[to[i]] = f(map((v, ix) -> v[ix[i]], vs, at)...)
    end
    out
end

"""
    tmap!(f, out, c...; scheduler)

`map!(f, out, c...)` by several tasks.
"""
tmap!(f, out, c...; scheduler=:dynamic, kwargs...) = tmap_into!(scheduler_of(scheduler; kwargs...), f, out, c)

"""
    tcollect([T], generator; scheduler)

`collect(generator)` by several tasks.
"""
tcollect(g::Base.Generator; kwargs...) = tmap(g.f, g.iter; kwargs...)
tcollect(T::Type, g::Base.Generator; kwargs...) = tmap(g.f, T, g.iter; kwargs...)
tcollect(c; kwargs...) = tmap(identity, c; kwargs...)
tcollect(T::Type, c; kwargs...) = tmap(identity, T, c; kwargs...)

## @tasks

"""
    @tasks for x in c ... end

Run the iterations of a loop by several tasks. In the loop,

    @set scheduler = :static
    @set reducer = +
    @set collect = true
    @local buffer = zeros(3)
    @one_by_one begin ... end
    @only_one begin ... end

choose the scheduler and its options (`ntasks`, `chunksize`, ...), reduce or collect the values of the iterations,
make a value for each task, let one task at a time run a block, or only the first.

# Examples
```julia
julia> using OhMyThreads

julia> @tasks for i in 1:4
           @set reducer = +
           i^2
       end
30
```
"""
macro tasks(loop)
    loop isa Expr && loop.head === :for || throw(ErrorException("Expected a for loop after `@tasks`."))
    loop.args[1].head === :(=) || throw(ErrorException("`@tasks` currently only supports a single threaded loop, got $(loop.args[1])."))
    var, itr = loop.args[1].args
    settings = Dict{Symbol,Any}()
    locals = Any[]
    before = Any[]
    body = Expr(:block)
    for ex in loop.args[2].args
        name = macro_name(ex)
        if name === Symbol("@set")
            read_settings!(settings, ex.args[end])
        elseif name === Symbol("@local")
            read_locals!(locals, ex.args[end])
        else
            push!(body.args, guarded_blocks!(ex, before))
        end
    end
    options = [Expr(:kw, k, esc(v)) for (k, v) in settings if !(k in (:reducer, :collect, :init))]
    haskey(settings, :init) && push!(options, Expr(:kw, :init, esc(settings[:init])))
    f = Expr(:->, esc(var), esc(body))
    if !isempty(locals)
        # each task has its own values: they are kept in its storage
        names = [l[1] for l in locals]
        key = gensym("locals")
        make = Expr(:->, Expr(:tuple), Expr(:block, [:($(esc(n)) = $(esc(v))) for (n, v) in locals]..., Expr(:tuple, map(esc, names)...)))
        push!(before, :(local $key = Ref{Any}()))
        f = Expr(:->, esc(var), Expr(:block, :($(Expr(:tuple, map(esc, names)...)) = get!($make, task_local_storage(), $key)), esc(body)))
    end
    call = if haskey(settings, :reducer)
        :(tmapreduce($f, $(esc(settings[:reducer])), $(esc(itr)); $(options...)))
    elseif get(settings, :collect, false) == true
        :(tmap($f, $(esc(itr)); $(options...)))
    else
        :(tforeach($f, $(esc(itr)); $(options...)))
    end
    Expr(:let, Expr(:block), Expr(:block, before..., call))
end
macro_name(ex) = ex isa Expr && ex.head === :macrocall ? (n = ex.args[1]; n isa Expr ? n.args[end].value : n) : nothing

function read_settings!(settings, ex)
    if ex.head === :block
        foreach(e -> e isa Expr && read_settings!(settings, e), ex.args)
    elseif ex.head === :(=)
        settings[ex.args[1]] = ex.args[2]
    else
        throw(ErrorException("Expected assignments after `@set`."))
    end
end
function read_locals!(locals, ex)
    if ex.head === :block
        foreach(e -> e isa Expr && read_locals!(locals, e), ex.args)
    else
        name = ex.args[1]
        push!(locals, (name isa Expr ? name.args[1] : name, name isa Expr ? Expr(:(::), ex.args[2], name.args[2]) : ex.args[2]))
    end
end
# Replaces @one_by_one and @only_one by code that takes a lock made before the loop.
function guarded_blocks!(ex, before)
    ex isa Expr || return ex
    name = macro_name(ex)
    if name === Symbol("@one_by_one") || name === Symbol("@only_one")
        guard = gensym("guard")
        block = ex.args[end]
        if name === Symbol("@one_by_one")
            push!(before, :(local $(esc(guard)) = ReentrantLock()))
            return :(lock(() -> $block, $guard))
        end
        push!(before, :(local $(esc(guard)) = Ref(true)))
        return :($guard[] && ($guard[] = false; $block))
    end
    for i in eachindex(ex.args)
        ex.args[i] = guarded_blocks!(ex.args[i], before)
    end
    ex
end

only_in_tasks(name) = error("$name can only be used inside a `@tasks` block.")
macro set(args...)
    only_in_tasks("@set")
end
macro var"local"(args...)
    only_in_tasks("@local")
end
macro one_by_one(args...)
    only_in_tasks("@one_by_one")
end
macro only_one(args...)
    only_in_tasks("@only_one")
end

end
