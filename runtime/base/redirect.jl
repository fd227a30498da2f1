# Redirection: where print, messages and readline() go to.

"""
    redirect_stdout(f, stream)
    redirect_stdout(stream)
    redirect_stdout()

Let `print` write to `stream`: while `f()` runs, or from now on. Without a stream, it
is a new pipe, whose ends (to read, to write) are returned.
"""
redirect_stdout(io::IO) = (global stdout = io; io)
redirect_stdout() = (p = link_pipe!(Pipe()); redirect_stdout(p.in); (p.out, p.in))
function redirect_stdout(f::Function, io::IO)
    old = stdout
    global stdout = io
    try
        return f()
    finally
        global stdout = old
    end
end
"""
    redirect_stderr(f, stream)
    redirect_stderr(stream)
    redirect_stderr()

Let messages go to `stream`.
"""
redirect_stderr(io::IO) = (global stderr = io; io)
redirect_stderr() = (p = link_pipe!(Pipe()); redirect_stderr(p.in); (p.out, p.in))
function redirect_stderr(f::Function, io::IO)
    old = stderr
    global stderr = io
    try
        return f()
    finally
        global stderr = old
    end
end
"""
    redirect_stdin(f, stream)
    redirect_stdin(stream)
    redirect_stdin()

Let `readline()` read from `stream`.
"""
redirect_stdin(io::IO) = (global stdin = io; io)
redirect_stdin() = (p = link_pipe!(Pipe()); redirect_stdin(p.out); (p.out, p.in))
function redirect_stdin(f::Function, io::IO)
    old = stdin
    global stdin = io
    try
        return f()
    finally
        global stdin = old
    end
end
"""
    redirect_stdio(f; stdin=nothing, stdout=nothing, stderr=nothing)

`redirect_stdin`, `redirect_stdout` and `redirect_stderr` in one.
"""
function redirect_stdio(f; stdin=nothing, stdout=nothing, stderr=nothing)
    g = stderr === nothing ? f : () -> redirect_stderr(f, stderr)
    h = stdout === nothing ? g : () -> redirect_stdout(g, stdout)
    stdin === nothing ? h() : redirect_stdin(h, stdin)
end
