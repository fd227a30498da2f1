# The macro @test_throws.

"""
    @test_throws exception expr

Check that `expr` throws. `exception` is a type, a value whose fields are compared, or says what
the message (as `showerror` prints it) has: a string or a list of strings that occur in it, a
`Regex`, or a function that is true of it.
"""
macro test_throws(extype, ex)
    src = QuoteNode(__source__)
    result = quote
        try
            Returned($(esc(ex)), nothing, $src)
        catch err
            err isa InterruptException && $(esc(extype)) !== InterruptException && rethrow()
            Threw(err, Base.current_exceptions(), $src)
        end
    end
    at_source(:(do_test_throws($result, $(Expr(:inert, ex)), $(esc(extype)))), __source__)
end

function do_test_throws(result::ExecutionResult, orig_expr, extype)
    if result isa Returned
        outcome = Fail(:test_throws_nothing, orig_expr, extype, nothing, nothing, result.source, false)
        return record(get_testset(), outcome)
    end
    exc = result.exception
    message_only = false
    if extype isa Type
        # Macros used to wrap what they throw, and field access to throw ErrorExceptions.
        success = exc isa extype || extype === ErrorException && exc isa FieldError || extype === LoadError && is_macroexpansion(orig_expr)
    elseif extype isa Exception || !(exc isa Exception)
        extype isa LoadError && !(exc isa LoadError) && typeof(extype.error) === typeof(exc) && (extype = extype.error)
        success = matches_exception(exc, extype)
    else
        message_only = true
        text = sprint(showerror, exc)
        success = contains_warn(text, extype)
        exc = repr(text)
        extype = extype isa Function ? "< match function >" : extype isa AbstractString ? repr(extype) : extype
    end
    outcome = if success
        Pass(:test_throws, orig_expr, extype, exc, result.source, message_only)
    else
        trace = message_only ? nothing : exception_text(scrubbed(result.current_exceptions, result.source))
        Fail(:test_throws_wrong, orig_expr, extype, exc, nothing, result.source, message_only, trace)
    end
    record(get_testset(), outcome)
end

is_macroexpansion(ex) = Meta.isexpr(ex, (:call, :macrocall)) && ex.args[1] in (:macroexpand, :macroexpand1, :(Base.macroexpand), Symbol("@macroexpand"), Symbol("@macroexpand1"))

function matches_exception(exc, want)
    # UndefVarError(:x) stands for that of any scope.
    want isa UndefVarError && return exc isa UndefVarError && exc.var === want.var && (!isdefined(want, :scope) || isdefined(exc, :scope) && exc.scope === want.scope)
    exc isa typeof(want) || return false
    for i in 1:nfields(want)
        isdefined(want, i) || continue
        isdefined(exc, i) && isequal(getfield(exc, i), getfield(want, i)) || return false
    end
    true
end
