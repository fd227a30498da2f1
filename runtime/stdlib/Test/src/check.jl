# The macros @test, @test_broken and @test_skip.

# What evaluating the expression of a check gave.
abstract type ExecutionResult end
struct Returned <: ExecutionResult
    value::Any
    data::Any      # the expression with its operands evaluated, or nothing
    source::LineNumberNode
end
struct Threw <: ExecutionResult
    exception::Any
    current_exceptions::Any
    source::LineNumberNode
end

"""
    @test ex
    @test f(args...) key=val ...
    @test ex broken=true
    @test ex skip=true

Check that `ex` is true. Assignments after a call are keyword arguments of that call: `@test a ≈ b
atol=ε` is `@test ≈(a, b; atol=ε)`. With `broken=true` the check is known to fail, as for
[`@test_broken`](@ref); with `skip=true` it is not made, as for [`@test_skip`](@ref).
"""
macro test(ex, kws...)
    broken = Any[kw.args[2] for kw in kws if Meta.isexpr(kw, :(=)) && kw.args[1] === :broken]
    skip = Any[kw.args[2] for kw in kws if Meta.isexpr(kw, :(=)) && kw.args[1] === :skip]
    rest = filter(kw -> !(Meta.isexpr(kw, :(=)) && kw.args[1] in (:broken, :skip)), kws)
    length(broken) > 1 && error("invalid test macro call: cannot set `broken` keyword multiple times")
    length(skip) > 1 && error("invalid test macro call: cannot set `skip` keyword multiple times")
    isempty(skip) || isempty(broken) || error("invalid test macro call: cannot set both `skip` and `broken` keywords")
    ex = with_keywords("@test", ex, rest)
    text = Expr(:inert, ex)
    result = test_result(ex, ex, __source__)
    code = if !isempty(skip)
        :(if $(esc(skip[1]))
            record(get_testset(), Broken(:skipped, $text))
        else
            do_test($result, $text)
        end)
    elseif !isempty(broken)
        :(($(esc(broken[1])) ? do_broken_test : do_test)($result, $text))
    else
        :(do_test($result, $text))
    end
    at_source(code, __source__)
end

"""
    @test_broken ex
    @test_broken f(args...) key=val ...

A check that should hold but does not yet: it is an error if it does.
"""
macro test_broken(ex, kws...)
    ex = with_keywords("@test_broken", ex, kws)
    at_source(:(do_broken_test($(test_result(ex, ex, __source__)), $(Expr(:inert, ex)))), __source__)
end

"""
    @test_skip ex
    @test_skip f(args...) key=val ...

A check that is not made, but counted as broken.
"""
macro test_skip(ex, kws...)
    ex = with_keywords("@test_skip", ex, kws)
    at_source(:(record(get_testset(), Broken(:skipped, $(Expr(:inert, ex))))), __source__)
end

function with_keywords(name, ex, kws)
    isempty(kws) && return ex
    ok = Meta.isexpr(ex, :call) && all(kw -> Meta.isexpr(kw, :(=)), kws)
    ok || error("invalid test macro call: ", name, " ", ex, " ", join(kws, " "))
    Expr(:call, ex.args..., (Expr(:kw, kw.args...) for kw in kws)...)
end

const comparison_precedence = Base.operator_precedence(:(==))
# Functions whose evaluated arguments are shown when they give false.
const shown_functions = (:isequal, :isapprox, :≈, :occursin, :startswith, :endswith, :isempty, :contains)

# Code that evaluates the expression of a check: to a Pass made beforehand, or to an
# ExecutionResult. The operands of a comparison and of some calls are evaluated apart, to be
# shown when it does not hold.
function test_result(ex, shown, source)
    negate = Meta.isexpr(ex, :call, 2) && ex.args[1] === :!
    inner = negate ? ex.args[2] : ex
    src = QuoteNode(source)
    passed = QuoteNode(Pass(:test, shown, nothing, true, source))
    code = if is_comparison(inner)
        terms = comparison_terms(inner)
        if length(terms) == 3 && !dotted(terms[2])
            quote
                a = $(esc(terms[1]))
                b = $(esc(terms[3]))
                res = $(Expr(:call, esc(terms[2]), :a, :b))
                res === $(!negate) ? $passed : returned(res, Expr(:comparison, a, $(QuoteNode(terms[2])), b), "", $src, $negate)
            end
        else
            :(compared($(Expr(:call, GlobalRef(Core, :tuple), map(esc, terms)...)), $(QuoteNode(Expr(:comparison, terms...))), $src, $negate))
        end
    elseif Meta.isexpr(inner, :call) && inner.args[1] in shown_functions
        shown_call(inner, src, negate, passed)
    else
        :((res = $(esc(ex))) === true ? $passed : Returned(res, nothing, $src))
    end
    quote
        try
            $code
        catch err
            err isa InterruptException && rethrow()
            Threw(err, Base.current_exceptions(), $src)
        end
    end
end

is_splat(a) = Meta.isexpr(a, :...)
function is_comparison(ex)
    Meta.isexpr(ex, :comparison) && return true
    Meta.isexpr(ex, (:<:, :>:), 2) && return !any(is_splat, ex.args)
    Meta.isexpr(ex, :call, 3) || return false
    op = ex.args[1]
    op isa Symbol && first(string(op)) != '.' && !any(is_splat, ex.args) && !any(a -> Meta.isexpr(a, (:kw, :parameters)), ex.args) &&
        Base.operator_precedence(op) == comparison_precedence
end
comparison_terms(ex) = ex.head === :comparison ? ex.args : ex.head === :call ? Any[ex.args[2], ex.args[1], ex.args[3]] : Any[ex.args[1], ex.head, ex.args[2]]

# terms: the values of operand, operator, operand ...
function compared(terms, quoted, source, negate)
    res = true
    for i in 1:2:length(terms)-2
        a, op, b = terms[i], terms[i+1], terms[i+2]
        res = dotted(quoted.args[i+1]) ? broadcast(op, a, b) : op(a, b)
        res === true || break
    end
    res === !negate && return Returned(true, nothing, source)
    returned(res, Expr(:comparison, (isodd(i) ? terms[i] : quoted.args[i] for i in 1:length(terms))...), "", source, negate)
end
dotted(op) = op isa Symbol && (s = string(op); length(s) > 1 && startswith(s, '.') && Base.isoperator(op))

function shown_call(ex, src, negate, passed)
    args, kws, last = Any[], Any[], Any[]
    for a in ex.args[2:end]
        if Meta.isexpr(a, :parameters)
            append!(last, (Meta.isexpr(p, :kw) || is_splat(p) ? p : Expr(:kw, p, p) for p in a.args))
        elseif Meta.isexpr(a, :kw)
            push!(kws, a)
        else
            push!(args, a)
        end
    end
    # Of keywords given twice the last one counts, and what stands after a semicolon most.
    append!(kws, last)
    kws = Any[k for (i, k) in enumerate(kws) if !(Meta.isexpr(k, :kw) && any(l -> Meta.isexpr(l, :kw) && l.args[1] === k.args[1], kws[i+1:end]))]
    f = esc(ex.args[1])
    name = QuoteNode(ex.args[1])
    if any(is_splat, args) || any(is_splat, kws)
        given = Any[Meta.isexpr(k, :kw) ? Expr(:kw, k.args[1], esc(k.args[2])) : esc(k) for k in kws]
        return :(called($f, $name, ($(map(esc, args)...),), (; $(given...)), $src, $negate))
    end
    values = [Symbol("a", i) for i in eachindex(args)]
    settings = [Symbol("k", i) for i in eachindex(kws)]
    given = Any[Expr(:kw, k.args[1], s) for (k, s) in zip(kws, settings)]
    call = isempty(kws) ? Expr(:call, f, values...) : Expr(:call, f, Expr(:parameters, given...), values...)
    quote
        $((:($v = $(esc(x))) for (v, x) in zip(values, args))...)
        $((:($s = $(esc(k.args[2]))) for (s, k) in zip(settings, kws))...)
        res = $call
        res === $(!negate) ? $passed : called_false(res, $name, ($(values...),), (; $(given...)), $src, $negate)
    end
end
function called(f, name, args, kws, source, negate)
    res = isempty(kws) ? f(args...) : f(args...; kws...)
    res === !negate ? Returned(true, nothing, source) : called_false(res, name, args, kws, source, negate)
end
function called_false(res, name, args, kws, source, negate)
    suffix = ""
    shown = if isempty(kws)
        Expr(:call, name, args...)
    elseif name === :≈ && res !== true
        suffix = string(" (", join((string(k, "=", v) for (k, v) in pairs(kws)), ", "), ")")
        Expr(:call, name, args...)
    else
        Expr(:call, name, Expr(:parameters, (Expr(:kw, k, v) for (k, v) in pairs(kws))...), args...)
    end
    returned(res, shown, suffix, source, negate)
end

function returned(res, shown, suffix, source, negate)
    if negate
        res = !res
        shown = Expr(:call, :!, shown)
    end
    Returned(res, res === true ? nothing : string(sprint(print, shown; context=:limit => true), suffix), source)
end

do_test(passed::Pass, orig_expr) = record(get_testset(), passed)
function do_test(result::ExecutionResult, orig_expr)
    outcome = if result isa Threw
        Error(:test_error, orig_expr, result.exception, result.current_exceptions, result.source)
    elseif result.value === true
        Pass(orig_expr, result)
    elseif result.value === false
        Fail(:test, orig_expr, result.data, result.value, nothing, result.source, false)
    else
        Error(:test_nonbool, orig_expr, result.value, nothing, result.source)
    end
    record(get_testset(), outcome)
end

do_broken_test(passed::Pass, orig_expr) = record(get_testset(), Error(:test_unbroken, orig_expr, true, nothing, passed.source))
function do_broken_test(result::ExecutionResult, orig_expr)
    outcome = Broken(:test, orig_expr)
    if result isa Returned
        if result.value === true
            outcome = Error(:test_unbroken, orig_expr, result.value, nothing, result.source)
        elseif result.value !== false
            outcome = Error(:test_nonbool, orig_expr, result.value, nothing, result.source)
        end
    end
    record(get_testset(), outcome)
end
