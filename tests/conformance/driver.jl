# Runs one of Julia's test files in a module of its own and prints how many of its
# assertions passed, failed, errored and are broken, also when it is interrupted. A
# statement of the file that throws, where Julia would stop, counts as an error, and the
# next one is gone on with. It runs in Julia 1.5 too.
#
#     PROGRAM driver.jl FILE
using Test, Random

const conformance_done = Ref(false)

# The counts are printed once: at the file's end, or when the program exits before.
function conformance_report(ts, ending)
    conformance_done[] && return
    conformance_done[] = true
    p, f, e, b = conformance_counts(ts)
    println("\n@@ ", p, " ", f, " ", e, " ", b, " ", ending)
    flush(stdout)
end

mutable struct ConformanceSet <: Test.AbstractTestSet
    description::String
    passed::Int
    failed::Int
    errored::Int
    broken::Int
    ConformanceSet(description; kw...) = new(description, 0, 0, 0, 0)
end
const conformance_total = ConformanceSet("all")

conformance_counts(ts) = (ts.passed, ts.failed, ts.errored, ts.broken)
Test.record(ts::ConformanceSet, r::Test.Pass) = (conformance_total.passed += 1; r)
Test.record(ts::ConformanceSet, ::Test.Broken) = (conformance_total.broken += 1; nothing)
function Test.record(ts::ConformanceSet, r::Test.Fail)
    conformance_total.failed += 1
    println(ts.description, ": ", r)
end
function Test.record(ts::ConformanceSet, r::Test.Error)
    conformance_total.errored += 1
    println(ts.description, ": ", r)
end
function Test.record(ts::ConformanceSet, r::Test.LogTestFailure)
    conformance_total.failed += 1
    println(ts.description, ": ", r)
end
Test.record(ts::ConformanceSet, r::Test.AbstractTestSet) = nothing
Test.finish(ts::ConformanceSet) = (Test.get_testset_depth() > 0 && Test.record(Test.get_testset(), ts); ts)

let file = abspath(ARGS[1])
    empty!(ARGS)
    atexit(() -> conformance_report(conformance_total, "exit"))
    m = Core.eval(Main, :(module ConformanceMain end))
    Core.eval(m, :(using Test, Random))
    cd(dirname(file))
    Test.push_testset(conformance_total)
    lines = Int[]
    begun = 0
    while true
        next = 0
        skip(ex) = (next += 1) <= begun ? nothing : ex
        try
            Base.include(skip, m, file)
            break
        catch err
            push!(lines, err isa LoadError ? err.line : 0)
            println("stopped: ")
            showerror(stdout, err)
            println()
            err isa LoadError && err.error isa InterruptException && break
            err isa InterruptException && break
            conformance_total.errored += 1
            next <= begun && break
            begun = next
        end
    end
    conformance_report(conformance_total, isempty(lines) ? "end" : "stopped:" * join(lines, ','))
end
exit(0)
