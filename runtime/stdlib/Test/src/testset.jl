# The macro @testset. Its body stays where it is, in no function of its own, so that at top
# level it may define types and methods, and may leave a loop.

"""
    @testset [CustomTestSet] [options...] ["description"] begin test_ex end
    @testset [CustomTestSet] [options...] ["description \$v"] for v in itr test_ex end
    @testset [CustomTestSet] [options...] ["description \$v, \$w"] for v in itr1, w in itr2 test_ex end
    @testset [CustomTestSet] [options...] ["description"] test_func()
    @testset let v = v, w = w; test_ex; end

Run checks together. Failures are printed as they occur and the outermost set ends with a
summary, throwing a [`TestSetException`](@ref) if not all passed. A `for` makes a set of each
iteration. `let` adds the values of its variables to the failures.

The random numbers are the same each time: the default generator goes back to its last seed,
and afterwards to where it was.

Options of a `DefaultTestSet` are `verbose` (list all sets), `showtiming`, `failfast` (stop at
the first failure) and `rng`.
"""
macro testset(args...)
    isempty(args) && error("No arguments to @testset")
    tests = args[end]
    tests isa Expr && tests.head in (:for, :block, :call, :let) ||
        error("Expected function call, begin/end block or for loop as argument to @testset")
    code = tests.head === :for ? testset_for(args, tests, __source__) :
           tests.head === :let ? testset_let(args, tests, __source__) : testset_block(args, tests, __source__)
    at_source(code, __source__)
end

# What stands in a macro's code belongs to the line of the macro's call.
at_source(code, source) = Expr(:block, source, without_own_lines(code))
without_own_lines(x) = x
function without_own_lines(ex::Expr)
    ex.head === :escape && return ex
    own(a) = a isa LineNumberNode && startswith(string(a.file), "Test/src/")
    Expr(ex.head, (without_own_lines(a) for a in ex.args if !own(a))...)
end

# Description, type and options of a test set.
function parse_testset_args(args)
    desc = type = rng = nothing
    options = Expr[]
    for a in args
        if a isa Symbol || Meta.isexpr(a, (:., :curly))
            type = a
        elseif a isa AbstractString || Meta.isexpr(a, :string)
            desc = esc(a)
        elseif Meta.isexpr(a, :(=))
            a.args[1] === :rng && (rng = esc(a.args[2]); continue)
            push!(options, Expr(:kw, a.args[1], esc(a.args[2])))
        else
            error("Unexpected argument ", a, " to @testset")
        end
    end
    (desc, type, options, rng)
end

# The call that makes a test set and puts it in force.
function testset_begin(desc, type, options, rng, source)
    make = Expr(:call, esc(type), Expr(:parameters, options...), desc)
    type === nothing || return :(begin_testset($(esc(type)), $(QuoteNode(type)), $(QuoteNode(source)), $rng, $desc; $(options...)))
    :(begin_testset(inherited_type(), nothing, $(QuoteNode(source)), $rng, $desc; $(options...)))
end
inherited_type() = (ts = get_testset(); ts isa FallbackTestSet ? DefaultTestSet : ts isa ContextTestSet ? typeof(ts.parent_ts) : typeof(ts))

function begin_testset(type, name, source, rng, desc; options...)
    check_testset(type, name)
    ts = type === DefaultTestSet ? DefaultTestSet(desc; source=source, options...) : invokelatest(type, desc; options...)
    state = RandomState(copy(default_rng()), copy(Random.get_tls_seed()))
    copy!(default_rng(), rng === nothing ? state.seed : rng)
    copy!(Random.get_tls_seed(), copy(default_rng()))
    set_rng!(ts, copy(default_rng()))
    push_testset(ts)
    (ts, state)
end

# The default generator and its seed before a test set.
struct RandomState
    rng::Any
    seed::Any
end
function restore(s::RandomState)
    copy!(default_rng(), s.rng)
    copy!(Random.get_tls_seed(), s.seed)
end

function check_testset(type, name)
    type isa Type && type <: AbstractTestSet && return nothing
    advice = type isa String ? string("To use `", name, "` as a testset name, interpolate it into a string, e.g:\n    @testset \"\$", name, "\" begin\n        ...\n    end\n") : ""
    error("Expected `", name, "` to be an AbstractTestSet, it is a ", typeof(type), ". ", advice)
end

# Something in a test set threw outside of its checks.
function testset_threw(ts, err, source)
    err isa InterruptException && rethrow()
    if err isa FailFastError
        get_testset_depth() > 1 && rethrow()
        println("Fail-fast enabled: the remaining tests are skipped")
        return nothing
    end
    invokelatest(record, ts, Error(:nontest_error, Expr(:tuple), err, Base.current_exceptions(), source))
end

function end_testset(ts, state)
    restore(state)
    pop_testset()
    invokelatest(finish, ts)
end

function testset_body(start, tests, source, result)
    quote
        local ts, state = $start
        try
            let
                $(esc(with_new_world(tests)))
            end
        catch err
            testset_threw(ts, err, $(QuoteNode(source)))
        finally
            $result
        end
    end
end

# At top level, each statement of a set sees what those before it have defined.
with_new_world(x) = x
function with_new_world(ex::Expr)
    ex.head === :block || return ex
    args = Any[]
    for (i, a) in enumerate(ex.args)
        push!(args, a)
        a isa LineNumberNode || i == length(ex.args) || push!(args, Expr(:latestworld_if_toplevel))
    end
    Expr(:block, args...)
end

function testset_block(args, tests, source)
    desc, type, options, rng = parse_testset_args(args[1:end-1])
    desc === nothing && (desc = tests.head === :call ? string(tests.args[1]) : "test set")
    body = testset_body(testset_begin(desc, type, options, rng, source), tests, source, :(ret = end_testset(ts, state)))
    quote
        let
            local ret
            $body
            ret
        end
    end
end

function testset_for(args, loop, source)
    spec = loop.args[1]
    vars = spec.head === :block ? spec.args : Any[spec]
    all(v -> Meta.isexpr(v, :(=), 2), vars) || error("Unexpected argument to @testset")
    desc, type, options, rng = parse_testset_args(args[1:end-1])
    if desc === nothing
        parts = Any[]
        for (i, v) in enumerate(vars)
            push!(parts, string(i == 1 ? "" : ", ", v.args[1], " = "), esc(v.args[1]))
        end
        desc = Expr(:string, parts...)
    end
    body = testset_body(testset_begin(desc, type, options, rng, source), loop.args[2], source, :(push!(sets, end_testset(ts, state))))
    quote
        let sets = Any[]
            $(Expr(:for, Expr(:block, map(esc, vars)...), body))
            sets
        end
    end
end

function testset_let(args, ex, source)
    bindings = ex.args[1]
    list = Meta.isexpr(bindings, :block) ? bindings.args : Any[bindings]
    all(b -> Meta.isexpr(b, :(=), 2), list) || error("Malformed `let` expression is given")
    length(args) > 1 && error("Options and descriptions are not supported for `@testset let`")
    names = Any[b.args[1] for b in list]
    pushes = Any[:(push_testset(ContextTestSet($(QuoteNode(n)), $(esc(n))))) for n in reverse(names)]
    body = quote
        $(pushes...)
        try
            $(esc(ex.args[2]))
        finally
            $((:(pop_testset()) for _ in names)...)
        end
    end
    Expr(:let, Expr(:block, map(esc, list)...), body)
end
