"""
    Profile

Where a program spends its time: `@profile` notes at intervals what runs, `Profile.print` shows it.
"""
module Profile

using Base.StackTraces: StackFrame

export @profile, @profile_walltime

# What has been noted: of each sample the numbers of its frames, innermost first, and 0 at its end.
mutable struct Store
    data::Vector{UInt64}
    frames::Dict{UInt64,Vector{StackFrame}}
    numbers::Dict{Any,UInt64}
    most::Int
    delay::Float64
end
const store = Store(UInt64[], Dict{UInt64,Vector{StackFrame}}(), Dict{Any,UInt64}(), 10_000_000, 0.001)

"""
    @profile expression

Evaluate an expression while it is noted, each `delay` seconds, what runs; see [`Profile.init`](@ref). What
was noted before is kept: [`Profile.clear`](@ref) drops it.
"""
macro profile(ex)
    quote
        start_timer()
        try
            $(esc(ex))
        finally
            stop_timer()
        end
    end
end

"`@profile_walltime expression`: as `@profile`, which samples what runs; tasks that wait are not among it."
macro profile_walltime(ex)
    :(@profile $(esc(ex)))
end

start_timer() = Core.Prims.profile_start(store.delay, max(1, store.most - length(store.data)))
function stop_timer()
    for trace in Core.Prims.profile_stop()
        for f in Base.stacktrace(trace)
            push!(store.data, number_of(f))
        end
        push!(store.data, 0)
    end
end
"Whether the profiler runs."
is_running() = false
# Frames of the same place have the same number.
function number_of(f)
    get!(store.numbers, (f.func, f.file, f.line)) do
        n = UInt64(length(store.frames) + 1)
        store.frames[n] = StackFrame[f]
        n
    end
end

"""
    Profile.init(; n, delay)
    Profile.init()

Set how many frames are kept and how many seconds there are between samples; without arguments, say
what is set.
"""
init() = (store.most, store.delay)
init(n::Integer, delay::Real) = init(; n=n, delay=delay)
function init(; n::Union{Nothing,Integer}=nothing, delay::Union{Nothing,Real}=nothing, limitwarn::Bool=true)
    n === nothing && delay === nothing && return (store.most, store.delay)
    n === nothing || (store.most = Int(n))
    delay === nothing || (store.delay = Float64(delay))
    nothing
end
"""
    Profile.clear()

Drop all samples.
"""
clear() = (empty!(store.data); nothing)
"""
    Profile.fetch()

The samples: numbers of frames, innermost first, with 0 after each sample. `Profile.retrieve` also gives what
the numbers stand for.
"""
fetch(; include_meta::Bool=false, limitwarn::Bool=true) = copy(store.data)
"""
    Profile.retrieve()

The samples and a dictionary of the frames that their numbers stand for.
"""
retrieve(; kw...) = (fetch(), getdict(store.data))
getdict(data) = Dict{UInt64,Vector{StackFrame}}(n => store.frames[n] for n in unique(data) if n != 0)
"`Profile.len_data()`: how many numbers of frames are kept."
len_data() = length(store.data)
"`Profile.maxlen_data()`: how many can be kept."
maxlen_data() = store.most
"`Profile.is_buffer_full()`: whether no more can be kept."
is_buffer_full() = len_data() >= maxlen_data()
"`Profile.has_meta(data)`: whether samples say on which thread they were taken; these do not."
has_meta(data) = false
"`Profile.clear_malloc_data()`: drop counts of memory by line, which are not kept here."
clear_malloc_data() = nothing
callers(name, args...; kw...) = callers(string(name), args...; kw...)
"""
    Profile.callers(name)

Who called a function in the samples, and how often.
"""
function callers(name::String, data::Vector{UInt64}=store.data, lidict=getdict(data); filename=nothing, linerange=nothing)
    linerange === nothing || filename !== nothing || throw(ArgumentError("if supplying linerange, you must also supply the filename"))
    counts = Dict{StackFrame,Int}()
    for s in samples(data), i in 1:length(s)-1
        f = only(lidict[s[i]])
        string(f.func) == name && (filename === nothing || string(f.file) == filename) && (linerange === nothing || f.line in linerange) || continue
        caller = only(lidict[s[i+1]])
        counts[caller] = get(counts, caller, 0) + 1
    end
    sort!([(n, f) for (f, n) in counts]; by=first, rev=true)
end
take_heap_snapshot(args...; kw...) = error("there is no heap snapshot here; `Base.summarysize` tells the size of a value")

# The samples as vectors of numbers.
function samples(data)
    out, now = Vector{UInt64}[], UInt64[]
    for n in data
        if n == 0
            isempty(now) || push!(out, now)
            now = UInt64[]
        else
            push!(now, n)
        end
    end
    out
end

include("print.jl")

end
