# Checks of what is written to stderr.

contains_warn(output, s::AbstractString) = occursin(s, output)
contains_warn(output, s::Regex) = occursin(s, output)
contains_warn(output, s::Function) = s(output)
contains_warn(output, s::Union{AbstractArray,Tuple}) = all(x -> contains_warn(output, x), s)

# stderr goes to a buffer until `restore_stderr`.
struct CapturedOutput
    old::IO
    buf::IOBuffer
end
function capture_stderr()
    c = CapturedOutput(stderr, IOBuffer())
    redirect_stderr(c.buf)
    c
end
restore_stderr(c::CapturedOutput) = (redirect_stderr(c.old); nothing)
captured_text(c::CapturedOutput) = String(take!(c.buf))

# `ex` with stderr captured in the variable c.
capturing(ex) = quote
    try
        $(esc(ex))
    finally
        restore_stderr(c)
    end
end

"""
    @test_warn msg expr

Check that `expr` writes what `msg` says to stderr: a string, a list of strings, a `Regex`, or
a function. The value is that of `expr`.
"""
macro test_warn(msg, ex)
    code = quote
        let c = capture_stderr(), ret = $(capturing(ex)), output = captured_text(c)
            do_test(Returned(contains_warn(output, $(esc(msg))), nothing, $(QuoteNode(__source__))), $(Expr(:inert, :(contains_warn(read(fname, String), $msg)))))
            ret
        end
    end
    at_source(code, __source__)
end

"""
    @test_nowarn expr

Check that `expr` writes nothing to stderr. The value is that of `expr`.
"""
macro test_nowarn(ex)
    src = QuoteNode(__source__)
    # No scope of its own for `expr`: it may assign.
    code = quote
        local c = capture_stderr()
        local ret = begin
            $(esc(ex))
        end
        restore_stderr(c)
        local output = captured_text(c)
        print(stderr, output)
        do_test(called(isempty, :isempty, (output,), (;), $src, false), :(isempty(stderr_content)))
        ret
    end
    at_source(code, __source__)
end
