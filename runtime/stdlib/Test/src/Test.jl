# Test: unit tests.

"""
    Test

Unit tests: `@test`, `@test_throws`, `@testset` and their kin.
"""
module Test

export @test, @test_throws, @test_broken, @test_skip, @test_warn, @test_nowarn, @test_logs, @test_deprecated, @testset, @inferred,
    detect_ambiguities, detect_unbound_args, GenericString, GenericSet, GenericDict, GenericArray, GenericOrder, TestSetException

## results

abstract type Result end
struct Pass <: Result
    kind::Symbol
    expression::Any
    data::Any
    value::Any
    source::Any
end
struct Fail <: Result
    kind::Symbol
    expression::String
    data::Any        # text of what it was evaluated to, or nothing
    value::String
    source::Any
    context::Any
end
struct Error <: Result
    kind::Symbol
    expression::String
    value::String
    backtrace::String
    source::Any
end
struct Broken <: Result
    kind::Symbol
    expression::Any
end

Base.show(io::IO, t::Pass) = (print(io, "Test Passed"); t.kind === :test_throws && print(io, "\n      Thrown: ", typeof(t.value)); nothing)
function Base.show(io::IO, t::Broken)
    if t.kind === :skipped
        print(io, "Test Broken\n  Skipped: ", t.expression)
    else
        print(io, "Test Broken\n  Expression: ", t.expression)
    end
end
place(source) = source === nothing ? "" : string(source.file, ":", source.line)
function Base.show(io::IO, t::Fail)
    print(io, "Test Failed at ", place(t.source), "\n  Expression: ", t.expression)
    if t.kind === :test_throws_wrong
        print(io, "\n    Expected: ", t.data, "\n      Thrown: ", t.value)
    elseif t.kind === :test_throws_nothing
        print(io, "\n    Expected: ", t.data, "\n  No exception thrown")
    elseif t.kind === :test && t.data !== nothing
        print(io, "\n   Evaluated: ", t.data)
    end
    t.context === nothing || print(io, "\n     Context: ", t.context)
    print(io, "\n")
end
function Base.show(io::IO, t::Error)
    print(io, "Error During Test at ", place(t.source), "\n")
    if t.kind === :test_nonbool
        print(io, "  Expression evaluated to non-Boolean\n  Expression: ", t.expression, "\n       Value: ", t.value)
    elseif t.kind === :test_unbroken
        print(io, " Unexpected Pass\n Expression: ", t.expression, "\n Got correct result, please change to @test if no longer broken.\n")
    elseif t.kind === :nontest_error
        print(io, "  Got exception outside of a @test\n  ", indented(t.backtrace), "\n")
    else
        print(io, "  Test threw exception\n  Expression: ", t.expression, "\n  ", indented(t.backtrace), "\n")
    end
end
indented(s) = replace(s, "\n" => "\n  ")

## test sets

"""
    AbstractTestSet

A collector of test results: a type with a constructor that takes a description, and methods
of `Test.record` and `Test.finish`.
"""
abstract type AbstractTestSet end

"What a `@testset` collects."
mutable struct DefaultTestSet <: AbstractTestSet
    description::String
    results::Vector{Any}
    n_passed::Int
    verbose::Bool
    started::Float64
    ended::Float64
    context::Any
end
DefaultTestSet(desc; verbose=false, kw...) = DefaultTestSet(String(desc), Any[], 0, verbose, time(), 0.0, nothing)

struct TestSetException <: Exception
    pass::Int
    fail::Int
    error::Int
    broken::Int
    errors_and_fails::Vector{Any}
end
function Base.showerror(io::IO, e::TestSetException)
    print(io, "Some tests did not pass: ", e.pass, " passed, ", e.fail, " failed, ", e.error, " errored, ", e.broken, " broken.")
end
Base.show(io::IO, e::TestSetException) = Base.showerror(io, e)
struct FallbackTestSetException <: Exception
    msg::String
end
Base.showerror(io::IO, e::FallbackTestSetException) = print(io, e.msg)

testsets() = get!(task_local_storage(), :__TESTSETS__) do
    Any[]
end
get_testset() = (s = get(task_local_storage(), :__TESTSETS__, nothing); s === nothing || isempty(s) ? nothing : s[end])
get_testset_depth() = (s = get(task_local_storage(), :__TESTSETS__, nothing); s === nothing ? 0 : length(s))

record(::Nothing, r::Union{Pass,Broken}) = r
function record(::Nothing, r::Result)
    println(r)
    throw(FallbackTestSetException("There was an error during testing"))
end
record(ts::DefaultTestSet, r::Pass) = (ts.n_passed += 1; r)
record(ts::DefaultTestSet, r::Broken) = (push!(ts.results, r); r)
function record(ts::DefaultTestSet, r::Union{Fail,Error})
    print_red(string(ts.description, ": "))
    println(r)
    push!(ts.results, r)
    r
end
record(ts::DefaultTestSet, r::AbstractTestSet) = (push!(ts.results, r); r)
print_red(s) = get(stdout, :color, false) ? print("\e[37m", s, "\e[39m") : print(s)

function counts(ts::DefaultTestSet)
    p, f, e, b = ts.n_passed, 0, 0, 0
    for r in ts.results
        if r isa Fail
            f += 1
        elseif r isa Error
            e += 1
        elseif r isa Broken
            b += 1
        elseif r isa DefaultTestSet
            p2, f2, e2, b2 = counts(r)
            p += p2
            f += f2
            e += e2
            b += b2
        end
    end
    (p, f, e, b)
end

function finish(ts::DefaultTestSet)
    ts.ended = time()
    parent = get_testset()
    if parent !== nothing
        record(parent, ts)
        return ts
    end
    print_summary(ts)
    p, f, e, b = counts(ts)
    f + e > 0 && throw(TestSetException(p, f, e, b, failures(ts)))
    ts
end
failures(ts) = Any[x for r in ts.results for x in (r isa DefaultTestSet ? failures(r) : r isa Union{Fail,Error} ? (r,) : ())]

function rows!(out, ts, depth)
    c = counts(ts)
    push!(out, (string("  "^depth, ts.description), c, elapsed(ts)))
    show_children = ts.verbose || c[2] + c[3] > 0
    if show_children
        for r in ts.results
            r isa DefaultTestSet && rows!(out, r, depth + 1)
        end
    end
    out
end
function elapsed(ts)
    s = ts.ended - ts.started
    s < 60 ? string(round(s; digits=1), "s") : string(floor(Int, s / 60), "m", lpad(round(mod(s, 60); digits=1), 4, '0'), "s")
end

function print_summary(ts::DefaultTestSet)
    all = rows!(Any[], ts, 0)
    total = all[1][2]
    names = ["Pass", "Fail", "Error", "Broken", "Total"]
    pick(c, k) = k == 5 ? c[1] + c[2] + c[3] + c[4] : c[k]
    shown = [k for k in 1:5 if k == 5 || pick(total, k) > 0]
    isempty([k for k in shown if k < 5]) && (shown = [5])
    w = max(maximum(textwidth(r[1]) for r in all), textwidth("Test Summary:"))
    widths = [max(textwidth(names[k]), ndigits(pick(total, k))) for k in shown]
    tw = max(4, maximum(textwidth(r[3]) for r in all))
    line = rpad("Test Summary:", w) * " |"
    for (k, cw) in zip(shown, widths)
        line *= " " * lpad(names[k], cw) * " "
    end
    println(line, " ", lpad("Time", tw))
    for (desc, c, t) in all
        line = rpad(desc, w) * " |"
        for (k, cw) in zip(shown, widths)
            n = pick(c, k)
            line *= " " * lpad(n > 0 || k == 5 ? (k == 5 && n == 0 ? "None" : string(n)) : "", cw) * " "
        end
        println(line, " ", lpad(t, tw))
    end
end
Base.show(io::IO, ts::DefaultTestSet) = print(io, "Test.DefaultTestSet(", repr(ts.description), ", ", ts.n_passed, " passed)")

"""
    push_testset(ts)

Make `ts` the test set that results go to, until `pop_testset`.
"""
push_testset(ts::AbstractTestSet) = (push!(testsets(), ts); nothing)
"""
    pop_testset()

Take the innermost test set off, and return it.
"""
pop_testset() = pop!(testsets())

# The type of a set that names none is that of the set around it.
inherited_type() = (ts = get_testset(); ts === nothing ? DefaultTestSet : typeof(ts))

function begin_testset(type, desc, options)
    T = something(type, Some(inherited_type()))
    ts = T(desc; options...)
    push_testset(ts)
    ts
end
function record_error(ts, err, source)
    err isa InterruptException && rethrow()
    record(ts, Error(:nontest_error, "", "", error_text(current_exceptions()), source))
end
function error_text(stack)
    s = sprint(io -> Base.show_exception_stack(io, "", stack))
    chomp(s)
end

"""
    @testset [options] ["name"] begin ... end
    @testset "name \$v" for v in ... end

Run tests together and print a summary; failures are thrown at the end.
"""
macro testset(args...)
    isempty(args) && error("No arguments to @testset")
    body = args[end]
    desc = nothing
    type = nothing
    src = QuoteNode(__source__)
    options = Any[]
    for a in args[1:end-1]
        if a isa AbstractString || (a isa Expr && a.head === :string)
            desc = a
        elseif a isa Symbol || (a isa Expr && a.head in (:., :curly))
            type = esc(a)
        elseif a isa Expr && a.head === :(=)
            push!(options, Expr(:kw, a.args[1], esc(a.args[2])))
        end
    end
    opts = :((; $(options...)))
    if body isa Expr && body.head === :for
        loops = body.args[1]
        inner = body.args[2]
        iter = loops isa Expr && loops.head === :block ? loops.args : Any[loops]
        desc === nothing && (desc = Expr(:string, reduce(vcat, Any[Any[i == 1 ? "" : ", ", string(l.args[1], " = "), l.args[1]] for (i, l) in enumerate(iter)])...))
        loop = Expr(:for, esc(loops), Expr(:block, testset_body(type, desc, opts, src, inner, set -> :(push!(sets, $set)))))
        return quote
            let sets = Any[]
                $loop
                sets
            end
        end
    end
    if desc === nothing
        desc = body isa Expr && body.head === :call ? string(body.args[1]) : "test set"
    end
    testset_body(type, desc, opts, src, body, identity)
end

# The code of one test set. Its body stays where it is, in no function of its own, so that
# it may define types and leave a loop; `result` says what becomes of the finished set.
function testset_body(type, desc, opts, src, body, result)
    quote
        let ts = begin_testset($type, $(esc(desc)), $opts), done = nothing
            try
                let
                    $(esc(body))
                end
            catch err
                record_error(ts, err, $src)
            finally
                pop_testset()
                done = finish(ts)
                $(result(:done))
            end
            done
        end
    end
end

## @test

"""
    @test expr
    @test expr broken=true
    @test expr skip=true

Check that `expr` is true.
"""
macro test(ex, kws...)
    broken = false
    skip = false
    keys = Any[]
    for k in kws
        (k isa Expr && k.head === :(=)) || error("invalid test macro call: @test $ex $(join(kws, " "))")
        if k.args[1] === :broken
            broken = esc(k.args[2])
        elseif k.args[1] === :skip
            skip = esc(k.args[2])
        elseif k.args[1] === :context
            nothing
        else
            push!(keys, Expr(:kw, k.args[1], k.args[2]))
        end
    end
    isempty(keys) || (ex = with_keywords(ex, keys))
    text = expr_text(ex)
    src = QuoteNode(__source__)
    quote
        if $skip
            record(get_testset(), Broken(:skipped, $text))
        else
            check_test(() -> $(evaluation(ex)), $text, $src, $broken)
        end
    end
end
# @test a ≈ b atol=1 means isapprox(a, b; atol=1)
function with_keywords(ex, keys)
    if ex isa Expr && ex.head === :call
        return Expr(:call, ex.args[1], Expr(:parameters, keys...), ex.args[2:end]...)
    end
    error("invalid test macro call")
end
expr_text(ex) = sprint(Base.show_unquoted, ex)

comparison_ops = (:(==), :(!=), :<, :>, :(<=), :(>=), :(===), :(!==), :≈, :isequal, :isapprox, :in, :∈, :≠, :≤, :≥, :isless, :⊆, :issubset)
# What gives (value, text of the evaluated expression or nothing).
function evaluation(ex)
    if ex isa Expr && ex.head === :call && length(ex.args) == 3 && !any(is_splat_or_kw, ex.args) && ex.args[1] isa Symbol
        op, a, b = ex.args
        return :(compare($(esc(op)), $(QuoteNode(op)), $(esc(a)), $(esc(b))))
    elseif ex isa Expr && ex.head === :comparison && length(ex.args) == 3
        a, op, b = ex.args
        return :(compare($(esc(op)), $(QuoteNode(op)), $(esc(a)), $(esc(b))))
    elseif ex isa Expr && ex.head === :call && ex.args[1] === :! && length(ex.args) == 2
        return :(($(esc(ex)), nothing))
    end
    :(($(esc(ex)), nothing))
end
is_splat_or_kw(a) = a isa Expr && a.head in (:(...), :kw, :parameters)
function compare(f, op, a, b)
    v = f(a, b)
    v === true && return (true, nothing)
    shown(x) = sprint(show, x; context=:limit => true)
    (v, Base.isoperator(op) ? string(shown(a), " ", op, " ", shown(b)) : string(op, "(", shown(a), ", ", shown(b), ")"))
end

function check_test(f, text, source, broken)
    ts = get_testset()
    local v, data
    try
        v, data = f()
    catch err
        err isa InterruptException && rethrow()
        broken === true && return record(ts, Broken(:test, text))
        return record(ts, Error(:test_error, text, "", error_text(current_exceptions()), source))
    end
    if broken === true
        v === true && return record(ts, Error(:test_unbroken, text, "", "", source))
        return record(ts, Broken(:test, text))
    end
    v === true && return record(ts, Pass(:test, text, nothing, true, source))
    v === false && return record(ts, Fail(:test, text, data, "false", source, nothing))
    v === missing && return record(ts, Error(:test_nonbool, text, "missing", "", source))
    record(ts, Error(:test_nonbool, text, repr(v), "", source))
end

"""
    @test_broken expr

A test that is known to fail.
"""
macro test_broken(ex, kws...)
    :(check_test(() -> ($(esc(ex)), nothing), $(expr_text(ex)), $(QuoteNode(__source__)), true))
end
"""
    @test_skip expr

A test that is not run.
"""
macro test_skip(ex, kws...)
    :(record(get_testset(), Broken(:skipped, $(expr_text(ex)))))
end

"""
    @test_throws exception expr

Check that `expr` throws: an exception of a type, one equal to a value, or one whose
message has a text (or texts, a regex, or satisfies a function).
"""
macro test_throws(extype, ex)
    text = string(expr_text(ex))
    :(check_throws(() -> $(esc(ex)), $(esc(extype)), $text, $(QuoteNode(__source__))))
end
function check_throws(f, want, text, source)
    ts = get_testset()
    thrown = nothing
    didthrow = false
    try
        f()
    catch err
        err isa InterruptException && !(want === InterruptException) && rethrow()
        thrown = err
        didthrow = true
    end
    wanted = want isa Type ? string(want) : repr(want)
    didthrow || return record(ts, Fail(:test_throws_nothing, text, wanted, "nothing", source, nothing))
    err = thrown isa LoadError && !(want === LoadError || want isa LoadError) ? thrown.error : thrown
    ok = if want isa Type
        err isa want
    elseif want isa Exception
        typeof(err) === typeof(want) && all(i -> isequal_field(err, want, i), 1:nfields(want))
    elseif want isa AbstractString
        occursin(want, sprint(showerror, err))
    elseif want isa AbstractVector
        all(w -> occursin(w, sprint(showerror, err)), want)
    elseif want isa Function
        want(sprint(showerror, err))
    else
        false
    end
    ok && return record(ts, Pass(:test_throws, text, wanted, err, source))
    record(ts, Fail(:test_throws_wrong, text, wanted, want isa Type || want isa Exception ? sprint(showerror, err) |> first_line_typed(err) : repr(sprint(showerror, err)), source, nothing))
end
first_word(s) = String(split(s, (':', '(', '\n'))[1])
first_line_typed(err) = s -> string(typeof(err)) == first_word(s) ? String(split(s, "\n")[1]) : sprint(show, err)
function isequal_field(a, b, i)
    isdefined(b, i) || return true
    isdefined(a, i) || return false
    x, y = getfield(a, i), getfield(b, i)
    isequal(x, y) || x == y
end

## output and logs

function with_stderr_text(f)
    buf = IOBuffer()
    v = redirect_stderr(f, buf)
    (v, String(take!(buf)))
end
macro test_nowarn(ex)
    esc(ex)
end
macro test_warn(msg, ex)
    :(let (v, text) = with_stderr_text(() -> $(esc(ex)))
        record(get_testset(), contains_warning(text, $(esc(msg))) ? Pass(:test, "", nothing, true, nothing) :
            Fail(:test, string("@test_warn ", $(expr_text(ex))), nothing, "false", $(QuoteNode(__source__)), nothing))
        v
    end)
end
contains_warning(s, msg::AbstractString) = occursin(msg, s)
contains_warning(s, msgs) = msgs isa Function ? msgs(s) : all(m -> occursin(m, s), msgs)
macro test_logs(args...)
    esc(args[end])
end
macro test_deprecated(args...)
    esc(args[end])
end
"""
    @inferred f(x)

`f(x)`; types are not inferred here, so that is all.
"""
macro inferred(args...)
    esc(args[end])
end
detect_ambiguities(mods...; kw...) = Any[]
detect_unbound_args(mods...; kw...) = Any[]

## minimal types for testing generic code

"A string type with only what every string has."
struct GenericString <: AbstractString
    string::AbstractString
end
Base.ncodeunits(s::GenericString) = ncodeunits(s.string)
Base.codeunit(s::GenericString) = codeunit(s.string)
Base.codeunit(s::GenericString, i::Integer) = codeunit(s.string, i)
Base.isvalid(s::GenericString, i::Integer) = isvalid(s.string, i)
Base.iterate(s::GenericString, i::Integer=1) = iterate(s.string, i)
Base.reverse(s::GenericString) = GenericString(reverse(s.string))

"A set type with only what every set has."
struct GenericSet{T} <: AbstractSet{T}
    s::AbstractSet{T}
end
Base.length(s::GenericSet) = length(s.s)
Base.iterate(s::GenericSet, st...) = iterate(s.s, st...)
Base.in(x, s::GenericSet) = x in s.s

"A dictionary type with only what every dictionary has."
struct GenericDict{K,V} <: AbstractDict{K,V}
    s::AbstractDict{K,V}
end
Base.length(d::GenericDict) = length(d.s)
Base.iterate(d::GenericDict, st...) = iterate(d.s, st...)
Base.get(d::GenericDict, k, default) = get(d.s, k, default)

"An array type with only what every array has."
struct GenericArray{T,N} <: AbstractArray{T,N}
    a::Array{T,N}
end
GenericArray{T}(args...) where {T} = GenericArray(Array{T}(args...))
GenericArray{T,N}(args...) where {T,N} = GenericArray(Array{T,N}(args...))
Base.size(a::GenericArray) = size(a.a)
Base.eachindex(a::GenericArray) = eachindex(a.a)
Base.getindex(a::GenericArray, i...) = a.a[i...]
Base.setindex!(a::GenericArray, x, i...) = (a.a[i...] = x; a)
Base.similar(a::GenericArray, s...) = GenericArray(similar(a.a, s...))

"A value with an order and nothing else."
struct GenericOrder{T}
    val::T
end
Base.isless(x::GenericOrder, y::GenericOrder) = isless(x.val, y.val)

end
