# What a check comes to: Pass, Fail, Error or Broken, and how each is shown.

"""
    Test.Result

The outcome of one check.
"""
abstract type Result end

"A check that succeeded."
struct Pass <: Result
    test_type::Symbol
    orig_expr::Any
    data::Any
    value::Any
    source::Union{Nothing,LineNumberNode}
    message_only::Bool
    Pass(test_type, orig_expr, data, value, source=nothing, message_only=false) =
        new(Symbol(test_type), orig_expr, data, value, source, message_only)
    Pass(orig_expr, result) = new(:test, orig_expr, result.data, result.value, result.source, false)
end

"""
A check that did not hold: a false condition (`test_type` is `:test`), the wrong
exception (`:test_throws_wrong`) or none (`:test_throws_nothing`).
"""
struct Fail <: Result
    test_type::Symbol
    orig_expr::String
    data::Union{Nothing,String}
    value::String
    context::Union{Nothing,String}
    source::LineNumberNode
    message_only::Bool
    backtrace::Union{Nothing,String}
    function Fail(test_type::Symbol, orig_expr, data, value, context, source::LineNumberNode, message_only::Bool, backtrace=nothing)
        shown = data isa Type && value isa Exception ? typeof(value) : value
        new(test_type, string(orig_expr), data === nothing ? nothing : string(data), string(shown), context, source, message_only, backtrace)
    end
end
Fail(test_type::Symbol, orig_expr, data, value, source::LineNumberNode) = Fail(test_type, orig_expr, data, value, nothing, source, false)

"""
A check that could not be made: it threw (`:test_error`), its value is no Bool
(`:test_nonbool`), it passed though it is marked as broken (`:test_unbroken`), or a test set
threw outside of its checks (`:nontest_error`).
"""
struct Error <: Result
    test_type::Symbol
    orig_expr::String
    value::String
    backtrace::String
    context::Union{Nothing,String}
    source::LineNumberNode
    function Error(test_type::Symbol, orig_expr, value, stack, source::LineNumberNode, context=nothing)
        text = stack === nothing ? "" : exception_text(test_type === :test_error ? scrubbed(stack, source) : stack)
        shown = value isa String && test_type !== :test_nonbool ? value : shown_value(value)
        new(test_type, string(orig_expr), shown, text, context, source)
    end
end

"A check that is known to fail, and did, or that was left out (`:skipped`)."
struct Broken <: Result
    test_type::Symbol
    orig_expr::Any
end

function shown_value(x)
    try
        invokelatest(sprint, show, x; context=:limit => true)
    catch e
        string("#=ERROR showing value of type ", typeof(x), ": ", typeof(e), "=#")
    end
end
function exception_text(stack)
    try
        invokelatest(sprint, Base.show_exception_stack, stack; context=stdout)
    catch e
        string("#=ERROR showing exception stack: ", typeof(e), "=#")
    end
end

# A trace ends with the file of the check: what called that is no part of the test.
function scrubbed(stack, source)
    Any[(exception=x.exception, backtrace=scrubbed_trace(x.backtrace, source)) for x in stack]
end
function scrubbed_trace(bt, source)
    bt === nothing && return nothing
    frames = filter(f -> !endswith(string(f.file), "Test/src/check.jl"), stacktrace(bt))
    last = findlast(f -> f.file === source.file, frames)
    last === nothing ? frames : frames[1:last]
end

function Base.show(io::IO, t::Pass)
    printstyled(io, "Test Passed"; bold=true, color=:green)
    t.test_type === :test_throws || return nothing
    if t.message_only
        print(io, "\n     Message: ", t.value)
    else
        print(io, "\n      Thrown: ", typeof(t.value))
    end
end

function print_place(io, title, source)
    printstyled(io, title; bold=true, color=Base.error_color())
    print(io, " at ")
    printstyled(io, something(source.file, :none), ":", source.line, "\n"; bold=true, color=:default)
end

function print_indented(io, text, indent)
    lines = filter(!isempty, split(text, "\n"))
    join(io, (string(indent, line) for line in lines), "\n")
end

function Base.show(io::IO, t::Fail)
    print_place(io, "Test Failed", t.source)
    print(io, "  Expression: ", t.orig_expr)
    if t.test_type === :test_throws_wrong
        print(io, "\n    Expected: ", t.data, t.message_only ? "\n     Message: " : "\n      Thrown: ", t.value)
        if t.backtrace !== nothing && !t.message_only
            print(io, "\n")
            print_indented(io, t.backtrace, "      ")
        end
    elseif t.test_type === :test_throws_nothing
        print(io, "\n    Expected: ", t.data, "\n  No exception thrown")
    elseif t.test_type === :test
        t.data === nothing || t.data == t.orig_expr || print(io, "\n   Evaluated: ", t.data)
        t.context === nothing || print(io, "\n     Context: ", t.context)
    end
    print(io, "\n")
end

function Base.show(io::IO, t::Error)
    if t.test_type === :test_interrupted
        printstyled(io, "Interrupted"; color=Base.error_color())
        return nothing
    end
    print_place(io, "Error During Test", t.source)
    if t.test_type === :test_nonbool
        print(io, "  Expression evaluated to non-Boolean\n  Expression: ", t.orig_expr, "\n       Value: ", t.value)
    elseif t.test_type === :test_error
        print(io, "  Test threw exception\n  Expression: ", t.orig_expr, "\n")
        t.context === nothing || print(io, "     Context: ", t.context, "\n")
        print_indented(io, t.backtrace, "  ")
    elseif t.test_type === :test_unbroken
        print(io, " Unexpected Pass\n Expression: ", t.orig_expr, "\n Got correct result, please change to @test if no longer broken.\n")
    elseif t.test_type === :nontest_error
        print(io, "  Got exception outside of a @test\n")
        print_indented(io, t.backtrace, "  ")
    end
    nothing
end

function Base.show(io::IO, t::Broken)
    printstyled(io, "Test Broken\n"; bold=true, color=Base.warn_color())
    t.orig_expr === nothing || print(io, t.test_type === :skipped ? "  Skipped: " : "  Expression: ", t.orig_expr)
    nothing
end
