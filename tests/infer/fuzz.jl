# Calls functions of Base with arguments of all kinds, and looks whether what they give is of the types
# that are inferred for the calls:
#
#     weft tests/infer/fuzz.jl SEED NUMBER
#
# prints what is wrong, and how many of so many calls gave something.

using Random
include("sound.jl")

const pool = Any[1, -3, 0, 2.5, -0.0, true, 'a', "abc", "", :sym, nothing, missing, 0x07, Int8(-1), 1.5f0, big(7), 2//3, 1 + 2im, π,
    [1, 2, 3], Int[], [1.5, 2.5], ["x", "y"], Any[1, "a"], [1 2; 3 4], [1.0 2; 3 4], [true, false], trues(3), [1, missing], (1, 2), (1, 2.0, "a"), (),
    Dict("a" => 1), Dict{Symbol,Any}(:a => 1), Set([1, 2]), 1:3, 1:2:5, 0.0:0.5:1.0, 1 => "b", (a=1, b="x"), Int, Float64, String, Vector{Int},
    r"a", SubString("abcd", 2, 3), view([1, 2, 3], 1:2), CartesianIndex(1, 2), Ref(1), Some(1), v"1.2",
    sin, isodd, identity, +, string, length, abs, x -> x + 1, (x, y) -> x, iseven]
const skipped = Set([:exit, :quit, :sleep, :wait, :eval, :include, :evalfile, :read, :readline, :readlines, :readavailable, :run, :open, :cd, :rm, :mv, :cp,
    :mkdir, :mkpath, :touch, :chmod, :chown, :symlink, :hardlink, :download, :atexit, :task_local_storage, :yield, :yieldto, :schedule, :Task,
    :Timer, :Channel, :asyncmap, :kill, :detach, :process_running, :redirect_stdout, :redirect_stderr, :redirect_stdin, :dump, :versioninfo, :gc,
    :unsafe_load, :unsafe_store!, :unsafe_copyto!, :unsafe_string, :unsafe_wrap, :unsafe_pointer_to_objref, :unsafe_convert, :precompile, :systemerror,
    :sizehint!, :resize!, :repeat, :lpad, :rpad, :^, :<<, :factorial, :binomial, :fill, :zeros, :ones, :trues, :falses, :rand, :randn, :digits, :ndigits, :ntuple,
    :write, :mktemp, :mktempdir, :tempname, :timedwait, :eachline, :display, :redisplay, :displayable, :setenv, :addenv, :pipeline, :trylock, :lock, :unlock, :Condition, :finalize, :finalizer, :retry, :invokelatest])

function calls(seed, number)
    rng = MersenneTwister(seed)
    functions = [getfield(Base, n) for n in sort(names(Base)) if isdefined(Base, n) && !(n in skipped) && !startswith(string(n), '@')]
    filter!(f -> f isa Function || f isa Type, functions)
    gave = 0
    for _ in 1:number
        f = rand(rng, functions)
        args = [deepcopy(rand(rng, pool)) for _ in 1:rand(rng, 1:3)]
        value = try
            redirect_stdout(() -> redirect_stderr(() -> f(args...), devnull), devnull)
        catch
            continue
        end
        gave += 1
        Watch.check(f, args, (;), value)
    end
    foreach(println, Watch.found)
    println(gave, " of ", number, " calls gave something")
end
length(ARGS) == 2 && calls(parse(Int, ARGS[1]), parse(Int, ARGS[2]))
