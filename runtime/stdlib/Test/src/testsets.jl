# Test sets: what results are recorded in.

"""
    AbstractTestSet

A collector of results: a type with a constructor that takes a description and options as
keywords, and methods of [`Test.record`](@ref) and [`Test.finish`](@ref).
"""
abstract type AbstractTestSet end

"Takes results that belong to no test set: failures are thrown at once."
struct FallbackTestSet <: AbstractTestSet end
const fallback_testset = FallbackTestSet()

"What a failed check outside of all test sets throws."
struct FallbackTestSetException <: Exception
    msg::String
end
Base.showerror(io::IO, e::FallbackTestSetException) = print(io, e.msg)
Base.showerror(io::IO, e::FallbackTestSetException, bt; backtrace=true) = printstyled(io, e.msg; color=Base.error_color())

"""
    TestSetException

What the outermost test set throws when not all of its checks passed: the numbers of those
that did `pass`, `fail`, `error`, and are `broken`, and the results that are to blame.
"""
struct TestSetException <: Exception
    pass::Int
    fail::Int
    error::Int
    broken::Int
    errors_and_fails::Vector{Union{Fail,Error}}
end
Base.show(io::IO, e::TestSetException) =
    print(io, "Some tests did not pass: ", e.pass, " passed, ", e.fail, " failed, ", e.error, " errored, ", e.broken, " broken.")
Base.showerror(io::IO, e::TestSetException) = show(io, e)
Base.showerror(io::IO, e::TestSetException, bt; backtrace=true) = printstyled(io, string(e); color=Base.error_color())

"Whether failures and summaries are printed."
const TESTSET_PRINT_ENABLE = Ref(true)

"Thrown to leave the test sets when one of them is to stop at its first failure."
struct FailFastError <: Exception end

"""
    DefaultTestSet(description; verbose=false, showtiming=true, failfast=nothing, source=nothing, rng=nothing)

The collector of a `@testset` that names no type: it counts what passed, prints and keeps what
did not, and the outermost one prints a summary.
"""
mutable struct DefaultTestSet <: AbstractTestSet
    description::String
    results::Vector{Any}
    n_passed::Int
    anynonpass::Bool
    verbose::Bool
    showtiming::Bool
    time_start::Float64
    time_end::Union{Float64,Nothing}
    failfast::Bool
    file::Union{String,Nothing}
    rng::Union{Nothing,AbstractRNG}
end
function DefaultTestSet(description::AbstractString; verbose::Bool=false, showtiming::Bool=true, failfast::Union{Nothing,Bool}=nothing, source=nothing, rng=nothing)
    if failfast === nothing
        parent = get_testset()
        failfast = parent isa DefaultTestSet && parent.failfast
    end
    file = source isa LineNumberNode ? source.file : source
    DefaultTestSet(String(description), Any[], 0, false, verbose, showtiming, time(), nothing, failfast, file === nothing ? nothing : string(file), rng)
end
Base.show(io::IO, ts::DefaultTestSet) = print(io, "Test.DefaultTestSet(", join((repr(getfield(ts, i)) for i in 1:nfields(ts)), ", "), ")")

"The test set that `@testset let` makes: it adds the values of variables to what fails."
struct ContextTestSet{T<:AbstractTestSet} <: AbstractTestSet
    parent_ts::T
    context_name::Union{Symbol,Expr}
    context::Any
end
function ContextTestSet(name::Union{Symbol,Expr}, @nospecialize(context))
    name isa Expr && name.head !== :tuple && error("Invalid syntax: ", name)
    ContextTestSet(get_testset(), name, context)
end

## which test set

active_testsets() = get(task_local_storage(), :__BASETESTNEXT__, AbstractTestSet[])

"""
    get_testset()

The innermost test set of the running task, or the one that takes what belongs to none.
"""
get_testset() = get(task_local_storage(), :__BASETESTNOW__, fallback_testset)

"""
    get_testset_depth()

How many test sets the running task is in.
"""
get_testset_depth() = length(active_testsets())

"""
    push_testset(ts)

Make `ts` the test set that results go to, until `pop_testset`.
"""
function push_testset(ts::AbstractTestSet)
    sets = active_testsets()
    push!(sets, ts)
    storage = task_local_storage()
    storage[:__BASETESTNEXT__] = sets
    storage[:__BASETESTNOW__] = ts
    nothing
end

"""
    pop_testset()

Take the innermost test set off, and return it.
"""
function pop_testset()
    sets = active_testsets()
    isempty(sets) && return fallback_testset
    ts = pop!(sets)
    setindex!(task_local_storage(), isempty(sets) ? fallback_testset : sets[end], :__BASETESTNOW__)
    ts
end

## recording

"""
    record(ts::AbstractTestSet, res::Result)

Record a result, or a finished test set, in `ts`. A type of test sets has a method of its own.
"""
function record end

record(::FallbackTestSet, t::Union{Pass,Broken}) = t
function record(::FallbackTestSet, t::Union{Fail,Error})
    println(t)
    throw(FallbackTestSetException("There was an error during testing"))
end

record(ts::DefaultTestSet, t::Broken) = (push!(ts.results, t); t)
record(ts::DefaultTestSet, t::Pass) = (ts.n_passed += 1; t)
function record(ts::DefaultTestSet, t::Union{Fail,Error}; print_result::Bool=TESTSET_PRINT_ENABLE[])
    print_result && print_failure(ts, t)
    push!(ts.results, t)
    ts.failfast && throw(FailFastError())
    t
end
record(ts::DefaultTestSet, t::AbstractTestSet) = (push!(ts.results, t); t)

function print_failure(ts, t)
    print(ts.description, ": ")
    t isa Error && t.test_type === :test_interrupted && return nothing
    print(t)
    if !(t isa Error)
        frames = scrubbed_trace(backtrace(), t.source)
        own = findlast(f -> startswith(string(f.file), "Test/src/"), frames)
        Base.show_backtrace(stdout, own === nothing ? frames : frames[own+1:end])
    end
    println()
end

record(c::ContextTestSet, t) = record(c.parent_ts, t)
function record(c::ContextTestSet, t::Fail)
    record(c.parent_ts, Fail(t.test_type, t.orig_expr, t.data, t.value, with_context(c, t.context), t.source, t.message_only, t.backtrace))
end
function with_context(c, outer)
    text = string(c.context_name, " = ", c.context)
    outer === nothing ? text : string(text, "\n              ", outer)
end

## finishing

"""
    finish(ts::AbstractTestSet)

Called when the code of a test set is done, after it was taken off: usually records it in the
test set around it. What it returns is the value of the `@testset`.
"""
function finish end

finish(ts::FallbackTestSet) = ts
finish(c::ContextTestSet) = finish(c.parent_ts)
function finish(ts::DefaultTestSet; print_results::Bool=TESTSET_PRINT_ENABLE[])
    ts.time_end = time()
    if get_testset_depth() != 0
        record(get_testset(), ts)
        return ts
    end
    c = get_test_counts(ts)
    pass, fail = c.passes + c.cumulative_passes, c.fails + c.cumulative_fails
    err, broken = c.errors + c.cumulative_errors, c.broken + c.cumulative_broken
    print_results && print_test_results(ts)
    fail + err > 0 && throw(TestSetException(pass, fail, err, broken, filter_errors(ts)))
    ts
end

"""
    results(ts::AbstractTestSet)

The recorded results of a test set that keeps them in a field `results`.
"""
results(ts::AbstractTestSet) = hasfield(typeof(ts), :results) ? ts.results : Any[]

"The failures and errors of a test set and of those in it."
function filter_errors(ts)
    out = Union{Fail,Error}[]
    for t in results(ts)
        if t isa AbstractTestSet
            append!(out, filter_errors(t))
        elseif t isa Union{Fail,Error}
            push!(out, t)
        end
    end
    out
end
